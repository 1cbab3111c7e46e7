import pandas as pd
import pytest

import analysis as an


@pytest.mark.full
def test_teams_stand_in_the_order_of_their_numbers_in_every_table():
    """By their characters 三 comes before 二, and 十一 before 十."""
    teams = ["执行一组", "执行二组", "执行三组", "执行十组", "执行十一组"]
    frame = pd.DataFrame(
        {"team": teams * 12, "officer": ["甲", "乙", "丙", "丁", "戊", "己"] * 10, "filed_on": "2011-01-10"}
    )
    frame["closed_on"] = ["2011-03-01"] * 30 + [None] * 30
    cases = an.Cases.from_frames(frame, as_of="2011-12-31")
    inside = {"by": "team", "names": True}
    tables = {
        "indicators": an.indicators(cases, periods=2011, only="filed", definitions="counts", **inside),
        "caseflow": an.caseflow(cases, freq="Y", period=(2011, 2011), **inside),
        "ages": an.pending_ages(cases, **inside).summary,
        "over_limit": an.pending_ages(cases, **inside).over_limit,
        "time_to_close": an.time_to_close(cases, **inside).summary,
        "scorecard": an.officer_scorecard(cases, period=2011, **inside).counts,
        "stock_change": an.stock_change(cases, period=2011, **inside).table,
    }
    for name, table in tables.items():
        assert table["team"].unique().tolist() == teams, name
