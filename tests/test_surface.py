"""The door as an analyst finds it: the field's own words, frames in and out, short answers in a terminal, editors, a second name."""

import ast
import datetime as dt
import inspect
import pickle
import re
import subprocess
import sys
import tomllib
import warnings
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import duckdb
import ibis
import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import stubs

import analysis as an
from analysis.vocabulary.calls import taken_by
from analysis.vocabulary.former_names import FORMER
from analysis.vocabulary.help import by_language, in_chinese
from analysis.vocabulary.kinds import must_be_kinds
from analysis.vocabulary.periods import year_of


@pytest.mark.parametrize(
    ("word", "name"), [("承办人", "officer"), ("执行依据", "basis"), ("有无财产", "has_property"), ("标的额段", "amount_band")]
)  # fmt: skip
def test_columns_are_named_by_the_words_of_the_field(word, name):
    said = {
        "officer": list("甲乙丙") * 8,
        "basis": ["civil", "administrative"] * 12,
        "has_property": [True, False] * 12,
    }
    rows = pd.DataFrame(
        {"filed_on": "2011-02-01", "closed_on": "2011-03-01", "amount_claimed": range(9_000, 33_000, 1_000), **said}
    )
    cases = an.Cases.from_frames(rows.assign(case_no=rows.index.astype(str)), as_of="2011-12-31")
    asked = {"periods": [2011], "only": ["closed"]}
    assert len(an.indicators(cases, by=name, **asked)) > 1
    pd.testing.assert_frame_equal(an.indicators(cases, by=word, **asked), an.indicators(cases, by=name, **asked))


@pytest.mark.full
def test_indicators_are_named_by_the_words_of_the_field(sample_cases):
    by_word, by_name = (an.indicators(sample_cases, periods=[2011], only=only) for only in ("结案率", "closure_rate"))
    pd.testing.assert_frame_equal(by_word, by_name)
    panel, _ = an.sample_panel()
    assert an.peer_panel(panel, indicator="结案率").table.equals(an.peer_panel(panel, indicator="closure_rate").table)


def test_english_words_are_taken_in_capitals(sample_cases):
    asked = {"periods": [2011], "only": ["closed"]}
    pd.testing.assert_frame_equal(
        an.indicators(sample_cases, by="Basis", **asked), an.indicators(sample_cases, by="basis", **asked)
    )
    assert an.indicators(sample_cases, periods=[2011], only="Closure rate").indicator.unique().tolist() == [
        "closure_rate"
    ]
    assert len(sample_cases.where(closure_mode="Settlement")) == len(sample_cases.where(closure_mode="和解")) > 0
    assert an.due_date("2011-03-01", basis="Civil") == an.due_date("2011-03-01", basis="民事")


def test_a_word_that_means_no_column_is_answered_with_words(sample_cases):
    with pytest.raises(an.ArgumentError, match="是否想写“承办人”"):
        an.caseflow(sample_cases, by="承办人员工")


def test_several_columns_where_one_is_asked_for_are_refused_in_words(sample_cases):
    with pytest.raises(an.ArgumentError, match="by 不能是"):
        an.officer_scorecard(sample_cases, period=2011, by=["承办人", "小组"])


def test_where_takes_ranges_periods_and_conditions(sample_cases):
    frame = sample_cases.to_pandas(names=True)
    year = frame["filed_on"].dt.year == 2011
    assert len(sample_cases.where(filed_on="2011")) == year.sum() > 0
    assert len(sample_cases.where(立案日期="2011年上半年")) == (year & (frame["filed_on"].dt.month <= 6)).sum()
    large = frame["amount_claimed"].between(10_000, 50_000)
    assert len(sample_cases.where(amount_claimed=(10_000, 50_000), names=True)) == large.sum() > 0
    late = frame["closed_on"] >= "2011-07-01"
    assert (
        len(sample_cases.where(closed_on=("2011-07", None), amount_claimed=lambda yuan: yuan >= 10_000, names=True))
        == (late & (frame["amount_claimed"] >= 10_000)).sum()
    )


def test_where_takes_years_several_periods_and_case_numbers_in_any_brackets(sample_cases):
    frame = sample_cases.to_pandas(names=True)
    filed = frame["filed_on"].dt.year
    assert len(sample_cases.where(filed_on=2011)) == (filed == 2011).sum() > 0
    assert len(sample_cases.where(立案日期=["2010", "2011年"])) == filed.isin([2010, 2011]).sum()
    number = frame["case_no"].iloc[0].replace("(", "（").replace(")", "）")
    assert len(sample_cases.where(案号=number, names=True)) == 1
    with pytest.raises(an.ArgumentError, match="之后"):
        sample_cases.where(filed_on=("2011-06-30", "2011-01-01"))


def test_the_words_of_the_field_have_their_own_limits():
    assert an.due_date("2011-03-01", basis="行政非诉") == pd.Timestamp("2011-06-01")  # three months, not six
    with pytest.raises(an.ArgumentError, match="是否想写“民事”"):
        an.due_date("2011-03-01", basis="民诉")


