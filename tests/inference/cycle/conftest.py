from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def courts():
    """The courts of known truth that the benchmarks simulate."""
    path = Path(__file__).parents[3] / "benchmarks" / "courts.py"
    spec = importlib.util.spec_from_file_location("courts", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
