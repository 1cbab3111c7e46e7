"""Further effects of a campaign, case by case: closure modes, recovery, and cases that came back (执恢).

A closing that enforced the claim has *cleared* the case; 终本 (terminated for this round) and transfer have *moved* it off
the list of pending cases, and a case reopened within 12 months was not cleared either.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.problems import problem
from analysis.vocabulary.columns import closure_modes
from analysis.vocabulary.text import Text

CLEARED, MOVED = closure_modes("performed", "settled"), closure_modes("moved")
MID_MONTH = pd.Timedelta(days=14)  # reopened cases are told by month of closing: a month belongs where its middle lies
STRETCHES = ("before", "during", "after")
NOT_GIVEN = Text(
    "未提供 cases=：结案方式、到位和恢复执行的变化缺失",
    "without cases= closure modes, recovery and reopened cases are missing",
)
MODE_COLUMNS = ["stretch", "closure_mode", "group", "cases", "closed", "share", "lower", "upper"]
DIFFERENCE = ["difference", "difference_lower", "difference_upper"]
RECOVERY_COLUMNS = ["stretch", "measure", "numerator", "denominator", "value", "lower", "upper"]
REOPENED_COLUMNS = ["stretch", "of", "reopened", "closed", "not_followed", "share", "lower", "upper"]


def case_tables(
    cases: Any, first: pd.Timestamp, last: pd.Timestamp
) -> tuple[tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], list[dict[str, Any]]]:
    """Closure modes, recovery and reopened cases before, during (``first`` to ``last``) and after; notes.

    Shares have Wilson limits; ``difference`` is the share less that before the campaign, with Newcombe limits (cases taken as
    independent: batches of linked cases make both too narrow).
    """
    if cases is None:
        empty = (MODE_COLUMNS + DIFFERENCE, RECOVERY_COLUMNS + DIFFERENCE, REOPENED_COLUMNS + DIFFERENCE)
        modes, recovery, back = (pd.DataFrame(columns=columns) for columns in empty)
        return (modes, recovery, back), [problem("needs_cases", NOT_GIVEN, severity="note")]
    from analysis.cases import reopenings, tallies

    closed = tallies.closed(cases)
    closed["stretch"] = _stretch(closed["on"], first, last)
    back = reopenings.reopened(cases)
    back["stretch"] = _stretch(back["on"] + MID_MONTH, first, last)
    return (_modes(closed), _recovery(closed), _reopened(back)), []


def _stretch(days: pd.Series, first: pd.Timestamp, last: pd.Timestamp) -> np.ndarray:
    return np.where(days < first, "before", np.where(days <= last, "during", "after"))


def _group(mode: Any) -> str:
    return "cleared" if mode in CLEARED else "moved" if mode in MOVED else "other"


def _modes(closed: pd.DataFrame) -> pd.DataFrame:
    """Each mode's share of the closings, and the shares cleared, moved and other (closure_mode ``all``)."""
    named = closed.assign(closure_mode=closed["closure_mode"].fillna("not_stated"))
    named["group"] = named["closure_mode"].map(_group)
    by_mode = named.groupby(["stretch", "closure_mode", "group"], as_index=False)["cases"].sum()
    by_group = named.groupby(["stretch", "group"], as_index=False)["cases"].sum().assign(closure_mode="all")
    pairs = pd.concat([by_group, by_mode])[["closure_mode", "group"]].drop_duplicates()
    grid = pairs.merge(pd.DataFrame({"stretch": STRETCHES}), how="cross")
    table = grid.merge(pd.concat([by_group, by_mode]), how="left").fillna({"cases": 0}).astype({"cases": "int64"})
    table["closed"] = table["stretch"].map(named.groupby("stretch")["cases"].sum()).fillna(0).astype("int64")
    return _with_shares(table, ["closure_mode", "group"], "cases", "closed", "share")[MODE_COLUMNS + DIFFERENCE]


