"""The cases behind a point of a figure or a row of a table, as the explorer lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.lab.crossfilter import NEVER, day_number
from analysis.measures.durations.ages import band_names, band_of
from analysis.measures.pseudonyms import NOBODY, with_court
from analysis.vocabulary.dates import period_text, span_text, window_text
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.periods import year_of_day, year_window
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.lab.cell import Cell
    from analysis.lab.crossfilter import Crossfilter
    from analysis.lab.views import Choices, View


@dataclass(frozen=True)
class Behind:
    """What a list is of, its group (a team, a person …), and which cases are of which kind (filed, closed, pending …)."""

    title: str
    kinds: dict[str, np.ndarray]
    group: str = ""

    @property
    def whole_title(self) -> str:
        """What stands above the list."""
        return " · ".join(filter(None, (self.title, self.group)))


# ruff: noqa: ARG001 - all that find are asked in one way


def behind(view: View, cell: Cell, choices: Choices, counted: Crossfilter, place: Mapping[str, Any]) -> Behind | None:
    """Return the cases behind a place that was clicked: ``x, point, panel`` of a figure, or ``table, row`` of a table; ``None`` where there are none."""
    find = FOUND.get(view.opens or "")
    return None if find is None else find(view, cell, choices, counted, place)


def _of_window(counted: Crossfilter, kept: np.ndarray, start: pd.Timestamp, end: pd.Timestamp) -> dict[str, np.ndarray]:
    """The cases filed and closed in a window, and those pending when it ended."""
    first, last = day_number(start), day_number(end)
    return {
        "filed": kept & (counted.filed >= first) & (counted.filed <= last),
        "closed": kept & (counted.closed >= first) & (counted.closed <= last),
        "pending": kept & (counted.filed <= last) & (counted.closed > last),
    }


def _of_group(counted: Crossfilter, kept: np.ndarray, by: str, group: Any) -> tuple[np.ndarray, str]:
    """Those of some cases that are of a group of a breakdown, and the group's name."""
    value = None if pd.isna(group) else group
    return kept & counted.chosen({by: [value]}), str(group_text(by, value))


def _flow(view: View, cell: Cell, choices: Choices, counted: Crossfilter, place: Mapping[str, Any]) -> Behind | None:
    name = "stock" if "stock" in cell.lines else "flow"
    flow = cell.value(cell.lines[name].expression)
    starts = pd.DatetimeIndex(flow["period"].unique())
    kept, of_group = counted.chosen(choices.filters), ""
    by = choices.by if choices.by in flow else None
    if "row" in place:
        if name == "stock":
            return None  # the tables of the cycle are of phases and explanations
        row = flow.iloc[place["row"]]
        at, group = int(starts.searchsorted(row["period"])), None if by is None else row[by]
    else:
        at = max(0, int(starts.searchsorted(pd.Timestamp(place["x"]) + _nearly(starts), side="right")) - 1)
        groups = [] if by is None else list(flow[by].drop_duplicates())
        group = groups[place["panel"]] if by and place["panel"] < len(groups) else None
    if by is not None:
        kept, of_group = _of_group(counted, kept, by, group)
    end = starts[at + 1] - pd.Timedelta(days=1) if at + 1 < len(starts) else choices.end
    named = period_text(starts[at], flow.attrs["freq"])
    kinds = _of_window(counted, kept, starts[at], min(end, choices.end))  # the first period is whole
    return Behind(str(named), kinds, of_group)


def _nearly(starts: pd.DatetimeIndex) -> pd.Timedelta:
    """Bars stand a little to the left or right of the day on which their period begins; those of one period far, which is the first all the same."""
    return pd.Timedelta(0) if len(starts) < 2 else (starts[1] - starts[0]) * 0.3


def _window(view: View, cell: Cell, choices: Choices, counted: Crossfilter, place: Mapping[str, Any]) -> Behind:
    at = 1 if "row" in place else int(np.clip(round(float(place["x"])), 0, 1))
    start, end = map(pd.Timestamp, choices.year[at])
    kept, by, of_group = counted.chosen(choices.filters), choices.by, ""
    if by is not None:
        if "row" in place:
            group = cell.value(view.tables[place["table"]])[by].iloc[place["row"]]
        else:  # the groups of a period stand side by side
            from analysis.charts.indicator_marks import SHIFT

            groups = list(cell.value('table[table["indicator"].isin(shown)]')[by].drop_duplicates())
            step = round((float(place["x"]) - at) / SHIFT + (len(groups) - 1) / 2)
            group = groups[int(np.clip(step, 0, len(groups) - 1))]
        kept, of_group = _of_group(counted, kept, by, group)
    return Behind(str(window_text(start, end)), _of_window(counted, kept, start, end), of_group)


