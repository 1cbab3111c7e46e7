"""Rows of a panel: one indicator out of returns or of a table of indicators, as numbers, each with its verdict."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.inference.peers.derived_counts import is_of_counts
from analysis.returns.figures import printed_figure
from analysis.returns.row_arithmetic import follows
from analysis.vocabulary.courts import level_named
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.indicator_sets.rates import Rate, leading_definition, rates
from analysis.vocabulary.indicator_sets.reading import YUAN, factor_per_case
from analysis.vocabulary.indicator_sets.sets import definition_set, own_definitions, own_of, stated
from analysis.vocabulary.labels import code_text
from analysis.vocabulary.periods import days, in_calendar_months, period_days
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, listed, quoted


class Base(NamedTuple):
    """The base of a compared rate: measures of a return (several to be added up as ``a+b``), and how the rate is judged."""

    numerator: str
    denominator: str
    kind: str


NO_COUNTS = Base(
    "", "", "printed"
)  # of amounts, or of counts that no return states: no count says how far chance moves it


@cache
def bases(definitions: str | Path | None = None) -> dict[str, Base]:
    """Return what each rate of the definition sets is made of, as returns print it; the sets' own (``definitions``) lead.

    >>> bases()["closure_rate"], bases()["recovery_rate"].kind
    (Base(numerator='closed', denominator='received', kind='proportion'), 'printed')
    """
    found = {}
    for rate in rates(definitions).values():
        asked = rate.formulas if definitions is None else rate.formulas[:1]
        # of kinds of case alone no return states the counts
        formula = next((formula for formula in asked if formula.is_whole), None)
        if formula is None or not is_of_counts(formula):
            found[rate.id] = NO_COUNTS
            continue
        top, base = ("+".join(q.printed for q in side) for side in (formula.numerator, formula.denominator))
        found[rate.id] = Base(top, base, UNSTATED if formula.kind == "printed" else formula.kind)
    return found


def unit_compared(unit: str, times: float | str) -> str | None:
    """In what unit a figure computed per case is read, by the unit in which its definition prints it and what it multiplies it by.

    >>> unit_compared("%", 100), unit_compared("件/百件", 100), unit_compared("天", 1), unit_compared("件", 7)
    ('share', 'per_hundred', '天', None)
    >>> unit_compared("元/件", 10_000), unit_compared("件/万人", 10_000)
    ('万元/件', 'per_ten_thousand_persons')
    """
    if unit == "%":
        return "share"
    if YUAN.fullmatch(unit) and times == 10_000:  # sums are in 万元
        return f"万{unit}"
    per = PER.get(times, "")
    return f"{per}_persons" if per and OF_PERSONS.search(unit) else per or (unit if times == 1 else None)


def unit_of_kind(kind: str) -> str | None:
    """In what unit a figure is read of which nothing else says it.

    >>> unit_of_kind("clearance"), unit_of_kind("rate")
    ('share', None)
    """
    return "share" if kind in COUNTED_KINDS else None


# How an indicator's own definition says that chance moves it, and what a comparison makes of that.
UNSTATED = "unstated"  # of two counts, and no word of how chance moves it
KINDS_BY_INTERVAL = {"wilson": "proportion", "poisson": "rate", "log-ratio": "clearance"}
COUNTED_KINDS = ("proportion", "clearance")  # figures are shares of 1
PER: dict[float | str, str] = {100: "per_hundred", 1_000: "per_thousand", 10_000: "per_ten_thousand"}
OF_PERSONS = re.compile(r"/[百千万].*[人口]|\bper 1[\d,]*0 (person|people|inhabitant|resident)")
LEVELS = {
    "基层": "basic", "基层法院": "basic", "基层人民法院": "basic", "中级": "intermediate", "中院": "intermediate",
    "中级法院": "intermediate", "中级人民法院": "intermediate", "高级": "high", "高院": "high",
    "高级法院": "high", "高级人民法院": "high", "省": "province", "全省": "province", "全国": "national",
}  # fmt: skip
SHOWN_VALUES = 5
MULTIPLES = {"": 1, "万": 10_000, "亿": 100_000_000}
WRITTEN = re.compile(r"(\d+(?:\.\d+)?)\s*(万|亿)?(件|人|%|元)?")
VERDICTS = (  # the worst first
    "impossible", "contradicts", "one_of_two", "shares_conflict", "definition", "truncated", "agrees", "unchecked",
)  # fmt: skip
# What a count follows from where no return prints it: measures that are added (1) and taken off (−1).
FOLLOWS = {"received": {"filed": 1, "opening": 1}, "filed": {"received": 1, "opening": -1}}
COUNTS = ("opening", "filed", "received", "closed", "closing", "petitions", "petitions_resolved")


def indicator_among(there: Collection[str], asked: str, named: Mapping[str, str] | None = None) -> str:
    """Return the indicator asked for by its id or its name in either language; raises ``ArgumentError`` for one that is not there.

    ``named``: further names, such as definitions of a court's own give, with the ids that they stand for.

    >>> indicator_among(["closure_rate", "recovery_rate"], "结案率")
    'closure_rate'
    """
    called = {name: text for name in there if (text := code_text("indicator", name)) is not None}
    words = {word: name for name, text in called.items() for word in (text.en, text.zh)} | dict(named or {})
    if asked not in there and asked not in words:
        listed = [*there, *(text.zh for text in called.values()), *(named or {})]
        raise ArgumentError.not_one_of("indicator", asked, sorted(set(listed)))
    return asked if asked in there else words[asked]


def from_indicators(data: pd.DataFrame, indicator: str, verdicts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rows of one indicator of a tidy table, in the columns of a panel; each of its definitions says for itself how it is judged."""
    rows = data[data["indicator"] == indicator].reset_index(drop=True)
    laid = pd.DataFrame(
        {name: rows.get(name) for name in ("court", "province", "level", "scope", "file", "row", "source")}
    )
    laid.attrs |= own_of(data)
    laid["level"] = levels(laid["level"])
    laid[["period_start", "period_end"]] = period_days(rows)
    for name in ("numerator", "denominator", "value"):
        laid[name] = numbers(rows[name], name)
    laid["opening"] = _openings(data, laid)
    of_counts = (laid["numerator"] / laid["denominator"]).where(laid["denominator"] > 0)
    is_percent = rows["unit"].eq("%") if "unit" in rows else pd.Series(True, index=rows.index)
    laid["definition"] = rows.get("definition", "numerator/denominator")
    multiples = laid["value"] / of_counts
    for definition, part in laid.fillna({"definition": ""}).groupby("definition"):
        unit, times = _printed_in(rows.loc[part.index], multiples[part.index], indicator)
        kind = _kind(part, str(definition), indicator, unit, times)
        known = unit_compared(unit or "%", times) if unit or kind == "printed" else None
        laid.loc[part.index, ["kind", "unit", "times"]] = [[kind, known or unit_of_kind(kind), times]] * len(part)
    # per case, whatever its unit was
    laid["value"] = of_counts.where(laid["denominator"].notna(), laid["value"] / laid["times"])
    laid["note"] = rows["note"].fillna("").astype(str) if "note" in rows else ""
    # only what is said to be a percentage of counts must follow from them; what its table has judged keeps its verdict
    must_follow = is_percent & ("unit" in rows) & laid["kind"].isin(COUNTED_KINDS)
    laid["printed"] = rows["value"].astype(object).where(must_follow & rows["value"].notna(), None)
    said = worst_said(laid, (indicator,), verdicts)
    own = [_own_verdict(*row) for row in laid[["printed", "numerator", "denominator"]].itertuples(index=False)]
    said = said.where(said.ne("unchecked"), pd.Series(own, index=laid.index, dtype="object"))
    laid["verdict"] = rows["verdict"].fillna(said) if "verdict" in rows else said
    return laid


