import numpy as np
import pandas as pd
import pytest

from analysis.inference.cycle.calibrate import calibrate
from analysis.inference.cycle.counts import counts_of
from analysis.inference.cycle.series import read_flow
from analysis.inference.cycle.simulated_flows import draw, flow_model
from analysis.vocabulary.errors import DataError


@pytest.mark.full
def test_a_quiet_court_is_seldom_accused_and_its_rounds_would_be_seen(courts):
    flow = courts.frame(courts.Courts().nulls()["random walk"](np.random.default_rng(5)))
    told = []
    found = calibrate(flow, draws=8, progress=lambda *said: told.append(said))
    assert found.table.groupby("truth")["share"].sum().tolist() == pytest.approx([1, 1, 1, 1])
    words = found.words.set_index("verdict")
    assert words.loc["rounds", "missed"] <= 0.25
    assert words["wrongly"].max() <= 0.4
    assert [one for one in told if one[1] == 8][:4][-1] == ("lasting_change", 8, 8)


@pytest.mark.full
def test_rounds_are_reached_by_no_rival_and_chance_by_most(courts):
    flow = courts.frame(courts.Courts().truths()["wave ±30%, 24 months"][1](np.random.default_rng(3)))
    rivals = calibrate(flow, draws=4).rivals
    rounds = rivals[rivals["explanation"] == "rounds"].set_index("rival")
    assert set(rounds.index) == {"independent", "memory", "wandering", "heavy_tails", "batches"}
    assert (rounds["p"] == 1 / 5).all()  # none of four
    assert rounds.loc["independent", "rejected"]  # what a wave leaves behind is no independent error


def test_drawn_courts_are_like_the_court(courts):
    flow = courts.frame(courts.Courts().nulls()["queue 10%, filings AR(0.8)"](np.random.default_rng(5)))
    counts = counts_of(read_flow(flow)[0])
    drawn = draw(flow_model(counts), 200, np.random.default_rng(1))
    assert drawn.closed.mean() == pytest.approx(flow["closed"].mean(), rel=0.1)
    assert drawn.stock.min() >= 0
    balance = drawn.filed - drawn.closed
    assert np.allclose(np.diff(drawn.stock, axis=1), balance[:, 1:])
    together = np.corrcoef(drawn.stock[:, :-1].ravel(), drawn.closed[:, 1:].ravel())[0, 1]
    assert together > 0.3  # closings follow the stock in the draws as well


def test_a_short_flow_is_refused():
    months = pd.date_range("2008-01-01", periods=12, freq="MS")
    with pytest.raises(DataError, match="24"):
        calibrate(pd.DataFrame({"period": months, "filed": 3, "closed": 3, "closing": 9}))
