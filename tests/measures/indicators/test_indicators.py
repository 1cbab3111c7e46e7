from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as an
from analysis.cases.table import Cases
from analysis.measures.caseflow import caseflow
from analysis.measures.durations.ages import pending_ages
from analysis.measures.indicators import case_tally
from analysis.measures.indicators.indicators import COLUMNS, indicators
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.language import speaking
from analysis.vocabulary.text import in_language

AS_OF = "2011-12-31"
STOCKS = ["opening", "filed", "closed", "closing"]
days = st.dates(pd.Timestamp("2009-11-01").date(), pd.Timestamp("2012-02-01").date())
drawn_rows = st.lists(
    st.tuples(
        days,
        st.none() | st.integers(0, 600),
        st.sampled_from(["甲", "乙", None]),
        st.sampled_from(["completed", "terminated_this_round", None]),
        st.sampled_from([True, False, None]),
        st.none() | st.integers(0, 500_000),
    ),
    min_size=1,
    max_size=40,
)


def frame_of(drawn):
    names = ["filed_on", "lasted", "officer", "closure_mode", "has_property", "amount_claimed"]
    frame = pd.DataFrame(drawn, columns=names)
    frame["filed_on"] = pd.to_datetime(frame["filed_on"])
    frame["closed_on"] = frame["filed_on"] + pd.to_timedelta(frame.pop("lasted").astype("Float64"), unit="D")
    frame["case_no"] = [f"（2011）富执字第{i}号" for i in range(len(frame))]
    frame["closure_mode"] = frame["closure_mode"].where(frame["closed_on"].notna())
    return frame


NO_CHANGE = {"basis": "civil", "extension_days": 0, "excluded_days": 0}  # of a limit


def cases_of(*rows, as_of=AS_OF, **tables):
    return Cases.from_frames(
        {"cases": pd.DataFrame(list(rows)), **tables}, as_of=as_of, definitions="fujin-2012", observed_from="2006-01-01"
    )


def value(table, indicator, column="value"):
    found = table.loc[table["indicator"] == indicator, column]
    assert len(found) == 1
    return found.iloc[0]


def note(table, indicator, language="en"):
    return in_language(value(table, indicator, "note"), language)


@pytest.mark.full
@settings(max_examples=15, deadline=None)
@given(
    drawn=drawn_rows,
    calendar=st.sampled_from(["calendar-year", "dec-21", "month-20"]),
    by=st.sampled_from([(), "officer", "has_property", ["officer", "has_property"]]),
)
def test_the_account_balances_in_every_window_and_breakdown_and_agrees_with_caseflow(drawn, calendar, by):
    frame = frame_of(drawn)
    before = frame.copy()
    cases = Cases.from_frames(frame, as_of=AS_OF)
    table = indicators(cases, periods=[2010, 2011], calendar=calendar, by=by, only=STOCKS, names=True)
    pd.testing.assert_frame_equal(frame, before)
    table = table[table["value"].notna()]  # a window before the first filing is unknown
    parts = {name: table.loc[table["indicator"] == name, "value"].to_numpy() for name in STOCKS}
    assert (parts["opening"] + parts["filed"] - parts["closed"] == parts["closing"]).all()
    whole = table.pivot_table(index="period_start", columns="indicator", values="value", aggfunc="sum")
    if len(whole):
        flow = caseflow(cases, freq="Y", calendar=calendar).set_index("period").reindex(whole.index)
        pd.testing.assert_frame_equal(whole[STOCKS], flow[STOCKS], check_dtype=False, check_names=False)


@settings(max_examples=10, deadline=None)
@given(drawn=drawn_rows)
@pytest.mark.full
def test_counting_by_the_engine_gives_what_the_rows_give(drawn):
    cases = Cases.from_frames(frame_of(drawn), as_of=AS_OF)
    listed = indicators(cases, periods=[2010, 2011], by="officer", variants=True, names=True)
    handed_over = case_tally.ROWS_HANDED_OVER
    case_tally.ROWS_HANDED_OVER = 0
    try:
        counted = indicators(cases, periods=[2010, 2011], by="officer", variants=True, names=True)
    finally:
        case_tally.ROWS_HANDED_OVER = handed_over
    bounds = ["least", "most", "unfilled"]  # of means they need the cases one by one
    same = [name for name in listed.columns if name not in ("lower", "upper", "note", *bounds)]
    pd.testing.assert_frame_equal(listed[same], counted[same])
    has_both = counted["least"].notna()
    pd.testing.assert_frame_equal(listed.loc[has_both, bounds], counted.loc[has_both, bounds])


def test_columns_are_the_ones_promised_and_what_is_counted_says_so():
    table = indicators(cases_of({"court": "甲院", "filed_on": "2011-01-04"}), periods=2011)
    assert tuple(table.columns) == COLUMNS
    assert table["court"].unique().tolist() == ["甲院"]
    assert "independent cases" in in_language(table.attrs["interval_note"], "en")
    assert table.attrs["definitions"] == ["fujin-2012"]


