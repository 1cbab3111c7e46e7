"""Ranks of courts, each with those that cannot be ruled out: ``plot_ranks``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.drawing.court_names import Highlight, doubtful
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.ranked_courts import RankedCourts, caption_text, laid_out, rank_alt_text, rank_finding
from analysis.charts.ranked_marks import chart_of
from analysis.inference.peers.comparison import must_be_enough
from analysis.inference.peers.composite import CompositeScore
from analysis.vocabulary.errors import DataError, must_have_columns
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure


def plot_ranks(
    result: pd.DataFrame | CompositeScore,
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
    """Draw each court's rank with the ranks that cannot be ruled out, the own court marked.

    ``result``: the table of ``rank_intervals``, or a ``CompositeScore`` (whose ranges hold chance and random weights, or the
    weights alone where nothing says how far chance moves its figures). The note says what the intervals are; figures that are
    not certain (``bounded``) are open. Otherwise as ``plot_caterpillar``; ``DataError`` for fewer than ten courts.

    Parameters
    ----------
    result : DataFrame or CompositeScore
        The table of ``rank_intervals``, or a ``CompositeScore``.
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

    >>> from analysis.inference.peers.ranks import rank_intervals
    >>> table = pd.DataFrame({"court": list("甲乙丙丁戊己庚辛壬癸"), "rate": [97.0, 80, 70, 60, 50, 40, 30, 20, 10, 0], "se": 1.0})
    >>> plot_ranks(rank_intervals(table, estimate="rate", standard_error="se"), highlight="乙").alt
    '10家法院名次及其区间图。区间宽度的中位数为1个名次。乙：第2名，区间2–2。'
    """
    table = _with_ends(result.table) if isinstance(result, CompositeScore) else result
    must_have_columns(table, ("court", "rank", "lower", "upper"), "plot_ranks")
    if isinstance(result, CompositeScore):
        caption, name = result.caption, result.scheme.text
        if table["rank"].isna().all():
            raise DataError(caption.zh, caption.en)
    else:
        indicator = result.attrs.get("indicator")
        caption, name = caption_text(result), term(indicator) if indicator else Text("", "")
    drawn = table[["court", "lower", "upper"]].assign(at=table["rank"], doubt=doubtful(table))
    drawn = drawn.assign(is_open=table.get("bounded", False)).dropna(subset=["at"])
    must_be_enough(len(drawn))
    laid = laid_out(drawn.astype({"at": float, "lower": float, "upper": float}), highlight, anonymise, descending=False)
    says = rank_finding(laid, name)
    courts = RankedCourts(laid, term("rank"), None, says, rank_alt_text(laid), caption, True)
    return render(
        lambda held: chart_of(courts, held),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _with_ends(table: pd.DataFrame) -> pd.DataFrame:
    """The ends of the ranks of scores: by chance and weights where both are known, else by weights alone."""
    ranked = table["rank"].notna()
    both = bool(table.loc[ranked, "both_lower"].notna().all())
    lower, upper = ("both_lower", "both_upper") if both else ("weights_best", "weights_worst")
    return table.assign(lower=table[lower], upper=table[upper])
