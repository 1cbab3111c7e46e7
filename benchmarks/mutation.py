"""Mutation: how many one-line changes of a room its own tests notice.

``uv run --with mutmut python benchmarks/mutation.py [ROOM …] [--sample 100]`` changes copies of the rooms' modules with mutmut, runs
the tests that stand beside each, and prints a table of the changes noticed, and those that were not. Lines that are words
alone (messages) are left as they are: what a message says is held by other tests.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEAST = 0.85  # of the changes, that a room's tests have to notice
SEED = 2012
UNNOTICED = (0, 33, None)  # mutmut's codes: the tests passed, no test reaches the line, not run
# Room: the modules that are changed, the tests that have to notice.
ROOMS = {
    "suppression": (["cases/privacy", "cases/suppression"], ["cases/test_privacy.py", "cases/test_suppression.py"]),
    "turning points": (["inference/cycle/turning_points"], ["inference/cycle/test_turning_points.py"]),
    "limits of time": (["measures/limits/limits", "measures/limits/workdays"], ["measures/limits"]),
    "verdicts": (["returns/verdicts"], ["returns/test_verdicts.py", "returns/test_figures.py"]),
    "numbers and labels": (
        ["vocabulary/numbers", "vocabulary/labels"],
        ["vocabulary/test_numbers.py", "vocabulary/test_labels.py"],
    ),
    "row classification": (["register/rows"], ["register/test_rows.py"]),
    "marks": (["charts/drawing/marks", "charts/drawing/on_paper", "charts/drawing/on_screen"], ["charts/drawing"]),
}
WORDS_ALONE = [r'^\s*f?".*",?$', r"^\s*zh\b.*=", r"^\s*en\b.*="]
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = {modules}
do_not_mutate_patterns = {words}
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not slow and not browser and not spark and not full"]
also_copy = ["data", "docs", "notebooks", "tests", "README.md"]
use_git_change_detection = false
track_dependencies = false

[tool.pytest.ini_options]
markers = ["slow", "full", "browser", "spark"]
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"of {', '.join(ROOMS)}; default: all")
    parser.add_argument("--sample", type=int, default=100, help="changes a room, drawn at random")
    asked = parser.parse_args()
    print("| room | changes made | tried | noticed | share |\n|---|---|---|---|---|")
    survivors = {}
    for room in asked.rooms or ROOMS:
        made, count, survivors[room] = tried(room, asked.sample)
        noticed = count - len(survivors[room])
        print(f"| {room} | {made} | {count} | {noticed} | {noticed / count:.0%} |", flush=True)
    for room, changes in survivors.items():
        print(f"\n## {room}: not noticed\n\n" + "\n".join(changes))
    sys.exit(any(len(changes) > (1 - LEAST) * asked.sample for changes in survivors.values()))


def tried(room: str, sample: int) -> tuple[int, int, list[str]]:
    """Change the room's modules in a copy of the checkout: how many changes there are, how many were tried, those not noticed."""
    modules, tests = ROOMS[room]
    files = [f"src/analysis/{name}.py" for name in modules]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for name in listed.splitlines():
            if (ROOT / name).is_file():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_bytes((ROOT / name).read_bytes())
        settings = {"modules": files, "words": WORDS_ALONE, "tests": [f"tests/{test}" for test in tests]}
        written = {key: json.dumps(value) for key, value in settings.items()}
        (place / "pyproject.toml").write_text(SETTINGS.format(**written))
        mutmut(place, [f"analysis.{name.replace('/', '.')}.*__mutmut_1" for name in modules])  # makes them all
        names = sorted(outcomes(place, files))
        chosen = random.Random(SEED).sample(names, min(sample, len(names)))
        mutmut(place, chosen)
        found = outcomes(place, files)
        survivors = [name for name in chosen if found[name] in UNNOTICED]
        return len(names), len(chosen), [mutmut(place, [name], "show") for name in survivors]


def mutmut(place: Path, names: list[str], verb: str = "run") -> str:
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in paths if not re.search(r"src/?$", path))}
    command = [sys.executable, "-m", "mutmut", verb, *names]
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def outcomes(place: Path, files: list[str]) -> dict[str, int | None]:
    """Each change's exit code, by its name."""
    found: dict[str, int | None] = {}
    for name in files:
        found |= json.loads((place / "mutants" / f"{name}.meta").read_text())["exit_code_by_key"]
    return found


if __name__ == "__main__":
    main()
