"""A register of several courts is published under no court's name but the one that was meant."""

from dataclasses import replace

import pandas as pd
import pytest

import analysis as an
from analysis.report.content import Paragraph, Table
from analysis.report.inputs import Material
from analysis.report.one_court import court_name, of_one_court, whose_cases, whose_work
from analysis.report.sections.definitions import definitions
from analysis.report.sections.situation import headline
from analysis.report.sections.summary import _cards, summary
from analysis.report.yearly import _content
from analysis.vocabulary.errors import ArgumentError

pytestmark = pytest.mark.full

ROWS = {
    "case_no": [f"（2016）云0{977 + 11 * (n % 3 == 0)}执{n}号" for n in range(1, 13)],
    "filed_on": "2016-01-10",
    "closed_on": ["2016-03-01"] * 11 + [None],
}
COURTS = ["北岭县人民法院" if n % 3 == 0 else "南溪县人民法院" for n in range(1, 13)]


def register(**about):
    return an.Cases.from_frames(pd.DataFrame(ROWS | {"court": COURTS}), as_of="2016-12-31", **about)


def material(cases):
    return Material.of(cases, year=2016, returns=None, peers=None, definitions=None, calendar=None)


def test_two_courts_are_no_report_of_either(tmp_path):
    for made in (
        lambda: an.build_report(register(), period=2016, out=tmp_path / "r"),
        lambda: an.build_bulletin(register(), period="2016-03", out=tmp_path / "b"),
    ):
        with pytest.raises(ArgumentError, match=r"北岭县人民法院、南溪县人民法院.*--court"):
            made()
    assert not list(tmp_path.iterdir())


def test_the_court_that_was_named_is_reported_alone():
    found = material(register(court_said="北岭县人民法院"))
    assert found.court == "北岭县人民法院"
    assert found.flow(2016) == {"opening": 0, "filed": 4, "closed": 3, "closing": 1, "received": 4}
    assert "受理执行案件4件" in headline(found).zh
    assert whose_work(found.cases).zh == "台账中另有1个法院的案件，未计入。"
    assert material(register().where(court="北岭县人民法院")).court == "北岭县人民法院"


@pytest.mark.parametrize(
    ("court", "title"),
    [
        ("Fuyuan Court", "Fuyuan Court 2016年执行工作分析报告"),
        ("北岭县人民法院", "北岭县人民法院2016年执行工作分析报告"),
    ],
)
def test_a_name_in_latin_letters_does_not_run_into_the_year_of_a_chinese_title(court, title):
    cases = an.Cases.from_frames(pd.DataFrame(ROWS | {"court": court}), as_of="2016-12-31")
    assert _content(material(cases), "zh", lambda _: None).title == title


def test_cases_that_state_no_court_are_of_none_and_no_court_of_their_own():
    rows = pd.DataFrame(ROWS | {"court": [*COURTS[:10], None, None]})
    cases = an.Cases.from_frames(rows, as_of="2016-12-31")
    assert (cases.courts, cases.of_no_court) == (["北岭县人民法院", "南溪县人民法院"], 2)
    assert whose_work(cases.where(court="北岭县人民法院")).zh == (
        "台账中另有1个法院的案件，未计入。还有2件没有写明法院，是否本院的不知，未计入。"
    )
    assert whose_work(of_one_court(replace(cases, court_said="云州市中级人民法院"))).zh.endswith(
        "其中2件没有写明法院。"
    )
    asked = {"periods": 2016, "only": "closed", "definitions": "counts", "names": True}
    north = an.indicators(cases, by="court", **asked).set_index("court").loc["北岭县人民法院"]
    assert north[["value", "least", "most"]].tolist() == [3, 3, 4]  # one of the two is closed
    assert "只含写明法院的案件" in north["note"]
    assert not an.indicators(an.Cases.from_frames(pd.DataFrame(ROWS), as_of="2016-12-31"), by="court", **asked)[
        "note"
    ].any(), "a register that names no court is of one"


