"""What is counted of a register of few cases is counted once, and each caller has a table of its own."""

import pandas as pd
import pytest

from analysis.cases import answers
from analysis.cases.answers import answer, arrow_answer
from analysis.cases.table import Cases


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
