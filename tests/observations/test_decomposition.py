from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.observations.decomposition import PARTS, Side, decomposed, rounded_parts, single_cases


@st.composite
def sides(draw, groups=3):
    size = draw(st.integers(3, 25))
    base = np.array(draw(st.lists(st.floats(0.1, 100), min_size=size, max_size=size)))
    share = np.array(draw(st.lists(st.floats(0, 1), min_size=size, max_size=size)))
    group = np.array(draw(st.lists(st.integers(0, groups - 1), min_size=size, max_size=size)))
    alone = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    alone[0] = False
    return Side(base * share, base, group, alone)


@given(sides(), sides())
def test_the_parts_and_the_parts_of_groups_add_up_to_the_change(before, now):
    found = decomposed(before, now, 3)
    assert found.total == pytest.approx(now.ratio - before.ratio)
    assert sum(found.sums.values()) == pytest.approx(found.total, abs=1e-9)
    assert found.sums["mix"] == pytest.approx(found.mix.sum(), abs=1e-9)
    assert found.sums["within_groups"] == pytest.approx(found.within.sum(), abs=1e-9)


@given(sides(), sides())
def test_going_back_undoes_every_part(before, now):
    there, back = decomposed(before, now, 3), decomposed(now, before, 3)
    for part in PARTS:
        assert there.sums[part] == pytest.approx(-back.sums[part], abs=1e-9)


@given(sides(), sides())
def test_each_part_is_its_mean_effect_over_all_orders(before, now):
    """By another way: the ratio of every mixture of both periods, by its definition."""

    def ratio(state):
        periods = (before, now)
        one = periods[state["single_cases"]]
        weight = one.base[one.alone].sum() / one.base.sum()
        own = one.top[one.alone].sum() / one.base[one.alone].sum() if one.alone.any() else 0.0
        rest = 0.0
        of_mix, of_rates = periods[state["mix"]], periods[state["within_groups"]]
        for group in range(3):

            def cells(side, group=group):
                return (side.group == group) & ~side.alone

            share = of_mix.base[cells(of_mix)].sum() / of_mix.base[~of_mix.alone].sum()
            source = of_rates if cells(of_rates).any() else periods[1 - state["within_groups"]]
            if cells(source).any():
                rest += share * source.top[cells(source)].sum() / source.base[cells(source)].sum()
        return weight * own + (1 - weight) * rest

    found = decomposed(before, now, 3)
    for part in PARTS:
        effects = []
        for order in permutations(PARTS):
            gone = set(order[: order.index(part)])
            state = {name: int(name in gone) for name in PARTS}
            effects.append(ratio(state | {part: 1}) - ratio(state))
        assert found.sums[part] == pytest.approx(np.mean(effects), abs=1e-9)


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=6))
def test_rounded_parts_add_up_to_the_rounded_total(parts):
    total = sum(parts)
    shown = rounded_parts(total, parts)
    assert sum(shown) == pytest.approx(round(total, 2), abs=0.011)
    assert all(abs(a - b) <= 0.0151 for a, b in zip(shown, parts, strict=True))


def test_of_few_cases_none_stands_alone():
    assert not single_cases(np.array([1.0, 0, 1, 0]), np.ones(4)).any()
