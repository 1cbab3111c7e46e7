"""Figures left out so that small ones cannot be worked out: by hand, and against every world of whole numbers."""

from itertools import product

import numpy as np
import pytest
from scipy.sparse import csc_array, csr_array

from analysis.cases import suppression
from analysis.cases.suppression import Worlds, least_change, protected, still_open

TOTAL_OF_THREE = csr_array(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]))
SQUARE = csr_array(
    np.array(
        [[int(j == i) for j in range(4)] for i in range(4)] + [[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]]
    )
)


def mask(count, *at):
    found = np.zeros(count, dtype=bool)
    found[list(at)] = True
    return found


def left_out(forms, values, small, public, *, wanted=3, dropped=None):
    asked = {
        "hidden": mask(len(values), *small),
        "settled": mask(len(values), *public),
        "wanted": np.full(len(values), wanted),
    }
    gone, *_ = protected(
        forms,
        np.array(values[: forms.shape[1]]),
        dropped=None if dropped is None else mask(len(values), *dropped),
        **asked,
    )
    return np.flatnonzero(gone).tolist()


def worlds(forms, values, gone, most):
    """Every figure of every other world of whole parts in which what stands is as it is."""
    rows = forms.toarray()
    every = np.array(list(product(range(most + 1), repeat=rows.shape[1]))) @ rows.T
    return every[(every[:, ~gone] == np.array(values)[~gone]).all(axis=1)]


def test_the_smallest_beside_goes_too_where_the_total_is_public():
    assert left_out(TOTAL_OF_THREE, [12, 2, 7, 21], [1], [3]) == [1, 2]
    assert left_out(TOTAL_OF_THREE, [7, 2, 12, 21], [1], [3]) == [0, 1]
    assert left_out(TOTAL_OF_THREE, [12, 2, 7, 21], [1], [2, 3]) == [0, 1], "what is settled stays"


def test_nothing_more_goes_where_the_total_may_go_or_has_gone():
    assert left_out(TOTAL_OF_THREE, [12, 2, 7, 21], [1], [3], dropped=[0]) == [0, 1]
    assert left_out(TOTAL_OF_THREE, [120, 2, 70, 192], [1], [], dropped=[3]) == [1, 3]
    assert left_out(TOTAL_OF_THREE, [12, 2, 7, 21], [], [3]) == []


def test_two_small_ones_protect_each_other():
    assert left_out(TOTAL_OF_THREE, [12, 2, 2, 16], [1, 2], [3]) == [1, 2]


def test_what_is_settled_may_give_a_figure_away_and_is_told():
    hidden, public = mask(4, 1), mask(4, 0, 2, 3)
    gone, given, _ = protected(
        TOTAL_OF_THREE, np.array([12, 2, 7]), hidden=hidden, settled=public, wanted=np.full(4, 3)
    )
    assert gone.tolist() == given.tolist() == [False, True, False, False]
    assert not protected(TOTAL_OF_THREE, np.array([12, 2, 7]), hidden=hidden, settled=mask(4, 3), wanted=np.full(4, 3))[
        1
    ].any()


def test_zeros_beside_zeros_are_given_away():
    """Two figures that add up to a total of 0 are both 0, whatever is left out."""
    hidden, public = mask(4, 0, 1), mask(4, 2, 3)
    asked = {"hidden": hidden, "settled": public, "wanted": np.full(4, 3)}
    _, given, found = protected(TOTAL_OF_THREE, np.array([0, 0, 7]), **asked)
    assert given.tolist() == [True, True, False, False]
    assert not len(found.figures)


def test_a_world_in_which_the_one_asked_stays_shows_nothing_of_others():
    """What moves in it stands in what is shown: a figure is open only where a world leaves that as it is."""
    forms = csr_array(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 1]]))
    asked = {"hidden": mask(4, 0, 1), "settled": mask(4, 2, 3), "wanted": np.full(4, 3)}
    assert protected(forms, np.array([0, 2, 2]), **asked)[1].tolist() == [False, True, False, False]


def a_world(figure, *moves):
    """One in which the parts are others by so much, found for a figure."""
    return Worlds(np.array([figure]), csc_array(np.array([moves]).T))


