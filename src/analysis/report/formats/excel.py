"""The numbers of a report as an Excel workbook: a sheet a topic, the series behind the charts on one that does not print."""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.privacy import safe_cell
from analysis.charts.drawing.native import NativeChart, Series, native_chart
from analysis.charts.drawing.palette import INK
from analysis.charts.drawing.scales import round_ticks
from analysis.report.content import (
    AMOUNT,
    COUNT,
    DATE,
    DECIMAL,
    FIRST_PAGE,
    MEAN,
    PLAIN,
    RATE,
    Block,
    Cards,
    Exhibit,
    Figure,
    Paragraph,
    Report,
    Section,
    Table,
)
from analysis.report.formats.excel_cells import (
    BROADEST_HEADING,
    BROADEST_OF_MANY,
    FINE,
    MANY_COLUMNS,
    WIDEST,
    Column,
    as_table,
    columns_of,
    figure_of,
)
from analysis.report.formats.html import labels
from analysis.report.formats.layout import visual_length
from analysis.report.formats.native_chart import DASHES, SHAPES
from analysis.report.formats.sparkline import is_drawn
from analysis.vocabulary.labels import SHARES
from analysis.vocabulary.numbers import factor_of, is_number, number, unit_text
from analysis.vocabulary.tables import cells_in_words, names_its_periods, noted, told_once, units_of_cells, with_groups
from analysis.vocabulary.text import Text, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NUMBER_FORMATS = {
    COUNT: "#,##0",
    RATE: "0.00",
    AMOUNT: "#,##0.0",
    DECIMAL: "#,##0.00",
    MEAN: "#,##0.0",
    DATE: "yyyy-mm-dd",
    FINE: "0.0000",
    **dict.fromkeys(SHARES, "0.00"),
}
EXCEL_EPOCH = 1980  # of a workbook of tables, which are of no one year
LINE_POINTS, BREADTH = 17, 0.85  # of a line, said where a row has one; as much of a width as is sure to hold text
LATIN = 0.8  # of a digit's width that letters and blanks of a sentence take in Calibri, on average
CAPTION_POINTS = (
    18  # of the row of a caption: said, as a chart beneath stands by the heights that are known when it is written
)
HEADING = {"bold": True, "bottom": 1, "top": 2, "text_wrap": True}
WIDTH_OF_WORDS = 2 * WIDEST
FRONT_WIDTHS, WIDEST_OF_FRONT = (15, 2), 28  # of page one: a line of years and a gap, right of columns of key figures
CELLS = (
    "indicator", "value", "lower", "upper", "unit", "numerator", "denominator", "change", "target_low", "target_high",
)  # fmt: skip
COUNTED_CASES = "件"  # a unit of parts that needs no words
CONTENTS = Text("目录", "Contents")
SERIES = Text("数据", "Data")
MONTH_FORMAT = Text('yyyy"年"m"月"', "mmm yyyy")
NOT_PRINTED = Text(
    "各图背后的数字，仅供查阅和作图，不打印。",
    "The numbers behind the charts, to look up and to draw; they do not go on paper.",
)
USED = "definitions-used"  # the exhibit whose section is written in full: formulas, sources, rounding
A4, LONGEST_NAME = 9, 31  # Excel's number for the paper; letters of a sheet's name
UNNAMED = re.compile(r"[\[\]:*?/\\]")  # what no name of a sheet holds
NOTE_ROW = 2  # of the sheet of series: where a note would stand, and none does
CHART_PIXELS, ROW_PIXELS = (900, 420), 20
PIXELS_PER_CHARACTER, POINTS_PER_PIXEL = 7, 0.75
EMPTY_POINTS = 15  # of a row that nobody sets
PAGE_POINTS = (735, 470)  # of A4 across between its margins, a little less than there is
LEAST_ROWS, LAST_ROWS = 5, 4  # of a table that goes on over a page: below its headings, and on its last page


