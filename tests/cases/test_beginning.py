"""From which day a register is whole: registers cut by filing and by closing, closed cases alone, and one that leaves nothing out."""

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.vocabulary.errors import ArgumentError, DataError, InputError

CUT = pd.Timestamp("2022-01-01")


def court(seed=3, *, tail=0.0):
    """A court that files 25 cases a month from 2017 to 2024 and closes one in about four months; a few take five times as long."""
    rng = np.random.default_rng(seed)
    first, last = pd.Timestamp("2017-01-01"), pd.Timestamp("2024-12-31")
    number = rng.poisson(25 * 96)
    filed = first + pd.to_timedelta(np.sort(rng.integers(0, (last - first).days + 1, number)), unit="D")
    days = rng.gamma(1.3, 90, number).astype(int) + 2
    days = np.where(rng.random(number) < tail, 5 * days, days)
    closed = pd.Series(filed + pd.to_timedelta(days, unit="D"))
    frame = pd.DataFrame({"filed_on": filed, "closed_on": closed.where(closed <= last)})
    frame["case_no"] = [f"（{day.year}）望0123执{i}号" for i, day in enumerate(filed)]
    frame["closure_mode"] = np.where(frame["closed_on"].notna(), "completed", None)
    return frame


def register(frame, **about):
    return an.Cases.from_frames(frame, as_of="2024-12-31", **about)


@pytest.fixture(scope="module")
def whole():
    return court()


@pytest.fixture(scope="module")
def by_closing(whole):
    return register(whole[~(whole["closed_on"] < CUT)])


@pytest.fixture(scope="module")
def by_filing(whole):
    return register(whole[whole["filed_on"] >= CUT])


@pytest.mark.parametrize("tail", [0, 0.05])
@pytest.mark.parametrize("seed", range(2))
def test_a_register_cut_by_closing_is_whole_from_that_day_to_the_month(seed, tail):
    frame = court(seed, tail=tail)
    begun = register(frame[~(frame["closed_on"] < CUT)]).beginning
    assert (begun.how, begun.whole) == ("closing", CUT)
    begun = register(frame[~(frame["closed_on"] < "2021-12-21")]).beginning
    assert (begun.how, begun.whole) == ("closing", CUT), "December lacks its first twenty days"


@pytest.mark.parametrize(("tail", "missing"), [(0, 0.06), (0.05, 0.15)])
@pytest.mark.parametrize("seed", range(2))
def test_a_register_cut_by_filing_is_nearly_whole_when_few_older_cases_can_be_open_and_says_what_it_lacks(
    seed, tail, missing
):
    frame = court(seed, tail=tail)
    begun = register(frame[frame["filed_on"] >= CUT]).beginning
    assert begun.how == "filing"
    assert CUT < begun.whole <= CUT + pd.DateOffset(years=1), "after a year the stock is taken as it is"
    assert "更早立案而至今未结的仍不在其中" in begun.text.zh
    left_out = frame[(frame["filed_on"] < CUT) & ~(frame["closed_on"] < begun.whole)]
    open_then = frame[(frame["filed_on"] < begun.whole) & ~(frame["closed_on"] < begun.whole)]
    assert len(left_out) <= missing * len(open_then)


def test_cases_filed_within_a_few_months_are_no_series_that_could_begin_somewhere():
    """Of a list of one month's filings nothing says that it leaves others out: its figures are its own."""
    rows = [(f"{n}", f"2011-01-{1 + n % 28:02d}", "2011-12-01" if n < 793 else None) for n in range(800)]
    cases = register(pd.DataFrame(rows, columns=["case_no", "filed_on", "closed_on"]))
    assert cases.beginning.how == "few"


@pytest.mark.full
def test_the_stock_of_a_register_cut_by_closing_is_that_of_the_whole_one(whole, by_closing):
    columns = ["opening", "filed", "closed", "closing"]
    true, cut = (an.caseflow(cases, freq="Y").set_index("period")[columns] for cases in (register(whole), by_closing))
    # the opening of the year in which a register begins is unknown: of the whole one the column can be missing, of the cut one it cannot
    pd.testing.assert_frame_equal(true.loc["2022":], cut.loc["2022":], check_dtype=False)
    assert by_closing.years == [2022, 2023, 2024]
    table = an.indicators(by_closing, periods=[2021, 2022], only=["opening", "filed", "closure_rate"])
    shown = table.set_index(["period_start", "indicator"])["value"]
    assert shown.loc["2021-01-01"].isna().all(), "of 2021 only those open at its end are there"
    assert shown["2022-01-01", "opening"] == true.loc["2022-01-01", "opening"]
    assert not table.loc[table["period_start"] == "2022-01-01", "note"].str.contains("无法判断").any()


