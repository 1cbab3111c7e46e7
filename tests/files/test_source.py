"""Files that resist: they change while they are read, are huge, hold traps in names, or are no register at all."""

import datetime as dt
import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import analysis as an
from analysis.checks.checks import check_cases
from analysis.files.formats import parsed_sheets
from analysis.files.source import cannot_be_read, digest, open_source
from analysis.inference.peers.scheme import read_scheme
from analysis.measures.side_files import hand_kept
from analysis.register import intake, reading
from analysis.register.court_file import read_court_file
from analysis.register.reading import read_cases
from analysis.register.settings import own_columns
from analysis.report.formats.word import must_be_a_template
from analysis.returns.reading import read_returns
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.language import speaking

HEADER = ["案号", "立案日期"]
CASE = ["（2011）富执字第1号", "2011-01-04"]
TRAP = '"; DROP TABLE cases; --'


@pytest.mark.parametrize("name", ["cases.xlsx", "cases.ods", "cases.parquet"])
def test_a_damaged_file_is_not_called_bad_text(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x07damaged\x00\xffbytes" * 40)
    with pytest.raises(InputError, match=r"以 \.\w+ 命名"):
        read_cases(tmp_path / name, as_of="2011")


@pytest.mark.parametrize(
    ("begins", "kind"), [(b"%PDF-1.7\n", "PDF"), (b"\x89PNG\r\n\x1a\n", "图片"), (b"\x1f\x8b\x08", "请先解压")]
)
@pytest.mark.parametrize("name", ["台账.csv", "台账.xlsx"])
def test_a_file_of_another_kind_is_called_what_it_is(tmp_path, name, begins, kind):
    (tmp_path / name).write_bytes(begins + bytes(range(256)) * 20)
    with pytest.raises(InputError, match=kind):
        read_cases(tmp_path / name, as_of="2011-12-31")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among the files")
@pytest.mark.parametrize(
    "read",
    [
        lambda pipe: read_cases(pipe, as_of="2011-12-31"),
        lambda pipe: read_cases([pipe], as_of="2011-12-31"),
        lambda pipe: read_cases(pipe.parent / "*.csv", as_of="2011-12-31"),
        lambda pipe: hand_kept(pipe, "items", ["officer"]),
        read_returns,
        read_scheme,
        read_court_file,
        own_columns,
    ],
)
def test_a_pipe_is_called_what_it_is_and_not_waited_for(tmp_path, read):
    os.mkfifo(tmp_path / "台账.csv")
    with pytest.raises(InputError, match=r"读不了：它是管道或设备，不是文件。请先把内容存成文件，再给出该文件。$"):
        read(tmp_path / "台账.csv")


@pytest.mark.parametrize("read", [lambda folder: digest(folder, folder.name), own_columns, an.open_sealed])
def test_a_folder_in_place_of_a_file_is_told_in_one_way(tmp_path, read):
    with pytest.raises(InputError, match=r"读不了：它是文件夹。请给出文件。$"):
        read(tmp_path)


@pytest.mark.parametrize(
    "read",
    [
        lambda folder: read_cases(folder / "cases.parquet", as_of="2011-12-31").table.to_pandas(),
        lambda folder: read_cases(folder / "cases.duckdb", as_of="2011-12-31").table.to_pandas(),
        lambda folder: an.ingest(folder / "cases.csv", folder / "store"),
        lambda folder: read_cases(folder / "copied", as_of="2011-12-31").table.to_pandas(),
        lambda folder: an.verify_ingested(folder / "copied"),
    ],
    ids=["parquet", "duckdb", "ingest", "ingested", "verify"],
)
def test_a_folder_whose_name_is_no_utf8_is_told_where_no_library_takes_it(tmp_path, write, read):
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xd6\xd0"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("a file system of UTF-8 alone")
    shutil.copyfile(write([HEADER, CASE]), folder / "cases.csv")
    pq.write_table(pa.table({h: [v] for h, v in zip(HEADER, CASE, strict=True)}), tmp_path / "cases.parquet")
    with duckdb.connect(str(tmp_path / "cases.duckdb")) as made:
        made.execute(f"create table t as from '{tmp_path / 'cases.parquet'}'")
    an.ingest(folder / "cases.csv", tmp_path / "store")
    for name in ("cases.parquet", "cases.duckdb"):
        shutil.copyfile(tmp_path / name, folder / name)
    shutil.copytree(tmp_path / "store", folder / "copied")
    with pytest.raises(InputError, match="不是 UTF-8 编码"):
        read(folder)


def test_whole_numbers_of_more_figures_than_arrow_takes_are_read_from_a_duckdb_file(tmp_path):
    with duckdb.connect(str(tmp_path / "a.duckdb")) as made:
        made.execute(
            f"""create table t as select '（2011）执字第1号' as 案号, '2011-01-04' as 立案日期, 5::hugeint as "申请""标的额", {2**127 - 1}::hugeint as 备注"""
        )
    (sheet,) = parsed_sheets(open_source(tmp_path / "a.duckdb", "a.duckdb"))
    assert sheet.header == ["案号", "立案日期", '申请"标的额', "备注"]
    assert [cells[2:] for _, cells in sheet.rows()] == [["5", str(2**127 - 1)]]


def test_a_duckdb_file_whose_rows_stand_in_a_log_beside_it_is_refused(tmp_path):
    path = tmp_path / "cases.duckdb"
    with duckdb.connect(str(path)) as made:
        made.execute(f"create table t as select '{CASE[0]}' as 案号, date '2011-01-04' as 立案日期")
        made.execute("checkpoint")
        made.execute("insert into t select '（2011）富执字第2号', date '2011-01-05'")
        (copied := tmp_path / "copied").mkdir()
        for name in ("cases.duckdb", "cases.duckdb.wal"):
            shutil.copyfile(tmp_path / name, copied / name)
    with pytest.raises(InputError, match="CHECKPOINT"):
        read_cases(copied / "cases.duckdb", as_of="2011")
    (copied / "cases.duckdb.wal").write_bytes(b"")
    assert len(read_cases(copied / "cases.duckdb", as_of="2011")) == 1
    assert len(read_cases(path, as_of="2011")) == 2


def test_a_subfolder_that_cannot_be_looked_into_is_an_error_and_not_fewer_rows(tmp_path, write, monkeypatch):
    write([HEADER, CASE])
    for name in ("2010", "lost+found"):
        (tmp_path / name).mkdir()
    looked = os.scandir

    def closed(path):
        if Path(path).name in closed_to_us:
            raise PermissionError(13, "Permission denied", str(path))
        return looked(path)

    monkeypatch.setattr(os, "scandir", closed)
    closed_to_us = ["lost+found"]
    assert len(read_cases(tmp_path, as_of="2011")) == 1
    closed_to_us.append("2010")
    with pytest.raises(InputError, match=r"2010 读不了：Permission denied"):
        read_cases(tmp_path, as_of="2011")


@pytest.mark.parametrize("leads", ["nowhere.csv", "b.csv"])
def test_a_link_in_a_folder_that_leads_nowhere_is_an_error_and_not_fewer_rows(tmp_path, write, leads):
    write([HEADER, CASE])
    (tmp_path / "b.csv").symlink_to(leads)
    with pytest.raises(InputError, match=r"b\.csv 读不了"):
        read_cases(tmp_path, as_of="2011")


def test_an_infinite_moment_in_a_zone_is_no_day_and_takes_no_other_row_with_it(tmp_path):
    moments = pa.array([0, 2**63 - 1, -(2**63) + 1], pa.timestamp("us", "UTC"))
    numbers = [f"（2011）富执字第{i}号" for i in range(3)]
    table = {
        "案号": numbers,
        "立案日期": ["2011-01-04"] * 3,
        "录入时间": moments,
        "结案日期": [None, None, "2011-02-01"],
    }
    pq.write_table(pa.table(table), tmp_path / "cases.parquet")
    assert len(read_cases(tmp_path / "cases.parquet", as_of="2011")) == 3


@pytest.mark.parametrize("name", ["cases.csv", "cases.parquet", "cases.xlsx"])
def test_a_file_that_changes_while_it_is_read_is_an_error(write, monkeypatch, name):
    path = write([HEADER, CASE], name)
    if name.endswith("parquet"):
        pq.write_table(pa.table({h: [v] for h, v in zip(HEADER, CASE, strict=True)}), path)
    elif name.endswith("xlsx"):
        pd.DataFrame([CASE], columns=HEADER).to_excel(path, index=False)

    def grown(source, *rest):
        with source.path.open("ab") as stream:
            stream.write("（2011）富执字第2号,2011-01-05\n".encode())
        read(source, *rest)

    read = reading.read_source
    monkeypatch.setattr(reading, "read_source", grown)
    with pytest.raises(InputError, match=r"改动|不完好"):
        read_cases(path, as_of="2011")


@pytest.mark.full
def test_names_that_are_traps_for_sql_are_names(write, tmp_path, accounted):
    rows = [[*HEADER, "承办人", TRAP], [*CASE, TRAP, TRAP], ["（2011）富执字第2号", "2011-01-05", "Robert'); --", ""]]
    cases = read_cases(write(rows, f"{TRAP[:3]}; drop table/'x'.csv"), as_of="2011")
    accounted(cases)
    assert cases.table.officer.to_pandas().tolist() == [TRAP, "Robert'); --"]
    assert len(cases.where(officer=TRAP, names=True)) == 1
    assert "[4]" in cases.mapping["header"].tolist(), "a header of words that are not known is told by its place"
    check_cases(cases)
    assert len(read_cases(write(rows), as_of="2011", columns={TRAP: "team"}).where(team=TRAP, names=True)) == 1


def test_nothing_in_a_file_is_executed(tmp_path):
    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "owned"), "w"))

    for name in ("a.parquet", "a.csv", "a.xls"):
        (tmp_path / name).write_bytes(pickle.dumps(Trap()))
        with pytest.raises(InputError):
            read_cases(tmp_path / name, as_of="2011")
    assert not (tmp_path / "owned").exists()


