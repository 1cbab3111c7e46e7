"""The shadow stock: cases terminated for this round (终本) whose debt is not paid and which were not taken up again (执恢).

终结本次执行程序 closes a case because nothing was found to enforce on; the debt stays, and the creditor may ask for the case to be taken up
again at any time (最高人民法院关于适用《中华人民共和国民事诉讼法》的解释, 法释〔2015〕5号, 第519条). For five years the court itself is to look for
property every six months (最高人民法院关于严格规范终结本次执行程序的规定（试行）, 法〔2016〕373号, 第9条; in force from 1 December 2016). So a
debt moves: pending, then performed or terminated, then back again; a case that was taken up again is counted under its new number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.cases.answers import answer
from analysis.cases.closings import blank_called
from analysis.cases.coverage import cannot_tell
from analysis.cases.table import known_on
from analysis.measures.caseflow import caseflow
from analysis.measures.intervals import Z_95
from analysis.measures.pseudonyms import case_list
from analysis.vocabulary.columns import as_columns
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.periods import Day
from analysis.vocabulary.result import Result
from analysis.vocabulary.sentences import AT_LEAST
from analysis.vocabulary.text import Text, number_of

if TYPE_CHECKING:
    from analysis.cases.table import Cases

TERMINATED = "terminated_this_round"
BY = ("court", "case_type", "basis")
OF_RETURNS = ("original_case_no",)  # by which alone a case is seen to have been taken up again
MONEY = ("claimed", "recovered", "unpaid")
AGES = (
    ("under_1_year", 0, 12),
    ("1_to_2_years", 12, 24),
    ("2_to_3_years", 24, 36),
    ("3_to_5_years", 36, 60),
    ("over_5_years", 60, None),
)
RULE_FROM = pd.Timestamp("2016-12-01")  # 法〔2016〕373号, 第19条
SEARCH_EACH, SEARCH_MONTHS = 6, 60  # every six months for five years: 法〔2016〕373号, 第9条
RETURN_MONTHS = (6, 12, 24, 36, 60)
AHEAD = 12  # months over which returns are expected
LEAST_AT_RISK = 5  # cases; below it the share that came back is not continued


@dataclass(frozen=True, eq=False)
class TerminatedStock(Result):
    """The shadow stock on one day.

    ``table``: ``[by…], age`` (since termination)``, cases, claimed, recovered, unpaid`` (yuan); ``searches``: ``due_on`` (month)``, cases``: how many
    half-yearly searches fall due; ``due_list``: ``case_no, terminated_on, next_search_on, searches_due`` (so far); ``returns``: ``months,
    at_risk, returned, share, lower, upper`` (share come back within so many months of termination); ``expected``: ``months, cases, unpaid``.
    """

    table: pd.DataFrame
    searches: pd.DataFrame
    due_list: pd.DataFrame
    returns: pd.DataFrame
    expected: pd.DataFrame
    caption: Text
    notes: tuple[Text, ...]


def terminated_stock(
    cases: Cases, *, at: Day | None = None, by: str | Sequence[str] = (), names: bool = False
) -> TerminatedStock:
    """Count the terminated and unpaid cases of a day by age and money, the searches that are due, and how many come back.

    The share that came back within m months is that of Kaplan and Meier (1958), terminations followed until the day; limits by Greenwood's
    formula on the scale of log(−log). Expected returns of the next year are the sum over the stock of what is left of that share at each case's
    age. A case came back where another bears its number as ``original_case_no``; where the register does not state that column nothing can be
    seen to come back, which a note says.

    Raises ``ArgumentError`` for other columns, ``DataError`` for a register without closure modes.

    Parameters
    ----------
    cases : Cases
        The register.
    at : date or text, optional
        The day (default: the register's last).
    by : str or list of str
        Columns to part by: court, case_type, basis.
    names : bool
        For use inside the court: with full case numbers in the due list, and with money, which between two days would tell of a single case.

    Returns
    -------
    TerminatedStock
        The stock, the searches that are due, and the returns.

    >>> from analysis import Cases
    >>> three = pd.DataFrame({
    ...     "case_no": ["（2015）执1号", "（2015）执2号", "（2017）执恢1号"],
    ...     "filed_on": ["2015-01-05", "2015-02-05", "2017-03-01"],
    ...     "closed_on": ["2015-12-20", "2016-01-20", None],
    ...     "closure_mode": ["terminated_this_round", "terminated_this_round", None],
    ...     "original_case_no": [None, None, "（2015）执1号"],
    ...     "amount_claimed": [1000, 5000, 1000],
    ...     "amount_recovered": [0, 2000, None],
    ... })
    >>> found = terminated_stock(Cases.from_frames(three, as_of="2018-12-31"), names=True)
    >>> found.table[["age", "cases", "unpaid"]].query("cases > 0").values.tolist()
    [['2_to_3_years', 1, 3000.0]]
    >>> found.due_list["next_search_on"].dt.date.astype(str).tolist()
    ['2019-01-20']
    """
    keys, known = _by(by), known_on(cases, at)
    rows = _terminations(cases, known, keys)
    stock = rows[rows["open"]].reset_index(drop=True)
    months = _months(stock["terminated_on"], known)
    unseen = _unseen_returns(cases)
    curve = _curve(rows.head(0) if unseen else rows, known)
    due = _due(stock, known)
    unpaid = f"{stock['unpaid'].sum():,.2f}"
    money = Text(f"，未到位{unpaid}元", f", {unpaid} yuan unpaid") if names else Text("", "")
    still = Text("、未恢复执行的", ", unpaid{} and not taken up again")
    if unseen:
        still = Text("的", ", unpaid{}, those taken up again among them")
    unknown, day = int(stock["amounts_unknown"].sum()), day_text(known)
    doubt, counted = Text("", ""), Text("", "")
    if unknown:
        doubt = Text("或是否履行不知", " or not known to be paid")
        counted = Text(f"（是否履行不知的{unknown:,}件）", f" ({unknown:,} of them not known to be paid)")
    unstated = _unstated(cases, known)
    least = AT_LEAST if unstated else Text("", "")
    caption = Text(
        f"截至{day.zh}：终本而未履行完毕{doubt.zh}{still.zh}案件{least.zh}{len(stock):,}件{counted.zh}{money.zh}；终本不消灭债务",
        f"As of {day.en}: {least.en}{number_of(len(stock), 'case')} terminated for this round{still.en.format(doubt.en)}{counted.en}{money.en}; "
        "a termination ends no debt",
    )
    begun = cases.beginning
    since = begun.whole if begun.how == "closing" and begun.whole is not None else begun.filed
    reach = int(_months(pd.Series([since]), known).iloc[0])
    table, expected = _by_age(stock, months, keys, reach), _expected(stock, months, curve)
    if not names:
        table[list(MONEY)] = np.nan
        expected["unpaid"] = np.nan
    return TerminatedStock(
        table=table,
        searches=due.groupby("due_on", as_index=False).agg(cases=("case_no", "size")),
        due_list=case_list(cases, _due_list(stock, due), names=names),
        returns=_returns(curve, unseen),
        expected=expected,
        caption=caption + cases.made_up,
        notes=_notes(cases, stock, known, unstated),
    )


def shadow_stock(
    cases: Cases,
    *,
    freq: str = "M",
    by: str | Sequence[str] = (),
    calendar: str | None = None,
    at: Day | None = None,
    names: bool = False,
) -> pd.DataFrame:
    """Return pending and shadow stock side by side, period by period.

    Columns ``period, [by…], pending, terminated`` (cases terminated in the period, unpaid)``, taken_up`` (terminated cases that came back)``, shadow``
    (at the period's end)``, unpaid`` (yuan)``, with_shadow`` (pending + shadow). The shadow of one period is that of the one before it plus terminated less
    taken up; it is missing, and so is what was taken up, where the register does not state the original case number. Periods are those of
    ``caseflow``. Terminations before the register begins are not in it. ``.attrs["unstated"]``: closings without
    a mode, which may be terminations
    too; ``without_amount``: terminated cases of which it is not known whether they are paid, counted as unpaid.

    Parameters
    ----------
    cases : Cases
        The register.
    freq : str
        ``W``, ``M``, ``Q`` or ``Y``.
    by : str or list of str
        Columns to break down by: court, case_type, basis.
    calendar : str
        The statistical calendar; without it the register's.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        For use inside the court: with ``unpaid``, from which the debt of a single case could be told between two periods.

    Returns
    -------
    DataFrame
        One row a period and group.

    >>> from analysis import Cases
    >>> two = pd.DataFrame({
    ...     "case_no": ["1", "2"], "filed_on": ["2015-01-05", "2015-02-05"], "closed_on": ["2015-02-20", None],
    ...     "closure_mode": ["terminated_this_round", None], "original_case_no": [None, "9"],
    ... })
    >>> shadow_stock(Cases.from_frames(two, as_of="2015-03-31"))[["pending", "shadow", "with_shadow"]].values.tolist()
    [[1, 0, 1], [1, 1, 2], [1, 1, 2]]
    """
    keys, known = list(_by(by)), known_on(cases, at)
    flow = caseflow(cases, freq=freq, by=keys, calendar=calendar, at=at)
    rows = _terminations(cases, known, keys)
    starts = np.sort(flow["period"].unique())
    table = flow[["period", *keys]].assign(pending=flow["closing"])
    for name, moment in (("terminated", "terminated_on"), ("taken_up", "taken_up_on")):
        part = rows[rows[moment].notna()]
        place = np.searchsorted(starts, part[moment].to_numpy(dtype=starts.dtype), side="right") - 1
        part = part.assign(period=starts[np.maximum(place, 0)])
        sums = (
            part.groupby(["period", *keys], dropna=False)
            .agg(cases=("case_no", "size"), money=("unpaid", "sum"))
            .reset_index()
        )
        table = table.merge(
            sums.rename(columns={"cases": name, "money": f"{name}_money"}), how="left", on=["period", *keys]
        )
    counts = ["terminated", "taken_up", "terminated_money", "taken_up_money"]
    table[counts] = table[counts].fillna(0)
    table[counts[:2]] = table[counts[:2]].astype("int64")
    moved = table.assign(
        shadow=table["terminated"] - table["taken_up"], unpaid=table["terminated_money"] - table["taken_up_money"]
    )
    running = (
        moved.groupby(keys, dropna=False)[["shadow", "unpaid"]].cumsum()
        if keys
        else moved[["shadow", "unpaid"]].cumsum()
    )
    table[["shadow", "unpaid"]] = running
    table["with_shadow"] = table["pending"] + table["shadow"]
    if cases.lacking(*OF_RETURNS):
        gone = ["taken_up", "shadow", "with_shadow"]
        table[gone] = pd.NA
        table[gone] = table[gone].astype("Int64")
        table["unpaid"] = np.nan
    table.attrs = {
        **flow.attrs,
        "table": "shadow_stock.unknown" if rows["amounts_unknown"].any() else "shadow_stock",
        "unstated": _unstated(cases, known),
        "without_amount": int(rows["amounts_unknown"].sum()),
    }
    if not names:  # from one period to the next the sum would tell of a single case
        table["unpaid"] = np.nan
    return table[["period", *keys, "pending", "terminated", "taken_up", "shadow", "unpaid", "with_shadow"]]


def _unstated(cases: Cases, known: pd.Timestamp) -> int:
    """Count the closings without a mode, or with one that is not understood: they may be terminations too."""
    closed = cases.known(known, only=["closed_on", "closure_mode"])
    return int(answer(cases, closed.filter(closed.closed_on.notnull() & closed.closure_mode.isnull()).count()))


def _by(by: str | Sequence[str]) -> tuple[str, ...]:
    chosen = as_columns(by)
    for name in chosen:
        if name not in BY:
            raise ArgumentError.not_one_of("by", name, BY)
    return chosen


def _terminations(cases: Cases, known: pd.Timestamp, keys: Sequence[str]) -> pd.DataFrame:
    """Terminated and unpaid cases: number, day, money, when taken up again (missing: not), and whether still open; found once for stock and returns."""
    return cases.once(("terminations", known, *keys), lambda: _found_terminations(cases, known, keys)).copy()


def _found_terminations(cases: Cases, known: pd.Timestamp, keys: Sequence[str]) -> pd.DataFrame:
    asked = ["case_no", "original_case_no", "amount_claimed", "amount_recovered"]
    table = cases.known(known, only=list(dict.fromkeys([*asked, *keys])))
    rows = answer(cases, table.filter(table.closure_mode == TERMINATED))
    if not len(rows) and not answer(cases, table.filter(table.closure_mode.notnull()).count()):
        if cases.whole is not None or not cases.lacking("closure_mode"):
            day = day_text(known)
            raise DataError(
                f"截至{day.zh}，这些案件没有一件写明结案方式：看不出哪些终结本次执行程序。",
                f"By {day.en} none of these cases states its closure mode, so terminations for this round cannot be seen.",
            )
        raise DataError(
            "台账没有结案方式：看不出哪些案件终结本次执行程序。请读入“结案方式”一列。",
            "the register states no closure mode, so terminations for this round cannot be seen. Read the column of closure modes.",
        )
    again = answer(cases, table.filter(table.original_case_no.notnull()).select("original_case_no", "filed_on"))
    rows["terminated_on"] = pd.to_datetime(rows["closed_on"]).astype("datetime64[s]")
    back = again.assign(filed_on=pd.to_datetime(again["filed_on"]).astype("datetime64[s]"))
    met = rows[["case_no", "terminated_on"]].reset_index().merge(back, left_on="case_no", right_on="original_case_no")
    first = met[met["filed_on"] >= met["terminated_on"]].groupby("index")["filed_on"].min()
    rows["taken_up_on"] = first.reindex(rows.index).astype("datetime64[s]")
    claimed, recovered = (rows[name].astype("float64") for name in ("amount_claimed", "amount_recovered"))
    rows["claimed"], rows["recovered"] = claimed, recovered
    rows["unpaid"] = (claimed - recovered.fillna(0)).clip(lower=0)
    paid = claimed.notna() & (claimed > 0) & (recovered >= claimed)
    rows["amounts_unknown"] = claimed.isna() | recovered.isna()
    rows = rows[~paid].reset_index(drop=True)
    rows["open"] = rows["taken_up_on"].isna()
    return rows


def _months(since: pd.Series, until: pd.Timestamp) -> pd.Series:
    """Whole months between days."""
    months = (until.year - since.dt.year) * 12 + until.month - since.dt.month
    return (months - (since.dt.day > until.day)).astype("int64")


def _by_age(stock: pd.DataFrame, months: pd.Series, keys: Sequence[str], reach: int) -> pd.DataFrame:
    """The stock by age; missing of ages to which the register does not reach back: so many months."""
    groups = stock[list(keys)].drop_duplicates().sort_values(list(keys)) if keys else pd.DataFrame(index=[0])
    rows = []
    for group in groups.to_dict("records"):
        own = np.ones(len(stock), dtype=bool)
        for name, value in group.items():
            own &= (stock[name].isna() if pd.isna(value) else stock[name] == value).to_numpy(dtype=bool)
        for age, first, last in AGES:
            part = stock[own & (months >= first) & (True if last is None else months < last)]
            money = {name: float(part[name].sum()) for name in ("claimed", "recovered", "unpaid")}
            known = (
                dict.fromkeys(("cases", *money), None) if first > reach and part.empty else {"cases": len(part)} | money
            )
            rows.append(group | {"age": age} | known)
    table = pd.DataFrame(rows, columns=[*keys, "age", "cases", *MONEY])
    return table.astype({"cases": "Int64"} | dict.fromkeys(MONEY, "float64"))


def _due(stock: pd.DataFrame, known: pd.Timestamp) -> pd.DataFrame:
    """Every half-yearly search of every case of the stock: ``case_no, on, due_on`` (its month)."""
    parts = []
    for number in range(1, SEARCH_MONTHS // SEARCH_EACH + 1):
        on = stock["terminated_on"] + pd.DateOffset(months=SEARCH_EACH * number)
        parts.append(pd.DataFrame({"case_no": stock["case_no"], "place": stock.index, "on": on}))
    every = pd.concat(parts, ignore_index=True)
    every = every[every["on"] >= RULE_FROM]
    return every.assign(
        due_on=every["on"].to_numpy().astype("datetime64[M]").astype("datetime64[s]"), past=every["on"] <= known
    )


def _due_list(stock: pd.DataFrame, due: pd.DataFrame) -> pd.DataFrame:
    coming = due[~due["past"]].drop_duplicates("place").set_index("place")["on"]  # the searches stand in their order
    listed = stock[["case_no", "terminated_on"]].assign(
        next_search_on=coming.reindex(stock.index).astype("datetime64[s]"),
        searches_due=np.bincount(due.loc[due["past"], "place"], minlength=len(stock)),
    )
    known_due = listed["next_search_on"].notna() | (listed["searches_due"] > 0)
    return listed[known_due].sort_values(["next_search_on", "terminated_on", "case_no"], ignore_index=True)


def _curve(rows: pd.DataFrame, known: pd.Timestamp) -> pd.DataFrame:
    """The share not come back by months since termination (Kaplan–Meier), with Greenwood's sum."""
    followed = _months(rows["terminated_on"], known)
    back = rows["taken_up_on"].notna()
    months = followed.where(~back, (_months_between(rows["terminated_on"], rows["taken_up_on"]))).to_numpy(
        dtype="int64"
    )
    last = int(months.max()) if len(months) else 0
    left, greenwood, found = 1.0, 0.0, []
    for month in range(last + 1):
        at_risk = int((months >= month).sum())
        returned = int(((months == month) & back.to_numpy()).sum())
        if at_risk < LEAST_AT_RISK:
            break
        left *= 1 - returned / at_risk
        greenwood += returned / (at_risk * (at_risk - returned)) if at_risk > returned else 0.0
        found.append((month, at_risk, returned, left, greenwood))
    return pd.DataFrame(found, columns=["month", "at_risk", "returned", "left", "greenwood"])


def _months_between(first: pd.Series, second: pd.Series) -> pd.Series:
    months = (second.dt.year - first.dt.year) * 12 + second.dt.month - first.dt.month
    return months - (first.dt.day > second.dt.day)


def _unseen_returns(cases: Cases) -> list[Text]:
    """Say why it is not known which terminated cases came back; nothing where it is."""
    absent = cases.lacking(*OF_RETURNS)
    return [cannot_tell(absent, Text("哪些终本案件已恢复执行", "which were taken up again"))] if absent else []


def _returns(curve: pd.DataFrame, unseen: Sequence[Text]) -> pd.DataFrame:
    rows = []
    for months in RETURN_MONTHS:
        part = curve[curve["month"] < months]
        row: dict[str, float] = {
            "months": months,
            "at_risk": np.nan,
            "returned": np.nan,
            "share": np.nan,
            "lower": np.nan,
            "upper": np.nan,
        }
        if len(curve) and curve["month"].max() >= months - 1:
            left, spread = float(part["left"].iloc[-1]), float(part["greenwood"].iloc[-1]) ** 0.5
            row |= {
                "at_risk": int(part["at_risk"].iloc[-1]),
                "returned": int(part["returned"].sum()),
                "share": 1 - left,
            }
            if 0 < left < 1:
                width = Z_95 * spread / abs(np.log(left))
                row |= {"lower": 1 - left ** np.exp(-width), "upper": 1 - left ** np.exp(width)}
        rows.append(row)
    table = pd.DataFrame(rows).astype({"at_risk": "Int64", "returned": "Int64"})
    table.attrs["notes"] = [said.cell for said in unseen]
    return table


def _expected(stock: pd.DataFrame, months: pd.Series, curve: pd.DataFrame) -> pd.DataFrame:
    """Cases of the stock that are expected back within a year, and their unpaid money; ages beyond the curve are left out and counted."""
    if not len(curve):
        return pd.DataFrame({"months": [AHEAD], "cases": [np.nan], "unpaid": [np.nan], "not_followed": [len(stock)]})
    left = np.r_[1.0, curve["left"].to_numpy()]  # not come back before month 0, 1, …
    age = months.to_numpy()
    inside = age + AHEAD < len(left)
    share = 1 - left[age[inside] + AHEAD] / np.maximum(left[age[inside]], 1e-9)
    unpaid = float((share * stock["unpaid"].to_numpy()[inside]).sum())
    return pd.DataFrame(
        {"months": [AHEAD], "cases": [float(share.sum())], "unpaid": [unpaid], "not_followed": [int((~inside).sum())]}
    )


def _notes(cases: Cases, stock: pd.DataFrame, known: pd.Timestamp, unstated: int) -> tuple[Text, ...]:
    notes = [said + Text("，存量按全部终本计", "; all terminations count") for said in _unseen_returns(cases)]
    if unstated:
        notes.append(
            Text(
                f"另有{unstated:,}件结案方式未填或未识别，其中可能也有终本，故为“至少”",
                f"{number_of(unstated, 'closing')} without a mode, or with one that is not understood, may be terminations too: counts are at least so many",
            )
        )
    if absent := cases.lacking("amount_recovered"):
        said = cannot_tell(absent, Text("终本案件是否履行", "what was paid on terminated cases"))
        notes.append(
            said + Text("，欠款按未到位计，至多如此", ": as if nothing was, so that no more than this is owed")
        )
    elif blank := int(stock["recovered"].isna().sum()):
        notes.append(
            Text(
                f"其中{blank}件{blank_called(cases, 'amount_recovered').zh}实际到位金额，欠款按未到位计，至多如此",
                f"{blank} of them state no amount recovered: as if nothing was, so that no more than this is owed",
            )
        )
    if known < RULE_FROM:
        day = day_text(RULE_FROM)
        notes.append(
            Text(
                f"每六个月查询一次财产的规定自{day.zh}起施行：此前没有应查日期",
                f"the rule of half-yearly searches is in force from {day.en}: none was due before",
            )
        )
    notes.append(
        Text("台账开始之前终本的案件不在其中", "cases terminated before the register begins are not among them")
    )
    return tuple(notes)
