from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.returns.figures import counts_giving, printed_figure, smallest_base
from analysis.returns.verdicts import verdict_of


@given(st.integers(0, 10**9), st.integers(0, 6), st.integers(0, 4))
def test_a_number_lies_within_what_its_printed_digits_stand_for(steps, finer, decimals):
    value = Fraction(steps, 10**finer)
    whole = floor(value * 10**decimals)
    rounded = floor(value * 10**decimals + Fraction(1, 2))
    for digits, rule in ((whole, "truncated"), (rounded, "rounded")):
        text = f"{digits // 10**decimals}" + (f".{digits % 10**decimals:0{decimals}d}" if decimals else "")
        printed = printed_figure(text, "closure_rate")
        assert printed.interval(rule).holds(value)
        assert printed.interval("either").holds(value)


@given(st.integers(1, 9999), st.sampled_from(["rounded", "truncated"]))
def test_the_smallest_base_is_the_first_that_has_a_count(hundredths, rule):
    printed = printed_figure(f"{hundredths // 100}.{hundredths % 100:02d}", "closure_rate")
    top, base = smallest_base(printed, rule)
    for n in range(1, base):
        low, high = counts_giving(printed, n, rule)
        assert low > high
    low, high = counts_giving(printed, base, rule)
    assert low <= top <= high


@pytest.mark.parametrize(
    ("text", "measure", "unit", "value", "digit"),
    [
        ("714", "received", "件", 714, 1),
        ("45.33", "received", "万件", 453_300, 100),
        ("2043.5万件", "received", None, 20_435_000, 1_000),
        ("2249", "amount_received", "件", 2249, 1),
        ("54.26", "amount_closed", "件、亿元", 542_600, 100),
        ("5.42亿元", "amount_recovered", None, 54_200, 100),
        ("9.5‰", "closure_rate", None, Fraction(95, 100), Fraction(1, 100)),
        ("99.5", "closure_rate", "万件", Fraction(995, 10), Fraction(1, 10)),
        ("-0.51", "closure_rate_change", "件", Fraction(-51, 100), Fraction(1, 100)),
    ],
)
def test_units_say_what_a_figure_and_its_last_digit_are_worth(text, measure, unit, value, digit):
    printed = printed_figure(text, measure, unit=unit)
    assert (printed.value, printed.digit) == (value, digit)


def test_a_negative_change_is_truncated_towards_zero():
    seen = printed_figure("-0.51", "closure_rate_change").interval("truncated")
    assert seen.holds(Fraction(-519, 1000))
    assert not seen.holds(Fraction(-52, 100))
    assert not seen.holds(Fraction(-509, 1000))


@pytest.mark.parametrize(
    ("printed", "top", "bottom", "code", "said"),
    [
        ("99.5", 711, 714, "truncated", "711/714 = 99.580%"),
        ("99.22", 383, 386, "agrees", "383/386 = 99.2228%"),
        ("97.8", 1155, 1206, "contradicts", "95.8"),
        ("99", 8, 8, "impossible", "66/67"),
        ("100", 0, 0, "impossible", "8" * 0),
        ("99.5", None, 714, "unchecked", ""),
        ("99.5", float("nan"), 714, "unchecked", ""),
    ],
)
def test_the_verdict_on_one_figure(printed, top, bottom, code, said):
    found = verdict_of(printed, top, bottom)
    assert found.code == code
    assert said in found.explanation.zh
    assert said in found.explanation.en


@given(st.integers(1, 5_000), st.data())
def test_what_was_rounded_agrees_and_what_was_truncated_never_contradicts(base, data):
    top = data.draw(st.integers(0, base))
    hundredths = Fraction(10_000 * top, base)
    for steps, codes in (
        (floor(hundredths + Fraction(1, 2)), {"agrees"}),
        (floor(hundredths), {"agrees", "truncated"}),
    ):
        assert verdict_of(f"{steps // 100}.{steps % 100:02d}", top, base).code in codes
    beyond = ceil(hundredths) + 2
    assert verdict_of(f"{beyond // 100}.{beyond % 100:02d}", top, base).code in {"contradicts", "impossible"}
