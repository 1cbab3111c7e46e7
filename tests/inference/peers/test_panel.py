"""Panels of peers: like with like, and every exclusion with its reason."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis.charts.funnel import plot_funnel
from analysis.charts.peer_strips import strips_of
from analysis.charts.peers import plot_peers
from analysis.charts.ranks import plot_ranks
from analysis.inference.cycle.variation import variation_table
from analysis.inference.peer_panel import peer_panel
from analysis.inference.peers.comparison import comparison
from analysis.inference.peers.composite import composite_score
from analysis.inference.peers.dynamic_funnel import dynamic_funnel
from analysis.inference.peers.funnel import funnel
from analysis.inference.peers.over_time import peers_over_time
from analysis.inference.peers.panel import ERAS
from analysis.inference.peers.panel_rows import counts_of
from analysis.inference.peers.ranks import rank_intervals
from analysis.inference.peers.shrinkage import shrink
from analysis.inference.peers.standing_out import stands_out
from analysis.inference.peers.trends import peer_trends
from analysis.returns.reading import read_returns
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.indicator_sets.sets import Stated
from analysis.vocabulary.language import speaking
from analysis.vocabulary.tables import table_html
from analysis.vocabulary.text import in_language

YEAR = {"level": "basic", "scope": "执行案件", "unit": "件", "period_start": "2011-01-01", "period_end": "2011-12-31"}


def returns(*rows: dict) -> pd.DataFrame:
    return read_returns(pd.DataFrame([YEAR | row for row in rows]))


def reasons(panel) -> dict:
    return dict(zip(panel.excluded["court"], panel.excluded["reason"], strict=True))


def test_like_with_like():
    panel = peer_panel(
        returns(
            {"court": "甲", "received": "386", "closed": "383"},
            {"court": "中院", "level": "intermediate", "received": "39", "closed": "39"},
            {"court": "诉讼", "scope": "诉讼案件", "received": "39", "closed": "39"},
            {"court": "未写层级", "level": None, "received": "39", "closed": "39"},
            {"court": "未写范围", "scope": None, "received": "39", "closed": "39"},
            {"court": "半年", "period_end": "2011-06-30", "received": "39", "closed": "30"},
            {"court": "两年", "period_start": "2010-01-01", "received": "39", "closed": "30"},
            {"court": "无期", "period_start": None, "received": "39", "closed": "30"},
            {"court": "新收", "filed": "286", "closed": "278"},
            {"court": "无数", "closure_rate": "99.2"},
            {"court": "超数", "received": "39", "closed": "40"},
            {"court": "零", "received": "0", "closed": "0"},
        )
    )
    assert panel.table["court"].tolist() == ["甲"]
    assert reasons(panel) == {
        "中院": "level",
        "诉讼": "scope",
        "未写层级": "level_unknown",
        "未写范围": "scope_unknown",
        "半年": "period_length",
        "两年": "period_length",
        "无期": "period_unknown",
        "新收": "definition",
        "无数": "counts",
        "超数": "impossible",
        "零": "zero",
    }
    assert panel.excluded["explanation"].map(lambda cell: in_language(cell, "en")).str.len().gt(5).all()


def test_the_latest_full_year_of_a_court_is_taken():
    old = {"period_start": "2010-01-01", "period_end": "2010-12-31"}
    rows = returns(
        {"court": "甲", "received": "100", "closed": "90"} | old,
        {"court": "甲", "received": "200", "closed": "190"},
        {"court": "甲", "received": "200", "closed": "190"},
        {"court": "甲", "received": "90", "closed": "70", "period_start": "2012-01-01", "period_end": "2012-06-30"},
    )
    panel = peer_panel(rows)
    assert panel.table["denominator"].tolist() == [200]
    assert sorted(panel.excluded["reason"]) == ["older", "period_length", "repeated"]
    assert peer_panel(rows, period=2010).table["denominator"].tolist() == [100]


@pytest.mark.full
def test_a_shorter_period_is_compared_where_it_is_asked():
    """The cumulative months of a higher court's bulletin, of courts whose months end on the last day or on the 20th."""
    half = {"period_end": "2011-06-30", "received": "39", "closed": "30"}
    rows = returns(
        *({"court": f"院{n}"} | half for n in range(11)),
        {"court": "二十日", "received": "39", "closed": "30", "period_start": "2010-12-21", "period_end": "2011-06-20"},
        {"court": "五个月", "received": "39", "closed": "30", "period_end": "2011-05-31"},
        {"court": "全年", "received": "386", "closed": "383"},
        {"court": "全省", "level": "province"} | half,
        {"court": "全省", "level": "province", "received": "390", "closed": "383"},
    )
    for asked in ("2011年上半年", "2011H1", "2011年1—6月", ("2011-01", "2011-06")):
        panel = peer_panel(rows, period=asked)
        assert panel.table["court"].tolist() == [*(f"院{n}" for n in range(11)), "二十日"]
        assert reasons(panel) == {"五个月": "period", "全年": "period"}
        assert panel.references["numerator"].tolist() == [30]
    assert funnel(panel).table["lower_95"].notna().all()
    assert peer_panel(rows, period="2011").table["court"].tolist() == ["全年"]
    with pytest.raises(DataError, match="不是所选期间"):
        peer_panel(rows, period="2011-Q3")


def of_span(name: str, count: int, start: str, end: str) -> list[dict]:
    closed = {"received": "390", "closed": "350", "period_start": start, "period_end": end}
    return [{"court": f"{name}{n}"} | closed for n in range(count)]


@pytest.mark.full
def test_only_the_same_months_or_the_same_days_are_the_period_asked():
    rows = returns(
        *of_span("一周", 2, "2011-01-03", "2011-01-09"),
        *of_span("次周", 2, "2011-01-10", "2011-01-16"),
        *of_span("半年", 2, "2011-01-01", "2011-06-30"),
        *of_span("廿日", 2, "2010-12-21", "2011-06-20"),
        *of_span("截至", 2, "2011-01-01", "2011-06-20"),
    )
    assert set(peer_panel(rows, period=("2011-01-03", "2011-01-09")).table["court"].str[:2]) == {"一周"}
    assert set(peer_panel(rows, period="first half of 2011").table["court"].str[:2]) == {"半年", "廿日"}
    assert set(peer_panel(rows, period="2011年1月1日至6月20日").table["court"].str[:2]) == {"截至"}
    with pytest.raises(DataError) as error:
        peer_panel(rows)
    assert "2011年上半年（2行）" in error.value.text.zh
    assert "first half of 2011 (2)" in error.value.text.en


def test_courts_of_two_statistical_calendars_stand_in_one_funnel_one_strip_and_one_list():
    panel = peer_panel(
        returns(*of_span("月末", 6, "2011-01-01", "2011-06-30"), *of_span("廿日", 6, "2010-12-21", "2011-06-20")),
        period="2011H1",
    )
    assert funnel(panel).table["lower_95"].notna().sum() == 12
    assert strips_of(panel, None, {}, anonymise=False)[0].band is not None
    assert stands_out(panel, court="廿日0").tests["courts"].tolist() == [12]
    assert not str(panel.caption).count("年度不同")