@pytest.mark.parametrize("column", ["amount_claimed", "amount_recovered"])
def test_of_a_column_that_is_absent_no_sum_is_0_even_of_a_year_without_closings(column):
    rows = [{"filed_on": "2010-11-04", "closed_on": "2011-02-01", "amount_claimed": 5.0, "amount_recovered": 5.0}]
    of_column = {"amount_claimed": "amount_closed", "amount_recovered": "amount_recovered"}[column]
    options = {"periods": [2010, 2011], "only": of_column, "definitions": "counts"}
    assert indicators(cases_of(*rows), **options)["value"].tolist()[0] == 0  # nothing was closed, and it says so
    table = indicators(cases_of(*({k: v for k, v in row.items() if k != column} for row in rows)), **options)
    assert table["value"].isna().all()
    assert table["note"].map(lambda cell: "cannot be told" in in_language(cell, "en")).all()


def test_a_base_of_zero_is_missing_with_a_note_never_0_or_100():
    table = indicators(cases_of({"filed_on": "2011-01-04"}), periods=[2011])
    assert np.isnan(value(table, "actual_enforcement_rate"))
    assert "base is 0" in note(table, "actual_enforcement_rate")
    assert value(table, "closure_rate") == 0  # 0 of 1: a base there is


def test_amounts_that_are_missing_are_left_out_and_counted_aloud():
    rows = [
        {"filed_on": "2011-01-04", "closed_on": "2011-02-01", "amount_claimed": claimed, "amount_recovered": recovered}
        for claimed, recovered in [(100_000, 50_000), (300_000, None), (None, 10_000), (100_000, 100_000)]
    ]
    table = indicators(cases_of(*rows), periods=[2011], names=True)  # inside the court: sums of three cases
    assert value(table, "amount_closed") == 50.0  # 万元
    assert "1 with amount claimed blank or not understood" in note(table, "amount_closed")
    assert value(table, "recovery_rate") == pytest.approx(75.0)  # (5 + 10) ÷ (10 + 10): pairs only
    assert value(table, "recovery_rate", "denominator") == 20.0
    assert "1 without amount recovered: between 30.0 and 90.0%" in note(table, "recovery_rate")
    assert "1 without amount claimed are not in it" in note(table, "recovery_rate")
    assert value(table, "amount_closed", "least") == 50.0
    assert value(table, "amount_closed", "most") == np.inf


def test_where_no_case_says_it_the_figure_is_missing_not_zero():
    rows = [{"filed_on": "2011-01-04", "closed_on": "2011-02-01"}] * 3
    table = indicators(cases_of(*rows), periods=[2011])
    for name in ("amount_closed", "recovery_rate", "actual_enforcement_rate", "net_closings"):
        assert np.isnan(value(table, name)), name
        assert "cannot be told: the register holds no" in note(table, name), name


def test_where_no_case_of_the_year_says_it_the_figure_is_missing_not_zero():
    kept = {"closure_mode": "completed", "amount_claimed": 1.0, "amount_recovered": 1.0, "amount_paid": 1.0}
    rows = [{"filed_on": "2010-01-04", "closed_on": "2010-02-01", **kept}]
    rows += [{"filed_on": "2011-01-04", "closed_on": "2011-02-01"}] * 3
    table = indicators(cases_of(*rows), periods=[2011])
    for name in ("amount_closed", "recovery_rate", "actual_enforcement_rate", "net_closings"):
        assert np.isnan(value(table, name)), name
        assert pd.isna(value(table, name, "least")), name
    assert "3 with amount claimed blank or not understood" in note(table, "amount_closed")


def test_some_cases_without_a_closure_mode_are_said():
    modes = ["completed", "completed", None, "terminated"]
    rows = [{"filed_on": "2011-01-04", "closed_on": "2011-02-01", "closure_mode": m} for m in modes]
    table = indicators(cases_of(*rows), periods=[2011])
    assert value(table, "actual_enforcement_rate") == pytest.approx(200 / 3), "of the three that have one"
    assert "between 50.0 and 75.0% once filled in" in note(table, "actual_enforcement_rate")
    assert "1 with closure mode blank or not understood" in note(table, "actual_enforcement_rate")


def test_net_closings_need_the_claim_recovered_and_paid_out():
    amounts = [(100, 100, 100), (100, 100, 60), (100, 80, 80), (100, 120, 120), (0, 0, 0)]
    rows = [
        {
            "filed_on": "2011-01-04",
            "closed_on": "2011-02-01",
            "amount_claimed": c,
            "amount_recovered": r,
            "amount_paid": p,
        }
        for c, r, p in amounts
    ]
    assert value(indicators(cases_of(*rows), periods=[2011]), "net_closings") == 2


