"""Options by the words of the field: what a word gives is what its code gives."""

import pytest
from stubs import CHOICES

import analysis as an
from analysis.vocabulary.options import option_words


@pytest.mark.parametrize("argument", option_words())
def test_every_word_is_for_a_code_that_is_taken_and_is_no_code_itself(argument):
    codes = {code for name, taken in CHOICES.items() if name.rpartition(".")[2] == argument for code in taken}
    words = option_words()[argument]
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


def test_a_word_of_another_option_is_refused_with_the_codes(sample_cases):
    with pytest.raises(an.ArgumentError, match="calendar-year"):
        an.caseflow(sample_cases, calendar="半页")
