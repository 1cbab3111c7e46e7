"""Files are read by another process: the same cells as before, and an end in words for whatever a file does to it."""

import errno
import os
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.cli.faults import fault_of_machine
from analysis.files import budget, formats, process, sheets
from analysis.files.source import open_source
from analysis.register.reading import read_cases
from analysis.returns.reading import read_returns
from analysis.vocabulary.errors import InputError

REGISTERS = Path(__file__).parents[1] / "data" / "registers"
XML = """<?xml version="1.0"?><Workbook xmlns:ss="x"><Worksheet ss:Name="a"><Table><Row><Cell>案号</Cell><Cell>立案日期</Cell></Row>
<Row><Cell>（2011）富执字第1号</Cell><Cell>2011-01-04</Cell></Row>{}</Table></Worksheet></Workbook>"""
ODS = """<?xml version="1.0"?><o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body>
<o:spreadsheet><table:table table:name="a"><table:table-row>{}</table:table-row></table:table></o:spreadsheet></o:body></o:document-content>"""


@pytest.mark.parametrize(
    "path",
    sorted(p for p in REGISTERS.iterdir() if p.is_file() and p.suffix not in {".md", ".py"}),
    ids=lambda path: path.name,
)
def test_another_process_reads_the_same_cells(path):
    source = open_source(path, path.name)
    pairs = zip(sheets.sheets_of(source), formats.parsed_sheets(source), strict=True)
    for theirs, ours in pairs:
        for name in ("name", "header", "hidden", "date_system"):
            assert getattr(theirs, name) == getattr(ours, name)
        assert list(theirs.merged) == list(ours.merged)
        for there, here in zip(theirs.blocks, ours.blocks, strict=True):
            one, other = there(), here()
            assert one.table.equals(other.table)
            assert (one.first_row, one.ragged, one.bytes) == (other.first_row, other.ragged, other.bytes)
            assert [column.num_chunks for column in one.table.columns] == [c.num_chunks for c in other.table.columns]


def made(tmp_path, kind):
    """A small file that asks for much."""
    path = tmp_path / f"台账.{kind.partition(' ')[0]}"
    if kind.startswith("xls "):
        row = '<Row ss:Index="1048576"><Cell ss:Index="{}">x</Cell></Row>'
        path.write_text(XML.format(row.format(kind.split()[1])), encoding="utf-8")
    elif kind.startswith("ods"):
        spaces = '<table:table-cell><text:p><text:s text:c="400000000"/></text:p></table:table-cell>'
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", ODS.format(spaces))
    elif kind.startswith("parquet"):
        rows = pa.array([0] * 1_000_000, pa.int8())
        number = pa.DictionaryArray.from_arrays(rows, pa.array(["（2011）富执字第1号"]))
        with pq.ParquetWriter(path, pa.schema([("案号", number.type)]), compression="zstd") as writer:
            for _ in range(5):
                writer.write_table(pa.table({"案号": number}))
    elif kind.startswith("csv"):
        path.write_text("案号,立案日期\n" + "\n" * 1_000_000 + "," * 255 + "x\n", encoding="utf-8")
    else:
        with zipfile.ZipFile(REGISTERS / "plain.xlsx") as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
            if kind == "xlsx inflated":
                with new.open("xl/media/picture.bin", "w", force_zip64=True) as part:
                    for _ in range(1_100):
                        part.write(bytes(1 << 20))
    return path


@pytest.mark.parametrize(
    "kind", ["xls 16384", "xls 256", "ods", "parquet", pytest.param("xlsx inflated", marks=pytest.mark.full)]
)
def test_a_small_file_that_asks_for_much_is_refused_in_a_moment(tmp_path, kind):
    path = made(tmp_path, kind)
    assert path.stat().st_size < 2 << 20
    began = time.process_time()
    with pytest.raises(InputError, match="展开后过大") as error:
        read_cases(path, as_of="2011-12-31")
    assert "too large when unpacked" in error.value.text.en
    assert time.process_time() - began < 5
    assert psutil.Process().memory_info().rss < 2 << 30


