"""Column-wise reading gives what reading row by row gives: cell by cell, and in what becomes of every row."""

from contextlib import contextmanager, nullcontext
from unittest.mock import patch

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analysis.files import csv
from analysis.files.formats import parsed_sheets
from analysis.register import columnar_rows, intake
from analysis.register import rows as rows_module
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import InputError

HEADERS = ["案号", "法院", "案件类型", "立案日期", "结案日期", "结案方式", "申请执行标的额（万元）", "实际到位金额",
           "承办人", "有无财产可供执行", "延长天数", "原执行案号"]  # fmt: skip
TOLD = ("inputs", "mapping", "quarantine", "skipped", "unreadable")
NUMBERS = ["（2011）富执字第12号", "(2011)富执字第12号", " （2011）富执字第 12 号", "2011富执字第3号", "（2011)富执恢字第4号", "执行12", "—", "",
           "合计", "（2011）富执字第5号（合计）", "（2011）富执字第５号", "本年合计", "注：截至年末"]  # fmt: skip
DATES = ["2011-03-05", "2011/3/5", "2011.3.5 14:30", "2011年3月5日", "20110305", "40607", "2011-02-30", "2011-13-01", "未结", "", "-", "二〇一一年三月五日",
         "2011-03-05T00:00:00", " 2011-03-05", "0001-01-01", "9999-12-31", "3月5日"]  # fmt: skip
AMOUNTS = ["1234.5", "50600", "50600.0", "1,234.56", "12万元", "-5", "+5", "1e5", "1e0005", "nan", "inf", "", "－", "0.0000005", "123456789012.34",
           "999999999999", "1000000000000.5", "12.3456789", ".5", "5.", "１２", "(12)", "0x1", "1_000", "2.5元"]  # fmt: skip
TEXTS = [
    "",
    "甲",
    "王　伟",
    " 李 四 ",
    "无",
    "n/a",
    "a\u200bb",
    "x,y",
    'a"b',
    "未结",
    "示例01-02",
    "\u2028",
    "Ａ",
    "甲\x0b乙",
    "NULL",
    "#N/A",
]
CODES = [
    "首次执行",
    "恢复执行",
    "执行案件",
    "first",
    "",
    "终本",
    "执行完毕",
    "终结本次执行程序（无财产）",
    "怪词",
    "01-执行完毕",
    "无",
]
YES = ["有", "无", "是", "1", "0", "true", "FALSE", "√", "部分", "", "有财产"]
DAYS = ["0", "90", "30天", "3个月", "", "-2", "1e3", "5.0", "99999999999999999999"]
COLUMNS = [NUMBERS, TEXTS, CODES, DATES, DATES, CODES, AMOUNTS, AMOUNTS, TEXTS, YES, DAYS, NUMBERS]
PLAIN = [
    "（2011）富执字第12号",
    "甲法院",
    "首次执行",
    "2011-03-05",
    "2011-05-06",
    "执行完毕",
    "12.5",
    "125000",
    "王某",
    "有",
    "0",
    "",
]

cell = st.integers(0, len(HEADERS) - 1).flatmap(lambda i: st.tuples(st.just(i), st.sampled_from(COLUMNS[i])))
odd_rows = st.lists(cell, max_size=4).map(lambda cells: [dict(cells).get(i, text) for i, text in enumerate(PLAIN)])
rows = st.one_of(
    st.just(PLAIN), odd_rows, st.just([]), st.just([*PLAIN, "多余"]), st.just(PLAIN[:5]), st.just([*PLAIN, ""])
)


@contextmanager
def row_by_row():
    """Text split by the csv module, and every row in doubt."""
    whole = columnar_rows.plain_rows

    def in_doubt(*given_as):
        rows, doubt = whole(*given_as)
        return rows, np.ones_like(doubt)

    with (
        patch.object(columnar_rows, "plain_rows", in_doubt),
        patch.object(csv, "_lines_are_rows", return_value=False),
        patch.object(intake, "sheets_of", parsed_sheets),
    ):
        yield


def read(path, *, plainly, **given_as):
    with nullcontext() if plainly else row_by_row():
        return read_cases(path, as_of="2011-12-31", **given_as)


