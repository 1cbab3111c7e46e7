"""The working rhythm: the tables that the court's meetings of a week, a month, a quarter and a year look at."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import pandas as pd

from analysis.cases.closings import counted_open
from analysis.cases.coverage import cannot_tell
from analysis.cases.table import known_on
from analysis.measures.court_levels import court_levels
from analysis.measures.limits.deadlines import OF_ORDINARY, OF_START, deadlines, start_days
from analysis.measures.limits.limits import (
    LimitOptions,
    Table,
    as_if_none,
    blank_days,
    columns_of_limit_lacking,
    holidays_unknown,
    surely_due,
    unstated,
    with_unknown_holidays,
)
from analysis.measures.officers.scorecard import (
    OfficerScorecard,
    net_unknown,
    nobodys,
    officer_scorecard,
    start_unknown,
)
from analysis.measures.officers.targets import EVALUATION, evaluation_gaps, next_targets, with_gaps
from analysis.measures.officers.workload import OF_NET, flows, handled_cases
from analysis.measures.open_sums import is_part
from analysis.measures.open_teams import NOT_SHOWN, touched_teams, without_closed_teams
from analysis.measures.people_ledger import NOT_LISTED, TOO_SHORT, people_ledger
from analysis.measures.pseudonyms import (
    NOBODY,
    case_list,
    namesakes,
    of_several_courts,
    shown_officers,
    told_apart,
    with_people_shown,
)
from analysis.measures.quota_scheme import scheme_numbers
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import ArgumentError, must_have_columns
from analysis.vocabulary.numerals import group_order
from analysis.vocabulary.periods import Period, days_of_period, months_of, must_be_calendar, windows, year_window
from analysis.vocabulary.result import Result
from analysis.vocabulary.sentences import AT_LEAST, period
from analysis.vocabulary.tables import table_html
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, joined

if TYPE_CHECKING:
    from analysis.cases.table import Cases

AMOUNTS = ("amount_claimed", "amount_recovered")
HALF_YEAR, CUMULATIVE = "H", "C"
KINDS = {1: "M", 3: "Q", 6: HALF_YEAR, 12: "Y"}  # of whole months on end; any other are cumulative
# What of the tables rests on which columns of the register.
NEEDS: dict[str, tuple[str, ...]] = {
    "officer": ("officer",), "team": ("team",), "net_closings": OF_NET, "started_late": OF_START,
    "amount_claimed": ("amount_claimed",), "amount_recovered": ("amount_recovered",),
}  # fmt: skip
NEXT_DAYS = {"W": 7, "M": 31}  # how far ahead the plans of a week and of a month look
OF_PEOPLE = ("Q", "Y")  # bulletins in which people stand outside: what is published of them is of quarters and years
TITLES = {
    "W": Text("执行工作周小结", "weekly summary of enforcement"),
    "M": Text("执行工作月度汇报", "monthly report on enforcement"),
    "Q": Text("执行工作季度通报", "quarterly bulletin on enforcement"),
    HALF_YEAR: Text("执行工作半年通报", "half-yearly bulletin on enforcement"),
    CUMULATIVE: Text("执行工作通报", "bulletin on enforcement"),
    "Y": Text("执行工作年终评比", "yearly review of enforcement"),
}


class BulletinOptions(LimitOptions, total=False):
    """Options of a bulletin beside its register and period."""

    evaluation: Table | None
    items: Table | None
    scheme: str | Path | None
    returns: pd.DataFrame | None
    calendar: str | None
    names: bool


@dataclass(frozen=True, eq=False)
class Bulletin(Result):
    """The tables of one period by name, in reading order.

    ``freq`` is W, M, Q, H (half-year), C (cumulative months) or Y, ``at`` the day as of which it is known. ``lead`` says what was on hand and
    closed, ``remarks`` what cannot be told or was not checked; the caption is both.
    """

    freq: str
    start: pd.Timestamp
    end: pd.Timestamp
    at: pd.Timestamp
    tables: Mapping[str, pd.DataFrame]
    caption: Text
    lead: Text
    remarks: tuple[Text, ...]

    def _repr_html_(self) -> str:
        shown = [table_html(table, caption=str(term(name))) for name, table in self.tables.items() if len(table)]
        return f"<p>{html.escape(str(self.caption))}</p>" + "".join(shown)


def bulletin(
    cases: Cases,
    *,
    period: Period,
    evaluation: str | Path | pd.DataFrame | None = None,
    items: str | Path | pd.DataFrame | None = None,
    scheme: str | Path | None = None,
    returns: pd.DataFrame | None = None,
    calendar: str | None = None,
    names: bool = False,
    **counting: Unpack[LimitOptions],
) -> Bulletin:
    """The tables of a week (Saturday to Friday), month, quarter, half-year, cumulative months or year, by officer and by team.

    ``period``: ``"2011-11-25"`` (the week that holds the day), ``"2011-11"``, ``"2011-Q4"``, ``"2011年上半年"``, ``"2011年1—5月"``,
    ``"2011年前三季度"`` or ``"2011"``, in the statistical ``calendar``. Every bulletin has ``statistics`` (opening, filed, closed and
    pending case by case, and beside them what the judicial statistics say, where ``returns`` hold a row of the court and the
    period), ``officers`` and ``teams`` (flow, net closings, amounts, over the limit). Further:

    * week: ``closed`` (the closings, case by case) and ``plans`` (the open cases, the most urgent first, with
      ``attention``: what falls due or must start in the next seven days, what is over or late);
    * month: ``closed`` and ``open``, case by case (``attention`` for the next 31 days);
    * quarter, half-year, months that end with a quarter: of a quarter ``evaluation`` (given: the higher court's table ``indicator, value,
      place, courts``); with ``names=True`` ``quotas`` (the year so far against the court's own, with gaps) and ``next_targets`` (by the rules of
      ``targets.next_targets``);
    * from a quarter on, of several courts: ``court_levels`` (all together, then each, beside the year before);
    * year: ``scorecard``; with ``names=True`` ``quotas`` and ``items`` (hand-kept, if given).

    What rests on a column that the register lacks is left out, and the caption says why; quotas and targets stand only where
    there is a ``scheme`` (default: the one that the register names). Officers are pseudonyms, lists of cases say no
    officer, and who has fewer than three cases is shown in no table, unless ``names=True``. Raises ``ArgumentError`` for a period
    that is none or not begun.

    Parameters
    ----------
    cases : Cases
        The register.
    period : text
        A day (its week), month, quarter, half-year, cumulative months or year.
    evaluation : DataFrame or path
        The higher court's table.
    items : DataFrame or path
        Items kept by hand.
    scheme : str or path
        The definition set whose quotas and targets hold; without it the one that the register names.
    returns : DataFrame
        Printed figures, as ``read_returns`` gives them.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    names : bool
        ``True`` shows people by name, for use inside the court.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    Bulletin
        The tables by name, and the caption.

    >>> from analysis import Cases
    >>> frame = pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-11-01"], "closed_on": ["2011-11-24"], "officer": ["甲"]})
    >>> week = bulletin(Cases.from_frames(frame, as_of="2011-11-30"), period="2011-11-25")
    >>> str(week.start.date()), str(week.end.date()), week.tables["closed"]["days"].tolist()
    ('2011-11-19', '2011-11-25', [23])
    """
    known = known_on(cases)
    calendar = calendar or cases.calendar
    freq, first, last = period_of(period, calendar=calendar)
    cut = min(last, known)
    for name, given, whole in (("evaluation", evaluation, "Q"), ("items", items, "Y")):
        if given is not None and freq != whole:
            raise ArgumentError(
                f"{term(name).zh}（{name}）只列入{TITLES[whole].zh}，period={period} 不是。请去掉它，或改 period。",
                f"{name} goes into the {TITLES[whole].en} only, which period={period} is not: leave it out, or change period.",
            )
    if first > cut:
        raise ArgumentError(
            f"台账截至{cases.as_of.date()}，{period} 尚未开始。",
            f"The register ends on {cases.as_of.date()}, before {period} begins.",
        )
    within, unlimited = start_days(cases, scheme), columns_of_limit_lacking(cases, counting)
    rows = handled_cases(cases, first=first, last=cut, start_within_days=within, further=["court"], **counting)
    printed = _printed(cases, returns, first, last)
    is_whole = cases.beginning.is_whole(first)
    tables = {"statistics": _statistics(cases, rows, printed, first, cut)} | _levels(cases, freq, first, cut, calendar)
    if is_whole:  # else people have cases that the register leaves out
        tables |= _by_people(cases, rows, scheme, freq, first, cut, calendar=calendar, unlimited=unlimited, names=names)
    if freq in NEXT_DAYS:
        due = deadlines(cases, at=cut, within_days=NEXT_DAYS[freq], scheme=scheme, names=True, **counting)
        closed, plans = (
            _listed(cases, rows[rows["is_closed"]], cut, "closed_on", unlimited=unlimited, names=names),
            "plans" if freq == "W" else "open",
        )
        still_open = _open(cases, rows, due, cut, unlimited=unlimited, names=names)
        by_limit = OF_ORDINARY if unlimited else {}
        tables["closed"] = case_list(cases, closed.rename(columns=by_limit), names=names)
        tables[plans] = case_list(cases, still_open.rename(columns=by_limit), names=names)
    elif is_whole and _is_reviewed(cases, freq, last, calendar, items=items, names=names):
        options: dict[str, Any] = {"scheme": scheme, "calendar": calendar, "names": names, **counting}
        card = officer_scorecard(cases, period=last.year, at=cut, items=items, **options)
        tables |= _review(card, names=names) if freq == "Y" else _targets(cases, card, last, cut, unlimited, options)
    if freq == "Q" and evaluation is not None:
        gaps = evaluation_gaps(evaluation)
        # Columns of its own may hold a remark: like those of a register that are not known they stay inside.
        tables["evaluation"] = gaps if names else gaps[[*EVALUATION, "courts_ahead", "share_ahead"]]
    lead = _caption(freq, first, last, cut, rows, is_whole=is_whole)
    said = _unsaid(cases, rows, printed, returns, unlimited, names=names) + blank_days(cases, counting)
    if not is_whole:
        said.append(cases.beginning.text)
    if not names and not cases.lacking("officer"):
        said += _of_officers(cases, freq, shown="officers" in tables) + _of_teams(cases, rows, first, cut, tables)
    return Bulletin(freq, first, last, cut, tables, joined([lead, *said]) + cases.made_up, lead, tuple(said))


def _of_officers(cases: Cases, freq: str, *, shown: bool) -> list[Text]:
    """Say which officers stand in no table outside."""
    if freq not in OF_PEOPLE:
        return [TOO_SHORT]
    number = len(namesakes(cases))
    return [NOT_LISTED, *([of_several_courts(number)] if number else [])] if shown else []


def _of_teams(
    cases: Cases, rows: pd.DataFrame, first: pd.Timestamp, cut: pd.Timestamp, tables: Mapping[str, pd.DataFrame]
) -> list[Text]:
    """Say that teams are left out, where any with cases in the period is."""
    left = "teams" in tables and touched_teams(cases, first, cut) & {*rows["team"].fillna(NOBODY)}
    return [NOT_SHOWN] if left else []


def _levels(cases: Cases, freq: str, first: pd.Timestamp, cut: pd.Timestamp, calendar: str) -> dict[str, pd.DataFrame]:
    """The courts of a higher court in one table, from a quarter on."""
    levels = None if freq in NEXT_DAYS else court_levels(cases, first, cut, calendar=calendar)
    return {} if levels is None or levels.empty else {"court_levels": levels}


def _is_reviewed(
    cases: Cases, freq: str, last: pd.Timestamp, calendar: str, *, items: Table | None, names: bool
) -> bool:
    """Whether quotas and scores are told: of a year, and of what ends with a quarter."""
    if (items is None and cases.lacking("officer")) or (is_part(cases) and not names):
        return False
    ends = windows(last, last, freq="Q", calendar=calendar)["period_end"].iloc[0]
    return freq == "Y" or bool(ends == last)


def period_of(period: Period, *, calendar: str = "calendar-year") -> tuple[str, pd.Timestamp, pd.Timestamp]:
    """Kind of bulletin, first and last day of a period as it is written; raises ``ArgumentError`` for another form.

    >>> kind, first, last = period_of("2011-Q4")
    >>> kind, str(first.date()), str(last.date())
    ('Q', '2011-10-01', '2011-12-31')
    >>> period_of("2011年上半年")[0], period_of("2011年1—5月")[0], period_of("2011年1—3月")[0]
    ('H', 'C', 'Q')
    >>> period_of(("2011-01", "2011-06"))[0], period_of("2011-11-25")[0]
    ('H', 'W')
    """
    must_be_calendar(calendar)
    try:
        first, last = days_of_period(period, calendar=calendar)
    except ArgumentError:
        raise _no_period(period) from None
    if (found := months_of(first, last, calendar=calendar)) is not None:
        _, month, until = found
        months = until - month + 1
        return KINDS.get(months, CUMULATIVE) if (month - 1) % months == 0 else CUMULATIVE, first, last
    week = windows(first, first, freq="W").iloc[0]
    start, end = pd.Timestamp(week["period"]), pd.Timestamp(week["period_end"])
    if first < last and (first, last) != (start, end):
        raise _no_period(period)
    return "W", start, end


def _no_period(period: Period) -> ArgumentError:
    return ArgumentError(
        f"period 不能是“{period}”：周写一天（2011-11-25），月写2011-11，季写2011-Q4，半年写2011年上半年，累计写2011年1—5月，年写2011。",
        f'period cannot be "{period}": write a day for a week (2011-11-25), 2011-11, 2011-Q4, 2011H1, 2011M1-M5 or 2011.',
    )


def _printed(
    cases: Cases, returns: pd.DataFrame | None, first: pd.Timestamp, last: pd.Timestamp
) -> dict[str, float] | None:
    """Find the judicial statistics of the court and the period; ``None`` without a return of them."""
    if returns is None:
        return None
    must_have_columns(returns, ("court", "period_start", "period_end"), "returns")
    starts, ends = (pd.to_datetime(returns[name], errors="coerce") for name in ("period_start", "period_end"))
    own = returns[(returns["court"] == cases.court) & (starts == first) & (ends == last)]
    if own.empty:
        return None
    numbers = own.iloc[0].reindex(["opening", "filed", "closed", "closing"])
    return dict(pd.to_numeric(numbers, errors="coerce").rename({"closing": "pending"}))


def _statistics(
    cases: Cases, rows: pd.DataFrame, printed: Mapping[str, float] | None, first: pd.Timestamp, cut: pd.Timestamp
) -> pd.DataFrame:
    """Stock and flow case by case, beside the judicial statistics where there are such.

    Where the register leaves out cases, a count is ``…_at_least`` that of the cases listed, and the opening stock is left out.
    """
    counts = {name: int(of_case.sum()) for name, of_case in flows(rows).items()}
    unknown = at_least(cases, first, cut)
    if "pending" in unknown:  # of the cases listed those that may be closed are not surely pending
        counts["pending"] -= int(rows["is_undecided"].sum())
    listed = {f"{name}_at_least" if name in unknown else name: n for name, n in counts.items()}
    listed.pop("opening_at_least", None)
    table = pd.DataFrame({"item": list(listed), "listed": list(listed.values())})
    if printed is None:
        return table
    table.insert(1, "statistics", table["item"].map(printed).astype("Float64"))
    return table.assign(agrees=(table["statistics"] == table["listed"]).where(table["statistics"].notna()))


def at_least(cases: Cases, first: pd.Timestamp, last: pd.Timestamp) -> frozenset[str]:
    """Name the counts of a period of which a register that leaves out cases holds a part only."""
    begun = cases.beginning
    if begun.is_whole(first):
        return frozenset()
    found = {"opening", "closed"} | (set() if begun.holds_filings(first) else {"filed"})
    return frozenset(found | (set() if begun.is_whole(last + pd.Timedelta(days=1)) else {"pending"}))


def _unsaid(
    cases: Cases,
    rows: pd.DataFrame,
    printed: Mapping[str, float] | None,
    returns: pd.DataFrame | None,
    unlimited: Sequence[str],
    *,
    names: bool,
) -> list[Text]:
    """Say what this bulletin lacks: judicial statistics that were not given, figures of columns that are not there."""
    said = []
    if returns is None:
        said.append(
            Text("未提供司法统计报表，未核对", "no return of the judicial statistics was given: nothing was checked")
        )
    elif printed is None:
        said.append(
            Text(
                "司法统计报表中没有本院本期的一行，未核对",
                "the judicial statistics given hold no row of this court and period: nothing was checked",
            )
        )
    for name, needs in NEEDS.items():
        if absent := cases.lacking(*needs):
            said.append(cannot_tell(absent, term(name)))
    if number := int(rows["is_undecided"].sum()):
        said.append(counted_open(number))
    if unlimited:
        said.append(as_if_none(unlimited))
    said += holidays_unknown(rows[rows["has_limit"]])
    return said + _of_blanks(cases, rows, names=names)


def _of_blanks(cases: Cases, rows: pd.DataFrame, *, names: bool) -> list[Text]:
    """Say of how many cases blank cells leave open whose they are, or what is counted of them."""
    unnamed = [name for name in ("officer", "team") if not cases.lacking(name)]
    numbers: list[tuple[Callable[[int], Text], pd.Series]] = [
        *((partial(nobodys, name, names=names), rows[name].isna()) for name in unnamed),
        (start_unknown, rows["is_start_unknown"]),
        (unstated, rows["is_limit_unknown"] & rows["is_pending"]),
    ]
    said = [say(int(which.sum())) for say, which in numbers if which.any()]
    if not cases.lacking(*OF_NET) and rows["is_net_unknown"].any():
        said.append(net_unknown(cases, rows[rows["is_closed"]]))
    return said


def _by(
    cases: Cases, rows: pd.DataFrame, keys: list[str], scheme: str | Path | None, unlimited: Sequence[str]
) -> pd.DataFrame:
    """Flow, net closings, amounts (yuan) and cases over the limit, by officer or team; amounts are of the closings that name one."""
    closed = rows["is_closed"]
    held = rows["has_amount"] if cases.lacking("amount_recovered") else rows["has_amounts"]
    counted = rows[keys].assign(
        **flows(rows), net_closings=rows["is_net"],
        over_limit=rows["is_over"] & rows["is_pending"], started_late=rows["is_late"], without_amount=closed & ~held,
    )  # fmt: skip
    absent = [name for name, needs in NEEDS.items() if cases.lacking(*needs)]
    if not start_days(cases, scheme):
        absent.append("started_late")
    if "amount_claimed" in absent:
        absent.append("without_amount")
    if unlimited:
        absent.append("over_limit")
    counted = counted.drop(columns=absent, errors="ignore")
    sums = counted.groupby(keys, dropna=False).sum().astype("int64")
    for name in (name for name in AMOUNTS if name not in absent):
        amounts = rows[keys].assign(of=rows[name].where(closed)).groupby(keys, dropna=False)["of"].sum(min_count=1)
        sums[name] = amounts.where(sums["closed"] > 0, 0.0)
    return sums.reset_index()


def _by_people(
    cases: Cases,
    rows: pd.DataFrame,
    scheme: str | Path | None,
    freq: str,
    first: pd.Timestamp,
    cut: pd.Timestamp,
    *,
    calendar: str,
    unlimited: Sequence[str],
    names: bool,
) -> dict[str, pd.DataFrame]:
    """The figures by officer and by team as they may be shown; of several courts inside by court too, and not by team.

    Without names officers stand in bulletins of a quarter and a year alone, with what the register's ledger lets be shown of
    their stock and flow, and none whose name several courts have. Teams of one officer are left out (``open_teams``).
    """
    is_one_court = len(cases.courts) < 2  # every court has a 执行一组 of its own, and officers may have one name in two
    asked = ("officer", "team") if is_one_court else ("court", "officer", "team")
    groups = [name for name in asked if not cases.lacking(name)]
    tables: dict[str, pd.DataFrame] = {}
    if "officer" in groups and names:
        named = with_people_shown(cases, rows[groups], names=True).fillna(NOBODY)
        tables["officers"] = _by(
            cases, rows.assign(**{name: named[name] for name in groups}), groups, scheme, unlimited
        )
    elif "officer" in groups and freq in OF_PEOPLE and not is_part(cases):
        officers = _by(cases, rows.assign(officer=rows["officer"].fillna(NOBODY)), ["officer"], scheme, unlimited)
        officers = officers[["officer", "opening", "filed", "closed", "pending"]]
        officers = officers[~officers["officer"].isin(namesakes(cases))]
        ledger = people_ledger(cases, person="officer", calendar=calendar)
        officers = ledger.shown(officers, first, cut)
        officers["officer"] = officers["officer"].where(officers["officer"] != NOBODY)
        tables["officers"] = with_people_shown(cases, officers, names=False)
    if "team" in groups and is_one_court and (names or not is_part(cases)):
        teams = _by(cases, rows.assign(team=rows["team"].fillna(NOBODY)), ["team"], scheme, unlimited)
        teams = teams.sort_values("team", key=group_order, ignore_index=True)
        if not names:
            teams = teams.drop(columns=[*AMOUNTS, "without_amount"], errors="ignore")
            teams = without_closed_teams(cases, teams, first=first, last=cut)
            teams["team"] = teams["team"].where(teams["team"] != NOBODY)
            teams = with_people_shown(cases, teams, names=False).fillna({"team": NOBODY})
        tables["teams"] = teams
    return tables


def _listed(
    cases: Cases, rows: pd.DataFrame, cut: pd.Timestamp, order: str, *, unlimited: Sequence[str], names: bool
) -> pd.DataFrame:
    """Cases one by one: ``days`` from filing to the closing, or to the day of the bulletin; by officer where these are named."""
    by = ["officer"] if names else []
    listed = rows.sort_values([*by, order, "case_no"], kind="stable", ignore_index=True)
    listed["days"] = (listed["closed_on"].fillna(cut) - listed["filed_on"]).dt.days.astype("int64")
    listed["due_on"] = surely_due(listed)
    if listed["is_limit_unknown"].any():
        listed["is_over"] = listed["is_over"].astype("boolean").mask(listed["is_limit_unknown"])
    columns = [
        "officer", "team", "case_no", "filed_on", "closed_on", "closure_mode", "days", "due_on", "assumed", "is_over",
        "amount_claimed", "amount_recovered",
    ]  # fmt: skip
    lacking = {
        *cases.lacking("officer", "team", "closure_mode", *AMOUNTS),
        *(["is_over"] if unlimited else []),
    }
    return with_unknown_holidays(listed[[name for name in columns if name not in lacking]])


def _open(
    cases: Cases, rows: pd.DataFrame, due: pd.DataFrame, cut: pd.Timestamp, *, unlimited: Sequence[str], names: bool
) -> pd.DataFrame:
    """Open cases one by one, the most urgent (of each officer) first, and what asks for attention in each."""
    pending = rows[rows["is_pending"] & ~rows["is_undecided"]]
    listed = _listed(cases, pending, cut, "due_on", unlimited=unlimited, names=names)
    kinds = due.groupby("case_no")["kind"].agg(list)
    listed["days_left"] = (listed["due_on"] - cut).dt.days.astype("Int64")
    said = [joined([term(kind) for kind in kinds.get(case, [])]).cell for case in listed["case_no"]]
    if any(said):
        listed["attention"] = pd.Series(said, index=listed.index, dtype="str")
    return listed.drop(columns=["closed_on", "closure_mode"], errors="ignore")


def _review(card: OfficerScorecard, *, names: bool) -> dict[str, pd.DataFrame]:
    """The year: each officer's figures beside chance; inside the quotas, and what was kept by hand."""
    shown = {"quotas": card.scheme, "items": card.items} if names else {}
    return {"scorecard": card.table, **{name: table for name, table in shown.items() if len(table)}}


