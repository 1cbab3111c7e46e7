"""Effects of a campaign on closings, filings and pending cases.

The question fixed beforehand is one: how many more were closed than the stock at the start of each period would have led to. Closings that rise with
the stock are no campaign, and a stock falls from its height of itself, wherever leaders put the beginning; so closings are
compared given the stock, and where the campaign begins right after the highest stock that search is repeated in every court that the
figures are set against (``campaign_model``). What the campaign took off the stock follows from it: each closing more in one period leaves
less to close in the next. Other terms are secondary, their p values adjusted for their number (Holm 1979).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.cases.table import Cases
from analysis.inference.cycle.campaign_cases import case_tables
from analysis.inference.cycle.campaign_model import (
    NOTHING,
    WIDTH,
    Court,
    Flows,
    Setting,
    Window,
    corrected,
    drawn,
    effect_on_stock,
    estimates,
    flows_of,
    season_columns,
    without_campaign,
)
from analysis.inference.cycle.problems import problem, problem_table
from analysis.inference.cycle.regression import LEVEL, holm
from analysis.inference.cycle.season import festival_known
from analysis.inference.cycle.series import FlowSeries, only, read_flow
from analysis.vocabulary.dates import window_text
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.periods import Period, days_of_period
from analysis.vocabulary.result import Result, made_up
from analysis.vocabulary.text import Text

SERIES = ("closed", "filed", "pending")
# Periods before the campaign below which its own past is no yardstick: a year of weeks or months, two of quarters.
LEAST_BEFORE = {"W": 52, "M": 12, "Q": 8, "Y": 5}
LEAST_DRAWS = 50  # with periods after their campaign, for limits of what came after it
DRAWS = 200
BEFOREHAND, BY_STOCK = "beforehand", "highest_stock"
PRIMARY, AFTERWARDS = ("closed", "mean"), "level_after"

NO_LIMITS_AFTER = Text(
    "活动之后的水平没有区间：模拟的法院里，存量最高的时期大多排在最后，其后没有可比的时期",
    "what came after the campaign has no limits: in most drawn courts the highest stock comes last, and no period follows",
)
MEANINGS = {
    ("closed", "mean"): Text(
        "活动期间平均每期多（少）结的案件数（与期初存量相同而无活动时相比）",
        "cases closed more (fewer) a period, mean over the campaign, than the same stock would have led to without it",
    ),
    ("closed", "slope"): Text("活动期间效果每期的增减", "change of the effect, cases a period, during the campaign"),
    ("closed", AFTERWARDS): Text(
        "活动结束后每期多（少）结的案件数（存量相同时）",
        "cases closed more (fewer) a period after the campaign, the stock the same",
    ),
    ("filed", "mean"): Text(
        "活动期间平均每期多（少）收的案件数", "cases filed more (fewer) a period, mean over the campaign"
    ),
    ("filed", AFTERWARDS): Text(
        "活动结束后每期多（少）收的案件数", "cases filed more (fewer) a period after the campaign"
    ),
    ("pending", "level"): Text(
        "活动末期未结存量与无活动时之差（新收照旧）",
        "pending at the campaign's end against no campaign, filings as they were",
    ),
    ("pending", AFTERWARDS): Text(
        "末期未结存量与无活动时之差（新收照旧）", "pending at the series' end against no campaign, filings as they were"
    ),
}


@dataclass(frozen=True, eq=False)
class CampaignEffect(Result):
    """``table``: ``series, term, role, estimate, lower, upper, p_single, p, meaning``; ``counterfactual``: what would have been.

    ``placebo``: the mean effect that the same model finds at dates without a campaign; ``closure_modes``, ``recovery``,
    ``reopened``: what else changed (need ``cases=``; recovery by money ``names=True`` too); ``problems``: what is missing or weak.
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
    flow: pd.DataFrame,
    *,
    period: Period,
    cases: Cases | None = None,
    controls: pd.DataFrame | None = None,
    start_chosen: str | None = None,
    seed: int = 0,
    names: bool = False,
) -> CampaignEffect:
    """The effect of a campaign between two months (both included) on closings, filings and pending.

    Parameters
    ----------
    flow : DataFrame
        A caseflow of one court.
    period : pair of days, year or text
        First and last day or month of the campaign: ``("2008-11", "2009-12")``.
    cases : Cases, optional
        The register: adds closure modes, recovery and cases reopened within 12 months.
    controls : DataFrame, optional
        A caseflow of courts without the campaign: their summed flow, scaled to this court's level before the campaign, is taken off
        first, so the effect is what lies beyond what happened to them too.
    start_chosen : {"beforehand", "highest_stock"}, optional
        How the start was found: named beforehand, or put after the highest stock. Left out: ``highest_stock`` where no stock within a year of
        the start is higher than that at the start, as leaders begin when it is worst; p and limits then count that search.
    seed : int
        The seed of the drawn courts.
    names : bool
        For use inside the court: with recovery by money, which over a few months tells of a single case.

    Returns
    -------
    CampaignEffect
        ``table``: ``series`` (closed, filed, pending), ``term`` (mean and slope over the campaign, level_after; of pending level and
        level_after), ``role`` (primary: closings given the stock, the one question; secondary), ``estimate, lower, upper`` (cases, or cases a
        period), ``p_single`` and ``p`` (Holm over the secondary ones), ``meaning``. The counterfactual is the fitted course without the
        campaign, with prediction limits.

    Raises ``DataError`` where fewer than 12 months (8 quarters, 52 weeks, 5 years) lie before the campaign, ``ArgumentError`` for dates
    outside the flow.

    >>> months = pd.date_range("2006-01-01", periods=48, freq="MS")
    >>> extra = months.isin(pd.date_range("2008-01-01", "2008-12-01", freq="MS")) * 10
    >>> filed, closed = np.random.default_rng(1).poisson(30, (2, 48))
    >>> flow = pd.DataFrame({"period": months, "filed": filed, "closed": closed + extra})
    >>> flow["closing"] = 500 + (flow["filed"] - flow["closed"]).cumsum()
    >>> effect = campaign_effect(flow, period=("2008-01", "2008-12")).table.set_index(["series", "term"])
    >>> bool(effect.loc[("closed", "mean"), "lower"] < 10 < effect.loc[("closed", "mean"), "upper"])
    True
    """
    series = only(flow, "campaign_effect")
    window = _window(series, period)
    control, problems = _controls(controls, series, window)
    flows = flows_of(series.values("filed"), series.values("closed"), _opening(series))
    chosen = _chosen(start_chosen, flows, window, series)
    base = np.column_stack([np.ones(window.count), season_columns(series, window)])
    setting = Setting(base, (control["filed"], control["closed"]), window.last - window.first + 1)
    rng = np.random.default_rng(seed)
    setting, memory = corrected(without_campaign(flows, window.first, setting), window.first, setting, rng)
    court = replace(without_campaign(flows, window.first, setting), memory=memory)
    searched_from = LEAST_BEFORE[series.freq] if chosen == BY_STOCK else None
    table = _table(flows, drawn(court, DRAWS, rng), window, setting, searched_from)
    problems = series.problems + problems + [_chosen_note(chosen, named=start_chosen is not None)]
    problems += _weaknesses(series, window, base.shape[1] + WIDTH)
    if table["lower"].isna().any():
        problems.append(problem("no_limits_after", NO_LIMITS_AFTER, severity="note"))
    course = _courses(series, flows, court, window, setting)
    placebo = _placebo(series, control, window)
    first, last = series.table["period"].iloc[window.first], series.end_of(window.last)
    (modes, recovery, reopened), notes = case_tables(cases, first, last)
    if not names:
        recovery = recovery[recovery["measure"] != "money"]
    return CampaignEffect(
        table,
        course,
        placebo,
        modes,
        recovery,
        reopened,
        problem_table(problems + notes),
        series.freq,
        _caption(series, window, first, last, placebo, with_controls=controls is not None) + made_up(flow),
    )


