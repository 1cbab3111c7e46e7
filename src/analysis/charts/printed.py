"""Published figures against the register and against each other: ``plot_printed``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.compared_figures import compared, conflicts_of, key_of, worth_of
from analysis.charts.compared_sides import Side, side_of
from analysis.charts.drawing.marks import Chart
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.printed_words import words_of
from analysis.charts.published_table import figures_held, published_table
from analysis.vocabulary.errors import ArgumentError, DataError, InputError

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.reconciliation.reconcile import Reconciliation

NEEDED = ("court", "measure", "period_start", "period_end", "printed", "verdict")
REBUILT = ("rebuilt", "recomputed")  # from the register (compare_printed), or from other published figures (reconcile)
MOST_ROWS = 30


def plot_printed(
    result: pd.DataFrame,
    *,
    reconciliation: Reconciliation | None = None,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw published figures as a table: beside each how far the register's figure lies from it, and the verdict; with
    ``reconciliation`` what the other published figures allow, too.

    ``result`` as ``compare_printed`` gives it (``court, measure, period_start, period_end, printed, rebuilt, verdict``) or the
    ``.figures`` of ``reconcile``, then against the other figures alone: at most 30 rows (fewer on a half page or slide). The strip
    counts in units of the last published digit, so that rates, counts and amounts share it; the shade is what the published digits
    stand for. A point or bar that meets the shade agrees.

    Raises ``InputError`` for missing columns, ``DataError`` for no rows, ``ArgumentError`` for more rows than the size holds.

    Parameters
    ----------
    result : DataFrame
        The table of ``compare_printed``, or ``.figures`` of ``reconcile``.
    reconciliation : Reconciliation, optional
        The result of ``reconcile`` of the same figures: a second column, whether they agree with each other.
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
    >>> year = {"court": "甲法院", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    >>> returns = an.read_returns(pd.DataFrame([{**year, "received": "4", "closed": "3", "closure_rate": "75"}]))
    >>> print(an.alt_of(plot_printed(an.reconcile(returns).figures)))
    3个公布数字（与其他公布值：相符3个）。受理2011年：4 ｜ 4 ｜ 相符；结案2011年：3 ｜ 3 ｜ 相符；结案率2011年：75 ｜ 75 ｜ 相符。
    """
    missing = [name for name in NEEDED if name not in result]
    if missing or not set(REBUILT) & set(result.columns):
        absent = missing or [REBUILT[0]]
        raise InputError.missing_columns("plot_printed", absent, map(str, result.columns))
    if result.empty:
        raise DataError("表中没有公布数字，无图可画。", "the table holds no published figure to draw.")
    if len(result) > MOST_ROWS:
        raise _too_many(len(result), MOST_ROWS)
    figures = compared(result.to_dict("records"), worth_of(result), _others(reconciliation))
    found = 0 if reconciliation is None else conflicts_of(reconciliation, result["court"].unique())
    title_, alt, note = words_of(result, figures, found)
    narrow = "" if interactive else size

    def say(lines_held: float) -> Chart:
        if (held := figures_held(figures, narrow, lines_held)) < len(figures):
            raise _too_many(len(figures), held)
        return published_table(figures, narrow, title=title_, alt=alt, note=note)

    return render(say, interactive=interactive, language=language, size=size, ax=ax, figure=figure, title=title)


def _others(reconciliation: Reconciliation | None) -> dict[tuple[object, ...], Side] | None:
    if reconciliation is None:
        return None
    figures = reconciliation.figures
    rows = zip(figures.to_dict("records"), worth_of(figures), strict=True)
    return {key_of(row): side_of(row, worth) for row, worth in rows}


def _too_many(count: int, most: int) -> ArgumentError:
    return ArgumentError(
        f"公布数字有{count}个，这种尺寸的图最多{most}个：请按法院、时期或指标筛选。",
        f"{count} published figures are too many for a chart of this size, which holds {most}: filter by court, period or measure.",
    )