def test_frequencies_and_rates_are_named_by_the_words_of_the_field(sample_cases):
    pd.testing.assert_frame_equal(an.caseflow(sample_cases, freq="年"), an.caseflow(sample_cases, freq="Y"))
    found = an.decompose_change(sample_cases, indicator="执行到位率")
    assert found.change == an.decompose_change(sample_cases, indicator="recovery_rate").change


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda cases: cases.to_pandas(names="否"), "names 不能是“否”：应为 True 或 False"),
        (lambda cases: cases.to_pandas(name=True), "to_pandas.. 没有参数“name”"),
        (lambda cases: cases.head("三"), "n 不能是“三”：应为 整数"),
        (lambda cases: cases.where("民事"), "须写明"),
        (lambda cases: an.deadlines(cases, scheme=3.7), "scheme 不能是“3.7”：应为 文字、路径 或 None"),
        (lambda cases: an.caseflow(cases, periods=object()), "应为 时期"),
        (lambda cases: an.cycle(an.caseflow(cases), seed=-5), "seed 不能为负"),
        (lambda cases: an.caseflow(cases, by="标的额段"), "不按标的额段"),
        (lambda cases: an.caseflow(cases, "年"), "须写明，如 freq=…"),
        (lambda cases: an.indicators(cases, year=2011), "是否想写“periods”"),
        (lambda cases: an.observations(cases, year=2011), "是否想写“period”"),
        (lambda cases: an.indicators(cases, definitions="无.toml"), "没有这个文件"),
        (
            lambda _: an.funnel(pd.DataFrame(columns=["执行法院", "立案法院"]), numerator="结案", denominator="受理"),
            '如 group="执行法院"',
        ),
        (lambda cases: an.to_excel({"a": cases}, "a.xlsx"), r"tables\['a'\] 不能是 Cases：应为 表"),
        (lambda cases: an.build_report(cases, formats="doc"), "formats 不能是“doc”：.*是否想写“docx”"),
        (lambda _: an.labelled(pa.Table.from_arrays([[1], [2]], names=["案件", "案件"])), "列名重复：案件"),
    ],
)
def test_a_value_of_another_kind_is_refused_in_words(sample_cases, call, said):
    with pytest.raises((an.ArgumentError, an.InputError), match=said):
        call(sample_cases)


def test_choices_are_listed_in_the_language_spoken(sample_cases):
    with an.speaking("en"), pytest.raises(an.ArgumentError) as refused:
        an.caseflow(sample_cases, by="offizer")
    assert 'Did you mean "officer"' in refused.value.text.en
    assert not re.search("[\u4e00-\u9fff]", refused.value.text.en)


def test_a_name_that_is_none_is_answered_with_the_nearest(sample_cases):
    with pytest.raises(AttributeError, match="是否想写“caseflow”"):
        _ = an.casflow
    with pytest.raises(AttributeError, match="to_pandas"):
        sample_cases.groupby("basis")


def test_any_list_is_one_of_values_and_what_is_no_value_is_refused(sample_cases):
    both = len(sample_cases.where(basis=["民事", "仲裁"]))
    for listed in ({"民事", "仲裁"}, pl.Series(["民事", "仲裁"]), pd.array(["民事", "仲裁"]), iter(["民事", "仲裁"])):
        assert len(sample_cases.where(basis=listed)) == both > 0
    for column in ("basis", "filed_on", "amount_claimed", "officer"):
        for strange in (slice("2010", "2011"), {"民事": 1}, [["民事"]], object()):
            with pytest.raises(an.ArgumentError, match=rf"where\({column}=…\)"):
                sample_cases.where(names=True, **{column: strange})


@pytest.mark.parametrize("condition", [lambda day: day.dt.year == 2011, str, lambda day: day])
def test_a_condition_that_is_none_of_ibis_is_refused_in_words(sample_cases, condition):
    with pytest.raises(an.ArgumentError, match=r"lambda day: day.year\(\) == 2011"):
        sample_cases.where(filed_on=condition, names=True)


def test_a_word_of_the_field_that_the_register_lacks_is_no_slip_of_the_pen(sample_cases):
    with pytest.raises(an.ArgumentError, match="台账没有“刑事”的案件，有的是"):
        sample_cases.where(basis="刑事")
    with pytest.raises(an.ArgumentError, match="“五万”不是数"):
        sample_cases.where(amount_claimed="五万", names=True)


@pytest.mark.parametrize(
    "year", [np.int64(2011), 2011.0, Decimal(2011), np.array([2011]), pd.Period("2011"), pd.period_range("2011", periods=4, freq="Q")]
)  # fmt: skip
def test_a_year_by_any_library_is_the_year_and_not_its_first_day(sample_cases, year):
    assert len(sample_cases.where(filed_on=year)) == len(sample_cases.where(filed_on=2011)) > 300


