"""Observations: what deriving costs saves, how long it takes, and how fast observations are found among many."""

import http.client
import json
import os
import pathlib
import random
import statistics
import time

import pymongo

import lines
import machine
import race
import report

FILES = int(os.environ.get("BENCH_FILES", "100000"))
MANY = int(os.environ.get("BENCH_OBSERVATIONS", "30000000"))
SEEDED = 5_000  # results that are derived for real; the others are copies of their observations
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "300"))
SHORTENED = race.ONLY or {"BENCH_FILES", "BENCH_OBSERVATIONS", "BENCH_REQUESTS"} & os.environ.keys()
ROLES = {"on": "http,storage,health,standardize", "off": "http,storage,health"}
TASKS = [f"task_{number:02}" for number in range(40)]
MODELS = 400
TASKS_OF_A_FILE = 20  # each with two metrics


def lm_eval(chosen: random.Random, model: str) -> str:
    """A file of lm-evaluation-harness with 40 observations, each with its standard error."""
    tasks = sorted(chosen.sample(TASKS, TASKS_OF_A_FILE))
    results = {
        task: {"alias": task} | {
            f"{metric},none": chosen.random() for metric in ("acc", "acc_norm")} | {
            f"{metric}_stderr,none": chosen.random() / 50 for metric in ("acc", "acc_norm")}
        for task in tasks}
    return json.dumps({
        "results": results,
        "configs": {task: {"task": task, "num_fewshot": 5, "output_type": "multiple_choice"} for task in tasks},
        "versions": dict.fromkeys(tasks, 1.0), "n-shot": dict.fromkeys(tasks, 5),
        "higher_is_better": dict.fromkeys(tasks, {"acc": True, "acc_norm": True}),
        "n-samples": dict.fromkeys(tasks, {"original": 1000, "effective": 1000}),
        "config": {"model": "vllm", "model_args": f"pretrained={model},dtype=bfloat16", "limit": None},
        "git_hash": "a1b2c3d", "date": 1776775525.39, "model_name": model, "lm_eval_version": "0.4.9",
    })


def results(count: int, seed: int = 1):
    """Lines of so many files, of skewed models, over two years."""
    chosen = random.Random(seed)
    for number in range(count):
        model = f"org/model-{min(int(chosen.expovariate(0.02)), MODELS - 1):03}"
        moment = 1_735_689_600 + chosen.randrange(60_000_000)
        yield (json.dumps({
            "run_id": f"run-{number:07}", "benchmark_name": "lm-eval",
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment)), "model_id": model, "source": "bench",
        })[:-1] + ', "data": ' + lm_eval(chosen, model) + "}\n").encode()


def service(folder: pathlib.Path, mongod: machine.Mongod, database: str, deriving: str) -> machine.Service:
    os.environ["ROLES"] = ROLES[deriving]
    try:
        return machine.Service(folder, mongod.url, database)
    finally:
        del os.environ["ROLES"]


def progress(running: machine.Service) -> dict:
    return race.get(running, "/health")["observations"]


def until_derived(running: machine.Service, stored: int) -> float:
    """Seconds until so many results have observations."""
    begin = time.monotonic()
    while progress(running)["derived"] < stored:
        time.sleep(0.25)
    return time.monotonic() - begin


def posts(folder: pathlib.Path, mongod: machine.Mongod) -> list[str]:
    """Single posts of 32 callers with deriving on and off, in turns."""
    chosen = random.Random(7)
    (folder / "lm-eval.json").write_text(lm_eval(chosen, "org/model-000"))
    os.environ["BENCH_DATA"] = str(folder / "lm-eval.json")
    post = race.Measurement("POST, 32 callers", 32, "insert", "post.lua", [])
    running = {deriving: service(folder, mongod, f"posts_{deriving}", deriving) for deriving in ROLES}
    rates, late, drained = {"on": [], "off": []}, {"on": [], "off": []}, []
    stored = 0
    for round in range(1, race.ROUNDS + 1):
        for deriving in ("off", "on") if round % 2 else ("on", "off"):
            warm = race.wrk(running[deriving], post, race.WARM_UP, f"warm-{round}")
            figures = race.wrk(running[deriving], post, race.SECONDS, f"run-{round}")
            if warm["errors"] or figures["errors"]:
                running[deriving].fail("refused posts")
            rates[deriving].append(figures["count"] / figures["seconds"])
            late[deriving].append(figures["p99_ms"])
            if deriving == "on":
                before = progress(running["on"])["derived"]
                stored = race_count(running["on"])
                took = until_derived(running["on"], stored)
                drained.append((stored - before) / took if took > 1 else 0)
            print(f"round {round}  deriving {deriving:3} {rates[deriving][-1]:8.0f}/s  p99 {late[deriving][-1]:6.1f} ms", flush=True)
    del os.environ["BENCH_DATA"]
    ratio = statistics.median(on / off for on, off in zip(rates["on"], rates["off"]))
    for one in running.values():
        one.stop()
    return [
        "Single posts of 32 callers, each a file of lm-evaluation-harness with 40 observations, deriving on and off in turns:",
        report.table(["deriving", "a second", "p99 ms"], [
            [deriving, report.number(statistics.median(rates[deriving])), report.number(statistics.median(late[deriving]))]
            for deriving in ("off", "on")]),
        f"On to off, median of {race.ROUNDS} rounds: {report.ratio(ratio, 0.85)} "
        f"(rounds: {', '.join(f'{on / off:.2f}' for on, off in zip(rates['on'], rates['off']))}). When the posts end, "
        f"{statistics.median(drained):,.0f} results a second are derived ({stored:,} results in all).",
    ]


