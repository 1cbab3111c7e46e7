"""Ages of the pending cases: ``plot_ages``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.age_marks import in_words, limit_of
from analysis.charts.age_words import (
    alt_text,
    bands_in_words,
    few_alt_text,
    label_text,
    medians_text,
    nothing_drawn,
    pending_of,
    title_text,
)
from analysis.charts.drawing import palette
from analysis.charts.drawing.marks import Axis, Bars, Chart, Mark, Panel, Words
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.measures.durations.ages import FEWEST_DRAWN
from analysis.vocabulary.errors import ArgumentError, must_have_columns
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text, in_language

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.measures.durations.ages import PendingAges

NEEDED = ("band", "cases", "share")
ROOM = 1.22  # the axis beyond the longest bar, for its label


def plot_ages(
    result: PendingAges,
    *,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw how many pending cases are how old: a bar an age band, with its number and share; of fewer than ten a sentence says it.

    Bands below the youngest and above the oldest case are not drawn; a line stands at six months, the limit of most cases.
    ``result`` as ``pending_ages`` gives it (``.bands``, ``.summary``, ``.caption``), of one group or up to four side by side.
    Raises ``InputError`` for missing columns, ``DataError`` where nothing is shown, ``ArgumentError`` for two ``by`` columns or more than four groups.

    Parameters
    ----------
    result : PendingAges
        The result of ``pending_ages``.
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
    >>> rows = pd.DataFrame({"case_no": list("abcdefghijkl"), "filed_on": ["2011-01-10"] * 9 + ["2011-05-10"] * 3})
    >>> ages = an.pending_ages(an.Cases.from_frames(rows, as_of="2011-12-31"), at="2011-06-30")
    >>> print(an.alt_of(plot_ages(ages)))
    条形图，按已立案时间。全部案件：3个月以内3件（25.0%），3–6个月9件（75.0%）。
    """
    bands = result.bands
    must_have_columns(bands, NEEDED, "pending_ages(…).bands")
    if not bands["cases"].sum():
        raise nothing_drawn(pending_of(result))
    groups = _groups(drawn_bands(bands))
    return render(
        lambda _: _chart(result, groups),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def drawn_bands(bands: pd.DataFrame) -> pd.DataFrame:
    """Return the bands of ages from the youngest to the oldest that hold a case."""
    total = bands.groupby("band", sort=False)["cases"].sum()
    held = np.flatnonzero(total)
    return bands[bands["band"].isin(total.index[held[0] : held[-1] + 1])]


def _groups(bands: pd.DataFrame) -> list[tuple[Text, pd.DataFrame]]:
    by = [str(name) for name in bands.columns if name not in NEEDED]
    if len(by) > 1:
        raise ArgumentError(
            f"一幅图只按一列分组，现有 {'、'.join(by)}。请只用一列 by=。",
            f"a chart takes one column of groups, not {', '.join(by)}. Use one column in by=.",
        )
    if not by:
        return [(term("all_cases"), bands.reset_index(drop=True))]
    return [
        (group_text(by[0], value), rows.reset_index(drop=True))
        for value, rows in bands.groupby(by[0], dropna=False, sort=False)
    ]


def _chart(result: PendingAges, groups: list[tuple[Text, pd.DataFrame]]) -> Chart:
    leaves_out = bool(result.summary.attrs.get("leaves_out"))
    title = title_text(groups, pending_of(result), leaves_out=leaves_out)
    note = result.caption + Text("。", ".") + medians_text(result, groups)
    if result.bands["cases"].sum() < FEWEST_DRAWN:  # bars of single cases would show no more
        said = bands_in_words(groups)
        alt, lines = few_alt_text(said), 1.75 * len(said) + 1
        return Chart(panels=[in_words(said)], title=title, alt=alt, note=note, lines=lines, by_place=False)
    names = [in_language(cell) for cell in groups[0][1]["band"]]
    breadth, marks = 0.8 / len(groups), list[Mark]()
    for step, (look, (name, rows)) in enumerate(zip(palette.fills(len(groups)), groups, strict=True)):
        at = np.arange(len(rows)) + (step - (len(groups) - 1) / 2) * breadth
        labels = [label_text(row["cases"], row["share"], leaves_out=leaves_out) for row in rows.to_dict("records")]
        label, hover = (
            str(name) if len(groups) > 1 else "",
            [f"{name}\n{n}{COLON}{t}" for n, t in zip(names, labels, strict=True)],
        )
        bars: dict[str, Any] = {"at": at, "values": rows["cases"], "breadth": breadth, "label": label, "hover": hover}
        marks.append(Bars(role="recorded", own_look=look, along="x", **bars))
        marks.append(Words(role="text", x=rows["cases"], y=at, texts=labels))
    marks += limit_of(groups[0][1]["band"])
    most = max(float(rows["cases"].max()) for _, rows in groups)
    x = Axis(title=str(term("cases_axis")), low=0, high=most * ROOM, whole=True)
    lines = len(names) * 1.75 * max(1.0, 0.6 * len(groups)) + 4.5
    panel = Panel(marks=marks, x=x, y=Axis(title=str(term("pending_age")), names=names, reversed=True))
    return Chart(
        panels=[panel], title=title, alt=alt_text(groups, leaves_out=leaves_out), note=note, lines=lines, by_place=False
    )
