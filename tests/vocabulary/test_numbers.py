"""One rounding for everything that a person reads: half up, on the figure's own decimal form."""

import math
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as an
from analysis.vocabulary.numbers import UNITS, column, measured, number, quantity, rounded, unit_text
from analysis.vocabulary.tables import in_words, written

HALF_UP = 99.125  # 793 of 800, in percent


def test_793_of_800_is_read_alike_everywhere(capsys):
    """Notebook, terminal, chart, the report's cell and its sentence."""
    from analysis.cli.terminal import show
    from analysis.report.content import RATE, shown
    from analysis.vocabulary.numbers import number as on_a_chart
    from analysis.vocabulary.sentences import rate

    rows = [[f"{n}", f"2011-01-{1 + n % 28:02d}", "2011-12-01" if n < 793 else None] for n in range(800)]
    register = pd.DataFrame(rows, columns=["case_no", "filed_on", "closed_on"])
    table = an.indicators(an.Cases.from_frames(register, as_of="2011-12-31"), periods=[2011])
    row = table[table["indicator"] == "closure_rate"]
    assert row["value"].tolist() == [HALF_UP]
    assert in_words(row)["数值"].tolist() == ["99.13"]
    assert written(row["value"]) == ["99.13"]
    assert on_a_chart(HALF_UP, 2) == shown(HALF_UP, RATE) == rate(HALF_UP).zh.rstrip("%") == "99.13"
    assert column([793 / 800, 0.5], "share") == ["99.13", "50.00"], "a share of 1 is read in percent"
    show(row, "table")
    assert "99.13" in capsys.readouterr().out


@given(st.floats(-1e9, 1e9, allow_nan=False), st.integers(0, 6))
def test_rounding_is_half_up_away_from_zero(value, digits):
    expected = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    assert rounded(value, digits) == expected
    read = number(value, digits).replace(",", "").replace("−", "-")
    assert Decimal(read) == expected
    assert (read.startswith("-")) == (expected < 0), "there is no minus zero"


@given(st.floats(-1e7, 1e7, allow_nan=False))
def test_a_number_that_needs_few_digits_keeps_them(value):
    assert Decimal(number(value).replace(",", "").replace("−", "-")) == rounded(value, 6)


@pytest.mark.parametrize("unit", [None, *UNITS])
def test_missing_and_unbounded_are_said_in_every_unit(unit):
    assert [quantity(v, unit) for v in (None, math.nan, math.inf, -math.inf)] == ["—", "—", "∞", "−∞"]


def test_small_numbers_keep_three_digits_that_count():
    assert [measured(v) for v in (0.9995, 0.10005, 0.00012345, 0.00001)] == ["1.00", "0.100", "0.000123", "1.00e-05"]


@pytest.mark.parametrize(
    ("value", "digits", "separated", "text"),
    [
        (-3844, None, True, "−3,844"), (-3844, None, False, "−3844"), (99.5, None, True, "99.5"), (0.1234567, None, True, "0.123457"),
        (1e15, None, True, "1,000,000,000,000,000"), (2500.5, 0, True, "2,501"), (0.25, 3, True, "0.250"), (-0.004, 2, True, "0.00"),
        (1234.5, 1, False, "1234.5"), (math.inf, 2, True, "∞"), (-math.inf, None, True, "−∞"), (math.nan, 2, True, "—"), (None, 2, True, "—"),
    ],
)  # fmt: skip
def test_a_number_by_its_digits(value, digits, separated, text):
    assert number(value, digits, separated=separated) == text


@pytest.mark.parametrize(
    ("value", "whole", "separated", "text"),
    [
        (1234.0, None, True, "1,234"), (1234.0, None, False, "1234"), (1234.5, None, True, "1,234.50"), (1234.5, None, False, "1234.50"),
        (5, False, True, "5.00"), (1234, False, False, "1234.00"), (1234.5, True, True, "1,235"), (0, None, True, "0"), (0.0, False, True, "0.00"),
        (1, False, True, "1.00"), (-1.005, None, True, "−1.01"), (0.5, None, True, "0.500"), (-0.5, None, True, "−0.500"),
        (0.99949, None, True, "0.999"), (0.0001, None, True, "0.000100"), (0.000099949, None, True, "9.99e-05"), (-0.00002, None, True, "−2.00e-05"),
        (0.1, True, True, "0"), (math.inf, True, True, "∞"), (-math.inf, False, True, "−∞"), (math.nan, None, True, "—"),
    ],
)  # fmt: skip
def test_a_number_as_a_table_has_it(value, whole, separated, text):
    assert measured(value, whole=whole, separated=separated) == text


@pytest.mark.parametrize(
    ("value", "unit", "whole", "separated", "text"),
    [
        (0.99125, "share", None, True, "99.13"), (12.5, "share", None, True, "1,250.00"), (12.5, "share", None, False, "1250.00"),
        (-0.01, "points", None, True, "−1.00"), (99.125, "%", None, True, "99.13"), (99.0, "%", True, True, "99.00"),
        (2046.235, "万元", None, True, "2,046.24"), (2046.235, "万元", None, False, "2046.24"), (1383.0, "件", None, True, "1,383"),
        (1383.0, "件", None, False, "1383"), (1383.0, "件", False, False, "1383.00"), (3.5, "元/件", None, True, "3.50"), (5.0, "箱", None, True, "5"),
        (5.0, "", None, True, "5"), (5.0, None, False, True, "5.00"), (7.25, "件/百件", None, True, "7.25"),
        (0.04325, "p", None, True, "0.043"), (0.00099, "p", None, True, "<0.001"), (1.0, "p", True, True, "1.000"),
    ],
)  # fmt: skip
def test_a_number_by_the_rule_of_its_unit(value, unit, whole, separated, text):
    assert quantity(value, unit, whole=whole, separated=separated) == text


def test_a_column_is_written_in_one_way():
    assert column([1234.0, 5, None, math.inf]) == ["1,234", "5", "—", "∞"]
    assert column([1234.0, 5.5]) == ["1,234.00", "5.50"]
    assert column([1234.0, 5.5], separated=False) == ["1234.00", "5.50"]
    assert column(pd.Series([0.5, 1, None]), "share") == ["50.00", "100.00", "—"]
    assert column([]) == []


def test_every_unit_is_called_by_its_name_in_both_languages():
    names = {
        unit: (unit_text(unit).zh, unit_text(unit).en)
        for unit in ("share", "points", "%", "件", "月", "万元", "箱", None, math.nan)
    }
    assert names == {
        "share": ("%", "%"), "points": ("百分点", "percentage points"), "%": ("%", "%"), "件": ("件", "cases"), "月": ("个月", "months"),
        "万元": ("万元", "10,000 yuan"), "箱": ("箱", "箱"), None: ("", ""), math.nan: ("", ""),
    }  # fmt: skip
