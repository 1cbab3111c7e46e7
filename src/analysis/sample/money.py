"""The money of the sample, in whole fen: heavy-tailed claims, recoveries by closure mode, and the printed totals hit exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from analysis.sample.case_histories import ENFORCED, Life
from analysis.sample.rng import Dice
from analysis.vocabulary.errors import DataError

YUAN = 100
# Claims in yuan at these per mille of cases: near a log-normal with median 15,000 and sigma 1.4, so that the mean is
# some 2.6 times the median; written out so that no library computes them.
CLAIM_QUANTILES = (
    (0, 600), (25, 965), (50, 1500), (100, 2490), (150, 3510), (200, 4620), (250, 5830), (300, 7200), (350, 8750),
    (400, 10520), (450, 12580), (500, 15000), (550, 17890), (600, 21390), (650, 25730), (700, 31250), (750, 38560),
    (800, 48740), (850, 64020), (900, 90230), (950, 150000), (975, 233000), (990, 389600), (995, 552400),
    (999, 1133000), (1000, 1680000),
)  # fmt: skip
GRAINS = {100 * YUAN: 55, 10 * YUAN: 25, 1: 20}  # claims are mostly round sums
LEAST_CLAIM = 300 * YUAN
# 2010–2011, closed cases: 3,844 万元 = 1,798 + 2,046 (printed 3844 and 2046), 2011 received 2,249 (printed), recovery 73
# and 87.6 (printed); the digits behind the decimal point are chosen so that rounding and truncation print the same.
CLAIMED = {2010: 17_981_634_57, 2011: 20_462_318_40}
RECOVERED = {2010: 10_181_400_00, 2011: 17_929_105_60}
RECEIVED_2011 = 22_493_118_40
HELD_SHARES = (581, 261)  # per mille of the pending claims; the third case takes the rest
# Recovered share of the claim, per mille: (cases at the first value, that value, the others from, to); other modes: none.
RECOVERY = {
    "completed": (1000, 1000, 1000, 1000),
    "voluntary": (1000, 1000, 1000, 1000),
    "compelled": (750, 1000, 500, 950),
    "settled": (450, 1000, 450, 950),
    "terminated_this_round": (550, 0, 20, 450),
    "terminated": (700, 0, 10, 300),
}
NO_RECOVERY = (1000, 0, 0, 0)
PAID_IN_FULL = 950  # per mille of recoveries; of the others a part waits


@dataclass
class Money:
    """The claim of a case, the part recovered and the part paid out, in fen."""

    claimed: int
    recovered: int | None = None
    paid: int | None = None


@dataclass(frozen=True)
class Draft:
    """A claim before it is scaled, its grain, and between which shares (per mille) it is recovered.

    The claim of a reopened case is fixed: what its original left.
    """

    claim: int
    grain: int
    low: int
    high: int
    fixed: bool

    @property
    def recovered(self) -> Fraction:
        """The recovery half way between the bounds."""
        return Fraction(self.claim * (self.low + self.high), 2000)


def money(lives: Sequence[Life], *, seed: int) -> dict[Life, Money]:
    """The money of every case; totals of cases closed in 2010 and 2011, recovered and pending are exact."""
    dice = Dice(seed, "money")
    purse: dict[Life, Money] = {}
    closed = sorted((life for life in lives if life.closed), key=lambda life: (life.closed, life.filed))
    for life in closed:  # one by one: a reopened case claims what its original left
        if life.closed and life.closed.year not in CLAIMED:
            draft = _draft(life, purse, dice)
            purse[life] = Money(draft.claim, int(draft.recovered) // YUAN * YUAN if draft.low < 1000 else draft.claim)
    for year in sorted(CLAIMED):
        drafts = {life: _draft(life, purse, dice) for life in closed if life.closed and life.closed.year == year}
        _claim_to_total(drafts, purse, CLAIMED[year], RECOVERED[year])
        _recover_to_total(drafts, purse, RECOVERED[year])
    pending = [life for life in lives if not life.closed]
    total = RECEIVED_2011 - CLAIMED[2011]
    parts = [total * share // 1000 // (100 * YUAN) * 100 * YUAN for share in HELD_SHARES]
    for life, claim in zip(pending, [*parts, total - sum(parts)], strict=True):
        purse[life] = Money(claim)
    for life in closed:
        whole, part = dice.chance(PAID_IN_FULL), dice.between(300, 900)
        recovered = purse[life].recovered or 0
        purse[life].paid = recovered if whole else recovered * part // 1000
    return purse


def _draft(life: Life, purse: dict[Life, Money], dice: Dice) -> Draft:
    drawn, grain = _drawn_claim(dice), dice.one_of(GRAINS)
    at_first, first, low, high = RECOVERY.get(life.mode or "", NO_RECOVERY)
    is_first, one, other = dice.chance(at_first), dice.between(low, high), dice.between(low, high)
    low, high = (first, first) if is_first else (min(one, other), max(one, other))
    if life.original is None:
        return Draft(max(drawn // grain * grain, LEAST_CLAIM), grain, low, high, fixed=False)
    original = purse[life.original]
    return Draft(original.claimed - (original.recovered or 0), grain, low, high, fixed=True)


def _drawn_claim(dice: Dice) -> int:
    at = dice.below(1_000_000)
    (low, least), (high, most) = next(step for step in pairwise(CLAIM_QUANTILES) if at < step[1][0] * 1000)
    return (least + (most - least) * (at - low * 1000) // ((high - low) * 1000)) * YUAN + dice.below(YUAN)


def _sums(drafts: Iterable[Draft]) -> tuple[int, Fraction]:
    drafts = list(drafts)
    return sum(d.claim for d in drafts), sum((d.recovered for d in drafts), Fraction(0))


def _claim_to_total(drafts: dict[Life, Draft], purse: dict[Life, Money], total: int, recovered: int) -> None:
    """Claims of a year's closings: enforced and other cases each scaled by a factor so that both sums come out.

    Two equations, claims and recoveries, in two factors; what rounding leaves goes on the largest claim of each half.
    """
    halves = [
        {life: d for life, d in drafts.items() if (life.mode in ENFORCED) == is_enforced}
        for is_enforced in (True, False)
    ]
    (w_e, r_e), (w_n, r_n) = (_sums(d for d in half.values() if not d.fixed) for half in halves)
    fixed = [_sums(d for d in half.values() if d.fixed) for half in halves]
    claims, recoveries = total - sum(w for w, _ in fixed), recovered - sum(r for _, r in fixed)
    enforced = (claims * r_n - recoveries * w_n) / (w_e * r_n - r_e * w_n)
    other = (claims - enforced * w_e) / w_n
    if min(enforced, other) <= 0:
        raise _unmet()
    share = int(enforced * w_e)
    for half, factor, target in zip(halves, (enforced, other), (share, claims - share), strict=True):
        free = {life: d for life, d in half.items() if not d.fixed}
        for life, d in half.items():
            purse[life] = Money(d.claim if d.fixed else max(int(d.claim * factor) // d.grain * d.grain, LEAST_CLAIM))
        largest = max(free, key=lambda life: purse[life].claimed)
        purse[largest].claimed += target - sum(purse[life].claimed for life in free)


def _recover_to_total(drafts: dict[Life, Draft], purse: dict[Life, Money], total: int) -> None:
    """Recoveries between their bounds, all as far along as makes the total exact."""
    bounds = {life: (_part(purse[life], d.low), _part(purse[life], d.high)) for life, d in drafts.items()}
    least, most = (sum(pair[side] for pair in bounds.values()) for side in (0, 1))
    if not least < total < most:
        raise _unmet()
    for life, (low, high) in bounds.items():
        part = low + (high - low) * (total - least) // (most - least)
        purse[life].recovered = part if low == high else part // YUAN * YUAN
    partial = [life for life, (low, high) in bounds.items() if low < high]
    largest = max(partial, key=lambda life: purse[life].claimed)
    rest = total - sum(purse[life].recovered or 0 for life in drafts)
    purse[largest].recovered = (purse[largest].recovered or 0) + rest


def _unmet() -> DataError:
    return DataError(
        "用这个种子抽出的金额凑不出公布的合计：请换一个 seed。",
        "The amounts drawn from this seed cannot come to the published totals: choose another seed.",
    )


def _part(amount: Money, per_mille: int) -> int:
    return amount.claimed * per_mille // 1000
