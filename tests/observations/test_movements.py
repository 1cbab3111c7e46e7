import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.measures.open_teams import closed_teams
from analysis.observations.sentences import explained, tells
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.text import Text


@pytest.mark.parametrize("names", [pytest.param(True, marks=pytest.mark.full), False])
@pytest.mark.parametrize("indicator", ["recovery_rate", "closure_rate", "actual_enforcement_rate"])
def test_the_parts_add_up_to_the_change_of_the_indicator(sample_cases, indicator, names):
    found = an.decompose_change(sample_cases, indicator=indicator, period=2011, names=names)
    given = an.indicators(sample_cases, periods=[2010, 2011], only=[indicator])["value"].tolist()
    assert [found.before, found.now] == pytest.approx(given)
    assert sum(found.part(part) for part in ("single_cases", "mix", "within_groups")) == pytest.approx(found.change)


@pytest.mark.full
def test_single_cases_are_named_with_their_amounts_inside_alone(sample_cases):
    inside, outside = (an.decompose_change(sample_cases, period=2011, names=names) for names in (True, False))
    assert inside.single["case_no"].iloc[0] == "(2010)富执字第152号"
    assert inside.single.loc[0, ["numerator", "denominator"]].tolist() == pytest.approx([51.64783, 228.11476])
    assert outside.single.empty
    assert min(outside.numbers) >= 3, "fewer would be told by their sums"


@pytest.mark.full
def test_outside_a_group_whose_sums_tell_of_a_case_has_no_row(sample_cases):
    inside, outside = (an.decompose_change(sample_cases, period=2011, names=names) for names in (True, False))
    assert len(outside.groups) < len(inside.groups)
    assert "驳回申请\ndismissed" not in set(outside.groups["group"])


@pytest.mark.full
def test_the_mix_can_be_told_by_another_column(sample_cases):
    found = an.decompose_change(sample_cases, period=2011, mix_by="basis", names=True)
    assert "民事\ncivil" in set(found.groups["group"])
    with pytest.raises(ArgumentError, match="mix_by"):
        an.decompose_change(sample_cases, indicator="actual_enforcement_rate", period=2011, mix_by="closure_mode")


@pytest.mark.full
def test_outside_money_of_several_courts_is_split_by_court_alone_from_the_sums_that_each_shows():
    """A group of all courts less those of the others would be one that a court does not show."""
    rng = np.random.default_rng(4)
    rows = pd.DataFrame(
        {"filed_on": np.repeat(["2010-02-01", "2011-02-01"], 120), "court": ["North", "South", "West"] * 80}
    )
    rows["closed_on"] = np.repeat(["2010-09-01", "2011-09-01"], 120)
    rows["closure_mode"] = rng.choice(["completed", "settled", "dismissed"], 240, p=[0.7, 0.28, 0.02])
    rows["amount_claimed"] = rng.uniform(1e4, 4e4, 240).round(2)
    rows["amount_recovered"] = (rows["amount_claimed"] * rng.choice([0.2, 0.9], 240)).round(2)
    cases = an.Cases.from_frames(rows, as_of="2011-12-31", observed_from="2010-01-01")
    asked = {"period": 2011, "definitions": "fujin-2012"}
    found = an.decompose_change(cases, **asked)
    assert found.mix_by == "court"
    assert found.numbers == (0, 0)
    each = rows.groupby([rows["closed_on"].str[:4], "court"])[["amount_recovered", "amount_claimed"]].sum()
    years = each.groupby(level=0).sum()
    ratio = 100 * years["amount_recovered"] / years["amount_claimed"]
    assert [found.before, found.now] == pytest.approx(ratio.tolist())
    shown = found.groups.assign(group=found.groups["group"].str.split("\n").str[-1]).set_index("group")["ratio_now"]
    of_courts = (each["amount_recovered"] / each["amount_claimed"]).loc["2011"]
    assert shown.to_dict() == pytest.approx(of_courts.to_dict())
    with pytest.raises(ArgumentError, match="mix_by"):
        an.decompose_change(cases, mix_by="closure_mode", **asked)
    assert an.decompose_change(cases, names=True, **asked).mix_by == "closure_mode"


@pytest.mark.full
def test_outside_a_ratio_of_money_is_split_of_one_year_alone():
    """The one settlement of 2012 would be those of both years less those of 2011."""
    rng = np.random.default_rng(5)
    rows = pd.DataFrame({"filed_on": np.repeat([f"{year}-02-01" for year in range(2009, 2013)], 60)})
    rows["closed_on"] = rows["filed_on"].str[:4] + "-09-01"
    rows["closure_mode"] = ["completed", "settled", "terminated_this_round"] * 80
    rows.loc[rows["filed_on"].str.startswith("2012") & (rows["closure_mode"] == "settled"), "closure_mode"] = (
        "completed"
    )
    rows.loc[239, "closure_mode"] = "settled"
    rows["amount_claimed"] = rng.uniform(1e4, 4e4, 240).round(2)
    rows["amount_recovered"] = (rows["amount_claimed"] * rng.uniform(0.3, 0.9, 240)).round(2)
    cases = an.Cases.from_frames(rows, as_of="2012-12-31", observed_from="2009-01-01", definitions="fujin-2012")
    assert an.decompose_change(cases, period=2012).groups["group"].str.endswith("others").sum() == 1
    with pytest.raises(DataError, match="names=True"):
        an.decompose_change(cases, period=("2011-01-01", "2012-12-31"))
    assert len(an.decompose_change(cases, period=("2011-01-01", "2012-12-31"), names=True).groups) == 3