def test_cells_of_parquet_that_are_no_cells_are_said_not_raised(tmp_path, accounted):
    path = tmp_path / "cases.parquet"
    table = {
        "案号": ["（2011）富执字第1号", "（2011）富执字第2号"],
        "立案日期": pa.array([dt.date(2011, 1, 4), None]),
        "结案日期": pa.array([2**60, None], pa.timestamp("us")),  # the year 38504
        "标的额": [{"x": 1}, None],
        "承办人": [["甲", "乙"], ["丙"]],
    }
    pq.write_table(pa.table(table), path)
    cases = read_cases(path, as_of="2011")
    accounted(cases)
    assert cases.unreadable["column"].tolist() == ["closed_on", "amount_claimed"]
    assert cases.table.to_pandas()["officer"].tolist() == ["['甲', '乙']"]
    assert json.loads(cases.quarantine["values"][0])["承办人"] == "['丙']"


def test_two_columns_of_one_meaning_the_first_is_read_and_the_other_named(write):
    cases = read_cases(write([[*HEADER, "filed on"], [*CASE, ""]]), as_of="2011")
    assert len(cases) == 1
    assert cases.mapping.loc[cases.mapping["status"] == "ignored", "header"].tolist() == ["filed on"]


def test_a_layout_that_must_be_mistaken_stops_before_it_fills_the_memory(write, monkeypatch):
    monkeypatch.setattr(intake, "MOST_SET_ASIDE", 10)
    rows = [HEADER, *([f"（2011）富执字第{n}号", "3/5/2011"] for n in range(1, 20))]
    with pytest.raises(InputError, match=r"超过10处.*立案日期读不出.*columns="):
        read_cases(write(rows), as_of="2011")