def _printed_in(rows: pd.DataFrame, multiples: pd.Series, indicator: str) -> tuple[str | None, float]:
    """The unit in which a table prints a figure, where it or a definition says it, and what the figure per case is multiplied by."""
    known = leading_definition(indicator)
    said = rows["unit"].dropna().astype(str).mode() if "unit" in rows else pd.Series(dtype="str")
    unit = str(said.iloc[0]) if len(said) else known.unit if known else None
    found = multiples.replace(np.inf, np.nan).median()
    if unit in (None, "%"):
        return unit, 100
    if np.isfinite(found):
        return unit, float(round(found)) if abs(found - round(found)) < 0.01 else float(found)
    return unit, factor_per_case(unit or "")


def _kind(laid: pd.DataFrame, definition: str, indicator: str, unit: str | None, times: float) -> str:
    """Return what sort of figure it is: by its definition, else by its name, else by its unit and counts; without whole counts printed."""
    if laid["denominator"].isna().all():
        return "printed"
    counts = laid[["numerator", "denominator"]].dropna()
    # days or sums per case: no count says how far chance moves them
    per_case = unit not in (None, "%") and (times not in PER or bool(YUAN.fullmatch(unit)))
    are_counts = len(counts) > 0 and not (counts % 1 > 0).any(axis=None) and not per_case
    if (known := stated(definition, laid)) is not None:
        unclaimed = UNSTATED if known.interval == "none" and are_counts else "printed"
        return KINDS_BY_INTERVAL.get(known.interval, unclaimed)
    leading = leading_definition(indicator)
    if leading is not None and leading.denominator:
        if leading.interval in KINDS_BY_INTERVAL:
            return KINDS_BY_INTERVAL[leading.interval]
        if not is_of_counts(leading):
            return "printed"  # amounts and days, also where their sums are whole
    if not are_counts:
        return "printed"
    if unit not in (None, "%"):
        return "rate"
    return "proportion" if (counts["numerator"] <= counts["denominator"]).all() else "rate"