@pytest.mark.parametrize(
    ("calendar", "filed", "closed"), [("calendar-year", 2, 2), ("dec-21", 2, 1), ("month-20", 2, 1)]
)
def test_windows_of_the_statistical_calendars(calendar, filed, closed):
    rows = [
        {"filed_on": "2010-12-20", "closed_on": "2011-06-01"},
        {"filed_on": "2010-12-21", "closed_on": "2011-12-25"},
        {"filed_on": "2011-01-10", "closed_on": None},
        {"filed_on": "2011-12-21", "closed_on": None},
    ]
    table = indicators(cases_of(*rows), periods=[2011], calendar=calendar)
    assert (value(table, "filed"), value(table, "closed")) == (filed, closed)


@pytest.mark.full
def test_filings_dec_nov_is_a_rate_without_a_closing_stock():
    rows = [
        {"filed_on": "2010-11-30", "closed_on": None},  # pending at the end of November
        {"filed_on": "2010-12-01", "closed_on": "2010-12-20"},  # filed in the window, closed before January
        {"filed_on": "2011-11-30", "closed_on": "2011-12-30"},
        {"filed_on": "2011-12-01", "closed_on": "2011-12-31"},  # filed after the window, closed within the year
    ]
    table = indicators(cases_of(*rows), periods=[2011], calendar="filings-dec-nov")
    assert value(table, "closure_rate", "denominator") == 3
    assert value(table, "closure_rate", "numerator") == 2
    assert np.isnan(value(table, "closure_rate", "lower"))
    assert np.isnan(value(table, "closing"))
    assert "no closing stock" in note(table, "closing")
    with pytest.raises(ArgumentError, match="filings-dec-nov"):
        indicators(cases_of(*rows), periods=[("2011-01", "2011-03")], calendar="filings-dec-nov")


def test_overlapping_periods_are_not_called_independent_and_single_ones_are_left_alone():
    cases = cases_of({"filed_on": "2009-01-04", "closed_on": "2011-02-01"})
    crossing = indicators(cases, periods=[2011, ("2010-01-01", "2011-12-31")], only="closed")
    assert crossing["note"].str.contains("not independent").all()
    assert not indicators(cases, periods=[2010, 2011], only="closed")["note"].str.contains("independent").any()


@pytest.mark.parametrize(("words", "meant"), [("标的到位率", "recovery_rate"), ("办结率", "closure_rate")])
def test_an_indicator_is_asked_for_by_any_name_under_which_it_is_printed(words, meant):
    cases = cases_of({"filed_on": "2011-03-04", "closed_on": "2011-04-01"})
    asked = indicators(cases, periods=2011, definitions="fujin-2012", only=words)
    assert asked["indicator"].tolist() == [meant]


def test_an_indicator_of_other_sets_is_refused_with_those_that_define_it():
    cases = cases_of({"filed_on": "2011-03-04"})
    with pytest.raises(ArgumentError, match=r"没有“结案率”，有它的是 fujin-2012、.*spc-2008"):
        indicators(cases, periods=2011, definitions="spc-2024", only=["执行到位率", "结案率"])


def test_periods_outside_what_the_register_knows():
    cases = cases_of({"filed_on": "2011-03-04", "closed_on": "2011-04-01"}, as_of="2011-06-30")
    table = indicators(
        cases, periods=[("2009", "2009"), ("2012", "2012"), ("2011", "2011")], only=["closed", "opening"]
    )
    notes = table.set_index(["period_start", "indicator"])["note"]
    assert table["value"].isna().tolist() == [True, True, True, True, False, False]
    assert "register begins on 4 Mar 2011" in notes["2009-01-01", "closed"]
    assert "after 30 Jun 2011" in notes["2012-01-01", "closed"]
    assert "incomplete period" in notes["2011-01-01", "closed"]
    assert "older pending cases" not in notes["2011-01-01", "opening"], "the court said from when all are in it"
    unsaid = indicators(replace(cases, observed_from=None), periods=2011, only=["opening"])
    assert "older pending cases are not in it" in unsaid["note"].iloc[0]


def test_an_empty_register_answers_with_missing_values():
    table = indicators(cases_of({"filed_on": "2012-03-04"}), periods=[2011])
    assert table["value"].isna().all()
    assert table.loc[table["indicator"] == "closure_rate", "note"].str.contains("holds no cases").all()


@pytest.mark.full
def test_as_known_on_an_earlier_day_later_closings_count_as_open():
    cases = cases_of({"filed_on": "2011-01-04", "closed_on": "2011-12-01"})
    assert value(indicators(cases, periods=[2011], at="2011-11-30"), "closing") == 1
    assert value(indicators(cases, periods=[2011]), "closing") == 0


@pytest.mark.full
def test_officers_are_pseudonyms_unless_names_are_asked_for():
    cases = cases_of(
        {"filed_on": "2011-01-04", "officer": "王伟"},
        {"filed_on": "2011-01-05", "officer": "李强"},
        {"filed_on": "2011-01-06", "officer": None},
    )
    table = indicators(cases, periods=[2011], by="officer")
    assert not table.astype(str).isin(["王伟", "李强"]).any().any()
    named = indicators(cases, periods=[2011], by="officer", names=True)
    assert {"王伟", "李强"} < set(named["officer"])
    assert named.loc[named["indicator"] == "filed", "value"].sum() == 3  # nothing is lost without an officer
    assert table.loc[table["indicator"] == "filed", "value"].isna().all()  # one case each would tell who it was


