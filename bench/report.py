"""Figures as Markdown, kept in RESULTS.md."""

import pathlib
import re
import statistics

RESULTS = pathlib.Path(__file__).resolve().parent / "RESULTS.md"
START_TARGET_SECONDS = 2.5


def write(title: str, text: str) -> None:
    """Puts the text under its title in RESULTS.md, in place of what stood there."""
    whole = RESULTS.read_text() if RESULTS.exists() else "# Measured\n\nWritten by `bench/run`; README.md tells how to read it.\n"
    section = f"\n## {title}\n\n{text.strip()}\n"
    pattern = re.compile(rf"\n## {re.escape(title)}\n.*?(?=\n## |\Z)", re.DOTALL)
    if pattern.search(whole):
        whole = pattern.sub(lambda _: section, whole)
    else:
        whole += section
    RESULTS.write_text(whole)


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def ratio(value: float, target: float | None) -> str:
    if target is None:
        return f"{value:.2f}"
    return f"{value:.2f} ({'meets' if value >= target else '**misses**'} {target:g})"


def ratio_below(value: float, target: float | None) -> str:
    if target is None:
        return f"{value:.2f}"
    return f"{value:.2f} ({'meets' if value < target else '**misses**'} {target:g})"


def race(measurements: list, runners: list, starts: list[float], facts: str, memory: str) -> str:
    driver, service, fastapi = runners
    rates, details = [], []
    for measurement in measurements:
        rate = {runner.name: runner.median(measurement, "rate") for runner in runners}
        rates.append([
            measurement.name, *(number(rate[runner.name]) for runner in runners),
            ratio(rate["service"] / rate["driver"], measurement.of_driver),
            ratio(rate["service"] / rate["fastapi"], measurement.of_fastapi),
        ])
        for runner in runners:
            rounds = [round["rate"] for round in runner.figures[measurement.name]]
            details.append([
                measurement.name, runner.name, f"{number(min(rounds))} to {number(max(rounds))}",
                *(number(runner.median(measurement, figure)) for figure in ("p50_ms", "p99_ms", "cpu_us", "mongod_us")),
            ])
    others = [round["others"] for runner in runners for rounds in runner.figures.values() for round in rounds]
    start_seconds = statistics.median(starts)
    verdict = "meets" if start_seconds < START_TARGET_SECONDS else "**misses**"
    return "\n\n".join([
        facts,
        table(["a second", "driver", "service", "FastAPI", "service / driver", "service / FastAPI"], rates),
        f"Start to first answer: {start_seconds:.2f} s ({verdict} {START_TARGET_SECONDS} s), "
        f"the median of {len(starts)} from {min(starts):.2f} to {max(starts):.2f} s.",
        memory,
        table(["", "", "slowest to fastest round", "p50 ms", "p99 ms", "own CPU µs", "mongod CPU µs"], details),
        f"Other programs took up to {max(others):.0%} of the machine during a measurement.",
    ])
