"""Regimes of the net flow in words: title, alt text and note of their chart, from the numbers drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.vocabulary.dates import period_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import Text, joined, text_of_cell

if TYPE_CHECKING:
    from analysis.inference.cycle.cycle import Cycle


def is_two(found: Cycle) -> bool:
    """Whether a chance of the higher regime is known."""
    return bool(found.regime_probabilities["higher"].notna().any())


def one_in_words(regime: dict[Any, Any]) -> Text:
    """The only regime in a sentence."""
    mean, low, high = (number(regime[name], 1) for name in ("mean", "lower", "upper"))
    return _whether_changed(regime) + Text(
        f"：平均每期{mean}件（95%区间{low}至{high}）",
        f": mean {mean} a period (95% limits {low} to {high})",
    )


def _whether_changed(regime: Mapping[Any, Any]) -> Text:
    """That no change is seen; of too few periods, that none was sought."""
    if (
        pd.isna(regime["bic_one"]) and regime["lower"] < regime["upper"]
    ):  # of a flow that never moved no change is missed
        return text_of_cell(regime["note"])
    return Text("未见状态改变", "no change of regime is seen")


def words_of(found: Cycle) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    regimes = found.regimes
    title = Text("净流量：", "Net flow: ") + _whether_changed(regimes.iloc[0].to_dict())
    if len(regimes) > 1:
        means = [
            number(regimes["mean"].iloc[place], 1) for place in (regimes["mean"].argmin(), regimes["mean"].argmax())
        ]
        title = Text(
            f"净流量：{len(regimes)}个阶段，平均每期由{means[0]}件到{means[1]}件不等",
            f"Net flow: {len(regimes)} stretches, their means from {means[0]} to {means[1]} a period",
        )
    parts = []
    for regime in regimes.to_dict("records"):
        first, last = period_text(regime["start"], found.freq), period_text(regime["end"], found.freq)
        numbers = [number(regime[name], 1) for name in ("mean", "lower", "upper")]
        parts.append(
            Text(
                f"{first.zh}至{last.zh}平均每期{numbers[0]}件（95%区间{numbers[1]}至{numbers[2]}）",
                f"{first.en} to {last.en}: mean {numbers[0]} a period (95% limits {numbers[1]} to {numbers[2]})",
            )
        )
    alt = (
        Text("线图，净流量及各状态的平均：", "Line of the net flow and each regime's mean: ")
        + joined(parts)
        + Text("。", ".")
    )
    said = regimes["note"].iloc[0]
    note = text_of_cell(said)
    if is_two(found):
        times = [number(value, 1) for value in sorted(regimes["expected_duration"].unique())]
        note = Text(
            f"两个状态：BIC {number(regimes['bic_two'].iloc[0], 1)}低于一个状态的{number(regimes['bic_one'].iloc[0], 1)}；"
            f"预计持续{'、'.join(times)}期",
            f"two regimes: BIC {number(regimes['bic_two'].iloc[0], 1)} against {number(regimes['bic_one'].iloc[0], 1)} for one; "
            f"expected to last {', '.join(times)} periods",
        )
    count = len(found.regime_probabilities)
    bare = pd.isna(regimes["bic_one"].iloc[0])
    rule = Text("", "") if bare else Text("；判据见 cycle 的说明", "; the rule is told in the help of cycle")
    return title, alt, Text(f"n = {count}期；", f"n = {count} periods; ") + note + rule + Text("。", ".")
