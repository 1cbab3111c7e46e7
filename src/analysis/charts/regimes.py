"""Regimes of the net flow and how probable each is: ``plot_regimes``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.cycle_words import Group, chosen, is_adjusted
from analysis.charts.drawing.marks import THICK, Axis, Band, Chart, Line, Mark, Panel, Rule, Words, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text, in_language, joined

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.cycle.cycle import Cycle


def plot_regimes(
    result: Cycle,
    *,
    court: Group = None,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw the regimes: net flow with each regime's mean and its limits, and the probability of the higher regime.

    Where the data hold one regime only, the second panel is missing and the note says so. ``result`` is the result of ``cycle``.

    Parameters
    ----------
    result : Cycle
        The result of ``cycle``.
    court : str
        The court to draw, where there are several.
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
    >>> print(an.alt_of(plot_regimes(an.cycle(flow, adjusted=False))))
    线图，净流量及各状态的平均：2008年1月至2008年12月平均每期10.0件...2009年1月至2009年12月平均每期−10.0件...
    """
    one = chosen(result, court)
    if one.regime_probabilities.empty:
        raise DataError("没有可画的时期。", "there is no period to draw.")
    return render(
        lambda _: _chart(one), interactive=interactive, language=language, size=size, ax=ax, figure=figure, title=title
    )


def _is_two(found: Cycle) -> bool:
    return bool(found.regime_probabilities["higher"].notna().any())


def _flow_name(found: Cycle) -> str:
    return str(term("net_adjusted" if is_adjusted(found) else "net"))


def _chart(found: Cycle) -> Chart:
    table = found.regime_probabilities
    at = np.arange(len(table))
    periods: dict[str, Any] = {"periods": table["period"], "freq": found.freq}
    marks: list[Mark] = [
        Rule(role="zero", at=0),
        Line(role="net", x=at, y=table["net"], label=_flow_name(found), width=1.1, hover=told(table["net"], 1)),
    ]
    places = np.searchsorted(table["period"].to_numpy(), found.regimes["start"].to_numpy())
    regimes = found.regimes.to_dict("records")
    if len(regimes) == 1:  # a sentence says more than a flat line
        said = [str(_one(regimes[0]))]
        marks.append(Words(role="text", frame="xy", side="in corner", x=[0.99], y=[0.98], texts=said, haloed=True))
        regimes = []
    for regime, first in zip(regimes, places, strict=False):
        edges = [first - 0.5, first + regime["periods"] - 0.5]
        limits: dict[str, Any] = {"lower": [regime["lower"]] * 2, "upper": [regime["upper"]] * 2}
        marks.append(Band(role="mean", x=edges, opacity=0.25, **limits))
        within = np.arange(first, first + regime["periods"])
        mean: dict[str, Any] = {
            "label": str(term("regime_mean")),
            "hover": ["", *told([regime["mean"]] * len(within), 1), ""],
        }
        x = [edges[0], *within, edges[1]]
        marks.append(Line(role="mean", x=x, y=[regime["mean"]] * len(x), width=THICK, **mean))
    panels = [Panel(marks=marks, x=Axis(**periods), y=Axis(title=str(term("net_axis"))), share=3)]
    if _is_two(found):
        higher = table["higher"]
        chance = str(term("higher"))
        hover = [f"{chance}{COLON}{text}" for text in told(higher, 2)]
        below: list[Mark] = [
            Band(role="net", x=at, lower=0 * at, upper=higher, step="mid", opacity=1, hover=hover),
            Rule(role="expected", at=0.5),
        ]
        y = Axis(title=chance, low=0, high=1, ticks={0: "0", 0.5: "0.5", 1: "1"})
        panels.append(Panel(marks=below, x=Axis(**periods), y=y, share=2))
    title, alt, note = _words(found)
    return Chart(panels=panels, title=title, alt=alt, note=note, height=(0.6, 0.3), same_x=True)


def _one(regime: dict[Any, Any]) -> Text:
    """The only regime in a sentence."""
    mean, low, high = (number(regime[name], 1) for name in ("mean", "lower", "upper"))
    return Text(
        f"未见状态改变：平均每期{mean}件（95%区间{low}至{high}）",
        f"no change of regime is seen: mean {mean} a period (95% limits {low} to {high})",
    )


def _words(found: Cycle) -> tuple[Text, Text, Text]:
    regimes = found.regimes
    title = Text("净流量：未见状态改变", "Net flow: no change of regime is seen")
    if len(regimes) > 1:
        means = [
            number(regimes["mean"].iloc[place], 1) for place in (regimes["mean"].argmin(), regimes["mean"].argmax())
        ]
        title = Text(
            f"净流量：{len(regimes)}个阶段，平均每期由{means[0]}件到{means[1]}件不等",
            f"Net flow: {len(regimes)} stretches, their means from {means[0]} to {means[1]} a period",
        )
    parts = []
    for regime in regimes.to_dict("records"):
        first, last = period_text(regime["start"], found.freq), period_text(regime["end"], found.freq)
        numbers = [number(regime[name], 1) for name in ("mean", "lower", "upper")]
        parts.append(
            Text(
                f"{first.zh}至{last.zh}平均每期{numbers[0]}件（95%区间{numbers[1]}至{numbers[2]}）",
                f"{first.en} to {last.en}: mean {numbers[0]} a period (95% limits {numbers[1]} to {numbers[2]})",
            )
        )
    alt = (
        Text("线图，净流量及各状态的平均：", "Line of the net flow and each regime's mean: ")
        + joined(parts)
        + Text("。", ".")
    )
    said = regimes["note"].iloc[0]
    note = Text(in_language(said, "zh"), in_language(said, "en"))
    if _is_two(found):
        times = [number(value, 1) for value in sorted(regimes["expected_duration"].unique())]
        note = Text(
            f"两个状态：BIC {number(regimes['bic_two'].iloc[0], 1)}低于一个状态的{number(regimes['bic_one'].iloc[0], 1)}；"
            f"预计持续{'、'.join(times)}期",
            f"two regimes: BIC {number(regimes['bic_two'].iloc[0], 1)} against {number(regimes['bic_one'].iloc[0], 1)} for one; "
            f"expected to last {', '.join(times)} periods",
        )
    count = len(found.regime_probabilities)
    bare = pd.isna(regimes["bic_one"].iloc[0])
    rule = Text("", "") if bare else Text("；判据见 cycle 的说明", "; the rule is told in the help of cycle")
    return title, alt, Text(f"n = {count}期；", f"n = {count} periods; ") + note + rule + Text("。", ".")
