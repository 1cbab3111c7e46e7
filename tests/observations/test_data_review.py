import re
import sys
from dataclasses import replace

import docx
import numpy as np
import pandas as pd
import pytest
from two_teams import register

from analysis import indicators, read_cases, sample_path
from analysis.cases.table import Cases
from analysis.measures.open_teams import touched_teams
from analysis.observations.chance import change_p
from analysis.observations.data_review import data_review, shown_figure
from analysis.observations.drill import AT_LEAST, BEYOND, CHANCE, EXACT, INCOMPARABLE, UNTESTED
from analysis.report.data_review import build_data_review
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.numbers import rounded
from analysis.vocabulary.numerals import number_order

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def review():
    return data_review(register(), to="2011-05", names=True)


def row_of(review, name):
    return review.named(name)


@pytest.mark.full
def test_every_indicator_stands_beside_the_same_months_of_the_year_before(review):
    assert review.caption.zh == "2011年1—5月，与2010年1—5月比较"
    rate = row_of(review, "结案率")
    assert (rate["numerator"], rate["denominator"]) == (60, 110), "100 filed and 10 brought forward"
    assert (round(rate["value"], 2), rate["base"], rate["change"]) == (54.55, 90.0, -35.45)
    filed = row_of(review, "filed")
    assert (filed["value"], filed["base"], filed["judgement"]) == (100, 100, EXACT.cell)
    assert rate["judgement"] == BEYOND.cell
    assert rate["way"].startswith("趋劣")


def test_nothing_of_a_person_of_a_closed_team_or_of_a_group_of_one_or_two_cases_stands_in_a_review():
    """So it adds nothing to what whoever knows every case, day and open team has to work out figures of people with."""
    rng = np.random.default_rng(1)
    days, who = np.sort(rng.integers(0, 725, 360)), rng.integers(0, 5, 360)
    filed = pd.Timestamp("2020-01-06") + pd.to_timedelta(days, unit="D")
    took = np.where(days < 330, rng.integers(20, 80, 360), rng.integers(60, 400, 360))
    closed = pd.Series(filed + pd.to_timedelta(took, unit="D"))
    frame = pd.DataFrame(
        {
            "case_no": [f"（2020）云0199执{n}号" for n in range(360)], "filed_on": filed, "closed_on": closed.where(closed <= "2021-12-31"),
            "officer": np.array([f"乙{c}" for c in "一二三四五"])[who], "team": np.array(["一组", "二组", "二组", "三组", "三组"])[who],
            "basis": rng.choice(["civil", "criminal", "arbitration"], 360, p=[0.8, 0.18, 0.02]), "closure_mode": "completed",
            "area": rng.choice(["石桥镇", "南坪乡", "老河口街道"], 360, p=[0.7, 0.28, 0.02]),
        }
    )  # fmt: skip
    cases = Cases.from_frames(frame, as_of="2021-12-31", observed_from="2020-01-01", definitions="spc-2008")
    found = data_review(cases, to="2021-09")
    assert len(found.drill)
    assert len(found.behind)
    assert "team" not in found.behind
    tables = [table for table in vars(found).values() if isinstance(table, pd.DataFrame)]
    assert not [name for table in tables for name in table if name in ("officer", "lead")]
    assert not any(re.search("乙[一二三四五]", table.to_csv()) for table in tables)
    closed_then = touched_teams(cases, found.periods.now.start, found.periods.now.end)
    assert closed_then
    assert not {name.partition("\n")[0] for name in found.drill["group"]} & closed_then
    counts = found.drill[["denominator", "base_denominator"]]
    assert not ((counts > 0) & (counts < 3)).any(axis=None)
    # One or two of a larger group may stand there: they count cases, and are what is told of the group anyway.
    few = found.drill[found.drill["numerator"].between(1, 2)]
    assert len(few)
    for row in few.to_dict("records"):
        by = {"执行小组": "team", "执行依据": "basis", "乡镇": "area"}[row["breakdown"].partition("\n")[0]]
        named = found.named(row["indicator"].partition("\n")[0])["definition"]
        asked = {"by": [by], "definitions": named.partition("/")[0], "only": [named.partition("/")[2]]}
        told = indicators(cases, periods="2021Q1-Q3", **asked)
        assert row["numerator"] in told["numerator"].tolist()


