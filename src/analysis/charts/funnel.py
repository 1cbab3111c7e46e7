"""Funnels: each court at its size, between the limits within which chance alone would keep it. ``plot_funnel``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.drawing import palette, style
from analysis.charts.drawing.court_names import DOUBT_NOTE, doubtful, draw_daggers, highlighted, labels, shown_names
from analysis.charts.drawing.point_names import Named, write_names
from analysis.inference.peers.panel_rows import BASES
from analysis.vocabulary.language import Text, speaking
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.inference.peers.funnel import Funnel

MOST_LABELLED = 6  # courts outside the 99.8 % limits that are named in a panel; the alt text counts all
MOST_TOLD = 8  # courts that the alt text names
LOG_FROM = 12.0  # largest ÷ smallest size from which the axis is logarithmic
ROOM = 0.08
FAINT = 0.2  # opacity of the stretches where there are many courts: the limits must be seen through them
SMALL_FROM = 150  # courts from which points are drawn small and pale
LIMITS = {"95": (palette.BLUE, (0, (5, 2)), "dash"), "998": (palette.NAVY, "-", "solid")}
PEER, OWN = palette.LINES[2], palette.LINES[1]


@dataclass(frozen=True)
class Facet:
    """One panel: its heading, the courts (``x, x_to, y, name, label, own, doubt`` and limits) and the lines."""

    heading: Text
    courts: pd.DataFrame
    lines: pd.DataFrame


def plot_funnel(
    fun: Funnel,
    *,
    highlight: Any = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
) -> Figure | go.Figure:
    """Draw a funnel: courts by size and figure, the baseline, and the 95 % and 99.8 % limits.

    The own court (``highlight``, or the one given to ``funnel``) is marked and named; so are the courts farthest
    outside the 99.8 % limits, all others' names coded with ``anonymise=True``. A figure that its own counts
    contradict bears a dagger. Courts of several years stand in panels of their own. A clearance stands at its
    effective size 1/se², with a line to the largest that its counts allow: only where both ends lie outside is
    the court outside for sure. Where there are no limits the figures stand in a strip, each with its year. Returns a
    matplotlib Figure, or with ``interactive=True`` a plotly Figure.

    Raises ``ArgumentError`` for a court that is not there.

    >>> from analysis.inference.peers.funnel import funnel
    >>> courts = pd.DataFrame({"court": ["甲", "乙"], "closed": [383, 80], "received": [386, 100]})
    >>> fun = funnel(courts, numerator="closed", denominator="received", highlight="甲", target=0.95)
    >>> plot_funnel(fun).alt
    '漏斗图，2 家法院的比例，由 80% 到 99.2%；2 家在 99.8% 限外（乙、甲）。甲为 99.2%，在 99.8% 限外（95% 限 92.7–97.2%）。'
    """
    if fun.why_no_limits.zh:
        return _strip(fun, highlight, anonymise=anonymise, interactive=interactive, language=language, size=size)
    own = highlighted(highlight, fun.table["court"]) or [str(name) for name in fun.highlight]
    facets = _facets(fun, own, shown_names(fun.table["court"], marked=own, anonymise=anonymise))
    if interactive:
        from analysis.charts.funnel_screen import screen_funnel

        with speaking(language):
            return screen_funnel(fun, facets, words(fun, facets))
    with style.drawing(language, size=size) as sheet:
        return _paper(fun, facets, sheet)


def _strip(fun: Funnel, highlight: Any, **how: Any) -> Figure | go.Figure:
    """The figures without limits, each with its year, and why there are none."""
    from analysis.charts.peers import plot_strip

    unit = 100.0 if fun.kind == "proportion" else 1.0
    courts = fun.table.assign(value=fun.table["value"] * unit)
    return plot_strip(courts, name=value_name(fun), note=fun.caption, highlight=highlight or list(fun.highlight), **how)


def _facets(fun: Funnel, own: list[str], names: dict[str, Text]) -> list[Facet]:
    unit = 100.0 if fun.kind == "proportion" else 1.0
    courts, lines = fun.table.copy(), fun.limits.copy()
    for table in (courts, lines):
        names_of_table = [str(n) for n in table]
        scaled = [n for n in names_of_table if n.startswith(("lower_", "upper_")) or n in ("baseline", "low", "high")]
        table[scaled] = table[scaled] * unit
    courts["x"] = courts["effective_lower"] if fun.kind == "clearance" else courts["denominator"]
    courts["x_to"] = courts["effective_upper"] if fun.kind == "clearance" else courts["x"]
    courts[["x", "x_to"]] = courts[["x", "x_to"]].clip(upper=float(lines["denominator"].max()))
    courts["y"] = courts["value"] * unit
    courts["name"] = courts["court"].astype(str)
    courts["own"] = courts["name"].isin(own)
    courts["doubt"] = doubtful(courts)
    courts["label"] = labels(courts["name"], names, courts["doubt"])
    years = sorted(courts["year"].unique()) if "year" in courts else []
    if len(years) < 2:
        return [Facet(Text("", ""), courts, lines)]
    return [
        Facet(Text(f"{year}年", f"{year}"), courts[courts["year"] == year], lines[lines["year"] == year])
        for year in years
    ]


def is_log(facets: list[Facet]) -> bool:
    """Whether sizes differ so much that their axis is logarithmic."""
    x = pd.concat([facet.courts[name] for facet in facets for name in ("x", "x_to")])
    return bool(x.max() / max(x.min(), 1e-9) >= LOG_FROM)


def x_span(facets: list[Facet]) -> tuple[float, float]:
    """The axis of sizes, with room at both ends."""
    x = pd.concat([facet.courts[name] for facet in facets for name in ("x", "x_to")])
    low, high = float(x.min()), float(x.max())
    if is_log(facets):
        return low * 0.8, high * 1.25
    reach = max(high - low, high * 0.2)
    return max(0.0, low - 0.1 * reach), high + 0.12 * reach


def y_span(facets: list[Facet], kind: str) -> tuple[float, float]:
    """The axis of figures: every court, and the limits at a middling size; the funnel's mouth may run out of it."""
    courts = pd.concat([facet.courts for facet in facets])
    middling = courts[courts["x"] >= courts["x"].median()]
    low = min(courts["y"].min(), middling["lower_998"].min())
    high = max(courts["y"].max(), middling["upper_998"].max())
    pad = max(high - low, abs(high) * 0.02, 1e-9) * ROOM
    low = max(low - pad, 0.0) if low >= 0 else low - pad
    return float(low), float(min(high + pad * 1.6, 101.5) if kind == "proportion" else high + pad * 1.6)


