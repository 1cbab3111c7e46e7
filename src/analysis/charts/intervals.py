"""Courts one under the other, each with its interval: ``plot_caterpillar`` and ``plot_ranks``."""

from __future__ import annotations

import html
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing import palette, style
from analysis.charts.drawing.court_names import (
    DOUBT_NOTE,
    dagger_trace,
    doubtful,
    draw_daggers,
    highlighted,
    labels,
    shown_names,
)
from analysis.inference.peers.case_mix import CaseMix
from analysis.inference.peers.composite import CompositeScore
from analysis.vocabulary.errors import DataError, InputError
from analysis.vocabulary.language import Text, in_language, speaking
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.charts.drawing.figure import Size

MM_A_ROW = 1.55  # height of a named row in text sizes
ROUND_MM = 46.0  # title, legend, axis and note
PEER, OWN = palette.LINES[0], palette.LINES[1]
CENTRES = ("shrunken", "ratio", "value")  # what stands in the middle of an interval, the first that a table has
SCREEN_ROW = 17
MOST_SCREEN_ROWS = 130  # courts up to which each has its name on the screen
MOST_ARROWS = 120  # courts up to which arrows are drawn and intervals are thick


@dataclass(frozen=True)
class Rows:
    """What both kinds of chart draw: courts from the top with ``at, lower, upper, label, own, doubt`` and perhaps ``raw``."""

    table: pd.DataFrame
    axis: Text
    reference: float | None
    title: Text
    alt: Text
    note: Text
    whole: bool
    unit: str = ""


def plot_caterpillar(
    data: pd.DataFrame | CaseMix,
    *,
    highlight: Any = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
) -> Figure | go.Figure:
    """Draw courts by value, each with its interval, the own court marked; after ``shrink`` arrows lead from the raw value.

    ``data``: the table of ``shrink``, a ``CaseMix``, or any table of ``court, value, lower, upper``. Names stand
    beside the courts while there is room for them. Returns a matplotlib Figure, or with ``interactive=True`` a plotly
    Figure. Raises ``InputError`` for missing columns, ``ArgumentError`` for a court that is not there.

    >>> table = pd.DataFrame({"court": ["甲", "乙"], "value": [0.9, 0.8], "lower": [0.85, 0.7], "upper": [0.95, 0.9]})
    >>> plot_caterpillar(table, highlight="乙").alt
    '2 家法院的区间图，由高到低。最高甲 0.9，最低乙 0.8。乙为 0.8（0.7–0.9）。'
    """
    table = data.table if isinstance(data, CaseMix) else data
    centre = next((name for name in CENTRES if name in table), None)
    missing = [name for name in ("court", centre or "value", "lower", "upper") if name not in table]
    if missing:
        raise InputError.missing_columns("plot_caterpillar", missing, map(str, table.columns))
    is_share = table.attrs.get("kind") == "proportion"
    drawn = table[["court", "lower", "upper", *(["raw"] if centre == "shrunken" else [])]].assign(at=table[centre])
    numbers = [str(name) for name in drawn if name != "court"]
    drawn[numbers] = drawn[numbers].astype(float) * (100.0 if is_share else 1.0)
    drawn["doubt"] = doubtful(table)
    name = _value_text(data, table, str(centre))
    caption = data.caption if isinstance(data, CaseMix) else _caption(table)
    laid = _laid(drawn.dropna(subset=["at"]), highlight, anonymise, descending=True)
    title = Text(f"{name.zh}：各院及其区间", f"{_sentence(name.en)}: courts with their intervals")
    reference = 1.0 if centre == "ratio" else table.attrs.get("mean")
    if reference is not None and is_share:
        reference *= 100
    rows = Rows(
        laid, name + (Text("（%）", " (%)") if is_share else Text("", "")), reference, title,
        _alt(laid, "%" if is_share else ""), caption, False, "%" if is_share else "",
    )  # fmt: skip
    return _drawn(rows, interactive, language, size)


