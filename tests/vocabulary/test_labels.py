"""One voice: what a column, a code and a group are called is the same wherever a person reads it."""

import io

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.lab.crossfilter import Crossfilter
from analysis.vocabulary.columns import TABLES, codes, columns, vocabularies
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.labels import (
    code_text,
    compared_in,
    group_text,
    heading,
    is_known,
    table_of,
    unit_of,
    units_of,
    units_of_rows,
)
from analysis.vocabulary.labels import read as said
from analysis.vocabulary.language import speaking
from analysis.vocabulary.tables import frame_html, headings, in_words
from analysis.vocabulary.terms import dictionary


@pytest.fixture(scope="module")
def cases():
    frames = {
        "cases": pd.DataFrame(
            {
                "case_no": ["1", "2", "3"],
                "filed_on": ["2011-01-05", "2011-02-05", "2011-03-05"],
                "closed_on": ["2011-04-05", "2011-05-05", None],
                "basis": ["administrative_non_litigation", "civil", None],
                "case_type": ["first", "reopened", "first"],
                "has_property": [True, False, None],
            }
        ),
        "aid": pd.DataFrame({"case_no": ["1"], "petition_id": ["a"], "granted_on": ["2011-02-15"], "amount": [20_000]}),
        "coercive_measures": pd.DataFrame(
            {"case_no": ["1"], "person_id": ["a"], "kind": ["fine"], "date": ["2011-02-15"], "amount": [20_000]}
        ),
    }
    return an.Cases.from_frames(frames, as_of="2011-12-31")


def read(frame):
    """What a notebook shows of a table."""
    return pd.read_html(io.StringIO(frame_html(frame)), flavor="lxml", keep_default_na=False, converters={0: str})[-1]


@pytest.mark.parametrize(
    ("table", "zh", "en"),
    [("aid", "救助金额（元）", "amount (yuan)"), ("coercive_measures", "金额（元）", "amount (yuan)")],
)
def test_yuan_of_the_register_stand_under_yuan_and_ten_thousands_under_ten_thousands(cases, table, zh, en):
    held, counted = getattr(cases, table).to_pandas(), getattr(an, table)(cases, periods=[2011], names=True)
    shown = read(held)
    assert shown[zh].tolist() == [20_000]
    assert headings(held[["case_no", "amount"]])[-1] in ("救助金额（元）", "金额（元）")
    result = read(counted)
    assert result["金额（万元）"].astype(str).str.contains("2").any()
    assert not [name for name in shown if "万元" in name]
    with speaking("en"):
        assert en in read(held)
        assert "amount (10,000 yuan)" in read(counted)


def test_an_amount_of_no_known_table_names_no_unit():
    assert heading("amount").zh == "金额"
    table = pd.DataFrame({"amount": [2.0]})
    assert table_of(table) == ""
    assert headings(table) == ["金额"]


@pytest.mark.parametrize("by", ["basis", "case_type", "has_property"])
def test_no_code_is_left_in_a_chinese_table(cases, by):
    flow = an.caseflow(cases, freq="Y", by=by)
    shown = in_words(flow)
    assert not any(cell.isascii() for cell in shown.iloc[:, 1])
    assert set(shown.iloc[:, 1]) == {str(group_text(by, value)) for value in flow[by]}


def test_a_year_is_read_as_a_year(cases):
    assert in_words(an.caseflow(cases, freq="Y"))["时期"].tolist() == ["2011年"]
    with speaking("en"):
        assert in_words(an.caseflow(cases, freq="Q"))["period"].tolist() == ["2011 Q1", "2011 Q2", "2011 Q3", "2011 Q4"]


def test_property_is_read_as_property():
    assert in_words(pd.DataFrame({"has_property": [True, False]})).iloc[:, 0].tolist() == ["有财产", "无财产"]
    assert [group_text("has_property", v).en for v in (True, False)] == ["with property", "without property"]


def test_what_became_of_a_row_is_no_provision():
    assert code_text("kind", "title").zh == "标题行"
    assert heading("title").zh == "规定"
    assert heading("median_days").zh == "用时中位数（天）", "of ages and of petitions alike"