def _openings(data: pd.DataFrame, laid: pd.DataFrame) -> pd.Series:
    """The opening stock of each court and period, where the same table holds it: it bounds the error of a clearance."""
    keys = ["court", "period_start", "period_end"]
    stock = data[data["indicator"] == "opening"].drop_duplicates(keys)
    found = {
        tuple(pd.Timestamp(v) if i else v for i, v in enumerate(row[:3])): row[3]
        for row in stock[[*keys, "value"]].itertuples(index=False)
    }
    return pd.Series(
        [found.get(key, np.nan) for key in laid[keys].itertuples(index=False, name=None)],
        index=laid.index,
        dtype="float64",
    )


def from_returns(
    returns: pd.DataFrame,
    indicator: str,
    verdicts: pd.DataFrame | None,
    definitions: str | Path | None = None,
) -> pd.DataFrame:
    """Rows of returns with counts as numbers and the rate of its own counts beside the printed one.

    A rate whose counts no row states is compared as printed. Raises ``DataError`` where the rate is not printed either.
    """
    base = bases(definitions)[indicator]
    if not _is_stated(returns, base):
        _must_be_printed(returns, rates(definitions)[indicator], base)
        base = NO_COUNTS
    text = ("court", "province", "level", "scope", "file", "row", "source")
    rows = pd.DataFrame({name: returns.get(name) for name in text}).reset_index(drop=True)
    own = own_definitions(definition_set(definitions).definitions) if definitions is not None else {}
    rows.attrs = {"own_definitions": own} if own else {}
    rows["level"] = levels(rows["level"])
    source = returns.reset_index(drop=True)
    rows[["period_start", "period_end"]] = period_days(source)
    unit = source["unit"] if "unit" in source else pd.Series("件", index=source.index)
    top, bottom = (side.split("+") if side else [] for side in base[:2])
    named = dict.fromkeys([*COUNTS, *top, *bottom])
    count = {name: counts_of(source[name], unit) if name in source else np.nan for name in named}
    rows = rows.assign(**count)
    is_printed = rows[bottom].notna().all(axis=1)
    rows["received"] = rows["received"].fillna(rows["opening"] + rows["filed"])
    rows["no_base"] = base.denominator == "received" and rows["received"].isna() & rows["filed"].notna()
    rows["filed"] = rows["filed"].fillna(rows["received"] - rows["opening"])
    rows["opening"] = rows["opening"].fillna(rows["received"] - rows["filed"])
    rows["printed"] = source.get(indicator)
    rows["note"] = _rounding_notes(source, unit)
    rate = rates(definitions)[indicator]
    rows["unit"], rows["kind"] = unit_compared(rate.unit, rate.formulas[0].factor), base.kind
    if base == NO_COUNTS:
        times = factor_per_case(rate.unit) if isinstance(rate.formulas[0].factor, str) else rate.formulas[0].factor
        rows["value"] = counts_of(rows["printed"], pd.Series("", index=rows.index)) / times
        said = worst_said(rows, (indicator,), verdicts)
        return rows.assign(numerator=np.nan, denominator=np.nan, definition=indicator, verdict=said)
    rows["numerator"], rows["denominator"] = (rows[side].sum(axis=1, skipna=False) for side in (top, bottom))
    rows["value"] = (rows["numerator"] / rows["denominator"]).where(rows["denominator"] > 0)
    rows["definition"] = f"{base.numerator}/{base.denominator}"
    of_parts = worst_said(rows, (indicator, *top, *FOLLOWS.get(base.denominator, ())), verdicts)
    said = worst_said(rows, (indicator, *top, *bottom), verdicts)
    return rows.assign(verdict=said.where(is_printed, of_parts))


