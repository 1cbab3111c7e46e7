import tomllib

import pandas as pd
import pytest

from analysis.sample.folder import sample_path
from analysis.sample.register import sample_register
from analysis.vocabulary.columns import TABLES, columns

ENFORCED = ["completed", "voluntary", "compelled", "settled"]


@pytest.fixture(scope="module")
def frames():
    return sample_register()


@pytest.fixture(scope="module")
def cases(frames):
    return frames["cases"]


@pytest.fixture(scope="module")
def monthly(cases):
    months = pd.period_range("2006-01", "2011-12", freq="M")
    flow = pd.DataFrame(
        {
            name: cases[f"{name}_on"].dt.to_period("M").value_counts().reindex(months, fill_value=0)
            for name in ("filed", "closed")
        }
    )
    return flow.assign(stock=(flow["filed"] - flow["closed"]).cumsum())


@pytest.mark.full
def test_frames_are_canonical(frames):
    assert list(frames) == list(TABLES)
    for name, frame in frames.items():
        assert set(frame.columns) <= set(columns(name))


def test_a_case_is_lived_in_order(cases):
    for earlier, later in [
        ("filed_on", "assigned_on"), ("assigned_on", "started_on"), ("started_on", "closed_on"),
        ("filed_on", "entered_on"), ("started_on", "paid_on"),
    ]:  # fmt: skip
        both = cases.dropna(subset=[earlier, later])
        assert (both[earlier] <= both[later]).all(), (earlier, later)
    assert cases["filed_on"].between("2006-01-01", "2011-12-31").all()
    assert cases["closed_on"].max() <= pd.Timestamp("2011-12-31")
    assert (cases["closed_on"].isna() == cases["closure_mode"].isna()).all()


def test_money_is_possible(cases):
    assert (cases["amount_claimed"] > 0).all()
    assert (cases["amount_recovered"].dropna() >= 0).all()
    assert not (cases["amount_recovered"] > cases["amount_claimed"]).any()
    assert not (cases["amount_paid"] > cases["amount_recovered"]).any()
    assert cases["amount_claimed"].max() > 20 * cases["amount_claimed"].median()


def test_case_numbers_are_whole_series(cases):
    assert cases["case_no"].is_unique
    parts = cases["case_no"].str.extract(r"^\((\d{4})\)富(执|执恢)字第(\d+)号$")
    assert (parts[0].astype(int) == cases["filed_on"].dt.year).all()
    for _, serials in parts.groupby([0, 1])[2]:
        assert serials.astype(int).tolist() == list(range(1, len(serials) + 1))


def test_reopened_cases_follow_a_termination_of_the_round(cases):
    reopened = cases[cases["case_type"] == "reopened"]
    origin = cases.set_index("case_no").loc[reopened["original_case_no"]]
    assert cases["original_case_no"].notna().eq(cases["case_type"] == "reopened").all()
    assert (origin["closure_mode"] == "terminated_this_round").all()
    days = (reopened["filed_on"].to_numpy() - origin["closed_on"].to_numpy()).astype("timedelta64[D]").astype(int)
    assert (days > 60).all()
    assert ((days >= 365) & (days <= 730)).mean() > 0.6
    left = origin["amount_claimed"].to_numpy() - origin["amount_recovered"].to_numpy()
    assert reopened["amount_claimed"].to_numpy() == pytest.approx(left, abs=0.01)


def test_side_tables_belong_to_cases_that_were_open(frames, cases):
    known = cases.set_index("case_no")
    for name, day in (("petitions", "received_on"), ("coercive_measures", "date")):
        table = frames[name]
        case = known.loc[table["case_no"]]
        assert (table[day].to_numpy() >= case["filed_on"].to_numpy()).all()
        assert (table[day].to_numpy() <= case["closed_on"].fillna(pd.Timestamp("2011-12-31")).to_numpy()).all()
    assert set(frames["aid"]["case_no"]) <= set(known.index)


def test_eight_officers_in_three_teams_every_year(cases):
    assert cases["officer"].nunique() == 8
    assert cases["officer"].str.match(r"^示例[甲乙丙丁戊己庚辛]$").all()
    assert cases.groupby("officer")["team"].nunique().eq(1).all()
    assert cases["team"].nunique() == 3
    by_year = pd.crosstab(cases["officer"], cases["closed_on"].dt.year)
    assert by_year.shape == (8, 6)
    assert (by_year > 0).all(axis=None)


