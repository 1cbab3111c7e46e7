"""The stock ahead as a fan, and beneath it what another course would change: ``plot_forecast``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import PLAIN, Axis, Band, Bars, Chart, Line, Mark, Panel, Rule, Words, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.extremes import named_ends
from analysis.charts.forecast_words import fans_of, words_of
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.cycle.forecast import Forecast
    from analysis.inference.cycle.what_if import WhatIf

INNER = (80, 50)  # per cent of the paths, inside the 95 % limits of a forecast
ROOM = 1.2  # of the difference, so that its last value stands clear of the edge
SHOWN_PAST = {"W": 156, "M": 48, "Q": 24, "Y": 20}  # periods of the record beside the fan


def plot_forecast(
    result: Forecast | WhatIf,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw what lies ahead as a fan: median, and limits of 50, 80 and 95%, of the pending stock after the record.

    ``result`` is the result of ``forecast_pending`` (the note says how the model and naive forecasts did in the back-test, period
    by period in ``.backtest``) or of ``what_if`` (the baseline and the scenario side by side).

    Parameters
    ----------
    result : Forecast or WhatIf
        The result of ``forecast_pending`` or ``what_if``.
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
    >>> months = pd.date_range("2008-01-01", periods=48, freq="MS")
    >>> closed = ([10] * 12 + [30] * 12) * 2  # a year 10 fewer than the 20 filed, a year 10 more, and again
    >>> flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}))
    >>> print(an.alt_of(plot_forecast(an.what_if(flow, extra_closings=3, months=3))))
    扇形图。2011年12月末未结0件；基准：2012年3月0件（95%区间0至...）；改变之后：2012年3月0件（95%区间0至...）。
    """
    with_ends = size != "half" and not interactive  # on the screen the pointer tells every value
    return render(
        lambda _: _chart(result, with_ends=with_ends),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _difference(found: Forecast | WhatIf, past: int, periods: pd.Series) -> Panel:
    """The other course less the first, period by period."""
    (_, same), (_, other) = fans_of(found)[:2]
    apart = other["pending"].to_numpy(dtype=float) - same["pending"].to_numpy(dtype=float)
    at, name = past + np.arange(len(apart)), term("what_if_difference")
    side, low, high = "below" if apart[-1] < 0 else "above", min(0.0, *apart), max(0.0, *apart)
    edges: dict[str, Any] = {"low": ROOM * low, "high": ROOM * high} if low < high else {"low": -1, "high": 1}
    last: dict[str, Any] = {"x": at[-1:], "y": apart[-1:], "texts": told(apart[-1:], 0), "side": side, "haloed": True}
    marks: list[Mark] = [
        Bars(role="what_if", at=at, values=apart, hover=told(apart, 0), label=str(name)),
        Rule(role="zero", at=0),
        Words(role="text", **last),
    ]
    return Panel(
        marks=marks, x=Axis(periods=periods, freq=found.freq), y=Axis(title=str(name), **edges, whole=True), share=2
    )


def _chart(found: Forecast | WhatIf, *, with_ends: bool) -> Chart:
    past = found.past.tail(SHOWN_PAST[found.freq]).reset_index(drop=True)
    fans = fans_of(found)
    recorded: dict[str, Any] = {"x": np.arange(len(past)), "y": past["pending"], "hover": told(past["pending"], 0)}
    marks: list[Mark] = [Line(role="past", label=str(term("recorded")), **recorded)]
    now = float(past["pending"].iloc[-1])
    for name, rows in fans:
        at = len(past) - 1 + np.arange(len(rows) + 1)
        low, middle, high = (np.append(now, rows[column]) for column in ("lower", "pending", "upper"))
        inner = INNER if len(fans) == 1 else ()
        shares = Text("50/80/95%区间", "50/80/95% intervals") if inner else term("confidence_95")
        limits = str(Text(f"{term(name).zh}{shares.zh}", f"{term(name).en} {shares.en}"))
        ends = [*((f"lower_{share}", f"upper_{share}") for share in sorted(inner)), ("lower", "upper")]
        spans = [[f"{a}–{b}" for a, b in zip(*(told(rows[side], 0) for side in pair), strict=True)] for pair in ends]
        hover = ["", *map(" / ".join, zip(*spans, strict=True))]  # in the order of the name
        marks.append(Band(role=name, x=at, lower=low, upper=high, hatched=not inner, label=limits, hover=hover))
        for share in inner:
            low, high = (np.append(now, rows[f"{side}_{share}"]) for side in ("lower", "upper"))
            marks.append(Band(role=name, x=at, lower=low, upper=high))
        hover = ["", *told(middle[1:], 0)]  # the first point is the last of the record, told there
        marks.append(Line(role=name, x=at, y=middle, label=str(term(name)), end=str(term(name)), hover=hover))
    if with_ends:
        marks.append(named_ends("past", past["pending"], lambda value: number(value, 0)))
    if hasattr(found, "target"):
        goal = float(found.target["target_stock"].iloc[0])
        target = str(term("target_stock"))
        marks.append(Rule(role="target", at=goal, label=target, end=target, width=PLAIN))
    lowest = min(float(past["pending"].min()), *(float(rows["lower"].min()) for _, rows in fans))
    periods = pd.concat([past["period"], fans[0][1]["period"]], ignore_index=True)
    y = Axis(title=str(term("pending_axis")), low=0 if lowest >= 0 else None, whole=True)
    panels = [Panel(marks=marks, x=Axis(periods=periods, freq=found.freq), y=y, share=3)]
    if len(fans) > 1:
        panels.append(_difference(found, len(past), periods))
    title, alt, note = words_of(found)
    return Chart(panels=panels, title=title, alt=alt, note=note, height=(0.6, 0.4), same_x=len(panels) > 1)
