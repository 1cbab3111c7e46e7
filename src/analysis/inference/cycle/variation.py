"""Variation and assurance: has an indicator of one court moved by more than its own scatter, and will it meet its target?

The marks and rules are those of NHS England's Making Data Count (Strengthening your decisions, 2019; NHSRplotthedots 0.2.2), on limits that are held
for all indicators at once: of many, one would be marked every few months though nothing happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.control_limits import stretch
from analysis.vocabulary.errors import ArgumentError, DataError, must_have_columns
from analysis.vocabulary.indicator_sets.sets import directions_of, own_names, own_of, targets_of
from analysis.vocabulary.labels import with_unit
from analysis.vocabulary.numbers import quantity
from analysis.vocabulary.periods import are_as_long, days
from analysis.vocabulary.result import Result, made_up
from analysis.vocabulary.sentences import COUNTED
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

FEWEST = 12  # periods below which limits are mostly chance (Making Data Count asks for twelve to fifteen)
FEWEST_CASES = 10  # on average of a count, and in every period below a ratio: of fewer, one case moves the figure as far as the work does
FEWEST_COUNTED = 5  # cases on average that a ratio counts, and that a share does not count: below, the limits are cut off at 0 or 100%
RUN = 7  # periods rising or falling, and of one indicator alone on one side of the median (Making Data Count; ``control_limits``: six and eight)
DEPENDENT = 1.64  # lag-one correlation, in standard errors 1/√n, from which neighbours are too alike for such limits (one-sided 5%)
ANY_BY_CHANCE = 0.05  # share of tables in which anything is marked where all is random variation, at most
LEAST_REACH = 3.0  # standard deviations: limits are never narrower than those of a control chart
ENDS = ("period_start", "period_end")
NEEDED = ("indicator", *ENDS, "value")
PARTS = ("numerator", "denominator")
OF_ONE_PERIOD = ("beyond_limits", "two_of_three")  # what a season does every year
TELLING = (*OF_ONE_PERIOD, "run", "trend")  # rules of a special cause; a large step alone is none
SPECIAL = ("improving", "worsening", "high", "low")
UNJUDGED = ("dependent", "few", "money", "blank")
UNASSURED = ("not_judged", "no_target", "no_direction")
FREQS_BY_DAYS = {range(28, 32): "M", range(89, 93): "Q", range(365, 367): "Y"}


@dataclass(frozen=True, eq=False)
class VariationTable(Result):
    """``table``: an indicator a row with its mark of variation and of assurance; ``points``: all periods with their limits."""

    table: pd.DataFrame
    points: pd.DataFrame
    caption: Text


def variation_table(
    data: pd.DataFrame,
    *,
    targets: Mapping[str, float | None] | None = None,
    directions: Mapping[str, str] | None = None,
) -> VariationTable:
    """Mark for every indicator of one court whether its last period is more than random variation, and whether its target is met.

    Each indicator stands on limits from its own periods before the last, ``mean ± k · s · √(1 + 1/n)``: s is their standard deviation, n their
    number, k the two-sided t quantile (n − 1 degrees of freedom) that 2.5% ÷ (indicators judged) lie beyond, and at least 3: the prediction interval
    of one more value (Hahn and Meeker 1991) at a level shared among the indicators (Bonferroni; Dunn 1961).

    Variation: a special cause where the last period lies beyond the limits, or is one of two beyond two thirds of the limits among three on one
    side, and is as far from the same period a year before, or else it is the season; where it completes seven on one side of the median, and one
    more for every doubling of the indicators judged; or seven rising or falling. It is better or worse by the direction of the indicator, else
    high or low: where a trend is broken by where it goes, else by the side (as NHSRplotthedots 0.2.2). Where nothing happened at most
    one table in twenty shows any mark (simulated registers of 150, 500 and 1,500 cases a year with seasons and over-dispersion: 2 to 4%; up to
    12% where filings wander for months on end, more where Decembers surge by quite different amounts). Among ten indicators over 24 months a month
    5 standard deviations out is marked in four of five.

    Assurance: the target lies outside the limits on the good side (consistently met) or on the other (not met), or between them (met or not by
    chance). Periods before the first with 10 cases below a ratio are the register's beginning and left out, and so are those of another length than
    the last one (by more than three days), as where a year ends within December.
    Not judged are indicators of fewer than twelve periods or with one figure in most of them; those of few cases (a period without a
    figure, or with fewer than 10 cases below a ratio; a count of fewer than 10 on average; fewer than 5 counted, or left uncounted by a share, on
    average: as far as ``data`` has ``numerator`` and ``denominator``); those with blanks (``least`` of ``data``); those of money, which turns on
    single cases; and those whose neighbouring periods are too alike (lag-one correlation over 1.64/√n: stocks, and rates on a stock).
    Source: NHS England, Making Data Count.

    Parameters
    ----------
    data : DataFrame
        Indicators of one court over months or quarters, as ``indicators(cases, periods=[...])`` gives them.
    targets : mapping
        Indicator → the value to be reached, in its unit, or ``None`` for none; by default as its definition says, where a month is to reach it as well
        as a year.
    directions : mapping
        Indicator → ``higher`` or ``lower`` is better; by default as its definition says.

    Returns
    -------
    VariationTable
        ``.table``: ``indicator, unit, periods, period, value, centre, lower, upper, variation, assurance, target, rules,
        sentence``, of what is not assured why (``not_judged``, ``no_target``, ``no_direction``); ``.points``: ``indicator,
        period_start, value, centre, lower, upper, broken, variation``, the mark of every period.

    Raises
    ------
    InputError, DataError, ArgumentError
        Missing columns; several courts or groups; a target or direction of no indicator.

    >>> months = pd.period_range("2010-01", periods=14, freq="M")
    >>> rows = pd.DataFrame({"indicator": "closure_rate", "period_start": months.start_time, "period_end": months.end_time,
    ...                      "value": [80, 83, 79, 82, 81, 84, 80, 82, 79, 83, 81, 80, 82, 95]})
    >>> found = variation_table(rows, targets={"closure_rate": 60}, directions={"closure_rate": "higher"})
    >>> found.table[["value", "variation", "assurance"]].values.tolist()
    [[95, 'improving', 'pass']]
    """
    periods = _one_court(data)
    rows = _as_long_as_last(periods)
    told, to_reach = directions_of(rows) | dict(directions or {}), targets_of(rows) | dict(targets or {})
    for name, given in (("targets", targets), ("directions", directions)):
        for indicator in given or {}:
            if indicator not in set(rows["indicator"]):
                raise ArgumentError.not_one_of(name, indicator, sorted(set(rows["indicator"])))
    every = {str(name): _since_enough(own) for name, own in rows.groupby("indicator", sort=False)}
    with_value = {name: own for name, own in every.items() if len(own)}
    if not with_value:
        raise DataError("没有一项指标有数值。", "No indicator has a value.")
    unjudged = {name: _unjudged(own) for name, own in with_value.items()}
    judged = sum(why is None for why in unjudged.values())
    parts, points = [], []
    for name, own in with_value.items():
        limits = _limits(own.dropna(subset=["value"]), judged)
        direction = told.get(name, "none")
        limits["variation"] = unjudged[name] or _variations(limits, direction)
        points.append(limits.assign(indicator=name))
        parts.append(_marked(name, own, limits, direction, to_reach.get(name)))
    table = pd.DataFrame(parts)
    called = own_names(data)
    table["sentence"] = [_sentence(row, called.get(row["indicator"], row["indicator"])).cell for row in parts]
    table.attrs |= {"freq": _freq(rows), "synthetic": bool(data.attrs.get("synthetic"))} | own_of(data)
    order = ["indicator", "period_start", "value", "centre", "lower", "upper", "broken", "variation"]
    together = pd.concat(points, ignore_index=True)[order]
    together.attrs |= own_of(data)
    unlike = periods["period_start"].nunique() - rows["period_start"].nunique()
    return VariationTable(table, together, _caption(table, len(every) - len(with_value), unlike) + made_up(data))


def _one_court(data: pd.DataFrame) -> pd.DataFrame:
    must_have_columns(data, NEEDED, "variation_table")
    ends = {name: days(data[name], name) for name in ENDS}
    rows = data.assign(unit=data.get("unit", ""), definition=data.get("definition", ""), **ends)
    rows = rows.sort_values(["period_start", "period_end"], kind="stable")
    if rows.duplicated(["indicator", "period_start"]).any() or ("court" in rows and len(rows["court"].unique()) > 1):
        raise DataError(
            "每项指标每期应只有一个数：请只给一家法院、不分组的指标。",
            "Each indicator must have one figure a period: give those of one court, not broken down.",
        )
    return rows


def _as_long_as_last(rows: pd.DataFrame) -> pd.DataFrame:
    """The periods as long as the last one of their indicator: where a year ends within December, months of 42 and 20 days scatter by length alone."""
    last = rows.groupby("indicator")[list(ENDS)].transform("last")
    spans = (table[list(ENDS)].itertuples(index=False, name=None) for table in (rows, last))
    return rows[[are_as_long(*both) for both in zip(*spans, strict=True)]]


def _since_enough(own: pd.DataFrame) -> pd.DataFrame:
    """The periods from the first on that has a figure, and of enough cases where any has: a register begins with few."""
    begun = own["value"].notna()
    if "denominator" in own and (own["denominator"] >= FEWEST_CASES).any():
        begun &= own["denominator"].isna() | (own["denominator"] >= FEWEST_CASES)
    return own[begun.cummax()]


def _freq(rows: pd.DataFrame) -> str | None:
    """By what the periods are named: months, quarters or years, where all are."""
    lengths = set((rows["period_end"] - rows["period_start"]).dt.days + 1)
    return next((freq for known, freq in FREQS_BY_DAYS.items() if lengths <= set(known)), None)


def _limits(known: pd.DataFrame, judged: int) -> pd.DataFrame:
    """The limits of one indicator, from its periods before the last, and the rules that each period breaks."""
    value, starts = known["value"].to_numpy(float), pd.DatetimeIndex(known["period_start"])
    past = value[:-1]
    centre = float(past.mean()) if len(past) else float(value[0])
    reach = _times(len(past), judged) * float(past.std(ddof=1)) if len(past) > 1 else np.nan
    middle = _middle(value)  # a mean that one far month drew up would have all others on one side
    found = stretch(value, run=run_of(judged), trend=RUN, together=True, limits=(centre, reach, middle))
    former = pd.Series(value, starts).reindex(starts - pd.DateOffset(years=1)).to_numpy()
    like = np.abs(value - former) <= reach  # of no year before it is false
    found["broken"] = [
        ",".join(rule for rule in rules.split(",") if not (season and rule in OF_ONE_PERIOD))
        for rules, season in zip(found["broken"], like, strict=True)
    ]
    found = found[["value", "centre", "lower", "upper", "broken"]].assign(period_start=starts)
    return _bounded(found, str(known["unit"].iloc[-1]))


def _middle(value: np.ndarray) -> float:
    """The median of the periods before the last, on either side of which half of them lie however they scatter."""
    return float(np.median(value[:-1] if len(value) > 1 else value))


def _times(past: int, judged: int) -> float:
    """The standard deviations of so many periods beyond which another lies in one table of forty, be one of so many indicators what it may."""
    from scipy.special import stdtrit

    quantile = float(
        stdtrit(past - 1, 1 - ANY_BY_CHANCE / 4 / max(judged, 1))
    )  # half of it for the limits, on two sides
    return max(LEAST_REACH, quantile) * float(np.sqrt(1 + 1 / past))


def run_of(judged: int) -> int:
    """Return how many periods on one side of the median are a special cause where so many indicators are judged: each halves how often chance makes one.

    >>> [run_of(judged) for judged in (1, 2, 5, 10, 20)]
    [7, 8, 10, 11, 12]
    """
    return RUN + (max(judged, 1) - 1).bit_length()


def _unjudged(own: pd.DataFrame) -> str | None:
    """Why an indicator is not judged; ``None`` where it is."""
    value = own["value"].dropna().to_numpy(float)
    if "least" in own and own["least"].notna().any():
        return "blank"
    if len(value) < FEWEST or _is_rare(value) or (not _is_of_money(own) and _is_of_few(own)):
        return "few"
    if _is_of_money(own):
        return "money"
    return "dependent" if _is_dependent(value) else None


def _bounded(limits: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Limits of shares and counts within what these can be: no rate lies below 0, nor one that never exceeds 100% above it."""
    if limits["value"].ge(0).all():
        limits["lower"] = limits["lower"].clip(lower=0)
    if unit == "%" and limits["value"].le(100).all():
        limits["upper"] = limits["upper"].clip(upper=100)
    return limits


