"""Published figures as a table that is a chart: against the register and against each other, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts.compared_figures import KINDS, ComparedFigure
from analysis.charts.compared_sides import REACH, Side
from analysis.charts.drawing.marks import Axis, Chart, Intervals, Mark, Panel, Points, Rule, Span, Words
from analysis.charts.drawing.typesetting import width, wrapped
from analysis.charts.printed_words import ALLOWED, STANDS_FOR
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

ROUNDED, TRUNCATED = (-0.5, 0.5), (0.0, 1.0)
EMS = {"page": 53.0, "half": 32.0, "slide": 66.0, "": 62.0}  # small letters that stand side by side; "" for the screen
NAME = {"page": 22.0, "half": 9.0, "slide": 30.0, "": 40.0}  # of them a name may take before its period stands below
VERDICT_ON_HALF = 6.0
ROW, BROKEN, ON_HALF = 0.9, 1.15, 1.9  # lines of a row: whole, of a name and its period, on half a page
GAP, APART, LEAST = 1.5, 0.8, 5.0  # between columns, more before numbers; breadth of the strip, in small letters
HEAD = -1.0  # the row of the column headings
DIFFERENCE = Text("相差", "difference")
HEADS = {"register": Text("与台账", "register"), "others": Text("与其他公布值", "other figures")}


def published_table(figures: Sequence[ComparedFigure], size: str, *, title: Text, alt: Text, note: Text) -> Chart:
    """Say the chart: a strip of distances from the published value, and numbers and verdict for each side."""
    is_half = size == "half"
    rows: list[ComparedFigure | Text] = []
    for kind, heading in KINDS.items():
        if own := [figure for figure in figures if figure.kind == kind]:
            rows += own if is_half else [heading, *own]
    at = {place: row for place, row in enumerate(rows) if isinstance(row, ComparedFigure)}
    names = [str(row) if isinstance(row, Text) else _named(row, NAME[size], is_half) for row in rows]
    told = {place: str(row.words) for place, row in at.items()}
    sides = {name: {p: side for p, row in at.items() if (side := getattr(row, name))} for name in HEADS}
    columns = [_Column(str(term("printed_figure")), {place: row.printed for place, row in at.items()}, "left")]
    for name, held in sides.items():
        if held:
            columns += _side_columns(str(HEADS[name]), held, is_half)
    strip = max(LEAST, EMS[size] - max(map(_broad, names)) - sum(column.ems for column in columns))
    per_em = 2 * REACH / strip
    marks: list[Mark] = [
        Span(role="printed_range", lower=ROUNDED[0], upper=TRUNCATED[1], opacity=0.55, label=str(STANDS_FOR)),
        Rule(role="aside", at=0, along="x"),
        *_register(sides["register"], told),
        *_others(sides["others"], told),
        *columns[0].marks(-REACH - GAP / 2 * per_em),
        Words(role="aside", x=[0], y=[HEAD], texts=[str(DIFFERENCE)], side="centre", haloed=True),
    ]
    end = REACH
    for column in columns[1:]:
        marks += column.marks(end + (column.ems if column.side == "left" else GAP / 2) * per_em)
        end += column.ems * per_em
    ticks = {-REACH: f"−{REACH:g}", 0: "0", REACH: f"+{REACH:g}"}
    x = Axis(low=-REACH - columns[0].ems * per_em, high=end, ticks=ticks, ruled=False)
    y = Axis(names=names, bold=[isinstance(row, Text) for row in rows], reversed=True, low=HEAD - 0.6)
    row_lines = ON_HALF if is_half else BROKEN if any("\n" in name for name in names) else ROW
    lines = 5.5 + len(rows) * row_lines
    return Chart(panels=[Panel(marks=marks, x=x, y=y)], title=title, alt=alt, note=note, lines=lines, by_place=False)


def figures_held(figures: Sequence[ComparedFigure], size: str, lines_held: float) -> int:
    """Count the figures, from the first on, that a size holds whole, at least one."""
    words, counts = dict.fromkeys(("title", "alt", "note"), Text("", "")), range(len(figures), 1, -1)
    return next((n for n in counts if published_table(figures[:n], size, **words).lines <= lines_held), 1)


@dataclass(frozen=True)
class _Column:
    """Texts one under another, with a heading: numbers end at their place (``left`` of it), words begin there."""

    heading: str
    texts: dict[int, str]
    side: str
    bold: frozenset[int] = frozenset()

    @property
    def ems(self) -> float:
        """The room it takes."""
        gap = GAP + (APART if self.side == "left" else 0.0)
        return gap + max(map(_broad, [self.heading if self.side == "left" else "", *self.texts.values()]))

    def marks(self, x: float) -> list[Mark]:
        """The texts at their rows, and the heading above."""
        bold = [place in self.bold for place in self.texts]
        texts: dict[str, Any] = {"x": [x] * len(bold), "y": list(self.texts), "texts": list(self.texts.values())}
        head = Words(role="aside", x=[x], y=[HEAD], texts=[self.heading], side=self.side)
        return [Words(role="text", side=self.side, bold=bold, **texts), *([head] if self.heading else [])]


def _side_columns(heading: str, sides: dict[int, Side], is_half: bool) -> list[_Column]:
    """Numbers and verdict side by side, the verdict below the number where there is no room."""
    bold = frozenset(place for place, side in sides.items() if side.is_disputed)
    if is_half:
        said = {
            place: "\n".join([*filter(None, [side.shown]), *wrapped(str(side.words), VERDICT_ON_HALF)])
            for place, side in sides.items()
        }
        return [_Column("\n".join(wrapped(heading, VERDICT_ON_HALF)), said, "right", bold)]
    numbers = {place: side.shown for place, side in sides.items()}
    verdicts = {place: str(side.words) for place, side in sides.items()}
    return [_Column("", numbers, "left", bold), _Column(heading, verdicts, "right", bold)]


def _named(figure: ComparedFigure, ems: float, is_half: bool) -> str:
    name, period = str(figure.name), str(figure.period)
    if width(f"{name} {period}") <= ems:
        return f"{name} {period}"
    return "\n".join([*wrapped(name, ems), *wrapped(period, ems)]) if is_half else f"{name}\n{period}"


def _broad(text: str) -> float:
    return max(map(width, text.split("\n")))


def _register(sides: dict[int, Side], told: dict[int, str]) -> list[Mark]:
    drawn = {place: side for place, side in sides.items() if side.is_drawn}
    if not drawn:
        return []
    inside = {place: side.lower for place, side in drawn.items() if not side.cut}
    hover = [told[place] for place in inside]
    label = str(term("rebuilt_figure"))
    look: dict[str, Any] = {"role": "register", "hollow": True, "size": 7.5, "label": label, "hover": hover}
    return [Points(x=list(inside.values()), y=list(inside), **look), *_beyond(drawn, told)]


def _others(sides: dict[int, Side], told: dict[int, str]) -> list[Mark]:
    drawn = {place: side for place, side in sides.items() if side.is_drawn}
    if not drawn:
        return []
    lower, upper = ([side.ends[end] for side in drawn.values()] for end in (0, 1))
    hover = [told[place] for place in drawn]
    spans = Intervals(role="allowed", along="x", at=list(drawn), lower=lower, upper=upper, width=3.0, hover=hover)
    exact = {place: side.lower for place, side in drawn.items() if side.lower == side.upper and not side.cut}
    points = Points(role="allowed", x=list(exact.values()), y=list(exact), size=4.0, label=str(ALLOWED))
    return [spans, points, *_beyond(drawn, told)]


def _beyond(sides: dict[int, Side], told: dict[int, str]) -> list[Mark]:
    """Arrows where a figure lies or a range runs on beyond the strip."""
    marks: list[Mark] = []
    for role, sign in (("runs_left", "<"), ("runs_right", ">")):
        cut = [(end, place) for place, side in sides.items() for end, way in dict(side.cut).items() if way == sign]
        x, y = [end for end, _ in cut], [place for _, place in cut]
        marks.append(Points(role=role, x=x, y=y, size=6.5, hover=[told[place] for place in y]))
    return marks
