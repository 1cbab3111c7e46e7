"""Control limits: which months of filings and closings stand out from the court's own month-to-month scatter.

The XmR chart (individuals and moving range; Shewhart 1931; Wheeler 1993, Understanding Variation): centre the mean, limits the mean
± 2.66 mean moving range. Only flows are charted: a stock is a running sum, its neighbours are alike by nature, and
such limits would call nearly every month a signal. The season is taken out first where there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.problems import problem_table
from analysis.inference.cycle.season import adjusted as without_season
from analysis.inference.cycle.season import seasonality_table
from analysis.inference.cycle.series import FlowSeries, read_flow
from analysis.vocabulary.dates import window_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import Day, Period, day, days_of_period
from analysis.vocabulary.result import Result, made_up
from analysis.vocabulary.text import Text

XMR_SCALE = 2.66  # 3 ÷ d2, d2 = 1.128 for ranges of two
RANGE_SCALE = 3.268  # D4 for ranges of two
DECIMALS = 9  # of a case; what lies beyond is arithmetic and must break no rule
FEWEST_OF_BASELINE = 2  # periods between which there is a step
RUN = 8  # periods on one side of the centre (Western Electric 1956; Nelson 1984)
TREND = 6  # periods rising or falling throughout (Nelson 1984)
COLUMNS = (
    "series",
    "period",
    "value",
    "centre",
    "lower",
    "upper",
    "moving_range",
    "range_limit",
    "base",
    "reason",
    "broken",
)
RULES = {
    "beyond_limits": Text("一期超出控制限", "one period beyond the limits"),
    "run": Text(f"连续{RUN}期在中心线同侧", f"{RUN} periods in a row on one side of the centre"),
    "trend": Text(f"连续{TREND}期递增或递减", f"{TREND} periods in a row rising or falling"),
    "two_of_three": Text(
        "连续3期中有2期在同侧超出三分之二控制限", "two of three periods beyond two thirds of the limit, one side"
    ),
    "large_range": Text("相邻两期之差超出移动极差上限", "the step from the period before is beyond the range limit"),
}


@dataclass(frozen=True, eq=False)
class ControlLimits(Result):
    """``table``: ``series, period, value, centre, lower, upper, moving_range, range_limit, base, reason, broken``; ``rules``: what each rule means.

    ``by_chance``: the share of values that break a rule where all is random.
    """

    table: pd.DataFrame
    rules: pd.DataFrame
    problems: pd.DataFrame
    freq: str
    caption: Text
    by_chance: float


def control_limits(
    flow: pd.DataFrame,
    *,
    baseline: Period | None = None,
    rebase: Mapping[Day, str] | None = None,
    adjusted: bool = True,
) -> ControlLimits:
    """XmR limits of filings and closings, by court where there are several.

    Centre: the mean x̄; limits: x̄ ± 2.66 mean moving range |xᵢ − xᵢ₋₁| (Shewhart 1931; Wheeler 1993), in cases a period;
    a lower limit below nought stands at nought, beneath which no count lies.
    ``.table``: ``series`` (filed, closed)``, period, value, centre, lower, upper, moving_range, range_limit, base, reason, broken``;
    ``.rules`` says what each rule means.

    The limits are those of the whole flow, or of its ``baseline``, so that further periods move them no more (a dozen at least make limits
    that can be trusted), computed anew only from the days in ``rebase``, each with its reason (a reform, a campaign's
    end); both stand in columns ``base`` and ``reason`` of the periods that they govern. ``adjusted`` takes the season out first where the flow has one.
    ``broken`` holds the ids of the rules a period breaks, comma-separated; a period breaks a run or a trend when it completes
    or prolongs one. Raises ``ArgumentError`` for a day of ``rebase`` outside the flow or without a reason and a ``baseline`` of fewer than
    two periods before it, ``DataError`` for a flow of one period.

    Parameters
    ----------
    flow : DataFrame
        A caseflow, as ``caseflow`` gives it.
    baseline : year, text or pair of days
        The periods that the limits are computed from; without it the whole flow.
    rebase : dict
        Days from which centre and limits are computed anew → the reason.
    adjusted : bool
        ``True`` takes the season out first.

    Returns
    -------
    ControlLimits
        Values, limits and rules broken.

    >>> months = pd.date_range("2010-01-01", periods=24, freq="MS")
    >>> flow = pd.DataFrame({"period": months, "filed": 10, "closed": [10, 12] * 11 + [10, 30], "closing": 0})
    >>> table = control_limits(flow).table.query("series == 'closed'")
    >>> table.loc[table["broken"] != "", ["period", "value", "broken"]].values.tolist()
    [[Timestamp('2011-12-01 00:00:00'), 30.0, 'beyond_limits,large_range']]
    """
    groups = read_flow(flow)
    parts = [one.labelled(_limits(one, baseline, rebase or {}, adjusted=adjusted)) for one in groups]
    problems = pd.concat([one.labelled(problem_table(one.problems)) for one in groups], ignore_index=True)
    rules = pd.DataFrame({"rule": list(RULES), "meaning": [text.cell for text in RULES.values()]})
    table = pd.concat(parts, ignore_index=True)
    signals = int((table["broken"] != "").sum())
    span = window_text(table["period"].min(), max(one.end_of(-1) for one in groups))
    caption = Text(
        f"{span.zh}，共{len(table)}个值，其中{signals}个触发规则",
        f"{span.en}, {len(table)} values, {signals} of them break a rule",
    )
    if baseline is not None:
        fixed = window_text(*days_of_period(baseline))
        caption = caption + Text(f"；控制限固定按{fixed.zh}计算", f"; limits fixed on {fixed.en}")
    return ControlLimits(
        table, rules, problems, groups[0].freq, caption + made_up(flow), _by_chance(groups[0], baseline, rebase or {})
    )


# Share of independent normal values that break one of the rules, limits estimated from 72 of them (300 simulated charts;
# 0.013 of 24 values, 0.021 of 144): so many signals mean nothing. Of values that the limits are not computed from
# it is 0.022 + 0.55 ÷ those they are computed from (300 simulated charts: 0.098 for 8, 0.066 for 12, 0.042 for 24, 0.031 for 60).
BY_CHANCE, OF_FURTHER, FOR_FEW = 0.018, 0.022, 0.55


def _by_chance(series: FlowSeries, baseline: Period | None, rebase: Mapping[Any, str]) -> float:
    """Return the share of values that break a rule where all is random: more of those that the limits are not computed from."""
    if baseline is None:
        return BY_CHANCE
    until = [*_bases(series, rebase), len(series)][1]
    fixed = _fixed(series, baseline, until=until)
    held = fixed.stop - fixed.start
    more = OF_FURTHER + FOR_FEW / held - BY_CHANCE
    return BY_CHANCE + more * (until - held) / len(series)


def _limits(series: FlowSeries, baseline: Period | None, rebase: Mapping[Any, str], *, adjusted: bool) -> pd.DataFrame:
    course = _course(series, adjusted=adjusted)
    bases = _bases(series, rebase)
    fixed = None if baseline is None else _fixed(series, baseline, until=[*bases, len(series)][1])
    parts = []
    for name in ("filed", "closed"):
        values = course[f"{name}_adjusted"].to_numpy(dtype=float)
        for first, last in zip(bases, [*list(bases)[1:], len(values)], strict=True):
            part = stretch(values[first:last], of=values[fixed] if fixed and not first else None)
            part["lower"] = part["lower"].clip(lower=0)
            part.insert(0, "period", series.table["period"].iloc[first:last].to_numpy())
            part.insert(0, "series", name)
            parts.append(part.assign(base=series.table["period"].iloc[first], reason=bases[first]))
    table = pd.concat(parts, ignore_index=True)
    return table[list(COLUMNS)]


def _course(series: FlowSeries, *, adjusted: bool) -> pd.DataFrame:
    if adjusted:
        return without_season(series, seasonality_table(series))
    return series.table.assign(filed_adjusted=series.table["filed"], closed_adjusted=series.table["closed"])


def _bases(series: FlowSeries, rebase: Mapping[Any, str]) -> dict[int, str]:
    """Positions at which the limits are computed anew, with the reason; the first period among them, which needs none."""
    found = {0: ""}
    for given, reason in rebase.items():
        from_day = day(given, "rebase")
        place = int(np.searchsorted(series.table["period"].to_numpy(), np.datetime64(from_day)))
        if place >= len(series):
            raise ArgumentError(
                f"rebase 日期{from_day.date()}在数据之后。", f"the rebase date {from_day.date()} lies after the data."
            )
        if not reason.strip():
            raise ArgumentError(
                f"rebase 的{from_day.date()}没有写原因：控制限只因说得出的变化才重新计算，请写作 {{日期: 原因}}。",
                f"rebase gives no reason for {from_day.date()}: limits are computed anew only for a change that can be named; write {{date: reason}}.",
            )
        found[place] = reason.strip()
    return dict(sorted(found.items()))


def _fixed(series: FlowSeries, baseline: Period, *, until: int) -> slice:
    """The places of the periods that the limits are computed from, none of them after the first day of ``rebase``."""
    first, last = days_of_period(baseline)
    place = slice(*(int(series.table["period"].searchsorted(of)) for of in (first, last + pd.Timedelta(days=1))))
    inside = min(place.stop, until) - place.start
    if inside < FEWEST_OF_BASELINE or place.stop > until:
        said = window_text(first, last)
        raise ArgumentError(
            f"baseline（{said.zh}）应含数据中至少{FEWEST_OF_BASELINE}期，并且都在 rebase 的第一个日期以前，现为{max(inside, 0)}期。",
            f"baseline ({said.en}) must hold {FEWEST_OF_BASELINE} periods of the flow or more, all before the first day of rebase; it holds {max(inside, 0)}.",
        )
    return place


def stretch(
    values: np.ndarray,
    *,
    of: np.ndarray | None = None,
    run: int = RUN,
    trend: int = TREND,
    together: bool = False,
    limits: tuple[float, float, float] | None = None,
) -> pd.DataFrame:
    """Centre, limits and broken rules of one stretch; ``together`` asks all three of two in three to lie on one side.

    ``of``: the values that centre and limits are computed from, in place of all;
    ``limits``: centre, reach, and of what a run lies on one side, in place of those of the XmR chart.
    """
    ranges = np.abs(np.diff(values, prepend=np.nan)).round(DECIMALS)
    known = values if of is None else of
    mean_range = float(np.abs(np.diff(known)).round(DECIMALS).mean()) if len(known) > 1 else np.nan
    mean = float(known.mean())
    centre, reach, middle = limits or (mean, XMR_SCALE * mean_range, mean)
    table = pd.DataFrame({"value": values, "centre": centre, "lower": centre - reach, "upper": centre + reach})
    away = (values - centre).round(DECIMALS)
    table["moving_range"], table["range_limit"] = ranges, RANGE_SCALE * mean_range
    broken = {
        "beyond_limits": np.abs(away) > reach,
        "run": _run(np.sign((values - middle).round(DECIMALS)), run),
        "trend": _run(np.append(0, np.sign(np.diff(values).round(DECIMALS))), trend - 1),
        "two_of_three": _two_of_three(away, reach * 2 / 3, together=together),
        "large_range": ranges > RANGE_SCALE * mean_range,
    }
    table["broken"] = [",".join(rule for rule, hits in broken.items() if hits[i]) for i in range(len(values))]
    return table


def _run(signs: np.ndarray, least: int) -> np.ndarray:
    """True where a run of one sign (not 0) has lasted ``least`` periods or more."""
    lasted = np.zeros(len(signs), dtype=int)
    for i, sign in enumerate(signs):
        lasted[i] = 0 if sign == 0 else 1 + (lasted[i - 1] if i and signs[i - 1] == sign else 0)
    return np.asarray(lasted >= least)


def _two_of_three(distance: np.ndarray, limit: float, *, together: bool) -> np.ndarray:
    hits = np.zeros(len(distance), dtype=bool)
    for side in (1, -1):
        beyond = side * distance > limit
        recent = np.convolve(beyond.astype(int), np.ones(3, dtype=int))[: len(beyond)]
        hits |= beyond & (recent >= 2) & (_run(np.sign(distance), 3) | (not together))
    return hits
