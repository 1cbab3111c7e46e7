"""A cycle in words, and which court's is drawn: what the charts of one cycle share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.charts.drawing.typesetting import width
from analysis.inference.cycle.robustness import HEADLINE
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, in_language, joined

if TYPE_CHECKING:
    import pandas as pd

    from analysis.inference.cycle.cycle import Cycle

Campaign = tuple[float, float, str]  # first and last position, name
Group = str | tuple[str | None, ...] | None  # one court of several, or a group of several columns


# The verdict in a line, for the title of a chart; ``found.sentence`` says it in full.
FINDINGS = {
    "rounds": Text("累积与清理一轮又一轮", "accumulating and clearing in rounds"),
    "one_campaign": Text("只见一次集中清理", "one campaign and no rounds"),
    "lasting_change": Text("结案持续改变，未见轮回", "a lasting change of closings, no rounds"),
    "fewer_filings": Text("随新收减少而变，未见轮回", "it follows fewer filings, no rounds"),
    "filings_wave": Text("随新收起伏，未见清理的轮回", "it follows a wave of filings, no rounds of clearing"),
    "queue": Text("结案随存量增减，足以解释", "closings that follow the stock explain it"),
    "reclassified": Text("转为终本，未见实质清理", "turned into terminations rather than cleared"),
    "no_evidence": Text("未见累积与清理的轮回", "no rounds of accumulating and clearing are seen"),
    "too_short": Text("累积与清理，时间尚短，不能判断", "accumulating and clearing, too short a time to tell"),
}


def chosen(found: Cycle, court: Group) -> Cycle:
    """The part of the result to draw; raises ``ArgumentError`` where several courts are there and none is named."""
    if court is not None:
        return found.of(*(court if isinstance(court, tuple) else (court,)))
    if not found.by:
        return found
    known = list(found.series[list(found.by)].drop_duplicates().itertuples(index=False, name=None))
    if len(known) == 1:
        return found.of(*known[0])
    name = "/".join(map(str, known[0]))
    raise ArgumentError(
        f"结果含{len(known)}个法院（或组），一幅图画一个：请用 court= 指明，如 court={name!r}。",
        f"the result holds {len(known)} courts (or groups) and a chart shows one: name it, as in court={name!r}.",
    )


def is_adjusted(found: Cycle) -> bool:
    """True if the season was taken out."""
    series = found.series
    return bool((series["pending"] != series["pending_adjusted"]).any())


def is_dated_adjusted(found: Cycle) -> bool:
    """True if the stock was dated without its season: asked for ``adjusted=False`` it was dated as recorded, whatever its season."""
    turns = found.turning_points
    return is_adjusted(found) and (turns.empty or bool((turns["pending"] != turns["pending_adjusted"]).any()))


def said_problems(problems: pd.DataFrame) -> Text:
    """Say what is wrong with the figures drawn, a sentence each."""
    text = Text("", "")
    for cell in problems.loc[problems["severity"] == "problem", "problem"]:
        text = text + Text(in_language(cell, "zh") + "。", f" {capital(in_language(cell, 'en'))}.")
    return text


def turns_text(found: Cycle) -> Text:
    """The turning points in words, with date and stock; where the season was taken out, also without it."""
    turns = found.turning_points
    if turns.empty:
        return Text("没有转折点", "no turning point")
    parts = []
    for turn in turns.to_dict("records"):
        when, kind = period_text(turn["date"], found.freq), term(turn["kind"])
        stock, drawn = number(turn["pending"]), number(round(turn["pending_adjusted"]))
        beside = (
            Text(f"，季节调整后{drawn}件", f", season-adjusted {drawn}") if is_dated_adjusted(found) else Text("", "")
        )
        parts.append(Text(f"{when.zh}{kind.zh}（{stock}件{beside.zh}）", f"{kind.en} {when.en} ({stock}{beside.en})"))
    return joined(parts)


def phase_label(kind: str, cases: float, *, ems: float) -> str:
    """Name a phase with the change of the stock in it, as much as its width holds.

    Where the recorded stock did not go the way of the phase, which was dated without its season, the name stands alone.

    >>> [phase_label("clearing", -38, ems=ems) for ems in (6, 1.7, 1)], phase_label("clearing", 2, ems=6)
    (['清理\\n−38', '−38', ''], '清理')
    """
    name, change = str(term(kind)), ("+" if cases > 0 else "") + number(cases)
    if cases * (1 if kind == "accumulating" else -1) <= 0:
        return name if ems >= width(name) else ""
    if ems < width(change):
        return ""
    return f"{name}\n{change}" if ems >= width(name) else change


def _finding(found: Cycle) -> Text:
    """The verdict in a line, where most variants share it: only then it is a headline."""
    share = float(found.verdicts["same_share"].iloc[0])
    if share < HEADLINE:
        return Text("累积与清理，尚无可作定论的结论", "accumulating and clearing, no firm verdict")
    return FINDINGS[found.verdict]


def _leaves_out(found: Cycle) -> bool:
    """True if the register is whole in no period, so that the stock drawn is that of the cases listed alone."""
    begun = (found.problems["rule"] == "beginning").any()
    return bool(begun and found.verdict == "too_short" and found.verdicts["months_needed"].isna().all())


def words_of(found: Cycle, marks: list[Campaign]) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    series = found.series
    first, last = (period_text(series["period"].iloc[i], found.freq) for i in (0, -1))
    begin, end = (number(series["pending"].iloc[i]) for i in (0, -1))
    title = Text("未结存量：", "Pending stock: ") + _finding(found)
    stock = Text(f"未结存量由{begin}件到{end}件", f"pending goes from {begin} to {end}")
    if _leaves_out(found):
        stock = Text("期初存量不知，所列案件的", "the opening stock is not known; of the cases listed ") + stock
    alt = Text(f"线图，{first.zh}至{last.zh}：", f"Line chart, {first.en} to {last.en}: ") + stock + Text("；", "; ")
    alt = alt + turns_text(found)
    if marks:
        names = "、".join(name for _, _, name in marks)
        alt = alt + Text(f"；标出：{names}", f"; marked: {', '.join(name for _, _, name in marks)}")
    filed, closed = (number(series[name].sum()) for name in ("filed", "closed"))
    alt = alt + Text(
        f"。下图为新收（合计{filed}）与结案（合计{closed}）。",
        f". Below: filed ({filed} in all) and closed ({closed}).",
    )
    note = Text(
        f"{found.caption.zh}。首尾阶段不完整，底色较浅；清理阶段带斜线，数字为未结（原值）的增减：+为累积，−为清理。",
        f"{found.caption.en}. The first and the last phase are cut off: paler. Clearing is hatched; the numbers are the change of "
        "the recorded stock: + accumulating, − clearing.",
    )
    if (found.phases["kind"] == "level").any():
        note = note + Text("无底色的一段末值与初值相同。", " The stretch without shade ends as it began.")
    return title, alt, note + said_problems(found.problems)