def _marked(name: str, own: pd.DataFrame, limits: pd.DataFrame, direction: str, target: float | None) -> dict[str, Any]:
    last = limits.iloc[-1]
    lower, upper, is_judged = float(last["lower"]), float(last["upper"]), last["variation"] not in UNJUDGED
    return {
        "indicator": name, "unit": str(own["unit"].iloc[-1]), "periods": len(limits), "period": own["period_start"].iloc[-1],
        "value": own["value"].iloc[-1], "centre": float(last["centre"]), "lower": lower, "upper": upper,
        "variation": last["variation"], "assurance": _assurance(lower, upper, direction, target) if is_judged else "not_judged",
        "target": np.nan if target is None else float(target), "rules": ",".join(_telling(last["broken"])) if is_judged else "",
    }  # fmt: skip


def _variations(limits: pd.DataFrame, direction: str) -> list[str]:
    """The mark of every period: where a trend is broken by where it goes, of a run by the side of the median, else of the mean."""
    value = limits["value"].to_numpy(float)
    steps, away = np.diff(value, prepend=value[0]), value - limits["centre"].to_numpy(float)
    rules = [_telling(broken) for broken in limits["broken"]]
    of_runs = value - _middle(value)
    sides = [
        step if "trend" in ids else of_run if ids == ["run"] else side
        for ids, step, of_run, side in zip(rules, steps, of_runs, away, strict=True)
    ]
    return [_variation(side, direction) if ids else "common" for ids, side in zip(rules, sides, strict=True)]


