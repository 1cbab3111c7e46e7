"""Problems of a flow, wrong or missing, as rows of a table; said, never repaired in silence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.vocabulary.dates import day_text, window_text
from analysis.vocabulary.text import Text, number_of

MISSED = 20.0  # cases filed and closed that a stretch lacks: by chance it would lack them once in e to the power of 20


def problem(
    rule: str, text: Text, *, severity: str = "problem", periods: pd.Series | None = None, **limits: float
) -> dict[str, Any]:
    """A row of the table of problems: rule, severity (problem, note), first and last period, how many, limits, text."""
    found = periods is not None and len(periods) > 0
    return {
        "rule": rule,
        "severity": severity,
        "start": periods.min() if periods is not None and found else pd.NaT,
        "end": periods.max() if periods is not None and found else pd.NaT,
        "periods": len(periods) if periods is not None else 0,
        "lower": limits.get("lower", np.nan),
        "upper": limits.get("upper", np.nan),
        "problem": text.cell,
    }


def problem_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Problems as a table: ``rule, severity, start, end, periods, lower, upper, problem``."""
    columns = ["rule", "severity", "start", "end", "periods", "lower", "upper", "problem"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"start": "datetime64[s]", "end": "datetime64[s]"})


def gap_problems(part: pd.DataFrame, place: np.ndarray, known: np.ndarray, stretch: slice) -> list[dict[str, Any]]:
    """Absent periods and missing numbers, and the stretch that is used instead of all."""
    absent = int(place[-1] - place[0] + 1 - len(place))
    unknown = int((~known).sum())
    if not absent and not unknown:
        return []
    used = part["period"].iloc[stretch]
    span = window_text(used.min(), used.max())
    return [
        problem(
            "gap",
            Text(
                f"缺{absent}期，另有{unknown}期数字不全；不作填补，只用最长的连续一段：{span.zh}（{len(used)}期）",
                f"{absent} periods are absent and {unknown} have missing numbers; nothing is filled in, only the longest "
                f"unbroken stretch is used: {span.en} ({len(used)} periods)",
            ),
            periods=part["period"],
        )
    ]


def residual_problems(residual: pd.DataFrame) -> list[dict[str, Any]]:
    """Return where opening + filed − closed is not closing, and where an opening is not the closing before it."""
    rows = []
    off = residual["residual"].notna() & (residual["residual"].abs() > 1e-6)
    if off.any():
        low, high = residual["residual"].min(), residual["residual"].max()
        count, known = int(off.sum()), int(residual["residual"].notna().sum())
        text = Text(
            f"旧存＋新收－结案－未结 不为零：{known}期中有{count}期，余数{low:,.10g}至{high:,.10g}；照原样保留，未作调整",
            f"opening + filed − closed − closing is not zero in {count} of {known} periods: "
            f"residual {low:,.10g} to {high:,.10g}; kept as it is, nothing was adjusted",
        )
        rows.append(problem("stock_identity", text, periods=residual["period"][off], lower=low, upper=high))
    broken = residual["step"].notna() & (residual["step"].abs() > 1e-6)
    if broken.any():
        low, high = residual["step"].min(), residual["step"].max()
        text = Text(
            f"{int(broken.sum())}期的旧存不等于上期未结，相差{low:,.10g}至{high:,.10g}",
            f"in {int(broken.sum())} periods the opening stock is not the closing stock before it: "
            f"difference {low:,.10g} to {high:,.10g}",
        )
        rows.append(problem("opening_stock", text, periods=residual["period"][broken], lower=low, upper=high))
    return rows


def stock_problems(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A stock below zero, filings or closings below zero, and stretches without either that chance does not make."""
    rows = _silent(table)
    below = table["closing"] < 0
    if below.any():
        low, first = table["closing"].min(), day_text(table["period"][below].iloc[0])
        text = Text(
            f"按其自身数字，未结存量自{first.zh}起低于零（{int(below.sum())}期，最低{low:,.10g}）；未作改动，原样分析："
            "旧存、新收或结案至少一项有误或口径不一",
            f"by its own figures the pending stock is below zero from {first.en} ({int(below.sum())} periods, lowest "
            f"{low:,.10g}); it is not clipped: opening, filed or closed is wrong, or they do not share a definition",
        )
        rows.append(
            problem("negative_stock", text, periods=table["period"][below], lower=low, upper=table["closing"].max())
        )
    for name, zh in (("filed", "新收"), ("closed", "结案")):
        negative = table[name] < 0
        if negative.any():
            text = Text(
                f"{zh}有{int(negative.sum())}期为负数，最低{table[name].min():,.10g}",
                f"{name} is negative in {int(negative.sum())} periods, lowest {table[name].min():,.10g}",
            )
            rows.append(problem("negative_flow", text, periods=table["period"][negative], lower=table[name].min()))
    return rows


def silent(filed: np.ndarray, closed: np.ndarray) -> np.ndarray:
    """Return the periods of stretches in which nothing is filed and nothing closed, where ``MISSED`` cases or more were to be expected.

    >>> silent(np.array([9, 0, 0, 9]), np.array([9, 0, 0, 9])).tolist()
    [False, True, True, False]
    >>> silent(np.array([1, 0, 0, 1]), np.array([1, 0, 0, 1])).any()
    np.False_
    """
    empty = (filed == 0) & (closed == 0)
    if empty.all():
        return np.zeros(len(empty), dtype=bool)
    usual, found = float((filed + closed)[~empty].mean()), np.zeros(len(empty), dtype=bool)
    for first, after in _stretches(empty):
        found[first:after] = usual * (after - first) >= MISSED
    return found


def _stretches(inside: np.ndarray) -> list[tuple[int, int]]:
    """First place and place after the last, of every run."""
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _silent(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows = []
    told = silent(table["filed"].to_numpy(), table["closed"].to_numpy())
    for first, after in _stretches(told):
        periods = table["period"].iloc[first:after]
        day = day_text(periods.iloc[0])
        text = Text(
            f"{day.zh}起连续{len(periods)}期既无新收也无结案：是停止办案还是没有登记，请核对；判断轮回时不计这几期",
            f"nothing is filed and nothing closed in {number_of(len(periods), 'period')} on end from {day.en}: check whether work stopped or "
            "nothing was recorded; the verdict on rounds leaves them out",
        )
        rows.append(problem("silent", text, periods=periods))
    return rows
