"""Golden: what the published closure rates give by hand arithmetic (``closure_rates.csv``; the sources stand in the returns)."""

from pathlib import Path

import pandas as pd
import pytest

import analysis as an

BY_HAND = pd.read_csv(Path(__file__).with_name("closure_rates.csv"), dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def rec():
    files = ("returns_fujin.csv", "returns_courts.csv", "returns_provinces.csv")
    return an.reconcile([an.sample_path(name) for name in files])


def test_every_printed_closure_rate_has_the_verdict_of_hand_arithmetic(rec):
    found = rec.figures[rec.figures["measure"] == "closure_rate"]
    own = found[["court", "scope", "printed", "verdict"]].astype(object).values.tolist()
    assert own == BY_HAND[["court", "scope", "printed", "verdict"]].astype(object).values.tolist()


@pytest.mark.parametrize("row", BY_HAND.to_dict("records"), ids=lambda row: f"{row['court']}-{row['printed']}")
def test_the_arithmetic_is_shown(rec, row):
    found = rec.figures[rec.figures["court"].eq(row["court"]) & rec.figures["printed"].eq(row["printed"])]
    told = found[found["measure"] == "closure_rate"]["explanation"].iloc[0]
    assert row["arithmetic"] in told
    if row["arithmetic"]:
        top, _, bottom = row["arithmetic"].partition("/")
        share = 100 * int(top) / added(bottom)
        assert found["recomputed"].iloc[0] == pytest.approx(share)


def added(written):
    return sum(int(part) for part in written.strip("()").split("+"))
