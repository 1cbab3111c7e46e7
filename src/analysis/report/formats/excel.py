"""The numbers behind every table and chart as an Excel workbook: one sheet an exhibit, and one that lists them."""

from __future__ import annotations

import io
import math
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.privacy import safe_cell
from analysis.charts.drawing.native import native_chart
from analysis.report.content import (
    AMOUNT,
    COUNT,
    DATE,
    DECIMAL,
    FIRST_PAGE,
    PLAIN,
    RATE,
    SHARE,
    Cards,
    Figure,
    Native,
    Paragraph,
    Report,
    Section,
    Table,
)
from analysis.report.formats.html import labels
from analysis.report.formats.layout import visual_length
from analysis.report.formats.sparkline import is_drawn
from analysis.vocabulary.labels import SHARES, read, units_of
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import Text, in_language, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

FINE = "fine"  # the numbers behind a chart, as far as they are read
NUMBER_FORMATS = {
    COUNT: "#,##0",
    RATE: "0.00",
    AMOUNT: "#,##0.0",
    DECIMAL: "#,##0.00",
    DATE: "yyyy-mm-dd",
    FINE: "0.0000",
    SHARE: "0.00",
}
WIDEST, NARROWEST = 60, 8
EXCEL_EPOCH = 1980  # of a workbook of tables, which are of no one year
LINE_POINTS, BREADTH = 15, 0.85  # of a line of the note, as much of the table's width as is sure to hold text
HEADING = {"bold": True, "bottom": 1, "top": 2, "text_wrap": True}
FRONT_WIDTHS, TREND_FROM = (22, 18, 34, 16, 24), 6  # of page one; the column from which the values of the trends stand
CONTENTS = Text("目录", "Contents")
USED = "definitions-used"  # the exhibit that has the sheet of definitions
DEFINITIONS = Text("口径说明", "Definitions")


def _as_table(exhibit: Table | Figure) -> Table:
    """The numbers of an exhibit; those behind a figure are shown by what they are."""
    if isinstance(exhibit, Table):
        return exhibit
    kinds = {"i": COUNT, "u": COUNT, "M": DATE, "f": FINE}
    units = units_of(exhibit.numbers)
    formats = {
        str(name): kinds[kind.kind]
        for name, kind in exhibit.numbers.dtypes.items()
        if getattr(kind, "kind", "") in kinds and units[str(name)] not in SHARES
    }
    return Table(exhibit.id, exhibit.caption, exhibit.function, frame=exhibit.numbers, formats=formats)


def _value(value: Any) -> Any:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, float) and math.isinf(value):
        return number(value)
    return in_language(value) if isinstance(value, str) else getattr(value, "item", lambda: value)()


def _width(texts: list[str]) -> float:
    """Wide enough for the longest cell; a Chinese character takes two columns."""
    longest = max((visual_length(text) for text in texts), default=0)
    return min(WIDEST, max(NARROWEST, longest + 3))


def _length(value: Any) -> str:
    """As much of a cell as its column should have room for."""
    return (
        "0000-00-00"
        if isinstance(value, datetime)
        else f"{value:,.4g}"
        if isinstance(value, float)
        else str(value)[:40]
    )


