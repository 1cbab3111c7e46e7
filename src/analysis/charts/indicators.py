"""Indicators over periods, each with its interval: ``plot_indicators``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing import palette
from analysis.charts.drawing.marks import Axis, Chart, Intervals, Line, Mark, Panel, Points, Rule, Words
from analysis.charts.drawing.marks import Span as Shade
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.drawing.typesetting import wrapped
from analysis.charts.indicator_panels import (
    NEEDED,
    Groups,
    IndicatorRows,
    Span,
    bases,
    chosen_rows,
    figure_text,
    groups_of,
    heading,
    limits,
    panels_of,
    records,
    runs,
    same,
    shown,
    spans_of,
    ticks_of,
    top_of,
    with_intervals,
)
from analysis.charts.indicator_words import words_of
from analysis.vocabulary.dates import span_text
from analysis.vocabulary.errors import must_have_columns
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text, in_language

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

MOST_LABELLED = 12  # points side by side, over all columns, that are labelled with their values
SHIFT = 0.22  # between the groups of one period


def plot_indicators(
    result: pd.DataFrame,
    *,
    only: Sequence[str] | None = None,
    intervals: pd.DataFrame | None = None,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw indicators by period, a panel each: the value as a point, its 95% interval as a line, the value beside it.

    ``result`` as ``indicators`` gives it; groups of one breakdown (or courts) stand side by side, at most four.
    ``only`` names the indicators to draw, at most 12; without it the rates are drawn (all, where there is no rate), and the note says how
    many were left out. Points of another definition are not joined, nor are overlapping periods. A missing
    value is drawn as a dash, never as 0.

    Raises ``InputError`` for missing columns and for an interval without numbers, ``ArgumentError`` for an unknown or too many indicators or groups,
    ``DataError`` for nothing to draw.

    Parameters
    ----------
    result : DataFrame
        The table of ``indicators``.
    only : list of str
        The indicators to draw, at most 12.
    intervals : DataFrame, optional
        The court's own intervals or targets, ``indicator, low, high``, either end may be missing: a band behind the figures.
    interactive : bool
        ``True`` for a plotly Figure that tells its values on hovering, else a matplotlib Figure.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    size : str
        ``page``, ``half`` or ``slide``: the width at which it is shown.
    ax : Axes or list of Axes, optional
        Axes of your own to draw on, one for each panel, in place of a figure of ours; not with ``interactive=True``.
    figure : Figure or SubFigure, optional
        An empty figure of your own to draw all panels in, in place of ``ax``.
    title : str, optional
        A title in place of the one that says the finding; on axes of your own there is none without it.

    Returns
    -------
    Figure
        A matplotlib Figure, or with ``interactive=True`` a plotly Figure.

    >>> import pandas as pd
    >>> import analysis as an
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> print(an.alt_of(plot_indicators(an.indicators(cases, periods=[2011], only=["closure_rate"], definitions="fujin-2012"))))
    点与95%区间。结案率：2011年75.00%（30.1–95.4）。
    """
    must_have_columns(result, NEEDED, "plot_indicators")
    chosen = chosen_rows(result, only)
    spans = spans_of(chosen)
    groups = groups_of(chosen)
    panels = with_intervals(panels_of(chosen, spans), intervals)
    left = result["indicator"].nunique() - chosen["indicator"].nunique() if only is None else 0
    words = words_of(result, panels, spans, groups, left=left)
    say: dict[str, Any] = {
        "interactive": interactive,
        "language": language,
        "size": size,
        "ax": ax,
        "figure": figure,
        "title": title,
    }
    return render(lambda _: _chart(panels, spans, groups, words), **say)


