"""Funnel plots: each court against the limits within which chance alone would keep one of its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.peers import dispersion
from analysis.inference.peers.comparison import (
    FEWEST,
    NO_WARNING,
    Comparable,
    Comparison,
    comparison,
    headed,
    must_be_courts,
)
from analysis.inference.peers.estimates import clearance_spread
from analysis.inference.peers.limits import (
    HALF,
    LEVELS,
    WAYS,
    Drawn,
    Scale,
    Widening,
    limit_lines,
    scale_of,
    with_limits,
)
from analysis.inference.peers.panel import mixed_years, period_shared
from analysis.measures.clearance import clearance_error
from analysis.vocabulary.courts import counted_courts, measure_word, of_compared
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.labels import compared_in
from analysis.vocabulary.numbers import number
from analysis.vocabulary.result import Result
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, number_of

TINY = 1e-9  # smallest standard error: all that was filed was closed, and nothing else
ADJUST = (None, *dispersion.ADJUSTMENTS, "shmi")


@dataclass(frozen=True, eq=False)
class Funnel(Result):
    """A funnel: ``table`` (a court a row), ``dispersion``, ``shares``, ``limits`` (the lines), ``excluded``.

    ``why_no_limits`` says why there are none: fewer than ten courts of one definition and one period. Then limits are
    missing in ``table``, as is whether a court lies outside, and ``limits`` and ``shares`` are empty.
    """

    table: pd.DataFrame
    dispersion: pd.Series
    shares: pd.DataFrame
    limits: pd.DataFrame
    excluded: pd.DataFrame
    kind: str
    indicator: str | None
    baseline: Text
    caption: Text
    highlight: tuple[object, ...] = field(default=())
    why_no_limits: Text = NO_WARNING


@dataclass(frozen=True)
class _Plan:
    """The choices of a call, checked once."""

    adjust: str | None
    trimming: str
    trim: float
    corrected: bool
    scale: Scale
    limits: str


def funnel(
    data: Comparable,
    *,
    indicator: str | None = None,
    group: str | None = None,
    numerator: str | None = None,
    denominator: str | None = None,
    kind: str | None = None,
    opening: str | None = None,
    baseline: str | float | Sequence[float] = "peers",
    target: float | None = None,
    adjust: str | None = None,
    trimming: str | None = None,
    trim: float = 0.1,
    corrected: bool = False,
    transform: str | None = None,
    limits: str = "exact",
    highlight: object = None,
) -> Funnel:
    """Compare courts with control limits at 95% and 99.8% that allow for their size (Spiegelhalter 2005).

    Without ``adjust`` a court lies outside if and only if a count as low, or as high, has at most the nominal chance on that
    side (2.5% and 0.1%) at the baseline: binomial for a ``proportion``, Poisson for a ``ratio`` (observed ÷ expected) or a
    ``rate`` (events ÷ exposure). A ``clearance`` (closed ÷ filed) has ``θ·exp(± z·se)`` with the larger and, inside, the
    smaller standard error that its counts allow (``clearance_error``), the larger with at least one case not in both.
    Of courts that are their own baseline fewer than ten of one definition and one period have no limits and no φ.

    Parameters
    ----------
    data
        Returns or indicators (with ``indicator=``), a panel, or a table of counts with ``group=, numerator=,
        denominator=, kind=`` (rows of one group are added up; ``opening=`` names the opening stock of a
        clearance).
    indicator : str, optional
        Which rate of returns or indicators.
    group, numerator, denominator, opening : str, optional
        Columns of a table of counts: the courts, and what is divided.
    kind : {"proportion", "rate", "ratio", "clearance"}, optional
        What is divided: a part of a whole, events by exposure, observed by expected, closed by filed.
    baseline
        ``"peers"`` (the courts shown, pooled; 1 for a ratio; of several years each its own), a figure, or a
        reference interval (low, high) outside which the limits begin.
    target : float, optional
        A figure as baseline that is named a target.
    adjust
        None, ``"multiplicative"`` (limits ``g⁻¹(g(θ) ± z·s·√φ)``), ``"additive"`` (``g⁻¹(g(θ) ± z·√(s² +
        τ²))``, random effects), or ``"shmi"``: additive as in the NHS Summary Hospital-level Mortality
        Indicator. Only ever outwards.
    trimming
        How φ is kept from the outliers it should reveal: ``"winsorised"`` (Spiegelhalter 2005), ``"trimmed"``
        (the SHMI trims; default for ratios) at ``trim`` of each end, or ``"none"``.
    trim : float
        The share of courts at each end.
    corrected
        Consistency-corrected φ (winsorised ÷ 0.679, trimmed ÷ 0.438): where courts differ by normal variance
        only the plain ones are too small and flag too many; ``.shares`` says how many under each adjustment.
    transform
        Scale g: ``"arcsine"`` (proportions), ``"log"`` (else), ``"sqrt"`` (the CQC's, with winsorised),
        ``"none"``.
    limits
        ``"exact"``, or for counts ``"garwood"``: the confidence limits of a mean that many published funnels draw
        (APHO, FunnelPlotR), which flag more courts, low ones above all.
    highlight
        The own court or courts.

    Returns
    -------
    Funnel
        ``.table``: ``court, numerator, denominator, value, lower_95, upper_95, lower_998, upper_998, outside_95, outside_998,
        baseline, z``; ``.dispersion``: ``phi, tau2, adjusted`` and how they came about; ``.limits``: the lines.

    Raises
    ------
    ArgumentError, DataError, InputError
        An unknown choice or highlighted court; impossible counts; missing columns, nothing to compare.

    >>> courts = pd.DataFrame({"court": ["甲", "乙", "丙"], "closed": [383, 80, 460], "received": [386, 100, 500]})
    >>> counts = {"group": "court", "numerator": "closed", "denominator": "received", "kind": "proportion"}
    >>> funnel(courts, **counts, target=0.95).table[["court", "lower_95", "upper_95", "outside_95"]].round(3).values.tolist()
    [['甲', 0.927, 0.972, True], ['乙', 0.9, 0.99, True], ['丙', 0.93, 0.968, True]]
    >>> str(funnel(courts, **counts).why_no_limits)
    '同一口径、同一期间的法院只有3家（不足10家），各院的水平和差异无从估计，不画控制限'
    """
    read = comparison(
        data, indicator=indicator, group=group, numerator=numerator, denominator=denominator, kind=kind, opening=opening
    )
    plan = _plan(read.kind, adjust, trimming, trim, corrected, transform, limits)
    read = _with_errors(read)
    estimated = isinstance(baseline, str) and baseline == "peers" and target is None and read.kind != "ratio"
    if estimated:
        comparable = _comparable(read.table)
        if not comparable.any():
            return _without_limits(read, must_be_courts(highlight, read.table, read.excluded))
        read = _only(read, comparable)
    return _judged(read, plan, baseline, target, must_be_courts(highlight, read.table, read.excluded))


def _comparable(table: pd.DataFrame) -> pd.Series:
    """Return whether a court is one of at least ten of its year, or of the period asked (a panel has one of them in a year)."""
    if "year" not in table:
        return pd.Series(len(table) >= FEWEST, index=table.index)
    return table.groupby("year")["court"].transform("size") >= FEWEST


def _only(read: Comparison, comparable: pd.Series) -> Comparison:
    """The comparison without the courts of periods in which too few stand."""
    if comparable.all():
        return read
    out = read.table.loc[~comparable, ["court", "period_start", "period_end"]].assign(
        reason="few_peers", explanation=term("reason_few_peers").cell
    )
    excluded = pd.concat([read.excluded, out], ignore_index=True)
    kept = read.table[comparable].reset_index(drop=True)
    return replace(read, table=kept, excluded=excluded, warning=mixed_years(kept), period=period_shared(kept))


def _without_limits(read: Comparison, marked: list[object]) -> Funnel:
    """The figures alone: where fewer than ten courts are comparable nothing says how far one may lie from the others."""
    table = read.table
    ends = [f"{side}_{level}" for level in LEVELS for side in ("lower", "upper")]
    first = table[["court", "numerator", "denominator", "value"]].assign(**dict.fromkeys([*ends], np.nan))
    for level in LEVELS:
        first[f"outside_{level}"] = pd.array([pd.NA] * len(table), dtype="boolean")
    first = first.assign(baseline=np.nan, z=np.nan)
    shown = first.join(table.drop(columns=[name for name in table if name in first]))
    compared_in(read.unit, shown)
    most = int(table.groupby("year").size().max()) if "year" in table else len(table)
    why = Text(
        f"同一口径、同一期间的法院只有{most}家（不足{FEWEST}家），各院的水平和差异无从估计，不画控制限",
        f"only {number_of(most, 'court')} of one definition and one period (fewer than {FEWEST}): how far one may lie from "
        "the others cannot be told, so there are no limits",
    )
    what = headed(read)
    caption = what + counted_courts(table["court"]) + Text("；", "; ") + why + read.warning
    none = pd.DataFrame()
    return Funnel(
        shown, pd.Series(dtype=object, name="dispersion"), none, none, read.excluded, read.kind, read.indicator, NO_WARNING,
        caption, tuple(marked), why,
    )  # fmt: skip


def _judged(read: Comparison, plan: _Plan, baseline: Any, target: float | None, marked: list[object]) -> Funnel:
    """Courts against their limits, by a plan that has been checked."""
    table = read.table.copy()
    low, high, named = _baseline(table, read.kind, baseline, target)
    table["baseline"] = low if np.array_equal(low, high) else (low + high) / 2
    error = table.pop("spread").to_numpy() if read.kind == "clearance" else _errors(table, plan.scale, low)
    z = _z_scores(table, plan.scale, error, low, high)
    fitted = isinstance(baseline, str) and target is None and read.kind != "ratio"
    said = _dispersion(z, error, plan, fitted=fitted)
    drawn = Drawn(plan.limits, _widening(plan, said))
    table = with_limits(table.assign(z=z), read.kind, plan.scale, error, (low, high), drawn)
    lines = limit_lines(table, read.kind, plan.scale, (low, high), drawn)
    shares = _shares(z, error, plan.trim) if len(table) >= FEWEST else pd.DataFrame()
    caption = _caption(table, read, named, said, plan)
    compared_in(read.unit, table, lines)
    table.attrs["base"] = read.base
    return Funnel(table, said, shares, lines, read.excluded, read.kind, read.indicator, named, caption, tuple(marked))


def _plan(
    kind: str,
    adjust: str | None,
    trimming: str | None,
    trim: float,
    corrected: bool,
    transform: str | None,
    limits: str,
) -> _Plan:
    if limits not in WAYS:
        raise ArgumentError.not_one_of("limits", limits, WAYS)
    if limits == "garwood" and kind not in ("ratio", "rate"):
        raise ArgumentError(
            "limits=“garwood”只用于 kind=“ratio”或“rate”（计数）。",
            'limits="garwood" is for counts: kind="ratio" or "rate".',
        )
    adjust = adjust.lower() if isinstance(adjust, str) else adjust
    trimming = dispersion.SYNONYMS.get(trimming.lower(), trimming.lower()) if isinstance(trimming, str) else trimming
    if adjust not in ADJUST:
        raise ArgumentError.not_one_of("adjust", adjust, [str(choice) for choice in ADJUST])
    if adjust == "shmi":
        trimming, transform = trimming or "trimmed", transform or (None if kind == "proportion" else "log")
    chosen = trimming or ("trimmed" if kind == "ratio" else "winsorised")
    dispersion.must_be_trimming(chosen, trim)
    return _Plan(
        "additive" if adjust == "shmi" else adjust, chosen, trim, corrected, scale_of(kind, transform)[1], limits
    )


def _with_errors(read: Comparison) -> Comparison:
    """A clearance needs the two standard errors its counts allow; a court whose counts contradict each other goes."""
    if read.kind != "clearance":
        return read
    stock = read.table.get("opening")
    errors = clearance_error(read.table["numerator"], read.table["denominator"], opening=stock)
    table = read.table.assign(**{name: errors[name].to_numpy() for name in ("se_lower", "standard_error", "se_upper")})
    closed, filed = table["numerator"].to_numpy(), table["denominator"].to_numpy()
    table["spread"] = clearance_spread(closed, filed, errors["se_upper"].to_numpy())
    # as many independent cases would vary as much
    table["effective_lower"] = 1 / table["spread"] ** 2
    table["effective_upper"] = 1 / np.maximum(table["se_lower"], TINY) ** 2
    broken = table["se_upper"].isna()
    out = table.loc[broken, ["court"]].assign(reason="impossible_flow", explanation=term("reason_impossible_flow").cell)
    if broken.all():
        raise DataError(
            "没有可比的法院：各院结案都多于旧存加新收，件数自相矛盾。",
            "No court can be compared: all closed more than opening and filed together; the counts contradict each other.",
        )
    excluded = pd.concat([read.excluded, out], ignore_index=True)
    return replace(read, table=table[~broken].reset_index(drop=True), excluded=excluded)


def _baseline(
    table: pd.DataFrame, kind: str, baseline: Any, target: float | None
) -> tuple[np.ndarray, np.ndarray, Text]:
    """Low and high end of the baseline for each court (equal unless an interval), and its name."""
    ones = np.ones(len(table))
    if target is not None:
        if not (isinstance(baseline, str) and baseline == "peers"):
            raise ArgumentError("baseline 与 target 只能给一个。", "Give baseline or target, not both.")
        value = _must_be_level(target, kind, "target")
        return value * ones, value * ones, term("baseline_target")
    if isinstance(baseline, str):
        if baseline != "peers":
            raise ArgumentError.not_one_of("baseline", baseline, ["peers", "0.95", "(0.90, 0.98)"])
        if kind == "ratio":
            return ones, ones, term("baseline_one")
        return (*_pooled(table),)
    if isinstance(baseline, (Sequence, np.ndarray)):
        if len(baseline) != 2 or not baseline[0] < baseline[1]:
            raise ArgumentError("参照区间应写作 (下限, 上限)。", "A reference interval is written (low, high).")
        low, high = (_must_be_level(end, kind, "baseline") for end in baseline)
        return low * ones, high * ones, term("baseline_interval")
    value = _must_be_level(baseline, kind, "baseline")
    return value * ones, value * ones, term("baseline_fixed")


def _must_be_level(value: Any, kind: str, name: str) -> float:
    level = float(value)
    if not 0 < level < (1 if kind == "proportion" else np.inf):
        raise ArgumentError(
            f"{name} 应为比例（0与1之间，如0.95）或正数，现为 {value}。",
            f"{name} must be a share (between 0 and 1, such as 0.95) or a positive number, not {value}.",
        )
    return level


def _pooled(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, Text]:
    """Sum over sum of the courts shown; in a panel of several years, of those of the court's own year."""
    several = "year" in table and len(table["year"].unique()) > 1
    keys = table["year"] if several else pd.Series(0, index=table.index)
    sums = table[["numerator", "denominator"]].groupby(keys).transform("sum")
    pooled = (sums["numerator"] / sums["denominator"]).to_numpy()
    return pooled, pooled, term("baseline_year") if several else of_compared("baseline_peers", table["court"])


def _errors(table: pd.DataFrame, scale: Scale, baseline: np.ndarray) -> np.ndarray:
    return scale.error(table["denominator"].to_numpy(), np.maximum(baseline, 1e-12))


def _z_scores(table: pd.DataFrame, scale: Scale, error: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Naive z-scores on the scale; 0 inside a reference interval. A count of 0 counts as a half for a logarithm."""
    value = table["value"].to_numpy()
    logarithm = scale.forward is np.log
    value = np.where(logarithm & (value <= 0), HALF / table["denominator"].to_numpy(), value)
    below, above = scale.forward(np.maximum(low, 1e-12)), scale.forward(np.maximum(high, 1e-12))
    at = scale.forward(value)
    gap = np.where(at < below, at - below, np.where(at > above, at - above, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(error > 0, gap / error, 0.0)


def _dispersion(z: np.ndarray, error: np.ndarray, plan: _Plan, *, fitted: bool) -> pd.Series:
    weight = 1 / np.maximum(error, 1e-12) ** 2
    used = dispersion.spread(z, weight, trimming=plan.trimming, trim=plan.trim, corrected=plan.corrected)
    if len(z) < FEWEST:
        used = dispersion.Spread(1.0, 0.0, 0)
    widens = used.phi > 1 if plan.adjust == "multiplicative" else used.tau2 > 0
    q, p = dispersion.heterogeneity(z, fitted=fitted)
    said = {
        "phi": used.phi,
        "tau2": used.tau2,
        "adjusted": bool(plan.adjust is not None and widens),
        "adjust": plan.adjust or "none",
        "trimming": plan.trimming,
        "trim": plan.trim,
        "corrected": plan.corrected,
        "consistency": dispersion.consistency(plan.trimming, plan.trim),
        "used": used.used,
        "q": q,
        "p": p,
    }
    return pd.Series(said, dtype=object, name="dispersion")


def _widening(plan: _Plan, said: pd.Series) -> Widening | None:
    """By how much the limits widen; None where they stay exact."""
    if not said["adjusted"]:
        return None
    if plan.adjust == "multiplicative":
        return Widening(float(said["phi"]), 0.0)
    return Widening(1.0, float(said["tau2"]))


def _shares(z: np.ndarray, error: np.ndarray, trim: float) -> pd.DataFrame:
    parts = [
        dispersion.expected_shares(z, error, trimming=name, trim=trim).assign(trimming=name)
        for name in ("winsorised", "trimmed")
    ]
    shares = pd.concat(parts, ignore_index=True)
    shares = shares[(shares["adjustment"] != "none") | (shares["trimming"] == "winsorised")].reset_index(drop=True)
    names = [dispersion.adjustment_name(a, t) for a, t in zip(shares["adjustment"], shares["trimming"], strict=True)]
    return shares.assign(adjustment_name=names)[
        ["adjustment", "trimming", "adjustment_name", "phi", "tau2", "flagged_95", "flagged_998"]
    ]


def _caption(table: pd.DataFrame, read: Comparison, named: Text, said: pd.Series, plan: _Plan) -> Text:
    count = {name: int(table[f"outside_{name}"].sum()) for name in LEVELS}
    what = headed(read)
    unit = measure_word(table["court"])
    how = term(f"adjusted_{plan.adjust}" if said["adjusted"] else "unadjusted")
    spread = f"φ = {number(said['phi'], 2)}"
    how = how + Text(f"，{spread}", f", {spread}")
    if len(table) < FEWEST:
        how = Text("不足十家，离散度不估计，取 φ = 1", "fewer than ten courts: dispersion not estimated, φ = 1")
    return (
        what
        + counted_courts(table["court"])
        + Text(f"；基准：{named.zh}；", f"; baseline: {named.en}; ")
        + Text(
            f"95%限外{count['95']}{unit}，99.8%限外{count['998']}{unit}（{how.zh}）",
            f"{count['95']} outside the 95% limits, {count['998']} outside the 99.8% limits ({how.en})",
        )
        + (term("limits_of_garwood") if plan.limits == "garwood" and not said["adjusted"] else NO_WARNING)
        + _rounded(read)
        + read.warning
    )


def _rounded(read: Comparison) -> Text:
    """Say that counts are not whole, as those worked out from printed rates, and are rounded to be judged."""
    broken = 0 if read.kind == "clearance" else int((read.table["numerator"] % 1).ne(0).sum())
    if not broken:
        return NO_WARNING
    return Text(
        f"；{broken}家的分子不是整数，按最近的整数判断",
        f"; {broken} numerators are not whole and judged at the nearest whole one",
    )
