"""A table's columns as Excel holds them: what is a number in words is a number there, and an interval is its two limits."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.cases.privacy import safe_cell
from analysis.report.content import COUNT, DATE, DECIMAL, PLAIN, TEXT, Figure, Table
from analysis.report.formats.layout import visual_length
from analysis.vocabulary.labels import SHARES, read, units_of
from analysis.vocabulary.numbers import MISSING, number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import in_language

FINE = "fine"  # the numbers behind a chart, as far as they are read
WIDEST, NARROWEST, BROADEST_HEADING = 60, 8, 18
MANY_COLUMNS, BROADEST_OF_MANY = (
    9,
    11,
)  # beyond which headings take more lines, as the page would else be made too small to read
INTERVAL = re.compile(r"(−?\d[\d,]*(?:\.\d+)?)–(−?\d[\d,]*(?:\.\d+)?)")
FIGURE = re.compile(
    r"(同比|)(上升|增加|下降|减少|up |down |)(−?(?:0|[1-9][\d,]*)(?:\.\d+)?)(\D*?)((?: on| than in) \d{4}|)"
)
QUOTED = re.compile(r'"([^"]*)"')  # the words of a number's format
CHANGES = (("上升", "下降"), ("增加", "减少"), ("up ", "down "), (" more", " fewer"))
OPEN_BAND = " and more"  # of an amount: no change
BROADER = 0.2  # of a column, a figure of a Chinese font
MOST_DIGITS = 12  # of a number; more are those of a name


def as_table(exhibit: Table | Figure) -> Table:
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


def _length(value: Any) -> str:
    """As much of a cell as its column should have room for."""
    return (
        "0000-00-00"
        if isinstance(value, datetime)
        else f"{value:,.2f}"
        if isinstance(value, float)
        else str(value)[:40]
    )


def _room(value: Any) -> float:
    """The columns that a cell takes; beside Chinese, figures are set in its font, broader than the one that columns are counted by.

    >>> round(_room("（2023）苏0706执恢7087号"), 1), _room("Enforcement Team 1"), _room(1234.5)
    (26.4, 18, 8)
    """
    text = _length(value)
    columns = visual_length(text)
    return columns + BROADER * (2 * len(text) - columns) if columns > len(text) else columns


@dataclass(frozen=True)
class Column:
    """A column as Excel holds it: its heading, its values, and the format of each."""

    heading: str
    values: tuple[Any, ...]
    kinds: tuple[str, ...]
    is_number: bool

    @property
    def heading_style(self) -> str:
        """The style of the heading, which stands where most of the cells below it do."""
        written = zip(self.values, self.kinds, strict=True)
        numbers = sum(
            isinstance(value, float) or (isinstance(value, int) and kind != TEXT) for value, kind in written
        )  # a year is set as text
        is_right = self.is_number or 2 * numbers > sum(value is not None for value in self.values)
        return "number heading" if is_right else "heading"

    def width(self, broadest: int) -> float:
        """Wide enough for the longest cell, while a heading of more than ``broadest`` takes lines; a Chinese character takes two columns."""
        longest = max(
            (
                _room(value) + visual_length("".join(QUOTED.findall(kind.partition(";")[0])))
                for value, kind in zip(self.values, self.kinds, strict=True)
                if value is not None
            ),
            default=0,
        )
        return min(WIDEST, max(NARROWEST, longest + 3, min(visual_length(self.heading), broadest) + 3))


def columns_of(table: Table) -> list[Column]:
    """The columns of a table; what is a number in words is a number here, and an interval is its two limits."""
    columns = []
    for heading, key in zip(table.headings(), table.frame.columns, strict=True):
        cells = table.frame[key]
        values = [_value(cell if table.is_written else read(str(key), cell, table.table)) for cell in cells]
        kinds = [_kind(table.format_of(str(key), row), value) for row, value in enumerate(values)]
        limits = [INTERVAL.fullmatch(value) if isinstance(value, str) else None for value in values]
        if any(limits):
            unbound = all(found or value in (None, MISSING) for found, value in zip(limits, values, strict=True))
            for side, name in enumerate((term("lower"), term("upper"))) if unbound else ():
                columns.append(
                    _column(f"{heading} {name}", [found and found[side + 1] for found in limits], kinds, is_number=True)
                )
            if unbound:
                continue
        columns.append(_column(heading, values, kinds, is_number=table.is_number(str(key))))
    return columns


def _kind(kind: str, value: Any) -> str:
    """The format of a cell; a plain number has the decimals that it has on paper."""
    if kind != PLAIN or not isinstance(value, float):
        return kind
    return COUNT if value.is_integer() else DECIMAL


def _column(heading: str, values: list[Any], kinds: list[str], *, is_number: bool) -> Column:
    """A column with its texts that are numbers as such; ``is_number`` is told otherwise by its cells where all are."""
    told = [figure_of(value) if isinstance(value, str) else None for value in values]
    cells = [found[0] if found else value for found, value in zip(told, values, strict=True)]
    formats = [found[1] if found else kind for found, kind in zip(told, kinds, strict=True)]
    known = [
        (value, kind) for value, kind in zip(cells, formats, strict=True) if value is not None and value != MISSING
    ]
    numbers = bool(known) and all(
        isinstance(value, int | float) and not isinstance(value, bool) and kind != TEXT for value, kind in known
    )
    if numbers or is_number:
        cells = [None if value == MISSING else value for value in cells]
    return Column(str(safe_cell(heading)), tuple(cells), tuple(formats), is_number or numbers)


def figure_of(text: str) -> tuple[float, str] | None:
    """Return the number that a cell says in words, and the format by which Excel says the same; ``None`` for other text.

    >>> figure_of("99.5"), figure_of("下降0.91个百分点"), figure_of("12 cases fewer"), figure_of("0882")
    ((99.5, '0.0'), (-0.91, '"上升"0.00"个百分点";"下降"0.00"个百分点"'), (-12.0, '0" cases more";0" cases fewer"'), None)
    """
    found = FIGURE.fullmatch(text)
    if found is None or len(found[3]) > MOST_DIGITS:
        return None
    base, first, said, last, year = found.groups()
    if last.endswith(OPEN_BAND):
        return None
    whole, _, decimals = said.partition(".")
    digits = ("#,##0" if "," in whole else "0") + ("." + "0" * len(decimals) if decimals else "")
    value = float(said.replace(",", "").replace("−", "-"))
    for more, less in CHANGES:
        for word, sign in ((more, 1), (less, -1)):
            if first == word or last.endswith(word):
                ways = (
                    _quoted(base + first.replace(word, way)) + digits + _quoted(last.replace(word, way) + year)
                    for way in (more, less)
                )
                return sign * value, ";".join(ways)
    return None if base or first or last or year else (value, digits)


def _quoted(words: str) -> str:
    return f'"{words}"' if words else ""
