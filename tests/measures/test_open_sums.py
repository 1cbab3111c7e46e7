"""Sums of money: attacked by subtraction and linear programming over groups, totals, quarters, years and neighbouring indicators."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

import analysis as an
from analysis.measures.open_sums import held_back, outweighed_sums


def says_too_much(amounts) -> bool:
    """The two rules, written out for one sum."""
    known = sorted((abs(a) for a in amounts), reverse=True)
    total = sum(known)
    if not total:
        return False
    return len(known) < 3 or known[0] > 0.75 * total or total - sum(known[:2]) < 0.1 * known[0]


@pytest.mark.parametrize("seed", range(5))
def test_the_rules_of_many_sums_are_those_of_each(seed):
    rng = np.random.default_rng(seed)
    amounts, group = np.round(np.exp(rng.normal(3, 2, 200))), rng.integers(0, 60, 200)
    amounts[rng.random(200) < 0.3] = 0
    expected = [says_too_much(amounts[group == g]) for g in range(60)]
    assert outweighed_sums(amounts, group, 60).tolist() == expected
    assert 0 < sum(expected) < 60
    # of sums of cases less is known, so no more is shown
    of_sums = outweighed_sums(amounts, group, 60, number=np.ones(200), largest=amounts)
    assert (of_sums >= np.array(expected)).all()


def attack(table: pd.DataFrame, keys: list[str], rows: pd.DataFrame, cell: np.ndarray) -> tuple[float, float]:
    """The least and the most that a cell can be, by all that is shown: cells, and every total that does not say too much."""
    shown = ~table["gone"].to_numpy()
    known = [np.eye(len(table))[i] for i in np.flatnonzero(shown)]
    for chosen in (list(c) for n in range(len(keys)) for c in combinations(keys, n)):
        for _, part in table.groupby(chosen) if chosen else [((), table)]:
            if not says_too_much(rows.loc[rows["group"].isin(part.index), "amount"]):
                known.append(np.isin(np.arange(len(table)), part.index).astype(float))
    if not known:
        return 0.0, np.inf
    values = [form @ table["sum"].to_numpy() for form in known]
    ends = [linprog(sign * cell, A_eq=np.array(known), b_eq=values, bounds=(0, None)) for sign in (1, -1)]
    return ends[0].fun, np.inf if ends[1].status == 3 else -ends[1].fun


@pytest.mark.parametrize(("keys", "seed"), [(k, s) for k in (["team"], ["team", "basis"]) for s in range(4)])
def test_no_sum_left_out_of_a_table_can_be_worked_out(keys, seed):
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "team": rng.integers(0, 5, 90),
            "basis": rng.integers(0, 3, 90),
            "amount": np.round(np.exp(rng.normal(3, 1.2, 90))),
        }
    )
    rows["group"] = rows.groupby(keys).ngroup()
    table = rows.groupby(keys, as_index=False)["amount"].sum().rename(columns={"amount": "sum"})
    table["gone"] = held_back(rows["amount"].to_numpy(), rows["group"].to_numpy(), table[keys])
    hidden = np.flatnonzero(table["gone"])
    assert len(hidden) > 0 or len(keys) == 1
    for place in hidden:
        least, most = attack(table, keys, rows, np.eye(len(table))[place])
        assert most - least > 1e-3, place


def register(**columns) -> an.Cases:
    """Two years of a court of our own: English words, two officers, team C of one; a claim of 9 million in team A in May 2016."""
    rng = np.random.default_rng(3)
    n = 260
    filed = pd.Timestamp("2015-01-05") + pd.to_timedelta(rng.integers(0, 700, n), unit="D")
    closed = filed + pd.to_timedelta(rng.integers(5, 200, n), unit="D")
    claimed = np.round(np.exp(rng.normal(10, 1, n)), 2)
    frame = pd.DataFrame({
        "case_no": [f"ENF-{i}" for i in range(n)], "filed_on": filed, "closed_on": closed, "team": rng.choice(list("ABC"), n, p=[0.2, 0.5, 0.3]),
        "officer": rng.choice(["Amara Okafor", "Jonas Lindqvist"], n), "basis": rng.choice(["civil", "criminal"], n), "amount_claimed": claimed,
        "amount_recovered": np.where(rng.random(n) < 0.7, claimed, 0.0), "closure_mode": "completed", "court": "Northfield",
    })  # fmt: skip
    frame.loc[frame["team"] == "C", "officer"] = "Jonas Lindqvist"
    frame.loc[0, ["team", "filed_on", "closed_on", "amount_claimed", "amount_recovered"]] = [
        "A",
        pd.Timestamp("2016-04-04"),
        pd.Timestamp("2016-05-09"),
        9e6,
        9e6,
    ]
    return an.Cases.from_frames(frame.assign(**columns), as_of="2016-12-31")


def figures(cases: an.Cases, names: bool = False, **asked) -> pd.DataFrame:
    return an.indicators(cases, definitions="fujin-2012", only=["amount_closed", "recovery_rate"], names=names, **asked)


@pytest.mark.parametrize("by", ["team", "basis", ["team", "basis"], "officer"])
def test_a_dominant_claim_is_in_no_sum_by_group_and_not_in_what_these_leave(by):
    cases = register()
    table, truth = figures(cases, years=[2015, 2016], by=by), figures(cases, years=[2015, 2016], by=by, names=True)
    rows = cases.table.to_pandas()
    rows = rows[pd.to_datetime(rows["closed_on"]).dt.year == 2016]
    if by == "officer":  # of people only stock and flow
        assert table.loc[:, ["value", "numerator", "denominator"]].isna().all(axis=None)
        return
    keys = [by] if isinstance(by, str) else by
    of_2016 = (table["period_start"] == "2016-01-01") & (table["indicator"] == "amount_closed")
    left = truth.loc[of_2016 & table["value"].isna(), keys]
    amounts = rows.merge(left, on=keys)["amount_claimed"]
    assert 9e6 in set(amounts)
    shown = table.loc[table["value"].notna(), "value"]
    assert np.allclose(shown, truth.loc[shown.index, "value"])


def test_the_courts_own_total_with_it_is_left_out_and_no_difference_gives_it():
    cases = register()
    spans = [
        ("2016-01", "2016-03"),
        ("2016-04", "2016-06"),
        ("2016-01", "2016-06"),
        ("2016-01", "2016-09"),
        ("2016-07", "2016-12"),
        ("2016-05", "2016-05"),
    ]
    table = figures(cases, periods=spans).query("indicator == 'amount_closed'").reset_index(drop=True)
    assert table["value"].notna().tolist() == [True, False, False, False, False, False]
    years = figures(cases, years=[2015, 2016]).query("indicator == 'amount_closed'")
    assert years["value"].notna().tolist() == [True, True]
    rows = cases.table.to_pandas()
    left = rows.loc[pd.to_datetime(rows["closed_on"]).between("2016-04-01", "2016-12-31"), "amount_claimed"]
    assert not says_too_much(left), "what the year leaves beside its first quarter"
    larger = register().table.to_pandas()["amount_claimed"].astype("float64")
    years = figures(register(amount_claimed=larger.replace(9e6, 9e8)), years=[2015, 2016])
    assert years.query("indicator == 'amount_closed'")["value"].notna().tolist() == [True, False]


def test_a_quarter_that_says_too_much_leaves_no_total_that_gives_it_away():
    """The last quarter of the year has one closing: its claim is the year less what could be shown before."""
    days = [*pd.date_range("2016-01-04", "2016-09-20", periods=40), pd.Timestamp("2016-11-11")]
    frame = pd.DataFrame(
        {
            "filed_on": "2015-06-01",
            "closed_on": days,
            "amount_claimed": [1000.0 + i for i in range(41)],
            "amount_recovered": 0.0,
        }
    )
    table = figures(an.Cases.from_frames(frame, as_of="2016-12-31"), years=[2016], periods=[("2016-01", "2016-09")])
    shown = table[table["indicator"] == "amount_closed"].set_index("period_end")["value"]
    assert shown.notna().tolist() == [False, True] if str(shown.index[0].date()) == "2016-12-31" else [True, False]


def test_neighbouring_indicators_do_not_give_a_claim_away():
    """One closing without the amount recovered: the sum of all claims less that of the rate would be its claim."""
    recovered = register().table.to_pandas()["amount_recovered"].astype("float64")
    recovered[pd.to_datetime(register().table.to_pandas()["closed_on"]).dt.year.eq(2015).idxmax()] = np.nan
    table = figures(register(amount_recovered=recovered), years=[2015]).set_index("indicator")
    assert not table.loc[["amount_closed", "recovery_rate"], ["numerator", "denominator"]].notna().any(axis=1).all()


def test_windows_of_no_calendar_show_no_money_and_say_so():
    table = figures(register(), periods=[("2015-02-10", "2015-07-07")])
    assert table["value"].isna().all()
    assert table["note"].str.contains("金额不对外").all()
    assert figures(register(), periods=[("2015-02-10", "2015-07-07")], names=True)["value"].notna().all()


def test_a_list_of_cases_says_no_amount():
    week = an.bulletin(register(), period="2016-05").tables
    assert not {"amount_claimed", "amount_recovered"} & {name for table in week.values() for name in table}
    assert "amount_claimed" in an.bulletin(register(), period="2016-05", names=True).tables["closed"]


def test_a_team_of_one_officer_is_that_officer():
    flow = an.caseflow(register(), freq="Y", by="team").set_index(["period", "team"])
    assert flow.xs("C", level="team").isna().all(axis=None)
    hidden = flow["filed"].isna().groupby(level="team").all()
    assert hidden.sum() == 2, "the total of three teams would give it away"
    with pytest.raises(an.ArgumentError, match="names=True"):
        an.caseflow(register(), freq="Y", by=["team", "officer"])
