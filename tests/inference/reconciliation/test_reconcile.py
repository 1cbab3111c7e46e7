from math import floor

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as an

YEAR = {"court": "甲法院", "period_start": "2009-01-01", "period_end": "2009-12-31"}


def reconciled(*rows):
    return an.reconcile(pd.DataFrame([{**YEAR, **row} for row in rows]))


@pytest.fixture(scope="module")
def fujin():
    return an.reconcile(an.read_returns(an.sample_path("returns_fujin.csv")))


@pytest.fixture(scope="module")
def courts():
    return an.reconcile(an.read_returns(an.sample_path("returns_courts.csv")))


# By hand: closed ÷ received (or as named) beside the printed rate.
VERDICTS = {
    ("太仆寺旗人民法院", "86.63"): "agrees",  # 1672/1930 = 86.632
    ("安庆市迎江区人民法院", "80.35"): "truncated",  # 1575/1960 = 80.357
    ("镇江经济开发区人民法院", "97.8"): "shares_conflict",  # 1155/1206 = 95.77: any of the three may be wrong
    ("昌黎县人民法院", "78.34"): "agrees",  # 1382/(1389+375) = 78.345
    ("鲁山县人民法院", "82"): "agrees",  # 3851/4697 = 81.989
    ("宜昌市夷陵区人民法院", "44.45"): "agrees",  # 1058/2380 = 44.454
    ("上犹县人民法院", "89.3"): "unchecked",  # no count of closings
}


@pytest.mark.parametrize(("figure", "verdict"), VERDICTS.items())
def test_printed_rates_get_the_verdict_of_hand_arithmetic(courts, figure, verdict):
    court, printed = figure
    table = courts.figures
    found = table[(table["court"] == court) & (table["printed"] == printed) & (table["measure"] == "closure_rate")]
    assert found["verdict"].tolist() == [verdict]


def test_the_definition_that_reproduces_a_rate_is_named(courts):
    row = courts.figures[
        (courts.figures["court"] == "昌黎县人民法院") & (courts.figures["measure"] == "closure_rate")
    ].iloc[0]
    assert row["definition"] == "closed/(opening+filed)"


def test_a_conflict_names_its_figures_and_what_each_alone_would_have_to_be(courts):
    found = courts.conflicts[courts.conflicts["court"] == "镇江经济开发区人民法院"].set_index("measure")
    assert found["printed"].to_dict() == {"received": "1206", "closed": "1155", "closure_rate": "97.8"}
    assert found["repair"].to_dict() == {"received": "1181", "closed": "1179", "closure_rate": "95.8"}


FUJIN_IMPLIED = [
    ("2010-12-31", "received", "either", 343, 343),
    ("2010-12-31", "closed", "either", 328, 328),
    ("2010-12-31", "closing", "either", 15, 15),
    ("2010-12-31", "closure_rate", "either", 95.6268, 95.6268),
    ("2010-12-31", "recovery_rate", "rounded", 55.2, 57.5),
    ("2010-12-31", "recovery_rate", "truncated", 56.3, 58.5),
    ("2011-12-31", "actual_enforcements", "rounded", 537, 543),
    ("2011-12-31", "actual_enforcements", "truncated", 541, 547),
]


@pytest.mark.parametrize(("end", "measure", "rule", "lower", "upper"), FUJIN_IMPLIED)
def test_what_fujins_printed_figures_imply(fujin, end, measure, rule, lower, upper):
    table = fujin.implied
    chosen = (table["period_end"] == end) & (table["measure"] == measure) & (table["rule"] == rule)
    row = table[chosen & (table["period_start"] == "2010-01-01")].iloc[0]
    assert row["lower"] == pytest.approx(lower, abs=0.06)
    assert row["upper"] == pytest.approx(upper, abs=0.06)
    assert row["exact"] == (lower == upper)


def test_a_rate_that_no_count_can_give_names_the_smallest_base(fujin):
    row = fujin.figures[fujin.figures["printed"] == "99"].iloc[0]
    assert row["verdict"] == "contradicts"  # 8 petitions, all 8 resolved: only another rate mends it
    assert "66/67" in row["explanation"]
    assert "99/100" in row["explanation"]


def test_the_explanation_can_be_followed_by_hand_in_both_languages(fujin):
    row = fujin.figures[fujin.figures["printed"] == "99.5"].iloc[0]
    assert row["verdict"] == "truncated"
    for language in ("zh", "en"):
        said = an.in_language(row["explanation"], language)
        assert "711/714 = 99.580%" in said
        assert "99.6" in said