def test_what_is_no_ratio_or_has_no_year_before_is_refused(sample_cases):
    with pytest.raises(ArgumentError, match="indicator"):
        an.decompose_change(sample_cases, indicator="nothing", period=2011)
    with pytest.raises(DataError):
        an.decompose_change(sample_cases, indicator="filed", period=2011)
    with pytest.raises(DataError):
        an.decompose_change(sample_cases, period=2006)


@pytest.mark.full
def test_a_pure_change_of_mix_is_mix_and_a_pure_change_of_rates_is_the_rest():
    def year(number, paid, unpaid, share):
        claims = [100.0] * (paid + unpaid)
        return pd.DataFrame(
            {
                "filed_on": f"{number}-02-01", "closed_on": f"{number}-08-01", "amount_claimed": claims,
                "closure_mode": ["completed"] * paid + ["terminated_this_round"] * unpaid,
                "amount_recovered": np.r_[np.full(paid, 100.0), np.full(unpaid, 100 * share)],
            }
        )  # fmt: skip

    def parts(*years):
        cases = an.Cases.from_frames(pd.concat(years), as_of="2011-12-31", observed_from="2010-01-01")
        found = an.decompose_change(cases, period=2011, definitions="fujin-2012", names=True)
        return [round(found.part(part), 6) for part in ("single_cases", "mix", "within_groups")]

    assert parts(year(2010, 100, 100, 0.0), year(2011, 150, 50, 0.0)) == [0, 25, 0]
    assert parts(year(2010, 100, 100, 0.0), year(2011, 100, 100, 0.5)) == [0, 0, 25]


@pytest.mark.full
def test_outside_no_second_ratio_of_the_same_money_is_split(tmp_path):
    """A mean of what was recovered would part its sum by other single cases and other groups than the recovery rate does."""
    own = tmp_path / "own.toml"
    own.write_text(
        '[set]\nid = "own"\nzh = "本院口径"\nen = "own set"\nsource = "own"\n'
        '[[indicator]]\nid = "recovery_rate"\nzh = "到位率"\nen = "recovery rate"\nkind = "rate"\nnumerator = "amount_recovered"\n'
        'denominator = "amount_closed"\nunit = "%"\n'
        '[[indicator]]\nid = "recovered_per_case"\nzh = "件均到位"\nen = "recovered per closing"\nkind = "rate"\nnumerator = "amount_recovered"\n'
        'denominator = "closed"\nunit = "%"\n',
        "utf-8",
    )
    rng = np.random.default_rng(5)
    rows = pd.DataFrame({"filed_on": np.repeat(["2010-02-01", "2011-02-01"], 60)})
    rows["closed_on"] = rows["filed_on"].str[:4] + "-09-01"
    rows["closure_mode"] = ["completed", "settled", "terminated_this_round"] * 40
    rows["amount_claimed"] = rng.uniform(1e4, 4e4, 120).round(2)
    rows["amount_recovered"] = (rows["amount_claimed"] * rng.uniform(0.3, 0.9, 120)).round(2)
    cases = an.Cases.from_frames(rows, as_of="2011-12-31", observed_from="2010-01-01", definitions=str(own))
    assert len(an.decompose_change(cases, period=2011).groups) == 3
    with pytest.raises(DataError, match="names=True"):
        an.decompose_change(cases, indicator="recovered_per_case", period=2011)
    assert len(an.decompose_change(cases, indicator="recovered_per_case", period=2011, names=True).groups) == 3


@pytest.mark.full
def test_outside_a_group_whose_sum_stands_near_the_ends_of_the_bands_has_no_row():
    """Two of three settled claims stand near the end of 50,000 to 100,000, the third near that of the band below: who knows one knows another to within 10%."""
    rng = np.random.default_rng(6)
    rows = pd.DataFrame({"filed_on": np.repeat(["2010-02-01", "2011-02-01"], 63), "court": "North"})
    rows["closed_on"] = rows["filed_on"].str[:4] + "-09-01"
    rows["closure_mode"] = (
        ["settled"] * 3
        + ["completed", "terminated_this_round"] * 30
        + ["settled"] * 3
        + ["completed", "terminated_this_round"] * 30
    )
    rows["amount_claimed"] = rng.uniform(2e4, 9e4, 126).round(2)
    rows["amount_recovered"] = (rows["amount_claimed"] * rng.uniform(0.3, 0.9, 126)).round(2)
    shown = []
    for claims in ([20_000, 40_000, 45_000], [47_739, 87_309, 87_615]):
        for first in (0, 63):
            rows.loc[first : first + 2, "amount_claimed"] = claims
            rows.loc[first : first + 2, "amount_recovered"] = [x * 0.5 for x in claims]
        cases = an.Cases.from_frames(rows, as_of="2011-12-31", observed_from="2010-01-01", definitions="fujin-2012")
        shown.append(an.decompose_change(cases, period=2011).groups["group"].tolist())
    assert any("和解" in group for group in shown[0])
    assert not any("和解" in group for group in shown[1])


