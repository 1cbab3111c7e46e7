"""Courts one under the other: their order, labels and words, for charts of intervals and of ranks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.drawing.court_names import Highlight, highlighted, labels, shown_names
from analysis.charts.drawing.typesetting import in_a_line
from analysis.inference.peers.case_mix import CaseMix
from analysis.vocabulary.courts import counted_courts, of_compared
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, text_of_cell


@dataclass(frozen=True)
class RankedCourts:
    """Courts from the top with ``at, lower, upper, label, own, doubt`` and perhaps ``raw``."""

    table: pd.DataFrame
    axis: Text
    reference: float | None
    title: Text
    alt: Text
    note: Text
    whole: bool
    unit: str = ""


def laid_out(table: pd.DataFrame, highlight: Highlight, anonymise: bool, *, descending: bool) -> pd.DataFrame:
    """Courts from the top: the best first, each with its label; position 0 is the top."""
    if table.empty:
        raise DataError("没有一家法院有数值，无图可画。", "no court has a value to draw.")
    own = highlighted(highlight, table["court"])
    names = shown_names(table["court"], marked=own, anonymise=anonymise)
    order = ["at", "lower", "upper"]
    laid = table.sort_values(order, ascending=not descending, kind="stable", ignore_index=True)
    laid["name"] = laid["court"].astype(str)
    laid["own"] = laid["name"].isin(own)
    return laid.assign(label=labels(laid["name"], names, laid["doubt"]), y=np.arange(len(laid)))


def value_text(data: Any, table: pd.DataFrame, centre: str) -> Text:
    """Name what the courts are compared by."""
    if isinstance(data, CaseMix):
        return term(f"outcome_{data.outcome}") + Text("，实际÷期望", ", observed ÷ expected")
    indicator = table.attrs.get("indicator")
    return term(indicator) if indicator else term(centre)


def caption_text(table: pd.DataFrame) -> Text:
    """The caption of a table, or how many courts it holds."""
    cell = table.attrs.get("caption")
    if cell:
        return text_of_cell(cell)
    return counted_courts(table["court"])


def alt_text(laid: pd.DataFrame, unit: str) -> Text:
    """The alt text of values: highest, lowest, and the own court with its interval."""
    top, bottom, counted = laid.iloc[0], laid.iloc[-1], counted_courts(laid["court"])
    alt = Text(
        f"{counted.zh}的区间图，由高到低。最高{top['label'].zh}为{number(top['at'], 2)}{unit}，"
        f"最低{bottom['label'].zh}为{number(bottom['at'], 2)}{unit}。",
        f"{counted.en} with intervals, from high to low. Highest {top['label'].en} at {number(top['at'], 2)}{unit}, "
        f"lowest {bottom['label'].en} at {number(bottom['at'], 2)}{unit}.",
    )
    for _, row in laid[laid["own"]].iterrows():
        span = f"{number(row['lower'], 2)}–{number(row['upper'], 2)}{unit}"
        alt = alt + Text(
            f"{row['label'].zh}为{number(row['at'], 2)}{unit}（{span}）。",
            f" {row['label'].en} at {number(row['at'], 2)}{unit} ({span}).",
        )
    return alt


def rank_alt_text(laid: pd.DataFrame) -> Text:
    """The alt text of ranks: how wide the intervals are, and the own court."""
    counted = counted_courts(laid["court"])
    width = int((laid["upper"] - laid["lower"] + 1).median())
    alt = Text(
        f"{counted.zh}名次及其区间图。区间宽度的中位数为{width}个名次。",
        f"Ranks of {counted.en} with their intervals; the middle interval holds {width} ranks.",
    )
    for _, row in laid[laid["own"]].iterrows():
        alt = alt + Text(
            f"{row['label'].zh}：第{row['at']:.0f}名，区间{row['lower']:.0f}–{row['upper']:.0f}。",
            f" {row['label'].en}: rank {row['at']:.0f}, interval {row['lower']:.0f} to {row['upper']:.0f}.",
        )
    return alt


def finding(laid: pd.DataFrame, reference: float | None, name: Text, unit: str) -> Text:
    """The title: where the own court lies beside the reference, and whether its interval tells it apart."""
    own: Any = laid[laid["own"]].to_dict("records")
    if len(own) != 1 or reference is None:
        low, high = (number(edge, 2) + unit for edge in (laid["at"].min(), laid["at"].max()))
        span = Text(f"由{low}到{high}", f"from {low} to {high}") if low != high else Text(f"都是{low}", f"all at {low}")
        everyone = of_compared("each_court", laid["court"])
        return Text(f"{name.zh}：{everyone.zh}{span.zh}", f"{capital(name.en)}: {everyone.en} {span.en}")
    (row,) = own
    mean = number(reference, 2)
    apart = row["lower"] > reference or row["upper"] < reference
    way = Text("高于", "above") if row["at"] > reference else Text("低于", "below")
    if not apart:
        way = Text("与", "not told apart from")
    ends = Text(f"均值{mean}{unit}", f"the mean {mean}{unit}") if reference != 1 else Text("基准", "the baseline")
    return in_a_line(
        *(
            Text(
                f"{name.zh}：{who.zh}为{number(row['at'], 2)}{unit}，{way.zh}{ends.zh}{'' if apart else '分不出高低'}",
                f"{capital(name.en)}: {who.en} at {number(row['at'], 2)}{unit}, {way.en} {ends.en}",
            )
            for who in (row["label"], of_compared("the_own_court", laid["court"]))
        )
    )


def rank_finding(laid: pd.DataFrame, name: Text) -> Text:
    """The title: the own court's rank and the ranks that cannot be ruled out."""
    own: Any = laid[laid["own"]].to_dict("records")
    of_what = Text(f"{name.zh}：", f"{capital(name.en)}: ") if name.zh else Text("", "")
    if len(own) != 1:
        return of_what + Text("名次及其区间", "ranks with their intervals")
    (row,), count = own, len(laid)
    low, high = f"{row['lower']:g}", f"{row['upper']:g}"
    span = Text(f"，可能为第{low}至{high}名", f" (possibly {low} to {high})") if low != high else Text("", "")
    shown = row["label"], of_compared("the_own_court", laid["court"])
    said = [
        Text(f"{who.zh}在{count}家中列第{row['at']:g}名{span.zh}", f"{who.en} ranks {row['at']:g} of {count}{span.en}")
        for who in shown
    ]
    return in_a_line(*(of_what + finding for finding in said))