def _put(
    sheet: Any,
    top: int,
    exhibit: Table | Figure,
    columns: list[Column],
    styles: _Styles,
    *,
    widths: dict[int, float],
    label: str = "",
) -> int:
    """Write an exhibit from a row on, in the columns that have a width: caption, note, headings, a row each; gives the row below."""
    left = min(widths, default=0)
    sheet.write_string(top, left, f"{label}　{exhibit.caption}" if label else exhibit.caption, styles["title"])
    sheet.set_row(top, CAPTION_POINTS)
    if exhibit.note:
        _said(sheet, top + 1, exhibit.note, widths, styles["note"])
    _written(sheet, top + 2, left, columns, styles)
    for row, lines in enumerate(_lines(columns, [*widths.values()]), start=top + 2):
        if lines == 1:
            sheet.set_row(row, LINE_POINTS)
    return top + 3 + len(as_table(exhibit).frame)


def _lines(columns: list[Column], widths: list[float]) -> list[int]:
    """Count the lines of the headings and of each row: texts take as many as their width asks for, numbers one."""
    rows = [[column.heading for column in columns], *zip(*(column.values for column in columns), strict=True)]
    return [
        max(
            -(-length // int(BREADTH * width)) if (length := _text_length(cell)) > width - 2 else 1
            for cell, width in zip(row, widths, strict=False)
        )
        for row in rows
    ]


def _text_length(cell: Any) -> int:
    return visual_length(cell) if isinstance(cell, str) else 0


def _written(sheet: Any, top: int, left: int, columns: list[Column], styles: _Styles) -> None:
    """Write headings and, below them, a row each, every cell as what it is."""
    for place, column in enumerate(columns, start=left):
        sheet.write_string(top, place, column.heading, styles[column.heading_style])
        for row, (value, kind) in enumerate(zip(column.values, column.kinds, strict=True), start=top + 1):
            if value is None:
                sheet.write_blank(row, place, None, styles["text"])
            elif isinstance(value, str):
                style = styles["number text" if column.is_number else "text"]
                sheet.write_string(row, place, safe_cell(value), style)  # nor where it is copied to a csv
            elif isinstance(value, bool):
                sheet.write_boolean(row, place, value, styles["text"])
            elif isinstance(value, datetime):
                sheet.write_datetime(row, place, value, styles[DATE])
            elif math.isfinite(shown := factor_of(kind) * value):
                sheet.write_number(row, place, shown, styles[kind])
            else:
                sheet.write_string(row, place, number(shown), styles["text"])


def _said(sheet: Any, row: int, text: str, widths: Mapping[int, float], style: Any) -> None:
    """Write a text over the whole width of the tables, in as many lines as it takes: it neither runs out of the page nor widens a column."""
    left = min(widths)
    if len(widths) > 1:
        sheet.merge_range(row, left, row, max(widths), text, style)
    else:
        sheet.write_string(row, left, text, style)
    sheet.set_row(row, _height(text, widths))


def _height(text: str, widths: Mapping[int, float]) -> float:
    wide = visual_length(text) - len(text)
    long = 2 * wide + LATIN * (len(text) - wide)
    return LINE_POINTS * math.ceil(long / int(BREADTH * sum(widths.values())))


def _filtered(sheet: Any, top: int, rows: int, columns: list[Column], styles: _Styles) -> None:
    """Let the rows under the headings be filtered and sorted, each table of a sheet by itself."""
    names = [column.heading for column in columns]
    if rows < 2 or len({name.casefold() for name in names}) < len(names):  # Excel takes no heading twice
        return
    heads = [
        {"header": name, "header_format": styles[column.heading_style]}
        for name, column in zip(names, columns, strict=True)
    ]
    sheet.add_table(top + 2, 0, top + 2 + rows, len(names) - 1, {"columns": heads, "style": None})


def _widths(tables: Iterable[list[Column]], *, left: int = 0) -> dict[int, float]:
    """The widths of a sheet's columns: as wide as the widest of its tables asks for."""
    widths: dict[int, float] = {}
    for columns in tables:
        broadest = BROADEST_HEADING if len(columns) <= MANY_COLUMNS else BROADEST_OF_MANY
        for place, column in enumerate(columns, start=left):
            widths[place] = max(widths.get(place, 0), column.width(broadest))
    return widths


def _set_widths(sheet: Any, widths: Mapping[int, float]) -> None:
    for place, width in widths.items():
        sheet.set_column(place, place, width)


def _print(sheet: Any, title: str, *, pages: int = 0) -> None:
    """On A4 across, as wide as the page and so many pages long (0: as many as it takes), with the title above and the page below."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    # At a scale of our own the last columns would stand on a page of their own where the machine's fonts are wider than reckoned. Where a
    # sheet is fitted in width not every program heeds page breaks (``_breaks``); one that does not goes on as if there were none.
    sheet.fit_to_pages(1, pages)
    sheet.set_header(f"&C{title.replace('&', '&&')}")
    sheet.set_footer(f"&L{str(sheet.get_name()).replace('&', '&&')}&R&P / &N")


def _alone(book: Any, name: str, exhibit: Table, styles: _Styles) -> None:
    """A sheet of one table, whose headings stay while one scrolls and stand on each page."""
    sheet = book.add_worksheet(name)
    columns = columns_of(exhibit)
    widths = _widths([columns])
    _set_widths(sheet, widths)
    _put(sheet, 0, exhibit, columns, styles, widths=widths)
    _filtered(sheet, 0, len(exhibit.frame), columns, styles)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    _print(sheet, exhibit.caption)


@dataclass(frozen=True, eq=False)
class _Page:
    """How the tables of a section are laid on paper: their columns and the points of their rows by id, the widths, and what a page holds."""

    section: Section
    columns: Mapping[str, list[Column]]
    widths: dict[int, float]
    heights: Mapping[str, list[float]]
    held: float

    @classmethod
    def of(cls, section: Section) -> _Page:
        """Lay out the tables of a section as wide as the widest, or its charts, and so as high as the paper is then."""
        columns = {block.id: columns_of(block) for block in section.blocks if isinstance(block, Table)}
        widths = _widths(columns.values())
        drawn = CHART_PIXELS[0] if any(isinstance(block, Figure) for block in section.blocks) else 0
        needed = POINTS_PER_PIXEL * max(drawn, sum(PIXELS_PER_CHARACTER * width + 5 for width in widths.values()))
        heights = {
            block.id: [
                CAPTION_POINTS,
                _height(block.note, widths) if block.note else EMPTY_POINTS,
                *(LINE_POINTS * number for number in _lines(columns[block.id], [*widths.values()])),
            ]
            for block in section.blocks
            if isinstance(block, Table) and len(block.frame.columns)
        }
        return cls(section, columns, widths, heights, PAGE_POINTS[1] * max(1, needed / PAGE_POINTS[0]))

    def parted(self) -> list[str]:
        """Return the ids of the tables that go on over a page, the longest last."""
        return sorted((name for name, rows in self.heights.items() if sum(rows) > self.held), key=self._points)

    def _points(self, name: str) -> float:
        return sum(self.heights[name])


def _sheets_of(section: Section) -> list[_Page]:
    """A section and, of its tables that go on over a page, all but the longest apart: a sheet repeats the headings of one."""
    page = _Page.of(section)
    shorter = page.parted()[:-1]
    apart = [block for block in section.blocks if isinstance(block, Table) and block.id in shorter]
    if not apart:
        return [page]
    rest = tuple(block for block in section.blocks if block not in apart)
    own = [_Page.of(replace(section, heading=block.caption, blocks=(block,))) for block in apart]
    return [*_sheets_of(replace(section, blocks=rest)), *own]  # what is left may be laid otherwise


def _topic(book: Any, page: _Page, report: Report, data: _Data, styles: _Styles, name: str) -> None:
    """A sheet of a section: its charts and tables one under the other.

    Charts come first, as they stand by the heights of the rows above, which grow with the machine's fonts where they hold text; what is
    said comes before the tables, and one that goes on over a page last, since Excel repeats its headings on all pages after them.
    """
    sheet, section = book.add_worksheet(name), page.section
    row, columns, widths, parts = 0, page.columns, page.widths, list[_Part]()
    _set_widths(sheet, widths)
    said, last = any(isinstance(block, Table) and block.id == USED for block in section.blocks), page.parted()

    def order(block: Any) -> int:
        if isinstance(block, Table):
            return 3 if block.id in last else 2
        return 1 if isinstance(block, Paragraph) else 0

    for block in sorted(section.blocks, key=order):
        if isinstance(block, Figure):
            top, row = row, _figure(book, sheet, row, block, data, styles)
            parts.append(_Part(top, [EMPTY_POINTS] * (row - top)))
        elif isinstance(block, Table) and len(block.frame.columns):
            parts.append(_Part(row, page.heights[block.id], headings=row + 2))
            _filtered(sheet, row, len(block.frame), columns[block.id], styles)
            row = _put(sheet, row, block, columns[block.id], styles, widths=widths, label=data.labels[block.id]) + 2
        elif isinstance(block, Paragraph) and said:  # what is said about the definitions, their sources too
            _said(sheet, row, safe_cell(block.text), widths, styles["note"])
            parts.append(_Part(row, [_height(block.text, widths)]))
            row += 1
    tables = [part for part in parts if part.headings]
    if len(tables) == 1 and not any(isinstance(block, Figure) for block in section.blocks):
        sheet.freeze_panes(tables[0].headings + 1, 1)
    breaks = _breaks(parts, page.held)
    sheet.set_h_pagebreaks(breaks)
    if tables and any(tables[-1].headings < at < tables[-1].end for at in breaks):
        sheet.repeat_rows(tables[-1].headings)
    _print(sheet, report.title)


@dataclass(frozen=True)
class _Part:
    """A chart, a table or a text of a sheet: its first row, the points of its rows, and where a table's headings stand."""

    top: int
    heights: Sequence[float]
    headings: int = 0

    @property
    def end(self) -> int:
        return self.top + len(self.heights)


def _breaks(parts: Sequence[_Part], held: float) -> list[int]:
    """The rows before which a page of so many points ends: a part that one page holds is not broken, and of others no few rows stand apart.

    >>> _breaks([_Part(0, [15] * 24), _Part(24, [15] * 10)], 470), _breaks([_Part(0, [15] * 6), _Part(8, [15] * 20)], 470)
    ([24], [])
    >>> _breaks([_Part(0, [15] * 26), _Part(28, [15] * 40, headings=30)], 470), _breaks([_Part(0, [15] * 33, headings=2)], 470)
    ([28, 59], [29])
    """
    found, used = list[int](), 0.0
    for part, following in zip(parts, [*(part.top for part in parts[1:]), 0], strict=True):
        whole, heights = sum(part.heights), part.heights
        head = part.headings - part.top + 1 if part.headings else 0
        if used and used + (whole if whole <= held else sum(heights[: head + LEAST_ROWS])) > held:
            found.append(part.top)
            used = 0.0
        begun = 0
        for place, height in enumerate(heights):
            if used + height > held and place > head:
                at = min(place, len(heights) - LAST_ROWS)
                if at > begun:
                    found.append(part.top + at)
                    begun, used = at, heights[head - 1] + sum(heights[at:place])
            used += height
        used += EMPTY_POINTS * (following - part.end)
    return found


class _Data:
    """The sheet of the series behind the charts: a block of columns each, side by side, of which nothing is printed."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels
        self._blocks: list[tuple[int, Figure, list[Column]]] = []
        self._left = 0

    def take(self, figure: Figure) -> int:
        """Keep room for the numbers behind a figure, if it has any; gives the column where they begin."""
        left, columns = self._left, columns_of(as_table(figure))
        if not columns:  # a picture of a notebook
            return left
        self._blocks.append((left, figure, columns))
        self._left += len(columns) + 1
        return left

    def write(self, book: Any, styles: _Styles) -> None:
        """Write the sheet, the last of the workbook."""
        if not self._blocks:
            return
        sheet = book.add_worksheet(str(SERIES))
        sheet.write_string(0, 0, str(NOT_PRINTED), styles["line"])
        for left, figure, columns in self._blocks:
            widths = _widths([columns], left=left)
            _set_widths(sheet, widths)
            _put(
                sheet,
                NOTE_ROW - 1,
                replace(figure, note=""),
                columns,
                styles,
                widths=widths,
                label=self.labels[figure.id],
            )
        sheet.print_area(
            NOTE_ROW, 0, NOTE_ROW, 0
        )  # an area without content: neither Excel nor LibreOffice prints such a page
        sheet.freeze_panes(4, 0)


def _figure(book: Any, sheet: Any, row: int, figure: Figure, data: _Data, styles: _Styles) -> int:
    """A chart of Excel's own from the sheet of series, which changes with them; a chart of another kind is named. Gives the row below."""
    left, native = data.take(figure), figure.native
    sheet.write_string(row, 0, f"{data.labels[figure.id]}　{figure.caption}", styles["title"])
    sheet.set_row(row, CAPTION_POINTS)
    if native is None:
        where = Text("图见报告", "The chart stands in the report")
        if _has_numbers(figure):
            where += Text("，数字见“数据”表", ', its numbers on the sheet "Data"')
        where += Text("。", ".")
        sheet.write_string(row + 1, 0, str(where), styles["line"])
        return row + 3
    said = native_chart(figure.said(), native.columns)
    names, first, last, series_sheet = list(figure.numbers.columns), 4, len(figure.numbers) + 3, str(SERIES)
    at = left + names.index(native.category)
    chart = book.add_chart({"type": said.kind})
    for series in said.series:
        column = left + names.index(native.columns[series.role])
        look = _point(series) if series.symbol else _line(series)
        chart.add_series(
            {
                "name": series.label,
                "categories": [series_sheet, first, at, last, at],
                "values": [series_sheet, first, column, last, column],
                **(look if said.kind == "line" else {"fill": {"color": series.colour}}),
                **_values(said, series),
            }
        )
    chart.set_title({"none": True})
    chart.set_legend({"position": "top"} if len(said.series) > 1 else {"none": True})
    dated = {"num_format": _days(figure.numbers["period"]), "text_axis": True} if native.category == "period" else {}
    chart.set_x_axis({"label_position": "low", **dated})
    top = max(v for s in said.series for v in s.values if v is not None)
    low = {"min": round_ticks(said.low, top)[0]} if said.low else {}
    chart.set_y_axis({"name": said.unit, "name_font": {"bold": False}, **low})
    across, down = CHART_PIXELS
    chart.set_size({"width": across, "height": down})
    sheet.insert_chart(row + 1, 0, chart, {"description": figure.caption})
    return row + 3 + down // ROW_PIXELS


def _has_numbers(exhibit: Exhibit) -> bool:
    return isinstance(exhibit, Figure) and len(exhibit.numbers.columns) > 0


def _values(said: NativeChart, series: Series) -> dict[str, Any]:
    """The values that a chart writes beside a series."""
    places, position = said.labelled(series), "above" if said.kind == "line" else "outside_end"
    custom = [None if place in places else {"delete": True} for place in range(len(series.values))]
    return {"data_labels": {"value": True, "position": position, "custom": custom}} if places else {}


def _line(series: Series) -> dict[str, Any]:
    dash = DASHES.get(series.dash, "solid").lower()
    return {"line": {"color": series.colour, "width": 2, "dash_type": dash}, "marker": {"type": "none"}}


def _point(series: Series) -> dict[str, Any]:
    """Single points by their shape, no line between them."""
    shape = SHAPES.get(series.symbol, "CIRCLE").lower()
    edge = series.colour if shape == "x" else INK
    marker = {
        "type": shape,
        "size": 9,
        "fill": {"color": series.colour},
        "border": {"color": edge, "width": 2 if shape == "x" else 0.75},
    }
    return {"line": {"none": True}, "marker": marker}


def _days(periods: pd.Series) -> str:
    """How an axis writes periods: by their month where they begin with one, else by the day."""
    return str(MONTH_FORMAT) if pd.to_datetime(periods).dt.day.eq(1).all() else NUMBER_FORMATS[DATE]


def _first_sheet(book: Any, front: Section, report: Report, styles: _Styles) -> None:
    """Page one: the key figures with their change, target and course over the years, then what is said."""
    sheet = book.add_worksheet(front.heading)
    sheet.write_string(0, 0, report.title, styles["title"])
    figures = [columns_of(_figures(block)) for block in front.blocks if isinstance(block, Cards)]
    widths = dict(enumerate(min(column.width(BROADEST_HEADING), WIDEST_OF_FRONT) for column in chain(*figures)))
    # without key figures, as where nothing is known of the year before, the words have the page
    widths = widths | dict(enumerate(FRONT_WIDTHS, start=len(widths))) if widths else {0: WIDTH_OF_WORDS}
    _said(sheet, 1, report.under, widths, styles["note"])
    row = 3
    for block in front.blocks:
        if isinstance(block, Paragraph):
            _said(sheet, row, safe_cell(block.text), widths, styles["text"])
            row += 1
        elif isinstance(block, Cards):
            row = _cards(sheet, block, figures.pop(0), row + 1, report.year, styles) + 1
    _set_widths(sheet, widths)
    _print(sheet, report.title)


def _figures(block: Cards) -> Table:
    """The key figures as a table: a row each, with limits and targets where there are any, its change a number where it is one."""
    rows = [
        {name: card.cells.get(name) for name in CELLS} | {"indicator": card.label, "change": card.change or None}
        for card in block.cards
    ]
    for row, card in zip(rows, block.cards, strict=True):
        row["value"] = row["value"] if card.cells else card.value
        if (of_parts := card.cells.get("of_parts", COUNTED_CASES)) != COUNTED_CASES:
            of, unit = unit_text(row["unit"]), unit_text(of_parts)
            row["unit"] = str(Text(f"{of.zh}（分子、分母：{unit.zh}）", f"{of.en} (of {unit.en})"))
    kinds = tuple(str(card.cells.get("kind", PLAIN)) for card in block.cards)
    formats = dict.fromkeys(("value", "lower", "upper"), kinds) | dict.fromkeys(("numerator", "denominator"), PLAIN)
    frame = pd.DataFrame(rows, dtype=object).dropna(axis="columns", how="all")
    return Table("cards", "", "analysis.indicators", frame=frame, formats=formats)


def _cards(sheet: Any, block: Cards, columns: list[Column], row: int, year: int, styles: _Styles) -> int:
    """A row a key figure under the headings, beside it its course and its values over the years; gives the row below."""
    _written(sheet, row, 0, columns, styles)
    trend_at, first_year_at = len(columns), len(columns) + len(FRONT_WIDTHS)
    years = max(len(card.trend) for card in block.cards)
    for place in range(years):
        heading = str(year - years + 1 + place)
        sheet.write_string(row, first_year_at + place, heading, styles["number heading"])
    for card in block.cards:
        row += 1
        first = first_year_at + years - len(card.trend)
        for place, value in enumerate(card.trend):
            if value is not None:
                sheet.write_number(row, first + place, value, styles[card.cells["kind"]])
        if is_drawn(card.trend):
            span = _range(sheet.get_name(), row, first, row, first + len(card.trend) - 1)
            sheet.add_sparkline(row, trend_at, {"range": span, "last_point": True})
    return row + 1


def _range(sheet: str, *corners: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    return f"'{sheet}'!{xl_range_abs(*corners)}"


def _book(out: io.BytesIO, *, title: str, comments: str, year: int) -> Any:
    """An empty workbook: a fixed day in place of the clock, so that the same input gives the same file."""
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "comments": comments, "created": datetime(year, 12, 31)})
    return book