def _telling(broken: str) -> list[str]:
    return [rule for rule in broken.split(",") if rule in TELLING]


def _is_rare(value: np.ndarray) -> bool:
    """Return whether most periods have one and the same figure, as of events that are mostly none: no scatter can be told."""
    return 2 * int(np.unique(value, return_counts=True)[1].max()) > len(value)


def _is_of_money(own: pd.DataFrame) -> bool:
    """Return whether an indicator is of amounts, of which one case may be half a month: their scatter is told by no two years."""
    parts = [own[side].to_numpy(float) for side in PARTS if side in own]
    return "元" in str(own["unit"].iloc[-1]) or any((part[~np.isnan(part)] % 1 != 0).any() for part in parts)


def _is_of_few(own: pd.DataFrame) -> bool:
    """Return whether a period has no figure, or so few cases that one of them moves it as far as the work of the whole court does."""
    if own["value"].isna().any():
        return True
    counted, base = (own[side].to_numpy(float) if side in own else np.full(len(own), np.nan) for side in PARTS)
    if np.isnan(base).all():
        return str(own["unit"].iloc[-1]) in COUNTED and bool(own["value"].mean() < FEWEST_CASES)
    left = base - counted
    fewest = min(counted.mean(), left.mean()) if (left >= 0).all() else counted.mean()
    return bool(base.min() < FEWEST_CASES or fewest < FEWEST_COUNTED)


