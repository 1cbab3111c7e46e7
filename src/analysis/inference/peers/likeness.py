"""Likeness of the courts of a plain table: of what days, definition, level and scope the rows of each are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pandas as pd

from analysis.inference.peers.panel_rows import calendar_months, counts_of, levels, levels_or_named
from analysis.returns.cells import PERIOD, text_of
from analysis.returns.figures import MEASURES
from analysis.returns.headings import column_of, part_of_year, plain_heading
from analysis.returns.several_courts import is_no_court, is_total
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.period_names import months_named, of_year
from analysis.vocabulary.periods import days, days_of_period, in_calendar_months
from analysis.vocabulary.sentences import period as in_words
from analysis.vocabulary.text import Text

ENDS = ["period_start", "period_end"]
ALIKE = ("definition", "level", "scope")
UNKNOWN = ("level", "scope")  # that have a reason of their own where they are blank
BLANK = ("",)  # what a court states none of
ASIDE = {*MEASURES, "staff", "unit", "note", "source", "source_date"}  # columns that do not say of what a row is
# beside its parts, what holds them all; and what is said to be in another
HOLDS_OTHERS = re.compile(
    r"全[院部年庭局体]|[总整]体|全年度|(?:本年|全年)?累计|所有|汇总|(?:全部|所有)(?:执行)?案件|all(?: cases| teams)?|sum|overall|(?:full|whole) (?:year|court)",
    re.IGNORECASE,
)
OF_WHICH = re.compile("其中|of which", re.IGNORECASE)
FEWEST_PARTS = 2  # of a total that figures alone give away
UNTIL = re.compile(r"截|止$|累计|(?:^|[ _])(?:as[ _]of|until|to[ _]date|cumulative)(?:$|[ _])", re.IGNORECASE)
UNTIL_A_DAY = re.compile("截[至止].*|.*月[底末]")
Stretch = tuple[pd.Timestamp, pd.Timestamp] | str


@dataclass(frozen=True)
class Likeness:
    """Why courts are not as most are (``reasons``), and the one period that most cover, in words (``period``)."""

    reasons: dict[object, str]
    period: Text


def likeness(data: pd.DataFrame, group: str, figures: Collection[str] = ()) -> Likeness:
    """Compare courts by the columns of a table that say of what days, definition, level and scope its rows are.

    Raises ``DataError`` for periods of a court that overlap, for rows of one period that nothing but their ``figures`` tells
    apart, and for a total beside its parts: what lies in both would be counted twice.

    >>> table = pd.DataFrame({"法院": ["甲法院", "甲法院", "乙法院", "丙法院"], "期间": ["2025H1", "2025H2", "2025年", "2025H1"]})
    >>> found = likeness(table, "法院")
    >>> found.reasons, found.period.en
    ({'丙法院': 'other_periods'}, '2025')
    """
    data, names = data.loc[:, ~data.columns.duplicated()], data[group]
    data = data.drop(columns=group)  # groups that are years or kinds of cases are what is compared
    named: dict[str, list[object]] = {}
    for column in data:
        named.setdefault(column_of(str(column), {}, None), []).append(column)
    courts = names.to_numpy()
    parts: dict[str, dict[object, tuple[Stretch, ...]]] = {}
    part_column = part_of_year({str(column): data[column] for column in data})
    stretches = _stretches(data, named, part_column)
    told = {
        column: data[column]
        for name, columns in named.items()
        for column in columns
        if name not in ASIDE and column not in figures
    }
    _must_hold_no_total(told, courts, stretches)
    if stretches is not None:
        _must_be_told_apart(told, courts, stretches)
        by_court = stretches.groupby(courts, sort=False)
        parts["other_periods"] = {court: _covered(str(court), cells) for court, cells in by_court}
    for name in ALIKE:
        if name in named:
            stated_by = _stated(data, name, named[name][0], names).groupby(courts, sort=False)
            parts[name] = {court: tuple(sorted(set(own))) for court, own in stated_by}
    reasons: dict[object, str] = {}
    period = Text("", "")
    for name, said in parts.items():
        stated = [part for part in said.values() if part != BLANK]
        usual = max(Counter(stated).items(), key=lambda part: (part[1], str(part[0])))[0] if stated else BLANK
        if name == "other_periods":
            period = _in_words(usual, set(ENDS) <= set(named) or PERIOD in named or part_column is not None)
        if name in ALIKE and len(usual) > 1:  # of several levels or scopes a court is made up
            continue
        for court, part in said.items():
            if part != usual:
                reasons.setdefault(court, f"{name}_unknown" if part == BLANK and name in UNKNOWN else name)
    return Likeness(reasons, period)


def _must_be_told_apart(told: Mapping[object, pd.Series], courts: np.ndarray, stretches: pd.Series) -> None:
    """Raise ``DataError`` for a court in several rows of one period that no text or number of a part (quarter, team) tells apart.

    A number is one of a part where it is whole and the table has no more of them than one court has rows; a count is hardly ever.
    """
    most = Counter(zip(courts, stretches, strict=True)).most_common(1)[0][1] if len(stretches) else 0
    parts = {name: column for name, column in told.items() if not _says_until_when(name, column)}
    texts = [column.astype(str) for column in parts.values() if _tells_parts(column, most)]
    again = pd.concat([pd.Series(courts, index=stretches.index), stretches, *texts], axis=1).duplicated()
    if again.any():
        court, when = courts[again][0], _named(stretches[again].iloc[0])
        raise DataError(
            f"“{court}”有几行同属一个期间（{when.zh}），没有一列能把它们分开，相加会重复计算：重复的请删去，否则请加一列写明各行是什么"
            "（如“范围”；编号请写成文字，如“3号”，各行不同的数字会当作件数、序号）。截至各日的累计数互相包含，每院只留一行。",
            f'"{court}" stands in several rows of one period ({when.en}) that no column tells apart, and would be counted twice: '
            "delete what is there twice, else say in a column of what each row is (as scope; write numbers of teams or officers "
            'as words, such as "no. 3": numbers that differ from row to row are taken for counts). Of cumulative figures keep one row a court.',
        )


def _says_until_when(name: object, column: pd.Series) -> bool:
    """Return whether a column says to what day the figures of its rows run (截至1—6月, 6月底): they hold each other."""
    texts = [text for cell in column if (text := text_of(cell))]
    return bool(UNTIL.search(str(name))) or bool(texts and all(map(UNTIL_A_DAY.fullmatch, texts)))


def _tells_parts(column: pd.Series, most: int) -> bool:
    """Return whether a column may say of what part its rows are: words, or so few whole numbers that they are no counts."""
    if pd.api.types.is_bool_dtype(column):
        return True
    texts = column.dropna().astype(str).str.strip().str.removesuffix("%")
    texts = texts[texts.ne("")]
    numbers = counts_of(texts, pd.Series("", index=texts.index))
    if numbers.isna().any():
        return True
    return bool((numbers % 1).eq(0).all()) and numbers.nunique() <= most


def _must_hold_no_total(told: Mapping[object, pd.Series], courts: np.ndarray, stretches: pd.Series | None) -> None:
    """Raise ``DataError`` for a court whose rows are parts and, in the same column and period, what holds these parts."""
    if not pd.Series(courts).duplicated().any():
        return
    places = [courts] if stretches is None else [courts, stretches.map(str).to_numpy()]
    for (name, column), (marks, shared) in product(told.items(), OVERLAPS):
        words = pd.Series([text_of(cell) or "" for cell in column])
        marked = words.map(lambda word, marks=marks: bool(marks(word)))
        others = ~marked & words.str.contains(shared)
        beside = marked & others.groupby(places, dropna=False).transform("any")
        if beside.any():
            court, word = courts[beside][0], words[beside].iloc[0]
            raise DataError(
                f"“{court}”有一行（{name}：{word}）与该院其他各行有重叠，相加会重复计算：请删去合计与“其中”各行，只留互不重叠的各行，或每院只留合计一行。",
                f'"{court}" has a row ({name}: {word}) that overlaps its other rows and would be counted twice: delete totals and rows '
                '"of which", and keep rows that share no case, or the total alone.',
            )


def _holds_others(word: str) -> bool:
    return is_no_court(word) or HOLDS_OTHERS.fullmatch(word) is not None


# what overlaps other rows of a court, and which of them: a total and what is "of which" all, 执行案件 those of a kind of enforcement (非诉执行审查 is none)
OVERLAPS = ((_holds_others, ""), (OF_WHICH.match, ""), (re.compile("执行案件").fullmatch, "^(?!.*非诉.*审查).*执行"))


def must_be_no_sum(rows: pd.DataFrame) -> None:
    """Raise ``DataError`` where in every court of several rows one is the sum of its others: a total by whatever name."""
    counts = rows[["numerator", "denominator"]]
    by_court = counts.groupby(rows["court"], sort=False)
    sums, several = by_court.transform("sum"), by_court["denominator"].transform("size").gt(FEWEST_PARTS)
    is_sum = several & (2 * counts).eq(sums).all(axis=1) & counts.gt(0).all(axis=1)
    courts = rows.loc[several, "court"].unique()
    if len(courts) >= FEWEST_PARTS and set(rows.loc[is_sum, "court"]) == set(courts):
        first = rows[is_sum].iloc[0]
        court, top, base = first["court"], f"{first['numerator']:,.10g}", f"{first['denominator']:,.10g}"
        raise DataError(
            f"“{court}”等有一行（{top}/{base}）恰为其余各行之和，是合计，相加会重复计算：请删去合计各行，或每院只留合计一行。",
            f'"{court}" and others have a row ({top} of {base}) that is the sum of their other rows, a total that would be counted twice: '
            "delete the totals, or keep the total alone.",
        )


def _named(stretch: Stretch) -> Text:
    return Text(stretch, stretch) if isinstance(stretch, str) else in_words(*stretch)


def _in_words(stretches: tuple[Stretch, ...], is_whole: bool) -> Text:
    """The period that a court's rows cover, in words; empty where it is not one, or only one of its ends is stated."""
    return _named(stretches[0]) if len(stretches) == 1 and is_whole else Text("", "")