def test_of_a_year_before_the_stock_is_whole_filings_are_told_and_at_least_the_closings_listed(whole, by_filing):
    year = an.indicators(by_filing, periods=[2022], definitions="counts").set_index("indicator")
    of_2022 = whole[(whole["filed_on"] >= CUT) & (whole["filed_on"] < "2023-01-01")]
    assert year.loc["filed", "value"] == len(of_2022)
    assert year.loc["closed", "least"] == (of_2022["closed_on"] < "2023-01-01").sum()
    assert year.loc["closed", "note"].startswith("只含")
    assert year.loc[["opening", "received"], "value"].isna().all()
    assert "期初存量不知" in year.loc["opening", "note"]
    rates = an.indicators(by_filing, periods=[2022], only=["closure_rate", "completed_rate"])
    assert dict(zip(rates["indicator"], rates["value"].isna(), strict=True)) == {
        "closure_rate": True, "completed_rate": False,
    }  # fmt: skip
    assert 2022 not in by_filing.years


def test_what_only_cases_before_the_first_filing_could_tell_is_missing_and_not_0(whole, by_filing):
    ages = an.indicators(
        by_filing, periods=[2022, 2023, 2024], definitions="courtools", only="age_of_pending", variants=True
    )
    shown = ages.set_index(["definition", ages["period_end"].dt.year])["value"]
    over = shown["courtools/age_of_pending_24_months"]
    assert over[[2022, 2023]].isna().all(), "the register begins in 2022: nobody in it has waited for two years"
    assert over[2024] >= 0
    assert shown["courtools/age_of_pending", 2022] > 0
    within = an.indicators(by_filing, periods=[2022], definitions="courtools", only="time_to_disposition")
    assert within["value"].isna().all(), "the slow closings of that year were filed before it"
    same = an.indicators(register(whole), periods=[2023], definitions="courtools", only="age_of_pending", variants=True)
    assert same["value"].notna().all()


def test_of_a_figure_that_cannot_be_told_no_bounds_are_told_either(whole):
    blank = whole.assign(case_type="reopened", closure_mode=whole["closure_mode"].where(whole.index % 2 > 0))
    cases = register(blank[blank["filed_on"] >= CUT])
    notes = an.indicators(cases, periods=[2022], definitions="spc-3plus1", only="performed_in_time_share")["note"]
    assert notes.str.startswith("无法判断").all()
    assert not notes.str.contains("填全后").any()


def test_periods_before_the_stock_is_whole_are_no_rows_of_a_caseflow_nor_figures(by_closing, whole):
    said = register(whole[whole["filed_on"] >= CUT], observed_from="2023-01-01")
    for cases, year, told in (
        (by_closing, 2022, "不含2022年1月1日以前结案"),
        (said, 2023, "按本院说明（observed_from），台账自2023年1月1日起"),
    ):
        flow = an.caseflow(cases, freq="Y")
        assert flow["period"].dt.year.tolist() == list(range(year, 2025)), "0 closings before it would be false"
        assert told in flow.attrs["notes"][0]
        before = an.indicators(cases, periods=[year - 1], only=["filed", "closed"])
        assert before["value"].isna().all()
        assert before["note"].str.contains(told, regex=False).all()


@pytest.mark.full
def test_no_round_is_measured_from_an_empty_start(whole, by_filing, by_closing):
    for cases in (by_filing, by_closing):
        found = an.cycle(an.caseflow(cases), cases=cases)
        assert found.series["period"].min() == cases.beginning.whole
        assert found.phases["amplitude"].abs().max() < 1, "no court of this kind doubles its stock"
        assert found.verdict == "too_short"
        assert "beginning" in set(found.problems["rule"])
    year = register(whole[whole["filed_on"] >= "2024-01-01"])
    found = an.cycle(an.caseflow(year), cases=year)
    assert "无法判断：台账只有2024年1月" in found.sentence.zh
    assert all(getattr(found, name).empty for name in ("phases", "turning_points", "surge", "evidence", "balance"))


@pytest.fixture(scope="module")
def two_courts(whole):
    """One court whose register begins in 2017, and one cut by filing."""
    other = court(seed=4)
    courts = {"望川县人民法院": whole, "临川县人民法院": other[other["filed_on"] >= CUT]}
    return register(pd.concat([frame.assign(court=name) for name, frame in courts.items()], ignore_index=True))