@pytest.mark.parametrize(
    "form",
    [str, pd.Timestamp, lambda day: pd.Timestamp(day, tz="Asia/Shanghai").tz_convert("UTC"), pd.Period, lambda day: day.replace("-", "/"),
     lambda day: int(day[:4]), lambda day: day[:7], lambda day: f"{day[:4]}年{day[5:7]}月{day[8:]}日", lambda day: f"{day} 00:00:00"],
)  # fmt: skip
def test_days_of_a_panel_are_read_in_any_form_a_frame_holds(form):
    rows = indicators_of("%", 100, 80, definition="fujin-2012/closure_rate")
    plain = [rows[name].iloc[0] for name in ("period_start", "period_end")]
    for mixed in (False, True):
        for name, day in zip(("period_start", "period_end"), plain, strict=True):
            rows[name] = [day if mixed and at < 6 else form(day) for at in range(12)]
        panel = peer_panel(rows, indicator="own_figure", period=int(plain[0][:4]))
        assert len(panel.table) == 12
        assert panel.table["period_end"].eq(pd.Timestamp(plain[1])).all()


@pytest.mark.parametrize(
    "other", [("2011-01-01", "2011-06-30"), ("2010-01-01", "2010-12-31"), ("2010-01-01", "2011-12-31"), ("2011-12-01", "2011-12-15")]
)  # fmt: skip
def test_courts_of_another_period_in_a_table_of_counts_have_no_place_among_the_others(other):
    spans = [("2011-01-01", "2011-12-31")] * 9 + [("2010-12-21", "2011-12-20")] * 2 + [other] * 4
    table = pd.DataFrame(spans, columns=["period_start", "period_end"])
    table = table.assign(court=[f"院{at}" for at in range(15)], closed=80, received=100)
    for compared in (funnel, rank_intervals, shrink):
        found = compared(table, numerator="closed", denominator="received")
        kept, out = (
            (found.table, found.excluded.to_dict("records")) if compared is funnel else (found, found.attrs["excluded"])
        )
        assert (len(kept), {row["reason"] for row in out}) == (11, {"other_periods"})
    years = table[["court", "closed", "received"]].assign(year=[2011] * 11 + [2010] * 4)
    assert len(funnel(years, numerator="closed", denominator="received").table) == 11


@pytest.mark.parametrize(
    ("heading", "usual", "odd", "reason"),
    [("期间", "2025年1-6月", "2025年", "other_periods"), ("年度", "二〇二五年", 2024, "other_periods"), ("period", "第二批", "首批", "other_periods"),
     ("级别", "基层", "中院", "level"), ("level", "basic", None, "level_unknown"), ("范围", "执行案件", "首次执行案件", "scope")],
)  # fmt: skip
def test_courts_that_a_plain_table_says_are_of_another_kind_have_no_limits_among_the_others(
    heading, usual, odd, reason
):
    table = pd.DataFrame(
        {"法院": [f"院{at}" for at in range(13)], "结案": 80, "受理": 100, heading: [usual] * 11 + [odd] * 2}
    )
    found = funnel(table, group="法院", numerator="结案", denominator="受理")
    assert (len(found.table), set(found.excluded["reason"])) == (11, {reason})


@pytest.mark.full
@pytest.mark.parametrize("heading", ["法院", "执行法院", "court", "Court"])
def test_the_courts_of_a_plain_table_stand_under_any_word_for_them(heading):
    table = pd.DataFrame({heading: [f"院{at}" for at in range(12)], "结案": range(80, 92), "受理": 100})
    years = pd.concat([table.assign(年度=year) for year in (2023, 2024, 2025)])
    counts = {"numerator": "结案", "denominator": "受理"}
    for group in ({}, {"group": "法院"}):
        assert len(funnel(table, **counts, **group).table) == 12
        assert shrink(table, **counts, **group)["court"].iloc[0] == "院0"
        assert len(peer_trends(years, **counts, **group, time="年度").table) == 36
        assert len(dynamic_funnel(years, **counts, **group, time="年度").table) == 36
        assert len(peers_over_time(years, **counts, **group, time="年度").courts) == 12
    weights = {"结案": 1.0}
    assert composite_score(table, weights=weights).table["court"].nunique() == 12
    two = table.assign(承办法院="甲", 法院名称="乙").drop(columns=heading)
    with pytest.raises(InputError, match=r"表中没有列“court”"):
        funnel(two, **counts)


def test_periods_of_a_court_are_added_up_where_they_follow_each_other_alone():
    courts = pd.DataFrame({"法院": [f"院{at}" for at in range(12)], "结案": 80, "受理": 100})
    halves = [courts.assign(期间=name) for name in ("2025年上半年", "2025年下半年", "2025年")]
    base = {"group": "法院", "numerator": "结案", "denominator": "受理"}
    assert len(funnel(pd.concat([*halves[:2]]), **base).table) == 12
    assert set(funnel(pd.concat([halves[0], halves[1][1:]]), **base).excluded["court"]) == {"院0"}
    assert len(funnel(pd.concat([halves[2][:1], *(half[1:] for half in halves[:2])]), **base).table) == 12
    with pytest.raises(DataError, match="院0的期间重叠"):
        funnel(pd.concat([halves[0], halves[2]]), **base)


def test_nothing_changed_from_a_half_year_to_the_year_that_holds_it():
    spans = [
        ("2024-01-01", "2024-06-30"),
        ("2024-01-01", "2024-12-31"),
        ("2025-01-01", "2025-06-30"),
        ("2025-01-01", "2025-12-31"),
    ]
    rows = [
        {"court": f"院{at}", "indicator": "closure_rate", "period_start": first, "period_end": last, "value": 80.0, "numerator": 80, "denominator": 100}
        for at in range(12) for first, last in spans
    ]  # fmt: skip
    tests = stands_out(pd.DataFrame(rows), court="院0").tests
    changes = tests.loc[tests["against"] == "past", "period"]
    assert sorted(changes) == ["2024-01-01/2024-06-30→2025-01-01/2025-06-30", "2024→2025"]


@pytest.mark.parametrize("form", [str, pd.Period, lambda day: f"{day[:4]}年{day[5:7]}月"])
def test_a_table_of_variation_reads_days_in_any_form(form):
    months = [f"2025-{month:02}" for month in range(1, 13)]
    rows = pd.DataFrame(
        {
            "indicator": "closure_rate",
            "value": range(12),
            "period_start": map(form, months),
            "period_end": map(form, months),
        }
    )
    assert variation_table(rows).table["period"].tolist() == [pd.Timestamp("2025-12-01")]
    with pytest.raises(InputError, match="period_end"):
        variation_table(rows.assign(period_end=[["2025-12"]] * 12))


@pytest.mark.parametrize("day", [["2025-01-01"], {}, "9999-01-01", pd.Period("9999-01", "M")])
def test_what_is_no_day_in_a_cell_is_told(day):
    table = pd.DataFrame({"court": [f"院{at}" for at in range(12)], "closed": 80, "received": 100})
    table = table.assign(period_start=pd.Series([day] * 12), period_end="2025-12-31")
    with pytest.raises(InputError, match="period_start"):
        funnel(table, numerator="closed", denominator="received")
    with pytest.raises(DataError, match="期间起止未注明"):
        peer_panel(table)


def test_years_that_begin_in_april_are_not_set_beside_calendar_years():
    rows = returns(
        *of_span("历年", 11, "2011-01-01", "2011-12-31"),
        *of_span("廿日", 1, "2010-12-21", "2011-12-20"),
        *of_span("四月", 10, "2010-04-01", "2011-03-31"),
    )
    panel = peer_panel(rows)
    assert set(panel.table["court"].str[:2]) == {"历年", "廿日"}
    assert set(reasons(panel).values()) == {"year_days"}
    assert peer_panel(rows, period=("2010-04", "2011-03")).table["court"].str.startswith("四月").all()