def _recovery(closed: pd.DataFrame) -> pd.DataFrame:
    """Cases with any recovery ÷ closings (Wilson), and money recovered ÷ claimed (limits from the months' scatter)."""
    sums = closed.groupby("stretch")[["cases", "with_recovery"]].sum().reindex(STRETCHES, fill_value=0).reset_index()
    counted = sums.rename(columns={"with_recovery": "numerator", "cases": "denominator"}).assign(measure="cases")
    counted = _with_shares(counted, ["measure"], "numerator", "denominator", "value")
    rows = []
    for stretch in STRETCHES:
        part = closed[closed["stretch"] == stretch]
        months = part.groupby(part["on"].dt.to_period("M"))[["recovered_fen", "claimed_fen"]].sum().to_numpy(float)
        rows.append({"stretch": stretch, "measure": "money", **_ratio(months / 100)})
    money = pd.DataFrame(rows)
    base = money.iloc[0]
    spread = np.sqrt(((money["upper"] - money["value"]) ** 2 + (base["upper"] - base["value"]) ** 2).astype(float))
    money["difference"] = money["value"] - base["value"]
    money["difference_lower"], money["difference_upper"] = money["difference"] - spread, money["difference"] + spread
    money.loc[money["stretch"] == "before", DIFFERENCE] = np.nan
    return pd.concat([counted, money], ignore_index=True)[RECOVERY_COLUMNS + DIFFERENCE]


def _ratio(months: np.ndarray) -> dict[str, float]:
    """Σ recovered ÷ Σ claimed in yuan, with limits from the linearised scatter of the months."""
    from scipy.stats import t as student

    top, base = months.sum(axis=0) if len(months) else (0.0, 0.0)
    row = {"numerator": float(top), "denominator": float(base)}
    if base <= 0:
        return row | {"value": np.nan, "lower": np.nan, "upper": np.nan}
    value = float(top / base)
    if len(months) < 3:
        return row | {"value": value, "lower": np.nan, "upper": np.nan}
    left = months[:, 0] - value * months[:, 1]
    error = np.sqrt(len(months) / (len(months) - 1) * (left @ left)) / base
    reach = float(student.ppf(0.975, len(months) - 1) * error)
    return row | {"value": value, "lower": max(value - reach, 0.0), "upper": value + reach}


def _reopened(back: pd.DataFrame) -> pd.DataFrame:
    """Closings reopened within 12 months, of all closings and of 终本, followed closings only."""
    rows = []
    for of, chosen in (
        ("all", back),
        ("terminated_this_round", back[back["closure_mode"] == "terminated_this_round"]),
    ):
        for stretch in STRETCHES:
            part = chosen[chosen["stretch"] == stretch]
            followed = part[part["followed"]]
            rows.append(
                {
                    "stretch": stretch,
                    "of": of,
                    "reopened": int(followed.loc[followed["reopened"], "cases"].sum()),
                    "closed": int(followed["cases"].sum()),
                    "not_followed": int(part.loc[~part["followed"], "cases"].sum()),
                }
            )
    table = _with_shares(pd.DataFrame(rows), ["of"], "reopened", "closed", "share")
    return table[REOPENED_COLUMNS + DIFFERENCE]


def _with_shares(table: pd.DataFrame, keys: list[str], top: str, base: str, name: str) -> pd.DataFrame:
    """Shares with Wilson limits and their difference from the stretch before with Newcombe limits."""
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    rows = []
    for _, part in table.groupby(keys, sort=False):
        before = part[part["stretch"] == "before"].iloc[0]
        for row in part.to_dict("records"):
            count, total = row[top], row[base]
            if total > 0:
                low, high = proportion_confint(count, total, method="wilson")
                row |= {name: count / total, "lower": float(low), "upper": float(high)}
                if row["stretch"] != "before" and before[base] > 0:
                    limits = confint_proportions_2indep(
                        count, total, before[top], before[base], compare="diff", method="newcomb"
                    )
                    difference = count / total - before[top] / before[base]
                    row |= dict(zip(DIFFERENCE, (difference, *map(float, limits)), strict=True))
            rows.append(row)
    columns = [*table.columns, name, "lower", "upper", *DIFFERENCE]
    return pd.DataFrame(rows, columns=columns)