def test_the_weakest_come_with_the_group_that_worsened_and_the_cases_behind(review):
    name = "结案率\nclosure rate"
    assert name in set(review.weakest["indicator"])
    drill = review.of(review.drill, name)
    first = drill.iloc[0]
    assert first["group"].startswith("执行一组")
    assert (first["numerator"], first["denominator"], first["base_numerator"], first["base_denominator"]) == (
        15,
        55,
        45,
        50,
    )
    assert first["judgement"] == BEYOND.cell
    other = drill[drill["group"].str.startswith("执行二组")].iloc[0]
    assert (other["numerator"], other["denominator"], other["judgement"]) == (45, 55, CHANCE.cell)
    behind = review.of(review.behind, name)
    assert len(behind) == 110 - 60
    assert set(behind["team"].value_counts()) == {40, 10}
    assert any("执行一组" in text for text in review.questions["question"])


def test_what_became_of_a_case_after_the_period_is_not_told_in_it():
    later = register()
    frame = later.table.to_pandas()
    frame.loc[frame["closed_on"].isna(), ["closed_on", "closure_mode"]] = ["2011-09-01", "completed"]
    found = data_review(
        Cases.from_frames(frame.dropna(axis=1, how="all"), as_of="2011-12-31", definitions="spc-2008"), to="2011-05"
    )
    behind = found.of(found.behind, "结案率\nclosure rate")
    assert len(behind) == 50
    assert "closed_on" not in behind


def test_only_the_users_own_intervals_are_beside_the_figures(review):
    assert (review.indicators["position"] == "").all()
    own = pd.DataFrame({"指标": ["结案率", "新收"], "下限": [50, None], "上限": [60, 90]})
    found = data_review(register(), to="2011-05", intervals=own)
    assert row_of(found, "结案率")["position"].startswith("区间内")
    assert row_of(found, "新收")["position"].startswith("偏离")
    assert found.weakest["indicator"].iloc[0].startswith("新收"), "what is outside its interval comes first"


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ({"指标": ["没有的"], "下限": [1], "上限": [2]}, ArgumentError),
        ({"指标": ["结案率"], "下限": [None], "上限": [None]}, InputError),
        ({"指标": ["结案率"], "下限": [9], "上限": [2]}, InputError),
        ({"名称": ["结案率"]}, InputError),
    ],
)
def test_an_interval_of_nothing_or_without_bounds_is_refused(table, error):
    with pytest.raises(error):
        data_review(register(), to="2011-05", intervals=pd.DataFrame(table))


def test_bounds_that_are_none_are_found_before_the_work(monkeypatch):
    monkeypatch.setattr(sys.modules[data_review.__module__], "compared", lambda *_, **__: pytest.fail("the work began"))
    with pytest.raises(InputError, match="下限不高于上限"):
        data_review(register(), to="2011-05", intervals=pd.DataFrame({"指标": ["结案率"], "下限": [9], "上限": [2]}))


def test_a_register_without_teams_and_bases_says_what_cannot_be_shown():
    found = data_review(register(team=1, basis=1), to="2011-05")
    said = " ".join(text.zh for text in found.missing)
    assert "执行小组" in said
    assert "执行依据" in said
    assert found.drill.empty
    assert len(found.behind)


