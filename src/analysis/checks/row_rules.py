"""Rules that look at one row at a time: each a small function that marks, by field, the rows that offend.

They are asked of a few ten thousand rows at a time, so a register of any size is checked in bounded memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import Formatter

import pandas as pd

from analysis.register.case_numbers import OF_OTHER_WORK
from analysis.register.cells import NOT_YET
from analysis.vocabulary.columns import closure_modes, columns
from analysis.vocabulary.periods import EARLIEST
from analysis.vocabulary.text import Text

LATE_AFTER_DAYS = (
    7  # our choice, an argument of check_cases: a case is to be filed within 7 days (CPL), and entered then
)
LIMIT_MONTHS = 6  # 法发〔2006〕35号第1条 and the rules before and after it
LIMIT_MONTHS_NON_LITIGATION = 3  # the same article: 非诉执行
FACTOR = 10_000.0  # 万元 typed where 元 is meant, or the other way round
NEAR = 0.01  # how close to the factor a ratio of two amounts must be
LEAST_CLAIM = 100.0  # 元; a smaller claim is hardly ever enforced and likely was typed in 万元
FAR_FROM_USUAL = 1_000.0  # times the register's median claim
ENFORCEMENT = ("first", "reopened")
PERFORMED = closure_modes("performed")  # modes that say the debtor paid or acted

# What cases are told apart by: figures by it leave out those that do not state it.
TOLD_APART = ("court", "basis", "case_type", "has_property", "officer", "team")
# Columns that some registers do not keep at all: a rule on their absence then says nothing.
NOT_ALWAYS_KEPT = (
    "entered_on", "amount_claimed", "amount_recovered", "closure_mode", "original_case_no", "extension_days", "excluded_days",
    *TOLD_APART,
)  # fmt: skip
# Columns of which a rule says that they are missing: what stands there and cannot be read is another finding.
MISSED = ("closed_on", "amount_claimed", "amount_recovered", "has_property")
LENGTHENING = ("extension_days", "excluded_days")
LIMIT_NOTED = {  # what is known of a longer limit, by whether the register keeps both, one or none of its columns
    2: Text("没有延长记录", "no extension recorded"),
    1: Text("台账只登记了延长、扣除中的一项", "the register keeps only one of extensions and exclusions"),
    0: Text("台账不登记延长和扣除", "the register keeps neither extensions nor exclusions"),
}

Offending = dict[str, pd.Series]  # by field: which rows offend


@dataclass(frozen=True)
class CheckContext:
    """The context of a row rule: the day to which the register is known, and what is usual in it."""

    as_of: pd.Timestamp
    filled: frozenset[str]  # those of NOT_ALWAYS_KEPT that hold anything at all
    median_claim: float | None = None
    late_after_days: int = LATE_AFTER_DAYS
    holds_closings: bool = True
    unread: Mapping[str, frozenset[tuple[str, str, int]]] = field(
        default_factory=dict
    )  # by MISSED: file, sheet and row
    own: frozenset[str] = frozenset()  # the characters of courts in the register's numbers
    stated: frozenset[str] = frozenset()  # days of extension and exclusion of which a blank is no 0, as 0 is written
    names: bool = False  # whether it is for use inside

    def is_unread(self, rows: pd.DataFrame, column: str = "closed_on") -> pd.Series:
        """Return of which rows a column of ``MISSED`` holds something that cannot be read: it is not missing."""
        unread = self.unread.get(column)
        if not unread:
            return pd.Series(False, index=rows.index)
        place = zip(
            rows["source_file"].fillna(""), rows["source_sheet"].fillna(""), rows["source_row"].fillna(-1), strict=True
        )
        return pd.Series([at in unread for at in place], index=rows.index, dtype=bool)


@dataclass(frozen=True)
class RowRule:
    """A rule: its id and severity, the condition, and what a finding says; the texts may name columns in braces."""

    id: str
    severity: str
    offending: Callable[[pd.DataFrame, CheckContext], Offending]
    problem: Text
    proposed_fix: Text
    table: str = "cases"

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The columns that the problem's text names."""
        parts = Formatter().parse(self.problem.zh + self.problem.en)
        return tuple(dict.fromkeys(name for _, name, _, _ in parts if name))


RULES: list[RowRule] = []


def rule(
    severity: str, problem: Text, fix: Text, *, tables: tuple[str, ...] = ("cases",)
) -> Callable[[Callable[..., Offending]], Callable[..., Offending]]:
    """Register a function as a row rule; its name is the rule's id."""

    def register(condition: Callable[..., Offending]) -> Callable[..., Offending]:
        RULES.extend(RowRule(condition.__name__, severity, condition, problem, fix, table) for table in tables)
        return condition

    return register


ALL_TABLES = ("cases", "petitions", "coercive_measures", "aid")


