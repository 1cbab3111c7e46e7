"""The likelihood of a series under a design, profiled over the error models, and what a template adds to it.

Scale and the coefficients of the base design (level, season) are taken out as restricted maximum likelihood does; optional columns and
templates are profiled. So likelihoods of different templates, optional columns and error models compare with each other.
"""

from __future__ import annotations

import numpy as np

from analysis.inference.cycle.error_models import SCREENS, ErrorModels

LEAST_LEFT = 1e-3  # of a template's square that the design must leave, or the template says nothing new


class Bank:
    """Templates as columns, at the periods of a series; what depends on them and an error model alone is kept."""

    def __init__(self, columns: np.ndarray) -> None:
        self.columns = np.ascontiguousarray(columns, dtype=float)
        self._squares: dict[int, np.ndarray] = {}
        self._crosses: dict[int, np.ndarray] = {}

    def squares(self, models: ErrorModels, model: int) -> np.ndarray:
        """Squares of the whitened templates."""
        if model not in self._squares:
            self._squares[model] = ((models.whiteners[model] @ self.columns) ** 2).sum(axis=0)
        return self._squares[model]

    def crosses(self, models: ErrorModels, model: int) -> np.ndarray:
        """Products of the two whitened templates of every pair."""
        if model not in self._crosses:
            white = models.whiteners[model] @ self.columns
            self._crosses[model] = (white[:, ::2] * white[:, 1::2]).sum(axis=0)
        return self._crosses[model]


class Fit:
    """One series under one design: log-likelihood by error model, less a penalty for what the design chose, and the gain of templates."""

    def __init__(
        self, values: np.ndarray, base: np.ndarray, optional: np.ndarray, models: ErrorModels, penalty: float = 0.0
    ) -> None:
        self.models = models
        self.free = len(values) - base.shape[1]
        design = np.column_stack([base, optional])
        self.basis, self.triangle = np.linalg.qr(models.whiteners @ design)
        diagonal = np.abs(np.diagonal(self.triangle, axis1=1, axis2=2))[:, : base.shape[1]]
        self.constant = -0.5 * models.log_determinants - np.log(diagonal).sum(axis=1) - penalty
        self.white = models.whiteners @ values
        self.projected = np.einsum("jtk,jt->jk", self.basis, self.white)
        self.errors = self.white - np.einsum("jtk,jk->jt", self.basis, self.projected)
        self.squares = np.maximum((self.errors**2).sum(axis=1), 1e-9)
        self.likelihood = self.constant - self.free / 2 * np.log(self.squares)
        self.best = int(self.likelihood.argmax())

    @property
    def value(self) -> float:
        """The log-likelihood under the best error model."""
        return float(self.likelihood[self.best])

    def coefficients(self, model: int) -> np.ndarray:
        """Coefficients of the design under one error model."""
        return np.linalg.solve(self.triangle[model], self.projected[model])

    def with_template(self, model: int, reduction: np.ndarray) -> np.ndarray:
        """Log-likelihood after a reduction of the sum of squares."""
        left = np.maximum(self.squares[model] - reduction, 1e-9)
        return np.asarray(self.constant[model] - self.free / 2 * np.log(left))

    def products(self, model: int, bank: Bank) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Whitened templates' squares left by the design, whether enough is left, and products with the errors."""
        whitener, square = self.models.whiteners[model], bank.squares(self.models, model)
        inside = (whitener.T @ self.basis[model]).T @ bank.columns
        left = square - (inside**2).sum(axis=0)
        return np.maximum(left, 1e-12), left > LEAST_LEFT * square, (whitener.T @ self.errors[model]) @ bank.columns

    def reduction(self, model: int, bank: Bank, *, upward: bool) -> np.ndarray:
        """By how much each single template lowers the sum of squares; ``upward`` ones only with a positive coefficient."""
        left, new, product = self.products(model, bank)
        return np.where(new & (product > 0) if upward else new, product**2 / left, 0.0)

    def paired_reduction(self, model: int, bank: Bank) -> np.ndarray:
        """The same for pairs of templates (sine and cosine side by side)."""
        whitener = self.models.whiteners[model]
        inside = (whitener.T @ self.basis[model]).T @ bank.columns
        product = (whitener.T @ self.errors[model]) @ bank.columns
        first, second = slice(0, None, 2), slice(1, None, 2)
        left = bank.squares(self.models, model) - (inside**2).sum(axis=0)
        cross = bank.crosses(self.models, model) - (inside[:, first] * inside[:, second]).sum(axis=0)
        square = left[first] * left[second]
        area = square - cross**2
        sums = product[first] ** 2 * left[second] + product[second] ** 2 * left[first]
        sums -= 2 * product[first] * product[second] * cross
        return np.where(area > LEAST_LEFT * square, sums / np.maximum(area, 1e-12), 0.0)

    def search(self, bank: Bank, *, paired: bool = False, upward: bool = False) -> np.ndarray:
        """Log-likelihood of every template under every error model: models × templates."""
        reduce = self.paired_reduction if paired else lambda m, t: self.reduction(m, t, upward=upward)
        return np.array([self.with_template(m, reduce(m, bank)) for m in range(len(self.models.names))])

    def screen(self, bank: Bank, most: int, *, upward: bool) -> np.ndarray:
        """Return which templates are among the best ``most`` under one of the screening error models."""
        chosen: set[int] = set()
        for model in self.screens():
            reduction = self.reduction(model, bank, upward=upward)
            few = min(most, len(reduction))
            chosen |= set(np.argpartition(reduction, -few)[-few:].tolist())
        return np.array(sorted(chosen), dtype=int)

    def screens(self) -> list[int]:
        """The error models under which long lists are screened: the usual ones and the best."""
        return sorted({self.best, *(self.models.names.index(name) for name in SCREENS)})
