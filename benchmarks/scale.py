"""The whole pipeline at growing numbers of cases, beside hand-written peers: ``python benchmarks/scale.py --help``.

Every run is a process of its own; runs of one size take turns, so that all engines meet the same load; the peers'
tables are compared with the package's, cell by cell. Writes one line of JSON a run to ``--out`` and prints medians.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ENGINES = ("scan", "package", "jit", "duckdb", "polars", "pandas")
HERE = Path(__file__).parent


def register(folder: Path, cases: int) -> Path:
    """A synthetic national register of so many cases, in no order; made once."""
    target = folder / f"national-{cases}"
    if not target.exists():
        courts = max(1, min(3000, cases // 50))
        _apart("analysis.sample.national", f"write_national({str(target)!r}, {courts=}, {cases=}, order='mixed')")
    return target


def ingested(source: Path) -> Path:
    """The same, ingested: sorted by court."""
    target = source.with_name(source.name.replace("national", "ingested"))
    _apart("analysis.register.ingest", f"ingest({str(source)!r}, {str(target)!r})")
    return target


def _apart(module: str, call: str) -> None:
    """A call in a process of its own: a child's greatest memory is at least what its parent had."""
    subprocess.run([sys.executable, "-c", f"from {module} import {call.split('(', maxsplit=1)[0]}; {call}"], check=True)


def compare(tables: Path, engines: list[str]) -> None:
    """Compare the tables of all engines with the first's and say how many rates of money the package left out."""
    import pandas as pd
    from pipeline import must_be_equal

    for file in sorted(tables.glob(f"{engines[0]}-*.feather")):
        first = pd.read_feather(file)
        for engine in engines[1:]:
            other = pd.read_feather(file.with_name(file.name.replace(engines[0], engine, 1)))
            if left_out := must_be_equal(first, other, f"{file.stem} and {engine}'s"):
                print(
                    f"{file.stem}: {left_out} of {len(first)} rates of money are left out by the gate and not compared with {engine}'s"
                )


def run(engine: str, folder: Path, tables: Path) -> dict:
    """One run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(HERE / "pipeline.py"), engine, str(folder), str(tables)],
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
    tables = given.folder / "tables"
    tables.mkdir(exist_ok=True)
    print(
        "| cases | engine | s | CPU s | s / scan | CPU / scan | s / fastest peer | CPU / fastest | peak MB | load |\n"
        "|---|---|---|---|---|---|---|---|---|---|"
    )
    middles: dict[str, list[tuple[int, float]]] = {}
    for cases in given.cases:
        folder = register(given.folder, cases)
        folder = ingested(folder) if given.sorted else folder
        found: dict[str, list[dict]] = {engine: [] for engine in given.engines}
        for _ in range(given.runs):
            for engine in given.engines:
                about = {"engine": engine, "cases": cases, "sorted": given.sorted, "load": os.getloadavg()[0]}
                found[engine].append(run(engine, folder, tables) | about)
                with given.out.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps(found[engine][-1]) + "\n")
        compare(tables, [engine for engine in given.engines if engine != "scan"])
        rows = {
            e: {k: statistics.median(r[k] for r in rs) for k in ("seconds", "cpu", "mb", "load")}
            for e, rs in found.items()
        }
        peers = [rows[e] for e in ("polars", "duckdb") if e in rows]
        for engine, row in rows.items():
            ratios = [
                f"{row[what] / min(base[what] for base in bases):.2f}" if bases else "-"
                for bases in ([rows["scan"]] if "scan" in rows else [], peers)
                for what in ("seconds", "cpu")
            ]
            print(f"| {cases:.0e} | {engine} | {row['seconds']:.2f} | {row['cpu']:.2f} | {' | '.join(ratios)} | {row['mb']:.0f} | {row['load']:.1f} |",
                  flush=True)  # fmt: skip
            middles.setdefault(engine, []).append((cases, row["cpu"]))
    for engine, points in middles.items():
        (few, first), (many, last) = points[0], points[-1]
        if many > few:
            print(
                f"{engine}: CPU grows as cases^{math.log(last / first) / math.log(many / few):.2f} from {few:.0e} to {many:.0e}"
            )


if __name__ == "__main__":
    main()
