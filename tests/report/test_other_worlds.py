"""Documents tell of people nothing but what the ledger shows: other officers, the same figures shown, the same documents byte for byte.

Whatever a table, a sentence, a rank, a chart, a hover or an alt text said besides would be another in the other world.
"""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

import analysis as an
from analysis.measures import people_ledger as people_ledger_module
from analysis.measures.people_ledger import BOTH, COLUMNS, people_ledger
from analysis.vocabulary.periods import windows

pytestmark = pytest.mark.full
YEAR = (pd.Timestamp("2011-01-01"), pd.Timestamp("2011-12-31"))


def register(seed, officers=6, cases=160):
    """Two years of one court: teams of two or three, measures of every kind that a document counts by."""
    rng = np.random.default_rng(seed)
    filed = pd.Timestamp("2010-01-02") + pd.to_timedelta(rng.integers(0, 727, cases), unit="D")
    closed = pd.Series(filed + pd.to_timedelta(rng.geometric(0.012, cases), unit="D"))
    is_closed = closed <= YEAR[1]
    who = rng.choice(officers, cases, p=np.arange(1, officers + 1) / np.arange(1, officers + 1).sum())
    claimed = np.exp(rng.normal(10, 1, cases)).round(2)
    return pd.DataFrame(
        {
            "case_no": [f"（{day.year}）云川执字第{i + 1}号" for i, day in enumerate(filed)],
            "basis": rng.choice(["civil", "criminal", "arbitration"], cases), "area": rng.choice(["桦树镇", "石门镇"], cases),
            "filed_on": filed, "started_on": filed + pd.to_timedelta(rng.integers(0, 40, cases), unit="D"),
            "closed_on": closed.where(is_closed), "entered_on": closed.where(is_closed) + pd.to_timedelta(rng.integers(0, 30, cases), unit="D"),
            "closure_mode": np.where(is_closed, rng.choice(["completed", "settled", "terminated_this_round"], cases), None),
            "team": np.array(["北坡组", "南沟组"])[who % 2], "officer": np.array([*"欧贺司端呼慕赫宇"])[who],
            "amount_claimed": claimed, "amount_recovered": np.where(is_closed, (claimed * rng.random(cases)).round(2), np.nan),
            "has_property": rng.choice(["yes", "no"], cases),
        }
    )  # fmt: skip


def read(frame):
    asked = {"as_of": f"{YEAR[1]:%Y-%m-%d}", "observed_from": "2010-01-01", "pseudonym_key": b"sixteen bytes and more"}
    return an.Cases.from_frames(frame, **asked)


def figures():
    """Every stock and flow by quarter, year and year so far that a ledger decides on."""
    quarters, years = (list(windows("2010-01-01", YEAR[1], freq=f).itertuples(index=False, name=None)) for f in "QY")
    so_far = [(first, last) for first, end in years for begin, last in quarters if first <= begin <= end]
    spans = dict.fromkeys([*quarters, *so_far])
    return [(name, *span) for span in spans for name in (*COLUMNS, *([BOTH] if span in years else []))]


def weight(frame, measure, first, last):
    filed, closed = frame["filed_on"], frame["closed_on"]
    if measure == BOTH:
        return filed.between(first, last) & closed.between(first, last)
    if measure in ("filed", "closed"):
        return frame[f"{measure}_on"].between(first, last)
    end = first - pd.Timedelta(days=1) if measure == "opening" else last
    return (filed <= end).astype(int) - (closed <= end)


def another_world(frame, ledger, rng):
    """The same cases and teams by quarters, with others among those who got some, so that all that is shown stays; and whose figures moved."""
    quarters = pd.DataFrame({name: frame[name].dt.to_period("Q").astype(str) for name in ("filed_on", "closed_on")})
    cohort = frame.assign(**quarters.fillna("open")).groupby(["team", *quarters], sort=False).ngroup()
    of = pd.DataFrame({"cohort": cohort, "team": frame["team"], "quarter": quarters["filed_on"], "at": frame.index})
    got = of[["team", "quarter"]].assign(officer=frame["officer"]).drop_duplicates()
    parts = of.drop_duplicates("cohort").merge(got, on=["team", "quarter"])
    held = parts.merge(
        frame.assign(cohort=cohort).groupby(["cohort", "officer"]).size().rename("n"), "left", ["cohort", "officer"]
    )
    now = held["n"].fillna(0).to_numpy()
    of_part = frame.loc[parts["at"]].reset_index(drop=True)
    rows = [(parts["cohort"] == n).to_numpy(float) for n in range(cohort.max() + 1)]
    hidden = []
    for officer in frame["officer"].unique():
        own = (parts["officer"] == officer).to_numpy()
        for measure, first, last in figures():
            form = weight(of_part, measure, first, last).to_numpy(float) * own
            if not ledger.hides(officer, measure, first, last) or not form @ now:  # who has none has none
                rows.append(form)
            else:
                hidden.append(form)
    stays = LinearConstraint(np.array(rows), np.array(rows) @ now, np.array(rows) @ now)
    world = milp(
        rng.normal(size=len(parts)), constraints=stays, integrality=np.ones(len(parts)), bounds=Bounds(0, np.inf)
    ).x
    officers = frame["officer"].copy()
    for n, of in parts.assign(n=world.round().astype(int)).groupby("cohort"):
        officers[cohort == n] = np.repeat(of["officer"], of["n"]).to_numpy()
    return frame.assign(officer=officers), int((np.abs(np.array(hidden) @ (world - now)) > 0.5).sum())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_documents_of_a_court_whose_hidden_figures_are_others_are_the_same_byte_for_byte(seed, tmp_path, monkeypatch):
    frame = register(seed)
    cases = read(frame)
    ledger = people_ledger(cases, person="officer", calendar=cases.calendar)
    other, moved = another_world(frame, ledger, np.random.default_rng(seed))
    assert moved > 5, "many figures left out are others"
    # Which figures are left out is a choice of its own, which the hidden ones move; here it is the same, and what is said besides is asked.
    monkeypatch.setattr(people_ledger_module, "_made", lambda *_: ledger)
    both = cases, read(other)
    asked = {"formats": ["html", "xlsx", "docx", "pptx", "pdf"] if seed == 1 else ["html", "xlsx"]}
    for n, (build, more) in enumerate(
        [
            (an.build_report, {"period": 2011, **asked}),
            (an.build_bulletin, {"period": "2011-Q4", **asked}),
            (an.build_bulletin, {"period": "2011", **asked}),
            (an.build_data_review, {"to": "2011-12"}),
        ]
    ):
        made = [build(of, out=tmp_path / f"{n}{i}", **more).files for i, of in enumerate(both)]
        assert [path.name for path in made[0]] == [path.name for path in made[1]]
        assert all(one.read_bytes() == another.read_bytes() for one, another in zip(*made, strict=True)), build
    shown = [
        pd.concat(
            [
                an.officer_scorecard(of, period=2011).table,
                an.entry_quality(of),
                an.indicators(of, periods=[2010, 2011], by="team"),
            ]
        )
        for of in both
    ]
    pd.testing.assert_frame_equal(*shown)
    assert not an.caseflow(both[0], freq="Q", by="officer", names=True).equals(
        an.caseflow(both[1], freq="Q", by="officer", names=True)
    )