class _Styles(dict[str, Any]):
    """The formats of a workbook by what they are for; a number format of its own is made when it is first asked for."""

    def __init__(self, book: Any, language: str) -> None:
        self._book = book
        self._plain = {"font_name": "等线" if language == "zh" else "Calibri", "font_size": 11, "valign": "top"}
        text, note = {"text_wrap": True, "align": "left", "indent": 1}, {"font_color": "#52606D"}
        made: dict[str, dict[str, Any]] = {kind: {"num_format": form} for kind, form in NUMBER_FORMATS.items()} | {
            DATE: {"num_format": NUMBER_FORMATS[DATE], "align": "left", "indent": 1},
            "text": text,
            PLAIN: {},
            "title": {"bold": True, "font_size": 13},
            "line": note,
            "note": note | {"text_wrap": True},
            "heading": {**HEADING, "align": "left", "indent": 1},
            "number heading": {**HEADING, "align": "right"},
            "number text": {"align": "right"},
        }
        super().__init__({kind: book.add_format({**self._plain, **look}) for kind, look in made.items()})

    def __missing__(self, kind: str) -> Any:
        """Make the format of a number that is shown as ``kind`` says; anything else is text."""
        made = self._book.add_format({**self._plain, "num_format": kind}) if "0" in kind else self["text"]
        return self.setdefault(kind, made)


