"""Workbooks: what old ones hold, and what of a hostile one is refused before it can do harm."""

import datetime as dt
import io
import struct
import zipfile
from contextlib import nullcontext
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from analysis.files import archive_limits, xls, xlsx, xlsx_pieces
from analysis.files.formats import parsed_sheets
from analysis.files.sheets import sheets_of
from analysis.files.source import open_source
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import CourtAnalysisError, InputError

REGISTERS = Path(__file__).parents[1] / "data" / "registers"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SHEET, STRINGS, CONTENT = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "content.xml"


def changed(name, part, change):
    """A small workbook with one of its parts changed, zipped again."""
    out = io.BytesIO()
    with zipfile.ZipFile(REGISTERS / name) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            data = old.read(entry)
            new.writestr(entry, change(data) if entry == part else data)
    return out.getvalue()


def read(tmp_path, data, name="cases.xlsx"):
    path = tmp_path / name
    path.write_bytes(data)
    return read_cases(path, as_of="2011-12-31")


def old_workbook(tmp_path, *, dates_1904=False):
    """An old workbook with a day, a bare serial, yes and no, an error, merged cells and a hidden sheet."""
    book = xlwt.Workbook()
    book.dates_1904 = dates_1904
    sheet = book.add_sheet("2011")
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    for c, name in enumerate(["案件编号", "收案时间", "执结时间", "标的额", "承办人", "是否有财产"]):
        sheet.write(0, c, name)
    serial = 39145 if dates_1904 else 40607
    rows = [
        ("(2011)富执字第1号", serial, dt.date(2011, 6, 1), 1234.5, True),
        ("2011富执字2号", serial + 1, None, "1.2万", False),
    ]
    for r, (number, filed, closed, amount, assets) in enumerate(rows, start=1):
        for c, value in ((0, number), (1, filed), (3, amount), (5, assets)):
            sheet.write(r, c, value)
        if closed:
            sheet.write(r, 2, closed, day)
    sheet.write_merge(1, 2, 4, 4, "张三")
    hidden = book.add_sheet("旧稿")
    hidden.visibility = 1
    hidden.write(0, 0, "案号")
    path = tmp_path / "old.xls"
    book.save(str(path))
    return path


@pytest.mark.parametrize("dates_1904", [False, True])
def test_an_old_workbook_gives_days_amounts_yes_and_no_and_merged_cells(tmp_path, dates_1904, accounted):
    cases = read_cases(old_workbook(tmp_path, dates_1904=dates_1904), as_of="2011-12-31")
    accounted(cases)
    rows = cases.table.to_pandas()
    assert rows["filed_on"].tolist() == [pd.Timestamp("2011-03-05"), pd.Timestamp("2011-03-06")]
    assert rows["closed_on"][0] == pd.Timestamp("2011-06-01")
    assert rows["amount_claimed"].tolist() == [1234.5, 12_000.0]
    assert rows["has_property"].tolist() == [True, False]
    assert rows["officer"].tolist() == ["张三", "张三"]
    assert cases.skipped.loc[cases.skipped["kind"] == "hidden", "sheet"].tolist() == ["旧稿"]
    assert cases.sources[["sheet", "rows", "kept"]].values.tolist() == [["2011", 3, 2], ["旧稿", 1, 0]]


def test_a_sheet_that_the_list_of_an_old_workbook_does_not_name_is_not_missed_in_silence(tmp_path):
    data = old_workbook(tmp_path).read_bytes()
    listed = data.index(struct.pack("<H", 0x0085), data.index(b"\x09\x08\x10\x00"))
    damaged = data[:listed] + struct.pack("<H", 0x0086) + data[listed + 2 :]
    with pytest.raises(InputError, match="not in the list of sheets"):
        read(tmp_path, damaged, "unlisted.xls")


