"""Funnel plots: each court against the limits within which chance alone would keep one of its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.peers import dispersion
from analysis.inference.peers.comparison import Comparable, Comparison, comparison, must_be_courts
from analysis.inference.peers.estimates import clearance_spread
from analysis.inference.peers.limits import HALF, LEVELS, Scale, Widening, limit_lines, scale_of, with_limits
from analysis.measures.clearance import clearance_error
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.language import Text
from analysis.vocabulary.result import Result
from analysis.vocabulary.terms import term

TINY = 1e-9  # smallest standard error: all that was filed was closed, and nothing else
ADJUST = (None, *dispersion.ADJUSTMENTS, "shmi")


@dataclass(frozen=True, eq=False)
class Funnel(Result):
    """A funnel: ``table`` (a court a row), ``dispersion``, ``shares``, ``limits`` (the lines), ``excluded``."""

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


@dataclass(frozen=True)
class _Plan:
    """The choices of a call, checked once."""

    adjust: str | None
    trimming: str
    trim: float
    corrected: bool
    scale: Scale


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
    highlight: object = None,
) -> Funnel:
    """Compare courts with control limits at 95 % and 99.8 % that allow for their size (Spiegelhalter 2005).

    Without ``adjust`` the limits are exact: binomial for a ``proportion``, Poisson for a ``ratio`` (observed ÷ expected) or
    a ``rate`` (events ÷ exposure). A ``clearance`` (closed ÷ filed) has ``θ·exp(± z·se)`` with the larger and, inside, the
    smaller standard error that its counts allow (``clearance_error``), the larger with at least one case not in both.

    Parameters
    ----------
    data
        Returns or indicators (with ``indicator=``), a panel, or a table of counts with ``group=, numerator=,
        denominator=, kind=`` (rows of one group are added up; ``opening=`` names the opening stock of a
        clearance).
    baseline
        ``"peers"`` (the courts shown, pooled; 1 for a ratio; of several eras each its own), a figure, or a
        reference interval (low, high) outside which the limits begin. ``target=`` is a figure named so.
    adjust
        None, ``"multiplicative"`` (limits ``g⁻¹(g(θ) ± z·s·√φ)``), ``"additive"`` (``g⁻¹(g(θ) ± z·√(s² +
        τ²))``, random effects), or ``"shmi"``: additive as in the NHS Summary Hospital-level Mortality
        Indicator. Only ever outwards.
    trimming
        How φ is kept from the outliers it should reveal: ``"winsorised"`` (Spiegelhalter 2005), ``"trimmed"``
        (the SHMI trims; default for ratios) at ``trim`` of each end, or ``"none"``.
    corrected
        Consistency-corrected φ (winsorised ÷ 0.679, trimmed ÷ 0.438): where courts differ by normal variance
        only the plain ones are too small and flag too many; ``.shares`` says how many under each adjustment.
    transform
        Scale g: ``"arcsine"`` (proportions), ``"log"`` (else), ``"sqrt"`` (the CQC's, with winsorised),
        ``"none"``.
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
    >>> fun = funnel(courts, group="court", numerator="closed", denominator="received", kind="proportion")
    >>> fun.table[["court", "lower_95", "upper_95", "outside_95"]].round(3).values.tolist()
    [['甲', 0.912, 0.959, True], ['乙', 0.88, 0.98, True], ['丙', 0.914, 0.956, False]]
    """
    read = comparison(
        data, indicator=indicator, group=group, numerator=numerator, denominator=denominator, kind=kind, opening=opening
    )
    plan = _plan(read.kind, adjust, trimming, trim, corrected, transform)
    read = _with_errors(read)
    return _judged(read, plan, baseline, target, must_be_courts(highlight, read))


def _judged(read: Comparison, plan: _Plan, baseline: Any, target: float | None, marked: list[object]) -> Funnel:
    """Courts against their limits, by a plan that has been checked."""
    table = read.table.copy()
    low, high, named = _baseline(table, read.kind, baseline, target)
    table["baseline"] = low if np.array_equal(low, high) else (low + high) / 2
    error = table.pop("spread").to_numpy() if read.kind == "clearance" else _errors(table, plan.scale, low)
    z = _z_scores(table, plan.scale, error, low, high)
    fitted = isinstance(baseline, str) and target is None and read.kind != "ratio"
    said = _dispersion(z, error, plan, fitted=fitted)
    wide = _widening(plan, said)
    table = with_limits(table.assign(z=z), read.kind, plan.scale, error, (low, high), wide)
    lines = limit_lines(table, read.kind, plan.scale, (low, high), wide)
    shares = _shares(z, error, plan.trim)
    caption = _caption(table, read, named, said, plan)
    return Funnel(table, said, shares, lines, read.excluded, read.kind, read.indicator, named, caption, tuple(marked))


def _plan(
    kind: str, adjust: str | None, trimming: str | None, trim: float, corrected: bool, transform: str | None
) -> _Plan:
    adjust = adjust.lower() if isinstance(adjust, str) else adjust
    trimming = dispersion.SYNONYMS.get(trimming.lower(), trimming.lower()) if isinstance(trimming, str) else trimming
    if adjust not in ADJUST:
        raise ArgumentError.not_one_of("adjust", adjust, [str(choice) for choice in ADJUST])
    if adjust == "shmi":
        trimming, transform = trimming or "trimmed", transform or (None if kind == "proportion" else "log")
    chosen = trimming or ("trimmed" if kind == "ratio" else "winsorised")
    dispersion.must_be_trimming(chosen, trim)
    return _Plan("additive" if adjust == "shmi" else adjust, chosen, trim, corrected, scale_of(kind, transform)[1])


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
    out = table.loc[broken, ["court"]].assign(
        reason="impossible_flow", explanation=term("excluded_impossible_flow").cell
    )
    if broken.all():
        raise DataError(
            "没有可比的法院：各院结案都多于旧存加新收，件数自相矛盾。",
            "No court can be compared: all closed more than opening and filed together; the counts contradict each other.",
        )
    excluded = pd.concat([read.excluded, out], ignore_index=True)
    return Comparison(table[~broken].reset_index(drop=True), excluded, read.kind, read.indicator, read.warning)


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
            f"{name} 应为比例（0 与 1 之间，如 0.95）或正数，现为 {value}。",
            f"{name} must be a share (between 0 and 1, such as 0.95) or a positive number, not {value}.",
        )
    return level


def _pooled(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, Text]:
    """Sum over sum of the courts shown; in a panel of several eras, of the court's own era."""
    several = "era" in table and len(table["era"].unique()) > 1
    keys = table["era"] if several else pd.Series("", index=table.index)
    sums = table[["numerator", "denominator"]].groupby(keys).transform("sum")
    pooled = (sums["numerator"] / sums["denominator"]).to_numpy()
    return pooled, pooled, term("baseline_era" if several else "baseline_peers")


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
    what = term(read.indicator) + Text("：", ": ") if read.indicator else Text("", "")
    how = f"adjusted_{plan.adjust}" if said["adjusted"] else "unadjusted"
    return (
        what
        + Text(f"{len(table)} 家法院；基准：{named.zh}；", f"{len(table)} courts; baseline: {named.en}; ")
        + Text(
            f"95% 限外 {count['95']} 家，99.8% 限外 {count['998']} 家（{term(how).zh}，φ = {said['phi']:.2f}）",
            f"{count['95']} outside the 95% limits, {count['998']} outside the 99.8% limits "
            f"({term(how).en}, φ = {said['phi']:.2f})",
        )
        + read.warning
    )
