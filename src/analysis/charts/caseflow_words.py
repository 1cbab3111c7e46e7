"""A caseflow in words: title, alt text and note of its chart, from the numbers drawn."""

from __future__ import annotations

import pandas as pd

from analysis.charts.caseflow_groups import compared, is_one
from analysis.charts.drawing.typesetting import in_a_line
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.dates import period_text, window_text
from analysis.vocabulary.labels import heading
from analysis.vocabulary.numbers import number
from analysis.vocabulary.result import made_up, problems_of
from analysis.vocabulary.sentences import DAYS_OF_A_WEEK
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital

FLOWS = ("filed", "closed")
FREQ_WORDS = {
    "W": Text("按周", "by week"),
    "M": Text("按月", "by month"),
    "Q": Text("按季", "by quarter"),
    "Y": Text("按年", "by year"),
    "D": Text("按期", "by period"),
}
COUNTED_AS = {"W": "周", "M": "个月", "Q": "个季度", "Y": "年"}  # in Chinese; other spans are periods

GAPS = Text(
    "留空的期没有数字或对外未列入，合计不含。",
    " Blank periods have no figure, or none shown outside; sums leave them out.",
)


def words_of(
    flow: pd.DataFrame, groups: list[tuple[Text, pd.DataFrame]], by: str | None, freq: str
) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    how, court = FREQ_WORDS[freq], _court(flow)
    over = Text("", "") if by is None else Text(f"，分{heading(by).zh}", f", by {heading(by).en}")
    said = [finding_of(groups[0][1])] if by is None else compared(groups)
    title = in_a_line(*(court + finding + over for finding in said))
    first, span = flow["period"].min(), span_of(flow, freq)
    alt = Text(f"柱线图，{how.zh}，{span.zh}{over.zh}。", f"Bars and line, {how.en}, {span.en}{over.en}. ")
    if by is None:
        alt = alt + course_of(groups[0][1], freq)
    else:
        each = [_told_shortly(name, rows) for name, rows in groups]
        alt = alt + Text("；".join(text.zh for text in each) + "。", "; ".join(text.en for text in each) + ".")
    wrong = problems_of(flow)
    blank = GAPS if any(rows["filed"].isna().any() for _, rows in groups) else Text("", "")
    return title, alt + wrong, _note(flow, first, span) + blank + wrong + made_up(flow)


def span_of(flow: pd.DataFrame, freq: str) -> Text:
    """Name the periods of a flow from the first to the last."""
    begun, latest = flow["period"].min(), flow["period"].max()
    if freq == "W":  # the day by which a week is named is its first
        return window_text(begun, latest + pd.Timedelta(days=DAYS_OF_A_WEEK - 1))
    first, last = period_text(begun, freq), period_text(latest, freq)
    return first if first == last else Text(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")


def finding_of(rows: pd.DataFrame) -> Text:
    """Say one group in a line: what came, what went, and the way of the stock; the opening, filed less closed, is the closing."""
    counts = [rows[name].sum() for name in FLOWS] + [rows["opening"].iloc[0], rows["closing"].iloc[-1]]
    filed, closed, begin, end = (number(count) for count in counts)
    if pd.isna(counts[2]) or pd.isna(counts[3]):
        return Text(f"新收{filed}件，结案{closed}件", f"{filed} filed, {closed} closed")
    way = "增" if counts[3] > counts[2] else "减" if counts[3] < counts[2] else "仍"
    stock = Text(f"未结由{begin}件{way}到{end}件", f"pending from {begin} to {end}")
    if way == "仍":
        stock = Text(f"未结仍为{end}件", f"pending still {end}")
    return Text(f"新收{filed}件，结案{closed}件，{stock.zh}", f"{filed} filed, {closed} closed, {stock.en}")


def _court(flow: pd.DataFrame) -> Text:
    name = flow["court"].iloc[0] if "court" in flow and is_one(flow["court"]) else flow.attrs.get("court")
    whose = court_text(str(name)) if name and not pd.isna(name) else Text("", "")
    return Text(whose.zh, capital(whose.en) + ": ") if whose.zh else whose


def course_of(rows: pd.DataFrame, freq: str) -> Text:
    """Say a caseflow of one group in full: sums, the largest period of each, the way of the stock.

    >>> counts = {"filed": [343, 371], "closed": [328, 383], "opening": [0, 15], "closing": [15, 3]}
    >>> flow = pd.DataFrame({"period": pd.to_datetime(["2010", "2011"])} | counts)
    >>> course_of(flow, "Y").zh.split("；")[0]
    '新收合计714件，最多的是2011年（371件）'
    """

    def said(name: str, way: str) -> tuple[str, Text]:
        value = rows[name].agg(way)
        places = rows["period"][rows[name] == value]
        when, others = period_text(places.iloc[0], freq), len(places) - 1
        if freq == "W":
            when = Text(f"{when.zh}起一周", f"the week from {when.en}")
        return number(value), Text(
            f"{when.zh}等{others + 1}{COUNTED_AS.get(freq, '期')}", f"{when.en} and {others} more"
        ) if others else when

    zh, en = [], []
    for name in FLOWS:
        total, (most, when) = number(rows[name].sum()), said(name, "max")
        zh.append(f"{term(name).zh}合计{total}件，最多的是{when.zh}（{most}件）")
        en.append(f"{term(name).en} {total} in all, most in {when.en} ({most})")
    start, end = number(rows["opening"].iloc[0]), number(rows["closing"].iloc[-1])
    (high, high_at), (low, low_at) = said("closing", "max"), said("closing", "min")
    way = Text(f"未结由期初{start}件到期末{end}件", f"Pending goes from {start} at the start to {end} at the end")
    if pd.isna(rows["opening"].iloc[0]):
        way = Text(
            f"期初未结不知，所列案件期末未结{end}件",
            f"Pending at the start is not known; of the cases listed {end} are pending at the end",
        )
    stock_zh = f"{way.zh}；各期末最高{high}件（{high_at.zh}），最低{low}件（{low_at.zh}）。"
    stock_en = f"{way.en}; at the ends of periods at most {high} ({high_at.en}), at least {low} ({low_at.en})."
    return Text("；".join(zh) + "。" + stock_zh, capital("; ".join(en)) + ". " + stock_en)


def _told_shortly(name: Text, rows: pd.DataFrame) -> Text:
    counts = (rows["filed"].sum(), rows["closed"].sum(), rows["closing"].iloc[-1])
    filed, closed, end = (number(count) for count in counts)
    flows = name + Text(f"新收{filed}件、结案{closed}件", f": filed {filed}, closed {closed}")
    return flows if pd.isna(counts[2]) else flows + Text(f"、期末未结{end}件", f", pending at the end {end}")


def _note(flow: pd.DataFrame, first: pd.Timestamp, span: Text) -> Text:
    """n and window."""
    filed = number(flow["filed"].sum())
    until = flow.attrs.get("as_of")
    window = window_text(first, until) if until else span
    return Text(
        f"n = 新收{filed}件；{window.zh}；未结为各期末数。",
        f"n = {filed} filed; {window.en}; pending is the stock at the end of each period.",
    )
