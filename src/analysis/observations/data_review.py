"""The data review of a period (会商): every indicator beside the year before and the court's own interval, the weakest with what lies behind, and questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.reopenings import none_reopened
from analysis.cases.table import Cases, known_on
from analysis.observations.comparisons import ON_YEAR, Compared, compared
from analysis.observations.differences import three
from analysis.observations.drill import (
    ALONE,
    BEYOND,
    CHANCE,
    DRILL,
    EXACT,
    GROUPS,
    INCOMPARABLE,
    MOST_DRILLED,
    OF_CASE,
    UNTESTED,
    cases_behind,
    drilled,
    petitioned,
)
from analysis.observations.figures import Figures, name_of, of_cases, topic
from analysis.observations.observations import MOVED, ROUND, STOCK, Observations, observations
from analysis.observations.own_intervals import (
    Interval,
    interval_text,
    intervals_of,
    read_intervals,
)
from analysis.observations.ranking import TELLING, is_better, leaning
from analysis.observations.sentences import PARTS_OF_RATIO, is_of_few, is_of_few_cases, is_share_of_few
from analysis.vocabulary.columns import columns
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.frames import records
from analysis.vocabulary.indicator_sets.definition import WINDOWS, to_reach
from analysis.vocabulary.indicator_sets.sets import shipped_sets
from analysis.vocabulary.labels import unit_text
from analysis.vocabulary.numbers import difference, rounded
from analysis.vocabulary.periods import are_as_long, month_window, months_of, must_be_calendar, named_period, windows
from analysis.vocabulary.result import Result
from analysis.vocabulary.sentences import AT_LEAST, COUNTED, LEAST_BASE, amount, rate
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, listed, text_of_cell

if TYPE_CHECKING:
    from analysis.inference.cycle.variation import VariationTable
    from analysis.measures.indicators.blocks import Block
    from analysis.vocabulary.indicator_sets.definition import Definition

HEADLINES = 3
NOTHING = Text(
    "与上年同期相比，全院各项指标没有突出的变化。",
    "No indicator of the court as a whole changed by much on the same months of the year before.",
)
WEAKEST = MOST_DRILLED  # indicators that the meeting goes through one by one
EASED, WORSENED, SAME = Text("趋优", "better"), Text("趋劣", "worse"), Text("持平", "unchanged")
ROSE, FELL = Text("上升", "up"), Text("下降", "down")
RULE = Text(
    "弱项的排列：先列偏离本院合理区间的，再列比上年同期变差且超出随机波动的，再列变差而在随机波动之内的，不足三项时列相对靠后的（变好而超出随机波动的不列）；同一类按变差的幅度（标准误数）排列，同一方面只列一项。",
    "The weakest: first those outside the court's own interval, then those worse than a year before beyond random variation, then those worse within "
    "it, and where these are fewer than three the least improved (none that improved beyond random variation); within a kind by how many standard "
    "errors they moved, one of a topic.",
)
OFF, WORSE, BY_CHANCE, UNKNOWN, LEAST = (
    "deviates",
    "worse_beyond_chance",
    "worse_within_chance",
    "worse_untested",
    "least_improved",
)
IN_GROUP = "worse_in_a_group"
RANKS = {OFF: 0, WORSE: 1, BY_CHANCE: 2, UNKNOWN: 2, LEAST: 3}  # what was not tested may be chance
WHY = {
    OFF: Text("偏离合理区间", "outside the court's interval"),
    WORSE: Text("比上年同期变差，超出随机波动", "worse than the year before, beyond random variation"),
    BY_CHANCE: Text("比上年同期变差，但在随机波动之内", "worse than the year before, within random variation"),
    UNKNOWN: Text(
        "比上年同期变差，未作检验，不能判断是否属于随机波动",
        "worse than the year before, not tested: it may be random variation",
    ),
    IN_GROUP: Text(
        "全院没有变差超出随机波动，但有分组变差且超出随机波动",
        "the court as a whole is not worse beyond random variation, but a group of it is",
    ),
    LEAST: Text("没有变差，相对靠后", "not worse, but the least improved"),
}
SOME_BLANK = Text("（另有未填的）", " (others are blank)")
WITHIN_ALL = Text("没有一项指标偏离本院合理区间；", "No indicator is outside the court's own interval. ")
NONE_WEAK = Text(
    "经检验的比率没有一项比上年同期变差而超出随机波动：以下各项只是相对靠后，不是弱项，是否讨论由会商决定。",
    "No rate that was tested is worse than a year before beyond random variation: those gone through below are only the furthest behind, no weak "
    "points, and whether to discuss them is the meeting's choice.",
)
INDICATORS = (
    "indicator", "value", "least", "most", "numerator", "denominator", "unit", "base", "base_numerator", "base_denominator", "change",
    "interval_low", "interval_high", "position", "way", "judgement", "definition",
)  # fmt: skip
MONTHS_OF_VARIATION = 24  # behind the marks of variation
PARTS = {"drill": GROUPS, "behind": ("case_no", *OF_CASE, "received_on"), "questions": ("question",)}


@dataclass(frozen=True, eq=False)
class DataReview(Result):
    """``indicators``: a row each, with the year before, the court's interval, position, way and whether the change is real or chance;
    ``least`` and ``most`` are the bounds of one that leaves blanks out, whose position is said only where both ends have it. A share of fewer than 50
    cases, now or the year before, has no change in points and no way, and itself no position: ``shown_figure`` gives it by its parts. A mean of so few,
    and so few per hundred, are up or down and neither better nor worse.

    ``weakest``: the indicators to go through one by one and why; of these ``drill``, the figures by team, basis and township, ``behind``, the
    cases by number, and ``questions`` for the meeting; ``said_of_weakest`` says where none of them is weak. ``headlines`` and ``round`` say what
    stands out, ``missing`` what the register cannot show. ``variation`` marks the last month of every indicator of single months beside the months
    before that are as long (``variation_table``); it is empty where the register holds fewer than twelve such months. ``marks`` is the whole of it,
    which ``plot_control_limits`` draws.
    """

    indicators: pd.DataFrame
    weakest: pd.DataFrame
    drill: pd.DataFrame
    behind: pd.DataFrame
    questions: pd.DataFrame
    headlines: tuple[Text, ...]
    round: Text
    missing: tuple[Text, ...]
    variation: pd.DataFrame
    caption: Text
    periods: Compared = field(repr=False)
    marks: VariationTable | None = field(default=None, repr=False)

    @property
    def said_of_weakest(self) -> Text:
        """That none of the weakest is weak, where chance explains each or it did not worsen; nothing where one is, or a group or the last month is worse."""
        reasons = set(self.weakest["reason"])
        is_worse = len(self.variation) and (self.variation["variation"] == "worsening").any()
        if not reasons or is_worse or reasons & {WHY[of].cell for of in (OFF, WORSE, IN_GROUP)}:
            return Text("", "")
        return WITHIN_ALL + NONE_WEAK if (self.indicators["position"] != "").any() else NONE_WEAK

    def named(self, name: str) -> dict[str, Any] | None:
        """Return the row of an indicator by its name in either language or its id; ``None`` for any other text."""
        for row in self.indicators.to_dict("records"):
            if name.strip() in (*row["indicator"].split("\n"), row["definition"].rpartition("/")[2]):
                return {str(key): value for key, value in row.items()}
        return None

    def of(self, table: pd.DataFrame, indicator: str) -> pd.DataFrame:
        """Return the rows of one of the weakest, without its name."""
        return (
            table[table["indicator"] == indicator]
            .drop(columns="indicator")
            .dropna(axis=1, how="all")
            .reset_index(drop=True)
        )


def data_review(
    cases: Cases,
    *,
    to: int | str | None = None,
    definitions: str | Path | Sequence[str | Path] | None = None,
    intervals: str | Path | pd.DataFrame | None = None,
    calendar: str | None = None,
    names: bool = False,
) -> DataReview:
    """Lay out what a monthly or quarterly data review looks at: the months of the year so far beside those of the year before.

    Outside, groups and sums that say too much of a case are left out, and cases are listed by number alone; for the meeting inside, ``names=True``
    shows all. An interval (合理区间) is the user's own, of ``intervals``, or else the targets of a definition set of the user's own or of
    the scheme that the court chose; none is made up. Whether a change is real or chance is what ``observations`` finds: counts
    of all cases are facts and are not tested.

    Parameters
    ----------
    cases : Cases
        The register.
    to : str
        The last month (``2025-05``), or a quarter or half-year, to whose end the year is counted; without it the last month that is over.
    definitions : str, path or list
        The definition set; without it the one that the register names.
    intervals : DataFrame or path
        The court's own intervals: ``indicator, low, high`` (指标、下限、上限), either bound may be blank.
    calendar : str
        The statistical calendar; without it the register's.
    names : bool
        ``True`` for use inside the court: groups of one or two cases, the cases behind with their teams, townships as the register writes them.

    Returns
    -------
    DataReview
        The tables of the review.

    Raises
    ------
    ArgumentError
        For a month that is none, and an interval of no indicator.
    InputError
        For a table of intervals without the columns, or without numbers.

    >>> days = ["2010-02-01"] * 60 + ["2011-02-01"] * 60
    >>> closed = ["2010-03-01"] * 50 + [None] * 10 + ["2011-03-01"] * 30 + [None] * 30
    >>> frame = pd.DataFrame({"case_no": [f"（2011）晴执字第{n}号" for n in range(120)], "filed_on": days, "closed_on": closed})
    >>> found = data_review(Cases.from_frames(frame, as_of="2011-12-31"), to="2011-05", definitions="counts")
    >>> found.caption.zh, found.weakest["indicator"].iloc[0].split(chr(10))[0], len(found.behind)
    ('2011年1—5月，与2010年1—5月比较', '结案率', 40)
    """
    calendar = calendar or cases.calendar
    span = _months_to(cases, to, calendar)
    bounds = read_intervals(intervals)
    periods = compared(cases, span, calendar=calendar)
    whole = cases.beginning.is_whole(periods.now.start)
    figures = Figures.of(cases, periods, definitions, inside=names)
    chosen = figures.chosen if whole else ()
    own = {d.indicator: d.target for d in chosen if d.target is not None} | intervals_of(bounds, chosen)
    seen = observations(cases, period=span, definitions=definitions, calendar=calendar, names=names)
    moved = seen.of_kind(MOVED)
    moved = moved[moved["against"] == ON_YEAR].drop_duplicates("indicator").set_index("indicator")
    rows = [_row(d, figures, moved, own.get(d.indicator)) for d in chosen]
    table = pd.DataFrame([row for row in rows if row is not None], columns=[*INDICATORS, "reason", "score"])
    absent: dict[Text, list[Text]] = {}  # the indicators that cannot be shown, by the reason
    for definition in chosen:
        if _block(figures, definition, 0) is None:
            absent.setdefault(_why(figures, definition), []).append(name_of(definition))
    lacking = [columns("cases")[name].text for name in DRILL if cases.lacking(name)]
    said = [
        Text(f"台账没有“{text.zh}”一列，不能按此细分", f"the register has no column {text.en}: nothing is shown by it")
        for text in lacking
    ]
    parts = [_weak(figures, d, row, moved, names=names) for d, row in _weakest(table, chosen)]
    months, unlike = _months_alike(cases, periods.now.end, calendar)
    marks = _variation(cases, months, definitions, chosen, own, calendar=calendar, names=names) if months else None
    return DataReview(
        indicators=table[list(INDICATORS)],
        weakest=pd.DataFrame([part["weakest"] for part in parts], columns=["indicator", "reason", "sentence", "unit"]),
        **{name: _together([(p["weakest"]["indicator"], p[name]) for p in parts], of) for name, of in PARTS.items()},
        headlines=_headlines(seen),
        round=next(iter(_texts(seen.of_kind(ROUND))), Text("", "")),
        missing=(
            *([] if whole else [cases.beginning.text]),
            *([said_none] if (said_none := none_reopened(cases)).zh else []),
            *(listed(names) + Text(f"：{why.zh}", f": {why.en}") for why, names in absent.items()),
            *said,
            *(text for p in parts for text in p["missing"]),
            *([unlike] if unlike.zh else []),
        ),
        variation=pd.DataFrame() if marks is None else marks.table,
        caption=seen.caption,
        periods=periods,
        marks=marks,
    )


def _months_alike(
    cases: Cases, end: pd.Timestamp, calendar: str
) -> tuple[list[tuple[pd.Timestamp, pd.Timestamp]], Text]:
    """The whole months up to the last that are as long as it, none where they are too few, and which are left out: in 42 days more is filed than in 20."""
    from analysis.inference.cycle.variation import FEWEST

    months = windows(end - pd.DateOffset(months=MONTHS_OF_VARIATION - 1), end, freq="M", calendar=calendar)
    spans = zip(pd.to_datetime(months["period"]), pd.to_datetime(months["period_end"]), strict=True)
    whole = [(first, last) for first, last in spans if cases.beginning.is_whole(first)]
    alike = [span for span in whole if are_as_long(span, whole[-1])]
    if len(whole) < FEWEST or len(alike) == len(whole):
        return (alike if len(whole) >= FEWEST else []), Text("", "")
    own, left = (end - whole[-1][0]).days + 1, len(whole) - len(alike)
    said = Text(
        f"逐月波动只比长短相近的统计月份：最近一月{own}天，长短不同的{left}个月不计在内",
        f"month by month, statistical months as long as the last one ({own} days) alone are compared: {left} of other lengths are left out",
    )
    if len(alike) < FEWEST:
        return [], said + Text(
            f"，余下不足{FEWEST}个月，不作判断", f", and the rest are fewer than {FEWEST}: none is judged"
        )
    return alike, said


def _variation(
    cases: Cases,
    months: Sequence[tuple[pd.Timestamp, pd.Timestamp]],
    definitions: Any,
    chosen: Sequence[Definition],
    own: Mapping[str, Interval],
    *,
    calendar: str,
    names: bool,
) -> VariationTable | None:
    """Indicators by these months up to the last one of the review, each with its marks; the bound of the court's own interval is the target.

    Of an indicator that two sets define, the first; a rate of three years is none of a month.
    """
    from analysis.inference.cycle.variation import variation_table
    from analysis.measures.indicators.indicators import indicators, sets_asked

    monthly = {d.indicator: d for d in reversed(chosen) if WINDOWS[d.window] is None}
    named = {d.name: d for d in monthly.values()}
    sets = [*sets_asked(cases, definitions), *(d.set for d in named.values() if d.set in shipped_sets())]
    asked: Any = {"definitions": list(dict.fromkeys(sets)), "only": [d.id for d in named.values()]}
    table = indicators(cases, periods=months, calendar=calendar, names=names, **asked)
    table = table[table["definition"].isin(named)].drop_duplicates(["definition", "period_start"])
    told = set(table.loc[table["value"].notna(), "indicator"])
    known = table[
        table["indicator"].isin(told)
    ]  # also their months without a figure, which say how few cases there are
    if known.empty:
        return None
    directions = {name: d.direction for name, d in monthly.items() if name in told}
    targets = {name: to_reach(own[name], way) if name in own else None for name, way in directions.items()}
    return variation_table(known, targets=targets, directions=directions)


def _headlines(seen: Observations) -> tuple[Text, ...]:
    """What tells enough to head a review, or that nothing does; the change of the stock always."""
    heads = seen.headlines(HEADLINES)
    told = _texts(heads[heads["score"] >= TELLING])
    stock = [text for text in _texts(seen.of_kind(STOCK)) if text not in told]
    return (*(told or [NOTHING]), *stock)


def _texts(rows: pd.DataFrame) -> list[Text]:
    return [text_of_cell(cell) for cell in rows["sentence"]]


def _months_to(cases: Cases, to: Any, calendar: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The months of a statistical year up to the last of those asked for."""
    must_be_calendar(calendar)
    known = known_on(cases)
    if to is None:
        month = windows(known, known, freq="M", calendar=calendar).iloc[0]
        asked = (month["period"], month["period_end"])
        year, first, _ = months_of(*map(pd.Timestamp, asked), calendar=calendar) or (0, 0, 0)
        last = first if asked[1] <= known else first - 1
        year, last = (year, last) if last else (year - 1, 12)
    else:
        named = named_period(str(to), calendar=calendar)
        months = None if named is None else months_of(*named, calendar=calendar)
        if months is None:
            raise ArgumentError(
                f"to 应为月份或所到的期间，如2025-05、2025年1—5月、2025Q1，不能是“{to}”。",
                f'to must be a month or a period to the end of which is counted, as 2025-05, 2025M1-M5 or 2025Q1, not "{to}".',
            )
        year, _, last = months
    return month_window(year, 1, last, calendar=calendar)


