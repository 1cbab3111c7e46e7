"""The tables of the week, the month, the quarter and the year."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import ibis
import numpy as np
import pandas as pd
import pytest

from analysis.cases.privacy import pseudonyms
from analysis.cases.table import Cases
from analysis.measures import pseudonyms as measures_pseudonyms
from analysis.measures.bulletin_tables import bulletin, period_of
from analysis.measures.caseflow import caseflow
from analysis.measures.officers.scorecard import officer_scorecard
from analysis.measures.officers.targets import evaluation_gaps, next_targets
from analysis.measures.open_teams import NOT_SHOWN
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.text import in_language


@cache
def register() -> Cases:
    """Synthetic: three officers in two teams, closings in 2010 and 2011."""
    rng = np.random.default_rng(11)
    size = 240
    filed = pd.Timestamp("2010-01-04") + pd.to_timedelta(rng.integers(0, 725, size), unit="D")
    who = rng.integers(0, 3, size)
    amount = rng.integers(1, 90, size) * 1000.0
    full = rng.random(size) < 0.6
    frame = pd.DataFrame(
        {
            "case_no": [f"案{i}" for i in range(size)],
            "filed_on": filed,
            "assigned_on": filed + pd.Timedelta(days=1),
            "started_on": filed + pd.Timedelta(days=5),
            "closed_on": filed + pd.to_timedelta(rng.geometric(0.01, size), unit="D"),
            "closure_mode": "completed",
            "officer": np.array(["甲", "乙", "丙"])[who],
            "team": np.array(["一组", "一组", "二组"])[who],
            "amount_claimed": amount,
            "amount_recovered": np.where(full, amount, 0),
            "amount_paid": np.where(full, amount, 0),
            "basis": "civil",
            "extension_days": 0,
            "excluded_days": 0,
        }
    )
    return Cases.from_frames(frame, as_of="2011-12-31", scheme="fujin-2012")


@pytest.mark.parametrize(
    ("period", "freq", "first", "last"),
    [
        ("2011-11-25", "W", "2011-11-19", "2011-11-25"),
        ("2011-11-26", "W", "2011-11-26", "2011-12-02"),
        ("2011-11", "M", "2011-11-01", "2011-11-30"),
        ("2011-Q4", "Q", "2011-10-01", "2011-12-31"),
        ("2011Q1", "Q", "2011-01-01", "2011-03-31"),
        ("2012-2", "M", "2012-02-01", "2012-02-29"),
        (2011, "Y", "2011-01-01", "2011-12-31"),
        ("2011年第四季度", "Q", "2011-10-01", "2011-12-31"),
        ("2011年2季度", "Q", "2011-04-01", "2011-06-30"),
        ("2011年4月", "M", "2011-04-01", "2011-04-30"),
        ("2011年11月25日", "W", "2011-11-19", "2011-11-25"),
        ("2011年", "Y", "2011-01-01", "2011-12-31"),
        ("2011年上半年", "H", "2011-01-01", "2011-06-30"),
        ("2011H2", "H", "2011-07-01", "2011-12-31"),
        ("2011年1—6月", "H", "2011-01-01", "2011-06-30"),
        ("2011年1—5月", "C", "2011-01-01", "2011-05-31"),
        ("2011Q1-Q3", "C", "2011-01-01", "2011-09-30"),
        ("2011年1—3月", "Q", "2011-01-01", "2011-03-31"),
        ("2011年2—4月", "C", "2011-02-01", "2011-04-30"),
    ],
)
def test_a_period_is_what_is_written(period, freq, first, last):
    assert period_of(period) == (freq, pd.Timestamp(first), pd.Timestamp(last))


def test_periods_follow_the_statistical_calendar():
    assert period_of("2011-11", calendar="month-20")[1:] == (pd.Timestamp("2011-10-21"), pd.Timestamp("2011-11-20"))
    assert period_of("2011年1—5月", calendar="month-25") == (
        "C",
        pd.Timestamp("2010-12-26"),
        pd.Timestamp("2011-05-25"),
    )
    assert period_of("2011年上半年", calendar="dec-21") == ("H", pd.Timestamp("2010-12-21"), pd.Timestamp("2011-06-30"))
    assert period_of("2011", calendar="dec-21")[1:] == (pd.Timestamp("2010-12-21"), pd.Timestamp("2011-12-20"))


@pytest.mark.parametrize("period", ["2011-W47", "November", "2011-13", "", "2011-Q5"])
def test_other_forms_are_refused(period):
    with pytest.raises(ArgumentError):
        period_of(period)


@pytest.mark.parametrize(
    "period", ["2011-11-25", "2011-11", *(pytest.param(p, marks=pytest.mark.full) for p in ("2011-Q3", "2011"))]
)
def test_the_lists_add_up_to_the_caseflow(period):
    found = bulletin(register(), period=period, names=True)
    flow = caseflow(register(), freq=found.freq, period=(found.start, found.at), at=found.at).iloc[0]
    counted = [flow["opening"], flow["filed"], flow["closed"], flow["closing"]]
    assert found.tables["statistics"]["listed"].tolist() == counted
    for name in ("officers", "teams"):
        assert found.tables[name][["opening", "filed", "closed", "pending"]].sum().tolist() == counted


@pytest.mark.full
def test_the_judicial_statistics_are_those_of_a_return_and_never_the_register_itself():
    alone = bulletin(register(), period="2011-11")
    assert list(alone.tables["statistics"].columns) == ["item", "listed"]
    assert "未提供司法统计报表，未核对" in alone.caption.zh
    row = {"court": None, "period_start": "2011-11-01", "period_end": "2011-11-30", "opening": "7", "filed": "1"}
    returns = pd.DataFrame([row | {"closed": None, "closing": None}])
    other = bulletin(register(), period="2011-11", returns=returns.assign(court="另一法院"))
    assert "没有本院本期的一行" in other.caption.zh
    own = replace(register(), table=register().table.mutate(court=ibis.literal("本院")))
    table = bulletin(own, period="2011-11", returns=returns.assign(court="本院")).tables["statistics"]
    assert table["statistics"].tolist()[:2] == [7, 1]
    assert not table["agrees"].iloc[0]
    assert pd.isna(table["agrees"].iloc[2]), "a figure that the return lacks is not checked"


def test_the_week_has_closings_and_plans():
    tables = bulletin(register(), period="2011-11-25", names=True).tables
    closed = tables["closed"]
    assert closed["closed_on"].between("2011-11-19", "2011-11-25").all()
    assert len(closed) == tables["officers"]["closed"].sum()
    plans = tables["plans"]
    assert len(plans) == tables["officers"]["pending"].sum()
    assert plans.groupby("officer")["due_on"].apply(lambda own: own.is_monotonic_increasing).all()
    over = plans[plans["is_over"]]
    assert over["attention"].str.contains("已超期限").all()
    assert (over["days_left"] < 0).all()


@pytest.mark.parametrize("lacking", ["basis", "extension_days", "excluded_days"])
@pytest.mark.full
def test_no_officer_has_cases_over_a_limit_of_which_the_register_does_not_say_what_changes_it(lacking):
    cases = Cases.from_frames(
        register().table.to_pandas().drop(columns=lacking), as_of="2011-12-31", scheme="fujin-2012"
    )
    for period in ("2011-11-25", "2011-11", "2011-Q3", "2011"):
        found = bulletin(cases, period=period, names=True)
        for name, table in found.tables.items():
            assert not {"over_limit", "is_over", "due_on", "days_left"} & {*table}, (period, name)
            said = "".join(map(str, table.astype(str).to_numpy().ravel()))
            assert not any(word in said for word in ("已超期限", "over_limit", "due_by_quarter_end")), (period, name)
        assert "是否超过法定期限无法判断" in found.caption.zh


@pytest.mark.full
@pytest.mark.parametrize("period", ["2011-11-25", "2011-11", "2011-Q3", "2011"])
def test_where_the_call_says_what_is_excluded_limits_are_those_of_a_register_that_writes_nought(period):
    nothing = pd.DataFrame({"case_no": [], "start": [], "end": []})
    cases = Cases.from_frames(
        register().table.to_pandas().drop(columns="excluded_days"), as_of="2011-12-31", scheme="fujin-2012"
    )
    found = bulletin(cases, period=period, names=True, excluded=nothing)
    whole = bulletin(register(), period=period, names=True)
    assert found.tables.keys() == whole.tables.keys()
    for name, table in whole.tables.items():
        pd.testing.assert_frame_equal(found.tables[name], table)
    assert found.caption == whole.caption


@pytest.mark.full
def test_the_month_goes_case_by_case():
    tables = bulletin(register(), period="2011-11").tables
    statistics = tables["statistics"].set_index("item")["listed"]
    assert len(tables["closed"]) == statistics["closed"]
    assert len(tables["open"]) == statistics["pending"]
    assert "officer" not in tables["open"]
    assert "officer" not in tables["closed"]


@pytest.mark.parametrize("period", ["2011-11-25", "2011-11", "2011-Q3", "2011"])
def test_no_team_tells_who_a_pseudonym_is(period):
    """Two teams: 一组 of 甲 and 乙, 二组 of 丙 alone."""
    tables = bulletin(register(), period=period).tables
    assert "team" not in tables.get("officers", [])
    teams = tables["teams"].set_index("team")
    assert not {"amount_claimed", "without_amount"} & {*teams}
    figures = teams.select_dtypes("number")
    assert NOT_SHOWN in bulletin(register(), period=period).remarks
    assert figures.isna().all(axis=None)  # 丙's figures, and those of 一组 that the total would give them away by


@pytest.mark.parametrize("period", ["2011-Q3", "2011"])
@pytest.mark.full
def test_who_has_too_few_cases_is_shown_in_no_table(period):
    few = pd.DataFrame(
        {"case_no": ["丁1", "丁2"], "filed_on": ["2011-08-01", "2011-08-02"], "officer": "丁", "team": "一组"}
    )
    cases = Cases.from_frames(pd.concat([register().table.to_pandas(), few]), as_of="2011-12-31")
    hidden = {pseudonyms(cases)["丁"]}
    figures = ["opening", "filed", "closed", "value", "numerator", "denominator", "expected", "number", "gap", "met"]
    for name, table in bulletin(cases, period=period).tables.items():
        if "officer" in table:
            own = table[table["officer"].isin(hidden)]
            assert own.reindex(columns=figures).fillna(0).eq(0).all(axis=None), name


@pytest.mark.full
def test_the_quarter_stands_against_quotas_and_the_higher_court():
    evaluation = pd.DataFrame(
        {"indicator": ["执结率", "到位率"], "value": [98.1, 75.0], "place": [2, 11], "courts": [11, 11]}
    )
    found = bulletin(register(), period="2011-Q3", evaluation=evaluation, names=True)
    quotas = found.tables["quotas"].set_index(["officer", "criterion"])
    net = quotas.loc[("甲", "net_closings")]
    assert net["expected_by_now"] == 22.5
    assert net["gap"] == net["value"] - 30
    assert found.tables["evaluation"]["courts_ahead"].tolist() == [1, 10]
    targets = found.tables["next_targets"].set_index(["officer", "target"])
    assert targets.loc[("甲", "net_closings"), "number"] == max(0, 30 - net["value"])  # after three quarters the rest
    assert "净执结" in targets.loc[("甲", "net_closings"), "rule"]
    pending = found.tables["officers"].set_index("officer")["pending"]
    assert targets.loc[("甲", "due_by_quarter_end"), "number"] <= pending["甲"]


def test_a_remark_in_the_higher_courts_evaluation_stays_inside():
    evaluation = pd.DataFrame(
        {"指标": ["执结率"], "本院数值": [98.1], "名次": [2], "参评法院数": [11], "备注": ["田小草填"]}
    )
    outside, inside = (
        bulletin(register(), period="2011-Q3", evaluation=evaluation, names=names).tables["evaluation"]
        for names in (False, True)
    )
    assert list(outside) == ["indicator", "value", "place", "courts", "courts_ahead", "share_ahead"]
    assert "田小草填" in inside.to_csv()


@pytest.mark.parametrize(("period", "name"), [("2011-09", "evaluation"), ("2011", "evaluation"), ("2011-Q3", "items")])
def test_a_table_that_a_bulletin_has_no_place_for_is_not_passed_over(period, name):
    with pytest.raises(ArgumentError, match=name):
        bulletin(register(), period=period, **{name: "absent.xlsx"})


@pytest.mark.parametrize(
    ("place", "courts"), [(1.5, 11), (0, 11), (12, 11), ("前三", 11), (1, "inf"), (1, 1e300), (None, None)]
)
def test_a_place_that_is_none_is_refused(place, courts):
    table = pd.DataFrame({"indicator": ["执结率"], "value": ["x"], "place": [place], "courts": [courts]})
    with pytest.raises(InputError, match="名次"):
        evaluation_gaps(table)


def test_targets_by_hand():
    rows = pd.DataFrame(
        {
            "officer": ["a"] * 10 + ["—"],
            "is_filed": [True] * 8 + [False] * 3,
            "is_pending": [False] * 5 + [True] * 6,
            "is_net": [True] * 4 + [False] * 7,
            "due_on": pd.to_datetime(
                ["2011-05-01"] * 5 + ["2011-06-15", "2011-07-01", None, "2011-03-01", "2011-12-01", None]
            ),
        }
    )
    numbers = {"filed_cases_closed_percent": 80, "net_closings_per_officer": 30}
    table = next_targets(rows, numbers, quarter=1, next_end=pd.Timestamp("2011-06-30")).set_index("target")["number"]
    assert table["due_by_quarter_end"] == 2  # one over already, one by 15 June
    assert table["closings_of_filings"] == 8  # 80 % of 16 expected = 12.8, of which 5 are closed: 7.8, rounded up
    assert table["net_closings"] == 11  # 15 by the half-year, of which 4
    blank = rows.assign(is_undecided=rows["is_pending"], is_net_unknown=True)
    assert next_targets(blank, numbers, quarter=1, next_end=pd.Timestamp("2011-06-30"))["number"].isna().all()
    ended = next_targets(rows, numbers, quarter=4, next_end=pd.Timestamp("2012-03-31")).set_index("target")["number"]
    assert ended["closings_of_filings"] == 2  # 80 % of a quarter of 8
    assert ended["net_closings"] == 8  # a quarter of 30
    assert next_targets(rows, {}, quarter=1, next_end=pd.Timestamp("2011-06-30"))["target"].tolist() == [
        "due_by_quarter_end"
    ]


@pytest.mark.full
def test_the_year_shows_the_scorecard():
    items = pd.DataFrame({"officer": ["甲"], "支持配合": ["优"]})
    tables = bulletin(register(), period="2011", items=items, names=True).tables
    assert {"scorecard", "quotas", "items"} <= set(tables)
    assert len(tables["items"]) == 3
    assert "items" not in bulletin(register(), period="2011", items=items).tables, "hand-kept words stay inside"


@pytest.mark.full
def test_a_quarter_knows_nothing_of_what_came_later():
    early = bulletin(register(), period="2011-Q1", names=True).tables["quotas"]
    whole = bulletin(register(), period="2011-Q4", names=True).tables["quotas"]
    net = early["criterion"] == "net_closings"
    assert (early.loc[net, "value"] <= whole.loc[net, "value"]).all()
    assert early.loc[net, "value"].sum() < whole.loc[net, "value"].sum()


@pytest.mark.full
def test_a_period_that_is_not_over_says_so():
    cases = Cases.from_frames(register().known("2011-11-23").to_pandas(), as_of="2011-11-23")
    found = bulletin(cases, period="2011-11-25")
    assert found.at == pd.Timestamp("2011-11-23")
    assert "23 Nov 2011" in in_language(found.caption.cell, "en")
    with pytest.raises(ArgumentError):
        bulletin(cases, period="2011-12")


@pytest.mark.full
def test_amounts_that_are_missing_stay_missing():
    frame = pd.DataFrame(
        {"filed_on": ["2011-11-01"] * 3, "closed_on": ["2011-11-08", "2011-11-09", None], "officer": list("aab")}
    ).assign(amount_claimed=[None, None, 5.0])
    officers = bulletin(Cases.from_frames(frame, as_of="2011-11-30"), period="2011-11", names=True).tables["officers"]
    assert pd.isna(officers["amount_claimed"].iloc[0])
    assert officers["without_amount"].tolist() == [2, 0]
    assert officers["amount_claimed"].iloc[1] == 0  # nothing was closed


@pytest.mark.full
def test_a_quiet_week_and_an_empty_register():
    empty = Cases.from_frames(pd.DataFrame({"filed_on": []}), as_of="2011-12-31")
    for period in ("2011-11-25", "2011-11", "2011-Q3", "2011"):
        tables = bulletin(empty, period=period).tables
        assert tables["statistics"]["listed"].tolist() == [0, 0, 0, 0]
        assert "officers" not in tables


def test_a_bulletin_shows_its_tables():
    html = bulletin(register(), period="2011-11")._repr_html_()
    assert "月度汇报" in html
    assert html.count("<table") >= 5


def test_an_evaluation_that_cannot_be_is_refused():
    with pytest.raises(InputError):
        evaluation_gaps(pd.DataFrame({"indicator": ["x"], "value": [1], "place": [12], "courts": [11]}))
    with pytest.raises(InputError):
        evaluation_gaps(pd.DataFrame({"indicator": ["x"], "place": [1]}))


def of_namesakes():
    """Synthetic: 张三 of two courts, 40 and 20 filings of 2011, 10 closed each; 李四 and 王五 of the first, 赵六 of the second."""
    numbers = {"甲": {"张三": 40, "李四": 30, "王五": 30}, "乙": {"张三": 20, "赵六": 30}}
    rows = [
        {
            "court": f"{court}县人民法院",
            "officer": officer,
            "team": "执行一组",
            "closed_on": "2011-03-01" if n < 10 else None,
        }
        for court, of in numbers.items()
        for officer, cases in of.items()
        for n in range(cases)
    ]
    return Cases.from_frames(pd.DataFrame(rows).assign(filed_on="2011-01-10"), as_of="2011-12-31")


@pytest.mark.full
def test_officers_of_one_name_in_two_courts_are_two():
    tables = bulletin(of_namesakes(), period="2011-Q1", names=True).tables
    officers = tables["officers"].set_index(["court", "officer"])
    assert officers.loc[[("甲县人民法院", "张三"), ("乙县人民法院", "张三")], "filed"].tolist() == [40, 20]
    assert len(officers) == 5
    assert (
        "court"
        not in bulletin(of_namesakes().where(court="甲县人民法院"), period="2011-Q1", names=True).tables["officers"]
    )


@pytest.mark.full
def test_outside_no_pseudonym_stands_for_officers_of_two_courts():
    cases = of_namesakes()
    found = bulletin(cases, period="2011-Q1")
    assert pseudonyms(cases)["张三"] not in set(found.tables["officers"]["officer"])
    assert len(found.tables["officers"]) == 3
    assert "几家法院同名的1个姓名不列" in found.caption.zh
    assert "names that several courts have" not in bulletin(register(), period="2011-Q3").caption.en


def test_a_scorecard_keeps_officers_of_one_name_in_two_courts_apart():
    card = officer_scorecard(of_namesakes(), period=2011, names=True)
    filed = card.counts.set_index("officer")["filed"]
    assert filed[["张三（甲县人民法院）", "张三（乙县人民法院）"]].tolist() == [40, 20]
    assert "张三" not in filed
    assert "1个姓名在几家法院都有，各院分列" in card.caption.zh


@pytest.mark.full
def test_outside_no_scorecard_holds_figures_of_two_people():
    cases = of_namesakes()
    card = officer_scorecard(cases, period=2011)
    assert not {pseudonyms(cases)["张三"], "张三"} & {*card.counts["officer"], *card.table["officer"]}
    assert "几家法院同名的1个姓名不列" in card.caption.zh
    assert "办理案件150件，5个承办人" in card.caption.zh  # a name of two courts is two people, here as in the text


@pytest.mark.full
def test_petitions_of_officers_of_one_name_go_to_the_court_of_the_case():
    cases = of_namesakes().table.to_pandas().assign(case_no=lambda t: [f"（2011）晴执字第{n}号" for n in range(len(t))])
    asked = cases.groupby("court", sort=False)["case_no"].first()
    petitions = pd.DataFrame(
        {"petition_id": ["访1"], "case_no": [asked["乙县人民法院"]], "received_on": ["2011-03-01"]}
    )
    held = Cases.from_frames(
        {"cases": cases[["case_no", "court", "officer", "filed_on", "closed_on"]], "petitions": petitions},
        as_of="2011-12-31",
    )
    table = officer_scorecard(held, period=2011, names=True).table
    told = table[table["measure"] == "petitions"].set_index("officer")["value"]
    assert told[["张三（甲县人民法院）", "张三（乙县人民法院）"]].tolist() == [0, 1]


@pytest.mark.full
def test_the_names_of_several_courts_are_looked_up_once(monkeypatch):
    cases, asked = of_namesakes(), []
    monkeypatch.setattr(measures_pseudonyms, "_of_several", lambda of, _: asked.append(of) or frozenset({"张三"}))
    bulletin(cases, period="2011-Q1")
    assert len(asked) == 1