@pytest.mark.full
def test_each_court_of_a_register_begins_on_its_own(two_courts):
    assert {name: str(begun.whole.date())[:4] for name, begun in two_courts.beginnings.items()} == {
        "望川县人民法院": "2018", "临川县人民法院": "2023",
    }  # fmt: skip
    table = an.indicators(two_courts, periods=[2022], only=["opening", "filed"], definitions="counts", by="court")
    shown = table.set_index(["court", "indicator"])
    assert shown.loc[("望川县人民法院", "opening"), "value"] > 0
    assert np.isnan(shown.loc[("临川县人民法院", "opening"), "value"])
    assert "期初存量不知" in shown.loc[("临川县人民法院", "opening"), "note"]
    assert shown["value"].loc[["望川县人民法院", "临川县人民法院"], "filed"].notna().all()
    flow = an.caseflow(two_courts, by="court", freq="Y")
    of_2022 = flow[flow["period"] == "2022-01-01"].set_index("court")["opening"]
    assert of_2022["望川县人民法院"] == shown.loc[("望川县人民法院", "opening"), "value"]
    assert pd.isna(of_2022["临川县人民法院"])
    noted = [note for note in flow.attrs["notes"] if note.startswith("临川县人民法院：台账只有2022年1月")]
    assert len(noted) == 1
    found = an.cycle(an.caseflow(two_courts, by="court"), cases=two_courts)
    first = found.series.groupby("court")["period"].min()
    assert first["临川县人民法院"] == two_courts.beginnings["临川县人民法院"].whole
    assert first["望川县人民法院"] == two_courts.beginnings["望川县人民法院"].whole
    said = found.problems[found.problems["rule"] == "beginning"].set_index("court")["problem"]
    assert "2022年1月1日起" in said["临川县人民法院"]
    assert "2022年" not in said["望川县人民法院"]
    one = two_courts.where(court="临川县人民法院")
    assert one.beginning == two_courts.beginnings["临川县人民法院"]


@pytest.mark.full
def test_a_court_that_is_whole_in_no_month_gets_no_verdict_beside_one_that_is(whole):
    young = court(seed=4)
    young = young[young["filed_on"] >= "2024-01-01"]
    both = register(
        pd.concat([whole.assign(court="望川县人民法院"), young.assign(court="临川县人民法院")], ignore_index=True)
    )
    found = an.cycle(an.caseflow(both, by="court"), cases=both)
    assert "无法判断：台账只有2024年1月" in found.of("临川县人民法院").sentence.zh
    assert found.of("临川县人民法院").phases.empty
    assert "无法判断" not in found.of("望川县人民法院").sentence.zh


@pytest.mark.full
def test_of_a_year_that_is_not_whole_nothing_is_observed_but_that(by_filing):
    found = an.observations(by_filing, period=2022)
    assert found.table["sentence"].str.contains("期初存量不知").tolist() == [True]
    assert found.key_figures.empty
    assert found.tests.empty
    assert not an.observations(by_filing, period=2024).key_figures.empty


@pytest.mark.full
def test_a_report_says_what_is_not_known_and_nothing_else(by_filing, by_closing, tmp_path):
    made = an.build_report(by_filing, period=2022, out=tmp_path / "filing", formats=["xlsx"], language="zh")
    page = [block.text for block in made.report.sections[0].blocks]
    assert "新收执行案件" in page[0]
    assert "结案至少" in page[0]
    assert "旧存、受理数和结案率无法判断" in page[0]
    assert not any("%" in text.replace("不足2%", "") for text in page), "no rate, no change"
    assert {"cycle-phases", "officers-counts", "limits-mean-and-age"}.isdisjoint(e.id for e in made.report.exhibits())
    made = an.build_report(by_closing, period=2022, out=tmp_path / "closing", formats=["xlsx"], language="zh")
    assert "（含旧存" in made.report.sections[0].blocks[0].text
    assert made.manifest["parameters"]["observed_from"] == "2022-01-01"
    with pytest.raises(ArgumentError, match="台账不含2022年1月1日以前结案的案件"):
        an.build_report(by_closing, period=2021, out=tmp_path / "before", formats=["xlsx"], language="zh")


@pytest.mark.full
def test_a_bulletin_of_a_month_before_the_stock_is_whole_gives_no_opening(by_filing):
    early, late = (an.bulletin(by_filing, period=period) for period in ("2022-03", "2024-03"))
    assert "opening" not in set(early.tables["statistics"]["item"])
    assert "期初存量不知" in early.caption.zh
    assert "opening" in set(late.tables["statistics"]["item"])
    assert "期初存量" not in late.caption.zh


