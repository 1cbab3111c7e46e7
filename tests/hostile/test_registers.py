"""A planned register of every format, and one of each broken in one place; 5,000 of either: ``benchmarks/hostile.py``."""

import pytest
from hostile.formats import FORMATS
from hostile.judge import faults, make, mutation_faults

# Seeds of plans that were read wrongly once, or that the plan itself had wrong; each stays.
ONCE_WRONG = [("csv-gbk", 102), pytest.param("xls", 0, marks=pytest.mark.full)]
SEEDS = {form: 7_000 + place for place, form in enumerate(FORMATS)}


@pytest.mark.parametrize(
    ("form", "seed"),
    [
        *list(SEEDS.items())[::2],
        *(pytest.param(*seed, marks=pytest.mark.full) for seed in list(SEEDS.items())[1::2]),
        *ONCE_WRONG,
    ],
)
def test_every_row_of_a_planned_register_becomes_what_it_must(tmp_path, form, seed):
    plan, path, form = make(seed, tmp_path, form)
    assert faults(plan, path, form) == []


@pytest.mark.parametrize(("form", "seed"), SEEDS.items())
def test_a_broken_file_is_refused_in_words_or_loses_no_row(tmp_path, form, seed):
    assert mutation_faults(seed, tmp_path, form)[1] == []


@pytest.mark.full
def test_the_judge_sees_a_row_that_is_lost_and_a_day_that_is_wrong(tmp_path):
    """A judge that could not find anything would find nothing."""
    from dataclasses import replace

    from hostile.registers import KEPT

    plan, path, form = make(SEEDS["csv-utf8"], tmp_path, "csv-utf8")
    rows = next(iter(plan.sheets.values()))
    place = next(i for i, row in enumerate(rows) if row.fate == KEPT)
    import datetime as dt

    wrong = replace(rows[place], values=rows[place].values | {"filed_on": dt.date(1999, 9, 9)})
    lost = replace(rows[place], fate="skipped", why="total")
    for instead, said in ((wrong, "filed_on is"), (lost, "skipped (total) became kept")):
        changed = replace(plan, sheets={name: [*rows[:place], instead, *rows[place + 1 :]] for name in plan.sheets})
        assert any(said in fault for fault in faults(changed, path, form))