@pytest.mark.full
def test_what_is_said_beside_figures_of_officers_counts_none_of_their_cases():
    row = {"filed_on": "2010-03-04", "closed_on": "2010-09-01", "closure_mode": "completed", "amount_claimed": 900.0}
    rows = [row | {"officer": officer} for officer in ("王伟", "李强", "赵敏") for _ in range(17)]
    rows += [
        row | {"officer": "王伟", "closure_mode": None},
        row | {"officer": "李强", "closed_on": None},  # it may be closed
        row | {"officer": None, "amount_claimed": None},
    ]
    table = indicators(cases_of(*rows), periods=[2010], by="officer")
    assert table["value"].notna().any()
    assert not table["note"].str.contains(r"\b(?:17|18|19)\b|[^-]\b2件|填全后|依据|\b1件").any()
    closed = table[table["indicator"] == "closure_rate"]
    assert closed[["least", "most"]].isna().all(axis=None)
    assert (table[["unfilled", "unclaimed"]].fillna(0) == 0).all(axis=None)


def test_several_courts_are_told_apart_or_said_to_be_several():
    cases = cases_of({"filed_on": "2011-01-04", "court": "甲院"}, {"filed_on": "2011-01-05", "court": "乙院"})
    assert set(indicators(cases, periods=[2011], by="court", only="filed")["court"]) == {"甲院", "乙院"}
    assert "several courts" in indicators(cases, periods=[2011], only="filed")["court"].iloc[0]


def test_side_tables_that_the_register_does_not_hold_are_unknown_not_zero():
    table = indicators(cases_of({"filed_on": "2011-01-04"}), periods=[2011])
    for name in ("petitions", "petition_settlement_rate", "persons_detained", "aid_amount"):
        assert np.isnan(value(table, name))
        assert "unknown, not 0" in note(table, name)


@pytest.mark.full
def test_persons_are_counted_once_and_both_means_both_within_the_period():
    measures = pd.DataFrame(
        {
            "case_no": "1",
            "person_id": ["a", "a", "a", "b", "c", "c"],
            "kind": ["detention", "detention", "fine", "detention", "detention", "fine"],
            "date": ["2011-02-01", "2011-05-01", "2011-05-01", "2011-06-01", "2010-03-01", "2011-03-01"],
        }
    )
    table = indicators(
        cases_of({"filed_on": "2009-01-04", "case_no": "1"}, coercive_measures=measures), periods=[2011], by="team"
    )
    assert value(table, "persons_detained") == 2
    assert value(table, "persons_fined") == 2
    assert value(table, "persons_detained_and_fined") == 1


def test_petitions_resolved_are_those_received_in_the_period_and_resolved_by_its_end():
    petitions = pd.DataFrame(
        {
            "case_no": ["1", "1", "1"],
            "received_on": ["2010-12-01", "2011-02-01", "2011-11-01"],
            "resolved_on": ["2011-01-05", "2011-03-01", None],
        }
    )
    table = indicators(cases_of({"filed_on": "2009-01-04", "case_no": "1"}, petitions=petitions), periods=[2011])
    assert value(table, "petitions") == 2
    assert value(table, "petition_settlement_rate") == 50.0


@pytest.mark.full
def test_intervals_stand_where_a_proportion_is_one_and_hold_the_value():
    rows = [
        {"filed_on": "2010-06-01", "closed_on": "2011-02-01" if i % 3 else None, "amount_claimed": 1000 + i,
         "amount_recovered": 500.0 + i, "closure_mode": "completed"}
        for i in range(120)
    ]  # fmt: skip
    table = indicators(cases_of(*rows), periods=[2011])
    bounded = table[table["lower"].notna()]
    assert {"closure_rate", "recovery_rate", "closed", "actual_enforcement_rate"} <= set(bounded["indicator"])
    assert ((bounded["lower"] <= bounded["value"]) & (bounded["value"] <= bounded["upper"])).all()
    assert "80 cases" in note(table, "recovery_rate")
    again = indicators(cases_of(*rows), periods=[2011], only="recovery_rate")
    assert value(again, "recovery_rate", "lower") == value(table, "recovery_rate", "lower")


@pytest.mark.full
def test_variants_stand_side_by_side_under_one_indicator():
    cases = cases_of({"filed_on": "2010-12-04", "closed_on": "2011-02-01"}, {"filed_on": "2011-01-04"})
    plain = indicators(cases, periods=[2011])
    table = indicators(cases, periods=[2011], variants=True)
    rates = table[table["indicator"] == "closure_rate"].set_index("definition")["value"]
    assert (plain["indicator"] == "closure_rate").sum() == 1
    assert rates["fujin-2012/closure_rate"] == 50.0
    assert rates["fujin-2012/closure_rate_per_filed"] == 100.0
    assert rates["fujin-2012/closure_rate_same_period"] == 0.0