def plot_ranks(
    data: pd.DataFrame | CompositeScore,
    *,
    highlight: Any = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
) -> Figure | go.Figure:
    """Draw each court's rank with the ranks that cannot be ruled out, the own court marked.

    ``data``: the table of ``rank_intervals``, or a ``CompositeScore`` (whose ranges come from the weights alone). The
    note says what the intervals are. Otherwise as ``plot_caterpillar``.

    >>> from analysis.inference.peers.ranks import rank_intervals
    >>> table = pd.DataFrame({"court": ["甲", "乙"], "rate": [97.0, 80.0], "se": [1.0, 1.0]})
    >>> plot_ranks(rank_intervals(table, estimate="rate", standard_error="se"), highlight="乙").alt
    '2 家法院名次及其区间图。区间宽度的中位数为 1 个名次。乙：第 2 名，区间 2–2。'
    """
    if isinstance(data, CompositeScore):
        table = data.table.rename(columns={"rank_lower": "lower", "rank_upper": "upper"})
        caption, name = data.caption, data.scheme.text
    else:
        indicator = data.attrs.get("indicator")
        table, caption, name = data, _caption(data), term(indicator) if indicator else Text("", "")
    missing = [column for column in ("court", "rank", "lower", "upper") if column not in table]
    if missing:
        raise InputError.missing_columns("plot_ranks", missing, map(str, table.columns))
    drawn = table[["court", "lower", "upper"]].assign(at=table["rank"], doubt=doubtful(table)).dropna(subset=["at"])
    laid = _laid(drawn.astype({"at": float, "lower": float, "upper": float}), highlight, anonymise, descending=False)
    title = Text("名次及其区间", "Ranks with their intervals")
    if name.zh:
        title = Text(f"{name.zh}：名次及其区间", f"{_sentence(name.en)}: ranks with their intervals")
    return _drawn(Rows(laid, term("rank"), None, title, _rank_alt(laid), caption, True), interactive, language, size)


def _laid(table: pd.DataFrame, highlight: Any, anonymise: bool, *, descending: bool) -> pd.DataFrame:
    """Courts from the top: the best first, each with its label; position 0 is the top."""
    if table.empty:
        raise DataError("没有一家法院有数值，无图可画。", "no court has a value to draw.")
    own = highlighted(highlight, table["court"])
    names = shown_names(table["court"], marked=own, anonymise=anonymise)
    order = ["at", "lower", "upper"]
    laid = table.sort_values(order, ascending=not descending, kind="stable", ignore_index=True)
    laid["name"] = laid["court"].astype(str)
    laid["own"] = laid["name"].isin(own)
    return laid.assign(label=labels(laid["name"], names, laid["doubt"]), y=np.arange(len(laid)))


def _value_text(data: Any, table: pd.DataFrame, centre: str) -> Text:
    if isinstance(data, CaseMix):
        return term(f"outcome_{data.outcome}") + Text("，实际÷期望", ", observed ÷ expected")
    indicator = table.attrs.get("indicator")
    return term(indicator) if indicator else term(centre)


def _caption(table: pd.DataFrame) -> Text:
    cell = table.attrs.get("caption")
    if cell:
        return Text(in_language(cell, "zh"), in_language(cell, "en"))
    return Text(f"{len(table)} 家法院", f"{len(table)} courts")


def _drawn(rows: Rows, interactive: bool, language: str | None, size: str) -> Figure | go.Figure:
    if rows.table["doubt"].any():
        rows = replace(rows, note=rows.note + DOUBT_NOTE)
    if interactive:
        with speaking(language):
            return _screen(rows)
    with style.drawing(language, size=size) as sheet:
        return _paper(rows, sheet)


# -- on paper


def _row_mm(size: Size) -> float:
    return size.points * MM_A_ROW * 25.4 / 72