def test_figures_that_are_others_in_a_world_known_are_seen_to_be_open():
    def seen(world, *gone):
        asked, parts = mask(4, 0, 1), np.array([12, 2, 7])
        return still_open(TOTAL_OF_THREE, parts, asked=asked, gone=mask(4, *gone), known=world).tolist()

    assert seen(a_world(1, 0, 1, -1), 1, 2) == [False, True, False, False]
    assert seen(a_world(1, 0, -1, 1), 1, 2) == [False, True, False, False], "less is another too, of the one it is of"
    assert not any(seen(a_world(2, 0, -1, 1), 1, 2)), "and of that one alone"
    assert not any(seen(a_world(1, 0, 1, -1), 1)), "the third is shown"
    assert not any(seen(a_world(1, 0, 8, -8), 1, 2)), "the third has seven"
    assert seen(a_world(1, 0, 7, -7), 1, 2) == [False, True, False, False], "and may have none"


def test_a_figure_is_seen_to_be_open_in_the_world_of_another_where_it_is_one_more():
    asked, parts = mask(4, 0, 1, 2), np.array([12, 2, 7])
    world = {"asked": asked, "gone": mask(4, 0, 1, 2), "known": a_world(1, 1, -2, 1)}
    assert still_open(TOTAL_OF_THREE, parts, **world).tolist() == [True, True, True, False]
    less = world | {"known": a_world(1, -1, 2, -1)}
    assert still_open(TOTAL_OF_THREE, parts, **less).tolist() == [False, True, False, False], (
        "less may point at somebody"
    )


def test_a_total_of_nothing_is_given_away_by_its_parts():
    nothing = {"hidden": mask(4, 3), "settled": mask(4, 0, 1, 2), "wanted": np.full(4, 3)}
    gone, given, _ = protected(TOTAL_OF_THREE, np.array([0, 0, 0]), **nothing)
    assert gone.tolist() == given.tolist() == [False, False, False, True]


TWO_ROWS = csr_array(
    np.vstack(
        [np.eye(6), [1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], [0, 0, 1, 0, 0, 1]]
    )
)


def left_out_of_two_rows(cells, *dear):
    """The cells left out so that the first, a 2, could be 3 while all sums are public."""
    asked = {
        "hidden": mask(11, 0),
        "settled": mask(11, 6, 7, 8, 9, 10),
        "wanted": np.full(11, 3),
        "dear": mask(11, *dear),
    }
    gone, given, _ = protected(TWO_ROWS, np.array(cells), **asked)
    assert not given.any()
    return np.flatnonzero(gone).tolist()


def test_dear_figures_go_where_no_others_can_and_beside_others_where_these_are_a_hundred_times_as_large():
    assert left_out_of_two_rows([2, 4, 9, 5, 5, 5]) == [0, 1, 3, 4]
    assert left_out_of_two_rows([2, 4, 9, 5, 5, 5], 1) == [0, 2, 3, 5], "others go first"
    assert left_out_of_two_rows([2, 4, 999, 5, 5, 5], 1) == [0, 2, 3, 5], "however large they are"
    assert left_out_of_two_rows([2, 4, 9, 5, 5, 5], 1, 2) == [0, 1, 3, 4]
    assert left_out_of_two_rows([2, 1, 150, 5, 5, 5], 1, 3) == [0, 2, 3, 5], "a dear one has to go, a second is dearer"
    assert left_out_of_two_rows([2, 1, 250, 5, 5, 5], 1, 3) == [0, 1, 3, 4], "than what is a hundred times as large"


def test_parts_of_a_public_sum_that_is_none_are_not_asked(monkeypatch):
    """They can be no others, and programmes without them are smaller."""
    sizes = []
    monkeypatch.setattr(
        suppression, "least_change", lambda *a, **k: (sizes.append(len(a[1])), least_change(*a, **k))[1]
    )
    forms = csr_array(np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1], [1, 1, 0, 0]]))
    asked = {"hidden": mask(4, 0), "settled": mask(4, 2, 3), "wanted": np.full(4, 3)}
    gone, *_ = protected(forms, np.array([2, 7, 0, 0]), **asked)
    assert gone.tolist() == [True, True, False, False]
    assert set(sizes) == {2}


def test_those_are_asked_first_of_whom_more_is_left_out_than_others_share_with_the_one():
    """Of four people three figures each are gone and one sum with the first is known; a fifth shares three sums, and nothing of it is gone."""
    own = np.eye(8)
    rows = [
        own[0],
        *[own[at] for at in (1, 2, 3, 4) for _ in range(3)],
        *[own[0] + own[at] for at in (1, 2, 3, 4, 5, 5, 5)],
    ]
    gone = np.arange(len(rows)) < 13
    beside = suppression._Beside(csr_array(np.array(rows)), gone, ~gone, np.arange(8))
    first, everybody = beside.of(0)
    assert first.tolist() == [0, 1, 2, 3, 4]
    assert everybody.tolist() == list(range(8))