def _of_kind(t: pd.DataFrame, kind: str) -> list[str]:
    return [name for name, column in columns(t.attrs["table"]).items() if column.kind == kind]


@rule(
    "error",
    Text("{field_zh}{value}晚于台账截止日{as_of}", "{field_en} {value} is after the register's last day {as_of}"),
    Text(
        "核对卷宗，改正日期；如属实，请用更晚的 as_of 读取",
        "correct the date from the file; if it is right, read with a later as_of",
    ),
    tables=ALL_TABLES,
)
def date_in_future(t: pd.DataFrame, known: CheckContext) -> Offending:
    """A date after the day to which the register is known."""
    return {name: t[name] > known.as_of for name in _of_kind(t, "date")}


@rule(
    "error",
    Text("{field_zh}{value}早于1990年", "{field_en} {value} is before 1990"),
    Text("核对卷宗，改正日期；未发生的应留空", "correct the date from the file; leave it empty if it has not happened"),
    tables=ALL_TABLES,
)
def date_before_1990(t: pd.DataFrame, _known: CheckContext) -> Offending:
    """A date before any register was kept so (often a system's mark for "none")."""
    return {name: t[name] < EARLIEST for name in _of_kind(t, "date")}


@rule(
    "error",
    Text("结案日期{closed_on}早于立案日期{filed_on}", "closed on {closed_on}, before it was filed on {filed_on}"),
    Text("核对卷宗，改正两个日期之一", "correct one of the two dates from the file"),
)
def closed_before_filed(t: pd.DataFrame, _known: CheckContext) -> Offending:
    """Closed before it was filed."""
    return {"closed_on": t.closed_on < t.filed_on}


@rule(
    "warning",
    Text(
        "收到案卷日期{assigned_on}早于立案日期{filed_on}",
        "file received on {assigned_on}, before it was filed on {filed_on}",
    ),
    Text("核对卷宗，改正两个日期之一", "correct one of the two dates from the file"),
)
def assigned_before_filed(t: pd.DataFrame, _known: CheckContext) -> Offending:
    """The officer had the file before the case was filed."""
    return {"assigned_on": t.assigned_on < t.filed_on}


@rule(
    "warning",
    Text(
        "开始执行日期{started_on}早于立案日期{filed_on}",
        "started on {started_on}, before it was filed on {filed_on}",
    ),
    Text("核对卷宗，改正两个日期之一", "correct one of the two dates from the file"),
)
def started_before_filed(t: pd.DataFrame, _known: CheckContext) -> Offending:
    """Enforcement started before the case was filed."""
    return {"started_on": t.started_on < t.filed_on}


@rule(
    "error",
    Text("有结案日期{closed_on}，没有结案方式", "closed on {closed_on} without a closure mode"),
    Text("补填结案方式", "enter the closure mode"),
)
def closed_without_mode(t: pd.DataFrame, known: CheckContext) -> Offending:
    """Closed, and it is not said how, in a register that keeps it."""
    if "closure_mode" not in known.filled:
        return {}
    return {"closure_mode": t.closed_on.notnull() & t.closure_mode.isnull() & ~_is_unknown(t, "closure_mode")}


@rule(
    "error",
    Text("有结案方式“{closure_mode_text}”，没有结案日期", 'closure mode "{closure_mode_text}" without a closing date'),
    Text("补填结案日期；未结的应删去结案方式", "enter the closing date; if the case is open, delete the mode"),
)
def mode_without_date(t: pd.DataFrame, known: CheckContext) -> Offending:
    """A closure mode, and no day of closing, in a register that keeps it."""
    if not known.holds_closings:
        return {}
    return {"closed_on": t.closed_on.isnull() & t.closure_mode.notnull() & ~known.is_unread(t)}


@rule(
    "warning",
    Text(
        "实际到位{amount_recovered}元多于申请标的{amount_claimed}元",
        "recovered {amount_recovered} 元, more than the {amount_claimed} 元 claimed",
    ),
    Text("核对两个金额；迟延履行利息等另计的应注明", "check both amounts; note interest that is counted apart"),
)
def recovered_more_than_claimed(t: pd.DataFrame, _known: CheckContext) -> Offending:
    """More recovered than was claimed."""
    return {
        "amount_recovered": (t.amount_recovered > t.amount_claimed) & ~_mixed_up(t.amount_recovered, t.amount_claimed)
    }


@rule(
    "warning",
    Text(
        "已发放{amount_paid}元多于实际到位{amount_recovered}元",
        "paid out {amount_paid} 元, more than the {amount_recovered} 元 recovered",
    ),
    Text("核对两个金额", "check both amounts"),
)
def paid_more_than_recovered(t: pd.DataFrame, _known: CheckContext) -> Offending:
    """More paid out to the applicant than was recovered."""
    return {"amount_paid": (t.amount_paid > t.amount_recovered) & ~_mixed_up(t.amount_paid, t.amount_recovered)}


