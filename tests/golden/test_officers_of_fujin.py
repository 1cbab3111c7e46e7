"""The officers' figures of the sample add up to what the court printed for 2011."""

from __future__ import annotations

import pytest

from analysis.measures.bulletin_tables import bulletin
from analysis.measures.officers.scorecard import officer_scorecard


def test_officers_and_teams_add_up_to_the_printed_year(sample_cases):
    for by in ("officer", "team"):
        card = officer_scorecard(sample_cases, period=2011, by=by, names=True)
        assert card.counts[["opening", "filed", "closed", "pending"]].sum().tolist() == [15, 371, 383, 3]
        recovery = card.table[card.table["measure"] == "recovery"]
        assert round(recovery["denominator"].sum() / 10_000) == 2046  # 万元
        assert f"{100 * recovery['numerator'].sum() / recovery['denominator'].sum():.1f}" == "87.6"


def test_an_officer_who_misses_thirty_net_closings_is_shown_so(sample_cases):
    scheme = officer_scorecard(sample_cases, period=2011, names=True).scheme
    net = scheme[scheme["criterion"] == "net_closings"]
    assert len(net) == 8
    missed = net[net["value"] < 30]
    assert len(missed)
    assert (missed["consequence"] != "").all()


@pytest.mark.full
def test_the_months_of_the_meetings_add_up_to_the_year(sample_cases):
    months = [bulletin(sample_cases, period=f"2011-{month:02d}").tables["statistics"] for month in (1, 12)]
    assert months[0].set_index("item").loc["opening", "listed"] == 15
    assert months[1].set_index("item").loc["pending", "listed"] == 3
    assert all(list(month.columns) == ["item", "listed"] for month in months), "nothing was given to check against"