def _targets(
    cases: Cases,
    card: OfficerScorecard,
    last: pd.Timestamp,
    cut: pd.Timestamp,
    unlimited: Sequence[str],
    options: Mapping[str, Any],
) -> dict[str, pd.DataFrame]:
    """The quarter: the year so far against the quotas, and what the next quarter asks; nothing where no scheme sets any."""
    numbers = scheme_numbers(cases, options["scheme"])
    if not len(card.scheme) or not options["names"]:  # what is asked of each officer is for the court's own meeting
        return {}
    counting = {k: v for k, v in options.items() if k not in ("scheme", "calendar", "names")}
    quarter = (last.month - 1) // 3 + 1
    year = year_window(last.year, calendar=options["calendar"])[0]
    rows = handled_cases(cases, first=year, last=cut, start_within_days=0, further=["court"], **counting)
    rows["officer"] = told_apart(cases, shown_officers(cases, rows["officer"], names=True), rows["court"])
    after = last + pd.Timedelta(days=1)
    next_end = windows(after, after, freq="Q", calendar=options["calendar"])["period_end"].iloc[0]
    if cases.lacking(*OF_NET):
        numbers = {name: number for name, number in numbers.items() if name != "net_closings_per_officer"}
    targets = next_targets(rows, numbers, quarter=quarter, next_end=next_end)
    if unlimited:  # nobody is asked to close what may have been extended
        targets = targets[targets["target"] != "due_by_quarter_end"].reset_index(drop=True)
    return {"quotas": with_gaps(card.scheme, quarter=quarter), "next_targets": targets}


def _caption(
    freq: str, first: pd.Timestamp, last: pd.Timestamp, cut: pd.Timestamp, rows: pd.DataFrame, *, is_whole: bool
) -> Text:
    closed, least = int(rows["is_closed"].sum()), Text("", "") if is_whole else AT_LEAST
    handled = int(rows["is_handled"].sum()) - (0 if is_whole else int((rows["is_undecided"] & ~rows["is_filed"]).sum()))
    named, known = period(first, last), day_text(cut)
    span = Text(
        f"{TITLES[freq].zh}：{named.zh}，受理{least.zh}{handled:,}件，结案{least.zh}{closed:,}件",
        f"{capital(TITLES[freq].en)}: {named.en}, {least.en}{handled:,} cases on hand, {least.en}{closed:,} closed",
    )
    if cut == last:
        return span
    return joined([span, Text(f"期间未满，截至{known.zh}", f"the period is not over: known to {known.en}")])