def test_a_day_or_an_amount_that_no_case_has_is_answered_with_the_nearest(sample_cases):
    with pytest.raises(an.ArgumentError, match="最近的是2011-12-2"):
        sample_cases.where(filed_on="2031-01-01")
    with pytest.raises(an.ArgumentError, match="范围"):
        sample_cases.where(amount_claimed=Decimal("0.01"), names=True)
    for no_day in ("2011-00", "2011-05-00"):
        with pytest.raises(an.ArgumentError, match="不是日期"):
            sample_cases.where(filed_on=no_day)
    for no_month in (2011.10, np.float32(2011.5), (2011.10, None)):  # 2011.10 is 2011.1, which was January
        with pytest.raises(an.ArgumentError, match="不是日期"):
            sample_cases.where(filed_on=no_month)
    with pytest.raises(an.ArgumentError, match="“True”不是数"):
        sample_cases.where(amount_claimed=(True, None), names=True)
    with pytest.raises(an.ArgumentError, match="nan"):
        sample_cases.where(amount_claimed=(float("nan"), 1), names=True)


def test_a_register_that_is_used_as_a_frame_says_how_to_get_one(sample_cases):
    for use in (lambda: sample_cases["basis"], lambda: list(sample_cases), lambda: "basis" in sample_cases):
        with pytest.raises(AttributeError, match="to_pandas"):
            use()
    assert len(sample_cases.head(np.int64(3))) == 3
    assert "另有" not in str(sample_cases.where(filed_on=lambda day: day.year() == 1990, names=True).caption)


def test_the_entry_that_is_of_a_wrong_kind_is_named(sample_cases):
    for tables, said in (
        ({"a": pd.DataFrame(), "b": [1]}, r"tables\['b'\] 不能是 list"),
        ({"a": pl.Series([1])}, "不能是 Series：应为 表"),
    ):
        with pytest.raises(an.ArgumentError, match=said):
            an.to_excel(tables, "表.xlsx")
    with pytest.raises(an.ArgumentError, match=r"source\[1\] 不能是“2”"):
        an.read_cases(iter(["台账.xlsx", 2]))
    with pytest.raises(an.ArgumentError, match=r"only\[1\] 不能是 object"):
        an.indicators(sample_cases, only=["结案率", object()])


@pytest.mark.parametrize("ends", [(1, 2, 3), ("很多", None)])
def test_a_range_that_is_none_is_refused(sample_cases, ends):
    with pytest.raises(an.ArgumentError, match=r"where\(amount_claimed=…\)"):
        sample_cases.where(amount_claimed=ends, names=True)


def test_a_frame_outside_holds_nothing_that_tells_whose_case_it_is(sample_cases):
    outside, inside = sample_cases.to_pandas(), sample_cases.to_pandas(names=True)
    assert {"case_no", "officer", "team", "amount_claimed"} <= {*inside} - {*outside}
    assert {"filed_on", "closed_on", "basis"} <= {*outside}
    assert len(outside) == len(sample_cases)
    assert len(sample_cases.head(3)) == 3


LIBRARIES = {
    "polars": pl.from_pandas,
    "lazy polars": lambda frame: pl.from_pandas(frame).lazy(),
    "arrow": pa.Table.from_pandas,
    "duckdb": duckdb.from_df,
}


