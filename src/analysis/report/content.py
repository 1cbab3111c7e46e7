"""A report as data: sections of paragraphs, tables and figures, which every writer can take.

Texts are already in the report's language. A table keeps its raw numbers with a format for each column; a figure
keeps the function that draws it and the result it draws, so that each writer draws what suits it and the manifest can
say where each exhibit comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.vocabulary.labels import SHARES, read, units_of
from analysis.vocabulary.numbers import MISSING, number, quantity
from analysis.vocabulary.sentences import period
from analysis.vocabulary.tables import headings
from analysis.vocabulary.text import Text, in_language, spoken

if TYPE_CHECKING:
    from analysis.charts.drawing.marks import Chart

# How a column is shown, or the unit of parts of 1 (``SHARES``); anything else is text. Rates are in percent already, amounts in 万元.
COUNT, RATE, AMOUNT, DECIMAL, DATE, TEXT = "count", "rate", "amount", "decimal", "date", "text"
MEAN = "mean"  # of counts
PLAIN = "plain"  # a whole number as such, any other with two decimals
BY_ROW = "by row"  # the row says it: an indicator's own unit
DIGITS = {COUNT: 0, RATE: 2, AMOUNT: 1, DECIMAL: 2, MEAN: 1}
KIND_OF_DTYPE = {"i": COUNT, "u": COUNT, "f": DECIMAL, "M": DATE}  # where a table does not say it: never unrounded
WINDOW = ("period_start", "period_end")
RECKONED = "reckoned-statements"  # the table that says how each statement was reckoned: a row a mark
FIRST_PAGE = "summary"  # the section that is page one: contents come after it
NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``strong`` for the sentence that the section exists for.

    ``calls`` give its figures again, ``basis`` is what they are and are made of; ``place`` is the row of the annex that says both.
    """

    text: str
    strong: bool = False
    calls: tuple[str, ...] = ()
    basis: str = ""
    place: int = 0

    @property
    def mark(self) -> str:
        """What leads from the text to the annex that says how it was reckoned; empty where it states no figure."""
        return f"〔{self.place}〕" if self.place else ""


@dataclass(frozen=True)
class Card:
    """A key figure of page one: its name, value and change as written, its target, and its values of the years up to this one.

    ``cells`` are the same as a row of a table, to calculate with: value, limits, unit and parts.
    """

    label: str
    value: str
    change: str = ""
    target: str = ""
    trend: tuple[float | None, ...] = ()
    since: str = ""  # the first year of the trend
    cells: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Cards:
    """The key figures of page one, side by side."""

    cards: tuple[Card, ...]

    @property
    def text(self) -> str:
        """Every card in words, a line each."""
        return "\n".join(" ".join(filter(None, (c.label, c.value, c.change, c.target))) for c in self.cards)


@dataclass(frozen=True, eq=False)
class Exhibit:
    """The common part of tables and figures: an id that stays, a caption, and the source of the numbers."""

    id: str
    caption: str
    function: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, eq=False)
class Table(Exhibit):
    """A table: raw numbers, the format of each column, of each of its cells, or of each row where it is ``BY_ROW``."""

    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    formats: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    row_formats: tuple[str, ...] = ()
    picture: Figure | None = None  # the same as a chart, for slides
    finding: str = ""  # a sentence of the report that says what it shows: the title of its slide
    to_fill_in: bool = False  # by hand: on paper its rows are tall
    is_written: bool = False  # headings and cells are texts as they are read: "3" under "closed" is no code
    on_paper: Table | None = None  # what is read in place of a list that Excel alone carries whole

    def format_of(self, name: str, row: int) -> str:
        """Return how the cell of a column in a row is shown."""
        kind = self._formats[name]
        of_cells = self.row_formats if kind == BY_ROW else kind
        return of_cells if isinstance(of_cells, str) else of_cells[row]

    @cached_property
    def _formats(self) -> dict[str, str | tuple[str, ...]]:
        kinds = {str(name): "O" if name == "year" else dtype.kind for name, dtype in self.frame.dtypes.items()}
        told = {
            name: unit if (unit := self._units[name]) in SHARES else KIND_OF_DTYPE.get(kind, TEXT)
            for name, kind in kinds.items()
        }
        return told | dict(self.formats)

    def headings(self) -> list[str]:
        """Return the headings in the language spoken."""
        return [*map(str, self.frame)] if self.is_written else headings(self.frame, self.table)

    @cached_property
    def _units(self) -> dict[str, str | None]:
        return units_of(self.frame, self.table)

    @property
    def table(self) -> str:
        """The table that the frame is: what it says itself, else the function that it comes from."""
        return str(self.frame.attrs.get("table") or self.function.rpartition(".")[2])

    def rows(self) -> list[list[str]]:
        """Return the cells as a person reads them; a missing value is a dash, never 0."""
        return [
            [
                shown(value if self.is_written else read(str(name), value, self.table), self.format_of(str(name), row))
                for name, value in record.items()
            ]
            for row, record in enumerate(self.frame.to_dict("records"))
        ]

    def is_number(self, name: str) -> bool:
        """Return whether a column is set right-aligned."""
        kind = self._formats[name]
        return isinstance(kind, tuple) or kind in (*DIGITS, *SHARES, PLAIN, BY_ROW)

    @cached_property
    def keys(self) -> list[str]:
        """The columns that say which row it is: of the texts before the first number the fewest that tell all rows apart, else the first."""
        names = [str(name) for name in self.frame.columns]
        said = self.frame.astype(str)
        texts = takewhile(lambda place: not self.is_number(names[place - 1]), range(1, len(names)))
        return next((names[:place] for place in texts if not said[names[:place]].duplicated().any()), names[:1])

    def follows_number(self, column: int) -> bool:
        """Return whether a column of text stands beside a number, whose end it would touch."""
        here, before = (str(self.frame.columns[place]) for place in (column, column - 1))
        return column > 0 and self.is_number(before) and not self.is_number(here)

    def for_people(self) -> Table:
        """Return the table as it is read rather than computed with: first and last day of a window in one column, of a long list what matters."""
        if self.on_paper is not None:
            return self.on_paper.for_people()
        if not set(WINDOW) <= set(self.frame.columns):
            return self
        frame = self.frame.copy()
        windows = [str(period(first, last)) for first, last in zip(frame[WINDOW[0]], frame[WINDOW[1]], strict=True)]
        frame.insert(int(frame.columns.get_loc(WINDOW[0])), "period", windows)  # type: ignore[arg-type]
        return replace(self, frame=frame.drop(columns=list(WINDOW)))


