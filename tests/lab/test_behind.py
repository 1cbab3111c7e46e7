"""The cases behind a bar, a point or a row are those that it counts."""

import pandas as pd
import pytest

import analysis as an
from analysis.lab.explore import explore


def frame(still_open=2):
    """Cases of one team filed on the 15th of each month; the last year's are closed within a month."""
    filed = pd.date_range("2021-01-15", "2023-12-15", freq="MS") + pd.Timedelta(days=14)
    closed = [
        day + pd.Timedelta(days=25) if day.year == 2023 or n % still_open else None for n, day in enumerate(filed)
    ]
    return pd.DataFrame(
        {
            "case_no": [f"（{day.year}）川0103执{n}号" for n, day in enumerate(filed)],
            "officer": ["赵某" if n % 2 else "钱某" for n in range(len(filed))],
            "has_property": [n % 4 < 2 for n in range(len(filed))],
            "filed_on": filed,
            "closed_on": closed,
            "closure_mode": ["terminated_this_round" if day else None for day in closed],
        }
    )


def exploring(calendar="calendar-year", still_open=2):
    return explore(
        an.Cases.from_frames(frame(still_open), as_of="2024-01-31", calendar=calendar), names=True, language="zh"
    )


@pytest.mark.full
def test_behind_the_bars_of_a_single_period_stand_its_cases():
    shown, plain = exploring(), frame()
    shown.choose(view="flow", freq="Y", period=("2022-01", "2022-12"))
    filed, closed = (bars for bars in shown.figure.data if bars.type == "bar")
    for bars in (filed, closed):
        found = shown.behind(x=bars.x[0], y=bars.y[0], panel=0)
        assert len(found["filed"]) == filed.y[0] == plain["filed_on"].between("2022-01-01", "2022-12-31").sum()
        assert len(found["closed"]) == closed.y[0] == plain["closed_on"].between("2022-01-01", "2022-12-31").sum()


@pytest.mark.full
def test_the_bands_of_ages_are_counted_from_the_youngest_case_that_is_pending():
    shown = exploring()
    shown.choose(view="ages", period=("2021-02", "2024-01"))
    bars = next(bars for bars in shown.figure.data if bars.type == "bar")
    names = shown.figure.layout.yaxis.ticktext
    assert names[0] != "3个月以内", "no young case is pending"
    for number, place, name in zip(bars.x, bars.y, names, strict=True):
        assert len(shown.behind(x=number, y=place, panel=0)["pending"]) == number
        assert shown._listed.title == name


def test_of_fewer_than_ten_pending_cases_each_is_listed_in_place_of_a_figure():
    shown, plain = exploring(still_open=3), frame(3)
    shown.choose(view="ages", period=("2021-02", "2024-01"))
    assert shown.figure is None
    assert not shown.messages
    listed = shown.tables["ages.oldest"]["case_no"]
    assert set(listed) == set(plain.loc[plain["closed_on"].isna(), "case_no"])
    assert 0 < len(listed) < 10


@pytest.mark.full
@pytest.mark.parametrize(("calendar", "first"), [("calendar-year", "2023-01-01"), ("dec-21", "2022-12-21")])
def test_the_figures_of_officers_and_the_cases_behind_them_end_with_the_period(calendar, first):
    shown, plain = exploring(calendar), frame()
    shown.choose(view="officers", period=("2022-01", "2023-05"))
    counts = shown.tables["card.counts"]
    for place, row in enumerate(counts.to_dict("records")):
        own = plain[plain["officer"] == row["officer"]]
        filed, closed = (own[name].between(first, "2023-05-31").sum() for name in ("filed_on", "closed_on"))
        assert [row["filed"], row["closed"]] == [filed, closed]
        found = shown.behind(table=0, row=place)
        assert [len(found[kind]) for kind in ("filed", "closed", "pending")] == [filed, closed, row["pending"]]


@pytest.mark.full
def test_the_stock_beside_that_of_terminated_cases_ends_with_the_period():
    shown, plain = exploring(), frame()
    shown.choose(view="shadow", period=("2022-01", "2023-05"))
    pending = (plain["filed_on"] <= "2023-05-31") & ~(plain["closed_on"] <= "2023-05-31")
    assert shown.tables["shadow"]["pending"].iloc[-1] == pending.sum()


@pytest.mark.full
def test_a_day_clicked_on_the_curves_of_groups_says_that_the_list_is_of_all():
    shown = exploring()
    shown.choose(view="durations", by="has_property", period=("2021-02", "2024-01"))
    shown.behind(x=30, y=50, panel=0)
    assert shown._listed.whole_title == "30天（各组合计）"
