"""The totals that a table of returns prints beneath its courts, held against the sums of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import pandas as pd

from analysis.inference.reconciliation.identities import span
from analysis.inference.reconciliation.relations import Line
from analysis.returns.figures import Printed
from analysis.returns.row_arithmetic import Range, stands_for, total
from analysis.returns.several_courts import SUBTOTAL, is_no_court, is_total
from analysis.returns.verdicts import plain
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.terms import measure_text
from analysis.vocabulary.text import Text

COLUMNS = [
    "court",
    "scope",
    "period_start",
    "period_end",
    "measure",
    "printed",
    "courts",
    "without",
    "lower",
    "upper",
    "verdict",
    "explanation",
    "place",
]
KINDS = ("count", "amount")
SHOWN = 3  # courts without a number that are named


def control_totals(lines: Sequence[Line]) -> pd.DataFrame:
    """Each printed total of a table beside the sum of its courts' rows of the same scope and period.

    ``courts`` rows add up to between ``lower`` and ``upper`` (what their digits leave open; cases, 万元). A total ``agrees``, or
    ``shares_conflict``: it, or one of the rows, is wrong. Where ``without`` rows print no number the sum is a part: a total
    below it is a conflict, any other is ``unchecked``. A 小计 is of the rows since the total before it.
    """
    rows = [row for of_total, parts in _totals(lines) for row in _held(of_total, parts)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _totals(lines: Sequence[Line]) -> Iterator[tuple[Line, list[Line]]]:
    """Each line of a total with the lines of courts that it is of: of its file, scope and period."""
    tables: dict[tuple[str, object], list[Line]] = {}
    for line in sorted(lines, key=_position):
        file = line.place.rpartition(":")[0]
        tables.setdefault((file, (line.cell.scope, line.cell.start, line.cell.end)), []).append(line)
    for table in tables.values():
        since = 0
        for at, line in enumerate(table):
            if is_total(line.court):
                first = since if SUBTOTAL.search(line.court) else 0
                last = at if SUBTOTAL.search(line.court) else len(table)
                parts = [part for part in table[first:last] if not is_no_court(part.court)]
                if parts:
                    yield line, parts
                since = at + 1


def _position(line: Line) -> tuple[str, int]:
    file, _, row = line.place.rpartition(":")
    return file, int(row) if row.isdigit() else line.number


def _held(of_total: Line, parts: Sequence[Line]) -> Iterator[dict[str, object]]:
    for name, figure in of_total.figures.items():
        given = [part for part in parts if name in part.figures]
        if figure.kind in KINDS and given:
            low, high = total(_range(part.figures[name].printed, figure.kind) for part in given)
            missing = [part.court for part in parts if name not in part.figures]
            seen = _range(figure.printed, figure.kind)
            verdict = _verdict(seen, (low, high), complete=not missing)
            yield {
                "court": of_total.court,
                "scope": of_total.cell.scope or None,
                "period_start": pd.Timestamp(of_total.cell.start) if of_total.cell.start else pd.NaT,
                "period_end": pd.Timestamp(of_total.cell.end) if of_total.cell.end else pd.NaT,
                "measure": name,
                "printed": figure.text,
                "courts": len(given),
                "without": len(missing),
                "lower": float(low),
                "upper": float(high),
                "verdict": verdict,
                "explanation": _explained(of_total, name, seen[0], (low, high), len(given), missing, verdict).cell,
                "place": of_total.place,
            }


def _range(printed: Printed, kind: str) -> Range:
    return stands_for(printed, counted=kind == "count")


def _verdict(seen: Range, added: Range, *, complete: bool) -> str:
    if seen[1] < added[0] or (complete and seen[0] > added[1]):
        return "shares_conflict"
    return "agrees" if complete else "unchecked"


def _explained(
    line: Line, name: str, printed: Fraction, added: Range, rows: int, missing: Sequence[str], verdict: str
) -> Text:
    measure, when = measure_text(name), span(line.cell)
    sum_ = plain(added[0]) if added[0] == added[1] else f"{plain(added[0])}–{plain(added[1])}"
    away = printed - added[0] if printed < added[0] else printed - added[1]
    left = "、".join(missing[:SHOWN]) + ("…" if len(missing) > SHOWN else "")
    at = Text(
        f"{line.court}（{when.zh}{line.cell.scope}）{measure.zh}",
        f"{court_text(line.court).en} ({when.en}) {measure.en}",
    )
    told = Text(
        f"{at.zh}公布{line.figures[name].text}，{rows}行相加为{sum_}",
        f"{at.en} is published as {line.figures[name].text}, {rows} rows add up to {sum_}",
    )
    if missing:
        told += Text(f"；{len(missing)}行没有该数（{left}）", f"; {len(missing)} rows print none ({left})")
    if verdict == "shares_conflict":
        told += Text(
            f"：相差{plain(abs(away))}，合计或其中一行有误",
            f": {plain(abs(away))} apart, the total or one row is wrong",
        )
    elif verdict == "unchecked":
        told += Text("，不能核对", ", so it cannot be checked")
    return told