@pytest.mark.full
def test_groups_of_which_some_cases_are_not_told_are_compared_as_far_as_it_is_sure():
    years = ("2022", "2023")
    rows = pd.concat(
        pd.DataFrame(
            {
                "filed_on": f"{year}-02-01",
                "closed_on": [f"{year}-03-01"] * 25 + [None] * 15,
                "basis": ["civil", "arbitration"] * 20,
            }
        )
        for year in years
    ).reset_index(drop=True)
    rows["case_no"] = [f"（2023）晴01执{n}号" for n in range(len(rows))]
    rows.loc[60:, "basis"] = rows.loc[60:, "basis"].where(rows.index[60:] % 3 > 0)
    found = data_review(Cases.from_frames(rows, as_of="2023-12-31"), to="2023-05", definitions="counts", names=True)
    drill = found.drill[found.drill["breakdown"].str.startswith("执行依据")]
    assert len(drill)
    assert set(drill["judgement"]) == {AT_LEAST.cell}
    closed, handled, blank = 11, 25, rows.loc[60:][rows.loc[60:, "basis"].isna()]
    surely = 100 * (closed + blank["closed_on"].notna().sum()) / (handled + blank["closed_on"].notna().sum()) - 60
    assert drill.loc[drill["group"].str.startswith("仲裁"), "change"].item() == pytest.approx(surely)
    rows.loc[60:, "basis"] = rows.loc[60:, "basis"].where(rows.index[60:] % 2 > 0)
    found = data_review(Cases.from_frames(rows, as_of="2023-12-31"), to="2023-05", definitions="counts", names=True)
    drill = found.drill[found.drill["breakdown"].str.startswith("执行依据")]
    assert (drill["judgement"] == INCOMPARABLE.cell).any()
    assert ((drill["judgement"] == INCOMPARABLE.cell) == drill["change"].isna()).all()
    assert not [text for text in found.questions["question"] if "执行依据" in text], (
        "no question of a group whose cases are blank"
    )


@pytest.mark.parametrize(
    ("to", "span"),
    [
        pytest.param("2011-05", "2011年1—5月", marks=pytest.mark.full),
        ("2011Q2", "2011年上半年"),
        pytest.param("2011年1—5月", "2011年1—5月", marks=pytest.mark.full),
        pytest.param(None, "2011年", marks=pytest.mark.full),
        pytest.param("2010", "2010年", marks=pytest.mark.full),
    ],
)
def test_the_year_is_counted_to_the_end_of_what_is_asked(to, span):
    assert data_review(register(), to=to).caption.zh.startswith(span)


@pytest.mark.parametrize("to", ["五月", "2011-05-04", "2013-01"])
def test_no_month_or_one_after_the_register_is_refused(to):
    with pytest.raises(ArgumentError):
        data_review(register(), to=to)


def test_outside_no_team_stands_beside_a_case_and_no_group_of_one_or_two(review):
    frame = register().table.to_pandas().dropna(axis=1, how="all")
    frame.loc[frame.index[-2:], "basis"] = "notarial"
    frame["basis"] = frame["basis"].replace({"notarial": "criminal_civil"})
    cases = Cases.from_frames(frame, as_of="2011-12-31", definitions="spc-2008")
    outside, inside = (data_review(cases, to="2011-05", names=names) for names in (False, True))
    name = "结案率\nclosure rate"
    groups = [set(found.of(found.drill, name)["group"]) for found in (outside, inside)]
    assert {group.split("\n")[1] for group in groups[1] - groups[0]} == {"civil claim in a criminal case"}
    assert "team" not in outside.behind
    assert len(outside.behind) == len(inside.behind)
    assert number_order(outside.of(outside.behind, name)["case_no"]).is_monotonic_increasing


@pytest.mark.full  # the sample is read
@pytest.mark.parametrize("to", ["2011-05", "2011-11", "2011-12"])
def test_a_breakdown_of_which_no_group_may_be_shown_has_no_rows(to):
    drill = data_review(read_cases(sample_path("register")), to=to).drill
    assert drill["group"].notna().all()
    assert drill["value"].notna().all()


def of_modes(completed):
    """Two years of 120 cases closed in their month: so many in a hundred of each year completed, the others terminated for this round."""
    rows = []
    for year, share in zip((2023, 2024), completed, strict=True):
        for number in range(120):
            mode = "completed" if number % 10 < share / 10 else "terminated_this_round"
            filed, closed = (f"{year}-{number % 12 + 1:02d}-{day}" for day in ("03", "20"))
            rows.append(
                {
                    "case_no": f"（{year}）晴01执{number + 1}号",
                    "filed_on": filed,
                    "closed_on": closed,
                    "closure_mode": mode,
                }
            )
    return Cases.from_frames(
        pd.DataFrame(rows).assign(case_type="first"), as_of="2024-12-31", observed_from="2023-01-01"
    )


@pytest.mark.full
def test_what_official_sets_judge_by_an_interval_can_be_the_weakest_and_shows_the_cases_that_make_it_so():
    found = data_review(of_modes((80, 30)), to="2024-12", definitions="spc-2024")
    assert "执行完毕率" in [cell.split("\n")[0] for cell in found.weakest["indicator"]]
    assert row_of(found, "执行完毕率")["way"].startswith("趋劣")
    assert row_of(found, "首执终本率")["way"].startswith("趋劣")
    behind = found.behind[found.behind["indicator"].str.startswith("执行完毕率")]
    assert len(behind) == 84, "those of the year that were not completed"


