"""Pages, counts, values and single results: each asked for by one caller at both sizes in turn."""

import http.client
import itertools
import math
import os
import statistics
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field

import lines
import machine
import quiet
import report

REQUESTS = int(os.environ.get("BENCH_REQUESTS", "300"))
# What is slow is asked for less often: the fewest and the most requests, and the seconds between them.
ROUND = 50, REQUESTS, 4
WARM_UP = 10, min(100, REQUESTS), 1
DEEP_PAGE = 5_000
LIMIT = 100
P99_TARGET = 3
SORTS = [sign + key for key in ("received_at", "timestamp", "benchmark_name", "model_id") for sign in ("", "-")]
FILTERED_SORTS = ["-received_at", "timestamp", "benchmark_name", "-model_id"]
FILTERS = {
    "benchmark": "benchmark_name=bench_03", "model": "model_id=org/model-010", "source": "source=vllm",
    "benchmark and model": "benchmark_name=bench_03&model_id=org/model-010",
}
SELDOM = {
    "run": "run_id=shared", "rare source": "source=rare", "tokenizer": "tokenizer_id=org/model-010",
    "since": "since=2026-06-01", "until": "until=2025-03-01", "name prefix": "name_prefix=2025-06-01",
    "task (RSQL)": "filter=" + urllib.parse.quote("extra.tasks==task7"),
    "OR (RSQL)": "filter=" + urllib.parse.quote("benchmark_name==bench_03,model_id==org/model-010"),
}


@dataclass
class Filled:
    """A service over so many results; figures by operation and round."""

    size: int
    service: machine.Service
    names: list[str]
    deep_path: str = ""
    figures: dict[str, list[dict]] = field(default_factory=dict)
    numbers: itertools.count = field(default_factory=itertools.count)

    def median(self, operation: str, figure: str) -> float:
        return statistics.median(round[figure] for round in self.figures[operation])

    def summary(self, operation: str) -> str:
        others = max(round["others"] for round in self.figures[operation])
        return (f"{self.size:9,}: p50 {self.median(operation, 'p50'):8.2f} ms  "
                f"p99 {self.median(operation, 'p99'):8.2f} ms  {others:4.0%} others")


@dataclass
class Operation:
    """Request gives path and body; the target is for pages that are filtered and sorted."""

    name: str
    request: Callable[[Filled], tuple[str, bytes | None]]
    has_target: bool = False


def operations(only: str) -> list[Operation]:
    """Those whose name holds the text. Posting comes last: it changes what the others read."""
    paths = [("first page", f"/raw_input?limit={LIMIT}", False)]
    paths += [(f"by {sort}", f"/raw_input?limit={LIMIT}&sort={sort}", False) for sort in SORTS]
    for name, query in FILTERS.items():
        for sort in FILTERED_SORTS:
            paths.append((f"{name}, by {sort}", f"/raw_input?limit={LIMIT}&{query}&sort={sort}", True))
    paths += [(f"{name}, by -received_at", f"/raw_input?limit={LIMIT}&{query}", True) for name, query in SELDOM.items()]
    paths += [
        ("run, by timestamp", f"/raw_input?limit={LIMIT}&run_id=shared&sort=timestamp", True),
        ("count of everything", "/raw_input?limit=1&count=true", False),
        ("count of a benchmark", "/raw_input?limit=1&count=true&benchmark_name=bench_03", False),
        ("count of a source", "/raw_input?limit=1&count=true&source=vllm", False),
        ("/benchmarks", "/benchmarks", False), ("/sources", "/sources", False), ("/models", "/models", False),
        ("/models?prefix=org/model-01", "/models?prefix=org/model-01", False),
        ("/runs/run-0000001", "/runs/run-0000001", False),
    ]
    all_operations = [Operation(name, lambda _, path=path: (path, None), target) for name, path, target in paths]
    all_operations += [
        Operation(f"page {DEEP_PAGE:,}, or the middle", lambda filled: (filled.deep_path, None)),
        Operation("GET by name", find), Operation("POST", post),
    ]
    return [operation for operation in all_operations if only in operation.name]


