"""The project's own files hold together: environment, pins, public door, import directions, start-up."""

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import analysis as an

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CARD = {"jupyterlab", "pandas", "plotly", "seaborn", "statsmodels"}
# What no start of the command line may load: each costs a quarter of a second or more.
HEAVY = {
    "statsmodels",
    "matplotlib",
    "seaborn",
    "plotly",
    "ibis",
    "duckdb",
    "docx",
    "pptx",
    "typst",
    "scipy",
    "pandas",
    "numpy",
    "IPython",
}


def requirement(text):
    name, rest = re.fullmatch(r"([A-Za-z0-9_.-]+)(?:\[.*?\])?(.*)", text.split(";")[0].strip()).groups()
    return name.lower().replace("_", "-"), rest.strip()


def test_conda_and_pip_ask_for_the_same_versions():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = dict(requirement(d) for d in environment["dependencies"] if isinstance(d, str))
    pip = next(d["pip"] for d in environment["dependencies"] if isinstance(d, dict))
    declared = dict(requirement(d) for d in PROJECT["project"]["dependencies"])
    assert pip == ["-e ."]
    assert conda.pop("python") == PROJECT["project"]["requires-python"]
    assert "pip" in conda
    del conda["pip"]
    assert set(conda) == CARD
    assert conda == {name: declared[name] for name in CARD}


def test_every_dependency_is_pinned_and_no_address_is_named():
    pins = dict(requirement(p) for p in PROJECT["tool"]["uv"]["constraint-dependencies"])
    extras = [r for group in PROJECT["project"]["optional-dependencies"].values() for r in group]
    groups = [r for group in PROJECT["dependency-groups"].values() for r in group if isinstance(r, str)]
    declared = [*PROJECT["project"]["dependencies"], *extras, *groups]
    for name, _ in map(requirement, declared):
        assert pins[name].startswith("=="), name
    assert "://" not in "".join(PROJECT["tool"]["uv"]["constraint-dependencies"])
    assert "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_every_public_name_loads_and_says_what_it_is():
    assert len(an.__all__) == len(set(an.__all__))
    for name in an.__all__:
        assert getattr(an, name).__doc__, name


@pytest.mark.parametrize("start", ["import analysis", "from analysis import cli; cli.main.get_help"])
def test_starting_loads_nothing_heavy(start):
    code = f"{start}\nimport sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & set(loaded)


@pytest.mark.parametrize("path", sorted((ROOT / "benchmarks").glob("*.py")), ids=lambda path: path.name)
def test_the_benchmarks_import_what_there_is(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    wanted = [
        node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module.startswith("analysis")
    ]
    for node in wanted:
        module = importlib.import_module(node.module)
        assert not {name.name for name in node.names if not hasattr(module, name.name)}, node.module


def test_repository_names_no_machine():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not listed:
        pytest.skip("not a git checkout")
    for name in listed:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".yml", ".ipynb"} and path.is_file() and path != Path(__file__):
            assert not re.search(r"(?<![\w.])/(work|root|home)/\w", path.read_text(encoding="utf-8")), name


def test_the_citation_is_of_this_version():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == PROJECT["project"]["version"]
