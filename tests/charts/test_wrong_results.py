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
    ],
)
@pytest.mark.parametrize("interactive", [True, False])
def test_a_plain_table_is_refused_in_words(plot, made_by, interactive):
    with pytest.raises(ArgumentError, match=rf"{made_by}\(\) 的结果"):
        plot(pd.DataFrame({"period": []}), interactive=interactive)


def test_a_table_is_no_register_to_check():
    with pytest.raises(ArgumentError, match="read_cases"):
        an.check_cases(pd.DataFrame({"case_no": []}))
