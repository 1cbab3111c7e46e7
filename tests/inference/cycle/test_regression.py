"""Adjusting chances for their number, beside the library's own."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from analysis.inference.cycle.regression import holm


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.integers(0, 3))
def test_holm_is_that_of_the_library_and_what_is_missing_does_not_count(chances, missing):
    expected = multipletests(chances, method="holm")[1]
    given = np.array(chances)
    assert np.allclose(holm(given), expected)
    assert (given == chances).all(), "the input stays as it was"
    with_gaps = holm(np.append(given, [np.nan] * missing))
    assert np.allclose(with_gaps[: len(given)], expected)
    assert np.isnan(with_gaps[len(given) :]).all()


def test_nothing_adjusted_is_nothing():
    assert holm(np.array([])).tolist() == []
