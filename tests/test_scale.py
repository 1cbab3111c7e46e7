"""The pipeline of the scale benchmark: what the package gives of a nation is what a few lines of pandas and SQL give."""

import importlib.util
from pathlib import Path

import pytest

import analysis as an

PIPELINE = Path(__file__).parents[1] / "benchmarks" / "pipeline.py"


@pytest.mark.full
def test_the_package_counts_a_nation_as_pandas_and_duckdb_do(tmp_path):
    found = importlib.util.spec_from_file_location("pipeline", PIPELINE)
    pipeline = importlib.util.module_from_spec(found)
    found.loader.exec_module(pipeline)
    an.write_national(tmp_path / "nation", courts=12, cases=3_000, seed=1)
    ours, *others = (
        {name: pipeline.in_order(table, pipeline.KEYS[name]) for name, table in run(tmp_path / "nation").items()}
        for run in (pipeline.package, pipeline.with_pandas, pipeline.with_duckdb)
    )
    for theirs in others:
        left_out = sum(pipeline.must_be_equal(table, theirs[name], name) for name, table in ours.items())
        # of forty closings a year bands and sums tell more of a claim than of hundreds
        assert left_out < 0.2 * len(ours["yearly"])
