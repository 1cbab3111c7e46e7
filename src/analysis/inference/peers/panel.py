"""Panels of peers: one row a court, like with like, and everything that was left out listed with its reason."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.peers.panel_rows import (
    UNSTATED,
    calendar_months,
    from_indicators,
    from_returns,
    indicator_among,
    levels_or_named,
    worst_said,
)
from analysis.returns.several_courts import is_no_court
from analysis.vocabulary.courts import counted_courts
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.indicator_sets.rates import rates
from analysis.vocabulary.indicator_sets.sets import own_names
from analysis.vocabulary.labels import compared_in
from analysis.vocabulary.periods import in_calendar_months
from analysis.vocabulary.result import Result
from analysis.vocabulary.sentences import period as in_words
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, number_of

KINDS = ("proportion", "ratio", "rate", "clearance")
LEVEL, SCOPE = "basic", "执行案件"  # what is compared unless something else is asked for
REFERENCE_LEVELS = ("province", "national")
# 法〔2016〕373号, in force on this day, tightened when 终结本次执行程序 may count as a closing.
TIGHTER_RULES = pd.Timestamp("2016-12-01")
ERAS = (
    Text("2016年12月终本新规之前", "before the 2016-12 rules on terminated rounds"),
    Text("2016年12月终本新规之后", "since the 2016-12 rules on terminated rounds"),
)
REGISTER_COLUMNS = ("court", "period_start", "period_end", "indicator", "value", "numerator", "denominator")
OF_TIME = ("period", "period_length", "year")  # reasons that another period might not give
HOW_DATED = Text(
    "。请写明期间：加一列“期间”（如2025年1-11月），或写在表上方的标题中",
    ". State the period in a column 期间 (such as Jan-Nov 2025), or in the title above the table",
)
MOST_PERIODS = 8  # that an error names
RETURN_MARKS = ("court", "period_start", "period_end", "closed")


@dataclass(frozen=True, eq=False)
class PeerPanel(Result):
    """Courts that may stand side by side: ``table``; ``excluded`` with reasons; ``references`` (province, nation)."""

    table: pd.DataFrame
    excluded: pd.DataFrame
    references: pd.DataFrame
    indicator: str
    kind: str
    caption: Text
    unit: str | None = "share"
    own_name: str = ""

    @property
    def called(self) -> str:
        """The indicator as results name it: its id, or in both languages (``Text.cell``) what a definition of a court's own calls it."""
        return self.own_name or self.indicator

    def must_be_of_counts(self) -> None:
        """Raise ``DataError`` where no counts say how far chance moves the figures: those printed alone, days and sums of money."""
        if self.kind not in ("printed", UNSTATED):
            return
        name = term(self.called)
        if self.kind == UNSTATED:
            raise DataError(
                f"“{name.zh}”的口径没有写 interval，从分子、分母也推不出随机波动怎样影响它。请在口径 TOML 的这一条 [[indicator]] 中写 "
                'interval = "wilson"（分子是分母的一部分）或 "poisson"（分子是件数，分母是规模）；只看各院的位置用 plot_peers 或 plot_band。',
                f'The definition of "{name.en}" states no interval, and its quantities do not tell how chance moves it. Write under its '
                '[[indicator]] in the TOML file interval = "wilson" (the numerator is part of the denominator) or "poisson" (a count over '
                "a size); plot_peers and plot_band show where courts stand without it.",
            )
        if self.table["denominator"].notna().any():
            raise DataError(
                f"“{name.zh}”不是两个件数之比（天数、金额等），件数说明不了随机波动有多大：请用 plot_peers 或 plot_band 看各院的位置。",
                f'"{name.en}" is no ratio of two counts (days, money): counts cannot say how far chance moves it. See plot_peers and plot_band.',
            )
        raise DataError(
            f"“{name.zh}”只有公布的数字，没有件数，无法判断随机波动。请补上分子、分母的件数；只看各院的位置用 plot_peers 或 plot_band。",
            f'"{name.en}" is published without counts: how far chance moves it cannot be told. Add the counts of numerator and denominator; '
            "plot_peers and plot_band show where courts stand without them.",
        )


