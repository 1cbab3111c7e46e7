"""Scorecards: sums that agree with the caseflow, expectations by case mix, ranges of chance, the court's own quotas."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from analysis.cases import tallies
from analysis.cases.table import Cases
from analysis.measures import case_mix
from analysis.measures.case_mix import expected_by_chance
from analysis.measures.caseflow import caseflow
from analysis.measures.officers.scorecard import MEASURES, OfficerScorecard, officer_scorecard
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.text import in_language


@cache
def register(size: int = 500, seed: int = 7, officers: str = "赵钱孙李周吴郑王") -> Cases:
    """Synthetic: officers of equal skill, some with more cases of property, so that only mix and chance differ."""
    rng = np.random.default_rng(seed)
    filed = pd.Timestamp("2010-06-01") + pd.to_timedelta(rng.integers(0, 579, size), unit="D")
    who = rng.integers(0, len(officers), size)
    has = rng.random(size) < np.where(who % 2, 0.9, 0.3)
    days = rng.geometric(np.where(has, 0.02, 0.008), size) - 1
    amount = np.exp(rng.normal(9.5, 1, size)).round(2)
    paid = has & (rng.random(size) < 0.7)
    frame = pd.DataFrame(
        {
            "case_no": [f"（2011）富执字第{i}号" for i in range(size)],
            "filed_on": filed,
            "assigned_on": filed + pd.Timedelta(days=2),
            "started_on": filed + pd.to_timedelta(2 + rng.integers(0, 20, size), unit="D"),
            "closed_on": filed + pd.to_timedelta(days, unit="D"),
            "closure_mode": np.where(has, "completed", "terminated_this_round"),
            "officer": np.array(list(officers))[who],
            "team": np.array(["一组", "二组"])[who % 2],
            "has_property": has,
            "basis": rng.choice(["civil", "arbitration"], size, p=[0.8, 0.2]),
            "amount_claimed": amount,
            "amount_recovered": np.where(paid, amount, amount * 0.2),
            "amount_paid": np.where(paid, amount, 0),
        }
    )
    asked = pd.DataFrame(
        {
            "petition_id": ["访1", "访2", "访3"],
            "case_no": [frame["case_no"][0], frame["case_no"][1], "no such case"],
            "received_on": ["2011-03-01", "2011-04-01", "2010-04-01"],
            "officer": ["赵", None, None],
        }
    )
    begun = {"observed_from": "2010-06-01"}
    return Cases.from_frames({"cases": frame, "petitions": asked}, as_of="2011-12-31", scheme="fujin-2012", **begun)


@cache
def of_2011(**asked: bool) -> OfficerScorecard:
    """The scorecard of 2011, made once for all who ask alike."""
    return officer_scorecard(register(), period=2011, **asked)


def of(card: pd.DataFrame, measure: str) -> pd.DataFrame:
    return card[card["measure"] == measure].reset_index(drop=True)


class TestSums:
    def test_stock_and_flow_agree_with_the_caseflow(self):
        counts = of_2011(names=True).counts
        flow = caseflow(register(), freq="Y", by="officer", period=("2011-01-01", "2011-12-31"), names=True)
        merged = counts.merge(flow, on="officer", suffixes=("", "_flow"))
        assert len(merged) == 8
        for ours, theirs in (
            ("opening", "opening_flow"),
            ("filed", "filed_flow"),
            ("closed", "closed_flow"),
            ("pending", "closing"),
        ):
            assert (merged[ours] == merged[theirs]).all()

    def test_closings_and_net_closings_agree_with_the_tallies(self):
        table = of_2011(names=True).table
        closed = tallies.closed(register(), by="officer")
        year = closed[closed["on"] >= "2011-01-01"].groupby("officer")[["cases", "net", "claimed_fen"]].sum()
        assert of(table, "closed").set_index("officer")["value"].to_dict() == year["cases"].to_dict()
        assert of(table, "net_closings").set_index("officer")["value"].to_dict() == year["net"].to_dict()
        amount = of(table, "amount_closed").set_index("officer")["value"]
        np.testing.assert_allclose(amount, year["claimed_fen"] / 100)

    def test_what_is_expected_adds_up_to_what_was_observed(self):
        table = of_2011(names=True).table
        for measure in ("closed", "amount_closed", "net_closings", "started_late", "over_limit"):
            own = of(table, measure)
            np.testing.assert_allclose(own["expected"].sum(), own["value"].sum())

    def test_teams_are_sums_of_their_officers(self):
        teams = officer_scorecard(register(), period=2011, by="team").counts
        people = of_2011(names=True).counts
        assert teams.set_index("team")["closed"].to_dict() == people.groupby("team")["closed"].sum().to_dict()


def many_cases(spread):
    """An officer of 1,200 cases and one of 10,800, of two kinds each, with claims log-normal by this spread."""
    rng = np.random.default_rng(5)
    rows = pd.DataFrame({"officer": ["a"] * 1200 + ["b"] * 10_800, "kind": rng.integers(0, 2, 12_000), "one": 1.0})
    rows["days"] = rng.poisson(4 + 5 * rows["kind"]).astype(float)
    rows["money"] = np.exp(rng.normal(9 + rows["kind"], spread))
    return rows.assign(got=rows["money"] * rng.random(12_000))


class TestExpectation:
    def test_by_hand(self):
        rows = pd.DataFrame(
            {"officer": list("aaabbb"), "kind": list("xxyxyy"), "net": [1, 1, 0, 0, 1, 0], "base": [1.0] * 6}
        )
        found = expected_by_chance(rows, group="officer", value="net", base="base", strata=["kind"])
        # x: 2 of 3 net, y: 1 of 3; a has two x and one y
        assert found["expected"].round(9).tolist() == [round((4 / 3 + 1 / 3) / 3, 9), round((2 / 3 + 2 / 3) / 3, 9)]
        assert found[["cases", "value"]].values.tolist() == [[3, 2 / 3], [3, 1 / 3]]

    def test_the_range_of_a_count_is_binomial(self):
        from scipy import stats

        rows = pd.DataFrame({"officer": ["a"] * 40 + ["b"] * 160, "net": [1] * 50 + [0] * 150})
        found = expected_by_chance(rows, group="officer", value="net").iloc[0]
        assert found["lower"] == stats.binom.ppf(0.025, 40, 0.25)
        assert found["upper"] == stats.binom.ppf(0.975, 40, 0.25)

    @pytest.mark.parametrize(("value", "base"), [("days", "one"), ("money", None), ("got", "money")])
    def test_the_range_of_many_cases_is_that_of_draws_but_for_their_error(self, value, base, monkeypatch):
        rows = many_cases(1.0)
        found = expected_by_chance(rows, group="officer", value=value, base=base, strata=["kind"])
        monkeypatch.setattr(case_mix, "MANY", np.inf)
        monkeypatch.setattr(case_mix, "DRAWS", 10_000)
        drawn = expected_by_chance(rows, group="officer", value=value, base=base, strata=["kind"])
        spread = (drawn["upper"] - drawn["lower"]) / 3.92
        for limit in ("lower", "upper"):
            apart = (found[limit] - drawn[limit]) / spread
            assert apart.between(-0.11, 0.11).all()  # four standard errors of the draws
            assert (found[limit] != drawn[limit]).all()

    def test_a_sum_that_few_large_cases_decide_is_drawn(self, monkeypatch):
        rows = many_cases(3.0)
        found = expected_by_chance(rows, group="officer", value="money", strata=["kind"])
        monkeypatch.setattr(case_mix, "MANY", np.inf)
        assert found.equals(expected_by_chance(rows, group="officer", value="money", strata=["kind"]))

    @pytest.mark.full
    def test_officers_of_equal_skill_lie_in_the_range(self):
        inside = []
        for seed in range(3):
            table = officer_scorecard(register(seed=seed), period=2011, names=True).table
            own = table[table["measure"].isin(["closed", "net_closings"])]
            inside += (own["value"].between(own["lower"], own["upper"])).tolist()
        assert np.mean(inside) > 0.9

    def test_the_mix_is_taken_into_account(self):
        own = of(of_2011(names=True).table, "net_closings")
        share = own["expected"] / own["cases"]
        assert (
            share.max() > 1.5 * share.min()
        )  # those with more cases of property are expected to close more of them net
        raw = of(officer_scorecard(register(), period=2011, adjust_for=[], names=True).table, "net_closings")
        assert np.ptp(raw["expected"] / raw["cases"]) < 1e-9

    def test_the_seed_decides_and_nothing_else(self):
        one, two = (officer_scorecard(register(), period=2011, seed=3, names=True).table for _ in range(2))
        pd.testing.assert_frame_equal(one, two)


class TestScheme:
    def test_quotas_are_judged_one_by_one(self):
        frame = pd.DataFrame(
            {
                "filed_on": ["2011-01-04"] * 60,
                "closed_on": ["2011-05-01"] * 50 + [None] * 10,
                "officer": ["勤"] * 45 + ["惰"] * 15,
                "amount_claimed": 100.0,
                "amount_recovered": 100.0,
                "amount_paid": [100.0] * 31 + [50.0] * 29,
            }
        )
        scheme = officer_scorecard(
            Cases.from_frames(frame, as_of="2011-12-31", scheme="fujin-2012"), period=2011, names=True
        ).scheme
        rows = scheme.set_index(["officer", "criterion"])
        assert rows.loc[("勤", "filed_cases_closed"), "value"] == 100
        assert rows.loc[("勤", "net_closings"), ["value", "quota", "met"]].tolist() == [31, 30, True]
        assert rows.loc[("惰", "filed_cases_closed"), ["numerator", "denominator", "met"]].tolist() == [5, 15, False]
        # five closings; an officer handles 30 cases on the average, of which 60 % are 18
        assert rows.loc[("惰", "closed"), ["value", "quota", "met"]].tolist() == [5, 18, False]
        assert in_language(rows.loc[("惰", "closed"), "consequence"], "zh") == "只能评定为不称职"
        assert in_language(rows.loc[("惰", "net_closings"), "consequence"], "en") == "not to be rated excellent"
        assert rows.loc[("勤", "closed"), "consequence"] == ""

    def test_a_court_brings_its_own_numbers(self, tmp_path):
        own = tmp_path / "own.toml"
        own.write_text(
            '[set]\nid="own"\nzh="本院"\nen="own"\n[scheme]\nnet_closings_per_officer = 5\n', encoding="utf-8"
        )
        scheme = officer_scorecard(register(), period=2011, scheme=own, names=True).scheme
        assert set(scheme["criterion"]) == {"net_closings"}
        assert officer_scorecard(register(), period=2011, scheme=own).scheme.empty
        assert set(scheme["quota"]) == {5}

    def test_a_rate_of_nothing_is_missing_and_not_failed(self):
        frame = pd.DataFrame({"filed_on": ["2010-01-04"] * 3, "closed_on": ["2011-05-01"] * 3, "officer": "甲"})
        row = officer_scorecard(
            Cases.from_frames(frame, as_of="2011-12-31", scheme="fujin-2012"), period=2011, names=True
        ).scheme.set_index("criterion")
        assert pd.isna(row.loc["filed_cases_closed", "value"])
        assert pd.isna(row.loc["filed_cases_closed", "met"])
        assert row.loc["filed_cases_closed", "consequence"] == ""

    def test_net_closings_of_which_nothing_is_known_are_missing_and_not_0(self):
        frame = pd.DataFrame(
            {"filed_on": ["2011-01-04"] * 3, "closed_on": ["2011-05-01"] * 3, "officer": "甲", "amount_claimed": 100.0}
        )
        card = officer_scorecard(
            Cases.from_frames(frame, as_of="2011-12-31", scheme="fujin-2012"), period=2011, names=True
        )
        assert of(card.table, "net_closings").empty
        assert "net_closings" not in set(card.scheme["criterion"])
        assert "无法判断，台账没有“实际到位金额”“已发放案款”" in card.caption.zh

    def test_what_is_unknown_of_some_closings_decides_nothing_about_a_person(self, tmp_path):
        own = tmp_path / "own.toml"
        own.write_text(
            '[set]\nid="own"\nzh="本院"\nen="own"\n[scheme]\nnet_closings_per_officer = 2\n', encoding="utf-8"
        )
        frame = pd.DataFrame({"filed_on": ["2011-01-04"] * 8, "closed_on": "2011-05-01", "amount_claimed": 100.0})
        frame["officer"] = ["甲"] * 4 + ["乙"] * 4
        frame["amount_recovered"] = [100.0, None, 50.0, 50.0, 100.0, 50.0, 50.0, 50.0]
        frame["amount_paid"] = [100.0, None, 0.0, None, 100.0, 50.0, 50.0, None]  # the fourth of each cannot be net
        card = officer_scorecard(Cases.from_frames(frame, as_of="2011-12-31"), period=2011, scheme=own, names=True)
        quotas = card.scheme.set_index("officer")
        assert quotas["value"].to_dict() == {"甲": 1, "乙": 1}
        assert pd.isna(quotas.loc["甲", "met"]), "the second case of 甲 may be net"
        assert quotas.loc["甲", ["least", "most"]].tolist() == [1, 2]
        assert quotas.loc["乙", ["least", "most"]].isna().all(), "nothing could change it"
        assert quotas.loc["甲", "consequence"] == ""
        assert not quotas.loc["乙", "met"]
        assert "1件未填实际到位金额、3件未填已发放案款；其中1件因此无法判断是否净执结" in card.caption.zh


class TestPeople:
    def test_names_stay_inside(self):
        card = of_2011()
        for table in (card.table, card.counts, card.scheme):
            assert not table.isin(list("赵钱孙李周吴郑王")).any(axis=None)
            assert table["officer"].is_monotonic_increasing  # the order of names does not show either
        assert "赵" not in card._repr_html_()
        assert set(of_2011(names=True).counts["officer"]) == set("赵钱孙李周吴郑王")

    def test_figures_of_few_cases_are_not_shown(self):
        frame = pd.DataFrame({"filed_on": ["2011-01-04"] * 13, "officer": ["甲"] * 6 + ["乙"] * 5 + ["丙"] * 2})
        cases = Cases.from_frames(frame, as_of="2011-12-31")
        card = officer_scorecard(cases, period=2011)
        assert card.counts["filed"].tolist() == [6]  # not a second one: the total would give the third away
        assert len(of(card.table, "closed")) == 1
        assert "没有可以对外列出的数字的承办人不列" in card.caption.zh
        assert officer_scorecard(cases, period=2011, names=True).counts["filed"].tolist() == [2, 5, 6]

    def test_of_as_many_officers_as_cases_their_number_is_not_told_outside(self):
        frame = pd.DataFrame({"filed_on": ["2011-01-04"] * 4, "officer": list("甲乙丙丙")})
        cases = Cases.from_frames(frame, as_of="2011-12-31")
        assert "3个承办人" not in officer_scorecard(cases, period=2011).caption.zh
        assert "3个承办人" in officer_scorecard(cases, period=2011, names=True).caption.zh

    def test_expectations_stand_beside_the_filings_of_a_quarter_that_ends_on_the_thirtieth(self):
        """The three months before 30 June are its quarter, whose filings are shown: 31 March is none of it."""
        filed = [*["2011-03-31"] * 30, *["2011-05-04"] * 30]
        frame = pd.DataFrame(
            {"filed_on": filed, "closed_on": ["2011-06-01", None] * 30, "officer": list("甲乙丙") * 20}
        )
        card = officer_scorecard(Cases.from_frames(frame, as_of="2011-06-30"), period=2011)
        assert of(card.table, "closed")["expected"].tolist() == [10, 10, 10]
        assert "末一季新收不列" not in card.caption.zh

    def test_a_case_without_an_officer_stays_visible(self):
        frame = pd.DataFrame({"filed_on": ["2011-01-04"] * 8, "officer": ["甲"] * 5 + [None] * 3})
        card = officer_scorecard(Cases.from_frames(frame, as_of="2011-12-31"), period=2011)
        assert "—" in set(card.counts["officer"])
        assert "—" not in set(card.scheme["officer"])
        assert "3" in card.caption.zh

    @pytest.mark.full
    def test_hand_kept_items_are_joined_by_name(self, tmp_path):
        file = tmp_path / "items.csv"
        file.write_text("承办人,支持配合,参加活动\n赵,优,3\n钱,良,2\n", encoding="utf-8-sig")
        items = officer_scorecard(register(), period=2011, items=file, names=True).items
        assert items.set_index("officer").loc["赵", "支持配合"] == "优"
        assert len(items) == 8
        assert items.set_index("officer").loc["王"].isna().all()
        assert officer_scorecard(register(), period=2011, items=file).items.empty, "what they say stays inside"
        with pytest.raises(InputError, match="第1行"):
            officer_scorecard(register(), period=2011, items=pd.DataFrame({"officer": ["冯"]}))
        with pytest.raises(InputError):
            officer_scorecard(register(), period=2011, items=pd.DataFrame({"name": ["赵"]}))
        with pytest.raises(InputError):
            officer_scorecard(register(), period=2011, items=tmp_path / "absent.csv")


@pytest.mark.full
def test_petitions_count_for_who_was_asked_else_for_the_cases_officer():
    card = of_2011(names=True).table
    own = of(card, "petitions")
    assert own["value"].sum() == 2  # that of 2010 is not of this year
    assert own.set_index("officer")["value"]["赵"] >= 1
    np.testing.assert_allclose(own["expected"].sum(), 2)
    without = Cases.from_frames(register().known().to_pandas(), as_of="2011-12-31")
    assert of(officer_scorecard(without, period=2011).table, "petitions")["value"].isna().all()  # unknown, not 0


@pytest.mark.full
def test_a_year_that_is_not_over_says_so():
    cases = Cases.from_frames(
        register().known("2011-06-30").to_pandas(), as_of="2011-06-30", scheme="fujin-2012", observed_from="2010-06-01"
    )
    card = officer_scorecard(cases, period=2011, names=True)
    assert "2011年6月30日" in card.caption.zh
    assert "not over" in card.caption.en
    assert (card.scheme["met"] == False).any()  # noqa: E712 - missing is neither
    assert (card.scheme["consequence"] == "").all()
    outside = officer_scorecard(cases, period=2011)  # beside the whole year it would give the rest of it away
    assert outside.table.loc[outside.table["measure"] != "closed", "value"].isna().all()


@pytest.mark.full
def test_odd_registers():
    with pytest.raises(ArgumentError):
        officer_scorecard(register(), period=2013)
    with pytest.raises(ArgumentError, match="team"):
        officer_scorecard(register(), period=2011, by="court")
    with pytest.raises(ArgumentError):
        officer_scorecard(register(), period=2011, adjust_for=["colour"])
    nothing = officer_scorecard(register(), period=2005)
    assert nothing.counts.empty
    assert set(nothing.table.columns) >= {"officer", "measure", "value", "expected"}
    bare = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"] * 4, "officer": "甲"}), as_of="2011-12-31")
    assert officer_scorecard(bare, period=2011).table["value"].isna().all(), "one officer's figures are the court's"
    table = officer_scorecard(bare, period=2011, names=True).table
    assert of(table, "closed")["value"].tolist() == [0]
    assert set(MEASURES) - set(table["measure"]) == {
        "amount_closed",
        "net_closings",
        "recovery",
        "days_to_start",
        "started_late",
        "over_limit",
    }
    told = bare.to_pandas(names=True).assign(basis="civil", extension_days=0, excluded_days=0)
    known = Cases.from_frames(
        told[["filed_on", "officer", "basis", "extension_days", "excluded_days"]], as_of="2011-12-31"
    )
    assert "over_limit" in set(officer_scorecard(known, period=2011, names=True).table["measure"])


@pytest.mark.full
def test_outside_an_expectation_does_not_tell_how_many_cases_of_a_kind_somebody_has():
    """By two kinds, whose shares of closings are public, it would: 10 cases at 0.9 or 0.2 expect 5.5, so five are of either kind."""
    frame = pd.DataFrame(
        {"filed_on": "2011-01-04", "officer": list("甲乙丙") * 20, "has_property": [True] * 22 + [False] * 38}
    )
    frame["closed_on"] = pd.Series("2011-02-01", frame.index).where(frame["has_property"] | (frame.index > 50))
    cases = Cases.from_frames(frame, as_of="2011-03-31", observed_from="2011-01-01")
    card = officer_scorecard(cases, period=2011)
    own = of(card.table, "closed")
    assert own["expected"].notna().all()
    assert own["expected"].max() == own["expected"].min(), "each has twenty cases, of which the court closed as many"
    inside = of(officer_scorecard(cases, period=2011, names=True).table, "closed")["expected"]
    assert inside.max() > inside.min()
    assert "未按案件构成调整" in card.caption.zh


def test_of_a_register_that_begins_within_the_year_nobody_has_no_old_cases_and_no_quota_is_missed():
    frame = pd.DataFrame(
        {"filed_on": pd.date_range("2011-04-01", "2011-12-10", periods=200).date, "officer": list("甲乙") * 100}
    )
    frame["closed_on"] = (pd.to_datetime(frame["filed_on"]) + pd.Timedelta(days=60)).where(frame.index % 3 > 0)
    frame.loc[frame["closed_on"] > "2011-12-31", "closed_on"] = pd.NaT
    asked = {"period": 2011, "names": True, "scheme": "fujin-2012"}
    begins, whole = (
        officer_scorecard(Cases.from_frames(frame, as_of="2011-12-31", **said), **asked)
        for said in ({}, {"observed_from": "2011-01-01"})
    )
    assert whole.counts["opening"].tolist() == [0, 0]
    assert whole.scheme["consequence"].str.len().max() > 0
    assert begins.counts["opening"].isna().all()
    assert begins.scheme["met"].isna().all()
    assert not begins.scheme["consequence"].any()
    assert "期初存量不知" in begins.caption.zh
    assert "期初存量不知" not in whole.caption.zh


@pytest.mark.parametrize(
    "asked", [{"adjust_for": ["team"]}, {"adjust_for": []}, {"by": "team", "adjust_for": ["officer"]}, {"seed": 1}]
)
def test_outside_expectations_are_of_one_mix_as_several_would_tell_whose_cases_are_of_which_kind(asked):
    with pytest.raises(ArgumentError, match="names=True"):
        officer_scorecard(register(60), period=2011, **asked)


@pytest.mark.full
def test_expectations_by_the_time_of_filing_stand_beside_filings_of_the_last_quarter_alone():
    """The court's shares of closings by the time of filing, and an expectation to a digit, told of whom there were two in the quarter."""
    late = dict(zip("甲乙丙丁戊己", (2, 2, 6, 7, 8, 9), strict=True))
    days = [f"2011-{month}-10" for month in ("02", "05", "08")]
    rows = [(who, day) for who in late for day in np.repeat([*days, "2011-11-10"], [late[who], 12, 12, late[who]])]
    frame = pd.DataFrame(rows, columns=["officer", "filed_on"])
    frame["closed_on"] = pd.to_datetime(frame["filed_on"]).add(pd.Timedelta(days=90)).where(frame.index % 4 > 0)
    frame.loc[frame["closed_on"] > "2011-12-31", "closed_on"] = None
    cases = Cases.from_frames(frame, as_of="2011-12-31", observed_from="2011-01-01")
    card = officer_scorecard(cases, period=2011)
    flow = caseflow(cases, freq="Q", by="officer")
    filed = flow[flow["period"] == "2011-10-01"].set_index("officer")["filed"]
    closed = of(card.table, "closed").set_index("officer")
    assert closed["value"].notna().any()
    untold = filed.index[filed.isna()]
    assert closed.loc[untold, "value"].notna().any()
    assert closed.loc[untold, ["expected", "lower", "upper"]].isna().all(axis=None)
    assert closed.drop(index=untold)["expected"].notna().any()
    assert "末一季新收不列" in card.caption.zh


