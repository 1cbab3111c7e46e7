import numpy as np
import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.measures.aid import aid
from analysis.measures.coercion import coercive_measures
from analysis.measures.indicators.indicators import indicators
from analysis.measures.officers.late_starts import late_starts
from analysis.measures.officers.scorecard import officer_scorecard
from analysis.measures.petitions import petitions
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.text import in_language

CASES = pd.DataFrame(
    {
        "case_no": ["1", "2", "3"],
        "team": ["一组", "一组", "二组"],
        "officer": ["王伟", "李强", "王伟"],
        "filed_on": ["2010-03-01", "2010-04-01", "2011-01-05"],
        "closed_on": ["2011-05-01", "2011-06-01", None],
    }
)
PETITIONS = pd.DataFrame(
    {
        "petition_id": ["a", "b", "c", "d"],
        "case_no": ["1", "2", "3", "9"],  # the register has no case 9
        "received_on": ["2010-12-01", "2011-02-01", "2011-03-01", "2011-11-01"],
        "resolved_on": ["2011-01-10", "2011-02-11", None, "2012-01-15"],
        "outcome": ["settled", "compelled", None, "aid"],
        "officer": ["王伟", "李强", "王伟", None],
        "supervisor": ["局长"] * 4,
        "consulted_on": ["2010-12-20", "2011-02-09", None, None],
    }
)
MEASURES = pd.DataFrame(
    {
        "case_no": ["2", "2", "3", "1"],
        "person_id": ["p", "p", None, "q"],
        "kind": ["detention", "fine", "detention", "exposure"],
        "date": ["2011-02-05", "2011-02-06", "2011-08-01", "2009-08-01"],
        "amount": [None, 5000.0, None, None],
    }
)
AID = pd.DataFrame(
    {
        "case_no": ["1", "1", "2"],
        "petition_id": [None, "a", None],
        "granted_on": "2011-04-01",
        "amount": [20000.0, 5000.5, None],
    }
)


@pytest.fixture
def cases():
    frames = {"cases": CASES, "petitions": PETITIONS, "coercive_measures": MEASURES, "aid": AID}
    return Cases.from_frames(frames, as_of="2011-12-31")


def test_petitions_balance_and_the_rate_is_of_those_received(cases):
    table = petitions(cases, periods=[2010, 2011]).table
    assert (table["opening"] + table["received"] - table["resolved"] == table["pending"]).all()
    year = table.iloc[1]
    assert year[["opening", "received", "resolved", "pending", "resolved_of_received"]].tolist() == [1, 3, 2, 2, 1]
    assert year["settlement_rate"] == pytest.approx(100 / 3)
    assert year["lower"] < year["settlement_rate"] < year["upper"]
    assert year["per_100_closed"] == 150  # 3 petitions, 2 closings
    assert year["median_days"] == 25  # 40 and 10 days


def test_consultation_is_judged_against_the_first_action(cases):
    listed = petitions(cases, periods=[2010, 2011]).listed.set_index("petition_id")["consultation"]
    # a: consulted, then resolved; b: detained before the consultation; c: detained, never consulted; d: nothing yet
    assert listed.to_dict() == {"a": "before", "b": "after", "c": "none", "d": "open"}


def test_without_days_of_consultation_nobody_is_said_to_have_acted_without_it():
    frames = {"cases": CASES, "petitions": PETITIONS.drop(columns="consulted_on")}
    found = petitions(Cases.from_frames(frames, as_of="2011-12-31"), periods=[2011])
    assert found.table[["consulted_before", "consulted_after", "not_consulted"]].isna().all(axis=None)
    assert found.listed["consultation"].isna().all()
    assert "台账没有会商日期" in found.table["note"].iloc[0]
    assert found.table["received"].tolist() == [3]


@pytest.mark.full
def test_a_part_of_a_register_of_petitions_in_which_there_is_none_has_0(cases):
    part = cases.where(case_no="2", names=True).where(filed_on="2010-04")
    alone = Cases.from_frames({"cases": CASES, "petitions": PETITIONS.iloc[:1]}, as_of="2011-12-31")
    none = petitions(alone.where(case_no="2", names=True), periods=[2011])
    assert none.table[["received", "pending"]].to_numpy().tolist() == [[0, 0]]
    assert none.caption.zh.startswith("收到信访0件")
    assert petitions(part, periods=[2011]).table["received"].tolist() == [1]
    assert aid(alone.where(case_no="2", names=True), periods=[2011])["grants"].isna().all(), "the register keeps none"


