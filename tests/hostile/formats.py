"""Planned registers as files, a function a format; each gives the rows that the file has by sheet, and the number of the first."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from hostile.registers import Cell, Plan, Row

GBK_LACKS = str.maketrans({"📎": "夹", "²": "约"})  # what GB18030 has and GBK has not, and what stands for it


def delimited(plan: Plan, path: Path, random: Random, *, encoding: str) -> None:
    """Text with a delimiter: every cell as it is seen, quoted as little or as much as chance wants."""
    (rows,) = plan.sheets.values()
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=random.choice([",", ",", "\t", ";"]),
        lineterminator=random.choice(["\r\n", "\n"]),
        quoting=random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    )
    width = max(len(row.cells) for row in rows if row.why != "title")
    for row in rows:
        cells = [cell.text for cell in row.cells]
        short = row.fate == "skipped" and row.why in ("title", "note") and random.random() < 0.5
        writer.writerow(cells if short or len(cells) >= width else cells + [""] * (_usual(rows) - len(cells)))
    text = out.getvalue()
    if encoding == "gbk":
        text = text.translate(GBK_LACKS)
    path.write_bytes(text.encode(encoding))


def _usual(rows: list[Row]) -> int:
    return next(len(row.cells) for row in rows if row.fate == "kept")


def xlsx(plan: Plan, path: Path, random: Random) -> None:
    """A workbook as Excel writes it."""
    import xlsxwriter

    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "constant_memory": random.random() < 0.3, "default_date_format": random.choice(["yyyy-mm-dd", "yyyy/m/d", "m/d/yy"]),
        "date_1904": plan.dates_1904,
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        money = book.add_format(
            {"num_format": random.choice(["General", "0.00", "#,##0.00", "#,##0.00;[Red]-#,##0.00"])}
        )
        for name, rows in plan.sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row.cells):
                    if isinstance(cell.typed, dt.date):
                        sheet.write_datetime(r, c, dt.datetime.combine(cell.typed, dt.time()))
                    elif cell.typed is not None:
                        sheet.write_number(r, c, cell.typed, money)
                    elif cell.text:
                        sheet.write_string(r, c, cell.text)


def xls(plan: Plan, path: Path, random: Random) -> None:
    """A workbook as Excel 97 writes it."""
    import xlwt

    book = xlwt.Workbook()
    book.dates_1904 = plan.dates_1904
    day = xlwt.easyxf(num_format_str=random.choice(["yyyy-mm-dd", "yyyy/m/d"]))
    for name, rows in plan.sheets.items():
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row.cells):
                if isinstance(cell.typed, dt.date):
                    sheet.write(r, c, cell.typed, day)
                elif cell.typed is not None or cell.text:
                    sheet.write(r, c, cell.text if cell.typed is None else cell.typed)
    book.save(str(path))


def ods(plan: Plan, path: Path, random: Random) -> None:
    """A workbook as LibreOffice writes it: repeated cells and rows said once."""
    tables = []
    for name, rows in plan.sheets.items():
        body, empty = [], 0
        for row in rows:
            cells = "".join(map(_ods_cell, row.cells))
            if row.why == "empty" and random.random() < 0.7:
                empty += 1
                continue
            if empty:
                body.append(
                    f'<table:table-row table:number-rows-repeated="{empty}"><table:table-cell/></table:table-row>'
                )
                empty = 0
            body.append(f"<table:table-row>{cells}</table:table-row>")
        tables.append(f"<table:table table:name={quoteattr(name)}>{''.join(body)}</table:table>")
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
        f'office:version="1.2"><office:body><office:spreadsheet>{"".join(tables)}</office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)


def _ods_cell(cell: Cell) -> str:
    if isinstance(cell.typed, dt.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.typed}"><text:p>{cell.typed}</text:p></table:table-cell>'
    if cell.typed is not None:
        return f'<table:table-cell office:value-type="float" office:value="{cell.typed!r}"><text:p>{cell.text}</text:p></table:table-cell>'
    if not cell.text:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def spreadsheet_ml(plan: Plan, path: Path, random: Random) -> None:
    """An XML spreadsheet of 2003, as case systems export it under the name .xls."""
    sheets = []
    for name, rows in plan.sheets.items():
        body, jumped = [], False
        for r, row in enumerate(rows, start=1):
            if row.why == "empty" and random.random() < 0.7:
                jumped = True
                continue
            at, jumped = (f' ss:Index="{r}"' if jumped else ""), False
            cells, gap = [], False
            for c, cell in enumerate(row.cells, start=1):
                if not cell.text and cell.typed is None and random.random() < 0.7:
                    gap = True
                    continue
                where, gap = (f' ss:Index="{c}"' if gap else ""), False
                cells.append(f"<Cell{where}>{_ml_data(cell)}</Cell>")
            body.append(f"<Row{at}>{''.join(cells)}</Row>")
        sheets.append(f"<Worksheet ss:Name={quoteattr(name)}><Table>{''.join(body)}</Table></Worksheet>")
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        + "\n".join(sheets) + "</Workbook>", encoding="utf-8"
    )  # fmt: skip


def _ml_data(cell: Cell) -> str:
    if isinstance(cell.typed, dt.date):
        return f'<Data ss:Type="DateTime">{cell.typed}T00:00:00.000</Data>'
    if cell.typed is not None:
        return f'<Data ss:Type="Number">{cell.typed!r}</Data>'
    return f'<Data ss:Type="String">{escape(cell.text)}</Data>' if cell.text else ""


def _columns(plan: Plan) -> tuple[list[str], list[list[Any]]]:
    """Names and columns of a column file: those of one type hold it, the others text."""
    (rows,) = plan.sheets.values()
    header, body = rows[0], rows[1:]
    names = [cell.text for cell in header.cells]
    data = []
    for p in range(len(names)):
        cells = [row.cells[p] for row in body]
        if p in plan.whole_columns and all(c.typed is not None or not c.text for c in cells):
            data.append([c.typed for c in cells])
        else:
            data.append([c.text or None for c in cells])
    return names, data


def _arrow(plan: Plan, random: Random) -> Any:
    import pyarrow as pa

    names, data = _columns(plan)
    arrays = []
    for values in data:
        first = next((v for v in values if v is not None), None)
        if isinstance(first, dt.date):
            kind = random.choice([pa.date32(), pa.date64(), pa.timestamp("us"), pa.timestamp("ns")])
            arrays.append(pa.array(values, pa.date32()).cast(kind))
        elif isinstance(first, float):
            arrays.append(pa.array(values, pa.float64()))
        else:
            kind = random.choice(
                [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.string_view()]
            )
            arrays.append(pa.array(values, kind))
    return pa.Table.from_arrays(arrays, names=names)


def parquet(plan: Plan, path: Path, random: Random) -> None:
    """A parquet file in one or several row groups."""
    import pyarrow.parquet as pq

    pq.write_table(
        _arrow(plan, random), path, compression=random.choice(["snappy", "zstd", "none", "gzip"]),
        row_group_size=random.choice([3, 1000]), use_dictionary=random.random() < 0.5, version=random.choice(["1.0", "2.6"]),
        write_page_checksum=random.random() < 0.5,
    )  # fmt: skip


def duckdb(plan: Plan, path: Path, random: Random) -> None:
    """A DuckDB file of one table."""
    import duckdb as engine

    table = _arrow(plan, random)
    with engine.connect(str(path)) as connection:
        connection.register("planned", table)
        connection.execute('create table "台账" as select * from planned')


FORMATS: dict[str, tuple[str, Callable[..., None], dict[str, Any]]] = {
    "csv-utf8": (".csv", delimited, {"encoding": "utf-8"}),
    "csv-utf8-sig": (".csv", delimited, {"encoding": "utf-8-sig"}),
    "csv-gbk": (".csv", delimited, {"encoding": "gbk"}),
    "csv-gb18030": (".csv", delimited, {"encoding": "gb18030"}),
    "csv-utf16": (".csv", delimited, {"encoding": "utf-16"}),
    "xlsx": (".xlsx", xlsx, {}),
    "xls": (".xls", xls, {}),
    "ods": (".ods", ods, {}),
    "spreadsheetml": (".xls", spreadsheet_ml, {}),
    "parquet": (".parquet", parquet, {}),
    "duckdb": (".duckdb", duckdb, {}),
}
COLUMNAR = ("parquet", "duckdb")
MANY_SHEETS = ("xlsx", "xls", "ods", "spreadsheetml")
