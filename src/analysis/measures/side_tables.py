"""Tallies of the side tables: petitions, coercive measures and judicial aid, joined to their cases for a breakdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.cases.tallies import FEN_PER_YUAN
from analysis.measures.windows import slot

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

    from analysis.cases.table import Cases

DATED = {"petitions": "received_on", "coercive_measures": "date", "aid": "granted_on"}


def with_case_columns(cases: Cases, table: str, by: tuple[str, ...]) -> ir.Table:
    """A side table with the columns ``by`` of its case beside it (missing where the register has no such case)."""
    side: ir.Table = getattr(cases, table)
    if not by:
        return side
    register = cases.known().filter(cases.known().case_no.notnull())
    of_case = register.group_by("case_no").aggregate(**{f"case_{name}": register[name].min() for name in by})
    joined = side.left_join(of_case, "case_no")
    own = [name for name in side.columns if name not in by]
    return joined.select(*own, **{name: joined[f"case_{name}"] for name in by if name != "case_no"})


def side_tally(
    cases: Cases, table: str, *, by: tuple[str, ...], cuts: pd.DatetimeIndex, known: pd.Timestamp
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
        keys |= {"case_no": rows.case_no, "has_amount": rows.amount.notnull()}
    names = [name for name in keys if name not in by]
    made = rows.mutate(**{f"key_{name}": keys[name] for name in names})
    sums: dict[str, Any] = {"cases": made.count(), "first": made[DATED[table]].min()}
    if table == "aid":
        sums["amount_fen"] = (made.amount * FEN_PER_YUAN).round().cast("int64").fill_null(0).sum()
    frame = made.group_by([*by, *(f"key_{name}" for name in names)]).aggregate(**sums).to_pandas()
    frame = frame.rename(columns={f"key_{name}": name for name in names})
    frame.attrs["empty"] = frame.empty and int(getattr(cases, table).count().execute()) == 0
    return frame
