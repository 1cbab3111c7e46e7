"""One court's flow as an evenly spaced series: what a caseflow table must hold before anything is inferred from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.problems import gap_problems, problem, residual_problems, stock_problems
from analysis.measures.caseflow import as_summed, must_be_caseflow
from analysis.vocabulary.dates import INTO
from analysis.vocabulary.errors import ArgumentError, DataError, InputError, must_have_columns
from analysis.vocabulary.periods import FREQUENCIES, MONTHS_PER_PERIOD, first_days, frequency_of
from analysis.vocabulary.text import listed, text_of_cell

SEASONS = {"W": 52, "M": 12, "Q": 4, "Y": 1}  # periods in a year
NUMBERS = ("opening", "filed", "closed", "closing")
NEEDED = ("period", "filed", "closed", "closing")
HALF_PERIOD = {"W": 3, "M": 14, "Q": 45, "Y": 182}  # days from a period's first day to about its middle
INTO_PERIOD = pd.Timedelta(days=INTO)


@dataclass(frozen=True, eq=False)
class FlowSeries:
    """An unbroken, evenly spaced flow of one group: ``table`` has period, filed, closed, closing, net, year, season.

    ``net`` is filed − closed; ``season`` the month, quarter or week of the statistical year; ``group`` names the
    group (empty for one court); ``problems`` are rows for ``problem_table``; ``residual`` is what the stock identity
    leaves over, by period.
    """

    freq: str
    group: dict[str, Any]
    table: pd.DataFrame
    problems: list[dict[str, Any]]
    residual: pd.DataFrame

    def __len__(self) -> int:
        return len(self.table)

    @property
    def seasons(self) -> int:
        """Periods in a year."""
        return SEASONS[self.freq]

    @property
    def middles(self) -> pd.Series:
        """A day near the middle of each period: by it a period belongs to a month, whatever day it begins on."""
        return self.table["period"] + pd.Timedelta(days=HALF_PERIOD[self.freq])

    def end_of(self, place: int) -> pd.Timestamp:
        """The last day of a period (places from the end count backwards)."""
        return end_of(self.table["period"], self.freq, place)

    def values(self, name: str) -> np.ndarray:
        """One column as floats."""
        return self.table[name].to_numpy(dtype=float)

    def labelled(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table with the group's columns in front."""
        for position, (name, value) in enumerate(self.group.items()):
            table.insert(position, name, [value] * len(table))
        return table


def end_of(periods: pd.Series, freq: str, place: int) -> pd.Timestamp:
    """The last day of one of adjoining periods, known by their first days."""
    place %= len(periods)
    if place + 1 < len(periods):
        return pd.Timestamp(periods.iloc[place + 1]) - pd.Timedelta(days=1)
    step = pd.DateOffset(days=7) if freq == "W" else pd.DateOffset(months=MONTHS_PER_PERIOD[freq])
    return pd.Timestamp(periods.iloc[place]) + step - pd.Timedelta(days=1)


def next_periods(series: FlowSeries, steps: int) -> pd.DatetimeIndex:
    """First days of the periods after the last one, on the flow's own grid."""
    periods = series.table["period"]
    if series.freq == "W":
        days = [periods.iloc[-1] + pd.Timedelta(days=7 * (i + 1)) for i in range(steps)]
        return pd.DatetimeIndex(days).as_unit("s")
    step = {"M": 1, "Q": 3, "Y": 12}[series.freq]
    last = pd.Timestamp(periods.iloc[-1])
    days = [last + pd.DateOffset(months=step * (i + 1)) for i in range(steps)]
    if series.freq == "M" and len(set(periods.dt.day)) > 1:  # dec-21: January begins on the 21st, the others on the 1st
        middle, december = [day + INTO_PERIOD for day in days], int(periods.dt.day.max())
        days = [m.replace(day=1) if m.month != 1 else pd.Timestamp(m.year - 1, 12, december) for m in middle]
    return pd.DatetimeIndex(days).as_unit("s")


