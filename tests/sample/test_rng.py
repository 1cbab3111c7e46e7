from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sample.rng import Dice


def test_streams_are_apart_and_repeatable():
    def first(seed, stream):
        dice = Dice(seed, stream)
        return [dice.below(10**9) for _ in range(4)]

    assert first(1, "a") == first(1, "a")
    assert len({tuple(first(*key)) for key in [(1, "a"), (1, "b"), (2, "a")]}) == 3


def test_draws_are_even():
    dice = Dice(0, "even")
    counts = Counter(dice.below(6) for _ in range(6000))
    assert set(counts) == set(range(6))
    assert all(850 < count < 1150 for count in counts.values())


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 300), st.lists(st.integers(0, 20), min_size=1, max_size=12).filter(any))
def test_a_total_is_spread_whole_and_never_on_a_weight_of_nought(total, weights):
    counts = Dice(3, "spread").spread(total, weights)
    assert sum(counts) == total
    assert all(count == 0 for count, weight in zip(counts, weights, strict=True) if weight == 0)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(), max_size=30))
def test_shuffling_keeps_the_items(items):
    assert sorted(Dice(4, "shuffle").shuffled(items)) == sorted(items)
