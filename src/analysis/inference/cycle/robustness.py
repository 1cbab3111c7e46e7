"""Does the verdict hang on one year, on where the record begins, or on how season and stock are treated?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.inference.cycle.counts import Counts
from analysis.inference.cycle.debts import Moved, without_moved, without_reopened
from analysis.inference.cycle.templates import in_periods
from analysis.inference.cycle.verdict import Reading, read
from analysis.vocabulary.text import Text

HEADLINE = 0.8  # share of the variants that must agree before a verdict is a headline
LATER_STARTS = (6, 12)  # months
NEAR = -2.5  # score below which an explanation is so far off that a variant does not search it again


def robustness_table(reading: Reading, moved: Moved | None = None) -> pd.DataFrame:
    """The verdict under each variant: ``variant, verdict, same``.

    Each year left out; a start 6 and 12 months later; with and without a season; without a response to the stock; single outlying
    periods as recorded; with a register also what counts as a filing (without cases taken up again) and as a closing (without those moved
    elsewhere). An explanation that was nowhere near is not searched again.
    """
    counts = reading.counts
    every = reading.closings | reading.filings
    near = frozenset(name for name, one in every.items() if one.score > NEAR)
    rows = []
    for text, variant in _variants(counts, reading, moved):
        verdict = variant(near).verdict
        rows.append({"variant": text.cell, "verdict": verdict, "same": verdict == reading.verdict})
    return pd.DataFrame(rows, columns=["variant", "verdict", "same"]).astype(
        {"variant": "str", "verdict": "str", "same": "bool"}
    )


Variant = tuple[Text, Callable[[frozenset[str]], Reading]]


def _variants(counts: Counts, reading: Reading, moved: Moved | None) -> list[Variant]:
    if reading.design is None:
        return []
    season = reading.design.season
    years = np.array([(start + pd.Timedelta(days=14)).year for start in counts.starts])

    def of(part: Counts) -> Callable[[frozenset[str]], Reading]:
        return lambda names: read(part, with_season=season, names=names)

    found: list[Variant] = [
        (Text(f"去掉{year}年", f"without {year}"), of(counts.kept(years != year))) for year in np.unique(years)
    ]
    for months in LATER_STARTS:
        later = counts.kept(counts.places >= in_periods(months, counts.seasons))
        found.append((Text(f"晚{months}个月开始", f"begun {months} months later"), of(later)))
    if counts.season.shape[1]:
        text = Text("不含季节", "without a season") if season else Text("含季节", "with a season")
        found.append((text, lambda names: read(counts, with_season=not season, names=names)))
    found.append(
        (
            Text("不考虑存量的影响", "without a response to the stock"),
            lambda names: read(counts, with_season=season, with_stock=False, names=names),
        )
    )
    if len(reading.design.outliers) and reading.design.outliers.any():
        text = Text("个别异常期按原值", "single outlying periods as recorded")
        found.append((text, lambda names: read(counts, with_season=season, clean=False, names=names)))
    if moved is not None and moved.reopened.any():
        text = Text("新收不含恢复执行", "filings without cases taken up again")
        found.append((text, of(without_reopened(counts, moved))))
    if moved is not None and moved.moved.any():
        text = Text("结案不含移送等", "closings without cases moved elsewhere")
        found.append((text, of(without_moved(counts, moved))))
    return found