def _block(figures: Figures, definition: Definition, years: int) -> Block | None:
    """The block of the period or of the year before; ``None`` where it has no figure."""
    window = (figures.periods.now, figures.periods.before)[years]
    block = None if window is None else figures.court.get((definition.name, window))
    return None if block is None or np.isnan(block.value[0]) else block


def _why(figures: Figures, definition: Definition) -> Text:
    """Why an indicator has no figure."""
    block = figures.court.get((definition.name, figures.periods.now))
    said = [
        text if isinstance(text, Text) else text[0]
        for text, groups in (block.said if block else [])
        if groups is None or 0 in groups
    ]
    said = list(dict.fromkeys(said))  # both sides of a ratio may want the same column
    whole = Text("；".join(text.zh for text in said), "; ".join(text.en for text in said))
    return whole if said else Text("台账没有所需的数字", "the register does not hold what it needs")


def _row(
    definition: Definition, figures: Figures, moved: pd.DataFrame, interval: Interval | None
) -> dict[str, Any] | None:
    """One indicator: beside the year before and its interval; ``None`` where it has no figure."""
    now, before = _block(figures, definition, 0), _block(figures, definition, 1)
    if now is None:
        return None
    value = float(now.value[0])
    row: Any = moved.loc[definition.indicator] if definition.indicator in moved.index else None
    is_compared = row is not None and not np.isnan(row["change"])
    if definition.indicator == "opening":  # the stock before: nobody's work of the period, known to the full
        is_compared = before is not None
    base = float(before.value[0]) if before is not None and is_compared else np.nan
    change = difference(value, base) if is_compared else np.nan
    parts, before_parts = (
        (np.nan, np.nan) if block is None or not definition.denominator else three(block)[1:]
        for block in (now, before if is_compared else None)
    )
    few, few_before = (is_share_of_few(side, definition.unit) for side in (parts, before_parts))
    of_few = bool(definition.denominator) and is_of_few(parts, before_parts, definition.unit)
    least, most = float(now.least[0]), float(now.most[0])
    ends = {value} if np.isnan(least) else {least, most}
    places = {replace(definition, target=interval).position(end) for end in ends} if interval and not few else {None}
    place = places.pop() if len(places) == 1 else None
    better = is_better(definition, change) if is_compared else None
    beyond = None if row is None or pd.isna(row["beyond_chance"]) else bool(row["beyond_chance"])
    judged = (
        (ALONE if before is None else INCOMPARABLE)
        if not is_compared
        else (EXACT if not definition.denominator else UNTESTED if beyond is None else BEYOND if beyond else CHANCE)
    )
    if place in ("off", "missed"):
        reason = OFF
    elif (
        leaning(definition) is None or not is_compared or not definition.denominator or of_few or parts[1] < LEAST_BASE
    ):
        reason = None  # counts are neither good nor bad by themselves, and of few cases a rate tells nothing
    else:
        worse = UNKNOWN if beyond is None else WORSE if beyond else BY_CHANCE
        is_best = value == 0 if leaning(definition) == "lower" else value >= 100  # there is nothing to go through
        least_improved = None if beyond else LEAST  # what improved beyond random variation is behind nothing
        reason = None if definition.unit == "%" and is_best else least_improved if better or change == 0 else worse
    return {
        "indicator": name_of(definition).cell, "value": value, "least": least, "most": most,
        "numerator": parts[0], "denominator": parts[1], "unit": definition.unit,
        "base": base, "base_numerator": before_parts[0], "base_denominator": before_parts[1], "change": np.nan if few or few_before else change,
        "interval_low": np.nan if not interval or interval[0] is None else interval[0],
        "interval_high": np.nan if not interval or interval[1] is None else interval[1],
        "position": term(f"position_{place}").cell if place else "", "way": "" if few or few_before else _way(change, None if of_few else better).cell,
        "judgement": judged.cell, "definition": definition.name,
        "reason": reason, "score": (-1 if reason == LEAST else 1) * float(0 if row is None else row["score"]),
    }  # fmt: skip