@pytest.mark.full
def test_a_file_of_3_000_columns_is_read(write):
    wide = [[*HEADER, *(f"x{n}" for n in range(3_000))], CASE]
    assert len(read_cases(write(wide), as_of="2011")) == 1


MEASURED = """
import resource, sys
from analysis.register.reading import read_cases
cases = read_cases(sys.argv[1], as_of="2011-12-31")
print(len(cases), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
"""


def rows_read_and_peak(path):
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True)
    return tuple(int(n) for n in done.stdout.split())


@pytest.mark.slow
def test_a_million_rows_of_csv_are_read_in_bounded_memory(tmp_path):
    def register(rows):
        path = tmp_path / f"{rows}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            stream.write("案号,立案日期,结案日期,结案方式,申请执行标的额,承办人\n")
            for i in range(rows):
                day = dt.date(2001, 1, 1) + dt.timedelta(days=i // 300)
                stream.write(f"（{day.year}）富执字第{i}号,{day},{day},执行完毕,{i % 99991}.{i % 100:02d},甲{i % 40}\n")
        return path

    small, large = rows_read_and_peak(register(100_000)), rows_read_and_peak(register(1_000_000))
    assert (small[0], large[0]) == (100_000, 1_000_000)
    assert large[1] < 1_000  # MB; the whole of it as Python objects would be some 3,000
    assert large[1] < 3.5 * small[1]  # of ten times the rows


@pytest.mark.full
def test_a_2000_row_workbook_is_read_and_checked_in_two_seconds_of_processor_time(tmp_path):
    import time

    import xlsxwriter

    path = tmp_path / "cases.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        names = [
            "案号",
            "立案日期",
            "开始执行日期",
            "结案日期",
            "结案方式",
            "申请执行标的额",
            "实际到位金额",
            "承办人",
            "有无财产",
            "信息录入日期",
        ]
        sheet.write_row(0, 0, names)
        for i in range(1, 2_001):
            filed = dt.datetime(2011, 1, 1) + dt.timedelta(days=i % 300)
            sheet.write(i, 0, f"（2011）富执字第{i}号")
            for column, days in ((1, 0), (2, 3), (3, 60), (9, i % 12)):
                sheet.write_datetime(i, column, filed + dt.timedelta(days=days), day)
            for column, value in ((4, "执行完毕"), (5, 1_000.5 * i), (6, 1_000.5 * i), (7, f"甲{i % 9}"), (8, "有")):
                sheet.write(i, column, value)
    read_cases(path, as_of="2011-12-31")  # the libraries are loaded
    start = time.process_time()
    found = check_cases(read_cases(path, as_of="2011-12-31"))
    assert time.process_time() - start < 2
    assert found.attrs["kept"] == 2_000