@pytest.mark.full
def test_a_bulletin_before_the_stock_is_whole_counts_at_least_the_cases_listed_and_nobodys(whole):
    frame = whole[whole["filed_on"] >= CUT]
    cases = register(frame.assign(officer=np.where(np.arange(len(frame)) % 2, "甲", "乙")))
    early = an.bulletin(cases, period="2022-Q1", names=True)
    assert early.tables["statistics"]["item"].tolist() == ["filed", "closed_at_least", "pending_at_least"]
    assert "受理至少" in early.caption.zh
    assert set(early.tables) == {"statistics"}, "of people it holds a part of their cases"
    assert "officers" in an.bulletin(cases, period="2024-Q1", names=True).tables


def test_figures_of_a_stock_that_is_not_whole_say_so(by_filing):
    for freq, start in (("Y", None), ("M", "2022-01-01")):
        flow = an.caseflow(by_filing, freq=freq, period=(start, None))
        assert flow["opening"].isna().tolist() == [not by_filing.beginning.is_whole(day) for day in flow["period"]]
        assert "期初存量不知" in flow.attrs["notes"][0]
    assert "notes" not in an.caseflow(by_filing, freq="Y", period=("2024-01-01", None)).attrs
    assert "期初存量不知" in an.pending_ages(by_filing, at="2022-06-30").caption.zh
    assert "期初存量不知" not in an.pending_ages(by_filing).caption.zh


@pytest.mark.full
def test_how_long_cases_took_is_not_told_where_older_ones_are_left_out(by_filing):
    """Of cases filed since January every closing of the spring is within six months."""
    asked = ["closed_within_limit_rate", "overall_rate"]
    limits = {"basis": "civil", "extension_days": 0, "excluded_days": 0}
    listed = register(by_filing.table.to_pandas().assign(**limits))
    early, late = (
        an.indicators(listed, periods=[year], definitions=["spc-2008", "spc-3plus1", "spc-2024"], only=asked)
        for year in (2022, 2024)
    )
    assert set(early["indicator"]) >= {"overall_rate"}
    assert len(early) == len(late)
    assert early["value"].isna().all()
    assert late.loc[late["indicator"] == "closed_within_limit_rate", "value"].notna().any()


def test_closed_cases_alone_are_no_register(whole, tmp_path):
    closed = register(whole[whole["closed_on"] >= CUT])
    assert closed.beginning.how == "closed_only"
    with pytest.raises(InputError, match="像是只导出了已结案件"):
        an.build_report(closed, period=2023, out=tmp_path, formats=["xlsx"])
    cleared = whole.assign(closed_on=whole["closed_on"].fillna(pd.Timestamp("2024-12-31")), closure_mode="completed")
    assert register(cleared).beginning.how == "filing", "a court that clears all by the year's end goes on filing"


def test_a_period_that_begins_before_the_day_that_the_court_said_is_not_whole(whole):
    said = register(whole[whole["filed_on"] >= CUT], observed_from=CUT, calendar="month-25")
    whole_from = [said.beginning.is_whole(pd.Timestamp(first)) for first in ("2021-12-26", "2022-01-01", "2022-01-26")]
    assert whole_from == [False, True, True]
    figures = an.indicators(said, periods=[2022, 2023], only="filed")
    assert figures["value"].isna().tolist() == [True, False], "filings of the last days of December 2021 are not in it"
    in_calendar_years = an.indicators(said, periods=[2022], only="filed", calendar="calendar-year")
    assert in_calendar_years["value"].notna().all()


def test_the_court_has_the_last_word(whole, tmp_path):
    kept = whole[whole["filed_on"] >= CUT]
    said = register(kept, observed_from=CUT)
    assert said.beginning.how == "said"
    assert said.years == [2022, 2023, 2024]
    kept.rename(columns={"case_no": "案号", "filed_on": "立案日期", "closed_on": "结案日期", "closure_mode": "结案方式"}).to_csv(
        tmp_path / "台账.csv", index=False
    )  # fmt: skip
    (tmp_path / "本院.toml").write_text('as_of = "2024-12-31"\nobserved_from = "2022-01-01"\n', encoding="utf-8")
    read = an.read_cases(tmp_path / "台账.csv", court_file=tmp_path / "本院.toml")
    assert read.beginning.how == "said"
    (tmp_path / "本院.toml").write_text('as_of = "2024-12-31"\nobserved_from = "元旦"\n', encoding="utf-8")
    with pytest.raises(InputError, match="第2行 observed_from：应为日期"):
        an.read_cases(tmp_path / "台账.csv", court_file=tmp_path / "本院.toml")


