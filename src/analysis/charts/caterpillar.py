"""Courts by value one under the other, each with its interval: ``plot_caterpillar``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.drawing.court_names import Highlight, doubtful
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.ranked_courts import RankedCourts, alt_text, caption_text, finding, laid_out, value_text
from analysis.charts.ranked_marks import chart_of
from analysis.inference.peers.case_mix import CaseMix
from analysis.vocabulary.errors import must_have_columns
from analysis.vocabulary.labels import units_of, with_unit
from analysis.vocabulary.numbers import factor_of

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

CENTRES = ("shrunken", "ratio", "value")  # what stands in the middle of an interval, the first that a table has


def plot_caterpillar(
    result: pd.DataFrame | CaseMix,
    *,
    highlight: Highlight = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw courts by value, each with its interval, the own court marked; after ``shrink`` arrows lead from the raw value.

    ``result``: the table of ``shrink``, a ``CaseMix``, or any table of ``court, value, lower, upper``. Names stand
    beside the courts while there is room for them. Raises ``InputError`` for missing columns, ``ArgumentError`` for a court that is not there.

    Parameters
    ----------
    result : DataFrame or CaseMix
        The table of ``shrink``, a ``CaseMix``, or any table of ``court, value, lower, upper``.
    highlight : str or list of str
        The court, or courts, to mark.
    anonymise : bool
        ``True`` shows a code in place of every other court's name.
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

    >>> table = pd.DataFrame({"court": ["甲", "乙"], "value": [0.9, 0.8], "lower": [0.85, 0.7], "upper": [0.95, 0.9]})
    >>> plot_caterpillar(table, highlight="乙").alt
    '2家法院的区间图，由高到低。最高甲为0.90，最低乙为0.80。乙为0.80（0.70–0.90）。'
    """
    table = result.table if isinstance(result, CaseMix) else result
    centre = next((name for name in CENTRES if name in table), None)
    must_have_columns(table, ("court", centre or "value", "lower", "upper"), "plot_caterpillar")
    centre = centre or "value"
    unit = units_of(table)[centre]
    times, percent = factor_of(unit), "%" if unit == "share" else ""
    drawn = table[["court", "lower", "upper", *(["raw"] if centre == "shrunken" else [])]].assign(at=table[centre])
    numbers = [str(name) for name in drawn if name != "court"]
    drawn[numbers] = drawn[numbers].astype(float) * times
    drawn["doubt"] = doubtful(table)
    name = value_text(result, table, centre)
    caption = result.caption if isinstance(result, CaseMix) else caption_text(table)
    laid = laid_out(drawn.dropna(subset=["at"]), highlight, anonymise, descending=True)
    reference = 1.0 if centre == "ratio" else table.attrs.get("mean")
    if reference is not None:
        reference *= times
    says = finding(laid, reference, name, percent)
    courts = RankedCourts(
        laid, with_unit(name, unit), reference, says, alt_text(laid, percent), caption, False, percent
    )
    return render(
        lambda held: chart_of(courts, held),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )
