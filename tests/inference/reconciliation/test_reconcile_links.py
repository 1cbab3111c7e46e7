import pandas as pd
import pytest

import analysis as an


def reconciled(*rows, modes=None, **given):
    table = pd.DataFrame([{"court": "甲法院", "scope": "执行案件", **row} for row in rows])
    return an.reconcile(table, modes=modes, **given)


def year(n, **figures):
    return {"period_start": f"{n}-01-01", "period_end": f"{n}-12-31", **figures}


def implied(rec, measure, end, rule="either"):
    table = rec.implied
    found = table[(table["measure"] == measure) & (table["rule"] == rule) & (table["period_end"] == end)]
    return found[["lower", "upper"]].iloc[0].tolist()


def verdicts(rec):
    return dict(zip(rec.figures["measure"], rec.figures["verdict"], strict=True))


def test_the_closing_of_one_year_is_the_opening_of_the_next():
    rec = reconciled(year(2010, received="100", closed="80"), year(2011, filed="50", closed="60"))
    assert implied(rec, "opening", "2011-12-31") == [20, 20]
    assert implied(rec, "closing", "2011-12-31") == [10, 10]


def test_a_stock_that_does_not_chain_is_a_conflict_with_the_identity_as_a_member():
    rec = reconciled(year(2010, closing="20"), year(2011, opening="15"))
    assert rec.conflicts["measure"].tolist() == ["closing", "opening", "identity:stock:closing"]
    assert rec.conflicts["repair"].tolist()[:2] == ["15", "20"]


def test_a_part_of_a_period_cannot_close_more_than_the_whole():
    two_years = {"period_start": "2010-01-01", "period_end": "2011-12-31", "closed": "80"}
    rec = reconciled(two_years, year(2011, closed="95"))
    assert rec.conflicts["measure"].tolist() == ["closed", "closed", "identity:sum:closed"]
    assert rec.conflicts["repair"].tolist()[:2] == ["95", "80"]


@pytest.mark.full
def test_periods_that_overlap_in_part_cut_each_other():
    rec = reconciled(
        {"period_start": "2010-01-01", "period_end": "2010-09-30", "closed": "60"},
        {"period_start": "2010-07-01", "period_end": "2010-12-31", "closed": "50"},
        {"period_start": "2010-07-01", "period_end": "2010-09-30", "closed": "20"},
    )
    assert implied(rec, "closed", "2010-06-30") == [40, 40]
    assert implied(rec, "closed", "2010-12-31") == [30, 30]  # October to December


def test_scopes_that_name_their_whole_add_up_to_it():
    parts = [
        {"scope": "执行案件", "parent": "全部案件", "received": "2380", "closed": "1058"},
        {"scope": "诉讼案件", "parent": "全部案件", "received": "2559", "closed": "1779"},
    ]
    rec = reconciled(*(year(2021, complete="是", **part) for part in parts))
    whole = rec.implied[(rec.implied["scope"] == "全部案件") & (rec.implied["rule"] == "either")].set_index("measure")
    assert whole.loc["received", "lower"] == whole.loc["received", "upper"] == 4939
    assert whole.loc["closure_rate", "lower"] == pytest.approx(57.4408, abs=1e-4)


def test_closings_by_mode_add_up_to_the_closings():
    counts = {"和解": 206, "终结": 19, "自动履行": 22, "其他": 31}  # closure_modes.csv, 2008: 278 together
    modes = pd.DataFrame(
        [{"court": "甲法院", **year(2008), "mode": mode, "cases": cases} for mode, cases in counts.items()]
    )
    assert set(verdicts(reconciled(year(2008, closed="278"), modes=modes)).values()) == {"agrees"}
    wrong = reconciled(year(2008, closed="279"), modes=modes)
    assert "identity:modes:closed" in wrong.conflicts["measure"].tolist()
    assert dict(zip(wrong.conflicts["measure"], wrong.conflicts["repair"], strict=True))["closed"] == "278"


def test_a_modes_table_without_its_columns_says_which():
    with pytest.raises(an.InputError, match="cases"):
        reconciled(year(2008, closed="278"), modes=pd.DataFrame({"court": ["甲法院"], "mode": ["和解"]}))


def test_a_change_on_last_year_gives_last_year():
    rec = reconciled(year(2012, opening="214", received="6380", received_change="3.85", closed="6201"))
    assert implied(rec, "received", "2011-12-31") == [6143, 6143]  # 6380/6143 = 1.03858, truncated 3.85