def test_provinces_beside_a_strip_are_named_in_its_language():
    (anhui,) = of_span("安徽省法院", 1, "2011-01-01", "2011-12-31")
    courts = of_span("院", 3, "2011-01-01", "2011-12-31")
    panel = peer_panel(returns(*courts, anhui | {"court": "安徽省法院", "level": "province"}))
    shown = str(plot_peers(panel, interactive=True, language="en").to_plotly_json())
    assert "courts of Anhui Province (2011)" in shown, "on hovering"
    assert "provinces: courts of Anhui Province 2011" in shown.replace("<br>", " "), "in the note"
    assert "安徽" not in shown


def test_hovers_of_strips_say_the_period():
    panel = peer_panel(returns(*of_span("院", 10, "2011-01-01", "2011-06-30")), period="2011H1")
    shown = plot_peers(panel, interactive=True, language="zh").to_plotly_json()["data"]
    assert str(shown).count("（2011年上半年）") >= 10


def test_a_statistical_year_from_21_december_is_a_full_year():
    row = {"court": "甲", "received": "100", "closed": "90", "period_start": "2010-12-21", "period_end": "2011-12-20"}
    assert len(peer_panel(returns(row)).table) == 1


def test_contradicted_figures_are_marked_and_travel_along():
    rows = returns(
        {"court": "镇江", "received": "1206", "closed": "1155", "closure_rate": "97.8"},
        {"court": "富锦", "received": "714", "closed": "711", "closure_rate": "99.5"},
        *(
            {"court": court, "received": "386", "closed": "383", "closure_rate": "99.22"}
            for court in "甲乙丙丁戊己庚辛"
        ),
    )
    panel = peer_panel(rows)
    said = ["shares_conflict", "truncated", *["agrees"] * 8]
    assert panel.table["verdict"].tolist() == said
    for result in (funnel(panel).table, rank_intervals(panel), rank_intervals(panel, method="simultaneous")):
        assert result["verdict"].tolist() == said
    figures = pd.DataFrame(
        {"court": ["甲"], "scope": ["执行案件"], "period_start": ["2011-01-01"], "period_end": ["2011-12-31"]}
    ).assign(measure="closure_rate", verdict="definition")
    assert peer_panel(rows, verdicts=figures).table["verdict"].tolist()[:4] == [
        "unchecked",
        "unchecked",
        "definition",
        "unchecked",
    ]


def test_shrunken_figures_and_composite_scores_carry_the_verdicts():
    counts = {"甲": 383, "乙": 370, "丙": 360, "丁": 350}
    rows = returns(
        *({"court": court, "received": "386", "closed": str(closed)} for court, closed in counts.items()),
    )
    rows.loc[2, "closure_rate"] = "99.9"
    panel = peer_panel(rows)
    assert shrink(panel)["verdict"].tolist() == ["unchecked", "unchecked", "contradicts", "unchecked"]
    score = composite_score(panel.table, weights={"closure_rate": 100}).table
    assert score.set_index("court")["verdict"].to_dict()["丙"] == "contradicts"


def test_eras_travel_along_and_their_courts_have_no_limits_together():
    late = {"period_start": "2017-01-01", "period_end": "2017-12-31"}
    rows = returns(
        {"court": "甲", "received": "100", "closed": "99"},
        {"court": "乙", "received": "100", "closed": "97"},
        {"court": "丙", "received": "100", "closed": "80"} | late,
    )
    panel = peer_panel(rows)
    assert panel.table["era"].tolist() == [ERAS[0].cell, ERAS[0].cell, ERAS[1].cell]
    assert "league" in panel.caption.en
    assert "only 2 courts" in funnel(rows, indicator="closure_rate").caption.en


def test_received_is_opening_and_filed_where_it_is_not_printed():
    panel = peer_panel(returns({"court": "昌黎", "opening": "375", "filed": "1389", "closed": "1382"}))
    assert panel.table["denominator"].tolist() == [1764]


def test_clearance_of_fujin_2011():
    rows = returns({"court": "富锦市人民法院", "opening": "15", "received": "386", "closed": "383"})
    fun = funnel(rows, indicator="clearance_rate", highlight="富锦市人民法院")
    row = fun.table.iloc[0]
    assert (row["numerator"], row["denominator"]) == (383, 371)
    assert 0.009 <= row["standard_error"] <= 0.011
    assert 0.009 <= round(row["se_lower"], 3) <= round(row["se_upper"], 3) <= 0.011


def test_units_of_ten_thousand():
    panel = peer_panel(returns({"court": "甲", "unit": "万件", "received": "45.33", "closed": "43.86"}))
    assert panel.table[["numerator", "denominator"]].values.tolist() == [[438600, 453300]]
    assert "末位" in panel.table["note"].iloc[0]
    assert counts_of(pd.Series(["1.2亿", "三"]), pd.Series(["", ""])).tolist()[0] == 120_000_000


def test_provinces_and_the_nation_are_reference_lines():
    panel = peer_panel(
        returns(
            {"court": "甲", "received": "386", "closed": "383"},
            {"court": "全国法院", "level": "national", "unit": "万件", "received": "949.3", "closed": "864.2"},
        )
    )
    assert panel.table["court"].tolist() == ["甲"]
    assert panel.references["value"].round(4).tolist() == [0.9104]


def test_the_rate_of_a_half_year_is_no_line_for_those_of_years():
    province = {"court": "浙江省法院", "level": "province", "received": "1000", "closed": "732"}
    half = province | {"period_start": "2009-01-01", "period_end": "2009-06-30"}
    years = province | {"period_start": "2009-01-01", "period_end": "2010-12-31"}
    panel = peer_panel(returns({"court": "甲", "received": "386", "closed": "383"}, half, years))
    assert panel.references["period_end"].dt.year.tolist() == [2010]


def test_a_register_made_panel():
    tidy = pd.DataFrame(
        {
            "court": ["甲", "乙"],
            "period_start": pd.to_datetime(["2011-01-01"] * 2),
            "period_end": pd.to_datetime(["2011-12-31"] * 2),
            "indicator": "closure_rate",
            "value": [99.2, 95.0],
            "numerator": [124, 95],
            "denominator": [125, 100],
            "definition": "fujin-2012/closure_rate",
        }
    )
    assert funnel(tidy, indicator="closure_rate").table["value"].tolist() == [0.992, 0.95]
    with pytest.raises(ArgumentError, match="closure_rate"):
        peer_panel(tidy, indicator="closing_rate")


