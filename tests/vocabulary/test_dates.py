from __future__ import annotations

import pytest

from analysis.vocabulary.dates import date_label
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numbers import number


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1234567, None, "1,234,567"),
        (-3844, None, "−3,844"),
        (0.1 + 0.2, None, "0.3"),
        (99.5, 2, "99.50"),
        (-0.001, 1, "0.0"),
        (None, None, "—"),
        (float("nan"), 2, "—"),
    ],
)
def test_numbers(value, decimals, shown):
    assert number(value, decimals) == shown


@pytest.mark.parametrize(
    ("freq", "zh", "en"),
    [("D", "2011年4月9日", "9 Apr 2011"), ("W", "2011年4月9日", "9 Apr 2011"), ("M", "2011年4月", "Apr 2011"),
     ("Q", "2011年第2季度", "2011 Q2"), ("Y", "2011年", "2011")],
)  # fmt: skip
def test_dates_in_both_languages(freq, zh, en):
    assert date_label("2011-04-09", freq, "zh") == zh
    assert date_label("2011-04-09", freq, "en") == en


def test_an_unknown_frequency_is_named():
    with pytest.raises(ArgumentError, match="MM"):
        date_label("2011-04-09", "MM")
