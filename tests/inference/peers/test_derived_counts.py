"""Counts of few cases that follow from those that are told, by however many of them."""

from dataclasses import replace

import pytest

from analysis.inference.peers.derived_counts import few_cases
from analysis.vocabulary.indicator_sets.quantities import quantities

CLOSED = quantities()["closed"]


def of_mode(*modes):
    return (replace(CLOSED, id="、".join(modes), keep=(("closure_mode", modes),)),)


@pytest.mark.parametrize("parts", [1, 3, 6])
def test_the_rest_behind_any_number_of_parts_is_found(parts):
    """200 closings less those of each other mode leave two."""
    told = {(CLOSED,): 200.0} | {of_mode(f"mode {i}"): 198 / parts for i in range(parts)}
    assert len(few_cases(told)) == parts + 1
    assert few_cases(told | {(CLOSED,): 203.0}) == []


def test_what_overlapping_sums_leave_of_each_other_is_found():
    """a + b, b + c, c + d, d + e and all but a: a is the rest of one and the parts of the others, two cases."""
    sums = {"ab": 42.0, "bc": 70.0, "cd": 75.0, "de": 90.0, "bcde": 160.0, "abcde": 162.0}
    told = {of_mode(*modes): value for modes, value in sums.items()}
    assert {q.id for (q,) in few_cases(told)} == {"b、c、d、e", "a、b、c、d、e"}
    without = {known: value for known, value in told.items() if known[0].id != "b、c、d、e"}
    assert {q.id for (q,) in few_cases(without)} == {"b、c", "d、e", "a、b、c、d、e"}


def test_a_sum_that_is_known_to_be_empty_joins_others():
    told = {of_mode("a"): 0.0, of_mode("a", "b"): 60.0, of_mode("b", "c"): 62.0}
    assert {q.id for (q,) in few_cases(told)} == {"a、b", "b、c"}