def assert_alike(path, **given_as):
    one, other = (read(path, plainly=plainly, **given_as) for plainly in (False, True))
    pd.testing.assert_frame_equal(one.table.to_pandas(), other.table.to_pandas(), check_exact=True)
    for name in TOLD:
        first, second = (getattr(cases, name) for cases in (one, other))
        if name == "skipped":
            first, second = (table.sort_values("kind", ignore_index=True) for table in (first, second))
        if name == "unreadable":  # by column in one block of rows, whatever the size of the blocks
            first, second = (table.sort_values(["row", "column"], ignore_index=True) for table in (first, second))
        pd.testing.assert_frame_equal(first, second, check_dtype=False)


def written(cells, delimiter=","):
    return delimiter.join(f'"{c.replace(chr(34), chr(34) * 2)}"' if delimiter in c or '"' in c else c for c in cells)


@given(body=st.lists(rows, min_size=1, max_size=30), end=st.sampled_from(["\n", "\r\n"]), last=st.booleans(),
       encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]), delimiter=st.sampled_from(",\t;"),
       title=st.sampled_from([[], ["2011年执行台账"], ["2011年执行台账", ""]]))  # fmt: skip
@example(body=[PLAIN] * 3 + [[*PLAIN[:6], amount, amount, *PLAIN[8:]] for amount in AMOUNTS], end="\n", last=True,
         encoding="utf-8", delimiter=",", title=[])  # fmt: skip
@example(body=[[*PLAIN[:3], day, day, *PLAIN[5:]] for day in DATES] + [[], [*PLAIN, "多余"]], end="\r\n", last=False,
         encoding="gb18030", delimiter="\t", title=["台账", ""])  # fmt: skip
@example(body=[[*PLAIN[:3], day, day, *PLAIN[5:]] for day in ("2011-03-05", "0000-12-31", "9999-12-31")], end="\n", last=True,
         encoding="utf-8", delimiter=",", title=[])  # fmt: skip
@example(body=[[*PLAIN[:6], amount, amount, *PLAIN[8:]] for amount in (".5", "5.", "", "12.3456789", "999999999999")], end="\n",
         last=True, encoding="utf-8", delimiter=",", title=[])  # fmt: skip
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.full
def test_text_reads_alike_row_by_row_and_column_wise(tmp_path, body, end, last, encoding, delimiter, title):
    lines = [*title, delimiter.join(HEADERS), *(written(row, delimiter) for row in body)]
    path = tmp_path / "cases.csv"
    path.write_bytes((end.join(lines) + end * last).encode(encoding))
    with patch.object(csv, "PIECE", 700), patch.object(csv, "BLOCK", 400):
        assert_alike(path)


@pytest.mark.full
@pytest.mark.parametrize("court", [None, "丙法院"])
def test_parquet_of_any_types_reads_alike(tmp_path, court):
    n = 200
    texts = {h: [COLUMNS[i][k % len(COLUMNS[i])] for k in range(n)] for i, h in enumerate(HEADERS)}
    typed = {
        **texts,
        "立案日期": pa.array(pd.date_range("2011-01-01", periods=n).date),
        "法院": pa.array([None if k % 7 == 0 else f"{k % 5}法院" for k in range(n)]).dictionary_encode(),
        "结案日期": pa.nulls(n),
        "实际到位金额": pa.array([None if k % 3 == 0 else k / 7 for k in range(n)]),
        "有无财产可供执行": pa.array([None if k % 3 == 0 else k % 2 == 0 for k in range(n)]),
        "延长天数": pa.array([None if k % 3 == 0 else k for k in range(n)], pa.int32()),
        "案号": pa.array([f"（2011）富执字第{k}号" for k in range(n)]).dictionary_encode(),
    }
    for name, columns in (("texts", texts), ("typed", typed)):
        pq.write_table(pa.table(columns), tmp_path / f"{name}.parquet")
        assert_alike(tmp_path / f"{name}.parquet", court=court)


@pytest.mark.full
def test_numbers_that_must_say_court_and_case_type_read_alike(tmp_path):
    numbers = [
        f"（20{11 + k % 9}）{court}{word}{k}号{tail}"
        for k in (1, 20, 1234567)
        for court in ("富", "黑0882", "富法", "")
        for word in ("执字第", "执", "执恢", "执保字第", "民初字第", "执异", "")
        for tail in ("", "之一")
    ]  # fmt: skip
    numbers += ["（2011）富执字第0号", "（2011）富执字第007号", "（2016）黑0882号", "（2016）执1882号"]
    for court in (None, "丙法院"):
        for headers, row in ((["案号", "立案日期"], []), (["案号", "立案日期", "法院", "案件类型"], ["", ""])):
            path = tmp_path / f"{len(headers)}.csv"
            lines = [",".join([number, "2011-03-05", *row]) for number in numbers]
            path.write_text("\n".join([",".join(headers), *lines]), encoding="utf-8")
            assert_alike(path, court=court)