def test_money_and_clearance_of_a_register():
    rows = [
        ("甲", "recovery_rate", "fujin-2012/recovery_rate", 87.6, 876.5, 1000.0, "%"),
        ("乙", "recovery_rate", "fujin-2012/recovery_rate", 70.0, 70.0, 100.0, "%"),
        ("甲", "clearance_rate", "fujin-2012/clearance_rate", 103.2, 383, 371, "%"),
        ("乙", "clearance_rate", "fujin-2012/clearance_rate", 95.0, 95, 100, "%"),
        ("甲", "opening", "fujin-2012/opening", 15, 15, None, "件"),
        ("乙", "opening", "fujin-2012/opening", 20, 20, None, "件"),
    ]
    names = ["court", "indicator", "definition", "value", "numerator", "denominator", "unit"]
    days = {"period_start": pd.Timestamp("2011-01-01"), "period_end": pd.Timestamp("2011-12-31")}
    tidy = pd.DataFrame(rows, columns=names).assign(**days)
    money = peer_panel(tidy, indicator="recovery_rate")
    assert (money.kind, money.table["value"].tolist()) == ("printed", [0.8765, 0.7])
    with pytest.raises(DataError):
        funnel(money)
    clearance = funnel(tidy, indicator="clearance_rate").table
    assert clearance["se_upper"].round(4).iloc[0] == 0.0113
    stock = peer_panel(tidy, indicator="opening")
    assert (stock.table["value"].tolist(), stock.unit) == ([15, 20], "件")


def test_what_is_refused():
    one = returns({"court": "甲", "received": "386", "closed": "383"})
    with pytest.raises(ArgumentError, match="clearance_rate"):
        peer_panel(one, indicator="clearence_rate")
    with pytest.raises(InputError):
        peer_panel(pd.DataFrame({"x": [1]}))
    with pytest.raises(ArgumentError, match="basic"):
        peer_panel(one, level="intermediate")
    with pytest.raises(DataError):
        funnel(returns({"court": "甲", "recovery_rate": "87.6"}), indicator="recovery_rate")


def test_input_is_not_changed():
    rows = returns({"court": "甲", "received": "386", "closed": "383"})
    before = rows.copy()
    peer_panel(rows)
    pd.testing.assert_frame_equal(rows, before)


def tidy(courts: int = 5, years: range = range(2014, 2019)) -> pd.DataFrame:
    """Closure rates of several years as a table of indicators, with a definition that changed in 2017."""
    rows = [(f"{chr(0x7532 + i)}院", y, 80 + 2 * i + y % 3, 100) for i in range(courts) for y in years]
    table = pd.DataFrame(rows, columns=["court", "year", "numerator", "denominator"])
    return table.assign(
        period_start=table["year"].map(lambda y: f"{y}-01-01"),
        period_end=table["year"].map(lambda y: f"{y}-12-31"),
        indicator="closure_rate",
        value=100 * table["numerator"] / table["denominator"],
        unit="%",
        definition=np.where(table["year"] < 2017, "old", "new"),
    )


def test_a_definition_given_up_does_not_win_by_its_many_years():
    panel = peer_panel(tidy())
    assert set(panel.table["period_end"].dt.year) == {2018}
    assert set(panel.table["definition"]) == {"new"}
    assert panel.excluded["reason"].value_counts().to_dict() == {"definition": 15, "older": 5}


def test_one_court_with_a_newer_definition_keeps_its_comparable_year():
    table = tidy()
    table.loc[(table["court"] != "甲院") & (table["year"] >= 2017), "definition"] = "old"
    panel = peer_panel(table)
    assert panel.table.set_index("court")["period_end"].dt.year.to_dict()["甲院"] == 2016


def test_a_value_that_its_counts_contradict_is_marked_in_a_table_of_indicators_too():
    table = tidy(years=range(2018, 2019)).astype({"value": object})
    table.loc[1, "value"] = "99.99"
    assert peer_panel(table).table["verdict"].tolist() == ["agrees", "shares_conflict", "agrees", "agrees", "agrees"]
    judged = table.assign(verdict=[None, "agrees", "impossible", None, None])
    assert peer_panel(judged).table["verdict"].tolist() == ["agrees", "agrees", "impossible", "agrees", "agrees"]
    without_unit = peer_panel(table.drop(columns="unit"))
    assert without_unit.table["verdict"].eq("unchecked").all()
    figures = table.iloc[[0]].assign(measure="closure_rate", verdict="impossible", scope="执行案件")
    assert peer_panel(table, verdicts=figures).table["verdict"].tolist()[:2] == ["impossible", "shares_conflict"]


def test_level_and_scope_count_in_a_table_of_indicators_too():
    table = tidy(years=range(2018, 2019)).assign(level=["基层", "基层法院", "basic", "中级", "全省"])
    panel = peer_panel(table)
    assert panel.table["level"].tolist() == ["basic"] * 3
    assert panel.excluded["reason"].tolist() == ["level"]
    assert len(panel.references) == 1


def test_a_clearance_that_no_flow_can_give_leaves_the_panel():
    before = {"period_start": "2010-01-01", "period_end": "2010-12-31"}
    rows = returns(
        {"court": "甲", "opening": "15", "filed": "371", "closed": "383"},
        {"court": "乙", "opening": "15", "filed": "371", "closed": "9999"},
        {"court": "乙", "opening": "10", "filed": "300", "closed": "295"} | before,
        {"court": "丙", "opening": "15", "filed": "371", "closed": "0"},
    )
    panel = peer_panel(rows, indicator="clearance_rate")
    assert panel.table[["court", "numerator"]].values.tolist() == [["甲", 383], ["乙", 295]]
    assert reasons(panel) == {"乙": "impossible_flow", "丙": "zero_closed"}


def test_a_table_without_scope_and_with_text_numbers():
    rows = pd.DataFrame({"court": ["甲", "乙"], "received": ["1,930", "2.5万件"], "closed": ["1,900", "2.4万件"]})
    panel = peer_panel(rows.assign(period_start="2011-01-01", period_end="2011-12-31"))
    assert panel.table["denominator"].tolist() == [1930, 25000]
    text = tidy(years=range(2018, 2019)).assign(numerator="1,080", denominator="1,100", value="98.18")
    assert peer_panel(text).table["verdict"].eq("agrees").all()
    with pytest.raises(InputError, match="numerator"):
        peer_panel(text.assign(numerator="约一千"))


def test_an_unknown_scope_or_level_says_which_there_are():
    rows = returns(
        {"court": "甲", "received": "386", "closed": "383"},
        {"court": "乙", "scope": "诉讼案件", "received": "9", "closed": "9"},
    )
    with pytest.raises(ArgumentError, match=r"执行案件.*诉讼案件"):
        peer_panel(rows, scope="民事案件")
    with pytest.raises(ArgumentError, match="basic"):
        peer_panel(rows, level="middle")
    assert peer_panel(rows, scope="诉讼案件").table["court"].tolist() == ["乙"]


def test_returns_give_the_counts_of_a_rate_by_a_definition_of_ones_own(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        '[set]\nid = "own"\nzh = "本院"\nen = "own"\n[[indicator]]\nid = "closed_per_hundred"\nzh = "每百件结案"\nen = "closings per 100"\n'
        'kind = "rate"\nnumerator = "closed"\ndenominator = "received"\nunit = "件/百件"\ninterval = "poisson"\n',
        encoding="utf-8",
    )
    rows = returns(*({"court": f"院{at}", "received": "100", "closed": str(80 + at)} for at in range(10)))
    panel = peer_panel(rows, indicator="closed_per_hundred", definitions=own)
    assert (panel.kind, panel.unit, panel.table["value"].iloc[0]) == ("rate", "per_hundred", 0.8)
    assert funnel(panel).caption.zh.startswith("每百件结案（2011年）：10家法院")


OWN_RATE = '[[indicator]]\nid = "{0}"\nzh = "{1}"\nen = "{0}"\nkind = "rate"\nnumerator = {2}\ndenominator = {3}\nunit = "%"\n{4}\n'


