"""The verdict in words: what the flow shows, how sure that is, and what it cannot show."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.inference.cycle.endings import Ending
from analysis.inference.cycle.evidence import smallest_shown
from analysis.inference.cycle.robustness import HEADLINE
from analysis.inference.cycle.templates import CLEARINGS, ONE_CAMPAIGN, least_span, longest_round
from analysis.inference.cycle.verdict import Explained, Reading, estimate, is_dated, period_of
from analysis.vocabulary.dates import date_label
from analysis.vocabulary.numbers import SMALLEST_P
from analysis.vocabulary.sentences import rate
from analysis.vocabulary.text import Text, number_of

ABOUT = Text("约", "about ")
NO_CAUSE = Text("数字只说明多少和何时，不说明原因。", " The figures say how much and when, not why.")


def verdict_text(
    reading: Reading, ending: Ending, power: pd.DataFrame, robustness: pd.DataFrame, months_needed: int | None
) -> Text:
    """Two or three sentences, the same in both languages."""
    said = {
        "rounds": lambda: _rounds(_said(reading), reading, ending),
        "one_campaign": lambda: _campaign(_said(reading), reading),
        "lasting_change": lambda: _change(_said(reading), reading),
        "fewer_filings": lambda: _fewer(_said(reading), reading),
        "filings_wave": lambda: _filings_wave(_said(reading), reading),
        "queue": lambda: Text(
            "结案随存量多少而增减，足以解释未结存量的变化；未见轮回、集中清理或结案能力的持续变化。",
            "Closings rise and fall with the stock, which is enough to explain it; no rounds, no campaign and no lasting change of capacity are seen.",
        ),
        "no_evidence": lambda: _nothing(reading),
        "too_short": lambda: _too_short(reading, months_needed),
    }
    body = said[reading.on_labels or reading.verdict]()
    if reading.on_labels:
        zh, en = (f"中约{_share(reading.moved).zh}", f"about {_share(reading.moved).en}")
        if reading.moved >= 1:
            zh, en = "全部", "all"
        body = body + Text(
            f"但增加的结案{zh}是终结本次执行程序；把终本案件计入未结后看不到同样的变化：存案转为终本。",
            f" But {en} of the added closings were terminations for this round; with those counted as open the same is not "
            "seen: the stock turned into terminations.",
        )
    return _doubtful(body, robustness) + _able(reading, power) + NO_CAUSE


def months_needed(reading: Reading, ending: Ending) -> int | None:
    """Return how many more months are needed before more can be said; None where nothing is waited for."""
    if reading.verdict != "too_short":
        return ending.months_needed
    counts = reading.counts
    long = reading.closings.get("too_long")
    period = max(long.shape.period, longest_round(counts.span)) if long else 0.0
    need = max(int(np.ceil(CLEARINGS * min(period, counts.span))), least_span(counts.seasons))
    return max(int(np.ceil((need - counts.span) * counts.months_each)), 1)


def _said(reading: Reading) -> Explained:
    if reading.said is None:
        raise ValueError(f"no explanation stands behind the verdict {reading.verdict}")
    return reading.said


def _share(value: float) -> Text:
    return rate(100 * value, 0)


def _size(said: Explained, *, least: float = -np.inf) -> Text:
    """The size in the direction in which it is said, with its limits: below nothing where even the direction is not sure."""
    size, *limits = estimate(said)
    way = np.sign(size)
    low, high = (_share(max(limit, least)) for limit in sorted(way * limit for limit in limits))
    by = _share(way * size)
    return Text(f"{by.zh}（{low.zh}至{high.zh}）", f"{by.en} ({low.en} to {high.en})")


def _p(p: float) -> Text:
    return Text("不到千分之一", "less than one in a thousand") if p < SMALLEST_P else ABOUT + rate(100 * p, 1)


def _sure(power: float) -> Text:
    """A power in words that call nothing certain and nothing impossible."""
    if 0.01 <= power <= 0.99:
        return _share(power)
    return Text("99%以上", "over 99%") if power > 0.99 else Text("不到1%", "less than 1%")


def _month(place: float, reading: Reading) -> Text:
    starts = reading.counts.starts
    day = starts[int(np.clip(place, 0, len(starts) - 1))] + pd.Timedelta(days=14)
    freq = {1: "Y", 4: "Q"}.get(reading.counts.seasons, "M")
    return Text(date_label(day, freq, "zh"), date_label(day, freq, "en"))


def _rounds(said: Explained, reading: Reading, ending: Ending) -> Text:
    each = reading.counts.months_each
    size, chance = _size(said, least=0.0), _p(said.p)
    period, shortest, longest = (round(periods * each) for periods in period_of(said))
    between = Text("", "")
    if shortest < longest:
        between = Text(f"（{shortest}至{longest}个月）", f" ({shortest} to {longest})")
    body = Text(
        f"结案有起伏，约每{period}个月一轮{between.zh}，幅度约{size.zh}；没有轮回的法院出现同样起伏的可能{chance.zh}。",
        f"Closings go in rounds of about {period} months{between.en}, by about {size.en}; "
        f"in courts without rounds as much is seen in {chance.en}.",
    )
    if ending.ended == "ended" and ending.stop is not None:
        when = _month(ending.stop, reading)
        likely = _p(ending.likelihood_if_going_on)
        return body + Text(
            f"起伏自{when.zh}前后停止；若仍在继续，出现这样平静的可能{likely.zh}。",
            f" They stopped around {when.en}; if they went on, a quiet like this would be seen in {likely.en}.",
        )
    if ending.ended == "continues":
        return body + Text(
            "最近一轮仍在其中，不能说已经走出。", " The latest round belongs to them: the court has not left."
        )
    if ending.ended == "not_in_rounds":  # of labels alone: how they end is not asked
        return body
    more = ending.months_needed
    return body + Text(
        f"最近一次清理之后的时间还短，约再过{more}个月才能判断是否走出。",
        f" Too little time has passed since the last clearing: about {more} more months are needed to know whether the court has left.",
    )


def _campaign(said: Explained, reading: Reading) -> Text:
    size = _size(said)
    first, last = _month(said.shape.start, reading), _month(said.shape.end - 1, reading)
    when = first if first == last else Text(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")
    return Text(
        f"只见一次集中清理：{when.zh}前后，结案比平时多{size.zh}，未见一轮又一轮的起伏。",
        f"One campaign is seen, about {when.en}, closings above the usual by {size.en}, and no round after round.",
    )


def _change(said: Explained, reading: Reading) -> Text:
    size = estimate(said)[0]
    by = _size(said)
    when = _month(said.shape.start, reading)
    zh, en = ("提高", "rose") if size > 0 else ("下降", "fell")
    none = Text("未见一轮又一轮的起伏。", "no round after round is seen.")
    if not is_dated(said, drifts=reading.drifts):
        closed, year = reading.counts.closed, reading.counts.seasons
        first, last = (f"{float(part.sum()):,.10g}" for part in (closed[:year], closed[-year:]))
        return (
            Text(
                f"结案水平缓慢漂移，无法确定日期：第一年结案{first}件，最后一年{last}件，",
                f"The level of closings drifts, no date: {first} cases closed in the first year, {last} in the last; ",
            )
            + none
        )
    body = Text(
        f"自{when.zh}前后起结案水平持续{zh}{by.zh}，",
        f"Around {when.en} the level of closings {en} by {by.en} and stayed there; ",
    )
    since = round((reading.counts.span - said.shape.start) * reading.counts.months_each)
    if since > ONE_CAMPAIGN[-1] or size < 0:
        return body + none
    return (
        body
        + none
        + Text(
            f"提高至今只有{since}个月：是持续变化，还是尚未结束的集中清理，还不能区分。",
            f" It is {number_of(since, 'month')} old: whether it lasts or is a campaign that is not over cannot be told yet.",
        )
    )


def _fewer(said: Explained, reading: Reading) -> Text:
    by = _size(said)
    when = _month(said.shape.start, reading)
    return Text(
        f"变化来自新收：自{when.zh}前后起新收减少{by.zh}；结案能力未见变化。",
        f"The change is in filings: from about {when.en} they are fewer by {by.en}; no change of closing capacity is seen.",
    )


def _filings_wave(said: Explained, reading: Reading) -> Text:
    period = round(period_of(said)[0] * reading.counts.months_each)
    size = _share(estimate(said)[0])
    return Text(
        f"起伏来自新收：新收约每{period}个月起伏一次（幅度约{size.zh}），结案未见自身的轮回。",
        f"The waves come from filings: about every {period} months, by about {size.en}; closings show no rounds of their own.",
    )


def _nothing(reading: Reading) -> Text:
    body = Text(
        "未见轮回、集中清理或结案能力持续变化的证据。",
        "No evidence of rounds, of a campaign or of a lasting change of capacity.",
    )
    if not reading.drifts:
        return body
    return body + Text("结案水平缓慢漂移，无法确定日期。", " The level of closings drifts, no date can be given.")


def _too_short(reading: Reading, more: int | None) -> Text:
    months = round(reading.counts.span * reading.counts.months_each)
    return Text(
        f"数据太短：{months}个月看不出三次清理，不能区分轮回与一次起落；约再需{more}个月。",
        f"Too short: {number_of(months, 'month')} cannot show three clearings, so rounds and a single rise and fall cannot be told apart; about "
        f"{more} more months are needed.",
    )


def _doubtful(body: Text, robustness: pd.DataFrame) -> Text:
    """Return what is said, behind the words that it is no verdict where too few variants say the same."""
    if robustness.empty or float(robustness["same"].mean()) >= HEADLINE:
        return body
    same, ways = int(robustness["same"].sum()), len(robustness)
    return Text(
        f"尚无可作定论的结论：换一种算法（去掉某一年、晚些开始、不计季节等），{ways}种中只有{same}种与全部数据的结论相同。全部数据的结论：{body.zh}",
        f"No firm verdict: of {ways} variants (a year left out, a later start, no season …) only {same} say what the whole series says, which is: "
        f"{body.en[0].lower()}{body.en[1:]}",
    )


def _able(reading: Reading, power: pd.DataFrame) -> Text:
    """Return what the data could have shown: said where nothing of the kind is found."""
    if reading.verdict in ("rounds", "too_short", "one_campaign", "lasting_change", "reclassified") or power.empty:
        return Text("", "")
    row = power[(power["rounds"] == "wave") & (power["size"] == 0.3) & power["power"].notna()]
    if row.empty:
        return Text("", "")
    period, sure = int(row["period_length"].iloc[0]), _sure(float(row["power"].iloc[0]))
    months = round(reading.counts.span * reading.counts.months_each)
    least = smallest_shown(reading, "wave", period)
    body = Text(
        f"以现有{months}个月数据，能够识别±30%、周期{period}个月的起伏的把握为{sure.zh}",
        f" With these {months} months, waves of ±30% every {period} months would be shown with probability {sure.en}",
    )
    if np.isnan(least):
        return body + Text("。", ".")
    smallest = _share(least)
    return body + Text(
        f"；八成把握能识别的最小起伏为±{smallest.zh}。", f"; the smallest shown four times in five is ±{smallest.en}."
    )