@dataclass(frozen=True)
class Native:
    """Marks of a figure that PowerPoint and Excel draw as a chart of their own, with the columns of its numbers."""

    category: str
    columns: Mapping[str, str]  # role of a mark → column


@dataclass(frozen=True, eq=False)
class Figure(Exhibit):
    """A figure: the public function that draws it, the result it draws, and the numbers behind it."""

    plot: Callable[..., Any] | None = None
    result: Any = None
    options: Mapping[str, Any] = field(default_factory=dict)
    numbers: pd.DataFrame = field(default_factory=pd.DataFrame)
    native: Native | None = None
    image: bytes = b""  # a picture that was drawn elsewhere (PNG), with its own alt text
    alt: str = ""

    def draw(self, *, interactive: bool, size: str = "page") -> Any:
        """Return the figure itself: matplotlib for paper and slides, plotly for the screen."""
        if self.plot is None:
            raise TypeError(self.id)
        return self.plot(self.result, interactive=interactive, language=spoken(), size=size, **self.options)

    def said(self) -> Chart:
        """Return what the figure says, undrawn: its marks and its words in the language spoken."""
        from analysis.charts.drawing.render import said_by

        if self.plot is None:
            raise TypeError(self.id)
        return said_by(self.plot, self.result, language=spoken(), **self.options)


Block = Paragraph | Cards | Table | Figure


@dataclass(frozen=True)
class Section:
    """A part of the report under one heading."""

    id: str
    heading: str
    blocks: tuple[Block, ...]
    annex: bool = False
    on_slides: bool = True  # in the deck; what page one says already, and what only documents, is not


@dataclass(frozen=True)
class Report:
    """The whole: title, what it stands on, its sections."""

    title: str
    subtitle: str
    language: str
    year: int
    court: str
    sections: tuple[Section, ...]
    synthetic: str = ""
    is_short: bool = False  # a few pages, which need neither cover nor contents

    @property
    def under(self) -> str:
        """What stands below the title in a line: what the report rests on and, where its cases are made up, that they are."""
        return str(Text("。", ". ")).join(text for text in (self.subtitle, self.synthetic) if text)

    def exhibits(self) -> list[Table | Figure]:
        """Return tables and figures in reading order."""
        return [b for s in self.sections for b in s.blocks if isinstance(b, Exhibit)]

    def for_people(self) -> Report:
        """Return the report with its tables as they are read."""
        sections = tuple(
            replace(s, blocks=tuple(b.for_people() if isinstance(b, Table) else b for b in s.blocks))
            for s in self.sections
        )
        return replace(self, sections=sections)


def numbered(number: int, heading: str) -> str:
    """Return a heading with its number as an official document writes it.

    >>> numbered(2, "年度主要数字"), numbered(12, "数据来源"), numbered(21, "附")
    ('二、年度主要数字', '十二、数据来源', '二十一、附')
    """
    tens, ones = divmod(number, 10)
    zh = ("" if tens < 2 else NUMERALS[tens]) + ("十" if tens else "") + (NUMERALS[ones] if ones else "")
    return f"{Text(f'{zh}、', f'{number}　')}{heading}"


def annexed(number: int, heading: str) -> str:
    """Return the heading of an annex with its number.

    >>> annexed(2, "数据质量")
    '附件2　数据质量'
    """
    return f"{Text(f'附件{number}　', f'Annex {number}　')}{heading}"


def anchor(place: int) -> str:
    """Return the place of a row of the annex that says how statements were reckoned, for links to it."""
    return f"{RECKONED}-{place}"


def shown(value: Any, kind: str) -> str:
    """Write one cell as a person reads it.

    >>> shown(1234, COUNT), shown(99.5798, RATE), shown(0.125, RATE), shown(-0.5, DECIMAL), shown(None, COUNT)
    ('1,234', '99.58', '0.13', '−0.50', '—')
    """
    if isinstance(value, str):
        return in_language(value)
    if value is None or pd.isna(value):
        return MISSING
    if kind == PLAIN or (kind == TEXT and isinstance(value, float)):
        kind = COUNT if float(value).is_integer() else DECIMAL
    if kind in SHARES:
        return quantity(value, kind)
    if kind in DIGITS:
        return number(value, DIGITS[kind])
    if kind == DATE or isinstance(value, pd.Timestamp):
        return f"{pd.Timestamp(value):%Y-%m-%d}"
    return in_language(str(value))