@pytest.mark.parametrize("library", LIBRARIES.values(), ids=LIBRARIES)
def test_a_table_of_any_library_is_taken_wherever_a_table_is(tmp_path, library):
    table = pd.DataFrame({"basis": ["civil"], "share": [0.5], "filed_on": pd.to_datetime(["2011-01-04"])})
    given = library(table)
    pd.testing.assert_frame_equal(an.labelled(given), an.labelled(table), check_dtype=False)
    an.to_excel({"表": given}, tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == an.to_excel({"表": table}, tmp_path / "b.xlsx").read_bytes()
    counts = pd.DataFrame({"period": pd.date_range("2011-01-01", periods=3, freq="MS"), "filed": 5, "closed": 4})
    assert an.caseflow_from_counts(library(counts))["closing"].tolist() == [1, 2, 3]


def test_a_year_and_a_month_of_numpy_are_periods_and_scalars_of_arrow_values(sample_cases):
    for given, same in (
        (np.datetime64("2011-03"), "2011-03"),
        (np.datetime64("2011", "Y"), 2011),
        ((np.datetime64("2011-01"), np.datetime64("2011-03")), ("2011-01-01", "2011-03-31")),
        (pa.array(["2011-03"]), "2011-03"),
    ):
        assert len(sample_cases.where(filed_on=given)) == len(sample_cases.where(filed_on=same)) > 10


def saved(table, folder):
    book = openpyxl.load_workbook(an.to_excel({"表": table}, folder / "表.xlsx"))
    return [[cell.value for cell in row] for row in book["表"].iter_rows(min_row=3)]


def test_statistics_and_margins_of_pandas_are_said_in_words(tmp_path):
    rows = pd.DataFrame({"basis": ["civil", "civil", "criminal"], "closure_mode": "settled", "days": [1, 2, 3]})
    by = rows.groupby("basis").agg({"days": ["sum", "median"]})
    assert saved(by, tmp_path)[:2] == [["执行依据", "天数·合计", "天数·中位数"], ["民事", 3, 1.5]]
    assert an.labelled(by).reset_index().to_numpy().tolist() == [["民事", 3, 1.5], ["刑事", 3, 3.0]]
    crossed = rows.pivot_table(index="basis", columns="closure_mode", values="days", aggfunc="sum", margins=True)
    assert saved(crossed, tmp_path) == [["执行依据", "和解", "合计"], ["民事", 3, 3], ["刑事", 3, 3], ["合计", 6, 6]]
    several = rows.pivot_table(index="basis", columns="closure_mode", values="days", aggfunc=["sum", "median"])
    assert [*an.labelled(several)] == ["合计·和解", "中位数·和解"]
    assert [row[0] for row in saved(rows.describe(), tmp_path)][:3] == ["行", "数量", "平均"]
    assert an.labelled(rows.describe()).index.tolist()[:3] == ["数量", "平均", "标准差"]


def test_a_summary_of_one_column_stands_under_words_of_statistics_with_its_numbers_as_they_are(tmp_path):
    """``size`` and ``median`` are columns of the package's own too: of a share, and of days."""
    rows = pd.DataFrame(
        {"basis": ["civil", "civil", "criminal"], "amount_claimed": [1.0, 2.0, 6.0], "year": [2010, 2011, None]}
    )
    by = rows.groupby("basis")["amount_claimed"]
    summed = by.agg(["size", "median", "std"])
    assert saved(summed, tmp_path)[:2] == [
        ["执行依据", "数量", "中位数", "标准差"],
        ["民事", 2, 1.5, pytest.approx(0.707, abs=1e-3)],
    ]
    assert an.labelled(summed).iloc[0, :2].tolist() == [2, 1.5]
    assert [*an.labelled(by.describe())][:3] == ["数量", "平均", "标准差"]
    assert [*an.labelled(by.agg(["size", "count"]))] == ["数量（size）", "数量（count）"]
    assert [*an.labelled(pd.DataFrame({"freq": ["M"], "last": [3]}))] == ["freq", "最后"]
    wide = rows.pivot_table(index="basis", columns="year", values="amount_claimed")
    assert [[*an.labelled(wide)], saved(wide, tmp_path)[0][1:]] == [["2010", "2011"]] * 2


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (pd.Timedelta(days=36, hours=12), 36.5),
        (dt.timedelta(days=3), 3),
        (2**63 - 1, "9223372036854775807"),
        (10**30, "1" + "0" * 30),
        (Decimal("NaN"), None),
        (np.float32("inf"), "∞"),
        (pd.Timestamp(np.datetime64("12000-12-31", "s")), "12000-12-31"),
        ("半\ud800字", "半?字"),
    ],
    ids=["span", "span of Python", "long number", "longer", "no number", "infinite", "far day", "half a character"],
)
def test_values_that_no_cell_holds_are_written_as_people_read_them(tmp_path, value, held):
    assert saved(pd.DataFrame({"甲": pd.Series([value, None], dtype=object)}), tmp_path)[1] == [held]


def test_columns_called_by_tuples_and_shares_beyond_numbers_are_saved(tmp_path):
    pairs = pd.DataFrame([[1.0, 1e308]], columns=pd.Index([("filed", "x"), ("share", "y")], tupleize_cols=False))
    assert saved(pairs, tmp_path)[0] == ["新收·x", "占比·y"]
    assert saved(pd.DataFrame({"share": [1e308]}), tmp_path)[1] == ["∞"]


@pytest.mark.parametrize("library", [lambda frame: frame, *LIBRARIES.values()], ids=["pandas", *LIBRARIES])
def test_a_register_is_read_from_a_dataframe(sample_cases, library):
    frame = sample_cases.to_pandas(names=True)
    again = an.read_cases(library(frame), as_of="2011-12-31")
    pd.testing.assert_frame_equal(again.to_pandas(names=True), frame)


@pytest.mark.parametrize("library", [pl.from_pandas, pa.Table.from_pandas])
def test_published_figures_are_read_from_any_dataframe(library):
    printed = pd.read_csv(an.sample_path("returns_fujin.csv"), dtype="str")
    pd.testing.assert_frame_equal(an.read_returns(library(printed)), an.read_returns(printed))


def test_a_frame_of_cells_as_excel_gives_them_is_read_as_its_file_would_be(sample_cases):
    rows = {
        "案号": ["（2011）富执字第1号", "（2011）富执字第2号"],
        "立案日期": [pd.Timestamp("2011-01-04"), "2011年3月1日"],
    }
    read = an.read_cases(pd.DataFrame(rows).assign(标的额=[500.0, "2万"]).set_index("案号"), as_of="2011-12-31")
    frame = read.to_pandas(names=True)
    assert frame["filed_on"].astype(str).tolist() == ["2011-01-04", "2011-03-01"]
    assert frame["amount_claimed"].tolist() == [500.0, 20_000.0]


def test_tables_of_ibis_and_days_as_periods_are_read():
    frame = pd.DataFrame(
        {"案号": ["（2023）川0199执1号"], "立案日期": [pd.Period("2023-05-08", "D")], "承办人": ["甲"]}
    )
    day = pd.Timestamp("2023-05-08")
    for given in (frame, ibis.memtable(frame.assign(立案日期=day))):
        assert an.read_cases(given, as_of="2023-12-31").to_pandas()["filed_on"].tolist() == [day]
    with pytest.raises(an.InputError, match=r"… \(9\)"):
        an.read_cases(pd.Series(["甲"] * 9), as_of="2023-12-31")


