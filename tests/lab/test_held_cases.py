"""Few cases that the explorer chose stand in a table of their own, with the same answers."""

import pandas as pd

import analysis as an
from analysis.lab import held_cases
from analysis.lab.held_cases import held


def test_cases_that_are_held_are_those_of_the_register_with_their_side_rows():
    cases = an.read_cases(an.sample_path("register"))
    part = cases.where(team="执行一组", names=True)
    own = held(part)
    assert own.table.op() is not part.table.op()
    assert not own.table.op().args[0].startswith("cases")
    pd.testing.assert_frame_equal(own.to_pandas(names=True), part.to_pandas(names=True))
    for name in ("petitions", "coercive_measures", "aid"):
        kept, asked = (getattr(of, name).to_pandas() for of in (own, part))
        pd.testing.assert_frame_equal(
            kept.sort_values([*kept], ignore_index=True), asked.sort_values([*asked], ignore_index=True)
        )
    assert all(getattr(own, name).op().args[0].startswith("ibis_held") for name in own.whole_sides)
    assert own.inside
    assert held(part).table.op() is own.table.op(), "once for all views"


def test_beyond_a_bound_nothing_more_is_held(monkeypatch):
    frame = pd.DataFrame({"filed_on": ["2011-01-04"] * 3, "basis": ["civil", "arbitration", "civil"]})
    cases = an.Cases.from_frames(frame, as_of="2011-12-31")
    monkeypatch.setattr(held_cases, "MOST_ROWS", 1)
    part = cases.where(basis="civil")
    assert held(part) is part
    monkeypatch.setattr(held_cases, "FEW_CASES", 1)
    assert held(cases) is cases
