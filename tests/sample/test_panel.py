import pandas as pd

from analysis.sample.folder import sample_path
from analysis.sample.panel import sample_panel


def test_the_panel_adds_up_and_says_that_it_is_synthetic():
    panel = pd.read_csv(sample_path("panel.csv"), encoding="utf-8-sig")
    assert panel["court"].is_unique
    assert panel["note"].str.contains("合成").all()
    assert (panel["opening"] + panel["filed"] == panel["received"]).all()
    assert (panel["received"] - panel["closed"] == panel["closing"]).all()
    assert (panel["enforced"] <= panel["closed"]).all()
    assert ((panel["closed"] / panel["received"] * 100 - panel["closure_rate"]).abs() <= 0.0051).all()


def test_closings_are_chance_about_the_true_rates():
    panel, truth = sample_panel()
    n, closed = panel["received"].astype(int), panel["closed"].astype(int)
    p = truth["true_closure_rate"].astype(float) / 100
    z = (closed - n * p) / (n * p * (1 - p)) ** 0.5
    assert abs(z.mean()) < 0.5
    assert 0.7 < z.std() < 1.3