def find(filled: Filled) -> tuple[str, None]:
    """Names from all over, each after one that is far from it."""
    return f"/raw_input/{filled.names[next(filled.numbers) * 7919 % len(filled.names)]}", None


def post(filled: Filled) -> tuple[str, bytes]:
    number = next(filled.numbers)
    return "/raw_input", next(lines.alike("post", range(number, number + 1)))


def ask(filled: Filled, operation: Operation, fewest: int, most: int, seconds: float) -> dict:
    """Asks again and again over one connection; milliseconds, and how many rows the last answer had."""
    connection = http.client.HTTPConnection("127.0.0.1", filled.service.port)
    took, content, end = [], b"", time.monotonic() + seconds
    while len(took) < most and (len(took) < fewest or time.monotonic() < end):
        path, body = operation.request(filled)
        headers = {"Content-Type": "application/json"} if body else {}
        begin = time.monotonic()
        connection.request("POST" if body else "GET", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        took.append((time.monotonic() - begin) * 1e3)
        if answer.status != 200:
            filled.service.fail(f"answers {answer.status} to {path}: {content[:500]!r}")
    connection.close()
    took.sort()
    p99 = took[math.ceil(len(took) * 0.99) - 1]
    return {"p50": statistics.median(took), "p99": p99, "rows": content.count(b'"pk":')}


def deep_page(filled: Filled) -> str:
    """The path of page 5,000, or of the middle where there are fewer, found by following links."""
    behind = min(DEEP_PAGE - 1, filled.size // LIMIT // 2) * LIMIT
    connection = http.client.HTTPConnection("127.0.0.1", filled.service.port)
    cursor = ""
    while behind > 0:
        step = min(behind, 10_000)
        connection.request("GET", f"/raw_input?fields=pk&limit={step}{cursor}")
        answer = connection.getresponse()
        if answer.read().count(b'"pk":') != step:
            filled.service.fail("has a page that is not full in front of another")
        link = answer.headers["Link"].partition("<")[2].partition(">")[0]
        cursor = "&cursor=" + urllib.parse.quote(urllib.parse.parse_qs(link.partition("?")[2])["cursor"][0])
        behind -= step
    return f"/raw_input?limit={LIMIT}{cursor}"


def measure(both: list[Filled], rounds: int, only: str, mongod: machine.Mongod) -> str:
    """The table of all operations, each measured at one size right after the other."""
    asked = operations(only)
    pids = [mongod.pid, *(filled.service.pid for filled in both)]
    for filled in both:
        filled.deep_path = deep_page(filled)
        for operation in asked:
            ask(filled, operation, *WARM_UP)
    for operation in asked:
        for filled in both * rounds:
            figures = quiet.measure(lambda _: ask(filled, operation, *ROUND), *pids)
            filled.figures.setdefault(operation.name, []).append(figures)
        print(f"{operation.name:40} " + "   ".join(map(lambda filled: filled.summary(operation.name), both)), flush=True)
    sizes = [f"{filled.size:,}" for filled in both]
    return report.table(
        ["ms", "rows", *(f"p50 of {size}" for size in sizes), "p50 ratio", *(f"p99 of {size}" for size in sizes), "p99 ratio"],
        [row(operation, *both) for operation in asked])


def row(operation: Operation, few: Filled, many: Filled) -> list[str]:
    rows = [f"{filled.median(operation.name, 'rows'):.0f}" for filled in (few, many)]
    cells = [operation.name, " / ".join(dict.fromkeys(rows)) if rows != ["0", "0"] else ""]
    for figure in "p50", "p99":
        values = [filled.median(operation.name, figure) for filled in (few, many)]
        target = P99_TARGET if figure == "p99" and operation.has_target else None
        cells += [*map(report.number, values), report.ratio_below(values[1] / values[0], target)]
    return cells
