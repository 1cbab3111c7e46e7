"""The case table as indicators ask of it: by the slot of filing and of closing, with the conditions that quantities name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.amount_bands import AMOUNT_BAND, BANDS, in_register, with_amount_band
from analysis.cases.answers import FEW_CASES, answer
from analysis.cases.closings import is_undecided, undecided_filed
from analysis.cases.columns import FEN_PER_YUAN
from analysis.cases.engine.dispatch import counting
from analysis.cases.engine.encoding import as_text, numbered
from analysis.cases.tallies import AMOUNTS, framed
from analysis.measures.limits.limits import LIMIT_COLUMNS, limit_columns_stated, with_limits
from analysis.measures.windows import slot
from analysis.vocabulary.columns import columns

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from analysis.cases.engine.counter import Counting
    from analysis.cases.table import Cases
    from analysis.vocabulary.indicator_sets.quantities import Quantity

# Registers up to this size hand over their cases row by row, which limits of sums need; larger ones answer with counts.
ROWS_HANDED_OVER = 200_000
MONEY_COLUMNS = {"claimed": "amount_claimed", "recovered": "amount_recovered"}
WITHIN_LIMIT, NO_LIMIT = "within_limit", -1  # 1, 0, or -1 where no limit holds
DEBTOR, LINKED = "debtor_id", "linked"  # whose the case is; the number of that debtor in a frame, −1 where not known
MET = "met"  # whether a claim was met in full, in part or not: how many of each band were is known, so that they are counted by themselves
NOT_MET, IN_PART, IN_FULL = range(3)
UNDECIDED = "is_undecided"  # whether it is not known of a case that it is closed; in a tally that has such alone
OF_DAYS = ("days", "payout_days")  # counts that add up days
OF_LIMIT = [name for name in LIMIT_COLUMNS if name != "case_no"]
PAID_OUT, PAYOUT = "is_paid_out", ("credited_on", "paid_on")


def case_tally(
    cases: Cases, wanted: Sequence[Quantity], cuts: pd.DatetimeIndex, *, by: Sequence[str], at: Any
) -> pd.DataFrame:
    """Cases by group, slot of filing, slot of closing and the conditions wanted: row by row, or counted where many.

    Columns: ``[by…], filed_slot, closed_slot``, the conditions, ``has_<amount>``, of money ``amount_band, met``, ``cases, <amount>_fen, days,
    first`` (filing), ``court_first, court_last``. ``attrs["listed"]``: every row is one case, with its ``case_no`` and, where the register holds debtors,
    ``linked``. Counted rows also hold, for a linearised interval, the sums ``<a>*<b>`` of squares and products of amounts and their greatest ``<a> max``.
    """
    has_undecided = len(undecided_filed(cases)) > 0
    here = counting(cases, by, at) if _is_plain(wanted) and "court" in by and not has_undecided else None
    if here and (found := _counted_here(here, _money(wanted), cuts)) is not None:
        return found
    prepared = _prepared(cases, wanted, cuts, tuple(by), at, has_undecided=has_undecided)
    listed = len(cases) <= ROWS_HANDED_OVER
    if not listed:
        number, first = answer(
            cases, prepared.table.aggregate(n=prepared.table.count(), first=prepared.table.filed_on.min())
        ).iloc[0]
        listed = number <= ROWS_HANDED_OVER
    frame = prepared.listed(cases) if listed else prepared.counted(cases).assign(first=first)
    frame.attrs["listed"] = listed
    return frame


def conditions_of(wanted: Iterable[Quantity]) -> list[str]:
    """The columns by whose values quantities keep cases or leave them out."""
    return list(dict.fromkeys(column for q in wanted for column, _ in (*q.keep, *q.leave_out)))


def _money(wanted: Sequence[Quantity]) -> list[str]:
    """All amounts where one is asked for: how much may be told of it depends on the claim."""
    return list(MONEY_COLUMNS) if any({q.count, *q.complete} & {*MONEY_COLUMNS} for q in wanted) else []


def _is_plain(wanted: Sequence[Quantity]) -> bool:
    """Test that cases and money alone are asked for, under no condition."""
    return not conditions_of(wanted) and not any(q.count in OF_DAYS for q in wanted)


def _counted_here(here: Counting, money: Sequence[str], cuts: pd.DatetimeIndex) -> pd.DataFrame | None:
    """The rows counted by the compiled loop; ``None`` where they are few enough to be handed over."""
    number, _, first, _ = here.extent()
    if number <= ROWS_HANDED_OVER:
        return None
    days = cuts.to_numpy().astype("datetime64[D]")
    own = {
        f"{on}_slot": here.day(f"{on}_on", lambda of: np.searchsorted(days, of, side="right"), missing=len(cuts) + 1)
        for on in ("filed", "closed")
    } | {f"has_{name}": here.is_stated(MONEY_COLUMNS[name]) for name in money}
    if money:
        own[AMOUNT_BAND] = here.band("amount_claimed", BANDS)
        own[MET] = here.met("amount_recovered", "amount_claimed")
    found = here.grouped(own, {f"{name}_fen": MONEY_COLUMNS[name] for name in money})
    frame = framed(found)
    frame["first"] = pd.Timestamp(first, unit="D")
    frame.attrs["listed"] = False
    return frame


@dataclass(frozen=True, eq=False)
class _Prepared:
    """The case table with slots, conditions and amounts as columns: listed row by row, or counted by its keys."""

    table: ir.Table
    keys: tuple[str, ...]
    amounts: tuple[str, ...]

    def listed(self, cases: Cases) -> pd.DataFrame:
        """The rows one by one, in an order of their own: sums of floats in another order differ in their last digit."""
        table = self.table
        about = {
            "case_no": table.case_no,
            "first": table.filed_on,
            "court_first": table.court,
            "court_last": table.court,
        }
        debtor = [DEBTOR] if DEBTOR in table.columns else []
        listed = table.select(*self.keys, *self.amounts, *debtor, **about)
        frame = answer(cases, listed.order_by(["case_no", "first", *self.amounts])).assign(cases=1)
        return frame.assign(**{LINKED: pd.factorize(frame.pop(DEBTOR))[0]}) if debtor else frame

    def counted(self, cases: Cases) -> pd.DataFrame:
        """The rows counted by the keys, with the sums that an interval of a ratio of two sums needs."""
        needed = dict.fromkeys([*self.keys, *self.amounts, "court"])
        table, texts = numbered(cases, self.table.select(*needed), [*self.keys, "court"])
        sums = {name: table[name].sum() for name in self.amounts}
        for first, second in combinations_with_replacement(self.amounts, 2):
            sums[f"{first}*{second}"] = (table[first].cast("float64") * table[second].cast("float64")).sum()
        sums |= {f"{name} max": table[name].max() for name in self.amounts}
        if "court" not in self.keys:
            sums |= {"court_first": table.court.min(), "court_last": table.court.max()}
        frame = answer(cases, table.group_by(self.keys).aggregate(cases=table.count(), **sums))
        for name in frame.columns.intersection([*texts, "court_first", "court_last"]):
            key = "court" if name.startswith("court_") else name
            if key in texts:
                frame[name] = as_text(texts[key], frame[name])
        return frame.astype(dict.fromkeys(("cases", *self.amounts), "int64"))


def _prepared(
    cases: Cases,
    wanted: Sequence[Quantity],
    cuts: pd.DatetimeIndex,
    by: tuple[str, ...],
    at: Any,
    *,
    has_undecided: bool,
) -> _Prepared:
    conditions = conditions_of(wanted)
    stated = [name for name in conditions if name in columns("cases")]
    of_limit = LIMIT_COLUMNS if WITHIN_LIMIT in conditions else ()
    of_payout = PAYOUT if PAID_OUT in conditions else ()
    debtor = () if len(cases) > ROWS_HANDED_OVER or cases.lacking(DEBTOR) else (DEBTOR,)
    places = ("source_file", "source_sheet", "source_row") if has_undecided else ()
    table = with_amount_band(
        cases.known(
            at, only=[*in_register(by), "case_no", "court", *AMOUNTS, *stated, *of_limit, *of_payout, *debtor, *places]
        )
    )
    if of_limit:
        table = _with_limit(cases, table)
    made = {"filed_slot": slot(table.filed_on, cuts), "closed_slot": slot(table.closed_on, cuts)}
    made |= {UNDECIDED: is_undecided(cases, table)} if has_undecided else {}
    derived = [name for name in conditions if name not in table.columns]
    made |= {name: _derived(table, name) for name in derived}
    money = _money(wanted)
    made |= {f"has_{name}": table[MONEY_COLUMNS[name]].notnull() for name in money}
    fen = {f"{m}_fen": (table[MONEY_COLUMNS[m]] * FEN_PER_YUAN).round().cast("int64").fill_null(0) for m in money}
    made |= {MET: _met(fen)} if money else {}
    of_money = [AMOUNT_BAND] if money else []
    keys = tuple(dict.fromkeys([*by, *made, *conditions, *of_money]))
    if any(q.count == "days" for q in wanted):
        fen["days"] = table.closed_on.delta(table.filed_on, unit="day").cast("int64").fill_null(0)
    if any(q.count == "payout_days" for q in wanted):
        fen["payout_days"] = table.paid_on.delta(table.credited_on, unit="day").cast("int64").fill_null(0)
    return _Prepared(table.mutate(**made, **fen), keys, tuple(fen))


def _met(fen: Mapping[str, Any]) -> Any:
    import ibis

    recovered, claimed = (fen[f"{name}_fen"] for name in ("recovered", "claimed"))
    return ibis.cases((recovered >= claimed, IN_FULL), (recovered > 0, IN_PART), else_=NOT_MET)


def _with_limit(cases: Cases, table: ir.Table) -> ir.Table:
    """The table with whether the closing kept its statutory limit (``NO_LIMIT``: it has none); missing where it is open, or may have one or another.

    The limit is counted once for every combination of what it depends on, and joined back.
    """
    import ibis

    stated = limit_columns_stated(cases)
    ask = partial(_limits, table, cases.holidays, stated)
    # Kept with a register of few cases, so that what is asked of the joined table is the same question again; a table of days off may change.
    is_kept = cases.holidays is None and len(cases) <= FEW_CASES
    limits = cases.once(("limits", table.op(), stated), ask) if is_kept else ask()
    joined = table.left_join(limits, [table[name].identical_to(limits[name]) for name in OF_LIMIT])
    missed = joined.closed_on > joined.due_on
    kept = joined.closed_on <= joined.earliest_due
    unlimited = joined.closed_on.notnull() & joined.earliest_due.isnull()
    of_limit = ibis.cases((kept, 1), (missed, 0), (unlimited, NO_LIMIT))
    return joined.select(*table.columns, **{WITHIN_LIMIT: of_limit})


def _limits(table: ir.Table, holidays: Any, stated: Sequence[str]) -> ir.Table:
    """The last days of every combination of what they depend on that a closed case has."""
    import ibis
    import pyarrow as pa

    seen = table.filter(table.closed_on.notnull()).select(*OF_LIMIT).distinct().to_pyarrow()
    rows = seen.to_pandas().assign(case_no=None)
    found = with_limits(rows.astype({"has_property": "boolean"}), holidays=holidays, stated=stated)
    for name in ("earliest_due", "due_on"):
        seen = seen.append_column(name, pa.array(found[name].dt.date, type=pa.date32(), from_pandas=True))
    return ibis.memtable(seen)


def _derived(table: ir.Table, name: str) -> Any:
    """Derive the properties of a closing from its columns; missing where a value that it needs is missing."""
    if name == PAID_OUT:
        return table.credited_on.notnull() & table.paid_on.notnull() & (table.paid_on >= table.credited_on)

    claimed, recovered, paid = (
        (table[c] * FEN_PER_YUAN).round() for c in ("amount_claimed", "amount_recovered", "amount_paid")
    )
    if name == "is_net":  # 净执结: claimed, fully recovered and paid out
        return (claimed > 0) & (recovered >= claimed) & (paid >= claimed)
    if name == "with_recovery":
        return recovered > 0
    taken = table.closed_on.delta(table.filed_on, unit="day")
    return taken <= int(name.removeprefix("within_").removesuffix("_days"))
