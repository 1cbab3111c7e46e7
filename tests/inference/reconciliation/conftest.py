from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def printed():
    """The tables of made-up courts with planted causes that the benchmark draws."""
    path = Path(__file__).parents[3] / "benchmarks" / "printed.py"
    spec = importlib.util.spec_from_file_location("printed", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