def read_flow(flow: pd.DataFrame) -> list[FlowSeries]:
    """A caseflow table as evenly spaced series, one a group; raises ``InputError`` for a table that is none.

    ``flow`` has ``period, filed, closed, closing``, usually ``opening``, and the columns of a breakdown. The frequency
    is ``flow.attrs["freq"]`` or what the distances between periods show.
    """
    if not isinstance(flow, pd.DataFrame):
        raise ArgumentError(
            f"flow 应为 caseflow() 或 caseflow_from_counts() 给出的表，而不是 {type(flow).__name__}。",
            f"flow must be a table from caseflow() or caseflow_from_counts(), not {type(flow).__name__}.",
        )
    if "period_end" in flow:
        must_be_caseflow(flow)
    must_have_columns(flow, NEEDED, "flow")
    flow = as_summed(flow)
    if not len(flow):
        raise DataError("flow 中没有任何时期。", "flow holds no periods.")
    table = flow.copy()
    table["period"] = _days(flow["period"])
    for name in NUMBERS:
        table[name] = _numbers(flow[name], name) if name in flow.columns else np.nan
    keys = _keys(table, flow.attrs.get("by"))
    freq = _frequency(table, keys, flow.attrs.get("freq"))
    table["period"] = first_days(table["period"], freq)
    groups = [({}, table)] if not keys else _groups(table, keys)
    said = [problem("caseflow", text_of_cell(cell)) for cell in flow.attrs.get("problems", [])]
    read = [_series(part, group, freq) for group, part in groups]
    if said and not any(row["rule"] == "negative_stock" for one in read for row in one.problems):
        read[0] = replace(read[0], problems=said + read[0].problems)
    return read


def of_known_stock(flow: pd.DataFrame) -> pd.DataFrame:
    """Return the periods from which the stock of a register is whole, of a flow that says that it leaves cases out (``caseflow``).

    Raises ``DataError`` where it is whole at none: the stock of the cases listed rises from nothing.
    """
    if not flow.attrs.get("notes"):
        return flow
    known = flow["opening"].notna()
    if not known.any():
        why = text_of_cell(flow.attrs["notes"][0])
        raise DataError(f"无从推算：{why.zh}。", f"nothing can be foretold: {why.en}.")
    return flow[known]


def only(flow: pd.DataFrame, asked: str) -> FlowSeries:
    """The one series of a flow; raises ``ArgumentError`` where there are several, saying how to choose."""
    read = read_flow(flow)
    if len(read) > 1:
        names = listed("/".join(map(str, one.group.values())) for one in read[:5])
        raise ArgumentError(
            f"{asked} 一次处理一个法院（或一组），flow 中有{len(read)}个：{names.zh}…… 请先筛选出一个。",
            f"{asked} takes one court (or group) at a time; flow holds {len(read)}: {names.en} … Filter one first.",
        )
    return read[0]


def _groups(table: pd.DataFrame, keys: list[str]) -> list[tuple[dict[str, Any], pd.DataFrame]]:
    parts = table.groupby(keys, sort=True, dropna=False)
    return [(dict(zip(keys, value, strict=True)), part) for value, part in parts]


def _days(periods: pd.Series) -> pd.Series:
    """First days from dates, pandas periods, years as numbers, or text such as 2011-03, 2011Q1, 2011."""
    if isinstance(periods.dtype, pd.PeriodDtype):
        return periods.dt.to_timestamp().astype("datetime64[s]")
    if pd.api.types.is_datetime64_any_dtype(periods):
        return periods.dt.tz_localize(None).dt.normalize().astype("datetime64[s]")
    text = periods.astype("str").str.strip().str.replace(r"\.0$", "", regex=True)
    text = text.mask(text.str.fullmatch(r"\d{4}"), text + "-01-01")
    for quarter in range(1, 5):
        text = text.str.replace(rf"^(\d{{4}})-?[Qq]{quarter}$", rf"\g<1>-{3 * quarter - 2:02d}-01", regex=True)
    days = pd.to_datetime(text, errors="coerce", format="mixed")
    if days.isna().any():
        bad = periods[days.isna()].iloc[0]
        raise InputError(
            f"flow：period 列中的“{bad}”不是日期。应为每期首日，如2011-03-01（也可写2011-03、2011Q1、2011）。",
            f'flow: "{bad}" in column period is not a date. Give each period\'s first day, such as 2011-03-01 '
            "(2011-03, 2011Q1 and 2011 are read too).",
        )
    return days.astype("datetime64[s]")


def _numbers(column: pd.Series, name: str) -> pd.Series:
    numbers = pd.to_numeric(column, errors="coerce").astype("float64")
    unreadable = (numbers.isna() & column.notna()) | np.isinf(numbers)
    if unreadable.any():
        raise InputError(
            f"flow：{name} 列中的“{column[unreadable].iloc[0]}”不是数字。",
            f'flow: "{column[unreadable].iloc[0]}" in column {name} is not a number.',
        )
    return numbers


