"""Officers in words: title, alt text and note of their chart, from the numbers drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.vocabulary.labels import unit_of
from analysis.vocabulary.text import Text, capital, number_of

if TYPE_CHECKING:
    from analysis.measures.officers.scorecard import OfficerScorecard

# By its unit: what a figure is multiplied by, its decimals and what is written behind it.
COUNTED = (1.0, 0, Text("件", " cases"))
SHOWN_IN = {
    "share": (100.0, 2, Text("%", "%")),
    "元": (1 / 10_000, 1, Text("万元", " × 10,000 yuan")),
    "天": (1.0, 1, Text("天", " days")),
}


def shown_in(measure: str) -> tuple[float, int, Text]:
    """Return what a figure of officers is multiplied by, its decimals and its unit.

    >>> shown_in("recovery")[:2], shown_in("days_to_start")[2].zh, shown_in("closed")[2].zh
    ((100.0, 2), '天', '件')
    """
    return SHOWN_IN.get(unit_of(f"measure_{measure}", "officer_scorecard.table") or "", COUNTED)


def words_of(
    found: OfficerScorecard, measure: Text, told: Sequence[str], *, outside: int, ranged: int
) -> tuple[Text, Text, Text]:
    """Title, alt text and note; ``told`` has a text an officer, ``ranged`` is of how many a range is known."""
    judged = _judged(outside, ranged, len(told))
    said = Text(
        f"{len(told)}名承办人的{measure.zh}：{judged.zh}",
        f"{measure.en} of {number_of(len(told), 'officer')}: {judged.en}",
    )
    kind = Text("区间图", "Intervals") if ranged else Text("点图", "Points")
    alt = Text(f"{kind.zh}，{said.zh}。" + "；".join(told) + "。", f"{kind.en}, {said.en}. " + "; ".join(told) + ".")
    note = found.caption + Text("。按原表顺序，不是名次。", ". In the order of the table, no ranking.")
    return Text(said.zh, capital(said.en)), alt, note


def _judged(outside: int, ranged: int, officers: int) -> Text:
    """How many lie outside their ranges, of those whose range is known."""
    if not ranged:
        return Text("没有可对照的期望范围", "no range expected is known")
    if ranged == officers:
        return Text(f"{outside}名在期望范围之外", f"{outside} outside the range expected")
    return Text(
        f"{ranged}名有期望范围，其中{outside}名在外",
        f"{outside} outside the range expected, which is known of {ranged}",
    )
