"""Printed figures against what the others allow: ``plot_reconciliation``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.charts.compared_figures import ComparedFigure, compared, conflicts_of, worth_of
from analysis.charts.compared_sides import verdicts_of
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.printed_words import NOTE
from analysis.charts.published_table import figures_held, published_table
from analysis.returns.verdicts import DISPUTED
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.text import COLON, Text, capital, joined, number_of

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.charts.drawing.marks import Chart
    from analysis.inference.reconciliation.reconcile import Reconciliation

MOST_ROWS = 40


def plot_reconciliation(
    result: Reconciliation,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw each printed figure as the range its digits stand for, against the range that all other figures allow.

    A bar or point that meets the band agrees; one beside it contradicts; without either nothing checks the figure. The scale is
    the figure's last printed digit; the range and the verdict stand beside it. At most 40 figures, those in conflict first; the rest is counted in the note.

    Raises ``DataError`` for no figures.

    Parameters
    ----------
    result : Reconciliation
        The result of ``reconcile``.
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
    >>> print(an.alt_of(plot_reconciliation(an.reconcile(returns))))
    3个公布的数字：相符3个。...
    """
    if result.figures.empty:
        raise DataError("没有公布的数字可画。", "There are no published figures to draw.")
    wrong = result.figures["verdict"].isin(DISPUTED).to_numpy()
    order = np.argsort(~wrong, kind="stable")[:MOST_ROWS]
    known = worth_of(result.figures)
    figures = compared(result.figures.iloc[order].to_dict("records"), [known[at] for at in order])
    narrow = "" if interactive else size

    def say(lines_held: float) -> Chart:
        held = figures[: figures_held(figures, narrow, lines_held)]
        words = {"title": _title(result), "alt": _alt(held), "note": _note(result, len(wrong) - len(held))}
        return published_table(held, narrow, **words)

    return render(
        say,
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _title(rec: Reconciliation) -> Text:
    """The title: whose figures, and whether they can all hold."""
    courts = rec.figures["court"].unique()
    name = court_text(str(courts[0]))
    court = Text(name.zh, capital(name.en)) + COLON if len(courts) == 1 else Text("", "")
    figures, wrong = len(rec.figures), int(rec.figures["verdict"].isin(DISPUTED).sum())
    if wrong:
        return court + Text(
            f"公布的{figures}个数字中{wrong}个不能同时成立",
            f"{wrong} of {figures} published figures cannot all hold",
        )
    if found := conflicts_of(rec, courts):  # each agrees with its own row, and not with another period's
        return court + Text(
            f"公布的{figures}个数字有{found}组矛盾", f"{figures} published figures with {number_of(found, 'conflict')}"
        )
    return court + Text(f"公布的{figures}个数字相互不矛盾", f"{figures} published figures, none in conflict")


def _alt(figures: list[ComparedFigure]) -> Text:
    """The alt text: how many figures of each verdict, and those that cannot hold."""
    counted = verdicts_of([side for figure in figures for side in figure.sides])
    bad = [figure.words for figure in figures if any(side.is_disputed for side in figure.sides)]
    which = Text("；不能同时成立的是：", "; those that cannot all hold: ") if bad else Text("", "")
    named = Text("；".join(words.zh for words in bad), "; ".join(words.en for words in bad))
    number = Text(f"{len(figures)}个公布的数字：", f"{len(figures)} published figures: ")
    return number + counted + which + named + Text("。", ".")


def _note(rec: Reconciliation, rest: int) -> Text:
    """The note: figures, conflicts, and what thin lines and missing ones mean."""
    conflicts = conflicts_of(rec, rec.figures["court"].unique())
    more = Text(f"；另有{rest}个未画", f"; {rest} more are not drawn") if rest > 0 else Text("", "")
    counted = Text(
        f"公布的数字{len(rec.figures)}个，矛盾{conflicts}组",
        f"{len(rec.figures)} published figures, {number_of(conflicts, 'conflict')}",
    )
    said = joined([counted + more, *([rec.unfinished] if rec.unfinished.zh else [])])
    return said + Text("。", ". ") + NOTE