def _paper(rows: Rows, sheet: style.Sheet) -> Figure:
    count = len(rows.table)
    tall = ROUND_MM * sheet.size.points / 9 + _row_mm(sheet.size) * count
    named = tall <= sheet.size.most
    figure, (panel,) = sheet.panels(height=max(sheet.size.height * 0.6, tall) if named else sheet.size.height * 1.2)
    _draw_intervals(panel, rows, dense=not named)
    panel.set_ylim(count - 0.4, -0.6)
    if named:
        panel.set_yticks(rows.table["y"], [str(label) for label in rows.table["label"]])
    else:
        at = rows.table[rows.table["own"]]
        panel.set_yticks(at["y"], [str(label) for label in at["label"]])
        unnamed = rows.table[rows.table["doubt"] & ~rows.table["own"]]
        draw_daggers(panel, unnamed["upper"], unnamed["y"])
    own = {str(label) for label in rows.table.loc[rows.table["own"], "label"]}
    for tick in panel.get_yticklabels():
        tick.set_fontweight("bold" if tick.get_text() in own else "normal")
    panel.grid(visible=False, axis="y")
    panel.grid(visible=True, axis="x")
    panel.tick_params(axis="y", length=0)
    panel.set(xlabel=str(rows.axis), ylabel="")
    style.set_number_ticks(panel.xaxis, whole=rows.whole)
    if rows.whole:
        panel.set_xlim(0.3, len(rows.table) + 0.7)
        panel.set_xticks([tick for tick in style.whole_ticks(1, count) if 1 <= tick <= count and tick % 1 == 0] + [1])
    style.legend(figure)
    return style.finish(figure, title=rows.title, alt=rows.alt, note=rows.note)


def _draw_intervals(panel: Axes, rows: Rows, *, dense: bool) -> None:
    if rows.reference is not None:
        name = str(term("baseline_one" if rows.reference == 1 else "peer_mean"))
        panel.axvline(rows.reference, color=palette.INK, linewidth=0.8, label=name)
    for is_own, look in ((False, PEER), (True, OWN)):
        part = rows.table[rows.table["own"] == is_own]
        if part.empty:
            continue
        line: dict[str, Any] = {"color": look.colour if is_own else palette.BLUE, "alpha": 1.0 if is_own else 0.4}
        thick = 2.6 if is_own else 0.5 if len(rows.table) > MOST_ARROWS else 1.6
        panel.hlines(part["y"], part["lower"], part["upper"], linewidth=thick, **line)
        if "raw" in part:
            _draw_arrows(panel, part, look.colour, dense=dense, arrows=len(rows.table) <= MOST_ARROWS)
        _draw_points(
            panel, part, look, is_own, 44 if is_own else 3 if len(rows.table) > MOST_ARROWS else 9 if dense else 20
        )


def _draw_arrows(panel: Axes, part: pd.DataFrame, colour: str, *, dense: bool, arrows: bool) -> None:
    """The raw values as open circles, and from each an arrow to what it shrinks to."""
    import seaborn as sns

    name = None if part["own"].any() else str(term("raw_to_shrunken"))
    look: dict[str, Any] = {"marker": "o", "s": 9 if dense else 18, "facecolor": "white", "edgecolor": colour}
    sns.scatterplot(x=part["raw"], y=part["y"], ax=panel, linewidth=0.8, label=name, zorder=3, **look)
    least = 0.01 * float(part["raw"].max() - part["raw"].min())
    moved: Any = part[(part["raw"] - part["at"]).abs() > least].itertuples() if arrows else ()
    for row in moved:
        arrow = {"arrowstyle": "->", "color": colour, "linewidth": 0.8, "shrinkA": 2, "shrinkB": 1}
        panel.annotate("", (row.at, row.y), (row.raw, row.y), arrowprops=arrow)


def _draw_points(panel: Axes, part: pd.DataFrame, look: palette.Look, is_own: bool, size: float) -> None:
    import seaborn as sns

    sns.scatterplot(
        x=part["at"],
        y=part["y"],
        ax=panel,
        color=look.colour,
        marker=look.marker,
        s=size,
        edgecolor="white",
        linewidth=0.4 if size > 5 else 0,
        label=str(term("own_court" if is_own else "peer_courts")),
        zorder=5 if is_own else 4,
    )


# -- on the screen