@pytest.mark.parametrize(
    ("further", "refused"),
    [
        ('<table:table-row table:number-rows-repeated="{}">{}</table:table-row>', True),
        ('<table:table-row table:number-rows-repeated="{}"/><table:table-row>{}</table:table-row>', False),
    ],
    ids=["a row repeated", "blank rows before a cell that strayed"],
)
def test_some_letters_do_not_make_a_million_rows_but_of_blank_ones(tmp_path, further, refused):
    with zipfile.ZipFile(REGISTERS / "plain.ods") as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    cell = '<table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>'
    end = b"</table:table-row></table:table>"
    assert end in parts["content.xml"]
    parts["content.xml"] = parts["content.xml"].replace(
        end, b"</table:table-row>" + further.format(600_000, cell).encode() + b"</table:table>", 1
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    with pytest.raises(InputError, match="行），超出所需") if refused else nullcontext():
        assert len(read_cases(tmp_path / "a.ods", as_of="2011-12-31"))


def test_an_old_workbook_whose_directory_points_back_to_itself_is_refused(tmp_path):
    data = bytearray(old_workbook(tmp_path).read_bytes())
    first = 512 + 512 * struct.unpack_from("<I", data, 48)[0]
    for entry in (1, 2):  # both children of every entry are the entry itself
        struct.pack_into("<iii", data, first + 128 * entry + 68, entry, entry, -1)
    struct.pack_into("<i", data, first + 76, 1)
    with pytest.raises(InputError, match="circles"):
        read(tmp_path, bytes(data), "circle.xls")


@pytest.mark.parametrize("table", ["its own", "the small one"])
def test_a_stream_that_goes_in_circles_is_refused(tmp_path, table):
    data = bytearray(old_workbook(tmp_path).read_bytes())
    places = struct.unpack_from("<I", data, 76)[0]
    entry = 512 + 512 * struct.unpack_from("<I", data, 48)[0] + 128
    if table == "the small one":  # the stream is said to be of 100 bytes, in a table whose every sector follows itself
        struct.pack_into("<I", data, 60, places)
        struct.pack_into("<I", data, entry + 120, 100)
    first = struct.unpack_from("<I", data, entry + 116)[0]
    struct.pack_into("<I", data, 512 + 512 * places + 4 * first, first)
    with pytest.raises(InputError, match="circles"):
        read(tmp_path, bytes(data), "circle.xls")


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("encrypted", ["content.xml", "encrypted-package"])  # since 24.8 LibreOffice packs all in one
def test_an_encrypted_ods_is_said_to_have_a_password(tmp_path, encrypted):
    told = f'<manifest:file-entry manifest:full-path="{encrypted}"><manifest:encryption-data/></manifest:file-entry>'
    data = zipped({"mimetype": ODS, encrypted: bytes(range(256)), "META-INF/manifest.xml": told})
    with pytest.raises(InputError, match="有密码"):
        read(tmp_path, data, "cases.ods")


def test_an_archive_with_a_password_is_said_to_have_one(tmp_path):
    data = bytearray(changed("plain.xlsx", "", None))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + flags] |= 1
    with pytest.raises(InputError, match="有密码"):
        read(tmp_path, bytes(data))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"台账/cases.xlsx": b"PK"}, "压缩包，读不出其中的内容。请先解压"),
        ({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}, "文字或演示文稿"),
    ],
)
@pytest.mark.parametrize("name", ["cases.zip", "cases.xlsx"])
def test_an_archive_that_is_no_workbook_is_called_what_it_is(tmp_path, parts, said, name):
    with pytest.raises(InputError, match=said) as refused:
        read(tmp_path, zipped(parts), name)
    assert "原话" not in str(refused.value)


@pytest.mark.parametrize("seam", [0, 100, 1 << 20])
def test_what_begins_before_zeros_that_nobody_reads_is_not_passed_over(seam):
    extent = archive_limits._OfficeOpen()
    for piece in (bytes(seam) + b'<c r="', bytes(1 << 20), bytes(1 << 20), b'<row r="7"><c r="B7">', b"</row>"):
        extent.take(piece)
    assert (extent.rows, extent.columns) == (7, 2)
    inside = archive_limits._OfficeOpen()
    inside.take(b" " * seam + b"<is>")
    with pytest.raises(archive_limits.DamagedError):
        inside.take(b"x" * (1 << 20))


def test_pictures_that_are_zeros_are_not_looked_through_for_cells(monkeypatch):
    monkeypatch.setattr(archive_limits, "PLACE", None)  # takes eighteen seconds for 900 MB
    extent = archive_limits._OfficeOpen()
    for _ in range(3):
        extent.take(bytes(1 << 20))