@dataclass(frozen=True)
class Asked:
    """What is compared: an indicator of courts of one level and of cases of one scope, in their latest full year, or in a year or span of days."""

    indicator: str = "closure_rate"
    level: str | None = LEVEL
    scope: str | None = SCOPE
    period: int | tuple[pd.Timestamp, pd.Timestamp] | None = None
    definitions: str | Path | None = None


def compared_panel(data: pd.DataFrame, asked: Asked, *, verdicts: pd.DataFrame | None = None) -> PeerPanel:
    """One full year of one indicator a court, as ``peer_panel`` says; of returns ``verdicts`` alone judge the figures."""
    rows, reasons, lines, indicator = _judged(data, asked, verdicts)
    reasons = _latest_only(rows, _one_definition(rows, _one_year(rows, reasons)))
    return _panel(rows, reasons, lines, indicator)


def judged_panel(panel: PeerPanel, figures: pd.DataFrame) -> PeerPanel:
    """A panel of returns with the worst that ``reconcile(returns).figures`` say of each rate or of its counts."""
    measures = (panel.indicator, *re.split(r"[/+]", str(panel.table["definition"].iloc[0])))
    return replace(panel, table=panel.table.assign(verdict=worst_said(panel.table, measures, figures)))


def yearly_panel(data: pd.DataFrame, *, indicator: str, verdicts: pd.DataFrame | None = None) -> PeerPanel:
    """Every full year of one indicator, a court and year a row: like with like within each year, as in ``peer_panel``.

    >>> rows = [{"court": "甲", "period_start": f"{y}-01-01", "period_end": f"{y}-12-31", "received": "9", "closed": "8"}
    ...         for y in (2010, 2011)]
    >>> yearly_panel(pd.DataFrame(rows), indicator="closure_rate").table["period_end"].dt.year.tolist()
    [2010, 2011]
    """
    rows, reasons, lines, indicator = _judged(data, Asked(indicator), verdicts)
    for _, part in rows.groupby(rows["period_end"].dt.year):
        reasons[part.index] = _latest_only(part, _one_definition(part, _one_year(part, reasons[part.index])))
    return _panel(rows, _one_kind(rows, reasons), lines, indicator)


def are_returns(data: pd.DataFrame) -> bool:
    """Return whether a table holds printed figures, and not indicators."""
    columns = set(data.columns)
    return set(RETURN_MARKS) <= columns and not set(REGISTER_COLUMNS) <= columns


def _named(data: pd.DataFrame, asked: Asked) -> str:
    """The indicator as the data name it: returns know those of the definition sets, other tables those that they hold."""
    if are_returns(data):
        known = rates(asked.definitions)
        named = {word: r.id for r in known.values() for word in (r.text.zh, r.text.en, *r.names)}
        return indicator_among(known, asked.indicator, named)
    if not set(REGISTER_COLUMNS) <= set(data.columns):
        lacking = [name for name in RETURN_MARKS if name not in data.columns]
        raise InputError(
            f"peer_panel 要 read_returns 读出的表（缺少列 {'、'.join(lacking)}）：先写 read_returns(表)，它认得中文表头和“期间”一列。",
            f"peer_panel takes what read_returns reads (columns {', '.join(lacking)} are missing): write read_returns(table) first; "
            "it knows Chinese headers and a column 期间.",
        )
    named = {word: name for name, called in own_names(data).items() for word in called.split("\n")}
    return indicator_among(list(data["indicator"].dropna().unique()), asked.indicator, named)


def _judged(
    data: pd.DataFrame, asked: Asked, verdicts: pd.DataFrame | None
) -> tuple[pd.DataFrame, pd.Series, pd.DataFrame, str]:
    """Rows of courts with what speaks against each, rows of provinces and the nation, and the indicator's name."""
    indicator, scope = _named(data, asked), asked.scope
    rows = (
        from_returns(data, indicator, verdicts, asked.definitions)
        if are_returns(data)
        else from_indicators(data, indicator, verdicts)
    )
    is_stated = bool(rows["level"].notna().any())
    rows["level"] = levels_or_named(rows["level"], rows["court"])
    for name, wanted, usual in (("scope", scope, SCOPE), ("level", asked.level, LEVEL)):
        _must_be_stated(rows[name], name, wanted, usual)
    is_line = rows["level"].isin(REFERENCE_LEVELS)
    is_long = rows["period_end"] >= _end_of_year(rows["period_start"])  # a half-year's rate is no line for a year's
    is_of_time = is_span(rows, asked.period) if isinstance(asked.period, tuple) else is_long
    lines = rows[is_line & is_of_time & (rows["scope"].eq(scope) if scope and rows["scope"].notna().any() else True)]
    rows = rows[~is_line]
    return rows, _reasons(rows, asked, levels_stated=is_stated), lines, indicator


