"""Sheets written in all the ways that their formats know, a few of each; thousands: ``benchmarks/hostile.py``."""

import pytest
from hostile.structures import FORMS, Way, wrong

from analysis.files import archive_limits, xlsx_formulas

# Seeds of sheets that were read otherwise than they are shown; each stays.
ONCE_WRONG = [("web page", 2), ("spreadsheetml", 0), ("xlsx", 22)]


@pytest.mark.parametrize(
    ("form", "seed"), [*((form, seed) for form in FORMS for seed in range(9_000, 9_012)), *ONCE_WRONG]
)
def test_a_cell_is_read_as_it_is_shown_however_it_is_written(tmp_path, form, seed):
    assert wrong(seed, tmp_path, form)[1] == []


@pytest.mark.parametrize("form", FORMS)
def test_every_way_that_is_allowed_is_read_and_no_other_gives_another_cell(tmp_path, form, monkeypatch):
    suffix, ways, write = FORMS[form]
    for way in ways:
        monkeypatch.setitem(FORMS, form, (suffix, [way, Way("", "", None)], write))
        assert wrong(1, tmp_path, form)[1] == [], way
    assert len(ways) >= 12


@pytest.mark.parametrize("form", FORMS)
def test_the_judge_sees_a_cell_that_is_read_otherwise(tmp_path, form, monkeypatch):
    suffix, ways, write = FORMS[form]
    other = [Way(way.attributes, way.inner, "别的", way.allowed) for way in ways if way.allowed]
    monkeypatch.setitem(FORMS, form, (suffix, other, write))
    assert any(wrong(seed, tmp_path, form)[1] for seed in range(5))


@pytest.mark.parametrize(("seed", "piece"), [(11, 664), (13, 653), (24, 532), (38, 444), (50, 477)])
def test_where_the_pieces_of_a_part_meet_does_not_matter(tmp_path, seed, piece, monkeypatch):
    whole = wrong(seed, tmp_path, "xlsx")
    for module in (archive_limits, xlsx_formulas):
        monkeypatch.setattr(module, "PIECE", piece)
    assert wrong(seed, tmp_path, "xlsx") == whole
