"""Printed figures in their places: one cell is a court's scope in a period, one figure a number printed for it."""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from analysis.returns.figures import CHANGE, DIFFERENCE, MEASURES, PRINTED, Printed, base_of, kind_of, printed_figure
from analysis.returns.headings import RETURN_COLUMNS
from analysis.returns.reading import rows_of
from analysis.returns.several_courts import is_middle
from analysis.vocabulary.errors import InputError, must_have_columns
from analysis.vocabulary.indicator_sets.rates import Sets

if TYPE_CHECKING:
    import pandas as pd

MODE_COLUMNS = ("court", "period_start", "period_end", "mode", "cases")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    """A court's scope in a period; a cell without both days stands for the one line it came from."""

    scope: str
    start: date | None
    end: date | None
    line: str = ""

    @property
    def dated(self) -> bool:
        """Return whether both days are known."""
        return self.start is not None and self.end is not None

    def inside(self, other: Cell) -> bool:
        """Return whether this cell's period lies in another of the same scope (and is not the whole of it)."""
        if self.scope != other.scope or not (self.dated and other.dated) or self == other:
            return False
        return str(other.start) <= str(self.start) and str(self.end) <= str(other.end)


@dataclass(frozen=True)
class Figure:
    """One printed number of a court: where it stands, what it measures, the digits."""

    number: int
    court: str
    cell: Cell
    measure: str
    kind: str  # count, amount, rate, change, difference, mode; other is held against nothing
    text: str
    printed: Printed
    source: str
    place: str
    rate: str = ""  # the rate that it prints, or whose change it prints


def cell_of(scope: str, start: str | None, end: str | None, place: str) -> Cell:
    """The cell of a line; without both days it is the line's own."""
    first = date.fromisoformat(start) if start else None
    last = date.fromisoformat(end) if end else None
    return Cell(scope, first, last, "" if first and last else place)


def figures_by_court(returns: pd.DataFrame, sets: Sets = None) -> dict[str, list[Figure]]:
    """Every printed number of a returns table, in the order of its lines, by court.

    What one source prints twice for the same cell is one figure: a copy confirms nothing.
    """
    extra = [
        name
        for name in returns.columns
        if name not in {*RETURN_COLUMNS, *MEASURES, "file", "row", "parent", "complete"}
    ]
    measures = [*MEASURES, *(name for name in extra if _numeric(returns[name], name))]
    found: dict[str, list[Figure]] = {}
    number = 0
    known = set()
    for line in rows_of(returns):
        court = str(line["court"])
        place = f"{line.get('file') or ''}:{line.get('row') or ''}"
        cell = cell_of(line.get("scope") or "", line.get("period_start"), line.get("period_end"), place)
        source = line.get("source") or line.get("file") or ""
        for measure in measures:
            text = line.get(measure)
            if text:
                kind = kind_of(measure, sets)
                printed = printed_figure(text, measure, unit=line.get("unit"), kind=kind)
                if (same := (court, cell, measure, source, printed)) in known:
                    continue
                known.add(same)
                kind = "other" if is_middle(court) else kind
                rate = _rate(measure, kind, sets)
                figure = Figure(number, court, cell, measure, kind, text, printed, source, place, rate)
                found.setdefault(court, []).append(figure)
                number += 1
    return found


def _rate(measure: str, kind: str, sets: Sets) -> str:
    base = base_of(measure)
    return base if kind in ("rate", "change") and kind_of(base, sets) == "rate" else ""


def _numeric(column: pd.Series, name: str) -> bool:
    """Return whether a column that is not known here holds printed numbers (a definition set's own indicator)."""
    if name.endswith((CHANGE, DIFFERENCE)):
        return bool(column.notna().any())
    texts = [str(value) for value in column.dropna()]
    return bool(texts) and all(PRINTED.fullmatch(text) for text in texts)