def test_a_figure_that_its_own_row_gives_agrees_whatever_breaks_beside_it():
    """1000 closed of 100 + 1000 is 90.91%; the closing stock is misprinted, 120 for 100."""
    rec = reconciled({"opening": "100", "filed": "1000", "closed": "1000", "closing": "120", "closure_rate": "90.91"})
    assert rec.figures.set_index("measure")["verdict"].to_dict() == {
        "opening": "agrees",
        "filed": "agrees",
        "closed": "shares_conflict",
        "closing": "contradicts",
        "closure_rate": "agrees",
    }
    assert rec.conflicts.set_index("measure")["repair"]["closing"] == "100"
    said = rec.figures.set_index("measure")["explanation"]["closure_rate"]
    assert "1000/(100+1000) = 90.9091%" in said


def test_what_cannot_both_be_true_accuses_neither():
    rec = reconciled({"received": "8", "closure_rate": "99"})
    assert rec.figures["verdict"].tolist() == ["one_of_two", "one_of_two"]
    rec = reconciled({"closed": "90", "source": "a"}, {"closed": "91", "source": "b"})
    assert rec.figures["verdict"].tolist() == ["shares_conflict", "shares_conflict"]
    assert reconciled({"closed": "10.5"}).figures["verdict"].tolist() == ["impossible"]


def test_the_definition_under_which_fewer_figures_must_change_is_the_one_meant():
    """990 closed of 1000 filed is 99.0%; filed is misprinted, 1090: the rate is not wrong for being of another base."""
    row = {"opening": "100", "filed": "1090", "received": "1100", "closed": "990", "closing": "110"}
    rec = reconciled({**row, "closure_rate": "99.0"})
    verdict = rec.figures.set_index("measure")["verdict"]
    assert verdict["filed"] == "contradicts"
    assert not verdict.drop("filed").isin(["contradicts", "impossible"]).any()
    assert set(rec.conflicts.loc[rec.conflicts["measure"] == "filed", "repair"]) == {"1000"}


def test_a_statement_without_a_full_period_is_reconciled_and_takes_no_other_court_down():
    """1-11月 without a year: the changes on last year bind nothing, and say so."""
    text = "1-11月，本院受理执行案件386件，同比上升3.85%，结案383件，结案率99.22%，同比上升2.1个百分点。"
    said = an.read_statement(text, court="甲法院").rows
    rec = an.reconcile([said, an.sample_path("returns_fujin.csv")])
    found = rec.figures[rec.figures["court"] == "甲法院"].set_index("measure")
    assert found.loc[["received_change", "closure_rate_change"], "verdict"].tolist() == ["unchecked", "unchecked"]
    assert found.loc["closure_rate", "verdict"] == "agrees"
    assert rec.figures["court"].nunique() == 2


@settings(max_examples=25, deadline=None)
@given(
    opening=st.integers(0, 400),
    filed=st.integers(1, 3000),
    share=st.floats(0, 1),
    digits=st.integers(0, 2),
    truncate=st.booleans(),
    hidden=st.sets(st.sampled_from(["opening", "filed", "received", "closed", "closing"]), max_size=3),
)
@pytest.mark.full
def test_true_figures_are_never_in_conflict_and_the_bounds_hold_the_truth(
    opening, filed, share, digits, truncate, hidden
):
    received = opening + filed
    closed = floor(share * received)
    truth = {"opening": opening, "filed": filed, "received": received, "closed": closed, "closing": received - closed}
    scaled = 100 * closed * 10**digits
    units = scaled // received if truncate else (2 * scaled + received) // (2 * received)
    rate = f"{units // 10**digits}" + (f".{units % 10**digits:0{digits}d}" if digits else "")
    shown = {name: str(value) for name, value in truth.items() if name not in hidden}
    rec = reconciled({**shown, "closure_rate": rate})
    assert rec.conflicts.empty
    assert rec.figures["verdict"].isin(["agrees", "truncated", "definition", "unchecked"]).all()
    for row in rec.implied[rec.implied["rule"] == "either"].to_dict("records"):
        if row["measure"] in truth:
            assert row["lower"] <= truth[row["measure"]] <= row["upper"], row


