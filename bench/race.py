"""The race: the driver alone, the service and the FastAPI service, one after the other in every round."""

import concurrent.futures
import http.client
import json
import os
import statistics
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field

import machine
import report

SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
WARM_UP = int(os.environ.get("BENCH_WARM_UP", "3"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
ONLY = os.environ.get("BENCH_ONLY", "")
STARTS = 5
QUIET = 0.1  # the part of the machine that other programs may take
ATTEMPTS = int(os.environ.get("BENCH_ATTEMPTS", "3"))
LISTED = 10_000
DATA = (machine.BENCH / "data.json").read_text()


@dataclass
class Measurement:
    """One kind of load; the targets are ratios of the service's rate to the yardsticks'."""

    name: str
    callers: int
    command: str  # of the yardstick
    script: str  # of wrk
    arguments: list[str]
    of_driver: float | None = None
    of_fastapi: float | None = None


# The lists come first: later the collections hold more than was filled in.
MEASUREMENTS = [
    Measurement(f"list of {LISTED:,}", 1, "list", "list.lua", [], of_fastapi=6),
    Measurement(f"list of {LISTED:,}, 8 callers", 8, "list", "list.lua", []),
    Measurement("GET, 32 callers", 32, "find", "get.lua", ["fill", str(LISTED)], of_driver=0.5, of_fastapi=5),
    Measurement("POST, 1 caller", 1, "insert", "post.lua", []),
    Measurement("POST, 32 callers", 32, "insert", "post.lua", [], of_driver=1.3, of_fastapi=5),
]


@dataclass
class Runner:
    """One that takes part: how it is measured and what was measured, by measurement and round."""

    name: str
    pid: int
    load: Callable[[Measurement, int, str], dict]
    figures: dict[str, list[dict]] = field(default_factory=dict)
    saved: int = LISTED  # results that were answered 200

    def median(self, measurement: Measurement, figure: str) -> float:
        return statistics.median(round[figure] for round in self.figures[measurement.name])


def wrk(service: machine.HttpService, measurement: Measurement, seconds: int, token: str) -> dict:
    """One run of wrk against the service; its figures."""
    arguments = measurement.arguments or [token]
    command = ["wrk", "-t1", f"-c{measurement.callers}", f"-d{seconds}s", "--timeout", "30s", "-s", measurement.script]
    run = subprocess.run(
        [*command, service.url, "--", *arguments], cwd=machine.BENCH / "wrk", capture_output=True, text=True, check=True)
    return json.loads(run.stdout.splitlines()[-1])


def measure(runner: Runner, measurement: Measurement, round: int, mongod: machine.Mongod) -> None:
    """Measures, again when other programs disturbed it, and keeps the least disturbed figures."""
    attempts = []
    while len(attempts) < ATTEMPTS and all(attempt["others"] > QUIET for attempt in attempts):
        token = f"{measurement.callers}-{round}-{len(attempts)}"
        attempts.append(measure_once(runner, measurement, token, mongod))
    figures = min(attempts, key=lambda attempt: attempt["others"])
    runner.figures.setdefault(measurement.name, []).append(figures)
    print(f"round {round}  {measurement.name:25} {runner.name:8} {figures['rate']:9.1f}/s  "
          f"p50 {figures['p50_ms']:8.2f} ms  p99 {figures['p99_ms']:8.2f} ms  "
          f"CPU: {figures['cpu_us']:7.0f} us own, {figures['mongod_us']:7.0f} us mongod, "
          f"{figures['others']:4.0%} others", flush=True)


def measure_once(runner: Runner, measurement: Measurement, token: str, mongod: machine.Mongod) -> dict:
    """Warms up and measures; the figures together with the CPU time that they cost."""
    runner.load(measurement, WARM_UP, "warm" + token)
    before = cpu_times(runner, mongod)
    figures = runner.load(measurement, SECONDS, "run" + token)
    own, of_mongod, of_wrk, busy = (end - begin for begin, end in zip(before, cpu_times(runner, mongod)))
    if figures["errors"]:
        raise SystemExit(f"{runner.name}, {measurement.name}: {figures['errors']} requests failed")
    if measurement.command == "insert":
        runner.saved += figures["count"]
    return figures | {
        "rate": figures["count"] / figures["seconds"],
        "cpu_us": own / figures["count"] * 1e6,
        "mongod_us": of_mongod / figures["count"] * 1e6,
        "others": max(0, busy - own - of_mongod - of_wrk) / figures["seconds"] / os.cpu_count(),
    }


def cpu_times(runner: Runner, mongod: machine.Mongod) -> tuple[float, float, float, float]:
    """CPU seconds so far: of the one that is measured, of mongod, of every wrk, of the whole machine."""
    of_wrk = sum(os.times()[2:4])
    return machine.cpu_seconds(runner.pid), machine.cpu_seconds(mongod.pid), of_wrk, machine.busy_seconds()


def envelope(token: str, number: int) -> dict:
    """The nth result as wrk/figures.lua names it."""
    return {
        "benchmark_name": "vllm_benchmark", "model_id": "Qwen/Qwen3-8B", "tokenizer_id": "Qwen/Qwen3-8B",
        "source": "vllm", "timestamp": f"2026-04-21T12:45:25.{number % 1_000_000:06}Z", "run_id": f"{token}-{number:09}",
    }


def post(service: machine.HttpService, token: str, numbers: range) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", service.port)
    for number in numbers:
        body = json.dumps(envelope(token, number))[:-1] + ', "data": ' + DATA + "}"
        connection.request("POST", "/raw_input", body, {"Content-Type": "application/json"})
        with connection.getresponse() as response:
            if response.status != 200:
                raise SystemExit(f"{service.name}: POST answers {response.status}: {response.read()}")
            response.read()


def get(service: machine.HttpService, path: str) -> object:
    connection = http.client.HTTPConnection("127.0.0.1", service.port)
    connection.request("GET", path)
    response = connection.getresponse()
    if response.status != 200:
        raise SystemExit(f"{service.name}: GET {path} answers {response.status}: {response.read()}")
    return json.loads(response.read())


def fill(service: machine.HttpService) -> None:
    """Posts the results that are listed and read later; checks that both answers are right."""
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda part: post(service, "fill", range(part, LISTED, 8)), range(8)))
    rows = get(service, "/raw_input")
    if len({row["pk"] for row in rows}) != LISTED or "data" in rows[0]:
        raise SystemExit(f"{service.name}: the list is wrong: {len(rows)} rows, the first is {rows[0]}")
    found = get(service, f"/raw_input/{rows[0]['pk']}")
    if found["data"] != json.loads(DATA):
        raise SystemExit(f"{service.name}: another result was read than was posted: {found}")


