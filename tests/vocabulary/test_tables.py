"""Tables in a notebook: headings of the language spoken, numbers as people write them, long ones with search and pages."""

import io
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import analysis as an
from analysis.vocabulary.indicator_sets.sets import definitions
from analysis.vocabulary.labels import MAKERS
from analysis.vocabulary.language import speaking
from analysis.vocabulary.result import FIRST_CAPITAL, Result
from analysis.vocabulary.tables import SHOWN_ROWS, frame_html, in_words, labelled, table_html, written
from analysis.vocabulary.text import Text


def texts(html):
    return pd.read_html(io.StringIO(html), flavor="lxml", keep_default_na=False)[-1]


def test_headings_are_spoken_and_the_name_for_code_stands_beneath():
    table = pd.DataFrame({"closed": [383], "recomputed": [99.2227]})
    shown = table_html(table)
    assert 'data-id="closed"' in shown
    assert texts(shown).columns.tolist() == ["结案", "推算值"]
    with speaking("en"):
        assert texts(table_html(table)).columns[0] == "closed"


def test_codes_are_read_as_words_and_stand_at_the_pointer():
    shown = table_html(pd.DataFrame({"indicator": ["closure_rate"], "period": [2011]}))
    assert '<td title="closure_rate">结案率</td>' in shown
    assert ">2011<" in shown


def test_no_code_of_the_seven_notebooks_tables_is_left_in_english():
    codes = {
        "outcome": "compelled",
        "kind": "detention",
        "stretch": "before",
        "group": "moved",
        "of": "terminated_this_round",
    }
    codes |= {"table": "aid", "column": "filed_on", "status": "ignored", "consultation": "none", "scenario": "what_if"}
    codes |= {"variant": "one_minus_cv", "method": "simultaneous", "date": "year_end", "role": "officer"}
    shown = texts(table_html(pd.DataFrame({name: [code] for name, code in codes.items()})))
    assert not [cell for cell in shown.iloc[0] if not re.search("[\u4e00-\u9fff]", cell)]


def test_a_long_text_beside_many_columns_keeps_a_width_in_which_it_can_be_read():
    shown = table_html(
        pd.DataFrame(
            {"note": ["平均未结与“新收速度乘平均办理时间”相差甚远，说明这一年的未结存量还在变动之中"], "court": ["甲"]}
        )
    )
    assert shown.count('<td class="t">') == 1


def test_what_a_clerk_typed_is_shown_as_text():
    assert "<script>alert" not in table_html(pd.DataFrame({"case_no": ["<script>alert(1)</script>"]}))


def test_numbers_are_rounded_and_missing_is_a_dash():
    assert written(pd.Series([6.3e1, None])) == ["63", "—"]
    assert written(pd.Series([-12345.678, 0.0, 1e-5, np.inf])) == ["−12,345.68", "0.00", "1.00e-05", "∞"]
    assert written(pd.Series([2011, 2012], name="year")) == ["2011", "2012"]
    assert written(pd.Series([True, None, "甲\nA"], dtype=object)) == ["是", "—", "甲"]


def test_a_long_table_is_searchable_and_has_its_first_rows_without_scripts():
    long = pd.DataFrame({"filed": range(SHOWN_ROWS + 5)})
    shown = table_html(long)
    assert "ITable" in shown
    assert "查找" in shown.encode().decode("unicode-escape", "replace") or "\\u67e5" in shown
    assert "http" not in shown.split("<script")[0], "no address of another machine"
    assert len(texts(shown)) == SHOWN_ROWS
    hides = shown.index('setAttribute("hidden"')
    assert shown[hides:].split(";")[1].strip().startswith("new ITable("), (
        "the plain table stays until the other is drawn"
    )
    assert "另有5行" in shown
    assert "ITable" not in table_html(long.head(3))


def test_the_same_long_table_may_be_shown_twice():
    long = pd.DataFrame({"filed": range(30)})
    first, second = (table_html(long).split('_fallback"')[0].rsplit('"', 1)[1] for _ in range(2))
    assert first != second


