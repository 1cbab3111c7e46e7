"""Officers in words: title, alt text and note of their chart, from the numbers drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.vocabulary.text import Text, capital, number_of

if TYPE_CHECKING:
    from analysis.measures.officers.scorecard import OfficerScorecard


def words_of(
    found: OfficerScorecard, measure: Text, told: Sequence[str], *, outside: int, ranged: int
) -> tuple[Text, Text, Text]:
    """Title, alt text and note; ``told`` has a text an officer, ``ranged`` is of how many a range is known."""
    judged = _judged(outside, ranged, len(told))
    said = Text(
        f"{len(told)}名承办人的{measure.zh}：{judged.zh}",
        f"{measure.en} of {number_of(len(told), 'officer')}: {judged.en}",
    )
    alt = Text(f"区间图，{said.zh}。" + "；".join(told) + "。", f"Intervals, {said.en}. " + "; ".join(told) + ".")
    note = found.caption + Text("。按原表顺序，不是名次。", ". In the order of the table, no ranking.")
    return Text(said.zh, capital(said.en)), alt, note


def _judged(outside: int, ranged: int, officers: int) -> Text:
    """How many lie outside their ranges, of those whose range is known."""
    if ranged == officers:
        return Text(f"{outside}名在期望范围之外", f"{outside} outside the range expected")
    return Text(
        f"{ranged}名有期望范围，其中{outside}名在外",
        f"{outside} outside the range expected, which is known of {ranged}",
    )
