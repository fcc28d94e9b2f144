"""Faults one after the other under a load of writes, and what became of what was acknowledged."""

import pathlib
import sys
import time

import machine
import pymongo
import report
import replicas
import writers

FAULTS_FILE = machine.BENCH / "FAULTS.md"
BEFORE_SECONDS, AFTER_SECONDS, FROZEN_SECONDS = 3, 3, 16
ROUNDS = 3
MOST_SECONDS_BEHIND_ELECTION = 2


class Scene:
    """Three mongods, the service over them, and its writers."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.replicas = replicas.ReplicaSet(folder)
        self.port = machine.free_port()
        self.service = self.start_service()

    def start_service(self) -> machine.Service:
        return machine.Service(self.folder, self.replicas.url, "faults", "-Xmx256m", port=self.port)

    def kill_primary(self, primary: int):
        self.replicas.kill(primary)
        return lambda: self.replicas.start(primary)

    def step_down(self, primary: int):
        self.replicas.step_down(primary)
        return lambda: None

    def freeze_primary(self, primary: int):
        begin = time.monotonic()
        self.replicas.freeze(primary)

        def go_on():
            time.sleep(max(0.0, begin + FROZEN_SECONDS - time.monotonic()))
            self.replicas.go_on(primary)

        return go_on

    def kill_service(self, _primary: int):
        self.service.popen.kill()
        self.service.popen.wait()
        self.service = self.start_service()
        return lambda: None


def endure(scene: Scene, name: str, fault, token: str, elects: bool) -> dict:
    """One fault, from a whole set to a whole set."""
    primary = scene.replicas.primary()
    load = writers.Writers(scene.port, token)
    time.sleep(BEFORE_SECONDS)
    elections = replicas.Elections(scene.replicas, primary) if elects else None
    begin = time.monotonic()
    restore = fault(scene, primary)
    while not any(moment > begin + 0.2 and (not elects or elections.writable_at and moment > elections.writable_at)
                  for moment in list(load.ledger.acknowledged.values())):
        if time.monotonic() > begin + 90:
            scene.service.fail("writing does not go on")
        time.sleep(0.05)
    time.sleep(AFTER_SECONDS)
    restore()
    scene.replicas.wait_until_whole()
    time.sleep(1)
    load.end()
    silent_from, silent_to = load.ledger.longest_silence(begin - 1, time.monotonic())
    return {
        "fault": name, "ledger": load.ledger, "silence": silent_to - silent_from, "elected": elections.elected_at - begin if elections else None,
        "writable": elections.writable_at - begin if elections else None,
        # The service may be as quick as the probe, and is then before it.
        "behind": max(0.0, load.ledger.first_after(elections.elected_at) - elections.writable_at) if elections else None,
        **judged(scene, load.ledger, token)}


def judged(scene: Scene, ledger: writers.Ledger, token: str) -> dict:
    """Looks into the database itself, at every result that was ever sent."""
    database = pymongo.MongoClient(scene.replicas.url).faults
    lost, duplicated, strange = [], [], []
    for stage in writers.STAGES:
        meant = {name: data for (of, name), data in ledger.sent.items() if of == stage}
        acknowledged = {name for of, name in ledger.acknowledged if of == stage}
        there = {}
        query = {"benchmark_name": f"faults-{token}"}
        for document in database[stage].find(query):
            there[document["_id"]] = bytes(document["data"])
            if document["version"] != 1:
                duplicated.append(document["_id"])
        lost += [name for name in acknowledged if there.get(name) != meant[name]]
        strange += [name for name, data in there.items() if meant.get(name) != data]
        duplicated += [version["_id"] for version in database[f"{stage}_versions"].find(query, {"_id": 1})]
    return {"lost": lost, "duplicated": duplicated, "strange": strange}


def row(outcome: dict) -> list[str]:
    ledger = outcome["ledger"]
    acknowledged = len(ledger.acknowledged)
    return [
        outcome["fault"], f"{acknowledged:,}", f"{acknowledged - len(outcome['lost']):,}", str(len(outcome["lost"])),
        str(len(outcome["duplicated"])), str(len(ledger.stale)), str(ledger.refused), str(ledger.cut),
        f"{outcome['silence']:.1f}",
        *("" if outcome[what] is None else f"{outcome[what]:.1f}" for what in ("elected", "writable", "behind"))]


def failures(outcome: dict) -> list[str]:
    """What must not be; empty when all is well."""
    found = [f"{kind}: {outcome[kind][:3]}" for kind in ("lost", "duplicated", "strange") if outcome[kind]]
    found += [f"{kind}: {values[:3]}" for kind, values in
              (("stale", outcome["ledger"].stale), ("wrong", outcome["ledger"].wrong)) if values]
    if outcome["behind"] is not None and outcome["behind"] > MOST_SECONDS_BEHIND_ELECTION:
        found.append(f"writing went on {outcome['behind']:.1f} s after the database took writes")
    return [f"{outcome['fault']}: {one}" for one in found]


def main(short: bool) -> None:
    scene = Scene(machine.work_folder())
    faults = [
        ("kill -9 of the primary", Scene.kill_primary, True), ("the primary steps down", Scene.step_down, True),
        ("the primary is frozen", Scene.freeze_primary, True), ("kill -9 of the service", Scene.kill_service, False)]
    outcomes = []
    for round in range(1 if short else ROUNDS):
        for at, (name, fault, elects) in enumerate(faults):
            outcomes.append(endure(scene, name, fault, f"{round}-{at}", elects))
            print("  ".join(row(outcomes[-1])), flush=True)
    text = report.table(
        ["fault", "acknowledged", "found", "lost", "duplicated", "stale reads", "503", "cut",
         "s without a write", "s to the election", "s to majority writes", "s from them to a result"], list(map(row, outcomes)))
    print(text)
    wrong = [one for outcome in outcomes for one in failures(outcome)]
    if not short:
        FAULTS_FILE.write_text(f"# Faults\n\nWritten by `bench/faults`; README.md tells how to read it.\n\n{machine.facts('three')}\n\n{text}\n")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main("--short" in sys.argv)
