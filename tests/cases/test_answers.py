"""What is counted of a register of few cases is counted once, and each caller has a table of its own."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.cases import answers
from analysis.cases.answers import answer, arrow_answer
from analysis.cases.table import Cases, at_most
from analysis.measures.indicators.indicators import indicators


@pytest.fixture
def cases():
    return Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04", "2011-02-01"]}), as_of="2011-12-31")


def asked(cases):
    return cases.table.group_by("filed_on").aggregate(cases=cases.table.count()).order_by("filed_on")


def test_a_question_is_asked_once_and_what_a_caller_does_to_its_answer_is_seen_by_none(cases, monkeypatch):
    first, in_arrow = answer(cases, asked(cases)), arrow_answer(cases, asked(cases))
    first["cases"] = 99
    for way in ("execute", "to_pyarrow"):
        monkeypatch.setattr(type(cases.table), way, lambda *_, **__: pytest.fail("counted anew"))
    assert answer(cases, asked(cases))["cases"].tolist() == [1, 1]
    assert arrow_answer(cases, asked(cases)) is in_arrow


def test_other_cases_have_other_answers(cases):
    few = cases.where(filed_on=("2011-02", None))
    counted = [answer(of, of.table.count()) for of in (cases, few, cases)]
    assert counted == [2, 1, 2]


def test_of_many_cases_nothing_is_kept(cases, monkeypatch):
    monkeypatch.setattr(answers, "FEW_CASES", 1)
    assert answer(cases, asked(cases))["cases"].tolist() == [1, 1]
    assert not [about for about in cases.answers if "answers" in str(about)]


@pytest.mark.full
def test_how_far_columns_are_filled_and_which_limits_hold_are_asked_once(monkeypatch):
    """A report takes the register as known at the end of its year: the coverage of that copy is the same, and so are the limits of its closings."""
    frame = pd.DataFrame({"case_no": ["1", "2"], "filed_on": "2011-01-04", "closed_on": ["2011-03-01", "2011-09-01"]})
    stated = {"basis": "civil", "extension_days": 0, "excluded_days": 0, "case_type": "first"}
    register = Cases.from_frames(frame.assign(**stated), as_of="2011-12-31")
    rate = {"periods": [2011], "definitions": "spc-2024", "only": ["closed_within_limit_rate"]}
    first, coverage = indicators(replace(register), **rate), replace(register).coverage
    kept = register.once(("answers", "execute"), lambda: None).cache_info().misses
    monkeypatch.setattr("analysis.cases.coverage.coverage", None)
    again = replace(register)
    pd.testing.assert_frame_equal(again.coverage, coverage)
    assert again.coverage is not coverage, "whoever changes his table changes no other's"
    pd.testing.assert_frame_equal(indicators(again, **rate), first)
    assert register.once(("answers", "execute"), lambda: None).cache_info().misses == kept
    assert first["value"].tolist() == [50.0]


def test_a_part_of_few_cases_is_not_counted_before_a_question(cases):
    few = cases.where(filed_on=("2011-02", None))
    answer(few, asked(few))
    assert "_rows" not in vars(few)
    assert not at_most(cases, 1)
    assert at_most(few, 1)