def _chart(panels: list[IndicatorRows], spans: list[Span], groups: Groups, words: tuple[Text, Text, Text]) -> Chart:
    rows = [-(-len(panels) // most) for most in (1, 3, 4)]
    columns = tuple(-(-len(panels) // of) for of in rows)  # no row much shorter than the others
    labels = [str(span_text(*span)) for span in spans]
    drawn = []
    for panel in panels:
        low, high = limits(panel)
        labelled = len(spans) * len(groups[1]) * columns[1] <= MOST_LABELLED
        below = bases(panel) if labelled and groups[0] is None else ""
        y = Axis(low=low, high=high, ticks={tick: number(tick) for tick in ticks_of(panel, low, high)})
        marks = [*_interval(panel, low, high), *_marks(panel, groups, labelled=labelled)]
        drawn.append(Panel(marks=marks, x=Axis(title=below, names=labels), y=y, heading=heading(panel)))
    title, alt, note = words
    sizes: dict[str, Any] = {"columns": columns, "height": (0.35, 0.5), "by_place": False}
    return Chart(panels=drawn, title=title, alt=alt, note=note, **sizes)


def _interval(panel: IndicatorRows, low: float, high: float) -> list[Mark]:
    """The court's own interval behind the figures, a line where it ends."""
    ends = [end for end in panel.interval if end is not None]
    if not ends:
        return []
    axis = (low, top_of(panel, high))
    least, most = (bound if end is None else end for bound, end in zip(axis, panel.interval, strict=True))
    shade = Shade(role="clearing", lower=least, upper=most, along="y", label=str(term("target")), opacity=0.5)
    return [shade, *(Rule(role="target", at=end, width=1.1) for end in ends)]


def _marks(panel: IndicatorRows, groups: Groups, *, labelled: bool) -> list[Mark]:
    by, values = groups
    marks, floor = list[Mark](), limits(panel)[0]
    for step, (look, value) in enumerate(zip(palette.lines(len(values)), values, strict=True)):
        rows = panel.rows if by is None else panel.rows[same(panel.rows[by], value)]
        rows = rows.assign(at=rows["at"] + (step - (len(values) - 1) / 2) * SHIFT)
        series: dict[str, Any] = {"role": "recorded", "own_look": look}
        marks += [Line(x=run["at"], y=run["value"], width=0.9, opacity=0.6, **series) for run in runs(rows)]
        known = rows.dropna(subset=["value"])
        label = "" if by is None else str(group_text(by, value))
        ends: dict[str, Any] = {"at": known["at"], "lower": known["lower"], "upper": known["upper"]}
        points: dict[str, Any] = {
            "x": known["at"],
            "y": known["value"],
            "label": label,
            "hover": [_hover(r) for r in records(known)],
        }
        marks += [Intervals(capped=True, **ends, **series), Points(size=5, **points, **series)]
        if labelled:
            above: dict[str, Any] = {"x": known["at"], "y": known["upper"].fillna(known["value"]), "side": "above"}
            marks.append(Words(role="text", texts=[shown(row) for row in records(known)], haloed=True, **above))
        elif by is None and len(known):  # of many the last alone
            last = records(known.tail(1))[0]
            top = last["value"] if pd.isna(last["upper"]) else last["upper"]
            marks.append(Words(role="text", texts=[shown(last)], x=[last["at"]], y=[top], side="above", haloed=True))
        gone = rows.loc[rows["value"].isna(), "at"]
        if len(gone):
            marks.append(Words(role="aside", x=gone, y=[floor] * len(gone), texts=["—"] * len(gone), side="above"))
    return marks


def _hover(row: dict[str, Any]) -> str:
    """Period, value, interval, parts and note of one figure."""
    lines = [str(span_text(row["period_start"], row["period_end"])), str(figure_text(row))]
    if not pd.isna(row["lower"]):
        lines.append(f"{term('confidence_95')}{COLON}{number(row['lower'], 1)}–{number(row['upper'], 1)}")
    if not pd.isna(row.get("denominator")):
        lines.append(f"{number(row['numerator'])} / {number(row['denominator'])}")
    if isinstance(row.get("note"), str) and row["note"]:
        lines.extend(wrapped(in_language(row["note"]), 40))
    return "\n".join(lines)