def race_count(running: machine.Service) -> int:
    """All stored results, once the estimates have settled."""
    time.sleep(6)
    return progress(running)["results"]


def load(folder: pathlib.Path, mongod: machine.Mongod) -> list[str]:
    path, answers = folder / "load.ndjson", folder / "answers"
    lines.write(path, results(FILES))
    took = {}
    for deriving in ("off", "on"):
        running = service(folder, mongod, f"load_{deriving}", deriving)
        took[deriving] = lines.load(running, path, answers)
        if deriving == "on":
            derived = progress(running)["derived"]
            rest = until_derived(running, FILES)
        running.stop()
        print(f"load with deriving {deriving}: {took[deriving]:.1f} s", flush=True)
    size = path.stat().st_size
    path.unlink()
    return [
        f"A bulk upload of {FILES:,} such files ({size / 1e6:,.0f} MB as JSON lines): {took['off']:.1f} s without deriving, "
        f"{took['on']:.1f} s with it ({took['off'] / took['on']:.2f} of the rate). At its end {derived:,} were derived, and "
        f"{rest:.1f} s later all: {FILES / (took['on'] + rest):,.0f} files, {40 * FILES / (took['on'] + rest):,.0f} "
        f"observations a second from the start of the upload.",
    ]


def multiply(mongod: machine.Mongod, database: str, wanted: int) -> dict:
    """Copies the derived observations inside mongod until there are so many; what the disk holds then."""
    with pymongo.MongoClient(mongod.url) as client:
        seed = client[database]["observations"]
        copies = max(1, wanted // seed.estimated_document_count())
        indexes = [index.to_dict() for index in seed.list_indexes() if index["name"] != "_id_"]
        begin = time.monotonic()
        seed.aggregate([
            {"$set": {"copy": {"$range": [0, copies]}}},
            {"$unwind": "$copy"},
            {"$set": {
                "_id": {"$cond": [
                    {"$eq": ["$copy", 0]}, "$_id",
                    {"$concat": ["r", {"$toString": "$copy"}, "-", {"$substrCP": ["$_id", 1, 400]}]}]},
                "x": {"$mod": [{"$add": ["$x", {"$multiply": ["$copy", 0.6180339887]}]}, 1]},
                "i": {"$add": ["$i", {"$multiply": ["$copy", 977_000]}]},
            }},
            {"$unset": "copy"},
            {"$out": "observations_many"},
        ], allowDiskUse=True)
        print(f"copied in {time.monotonic() - begin:.0f} s", flush=True)
        begin = time.monotonic()
        many = client[database]["observations_many"]
        client[database].command("createIndexes", many.name, indexes=[
            {key: value for key, value in index.items() if key != "v"} for index in indexes])
        many.rename("observations", dropTarget=True)
        print(f"indexed in {time.monotonic() - begin:.0f} s", flush=True)
        client.admin.command("fsync")
        return client[database].command("collStats", "observations")


def questions(names: list[str], series: list[str]) -> dict:
    """The paths of each question, in the order in which they are asked."""
    chosen = random.Random(3)
    models = [f"org/model-{number:03}" for number in range(20)]

    def board(_):
        return f"/observations?task={chosen.choice(TASKS)}&metric=acc&sort=-instant&limit=400"

    def history(_):
        return f"/observations?series={chosen.choice(series)}&sort=instant&limit=1000"

    def result(_):
        return f"/raw_input/{chosen.choice(names)}/observations"

    def by_value(_):
        return f"/observations?task={chosen.choice(TASKS)}&metric=acc_norm&filter=value%3C0.7&sort=-value&limit=100"

    def of_model(_):
        return f"/observations?task={chosen.choice(TASKS)}&metric=acc&model={chosen.choice(models)}&limit=100"

    return {
        "a board's column: task and metric, 400 newest": board, "one series": history,
        "the observations of one result (two make a comparison)": result,
        "100 of a task, by value, filtered": by_value, "task, metric and model, 100 newest": of_model,
    }


def ask(running: machine.Service, path: str) -> tuple[float, int]:
    connection = http.client.HTTPConnection("127.0.0.1", running.port)
    begin = time.monotonic()
    connection.request("GET", path, headers={"Accept": "application/json"})
    response = connection.getresponse()
    body = response.read()
    took = time.monotonic() - begin
    if response.status != 200:
        running.fail(f"answers {response.status} to {path}: {body[:300]!r}")
    rows = json.loads(body)
    return took, len(rows["observations"] if isinstance(rows, dict) else rows)


def find(folder: pathlib.Path, mongod: machine.Mongod) -> list[str]:
    path, answers = folder / "seed.ndjson", folder / "answers"
    lines.write(path, results(SEEDED, 2))
    running = service(folder, mongod, "many", "on")
    lines.load(running, path, answers)
    until_derived(running, SEEDED)
    running.stop()
    stats = multiply(mongod, "many", MANY)
    names = lines.names(answers, 1_000)
    running = service(folder, mongod, "many", "off")
    rows = race.get(running, "/observations?metric=acc&limit=1000")
    series = sorted({row["series"] for row in rows})
    table = []
    for question, make in questions(names, series).items():
        for number in range(20):
            ask(running, make(number))
        asked = sorted(ask(running, make(number)) for number in range(REQUESTS))
        times = [took * 1e3 for took, _ in asked]
        found = statistics.median(count for _, count in asked)
        table.append([question, f"{found:,.0f}", report.number(statistics.median(times)), report.number(times[len(times) * 99 // 100])])
        print(*table[-1], flush=True)
    running.stop()
    count, kib = stats["count"], 1024
    return [
        f"{count:,} observations of {count // 40:,} results ({SEEDED:,} derived, the others copies with other values and "
        f"times), one caller, {REQUESTS} requests each:",
        report.table(["question", "rows", "p50 ms", "p99 ms"], table),
        f"On disk an observation takes {stats['storageSize'] / count:,.0f} bytes and {stats['totalIndexSize'] / count:,.0f} of "
        f"indexes ({stats['size'] / count:,.0f} bytes before compression; "
        f"{(stats['storageSize'] + stats['totalIndexSize']) / kib ** 3:.1f} GiB in all).",
    ]


def embedded(folder: pathlib.Path) -> list[str]:
    """The embedded database at its stated size: loaded, derived and asked."""
    count = min(FILES, 10_000)
    path, answers = folder / "embedded.ndjson", folder / "answers"
    lines.write(path, results(count, 3))
    os.environ["MONGO_EMBEDDED_FOLDER"] = str(folder / "data")
    running = machine.Service(folder, "", "embedded")
    took = lines.load(running, path, answers)
    rest = until_derived(running, count)
    names = lines.names(answers, 200)
    series = sorted({row["series"] for row in race.get(running, "/observations?metric=acc&limit=200")})
    table = []
    for question, make in questions(names, series).items():
        times = sorted(ask(running, make(number))[0] * 1e3 for number in range(max(20, REQUESTS // 10)))
        table.append([question, report.number(statistics.median(times)), report.number(times[len(times) * 99 // 100])])
    running.stop()
    return [
        f"The embedded database with {count:,} such files ({40 * count:,} observations): loaded in {took:.1f} s, derived "
        f"{rest:.1f} s later.",
        report.table(["question", "p50 ms", "p99 ms"], table),
    ]


def main() -> None:
    folder = machine.work_folder()
    mongod = machine.Mongod(folder)
    parts = {"posts": lambda: posts(folder, mongod), "load": lambda: load(folder, mongod),
             "find": lambda: find(folder, mongod), "embedded": lambda: embedded(folder)}
    texts = [machine.facts()]
    for name, measure in parts.items():
        if race.ONLY in name:
            texts += measure()
    text = "\n\n".join(texts)
    print("\n" + text)
    if not SHORTENED:
        report.write("Observations", text)


if __name__ == "__main__":
    main()
