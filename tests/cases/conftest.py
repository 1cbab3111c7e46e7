"""The builder of ``tests/data/registers`` as a fixture, and registers from rows at hand."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import pytest

REGISTERS = Path(__file__).parents[1] / "data" / "registers"


@pytest.fixture(scope="session")
def build():
    spec = importlib.util.spec_from_file_location("build_registers", REGISTERS / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