def test_a_rate_of_three_years_is_not_marked_month_by_month():
    found = data_review(of_modes((80, 80)), to="2024-11", definitions=["spc-3plus1", "spc-2024"])
    marked = set(found.variation["indicator"])
    assert "completed_rate" in marked
    assert "overall_rate" not in marked


@pytest.mark.full
def test_what_was_not_tested_is_not_said_to_be_beyond_random_variation():
    """Days to pay out of more or less money: no limits, so no test."""
    rows = []
    for year, days in ((2023, 3), (2024, 9)):
        for number in range(120):
            start = pd.Timestamp(year, number % 12 + 1, 1)
            paid = start + pd.Timedelta(days=days + number % 5)
            rows.append(
                {
                    "case_no": f"（{year}）晴01执{number + 1}号",
                    "filed_on": start,
                    "closed_on": start,
                    "credited_on": start,
                    "paid_on": paid,
                }
            )
    frame = pd.DataFrame(rows).assign(
        closure_mode="completed", amount_claimed=100.0, amount_recovered=100.0, amount_paid=100.0
    )
    found = data_review(
        Cases.from_frames(frame, as_of="2025-02-28", observed_from="2023-01-01"), to="2024-12", definitions="spc-2024"
    )
    weak = found.weakest.set_index("indicator")
    (days,) = [name for name in weak.index if "发放" in name]
    assert row_of(found, days.split("\n")[0])["judgement"] == UNTESTED.cell
    assert weak.loc[days, "reason"].split("\n") == [
        "比上年同期变差，未作检验，不能判断是否属于随机波动", "worse than the year before, not tested: it may be random variation",
    ]  # fmt: skip


def test_an_indicator_with_blanks_stands_by_its_bounds_and_meets_an_interval_only_where_both_ends_do(tmp_path):
    whole = of_modes((80, 30)).table.to_pandas()[["case_no", "filed_on", "closed_on", "closure_mode", "case_type"]]
    whole.loc[whole.index[-24:], "closure_mode"] = None
    cases = Cases.from_frames(whole, as_of="2024-12-31", observed_from="2023-01-01")
    year = whole[whole["closed_on"].astype(str).str.startswith("2024")]
    done, blank = int((year["closure_mode"] == "completed").sum()), int(year["closure_mode"].isna().sum())
    for low, position in ((100 * done / 120 + 1, ""), (100 * (done + blank) / 120 + 1, "position_off")):
        intervals = pd.DataFrame({"indicator": ["执行完毕率"], "low": [low], "high": [None]})
        found = data_review(cases, to="2024-12", definitions="spc-2024", intervals=intervals)
        row = row_of(found, "执行完毕率")
        assert (round(row["least"], 6), round(row["most"], 6)) == (
            round(100 * done / 120, 6),
            round(100 * (done + blank) / 120, 6),
        )
        assert bool(row["position"]) == bool(position), (
            "within the bounds it is not known whether it is in the interval"
        )
    weak = found.questions["question"].str.cat()
    assert f"执行完毕率{100 * done / 120:.2f}%–{100 * (done + blank) / 120:.2f}%，偏离本院合理区间" in weak
    made = build_data_review(
        cases, to="2024-12", out=tmp_path, definitions="spc-2024", intervals=intervals, language="zh", formats=["docx"]
    )
    table = next(
        t
        for t in docx.Document(str(made.files[0])).tables
        if t.rows[0].cells[0].text == "指标" and t.rows[0].cells[2].text == "本期"
    )
    shown = {row.cells[0].text: row.cells[2].text for row in table.rows}
    assert shown["执行完毕率"] == f"{100 * done / 120:.1f}–{100 * (done + blank) / 120:.1f}"


def test_every_reason_why_an_indicator_has_no_figure_is_said():
    found = data_review(of_modes((80, 30)), to="2024-12")
    why = next(text.zh for text in found.missing if "有财产可供执行案件" in text.zh)
    assert "无法判断：台账没有“执行依据”“延长天数”“扣除天数”“有无财产可供执行”" in why


