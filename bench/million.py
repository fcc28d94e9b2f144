"""A million results: the whole list, read from a service whose heap is 128 MiB."""

import os
import subprocess
import time

import machine
import race
import report

COUNT = int(os.environ.get("BENCH_MILLION", "1000000"))
HEAP = "-Xmx128m"


def main() -> None:
    folder = machine.work_folder()
    mongod = machine.Mongod(folder)
    service = machine.Service(folder, mongod.url, "pattern")
    race.post(service, "pattern", range(1))
    service.stop()
    yardstick = machine.Yardstick(folder, mongod.url, "pattern", "million")
    begin = time.monotonic()
    yardstick.ask(f"fill {COUNT}")
    print(f"filled in {time.monotonic() - begin:.0f} s", flush=True)
    yardstick.stop()

    service = machine.Service(folder, mongod.url, "million", HEAP)
    lines, seconds, size, rows = [], 0.0, 0, 0
    for attempt in "first", "second":
        seconds, size, rows = read_list(service)
        lines.append(
            f"- {attempt} reading: {rows:,} rows, {size / 1e6:,.0f} MB in {seconds:.1f} s: "
            f"{rows / seconds:,.0f} rows, {size / seconds / 1e6:.0f} MB a second")
        print(lines[-1], flush=True)
        if rows != COUNT:
            raise SystemExit(f"the list has {rows} rows instead of {COUNT}")
    text = "\n".join([
        f"`GET /raw_input` of {COUNT:,} results of 1 KiB by curl, service with {HEAP}. {machine.facts()}", "", *lines,
        f"- memory of the service: {machine.memory_mib(service.pid, 'VmHWM')} MiB resident at its peak, "
        f"heap at most {service.heap_peak_mib()} MiB",
    ])
    report.write("A million", text)


def read_list(service: machine.HttpService) -> tuple[float, int, int]:
    """Seconds, bytes and rows of the whole list; a list that is cut short ends the program."""
    begin = time.monotonic()
    curl = subprocess.Popen(
        ["curl", "-sS", "--fail", "--max-time", "1800", f"{service.url}/raw_input"], stdout=subprocess.PIPE)
    size = rows = 0
    rest = b""
    key = b'"pk":'
    while chunk := curl.stdout.read(1 << 20):
        size += len(chunk)
        window = rest + chunk
        rows += window.count(key)
        rest = window[-len(key) + 1:]
    if curl.wait() != 0:
        service.fail(f"cut the list after {rows} rows")
    return time.monotonic() - begin, size, rows


if __name__ == "__main__":
    main()
