"""The year-end: December's closings against the year before it, its mirror in filings, and how even the year was."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.regression import LEVEL
from analysis.inference.cycle.series import FlowSeries
from analysis.vocabulary.text import Text

LAST_DAYS = 10
VARIANTS = {
    "one_minus_cv": Text("1 − 标准差(n) ÷ 各期平均", "1 − SD with n ÷ mean"),
    "one_minus_cv_sample": Text("1 − 标准差(n−1) ÷ 各期平均", "1 − SD with n − 1 ÷ mean"),
    "one_minus_mean_deviation": Text("1 − 平均绝对偏差 ÷ 各期平均", "1 − mean absolute deviation ÷ mean"),
}
NO_BASE = Text("基数为零，无法计算", "the base is zero: no figure")
SMALL = Text("区间按泊松分布；结案成批时实际更宽", "Poisson interval; wider in truth where cases come in batches")
POOLED = Text(
    "各年合并；区间按逐年剔除（刀切法）", "all years together; interval by leaving out one year at a time (jackknife)"
)


def whole_years(series: FlowSeries) -> list[tuple[int, pd.DataFrame]]:
    """The statistical years of which every period is there (a week counts to the year of its middle day)."""
    least = series.seasons if series.freq != "W" else series.seasons - 1
    years = series.table["year"].to_numpy()
    return [(int(year), series.table[years == year]) for year in np.unique(years) if (years == year).sum() >= least]


def _is_last(part: pd.DataFrame, freq: str) -> np.ndarray:
    """Return which periods are the year's last month (its last quarter in a quarterly flow)."""
    if freq == "W":
        return ((part["period"] + pd.Timedelta(days=3)).dt.month == 12).to_numpy()
    return (part["season"] == part["season"].max()).to_numpy()


def surge_table(series: FlowSeries) -> pd.DataFrame:
    """December over the mean of January–November, for closings and (the mirror, 年底不立案) filings.

    Columns ``year`` (missing in the row of all years together), ``series`` (closed, filed), ``last`` (cases of the last
    month), ``rest_mean`` (mean of the other months), ``ratio = last ÷ rest_mean`` with ``lower, upper``, ``share`` of the
    year in its last month with ``share_lower, share_upper``, ``years``, ``note``. A quarterly flow takes its fourth
    quarter over the first three, a weekly one December's weeks over the others, each as a mean per period. A year's
    interval is exact for Poisson counts (Clopper–Pearson on the last month's share); the pooled interval comes from the
    differences between the years. Whole years only; a yearly flow has no year-end.

    >>> from analysis.inference.cycle.series import read_flow
    >>> months = pd.date_range("2011-01-01", periods=12, freq="MS")
    >>> flow = pd.DataFrame({"period": months, "filed": 10, "closed": [10] * 11 + [25], "closing": 0})
    >>> surge_table(read_flow(flow)[0]).loc[0, ["last", "rest_mean", "ratio"]].tolist()
    [25.0, 10.0, 2.5]
    """
    columns = ["year", "series", "last", "rest_mean", "ratio", "lower", "upper"]
    columns += ["share", "share_lower", "share_upper", "years", "note"]
    rows: list[dict[str, object]] = []
    for name in ("closed", "filed") if series.seasons > 1 else ():
        counts = []
        for year, part in whole_years(series):
            is_last = _is_last(part, series.freq)
            values = part[name].to_numpy(dtype=float)
            one = (values[is_last].sum(), values[~is_last].sum(), int(is_last.sum()), int((~is_last).sum()))
            counts.append(one)
            rows.append({"year": year, "series": name, "years": 1, **_one_year(*one)})
        if len(counts) > 1:
            rows.append({"year": pd.NA, "series": name, "years": len(counts), **_all_years(np.array(counts))})
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"year": "Int64"})


def _one_year(last: float, rest: float, last_periods: int, rest_periods: int) -> dict[str, object]:
    from scipy.stats import beta

    row: dict[str, object] = {"last": _count(last), "rest_mean": rest / rest_periods}
    total = last + rest
    if total <= 0 or min(last, rest) < 0:
        return {**row, "note": NO_BASE.cell}
    tail = (1 - LEVEL) / 2
    low = beta.ppf(tail, last, rest + 1) if last > 0 else 0.0
    high = beta.ppf(1 - tail, last + 1, rest) if rest > 0 else 1.0
    odds = rest_periods / last_periods
    row |= {"share": last / total, "share_lower": low, "share_upper": high, "note": SMALL.cell}
    if rest > 0:
        row |= {"ratio": odds * last / rest, "lower": odds * low / (1 - low), "upper": odds * high / (1 - high)}
    else:
        row |= {"lower": odds * low / (1 - low), "note": NO_BASE.cell}
    return row