def _of_two_years(*in_2011):
    """Filings of three teams and three bases in two years: four of five closed in 2010, of each team so many of twenty in 2011."""
    parts = [
        pd.DataFrame(
            {
                "filed_on": f"{year}-02-01",
                "closed_on": [f"{year}-09-01" if n % 20 < closed else None for n in range(120)],
                "team": team,
                "basis": ["civil", "criminal", "arbitration"] * 40,
            }
        )
        for year, of_each in ((2010, (16, 16, 16)), (2011, in_2011))
        for team, closed in zip(("执行一组", "执行二组", "执行三组"), of_each, strict=True)
    ]
    return an.Cases.from_frames(pd.concat(parts, ignore_index=True), as_of="2011-12-31", observed_from="2010-01-01")


@pytest.mark.full
def test_a_change_of_one_team_is_told_by_team_and_names_it():
    cases = _of_two_years(16, 8, 16)
    asked = {"period": 2011, "definitions": "fujin-2012"}
    assert an.decompose_change(cases, indicator="closure_rate", mix_by="basis", **asked).mix_by == "basis"
    found = an.decompose_change(cases, indicator="closure_rate", **asked)
    assert found.mix_by == "team"
    assert "最能说明变化" in found.rule.zh
    moved = an.observations(cases, **asked).of_kind("moved")
    said = moved.loc[moved["indicator"] == "closure_rate", "sentence"].iloc[0]
    assert "（其中执行二组案件−" in said


@pytest.mark.full
def test_a_team_that_is_one_officers_is_not_split_off_outside():
    """Its share and ratio would be how many cases the officer closed and how many were completed."""
    cases = _of_two_years(16, 8, 16)
    table = cases.table.to_pandas()[["filed_on", "closed_on", "team", "basis"]]
    table["officer"] = table["team"].str[2] + "甲"
    table.loc[(table["team"] != "执行二组") & (table.index % 2 == 0), "officer"] += "乙"
    cases = an.Cases.from_frames(table, as_of="2011-12-31", observed_from="2010-01-01")
    closed = closed_teams(cases)
    assert "执行二组" in closed
    asked = {"period": 2011, "definitions": "fujin-2012", "indicator": "closure_rate"}
    found = an.decompose_change(cases, mix_by="team", **asked)
    assert not any(
        team in group for team in closed for group in [*found.groups["group"], *found.parts["group"].dropna()]
    )
    told = an.observations(cases, period=2011, definitions="fujin-2012").table
    assert not told["sentence"].str.contains("|".join(closed)).any()
    assert "执行二组" in an.decompose_change(cases, mix_by="team", names=True, **asked).groups["group"].str.cat()
    part = an.decompose_change(cases.where(basis="civil"), mix_by="team", **asked)
    assert part.groups["group"].tolist() == ["其余\nothers"]


@pytest.mark.full
def test_no_group_is_named_of_a_change_that_is_the_same_in_all():
    cases = _of_two_years(12, 12, 12)
    found = an.decompose_change(cases, indicator="closure_rate", mix_by="basis", period=2011, definitions="fujin-2012")
    assert not tells(found)
    assert "最能说明变化" not in found.rule.zh


@pytest.mark.full
def test_no_group_is_named_within_which_a_change_happened_that_chance_explains():
    found = an.decompose_change(
        _of_two_years(16, 8, 16), indicator="closure_rate", period=2011, definitions="fujin-2012"
    )
    ratio = Text("结案率", "closure rate")
    assert "执行二组" in explained(found, ratio, inside=False).zh
    assert explained(found, ratio, inside=False, named=False) == ratio, (
        "a change all of which is within groups is not split"
    )


def test_a_share_of_few_cases_that_has_no_percentage_is_not_split_in_percentage_points():
    """It read "no percentage of a base below 50: of this the mix +2.14, within each group −31.20 percentage points"."""
    cases = _of_two_years(16, 8, 16)
    table = cases.table.to_pandas()[["filed_on", "closed_on", "team", "basis"]]
    few = table[table.groupby([table["filed_on"], "team"]).cumcount() < 15]  # 45 a year
    found = an.observations(
        an.Cases.from_frames(few, as_of="2011-12-31", observed_from="2010-01-01"), period=2011, definitions="fujin-2012"
    )
    rows = found.table[found.table["indicator"] == "closure_rate"]
    assert rows["sentence"].str.contains("基数不足50，不计百分比").any()
    assert not found.table["sentence"].str.contains("构成变化|百分点").any()
    assert "closure_rate" not in found.ratio_changes
