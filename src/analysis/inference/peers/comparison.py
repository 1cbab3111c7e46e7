"""Figures to compare: one a court with its counts or its standard error, from returns, a panel or any table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np
import pandas as pd

from analysis.inference.peers.likeness import likeness, must_be_no_sum
from analysis.inference.peers.panel import KINDS, Asked, PeerPanel, compared_panel, mixed_years, period_shared
from analysis.inference.peers.panel_rows import calendar_months, indicator_among, numbers, unit_of_kind
from analysis.returns.cells import text_of
from analysis.returns.several_courts import is_no_court
from analysis.vocabulary.columns import as_column
from analysis.vocabulary.errors import SHOWN_CHOICES, ArgumentError, DataError, InputError, nearest
from analysis.vocabulary.indicator_sets.quantities import quantities
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text, capital, number_of

Comparable = pd.DataFrame | PeerPanel
CARRIED = ("period_start", "period_end", "era", "verdict", "opening")
SHOWN_NAMES = 5
FEWEST = 10  # courts of one definition and one period, below which their own level and spread are no measure of a court
COMPARABLE = (
    "definition",
    "level",
    "scope",
    "period_start",
    "period_end",
    "year",
)  # in which courts with a middle agree
NO_WARNING = Text("", "")


@dataclass(frozen=True, eq=False)
class Comparison:
    """One row a court: ``court, numerator, denominator, value`` or ``court, value, standard_error``.

    ``kind`` is proportion, ratio, rate, clearance, or estimate (a value with its standard error); ``excluded`` lists
    ``court, reason, explanation`` of those that cannot be compared; ``warning`` goes with courts of different years; ``unit``
    is that in which the figures are read, ``base`` names what the denominator counts and ``period`` the time that all share,
    where that is known.
    """

    table: pd.DataFrame
    excluded: pd.DataFrame
    kind: str
    indicator: str | None = None
    warning: Text = NO_WARNING
    unit: str | None = None
    base: str = ""
    period: Text = NO_WARNING


def comparison(
    data: Comparable,
    *,
    indicator: str | None = None,
    group: str | None = None,
    numerator: str | None = None,
    denominator: str | None = None,
    estimate: str | None = None,
    standard_error: str | None = None,
    kind: str | None = None,
    opening: str | None = None,
) -> Comparison:
    """Read any accepted input into one figure a court; rows that cannot be compared are listed, never lost.

    A ``PeerPanel``, returns or a table of indicators (with ``indicator=``), a table of counts (``numerator=``,
    ``denominator=``; rows of one group are added up) or of values (``estimate=``, ``standard_error=``).

    >>> table = pd.DataFrame({"court": ["甲", "乙"], "closed": [9, 0], "received": [10, 0]})
    >>> read = comparison(table, numerator="closed", denominator="received", kind="proportion")
    >>> read.table["value"].tolist(), read.excluded["reason"].tolist()
    ([0.9], ['zero'])
    """
    if kind is not None and kind not in KINDS:
        raise ArgumentError.not_one_of("kind", kind, KINDS)
    given = {
        "indicator": indicator, "group": group, "numerator": numerator, "denominator": denominator, "estimate": estimate,
        "standard_error": standard_error, "kind": kind, "opening": opening,
    }  # fmt: skip
    if isinstance(data, PeerPanel):
        if indicator is not None:
            indicator_among([data.indicator], indicator)
        _must_be_alone(given, ("indicator",), "peer_panel")
        return _of_panel(data)
    if not isinstance(data, pd.DataFrame):
        kind_of = type(data).__name__
        raise InputError(
            f"应给出表（DataFrame）或 peer_panel 的结果，而不是 {kind_of}。",
            f"Give a table (DataFrame) or the result of peer_panel, not {kind_of}.",
        )
    if estimate is not None or standard_error is not None:
        _must_be_alone(given, ("estimate", "standard_error", "group"), "estimate=")
        return _of_estimates(data, column_meant(data, group or "court"), estimate, standard_error)
    if numerator is not None or denominator is not None:
        _must_be_alone(given, ("numerator", "denominator", "group", "kind", "opening"), "numerator=")
        court = column_meant(data, group or "court")
        return _of_counts(data, court, numerator, denominator, kind or "proportion", opening)
    if indicator is not None:
        _must_be_alone(given, ("indicator",), "indicator=")
        return _of_panel(compared_panel(data, Asked(indicator)))
    raise ArgumentError(
        "请说明比较什么：报表或指标表用 indicator=，件数表用 numerator=、denominator=，估计值表用 estimate=、standard_error=。",
        "Say what is compared: indicator= for returns or indicators, numerator= and denominator= for counts, "
        "estimate= and standard_error= for values.",
    )


def _must_be_alone(given: Mapping[str, object], taken: Sequence[str], beside: str) -> None:
    """Raise ``ArgumentError`` for a keyword that would be passed over beside what is compared."""
    if over := [f"{name}=" for name, value in given.items() if value is not None and name not in taken]:
        raise ArgumentError(
            f"{'、'.join(over)} 不能与 {beside} 同用：比较什么只能说一种。",
            f"{', '.join(over)} cannot stand beside {beside}: what is compared is said in one way.",
        )


def _of_panel(panel: PeerPanel) -> Comparison:
    panel.must_be_of_counts()
    kept = [name for name in CARRIED if name in panel.table]
    table = panel.table[["court", "numerator", "denominator", "value", *kept]].copy()
    table["year"] = table["period_end"].dt.year
    excluded = panel.excluded[["court", "reason", "explanation", "period_start", "period_end"]]
    base = str(panel.table["definition"].iloc[0]).rpartition("/")[2]
    base = base if base in quantities() else ""
    shared = period_shared(panel.table)
    return Comparison(table, excluded, panel.kind, panel.called, mixed_years(panel.table), panel.unit, base, shared)


def _of_counts(
    data: pd.DataFrame, group: str, numerator: str | None, denominator: str | None, kind: str, opening: str | None
) -> Comparison:
    names = {"court": group, "numerator": numerator, "denominator": denominator, "opening": opening}
    must_have(data, {name: column for name, column in names.items() if name != "opening" or opening})
    data = data.assign(**{group: _trimmed(data[group])})
    rows = pd.DataFrame({"court": data[group]})
    for name in ("numerator", "denominator", *(("opening",) if opening else ())):
        rows[name] = numbers(data[str(names[name])], str(names[name]))
    _must_be_named(rows[_unnamed(rows["court"])])
    if kind == "clearance" and rows["court"].duplicated().any():
        raise DataError(
            "同一法院有多行：结收比的各期不能相加，请每院只留一个期间。",
            "A court stands in several rows: clearance over several periods does not add up. Keep one period a court.",
        )
    alike = likeness(data, group, [str(names[name]) for name in rows.columns if name != "court"])
    must_be_no_sum(rows)
    summed = rows.groupby("court", sort=False, dropna=False).sum(min_count=1, skipna=False).reset_index()
    summed["value"] = (summed["numerator"] / summed["denominator"]).where(summed["denominator"] > 0)
    _must_be_possible(summed, kind)
    reason = pd.Series(pd.NA, index=summed.index, dtype="string")
    reason = reason.mask(summed["denominator"].eq(0), "zero")
    if kind == "clearance":
        reason = reason.mask(summed["numerator"].eq(0), "zero_closed")
    reason = reason.mask(summed[["numerator", "denominator"]].isna().any(axis=1), "counts")
    reason = reason.mask(_unnamed(summed["court"]), "unnamed")
    reason = reason.mask(_are_totals(summed), "total")
    reason = reason.fillna(summed["court"].map(alike.reasons).astype("string"))
    added = _added_up(rows["court"])
    return replace(_split(summed, reason, kind), base=str(denominator), period=alike.period, warning=added)


def _trimmed(courts: pd.Series) -> pd.Series:
    """Names without the spaces around them, with which one court would be two."""
    names = [name.strip() if isinstance(name, str) else name for name in courts]
    return pd.Series(names, index=courts.index, dtype=object if courts.dtype == "category" else courts.dtype)


def _unnamed(courts: pd.Series) -> pd.Series:
    return pd.Series([text_of(name) is None for name in courts], index=courts.index)


def _must_be_named(unnamed: pd.DataFrame) -> None:
    """Raise ``DataError`` for several rows of counts that name no court: the names were in merged cells."""
    count = int(unnamed["denominator"].notna().sum())
    if count > 1:
        raise DataError(
            f"有{count}行有件数而没有法院名称：法院一栏若是合并单元格，请先填满，如 table[列] = table[列].ffill()；不是法院的行请删去。",
            f"{count} rows have counts and name no court: fill the names down where cells were merged, as table[column] = "
            "table[column].ffill(), and delete rows that are no court's.",
        )


def _are_totals(summed: pd.DataFrame) -> pd.Series:
    """Which rows are no courts: called a total, or the sum of all the others."""
    counts = summed[["numerator", "denominator"]]
    named = _called_totals(summed["court"])
    others = counts[~named].reindex(counts.index)
    is_sum = (2 * others).eq(others.sum()).all(axis=1) & others.gt(0).all(axis=1)
    return named | (is_sum & (len(summed) >= FEWEST))


def _called_totals(courts: pd.Series) -> pd.Series:
    return pd.Series([isinstance(name, str) and is_no_court(name) for name in courts], index=courts.index)


def _added_up(courts: pd.Series) -> Text:
    """Say that courts stand in several rows, whose counts are added up."""
    several = courts[courts.duplicated()].unique()
    if not len(several):
        return NO_WARNING
    names, stand = _some_names(several), "stands" if len(several) == 1 else "stand"
    if len(several) == courts.nunique() > 1:
        names = Text("各院都", "all courts")
    return Text(f"；{names.zh}有几行，件数已相加", f"; {names.en} {stand} in several rows, whose counts are added up")


def _must_be_possible(rows: pd.DataFrame, kind: str) -> None:
    wrong = (
        (rows["numerator"] < 0) | (rows["denominator"] < 0) | rows[["numerator", "denominator"]].eq(np.inf).any(axis=1)
    )
    if kind == "proportion":
        wrong |= rows["numerator"] > rows["denominator"]
        broken = rows[["numerator", "denominator"]].dropna() % 1 > 1e-6
        wrong |= broken.any(axis=1).reindex(rows.index, fill_value=False)
    if wrong.any():
        names = _some_names(rows.loc[wrong, "court"])
        raise DataError(
            f"{names.zh}：件数不可能（为负、不是整数，或分子大于分母）。比例（proportion）的分子不得大于分母；"
            "若分母是期望数或工作量，请用 kind=“ratio”或“rate”。",
            f"{names.en}: impossible counts (negative, not whole, or numerator above denominator). A proportion's numerator "
            'cannot exceed its denominator; if the base is an expected number or an exposure, use kind="ratio" or "rate".',
        )


def _of_estimates(data: pd.DataFrame, group: str, estimate: str | None, standard_error: str | None) -> Comparison:
    must_have(data, {"group": group, "estimate": estimate, "standard_error": standard_error})
    data = data.assign(**{group: _trimmed(data[group])})
    table = pd.DataFrame(
        {
            "court": data[group],
            "value": numbers(data[str(estimate)], str(estimate)),
            "standard_error": numbers(data[str(standard_error)], str(standard_error)),
        }
    ).reset_index(drop=True)
    wrong = (table["standard_error"] < 0) | table[["value", "standard_error"]].abs().eq(np.inf).any(axis=1)
    if wrong.any() or table["court"].duplicated().any():
        bad = _some_names(table.loc[wrong | table["court"].duplicated(), "court"])
        raise DataError(
            f"{bad.zh}：标准误为负、数值无穷，或同一法院出现多次。",
            f"{bad.en}: a negative standard error, an infinite value, or a court that stands twice.",
        )
    reason = pd.Series(pd.NA, index=table.index, dtype="string")
    reason = reason.mask(table[["value", "standard_error"]].isna().any(axis=1), "no_error")
    reason = reason.mask(_called_totals(table["court"]), "total")
    alike = likeness(data, group)
    reason = reason.fillna(table["court"].map(alike.reasons).astype("string"))
    return replace(_split(table, reason, "estimate"), period=alike.period)


def _split(rows: pd.DataFrame, reason: pd.Series, kind: str) -> Comparison:
    out = rows.loc[reason.notna(), ["court"]].assign(reason=reason[reason.notna()].astype(str))
    out["explanation"] = [term(f"reason_{name}").cell for name in out["reason"]]
    kept = rows[reason.isna()].reset_index(drop=True)
    if kept.empty:
        raise DataError(
            "没有可比的法院：每一行都缺数、缺标准误或分母为零。",
            "No court can be compared: every row lacks a number or an error, or has a base of zero.",
        )
    return Comparison(kept, out.reset_index(drop=True), kind, unit=unit_of_kind(kind))


def headed(read: Comparison) -> Text:
    """What is compared and the period that all share, as a caption begins with it."""
    name = term(read.indicator) if read.indicator else Text("", "")
    said = Text(name.zh, capital(name.en))
    if (when := read.period).zh:
        said = said + (Text(f"（{when.zh}）", f" ({when.en})") if name.zh else when)
    return said + COLON if said.zh else said


def left_out(excluded: pd.DataFrame) -> Text:
    """How many rows are not among the courts compared, where there are any."""
    count = len(excluded)
    return Text(f"；另有{count}行未列入比较", f"; {number_of(count, 'further row')} left out") if count else NO_WARNING


def with_verdicts(table: pd.DataFrame, read: Comparison) -> pd.DataFrame:
    """A result of the courts compared, in their order, with what reconciliation says of each figure where it is known."""
    return table.assign(verdict=read.table["verdict"]) if "verdict" in read.table else table


def must_be_one_period(read: Comparison) -> None:
    """Raise ``DataError`` for courts of several years: no court has a place among courts of other years."""
    if "year" in read.table and len(years := sorted(read.table["year"].unique())) > 1:
        first, last = years[0], years[-1]
        raise DataError(
            f"各院的年度不一（{first}至{last}），不能排在一起：请用 period= 选定一个年度。",
            f"The courts' years differ ({first} to {last}): none has a place among the others. Pick one with period=.",
        )


def comparable_parts(table: pd.DataFrame) -> pd.DataFrame:
    """In what courts with a middle must agree, as far as a table says it: definition, level, scope, and the period by its months."""
    said = table[[name for name in COMPARABLE if name in table]]
    return said.assign(**calendar_months(said)) if {"period_start", "period_end"} <= set(said) else said


def must_be_enough(count: int) -> None:
    """Raise ``DataError`` for fewer than ten courts of one definition and one period: none has a place among so few."""
    if count < FEWEST:
        said = too_few(count)
        raise DataError(f"{said.zh}。", f"{said.en}.")


def too_few(count: int) -> Text:
    """Why there are no ranks among so few courts."""
    return Text(
        f"同一口径、同一期间的法院只有{count}家（不足{FEWEST}家），不排名次：家数这样少，名次说明不了法院的好坏",
        f"Only {number_of(count, 'court')} of one definition and one period (fewer than {FEWEST}): there are no ranks, "
        "since among so few they say little of a court",
    )


def must_be_no_totals(courts: pd.Series) -> None:
    """Raise ``DataError`` for rows that are totals of the courts: they would count as one more court."""
    if (totals := courts[_called_totals(courts)].unique()).size:
        raise DataError(
            f"“{totals[0]}”一行是几家法院的合计或平均，不是一家法院：请先删去这样的行。",
            f'The row "{totals[0]}" is a total or an average of courts and not a court: delete such rows first.',
        )


def must_stand_once(table: pd.DataFrame, time: str) -> None:
    """Raise ``DataError`` for a court in several rows of one time (the column ``year`` or ``period``)."""
    again = table.duplicated(["court", time])
    if again.any():
        twice, zh = table.loc[again, "court"].astype(str).iloc[0], "年度" if time == "year" else "期间"
        raise DataError(
            f"“{twice}”在同一{zh}出现多次：请每院每个{zh}只留一行（月份、团队各一行的，请先相加）。",
            f'"{twice}" stands more than once in one {time}: keep one row a court and {time} (add up rows of months or teams first).',
        )


def column_meant(data: pd.DataFrame, name: str) -> str:
    """Return the column of a table that a call names, by its name or by another word of the field for it; where there is none, the name.

    >>> column_meant(pd.DataFrame(columns=["执行法院", "结案"]), "court")
    '执行法院'
    """
    same = [column for column in data.columns if as_column(column) == as_column(name)]
    return same[0] if len(same) == 1 and name not in data.columns else name


def must_have(data: pd.DataFrame, names: dict[str, str | None]) -> None:
    """Raise where an argument that names a column is not given, or names none of the table's columns."""
    unnamed = [argument for argument, column in names.items() if column is None]
    if unnamed:
        raise ArgumentError(
            f"还须给出 {'、'.join(f'{n}=' for n in unnamed)}。", f"Also give {', '.join(f'{n}=' for n in unnamed)}."
        )
    if data.columns.nlevels > 1:
        raise InputError(
            "表头有几层（如透视表），请先并成一层，每院每个期间一行，再比较。",
            "The header has several levels (as of a pivot table): make it one, with a row a court and period, and compare that.",
        )
    for argument, column in names.items():
        if column not in data.columns:
            raise _no_column("group" if argument == "court" else argument, str(column), [*map(str, data.columns)])
    twice = [str(column) for column in names.values() if list(data.columns).count(str(column)) > 1]
    if twice:
        raise InputError(
            f"列“{twice[0]}”在表中出现不止一次。", f'Column "{twice[0]}" stands more than once in the table.'
        )


