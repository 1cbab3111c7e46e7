"""Caseflow: opening + filed − closed = closing, for any period and any breakdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.cases import tallies
from analysis.cases.beginning import EMPTY_MONTHS, MOST_BEFORE, Beginning
from analysis.cases.closings import counted_open, undecided_by
from analysis.cases.table import Cases, known_on
from analysis.measures.breakdowns import must_be_breakdown
from analysis.measures.groups import group_codes
from analysis.measures.indicators.caveats import of_stated
from analysis.measures.open_teams import without_closed_teams
from analysis.measures.people_ledger import TOO_SHORT, without_hidden
from analysis.measures.pseudonyms import NOBODY, PEOPLE, in_several_courts, shown_court, with_people_shown
from analysis.measures.shared_tallies import Tallies, filed_or_closed
from analysis.measures.windows import Window, windows_of
from analysis.vocabulary.courts import SEVERAL_COURTS
from analysis.vocabulary.dates import added_up, day_text, period_text
from analysis.vocabulary.errors import ArgumentError, DataError, InputError, must_have_columns
from analysis.vocabulary.labels import heading
from analysis.vocabulary.periods import (
    CALENDARS,
    DAYS_PER_PERIOD,
    Day,
    Period,
    Periods,
    as_frequency,
    day,
    days,
    days_known,
    first_days,
    frequency_of,
    open_days_of_period,
    windows,
)
from analysis.vocabulary.text import Text, number_of

FLOWS = ("filed", "closed")
AT_MOST = Text(
    "；填全后各数只增不减，至多加上同期未填各行的数",
    "; once they do, no figure falls, and none rises by more than those of the period's rows that state none",
)
NOBODY_SHOWN = Text(
    "没有一名承办人的数字可以对外公布（承办人或其件数过少）；院内使用请加 names=True",
    "of no officer a figure may be shown outside (too few officers, or cases of theirs); inside the court use names=True",
)
# Windows that start on the first of a month can be asked of monthly tallies; the others need days.
MONTHLY = {"calendar-year": {"M", "Q", "Y"}}


def caseflow(
    cases: Cases | Tallies,
    *,
    freq: str = "M",
    periods: Periods = None,
    by: str | Sequence[str] = (),
    calendar: str | None = None,
    period: Period | None = None,
    at: Day | None = None,
    names: bool = False,
) -> pd.DataFrame:
    """Stock and flow of cases by period: ``closing = opening + filed − closed``.

    Columns: ``period`` (first day), the columns of ``by``, ``opening``, ``filed``, ``closed``, ``closing`` (cases).
    Of a register that leaves cases out, the opening stock is missing until it is whole, and the others are those of the cases in it, as
    ``.attrs["notes"]`` says.
    A case counts as filed on ``filed_on`` and closed on ``closed_on``, whatever its type or closure mode;
    break it down with ``by=`` or narrow the register with ``cases.where(case_type="first")`` first.

    Shared ``Tallies`` serve in place of cases for calendar months, quarters and years. ``freq`` is W (Saturday to Friday),
    M, Q or Y in the statistical ``calendar``; periods run from the first filing
    (or that of ``period``) to ``at``, the day as of which the register is taken (default its ``as_of``; or the last of ``period``).
    ``periods`` are taken in place of these as they are named, each by itself, with a column ``period_end``.
    Officers in ``by`` are pseudonyms unless ``names=True``, and of their figures only those are shown that the ledger of the
    register allows (``people_ledger``: quarters and years, no small count, none that others give away). Raises
    ``ArgumentError`` for an unknown frequency, calendar or column.

    Parameters
    ----------
    cases : Cases or Tallies
        The register, or tallies of one.
    freq : str
        ``W``, ``M``, ``Q`` or ``Y``.
    periods : list
        Periods by name (``2011年1—5月``, ``2011H1``, ``2011Q1-Q3``) or first and last day, in place of ``freq`` and ``period``.
    by : str or list of str
        Columns to break down by.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    period : year, text or pair of days
        What to count: ``2011``, ``"2011年上半年"``, ``("2009-01", None)``; without it from the first filing to the day to which the register is known.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` shows people by name, for use inside the court.

    Returns
    -------
    DataFrame
        One row a period and group.

    >>> cases = Cases.from_frames(
    ...     pd.DataFrame({"filed_on": ["2010-05-01", "2011-02-01"], "closed_on": ["2011-03-01", None]}), as_of="2011-12-31"
    ... )
    >>> caseflow(cases, freq="Y")[["opening", "filed", "closed", "closing"]].values.tolist()
    [[0, 1, 0, 1], [1, 1, 1, 1]]
    >>> caseflow(cases, periods=["2010H1", "2011年1—2月"])[["opening", "filed", "closed", "closing"]].values.tolist()
    [[0, 1, 0, 1], [1, 1, 0, 2]]
    """
    if periods is not None and period is not None:
        raise ArgumentError(
            "periods（各期单列）与 period（一段之内逐期）不能同用。",
            "periods (each by itself) and period (a stretch, cut by freq) do not go together.",
        )
    keys = must_be_breakdown(by, names=names, cases=cases if isinstance(cases, Cases) else None)
    calendar = calendar or (cases.calendar if isinstance(cases, Cases) else CALENDARS[0])
    freq = as_frequency(freq)
    apart = windows_of(periods, calendar)
    is_monthly = freq in MONTHLY.get(calendar, ()) and period is None and not apart
    unit = "month" if is_monthly else "day"
    start, end = open_days_of_period(period, calendar=calendar)
    if isinstance(cases, Tallies):
        known = cases.as_of if at is None else day(at, "at", last=True)
        flows = {name: filed_or_closed(cases, name, by=keys, unit=unit, at=at) for name in FLOWS}
    else:
        known = known_on(cases, at)
        flows = {name: tallies.counted(cases, name, by=keys, unit=unit, at=at) for name in FLOWS}
    first = (
        start
        if start is not None
        else min((tally["on"].min() for tally in flows.values() if len(tally)), default=known)
    )
    last = known if end is None else min(end, known)
    parts = [_frame_of(window, known) for window in apart]
    parts = parts or [_cut_at(last, windows(first, last, freq=freq, calendar=calendar))]
    table = pd.concat([_stock_and_flow(flows, frame, keys) for frame in parts], ignore_index=True)
    if apart:
        first, last = min(p["period"].min() for p in parts), max(p["period_end"].max() for p in parts)
    about = (None if apart else freq), calendar, keys, last
    if isinstance(cases, Tallies):
        return _with_about(table if apart else table.drop(columns="period_end"), *about)
    shown = _as_shown(cases, table, *about, first=first, names=names)
    return shown if apart or start is None else with_whole_first(shown, start)


def with_whole_first(flow: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """Return a flow with a note where its first period began before the day asked for: it is counted whole."""
    first = flow["period"].min()
    if first < start:
        named, since = period_text(first, flow.attrs["freq"]), day_text(start)
        said = Text(
            f"首期（{named.zh}）按整期计，含{since.zh}以前的日子",
            f"the first period ({named.en}) is counted whole, with its days before {since.en}",
        )
        flow.attrs["notes"] = [*flow.attrs.get("notes", []), said.cell]
    return flow


def _as_shown(
    cases: Cases,
    table: pd.DataFrame,
    freq: str | None,
    calendar: str,
    keys: tuple[str, ...],
    last: pd.Timestamp,
    *,
    first: pd.Timestamp,
    names: bool,
) -> pd.DataFrame:
    """A caseflow of a register as it may be shown, without openings that it does not hold, and what is to be said of it."""
    by_people = not names and bool(set(PEOPLE) & set(keys))
    if not names:
        table = without_closed_teams(cases, table, first=table["period"], last=table["period_end"])
    if by_people:
        table = without_hidden(cases, table, calendar=calendar)
    table = with_people_shown(cases, table, names=names, within=("period", "period_end"))
    if freq is not None:
        table = table.drop(columns="period_end")
    table = _with_about(table, freq, calendar, keys, last)
    if by_people and freq not in ("Q", "Y"):
        table.attrs["problems"].append(TOO_SHORT.cell)
    elif by_people and table.empty:
        table.attrs["problems"].append(_why_nobody(cases, keys).cell)
    if keys == ("team",):
        table.attrs["problems"] += _teams_added_up(cases)
    table.attrs["synthetic"] = cases.synthetic
    courts = table["court"].unique() if "court" in table else [None]
    begun = {court: cases.begun_at(court) if "court" in table else cases.beginning for court in courts}
    table = with_unstated(with_known_openings(table, begun, first), keys)
    if number := undecided_by(cases, last):
        table.attrs["problems"].append(counted_open(number).cell)
        table.attrs["undecided"] = number
    if "court" not in keys:
        if cases.whole is None:
            table.attrs["court"] = SEVERAL_COURTS.cell if len(cases.courts) > 1 else cases.court
        else:
            table.attrs["court"] = shown_court(cases, names=names)
    return table


def _why_nobody(cases: Cases, keys: tuple[str, ...]) -> Text:
    """Why no row of people is left."""
    missing = [heading(name) for name in keys if name in cases.lacking(*PEOPLE)]
    if not missing:
        return NOBODY_SHOWN
    return Text(
        f"台账没有“{missing[0].zh}”一列，分不出人",
        f'the register has no column "{missing[0].en}" to tell people apart by',
    )


def _frame_of(window: Window, known: pd.Timestamp) -> pd.DataFrame:
    """A period as a frame of one row, cut at the day to which the register is known."""
    if window.start > known:
        raise ArgumentError(
            f"periods：{window.start.date()}起的期间晚于台账的截止日{known.date()}。",
            f"periods: the one from {window.start.date()} is after the day to which the register is known, {known.date()}.",
        )
    return pd.DataFrame({"period": [window.start], "period_end": [min(window.end, known)]}).astype("datetime64[s]")


def with_known_openings(
    table: pd.DataFrame, begun: Mapping[str | None, Beginning], first: pd.Timestamp
) -> pd.DataFrame:
    """Return a caseflow without the opening stocks that the register does not hold, and with a note that says so.

    A register that leaves out cases filed or closed before a day says nothing of the periods before, nor does any of those before its
    first filing: they are no rows. ``begun`` is where the register of each court begins, or of all courts together under ``None``.
    """
    begins_on = min((of.filed for of in begun.values()), default=first)
    few = {court: of for court, of in begun.items() if of.how == "few" and first < begins_on}
    late = few | {court: of for court, of in begun.items() if not of.is_whole(first)}
    if not late:
        return table
    for court, of in late.items():
        begins = begins_on if court in few else of.whole if of.filings is None else of.filed
        if begins is not None:
            own = table["court"] == court if "court" in table else True
            table = table[~(_is_before(table, begins) & own)].reset_index(drop=True)
    courts = table["court"] if "court" in table else [None] * len(table)
    whole = np.array([begun[court].is_whole(start) for court, start in zip(courts, table["period"], strict=True)], bool)
    known = table if whole.all() else table.assign(opening=table["opening"].astype("Int64").where(whole))
    said = {court: of.older_unseen(first) if court in few else of.text for court, of in late.items()}
    known.attrs["notes"] = [_of_court(court, text).cell for court, text in said.items()]
    known.attrs["begins"] = sorted({str(of.filed.date()) for of in few.values()})
    return known


def _cut_at(last: pd.Timestamp, frame: pd.DataFrame) -> pd.DataFrame:
    """Periods of which the last ends on the day to which is counted."""
    return frame.assign(period_end=frame["period_end"].where(frame["period_end"] <= last, last))


def _is_before(table: pd.DataFrame, day: pd.Timestamp) -> Any:
    """Return which periods are over before a day; of periods that adjoin one ends where the next begins."""
    if "period_end" in table:
        return table["period_end"] < day
    begun = table.loc[table["period"] <= day, "period"]
    return table["period"] < begun.max() if len(begun) else pd.Series(False, index=table.index)


def _of_court(court: Any, text: Text) -> Text:
    """A sentence with the court that it is of, where a table is by court."""
    return text if pd.isna(court) else Text(f"{court}：{text.zh}", f"{court}: {text.en}")


def flow_of(
    flows: dict[str, pd.DataFrame],
    first: pd.Timestamp,
    last: pd.Timestamp,
    *,
    freq: str,
    calendar: str,
    keys: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Return the caseflow of tallies by day: ``flows`` are ``filed`` and ``closed``, each ``on, [keys…], cases``."""
    table = _stock_and_flow(flows, _cut_at(last, windows(first, last, freq=freq, calendar=calendar)), keys)
    return _with_about(table.drop(columns="period_end"), freq, calendar, keys, last)


def _stock_and_flow(flows: dict[str, pd.DataFrame], frame: pd.DataFrame, keys: tuple[str, ...]) -> pd.DataFrame:
    """Tallies laid into windows: a full grid of groups and periods, history before the first window as opening."""
    starts = frame["period"].to_numpy()
    kept = {name: tally[tally["on"] <= frame["period_end"].max()] for name, tally in flows.items()}
    found = {name: group_codes(tally, keys) for name, tally in kept.items()}
    # The groups of both flows in one order, and in it the place of every group of each.
    places, groups = group_codes(pd.concat([own for _, own in found.values()], ignore_index=True), keys)
    size = len(groups) if keys else 1
    cells = {}
    for name, (codes, own) in found.items():
        place, places = np.split(places, [len(own)])
        slot = np.searchsorted(starts, kept[name]["on"].to_numpy(), side="right")
        cells[name] = np.zeros((len(starts) + 1, size), dtype="int64")
        np.add.at(cells[name], (slot, place[codes]), kept[name]["cases"].to_numpy())
    closing = np.cumsum(cells["filed"] - cells["closed"], axis=0)
    table = pd.DataFrame({"period": starts.repeat(size), "period_end": frame["period_end"].to_numpy().repeat(size)})
    for key in keys:
        table[key] = groups[key].take(np.tile(np.arange(size), len(starts))).array
    table["opening"] = closing[:-1].ravel()
    for name in FLOWS:
        table[name] = cells[name][1:].ravel()
    table["closing"] = closing[1:].ravel()
    return table


def with_unstated(flow: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The flow with a problem for the groups that hold those cases alone that state them, where others state none."""
    blank = {key: flow[key].isna() | (flow[key] == NOBODY) for key in keys if key in flow}
    if unstated := [key for key, of in blank.items() if of.any() and not (key == "court" and of.all())]:
        flow.attrs["problems"].append((of_stated(unstated) + AT_MOST).cell)
    return flow


def _teams_added_up(cases: Cases) -> list[str]:
    """Say that teams of one name in several courts stand in one row."""
    number = len(in_several_courts(cases, "team"))
    said = Text(
        f'{number}个小组的名称在几家法院都有，数字是各院合计；要分开请用 by=["court", "team"]',
        f'{number_of(number, "team")} of one name in several courts added up; to tell them apart use by=["court", "team"]',
    )
    return [said.cell] if number else []


def _with_about(
    table: pd.DataFrame, freq: str | None, calendar: str, keys: tuple[str, ...], as_of: pd.Timestamp | None
) -> pd.DataFrame:
    table.attrs = {
        "table": "caseflow",
        "freq": freq,
        "calendar": calendar,
        "by": list(keys),
        "as_of": None if as_of is None else str(as_of.date()),
        "problems": [text.cell for text in stock_problems(table)],
    }
    return table


def stock_problems(flow: pd.DataFrame) -> list[Text]:
    """Report where a flow contradicts itself: a stock below zero, by its own figures; said, never clipped."""
    below = flow[flow["closing"] < 0]
    if below.empty:
        return []
    first, worst = below.iloc[0], below["closing"].min()
    when = day_text(first["period"])
    return [
        Text(
            f"按其自身数字，未结存量自{when.zh}起降到零以下（最低{worst:,}）：旧存、新收或结案至少一项有误或口径不一。",
            f"By its own figures the pending stock falls below zero from {when.en} (lowest {worst:,}): "
            "opening, filed or closed is wrong, or they do not share a definition.",
        )
    ]


def caseflow_from_counts(counts: pd.DataFrame, *, opening: float = 0) -> pd.DataFrame:
    """Caseflow from a table that someone else counted: ``closing = opening + Σ filed − Σ closed``.

    ``counts`` has ``period`` (a first day, or all last days; a month, quarter or year), ``filed``, ``closed`` and optionally ``court``, by these names or
    in words (时期, 新收, 结案, 法院); ``opening`` is the stock before the first period. A stock that falls below zero is reported in
    ``.attrs["problems"]``, never clipped. Raises ``InputError`` for a missing column, a missing number or a period twice.

    Parameters
    ----------
    counts : DataFrame
        ``period, filed, closed`` and, of several courts, ``court``, or their headings in either language.
    opening : float
        The stock before the first period.

    Returns
    -------
    DataFrame
        One row a period and group.

    >>> flow = caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [5, 3], "closed": [4, 6]}))
    >>> flow["closing"].tolist(), len(flow.attrs["problems"])
    ([1, -2], 1)
    """
    named = ("period", "court", *FLOWS)
    words = {word: name for name in named if name not in counts for word in (heading(name).zh, heading(name).en)}
    counts = counts.rename(columns=words)
    must_have_columns(counts, ("period", *FLOWS), "caseflow_from_counts")
    keys = ("court",) if "court" in counts else ()
    table = counts[["period", *keys, *FLOWS]].copy()
    table["period"] = _first_days_of(counts["period"])
    for name in FLOWS:
        table[name] = _whole(pd.to_numeric(table[name], errors="coerce"), name, table["period"])
    if table.duplicated(["period", *keys]).any():
        twice = table.loc[table.duplicated(["period", *keys]), "period"].iloc[0].date()
        raise InputError(
            f"时期{twice}出现了不止一次：每个法院每期应只有一行。", f"Period {twice} stands more than once."
        )
    table = table.sort_values([*keys, "period"], ignore_index=True)
    net = table["filed"] - table["closed"]
    table["closing"] = opening + (net.groupby(table["court"]).cumsum() if keys else net.cumsum())
    table["opening"] = table["closing"] - net
    table = table[["period", *keys, "opening", "filed", "closed", "closing"]].sort_values(
        ["period", *keys], ignore_index=True
    )
    return _with_about(table, frequency_of(table["period"]), "calendar-year", keys, None)


def _first_days_of(periods: pd.Series) -> pd.Series:
    """The first days of periods of one length, also where each is given by its last day, as pandas names sums of months."""
    read = days(periods, "period")
    if read.isna().any():
        raise InputError("caseflow_from_counts：period 有空白。", "caseflow_from_counts: period has blanks.")
    freq = frequency_of(read)
    if freq is None:
        return read.astype("datetime64[s]")
    lengths = (days_known(periods, last=True) - read).dt.days + 1  # 1 where a day is given, and no period by its name
    unlike = ~lengths.between(*DAYS_PER_PERIOD[freq]) & lengths.gt(1)
    if unlike.any():
        odd = periods[unlike].iloc[0]
        raise InputError(
            f"caseflow_from_counts：period 中的“{odd}”与其余时期长短不同，请分开给出。",
            f'caseflow_from_counts: "{odd}" in period is longer or shorter than the others: give them apart.',
        )
    return first_days(read, freq).astype("datetime64[s]")


def _whole(numbers: pd.Series, name: str, periods: pd.Series) -> pd.Series:
    if numbers.isna().any():
        where = periods[numbers.isna()].iloc[0].date()
        raise InputError(
            f"{where} 的 {name} 缺失或不是数字：请补上，或去掉该期之前的部分。缺失不会当作0。",
            f"{name} of {where} is missing or not a number: supply it, or leave out what comes before. It is not taken as 0.",
        )
    return numbers.astype("int64") if (numbers % 1 == 0).all() else numbers


def from_bulk(flow: pd.DataFrame) -> pd.DataFrame:
    """Return the monthly flow without a few early months and the empty years behind them; ``attrs["before"]`` are their filings."""
    busy = np.flatnonzero(flow[["filed", "closed"]].any(axis=1))
    after_gap = busy[1:][np.diff(busy) > EMPTY_MONTHS]
    filed = flow["filed"].cumsum()
    left = after_gap[
        filed.iloc[after_gap].to_numpy() - flow["filed"].iloc[after_gap].to_numpy() < MOST_BEFORE * filed.max()
    ]
    first = int(left.max(initial=0))
    cut = flow.iloc[first:].reset_index(drop=True)
    cut.attrs = flow.attrs | {"before": int(flow["filed"].iloc[:first].sum())}
    return cut


def as_summed(flow: pd.DataFrame) -> pd.DataFrame:
    """Return a flow whose months somebody added up to quarters or years as the flow of these; any other as it is.

    Raises ``DataError`` for periods that are neither those that the flow says, nor adjoin.
    """
    made = added_up(flow["period"], flow.attrs.get("freq"))
    if made is None:
        return flow
    begun, freq = made
    summed = flow.assign(period=begun)
    if freq is None or not _adjoin(summed):
        raise DataError(
            "flow 的各期不是它所说的周期，前后各期的存量也不相接：只取了几期，或相加时旧存、未结也加在了一起。"
            "请先用整段的 flow 计算，再取其中几期；要季、年的收结存请用 caseflow(freq=…)。",
            "flow has other periods than it says, and the stock of one is not that of the next: some were chosen, or opening and closing stocks "
            "added up. Compute first and choose then; quarters and years are given by caseflow(freq=...).",
        )
    summed.attrs = flow.attrs | {"freq": freq}
    return summed


def _adjoin(flow: pd.DataFrame) -> bool:
    """Whether each period of a group opens with the stock with which the one before closed."""
    known = ("period", "opening", *FLOWS, "closing")
    keys = [name for name in flow.attrs.get("by") or [c for c in flow if c not in known] if name in flow]
    opening = flow["closing"] - flow["filed"] + flow["closed"]
    ordered = flow.assign(opening=opening).sort_values("period")
    before = ordered.groupby(keys, dropna=False)["closing"].shift() if keys else ordered["closing"].shift()
    return bool((before.isna() | before.eq(ordered["opening"])).all())


def must_be_caseflow(flow: pd.DataFrame) -> pd.DataFrame:
    """Return the table if it is a caseflow; raises ``InputError`` for missing columns or a row of totals, ``ArgumentError`` for no table."""
    if not isinstance(flow, pd.DataFrame):
        raise ArgumentError("flow 应为 caseflow() 返回的表。", "flow must be a table as caseflow() returns it.")
    must_have_columns(flow, ("period", "opening", "filed", "closed", "closing"), "flow")
    if "period_end" in flow:
        raise ArgumentError(
            "flow 是若干各自的期间（caseflow(periods=…)），不是接连的时期：作图、看走势请用 caseflow(freq=…)。",
            "flow holds periods each by itself (caseflow(periods=...)), none on end: for a chart or a course use caseflow(freq=...).",
        )
    days(flow["period"], "period")
    return as_summed(flow)