def _end_of_year(start: pd.Series) -> pd.Series:
    """The last day of the year that begins on a day."""
    return start + pd.DateOffset(years=1) - pd.Timedelta(days=1)


def is_span(rows: pd.DataFrame, span: tuple[pd.Timestamp, pd.Timestamp]) -> pd.Series:
    """Which rows are of the days of a span, or of its months by whatever statistical calendar."""
    return calendar_months(rows).eq(list(in_calendar_months(*span))).all(axis=1)


def _must_be_stated(column: pd.Series, name: str, wanted: str | None, usual: str) -> None:
    """Raise ``ArgumentError`` with those that there are for a scope or level that no row states; the usual one may lack."""
    stated = sorted(column.dropna().astype(str).unique())
    if wanted is not None and wanted != usual and wanted not in stated:
        raise ArgumentError.not_one_of(name, wanted, stated or ["None"])


def _reasons(rows: pd.DataFrame, asked: Asked, *, levels_stated: bool) -> pd.Series:
    """The first reason why a row cannot be compared, missing where it can; of levels that no row states those of names alone count."""
    level, scope, period = asked.level, asked.scope, asked.period
    start, end = rows["period_start"], rows["period_end"]
    if isinstance(period, tuple):
        of_time = {"period": ~is_span(rows, period)}
    else:
        of_time = {"period_length": _end_of_year(start) != end}
        of_time |= {} if period is None else {"year": end.dt.year.ne(period)}
    top, bottom = rows["numerator"], rows["denominator"]
    kind, courts = rows["kind"], rows["court"].astype("object").fillna("").astype(str).str.strip()
    no_counts = rows["value"].isna().where(kind.eq("printed"), top.isna() | bottom.isna())
    is_clearance = kind.eq("clearance")
    asked_for = {
        name: wanted for name, wanted in (("level", level), ("scope", scope)) if wanted and rows[name].notna().any()
    }
    tests = {
        "unnamed": courts.eq("") | courts.str.contains("某"),
        "total": courts.map(is_no_court),
        **{f"{name}_unknown": rows[name].isna() & (levels_stated | (name != "level")) for name in asked_for},
        **{name: rows[name].notna() & rows[name].ne(wanted) for name, wanted in asked_for.items()},
        "period_unknown": start.isna() | end.isna(),
        **of_time,
        "definition": rows["no_base"] & top.notna() if "no_base" in rows else False,
        "counts": no_counts,
        "zero": bottom.eq(0),
        "impossible": (kind.eq("proportion") & top.gt(bottom)) | top.lt(0) | bottom.lt(0) | (top + bottom).eq(np.inf),
        "zero_closed": is_clearance & top.eq(0),
        "impossible_flow": is_clearance & top.gt(rows["opening"] + bottom),
    }
    reason = pd.Series(pd.NA, index=rows.index, dtype="string")
    for name, failed in tests.items():
        mask = pd.Series(failed, index=rows.index, dtype=bool) if isinstance(failed, bool) else failed
        reason = reason.mask(reason.isna() & mask, name)
    return reason


def _one_definition(rows: pd.DataFrame, reasons: pd.Series) -> pd.Series:
    """Of several definitions that of most courts' latest year stays: one given up must not win by its many years."""
    return _like_most(rows, reasons, rows["definition"], "definition")


def _one_year(rows: pd.DataFrame, reasons: pd.Series) -> pd.Series:
    """Of years that begin in different months (January, April) those that most courts' latest has stay, whatever their statistical calendar."""
    return _like_most(rows, reasons, calendar_months(rows)["period_start"].dt.strftime("%m-%d"), "year_days")


