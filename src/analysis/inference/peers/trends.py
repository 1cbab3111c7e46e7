"""Trends among peers: how a court's gap to the others moved, and how much of it chance alone would have moved."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.peers.comparison import must_have, numbers
from analysis.inference.peers.panel import RETURN_MARKS, peer_panel
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.language import Text
from analysis.vocabulary.result import Result
from analysis.vocabulary.terms import term

MIN_PAIRS = 3  # courts seen in both periods, below which no correlation is told
Z95 = 1.959963984540054


@dataclass(frozen=True, eq=False)
class PeerTrends(Result):
    """``table`` (a court and period a row), ``changes`` beside what chance alone predicts, ``correlations``."""

    table: pd.DataFrame
    changes: pd.DataFrame
    correlations: pd.DataFrame
    indicator: str | None
    caption: Text


def peer_trends(
    data: pd.DataFrame,
    *,
    indicator: str | None = None,
    group: str = "court",
    period: str = "year",
    value: str | None = None,
    numerator: str | None = None,
    denominator: str | None = None,
    since: Any = None,
) -> PeerTrends:
    """Each court's gap to its peers' mean over the periods, and the change of it that regression to the mean predicts.

    A court picked out for being far from the mean will be nearer next time by chance alone:
    ``expected change = −(1 − r)·gap``, r the correlation between the two periods over all courts. A change says
    something of the court only as far as it goes beyond that, by more than ``±1.96·s·√(1 − r²)``, s the spread of the
    gaps of the later period.

    Parameters
    ----------
    data : DataFrame
        Returns of several years (with ``indicator=``, one panel a year) or any table with one row a court and period.
    period, value, numerator, denominator : str
        Columns; the value is given or numerator ÷ denominator (missing where that is 0).
    since : period, optional
        Compare every later period with this one; by default each with the one before.

    Returns
    -------
    PeerTrends
        ``.table``: ``court, period, value, peer_mean, gap, position`` (share of courts at or below it);
        ``.changes``: ``court, period_from, period_to, gap_before, gap_after, gap_change, expected_by_chance, lower,
        upper, beyond_chance``; ``.correlations``: ``period_from, period_to, courts, r``.

    Raises
    ------
    InputError, ArgumentError, DataError
        Missing columns, a period that the table lacks, a court twice in one period, fewer than two periods.

    Examples
    --------
    >>> rates = {"甲": (99, 97), "乙": (95, 96), "丙": (91, 94), "丁": (95, 93)}
    >>> rows = [(court, 2010 + i, value) for court, pair in rates.items() for i, value in enumerate(pair)]
    >>> trends = peer_trends(pd.DataFrame(rows, columns=["court", "year", "rate"]), value="rate")
    >>> trends.correlations["r"].round(3).tolist()
    [0.671]
    >>> trends.changes[["court", "gap_before", "gap_change", "expected_by_chance"]].round(2).values.tolist()[0]
    ['甲', 4.0, -2.0, -1.32]
    """
    if indicator is not None and set(RETURN_MARKS) <= set(data.columns):
        rows = _of_returns(data, indicator)
    else:
        rows = _of_table(data, group, period, value, numerator, denominator)
    if rows.duplicated(["court", "period"]).any():
        twice = rows.loc[rows.duplicated(["court", "period"]), "court"].astype(str).iloc[0]
        raise DataError(f"“{twice}”在同一期间出现多次。", f'"{twice}" stands more than once in one period.')
    periods = sorted(rows["period"].dropna().unique())
    if len(periods) < 2:
        raise DataError("至少需要两个期间才有变化可言。", "At least two periods are needed to speak of a change.")
    if since is not None and since not in periods:
        raise ArgumentError.not_one_of("since", since, periods)
    table = _with_gaps(rows)
    gaps = table.pivot_table(index="court", columns="period", values="gap").reindex(rows["court"].unique())
    later = [p for p in periods if since is not None and p > since]
    pairs = [(since, p) for p in later] if since is not None else list(pairwise(periods))
    correlations = pd.DataFrame([_correlation(gaps, *pair) for pair in pairs])
    changes = pd.concat([_changes(gaps, row) for row in correlations.itertuples()], ignore_index=True)
    return PeerTrends(table, changes, correlations, indicator, _caption(table, periods, correlations, indicator))


def _of_returns(returns: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """One panel a year of returns that are in one."""
    years = sorted(pd.to_datetime(returns["period_end"], errors="coerce").dt.year.dropna().astype(int).unique())
    parts = []
    for year in years:
        try:
            panel = peer_panel(returns, indicator=indicator, year=year)
        except DataError:  # no court of that year can be compared: the year has no panel
            continue
        parts.append(panel.table[["court", "value"]].assign(period=year))
    if not parts:
        raise DataError("报表中没有一个完整年度可比。", "The returns hold no full year that can be compared.")
    return pd.concat(parts, ignore_index=True)


def _of_table(
    data: pd.DataFrame, group: str, period: str, value: str | None, numerator: str | None, denominator: str | None
) -> pd.DataFrame:
    made_of = {"value": value} if value is not None else {"numerator": numerator, "denominator": denominator}
    must_have(data, {"group": group, "period": period, **made_of})
    rows = pd.DataFrame({"court": data[group], "period": data[period]})
    if value is not None:
        rows["value"] = numbers(data[value], value)
    else:
        top, base = (numbers(data[str(name)], str(name)) for name in (numerator, denominator))
        rows["value"] = (top / base).where(base > 0)
    return rows.reset_index(drop=True)


def _with_gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """Gap to the mean of all courts of the period, and the share of them at or below the court."""
    by = rows.groupby("period")["value"]
    table = rows.assign(peer_mean=by.transform("mean"))
    table["gap"] = table["value"] - table["peer_mean"]
    table["position"] = by.rank(method="max", pct=True)
    return table


def _correlation(gaps: pd.DataFrame, first: Any, second: Any) -> dict[str, Any]:
    both = gaps[[first, second]].dropna()
    known = len(both) >= MIN_PAIRS and (both.std() > 0).all()
    r = float(np.corrcoef(both[first], both[second])[0, 1]) if known else np.nan
    return {"period_from": first, "period_to": second, "courts": len(both), "r": r}


def _changes(gaps: pd.DataFrame, pair: Any) -> pd.DataFrame:
    both = gaps[[pair.period_from, pair.period_to]].dropna()
    before, after = both[pair.period_from], both[pair.period_to]
    expected = -(1 - pair.r) * before
    half = Z95 * float(after.std()) * np.sqrt(max(0.0, 1 - pair.r**2)) if not np.isnan(pair.r) else np.nan
    change = after - before
    return pd.DataFrame(
        {
            "court": both.index,
            "period_from": pair.period_from,
            "period_to": pair.period_to,
            "gap_before": before.to_numpy(),
            "gap_after": after.to_numpy(),
            "gap_change": change.to_numpy(),
            "expected_by_chance": expected.to_numpy(),
            "lower": (expected - half).to_numpy(),
            "upper": (expected + half).to_numpy(),
            "beyond_chance": ((change - expected).abs() > half).to_numpy(),
        }
    )


def _caption(table: pd.DataFrame, periods: list[Any], correlations: pd.DataFrame, indicator: str | None) -> Text:
    courts, middle = len(table["court"].unique()), correlations["r"].median()
    name = term(indicator) + Text("：", ": ") if indicator else Text("", "")
    r = "—" if np.isnan(middle) else f"{middle:.2f}"
    return name + Text(
        f"{courts} 家法院，{periods[0]} 至 {periods[-1]} 共 {len(periods)} 期；期间相关 r 的中位数 {r}",
        f"{courts} courts, {len(periods)} periods from {periods[0]} to {periods[-1]}; median correlation r {r}",
    )
