"""Finding, loading and exporting: at 10,000 and at 1,000,000 results, service with a heap of 256 MiB."""

import http.client
import os
import statistics
import subprocess
import time
import urllib.parse

import lines
import machine
import report

SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "10000,1000000").split(",")]
LINES = int(os.environ.get("BENCH_LINES", "100000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
HEAP = "-Xmx256m"
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "300"))
SINGLE_SECONDS = 5
DEEP_PAGE = 5_000
LIMIT = 100
P99_TARGET, SINGLE_TARGET, BULK_TARGET, EXPORT_TARGET = 3, 3, 0.6, 0.4
SORTS = ["received_at", "timestamp", "benchmark_name", "model_id"]
FILTERS = {
    "benchmark": "benchmark_name=bench_03", "model": "model_id=org/model-010", "source": "source=vllm",
    "benchmark and model": "benchmark_name=bench_03&model_id=org/model-010",
}
OTHERS = {
    "run": "run_id=shared", "rare source": "source=rare", "tokenizer": "tokenizer_id=org/model-010",
    "since": "since=2026-06-01", "until": "until=2025-03-01", "name prefix": "name_prefix=2025-06-01",
    "task (RSQL)": "filter=" + urllib.parse.quote("extra.tasks==task7"),
    "OR (RSQL)": "filter=" + urllib.parse.quote("benchmark_name==bench_03,model_id==org/model-010"),
}


def requests() -> dict[str, tuple[str, bool]]:
    """Paths by name, each with whether the target is for it: pages that are filtered and ordered by an index."""
    pages = {"first page": (f"/raw_input?limit={LIMIT}", False)}
    for sort in [sign + key for key in SORTS for sign in ("", "-")]:
        pages[f"by {sort}"] = (f"/raw_input?limit={LIMIT}&sort={sort}", False)
    for name, query in FILTERS.items():
        for sort in ["-received_at", "timestamp", "benchmark_name", "-model_id"]:
            pages[f"{name}, by {sort}"] = (f"/raw_input?limit={LIMIT}&{query}&sort={sort}", True)
    for name, query in OTHERS.items():
        pages[f"{name}, by -received_at"] = (f"/raw_input?limit={LIMIT}&{query}", True)
    pages["run, by timestamp"] = (f"/raw_input?limit={LIMIT}&run_id=shared&sort=timestamp", True)
    pages["count of a benchmark"] = ("/raw_input?limit=1&count=true&benchmark_name=bench_03", False)
    pages["/models?prefix=org/model-01"] = ("/models?prefix=org/model-01", False)
    pages["/benchmarks"] = ("/benchmarks", False)
    pages["/runs/run-0000001"] = ("/runs/run-0000001", False)
    return pages


