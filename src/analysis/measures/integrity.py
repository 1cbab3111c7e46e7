"""Is the figure played? Seven signs on one page, for the president's own eyes: ``integrity``.

None of them proves anything of a person: each compares what is with what would be if nobody looked at the date, the limit or the target, says
how large the difference is, how sure, and how large one would have to be to be seen. Years are the units that scatter (Student's t on a figure
a year), so that one odd year decides nothing; the limit is judged by ``limit_bunching``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import pandas as pd

from analysis.cases import tallies
from analysis.cases.coverage import cannot_tell
from analysis.cases.table import known_on
from analysis.measures.indicators.indicators import indicators
from analysis.measures.intervals import Z_95
from analysis.measures.limits.bunching import limit_bunching
from analysis.measures.limits.limits import LimitOptions, columns_of_limit_lacking
from analysis.measures.open_sums import is_part
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.periods import Day
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.cases.table import Cases

TERMINATED = "terminated_this_round"
LEVEL = 0.95
LEAST_YEARS = 3  # figures from which a scatter can be told
LEAST_CASES = 5  # in each part of a year that is compared
EDGE_DAYS = 10  # of December, and of January
SHUFFLES = 400
NEAR = 1.0  # points from a target within which a rate counts as near it
# Sizes fixed beforehand, of which the power is told.
SIZES = {"december_surge": 1.5, "january_refill": 1.25, "filings_held_back": 1.5, "terminations_in_december": 10.0}
SHARE = 0.05  # of the cases looked at: the fixed size of signs that are counted in cases
UNITS = {"倍": Text("倍", "times"), "百分点": Text("个百分点", "points"), "件": Text("件", "cases")}


@dataclass(frozen=True, eq=False)
class Integrity(Result):
    """``table``: ``sign, size, lower, upper, unit, usual`` (what nobody's looking would give)``, p, of`` (years or cases)``, fixed_size, power, said``."""

    table: pd.DataFrame
    caption: Text


def integrity(
    cases: Cases,
    *,
    targets: Mapping[str, float] | None = None,
    at: Day | None = None,
    seed: int = 0,
    names: bool = False,
    **counting: Unpack[LimitOptions],
) -> Integrity:
    """Look for seven signs of figures that are made for the date, the limit or the target, each with size, limits and power.

    Parameters
    ----------
    cases : Cases
        The register.
    targets : mapping of str to float, optional
        Indicators and the rates, in per cent, that they were to reach.
    at : date or text, optional
        The day to which the register is known (default: its last).
    seed : int
        The seed of shuffled amounts.
    names : bool
        ``True`` judges ``split_cases`` too, which rests on single amounts, for use inside the court.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    Integrity
        A row a sign. ``december_surge``: closings of December over the mean of the other months; ``january_refill``: filings of January likewise;
        ``filings_held_back``: filings of the first ten days of January over those of the last ten of December; ``terminations_in_december``:
        their share among December's closings less that among the others (points); ``closed_at_limit``: closings of the 14 days before the
        limit beyond a smooth curve (cases); ``split_cases``: cases filed on one day with the same amount claimed as another of that day, beyond
        what shuffled amounts give (cases); ``at_target``: of yearly rates (by team) within one point of a target the share at or above it (per cent).

    Ratios are geometric means over years with Student's limits; power is that of the same test for a size fixed beforehand (by the noncentral t
    with the scatter seen; of closings at the limit and split cases, for one in twenty of the cases looked at). What cannot be
    judged is missing, with the reason in ``said``. Raises ``ArgumentError`` for an unknown indicator.

    >>> from analysis import Cases
    >>> few = Cases.from_frames(pd.DataFrame({"filed_on": ["2010-03-01"], "closed_on": ["2010-12-20"]}), as_of="2011-12-31")
    >>> integrity(few).table["sign"].tolist()[:3]
    ['december_surge', 'january_refill', 'filings_held_back']
    """
    cut = known_on(cases, at)
    filed, closed = tallies.filed(cases, at=at), tallies.closed(cases, at=at)
    rows = [
        _ratio("december_surge", _month_over_others(closed, 12, cut), "倍"),
        _ratio("january_refill", _month_over_others(filed, 1, cut), "倍"),
        _ratio("filings_held_back", _edge_ratio(filed, cut), "倍"),
        _mean("terminations_in_december", _terminations(closed)),
        _limit(cases, at, counting),
        _split(cases, cut, seed) if names else _of_amounts(),
        _at_target(cases, targets or {}, cut),
    ]
    day = day_text(cut)
    caption = Text(
        f"截至{day.zh}；只说明数字与日期、期限、目标的关系，不说明原因，也不指向任何人",
        f"Known to {day.en}; says how figures stand to dates, limits and targets, not why, and points to nobody",
    )
    return Integrity(pd.DataFrame(rows), caption + cases.made_up)


def _whole_years(table: pd.DataFrame, cut: pd.Timestamp) -> list[int]:
    """Years known to their end, from the first whole one."""
    if table.empty:
        return []
    first = table["on"].min()
    begin = first.year + int((first.month, first.day) > (1, 31))
    return list(range(begin, cut.year + int((cut.month, cut.day) == (12, 31))))


def _month_over_others(table: pd.DataFrame, month: int, cut: pd.Timestamp) -> list[float]:
    """By year the cases of one month over the mean of the other eleven."""
    counts = table.groupby([table["on"].dt.year, table["on"].dt.month])["cases"].sum()
    found = []
    for year in _whole_years(table, cut):
        own = (
            counts.get(year, pd.Series(dtype=float)).reindex(range(1, 13), fill_value=0)
            if year in counts.index.get_level_values(0)
            else None
        )
        if own is not None and own[month] >= LEAST_CASES and own.drop(month).sum() >= LEAST_CASES:
            found.append(float(own[month] / own.drop(month).mean()))
    return found


def _edge_ratio(filed: pd.DataFrame, cut: pd.Timestamp) -> list[float]:
    """By turn of a year the filings of January's first days over those of December's last."""
    daily = filed.groupby("on")["cases"].sum()
    found = []
    for year in _whole_years(filed, cut):
        turn = pd.Timestamp(year + 1, 1, 1)
        span = pd.Timedelta(days=EDGE_DAYS)
        if turn + span > cut:
            continue
        before = float(daily[(daily.index >= turn - span) & (daily.index < turn)].sum())
        after = float(daily[(daily.index >= turn) & (daily.index < turn + span)].sum())
        if before + after >= LEAST_CASES:
            found.append((after + 0.5) / (before + 0.5))
    return found


def _terminations(closed: pd.DataFrame) -> list[float]:
    """By year the share of terminations among December's closings less that among the others, in points."""
    known = closed[closed["closure_mode"].notna()]
    found = []
    for _, year in known.groupby(known["on"].dt.year):
        shares = []
        for part in (year["on"].dt.month == 12, year["on"].dt.month != 12):
            total = year.loc[part, "cases"].sum()
            own = year.loc[part & (year["closure_mode"] == TERMINATED), "cases"].sum()
            shares.append(100 * own / total if total >= LEAST_CASES else np.nan)
        if not np.isnan(shares).any():
            found.append(shares[0] - shares[1])
    return found


def _row(sign: str, unit: str, usual: float, **found: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("size", "lower", "upper"), np.nan)
    row = (
        {"sign": sign}
        | empty
        | {"unit": unit, "usual": usual, "p": np.nan, "of": 0, "fixed_size": SIZES.get(sign, np.nan), "power": np.nan}
    )
    return row | found


def _student(values: np.ndarray, fixed: float) -> dict[str, float]:
    """Mean, limits and p against nought, and the power for a fixed size (one side)."""
    from scipy.stats import nct, t

    count, mean = len(values), float(values.mean())
    error = float(values.std(ddof=1)) / count**0.5
    reach = float(t.ppf(0.5 + LEVEL / 2, count - 1)) * error
    bound = t.ppf(0.5 + LEVEL / 2, count - 1)
    power = float(nct.sf(bound, count - 1, fixed / error)) if error else 1.0
    p = float(2 * t.sf(abs(mean) / error, count - 1)) if error else np.nan
    return {"size": mean, "lower": mean - reach, "upper": mean + reach, "p": p, "power": power}


def _ratio(sign: str, ratios: list[float], unit: str) -> dict[str, Any]:
    """The geometric mean of yearly ratios."""
    if len(ratios) < LEAST_YEARS:
        return _row(sign, unit, 1.0, of=len(ratios), said=_few(len(ratios)))
    found = _student(np.log(ratios), float(np.log(SIZES[sign])))
    found |= {name: float(np.exp(found[name])) for name in ("size", "lower", "upper")}
    return _row(sign, unit, 1.0, of=len(ratios), **found, said=_said(found, 1.0, UNITS[unit], len(ratios)))


def _mean(sign: str, differences: list[float]) -> dict[str, Any]:
    if len(differences) < LEAST_YEARS:
        return _row(sign, "百分点", 0.0, of=len(differences), said=_few(len(differences)))
    found = _student(np.array(differences), SIZES[sign])
    return _row(
        sign, "百分点", 0.0, of=len(differences), **found, said=_said(found, 0.0, UNITS["百分点"], len(differences))
    )


def _few(count: int) -> str:
    return Text(
        f"可比的年份只有{count}个，至少需要{LEAST_YEARS}个，不能判断",
        f"{count} years can be compared; {LEAST_YEARS} are needed: not judged",
    ).cell


def _said(found: Mapping[str, float], usual: float, unit: Text, of: int) -> str:
    size, low, high = (number(found[name], 2) for name in ("size", "lower", "upper"))
    if found["lower"] > usual:
        verdict = Text("高于无人关注日期时的水平", "more than there would be if nobody looked at the date")
    elif found["upper"] < usual:
        verdict = Text("低于无人关注日期时的水平", "less than there would be if nobody looked at the date")
    else:
        verdict = Text(
            "与无人关注日期时没有可见差别",
            "no visible difference from what there would be if nobody looked at the date",
        )
    return (
        Text(f"{size}{unit.zh}（{low}至{high}，{of}年）：", f"{size} {unit.en} ({low} to {high}, {of} years): ")
        + verdict
    ).cell


def _limit(cases: Cases, at: Day | None, counting: LimitOptions) -> dict[str, Any]:
    """Closings just before the time limit beyond a smooth curve."""
    if absent := columns_of_limit_lacking(cases, counting):
        return _row("closed_at_limit", "件", 0.0, said=cannot_tell(absent).cell)
    row = limit_bunching(cases, at=at, **counting).summary.query("date == 'limit'").iloc[0]
    of = int(row["closings"])
    if pd.isna(row["excess"]):
        return _row("closed_at_limit", "件", 0.0, of=of, said=row["note"])
    found = {name: float(row[name]) for name in ("lower", "upper")} | {"size": float(row["excess"])}
    size, low, high = (number(found[name], 0) for name in ("size", "lower", "upper"))
    text = Text(
        f"期限届满前14天的结案与平滑曲线相差{size}件（{low}至{high}）",
        f"closings of the 14 days before the limit less those of a smooth curve: {size} ({low} to {high})",
    )
    error = (found["upper"] - found["lower"]) / 2 / Z_95
    return _row("closed_at_limit", "件", 0.0, of=of, **found, **_power_of_cases(of, error), said=text.cell)


def _power_of_cases(of: int, error: float) -> dict[str, float]:
    """The power for a share of the cases looked at fixed beforehand, by the standard error of their number."""
    from scipy.stats import norm

    fixed = SHARE * of
    return {"fixed_size": fixed, "power": 1.0 if error == 0 else float(norm.sf(Z_95 - fixed / error))}


def _of_amounts() -> dict[str, Any]:
    text = Text(
        "依据各案的标的额，只供院内（names=True），没有检查",
        "it rests on single amounts and is for use inside (names=True): not looked at",
    )
    return _row("split_cases", "件", 0.0, said=text.cell)


def _split(cases: Cases, cut: pd.Timestamp, seed: int) -> dict[str, Any]:
    """Cases of one day that claim the same amount, against amounts shuffled over the days of their month."""
    table = cases.known(cut, only=["amount_claimed"])
    rows = table.filter(table.amount_claimed > 0).select("filed_on", "amount_claimed").to_pandas()
    if len(rows) < SHUFFLES // 10:
        text = Text(f"有标的额的案件只有{len(rows)}件，不能判断", f"only {len(rows)} cases state an amount: not judged")
        return _row("split_cases", "件", 0.0, of=len(rows), said=text.cell)
    days = pd.to_datetime(rows["filed_on"])
    month = pd.factorize(days.dt.to_period("M"))[0]
    day, amount = pd.factorize(days)[0], pd.factorize((rows["amount_claimed"].astype(float) * 100).round())[0]
    rng = np.random.default_rng(seed)

    def together(amounts: np.ndarray) -> int:
        pairs = day.astype("int64") * (amount.max() + 1) + amounts
        counts = np.unique(pairs, return_counts=True)[1]
        return int(counts[counts > 1].sum())

    observed = together(amount)
    order = np.lexsort((rng.random(len(month)), month))  # within each month
    chance = []
    for _ in range(SHUFFLES):
        mixed = np.empty_like(amount)
        mixed[order] = amount[np.lexsort((rng.random(len(month)), month))]
        chance.append(together(mixed))
    usual = float(np.mean(chance))
    low, high = (observed - float(np.quantile(chance, share)) for share in (0.975, 0.025))
    p = (1 + sum(one >= observed for one in chance)) / (SHUFFLES + 1)
    size = observed - usual
    text = Text(
        f"同日同额的案件{observed:,}件，随机应有{number(usual, 0)}件，相差{number(size, 0)}件（{number(low, 0)}至{number(high, 0)}）；"
        "同一申请人的系列案也会如此",
        f"cases that share day and amount with another: {observed:,}, by chance {number(usual, 0)}, difference {number(size, 0)} "
        f"({number(low, 0)} to {number(high, 0)}); a series of one creditor looks the same",
    )
    power = _power_of_cases(len(rows), float(np.std(chance)))
    return _row("split_cases", "件", 0.0, of=len(rows), size=size, lower=low, upper=high, p=p, **power, said=text.cell)


def _at_target(cases: Cases, targets: Mapping[str, float], cut: pd.Timestamp) -> dict[str, Any]:
    """Of yearly rates by team near a target, the share at or above it."""
    from scipy.stats import binom, binomtest

    if not targets:
        text = Text("未给出目标（targets=），没有检查", "no targets were given (targets=): not looked at")
        return _row("at_target", "%", 50.0, said=text.cell)
    if is_part(cases):
        text = Text(
            "从台账选出的部分（where）没有小组的数字，没有检查",
            "a part of a register (where) has no figures of teams: not looked at",
        )
        return _row("at_target", "%", 50.0, said=text.cell)
    filed = tallies.filed(cases)
    years = list(range(int(filed["on"].dt.year.min()), cut.year + 1)) if len(filed) else []
    near = above = 0
    for name, target in targets.items():
        table = indicators(cases, periods=years, only=[name], by="team", at=cut)
        if table.empty:
            raise ArgumentError(f"没有指标“{name}”。", f'there is no indicator "{name}".')
        distance = table["value"].astype(float) - target
        close = distance[distance.abs() <= NEAR]
        near, above = near + len(close), above + int((close >= 0).sum())
    if near < LEAST_CASES:
        text = Text(
            f"距目标1个百分点以内的只有{near}个数，不能判断",
            f"only {near} rates lie within a point of a target: not judged",
        )
        return _row("at_target", "%", 50.0, of=near, said=text.cell)
    test = binomtest(above, near, 0.5)
    limits = test.proportion_ci(LEVEL)
    bound = int(binom.ppf(0.5 + LEVEL / 2, near, 0.5))
    text = Text(
        f"距目标1个百分点以内的{near}个数中{above}个达标；无人瞄准目标时约一半",
        f"of {near} rates within a point of a target {above} reach it; about half would if nobody aimed at it",
    )
    found = {
        "size": 100 * above / near,
        "lower": 100 * float(limits.low),
        "upper": 100 * float(limits.high),
        "p": float(test.pvalue),
    }
    return _row("at_target", "%", 50.0, of=near, **found, said=text.cell) | {
        "fixed_size": 80.0,
        "power": float(binom.sf(bound, near, 0.8)),
    }
