"""Registers that chance has put together: reading and checking them raises nothing but our own errors and loses no row."""

import csv
import io
import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from analysis.checks.checks import check_cases
from analysis.register.reading import read_cases
from analysis.vocabulary.columns import TABLES, columns
from analysis.vocabulary.errors import CourtAnalysisError
from analysis.vocabulary.language import speaking
from analysis.vocabulary.text import LANGUAGES, in_language

NAMES = sorted({name for t in TABLES for c in columns(t).values() for name in (c.text.zh, c.text.en, *c.aliases)})
HEADERS = st.sampled_from(
    [
        *NAMES,
        "序号",
        "备注",
        "",
        " ",
        "案 号",
        "金额（万元）",
        "标的额（千元）",
        '"; DROP TABLE cases; --',
        "=1+1",
        "案号",
        "合计",
    ]
)
DATES = [
    "2011-03-05", "2011/3/5", "2011.3.5", "2011年3月5日", "20110305", "40607", "２０１１年３月５日", "2011-03-05 14:30", "2011-02-30",
    "1900-01-00", "9999-12-31", "0", "未结", "二〇一一年三月五日", "2011年3月", "3/5/2011", "-1",
]  # fmt: skip
AMOUNTS = ["1,234.56", "12.5万元", "1.2亿", "￥3,000", "－５", "1e308", "五万", "(500)", "0", "nan", "inf", "9" * 40]
NUMBERS = [
    "（2011）富执字第1号", "(2011)富执字第001号", "〔2011〕富执恢字第2号", "（2019）黑0882执恢123号之一", "（2016）黑0833执保7号", "2011富执1",
    "（2011）执", "（2011）富民初字第3号", "富执", "（9999）富执字第99999999号", "（2019）黑0882执异1号",
]  # fmt: skip
WORDS = [
    "", " ", "合计", "小计", "注：略", "执行完毕", "终本", "挂账", "首次执行", "执恢", "是", "否", "√", "张三", "王　伟", "=cmd|'/C calc'!A0", "+1", "@x",
    "-", "NULL", "\u200b", "\ufeff", "a\nb", "a\r\nb,c", "'", '"', "\\", "总计：5件", "第1页", "\U0001f600", "x" * 300, "30天", "\t",
]  # fmt: skip
CELLS = st.one_of(st.sampled_from(DATES + AMOUNTS + NUMBERS + WORDS), st.text(max_size=8))
FORMS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "tab", "xlsx", "xls", "parquet"])


@st.composite
def registers(draw):
    """Rows of text as a sheet holds them, a sound case here and there among them, and how many of those."""
    header = ["案号", "立案日期", *draw(st.lists(HEADERS, max_size=7))]
    rows = draw(st.lists(st.lists(CELLS, max_size=len(header) + 1), max_size=7))
    sound = draw(st.lists(st.integers(0, len(rows)), max_size=4))
    for n, place in enumerate(sound):
        cells = draw(st.lists(CELLS, max_size=len(header) - 2))
        rows.insert(place, [f"（2011）富执字第{900 + n}号", "2011-05-06", *cells])
    above = draw(st.lists(st.lists(st.sampled_from(["富锦法院台账", "单位：万元", ""]), max_size=2), max_size=3))
    return above, header, rows, len(sound)


def write(path, form, above, header, rows):
    """The rows in the form wanted; how many the file has."""
    everything = [*above, header, *rows]
    if form == "parquet":
        width = range(len(header))
        texts = [pa.array([r[i] if i < len(r) else None for r in rows], pa.string()) for i in width]
        pq.write_table(pa.Table.from_arrays(texts, names=header), path)
        return len(rows)
    if form in ("xlsx", "xls"):
        (write_xlsx if form == "xlsx" else write_xls)(path, everything)
        return max(i for i, row in enumerate(everything, start=1) if any(row))
    text = io.StringIO()
    csv.writer(text, delimiter="\t" if form == "tab" else ",").writerows(everything)
    path.write_bytes(text.getvalue().encode("utf-8" if form == "tab" else form))
    return len(everything)


def write_xlsx(path, rows):
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value:
                    sheet.write_string(r, c, value)


def write_xls(path, rows):
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value:
                sheet.write(r, c, value)
    book.save(str(path))


@given(registers(), FORMS)
def test_any_register_is_read_and_checked_without_losing_a_row(register, form):
    above, header, rows, sound = register
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"cases.{form if form in ('xlsx', 'xls', 'parquet') else 'csv'}"
        try:
            written = write(path, form, above, header, rows)
        except (UnicodeEncodeError, ValueError):  # a character that this form cannot hold
            return
        before = path.read_bytes()
        try:
            cases = read_cases(path, as_of="2011-12-31")
        except CourtAnalysisError as error:
            must_say_something(error)
            return
        finally:
            assert path.read_bytes() == before
    inputs = cases.inputs.iloc[0]
    assert inputs["rows"] == written
    assert inputs["rows"] == inputs["kept"] + inputs["quarantined"] + inputs["skipped"]
    assert inputs["quarantined"] == len(cases.quarantine)
    assert inputs["skipped"] == cases.skipped["rows"].sum()
    kept = cases.table.select("case_no", "filed_on", "source_row").to_pandas()
    assert kept["source_row"].is_unique
    assert kept["filed_on"].notna().all()
    if not any(len(row) > len(header) for row in rows):  # nothing that could have moved a sound row's cells
        mine = kept[kept["case_no"].isin([f"（2011）富执字第{900 + n}号" for n in range(sound)])]
        assert (mine["filed_on"] == pd.Timestamp("2011-05-06")).sum() == sound
    must_be_findings(check_cases(cases), written)


def must_say_something(error):
    for language in LANGUAGES:
        assert error.text.within(language).strip()


def must_be_findings(found, rows):
    assert found["row"].dropna().between(1, rows + 1).all()
    for cell in {*found["problem"], *found["proposed_fix"]}:
        assert in_language(cell, "zh")
        assert in_language(cell, "en")
    with speaking("en"):
        assert sum(found.attrs["rules"].values()) == len(found)
