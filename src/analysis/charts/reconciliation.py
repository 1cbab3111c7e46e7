"""Printed figures against what the others allow: ``plot_reconciliation``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.compared_figures import REACH, ComparedFigure, alt_text, compared, note_text, title_text
from analysis.charts.drawing.marks import Axis, Chart, Intervals, Mark, Panel, Points, Rule, Span, Words
from analysis.charts.drawing.render import OnAxes, render
from analysis.returns.verdicts import DISPUTED
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.reconciliation.reconcile import Reconciliation

ROUNDED, TRUNCATED = (-0.5, 0.5), (0.0, 1.0)
MOST_ROWS = 40
PRINTED = Text("公布的数字所表示的范围（四舍五入或截尾）", "what the published digits stand for (rounded or truncated)")
ALLOWED = Text("其他数字所允许的范围", "what the other figures allow")
AXIS = Text("与公布值之差（以末位数字为单位）", "distance from the published value (units of its last digit)")


def plot_reconciliation(
    result: Reconciliation,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw each printed figure as the range its digits stand for, against the range that all other figures allow.

    A bar that meets the band agrees; one beside it contradicts; no bar means that nothing bounds the figure. The scale is
    the figure's last printed digit. At most 40 figures, those in conflict first; the rest is counted in the note. Raises ``DataError`` for no figures.

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
    区间图，3 个公布的数字：相符 3 个。...
    """
    if result.figures.empty:
        raise DataError("没有公布的数字可画。", "There are no published figures to draw.")
    wrong = result.figures["verdict"].isin(DISPUTED)
    ordered = pd.concat([result.figures[wrong], result.figures[~wrong]])
    told = dict(zip(result.figures.index, result.figures.attrs.get("stands_for", []), strict=False))
    apart = [name for name in ("court", "scope") if len(result.figures[name].drop_duplicates()) > 1]
    drawn = ordered.head(MOST_ROWS)
    rows = [compared(r, told.get(at), apart) for at, r in zip(drawn.index, drawn.to_dict("records"), strict=True)]
    words: dict[str, Any] = {
        "title": title_text(result),
        "alt": alt_text(rows),
        "note": note_text(result, len(ordered) - len(rows)),
    }
    return render(
        lambda _: _chart(rows, words), interactive=interactive, language=language, size=size, ax=ax, title=title
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
    return Points(role=role, x=[x for x, _ in places], y=[y for _, y in places], size=6.5)