@pytest.mark.full
def test_returns_within_a_line_and_lines_within_a_cell_are_counted_alike(tmp_path):
    plain, path = ",".join(PLAIN), tmp_path / "cases.csv"
    for odd in (
        plain.replace("甲法院", '"甲\n法院"'),
        plain.replace("甲法院", '"甲\r法院"'),
        f"{plain}\r{plain}",
        plain + "多\u2028\x85",
    ):
        path.write_bytes("\n".join([",".join(HEADERS), plain, odd, plain, plain + ",多余", plain]).encode())
        assert_alike(path)


def test_a_layout_mistaken_on_every_row_stops_and_a_line_without_end_too(tmp_path, monkeypatch, in_process):
    monkeypatch.setattr("analysis.register.intake.MOST_SET_ASIDE", 50)
    path = tmp_path / "cases.csv"
    path.write_text("\n".join(["案号,立案日期", *["（2011）富执字第1号,2011-45-45"] * 200]), encoding="utf-8")
    with pytest.raises(InputError, match="50"):
        read(path, plainly=True)
    for many in (1, 100):  # within the first rows and beyond
        lines = ["案号,立案日期", *["（2011）富执字第1号,2011-01-04"] * many, "（2011）富执字第1号" + "x" * 2_100_000]
        path.write_text("\n".join(lines), encoding="utf-8")
        monkeypatch.setattr(csv, "PIECE", 1_000_000)
        with pytest.raises(InputError, match=rf"{many + 2}行.*1,000,000"):
            read(path, plainly=True)


def test_rows_set_aside_that_hold_much_text_are_as_many_as_memory_takes(tmp_path, monkeypatch, in_process):
    monkeypatch.setattr("analysis.register.intake.MOST_CHARACTERS", 2_000)
    path = tmp_path / "cases.csv"
    for day, amount, rows in (("不详", "1", 30), ("2011-01-04", "约" + "9" * 90, 30), ("不详", "1", 3)):
        lines = [f"（2011）富执字第{n}号,{day},{amount},{'下落不明' * 20}" for n in range(rows)]
        path.write_text("\n".join(["案号,立案日期,申请标的额,备注", *lines]), encoding="utf-8")
        if rows < 30:
            read(path, plainly=True)
        else:
            with pytest.raises(InputError, match="29处"):
                read(path, plainly=True)


def test_every_row_that_is_no_case_is_listed_and_holds_as_much_text_as_memory_takes(tmp_path, monkeypatch, in_process):
    path = tmp_path / "cases.csv"
    notes = [f"（2011）富执字第{n}号,2011-01-04\n注：{'谈话笔录' * 5}," for n in range(1_500)]
    path.write_text("\n".join(["案号,立案日期", *notes]), encoding="utf-8")
    cases = read(path, plainly=True)
    assert (cases.skipped["rows"].sum(), len(cases.skipped_rows)) == (1_501, 1_501)
    monkeypatch.setattr("analysis.register.intake.MOST_CHARACTERS", 2_000)
    with pytest.raises(InputError, match="合计等行"):
        read(path, plainly=True)


def test_a_sheet_stops_early_where_more_of_it_cannot_be_read_than_can(tmp_path, monkeypatch, in_process):
    monkeypatch.setattr("analysis.register.intake.MOST_BEFORE_ROWS", 50)
    bad, path = ["（2011）富执字第1号,2011-45-45"] * 60, tmp_path / "cases.csv"
    path.write_text("\n".join(["案号,立案日期", *bad]), encoding="utf-8")
    with pytest.raises(InputError, match="50"):
        read(path, plainly=True)
    path.write_text("\n".join(["案号,立案日期", *["（2011）富执字第1号,2011-01-04"] * 60, *bad]), encoding="utf-8")
    read(path, plainly=True)


@pytest.mark.parametrize("line", [3, 60])
def test_a_damaged_byte_is_named_by_its_place_in_any_piece(tmp_path, monkeypatch, line, in_process):
    lines = [",".join(HEADERS), *[",".join(PLAIN)] * 100]
    path = tmp_path / "cases.csv"
    before = "\n".join(lines[:line]).encode()
    path.write_bytes(before + b"\xff" + "\n".join(["", *lines[line:]]).encode())
    monkeypatch.setattr(csv, "CHUNK", 1000)
    monkeypatch.setattr(csv, "PIECE", 700)
    with pytest.raises(InputError, match=f"第{line}行"):
        read(path, plainly=True)


