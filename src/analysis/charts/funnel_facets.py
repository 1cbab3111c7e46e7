"""The panels of a funnel: which courts and limits stand in which, and from where to where its axes reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.charts.drawing.court_names import doubtful, labels
from analysis.inference.peers.panel_rows import NO_COUNTS, bases
from analysis.vocabulary.indicator_sets.quantities import quantities
from analysis.vocabulary.labels import units_of, with_unit
from analysis.vocabulary.numbers import factor_of
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.inference.peers.funnel import Funnel

LOG_FROM = 12.0  # largest ÷ smallest size from which the axis is logarithmic
ROOM = 0.08


@dataclass(frozen=True)
class Facet:
    """One panel: its heading, the courts (``x, x_to, y, name, label, own, doubt`` and limits) and the lines."""

    heading: Text
    courts: pd.DataFrame
    lines: pd.DataFrame


def facets_of(fun: Funnel, own: list[str], names: dict[str, Text]) -> list[Facet]:
    """The panels of a funnel: one, or where courts of several years are compared one for each."""
    unit = factor_of(unit_of(fun))
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
    """True if sizes differ so much that their axis is logarithmic."""
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


def y_span(facets: list[Facet], fun: Funnel) -> tuple[float, float]:
    """The axis of figures: every court, and the limits at a middling size; the funnel's mouth may run out of it."""
    courts = pd.concat([facet.courts for facet in facets])
    middling = courts[courts["x"] >= courts["x"].median()]
    low = min(courts["y"].min(), middling["lower_998"].min())
    high = max(courts["y"].max(), middling["upper_998"].max())
    pad = max(high - low, abs(high) * 0.02, 1e-9) * ROOM
    low = max(low - pad, 0.0) if low >= 0 else low - pad
    most = 1.015 * factor_of(unit_of(fun)) if fun.kind == "proportion" else np.inf
    return float(low), float(min(high + pad * 1.6, most))


def unit_of(fun: Funnel) -> str | None:
    """Return the unit of the figures."""
    return units_of(fun.table)["value"]


def mark_of(fun: Funnel) -> str:
    """Return what stands behind a figure: a percent sign behind a share."""
    return "%" if unit_of(fun) == "share" else ""


def value_name(fun: Funnel) -> Text:
    """Name the figures, with their unit."""
    name = term(fun.indicator) if fun.indicator else term(f"kind_{fun.kind}")
    return with_unit(name, unit_of(fun))


def size_name(fun: Funnel) -> Text:
    """Name the sizes: by what is counted, or of whose denominator they are where that is not known."""
    if fun.kind == "clearance":
        return term("base_clearance")
    cases = Text("（件）", " (cases)")
    if (base_of := bases().get(fun.indicator or "", NO_COUNTS)) != NO_COUNTS:
        return term(base_of.denominator) + cases
    if base := fun.table.attrs.get("base", ""):
        return term(base) + (cases if base in quantities() else Text("", ""))
    if fun.indicator and fun.kind != "ratio":
        name = term(fun.indicator)
        return Text(f"{name.zh}的分母", f"denominator of {name.en}")
    return term(f"base_{fun.kind}")


def is_interval(facet: Facet) -> bool:
    """True if the baseline is a reference interval."""
    return bool((facet.lines["low"] != facet.lines["high"]).any())