def test_a_trend_across_a_change_of_definition_shows_the_break():
    rows = [
        {"filed_on": f"{year}-01-04", "closed_on": f"{year}-02-01", "amount_claimed": 100, "amount_recovered": 50,
         "closure_mode": "completed"}
        for year in (2016, 2017, 2018, 2019)
    ]  # fmt: skip
    table = indicators(
        cases_of(*rows, as_of="2019-12-31"),
        periods=range(2016, 2020),
        definitions=["spc-2008", "spc-2024"],
        only="recovery_rate",
        names=True,
    )
    assert table["definition"].tolist() == ["spc-2008/recovery_rate"] * 2 + ["spc-2024/recovery_rate"] * 2
    assert table["value"].tolist() == [100.0, 100.0, 50.0, 50.0]
    assert [("break" in text) for text in table["note"]] == [False, False, True, False]


@pytest.mark.full
def test_a_sum_of_rates_is_the_sum_also_when_asked_for_alone():
    rows = [
        {
            "filed_on": "2017-01-04",
            "closed_on": "2017-02-01",
            "closure_mode": mode,
            "case_type": "first",
            **NO_CHANGE,
        }
        for mode in ["completed", "terminated_this_round", "terminated", "terminated"]
    ]
    cases = cases_of(*rows, as_of="2018-12-31")
    table = indicators(cases, periods=[("2016", "2018")], definitions="spc-3plus1", only="overall_rate")
    assert table["value"].tolist() == [50.0]
    both = indicators(cases, periods=[2017], definitions="spc-3plus1", only="overall_rate", variants=True)
    assert both["value"].tolist() == [50.0, 100.0]
    assert both["note"].str.contains("period of 3 years").all()


@pytest.mark.full
def test_what_is_not_verified_is_not_computed_unless_a_court_s_own_toml_gives_the_formula(tmp_path):
    cases = cases_of({"filed_on": "2011-01-04", "closed_on": "2011-02-01"})
    table = indicators(cases, periods=[2011], definitions="spc-2008")
    assert "spc-2008/petition_rate" in table.attrs["not_computed"]
    assert "petition_rate" not in set(table["indicator"])
    asked = indicators(cases, periods=[2011], definitions="spc-2008", only="petition_rate")
    assert np.isnan(asked["value"].iloc[0])
    assert "unverified" in asked["note"].iloc[0]
    own = tmp_path / "own.toml"
    own.write_text(
        '[set]\nid = "ours"\nzh = "本院"\nen = "ours"\nextends = "spc-2008"\n'
        '[[indicator]]\nid = "petition_rate"\nzh = "信访投诉率"\nen = "petition rate"\nkind = "rate"\nunit = "件/百件"\n'
        'numerator = "closed"\ndenominator = "received"\ninterval = "poisson"\n',
        encoding="utf-8",
    )
    mine = indicators(cases, periods=[2011], definitions=str(own), only="petition_rate")
    assert mine["value"].iloc[0] == 100.0
    assert mine["definition"].iloc[0] == "ours/petition_rate"


def test_the_statutory_limit_is_counted_to_the_last_working_day():
    rows = [
        {
            "filed_on": "2011-04-01",
            "closed_on": closed,
            "closure_mode": "completed",
            "case_type": "first",
            **NO_CHANGE,
        }
        for closed in ("2011-10-08", "2011-10-09")  # 1 October is a holiday, 8 October a worked Saturday
    ]
    table = indicators(cases_of(*rows), periods=[2011], definitions="spc-2008", only="closed_within_limit_rate")
    assert table["value"].tolist() == [50.0]


@pytest.mark.parametrize("lacking", list(NO_CHANGE))
def test_what_is_within_a_limit_is_missing_where_the_register_does_not_say_what_changes_it(lacking):
    rows = [{"filed_on": "2011-04-01", "closed_on": closed} | NO_CHANGE for closed in ("2011-10-08", "2011-10-09")]
    cases = cases_of(*({name: cell for name, cell in row.items() if name != lacking} for row in rows))
    table = indicators(cases, periods=[2011], definitions="spc-2008", only="closed_within_limit_rate")
    assert table[["value", "numerator", "least", "most"]].isna().all(axis=None)
    assert "无法判断：台账没有" in note(table, "closed_within_limit_rate", "zh")


def test_of_a_blank_basis_a_closing_kept_its_limit_only_where_it_kept_the_shortest():
    days = {"2011-06-30": True, "2011-09-01": None, "2011-12-01": False}  # within three months; within six; past them
    rows = [{"filed_on": "2011-04-01", "closed_on": day} | NO_CHANGE | {"basis": None} for day in days]
    rows.append({"filed_on": "2011-04-01", "closed_on": "2011-09-01"} | NO_CHANGE)
    table = indicators(cases_of(*rows), periods=[2011], definitions="spc-2008", only="closed_within_limit_rate")
    found = table.iloc[0]
    assert (found["numerator"], found["denominator"], found["unfilled"]) == (2, 3, 1)
    assert (found["least"], found["most"]) == (50, 75)