@pytest.mark.full
def test_what_happens_after_the_day_of_the_register_is_not_known(cases):
    listed = petitions(cases, periods=[2011]).listed.set_index("petition_id")
    assert pd.isna(listed.loc["d", "resolved_on"])
    assert pd.isna(listed.loc["d", "outcome"])
    earlier = petitions(cases, periods=[2011], at="2011-02-05").table.iloc[0]
    assert earlier[["received", "resolved", "pending"]].tolist() == [1, 1, 1]
    assert "incomplete" in earlier["note"]


@pytest.mark.full
def test_people_are_pseudonyms_unless_asked_for_and_the_open_place_is_seen(cases):
    shown = petitions(cases, periods=[2011])
    text = shown.listed.to_csv() + shown.people.to_csv() + petitions(cases, periods=[2011], by="officer").table.to_csv()
    assert not any(name in text for name in ("王伟", "李强", "局长"))
    named = petitions(cases, periods=[2011], names=True).people
    assert set(named["person"]) == {"王伟", "李强", "局长", "—"}
    assert named.loc[named["role"] == "supervisor", "received"].tolist() == [3]


def test_a_breakdown_by_the_case_loses_no_petition(cases):
    table = petitions(cases, periods=[2011], by="team", names=True).table
    assert table["received"].sum() == 3
    assert table["team"].isna().sum() == 1  # the petition about a case that the register does not hold
    assert table["closed"].sum() == 2


@pytest.mark.full
def test_a_register_without_the_tables_says_unknown_not_zero():
    alone = Cases.from_frames(CASES, as_of="2011-12-31")
    found = petitions(alone, periods=[2011])
    assert found.table[["received", "pending", "settlement_rate"]].isna().all(axis=None)
    assert "unknown, not 0" in found.table["note"].iloc[0]
    assert found.caption.zh.startswith("台账没有信访登记，不是0；"), "and not 0 petitions received"
    assert found.listed.empty
    assert found.people.empty
    assert coercive_measures(alone, periods=[2011])["persons"].isna().all()
    assert aid(alone, periods=[2011])["amount"].isna().all()


def test_measures_by_persons_with_the_missing_person_said(cases):
    assert np.isnan(coercive_measures(cases, periods=[2011]).set_index("kind").loc["fine", "amount"])  # of one person
    table = coercive_measures(cases, periods=[2011], names=True).set_index("kind")
    assert table["persons"].to_dict() == {
        "detention": 2,
        "fine": 1,
        "exposure": 0,
        "referral": 0,
        "detention_and_fine": 1,
    }
    assert table.loc["fine", "amount"] == 0.5  # 万元
    assert np.isnan(table.loc["detention", "amount"])
    assert table.loc["detention", "per_100_closed"] == 100
    assert "1 without a person: one is counted for each case" in in_language(table.loc["detention", "note"], "en")
    assert coercive_measures(cases, periods=[2009]).set_index("kind").loc["exposure", "persons"] == 1


@pytest.mark.parametrize(
    ("numbers", "people", "shown"), [("1234", "pqrs", True), ("1111", "pqrs", False), ("1234", "pppp", False)]
)
def test_fines_tell_neither_of_one_person_nor_of_one_case(numbers, people, shown):
    fines = {
        "case_no": [*numbers],
        "person_id": [*people],
        "kind": "fine",
        "date": "2011-02-06",
        "amount": [900.0, 800.0, 700.0, 600.0],
    }
    frames = {"cases": CASES.assign(closed_on="2011-05-01"), "coercive_measures": pd.DataFrame(fines)}
    table = coercive_measures(Cases.from_frames(frames, as_of="2011-12-31"), periods=[2011]).set_index("kind")
    assert pd.notna(table.loc["fine", "amount"]) == shown


@pytest.mark.full
def test_the_parts_of_measures_and_aid_add_to_the_whole(cases):
    whole, parts = (coercive_measures(cases, periods=[2011], by=by, names=True) for by in ((), "team"))
    assert parts.groupby("kind")["measures"].sum().to_dict() == whole.set_index("kind")["measures"].to_dict()
    assert aid(cases, periods=[2011], by="officer", names=True)["grants"].sum() == 3


@pytest.mark.full
def test_whoever_got_aid_on_a_case_and_on_its_petition_is_one():
    """Two got aid, of which each knows the other's: no sum outside."""
    numbers = [f"（2014）富执字第{i}号" for i in range(4)]
    petitions = pd.DataFrame({"petition_id": ["p"], "case_no": numbers[:1], "received_on": "2014-02-02"})
    grants = pd.DataFrame(
        {"case_no": [numbers[0], None, numbers[1]], "petition_id": [None, "p", None], "amount": [4e4, 4e4, 2e4]}
    )
    frames = {
        "cases": pd.DataFrame({"case_no": numbers, "filed_on": "2014-01-05"}),
        "petitions": petitions,
        "aid": grants.assign(granted_on="2014-03-03"),
    }
    asked = {"periods": [2014], "definitions": "fujin-2012", "only": "aid_amount"}
    for case_of_petition, is_shown in ((numbers[0], False), (numbers[2], True)):
        held = frames | {"petitions": petitions.assign(case_no=case_of_petition)}
        register = Cases.from_frames(held, as_of="2014-12-31")
        assert aid(register, periods=[2014])["amount"].notna().tolist() == [is_shown]
        assert aid(register, periods=[2014], names=True)["amount"].tolist() == [10.0]
        assert indicators(register, **asked)["value"].notna().tolist() == [is_shown]