@pytest.mark.full
def test_a_change_of_a_rate_binds_the_two_years():
    agree = reconciled(
        year(2011, received="100", closed="95"), year(2012, received="200", closed="194", closure_rate_change="2.0")
    )
    assert verdicts(agree)["closure_rate_change"] == "agrees"
    wrong = reconciled(
        year(2011, received="100", closed="95"), year(2012, received="200", closed="194", closure_rate_change="-2.0")
    )
    assert dict(zip(wrong.conflicts["measure"], wrong.conflicts["repair"], strict=True))["closure_rate_change"] == "2.0"
    half = reconciled(year(2011, received="100"), year(2012, closure_rate="97.00", closure_rate_change="2.00"))
    low, high = implied(half, "closure_rate", "2011-12-31")
    assert (low, high) == (pytest.approx(94.98, abs=0.03), pytest.approx(95.02, abs=0.03))


@pytest.mark.full
def test_units_widen_what_a_figure_may_stand_for():
    rec = reconciled(year(2018, unit="万件", received="45.33", closed="43.86", closure_rate="96.76"))
    assert verdicts(rec)["closure_rate"] == "agrees"
    low, high = implied(rec, "closing", "2018-12-31", rule="rounded")
    assert low <= 14_700 <= high
    wrong = reconciled(year(2018, unit="万件", received="45.33", closed="43.86", closing="1.6"))
    assert dict(zip(wrong.conflicts["measure"], wrong.conflicts["repair"], strict=True))["closing"] == "1.5"


def test_amounts_are_in_wan_unless_the_unit_or_the_value_says_otherwise():
    row = year(2021, amount_recovered="4.02亿元", amount_closed="50000", recovery_rate="80.4")
    assert verdicts(reconciled(row))["recovery_rate"] == "agrees"


@pytest.mark.parametrize(
    ("figures", "verdict", "definition"),
    [
        (
            {"opening": "375", "filed": "1389", "closed": "1382", "closure_rate": "78.34"},
            "agrees",
            "closed/(opening+filed)",
        ),
        ({"opening": "375", "filed": "1389", "closed": "1382", "closure_rate": "99.50"}, "definition", "closed/filed"),
        ({"opening": "50", "filed": "100", "closed": "120", "closure_rate": "120"}, "definition", "closed/filed"),
        ({"received": "1206", "closed": "1155", "closure_rate": "97.8"}, "shares_conflict", None),
        ({"received": "150", "closure_rate": "120"}, "impossible", None),
        ({"received": "8", "closure_rate": "99"}, "one_of_two", None),
        ({"received": "0", "closed": "0", "closure_rate": "100"}, "contradicts", None),
        ({"received": "1391", "closure_rate": "89.3"}, "unchecked", None),
        ({"closure_rate": "92.38"}, "unchecked", None),
        ({"received": "100", "closed": "100", "closure_rate": "100"}, "agrees", "closed/received"),
        ({"received": "10", "closed": "0", "closure_rate": "0"}, "agrees", "closed/received"),
        ({"received": "98765432", "closed": "90000001", "closure_rate": "91.1250"}, "agrees", "closed/received"),
    ],
)
def test_the_verdict_on_a_printed_rate(figures, verdict, definition):
    rec = reconciled(year(2016, **figures))
    row = rec.figures[rec.figures["measure"] == "closure_rate"].iloc[0]
    assert row["verdict"] == verdict
    assert (row["definition"] == definition) if definition else pd.isna(row["definition"])


def test_a_definition_that_the_caller_knows_is_held_to():
    row = year(2016, opening="375", filed="1389", closed="1382", closure_rate="99.5")
    assert (
        verdicts(reconciled(row, definitions={"closure_rate": "closed/received"}))["closure_rate"] == "shares_conflict"
    )
    with pytest.raises(an.ArgumentError, match="closed/filed"):
        reconciled(row, definitions={"closure_rate": "closed/fild"})


def test_two_sources_that_print_different_numbers_contradict_each_other():
    rec = reconciled(year(2011, closed="90", source="a"), year(2011, closed="91", source="b"))
    assert rec.conflicts["printed"].tolist() == ["90", "91"]
    assert "（第2行）" in an.in_language(rec.figures["explanation"].iloc[0], "zh")


def test_the_fewest_figures_that_must_change_are_counted():
    rec = reconciled(
        year(2010, received="100", closed="90", closure_rate="50.0"),
        year(2012, received="80", closed="70", closing="20"),
    )
    assert rec.conflicts["conflict"].nunique() == 2
    assert rec.fewest["figures"].sum() == 2


