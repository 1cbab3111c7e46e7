"""The verdict on one printed figure beside its numbers, by hand arithmetic, with the words that say it."""

import math
from fractions import Fraction

import pytest

from analysis.returns.figures import printed_figure
from analysis.returns.verdicts import CODES, DISPUTED, comparison, decimal, granularity, lacks_counts, plain, verdict_of

RATES = [
    ("99.5", 711, 714, "truncated", 71100 / 714), ("99.6", 711, 714, "agrees", 71100 / 714), ("99.4", 711, 714, "contradicts", 71100 / 714),
    ("100", 714, 714, "agrees", 100.0), ("0", 0, 714, "agrees", 0.0), ("50", 1, 2, "agrees", 50.0), ("50.0", 1, 0, "impossible", None),
    ("99", 8, 8, "impossible", 100.0), ("98", 66, 67, "truncated", 6600 / 67), ("99", 66, 67, "agrees", 6600 / 67), ("99", 65, 67, "contradicts", 6500 / 67),
    ("12.5", 1, 8, "agrees", 12.5), ("12.5", 1.0, 8.0, "agrees", 12.5), ("13", 1, 8, "agrees", 12.5), ("16", 1, 6, "truncated", 100 / 6),
    ("12.6", 1, 8, "impossible", 12.5), ("33.33", 1.5, 4.5, "agrees", 100 / 3), ("35", 1.5, 4.5, "contradicts", 100 / 3),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "top", "bottom", "code", "value"), RATES)
def test_a_rate_has_the_verdict_of_hand_arithmetic(printed, top, bottom, code, value):
    found = verdict_of(printed, top, bottom)
    assert found.code == code
    assert found.value == (None if value is None else pytest.approx(value, rel=1e-12))


def test_what_is_disputed_cannot_all_be_true():
    assert DISPUTED == ("shares_conflict", "one_of_two", "contradicts", "impossible")
    assert set(CODES) - set(DISPUTED) == {"agrees", "truncated", "definition", "unchecked"}


@pytest.mark.parametrize(
    ("printed", "value", "measure", "unit", "code"),
    [
        ("714", 714, "received", None, "agrees"), ("714", 713, "received", None, "contradicts"), ("45.33", 453_349, "received", "万件", "agrees"),
        ("45.33", 453_399, "received", "万件", "truncated"), ("45.33", 453_400, "received", "万件", "contradicts"),
        ("2046.23", 2046.234, "amount_closed", None, "agrees"), ("2046.23", 2046.239, "amount_closed", None, "truncated"),
        ("2046.23", Fraction(204624, 100), "amount_closed", None, "contradicts"),
    ],
)  # fmt: skip
def test_a_count_and_an_amount_are_compared_as_they_are(printed, value, measure, unit, code):
    found = verdict_of(printed, value, measure=measure, unit=unit)
    assert (found.code, found.value) == (code, pytest.approx(float(value)))
    assert "%" not in found.explanation.zh


@pytest.mark.parametrize("numbers", [(None, 714), (711, None), (math.nan, 714), (711, math.nan), (None, None)])
def test_without_a_number_a_rate_is_unchecked(numbers):
    found = verdict_of("99.5", *numbers)
    assert (found.code, found.value) == ("unchecked", None)
    assert (found.explanation.zh, found.explanation.en) == (
        "缺少可供核对的数",
        "the numbers to check it by are missing, so it is unchecked",
    )


def test_without_a_number_a_count_is_unchecked():
    assert verdict_of("714", None, measure="received").code == "unchecked"
    assert verdict_of("714", math.nan, measure="received").code == "unchecked"


def test_money_recovered_is_no_count_of_money_claimed():
    """Of 8 yuan 99% can be recovered; of 8 cases 99% cannot be closed."""
    assert verdict_of("99", 8, 8, measure="recovery_rate").code == "contradicts"
    assert verdict_of("99", 8, 8, measure="petition_settlement_rate").code == "impossible"


@pytest.mark.parametrize(
    ("printed", "top", "bottom", "zh", "en"),
    [
        ("99.5", 711, 714, "711/714 = 99.580%；公布的99.5是截尾所得，四舍五入应为99.6",
         "711/714 = 99.580%; published 99.5 is truncated, rounded it would be 99.6"),
        ("99.6", 711, 714, "711/714 = 99.580%，与公布的99.6相符", "711/714 = 99.580%, in agreement with the published 99.6"),
        ("99.4", 711, 714, "711/714 = 99.580%，应为99.6，与公布的99.4不符", "711/714 = 99.580% would print as 99.6; published 99.4 contradicts it"),
        ("99", 8, 8, "分母为8时没有任何件数能得出99%：分母最小为67（66/67，四舍五入）或100（99/100，截尾）",
         "no count of a base of 8 gives 99%: the smallest base that does is 67 by rounding (66/67), 100 by truncation (99/100)"),
        ("33", 1.5, 4.5, "1.5/4.5 = 33.33%，与公布的33相符", "1.5/4.5 = 33.33%, in agreement with the published 33"),
        ("100", 5, 5, "5/5 = 100%，与公布的100相符", "5/5 = 100%, in agreement with the published 100"),
    ],
)  # fmt: skip
def test_the_words_can_be_followed_by_hand(printed, top, bottom, zh, en):
    said = verdict_of(printed, top, bottom).explanation
    assert (said.zh, said.en) == (zh, en)


def test_the_words_on_a_count_show_the_count_alone():
    assert verdict_of("714", 714, measure="received").explanation.zh == "714，与公布的714相符"
    assert (
        verdict_of("714", 713, measure="received").explanation.en
        == "713 would print as 713; published 714 contradicts it"
    )
    said = comparison(printed_figure("714", "received"), Fraction(714), "definition", "七百一十四")
    assert said.zh == "七百一十四，与公布的714相符"


def test_a_base_of_at_most_so_many_is_said_to_be_one():
    said = granularity(printed_figure("99", "closure_rate"), 8, exact=False)
    assert said.zh.startswith("分母至多为8时")
    assert said.en.startswith("no count of a base of at most 8 gives 99%")


@pytest.mark.parametrize(
    ("rate", "base", "lacks"),
    [
        ("99", 8, True),
        ("99", 66, True),
        ("99", 67, False),
        ("99", 0, True),
        ("100", 0, True),
        ("50", 2, False),
        ("50", 3, True),
    ],
)
def test_a_base_without_a_count_for_a_rate_is_told(rate, base, lacks):
    assert lacks_counts(printed_figure(rate, "closure_rate"), base) is lacks


@pytest.mark.parametrize(
    ("printed", "measure", "value", "text"),
    [
        ("714", "received", Fraction(714), "714"), ("714", "received", Fraction(1429, 2), "714.50"), ("99.5", "closure_rate", Fraction(71100, 714), "99.580"),
        ("99.50", "closure_rate", Fraction(100), "100.0000"),
    ],
)  # fmt: skip
def test_a_value_is_shown_with_two_digits_more(printed, measure, value, text):
    assert decimal(printed_figure(printed, measure), value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(714), "714"), (Fraction(7691, 2), "3845.5"), (Fraction(1, 3), "0.3333"), (Fraction(2, 3), "0.6667"), (Fraction(99_999, 100_000), "1"),
        (Fraction(1, 20_000), "0.0001"), (Fraction(100, 3), "33.3333"), (Fraction(21, 20), "1.05"),
    ],
)  # fmt: skip
def test_a_number_is_written_to_four_decimals_without_trailing_zeros(value, text):
    assert plain(value) == text
