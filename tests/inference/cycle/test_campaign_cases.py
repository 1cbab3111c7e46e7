import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.inference.cycle.campaign_cases import case_tables
from analysis.vocabulary.columns import codes
from analysis.vocabulary.terms import term

FIRST, LAST = pd.Timestamp("2008-11-01"), pd.Timestamp("2009-12-31")


def register():
    rows = []

    def add(count, closed_on, mode, claimed, recovered):
        already = len(rows)
        rows.extend(
            {
                "case_no": f"（2007）富执字第{already + n}号",
                "filed_on": "2007-01-10",
                "closed_on": closed_on,
                "closure_mode": mode,
                "amount_claimed": claimed,
                "amount_recovered": recovered,
            }
            for n in range(count)
        )

    add(40, "2008-03-03", "completed", 100.0, 100.0)
    add(10, "2008-04-03", "terminated_this_round", 100.0, 0.0)
    add(20, "2009-03-03", "completed", 100.0, 100.0)
    add(30, "2009-05-03", "terminated_this_round", 100.0, 0.0)
    add(5, "2010-03-03", "settled", 100.0, 50.0)
    back = [
        {
            "case_no": f"（2010）富执恢字第{n}号",
            "filed_on": day,
            "original_case_no": f"（2007）富执字第{70 + n}号",
        }
        for n, day in enumerate(["2010-01-04", "2010-05-03", "2010-05-04"])
    ]
    return Cases.from_frames(pd.DataFrame(rows + back), as_of="2011-12-31")


@pytest.fixture(scope="module")
def tables():
    return case_tables(register(), FIRST, LAST)


def test_cleared_and_moved_are_told_apart(tables):
    modes = tables[0][0].set_index(["closure_mode", "group", "stretch"])
    assert modes.loc[("all", "cleared", "before"), ["cases", "closed"]].tolist() == [40, 50]
    assert modes.loc[("all", "moved", "during"), "share"] == pytest.approx(30 / 50)
    row = modes.loc[("terminated_this_round", "moved", "during")]
    assert row["difference"] == pytest.approx(0.6 - 0.2)
    assert row["difference_lower"] > 0


def test_recovery_by_cases_and_by_money(tables):
    recovery = tables[0][1].set_index(["measure", "stretch"])
    assert recovery.loc[("cases", "during"), "value"] == pytest.approx(20 / 50)
    assert recovery.loc[("money", "during"), ["numerator", "denominator"]].tolist() == [2000.0, 5000.0]
    assert recovery.loc[("money", "after"), "value"] == pytest.approx(0.5)


def test_reopened_within_twelve_months_by_original_number(tables):
    back = tables[0][2].set_index(["of", "stretch"])
    during = back.loc[("terminated_this_round", "during")]
    assert during[["reopened", "closed"]].tolist() == [2, 30]  # 2010-05-04 is a day too late
    assert back.loc[("all", "before"), "reopened"] == 0


def test_without_a_register_the_tables_are_empty_and_a_note_says_why():
    tables, notes = case_tables(None, FIRST, LAST)
    assert all(table.empty for table in tables)
    assert notes[0]["rule"] == "needs_cases"


def test_closure_modes_are_read_by_their_names_in_both_languages():
    for mode, known in codes("closure_mode").items():
        assert term(f"closure_mode_{mode}") == known.text


def test_weeks_that_reach_into_another_month_leave_it_out():
    frame = pd.DataFrame({"filed_on": "2007-01-10", "closed_on": ["2008-12-30", "2009-01-05"]})
    cases = Cases.from_frames(frame, as_of="2011-12-31")
    back = case_tables(cases, pd.Timestamp("2008-11-01"), pd.Timestamp("2009-01-02"))[0][2].set_index(["of", "stretch"])
    assert back.loc["all", "closed"].tolist() == [0, 1, 1]