def _opening(series: FlowSeries) -> float:
    return float(series.values("closing")[0] - series.values("filed")[0] + series.values("closed")[0])


def _chosen(said: str | None, flows: Flows, window: Window, series: FlowSeries) -> str:
    """Return how the start was found: as said, or by the stock where at no other possible start within a year it is higher."""
    if said is not None:
        if said not in (BEFOREHAND, BY_STOCK):
            raise ArgumentError.not_one_of("start_chosen", said, [BEFOREHAND, BY_STOCK])
        return said
    stock, reach = flows.at_start[0], max(series.seasons, 2)
    latest = window.count - (window.last - window.first)
    near = stock[max(window.first - reach, LEAST_BEFORE[series.freq]) : min(window.first + reach + 1, latest)]
    return BY_STOCK if stock[window.first] >= near.max() else BEFOREHAND


def _chosen_note(chosen: str, *, named: bool) -> dict[str, Any]:
    if chosen == BEFOREHAND:
        text = Text(
            "活动起点视为事先确定：p 值和区间不含挑选起点的影响",
            "the start is taken as fixed beforehand: p values and limits count no search for it",
        )
    else:
        text = Text(
            "活动起点在存量最高之后：即使没有活动，存量也会自高处回落；p 值和区间已计入这一挑选（每次模拟都重新寻找存量最高的时期）",
            "the start follows the highest stock, from which a stock falls even without a campaign: p values and limits count that search, "
            "repeated in every drawn court",
        )
    if not named:
        text = text + Text("；如有不同，请用 start_chosen= 说明", "; say so by start_chosen= if it was otherwise")
    return problem("start_chosen", text, severity="note")


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
    zh = f"活动{window_text(first, last).zh}（{window.last - window.first + 1}期），全部{len(series)}期，活动前{window.first}期"
    en = (
        f"Campaign {window_text(first, last).en} ({window.last - window.first + 1} periods), {len(series)} periods in all, "
        f"{window.first} before it"
    )
    if len(tried):
        zh += f"；在没有活动的{len(tried)}个时段作同样估计，{at_least}个的结案效应不小于它"
        en += f"; the same model at {len(tried)} dates without a campaign finds an effect on closings as large as this at {at_least} of them"
    if with_controls:
        zh, en = zh + "；已减去对照法院", en + "; control courts taken off"
    return Text(zh, en)


