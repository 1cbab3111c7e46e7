"""A synthetic panel: sixty invented courts in one year, with the true rates behind them, for fair comparison to be shown on."""

from __future__ import annotations

import pandas as pd

from analysis.sample.rng import Dice

SEED = 60
YEAR = 2011
BASIS_POINTS = 10_000
# Courts of every size: how many cases a court received, and how many courts of sixty lie in each band.
SIZES = {(60, 140): 12, (140, 300): 18, (300, 700): 18, (700, 1500): 9, (1500, 3600): 3}
CLOSURE, CLOSURE_STEPS, CLOSURE_STEP = (
    9_000,
    4,
    150,
)  # true closure rate: 90 % and a sum of four even draws of ±1.5 points
OUTLIERS = {7: -900, 22: 650, 31: -700, 48: 550}  # these courts truly differ from the rest, in basis points
ENFORCED, ENFORCED_STEP = 6_800, 300  # true share of enforced closings, as above
NOTE = "合成数据，不是真实法院 Synthetic, not a real court"
SOURCE = "analysis.sample"


def sample_panel(seed: int = SEED) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sixty synthetic courts in 2011 as a returns table, and the true rates behind them.

    The first table has the columns of a return (every value text) and ``enforced`` (closings enforced, a count); the
    second ``court, true_closure_rate, true_enforcement_rate`` (percent) and ``outlier`` (low, high or none). Closings are
    drawn case by case from the true rates, so all other differences are chance.

    Parameters
    ----------
    seed : int
        Where chance begins; the same seed gives the same numbers.

    Returns
    -------
    tuple of DataFrame
        The returns, and the truth behind them.

    >>> panel, truth = sample_panel()
    >>> len(panel), (truth["outlier"] != "none").sum().item()
    (60, 4)
    """
    dice = Dice(seed, "panel")
    rows, truths = [], []
    sizes = dice.shuffled([band for band, count in SIZES.items() for _ in range(count)])
    for number, (low, high) in enumerate(sizes, start=1):
        court = f"合成法院{number:02d}"
        received = dice.between(low, high)
        closing_rate = CLOSURE + _noise(dice, CLOSURE_STEP) + OUTLIERS.get(number, 0)
        enforced_rate = ENFORCED + _noise(dice, ENFORCED_STEP)
        rows.append(_row(court, received, closing_rate, enforced_rate, dice))
        change = OUTLIERS.get(number, 0)
        truths.append(
            {
                "court": court,
                "true_closure_rate": _hundredths(closing_rate),
                "true_enforcement_rate": _hundredths(enforced_rate),
                "outlier": "low" if change < 0 else "high" if change else "none",
            }
        )
    panel, truth = pd.DataFrame(rows).astype("str"), pd.DataFrame(truths).astype("str")
    panel.attrs["table"], truth.attrs["table"] = "sample_panel", "sample_panel.truth"
    return panel, truth


def _row(court: str, received: int, closing_rate: int, enforced_rate: int, dice: Dice) -> dict[str, object]:
    opening = received * dice.between(30, 160) // 1000
    closed = _drawn(received, closing_rate, dice)
    enforced = _drawn(closed, enforced_rate, dice)
    amount_closed = closed * dice.between(320, 800) // 100
    amount_recovered = amount_closed * dice.between(520, 900) // 1000
    petitions = _drawn(received, 120, dice)
    resolved = _drawn(petitions, 8_500, dice)
    return {
        "court": court,
        "province": "合成省",
        "prefecture": "合成市",
        "level": "basic",
        "scope": "执行案件",
        "unit": "件",
        "period_start": f"{YEAR}-01-01",
        "period_end": f"{YEAR}-12-31",
        "opening": opening,
        "filed": received - opening,
        "received": received,
        "closed": closed,
        "closing": received - closed,
        "amount_closed": amount_closed,
        "amount_recovered": amount_recovered,
        "closure_rate": _percent(closed, received),
        "actual_enforcement_rate": _percent(enforced, closed),
        "recovery_rate": _percent(amount_recovered, amount_closed),
        "petitions": petitions,
        "petitions_resolved": resolved,
        "petition_settlement_rate": _percent(resolved, petitions) if petitions else "",
        "staff": max(3, received // dice.between(35, 75)),
        "enforced": enforced,
        "note": NOTE,
        "source": SOURCE,
        "source_date": "",
    }


def _noise(dice: Dice, step: int) -> int:
    return sum(dice.between(-step, step) for _ in range(CLOSURE_STEPS))


def _drawn(cases: int, basis_points: int, dice: Dice) -> int:
    """Draw the number of cases taken at a rate, case by case."""
    return sum(dice.below(BASIS_POINTS) < basis_points for _ in range(cases))


def _percent(part: int, whole: int) -> str:
    """The percentage with two decimals, rounded half up in whole numbers."""
    return _hundredths((2 * part * BASIS_POINTS + whole) // (2 * whole))


def _hundredths(value: int) -> str:
    return f"{value // 100}.{value % 100:02d}"
