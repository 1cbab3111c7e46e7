"""Time limits against dates written by hand from the law and the State Council's holiday notices."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as an
from analysis.measures.limits.limits import (
    as_if_none,
    clocks,
    corresponding_day,
    due_date,
    limit_rules,
    rule_cells,
    rules,
    with_limits,
)
from analysis.measures.limits.workdays import work_calendar
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.text import in_language

TABLE = pd.read_csv(Path(__file__).parents[2] / "data/limits/due_dates.csv", dtype="str")


def rows(table: pd.DataFrame) -> pd.DataFrame:
    found = table.copy()
    for name in ("filed_on", "applied_on"):
        found[name] = pd.to_datetime(found[name])
    found["has_property"] = found["has_property"].map({"true": True, "false": False}).astype("boolean")
    for name in ("extension_days", "excluded_days"):
        found[name] = found[name].astype("float")
    return found.assign(case_no=[f"案{i}" for i in found.index])


def one(filed_on: str, **values: object) -> pd.DataFrame:
    cells = dict.fromkeys(["case_type", "basis", "has_property", "applied_on", "extension_days", "excluded_days"])
    return pd.DataFrame([{**cells, "case_no": "案1", "filed_on": pd.Timestamp(filed_on), **values}])


def test_there_are_enough_dates_written_by_hand():
    assert len(TABLE) >= 40


@pytest.mark.parametrize("clock", [None, *TABLE["clock"].dropna().unique()])
def test_last_days_equal_those_written_by_hand(clock):
    chosen = TABLE[TABLE["clock"].isna() if clock is None else TABLE["clock"] == clock]
    found = with_limits(rows(chosen), clock=clock)
    wrong = found["due_on"].dt.strftime("%Y-%m-%d").fillna("") != chosen["due_on"].fillna("")
    assert found[wrong].empty, found.loc[wrong, ["filed_on", "due_on", "why"]].to_string()
    assert found["rule"].fillna("").tolist() == chosen["rule"].fillna("").tolist()
    assert found["assumed"].tolist() == chosen["assumed"].notna().tolist()


def test_one_case_is_counted_like_a_table():
    assert due_date("2011-02-14", extension_days=30, excluded_days=20) == pd.Timestamp("2011-10-08")
    assert due_date("2011-03-15", clock="application-received", applied_on="2011-03-10") == pd.Timestamp("2011-09-13")
    assert pd.isna(due_date("2011-03-15", clock="application-received"))
    assert pd.isna(due_date("1990-01-01"))


def test_a_due_date_is_not_counted_for_a_word_of_several_codes():
    with pytest.raises(ArgumentError, match="行政诉讼、行政非诉"):
        due_date("2022-03-01", basis="行政")
    assert due_date("2022-03-01", basis="民事判决") == due_date(
        "2022-03-01", basis="民事"
    )  # a part has the limit of the whole


def test_the_notice_of_2006_may_be_read_as_binding_cases_with_property_only():
    none = {"has_property": False}
    assert pd.isna(due_date("2011-05-05", scope="with-property", **none))
    assert due_date("2006-05-05", scope="with-property", **none) == pd.Timestamp("2006-11-06")
    assert due_date("2022-05-05", scope="with-property", **none) == pd.Timestamp("2022-11-07")
    assert due_date("2011-05-05", scope="with-property") == due_date("2011-05-05")


def test_periods_not_counted_add_their_union_and_replace_the_registers_sum():
    case = one("2011-02-14", excluded_days=99)
    spans = pd.DataFrame(
        {
            "case_no": "案1",
            "start": ["2011-03-01", "2011-03-05", "2011-06-01"],
            "end": ["2011-03-10", "2011-03-12", "2011-06-02"],
        }
    )
    # 1-12 March (12 days) and 1-2 June (2 days): 14 August + 14 days = Sunday 28 August, to Monday
    assert with_limits(case, excluded=spans)["due_on"].iloc[0] == pd.Timestamp("2011-08-29")


def test_a_period_between_the_application_and_the_filing_counts_where_the_application_starts_the_clock():
    case = one("2011-03-15", applied_on=pd.Timestamp("2011-03-01"))
    spans = pd.DataFrame({"case_no": ["案1"], "start": ["2011-03-05"], "end": ["2011-03-08"]})
    assert with_limits(case, excluded=spans)["due_on"].iloc[0] == pd.Timestamp("2011-09-15")
    by_application = with_limits(case, excluded=spans, clock="application-received")
    assert by_application["due_on"].iloc[0] == pd.Timestamp("2011-09-05")  # 1 September and four days


def test_a_period_counts_only_while_the_limit_runs():
    case = one("2011-02-14")
    before = pd.DataFrame({"case_no": ["案1"], "start": ["2011-01-01"], "end": ["2011-02-16"]})
    assert with_limits(case, excluded=before)["due_on"].iloc[0] == pd.Timestamp("2011-08-16")
    after = pd.DataFrame({"case_no": ["案1"], "start": ["2011-09-01"], "end": ["2011-12-01"]})
    assert with_limits(case, excluded=after)["due_on"].iloc[0] == pd.Timestamp("2011-08-15")  # 14 August is a Sunday
    running = pd.DataFrame({"case_no": ["案1"], "start": ["2011-08-01"], "end": [None]})
    assert with_limits(case, excluded=running, at="2011-08-10")["due_on"].iloc[0] == pd.Timestamp("2011-08-24")
    with pytest.raises(ArgumentError):
        with_limits(case, excluded=running)


def test_a_period_from_the_last_day_on_moves_it_and_one_from_the_day_after_does_not():
    case = one("2011-02-14")  # to Sunday 14 August
    for start, last in (("2011-08-14", "2011-08-17"), ("2011-08-15", "2011-08-15")):
        spans = pd.DataFrame({"case_no": ["案1"], "start": [start], "end": ["2011-08-16"]})
        assert with_limits(case, excluded=spans)["due_on"].iloc[0] == pd.Timestamp(last)


def test_the_day_of_filing_counts_as_a_period_not_counted_only_where_it_counts_at_all():
    spans = pd.DataFrame({"case_no": ["案1"], "start": ["2011-03-15"], "end": ["2011-03-16"]})
    for clock, days in (("filing-day", 1), ("filing-day-counted", 2)):
        without = with_limits(one("2011-03-15"), clock=clock)["due_on"].iloc[0]
        found = with_limits(one("2011-03-15"), clock=clock, excluded=spans)["due_on"].iloc[0]
        assert (found - without).days == days, clock


def test_a_period_without_an_end_runs_to_the_last_day_of_the_month_named():
    spans = pd.DataFrame({"case_no": ["案1"], "start": ["2011-03-01"], "end": [None]})
    of_month, of_day = (with_limits(one("2011-02-14"), excluded=spans, at=at) for at in ("2011-03", "2011-03-31"))
    assert of_month["due_on"].tolist() == of_day["due_on"].tolist() == [pd.Timestamp("2011-09-14")]


def test_periods_of_other_cases_change_nothing():
    both = pd.concat([one("2011-02-14"), one("2011-02-14", case_no="案2")], ignore_index=True)
    spans = pd.DataFrame({"case_no": ["案2"], "start": ["2011-03-01"], "end": ["2011-03-31"]})
    assert with_limits(both, excluded=spans)["due_on"].tolist() == [
        pd.Timestamp("2011-08-15"),
        pd.Timestamp("2011-09-14"),
    ]


def test_periods_that_cannot_be_are_refused():
    case = one("2011-02-14")
    with pytest.raises(InputError):
        with_limits(case, excluded=pd.DataFrame({"case_no": ["案1"], "start": ["2011-03-05"], "end": ["2011-03-01"]}))
    with pytest.raises(InputError):
        with_limits(case, excluded=pd.DataFrame({"case_no": ["案1"], "from": ["2011-03-05"]}))


def test_negative_days_are_not_applied():
    assert due_date("2011-03-15", extension_days=-30, excluded_days=-1) == pd.Timestamp("2011-09-15")


def test_a_users_holidays_are_laid_over_the_published_ones(tmp_path):
    file = tmp_path / "holidays.csv"
    file.write_text(
        "date,kind\n2027-01-01,休\n2027-01-02,休\n2027-01-03,休\n2027-01-09,班\n2027-05-01,休\n2027-10-01,休\n",
        encoding="utf-8",
    )
    assert due_date("2026-07-01") == pd.Timestamp("2027-01-01")  # weekends only: said by `assumed`
    assert with_limits(one("2026-07-01"))["assumed"].tolist() == [True]
    assert due_date("2026-07-01", holidays=file) == pd.Timestamp("2027-01-04")
    assert due_date("2026-07-09", holidays=file) == pd.Timestamp("2027-01-09")
    assert with_limits(one("2026-07-01"), holidays=file)["assumed"].tolist() == [False]
    with pytest.raises(InputError):
        due_date("2026-07-01", holidays=tmp_path / "absent.csv")
    with pytest.raises(InputError, match="holidays"):
        due_date("2026-07-01", holidays=pd.DataFrame({"day": ["2027-01-01"]}))
    with pytest.raises(ArgumentError, match="休、班、rest、work"):
        due_date("2026-07-01", holidays=pd.DataFrame({"date": ["2027-01-01"], "kind": ["maybe"]}))
    with pytest.raises(InputError, match="holidays date"):
        due_date("2026-07-01", holidays=pd.DataFrame({"date": ["2027-13-01"], "kind": ["休"]}))


def test_a_day_moved_out_of_or_into_a_year_of_unknown_holidays_is_assumed():
    days = np.array(["2003-12-28", "2026-12-31", "2011-10-01", "NaT"], dtype="datetime64[D]")
    moved = np.array(["2004-01-05", "2027-01-04", "2011-10-08", "NaT"], dtype="datetime64[D]")
    assert work_calendar().is_assumed(days, moved).tolist() == [True, True, False, False]


def test_unknown_choices_are_refused_with_the_list():
    with pytest.raises(ArgumentError, match="filing-day"):
        due_date("2011-03-15", clock="filing")
    with pytest.raises(ArgumentError, match="with-property"):
        due_date("2011-03-15", scope="property")


def test_an_empty_table_stays_empty():
    assert with_limits(one("2011-03-15").iloc[:0])["due_on"].tolist() == []


def test_the_input_is_not_changed():
    case = one("2011-03-15")
    kept = case.copy(deep=True)
    with_limits(case)
    pd.testing.assert_frame_equal(case, kept)


def test_the_rule_is_said_in_both_languages():
    cell = rule_cells(with_limits(one("2027-03-15"))).iloc[0]
    assert "第63条" in in_language(cell, "zh")
    assert "节假日未知" in in_language(cell, "zh")
    assert "weekends only" in in_language(cell, "en")
    assert "weekends only" not in rule_cells(with_limits(one("2011-03-15"))).iloc[0]


def test_every_rule_has_a_source_and_a_known_clock():
    table = limit_rules()
    assert list(table) == [
        "rule",
        "title",
        "valid_from",
        "valid_to",
        "basis",
        "months",
        "clock",
        "source",
        "confidence",
    ]
    assert table["source"].ne("").all()
    assert set(table["clock"]) <= set(clocks())
    assert table["confidence"].isin(["V", "M"]).all()
    assert len(table) == len(rules())


@settings(deadline=None, max_examples=60)
@given(st.dates(min_value=pd.Timestamp("2004-01-01").date(), max_value=pd.Timestamp("2026-03-31").date()))
def test_every_limit_ends_on_a_working_day_at_or_after_the_corresponding_day(filed):
    due = due_date(filed)
    raw = pd.Timestamp(corresponding_day([filed], 6)[0])
    assert raw <= due <= raw + pd.Timedelta(days=10)
    assert not work_calendar().is_rest(np.array([due], dtype="datetime64[D]"))[0]


@given(
    st.dates(min_value=pd.Timestamp("2008-01-01").date(), max_value=pd.Timestamp("2020-01-01").date()),
    st.lists(st.tuples(st.integers(-20, 260), st.integers(0, 60)), max_size=5),
)
def test_days_not_counted_are_those_of_a_calendar_ticked_off_day_by_day(filed, drawn):
    first = pd.Timestamp(filed)
    spans = [(first + pd.Timedelta(days=a), first + pd.Timedelta(days=a + length)) for a, length in drawn]
    off = {day for start, end in spans for day in pd.date_range(start, end)}
    left = (pd.Timestamp(corresponding_day([filed], 6)[0]) - first).days
    today = first
    while left:
        today += pd.Timedelta(days=1)
        left -= today not in off
    expected = work_calendar().on_or_after(np.array([today], dtype="datetime64[D]"))[0]
    table = pd.DataFrame(spans, columns=["start", "end"]).assign(case_no="案1")
    found = with_limits(one(str(first.date())), excluded=table)["due_on"].iloc[0]
    assert found == pd.Timestamp(expected)


def test_limits_are_said_to_be_ordinary_in_what_the_absent_columns_tell_and_in_nothing_else():
    basis = as_if_none(("basis",))
    assert "一般的执行依据" in basis.zh
    assert "延长" not in basis.zh, "extensions are there, and counted"
    assert "exten" not in basis.en
    excluded = as_if_none(("excluded_days",))
    assert "没有扣除" in excluded.zh
    assert "延长" not in excluded.zh
    assert "一般的执行依据、没有延长、没有扣除" in as_if_none(("basis", "extension_days", "excluded_days")).zh


def _register(extension):
    """Five cases of a court, closed and open; only the days of extension differ."""
    return an.Cases.from_frames(
        pd.DataFrame(
            {
                "case_no": [f"（2024）冀0199执{n}号" for n in range(1, 6)],
                "filed_on": ["2023-11-05", "2024-01-08", "2024-02-01", "2024-03-04", "2024-05-06"],
                "closed_on": ["2024-02-01", "2024-05-06", "2024-09-30", None, None],
                "closure_mode": ["completed", "settled", "settled", None, None],
                "basis": "civil",
                "case_type": "first",
                "officer": "甲",
                "extension_days": extension,
                "excluded_days": 0,
            }
        ),
        as_of="2024-12-31",
    )


@pytest.mark.parametrize(
    ("extension", "is_said"), [([60, None, None, None, None], True), ([60, 0, None, None, None], False), (0, False)]
)
def test_blank_days_that_count_as_none_are_said_wherever_limits_are(extension, is_said):
    """A register that writes 0 nowhere leaves blank what is none: that is a reading, and a person sees it beside the figures."""
    cases = _register(extension)
    due, card = an.deadlines(cases, within_days=30), an.officer_scorecard(cases, period=2024, names=True)
    rates = an.indicators(cases, periods=[2024], definitions="spc-2024")
    said = {
        "deadlines": due.attrs["notes"],
        "indicators": rates["note"].dropna().tolist(),
        "ages": [an.pending_ages(cases).caption.zh],
        "ledger": [an.responsibility_ledger(cases).caption.zh],
        "scorecard": [card.caption.zh],
        "bulletin": [an.bulletin(cases, period="2024-09").caption.zh],
    }
    told = {door: any("未填的延长天数按0天计" in text for text in texts) for door, texts in said.items()}
    assert told == dict.fromkeys(said, is_said)


def test_days_given_apart_as_intervals_are_not_said_to_be_blank(tmp_path):
    """The register writes no 0 among its days excluded, but they are counted from a table of intervals."""
    cases = _register(0)
    frame = cases.table.to_pandas().assign(excluded_days=pd.array([10, None, None, None, None], dtype="Int64"))
    blank = an.Cases.from_frames(
        frame[
            [
                "case_no",
                "filed_on",
                "closed_on",
                "closure_mode",
                "basis",
                "case_type",
                "officer",
                "extension_days",
                "excluded_days",
            ]
        ],
        as_of="2024-12-31",
    )
    given = pd.DataFrame({"case_no": ["（2024）冀0199执1号"], "start": ["2023-12-01"], "end": ["2023-12-10"]})
    for excluded, is_said in ((None, True), (given, False)):
        captions = [
            an.officer_scorecard(blank, period=2024, names=True, excluded=excluded).caption.zh,
            an.bulletin(blank, period="2024-09", excluded=excluded).caption.zh,
            an.pending_ages(blank, excluded=excluded).caption.zh,
        ]
        assert [("未填的扣除天数按0天计" in caption) for caption in captions] == [is_said] * 3
