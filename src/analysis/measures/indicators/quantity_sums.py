"""Which figures of money a definition must not show outside: of the sums that it is made of, and of what these leave over."""

from __future__ import annotations

from dataclasses import replace
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
    from collections.abc import Iterable, Iterator, Sequence

    from analysis.measures.indicators.quantities import Tally
    from analysis.measures.windows import Window
    from analysis.vocabulary.indicator_sets.definition import Definition
    from analysis.vocabulary.indicator_sets.quantities import Quantity

MONEY = (*MONEY_COLUMNS, "amount")
STOCK_AND_FLOW = ("opening", "filed", "closed", "closing")  # of which a sum over a stock could be taken apart


def money_of(wanted: Iterable[Quantity]) -> list[Quantity]:
    """The quantities that add up money."""
    return [quantity for quantity in wanted if quantity.count in MONEY]


def sums_held_back(definition: Definition, window: Window, counts: Tally, *, of_whole_courts: bool) -> np.ndarray:
    """Return whose figure of a definition is left out outside, as it is made of a sum of money that says too much.

    Of a part of a court's cases every one is: what the rest leaves of the court's total cannot be seen from there.
    """
    gone = np.zeros(len(counts.groups), dtype=bool)
    for quantity in money_of((*definition.numerator, *definition.denominator)):
        gone |= _of_quantity(quantity, window, counts) if of_whole_courts else True
    return gone


def _of_quantity(quantity: Quantity, window: Window, counts: Tally) -> np.ndarray:
    size, courts_alone = len(counts.groups), set(counts.groups.columns) <= set(COURTS)
    if not courts_alone or not counts.listed:
        spans = years_over(window, counts.known)
        if not spans:
            return np.ones(size, dtype=bool)
        parts = [found for span in spans for found in _parts(quantity, span, counts)]
        return np.any([held_back(*part, counts.groups, **more) for part, more in parts], axis=0)

    def unsafe(span: Window) -> np.ndarray:
        return np.any([outweighed_sums(*part, size, **more) for part, more in _parts(quantity, span, counts)], axis=0)

    return totals_held_back(window, counts.known, unsafe)


def _parts(
    quantity: Quantity, window: Window, counts: Tally
) -> Iterator[tuple[tuple[np.ndarray, np.ndarray], dict[str, Any]]]:
    """The amounts that a quantity adds up, each with its group, and those that it leaves of all of the moment."""
    frame = counts.frames[quantity.table]
    moments = STOCK_AND_FLOW if quantity.when in ("opening", "received", "closing") else (quantity.when,)
    has = frame[f"has_{quantity.count}"].to_numpy(dtype=bool)
    for when in dict.fromkeys((quantity.when, *moments)):
        rows = weights(counts, frame, replace(quantity, when=when), window)
        if rows is None:
            continue
        counted = rows.counted > 0
        for among in (counted, (rows.of > 0) & has & ~counted):
            yield _amounts(frame[among], quantity, listed=counts.listed)


def _amounts(
    rows: pd.DataFrame, quantity: Quantity, *, listed: bool
) -> tuple[tuple[np.ndarray, np.ndarray], dict[str, Any]]:
    column = f"{quantity.count}_fen"
    if quantity.table == "aid":  # what one case got in several grants is one amount
        alone = rows["case_no"].where(rows["case_no"].notna(), pd.Series(rows.index, index=rows.index).astype(str))
        rows = rows.groupby(["group", alone])[column].sum().reset_index()
        return (rows[column].to_numpy(float), rows["group"].to_numpy()), {}
    part = rows[column].to_numpy(float), rows["group"].to_numpy()
    if listed:
        return part, {}
    return part, {"number": rows["cases"].to_numpy(float), "largest": rows[f"{column} max"].to_numpy(float)}


def more_windows(wanted: Sequence[Quantity], asked: Sequence[Window], keys: Sequence[str]) -> list[Window]:
    """The windows by which totals of money are judged beside those asked for."""
    if not money_of(wanted):
        return []
    judged = [*touched_parts(asked), *(touched_quarters(asked) if set(keys) <= set(COURTS) else ())]
    return list(dict.fromkeys(judged))
