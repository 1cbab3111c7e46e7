"""Bridge between two printed figures, by definition and by work: ``plot_bridge``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.bridge_words import DEFINITION, WORK, names_of, title_of
from analysis.charts.drawing.marks import Axis, Chart, Intervals, Line, Mark, Panel, Words
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.observations.decomposition import rounded_parts
from analysis.observations.definition_bridge import end_text, set_text
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.numbers import difference, number, unit_text
from analysis.vocabulary.terms import terms
from analysis.vocabulary.text import COLON, Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.observations.definition_bridge import DefinitionBridge

LABELS = {"past": Text("指标", "indicator"), "rise": Text("上升", "up"), "fall": Text("下降", "down")}
WIDTH, ROOM = 13.0, 1.15  # of a bar, in points on a page; beyond the longest bar, for its number


def plot_bridge(
    result: DefinitionBridge,
    *,
    indicator: str | None = None,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw how a figure went from the first end to the last: each step parted into definition and work.

    Parameters
    ----------
    result : DefinitionBridge
        The result of ``definition_bridge``.
    indicator : str, optional
        The indicator, by its id; left out, the first.
    interactive : bool
        Draw for the screen (plotly) instead of for paper.
    language : str, optional
        ``zh`` or ``en``; left out, the language set.
    size : str
        ``half``, ``page`` or ``slide``.
    ax : Axes or list of Axes, optional
        Axes of your own to draw on, one for each panel, in place of a figure of ours; not with ``interactive=True``.
    figure : Figure or SubFigure, optional
        An empty figure of your own to draw all panels in, in place of ``ax``.
    title : str, optional
        A title in place of the one that says the finding; on axes of your own there is none without it.

    Returns
    -------
    matplotlib.figure.Figure or plotly.graph_objects.Figure
        The chart.

    Raises ``ArgumentError`` for an indicator that the bridge does not hold, ``DataError`` where it holds none.

    >>> import analysis as an
    >>> rows = {"filed_on": ["2010-02-01"] * 10 + ["2011-02-01"] * 10, "closed_on": ["2010-06-01"] * 10 + ["2011-06-01"] * 10}
    >>> rows |= {"closure_mode": ["completed"] * 8 + ["terminated_this_round"] * 2 + ["completed"] * 6 + ["terminated_this_round"] * 4}
    >>> rows |= {"amount_claimed": [100.0] * 20, "amount_recovered": [100.0] * 8 + [50.0] * 2 + [100.0] * 6 + [50.0] * 4}
    >>> register = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> found = an.definition_bridge(register, periods=[2010, 2011], sets=["spc-2008", "spc-2024"], only="recovery_rate", names=True)
    >>> an.alt_of(plot_bridge(found)).split("：")[1]
    '2010年80.00；口径+15.00；办案−15.00；2011年80.00。'
    """
    known = list(dict.fromkeys(result.bridge["indicator"]))
    chosen = indicator or next(iter(known), None)
    if not known:
        raise DataError(
            "没有一项指标在各端都算得出，画不出口径桥：见结果 values 的“说明”。",
            "no indicator could be computed at every end, so there is no bridge to draw: the notes of the result's values say why.",
        )
    if chosen not in known:
        raise ArgumentError.not_one_of("indicator", chosen, known)
    rows = result.bridge[result.bridge["indicator"] == chosen].reset_index(drop=True)
    return render(
        lambda _: _chart(result, rows),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _steps(rows: pd.DataFrame) -> pd.DataFrame:
    """The bars in order: a figure, what definition and work changed, the next figure, and so on."""
    steps = [_figure({str(key): value for key, value in rows.iloc[0].items()}, "start")]
    for row in rows.to_dict("records"):
        parts, at = [row["of_definition"], row["of_work"]], row["value_start"]
        shown = rounded_parts(difference(row["value_end"], row["value_start"]), parts)
        for text, part, figure in zip((DEFINITION, WORK), parts, shown, strict=True):
            steps.append({"name": text, "told": text, "value": part, "low": at, "is_figure": False, "shown": figure})
            at += part
        steps.append(_figure({str(key): value for key, value in row.items()}, "end"))
    return pd.DataFrame(steps)


def _figure(row: dict[str, Any], end: str) -> dict[str, Any]:
    at, of, value = end_text(row[f"at_{end}"]), set_text(row[f"set_{end}"]), row[f"value_{end}"]
    zh, en = of.zh.partition("（")[0], of.en.partition(" (")[0]  # the years of a set stand in its full name
    named = at + Text(f"（{zh}）", f" ({en})")
    return {"name": named, "told": at, "value": value, "low": 0.0, "is_figure": True, "shown": round(value, 2)}


def _chart(result: Any, rows: pd.DataFrame) -> Chart:
    steps = _steps(rows)
    value, low, is_figure = (steps[column].to_numpy() for column in ("value", "low", "is_figure"))
    ends = low + value
    highest = np.maximum(low, ends)
    texts = ["+" * (v > 0 and not f) + number(v, 2) for v, f in zip(steps["shown"], is_figure, strict=True)]
    roles = np.where(is_figure, "past", np.where(value > 0, "rise", "fall"))
    marks: list[Mark] = []
    for role in dict.fromkeys(roles.tolist()):
        at = np.flatnonzero(roles == role)
        spans: dict[str, Any] = {"at": at, "lower": np.minimum(low, ends)[at], "upper": highest[at]}
        hover = [f"{steps['told'][place]}{COLON}{texts[place]}" for place in at]
        marks.append(Intervals(role=role, label=str(LABELS[role]), hover=hover, along="x", width=WIDTH, **spans))
    marks += [Line(role="target", x=[ends[at]] * 2, y=[at, at + 1]) for at in range(len(steps) - 1)]
    marks.append(Words(role="reference", x=highest, y=np.arange(len(steps)), texts=texts, side="right"))
    unit, indicator = unit_text(rows["unit"].iloc[0]), rows["indicator"].iloc[0]
    name = terms().get(indicator, Text(indicator, indicator))
    x = Axis(title=str(name + Text(f"（{unit.zh}）", f" ({unit.en})")), low=0, high=float(highest.max()) * ROOM)
    y = Axis(names=names_of(steps), reversed=True)
    told = [(step.zh, step.en, text) for step, text in zip(steps["told"], texts, strict=True)]
    alt = Text(
        f"{name.zh}的口径桥：{'；'.join(f'{zh}{text}' for zh, _, text in told)}。",
        f"Bridge of the {name.en}: {'; '.join(f'{en} {text}' for _, en, text in told)}.",
    )
    return Chart(
        panels=[Panel(marks=marks, x=x, y=y)],
        title=title_of(name, steps, rows),
        alt=alt,
        note=result.rule,
        by_place=False,
    )
