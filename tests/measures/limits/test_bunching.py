"""Closings that pile up before the limit and the year's end, against simulated truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.charts.bunching_words import told_of
from analysis.measures.limits.bunching import limit_bunching


def cases_of(frame: pd.DataFrame, as_of: str = "2011-12-31") -> Cases:
    """Cases whose limits are the ordinary ones, as the register says."""
    return Cases.from_frames(frame.assign(basis="civil", extension_days=0, excluded_days=0), as_of=as_of)


def register(*, seed: int, size: int = 2000, pulled: float = 0.0, to_december: float = 0.0) -> Cases:
    """Closings at a constant rate; a share of those of the month after the limit, or of January, is pulled before it."""
    rng = np.random.default_rng(seed)
    filed = pd.Series(pd.Timestamp("2006-01-01") + pd.to_timedelta(rng.integers(0, 2190, size), unit="D"))
    days = rng.geometric(0.006, size)
    days = np.where((days > 185) & (days < 215) & (rng.random(size) < pulled), rng.integers(172, 180, size), days)
    closed = filed + pd.to_timedelta(days, unit="D")
    early = (closed.dt.month == 1) & (rng.random(size) < to_december)
    year_end = pd.to_datetime((closed.dt.year - 1).astype("str") + "-12-29")
    closed = closed.where(~(early & (year_end > filed)), year_end)
    return cases_of(pd.DataFrame({"filed_on": filed, "closed_on": closed}))


def test_closings_pulled_before_the_limit_show():
    row = limit_bunching(register(seed=1, pulled=0.8)).summary.set_index("date").loc["limit"]
    assert row["lower"] > 0
    assert row["ratio"] > 1.5
    assert row["observed"] - row["expected"] == pytest.approx(row["excess"])


def test_closings_pulled_into_december_show():
    row = limit_bunching(register(seed=1, to_december=0.8)).summary.set_index("date").loc["year_end"]
    assert row["lower"] > 0


def test_without_a_pull_nothing_shows():
    summary = pd.concat([limit_bunching(register(seed=seed)).summary for seed in range(4)])
    holds_zero = (summary["lower"] <= 0) & (summary["upper"] >= 0)
    assert holds_zero.sum() >= 7  # of 8 intervals of 95 %


@pytest.mark.slow
def test_the_interval_holds_the_truth_as_often_as_it_says():
    held = [limit_bunching(register(seed=seed)).summary.eval("lower <= 0 <= upper").to_numpy() for seed in range(100)]
    share = np.mean(held, axis=0)
    assert (share > 0.89).all()


def test_weeks_end_on_the_date_and_count_every_closing_once():
    frame = pd.DataFrame(
        {  # the limit of a filing on 2011-01-04 is Monday 2011-07-04
            "filed_on": ["2011-01-04"] * 5,
            "closed_on": ["2011-07-04", "2011-06-28", "2011-06-27", "2011-07-05", None],
        }
    )
    found = limit_bunching(cases_of(frame, as_of="2011-07-31"))
    limit = found.table[found.table["date"] == "limit"].set_index("week")
    assert limit["closings"][limit["closings"] > 0].to_dict() == {-1: 1, 0: 2, 1: 1}
    assert limit.loc[0, "exposure"] == 4  # one was closed before
    assert limit.loc[2, "exposure"] == 1
    assert limit.loc[4, "exposure"] == 0  # the register ends within that week
    year_end = found.table[found.table["date"] == "year_end"]
    assert year_end["closings"].sum() == 4


def test_too_little_to_fit_is_said_and_nothing_invented():
    frame = pd.DataFrame({"filed_on": ["2011-01-04"], "closed_on": ["2011-07-01"]})
    found = limit_bunching(cases_of(frame))
    assert found.summary["expected"].isna().all()
    assert found.summary["note"].str.contains("不足以拟合").all()
    nothing = limit_bunching(Cases.from_frames(pd.DataFrame({"filed_on": []}), as_of="2011-12-31"))
    assert nothing.summary["closings"].tolist() == [0]
    all_open = limit_bunching(cases_of(pd.DataFrame({"filed_on": ["2011-01-04"]})))
    assert all_open.summary["observed"].tolist() == [0, 0]


def test_without_extensions_nothing_is_said_of_closings_before_the_limit():
    frame = register(seed=1).table.to_pandas().drop(columns="extension_days")
    found = limit_bunching(Cases.from_frames(frame, as_of="2011-12-31"))
    assert found.summary["date"].tolist() == ["year_end"]
    assert set(found.table["date"]) == {"year_end"}
    assert "期限届满前的结案：无法判断，台账没有“延长天数”" in found.caption.zh


def test_of_a_year_end_that_the_register_does_not_reach_nothing_is_observed_which_is_not_0():
    days = pd.date_range("2024-04-08", periods=60, freq="D")
    frame = pd.DataFrame({"filed_on": days, "closed_on": days + pd.Timedelta(days=40)})
    found = limit_bunching(cases_of(frame, as_of="2024-09-30"))
    rows = found.summary.set_index("date")
    assert pd.isna(rows.loc["year_end", "observed"])
    assert told_of(found.summary.iloc[-1].to_dict()).zh == "台账不含12月31日前14天"
    assert "不足以拟合" in rows.loc["year_end", "note"]


def test_a_register_whose_cases_all_closed_early_is_not_said_to_lack_the_days_before_the_limit():
    days = pd.date_range("2023-01-04", periods=60, freq="D")
    found = limit_bunching(
        cases_of(pd.DataFrame({"filed_on": days, "closed_on": days + pd.Timedelta(days=40)}), as_of="2024-12-31")
    )
    said = told_of(found.summary.set_index("date", drop=False).loc["limit"].to_dict())
    assert said.zh == "没有案件未结至法定期限届满前14天"
