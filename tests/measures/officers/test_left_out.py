"""What a scorecard leaves out: by hand, beside the totals of the court and of its teams."""

import pandas as pd
import pytest

from analysis.measures.officers.left_out import measures_left_out

LATE = {"甲": 1, "乙": 5, "丙": 4, "丁": 6}
TEAMS = {"甲": "一组", "乙": "一组", "丙": "二组", "丁": "二组"}


def late(late=LATE, teams=TEAMS):
    """Cells of one measure: each officer has 20 cases in one team, so many of them started late."""
    rows = [(who, teams[who], "started_late", 20.0, float(n), 20.0) for who, n in late.items()]
    return pd.DataFrame(rows, columns=["officer", "team", "measure", "cases", "numerator", "denominator"])


def left_out(cells, hidden=()):
    rests = {who: {"closed"} if who in hidden else set() for who in cells["officer"]}
    return {who for who, _ in measures_left_out(cells, rests, is_over=True)}


def test_beside_a_small_figure_goes_one_of_the_same_team():
    """丙 is smaller than 乙; but 一组 less 乙 would be 甲, and then of 二组 nobody has to go."""
    assert left_out(late()) == {"甲", "乙"}


def test_of_teams_that_are_not_shown_the_court_alone_is_known():
    assert left_out(late(teams=dict.fromkeys(LATE))) == {"甲", "丙"}


def test_a_zero_goes_where_nothing_else_could_hold_the_small_figure():
    assert left_out(late({"甲": 1, "乙": 0, "丙": 0, "丁": 0})) == {"甲", "乙"}


def test_what_the_ledger_leaves_out_is_protected_too():
    assert left_out(late(LATE | {"甲": 9}), hidden="甲") == {"甲", "乙"}


def test_who_is_in_two_teams_ties_them():
    cells = pd.concat([late(), late({"甲": 2}, {"甲": "二组"})], ignore_index=True)
    out = left_out(cells, hidden="甲")
    assert len(out) > 1
    assert out >= {"甲"}


def test_of_a_year_that_is_not_over_nothing_but_closings_is_shown():
    cells = pd.concat([late(LATE | {"甲": 7}), late(LATE | {"甲": 7}).assign(measure="closed")], ignore_index=True)
    out = measures_left_out(cells, {who: set() for who in LATE}, is_over=False)
    assert out == {(who, "started_late") for who in LATE}


@pytest.mark.parametrize("measure", ["net_closings", "petitions"])
def test_beside_a_quarter_that_is_left_out_nothing_stands_that_could_be_its_own(measure):
    """Where all net closings of a year fall into one quarter, those of a year are those of the quarter."""
    cells = late(LATE | {"甲": 9}).assign(measure=measure)
    hidden = {who: {"quarters"} if who == "甲" else set() for who in LATE}
    assert measures_left_out(cells, hidden, is_over=True) == {("甲", measure), ("乙", measure)}


@pytest.mark.parametrize(
    ("measure", "cases", "numerator", "told"),
    [("net_closings", 15, 13, False), ("net_closings", 15, 12, True), ("net_closings", 15, 15, True)],
)
def test_a_few_cases_that_one_figure_leaves_of_another_are_not_told(measure, cases, numerator, told):
    """Of thirty cases handled fifteen are closed, twenty filed: what is left of a count without its part is small, where it is not 0."""
    rows = [("closed", 30, 15, 0), ("closed_of_filed", 20, 10, 20), (measure, cases, numerator, 0)]
    columns = ["measure", "cases", "numerator", "denominator"]
    cells = pd.concat([pd.DataFrame(rows, columns=columns).assign(officer=who, team="一组") for who in "甲乙丙"])
    cells = cells.astype(dict.fromkeys(columns[1:], float))
    out = {kind for _, kind in measures_left_out(cells, {who: set() for who in "甲乙丙"}, is_over=True)}
    assert out == (set() if told else {measure})
