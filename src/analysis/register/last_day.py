"""The day to which a register is known: said by the call, by its own folder, or of one export by the court's file."""

from __future__ import annotations

import hashlib
from itertools import chain
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.table import UNSAID
from analysis.register import EXPORT
from analysis.vocabulary.columns import columns
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.periods import last_day_known
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import ibis.expr.types as ir

ANY_EXPORT = "any"
YEAR_ENDS = pd.Timedelta(days=6)  # a last day so near to the end of December is that of a year's register
LONGEST_GAP = pd.Timedelta(days=366)  # a day further from all others is a slip of the keyboard
FOLLOWS_WITHIN = pd.Timedelta(
    days=14
)  # our choice: a date further after the last filing or closing is a slip, as neither lacks so long
FLOW = ("filed_on", "closed_on")
MARKED = 12  # hexadecimal figures of a checksum that a person may compare


def must_be_said(as_of: Any, about: Mapping[str, Any]) -> None:
    """Raise ``ArgumentError`` where neither the call nor the register's own files say a day."""
    if as_of is None and "as_of" not in about:
        raise ArgumentError(
            '没有给出 as_of（台账截止日）：请写明，如 as_of="2011-12-31"（命令行：--as-of 2011-12-31），或写进本院说明文件（court-analysis start）。',
            'as_of, the day to which the register is known, is missing: give it, as in as_of="2011-12-31" (on the command line --as-of 2011-12-31), '
            "or write it into the court's file (court-analysis start).",
        )


def last_recorded(days: Iterable[pd.Timestamp]) -> pd.Timestamp | None:
    """Return the last day on which something was filed or closed; one far from all others is a slip and is left out.

    >>> last_recorded(map(pd.Timestamp, ["2021-03-01", "2021-11-02", "2201-11-03"]))
    Timestamp('2021-11-02 00:00:00')
    """
    ordered = sorted(days)
    if not ordered:
        return None
    last = ordered[len(ordered) // 2]
    for one in ordered[len(ordered) // 2 :]:
        if one - last > LONGEST_GAP:
            break
        last = one
    return last


def last_followed(last: pd.Timestamp, others: Iterable[pd.Timestamp]) -> pd.Timestamp:
    """Return the last day of what else a register records (receipt of a file, payment, entry), at most two weeks after its last filing or closing.

    >>> last_followed(pd.Timestamp("2024-06-12"), map(pd.Timestamp, ["2024-06-14", "2024-12-14"]))
    Timestamp('2024-06-14 00:00:00')
    """
    return max([last, *(day for day in others if day - last <= FOLLOWS_WITHIN)])


def of_last(last: pd.Timestamp, own: pd.Timestamp) -> Text:
    """Say of which day the last filing or closing of a register is, and to which day other dates go on."""
    more = own > last
    return Text(
        f"最后一次立案或结案是{last.date()}" + (f"，其他日期至{own.date()}" if more else ""),
        f"the last filing or closing is of {last.date()}" + (f", other dates go on to {own.date()}" if more else ""),
    )


def whole_year(last: pd.Timestamp) -> pd.Timestamp:
    """Return the end of the year where a last day is near to it, else the day itself.

    >>> whole_year(pd.Timestamp("2021-12-28")), whole_year(pd.Timestamp("2021-12-20"))
    (Timestamp('2021-12-31 00:00:00'), Timestamp('2021-12-20 00:00:00'))
    """
    end = pd.Timestamp(last.year, 12, 31)
    return end if end - last <= YEAR_ENDS else last


def export_mark(files: Iterable[Sequence[str]]) -> str:
    """Return by what an export is told from another: the name of its first file, and a checksum of all.

    >>> export_mark([("b.csv", "02"), ("a.csv", "01")]) == export_mark([("a.csv", "01"), ("b.csv", "02")])
    True
    """
    ordered = sorted((name, sha256) for name, sha256 in files)
    whole = hashlib.sha256("\n".join(sha256 for _, sha256 in ordered).encode()).hexdigest()
    return f"{ordered[0][0]} {whole[:MARKED]}"


def last_day(
    as_of: Any, about: Mapping[str, Any], files: Iterable[Sequence[str]], cases: ir.Table
) -> tuple[pd.Timestamp, Text]:
    """Return the day to which a register is known, and a note where nobody said it of this export.

    The day of the call goes first. The one of the court's file holds for the export of which it was said, by its checksum,
    and for one of the same name that has nothing later: the same with corrections. Any other export is known to its own last
    day of filing or closing. Raises ``ArgumentError`` where no day is said at all.

    Parameters
    ----------
    as_of : date or text
        The day that the call says.
    about : mapping
        What is said of the register (``as_of``, ``as_of_export``).
    files : iterable
        Name and checksum of each file of the export.
    cases : Ibis table
        Its cases, of which the days of filing and closing are looked at.
    """
    must_be_said(as_of, about)
    known, export = (
        last_day_known(about["as_of"] if as_of is None else as_of),
        export_mark(files) if EXPORT in about else "",
    )
    if as_of is not None or not export or about[EXPORT] == export:
        return known, UNSAID
    days = _days(cases)
    last = last_recorded(day for name in FLOW for day in days[name])
    if about[EXPORT] == ANY_EXPORT:
        return known, UNSAID if last is None or last <= known else _later(known, last)
    same_name = str(about[EXPORT]).rpartition(" ")[0] == export.rpartition(" ")[0]
    if last is None or (same_name and last <= known):
        return known, UNSAID
    own = last_followed(last, chain(*days.values()))
    end, was, said = whole_year(own), known.date(), of_last(last, own)
    return end, Text(
        f"台账截止日取{end.date()}：这份台账{said.zh}；本院说明文件中的{was}说的是另一份导出。可用 --as-of 另行指明。",
        f"Known to {end.date()}: of this register {said.en}; the {was} of the court's file was said of another export. --as-of names another day.",
    )


def _later(known: pd.Timestamp, own: pd.Timestamp) -> Text:
    """Say that a day of the court's file, which holds for any export, leaves out what the register has of later ones."""
    return Text(
        f"台账截止日取{known.date()}，如本院说明文件所写（没有 {EXPORT} 一行，适用于任何导出）；台账中有更晚的立案或结案，至{own.date()}，不计入。"
        "这是后一次导出的，请用 --as-of 或在文件中改截止日。",
        f"Known to {known.date()}, as the court's file says of any export (it has no {EXPORT}); later filings or closings of the register, to "
        f"{own.date()}, are not counted. Where this is a later export, name its last day with --as-of or in the file.",
    )


def _days(cases: ir.Table) -> dict[str, set[pd.Timestamp]]:
    """The different days of each date that a case has."""
    dates = [name for name, column in columns().items() if column.kind == "date" and name in cases.columns]
    return {name: set(pd.to_datetime(cases[[name]].distinct().to_pandas()[name].dropna())) for name in dates}
