from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

import pytest


@cache
def benchmark():
    """The tables of made-up courts with planted causes that the benchmark draws."""
    path = Path(__file__).parents[3] / "benchmarks" / "printed.py"
    spec = importlib.util.spec_from_file_location("printed", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def printed():
    """The benchmark of printed figures as a module."""
    return benchmark()


def pytest_generate_tests(metafunc):
    """Run a test of one planted cause for each kind of cause that the benchmark knows."""
    if {"printed", "kind"} <= set(metafunc.fixturenames):
        metafunc.parametrize("kind", benchmark().KINDS)
