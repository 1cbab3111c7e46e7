"""What every measure says of a thing that is no register, and of a day that its register does not know."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis as an
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.language import speaking

REGISTER = pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-01-04"]})


@pytest.mark.parametrize(
    "measure",
    ["caseflow", "indicators", "time_to_close", "pending_ages", "deadlines", "limit_bunching", "petitions", "aid",
     "coercive_measures", "late_starts", "responsibility_ledger", "cox_model"],
)  # fmt: skip
def test_a_table_in_place_of_a_register_and_a_day_after_it_are_refused(measure):
    with speaking("en"), pytest.raises(ArgumentError, match="cannot be DataFrame: expected a register"):
        getattr(an, measure)(REGISTER)
    with speaking("en"), pytest.raises(ArgumentError, match="at=2012-01-01 is after"):
        getattr(an, measure)(an.Cases.from_frames(REGISTER, as_of="2011-12-31"), at="2012-01-01")
