import numpy as np
import pytest

from analysis.inference.arguments import finite_number, whole_number
from analysis.vocabulary.errors import ArgumentError


@pytest.mark.parametrize("value", [0, -1, 1.5, "3", "x", True, None, float("nan"), float("inf")])
def test_what_is_no_whole_number_is_refused_by_name(value):
    with pytest.raises(ArgumentError, match="months"):
        whole_number("months", value, least=1)


@pytest.mark.parametrize("value", ["3", None, False, float("nan"), float("inf")])
def test_what_is_no_finite_number_is_refused_by_name(value):
    with pytest.raises(ArgumentError, match="extra_closings"):
        finite_number("extra_closings", value)


def test_numbers_of_numpy_are_numbers():
    assert whole_number("walks", np.int64(3), least=0) == 3
    assert finite_number("target", np.float64(2.5), least=0) == 2.5
    with pytest.raises(ArgumentError, match="target"):
        finite_number("target", -1, least=0)
