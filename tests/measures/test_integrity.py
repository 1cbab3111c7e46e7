import numpy as np
import pandas as pd
import pytest

from analysis import Cases
from analysis.measures.integrity import integrity


def register(seed, *, december=1.0, held_back=0.0, terminated=0.3, terminated_in_december=0.3, twins=0, years=6):
    """A court of forty cases a month; what is played is played from the first year on."""
    rng = np.random.default_rng(seed)
    rows = []
    for year in range(2005, 2005 + years):
        for month in range(1, 13):
            start = pd.Timestamp(year, month, 1)
            filed = start + pd.to_timedelta(rng.integers(0, start.days_in_month, rng.poisson(40)), unit="D")
            late = (filed.month == 12) & (filed.day > 21) & (rng.random(len(filed)) < held_back)
            filed = filed.where(~late, pd.Timestamp(year + 1, 1, 1) + pd.to_timedelta(rng.integers(0, 9), unit="D"))
            many = rng.poisson(40 * (december if month == 12 else 1))
            share = terminated_in_december if month == 12 else terminated
            modes = np.where(rng.random(many) < share, "terminated_this_round", "completed")
            closed = start + pd.to_timedelta(rng.integers(0, start.days_in_month, many), unit="D")
            count = min(len(filed), many)
            part = pd.DataFrame({"filed_on": filed[:count], "amount_claimed": rng.integers(1000, 10**7, count)})
            rows.append(part)
            rows.append(
                pd.DataFrame(
                    {"filed_on": closed - pd.Timedelta(days=90), "closed_on": closed, "closure_mode": modes}
                ).assign(amount_claimed=rng.integers(1000, 10**7, many))
            )
    table = pd.concat(rows, ignore_index=True)
    if twins:
        table = pd.concat([table, table.iloc[:twins]], ignore_index=True)
    table = table.assign(basis="civil", extension_days=0, excluded_days=0)
    return Cases.from_frames(table, as_of=f"{2004 + years}-12-31")


def sign(cases, name, **options):
    return integrity(cases, names=True, **options).table.set_index("sign").loc[name]


@pytest.mark.full
def test_where_nothing_is_played_little_is_seen():
    seen = dict.fromkeys(("december_surge", "terminations_in_december", "split_cases"), 0)
    for seed in range(6):
        table = integrity(register(seed), names=True).table.set_index("sign")
        for name in seen:
            seen[name] += table.loc[name, "lower"] > table.loc[name, "usual"]
    assert max(seen.values()) <= 1


@pytest.mark.parametrize(
    ("played", "name"),
    [
        ({"december": 1.8}, "december_surge"),
        pytest.param({"held_back": 0.9}, "filings_held_back", marks=pytest.mark.full),
        pytest.param({"terminated_in_december": 0.6}, "terminations_in_december", marks=pytest.mark.full),
        pytest.param({"twins": 60}, "split_cases", marks=pytest.mark.full),
    ],
)
def test_what_is_played_is_seen_with_its_size(played, name):
    row = sign(register(3, **played), name)
    assert row["lower"] > row["usual"]
    assert "\n" in row["said"]  # in both languages
    if name == "december_surge":
        assert row["lower"] < 1.8 < row["upper"]
    if name == "terminations_in_december":
        assert row["lower"] < 30 < row["upper"]
    if name == "split_cases":
        assert row["size"] == pytest.approx(120, rel=0.1)


@pytest.mark.full
def test_the_power_of_a_fixed_size_grows_with_the_years():
    short, long = (sign(register(1, years=years), "december_surge")["power"] for years in (3, 10))
    assert short < long
    assert 0 < short < 1


@pytest.mark.full
def test_what_cannot_be_judged_is_missing_and_says_why():
    table = integrity(register(1, years=2)).table.set_index("sign")
    assert np.isnan(table.loc["december_surge", "size"])
    assert "2" in table.loc["december_surge", "said"]
    assert "targets=" in table.loc["at_target", "said"]


@pytest.mark.full
def test_closings_before_the_limit_are_told_where_the_call_says_what_is_excluded():
    cases = register(1, years=3)
    bare = Cases.from_frames(cases.table.to_pandas().drop(columns="excluded_days"), as_of=cases.as_of)
    nothing = pd.DataFrame({"case_no": [], "start": [], "end": []})
    assert "无法判断" in sign(bare, "closed_at_limit")["said"]
    told, whole = sign(bare, "closed_at_limit", excluded=nothing), sign(cases, "closed_at_limit")
    assert told["of"] > 0
    pd.testing.assert_series_equal(told, whole)


@pytest.mark.full
def test_signs_counted_in_cases_have_the_power_for_one_in_twenty_of_them():
    table = integrity(register(1, years=3), names=True).table.set_index("sign")
    for name in ("closed_at_limit", "split_cases"):
        assert table.loc[name, "fixed_size"] == pytest.approx(0.05 * table.loc[name, "of"])
        assert 0 < table.loc[name, "power"] <= 1


def test_outside_nothing_is_told_of_single_amounts():
    first, second = (register(1, years=2, twins=twins) for twins in (0, 40))
    rows = [integrity(cases).table.set_index("sign").loc["split_cases"] for cases in (first, second)]
    assert rows[0].equals(rows[1])
    assert rows[0][["size", "lower", "upper", "p"]].isna().all()
    assert "names=True" in rows[0]["said"]
