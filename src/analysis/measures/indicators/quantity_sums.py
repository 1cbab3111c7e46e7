"""Which figures of money a definition must not show outside: what is no sum of a court's closings of a year, or says too much of one.

A sum over the closings with both amounts stands beside one over all: what the first leaves of the second is judged as well, so that
all that is shown adds up from sums over different cases (``open_sums``).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.amount_bands import AMOUNT_BAND, capped_by_band, told_by_band
from analysis.cases.columns import FEN_PER_YUAN
from analysis.measures.indicators.case_tally import MONEY_COLUMNS
from analysis.measures.indicators.quantities import weights
from analysis.measures.open_sums import outweighed_sums, years_of_windows, years_over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from analysis.measures.indicators.quantities import Tally
    from analysis.measures.windows import Window
    from analysis.vocabulary.indicator_sets.definition import Definition, DefinitionSet
    from analysis.vocabulary.indicator_sets.quantities import Quantity

MONEY = (*MONEY_COLUMNS, "amount")


def money_of(wanted: Iterable[Quantity]) -> list[Quantity]:
    """The quantities that add up money."""
    return [quantity for quantity in wanted if quantity.count in MONEY]


def of_money(named: DefinitionSet) -> frozenset[str]:
    """The names of a set's definitions that add up money."""
    return frozenset(d.name for d in named.definitions if _money(d))


def may_leave(quantity: Quantity) -> bool:
    """Whether a sum of money is one over all closings or all aid of a year: any other would lie across these."""
    is_narrowed = quantity.keep or quantity.leave_out or quantity.older_than_months is not None
    return not is_narrowed and (quantity.table == "aid" or (quantity.table == "cases" and quantity.when == "closed"))


def shown_instead(definition: Definition, named: Iterable[DefinitionSet]) -> Definition:
    """Return the definition by which an indicator is told outside: where its money may never leave, the variant of its set whose may.

    >>> from analysis.vocabulary.indicator_sets.sets import definition_set
    >>> by_mode, by_sums = (definition_set("spc-2008").find(f"recovery_rate{end}") for end in ("", "_by_sums"))
    >>> shown_instead(by_mode, [definition_set("spc-2008")]).id, shown_instead(by_sums, [definition_set("spc-2008")]).id
    ('recovery_rate_by_sums', 'recovery_rate_by_sums')
    """
    if definition.variant or _may_leave(definition):
        return definition
    others = (d for of in named for d in of.definitions if d.variant and d.computed and d.set == definition.set)
    found = (d for d in others if (d.indicator, d.unit) == (definition.indicator, definition.unit))
    other = next((d for d in found if _may_leave(d) and _money(d)), definition)
    return replace(other, valid_from=definition.valid_from, valid_to=definition.valid_to)


def _money(definition: Definition) -> list[Quantity]:
    return money_of((*definition.numerator, *definition.denominator))


def _may_leave(definition: Definition) -> bool:
    return all(map(may_leave, _money(definition)))


def gate_of_sums(
    counts: Tally,
    *,
    calendar: str,
    of_whole_courts: bool,
    restated: frozenset[pd.Timestamp] = frozenset(),
    courts: Tally | None = None,
) -> Callable[[Definition, Window], np.ndarray]:
    """Return the test of whose figure of a definition is left out outside, as it is made of a sum of money that says too much.

    Of groups that are not whole courts, and of years that are ``restated``, every one is. Sums that several definitions share are judged once.
    ``courts``: the tallies by court where ``counts`` has all of several together, of which a sum is shown where that of each court may be.
    """
    judged, size = (counts, len(counts.groups)) if courts is None else (courts, len(courts.groups))

    @cache
    def unsafe(quantity: Quantity, year: Window) -> np.ndarray:
        if quantity.table not in judged.frames:  # not counted by court
            return np.ones(size, dtype=bool)
        return np.any([outweighed_sums(*part, size, **more) for part, more in _parts(quantity, year, judged)], axis=0)

    def held(definition: Definition, window: Window) -> np.ndarray:
        wanted = _money(definition)
        years = years_over(window, counts.known, calendar)
        whole_years = bool(years) and restated.isdisjoint(year.start for year in years)
        if wanted and not (of_whole_courts and whole_years and all(map(may_leave, wanted))):
            return np.ones(len(counts.groups), dtype=bool)
        gone = np.any([np.zeros(size, dtype=bool), *(unsafe(q, year) for q in wanted for year in years)], axis=0)
        return gone if courts is None else np.full(len(counts.groups), gone.any())

    return held


