"""Curves of durations in words: title, labels, alt text and note of their chart, from the numbers drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.drawing.marks import told
from analysis.charts.survival_curves import SUMMARY, Group, open_after
from analysis.vocabulary.numbers import number, p_text
from analysis.vocabulary.text import Text, capital, in_language, number_of

if TYPE_CHECKING:
    from analysis.measures.durations.durations import TimeToClose

YEAR = 365  # days


def alt_text(groups: list[Group]) -> Text:
    """The alt text: every curve with its cases, median and rest."""
    each = [_told(group) for group in groups]
    return Text(
        "Kaplan–Meier 阶梯曲线，带95%区间。" + "；".join(text.zh for text in each) + "。",
        "Kaplan–Meier step curves with 95% intervals. " + "; ".join(text.en for text in each) + ".",
    )


def note_text(result: TimeToClose) -> Text:
    """The note: cases and window, the test between groups, what the result says of itself."""
    note = Text(result.caption.zh + "。", result.caption.en + ".")
    tests = getattr(result, "test", pd.DataFrame())
    for row in tests.to_dict("records"):
        p = p_text(row["p"])
        note = note + Text(
            f"各组之差：{row['test']} 检验 {p}。", f" Difference between groups: {row['test']} test, {p}."
        )
    for cell in list(getattr(result, "notes", pd.DataFrame(columns=["note"])).get("note", []))[:2]:
        note = note + Text(f"{in_language(cell, 'zh')}。", f" {in_language(cell, 'en')}.")
    return note


def _told(group: Group) -> Text:
    """One curve in words: cases, closings, median with its interval, what is still open after a year and at the end."""
    name, curve, row = group
    numbers = {key: number(row[key]) for key in SUMMARY}
    zh = f"{name.zh}：{numbers['n']}件，结案{numbers['events']}件，"
    en = f"{name.en}: {number_of(int(row['n']), 'case')}, {numbers['events']} closed, "
    if pd.isna(row["median"]):
        zh, en = zh + "过半仍未结，没有中位数", en + "more than half still open, so no median"
    else:
        zh, en = zh + f"中位{numbers['median']}天", en + f"median {numbers['median']} days"
        if not (pd.isna(row["median_lower"]) and pd.isna(row["median_upper"])):
            limits = f"{numbers['median_lower']}–{numbers['median_upper']}"
            zh, en = f"{zh}（95%区间{limits}）", f"{en} (95% interval {limits})"
    return Text(zh, en) + _rest(curve)


def _rest(curve: pd.DataFrame) -> Text:
    """Say what is still open after a year, or where the curve ends before."""
    last = float(curve["days"].max())
    reached = curve.loc[curve["days"] <= YEAR, "survival"]
    share = number(100 * float(reached.iloc[-1]) if len(reached) else 100.0, 1)
    if last >= YEAR:
        return Text(f"，满一年仍有{share}%未结", f", {share}% still open after a year")
    end = number(last)
    return Text(
        f"，最后一次结案（第{end}天）时仍有{share}%未结", f", {share}% still open at the last closing (day {end})"
    )


MOST_NAMED = 2  # groups in a title
LIMIT_DAYS = 180  # six months, the limit of most cases


def label_text(group: Group) -> str:
    """A group with its median in the legend."""
    name, _, row = group
    median = number(row["median"])
    told = Text(f"{name.zh}（中位{median}天）", f"{name.en} (median {median} days)")
    if pd.isna(row["median"]):
        told = Text(f"{name.zh}（未结仍过半）", f"{name.en} (more than half still open)")
    return str(told)


def title_text(groups: list[Group]) -> Text:
    """The medians in a line, and what is open after the limit of six months; of more than two groups the least and the most."""
    if len(groups) > MOST_NAMED:
        return _least_and_most(groups)
    zh, en = [], []
    for name, curve, row in groups:
        day = known_until([curve])
        left, until = number(100 * open_after(curve, day), 1), number(day)
        known = not pd.isna(row["median"])
        median = (
            Text(f"中位{number(row['median'])}天", f"median {number(row['median'])} days")
            if known
            else Text("过半未结", "over half open")
        )
        zh.append(f"{name.zh}{median.zh}，{until}天时{left}%未结")
        en.append(f"{name.en}: {median.en}, {left}% open after {number_of(int(day), 'day')}")
    return Text("；".join(zh), capital("; ".join(en)))


def known_until(curves: list[pd.DataFrame]) -> float:
    """The limit of six months, or the last closing before it of a curve that leaves cases open: beyond it the curve does not know."""
    return min([LIMIT_DAYS, *(curve["days"].iloc[-1] for curve in curves if curve["survival"].iloc[-1] > 0)])


def _least_and_most(groups: list[Group]) -> Text:
    """The medians and shares of several groups from the least to the most; no medians where one is not reached."""
    medians = [row["median"] for _, _, row in groups]
    day = known_until([curve for _, curve, _ in groups])
    shares, until = [100 * open_after(curve, day) for _, curve, _ in groups], number(day)
    low, high = number(min(shares), 1), number(max(shares), 1)
    said = Text(f"{until}天时{low}%至{high}%未结", f"{low}% to {high}% open after {number_of(int(day), 'day')}")
    if not pd.isna(medians).any():
        least, most = number(min(medians)), number(max(medians))
        said = Text(f"中位{least}至{most}天，", f"median {least} to {most} days, ") + said
    return Text(f"{len(groups)}组：", f"{len(groups)} groups: ") + said


def hover_texts(steps: pd.DataFrame) -> list[str]:
    """What each step tells: the share still open with its interval, and the cases at risk where they are known."""
    limits = (steps["lower"], steps["upper"])  # none at the end, where all are closed
    shares = told(steps["survival"], 1, unit="%", limits=limits)
    told_of = zip(shares, told(steps["at_risk"]), strict=True)
    parts = [(Text(f"未结{share}", f"open {share}"), Text(f"，在案{n}", f", at risk {n}")) for share, n in told_of]
    return [
        str(said + at_risk if known else said)
        for (said, at_risk), known in zip(parts, steps["at_risk"].notna(), strict=True)
    ]
