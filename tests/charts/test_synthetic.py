"""What is made up says so in every chart drawn from it, in both languages."""

import pytest

import analysis as an


@pytest.fixture(scope="module")
def charts(sample_cases):
    flow = an.caseflow(sample_cases)
    printed = an.compare_printed(sample_cases, an.read_returns(an.sample_path("returns_fujin.csv")))
    found = an.cycle(flow)
    return {
        an.plot_caseflow: flow,
        an.plot_cycle: found,
        an.plot_control_limits: an.control_limits(flow),
        an.plot_campaign: an.campaign_effect(flow, period=("2008-11", "2009-12")),
        an.plot_forecast: an.what_if(flow, extra_closings=3),
        an.plot_indicators: an.indicators(sample_cases, periods=[2010, 2011]),
        an.plot_printed: printed,
        an.plot_ages: an.pending_ages(sample_cases, at="2010-12-31"),
        an.plot_durations: an.time_to_close(sample_cases),
        an.plot_incidence: an.closing_incidence(sample_cases),
        an.plot_regimes: found,
        an.plot_season: found,
        an.plot_backlog_clock: found,
        an.plot_stock_change: an.stock_change(sample_cases, period=2010),
        an.plot_bridge: an.definition_bridge(
            sample_cases, periods=[2010, 2011], sets=["spc-2024"], only="completed_rate"
        ),
        an.plot_entry: an.entry_quality(sample_cases),
        an.plot_shadow_stock: an.shadow_stock(sample_cases, freq="Y"),
        an.plot_petitions: an.petitions(sample_cases, periods=[2010, 2011]),
        an.plot_bunching: an.limit_bunching(sample_cases),
        an.plot_officers: an.officer_scorecard(sample_cases, period=2011, names=True),
    }


@pytest.mark.parametrize(("language", "said"), [("zh", "合成数据"), ("en", "synthetic data")])
@pytest.mark.full
def test_every_chart_of_the_sample_says_that_it_is_synthetic(charts, language, said):
    silent = [plot.__name__ for plot, data in charts.items() if said not in plot(data, language=language).note]
    assert not silent


@pytest.mark.full
def test_one_court_of_several_keeps_the_mark(sample_cases):
    teams = an.cycle(an.caseflow(sample_cases, by="team"))
    assert "合成数据" in teams.of("执行一组").caption.zh


def test_a_register_that_is_not_made_up_says_nothing_of_it(sample_cases):
    real = an.Cases.from_frames(sample_cases.table.to_pandas(), as_of=sample_cases.as_of)
    assert "合成" not in an.plot_caseflow(an.caseflow(real)).note
