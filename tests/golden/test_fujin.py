"""The figures that the court printed (page of 2012-06-11) must follow from the sample to the printed digit."""

from pathlib import Path

import pytest

from analysis.inference.reconciliation.printed import compare_printed
from analysis.measures.aid import aid
from analysis.measures.coercion import coercive_measures
from analysis.measures.indicators.indicators import indicators
from analysis.measures.petitions import petitions
from analysis.register.reading import read_cases
from analysis.returns.verdicts import verdict_of

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
BOTH_YEARS = [("2010-01-01", "2011-12-31")]
# period, indicator, as printed, by which rule (returns_fujin.csv and the page's text)
PRINTED = [
    (BOTH_YEARS, "received", "714", "agrees"),
    (BOTH_YEARS, "closed", "711", "agrees"),
    (BOTH_YEARS, "closure_rate", "99.5", "truncated"),
    (BOTH_YEARS, "amount_closed", "3844", "agrees"),
    (BOTH_YEARS, "actual_enforcement_rate", "76", "agrees"),
    (BOTH_YEARS, "recovery_rate", "73", "agrees"),
    (BOTH_YEARS, "petitions", "8", "agrees"),
    (BOTH_YEARS, "petitions_resolved", "8", "agrees"),
    (BOTH_YEARS, "persons_detained", "86", "agrees"),
    (BOTH_YEARS, "persons_detained_and_fined", "11", "agrees"),
    (["2011"], "opening", "15", "agrees"),
    (["2011"], "received", "386", "agrees"),
    (["2011"], "closed", "383", "agrees"),
    (["2011"], "closure_rate", "99.22", "agrees"),
    (["2011"], "amount_received", "2249", "agrees"),
    (["2011"], "amount_closed", "2046", "agrees"),
    (["2011"], "recovery_rate", "87.6", "agrees"),
    (["2011"], "aid_amount", "5.5", "agrees"),
    # what follows for 2010 alone
    (["2010"], "received", "343", "agrees"),
    (["2010"], "closed", "328", "agrees"),
    (["2010"], "closure_rate", "95.63", "agrees"),
    (["2010"], "closing", "15", "agrees"),
    (["2010"], "amount_closed", "1798", "agrees"),
]


@pytest.fixture(scope="module")
def cases():
    return read_cases(SAMPLE / "register", as_of="2011-12-31")


@pytest.fixture(scope="module")
def rebuilt(cases):
    return indicators(cases, periods=[*BOTH_YEARS, "2010", "2011"], names=True)  # as those see it who answer for it


@pytest.mark.parametrize(("period", "indicator", "printed", "verdict"), PRINTED)
def test_a_printed_figure_is_rebuilt_to_its_digit(rebuilt, period, indicator, printed, verdict):
    start, end = period[0] if isinstance(period[0], tuple) else (f"{period[0]}-01-01", f"{period[0]}-12-31")
    rows = rebuilt[
        (rebuilt["period_start"] == start) & (rebuilt["period_end"] == end) & (rebuilt["indicator"] == indicator)
    ]
    assert len(rows) == 1
    row = rows.iloc[0]
    rate = row["denominator"] == row["denominator"]
    found = verdict_of(
        printed, row["numerator"] if rate else row["value"], row["denominator"] if rate else None, measure=indicator
    )
    assert found.code == verdict


def test_every_printed_row_of_the_court_is_compared_and_none_contradicts(cases):
    table = compare_printed(cases, SAMPLE / "returns_fujin.csv", names=True)
    assert len(table) == 16
    codes = table.set_index(["period_end", "measure"])["verdict"]
    assert codes["2011-12-31", "closure_rate"].tolist() == ["truncated", "agrees"]
    assert (codes.drop("closure_rate", level="measure").loc["2011-12-31"] == "agrees").all()
    past = table[table["period_end"] == "2012-06-11"]  # the page's petitions run past the register: as printed only
    assert past["verdict"].tolist() == ["unchecked"] * 3
    assert past["rebuilt"].isna().all()


def test_the_petitions_of_the_page(cases):
    found = petitions(cases, periods=BOTH_YEARS)
    assert found.outcomes.set_index("outcome")["petitions"].to_dict() == {"settled": 3, "compelled": 2, "aid": 3}
    assert found.table.iloc[0][["received", "resolved", "pending", "settlement_rate"]].tolist() == [8, 8, 0, 100]


def test_the_detentions_fines_and_aid_of_the_page(cases):
    measures = coercive_measures(cases, periods=BOTH_YEARS).set_index("kind")["persons"]
    assert (measures["detention"], measures["detention_and_fine"]) == (86, 11)
    assert aid(cases, periods=[2011])["amount"].tolist() == [5.5]
