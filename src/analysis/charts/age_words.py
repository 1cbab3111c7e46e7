"""Ages of the pending in words: title, alt text, labels and medians, from the numbers drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.charts.drawing.marks import told
from analysis.measures.durations.ages import BAND_MONTHS, LIMIT_MONTHS, band_names
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import Text, capital, in_language, number_of

if TYPE_CHECKING:
    from analysis.measures.durations.ages import PendingAges


def is_within(bands: pd.Series) -> np.ndarray:
    """Which bands lie within six months."""
    return bands.isin([band.cell for band in band_names()[: BAND_MONTHS.index(LIMIT_MONTHS) + 1]]).to_numpy()


def pending_of(result: PendingAges) -> int:
    """How many cases are pending, those of groups that are not shown outside included."""
    return int(result.summary.attrs.get("pending", result.bands["cases"].sum()))


def nothing_drawn(pending: int) -> DataError:
    """Why no age is drawn: nothing is ``pending``, or what is may not be shown outside by these groups."""
    if pending:
        return DataError(
            f"未结{pending:,}件，按所选分组的案龄对外未列入，无图可画。院内使用请用 pending_ages(台账, …, names=True)。",
            f"{number_of(pending, 'case')} pending, but their ages by the groups asked for are not shown outside: there is nothing to draw. "
            "Inside the court use pending_ages(cases, …, names=True).",
        )
    return DataError("没有未结案件，无图可画。", "no case is pending, so there is nothing to draw.")


def title_text(groups: list[tuple[Text, pd.DataFrame]], pending: int, *, leaves_out: bool) -> Text:
    """How many of the ``pending`` that are drawn are older than six months, at least so many where the register ``leaves_out`` cases."""
    total = sum(int(rows["cases"].sum()) for _, rows in groups)
    older = sum(int(rows.loc[~is_within(rows["band"]), "cases"].sum()) for _, rows in groups)
    if pending > total:
        least = Text("至少", "at least ") if leaves_out else Text("", "")
        return Text(
            f"所列各组未结{least.zh}{total:,}件，立案超过{LIMIT_MONTHS}个月的{least.zh}{older:,}件；另有{pending - total:,}件的组对外未列入",
            f"In the groups shown, {least.en}{older:,} of {least.en}{total:,} pending cases older than {LIMIT_MONTHS} months; "
            f"{pending - total:,} in groups not shown outside",
        )
    if leaves_out:
        return Text(
            f"未结至少{total:,}件，立案超过{LIMIT_MONTHS}个月的至少{older:,}件",
            f"At least {total:,} cases pending, at least {older:,} of them older than {LIMIT_MONTHS} months",
        )
    return Text(
        f"未结{total:,}件，立案超过{LIMIT_MONTHS}个月的{older:,}件",
        f"{older:,} of {total:,} pending cases {'is' if older == 1 else 'are'} older than {LIMIT_MONTHS} months",
    )


def label_text(cases: float, share: float, *, leaves_out: bool) -> str:
    """How many cases of a band, with their share of the pending where the register holds all of these."""
    return number(cases) if leaves_out else str(Text(number(cases), number(cases)) + _part(number(100 * share, 1)))


def _part(share: str) -> Text:
    return Text(f"（{share}%）", f" ({share}%)")


def alt_text(groups: list[tuple[Text, pd.DataFrame]], *, leaves_out: bool) -> Text:
    """The alt text: every band of every group with its number, and its share where the register holds all that are pending."""
    zh, en = [], []
    for name, rows in groups:
        shares = [Text("", "") if leaves_out else _part(share) for share in told(100 * rows["share"], 1)]
        cells = list(zip(rows["band"], told(rows["cases"]), shares, strict=True))
        zh.append(f"{name.zh}：" + "，".join(f"{in_language(b, 'zh')}{n}件{s.zh}" for b, n, s in cells))
        en.append(f"{name.en}: " + ", ".join(f"{in_language(b, 'en')} {n}{s.en}" for b, n, s in cells))
    return Text(
        "条形图，按已立案时间。" + "；".join(zh) + "。", "Bars by time since filing. " + capital("; ".join(en)) + "."
    )


def bands_in_words(groups: list[tuple[Text, pd.DataFrame]]) -> list[Text]:
    """Say of each band that holds cases, in each group, how many these are; of so few there are no shares."""
    said = []
    for name, rows in groups:
        held = rows[rows["cases"] > 0]
        whose = Text(f"{name.zh}，", f"{name.en}, ") if len(groups) > 1 else Text("", "")
        for band, cases in zip(held["band"], told(held["cases"]), strict=True):
            said.append(whose + Text(f"{in_language(band, 'zh')}：{cases}件", f"{in_language(band, 'en')}: {cases}"))
    return said


def few_alt_text(said: list[Text]) -> Text:
    """The alt text of sentences in place of bars: what they say."""
    return Text(
        f"按已立案时间。{'；'.join(text.zh for text in said)}。",
        f"By time since filing. {capital('; '.join(text.en for text in said))}.",
    )


def medians_text(result: PendingAges, groups: list[tuple[Text, pd.DataFrame]]) -> Text:
    """The median age of the pending beside the median duration of the closed, for one group."""
    if len(groups) > 1 or not {"median_age", "median_days"} <= set(result.summary.columns):
        return Text("", "")
    age, took = (number(result.summary[name].iloc[0], 0) for name in ("median_age", "median_days"))
    return Text(
        f"未结案件已立案时间的中位数{age}天，所结案件时长的中位数{took}天。",
        f" Median age of the pending {age} days, median duration of the closed {took} days.",
    )
