"""The register of the sample: every case with its dates, people and money, and the side tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from analysis.sample.case_histories import OFFICERS, TEAMS, Life, lives
from analysis.sample.flows import CAMPAIGN, LAST_DAY, is_workday, plan
from analysis.sample.incidents import aid_table, measures_table, petitions_table
from analysis.sample.money import YUAN, Money, money
from analysis.sample.rng import Dice
from analysis.vocabulary.columns import columns

SEED = 2012
COURT = "富锦市人民法院"
LEADS = {"示例院长": 20, "示例副院长": 35, "示例局长": 45}
LATE_STARTS = {"before": 150, "since": 8}  # per mille of cases started more than 15 days after the file came
LATE_ENTRIES_BEFORE_2010 = 12  # per mille; none from 2010 on, as the court says of itself
NON_LITIGATION_MONTHS, OTHER_MONTHS = 3, 6


def sample_register(seed: int = SEED) -> dict[str, pd.DataFrame]:
    """The synthetic register: frames ``cases``, ``petitions``, ``coercive_measures``, ``aid`` in canonical columns.

    The same seed gives the same frames on every platform. Whatever the seed, the totals of 2010 and 2011 are those that
    the court printed; raises ``DataError`` for one of the few seeds whose amounts cannot come to them.

    Parameters
    ----------
    seed : int
        Where chance begins; the same seed gives the same numbers.

    Returns
    -------
    dict of DataFrame
        The four tables.

    >>> {name: len(table) for name, table in sample_register().items()}["cases"]
    2000
    """
    everything = lives(plan(seed), seed=seed)
    purse = money(everything, seed=seed)
    numbers = _numbers(everything)
    cases = _cases(everything, purse, numbers, Dice(seed, "register"))
    petitions = petitions_table(everything, numbers, seed=seed)
    supervisors = cases["case_no"].map(petitions.set_index("case_no")["supervisor"])
    cases["lead"] = supervisors.where(supervisors.notna(), cases["lead"])  # who supervises the petition leads the case
    frames = {
        "cases": cases,
        "petitions": petitions,
        "coercive_measures": measures_table(everything, numbers, seed=seed),
        "aid": aid_table(everything, numbers, petitions, seed=seed),
    }
    return {name: typed(frame, name) for name, frame in frames.items()}


def _numbers(everything: Sequence[Life]) -> dict[Life, str]:
    """Case numbers by year of filing and type, without gaps: (2011)富执字第123号, (2011)富执恢字第4号."""
    serial: dict[tuple[int, str], int] = {}
    numbers = {}
    for life in everything:
        key = (life.filed.year, "执恢" if life.original else "执")
        serial[key] = serial.get(key, 0) + 1
        numbers[life] = f"({key[0]})富{key[1]}字第{serial[key]}号"
    return numbers


def _cases(everything: Sequence[Life], purse: dict[Life, Money], numbers: dict[Life, str], dice: Dice) -> pd.DataFrame:
    rows = []
    for life in everything:
        amount = purse[life]
        assigned, started = _first_steps(life, dice)
        rows.append(
            {
                "case_no": numbers[life],
                "court": COURT,
                "case_type": "reopened" if life.original else "first",
                "basis": life.basis,
                "filed_on": life.filed,
                "assigned_on": assigned,
                "started_on": started,
                "closed_on": life.closed,
                "closure_mode": life.mode,
                "team": TEAMS[life.officer],
                "original_case_no": numbers[life.original] if life.original else None,
                "amount_claimed": amount.claimed / YUAN,
                "amount_recovered": None if amount.recovered is None else amount.recovered / YUAN,
                **_payment(life, amount, started, dice),
                "officer": OFFICERS[life.officer],
                "lead": _lead(life, dice),
                "has_property": life.has_property,
                **_allowances(life, dice),
                "entered_on": _entered(life, dice),
                "area": life.area,
            }
        )
    return pd.DataFrame(rows)


def _after(day: date, workdays: int) -> date:
    """So many working days later."""
    while workdays:
        day += timedelta(days=1)
        workdays -= is_workday(day)
    return day


def _first_steps(life: Life, dice: Dice) -> tuple[date, date]:
    """The day the officer received the file and the day enforcement began, never after the closing."""
    last = life.closed or LAST_DAY
    assigned = min(_after(life.filed, dice.between(0, 3)), last)
    late = dice.chance(LATE_STARTS["before" if life.filed.year < 2010 else "since"])
    wait = dice.between(16, 45) if late else dice.between(1, 14)
    return assigned, min(assigned + timedelta(days=wait), last)


def _payment(life: Life, amount: Money, started: date, dice: Dice) -> dict[str, object]:
    """Paid out some days around the closing; what would be paid after the register's last day is not in it."""
    lag = dice.between(-5, 3) if dice.chance(850) else dice.between(4, 40)
    if not amount.paid or life.closed is None:
        return {"amount_paid": None, "paid_on": None}
    paid_on = max(life.closed + timedelta(days=lag), started)
    if paid_on > LAST_DAY:
        return {"amount_paid": None, "paid_on": None}
    return {"amount_paid": amount.paid / YUAN, "paid_on": paid_on}


def _lead(life: Life, dice: Dice) -> str | None:
    """Backlog of the campaign and every case that lasts beyond its limit gets a leading officer, nearly always."""
    lead, given = dice.one_of(LEADS), dice.chance(930)
    last = life.closed or LAST_DAY
    old = (life.filed < CAMPAIGN[0] <= last) or ((last - life.filed).days > 180 and last >= CAMPAIGN[0])
    return lead if old and given else None


def _allowances(life: Life, dice: Dice) -> dict[str, int]:
    """Extension and excluded days: since 2010 whatever runs over its limit has them, before that a part."""
    limit = 30 * (NON_LITIGATION_MONTHS if life.basis == "administrative_non_litigation" else OTHER_MONTHS)
    over = ((life.closed or LAST_DAY) - life.filed).days - limit
    granted = dice.chance(950 if (life.closed or LAST_DAY).year >= 2010 else 250)
    excluded = dice.between(20, 120) if dice.chance(40) else 0
    return {"extension_days": 90 if over > 0 and granted else 0, "excluded_days": excluded if over > -30 else 0}


def _entered(life: Life, dice: Dice) -> date:
    late, wait, soon = dice.chance(LATE_ENTRIES_BEFORE_2010), dice.between(10, 40), dice.between(0, 2)
    if late and life.filed.year < 2010:
        return min(_after(life.filed, wait), LAST_DAY)
    return min(_after(life.filed, soon), life.filed + timedelta(days=6), LAST_DAY)


def typed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Canonical columns in canonical order (those present), dates as dates, whole numbers and booleans as such."""
    kept = [name for name in columns(table) if name in frame]
    frame = frame[kept].copy()
    for name in kept:
        kind = columns(table)[name].kind
        if kind == "date":
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
        elif kind == "money":
            frame[name] = frame[name].astype("float64")
        elif kind in {"text", "code"}:
            frame[name] = frame[name].astype("str").where(frame[name].notna())
    return frame