def _is_stated(returns: pd.DataFrame, base: Base) -> bool:
    """Return whether any row states both counts of a base; received and filed follow from the stock and each other."""
    return base != NO_COUNTS and not _not_stated(returns, base)


def _not_stated(returns: pd.DataFrame, base: Base) -> list[str]:
    """The counts of a base that no row states."""
    parts = dict.fromkeys(part for side in base[:2] if side for part in side.split("+"))
    return [
        part
        for part in parts
        if not any(name in returns and returns[name].notna().any() for name in (part, *FOLLOWS.get(part, ())))
    ]


def _must_be_printed(returns: pd.DataFrame, rate: Rate, base: Base) -> None:
    """Raise ``DataError`` where no row prints a rate whose counts are not stated, and say what would be needed."""
    if rate.id in returns and returns[rate.id].notna().any():
        return
    lacking = [term(name) for name in _not_stated(returns, base)]
    if lacking:
        counts = listed(lacking)
        why = Text(f"缺{counts.zh}的件数，补上即可", f"the counts lack {counts.en}: add them")
    elif not any(formula.is_whole for formula in rate.formulas[:1]):
        why = Text(
            "它只计部分案件（include、exclude），报表的件数是全部案件的",
            "it is of some kinds of case alone (include, exclude), while the returns count all",
        )
    else:
        why = Text("它不是两个件数之比", "it is no ratio of two counts")
    raise DataError(
        f"报表里没有“{rate.text.zh}”：没有它的公布值（列“{rate.text.zh}”），也算不出来：{why.zh}。",
        f'The returns hold no "{rate.text.en}": there is no published figure of it (a column of that name), nor can it be worked out: {why.en}.',
    )


def levels(column: pd.Series) -> pd.Series:
    """Levels of courts by their ids, whichever name stands in the table."""
    return column.map(lambda name: LEVELS.get(str(name).strip(), name))


