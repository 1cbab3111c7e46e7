"""Strips of peers: the courts, the band and the lines of each indicator."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.court_names import Highlight, doubtful, highlighted, labels, shown_names
from analysis.charts.peer_words import Strip
from analysis.inference.peers.comparison import COMPARABLE, FEWEST, comparable_parts, must_be_no_totals
from analysis.inference.peers.panel import ERAS, PeerPanel
from analysis.inference.peers.panel_rows import calendar_months
from analysis.vocabulary.errors import ArgumentError, DataError, must_have_columns
from analysis.vocabulary.indicator_sets.sets import own_names
from analysis.vocabulary.labels import with_unit
from analysis.vocabulary.numbers import factor_of
from analysis.vocabulary.periods import days
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

MOST_PANELS = 12
MIDDLE = (0.1, 0.9)  # the band, where none is given: the middle eight tenths of the courts
GOLDEN = 0.618033988749895


def strips_of(data: Any, highlight: Highlight, bands: dict[str, tuple[float, float]], anonymise: bool) -> list[Strip]:
    """The strips to draw, in the order of the indicators; raises for an unknown band, too many indicators, or none."""
    tables = _tables(data)
    if not tables:
        raise DataError("没有一项指标可画。", "there is no indicator to draw.")
    if len(tables) > MOST_PANELS:
        raise ArgumentError(
            f"一幅图最多{MOST_PANELS}项指标，现有{len(tables)}项：请先筛选。",
            f"a chart holds at most {MOST_PANELS} indicators, not {len(tables)}: filter first.",
        )
    for name in bands:
        if name not in tables:
            raise ArgumentError.not_one_of("bands", name, tables)
    everyone = pd.concat([courts["court"] for _, courts, _, _ in tables.values()]).drop_duplicates()
    own = highlighted(highlight, everyone)
    names = shown_names(everyone, marked=own, anonymise=anonymise)
    return [strip_of(*parts, bands.get(name), own, names) for name, parts in tables.items()]


def _tables(data: Any) -> dict[str, tuple[str, pd.DataFrame, pd.DataFrame, str | None]]:
    """What it is called, courts and reference lines by indicator, as they are read, and their unit."""
    if isinstance(data, pd.DataFrame):
        must_have_columns(data, ("court", "indicator", "value"), "plot_peers")
        must_be_no_totals(data["court"])
        known = data.dropna(subset=["value"])
        kept = [name for name in ("court", "value", "era", "verdict", *COMPARABLE) if name in data]
        parts = known.groupby("indicator", sort=False)
        called = own_names(data)
        return {
            str(name): (called.get(str(name), str(name)), part.reset_index(drop=True)[kept], part.iloc[:0], None)
            for name, part in parts
        }
    panels = [data] if isinstance(data, PeerPanel) else list(data)
    found = {}
    for panel in panels:
        times = factor_of(panel.unit)
        courts, lines = (table.assign(value=table["value"] * times) for table in (panel.table, panel.references))
        found[panel.indicator] = (panel.called, courts, lines, panel.unit)
    return found


def strip_of(
    name: str,
    table: pd.DataFrame,
    lines: pd.DataFrame,
    unit: str | None,
    band: tuple[float, float] | None,
    own: list[str],
    names: dict[str, Text],
    *,
    most_dated: int = FEWEST - 1,
) -> Strip:
    """One strip: its courts spread so that neighbours in value stand apart, its band and its lines.

    Years stand beside the figures where they differ and the courts are at most ``most_dated``. A middle is told of ten courts
    or more of one definition and one period.
    """
    courts = table.assign(name=table["court"].astype(str)).sort_values("value", kind="stable", ignore_index=True)
    courts["own"] = courts["name"].isin(own)
    courts["doubt"] = doubtful(courts)
    courts["later"] = courts["era"].eq(ERAS[1].cell) if "era" in courts else False
    # spread over the strip without chance: neighbours in value stand apart
    courts["y"] = np.where(courts["own"], 0.0, (np.arange(len(courts)) * GOLDEN % 1 - 0.5) * 0.7)
    courts["when"] = _years(courts, most_dated)
    if (courts["when"] != "").any():
        courts["y"] = _apart(courts)
    courts["label"] = labels(courts["name"], names, courts["doubt"])
    middle = None
    if len(courts) >= FEWEST and _are_comparable(courts):
        low, high = courts["value"].quantile(list(MIDDLE))
        middle = (float(low), float(high))
    heading = with_unit(term(name), unit) if name else Text("", "")
    alike = _of_a_court(lines, courts)
    return Strip(heading, courts, band or middle, band is not None, lines[alike], lines[~alike])


def _are_comparable(courts: pd.DataFrame) -> bool:
    """Return whether the courts' figures are of one definition and one period, as far as the table says."""
    return bool(comparable_parts(courts).nunique(dropna=False).eq(1).all())


def _of_a_court(lines: pd.DataFrame, courts: pd.DataFrame) -> pd.Series:
    """Which lines are of a period that a court's figure has: others are no measure of the courts."""
    if lines.empty:
        return pd.Series(False, index=lines.index)
    known = set(calendar_months(courts).itertuples(index=False, name=None))
    return pd.Series(
        [row in known for row in calendar_months(lines).itertuples(index=False, name=None)], index=lines.index
    )


def _apart(courts: pd.DataFrame) -> np.ndarray:
    """A height of its own for each of few courts, so that no year lies over another; the own court's next to the middle."""
    spread = (np.arange(len(courts)) * GOLDEN % 1).argsort().argsort()
    heights = np.linspace(-0.45, 0.4, len(courts))
    own = np.flatnonzero(courts["own"])
    if len(own):
        middle = int(np.flatnonzero(spread == np.abs(heights).argmin())[0])
        spread[middle], spread[own[0]] = spread[own[0]], spread[middle]
    return heights[spread]


def _years(courts: pd.DataFrame, most: int) -> pd.Series:
    """The year to be written beside each figure: only where they differ, and of no more courts than there is room for."""
    ends = days(courts["period_end"], "period_end").dt.year if "period_end" in courts else courts.get("year")
    if ends is None or len(courts) > most or ends.nunique() < 2:
        return pd.Series("", index=courts.index)
    return ends.astype(int).astype(str)