def _screen(rows: Rows) -> go.Figure:
    import plotly.graph_objects as go

    figure = go.Figure()
    for is_own, look in ((False, PEER), (True, OWN)):
        part = rows.table[rows.table["own"] == is_own]
        if part.empty:
            continue
        if "raw" in part:
            figure.add_trace(_arrows(part, look.colour))
        records: Any = part.to_dict("records")
        figure.add_trace(
            go.Scatter(
                x=part["at"],
                y=part["y"],
                mode="markers",
                name=str(term("own_court" if is_own else "peer_courts")),
                marker={"color": look.colour, "symbol": look.symbol, "size": 11 if is_own else 7},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": part["upper"] - part["at"],
                    "arrayminus": part["at"] - part["lower"],
                    "thickness": 2.4 if is_own else 1.2,
                    "width": 0,
                },
                customdata=[_hover(row, rows) for row in records],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    if rows.reference is not None:
        figure.add_vline(x=rows.reference, line={"color": palette.INK, "width": 1})
    count = len(rows.table)
    at = rows.table if count <= MOST_SCREEN_ROWS else rows.table[rows.table["own"]]
    unnamed = rows.table[rows.table["doubt"] & ~rows.table["y"].isin(at["y"])]
    figure.add_trace(dagger_trace(unnamed["upper"], unnamed["y"]))
    named = [html.escape(str(label), quote=False) for label in at["label"]]
    named = [f"<b>{label}</b>" if own else label for label, own in zip(named, at["own"], strict=True)]
    figure.update_yaxes(tickvals=at["y"].tolist(), ticktext=named, range=[count - 0.4, -0.6], showgrid=False, ticks="")
    figure.update_xaxes(title={"text": str(rows.axis)}, showgrid=True)
    tall = 190 + SCREEN_ROW * min(count, MOST_SCREEN_ROWS)
    figure.update_layout(hovermode="closest", height=max(tall, 320))
    return style.finish(figure, title=rows.title, alt=rows.alt, note=rows.note)


def _arrows(part: pd.DataFrame, colour: str) -> Any:
    """Raw value → shrunken value, as one trace of lines with an open circle at the raw end."""
    import plotly.graph_objects as go

    blank = np.full(len(part), np.nan)
    return go.Scatter(
        x=np.column_stack([part["raw"], part["at"], blank]).ravel(),
        y=np.column_stack([part["y"], part["y"], blank]).ravel(),
        mode="lines+markers",
        marker={"symbol": "arrow", "angleref": "previous", "size": 8, "color": colour},
        line={"color": colour, "width": 1, "dash": "dot"},
        name=str(term("raw_to_shrunken")),
        hoverinfo="skip",
        showlegend=not part["own"].any(),
    )


def _hover(row: dict[str, Any], rows: Rows) -> str:
    digits = 0 if rows.whole else 2
    span = f"{style.number(row['lower'], digits)}–{style.number(row['upper'], digits)}{rows.unit}"
    lines = [str(row["label"]), f"{rows.axis}: {style.number(row['at'], digits)}{rows.unit} ({span})"]
    if "raw" in row:
        lines.append(f"{term('raw')}: {style.number(row['raw'], digits)}{rows.unit}")
    return "<br>".join(html.escape(line, quote=False) for line in lines)


# -- in words


def _alt(laid: pd.DataFrame, unit: str) -> Text:
    top, bottom = laid.iloc[0], laid.iloc[-1]
    alt = Text(
        f"{len(laid)} 家法院的区间图，由高到低。最高{top['label'].zh} {_short(top['at'])}{unit}，"
        f"最低{bottom['label'].zh} {_short(bottom['at'])}{unit}。",
        f"{len(laid)} courts with intervals, from high to low. Highest {top['label'].en} at {_short(top['at'])}{unit}, "
        f"lowest {bottom['label'].en} at {_short(bottom['at'])}{unit}.",
    )
    for _, row in laid[laid["own"]].iterrows():
        span = f"{_short(row['lower'])}–{_short(row['upper'])}{unit}"
        alt = alt + Text(
            f"{row['label'].zh}为 {_short(row['at'])}{unit}（{span}）。",
            f" {row['label'].en} at {_short(row['at'])}{unit} ({span}).",
        )
    return alt


def _rank_alt(laid: pd.DataFrame) -> Text:
    width = int((laid["upper"] - laid["lower"] + 1).median())
    alt = Text(
        f"{len(laid)} 家法院名次及其区间图。区间宽度的中位数为 {width} 个名次。",
        f"Ranks of {len(laid)} courts with their intervals; the middle interval holds {width} ranks.",
    )
    for _, row in laid[laid["own"]].iterrows():
        alt = alt + Text(
            f"{row['label'].zh}：第 {row['at']:.0f} 名，区间 {row['lower']:.0f}–{row['upper']:.0f}。",
            f" {row['label'].en}: rank {row['at']:.0f}, interval {row['lower']:.0f} to {row['upper']:.0f}.",
        )
    return alt


def _short(value: float) -> str:
    return style.number(float(np.round(value, 2)))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