def _is_dependent(value: np.ndarray) -> bool:
    """Return whether neighbours are so alike that the mean step says too little of the scatter."""
    gap = value - value.mean()
    squares = float((gap**2).sum())
    return squares > 0 and float((gap[1:] * gap[:-1]).sum()) / squares > DEPENDENT / np.sqrt(len(value))


def _variation(side: float, direction: str) -> str:
    if direction not in ("higher", "lower"):
        return "high" if side > 0 else "low"
    return "improving" if (side > 0) == (direction == "higher") else "worsening"


def _assurance(lower: float, upper: float, direction: str, target: float | None) -> str:
    if pd.isna(target):
        return "no_target"
    if direction not in ("higher", "lower"):
        return "no_direction"
    met, missed = (lower >= target, upper < target) if direction == "higher" else (upper <= target, lower > target)
    return "pass" if met else "fail" if missed else "hit_or_miss"


def _sentence(row: dict[str, Any], called: str) -> Text:
    name, said = term(called), term(f"variation_{row['variation']}")
    percent = row["unit"] if row["unit"] == "%" else ""
    value, lower, upper, target = (
        quantity(row[key], row["unit"]) + percent for key in ("value", "lower", "upper", "target")
    )
    name = name if percent else with_unit(name, row["unit"])
    text = Text(f"{name.zh}最近一期{value}：{said.zh}", f"{name.en}, {value} in the last period: {said.en}")
    if row["variation"] not in UNJUDGED:
        text = text + Text(f"（本院自身波动范围{lower}至{upper}）", f" (the court's own range {lower} to {upper})")
    if row["assurance"] not in UNASSURED:
        met = term(f"assurance_{row['assurance']}")
        text = text + Text(f"；目标{target}，{met.zh}", f"; target {target}, {met.en}")
    return text + Text("。", ".")


def _caption(table: pd.DataFrame, without: int, unlike: int) -> Text:
    said = Text(f"{len(table)}项指标，", f"{len(table)} indicators, ") + judged_text(table)
    if without:
        said += Text(f"；另有{without}项没有数值", f"; {without} more without a value")
    if unlike:
        said += Text(
            f"；与最近一期长短不同的{unlike}期不计", f"; without {unlike} of other lengths than the last period"
        )
    return said


def judged_text(table: pd.DataFrame) -> Text:
    """Return how many indicators are judged and marked, and how often chance alone would mark any.

    >>> judged_text(pd.DataFrame({"variation": ["common"] * 14 + ["improving", "few"]})).zh
    '判断15项，其中1项最近一期属特殊原因（全属随机波动时，标出任何一项的可能至多5%）'
    """
    judged = int((~table["variation"].isin(UNJUDGED)).sum())
    special = int(table["variation"].isin(SPECIAL).sum())
    chance = f"{ANY_BY_CHANCE:.0%}"
    marked = Text(f"其中{special}项最近一期属特殊原因", f"{special} with a special cause in the last period")
    none = Text("最近一期没有属特殊原因的", "none with a special cause in the last period")
    found = marked if special else none
    return Text(
        f"判断{judged}项，{found.zh}（全属随机波动时，标出任何一项的可能至多{chance}）",
        f"{judged} judged, {found.en} (by random variation alone any would be marked in at most {chance} of reviews)",
    )