def _like_most(rows: pd.DataFrame, reasons: pd.Series, said: pd.Series, reason: str) -> pd.Series:
    """Give a reason to the rows that are not what most courts' latest are."""
    fit = rows[reasons.isna()]
    latest = fit[fit["period_end"] == fit.groupby("court")["period_end"].transform("max")]
    known = Counter(said[latest.index].dropna()).most_common(1)
    return reasons.mask(reasons.isna() & said.ne(known[0][0]), reason) if known else reasons


def _one_kind(rows: pd.DataFrame, reasons: pd.Series) -> pd.Series:
    """Of years whose definitions are of several sorts those like the latest stay: shares and counts per case are no one course."""
    fit = rows[reasons.isna()].sort_values("period_end")
    if fit.empty:
        return reasons
    alike = (rows[["kind", "unit"]].fillna("") == fit[["kind", "unit"]].fillna("").iloc[-1]).all(axis=1)
    return reasons.mask(reasons.isna() & ~alike, "definition")


def _latest_only(rows: pd.DataFrame, reasons: pd.Series) -> pd.Series:
    """Of the comparable rows of a court only the latest stays; older ones and repeats get their reason."""
    fit = rows[reasons.isna()].sort_values("period_end", kind="stable", ascending=False)
    newest = fit.groupby("court")["period_end"].transform("max")
    reasons = reasons.copy()
    reasons[fit.index[fit["period_end"] < newest]] = "older"
    again = fit[fit["period_end"] == newest]
    _must_agree(again)
    reasons[again.index[again["court"].duplicated()]] = "repeated"
    return reasons


def _must_agree(rows: pd.DataFrame) -> None:
    """Raise ``DataError`` for rows of one court, period and source that give different figures: parts (teams) of which none is the court's."""
    place = ["court", "period_start", "period_end", "file", "source"]
    different = rows.drop_duplicates([*place, "numerator", "denominator", "value"])
    if (again := different.duplicated(place)).any():
        court, start, end = different.loc[again, place[:3]].iloc[0]
        when = in_words(start, end)
        raise DataError(
            f"“{court}”有几行同属一个期间（{when.zh}），数字不同，不知哪一行是全院的：每院每个期间只留一行（各团队、部门各一行的，请先相加，或只留全院一行）。",
            f'"{court}" stands in several rows of one period ({when.en}) with different figures, and none is known to be all of the court\'s: '
            "keep one row a court and period (add up rows of teams or kinds first, or keep the court's own row).",
        )


def era(period_start: pd.Series, period_end: pd.Series) -> pd.Series:
    """The era (two-language cell) in which the larger part of each period lies; missing dates stay missing."""
    middle = period_start + (period_end - period_start) / 2
    names = np.where(middle < TIGHTER_RULES, ERAS[0].cell, ERAS[1].cell)
    return pd.Series(names, index=period_start.index, dtype="str").where(middle.notna())


def _panel(rows: pd.DataFrame, reasons: pd.Series, lines: pd.DataFrame, indicator: str) -> PeerPanel:
    if not reasons.isna().any():
        raise _nothing_left(rows, reasons)
    order = ["court", "province", "level", "scope", "period_start", "period_end", "era", "indicator", "definition"]
    order += ["numerator", "denominator", "value", "printed", "verdict", "opening", "note", "file", "row"]
    told = rows.assign(indicator=indicator, era=era(rows["period_start"], rows["period_end"]))
    table = told[reasons.isna()][order].reset_index(drop=True)
    place = ["court", "scope", "period_start", "period_end"]
    out = told[reasons.notna()].assign(reason=reasons[reasons.notna()].astype(str))
    out["explanation"] = [str(term(f"reason_{reason}").cell) for reason in out["reason"]]
    excluded = out[[*place, "reason", "explanation", "file", "row"]].reset_index(drop=True)
    references = lines.assign(indicator=indicator, era=era(lines["period_start"], lines["period_end"]))
    references = references[references["value"].notna()].reindex(columns=order)
    references = references.drop_duplicates(["court", "period_start", "period_end", "value"], ignore_index=True)
    kind, said = told.loc[reasons.isna(), ["kind", "unit"]].iloc[0]
    unit = said if isinstance(said, str) else None
    compared_in(unit, table, references)
    own_name = own_names(told).get(indicator, "")
    caption = _caption(table, excluded, term(own_name or indicator))
    return PeerPanel(table, excluded, references, indicator, str(kind), caption, unit, own_name)


