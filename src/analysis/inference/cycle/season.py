"""The season in filings and closings: is there one, how large is each month, and the flow without it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.problems import problem
from analysis.inference.cycle.regression import LEVEL, combination, dummies, hac_fit, holm, unit
from analysis.inference.cycle.series import FlowSeries
from analysis.vocabulary.text import Text

FLOWS = ("filed", "closed", "net")
LEAST_YEARS = 3  # whole years below which no season can be told from chance
STL_SEASONAL = (
    13  # years' window of the seasonal smoother: slow enough to follow a habit that dies, not one year's noise
)
FESTIVAL_DAYS = 15  # 正月初一 to 十五 (元宵节)


def adjusted(series: FlowSeries, tests: pd.DataFrame) -> pd.DataFrame:
    """Flows and stock with the season taken out, where ``tests`` (``seasonality_table``) finds one at the 5% level.

    Columns ``period, filed, closed, net, pending`` as recorded and the same with ``_adjusted``. The seasonal component is that of
    STL (Cleveland et al. 1990, Journal of Official Statistics 6, 3–73; robust, seasonal window 13), taken out of filings and
    closings; net is their difference. The adjusted stock is the adjusted net flow cumulated again: the recorded stock less
    the running sum of the seasonal component, at the same mean level. Yearly flows, flows of less than three years
    and flows without a season stay as they are: taking out a season that is not there would only add noise.
    """
    table = pd.DataFrame({"period": series.table["period"]})
    for name in FLOWS:
        table[name] = series.values(name)
    table["pending"] = series.values("closing")
    if not has_season(tests):
        return table.assign(**{f"{name}_adjusted": table[name] for name in (*FLOWS, "pending")})
    for name in ("filed", "closed"):
        table[f"{name}_adjusted"] = table[name] - seasonal_component(series.values(name), series.seasons)
    table["net_adjusted"] = table["filed_adjusted"] - table["closed_adjusted"]
    running = np.cumsum(table["net"] - table["net_adjusted"])
    table["pending_adjusted"] = table["pending"] - (running - running.mean())
    return table


def adjustable(series: FlowSeries) -> bool:
    """Return whether the flow is within-year and long enough for its season to be taken out."""
    return series.seasons > 1 and len(series) >= LEAST_YEARS * series.seasons


def has_season(tests: pd.DataFrame) -> bool:
    """Return whether a season is found in filings, closings or net flow at the 5% level (Holm over the three)."""
    return bool((tests["p"] < 1 - LEVEL).any())


def seasonal_component(values: np.ndarray, seasons: int) -> np.ndarray:
    """The seasonal component of STL; zero for a constant series."""
    from statsmodels.tsa.seasonal import STL

    if np.ptp(values) == 0:
        return np.zeros(len(values))
    return np.asarray(STL(values, period=seasons, seasonal=STL_SEASONAL, robust=True).fit().seasonal)


def season_notes(series: FlowSeries, tests: pd.DataFrame) -> list[dict[str, Any]]:
    """Return why there is no season, where there is none."""
    if series.seasons == 1:
        text = Text(
            "年度数据没有季节；转折点按原值判定", "a yearly flow has no season; turning points are dated as recorded"
        )
    elif not adjustable(series):
        text = Text(
            f"不足{LEAST_YEARS}整年（{len(series)}期），无法判断季节性；转折点按原值判定",
            f"less than {LEAST_YEARS} whole years ({len(series)} periods): no season can be told; dated as recorded",
        )
    elif not has_season(tests):
        text = Text(
            "在5%水平上未发现季节性：无可剔除，转折点按原值判定",
            "no season is found at the 5% level: there is nothing to take out, dated as recorded",
        )
    else:
        return []
    return [problem("season", text, severity="note")]


def _years_by_season(series: FlowSeries, name: str) -> pd.DataFrame:
    """Whole years of consecutive periods as rows, seasons as columns (in calendar order)."""
    years = len(series) // series.seasons
    block = series.values(name)[: years * series.seasons].reshape(years, series.seasons)
    order = series.table["season"].to_numpy()[: series.seasons]
    if series.freq == "W":  # weeks drift by a day a year against the calendar: the place in the year stands for them
        order = (np.arange(series.seasons) + order[0] - 1) % series.seasons + 1
    return pd.DataFrame(block, columns=order).sort_index(axis=1)


def season_table(series: FlowSeries, tests: pd.DataFrame) -> pd.DataFrame:
    """Each season beside the mean of its year, with its interval over the years.

    Columns ``series`` (filed, closed, net), ``season`` (month, quarter or week), ``years``, ``mean`` (cases), ``effect, lower,
    upper`` (cases above the year's mean, Student interval over years), ``index, index_lower, index_upper`` (multiple of
    the year's mean; flows only), ``zeros`` (years with none at all), and ``p``, ``acf`` of the whole series from
    ``seasonality_table``. Whole years only.
    """
    from scipy.stats import t as student

    columns = ["series", "season", "years", "mean", "effect", "lower", "upper"]
    columns += ["index", "index_lower", "index_upper", "zeros", "p", "acf"]
    if not adjustable(series):
        return pd.DataFrame(columns=columns)
    parts = []
    for name in FLOWS:
        years = _years_by_season(series, name)
        count = len(years)
        reach = student.ppf(0.5 + LEVEL / 2, count - 1) / np.sqrt(count)
        means = years.mean(axis=1)
        effect = years.sub(means, axis=0)
        ratio = years.div(means.where(means > 0), axis=0) if name != "net" else years * np.nan
        part = pd.DataFrame({"season": years.columns, "years": count, "mean": years.mean().to_numpy()})
        for prefix, table in (("", effect), ("index_", ratio)):
            middle, spread = table.mean().to_numpy(), table.std(ddof=1).to_numpy() * reach
            part["index" if prefix else "effect"] = middle
            part[f"{prefix}lower"], part[f"{prefix}upper"] = middle - spread, middle + spread
        part["index_lower"] = part["index_lower"].clip(lower=0)  # a multiple of a count cannot be negative
        part["zeros"] = (years == 0).sum().to_numpy()
        row = tests.set_index("series").loc[name]
        parts.append(part.assign(series=name, p=row["p"], acf=row["acf"]))
    return pd.concat(parts, ignore_index=True)[columns]


def seasonality_table(series: FlowSeries) -> pd.DataFrame:
    """Is there a season at all: Friedman's test of the seasons within whole years, one row a series.

    Columns ``series, years, statistic, p_single, p, acf_lag, acf``. ``p`` is Holm's adjustment of ``p_single`` for the three
    series tested, so that a season is claimed by chance in at most 5% of courts, not of series. The test compares
    ranks within each year (Friedman 1937), so neither the level of a year nor one extreme month decides. ``acf`` is the sample
    autocorrelation at one year (biased form, divided by n). A series that never changes has no test.
    """
    columns = ["series", "years", "statistic", "p_single", "p", "acf_lag", "acf"]
    if not adjustable(series):
        return pd.DataFrame(columns=columns)
    from scipy.stats import friedmanchisquare
    from statsmodels.tsa.stattools import acf

    rows = []
    for name in FLOWS:
        years, values = _years_by_season(series, name), series.values(name)
        statistic = p = correlation = np.nan
        if (years.max(axis=1) > years.min(axis=1)).any():
            tested = friedmanchisquare(*years.to_numpy().T)
            statistic, p = float(tested.statistic), float(tested.pvalue)
        if np.ptp(values) > 0:
            correlation = acf(values, adjusted=False, nlags=series.seasons)[series.seasons]
        rows.append((name, len(years), statistic, p, series.seasons, correlation))
    table = pd.DataFrame(rows, columns=[name for name in columns if name != "p"])
    table["p"] = holm(table["p_single"].to_numpy(dtype=float))
    return table[columns]


@cache
def spring_festivals() -> pd.DatetimeIndex:
    """First days of the lunar year, 1979–2050 (``vocabulary/spring_festival.csv`` names the source)."""
    path = files("analysis.vocabulary").joinpath("spring_festival.csv")
    days = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1].isdigit()]
    return pd.DatetimeIndex(days)


def festival_known(starts: pd.Series) -> np.ndarray:
    """Return which periods, by their first days, lie in the years of the table of festivals."""
    years = spring_festivals().year
    return starts.dt.year.between(years.min(), years.max()).to_numpy()


def festival_notes(series: FlowSeries) -> list[dict[str, Any]]:
    """Say that the table of festivals does not reach over the whole flow, where it does not."""
    unknown = ~festival_known(series.table["period"])
    if series.freq not in ("M", "W") or not unknown.any():
        return []
    years = spring_festivals().year
    text = Text(
        f"春节日期表为{years.min()}–{years.max()}年：表外{int(unknown.sum())}期不知春节何日，春节效应只按表内各期估计",
        f"the table of Spring Festivals holds {years.min()}–{years.max()}: in {int(unknown.sum())} periods outside it the "
        "festival's date is unknown, and its effect is estimated from the others only",
    )
    return [problem("spring_festival", text, severity="note", periods=series.table["period"][unknown])]


def festival_share(starts: pd.Series) -> np.ndarray:
    """The share of the first 15 days of the lunar year that lies in each period.

    ``starts`` are the periods' first days; the last period is taken to be as long as the one before it.

    >>> festival_share(pd.Series(pd.to_datetime(["2009-01-01", "2009-02-01", "2009-03-01"]))).round(2).tolist()
    [0.4, 0.6, 0.0]
    """
    edges = starts.to_numpy(dtype="datetime64[D]")
    edges = np.append(edges, edges[-1] + (edges[-1] - edges[-2]))
    days = (spring_festivals().to_numpy(dtype="datetime64[D]")[:, None] + np.arange(FESTIVAL_DAYS)).ravel()
    return np.histogram(days.astype("int64"), bins=edges.astype("int64"))[0] / FESTIVAL_DAYS


def festival_table(series: FlowSeries) -> pd.DataFrame:
    """Return what the Spring Festival adds to filings and closings, by its lunar date.

    Regression of the flow on trend, month (week) and the share of the first 15 lunar days in the period, HAC errors: ``estimate``
    is cases for one whole festival beyond what its calendar months have anyway; ``share`` the same as a share of the mean
    period. The festival moves between January and February, which is what tells it from the month. Monthly and weekly
    flows of at least three years within the table of festivals; columns ``series, estimate, lower, upper, p, share``.
    """
    columns = ["series", "estimate", "lower", "upper", "p", "share"]
    series = replace(series, table=series.table[festival_known(series.table["period"])].reset_index(drop=True))
    if series.freq not in ("M", "W") or not adjustable(series):
        return pd.DataFrame(columns=columns)
    count = len(series)
    month = series.table["season"].to_numpy() if series.freq == "M" else series.table["period"].dt.month.to_numpy()
    trend = np.linspace(-0.5, 0.5, count)
    design = np.column_stack([np.ones(count), trend, dummies(month), festival_share(series.table["period"])])
    rows = []
    for name in ("filed", "closed"):
        values = series.values(name)
        if np.ptp(values) == 0 or np.linalg.matrix_rank(design) < design.shape[1]:
            continue
        fit = hac_fit(values, design)
        found = combination(fit, unit(design.shape[1], design.shape[1] - 1))
        rows.append((name, *found, found[0] / values.mean() if values.mean() else np.nan))
    return pd.DataFrame(rows, columns=columns)
