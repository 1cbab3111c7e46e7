"""A court that is not the sample: what its register does not hold is unknown, and no rule of another court is applied to it."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest
import qingshi

import analysis as an
from analysis.report.inputs import Material
from analysis.report.sections.cycle import cycle as cycle_section
from analysis.report.sections.limits import due_or_over
from analysis.report.sections.situation import headline, situation
from analysis.report.sections.summary import _watch
from analysis.report.sections.years import indicator_table
from analysis.vocabulary.language import speaking
from analysis.vocabulary.numbers import rounded
from analysis.vocabulary.text import in_language

pytestmark = pytest.mark.full  # each makes whole reports


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    path = qingshi.export(tmp_path_factory.mktemp("export") / "台账.xlsx")
    return an.read_cases(path, as_of=qingshi.LAST_DAY, court=qingshi.COURT)


def built(cases, out, *, year=2024, **asked):
    """A report of which the words and tables are read, written in the quickest of the formats."""
    return an.build_report(cases, period=year, out=out, formats=["xlsx"], **{"language": "zh"} | asked)


@pytest.fixture(scope="module")
def published(cases, tmp_path_factory):
    out = tmp_path_factory.mktemp("reports") / "2024"
    return {language: built(cases, out, language=language) for language in ("zh", "en")}


def said(published, language, without=()):
    """Every sentence and every cell of a report as one text."""
    parts = []
    with speaking(language):
        for section in (part for part in published[language].report.sections if part.id not in without):
            for block in section.blocks:
                parts.append(getattr(block, "text", ""))
                parts.append(getattr(block, "caption", ""))
                parts.append(getattr(block, "note", ""))
                if hasattr(block, "frame"):
                    parts += [cell for row in block.rows() for cell in row]
    return "\n".join(parts)


def test_persons_are_not_judged_by_columns_that_are_not_there(cases):
    due = an.deadlines(cases)
    raw = qingshi.cases()
    open_since = pd.to_datetime(raw.loc[raw["结案日期"] == "", "立案日期"])
    over = open_since[open_since + pd.DateOffset(months=6) < pd.Timestamp(qingshi.LAST_DAY)]
    assert (due["kind"] == "past_ordinary_limit").sum() == len(over) == 1
    ordinary = {"past_ordinary_limit", "ordinary_limit_soon"}
    assert set(due["kind"]) <= ordinary, (
        "no start is judged without a column of starts, and no limit that may be longer"
    )
    assert any("台账没有“延长天数”“扣除天数”" in note for note in due.attrs["notes"])

    card = an.officer_scorecard(cases, period=2024)
    assert not {"net_closings", "days_to_start", "started_late"} & set(card.table["measure"])
    assert card.scheme.empty, "no quota, no consequence: this court named no scheme"
    assert "净执结：无法判断，台账没有“已发放案款”" in card.caption.zh

    named = an.officer_scorecard(cases, period=2024, scheme="fujin-2012")
    assert "net_closings" not in set(named.scheme["criterion"]), "a scheme that is named judges nothing unknown either"
    assert not set(an.deadlines(cases, scheme="fujin-2012")["kind"]) & {"not_started", "start_due", "started_late"}
    with pytest.raises(an.DataError, match="台账没有“收到案卷日期”“开始执行日期”"):
        an.late_starts(cases, periods=[2024], scheme="fujin-2012")
    with pytest.raises(an.DataError, match="scheme="):
        an.late_starts(cases, periods=[2024])


def test_what_a_responsibility_ledger_cannot_know_is_neither_fixed_nor_lacking(cases):
    ledger = an.responsibility_ledger(cases, backlog="over-limit")
    summary = ledger.summary.set_index(ledger.summary["element"].map(in_language))
    assert summary.loc[["定责任", "包案领导"], "lacking"].isna().all()
    assert not ledger.table["lacks"].str.contains("包案领导|定责任").any()
    assert "台账没有“执行小组”“包案领导”" in ledger.caption.zh


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_applies_no_rule_of_another_court(published, language):
    text = said(published, language)
    for phrase in (
        "本院规定",
        "不得评定为优秀",
        "不称职",
        "fujin",
        "the court's own",
        "not to be rated excellent",
        "15日内",
    ):
        assert phrase not in text
    over = {"zh": "1件已超过一般期限", "en": "1 case over it"}
    assert over[language] in text


def test_the_definitions_are_chosen_by_the_period_and_said(published):
    report = published["zh"]
    assert "未指定，按当期有效的全国口径" in report.report.subtitle
    assert report.manifest["parameters"]["definitions"] == "by-period"
    assert report.manifest["parameters"]["scheme"] is None
    assert report.manifest["parameters"]["definition_sets"] == ["counts", "spc-2008", "spc-2024", "spc-3plus1"]
    early = an.indicators(an.Cases.from_frames(pd.DataFrame({"filed_on": ["2011-03-01"]}), as_of="2011-12-31"))
    assert {name.split("/")[0] for name in early["definition"]} == {"counts", "spc-2008"}
    assert "没有指定口径集" in early.attrs["notes"][0]


def test_the_sample_says_itself_whose_rules_hold(sample_cases):
    cases = sample_cases
    assert (cases.definitions, cases.scheme) == ("fujin-2012", "fujin-2012")
    assert "filed_cases_closed" in set(an.officer_scorecard(cases, period=2011).scheme["criterion"])
    frames = {name: getattr(cases, name).to_pandas() for name in ("petitions", "coercive_measures", "aid")}
    same_rows = an.Cases.from_frames({"cases": cases.table.to_pandas(), **frames}, as_of="2011-12-31")
    assert an.officer_scorecard(same_rows, period=2011).scheme.empty, "nothing but the register's own file may say it"


def test_bulletins_without_a_return_check_nothing(cases):
    month = an.bulletin(cases, period="2024-11", names=True)
    assert "agrees" not in month.tables["statistics"]
    assert "未提供司法统计报表，未核对" in month.caption.zh
    assert not {"net_closings", "started_late", "amount_paid"} & set(month.tables["officers"])
    assert "next_targets" not in an.bulletin(cases, period="2024-Q3").tables


def test_a_date_after_the_period_is_no_error_of_the_report(cases, tmp_path):
    live = qingshi.cases()
    live.loc[len(live)] = [
        501,
        "（2025）青0123执1号",
        "2025-01-06",
        "民事",
        "甲",
        "乙",
        100,
        "",
        qingshi.OFFICERS[0],
        "",
        "",
    ]
    january = an.read_cases(qingshi.export(tmp_path / "台账.xlsx", live), as_of=qingshi.LAST_DAY, court=qingshi.COURT)
    report = built(january, tmp_path / "2024").report
    assert "错误级" not in "".join(b.text for b in report.sections[0].blocks if hasattr(b, "text"))
    quality = next(s for s in report.sections if s.id == "quality")
    assert "另有1处日期晚于截止日（2024-12-31）" in quality.blocks[0].text
    assert "错误级0处" in quality.blocks[0].text
    with speaking("zh"):
        assert "受理执行案件205件" in headline_of(january)


@pytest.mark.parametrize(
    ("as_of", "year", "calendar"),
    [("2023-06-30", 2023, "calendar-year"), ("2023-12-31", 2022, "calendar-year"), ("2023-12-31", 2023, "dec-21")],
)
def test_a_register_read_to_an_earlier_day_has_no_errors_for_going_on(as_of, year, calendar):
    """A report of half a year, of the year before, of another calendar, from a register exported in 2024; a slip stays one."""
    from analysis.report.inputs import Material

    rows = {"filed_on": pd.date_range("2022-01-10", "2024-10-01", freq="14D")}
    frame = pd.DataFrame(rows).assign(
        closed_on=lambda t: t["filed_on"] + pd.Timedelta(days=100), closure_mode="completed"
    )
    frame["case_no"] = [f"（{day.year}）青0123执{n}号" for n, day in enumerate(frame["filed_on"], start=1)]
    asked = {"returns": None, "peers": None, "definitions": None, "calendar": calendar, "year": year}
    material = Material.of(an.Cases.from_frames(frame, as_of=as_of), **asked)
    assert material.wrong_cases == 0
    after = (frame[["filed_on", "closed_on"]] > pd.Timestamp(as_of)).to_numpy().sum()
    assert "date_in_future" not in {rule for _, rule in material.findings.counts}
    assert material.findings.later == after

    frame.loc[0, "closed_on"] = pd.Timestamp("2033-04-20")
    frame.loc[0, "filed_on"] = pd.Timestamp(f"{year}-01-10")
    slip = Material.of(an.Cases.from_frames(frame, as_of=as_of), **asked)
    found = slip.findings
    assert found.first["error", "date_in_future"]["value"].tolist() == ["2033-04-20"]
    assert found.counts["error", "date_in_future"] == 1
    assert slip.wrong_cases == 1, "the case counts as open, because of a wrong date"


def test_a_date_after_the_day_of_the_export_is_an_error():
    from analysis.report.inputs import Material

    frame = pd.DataFrame(
        {"case_no": list("abc"), "filed_on": "2024-03-04", "closed_on": ["2024-05-06", "2024-11-05", None]}
    )
    cases = an.Cases.from_frames(frame.assign(closure_mode=["completed", "completed", None]), as_of="2024-10-31")
    material = Material.of(cases, year=2024, returns=None, peers=None, definitions=None, calendar="calendar-year")
    assert (material.wrong_cases, material.findings.later) == (1, 0)


def test_a_closing_after_the_year_that_states_no_mode_touches_no_figure_of_the_year():
    from analysis.report.inputs import Material

    frame = pd.DataFrame({"case_no": list("abcd"), "filed_on": "2023-03-04"})
    frame = frame.assign(
        closed_on=["2023-05-06", "2023-06-06", "2024-05-06", None], closure_mode=["completed", None, None, None]
    )
    asked = {"returns": None, "peers": None, "definitions": None, "calendar": "calendar-year"}
    cases = an.Cases.from_frames(frame, as_of="2024-10-31")
    assert [Material.of(cases, year=year, **asked).wrong_cases for year in (2023, 2024)] == [1, 1]


def test_closure_modes_of_no_known_meaning_are_said_to_count_as_they_do(tmp_path):
    rows = qingshi.cases()
    closed = rows.index[rows["结案日期"].astype(bool) & rows["结案日期"].astype(str).str.startswith("2024")]
    rows.loc[closed[:4], "结案方式"] = "挂账销号"
    found = an.read_cases(qingshi.export(tmp_path / "台账.xlsx", rows), as_of=qingshi.LAST_DAY, court=qingshi.COURT)
    report = built(found, tmp_path / "2024").report
    said = "".join(b.text for b in report.sections[0].blocks if hasattr(b, "text"))
    assert "其中4件结案方式的用词不认识，与未填的归在一起：涉及结案方式的数字为上下界或“至少”" in said
    assert "计为“其他”" not in said


def test_shares_of_few_of_which_some_are_blank_are_said_to_stand_by_their_bounds():
    from analysis.report.inputs import Material
    from analysis.report.sections.years import indicator_table

    days = pd.date_range("2024-01-03", periods=40, freq="7D")
    frame = pd.DataFrame({"case_no": [f"（2024）青0123执{n}号" for n in range(40)], "filed_on": days})
    frame = frame.assign(closed_on=days + pd.Timedelta(days=20), closure_mode="completed", case_type="first")
    asked = {"returns": None, "peers": None, "definitions": None, "calendar": "calendar-year", "year": 2024}
    for blanks in (0, 5):
        frame.loc[: blanks - 1, "closure_mode"] = None
        frame.loc[39, "closed_on"] = pd.NaT
        cases = an.Cases.from_frames(frame, as_of="2024-12-31", observed_from="2024-01-01")
        with speaking("zh"):
            material = Material.of(cases, **asked)
            table = indicator_table(material, list(an.indicators(cases, periods=[2024])["indicator"].unique()))
        assert "基数不足50的比率，写分子/分母，不计百分比。" in table.note
        assert ("有未填的，写上下界。" in table.note) == bool(blanks)
        assert any("–" in str(cell) for cell in table.frame["2024"]) == bool(blanks)


def headline_of(cases):
    from analysis.report.inputs import Material

    asked = {"returns": None, "peers": None, "definitions": None, "calendar": "calendar-year"}
    return headline(Material.of(cases, year=2024, **asked)).zh


def test_the_cover_gives_the_day_to_which_the_register_is_known(tmp_path):
    cases = an.read_cases(an.sample_path("register"), as_of="2011-06-30")
    report = built(cases, tmp_path, year=2010).report
    assert report.subtitle.startswith("台账截至2011年6月30日；统计至2010年12月31日")


def test_a_report_of_2010_speaks_of_2010(sample_cases, printed, tmp_path):
    report = built(sample_cases, tmp_path, year=2010, returns=printed).report
    first = "\n".join(b.text for b in report.sections[0].blocks if hasattr(b, "text"))
    assert "错误级" not in first, "2,362 closings after the year were counted as errors"
    tables = {e.id: e for e in report.exhibits() if hasattr(e, "frame")}
    assert not [name for name in tables if name.startswith("printed")], "all that the court printed is of later periods"
    text = next(s for s in report.sections if s.id == "printed").blocks[0].text
    assert "都晚于本报告期末（2010-12-31）" in text
    assert all(len(table.frame) for table in tables.values()), "no empty table is printed"


def test_a_caseflow_of_2009_is_captioned_to_the_end_of_2009(sample_cases):
    flow = an.caseflow(sample_cases, period=("2009-01-01", "2009-12-31"))
    assert flow.attrs["as_of"] == "2009-12-31"
    note = an.note_of(an.plot_caseflow(flow, language="zh"))
    assert "2009年12月" in note
    assert "2011" not in note


def test_recovery_with_blanks_stands_within_bounds_in_every_place(cases, published):
    raw = qingshi.cases()
    closed = raw[pd.to_datetime(raw["结案日期"]).dt.year == 2024]
    blank = ~closed["实际到位金额"].map(lambda cell: isinstance(cell, float))
    claimed, got = closed["申请执行标的额"].sum(), closed.loc[~blank, "实际到位金额"].sum()
    least, most = 100 * got / claimed, 100 * (got + closed.loc[blank, "申请执行标的额"].sum()) / claimed
    filled = 100 * got / closed.loc[~blank, "申请执行标的额"].sum()
    row = an.indicators(cases, periods=[2024], only="recovery_rate").iloc[0]
    assert (row["value"], row["least"], row["most"]) == pytest.approx((filled, least, most))
    assert row["unfilled"] == blank.sum()
    assert (row["lower"], row["upper"]) == (row["least"], row["most"]) or row["upper"] > row["most"]
    said_so = f"{least:.1f}–{most:.1f}% {blank.sum()}件未填；已填部分{filled:.1f}%，有未填的，不作同比"
    first = "\n".join(b.text for b in published["zh"].report.sections[0].blocks if hasattr(b, "text"))
    assert said_so in first
    rows = {e.id: e for e in published["zh"].report.exhibits()}["indicators-years"].frame.set_index("indicator")
    assert rows.loc["执行到位率（%）", "2024"] == f"{least:.1f}–{most:.1f}"
    assert rows.loc["实际到位金额（万元）", "2024"] == f"≥{got / 10_000:.1f}"


def test_of_forty_blanks_in_202_closings_the_recovery_rate_says_so():
    """The figures of a register with 202 closings of a year, 40 of them without the amount recovered."""
    frame = pd.DataFrame({"filed_on": "2024-01-05", "closed_on": "2024-06-01", "amount_claimed": [100.0] * 202})
    frame["amount_recovered"] = [70.0] * 162 + [None] * 40
    cases = an.Cases.from_frames(frame, as_of="2024-12-31", observed_from="2024-01-01")
    row = an.indicators(cases, periods=[2024], only="recovery_rate").iloc[0]
    assert row["least"] == pytest.approx(100 * 162 * 70 / 20200)
    assert row["most"] == pytest.approx(100 * (162 * 70 + 4000) / 20200)
    assert "40件未填实际到位金额" in row["note"]


@pytest.mark.parametrize(
    ("blank", "said"),
    [
        (4, ("执行到位率86.4–90.4%（4件未填；已填部分90.0%），同比至少上升26.40个百分点", "at least 26.40 percentage points up year on year")),
        (40, ("执行到位率54.0–94.0%（40件未填；已填部分90.0%），有未填的，不作同比", "not compared, as some cells are not filled in")),
    ],
)  # fmt: skip
def test_of_blank_amounts_the_change_that_is_sure_is_told_on_page_one_and_in_the_overview(blank, said):
    """As observations have it: whatever the blanks hold, 86.4% are 26.4 points more than 60%, and 54% none."""
    from analysis.report.inputs import Material
    from analysis.report.sections.situation import moved
    from analysis.report.sections.summary import _cards

    frame = pd.DataFrame({"filed_on": ["2023-01-05"] * 100 + ["2024-01-05"] * 100, "amount_claimed": 100.0})
    frame["closed_on"] = frame["filed_on"].str.replace("-01-05", "-06-01")
    frame["case_no"] = [f"（{day[:4]}）青0123执{n}号" for n, day in enumerate(frame["filed_on"], start=1)]
    frame["amount_recovered"] = [60.0] * 100 + [90.0] * (100 - blank) + [None] * blank
    asked = {"returns": None, "peers": None, "definitions": "spc-2024", "calendar": "calendar-year", "year": 2024}
    cases = an.Cases.from_frames(frame, as_of="2024-12-31", observed_from="2023-01-01")
    for language, sure in zip(("zh", "en"), said, strict=True):
        with speaking(language):
            material = Material.of(cases, **asked)
            card = next(card for card in _cards(material) if card.label in ("到位率", "Recovery rate"))
            assert sure in moved(material)[0].text
            assert card.change.endswith(sure.split("），")[-1])


def test_a_year_whose_money_is_not_shown_outside_is_named_below_the_table():
    from analysis.report.inputs import Material

    frame = pd.DataFrame(
        {"filed_on": [f"{year}-01-05" for year in (2022, 2023, 2024) for _ in range(60)], "amount_claimed": 100.0}
    )
    frame["closed_on"] = frame["filed_on"].str.replace("-01-05", "-06-01")
    frame["case_no"] = [f"（{day[:4]}）青0123执{n}号" for n, day in enumerate(frame["filed_on"], start=1)]
    frame["amount_recovered"] = 60.0
    frame.loc[60, "amount_claimed"] = 900_000.0  # outweighs all others of 2023
    asked = {"returns": None, "peers": None, "definitions": "spc-2024", "calendar": "calendar-year", "year": 2024}
    cases = an.Cases.from_frames(frame, as_of="2024-12-31", observed_from="2022-01-01")
    with speaking("zh"):
        table = indicator_table(Material.of(cases, **asked), ["recovery_rate"])
    assert pd.isna(table.frame["2023"].iloc[0])
    assert pd.notna(table.frame["2022"].iloc[0])
    assert table.note.startswith("2023年执行到位率的金额不对外，不列；院内文件可以列出。")


def test_two_sentences_of_one_group_say_once_by_what_it_is_told():
    from analysis.report.sections.assessment import _together

    rows = [
        {
            "breakdown": "basis",
            "sentence": f"从执行依据看，民事案件{zh}。\n{en} (basis: civil).",
            "evidence": zh,
            "call": zh,
            "calls": (zh,),
        }
        for zh, en in (("执行完毕率56.38%", "Completed rate: 56.38%"), ("终本率17.77%", "Terminated: 17.77%"))
    ]
    told = _together(*rows)
    assert told["sentence"].split("\n") == [
        "从执行依据看，民事案件执行完毕率56.38%。民事案件终本率17.77%。",
        "Completed rate: 56.38% (basis: civil). Terminated: 17.77% (basis: civil).",
    ]
    assert told["calls"] == ("执行完毕率56.38%", "终本率17.77%")


def test_closings_that_state_no_claim_are_told_beside_the_recovery_rate():
    """Nothing bounds a rate of which a claim is not known: it is said on page one, and the rate compared with nothing."""
    from analysis.report.inputs import Material
    from analysis.report.sections.situation import moved

    frame = pd.DataFrame({"filed_on": ["2023-01-05"] * 50 + ["2024-01-05"] * 50, "amount_claimed": 100.0})
    frame["closed_on"] = frame["filed_on"].str.replace("-01-05", "-06-01")
    frame["case_no"] = [f"（{day[:4]}）青0123执{n}号" for n, day in enumerate(frame["filed_on"], start=1)]
    frame["amount_recovered"] = 60.0
    frame.loc[90:, "amount_claimed"] = None
    asked = {"returns": None, "peers": None, "definitions": "spc-2024", "calendar": "calendar-year", "year": 2024}

    def page_one():
        with speaking("zh"):
            cases = an.Cases.from_frames(frame, as_of="2024-12-31", observed_from="2023-01-01")
            return moved(Material.of(cases, **asked))[0].text

    assert "执行到位率60.00%（不含未填标的额的10件），有未填的，不作同比" in page_one()
    with speaking("zh"):
        whole = Material.of(an.Cases.from_frames(frame, as_of="2024-12-31", observed_from="2023-01-01"), **asked)
        assert indicator_table(whole, ["recovery_rate"]).frame["difference"].isna().all(), "as on page one"
    frame.loc[80:84, "amount_recovered"] = None
    assert "（5件未填；已填部分60.0%）（不含未填标的额的10件），有未填的，不作同比" in page_one()
    cases = an.Cases.from_frames(frame, as_of="2024-12-31", observed_from="2023-01-01")
    row = an.indicators(cases, periods=[2024], only="recovery_rate").iloc[0]
    assert (row["unfilled"], row["unclaimed"]) == (5, 10)
    with speaking("zh"):
        table = indicator_table(Material.of(cases, **asked), ["recovery_rate"])
    assert table.note == "2024年执行到位率不含未填标的额的10件。"
    absent = an.Cases.from_frames(frame.drop(columns="amount_claimed"), as_of="2024-12-31")
    note = an.indicators(absent, periods=[2024], only="recovery_rate")["note"].iloc[0]
    assert "台账没有“申请执行标的额”" in note
    assert "另有" not in note, "a column that is not there has no blanks"


def test_a_figure_on_an_absent_column_is_missing_with_its_reason(cases):
    table = an.indicators(cases, periods=[2024]).set_index("indicator")
    assert pd.isna(table.loc["with_property_in_time_rate", "numerator"])
    assert "无法判断：台账没有“延长天数”“扣除天数”“有无财产可供执行”" in table.loc["with_property_in_time_rate", "note"]


def test_the_sentence_on_missing_amounts_counts_each_amount(sample_cases):
    caption = an.officer_scorecard(sample_cases, period=2011, names=True).caption.zh
    assert "结案中49件未填已发放案款；其中3件因此无法判断是否净执结，未计入" in caption
    note = an.indicators(sample_cases, periods=[2011], only="net_closings")["note"].iloc[0]
    assert "3件判断净执结所需的金额未填或未识别" in in_language(note, "zh")


def test_phases_are_dated_by_the_days_whose_cases_they_count(sample_cases, tmp_path):
    report = built(sample_cases, tmp_path, year=2011).report
    phases = {e.id: e for e in report.exhibits()}["cycle-phases"].frame
    for row in phases.itertuples():
        counted = an.caseflow(sample_cases, freq="M", period=(row.start, row.end))
        assert (counted["filed"].sum(), counted["closed"].sum()) == (row.filed, row.closed)
    assert phases["start"].iloc[0] == pd.Timestamp("2006-02-01")
    assert phases["end"].iloc[0] == pd.Timestamp("2007-02-28")
    assert phases["filed"].iloc[0] == 411


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_code_stands_in_the_report(published, language):
    text = said(published, language, without=["reckoning"])  # the calls by which it was reckoned
    codes = (
        "over_limit",
        "due_soon",
        "accumulating_",
        "amount_recovered",
        "terminated_this_round",
        "by-period",
        "NaN",
        "<NA>",
    )
    for code in codes:
        assert code not in text
    assert language == "en" or not any(
        line in ("peak", "trough", "accumulating", "clearing") for line in text.split("\n")
    )


def test_page_one_speaks_of_errors_that_touch_the_years_figures(tmp_path):
    raw = qingshi.cases()
    of_2022 = raw.index[pd.to_datetime(raw["结案日期"]).dt.year == 2022][:3]
    of_2024 = raw.index[pd.to_datetime(raw["结案日期"]).dt.year == 2024][:2]
    raw.loc[[*of_2022, *of_2024], "结案方式"] = ""
    cases = an.read_cases(qingshi.export(tmp_path / "台账.xlsx", raw), as_of=qingshi.LAST_DAY, court=qingshi.COURT)
    report = built(cases, tmp_path / "2024").report
    first = "\n".join(b.text for b in report.sections[0].blocks if hasattr(b, "text"))
    assert "本年受理的案件中2件的记录有错误级问题，占0.98%，涉及本期数字" in first
    assert "错误级5处" in next(s for s in report.sections if s.id == "quality").blocks[0].text


def test_a_courts_own_scheme_holds_and_stands_in_manifest_and_provenance(cases, tmp_path):
    own = tmp_path / "本院.toml"
    own.write_text(
        '[set]\nid = "qingshi"\nzh = "青石口径"\nen = "Qingshi"\nextends = "spc-2024"\n[scheme]\nfiled_cases_closed_percent = 80\n',
        encoding="utf-8",
    )
    made = built(cases, tmp_path / "2024", definitions=str(own), scheme=own, quotas=True)
    tables = {e.id: e for e in made.report.exhibits()}
    judged = tables["officers-scheme"]
    assert set(judged.frame["criterion"]) == {"filed_cases_closed"}
    shares = judged.frame["value"].dropna()
    assert judged.finding == f"可以判断的{len(shares)}项任务中，完成{(shares >= 80).sum()}项"
    assert "本院.toml" in set(tables["provenance-inputs"].frame["file"])
    assert list(made.manifest["inputs"]["scheme"]) == ["本院.toml"]
    assert "（qingshi）" in made.report.subtitle
    assert not len(an.verify_report(tmp_path / "2024", cases, definitions=own, scheme=own))


def test_quotas_asked_for_where_no_scheme_sets_any_are_not_promised(cases, tmp_path):
    made = built(cases, tmp_path / "2024", definitions="spc-2024", quotas=True).report
    officers = next(section for section in made.sections if section.id == "officers")
    assert officers.heading == "承办人办案情况"
    assert "没有列出任务：没有指定写明任务的考核办法。" in [getattr(block, "text", "") for block in officers.blocks]
    assert "对承办人的任务" not in made.subtitle


def test_a_figure_of_three_years_is_none_of_one_and_formulas_name_their_cases(published):
    exhibits = {exhibit.id: exhibit for exhibit in published["zh"].report.exhibits()}
    assert not exhibits["annual-figures"].frame["indicator"].str.contains("近三年").any()
    formulas = exhibits["definitions-used"].frame.set_index("indicator")["formula"]
    assert formulas["首执终本率"].endswith("（仅案件类型为首次执行的案件）")


@pytest.mark.parametrize(
    ("filed", "kept", "before"), [("1945-12-29", 500, 0), ("1995-10-28", 501, 1)], ids=["no day", "a long time ago"]
)
def test_one_row_filed_long_ago_changes_no_other_figure(cases, tmp_path, filed, kept, before):
    """A report on it took 160 s and 5.5 GB: the flow began in 1945."""
    frame = qingshi.cases()
    frame.loc[len(frame)] = frame.loc[100].to_dict() | {
        "案号": "（2022）青0123执9001号", "立案日期": pd.Timestamp(filed).date(), "结案日期": "", "结案方式": "", "实际到位金额": "",
    }  # fmt: skip
    moved = an.read_cases(qingshi.export(tmp_path / "台账.xlsx", frame), as_of=qingshi.LAST_DAY, court=qingshi.COURT)
    without, with_it = (_material(register) for register in (cases, moved))
    assert (len(moved), len(moved.quarantine)) == (kept, 501 - kept)
    assert with_it.monthly.attrs["before"] == before
    flows = [material.monthly.assign(**{name: material.monthly[name] - extra for name in ("opening", "closing")})
             for material, extra in ((without, 0), (with_it, before))]  # fmt: skip
    pd.testing.assert_frame_equal(*flows)
    assert with_it.years == [2023, 2024]
    if not before:  # a case that is pending since 1995 is one of the stock
        pd.testing.assert_frame_equal(without.indicators, with_it.indicators)
    section = cycle_section(with_it)
    told = [block.text for block in section.blocks if "宜核对" in getattr(block, "text", "")]
    assert told == (["立案早于2022-01的1件与其后各案相隔一年以上，只计入期初存量，立案日期宜核对。"] if before else [])


def _material(cases):
    chosen = dict.fromkeys(("returns", "peers", "definitions", "calendar"))
    return Material.of(cases, year=2024, **chosen)


def test_a_contradiction_of_figures_that_are_all_the_registers_is_said_to_be_one_of_what_they_count(cases):
    told = an.indicators(cases, periods=[2024], definitions=["counts", "spc-2024"]).set_index("indicator")["value"]
    measures = ("amount_closed", "amount_recovered", "recovery_rate")
    row = {name: str(rounded(told[name], 2)) for name in measures}
    returns = an.read_returns(pd.DataFrame([{"court": cases.court, "期间": "2024年", **row}]))
    asked = dict.fromkeys(("peers", "definitions", "calendar"))
    said = "".join(p.text for p in _watch(Material.of(cases, year=2024, returns=returns, **asked)))
    assert "公布数字之间有1组互相矛盾。其中1组的各数都与台账相符" in said
    row["recovery_rate"] = "93.00"
    returns = an.read_returns(pd.DataFrame([{"court": cases.court, "期间": "2024年", **row}]))
    said = "".join(p.text for p in _watch(Material.of(cases, year=2024, returns=returns, **asked)))
    assert "各数都与台账相符" not in said


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["due_soon"], "1件将在30日内届满法定期限，没有已超过法定期限的案件。"),
        (["over_limit"], "1件已超过法定期限。"),
        (["due_soon", "over_limit", "over_limit"], "1件将在30日内届满法定期限，2件已超过法定期限。"),
    ],
)
def test_no_case_is_said_to_be_due_soon_where_all_are_over(kinds, said):
    cases = SimpleNamespace(lacking=lambda *_: ())
    due = pd.DataFrame({"kind": kinds})
    due.attrs |= {"left_out": 0, "lacking": (), "blank_days": [], "holidays_unknown": []}
    material = SimpleNamespace(due=due, cases=cases, year=2024, is_whole=lambda _: True)
    assert [text.zh for text in due_or_over(material)] == [said]


def test_a_court_of_few_cases_has_no_table_without_rows(tmp_path):
    """Of officers of whom nobody may be shown, of files where none was read: headings alone."""
    filed = pd.date_range("2010-01-05", periods=40, freq="18D")
    rows = {"filed_on": filed, "closed_on": filed + pd.Timedelta(days=50), "officer": ["甲", "乙"] * 20}
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2012-03-31")
    report = an.build_report(cases, period=2011, out=tmp_path / "r", formats=["html"]).report
    tables = {exhibit.id: len(exhibit.frame) for exhibit in report.exhibits() if hasattr(exhibit, "frame")}
    assert "officers" in {section.id for section in report.sections}
    assert all(tables.values()), tables


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "2022年3月。数据太短：1个月"), ("en", "Mar 2022. Too short: 1 month cannot")]
)
def test_of_one_month_there_is_no_course_and_no_empty_chart(language, said, tmp_path):
    """The stock had a panel without a point, and the text 1 months from Mar 2022 to Mar 2022."""
    rows = pd.DataFrame({"filed_on": pd.date_range("2022-03-01", periods=30), "closed_on": None})
    rows.loc[:9, "closed_on"] = "2022-03-20"
    cases = an.Cases.from_frames(rows, as_of="2022-03-31")
    report = an.build_report(cases, period=2022, language=language, out=tmp_path / "r", formats=["html"]).report
    (section,) = [section for section in report.sections if section.id == "cycle"]
    with speaking(language):
        drawn = an.plot_cycle(an.cycle(an.caseflow(cases, freq="M"), cases=cases)).chart
    assert section.blocks[0].text.startswith(said)
    assert "cycle-stock" not in {getattr(block, "id", "") for block in section.blocks}
    (stock,) = [mark for mark in drawn.panels[0].marks if mark.role == "recorded" and mark.hover]
    assert stock.with_points


def test_shares_of_few_are_told_by_their_parts_alone():
    """Of 28 closings 28.57% were completed, the text said, where other sentences tell the parts of fewer than 50."""
    filed = pd.date_range("2010-01-05", periods=80, freq="9D")
    rows = {
        "filed_on": filed,
        "closed_on": filed + pd.Timedelta(days=30),
        "closure_mode": ["执行完毕", "终结本次执行程序"] * 40,
        "basis": ["民事", "民事", "仲裁", "仲裁"] * 20,
    }
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    material = Material.of(cases, year=2011, **dict.fromkeys(("returns", "peers", "definitions", "calendar")))
    told = [block.text for block in situation(material).blocks if hasattr(block, "text")]
    mix = next(text for text in told if "按" not in text and "从结案方式看" in text)
    assert "%" not in mix
    assert "占" not in mix
    assert "%" not in headline(material).zh
    assert "结案率" in headline(material).zh
    assert not [text for text in told if "%" in text]
