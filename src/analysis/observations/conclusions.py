"""What a result says in one sentence, so that a notebook opens with its conclusion: ``conclusion``."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import numpy as np
import pandas as pd

from analysis.cases.beginning import left_unseen
from analysis.cases.closings import counted_open
from analysis.inference.cycle.cycle import Cycle
from analysis.inference.peers.funnel import Funnel
from analysis.inference.peers.panel import PeerPanel
from analysis.inference.reconciliation.reconcile import Reconciliation
from analysis.measures import aid, coercion, petitions
from analysis.measures.caseflow import as_summed
from analysis.measures.durations.ages import PendingAges
from analysis.measures.durations.durations import TimeToClose
from analysis.measures.limits.deadlines import BY_ORDINARY, weekends_only
from analysis.measures.limits.limits import by_ordinary_limits
from analysis.measures.officers.responsibility import ResponsibilityLedger
from analysis.measures.officers.scorecard import OfficerScorecard
from analysis.measures.petitions import Petitions
from analysis.measures.terminated import TerminatedStock
from analysis.observations.observations import MOVED, Observations
from analysis.returns.verdicts import DISPUTED
from analysis.vocabulary.courts import court_opening
from analysis.vocabulary.dates import day_text, period_text, window_text
from analysis.vocabulary.errors import ArgumentError, CourtAnalysisError
from analysis.vocabulary.labels import group_text, heading
from analysis.vocabulary.numbers import number
from analysis.vocabulary.periods import windows
from analysis.vocabulary.result import made_up
from analysis.vocabulary.sentences import AT_LEAST, period
from analysis.vocabulary.text import Text, capital, joined, listed, number_of, text_of_cell

CONCLUSION = Text("结论", "Conclusion")
ORDINARY = {"over_limit", "due_soon", *BY_ORDINARY.values()}  # kinds of deadlines that the sentence counts anyway
UNUSUAL = 0.05  # of comparisons that fall outside a 95 % range by chance alone


@dataclass(frozen=True)
class Conclusion:
    """Sentences, one a result; a notebook shows them as a list."""

    sentences: tuple[Text, ...]

    def __repr__(self) -> str:
        return "\n".join([f"{CONCLUSION}", *(f"{n}. {said}" for n, said in enumerate(self.sentences, 1))])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(str(said))}</li>" for said in self.sentences)
        return f"<p><strong>{CONCLUSION}</strong></p><ol>{items}</ol>"


def conclusion(*results: object) -> Conclusion:
    """Say in a sentence each what results say, with their figures; where one cannot be had, the sentence says why.

    Takes what ``observations, cycle, terminated_stock, reconcile, compare_printed, caseflow, time_to_close, pending_ages, deadlines,
    officer_scorecard, responsibility_ledger, petitions, aid, peer_panel, funnel, check_cases, entry_quality`` return, or functions without arguments
    that return such a result. A pair of words and a result opens its sentence with the words: of whom it speaks.

    Parameters
    ----------
    *results : result, table, callable or pair of words and such
        What is to be said.

    Returns
    -------
    Conclusion
        A sentence each.

    Raises
    ------
    ArgumentError
        For something that is no such result.

    >>> from analysis.measures.caseflow import caseflow_from_counts
    >>> flow = caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [343, 371], "closed": [328, 383]}))
    >>> conclusion(flow)
    结论
    1. 2011年新收371件、结案383件，未结由15件减至3件。
    """
    return Conclusion(tuple(dict.fromkeys(map(_said, results))))  # what several lack in common is said once


def _said(result: object) -> Text:
    if isinstance(result, tuple) and len(result) == 2:
        words, result = result
        return Text(f"{words}：", f"{words}: ") + _said(result)
    try:
        made = result() if callable(result) else result
    except CourtAnalysisError as error:
        return Text(error.text.zh, capital(error.text.en))
    return _sentence(made)


def _absent(said: Text) -> Text:
    return Text(f"{said.zh}。", f"{capital(said.en)}.")


@singledispatch
def _sentence(result: Any) -> Text:
    raise ArgumentError(
        f"不能从 {type(result).__name__} 写出结论。", f"no conclusion can be drawn from {type(result).__name__}."
    )


@_sentence.register
def _(cyc: Cycle) -> Text:
    return cyc.sentence


@_sentence.register
def _(seen: Observations) -> Text:
    """The first headline; of a period without any that nothing stands out, or that there is nothing to compare it with."""
    heads = seen.headlines(1)["sentence"]
    if heads.empty and not seen.of_kind(MOVED)["change"].notna().any():
        return Text(
            f"{seen.caption.zh}：没有可与以前比较的数字。",
            f"{seen.caption.en}: no figure can be compared with one before.",
        )
    if heads.empty:
        return Text(f"{seen.caption.zh}：没有超出随机波动的变化。", f"{seen.caption.en}: no change beyond chance.")
    return text_of_cell(heads.iloc[0])


@_sentence.register
def _(stock: TerminatedStock) -> Text:
    old = stock.table.loc[stock.table["age"].isin(["3_to_5_years", "over_5_years"]), "cases"].sum(min_count=1)
    if pd.isna(old):  # the register does not reach back so far
        return stock.caption + Text("，都不在未结之内。", ", none of them among the pending.")
    return stock.caption + Text(
        f"；其中三年以上{old:,}件，都不在未结之内。",
        f"; {old:,} of them over three years ago, none among the pending.",
    )


@_sentence.register
def _(rec: Reconciliation) -> Text:
    verdicts = rec.figures["verdict"]
    key = ["court", "scope", "period_start", "period_end", "measure"]
    within = pd.MultiIndex.from_frame(rec.figures[key]).isin(pd.MultiIndex.from_frame(rec.conflicts[key]))
    checked, wrong = int((verdicts != "unchecked").sum()), int((verdicts.isin(DISPUTED) | within).sum())
    truncated = int((verdicts == "truncated").sum())
    return Text(
        f"公布的{len(verdicts)}个数字中{checked}个可由其他数字检验：{truncated}个只有截尾才相符，{wrong}个牵涉矛盾，其余相符。",
        f"Of {len(verdicts)} published figures {checked} can be checked against others: {truncated} agree only by truncation, {wrong} take part in a "
        "contradiction, the others agree.",
    )


@_sentence.register
def _(times: TimeToClose) -> Text:
    keys = [
        name for name in times.summary.columns if name not in ("n", "events", "median", "median_lower", "median_upper")
    ]
    parts = [(_group(keys, row), _days(row)) for row in times.summary.to_dict("records")]
    zh, en = ("；".join(f"{g.zh}{d.zh}" for g, d in parts), "; ".join(f"{g.en}{d.en}" for g, d in parts))
    return Text(
        f"自立案起结案所需天数的中位数（未结案件一并计入）：{zh}。",
        f"Median days from filing to closing, open cases counted: {en}.",
    )


def _group(keys: list[str], row: dict[Any, Any]) -> Text:
    texts = [group_text(key, row[key]) for key in keys]
    return Text("、".join(t.zh for t in texts) + " " * bool(texts), ", ".join(t.en for t in texts) + " " * bool(texts))


def _days(row: dict[Any, Any]) -> Text:
    if pd.isna(row["median"]):
        return Text("不到一半已结，没有中位数", "less than half closed, no median")
    ends = [None if pd.isna(row[name]) else number(row[name]) for name in ("median_lower", "median_upper")]
    within = f"{ends[0] or '…'}–{ends[1] or '…'}"
    return Text(
        f"{number(row['median'])}天（95%区间{within}）", f"{number(row['median'])} days (95% interval {within})"
    )


@_sentence.register
def _(ages: PendingAges) -> Text:
    whole = ages.summary.iloc[0]
    lacking = ages.over_limit.attrs["lacking"]
    column, past = (
        ("past_ordinary_limit", Text("超过一般期限", "past the ordinary limit"))
        if lacking
        else ("over_limit", Text("超过期限", "over the limit"))
    )
    over = int(ages.over_limit[column].sum()) if column in ages.over_limit else 0
    all_listed = AT_LEAST if ages.summary.attrs["leaves_out"] else Text("", "")
    least = AT_LEAST if ages.over_limit.get("limit_unknown", pd.Series([0])).any() else all_listed
    if not whole["pending"]:
        return (
            Text("所列案件该日没有未结的。", "None of the cases listed is pending on that day.")
            if all_listed.zh
            else Text("该日没有未结案件。", "No case is pending on that day.")
        )
    ordinary = _by_ordinary_limits(ages.over_limit)
    days = [number(whole[name]) for name in ("median_age", "oldest_age")]
    pending = number(whole["pending"]), number_of(int(whole["pending"]), "case")
    of_listed = Text("所列的", " those listed") if all_listed.zh else Text("", "")  # others may be older
    told = Text(
        f"未结{all_listed.zh}{pending[0]}件，{of_listed.zh}已立案时间的中位数{days[0]}天，最长{days[1]}天；{past.zh}的{least.zh}{over:,}件{ordinary.zh}。",
        f"Pending: {all_listed.en}{pending[1]},{of_listed.en} for {days[0]} days in the middle and {days[1]} at most; {past.en}: "
        f"{least.en}{over:,}{ordinary.en}.",
    )
    return told + _undecided(ages.summary)


def _by_ordinary_limits(table: pd.DataFrame) -> Text:
    """Say in brackets that limits are the ordinary ones, where the register lacks what changes them."""
    if not (absent := table.attrs["lacking"]):
        return Text("", "")
    said = by_ordinary_limits(absent)
    return Text(f"（{said.zh}）", f" ({said.en})")


@_sentence.register
def _(card: OfficerScorecard) -> Text:
    judged = card.table.dropna(subset=["value", "lower", "upper"])
    if judged.empty:
        return Text(
            "承办人的件数少，没有一项数字可对外与全院平均比较，只供院内查看。",
            "The officers have so few cases that none of their figures can be shown beside the court's average; they are for use inside the court.",
        )
    outside = int(((judged["value"] < judged["lower"]) | (judged["value"] > judged["upper"])).sum())
    chance = number(UNUSUAL * len(judged), 1)
    return Text(
        f"承办人与同样案件由全院平均办理相比，{len(judged)}次比较中{outside}次落在随机波动的95%范围之外；仅凭随机波动也会有约{chance}次。",
        f"Against what the court's average would have made of the same cases, {outside} of {len(judged)} comparisons of officers lie outside the 95% range of "
        f"chance; chance alone gives about {chance}.",
    )


@_sentence.register
def _(ledger: ResponsibilityLedger) -> Text:
    return ledger.caption + Text("。", ".")


@_sentence.register
def _(pet: Petitions) -> Text:
    rows = pet.table.dropna(subset=["received"])
    if rows.empty:
        return _absent(petitions.ABSENT)
    if not rows["received"].sum():
        return Text("所看各期没有收到信访。", "No petition was received in these periods.")
    last = rows.iloc[-1]
    when = window_text(last["period_start"], last["period_end"])
    rate = "" if pd.isna(last["settlement_rate"]) else f"{number(last['settlement_rate'], 1)}%"
    within = f"{number(last['lower'], 1)}–{number(last['upper'], 1)}"
    told = (
        Text(f"，息访率{rate}（95%区间{within}）", f", {rate} settled (95% interval {within})")
        if rate
        else Text("", "")
    )
    return (
        Text(
            f"{when.zh}收到信访{number(last['received'])}件，化解{number(last['resolved'])}件",
            f"{when.en}: {number(last['received'])} petitions received, {number(last['resolved'])} resolved",
        )
        + told
        + Text(
            "；件数少，率不宜单独看。" if last["received"] < 30 else "。",
            "; so few that the rate should not stand alone." if last["received"] < 30 else ".",
        )
    )


@_sentence.register
def _(fun: Funnel) -> Text:
    return fun.caption + Text("。", ".")


@_sentence.register
def _(panel: PeerPanel) -> Text:
    courts, left = panel.table["court"].nunique(), len(panel.excluded)
    return Text(
        f"公布的数字中口径相同、可并列的有{courts}家法院，另有{left}个数字因口径或期间不合而不用；不满十家或年份不同时不排位置。",
        f"Of the published figures those of {number_of(courts, 'court')} share a definition; of another definition or period and not used: {left}. "
        "Below ten courts, or of different years, no place is given.",
    )


@_sentence.register
def _(table: pd.DataFrame) -> Text:
    for needed, say in TABLES:
        if set(needed) <= set(table.columns):
            return say(table)
    raise ArgumentError("不能从这个表写出结论。", "no conclusion can be drawn from this table.")


def _of_flow(flow: pd.DataFrame) -> Text:
    if flow.empty:
        return Text("没有任何一期。", "No period.")
    flow = flow if "period_end" in flow else as_summed(flow)
    last = flow.iloc[-1]
    when = _when(last, flow.attrs)
    court = flow.attrs.get("court")
    whose = court_opening(court, ",") if court else Text("", "")
    moved = Text(
        f"{whose.zh}{when.zh}新收{number(last['filed'])}件、结案{number(last['closed'])}件",
        f"{whose.en}{when.en}: {number(last['filed'])} filed, {number(last['closed'])} closed",
    )
    if pd.isna(last["opening"]) or pd.isna(last["closing"]):
        listed = Text(
            f"{whose.zh}{when.zh}台账所列新收{number(last['filed'])}件、结案{number(last['closed'])}件",
            f"{whose.en}{when.en}: the register lists {number(last['filed'])} filings and {number(last['closed'])} closings",
        )
        return (
            listed
            + Text("，期初存量不知，未结无从算出。", "; the opening stock is not known, nor is what is pending.")
            + made_up(flow)
        )
    opening, closing = number(last["opening"]), number(last["closing"])
    more, undecided = last["closing"] - last["opening"], flow.attrs.get("undecided", 0)
    way = np.sign(more)
    zh, en = {1: ("增至", "rose from"), -1: ("减至", "fell from"), 0: ("持平于", "stayed at")}[int(way)]
    stock = (
        Text(f"未结由{opening}件{zh}{closing}件", f"the pending stock {en} {opening} to {closing}")
        if way
        else Text(f"未结{zh}{closing}件", f"the pending stock {en} {closing}")
    )
    if undecided and -undecided < more <= undecided:
        stock = Text(
            f"未结由{opening}件到{closing}件，是增是减不知",
            f"the pending stock went from {opening} to {closing}, whether up or down is not known",
        )
    begins = [pd.Timestamp(day) for day in flow.attrs.get("begins", ())]
    said = joined([stock, *(left_unseen(day) for day in begins if day >= last["period"])])
    return moved + Text(f"，{said.zh}。", f"; {said.en}.") + _undecided(flow) + made_up(flow)


def _when(row: pd.Series, about: dict[Any, Any]) -> Text:
    """Name the period of a row; one that is not over by the days that are counted."""
    if "period_end" in row:
        return period(row["period"], row["period_end"])
    freq = about.get("freq") or "Y"
    known = about.get("as_of")
    if known is None:
        return period_text(row["period"], freq)
    ends = windows(row["period"], row["period"], freq=freq, calendar=about["calendar"])["period_end"].iloc[-1]
    return period_text(row["period"], freq) if ends <= pd.Timestamp(known) else period(row["period"], known)


def _undecided(table: pd.DataFrame) -> Text:
    """Say of how many cases it is not known whether they are closed, where a table counts such as pending."""
    undecided = table.attrs.get("undecided", 0)
    said = counted_open(undecided)
    return Text(f"其中{said.zh}。", f" {capital(said.en)}.") if undecided else Text("", "")


def _of_printed(match: pd.DataFrame) -> Text:
    by = match["verdict"].value_counts()
    agrees, truncated, unchecked = (int(by.get(name, 0)) for name in ("agrees", "truncated", "unchecked"))
    other = len(match) - agrees - truncated - unchecked
    return Text(
        f"公布的{len(match)}个数字与台账逐项对照：相符{agrees}，只有截尾才相符{truncated}，不符{other}，台账无从核算{unchecked}。",
        f"{len(match)} published figures beside the register: {agrees} agree, {truncated} only by truncation, {other} do not, {unchecked} cannot "
        "be told from it.",
    ) + made_up(match)


def _of_findings(findings: pd.DataFrame) -> Text:
    by = findings["severity"].value_counts()
    errors, warnings = int(by.get("error", 0)), int(by.get("warning", 0))
    kept, apart = (int(findings.attrs.get(name, 0)) for name in ("kept", "quarantined"))
    return Text(
        f"读入的行中采用{kept:,}行、隔离{apart:,}行；检查发现错误{errors:,}处、要核对的{warnings:,}处。",
        f"Rows kept: {kept:,}, set apart: {apart:,}; the checks found {number_of(errors, 'error')} and {number_of(warnings, 'place')} to look at.",
    )


def _of_entry(entry: pd.DataFrame) -> Text:
    sums = {name: entry[name].sum(min_count=1) for name in ("cases", "late", "missing", "wrong")}
    if pd.isna(sums["late"]):
        return Text(
            "台账没有录入日期，录入是否及时无从判断。",
            "The register holds no day of entry, so whether entries were in time cannot be told.",
        )
    late, cases = number(sums["late"]), number(sums["cases"])
    share = number(100 * sums["late"] / sums["cases"], 1) if sums["cases"] else "—"
    return Text(
        f"{cases}件中迟录{late}件（{share}%）、漏录{number(sums['missing'])}件、错录{number(sums['wrong'])}件。",
        f"Of {cases} cases {late} were entered late ({share}%), {number(sums['missing'])} never, {number(sums['wrong'])} wrongly.",
    )


def _of_deadlines(due: pd.DataFrame) -> Text:
    by = due["kind"].value_counts()
    over, soon = int((due["days_left"] < 0).sum()), int((due["days_left"] >= 0).sum())
    day, within = day_text(due.attrs["at"]), due.attrs["within_days"]
    further = [(group_text("kind", kind), count) for kind, count in by.items()] if {*by.index} - ORDINARY else []
    zh, en = (
        "、".join(f"{kind.zh}{count}" for kind, count in further),
        ", ".join(f"{kind.en} {count}" for kind, count in further),
    )
    more = (Text(f"（{zh}）", f" ({en})") if further else Text("", "")) + _by_ordinary_limits(due)
    more += weekends_only(due)
    least = AT_LEAST if due.attrs["left_out"] or due.attrs["leaves_out"] else Text("", "")
    is_ordinary = (
        due.attrs["lacking"] and not further
    )  # with the court's own days for starting all are counted, and each kind named
    limit = Text("一般期限", "ordinary deadline") if is_ordinary else Text("期限", "deadline")
    if least.zh and not len(due):
        return Text(
            f"截至{day.zh}，台账所列案件没有已过{limit.zh}的，{within}天内也没有到期的；没有列入的不知。",
            f"On {day.en} no case listed is past its {limit.en} or reaches it within {within} days; of those not listed it is not known.",
        )
    return Text(
        f"截至{day.zh}，已过{limit.zh}{least.zh}{over:,}件，{within}天内到期{least.zh}{soon:,}件{more.zh}。",
        f"On {day.en} {least.en}{number_of(over, limit.en)} {'is' if over == 1 else 'are'} past and {least.en}{soon:,} "
        f"{'falls' if soon == 1 else 'fall'} due within {within} days{more.en}.",
    )


def _of_aid(grants: pd.DataFrame) -> Text:
    rows = grants.dropna(subset=["grants"])
    if rows.empty:
        return _absent(aid.ABSENT)
    last = rows.iloc[-1]
    when = window_text(last["period_start"], last["period_end"])
    return Text(
        f"{when.zh}发放司法救助{number(last['grants'])}笔，涉及{number(last['cases'])}件案件；救助不是执行到位。",
        f"{when.en}: {number(last['grants'])} grants of judicial aid for {number(last['cases'])} cases; aid is no recovery.",
    )


def _of_late_starts(late: pd.DataFrame) -> Text:
    reasons = late.attrs.get("with_reason")
    told = (
        Text(f"，其中{reasons}件登记了原因", f", {reasons} of them with a reason on record")
        if reasons is not None
        else Text("", "")
    )
    return Text(
        f"收到案卷后超过本院规定的天数才开始的{len(late):,}件{told.zh}。",
        f"{len(late):,} cases were begun later than the court's own days after the file came{told.en}.",
    )


def _of_measures(measures: pd.DataFrame) -> Text:
    rows = measures[measures["period_end"] == measures["period_end"].max()].dropna(subset=["persons"])
    if rows.empty:
        return _absent(coercion.ABSENT)
    rows = rows[rows["persons"] > 0]
    if rows.empty:
        return Text("最近一期没有强制措施。", "No coercive measure was taken in the last period.")
    when = window_text(rows["period_start"].iloc[0], rows["period_end"].iloc[0])
    kinds = [(group_text("kind", row["kind"]), number(row["persons"])) for row in rows.to_dict("records")]
    zh, en = "、".join(f"{k.zh}{n}人" for k, n in kinds), ", ".join(f"{k.en} {n}" for k, n in kinds)
    return Text(f"{when.zh}采取强制措施：{zh}。", f"{when.en}, persons under coercive measures: {en}.")


def _of_mapping(mapping: pd.DataFrame) -> Text:
    main = mapping[mapping["table"] == "cases"]
    mapped, derived, lacked = ({*main.loc[main["status"] == of, "column"]} for of in ("mapped", "derived", "missing"))
    read, told, absent = len(mapped), derived - mapped, lacked - mapped - derived  # of several sheets each is listed
    told_, absent_ = (listed(heading(name) for name in main["column"].unique() if name in of) for of in (told, absent))
    by_number = Text(f"，由案号得知{told_.zh}", f" and {told_.en} by the case number") if told else Text("", "")
    return Text(
        f"台账认出{read}栏{by_number.zh}；没有的栏：{absent_.zh or '无'}，凡用到它们的数字都缺失，不是0。",
        f"{number_of(read, 'column')} recognised{by_number.en}; missing are: {absent_.en or 'none'}; figures that need them are missing, not 0.",
    )


TABLES: tuple[tuple[tuple[str, ...], Callable[[pd.DataFrame], Text]], ...] = (
    (("printed", "rebuilt", "verdict"), _of_printed),
    (("severity", "rule", "problem"), _of_findings),
    (("correct", "late", "missing", "wrong"), _of_entry),
    (("days_left", "due_on", "kind"), _of_deadlines),
    (("days_late", "started_on"), _of_late_starts),
    (("kind", "persons", "measures"), _of_measures),
    (("column", "header", "status"), _of_mapping),
    (("grants", "without_amount"), _of_aid),
    (("period", "opening", "filed", "closed", "closing"), _of_flow),
)