def test_older_than_months_counts_by_the_corresponding_day():
    rows = [{"filed_on": day} for day in ("2010-12-30", "2010-12-31", "2011-01-01")]
    table = indicators(cases_of(*rows), periods=[2011], definitions="cepej", variants=True, only="backlog")
    assert table.set_index("definition")["value"]["cepej/backlog_12_months"] == 1


@pytest.mark.full
@pytest.mark.parametrize("end", ["2011-12-31", "2011-12-20", "2012-02-29", "2011-06-30"])
def test_older_than_months_agrees_with_the_age_bands_at_the_ends_of_months(end):
    days = pd.date_range("2010-02-01", end, freq="D")
    cases = Cases.from_frames(pd.DataFrame({"filed_on": days}), as_of=end)
    table = indicators(cases, periods=[("2010-02-01", end)], definitions="cepej", variants=True, only="backlog")
    bands = pending_ages(cases).bands["cases"].tolist()  # up to 3, 6, 12, 24, 60 months, and over
    assert table["value"].tolist() == [sum(bands[2:]), sum(bands[3:])]


def test_disposition_time_is_the_links_between_the_rates():
    rows = [{"filed_on": "2011-01-04", "closed_on": "2011-02-01" if i else None} for i in range(5)]
    table = indicators(cases_of(*rows), periods=[2011], definitions=["cepej", "cnj"])
    assert value(table, "disposition_time") == pytest.approx(365 * 1 / 4)
    assert value(table, "congestion_rate") == pytest.approx(20.0)


def test_without_a_period_the_last_full_year_is_taken():
    cases = cases_of({"filed_on": "2009-01-04"}, as_of="2011-06-30")
    assert indicators(cases, only="filed")["period_start"].dt.year.tolist() == [2010]
    for none in ([], (), pd.Series(dtype=int)):  # a choice of a script that chose no year
        with pytest.raises(ArgumentError, match="periods 是空的"):
            indicators(cases, periods=none)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"definitions": "fujin-2021"}, "fujin-2012"),
        ({"only": "closure_rat"}, "closure_rate"),
        ({"calendar": "dec-12"}, "dec-21"),
        ({"by": "oficer"}, "officer"),
        ({"by": "filed_on"}, "team"),
        ({"by": "case_no"}, "team"),
        ({"periods": 99999}, "2011"),
        ({"periods": ["去年"]}, "2011"),
        ({"periods": [("2011-12-31", "2011-01-01")]}, "2011-01-01"),
        ({"periods": [("2011",)]}, "pair"),
        ({"definitions": []}, "definitions"),
        ({"at": "2012-01-01"}, "2011-12-31"),
    ],
)
def test_wrong_arguments_name_what_was_expected(arguments, said):
    with pytest.raises(ArgumentError) as caught:
        indicators(cases_of({"filed_on": "2011-01-04"}), **{"periods": [2011], **arguments})
    assert said in caught.value.text.zh + caught.value.text.en


def test_only_a_register_is_counted():
    with pytest.raises(ArgumentError, match="read_cases"):
        an.indicators(pd.DataFrame(), periods=[2011])


def test_a_single_pair_or_text_is_one_period():
    cases = cases_of({"filed_on": "2010-01-04"})
    for periods in ("2011", ("2010-01-01", "2011-12-31"), [("2010-01-01", "2011-12-31")]):
        assert len(indicators(cases, periods=periods, only="filed")) == 1


@pytest.mark.full
def test_what_the_interval_of_a_money_rate_rests_on_is_said_row_by_row_and_counted_alike(monkeypatch):
    rows = [
        {"filed_on": "2011-01-04", "closed_on": "2011-03-01", "amount_claimed": 100.0 + i, "amount_recovered": 50.0}
        for i in range(200)
    ]
    asked = {"periods": [2011], "definitions": "spc-2024", "only": ["recovery_rate", "mean_days_to_close"]}
    outside = in_language(indicators(cases_of(*rows), **asked)["note"][0], "en")
    assert "200 cases" in outside
    assert "largest" not in outside  # which would tell its amount
    asked["names"] = True
    listed = indicators(cases_of(*rows), **asked)
    assert "200 cases, the largest holds 0.7%" in in_language(listed["note"][0], "en")  # 299 of 39,900 yuan
    assert "the largest holds 0.5%" in in_language(listed["note"][1], "en")  # of the days
    monkeypatch.setattr(case_tally, "ROWS_HANDED_OVER", 10)
    counted = indicators(cases_of(*rows), **asked)
    assert "200 cases, the largest holds 0.7%" in in_language(counted["note"][0], "en")
    np.testing.assert_allclose(counted[["lower", "upper"]], listed[["lower", "upper"]], rtol=1e-6)


