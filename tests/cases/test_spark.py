"""The same expressions and equal answers on DuckDB, on Spark and in plain pandas."""

import importlib.util
import shutil
import subprocess
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.cases import tallies
from analysis.cases.storage import on_engine
from analysis.cases.table import Cases
from analysis.measures.caseflow import caseflow
from analysis.measures.durations.durations import time_to_close
from analysis.measures.indicators.indicators import indicators
from analysis.measures.shared_tallies import tallies as shared
from analysis.register.ingest import ingest
from analysis.register.reading import read_cases
from analysis.sample.national import write_national

AS_OF = "2011-12-31"
CUT = pd.Timestamp("2011-06-30")


def missing():
    if importlib.util.find_spec("pyspark") is None:
        return "the extra spark is not installed"
    java = shutil.which("java")
    if java is None or subprocess.run([java, "-version"], capture_output=True, check=False).returncode:
        return "no Java 17"
    return ""


pytestmark = [pytest.mark.spark, pytest.mark.skipif(bool(missing()), reason=missing() or "-")]


@pytest.fixture(scope="module")
def spark():
    import ibis
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": "2"}
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield ibis.pyspark.connect(session)
    session.stop()


def frame(seed, rows=400):
    """A random register with what registers hold: missing amounts, modes and courts, odd orders of dates."""
    dice = np.random.default_rng(seed)
    filed = pd.Timestamp("2009-01-01") + pd.to_timedelta(dice.integers(0, 1090, rows), unit="D")
    lasted = pd.to_timedelta(dice.integers(-3, 500, rows).astype("float64"), unit="D")
    claimed = dice.integers(0, 10**8, rows) / 100
    table = pd.DataFrame(
        {
            "case_no": [f"（2010）富执字第{i}号" for i in range(rows)],
            "court": dice.choice(["甲法院", "乙法院", None], rows),
            "case_type": dice.choice(["first", "reopened"], rows),
            "basis": dice.choice(["civil", "arbitration", None], rows),
            "has_property": dice.choice([True, False, None], rows),
            "officer": dice.choice(["a", "b"], rows),
            "filed_on": filed,
            "closed_on": pd.Series(filed + lasted).where(dice.random(rows) < 0.7),
            "amount_claimed": np.where(dice.random(rows) < 0.1, np.nan, claimed),
            "amount_recovered": np.where(
                dice.random(rows) < 0.2, np.nan, np.round(claimed * dice.choice([0, 0.5, 1], rows), 2)
            ),
        }
    )
    modes = dice.choice(["completed", "settled", "terminated_this_round", None], rows)
    table["closure_mode"] = pd.Series(modes, dtype=object).where(table["closed_on"].notna(), None)
    table["amount_paid"] = table["amount_recovered"]
    return table


def on_spark(cases, spark):
    names = ("table", "petitions", "coercive_measures", "aid")
    moved = on_engine({name: getattr(cases, name) for name in names}, spark)
    return replace(cases, **moved)


def in_pandas(table, kind, by):
    """The tallies once more, by pandas alone."""
    known = table[table["filed_on"] <= CUT].copy()
    late = ~(known["closed_on"] <= CUT)
    known["closed_on"] = known["closed_on"].mask(late)
    known["closure_mode"] = known["closure_mode"].astype(object).mask(late, None)
    fen = {
        name: (known[f"amount_{name}"] * 100).round().fillna(0).astype("int64")
        for name in ("claimed", "recovered", "paid")
    }
    known = known.assign(cases=1, claimed_fen=fen["claimed"], recovered_fen=fen["recovered"])
    known["with_recovery"] = (fen["recovered"] > 0).astype("int64")
    net = (fen["claimed"] > 0) & (fen["recovered"] >= fen["claimed"]) & (fen["paid"] >= fen["claimed"])
    known["net"] = net.astype("int64")
    if kind == "durations":
        is_open = known["closed_on"].isna()
        known["entry"] = 0
        known["exit"] = (known["closed_on"].fillna(CUT) - known["filed_on"]).dt.days
        known["outcome"] = known["closure_mode"].mask(is_open, "open")
        keys, sums = ["entry", "exit", "outcome"], ["cases"]
    else:
        known["on"] = known[f"{kind}_on"].dt.to_period("M").dt.start_time
        known = known[known["on"].notna()]
        keys = ["on"] if kind == "filed" else ["on", "closure_mode"]
        sums = (
            ["cases", "claimed_fen"]
            if kind == "filed"
            else ["cases", "claimed_fen", "recovered_fen", "with_recovery", "net"]
        )
    keys = [*by, *keys]
    return known.groupby(keys, dropna=False)[sums].sum().reset_index().sort_values(keys, ignore_index=True)


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("by", [(), ("court", "basis")])
def test_tallies_are_identical_on_duckdb_spark_and_in_pandas(spark, seed, by):
    table = frame(seed)
    here = Cases.from_frames(table, as_of=AS_OF)
    there = on_spark(here, spark)
    for kind in ("filed", "closed", "durations"):
        unit = {} if kind == "durations" else {"unit": "month"}
        first, second = (getattr(tallies, kind)(c, by=by, at=CUT, **unit) for c in (here, there))
        pd.testing.assert_frame_equal(first, second)
        again = in_pandas(table, kind, by)
        keys = list(again.columns)
        same = [
            t[keys].astype("str").sort_values(keys, ignore_index=True).replace({"None": "nan"}) for t in (first, again)
        ]
        pd.testing.assert_frame_equal(*same)


def test_measures_are_equal_on_spark(spark):
    here = Cases.from_frames(frame(2), as_of=AS_OF)
    there = on_spark(here, spark)
    pd.testing.assert_frame_equal(shared(here).table, shared(there).table)
    pd.testing.assert_frame_equal(caseflow(here, freq="W", by="officer"), caseflow(there, freq="W", by="officer"))
    pd.testing.assert_frame_equal(indicators(here, periods=[2010, 2011]), indicators(there, periods=[2010, 2011]))
    first, second = (time_to_close(c, by="has_property") for c in (here, there))
    pd.testing.assert_frame_equal(first.curve, second.curve)
    pd.testing.assert_frame_equal(first.summary, second.summary)


def test_spark_reads_a_register_and_an_ingested_one(spark, tmp_path):
    write_national(tmp_path / "nation", courts=4, cases=2000)
    flow = caseflow(read_cases(tmp_path / "nation"), by="court")
    pd.testing.assert_frame_equal(caseflow(read_cases(tmp_path / "nation", engine="spark"), by="court"), flow)
    ingest(tmp_path / "nation", tmp_path / "out")
    pd.testing.assert_frame_equal(caseflow(read_cases(tmp_path / "out", engine=spark), by="court"), flow)
