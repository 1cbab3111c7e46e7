"""Tallies of the side tables: petitions, coercive measures and judicial aid, joined to their cases for a breakdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.amount_bands import AMOUNT_BAND, with_amount_band
from analysis.cases.answers import answer
from analysis.cases.columns import FEN_PER_YUAN
from analysis.measures.windows import slot

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from analysis.cases.table import Cases

DATED = {"petitions": "received_on", "coercive_measures": "date", "aid": "granted_on"}


def with_case_columns(cases: Cases, table: str, by: Sequence[str]) -> ir.Table:
    """A side table with the columns ``by`` of each row's case as ``of_<column>`` (missing where there is no such case)."""
    side: ir.Table = getattr(cases, table)
    if not by:
        return side
    known = with_amount_band(cases.known()) if AMOUNT_BAND in by else cases.known()
    register = known.filter(known.case_no.notnull())
    of_case = register.group_by("case_no").aggregate(**{f"of_{name}": register[name].min() for name in by})
    joined = side.left_join(of_case, "case_no")
    return joined.select(*side.columns, *(f"of_{name}" for name in by))


def with_whose(cases: Cases, aid: ir.Table) -> ir.Table:
    """Grants of aid with whose each is (``whose``): its case, that of its petition, or the petition. Whoever got some on both is one."""
    petitions = cases.whole_sides.get("petitions", cases.petitions)
    of_case = petitions.filter(petitions.petition_id.notnull()).group_by("petition_id")
    joined = aid.left_join(of_case.aggregate(case_of_petition=petitions.case_no.min()), "petition_id")
    whose = joined.case_no.fill_null(joined.case_of_petition).fill_null(joined.petition_id)
    return joined.select(*aid.columns, whose=whose)


def side_rows(cases: Cases, table: str, *, by: Sequence[str], known: pd.Timestamp) -> pd.DataFrame:
    """The rows of a side table known on a day, with their cases' columns ``of_<column>``, in the order of their dates."""
    side = with_case_columns(cases, table, by)
    side = with_whose(cases, side) if table == "aid" else side
    rows = answer(cases, side.filter(side[DATED[table]].notnull() & (side[DATED[table]] <= known.date())))
    for name in rows.columns:
        if name == "date" or name.endswith("_on"):
            rows[name] = pd.to_datetime(rows[name]).astype("datetime64[s]")
    order = [name for name in (DATED[table], "petition_id", "case_no", "person_id", "kind") if name in rows]
    return rows.sort_values(order, ignore_index=True)


def holds_none(cases: Cases, table: str, column: str | None = None) -> bool:
    """Test that the whole register holds no row of a side table at all, or none that states a column: then nothing is known, which is not the same as 0."""
    rows = cases.whole_sides.get(table, getattr(cases, table))
    number = rows.count() if column is None else rows[column].count()
    return cases.once(("holds none", table, column), lambda: int(number.execute()) == 0, of_whole=True)


def side_tally(
    cases: Cases, table: str, *, by: Sequence[str], cuts: pd.DatetimeIndex, known: pd.Timestamp
) -> pd.DataFrame:
    """Rows of a side table counted by slot and kind; what came after the day ``known`` is left out.

    ``attrs["empty"]`` says that the register holds no such table at all, which is not the same as none.
    """
    rows = with_case_columns(cases, table, by)
    dated = rows[DATED[table]]
    rows = rows.filter(dated.notnull() & (dated <= known.date()))
    keys: dict[str, Any] = {"on_slot": slot(rows[DATED[table]], cuts)}
    if table == "petitions":
        import ibis

        is_resolved = rows.resolved_on.notnull() & (rows.resolved_on <= known.date())
        resolved = ibis.ifelse(is_resolved, rows.resolved_on, ibis.null("date"))
        keys = {
            "received_slot": slot(rows.received_on, cuts),
            "resolved_slot": slot(resolved, cuts),
            "outcome": ibis.ifelse(is_resolved, rows.outcome, ibis.null("string")),
        }
    elif table == "coercive_measures":
        keys |= {"kind": rows.kind, "person": rows.person_id.fill_null(rows.case_no), "named": rows.person_id.notnull()}
    else:
        rows = with_whose(cases, rows)
        keys |= {"case_no": rows.case_no, "whose": rows.whose, "has_amount": rows.amount.notnull()}
    made = rows.mutate(**{f"key_{name}": key for name, key in keys.items()})
    sums: dict[str, Any] = {"cases": made.count(), "first": made[DATED[table]].min()}
    if table == "aid":
        sums["amount_fen"] = (made.amount * FEN_PER_YUAN).round().cast("int64").fill_null(0).sum()
    grouped = made.group_by([*(f"of_{name}" for name in by), *(f"key_{name}" for name in keys)])
    frame = answer(cases, grouped.aggregate(**sums))
    frame.columns = frame.columns.str.removeprefix("key_").str.removeprefix("of_")
    frame.attrs["empty"] = frame.empty and holds_none(cases, table)
    return frame