@pytest.mark.parametrize(
    "asked",
    [
        {"periods": ("2011-01-01", "2011-06-30")},
        {"periods": (pd.Timestamp("2011-01-01"), pd.Timestamp("2011-06-30"))},
        {"periods": [(pd.Timestamp("2011-01-01").date(), "2011-06")]},
        {"periods": [("2011年1月1日", "2011/6/30")]},
    ],
)
def test_a_period_may_be_a_pair_of_any_days(asked):
    table = indicators(cases_of({"filed_on": "2011-02-01"}), only="filed", **asked)
    assert table[["period_start", "period_end"]].astype(str).values.tolist() == [["2011-01-01", "2011-06-30"]]


@pytest.mark.parametrize("years", [2011, "2011", "2011年", np.int64(2011), 2011.0, range(2011, 2012), np.array([2011])])
def test_years_may_be_one_or_several_in_any_form(years):
    assert indicators(cases_of({"filed_on": "2011-02-01"}), only="filed", periods=years)["value"].tolist() == [1]


def test_figures_by_band_of_the_claim_add_up_and_begin_at_its_lower_edge():
    claims = [9_999.99, 10_000, 49_999, 50_000, 499_999, 500_000, None]
    frame = pd.DataFrame({"filed_on": "2011-03-01", "closed_on": "2011-06-01", "amount_claimed": claims})
    found = indicators(Cases.from_frames(frame, as_of="2011-12-31"), periods=[2011], only=["closed"], by="amount_band")
    counted = found.set_index("amount_band")["value"]
    assert counted.dropna().sum() == len(claims)
    assert counted[["below_10k", "10k_50k", "50k_100k", "100k_500k", "above_500k"]].tolist() == [1, 2, 1, 1, 1]


def test_named_periods_are_counted_in_the_courts_calendar():
    filed = ["2010-12-25", "2010-12-26", "2011-05-25", "2011-05-26", "2011-06-30"]
    cases = Cases.from_frames(pd.DataFrame({"filed_on": filed}), as_of="2011-12-31", calendar="month-25")
    table = indicators(cases, periods=["2011年1—5月", "2011H1", "2011-06"], only=["filed"], definitions="counts")
    assert table["value"].tolist() == [2, 3, 1]  # to 25 May, to 25 June, 26 May to 25 June
    assert [len(cases.where(filed_on=name)) for name in ("2011年1—5月", "2011-06", "2011")] == [2, 1, 4]


@pytest.mark.full
def test_days_to_pay_out_are_of_closed_cases_that_state_both_dates():
    rows = {
        "filed_on": "2024-01-04", "closed_on": "2024-06-01", "credited_on": ["2024-05-01", "2024-05-11", None, "2024-05-21"],
        "paid_on": ["2024-05-11", "2024-05-31", "2024-05-05", None],
    }  # fmt: skip
    cases = Cases.from_frames(pd.DataFrame(rows), as_of="2024-12-31")
    row = indicators(cases, periods=2024, only="payout_days", definitions="spc-2024").iloc[0]
    assert (row["numerator"], row["denominator"], row["value"]) == (30, 2, 15)  # 10 and 20 days
    without = Cases.from_frames(pd.DataFrame(rows).drop(columns="credited_on"), as_of="2024-12-31")
    lacking = indicators(without, periods=2024, only="payout_days", definitions="spc-2024").iloc[0]
    assert pd.isna(lacking["value"])
    assert "案款到账日期" in in_language(lacking["note"], "zh")


def test_months_pending_are_the_stock_at_the_periods_monthly_closings():
    closed = ["2024-02-01"] * 24 + [None] * 6
    cases = Cases.from_frames(pd.DataFrame({"filed_on": ["2024-01-04"] * 30, "closed_on": closed}), as_of="2024-12-31")
    row = indicators(cases, periods=2024, only="months_pending", definitions="inferred").iloc[0]
    assert row["value"] == pytest.approx(3.0)  # 6 pending, 2 closed a month


def test_recovery_of_first_time_and_reopened_cases_stand_apart():
    rows = {
        "filed_on": "2024-01-04", "closed_on": "2024-06-01", "case_type": ["first"] * 3 + ["reopened"] * 3, "amount_claimed": 100.0,
        "amount_recovered": [100.0, 50.0, 0.0, 100.0, 100.0, 25.0],
    }  # fmt: skip
    cases = Cases.from_frames(pd.DataFrame(rows), as_of="2024-12-31")
    asked = {"periods": 2024, "definitions": "spc-2024", "names": True}
    values = [
        indicators(cases, only=name, **asked)["value"].iloc[0]
        for name in ("recovery_rate_first", "recovery_rate_reopened")
    ]
    assert values == [pytest.approx(50.0), pytest.approx(75.0)]


def test_bounds_are_told_with_their_unit_in_the_language_spoken():
    """A mean of days was between 122.3 and 140.2 天 in English."""
    rows = {
        "filed_on": "2024-01-04", "closed_on": ["2024-02-03", "2024-06-01", "2024-03-04"], "closure_mode": ["completed", "completed", None],
    }  # fmt: skip
    cases = Cases.from_frames(pd.DataFrame(rows), as_of="2024-12-31")
    asked = {"periods": 2024, "only": "mean_days_completed", "definitions": "spc-2024"}
    with speaking("zh"):
        assert "填全后在79.7–89.5天之间" in indicators(cases, **asked)["note"].iloc[0]
    with speaking("en"):
        assert "between 79.7 and 89.5 days once filled in" in indicators(cases, **asked)["note"].iloc[0]


