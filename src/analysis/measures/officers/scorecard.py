"""Officers: each one's figures of a year beside what chance and case mix would give, and the court's own quotas."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import pandas as pd

from analysis.cases.closings import blank_called, counted_open
from analysis.cases.coverage import cannot_tell
from analysis.cases.privacy import MINIMUM, suppress_small
from analysis.cases.table import Cases, known_on, must_be_columns
from analysis.measures.breakdowns import must_be_of_the_whole
from analysis.measures.case_mix import TAILS, expected_by_chance, surely_judged
from analysis.measures.indicators.caveats import of_stated
from analysis.measures.indicators.side_tables import holds_none
from analysis.measures.limits.deadlines import OF_START, start_days
from analysis.measures.limits.limits import (
    OF_LIMIT,
    LimitOptions,
    blank_days,
    columns_of_limit_lacking,
    holidays_unknown,
    unstated,
)
from analysis.measures.officers.bounds import bounds_of_measure
from analysis.measures.officers.workload import OF_NET, flows, handled_cases
from analysis.measures.open_sums import HELD_BACK
from analysis.measures.open_teams import without_closed_teams
from analysis.measures.people_ledger import BOTH, NOT_LISTED, people_ledger
from analysis.measures.pseudonyms import (
    NOBODY,
    PEOPLE,
    namesakes,
    of_several_courts,
    shown_labels,
    shown_officers,
    told_apart,
)
from analysis.measures.quota_scheme import scheme_numbers
from analysis.measures.rows import case_rows
from analysis.measures.side_files import hand_kept, texts_of
from analysis.vocabulary.columns import as_column
from analysis.vocabulary.columns import columns as column_of
from analysis.vocabulary.dates import window_text
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.numerals import group_order
from analysis.vocabulary.periods import Day, Year, year_window
from analysis.vocabulary.result import Result
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, joined, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

GROUPS = ("officer", "team")
# measure: what is added up, over what (a count without), among which cases, whether the time of filing is part of the
# mix, and the columns of the register without which it is unknown
MEASURES: dict[str, tuple[str, str | None, str, bool, tuple[str, ...]]] = {
    "closed": ("is_closed", None, "is_handled", True, ()),
    "closed_of_filed": ("is_done", "one", "is_filed", True, ()),
    "amount_closed": ("amount_claimed", None, "has_amount", False, ("amount_claimed",)),
    "net_closings": ("is_net", None, "is_closed", False, OF_NET),
    "recovery": ("amount_recovered", "amount_claimed", "has_amounts", False, ("amount_claimed", "amount_recovered")),
    "days_to_start": ("days_to_start", "one", "is_started", False, OF_START),
    "started_late": ("is_late", None, "is_judged", False, OF_START),
    "over_limit": ("is_over", None, "has_limit", False, OF_LIMIT),
}
# What of officers is shown outside, and the figures of the ledger of people that would follow from each: it decides on all of them.
RESTS_ON = {"closed": {"opening", "filed", "closed"}, "closed_of_filed": {"filed", "closed", BOTH}}
BY_ARRIVAL = [name for name, (*_, by_arrival, _) in MEASURES.items() if by_arrival]
OF_MONEY = ("amount_closed", "recovery")  # for use inside: the same closings lie in the court's own sums
# Of counts: the cases of which it is not known whether they are counted.
UNKNOWN = {
    "closed": "is_undecided", "closed_of_filed": "is_undecided", "net_closings": "is_net_unknown",
    "started_late": "is_start_unknown", "over_limit": "is_limit_unknown",
}  # fmt: skip
RANGE = ["lower", "upper"]
BOUNDS = ["least", "most"]
UNTOLD = Text(
    "末一季新收不列的承办人，结案的预期和范围也不列：两者按立案早晚计，会说出该数",
    "of officers whose filings of the last quarter are left out neither expectation nor range of closings stands: they are by the time of filing",
)
UNSURE = Text(
    "有未填的栏目、因而不知落在范围内外的，不列范围",
    "where blanks leave open whether a figure lies in its range, no range stands",
)
ADJUSTED_FOR = ("basis", "has_property")
FLOWS = ("opening", "filed", "closed", "pending")
LABELS = ("officer", "team", "measure", "criterion", "quota", "target", "rule")  # of a row; all else are figures


@dataclass(frozen=True, eq=False)
class OfficerScorecard(Result):
    """``table`` (each measure beside its expectation), ``counts`` (stock and flow), ``scheme`` (the court's quotas), ``items``."""

    table: pd.DataFrame
    counts: pd.DataFrame
    scheme: pd.DataFrame
    items: pd.DataFrame
    caption: Text


def officer_scorecard(
    cases: Cases,
    *,
    period: Year,
    at: Day | None = None,
    by: str = "officer",
    adjust_for: Sequence[str] = ADJUSTED_FOR,
    scheme: str | Path | None = None,
    items: str | Path | pd.DataFrame | None = None,
    calendar: str | None = None,
    seed: int = 0,
    names: bool = False,
    **counting: Unpack[LimitOptions],
) -> OfficerScorecard:
    """The officers' (or teams') figures of a year (to ``at``), each beside its expectation by case mix and the range of chance.

    ``.table`` ``officer, measure, cases, value, numerator, denominator, expected, lower, upper``: closed;
    closed_of_filed (of the year's filings); amount_closed (元); net_closings (claim fully recovered and paid out);
    recovery (Σ recovered / Σ claimed of closed cases); days_to_start (mean from the file to the start) and
    started_late (files received in the year); over_limit (closed or still open past the limit); petitions (expected
    by cases handled). Expectation and 95% range: ``case_mix.expected_by_chance`` in the strata of ``adjust_for`` (of officers with
    ``names=True`` alone; closings also by carried over, filed before or in the last quarter). Eight officers of forty cases: most
    differences lie inside the range. It is missing where blanks (who has the cases of nobody, amounts) leave open whether a figure
    lies in it; without names both are, of closings, where the filings of the last quarter are left out. With names, ``least`` and
    ``most`` are what a figure must lie between whatever blanks hold (missing where none could change it). Officers of one name in several
    courts stand apart, with their court beside the name (outside they are left out). A measure that rests on a
    column that the register lacks is left out, and the caption says why. ``.counts`` ``officer,`` (with names) ``team, opening, filed, closed, pending``.
    ``.scheme`` ``officer, criterion, value, [least, most,] numerator, denominator, quota, met, consequence`` by the numbers of the definition
    set ``scheme`` (default: the one that the register names; without any no quota is known); officers only. ``met`` is
    missing, and nothing follows, where cases of which it is unknown could decide it, as it is, and the opening, where the register leaves out
    cases that were pending when the year began. ``.items``: a hand-kept table
    (CSV, Excel or frame with a column ``officer`` or 承办人), joined as it is.

    Without ``names=True`` officers are pseudonyms whose closings (also of the year's filings) and counts alone are shown, as far as the
    ledger of people (``people_ledger``) lets them; amounts and ``.items`` are not, and no other ``adjust_for`` or ``seed`` is taken, whose
    expectations could be compared. Raises ``ArgumentError`` and ``InputError``; ``DataError`` where no case names an officer (or team).

    Parameters
    ----------
    cases : Cases
        The register.
    period : int or text
        The statistical year.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    by : str
        ``officer`` or ``team``.
    adjust_for : list of str
        Columns that make the case mix.
    scheme : str or path
        The definition set whose quotas and targets hold; without it the one that the register names.
    items : DataFrame or path
        Items kept by hand, joined as they are.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    seed : int
        Where chance begins; the same seed gives the same numbers.
    names : bool
        ``True`` shows people by name, for use inside the court.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    OfficerScorecard
        The figures, counts, scheme and items.

    >>> from analysis import Cases
    >>> closed = ["2011-05-01"] * 3 + [None]
    >>> frame = pd.DataFrame({"filed_on": ["2011-01-04"] * 4, "closed_on": closed, "officer": list("aabb")})
    >>> card = officer_scorecard(Cases.from_frames(frame, as_of="2011-12-31"), period=2011, names=True)
    >>> card.table[card.table["measure"] == "closed"][["value", "expected"]].values.tolist()
    [[2.0, 1.5], [1.0, 1.5]]
    """
    by = as_column(by)
    if by not in GROUPS:
        raise ArgumentError.not_one_of("by", by, GROUPS)
    known_to = known_on(cases, at)
    calendar = calendar or cases.calendar
    first, last = year_window(period, calendar=calendar)
    cut = min(last, known_to)
    if first > cut:
        raise ArgumentError(
            f"截至{cut.date()}，{last.year}年尚未开始。", f"On {cut.date()} the year {last.year} has not begun."
        )
    if unnamed := cases.lacking(by):
        raise DataError(f"{cannot_tell(unnamed).zh}。", f"{cannot_tell(unnamed).en}.")
    must_be_of_the_whole(cases, [by], names=names)
    numbers = scheme_numbers(cases, scheme)
    mix = list(must_be_columns("adjust_for", adjust_for))
    _must_be_asked_one_way(mix, seed, names=names)
    if is_open := by == "officer" and not names:
        mix = []  # an expectation by kinds of cases tells how many of each kind somebody has
    length = start_days(cases, scheme)
    rows = handled_cases(cases, first=first, last=cut, start_within_days=length, further=[*mix, "court"], **counting)
    late_in_year = rows["filed_on"] > _months_before(cut)
    rows["arrival"] = np.select([~rows["is_filed"], late_in_year], ["carried over", "last quarter"], "before")
    groups = rows[by].astype("str").fillna(NOBODY)
    rows[by] = told_apart(cases, groups, rows["court"]) if by == "officer" and names else groups
    asked = [] if is_open else [_petitions(cases, rows, by, first, cut)]
    inside = () if names else set(MEASURES) - set(RESTS_ON) if is_open else OF_MONEY
    absent = _absent(cases, counting)
    told = [name for name in MEASURES if not absent[name] and (length or name != "started_late")]  # a scheme sets days
    measures = [name for name in told if name not in inside]
    table = _measured(rows, by, measures, mix, asked, seed)
    counts = _counts(rows, by, with_team=names and not cases.lacking("team"))
    quotas = _quotas(cases, rows, numbers) if by == "officer" else pd.DataFrame()
    if cut < last and len(quotas):
        quotas["consequence"] = ""  # they are drawn when the year is over
    own = _items(items, rows) if items is not None else pd.DataFrame()
    few: set[str] = set()
    if not names:
        table, quotas = _rounded(table.drop(columns=BOUNDS)), quotas.drop(columns=BOUNDS, errors="ignore")
    besides = [
        *([] if _are_sure(table, by) else [UNSURE]),
        *(blank_days(cases, counting) if "over_limit" in measures else []),
    ]
    if is_open:
        own = pd.DataFrame()  # what else an office keeps of people is for use inside
        table, quotas, counts, is_told = _of_people(cases, table, quotas, counts, first, last, cut, calendar)
        besides += [] if is_told else [UNTOLD]
    elif not names:
        few = of_few_cases(counts, by)
        spans: dict[str, Any] = {"first": first, "last": cut}
        table, counts = (without_closed_teams(cases, t, **spans) for t in (table, counts))
    of = counts[by].where(counts[by] != NOBODY)
    labels = shown_officers(cases, of, names=names) if by in PEOPLE else shown_labels(cases, of, by, names=names)
    shown = dict(zip(counts[by], labels.fillna(NOBODY), strict=True))
    return OfficerScorecard(
        table=_shown(table, by, shown, few), counts=_shown(_as_held(cases, first, counts), by, shown, few),
        scheme=_shown(_as_held(cases, first, quotas), by, shown, few), items=_shown(own, by, shown, few),
        caption=_caption(cases, rows, by, measures, absent, first, last, cut, len(few), mix, names=names, besides=besides)
        + cases.made_up,
    )  # fmt: skip


def _as_held(cases: Cases, first: pd.Timestamp, table: pd.DataFrame) -> pd.DataFrame:
    """Counts without the stock brought forward, or quotas of which none is met or missed, where the register leaves out cases pending on a day."""
    if cases.beginning.is_whole(first) or table.empty:
        return table
    unknown: dict[str, Any] = {"opening": "Int64", "met": "boolean"}
    none = {name: pd.array([pd.NA] * len(table), kind) for name, kind in unknown.items() if name in table}
    return table.assign(**none, **({"consequence": ""} if "consequence" in table else {}))


def _of_people(
    cases: Cases, table: pd.DataFrame, quotas: pd.DataFrame, counts: pd.DataFrame,
    first: pd.Timestamp, last: pd.Timestamp, cut: pd.Timestamp, calendar: str,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, bool]:  # fmt: skip
    """The tables of officers as they may be shown outside, and whether all their expectations may."""
    ledger = people_ledger(cases, person="officer", calendar=calendar)
    hidden = {name: ledger.hidden_of(name, first, cut) for name in counts["officer"]}
    told = RESTS_ON if cut == last else {"closed": RESTS_ON["closed"]}  # two states of a year could be subtracted
    out = {(who, kind) for who, gone in hidden.items() for kind in RESTS_ON if kind not in told or told[kind] & gone}
    begin = _months_before(cut) + pd.Timedelta(days=1)
    late = [name for name in counts["officer"] if ledger.hides(name, "filed", begin, cut)]
    untold = table["officer"].isin(late) & table["measure"].isin(BY_ARRIVAL)
    table = _without(table.assign(**{name: table[name].mask(untold) for name in ("expected", *RANGE)}), out, "measure")
    counts = counts[~counts["officer"].isin(namesakes(cases))]  # which court's they are cannot be told outside
    quotas = quotas[quotas["criterion"] != "net_closings"] if len(quotas) else quotas
    quotas, counts = _without(quotas, out, "criterion"), ledger.shown(counts, first, cut)
    table, quotas = (t[t["officer"].isin(counts["officer"])] if len(t) else t for t in (table, quotas))
    return table, quotas, counts, not untold.any()


def _months_before(cut: pd.Timestamp) -> pd.Timestamp:
    """The day after which cases were filed late in a year: they had little time to be closed in. Of a quarter's end it is that of the one before."""
    return cut + pd.Timedelta(days=1) - pd.DateOffset(months=3) - pd.Timedelta(days=1)


def _must_be_asked_one_way(mix: Sequence[str], seed: int, *, names: bool) -> None:
    """Raise ``ArgumentError`` outside for expectations of another mix: those of several would tell whose cases are of which kind."""
    if not names and (tuple(mix), seed) != (ADJUSTED_FOR, 0):
        raise ArgumentError(
            "adjust_for=、seed= 只供院内：预期按不同的栏目各算一次，相比即可推算各人的案件。院内使用请加 names=True。",
            "adjust_for= and seed= are for use inside the court: expectations by several mixes of cases would tell whose cases are of which "
            "kind. Inside, say names=True.",
        )


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """The table with expectations of a digit or two: more would tell of which cases they are made."""
    expected = table["expected"].astype("float64")
    return table.assign(expected=expected.round(1).where(expected.abs() >= 1, expected.round(2)))


def _absent(cases: Cases, counting: LimitOptions) -> dict[str, tuple[str, ...]]:
    """The columns that the register lacks for each measure."""
    found = {name: cases.lacking(*needs) for name, (*_, needs) in MEASURES.items()}
    return found | {"over_limit": columns_of_limit_lacking(cases, counting)}


def _measured(
    rows: pd.DataFrame, by: str, measures: Sequence[str], mix: list[str], asked: list[pd.DataFrame], seed: int
) -> pd.DataFrame:
    parts = []
    for measure in measures:
        value, base, among, by_arrival, _ = MEASURES[measure]
        strata = [*mix, "arrival"] if by_arrival else mix
        needed = dict.fromkeys([by, value, *([base] if base else []), *strata])
        of = rows.loc[rows[among], [*needed]]
        found = expected_by_chance(of, group=by, value=value, base=base, strata=strata, seed=seed)
        unknown = rows["is_undecided"] | (rows[UNKNOWN[measure]] if measure in UNKNOWN else False)
        found.loc[~_is_sure(found, rows, by, measure, strata, unknown), RANGE] = np.nan
        parts.append(found.join(bounds_of_measure(rows, by, value, measure, unknown), on=by).assign(measure=measure))
    table = pd.concat([*parts, *asked], ignore_index=True)
    is_known = np.isclose(table["least"], table["most"]) | table["value"].isna() | (table[by] == NOBODY)
    table[BOUNDS] = table[BOUNDS].mask(is_known)
    columns = [by, "measure", "cases", "value", "numerator", "denominator", "expected", *RANGE, *BOUNDS]
    return table.sort_values(by, key=group_order, kind="stable", ignore_index=True)[columns]


def _are_sure(table: pd.DataFrame, by: str) -> bool:
    """Return whether every figure of somebody has its range."""
    return not (table["value"].notna() & table["lower"].isna() & (table[by] != NOBODY)).any()


def _is_sure(
    found: pd.DataFrame, rows: pd.DataFrame, by: str, measure: str, strata: Sequence[str], unknown: pd.Series
) -> np.ndarray:
    """Return for whom it is known whether the figure lies in its range, whoever has the cases of nobody and whatever the blanks hold."""
    value, _base, among, _, needs = MEASURES[measure]
    strata = [name for name in strata if rows[name].notna().any()]
    asked = rows.loc[rows[among] | unknown, [*dict.fromkeys([by, value, *strata])]]
    asked = asked.assign(**{by: asked[by].replace(NOBODY, None)})
    asked[value] = asked[value].astype("float64").mask(unknown)
    is_whole = asked[[by, value, *strata]].notna().all(axis=None)
    if measure not in UNKNOWN:  # of sums and means no limits are known where anything is blank
        ended = rows[rows["is_done" if measure == "days_to_start" else "is_closed"]]
        is_whole = is_whole and ended[list(needs)].notna().all(axis=None)
    is_somebody = (found[by] != NOBODY).to_numpy()
    if is_whole or measure not in UNKNOWN:
        return is_somebody & bool(is_whole)
    return is_somebody & surely_judged(found, asked, group=by, value=value, strata=strata)


def _received(cases: Cases, first: pd.Timestamp, cut: pd.Timestamp) -> pd.DataFrame:
    """The petitions received, one a row, by the officer who is named in them, else the one of the case, and the case's team."""
    kept = cases.petitions.to_pandas()
    received = pd.to_datetime(kept["received_on"])
    kept = kept[(received >= first) & (received <= cut)]
    asked = ["case_no", "officer", "team", "court"]
    everyone = case_rows(cases, asked, at=cut).drop_duplicates("case_no").set_index("case_no")
    found = pd.DataFrame({name: kept["case_no"].map(everyone[name]).astype(object) for name in asked[1:]})
    found["officer"] = told_apart(
        cases, kept["officer"].where(kept["officer"].notna(), found["officer"]), found["court"]
    )
    return found.where(found.notna(), NOBODY)


def _petitions(cases: Cases, rows: pd.DataFrame, by: str, first: pd.Timestamp, cut: pd.Timestamp) -> pd.DataFrame:
    """Petitions received, expected by the number of cases handled; missing where the register keeps no petitions."""
    from scipy import stats

    handled = rows.groupby(by).size()
    table = pd.DataFrame({by: handled.index, "measure": "petitions", "cases": handled.to_numpy()})
    table[["value", "numerator", "denominator", "expected", *RANGE, *BOUNDS]] = np.nan
    if holds_none(cases, "petitions"):
        return table
    received = _received(cases, first, cut)
    counts = received[by].value_counts().reindex(handled.index, fill_value=0)
    expected = len(received) * handled / handled.sum()
    table["value"] = table["numerator"] = counts.to_numpy(dtype="float64")
    table["expected"] = expected.to_numpy()
    table["lower"], table["upper"] = (stats.poisson.ppf(tail, expected) for tail in TAILS)
    nobodys = table[by] == NOBODY  # whose cases and petitions may be anybody's
    spare, share = (table.loc[nobodys, name].sum() for name in ("value", "expected"))
    highest, lowest = table["value"] + spare, table["expected"] + share
    table["least"], table["most"] = table["value"], highest
    verdicts = [
        np.sign((value > stats.poisson.ppf(TAILS[1], mean)) * 1 - (value < stats.poisson.ppf(TAILS[0], mean)) * 1)
        for value, mean in ((highest, table["expected"]), (table["value"], lowest))
    ]
    table.loc[nobodys | (verdicts[0] != verdicts[1]), RANGE] = np.nan
    return table


def _counts(rows: pd.DataFrame, by: str, *, with_team: bool) -> pd.DataFrame:
    table = rows.assign(**flows(rows)).groupby(by)[list(FLOWS)].sum().astype("int64").reset_index()
    if by == "officer" and with_team:
        teams = rows.groupby(by)["team"].agg(lambda own: "、".join(sorted(own.dropna().unique())))
        table.insert(1, "team", table[by].map(teams))
    return table


def _quotas(cases: Cases, rows: pd.DataFrame, numbers: Mapping[str, Any]) -> pd.DataFrame:
    """The court's own scheme, criterion by criterion; only the numbers that the definition set holds."""
    judged = rows.assign(
        both=lambda t: t["is_filed"] & t["is_done"],
        both_unknown=lambda t: t["is_filed"] & t["is_undecided"],
        is_net_unknown=lambda t: t["is_net_unknown"] | t["is_undecided"],
    )
    asked = ["is_filed", "both", "both_unknown", "is_net", "is_net_unknown", "is_closed", "is_undecided"]
    sums = judged.groupby("officer")[asked].sum().astype("int64")
    nobodys = sums.reindex([NOBODY], fill_value=0).iloc[0]  # cases that may be anybody's
    sums = sums.drop(index=NOBODY, errors="ignore")
    filed, both, both_unknown, net, net_unknown, closed, undecided = (sums[name] for name in sums)
    handled = judged.groupby("officer")["is_handled"].sum().drop(index=NOBODY, errors="ignore")
    not_excellent = Text("不得评定为优秀", "not to be rated excellent")
    incompetent = Text("只能评定为不称职", "to be rated incompetent")
    parts = []
    if (share := numbers.get("filed_cases_closed_percent")) is not None:
        more = nobodys["both"] + nobodys["both_unknown"]
        rate = 100 * both / filed.where(filed > 0)
        least = 100 * both / (filed + nobodys["is_filed"] - nobodys["both"]).where(filed > 0)
        most = 100 * (both + both_unknown + more) / (filed + more).where(filed > 0)
        quotas = (float(share),) * 3
        parts.append(_criterion("filed_cases_closed", rate, least, most, both, filed, quotas, not_excellent))
    if (fewest := numbers.get("net_closings_per_officer")) is not None and not cases.lacking(*OF_NET):
        most = net + net_unknown + nobodys["is_net"] + nobodys["is_net_unknown"]
        parts.append(_criterion("net_closings", net, net, most, net, None, (float(fewest),) * 3, not_excellent))
    if (percent := numbers.get("incompetent_below_percent_of_mean")) is not None:
        # 低于人均办案件数60%: the officer's closings against the mean number of cases that an officer handled.
        quota = float(percent) / 100 * handled.mean()
        # cases of nobody may be of those named, which raises the mean, or of as many others, which lowers it
        more, people = int(((rows["officer"] == NOBODY) & rows["is_handled"]).sum()), max(len(handled), 1)
        quotas = (quota * people / (people + more), quota, quota * (1 + more / max(int(handled.sum()), 1)))
        most = closed + undecided + nobodys["is_closed"] + nobodys["is_undecided"]
        parts.append(_criterion("closed", closed, closed, most, closed, None, quotas, incompetent))
    columns = ["officer", "criterion", "value", *BOUNDS, "numerator", "denominator", "quota", "met", "consequence"]
    if not parts:
        return pd.DataFrame(columns=columns)
    return pd.concat(parts, ignore_index=True).sort_values("officer", kind="stable", ignore_index=True)[columns]


def _criterion(
    name: str,
    value: pd.Series,
    least: pd.Series,
    most: pd.Series,
    numerator: pd.Series,
    denominator: pd.Series | None,
    quotas: tuple[float, float, float],
    consequence: Text,
) -> pd.DataFrame:
    """A criterion: met where the ``least`` that it can be is enough; failed only where even the ``most`` is too little.

    ``quotas``: the lowest that the quota can be, the quota, the highest.
    """
    lowest, quota, highest = quotas
    met = (least >= highest).astype("boolean").where(value.notna() & ((least >= highest) | (most < lowest)))
    is_known = np.isclose(least, most) | value.isna()
    return pd.DataFrame(
        {
            "officer": value.index, "criterion": name, "value": value.to_numpy(dtype="float64"),
            "least": least.mask(is_known).to_numpy(dtype="float64"), "most": most.mask(is_known).to_numpy(dtype="float64"),
            "numerator": numerator.to_numpy(dtype="float64"),
            "denominator": np.nan if denominator is None else denominator.to_numpy(dtype="float64"),
            "quota": quota, "met": met.array, "consequence": np.where(met.eq(False).fillna(False), consequence.cell, ""),
        }
    )  # fmt: skip


def _items(items: str | Path | pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Hand-kept items by officer, every officer of the year in it; raises ``InputError`` for a name that no case has."""
    where = "items" if isinstance(items, pd.DataFrame) else str(items)
    table = hand_kept(items, where, ["officer"])
    table["officer"] = texts_of(table["officer"])
    everyone = sorted(set(rows["officer"]) - {NOBODY})
    strange = [str(row + 1) for row, name in enumerate(table["officer"]) if name not in everyone]
    if strange:  # by their place: a message shows no name
        raise InputError(
            f"{where}：第{'、'.join(strange)}行数据的承办人当年没有案件，请核对姓名。",
            f"{where}: the officers of data rows {', '.join(strange)} have no case in the year; check the names.",
        )
    return pd.DataFrame({"officer": everyone}).merge(table, on="officer", how="left")


def of_few_cases(counts: pd.DataFrame, by: str) -> set[str]:
    """Whose figures are not shown: fewer than three cases, and a second one where the total would give one away."""
    handled = pd.DataFrame({by: counts[by], "handled": counts["opening"] + counts["filed"]})
    hidden = suppress_small(handled, columns=["handled"])
    return set(hidden.loc[hidden["handled"].isna(), by])


def _shown(table: pd.DataFrame, by: str, shown: Mapping[str, str], few: set[str]) -> pd.DataFrame:
    """A table as it may be shown: figures of few cases taken out, people by what they are called, in that order."""
    if by not in table:
        return table
    table = without_few(table, by, few)
    table[by] = table[by].map(shown).astype("str")
    return table.sort_values(by, key=group_order, kind="stable", ignore_index=True)


def _without(table: pd.DataFrame, out: set[tuple[str, str]], kind: str) -> pd.DataFrame:
    """A table of officers and measures (or criteria) without the figures of those that are not shown."""
    if table.empty:
        return table
    kinds = table[kind].replace({"filed_cases_closed": "closed_of_filed"})
    gone = pd.Series([pair in out for pair in zip(table["officer"], kinds, strict=True)], index=table.index)
    return table.assign(**{str(name): table[name].mask(gone) for name in table if name not in LABELS and gone.any()})


def without_few(table: pd.DataFrame, by: str, few: Collection[str]) -> pd.DataFrame:
    """A copy of a table without the figures of those in ``few``."""
    hidden = table[by].isin(few)
    figures = [str(name) for name in table if name not in LABELS and hidden.any()]
    return table.assign(**{name: table[name].mask(hidden) for name in figures})


def _caption(
    cases: Cases,
    rows: pd.DataFrame,
    by: str,
    measures: Sequence[str],
    absent: Mapping[str, Sequence[str]],
    first: pd.Timestamp,
    last: pd.Timestamp,
    cut: pd.Timestamp,
    few: int,
    mix: Sequence[str],
    *,
    names: bool,
    besides: Sequence[Text],
) -> Text:
    alike = namesakes(cases) if by == "officer" else frozenset()
    someone = rows.loc[rows[by] != NOBODY, [by, "court"]]
    groups = len(someone.assign(court=someone["court"].where(someone[by].isin(alike))).drop_duplicates())
    said = [
        Text(
            f"{window_text(first, cut).zh}，办理案件{len(rows):,}件",
            f"{window_text(first, cut).en}, {len(rows):,} cases handled",
        )
    ]
    if names or by == "team" or len(rows) >= MINIMUM * groups:  # of as many officers as cases each has one
        said[0] += Text(f"，{groups}个{'承办人' if by == 'officer' else '小组'}", f" by {groups} {by}s")
    said += [
        _expected([name for name in mix if not cases.lacking(name)]),
        Text(
            "区间为仅由随机波动的95%范围：落在其中的差异不说明个人优劣",
            "the range is that of chance alone (95%): a difference inside it says nothing about the person",
        ),
    ]
    if alike:
        said.append(
            Text(
                f"{len(alike)}个姓名在几家法院都有，各院分列，姓名后写明法院",
                f"{len(alike)} names that several courts have stand in one row for each court, which is named beside them",
            )
            if names
            else of_several_courts(len(alike))
        )
    nobody = int((rows[by] == NOBODY).sum())
    if nobody:
        said.append(nobodys(by, nobody, names=names))
    said += [*besides, *_unknown(cases, rows, measures, absent)]
    if number := int(rows["is_undecided"].sum()):
        said.append(counted_open(number))
    if not cases.beginning.is_whole(first):
        said.append(cases.beginning.text)
    if not names and not cases.lacking("amount_claimed"):
        said.append(HELD_BACK)
    if by == "officer" and not names:
        said += [
            NOT_LISTED,
            Text("净执结和信访按人只供院内", "net closings and petitions of officers are for use inside the court"),
        ]
    if cut < last:
        said.append(
            Text(
                "年度未满，指标为截至当日，不作评定",
                "the year is not over: figures to that day, nobody is rated by them",
            )
        )
    if few:
        said.append(Text(f"案件过少的{few}行不显示", f"{few} rows of too few cases are not shown"))
    return joined(said)


def _expected(mix: Sequence[str]) -> Text:
    """Say what is expected of each, and by which columns of the register, and which time of arrival, cases count as alike."""
    arrival = Text(
        "结案数并分旧存、末三个月以前新收和末三个月新收",
        "closings also by whether a case was carried over, filed in the last three months, or before them",
    )
    if not mix:
        return Text(
            f"预期为全院案件平均应得之数，未按案件构成调整，{arrival.zh}",
            f"expected: the court's average, not adjusted for the mix of cases, {arrival.en}",
        )
    names = listed(column_of("cases")[name].text for name in mix)
    return Text(
        f"预期为按案件构成（{names.zh}）、全院同类案件平均应得之数，{arrival.zh}",
        f"expected: the court's average for cases of the same kinds ({names.en}), {arrival.en}",
    )


def _unknown(
    cases: Cases, rows: pd.DataFrame, measures: Sequence[str], absent: Mapping[str, Sequence[str]]
) -> list[Text]:
    """Return which measures the register cannot tell, and of how many closings it does not say enough."""
    said = []
    for columns in dict.fromkeys(lacking for lacking in absent.values() if lacking):
        names = [term(name) for name, lacking in absent.items() if lacking == columns]
        said.append(cannot_tell(columns, listed(names)))
    for name, say in (("over_limit", unstated), ("started_late", start_unknown)):
        if name in measures and (number := int(rows[UNKNOWN[name]].sum())):
            said.append(say(number))
    if "over_limit" in measures:
        said += holidays_unknown(rows[rows["has_limit"]])
    closed, unknown = rows[rows["is_closed"]], int(rows["is_net_unknown"].sum())
    if "net_closings" in measures and unknown:
        said.append(net_unknown(cases, closed))
    without = int((~closed["has_amounts"]).sum())
    if "recovery" in measures and without:
        blank = blank_called(cases, "amount_claimed", "amount_recovered")
        zh, en = f"到位率不含{blank.zh}金额的{without}件", f"recovery leaves out {without} closings without an amount"
        said.append(Text(zh, en))
    return said


def nobodys(by: str, number: int, *, names: bool) -> Text:
    """Say of so many cases that they name no officer (or team), and stand in nobody's figures.

    Outside not of how many that name no team: they may be one person's.
    """
    if by == "team" and not names:
        return of_stated([by])
    column, row = column_of("cases")[by].text, term("not_stated")
    return Text(
        f"未填{column.zh}的{number:,}件列为“{row.zh}”，其余各行不含",
        f'{number:,} cases state no {column.en}: they stand under "{row.en}" and in no other row',
    )


def start_unknown(number: int) -> Text:
    """Say of so many cases that it is not known whether they were started in time."""
    return Text(
        f"收到案卷或开始执行日期未填或读不出、因而不知是否按时开始、未计入逾期的案件：{number:,}件",
        f"Cases without a readable day of receipt or start, so that it is not known whether they were started in time, not counted as late: {number:,}",
    )


def net_unknown(cases: Cases, closed: pd.DataFrame) -> Text:
    """Return which amounts closings lack, and of how many it is therefore unknown whether they are net."""
    lacking = {name: int(closed[name].isna().sum()) for name in OF_NET}
    texts = [
        (column_of("cases")[name].text, number, blank_called(cases, name)) for name, number in lacking.items() if number
    ]
    zh = "、".join(f"{number}件{blank.zh}{text.zh}" for text, number, blank in texts)
    en = ", ".join(f"{number} lack the {text.en}" for text, number, _ in texts)
    unknown = int(closed["is_net_unknown"].sum())
    return Text(
        f"结案中{zh}；其中{unknown}件因此无法判断是否净执结，未计入",
        f"of the closings {en}; of {unknown} it is therefore unknown whether they are net, and they are not counted",
    )
