"""Tallies by the compiled loop over an ingested register's columns are the engine's, to the cell."""

import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cases import tallies
from analysis.cases.engine import column_store, dispatch, encoding, kernels
from analysis.cases.engine.dispatch import counting
from analysis.measures.caseflow import caseflow
from analysis.measures.durations.durations import time_to_close
from analysis.measures.indicators import case_tally
from analysis.measures.indicators.indicators import indicators
from analysis.register import ingest
from analysis.register.reading import read_cases

AS_OF, CUT = "2011-12-31", "2010-11-30"


def written(folder, dice, rows):
    """A random register, ingested: courts and officers missing, closings before filing and after any cut, odd amounts."""
    filed = pd.Timestamp("2008-06-01") + pd.to_timedelta(dice.integers(0, 1400, rows), unit="D")
    closed = pd.Series(filed + pd.to_timedelta(dice.integers(-3, 500, rows), unit="D")).where(dice.random(rows) < 0.7)
    claimed = np.where(dice.random(rows) < 0.1, np.nan, dice.integers(0, 10**9, rows) / 1000)  # tenths of a fen
    frame = pd.DataFrame(
        {
            "case_no": [f"（2010）富执字第{i}号" for i in range(rows)],
            "court": dice.choice(["乙法院", "甲法院", "Court A", None], rows),
            "officer": dice.choice(["a", "b", "丙", None], rows),
            "closure_mode": pd.Series(dice.choice(["completed", "settled"], rows)).where(closed.notna(), None),
            "filed_on": filed,
            "closed_on": closed,
            "amount_claimed": claimed,
            "amount_recovered": claimed * dice.choice([0, 0.5, 1, np.nan], rows),
        }
    )
    folder.mkdir(parents=True)
    frame.to_parquet(folder / "cases.parquet")
    ingest.ingest(folder, folder / "out", as_of=AS_OF)
    return folder / "out"


@pytest.fixture
def many(monkeypatch):
    """Every register counts as one of many rows."""
    monkeypatch.setattr(encoding, "MANY_ROWS", 0)
    monkeypatch.setattr(case_tally, "ROWS_HANDED_OVER", 0)


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    return written(tmp_path_factory.mktemp("register") / "in", np.random.default_rng(8), 900)


def by_engine(register):
    """The register to be counted by the engine."""
    cases = read_cases(register)
    return cases.where(court=["乙法院", "甲法院", "Court A", None])


def every_tally(cases, by):
    yield tallies.counted(cases, "filed", by=by)
    yield tallies.counted(cases, "closed", by=by, unit="month", at=CUT)
    yield tallies.years(cases, by=by)
    yield tallies.years(cases, by=by, at=CUT)
    yield tallies.durations(cases, by=by, modes=False)
    yield tallies.durations(cases, by=by, modes=False, at=CUT)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    "by", [(), ("officer", "court"), *(pytest.param(by, marks=pytest.mark.full) for by in ("court", "closure_mode"))]
)
def test_every_tally_is_that_of_the_engine(register, by):
    cases, engine = read_cases(register), by_engine(register)
    assert counting(cases, ("court",))
    assert not counting(engine, ("court",))
    assert tallies.extent(cases) == tuple(tallies.extent(engine))
    for found, expected in zip(every_tally(cases, by), every_tally(engine, by), strict=True):
        pd.testing.assert_frame_equal(found, expected)


@pytest.mark.usefixtures("many")
@pytest.mark.full
def test_every_measure_is_that_of_the_engine(register):
    cases, engine = read_cases(register), by_engine(register)
    asked = {"periods": [2009, 2010, 2011], "by": "court", "only": ["closure_rate", "recovery_rate", "clearance_rate"]}
    pd.testing.assert_frame_equal(indicators(cases, **asked), indicators(engine, **asked), rtol=1e-12)
    pd.testing.assert_frame_equal(caseflow(cases, by="court"), caseflow(engine, by="court"))
    ours, theirs = time_to_close(cases, by="court"), time_to_close(engine, by="court")
    pd.testing.assert_frame_equal(ours.curve, theirs.curve)
    pd.testing.assert_frame_equal(ours.test, theirs.test)


@pytest.mark.full
@pytest.mark.usefixtures("many")
def test_more_keys_than_fit_an_array_are_counted_in_a_hash_table(register, monkeypatch):
    monkeypatch.setattr(kernels, "IN_AN_ARRAY", 1)
    monkeypatch.setattr(kernels, "FIRST_KEYS", 4)
    cases, engine = read_cases(register), by_engine(register)
    for found, expected in zip(
        every_tally(cases, ("officer", "court")), every_tally(engine, ("officer", "court")), strict=True
    ):
        pd.testing.assert_frame_equal(found, expected)


@pytest.mark.usefixtures("many")
class TestWhoCounts:
    """What the loop does not serve is left to the engine."""

    def test_a_narrowed_register(self, register):
        assert not counting(read_cases(register).where(court="甲法院"), ("court",))

    def test_a_register_of_few_rows(self, register, monkeypatch):
        monkeypatch.setattr(encoding, "MANY_ROWS", 900)
        assert not counting(read_cases(register), ("court",))

    def test_a_question_without_groups(self, register):
        assert not counting(read_cases(register), ())

    def test_a_key_that_is_no_text(self, register):
        assert not counting(read_cases(register), ("has_property",))
        assert len(tallies.years(read_cases(register), by="has_property"))

    def test_too_many_texts(self, register, monkeypatch):
        monkeypatch.setattr(column_store, "MOST_TEXTS", 2)
        assert not counting(read_cases(register), ("court",))
        expected = tallies.years(by_engine(register), by="court")
        pd.testing.assert_frame_equal(tallies.years(read_cases(register), by="court"), expected)

    def test_too_many_rows_to_hold(self, register, monkeypatch):
        monkeypatch.setattr(dispatch, "MOST_ROWS", 899)
        assert not counting(read_cases(register), ("court",))

    def test_without_the_extra(self, register, monkeypatch):
        monkeypatch.setitem(sys.modules, "numba", None)
        assert not counting(read_cases(register), ("court",))


@given(st.integers(0, 2**62), st.integers(1, 400), st.integers(0, 2), st.booleans())
def test_a_counter_is_a_group_by(seed, rows, amounts, hashed):
    dice = np.random.default_rng(seed)
    size = 50 if not hashed else kernels.IN_AN_ARRAY + int(dice.integers(1, 2**40))
    keys = dice.choice(dice.integers(0, size, 20), rows)
    keys[dice.random(rows) < 0.2] = -1
    fen = dice.integers(0, 10**6, (amounts, rows))
    counter = kernels.Counter(size, amounts=amounts)
    for part in np.array_split(np.arange(rows), 3):
        counter.add(keys[part], np.ascontiguousarray(fen[:, part]))
    found, counts, sums, products, greatest = counter.found()
    expected, number = np.unique(keys[keys >= 0], return_counts=True)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(counts, number)
    pairs = [(a, b) for a in range(amounts) for b in range(a, amounts)]
    for place, key in enumerate(expected):
        own = fen[:, keys == key]
        np.testing.assert_array_equal(sums[:, place], own.sum(axis=1))
        np.testing.assert_array_equal(greatest[:, place], own.max(axis=1))
        np.testing.assert_allclose(products[:, place], [(own[a] * own[b]).sum() for a, b in pairs])