@pytest.mark.parametrize(
    "about", [{"court_said": "云州市中级人民法院"}, {"court_said": "南溪县人民法院", "level": "intermediate"}]
)
def test_a_higher_court_has_the_sum_under_its_own_name_and_it_is_said(about):
    cases = of_one_court(register(**about))
    assert (len(cases), court_name(cases)) == (12, about["court_said"])
    assert whose_work(cases).zh == "数字为2个法院合计：北岭县人民法院、南溪县人民法院。"
    named = {"云州市中级人民法院": "云州市中级人民法院所辖2个法院", "南溪县人民法院": "南溪县人民法院及所辖1个法院"}
    assert whose_cases(cases).zh == named[about["court_said"]], "a sum is not said to be one court's"
    assert whose_cases(cases.where(court="南溪县人民法院")).zh == "南溪县人民法院"


def test_commands_and_notebooks_count_the_court_that_was_named_and_say_so(tmp_path, monkeypatch, capsys):
    from analysis.cli import main

    monkeypatch.chdir(tmp_path)
    pd.DataFrame(ROWS | {"court": COURTS}).to_csv("台账.csv", index=False)
    asked = {"as_of": "2016-12-31", "court": "北岭县人民法院"}
    own = an.own_cases("台账.csv", **asked)
    assert (len(own), own.other_courts) == (4, 1)
    assert "台账中另有1个法院的案件，未计入" in own.caption.zh
    both = an.own_cases("台账.csv", as_of="2016-12-31")
    assert "2个法院合计" in both.caption.zh
    called = ["caseflow", "--cases", "台账.csv", "--freq", "Y", "--format", "csv", "--as-of", "2016-12-31"]
    for named, filed, said in (([], "12", "数字为2个法院合计"), (["--court", asked["court"]], "4", "另有1个法院")):
        with pytest.raises(SystemExit) as ended:
            main([*called, *named])
        told = capsys.readouterr()
        assert not ended.value.code
        assert f",{filed}," in told.out
        assert said in told.err


def test_check_finds_numbers_of_two_courts_where_no_column_tells_them_apart():
    found = an.check_cases(an.Cases.from_frames(pd.DataFrame(ROWS), as_of="2016-12-31"))
    one = found[found["rule"] == "several_courts"]
    assert len(one) == 1
    assert "云0977（8件）、云0988（4件）" in one["problem"].iloc[0]
    assert "several_courts" not in set(an.check_cases(register())["rule"])


def test_trials_in_an_export_of_the_whole_court_are_said_to_be_counted_and_found():
    numbers = ["（2016）云0977民初1号", "（2016）云0977 行审 2号", "（2016）云0977执3号", "（2011）云行执字第4号"]
    numbers += ["（2016）云0977执恢5号", "（2016）云0977财保6号"]
    cases = an.Cases.from_frames(pd.DataFrame({"case_no": numbers, "filed_on": "2016-01-05"}), as_of="2016-12-31")
    assert whose_work(cases).zh == "2件的案号不是执行案件的（是审判等案件的），各项数字都含这些案件。"
    assert (
        whose_work(cases).en
        == "2 cases bear the number of no enforcement case (but of a trial, say), yet all figures count them."
    )
    found = an.check_cases(cases)
    assert found.loc[found["rule"] == "not_enforcement", "case_no"].tolist() == numbers[:2]
    assert not whose_work(cases.where(case_no=numbers[2:], names=True)).zh


def test_the_report_of_a_register_with_trials_is_written_and_says_so(tmp_path):
    numbers = [f"（2016）云0977{word}{i}号" for word in ("执", "民初") for i in range(30)]
    rows = {"案号": numbers, "立案日期": "2016-01-05", "结案日期": "2016-03-05"}
    pd.DataFrame(rows).to_csv(tmp_path / "台账.csv", index=False)
    cases = an.read_cases(tmp_path / "台账.csv", as_of="2016-12-31", court="北岭县人民法院")
    an.build_report(cases, out=tmp_path / "o", formats=["html"])
    (file,) = (tmp_path / "o").glob("*.html")
    assert "30件的案号不是执行案件的" in file.read_text(encoding="utf-8")


def test_money_that_the_register_does_not_hold_is_not_said_to_be_kept_inside():
    table = an.indicators(register(), periods=["2016-Q1"], by="court")
    notes = table.loc[table["unit"] == "万元", "note"]
    assert len(notes)
    assert all("台账没有" in note for note in notes)
    assert not table["note"].str.contains("names=True").any()


