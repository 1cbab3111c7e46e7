"""Courts one under the other, each with its interval: ``plot_caterpillar`` and ``plot_ranks``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing import palette
from analysis.charts.drawing.court_names import DOUBT, DOUBT_NOTE, Highlight, doubtful
from analysis.charts.drawing.marks import Arrows, Axis, Chart, Intervals, Mark, Panel, Points, Rule, Words
from analysis.charts.drawing.render import InFigure, OnAxes, render
from analysis.charts.drawing.scales import whole_ticks
from analysis.charts.ranked_courts import (
    RankedCourts,
    alt_text,
    caption_text,
    finding,
    laid_out,
    rank_alt_text,
    rank_finding,
    value_text,
)
from analysis.inference.peers.case_mix import CaseMix
from analysis.inference.peers.comparison import must_be_enough
from analysis.inference.peers.composite import CompositeScore
from analysis.vocabulary.courts import marked_or_not
from analysis.vocabulary.errors import DataError, must_have_columns
from analysis.vocabulary.labels import units_of, with_unit
from analysis.vocabulary.numbers import factor_of, number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

ROW_LINES, FRAME_LINES, LEAST_LINES = 0.78, 7.25, 9.5  # of a court; of title, legend, axis and note; of all
CENTRES = ("shrunken", "ratio", "value")  # what stands in the middle of an interval, the first that a table has
MOST_ARROWS = 120  # courts up to which arrows are drawn and intervals are thick


def plot_caterpillar(
    result: pd.DataFrame | CaseMix,
    *,
    highlight: Highlight = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw courts by value, each with its interval, the own court marked; after ``shrink`` arrows lead from the raw value.

    ``result``: the table of ``shrink``, a ``CaseMix``, or any table of ``court, value, lower, upper``. Names stand
    beside the courts while there is room for them. Raises ``InputError`` for missing columns, ``ArgumentError`` for a court that is not there.

    Parameters
    ----------
    result : DataFrame or CaseMix
        The table of ``shrink``, a ``CaseMix``, or any table of ``court, value, lower, upper``.
    highlight : str or list of str
        The court, or courts, to mark.
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

    >>> table = pd.DataFrame({"court": ["甲", "乙"], "value": [0.9, 0.8], "lower": [0.85, 0.7], "upper": [0.95, 0.9]})
    >>> plot_caterpillar(table, highlight="乙").alt
    '2家法院的区间图，由高到低。最高甲为0.9，最低乙为0.8。乙为0.8（0.7–0.9）。'
    """
    table = result.table if isinstance(result, CaseMix) else result
    centre = next((name for name in CENTRES if name in table), None)
    must_have_columns(table, ("court", centre or "value", "lower", "upper"), "plot_caterpillar")
    centre = centre or "value"
    unit = units_of(table)[centre]
    times, percent = factor_of(unit), "%" if unit == "share" else ""
    drawn = table[["court", "lower", "upper", *(["raw"] if centre == "shrunken" else [])]].assign(at=table[centre])
    numbers = [str(name) for name in drawn if name != "court"]
    drawn[numbers] = drawn[numbers].astype(float) * times
    drawn["doubt"] = doubtful(table)
    name = value_text(result, table, centre)
    caption = result.caption if isinstance(result, CaseMix) else caption_text(table)
    laid = laid_out(drawn.dropna(subset=["at"]), highlight, anonymise, descending=True)
    reference = 1.0 if centre == "ratio" else table.attrs.get("mean")
    if reference is not None:
        reference *= times
    says = finding(laid, reference, name, percent)
    courts = RankedCourts(
        laid, with_unit(name, unit), reference, says, alt_text(laid, percent), caption, False, percent
    )
    return render(
        lambda held: _chart(courts, held),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def plot_ranks(
    result: pd.DataFrame | CompositeScore,
    *,
    highlight: Highlight = None,
    anonymise: bool = False,
    interactive: bool = False,
    language: str | None = None,
    size: str = "page",
    ax: OnAxes = None,
    figure: InFigure = None,
    title: str | None = None,
) -> Figure | go.Figure:
    """Draw each court's rank with the ranks that cannot be ruled out, the own court marked.

    ``result``: the table of ``rank_intervals``, or a ``CompositeScore`` (whose ranges hold chance and random weights, or the
    weights alone where nothing says how far chance moves its figures). The note says what the intervals are; figures that are
    not certain (``bounded``) are open. Otherwise as ``plot_caterpillar``; ``DataError`` for fewer than ten courts.

    Parameters
    ----------
    result : DataFrame or CompositeScore
        The table of ``rank_intervals``, or a ``CompositeScore``.
    highlight : str or list of str
        The court, or courts, to mark.
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

    >>> from analysis.inference.peers.ranks import rank_intervals
    >>> table = pd.DataFrame({"court": list("甲乙丙丁戊己庚辛壬癸"), "rate": [97.0, 80, 70, 60, 50, 40, 30, 20, 10, 0], "se": 1.0})
    >>> plot_ranks(rank_intervals(table, estimate="rate", standard_error="se"), highlight="乙").alt
    '10家法院名次及其区间图。区间宽度的中位数为1个名次。乙：第2名，区间2–2。'
    """
    table = _with_ends(result.table) if isinstance(result, CompositeScore) else result
    must_have_columns(table, ("court", "rank", "lower", "upper"), "plot_ranks")
    if isinstance(result, CompositeScore):
        caption, name = result.caption, result.scheme.text
        if table["rank"].isna().all():
            raise DataError(caption.zh, caption.en)
    else:
        indicator = result.attrs.get("indicator")
        caption, name = caption_text(result), term(indicator) if indicator else Text("", "")
    drawn = table[["court", "lower", "upper"]].assign(at=table["rank"], doubt=doubtful(table))
    drawn = drawn.assign(is_open=table.get("bounded", False)).dropna(subset=["at"])
    must_be_enough(len(drawn))
    laid = laid_out(drawn.astype({"at": float, "lower": float, "upper": float}), highlight, anonymise, descending=False)
    says = rank_finding(laid, name)
    courts = RankedCourts(laid, term("rank"), None, says, rank_alt_text(laid), caption, True)
    return render(
        lambda held: _chart(courts, held),
        interactive=interactive,
        language=language,
        size=size,
        ax=ax,
        figure=figure,
        title=title,
    )


def _with_ends(table: pd.DataFrame) -> pd.DataFrame:
    """The ends of the ranks of scores: by chance and weights where both are known, else by weights alone."""
    ranked = table["rank"].notna()
    both = bool(table.loc[ranked, "both_lower"].notna().all())
    lower, upper = ("both_lower", "both_upper") if both else ("weights_best", "weights_worst")
    return table.assign(lower=table[lower], upper=table[upper])


def _chart(courts: RankedCourts, lines_held: float) -> Chart:
    table, count = courts.table, len(courts.table)
    lines = FRAME_LINES + ROW_LINES * count
    is_named, many = lines <= lines_held, count > MOST_ARROWS
    dots = 2.0 if many else 3.0 if not is_named else 4.5
    marks: list[Mark] = []
    if courts.reference is not None:
        name = str(term("baseline_one" if courts.reference == 1 else "peer_mean"))
        marks.append(Rule(role="reference", at=courts.reference, along="x", label=name))
    for role, size, look in (("peer", dots, palette.LINES[0]), ("own", 6.5, palette.ROLES["own"])):
        part = table[table["own"] == (role == "own")]
        if part.empty:
            continue
        spans: dict[str, Any] = {"at": part["y"], "lower": part["lower"], "upper": part["upper"], "along": "x"}
        line: dict[str, Any] = {"width": 2.6} if role == "own" else {"width": 0.5 if many else 1.6, "opacity": 0.4}
        marks.append(Intervals(role=role, **spans, **line))
        if "raw" in part:
            least = 0.01 * float(part["raw"].max() - part["raw"].min())
            headed = ((part["raw"] - part["at"]).abs() > least) & (not many)
            label = "" if role == "own" else str(term("raw_to_shrunken"))
            way: dict[str, Any] = {
                "x": part["raw"],
                "x_to": part["at"],
                "y": part["y"],
                "headed": headed,
                "label": label,
            }
            marks.append(Arrows(role=role, own_look=look, size=dots, **way))
        is_open = part["is_open"].astype(bool) if "is_open" in part else pd.Series(False, index=part.index)
        sure = str(marked_or_not(role == "own", bool(table["own"].any()), table["court"]))
        for hollow, label in ((True, str(term("open_figure"))), (False, sure)):
            rows = part[is_open == hollow]
            if len(rows):
                hover = [_hover(row, courts) for row in rows.to_dict("records")]
                points: dict[str, Any] = {"x": rows["at"], "y": rows["y"], "label": label, "hover": hover}
                marks.append(Points(role=role, own_look=look, size=size, hollow=hollow, **points))
    named = table["own"] | is_named
    unnamed = table[table["doubt"] & ~named]
    if len(unnamed):
        at: dict[str, Any] = {"x": unnamed["upper"], "y": unnamed["y"], "side": "above right"}
        marks.append(Words(role="text", texts=[DOUBT] * len(unnamed), **at))
    names = [str(label) if shown else "" for label, shown in zip(table["label"], named, strict=True)]
    x = Axis(title=str(courts.axis))
    if courts.whole:
        ticks = sorted({1.0} | {tick for tick in whole_ticks(1, count) if 1 <= tick <= count and tick % 1 == 0})
        x = Axis(title=str(courts.axis), low=0.3, high=count + 0.7, ticks={tick: number(tick) for tick in ticks})
    panel = Panel(marks=marks, x=x, y=Axis(names=names, bold=list(table["own"]), reversed=True))
    note = courts.note + DOUBT_NOTE if table["doubt"].any() else courts.note
    sizes: dict[str, Any] = {"lines": max(LEAST_LINES, lines) if is_named else 0.0, "height": (1.2, 0.0)}
    return Chart(panels=[panel], title=courts.title, alt=courts.alt, note=note, by_place=False, **sizes)


def _hover(row: dict[Any, Any], courts: RankedCourts) -> str:
    digits = 0 if courts.whole else 2
    span = f"{number(row['lower'], digits)}–{number(row['upper'], digits)}{courts.unit}"
    lines = [str(row["label"]), f"{courts.axis}{COLON}{number(row['at'], digits)}{courts.unit} ({span})"]
    if "raw" in row:
        lines.append(f"{term('raw')}{COLON}{number(row['raw'], digits)}{courts.unit}")
    return "\n".join(lines)
