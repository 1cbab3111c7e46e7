"""Bounds of officers' figures: the truth lies between them, however the register was blanked."""

import numpy as np
import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.measures.officers.scorecard import officer_scorecard

BLANKED = [
    "officer",
    "closure_mode",
    "amount_claimed",
    "amount_recovered",
    "amount_paid",
    "assigned_on",
    "started_on",
    "basis",
]


def register(rng, size):
    """A register without a blank; a third of the closings performed in full, a third not at all."""
    filed = pd.Timestamp("2022-06-01") + pd.to_timedelta(rng.integers(0, 570, size), unit="D")
    assigned = filed + pd.to_timedelta(rng.integers(0, 10, size), unit="D")
    started = assigned + pd.to_timedelta(rng.integers(0, 40, size), unit="D")
    closed = started + pd.to_timedelta(rng.integers(1, 300, size), unit="D")
    claimed, kind = rng.lognormal(10, 1.2, size).round(2), rng.integers(0, 3, size)
    recovered = np.choose(kind, [claimed, 0 * claimed, (claimed * rng.random(size)).round(2)])
    frame = pd.DataFrame(
        {
            "case_no": [f"（2022）苏0102执{n}号" for n in range(size)], "officer": rng.choice(list("甲乙丙"), size),
            "filed_on": filed, "assigned_on": assigned, "started_on": started, "closed_on": closed,
            "closure_mode": np.choose(kind, ["completed", "terminated_this_round", "settled"]),
            "basis": rng.choice(["civil", "administrative_non_litigation"], size), "amount_claimed": claimed,
            "amount_recovered": recovered, "amount_paid": (recovered * rng.choice([1.0, 0.5], size)).round(2),
            "source_file": "甲.csv", "source_sheet": "", "source_row": np.arange(size) + 2,
        }
    )  # fmt: skip
    is_open = (closed > pd.Timestamp("2023-12-31")) | (rng.random(size) < 0.2)
    frame.loc[is_open, ["closed_on", "closure_mode", "amount_recovered", "amount_paid"]] = None
    return frame


def card_of(frame, scheme=None):
    cases = Cases.from_frames(frame, as_of="2023-12-31")
    return officer_scorecard(cases, period=2023, scheme=scheme, names=True).table.set_index(["officer", "measure"])


@pytest.mark.parametrize(
    ("seed", "scheme"),
    [
        (0, "fujin-2012"),
        *(pytest.param(n, None if n % 2 else "fujin-2012", marks=pytest.mark.full) for n in range(1, 12)),
    ],
)
def test_the_truth_lies_within_the_bounds(seed, scheme):
    rng = np.random.default_rng(seed)
    truth = register(rng, 40)
    blanked = truth.copy()
    for name in BLANKED:
        blanked[name] = blanked[name].astype(object).where(rng.random(40) > rng.choice([0.05, 0.3]), None)
    blanked.loc[blanked["closure_mode"].notna() & (rng.random(40) < 0.1), "closed_on"] = None
    known = card_of(truth, scheme)["value"]
    card = card_of(blanked, scheme)
    card = card[card.index.isin(known[known.notna()].index) & card["value"].notna()]
    known, least, most = known[card.index], card["least"].fillna(card["value"]), card["most"].fillna(card["value"])
    assert len(card) > 15
    assert card["least"].notna().any()
    assert ((known >= least - 1e-6) & (known <= most + 1e-6)).all()
    assert ((card["value"] >= least - 1e-6) & (card["value"] <= most + 1e-6)).all()


@pytest.mark.full
def test_by_hand():
    frame = pd.DataFrame(
        {"officer": ["甲", "甲", "乙", None], "filed_on": "2023-02-01", "closed_on": ["2023-05-01", None, "2023-05-01", "2023-06-01"],
         "amount_claimed": 100.0, "amount_recovered": [50.0, None, None, 100.0]}
    )  # fmt: skip
    bounds = card_of(frame)[["least", "most"]]
    assert bounds.loc[("甲", "closed")].tolist() == [1, 2]
    assert bounds.loc[("甲", "closed_of_filed")].tolist() == [1 / 2, 2 / 3]
    assert bounds.loc[("甲", "recovery")].tolist() == [1 / 2, 3 / 4]
    assert bounds.loc[("乙", "amount_closed")].tolist() == [100, 200]
    assert card_of(frame[:2])[["least", "most"]].isna().all(axis=None), "nothing is blank that could change a figure"
