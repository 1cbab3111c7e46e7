"""Closings of a register: whether it tells them at all, and which cases have a closing date that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.vocabulary.errors import InputError
from analysis.vocabulary.sentences import NOT_FILLED, NOT_READ
from analysis.vocabulary.text import Text, listed

if TYPE_CHECKING:
    import ibis.expr.types as ir


def holds_closings(cases: Any) -> bool:
    """Whether a register tells which of its cases are closed: in one of files without such a column all only seem open."""
    if cases.without_closings:
        return False
    main = cases.mapping[cases.mapping["table"] == "cases"] if len(cases.mapping) else cases.mapping
    return bool(
        main.empty
        or (main["column"] == "closed_on")[main["status"] == "mapped"].any()
        or not cases.lacking("closed_on")
    )


def must_hold_closings(cases: Any) -> None:
    """Raise ``InputError`` for a register of files in which no header was taken for the closing date: its cases only seem open."""
    if cases.holds_closings:
        return
    if cases.without_closings:
        raise InputError(
            "案件表有“结案方式”而没有“结案日期”（closed_on）一栏，全部案件会显得未结：结案、未结、期限和由此得出的数字都无从知道。"
            "请加上这一栏，未结的留空。",
            "The frame of cases has closure modes and no column closed_on (结案日期), so that every case would seem open: closings, the pending "
            "stock, limits and all that rests on them cannot be known. Add the column, blank for open cases.",
        )
    main = cases.mapping[cases.mapping["table"] == "cases"]
    unused = listed(main.loc[main["status"] == "ignored", "header"].unique())
    unread = Text(
        f"没有用上的表头（[n]为第n列）：{unused.zh}。" if unused.zh else "",
        f"Headers not used ([n] is the nth column): {unused.en}. " if unused.en else "",
    )
    raise InputError(
        "台账中没有一栏被认作“结案日期”，全部案件会显得未结：结案、未结、期限和由此得出的数字都无从知道。"
        f"{unread.zh}请在 本院.toml 的 [columns] 中写明（或用 columns= 指明）哪一栏是结案日期；没有这一栏的，请重新导出。",
        "No column of the register was taken for the closing date, so that every case would seem open: closings, the pending stock, limits and "
        f"all that rests on them cannot be known. {unread.en}Say in [columns] of 本院.toml (or with "
        "columns=) which one is the closing date, or export it too.",
    )


def is_undecided(cases: Any, table: ir.Table) -> Any:
    """The condition that a case's closing date cannot be read, or is blank beside a closure mode: whether it is closed is not known.

    It counts as open. ``table`` holds the place of each row. ``False`` for a register without such cases.
    """
    import ibis

    condition: Any = ibis.literal(value=False)
    unread = _undecided(cases)
    for (file, sheet), cells in unread.groupby(["file", "sheet"]) if len(unread) else ():
        here = (table.source_file == file) & (table.source_sheet.fill_null("") == sheet)
        condition |= here & table.source_row.isin([int(row) for row in cells["row"]]).fill_null(False)
    return condition


def unread_cells(cases: Any, column: str) -> frozenset[tuple[str, str, int]]:
    """File, sheet and row of the cases whose cell of a column cannot be read."""
    cells = _unread(cases, column)
    if cells.empty:
        return frozenset()
    places = zip(cells["file"], cells["sheet"], cells["row"], strict=True)
    return frozenset((str(file), str(sheet), int(row)) for file, sheet, row in places)


def undecided_filed(cases: Any) -> pd.Series:
    """The filing days of the cases whose closing date cannot be read, or is blank beside a closure mode.

    >>> from analysis import Cases
    >>> len(undecided_filed(Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"]}), as_of="2011")))
    0
    """
    if _undecided(cases).empty:
        return pd.Series(dtype="datetime64[s]")

    def ask() -> pd.DataFrame:
        undecided = cases.table.filter(is_undecided(cases, cases.table))
        frame: pd.DataFrame = undecided.select("filed_on").to_pandas()
        return frame

    return pd.to_datetime(cases.once("undecided", ask)["filed_on"]).astype("datetime64[s]")


def undecided_by(cases: Any, at: pd.Timestamp) -> int:
    """Count the cases filed to a day whose closing date cannot be read."""
    return int((undecided_filed(cases) <= at).sum())


def counted_open(number: int) -> Text:
    """Say of so many cases that their closing date cannot be read and what they are taken for."""
    return Text(
        f"{number:,}件的结案日期读不出或漏填，是否已结不知，按未结计",
        f"the closing date of {number:,} cannot be read or was left out: whether closed is not known, counted as pending",
    )


def not_listed(number: int) -> Text:
    """Say of so many cases that they are on no list of open ones, since their closing date cannot be read."""
    return Text(
        f"结案日期读不出或漏填、是否已结不知、因而未列入的案件：{number:,}件",
        f"Cases whose closing date cannot be read or was left out, so that it is not known whether they are open, and which are not listed: {number:,}",
    )


def blank_called(cases: Any, *names: str) -> Text:
    """Return what cells of a column without a value are called: not filled in, or unreadable where some hold something.

    >>> from analysis import Cases
    >>> blank_called(Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"]}), as_of="2011"), "amount_recovered").zh
    '未填'
    """
    return NOT_READ if any(len(_unread(cases, name)) for name in names) else NOT_FILLED


def _undecided(cases: Any) -> pd.DataFrame:
    """Place of the cases whose closing date cannot be read, or is blank though a closure mode is stated."""
    place = ["file", "sheet", "row"]

    def ask(table: ir.Table) -> pd.DataFrame:
        is_left_out = table.closed_on.isnull() & (table.closure_mode != "other") & table.source_row.notnull()
        frame: pd.DataFrame = (
            table.filter(is_left_out)
            .select(**{name: table[f"source_{name}"] for name in place})
            .to_pandas()
            .fillna({"file": "", "sheet": ""})
        )
        return frame

    left_out = cases.once("closings left out", lambda: ask(cases.entire), of_whole=True)
    if len(left_out) and cases.whole is not None:  # where the whole has none, no part is asked
        left_out = cases.once("closings left out of a part", lambda: ask(cases.table))
    unread = _unread(cases)
    parts = [part[place] for part in (unread, left_out) if len(part)]
    return pd.concat(parts, ignore_index=True).drop_duplicates() if parts else left_out


def _unread(cases: Any, column: str = "closed_on") -> pd.DataFrame:
    cells = cases.unreadable
    if cells.empty:
        return cells
    found = cells[(cells["table"] == "cases") & (cells["column"] == column)]
    return found.assign(file=found["file"].fillna(""), sheet=found["sheet"].fillna(""))