@pytest.mark.full
def test_a_share_of_which_some_cases_do_not_say_what_it_asks_carries_bounds():
    modes = ["completed"] * 4 + ["terminated_this_round"] * 2 + [None] * 4
    rows = pd.DataFrame({"filed_on": "2023-02-01", "closed_on": "2023-06-01", "closure_mode": modes})
    cases = an.Cases.from_frames(rows, as_of="2023-12-31")
    found = an.indicators(cases, periods=[2023], only="completed_rate").iloc[0]
    assert (found["numerator"], found["denominator"]) == (4, 6), "of those that say how they were closed"
    assert (found["least"], found["most"], found["unfilled"]) == (40, 80, 4)
    assert (found["lower"] <= 40, found["upper"] >= 80) == (True, True)
    assert "填全后在40.0–80.0%之间" in found["note"]
    again = rows.iloc[:3].assign(case_type="reopened")
    both = pd.concat([rows.assign(case_type="first"), again], ignore_index=True)
    ratio = an.indicators(
        an.Cases.from_frames(both, as_of="2023-12-31"), periods=[2023], only="reopened_ratio", definitions="spc-2024"
    ).iloc[0]
    assert (ratio["value"], ratio["least"], ratio["most"], ratio["unfilled"]) == (150, 50, 150, 4), "3 to 2, or to 6"
    parts = an.stock_change(cases, period=2023).table.set_index("part")["cases"]
    assert (parts["other_closings"], parts["unstated_closings"]) == (0, -4), "how they were closed is not known"


def test_reopened_cases_of_a_register_that_holds_none_are_unknown_and_no_0():
    first = pd.DataFrame(
        {
            "case_no": [f"（2024）川0199执{i}号" for i in range(4)], "filed_on": "2024-01-04", "closed_on": "2024-06-01",
            "closure_mode": ["terminated_this_round"] * 3 + ["completed"], "case_type": "first",
        }
    )  # fmt: skip
    asked = {"periods": [2024], "only": ["reopened_ratio", "reopened_completed_rate"], "definitions": "spc-2024"}
    none = an.indicators(an.Cases.from_frames(first, as_of="2024-12-31"), **asked)
    assert none[["value", "numerator"]].isna().all(axis=None)
    assert {in_language(note, "zh") for note in none["note"]} == {
        "台账没有一件恢复执行（执恢）案件，是没有还是没有导出不能判断"
    }
    again = first.iloc[:1].assign(case_no="（2024）川0199执恢1号", case_type="reopened")
    held = an.Cases.from_frames(pd.concat([first, again], ignore_index=True), as_of="2024-12-31")
    assert an.indicators(held, **asked)["value"].round(2).tolist() == [33.33, 0]
    assert an.indicators(held.where(case_type="first"), **asked)["value"].iloc[0] == 0, (
        "the register is known to hold such"
    )


def test_a_variant_that_is_still_valid_keeps_no_set_whose_own_definition_has_expired():
    rows = [
        (f"{year}-02-01", f"{year}-06-01", mode, 100.0, got)
        for year in (2016, 2017, 2018, 2019)
        for mode, got in (("执行完毕", 100.0), ("终结本次执行程序", 50.0))
        for _ in range(30)
    ]
    columns = ["filed_on", "closed_on", "closure_mode", "amount_claimed", "amount_recovered"]
    cases = Cases.from_frames(pd.DataFrame(rows, columns=columns), as_of="2019-12-31")
    found = an.indicators(cases, periods=[2016, 2017, 2018, 2019], names=True)
    found = found[found["indicator"] == "recovery_rate"]
    assert dict(zip(found["period_start"].dt.year, found["value"], strict=True)) == {
        2016: 50,
        2017: 50,
        2018: 75,
        2019: 75,
    }
    told = an.observations(cases, period=2019, names=True).table
    assert told.loc[told["indicator"] == "recovery_rate", "value"].eq(75).all()


@pytest.mark.parametrize("names", [False, True])
def test_teams_that_are_left_out_outside_are_said_to_be(names):
    filed = pd.date_range("2011-01-04", periods=60, freq="5D")
    rows = {"filed_on": filed, "closed_on": filed + pd.Timedelta(days=30), "closure_mode": "completed"}
    people = {"officer": ["甲", "乙", "丙"] * 20, "team": ["一组", "一组", "二组"] * 20}
    cases = an.Cases.from_frames(pd.DataFrame(rows | people), as_of="2011-12-31")
    table = an.indicators(cases, periods=[2011], by="team", only="closure_rate", names=names)
    assert table.empty != names
    assert any("对外未列入" in note for note in table.attrs["notes"]) != names
