"""The balance of a year: clearance, disposition time, months of work pending, and Little's law as a check."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.regression import LEVEL
from analysis.inference.cycle.series import FlowSeries
from analysis.inference.cycle.surge import whole_years
from analysis.measures.intervals import log_ratio_error
from analysis.vocabulary.text import Text, joined

PARTED = Text(
    "平均未结与“新收速度×平均办理时间”不符：台账有误，或法院不处于稳定状态",
    "mean pending and filing rate × mean duration part: the register is wrong, or the court is not in steady state",
)
MEET = Text(
    "平均未结与“新收速度×平均办理时间”在区间内相符",
    "mean pending and filing rate × mean duration meet within the interval",
)
NO_CASES = Text("需要 cases= 才能算平均办理时间", "the mean duration needs cases=")
ZERO = Text("基数为零", "the base is zero")
BELOW = Text("未结低于零，算不出消化天数", "the stock is below zero: no disposition time")


def balance_table(series: FlowSeries, cases: Any = None) -> pd.DataFrame:
    """Each whole year's balance, with 95% limits.

    ``clearance = closed ÷ filed`` (CEPEJ; 1 is even) with limits on the log scale, from the error that treats the fewest cases
    as both filed and closed in the year (the wider of the two that the counts allow, see ``clearance_error``);
    ``disposition_days = days in the year × closing ÷ closed`` (CEPEJ; a projection, not an observed duration) and
    ``months_pending = 12 × closing ÷ closed``, their limits from the Poisson error of closed; ``mean_pending``, the mean
    over the year of the stock, half-way between each period's ends.

    Little's law, mean pending = filing rate × mean time pending, with ``cases``: ``mean_duration`` (days) of the cases closed in
    the year, ``expected_pending`` = filed ÷ days × mean duration with limits, and in ``note`` whether they meet; also why a
    figure is missing (a base of zero, a stock below zero).

    >>> from analysis.inference.cycle.series import read_flow
    >>> flow = pd.DataFrame({"period": [2010, 2011], "opening": [0, 50], "filed": [100, 80], "closed": [50, 100]})
    >>> table = balance_table(read_flow(flow.assign(closing=[50, 30]))[0])
    >>> table[["clearance", "disposition_days", "months_pending", "mean_pending"]].round(2).values.tolist()
    [[0.5, 365.0, 12.0, 25.0], [1.25, 109.5, 3.6, 40.0]]
    """
    columns = ["year", "filed", "closed", "closing", "clearance", "clearance_lower", "clearance_upper"]
    columns += ["disposition_days", "disposition_lower", "disposition_upper"]
    columns += ["months_pending", "months_lower", "months_upper", "mean_pending"]
    columns += ["mean_duration", "expected_pending", "expected_lower", "expected_upper", "note"]
    spans = durations_by_year(cases, series) if cases is not None else None
    rows = []
    for year, part in whole_years(series):
        row = _flows(part, series)
        little = _little(row, year, _days(part, series), spans)
        notes = [*_unknown(row), little.pop("note")]
        rows.append({"year": year, **row, **little, "note": joined(dict.fromkeys(notes)).cell})
    table = pd.DataFrame(rows, columns=columns)
    for name in ("filed", "closed", "closing"):
        if len(table) and (table[name] % 1 == 0).all():
            table[name] = table[name].astype("int64")
    return table


def _days(part: pd.DataFrame, series: FlowSeries) -> int:
    """Days in the year of the periods given."""
    if series.freq == "W":
        return 7 * len(part)
    first = part["period"].iloc[0]
    return int((first + pd.DateOffset(years=1) - first).days)


def _flows(part: pd.DataFrame, series: FlowSeries) -> dict[str, Any]:
    from scipy.stats import norm

    filed, closed = float(part["filed"].sum()), float(part["closed"].sum())
    closing = float(part["closing"].iloc[-1])
    begin = part["opening"].fillna(part["closing"] - part["net"])
    row: dict[str, Any] = {"filed": filed, "closed": closed, "closing": closing}
    row["mean_pending"] = float(((begin + part["closing"]) / 2).mean())
    reach = float(norm.ppf(0.5 + LEVEL / 2))
    if filed > 0 and closed > 0:
        least = max(0.0, closed - max(float(begin.iloc[0]), 0.0))  # cases both filed and closed in the year
        row |= _limits("clearance", closed / filed, float(log_ratio_error(closed, filed, least)) * reach)
    if closed > 0 and closing >= 0:
        spread = reach / np.sqrt(closed)
        row |= _limits("disposition", _days(part, series) * closing / closed, spread, value="disposition_days")
        row |= _limits("months", 12 * closing / closed, spread, value="months_pending")
    return row


def _unknown(row: dict[str, Any]) -> list[Text]:
    """Return why a year's figures are missing, where they are."""
    return [ZERO] * (min(row["filed"], row["closed"]) <= 0) + [BELOW] * (row["closing"] < 0)


def _limits(name: str, number: float, spread: float, *, value: str | None = None) -> dict[str, float]:
    """A number and its limits on the log scale; ``value`` names the number where it is not called as its limits."""
    return {value or name: number, f"{name}_lower": number * np.exp(-spread), f"{name}_upper": number * np.exp(spread)}


def durations_by_year(cases: Any, series: FlowSeries) -> pd.DataFrame:
    """Cases closed in each year of the flow: number, mean and variance of the days from filing to closing."""
    from analysis.cases import tallies

    pairs = tallies.closed(cases.where(names=True, **series.group) if series.group else cases, by="filed_on")
    pairs["days"] = (pairs["on"] - pd.to_datetime(pairs["filed_on"])).dt.days
    pairs = pairs[pairs["days"] >= 0]
    starts = series.table["period"].to_numpy()
    at = np.searchsorted(starts, pairs["on"].to_numpy(), side="right") - 1
    pairs = pairs.assign(year=np.where(at >= 0, series.table["year"].to_numpy()[np.maximum(at, 0)], -1))
    weight, days = pairs["cases"], pairs["days"]
    sums = pd.DataFrame({"year": pairs["year"], "n": weight, "s": weight * days, "ss": weight * days**2})
    table = sums.groupby("year").sum()
    table["mean"] = table["s"] / table["n"]
    table["variance"] = table["ss"] / table["n"] - table["mean"] ** 2
    return table


def _little(row: dict[str, Any], year: int, days: int, spans: pd.DataFrame | None) -> dict[str, Any]:
    """Mean pending beside filing rate × mean duration; relative variance 1/filed + that of the mean duration."""
    from scipy.stats import norm

    if spans is None:
        return {"note": NO_CASES}
    span = spans.loc[year].astype(float).to_dict() if year in spans.index else {"mean": 0.0}
    if row["filed"] <= 0 or span["mean"] <= 0:
        return {"note": ZERO}
    expected = row["filed"] / days * span["mean"]
    error = np.sqrt(1 / row["filed"] + span["variance"] / span["n"] / span["mean"] ** 2)
    spread = float(norm.ppf(0.5 + LEVEL / 2)) * float(error)
    found = {"mean_duration": span["mean"], **_limits("expected", expected, spread, value="expected_pending")}
    meets = found["expected_lower"] <= row["mean_pending"] <= found["expected_upper"]
    return {**found, "note": MEET if meets else PARTED}
