"""Hostile input at length: planned registers, broken files, sheets oddly written, runs that are killed or find no disk; writes benchmarks/hostile.md.

    nice -n 15 python benchmarks/hostile.py --registers 5000 --mutations 5000 --structures 5000 --kills 300

A run goes on where the last one stopped (``--state``); with another code begin anew. One process reads many files, and dies alone: a crash of a
parser is put down to the file that it was reading.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
sys.path[0] = str(HERE.parent / "tests")  # in place of this folder, whose hostile.py is no package

import plotly.offline  # noqa: E402, F401
from hostile import faults, judge, stores, structures  # noqa: E402
from hostile.formats import FORMATS  # noqa: E402

import analysis.register.ingest  # noqa: E402
import analysis.report.publish  # noqa: E402, F401 - these and the next loaded once, for every fork

CHUNK = 100
MEMORY = 6 << 30  # address space of a process that reads files
LENGTH = {
    "ingest": (60, 1.2),
    "publish": (20, 0.1),
}  # changes on disk and seconds of a run, so that most faults meet it
KINDS = ("registers", "mutations", "structures", "kills")
FORMS_OF = {"structures": list(structures.FORMS)}  # of the other kinds every format of a register


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registers", type=int, default=5_000)
    parser.add_argument("--mutations", type=int, default=5_000)
    parser.add_argument("--structures", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--state", type=Path, default=Path(tempfile.gettempdir()) / "court-analysis-hostile.json")
    parser.add_argument("--out", type=Path, default=HERE / "hostile.md")
    asked = parser.parse_args()
    state = json.loads(asked.state.read_text(encoding="utf-8")) if asked.state.is_file() else {}
    state["done"] = dict.fromkeys(KINDS, 0) | state.get("done", {})
    state.setdefault("ended", {})
    state.setdefault("wrong", [])
    while any(state["done"][kind] < getattr(asked, kind) for kind in KINDS):
        for kind in KINDS:
            first, wanted = state["done"][kind], getattr(asked, kind)
            if first < wanted:
                last = min(first + (CHUNK if kind != "kills" else 20), wanted)
                began = time.process_time(), time.monotonic()
                for name, ended, wrong in chunk(kind, first, last):
                    counted = state["ended"].setdefault(f"{kind}/{name}", {})
                    counted[ended] = counted.get(ended, 0) + 1
                    if wrong:
                        state["wrong"].append({"kind": kind, "name": name, "wrong": wrong})
                        print(kind, name, *wrong[:3], sep=" | ", flush=True)
                state["done"][kind] = last
                asked.state.write_text(json.dumps(state, ensure_ascii=False, indent=1), encoding="utf-8")
                print(kind, last, f"{time.monotonic() - began[1]:.0f} s", len(state["wrong"]), "wrong", flush=True)
        asked.out.write_text(page(state), encoding="utf-8")
    asked.out.write_text(page(state), encoding="utf-8")


def chunk(kind: str, first: int, last: int):
    """Yield name, end and faults of each input of a stretch; a fork reads them, and where it dies the next one goes on behind."""
    if kind == "kills":
        for seed in range(first, last):
            yield kill(seed)
        return
    at = first
    while at < last:
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            work(kind, at, last, write)
            os._exit(0)
        os.close(write)
        begun = None
        with os.fdopen(read, encoding="utf-8") as lines:
            for line in lines:
                said = json.loads(line)
                begun = said["seed"]
                if "ended" in said:
                    at = begun + 1
                    yield said["name"], said["ended"], said["wrong"]
        _, status = os.waitpid(child, 0)
        if status and begun is not None and begun >= at:
            yield "crash", "crash", [f"seed {begun}: the process ended with {status}"]
            at = begun + 1
        elif status:
            raise SystemExit(f"the worker ended with {status}")


def work(kind: str, first: int, last: int, write: int) -> None:
    """Read a stretch of inputs, and say of each that it begins and how it ended."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    forms = FORMS_OF.get(kind, list(FORMATS))
    with os.fdopen(write, "w", encoding="utf-8") as stream, tempfile.TemporaryDirectory() as folder:
        for seed in range(first, last):
            form = forms[seed % len(forms)]
            stream.write(json.dumps({"seed": seed}) + "\n")
            stream.flush()
            try:
                if kind == "registers":
                    plan, path, form = judge.make(seed, Path(folder), form)
                    ended, wrong = "read", judge.faults(plan, path, form)
                elif kind == "structures":
                    ended, wrong = structures.wrong(seed, Path(folder), form)
                else:
                    ended, wrong = judge.mutation_faults(seed, Path(folder), form)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is counted as wrong
                last_line = traceback.extract_tb(error.__traceback__)[-1]
                ended, wrong = (
                    "error",
                    [
                        f"{type(error).__name__}: {str(error)[:300]} ({Path(last_line.filename).name}:{last_line.lineno})"
                    ],
                )
            wrong = [f"seed {seed}: {said}" for said in wrong]
            stream.write(
                json.dumps({"seed": seed, "name": form, "ended": ended, "wrong": wrong}, ensure_ascii=False) + "\n"
            )
            stream.flush()


