import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cases.table import Cases
from analysis.charts.caseflow import plot_caseflow
from analysis.measures.caseflow import as_summed, caseflow, caseflow_from_counts
from analysis.measures.durations.ages import disposition_time
from analysis.observations.conclusions import conclusion
from analysis.vocabulary.errors import ArgumentError, DataError, InputError

AS_OF = "2011-12-31"
days = st.dates(pd.Timestamp("2009-11-01").date(), pd.Timestamp("2012-02-01").date())
rows = st.lists(
    st.tuples(
        days,
        st.none() | st.integers(0, 600),
        st.sampled_from(["甲", "乙", None]),
        st.sampled_from(["first", "reopened"]),
    ),
    min_size=1,
    max_size=40,
)


def register(drawn):
    frame = pd.DataFrame(drawn, columns=["filed_on", "lasted", "officer", "case_type"])
    frame["filed_on"] = pd.to_datetime(frame["filed_on"])
    frame["closed_on"] = frame["filed_on"] + pd.to_timedelta(frame.pop("lasted").astype("Float64"), unit="D")
    return frame


def counted_by_hand(frame, first, last):
    filed, closed = frame["filed_on"], frame["closed_on"].where(frame["closed_on"] <= AS_OF)
    known = filed <= AS_OF
    opening = int((known & (filed < first) & ~(closed < first)).sum())
    return opening, int((known & filed.between(first, last)).sum()), int((known & closed.between(first, last)).sum())


@pytest.mark.full
@settings(max_examples=12, deadline=None)
@given(drawn=rows, freq=st.sampled_from("WMQY"), calendar=st.sampled_from(["calendar-year", "dec-21", "month-20"]))
def test_every_window_holds_the_identity_and_the_count_by_hand(drawn, freq, calendar):
    frame = register(drawn)
    flow = caseflow(Cases.from_frames(frame, as_of=AS_OF), freq=freq, calendar=calendar)
    assert (flow["opening"] + flow["filed"] - flow["closed"] == flow["closing"]).all()
    assert (flow["closing"].iloc[:-1].to_numpy() == flow["opening"].iloc[1:].to_numpy()).all()
    if len(flow):
        ends = [*(flow["period"].iloc[1:] - pd.Timedelta(days=1)), pd.Timestamp("2100-01-01")]
        for (_, row), end in zip(flow.iterrows(), ends, strict=True):
            assert (row["opening"], row["filed"], row["closed"]) == counted_by_hand(frame, row["period"], end)


@pytest.mark.full
@settings(max_examples=6, deadline=None)
@given(drawn=rows, by=st.sampled_from(["officer", "case_type", ["officer", "case_type"]]))
def test_parts_add_to_the_whole_and_nothing_is_lost_without_an_officer(drawn, by):
    cases = Cases.from_frames(register(drawn), as_of=AS_OF)
    parts, whole = caseflow(cases, freq="Q", by=by, names=True), caseflow(cases, freq="Q")
    added = parts.groupby("period")[["opening", "filed", "closed", "closing"]].sum().reset_index()
    if whole["filed"].sum() == 0:  # every filing came after the register's day: no group, no row
        assert added.empty
    else:
        pd.testing.assert_frame_equal(added, whole, check_dtype=False)
    assert (parts["opening"] + parts["filed"] - parts["closed"] == parts["closing"]).all()


@pytest.mark.full
def test_officers_are_pseudonyms_unless_names_are_asked_for():
    officers = [name for name in ("王某", "赵某", "钱某", None) for _ in range(20)]
    frame = pd.DataFrame({"filed_on": ["2011-01-05", "2011-08-01"] * 40, "officer": officers, "lead": "李某"})
    cases = Cases.from_frames(frame, as_of=AS_OF)
    shown = set(caseflow(cases, freq="Y", by="officer")["officer"])
    assert len(shown) == 4
    assert "—" in shown
    assert not shown & {"王某", "赵某", "钱某"}
    assert caseflow(cases, freq="Y", by="lead").empty  # whose cases are those of some officers
    assert set(caseflow(cases, freq="Y", by="officer", names=True)["officer"]) == {"王某", "赵某", "钱某", "—"}


