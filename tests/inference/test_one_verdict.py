"""One verdict a figure: a panel of peers by its own rows, and all figures reconciled, never say two things."""

from random import Random

import pandas as pd
import pytest

import analysis as an
from analysis.inference.peers.panel_rows import severity


def printed_row(rng, court):
    """Counts and a closure rate: rounded, truncated, of another definition, wrong, or in units of ten thousand."""
    opening, filed = rng.randint(0, 300), rng.randint(100, 3000)
    closed = rng.randint(1, opening + filed)
    coarse = rng.random() < 0.2
    rate = 100 * closed / rng.choice([opening + filed, opening + filed, filed])
    rate = rng.choice([f"{rate:.1f}", f"{int(rate * 10) / 10:.1f}", f"{rate + rng.choice([0, 0, 1.7]):.2f}"])
    counts = {"opening": opening, "filed": filed, "received": opening + filed, "closed": closed}
    counts["closing"] = opening + filed - closed
    kept = {name: n for name, n in counts.items() if rng.random() < 0.8 or name == "closed"}
    shown = {name: f"{n / 10_000:.3f}万件" if coarse else str(n) for name, n in kept.items()}
    place = {"court": court, "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    return {**place, **shown, "closure_rate": rate, "unit": rng.choice(["件", None])}


@pytest.mark.full
def test_a_panel_says_of_a_rate_what_reconciliation_says():
    rng = Random(11)  # noqa: S311 - synthetic rows
    rows = pd.DataFrame([printed_row(rng, f"第{n}法院") for n in range(60)])
    figures = an.reconcile(rows).figures
    of_rate = figures[figures["measure"] == "closure_rate"].set_index("court")["verdict"]
    assert set(of_rate) >= {"agrees", "truncated", "definition", "one_of_two"}
    panel = an.peer_panel(rows)
    carried = an.peer_panel(rows, verdicts=figures)
    assert (panel.table["verdict"] == carried.table["verdict"]).all()
    told = panel.table.set_index("court")["verdict"]
    # the rate's own verdict, or a worse one of the counts that it is compared by
    worst = figures.assign(rank=severity(figures["verdict"])).groupby("court")["rank"].min()
    same = told == of_rate.reindex(told.index)
    assert same.mean() > 0.7
    assert (severity(told[~same]) >= worst.reindex(told.index)[~same]).all()
    funnel = an.funnel(panel).table.set_index("court")["verdict"]
    assert (funnel == told.reindex(funnel.index)).all()


def test_returns_that_nobody_has_reconciled_carry_no_verdict_of_their_own():
    rng = Random(12)  # noqa: S311 - synthetic rows
    rows = pd.DataFrame([printed_row(rng, f"第{n}法院") for n in range(30)])
    assert set(an.funnel(rows, indicator="closure_rate").table["verdict"]) == {"unchecked"}
