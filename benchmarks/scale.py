"""The whole pipeline at growing numbers of cases, beside hand-written peers: ``python benchmarks/scale.py --help``.

Every run is a process of its own; runs of one size take turns, so that all engines meet the same load; the peers'
tables are compared with the package's. Writes one line of JSON a run to ``--out`` and prints medians.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ENGINES = ("scan", "package", "duckdb", "polars", "pandas")
HERE = Path(__file__).parent


def register(folder: Path, cases: int) -> Path:
    """A synthetic national register of so many cases, in no order; made once."""
    from analysis.sample.national import write_national

    target = folder / f"national-{cases}"
    return (
        target
        if target.exists()
        else write_national(target, courts=max(1, min(3000, cases // 50)), cases=cases, order="mixed")
    )


def ingested(source: Path) -> Path:
    """The same, ingested: sorted by court."""
    from analysis.cases.ingest import ingest

    target = source.with_name(source.name.replace("national", "ingested"))
    ingest(source, target)
    return target


def run(engine: str, folder: Path) -> dict:
    """One run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(HERE / "pipeline.py"), engine, str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Run, compare, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=lambda t: int(float(t)), nargs="+", default=[100_000, 1_000_000, 10_000_000])
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    asked.add_argument("--sorted", action="store_true", help="on ingested parquet")
    asked.add_argument("--folder", type=Path, default=Path("/tmp/court-analysis-benchmark"))
    asked.add_argument("--out", type=Path, default=Path("benchmark.jsonl"))
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    names = ("duckdb", "ibis-framework", "polars", "pandas", "pyarrow", "numpy")
    print(
        platform.platform(),
        f"Python {platform.python_version()}",
        f"{os.cpu_count()} cores",
        *(f"{n} {version(n)}" for n in names),
        sep=", ",
    )
    for cases in given.cases:
        folder = register(given.folder, cases)
        folder = ingested(folder) if given.sorted else folder
        found: dict[str, list[dict]] = {engine: [] for engine in given.engines}
        for _ in range(given.runs):
            for engine in given.engines:
                found[engine].append(
                    run(engine, folder)
                    | {"engine": engine, "cases": cases, "sorted": given.sorted, "load": os.getloadavg()[0]}
                )
                with given.out.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps(found[engine][-1]) + "\n")
        sums = [json.dumps(r["sums"]) for engine, rs in found.items() if engine != "scan" for r in rs]
        print(f"{cases:,} cases; equal tables: {len(set(sums)) <= 1}")
        for engine, runs in found.items():
            middle = {k: statistics.median(r[k] for r in runs) for k in ("seconds", "cpu", "mb", "load")}
            print(
                f"| {cases:.0e} | {engine} | {middle['seconds']:.2f} | {middle['cpu']:.2f} | {middle['mb']:.0f} | {middle['load']:.1f} |"
            )


if __name__ == "__main__":
    main()
