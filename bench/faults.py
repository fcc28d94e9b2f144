"""Faults one after the other under a load of writes, and what became of what was acknowledged."""

import pathlib
import sys
import time

import machine
import replicas
import report
import verdict
import writers

FAULTS_FILE = machine.BENCH / "FAULTS.md"
FROZEN_SECONDS = 16
ROUNDS = 3
MOST_SECONDS_BEHIND = 2


class Scene:
    """Three mongods, the service over them, and its writers."""

    def __init__(self, folder: pathlib.Path, quiet_seconds: float):
        """With so many seconds of plain load before each fault, and after it."""
        self.folder = folder
        self.quiet_seconds = quiet_seconds
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
    time.sleep(scene.quiet_seconds)
    elections = replicas.Elections(scene.replicas, primary) if elects else None
    begin = time.monotonic()
    restore = fault(scene, primary)
    # A service that was killed is back when this is: its start has answered GET /health.
    back_at = (lambda: elections.writable_at) if elections else (lambda back=time.monotonic(): back)
    while not (back_at() and load.ledger.first_after(back_at())):
        if time.monotonic() > begin + 90:
            scene.service.fail("writing does not go on")
        time.sleep(0.05)
    time.sleep(scene.quiet_seconds)
    restore()
    scene.replicas.wait_until_whole()
    time.sleep(1)
    load.end()
    back = back_at() - begin
    silence = load.ledger.longest_silence(begin)
    return {
        "fault": name, "token": token, "ledger": load.ledger, "silence": silence, "back": back,
        "elected": elections.elected_at - begin if elections else None,
        # The first write is not enough: there must be no other silence that the fault does not account for.
        "behind": max(load.ledger.first_after(back_at()) - back_at(), silence - back)}


HEAD = [
    "fault", "acknowledged", "found", "lost", "duplicated", "reads", "stale", "repeated", "503", "cut",
    "s without a write", "s to the election", "s until it is back", "s from then to a write"]


def row(outcome: dict) -> list[str]:
    ledger, verdict = outcome["ledger"], outcome["verdict"]
    acknowledged, lost = len(ledger.acknowledged), len(verdict.lost)
    counts = [acknowledged, acknowledged - lost, lost, len(verdict.duplicated), ledger.reads, len(ledger.stale)]
    counts += [ledger.repeats, ledger.refused, ledger.cut]
    return [outcome["fault"], *(f"{count:,}" for count in counts), *times(outcome)]


def times(outcome: dict) -> list[str]:
    figures = [outcome[of] for of in ("silence", "elected", "back", "behind")]
    return ["" if seconds is None else f"{max(0.0, seconds):.1f}" for seconds in figures]


def failures(outcome: dict) -> list[str]:
    """What must not be; empty when all is well."""
    ledger, verdict = outcome["ledger"], outcome["verdict"]
    kinds = {
        "lost": sorted(verdict.lost), "duplicated": verdict.duplicated, "not what was sent": verdict.strange,
        "stale": ledger.stale, "wrong": ledger.wrong}
    found = [f"{len(values)} {kind}: {values[:3]}" for kind, values in kinds.items() if values]
    found += [f"no {of} at all, so nothing was tried" for of in ("reads", "repeats") if not getattr(ledger, of)]
    if outcome["behind"] > MOST_SECONDS_BEHIND:
        found.append(f"writing went on only after {outcome['behind']:.1f} s")
    return [f"{outcome['fault']}: {one}" for one in found]


def main(short: bool) -> None:
    sys.setswitchinterval(0.0005)  # or the thread that loads keeps the other callers waiting
    scene = Scene(machine.work_folder(), 1 if short else 3)
    faults = [
        ("kill -9 of the primary", Scene.kill_primary, True), ("the primary steps down", Scene.step_down, True),
        ("the primary is frozen", Scene.freeze_primary, True), ("kill -9 of the service", Scene.kill_service, False)]
    outcomes = []
    for round in range(1 if short else ROUNDS):
        for at, (name, fault, elects) in enumerate(faults):
            outcomes.append(endure(scene, name, fault, f"{round}-{at}", elects))
            print("  ".join([name, *times(outcomes[-1])]), flush=True)
    # Only now: a fault could take back what an earlier one left.
    scene.replicas.wait_until_same("faults")
    for outcome in outcomes:
        outcome["verdict"] = verdict.verdict(outcome["ledger"], outcome["token"], scene.replicas, scene.service)
    text = report.table(HEAD, list(map(row, outcomes)))
    print(text)
    wrong = [one for outcome in outcomes for one in failures(outcome)]
    if wrong:
        sys.exit("\n".join(wrong))
    if not short:
        FAULTS_FILE.write_text(f"# Faults\n\nWritten by `bench/faults`; README.md tells how to read it.\n\n{machine.facts('three')}\n\n{text}\n")


if __name__ == "__main__":
    main("--short" in sys.argv)