def _keys(table: pd.DataFrame, said: Any) -> list[str]:
    """The columns that part the groups: those said in attrs, else every text column if periods repeat."""
    keys = [name for name in (said or []) if name in table.columns]
    if not keys and table["period"].duplicated().any():
        others = [name for name in table.columns if name not in ("period", *NUMBERS)]
        keys = [name for name in others if not pd.api.types.is_float_dtype(table[name])]
    twice = table.duplicated(["period", *keys])
    if twice.any():
        day = table.loc[twice, "period"].iloc[0].date()
        raise InputError(
            f"flow：时期{day}出现不止一次。多个法院请用一列（如 court）加以区分，一个法院每期一行。",
            f"flow: period {day} stands more than once. Tell courts apart by a column (such as court); "
            "one court has one row a period.",
        )
    return keys


def _frequency(table: pd.DataFrame, keys: list[str], said: Any) -> str:
    if said in FREQUENCIES:
        return str(said)
    if not keys and len(table) == 1:
        raise DataError(
            "flow 只有一个时期，看不出频率，也谈不上走势：至少需要两个时期。",
            "flow holds one period only: no frequency and no course can be seen in it; at least two are needed.",
        )
    freq = frequency_of(table["period"])
    if freq is None:
        raise InputError(
            "flow：相邻时期的间隔既不是周、月、季，也不是年。",
            "flow: the distance between adjoining periods is neither a week, a month, a quarter nor a year.",
        )
    return freq


def _named(group: dict[str, Any], frame: str) -> str:
    return frame.format("/".join(map(str, group.values()))) if group else ""


def _positions(days: pd.Series, freq: str, group: dict[str, Any]) -> np.ndarray:
    """Each period's place on an even grid; raises ``InputError`` for a date off the grid."""
    if freq == "W":
        place = (days - days.iloc[0]).dt.days.to_numpy() / 7
    else:
        middle = days + INTO_PERIOD
        months = (middle.dt.year * 12 + middle.dt.month).to_numpy()
        place = (months - months[0]) / MONTHS_PER_PERIOD[freq]
    off = (place % 1 != 0) | (np.diff(place, prepend=place[0] - 1) <= 0)
    if off.any():
        day = days[off].iloc[0].date()
        raise InputError(
            f"flow{_named(group, '（{}）')}：时期{day}不在等距的时期格上（频率 {freq}）。",
            f"flow{_named(group, ' ({})')}: period {day} does not lie on an even grid of periods (frequency {freq}).",
        )
    return place.astype(int)


def _series(part: pd.DataFrame, group: dict[str, Any], freq: str) -> FlowSeries:
    part = part.sort_values("period", ignore_index=True)
    place = _positions(part["period"], freq, group)
    known = part[["filed", "closed", "closing"]].notna().all(axis=1).to_numpy()
    stretch = _longest_stretch(place, known)
    if stretch.stop == stretch.start:
        raise DataError(
            f"flow{_named(group, '（{}）')}中没有一个时期同时有新收、结案和未结数。",
            f"flow{_named(group, ' ({})')} holds no period with filed, closed and closing known.",
        )
    problems = gap_problems(part, place, known, stretch)
    table = part.loc[stretch.start : stretch.stop - 1, ["period", *NUMBERS]].reset_index(drop=True)
    middle = table["period"] + (INTO_PERIOD if freq != "W" else pd.Timedelta(days=3))
    table["net"] = table["filed"] - table["closed"]
    table["year"] = middle.dt.year
    table["season"] = _season(middle, freq)
    residual = _residual(table)
    problems += residual_problems(residual) + stock_problems(table)
    return FlowSeries(freq, group, table, problems, residual)


def _season(middle: pd.Series, freq: str) -> pd.Series:
    if freq == "M":
        return middle.dt.month
    if freq == "Q":
        return middle.dt.quarter
    if freq == "W":
        return ((middle.dt.day_of_year - 1) // 7).clip(upper=51) + 1
    return pd.Series(1, index=middle.index)


def _longest_stretch(place: np.ndarray, known: np.ndarray) -> slice:
    """The longest run of known, adjoining periods (the latest of several equally long)."""
    best, start = slice(0, 0), 0
    for end in range(1, len(place) + 1):
        if not known[end - 1]:
            start = end
            continue
        if end - 1 > start and place[end - 1] != place[end - 2] + 1:
            start = end - 1
        if end - start >= best.stop - best.start:
            best = slice(start, end)
    return best


def _residual(table: pd.DataFrame) -> pd.DataFrame:
    """opening + filed − closed − closing by period; a missing opening is the closing stock before it."""
    opening = table["opening"].fillna(table["closing"].shift())
    left = opening + table["filed"] - table["closed"] - table["closing"]
    step = opening - table["closing"].shift()
    return pd.DataFrame({"period": table["period"], "residual": left, "step": step})
