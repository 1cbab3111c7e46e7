"""How many indicators rose and fell from the first period to the last, beyond what chance explains."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.observations.chance import OF_COURT, discoveries
from analysis.observations.differences import p_of_intervals
from analysis.observations.sentences import has_blanks, is_bounded
from analysis.vocabulary.frames import records
from analysis.vocabulary.text import Text, joined, number_of

if TYPE_CHECKING:
    import pandas as pd


def moved(courses: Sequence[pd.DataFrame], named: Sequence[Text]) -> Text | None:
    """Say how many of the indicators rose and fell, of those whose change can be judged; nothing where none can.

    Blank or undecided cells leave a figure open, and nobody knows whether it rose; without an interval its change is not tested.
    """
    last = len(named) - 1
    found = [{row["at"]: row for row in records(rows)} for rows in courses]
    ends = [(course[last], course[0]) for course in found if {0, last} <= set(course)]
    known = [pair for pair in ends if not any(is_bounded(row) or has_blanks(row) for row in pair)]
    p_values = np.array([_p(*pair) for pair in known])
    can_be_tested = ~np.isnan(p_values)
    if not can_be_tested.any():
        return None
    tested = [*compress(known, can_be_tested)]
    beyond = discoveries(p_values[can_be_tested], OF_COURT)
    up, down = (
        sum(
            is_found and sign * (now["value"] - first["value"]) > 0
            for (now, first), is_found in zip(tested, beyond, strict=True)
        )
        for sign in (1, -1)
    )
    said = [_judged(len(tested), up, down, named)]
    if untested := len(known) - len(tested):
        said.append(Text(f"另{untested}项没有区间，未作检验", f"{untested} without an interval, not tested"))
    if left := len(ends) - len(known):
        said.append(Text(f"另{left}项数字不全，不作比较", f"{left} not known in full, not compared"))
    return joined(said)


def _p(now: dict[str, Any], first: dict[str, Any]) -> float:
    """The p value of the change of a figure; missing where it did not change or either has no interval."""
    ends = ("value", "lower", "upper")
    return p_of_intervals([now[end] for end in ends], [first[end] for end in ends])


def _judged(number: int, up: int, down: int, named: Sequence[Text]) -> Text:
    first, last = named[0], named[-1]
    if not up + down:
        return Text(
            f"{first.zh}至{last.zh}，{number}项指标的变动都在随机波动范围之内",
            f"No change of {number_of(number, 'indicator')} from {first.en} to {last.en} is beyond random variation",
        )
    within = number - up - down
    rest = Text(f"，{within}项在随机波动范围之内", f", {within} within random variation") if within else Text("", "")
    return Text(
        f"{first.zh}至{last.zh}，{number}项指标中{up}项上升、{down}项下降{rest.zh}",
        f"{up} of {number_of(number, 'indicator')} rose and {down} fell from {first.en} to {last.en}{rest.en}",
    )