def test_the_nearest_world_moves_as_little_as_it_can_and_lacks_no_more_than_it_may():
    free, fixed = 0.0, np.inf
    change = least_change(TOTAL_OF_THREE, np.array([12, 2, 7]), 1, 3.0, np.array([1.0, free, 9.0, fixed]))
    assert change == pytest.approx([-3, 3, 0])
    dear = least_change(TOTAL_OF_THREE, np.array([12, 2, 7]), 1, 3.0, np.array([9.0, free, 1.0, fixed]))
    assert dear == pytest.approx([0, 3, -3])
    held = least_change(TOTAL_OF_THREE, np.array([1, 2, 1]), 1, 3.0, np.array([1.0, free, 1.0, fixed]))
    assert held == pytest.approx([-1, 2, -1]), "there are two to take away"
    assert not least_change(
        TOTAL_OF_THREE, np.array([1, 2, 1]), 1, 3.0, np.array([1.0, free, 1.0, fixed]), short=0.5
    ).any()
    assert not least_change(TOTAL_OF_THREE, np.array([1, 2, 1]), 1, 3.0, np.full(4, fixed), short=1.0).any()
    moved = least_change(
        TOTAL_OF_THREE, np.array([12, 2, 7]), 1, -2.0, np.array([1.0, free, 1.0, fixed]), moving=np.array([5.0, 0, 0])
    )
    assert moved == pytest.approx([0, -2, 2]), "whom to move is dear is left"


def test_a_world_known_serves_again_while_it_leaves_all_that_is_shown_as_it_is(monkeypatch):
    """A quarter later most of what is left out is seen to be open by the worlds of the quarter before."""
    asked = {"hidden": mask(4, 1), "settled": mask(4, 3), "wanted": np.full(4, 3)}
    first = protected(TOTAL_OF_THREE, np.array([12, 2, 7]), **asked)
    programmes = []
    monkeypatch.setattr(suppression, "least_change", lambda *a, **k: (programmes.append(1), least_change(*a, **k))[1])
    again = protected(TOTAL_OF_THREE, np.array([12, 2, 7]), dropped=first.gone, known=first.worlds, **asked)
    assert again.gone.tolist() == [False, True, True, False]
    assert not programmes
    anew = protected(TOTAL_OF_THREE, np.array([12, 2, 7]), known=first.worlds, **asked)
    assert anew.gone.tolist() == [False, True, True, False], "what went for it stands anew, so it is looked for again"
    assert len(programmes) == 1


def test_few_people_are_asked_first_and_all_where_they_cannot_help(monkeypatch):
    """Forty of one court: the world of five is one of all, and where nobody of the first few has a case everybody is asked."""
    people = 40
    forms = csr_array(np.vstack([np.eye(people), np.ones((1, people))]))
    sizes = []

    def counted(forms, parts, *args, **options):
        sizes.append(len(parts))
        return least_change(forms, parts, *args, **options)

    monkeypatch.setattr(suppression, "least_change", counted)
    for held in (np.array([1] + [9] * 39), np.array([2] + [0] * 38 + [9])):
        gone, given, _ = protected(
            forms, held, hidden=mask(41, 0), settled=mask(41, 40), wanted=np.full(41, 3), whose=np.arange(people)
        )
        assert gone.sum() == 2
        assert not given.any()
    assert sizes == [5, 5, 20, 40]


@pytest.mark.parametrize("seed", range(12))
def test_in_a_table_with_public_margins_every_small_cell_could_be_a_number_that_points_at_nobody(seed):
    rng = np.random.default_rng(seed)
    cells = rng.integers(1, 7, 4)
    values = SQUARE @ cells
    small, public = [i for i in range(4) if cells[i] < 3], [4, 5, 6, 7]
    asked = {"hidden": mask(8, *small), "settled": mask(8, *public), "wanted": np.full(8, 3)}
    gone, given, _ = protected(SQUARE, cells, **asked)
    assert not gone[public].any()
    assert gone[small].all()
    others = worlds(SQUARE, values, gone, 12)
    for cell in small:
        reachable = any(worlds(SQUARE, values, mask(8, 0, 1, 2, 3), 12)[:, cell] >= 3)
        assert (others[:, cell] >= 3).any() == reachable
    assert given.tolist() == [i in small and len(set(others[:, i])) == 1 for i in range(8)]
