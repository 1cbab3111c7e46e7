"""Totals of a table beside the sums of their courts: a difference is a finding, an incomplete sum is none."""

import pandas as pd
import pytest

import analysis as an

YEAR = {"scope": "执行案件", "period_start": "2020-01-01", "period_end": "2020-12-31"}


def table(*rows, **extra):
    return pd.DataFrame([YEAR | {"court": court, "received": r, "closed": c} | extra for court, r, c in rows])


def totals(*rows, **extra):
    return an.reconcile(table(*rows, **extra)).totals.set_index("measure")


@pytest.mark.parametrize("name", ["合计", "全市合计", "总计", "Total"])
def test_a_total_that_adds_up_agrees_and_one_that_does_not_is_found(name):
    courts = [("甲法院", "1234", "1200"), ("乙法院", "866", "850")]
    found = totals(*courts, (name, "2100", "2060"))
    assert found["verdict"].to_dict() == {"received": "agrees", "closed": "shares_conflict"}
    assert found.loc["closed", ["courts", "lower", "upper"]].tolist() == [2, 2050.0, 2050.0]
    assert "相差10" in found.loc["closed", "explanation"]


def test_the_total_stands_above_its_courts_as_well():
    found = totals(("合计", "30", "28"), ("甲法院", "10", "9"), ("乙法院", "20", "18"))
    assert found["verdict"].to_dict() == {"received": "agrees", "closed": "shares_conflict"}


def test_a_sum_without_all_courts_proves_a_total_too_small_and_nothing_else():
    courts = [("甲法院", "1234", "1200"), ("乙法院", None, "850")]
    assert totals(*courts, ("合计", "2100", "2050"))["verdict"].to_dict() == {
        "received": "unchecked",
        "closed": "agrees",
    }
    assert totals(*courts, ("合计", "1200", "2050")).loc["received", "verdict"] == "shares_conflict"


def test_coarse_figures_add_up_to_what_their_digits_leave_open():
    courts = [("甲法院", "1.2万件", "9"), ("乙法院", "1.3万件", "9")]
    assert totals(*courts, ("合计", "2.6万件", "18")).loc["received", "verdict"] == "agrees"
    assert totals(*courts, ("合计", "2.8万件", "18")).loc["received", "verdict"] == "shares_conflict"


def test_a_subtotal_is_of_the_rows_since_the_one_before():
    rows = [
        ("甲法院", "10", "9"),
        ("乙法院", "20", "18"),
        ("小计", "30", "27"),
        ("丙法院", "5", "5"),
        ("小计", "6", "5"),
    ]
    rec = an.reconcile(table(*rows, ("合计", "35", "32")))
    assert rec.totals[["court", "measure", "verdict"]].values.tolist() == [
        ["小计", "received", "agrees"],
        ["小计", "closed", "agrees"],
        ["小计", "received", "shares_conflict"],
        ["小计", "closed", "agrees"],
        ["合计", "received", "agrees"],
        ["合计", "closed", "agrees"],
    ]
    assert "合计1处与各行之和不符" in rec.caption.zh


def test_other_years_and_scopes_are_no_part_of_it():
    rows = table(("甲法院", "10", "9"), ("合计", "10", "9"))
    other = table(("甲法院", "77", "70")).assign(period_start="2019-01-01", period_end="2019-12-31")
    assert an.reconcile(pd.concat([rows, other])).totals["verdict"].eq("agrees").all()
    assert an.reconcile(table(("甲法院", "10", "9"))).totals.empty


def test_a_total_is_no_court_among_peers():
    panel = an.peer_panel(table(("甲法院", "10", "9"), ("乙法院", "20", "18"), ("合计", "30", "27")))
    assert panel.table["court"].tolist() == ["甲法院", "乙法院"]
    assert panel.excluded[["court", "reason"]].values.tolist() == [["合计", "total"]]


@pytest.mark.parametrize("name", ["平均", "全市平均", "中位数"])
def test_an_average_among_the_rows_is_no_court_of_the_total(name):
    found = totals(("甲法院", "10", "8"), ("乙法院", "20", "18"), ("合计", "30", "26"), (name, "15", "13"))
    assert found["verdict"].to_dict() == {"received": "agrees", "closed": "agrees"}


def test_a_mean_of_courts_is_no_count_that_must_be_whole():
    rec = an.reconcile(table(("甲法院", "10", "8"), ("乙法院", "21", "18"), ("平均", "15.5", "13")))
    found = rec.figures[rec.figures["court"] == "平均"]
    assert found["verdict"].tolist() == ["unchecked", "unchecked"]
    assert found["explanation"].str.contains("几家法院的平均数或中位数，不是件数").all()
    assert rec.conflicts.empty
    assert an.reconcile(table(("甲法院", "15.5", "13"))).figures["verdict"].iloc[0] == "impossible", (
        "of one court it is"
    )