def levels_or_named(stated: pd.Series, courts: pd.Series) -> pd.Series:
    """Levels as they are stated, those that the courts' names say where none is.

    >>> levels_or_named(pd.Series(["high", None]), pd.Series(["甲院", "乙县人民法院"])).tolist()
    ['high', 'basic']
    """
    named = [level_named(court) if isinstance(court, str) else None for court in courts]
    return stated.astype("object").where(stated.notna(), pd.Series(named, index=stated.index, dtype="object"))


def numbers(column: pd.Series, name: str) -> pd.Series:
    """A column as floats; text such as ``1,930`` or ``2.5万件`` is understood, other text is an ``InputError``."""
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
        return column.astype("float64")
    plain = pd.to_numeric(column, errors="coerce").astype("float64")
    read = plain.fillna(counts_of(column, pd.Series("", index=column.index)))
    blank = column.isna() | column.astype(str).str.strip().eq("")
    unread = column[read.isna() & ~blank]
    if len(unread):
        shown = quoted(unread.astype(str).unique()[:SHOWN_VALUES])
        raise InputError(f"列 {name} 中 {shown.zh} 不是数字。", f"Column {name}: {shown.en} is not a number.")
    return read


def calendar_months(rows: pd.DataFrame) -> pd.DataFrame:
    """First and last day of the period of each row, months by whatever statistical calendar as calendar months: courts of both agree."""
    names = ["period_start", "period_end"]
    ends = zip(*(days(rows[name], name) for name in names), strict=True)
    return pd.DataFrame(
        [in_calendar_months(*window) for window in ends], columns=names, index=rows.index, dtype="datetime64[ns]"
    )


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
        "案件数按公布的单位换算，只准到公布的末位",
        "counts converted from the published unit: exact to its last digit only",
    )
    return [said.cell if rounded else "" for rounded in coarse.reindex(source.index)]


def _own_verdict(printed: object, numerator: float, denominator: float) -> str:
    """Return whether a rate follows from the counts beside it; at odds with them, neither is accused."""
    match = WRITTEN.fullmatch(str(printed))
    if match is None or not (0 <= numerator < math.inf and 0 < denominator < math.inf):
        return "unchecked"
    given = 100 * Fraction(numerator) / Fraction(denominator)
    if isinstance(printed, float) and math.isclose(printed, given, rel_tol=1e-12):
        return "agrees"  # computed and never printed: its last digits are the machine's
    found = follows(printed_figure(match[1], "closure_rate"), [[(given, given)]])
    return "shares_conflict" if found is None else found[0]


def worst_said(rows: pd.DataFrame, measures: tuple[str, ...], figures: pd.DataFrame | None) -> pd.Series:
    """Return the worst that ``reconcile`` said of the rate and its counts; without what it said, all is unchecked."""
    unchecked = pd.Series("unchecked", index=rows.index, dtype="object")
    if figures is None:
        return unchecked
    keys = ["court", "period_start", "period_end", *(["scope"] if rows["scope"].notna().any() else [])]
    said = figures[figures["measure"].isin(measures) & figures["verdict"].isin(VERDICTS)].copy()
    said[["period_start", "period_end"]] = period_days(said)
    said = said.sort_values("verdict", key=lambda names: names.map(VERDICTS.index), kind="stable")
    joined = rows[keys].merge(said.drop_duplicates(keys)[[*keys, "verdict"]], on=keys, how="left")
    return joined["verdict"].set_axis(rows.index).fillna(unchecked)


def severity(verdicts: pd.Series) -> pd.Series:
    """The place of each verdict in ``VERDICTS``, 0 the worst; one that is not known counts as unchecked.

    >>> severity(pd.Series(["agrees", None, "contradicts"])).tolist()
    [6, 7, 1]
    """
    places = {name: place for place, name in enumerate(VERDICTS)}
    return verdicts.map(places).fillna(len(VERDICTS) - 1).astype(int)
