"""Coverage of columns: which of them hold anything, how completely, and since when a blank says "not yet"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.vocabulary.columns import columns
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    import ibis.expr.types as ir

COLUMNS = ["column", "cases", "filled", "share", "since", "kept"]


def coverage(table: ir.Table) -> pd.DataFrame:
    """Measure how completely each column of a register is filled, one row a column.

    ``column``; ``cases`` (of the register), ``filled`` (those that hold a value), ``share`` (their ratio, missing without
    cases); ``since``: the first filing day among those filled; ``kept``: whether every closed case filed since
    then holds a value, so that a blank says that a thing has not happened: one that was left out elsewhere may be here too.

    >>> from analysis import Cases
    >>> frame = pd.DataFrame({"filed_on": ["2011-01-04", "2011-02-01"], "closed_on": ["2011-03-01", None]})
    >>> asked = coverage(Cases.from_frames(frame, as_of="2011-12-31").table).set_index("column")
    >>> asked.loc[["closed_on", "started_on"], "filled"].tolist()
    [1, 0]
    """
    names = list(columns("cases"))
    firsts = {f"{name} since": table.filed_on.min(where=table[name].notnull()) for name in names}
    counts = {name: table[name].count() for name in names}
    row = table.aggregate(cases=table.count(), **counts, **firsts).to_pandas().iloc[0]
    since = {name: pd.Timestamp(row[f"{name} since"]) for name in names}
    filled = [name for name in names if row[name]]
    closed = {}
    for name in filled:
        of_closed = table.closed_on.notnull() & (table.filed_on >= since[name].date())
        closed[f"{name} closed"] = of_closed.sum()
        closed[f"{name} kept"] = (of_closed & table[name].notnull()).sum()
    asked = table.aggregate(**closed).to_pandas().fillna(0).iloc[0] if closed else {}
    found = pd.DataFrame(
        {
            "column": names,
            "cases": int(row["cases"]),
            "filled": [int(row[name]) for name in names],
            "since": pd.Series([since[name] for name in names], dtype="datetime64[s]"),
            "kept": [name in filled and asked[f"{name} kept"] == asked[f"{name} closed"] for name in names],
        }
    )
    found["share"] = found["filled"] / found["cases"].where(found["cases"] > 0)
    found.attrs["table"] = "coverage"
    return found[COLUMNS]


def named(names: Iterable[str]) -> Text:
    """Name columns as a reader knows them, in quotes.

    >>> named(["started_on", "amount_paid"]).zh
    '“开始执行日期”“已发放案款”'
    """
    texts = [columns("cases")[name].text for name in names]
    return Text("".join(f"“{t.zh}”" for t in texts), ", ".join(f'"{t.en}"' for t in texts))


def cannot_tell(names: Iterable[str], what: Text | None = None) -> Text:
    """Say that something cannot be told: the register does not hold the columns that it rests on.

    >>> cannot_tell(["started_on"], Text("逾期开始执行", "late starts")).zh
    '逾期开始执行：无法判断，台账没有“开始执行日期”'
    """
    lacking = named(names)
    if what is None:
        return Text(f"无法判断：台账没有{lacking.zh}", f"cannot be told: the register holds no {lacking.en}")
    return Text(
        f"{what.zh}：无法判断，台账没有{lacking.zh}", f"{what.en}: cannot be told, the register holds no {lacking.en}"
    )


def blank_says(coverage: pd.DataFrame, name: str) -> pd.Timestamp | None:
    """Return the filing day from which a blank in a column says that the thing has not happened; ``None`` where it never does."""
    row = coverage.loc[coverage["column"] == name].iloc[0]
    return pd.Timestamp(row["since"]) if row["kept"] else None