def _note(sheet: Any, note: str, widths: list[float], style: Any) -> None:
    """The note over the whole table, so that it neither runs out of the page nor widens a column."""
    if not note:
        return
    if len(widths) > 1:
        sheet.merge_range(1, 0, 1, len(widths) - 1, note, style)
    else:
        sheet.write_string(1, 0, note, style)
    sheet.set_row(1, LINE_POINTS * -(-visual_length(note) // int(BREADTH * sum(widths))))


def _sheet(book: Any, name: str, exhibit: Table | Figure, styles: dict[str, Any]) -> None:
    table = _as_table(exhibit)
    frame = table.frame
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, exhibit.caption, styles["title"])
    widths, headings = [], table.headings()
    for column, key in enumerate(frame.columns):
        heading = safe_cell(headings[column])
        values = [_value(read(str(key), v, table.table)) for v in frame[key]]
        numeric = table.is_number(str(key))
        sheet.write_string(2, column, heading, styles["number heading" if numeric else "heading"])
        for row, value in enumerate(values, start=3):
            kind = table.format_of(str(key), row - 3)
            if value is None:
                sheet.write_blank(row, column, None, styles["text"])
            elif isinstance(value, str):
                sheet.write_string(row, column, safe_cell(value), styles["text"])  # nor where it is copied to a csv
            elif isinstance(value, bool):
                sheet.write_boolean(row, column, value, styles["text"])
            elif isinstance(value, datetime):
                sheet.write_datetime(row, column, value, styles[DATE])
            else:
                read_as = 100 * value if kind == SHARE else value
                sheet.write_number(row, column, read_as, styles.get(kind, styles["text"]))
        widths.append(_width([heading, *("" if v is None else _length(v) for v in values)]))
        sheet.set_column(column, column, widths[-1])
    _note(sheet, exhibit.note, widths, styles["note"])
    if isinstance(exhibit, Figure) and exhibit.native is not None:
        _chart(book, sheet, name, exhibit, exhibit.native)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _chart(book: Any, sheet: Any, name: str, figure: Figure, native: Native) -> None:
    """A chart of Excel's own beside its numbers; it is drawn from the cells and changes with them."""
    said = native_chart(figure.said(), native.columns)
    columns, last = list(figure.numbers.columns), len(figure.numbers) + 2
    at = columns.index(native.category)
    chart = book.add_chart({"type": said.kind})
    for series in said.series:
        column = columns.index(native.columns[series.role])
        look = {"line": {"color": series.colour, "width": 2}, "marker": {"type": "automatic"}}
        chart.add_series(
            {
                "name": [name, 2, column],
                "categories": [name, 3, at, last, at],
                "values": [name, 3, column, last, column],
                **(look if said.kind == "line" else {"fill": {"color": series.colour}}),
            }
        )
    chart.set_title({"none": True})
    chart.set_legend({"position": "top"} if len(said.series) > 1 else {"none": True})
    days = "yyyy-mm" if len(said.categories[0]) == len("2011-08") else NUMBER_FORMATS[DATE]
    dated = {"num_format": days, "text_axis": True} if native.category == "period" else {}
    chart.set_x_axis({"label_position": "low", **dated})
    chart.set_size({"width": 900, "height": 420})
    sheet.insert_chart(2, len(columns) + 1, chart, {"description": figure.caption})


def _first_sheet(book: Any, front: Section, report: Report, styles: dict[str, Any]) -> None:
    """Page one: the key figures with their change, target and course over the years, then what is said."""
    sheet = book.add_worksheet(front.heading)
    sheet.write_string(0, 0, report.title, styles["title"])
    sheet.write_string(1, 0, f"{report.subtitle} {report.synthetic}".strip(), styles["line"])
    row = 3
    for block in front.blocks:
        if isinstance(block, Paragraph):
            sheet.merge_range(row, 0, row, 4, safe_cell(block.text), styles["text"])
            lines = -(-visual_length(block.text) // int(BREADTH * sum(FRONT_WIDTHS)))
            sheet.set_row(row, LINE_POINTS * lines)
            row += 1
        elif isinstance(block, Cards):
            row = _cards(sheet, block, row, report.year, styles) + 1
    for column, width in enumerate(FRONT_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _cards(sheet: Any, block: Cards, row: int, year: int, styles: dict[str, Any]) -> int:
    """A row a key figure, beside it its values over the years under their names; gives the row below."""
    years = max(len(card.trend) for card in block.cards)
    for place in range(years):
        sheet.write_string(row - 1, TREND_FROM + place, str(year - years + 1 + place), styles["number heading"])
    for card in block.cards:
        for column, text in enumerate((card.label, card.value, card.change, card.target)):
            sheet.write_string(row, column, text, styles["text"])
        first = TREND_FROM + years - len(card.trend)
        for place, value in enumerate(card.trend):
            if value is not None:
                sheet.write_number(row, first + place, value, styles[COUNT if float(value).is_integer() else DECIMAL])
        if is_drawn(card.trend):
            span = _range(sheet.get_name(), row, first, row, first + len(card.trend) - 1)
            sheet.add_sparkline(row, 4, {"range": span, "last_point": True})
        row += 1
    return row


def _range(sheet: str, *corners: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    return f"'{sheet}'!{xl_range_abs(*corners)}"


def _book(out: io.BytesIO, *, title: str, comments: str, year: int) -> Any:
    """An empty workbook: a fixed day in place of the clock, so that the same input gives the same file."""
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "comments": comments, "created": datetime(year, 12, 31)})
    return book


def _styles(book: Any, language: str) -> dict[str, Any]:
    plain = {"font_name": "等线" if language == "zh" else "Calibri", "font_size": 11, "valign": "top"}
    styles = {kind: book.add_format({**plain, "num_format": fmt}) for kind, fmt in NUMBER_FORMATS.items()}
    styles |= {
        DATE: book.add_format({**plain, "num_format": NUMBER_FORMATS[DATE], "align": "left", "indent": 1}),
        "text": book.add_format({**plain, "text_wrap": True, "align": "left", "indent": 1}),
        PLAIN: book.add_format(plain),
        "title": book.add_format({**plain, "bold": True, "font_size": 13}),
        "note": book.add_format({**plain, "font_color": "#52606D", "text_wrap": True}),
        "line": book.add_format({**plain, "font_color": "#52606D"}),
        "heading": book.add_format({**plain, **HEADING, "align": "left", "indent": 1}),
        "number heading": book.add_format({**plain, **HEADING, "align": "right"}),
    }
    return styles


def tables_workbook(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Write frames as the sheets of a workbook, by their names; the same frames give the same bytes."""
    out = io.BytesIO()
    book = _book(out, title="、".join(tables), comments="", year=EXCEL_EPOCH)
    styles = _styles(book, spoken())
    for name, frame in tables.items():
        told = "\n".join(in_language(str(note)) for note in frame.attrs.get("notes", ()))
        _sheet(book, name, Table(name, name, "", note=told, frame=frame), styles)
    book.close()
    return out.getvalue()


def write_excel(report: Report, footer: str) -> bytes:
    """Write the workbook as bytes; the same report gives the same bytes."""
    out = io.BytesIO()
    book = _book(out, title=report.title, comments=footer, year=report.year)
    styles = _styles(book, report.language)
    about = [s for s in report.sections if any(isinstance(b, Table) and b.id == USED for b in s.blocks)]
    front = next((section for section in report.sections if section.id == FIRST_PAGE), None)
    if front is not None:
        _first_sheet(book, front, report, styles)
    contents = book.add_worksheet(str(CONTENTS))
    contents.write_string(0, 0, report.title, styles["title"])
    contents.write_string(1, 0, report.synthetic or report.subtitle, styles["line"])
    for row, (exhibit, label) in enumerate(zip(report.exhibits(), labels(report).values(), strict=True), start=3):
        sheet = str(DEFINITIONS) if exhibit.id == USED else label
        contents.write_url(row, 0, f"internal:'{sheet}'!A1", styles["text"], label)
        contents.write_string(row, 1, exhibit.caption, styles["text"])
        contents.write_string(row, 2, exhibit.function, styles["line"])
        _sheet(book, sheet, exhibit, styles)
        if exhibit.id == USED:  # what is said about the definitions, their sources too
            texts = [block.text for s in about for block in s.blocks if isinstance(block, Paragraph)]
            for line, text in enumerate(texts, start=len(_as_table(exhibit).frame) + 4):
                book.get_worksheet_by_name(sheet).write_string(line, 0, safe_cell(text), styles["line"])
    contents.set_landscape()
    contents.fit_to_pages(1, 0)
    contents.set_column(0, 0, 12)
    contents.set_column(1, 2, WIDEST)
    contents.write_string(len(report.exhibits()) + 4, 0, footer, styles["line"])
    book.close()
    return out.getvalue()