@pytest.mark.full
def test_a_csv_of_empty_lines_with_a_stray_cell_is_read_in_bounded_pieces(tmp_path):
    began = time.process_time()
    cases = read_cases(made(tmp_path, "csv"), as_of="2011-12-31")
    assert len(cases) == 0
    counted = dict(zip(cases.skipped["kind"], cases.skipped["rows"], strict=True))
    assert counted == {"header": 1, "empty": 1_000_000, "note": 1}
    assert time.process_time() - began < 8
    assert psutil.Process().memory_info().rss < 2 << 30


@pytest.fixture
def program(monkeypatch):
    """Makes readers that run another program."""
    monkeypatch.setattr(process, "_AT_REST", [])
    yield lambda code: monkeypatch.setattr(process, "PROGRAM", code)
    process._end_all()


@pytest.mark.parametrize(
    ("does", "zh", "en"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "崩溃（SIGSEGV）", "crashed on it (SIGSEGV)"),
        ("os._exit(3)", "崩溃（3）", "crashed on it (3)"),
        ("held = bytearray(200 << 20); time.sleep(60)", "内存", "memory"),
        ("exec('while True: pass')", "处理器时间", "processor"),
    ],
)
def test_whatever_ends_the_reader_is_a_message(tmp_path, monkeypatch, program, does, zh, en):
    path = made(tmp_path, "xlsx")
    program(f"import os, signal, sys, time; {does}")
    monkeypatch.setattr(sheets, "memory_for", lambda _: 100 << 20)
    monkeypatch.setattr(sheets, "seconds_for", lambda _: 0.3)
    with pytest.raises(InputError) as error:
        read_cases(path, as_of="2011-12-31")
    assert zh in error.value.text.zh
    assert en in error.value.text.en


@pytest.mark.parametrize(
    "does",
    [
        "os.kill(os.getpid(), signal.SIGABRT)",
        "raise ArrowException('Unknown error: Failed to launch worker thread: x')",
    ],
    ids=["crashed", "no thread"],
)
def test_a_reader_that_has_no_room_lays_nothing_to_the_file(tmp_path, monkeypatch, program, does):
    monkeypatch.setattr(process, "addresses_are_limited", lambda: True)
    begins, _, serves = process.PROGRAM.rpartition("; ")
    fails = f"import os, signal\nfrom pyarrow import ArrowException\nimport analysis.files.reader as r\ndef fail(source): {does}"
    program(f"{begins}\n{fails}\nr.parsed_sheets = fail\n{serves}")
    with pytest.raises(InputError, match="内存不够") as failed:
        read_cases(made(tmp_path, "csv"), as_of="2011-12-31")
    assert fault_of_machine(failed.value) is not None


def test_a_fault_of_ours_in_the_reader_is_a_message_with_its_line_and_no_cell(tmp_path, program):
    serves = "serve(asks)"
    fails = f"import analysis.files.reader as r; r.parsed_sheets = lambda source: [][source.bytes]; {serves}"
    assert process.PROGRAM.endswith(serves)
    program(process.PROGRAM.removesuffix(serves) + fails)
    with pytest.raises(InputError, match=r"出错（IndexError, \S+:\d+）"):
        read_cases(made(tmp_path, "xlsx"), as_of="2011-12-31")


@pytest.mark.parametrize(
    "fails",
    [
        "raise OSError(5, 'x')",
        "open_source_error()",
        "raise type('IOException', (Exception,), {})(f'IO Error: {os.strerror(5)}')",
    ],
    ids=["as it is", "as a parser tells it", "as DuckDB tells it"],
)
def test_a_disk_that_fails_within_the_reader_is_the_machines_fault(tmp_path, program, fails):
    told = "import os\nfrom analysis.files.source import cannot_be_read\ndef open_source_error():\n try: raise OSError(5, 'x')\n"
    told += " except OSError as error: raise cannot_be_read('a', 'zip', 'zip') from error\n"
    serves = process.PROGRAM.rpartition("; ")[2]
    begins = process.PROGRAM.rpartition("; ")[0]
    program(
        f"{begins}\n{told}import analysis.files.reader as r\ndef fail(source): {fails}\nr.parsed_sheets = fail\n{serves}"
    )
    (tmp_path / "cases.csv").write_text("案号,立案日期\n", encoding="utf-8")
    with pytest.raises(InputError, match=os.strerror(errno.EIO)) as failed:
        read_cases(tmp_path / "cases.csv", as_of="2011-12-31")
    assert fault_of_machine(failed.value) is not None


