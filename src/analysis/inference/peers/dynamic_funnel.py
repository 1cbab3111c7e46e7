"""A funnel for every year: where each court stands among the courts of its own year, and in how many years outside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.inference.peers.comparison import (
    FEWEST,
    NO_WARNING,
    column_meant,
    must_be_courts,
    must_be_no_totals,
    must_have,
    must_stand_once,
)
from analysis.inference.peers.funnel import Funnel, funnel
from analysis.inference.peers.limits import LEVELS
from analysis.inference.peers.panel import yearly_panel
from analysis.inference.peers.panel_rows import numbers, unit_of_kind
from analysis.vocabulary.courts import counted_courts, maybe_renamed
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.labels import compared_in
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text


def dynamic_funnel(
    data: pd.DataFrame,
    *,
    indicator: str | None = None,
    group: str = "court",
    time: str = "year",
    numerator: str | None = None,
    denominator: str | None = None,
    kind: str = "proportion",
    adjust: str | None = "additive",
    highlight: object = None,
) -> Funnel:
    """Judge every court in every year by the funnel of that year: its own level, its own over-dispersion, its own limits.

    What moves all courts alike (a campaign, a new rule) moves the year's level and puts nobody outside. A court outside in
    several years is told from one that is outside by chance once: of courts that are like the others one in a thousand a side is
    outside the 99.8% limits in a year. Years of fewer than ten courts of one definition have no funnel.

    Parameters
    ----------
    data
        Returns or indicators of several years with ``indicator=``, or a table of counts with ``group=, time=,
        numerator=, denominator=, kind=``, one row a court and year.
    indicator : str, optional
        Which rate of returns or indicators.
    group, time, numerator, denominator : str, optional
        Columns of a table of counts: the courts, the periods, and what is divided.
    kind : {"proportion", "rate", "ratio"}
    adjust
        As in ``funnel``, estimated anew in each year.
    highlight
        The own court or courts.

    Returns
    -------
    Funnel
        As of ``funnel``, a court and year a row: ``.table`` has ``year, phi, tau2`` and ``years, years_outside_95,
        years_outside_998`` of the court; ``.dispersion``: the number of years and the largest φ and τ². ``plot_funnel`` draws a
        panel a year.

    Raises
    ------
    DataError, InputError, ArgumentError
        No year with ten courts; a court twice in a year; missing columns; an unknown choice or highlighted court.

    >>> rows = pd.DataFrame({"court": list("abcdefghijkl") * 2, "year": [2010] * 12 + [2011] * 12, "n": 400,
    ...                      "x": [320] * 11 + [250] + [360] * 11 + [290]})
    >>> found = dynamic_funnel(rows, numerator="x", denominator="n", adjust=None)
    >>> found.table.query("outside_998")[["court", "year", "years_outside_998"]].values.tolist()
    [['l', 2010, 2], ['l', 2011, 2]]
    """
    table, kind, unit, excluded, called = _yearly(data, indicator, group, time, numerator, denominator, kind)
    marked = must_be_courts(highlight, table, excluded)
    number = table.groupby("year")["court"].transform("size")
    parts = []
    for year, part in table[number >= FEWEST].groupby("year"):
        own = [name for name in marked if name in set(part["court"])]
        counts: dict[str, Any] = {"numerator": "numerator", "denominator": "denominator", "kind": kind}
        if kind == "clearance" and part["opening"].notna().all():
            counts["opening"] = "opening"
        parts.append((year, funnel(part, group="court", **counts, adjust=adjust, highlight=own)))
    if not parts:
        raise DataError(
            f"没有一个年度有{FEWEST}家同口径的法院，不画漏斗图。",
            f"No year has {FEWEST} courts of one definition: there is no funnel.",
        )
    said = {
        "phi": [float(found.dispersion["phi"]) for _, found in parts],
        "tau2": [float(found.dispersion["tau2"]) for _, found in parts],
    }
    rows = pd.concat(
        [
            found.table.assign(year=year, phi=phi, tau2=tau2)
            for (year, found), phi, tau2 in zip(parts, *said.values(), strict=True)
        ],
        ignore_index=True,
    )
    rows["years"] = rows.groupby("court")["year"].transform("size")
    for level in LEVELS:
        rows[f"years_outside_{level}"] = rows[f"outside_{level}"].astype(int).groupby(rows["court"]).transform("sum")
    adjusted = any(bool(found.dispersion["adjusted"]) for _, found in parts)
    dispersion: dict[str, Any] = {
        "years": len(parts),
        "phi": max(said["phi"]),
        "tau2": max(said["tau2"]),
        "adjusted": adjusted,
        "adjust": adjust or "none",
    }
    lines = pd.concat([found.limits.assign(year=year) for year, found in parts], ignore_index=True)
    lines.attrs = dict(parts[0][1].limits.attrs)
    rows.attrs = parts[0][1].table.attrs | {"base": denominator or ""}
    compared_in(unit, rows, lines)
    out = table.loc[number < FEWEST, ["court", "year"]].assign(
        reason="few_peers", explanation=term("reason_few_peers").cell
    )
    left = pd.concat([excluded, out, *(found.excluded for _, found in parts)], ignore_index=True)
    return replace(
        parts[-1][1], table=rows, limits=lines, dispersion=pd.Series(dispersion, dtype=object, name="dispersion"), excluded=left,
        indicator=called, baseline=term("baseline_year"), caption=_caption(called, rows, dispersion), highlight=tuple(marked),
        shares=pd.DataFrame(),
    )  # fmt: skip


def _yearly(
    data: pd.DataFrame, indicator: str | None, group: str, time: str, top: str | None, base: str | None, kind: str
) -> tuple[pd.DataFrame, str, str | None, pd.DataFrame, str | None]:
    """One row a court and year with its counts, their kind and unit, what is left out, and what the indicator is called."""
    if indicator is not None:
        panel = yearly_panel(data, indicator=indicator)
        panel.must_be_of_counts()
        table = panel.table.assign(year=panel.table["period_end"].dt.year)
        counts = table[["court", "year", "numerator", "denominator", "opening"]]
        return counts, panel.kind, panel.unit, panel.excluded, panel.called
    group = column_meant(data, group)
    must_have(data, {"group": group, "time": time, "numerator": top, "denominator": base})
    must_be_no_totals(data[group])
    table = pd.DataFrame({"court": data[group], "year": numbers(data[time], time).astype(int)})
    table["numerator"], table["denominator"] = numbers(data[str(top)], str(top)), numbers(data[str(base)], str(base))
    must_stand_once(table, "year")
    return table, kind, unit_of_kind(kind), pd.DataFrame(), None


def _caption(indicator: str | None, rows: pd.DataFrame, dispersion: dict[str, Any]) -> Text:
    what = term(indicator) + COLON if indicator else NO_WARNING
    courts, first, last = counted_courts(rows["court"].drop_duplicates()), rows["year"].min(), rows["year"].max()
    often = rows.loc[rows["years_outside_998"] >= 2, "court"].nunique()
    how, most = term(f"adjusted_{dispersion['adjust']}" if dispersion["adjusted"] else "unadjusted"), dispersion["phi"]
    return (
        what
        + Text(
            f"{courts.zh}，{first}至{last}各年各自的基准和控制限（{how.zh}，φ 最大{number(most, 2)}）；两年以上位于99.8%限外的{often}个",
            f"{courts.en}, {first} to {last}, each year with its own level and limits ({how.en}, φ at most {number(most, 2)}); {often} outside the "
            "99.8% limits in two years or more",
        )
        + maybe_renamed(rows["court"], rows["year"])
    )
