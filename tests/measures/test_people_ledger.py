"""What is shown of people: attacked with linear programming over quarters, years, stocks, the court's totals and documents."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

import analysis as an
from analysis.cases.privacy import pseudonyms
from analysis.measures import people_ledger as people_ledger_module
from analysis.measures.people_ledger import Ledger, people_ledger
from analysis.vocabulary.periods import windows

MEASURES = ("opening", "filed", "closed", "closing")


@cache
def register(seed: int, cases: int = 260, officers: int = 6, as_of: str = "2011-12-31") -> an.Cases:
    """Synthetic: officers of unequal load, two years; the same cases whatever the day to which they are known."""
    rng = np.random.default_rng(seed)
    filed = pd.Timestamp("2010-01-04") + pd.to_timedelta(rng.integers(0, 725, cases), unit="D")
    closed = filed + pd.to_timedelta(rng.geometric(0.015, cases), unit="D")
    who = rng.choice(officers, cases, p=np.arange(1, officers + 1) / np.arange(1, officers + 1).sum())
    frame = pd.DataFrame(
        {
            "case_no": [f"（2010）富执字第{i}号" for i in range(cases)],
            "filed_on": filed,
            "closed_on": closed,
            "officer": np.array([f"甲{c}" for c in "一二三四五六七八"])[who],
        }
    )
    known = frame[frame["filed_on"] <= as_of]
    return an.Cases.from_frames(
        known.assign(closed_on=known["closed_on"].where(known["closed_on"] <= as_of)), as_of=as_of
    )


class Attack:
    """Everything that an outsider knows as equations over each officer's filings and closings of each month, none below zero."""

    def __init__(self, cases: an.Cases) -> None:
        flow = an.caseflow(cases, freq="M", by="officer", names=True)
        self.months, self.people = sorted(flow["period"].unique()), sorted(flow["officer"].unique())
        laid = flow.pivot_table(index="period", columns="officer")
        self.truth = np.concatenate([laid[name][self.people].to_numpy().ravel() for name in ("filed", "closed")])
        self.known: list[tuple[np.ndarray, float]] = []
        for month in range(len(self.months)):  # the court's own flow by month is public
            for measure in ("filed", "closed"):
                last = self.months[month] + pd.offsets.MonthEnd(0)
                total = sum(self.form(name, measure, self.months[month], last) for name in self.people)
                self.known.append((total, float(total @ self.truth)))

    def form(self, name: str, measure: str, first: pd.Timestamp, last: pd.Timestamp) -> np.ndarray:
        """A figure as a sum of parts."""
        parts = np.zeros((2, len(self.months), len(self.people)))
        at, months = self.people.index(name), np.array(self.months, dtype="datetime64[ns]")
        if measure in ("filed", "closed"):
            parts[("filed", "closed").index(measure), (months >= first) & (months <= last), at] = 1
        else:
            upto = months < first if measure == "opening" else months <= last
            parts[0, upto, at], parts[1, upto, at] = 1, -1
        return parts.ravel()

    def see(self, name: str, measure: str, first: pd.Timestamp, last: pd.Timestamp, value: float) -> None:
        """Take in a figure that is shown; it must be the true one."""
        form = self.form(name, measure, first, last)
        assert form @ self.truth == value, (name, measure, first, last)
        self.known.append((form, float(value)))

    def bounds(self, form: np.ndarray) -> tuple[float, float]:
        """The least and the most that a figure can be."""
        forms, values = np.array([f for f, _ in self.known]), np.array([v for _, v in self.known])
        least, most = (linprog(s * form, A_eq=forms, b_eq=values, bounds=(0, None)) for s in (1, -1))
        assert least.status == 0
        return least.fun, np.inf if most.status == 3 else -most.fun