def test_two_columns_of_one_name_are_refused():
    twice = pd.DataFrame([["1", "2011-01-04", "2011-02-04"]], columns=["案号", "立案日期", "立案日期"])
    with pytest.raises(an.InputError, match="列名重复：立案日期"):
        an.read_cases(twice, as_of="2011-12-31")


def test_results_are_a_screen_of_ten_lines(sample_cases):
    for result in (
        sample_cases,
        an.cycle(an.caseflow(sample_cases, freq="M"), cases=sample_cases),
        an.time_to_close(sample_cases),
    ):
        lines = repr(result).splitlines()
        assert lines[0] == type(result).__name__
        assert 2 < len(lines) <= 10


def test_a_register_says_that_it_cannot_be_pickled(sample_cases):
    with pytest.raises(an.ArgumentError, match="ingest"):
        pickle.dumps(sample_cases)


def test_tables_are_saved_as_people_read_them(sample_cases, tmp_path):
    table = an.indicators(sample_cases, periods=[2011], only=["结案率"])
    book = openpyxl.load_workbook(
        an.to_excel({"指标": table, "收结": an.caseflow(sample_cases, freq="Y")}, tmp_path / "表.xlsx")
    )
    assert [(sheet.value, sheet.number_format) for sheet in book["收结"][4]][:2] == [("2006年", "General"), (0, "0")]
    sheet = book["指标"]
    assert next(c for c in sheet[4] if c.value == 383).number_format == "0"  # beside a rate of two decimals
    cells = dict(zip([c.value for c in sheet[3]], [c.value for c in sheet[4]], strict=True))
    assert cells["数值"] == pytest.approx(table["value"].iloc[0])
    assert cells["分子"] == table["numerator"].iloc[0]
    labelled = an.labelled(table)
    assert labelled["数值"].tolist() == table["value"].tolist()


@pytest.mark.parametrize("names", [["收/结"], ["a", "A"], ["表" * 32], ["a\nb"], ["History"]])
def test_names_that_are_none_of_sheets_are_refused(names, tmp_path):
    with pytest.raises(an.ArgumentError, match="工作表名"):
        an.to_excel(dict.fromkeys(names, pd.DataFrame({"filed": [1]})), tmp_path / "表.xlsx")


def test_what_people_make_of_tables_is_saved_too(tmp_path):
    def saved(table):
        sheet = openpyxl.load_workbook(an.to_excel(table, tmp_path / "表.xlsx")).worksheets[0]
        return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]

    own = pd.DataFrame({"year": [2001, 2002]}, index=["甲", "乙"])
    assert saved(own) == [["行", "年份"], ["甲", 2001], ["乙", 2002]]
    assert saved(pd.concat({"一": own}))[1] == ["一", "甲", 2001]
    odd = {"p": pd.period_range("2024-01", periods=1, freq="M"), "t": pd.to_timedelta(["1D"]), "l": [[1, 2]]}
    odd["z"] = pd.to_datetime(["2024-01-01"]).tz_localize("Asia/Shanghai")
    odd["d"] = pd.array([dt.date(2024, 1, 1)], dtype="date32[pyarrow]")
    day = pd.Timestamp("2024-01-01")
    assert saved(pd.DataFrame(odd))[1] == ["2024-01", 1, "[1, 2]", day, day]
    when = [dt.date(2024, 1, 2), dt.time(3, 4), pd.Timestamp("1850-01-01"), b"x", 1 + 2j, pd.Interval(0, 1)]
    when.append(pd.Timestamp("2024-01-02", tz="Asia/Shanghai"))
    assert [row[0] for row in saved(pd.DataFrame({"a": pd.Series(when, dtype=object)}))[1:]] == [
        dt.datetime(2024, 1, 2), "03:04:00", "1850-01-01", "b'x'", "(1+2j)", "(0, 1]", dt.datetime(2024, 1, 2),
    ]  # fmt: skip
    assert saved(pd.DataFrame({"a": pd.cut([1, 5], [0, 2, 9])}))[1] == ["(0, 2]"]
    assert saved(pd.DataFrame({"a": ["字" * 40_000]}))[1][0].endswith("字…")
    assert saved(pd.DataFrame({np.nan: [1]}, index=pd.Index(["x"], name="nan")))[0] == ["行（nan）", "nan"]
    for call in (saved, an.labelled):
        with pytest.raises(an.InputError, match="列名重复：x"):
            call(pd.DataFrame([[1, 2]], columns=["x", "x"]))