@pytest.mark.parametrize(("year", "misses"), [(2010, "示例己"), (2011, "示例辛")])
def test_some_officers_meet_the_quotas_and_some_miss_them(cases, year, misses):
    net = (cases["amount_recovered"] >= cases["amount_claimed"]) & (cases["amount_paid"] >= cases["amount_claimed"])
    count = net[cases["closed_on"].dt.year == year].groupby(cases["officer"]).sum()
    assert (count >= 30).any()
    assert (count < 30).any()
    filed = cases[cases["filed_on"].dt.year == year]
    share = (filed["closed_on"].dt.year == year).groupby(filed["officer"]).mean()
    assert share.index[share < 0.8].tolist() == [misses]


def test_the_stock_goes_round_twice_and_then_stays_low(monthly):
    stock = monthly["stock"]
    assert stock["2006-01":"2007-03"].max() > 120
    assert stock["2007-12"] < 90
    assert stock["2008-10"] > 150
    assert stock["2009-12"] == 24
    assert stock["2010-01":].max() < 40
    assert stock["2010-12"], stock["2011-12"] == (15, 3)


def test_the_years_have_their_seasons(monthly):
    month, year = monthly.index.month, monthly.index.year
    for first, last, surge in ((2006, 2009, 1.4), (2010, 2011, 0.9)):
        years = (year >= first) & (year <= last)
        december, others = monthly[years & (month == 12)], monthly[years & (month != 12)]
        assert december["closed"].mean() > surge * others["closed"].mean()
    before = monthly[year < 2010]
    assert before[before.index.month == 12]["filed"].mean() < 0.65 * before["filed"].mean()
    festivals = monthly.loc[[pd.Period(m, "M") for m in ("2007-02", "2008-02", "2010-02", "2011-02")]]
    assert (festivals["filed"] < 0.75 * monthly["filed"].mean()).all()
    assert (festivals["closed"] < 0.75 * monthly["closed"].mean()).all()


def test_the_campaign_does_what_its_truth_says(monthly, cases):
    truth = tomllib.loads(sample_path("truth.toml").read_text(encoding="utf-8"))
    without = pd.Series(truth["closings_without_campaign"])
    without.index = pd.PeriodIndex(without.index, freq="M")
    extra = monthly["closed"] - without
    campaign = (extra.index >= truth["campaign"]["start"]) & (extra.index <= truth["campaign"]["end"])
    assert (extra[campaign] == truth["campaign"]["extra_closings_per_month"]).all()
    assert (extra[~campaign] == 0).all()
    shares = truth["share_terminated_this_round"]
    assert shares["during"] > 3 * shares["before"]


def test_most_cases_are_closed_in_time_since_2010_and_many_were_not_before(cases):
    days = (cases["closed_on"] - cases["filed_on"]).dt.days
    over = (days > 184).groupby(cases["closed_on"].dt.year).mean()
    assert (over.loc[[2010, 2011]] < 0.03).all()
    assert over.loc[[2007, 2008, 2009]].min() > 0.12


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.full)])
def test_another_seed_is_another_register_with_the_same_totals(seed, cases):
    other = sample_register(seed)["cases"]
    assert len(other) == 2000
    assert not other["amount_claimed"].equals(cases["amount_claimed"])
    for year, closed, enforced, claimed in ((2010, 328, 236, 17_981_634.57), (2011, 383, 306, 20_462_318.40)):
        of_year = other[other["closed_on"].dt.year == year]
        assert len(of_year) == closed
        assert of_year["closure_mode"].isin(ENFORCED).sum() == enforced
        assert of_year["amount_claimed"].sum() == pytest.approx(claimed, abs=0.005)


def test_the_flaws_are_those_that_the_readme_lists(cases):
    filed, closed = cases["filed_on"].dt.year, cases["closed_on"].dt.year
    late_start = (cases["started_on"] - cases["assigned_on"]).dt.days > 15
    assert late_start[filed >= 2010].sum() == 2
    assert 0.10 < late_start[filed < 2010].mean() < 0.14
    late_entry = (cases["entered_on"] - cases["filed_on"]).dt.days > 7
    assert (late_entry[filed < 2010].sum(), late_entry[filed >= 2010].sum()) == (13, 0)
    months = cases["basis"].map(lambda basis: 3 if basis == "administrative_non_litigation" else 6)
    limit = pd.Series([day + pd.DateOffset(months=m) for day, m in zip(cases["filed_on"], months, strict=True)])
    over = cases["closed_on"] > limit + pd.to_timedelta(cases["extension_days"] + cases["excluded_days"], unit="D")
    assert over[closed >= 2010].sum() == 3
    assert 0.15 < over[closed < 2010].mean() < 0.25
