import numpy as np
import pytest
from statsmodels.regression.linear_model import GLS, OLS

from analysis.inference.cycle.capacity import cleaned, design_of
from analysis.inference.cycle.error_models import error_models
from analysis.inference.cycle.explanations import search
from analysis.inference.cycle.likelihood import Bank, Fit
from analysis.inference.cycle.templates import campaigns_again, least_span, one_campaign, waves


def correlation(memory, share, places):
    apart = np.abs(places[:, None] - places)
    return (1 - share) * np.eye(len(places)) + share * memory**apart


def test_a_whitener_undoes_its_correlation_also_where_periods_are_missing():
    places = np.array([0, 1, 2, 5, 6, 9])
    models = error_models(places)
    at = models.names.index("memory 0.8, share 0.5")
    whole = models.whiteners[at] @ correlation(0.8, 0.5, places.astype(float)) @ models.whiteners[at].T
    assert whole == pytest.approx(np.eye(6), abs=1e-9)
    sign, log = np.linalg.slogdet(correlation(0.8, 0.5, places.astype(float)))
    assert (sign, models.log_determinants[at]) == (1, pytest.approx(log))
    swinging = models.names.index("memory -0.4, share 1")
    opposite = models.whiteners[swinging] @ correlation(-0.4, 1.0, places) @ models.whiteners[swinging].T
    assert opposite == pytest.approx(np.eye(6), abs=1e-9)


def test_the_gain_of_a_template_is_that_of_generalised_least_squares():
    rng, places = np.random.default_rng(1), np.arange(60)
    values, base = rng.normal(size=60), np.ones((60, 1))
    template = (places >= 30).astype(float)[:, None]
    models = error_models(places)
    fit = Fit(values, base, np.empty((60, 0)), models)
    at = models.names.index("memory 0.5, share 1")
    gained = fit.search(Bank(template))[at, 0] - fit.likelihood[at]
    sigma = correlation(0.5, 1.0, places.astype(float))
    without, with_it = (GLS(values, x, sigma=sigma).fit() for x in (base, np.column_stack([base, template])))
    squares = [(fitted.wresid**2).sum() for fitted in (without, with_it)]
    assert gained == pytest.approx(59 / 2 * np.log(squares[0] / squares[1]))


def test_a_pair_of_templates_gains_what_both_columns_do():
    rng, places = np.random.default_rng(2), np.arange(48)
    values, base = rng.normal(size=48), np.ones((48, 1))
    pair = np.column_stack([np.sin(places / 3), np.cos(places / 3)])
    fit = Fit(values, base, np.empty((48, 0)), error_models(places))
    both = OLS(values, np.column_stack([base, pair])).fit().ssr
    assert fit.squares[0] - fit.paired_reduction(0, Bank(pair))[0] == pytest.approx(both)


def test_a_campaign_adds_closings_and_never_takes_them():
    places, base = np.arange(60), np.ones((60, 1))
    low = -5.0 * ((places >= 20) & (places < 34)) + np.random.default_rng(3).normal(size=60)
    fit = Fit(low, base, np.empty((60, 0)), error_models(places))
    assert fit.reduction(0, Bank(((places >= 20) & (places < 34)).astype(float)[:, None]), upward=True)[0] == 0
    found = search(fit, fit.value, "one_campaign", places, 60, 12)
    assert not (found.shape_short.start == 20 and found.shape_short.end == 34)


def test_every_round_fits_the_span_three_times():
    for span in (48, 72, 120):
        shapes = waves(span, 12)
        assert (shapes.period <= shapes.end / 3 + 1e-9).all()
        assert shapes.period.min() >= 15 - 1e-9
        assert (campaigns_again(span, 12).period <= span / 3).all()
    once = one_campaign(120, 12)
    assert (once.start >= 6).all()
    assert (once.end <= 114).all()
    assert least_span(12) == 45
    assert least_span(4) == 15


def test_single_batches_take_their_neighbours_level_and_a_campaign_of_three_months_stays():
    rng = np.random.default_rng(4)
    values = 15 + rng.normal(size=120)
    values[[20, 70, 71]] += 12
    values[40:43] += 4
    clean, outlying = cleaned(values, np.ones((120, 1)))
    assert {20, 70, 71} <= set(np.flatnonzero(outlying))
    assert not outlying[40:43].any()
    assert abs(clean[20] - 15) < 3


def test_closings_of_a_queue_follow_the_stock_and_those_of_a_steady_court_do_not(courts):
    from analysis.inference.cycle.counts import counts_of
    from analysis.inference.cycle.series import read_flow

    follows = {}
    for name in ("queue 20%, filings AR(0.8)", "random walk"):
        draw = courts.Courts().nulls()[name]
        designs = []
        for seed in range(5):
            counts = counts_of(read_flow(courts.frame(draw(np.random.default_rng(seed))))[0])
            designs.append(design_of(counts.closed, counts.season, counts.responses, counts.places, clean=True))
        follows[name] = sum("stock" in one.follows for one in designs)
    assert follows["queue 20%, filings AR(0.8)"] == 5
    assert follows["random walk"] <= 1
