"""Indicators over periods, each with its interval: ``plot_indicators``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing.marks import Axis, Chart, Panel
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.indicator_marks import interval_marks, marks_of
from analysis.charts.indicator_panels import (
    NEEDED,
    Groups,
    IndicatorRows,
    Span,
    bases,
    chosen_rows,
    groups_of,
    heading,
    panels_of,
    spans_of,
    with_intervals,
)
from analysis.charts.indicator_scales import limits, ticks_of
from analysis.charts.indicator_words import words_of
from analysis.vocabulary.dates import span_text
from analysis.vocabulary.errors import must_have_columns
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

MOST_LABELLED = 12  # points side by side, over all columns, that are labelled with their values
LEAST_LINES = 6  # of text for each four panels, below which neither every value nor the bases have room: on a slide of more than eight
MOST_STACKED = 6  # panels one below the other on half a page


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
    点与95%区间。结案率：2011年3/4（30.1–95.4）。
    """
    must_have_columns(result, NEEDED, "plot_indicators")
    chosen = chosen_rows(result, only)
    spans = spans_of(chosen)
    groups = groups_of(chosen)
    panels = with_intervals(panels_of(chosen, spans), intervals)
    left = result["indicator"].nunique() - chosen["indicator"].nunique() if only is None else 0
    columns = _columns(panels)
    labelled = len(spans) * len(groups[1]) * columns[1] <= MOST_LABELLED
    say: dict[str, Any] = {"interactive": interactive, "language": language, "size": size}
    own: dict[str, Any] = {"ax": ax, "figure": figure, "title": title}

    def chart(lines: float) -> Chart:
        has_room = labelled and lines >= LEAST_LINES * -(-len(panels) // 4)
        with_bases = has_room and groups[0] is None and any(bases(panel) for panel in panels)
        words = words_of(result, panels, spans, groups, left=left, with_bases=with_bases)
        return _chart(panels, spans, groups, words, columns, labelled=has_room, with_bases=with_bases)

    return render(chart, **say, **own)


def _columns(panels: list[IndicatorRows]) -> tuple[int, int, int]:
    """Panels side by side at each size, as even as may be, in so many rows that each is high enough to be read."""
    number = len(panels)
    side_by_side = (1 if number <= MOST_STACKED else 2, 3, 4 if number <= 2 * 4 else 6)
    half, page, slide = (-(-number // -(-number // most)) for most in side_by_side)
    return half, page, slide


def _chart(
    panels: list[IndicatorRows],
    spans: list[Span],
    groups: Groups,
    words: tuple[Text, Text, Text],
    columns: tuple[int, int, int],
    *,
    labelled: bool,
    with_bases: bool,
) -> Chart:
    labels = [str(span_text(*span)) for span in spans]
    drawn = []
    for panel in panels:
        low, high = limits(panel)
        below = bases(panel) if with_bases else ""
        y = Axis(low=low, high=high, ticks={tick: number(tick) for tick in ticks_of(panel, low, high)})
        marks = [*interval_marks(panel, low, high), *marks_of(panel, groups, labelled=labelled)]
        drawn.append(Panel(marks=marks, x=Axis(title=below, names=labels), y=y, heading=heading(panel)))
    title, alt, note = words
    sizes: dict[str, Any] = {"columns": columns, "height": (0.35, 0.5), "by_place": False}
    return Chart(panels=drawn, title=title, alt=alt, note=note, **sizes)
