"""Printed figures against what the others allow: ``plot_reconciliation``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import Axis, Chart, Intervals, Mark, Panel, Points, Rule, Span, Words
from analysis.charts.drawing.render import render
from analysis.returns.figures import CHANGE, printed_figure
from analysis.returns.verdicts import DISPUTED
from analysis.vocabulary.dates import span_text
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.language import Text
from analysis.vocabulary.terms import measure_text, term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.reconciliation.reconcile import Reconciliation

# The axis counts in units of the last printed digit, so that 99.5 % and 3,844 万元 share it; farther ends are cut, with an arrow.
REACH = 4.0
ROUNDED, TRUNCATED = (-0.5, 0.5), (0.0, 1.0)
MOST_ROWS = 40
PRINTED = Text("印出的数字所表示的范围（四舍五入或截断）", "what the printed digits stand for (rounded or truncated)")
ALLOWED = Text("其他数字所允许的范围", "what the other figures allow")
AXIS = Text("与印出值之差（以末位数字为单位）", "distance from the printed value (units of its last digit)")


@dataclass(frozen=True)
class ComparedFigure:
    """One printed figure: its name, what the others allow (in units of its last digit), and its verdict."""

    name: Text
    lower: float
    upper: float
    bounded: bool
    verdict: str
    words: Text
    allowed: str  # what the others allow, in numbers

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends of what the others allow, cut at the axis."""
        return float(np.clip(self.lower, -REACH, REACH)), float(np.clip(self.upper, -REACH, REACH))

    @property
    def cut(self) -> list[tuple[float, str]]:
        """Where a bar runs on beyond the axis, and which way."""
        low, high = self.ends
        beyond = [(low, "<")] if self.lower < low else [(low, ">")] if self.lower > low else []
        return beyond + ([(high, ">")] if self.upper > high else [(high, "<")] if self.upper < high else [])

    @property
    def off(self) -> int:
        """Whether all that the others allow lies beyond the axis: below (-1), above (1) or not (0)."""
        return -1 if self.upper < -REACH else 1 if self.lower > REACH else 0


def plot_reconciliation(
    rec: Reconciliation, *, interactive: bool = False, language: str | None = None, size: str = "page"
) -> Figure | go.Figure:
    """Draw each printed figure as the range its digits stand for, against the range that all other figures allow.

    A bar that meets the band agrees; one beside it contradicts; no bar means that nothing bounds the figure. The scale is
    the figure's last printed digit. At most 40 figures, those in conflict first; the rest is counted in the note.
    Returns a matplotlib Figure, or with ``interactive=True`` a plotly Figure. Raises ``DataError`` for no figures.

    >>> import pandas as pd
    >>> import analysis as an
    >>> year = {"court": "甲法院", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    >>> returns = an.read_returns(pd.DataFrame([{**year, "received": "4", "closed": "3", "closure_rate": "75"}]))
    >>> print(an.alt_of(plot_reconciliation(an.reconcile(returns))))
    区间图，3 个印出的数字：相符 3 个。...
    """
    if rec.figures.empty:
        raise DataError("没有印出的数字可画。", "There are no printed figures to draw.")
    wrong = rec.figures["verdict"].isin(DISPUTED)
    ordered = pd.concat([rec.figures[wrong], rec.figures[~wrong]])
    told = dict(zip(rec.figures.index, rec.figures.attrs.get("stands_for", []), strict=False))
    apart = [name for name in ("court", "scope") if len(rec.figures[name].drop_duplicates()) > 1]
    drawn = ordered.head(MOST_ROWS)
    rows = [_row(r, told.get(at), apart) for at, r in zip(drawn.index, drawn.to_dict("records"), strict=True)]
    words: dict[str, Any] = {"title": _title(rec), "alt": _alt(rows), "note": _note(rec, len(ordered) - len(rows))}
    return render(lambda _: _chart(rows, words), interactive=interactive, language=language, size=size)


def _row(record: dict[Any, Any], stands_for: list[float] | None, apart: list[str]) -> ComparedFigure:
    if stands_for is None:  # a table that was taken apart: the digits say it, but for units like 万件
        printed = printed_figure(str(record["printed"]), str(record["measure"]))
        stands_for = [float(printed.value), float(printed.digit)]
    value, digit = stands_for
    name = measure_text(str(record["measure"]))
    low, high = float(record["lower"]), float(record["upper"])
    nothing = np.isinf(high) and low <= (-100.0 if str(record["measure"]).endswith(CHANGE) else 0.0)
    label = Text(f"{name.zh} {record['printed']}", f"{name.en} {record['printed']}") + _period(record)
    for column in reversed(apart):
        if isinstance(record[column], str):
            label = Text(f"{record[column]} ", f"{record[column]} ") + label
    verdict = str(record["verdict"])
    ends = (low - value) / digit, (high - value) / digit
    allowed = _range(str(record["printed"]), low, high, value)
    return ComparedFigure(label, *ends, not nothing, verdict, term(f"verdict_{verdict}"), allowed)