def test_a_workbook_with_a_password_is_said_to_have_one(tmp_path):
    path = tmp_path / "locked.xlsx"
    path.write_bytes(OLE + bytes(2000))
    source = open_source(path, path.name)

    def locked():
        raise xls.LockedError

    with pytest.raises(InputError, match="密码"):
        xlsx._guarded(source, locked)
    with pytest.raises(InputError, match="不是完好的工作簿"):
        read_cases(path, as_of="2011")


@pytest.mark.parametrize(
    ("name", "part", "old", "new", "said"),
    [
        ("plain.xlsx", SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>', "过大"),
        ("plain.xlsx", SHEET, b"</sheetData>", b"<row r='900000000'><c><v>1</v></c></row></sheetData>", "过大"),
        ("plain.xlsx", STRINGS, b"uniqueCount=", b'uniqueCount="99999999999" x=', "损坏"),
        ("plain.ods", CONTENT, b"<table:table-row>", b'<table:table-row table:number-rows-repeated="99999999">', "过大"),
        ("plain.ods", CONTENT, b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="99999999" ', "过大"),
        ("plain.ods", CONTENT, b"<table:table-row>", b'<table:table-row xmlns:q="q" q:number-rows-repeated="1" table:number-rows-repeated="99999999">', "过大"),
        ("plain.ods", CONTENT, b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>', "损坏"),
    ],
)  # fmt: skip
def test_a_workbook_that_would_ask_for_all_memory_is_refused(tmp_path, name, part, old, new, said):
    with pytest.raises(InputError, match=said):
        read(tmp_path, changed(name, part, lambda data: data.replace(old, new, 1)), name)


def test_cells_without_a_place_and_empty_ends_are_no_reason_to_refuse(tmp_path):
    import re

    unplaced = changed("plain.xlsx", SHEET, lambda data: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", data))
    assert len(read(tmp_path, unplaced)) == 6
    end = b'<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/>'
    ended = changed(
        "plain.ods", CONTENT, lambda d: d.replace(b"</table:table>", end + b"</table:table-row></table:table>")
    )
    assert len(read(tmp_path, ended, "cases.ods")) == 6


@pytest.mark.parametrize("piece", [64, 1000])
def test_the_extent_of_a_sheet_does_not_depend_on_where_its_pieces_are_cut(piece):
    rows = "".join(
        f'<row r="{r}">' + "".join(f'<c r="{c}{r}"><v>1</v></c>' for c in "ABCD") + "</row>" for r in range(1, 99)
    )
    text = f"<sheetData>{rows}</sheetData>{' ' * 300}</worksheet>".encode()
    extent = archive_limits._OfficeOpen()
    for at in range(0, len(text), piece):
        extent.take(text[at : at + piece])
    assert extent.cells == 98 * 4


def test_a_zip_bomb_is_refused_by_its_declared_and_by_its_true_size(tmp_path, monkeypatch, in_process):
    most = 16 << 20
    monkeypatch.setitem(archive_limits.checked_archive.__kwdefaults__, "most", most)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb, bomb.open(SHEET, "w", force_zip64=True) as part:
        for _ in range((most >> 20) + 1):
            part.write(bytes(1 << 20))
    assert len(out.getvalue()) < 1 << 20
    with pytest.raises(InputError, match="过大"):
        read(tmp_path, out.getvalue())
    lying = bytearray((REGISTERS / "plain.xlsx").read_bytes())
    at = lying.rfind(SHEET.encode()) - 46
    lying[at + 24 : at + 28] = struct.pack("<I", 100)
    with pytest.raises(InputError, match="长度与所说的不符"):
        read(tmp_path, bytes(lying))


def test_the_binary_form_of_xlsx_is_named(tmp_path):
    with pytest.raises(InputError, match="xlsb"):
        read(tmp_path, changed("plain.xlsx", "", bytes).replace(b"xl/workbook.xml", b"xl/workbook.bin"))


EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=0, max_size=6), st.integers(0, 8)), max_size=6
)
FUZZED = st.sampled_from(
    [
        "plain.xls",
        "plain.xlsx",
        "plain.ods",
        "plain.parquet",
        "utf16.csv",
        "gb18030.csv",
        "web_page.xls",
        "xml_spreadsheet.xls",
        "register.duckdb",
    ]
)


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    import duckdb

    path = tmp_path_factory.mktemp("fuzz") / "register.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table cases as select '（2011）富执字第1号' as 案号, date '2011-01-04' as 立案日期")
    found = {name: (REGISTERS / name).read_bytes() for name in FUZZED.elements if name != path.name}
    return found | {path.name: path.read_bytes()}


