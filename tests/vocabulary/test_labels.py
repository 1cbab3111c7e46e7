"""One voice: what a column, a code and a group are called is the same wherever a person reads it."""

import io

import pandas as pd
import pytest

import analysis as an
from analysis.vocabulary.columns import TABLES, codes, columns, vocabularies
from analysis.vocabulary.labels import code_text, group_text, heading, table_of, unit_of
from analysis.vocabulary.language import speaking
from analysis.vocabulary.tables import frame_html, in_words
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
    held, counted = getattr(cases, table).to_pandas(), getattr(an, table)(cases, years=[2011])
    shown = read(held)
    assert shown[zh].tolist() == [20_000]
    assert read(held[["case_no", "amount"]]).columns[-1] in ("救助金额（元）", "金额（元）")
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
    assert read(table).columns.tolist() == ["金额"]


@pytest.mark.parametrize("by", ["basis", "case_type", "has_property"])
def test_no_code_is_left_in_a_chinese_table(cases, by):
    flow = an.caseflow(cases, freq="Y", by=by)
    shown = in_words(flow)
    assert {cell for cell in shown.iloc[:, 1] if cell.isascii()} <= {"—"}
    assert set(shown.iloc[:, 1]) - {"—"} == {str(group_text(by, value)) for value in flow[by].dropna()}


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
