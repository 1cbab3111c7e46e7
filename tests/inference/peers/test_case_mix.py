"""Case mix: courts that differ only by the kind of their cases come out alike."""

import numpy as np
import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.inference.peers.case_mix import BY, case_mix, mix_cells
from analysis.vocabulary.errors import ArgumentError, DataError, InputError


@pytest.fixture(scope="module")
def register() -> Cases:
    """Three courts of one skill and unlike cases, and a fourth that really closes less."""
    rng = np.random.default_rng(12)
    parts = []
    for court, with_property, skill in (("甲", 0.9, 0.0), ("乙", 0.5, 0.0), ("丙", 0.2, 0.0), ("丁", 0.5, -0.15)):
        n = 3000
        has = rng.random(n) < with_property
        closed = rng.random(n) < np.where(has, 0.95, 0.6) + skill
        filed = pd.Timestamp("2011-01-01") + pd.to_timedelta(rng.integers(0, 180, n), unit="D")
        days = rng.exponential(np.where(has, 20, 60)).astype(int) + 1
        claimed = np.round(rng.lognormal(9, 1, n), 2)
        parts.append(
            pd.DataFrame(
                {
                    "court": court,
                    "has_property": has,
                    "basis": "civil",
                    "filed_on": filed,
                    "closed_on": (filed + pd.to_timedelta(np.minimum(days, 180), unit="D")).where(closed),
                    "amount_claimed": claimed,
                    "amount_recovered": np.round(claimed * np.where(has, 0.9, 0.2), 2) * closed,
                }
            )
        )
    frame = pd.concat(parts, ignore_index=True)
    return Cases.from_frames(frame.assign(case_no=frame.index.astype(str)), as_of="2011-12-31")


@pytest.mark.parametrize("method", ["model", "strata"])
def test_courts_of_one_skill_come_out_alike(register, method):
    table = case_mix(register, method=method, by=["has_property"]).table.set_index("court")
    assert table.loc["甲", "raw"] - table.loc["丙", "raw"] > 0.2
    alike = table.loc[["甲", "乙", "丙"], "ratio"]
    assert alike.max() - alike.min() < 0.04
    assert table.loc["丁", "upper"] < 1 < table.loc["乙", "upper"]
    assert table["observed"].sum() == pytest.approx(table["expected"].sum())
    pooled = table["observed"].sum() / table["cases"].sum()
    np.testing.assert_allclose(table["adjusted"], table["ratio"] * pooled)


def test_strata_by_hand(register):
    cells = mix_cells(register, by="has_property", names=True)
    expected = {}
    rate = cells.groupby("has_property")[["closed", "cases"]].sum().pipe(lambda c: c["closed"] / c["cases"])
    for row in cells.itertuples():
        expected[row.court] = expected.get(row.court, 0) + row.cases * rate[row.has_property]
    table = case_mix(cells, by=["has_property"], method="strata").table.set_index("court")
    assert table["expected"].to_dict() == pytest.approx(expected)


def test_cells_that_are_handed_on_hold_no_money_and_no_person(register):
    assert set(mix_cells(register)) == {"court", *BY, "cases", "closed", "days", "days_days"}
    with pytest.raises(ArgumentError, match="names=True"):
        case_mix(register, outcome="recovered")  # sums of money by kind
    for column in ("officer", "team", "case_no", "amount_claimed", "closed_on"):
        with pytest.raises(ArgumentError, match=column):
            mix_cells(register, by=[column])
        with pytest.raises(ArgumentError, match=column):
            case_mix(register, by=[column])


def test_days_and_money(register):
    days = case_mix(register, outcome="days", by=["has_property"]).table.set_index("court")
    assert days.loc["丙", "raw"] > 1.4 * days.loc["甲", "raw"]
    assert days["ratio"].between(0.9, 1.1).all()
    assert (days["lower"] < 1).all()
    money = case_mix(register, outcome="recovered", names=True).table.set_index("court")
    assert money.loc["甲", "raw"] > money.loc["丙", "raw"] + 0.3
    assert money["ratio"].between(0.97, 1.03).all()
    assert ((money["lower"] < money["ratio"]) & (money["ratio"] < money["upper"])).all()


def test_interval_covers_one_where_courts_do_not_differ():
    rng = np.random.default_rng(13)
    n = rng.integers(50, 400, 300)
    cells = pd.DataFrame({"court": np.arange(300), "has_property": "True", "cases": n, "closed": rng.binomial(n, 0.8)})
    table = case_mix(cells, by=["has_property"], method="strata").table
    assert ((table["lower"] <= 1) & (table["upper"] >= 1)).mean() == pytest.approx(0.95, abs=0.035)


def test_window_and_amount_bands(register):
    for over in (mix_cells, case_mix):
        with pytest.raises(ArgumentError, match="names=True"):  # a day more would tell the band of its cases
            over(register, period=("2011-03-01", "2011-06-30"))
    cells = mix_cells(register, period=("2011-03-01", "2011-06-30"), names=True)
    assert cells.attrs == {"start": "2011-03-01", "end": "2011-06-30"}
    assert set(cells["amount_band"]) >= {"below_10k", "10k_50k"}
    assert cells["cases"].sum() < len(register)
    mix = case_mix(cells).mix
    shares = mix[mix["column"] == "amount_band"].groupby("court")["share"].sum()
    np.testing.assert_allclose(shares, 1)


def test_kinds_that_all_closed_or_are_unknown():
    cells = pd.DataFrame(
        {
            "court": list("甲乙甲乙"),
            "basis": ["civil", "civil", None, None],
            "cases": [10, 20, 5, 5],
            "closed": [10, 20, 3, 4],
        }
    )
    found = case_mix(cells, by=["basis"])
    assert found.strata.set_index("basis")["rate"]["civil"] == pytest.approx(1, abs=1e-6)
    assert "not_stated" in set(found.strata["basis"])


def test_what_is_refused(register):
    for call in ({"outcome": "appeals"}, {"method": "magic"}, {"by": ["colour"]}, {"by": "court"}):
        with pytest.raises(ArgumentError):
            case_mix(register, **call)
    with pytest.raises(DataError, match="两家"):
        case_mix(register.where(court="甲"))
    with pytest.raises(DataError):
        case_mix(pd.DataFrame({"court": ["a", "b"], "basis": "x", "cases": [1, 1], "closed": [0, 0]}), by=["basis"])


def test_cells_that_lack_a_column_are_named():
    cells = pd.DataFrame({"court": ["a", "b"], "basis": "civil", "cases": [10, 20]})
    with pytest.raises(InputError, match="closed"):
        case_mix(cells, by=["basis"])


@pytest.mark.full
def test_outside_no_bands_of_a_part_and_no_court_that_bears_a_name(register):
    with pytest.raises(ArgumentError, match="names=True"):
        mix_cells(register.where(filed_on="2011-02-03"), period=("2011-01-01", "2011-12-31"), by="amount_band")
    frame = pd.DataFrame({"court": ["富锦市人民法院"] * 4 + ["欧阳静姝"], "filed_on": "2011-01-04", "basis": "civil"})
    cases = Cases.from_frames(frame, as_of="2011-12-31")
    assert "欧阳静姝" not in mix_cells(cases, by="basis").to_csv()
    assert "欧阳静姝" in mix_cells(cases, by="basis", names=True).to_csv()