def test_no_word_is_written_twice():
    """A heading of the register and the name of a code stand in columns.toml and codes.toml alone."""
    import tomllib
    from importlib.resources import files

    own = {n: c.text for t in TABLES for n, c in columns(t).items()}
    own |= {f"{v}_{c.name}": c.text for v in vocabularies() for c in codes(v).values()}
    for path in files("analysis.vocabulary").joinpath("terms").iterdir():
        for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert key not in own or own[key].zh != entry["zh"] or own[key].en != entry["en"], key


def test_a_heading_names_a_unit_of_money_only_where_its_table_has_it():
    for key, term in dictionary().items():
        if "万元" in term.text.zh or "（元" in term.text.zh:
            assert (
                key in {"unit_mixed_up", *(f"outcome_{n}" for n in ("recovered",))}
                or "元以" in term.text.zh
                or "至" in term.text.zh
            ), key
    assert unit_of("amount") is None


def test_a_heading_is_that_of_its_table_with_a_unit_where_it_must_be_named():
    said = {
        ("amount", "register.aid"): ("救助金额（元）", "amount (yuan)"), ("amount", "aid"): ("金额（万元）", "amount (10,000 yuan)"),
        ("filed", ""): ("新收", "filed"), ("filed", "no_such_table"): ("新收", "filed"), ("no_such_column", ""): ("no_such_column", "no_such_column"),
    }  # fmt: skip
    assert {key: (heading(*key).zh, heading(*key).en) for key in said} == said
    assert heading("value", unit="share").zh == "数值（%）"
    assert heading("value", unit="%").en == "value (%)"
    assert heading("value", unit="件").zh == "数值", "a unit of counts is a word of the heading"
    assert heading("amount", "register.aid", unit="万元").zh == "救助金额（万元）"


def test_a_column_is_known_by_its_table_or_by_itself():
    assert [is_known("filed"), is_known("filed", "no_such_table"), is_known("no_such_column")] == [True, True, False]
    assert is_known("measure_recovery", "officer_scorecard.table")
    assert not is_known("measure_recovery")


def test_the_unit_of_a_column_is_that_of_its_table():
    assert unit_of("amount", "register.coercive_measures") == "元"
    assert unit_of("amount", "aid") == "万元"
    assert unit_of("share") == unit_of("share", "no_such_table") == "share"
    assert [unit_of("filed"), unit_of("no_such_column")] == [None, None]


def test_a_bound_has_the_unit_of_what_stands_to_its_left():
    assert units_of(pd.DataFrame(columns=["upper", "closed", "share", "lower", "filed"])) == {
        "upper": None, "closed": None, "share": "share", "lower": "share", "filed": None
    }  # fmt: skip
    both = units_of(pd.DataFrame(columns=["share", "lower", "upper", "closed"]))
    assert both == {"share": "share", "lower": "share", "upper": "share", "closed": None}
    assert units_of(pd.DataFrame(columns=["share", "closed", "lower"]))["lower"] is None


def test_a_frame_may_know_its_units_or_its_table_better():
    frame = pd.DataFrame(columns=["value", "lower", "amount"])
    frame.attrs = {"units": {"value": "share"}, "table": "aid"}
    assert units_of(frame) == {"value": "share", "lower": "share", "amount": "万元"}
    assert units_of(frame, "register.aid")["amount"] == "元"
    assert units_of(pd.DataFrame(columns=["value", "power", "share"])) == {
        "value": None,
        "power": None,
        "share": "share",
    }
    assert units_of_rows(pd.DataFrame({"unit": ["万元", None, "%"]})) == ["万元", None, "%"]
    assert units_of_rows(pd.DataFrame({"value": [1]})) is None
    for column in ("measure", "criterion"):
        rows = pd.DataFrame({column: ["recovery", "closed", "no_such_measure"]})
        rows.attrs["table"] = "officer_scorecard.table"
        assert units_of_rows(rows) == (["share", None, None] if column == "measure" else None)