def _all_years(counts: np.ndarray) -> dict[str, object]:
    """Ratio and share over all years, with Student limits from the jackknife over years."""
    from scipy.stats import t as student

    totals = counts.sum(axis=0)
    years = len(counts)
    row: dict[str, object] = {"last": _count(totals[0]), "rest_mean": totals[1] / totals[3], "note": POOLED.cell}
    if totals[1] <= 0:
        return {**row, "note": NO_BASE.cell}
    reach = student.ppf(0.5 + LEVEL / 2, years - 1)
    for name, of in (("ratio", _ratio), ("share", _share)):
        value = of(totals)
        left_out = np.array([of(totals - one) for one in counts])
        error = np.sqrt((years - 1) / years * ((left_out - left_out.mean()) ** 2).sum())
        limits, most = (("lower", "upper"), np.inf) if name == "ratio" else (("share_lower", "share_upper"), 1.0)
        row |= {name: value, limits[0]: max(value - reach * error, 0.0), limits[1]: min(value + reach * error, most)}
    return row


def _ratio(totals: np.ndarray) -> float:
    last, rest, last_periods, rest_periods = totals
    return float(last / last_periods / (rest / rest_periods)) if rest > 0 else float("nan")


def _share(totals: np.ndarray) -> float:
    return float(totals[0] / (totals[0] + totals[1])) if totals[0] + totals[1] > 0 else float("nan")


def _count(value: float) -> float | int:
    return int(value) if value == int(value) else value


def evenness_table(series: FlowSeries, *, draws: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Closing evenness 结案均衡度 of each whole year, in its named variants.

    Columns ``year, variant, value, even_lower, even_upper, closed, formula, note``. 1 is perfectly even; the evaluation of 2011
    names the idea and its ideal value, its exact formula is not published, so the variants stand side by side: SD with
    n, SD with n − 1, mean absolute deviation. Even a court that closes evenly scatters: ``even_lower`` to
    ``even_upper`` holds 95% of ``draws`` years of as many closings of which each falls into any period with the same chance.

    >>> from analysis.inference.cycle.series import read_flow
    >>> months = pd.date_range("2011-01-01", periods=12, freq="MS")
    >>> flow = pd.DataFrame({"period": months, "filed": 10, "closed": [5, 15] * 6, "closing": 0})
    >>> float(evenness_table(read_flow(flow)[0]).loc[0, "value"])
    0.5
    """
    columns = ["year", "variant", "value", "even_lower", "even_upper", "closed", "formula", "note"]
    rows: list[dict[str, object]] = []
    rng = np.random.default_rng(seed)
    for year, part in whole_years(series) if series.seasons > 1 else ():
        closed = part["closed"].to_numpy(dtype=float)
        total = closed.sum()
        sound = total > 0 and bool((closed >= 0).all())
        even = rng.multinomial(round(total), np.full(len(closed), 1 / len(closed)), size=draws) if sound else None
        for variant, formula in VARIANTS.items():
            row: dict[str, object] = {
                "year": year,
                "variant": variant,
                "closed": _count(total),
                "formula": formula.cell,
            }
            if even is None:
                row |= {"note": NO_BASE.cell}
            else:
                low, high = np.quantile(_evenness(even, variant), [(1 - LEVEL) / 2, 0.5 + LEVEL / 2])
                row |= {"value": float(_evenness(closed[None, :], variant)[0]), "even_lower": low, "even_upper": high}
            rows.append({"note": "", **row})
    return pd.DataFrame(rows, columns=columns)


def _evenness(closed: np.ndarray, variant: str) -> np.ndarray:
    mean = closed.mean(axis=1)
    if variant == "one_minus_mean_deviation":
        spread = np.abs(closed - mean[:, None]).mean(axis=1)
    else:
        spread = closed.std(axis=1, ddof=1 if variant.endswith("sample") else 0)
    return np.asarray(1 - spread / mean)


def last_days_table(series: FlowSeries, cases: Any) -> pd.DataFrame:
    """The share of each year's closings that falls into its last ten days (and last month), from the register.

    Columns ``year, days, closed, last, share, lower, upper, even_share`` (what ten days of the year would hold if closings
    were even over the calendar); exact binomial limits. Weeks take the calendar year. Empty without ``cases``.
    """
    from scipy.stats import beta

    columns = ["year", "days", "closed", "last", "share", "lower", "upper", "even_share"]
    if cases is None:
        return pd.DataFrame(columns=columns)
    from analysis.cases import tallies

    closed = tallies.closed(cases.where(names=True, **series.group) if series.group else cases)
    rows = []
    for year, part in whole_years(series):
        first = pd.Timestamp(year, 1, 1) if series.freq == "W" else part["period"].iloc[0]
        end = first + pd.DateOffset(years=1)
        inside = closed[(closed["on"] >= first) & (closed["on"] < end)]
        total = int(inside["cases"].sum())
        last = int(inside.loc[inside["on"] >= end - pd.Timedelta(days=LAST_DAYS), "cases"].sum())
        row = {
            "year": year,
            "days": LAST_DAYS,
            "closed": total,
            "last": last,
            "even_share": LAST_DAYS / (end - first).days,
        }
        if total:
            low = beta.ppf((1 - LEVEL) / 2, last, total - last + 1) if last else 0.0
            high = beta.ppf(0.5 + LEVEL / 2, last + 1, total - last) if last < total else 1.0
            row |= {"share": last / total, "lower": low, "upper": high}
        rows.append(row)
    return pd.DataFrame(rows, columns=columns)