@rule(
    "error",
    Text("{field_zh}为负数：{value}", "{field_en} is negative: {value}"),
    Text("核对卷宗，改正金额", "correct the amount from the file"),
    tables=("cases", "coercive_measures", "aid"),
)
def negative_amount(t: pd.DataFrame, _known: CheckContext) -> Offending:
    """An amount below zero."""
    return {name: t[name] < 0 for name in _of_kind(t, "money")}


def _mixed_up(amount: pd.Series, other: pd.Series) -> pd.Series:
    """Two amounts of one case that are 10,000 times apart, either way."""
    low, high = FACTOR * (1 - NEAR), FACTOR * (1 + NEAR)
    both = (amount > 0) & (other > 0)
    return both & (amount.between(other * low, other * high) | other.between(amount * low, amount * high))


@rule(
    "error",
    Text(
        "{field_zh}{value}元与申请标的{amount_claimed}元恰差一万倍，疑似万元与元混用",
        "{field_en} {value} 元 and the claim of {amount_claimed} 元 are 10,000 times apart: 万元 and 元 mixed up?",
    ),
    Text("核对卷宗，统一为元", "check the file and give both in 元"),
)
def unit_mixed_up(t: pd.DataFrame, _known: CheckContext) -> Offending:
    """万元 and 元 mixed up between two amounts of a case."""
    return {name: _mixed_up(t[name], t.amount_claimed) for name in ("amount_recovered", "amount_paid")}


@rule(
    "warning",
    Text(
        "申请标的{value}元大小异常，疑似万元与元混用",
        "the claim of {value} 元 is out of all proportion: 万元 and 元 mixed up?",
    ),
    Text("核对卷宗，改正金额或单位", "correct the amount or its unit from the file"),
)
def amount_out_of_proportion(t: pd.DataFrame, known: CheckContext) -> Offending:
    """A claim so small, or so far above what is usual in the register, that its unit is doubtful."""
    absurd = (t.amount_claimed > 0) & (t.amount_claimed < LEAST_CLAIM)
    if known.median_claim:
        absurd |= t.amount_claimed > known.median_claim * FAR_FROM_USUAL
    return {"amount_claimed": absurd}


@rule(
    "warning",
    Text(
        "立案{filed_on}，迟至{entered_on}才录入（迟录）",
        "filed on {filed_on}, entered only on {entered_on} (entered late)",
    ),
    Text("说明迟录原因；日期有误的予以改正", "explain the delay; correct the date if it is wrong"),
)
def entered_late(t: pd.DataFrame, known: CheckContext) -> Offending:
    """Entered later than the allowed days after filing (迟录)."""
    return {"entered_on": t.entered_on > t.filed_on + pd.Timedelta(days=known.late_after_days)}


@rule(
    "warning",
    Text("没有信息录入日期（漏录）", "no day of entry (never entered)"),
    Text("补录案件信息并填写录入日期", "enter the case's information and the day of entry"),
)
def never_entered(t: pd.DataFrame, known: CheckContext) -> Offending:
    """No day of entry, in a register that records it (漏录)."""
    return {"entered_on": t.entered_on.isnull()} if "entered_on" in known.filled else {}


@rule(
    "error",
    Text(
        "信息录入日期{entered_on}早于立案日期{filed_on}（错录）",
        "entered on {entered_on}, before it was filed on {filed_on}",
    ),
    Text("改正录入日期或立案日期", "correct the day of entry or of filing"),
)
def entered_before_filed(t: pd.DataFrame, _known: CheckContext) -> Offending:
    """Entered before it was filed."""
    return {"entered_on": t.entered_on < t.filed_on}


@rule(
    "warning",
    Text(
        "结案方式为“{closure_mode_text}”，却没有到位金额", 'closed as "{closure_mode_text}", yet nothing was recovered'
    ),
    Text("补填到位金额，或改正结案方式", "enter the amount recovered, or correct the closure mode"),
)
def completed_without_recovery(t: pd.DataFrame, known: CheckContext) -> Offending:
    """Completed with nothing recovered, though money was claimed."""
    if "amount_recovered" not in known.filled:
        return {}
    claimed = t.amount_claimed.fillna(1.0) > 0  # no claim recorded is not a claim of nothing
    return {"amount_recovered": t.closure_mode.isin(PERFORMED) & claimed & (t.amount_recovered == 0)}


def _is_of_other_work(t: pd.DataFrame) -> pd.Series:
    """Whose number is that of a trial: it owes no amount recovered, and the limits of enforcement are not its own."""
    return t.case_no.astype("str").str.contains(OF_OTHER_WORK, na=False)