def test_a_value_is_read_in_the_words_of_its_column():
    shown = {
        ("closure_mode", "settled"): "和解", ("met", True): "是", ("met", False): "否", ("has_property", False): "无财产", ("unit", "share"): "%",
        ("unit", "万元"): "万元", ("court", "某法院"): "某法院", ("filed", 3): 3, ("note", "持平\nunchanged"): "持平", ("note", "随便"): "随便",
        ("officer", "承办人01"): "承办人01", ("team", "no_such_code"): "no_such_code", ("series", "closed"): "结案",
    }  # fmt: skip
    assert {key: said(*key) for key in shown} == shown
    assert said("met", np.bool_(True)) == "是"
    assert said("measure_recovery", None) is None
    with speaking("en"):
        assert [said("note", "持平\nunchanged"), said("unit", "万元"), said("has_property", True)] == [
            "unchanged",
            "10,000 yuan",
            "with property",
        ]
        assert [said("officer", name) for name in ("承办人01", "承办人-0e49f19b", "承办人甲")] == [
            "officer 01",
            "officer-0e49f19b",
            "承办人甲",
        ]
        assert said("person", "承办人01") == "officer 01"
        assert said("note", "承办人01") == "承办人01"


def test_a_group_is_called_by_its_code_its_answer_or_itself():
    named = {
        ("basis", "civil"): ("民事", "civil"), ("has_property", True): ("有财产", "with property"), ("has_property", "False"): ("无财产", "without property"),
        ("team", None): ("未填", "not stated"), ("team", "执行一组"): ("执行一组", "Enforcement Team 1"), ("amount_band", 5): ("5", "5"),
        ("officer", "承办人711800"): ("承办人711800", "officer 711800"), ("officer", "赵明远"): ("赵明远", "赵明远"),
    }  # fmt: skip
    assert {key: (group_text(*key).zh, group_text(*key).en) for key in named} == named
    plain = group_text("complete", np.bool_(False))
    assert (plain.zh, plain.en) == (f"{heading('complete').zh}：否", f"{heading('complete').en}: no")
    assert group_text("complete", "True").zh == f"{heading('complete').zh}：是"


def test_figures_of_several_courts_are_shares_and_their_differences_points():
    first, second = pd.DataFrame({"value": [0.5], "gap": [0.1], "closed": [3]}), pd.DataFrame({"upper_998": [0.5]})
    compared_in("share", first, second)
    assert first.attrs["units"] == {"value": "share", "gap": "points"}
    assert second.attrs["units"] == {"upper_998": "share"}
    compared_in("per_hundred", first)
    assert first.attrs["units"] == {"value": "per_hundred", "gap": "per_hundred"}
    assert in_words(first)["数值（每百件）"].tolist() == ["50.00"]


def test_every_court_whose_published_figures_ship_has_an_english_name():
    names = {
        name
        for path in an.sample_path().glob("returns_*.csv")
        for name in pd.read_csv(path, dtype=str)["court"].dropna()
    }
    assert len(names) > 50
    assert not {name for name in names if court_text(name).en == name}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_cases_whose_word_is_not_understood_are_not_called_blank(language):
    """有无财产 holds 房产, 结案方式 a word of the court's own: something was there."""
    blank = {"zh": "未填或未识别", "en": "blank or not understood"}[language]
    frame = pd.DataFrame({"案号": [f"（2011）富执字第{n}号" for n in range(1, 5)], "立案日期": "2011-01-04"})
    frame = frame.assign(
        结案日期="2011-02-04", 结案方式=["执行完毕", "和解", "挂起", "执行完毕"], 有无财产=["有", "无", "房产", "有"]
    )
    cases = an.read_cases(frame, as_of="2011-12-31")
    with speaking(language):
        counted = Crossfilter(cases)
        for name in ("closure_mode", "has_property"):
            assert counted.dimensions[name].labels[-1] == blank
            flow = an.caseflow(cases, freq="Y", by=name)
            assert blank in in_words(flow).astype(str).to_numpy()
            assert {"zh": "另有未填或未识别的", "en": "in words that are not understood"}[language] in str(
                flow.attrs["problems"]
            )
        assert group_text("officer", None).zh == "未填", "a name is read as it is"
