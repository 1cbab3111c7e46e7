import pandas as pd
import pytest

import analysis as an


def by_hand(frame: pd.DataFrame, year: int, months: int, cut: pd.Timestamp) -> tuple[int, int, int]:
    """Filed, observed and closed in time, case by case."""
    filed = observed = closed = 0
    for start, end in frame.itertuples(index=False):
        if start.year != year:
            continue
        filed += 1
        last = start + pd.DateOffset(months=months)
        if last <= cut:
            observed += 1
            closed += not pd.isna(end) and end <= last
    return filed, observed, closed


def test_of_each_years_filings_those_observed_so_long_are_counted_as_by_hand(sample_cases):
    table = sample_cases.to_pandas(names=True)[["filed_on", "closed_on"]]
    for name in table:
        table[name] = pd.to_datetime(table[name])
    found = an.closed_within(sample_cases)
    assert sorted(found["period_end"].dt.year.unique()) == list(range(2006, 2012))
    for row in found.itertuples():
        assert (row.filed, row.observed, row.closed) == by_hand(
            table, row.period_end.year, row.months, sample_cases.as_of
        )
        assert row.observed == 0 or row.share == row.closed / row.observed
    last = found[found["period_end"].dt.year == 2011].set_index("months")["observed"]
    assert last[3] > last[6] > last[12], "of the last year fewer are observed the longer one asks"


def test_the_day_itself_counts_and_a_month_that_has_no_such_day_ends_with_its_last():
    rows = {"filed_on": ["2011-01-31", "2011-01-31", "2011-03-31"], "closed_on": ["2011-02-28", "2011-03-01", None]}
    found = an.closed_within(an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-04-30"), periods=[2011], months=[1])
    assert found[["filed", "observed", "closed"]].to_numpy().tolist() == [[3, 3, 1]]


def test_a_year_of_which_no_case_was_observed_so_long_has_no_share():
    rows = {"filed_on": ["2011-10-01"], "closed_on": ["2011-10-05"]}
    found = an.closed_within(an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31"), periods=[2011], months=[12])
    assert found["observed"].tolist() == [0]
    assert found["share"].isna().all()


@pytest.mark.parametrize("months", [[0], [1.5], ["3"]])
def test_months_that_are_none_are_refused(months):
    cases = an.Cases.from_frames(pd.DataFrame({"filed_on": ["2011-10-01"]}), as_of="2011-12-31")
    with pytest.raises(an.ArgumentError):
        an.closed_within(cases, periods=[2011], months=months)