@given(name=FUZZED, edits=EDITS, inside=st.booleans())
@pytest.mark.full
def test_damaged_bytes_of_any_format_raise_our_own_errors_only(tmp_path, originals, name, edits, inside):
    def damage(data):
        data = bytearray(data)
        for share, new, removed in edits:
            at = int(share * len(data))
            data[at : at + removed] = new
        return bytes(data)

    parts = {"plain.xlsx": SHEET, "plain.ods": CONTENT}
    data = changed(name, parts[name], damage) if inside and name in parts else damage(originals[name])
    try:
        cases = read(tmp_path, data, name)
    except CourtAnalysisError as error:
        said = error.text
        assert said.zh
        assert said.en
    else:
        inputs = cases.inputs
        assert (inputs["rows"] == inputs["kept"] + inputs["quarantined"] + inputs["skipped"]).all()


@pytest.mark.slow
def test_a_million_empty_rows_are_skipped_or_refused(tmp_path):
    import xlsxwriter

    path = tmp_path / "empty.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, framed = book.add_worksheet(), book.add_format({"border": 1})
        sheet.write_row(0, 0, ["案号", "立案日期"])
        sheet.write_row(1, 0, ["（2011）富执字第1号", "2011-01-04"])
        for row in range(2, 1_048_576):
            sheet.write_blank(row, 0, None, framed)
    assert len(read_cases(path, as_of="2011")) == 1


def test_a_formula_that_nothing_has_calculated_is_said_not_taken_for_nothing(tmp_path, accounted):
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("说明").write(0, 0, "无公式")
    sheet = book.add_worksheet("案件 & 台账")
    sheet.write_row(0, 0, ["案号", "立案日期", "申请执行标的额", "实际到位金额", "承办人"])
    sheet.write_row(1, 0, ["（2011）富执字第1号", "2011-01-02", 100])
    sheet.write_formula(1, 3, "=C2*2", None, "")
    sheet.write_row(2, 0, ["（2011）富执字第2号", "2011-01-02"])
    sheet.write_formula(2, 2, "=50*2", None, 100)
    sheet.write_row(3, 0, ["（2011）富执字第3号"])
    sheet.write_formula(3, 1, '=IF(C4<1,"<无>",B3)', None, "")
    sheet.write_formula(3, 4, '=""', None, "")
    book.close()
    with zipfile.ZipFile(out) as archive:
        part = archive.read("xl/worksheets/sheet2.xml")
    without = part.replace(b'<c r="E4"><f>', b'<c r="E4" t="str"><f>').replace(b"</f><v></v></c>", b"</f></c>")
    again = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(again, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, without if entry == "xl/worksheets/sheet2.xml" else old.read(entry))
    for data in (out.getvalue(), again.getvalue()):
        cases = read(tmp_path, data)
        accounted(cases)
        assert cases.table.amount_claimed.to_pandas().tolist() == [100.0, 100.0]
        assert cases.unreadable[["row", "column", "value"]].values.tolist() == [[2, "amount_recovered", "=C2*2"]]
        assert "=IF(C4<1" in cases.quarantine["values"].iloc[0]


PERCENT, UNIT, SCALED = "0.00%", '0.00"万元"', '0!.0,"万元"'
STORED = [(0.8491, PERCENT), (711 / 714, PERCENT), (0.5, "0%"), (12.5, UNIT), (123450.0, SCALED), (833.0, "General")]
SHOWN = ["84.91%", "99.58%", "50%", "12.5万元", "12.345万元", 833.0]


def formatted_xlsx(path):
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for column, (number, code) in enumerate(STORED):
            sheet.write_number(2, column + 1, number, book.add_format({"num_format": code}))


def formatted_xls(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("1")
    for column, (number, code) in enumerate(STORED):
        sheet.write(2, column + 1, number, xlwt.easyxf(num_format_str=code))
    book.save(str(path))


def formatted_ods(path):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    table = Table(name="1")
    table.addElement(TableRow(numberrowsrepeated=2))
    row = TableRow()
    row.addElement(TableCell())
    for (number, code), text in zip(STORED, [*SHOWN[:3], "12.50万元", "12.3万元", "833"], strict=True):
        cell = TableCell(valuetype="percentage" if "%" in code else "float", value=str(number))
        cell.addElement(P(text=text))
        row.addElement(cell)
    table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(path))


