"""What made the stock change: limits of a difference that hold 0 are words, others are numbers."""

import pandas as pd

from analysis.report.sections.cycle import _with_limits


def test_limits_that_hold_nothing_are_said_in_words():
    parts = {"part": ["opening", "performed", "terminated_this_round"], "cases": [15, -253, -47]}
    table = pd.DataFrame(
        parts | {"difference": [None, -73, 17.75], "lower": [None, -113.36, -181.21], "upper": [None, -32.64, 216.71]}
    )
    found = _with_limits(table)
    assert found["difference_limits"].tolist() == [None, "−113.4至−32.6", "往年起伏之内"]
    assert not {"lower", "upper"} & set(found)
