"""Which figures of money a definition must not show outside: of the sums that it is made of, and of what these leave over."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.measures.indicators.case_tally import MONEY_COLUMNS
from analysis.measures.indicators.quantities import weights
from analysis.measures.open_sums import (
    COURTS,
    held_back,
    outweighed_sums,
    totals_held_back,
    touched_parts,
    touched_quarters,
    years_over,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from analysis.measures.indicators.quantities import Tally
    from analysis.measures.windows import Window
    from analysis.vocabulary.indicator_sets.definition import Definition
    from analysis.vocabulary.indicator_sets.quantities import Quantity

MONEY = (*MONEY_COLUMNS, "amount")
STOCK_AND_FLOW = ("opening", "filed", "closed", "closing")  # of which a sum over a stock could be taken apart


def money_of(wanted: Iterable[Quantity]) -> list[Quantity]:
    """The quantities that add up money."""
    return [quantity for quantity in wanted if quantity.count in MONEY]


def gate_of_sums(counts: Tally, *, of_whole_courts: bool) -> Callable[[Definition, Window], np.ndarray]:
    """Return the test of whose figure of a definition is left out outside, as it is made of a sum of money that says too much.

    Of a part of a court's cases every one is: what the rest leaves of the court's total cannot be seen from there. Sums that
    several definitions share are judged once.
    """
    size, courts_alone = len(counts.groups), set(counts.groups.columns) <= set(COURTS)

    @cache
    def unsafe(quantity: Quantity, span: Window) -> np.ndarray:
        return np.any([outweighed_sums(*part, size, **more) for part, more in _parts(quantity, span, counts)], axis=0)

    @cache
    def in_year(quantity: Quantity, span: Window) -> np.ndarray:
        return np.any(
            [held_back(*part, counts.groups, **more) for part, more in _parts(quantity, span, counts)], axis=0
        )

    @cache
    def of_quantity(quantity: Quantity, window: Window) -> np.ndarray:
        if courts_alone and counts.listed:
            return totals_held_back(window, counts.known, partial(unsafe, quantity))
        spans = years_over(window, counts.known)
        return np.any([in_year(quantity, span) for span in spans], axis=0) if spans else np.ones(size, dtype=bool)

    def held(definition: Definition, window: Window) -> np.ndarray:
        wanted = money_of((*definition.numerator, *definition.denominator))
        if wanted and not of_whole_courts:
            return np.ones(size, dtype=bool)
        return np.any([np.zeros(size, dtype=bool), *(of_quantity(quantity, window) for quantity in wanted)], axis=0)

    return held


def _parts(
    quantity: Quantity, window: Window, counts: Tally
) -> Iterator[tuple[tuple[np.ndarray, np.ndarray], dict[str, Any]]]:
    """The amounts that a quantity adds up, each with its group, and those that it leaves of all of the moment."""
    frame = counts.frames[quantity.table]
    moments = STOCK_AND_FLOW if quantity.when in ("opening", "received", "closing") else (quantity.when,)
    has = frame[f"has_{quantity.count}"].to_numpy(dtype=bool)
    columns = _columns(frame, quantity, listed=counts.listed)
    for when in dict.fromkeys((quantity.when, *moments)):
        rows = weights(counts, frame, replace(quantity, when=when), window)
        if rows is None:
            continue
        counted = rows.counted > 0
        for among in (counted, (rows.of > 0) & has & ~counted):
            yield _amounts({name: values[among] for name, values in columns.items()})


def _columns(frame: pd.DataFrame, quantity: Quantity, *, listed: bool) -> dict[str, np.ndarray]:
    """What the rules on sums look at: group and amount of each row, of rows that are sums their cases and the largest."""
    column = f"{quantity.count}_fen"
    columns = {"group": frame["group"].to_numpy(), "fen": frame[column].to_numpy(float)}
    if quantity.table == "aid":
        number, missing = pd.factorize(frame["case_no"])[0], frame["case_no"].isna().to_numpy()
        columns["case"] = np.where(missing, -1 - np.arange(len(frame)), number)
    elif not listed:
        columns |= {"number": frame["cases"].to_numpy(float), "largest": frame[f"{column} max"].to_numpy(float)}
    return columns


def _amounts(rows: dict[str, np.ndarray]) -> tuple[tuple[np.ndarray, np.ndarray], dict[str, Any]]:
    group, fen = rows.pop("group"), rows.pop("fen")
    if "case" in rows:  # what one case got in several grants is one amount
        one, first = np.unique(np.stack([group, rows["case"]]), axis=1, return_inverse=True)
        return (np.bincount(first.ravel(), weights=fen, minlength=one.shape[1]), one[0]), {}
    return (fen, group), dict(rows)


def more_windows(wanted: Sequence[Quantity], asked: Sequence[Window], keys: Sequence[str]) -> list[Window]:
    """The windows by which totals of money are judged beside those asked for."""
    if not money_of(wanted):
        return []
    judged = [*touched_parts(asked), *(touched_quarters(asked) if set(keys) <= set(COURTS) else ())]
    return list(dict.fromkeys(judged))