def labelled(facet: Facet) -> pd.DataFrame:
    """The courts that are named: the own ones, then those farthest outside the 99.8 % limits."""
    far = facet.courts[facet.courts["outside_998"] & ~facet.courts["own"]]
    far = far.loc[far["z"].abs().sort_values(ascending=False).index[:MOST_LABELLED]]
    return pd.concat([facet.courts[facet.courts["own"]], far])


def value_name(fun: Funnel) -> Text:
    """What the figures are, with their unit."""
    name = term(fun.indicator) if fun.indicator else term(f"kind_{fun.kind}")
    return name + Text("（%）", " (%)") if fun.kind == "proportion" else name


def size_name(fun: Funnel) -> Text:
    """What the sizes are."""
    if fun.kind != "clearance" and fun.indicator in BASES:
        base = term(BASES[fun.indicator].denominator)
        return base + Text("（件）", " (cases)")
    return term(f"base_{fun.kind}")


def is_interval(facet: Facet) -> bool:
    """Whether the baseline is a reference interval."""
    return bool((facet.lines["low"] != facet.lines["high"]).any())


# -- on paper


def _paper(fun: Funnel, facets: list[Facet], sheet: style.Sheet) -> Figure:
    narrow = sheet.size.width < 100
    rows, columns = (len(facets), 1) if narrow else (1, len(facets))
    figure, axes = sheet.panels(rows, columns, height=None if narrow else sheet.size.height, sharey=True)
    for panel, facet in zip(axes, facets, strict=True):
        _draw_lines(panel, facet)
        _draw_courts(panel, facet)
        panel.set(xlabel=str(size_name(fun)), ylabel="", ylim=y_span(facets, fun.kind))
        _x_axis(panel, facets)
        if facet.heading.zh:
            panel.set_title(str(facet.heading))
    style.y_title(axes[0], str(value_name(fun)), name=str(facets[0].heading))
    style.set_number_ticks(axes[0].yaxis)
    style.legend(figure)
    title, alt, note = words(fun, facets)
    figure = style.finish(figure, title=title, alt=alt, note=note)
    names = []
    for panel, facet in zip(axes, facets, strict=True):
        rows_named: Any = labelled(facet).itertuples()
        names += [Named(panel, row.x, row.y, str(row.label), bool(row.own)) for row in rows_named]
    left_out = write_names(figure, names)
    written = {(name.panel, name.x, name.y) for name in names if name not in left_out}
    for panel, facet in zip(axes, facets, strict=True):
        doubt: Any = facet.courts[facet.courts["doubt"]].itertuples()
        unnamed = [(row.x, row.y) for row in doubt if (panel, row.x, row.y) not in written]
        draw_daggers(panel, *np.reshape(unnamed, (-1, 2)).T)
    return figure


def _x_axis(panel: Axes, facets: list[Facet]) -> None:
    from matplotlib.ticker import LogLocator, NullLocator

    low, high = x_span(facets)
    if is_log(facets):
        panel.set_xscale("log")
        subs = (1.0, 2.0, 5.0) if high / low < 300 and len(facets) == 1 else (1.0,)
        panel.xaxis.set_major_locator(LogLocator(subs=subs, numticks=10))
        panel.xaxis.set_minor_locator(NullLocator())
    panel.set_xlim(low, high)
    style.set_number_ticks(panel.xaxis)