def mode_figures(modes: pd.DataFrame, figures: dict[str, list[Figure]]) -> None:
    """Add the counts of a table by closure mode (court, period_start, period_end, mode, cases) to those of a court.

    Optional columns: ``scope`` (else the court's only scope of that period), ``measure`` (the total that the modes add
    up to, ``closed`` unless said), ``source`` or ``source_url``. Raises ``InputError`` for missing columns and for a
    scope that cannot be told.
    """
    must_have_columns(modes, MODE_COLUMNS, "modes")
    number = 1 + max((f.number for of_court in figures.values() for f in of_court), default=-1)
    for line in rows_of(modes):
        court, place = str(line["court"]), f"{line['file']}:{line['row']}"
        start, end = (_day(line[name], name, place) for name in ("period_start", "period_end"))
        scope = line.get("scope") or _only_scope(court, start, end, figures, place)
        text = line["cases"] or ""
        if not PRINTED.fullmatch(text):
            raise InputError(
                f"{place}，列 cases：“{text}”不是数字。", f'{place}, column cases: "{text}" is not a number.'
            )
        measure = f"{line.get('measure') or 'closed'}:{line['mode']}"
        source = line.get("source") or line.get("source_url") or str(line["file"])
        cell = cell_of(scope, start, end, place)
        printed = printed_figure(text, "closed")
        figures.setdefault(court, []).append(Figure(number, court, cell, measure, "mode", text, printed, source, place))
        number += 1


def _day(value: str | None, name: str, place: str) -> str:
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError as error:
        raise InputError(
            f"{place}，列 {name}：“{value}”不是日期，应形如2011-12-31。",
            f'{place}, column {name}: "{value}" is not a date, expected 2011-12-31.',
        ) from error


def _only_scope(court: str, start: str, end: str, figures: dict[str, list[Figure]], place: str) -> str:
    of_court = figures.get(court, [])
    same = {f.cell.scope for f in of_court if f"{f.cell.start}" == start and f"{f.cell.end}" == end}
    scopes = same or {f.cell.scope for f in of_court} or {""}
    if len(scopes) > 1:
        raise InputError(
            f"{place}：{court} 有多个范围（{'、'.join(sorted(scopes))}），请在 modes 表中加 scope 列。",
            f"{place}: {court} has several scopes ({', '.join(sorted(scopes))}); add a scope column to the modes table.",
        )
    return next(iter(scopes))


def window_before(cell: Cell) -> Cell | None:
    """The same period of last year; of several whole years as many years before; a month's end stays a month's end.

    ``None`` for a period without both days, and for one longer than a year that is not whole years.

    >>> before = window_before(Cell("", date(2016, 1, 1), date(2018, 12, 31)))
    >>> print(before.start, before.end)
    2013-01-01 2015-12-31
    """
    if cell.start is None or cell.end is None:
        return None
    stop = cell.end + ONE_DAY
    years = stop.year - cell.start.year if (stop.month, stop.day) == (cell.start.month, cell.start.day) else 1
    if years < 1 or (years == 1 and cell.end > _back(cell.start, -1, last=False)):
        return None
    return Cell(cell.scope, _back(cell.start, years, last=False), _back(cell.end, years, last=True))


def _back(day: date, years: int, *, last: bool) -> date:
    longest = calendar.monthrange(day.year - years, day.month)[1]
    month_end = last and (day + ONE_DAY).day == 1
    return date(day.year - years, day.month, longest if month_end else min(day.day, longest))


def atoms(cells: list[Cell]) -> Iterator[tuple[date, date]]:
    """The stretches into which the periods of some cells cut each other, without the gaps between them.

    >>> two = [Cell("", date(2010, 1, 1), date(2011, 12, 31)), Cell("", date(2011, 1, 1), date(2011, 12, 31))]
    >>> [f"{a}..{b}" for a, b in atoms(two)]
    ['2010-01-01..2010-12-31', '2011-01-01..2011-12-31']
    """
    spans = [(cell.start, cell.end + ONE_DAY) for cell in cells if cell.start and cell.end]
    cuts = sorted({day for span in spans for day in span})
    for a, b in itertools.pairwise(cuts):
        if any(start <= a and b <= stop for start, stop in spans):
            yield a, b - ONE_DAY