def test_what_a_pivot_makes_stands_under_the_words_of_its_values(tmp_path):
    rows = pd.DataFrame({"team": ["甲", "甲"], "closure_mode": ["settled", "completed"], "amount_claimed": [3, 4]})
    wide = rows.pivot_table(index="team", columns="closure_mode", values=["amount_claimed"], aggfunc=["sum", "count"])
    heads = ["合计·申请执行标的额·执行完毕", "合计·申请执行标的额·和解"]
    assert list(an.labelled(wide))[:2] == heads
    by_day = rows.assign(d=pd.to_datetime(["2024-01-01", "2024-01-02"])).pivot_table(
        index="team", columns="d", values="amount_claimed"
    )
    counted = pd.crosstab(rows["team"], rows["closure_mode"])
    book = openpyxl.load_workbook(
        an.to_excel({2024: wide, "b": by_day, "c": counted.reset_index()}, tmp_path / "表.xlsx")
    )
    assert [[cell.value for cell in sheet[3]][:3] for sheet in book] == [
        ["执行小组", *heads], ["执行小组", "2024-01-01", "2024-01-02"], ["执行小组", "执行完毕", "和解"],
    ]  # fmt: skip


def test_a_table_that_no_sheet_holds_is_refused(tmp_path):
    with pytest.raises(an.OutputError, match="16,384列"):
        an.to_excel(pd.DataFrame(np.zeros((1, 16_385))), tmp_path / "表.xlsx")


def test_a_workbook_without_a_table_is_refused(tmp_path):
    with pytest.raises(an.ArgumentError, match="没有给出要写的表"):
        an.to_excel({}, tmp_path / "表.xlsx")


def test_a_table_that_lacks_columns_is_answered_with_what_its_call_takes():
    """``columns=`` is taken by what reads a register alone."""
    own = pd.DataFrame({"时期": ["2011"], "新收": [371]})
    with pytest.raises(an.InputError, match=r"现有列：时期、新收。请补上该列，或把对应的列改成该列名。$"):
        an.plot_caseflow(own)
    with pytest.raises(an.InputError, match=r"写明对应的列名（或用 columns=，命令行为 --columns）"):
        an.read_cases(pd.DataFrame({"案号": ["（2011）富执字第1号"], "某日": ["2011-03-01"]}), as_of="2011-12-31")


def test_editors_see_the_door_as_it_is():
    assert stubs.DOOR.read_text(encoding="utf-8") == stubs.stub(), "python tests/stubs.py"


FUNCTIONS = [name for name in an.__all__ if inspect.isfunction(getattr(an, name))]


