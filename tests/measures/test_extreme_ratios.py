"""The extreme of a ratio is that of all choices, tried one by one."""

from itertools import product

import numpy as np
import pytest

from analysis.measures.extreme_ratios import extreme_ratio


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize("seed", range(6))
def test_it_is_that_of_all_choices(seed, sign):
    rng = np.random.default_rng(seed)
    fixed, top, base = rng.uniform(1, 9, (2, 1)), rng.uniform(0, 5, 7), rng.uniform(0.1, 5, 7)

    def best(ratio):
        taken = sign * (top - ratio * base) > 0
        return fixed[0] + top[taken].sum(), fixed[1] + base[taken].sum()

    all_of_them = [
        (fixed[0, 0] + np.dot(chosen, top)) / (fixed[1, 0] + np.dot(chosen, base))
        for chosen in product([0, 1], repeat=7)
    ]
    assert extreme_ratio(best, np.zeros(1))[0] == pytest.approx(max(all_of_them) if sign > 0 else min(all_of_them))


def test_a_group_without_a_denominator_keeps_what_it_began_with():
    none = np.zeros(2)
    found = extreme_ratio(lambda _: (np.array([3.0, 0.0]), np.array([4.0, 0.0])), none)
    assert found.tolist() == [0.75, 0.0]
    assert none.tolist() == [0, 0], "what is given stays as it was"