def test_a_cell_that_was_moved_into_the_column_of_courts_is_not_told():
    rows = {"court": ["富锦市人民法院"] * 5 + ["申请人濮阳九思"], "filed_on": "2011-01-04", "closed_on": "2011-02-04"}
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    with pytest.raises(an.ArgumentError, match="富锦市人民法院") as caught:
        of_one_court(cases)
    assert "濮阳" not in str(caught.value) + whose_work(cases).cell


def test_a_court_whose_name_says_that_it_is_higher_has_the_sum_without_saying_its_level():
    frame = pd.DataFrame(
        {
            "court": ["云州市中级人民法院", "东川县人民法院"] * 3,
            "case_no": [f"（2023）云03执{i}号" for i in range(6)],
            "filed_on": "2023-01-04",
        }
    )
    both = an.Cases.from_frames(frame, as_of="2023-12-31")
    assert len(of_one_court(replace(both, court_said="云州市中级人民法院"))) == 6
    assert len(of_one_court(replace(both, court_said="东川县人民法院"))) == 3
    assert len(of_one_court(replace(both, court_said="云州市中级人民法院", level="basic"))) == 3


def test_courts_told_by_their_codes_alone_are_no_report_until_the_user_says_whose_they_are():
    rows = {name: values for name, values in ROWS.items() if name != "court"}
    bare = an.Cases.from_frames(pd.DataFrame(rows), as_of="2016-12-31")
    with pytest.raises(ArgumentError, match=r"云0977（8件）、云0988（4件）.*--court"):
        of_one_court(bare)
    said = pd.DataFrame(rows | {"court": "南溪县人民法院"})
    named = an.Cases.from_frames(said, as_of="2016-12-31", court_said="南溪县人民法院")
    assert len(of_one_court(named)) == 12
    assert "云0977（8件）、云0988（4件）" in whose_work(named).zh


def test_officers_of_one_name_in_two_courts_are_counted_twice():
    """Cases for each would be too many by half."""
    frame = pd.DataFrame(ROWS | {"court": COURTS, "officer": ["张三", "张三", "李四", "王五"] * 3})
    higher = an.Cases.from_frames(frame, as_of="2016-12-31", court_said="云州市中级人民法院")
    named = frame.groupby("officer")["court"].nunique().sum()
    assert material(higher).officers == named > frame["officer"].nunique()


@pytest.mark.full
@pytest.mark.parametrize(
    ("largest", "said"), [(100.0, ("50.00%", "")), (1e6, ("", "有法院的金额不对外，合计也不列，可分院计算"))]
)
def test_the_card_of_several_courts_adds_up_money_where_that_of_each_may_be_shown(largest, said):
    rows = pd.DataFrame(ROWS | {"court": COURTS, "amount_claimed": [100.0, 100.0, largest, *[100.0] * 9]})
    rows = rows.assign(amount_recovered=rows["amount_claimed"] / 2, closure_mode="completed")
    several = an.Cases.from_frames(rows, as_of="2016-12-31", court_said="云州市中级人民法院")
    made = replace(material(several), definitions="fujin-2012")
    card = next(card for card in _cards(made) if card.label in ("到位率", "Recovery rate"))
    assert (card.value.replace("无数字", ""), card.change) == said


@pytest.mark.full
def test_the_card_of_a_rate_that_a_few_blanks_hold_back_says_so_beside_the_sums_that_are_shown():
    rows = pd.DataFrame(ROWS | {"court": "南溪县人民法院", "amount_claimed": 100.0, "closure_mode": "completed"})
    rows["amount_recovered"] = [None, *[50.0] * 11]
    made = replace(material(an.Cases.from_frames(rows, as_of="2016-12-31")), definitions="fujin-2012")
    assert not pd.isna(made.indicator("amount_closed")["value"])
    card = next(card for card in _cards(made) if card.label in ("到位率", "Recovery rate"))
    assert card.change == "少数案件未填金额，列出会推知其标的额"
    other = replace(made, calendar="dec-21")
    card = next(card for card in _cards(other) if card.label in ("到位率", "Recovery rate"))
    assert card.change == "金额只按台账所写的统计历列出"