def _way(change: float, better: bool | None) -> Text:
    if np.isnan(change):
        return Text("", "")
    if change == 0:
        return SAME
    return (ROSE if change > 0 else FELL) if better is None else EASED if better else WORSENED


def _weakest(table: pd.DataFrame, chosen: tuple[Definition, ...]) -> Iterator[tuple[Definition, dict[str, Any]]]:
    """The weakest indicators, one of a topic (``RULE``)."""
    named = {d.name: d for d in chosen}
    seen: set[str] = set()
    told = table[table["reason"].notna()]
    order = told.assign(kind=told["reason"].map(RANKS)).sort_values(
        ["kind", "score"], ascending=[True, False], kind="stable"
    )
    for row in order.to_dict("records"):
        definition = named[row["definition"]]
        if topic(definition.indicator) not in seen and len(seen) < WEAKEST:
            seen.add(topic(definition.indicator))
            yield definition, {str(key): value for key, value in row.items()}


def _weak(
    figures: Figures, definition: Definition, row: Mapping[str, Any], moved: pd.DataFrame, *, names: bool
) -> dict[str, Any]:
    """What is shown of one of the weakest, by the parts of a review."""
    name, is_drilled = name_of(definition), of_cases(definition)
    drill = drilled(figures, definition, names=names) if is_drilled else pd.DataFrame(columns=list(GROUPS))
    behind = cases_behind(figures, definition, names=names) if is_drilled else petitioned(figures, definition)
    beside = Text(
        f"“{name.zh}”由案件以外的登记得出，不按小组、执行依据、区域细分",
        f"{name.en} rests on a table beside the cases: it is not shown by team, basis or township",
    )
    reason = row["reason"]
    if reason not in (OFF, WORSE) and len(_worse_beyond(drill)):
        reason = IN_GROUP
    said = moved.loc[definition.indicator, "sentence"] if definition.indicator in moved.index else name.cell
    return {
        "weakest": {"indicator": name.cell, "reason": WHY[reason].cell, "sentence": said, "unit": definition.unit},
        "drill": drill, "behind": behind,
        "questions": pd.DataFrame({"question": [text.cell for text in _questions(name, row, drill, behind)]}),
        "missing": [] if is_drilled else [beside],
    }  # fmt: skip