def _window(series: FlowSeries, period: Any) -> Window:
    first_day, last_day = days_of_period(period)
    periods = series.table["period"]
    inside = np.flatnonzero((series.middles >= first_day) & (series.middles <= last_day))
    if not len(inside):
        span = f"{periods.iloc[0].date()} – {periods.iloc[-1].date()}"
        raise ArgumentError(
            f"flow（{span}）中没有落在{first_day.date()}至{last_day.date()}之间的时期。",
            f"no period of flow ({span}) lies between {first_day.date()} and {last_day.date()}.",
        )
    least = LEAST_BEFORE[series.freq]
    if inside[0] < least:
        raise DataError(
            f"活动之前只有{inside[0]}期；至少需要{least}期才能与其自身的过去比较。",
            f"only {inside[0]} periods lie before the campaign; at least {least} are needed to compare it with its past.",
        )
    return Window(int(inside[0]), int(inside[-1]), len(series))


def _controls(
    controls: pd.DataFrame | None, series: FlowSeries, window: Window
) -> tuple[dict[str, np.ndarray], list[dict[str, Any]]]:
    """Return what the control courts explain of filings and closings, period by period (zero without controls)."""
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
        f"对照法院{len(others)}个，按活动前水平折算", f"{len(others)} control courts, scaled to the level before it"
    )
    return taken, [problem("controls", text, severity="note")]


def _is_same(one: FlowSeries, series: FlowSeries) -> bool:
    """Return whether a control is the court itself: by its name, or by the same numbers in every period."""
    if series.group and one.group == series.group:
        return True
    numbers = ["period", "filed", "closed"]
    return bool(one.table[numbers].equals(series.table[numbers]))


def _weaknesses(series: FlowSeries, window: Window, coefficients: int) -> list[dict[str, Any]]:
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
    if window.count < 2 * coefficients:
        text = Text(
            f"{window.count}期估计{coefficients}个系数，偏少：区间只作参考",
            f"{window.count} periods for {coefficients} coefficients are few: take the intervals as rough",
        )
        notes.append(problem("few_periods", text, severity="note"))
    return notes


def _table(flows: Flows, draws: Flows, window: Window, setting: Setting, searched_from: int | None) -> pd.DataFrame:
    """Every term, set against what courts without a campaign show of it."""
    own = estimates(flows, np.array([window.first]), setting)
    first = np.full(DRAWS, window.first)
    if searched_from is not None:
        first = searched_from + draws.at_start[:, searched_from : window.count - setting.length + 1].argmax(axis=1)
    chance, has_after = estimates(draws, first, setting), first + setting.length < window.count
    rows = []
    for (series, term), found in own.items():
        estimate, error = float(found[0][0]), float(found[1][0])
        row = {"series": series, "term": term, "role": "primary" if (series, term) == PRIMARY else "secondary"}
        counted = has_after if term == AFTERWARDS else np.full(DRAWS, True)
        scatter = [part[counted] for part in chance[series, term]] if counted.any() else [np.empty(0)] * 2
        rows.append(row | _limits(estimate, error, *scatter) | {"meaning": MEANINGS[series, term].cell})
    table = pd.DataFrame(rows)
    secondary = (table["role"] == "secondary").to_numpy()
    table["p"] = table["p_single"]
    table.loc[secondary, "p"] = holm(table.loc[secondary, "p_single"].to_numpy(dtype=float))
    return table[["series", "term", "role", "estimate", "lower", "upper", "p_single", "p", "meaning"]]