def test_a_chart_of_several_courts_is_headed_in_one_language():
    table = an.indicators(
        register(court_said="云州市中级人民法院"), periods=[2016], definitions="fujin-2012", only=["closure_rate"]
    )
    assert an.title_of(an.plot_indicators(table, language="zh")).startswith("多个法院合计")
    assert "several" not in an.title_of(an.plot_indicators(table, language="zh"))


def of_days(days, **columns):
    """A court of which each closing took so many days from filing, as a report of 2016 knows it."""
    filed = pd.Timestamp("2015-01-05") + pd.to_timedelta(range(len(days)), unit="D")
    rows = pd.DataFrame({"case_no": [f"（2015）云0988执{n}号" for n in range(len(days))], "filed_on": filed})
    rows["closed_on"] = filed + pd.to_timedelta(days, unit="D")
    rows = rows.assign(court="南溪县人民法院", closure_mode="completed", **columns)
    return material(an.Cases.from_frames(rows, as_of="2016-12-31", observed_from="2015-01-01"))


OF_LIMIT = {"basis": "civil", "extension_days": 0, "excluded_days": 0}


@pytest.mark.full
@pytest.mark.parametrize("lacking", OF_LIMIT)
def test_where_limits_cannot_be_told_page_one_says_how_many_were_closed_within_180_days_of_filing(lacking):
    """A fact of two dates under a name of its own, with its numbers, beside why the statutory rate is not known."""
    made = of_days([*[400] * 200, *[180] * 90, *[181] * 60], **{k: v for k, v in OF_LIMIT.items() if k != lacking})
    closed = made.cases.table.to_pandas()
    closed = closed[pd.to_datetime(closed["closed_on"]).dt.year == 2016]
    days = (pd.to_datetime(closed["closed_on"]) - pd.to_datetime(closed["filed_on"])).dt.days
    *_, card = _cards(made)
    within = (days <= 180).sum()
    assert 0 < within < len(days)
    assert card.label == "结案中180日内办结"
    assert card.value == f"{100 * within / len(days):.2f}%"
    number, *_, why = card.change.split("；")
    assert number == f"{within}/{len(days)}"
    assert why.startswith("法定期限内结案率无法判断：台账没有")
    text = "".join(block.text for block in summary(made).blocks if isinstance(block, Paragraph))
    assert "法定期限内" not in text
    defined = definitions(made)
    assert any("只数自立案至结案的天数" in getattr(block, "text", "") for block in defined.blocks)
    assert "结案中180日内办结" in next(b.frame for b in defined.blocks if isinstance(b, Table))["indicator"].tolist()


def test_of_few_closings_the_card_of_days_gives_their_numbers_and_no_percent():
    made = of_days([*[400] * 40, *[180] * 9])
    *_, card = _cards(made)
    assert (card.label, card.value, card.trend) == ("结案中180日内办结", "0/40", ())
    assert "%" not in card.change


def test_where_limits_can_be_told_their_rate_stands_and_no_other():
    *_, card = _cards(of_days([*[400] * 60, *[180] * 60], **OF_LIMIT))
    assert card.label == "法定期限内结案率"


def test_without_a_closing_neither_rate_has_a_figure():
    *_, card = _cards(of_days([1000] * 60))
    assert (card.label, card.value) == ("法定期限内结案率", "无数字")


def test_a_share_of_few_is_told_on_its_card_by_its_parts_as_in_the_tables():
    few = {
        "case_no": [f"（{year}）云0977执{n}号" for year in (2015, 2016) for n in range(1, 31)],
        "filed_on": ["2015-02-01"] * 30 + ["2016-02-01"] * 30,
        "closed_on": ["2015-06-01"] * 20 + [None] * 10 + ["2016-06-01"] * 25 + [None] * 5,
    }
    cases = an.Cases.from_frames(pd.DataFrame(few | {"court": "南溪县人民法院"}), as_of="2016-12-31")
    rate = next(card for card in _cards(material(cases)) if card.label == "结案率")
    assert (rate.value, rate.change) == ("25/40", "2015年20/30")