def _range(printed: str, low: float, high: float, value: float) -> str:
    """What the others allow, with the digits and in the unit of the printed figure."""
    digits = re.match(r"[+-]?[\d.]+", printed)
    number = digits[0] if digits else "0"
    decimals = len(number.partition(".")[2])
    per_unit = float(number) / value if value else 1.0

    def shown(end: float) -> str:
        return "∞" if np.isinf(end) else f"{end * per_unit:.{decimals}f}"

    return shown(low) if shown(low) == shown(high) else f"{shown(low)}–{shown(high)}"


def _period(record: dict[Any, Any]) -> Text:
    first, last = record["period_start"], record["period_end"]
    if pd.isna(first) or pd.isna(last):
        return Text("", "")
    span = span_text(first, last)
    return Text(f"（{span.zh}）", f" ({span.en})")


def _title(rec: Reconciliation) -> Text:
    courts = rec.figures["court"].unique()
    if len(courts) == 1:
        return Text(
            f"{courts[0]}：印出的数字与其他数字所允许的范围",
            f"{courts[0]}: printed figures against what the others allow",
        )
    return Text("印出的数字与其他数字所允许的范围", "Printed figures against what the others allow")


def _alt(rows: list[ComparedFigure]) -> Text:
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row.verdict] = kinds.get(row.verdict, 0) + 1
    zh = "，".join(f"{term(f'verdict_{kind}').zh} {count} 个" for kind, count in kinds.items())
    en = ", ".join(f"{count} {term(f'verdict_{kind}').en}" for kind, count in kinds.items())
    bad = [row for row in rows if row.verdict in DISPUTED]
    which = Text("；不能同时成立的是：", "; those that cannot all hold: ") if bad else Text("", "")
    named = Text("、".join(row.name.zh for row in bad), ", ".join(row.name.en for row in bad))
    return (
        Text(f"区间图，{len(rows)} 个印出的数字：{zh}", f"Interval chart of {len(rows)} printed figures: {en}")
        + which
        + named
        + Text("。", ".")
    )


def _note(rec: Reconciliation, rest: int) -> Text:
    conflicts = rec.conflicts["conflict"].nunique() if len(rec.conflicts) else 0
    more = Text(f"；另有 {rest} 个未画", f"; {rest} more are not drawn") if rest > 0 else Text("", "")
    counted = Text(
        f"印出的数字 {len(rec.figures)} 个，矛盾 {conflicts} 组",
        f"{len(rec.figures)} printed figures, {conflicts} {'conflict' if conflicts == 1 else 'conflicts'}",
    )
    return (
        counted
        + more
        + Text(
            "。细线：有界限而无从核对；无线：没有其他数字可以约束它。",
            ". Thin: bounded, but not to be checked. No bar: nothing bounds the figure.",
        )
    )


def _chart(rows: list[ComparedFigure], words: dict[str, Any]) -> Chart:
    bounded = [(place, row) for place, row in enumerate(rows) if row.bounded]
    marks: list[Mark] = [
        Span(role="printed_range", lower=ROUNDED[0], upper=TRUNCATED[1], opacity=0.55, label=str(PRINTED)),
        Rule(role="aside", at=0, along="x"),
    ]
    for is_idle, role, width in ((False, "text", 3.0), (True, "aside", 1.0)):
        part = [(place, row) for place, row in bounded if (row.verdict == "unchecked") is is_idle]
        lower, upper = ([row.ends[side] for _, row in part] for side in (0, 1))
        hover = [f"{row.name}\n{row.words}\n{ALLOWED}: {row.allowed}" for _, row in part]
        spans: dict[str, Any] = {"at": [place for place, _ in part], "lower": lower, "upper": upper, "hover": hover}
        marks.append(Intervals(role=role, along="x", width=width, label="" if is_idle else str(ALLOWED), **spans))
    exact = [(row.lower, place) for place, row in bounded if row.lower == row.upper and not row.cut]
    marks.append(_points("allowed", exact))
    for role, sign in (("runs_left", "<"), ("runs_right", ">")):
        marks.append(_points(role, [(end, place) for place, row in bounded for end, way in row.cut if way == sign]))
    for off, side in ((-1, "right"), (1, "left")):
        beyond = [(place, row.allowed) for place, row in bounded if row.off == off]
        at: dict[str, Any] = {"x": [off * REACH] * len(beyond), "y": [place for place, _ in beyond]}
        marks.append(Words(role="text", texts=[text for _, text in beyond], side=side, **at))
    beside: dict[str, Any] = {
        "x": [1.01] * len(rows),
        "y": range(len(rows)),
        "bold": [row.verdict in DISPUTED for row in rows],
    }
    marks.append(Words(role="text", frame="x", texts=[str(row.words) for row in rows], **beside))
    x = Axis(title=str(AXIS), low=-REACH - 0.3, high=REACH + 0.3, ruled=False)
    panel = Panel(marks=marks, x=x, y=Axis(names=[str(row.name) for row in rows], reversed=True))
    return Chart(panels=[panel], lines=7 + 1.1 * len(rows), by_place=False, **words)


def _points(role: str, places: list[tuple[float, int]]) -> Mark:
    return Points(role=role, x=[x for x, _ in places], y=[y for _, y in places], size=5)
