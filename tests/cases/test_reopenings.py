import pandas as pd
import pytest

from analysis.cases.reopenings import reopened
from analysis.cases.table import Cases
from analysis.vocabulary.errors import ArgumentError


def register(refiled, *, as_of="2011-12-31", closed="2009-06-30"):
    rows = [{"case_no": "原1", "filed_on": "2009-01-05", "closed_on": closed, "closure_mode": "terminated_this_round"}]
    rows += [{"case_no": f"恢{n}", "filed_on": day, "original_case_no": "原1"} for n, day in enumerate(refiled)]
    return Cases.from_frames(pd.DataFrame(rows), as_of=as_of)


@pytest.mark.parametrize(
    ("refiled", "expected"),
    [
        (["2009-06-30"], True),
        (["2010-06-30"], True),
        (["2010-07-01"], False),
        ([], False),
        (["2009-09-01", "2010-01-01"], True),
    ],
)
def test_twelve_months_after_the_day_of_closing_still_count(refiled, expected):
    table = reopened(register(refiled))
    assert table["cases"].sum() == 1
    assert table["reopened"].tolist() == [expected]


def test_a_closing_is_followed_once_its_twelve_months_are_over():
    assert reopened(register([], as_of="2010-06-30"))["followed"].tolist() == [True]
    assert reopened(register([], as_of="2010-06-29"))["followed"].tolist() == [False]


def test_the_register_as_it_was_known_on_an_earlier_day():
    assert reopened(register(["2010-03-01"]), at="2010-02-28")["reopened"].tolist() == [False]
    with pytest.raises(ArgumentError):
        reopened(register([]), at="2013-01-01")
