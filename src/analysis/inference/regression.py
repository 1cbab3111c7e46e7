"""Least squares with errors that stay honest when neighbouring periods are alike (Newey and West 1987)."""

from __future__ import annotations

from typing import Any

import numpy as np

LEVEL = 0.95


def hac_lags(length: int) -> int:
    """Lags of the Bartlett kernel: ⌊4 (n/100)^(2/9)⌋ (Newey and West 1994, Review of Economic Studies 61, 631–653).

    >>> hac_lags(120)
    4
    """
    return int(4 * (length / 100) ** (2 / 9))


def hac_fit(values: np.ndarray, design: np.ndarray, *, lags: int | None = None) -> Any:
    """OLS with HAC covariance, small-sample correction and t quantiles; a statsmodels results object."""
    import statsmodels.api as sm

    maxlags = hac_lags(len(values)) if lags is None else lags
    return sm.OLS(values, design).fit(
        cov_type="HAC", cov_kwds={"maxlags": maxlags, "use_correction": True}, use_t=True
    )


def combination(fit: Any, weights: np.ndarray) -> tuple[float, float, float, float]:
    """Estimate, 95 % limits and p of a weighted sum of coefficients."""
    from scipy.stats import t as student

    estimate = float(weights @ fit.params)
    error = float(np.sqrt(max(weights @ fit.cov_params() @ weights, 0.0)))
    if error == 0:
        return estimate, estimate, estimate, np.nan
    reach = float(student.ppf(0.5 + LEVEL / 2, fit.df_resid)) * error
    p = float(2 * student.sf(abs(estimate) / error, fit.df_resid))
    return estimate, estimate - reach, estimate + reach, p


def dummies(labels: np.ndarray) -> np.ndarray:
    """Indicator columns of every label but the first, each centred so that the constant stays the yearly mean."""
    kinds = np.unique(labels)[1:]
    columns = (labels[:, None] == kinds[None, :]).astype(float)
    return columns - columns.mean(axis=0)