def formatted_xml(path):
    codes = [code.replace('"', "&quot;") for _, code in STORED]
    styles = "".join(f'<Style ss:ID="s{i}"><NumberFormat ss:Format="{code}"/></Style>' for i, code in enumerate(codes))
    cells = "".join(
        f'<Cell ss:StyleID="s{i}"><Data ss:Type="Number">{number}</Data></Cell>' for i, (number, _) in enumerate(STORED)
    )
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?><Workbook><Styles>{styles}</Styles><Worksheet ss:Name="1"><Table>'
        f'<Row ss:Index="3"><Cell/>{cells}</Row></Table></Worksheet></Workbook>',
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.xlsx", formatted_xlsx), ("a.xls", formatted_xls), ("a.ods", formatted_ods), ("b.xls", formatted_xml)],
)
def test_numbers_come_as_their_formats_show_them(tmp_path, name, make):
    make(tmp_path / name)
    ((_, row),) = [
        row for sheet in sheets_of(open_source(tmp_path / name, name)) for row in sheet.rows() if row[0] == 3
    ]
    assert row[1:6] == SHOWN[:5]
    assert float(row[6]) == SHOWN[5]


def test_a_share_in_a_column_of_money_is_no_amount(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "cases.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["案号", "立案日期", "申请执行标的额（元）", "实际到位金额（元）"])
        sheet.write_row(1, 0, ["（2011）富执字第1号", "2011-01-02"])
        sheet.write_number(1, 2, 12.5, book.add_format({"num_format": UNIT}))
        sheet.write_number(1, 3, 0.8491, book.add_format({"num_format": PERCENT}))
    cases = read_cases(tmp_path / "cases.xlsx", as_of="2011-12-31")
    assert cases.table.amount_claimed.to_pandas().tolist() == [125_000.0]
    assert cases.unreadable[["column", "value"]].values.tolist() == [["amount_recovered", "84.91%"]]


def replaced(old, new):
    return lambda part: part.replace(old, new, 1)


AMOUNT = b"<v>125000</v>"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (replaced(AMOUNT, b"<v><![CDATA[125000]]></v>"), "分成几段"),  # calamine: empty
        (replaced(AMOUNT, b"<v>12<!-- -->5000</v>"), "分成几段"),  # 12
        (replaced(AMOUNT, b"<v>12<?x?>5000</v>"), "分成几段"),
        (replaced(AMOUNT, b"<v>12&#53;000</v>"), "分成几段"),
        (replaced(b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "1">]><worksheet'), "文档类型定义"),
        (replaced(b'<row r="4"', b'</sheetData><sheetData><row r="4"'), "两个单元格区"),  # the first alone
        (replaced(AMOUNT, AMOUNT + b"<f>1</f>"), "写在别处"),  # calamine: empty, as the next
        (replaced(b'<c r="E2">' + AMOUNT, b'<c r="E2" t="inlineStr">' + AMOUNT), "写在别处"),
        (replaced(b'<c r="E2">' + AMOUNT, b'<c r="E2">' + AMOUNT + b'</c><c r="E2">' + AMOUNT), "同一位置"),  # the last
        (replaced(b'<row r="4"', b'<row r="2"'), "同一位置"),  # the last row alone
        (replaced(AMOUNT, b"<f>1<!-- -->+1</f>"), "分成几段"),
        (replaced(b'<c r="E2">' + AMOUNT, b'<c r="E2" t="s"><v>-1</v>'), "不是序号"),  # calamine: the first text
        (replaced(b'<c r="E2">' + AMOUNT, b'<c r="E2" t="s"><v> 1 </v>'), "不是序号"),
        (replaced(b'<c r="E2">' + AMOUNT, b'<c r="E2" t="s"><v>18446744073709551617</v>'), "不是序号"),
        (replaced(AMOUNT, b"<v>NaN</v>"), "不是数字"),  # calamine: empty, as the next
        (replaced(b'<c r="E2">' + AMOUNT, b'<c r="E2" t="n"><f>1</f><v>nan</v>'), "不是数字"),
        (replaced(b'<c r="E2">' + AMOUNT, b'<c r="E2" t="inlineStr"><is>5</is>'), "写在别处"),
        (replaced(b'<c r="E2">' + AMOUNT, b'<c r="E2">5'), "写在别处"),
        (replaced(AMOUNT, b"<f>1<![CDATA[+1]]></f>"), "分成几段"),
        (lambda part: part.decode().encode("utf-16"), "UTF-8"),  # no rows
    ],
)
def test_what_calamine_reads_in_part_is_refused(tmp_path, change, said):
    with pytest.raises(InputError, match=said):
        read(tmp_path, changed("plain.xlsx", SHEET, change))