def test_at_an_earlier_day_later_closings_count_as_open():
    frame = pd.DataFrame({"filed_on": ["2011-01-05", "2011-08-01"], "closed_on": ["2011-06-01", None]})
    cases = Cases.from_frames(frame, as_of=AS_OF)
    then = caseflow(cases, freq="Y", at="2011-03-31")
    assert then[["opening", "filed", "closed", "closing"]].to_numpy().tolist() == [[0, 1, 0, 1]]
    with pytest.raises(ArgumentError, match="2011-12-31"):
        caseflow(cases, at="2012-01-01")


def test_a_window_in_the_middle_opens_with_what_came_before():
    frame = pd.DataFrame(
        {"filed_on": ["2009-01-05", "2010-08-01", "2011-02-01"], "closed_on": [None, "2011-01-20", None]}
    )
    flow = caseflow(Cases.from_frames(frame, as_of=AS_OF), freq="Y", period=("2011", "2011"))
    assert flow[["opening", "filed", "closed", "closing"]].to_numpy().tolist() == [[2, 1, 1, 2]]


def test_an_unknown_column_is_refused_with_the_nearest():
    cases = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-05"]}), as_of=AS_OF)
    with pytest.raises(ArgumentError, match="officer"):
        caseflow(cases, by="oficer")


def test_counts_become_a_flow_and_the_input_stays():
    counts = pd.DataFrame({"period": ["2010", "2011"], "filed": [328, 371], "closed": [328, 383]})
    before = counts.copy()
    flow = caseflow_from_counts(counts, opening=15)
    assert flow["closing"].tolist() == [15, 3]
    assert flow.attrs["freq"] == "Y"
    pd.testing.assert_frame_equal(counts, before)


def test_a_flow_from_counts_reads_the_headings_that_its_own_tables_bear():
    counts = pd.DataFrame({"时期": [2010, 2011], "新收": [5, 3], "结案": [4, 4]})
    assert caseflow_from_counts(counts, opening=2)["closing"].tolist() == [3, 2]
    assert caseflow_from_counts(counts.assign(法院=["甲", "乙"]))["court"].tolist() == ["甲", "乙"]
    assert list(counts) == ["时期", "新收", "结案"]


def test_a_stock_below_zero_is_said_not_clipped():
    flow = caseflow_from_counts(pd.DataFrame({"period": [2001, 2002], "filed": [10, 10], "closed": [5, 40]}))
    assert flow["closing"].tolist() == [5, -25]
    assert "2002年1月1日" in flow.attrs["problems"][0]
    assert "-25" in flow.attrs["problems"][0]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"period": [2010], "filed": [1]}, "closed"),
        ({"period": [2010], "filed": [1], "closed": [None]}, "2010-01-01"),
        ({"period": [2010, 2010], "filed": [1, 1], "closed": [1, 1]}, "2010-01-01"),
    ],
)
def test_counts_that_cannot_be_used_say_where(counts, said):
    with pytest.raises(InputError, match=said):
        caseflow_from_counts(pd.DataFrame(counts))


def test_narrowing_a_register_narrows_its_side_tables():
    frames = {
        "cases": pd.DataFrame({"case_no": ["1", "2"], "filed_on": ["2011-01-05"] * 2, "officer": ["甲", "乙"]}),
        "petitions": pd.DataFrame(
            {"petition_id": ["p", "q"], "case_no": ["1", "2"], "received_on": ["2011-02-01"] * 2}
        ),
    }
    kept = Cases.from_frames(frames, as_of=AS_OF).where(officer="甲", names=True)
    assert kept.petitions.to_pandas()["petition_id"].tolist() == ["p"]


def test_periods_are_counted_each_by_itself_in_the_statistical_calendar():
    days = ["2010-12-22", "2010-12-23", "2011-03-04", "2011-05-22", "2011-05-23", "2011-09-30"]
    closed = ["2011-01-10", "2011-05-23", "2011-05-22", None, "2011-10-01", None]
    cases = Cases.from_frames(pd.DataFrame({"filed_on": days, "closed_on": closed}), as_of="2011-12-31")
    asked = ["2011年1—5月", "2011H1", "2011Q1-Q3", ("2011-05-23", "2011-05-23")]
    flow = caseflow(cases, periods=asked, calendar="month-22")
    # 1—5月 to the 22nd: 23 December to 22 May; 上半年 to 22 June; 前三季度 to 22 September
    assert flow[["opening", "filed", "closed", "closing"]].values.tolist() == [
        [1, 3, 2, 2],
        [1, 4, 3, 2],
        [1, 4, 3, 2],
        [2, 1, 1, 2],
    ]
    assert [str(d.date()) for d in flow["period_end"]] == ["2011-05-22", "2011-06-22", "2011-09-22", "2011-05-23"]
    plain = caseflow(cases, periods=["2011年上半年", "2011年下半年"])
    assert plain[["opening", "filed", "closed", "closing"]].values.tolist() == [[2, 3, 3, 2], [2, 1, 1, 2]]