def _together(parts: list[tuple[str, pd.DataFrame]], columns_of: tuple[str, ...]) -> pd.DataFrame:
    """The tables of the weakest as one, with the indicator that each is of."""
    named = [table.assign(indicator=name) for name, table in parts if len(table)]
    found = pd.concat(named, ignore_index=True) if named else pd.DataFrame(columns=["indicator", *columns_of])
    return found[["indicator", *(name for name in columns_of if name in found)]]


def shown_value(value: float, unit: str) -> Text:
    """Return a figure with its unit.

    >>> shown_value(83.529, "%").zh, shown_value(142, "件").zh, shown_value(62.23, "天").zh
    ('83.53%', '142件', '62.23天')
    """
    if unit == "%":
        return rate(value)
    if unit == "万元":
        return amount(value)
    number = f"{rounded(value, 0 if float(value).is_integer() else 2):,}"
    one, many = COUNTED.get(unit, (unit_text(unit).en, unit_text(unit).en))
    return Text(f"{number}{unit}", f"{number} {one if number == '1' else many}")


def shown_figure(row: Mapping[str, Any], of: str = "") -> Text:
    """Return an indicator or group with its unit, of the year before where ``of`` is ``base``: of few cases its parts, else of blanks its bounds.

    >>> few = {"value": 37.5, "unit": "%", "numerator": 6.0, "denominator": 16.0}
    >>> shown_figure(few).zh, shown_figure({**few, "denominator": 160.0, "value": 3.75}).zh
    ('6/16', '3.75%')
    """
    side = f"{of}_" if of else ""
    least, most = (row.get(f"{side}{end}", np.nan) for end in ("least", "most"))
    if is_of_few_cases(row, of):
        parts = "/".join(f"{row[f'{side}{part}']:,.0f}" for part in PARTS_OF_RATIO)
        return Text(parts, parts) + (Text("", "") if pd.isna(least) else SOME_BLANK)
    if not pd.isna(least):
        low = shown_value(least, row["unit"])
        if not np.isfinite(most):
            return AT_LEAST + low
        high = shown_value(most, row["unit"])
        return Text(f"{low.zh}–{high.zh}", f"{low.en}–{high.en}")
    return shown_value(row[of or "value"], row["unit"])