@pytest.mark.parametrize("part", [SHEET, STRINGS])
@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_part_that_is_not_what_its_checksum_says_is_refused(tmp_path, part, packed):
    out = io.BytesIO()
    with zipfile.ZipFile(REGISTERS / "plain.xlsx") as old, zipfile.ZipFile(out, "w", packed) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
        crc = struct.pack("<I", new.getinfo(part).CRC)
    with pytest.raises(InputError, match="校验和不符"):
        read(tmp_path, out.getvalue().replace(crc, b"\1\2\3\4"))


@pytest.mark.parametrize("name", [SHEET, SHEET.upper()])
def test_two_parts_of_one_name_are_refused(tmp_path, name):
    out = io.BytesIO(changed("plain.xlsx", SHEET, lambda part: part))
    with (
        zipfile.ZipFile(out, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name") if name == SHEET else nullcontext(),
    ):
        archive.writestr(name, archive.read(SHEET)[:-800] + b"</sheetData></worksheet>")
    with pytest.raises(InputError, match="两个同名的部分"):
        read(tmp_path, out.getvalue())


@pytest.mark.parametrize("formula", [b"", b"<f>1/0</f>"])
def test_an_error_in_a_cell_is_reported_not_taken_for_nothing(tmp_path, formula):
    error = replaced(b'<c r="E2">' + AMOUNT, b'<c r="E2" t="e">' + formula + b"<v>#DIV/0!</v>")
    cases = read(tmp_path, changed("plain.xlsx", SHEET, error))
    assert cases.unreadable["value"].tolist() == ["#DIV/0!"]


def raw_ods(rows):
    """An ods of one sheet, by its rows as they are written."""
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for key, name in names.items())
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='1'>"
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", content)
    return out.getvalue()


def test_what_another_program_sent_through_a_link_is_no_sheet_of_an_ods(tmp_path):
    row = (
        "<table:table-row>"
        + ("<table:table-cell office:value-type='string'><text:p>甲</text:p></table:table-cell>")
        + "</table:table-row>"
    )
    link = f"{row}</table:table><table:dde-links><table:dde-link><office:dde-source/><table:table table:name='2'>{row}</table:table></table:dde-link>"
    with zipfile.ZipFile(io.BytesIO(raw_ods(row))) as plain:
        content = plain.read(CONTENT).decode().replace(f"{row}</table:table>", f"{link}</table:dde-links>").encode()
        (tmp_path / "a.ods").write_bytes(changed("plain.ods", CONTENT, lambda _: content))
    sheets = parsed_sheets(open_source(tmp_path / "a.ods", "a.ods"))
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("1", False), ("2", True)]


def cells_of(tmp_path, data, name):
    (tmp_path / name).write_bytes(data)
    (sheet,) = parsed_sheets(open_source(tmp_path / name, name))
    return [cells for _, cells in sheet.rows()]


P = "<text:p>{}</text:p></table:table-cell>"
TEXT = '<table:table-cell office:value-type="string">' + P


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error">' + P.format("#DIV/0!"), "#DIV/0!"),
        ('table:formula="of:=x" office:value-type="float" office:value="0" calcext:value-type="error">' + P.format("Err:502"), "Err:502"),
        ('office:value-type="float">' + P.format("1,234.5"), "1,234.5"),
        (">" + P.format("甲"), "甲"),
        ('table:formula="of:=2*3" office:value-type="float"/>', "of:=2*3"),
        ('table:formula="of:=2*3"/>', "of:=2*3"),
        ('table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>', None),
        ('office:value-type="float" office:value="5"><office:annotation><text:p>#REF!</text:p></office:annotation>' + P.format("5"), "5"),
    ],
)  # fmt: skip
def test_a_cell_of_an_ods_is_never_blank_where_it_shows_something(tmp_path, cell, read):
    data = raw_ods(f"<table:table-row><table:table-cell {cell}{TEXT.format('末')}</table:table-row>")
    assert cells_of(tmp_path, data, "cases.ods") == [[read, "末"]]


