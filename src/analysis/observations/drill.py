"""What lies behind an indicator: its groups by team, basis and township, and the cases that make it as weak as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.inference.cycle.regression import holm
from analysis.measures.indicators.quantities import of_each_case
from analysis.measures.petitions import petitions
from analysis.measures.pseudonyms import case_list, shown_labels
from analysis.measures.windows import Window, within
from analysis.observations.chance import change_p, widened
from analysis.observations.differences import least_change
from analysis.observations.figures import TESTED
from analysis.observations.ranking import leaning
from analysis.vocabulary.columns import columns
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.numbers import difference
from analysis.vocabulary.numerals import number_order
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.measures.indicators.blocks import Block
    from analysis.observations.figures import Figures
    from analysis.vocabulary.indicator_sets.definition import Definition

DRILL = ("court", "team", "basis", "area")
BEYOND, CHANCE = Text("超出随机波动", "beyond random variation"), Text("随机波动之内", "within random variation")
EXACT = Text("全数统计", "complete count")
UNTESTED = Text("未检验", "not tested")
AT_LEAST = Text("填全后变化至少如此，未检验", "at least this change once filled in: not tested")
INCOMPARABLE = Text("有未填或读不出的，不比较", "blank or unreadable cells: not compared")
ALONE = Text("无同期数", "nothing to compare with")
OF_CELLS = 0.05  # chance of a false finding among the groups of all that a review goes through
MOST_DRILLED = 3  # indicators that a review goes through
GROUPS = (
    "breakdown", "group", "value", "least", "most", "numerator", "denominator", "base", "base_least", "base_most", "base_numerator",
    "base_denominator", "change", "judgement",
)  # fmt: skip
OF_CASE = ("team", "basis", "filed_on", "closed_on", "closure_mode")
PETITIONS = "petitions"


def drilled(figures: Figures, definition: Definition, *, names: bool) -> pd.DataFrame:
    """The indicator by team, basis and township as far as the register has them: the groups that worsened most first.

    ``least`` and ``most`` (and those of the year before) bound a group of which some cells are blank.
    """
    parts = []
    spans = [w for w in (figures.periods.now, figures.periods.before) if w is not None]
    breakdowns = [name for name in DRILL if name in figures.breakdowns]
    for breakdown in breakdowns:
        counts = figures.by(breakdown)
        blocks = figures.blocks(counts, [definition], tuple(spans))
        now, before = blocks[0], blocks[1] if len(blocks) > 1 else None
        shown = shown_labels(figures.cases, counts.groups[breakdown], breakdown, names=names)
        labels = [group_text(breakdown, value).cell for value in shown]
        table = pd.DataFrame({"breakdown": columns("cases")[breakdown].text.cell, "group": labels, "value": now.value})
        for name, block in (("", now), ("base_", before)):
            absent = np.full(len(labels), np.nan)
            if name:
                table["base"] = absent if block is None else block.value
            for end in ("least", "most"):  # what a group must lie between whatever its blanks hold
                table[f"{name}{end}"] = absent if block is None else getattr(block, end)
            table[f"{name}numerator"] = absent if block is None or not definition.denominator else block.numerator
            table[f"{name}denominator"] = absent if block is None or not definition.denominator else block.denominator
        table["change"] = [difference(*ends) for ends in table[["value", "base"]].to_numpy(float)]
        is_open = _are_open(counts.groups[breakdown], blocks)
        level = OF_CELLS / (MOST_DRILLED * len(breakdowns))
        known = table.assign(denominator=table["denominator"].mask(is_open))
        scatter = figures.scatter(breakdown, definition) if definition.interval in TESTED else 1.0
        table["judgement"] = _judged(definition, known, scatter, level)
        surely = np.full(len(labels), np.nan)
        if before is not None and (figures.inside or not counts.groups[breakdown].isna().any()):
            surely = least_change(now, before)
        table.loc[is_open, "change"] = surely[is_open]
        table.loc[is_open, "judgement"] = np.where(table["change"].isna(), INCOMPARABLE.cell, AT_LEAST.cell)[is_open]
        worse = table["change"] * (1 if leaning(definition) == "lower" else -1)
        table["worse"] = (worse > 0) & ~is_open
        cases_of = ["base_denominator", "denominator"] if definition.denominator else ["base", "value"]
        number = np.nan_to_num(table[cases_of].to_numpy(float).T)
        # By its cases: of a large group one that was not closed is what the meeting is about.
        told = figures.may_be_shown(breakdown, tuple(counts.groups[breakdown]), number)
        stated = told & table["value"].notna().to_numpy()
        weighed = table.assign(weighed=worse * table["denominator"].fillna(1))[stated]
        parts.append(weighed.sort_values(["weighed", "group"], ascending=[False, True]))  # of equals not by their names
    return pd.concat(parts, ignore_index=True)[[*GROUPS, "worse"]] if parts else pd.DataFrame(columns=list(GROUPS))


def cases_behind(figures: Figures, definition: Definition, *, names: bool) -> pd.DataFrame:
    """The cases that make an indicator as weak as it is, by number: those that a share lacks, or that a count or duration is made of."""
    cases, counts, frame = figures.cases, figures.counts, figures.counts.frames["cases"]
    if "case_no" not in frame:
        return pd.DataFrame(columns=["case_no"])
    window: Window = figures.periods.now
    top, base = (of_each_case(counts, side, window) for side in (definition.numerator, definition.denominator))
    better = leaning(definition)
    lacks = top if not definition.denominator or better == "lower" else base - top
    if not definition.denominator and better == "higher":
        lacks = np.zeros(len(frame))
    rows = np.flatnonzero(lacks > 0)
    if names:  # outside, their order would tell which amount is larger
        rows = rows[np.argsort(-lacks[rows], kind="stable")]
    numbers = frame["case_no"].iloc[rows].dropna().to_numpy()  # without a number a case cannot be named
    shown = ["case_no", *(name for name in OF_CASE if not cases.lacking(name))]
    table = cases.table.select(*dict.fromkeys(shown)).filter(cases.table.case_no.isin(numbers.tolist())).to_pandas()
    listed = (
        table.drop_duplicates("case_no").set_index("case_no").reindex(pd.Index(numbers, name="case_no")).reset_index()
    )
    if "closed_on" in listed:  # what became of a case after the period is not known in it
        later = pd.to_datetime(listed["closed_on"]) > window.end
        listed = listed.assign(
            **{name: listed[name].mask(later) for name in ("closed_on", "closure_mode") if name in listed}
        )
    listed = listed if names else listed.sort_values("case_no", key=number_order, kind="stable", ignore_index=True)
    return case_list(cases, listed, names=names)[[name for name in shown if names or name != "team"]]


def petitioned(figures: Figures, definition: Definition) -> pd.DataFrame:
    """The cases behind a figure of petitions: those about which one was received in the period."""
    if {q.table for q in definition.numerator} != {PETITIONS}:
        return pd.DataFrame(columns=["case_no"])
    window = figures.periods.now
    listed = petitions(figures.cases, periods=[(window.start, window.end)]).listed
    return listed.loc[within(listed["received_on"], window), ["case_no", "received_on"]].reset_index(drop=True)


def _are_open(groups: pd.Series, blocks: Sequence[Block]) -> np.ndarray:
    """Mark the groups of which something is not known: a change may be that alone. Where cases do not say of which group they are, it is all."""
    unnamed = groups.isna().to_numpy()
    counted = [block.denominator if block.definition.denominator else block.value for block in blocks]
    return np.any([block.is_open for block in blocks], axis=0) | any(
        (np.nan_to_num(number)[unnamed] > 0).any() for number in counted
    )


def _judged(definition: Definition, table: pd.DataFrame, scatter: float | np.ndarray, level: float) -> list[str]:
    """Whether each group's change is beyond random variation and what its like scatter by, the groups of a breakdown judged together (Holm).

    A review goes through several indicators and breakdowns, and takes those that worsened most: each breakdown has its share of the level.
    """
    if not definition.denominator:
        return [EXACT.cell if pd.notna(change) else ALONE.cell for change in table["change"]]
    if definition.interval not in TESTED:
        return [UNTESTED.cell] * len(table)
    p = change_p(
        *(table[name].to_numpy(float) for name in ("numerator", "denominator", "base_numerator", "base_denominator"))
    )
    marks = holm(widened(p, scatter)) <= level
    return [(ALONE if np.isnan(own) else BEYOND if m else CHANCE).cell for own, m in zip(p, marks, strict=True)]