def test_few_cases_are_taken_as_they_are():
    frame = pd.DataFrame({"filed_on": ["2024-03-04"] * 3, "closed_on": ["2024-05-06", None, None]})
    begun = register(frame).beginning
    assert (begun.how, begun.is_whole(pd.Timestamp("2024-01-01"))) == ("few", True)


def test_of_few_cases_too_no_month_before_the_first_filing_is_a_month_of_none():
    rows = pd.DataFrame({"filed_on": ["2025-01-05", "2025-02-03"], "closed_on": [None, "2025-03-04"]})
    few = an.Cases.from_frames(rows, as_of="2025-03-31")
    flow = an.caseflow(few, freq="M", period=("2024-06-01", "2025-03-31"))
    assert flow["filed"].tolist() == [1, 1, 0]
    assert any("此前的旧存不在其中" in note for note in flow.attrs["notes"])
    assert "notes" not in an.caseflow(few, freq="M", period=("2025-02-01", "2025-03-31")).attrs
    whole = an.Cases.from_frames(rows, as_of="2025-03-31", observed_from="2024-06-01")
    assert an.caseflow(whole, freq="M", period=("2024-06-01", "2025-03-31"))["filed"].tolist() == [0] * 7 + [1, 1, 0]


def test_gaps_of_years_that_are_left_out_are_no_findings(by_closing):
    gaps = an.check_cases(by_closing).query("rule == 'serial_gap'")["value"]
    assert not gaps.str.contains("（20(?:17|18|19|20|21)）").any()


def test_the_change_of_a_stock_that_is_not_known_is_not_told(by_filing):
    with pytest.raises(DataError, match="无法判断存量怎样变化：台账只有2022年1月"):
        an.stock_change(by_filing, period=("2022-01-01", "2022-12-31"))
    assert an.stock_change(by_filing, period=("2024-01-01", "2024-12-31")).table["cases"].iloc[0] > 0


@pytest.fixture(scope="module")
def from_april(whole):
    """Cases filed from 4 April 2024 on, of a court that files 25 a month."""
    return register(whole[whole["filed_on"] >= "2024-04-04"])


def test_filings_are_held_from_not_long_before_the_first(from_april, whole):
    begun = from_april.beginning
    assert not begun.holds_filings(pd.Timestamp("2024-01-01")), "three months without a filing are no chance"
    assert begun.holds_filings(pd.Timestamp("2024-04-01"))
    assert register(whole[whole["filed_on"] >= "2022-01-01"]).beginning.holds_filings(CUT)


@pytest.mark.full
def test_of_months_before_a_register_nothing_is_said(from_april):
    flow = an.caseflow(from_april, freq="M", period=("2024-01-01", None))
    assert flow["period"].min() == pd.Timestamp("2024-04-01"), "none filed in January is not known"
    table = an.indicators(from_april, periods=[2024]).set_index("indicator")
    assert table["least"]["filed"] == table["value"]["filed"] == len(from_april)
    with pytest.raises(DataError, match="期初存量不知"):
        an.forecast_pending(flow)
    with pytest.raises(DataError) as refused:
        an.what_if(flow, extra_closings=3, months=12)
    assert "the opening stock is not known" in refused.value.text.en
    assert "台账所列新收" in str(an.conclusion(an.caseflow(from_april, freq="Y")))


@pytest.mark.full
def test_a_forecast_rests_on_the_months_from_which_the_stock_is_whole(whole):
    cases = register(whole[whole["filed_on"] >= "2020-01-01"])
    flow = an.caseflow(cases, freq="M")
    known = flow[flow["period"] >= cases.beginning.whole].reset_index(drop=True)
    known.attrs.pop("notes", None)
    asked = {"months": 6, "seed": 1}
    found, expected = (an.forecast_pending(table, **asked).table for table in (flow, known))
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.full
def test_a_year_of_which_the_register_holds_a_part_has_at_least_its_filings(from_april):
    from analysis.report.inputs import Material
    from analysis.report.sections.situation import headline

    asked = dict.fromkeys(("returns", "peers", "definitions", "calendar"))
    said = headline(Material.of(from_april, year=2024, **asked))
    assert f"新收执行案件至少{len(from_april)}件" in said.zh
    assert f"at least {len(from_april)} cases were filed" in said.en