def test_merged_cells_of_an_ods_are_filled_down_as_those_of_other_workbooks(tmp_path):
    merged = TEXT.format("张三").replace("<table:table-cell ", '<table:table-cell table:number-rows-spanned="2" ')
    rows = [merged + TEXT.format("1"), "<table:covered-table-cell/>" + TEXT.format("2")]
    data = raw_ods("".join(f"<table:table-row>{row}</table:table-row>" for row in rows))
    assert cells_of(tmp_path, data, "cases.ods") == [["张三", "1"], ["张三", "2"]]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("<table:table-row>" + TEXT.format("甲<![CDATA[乙]]>") + "</table:table-row>", "分成几段"),
        ('<table:table-row table:number-rows-repeated="0">' + TEXT.format("甲") + "</table:table-row>", "0次"),
        ("<table:table-row><table:table-cell><table:table/></table:table-cell></table:table-row>", "还有表格"),
        (
            '<table:table-row table:number-rows-repeated="1048577">' + TEXT.format("甲") + "</table:table-row>",
            "读不了：展开后过大（1,048,577行），超出所需。",
        ),
    ],
)
def test_what_of_an_ods_would_be_read_in_part_is_refused(tmp_path, rows, said):
    with pytest.raises(InputError, match=said):
        cells_of(tmp_path, raw_ods(rows), "cases.ods")


ON_ITS_WAY = "<table:table-row>" + TEXT.format("甲") + "</table:table-row>"


@pytest.mark.parametrize("piece", [7, 64, 100_000])
@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1<text:tab/>2", "1\t2"),
        ("1<text:line-break/>2", "1\n2"),
        ("5<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note>", "5"),
        ("张<text:ruby><text:ruby-base>三</text:ruby-base><text:ruby-text>san</text:ruby-text></text:ruby>", "张三"),
        ("1<text:s/>2", None),
    ],
)  # fmt: skip
def test_texts_of_an_ods_are_not_joined_over_breaks_and_notes(monkeypatch, tmp_path, piece, text, read):
    monkeypatch.setattr(archive_limits, "PIECE", piece)
    data = raw_ods(3 * ON_ITS_WAY + f"<table:table-row>{TEXT.format(text)}{TEXT.format('末')}</table:table-row>")
    assert cells_of(tmp_path, data, "cases.ods")[3] == [read or "1 2", "末"]


@pytest.mark.parametrize("said", ['"float" office:value="NaN"', '"boolean" office:boolean-value="1"'])
def test_what_of_an_ods_would_be_read_as_nothing_or_as_no_is_refused(tmp_path, said):
    cell = f"<table:table-cell office:value-type={said}/>{TEXT.format('末')}"
    with pytest.raises(InputError, match="不是数字"):
        cells_of(tmp_path, raw_ods(f"<table:table-row>{cell}</table:table-row>"), "cases.ods")


def test_an_error_without_a_formula_in_an_ods_is_an_error(tmp_path):
    cell = '<table:table-cell office:value-type="float" office:value="0" calcext:value-type="error">' + P.format(
        "#DIV/0!"
    )
    data = raw_ods(f"<table:table-row>{cell}{TEXT.format('末')}</table:table-row>")
    assert cells_of(tmp_path, data, "cases.ods") == [["#DIV/0!", "末"]]


def test_formulas_without_a_result_below_and_beside_all_values_are_read(tmp_path):
    formula = b'<c r="Z9"><f>A1</f></c>'
    data = changed("plain.xlsx", SHEET, replaced(b"</sheetData>", b'<row r="9">' + formula + b"</row></sheetData>"))
    assert cells_of(tmp_path, data, "cases.xlsx")[8] == [None] * 25 + ["=A1"]


def test_a_part_named_in_capitals_keeps_its_number_formats_and_formulas(tmp_path):
    data = changed("plain.xlsx", SHEET, replaced(b'<c r="E2">' + AMOUNT, b'<c r="E2"><f>A1*2</f>'))
    relations = "xl/_rels/workbook.xml.rels"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            part = old.read(entry)
            new.writestr(entry, part.replace(b"sheet1.xml", b"Sheet1.XML") if entry == relations else part)
    assert cells_of(tmp_path, out.getvalue(), "cases.xlsx")[1][4] == "=A1*2"