def kill(seed: int) -> tuple[str, str, list[str]]:
    """One run that a fault of the machine meets somewhere: what stands there afterwards, and whether the next run mends it."""
    random = Random(seed)
    what = "ingest" if seed % 2 else "publish"
    steps, seconds = LENGTH[what]
    number = random.randrange(1, steps)
    way, prepare = random.choice(
        [
            ("killed", faults.killed_at(number)),
            ("killed late", faults.killed_after(random.uniform(0.0, seconds))),
            ("disk full", faults.disk_failing_at(number)),
            ("disk failing", faults.disk_failing_at(number, errno.EIO)),
            ("files cut", faults.files_of_at_most(random.choice([0, 100, 2_000, 10_000]))),
        ]
    )
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    try:
        run = stores.interrupted_ingest if what == "ingest" else stores.interrupted_report
        end, wrong = run(folder, prepare)
        return f"{what}, {way}", _ended(end), [f"seed {seed}: {said}" for said in wrong]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ended(end: faults.End) -> str:
    return "killed" if end.signal else "refused" if end.code else "written"


ABOUT = """# Hostile input

Written by `nice -n 15 python benchmarks/hostile.py`, whose parts are in `tests/hostile/`. Of a planned register it is known what must become of
each row, and what each date, amount and closure mode is; a broken file must be refused in words or keep every row; of a sheet written in all the
ways that its format knows, and some that it forbids, every cell is read as a person sees it, or a forbidden one refused; a run that is killed, or finds
the disk full or failing, leaves what stood before or what was to come, and the next run mends it.
"""


def page(state: dict) -> str:
    """The page of results."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=HERE).stdout.strip()
    lines = [
        ABOUT,
        f"Code {commit}.",
        "",
        "| inputs | what | right | wrong | how they ended |",
        "|---:|---|---:|---:|---|",
    ]
    wrong_of = Counter(f"{entry['kind']}/{entry['name']}" for entry in state["wrong"])
    for kind in KINDS:
        total: Counter[str] = Counter()
        for name in sorted(name for name in state["ended"] if name.startswith(f"{kind}/")):
            ended = state["ended"][name]
            inputs, wrong = sum(ended.values()), wrong_of[name]
            total.update(inputs=inputs, right=inputs - wrong, wrong=wrong)
            how = ", ".join(f"{end} {number:,}" for end, number in sorted(ended.items()))
            lines.append(f"| {inputs:,} | {name.replace('/', ': ')} | {inputs - wrong:,} | {wrong:,} | {how} |")
        lines.append(f"| **{total['inputs']:,}** | **{kind}** | **{total['right']:,}** | **{total['wrong']:,}** | |")
    if state["wrong"]:
        lines += ["", "## Wrong", ""]
        lines += [f"- {entry['kind']}, {entry['name']}: {entry['wrong'][0][:300]}" for entry in state["wrong"][:50]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