def _parts(
    quantity: Quantity, year: Window, counts: Tally
) -> Iterator[tuple[tuple[np.ndarray, np.ndarray], dict[str, Any]]]:
    """The amounts that a quantity adds up, each with its group, those that it leaves of all of the moment, and of what was recovered what is lacking."""
    rows = weights(counts, quantity, year)
    if rows is None:
        return
    columns = _columns(counts, quantity)
    has = counts.column(quantity.table, f"has_{quantity.count}").astype(bool)
    counted = rows.counted > 0
    for among in (counted, (rows.of > 0) & has & ~counted):
        yield _amounts({name: values[among] for name, values in columns.items()})
    if quantity.count == "recovered":
        lacking = _lacking(counts, columns)
        has_claim = counts.column(quantity.table, "has_claimed").astype(bool)
        # the sum of all claims stands beside that of all recovered: what the two differ by is also of the closings that lack one of the amounts
        for among in (counted & has_claim, rows.of > 0):
            yield _amounts({name: values[among] for name, values in lacking.items()})


def _columns(counts: Tally, quantity: Quantity) -> dict[str, np.ndarray]:
    """What the rules on sums look at: group and amount of each row, the claim and its band, of rows that are sums their cases and the largest."""
    column, of = f"{quantity.count}_fen", partial(counts.column, quantity.table)
    columns = {"group": counts.group[quantity.table], "fen": of(column).astype(float)}
    if quantity.table == "aid":
        whose = counts.frames["aid"]["whose"]
        number, missing = pd.factorize(whose)[0], whose.isna().to_numpy()
        columns["case"] = np.where(missing, -1 - np.arange(len(whose)), number)
        return columns
    columns |= {"band": of(AMOUNT_BAND).astype(object), "claim": of("claimed_fen").astype(float)}
    if not counts.listed:
        columns |= {"number": of("cases").astype(float), "largest": of(f"{column} max").astype(float)}
    return columns


def _lacking(counts: Tally, columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What the sum of claims is above that of what was recovered: it is made of the claims alone that were not met, or were exceeded.

    Of rows that are sums the largest of these is not known: it is at most the largest claim and, as where claims were exceeded, the whole.
    """
    fen = columns["claim"] - columns["fen"]
    if "largest" not in columns:
        return columns | {"fen": fen}
    largest = np.where(fen > 0, np.minimum(fen, counts.column("cases", "claimed_fen max").astype(float)), -fen)
    return columns | {"fen": fen, "largest": largest}


def _amounts(rows: dict[str, np.ndarray]) -> tuple[tuple[np.ndarray, np.ndarray], dict[str, Any]]:
    group, fen = rows.pop("group"), rows.pop("fen")
    if "case" in rows:  # what one case got in several grants is one amount
        one, first = np.unique(np.stack([group, rows["case"]]), axis=1, return_inverse=True)
        return (np.bincount(first.ravel(), weights=fen, minlength=one.shape[1]), one[0]), {}
    if "band" in rows:
        band, claim = pd.Series(rows.pop("band")), rows.pop("claim")
        rows["most"] = FEN_PER_YUAN * capped_by_band(band, fen)
        if (told := told_by_band(band, fen, claim)) is not None:
            rows["told"] = FEN_PER_YUAN * told
    return (fen, group), dict(rows)


def more_windows(wanted: Sequence[Quantity], asked: Sequence[Window], calendar: str) -> list[Window]:
    """The windows by which totals of money are judged beside those asked for."""
    return years_of_windows(asked, calendar) if money_of(wanted) else []