@rule(
    "warning",
    Text("已于{closed_on}结案，未填{field_zh}", "closed on {closed_on} without {field_en}"),
    Text("补填金额；没有到位的填0", "enter the amount; 0 where nothing was recovered"),
)
def closed_without_amount(t: pd.DataFrame, known: CheckContext) -> Offending:
    """An enforcement case closed without the amount claimed or recovered, in a register that keeps it."""
    kept = [name for name in ("amount_claimed", "amount_recovered") if name in known.filled]
    is_closed = t.closed_on.notnull() & ~_is_of_other_work(t)
    return {name: is_closed & t[name].isnull() & ~known.is_unread(t, name) for name in kept}


@rule(
    "warning",
    Text("未填{field_zh}", "no {field_en}"),
    Text(
        "补填；未填的案件不在按此分组的数字之中", "fill it in; figures by it leave out the cases that do not state it"
    ),
)
def left_blank(t: pd.DataFrame, known: CheckContext) -> Offending:
    """A case without its court, basis, type, property, officer or (inside) team, in a register that keeps it."""
    # Whoever alone belongs to no team would be known by these rows: outside nothing says which cases are a team's.
    kept = [name for name in TOLD_APART if name in known.filled and (known.names or name != "team")]
    return {name: t[name].isnull() & ~known.is_unread(t, name) & ~_is_unknown(t, name) for name in kept}


@rule(
    "warning",
    Text(
        "立案{filed_on}至{as_of}未结，已过一般期限，{limit_zh}",
        "filed on {filed_on}, open on {as_of}: past the ordinary limit, {limit_en}",
    ),
    Text("补填延长或扣除天数，或说明超期原因", "enter the extension or the days excluded, or explain the delay"),
)
def over_limit_without_extension(t: pd.DataFrame, known: CheckContext) -> Offending:
    """Open past six months (three for orders without litigation) and the days excluded, with no extension; not where these are unknown."""
    if not known.holds_closings:
        return {}
    due = t.filed_on + pd.DateOffset(months=LIMIT_MONTHS)
    short = t.basis == "administrative_non_litigation"
    due = due.mask(short, t.filed_on + pd.DateOffset(months=LIMIT_MONTHS_NON_LITIGATION))
    days_over = (known.as_of - due).dt.days
    is_open = t.closed_on.isnull() | (t.closed_on > known.as_of)
    is_enforcement = (t.case_type.isin(ENFORCEMENT) | t.case_type.isnull()) & ~_is_of_other_work(t)
    is_over = (days_over > t.excluded_days.fillna(0)) & (t.extension_days.fillna(0) <= 0)
    for name in known.stated:
        is_over &= t[name].notnull()
    is_open &= (
        t.closed_on.notnull() | t.closure_mode.isnull() | (t.closure_mode == "other")
    )  # else the date was left out
    return {"closed_on": is_open & ~known.is_unread(t) & is_enforcement & is_over & (t.filed_on >= EARLIEST)}


@rule(
    "warning",
    Text("恢复执行案件没有原执行案号", "a reopened case without its original case number"),
    Text("补填原执行案号", "enter the original case number"),
)
def reopened_without_original(t: pd.DataFrame, known: CheckContext) -> Offending:
    """A reopened case (执恢) that does not say which case was reopened, in a register that keeps it."""
    if "original_case_no" not in known.filled:
        return {}
    return {"original_case_no": (t.case_type == "reopened") & t.original_case_no.isnull()}


@rule(
    "warning",
    Text(
        "{field_zh}的用词不在词表中：未识别，与未填的归在一起",
        "{field_en}: a word that is not known is not understood, and stands with the blanks",
    ),
    Text(
        "改用规范名称，或在 本院.toml 的 [values] 中写明其含义（court-analysis start）",
        "use the standard word, or write its meaning under [values] of 本院.toml (court-analysis start)",
    ),
    tables=("cases", "petitions", "coercive_measures"),
)
def unknown_word(t: pd.DataFrame, _known: CheckContext) -> Offending:
    """A word that no vocabulary has: its code is missing, its text kept."""
    return {name: _is_unknown(t, name) for name in _of_kind(t, "code")}


def _is_unknown(t: pd.DataFrame, name: str) -> pd.Series:
    """Return where the cell of a code holds a word whose meaning is not known."""
    if f"{name}_text" not in t:
        return pd.Series(False, index=t.index)
    text = t[f"{name}_text"]
    return t[name].isnull() & text.notnull() & ~text.isin(NOT_YET)


@rule(
    "error",
    Text(
        "化解日期{resolved_on}早于收到日期{received_on}",
        "resolved on {resolved_on}, before it was received on {received_on}",
    ),
    Text("核对信访登记，改正两个日期之一", "correct one of the two dates from the petition register"),
    tables=("petitions",),
)
def resolved_before_received(t: pd.DataFrame, _known: CheckContext) -> Offending:
    """A petition resolved before it was received."""
    return {"resolved_on": t.resolved_on < t.received_on}
