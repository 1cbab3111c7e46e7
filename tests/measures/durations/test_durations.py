"""Durations against published answers, other implementations and figures that can be followed by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cases.table import Cases
from analysis.measures.durations.durations import closing_incidence, time_to_close
from analysis.measures.durations.risk import log_rank
from analysis.measures.groups import group_codes
from analysis.vocabulary.errors import ArgumentError, DataError

SURVIVAL = Path(__file__).parents[2] / "data/survival"
FAR = pd.Timestamp("2011-12-31")


def register(time: object, event: object, *, entry: object = 0, last: str = "2011-12-31", **columns: object) -> Cases:
    """A register in which each case reaches the age ``time`` on its closing, or on ``last`` where it stays open.

    Cases with an event are filed so that they are seen to close; ``entry`` is the age on 2011-01-01.
    """
    frame = pd.DataFrame(
        {"time": np.asarray(time, dtype="int64"), "event": np.asarray(event, dtype="int64"), "entry": entry}
    )
    cut = pd.Timestamp(last)
    if np.any(frame["entry"] > 0):
        filed = pd.Timestamp("2011-01-01") - pd.to_timedelta(frame["entry"], unit="D")
    else:
        filed = cut - pd.to_timedelta(frame["time"], unit="D")
    closed = (filed + pd.to_timedelta(frame["time"], unit="D")).where(frame["event"] == 1)
    return Cases.from_frames(pd.DataFrame({"filed_on": filed, "closed_on": closed, **columns}), as_of=last)


def survival(curve: pd.DataFrame, day: float) -> float:
    before = curve.loc[curve["days"] <= day, "survival"]
    return 1.0 if before.empty else float(before.iloc[-1])


def numbered(tally: pd.DataFrame) -> tuple[np.ndarray, int, pd.DataFrame]:
    """A tally as the log-rank test takes it."""
    codes, groups = group_codes(tally, ["group"])
    return codes, len(groups), tally


@cache
def infringements() -> Cases:
    table = pd.read_parquet(SURVIVAL / "eu_infringement.parquet")
    frame = pd.DataFrame(
        {
            "filed_on": table["open_date"],
            "closed_on": table["end_date"],
            "team": table["case_type"],
        }
    )
    return Cases.from_frames(frame, as_of="2020-04-29")


class TestPublishedAnswers:
    def test_infringement_procedures_of_the_european_union(self):
        whole = time_to_close(infringements())
        assert whole.summary[["n", "events", "median"]].values.tolist() == [[20827, 19173, 324]]
        assert round(survival(whole.curve, 365), 3) == 0.448
        assert round(survival(whole.curve, 730), 3) == 0.224
        types = time_to_close(infringements(), by="team").summary.set_index("team")["median"]
        assert types.to_dict() == {"Noncommunication": 235, "Nonconformity": 763}

    def test_leukaemia_of_freireich(self):
        data = pd.read_csv(SURVIVAL / "leukemia.csv")
        found = time_to_close(
            register(data["t"], data["status"], team=data["Rx"].map({0: "6-MP", 1: "placebo"})), by="team"
        )
        curve = found.curve[found.curve["team"] == "6-MP"]
        published = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
        assert {day: round(survival(curve, day), 3) for day in published} == published
        assert found.summary.set_index("team")["median"].to_dict() == {"6-MP": 23, "placebo": 8}
        assert round(found.test["statistic"].iloc[0], 3) == 16.793
        assert found.test["df"].iloc[0] == 1

    def test_waltons_flies(self):
        data = pd.read_csv(SURVIVAL / "waltons.csv")
        cases = register(data["T"], data["E"], team=data["group"])
        assert time_to_close(cases).summary["median"].tolist() == [56]
        assert round(time_to_close(cases, by="team").test["statistic"].iloc[0], 3) == 122.249


class TestOtherImplementations:
    @staticmethod
    def spells(seed: int, size: int = 400) -> pd.DataFrame:
        rng = np.random.default_rng(seed)
        entry = np.where(rng.random(size) < 0.5, 0, rng.integers(1, 120, size))
        time = entry + rng.geometric(0.02, size) - 1
        group = rng.choice(["甲", "乙", "丙"], size)
        return pd.DataFrame({"entry": entry, "time": np.minimum(time, 360 + entry), "group": group})

    @pytest.mark.parametrize("seed", [1, 2])
    def test_late_entry_agrees_with_lifelines(self, seed):
        from lifelines import KaplanMeierFitter
        from lifelines.utils import median_survival_times

        data = self.spells(seed)
        event = (data["time"] - data["entry"] < 300).astype(int)
        data["time"] = np.where(event == 1, data["time"], data["entry"] + 364)  # open until 2011-12-31
        cases = register(data["time"], event, entry=data["entry"], team=data["group"])
        ours = time_to_close(cases, observed_from="2011-01-01")
        # shifted by one as ours, because lifelines does not count a case that ends on the day on which it enters
        fitted = KaplanMeierFitter().fit(data["time"] + 1, event, entry=data["entry"])
        theirs = fitted.survival_function_["KM_estimate"].reindex(ours.curve["days"] + 1)
        np.testing.assert_allclose(ours.curve["survival"], theirs, atol=1e-10)
        limits = fitted.confidence_interval_.reindex(ours.curve["days"] + 1).to_numpy()
        above = (ours.curve["survival"] > 0).to_numpy()  # at S = 0 the limits are not defined
        np.testing.assert_allclose(ours.curve.loc[above, ["lower", "upper"]], limits[above], atol=1e-8)
        assert ours.summary["median"].iloc[0] == fitted.median_survival_time_ - 1
        interval = median_survival_times(fitted.confidence_interval_).to_numpy()[0] - 1
        np.testing.assert_array_equal(ours.summary[["median_lower", "median_upper"]].to_numpy()[0], interval)

    def test_log_rank_with_late_entry_agrees_with_statsmodels(self):
        from statsmodels.duration.survfunc import survdiff

        data = self.spells(3)
        event = np.ones(len(data), dtype=int)
        tally = data.assign(exit=data["time"], outcome="completed", cases=1)
        statistic, df, p = log_rank(*numbered(tally))
        theirs = survdiff(data["time"] + 1, event, data["group"], entry=data["entry"])
        np.testing.assert_allclose([statistic, p], theirs, rtol=1e-6)
        assert df == 2

    def test_log_rank_of_many_groups_is_that_of_the_inverted_covariance(self, monkeypatch):
        rng = np.random.default_rng(4)
        tally = pd.DataFrame(
            {"group": rng.integers(0, 30, 900), "entry": 0, "exit": rng.integers(0, 90, 900), "cases": 1}
        )
        tally["outcome"] = np.where(rng.random(900) < 0.7, "completed", "open")
        whole = log_rank(*numbered(tally))
        monkeypatch.setattr("analysis.measures.durations.risk.MANY_GROUPS", 1)
        np.testing.assert_allclose(log_rank(*numbered(tally)), whole, rtol=1e-9)

    def test_incidence_without_entry_agrees_with_statsmodels(self):
        from statsmodels.duration.survfunc import CumIncidenceRight

        rng = np.random.default_rng(5)
        time, cause = rng.integers(0, 60, 300), rng.integers(0, 3, 300)
        modes = pd.Series(["", "completed", "terminated"])[cause].to_numpy()
        cases = register(time, cause > 0, closure_mode=np.where(cause > 0, modes, None))
        found = closing_incidence(cases).table
        theirs = CumIncidenceRight(time + 1, cause)
        for number, mode in ((1, "completed"), (2, "terminated")):
            own = found[found["closure_mode"] == mode]
            place = np.searchsorted(theirs.times, own["days"] + 1)
            f, error = theirs.cinc[number - 1][place], theirs.cinc_se[number - 1][place]
            np.testing.assert_allclose(own["incidence"], f, atol=1e-12)
            spread = np.exp(1.959964 * error / (f * np.abs(np.log(f))))
            np.testing.assert_allclose(own["lower"], f**spread, atol=1e-6)


class TestByHand:
    def test_a_closing_on_the_day_of_filing_counts(self):
        curve = time_to_close(register([0, 0, 5, 10], [1, 1, 1, 0])).curve
        assert curve[["days", "at_risk", "events", "survival"]].values.tolist() == [[0, 4, 2, 0.5], [5, 2, 1, 0.25]]

    def test_the_median_is_the_first_day_with_a_half_or_less(self):
        # 3/4 × 2/3 is exactly one half, and floating point must not miss it
        assert time_to_close(register([3, 7, 9, 11], [1, 1, 0, 0])).summary["median"].tolist() == [7]

    def test_a_median_that_is_not_reached_is_missing(self):
        summary = time_to_close(register([3, 7, 9, 11], [1, 0, 0, 0])).summary
        assert summary[["median", "median_upper"]].isna().all(axis=None)
        assert summary["median_lower"].tolist() == [3]  # by the interval half of the cases may be closed by then

    def test_cases_enter_at_their_age_when_observation_begins(self):
        frame = pd.DataFrame(
            {
                "filed_on": ["2010-12-22", "2010-12-22", "2011-01-05", "2010-11-01"],
                "closed_on": ["2011-01-01", "2011-01-21", None, "2010-12-01"],
            }
        )
        found = time_to_close(Cases.from_frames(frame, as_of="2011-01-31"), observed_from="2011-01-01")
        # the first closes at age 10 on the first day observed, the third is then not yet filed but passes age 10 on 15 January
        assert found.curve[["days", "at_risk", "events"]].values.tolist() == [[10, 3, 1], [30, 1, 1]]
        assert found.summary["n"].tolist() == [3]
        assert "observed from 1 Jan 2011" in found.caption.en
        assert "not a filing cohort" in found.caption.en

    def test_few_at_risk_at_early_ages_is_said(self):
        entry = [0] + [50] * 20
        found = time_to_close(register([5] + [60] * 20, [1] + [1] * 19 + [0], entry=entry), observed_from="2011-01-01")
        assert found.curve["survival"].iloc[0] == 0
        assert "第5天" in found.notes["note"].iloc[0]
        assert time_to_close(register([3, 7, 9, 11], [1, 1, 0, 0])).notes.empty

    def test_at_an_earlier_day_later_closings_are_open(self):
        cases = register(
            [10, 20, 30], [1, 1, 1]
        )  # filed 10, 20 and 30 days before the last of December, all closed then
        assert time_to_close(cases, at="2011-12-30", observed_from="2011-01-01").summary["events"].tolist() == [0]

    def test_modes_compete_and_sum_to_all_closings(self):
        modes = ["completed", "settled", "completed", None, None]
        table = closing_incidence(register([2, 4, 6, 8, 9], [1, 1, 1, 0, 0], closure_mode=modes)).table
        assert table.groupby("closure_mode")["incidence"].last().round(9).to_dict() == {
            "completed": 0.4,
            "settled": 0.2,
        }

    def test_a_closing_without_a_mode_is_its_own_outcome(self):
        table = closing_incidence(register([2, 4], [1, 0])).table
        assert table["closure_mode"].tolist() == ["not_stated"]


class TestGroups:
    def test_each_group_stands_alone_and_missing_is_a_group(self):
        cases = register([2, 4, 6, 8], [1, 1, 1, 0], basis=["civil", "civil", None, None])
        found = time_to_close(cases, by="basis")
        assert found.summary["n"].tolist() == [2, 2]
        alone = time_to_close(cases.where(basis="civil")).curve
        own = found.curve[found.curve["basis"] == "civil"].drop(columns="basis").reset_index(drop=True)
        pd.testing.assert_frame_equal(own, alone)

    def test_a_part_of_closed_cases_alone_is_no_extract_unless_chosen_by_closings(self):
        modes = ["completed", "completed", None, None]
        cases = register([2, 4, 6, 8], [1, 1, 1, 0], basis=["civil", "civil", None, None], closure_mode=modes)
        assert "所选案件都已结案" in time_to_close(cases.where(basis="civil")).caption.zh
        with pytest.raises(DataError, match="按结案选出"):
            time_to_close(cases.where(closure_mode="completed"))
        extract = register([2, 4], [1, 1], basis=["civil", None])
        with pytest.raises(DataError, match="摘录"):
            time_to_close(extract.where(basis="civil"))

    def test_an_extract_of_closed_cases_beside_another_court_is_one(self):
        cases = register(
            [2, 4, 6, 8],
            [1, 1, 1, 0],
            court=["甲法院", "甲法院", "乙法院", "乙法院"],
            basis=["civil", "arbitration"] * 2,
        )
        for part in (cases.where(court="甲法院"), cases.where(court="甲法院").where(basis="civil")):
            with pytest.raises(DataError, match="摘录"):
                time_to_close(part)
        assert "甲法院没有一件未结案件" in time_to_close(cases, by="court").caption.zh
        assert (
            "所选案件都已结案"
            in time_to_close(cases.where(court="乙法院", filed_on=("2011-12-25", "2011-12-25"))).caption.zh
        )

    def test_a_group_without_closings_has_no_curve_but_a_row(self):
        found = time_to_close(register([2, 4, 6], [1, 0, 0], team=["a", "b", "b"]), by="team")
        assert found.summary.set_index("team")["events"].to_dict() == {"a": 1, "b": 0}
        assert found.curve["team"].tolist() == ["a"]

    def test_two_columns_make_groups(self):
        found = time_to_close(
            register([2, 4, 6], [1, 1, 0], team=["a", "a", "b"], has_property=[True, None, False]),
            by=["team", "has_property"],
        )
        assert list(found.summary.columns[:2]) == ["team", "has_property"]
        assert found.summary["n"].sum() == 3

    def test_groups_never_seen_together_give_no_test(self):
        test = time_to_close(register([2, 4], [1, 0], team=["a", "a"]), by="team").test
        assert test.empty

    @settings(deadline=None, max_examples=25)
    @given(
        st.lists(st.tuples(st.integers(0, 40), st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=30),
    )
    @pytest.mark.full
    def test_modes_sum_to_one_minus_survival(self, drawn):
        time, cause, group = (np.array(column) for column in zip(*drawn, strict=True))
        modes = np.array([None, "completed", "terminated"], dtype=object)[cause]
        cases = register(time, cause > 0, closure_mode=modes, team=[f"g{g}" for g in group])
        curve = time_to_close(cases, by="team", observed_from="2011-01-01").curve
        table = closing_incidence(cases, by="team", observed_from="2011-01-01").table
        last = table.groupby(["team", "closure_mode"])["incidence"].last().groupby("team").sum()
        ends = 1 - curve.groupby("team")["survival"].last()
        pd.testing.assert_series_equal(last, ends, check_names=False, atol=1e-9)


class TestRefused:
    def test_an_extract_of_closed_cases(self):
        with pytest.raises(DataError, match="observed_from"):
            time_to_close(register([2, 4, 6], [1, 1, 1]))
        with pytest.raises(DataError):
            closing_incidence(register([2, 4, 6], [1, 1, 1]))

    def test_unless_the_user_says_from_when_it_is_whole(self):
        found = time_to_close(register([2, 4, 6], [1, 1, 1]), observed_from="2011-12-01")
        assert "起始日以后的案件视为都在其中" in found.caption.zh

    def test_an_empty_register(self):
        empty = Cases.from_frames(pd.DataFrame({"filed_on": []}), as_of="2011-12-31")
        with pytest.raises(DataError):
            time_to_close(empty)
        with pytest.raises(DataError):
            time_to_close(register([2, 4], [1, 0]), at="1999-01-01")

    def test_an_unknown_group(self):
        with pytest.raises(ArgumentError, match="basis"):
            time_to_close(register([2], [0]), by="bases")


def test_all_open_is_an_answer():
    found = time_to_close(register([2, 4], [0, 0]))
    assert found.curve.empty
    assert found.summary[["n", "events"]].values.tolist() == [[2, 0]]
    assert closing_incidence(register([2, 4], [0, 0])).table.empty


def test_what_cannot_be_measured_is_said():
    frame = pd.DataFrame({"filed_on": ["2011-05-01", "2011-05-01"], "closed_on": ["2011-04-01", None]})
    caption = time_to_close(Cases.from_frames(frame, as_of="2011-12-31")).caption
    assert "结案早于立案的1件" in caption.zh
    late = pd.DataFrame({"filed_on": ["2006-01-01", "2011-05-01"], "closed_on": ["2011-04-01", None]})
    assert "observed_from" in time_to_close(Cases.from_frames(late, as_of="2011-12-31")).caption.en


def test_it_shows_itself():
    html = time_to_close(register([2, 4], [1, 0]))._repr_html_()
    assert "n" in html
    assert "2件" in html


def test_cases_that_do_not_state_their_group_are_a_group_with_a_name():
    """They stood under a dash, which the chart beside the table calls 未填."""
    frame = pd.DataFrame(
        {
            "filed_on": ["2011-01-01"] * 3,
            "closed_on": ["2011-01-11", "2011-01-21", None],
            "has_property": [True, None, None],
        }
    )
    html = time_to_close(Cases.from_frames(frame, as_of="2011-12-31"), by="has_property")._repr_html_()
    assert "未填" in html


def test_of_closed_cases_alone_the_caption_speaks_of_no_others_and_of_no_argument():
    """Reports print it."""
    rows = pd.DataFrame({"filed_on": ["2011-02-01"] * 3, "closed_on": ["2011-03-01", "2011-04-01", "2011-05-01"]})
    said = time_to_close(Cases.from_frames(rows, as_of="2011-12-31"), observed_from="2011-01-01").caption
    assert said.zh.startswith("案件3件，结案3件；时长自立案日起算（天）")
    assert said.en.startswith("3 cases, 3 closed; days since filing")
    assert "observed_from" not in said.cell


def test_of_a_court_that_closed_every_case_and_says_from_when_they_are_all_there_durations_are_told():
    days = pd.date_range("2022-01-10", periods=40, freq="D")
    frame = pd.DataFrame({"court": "甲法院", "filed_on": days, "closed_on": days + pd.Timedelta(days=30)})
    with pytest.raises(DataError, match="像是只摘录了已结案件"):
        time_to_close(Cases.from_frames(frame, as_of="2023-12-31"))
    found = time_to_close(Cases.from_frames(frame, as_of="2023-12-31", observed_from="2022-01-01"))
    assert found.summary["median"].tolist() == [30]
    assert "台账中没有未结案件，起始日以后的案件视为都在其中" in found.caption.zh


def test_of_a_register_that_is_whole_from_a_day_on_durations_are_those_of_the_whole_court():
    """Of cases filed before that day only the slow ones are in it: counted from their filing, all would seem slower."""
    dice = np.random.default_rng(11)
    filed = pd.Timestamp("2019-01-01") + pd.to_timedelta(dice.integers(0, 5 * 365, 4000), "D")
    closed = pd.Series(filed + pd.to_timedelta(dice.exponential(300, 4000).round(), "D"))
    whole = pd.DataFrame({"filed_on": filed, "closed_on": closed.where(closed <= "2023-12-31")})
    held = whole[whole["closed_on"].isna() | (whole["closed_on"] >= "2022-01-01")]
    untold, told = (Cases.from_frames(held, as_of="2023-12-31", observed_from=of) for of in (None, "2022-01-01"))
    truth = 300 * np.log(2)
    as_said, as_if_whole = (time_to_close(cases).summary["median"].item() for cases in (told, untold))
    assert abs(as_said - truth) < 25
    assert as_if_whole > truth + 25
    asked = {"observed_from": "2022-01-01"}
    pd.testing.assert_frame_equal(time_to_close(told).curve, time_to_close(untold, **asked).curve)
    pd.testing.assert_frame_equal(closing_incidence(told).table, closing_incidence(untold, **asked).table)
