"""Changes of the stock between two days: filings, cases reopened, and closings by what they were, exactly."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.cases.table import Cases
from analysis.inference.cycle.series import read_flow
from analysis.measures.breakdowns import must_be_breakdown
from analysis.measures.pseudonyms import with_people_shown
from analysis.vocabulary.columns import closure_modes
from analysis.vocabulary.dates import window_text
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.labels import heading
from analysis.vocabulary.numerals import group_order
from analysis.vocabulary.periods import Period, days_of_period
from analysis.vocabulary.result import Result, made_up
from analysis.vocabulary.text import Text

OPENING, CLOSING, REST = "opening", "closing", "not_balanced"
TERMINATED = "terminated_this_round"
REOPENED = "reopened"
INFLOWS = ("filed", "reopened")
OUTFLOWS = ("performed", "settled", TERMINATED, "other_closings", "closings")
UNSTATED = "unstated_closings"  # of which the register does not say how they were closed
BY_MODE = (*OUTFLOWS[:-1], UNSTATED)  # compared with nothing where some closings do not say how they were closed
OPEN = ("court", "case_type", "basis")  # columns by which a change may be shown outside, over whatever days
LEAST_REFERENCES = 3  # earlier spans from which a scatter can be told
MOST_REFERENCES = 10
LEVEL = 0.95
FEN = 100


@dataclass(frozen=True, eq=False)
class StockChange(Result):
    """``table``: ``[by…], part, cases, amount`` and each part against its reference; the parts add up to the change exactly.

    ``part``: opening, filed, reopened, performed, settled, terminated_this_round, other_closings (closings alone without modes), unstated_closings
    (where some have no mode), closing. Inflows
    are positive, outflows negative: opening plus parts is closing. ``reference`` is the mean of the same part over equally long
    spans before ``start``, a year apart, or as many years as the span is long, so that none holds a day of another; ``difference`` what is
    beyond it, with 95% limits for one further span (Student, over those spans); missing where fewer than three lie in the data.
    ``amount`` (yuan claimed) stands for a register with ``names=True``.
    """

    table: pd.DataFrame
    start: pd.Timestamp
    end: pd.Timestamp
    caption: Text


def stock_change(
    cases: Cases | pd.DataFrame, *, period: Period, by: str | Sequence[str] = (), names: bool = False
) -> StockChange:
    """Split the change of the pending stock between two days, both included, into what came in and what went out.

    The stock is a sum of counts, so each part's share is its own count whatever the order in which parts are taken out: the Shapley value of a
    part (Shapley 1953) is that count, and nothing is left over. Of a register closings are parted by what a closure mode says of
    itself; of a flow (a table from ``caseflow``) only filings and closings are known, by whole periods.

    Raises ``ArgumentError`` for dates in the wrong order and for other columns, ``DataError`` where a flow has no period between them
    and for a register of which the stock is not whole on the first day (``Cases.beginning``).

    Parameters
    ----------
    cases : Cases or DataFrame
        The register, or a caseflow.
    period : year, text or pair of days
        The first and the last day, both included: ``2011``, ``"2011年上半年"``, ``("2009-01-01", "2011-12-31")``.
    by : str or list of str
        Columns of the register to part by: court, case_type, basis; a flow is parted by the columns it has.
    names : bool
        For use inside the court: parts by any column (team, officer …), and amounts, which over a few days tell of a single case.

    Returns
    -------
    StockChange
        The parts, and the stock before and after.

    >>> three = pd.DataFrame({
    ...     "filed_on": ["2010-03-01", "2011-02-01", "2011-03-01"],
    ...     "closed_on": ["2011-05-01", None, "2011-06-01"],
    ...     "closure_mode": ["completed", None, "terminated_this_round"],
    ... })
    >>> found = stock_change(Cases.from_frames(three, as_of="2011-12-31"), period=2011)
    >>> found.table.set_index("part")["cases"].to_dict()
    {'opening': 1, 'filed': 2, 'reopened': 0, 'performed': -1, 'settled': 0, 'terminated_this_round': -1, 'other_closings': 0, 'closing': 1}
    """
    register = None if isinstance(cases, pd.DataFrame) else cases
    first, last = days_of_period(period, calendar="calendar-year" if register is None else register.calendar)
    if isinstance(cases, pd.DataFrame):
        table, keys = _of_flow(cases, first, last)
        note = made_up(cases)
    else:
        if register is None:
            raise ArgumentError(
                "stock_change 需要台账（read_cases）或收结存表（caseflow）。",
                "stock_change needs a register (read_cases) or a flow (caseflow).",
            )
        keys = list(must_be_breakdown(by))
        if not names and (inside := next((name for name in keys if name not in OPEN), None)):
            raise ArgumentError(
                f"按“{heading(inside).zh}”分的存量变化只供院内：请加 names=True；对外可按{'、'.join(heading(name).zh for name in OPEN)}分。",
                f"Changes of the stock by {inside} are for use inside: add names=True; outside they are parted by {', '.join(OPEN)}.",
            )
        if not register.beginning.is_whole(first):
            why = register.beginning.text
            raise DataError(f"无法判断存量怎样变化：{why.zh}。", f"How the stock changed cannot be told: {why.en}.")
        table, note = _of_cases(register, first, last, keys), register.made_up
        if not names:
            table = with_people_shown(register, table.drop(columns="amount"), names=False)
    caption = Text(
        f"{window_text(first, last).zh}：期初存量加各部分恰等于期末存量；参照为此前各年同样长的一段的平均",
        f"{window_text(first, last).en}: opening and parts add up to closing exactly; the reference is the mean of equally long spans of earlier years",
    )
    return StockChange(table, first, last, caption + note)


def named_apart(rows: pd.DataFrame) -> pd.DataFrame:
    """Name what was filed anew apart where what was reopened stands beside it: in sentences filings hold both.

    >>> named_apart(pd.DataFrame({"part": ["filed", "reopened"]}))["part"].tolist()
    ['first_filed', 'reopened']
    >>> named_apart(pd.DataFrame({"part": ["filed", "closings"]}))["part"].tolist()
    ['filed', 'closings']
    """
    return rows.replace({"part": {"filed": "first_filed"}}) if REOPENED in set(rows["part"]) else rows


def _of_cases(cases: Cases, first: pd.Timestamp, last: pd.Timestamp, keys: list[str]) -> pd.DataFrame:
    events = _events(cases, keys)
    groups = events[keys].drop_duplicates().sort_values(keys, key=group_order) if keys else pd.DataFrame(index=[0])
    begun = cases.beginning
    known_from = last if begun.whole is None else max(events["on"].min(), begun.whole)
    names = [*INFLOWS, *(OUTFLOWS[-1:] if cases.lacking("closure_mode") else OUTFLOWS[:-1])]
    names += [UNSTATED] * bool((events["part"] == UNSTATED).any())
    rows = []
    for group in groups.to_dict("records") or [{}]:
        own = events
        for name, value in group.items():
            own = own[own[name].isna()] if pd.isna(value) else own[own[name] == value]
        rows += [group | row for row in _parts(own, first, last, known_from, names)]
    return pd.DataFrame(rows)


def _events(cases: Cases, keys: list[str]) -> pd.DataFrame:
    """Signed cases and amounts by day and part."""
    from analysis.cases import tallies

    filed = tallies.filed(cases, by=[*keys, "case_type"])
    filed["part"] = np.where(filed["case_type"] == REOPENED, "reopened", "filed")
    closed = tallies.closed(cases, by=keys)
    modes = dict.fromkeys(closure_modes("performed"), "performed") | dict.fromkeys(closure_modes("settled"), "settled")
    closed["part"] = closed["closure_mode"].map(modes | {TERMINATED: TERMINATED}).fillna("other_closings")
    closed.loc[closed["closure_mode"].isna(), "part"] = UNSTATED
    if cases.lacking("closure_mode"):
        closed["part"] = OUTFLOWS[-1]
    closed[["cases", "claimed_fen"]] *= -1
    columns = [*keys, "on", "part", "cases", "claimed_fen"]
    return pd.concat([filed[columns], closed[columns]], ignore_index=True)


def _parts(
    own: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, known_from: pd.Timestamp, names: list[str]
) -> list[dict[str, Any]]:
    before = own[own["on"] < first]
    within = _sums(own, first, last, names)
    spans = []
    each = next(years for years in itertools.count(1) if last - pd.DateOffset(years=years) < first)
    for number in range(1, MOST_REFERENCES + 1):
        back = pd.DateOffset(years=each * number)
        if first - back < known_from:
            break
        spans.append(_sums(own, first - back, last - back, names)["cases"])
    unstated = [int(span.get(UNSTATED, 0)) for span in (within["cases"], *spans)]
    opening, money = int(before["cases"].sum()), float(before["claimed_fen"].sum()) / FEN
    rows: list[dict[str, Any]] = [{"part": OPENING, "cases": opening, "amount": money}]
    for name in names:
        counted, fen = (int(value) for value in within.loc[name].to_numpy())
        rows.append(
            {"part": name, "cases": counted, "amount": fen / FEN}
            | _against(counted, [] if name in BY_MODE and any(unstated) else [float(span[name]) for span in spans])
        )
    total, amount = (sum(row[column] for row in rows) for column in ("cases", "amount"))
    rows.append({"part": CLOSING, "cases": int(total), "amount": amount})
    return rows


def _sums(own: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, names: list[str]) -> pd.DataFrame:
    inside = own[own["on"].between(first, last)]
    return inside.groupby("part")[["cases", "claimed_fen"]].sum().reindex(names, fill_value=0)


def _against(value: float, references: list[float]) -> dict[str, float]:
    """A part against the mean of its references, with limits for one further span."""
    empty = dict.fromkeys(("reference", "difference", "lower", "upper"), np.nan)
    if len(references) < LEAST_REFERENCES:
        return (
            empty
            | ({"reference": float(np.mean(references))} if references else {})
            | {"reference_spans": len(references)}
        )
    from scipy.stats import t as student

    count, mean = len(references), float(np.mean(references))
    reach = student.ppf(0.5 + LEVEL / 2, count - 1) * float(np.std(references, ddof=1)) * (1 + 1 / count) ** 0.5
    difference = value - mean
    return {
        "reference": mean,
        "difference": difference,
        "lower": difference - reach,
        "upper": difference + reach,
        "reference_spans": count,
    }


def _of_flow(flow: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> tuple[pd.DataFrame, list[str]]:
    rows: list[dict[str, Any]] = []
    groups = read_flow(flow)
    for one in groups:
        middles = one.middles
        inside = np.flatnonzero((middles >= first) & (middles <= last))
        if not len(inside):
            raise DataError(
                f"flow 中没有落在{first.date()}至{last.date()}之间的时期。",
                f"flow holds no period between {first.date()} and {last.date()}.",
            )
        filed, closed, stock = (one.values(name) for name in ("filed", "closed", "closing"))
        begin, end = int(inside[0]), int(inside[-1])
        opening = stock[begin] - filed[begin] + closed[begin] if begin == 0 else stock[begin - 1]
        length = len(inside)
        each = one.seasons * math.ceil(length / one.seasons)
        back = [begin - each * number for number in range(1, MOST_REFERENCES + 1)]
        parts = {"filed": filed, "closings": -closed}
        rows.append(one.group | {"part": OPENING, "cases": float(opening)})
        for name, values in parts.items():
            references = [float(values[at : at + length].sum()) for at in back if at >= 0]
            value = float(values[inside].sum())
            rows.append(one.group | {"part": name, "cases": value} | _against(value, references))
        rest = float(stock[end] - opening - filed[inside].sum() + closed[inside].sum())
        if rest:
            rows.append(one.group | {"part": REST, "cases": rest})
        rows.append(one.group | {"part": CLOSING, "cases": float(stock[end])})
    return pd.DataFrame(rows), list(groups[0].group)
