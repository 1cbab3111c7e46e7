"""Published figures, what the register gives for them and what the others allow, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.compared_sides import UNCHECKED, Side, side_of
from analysis.charts.drawing.labels import indicator_text
from analysis.returns.figures import kind_of
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.dates import span_text
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.inference.reconciliation.reconcile import Reconciliation

KEY = ("court", "scope", "period_start", "period_end", "measure")
KINDS = {
    "count": Text("件数（件）", "counts (cases)"),
    "rate": Text("比率（%）", "rates (%)"),
    "amount": Text("金额（万元）", "amounts (10,000 yuan)"),
    "other": Text("其他", "other"),
}


def conflicts_of(reconciliation: Reconciliation, courts: Iterable[object]) -> int:
    """Count the sets of figures of some courts that cannot all be true."""
    conflicts = reconciliation.conflicts
    return int(conflicts.loc[conflicts["court"].isin(list(courts)), "conflict"].nunique())


@dataclass(frozen=True)
class ComparedFigure:
    """One published figure: its name, its text, and what the register and the other published figures say of it."""

    name: Text
    period: Text
    kind: str
    printed: str
    register: Side | None = None
    others: Side | None = None

    @property
    def sides(self) -> list[Side]:
        """What the figure is held against."""
        return [side for side in (self.register, self.others) if side]

    @property
    def words(self) -> Text:
        """The row in words."""
        zh, en = ([self.printed] for _ in range(2))
        for side in self.sides:
            zh += [side.shown or "—", side.words.zh]
            en += [side.shown or "—", side.words.en]
        return Text(
            f"{self.name.zh}{self.period.zh}：{' ｜ '.join(zh)}", f"{self.name.en} {self.period.en}: {' | '.join(en)}"
        )


def key_of(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    """What tells one published figure from another."""
    return tuple(None if pd.isna(row.get(name)) else row[name] for name in KEY)


def worth_of(table: pd.DataFrame) -> list[Sequence[float] | None]:
    """Return the value and the worth of the last digit of each row, where the table still knows them."""
    known = table.attrs.get("stands_for", [])
    return list(known) if len(known) == len(table) else [None] * len(table)


def compared(
    rows: Sequence[Mapping[Any, Any]],
    stands_for: Sequence[Sequence[float] | None],
    others: Mapping[tuple[Any, ...], Side] | None = None,
) -> list[ComparedFigure]:
    """Hold published figures against the register (``rebuilt``) or against each other (``recomputed``); ``others`` adds the latter."""
    apart = [name for name in ("court", "scope") if len({str(row.get(name)) for row in rows}) > 1]
    figures = []
    for row, worth in zip(rows, stands_for, strict=True):
        own = side_of(row, worth)
        is_rebuilt = "rebuilt" in row
        measure = str(row["measure"])
        name = indicator_text(measure, row.get("definition") or "")
        for column in reversed(apart):
            if isinstance(row.get(column), str):
                prefix = court_text(row[column]) if column == "court" else Text(row[column], row[column])
                name = prefix + Text(" ", " ") + name
        is_dated = not pd.isna(row["period_start"]) and not pd.isna(row["period_end"])
        period = span_text(row["period_start"], row["period_end"]) if is_dated else term("not_stated")
        kind = kind_of(measure)
        register = own if is_rebuilt else None
        among = own if not is_rebuilt else None if others is None else others.get(key_of(row), UNCHECKED)
        figures.append(
            ComparedFigure(name, period, kind if kind in KINDS else "other", str(row["printed"]), register, among)
        )
    return figures