def _durations(
    view: View, cell: Cell, choices: Choices, counted: Crossfilter, place: Mapping[str, Any]
) -> Behind | None:
    if "row" in place:
        return None
    days, last = round(float(place["x"])), day_number(choices.end)
    kept = counted.chosen(choices.filters) & (counted.filed <= last)
    took = np.where(counted.closed <= last, counted.closed - counted.filed, NEVER)
    within = kept & (took <= days)
    still = kept & (took > days) & (np.minimum(last, counted.closed) - counted.filed > days)
    told = Text(f"{number(days)}天", f"{number(days)} days")
    if choices.by is not None:  # a day is clicked, at which the curves of all groups are told
        told += Text("（各组合计）", " (all groups)")
    return Behind(str(told), {"closed_within": within, "open_longer": still})


def _ages(view: View, cell: Cell, choices: Choices, counted: Crossfilter, place: Mapping[str, Any]) -> Behind | None:
    if "row" in place:
        return None
    pending = counted.pending(choices.filters, choices.end)
    bands = band_of(counted.filed.astype("datetime64[D]"), choices.end)
    names = band_names()
    youngest = int(bands[pending].min(initial=len(names) - 1))  # with which the figure begins
    at = min(youngest + round(float(place.get("y", 0))), len(names) - 1)
    return Behind(str(names[at]), {"pending": pending & (bands == at)})


def _petitions(
    view: View, cell: Cell, choices: Choices, counted: Crossfilter, place: Mapping[str, Any]
) -> Behind | None:
    """The cases of the petitions of a period, whatever became of the cases themselves."""
    if "row" in place:
        return None
    table = cell.value("pet.table")
    span = table.iloc[int(np.clip(round(float(place["x"])), 0, len(table) - 1))]
    start, end = span["period_start"], span["period_end"]
    held = counted.cases.petitions.select("case_no", "received_on", "resolved_on").to_pandas()
    received, resolved = (pd.to_datetime(held[name]) for name in ("received_on", "resolved_on"))
    kinds = {
        "petition_received": received.between(start, end), "petition_resolved": resolved.between(start, end),
        "petition_pending": (received <= end) & ~(resolved <= end),
    }  # fmt: skip
    kept = counted.chosen(choices.filters)
    found = {
        kind: kept & np.isin(counted.numbers, held.loc[which, "case_no"].dropna()) for kind, which in kinds.items()
    }
    return Behind(str(span_text(start, end)), found)


def _officer(view: View, cell: Cell, choices: Choices, counted: Crossfilter, place: Mapping[str, Any]) -> Behind | None:
    if "row" not in place or "officer" not in counted.dimensions:
        return None
    who = cell.value(view.tables[place["table"]])["officer"].iloc[place["row"]]
    values, courts = counted.dimensions["officer"].values, counted.dimensions.get("court")
    chosen = {"officer": [who]}
    if who not in values:  # one of several courts, named with the court
        both = ((one, court) for one in values if one for court in (courts.values if courts else ()))
        found = next(((one, court) for one, court in both if with_court(one, court or NOBODY) == who), None)
        if found is None:
            return None
        chosen = {"officer": [found[0]], "court": [found[1]]}
    year = year_of_day(choices.end, calendar=counted.cases.calendar)
    start, _ = year_window(year, calendar=counted.cases.calendar)
    kept = counted.chosen(choices.filters) & counted.chosen(chosen)
    return Behind(str(span_text(start, choices.end)), _of_window(counted, kept, start, choices.end), str(who))


FOUND: dict[str, Callable[..., Behind | None]] = {
    "flow": _flow, "window": _window, "durations": _durations, "ages": _ages, "officer": _officer,
    "petitions": _petitions,
}  # fmt: skip


def kind_label(kind: str) -> str:
    """Return what a kind of cases is called."""
    return str(term(f"behind_{kind}"))
