"""The money of the sample, in whole fen: heavy-tailed claims, recoveries by closure mode, and the printed totals hit exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.sample.dice import Dice
from analysis.sample.docket import ENFORCED, Life

YUAN = 100
# Claims in yuan at 0, 2.5, 5, 10, … 95, 97.5, 99, 99.5, 99.9, 100 %: near a log-normal with median 15,000 and sigma 1.4,
# so that the mean is some 2.6 times the median; written out so that no library computes them.
CLAIM_QUANTILES = (
    (0, 600), (25, 965), (50, 1500), (100, 2490), (150, 3510), (200, 4620), (250, 5830), (300, 7200), (350, 8750),
    (400, 10520), (450, 12580), (500, 15000), (550, 17890), (600, 21390), (650, 25730), (700, 31250), (750, 38560),
    (800, 48740), (850, 64020), (900, 90230), (950, 150000), (975, 233000), (990, 389600), (995, 552400),
    (999, 1133000), (1000, 1680000),
)  # fmt: skip
GRAINS = {100 * YUAN: 55, 10 * YUAN: 25, 1: 20}  # claims are mostly round sums
# 2010–2011, closed cases: 3,844 万元 = 1,798 + 2,046 (printed 3844 and 2046), 2011 received 2,249 (printed), recovery 73
# and 87.6 (printed); the digits behind the decimal point are chosen so that rounding and truncation print the same.
CLAIMED = {2010: 17_981_634_57, 2011: 20_462_318_40}
RECOVERED = {2010: 10_181_400_00, 2011: 17_929_105_60}
RECEIVED_2011 = 22_493_118_40
HELD_SHARES = (581, 261)  # per mille of the pending claims; the third case takes the rest
# Share of the money that the enforced closings hold, per mille. Chosen: in 2010 the large old claims mostly ended unenforced.
ENFORCED_MONEY = {2010: 550, 2011: 895}
# Recovered share of the claim, per mille: (share of cases at the first value, that value, else from, to).
RECOVERY = {
    "completed": (1000, 1000, 1000, 1000),
    "voluntary": (1000, 1000, 1000, 1000),
    "compelled": (750, 1000, 500, 950),
    "settled": (450, 1000, 450, 950),
    "terminated_this_round": (550, 0, 20, 450),
    "terminated": (700, 0, 10, 300),
}
PAID_IN_FULL = 950  # per mille of recoveries; of the others a part waits


@dataclass
class Money:
    """What a case claims, what of it was recovered and what was paid out, in fen."""

    claimed: int
    recovered: int | None = None
    paid: int | None = None


def money(lives: Sequence[Life], *, seed: int) -> dict[Life, Money]:
    """The money of every case; totals of cases closed in 2010 and 2011, recovered and pending are exact."""
    dice = Dice(seed, "money")
    purse: dict[Life, Money] = {}
    closed = sorted((life for life in lives if life.closed), key=lambda life: (life.closed, life.filed))
    early = [life for life in closed if life.closed and life.closed.year < 2010]
    _claim_freely(early, purse, dice)
    _recover(early, purse, None, dice)
    for year in sorted(CLAIMED):
        group = [life for life in closed if life.closed and life.closed.year == year]
        _claim_to_total(group, purse, CLAIMED[year], ENFORCED_MONEY[year], dice)
        _recover(group, purse, RECOVERED[year], dice)
    pending = [life for life in lives if not life.closed]
    total = RECEIVED_2011 - CLAIMED[2011]
    parts = [total * share // 1000 // (100 * YUAN) * 100 * YUAN for share in HELD_SHARES]
    for life, claim in zip(pending, [*parts, total - sum(parts)], strict=True):
        purse[life] = Money(claim)
    for life in closed:
        whole = dice.chance(PAID_IN_FULL)
        recovered = purse[life].recovered or 0
        purse[life].paid = recovered if whole else recovered * dice.between(300, 900) // 1000
    return purse


def _drawn_claim(dice: Dice) -> int:
    at = dice.below(1_000_000)
    for (low, least), (high, most) in zip(CLAIM_QUANTILES, CLAIM_QUANTILES[1:], strict=False):
        if at < high * 1000:
            return (least + (most - least) * (at - low * 1000) // ((high - low) * 1000)) * YUAN + dice.below(YUAN)
    raise AssertionError("a draw below one million lies in the table")


def _outstanding(life: Life, purse: dict[Life, Money]) -> int | None:
    """What a reopened case can still claim of the original: what was not recovered."""
    if life.original is None:
        return None
    return purse[life.original].claimed - (purse[life.original].recovered or 0)


def _claim_freely(group: Sequence[Life], purse: dict[Life, Money], dice: Dice) -> None:
    for life in group:
        drawn, grain = _drawn_claim(dice), dice.one_of(GRAINS)
        left = _outstanding(life, purse) if life.original in purse else None
        purse[life] = Money(max(drawn // grain * grain, 500 * YUAN) if left is None else left)


def _claim_to_total(
    group: Sequence[Life], purse: dict[Life, Money], total: int, enforced_share: int, dice: Dice
) -> None:
    """Claims of a year's closings: the enforced ones and the others each scaled to their share, the sum exact."""
    enforced_total = total * enforced_share // 1000
    for members, target in (
        ([life for life in group if life.mode in ENFORCED], enforced_total),
        ([life for life in group if life.mode not in ENFORCED], total - enforced_total),
    ):
        drawn = {life: (_drawn_claim(dice), dice.one_of(GRAINS)) for life in members}
        fixed = {life: left for life in members if (left := _outstanding(life, purse)) is not None}
        free = {life: pair for life, pair in drawn.items() if life not in fixed}
        room, weight = target - sum(fixed.values()), sum(claim for claim, _ in free.values())
        claims = {life: max(claim * room // weight // grain * grain, 300 * YUAN) for life, (claim, grain) in free.items()}
        largest = max(claims, key=lambda life: claims[life])
        claims[largest] += room - sum(claims.values())
        for life in members:
            purse[life] = Money(fixed[life] if life in fixed else claims[life])


def _recover(group: Sequence[Life], purse: dict[Life, Money], total: int | None, dice: Dice) -> None:
    """Recoveries by closure mode; partial ones lie between two bounds, so far along that a given total comes out exactly."""
    bounds: dict[Life, tuple[int, int]] = {}
    for life in group:
        share, at, low, high = RECOVERY.get(life.mode or "", (1000, 0, 0, 0))
        first, one, other = dice.chance(share), dice.between(low, high), dice.between(low, high)
        low, high = (at, at) if first else (min(one, other), max(one, other))
        claimed = purse[life].claimed
        bounds[life] = (_part(claimed, low), _part(claimed, high))
    least, most = (sum(pair[side] for pair in bounds.values()) for side in (0, 1))
    wanted = (least + most) // 2 if total is None else total
    if not least <= wanted <= most:
        raise AssertionError(f"recoveries of {least}–{most} fen cannot come to {wanted}: choose another seed")
    for life, (low, high) in bounds.items():
        part = low + (high - low) * (wanted - least) // max(most - least, 1)
        purse[life].recovered = part if part == purse[life].claimed else part // YUAN * YUAN
    if total is not None:
        rest = total - sum(purse[life].recovered or 0 for life in group)
        largest = max((life for life in group if bounds[life][0] < bounds[life][1]), key=lambda life: purse[life].claimed)
        purse[largest].recovered = (purse[largest].recovered or 0) + rest


def _part(claimed: int, per_mille: int) -> int:
    return claimed if per_mille == 1000 else claimed * per_mille // 1000


def opened_before(life: Life, day: date) -> bool:
    """Whether a case was pending at the start of a day."""
    return life.filed < day and (life.closed is None or life.closed >= day)
