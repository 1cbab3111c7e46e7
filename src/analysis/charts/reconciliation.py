"""Printed figures against what the others allow: ``plot_reconciliation``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts import palette, style
from analysis.charts.labels import indicator_text, span_text
from analysis.returns.figures import printed_figure
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.language import Text, speaking
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

    from analysis.inference.reconcile import Reconciliation

# The axis counts in units of the last printed digit, so that 99.5 % and 3,844 万元 share it; farther ends are cut, with an arrow.
REACH = 4.0
ROUNDED, TRUNCATED = (-0.5, 0.5), (0.0, 1.0)
MOST_ROWS = 40
PRINTED = Text("印出的数字所表示的范围（四舍五入或截断）", "what the printed digits stand for (rounded or truncated)")
ALLOWED = Text("其他数字所允许的范围", "what the other figures allow")
AXIS = Text("与印出值之差（以末位数字为单位）", "distance from the printed value (units of its last digit)")
BAD = ("contradicts", "impossible")


@dataclass(frozen=True)
class Row:
    """One printed figure: its name, what the others allow (in units of its last digit), and its verdict."""

    name: Text
    lower: float
    upper: float
    verdict: str
    words: Text


def plot_reconciliation(
    rec: Reconciliation, *, interactive: bool = False, language: str | None = None, size: str = "page"
) -> Figure | go.Figure:
    """Draw each printed figure as the range its digits stand for, against the range that all other figures allow.

    A bar that meets the band agrees; one beside it contradicts; no bar means that nothing bounds the figure. The scale is
    the figure's last printed digit. At most 40 figures, those in conflict first; the rest is counted in the note.
    Returns a matplotlib Figure, or with ``interactive=True`` a plotly Figure. Raises ``DataError`` for no figures.
    """
    if rec.figures.empty:
        raise DataError("没有印出的数字可画。", "There are no printed figures to draw.")
    wrong = rec.figures["verdict"].isin(BAD)
    ordered = pd.concat([rec.figures[wrong], rec.figures[~wrong]])
    rows = [_row(record) for record in ordered.head(MOST_ROWS).to_dict("records")]
    words = {"title": _title(rec), "alt": _alt(rows), "note": _note(rec, len(ordered) - len(rows))}
    with speaking(language):
        return _screen(rows, words) if interactive else _paper(rows, words, size)


def _row(record: dict[Any, Any]) -> Row:
    unit = record.get("unit")
    printed = printed_figure(
        str(record["printed"]), str(record["measure"]), unit=unit if isinstance(unit, str) else None
    )
    name = indicator_text(str(record["measure"]))
    span = span_text(record["period_start"], record["period_end"])
    ends = [(float(record[end]) - float(printed.value)) / float(printed.digit) for end in ("lower", "upper")]
    lower, upper = (np.nan if np.isnan(end) else end for end in ends)
    verdict = term(f"verdict_{record['verdict']}")
    shown = str(record["printed"])
    label = Text(f"{name.zh} {shown}（{span.zh}）", f"{name.en} {shown} ({span.en})")
    return Row(label, lower, upper, str(record["verdict"]), verdict)


def _is_bounded(row: Row) -> bool:
    return bool(np.isfinite(row.lower) and np.isfinite(row.upper))


def _title(rec: Reconciliation) -> Text:
    courts = rec.figures["court"].unique()
    whose = Text(f"{courts[0]}：", f"{courts[0]}: ") if len(courts) == 1 else Text("", "")
    return whose + Text("印出的数字与其他数字所允许的范围", "printed figures against what the others allow")


def _alt(rows: list[Row]) -> Text:
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row.verdict] = kinds.get(row.verdict, 0) + 1
    zh = "，".join(f"{term(f'verdict_{kind}').zh} {count} 个" for kind, count in kinds.items())
    en = ", ".join(f"{count} {term(f'verdict_{kind}').en}" for kind, count in kinds.items())
    bad = [row for row in rows if row.verdict in BAD]
    which = Text("；不能成立的是：", "; those that cannot hold: ") if bad else Text("", "")
    named = Text("、".join(row.name.zh for row in bad), ", ".join(row.name.en for row in bad))
    return (
        Text(f"区间图，{len(rows)} 个印出的数字：{zh}", f"Interval chart of {len(rows)} printed figures: {en}")
        + which
        + named
        + Text("。", ".")
    )


def _note(rec: Reconciliation, rest: int) -> Text:
    conflicts = rec.conflicts["conflict"].nunique() if len(rec.conflicts) else 0
    more = Text(f"；另有 {rest} 个未画", f"; {rest} more are not drawn") if rest > 0 else Text("", "")
    counted = Text(
        f"印出的数字 {len(rec.figures)} 个，矛盾 {conflicts} 组",
        f"{len(rec.figures)} printed figures, {conflicts} conflicts",
    )
    return (
        counted
        + more
        + Text("。无横条者没有其他数字可以约束它。", ". Where there is no bar, nothing bounds the figure.")
    )


def _paper(rows: list[Row], words: dict[str, Text], size: str) -> Figure:
    with style.drawing(None, size=size) as sheet:
        figure, (axes,) = sheet.panels(rows=1, columns=1, height=min(215.0, 45 + 7.0 * len(rows)))
        look = palette.fills(2)[1]
        axes.axvspan(ROUNDED[0], TRUNCATED[1], color=palette.RULE, alpha=0.55, lw=0, label=str(PRINTED))
        axes.axvline(0, color=palette.MUTED, linewidth=0.8)
        labelled = False
        for place, row in enumerate(rows):
            if _is_bounded(row):
                low, high = (float(np.clip(end, -REACH, REACH)) for end in (row.lower, row.upper))
                label = None if labelled else str(ALLOWED)
                labelled = True
                axes.plot([low, high], [place, place], color=palette.INK, linestyle="-", linewidth=3, label=label)
                axes.plot((low + high) / 2, place, marker="o" if low == high else "", color=look.colour, markersize=4)
                for end, raw, mark in ((low, row.lower, "<"), (high, row.upper, ">")):
                    if end != raw:
                        axes.plot(end, place, marker=mark, color=palette.INK, markersize=5)
            weight = "bold" if row.verdict in BAD else "normal"
            axes.annotate(
                str(row.words), (1.01, place), xycoords=("axes fraction", "data"), va="center", fontweight=weight
            )
        axes.set_yticks(range(len(rows)), [str(row.name) for row in rows])
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_xlim(-REACH - 0.3, REACH + 0.3)
        axes.set_xlabel(str(AXIS))
        axes.grid(visible=False, axis="y")
        style.legend(figure)
        return style.finish(figure, **words)


def _screen(rows: list[Row], words: dict[str, Text]) -> go.Figure:
    import plotly.graph_objects as go

    figure = go.Figure()
    names = [f"{row.name}　{row.words}" for row in rows]
    band = {
        "x0": ROUNDED[0],
        "x1": TRUNCATED[1],
        "fillcolor": palette.RULE,
        "opacity": 0.55,
        "line_width": 0,
        "layer": "below",
    }
    figure.add_vrect(**band)
    bounded = [(name, row) for name, row in zip(names, rows, strict=True) if _is_bounded(row)]
    xs: list[float | None] = []
    ys: list[str | None] = []
    for name, row in bounded:
        low, high = (float(np.clip(end, -REACH, REACH)) for end in (row.lower, row.upper))
        xs += [low, high, None]
        ys += [name, name, None]
    figure.add_scatter(
        x=xs, y=ys, mode="lines+markers", name=str(ALLOWED), line={"color": palette.INK, "width": 5}, marker={"size": 7}
    )
    square = {"size": 12, "symbol": "square", "color": palette.RULE}
    figure.add_scatter(x=[None], y=[names[0]], mode="markers", name=str(PRINTED), marker=square)
    order = {"categoryorder": "array", "categoryarray": names[::-1]}
    figure.update_yaxes(**order, range=[-0.6, len(names) - 0.4])
    figure.update_xaxes(title=str(AXIS), range=[-REACH - 0.3, REACH + 0.3])
    figure.update_layout(height=140 + 30 * len(rows))
    return style.finish(figure, **words)
