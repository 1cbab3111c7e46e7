"""Registers for all rooms, and profiles of hypothesis: ``quick`` by default, ``ci`` (300 examples, for what reads registers) and ``nightly`` (5,000).

Choose with ``HYPOTHESIS_PROFILE=ci`` as ``.ci/run`` does. Where a test asks for its own number of examples, it says so itself.
"""

from __future__ import annotations

import compileall
import csv
import gc
import importlib.util
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Two processes run tests on two cores: where each starts threads of its own for small matrices, they wait for one another,
# which made the tests of the cycle five times as slow. Set before NumPy is loaded; the workers inherit it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]

# A deadline would only measure how busy the machine is.
settings.register_profile("quick", deadline=None, max_examples=20, suppress_health_check=QUIET, derandomize=True)
settings.register_profile("ci", deadline=None, max_examples=300, suppress_health_check=QUIET, derandomize=True)
settings.register_profile("nightly", deadline=None, max_examples=5_000, suppress_health_check=QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

DOCUMENTS = {
    "analysis.observations.data_review.data_review",
    "analysis.report.bulletin.build_bulletin",
    "analysis.report.data_review.build_data_review",
    "analysis.report.notebook.publish_notebook",
    "analysis.report.verify.verify_report",
    "analysis.report.yearly.build_report",
    "analysis.sample.folder.write_sample",
}
REGISTERS = Path(__file__).parent / "data" / "registers"


def pytest_configure(config):
    """Compile the environment once where Python is told to write no bytecode: each of 300 processes started here would do it again."""
    import numpy as np

    compiled = Path(np.__file__).with_name("__pycache__")
    if sys.dont_write_bytecode and not hasattr(config, "workerinput") and not compiled.is_dir():
        compileall.compile_dir(Path(np.__file__).parents[1], quiet=2, workers=0)


@pytest.fixture(autouse=True)
def language_of_each_test():
    """What one test speaks the next does not: a command chooses the language for all that its process shows."""
    from analysis.vocabulary.language import speaking

    with speaking(None):
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Examples that write whole documents run with the full set: the tests of the report write the same documents every time."""
    for item in items:
        if item.name in DOCUMENTS:
            item.add_marker(pytest.mark.full)


def pytest_collection_finish():
    """What was imported stays: looking through it again for garbage costs a tenth of the suite."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def build():
    spec = importlib.util.spec_from_file_location("build_registers", REGISTERS / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample_cases():
    """The register of the sample, read once for all: what it was asked it answers again at once."""
    from analysis.register.reading import read_cases
    from analysis.sample.folder import sample_path

    return read_cases(sample_path("register"))


@pytest.fixture
def in_process(monkeypatch):
    """Registers are read by the process of the test itself, so that what a test changes in a parser counts."""
    from analysis.files.formats import parsed_sheets

    monkeypatch.setattr("analysis.register.intake.sheets_of", parsed_sheets)


@pytest.fixture
def write(tmp_path):
    """Writes rows as a csv file and gives its path."""

    def write_rows(rows, name="cases.csv", encoding="utf-8-sig"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding=encoding) as stream:
            csv.writer(stream).writerows(rows)
        return path

    return write_rows


@pytest.fixture(scope="session")
def accounted():
    """Asserts that no row of a register is lost."""

    def assert_accounted(cases):
        inputs = cases.inputs
        assert (inputs["rows"] == inputs["kept"] + inputs["quarantined"] + inputs["skipped"]).all(), inputs
        assert inputs["quarantined"].sum() == len(cases.quarantine)
        assert inputs["skipped"].sum() == cases.skipped["rows"].sum()
        tables = [cases.table, cases.petitions, cases.coercive_measures, cases.aid]
        assert inputs["kept"].sum() == sum(int(t.count().execute()) for t in tables)

    return assert_accounted
