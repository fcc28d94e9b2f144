"""Results as JSON lines: what is filled in and what is loaded."""

import datetime
import json
import pathlib
import random
import subprocess

import machine
import race

BENCHMARKS, MODELS = 40, 400


def varied(count: int, seed: int = 1):
    """Lines as a platform would have them: skewed benchmarks and models, some without a model, over two years."""
    chosen = random.Random(seed)
    begin = datetime.datetime(2025, 1, 1)
    for number in range(count):
        benchmark = min(int(chosen.expovariate(0.15)), BENCHMARKS - 1)
        model = min(int(chosen.expovariate(0.02)), MODELS - 1)
        moment = begin + datetime.timedelta(seconds=chosen.randrange(60_000_000))
        yield line(
            number, moment.isoformat() + "Z", f"bench_{benchmark:02}", None if number % 20 == 0 else f"org/model-{model:03}",
            "shared" if number % 1000 == 0 else f"run-{number:07}", "rare" if number % 5000 == 0 else "vllm")


def alike(token: str, numbers: range):
    """Lines that hold the same as the single posts of wrk and the documents of the driver."""
    for number in numbers:
        yield with_data(race.envelope(token, number))


def line(number: int, timestamp: str, benchmark: str, model: str | None, run: str, source: str) -> bytes:
    return with_data({
        "run_id": run, "benchmark_name": benchmark, "timestamp": timestamp, "model_id": model, "tokenizer_id": model,
        "source": source, "tasks": f"task{number % 50}", "number": number})


def with_data(envelope: dict) -> bytes:
    return f'{json.dumps(envelope)[:-1]}, "data": {race.DATA}}}\n'.encode()


def write(path: pathlib.Path, lines) -> None:
    with path.open("wb") as file:
        file.writelines(lines)


def load(service: machine.HttpService, path: pathlib.Path, answers: pathlib.Path, *options: str) -> float:
    """Loads a file with curl, which reads while it sends; the seconds it took. Every line must be stored."""
    command = ["curl", "-sS", "--fail", "-X", "POST", "-T", str(path), "-o", str(answers), "-w", "%{time_total}"]
    command += ["-H", "Content-Type: application/x-ndjson", "-H", "Expect:", *options, f"{service.url}/raw_input"]
    took = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    with answers.open("rb") as file:
        refused = [answer for answer in file if b'"status":200' not in answer]
    if refused:
        service.fail(f"refused {len(refused)} lines, the first with {refused[0]!r}")
    return took


def names(answers: pathlib.Path, count: int) -> list[str]:
    """About so many of the names that a load answered, from all over it."""
    saved = [json.loads(answer)["saved_as"] for answer in answers.open("rb")]
    return saved[::max(1, len(saved) // count)]