def test_a_frame_says_its_rows_its_day_and_its_notes_in_one_language():
    table = pd.DataFrame({"filed": [1, 2]}, index=[3, 9])
    table.attrs = {"table": "caseflow", "as_of": "2011-12-31", "problems": ["存量为负\nnegative stock"]}
    shown = frame_html(table)
    assert "2行" in shown
    assert "截至2011年12月31日" in shown
    assert "存量为负" in shown
    assert "negative" not in shown


def test_named_rows_are_kept_and_those_without_a_name_stand_under_no_heading():
    by_year = pd.DataFrame({2010: [5], 2011: [7]}, index=pd.Index(["detention"], name="kind"))
    by_year.attrs = {"as_of": "2011-12-31", "table": "coercive_measures"}
    assert texts(frame_html(by_year)).shape == (1, 3)
    told = pd.DataFrame({"closed": [328, 383]})
    told.attrs = {"as_of": "2011-12-31", "table": "caseflow"}
    shown = texts(frame_html(told.describe()))
    assert "平均" in shown.iloc[:, 0].tolist() or "mean" in shown.iloc[:, 0].tolist()
    assert "全年平均" not in frame_html(told.describe()), "the heading of a seasonal index"


@pytest.mark.parametrize(
    "own",
    [
        pd.DataFrame({"foo": [1]}),
        pd.DataFrame({"year": [2010], "my_rate": [0.123456]}, index=["甲"]),
        pd.DataFrame({"year": [2010, 2011], "closed": [1.23456, 2.34567], "court": ["甲", "乙"]}),
        pd.DataFrame({"year": [2010], "closed": [328]}, index=[7]),
        pd.DataFrame({"closed": [1.23456]}, index=pd.Index([2010], name="year")),
        pd.DataFrame({"officer": ["甲"], "team": ["一组"]}, index=["x"]),
        pd.DataFrame({"case_no": ["1", "2"], "amount_claimed": [1.23456, 2.34567]}),
    ],
)
@pytest.mark.parametrize(
    "noted", [{}, {"source": "自己整理", "units": "件", "notes": 5}, {"table": "表3", "notes": [1]}, {"table": 3}]
)
def test_frames_of_the_users_own_are_left_to_pandas_whatever_their_columns_are_called(own, noted):
    own = own.copy()
    own.attrs = noted
    assert frame_html(own) is None
    assert len(labelled(own)) == len(own)


def test_a_number_under_a_name_that_the_user_notes_stays_what_it_is():
    own = pd.DataFrame({"power": [0.5], "coverage": [0.9]})
    own.attrs["table"] = "表3"
    assert labelled(own).to_dict("list") == {"power": [0.5], "coverage": [0.9]}


@pytest.mark.parametrize("notes", [5, 2.5, {"a": 1}, [1, "甲"], "甲", None])
def test_a_table_of_ours_is_shown_whatever_a_user_notes_of_it(notes):
    table = pd.DataFrame({"filed": [1]})
    table.attrs = {"table": "caseflow", "notes": notes, "problems": notes}
    assert "court-table" in frame_html(table)


@pytest.mark.parametrize("rule", ["QS", "QE", "YS", "YE", "ME", "2MS"])
def test_months_that_pandas_added_up_bear_no_names_of_months(rule, tmp_path):
    flow = pd.DataFrame({"period": pd.date_range("2011-01-01", periods=12, freq="MS"), "filed": range(12)})
    flow.attrs = {"table": "caseflow", "freq": "M"}
    summed = flow.set_index("period").resample(rule).sum()
    shown = texts(frame_html(summed)).iloc[0]
    assert shown.tolist() == [str(summed.index[0].date()), summed["filed"].iloc[0]]
    book = pd.read_excel(an.to_excel(summed, tmp_path / "表.xlsx"), header=2)
    assert book["时期"].iloc[0] == summed.index[0]
    assert texts(frame_html(flow)).iloc[0].tolist() == texts(frame_html(flow.set_index("period"))).iloc[0].tolist()
    assert texts(frame_html(flow)).iloc[0, 0] == "2011年1月"