@settings(max_examples=15, deadline=None)
@given(received=st.integers(150, 3000), share=st.floats(0.3, 0.7), moved=st.integers(30, 40))
@pytest.mark.full
def test_a_figure_changed_beyond_its_digits_lies_in_the_conflict(received, share, moved):
    closed = floor(share * received)
    rate = f"{100 * closed / received:.2f}"
    wrong = reconciled({"received": str(received), "closed": str(closed + moved), "closure_rate": rate})
    assert "closed" in set(wrong.conflicts["measure"])


def test_the_input_stays_as_it_was():
    table = an.read_returns(an.sample_path("returns_fujin.csv"))
    before = table.copy()
    an.reconcile(table)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(
    ("rows", "measure", "printed", "repair"),
    [
        # 3 closed of 1, 2, 3 or 4 filed: nothing between 100 and 150; 150.00 is nearer to the printed 143.00
        (({"received": "4", "closed": "3", "clearance_rate": "143.00"},), "clearance_rate", "143.00", "150.00"),
        # 1 or 2 closed of 2: 98.00 lies between what they give
        (({"filed": "2", "received": "2", "closed": "2", "closure_rate": "98.00"},), "closure_rate", "98.00", "100.00"),
    ],
)
def test_the_smallest_change_is_found_where_nothing_near_can_be_printed(rows, measure, printed, repair):
    found = reconciled(*rows).conflicts
    assert found.loc[found["measure"].eq(measure) & found["printed"].eq(printed), "repair"].tolist() == [repair]


def test_a_change_downwards_that_the_counts_determine_is_mended_as_it_is_rounded():
    rec = reconciled(
        {"period_start": "2008-01-01", "period_end": "2008-12-31", "received": "11"},
        {"received": "4", "received_change": "-51"},
    )
    found = rec.conflicts.set_index("measure")["repair"]
    assert found["received_change"] == "-64"  # 4/11 - 1 = -63.6 %: -63 truncated, -64 rounded


def test_a_rate_of_no_cases_is_nothing_of_any_base_and_a_base_is_one_case_at_least():
    rec = reconciled({"received": "4", "closed": "0", "clearance_rate": "0"})
    row = rec.figures[rec.figures["measure"] == "clearance_rate"].iloc[0]
    assert (row["lower"], row["upper"]) == (0, 0)
    rec = reconciled({"opening": "1", "received": "4"})
    row = rec.implied[rec.implied["measure"].eq("clearance_rate") & rec.implied["rule"].eq("either")]
    assert row["upper"].tolist() == [pytest.approx(400 / 3)]


def test_the_bounds_of_a_rate_hold_every_meaning_that_is_taken():
    """8% printed of 1 closed: of 12 filed it is 8.33, of 13 received 7.69, rounded."""
    rec = reconciled({"opening": "1", "filed": "12", "closed": "1", "closure_rate": "8"})
    row = rec.figures[rec.figures["measure"] == "closure_rate"].iloc[0]
    assert row["definition"] == "closed/(opening+filed); closed/filed"
    assert row["recomputed"] == pytest.approx(100 / 13)
    assert (row["lower"], row["upper"]) == (pytest.approx(100 / 13), pytest.approx(100 / 12))


def test_what_rounding_alone_implies_is_not_taken_for_what_truncation_implies():
    """91% closed of filed, 12 received: rounded it is 10 of 11, truncated 11 of 12."""
    rec = reconciled(
        {"period_start": "2008-01-01", "period_end": "2008-12-31", "filed": "10"},
        {"period_start": "2008-01-01", "received": "12", "clearance_rate": "91"},
    )
    filed = rec.implied[rec.implied["measure"].eq("filed") & rec.implied["period_end"].eq("2009-12-31")]
    two_years = filed[filed["period_start"].eq("2008-01-01")].set_index("rule")[["lower", "upper"]]
    assert two_years.loc["rounded"].tolist() == [11, 11]
    assert two_years.loc["truncated"].tolist() == [12, 12]


def test_an_interrupted_run_leaves_the_next_one_as_it_would_be():
    lines = [{"court": f"法院{n}", "received": "10", "closed": "9", "closure_rate": "90"} for n in range(4)]
    table, told = pd.DataFrame(lines), []

    def interrupt(said: str) -> None:
        told.append(said)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        an.reconcile(table, progress=interrupt)
    assert told == ["法院0 (1/4)", "法院1 (2/4)"]
    assert an.reconcile(table).figures["verdict"].tolist() == ["agrees"] * 12
