"""Loading and exporting, each beside the driver in the same rounds."""

import pathlib
import statistics
import subprocess

import lines
import machine
import quiet
import race
import report

SINGLE_SECONDS = 5
WARM_UP_LINES = 20_000
SINGLE_TARGET, BULK_TARGET, EXPORT_TARGET = 3, 0.6, 0.4
SINGLE = race.Measurement("POST, 1 caller", 1, "insert", "post.lua", [])
NDJSON = "Accept: application/x-ndjson"


def load(folder: pathlib.Path, mongod: machine.Mongod, service: machine.Service, count: int, rounds: int) -> str:
    """Rates of single posts, of the driver's bulks and of a load; both write into a collection that begins empty."""
    race.post(service, "pattern", range(1))
    yardstick = machine.Yardstick(folder, mongod.url, "loaded", "bulk")
    pids = mongod.pid, service.pid, yardstick.pid
    race.wrk(service, SINGLE, race.WARM_UP, "warm")
    bulk(yardstick, "warmbulk", WARM_UP_LINES)
    load_once(service, folder, "warmload", WARM_UP_LINES, yardstick)
    rates = {"single": [], "bulk": [], "load": []}
    for round in range(1, rounds + 1):
        rates["single"].append(quiet.measure(lambda token: single(service, f"single{round}-{token}"), *pids)["rate"])
        rates["bulk"].append(quiet.measure(lambda token: bulk(yardstick, f"bulk{round}-{token}", count), *pids)["rate"])
        rates["load"].append(quiet.measure(
            lambda token: load_once(service, folder, f"load{round}-{token}", count, yardstick), *pids)["rate"])
        print(f"round {round}  " + "  ".join(f"{name} {values[-1]:,.0f}/s" for name, values in rates.items()), flush=True)
    yardstick.stop()
    medians = [statistics.median(values) for values in rates.values()]
    return report.table(
        ["a second", "POST, 1 caller", "driver, unordered bulks", "load", "load / POST", "load / driver"],
        [[f"load of {count:,} lines", *map(report.number, medians),
          report.ratio(medians[2] / medians[0], SINGLE_TARGET), report.ratio(medians[2] / medians[1], BULK_TARGET)],
         ["slowest to fastest round",
          *(f"{report.number(min(values))} to {report.number(max(values))}" for values in rates.values()), "", ""]])


def single(service: machine.Service, token: str) -> dict:
    figures = race.wrk(service, SINGLE, SINGLE_SECONDS, token)
    if figures["errors"]:
        service.fail(f"failed {figures['errors']} requests")
    return {"rate": figures["count"] / figures["seconds"]}


def bulk(yardstick: machine.Yardstick, token: str, count: int) -> dict:
    return {"rate": count / float(yardstick.ask(f"bulk {token} {count}"))}


def load_once(
        service: machine.Service, folder: pathlib.Path, token: str, count: int, yardstick: machine.Yardstick) -> dict:
    path = folder / "load.ndjson"
    lines.write(path, lines.alike(token, range(count)))
    before = int(yardstick.ask("count loaded"))
    seconds = lines.load(service, path, folder / "answers")
    stored = int(yardstick.ask("count loaded")) - before
    if stored != count:
        service.fail(f"answered {count} lines, {stored} are stored")
    return {"rate": count / seconds}


def export(mongod: machine.Mongod, service: machine.Service, yardstick: machine.Yardstick, database: str, rounds: int) -> str:
    """Seconds of the driver's cursor and of exports; every row must be there."""
    count = int(yardstick.ask(f"count {database}"))
    check_rows(service, count)
    for order in "sorted", "plain":
        cursor(yardstick, order, count)
    pids = mongod.pid, service.pid, yardstick.pid
    ordered, plain, whole = [], [], []
    for round in range(1, rounds + 1):
        ordered.append(quiet.measure(lambda _: cursor(yardstick, "sorted", count), *pids))
        plain.append(quiet.measure(lambda _: cursor(yardstick, "plain", count), *pids))
        whole.append(quiet.measure(lambda _: read(service, "?fields=data", NDJSON), *pids))
        print(f"round {round}  cursor {ordered[-1]['seconds']:.1f} s, {plain[-1]['seconds']:.1f} s  "
              f"export {whole[-1]['seconds']:.1f} s", flush=True)
    of_cursors = [median(ordered), median(plain)]
    rows = [
        ["driver, raw cursor newest first", *speed(of_cursors[0], count), "", "", ""],
        ["driver, raw cursor as it lies", *speed(of_cursors[1], count), "", "", ""],
        ["JSON lines with data", *speed(median(whole), count), report.number(whole[0]["bytes"] / median(whole) / 1e6),
         *(report.ratio(seconds / median(whole), EXPORT_TARGET) for seconds in of_cursors)],
    ]
    for name, query, *headers in [
        ("JSON lines with data, zstd", "?fields=data", NDJSON, "Accept-Encoding: zstd"),
        ("JSON lines with data, gzip", "?fields=data", NDJSON, "Accept-Encoding: gzip"),
        ("JSON lines", "", NDJSON),
        ("CSV", "", "Accept: text/csv"),
    ]:
        once = quiet.measure(lambda _: read(service, query, *headers), *pids)
        rows.append([name, *speed(once["seconds"], count), report.number(once["bytes"] / once["seconds"] / 1e6), "", ""])
        print(f"{name}: {once['seconds']:.1f} s", flush=True)
    return report.table(
        [f"export of {count:,}", "seconds", "rows a second", "MB a second", "rate / newest first", "rate / as it lies"], rows)


def median(rounds: list[dict]) -> float:
    return statistics.median(figures["seconds"] for figures in rounds)


def speed(seconds: float, count: int) -> list[str]:
    return [report.number(seconds), report.number(count / seconds)]


def cursor(yardstick: machine.Yardstick, order: str, count: int) -> dict:
    seconds, read = yardstick.ask(f"export {order}").split()
    if int(read) != count:
        yardstick.fail(f"read {read} documents of {count}")
    return {"seconds": float(seconds)}


def read(service: machine.Service, query: str, *headers: str) -> dict:
    """One export to nowhere; an export that is cut ends the program."""
    run = subprocess.run(
        [*curl(service, query, *headers), "-o", "/dev/null", "-w", "%{time_total} %{size_download}"],
        check=True, capture_output=True, text=True)
    seconds, size = map(float, run.stdout.split())
    return {"seconds": seconds, "bytes": size}


def check_rows(service: machine.Service, count: int) -> None:
    """Warms up with an export and counts its lines."""
    with subprocess.Popen(curl(service, "?fields=data", NDJSON), stdout=subprocess.PIPE) as exporting:
        rows = int(subprocess.run(["wc", "-l"], stdin=exporting.stdout, capture_output=True, check=True).stdout)
    if exporting.returncode != 0 or rows != count:
        service.fail(f"exported {rows} rows of {count}")


def curl(service: machine.Service, query: str, *headers: str) -> list[str]:
    options = [option for header in headers for option in ("-H", header)]
    return ["curl", "-sS", "--fail", *options, f"{service.url}/raw_input{query}"]
