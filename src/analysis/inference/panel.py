"""Panels of peers: one row a court, like with like, and everything that was left out listed with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.language import Text
from analysis.vocabulary.result import Result
from analysis.vocabulary.terms import term


class Base(NamedTuple):
    """What a compared rate is made of: measures of a return, and how the rate is judged."""

    numerator: str
    denominator: str
    kind: str


BASES = {
    "closure_rate": Base("closed", "received", "proportion"),
    "clearance_rate": Base("closed", "filed", "clearance"),
    "petition_settlement_rate": Base("petitions_resolved", "petitions", "proportion"),
}
# Money or unstated bases: printed as a rate, but no count says how far chance moves them.
PRINTED_ONLY = ("actual_enforcement_rate", "recovery_rate")
KINDS = ("proportion", "ratio", "rate", "clearance")
REFERENCE_LEVELS = ("province", "national")
MULTIPLES = {"": 1, "万": 10_000, "亿": 100_000_000}
WRITTEN = re.compile(r"(\d+(?:\.\d+)?)\s*(万|亿)?(件|人|%|元)?")
# 法〔2016〕373号, in force on this day, tightened when 终结本次执行程序 may count as a closing.
TIGHTER_RULES = pd.Timestamp("2016-12-01")
ERAS = (
    Text("2016年12月终本新规之前", "before the 2016-12 rules on terminated rounds"),
    Text("2016年12月终本新规之后", "since the 2016-12 rules on terminated rounds"),
)
REGISTER_COLUMNS = ("court", "period_start", "period_end", "indicator", "value", "numerator", "denominator")
RETURN_MARKS = ("scope", "period_start", "period_end", "closed")
VERDICTS = ("impossible", "contradicts", "definition", "truncated", "agrees", "unchecked")  # the worst first
COUNTS = ("opening", "filed", "received", "closed", "closing", "petitions", "petitions_resolved")


@dataclass(frozen=True, eq=False)
class PeerPanel(Result):
    """Courts that may stand side by side: ``table``; ``excluded`` with reasons; ``references`` (province, nation)."""

    table: pd.DataFrame
    excluded: pd.DataFrame
    references: pd.DataFrame
    indicator: str
    kind: str
    caption: Text


def peer_panel(
    data: pd.DataFrame,
    *,
    indicator: str = "closure_rate",
    level: str | None = "basic",
    scope: str | None = "执行案件",
    year: int | None = None,
    verdicts: pd.DataFrame | None = None,
) -> PeerPanel:
    """One full year of one indicator a court, like with like: same level, scope, period length and definition.

    Of several rows of a court the latest full year is taken (or ``year``, the one in which the period ends). A period
    belongs to the era in which its larger part lies: before or since 2016-12-01, when the rules on 终本 were
    tightened. Courts of different years are context, never a league of one year.

    Parameters
    ----------
    data : DataFrame
        Returns as ``read_returns`` gives them, or indicators as ``indicators`` gives them for several courts.
    indicator : str
        ``closure_rate`` (closed ÷ received), ``clearance_rate`` (closed ÷ filed), ``petition_settlement_rate``, or
        a rate without counts (``actual_enforcement_rate``, ``recovery_rate``: printed value only). From a table of
        indicators: any of its ids.
    level, scope : str or None
        Level of court and scope of cases that are compared; None compares all, as does a table in which no row
        states them. Of returns only.
    verdicts : DataFrame, optional
        ``reconcile(returns).figures``: the worst said of the rate or of its counts travels along. By default the
        printed rate is checked against its own counts only.

    Returns
    -------
    PeerPanel
        ``table``: ``court, province, level, scope, period_start, period_end, era, indicator, definition, numerator,
        denominator, value, printed, verdict, opening, note, file, row`` (rates as shares of 1; ``printed`` as
        printed); ``excluded``: ``court, scope, period_start, period_end, reason, explanation, file, row``;
        ``references``: the same figures of provinces and the nation.

    Raises
    ------
    ArgumentError
        An indicator that the data do not hold.
    DataError
        No row can be compared; the message counts the reasons.

    Examples
    --------
    >>> year = {"level": "basic", "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    >>> rows = [{"court": "甲", "received": "386", "closed": "383"}, {"court": "乙", "received": "714", "closed": None}]
    >>> panel = peer_panel(pd.DataFrame([year | row for row in rows]))
    >>> panel.table[["court", "numerator", "denominator"]].values.tolist()
    [['甲', 383.0, 386.0]]
    >>> panel.excluded[["court", "reason"]].values.tolist()
    [['乙', 'counts']]
    """
    if set(REGISTER_COLUMNS) <= set(data.columns):
        rows, base = _from_indicators(data, indicator)
        reasons = _reasons(rows, base, level=None, scope=None, year=year)
        lines = rows.iloc[:0]
    elif set(RETURN_MARKS) <= set(data.columns):
        rows, base = _from_returns(data, indicator, verdicts)
        lines = rows[rows["level"].isin(REFERENCE_LEVELS) & (rows["scope"].eq(scope) if scope else True)]
        rows = rows[~rows["level"].isin(REFERENCE_LEVELS)]
        reasons = _reasons(rows, base, level=level, scope=scope, year=year)
    else:
        raise InputError.missing_columns("peer_panel", RETURN_MARKS, data.columns)
    reasons = _latest_only(rows, reasons)
    if not reasons.isna().any():
        raise _nothing_left(reasons)
    return _panel(rows, reasons, lines, indicator, base)


def _from_indicators(data: pd.DataFrame, indicator: str) -> tuple[pd.DataFrame, Base]:
    """Rows of one indicator of a tidy table, in the columns of a panel."""
    if indicator not in set(data["indicator"]):
        raise ArgumentError.not_one_of("indicator", indicator, sorted(data["indicator"].dropna().unique()))
    rows = data[data["indicator"] == indicator].reset_index(drop=True)
    known = BASES.get(indicator)
    kind = known.kind if known else "proportion" if (rows["numerator"] <= rows["denominator"]).all() else "ratio"
    laid = pd.DataFrame({name: rows.get(name) for name in ("court", "province", "level", "scope", "file", "row")})
    for name in ("period_start", "period_end"):
        laid[name] = pd.to_datetime(rows[name])
    for name in ("numerator", "denominator", "value", "opening"):
        laid[name] = pd.to_numeric(rows[name]) if name in rows else np.nan
    of_counts = (laid["numerator"] / laid["denominator"]).where(laid["denominator"] > 0)
    laid["value"] = of_counts.where(laid["denominator"].notna(), laid["value"])  # a share of 1, whatever its unit was
    laid["definition"] = rows.get("definition", "numerator/denominator")
    laid["note"] = rows["note"].fillna("").astype(str) if "note" in rows else ""
    return laid.assign(printed=None, verdict="unchecked"), Base("numerator", "denominator", kind)


def _from_returns(returns: pd.DataFrame, indicator: str, verdicts: pd.DataFrame | None) -> tuple[pd.DataFrame, Base]:
    """Rows of returns with counts as numbers and the rate of its own counts beside the printed one."""
    if indicator not in (*BASES, *PRINTED_ONLY):
        raise ArgumentError.not_one_of("indicator", indicator, (*BASES, *PRINTED_ONLY))
    base = BASES.get(indicator, Base("", "", "printed"))
    text = ("court", "province", "level", "scope", "file", "row")
    rows = pd.DataFrame({name: returns.get(name) for name in text}).reset_index(drop=True)
    source = returns.reset_index(drop=True)
    for name in ("period_start", "period_end"):
        rows[name] = pd.to_datetime(source[name], errors="coerce")
    unit = source["unit"] if "unit" in source else pd.Series("件", index=source.index)
    count = {name: counts_of(source[name], unit) if name in source else np.nan for name in COUNTS}
    rows = rows.assign(**count)
    rows["received"] = rows["received"].fillna(rows["opening"] + rows["filed"])
    rows["filed_stated"] = rows["filed"].notna()
    rows["filed"] = rows["filed"].fillna(rows["received"] - rows["opening"])
    rows["opening"] = rows["opening"].fillna(rows["received"] - rows["filed"])
    rows["printed"] = source.get(indicator)
    rows["note"] = _rounding_notes(source, unit)
    if base.kind == "printed":
        rows["value"] = counts_of(rows["printed"], pd.Series("", index=rows.index)) / 100
        said = _verdicts(rows.assign(value=np.nan), (indicator,), verdicts)
        return rows.assign(numerator=np.nan, denominator=np.nan, definition=indicator, verdict=said), base
    rows["numerator"], rows["denominator"] = rows[base.numerator], rows[base.denominator]
    rows["value"] = (rows["numerator"] / rows["denominator"]).where(rows["denominator"] > 0)
    rows["definition"] = f"{base.numerator}/{base.denominator}"
    rows["verdict"] = _verdicts(rows, (indicator, base.numerator, base.denominator), verdicts)
    return rows, base


def counts_of(column: pd.Series, unit: pd.Series) -> pd.Series:
    """Printed counts as numbers: ``45.33`` with the unit 万件 (or ``45.33万件``) is 453 300; what is no number is NaN.

    >>> counts_of(pd.Series(["45.33", "1,930", "2.5万件", None]), pd.Series(["万件", "件", "件", "件"])).tolist()
    [453300.0, 1930.0, 25000.0, nan]
    """
    found = column.astype("object").map(lambda v: WRITTEN.fullmatch(str(v).replace(",", "").strip()))
    of_unit = unit.fillna("").map(lambda u: u[:1] if u[:1] in MULTIPLES else "")
    values = [
        round(float(match[1]) * MULTIPLES[match[2] or default], 6) if match else np.nan
        for match, default in zip(found, of_unit, strict=True)
    ]
    return pd.Series(values, index=column.index, dtype="float64")


def _rounding_notes(source: pd.DataFrame, unit: pd.Series) -> list[str]:
    coarse = unit.fillna("").str.startswith(("万", "亿"))
    said = Text(
        "案件数按印出的单位换算，只准到印出的末位",
        "counts converted from the printed unit: exact to its last digit only",
    )
    return [said.cell if rounded else "" for rounded in coarse.reindex(source.index)]


def _verdicts(rows: pd.DataFrame, measures: tuple[str, ...], figures: pd.DataFrame | None) -> pd.Series:
    """Whether the printed rate agrees with its own counts, or the worst that ``reconcile`` said of rate and counts."""
    checked = [
        _own_verdict(printed, value) for printed, value in zip(rows["printed"], rows["value"] * 100, strict=True)
    ]
    own = pd.Series(checked, index=rows.index)
    if figures is None:
        return own
    keys = ["court", "scope", "period_start", "period_end"]
    said = figures[figures["measure"].isin(measures) & figures["verdict"].isin(VERDICTS)].copy()
    for name in ("period_start", "period_end"):
        said[name] = pd.to_datetime(said[name])
    said = said.sort_values("verdict", key=lambda names: names.map(VERDICTS.index), kind="stable")
    joined = rows[keys].merge(said.drop_duplicates(keys)[[*keys, "verdict"]], on=keys, how="left")
    return joined["verdict"].set_axis(rows.index).fillna(own)


def _own_verdict(printed: object, percent: float) -> str:
    match = WRITTEN.fullmatch(str(printed))
    if match is None or np.isnan(percent):
        return "unchecked"
    digits = len(match[1].partition(".")[2])
    gap, step = percent - float(match[1]), 10.0**-digits
    if abs(gap) <= step / 2 + 1e-9:
        return "agrees"
    return "truncated" if -1e-9 <= gap < step else "contradicts"


def _reasons(rows: pd.DataFrame, base: Base, *, level: str | None, scope: str | None, year: int | None) -> pd.Series:
    """The first reason why a row cannot be compared, missing where it can."""
    start, end = rows["period_start"], rows["period_end"]
    full = (start + pd.DateOffset(years=1) - pd.Timedelta(days=1)) == end
    top, bottom = rows["numerator"], rows["denominator"]
    no_counts = rows["value"].isna() if base.kind == "printed" else top.isna() | bottom.isna()
    no_base = pd.Series(False, index=rows.index)
    if base.denominator == "received" and "filed_stated" in rows:
        no_base = top.notna() & bottom.isna() & rows["filed_stated"]
    tests = {
        "unnamed": rows["court"].isna() | rows["court"].astype(str).str.contains("某"),
        "level": rows["level"].ne(level) if level and rows["level"].notna().any() else False,
        "scope": rows["scope"].ne(scope) if scope and rows["scope"].notna().any() else False,
        "period_unknown": start.isna() | end.isna(),
        "period_length": ~full,
        "year": end.dt.year.ne(year) if year is not None else False,
        "definition": no_base | rows["definition"].ne(_commonest(rows["definition"])),
        "counts": no_counts,
        "zero": bottom.eq(0),
        "impossible": (top.gt(bottom) if base.kind == "proportion" else False) | top.lt(0) | bottom.lt(0),
    }
    reason = pd.Series(pd.NA, index=rows.index, dtype="string")
    for name, failed in tests.items():
        mask = pd.Series(failed, index=rows.index, dtype=bool) if isinstance(failed, bool) else failed
        reason = reason.mask(reason.isna() & mask, name)
    return reason


def _commonest(column: pd.Series) -> str:
    return str(column.mode().iloc[0]) if column.notna().any() else ""


def _latest_only(rows: pd.DataFrame, reasons: pd.Series) -> pd.Series:
    """Of the comparable rows of a court only the latest stays; older ones and repeats get their reason."""
    fit = rows[reasons.isna()].sort_values("period_end", kind="stable", ascending=False)
    newest = fit.groupby("court")["period_end"].transform("max")
    reasons = reasons.copy()
    reasons[fit.index[fit["period_end"] < newest]] = "older"
    again = fit[fit["period_end"] == newest]
    reasons[again.index[again["court"].duplicated()]] = "repeated"
    return reasons


def era(period_start: pd.Series, period_end: pd.Series) -> pd.Series:
    """The era (two-language cell) in which the larger part of each period lies; missing dates stay missing."""
    middle = period_start + (period_end - period_start) / 2
    names = np.where(middle < TIGHTER_RULES, ERAS[0].cell, ERAS[1].cell)
    return pd.Series(names, index=period_start.index, dtype="str").where(middle.notna())


def _panel(rows: pd.DataFrame, reasons: pd.Series, lines: pd.DataFrame, indicator: str, base: Base) -> PeerPanel:
    order = ["court", "province", "level", "scope", "period_start", "period_end", "era", "indicator", "definition"]
    order += ["numerator", "denominator", "value", "printed", "verdict", "opening", "note", "file", "row"]
    told = rows.assign(indicator=indicator, era=era(rows["period_start"], rows["period_end"]))
    table = told[reasons.isna()][order].reset_index(drop=True)
    place = ["court", "scope", "period_start", "period_end"]
    out = told[reasons.notna()].assign(reason=reasons[reasons.notna()].astype(str))
    out["explanation"] = [str(term(f"excluded_{reason}").cell) for reason in out["reason"]]
    excluded = out[[*place, "reason", "explanation", "file", "row"]].reset_index(drop=True)
    references = lines.assign(indicator=indicator, era=era(lines["period_start"], lines["period_end"]))
    references = references[references["value"].notna()].reindex(columns=order).reset_index(drop=True)
    return PeerPanel(table, excluded, references, indicator, base.kind, _caption(table, excluded, indicator))


def _caption(table: pd.DataFrame, excluded: pd.DataFrame, indicator: str) -> Text:
    name = term(indicator)
    first, last = table["period_start"].min().date(), table["period_end"].max().date()
    said = Text(
        f"{name.zh}：{len(table)} 家法院，{first} 至 {last}；未列入 {len(excluded)} 行（理由见表）",
        f"{name.en}: {len(table)} courts, {first} to {last}; {len(excluded)} rows left out (reasons listed)",
    )
    return said + mixed_years(table)


def mixed_years(table: pd.DataFrame) -> Text:
    """The warning that goes with courts of different years; empty where all share one period."""
    if "period_end" not in table or len(table["period_end"].unique()) < 2:
        return Text("", "")
    return Text(
        "。各法院年度不同，仅作背景参照，不是同年排名",
        ". The years differ between courts: context only, not a league of one year",
    )


def _nothing_left(reasons: pd.Series) -> DataError:
    counted = reasons.value_counts()
    zh = "；".join(f"{n} 行：{term(f'excluded_{r}').zh}" for r, n in counted.items())
    en = "; ".join(f"{n} rows: {term(f'excluded_{r}').en}" for r, n in counted.items())
    return DataError(f"没有可比的行。{zh or '表是空的'}", f"No row can be compared. {en or 'The table is empty'}.")