def test_aid_without_an_amount_is_left_out_and_said(cases):
    outside = aid(cases, periods=[2011]).iloc[0]
    assert np.isnan(outside["amount"])  # of two cases
    assert "not shown outside" in outside["note"]
    row = aid(cases, periods=[2011], names=True).iloc[0]
    assert row[["grants", "cases", "petitions", "without_amount"]].tolist() == [3, 2, 1, 1]
    assert row["amount"] == pytest.approx(2.50005)
    assert "1 grants without an amount" in row["note"]
    team = aid(cases, periods=[2011], by="officer", names=True).set_index("officer")
    assert np.isnan(team.loc["李强", "amount"])  # the only grant has no amount: unknown, not 0


def test_late_starts_without_a_reason_are_listed():
    late, in_time, never, excused, no_file = (f"案{n}" for n in range(1, 6))
    frame = pd.DataFrame(
        {
            "case_no": [late, in_time, never, excused, no_file],
            "filed_on": "2011-03-01",
            "officer": "王伟",
            "assigned_on": ["2011-03-01", "2011-03-01", "2011-03-02", "2011-03-01", None],
            "started_on": ["2011-03-20", "2011-03-16", None, "2011-04-20", "2011-03-02"],
        }
    )
    cases = Cases.from_frames(frame, as_of="2011-12-31")
    reasons = pd.DataFrame({"case_no": [excused, late], "reason": ["被执行人申请延期", " "]})
    listed = late_starts(cases, periods=[2011], scheme="fujin-2012", reasons=reasons)
    assert listed["case_no"].tolist() == [never, late]
    assert listed.attrs["with_reason"] == 1
    assert listed.attrs["without_assigned_on"] == 1
    assert listed["started_on"].isna().tolist() == [True, False]
    assert "王伟" not in listed.to_csv()
    with pytest.raises(InputError, match="reason"):
        late_starts(cases, periods=[2011], scheme="fujin-2012", reasons=reasons.rename(columns={"reason": "reasons"}))
    with pytest.raises(DataError, match="start_within_days"):
        late_starts(cases, periods=[2011], scheme="cepej")


@pytest.mark.full
@pytest.mark.parametrize(
    ("started", "late", "by_april"), [("2011-04-15", ["案2", "案3"], ["案2", "案3"]), (None, [], [])]
)
def test_an_open_case_is_not_begun_only_where_every_closed_one_says_when_it_was(started, late, by_april):
    """Where one closed case lacks the date a blank says nothing: nobody is blamed."""
    frame = pd.DataFrame(
        {
            "case_no": ["案1", "案2", "案3"], "filed_on": "2011-03-01", "officer": "王伟", "assigned_on": "2011-03-01",
            "started_on": ["2011-03-02", started, None], "closed_on": ["2011-03-10", "2011-06-01", None],
        }
    )  # fmt: skip
    kept = pd.concat([frame.iloc[:1].assign(case_no=f"案{n + 4}") for n in range(30)])
    cases = Cases.from_frames(pd.concat([frame, kept]), as_of="2011-12-31")
    listed = late_starts(cases, periods=[2011], scheme="fujin-2012")
    assert sorted(listed["case_no"]) == late
    assert listed.attrs["without_started_on"] == (2 if started is None else 0)
    card = officer_scorecard(cases, period=2011, names=True, scheme="fujin-2012").table.set_index("measure")
    assert card.loc["started_late", "value"] == len(late)
    assert sorted(late_starts(cases, periods=[2011], scheme="fujin-2012", at="2011-04-01")["case_no"]) == by_april


def test_wrong_names_are_refused(cases):
    for function in (petitions, coercive_measures, aid):
        with pytest.raises(ArgumentError, match="team"):
            function(cases, periods=[2011], by="tem")


@pytest.mark.full
def test_inputs_stay_as_they_are(cases):
    before = [cases.petitions.to_pandas(), cases.coercive_measures.to_pandas(), cases.aid.to_pandas()]
    petitions(cases, periods=[2011]), coercive_measures(cases, periods=[2011]), aid(cases, periods=[2011])
    for old, new in zip(before, (cases.petitions, cases.coercive_measures, cases.aid), strict=True):
        pd.testing.assert_frame_equal(old, new.to_pandas())
