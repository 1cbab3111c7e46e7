import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, fisher_exact, hypergeom

from analysis.inference.cycle.regression import holm
from analysis.observations.chance import (
    OF_CELLS,
    Family,
    change_p,
    discoveries,
    found_cells,
    least_p,
    overdispersion,
    scatter_of_places,
    scatters,
    widened,
)

COUNTS = st.tuples(st.integers(1, 60), st.integers(1, 60)).flatmap(
    lambda n: st.tuples(st.integers(0, n[0]), st.just(n[0]), st.integers(0, n[1]), st.just(n[1]))
)


@given(COUNTS)
def test_the_mid_p_lies_between_fishers_exact_tail_and_the_tail_beyond(counts):
    k, n, j, m = counts
    p = change_p(*(np.array([x]) for x in counts))[0]
    table = [[k, n - k], [j, m - j]]
    tails = [fisher_exact(table, alternative=side).pvalue for side in ("less", "greater")]
    at = hypergeom.pmf(k, n + m, k + j, n)
    assert p == pytest.approx(min(1, 2 * (min(tails) - at / 2)), abs=1e-9)


@given(COUNTS)
def test_no_outcome_with_the_same_margins_has_a_smaller_p(counts):
    k, n, j, m = counts
    least = least_p(*(np.array([x]) for x in counts))[0]
    possible = np.arange(max(0, k + j - m), min(n, k + j) + 1)
    p = change_p(possible, np.full(len(possible), n), k + j - possible, np.full(len(possible), m))
    assert least == pytest.approx(p.min(), abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.floats(0.01, 0.2))
def test_discoveries_are_those_of_scipy(p, level):
    assert (discoveries(np.array(p), level) == (false_discovery_control(p) <= level)).mean() >= 1 - 1e-9 or np.isclose(
        false_discovery_control(p), level
    ).any()


def test_a_missing_base_is_not_tested():
    p = change_p(np.array([0.0, 3]), np.array([0.0, 5]), np.array([1.0, 2]), np.array([4.0, 9]))
    assert np.isnan(p[0])
    assert not np.isnan(p[1])


def test_cells_too_small_to_be_found_do_not_make_the_others_stricter():
    telling = Family(np.array([0.01]), np.array([1e-9]))
    tiny = [Family(np.full(100, 0.5), np.full(100, 0.3)) for _ in range(5)]
    assert found_cells([telling, *tiny])[0].tolist() == [True]
    large = [Family(np.full(100, 0.5), np.full(100, 1e-9)) for _ in range(5)]
    assert found_cells([telling, *large])[0].tolist() == [False]


def test_where_nothing_changed_few_registers_show_a_cell():
    rng = np.random.default_rng(1)
    shown = sum(
        any(marks.any() for marks in found_cells([Family(rng.random(k), np.zeros(k)) for k in (2, 3, 7, 11, 20)]))
        for _ in range(2000)
    )
    assert shown / 2000 <= OF_CELLS + 3 * np.sqrt(OF_CELLS / 2000)


@pytest.mark.full
def test_many_true_cells_do_not_let_false_ones_through():
    """One change shows in the cells of many breakdowns and figures: those that did not change are named no more often for it."""
    rng = np.random.default_rng(3)
    false = 0
    for _ in range(1000):
        true = [Family(rng.random(5) * 1e-9, np.zeros(5)) for _ in range(20)]
        quiet = [Family(rng.random(5), np.zeros(5)) for _ in range(20)]
        false += any(marks.any() for marks in found_cells([*true, *quiet])[20:])
    assert false / 1000 <= OF_CELLS + 3 * np.sqrt(OF_CELLS / 1000)


def test_scatter_is_seen_where_it_is_and_not_where_cases_are_independent():
    rng = np.random.default_rng(2)
    bases = np.full((7, 11), 120.0)
    independent = [overdispersion(rng.binomial(120, 0.6, bases.shape), bases) for _ in range(300)]
    assert np.mean(np.array(independent) == 1.0) >= 0.85
    rates = rng.beta(6, 4, size=(300, *bases.shape))  # independent years of very different rates
    scattered = [overdispersion(rng.binomial(120, of_years), bases) for of_years in rates]
    assert np.median(scattered) > 3


def shares_marked(rng, years, *, scatter=0.0, moved=0.0, others=0.0, groups=6, cases=200):
    """How often the first group, and any, is marked of groups of a rate of 60%: their odds scatter, the first moved, and the others by a part."""
    bases, marked = np.full((years, groups), float(cases)), []
    for _ in range(200):
        rates = 1 / (1 + np.exp(-np.log(1.5) - rng.normal(0, scatter, bases.shape)))
        rates[-1] += np.where(np.arange(groups) == 0, moved * np.sqrt(2 * 0.24 / cases), others)
        numbers = rng.binomial(cases, rates).astype(float)
        p = widened(change_p(numbers[-1], bases[-1], numbers[-2], bases[-2]), scatters(numbers, bases))
        marked.append(holm(p) <= 0.05 / 9)
    return np.mean(marked, axis=0)[0], np.mean(np.any(marked, axis=1))


@pytest.mark.parametrize(("years", "most"), [(2, 0.45), (3, 0.15), (5, 0.12)])
def test_groups_that_always_scatter_are_hardly_marked_where_nothing_is_planted(years, most):
    """Their rates go up and down by ten points a year (odds by 0.4); of independent cases alone four registers of five would be marked."""
    _, some = shares_marked(np.random.default_rng(years), years, scatter=0.4)
    assert some <= most


@pytest.mark.parametrize("years", [2, 3, 5])
@pytest.mark.parametrize("others", [0.0, 0.15])
def test_a_group_that_moved_by_itself_is_found_also_against_the_whole_court(years, others):
    found, _ = shares_marked(np.random.default_rng(years), years, moved=-5.0, others=others)
    assert found >= 0.86
    _, false = shares_marked(np.random.default_rng(years), years)
    assert false <= 0.02


def courts_marked(rng, *, scatter=0.0, moved=0.0, years=6, teams=6, cases=300, runs=300):
    """How often the rate of a whole court of several teams is marked (1%): their odds scatter, and all of them moved in the last year."""
    marked, bases = 0, np.full((years, teams), cases)
    for _ in range(runs):
        rates = 1 / (1 + np.exp(-np.log(1.5) - rng.normal(0, scatter, bases.shape)))
        rates[-1] = np.clip(rates[-1] + moved, 0, 1)
        numbers = rng.binomial(bases, rates)
        of_court = [part[year : year + 1].sum(axis=1) for year in (years - 1, years - 2) for part in (numbers, bases)]
        marked += widened(change_p(*of_court), scatter_of_places(numbers, bases))[0] <= 0.01
    return marked / runs


def test_a_court_whose_teams_always_scatter_is_hardly_marked_and_one_that_moved_as_a_whole_is():
    rng = np.random.default_rng(3)
    assert courts_marked(rng, scatter=0.3) < 0.05
    assert courts_marked(rng) < 0.03
    five = 5 * np.sqrt(2 * 0.6 * 0.4 / (6 * 300))
    assert courts_marked(rng, moved=five) > 0.9


def test_scatter_widens_a_p_value_by_its_root():
    from scipy.stats import norm

    assert widened(np.array([2 * norm.sf(4.0)]), 4.0)[0] == pytest.approx(2 * norm.sf(2.0))
    assert widened(np.array([0.3]), 1.0)[0] == pytest.approx(0.3)