def few_and_many():
    """Two years of 120 cases for the first time and 20 reopened, of which half of the first and a quarter of the second year are completed."""
    rows = []
    for year, done in ((2023, 0.5), (2024, 0.25)):
        for number in range(140):
            mode = "completed" if number % 20 < 20 * done else "terminated_this_round"
            filed, closed = (f"{year}-{number % 12 + 1:02d}-{day}" for day in ("03", "20"))
            kind = "reopened" if number >= 120 else "first"
            team = "三一二"[number % 3]
            rows.append((f"（{year}）晴01执{number + 1}号", filed, closed, mode, kind, f"执行{team}组"))
    names = ["case_no", "filed_on", "closed_on", "closure_mode", "case_type", "team"]
    return Cases.from_frames(pd.DataFrame(rows, columns=names), as_of="2024-12-31", observed_from="2023-01-01")


def test_a_share_of_few_cases_stands_by_its_parts_has_no_change_in_points_and_no_place():
    intervals = pd.DataFrame({"indicator": ["reopened_completed_rate"], "low": [60], "high": [None]})
    found = data_review(few_and_many(), to="2024-12", definitions="spc-2024", intervals=intervals, names=True)
    few, many = row_of(found, "执恢执行完毕率"), row_of(found, "执行完毕率")
    assert (shown_figure(few).zh, shown_figure(few, "base").zh) == ("5/20", "10/20")
    assert np.isnan(few["change"])
    assert (few["way"], few["position"]) == ("", "")
    assert not found.weakest["indicator"].str.startswith("执恢").any(), "of few cases a rate is no weak point"
    assert shown_figure(many, "base").zh == "50.00%"
    assert many["change"] == -25.0


def test_of_a_group_that_chance_explains_the_meeting_is_asked_nothing():
    """Of 120 civil cases 72 were completed and then 66: no question why these differ from the others."""
    rows = pd.DataFrame(
        {
            "case_no": [f"（{year}）晴01执{number}号" for year in (2023, 2024) for number in range(240)],
            "filed_on": [f"{year}-{number % 12 + 1:02d}-03" for year in (2023, 2024) for number in range(240)],
            "basis": ["civil", "arbitration"] * 240,
        }
    )
    rows["closed_on"] = pd.to_datetime(rows["filed_on"]) + pd.Timedelta(days=20)
    place = rows.groupby([rows["filed_on"].str[:4], "basis"]).cumcount()
    done = place < np.where(rows["filed_on"].str.startswith("2024") & (rows["basis"] == "civil"), 66, 72)
    rows["closure_mode"] = np.where(done, "completed", "terminated_this_round")
    cases = Cases.from_frames(rows, as_of="2024-12-31", observed_from="2023-01-01")
    found = data_review(cases, to="2024-12", definitions="spc-2024", names=True)
    (name,) = [name for name in found.weakest["indicator"] if name.startswith("执行完毕率")]
    drill = found.of(found.drill, name)
    civil = drill[drill["group"].str.startswith("民事")].iloc[0]
    assert (civil["change"], civil["judgement"]) == (-5, CHANCE.cell)
    assert not found.questions["question"].str.contains("有何不同").any()


def test_a_mean_of_few_cases_and_so_few_per_hundred_are_up_or_down_and_no_weak_points():
    """Thirty closings a year that take twice the days, and eight petitions after five: neither tells whether the work is worse."""
    rows = pd.DataFrame(
        {
            "case_no": [f"（{year}）晴01执{number}号" for year in (2023, 2024) for number in range(30)],
            "filed_on": [f"{year}-{number % 6 + 1:02d}-03" for year in (2023, 2024) for number in range(30)],
        }
    )
    days = np.where(rows["filed_on"].str.startswith("2024"), 40, 20)
    rows["closed_on"] = pd.to_datetime(rows["filed_on"]) + pd.to_timedelta(days, unit="D")
    petitions = pd.DataFrame(
        {"petition_no": range(13), "received_on": ["2023-05-06"] * 5 + ["2024-05-06"] * 8, "case_no": rows["case_no"].iloc[-13:].to_numpy()}
    )  # fmt: skip
    cases = Cases.from_frames({"cases": rows, "petitions": petitions}, as_of="2024-12-31", observed_from="2023-01-01")
    found = data_review(cases, to="2024-12", definitions=["spc-2008", "fujin-2012"], names=True)
    mean, per = row_of(found, "mean_days_to_close"), row_of(found, "petitions_per_100_closed")
    assert (mean["value"], mean["change"], per["numerator"], per["base_numerator"]) == (40, 20, 8, 5)
    assert [row["way"].split("\n")[0] for row in (mean, per)] == ["上升", "上升"]
    assert not set(found.weakest["indicator"]) & {mean["indicator"], per["indicator"]}