@pytest.mark.full
def test_outside_no_figure_of_an_officer_depends_on_how_days_are_counted():
    card = officer_scorecard(register(200), period=2011).table
    holidays = pd.DataFrame({"date": pd.date_range("2011-01-01", "2011-12-31").astype(str), "kind": "休"})
    other = officer_scorecard(register(200), period=2011, clock="filing-day-counted", holidays=holidays).table
    pd.testing.assert_frame_equal(card, other)


def of_blanks(**blank: list[int]) -> Cases:
    """Sixty closed cases of three officers, 甲 with more net closings than chance gives; some cells blank."""
    frame = pd.DataFrame(
        {
            "case_no": [f"{n}" for n in range(60)], "filed_on": "2011-02-01", "closed_on": "2011-05-01",
            "officer": ["甲"] * 20 + ["乙"] * 20 + ["丙"] * 20, "basis": "civil",
            "amount_claimed": 100.0, "amount_recovered": [100.0] * 14 + [0.0] * 46, "amount_paid": [100.0] * 14 + [0.0] * 46,
        }
    )  # fmt: skip
    for column, places in blank.items():
        frame.loc[places, column] = None
    return Cases.from_frames(frame, as_of="2011-12-31", scheme="fujin-2012")


def net_of(cases: Cases) -> pd.DataFrame:
    table = officer_scorecard(cases, period=2011, names=True).table
    return table[table["measure"] == "net_closings"].set_index("officer")


