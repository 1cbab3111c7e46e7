"""What a campaign did: an interrupted time series of closings, filings and pending cases.

Each flow is regressed on a trend, the season (month or quarter; for monthly flows also the Spring Festival), and four terms: a
new level and a new slope during the campaign, and again after it. Errors are HAC (Newey and West), so neighbouring
months may be alike. The pending stock is the running sum of filings less closings; regressed on its own it would make an
effect out of any wandering, so its terms are summed up from the regression of the net flow. Model: Wagner et al. 2002,
Journal of Clinical Pharmacy and Therapeutics 27, 299–309 (segmented regression of interrupted time series).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.campaign_cases import case_tables
from analysis.inference.cycle.intervention import Window, effect_part, regressors, short_regressors
from analysis.inference.cycle.problems import problem, problem_table
from analysis.inference.cycle.regression import LEVEL, Fit, combination, hac_fit, unit
from analysis.inference.cycle.season import festival_known
from analysis.inference.cycle.series import FlowSeries, must_be_cases, only, read_flow
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.periods import Day, day
from analysis.vocabulary.result import Result, made_up
from analysis.vocabulary.text import Text

SERIES = ("closed", "filed", "pending")
# Periods before the campaign below which its own past is no yardstick: a year of weeks or months, two of quarters.
LEAST_BEFORE = {"W": 52, "M": 12, "Q": 8, "Y": 5}

MEANINGS = {
    ("flow", "level"): Text("活动开始时每期案件数的跳变", "jump in cases a period when the campaign began"),
    ("flow", "slope"): Text("活动期间每期的增减变化", "change of the trend, cases a period, during the campaign"),
    ("flow", "level_after"): Text(
        "活动结束后相对于原趋势的水平", "level just after the campaign against the old trend"
    ),
    ("flow", "slope_after"): Text("活动后每期的增减变化", "change of the trend, cases a period, after the campaign"),
    ("flow", "mean"): Text("活动期间平均每期多（少）的案件数", "cases more (fewer) a period, mean over the campaign"),
    ("flow", "total"): Text("活动期间共多（少）的案件数", "cases more (fewer) over the whole campaign"),
    ("pending", "level"): Text("活动末期未结存量与无活动时之差", "pending at the campaign's end against no campaign"),
    ("pending", "slope"): Text("活动期间未结每期多增（减）的案件数", "change of pending a period, during the campaign"),
    ("pending", "level_after"): Text("末期未结存量与无活动时之差", "pending at the series' end against no campaign"),
    ("pending", "slope_after"): Text(
        "活动后未结每期多增（减）的案件数", "change of pending a period, after the campaign"
    ),
}


@dataclass(frozen=True, eq=False)
class CampaignEffect(Result):
    """``table``: ``series, term, estimate, lower, upper, p, meaning``; ``counterfactual``: what would have been.

    ``placebo``: the mean effect that the same model finds at dates without a campaign; ``closure_modes``, ``recovery``,
    ``reopened``: what else changed (need ``cases=``); ``problems``: what is missing or weak.
    """

    table: pd.DataFrame
    counterfactual: pd.DataFrame
    placebo: pd.DataFrame
    closure_modes: pd.DataFrame
    recovery: pd.DataFrame
    reopened: pd.DataFrame
    problems: pd.DataFrame
    freq: str
    caption: Text


def campaign_effect(
    flow: pd.DataFrame, *, start: Day, end: Day, cases: Any = None, controls: pd.DataFrame | None = None
) -> CampaignEffect:
    """The effect of a campaign between two months (both included) on closings, filings and pending.

    ``start`` and ``end`` are days or months (``"2008-11"``). ``controls`` is a caseflow of courts without the
    campaign: their summed flow, scaled to this court's level before the campaign, is taken off first, so the effect is what lies
    beyond what happened to them too. ``cases`` adds closure modes, recovery and cases reopened within 12 months.

    ``table``: ``series`` (closed, filed, pending), ``term`` (level, slope, level_after, slope_after; for flows also mean and
    total over the campaign), ``estimate, lower, upper`` (cases, or cases a period), ``p``, ``meaning``. The counterfactual is
    the fitted course without the four terms, with prediction limits. Raises ``DataError`` where fewer than
    12 months (8 quarters, 52 weeks, 5 years) lie before the campaign, ``ArgumentError`` for dates outside the flow.

    >>> months = pd.date_range("2006-01-01", periods=48, freq="MS")
    >>> extra = months.isin(pd.date_range("2008-01-01", "2008-12-01", freq="MS")) * 10
    >>> noise = np.tile([1, -1, 0, 2, -2], 10)[:48]
    >>> flow = pd.DataFrame({"period": months, "filed": 30 - noise, "closed": 30 + noise + extra, "closing": 500})
    >>> effect = campaign_effect(flow, start="2008-01", end="2008-12").table.set_index(["series", "term"])
    >>> bool(effect.loc[("closed", "mean"), "lower"] < 10 < effect.loc[("closed", "mean"), "upper"])
    True
    """
    series, cases = only(flow, "campaign_effect"), must_be_cases(cases)
    window = _window(series, start, end)
    control, problems = _controls(controls, series, window)
    design, terms = regressors(series, window)
    problems = series.problems + problems + _weaknesses(series, window, design)
    rows, courses = [], []
    for name in SERIES:
        effect = _pending(series, control, window, design, terms) if name == "pending" else None
        if effect is None:
            effect = _flow(name, series.values(name), control[name], window, design, terms)
        rows += effect[0]
        courses.append(effect[1].assign(series=name, period=series.table["period"]))
    table = pd.DataFrame(rows, columns=["series", "term", "estimate", "lower", "upper", "p", "meaning"])
    course = pd.concat(courses, ignore_index=True)
    course = course[["period", "series", "observed", "counterfactual", "lower", "upper", "during"]]
    placebo = _placebo(series, control, window)
    first, last = series.table["period"].iloc[window.first], series.end_of(window.last)
    tables, notes = case_tables(cases, first, last)
    return CampaignEffect(
        table,
        course,
        placebo,
        *tables,
        problem_table(problems + notes),
        series.freq,
        _caption(series, window, first, last, placebo, with_controls=controls is not None) + made_up(flow),
    )


def _caption(
    series: FlowSeries,
    window: Window,
    first: pd.Timestamp,
    last: pd.Timestamp,
    placebo: pd.DataFrame,
    *,
    with_controls: bool,
) -> Text:
    own = placebo[placebo["series"] == "closed"]
    tried = own[~own["campaign"]]
    at_least = int((tried["estimate"].abs() >= own.loc[own["campaign"], "estimate"].abs().max()).sum())
    zh = f"活动 {first.date()} 至 {last.date()}（{window.last - window.first + 1} 期），全部 {len(series)} 期，活动前 {window.first} 期"
    en = (
        f"campaign {first.date()} to {last.date()} ({window.last - window.first + 1} periods), {len(series)} periods in all, "
        f"{window.first} before it"
    )
    if len(tried):
        zh += f"；在没有活动的 {len(tried)} 个时段作同样估计，{at_least} 个的结案效应不小于它"
        en += f"; the same model at {len(tried)} dates without a campaign finds an effect on closings as large as this at {at_least} of them"
    if with_controls:
        zh, en = zh + "；已减去对照法院", en + "; control courts taken off"
    return Text(zh, en)


def _window(series: FlowSeries, start: Any, end: Any) -> Window:
    if start is None or end is None:
        raise ArgumentError(
            "没有指明活动的首日和末日（start=、end=）。",
            "No first and last day of a campaign were named (start=, end=).",
        )
    first_day, last_day = day(start, "start"), day(end, "end", last=True)
    if last_day < first_day:
        raise ArgumentError(
            f"end（{last_day.date()}）早于 start（{first_day.date()}）。",
            f"end ({last_day.date()}) is before start ({first_day.date()}).",
        )
    periods = series.table["period"]
    inside = np.flatnonzero((series.middles >= first_day) & (series.middles <= last_day))
    if not len(inside):
        span = f"{periods.iloc[0].date()} – {periods.iloc[-1].date()}"
        raise ArgumentError(
            f"flow（{span}）中没有落在 {first_day.date()} 至 {last_day.date()} 之间的时期。",
            f"no period of flow ({span}) lies between {first_day.date()} and {last_day.date()}.",
        )
    least = LEAST_BEFORE[series.freq]
    if inside[0] < least:
        raise DataError(
            f"活动之前只有 {inside[0]} 期；至少需要 {least} 期才能与其自身的过去比较。",
            f"only {inside[0]} periods lie before the campaign; at least {least} are needed to compare it with its past.",
        )
    return Window(int(inside[0]), int(inside[-1]), len(series))


def _controls(
    controls: pd.DataFrame | None, series: FlowSeries, window: Window
) -> tuple[dict[str, np.ndarray], list[dict[str, Any]]]:
    """What the control courts explain of filings and closings, period by period (zero without controls)."""
    zero = np.zeros(len(series))
    if controls is None:
        return {"filed": zero, "closed": zero}, []
    others = [one for one in read_flow(controls) if not _is_same(one, series)]
    periods = series.table["period"]
    if not others:
        raise DataError(
            "controls 中只有本院自己：请给出没有开展活动的其他法院。",
            "controls hold the court itself only: give other courts, without the campaign.",
        )
    summed = pd.concat([one.table[one.table["period"].isin(periods)] for one in others])
    counts = summed.groupby("period").size()
    if not periods.isin(counts.index).all() or (counts != len(others)).any():
        raise DataError(
            "controls 未覆盖 flow 的全部时期：每个对照法院都须每期一行。",
            "controls do not cover every period of flow: each control court needs a row for every period.",
        )
    taken = {}
    for name in ("filed", "closed"):
        total = summed.groupby("period")[name].sum().to_numpy(dtype=float)
        base = total[: window.first].mean()
        taken[name] = total * (series.values(name)[: window.first].mean() / base) if base > 0 else zero
    text = Text(
        f"对照法院 {len(others)} 个，按活动前水平折算", f"{len(others)} control courts, scaled to the level before it"
    )
    return taken, [problem("controls", text, severity="note")]


def _is_same(one: FlowSeries, series: FlowSeries) -> bool:
    """Whether a control is the court itself: by its name, or by the same numbers in every period."""
    if series.group and one.group == series.group:
        return True
    numbers = ["period", "filed", "closed"]
    return bool(one.table[numbers].equals(series.table[numbers]))


def _weaknesses(series: FlowSeries, window: Window, design: np.ndarray) -> list[dict[str, Any]]:
    notes = []
    if series.freq in ("M", "W") and not festival_known(series.table["period"]).all():
        text = Text(
            "春节日期表未覆盖全部时期：模型不含春节项",
            "the table of Spring Festivals does not reach over all periods: the model has no term for it",
        )
        notes.append(problem("spring_festival", text, severity="note"))
    if not window.after.sum():
        text = Text(
            "活动之后没有数据：无法看出是否反弹",
            "no data after the campaign: whether the backlog came back cannot be seen",
        )
        notes.append(problem("no_after", text, severity="note"))
    if window.count < 2 * design.shape[1]:
        text = Text(
            f"{window.count} 期估计 {design.shape[1]} 个系数，偏少：区间只作参考",
            f"{window.count} periods for {design.shape[1]} coefficients are few: take the intervals as rough",
        )
        notes.append(problem("few_periods", text, severity="note"))
    return notes


def _flow(
    name: str, values: np.ndarray, control: np.ndarray, window: Window, design: np.ndarray, terms: dict[str, int]
) -> tuple[list[dict[str, Any]], pd.DataFrame]:
    fit = hac_fit(values - control, design)
    rows = [_row(name, term, fit, unit(design.shape[1], at)) for term, at in terms.items()]
    effect = effect_part(design, terms)
    total = (effect * window.during[:, None]).sum(axis=0)
    rows.append(_row(name, "mean", fit, total / window.during.sum()))
    rows.append(_row(name, "total", fit, total))
    without = design - effect
    spread = np.einsum("ij,jk,ik->i", without, fit.covariance, without) + fit.variance
    return rows, _course(values, control + without @ fit.params, spread, fit, window)


def _pending(
    series: FlowSeries, control: dict[str, np.ndarray], window: Window, design: np.ndarray, terms: dict[str, int]
) -> tuple[list[dict[str, Any]], pd.DataFrame]:
    """The stock's terms and course: the regression of the net flow, summed up."""
    fit = hac_fit(series.values("net") - control["filed"] + control["closed"], design)
    effect = effect_part(design, terms)
    during, after = (effect * part[:, None] for part in (window.during, window.after))
    weights = {"level": during.sum(axis=0), "slope": during.sum(axis=0) / window.during.sum()}
    if window.after.sum():
        weights |= {"level_after": effect.sum(axis=0), "slope_after": after.sum(axis=0) / window.after.sum()}
    rows = [_row("pending", term, fit, weight) for term, weight in weights.items()]
    running = np.cumsum(effect, axis=0)
    stock = series.values("closing")
    since = np.cumsum(window.during + window.after)
    mean_spread = np.einsum("ij,jk,ik->i", running, fit.covariance, running)
    spread = mean_spread + since * fit.long_run_variance
    return rows, _course(stock, stock - running @ fit.params, spread, fit, window)