def check_all_stored(runner: Runner, database: str, yardstick: machine.Yardstick) -> None:
    """Every result that was answered 200 is in the database."""
    stored = int(yardstick.ask(f"count {database}"))
    if stored < runner.saved:
        raise SystemExit(f"{runner.name}: {runner.saved} results were answered 200, {stored} are stored")


def main() -> None:
    folder = machine.work_folder()
    mongod = machine.Mongod(folder)
    starts = []
    for _ in range(STARTS):
        service = machine.Service(folder, mongod.url, "start")
        starts.append(service.seconds_to_first_answer)
        service.stop()
    print(f"start to first answer: {', '.join(f'{seconds:.2f}' for seconds in starts)} s", flush=True)

    service = machine.Service(folder, mongod.url, "service")
    fastapi = machine.FastApi(folder, mongod.url, "fastapi")
    fill(service)
    fill(fastapi)
    yardstick = machine.Yardstick(folder, mongod.url, "service", "driver")
    yardstick.ask(f"fill {LISTED}")

    runners = [
        Runner("driver", yardstick.pid,
               lambda measurement, seconds, token: json.loads(
                   yardstick.ask(f"{measurement.command} {measurement.callers} {seconds}"))),
        Runner("service", service.pid, lambda *arguments: wrk(service, *arguments)),
        Runner("fastapi", fastapi.pid, lambda *arguments: wrk(fastapi, *arguments)),
    ]
    idle = machine.memory_mib(service.pid)
    measurements = [measurement for measurement in MEASUREMENTS if ONLY in measurement.name]
    for measurement in measurements:
        for round in range(1, ROUNDS + 1):
            for runner in runners:
                measure(runner, measurement, round, mongod)
    check_all_stored(runners[1], "service", yardstick)
    check_all_stored(runners[2], "fastapi", yardstick)

    memory = (
        f"Memory of the service: {idle} MiB resident after filling, {machine.memory_mib(service.pid, 'VmHWM')} MiB at its "
        f"peak, heap at most {service.heap_peak_mib()} MiB (options: {' '.join(machine.JAVA_OPTIONS) or 'the defaults'}); "
        f"of the FastAPI service: {machine.memory_mib(fastapi.pid, 'VmHWM')} MiB at its peak."
    )
    settings = f"Medians of {ROUNDS} rounds of {SECONDS} s, each after {WARM_UP} s of warm-up. "
    text = report.race(measurements, runners, starts, settings + machine.facts(), memory)
    print("\n" + text)
    if not ONLY:
        report.write("Race", text)


if __name__ == "__main__":
    main()