def test_the_change_of_a_group_is_that_of_its_figures_as_shown():
    found = data_review(few_and_many(), to="2024-12", definitions="spc-2024", names=True).drill
    known = found.dropna(subset=["change"])
    assert len(known)
    shown = known["value"].map(lambda v: rounded(v, 2)) - known["base"].map(lambda v: rounded(v, 2))
    assert known["change"].tolist() == [float(apart) for apart in shown]


def test_nobody_is_asked_which_of_the_closed_cases_can_be_closed():
    found = data_review(few_and_many(), to="2024-12", definitions="spc-2024", names=True)
    assert found.behind["closed_on"].notna().all()
    assert not [text for text in found.questions["question"] if "办结" in text or "can be closed" in text]


def test_why_an_indicator_has_no_figure_is_said_once():
    found = data_review(few_and_many(), to="2024-12", definitions="spc-2024")
    (why,) = [text.zh for text in found.missing if "案款到账日期" in text.zh]
    assert why.count("无法判断") == 1


def test_cases_of_a_list_stand_in_the_order_of_their_numbers():
    found = data_review(few_and_many(), to="2024-12", definitions="spc-2024")
    first = found.of(found.behind, found.weakest["indicator"].iloc[0])["case_no"].tolist()
    assert first == sorted(first, key=lambda text: int(re.findall(r"\d+", text)[-1]))


def quiet():
    """Two years alike but for a case: 120 filed each, all closed in their month but for one of the second."""
    cases = of_modes((80, 80)).table.to_pandas()[["case_no", "filed_on", "closed_on", "closure_mode", "case_type"]]
    cases.loc[cases.index[-1], ["closed_on", "closure_mode"]] = None
    return Cases.from_frames(cases, as_of="2024-12-31", observed_from="2023-01-01")


def test_where_nothing_moved_much_a_review_says_so_and_the_best_figure_is_no_weak_point():
    found = data_review(quiet(), to="2024-12")
    assert found.headlines[0].zh == "与上年同期相比，全院各项指标没有突出的变化。"
    assert found.headlines[1].zh.startswith("未结案件由期初0件"), "the change of the stock is always said"
    values = [row_of(found, cell.split("\n")[0]) for cell in found.weakest["indicator"]]
    assert not [row for row in values if row["unit"] == "%" and row["value"] in (0, 100)]


def test_groups_are_judged_as_those_of_all_indicators_that_a_review_goes_through():
    """Completed of team one 50 and 33 of 100: p = 0.015, which two groups alone would be marked by, and what is taken for its fall may be chance."""
    rows = []
    for year, done in ((2023, {"一": 50, "二": 50}), (2024, {"一": 33, "二": 50})):
        for team, number in done.items():
            for at in range(100):
                mode = "completed" if at < number else "terminated_this_round"
                rows.append((f"{year}-02-01", f"{year}-03-01", mode, f"执行{team}组"))
    frame = pd.DataFrame(rows, columns=["filed_on", "closed_on", "closure_mode", "team"])
    cases = Cases.from_frames(frame.assign(case_type="first"), as_of="2024-12-31", observed_from="2023-01-01")
    drill = data_review(cases, to="2024-12", definitions="spc-2024", names=True).drill
    fell = drill[drill["group"].str.startswith("执行一组") & (drill["numerator"] == 33)]
    assert len(fell)
    p = change_p(np.array([33]), np.array([100]), np.array([50]), np.array([100])).item()
    assert 0.05 / 6 < p < 0.05 / 2
    assert set(fell["judgement"]) == {CHANCE.cell}


