"""Small multiples: where the own court stands among its peers on each indicator, against a reference band. ``plot_peers``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing.court_names import (
    DOUBT,
    DOUBT_NOTE,
    Highlight,
    InLegend,
    highlighted,
    in_legend,
    shown_names,
)
from analysis.charts.drawing.marks import Axis, Chart, Mark, Panel, Points, Rule, Span, Words, told
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.peer_strips import strip_of, strips_of
from analysis.charts.peer_words import Strip, told_of, words_of, years_of
from analysis.inference.peers.panel import PeerPanel
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.periods import days
from analysis.vocabulary.sentences import period as span
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text, capital

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

MOST_DATED = 30  # courts of a strip of its own, up to which each has its year beside it; more would lie over each other
HALF, YEARS_ROW = 0.55, 0.2  # half the height of a strip; of a row of years above it


def plot_peers(
    result: pd.DataFrame | PeerPanel | Sequence[PeerPanel],
    *,
    highlight: Highlight = None,
    bands: Mapping[str, tuple[float, float]] | None = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw one strip an indicator: every court a point, the own one marked, a reference band behind.

    ``result``: panels (one an indicator, with provinces and the nation as lines), or a table ``court, indicator, value``.
    ``bands``: indicator → (low, high), a reasonable interval in the unit of the axis (92, 98 for percent); without one the
    middle eight tenths of the courts.
    No place in a ranking is shown. Courts since December 2016 are open circles.

    Raises ``ArgumentError`` for an unknown court or indicator of a band, or more than 12 indicators; ``DataError`` for
    nothing to draw.

    Parameters
    ----------
    result : DataFrame, PeerPanel or several
        A table ``court, indicator, value``, or a panel an indicator.
    highlight : str or list of str
        The court, or courts, to mark.
    bands : mapping
        Indicator → (low, high), in the unit of the axis.
    anonymise : bool
        ``True`` shows a code in place of every other court's name.
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

    >>> table = pd.DataFrame({"court": list("甲乙丙"), "indicator": "closure_rate", "value": [99.2, 95, 90]})
    >>> plot_peers(table, highlight="甲", bands={"closure_rate": (92, 98)}).alt
    '1项指标上各院的位置。结案率：3家法院，90至99.2，参照区间92–98；甲为99.2，高于区间。'
    """
    strips = strips_of(result, highlight, dict(bands or {}), anonymise)
    words = words_of(result, strips)
    return render(
        lambda _: _chart(strips, words),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def plot_strip(
    table: pd.DataFrame,
    *,
    name: Text,
    note: Text,
    highlight: Highlight = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw the figures of few courts (``court, value``, and ``year`` written beside each) on one strip, with a note.

    >>> table = pd.DataFrame({"court": ["甲", "乙"], "value": [99.2, 80.0], "year": [2011, 2016]})
    >>> plot_strip(table, name=Text("结案率", "closure rate"), note=Text("仅作背景", "context only"), highlight="甲").alt
    '结案率：2家法院，80至99.2；甲为99.2。'
    """
    own = highlighted(highlight, table["court"])
    names = shown_names(table["court"], marked=own, anonymise=anonymise)
    strip = strip_of("", table, table.iloc[:0], None, None, own, names, most_dated=MOST_DATED)
    strip = replace(strip, name=name, band=None)
    finding = Text(f"{name.zh}：各院数字", f"{capital(name.en)}: the courts' figures")
    words = finding, told_of(strip), note + DOUBT_NOTE if strip.courts["doubt"].any() else note
    return render(
        lambda _: _chart([strip], words),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _chart(strips: list[Strip], words: tuple[Text, Text, Text]) -> Chart:
    eras = any(bool(strip.courts["later"].any()) for strip in strips)
    panels = []
    called = in_legend(pd.concat([strip.courts for strip in strips]), named=True)
    for strip in strips:
        own = strip.courts[strip.courts["own"]]
        value = f"{term('own_court')} {number(float(own['value'].iloc[0].round(2)))}" if len(own) == 1 else ""
        years = min(2, len(_nation(strip)))
        y = Axis(title=value, low=-HALF, high=HALF + YEARS_ROW * years, bare=True)
        panels.append(Panel(marks=_marks(strip, called, eras=eras), y=y, heading=str(strip.name)))
    title, alt, note = words
    sizes: dict[str, Any] = {"columns": (1, 2, 3), "height": (0.4, 0.26), "by_place": False}
    return Chart(panels=panels, title=title, alt=alt, note=note, **sizes)


def _nation(strip: Strip) -> pd.DataFrame:
    return strip.lines[strip.lines["level"] == "national"] if len(strip.lines) else strip.lines


def _marks(strip: Strip, called: InLegend, *, eras: bool) -> list[Mark]:
    """The band and the lines behind, provinces below, the courts, and the own one last."""
    marks: list[Mark] = []
    if strip.band is not None:
        low, high = strip.band
        name = str(term("reference_band" if strip.given else "middle_band"))
        marks.append(Span(role="band", lower=low, upper=high, label=name))
        marks += [Rule(role="aside", at=edge, along="x") for edge in (strip.band if strip.given else ())]
    nation = _nation(strip).sort_values("value")
    marks += [
        Rule(role="expected", at=at, along="x", width=1, label=str(term("nation_line"))) for at in nation["value"]
    ]
    # above the courts, neighbours at different heights
    levels = [HALF + YEARS_ROW * (1 + place % 2) for place in range(len(nation))]
    years: Any = [years_of(row) for row in nation.itertuples()]
    marks.append(Words(role="text", x=nation["value"], y=levels, texts=years, side="below right"))
    provinces = strip.lines.drop(index=nation.index)
    provinces = provinces.assign(label=provinces["court"].map(court_text))
    ticks: dict[str, Any] = {
        "x": provinces["value"],
        "y": [-0.5] * len(provinces),
        "hover": _hover(strip, provinces),
    }
    if len(provinces):
        marks.append(Points(role="province", size=9, label=str(term("province_ticks")), **ticks))
    courts = strip.courts
    others = str(term("earlier_courts")) if eras else called.others
    for role, name in (("peer", others), ("later_peer", str(term("later_courts")))):
        part = courts[~courts["own"] & (courts["later"] == (role == "later_peer"))]
        if len(part):
            look: dict[str, Any] = {"hollow": role == "later_peer", "opacity": 0.85, "label": name}
            marks.append(Points(role=role, x=part["value"], y=part["y"], hover=_hover(strip, part), **look))
    doubt = courts[courts["doubt"] & (courts["when"] == "")]
    marks.append(Words(role="text", x=doubt["value"], y=doubt["y"], texts=[DOUBT] * len(doubt), side="above right"))
    dated = courts[courts["when"] != ""]
    marks.append(Words(role="text", x=dated["value"], y=dated["y"], texts=_when(dated), side="above"))
    own = courts[courts["own"]]
    if len(own):
        point: dict[str, Any] = {"x": own["value"], "y": own["y"], "hover": _hover(strip, own)}
        marks.append(Points(role="own", size=7.7, label=called.own, **point))
        if len(called.numbers) > 1:
            numbers = [called.numbers[name] for name in own["name"]]
            marks.append(Words(role="text", x=own["value"], y=own["y"], texts=numbers, side="below right"))
    return marks


def _when(dated: pd.DataFrame) -> list[str]:
    return [when + DOUBT * bool(doubt) for when, doubt in zip(dated["when"], dated["doubt"], strict=True)]


def _hover(strip: Strip, rows: pd.DataFrame) -> list[str]:
    what = f"\n{strip.name}" if str(strip.name) else ""
    parts = zip(rows["label"], _dated(rows), told(rows["value"], 2), strict=True)
    return [f"{label}{dated}{what}{COLON}{value}" for label, dated, value in parts]


def _dated(rows: pd.DataFrame) -> list[Text]:
    """The period of each figure behind its court's name, where the table says it."""
    if {"period_start", "period_end"} <= set(rows):
        ends: Any = zip(*(days(rows[name], name) for name in ("period_start", "period_end")), strict=True)
        said = [None if pd.isna(first) or pd.isna(last) else span(first, last) for first, last in ends]
    else:
        years: Any = rows["year"] if "year" in rows else [None] * len(rows)
        said = [Text(f"{year:g}年", f"{year:g}") if pd.notna(year) else None for year in years]
    return [Text("", "") if period is None else Text(f"（{period.zh}）", f" ({period.en})") for period in said]
