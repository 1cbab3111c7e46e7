"""Rows and columns that a spreadsheet hides, by a filter or by hand: they are read, and it is said which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.vocabulary.columns import columns
from analysis.vocabulary.text import Text, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

SHOWN = 6  # sheets named in a sentence


def as_hidden(hidden: pd.DataFrame, *, placed: bool = True) -> Text:
    """Say how many hidden rows, and which hidden columns, were read of which sheets (of all together where none may be ``placed``); nothing without any.

    >>> import pandas as pd
    >>> found = [["cases", "a.xlsx", "2023", "", 5, 12], ["cases", "a.xlsx", "2023", "closed_on", None, None]]
    >>> print(as_hidden(pd.DataFrame(found, columns=["table", "file", "sheet", "column", "row", "rows"])).zh)
    隐藏的行、列也已读入：a.xlsx / 2023隐藏12行（自第5行起），隐藏列：结案日期。不属于台账的请从表中删去。
    """
    if hidden.empty:
        return Text("", "")
    sheets = hidden.groupby(["file", "sheet"], sort=False) if placed else [(("", ""), hidden)]
    said = [_of_sheet(" / ".join(filter(None, map(str, place))), rows) for place, rows in sheets]
    more = Text("等", " …") if len(said) > SHOWN else Text("", "")
    zh, en = ("；".join(one.zh for one in said[:SHOWN]), "; ".join(one.en for one in said[:SHOWN]))
    return Text(
        f"隐藏的行、列也已读入：{zh}{more.zh}。不属于台账的请从表中删去。",
        f"Hidden rows and columns were read too: {en}{more.en}. Delete what is no part of the register.",
    )


def hidden_of(
    table: str, file: str, sheet: str, *, rows: Sequence[int], columns: Iterable[str]
) -> list[dict[str, Any]]:
    """Record which of the rows (from which on, and how many) and columns that were read of a sheet are hidden in it.

    >>> hidden_of("cases", "a.xlsx", "2023", rows=[7, 5], columns=["closed_on"])[0]
    {'table': 'cases', 'file': 'a.xlsx', 'sheet': '2023', 'column': '', 'row': 5, 'rows': 2}
    """
    at = {"table": table, "file": file, "sheet": sheet}
    of_rows = [{**at, "column": "", "row": min(rows), "rows": len(rows)}] if rows else []
    return of_rows + [{**at, "column": name, "row": None, "rows": None} for name in columns]


def _of_sheet(place: str, hidden: pd.DataFrame) -> Text:
    rows, named = hidden[hidden["column"] == ""], hidden[hidden["column"] != ""]
    parts = []
    if len(rows):
        number, row = int(rows["rows"].sum()), int(rows["row"].iloc[0])
        first, from_row = (f"（自第{row}行起）", f" (from row {row})") if place else ("", "")
        parts.append(Text(f"隐藏{number:,}行{first}", f"{number:,} hidden rows{from_row}"))
    if len(named):
        of = dict.fromkeys(columns(table)[name].text for table, name in named[["table", "column"]].to_numpy())
        parts.append(Text("隐藏列：", "hidden columns: ") + listed(of))
    return Text(
        place + "，".join(part.zh for part in parts), f"{place} " * bool(place) + ", ".join(part.en for part in parts)
    )
