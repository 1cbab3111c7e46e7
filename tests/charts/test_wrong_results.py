"""A chart given something else than its result says which function makes it."""

import pandas as pd
import pytest

import analysis as an
from analysis.vocabulary.errors import ArgumentError


@pytest.mark.parametrize(
    ("plot", "made_by"),
    [
        (an.plot_cycle, "cycle"),
        (an.plot_season, "cycle"),
        (an.plot_regimes, "cycle"),
        (an.plot_backlog_clock, "cycle"),
        (an.plot_campaign, "campaign_effect"),
        (an.plot_forecast, "forecast_pending"),
        (an.plot_control_limits, "control_limits"),
        (an.plot_ages, "pending_ages"),
        (an.plot_funnel, "funnel"),
        (an.plot_slopes, "peer_trends"),
        (an.plot_history, "reconcile"),
    ],
)
@pytest.mark.parametrize("interactive", [True, False])
def test_a_plain_table_is_refused_in_words(plot, made_by, interactive):
    with pytest.raises(ArgumentError, match=rf"{made_by}\(\) 的结果"):
        plot(pd.DataFrame({"period": []}), interactive=interactive)


@pytest.mark.parametrize("asked", [an.check_cases, an.observations])
def test_a_table_is_no_register(asked):
    with pytest.raises(ArgumentError, match=r"read_cases\(\)"):
        asked(pd.DataFrame({"case_no": []}))
