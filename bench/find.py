"""Finding, loading and exporting: at 10,000 and at 1,000,000 results, service with a heap of 256 MiB."""

import os
import pathlib

import lines
import machine
import pages
import quiet
import report
import transfers
from race import ONLY, ROUNDS

SIZES = os.environ.get("BENCH_SIZES", "10000,1000000")
LINES = int(os.environ.get("BENCH_LINES", "100000"))
SHORTENED = ONLY or {"BENCH_SIZES", "BENCH_LINES", "BENCH_REQUESTS"} & os.environ.keys()
HEAP = "-Xmx256m"
NAMES = 1_000


def fill(folder: pathlib.Path, mongod: machine.Mongod, size: int) -> tuple[list[str], str]:
    """Loads so many varied results into a database of their own; some of their names, and what it cost."""
    service = machine.Service(folder, mongod.url, database(size), HEAP)
    path, answers = folder / "fill.ndjson", folder / "answers"
    lines.write(path, lines.varied(size))
    took = lines.load(service, path, answers)
    path.unlink()
    text = (f"{size:,} varied results were loaded in {took:.1f} s, {size / took:,.0f} a second. "
            + memory(service, "loading them"))
    print(text, flush=True)
    service.stop()
    return lines.names(answers, NAMES), text


def database(size: int) -> str:
    return f"find_{size}"


def memory(service: machine.Service, doing: str) -> str:
    return (f"Memory of the service while {doing}: {machine.memory_mib(service.pid, 'VmHWM')} MiB resident at its peak, "
            f"heap at most {service.heap_peak_mib()} MiB ({HEAP}).")


def find(folder: pathlib.Path, mongod: machine.Mongod, names: dict[int, list[str]]) -> list[str]:
    both = [
        pages.Filled(size, machine.Service(folder, mongod.url, database(size), HEAP), some) for size, some in names.items()]
    table = pages.measure(both, ROUNDS, ONLY, mongod)
    texts = [memory(filled.service, f"answering pages of {filled.size:,}") for filled in both]
    for filled in both:
        filled.service.stop()
    return [table, *texts]


def export(folder: pathlib.Path, mongod: machine.Mongod, size: int) -> list[str]:
    service = machine.Service(folder, mongod.url, database(size), HEAP)
    yardstick = machine.Yardstick(folder, mongod.url, database(size), database(size))
    table = transfers.export(mongod, service, yardstick, database(size), ROUNDS)
    text = memory(service, "exporting")
    yardstick.stop()
    service.stop()
    return [table, text]


def load(folder: pathlib.Path, mongod: machine.Mongod) -> list[str]:
    service = machine.Service(folder, mongod.url, "loaded", HEAP)
    table = transfers.load(folder, mongod, service, LINES, ROUNDS)
    text = memory(service, "loading")
    service.stop()
    return [table, text]


def main() -> None:
    few, many = map(int, SIZES.split(","))
    folder = machine.work_folder()
    mongod = machine.Mongod(folder)
    parts = [f"Medians of {ROUNDS} rounds, in each one caller with up to {pages.REQUESTS} requests for a page of "
             f"{pages.LIMIT}. {machine.facts()}"]
    if pages.operations(ONLY) or ONLY in "export":
        filled = {size: fill(folder, mongod, size) for size in (few, many)}
        parts += [text for _, text in filled.values()]
    if pages.operations(ONLY):
        parts += find(folder, mongod, {size: names for size, (names, _) in filled.items()})
    if ONLY in "export":
        parts += export(folder, mongod, many)
    if ONLY in "load":
        parts += load(folder, mongod)
    parts.append(f"Other programs took up to {quiet.worst:.0%} of the machine during a measurement.")
    text = "\n\n".join(parts)
    print("\n" + text)
    if not SHORTENED:
        report.write("Finding, loading, exporting", text)


if __name__ == "__main__":
    main()