@pytest.fixture
def own_rates(tmp_path):
    rates = [
        ("own_share", "审结比", '"closed"', '"received"', ""),
        ("own_load", "信访负担", '"petitions"', '"closed"', ""),
        ("own_backlog", "积压比", '"closing"', '["closing", "closed"]', ""),
        ("own_first", "首执审结比", '"closed"', '"received"', 'include = { case_type = ["first"] }'),
    ]
    own = tmp_path / "own.toml"
    text = '[set]\nid = "own"\nzh = "本院"\nen = "own"\n' + "".join(OWN_RATE.format(*rate) for rate in rates)
    own.write_text(text, encoding="utf-8")
    counts = {"received": "100", "petitions": "4"}
    rows = [{"court": f"院{at}", "closed": str(80 + at), "closing": str(20 - at)} | counts for at in range(10)]
    return returns(*rows), own


@pytest.mark.full
def test_an_own_rate_of_counts_needs_no_interval_where_the_numerator_is_part_of_the_base(own_rates):
    rows, own = own_rates
    for name, value in (("审结比", 0.8), ("own_share", 0.8), ("积压比", 0.2)):
        panel = peer_panel(rows, indicator=name, definitions=own)
        assert (panel.kind, panel.table["value"].iloc[0], panel.table["denominator"].iloc[0]) == (
            "proportion",
            value,
            100,
        )
        assert len(funnel(panel).table) == 10


@pytest.mark.full
def test_an_own_rate_that_cannot_be_judged_says_what_is_lacking(own_rates):
    rows, own = own_rates
    panel = peer_panel(rows, indicator="信访负担", definitions=own)
    assert panel.table["value"].iloc[0] == 0.05
    with pytest.raises(DataError, match=r"没有写 interval.*wilson.*poisson"):
        funnel(panel)
    with pytest.raises(DataError, match=r"include"):  # the counts of returns are of all cases
        peer_panel(rows, indicator="首执审结比", definitions=own)
    with pytest.raises(DataError, match=r"缺涉执信访的件数"):
        peer_panel(rows.drop(columns="petitions"), indicator="own_load", definitions=own)


def test_what_is_compared_says_how_it_is_judged_and_not_what_most_rows_are():
    """The basic courts' definition is a share, that of more numerous intermediate courts a count per filing."""
    rows = pd.concat([indicators_of("%", 100, 80), indicators_of("%", 100, 120), indicators_of("%", 100, 120)])
    rows["court"] = [f"院{at}" for at in range(36)]
    rows["level"] = ["basic"] * 12 + ["intermediate"] * 24
    rows["definition"] = ["fujin-2012/closure_rate"] * 12 + ["fujin-2012/petitions_per_100_closed"] * 24
    assert peer_panel(rows, indicator="own_figure").kind == "proportion"
    assert peer_panel(rows, indicator="own_figure", level="intermediate").kind == "rate"


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [("court", np.nan, "unnamed"), ("court", " ", "unnamed"), ("denominator", np.inf, "impossible"), ("numerator", -1.0, "impossible"),
     ("period_end", "2011年某日", "period_unknown")],
)  # fmt: skip
def test_a_row_that_is_no_figure_is_left_out_and_ends_nothing(column, value, reason):
    rows = indicators_of("%", 100, 80, definition="fujin-2012/closure_rate").astype(
        {"numerator": float, "denominator": float}
    )
    rows[column] = rows[column].astype(object)
    rows.loc[11, column] = value
    panel = peer_panel(rows, indicator="own_figure")
    assert (len(panel.table), panel.excluded["reason"].tolist()) == (11, [reason])
    if reason == "period_unknown":
        with pytest.raises(InputError, match=r"period_end.*2011年某日"):
            stands_out(rows, court="院0")
        rows.loc[11, column] = None
    found = stands_out(rows, court="院0")
    assert found.tests["courts"].tolist() == [11]
    assert found.left_out["reason"].tolist() == ([] if reason == "impossible" else [reason])


def test_a_keyword_that_would_be_passed_over_is_refused():
    panel = peer_panel(returns(*({"court": f"法院{n}", "received": "386", "closed": "383"} for n in range(10))))
    assert funnel(panel, indicator="结案率").table.equals(funnel(panel).table)
    for over in ({"indicator": "recovery_rate"}, {"numerator": "closed"}, {"kind": "ratio"}):
        for compared in (funnel, shrink, rank_intervals):
            with pytest.raises(ArgumentError):
                compared(panel, **over)
    counts = pd.DataFrame({"court": ["甲", "乙"], "closed": [9, 8], "received": [10, 10]})
    with pytest.raises(ArgumentError, match="indicator="):
        funnel(counts, numerator="closed", denominator="received", indicator="closure_rate")


def indicators_of(unit: str, times: float, top: int, **more: object) -> pd.DataFrame:
    """Twelve courts' figures by a definition of one's own."""
    tops = [top + at for at in range(12)]
    rows = {
        "court": [f"院{at}" for at in range(12)], "indicator": "own_figure", "definition": "own/own_figure", "unit": unit,
        "numerator": tops, "denominator": 100, "value": [times * n / 100 for n in tops],
        "period_start": "2011-01-01", "period_end": "2011-12-31",
    }  # fmt: skip
    return pd.DataFrame(rows | more)


@pytest.mark.parametrize(
    ("unit", "times", "top", "kind", "read", "shown"),
    [
        ("%", 100, 9, "proportion", "share", "9.00"),
        ("%", 100, 109, "rate", "share", "109.00"),
        ("件/百件", 100, 9, "rate", "per_hundred", "9.00"),
        ("‰", 1000, 9, "rate", "per_thousand", "90.00"),
        ("件/万件", 10_000, 9, "rate", "per_ten_thousand", "900.00"),
        ("件/万人", 10_000, 9, "rate", "per_ten_thousand_persons", "900.00"),
        ("天", 1, 9012, "printed", "天", "90.12"),
        ("万元", 1, 50, "printed", "万元", "0.50"),
        ("元/件", 10_000, 9, "printed", "万元/件", "0.09"),
    ],
)
def test_a_figure_by_a_definition_of_ones_own_is_read_in_its_unit(unit, times, top, kind, read, shown):
    panel = peer_panel(indicators_of(unit, times, top), indicator="own_figure")
    assert (panel.kind, panel.unit) == (kind, read)
    tables = [panel.table]
    if kind != "printed":
        tables += [funnel(panel).table, rank_intervals(panel)]
    for table in tables:
        assert shown in table_html(table)


def test_a_clearance_keeps_its_unit_in_a_funnel():
    rows = indicators_of("%", 100, 95, indicator="clearance_rate", definition="fujin-2012/clearance_rate")
    assert "95.00" in table_html(funnel(peer_panel(rows, indicator="clearance_rate")).table)


def own_definitions(**more: str) -> pd.DataFrame:
    """The same with what the definition says, as ``indicators`` gives it."""
    table = indicators_of("件/万件", 10_000, 9)
    table.attrs["own_definitions"] = {
        "own/own_figure": Stated("own_figure", "每万件终本", "terminations per 10,000", "lower", "poisson")._replace(
            **more
        )
    }
    return table