def test_one_truncated_figure_is_said_and_narrows_nothing_under_either():
    rec = an.reconcile(an.sample_path("returns_fujin.csv"))
    rounded = rec.rules[rec.rules["rule"] == "rounded"].iloc[0]
    assert not rounded["feasible"]
    assert "99.5" in rounded["explanation"]
    assert implied(rec, "closing", "2011-12-31") == [3, 3]


def test_rows_without_a_period_are_not_taken_for_each_other():
    rec = reconciled({"received": "100", "closed": "90"}, {"received": "120", "closed": "80"})
    assert rec.conflicts.empty


def test_a_measure_without_a_formula_is_unchecked():
    rec = reconciled(year(2024, received="2083", completion_rate="43.63"))
    assert verdicts(rec)["completion_rate"] == "unchecked"


def test_the_result_shows_itself_and_says_n_and_window():
    rec = an.reconcile(an.sample_path("returns_fujin.csv"))
    assert "16" in rec.caption.zh
    assert "2010-01-01..2012-06-11" in rec.caption.en
    assert "99.5" in rec._repr_html_()


@pytest.mark.full
def test_a_copy_of_a_row_confirms_nothing():
    table = an.read_returns(an.sample_path("returns_fujin.csv"))
    twice = an.reconcile(pd.concat([table, table]))
    pd.testing.assert_frame_equal(twice.figures, an.reconcile(table).figures)


def test_an_empty_table_gives_empty_tables():
    rec = an.reconcile(pd.DataFrame({"court": []}))
    assert rec.figures.empty
    assert rec.conflicts.empty
    assert rec.implied.columns.tolist()[-1] == "exact"


def told(rec, measure, printed):
    found = rec.figures[rec.figures["measure"].eq(measure) & rec.figures["printed"].eq(printed)]
    return [an.in_language(found["explanation"].iloc[0], language) for language in ("zh", "en")]


@pytest.mark.parametrize(
    ("rows", "measure", "printed", "arithmetic"),
    [
        (
            (year(2011, received="6143"), year(2012, received="6380", received_change="4.85")),
            "received_change",
            "4.85",
            "6380/6143 - 1 = 3.8580%",
        ),
        (
            (
                year(2011, received="100", closed="95"),
                year(2012, received="200", closed="194", closure_rate_change="2.0"),
            ),
            "closure_rate_change",
            "2.0",
            "194/200 - 95/100 = 2.000",
        ),
        (
            (
                year(2021, scope="全部案件", closed="2837"),
                year(2021, parent="全部案件", complete="是", closed="1058"),
                year(2021, scope="诉讼案件", parent="全部案件", closed="1779"),
            ),
            "closed",
            "2837",
            "1058+1779 = 2837",
        ),
        (
            (year(2010, received="343", closed="328"), year(2011, opening="15")),
            "opening",
            "15",
            "(343-328) = 15",
        ),
        ((year(2011, received="150", closure_rate="120"),), "closure_rate", "120", "100%"),
    ],
)
def test_each_kind_of_figure_is_recomputed_in_words_that_a_hand_can_follow(rows, measure, printed, arithmetic):
    zh, en = told(reconciled(*rows), measure, printed)
    assert arithmetic in zh
    assert arithmetic in en


def test_a_rate_that_its_own_counts_give_is_not_said_to_contradict_them():
    rec = reconciled(year(2011, received="100", closed="101", closure_rate="101"))
    assert verdicts(rec)["closure_rate"] == "agrees"
    for text in told(rec, "closure_rate", "101"):
        assert "101/100 = 101%" in text
        assert "不符" not in text


def test_what_only_one_meaning_of_a_rate_gives_is_told_with_that_meaning():
    rec = reconciled(year(2011, opening="1", filed="12", closed="1", closure_rate="8"))
    zh, en = told(rec, "opening", "1")
    assert "按结案÷受理" in zh
    assert "between 0 and 1" in en
    assert rec.figures["upper"].iloc[0] == float("inf")  # of 12 filed, any opening would do


def test_a_sum_of_figures_one_of_which_is_put_aside_is_not_said_to_agree():
    rec = reconciled(
        year(2021, scope="全部案件", received="4939", closed="2837", closure_rate="57.44"),
        year(2021, parent="全部案件", complete="是", received="2380", closed="1058", closure_rate="44.45"),
        year(2021, scope="诉讼案件", parent="全部案件", received="2559", closed="1780", closure_rate="69.52"),
    )
    assert "1780" in rec.conflicts["printed"].tolist()
    for text in told(rec, "closed", "2837"):
        assert "2838" not in text
    assert "诉讼案件" in rec.fewest["explanation"].iloc[0]