def test_one_reader_serves_file_after_file_and_another_takes_its_place_when_it_is_gone():
    def pid():
        (reader,) = process._AT_REST
        return reader._process.pid

    path = REGISTERS / "plain.xlsx"
    source = open_source(path, path.name)
    assert [list(sheet.rows()) for sheet in sheets.sheets_of(source)]
    first = pid()
    next(sheets.sheets_of(source))  # nobody reads on: a small file is read to its end all the same
    assert pid() == first
    os.kill(first, signal.SIGTERM)
    psutil.wait_procs([psutil.Process(first)], timeout=10)
    assert [list(sheet.rows()) for sheet in sheets.sheets_of(source)]
    assert pid() != first


def test_a_sheet_that_is_read_too_late_is_no_empty_sheet():
    path = REGISTERS / "plain.xlsx"
    (sheet,) = sheets.sheets_of(open_source(path, path.name))
    with pytest.raises(RuntimeError, match="before the next sheet"):
        list(sheet.rows())


def test_the_largest_sheet_is_within_the_budget():
    assert budget.MOST_CELLS == budget.MOST_ROWS * 32


@pytest.mark.full
@pytest.mark.parametrize(
    ("part", "what"),
    [
        (b"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='99999999'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>", "单元格"),
        (b"<w:tbl>" + b"<w:tr><w:tc><w:p/></w:tc></w:tr>" * 70_000 + b"</w:tbl>", "单元格"),
        (b"<w:p/>" * (budget.MOST_TAGS + 1), "标签"),
        (b" " * budget.MOST_DOCUMENT, "字节"),
    ],
    ids=["spans", "cells", "tags", "bytes"],
)
def test_a_document_that_asks_for_much_is_refused_before_it_is_laid_out(tmp_path, part, what):
    from docx import Document

    Document().save(tmp_path / "sound.docx")
    with (
        zipfile.ZipFile(tmp_path / "sound.docx") as sound,
        zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as heavy,
    ):
        for name in sound.namelist():
            text = sound.read(name)
            heavy.writestr(name, text.replace(b"<w:body>", b"<w:body>" + part) if name == "word/document.xml" else text)
    source = open_source(tmp_path / "a.docx", "a.docx")
    with pytest.raises(InputError, match=f"{what}），超出所需。请删去大图"):
        list(formats.parsed_sheets(replace(source, format="document")))


def test_a_document_is_read_by_its_paragraphs_and_one_that_is_none_is_said_to_be(tmp_path):
    from docx import Document

    from analysis.returns.corpus import _text_of

    document, said = Document(), ["富锦市人民法院2011年工作报告", "", "受理执行案件386件，结案383件。"]
    for text in said:
        document.add_paragraph(text)
    document.save(tmp_path / "a.docx")
    assert _text_of(tmp_path / "a.docx") == "\n".join(said)
    made(tmp_path, "xlsx").rename(tmp_path / "b.docx")
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04" + bytes(100))
    for name in ("b.docx", "c.docx"):
        with pytest.raises(InputError, match=f"{name} 读不了"):
            _text_of(tmp_path / name)