def test_periods_outside_the_register_or_beside_a_stretch_are_refused():
    cases = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"]}), as_of="2011-03-31")
    assert caseflow(cases, periods="2011H1")["period_end"].tolist() == [pd.Timestamp("2011-03-31")]
    with pytest.raises(ArgumentError, match="2011-07-01"):
        caseflow(cases, periods="2011H2")
    with pytest.raises(ArgumentError, match="不能同用"):
        caseflow(cases, periods="2011H1", period=("2011-02-01", None))


def test_no_course_is_read_from_periods_that_stand_by_themselves():
    from analysis.inference.cycle.cycle import cycle

    flow = caseflow(
        Cases.from_frames(pd.DataFrame({"filed_on": ["2009-01-04", "2010-01-04", "2011-01-04"]}), as_of="2011-12-31"),
        periods=["2009年1—5月", "2010年1—5月", "2011年1—5月"],
    )
    with pytest.raises(ArgumentError, match="periods"):
        cycle(flow)


@pytest.mark.parametrize(
    "periods",
    [
        ["2010-12-31", "2011-12-31"],
        [2010, 2011],
        ["2010年", "2011年"],
        pd.period_range("2010", periods=2, freq="Y"),
        pd.to_datetime(["2010-12-31 00:00", "2011-12-31 00:00"]),
    ],
)
def test_counts_of_years_are_of_these_years_however_they_are_called(periods):
    flow = caseflow_from_counts(pd.DataFrame({"period": periods, "filed": [5, 3], "closed": [4, 4]}), opening=2)
    assert flow["period"].astype(str).tolist() == ["2010-01-01", "2011-01-01"]
    assert "2011年新收3件" in str(conclusion(flow))


@pytest.mark.parametrize("named", ["2011Q1", "2011年1季度", "2011-03-31", pd.Period("2011Q1")])
def test_counts_of_quarters_are_of_these_quarters(named):
    second = (
        pd.Period("2011Q2")
        if isinstance(named, pd.Period)
        else named.replace("1季", "2季").replace("Q1", "Q2").replace("03-31", "06-30")
    )
    flow = caseflow_from_counts(pd.DataFrame({"period": [named, second], "filed": [5, 3], "closed": [4, 4]}), opening=2)
    assert disposition_time(flow)["disposition_time"].round(2).tolist() == [round(90 * 3 / 4, 2), round(91 * 2 / 4, 2)]
    assert flow.attrs["freq"] == "Q"


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        (["2011-01", "2011Q2", "2011年7月", "2011-08"], "“2011Q2”与其余时期长短不同"),
        ([2009, 2010, "2011年上半年"], "“2011年上半年”与其余时期长短不同"),
        ([2011.1, 2011.2], "“2011.1”"),  # January, or 2011.10
    ],
)
def test_counts_of_periods_of_several_lengths_and_fractions_are_refused(periods, said):
    with pytest.raises(InputError, match=said):
        caseflow_from_counts(pd.DataFrame({"period": periods, "filed": 5, "closed": 4}))


def test_counts_of_no_period_are_refused():
    with pytest.raises(InputError, match="period 有空白"):
        caseflow_from_counts(pd.DataFrame({"period": ["2011-01", None], "filed": [5, 3], "closed": [4, 4]}))
    with pytest.raises(InputError, match="“合计”"):
        caseflow_from_counts(pd.DataFrame({"period": ["2011-01", "合计"], "filed": [5, 3], "closed": [4, 4]}))


@pytest.fixture
def months():
    filed = pd.date_range("2010-01-05", "2011-12-05", freq="5D")
    rows = pd.DataFrame({"filed_on": filed, "closed_on": filed + pd.Timedelta(days=100)})
    return Cases.from_frames(rows, as_of="2011-12-31", observed_from="2010-01-01")