def quarters_and_years(cases: an.Cases) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    laid = [windows("2010-01-01", cases.as_of, freq=freq) for freq in "QY"]
    return [span for table in laid for span in zip(table["period"], table["period_end"], strict=True)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_figure_left_out_of_caseflow_can_be_worked_out(seed):
    cases = register(seed)
    attack, hidden, real = Attack(cases), [], {label: name for name, label in pseudonyms(cases).items()}
    for freq in ("Q", "Y"):
        table = an.caseflow(cases, freq=freq, by="officer")
        ends = dict(quarters_and_years(cases)[:8] if freq == "Q" else quarters_and_years(cases)[8:])
        for row in table.to_dict("records"):
            for measure in MEASURES:
                of = (real[row["officer"]], measure, row["period"], ends[row["period"]])
                if pd.isna(row[measure]):
                    hidden.append(of)
                else:
                    assert not 0 < row[measure] < 3
                    attack.see(*of, row[measure])
    assert 0 < len(hidden) < 0.75 * 10 * 6 * 4, "something small was there, and something is still shown"
    for of in hidden:
        least, most = attack.bounds(attack.form(*of))
        assert most - least > 0.5, of


def test_nor_from_the_reports_and_bulletins_of_a_year_together():
    cases = register(4)
    attack, real = Attack(cases), {label: name for name, label in pseudonyms(cases).items()}
    year = (pd.Timestamp("2011-01-01"), pd.Timestamp("2011-12-31"))
    spans = {f"2011-Q{q}": span for q, span in enumerate(quarters_and_years(cases)[4:8], 1)} | {"2011": year}
    seen: dict[tuple, bool] = {}
    tables = [(span, an.bulletin(cases, period=period).tables["officers"]) for period, span in spans.items()]
    card = an.officer_scorecard(cases, year=2011)
    tables.append((year, card.counts))
    for span, table in tables:
        for row in table.rename(columns={"pending": "closing"}).to_dict("records"):
            for measure in MEASURES:
                of = (real[row["officer"]], measure, *span)
                assert seen.setdefault(of, bool(pd.isna(row[measure]))) == bool(pd.isna(row[measure])), (
                    "hidden here, shown there"
                )
                if not pd.isna(row[measure]):
                    attack.see(*of, row[measure])
    shown = card.table.set_index(["officer", "measure"])
    for label, name in real.items():
        for measure, column, of in (("closed", "value", "closed"), ("closed_of_filed", "denominator", "filed")):
            value = shown.loc[(label, measure), column]
            if not pd.isna(value):
                attack.see(name, of, *year, value)
    hidden = [of for of, gone in seen.items() if gone]
    assert hidden
    for of in hidden:
        least, most = attack.bounds(attack.form(*of))
        assert most - least > 0.5, of


def test_months_and_weeks_of_a_person_are_shown_inside_the_court_alone():
    cases = register(1)
    for freq in ("M", "W"):
        table = an.caseflow(cases, freq=freq, by="officer")
        assert table[list(MEASURES)].isna().all(axis=None)
        assert any("按季、年公布" in problem for problem in table.attrs["problems"])
        assert an.caseflow(cases, freq=freq, by="officer", names=True)[list(MEASURES)].notna().all(axis=None)
    assert "officers" not in an.bulletin(cases, period="2011-11").tables
    assert "officers" in an.bulletin(cases, period="2011-11", names=True).tables


def test_what_a_further_quarter_brings_changes_nothing_of_what_was_shown():
    def decided(as_of: str) -> Ledger:
        cases = register(5, as_of=as_of)
        return people_ledger(cases, person="officer", calendar="calendar-year", at=cases.as_of)

    early, late = decided("2011-06-30"), decided("2011-12-31")
    assert early.known < late.known
    upto = pd.Timestamp("2011-06-30")
    assert early.hidden == {(who, key) for who, key in late.hidden if key[2] <= upto}


def test_years_without_filing_or_closing_are_decided_as_what_is_before_them(monkeypatch):
    """One case filed in 1995 made the ledger of fourteen empty years take 25 s."""
    recent, decided = register(6), []
    one = pd.DataFrame({"case_no": ["（1995）富执字第1号"], "filed_on": ["1995-05-04"], "officer": ["甲一"]})
    cases = an.Cases.from_frames(pd.concat([recent.table.execute(), one]), as_of="2011-12-31")
    protect = people_ledger_module._System._protect
    monkeypatch.setattr(people_ledger_module._System, "_protect", lambda *a: (decided.append(a[3]), protect(*a)))
    ledger = people_ledger(cases, person="officer", calendar="calendar-year", at=cases.as_of)
    assert len(decided) == 1 + 8, "the quarter of 1995 and those of two years"
    ends = pd.date_range("1995-06-30", "2009-12-31", freq="QE")
    assert all(("甲一", ("stock", end, end)) in ledger.hidden for end in ends)
    assert not any(who != "甲一" and key[1].year < 2010 for who, key in ledger.hidden if key[0] != "stock")
    assert all((first, last) in ledger.known for first, last in [(ends[5] + pd.Timedelta(days=1), ends[6])])


@pytest.mark.parametrize("by", [["officer", "basis"], ["officer", "lead"]])
def test_of_finer_breakdowns_of_a_person_nothing_is_shown(by):
    assert an.caseflow(register(1), freq="Y", by=by)[list(MEASURES)].isna().all(axis=None)


def test_a_curve_of_one_person_is_refused_outside():
    with pytest.raises(an.ArgumentError, match="names=True"):
        an.time_to_close(register(1), by="officer")
    assert len(an.time_to_close(register(1), by="officer", names=True).summary) == 6


def test_a_case_number_is_no_breakdown_beside_a_pseudonym():
    with pytest.raises(an.ArgumentError, match="names=True"):
        an.caseflow(register(1), freq="Y", by=["officer", "case_no"])


@pytest.mark.parametrize("interactive", [False, True])
def test_what_is_left_out_is_a_gap_in_a_chart(interactive):
    flow = an.caseflow(register(1), freq="Q", by="officer")
    assert flow["closing"].isna().any()
    assert an.alt_of(an.plot_caseflow(flow, interactive=interactive))