def _row(series: str, term: str, fit: Fit, weights: np.ndarray) -> dict[str, Any]:
    estimate, lower, upper, p = combination(fit, weights)
    meaning = MEANINGS["pending" if series == "pending" else "flow", term].cell
    found = {"estimate": estimate, "lower": lower, "upper": upper, "p": p}
    return {"series": series, "term": term, **found, "meaning": meaning}


def _course(observed: np.ndarray, without: np.ndarray, spread: np.ndarray, fit: Fit, window: Window) -> pd.DataFrame:
    from scipy.stats import t as student

    reach = student.ppf(0.5 + LEVEL / 2, fit.df) * np.sqrt(np.maximum(spread, 0))
    table = pd.DataFrame({"observed": observed, "counterfactual": without})
    table["lower"], table["upper"] = without - reach, without + reach
    return table.assign(during=window.during.astype(bool))


def _placebo(series: FlowSeries, control: dict[str, np.ndarray], window: Window) -> pd.DataFrame:
    """The mean effect that the model finds in windows as long as the campaign, all of them before it.

    Columns ``series, start, end, estimate, lower, upper, p, campaign`` (true in the campaign's own row).
    """
    length = window.last - window.first + 1
    periods, rows = series.table["period"], []
    places = [(first, False) for first in range(LEAST_BEFORE[series.freq], window.first - length + 1)] + [
        (window.first, True)
    ]
    for first, is_campaign in places:
        count = window.count if is_campaign else window.first
        moved = Window(first, first + length - 1, count)
        design, terms = regressors(series, moved) if is_campaign else short_regressors(series, moved)
        if np.linalg.matrix_rank(design) < design.shape[1]:
            continue
        weights = (effect_part(design, terms) * moved.during[:, None]).sum(axis=0) / length
        for name in ("closed", "filed"):
            values = (series.values(name) - control[name])[:count]
            found = combination(hac_fit(values, design), weights)
            rows.append((name, periods.iloc[first], periods.iloc[moved.last], *found, is_campaign))
    columns = ["series", "start", "end", "estimate", "lower", "upper", "p", "campaign"]
    return pd.DataFrame(rows, columns=columns).astype({"campaign": bool})