@pytest.mark.parametrize(
    ("blank", "told"),
    [
        pytest.param({}, {"甲", "乙", "丙"}, marks=pytest.mark.full),
        ({"officer": [0]}, {"甲"}),  # of the others either may have that net closing, and one is inside the range
        ({"officer": [*range(20, 30)]}, {"甲", "丙"}),  # 乙 has ten left, of which none need be net
        ({"amount_claimed": [20]}, {"甲", "丙"}),  # 乙 may have one
        pytest.param({"basis": [0, 20, 40]}, {"甲", "乙", "丙"}, marks=pytest.mark.full),
        pytest.param({"basis": [*range(0, 60, 2)]}, set(), marks=pytest.mark.full),
    ],
)
def test_a_range_stands_only_where_no_blank_can_change_the_verdict(blank: dict[str, list[int]], told: set[str]):
    net = net_of(of_blanks(**blank))
    assert set(net.index[net["lower"].notna()]) == told


def test_no_range_of_money_stands_beside_blanks():
    table = officer_scorecard(of_blanks(amount_claimed=[0]), period=2011, names=True).table
    assert table.loc[table["measure"].isin(["amount_closed", "recovery"]), "lower"].isna().all()
    assert table.loc[table["measure"] == "closed", "lower"].notna().all()