def test_editors_tell_every_function_in_chinese():
    held = {
        node.name: node
        for node in ast.walk(ast.parse(stubs.DOOR.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert [name for name in FUNCTIONS if name not in held or not by_language(ast.get_docstring(held[name]))[0]] == []


def test_a_script_that_makes_warnings_errors_meets_none_of_ibis():
    rows = pd.DataFrame({"case_no": ["（2011）富执字第1号"], "filed_on": ["2011-01-04"], "basis": ["civil"]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cases = an.Cases.from_frames(rows, as_of="2011-12-31")
        before = [*warnings.filters]
        assert an.caseflow(cases.where(basis="民事"), freq="Y").filed.tolist() == [1]
        assert warnings.filters == before  # the user's own stay as they are
        with pytest.raises(DeprecationWarning, match="own"):
            warnings.warn("the user's own", DeprecationWarning, stacklevel=1)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_is_told_in_chinese(name):
    signature = inspect.signature(getattr(an, name))
    told = in_chinese(name, taken_by(inspect.unwrap(getattr(an, name))))
    assert re.match(r"[^\n]*[\u4e00-\u9fff][^\n]*。", told)
    assert all(
        f"{p}：" in told for p, kind in signature.parameters.items() if kind.kind.name.startswith(("KEYWORD", "POS"))
    )


def test_periods_and_lists_of_pandas_are_taken(sample_cases):
    years = an.indicators(
        sample_cases, periods=pd.period_range("2010", "2011", freq="Y"), only=pd.Index(["closure_rate"])
    )
    assert (
        years["value"].tolist()
        == an.indicators(sample_cases, periods=[2010, 2011], only="closure_rate")["value"].tolist()
    )
    by = an.caseflow(sample_cases, freq="Y", by=pd.Series(["basis"]))
    assert by.equals(an.caseflow(sample_cases, freq="Y", by="basis"))
    assert len(sample_cases.where(basis=np.array(["civil"]))) == len(sample_cases.where(basis="civil"))


def test_nothing_is_told_of_what_is_not_there():
    known = tomllib.loads((Path(an.__file__).parent / "vocabulary" / "help.toml").read_text(encoding="utf-8"))
    taken = {name: {*taken_by(inspect.unwrap(getattr(an, name)))} for name in FUNCTIONS}
    assert {*known["functions"]} == {*taken}
    assert {*known["parameters"]} == set().union(*taken.values())
    own = {name: texts for name, texts in known.items() if name not in ("functions", "parameters")}
    assert {name: {*texts} - taken[name] for name, texts in own.items()} == {name: set() for name in own}


def test_classes_and_what_a_user_calls_of_them_are_told_in_chinese_where_editors_read_it():
    """Editors read the source of a class, never what is put above its docstrings when it is loaded."""
    classes = [getattr(an, name) for name in an.__all__ if not inspect.isfunction(getattr(an, name))]
    of_users = (an.Cases, an.Tallies, an.Text)
    members = {
        f"{public.__name__}.{name}": getattr(member, "__func__", member)
        for public in of_users
        for name, member in vars(public).items()
        if not name.startswith("_") and (inspect.isroutine(member) or isinstance(member, property | cached_property))
    }
    assert {"Cases.where", "Cases.from_frames", "Cases.years", "Tallies.load", "Tallies.caption"} < {*members}
    for name, told in {**{public.__name__: public for public in classes}, **members}.items():
        zh, en = by_language(inspect.getdoc(told))
        assert zh.endswith("。"), name
        assert en, name


@pytest.mark.parametrize("year", [pd.Period("2011", "Y"), np.datetime64("2011"), np.int64(2011), "2011年"])
def test_a_year_of_any_library_is_a_year(year):
    assert year_of(year, "period") == 2011
    must_be_kinds({"period": year}, {"period": "Year"})


@pytest.mark.parametrize("no_year", [pd.Period("2011", "Y-MAR"), pd.Period("2011Q2"), np.datetime64("2011-03")])
def test_what_is_no_calendar_year_is_not_taken_for_one(no_year):
    with pytest.raises(an.ArgumentError, match="不是年份"):
        year_of(no_year, "period")


def test_one_column_given_for_a_table_is_answered_with_what_makes_it_one(tmp_path):
    for column in (pd.Series([1, 2]), pl.Series([1, 2])):
        with pytest.raises(an.ArgumentError, match=r"\.to_frame\(\)"):
            an.to_excel({"a": column}, tmp_path / "a.xlsx")


def test_an_unknown_definition_set_is_answered_with_titles():
    with pytest.raises(an.ArgumentError, match="spc-2008（最高人民法院案件质量评估）"):
        an.definitions("质效")


def test_help_speaks_chinese_where_somebody_types():
    asked = "an.caseflow.__doc__, an.Cases.where.__doc__, an.InputError.__doc__, sep='|'"
    script = f"import sys; sys.ps1 = '>>> '; import analysis as an; print({asked})"
    told = subprocess.run([sys.executable, "-X", "utf8", "-c", script], capture_output=True, check=True).stdout.decode()
    caseflow, where, error = told.split("|")[0], *told.split("|")[-2:]
    assert caseflow.startswith("按期统计收、结、存")
    assert "Parameters" in caseflow
    assert where.startswith("选出部分案件")
    assert "Keep the cases" in where
    assert error.startswith("交进来的东西")


def test_a_file_of_ones_own_does_not_stand_in_the_way(tmp_path):
    (tmp_path / "analysis.py").write_text("raise ImportError", encoding="utf-8")
    script = "import court_analysis as an; from court_analysis import Text; print(an.Text is Text, an.__version__)"
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.split()[0] == "True"


def test_a_module_under_the_second_name_is_the_one_under_the_first(tmp_path):
    """Loaded twice, its errors would be none of the door's, and no ``except`` would catch them."""
    script = (
        "import court_analysis.vocabulary.errors as e, court_analysis.charts.caseflow as c, court_analysis as an; import analysis.charts.caseflow;"
        "print(e.InputError is an.InputError, c is analysis.charts.caseflow, c.__spec__.name)"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", "True", "analysis.charts.caseflow"]


RIGHT = """
import numpy as np
import pandas as pd
import polars as pl
import analysis as an
from matplotlib.figure import Figure

cases = an.read_cases("台账.xlsx", as_of="2011-12-31")
part: an.Cases = cases.where(basis="民事", filed_on=("2011-01-01", None))
frame: pd.DataFrame = part.to_pandas(names=True)
flow: pd.DataFrame = an.caseflow(an.read_cases(frame), freq="M", by="承办人", period=("2010-01", None))
words: str = str(an.cycle(flow, cases=cases).caption) + an.__version__
an.to_excel({"收结": flow}, "收结.xlsx")
an.plot_caseflow(flow).savefig("收结.png")
an.plot_caseflow(flow, interactive=True).update_layout(title="收结存")
figure: Figure = an.plot_cycle(an.cycle(flow), language="en", size="half")
words = an.alt_of(figure) + an.save_figure(an.plot_caseflow(flow), "收结存.svg").name
with an.speaking("en"), an.or_say_why():
    print(part.head(3, names=True))
for freq in ("W", "M", "Q"):
    an.caseflow(cases, freq=freq)
an.indicators(cases, periods=[2010, "2011年上半年", ("2011-01-01", "2011-06-30")], only="结案率")
an.indicators(cases, periods=2011, definitions=None)
an.build_report(cases, period=2011, formats=["html", "xlsx"], out="报告")
an.stock_change(cases, period=("2010-01-01", "2011-12-31"), by=["basis"])
an.bulletin(cases, period=pd.Timestamp("2011-11-25"))
an.petitions(cases, periods=[2010, 2011]).table.to_csv("信访.csv")
years: list[int] = [2010, 2011]
an.indicators(cases, periods=years)
an.indicators(cases, periods=range(2009, 2012))
loud: bool = len(words) > 3
an.plot_funnel(an.funnel(an.peer_panel(an.sample_panel()[0]), adjust="multiplicative"), interactive=loud)
for calendar in an.definitions()["set"]:
    print(calendar)
an.labelled(pl.DataFrame({"filed": [3]}).lazy())
an.to_excel({"收结": pl.DataFrame({"filed": [3]}), "又": flow}, "收结.xlsx")
an.deadlines(cases, kinds="已超期")
an.closed_within(cases, months=6)
an.officer_scorecard(cases, period=np.int64(2011), by="小组")
an.indicators(cases, periods=np.int64(2011))
an.read_cases(pl.LazyFrame({"案号": ["1"]}), as_of="2011-12-31")
an.Cases.from_frames({"cases": frame, "aid": pl.DataFrame()}, as_of="2011-12-31", calendar="dec-21")
print(an.conclusion(flow, an.observations(cases)))
"""
WRONG = """
import court_analysis as an

cases = an.read_cases(5)
an.caseflow(an.read_cases("台账.xlsx"), frequ="M")
an.caseflow("台账.xlsx")
an.plot_nothing()
an.caseflow(cases, freq="D")
an.plot_caseflow(an.caseflow(cases)).update_layout(title="收结存")
an.plot_caseflow(an.caseflow(cases), interactive=True).savefig("收结.png")
an.build_report(cases, formats=["doc"])
an.indicators(cases, years=[2011])
an.officer_scorecard(cases)
an.use_style("fr")
an.Cases.from_frames([1], as_of="2011-12-31")
"""
WRONG_FROM = WRONG.splitlines().index("cases = an.read_cases(5)") + 1
ON_THE_SCREEN = (
    WRONG.splitlines().index('an.plot_caseflow(an.caseflow(cases), interactive=True).savefig("收结.png")') + 1
)


@pytest.mark.full
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_type_checkers_know_right_calls_from_wrong_ones(tmp_path, checker):
    def lines(script):
        (tmp_path / "script.py").write_text(script, encoding="utf-8")
        if checker == "mypy":
            told = ["--strict", "--follow-imports=silent", "--python-executable", sys.executable]
        else:
            told = ["--pythonpath", sys.executable, "--level", "error"]
        asked = [sys.executable, "-m", {"mypy": "mypy", "pyright": "basedpyright"}[checker], *told, "script.py"]
        run = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
        said = re.findall(r"script\.py:(\d+):[^\n]*error", run.stdout)
        assert said or re.search(r"Success|^0 errors", run.stdout, re.MULTILINE), run.stdout + run.stderr
        return [int(line) for line in said]

    assert lines(RIGHT) == []
    every = {*range(WRONG_FROM, len(WRONG.splitlines()) + 1)}
    # plotly tells mypy nothing of its types, so mypy lets its figures be used as anything
    assert {*lines(WRONG)} == every - ({ON_THE_SCREEN} if checker == "mypy" else set())


@pytest.mark.parametrize(
    ("function", "former", "present"),
    [
        ("indicators", {"years": (2010, 2011)}, {"periods": [2010, 2011]}),
        ("caseflow", {"freq": "Y", "start": "2010"}, {"freq": "Y", "period": ("2010", None)}),
        ("stock_change", {"start": "2010", "end": "2011-06"}, {"period": ("2010", "2011-06")}),
    ],
)
def test_former_names_of_arguments_are_taken_with_a_warning_at_the_callers_line(
    sample_cases, function, former, present
):
    with pytest.warns(FutureWarning, match="已改名为 period") as warned:
        old = getattr(an, function)(sample_cases, **former)
    assert warned[0].filename == __file__
    new = getattr(an, function)(sample_cases, **present)
    pd.testing.assert_frame_equal(getattr(old, "table", old), getattr(new, "table", new))


def test_both_names_of_an_argument_are_refused(sample_cases):
    with pytest.raises(an.ArgumentError, match="periods 与旧名 years 不能同时写"):
        an.indicators(sample_cases, years=2011, periods=2011)


STRETCHES = {"year", "years", "start", "end"}
FIRST = {  # what stands first is called by what it is
    "cases", "flow", "returns", "data", "result", "source", "path", "out", "folder", "table", "tables", "chart", "text", "language",
}  # fmt: skip
ALONE = {
    "caseflow_from_counts": "counts",
    "due_date": "filed_on",
    "definitions": "sets",
    "sample_path": "name",
    "in_language": "cell",
}


def test_times_and_what_stands_first_are_named_one_way():
    for name in FUNCTIONS:
        named = list(inspect.signature(getattr(an, name)).parameters.values())
        assert not STRETCHES & {p.name for p in named}, name
        if named and named[0].kind is named[0].POSITIONAL_OR_KEYWORD and not name.startswith("sample_"):
            assert named[0].name in FIRST | {ALONE.get(name)}, name


def test_former_names_are_names_no_longer_and_present_ones_are():
    for name, former in FORMER.items():
        taken = taken_by(inspect.unwrap(getattr(an, name)))
        assert {*former.values()} <= {*taken}
        assert not {*former} & {*taken}, name