def _no_column(argument: str, asked: str, present: list[str]) -> InputError:
    """The error for an argument that names no column of the table: it says how to name the one that is likely meant."""
    same = next((column for column in present if as_column(column) == as_column(asked)), None)
    call = f'{argument}="{same or nearest(asked, present) or "…"}"'
    shown = present[:SHOWN_CHOICES]
    return InputError(
        f"表中没有列“{asked}”。现有列：{'、'.join(shown)}。请写明，如 {call}。",
        f'The table has no column "{asked}". Columns present: {", ".join(shown)}. Name it, as {call}.',
    )


def _some_names(courts: Iterable[object]) -> Text:
    names = [str(name) for name in courts]
    shown, more = names[:SHOWN_NAMES], "…" if len(names) > SHOWN_NAMES else ""
    return Text("、".join(shown) + more, ", ".join(shown) + (more and f", {more}"))


def must_be_courts(highlight: object, table: pd.DataFrame, excluded: pd.DataFrame) -> list[object]:
    """The highlighted courts as a list; raises ``ArgumentError`` for one that is not compared, and says why if known."""
    if highlight is None:
        return []
    asked = [highlight] if isinstance(highlight, str) or not isinstance(highlight, Iterable) else list(highlight)
    present = {str(court): court for court in table["court"]}
    for name in asked:
        if str(name) in present:
            continue
        why = excluded[excluded["court"].astype(str) == str(name)] if len(excluded) else excluded
        if len(why):
            zh, en = (term(f"reason_{why['reason'].iloc[-1]}").within(language) for language in ("zh", "en"))
            raise ArgumentError(
                f"highlight 的“{name}”未列入比较：{zh}。", f'highlight: "{name}" is left out of the comparison: {en}.'
            )
        near = get_close_matches(str(name), list(present), n=3, cutoff=0.4)
        raise ArgumentError(
            f"highlight 的“{name}”不在比较的{len(present)}家法院之中。"
            + (f"最接近的：{'、'.join(near)}。" if near else ""),
            f'highlight: "{name}" is none of the {len(present)} courts compared.'
            + (f" Nearest: {', '.join(near)}." if near else ""),
        )
    return [present[str(name)] for name in asked]