@pytest.mark.full
def test_no_consequence_follows_where_cases_of_nobody_could_avert_it():
    share = {}
    for nobodys in ([], [*range(20, 30)]):
        scheme = officer_scorecard(of_blanks(closed_on=[*range(5)], officer=nobodys), period=2011, names=True).scheme
        share[len(nobodys)] = scheme[scheme["criterion"] == "filed_cases_closed"].set_index("officer").loc["甲"]
    assert [bool(share[number]["consequence"]) for number in share] == [
        True,
        False,
    ]  # 15 of 20, or 25 of 30, and 80 % are asked for
    assert pd.isna(share[10]["met"])


def test_outside_the_figures_of_officers_are_those_that_the_ledger_decides_on():
    """Net closings and petitions, of which it knows nothing, told of quarters that it leaves out."""
    card = of_2011()
    assert set(card.table["measure"]) == {"closed", "closed_of_filed"}
    assert "net_closings" not in set(card.scheme["criterion"])
    flow = caseflow(register(), freq="Y", by="officer").set_index(["period", "officer"]).loc["2011-01-01"]
    closed = of(card.table, "closed").set_index("officer")["value"].dropna()
    assert closed.astype("Int64").to_dict() == flow.loc[closed.index, "closed"].to_dict(), (
        "a figure hidden there is hidden here"
    )
    assert len(closed)


def test_many_cases_that_are_all_alike_have_a_range_of_no_breadth():
    alike = pd.DataFrame({"officer": ["甲", "乙"] * 1_000, "days": 30.0, "band": ["a", "a", "b", "b"] * 500})
    found = expected_by_chance(alike, group="officer", value="days", strata=["band"])
    assert (found["lower"] == found["expected"]).all()
    assert (found["upper"] == found["expected"]).all()
