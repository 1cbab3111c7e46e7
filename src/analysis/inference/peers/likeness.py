"""Likeness of the courts of a plain table: of what days, definition, level and scope the rows of each are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.inference.peers.panel_rows import calendar_months, levels, levels_or_named
from analysis.returns.cells import PERIOD, text_of
from analysis.returns.headings import column_of
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.periods import days, days_of_period, in_calendar_months
from analysis.vocabulary.sentences import period as in_words
from analysis.vocabulary.text import Text

ENDS = ["period_start", "period_end"]
ALIKE = ("definition", "level", "scope")
UNKNOWN = ("level", "scope")  # that have a reason of their own where they are blank
BLANK = ("",)  # what a court states none of
Stretch = tuple[pd.Timestamp, pd.Timestamp] | str


@dataclass(frozen=True)
class Likeness:
    """Why courts are not as most are (``reasons``), and the one period that most cover, in words (``period``)."""

    reasons: dict[object, str]
    period: Text


def likeness(data: pd.DataFrame, group: str) -> Likeness:
    """Compare courts by the columns of a table that say of what days, definition, level and scope its rows are.

    Raises ``DataError`` for periods of a court that overlap, and for rows of one period that nothing tells apart: what lies in
    both would be counted twice.

    >>> table = pd.DataFrame({"法院": ["甲法院", "甲法院", "乙法院", "丙法院"], "期间": ["2025H1", "2025H2", "2025年", "2025H1"]})
    >>> found = likeness(table, "法院")
    >>> found.reasons, found.period.en
    ({'丙法院': 'other_periods'}, '2025')
    """
    data = data.loc[:, ~data.columns.duplicated()]
    named: dict[str, list[object]] = {}
    for column in data:
        named.setdefault(column_of(str(column), {}, None), []).append(column)
    courts = data[group].to_numpy()
    parts: dict[str, dict[object, tuple[Stretch, ...]]] = {}
    if (stretches := _stretches(data, named)) is not None:
        _must_be_told_apart(data, courts, stretches)
        by_court = stretches.groupby(courts, sort=False)
        parts["other_periods"] = {court: _covered(str(court), cells) for court, cells in by_court}
    for name in ALIKE:
        if name in named:
            stated_by = _stated(data, name, named[name][0], group).groupby(courts, sort=False)
            parts[name] = {court: tuple(sorted(set(own))) for court, own in stated_by}
    reasons: dict[object, str] = {}
    period = Text("", "")
    for name, said in parts.items():
        stated = [part for part in said.values() if part != BLANK]
        usual = max(Counter(stated).items(), key=lambda part: (part[1], str(part[0])))[0] if stated else BLANK
        if name == "other_periods":
            period = _in_words(usual, named)
        if name in ALIKE and len(usual) > 1:  # of several levels or scopes a court is made up
            continue
        for court, part in said.items():
            if part != usual:
                reasons.setdefault(court, f"{name}_unknown" if part == BLANK and name in UNKNOWN else name)
    return Likeness(reasons, period)


def _must_be_told_apart(data: pd.DataFrame, courts: Iterable[object], stretches: pd.Series) -> None:
    """Raise ``DataError`` for a court in several rows of one period that no text or number of a part (quarter, team) tells apart.

    A number is one of a part where the whole table has no more of them than one court has rows; a count is hardly ever.
    """
    most = Counter(zip(courts, stretches, strict=True)).most_common(1)[0][1] if len(data) else 0
    texts = [
        data[column].astype(str)
        for column in data
        if not pd.api.types.is_numeric_dtype(data[column]) or data[column].nunique() <= most
    ]
    again = pd.concat([pd.Series(courts, index=data.index), stretches, *texts], axis=1).duplicated()
    if again.any():
        court, stretch = pd.Series(courts, index=data.index)[again].iloc[0], stretches[again].iloc[0]
        when = Text(stretch, stretch) if isinstance(stretch, str) else in_words(*stretch)
        raise DataError(
            f"“{court}”有几行同属一个期间（{when.zh}），没有一列能把它们分开，相加会重复计算：重复的请删去，否则请加一列写明各行是什么（如“范围”）。",
            f'"{court}" stands in several rows of one period ({when.en}) that no column tells apart, and would be counted twice: '
            "delete what is there twice, else say in a column of what each row is (as scope).",
        )


def _in_words(stretches: tuple[Stretch, ...], named: Mapping[str, list[object]]) -> Text:
    """The period that a court's rows cover, in words; empty where it is not one, or only one of its ends is stated."""
    if len(stretches) != 1 or not (PERIOD in named or set(ENDS) <= set(named)):
        return Text("", "")
    (only,) = stretches
    return Text(only, only) if isinstance(only, str) else in_words(*only)


def _stated(data: pd.DataFrame, name: str, column: object, group: str) -> pd.Series:
    """The definition, level or scope of each row, empty where none is stated; of levels, where some are, those that names of courts say too."""
    cells = levels(data[column]).astype("object").map(text_of)
    if name == "level" and cells.notna().any():
        cells = levels_or_named(cells, data[group])
    return cells.fillna("")


def _stretches(data: pd.DataFrame, named: Mapping[str, list[object]]) -> pd.Series | None:
    """The first and last day of each row, months by whatever statistical calendar; what is no period as its text."""
    ends = {name: data[named[name][0]] for name in ENDS if name in named}
    if len(ends) == len(ENDS):
        months = calendar_months(pd.DataFrame(ends))
        pairs = zip(*(months[name] for name in ENDS), strict=True)
        return pd.Series(["" if all(map(pd.isna, pair)) else pair for pair in pairs], index=data.index)
    if PERIOD in named:  # a year in one column, its months in another
        rows = data[named[PERIOD]].itertuples(index=False, name=None)
        return pd.Series([_stretch(cells) for cells in rows], index=data.index)
    found = [days(column, name).map(lambda day: "" if pd.isna(day) else (day, day)) for name, column in ends.items()]
    return found[0] if found else None


def _stretch(cells: Iterable[object]) -> Stretch:
    said = "".join(text_of(cell) or "" for cell in cells)
    try:
        return in_calendar_months(*days_of_period(said))
    except ArgumentError:
        return said


def _covered(court: str, stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The stretches of a court, adjoining ones as one: two half-years are a year."""
    found: list[Stretch] = []
    for stretch in sorted(set(stretches), key=str):
        before = found[-1] if found else ""
        if isinstance(before, tuple) and isinstance(stretch, tuple) and stretch[0] <= before[1] + pd.Timedelta(days=1):
            if stretch[0] <= before[1]:
                raise DataError(
                    f"{court}的期间重叠（{before[0].date()}至{before[1].date()}，{stretch[0].date()}至{stretch[1].date()}），相加会重复计算："
                    "请每院只留一个期间，或首尾相接的几个期间。",
                    f"Periods of {court} overlap ({before[0].date()} to {before[1].date()}, {stretch[0].date()} to {stretch[1].date()}) and would "
                    "be counted twice: keep one period a court, or such as follow each other.",
                )
            found[-1] = (before[0], stretch[1])
        else:
            found.append(stretch)
    return tuple(found)