def test_a_formula_of_an_old_workbook_that_nothing_has_calculated_is_no_blank_and_no_0(tmp_path):
    book = xlwt.Workbook()
    book.add_sheet("1").write(0, 0, "无公式")
    sheet = book.add_sheet("2")
    sheet.write(0, 0, "甲")
    sheet.write(0, 1, xlwt.Formula("1+1"))
    out = io.BytesIO()
    book.save(out)
    empty = struct.pack("<QH", 0xFFFF000000000003, 0)
    zero = struct.pack("<dH", 0.0, 2)  # as POI writes it: 0, and to be calculated on opening
    calculated = struct.pack("<dH", 2.0, 2)
    assert out.getvalue().count(empty) == 1
    for result, read in ((empty, "="), (zero, "="), (calculated, "2")):
        path = tmp_path / "cases.xls"
        path.write_bytes(out.getvalue().replace(empty, result))
        _, second = [[cells for _, cells in one.rows()] for one in parsed_sheets(open_source(path, path.name))]
        assert second == [["甲", read]]


def many_kinds(tmp_path):
    """A workbook of two sheets: merged cells over many rows, days, percentages, errors, a formula without a result, gaps, a wide row at last."""
    book = openpyxl.Workbook()
    sheet, hidden = book.active, book.create_sheet("旧存")
    hidden.sheet_state = "hidden"
    hidden.append(["案号", 0.5])
    sheet.append([None, "台账"])
    sheet.merge_cells("B1:D1")
    for row in range(3, 40):
        sheet.cell(row, 2, f"<甲>&{row % 5}").number_format = "@"
        sheet.cell(row, 3, dt.date(2011, 3, row % 28 + 1))
        sheet.cell(row, 4, row / 8).number_format = "0.0%"
        sheet.cell(row, 5, row % 2 == 0)
    sheet.merge_cells("B10:B30")
    sheet["C20"], sheet["C35"], sheet["F36"] = "=1+1", "#N/A", "=2+2"
    sheet.cell(60, 9, "末")
    path = tmp_path / "kinds.xlsx"
    book.save(path)
    return path


def test_a_large_sheet_is_read_in_pieces_to_the_same_cells(tmp_path, monkeypatch):
    path = many_kinds(tmp_path)

    def cells():
        found = [(s.name, s.hidden, s.merged, [*s.rows()]) for s in parsed_sheets(open_source(path, path.name))]
        return [(*about, [(n, [*cells, *[None] * (9 - len(cells))]) for n, cells in rows]) for *about, rows in found]

    whole = cells()
    opened = []
    monkeypatch.setattr(xlsx, "_opened", lambda data, read=xlsx._opened: opened.append(data) or read(data))
    for name in ("LARGE", "SIZE"):
        monkeypatch.setattr(xlsx_pieces, name, 0)
    monkeypatch.setattr(xlsx_pieces, "PIECE", 900)
    assert cells() == whole
    assert len(opened) > 5
    assert whole[0][3][59][1][8] == "末"
    assert whole[0][3][25][1][1] == "<甲>&0"


def test_a_large_sheet_that_no_program_writes_is_read_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_pieces, "LARGE", 0)
    for odd in (b"<!-- <row r='9'> -->", b"<?x <row r='9'>?>"):
        data = changed("plain.xlsx", SHEET, lambda xml, odd=odd: xml.replace(b"</row>", b"</row>" + odd, 1))
        assert len(read(tmp_path, data)) == len(read(tmp_path, (REGISTERS / "plain.xlsx").read_bytes()))


def test_two_sheets_of_one_name_are_refused_and_the_first_is_not_read_twice(tmp_path):
    book = openpyxl.Workbook()
    for sheet, year in ((book.active, 2010), (book.create_sheet("other"), 2011)):
        sheet.append(["案号", "立案日期"])
        sheet.append([f"（{year}）富执字第1号", f"{year}-01-04"])
    path = tmp_path / "cases.xlsx"
    book.save(path)
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry).replace(b'name="other"', b'name="Sheet"'))
    with pytest.raises(InputError, match="两张工作表同名"):
        read(tmp_path, out.getvalue())
