"""Filings and closings with their control limits: ``plot_control_limits``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.charts.control_courses import Course, courses_of
from analysis.charts.control_marks import corner, ends, marks_of, reasons
from analysis.charts.control_words import words_of_flows, words_of_indicators
from analysis.charts.drawing.marks import Axis, Chart, Panel, Rule, ticks_between
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.inference.cycle.variation import VariationTable
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.numbers import number, unit_text
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.cycle.control_limits import ControlLimits
    from analysis.vocabulary.text import Text

IN_A_COLUMN = 3  # panels; more stand side by side
ABOVE, BELOW = 0.25, 0.06  # of the axis over the highest mark, for each line in the corner, and under the lowest


def plot_control_limits(
    result: ControlLimits | VariationTable,
    *,
    court: str | None = None,
    only: str | Sequence[str] | None = None,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw an XmR chart of filings and closings, or of indicators: values, centre, limits, and the periods that break a rule.

    A signal of an indicator that has a direction is better or worse, by colour, shape and name; of a count, or one without a direction, it
    is high or low. The target is a line; in the corner stand the marks of the last period (NHS England, Making Data Count).

    Parameters
    ----------
    result : ControlLimits or VariationTable
        The result of ``control_limits`` (filings and closings) or of ``variation_table`` (indicators and their targets).
    court : str
        The court to draw, where ``control_limits`` has several.
    only : str or list of str
        Indicators of ``variation_table``, at most 12; without it up to four that are judged, those with a special cause first, then those with a target.
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
    >>> months = pd.date_range("2008-01-01", periods=24, freq="MS")
    >>> closed = [19, 21] * 11 + [19, 60]  # 60 in the last month
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}), opening=100)
    >>> print(an.alt_of(plot_control_limits(an.control_limits(flow))))
    线图：...
    """

    with_ends = size != "half" and not interactive  # on the screen the pointer tells every value

    def say(_: float) -> Chart:
        courses = courses_of(result, court=court, only=only)
        if isinstance(result, VariationTable):
            freq = result.table.attrs["freq"]
            words = words_of_indicators(result, courses, freq or "D", is_asked=only is not None)
            return _chart(courses, freq, words, with_ends=with_ends)
        return _chart(courses, result.freq, words_of_flows(result, courses), with_ends=with_ends)

    return render(
        say,
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(courses: list[Course], freq: str | None, words: tuple[Text, Text, Text], *, with_ends: bool) -> Chart:
    title, alt, note = words
    columns = 1 if len(courses) <= IN_A_COLUMN else 2
    panels = [_panel(course, freq, narrow=columns > 1, with_ends=with_ends) for course in courses]
    sizes: dict[str, Any] = {"columns": (1, columns, columns), "height": (0.2, 0.5)}
    return Chart(panels=panels, title=title, alt=alt, note=note, same_x=True, **sizes)


def _panel(course: Course, freq: str | None, *, narrow: bool, with_ends: bool) -> Panel:
    marks = marks_of(course)
    heights = np.concatenate([mark.places()[1] for mark in marks if not isinstance(mark, Rule)])
    low, high = float(np.nanmin(heights)), float(np.nanmax(heights))
    reach: dict[str, Any] = {
        "low": low - BELOW * (high - low or 1.0),
        "high": high + ABOVE * (1 + narrow) * (high - low or 1.0),
    }
    ticks = ticks_between(reach["low"], high) if high > low else {high: number(high)}
    unit = term("cases_axis") if course.unit == "件" else unit_text(course.unit)
    y = Axis(title=str(unit), ticks=ticks, **reach)
    x = (
        Axis(periods=course.rows["period"], freq=freq)
        if freq
        else Axis(names=[str(day_text(day)) for day in course.rows["period"]])
    )
    named = [ends(course)] if with_ends else []
    marks += [*named, *reasons(course, reach["low"]), corner(course, narrow=narrow)]
    return Panel(marks=marks, x=x, y=y, heading=str(course.name))