@pytest.mark.full
def test_a_figure_is_called_what_its_definition_of_ones_own_calls_it():
    rows = own_definitions()
    panel = peer_panel(rows, indicator="own_figure")
    found = stands_out(rows, court="院0")
    captions = [panel.caption, funnel(panel).caption, plot_funnel(funnel(panel)).chart.title]
    captions += [plot_ranks(rank_intervals(panel)).chart.title, *found.tests["sentence"]]
    tables = [rows, panel.table, found.tests, variation_table(rows.head(1)).table]
    for language, name in (("zh", "每万件终本"), ("en", "erminations per 10,000")):
        assert all(name in in_language(str(getattr(said, "cell", said)), language) for said in captions)
        with speaking(language):
            for table in tables:
                shown = table_html(table.drop(columns="definition", errors="ignore"))
                assert name in shown
                assert "own_figure" not in shown
    rows.loc[0, "numerator"] = 60
    assert stands_out(rows, court="院0").table["verdict"].tolist() == [
        "worse"
    ]  # lower is better, as the definition says


def test_a_share_by_the_thousand_is_drawn_by_the_thousand():
    rows = indicators_of("‰", 1000, 980, denominator=1000)
    rows["value"] = [float(n) for n in rows["numerator"]]
    rows.attrs["own_definitions"] = {"own/own_figure": Stated("own_figure", "率", "rate", "none", "wilson")}
    panel = peer_panel(rows, indicator="own_figure")
    assert (panel.kind, panel.unit) == ("proportion", "per_thousand")
    chart = plot_funnel(funnel(panel)).chart
    assert 991 < chart.panels[0].y.high <= 1015
    assert "太小" not in chart.note.zh


def test_a_definition_of_ones_own_says_how_chance_moves_its_figure():
    rows = own_definitions(interval="over-cases")
    with pytest.raises(DataError, match="不是两个件数之比"):
        funnel(peer_panel(rows, indicator="own_figure"))


def test_a_count_of_at_most_one_is_no_percentage():
    rows = indicators_of("件", 1, 0, numerator=None, denominator=None, value=[0, 1] * 6)
    assert peer_panel(rows, indicator="own_figure").unit == "件"


def test_what_sort_of_figure_it_is_says_the_definition_of_most_courts():
    rows = indicators_of("%", 100, 40, definition=["fujin-2012/recovery_rate"] + ["spc-2024/completed_rate"] * 11)
    panel = peer_panel(rows, indicator="own_figure")
    assert (panel.kind, len(panel.table)) == ("proportion", 11)


def test_a_computed_rate_agrees_with_its_own_counts_to_the_last_digit_of_the_machine():
    rows = indicators_of("%", 100, 40, denominator=94)
    rows["value"] = [100 * n / 94 for n in rows["numerator"]]
    assert set(peer_panel(rows, indicator="own_figure").table["verdict"]) == {"agrees"}


@pytest.mark.parametrize("stated", [True, False])
def test_a_level_that_no_row_says_is_that_of_the_courts_name(stated):
    rows = [{"court": f"{name}县人民法院", "level": "基层" if stated and name == "甲" else None} for name in "甲乙丙"]
    rows += [{"court": "云州市中级人民法院"}, {"court": "某法庭"[1:]}]
    year = {"period_start": "2025-01-01", "period_end": "2025-12-31", "received": "90", "closed": "80"}
    panel = peer_panel(pd.DataFrame([year | row for row in rows]))
    assert panel.table["court"].tolist()[:3] == ["甲县人民法院", "乙县人民法院", "丙县人民法院"]
    left_out = {"云州市中级人民法院": "level"} | ({"法庭": "level_unknown"} if stated else {})
    assert dict(panel.excluded[["court", "reason"]].to_numpy().tolist()) == left_out
    table = pd.DataFrame(rows).assign(received=90, closed=80)
    read = comparison(table, numerator="closed", denominator="received")
    assert dict(read.excluded[["court", "reason"]].to_numpy().tolist()) == (left_out if stated else {})


def test_a_raw_table_is_sent_to_the_reader_that_knows_its_headers():
    with pytest.raises(InputError, match="先写 read_returns"):
        peer_panel(pd.DataFrame({"法院": ["甲县人民法院"], "期间": ["2025年上半年"], "受理": [90], "结案": [80]}))


def test_a_court_typed_twice_is_not_counted_twice_untold():
    """Its limits were those of a court of twice its size."""
    table = pd.DataFrame({"法院": [f"院{at}" for at in range(12)], "结案": 80, "受理": 100})
    base = {"group": "法院", "numerator": "结案", "denominator": "受理"}
    dated = table.assign(年度=2024)
    for compared in (funnel, rank_intervals, shrink):
        with pytest.raises(DataError, match=r"“院0”有几行同属一个期间（2024年）") as told:
            compared(pd.concat([dated, dated[:1]]), **base)
        assert '"院0" stands in several rows of one period (2024)' in told.value.args[1]
        found = compared(pd.concat([table, table[:1]]), **base)
        caption = str(found.caption.cell if compared is funnel else found.attrs["caption"])
        assert "院0有几行，件数已相加" in caption
        assert "院0 stands in several rows, whose counts are added up" in caption
    kinds = pd.concat([dated.assign(范围=kind) for kind in ("民事案件", "刑事案件")])
    assert funnel(kinds, **base).table["denominator"].eq(200).all()
    counted = dated.assign(结案=range(60, 72))
    quarters = pd.concat([counted.assign(季度=quarter, 结案=counted["结案"] + quarter) for quarter in (1, 2, 3, 4)])
    assert funnel(quarters, **base).table["denominator"].eq(400).all()
    with pytest.raises(DataError, match="“院0”有几行同属一个期间"):
        funnel(quarters.drop(columns="季度"), **base)
    years = pd.concat([table.rename(columns={"法院": "国家"}).assign(年度=year) for year in (2023, 2024, 2024)])
    with pytest.raises(DataError, match="“院0”有几行同属一个期间"):
        funnel(years, **base | {"group": "国家"})


@pytest.mark.parametrize(
    ("columns", "zh", "en"),
    [({"年度": 2024}, "2024年：", "2024: "), ({"期间": "2025年上半年"}, "2025年上半年：", "first half of 2025"), ({}, "12家", "12 courts")],
)  # fmt: skip
def test_the_caption_of_a_plain_table_says_its_period(columns, zh, en):
    table = pd.DataFrame({"法院": [f"院{at}" for at in range(12)], "结案": 80, "受理": 100, **columns})
    caption = funnel(table, group="法院", numerator="结案", denominator="受理").caption
    assert caption.zh.startswith(zh)
    assert en.lower() in caption.en.lower()[: len(en) + 20]


COUNTED = {"group": "法院", "numerator": "结案", "denominator": "受理"}


def parts(**columns) -> pd.DataFrame:
    """Twelve courts of 2025 in as many rows each as the columns have cells, the counts of no row the sum of the others."""
    height = max(map(len, columns.values()))
    rows = [
        {"法院": f"院{at}", "年度": 2025} | {name: cells[row] for name, cells in columns.items()} | {"结案": 40 + 7 * at + row, "受理": 160 + at}
        for at in range(12) for row in range(height)
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    "columns",
    [{"季度": ["一季度", "二季度", "三季度", "四季度", "全年"]}, {"季度": ["一季度", "二季度", "合计"]}, {"Quarter": ["Q1", "Q2", "Q3", "Q4", "Total"]},
     {"团队": ["一团队", "二团队", "小计"]}, {"部门": ["执行一庭", "执行二庭", "全院"]}, {"案件类型": ["执行案件", "其中：民事", "其中：行政"]},
     {"范围": ["执行案件", "首次执行案件"]},
     {"kind": ["all cases", "civil", "other"]}, {"月份": ["1-3月", "1-6月"]}, {"月": ["1", "1-2"]}],
)  # fmt: skip
@pytest.mark.parametrize("compared", [funnel, rank_intervals, shrink])
def test_a_total_beside_its_parts_is_refused_and_not_added_to_them(compared, columns):
    with pytest.raises(DataError, match=r"相加会重复计算") as told:
        compared(parts(**columns), **COUNTED)
    assert "counted twice" in told.value.text.en