def test_two_sets_that_define_one_indicator_mark_it_once():
    found = data_review(of_modes((80, 80)), to="2024-12", definitions=["spc-2024", "counts"])
    assert {"completed_rate", "filed", "closure_rate"} <= set(found.variation["indicator"])
    both = data_review(of_modes((80, 80)), to="2024-12", definitions=["counts", "fujin-2012", "spc-2024"])
    assert not both.variation["indicator"].duplicated().any()


def steady(days):
    """A case filed on so many days and closed a week after, for three years."""
    filed = pd.date_range("2022-01-01", "2024-12-24", freq=days)
    rows = {"filed_on": filed, "closed_on": filed + pd.Timedelta(days=7), "closure_mode": "completed"}
    return Cases.from_frames(pd.DataFrame(rows), as_of="2024-12-31", observed_from="2022-01-01")


@pytest.mark.parametrize(
    ("to", "left", "is_judged"), [("2024-11", 3, True), ("2024-12", 22, False), ("2024-01", 22, False)]
)
def test_of_months_of_unequal_length_those_as_long_as_the_last_alone_are_compared(to, left, is_judged):
    found = data_review(steady("8h"), to=to, definitions="counts", calendar="dec-21")
    assert bool(len(found.variation)) is is_judged
    (said,) = [text.zh for text in found.missing if text.zh.startswith("逐月波动")]
    assert f"长短不同的{left}个月不计在内" in said
    assert said.endswith("余下不足12个月，不作判断") is not is_judged


def test_months_that_end_on_the_20th_are_as_long_as_each_other():
    found = data_review(steady("8h"), to="2024-12", definitions="counts", calendar="month-20")
    assert len(found.variation)
    assert not [text for text in found.missing if text.zh.startswith("逐月波动")]


@pytest.mark.parametrize("sets", [None, "spc-2008", ["spc-2024", "cepej"]])
def test_a_target_that_ships_is_none_of_the_court(sets):
    """Two sets that ship ask for a clearance rate of 100%: nobody of this court has chosen that."""
    found = data_review(steady("8h"), to="2024-11", definitions=sets).variation
    assert len(found)
    assert found["target"].isna().all()
    assert set(found["assurance"]) <= {"no_target", "not_judged"}


def test_an_interval_that_is_given_goes_before_the_target_of_the_courts_scheme():
    chosen, asked = replace(register(), scheme="spc-2008"), {"to": "2011-05", "definitions": "spc-2008"}
    own = pd.DataFrame({"indicator": ["clearance_rate"], "low": [50], "high": [70]})
    assert row_of(data_review(chosen, **asked), "结收比")["interval_low"] == 100
    assert row_of(data_review(chosen, **asked, intervals=own), "结收比")["interval_low"] == 50


def test_outside_a_large_group_of_which_one_case_is_left_is_shown_and_one_of_two_cases_is_not():
    """Of 100 civil cases of 2024 all but two were closed, and every other case; two a year were criminal."""
    rows = [
        (year, basis, at)
        for year in (2023, 2024)
        for basis, n in (("civil", 100), ("arbitration", 60), ("criminal", 2))
        for at in range(n)
    ]
    frame = pd.DataFrame(rows, columns=["year", "basis", "at"])
    frame["filed_on"] = pd.to_datetime(frame["year"].astype(str) + "-01-03")
    is_open = (frame["year"] == 2024) & (frame["at"] < 2) & (frame["basis"] == "civil")
    frame["closed_on"] = (frame["filed_on"] + pd.Timedelta(days=20)).mask(is_open)
    frame["case_no"] = [f"（2024）晴01执{n}号" for n in range(len(frame))]
    cases = Cases.from_frames(
        frame[["case_no", "filed_on", "closed_on", "basis"]], as_of="2024-12-31", observed_from="2023-01-01"
    )
    drill = data_review(cases, to="2024-12", definitions="spc-2008").drill.dropna(subset=["value"])
    shown = drill.groupby(drill["indicator"].str.split("\n").str[0])["group"].agg(
        lambda of: {name.split("\n")[0] for name in of}
    )
    assert len(shown)
    assert all(groups == {"民事", "仲裁"} for groups in shown), shown.to_dict()
    two_apart = drill[(drill["numerator"] - drill["denominator"]).abs() == 2]
    assert len(two_apart), "a large group of which two cases are left"