def test_the_tables_of_a_document_are_read_a_sheet_each(tmp_path):
    from dataclasses import replace

    from docx import Document

    from analysis.files.sheets import sheets_of
    from analysis.files.source import open_source

    document = Document()
    for number in (1, 2):
        table = document.add_table(rows=2, cols=2)
        for place, text in enumerate(("议定事项", "措施", f"事项{number}", "")):
            table.rows[place // 2].cells[place % 2].text = text
    document.save(tmp_path / "a.docx")
    source = replace(open_source(tmp_path / "a.docx", "a.docx"), format="document_tables")
    read = {
        sheet.name: [[str(cell or "") for cell in cells] for _, cells in sheet.rows()] for sheet in sheets_of(source)
    }
    assert read == {str(n): [["议定事项", "措施"], [f"事项{n}", ""]] for n in (1, 2)}


def test_a_reader_that_cannot_be_started_is_a_message(tmp_path, monkeypatch, program):
    program("never run")
    monkeypatch.setattr(process.sys, "executable", str(tmp_path / "no python"))
    with pytest.raises(InputError, match="读取文件的程序启动不了"):
        read_cases(made(tmp_path, "xlsx"), as_of="2011-12-31")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems end a reader when it has something to say")
def test_a_reader_ends_with_the_process_that_asks():
    asks = "from analysis.files import process; import time; print(process.take()._process.pid, flush=True); time.sleep(60)"
    source = str(Path(process.__file__).parents[2])
    asking = subprocess.Popen(
        [sys.executable, "-c", asks], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": source}
    )
    reader = psutil.Process(int(asking.stdout.readline()))
    asking.kill()
    asking.communicate()
    with suppress(psutil.NoSuchProcess):
        wait_until(lambda: reader.status() == psutil.STATUS_ZOMBIE)


def wait_until(true, seconds=20):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_table_kept_by_hand_is_refused_where_it_spans_too_many_cells(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" * 50, encoding="utf-8")
    source = open_source(path, path.name)
    assert (
        sum(
            len(block())
            for sheet in sheets.sheets_of(source, most_cells=100 + 50 * budget.BUILT_A_ROW)
            for block in sheet.blocks
        )
        == 50
    )
    with pytest.raises(InputError, match="展开后过大"):
        [
            block()
            for sheet in sheets.sheets_of(source, most_cells=99 + 50 * budget.BUILT_A_ROW)
            for block in sheet.blocks
        ]


@pytest.mark.parametrize("name", ["utf8.csv", "plain.xlsx", "plain.xls", "plain.ods", "plain.parquet"])
def test_a_reader_costs_less_than_is_felt(name):
    source = open_source(REGISTERS / name, name)
    costs = []
    for _ in range(3):  # the least: what else the machine does makes it longer
        process._end_all()
        list(sheets.sheets_of(source))
        (reader,) = process._AT_REST
        taken = psutil.Process(reader._process.pid).cpu_times()
        costs.append(taken.user + taken.system)
    assert min(costs) < 0.3


def test_no_reader_stays_beside_the_work_on_a_large_file(monkeypatch):
    monkeypatch.setattr(sheets, "RESTS_AFTER", 1)
    source = open_source(REGISTERS / "utf8.csv", "utf8.csv")
    process._end_all()
    assert [list(sheet.rows()) for sheet in sheets.sheets_of(source)]
    assert not process._AT_REST


def test_empty_lines_of_a_table_kept_by_hand_are_bounded_too(tmp_path):
    path = tmp_path / "returns.csv"
    path.write_text("\n" * 1_500_000, encoding="utf-8")
    began = time.process_time()
    with pytest.raises(InputError, match="展开后过大"):
        read_returns(path)
    assert time.process_time() - began < 2


@pytest.mark.full
def test_headings_by_the_thousand_are_looked_through_once(tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text(
        "\n".join(
            ["案号,立案日期," + ",".join(f"列{i}" for i in range(8_000))]
            + ["（2011）富执字第1号,2011-01-05" + "," * 8_000] * 60
        ),
        encoding="utf-8",
    )
    began = time.process_time()
    assert read_cases(path, as_of="2011-12-31").inputs["rows"].sum() == 61
    assert time.process_time() - began < 5  # it took 15


def test_a_file_that_is_broken_off_within_an_answer_ends_so_and_leaves_no_reader_in_the_middle_of_one(
    tmp_path, monkeypatch
):
    path = tmp_path / "a.csv"
    path.write_text("案号,立案日期\n（2011）富执字第1号,2011-01-04\n", encoding="utf-8")
    source = open_source(path, path.name)

    def interrupted(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(process.wire, "receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            list(sheets.sheets_of(source))
    assert [len(block().table) for sheet in sheets.sheets_of(source) for block in sheet.blocks] == [2]


def test_a_workbook_of_more_sheets_than_any_register_has_is_refused(tmp_path, monkeypatch):
    import openpyxl

    workbook = openpyxl.Workbook()
    for _ in range(3):
        workbook.create_sheet()
    workbook.save(tmp_path / "a.xlsx")
    monkeypatch.setattr(sheets, "MOST_SHEETS", 3)
    with pytest.raises(InputError, match="张工作表"):
        list(sheets.sheets_of(open_source(tmp_path / "a.xlsx", "a.xlsx")))


def test_a_reader_that_nobody_can_watch_reads_nothing(monkeypatch):
    monkeypatch.setitem(sys.modules, "psutil", None)
    reader = process.Reader()
    with pytest.raises(ImportError):
        next(reader.answers({}, seconds=1.0, memory=1))
    reader.end()