def test_a_total_by_whatever_name_is_told_by_its_counts():
    by_team = parts(团队=["一队", "二队", "三队"])
    sums = by_team.groupby(["法院", "年度"], as_index=False, sort=False)[["结案", "受理"]].sum()
    with pytest.raises(DataError, match=r"（123/480）恰为其余各行之和"):
        funnel(pd.concat([by_team, sums.assign(团队="本院")]), **COUNTED)
    assert funnel(by_team, **COUNTED).table["denominator"].tolist() == sums["受理"].tolist()


@pytest.mark.parametrize(
    "kinds", [["民事案件", "执行案件"], ["首次执行案件", "恢复执行案件"], ["其中：民事", "其中：行政"]]
)
def test_kinds_that_share_no_case_are_added_up(kinds):
    assert funnel(parts(案件类型=kinds), **COUNTED).table["denominator"].sum() == parts(案件类型=kinds)["受理"].sum()


@pytest.mark.parametrize("name", ["合计", "全市合计", "云州市"])
def test_a_row_of_all_courts_in_a_plain_table_is_no_court(name):
    courts = parts(季度=["全年"])
    total = courts[["结案", "受理"]].sum().to_dict() | {"法院": name, "年度": 2025}
    found = funnel(pd.concat([courts, pd.DataFrame([total])]), **COUNTED)
    assert (len(found.table), found.excluded[["court", "reason"]].to_numpy().tolist()) == (12, [[name, "total"]])


def test_a_total_of_all_courts_is_one_court_more_nowhere():
    rows = [
        {"court": name, "year": year, "closed": 80 + at, "received": 100}
        for year in (2023, 2024, 2025)
        for at, name in enumerate([*map(str, range(12)), "全市合计"])
    ]
    table = pd.DataFrame(rows)
    counts = {"numerator": "closed", "denominator": "received"}
    for over_years in (peer_trends, peers_over_time, dynamic_funnel):
        with pytest.raises(DataError, match="“全市合计”一行是几家法院的合计"):
            over_years(table, **counts)
    last = table[table["year"] == 2025].assign(indicator="closure_rate", value=lambda rows: rows["closed"])
    for of_one_year in (lambda rows: composite_score(rows, weights={"closure_rate": 1}), plot_peers):
        with pytest.raises(DataError, match="“全市合计”一行是几家法院的合计"):
            of_one_year(last)
    found = stands_out(last.rename(columns={"closed": "numerator", "received": "denominator"}), court="3")
    assert found.tests["courts"].tolist() == [12]
    assert found.left_out["reason"].tolist() == ["total"]


@pytest.mark.parametrize(
    "columns",
    [{"季度": [1, 2, 3, 4]}, {"季度": ["一季度", "二季度", "三季度", "四季度"]}, {"Quarter": ["Q1", "Q2", "Q3", "Q4"]},
     {"月": [*range(1, 13)]}, {"半年": ["上半年", "下半年"]}, {"Month": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]}],
)  # fmt: skip
def test_a_court_that_lacks_a_part_of_the_year_is_not_compared_with_whole_years(columns):
    found = funnel(parts(**columns)[:-1], **COUNTED)
    assert found.excluded[["court", "reason"]].to_numpy().tolist() == [["院11", "other_periods"]]
    assert found.caption.zh.startswith("2025年：")
    whole = funnel(parts(**columns), **COUNTED).table
    assert whole["numerator"].sum() == parts(**columns)["结案"].sum()


@pytest.mark.parametrize("aside", ["备注", "填报日期", "到位金额", "序号", "结案率"])
def test_what_does_not_say_of_what_a_row_is_tells_no_rows_apart(aside):
    table = parts(季度=["全年"]).assign(**{aside: [f"{at}.5" if aside == "到位金额" else str(at) for at in range(12)]})
    again = table[5:6].assign(**{aside: "99", "结案": 61})
    for rows in (pd.concat([table, again]), pd.concat([table, again]).astype(str)):
        with pytest.raises(DataError, match=r"“院5”有几行同属一个期间.*“3号”"):
            funnel(rows, **COUNTED)


def test_captions_say_what_is_left_out_which_end_is_first_and_the_period():
    table = parts(季度=["全年"])
    table.loc[3, "年度"] = 2024
    ranks, shrunken = rank_intervals(table, **COUNTED, best="low"), shrink(table, **COUNTED)
    assert ranks.attrs["caption"].startswith(
        "2025年：11家法院，数值最低的为第1名；95%逐院名次置信集；另有1行未列入比较\n2025: 11 courts, the lowest figure first;"
    )
    assert shrunken.attrs["caption"].endswith("1 further row left out")
    scored = table.rename(columns={"法院": "court"}).assign(
        年度=2025, period_start="2025-01-01", period_end="2025-12-31"
    )
    caption = composite_score(scored, weights={"结案": 1}).caption
    assert caption.zh.startswith("给定权重（2025年）：12家法院；")
    assert caption.en.startswith("Weights as given (2025): 12 courts;")
    assert caption.en.endswith("others.")
    few = composite_score(scored[:4], weights={"结案": 1}).caption
    assert (few.zh[:14], few.en[-1]) == ("给定权重（2025年）：同一", ".")


@pytest.mark.parametrize("blank", [None, np.nan, "", " "])
def test_rows_below_a_merged_cell_are_not_lost(blank):
    """Of four quarters of each court only the first counted, the others being of no court."""
    table = parts(季度=[1, 2, 3, 4]).astype({"法院": object})
    table.loc[table["季度"] > 1, "法院"] = blank
    with pytest.raises(DataError, match="有36行有件数而没有法院名称") as told:
        funnel(table, **COUNTED)
    assert "name no court" in told.value.text.en
    year = parts(季度=["全年"]).astype({"法院": object})
    year.loc[3, "法院"] = blank
    found = funnel(year, **COUNTED)
    assert (len(found.table), found.excluded["reason"].tolist()) == (11, ["unnamed"])


@pytest.mark.parametrize("dtype", [object, "str", "category"])
def test_a_space_after_a_name_makes_no_court_of_its_own(dtype):
    table = parts(团队=["一队", "二队"])
    table.loc[[1, 5], "法院"] += "　"
    found = funnel(table.astype({"法院": dtype}), **COUNTED).table
    assert found["denominator"].tolist() == [2 * (160 + at) for at in range(12)]


def test_courts_in_several_rows_are_named_in_the_language_of_the_caption():
    table = parts(团队=["一队", "二队"])
    assert funnel(table, **COUNTED).caption.en.endswith("; all courts stand in several rows, whose counts are added up")
    some = funnel(table[~((table["法院"] > "院1") & (table["团队"] == "二队"))], **COUNTED).caption
    assert some.zh.endswith("；院0、院1有几行，件数已相加")
    assert some.en.endswith("; 院0, 院1 stand in several rows, whose counts are added up")


