"""One sentence for each cause of contradictions, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.inference.reconciliation.identities import span
from analysis.inference.reconciliation.rates import Definitions
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.terms import measure_text
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.inference.reconciliation.cause import Cause
    from analysis.inference.reconciliation.printed_cells import Figure
    from analysis.inference.reconciliation.relations import Line

SHOWN = 3  # lines that a sentence names


def sentence(
    cause: Cause, lines: Sequence[Line], figure: Figure | None, meanings: Definitions, *, undecided: bool
) -> Text:
    """Return what a cause says, where, and how often."""
    told = _said(cause, figure, meanings)
    where = _where(cause, lines)
    doubt = Text("（不能确定：与同组其他解释同样说得通）", " (undecided: others of its group explain it as well)")
    return told + where + (doubt if undecided else Text("", ""))


PLAIN = {
    "misprint": Text(
        "{zh}{printed}与其他数不符，不是一位数字之误", "{en} {printed} does not fit, by more than one digit"
    ),
    "digit": Text("{zh}{printed}有一位数字印错或两位颠倒", "one digit of {en} {printed} is wrong, or two are swapped"),
    "dropped": Text("{zh}{printed}漏印了一位数字", "a digit of {en} {printed} was left out"),
    "doubled": Text("{zh}{printed}有一位数字重复", "a digit of {en} {printed} stands twice"),
    "footnote": Text("{zh}{printed}末尾连着脚注号", "a footnote mark is fused to {en} {printed}"),
    "unit": Text(
        "{zh}{printed}按另一单位公布（乘以{detail}即相符）",
        "{en} {printed} is in another unit (times {detail} it fits)",
    ),
    "fraction": Text(
        "{zh}{printed}以小数公布，不是百分数", "{en} {printed} is published as a fraction, not in percent"
    ),
    "truncation": Text("{zh}{printed}截尾而不四舍五入", "{en} {printed} is truncated, not rounded"),
    "rate_definition": Text(
        "{zh}{printed}按另一口径计算：{meaning_zh}", "{en} {printed} is of another definition: {meaning_en}"
    ),
    "definition": Text(
        "{zh}是另一口径：与同行其他数不成恒等关系",
        "{en} is of another definition: it does not add up with the figures beside it",
    ),
    "scope": Text("自{detail}年起{zh}改了口径", "from {detail} on {en} is of another scope"),
    "break": Text(
        "{detail}两年之间统计范围改变：上年未结与下年旧存（或同比）接不上",
        "the scope changed between {detail}: stocks (or changes) of the two years do not meet",
    ),
    "parts": Text("所列各部分不足总数，并未列全", "the parts listed fall short of the whole: they are not all of it"),
    "swapped": Text("{zh}与{partner_zh}互相印在对方的位置", "{en} and {partner_en} stand in each other's place"),
    "copied": Text("整行与{detail}相同，是抄来的", "the line repeats {detail}: it was copied"),
}


def _said(cause: Cause, figure: Figure | None, meanings: Definitions) -> Text:
    name = measure_text(cause.measure)
    form = PLAIN["break" if cause.kind == "scope" and not cause.measure else cause.kind]
    meaning = next((d.text for d in meanings.get(cause.measure, ()) if d.id == cause.detail), Text("", ""))
    words = {"printed": figure.text if figure else "", "detail": cause.detail, "zh": name.zh, "en": name.en}
    partner = measure_text(cause.detail) if cause.kind == "swapped" else name
    words |= {"partner_zh": partner.zh, "partner_en": partner.en}
    words |= {"meaning_zh": meaning.zh, "meaning_en": meaning.en}
    told = Text(
        *(
            re.sub(r" (?= )|(?<=[\u4e00-\u9fa5]) (?=[\u4e00-\u9fa5])", "", one.format(**words))
            for one in (form.zh, form.en)
        )
    )
    return told + Text(f"，应为{cause.repair}", f", should be {cause.repair}") if cause.repair else told


def _where(cause: Cause, lines: Sequence[Line]) -> Text:
    if len(lines) > SHOWN:
        of = f"/{cause.of}" if cause.of > len(lines) else ""
        return Text(f"：{len(lines)}{of}行", f": {len(lines)}{of} lines")
    zh = "、".join(f"{line.court}{span(line.cell).zh}" for line in lines)
    en = ", ".join(f"{court_text(line.court).en} {span(line.cell).en}" for line in lines)
    return Text(f"：{zh}", f": {en}")
