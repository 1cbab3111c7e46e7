"""How far first figures move until they are final: ``first_figures``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd

from analysis.cases.coverage import cannot_tell
from analysis.cases.table import Cases, known_on
from analysis.measures.indicators.indicators import indicators, sets_asked
from analysis.measures.indicators.quantity_sums import of_money
from analysis.measures.windows import asked_windows
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.indicator_sets.sets import definition_set
from analysis.vocabulary.periods import Periods
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text

ENTERED = "entered_on"
KEYS = ["indicator", "unit", "definition"]
SAME = 1e-9  # a figure that moved by less is the same


@dataclass(frozen=True, eq=False)
class FirstFigures(Result):
    """``figures``: a row an indicator and period, first and now; ``record``: a row an indicator, how often and how far it moved."""

    record: pd.DataFrame
    figures: pd.DataFrame
    caption: Text
    notes: tuple[Text, ...]


def first_figures(
    cases: Cases,
    *,
    periods: Periods = None,
    after: int = 5,
    definitions: str | Path | None = None,
    calendar: str | None = None,
    only: str | Iterable[str] | None = None,
    names: bool = False,
) -> FirstFigures:
    """Set each figure as it could be drawn up some days after its period beside what the register gives today.

    .. math:: \\text{change} = \\text{now} - \\text{first}

    First: of the cases entered (信息录入日期) by ``after`` days after the period's end. What is entered later, the late entries,
    moves the figure; a closing that was entered late on a case entered in time does not show, for a register keeps one day of
    entry a case. Cases without a day of entry count as entered in time, and the notes say how many.

    Parameters
    ----------
    cases : Cases
        The register, with the days of entry.
    periods : year, text, pair of days, or a list of them
        The periods; without them the last full year. Those that are not over by ``after`` days are left out.
    after : int
        Days from a period's end to the day on which its figures are drawn up.
    definitions : str, path or list
        The definition set; without it the one that the register names.
    calendar : str
        The statistical calendar; without it the register's.
    only : str or list of str
        Indicators to take, by id.
    names : bool
        ``True`` for use inside the court: sums of money too, whose change would tell those of a few late cases.

    Returns
    -------
    FirstFigures
        ``figures``: ``period_start, period_end, indicator, unit, definition, known_on, first, now, change``; ``record``: ``indicator, unit,
        definition, periods, moved, median_change, largest_change`` (the median of the absolute changes; the largest with its sign).

    Raises
    ------
    DataError
        For a register without days of entry, and where no period is over.
    ArgumentError
        For a negative number of days.

    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-03-01", "entered_on": ["2011-03-02"] * 3 + ["2011-05-02"]}
    >>> cases = Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> found = first_figures(cases, periods=["2011-03", "2011-04"], only="filed", definitions="counts")
    >>> found.figures[["first", "now", "change"]].values.tolist()
    [[3.0, 4.0, 1.0], [0.0, 0.0, 0.0]]
    >>> found.record[["periods", "moved", "median_change", "largest_change"]].values.tolist()
    [[2.0, 1.0, 0.5, 1.0]]
    """
    if after < 0:
        raise ArgumentError(
            f"after 应为不小于0的天数，不能是 {after}。", f"after must be a number of days of 0 or more, not {after}."
        )
    if cases.lacking(ENTERED):
        said = cannot_tell([ENTERED], Text("初次数字的变动", "how first figures move"))
        raise DataError(said.zh, said.en)
    days = pd.Timedelta(days=after)
    windows = [
        w for w in asked_windows(periods, calendar or cases.calendar, known_on(cases)) if w.end + days <= cases.as_of
    ]
    if not windows:
        raise DataError(
            f"所列期间在台账截止日（{cases.as_of.date()}）前{after}天内都没有结束，还没有可比的初次数字。",
            f"None of the periods was over {after} days before the register ends ({cases.as_of.date()}): there is no first figure to compare yet.",
        )
    drawn_up = partial(indicators, definitions=definitions, calendar=calendar, only=only, names=names)
    spans = [(w.start, w.end) for w in windows]
    now = drawn_up(cases, periods=spans)
    parts = [drawn_up(entered_by(cases, w.end + days), periods=[(w.start, w.end)]) for w in windows]
    first = pd.concat(parts).rename(columns={"value": "first"})
    on = ["period_start", "period_end", *KEYS]
    table = now[[*on, "value"]].rename(columns={"value": "now"}).merge(first[[*on, "first"]], on=on, how="left")
    if not names:
        money = frozenset().union(*(of_money(definition_set(name)) for name in sets_asked(cases, definitions)))
        table = table[~table["definition"].isin(money)]
    table = table.assign(known_on=table["period_end"] + days, first=table["first"].where(table["now"].notna()))
    table["change"] = table["now"] - table["first"]
    table = table[[*on, "known_on", "first", "now", "change"]].reset_index(drop=True)
    table.attrs["synthetic"] = cases.synthetic
    return FirstFigures(
        record=_record(table), figures=table, caption=_caption(len(windows), after), notes=_notes(cases, names=names)
    )


def entered_by(cases: Cases, day: pd.Timestamp) -> Cases:
    """Return the register as it was known on a day: without the cases that were entered after it.

    >>> rows = {"case_no": ["a", "b"], "filed_on": "2011-03-01", "entered_on": ["2011-03-02", "2011-05-02"]}
    >>> len(entered_by(Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31"), pd.Timestamp("2011-04-05")))
    1
    """
    table = cases.table
    if ENTERED in table.columns:
        table = table.filter(table.entered_on.isnull() | (table.entered_on.cast("date") <= day.date()))
    return replace(cases, table=table, as_of=day, begun=cases.beginning, restated=frozenset())


def _record(figures: pd.DataFrame) -> pd.DataFrame:
    """How often and how far each indicator moved, over the periods of which both figures are known."""
    known = figures.dropna(subset=["change"]).assign(size=lambda t: t["change"].abs())
    rows = known.groupby(KEYS, sort=False)
    largest = known.loc[rows["size"].idxmax()].set_index(KEYS)["change"]
    found = pd.DataFrame(
        {
            "periods": rows.size(),
            "moved": rows["size"].agg(lambda size: int((size > SAME).sum())),
            "median_change": rows["size"].median(),
            "largest_change": largest,
        }
    )
    found = found.reindex(pd.MultiIndex.from_frame(known[KEYS].drop_duplicates())).reset_index()
    found.attrs |= figures.attrs
    return found


def _caption(periods: int, after: int) -> Text:
    return Text(
        f"{periods}个期间，期末后{after}天的初次数字与现在的数字",
        f"{periods} periods: the first figures, {after} days after each end, beside those of today",
    )


def _notes(cases: Cases, *, names: bool) -> tuple[Text, ...]:
    blank = int(cases.table.filter(cases.table.entered_on.isnull()).count().execute())
    notes = [
        Text(
            "台账每案只有一个录入日期：及时录入的案件后来补录的结案看不出来，结案类数字的实际变动可能更大。",
            "The register keeps one day of entry a case: a closing entered late on a case entered in time does not show, and figures of closings "
            "may move further than this.",
        )
    ]
    if blank:
        notes.append(
            Text(
                f"{blank:,}件没有信息录入日期，视为及时录入。",
                f"{blank:,} cases without a day of entry count as entered in time.",
            )
        )
    if not names:
        notes.append(
            Text(
                "金额的变动会透露少数迟录案件的金额，只在院内看（names=True）。",
                "Changes of sums of money would tell those of a few late cases: for use inside (names=True).",
            )
        )
    return tuple(notes)