def _draw_lines(panel: Axes, facet: Facet) -> None:
    import seaborn as sns

    line = facet.lines.sort_values("denominator")
    if is_interval(facet):
        ends, name = (line["low"].iloc[0], line["high"].iloc[0]), str(term("baseline_interval"))
        panel.axhspan(*ends, facecolor=palette.SAND, edgecolor="none", alpha=0.6, label=name)
    else:
        panel.axhline(line["baseline"].iloc[0], color=palette.INK, linewidth=0.8, label=str(term("baseline")))
    for level, (colour, dashes, _) in LIMITS.items():
        look: dict[str, Any] = {"color": colour, "linewidth": 1, "linestyle": dashes, "estimator": None}
        for side in ("lower", "upper"):
            name = str(term(f"limits_{level}"))
            sns.lineplot(x=line["denominator"], y=line[f"{side}_{level}"], ax=panel, label=name, **look)


def _draw_courts(panel: Axes, facet: Facet) -> None:
    import seaborn as sns

    many = len(facet.courts) > SMALL_FROM
    for is_own, look in ((False, PEER), (True, OWN)):
        rows = facet.courts[facet.courts["own"] == is_own]
        if rows.empty:
            continue
        if (rows["x_to"] > rows["x"]).any():
            faint = FAINT if many and not is_own else 1
            width = 1.6 if is_own else 0.8
            panel.hlines(rows["y"], rows["x"], rows["x_to"], color=look.colour, linewidth=width, alpha=faint)
        name = str(term("own_court" if is_own else "peer_courts"))
        sns.scatterplot(
            x=rows["x"],
            y=rows["y"],
            ax=panel,
            color=look.colour,
            marker=look.marker,
            s=60 if is_own else 8 if many else 22,
            alpha=1 if is_own else 0.45 if many else 0.85,
            edgecolor="white",
            linewidth=0.5,
            label=name,
            zorder=4 if is_own else 3,
        )


# -- in words


def words(fun: Funnel, facets: list[Facet]) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    name = term(fun.indicator) if fun.indicator else term(f"kind_{fun.kind}")
    title = Text(f"{name.zh}：各院与机遇范围的比较", f"{_sentence(name.en)}: courts against the range of chance")
    courts = pd.concat([facet.courts for facet in facets])
    percent = "%" if fun.kind == "proportion" else ""
    low, high = (_shortly(edge, percent) for edge in (courts["y"].min(), courts["y"].max()))
    far = courts[courts["outside_998"]].sort_values("y")
    alt = Text(
        f"漏斗图，{len(courts)} 家法院的{name.zh}，由 {low} 到 {high}；{len(far)} 家在 99.8% 限外{_listed(far, 'zh')}。",
        f"Funnel plot of {name.en} for {len(courts)} courts, from {low} to {high}; "
        f"{len(far)} outside the 99.8% limits{_listed(far, 'en')}.",
    )
    records: Any = courts[courts["own"]].to_dict("records")
    for row in records:
        alt = alt + _own_words(row, percent)
    note = fun.caption + _too_small(courts, fun.kind)
    if courts["doubt"].any():
        note = note + DOUBT_NOTE
    if fun.kind == "clearance":
        note = note + term("clearance_note")
    if len(fun.excluded):
        note = note + Text(f"。另有 {len(fun.excluded)} 行未列入比较", f". {len(fun.excluded)} further rows left out")
    return title, alt, note


def _too_small(courts: pd.DataFrame, kind: str) -> Text:
    """How many courts are so small that no figure of theirs could lie below, or above, the 95 % limits."""
    low = int(courts["lower_95"].le(0).sum())
    high = int(courts["upper_95"].ge(100).sum()) if kind == "proportion" else 0
    said = Text("", "")
    if low:
        said = said + Text(
            f"；{low} 家太小，再低也不会在 95% 限外", f"; {low} too small to lie below the 95% limits, however low"
        )
    if high:
        said = said + Text(
            f"；{high} 家太小，再高也不会在 95% 限外", f"; {high} too small to lie above the 95% limits, however high"
        )
    return said


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shortly(value: float, percent: str) -> str:
    return style.number(float(np.round(value, 1 if percent else 3))) + percent


def _listed(far: pd.DataFrame, language: str) -> str:
    if far.empty:
        return ""
    names = [label.within(language) for label in far["label"][:MOST_TOLD]]
    more = len(far) > MOST_TOLD
    if language == "zh":
        return f"（{'、'.join(names)}{'等' if more else ''}）"
    return f" ({', '.join(names)}{' and others' if more else ''})"


def _own_words(row: dict[str, Any], percent: str) -> Text:
    place = "outside_998" if row["outside_998"] else "outside_95" if row["outside_95"] else "inside"
    where, value = term(f"place_{place}"), _shortly(row["y"], percent)
    span = f"{_shortly(row['lower_95'], percent).removesuffix('%')}–{_shortly(row['upper_95'], percent)}"
    return Text(
        f"{row['label'].zh}为 {value}，{where.zh}（95% 限 {span}）。",
        f" {row['label'].en} at {value} is {where.en} (95% limits {span}).",
    )