def _stated(data: pd.DataFrame, name: str, column: object, courts: pd.Series) -> pd.Series:
    """The definition, level or scope of each row, empty where none is stated; of levels, where some are, those that names of courts say too."""
    cells = levels(data[column]).astype("object").map(text_of)
    if name == "level" and cells.notna().any():
        cells = levels_or_named(cells, courts)
    return cells.fillna("")


def _stretches(data: pd.DataFrame, named: Mapping[str, list[object]], part: str | None) -> pd.Series | None:
    """The first and last day of each row, months by whatever statistical calendar; what is no period as its text."""
    ends = {name: data[named[name][0]] for name in ENDS if name in named}
    if len(ends) == len(ENDS):
        months = calendar_months(pd.DataFrame(ends))
        pairs = zip(*(months[name] for name in ENDS), strict=True)
        return pd.Series(["" if all(map(pd.isna, pair)) else pair for pair in pairs], index=data.index)
    if PERIOD in named or part is not None:  # a year in one column, its months in another
        rows = data[named.get(PERIOD, [])].itertuples(index=False, name=None)
        years = ["".join(text_of(cell) or "" for cell in cells) for cells in rows]
        if part is not None:
            parts = map(_part_said, next(data[column] for column in data if str(column) == part))
            years = [of_year(year, plain_heading(part), said) or "" for year, said in zip(years, parts, strict=True)]
        return pd.Series([_stretch(said) for said in years], index=data.index)
    found = [days(column, name).map(lambda day: "" if pd.isna(day) else (day, day)) for name, column in ends.items()]
    return found[0] if found else None


def _part_said(cell: object) -> str | None:
    said = text_of(cell)
    return None if said is None or is_total(said) else said


def _stretch(said: str) -> Stretch:
    try:
        return in_calendar_months(*days_of_period(said))
    except ArgumentError:
        return said


def _must_not_overlap(court: str, parts: Iterable[str]) -> None:
    """Raise ``DataError`` for parts of a year that no cell names (1-3月, 1-6月) of which one lies in another."""
    spans = [(part, span) for part in parts if (span := months_named(f"2000年{part}")) is not None]
    for (one, (_, first, last)), (other, (_, start, end)) in combinations(spans, 2):
        if start <= last and first <= end:
            raise DataError(
                f"{court}的期间重叠（{one}、{other}），相加会重复计算：请每院只留一个期间，或首尾相接的几个期间。",
                f"Periods of {court} overlap ({one}, {other}) and would be counted twice: keep one period a court, or such as follow each "
                "other.",
            )


def _covered(court: str, stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The stretches of a court, adjoining ones as one: two half-years are a year."""
    found: list[Stretch] = []
    _must_not_overlap(court, sorted({stretch for stretch in stretches if isinstance(stretch, str)}))
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