def tables_workbook(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Write frames as the sheets of a workbook, by their names; the same frames give the same bytes."""
    out = io.BytesIO()
    book = _book(out, title="、".join(tables), comments="", year=EXCEL_EPOCH)
    styles = _Styles(book, spoken())
    for name, frame in tables.items():
        _alone(book, name, _as_in_a_notebook(name, frame), styles)
    book.close()
    return out.getvalue()


def _as_in_a_notebook(name: str, frame: pd.DataFrame) -> Table:
    """A frame as a sheet: periods by their names, each number with the decimals that a notebook shows."""
    told = "\n".join(noted(frame, "notes"))
    frame = told_once(frame)
    words, frame = cells_in_words(frame), with_groups(frame)
    formats = {
        str(column): tuple(
            unit if unit in SHARES else (figure_of(text) or (0, PLAIN))[1]
            for unit, text in zip(units_of_cells(frame, str(column)), words[column], strict=True)
        )
        for column in frame
        if any(map(is_number, frame[column]))
    }
    if names_its_periods(frame):
        frame = frame.assign(period=words["period"])
    return Table(name, name, "", note=told, frame=frame, formats=formats)


def write_excel(report: Report, footer: str) -> bytes:
    """Write the workbook as bytes; the same report gives the same bytes."""
    out = io.BytesIO()
    book = _book(out, title=report.title, comments=footer, year=report.year)
    styles, numbers = _Styles(book, report.language), labels(report)
    front = next((section for section in report.sections if section.id == FIRST_PAGE), None)
    if front is not None:
        _first_sheet(book, front, report, styles)
    topics = _sheet_names(report)
    _contents(book.add_worksheet(str(CONTENTS)), report, topics, numbers, footer, styles)
    data, drawn = _Data(numbers), _places(topics)
    for name, page in topics.items():
        _topic(book, page, report, data, styles, name)
    for figure in report.exhibits():
        if isinstance(figure, Figure) and figure.id not in drawn:
            data.take(figure)
    data.write(book, styles)
    book.close()
    return out.getvalue()


def _sheet_names(report: Report) -> dict[str, _Page]:
    """The sections that have a sheet, and tables of theirs that have one of their own, by the name of the sheet, which Excel keeps short and apart."""
    named: dict[str, _Page] = {}
    taken = {str(CONTENTS).casefold(), str(SERIES).casefold()}
    taken |= {section.heading.casefold() for section in report.sections if section.id == FIRST_PAGE}
    for page in chain(*(_sheets_of(section) for section in report.sections if section.id != FIRST_PAGE)):
        if any(isinstance(block, Table) or _is_native(block) for block in page.section.blocks):
            name = _short(UNNAMED.sub(" ", page.section.heading), LONGEST_NAME)
            name = f"{_short(name, LONGEST_NAME - 3)} {len(named)}" if name.casefold() in taken else name
            taken.add(name.casefold())
            named[name] = page
    return named


def _is_native(block: Block) -> bool:
    """Return whether a block is a chart that Excel draws: a sheet of none says nothing."""
    return isinstance(block, Figure) and block.native is not None


def _places(topics: Mapping[str, _Page]) -> dict[str, str]:
    """The sheet of each exhibit that has one, by its id."""
    exhibits = ((name, block) for name, page in topics.items() for block in page.section.blocks)
    return {block.id: name for name, block in exhibits if isinstance(block, Exhibit)}


def _short(name: str, most: int) -> str:
    """As much of a name as there is room for, ended after a word."""
    if len(name) <= most:
        return name
    cut = name[: most - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _contents(
    sheet: Any, report: Report, topics: Mapping[str, _Page], numbers: Mapping[str, str], footer: str, styles: _Styles
) -> None:
    sheet.write_string(0, 0, report.title, styles["title"])
    sheet.write_string(1, 0, report.synthetic or report.subtitle, styles["line"])
    row = 3
    held = _places(topics)
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Exhibit) and section.id != FIRST_PAGE:
                place = held.get(block.id, str(SERIES) if _has_numbers(block) else "")
                if place:
                    sheet.write_url(row, 0, f"internal:'{place}'!A1", styles["text"], numbers[block.id])
                else:  # a picture that the report alone holds
                    sheet.write_string(row, 0, numbers[block.id], styles["text"])
                sheet.write_string(row, 1, block.caption, styles["text"])
                sheet.write_string(row, 2, section.heading, styles["text"])
                row += 1
    sheet.write_string(row + 1, 0, footer, styles["line"])
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, WIDEST)
    sheet.set_column(2, 2, WIDEST // 2)
    _print(sheet, report.title, pages=1)
