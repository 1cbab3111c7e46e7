"""One rounding for everything that a person reads: half up, on the figure's own decimal form."""

import math
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as an
from analysis.vocabulary.numbers import UNITS, column, measured, number, quantity, rounded
from analysis.vocabulary.tables import in_words, written

HALF_UP = 99.125  # 793 of 800, in percent


def test_793_of_800_is_read_alike_everywhere(capsys):
    """Notebook, terminal, chart, the report's cell and its sentence."""
    from analysis.cli.terminal import show
    from analysis.report.content import RATE, shown
    from analysis.report.sentences import rate
    from analysis.vocabulary.numbers import number as on_a_chart

    rows = [[f"{n}", f"2011-01-{1 + n % 28:02d}", "2011-12-01" if n < 793 else None] for n in range(800)]
    register = pd.DataFrame(rows, columns=["case_no", "filed_on", "closed_on"])
    table = an.indicators(an.Cases.from_frames(register, as_of="2011-12-31"), years=[2011])
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