def test_what_a_rate_must_lie_between_is_in_the_unit_of_the_rate():
    table = pd.DataFrame({"measure": ["recovery"], "value": [0.3587], "least": [0.0685], "most": [0.878]})
    table.attrs = {"table": "officer_scorecard.table"}
    assert in_words(table).iloc[0, 1:].tolist() == ["35.87", "6.85", "87.80"]


def test_rows_called_by_a_measure_with_a_unit_are_in_that_unit():
    table = pd.DataFrame({"measure": ["recovery", "closed"], "value": [0.876, 383]})
    table.attrs["table"] = "officer_scorecard.table"
    told = labelled(table.set_index("measure"))["数值"]
    assert told.to_dict() == pytest.approx({"实际到位率（%）": 87.6, "结案": 383})
    units = pd.DataFrame({"unit": ["share"], "value": [0.876]}).set_index("unit")
    assert labelled(units)["数值"].to_dict() == pytest.approx({"%": 87.6})


@pytest.mark.parametrize(
    "made",
    [
        lambda flow: pd.concat([flow, flow], axis=1),
        lambda flow: flow.set_index("period", drop=False),
        lambda flow: flow.set_index(flow["period"].dt.to_period("Q")),
        lambda flow: flow.set_index(["period", "filed"], drop=False),
    ],
)
def test_rows_named_as_a_column_and_columns_of_one_name_are_left_to_pandas(made):
    flow = pd.DataFrame({"period": pd.to_datetime(["2011-01-01"]), "filed": [3]})
    flow.attrs = {"table": "caseflow", "freq": "M"}
    assert frame_html(made(flow)) is None


@pytest.mark.parametrize("by", [5, "filed", {"a": 1}, None, [3]])
def test_whatever_a_user_notes_as_by_the_table_is_shown(by):
    own = pd.DataFrame({"filed": [3, None]})
    own.attrs = {"table": "caseflow", "by": by}
    assert "court-table" in frame_html(own)
    assert labelled(own)["新收"].iloc[0] == 3


@pytest.mark.parametrize(
    "kind",
    [
        float, object, "float32", "Float64", "category", "double[pyarrow]",
        lambda v: v.map(Decimal), lambda v: v.astype(object).map(np.float32), lambda v: v.astype(pd.ArrowDtype(pa.decimal128(5, 3))),
    ],
)  # fmt: skip
@pytest.mark.parametrize("said", ["share", "unit", "measure"])
def test_numbers_are_read_by_their_unit_whatever_kind_of_numbers_they_are(kind, said, tmp_path):
    """Of a column of objects (decimals of a database, rows turned over) 0.5 stood under %."""
    values = pd.Series([0.5, 0.25])
    values = kind(values) if callable(kind) and kind not in (float, object) else values.astype(kind)
    beside = {"share": {}, "unit": {"unit": "share"}, "measure": {"measure": ["recovery"] * 2}}[said]
    name = "share" if said == "share" else "value"
    table = pd.DataFrame({**beside, name: values}) if beside else pd.DataFrame({name: values})
    table.attrs["table"] = "officer_scorecard.table"
    assert [float(value) for value in labelled(table).iloc[:, -1]] == [50, 25]
    assert in_words(table).iloc[:, -1].tolist() == ["50.00", "25.00"]
    book = pd.read_excel(an.to_excel(table, tmp_path / "表.xlsx"), header=2)
    assert book.iloc[:, -1].tolist() == [50, 25]


def test_counts_of_rows_are_no_shares(tmp_path):
    """``describe`` of sixty courts counted 6,000 of them under %."""
    table = pd.DataFrame({"court": ["甲", "甲", "乙"], "value": [0.5, 0.7, 0.6]})
    table.attrs = {"table": "funnel.table", "units": {"value": "share"}}
    summary = table.describe()
    assert labelled(summary).iloc[:2, 0].tolist() == pytest.approx([3, 60])
    assert texts(frame_html(summary)).iloc[:2, 1].tolist() == [3, 60]
    book = pd.read_excel(an.to_excel(summary, tmp_path / "表.xlsx"), header=2)
    assert book.iloc[:2].to_numpy().tolist() == [["数量", 3], ["平均", pytest.approx(60)]]
    counted = table.groupby("court")[["value"]].count()
    assert labelled(counted)["数值"].tolist() == [1, 2]
    assert labelled(table.assign(share=table["value"])[["value", "share"]].corr()).iloc[0, 0] == pytest.approx(1)
    assert labelled(table.groupby("court")[["value"]].mean())["数值（%）"].tolist() == pytest.approx([60, 60])


