"""Figures that can be checked at all: those that the others determine once every printed figure is taken at its word.

A figure is checked where its row lies in the span of the other rows (leverage below one): 1155 closed of 1206 received
determine the printed 97.8; a rate and its base alone determine nothing.
"""

from __future__ import annotations

from functools import cached_property

from analysis.inference.reconciliation.components import Assignment, Component, rate_of
from analysis.inference.reconciliation.printed_cells import Figure, window_before
from analysis.returns.figures import base_of

NEARLY = 1e-7  # leverages and residuals lie between 0 and 1


class Determination:
    """The equations of a component: identities, links, figures at face value; rates by their meaning."""

    def __init__(self, component: Component, meaning: Assignment, figures: list[Figure] | None = None) -> None:
        import numpy as np

        self.component, self.meaning = component, meaning
        equal = [row for row in component.within if row.lower == row.upper]
        equal += [link.row for link in component.links if link.row.lower == link.row.upper]
        columns: dict[int, int] = {}
        for row in [*component.within, *(link.row for link in component.links)]:
            for v, _ in row.terms:
                columns.setdefault(v, len(columns))
        sides = {f.number: self._terms(f) for f in (component.figures if figures is None else figures)}
        for terms in sides.values():
            for v in terms:
                columns.setdefault(v, len(columns))
        self.columns = columns
        matrix = np.zeros((len(equal) + len(sides), len(columns)))
        for i, row in enumerate(equal):
            for v, c in row.terms:
                matrix[i, columns[v]] += c
        self.at: dict[int, int] = {}
        for i, (number, terms) in enumerate(sides.items(), start=len(equal)):
            self.at[number] = i
            for v, weight in terms.items():
                matrix[i, columns[v]] += weight
        size = np.abs(matrix).max(axis=1, keepdims=True, initial=0.0)
        matrix = matrix / np.where(size > 0, size, 1.0)
        self.left, values, self.right = np.linalg.svd(matrix, full_matrices=False)
        rank = int((values > NEARLY * max(1.0, float(values.max(initial=0.0)))).sum())
        self.left, self.right = self.left[:, :rank], self.right[:rank]

    def _terms(self, figure: Figure) -> dict[int, float]:
        """The equation that a figure states: a number is known, or numerator = rate x denominator."""
        problem = self.component.problem
        share = float(figure.printed.value) / 100
        if figure.kind == "other":
            return {}
        rate = rate_of(figure)
        if rate and figure.kind == "rate":
            top, bottom = problem.sides(figure.cell, self.meaning[figure.number])
            return _sum(dict.fromkeys(top, 1.0), dict.fromkeys(bottom, -share))
        if rate:
            return {}  # a change of a rate is not linear; it is checked by bounds alone
        if figure.kind in ("change", "difference"):
            before = window_before(figure.cell)
            if before is None:
                return {}
            measure = base_of(figure.measure)
            weight = -1.0 if figure.kind == "difference" else -1.0 - share
            return {problem.v(figure.cell, measure): 1.0, problem.v(before, measure): weight}
        return {problem.v(figure.cell, figure.measure): 1.0}

    def checked(self, figure: Figure) -> bool:
        """Return whether the other figures determine what this one prints."""
        if figure.kind == "other":
            return False
        if rate_of(figure) and figure.kind == "change":
            before = window_before(figure.cell)
            sides = self.component.problem.sides
            meaning = self.meaning[figure.number]
            return before is not None and all(
                self.known(v) for cell in (figure.cell, before) for side in sides(cell, meaning) for v in side
            )
        at = self.at.get(figure.number)
        return at is not None and bool(self._terms(figure)) and float((self.left[at] ** 2).sum()) < 1 - NEARLY

    def known(self, v: int) -> bool:
        """Return whether the figures determine an unknown."""
        return v in self.columns and self._residuals[self.columns[v]] < NEARLY

    @cached_property
    def _residuals(self) -> list[float]:
        """Return how far each unknown is from the span of the equations."""
        return [float(r) for r in 1.0 - (self.right**2).sum(axis=0)]


def plain_determination(component: Component, meaning: Assignment) -> Determination:
    """Return what counts and amounts determine without any rate; kept with the component."""
    if component.plain is None:
        plain = [f for f in component.figures if f.kind in ("count", "amount", "mode")]
        component.plain = Determination(component, meaning, plain)
    return component.plain  # type: ignore[return-value]


def _sum(*parts: dict[int, float]) -> dict[int, float]:
    total: dict[int, float] = {}
    for part in parts:
        for v, c in part.items():
            total[v] = total.get(v, 0.0) + c
    return total