@pytest.mark.full
def test_a_workbook_reads_alike_row_by_row_and_column_wise(tmp_path, accounted):
    import xlsxwriter

    path = tmp_path / "cases.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("2011")
        sheet.write_row(0, 0, ["执行案件台账（单位：万元）"])
        sheet.write_row(1, 0, HEADERS)
        for k in range(60):
            row = [column[k % len(column)] for column in COLUMNS]
            sheet.write_row(k + 2, 0, row if k % 3 else PLAIN)
        sheet.write_row(62, 0, [*PLAIN[:3], 40607, 40707.5, PLAIN[5], 12.5, 3e-7, 7, True, 30, None])
        sheet.write_datetime(62, 4, pd.Timestamp("2011-05-06 14:30"), book.add_format({"num_format": "yyyy/m/d h:mm"}))
    assert_alike(path)
    accounted(read(path, plainly=True))


def test_corrected_rows_are_read_one_by_one_and_no_others(tmp_path):
    path = tmp_path / "cases.csv"
    rows = [[f"（2011）富执字第{k}号", *PLAIN[1:]] for k in range(1, 6)]
    path.write_text("\n".join(map(",".join, [HEADERS, *rows])), encoding="utf-8")
    findings = pd.DataFrame(
        {"table": "cases", "file": path.name, "sheet": "", "row": [3], "field": ["closed_on"], "case_no": [rows[1][0]],
         "corrected": ["2011-09-09"]}
    )  # fmt: skip
    findings.to_csv(tmp_path / "back.csv", index=False)
    whole, asked = rows_module.sort_out, []

    def sort_out(context, rows):
        asked.extend(rows.numbers.tolist())
        return whole(context, rows)

    with patch("analysis.register.intake.sort_out", sort_out):
        cases = read(path, plainly=True, corrections=tmp_path / "back.csv")
    assert asked == [3]
    assert cases.corrections["status"].tolist() == ["applied"]
    assert cases.table.order_by("source_row").closed_on.to_pandas().astype(str).tolist() == [
        "2011-05-06", "2011-09-09", "2011-05-06", "2011-05-06", "2011-05-06"
    ]  # fmt: skip


def test_an_unnamed_last_column_moves_no_cells(tmp_path, accounted):
    path = tmp_path / "cases.csv"
    lines = [
        "案号,立案日期,",
        *(f"（2011）富执字第{k}号,2011-01-04,补" for k in range(1, 4)),
        "（2011）富执字第9号,2011-01-04,补,多",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    cases = read(path, plainly=True)
    accounted(cases)
    assert len(cases) == 3
    assert cases.quarantine["row"].tolist() == [5]
    assert_alike(path)


RENAMED = ["案号", "立案日期", "办结日期", "办结方式", "执行团队", "承办人", "旁注"]


@pytest.mark.parametrize("headings", [RENAMED, [*RENAMED[:3], "办结样式", "办案单元", "承办人", "旁批"]])
def test_headings_that_change_in_the_middle_are_a_header_where_they_mean_the_same_columns(tmp_path, headings):
    """The row was set aside as a case without a day, and its words kept check from printing any that name columns."""
    top = ["案号", "立案时间", "结案时间", "结案方式", "办案组", "承办法官", "当事人姓名"]
    case = [[f"（2023）青0123执{n}号", "2023-01-04", "2023-05-04", "执行完毕", "执行一组", "甲", "乙"] for n in (1, 2)]
    (tmp_path / "a.csv").write_text("\n".join(map(",".join, [top, case[0], headings, case[1]])), encoding="utf-8")
    cases = read(tmp_path / "a.csv", plainly=True)
    assert (len(cases), len(cases.quarantine)) == (2, 0)
    assert cases.skipped_rows[["row", "kind"]].values.tolist() == [[1, "header"], [3, "header"]]
    moved = [headings[0], headings[2], headings[1], *headings[3:]]
    (tmp_path / "a.csv").write_text("\n".join(map(",".join, [top, case[0], moved, case[1]])), encoding="utf-8")
    with pytest.raises(InputError, match="第3行又是表头，各列的次序与上面的表头不同"):
        read(tmp_path / "a.csv", plainly=True)
