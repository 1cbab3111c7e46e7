"""The day to which a register is known: said by the call, by its own folder, by its titles, or of one export by the court's file."""

from __future__ import annotations

import hashlib
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.table import UNSAID
from analysis.files.cell_text import TRADITIONAL
from analysis.register import EXPORT
from analysis.register.cells import is_day_cell, read_date
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
DAY = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
# The day of an export as a title has it: 导出日期：2022-01-24, 截至2022年1月24日, 2020.12.21—2021.12.20.
EXPORTED = re.compile(
    rf"(?:(?:导出|截止|截至|数据至|下载|查询|exported|as of)\D{{0,8}}|{DAY}\s*[至到—–~～-]{{1,2}}\s*)({DAY})",
    re.IGNORECASE,
)
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


def days_in_titles(titles: Iterable[str]) -> dict[pd.Timestamp, str]:
    """Return the days to which titles say that a register goes, and how each is said.

    >>> days_in_titles(["某县法院执行台账", "统计截止日期：2024年12月31日"])
    {Timestamp('2024-12-31 00:00:00'): '截止日期：2024年12月31日'}
    """
    found = (said for title in titles for said in EXPORTED.finditer(title.translate(TRADITIONAL)))
    return {pd.Timestamp(read_date(said[1])): said[0] for said in found if is_day_cell(said[1])}


def of_titles(days: Iterable[pd.Timestamp], last: pd.Timestamp) -> pd.Timestamp | None:
    """Return the latest day of titles that may be a register's: none before its last filing or closing, nor of another year."""
    return max((day for day in days if last <= day and day.year == last.year), default=None)


def titles_read(skipped_rows: pd.DataFrame, mapping: pd.DataFrame) -> list[str]:
    """Return what stands above and below the cases of a register as it was read, with the names of its files and sheets."""
    above = skipped_rows.loc[skipped_rows["kind"].isin(["title", "header", "note"]), "held"]
    return [*above.astype(str), *mapping["file"].astype(str).unique(), *mapping["sheet"].astype(str).unique()]


def export_mark(files: Iterable[Sequence[str]]) -> str:
    """Return by what an export is told from another: the name of its first file, and a checksum of all.

    >>> export_mark([("b.csv", "02"), ("a.csv", "01")]) == export_mark([("a.csv", "01"), ("b.csv", "02")])
    True
    """
    ordered = sorted((name, sha256) for name, sha256 in files)
    whole = hashlib.sha256("\n".join(sha256 for _, sha256 in ordered).encode()).hexdigest()
    return f"{ordered[0][0]} {whole[:MARKED]}"


def last_day(
    as_of: Any, about: Mapping[str, Any], files: Iterable[Sequence[str]], cases: ir.Table, titles: Iterable[str]
) -> tuple[pd.Timestamp, Text]:
    """Return the day to which a register is known, and a note where nobody said it of this export.

    The day of the call goes first. The one of the court's file holds for the export of which it was said, by its checksum,
    and for one of the same name that has nothing later: the same with corrections. Any other export is known to the day in its
    titles, or to its own last day of filing or closing. Raises ``ArgumentError`` where no day is said at all.

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
    titles : iterable of text
        What stands above its cases.
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
    titled = None if last is None else of_titles(days_in_titles(titles), last)
    latest = max((day for day in (last, titled) if day is not None), default=known)
    if about[EXPORT] == ANY_EXPORT:
        return known, UNSAID if latest <= known else _later(known, latest, recorded=last)
    same_name = str(about[EXPORT]).rpartition(" ")[0] == export.rpartition(" ")[0]
    if last is None or (same_name and latest <= known):
        return known, UNSAID
    own = last_followed(last, chain(*days.values()))
    end, was, said = titled or whole_year(own), known.date(), of_last(last, own)
    if titled is not None:
        said = Text("写明截止这一天", "it is written that it goes to this day")
    return end, Text(
        f"台账截止日取{end.date()}：这份台账{said.zh}；本院说明文件中的{was}说的是另一份导出。可用 --as-of 另行指明。",
        f"Known to {end.date()}: of this register {said.en}; the {was} of the court's file was said of another export. --as-of names another day.",
    )


def _later(known: pd.Timestamp, latest: pd.Timestamp, recorded: pd.Timestamp | None) -> Text:
    """Say that a day of the court's file, which holds for any export, leaves out what the register has of later ones, or that its title says a later one."""
    if recorded is not None and recorded > known:
        left_out = Text(
            f"台账中有更晚的立案或结案，至{recorded.date()}，不计入",
            f"later filings or closings of the register, to {recorded.date()}, are not counted",
        )
    else:
        left_out = Text(f"台账写明截止{latest.date()}", f"the register says that it goes to {latest.date()}")
    return Text(
        f"台账截止日取{known.date()}，如本院说明文件所写（没有 {EXPORT} 一行，适用于任何导出）；{left_out.zh}。"
        "这是后一次导出的，请用 --as-of 或在文件中改截止日。",
        f"Known to {known.date()}, as the court's file says of any export (it has no {EXPORT}); {left_out.en}. "
        "Where this is a later export, name its last day with --as-of or in the file.",
    )


def _days(cases: ir.Table) -> dict[str, set[pd.Timestamp]]:
    """The different days of each date that a case has."""
    dates = [name for name, column in columns().items() if column.kind == "date" and name in cases.columns]
    return {name: set(pd.to_datetime(cases[[name]].distinct().to_pandas()[name].dropna())) for name in dates}
