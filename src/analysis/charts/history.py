"""The printed history: where the stock must have been, from printed figures alone: ``plot_history``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import Axis, Chart, Intervals, Mark, Panel, Points
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.history_words import axis_of, bounds_text, period_of, values_told, with_unit, words_of
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.reconciliation.reconcile import Reconciliation

ROOM = 1.12  # of the axis over the highest, for its number


def plot_history(
    result: Reconciliation,
    *,
    court: str | None = None,
    scope: str | None = None,
    measure: str = "stock",
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw the bounds that printed figures leave of a court's stock, day by day, or of a flow, period by period.

    A bar runs from the least to the greatest number that all printed figures allow; a point is a number that they fix. What
    they leave open above, or only bound above, is not drawn. ``court`` and ``scope`` choose where there are several, ``measure`` is ``stock``,
    ``filed``, ``closed`` or ``amount_recovered``. Raises ``DataError`` where nothing is bounded.

    Parameters
    ----------
    result : Reconciliation
        The result of ``reconcile``.
    court : str
        The court, where there are several.
    scope : str
        The scope, where there are several.
    measure : str
        ``stock``, ``filed``, ``closed`` or ``amount_recovered``.
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

    >>> import analysis as an
    >>> rec = an.reconcile(an.sample_path("returns_fujin.csv"))
    >>> print(an.alt_of(plot_history(rec)))
    区间图，富锦市人民法院存量（件），2010年12月31日至2011年12月31日，2处：2010年12月31日为15；2011年12月31日为3。
    """
    table = result.history[result.history["measure"].eq(measure) & np.isfinite(result.history["upper"])]
    table = table[table["lower"].gt(0) | table["upper"].eq(0) | table["printed"].notna()]
    for name, chosen in (("court", court), ("scope", scope)):
        one = chosen if chosen is not None else next(iter(table[name].value_counts().index), None)
        table = table[table[name] == one]
    if table.empty:
        raise DataError(
            "公布的数字没有给它定出上下限，画不出来。",
            "The published figures bound nothing of it that could be drawn.",
        )
    table = table.sort_values(["period_end", "period_start"], ignore_index=True)
    return render(
        lambda _: _chart(table, measure),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(table: pd.DataFrame, measure: str) -> Chart:
    at = np.arange(len(table), dtype=float)
    fixed = table["lower"].eq(table["upper"]).to_numpy()
    lower, upper = table["lower"].to_numpy(dtype=float), table["upper"].to_numpy(dtype=float)
    names = [period_of(start, end) for start, end in zip(table["period_start"], table["period_end"], strict=True)]
    bounds = [bounds_text(low, high) for low, high in zip(lower, upper, strict=True)]
    hover = [str(with_unit(told, measure)) for told in bounds]
    allowed, known = str(Text("推算值的上下限", "bounds of the implied figure")), str(Text("确定", "fixed"))
    loose = [told for told, sure in zip(hover, fixed, strict=True) if not sure]
    marks: list[Mark] = []
    if not fixed.all():
        marks.append(Intervals(role="expected", at=at[~fixed], lower=lower[~fixed], upper=upper[~fixed], label=allowed,
                               hover=loose, capped=True))  # fmt: skip
    if fixed.any():
        sure = [told for told, one in zip(hover, fixed, strict=True) if one]
        marks.append(Points(role="own", x=at[fixed], y=lower[fixed], label=known, hover=sure, size=5.0))
    marks.append(values_told(table))
    x = Axis(names=[str(name) for name in names], low=-0.9, high=len(table) - 0.1)  # room at the sides for numbers
    y = Axis(title=str(axis_of(measure)), low=0.0, high=ROOM * float(upper.max()) or 1.0)
    title, alt, note = words_of(table, measure, names, bounds)
    return Chart(panels=[Panel(marks=marks, x=x, y=y)], title=title, alt=alt, note=note)
