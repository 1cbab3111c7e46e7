"""What a person waits for on the sample register, in one run, as ratios to one import of pandas, DuckDB and matplotlib.

    uv run python benchmarks/interactive.py

Each line is measured beside that import (``b``) in the same minute, by the clock and by processor time, the least of
``REPEATED`` runs; the last table names the calls of which a second run takes longest.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any

import analysis as an

REPEATED = 3
FORMATS = ("html", "xlsx", "pdf", "docx", "pptx")
SHOWN = 12  # of the calls, the slowest
SAMPLE = an.sample_path("register")
BASE = "import pandas, duckdb, matplotlib"
READ = (
    f"import analysis as an, time; a = time.perf_counter(), time.process_time(); c = an.read_cases({str(SAMPLE)!r}); "
)
TIMED = "print(time.perf_counter() - a[0], time.process_time() - a[1])"
Seconds = tuple[float, float]  # by the clock, of the processor


def used(whose: int) -> float:
    counted = getrusage(whose)
    return counted.ru_utime + counted.ru_stime


def command(*arguments: str) -> Seconds:
    """A whole process."""
    begun, before = time.perf_counter(), used(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - begun, used(RUSAGE_CHILDREN) - before


def inside(code: str) -> Seconds:
    """What a fresh kernel prints of itself."""
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    clock, processor = map(float, told.split()[-2:])
    return clock, processor


def call(function: Callable[[], Any]) -> Seconds:
    begun, before = time.perf_counter(), used(RUSAGE_SELF)
    function()
    return time.perf_counter() - begun, used(RUSAGE_SELF) - before


def least(measured: Callable[[], Seconds]) -> Seconds:
    runs = [measured() for _ in range(REPEATED)]
    return min(run[0] for run in runs), min(run[1] for run in runs)


def waits(folder: Path) -> dict[str, tuple[Callable[[], Seconds], float | None]]:
    """What is measured, and how many ``b`` are asked for; ``None`` where seconds are."""
    report = ("-m", "analysis", "report", "--period", "2011", "--formats", "html,xlsx", "--out")
    again = READ + f"a = time.perf_counter(), time.process_time(); an.read_cases({str(SAMPLE)!r}); "
    flow = READ + "f = an.caseflow(c, freq='M'); "
    begun = "a = time.perf_counter(), time.process_time(); "
    verdict = "an.cycle(f, cases=c).verdict; "
    return {
        "court-analysis report (html, xlsx)": (lambda: command(*report, str(folder / "report")), 3.0),
        "court-analysis indicators": (lambda: command("-m", "analysis", "indicators"), 1.0),
        "use_style() in a fresh kernel": (
            lambda: inside("import pandas, duckdb, matplotlib, time, analysis as an; " + begun + "an.use_style(); " + TIMED), 0.5,
        ),
        "read_cases, first": (lambda: inside(READ + TIMED), 0.6),
        "read_cases, again": (lambda: inside(again + TIMED), 0.1),
        "cycle, first": (lambda: inside(flow + begun + "an.cycle(f); " + TIMED), 0.8),
        "cycle, again": (lambda: inside(flow + "an.cycle(f); " + begun + "an.cycle(f); " + TIMED), 0.4),
        "cycle with its verdict": (lambda: inside(flow + begun + verdict + TIMED), None),
    }  # fmt: skip


def calls(folder: Path) -> dict[str, Callable[[], Any]]:
    """Every public call on the sample but those that simulate."""
    cases, own = an.read_cases(SAMPLE), an.read_returns(an.sample_path("returns_fujin.csv"))
    peers = an.read_returns([an.sample_path("returns_courts.csv"), an.sample_path("returns_fujin.csv")])
    courts, _ = an.sample_panel()
    flow, year, years = an.caseflow(cases, freq="M"), an.caseflow(cases, freq="Y"), {"periods": [2010, 2011]}
    of = {"numerator": "closed", "denominator": "received", "kind": "proportion"}
    counted: dict[str, Callable[[], Any]] = {
        "aid": lambda: an.aid(cases, **years), "bulletin": lambda: an.bulletin(cases, period="2011-11"), "caseflow": lambda: an.caseflow(cases, freq="M"),
        "caseflow by team": lambda: an.caseflow(cases, freq="M", by="team"), "check_cases": lambda: an.check_cases(cases),
        "closing_incidence": lambda: an.closing_incidence(cases), "coercive_measures": lambda: an.coercive_measures(cases, **years),
        "compare_printed": lambda: an.compare_printed(cases, own), "control_limits": lambda: an.control_limits(flow),
        "cox_model": lambda: an.cox_model(cases, covariates=["has_property"]), "deadlines": lambda: an.deadlines(cases, at="2011-11-30"),
        "decompose_change": lambda: an.decompose_change(cases, period=2011), "disposition_time": lambda: an.disposition_time(year),
        "entry_quality": lambda: an.entry_quality(cases, by=["period"]), "funnel": lambda: an.funnel(courts, **of),
        "indicators": lambda: an.indicators(cases, **years), "indicators by basis": lambda: an.indicators(cases, **years, by="basis"),
        "integrity": lambda: an.integrity(cases), "limit_bunching": lambda: an.limit_bunching(cases),
        "observations": lambda: an.observations(cases, period=2011),

        "officer_scorecard": lambda: an.officer_scorecard(cases, period=2011), "peer_panel": lambda: an.peer_panel(peers, indicator="closure_rate"),
        "peer_trends": lambda: an.peer_trends(peers, indicator="closure_rate"), "pending_ages": lambda: an.pending_ages(cases, at="2011-12-31"),
        "petitions": lambda: an.petitions(cases, **years), "reconcile": lambda: an.reconcile(own),
        "responsibility_ledger": lambda: an.responsibility_ledger(cases),
        "shadow_stock": lambda: an.shadow_stock(cases, freq="Y"), "shrink": lambda: an.shrink(courts, **of),
        "stock_change": lambda: an.stock_change(cases, period=("2009-12-31", "2011-12-31")), "terminated_stock": lambda: an.terminated_stock(cases),
        "time_to_close": lambda: an.time_to_close(cases, by="has_property"),
    }  # fmt: skip
    drawn: dict[str, Callable[[], Any]] = {
        "plot_caseflow": lambda: an.plot_caseflow(flow), "plot_indicators": lambda: an.plot_indicators(an.indicators(cases, periods=cases.years)),
        "plot_durations": lambda: an.plot_durations(an.time_to_close(cases, by="has_property")), "plot_ages": lambda: an.plot_ages(an.pending_ages(cases)),
        "plot_funnel": lambda: an.plot_funnel(an.funnel(courts, **of)),
    }  # fmt: skip
    return (
        counted
        | drawn
        | {
            "five formats": lambda: an.build_report(
                cases, period=2011, out=folder / "five", formats=FORMATS, returns=own, peers=peers
            )
        }
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        print("| what | s | CPU s | b, s | in b | CPU in b | asked |\n|---|---|---|---|---|---|---|")
        for name, (measured, asked) in waits(folder).items():
            base, taken = least(lambda: command("-c", BASE)), least(measured)
            told = "" if asked is None else f"{asked} b"
            print(
                f"| {name} | {taken[0]:.2f} | {taken[1]:.2f} | {base[0]:.2f} | {taken[0] / base[0]:.2f} | {taken[1] / base[1]:.2f} | {told} |",
                flush=True,
            )
        asked_again = {}
        for name, function in calls(folder).items():
            function()
            asked_again[name] = (
                call(function) if name == "five formats" else least(lambda function=function: call(function))
            )
        five = asked_again.pop("five formats")
        print(f"\nfive formats, warm: {five[0]:.1f} s, CPU {five[1]:.1f} s\n")
        print(
            f"other calls, warm: median {statistics.median(clock for clock, _ in asked_again.values()):.2f} s of {len(asked_again)}\n"
        )
        print("| call | s | CPU s |\n|---|---|---|")
        for name, (clock, processor) in sorted(asked_again.items(), key=lambda pair: -pair[1][0])[:SHOWN]:
            print(f"| `{name}` | {clock:.2f} | {processor:.2f} |")


if __name__ == "__main__":
    main()