def percentiles(service: machine.HttpService, path: str) -> tuple[float, float]:
    """p50 and p99 in milliseconds of one caller that asks again and again."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port)
    took = []
    for _ in range(REQUESTS):
        begin = time.monotonic()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        took.append((time.monotonic() - begin) * 1e3)
        if answer.status != 200:
            service.fail(f"answers {answer.status} to {path}")
    connection.close()
    took.sort()
    return statistics.median(took), took[int(len(took) * 0.99) - 1]


def deep_page(service: machine.HttpService, rows: int) -> str:
    """The path of the page behind so many rows, found by following the links of larger pages."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port)
    path = f"/raw_input?fields=pk&limit={min(rows, 10_000)}"
    for _ in range(max(1, rows // 10_000)):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        path = answer.headers["Link"].partition("<")[2].partition(">")[0]
    cursor = urllib.parse.parse_qs(path.partition("?")[2])["cursor"][0]
    return f"/raw_input?limit={LIMIT}&cursor={cursor}"


def measure_pages(service: machine.HttpService, size: int) -> dict[str, tuple[float, float]]:
    figures = {}
    for path, _ in requests().values():
        percentiles(service, path)  # the first time is for the compiler and the caches
    for name, (path, _) in requests().items():
        figures[name] = percentiles(service, path)
        print(f"{size:9,}  {name:36} p50 {figures[name][0]:8.2f} ms  p99 {figures[name][1]:8.2f} ms", flush=True)
    page = min(DEEP_PAGE, size // LIMIT // 2)
    name = "5,000th page (the 50th of 10,000 results)"
    figures[name] = percentiles(service, deep_page(service, page * LIMIT))
    print(f"{size:9,}  {name:36} p50 {figures[name][0]:8.2f} ms  p99 {figures[name][1]:8.2f} ms", flush=True)
    return figures


def pages_table(all_figures: list[dict[str, tuple[float, float]]]) -> str:
    few, many = all_figures[0], all_figures[-1]
    targets = {name: P99_TARGET for name, (_, target) in requests().items() if target}
    rows = []
    for name in few:
        ratio = many[name][1] / few[name][1]
        met = "" if name not in targets else " (meets 3)" if ratio < P99_TARGET else " (**misses** 3)"
        rows.append([
            name, *(report.number(value) for value in (few[name][0], many[name][0], few[name][1], many[name][1])),
            f"{ratio:.2f}{met}"])
    sizes = [f"{size:,}" for size in (SIZES[0], SIZES[-1])]
    return report.table(["ms", *(f"p50 of {size}" for size in sizes), *(f"p99 of {size}" for size in sizes), "p99 ratio"], rows)


def single_posts(service: machine.HttpService, token: str) -> float:
    """Results a second that one caller posts one by one."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port)
    count, end = 0, time.monotonic() + SINGLE_SECONDS
    for line in lines.alike(token, 10**9):
        if time.monotonic() > end:
            return count / SINGLE_SECONDS
        connection.request("POST", "/raw_input", line, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            service.fail(f"answers {answer.status}")
        count += 1
    raise AssertionError("the lines have ended")


def measure_load(folder, service: machine.HttpService, yardstick: machine.Yardstick) -> str:
    single, bulk, load = [], [], []
    for number in range(ROUNDS):
        path = folder / "load.ndjson"
        lines.write(path, lines.alike(f"load{number}", LINES))
        single.append(single_posts(service, f"single{number}"))
        bulk.append(LINES / float(yardstick.ask(f"bulk bulk{number} {LINES}")))
        load.append(LINES / lines.load(service, path, folder / "answers"))
        print(f"round {number}  single {single[-1]:,.0f}/s  bulk {bulk[-1]:,.0f}/s  load {load[-1]:,.0f}/s", flush=True)
    rates = [statistics.median(rounds) for rounds in (single, bulk, load)]
    return report.table(
        ["lines a second", "POST, 1 caller", "driver, unordered bulks", "load", "load / POST", "load / driver"],
        [[f"load of {LINES:,} lines", *(report.number(rate) for rate in rates),
          report.ratio(rates[2] / rates[0], SINGLE_TARGET), report.ratio(rates[2] / rates[1], BULK_TARGET)]])


def export(service: machine.HttpService, query: str, *headers: str) -> tuple[float, float]:
    """Seconds and bytes of one export."""
    command = ["curl", "-sS", "--fail", "-o", "/dev/null", "-w", "%{time_total} %{size_download}"]
    for header in headers:
        command += ["-H", header]
    took = subprocess.run([*command, f"{service.url}/raw_input{query}"], check=True, capture_output=True, text=True)
    seconds, size = took.stdout.split()
    return float(seconds), float(size)


def measure_export(service: machine.HttpService, yardstick: machine.Yardstick, size: int) -> str:
    ndjson = "Accept: application/x-ndjson"
    sorted_cursor, plain_cursor, whole = [], [], []
    for number in range(ROUNDS):
        sorted_cursor.append(float(yardstick.ask("export sorted")))
        plain_cursor.append(float(yardstick.ask("export plain")))
        whole.append(export(service, "?fields=data", ndjson))
        print(f"round {number}  cursor {sorted_cursor[-1]:.1f} s, {plain_cursor[-1]:.1f} s  export {whole[-1][0]:.1f} s", flush=True)
    seconds = statistics.median(took for took, _ in whole)
    rows = [
        ["driver, raw cursor newest first", report.number(statistics.median(sorted_cursor)), "", ""],
        ["driver, raw cursor", report.number(statistics.median(plain_cursor)), "", ""],
        ["JSON lines with data", report.number(seconds), report.number(whole[0][1] / seconds / 1e6),
         report.ratio(statistics.median(plain_cursor) / seconds, EXPORT_TARGET)],
    ]
    for name, query, *headers in [
        ("JSON lines with data, zstd", "?fields=data", ndjson, "Accept-Encoding: zstd"),
        ("JSON lines with data, gzip", "?fields=data", ndjson, "Accept-Encoding: gzip"),
        ("JSON lines", "", ndjson),
        ("CSV", "", "Accept: text/csv"),
    ]:
        took, length = export(service, query, *headers)
        rows.append([name, report.number(took), report.number(length / took / 1e6), ""])
    return report.table([f"export of {size:,}", "seconds", "MB a second", "rate / driver's cursor"], rows)


def memory(service: machine.Service, doing: str) -> str:
    return (f"Memory of the service while {doing}: {machine.memory_mib(service.pid, 'VmHWM')} MiB resident at its peak, "
            f"heap at most {service.heap_peak_mib()} MiB ({HEAP}).")


def main() -> None:
    folder = machine.work_folder()
    mongod = machine.Mongod(folder)
    texts, figures = [], []
    service = None
    for size in SIZES:
        database = f"find_{size}"
        service = machine.Service(folder, mongod.url, database, HEAP)
        path = folder / "fill.ndjson"
        lines.write(path, lines.varied(size))
        took = lines.load(service, path, folder / "answers")
        path.unlink()
        print(f"{size:,} results loaded in {took:.0f} s", flush=True)
        texts.append(f"{size:,} varied results were loaded in {took:.1f} s, {size / took:,.0f} a second. "
                     + memory(service, "loading them"))
        service.stop()
        service = machine.Service(folder, mongod.url, database, HEAP)
        figures.append(measure_pages(service, size))
        texts.append(memory(service, "answering pages"))
        service.stop()
    yardstick = machine.Yardstick(folder, mongod.url, f"find_{SIZES[-1]}", f"find_{SIZES[-1]}")
    service = machine.Service(folder, mongod.url, f"find_{SIZES[-1]}", HEAP)
    exported = measure_export(service, yardstick, SIZES[-1])
    texts.append(memory(service, "exporting"))
    service.stop()
    yardstick.stop()
    # Both load into collections that begin empty.
    service = machine.Service(folder, mongod.url, "loaded", HEAP)
    yardstick = machine.Yardstick(folder, mongod.url, f"find_{SIZES[0]}", "bulk")
    loaded = measure_load(folder, service, yardstick)
    texts.append(memory(service, "loading"))
    report.write("Finding, loading, exporting", "\n\n".join(
        [f"One caller, {REQUESTS} requests each, pages of {LIMIT}. {machine.facts()}",
         pages_table(figures), loaded, exported, *texts]))


if __name__ == "__main__":
    main()