def _limits(estimate: float, error: float, chance: np.ndarray, errors: np.ndarray) -> dict[str, float]:
    """95% limits and p from the mean and the scatter of the same ratio in drawn courts.

    The estimate alone where nothing scatters; no limits where in hardly any drawn court a period follows the highest stock.
    """
    from scipy.stats import norm

    usable = errors > NOTHING
    ratios = chance[usable] / errors[usable]
    if error >= NOTHING and usable.sum() < LEAST_DRAWS:
        return {"estimate": estimate, "lower": np.nan, "upper": np.nan, "p_single": np.nan}
    scatter = float(ratios.std()) if usable.any() else 0.0
    if error < NOTHING or not scatter:
        value = round(estimate, 6)
        return {"estimate": value, "lower": value, "upper": value, "p_single": np.nan}
    middle = float(ratios.mean())
    reach = float(norm.ppf(0.5 + LEVEL / 2)) * scatter
    return {
        "estimate": estimate,
        "lower": estimate - (middle + reach) * error,
        "upper": estimate - (middle - reach) * error,
        "p_single": float(2 * norm.sf(abs(estimate / error - middle) / scatter)),
    }


def _courses(series: FlowSeries, flows: Flows, court: Court, window: Window, setting: Setting) -> pd.DataFrame:
    """Each series as recorded and without the campaign, with 95% prediction limits."""
    from scipy.stats import norm

    reach = float(norm.ppf(0.5 + LEVEL / 2))
    closed = court.closed + court.response * flows.at_start[0]
    effect, spread = effect_on_stock(flows, window.first, setting)
    stock = series.values("closing")
    without = {"closed": closed, "filed": court.filed, "pending": stock - effect}
    wide = {name: court.spread(at) for name, at in (("filed", 0), ("closed", 1))} | {"pending": np.sqrt(spread)}
    parts = []
    for name in SERIES:
        observed = stock if name == "pending" else series.values(name)
        part = pd.DataFrame({"period": series.table["period"], "series": name, "observed": observed})
        part["counterfactual"] = without[name]
        part["lower"], part["upper"] = without[name] - reach * wide[name], without[name] + reach * wide[name]
        parts.append(part.assign(during=window.during.astype(bool)))
    return pd.concat(parts, ignore_index=True)


def _placebo(series: FlowSeries, control: dict[str, np.ndarray], window: Window) -> pd.DataFrame:
    """The mean effect that the model finds in windows as long as the campaign, all of them before it.

    Columns ``series, start, end, estimate, lower, upper, p, campaign`` (true in the campaign's own row).
    """
    from scipy.stats import norm

    length, periods, reach = window.last - window.first + 1, series.table["period"], float(norm.ppf(0.5 + LEVEL / 2))
    earlier = np.arange(LEAST_BEFORE[series.freq], window.first - length + 1)
    rows = []
    for count, starts, is_campaign in ((window.first, earlier, False), (window.count, np.array([window.first]), True)):
        if not len(starts):
            continue
        part = replace(series, table=series.table.iloc[:count])
        base = np.column_stack([np.ones(count), season_columns(part, Window(0, 0, count))])
        setting = Setting(base, (control["filed"][:count], control["closed"][:count]), length)
        flows = flows_of(part.values("filed"), part.values("closed"), _opening(series)).repeated(len(starts))
        found = estimates(flows, starts, setting)
        for name in ("closed", "filed"):
            for first, estimate, error in zip(starts, *found[name, "mean"], strict=True):
                span = (periods.iloc[first], periods.iloc[first + length - 1])
                limits = (estimate - reach * error, estimate + reach * error)
                p = float(2 * norm.sf(abs(estimate) / error)) if error > NOTHING else np.nan
                rows.append((name, *span, estimate, *limits, p, is_campaign))
    columns = ["series", "start", "end", "estimate", "lower", "upper", "p", "campaign"]
    return pd.DataFrame(rows, columns=columns).astype({"campaign": bool})
