"""The life of each case in the sample: filed, given to an officer, closed in some mode, perhaps reopened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from analysis.sample.flows import CAMPAIGN, Plan, manner
from analysis.sample.rng import Dice
from analysis.vocabulary.columns import closure_modes

# Invented names that no person bears: 示例 ("example") and a heavenly stem.
OFFICERS = tuple(f"示例{stem}" for stem in "甲乙丙丁戊己庚辛")
TEAMS = ("执行一组", "执行一组", "执行一组", "执行二组", "执行二组", "执行二组", "执行三组", "执行三组")
# Shares of new cases by officer, per year band, and how readily an officer's cases are closed.
LOADS = {
    "before": (150, 140, 130, 130, 120, 110, 120, 100),
    "2010": (160, 140, 140, 130, 120, 90, 130, 90),
    "2011": (160, 150, 140, 140, 130, 120, 130, 20),
}
PACE = (11, 10, 11, 9, 10, 6, 9, 8)
AREAS = {"示例城区": 30, **{f"示例镇{n}": 7 for n in "一二三四五六七八九十"}}
BASES = {
    "civil": 780,
    "criminal_civil": 70,
    "administrative_non_litigation": 60,
    "arbitration": 60,
    "notarised_debt": 15,
    "payment_order": 10,
    "administrative": 5,
}
WITH_PROPERTY = 700  # per mille of new cases
REOPENED_WITH_PROPERTY = 900
FITTING, WITH_PROPERTY_SOONER = 20, 2  # factors on the weight of a case when something is closed
ENFORCED = closure_modes("performed", "settled")
# Closure modes by manner, per mille of closings: 终本 rises in the campaign. In the steady years the enforced modes
# come to a fixed number (ENFORCED_CLOSINGS), the weights here share out what is inside each half.
MODES = {
    "accumulating": {
        "completed": 380, "voluntary": 130, "compelled": 110, "settled": 110, "terminated_this_round": 60, "terminated": 130,
        "withdrawn": 40, "transferred": 20, "refused": 10, "dismissed": 10,
    },
    "clearing": {
        "completed": 350, "voluntary": 100, "compelled": 130, "settled": 110, "terminated_this_round": 80, "terminated": 150,
        "withdrawn": 40, "transferred": 20, "refused": 10, "dismissed": 10,
    },
    "campaign": {
        "completed": 260, "voluntary": 60, "compelled": 110, "settled": 110, "terminated_this_round": 330, "terminated": 90,
        "withdrawn": 20, "transferred": 10, "refused": 5, "dismissed": 5,
    },
    "steady": {
        "completed": 400, "voluntary": 190, "compelled": 130, "settled": 150, "terminated_this_round": 80, "terminated": 30,
        "withdrawn": 10, "transferred": 6, "refused": 2, "dismissed": 2,
    },
}  # fmt: skip
# 542 of 711 is 76.23 %: the printed 76, rounded or truncated.
ENFORCED_CLOSINGS = {2010: 236, 2011: 306}
# Weight of a case by its age in days when something is closed; "steady" closes nearly all inside six months.
AGES = {
    "accumulating": ((10, 1), (60, 8), (183, 10), (365, 3), (9999, 2)),
    "clearing": ((10, 1), (60, 6), (183, 8), (365, 10), (9999, 12)),
    "campaign": ((10, 1), (60, 5), (183, 7), (365, 14), (9999, 30)),
    "steady": ((8, 2), (30, 8), (60, 14), (120, 25), (150, 60), (9999, 400)),
}
# 终本 cases that come back as 执恢 (per mille), and after how many days: (share, from, to).
REOPENED = {"campaign": 340, "accumulating": 200, "clearing": 200, "steady": 200}
REOPENED_AFTER = ((300, 90, 364), (600, 365, 729), (100, 730, 900))


@dataclass(frozen=True)
class Hold:
    """Cases of one officer, filed between two days, that stay open until a day: so some officers miss the 80%."""

    officer: int
    cases: int
    filed_from: date
    filed_to: date
    until: date


HOLDS = (
    Hold(5, 9, date(2010, 9, 1), date(2010, 12, 20), date(2011, 1, 6)),
    Hold(7, 3, date(2011, 7, 8), date(2011, 12, 15), date(2012, 1, 1)),  # the three cases pending at the end of 2011
)


@dataclass(eq=False)
class Life:
    """One case as it is lived; ``original`` is the case that a 执恢 case reopens."""

    filed: date
    officer: int
    area: str
    basis: str
    has_property: bool
    ease: int
    original: Life | None = None
    closed: date | None = None
    mode: str | None = None
    held_until: date = date.min


def lives(plan: Plan, *, seed: int) -> list[Life]:
    """Every case of the plan, in the order of filing."""
    dice = Dice(seed, "docket")
    decks = _decks(plan, dice)
    everything: list[Life] = []
    pending: list[Life] = []
    waiting: list[tuple[date, Life]] = []  # when a 终本 case would come back
    held, owed = dict.fromkeys(HOLDS, 0), 0
    for day, filed, closed in zip(plan.days, plan.filed, plan.closed, strict=True):
        for _ in range(filed):
            due = next((entry for entry in sorted(waiting, key=lambda e: e[0]) if entry[0] <= day), None)
            if due:
                waiting.remove(due)
            life = _filed(day, due[1] if due else None, dice)
            for hold in HOLDS:
                if held[hold] < hold.cases and _falls_under(life, hold):
                    life.held_until, held[hold] = hold.until, held[hold] + 1
            everything.append(life)
            pending.append(life)
        owed += closed
        while owed and pending:  # what cannot be closed for want of cases is closed on the next day
            owed -= 1
            mode = decks[_deck(day)].pop()
            life = _chosen(pending, day, mode, dice)
            pending.remove(life)
            life.closed, life.mode = day, mode
            if mode == "terminated_this_round" and dice.chance(REOPENED[manner(day)]):
                waiting.append((day + timedelta(days=_gap(day, dice)), life))
    return everything


def _falls_under(life: Life, hold: Hold) -> bool:
    return life.officer == hold.officer and hold.filed_from <= life.filed <= hold.filed_to and not life.original


def _deck(day: date) -> str:
    return str(day.year) if day.year >= 2010 else manner(day)


def _decks(plan: Plan, dice: Dice) -> dict[str, list[str]]:
    """The closure modes of every stretch, shuffled: shares are exact, and so is the number enforced in 2010 and 2011."""
    sizes: dict[str, int] = {}
    for day, closed in zip(plan.days, plan.closed, strict=True):
        sizes[_deck(day)] = sizes.get(_deck(day), 0) + closed
    decks = {}
    for name, size in sizes.items():
        modes = MODES.get(name, MODES["steady"])
        if not name.isdigit():
            decks[name] = dice.shuffled(_shared(modes, size))
            continue
        enforced = {mode: share for mode, share in modes.items() if mode in ENFORCED}
        rest = {mode: share for mode, share in modes.items() if mode not in ENFORCED}
        count = ENFORCED_CLOSINGS[int(name)]
        decks[name] = dice.shuffled(_shared(enforced, count) + _shared(rest, size - count))
    return decks


def _shared(shares: dict[str, int], size: int) -> list[str]:
    """So many modes in these proportions, by largest remainder."""
    total = sum(shares.values())
    counts = {mode: size * share // total for mode, share in shares.items()}
    remainders = sorted(shares, key=lambda mode: -(size * shares[mode] % total))
    for mode in remainders[: size - sum(counts.values())]:
        counts[mode] += 1
    return [mode for mode, count in counts.items() for _ in range(count)]


def _filed(day: date, original: Life | None, dice: Dice) -> Life:
    loads = LOADS.get(str(day.year), LOADS["before"])
    officer, area, basis = dice.weighted(loads), dice.one_of(AREAS), dice.one_of(BASES)
    has_property, ease = dice.chance(WITH_PROPERTY), dice.between(1, 9)
    if original:
        has_property = dice.chance(REOPENED_WITH_PROPERTY)
        return Life(day, officer, original.area, original.basis, has_property, ease, original)
    return Life(day, officer, area, basis, has_property, ease)


def _chosen(pending: list[Life], day: date, mode: str, dice: Dice) -> Life:
    """Draw the pending case to close: by age, ease, officer's pace, and whether property fits the mode."""
    ages = AGES[manner(day)]
    not_held = [life for life in pending if life.held_until <= day]
    open_to_it = [life for life in not_held if life.filed < day] or not_held or pending
    weights = []
    for life in open_to_it:
        age = (day - life.filed).days
        weight = next(w for limit, w in ages if age < limit) * life.ease * PACE[life.officer]
        fits = life.has_property == (mode in ENFORCED)
        weights.append(weight * (FITTING if fits else 1) * (WITH_PROPERTY_SOONER if life.has_property else 1))
    return open_to_it[dice.weighted(weights)]


def _gap(day: date, dice: Dice) -> int:
    """Days until a 终本 case comes back; after the campaign not before a year is over."""
    steady = day > CAMPAIGN[1]
    choices = REOPENED_AFTER[1:] if steady else REOPENED_AFTER
    _, low, high = choices[dice.weighted([share for share, _, _ in choices])]
    return dice.between(low, high)
