"""The project's own files hold together: environment, pins, public door, import directions, start-up."""

import ast
import importlib
import importlib.util
import pkgutil
import re
import subprocess
import sys
import tomllib
import types
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
        rooms = {room.name for room in pkgutil.iter_modules(getattr(module, "__path__", ()))}
        assert not {n.name for n in node.names if not hasattr(module, n.name)} - rooms, node.module


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


# Libraries of which more is used than they promise to keep, or whose next version is known to break with this one.
BOUNDED = {
    "chinesecalendar", "ibis-framework", "itables", "pandas", "papermill", "plotly", "python-docx", "python-pptx", "typst",
    "mkdocs", "mkdocs-material",
}  # fmt: skip


def test_what_is_used_beyond_its_promises_has_an_upper_bound():
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["docs"]]
    assert {name for name, bounds in map(requirement, asked) if "<" in bounds} == BOUNDED


def test_the_description_on_an_index_names_no_address_that_leads_nowhere(monkeypatch):
    back_end = types.ModuleType("interface")  # stands in for the build back end, which only builds install
    back_end.MetadataHookInterface = object
    monkeypatch.setitem(sys.modules, "hatchling.metadata.plugin.interface", back_end)
    spec = importlib.util.spec_from_file_location("description", ROOT / ".ci" / "description.py")
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    told = hook.description()
    assert not re.findall(r"\]\((?!https?:)[^)]*\)", told)
    assert "uv run --no-dev court-analysis report" in told
    metadata = {}
    hook.Description().update(metadata)
    assert metadata["readme"] == {"content-type": "text/markdown", "text": told}
    assert "](docs/images" not in told
    assert "your own export and the court's file, reports" in told
