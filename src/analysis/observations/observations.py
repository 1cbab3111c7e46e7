"""What stands out in a period: one engine for report, bulletin, notebooks and terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.closings import blank_called, counted_open, undecided_by
from analysis.cases.table import Cases
from analysis.measures.indicators.largest_cases import OF_FEW
from analysis.observations import sentences
from analysis.observations.backlog import closing_stock, round_of
from analysis.observations.chance import OF_COURT, OF_RECORDS, discoveries, widened, z_of
from analysis.observations.comparisons import ON_PREVIOUS, ON_YEAR, Compared, compared
from analysis.observations.context import published_against, standing
from analysis.observations.differences import (
    is_comparable,
    is_small,
    limits_of_change,
    newcombe,
    p_of_change,
    record_p,
    three,
)
from analysis.observations.figures import CellFigures, Figures, name_of, topic
from analysis.observations.movements import RatioChange, is_ratio_of_cases, ratio_change
from analysis.observations.power import smallest_found
from analysis.observations.ranking import (
    FEATURE,
    MOST_OF_RECORDS,
    MOST_SURPRISE,
    NOTE,
    PROBLEM,
    SIZE_OF_RECORDS,
    TELLING,
    WEIGHTS,
    class_of,
    is_apart,
    is_better,
    is_said_again,
    is_same_figure,
    part_of_court,
    score_of,
    size_of_count,
    size_of_rate,
    surprise_of,
    surprise_of_record,
    weight_of,
)  # fmt: skip
from analysis.observations.tables import cell_tests, key_figures, mix
from analysis.vocabulary.labels import group_text, heading
from analysis.vocabulary.numbers import difference
from analysis.vocabulary.periods import Period
from analysis.vocabulary.result import Result
from analysis.vocabulary.sentences import COUNTED, LEAST_BASE
from analysis.vocabulary.text import Text, capital, joined

if TYPE_CHECKING:
    from analysis.measures.indicators.blocks import Block
    from analysis.measures.windows import Window
    from analysis.vocabulary.indicator_sets.definition import Definition

ROUND, STOCK, MOVED, RECORD, TARGET, PEERS, PUBLISHED, CELL, LEFT_OUT = (
    "round", "stock", "moved", "record", "target", "peers", "published", "cell", "left_out",
)  # fmt: skip
LARGE = 5.0  # percentage points from which a ratio's change is split though it is within random variation
COLUMNS = (
    "rank", "class", "kind", "indicator", "breakdown", "group", "against", "value", "numerator", "denominator", "base", "base_numerator",
    "base_denominator", "change", "lower", "upper", "unit", "p", "beyond_chance", "apart", "size", "surprise", "weight", "score", "evidence",
    "case_numbers", "sentence", "call",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Observations(Result):
    """``table``: a row an observation, the most telling first; ``key_figures``: what no report goes without, by year; ``mix``: how filings
    and closings part by group, beside the year before; ``tests``: every cell looked at; ``smallest``: changes that can be found.

    ``table``: ``rank, class`` (feature, problem, note)``, kind, indicator, breakdown, group, against, value, numerator, denominator, base…,
    change, lower, upper`` (95% of the change)``, unit, p, beyond_chance`` (missing where nothing was tested)``, apart`` (a cell that moved
    otherwise than the rest of the court)``, size, surprise, weight, score`` (their product)``, evidence,
    case_numbers`` (with ``names=True``)``, sentence`` and ``call``, which gives the figures again.
    ``ratio_changes``: the ratios that were split, by indicator; ``explained``: those of them whose sentence says the parts.
    """

    table: pd.DataFrame
    key_figures: pd.DataFrame
    mix: pd.DataFrame
    tests: pd.DataFrame
    smallest: pd.DataFrame
    caption: Text
    ratio_changes: dict[str, RatioChange] = field(repr=False)
    explained: frozenset[str] = field(repr=False)
    periods: Compared = field(repr=False)

    def of_kind(self, kind: str) -> pd.DataFrame:
        """Return the observations of one kind (round, stock, moved, record, target, peers, published, cell)."""
        return self.table[self.table["kind"] == kind].reset_index(drop=True)

    def headlines(self, number: int = 3) -> pd.DataFrame:
        """Return the observations that head a report: the most telling, one of a topic, the verdict on the round not among them.

        Of a topic the ratio that was split comes first, as it says why. What is further said of one cell follows what is said of others,
        ratios that were neither tested nor split come behind, and problems too small to be called such last. Cells that moved as the rest of the court did
        are left out, and cells that are an indicator of the court under another name (the rate of the cases with property, and the rate that
        is of these alone).
        """
        return self._headlines.head(number).reset_index(drop=True)

    @cached_property
    def _headlines(self) -> pd.DataFrame:
        told = self.table[~self.table["kind"].isin([ROUND, PUBLISHED]) & (self.table["against"] != ON_PREVIOUS)]
        told = told[told["beyond_chance"].fillna(True).astype(bool) & (told["score"] > 0)]
        told = told[told["apart"].fillna(True).astype(bool)]
        is_small = (told["class"] == PROBLEM) & (told["score"] < TELLING)
        split = [name for name, found in self.ratio_changes.items() if found.is_told]
        told = told.assign(is_explained=(told["kind"] == MOVED) & told["indicator"].isin(split))
        is_ratio = (told["kind"] == MOVED) & told["denominator"].notna()
        is_untested = is_ratio & told["beyond_chance"].isna() & ~told["is_explained"]
        told = told.assign(place=np.maximum(2 * is_small, is_untested)).sort_values("place", kind="stable")
        parted = told["breakdown"].astype(object).where(told["kind"] == CELL, "").fillna("").astype(str)
        topics = told["indicator"].map(topic).astype("str") + parted.astype("str")  # also of no row
        is_split = told["is_explained"] & (told["score"] >= TELLING)
        told = told.assign(first=pd.Series(range(len(told)), told.index).groupby(topics).transform("min"))
        told = told[
            ~topics[is_split.sort_values(ascending=False, kind="stable").index].duplicated().reindex(told.index)
        ]
        told = told.assign(place=np.maximum(told["place"], is_said_again(told))).sort_values(
            ["place", "first"], kind="stable"
        )
        told = told[~is_same_figure(told)]
        return told.drop(columns=["place", "first", "is_explained"])


def observations(
    cases: Cases,
    *,
    period: Period | None = None,
    definitions: str | Path | Sequence[str | Path] | None = None,
    peers: pd.DataFrame | None = None,
    returns: pd.DataFrame | None = None,
    calendar: str | None = None,
    names: bool = False,
) -> Observations:
    """Find what stands out in a period, in figures and in sentences of both languages, each with the call that gives it again.

    All indicators of the court, and of its cells by closure mode, basis, case type, band of the claim, township, team and
    property (of several courts by court, and not by township and team), are compared with the same period of the year before;
    those of the court also with the period before, with earlier years, with their targets, with peers and with what was published.
    Changes of complete counts are facts and are not tested. Rates are tested for random variation, the court apart from its cells, the cells
    breakdown by breakdown, with the chance of any false one held (the page on observations): where nothing changed, at most one
    register in twenty shows anything. Rows are ranked by size × surprise × weight. The verdict on the round and the change of the stock are always
    among them. Of a period that begins before the register is whole (``Cases.beginning``) nothing is told but that. No cause
    is given: the figures do not know it.

    Parameters
    ----------
    cases : Cases
        The register.
    period : int, str or pair of days
        A year of the statistical calendar, or any period; without it the last full year. One that is not over is compared up to the
        register's day.
    definitions : str, path or list
        The definition set; without it the one that the register names.
    peers : DataFrame
        Other courts' published figures, as ``read_returns`` gives them.
    returns : DataFrame
        The court's own published figures.
    calendar : str
        The statistical calendar; without it the register's.
    names : bool
        ``True`` for use inside the court: case numbers, amounts of single cases, cells of one or two cases.

    Returns
    -------
    Observations
        A row an observation.

    >>> closed = ["2010-06-01"] * 60 + [None] * 40 + ["2011-06-01"] * 95 + [None] * 5
    >>> frame = pd.DataFrame({"filed_on": ["2010-02-01"] * 100 + ["2011-02-01"] * 100, "closed_on": closed})
    >>> found = observations(Cases.from_frames(frame, as_of="2011-12-31"), period=2011, definitions="counts")
    >>> found.of_kind("stock")["sentence"].iloc[0].split(chr(10))[0]
    '未结案件由期初40件增至期末45件（增加5件）：新收100件，结案95件。'
    """
    periods = compared(cases, period, calendar=calendar)
    outside = [*published_against(cases, returns, periods, definitions), *standing(cases, peers, periods.now)]
    is_whole = cases.beginning.is_whole(periods.now.start)
    figures = Figures.of(cases, periods, definitions, inside=names)
    if not is_whole:
        figures = replace(figures, chosen=())
    engine = _Engine(figures, definitions, calendar or cases.calendar)
    rows = [*engine.backlog(), *engine.court(), *engine.cells()] if is_whole else [_left_out(cases)]
    table = _ranked(pd.DataFrame([*rows, *outside]).reindex(columns=list(COLUMNS)))
    now, before = periods.now, periods.before
    against = (
        Text(f"，与{sentences.named(before).zh}比较", f", against {sentences.named(before).en}")
        if before
        else Text("", "")
    )
    caption = Text(f"{sentences.named(now).zh}{against.zh}", f"{sentences.named(now).en}{against.en}") + cases.made_up
    return Observations(
        table,
        key_figures(figures),
        mix(figures),
        cell_tests(figures),
        smallest_found(figures),
        caption,
        engine.ratio_changes,
        frozenset(engine.explained),
        periods,
    )


def _left_out(cases: Cases) -> dict[str, Any]:
    """The one row of a period of which the register leaves cases out: that nothing of it can be observed, and why."""
    why = cases.beginning.text
    said = Text(f"无法判断：{why.zh}。", f"Cannot be told: {why.en}.")
    return {"class": NOTE, "kind": LEFT_OUT, "sentence": said.cell, "call": "cases.beginning", **score_of(0, 0, 0)}


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Score and rank; of equal scores the first that was looked at stands first."""
    for name in ("value", "base", "change", "size", "surprise", "weight", "p", "lower", "upper"):
        table[name] = table[name].astype("float64")
    is_known = table["change"].notna() & table["base"].notna()
    table["change"] = [
        difference(now, base) if known else change
        for now, base, change, known in zip(table["value"], table["base"], table["change"], is_known, strict=True)
    ]
    table["sentence"] = [_capital(cell) for cell in table["sentence"]]
    table["score"] = (table["size"] * table["surprise"] * table["weight"]).fillna(0.0)
    table = table.sort_values("score", ascending=False, kind="stable", ignore_index=True)
    table["rank"] = np.arange(1, len(table) + 1)
    return table.astype({"beyond_chance": "boolean", "apart": "boolean"})


