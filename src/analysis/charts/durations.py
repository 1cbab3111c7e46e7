"""Durations of cases: ``plot_durations`` (Kaplan–Meier)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing import palette
from analysis.charts.drawing.marks import Axis, Band, Chart, Line, Mark, Panel, Rule, Words, ticks_between, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.duration_words import SUMMARY, YEAR, Group, alt_text, note_text
from analysis.vocabulary.errors import DataError, must_have_columns
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.measures.durations.durations import TimeToClose

CURVE = ("days", "at_risk", "events", "survival", "lower", "upper")
BAND = 0.18  # opacity of the interval
TICKS = 8
LIMIT_DAYS = 180  # six months, the limit of most cases
QUARTERS = {float(share): str(share) for share in (0, 25, 50, 75, 100)}


def plot_durations(
    result: TimeToClose,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw the share of cases still open by days since filing: Kaplan–Meier steps, 95% bands, numbers at risk.

    ``result`` as ``time_to_close`` gives it (``.curve``, ``.summary``, ``.test``, ``.notes``, ``.caption``), of one group or
    up to four. The line at 50% meets a curve at its median. Under the curves stand the cases at risk: those still
    open, and under observation, at the first closing on or after that day.

    Raises ``InputError`` for missing columns, ``DataError`` without a single closing, ``ArgumentError`` for more than four groups.

    Parameters
    ----------
    result : TimeToClose
        The result of ``time_to_close``.
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
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> print(an.alt_of(plot_durations(an.time_to_close(cases))))
    Kaplan–Meier 阶梯曲线，带95%区间。全部案件：4件，结案3件，中位60天（95%区间30–—），最后一次结案（第344天）时仍有25.0%未结。
    """
    groups = _groups(result)
    ticks_held = 4 if size == "half" else TICKS
    return render(
        lambda _: _chart(result, groups, ticks_held),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _groups(result: TimeToClose) -> list[Group]:
    curve, summary = result.curve, result.summary
    for table, needed, where in (
        (curve, CURVE, "time_to_close(…).curve"),
        (summary, SUMMARY, "time_to_close(…).summary"),
    ):
        must_have_columns(table, needed, where)
    if curve.empty:
        raise DataError(
            "没有一件案件在观察期内结案，曲线无从画起。请检查 at 与 observed_from。",
            "no case closed under observation, so there is no curve to draw. Check at and observed_from.",
        )
    by = [str(name) for name in summary.columns if name not in SUMMARY]
    palette.lines(len(summary))  # refuses more than a panel can tell apart
    rows = [{str(name): value for name, value in row.items()} for row in summary.to_dict("records")]
    if not by:
        return [(term("all_cases"), curve.reset_index(drop=True), rows[0])]
    found = []
    for row in rows:
        of_group = np.logical_and.reduce(
            [(curve[name] == row[name]) | (curve[name].isna() & pd.isna(row[name])) for name in by]
        )
        names = [group_text(name, row[name]) for name in by]
        name = Text("，".join(text.zh for text in names), ", ".join(text.en for text in names))
        found.append((name, curve[of_group].reset_index(drop=True), row))
    return [group for group in found if len(group[1])]


def _steps(curve: pd.DataFrame) -> pd.DataFrame:
    """The curve from day 0 at 100%, in percent; where the interval is not defined the band has a gap."""
    start = pd.DataFrame({"days": [0.0], "survival": [1.0], "lower": [1.0], "upper": [1.0], "at_risk": [np.nan]})
    steps = pd.concat(
        [start, curve[["days", "survival", "lower", "upper", "at_risk"]].astype(float)], ignore_index=True
    )
    return steps.assign(**{name: steps[name] * 100 for name in ("survival", "lower", "upper")})


def _label(group: Group) -> str:
    """A group with its median in the legend."""
    name, _, row = group
    median = number(row["median"])
    told = Text(f"{name.zh}（中位{median}天）", f"{name.en} (median {median} days)")
    if pd.isna(row["median"]):
        told = Text(f"{name.zh}（未结仍过半）", f"{name.en} (more than half still open)")
    return str(told)


def _chart(result: TimeToClose, groups: list[Group], ticks_held: int) -> Chart:
    # a register of one day has a day too
    last = min(YEAR, max(1.0, *(float(curve["days"].max()) for _, curve, _ in groups)))
    ticks = ticks_between(0, last * 1.02, whole=True, at_most=ticks_held)
    curves, at_risk = list[Mark](), list[Mark]()
    for row, (look, group) in enumerate(zip(palette.lines(len(groups)), groups, strict=True)):
        steps = _steps(group[1])
        limits: dict[str, Any] = {"lower": steps["lower"], "upper": steps["upper"]}
        curves.append(Band(role="recorded", own_look=look, x=steps["days"], step="post", opacity=BAND, **limits))
        curve: dict[str, Any] = {"x": steps["days"], "y": steps["survival"], "hover": _hover(steps)}
        curves.append(
            Line(role="recorded", own_look=look, step="post", label=_label(group), end=str(group[0]), **curve)
        )
        numbers = [_at_risk(group[1], tick) for tick in ticks]
        at_risk.append(Words(role="text", x=list(ticks), y=[row] * len(ticks), texts=numbers, side="centre"))
    curves.append(Rule(role="target", at=50))
    if last >= LIMIT_DAYS:
        curves.append(Rule(role="limit", at=LIMIT_DAYS, along="x"))
        beside: dict[str, Any] = {"x": [LIMIT_DAYS], "y": [96], "texts": [str(term("limit_180"))]}
        curves.append(Words(role="aside", side="right", haloed=True, **beside))
    days: dict[str, Any] = {"low": 0, "high": last * 1.02, "ticks": ticks}
    names = [str(name) for name, _, _ in groups]
    above = Panel(
        marks=curves,
        x=Axis(title=str(term("days_axis")), **days),
        y=Axis(title=str(term("still_open")), low=0, high=102, ticks=QUARTERS),
        share=6,
    )
    below = Panel(
        marks=at_risk,
        x=Axis(bare=True, **days),
        y=Axis(title=str(term("at_risk_row")), names=names, reversed=True, bare=True),
        share=0.5 * (len(groups) + 0.2),
    )
    title = _finding(groups)
    height = (1.0 + 0.055 * len(groups), 0.0)
    alt, note = alt_text(groups), note_text(result)
    return Chart(panels=[above, below], title=title, alt=alt, note=note, height=height, same_x=True)


def _finding(groups: list[Group]) -> Text:
    """The medians in a line, and what is open after the limit of six months."""
    zh, en = [], []
    for name, curve, row in groups:
        left = number(100 * _open_after(curve, LIMIT_DAYS), 1)
        known = not pd.isna(row["median"])
        median = (
            Text(f"中位{number(row['median'])}天", f"median {number(row['median'])} days")
            if known
            else Text("过半未结", "over half open")
        )
        zh.append(f"{name.zh}{median.zh}，180天时{left}%未结")
        en.append(f"{name.en}: {median.en}, {left}% open after 180 days")
    return Text("；".join(zh), capital("; ".join(en)))


def _open_after(curve: pd.DataFrame, days: float) -> float:
    reached = curve.loc[curve["days"] <= days, "survival"]
    return float(reached.iloc[-1]) if len(reached) else 1.0


def _hover(steps: pd.DataFrame) -> list[str]:
    columns = [told(steps[name], 1) for name in ("survival", "lower", "upper")]
    return [
        str(
            Text(
                f"未结{share}%（95%区间{low}–{high}），在案{n}",
                f"open {share}% (95% interval {low}–{high}), at risk {n}",
            )
        )
        for share, low, high, n in zip(*columns, told(steps["at_risk"]), strict=True)
    ]


def _at_risk(curve: pd.DataFrame, day: float) -> str:
    """Cases at risk at the first closing on or after a day; after the last closing the curve does not know."""
    later = curve.loc[curve["days"] >= day, "at_risk"]
    return number(float(later.iloc[0])) if len(later) else ""
