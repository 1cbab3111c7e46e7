"""Patterns in printed figures beside what chance gives: round thresholds, last digits, years closed to the last case.

Each is a fact with its base rate. None of them says how it came about: a court may aim at a threshold, round its numbers,
or close its last case. Tests are exact binomial ones, for last digits Pearson's chi-square.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

import pandas as pd

from analysis.inference.reconciliation.relations import Line
from analysis.vocabulary.terms import measure_text
from analysis.vocabulary.text import Text

COLUMNS = ["pattern", "measure", "observed", "of", "expected", "p", "sentence"]
THRESHOLDS = (60, 70, 75, 80, 85, 90, 95, 96, 97, 98, 99)  # percent that targets are usually set at
NEAR = 0.5  # percentage points on either side of a threshold within which rates are compared
FEWEST = 20  # figures from which on a pattern is looked for
FEWEST_NEAR = 8  # figures near thresholds
DIGITS = 3  # digits from which on the last one says nothing of the size
FULL_YEAR = 365


@dataclass(frozen=True)
class _Pattern:
    pattern: str
    measure: str
    observed: int
    of: int
    expected: float
    p: float
    text: Text


def patterns_of(lines: Sequence[Line]) -> pd.DataFrame:
    """Table of the patterns of a table's figures, the least likely by chance first."""
    found = [*_thresholds(lines), *_round_rates(lines), *_last_digits(lines), *_closed_out(lines)]
    found.sort(key=lambda one: one.p)
    rows = [(f.pattern, f.measure or None, f.observed, f.of, round(f.expected, 2), f.p, f.text.cell) for f in found]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rates(lines: Sequence[Line]) -> dict[str, list[tuple[float, int]]]:
    """Printed rates and their decimals by measure, 0 and 100 left aside."""
    found: dict[str, list[tuple[float, int]]] = {}
    for line in lines:
        for name, figure in line.figures.items():
            if figure.kind == "rate" and 0 < figure.printed.value < 100:
                found.setdefault(name, []).append((float(figure.printed.value), figure.printed.decimals))
    return found


def _thresholds(lines: Sequence[Line]) -> Iterator[_Pattern]:
    """Rates just above a round threshold against those just below: chance gives as many of either."""
    for name, rates in _rates(lines).items():
        above = sum(any(t <= rate < t + NEAR for t in THRESHOLDS) for rate, _ in rates)
        below = sum(any(t - NEAR <= rate < t for t in THRESHOLDS) for rate, _ in rates)
        if above + below >= FEWEST_NEAR and len(rates) >= FEWEST:
            n = above + below
            told = measure_text(name)
            text = Text(
                f"{told.zh}紧挨整数线的{n}个中，{above}个刚过线、{below}个差一点；随机应各半",
                f"of {n} {told.en} within {NEAR:g} points of a round threshold {above} are just above it, {below} just below; "
                "chance gives half",
            )
            yield _Pattern("threshold", name, above, n, n / 2, _binomial(above, n, 0.5), text)


def _round_rates(lines: Sequence[Line]) -> Iterator[_Pattern]:
    """Rates printed with decimals whose decimals are all nothing: one in ten, or in a hundred, by chance."""
    for name, rates in _rates(lines).items():
        decimals = [(rate, d) for rate, d in rates if d > 0]
        if len(decimals) < FEWEST:
            continue
        observed = sum(float(rate).is_integer() for rate, _ in decimals)
        chances = [10.0**-d for _, d in decimals]
        expected = sum(chances)
        told = measure_text(name)
        text = Text(
            f"带小数的{told.zh}{len(decimals)}个，小数全为0的{observed}个；随机应有{expected:.1f}个",
            f"of {len(decimals)} {told.en} printed with decimals {observed} have none but zeros; chance gives {expected:.1f}",
        )
        p = _binomial(observed, len(decimals), expected / len(decimals))
        yield _Pattern("round_rate", name, observed, len(decimals), expected, p, text)


def _last_digits(lines: Sequence[Line]) -> Iterator[_Pattern]:
    """Last digits of counts of three digits and more: each digit a tenth by chance."""
    digits: dict[str, Counter[int]] = {}
    for line in lines:
        for name, figure in line.figures.items():
            whole = figure.printed.decimals == 0 and figure.printed.digit == 1
            if figure.kind == "count" and whole and figure.printed.value >= 10 ** (DIGITS - 1):
                digits.setdefault(name, Counter())[int(figure.printed.value) % 10] += 1
    for name, counted in digits.items():
        n = sum(counted.values())
        if n < 5 * FEWEST:
            continue
        usual, times = counted.most_common(1)[0]
        p = _even([counted[digit] for digit in range(10)])
        told = measure_text(name)
        text = Text(
            f"{told.zh}{n}个（三位以上）的末位数字，{usual}最多，{times}个；随机每个应有{n / 10:.1f}个",
            f"of the last digits of {n} figures of {told.en} (three digits and more) {usual} is the most frequent, {times} times; "
            f"chance gives {n / 10:.1f} of each",
        )
        yield _Pattern("last_digit", name, times, n, n / 10, p, text)


def _closed_out(lines: Sequence[Line]) -> Iterator[_Pattern]:
    """Years that close with nothing pending, against the closure rate of all the others."""
    years = [pair for line in lines if (pair := _year(line)) is not None]
    if len(years) < FEWEST:
        return
    observed = sum(closed >= received for closed, received in years)
    rest = [(closed, received) for closed, received in years if closed < received]
    share = sum(c for c, _ in rest) / sum(r for _, r in rest) if rest else 0.0
    chances = [exp(received * log(share)) if share else 0.0 for _, received in years]
    expected = sum(chances)
    text = Text(
        f"全年{len(years)}个，结清到零的{observed}个；按其余各年合计结案率{100 * share:.1f}%逐件独立计，随机应有{expected:.2f}个",
        f"of {len(years)} full years {observed} end with nothing pending; at the closure rate of the others, {100 * share:.1f}%, "
        f"case by case, chance gives {expected:.2f}",
    )
    p = _binomial(observed, len(years), expected / len(years))
    yield _Pattern("closed_out", "closure_rate", observed, len(years), expected, p, text)


def _year(line: Line) -> tuple[float, float] | None:
    """Closed and received of a full year, as far as they are printed."""
    cell, value = line.cell, {name: float(f.printed.value) for name, f in line.figures.items()}
    if cell.start is None or cell.end is None or not FULL_YEAR <= (cell.end - cell.start).days + 1 <= FULL_YEAR + 1:
        return None
    received = value.get("received")
    if received is None and {"opening", "filed"} <= set(value):
        received = value["opening"] + value["filed"]
    closed = value.get("closed")
    if closed is None and received is not None and "closing" in value:
        closed = received - value["closing"]
    if not received or closed is None:
        return None
    return closed, received


def _binomial(observed: int, of: int, chance: float) -> float:
    """Return how likely chance gives so many or more."""
    from scipy.special import bdtrc

    return 1.0 if observed <= 0 else float(bdtrc(observed - 1, of, min(max(chance, 0.0), 1.0)))


def _even(counts: Sequence[int]) -> float:
    """Return how likely counts of equal chance differ so much (Pearson's chi-square)."""
    from scipy.special import chdtrc

    mean = sum(counts) / len(counts)
    return float(chdtrc(len(counts) - 1, sum((count - mean) ** 2 for count in counts) / mean))