def _capital(cell: str) -> str:
    """The sentence with a capital in English."""
    zh, _, en = cell.partition("\n")
    return f"{zh}\n{capital(en)}"


class _Engine:
    """The rows of one register and period."""

    def __init__(self, figures: Figures, definitions: Any, calendar: str) -> None:
        self.figures, self.definitions, self.calendar = figures, definitions, calendar
        self.periods, self.inside = figures.periods, figures.inside
        self.blank = blank_called(figures.cases, "amount_recovered")
        self.ratio_changes: dict[str, RatioChange] = {}
        self.explained: set[str] = set()

    # -- the court as a whole

    def court(self) -> Iterator[dict[str, Any]]:
        """Every indicator of the court: its change, its place among earlier years, its target."""
        tested = self._tested()
        for definition in self.figures.chosen:
            now = self._block(definition, self.periods.now)
            if (
                now is None or np.isnan(now.value[0]) or definition.indicator == "opening"
            ):  # the stock before, said with the stock
                continue
            p, beyond = tested.get(definition.name, (np.nan, None))
            rows = [*self._moved(definition, now, self._block(definition, self.periods.before), p, beyond)]
            if self.periods.previous is not None:
                rows += self._moved(
                    definition, now, self._block(definition, self.periods.previous), np.nan, None, ON_PREVIOUS
                )
            rows += [*self._recorded(definition, beyond), *self._against_target(definition, now)]
            yield from rows

    def _block(self, definition: Definition, window: Window | None) -> Block | None:
        return None if window is None else self.figures.court.get((definition.name, window))

    def _tested(self) -> dict[str, tuple[float, bool]]:
        """The p value of each rate of the court against the year before, and whether it is beyond chance, all judged together."""
        found: dict[str, float] = {}
        for definition in self.figures.chosen:
            now, before = (self._block(definition, w) for w in (self.periods.now, self.periods.before))
            if now is None or before is None or not is_comparable(now, before):
                continue
            p = p_of_change(definition, now, before)
            if not np.isnan(p):
                found[definition.name] = float(widened(np.array([p]), self.figures.dependence_of_court(definition))[0])
        marks = discoveries(np.array(list(found.values())), OF_COURT)
        return {name: (p, bool(mark)) for (name, p), mark in zip(found.items(), marks, strict=True)}

    def _moved(
        self,
        definition: Definition,
        now: Block,
        before: Block | None,
        p: float,
        beyond: bool | None,
        against: str = ON_YEAR,
    ) -> Iterator[dict[str, Any]]:
        name, unit = name_of(definition), definition.unit
        if before is None or np.isnan(before.value[0]):
            return
        value, base = float(now.value[0]), float(before.value[0])
        limits = limits_of_change(definition, now, before)
        row = self._row(MOVED, definition, now) | {
            "against": against, "base": base, "base_numerator": _first(before.numerator), "base_denominator": _first(before.denominator),
            "change": value - base, "lower": limits[0], "upper": limits[1], "p": p, "beyond_chance": beyond,
        }  # fmt: skip
        if not is_comparable(now, before):
            undecided = self.figures.undecided(definition)
            said = sentences.open_figure(name, now, before, blank=self.blank, undecided=undecided, against=against)
            yield (
                row
                | {"sentence": said.cell, "class": NOTE, "change": np.nan, "p": np.nan, "beyond_chance": None}
                | score_of(0, 0, 0)
            )
            return
        if definition.denominator:
            said = sentences.rate_moved(name, three(now), three(before), unit, beyond, against)
            row["evidence"] = (
                self._evidence(definition) + sentences.parts_of_both(three(now), three(before), against)
            ).cell
            size = size_of_rate(value, base, unit)
        else:
            said = sentences.count_moved(name, value, base, unit, against)
            size = size_of_count(value, base, 0.5 if unit in COUNTED else 1.0)
            if against == ON_YEAR and self.figures.is_of_few(definition):
                said += Text("；", "; ") + OF_FEW
            if unit in COUNTED:
                size *= part_of_court(max(value, base), self.figures.on_hand)
        is_told = True
        if (
            against == ON_YEAR
            and is_ratio_of_cases(definition)
            and (beyond or abs(value - base) >= LARGE)
            and unit == "%"
            and not any(sentences.is_share_of_few(three(of)[1:], unit) for of in (now, before))
        ):
            split = ratio_change(self.figures, definition)
            if split is not None and definition.indicator not in self.ratio_changes:
                self.ratio_changes[definition.indicator] = split
                if beyond is not False and sentences.tells(split):
                    said = sentences.explained(split, said, inside=self.inside)
                    self.explained.add(definition.indicator)
                row |= {
                    "case_numbers": "、".join(split.single["case_no"].dropna().astype(str)) if self.inside else None
                }
                is_told = split.is_told
        squares = 0.0 if definition.denominator else self.figures.squares(definition)
        surprise = surprise_of(definition, value, base, p, squares)
        if is_small(definition, now):
            size = 0.0
        yield row | {
            "sentence": (said + sentences.STOP).cell,
            "class": class_of(definition, value - base, beyond, value) if is_told else NOTE,
            **score_of(size, surprise if beyond is not False else surprise / 4, weight_of(definition)),
        }

    def _recorded(self, definition: Definition, beyond: bool | None) -> Iterator[dict[str, Any]]:
        """That a figure is the highest or lowest of all years; of a rate it counts only where it is beyond random variation.

        Of a rate that was not tested it is told as the fact that it is, and that it was not tested.
        """
        blocks = [b for b in (self._block(definition, window) for window in self.periods.years) if b is not None]
        is_open = not all(is_comparable(block, block) for block in blocks)
        if len(blocks) < len(self.periods.years) or is_open:
            return
        values = np.array([block.value[0] for block in blocks])
        if definition.unit not in (*COUNTED, "%", "万元") or is_small(definition, blocks[-1]):
            return
        said = sentences.record(name_of(definition), values, self.periods.years, definition.unit)
        if said is None:
            return
        if beyond is False:
            beyond = bool(record_p(definition, blocks, self.figures.dependence_of_court(definition)) <= OF_RECORDS)
            said += sentences.BEYOND_ALL if beyond else sentences.WITHIN
        elif beyond is None and definition.denominator:
            said += sentences.UNTESTED
        years = f"periods={[w.end.year for w in self.periods.years]}" if self._are_years else None
        row = self._row(RECORD, definition, blocks[-1])
        yield row | {
            "against": "earlier_years",
            "beyond_chance": beyond,
            "base": float(np.delete(values, -1)[-1]),
            "change": float(values[-1] - values[-2]),
            "sentence": (said + sentences.STOP).cell,
            "class": class_of(definition, values[-1] - values[-2], beyond, float(values[-1])),
            "evidence": _listed(zip(self.periods.years, values, strict=True)).cell,
            "call": self._call(definition, spans=years or self._spans(self.periods.years)),
            **score_of(
                SIZE_OF_RECORDS
                * (part_of_court(values[-2:].max(), self.figures.on_hand) if definition.unit in COUNTED else 1.0),
                surprise_of_record(values, definition.unit) if not beyond else MOST_OF_RECORDS,
                weight_of(definition),
            ),
        }

    def _against_target(self, definition: Definition, now: Block) -> Iterator[dict[str, Any]]:
        is_open = not is_comparable(now, now)
        if definition.target is None or is_open or is_small(definition, now):
            return
        low, high = definition.target
        value, (lower, upper) = float(now.value[0]), (float(now.lower[0]), float(now.upper[0]))
        met = (low is None or value >= low) and (high is None or value <= high)
        bounds = [f"{sign}{bound:g}" for sign, bound in (("≥", low), ("≤", high)) if bound is not None]
        said = (
            sentences.rate_moved(name_of(definition), three(now), None, definition.unit, None)
            if definition.denominator
            else (sentences.count_moved(name_of(definition), value, None, definition.unit))
        )
        crosses = any(bound is not None and lower <= bound <= upper for bound in (low, high))
        said += Text(
            f"，{'达到' if met else '未达到'}目标（{'、'.join(bounds)}）",
            f", target {' and '.join(bounds)} {'met' if met else 'not met'}",
        )
        if crosses:
            said += Text("；区间跨过目标，可能出于随机波动", "; the interval crosses the target: chance can explain it")
        distance = min(abs(value - bound) for bound in (low, high) if bound is not None)
        yield self._row(TARGET, definition, now) | {
            "against": "target",
            "base": low if low is not None else high,
            "change": value - float(low if low is not None else high),  # type: ignore[arg-type]
            "lower": lower, "upper": upper,
            "sentence": (said + sentences.STOP).cell,
            "class": FEATURE if met else NOTE if crosses else PROBLEM,
            **score_of(distance / 100 + (0.0 if met else 0.3), 1.0 if met or crosses else 4.0, 1.5 * weight_of(definition)),
        }  # fmt: skip

    # -- cells

    def cells(self) -> Iterator[dict[str, Any]]:
        """The cells whose change is beyond random variation."""
        for cells, marks in zip(self.figures.cells, self.figures.found, strict=True):
            for place in np.flatnonzero(marks):
                yield self._cell(cells, int(place))

    def _cell(self, cells: CellFigures, place: int) -> dict[str, Any]:
        definition, breakdown = cells.definition, cells.breakdown
        group = self.figures.label(breakdown, cells.groups[place])
        label = group_text(breakdown, group)
        (before, now), (old, new) = cells.numbers[-2:, place], cells.bases[-2:, place]
        name, p = name_of(definition), float(cells.family.p[place])
        value, base = 100 * now / new, 100 * before / old
        if cells.share:
            said = sentences.share_moved(breakdown, group, name, (now, new), (before, old), True)
            part, better = 1.0, None
        else:
            said = sentences.cell_moved(breakdown, group, name, (value, now, new), (base, before, old))
            part, better = new / max(cells.bases[-1].sum(), 1), is_better(definition, value - base)
        lower, upper = newcombe(now, new, before, old)
        figures = Text(
            f"{heading(breakdown).zh}={label.zh}：本期{now:,.0f}/{new:,.0f}，上年同期{before:,.0f}/{old:,.0f}",
            f"{heading(breakdown).en} = {label.en}: {now:,.0f}/{new:,.0f}, the year before {before:,.0f}/{old:,.0f}",
        )
        return {
            "class": FEATURE if better is None or better else PROBLEM,
            "kind": CELL, "indicator": definition.indicator, "breakdown": breakdown, "group": label.cell, "against": ON_YEAR,
            "value": value, "numerator": now, "denominator": new, "base": base, "base_numerator": before, "base_denominator": old,
            "change": value - base, "lower": lower, "upper": upper, "unit": "%", "p": p, "beyond_chance": True,
            "apart": is_apart(cells, place), "evidence": figures.cell, "sentence": (said + sentences.STOP).cell,
            "call": self._call(definition, by=breakdown),
            **score_of(size_of_rate(value, base, "%") * np.sqrt(part), min(z_of(p), MOST_SURPRISE), weight_of(definition)),
        }  # fmt: skip

    # -- the backlog

    def backlog(self) -> Iterator[dict[str, Any]]:
        """The change of the stock and the verdict on the round: always said."""
        cases, now = self.figures.cases, self.periods.now
        parts, called = closing_stock(cases, now)
        opening, closing = parts["opening"], parts["closing"]
        unread = undecided_by(cases, now.end)  # that many fewer may be pending, at the beginning or at the end
        unseen = cases.beginning.older_unseen(now.start)
        said = joined(
            [
                sentences.stock_moved(parts, unread),
                *([counted_open(unread)] if unread else []),
                *([unseen] if unseen.zh else []),
            ]
        )
        flow, found = round_of(cases, now, self.calendar)
        peak = self._peak(flow)
        size = size_of_count(closing, opening, 0.5) * part_of_court(max(opening, closing), self.figures.on_hand)
        yield {
            "class": NOTE if unseen.zh else FEATURE if closing <= opening - unread else PROBLEM if closing - unread > opening else NOTE,
            "kind": STOCK, "indicator": "closing", "against": "opening", "value": closing, "base": opening, "change": closing - opening,
            "unit": "件", "sentence": (said + sentences.STOP + peak).cell,
            "evidence": sentences.parts_of_stock(parts).cell,
            "call": called,
            **score_of(size, min(abs(closing - opening) / np.sqrt(max(closing + opening, 1)), MOST_SURPRISE), WEIGHTS["closing"]),
        }  # fmt: skip
        verdict = (found.verdict, found.ended) if found is not None else ("too_short", "cannot_know_yet")
        yield {
            "class": FEATURE if verdict[1] == "ended" or verdict[0] == "lasting_change" else PROBLEM if verdict[1] == "continues" else NOTE,
            "kind": ROUND, "indicator": "closing", "against": "own_history", "value": closing, "unit": "件",
            "sentence": (sentences.UNTOLD if found is None else found.sentence).cell,
            "evidence": sentences.verdict_of_round(*verdict).cell,
            "call": f'an.cycle(an.caseflow(cases, freq="M", calendar="{self.calendar}", period=(None, "{now.end.date()}")), cases=cases)',
            **score_of(0.5, 2.0, WEIGHTS["closing"]),
        }  # fmt: skip

    def _peak(self, flow: pd.DataFrame) -> Text:
        """The peak of the month-end stock that the register has seen, where the stock is at most half of it now."""
        nothing = Text("", "")
        if self.periods.before is None or len(flow) < 2:
            return nothing
        stock, months = flow["closing"].to_numpy(), flow["period"]
        top = int(np.argmax(stock))
        recent = (months >= self.periods.before.start).to_numpy()
        if not recent.any() or recent[top] or stock[-1] > stock[top] / 2 or stock[top] < LEAST_BASE:
            return nothing
        since = pd.Timestamp(months[recent].iloc[0])
        said = sentences.peak_to_now(
            int(stock[top]),
            pd.Timestamp(months.iloc[top]),
            int(stock[-1]),
            pd.Timestamp(months.iloc[-1]),
            since,
            int(stock[recent].max()),
        )
        return Text(f"{said.zh}。", f" {said.en}.")

    # -- what all rows share

    def _row(self, kind: str, definition: Definition, now: Block) -> dict[str, Any]:
        return {
            "kind": kind, "indicator": definition.indicator, "value": float(now.value[0]), "numerator": _first(now.numerator),
            "denominator": _first(now.denominator), "unit": definition.unit, "beyond_chance": None, "evidence": self._evidence(definition).cell,
            "call": self._call(definition),
        }  # fmt: skip

    def _evidence(self, definition: Definition) -> Text:
        """What a figure is made of, by its name."""
        name, formula = name_of(definition), definition.formula
        counted = Text("按台账逐案计数", "counted case by case in the register")
        zh = counted.zh if formula.zh in ("", name.zh) else formula.zh
        en = counted.en if formula.en in ("", name.en) else formula.en
        return Text(f"{name.zh}：{zh}", f"{name.en}: {en}")

    @property
    def _are_years(self) -> bool:
        from analysis.vocabulary.periods import year_window

        calendar = self.figures.cases.calendar
        return all((w.start, w.end) == year_window(w.end.year, calendar=calendar) for w in self.periods.years)

    def _spans(self, windows: Sequence[Window | None]) -> str:
        listed = [f'("{w.start.date()}", "{w.end.date()}")' for w in windows if w is not None]
        return f"periods=[{', '.join(listed)}]"

    def _call(self, definition: Definition, *, by: str = "", spans: str | None = None) -> str:
        """The call that gives the figures of a row again."""
        spans = spans or self._spans([self.periods.before, self.periods.now])
        parted = f', by="{by}"' if by else ""
        inside = ", names=True" if self.inside else ""
        return (
            f'an.indicators(cases, {spans}, only=["{definition.id}"], definitions="{definition.set}"{parted}{inside})'
        )


# -- figures of rows


def _first(values: np.ndarray) -> float:
    return float(values[0])


def _listed(values: Any) -> Text:
    pairs = [(sentences.named(window), f"{value:,.2f}".removesuffix(".00")) for window, value in values]
    return Text("；".join(f"{n.zh}：{v}" for n, v in pairs), "; ".join(f"{n.en}: {v}" for n, v in pairs))