@pytest.mark.parametrize(("rule", "freq"), [("QS", "Q"), ("QE", "Q"), ("YS", "Y"), ("YE", "Y"), ("ME", "M")])
def test_months_that_pandas_added_up_are_the_periods_that_they_are_now(months, rule, freq):
    """A flow says that its rows are months: days and names went by that, not by what the rows were made to be."""
    flow = caseflow(months, freq="M")
    added = {"opening": "first", "filed": "sum", "closed": "sum", "closing": "last"}
    summed = flow.set_index("period").resample(rule).agg(added).reset_index()
    own = caseflow(months, freq=freq)
    pd.testing.assert_frame_equal(disposition_time(summed), disposition_time(own), check_dtype=False)
    assert plot_caseflow(summed).alt == plot_caseflow(own).alt
    assert str(conclusion(summed)) == str(conclusion(own))


def test_a_row_of_totals_below_a_flow_is_no_period(months):
    flow = caseflow(months, freq="Y")
    total = pd.concat([flow, pd.DataFrame([{"period": "合计", "filed": 140}])])
    total.attrs = flow.attrs
    for asked in (disposition_time, plot_caseflow):
        with pytest.raises(InputError, match="列 period 中 “合计” 不是日期"):
            asked(total)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda flow: flow.set_index("period").resample("QS").sum().reset_index(),  # stocks added up with the flows
        lambda flow: flow[flow["period"].dt.month.eq(1)],
    ],
)
def test_months_added_up_with_their_stocks_and_months_chosen_are_no_course(months, wrong):
    for asked in (disposition_time, plot_caseflow, conclusion):
        with pytest.raises(DataError, match="先用整段的 flow 计算"):
            asked(wrong(caseflow(months, freq="M")))
    assert len(disposition_time(caseflow(months, freq="M").tail(1))) == 1


@pytest.mark.parametrize("years", [[2007, 2011], [2008, 2010]])
def test_years_chosen_far_apart_are_years_still(sample_cases, years):
    """No period is longer than a year, so that nobody can have made them of years: they were refused as none of the flow's."""
    flow = caseflow(sample_cases, freq="Y", by="team")
    chosen = flow[flow["period"].dt.year.isin(years)]
    assert as_summed(chosen) is chosen
    assert f"{years[0]}年至{years[1]}年" in plot_caseflow(chosen).alt


def test_a_stretch_that_ends_within_a_year_counts_to_its_last_day():
    frame = pd.DataFrame(
        {"filed_on": ["2010-02-01", "2010-03-01", "2010-09-01"], "closed_on": [None, "2010-08-01", None]}
    )
    flow = caseflow(Cases.from_frames(frame, as_of=AS_OF), freq="Y", period=("2010-03-01", "2010-06-30"))
    assert flow[["opening", "filed", "closed", "closing"]].to_numpy().tolist() == [[0, 2, 0, 2]]
    assert flow.attrs["as_of"] == "2010-06-30"


def test_a_first_period_that_began_before_the_day_asked_for_is_said_to_be_whole(sample_cases):
    """February to July by quarter counts January too: the bar of the first quarter is that of the quarter."""
    flow = caseflow(sample_cases, freq="Q", period=("2010-02-01", "2010-07-31"))
    assert flow["filed"].iloc[0] == caseflow(sample_cases, freq="Q", period=2010)["filed"].iloc[0]
    assert flow.attrs["notes"][0].split("\n")[0] == "首期（2010年第1季度）按整期计，含2010年2月1日以前的日子"
    assert "notes" not in caseflow(sample_cases, freq="M", period=("2010-02-01", "2010-07-31")).attrs
    assert "notes" not in caseflow(sample_cases, freq="Q").attrs


@pytest.mark.full
def test_a_table_by_officer_without_a_row_says_why():
    """An empty table told nothing: a register without officers, and one of so few that none may be shown."""
    frame = pd.DataFrame({"filed_on": ["2010-05-01"] * 6, "closed_on": ["2010-07-01"] * 3 + [None] * 3})
    without = caseflow(Cases.from_frames(frame, as_of="2011-12-31"), freq="Y", by="officer")
    alone = caseflow(Cases.from_frames(frame.assign(officer="甲"), as_of="2011-12-31"), freq="Y", by="officer")
    assert without.empty
    assert alone.empty
    assert "台账没有“承办人”一列" in without.attrs["problems"][0]
    assert "names=True" in alone.attrs["problems"][0]