def _caption(table: pd.DataFrame, excluded: pd.DataFrame, name: Text) -> Text:
    counted = counted_courts(table["court"])
    first, last = table["period_start"].min().date(), table["period_end"].max().date()
    said = Text(
        f"{name.zh}：{counted.zh}，{first}至{last}；未列入{len(excluded)}行（理由见表）",
        f"{capital(name.en)}: {counted.en}, {first} to {last}; {number_of(len(excluded), 'row')} left out (reasons listed)",
    )
    return said + mixed_years(table)


def period_shared(table: pd.DataFrame) -> Text:
    """The name of the one period of all courts of a table, months by whatever statistical calendar; empty where there is none.

    >>> days = {"period_start": pd.to_datetime(["2025-01-01", "2024-12-21"]), "period_end": pd.to_datetime(["2025-11-30", "2025-11-20"])}
    >>> period_shared(pd.DataFrame(days)).zh
    '2025年1—11月'
    """
    if not {"period_start", "period_end"} <= set(table):
        return Text("", "")
    windows = calendar_months(table).drop_duplicates()
    is_one = len(windows) == 1 and windows.notna().all(axis=None)
    return in_words(*windows.iloc[0]) if is_one else Text("", "")


def mixed_years(table: pd.DataFrame) -> Text:
    """The warning that goes with courts of different years; empty where all share one period."""
    if "period_end" not in table or table["period_end"].dt.year.nunique() < 2:
        return Text("", "")
    if table["court"].duplicated().any():
        return Text("。数字分属几个年度，不是同年排名", ". The figures are of several years: no league of one year")
    return Text(
        "。各法院年度不同，仅作背景参照，不是同年排名",
        ". The years differ between courts: context only, not a league of one year",
    )


def _nothing_left(rows: pd.DataFrame, reasons: pd.Series) -> DataError:
    counted = reasons.value_counts()
    zh = "；".join(f"{n}行：{term(f'reason_{r}').zh}" for r, n in counted.items())
    en = "; ".join(f"{number_of(n, 'row')}: {term(f'reason_{r}').en}" for r, n in counted.items())
    there = _scopes_there(rows[reasons.eq("scope")])
    there += _periods_there(rows[reasons.isin(OF_TIME)]) + (HOW_DATED if "period_unknown" in counted else Text("", ""))
    return DataError(
        f"没有可比的行。{zh or '表是空的'}{there.zh}。",
        f"No row can be compared. {en or 'The table is empty'}{there.en}.",
    )


def _scopes_there(rows: pd.DataFrame) -> Text:
    """The scopes of rows that are of none that was asked for, those of most rows first."""
    counted = [*rows["scope"].value_counts().head(MOST_PERIODS).items()]
    if not counted:
        return Text("", "")
    return Text(
        f"。表中的案件范围：{'、'.join(f'{name}（{n}行）' for name, n in counted)}，用 peer_panel 的 scope= 选定",
        f". The scopes there are: {', '.join(f'{name} ({n})' for name, n in counted)}; choose one with scope= of peer_panel",
    )


def _periods_there(rows: pd.DataFrame) -> Text:
    """The periods of rows that are of none that was asked for, those of most rows first."""
    counted = rows.groupby(["period_start", "period_end"]).size().sort_values(ascending=False, kind="stable")
    if counted.empty:
        return Text("", "")
    listed: Any = counted.head(MOST_PERIODS).items()
    said = [(in_words(*window), n) for window, n in listed]
    more = Text("等", " and others") if len(counted) > MOST_PERIODS else Text("", "")
    return Text(
        f"。表中的期间：{'、'.join(f'{name.zh}（{n}行）' for name, n in said)}{more.zh}，用 period=（命令行 --period）选定",
        f". The periods there are: {', '.join(f'{name.en} ({n})' for name, n in said)}{more.en}; choose one with period= (on the command line --period)",
    )