def _footer_saying(content, counts):
    """A parquet file of 200 rows whose footer gives other counts: the first is the file's, the last that of its group of rows."""
    start = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    first, *between, last = content[start:-8].split(COUNT_200)
    footer = first + counts[0] + COUNT_200.join(between) + counts[1] + last
    return content[:start] + footer + len(footer).to_bytes(4, "little") + b"PAR1"


COUNT_100, COUNT_200, COUNT_201, COUNT_2000 = (
    b"\xc8\x01",
    b"\x90\x03",
    b"\x92\x03",
    b"\xa0\x1f",
)  # as Thrift writes them


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((COUNT_2000, COUNT_200), "2,000行，实有200"),
        ((COUNT_100, COUNT_200), "100行，实有200"),
        ((COUNT_200, COUNT_100), "200行，实有100"),
        ((COUNT_200, b"\0"), "200行，实有0"),
        ((COUNT_201, COUNT_201), "201行，实有200"),
    ],
)
def test_a_parquet_of_other_rows_than_it_says_is_refused(tmp_path, counts, said):
    path = tmp_path / "cases.parquet"
    rows = {"案号": [f"（2011）富执字第{i}号" for i in range(200)], "立案日期": ["2011-01-04"] * 200}
    pq.write_table(pa.table(rows), path)
    path.write_bytes(_footer_saying(path.read_bytes(), counts))
    with pytest.raises(InputError, match=f"声明有{said}行"):
        read_cases(path, as_of="2011")


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_parquet_whose_counts_all_lie_alike_is_refused(tmp_path, version):
    path = tmp_path / "cases.parquet"
    rows = {
        "案号": [f"（2011）富执字第{i}号" for i in range(200)],
        "立案日期": ["2011-01-04"] * 200,
        "各次": [[1, 2]] * 200,
    }
    pq.write_table(pa.table(rows), path, data_page_version=version, row_group_size=200)
    assert read_cases(path, as_of="2011").inputs["rows"].sum() == 200
    sound = path.read_bytes()
    start = len(sound) - 8 - int.from_bytes(sound[-8:-4], "little")
    path.write_bytes(sound[:start] + sound[start:].replace(COUNT_200, COUNT_100))
    assert pq.read_table(path, columns=["案号"]).num_rows == 100  # and so in silence
    with pytest.raises(InputError, match="声明有100行，实有200行"):
        read_cases(path, as_of="2011")


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("number", [pa.array([1e308]), pa.array([2**63 - 1]), pa.array([2**64 - 1], pa.uint64())])
def test_a_number_beyond_every_amount_is_set_aside_without_a_warning(tmp_path, number):
    path = tmp_path / "cases.parquet"
    pq.write_table(pa.table({"案号": [CASE[0]], "立案日期": [CASE[1]], "申请执行标的额": number}), path)
    cases = read_cases(path, as_of="2011")
    assert (cases.inputs["rows"].sum(), len(cases.unreadable)) == (1, 1)


def test_a_parquet_without_rows_is_no_damaged_one_and_holds_no_cases(tmp_path):
    path = tmp_path / "cases.parquet"
    pq.write_table(pa.table({"案号": pa.array([], pa.string()), "立案日期": pa.array([], pa.string())}), path)
    cases = read_cases(path, as_of="2011")
    assert (len(cases), cases.inputs["rows"].sum(), (cases.mapping["status"] == "mapped").sum()) == (0, 0, 2)


def test_a_librarys_words_are_one_line():
    error = cannot_be_read("a.parquet", "坏了（Couldn't\n\tdeserialize\n）。", "broken (x\ny).")
    assert str(error.text.zh) == "文件 a.parquet 读不了：坏了（Couldn't deserialize ）。"


@pytest.mark.parametrize(("language", "said"), [("zh", "没有这个文件。请检查路径"), ("en", "there is no such file")])
def test_a_template_that_is_not_there_is_said_in_words(tmp_path, language, said):
    with speaking(language), pytest.raises(an.InputError, match=said):
        must_be_a_template(tmp_path / "本院.docx")
