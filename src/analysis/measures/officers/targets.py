"""Targets: how far each officer is from the court's yearly quotas, and what the next quarter asks, by stated rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.measures.pseudonyms import NOBODY
from analysis.measures.side_files import hand_kept
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


QUARTERS = 4
EVALUATION = ("indicator", "value", "place", "courts")
MOST_COURTS = 10_000  # that may take part: the country has some 3,500


def next_targets(
    rows: pd.DataFrame, numbers: Mapping[str, Any], *, quarter: int, next_end: pd.Timestamp
) -> pd.DataFrame:
    """Set the closings due from each officer in the next quarter: ``officer, target, number, rule`` (in both languages).

    ``rows``: the cases of the year so far (``handled.handled_cases``). Rules: (1) every open case whose limit ends by
    the quarter's end; (2) the court's share of the year's filings, filings going on as so far; (3) net closings in
    equal parts over the quarters. After the last quarter (2) and (3) begin a new year. Rounded up, never below 0; missing where it hangs on
    cells of the officer's cases that are blank.

    >>> rows = pd.DataFrame({"officer": ["a"] * 10, "is_filed": True, "is_pending": [False] * 6 + [True] * 4, "is_net": False,
    ...                      "due_on": pd.Timestamp("2011-12-01")})
    >>> quota = {"filed_cases_closed_percent": 80, "net_closings_per_officer": 30}
    >>> next_targets(rows, quota, quarter=2, next_end=pd.Timestamp("2011-09-30"))[["target", "number"]].values.tolist()
    [['due_by_quarter_end', 0], ['closings_of_filings', 6], ['net_closings', 23]]
    """
    own = rows[rows["officer"] != NOBODY]
    due = own.assign(due=own["is_pending"] & (own["due_on"] <= next_end), both=own["is_filed"] & ~own["is_pending"])
    undecided, net_unknown = (own.get(name, pd.Series(False, own.index)) for name in ("is_undecided", "is_net_unknown"))
    may_be_due = own["is_pending"] & (own.get("earliest_due", own["due_on"]) <= next_end)
    due = due.assign(
        due_unknown=may_be_due & (undecided | ~due["due"]),
        both_unknown=own["is_filed"] & undecided,
        net_unknown=net_unknown | undecided,
    )
    counted = ["due", "is_filed", "both", "is_net", "due_unknown", "both_unknown", "net_unknown"]
    sums = due.groupby("officer")[counted].sum().astype("int64")
    ended, day = quarter == QUARTERS, day_text(next_end)
    parts = [
        _target(
            "due_by_quarter_end",
            sums["due"],
            sums["due_unknown"],
            Text(
                f"期限在{day.zh}前届满的未结案件，全部结案",
                f"every open case whose limit ends by {day.en}",
            ),
        )
    ]
    if (percent := numbers.get("filed_cases_closed_percent")) is not None:
        expected = sums["is_filed"] / QUARTERS if ended else sums["is_filed"] * (quarter + 1) / quarter
        wanted = percent / 100 * expected - (0 if ended else sums["both"])
        parts.append(
            _target(
                "closings_of_filings",
                wanted,
                sums["both_unknown"] * (not ended),
                Text(
                    f"当年立案执结{percent:g}%，立案数按至今的速度推算",
                    f"{percent:g}% of the year's filings closed, filings going on as so far",
                ),
            )
        )
    if (net := numbers.get("net_closings_per_officer")) is not None:
        wanted = (pd.Series(float(net), index=sums.index) * (1 if ended else quarter + 1)) / QUARTERS
        wanted = wanted - (0 if ended else sums["is_net"])
        parts.append(
            _target(
                "net_closings",
                wanted,
                sums["net_unknown"] * (not ended),
                Text(f"全年净执结{net:g}件，按季平均分配", f"{net:g} net closings a year in equal parts by quarter"),
            )
        )
    return pd.concat(parts, ignore_index=True).sort_values("officer", kind="stable", ignore_index=True)


def _target(name: str, wanted: pd.Series, unknown: pd.Series, rule: Text) -> pd.DataFrame:
    number = pd.Series(np.ceil(wanted.to_numpy(dtype="float64").round(9)).clip(min=0)).astype("Int64")
    number = number.mask(unknown.to_numpy() > 0)
    return pd.DataFrame({"officer": wanted.index, "target": name, "number": number, "rule": rule.cell})


def with_gaps(quotas: pd.DataFrame, *, quarter: int) -> pd.DataFrame:
    """The year's quotas so far: ``gap`` = value − quota, and ``expected_by_now``, of net closings the even share to this quarter."""
    table = quotas.copy()
    by_year = table["criterion"] == "net_closings"  # the other quotas are shares of what has come in so far
    table["expected_by_now"] = table["quota"].where(~by_year, table["quota"] * quarter / QUARTERS)
    table["gap"] = table["value"] - table["quota"]
    shown = [
        "officer", "criterion", "value", "least", "most", "numerator", "denominator", "quota", "gap", "expected_by_now", "met",
    ]  # fmt: skip
    return table[shown]


def evaluation_gaps(evaluation: str | Path | pd.DataFrame) -> pd.DataFrame:
    """The higher court's quarterly evaluation (``indicator, value, place, courts``), with the courts ahead and the share of courts ahead.

    A place is printed as the higher court gave it: places of small courts move by chance alone. Raises ``InputError``
    for a missing column or a place outside the courts counted.
    """
    table = hand_kept(evaluation, "evaluation", EVALUATION)
    place, courts = (pd.to_numeric(table[name], errors="coerce") for name in ("place", "courts"))
    wrong = ~((place % 1 == 0) & (courts % 1 == 0) & (place >= 1) & (place <= courts) & (courts <= MOST_COURTS))
    if wrong.any():
        row = int(wrong.to_numpy().argmax()) + 1
        raise InputError(
            f"evaluation：第{row}行数据的名次应为1与参评法院数之间的整数。",
            f"evaluation: the place in data row {row} must be a whole number between 1 and the number of courts.",
        )
    numbers = {"place": place.astype("int64"), "courts": courts.astype("int64")}
    return table.assign(**numbers, courts_ahead=(place - 1).astype("int64"), share_ahead=(place - 1) / courts)
