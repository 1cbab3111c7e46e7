"""Options by the words of the field: what a word gives is what its code gives."""

import numpy as np
import pandas as pd
import pytest
from stubs import CHOICES

import analysis as an
from analysis.cli.bundle import PLATFORMS
from analysis.cli.exchange import ACTIONS
from analysis.cli.terminal import FORMATS
from analysis.vocabulary.option_words import option_codes, option_words
from analysis.vocabulary.options import in_codes


@pytest.mark.parametrize("argument", option_codes())
def test_every_word_is_for_a_code_that_is_taken_and_is_no_code_itself(argument):
    alone = {"form": FORMATS, "action": ACTIONS, "what": ("returns", "holidays"), "platform": PLATFORMS}
    codes = {*alone.get(argument, ())} | {
        code for name, taken in CHOICES.items() if name.rpartition(".")[2] == argument for code in taken
    }
    words = option_words(argument)
    assert set(words.values()) <= codes
    assert not codes & set(words)


def test_a_word_gives_what_its_code_gives(sample_cases):
    listed = {"at": "2011-06-30", "within_days": 10}
    assert an.deadlines(sample_cases, kinds=["已超期", "即将到期"], clock="立案次日", **listed).equals(
        an.deadlines(sample_cases, kinds=["over_limit", "due_soon"], clock="day-after-filing", **listed)
    )
    by_day = {"freq": "Y", "period": 2011}
    in_words = an.caseflow(sample_cases, calendar="每月以22日为止（上年12月23日至当年12月22日）", **by_day)
    assert in_words.equals(an.caseflow(sample_cases, calendar="month-22", **by_day))
    assert an.caseflow(sample_cases, calendar="自然年", **by_day).equals(an.caseflow(sample_cases, **by_day))


@pytest.mark.parametrize(
    "given",
    [" ｃａｌｅｎｄａｒ YEAR ", "自然 年", "Calendar-Year", np.str_("公历年")],
    ids=["width", "space", "case", "numpy"],
)
def test_a_word_is_known_however_it_is_spelled(given):
    assert in_codes("caseflow", {"calendar": given}) == {"calendar": "calendar-year"}


@pytest.mark.parametrize("several", [tuple, set, np.array, pd.Series, pd.Index, iter], ids=lambda kind: kind.__name__)
def test_words_are_known_in_a_list_of_any_kind(several):
    assert in_codes("build_report", {"formats": several(["网页"])}) == {"formats": ["html"]}


def test_one_word_stands_for_a_list_of_one(sample_cases):
    assert an.deadlines(sample_cases, kinds="已超期", at="2011-06-30").equals(
        an.deadlines(sample_cases, kinds=["over_limit"], at="2011-06-30")
    )


@pytest.mark.parametrize("blank", ["", " ", "　"])
def test_an_empty_text_is_not_taken_for_none_given(sample_cases, blank):
    with pytest.raises(an.ArgumentError, match="calendar 不能是"):
        an.caseflow(sample_cases, calendar=blank)


def test_an_unknown_word_is_answered_with_the_nearest_and_the_words_of_the_codes(sample_cases):
    with pytest.raises(an.ArgumentError, match=r"with-property（有财产案件）之一。是否想写“有财产案件”"):
        an.pending_ages(sample_cases, scope="有产案件")


def test_a_word_of_another_option_is_refused_with_the_codes(sample_cases):
    with pytest.raises(an.ArgumentError, match="calendar-year"):
        an.caseflow(sample_cases, calendar="半页")
