"""Over-dispersion: do courts differ by more than chance, and by how much more should limits allow for it?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.terms import term

ADJUSTMENTS = ("multiplicative", "additive")
# How a court that is told about itself is set among others: these differ by more than chance almost everywhere, and more by batches of cases that end alike.
WIDENED: Mapping[str, Any] = {"adjust": "multiplicative", "corrected": True}
WIDENED_CALL = ", ".join(f"{name}={value!r}" for name, value in WIDENED.items()).replace("'", '"')
TRIMMINGS = ("winsorised", "trimmed", "none")
SYNONYMS = {"winsorized": "winsorised", "truncated": "trimmed", "shmi": "trimmed"}  # other names in the literature
CORRECTION_DIGITS = 3  # 0.679 and 0.438, as they are quoted for 10 % at each end
Z = {"95": 1.959963984540054, "998": 3.090232306167813}  # two-sided 95 % and 99.8 % of the normal distribution


class Spread(NamedTuple):
    """φ (mean squared z), τ² (between-court variance on the z-scores' scale) and the number of courts behind them."""

    phi: float
    tau2: float
    used: int


def consistency(trimming: str, trim: float = 0.1) -> float:
    """Return the expected φ, as a share of the true one, where courts differ by normal variance only.

    With q the normal quantile at ``1 − trim``: trimmed ``1 − 2qφ(q)/(1 − 2·trim)``, winsorised that times
    ``(1 − 2·trim)`` plus ``2·trim·q²``. Dividing by it gives the consistency-corrected φ.

    >>> consistency("winsorised"), consistency("trimmed"), consistency("none")
    (0.679, 0.438, 1.0)
    """
    from scipy.stats import norm

    if trimming == "none" or trim == 0:
        return 1.0
    q = float(norm.ppf(1 - trim))
    inner = 1 - 2 * q * float(norm.pdf(q)) / (1 - 2 * trim)
    share = inner if trimming == "trimmed" else (1 - 2 * trim) * inner + 2 * trim * q**2
    return round(share, CORRECTION_DIGITS)


def spread(
    z: np.ndarray, weight: np.ndarray, *, trimming: str = "winsorised", trim: float = 0.1, corrected: bool = False
) -> Spread:
    """φ and τ² from naive z-scores, with the tails held back so that the outliers sought do not hide themselves.

    ``φ = Σz²/m`` over the m scores left; ``τ² = (mφ − (m − 1)) / (Σw − Σw²/Σw)``, at least 0, with w = 1/s²
    (Spiegelhalter 2005; DerSimonian and Laird 1986).

    Parameters
    ----------
    trimming : {"winsorised", "trimmed", "none"}
        ``winsorised`` draws scores beyond the ``trim`` and ``1 − trim`` quantiles in to them (Spiegelhalter 2005).
        ``trimmed`` drops them, with the rule of the NHS Summary Hospital-level Mortality Indicator (SHMI): rank r of
        n is dropped where r/(n + 1) lies below ``trim`` or from ``1 − trim`` on (floor(10r/(n + 1)) is 0 or 9).
    corrected : bool
        Divide φ by ``consistency(trimming, trim)``.

    >>> spread(np.array([-2.0, 2.0, 2.0, -2.0]), np.ones(4), trimming="none")
    Spread(phi=4.0, tau2=4.333333333333333, used=4)
    """
    must_be_trimming(trimming, trim)
    kept = np.ones(len(z), bool)
    if trimming == "winsorised" and trim:
        z = np.clip(z, *np.quantile(z, [trim, 1 - trim]))
    elif trimming == "trimmed" and trim:
        from scipy.stats import rankdata

        groups = 1 / trim
        place = rankdata(z) * groups
        kept = (place >= len(z) + 1) & (place < (groups - 1) * (len(z) + 1))
    m, w = int(kept.sum()), weight[kept]
    if m == 0:
        return Spread(float("nan"), 0.0, 0)
    phi = float(np.mean(z[kept] ** 2)) / (consistency(trimming, trim) if corrected else 1.0)
    room = float(w.sum() - (w**2).sum() / w.sum()) if np.isfinite(w).all() and w.sum() > 0 else 0.0
    tau2 = max(0.0, (m * phi - (m - 1)) / room) if room > 0 and m > 1 else 0.0
    return Spread(phi, tau2, m)


def must_be_trimming(trimming: str, trim: float) -> None:
    """Raise ``ArgumentError`` for a trimming that is not known or a share that leaves nothing."""
    if trimming not in TRIMMINGS:
        raise ArgumentError.not_one_of("trimming", trimming, TRIMMINGS)
    if not 0 <= trim < 0.5:
        raise ArgumentError(
            f"trim 应在0与0.5之间（每端），现为 {trim}。",
            f"trim must lie between 0 and 0.5 (each end), not {trim}.",
        )


def heterogeneity(z: np.ndarray, *, fitted: bool) -> tuple[float, float]:
    """Q = Σz² of all courts and the chance of one as large without differences (χ², one less where fitted).

    >>> round(heterogeneity(np.array([-2.0, 2.0, 2.0, -2.0]), fitted=True)[1], 4)
    0.0011
    """
    from scipy.stats import chi2

    q, df = float(np.sum(z**2)), len(z) - int(fitted)
    return q, float(chi2.sf(q, df)) if df > 0 else float("nan")


def normal_variance(phi: float, weight: np.ndarray, *, trimming: str, trim: float = 0.1) -> float:
    """The between-court variance τ² of which a φ so trimmed is what one expects, courts differing by normal variance only.

    Each z-score then has variance ``1 + τ²w``: together they are no normal sample unless the courts are of one size,
    so the expectation is taken over the mixture of them. 0 where chance alone gives as large a φ.

    >>> round(normal_variance(0.438 * 16, np.ones(50), trimming="trimmed"), 1)
    15.0
    """
    from scipy.optimize import brentq

    def excess(tau2: float) -> float:
        return _expected_phi(1 + tau2 * weight, trimming, trim) - phi

    if not np.isfinite(phi) or excess(0.0) >= 0:
        return 0.0
    top = 1.0 / float(weight.max())
    while excess(top) < 0:
        top *= 4
    return float(brentq(excess, 0.0, top, xtol=1e-6 * top))


def _expected_phi(variance: np.ndarray, trimming: str, trim: float) -> float:
    """Expected φ of z-scores with these variances, by the trimming."""
    from scipy.optimize import brentq
    from scipy.special import ndtr

    if trimming == "none" or trim == 0:
        return float(variance.mean())
    spread_of = np.sqrt(variance)
    reach = 10 * float(spread_of.max())
    cut = brentq(lambda c: float(np.mean(2 * ndtr(c / spread_of) - 1)) - (1 - 2 * trim), 0.0, reach)
    k = cut / spread_of
    density = np.exp(-(k**2) / 2) / np.sqrt(2 * np.pi)
    inside = float(np.mean(variance * (2 * ndtr(k) - 1 - 2 * k * density)))
    return inside / (1 - 2 * trim) if trimming == "trimmed" else inside + 2 * trim * cut**2


def expected_shares(z: np.ndarray, error: np.ndarray, *, trimming: str, trim: float = 0.1) -> pd.DataFrame:
    """Return the share of courts that each adjustment flags where they differ by normal variance only.

    How much they differ is what the trimmed φ says (``normal_variance``). Where it says that they do not, every share
    is the nominal 5% and 0.2%. One row an adjustment: ``adjustment, phi, tau2, flagged_95, flagged_998``.

    >>> even = np.random.default_rng(1).normal(0, 4, 4000)
    >>> shares = expected_shares(even, np.ones(4000), trimming="trimmed")
    >>> shares.set_index("adjustment")["flagged_998"].round(2).tolist()
    [0.44, 0.04, 0.04, 0.0, 0.0]
    """
    weight = 1 / np.maximum(error, 1e-12) ** 2
    seen = spread(z, weight, trimming=trimming, trim=trim)
    corrected = spread(z, weight, trimming=trimming, trim=trim, corrected=True)
    true = normal_variance(seen.phi, weight, trimming=trimming, trim=trim)
    rows = [_share("none", weight, Spread(1.0, 0.0, seen.used), true)]
    for ending, used in (("", seen), ("_corrected", corrected)):
        rows += [_share(f"{name}{ending}", weight, used, true) for name in ADJUSTMENTS]
    return pd.DataFrame(rows)


def _share(adjustment: str, weight: np.ndarray, used: Spread, true: float) -> dict[str, object]:
    from scipy.stats import norm

    widest = max(used.phi, 1.0) if adjustment.startswith("multiplicative") else 1.0
    tau2 = used.tau2 if adjustment.startswith("additive") else 0.0
    widened = np.sqrt((widest + tau2 * weight) / (1 + true * weight))
    flagged = {f"flagged_{name}": float(np.mean(2 * norm.sf(z * widened))) for name, z in Z.items()}
    return {"adjustment": adjustment, "phi": used.phi, "tau2": used.tau2} | flagged


def adjustment_name(adjustment: str, trimming: str) -> str:
    """An adjustment with its trimming as people name it, in both languages (a two-language cell)."""
    return (term(adjustment) + term(f"joined_{trimming}")).cell if adjustment != "none" else term("none").cell