def _worse(groups: pd.DataFrame) -> pd.DataFrame:
    """The groups that are worse than the year before."""
    return groups[groups["worse"].astype(bool)] if len(groups) else groups


def _worse_beyond(groups: pd.DataFrame) -> pd.DataFrame:
    """The groups that are worse than the year before beyond random variation."""
    worse = _worse(groups)
    return worse[worse["judgement"] == BEYOND.cell]


def _questions(name: Text, row: Mapping[str, Any], drill: pd.DataFrame, behind: pd.DataFrame) -> Iterator[Text]:
    """Questions that the figures raise; causes and measures are the meeting's to fill in."""
    shown = shown_figure(row)
    if row["reason"] == OFF:
        span = interval_text(row["interval_low"], row["interval_high"])
        yield Text(
            f"{name.zh}{shown.zh}，偏离本院合理区间（{span}）：何时、以什么办法回到区间内？",
            f"{name.en} is {shown.en}, outside the court's interval ({span}): when and how does it come back?",
        )
    elif row["judgement"] == CHANCE.cell and not len(_worse_beyond(drill)):
        yield Text(
            f"{name.zh}{shown.zh}，与上年同期之差在随机波动之内：是否仍列为议题？",
            f"{name.en} is {shown.en}; the difference from the year before is within random variation: is it a matter for the meeting at all?",
        )
    elif row["judgement"] != CHANCE.cell:
        yield Text(
            f"{name.zh}{shown.zh}：变化是办案、新收还是统计口径引起的？",
            f"{name.en} is {shown.en}: does the change come from the work, from what was filed, or from how it is counted?",
        )
    groups = drill.assign(unit=row["unit"])
    worse = _worse(groups)
    found = _worse_beyond(groups)
    untold = worse[worse["judgement"] != CHANCE.cell]
    told = [of for of in records(untold) if not is_of_few_cases(of) and not is_of_few_cases(of, "base")]
    asked = records(found) or told  # of what chance explains there is nothing to ask
    if asked:
        first = asked[0]
        of, group = (text_of_cell(first[key]) for key in ("breakdown", "group"))
        values = [shown_figure(first, side) for side in ("base", "")]
        tested = Text("", "")
        if len(found):
            tested = Text("，超出随机波动", ", beyond random variation")
        elif first["judgement"] == UNTESTED.cell:
            tested = Text("，未作检验", ", not tested")
        yield Text(
            f"{of.zh}中“{group.zh}”由{values[0].zh}到{values[1].zh}{tested.zh}：案件与其他各组有何不同？",
            f"{group.en} ({of.en}) went from {values[0].en} to {values[1].en}{tested.en}: how do its cases differ from the others'?",
        )
    if len(behind):
        is_open = (
            "closed_on" not in behind or behind["closed_on"].isna().any()
        )  # what is closed cannot be closed any more
        yield Text(
            f"所列{len(behind):,}件案件有什么共同之处{'，哪些在下次会商前可以办结' if is_open else ''}？",
            f"What have the {len(behind):,} cases listed in common{', and which can be closed before the next review' if is_open else ''}?",
        )
