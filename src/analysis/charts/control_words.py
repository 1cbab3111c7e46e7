"""Control limits in words: title, alt text and note of their chart, from the numbers drawn."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from analysis.charts.control_courses import Course
from analysis.inference.cycle.variation import ANY_BY_CHANCE, FEWEST, SPECIAL, UNJUDGED
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.numbers import number, unit_text
from analysis.vocabulary.result import made_up
from analysis.vocabulary.text import Text, capital, joined, listed

if TYPE_CHECKING:
    from analysis.inference.cycle.control_limits import ControlLimits
    from analysis.inference.cycle.variation import VariationTable

FEW = 2  # indicators that a title names
# Share of all values of ``variation_table`` that are marked where all is random, at most (simulated: 0.006 and 0.011 of one indicator over 24 and
# 72 months, below 0.001 of five and ten).
OF_VALUES = 0.011


def words_of_flows(found: ControlLimits, courses: list[Course]) -> tuple[Text, Text, Text]:
    """Title, alt text and note of filings and closings."""
    values, signals = _counts(courses)
    expected = round(found.by_chance * values)
    chance = (
        Text(f"约{number(expected)}个", f"about {number(expected)}") if expected else Text("不到1个", "fewer than 1")
    )
    title = Text(
        f"新收与结案：{values}个数中{signals}个触发规则，纯属随机时{chance.zh}",
        f"Filings and closings: {signals} of {values} values break a rule, {chance.en} by chance alone",
    )
    breaks = courses[0].rows.drop_duplicates("base").iloc[1:]
    anew = listed(
        period_text(base, found.freq) + Text(f"（{why}）", f" ({why})")
        for base, why in zip(breaks["base"], breaks["reason"], strict=True)
    )
    since = (
        Text(f"{anew.zh}起重新计算控制限。", f" Limits computed anew from {anew.en}.") if len(breaks) else Text("", "")
    )
    note = Text(
        f"{found.caption.zh}。右上为最近一期；新收、结案多少无所谓优劣，不分变好变差。季节已剔除（如有）；存量不画控制图。",
        f"{found.caption.en}. In the corner the last period; neither more nor fewer filings or closings are better, so no signal is. Season taken out "
        "where there is one; never the stock.",
    )
    few = Text("", "")
    if (periods := int(courses[0].rows["base"].value_counts().min())) < FEWEST:
        few = Text(
            f"控制限由{periods}期算得，不足{FEWEST}期，多属随机波动。",
            f" Limits from {periods} periods, fewer than {FEWEST}, are mostly random variation.",
        )
    return title, _alt(courses, found.freq), note + since + few


def words_of_indicators(
    found: VariationTable, courses: list[Course], freq: str, *, is_asked: bool
) -> tuple[Text, Text, Text]:
    """Title, alt text and note of indicators; those left out are counted unless the caller named what to draw."""
    judged = [course for course in courses if course.is_judged]
    values, signals = _counts(judged)
    most = ceil(OF_VALUES * values)
    left = int((~found.table["variation"].isin(UNJUDGED)).sum()) - len(judged)
    note = Text(
        f"角上为最近一期：是否超出本院自身波动、目标能否达到。{values}个数中{signals}个属特殊原因，纯属随机时不到{most}个；控制限按最近一期以前各期计算。",
        f"In the corner the last period: whether it is beyond the court's own scatter, whether the target is met. {signals} of {values} values have a special "
        f"cause, fewer than {most} by chance alone; limits from the periods before the last.",
    )
    if left > 0 and not is_asked:
        note = note + Text(f"另有{left}项可判断的指标见表。", f" {left} more that can be judged stand in the table.")
    return _finding(courses, freq), _alt(courses, freq), note + made_up(found.table)


def _finding(courses: list[Course], freq: str) -> Text:
    """Of one indicator its last value and marks; of several which have a special cause, beside how many chance alone would give."""
    if len(courses) == 1:
        (course,) = courses
        last = course.rows.dropna(subset=["value"]).iloc[-1]
        when, unit, value = period_text(last["period"], freq), unit_text(course.unit), course.said(last["value"])
        marks = [Text(mark.zh.replace("：", "，"), mark.en.replace(": ", ", ")) for mark in course.marks]
        figure = Text(
            f"{course.name.zh}{when.zh}为{value}{unit.zh}：", f"{course.name.en}, {when.en}, {value} {unit.en}: "
        )
        return Text(figure.zh, capital(figure.en.replace(" %", "%"))) + joined(marks)
    judged = [course for course in courses if course.is_judged]
    when, count = period_text(courses[0].rows["period"].iloc[-1], freq), len(judged)
    if not judged:
        return Text(
            f"{when.zh}：{len(courses)}项指标都不能判断", f"{when.en}: none of {len(courses)} indicators can be judged"
        )
    special = [course for course in judged if course.rows["variation"].iloc[-1] in SPECIAL]
    named = listed(
        course.name + Text(course.marks[0].zh.partition("：")[2], f" {course.marks[0].en.partition(': ')[2]}")
        for course in special[:FEW]
    )
    more_zh, more_en = ("等", " and others") if len(special) > FEW else ("", "")
    found = Text(
        f"中{len(special)}项属特殊原因（{named.zh}{more_zh}）",
        f"{len(special)} of {count} drawn {'have' if len(special) > 1 else 'has'} a special cause ({named.en}{more_en})",
    )
    none = Text("都不属特殊原因", f"none of {count} drawn has a special cause")
    said, chance = (found if special else none), f"{ANY_BY_CHANCE:.0%}"
    return Text(
        f"{when.zh}：所画{count}项{said.zh}，纯属随机时标出任何一项的可能至多{chance}",
        f"{when.en}: {said.en}; by chance alone any would be marked in at most {chance} of charts",
    )


def _counts(courses: list[Course]) -> tuple[int, int]:
    """How many values there are, and how many of them are signals."""
    return sum(int(course.rows["value"].notna().sum()) for course in courses), sum(
        len(course.signals) for course in courses
    )


def _alt(courses: list[Course], freq: str) -> Text:
    parts = [_told(course, freq) for course in courses]
    return Text(
        "线图：" + "；".join(part.zh for part in parts) + "。", "Lines. " + "; ".join(part.en for part in parts) + "."
    )


def _told(course: Course, freq: str) -> Text:
    """Limits, signals and marks of one course."""
    marks = Text("，".join(mark.zh for mark in course.marks), ", ".join(mark.en for mark in course.marks))
    if not course.is_judged:
        return course.name + Text(f"，{marks.zh}", f", {marks.en}")
    last, hits, unit = course.rows.dropna(subset=["value"]).iloc[-1], course.signals, unit_text(course.unit)
    low, high = (course.said(last[side]) for side in ("lower", "upper"))
    when = listed(period_text(day, freq) for day in hits["period"].head(3))
    counted = (
        Text(f"{len(hits)}期有信号，如{when.zh}", f"periods with a signal: {len(hits)}, such as {when.en}")
        if len(hits)
        else Text("没有信号", "no signal")
    )
    limits = Text(f"{low}至{high}{unit.zh}", f"{low} to {high}{'' if unit.en == '%' else ' '}{unit.en}")
    return Text(
        f"{course.name.zh}的控制限为{limits.zh}，{counted.zh}，最近一期{marks.zh}",
        f"{course.name.en}: limits {limits.en}, {counted.en}, last period {marks.en}",
    )
