"""Small multiples: where the own court stands among its peers on each indicator, against a reference band. ``plot_peers``."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
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
from analysis.inference.peers.panel import ERAS, PeerPanel
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.language import Text, speaking
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_PANELS = 12
MIDDLE = (0.1, 0.9)  # the band, where none is given: the middle eight tenths of the courts
LEAST_FOR_BAND = 10  # courts, below which no middle is told
HALF, YEARS_ROW = 0.55, 0.2  # half the height of a strip; of a row of years above it
NATION = {"color": palette.INK, "width": 1, "dash": "dash"}
GOLDEN = 0.618033988749895
PEER, OWN = palette.LINES[2], palette.LINES[1]


@dataclass(frozen=True)
class Strip:
    """One indicator: courts (``at, y, label, own, doubt, later``), the band, and reference lines."""

    name: Text
    courts: pd.DataFrame
    band: tuple[float, float] | None
    given: bool
    lines: pd.DataFrame


def plot_peers(
    data: pd.DataFrame | PeerPanel | Sequence[PeerPanel],
    *,
    highlight: Any = None,
    bands: Mapping[str, tuple[float, float]] | None = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
) -> Figure | go.Figure:
    """Draw one strip an indicator: every court a point, the own one marked, a reference band behind.

    ``data``: panels (one an indicator, with provinces and the nation as lines), or a table ``court, indicator, value``.
    ``bands``: indicator → (low, high), a reasonable interval in the unit of the axis (92, 98 for percent); without one the
    middle eight tenths of the courts.
    No place in a ranking is shown. Courts since December 2016 are open circles. Returns a matplotlib Figure, or with
    ``interactive=True`` a plotly Figure.

    Raises ``ArgumentError`` for an unknown court or indicator of a band, or more than 12 indicators; ``DataError`` for
    nothing to draw.

    >>> table = pd.DataFrame({"court": list("甲乙丙"), "indicator": "closure_rate", "value": [99.2, 95, 90]})
    >>> plot_peers(table, highlight="甲", bands={"closure_rate": (92, 98)}).alt
    '1 项指标上各院的位置。结案率：3 家，90 至 99.2，参照区间 92–98；甲 99.2，高于区间。'
    """
    strips = _strips(data, highlight, dict(bands or {}), anonymise)
    words = _words(data, strips)
    if interactive:
        with speaking(language):
            return _screen(strips, words)
    with style.drawing(language, size=size) as sheet:
        return _paper(strips, words, sheet)


def plot_strip(
    table: pd.DataFrame,
    *,
    name: Text,
    note: Text,
    highlight: Any = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
) -> Figure | go.Figure:
    """Draw the figures of few courts (``court, value``, and ``year`` written beside each) on one strip, with a note.

    >>> table = pd.DataFrame({"court": ["甲", "乙"], "value": [99.2, 80.0], "year": [2011, 2016]})
    >>> plot_strip(table, name=Text("结案率", "closure rate"), note=Text("仅作背景", "context only"), highlight="甲").alt
    '结案率：2 家，80 至 99.2；甲 99.2。'
    """
    own = highlighted(highlight, table["court"])
    names = shown_names(table["court"], marked=own, anonymise=anonymise)
    strip = replace(_strip("", table, table.iloc[:0], False, None, own, names), name=name, band=None)
    alt = _told(strip)
    words = Text(f"{name.zh}：各院数字", f"{name.en[:1].upper()}{name.en[1:]}: the courts' figures"), alt, note
    if interactive:
        with speaking(language):
            return _screen([strip], words)
    with style.drawing(language, size=size) as sheet:
        return _paper([strip], words, sheet)


def _strips(data: Any, highlight: Any, bands: dict[str, tuple[float, float]], anonymise: bool) -> list[Strip]:
    tables = _tables(data)
    if not tables:
        raise DataError("没有一项指标可画。", "there is no indicator to draw.")
    if len(tables) > MOST_PANELS:
        raise ArgumentError(
            f"一幅图最多 {MOST_PANELS} 项指标，现有 {len(tables)} 项：请先筛选。",
            f"a chart holds at most {MOST_PANELS} indicators, not {len(tables)}: filter first.",
        )
    for name in bands:
        if name not in tables:
            raise ArgumentError.not_one_of("bands", name, tables)
    everyone = pd.concat([courts["court"] for courts, _, _ in tables.values()]).drop_duplicates()
    own = highlighted(highlight, everyone)
    names = shown_names(everyone, marked=own, anonymise=anonymise)
    return [_strip(name, *parts, bands.get(name), own, names) for name, parts in tables.items()]


def _tables(data: Any) -> dict[str, tuple[pd.DataFrame, pd.DataFrame, bool]]:
    """Courts and reference lines by indicator, and whether they were made percent."""
    if isinstance(data, pd.DataFrame):
        missing = [name for name in ("court", "indicator", "value") if name not in data]
        if missing:
            raise InputError.missing_columns("plot_peers", missing, map(str, data.columns))
        known = data.dropna(subset=["value"])
        kept = [name for name in ("court", "value", "era", "verdict") if name in data]
        parts = known.groupby("indicator", sort=False)
        return {str(name): (part.reset_index(drop=True)[kept], part.iloc[:0], False) for name, part in parts}
    panels = [data] if isinstance(data, PeerPanel) else list(data)
    found = {}
    for panel in panels:
        unit = 100.0 if panel.percent else 1.0
        courts, lines = (table.assign(value=table["value"] * unit) for table in (panel.table, panel.references))
        found[panel.indicator] = (courts, lines, unit != 1.0)
    return found


def _strip(
    name: str,
    table: pd.DataFrame,
    lines: pd.DataFrame,
    percents: bool,
    band: tuple[float, float] | None,
    own: list[str],
    names: dict[str, Text],
) -> Strip:
    courts = table.assign(name=table["court"].astype(str)).sort_values("value", kind="stable", ignore_index=True)
    courts["own"] = courts["name"].isin(own)
    courts["doubt"] = doubtful(courts)
    courts["later"] = courts["era"].eq(ERAS[1].cell) if "era" in courts else False
    # spread over the strip without chance: neighbours in value stand apart
    courts["y"] = np.where(courts["own"], 0.0, (np.arange(len(courts)) * GOLDEN % 1 - 0.5) * 0.7)
    courts["label"] = labels(courts["name"], names, courts["doubt"])
    middle = None
    if len(courts) >= LEAST_FOR_BAND:
        low, high = courts["value"].quantile(list(MIDDLE))
        middle = (float(low), float(high))
    percent = Text("（%）", " (%)") if percents else Text("", "")
    courts["when"] = _few_years(courts)
    return Strip((term(name) if name else Text("", "")) + percent, courts, band or middle, band is not None, lines)


def _few_years(courts: pd.DataFrame) -> pd.Series:
    """The year to be written beside each figure: only of few courts, and only where they differ."""
    ends = courts["period_end"].dt.year if "period_end" in courts else courts.get("year")
    if ends is None or len(courts) >= LEAST_FOR_BAND or ends.nunique() < 2:
        return pd.Series("", index=courts.index)
    return ends.astype(int).astype(str)


# -- on paper


def _paper(strips: list[Strip], words: tuple[Text, Text, Text], sheet: style.Sheet) -> Figure:
    columns = min(len(strips), 1 if sheet.size.width < 100 else 2 if sheet.size.width < 200 else 3)
    rows = -(-len(strips) // columns)
    tall = min(sheet.size.most, (40 + 26 * rows) * sheet.size.points / 9)
    figure, axes = sheet.panels(rows, columns, height=tall)
    for panel, strip in zip(axes, strips, strict=False):
        _draw_strip(panel, strip, eras=_eras(strips))
        own = strip.courts[strip.courts["own"]]
        panel.set_title(str(strip.name))
        if len(own) == 1:
            panel.set_title(style.number(float(own["value"].iloc[0].round(2))), loc="right", color=palette.INK)
        rows_of_years = min(2, int((strip.lines["level"] == "national").sum()) if len(strip.lines) else 0)
        panel.set(ylim=(-HALF, HALF + YEARS_ROW * rows_of_years), yticks=[], xlabel="", ylabel="")
        panel.grid(visible=False)
        panel.spines["left"].set_visible(False)
        style.set_number_ticks(panel.xaxis)
        panel.locator_params(axis="x", nbins=6)
        panel.margins(x=0.06)
    for panel in axes[len(strips) :]:
        panel.set_visible(False)
    style.legend(figure)
    title, alt, note = words
    return style.finish(figure, title=title, alt=alt, note=note)


def _eras(strips: list[Strip]) -> bool:
    """Whether courts of the later era stand on the chart, so that those of each bear its name."""
    return any(bool(strip.courts["later"].any()) for strip in strips)


def _peers_name(*, later: bool, eras: bool) -> Text:
    return term("later_courts" if later else "earlier_courts" if eras else "peer_courts")


def _draw_strip(panel: Axes, strip: Strip, *, eras: bool) -> None:
    if strip.band is not None:
        name = str(term("reference_band" if strip.given else "middle_band"))
        panel.axvspan(*strip.band, facecolor=palette.SAND, alpha=0.6, edgecolor="none", label=name)
        for edge in strip.band if strip.given else ():
            panel.axvline(edge, color=palette.MUTED, linewidth=0.8)
    nation = strip.lines[strip.lines["level"] == "national"] if len(strip.lines) else strip.lines
    provinces = strip.lines.drop(index=nation.index)
    rows: Any = nation.sort_values("value").itertuples()
    for place, row in enumerate(rows):
        panel.axvline(row.value, color=palette.INK, linewidth=1, linestyle=(0, (5, 2)), label=str(term("nation_line")))
        level = HALF + YEARS_ROW * (1 + place % 2)  # above the courts, neighbours at different heights
        panel.annotate(
            _years(row), (row.value, level), xytext=(3, 0), textcoords="offset points", fontsize="small", va="top",
            color=palette.INK,
        )  # fmt: skip
    if len(provinces):
        panel.plot(
            provinces["value"],
            np.full(len(provinces), -0.5),
            "|",
            color=palette.MUTED,
            markersize=9,
            label=str(term("province_ticks")),
        )
    courts = strip.courts
    for later in (False, True):
        part = courts[~courts["own"] & (courts["later"] == later)]
        if len(part):
            name = str(_peers_name(later=later, eras=eras))
            fill = "white" if later else PEER.colour
            panel.scatter(
                part["value"],
                part["y"],
                s=16,
                facecolor=fill,
                edgecolor=PEER.colour,
                linewidth=0.8,
                alpha=0.85,
                label=name,
            )
    draw_daggers(panel, courts.loc[courts["doubt"], "value"], courts.loc[courts["doubt"], "y"])
    dated: Any = courts[courts["when"] != ""].itertuples()
    for row in dated:
        panel.annotate(
            row.when, (row.value, row.y), xytext=(0, -5), textcoords="offset points", fontsize="small", ha="center", va="top",
            color=palette.INK,
        )  # fmt: skip
    own = courts[courts["own"]]
    if len(own):
        panel.scatter(
            own["value"],
            own["y"],
            s=60,
            color=OWN.colour,
            marker=OWN.marker,
            edgecolor="white",
            zorder=4,
            label=str(term("own_court")),
        )


def _years(row: Any) -> str:
    """The years of a reference figure, which need not be one."""
    first, last = row.period_start.year, row.period_end.year
    return f"{first}" if first == last else f"{first}–{last}"


# -- on the screen


def _screen(strips: list[Strip], words: tuple[Text, Text, Text]) -> go.Figure:
    from plotly.subplots import make_subplots

    columns = min(2, len(strips))
    rows = -(-len(strips) // columns)
    tall = 170 + 130 * rows
    heads = [html.escape(str(strip.name), quote=False) for strip in strips]
    gap = 70 / tall if rows > 1 else 0
    figure = make_subplots(rows=rows, cols=columns, subplot_titles=heads, vertical_spacing=gap, horizontal_spacing=0.06)
    named: set[str | None] = set()  # each name stands in the legend once
    for place, strip in enumerate(strips):
        where: dict[str, Any] = {"row": place // columns + 1, "col": place % columns + 1}
        for trace in _screen_strip(strip, eras=_eras(strips)):
            trace.showlegend = trace.name is not None and trace.name not in named
            named.add(trace.name)
            figure.add_trace(trace, **where)
        if strip.band is not None:
            figure.add_vrect(
                x0=strip.band[0],
                x1=strip.band[1],
                fillcolor=palette.SAND,
                opacity=0.5,
                line_width=0,
                layer="below",
                **where,
            )
        lines = strip.lines[strip.lines["level"] == "national"] if len(strip.lines) else strip.lines
        rows_of_lines: Any = lines.itertuples()
        for row in rows_of_lines:
            figure.add_vline(x=row.value, line=NATION, annotation={"text": _years(row), "font": {"size": 11}}, **where)
    figure.update_yaxes(range=[-HALF, HALF], showticklabels=False, ticks="", showgrid=False, showline=False)
    figure.update_layout(height=tall, hovermode="closest")
    title, alt, note = words
    return style.finish(figure, title=title, alt=alt, note=note)


def _screen_strip(strip: Strip, *, eras: bool) -> list[Any]:
    import plotly.graph_objects as go

    traces = []
    courts = strip.courts
    for is_own, later in ((False, False), (False, True), (True, False)):
        part = courts[courts["own"]] if is_own else courts[~courts["own"] & (courts["later"] == later)]
        if part.empty:
            continue
        look = OWN if is_own else PEER
        traces.append(
            go.Scatter(
                x=part["value"],
                y=part["y"],
                mode="markers+text" if part["when"].any() else "markers",
                text=list(part["when"]) if part["when"].any() else None,
                textposition="bottom center",
                name=str(term("own_court") if is_own else _peers_name(later=later, eras=eras)),
                marker={
                    "color": look.colour,
                    "symbol": f"{look.symbol}-open" if later else look.symbol,
                    "size": 12 if is_own else 7,
                },
                customdata=[html.escape(str(label), quote=False) for label in part["label"]],
                hovertemplate="%{customdata}: %{x:.2f}<extra></extra>",
            )
        )
    doubt = strip.courts[strip.courts["doubt"]]
    if len(doubt):
        traces.append(dagger_trace(doubt["value"], doubt["y"]))
    if len(strip.lines) and strip.lines["level"].eq("national").any():
        # a line of the layout has no place in the legend: this one stands for it
        traces.append(go.Scatter(x=[None], y=[None], name=str(term("nation_line")), mode="lines", line=NATION))
    if len(strip.lines):
        some = strip.lines[strip.lines["level"] != "national"]
        marker: dict[str, Any] = {"symbol": "line-ns-open", "size": 10, "color": palette.MUTED}
        told = [html.escape(str(name), quote=False) for name in some["court"]]
        look_of_lines: dict[str, Any] = {"mode": "markers", "marker": marker, "customdata": told}
        hover = "%{customdata}: %{x:.2f}<extra></extra>"
        name = str(term("province_ticks"))
        traces.append(
            go.Scatter(x=some["value"], y=np.full(len(some), -0.48), name=name, hovertemplate=hover, **look_of_lines)
        )
    return traces


# -- in words


def _words(data: Any, strips: list[Strip]) -> tuple[Text, Text, Text]:
    alt = Text(f"{len(strips)} 项指标上各院的位置。", f"Where courts stand on {len(strips)} indicators.")
    for strip in strips:
        alt = alt + _told(strip)
    panels = [data] if isinstance(data, PeerPanel) else [] if isinstance(data, pd.DataFrame) else list(data)
    counts = [len(strip.courts) for strip in strips]
    span = f"{min(counts)}" if min(counts) == max(counts) else f"{min(counts)}–{max(counts)}"
    note = Text(f"每项 {span} 家法院", f"{span} courts an indicator")
    if any(strip.band and not strip.given for strip in strips):
        note = note + Text("；底色为居中八成法院的范围", "; the band holds the middle eight tenths of the courts")
    if panels:
        years = pd.concat([panel.table["period_end"] for panel in panels]).dt.year
        first, last = years.min(), years.max()
        span = f"{first}" if first == last else f"{first}–{last}"
        note = note + Text(f"；年度 {span}", f"; {span}")
        if first != last:
            note = note + Text("，各院年度不同，仅作背景参照", ", which differ between courts: context only")
    if any(strip.courts["doubt"].any() for strip in strips):
        note = note + DOUBT_NOTE
    return Text("本院在各项指标上的位置", "Where the court stands, indicator by indicator"), alt, note


def _told(strip: Strip) -> Text:
    courts = strip.courts
    low, high = (style.number(float(np.round(edge, 2))) for edge in (courts["value"].min(), courts["value"].max()))
    zh = f"{strip.name.zh}：{len(courts)} 家，{low} 至 {high}"
    en = f" {strip.name.en[:1].upper()}{strip.name.en[1:]}: {len(courts)} courts, {low} to {high}"
    if strip.band is not None:
        edges = "–".join(style.number(float(np.round(edge, 2))) for edge in strip.band)
        band = term("reference_band" if strip.given else "middle_band")
        zh, en = f"{zh}，{band.zh} {edges}", f"{en}, {band.en} {edges}"
    nation: Any = strip.lines[strip.lines["level"] == "national"].itertuples() if len(strip.lines) else ()
    for line in nation:
        value, name = style.number(float(np.round(line.value, 2))), term("nation_line")
        zh, en = f"{zh}；{name.zh} {_years(line)} 为 {value}", f"{en}; {name.en} {_years(line)} at {value}"
    rows: Any = courts[courts["own"]].to_dict("records")
    for row in rows:
        value, where = style.number(float(np.round(row["value"], 2))), Text("", "")
        if strip.band is not None:
            key = "below" if row["value"] < strip.band[0] else "above" if row["value"] > strip.band[1] else "within"
            where = term(f"band_{key}")
            where = Text(f"，{where.zh}", f", {where.en}")
        zh, en = f"{zh}；{row['label'].zh} {value}{where.zh}", f"{en}; {row['label'].en} at {value}{where.en}"
    return Text(f"{zh}。", f"{en}.")
