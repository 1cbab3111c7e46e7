"""Cases by the million: every column of a case from its number, for whole chunks at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analysis.sample.case_histories import AREAS, BASES
from analysis.sample.counter_rng import Draws
from analysis.sample.money import CLAIM_QUANTILES
from analysis.sample.national_courts import (
    CAMPAIGN_MONTHS,
    FIRST_DAY,
    FIRST_YEAR,
    LAST_DAY,
    MONTHS,
    OFFSET,
    YEARS,
    Landscape,
)

MODES = (
    "completed", "voluntary", "compelled", "settled",
    "terminated_this_round", "terminated", "withdrawn", "transferred", "refused", "dismissed",
)  # fmt: skip
ENFORCED_MODES = 4
TERMINATED_THIS_ROUND = MODES.index("terminated_this_round")
SHARES_ENFORCED = np.cumsum([0.5, 0.19, 0.15])  # completed, voluntary, compelled; the rest is settled
# Of the other closings: 终本, 终结, 销案, 委托, 不予执行; the rest is 驳回. In the campaign 终本 takes most.
SHARES_OTHER = np.cumsum([0.45, 0.38, 0.09, 0.04, 0.02])
SHARES_OTHER_CAMPAIGN = np.cumsum([0.75, 0.16, 0.05, 0.02, 0.01])
# By mode: share of cases recovered at the first value, that value, the others between low and high.
RECOVERY = np.array(
    [
        (1, 1, 1, 1),
        (1, 1, 1, 1),
        (0.75, 1, 0.5, 0.95),
        (0.45, 1, 0.45, 0.95),
        (0.55, 0, 0.02, 0.45),
        (0.7, 0, 0.01, 0.3),
    ]
    + [(1, 0, 0, 0)] * 4
)
WITHOUT_PROPERTY_SLOWER, WITHOUT_PROPERTY_ENFORCED = 2.0, 0.3
MAYBE_REOPENED, LOOK_BACK_DAYS = 0.15, (200, 700)
LATE_START, LATE_ENTRY, EXTENDED, EXCLUDED, WITH_LEAD = 0.06, 0.02, 0.04, 0.03, 0.03
TEAMS = 3
CLAIM_AT, CLAIM_YUAN = (np.array(side, dtype="float64") for side in zip(*CLAIM_QUANTILES, strict=True))
EXPONENTIAL_NODES = 4096
OPEN = -1
DAY0, DAY1 = int(FIRST_DAY.astype("int64")), int(LAST_DAY.astype("int64"))

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Drawing = Callable[[int], Floats]


@dataclass(frozen=True, eq=False)
class Core:
    """The draws behind a chunk of cases; days are days since 1970, ``closed`` is −1 while open."""

    number: Ints
    court: Ints
    month: Ints
    filed: Ints
    has_property: NDArray[np.bool_]
    closed: Ints
    mode: Ints


class Multitude:
    """Makes chunks of cases of a landscape, any numbers in any order."""

    def __init__(self, land: Landscape, *, seed: int) -> None:
        self.land = land
        self.draws = Draws(seed=seed)
        self._cell_ends = land.starts.ravel()[1:]
        self._hazard = land.hazard.ravel()
        self._hazard_end = land.hazard[:, -1] - OFFSET * np.arange(len(land.courts))
        self._columns = {
            name: land.courts[name].to_numpy() for name in land.courts.columns if name not in {"court", "court_code"}
        }
        at = (np.arange(EXPONENTIAL_NODES) + 0.5) / EXPONENTIAL_NODES
        self._exponential = np.append(-np.log1p(-at), -np.log(0.25 / EXPONENTIAL_NODES))
        self._officer_starts = np.concatenate([[0], np.cumsum(self._columns["officers"])])
        self._names = self._dictionaries()

    def table(self, numbers: Ints) -> pa.Table:
        """The cases of these numbers as an Arrow table in canonical columns."""
        core = self.core(numbers)
        draw = self._drawing(core.number)
        columns = {"case_no": self._case_numbers(core)}
        columns |= self._place(core, draw)
        columns |= self._dates(core, draw)
        columns |= self._money(core, draw)
        columns |= self._reopening(core, draw)
        order = ("case_no", "court", "court_code", "case_type", "basis", "filed_on", "assigned_on", "started_on", "closed_on",
                 "closure_mode", "team", "original_case_no", "amount_claimed", "amount_recovered", "amount_paid", "paid_on",
                 "officer", "lead", "has_property", "extension_days", "excluded_days", "entered_on", "area")  # fmt: skip
        return pa.table({name: columns[name] for name in order})

    def core(self, numbers: Ints) -> Core:
        """Court, filing day, property, closing day and mode of these cases."""
        land, draw = self.land, self._drawing(numbers)
        cell = np.searchsorted(self._cell_ends, numbers, side="right")
        court, month = np.divmod(cell, MONTHS)
        rank = numbers - land.starts.ravel()[cell]
        first = land.workday_starts[month]
        width = land.workday_starts[month + 1] - first
        place = (rank + draw(0)) / land.filed.ravel()[cell]
        filed = land.workdays[first + (place * width).astype("int64")]
        has_property = draw(1) < self._columns["property_share"][court]
        closed = self._closing_days(court, month, filed, has_property, draw(2))
        mode = self._modes(court, closed, has_property, draw(3), draw(4))
        return Core(numbers, court, month, filed, has_property, closed, mode)

    def _drawing(self, numbers: Ints) -> Drawing:
        """Fractions for these cases, by stream."""
        as_unsigned = numbers.view("uint64")
        return lambda stream: self.draws.fractions(as_unsigned, stream)

    def _closing_days(self, court: Ints, month: Ints, filed: Ints, has_property: NDArray[np.bool_], u: Floats) -> Ints:
        """A case is closed when the running hazard of its court has grown by an exponential draw since its filing."""
        land = self.land
        days, width = land.part_days, land.hazard.shape[1]
        part = np.minimum((filed - days[3 * month]) // 10, 2) + 3 * month
        flat = court * width + part
        at_filing = self._hazard[flat]
        at_filing += (self._hazard[flat + 1] - at_filing) * ((filed - days[part]) / (days[part + 1] - days[part]))
        node = u * EXPONENTIAL_NODES
        low = node.astype("int64")
        patience = self._exponential[low] + (self._exponential[low + 1] - self._exponential[low]) * (node - low)
        patience[~has_property] *= WITHOUT_PROPERTY_SLOWER
        reached = at_filing + patience
        is_open = reached - OFFSET * court >= self._hazard_end[court]
        reached[is_open] = at_filing[is_open]
        index = np.searchsorted(self._hazard, reached, side="right") - 1
        below, step = self._hazard[index], self._hazard[index + 1]
        part = index - court * width
        closed = days[part] + ((reached - below) / (step - below) * (days[part + 1] - days[part])).astype("int64")
        weekday = (closed + 3) % 7  # 0 is Monday: 1970-01-01 was a Thursday
        closed -= np.maximum(weekday - 4, 0)
        np.maximum(closed, filed, out=closed)
        closed[is_open] = OPEN
        return closed

    def _modes(self, court: Ints, closed: Ints, has_property: NDArray[np.bool_], u: Floats, v: Floats) -> Ints:
        share = self._columns["enforced_share"][court] * np.where(has_property, 1.0, WITHOUT_PROPERTY_ENFORCED)
        start, end = (
            int(np.datetime64(f"{FIRST_YEAR + m // 12}-{m % 12 + 1:02d}-01").astype("int64")) for m in CAMPAIGN_MONTHS
        )
        in_campaign = (closed >= start) & (closed < end)
        enforced = np.searchsorted(SHARES_ENFORCED, v, side="right")
        other = np.searchsorted(SHARES_OTHER, v, side="right")
        other[in_campaign] = np.searchsorted(SHARES_OTHER_CAMPAIGN, v[in_campaign], side="right")
        mode = np.where(u < share, enforced, other + ENFORCED_MODES)
        mode[closed == OPEN] = OPEN
        return mode

    def _dictionaries(self) -> dict[str, pa.Array]:
        courts, codes = self.land.courts["court"], self.land.courts["court_code"]
        officers = [
            f"示例{n:04d}-{k:02d}"
            for n, many in enumerate(self._columns["officers"], start=1)
            for k in range(1, many + 1)
        ]
        years = range(FIRST_YEAR, FIRST_YEAR + YEARS)
        return {
            "court": pa.array(courts, pa.string()),
            "court_code": pa.array(codes, pa.string()),
            "officer": pa.array(officers, pa.string()),
            "prefix": pa.array([f"({year}){code}执字第" for code in codes for year in years], pa.string()),
            "mode": pa.array(MODES, pa.string()),
            "basis": pa.array(list(BASES), pa.string()),
            "area": pa.array(list(AREAS), pa.string()),
            "team": pa.array([f"执行{n}组" for n in "一二三"], pa.string()),
            "case_type": pa.array(["first", "reopened"], pa.string()),
            "lead": pa.array(["示例院长", "示例副院长", "示例局长"], pa.string()),
        }

    def _named(self, name: str, codes: Ints, mask: NDArray[np.bool_] | None = None) -> pa.DictionaryArray:
        """Codes as a dictionary column that holds only the stretch of names in use."""
        low, high = (int(codes.min()), int(codes.max())) if len(codes) else (0, 0)
        low = max(low, 0)
        return pa.DictionaryArray.from_arrays(
            pa.array((codes - low).astype("int32"), mask=mask), self._names[name].slice(low, high - low + 1)
        )

    def _case_numbers(self, core: Core) -> pa.Array:
        """(2011)合0001执字第123号: one series a court and year, in the order of filing."""
        year = core.month // 12
        serial = core.number - self.land.starts[core.court, year * 12] + 1
        prefix = self._names["prefix"].take(pa.array(core.court * YEARS + year))
        return pc.binary_join_element_wise(prefix, pc.cast(pa.array(serial), pa.string()), "号", "")

    def _place(self, core: Core, draw: Drawing) -> dict[str, pa.Array]:
        u = draw(5)
        officers = self._columns["officers"][core.court]
        local = (officers * (u * (0.6 + 0.4 * u))).astype("int64")  # loads differ: the first officers take more
        return {
            "court": self._named("court", core.court),
            "court_code": self._named("court_code", core.court),
            "basis": self._named("basis", _by_weight(BASES, draw(6))),
            "team": self._named("team", local % TEAMS),
            "officer": self._named("officer", self._officer_starts[core.court] + local),
            "lead": self._named("lead", (draw(7) * 3 / WITH_LEAD).astype("int64") % 3, mask=draw(7) >= WITH_LEAD),
            "has_property": pa.array(core.has_property),
            "area": self._named("area", _by_weight(AREAS, draw(8))),
            "closure_mode": self._named("mode", core.mode, mask=core.mode == OPEN),
        }

    def _dates(self, core: Core, draw: Drawing) -> dict[str, pa.Array]:
        is_open = core.closed == OPEN
        last = np.where(is_open, DAY1, core.closed)
        assigned = np.minimum(core.filed + (draw(9) * 5).astype("int64"), last)
        u = draw(10)
        wait = np.where(u < LATE_START, 16 + u * (30 / LATE_START), 1 + u * 14).astype("int64")
        v = draw(11)
        entry = np.where(v < LATE_ENTRY, 10 + v * (50 / LATE_ENTRY), v * 4).astype("int64")
        return {
            "filed_on": _dates(core.filed),
            "assigned_on": _dates(assigned),
            "started_on": _dates(np.minimum(assigned + wait, last)),
            "closed_on": _dates(core.closed, is_open),
            "entered_on": _dates(np.minimum(core.filed + entry, DAY1)),
            "extension_days": pa.array(np.where(draw(12) < EXTENDED, 90, 0)),
            "excluded_days": pa.array(np.where(draw(13) < EXCLUDED, 30, 0)),
        }

    def _money(self, core: Core, draw: Drawing) -> dict[str, pa.Array]:
        is_open = core.mode == OPEN
        claimed = np.interp(draw(14) * 1000, CLAIM_AT, CLAIM_YUAN) * self._columns["claim_scale"][core.court]
        claimed_fen = np.where(draw(15) < 0.7, np.ceil(claimed / 100) * 10_000, np.round(claimed * 100))
        first_share, first, low, high = RECOVERY[core.mode].T
        u = draw(16)
        part = np.where(draw(17) < first_share, first, low + (high - low) * u)
        recovered_fen = np.floor(claimed_fen * part)
        paid_fen = np.where(u < 0.05, np.floor(recovered_fen * 0.6), recovered_fen)
        paid_on = np.maximum(core.closed - 3 + (draw(18) * 20).astype("int64"), core.filed)
        unpaid = is_open | (recovered_fen == 0) | (paid_on > DAY1)
        return {
            "amount_claimed": pa.array(claimed_fen / 100),
            "amount_recovered": pa.array(recovered_fen / 100, mask=is_open),
            "amount_paid": pa.array(paid_fen / 100, mask=unpaid),
            "paid_on": _dates(paid_on, unpaid),
        }

    def _reopening(self, core: Core, draw: Drawing) -> dict[str, pa.Array]:
        """A case is a reopened one if the case that it looks back on ended as 终本 before it was filed."""
        u = draw(19)
        maybe = np.flatnonzero(u < MAYBE_REOPENED)
        size = self._columns["cases"][core.court[maybe]]
        low, high = LOOK_BACK_DAYS
        back = (low + (high - low) * u[maybe] / MAYBE_REOPENED) / (DAY1 - DAY0) * size
        first_of_court = self.land.starts[core.court[maybe], 0]
        origin = self.core(np.maximum(core.number[maybe] - back.astype("int64") - 1, first_of_court))
        fits = (
            (origin.mode == TERMINATED_THIS_ROUND)
            & (origin.closed < core.filed[maybe])
            & (origin.number < core.number[maybe])
        )
        is_reopened = np.zeros(len(core.number), dtype=bool)
        is_reopened[maybe[fits]] = True
        position = np.cumsum(is_reopened) - 1
        originals = self._case_numbers(origin).filter(pa.array(fits))
        return {
            "case_type": self._named("case_type", is_reopened.astype("int64")),
            "original_case_no": originals.take(pa.array(position, mask=~is_reopened)),
        }


def _dates(days: Ints, mask: NDArray[np.bool_] | None = None) -> pa.Array:
    return pa.array(days.astype("int32"), mask=mask).view(pa.date32())


def _by_weight(weights: dict[str, int], u: Floats) -> Ints:
    running = np.cumsum(list(weights.values()))
    return np.searchsorted(running / running[-1], u, side="right")
