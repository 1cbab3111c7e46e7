"""A rate is defined once: reconciliation takes its meanings from the definition sets, a court's own among them."""

import pandas as pd
import pytest

import analysis as an

YEAR = {"court": "甲法院", "period_start": "2011-01-01", "period_end": "2011-12-31", "closed": "200"}
OWN = """
[set]
id = "own"
zh = "本院口径"
en = "our own"
extends = "spc-2024"

[quantity.closed_voluntary]
zh = "以自动履行方式结案"
en = "closed by voluntary performance"
from = "closed"
closure_mode = ["voluntary"]
aliases = ["自动履行案件"]

[[indicator]]
id = "voluntary_rate"
zh = "自动履行率"
en = "voluntary performance rate"
aliases = []
kind = "rate"
numerator = "closed_voluntary"
denominator = "closed"
unit = "%"
interval = "wilson"
"""


def verdict(row, measure, **given):
    figures = an.reconcile(an.read_returns(pd.DataFrame([{**YEAR, **row}])), **given).figures
    return figures.set_index("measure").loc[measure]


@pytest.mark.full
def test_a_rate_that_only_a_definition_set_knows_is_checked_by_its_formula():
    """80 of 200 closed were performed in full: 40%."""
    right = verdict({"closed_completed": "80", "completed_rate": "40.00"}, "completed_rate")
    assert (right["verdict"], right["definition"]) == ("agrees", "closed_completed/closed")
    assert "80/200 = 40" in right["explanation"]
    wrong = verdict({"closed_completed": "80", "completed_rate": "44.00"}, "completed_rate")
    assert wrong["verdict"] == "shares_conflict"
    assert verdict({"completed_rate": "140"}, "completed_rate")["verdict"] == "impossible"
    assert verdict({"执行完毕率": "40%"}, "completed_rate")["verdict"] == "unchecked"  # the count is not printed


@pytest.mark.parametrize(
    ("rate", "missing"),
    [
        ("terminated_this_round_share", ("以终结本次执行程序方式结案", "closed as terminated for this round")),
        ("closure_rate", ("受理", "received")),
    ],
)
def test_what_is_missing_is_said_in_words(rate, missing):
    told = f"缺少{missing[0]}，无从核对\n{missing[1]} not published, so it is unchecked"
    assert verdict({rate: "40.00"}, rate)["explanation"] == told


def test_what_is_a_part_of_the_closings_is_no_more_than_they_are():
    row = verdict({"closed_completed": "210", "completed_rate": "99.0"}, "closed_completed")
    assert row["verdict"] in ("shares_conflict", "contradicts")


@pytest.mark.full
def test_a_courts_own_rate_is_read_by_its_name_and_checked(tmp_path):
    """50 of 200 closed by voluntary performance: 25%, a rate and a count that only the court's own TOML knows."""
    own = tmp_path / "own.toml"
    own.write_text(OWN, encoding="utf-8")
    table = an.read_returns(pd.DataFrame([{**YEAR, "自动履行案件": "50", "自动履行率": "25.00%"}]), definitions=own)
    assert table[["closed_voluntary", "voluntary_rate"]].values.tolist() == [["50", "25.00"]]
    figures = an.reconcile(table, definitions=own).figures.set_index("measure")
    assert figures.loc["voluntary_rate", ["verdict", "definition"]].tolist() == ["agrees", "closed_voluntary/closed"]
    alone = an.reconcile(table.drop(columns="closed_voluntary"), definitions=own).figures.set_index("measure")
    assert alone.loc["voluntary_rate", "explanation"] == (
        "缺少以自动履行方式结案，无从核对\nclosed by voluntary performance not published, so it is unchecked"
    )
    wrong = an.reconcile(table.assign(voluntary_rate="52.00"), definitions=own)
    assert set(wrong.conflicts["measure"]) >= {"closed_voluntary", "voluntary_rate"}


@pytest.mark.full
def test_a_change_that_its_row_gives_is_bounded_by_its_row(tmp_path):
    """171/200 - 147/183 = 5.17 points, whatever the stock that was misprinted (30 for 29) would make of it."""
    rows = [
        "白沙坪县人民法院2023—2024年执行工作主要指标", "指标,单位,2023年,2024年,同比", "旧存,件,37,36,-2.70%", "新收,件,146,164,12.33%",
        "受理案件,件,183,200,9.29%",
        "执结,件,147,171,16.33%", "未结,件,36,30,-6件", "结案率,%,80.33,85.50,+5.17个百分点", "终本率,%,30.61,31.18,",
    ]  # fmt: skip
    (tmp_path / "报表.csv").write_text("\n".join(rows), encoding="utf-8")
    figures = an.reconcile(an.read_returns(tmp_path / "报表.csv")).figures
    change = figures[figures["measure"] == "closure_rate_change"].iloc[0]
    assert change["verdict"] == "agrees"
    assert change[["lower", "upper", "recomputed"]].astype(float).round(2).tolist() == [5.17, 5.17, 5.17]
