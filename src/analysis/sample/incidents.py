"""Incidents of the sample's cases: petitions (涉执信访), coercive measures, judicial aid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from analysis.sample.case_histories import ENFORCED, OFFICERS, Life
from analysis.sample.flows import LAST_DAY, is_workday
from analysis.sample.rng import Dice

SUPERVISORS = {"示例院长": 30, "示例副院长": 30, "示例局长": 40}
# 2010–2011, printed: 8 petitions, 3 settled, 2 by compulsion, 3 by judicial aid, all resolved. Case closed how, and when.
PETITIONS = (
    ("settled", "settled", 2010),
    ("compelled", "compelled", 2010),
    ("settled", "settled", 2010),
    ("aid", "terminated_this_round", 2011),
    ("compelled", "compelled", 2011),
    ("aid", "terminated_this_round", 2011),
    ("settled", "settled", 2011),
    ("aid", "terminated_this_round", 2011),
)
PETITIONS_BEFORE = {2006: 6, 2007: 9, 2008: 12, 2009: 10}  # chosen; all resolved before 2010
OUTCOMES_BEFORE = {"settled": 350, "compelled": 250, "explained": 300, "other": 100}
# 2011, printed: 5.5 万元 of judicial aid; three grants go with the petitions, the others are chosen.
AID_2011 = (20_000, 12_000, 8_000, 5_500, 4_000, 3_000, 2_500)
# 2010–2011, printed: 86 persons detained, 11 of them also fined; the other measures and the years before are chosen.
DETAINED, FINED = 86, 11
DETAINED_BEFORE = {2006: 17, 2007: 28, 2008: 25, 2009: 52}
FINES = {500: 3, 1_000: 4, 2_000: 3, 3_000: 2, 5_000: 2, 10_000: 1}  # yuan; a person's fine ends at 10,000 (CPL 2007)
OTHERS = {
    "seizure": 95,
    "freezing": 130,
    "search": 12,
    "exposure": 30,
    "referral": 4,
}  # per year band of cases, per mille
RESTRICTIONS_SINCE = date(2010, 10, 1)  # 限制高消费, in force from this day


def petitions_table(everything: Sequence[Life], numbers: dict[Life, str], *, seed: int) -> pd.DataFrame:
    """Petitions with their case, outcome, officer, supervisor and the day they were deliberated on (会商)."""
    dice = Dice(seed, "petitions")
    taken: set[Life] = set()
    drawn: list[tuple[date, date, Life, str, bool]] = []
    for year, count in PETITIONS_BEFORE.items():
        for _ in range(count):
            life = _long_one(everything, year, None, taken, dice)
            drawn.append((*_petition_days(life, dice), life, dice.one_of(OUTCOMES_BEFORE), dice.chance(500)))
    for outcome, mode, year in PETITIONS:
        life = _long_one(everything, year, mode, taken, dice)
        drawn.append((*_petition_days(life, dice), life, outcome, True))
    rows, serial = [], dict.fromkeys(range(2006, 2012), 0)
    for received, resolved, life, outcome, consulted in sorted(drawn, key=lambda row: (row[0], numbers[row[2]])):
        serial[received.year] += 1
        consultation = received + timedelta(days=min(dice.between(1, 6), (resolved - received).days))
        rows.append(
            {
                "petition_id": f"访{received.year}-{serial[received.year]:02d}",
                "case_no": numbers[life],
                "received_on": received,
                "resolved_on": resolved,
                "outcome": outcome,
                "officer": OFFICERS[life.officer],
                "supervisor": dice.one_of(SUPERVISORS),
                "consulted_on": consultation if consulted else None,
            }
        )
    return pd.DataFrame(rows)


def _long_one(everything: Sequence[Life], year: int, mode: str | None, taken: set[Life], dice: Dice) -> Life:
    """One of the longest cases closed in the year (and mode), or long-lived by a reopening: what people petition about."""
    fitting = [
        life
        for life in everything
        if life.closed
        and life.closed.year == year
        and mode in {None, life.mode}
        and life not in taken
        and life.filed.year >= (2010 if mode and life.closed.year == 2011 else 2006)
        and (life.closed - life.filed).days >= 20
    ]
    fitting.sort(key=lambda life: (life.original is not None, (life.closed or LAST_DAY) - life.filed), reverse=True)
    life = fitting[dice.below(min(4 if mode else 30, len(fitting)))]
    taken.add(life)
    return life


def _petition_days(life: Life, dice: Dice) -> tuple[date, date]:
    """Received while the case was open, in the year of its closing; resolved on the day the case closed."""
    closed = life.closed or LAST_DAY
    earliest = max(life.filed + timedelta(days=3), date(closed.year, 1, 4), closed - timedelta(days=120))
    received = earliest + timedelta(days=dice.between(0, max((closed - earliest).days - 10, 0)))
    while received > life.filed and not is_workday(received):
        received -= timedelta(days=1)
    return received, closed


def measures_table(everything: Sequence[Life], numbers: dict[Life, str], *, seed: int) -> pd.DataFrame:
    """Coercive measures: detention and fine by person, and what is done to property; persons are numbers only."""
    dice = Dice(seed, "measures")
    found: list[tuple[date, Life, int, str, int | None]] = []
    person = 0
    for years, count, fined in [((year,), n, n // 8) for year, n in DETAINED_BEFORE.items()] + [
        ((2010, 2011), DETAINED, FINED)
    ]:
        fitting = [
            life
            for life in everything
            if life.mode in {*ENFORCED, "terminated_this_round"} and life.closed and life.closed.year in years
            and life.filed.year in {*years, years[0] - 1} and (life.closed - life.filed).days >= 10
            and life.closed >= date(years[0], 1, 15)
        ]  # fmt: skip
        weights = [6 if life.mode in {"compelled", "settled"} else 2 for life in fitting]
        for n in range(count):
            life, person = fitting[dice.weighted(weights)], person + 1
            day = _measure_day(life, dice, date(years[0], 1, 4))
            found.append((day, life, person, "detention", None))
            if n < fined:
                found.append((day, life, person, "fine", dice.one_of(FINES)))
    for life in everything:
        for kind, per_mille in OTHERS.items():
            if dice.chance(per_mille) and life.closed and (life.closed - life.filed).days >= 8:
                person += 1
                found.append((_measure_day(life, dice, life.filed), life, person, kind, None))
        long_enough = life.closed and (life.closed - life.filed).days >= 8
        if dice.chance(60) and long_enough and life.filed >= RESTRICTIONS_SINCE:
            person += 1
            found.append((_measure_day(life, dice, life.filed), life, person, "restriction", None))
    found.sort(key=lambda row: (row[0], row[2], row[3]))
    order = {old: new for new, old in enumerate(dict.fromkeys(row[2] for row in found), start=1)}
    return pd.DataFrame(
        {
            "case_no": [numbers[life] for _, life, *_ in found],
            "person_id": [f"被执行人{order[person]:04d}" for _, _, person, *_ in found],
            "kind": [row[3] for row in found],
            "date": [row[0] for row in found],
            "amount": [row[4] for row in found],
        }
    )


def _measure_day(life: Life, dice: Dice, earliest: date) -> date:
    """A working day while the case was open."""
    first, last = max(life.filed + timedelta(days=3), earliest), life.closed or LAST_DAY
    day = first + timedelta(days=dice.between(0, max((last - first).days, 0)))
    while day < last and not is_workday(day):
        day += timedelta(days=1)
    return day


def aid_table(
    everything: Sequence[Life], numbers: dict[Life, str], petitions: pd.DataFrame, *, seed: int
) -> pd.DataFrame:
    """Judicial aid of 2011: with the petitions that it resolved, and to applicants of cases closed with nothing to enforce on."""
    dice = Dice(seed, "aid")
    with_petition = petitions[petitions["outcome"] == "aid"]
    named = zip(with_petition["case_no"], with_petition["petition_id"], with_petition["resolved_on"], strict=True)
    rows: list[dict[str, object]] = [
        {"case_no": case_no, "petition_id": petition_id, "granted_on": granted_on, "amount": amount}
        for (case_no, petition_id, granted_on), amount in zip(named, AID_2011, strict=False)
    ]
    taken = set(with_petition["case_no"])
    poor = [
        life
        for life in everything
        if life.mode == "terminated_this_round" and life.closed and life.closed.year == 2011 and not life.has_property
        and numbers[life] not in taken
    ]  # fmt: skip
    for amount, life in zip(AID_2011[len(rows) :], dice.shuffled(poor), strict=False):
        granted = min((life.closed or LAST_DAY) + timedelta(days=dice.between(3, 30)), date(2011, 12, 30))
        rows.append({"case_no": numbers[life], "petition_id": None, "granted_on": granted, "amount": amount})
    return pd.DataFrame(rows).sort_values(["granted_on", "case_no"], ignore_index=True)
