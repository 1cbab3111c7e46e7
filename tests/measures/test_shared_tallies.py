import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cases.table import Cases
from analysis.measures.caseflow import caseflow
from analysis.measures.shared_tallies import Tallies, tallies
from analysis.vocabulary.errors import ArgumentError, DataError, InputError

AS_OF = "2011-12-31"
rows = st.lists(
    st.tuples(
        st.dates(pd.Timestamp("2010-01-01").date(), pd.Timestamp("2011-12-01").date()),
        st.none() | st.integers(0, 300),
        st.sampled_from(["甲法院", "乙法院"]),
        st.sampled_from(["completed", "settled", None]),
        st.none() | st.integers(0, 10**9),
    ),
    min_size=2,
    max_size=30,
)


def register(drawn):
    frame = pd.DataFrame(drawn, columns=["filed_on", "lasted", "court", "closure_mode", "fen"])
    frame["filed_on"] = pd.to_datetime(frame["filed_on"])
    frame["closed_on"] = frame["filed_on"] + pd.to_timedelta(frame.pop("lasted").astype("Float64"), unit="D")
    frame["amount_claimed"] = frame.pop("fen").astype("Float64") / 100
    return frame.assign(case_type="first", officer="不应外传", case_no="（2011）富执字第1号")


@settings(max_examples=5, deadline=None)
@given(drawn=rows, cut=st.integers(1, 29))
@pytest.mark.full
def test_tallies_of_the_parts_add_to_the_tallies_of_the_whole(drawn, cut):
    frame = register(drawn)
    parts = [frame.iloc[:cut], frame.iloc[cut:]]
    first, second = (tallies(Cases.from_frames(part, as_of=AS_OF)) for part in parts)
    whole = tallies(Cases.from_frames(frame, as_of=AS_OF))
    pd.testing.assert_frame_equal((first + second).table, whole.table)
    pd.testing.assert_frame_equal((second + first).table, whole.table)


@pytest.mark.full
@settings(max_examples=4, deadline=None)
@given(drawn=rows)
def test_caseflow_of_the_tallies_is_that_of_the_cases(drawn):
    cases = Cases.from_frames(register(drawn), as_of=AS_OF)
    for by in ((), "court"):
        pd.testing.assert_frame_equal(caseflow(tallies(cases), freq="Q", by=by), caseflow(cases, freq="Q", by=by))


@pytest.mark.full
def test_saved_tallies_come_back_equal_and_hold_no_name_and_no_number(tmp_path):
    made = tallies(Cases.from_frames(register([(pd.Timestamp("2011-01-04"), 3, "甲法院", "settled", 5)]), as_of=AS_OF))
    path = made.save(tmp_path / "it's.parquet", minimum=0)
    pd.testing.assert_frame_equal(Tallies.load(path).table, made.table)
    assert "不应外传".encode() not in path.read_bytes()
    assert "富执字".encode() not in path.read_bytes()


@pytest.mark.full
def test_small_cells_lose_what_could_point_at_a_person_and_the_flow_stays(tmp_path):
    frame = register(
        [
            (pd.Timestamp("2011-01-04"), 3, "甲法院", "settled", 500),
            (pd.Timestamp("2011-02-04"), 3, "甲法院", "completed", 700),
        ]
    )
    made = tallies(Cases.from_frames(frame, as_of=AS_OF))
    shared = Tallies.load(made.save(tmp_path / "a.parquet", minimum=3))
    assert set(shared.table["kind"]) == {"filed", "closed"}
    assert not [name for name in (*made.table, *shared.table) if "fen" in name], (
        "amounts stay in the court, in memory too"
    )
    assert set(shared.table["closure_mode"].dropna()) == {"other"}
    pd.testing.assert_frame_equal(caseflow(shared), caseflow(made))


def test_a_column_that_names_people_is_refused():
    with pytest.raises(ArgumentError, match="court"):
        tallies(
            Cases.from_frames(register([(pd.Timestamp("2011-01-04"), 3, "甲", None, None)]), as_of=AS_OF), by="officer"
        )


@pytest.mark.full
def test_weeks_need_the_register_and_other_files_are_no_tallies(tmp_path):
    made = tallies(Cases.from_frames(register([(pd.Timestamp("2011-01-04"), 3, "甲", None, None)]), as_of=AS_OF))
    with pytest.raises(DataError):
        caseflow(made, freq="W")
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "other.parquet")
    with pytest.raises(InputError, match=r"other\.parquet"):
        Tallies.load(tmp_path / "other.parquet")
    with pytest.raises(ArgumentError):
        made + tallies(
            Cases.from_frames(register([(pd.Timestamp("2011-01-04"), 3, "甲", None, None)]), as_of="2011-11-30")
        )