def test_a_dash_for_what_is_missing_leaves_the_other_numbers_in_their_unit(tmp_path):
    table = pd.DataFrame({"share": [0.5, None], "filed": [3, None]}).astype(object).fillna("—")
    assert labelled(table).to_dict("list") == {"占比（%）": [50.0, "—"], "新收": [3.0, "—"]}
    assert in_words(table)["占比（%）"].tolist() == ["50.00", "—"]
    assert pd.read_excel(an.to_excel(table, tmp_path / "表.xlsx"), header=2)["占比（%）"].iloc[0] == 50


@pytest.mark.parametrize(("notes", "above"), [(5, ""), ("合计\ntotal", "合计"), (["甲", 5], "甲")])
def test_a_workbook_takes_whatever_a_user_notes_of_a_table(tmp_path, notes, above):
    table = pd.DataFrame({"filed": [1]})
    table.attrs["notes"] = notes
    book = pd.read_excel(an.to_excel(table, tmp_path / "表.xlsx"), header=None).fillna("")
    assert book.iloc[1, 0] == above


def test_every_maker_of_tables_is_known():
    """A table of a maker that is not listed would be taken for one of the user's own."""
    sources = [path.read_text(encoding="utf-8") for path in Path(an.__file__).parent.rglob("*.py")]
    results = {name for text in sources for name in re.findall(r"^class (\w+)\(Result\)", text, re.MULTILINE)}
    stub = Path(an.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    functions = re.findall(r"^def (\w+)\((?:[^()]|\([^()]*\))*\) -> pd\.DataFrame:", stub, re.MULTILINE)
    assert len(results) > 30 < len(functions) + 5
    made = {FIRST_CAPITAL.sub("_", name).lower() for name in results} | {*functions} - {"labelled"}
    assert made <= MAKERS


def test_a_frame_that_a_result_was_given_stays_the_users_own():
    rows = pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-03-04"]})
    holidays = pd.DataFrame({"date": ["2011-01-03"], "kind": ["休"]})
    inputs = pd.DataFrame({"file": ["台账.xlsx"], "rows": [1]})
    cases = an.Cases.from_frames(rows, as_of="2011-12-31", holidays=holidays, inputs=inputs)
    assert [holidays.attrs, inputs.attrs, frame_html(inputs)] == [{}, {}, None]
    assert "court-table" in frame_html(cases.inputs)


@pytest.mark.full
def test_a_table_of_the_package_is_known_by_what_it_says_of_itself():
    """A notebook shows those alone in words; all others, as the user's own, are left to pandas."""
    rows = pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-03-04"], "entered_on": ["2011-03-04"]})
    panel = pd.concat(an.sample_panel()[0].assign(year=year) for year in (2010, 2011))
    trends = an.peer_trends(panel, group="court", numerator="closed", denominator="received")
    cases = an.Cases.from_frames(rows, as_of="2011-12-31")
    of_cases = (
        an.entry_quality(cases),
        an.caseflow(cases),
        cases.head(),
        cases.to_pandas(),
        cases.to_pandas(names=True),
        cases.coverage,
        an.read_cases(an.sample_path("register"), as_of="2011-12-31").sources,
    )
    for table in (
        *of_cases,
        *an.sample_panel(),
        an.limit_rules(),
        an.percentile_band(trends),
        an.disposition_time(of_cases[1]),
    ):
        assert "court-table" in (frame_html(table) or ""), table.columns


def test_a_result_shows_caption_first_table_and_notes():
    @dataclass(frozen=True, eq=False)
    class Two(Result):
        table: pd.DataFrame
        phases: pd.DataFrame
        notes: tuple[str, ...]

        @property
        def caption(self):
            return Text("n = 2", "n = 2")

    shown = Two(pd.DataFrame({"filed": [1, 2]}), pd.DataFrame({"closed": range(40)}), ("注\nnote",))._repr_html_()
    assert shown.startswith("<p>n = 2</p>")
    assert "<details>" in shown
    assert shown.endswith("<p><small>注</small></p>")


def test_units_and_pseudonyms_speak_the_language():
    table = pd.DataFrame({"officer": ["承办人-0e49f19b"], "unit": ["万元"], "value": [3.0]})
    with speaking("en"):
        assert texts(table_html(table)).iloc[0].tolist()[:2] == ["officer-0e49f19b", "10,000 yuan"]
    assert texts(table_html(table)).iloc[0].tolist()[:2] == ["承办人-0e49f19b", "万元"]


def test_the_group_of_those_that_state_none_is_called_so():
    table = pd.DataFrame({"court": ["甲县人民法院", None], "officer": ["承办人12", "—"], "closed": [3, None]})
    table.attrs["by"] = ["court"]
    assert in_words(table).values.tolist() == [["甲县人民法院", "承办人12", "3"], ["未填", "未填", "—"]]
    assert labelled(table).iloc[1, :2].tolist() == ["未填", "未填"]


def test_definitions_and_models_are_told_in_words():
    shown = labelled(definitions())
    told = shown[["种类", "期间长短", "方向", "95%区间", "可信程度"]].astype("str")
    assert told.map(lambda cell: bool(re.search("[\u4e00-\u9fff]", cell))).all(axis=None)
    model = pd.DataFrame(
        {"covariate": ["basis"], "level": ["arbitration"], "reference": ["civil"], "hazard_ratio": [1.1]}
    )
    assert labelled(model).iloc[0].tolist()[:3] == ["执行依据", "仲裁", "民事"]


def test_common_words_of_a_users_own_frame_stay_as_they_are():
    """0.9 under "coverage" may be anything; only a result of the package knows it for a share."""
    own = pd.DataFrame({"team": ["一组"], "coverage": [0.9], "power": [7.0], "position": [3.0]})
    shown = an.labelled(own)
    assert shown.columns.tolist() == ["执行小组", "coverage", "power", "position"]
    assert shown.iloc[0].tolist() == ["一组", 0.9, 7.0, 3.0]
    ours = an.labelled(an.read_cases("data/sample/register", as_of="2011-12-31").coverage)
    assert ours.columns.tolist() == ["列", "件数", "填写", "占比（%）", "有值的最早立案日", "此后已结案件都有"]


def test_a_part_of_a_models_table_is_shown_in_words():
    model = pd.DataFrame({"covariate": ["basis"], "level": ["civil"], "reference": ["criminal"], "hazard_ratio": [1.5]})
    model.attrs["table"] = "cox_model.table"
    assert in_words(model[["covariate", "hazard_ratio"]]).iloc[0].tolist() == ["执行依据", "1.50"]
    assert labelled(model[["covariate", "level"]]).iloc[0].tolist() == ["执行依据", "民事"]
    assert "1.50" in frame_html(model.groupby("covariate")[["hazard_ratio"]].sum())


def test_a_merged_table_is_one_of_the_users_own_until_it_is_said_what_it_is():
    """As the page on troubles says."""
    courts, _ = an.sample_panel()
    table = an.funnel(courts, numerator="closed", denominator="received", kind="proportion").table
    merged = table.merge(pd.DataFrame({"court": table["court"], "人口": 3}), on="court")
    assert frame_html(merged) is None
    merged.attrs = table.attrs
    assert "数值（%）" in frame_html(merged)
    assert labelled(merged)["数值（%）"].tolist() == (100 * table["value"]).tolist()


def test_a_table_without_rows_is_a_sentence_and_no_headings_above_nothing():
    table = pd.DataFrame({name: [] for name in ("indicator", "period", "value", "numerator", "denominator", "note")})
    table.attrs["table"] = "indicators"
    shown = frame_html(table)
    assert "<table" not in shown
    assert "没有一行（指标、时期、数值、分子、分母等）" in shown
