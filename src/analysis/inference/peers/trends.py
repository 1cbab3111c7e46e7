"""Trends among peers: how a court's gap to the others moved, and how far it moved unlike the others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.peers.comparison import FEWEST, column_meant, must_be_no_totals, must_have, must_stand_once
from analysis.inference.peers.panel import yearly_panel
from analysis.inference.peers.panel_rows import VERDICTS, indicator_among, numbers, severity
from analysis.vocabulary.courts import counted_courts, maybe_renamed
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.labels import compared_in
from analysis.vocabulary.numbers import number
from analysis.vocabulary.periods import Day
from analysis.vocabulary.result import Result
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text, number_of

MIN_PAIRS = 3  # courts seen in both periods, below which no correlation is told
LEVEL = 0.95


@dataclass(frozen=True, eq=False)
class PeerTrends(Result):
    """``table`` (a court and period a row), ``changes`` beside what all courts predict, ``correlations``, ``excluded``."""

    table: pd.DataFrame
    changes: pd.DataFrame
    correlations: pd.DataFrame
    excluded: pd.DataFrame
    indicator: str | None
    caption: Text
    unit: str | None = None


def peer_trends(
    data: pd.DataFrame,
    *,
    indicator: str | None = None,
    group: str = "court",
    time: str = "year",
    value: str | None = None,
    numerator: str | None = None,
    denominator: str | None = None,
    since: Day | None = None,
    verdicts: pd.DataFrame | None = None,
) -> PeerTrends:
    """Follow each court's gap to its peers' mean, beside the change that the line through all courts predicts.

    A court picked out for being far from the mean will be nearer next time by chance alone, and nearer still where all
    courts draw together. Both are in the regression of the later gaps on the earlier ones over all courts:
    ``expected change = −(1 − r·s₂/s₁)·gap``, r the correlation between the two periods, s₁ and s₂ the spreads of the gaps. A
    change says something of the court only as far as it goes beyond that: where the residual, studentised by the error
    that the other courts give (leave-one-out), exceeds Student's t of k − 3 degrees of freedom at 95%, k the number
    of courts. Of courts that do not differ one in twenty does.

    Parameters
    ----------
    data : DataFrame
        Returns or indicators of several years (with ``indicator=``: like with like within each year, as in ``peer_panel``) or
        any table with one row a court and period.
    indicator : str, optional
        Which rate of returns or indicators.
    group, time, value, numerator, denominator : str
        Columns; the value is given, in its own unit, or numerator ÷ denominator (missing where that is 0), which tables and
        charts show in percent where no court has more than its base.
    since : period, optional
        Compare every later period with this one; by default each with the one before.
    verdicts : DataFrame, optional
        ``reconcile(returns).figures``, whose verdicts travel along; of returns without it all is unchecked.

    Returns
    -------
    PeerTrends
        ``.table``: ``court, period, value, peer_mean, gap, position`` (share of courts at or below it);
        ``.changes``: ``court, period_from, period_to, gap_before, gap_after, gap_change, expected_from_all, lower,
        upper, beyond_chance`` (``expected_by_chance``, the same as ``expected_from_all``, goes with the next version);
        ``.correlations``: ``period_from, period_to, courts, r, slope``. Of returns and indicators
        ``.table`` also has ``era, definition, verdict`` and ``.changes`` the worse ``verdict`` of the two periods.

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
    >>> trends.changes[["court", "gap_before", "gap_change", "expected_from_all"]].round(2).values.tolist()[0]
    ['甲', 4.0, -2.0, -2.5]
    """
    known = indicator is not None and "period_end" in data
    panel = yearly_panel(data, indicator=str(indicator), verdicts=verdicts) if known else None
    if panel is not None:
        rows = panel.table[["court", "value", "era", "definition", "verdict"]].assign(
            period=panel.table["period_end"].dt.year
        )
    else:
        rows = _of_table(_of_indicator(data, indicator), group, time, value, numerator, denominator)
    must_stand_once(rows, "period")
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
    if "verdict" in table:
        changes["verdict"] = _worse_verdicts(table, changes)
    called = panel.called if panel is not None else indicator
    caption = _caption(table, periods, correlations, called)
    are_parts = value is None and bool(rows["value"].dropna().between(0, 1).all())  # of their base, each of them
    out, unit = (panel.excluded, panel.unit) if panel is not None else (pd.DataFrame(), "share" if are_parts else None)
    compared_in(unit, table, changes)
    return PeerTrends(table, changes, correlations, out, called, caption, unit)


def _worse_verdicts(table: pd.DataFrame, changes: pd.DataFrame) -> pd.Series:
    """The worse verdict of the two figures behind each change."""
    said = severity(table.set_index(["court", "period"])["verdict"])
    ends = [
        said.reindex(pd.MultiIndex.from_frame(changes[["court", f"period_{end}"]])).to_numpy() for end in ("from", "to")
    ]
    return pd.Series([VERDICTS[int(place)] for place in np.minimum(*ends)], index=changes.index, dtype="object")


def _of_indicator(data: pd.DataFrame, indicator: str | None) -> pd.DataFrame:
    """The rows of the indicator, where a table holds several."""
    if indicator is None or "indicator" not in data:
        return data
    return data[data["indicator"] == indicator_among(list(data["indicator"].dropna().unique()), indicator)]


def _of_table(
    data: pd.DataFrame, group: str, period: str, value: str | None, numerator: str | None, denominator: str | None
) -> pd.DataFrame:
    made_of = {"value": value} if value is not None else {"numerator": numerator, "denominator": denominator}
    group = column_meant(data, group)
    must_have(data, {"group": group, "time": period, **made_of})
    must_be_no_totals(data[group])
    rows = pd.DataFrame({"court": data[group], "period": data[period]})
    if value is not None:
        rows["value"] = numbers(data[value], value)
    else:
        top, base = (numbers(data[str(name)], str(name)) for name in (numerator, denominator))
        rows["value"] = (top / base).where(base > 0)
    return rows.reset_index(drop=True)


def _with_gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """Gap to the mean of all courts of the period, and where they are ten or more the share of them at or below the court."""
    by = rows.groupby("period")["value"]
    table = rows[["court", "period", "value"]].assign(peer_mean=by.transform("mean"))
    table["gap"] = table["value"] - table["peer_mean"]
    table["position"] = by.rank(method="max", pct=True).where(by.transform("count") >= FEWEST)
    return table.join(rows.drop(columns=["court", "period", "value"]))


def _correlation(gaps: pd.DataFrame, first: Any, second: Any) -> dict[str, Any]:
    both = gaps[[first, second]].dropna()
    known = len(both) >= MIN_PAIRS and (both.std() > 0).all()
    r = float(np.corrcoef(both[first], both[second])[0, 1]) if known else np.nan
    slope = r * float(both[second].std() / both[first].std()) if known else np.nan
    return {"period_from": first, "period_to": second, "courts": len(both), "r": r, "slope": slope}


def _changes(gaps: pd.DataFrame, pair: Any) -> pd.DataFrame:
    """Changes beside the regression line, and where the leave-one-out studentised residual is large."""
    both = gaps[[pair.period_from, pair.period_to]].dropna()
    before, after = both[pair.period_from].to_numpy(), both[pair.period_to].to_numpy()
    x = before - before.mean() if len(both) else before
    fitted = (after.mean() if len(both) else 0.0) + pair.slope * x
    half = _reach(after - fitted, x)
    expected, change = fitted - before, after - before
    return pd.DataFrame(
        {
            "court": both.index,
            "period_from": pair.period_from,
            "period_to": pair.period_to,
            "gap_before": before,
            "gap_after": after,
            "gap_change": change,
            "expected_from_all": expected,
            "lower": expected - half,
            "upper": expected + half,
            "beyond_chance": np.abs(change - expected) > half,
            "expected_by_chance": expected,
        }
    )


def _reach(residual: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return how large each residual may be: ``t(k − 3)·s₍ᵢ₎·√(1 − hᵢ)``, s₍ᵢ₎ from the line without the court (Cook and Weisberg 1982)."""
    from scipy.stats import t as student

    k = len(x)
    if k < MIN_PAIRS + 1 or np.isnan(residual).any():
        return np.full(k, np.nan)
    free = 1 - 1 / k - x**2 / (x**2).sum()  # 1 − h
    with np.errstate(divide="ignore", invalid="ignore"):
        others = np.maximum((residual**2).sum() - residual**2 / free, 0) / (k - 3)
    return np.asarray(student.ppf(0.5 + LEVEL / 2, k - 3) * np.sqrt(others * free))


def _caption(table: pd.DataFrame, periods: list[Any], correlations: pd.DataFrame, indicator: str | None) -> Text:
    courts, middle = counted_courts(table["court"].unique()), correlations["r"].median()
    name = term(indicator) + COLON if indicator else Text("", "")
    r = number(middle, 2)
    said = name + Text(
        f"{courts.zh}，{periods[0]}至{periods[-1]}共{len(periods)}期；期间相关 r 的中位数{r}",
        f"{courts.en}, {number_of(len(periods), 'period')} from {periods[0]} to {periods[-1]}; median correlation r {r}",
    )
    if "era" in table and len(table["era"].unique()) > 1:
        said = said + term("trends_over_eras")
    if "definition" in table and len(table["definition"].unique()) > 1:
        said = said + term("trends_over_definitions")
    return said + maybe_renamed(*(table.dropna(subset="period")[name] for name in ("court", "period")))