def test_a_pivot_table_is_sent_back_with_what_to_do():
    wide = parts(季度=[1, 2]).pivot_table(index="法院", columns="季度", values=["结案", "受理"]).reset_index()
    with pytest.raises(InputError, match="表头有几层"):
        funnel(wide, **COUNTED)


@pytest.mark.parametrize(
    "name", ["全市法院合计", "全市法院", "基层法院合计", "两级法院合计", "合计（12家）", "全市平均", "中位数", "All courts", "Average", "Total (12 courts)"]
)  # fmt: skip
def test_a_row_of_several_courts_is_none_by_whatever_counts(name):
    """A total that holds a court which is not listed is the sum of no rows; an average never is."""
    courts = parts(季度=["全年"])
    row = pd.DataFrame([{"法院": name, "年度": 2025, "结案": 1700, "受理": 2311}])
    table = pd.concat([courts, row])
    found = funnel(table, **COUNTED)
    assert (len(found.table), found.excluded[["court", "reason"]].to_numpy().tolist()) == (12, [[name, "total"]])
    panel = peer_panel(read_returns(table))
    assert (len(panel.table), panel.excluded[["court", "reason"]].to_numpy().tolist()) == (12, [[name, "total"]])
    with pytest.raises(DataError, match=re.escape(f"“{name}”一行是几家法院的合计或平均")):
        peer_trends(pd.concat([table, table.assign(年度=2024)]), group="法院", time="年度", value="结案")


@pytest.mark.parametrize(
    "name", ["合川区法院", "全州法院", "全州县人民法院", "合计镇法庭", "总场人民法院", "全椒县人民法院"]
)
def test_a_court_whose_name_begins_like_a_total_is_a_court(name):
    table = pd.concat([parts(季度=["全年"]), pd.DataFrame([{"法院": name, "年度": 2025, "结案": 1700, "受理": 2311}])])
    assert len(funnel(table, **COUNTED).table) == 13
    assert len(peer_panel(read_returns(table)).table) == 13


@pytest.mark.parametrize("blank", ["", " ", None])
def test_a_blank_among_words_is_a_part_without_a_name(blank):
    table = parts(团队=["一队", "二队", blank])
    assert funnel(table, **COUNTED).table["denominator"].tolist() == [3 * (160 + at) for at in range(12)]


@pytest.mark.parametrize(
    "columns",
    [{"时段": ["1-3月", "1-6月"]}, {"统计时间": ["上半年", "全年"]}, {"团队": ["一队", "二队", "全院合计"]}, {"团队": ["一队", "二队", "合计："]},
     {"团队": ["一队", "累计"]}],
)  # fmt: skip
@pytest.mark.parametrize("with_year", [True, False])
def test_what_lies_in_another_row_is_refused_under_whatever_heading(columns, with_year):
    with pytest.raises(DataError, match="相加会重复计算"):
        funnel(parts(**columns).drop(columns=[] if with_year else ["年度"]), **COUNTED)


@pytest.mark.full
def test_quarters_and_months_under_any_heading_are_periods_of_the_year_beside_them():
    halves = parts(时段=["1-6月", "7-12月"])
    assert funnel(halves, **COUNTED).caption.zh.startswith("2025年：12家")
    assert funnel(parts(季度=["一", "二"]), **COUNTED).caption.zh.startswith("2025年上半年：")
    panel = peer_panel(read_returns(halves), period="2025年下半年")
    assert panel.table["denominator"].tolist() == halves.loc[halves["时段"] == "7-12月", "受理"].tolist()
    assert funnel(halves.drop(columns="年度"), **COUNTED).table["denominator"].sum() == halves["受理"].sum()


def test_non_contentious_review_lies_in_no_enforcement_case():
    kinds = parts(案件类型=["执行案件", "行政非诉审查案件"])
    assert funnel(kinds, **COUNTED).table["denominator"].sum() == kinds["受理"].sum()


@pytest.mark.full
@pytest.mark.parametrize("columns", [{"团队": ["一队", "二队", "合计"]}, {"季度": ["小计", "小计"]}])
def test_one_of_several_rows_of_a_court_is_not_taken_for_all_of_it(columns):
    """The first team's figure stood for its court."""
    table = parts(**columns)
    with pytest.raises(DataError, match=r"“院0”有几行同属一个期间（2025年），数字不同") as told:
        peer_panel(read_returns(table))
    assert "add up rows of teams" in told.value.text.en
    first = table.drop_duplicates("法院")
    assert len(peer_panel(read_returns(pd.concat([first, first]))).table) == 12
    other = table.drop_duplicates("法院", keep="last").assign(来源="年鉴")
    assert peer_panel(read_returns(pd.concat([first, other]))).table["numerator"].tolist() == first["结案"].tolist()


def test_scopes_that_there_are_are_said_where_none_is_the_usual_one():
    with pytest.raises(DataError, match=r"表中的案件范围：.*刑事案件（12行）") as told:
        peer_panel(read_returns(parts(案件类型=["民事案件", "刑事案件"])))
    assert "The scopes there are: " in told.value.text.en


@pytest.mark.parametrize("over_years", [peer_trends, peers_over_time])
def test_a_column_of_time_that_is_not_there_is_asked_for_by_its_argument(over_years):
    with pytest.raises(InputError, match='time="'):
        over_years(parts(季度=["全年"]), **COUNTED)


@pytest.mark.parametrize(
    ("group", "cells"),
    [("年度", range(2010, 2022)), ("月份", [f"{month}月" for month in range(1, 13)]), ("案件类型", [f"{kind}案件" for kind in "甲乙丙丁戊己庚辛壬癸子丑"])],
)  # fmt: skip
def test_groups_that_are_periods_or_kinds_are_compared_with_each_other(group, cells):
    """Of twelve years eleven were left out as of another period."""
    table = parts(季度=["全年"]).drop(columns=["法院", "季度", "年度"]).assign(**{group: cells})
    assert len(funnel(table, **COUNTED | {"group": group}).table) == 12


@pytest.mark.parametrize("heading", ["报送月份", "审限", "截至月份"])
def test_a_month_that_says_when_a_row_was_sent_or_ends_is_not_its_period(heading):
    table = parts(季度=["全年"]).drop(columns="季度").assign(**{heading: [f"{1 + at % 3}月" for at in range(12)]})
    assert len(funnel(table, **COUNTED).table) == 12
    assert set(read_returns(table)["period_end"]) == {"2025-12-31"}


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("截至", ["1-3月", "1-6月", "1-12月"]),
        ("累计", ["1-3月", "1-6月", "1-12月"]),
        ("统计时间", ["3月底", "6月底", "12月底"]),
        ("as_of", ["March", "June", "December"]),
    ],
)
def test_figures_up_to_several_days_of_a_year_are_not_added_up(heading, cells):
    """100, 200 and 400 cases by March, June and December are 400 cases, not 700."""
    courts = [f"{letter}县法院" for letter in "甲乙丙丁戊己庚辛壬癸"]
    rows = [
        {"court": court, "year": 2023, heading: cell, "received": 100 * times, "closed": 90 * times}
        for court in courts
        for cell, times in zip(cells, (1, 2, 4), strict=True)
    ]
    with pytest.raises(DataError, match="每院只留一行"):
        funnel(pd.DataFrame(rows), numerator="closed", denominator="received")
