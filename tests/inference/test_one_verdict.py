"""One verdict a figure: a panel of peers by its own rows, and all figures reconciled, never say two things."""

from random import Random

import pandas as pd

import analysis as an
from analysis.returns.verdicts import DISPUTED


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


def test_a_panel_says_of_a_rate_what_reconciliation_says_or_accuses_none():
    rng = Random(11)  # noqa: S311 - synthetic rows
    rows = pd.DataFrame([printed_row(rng, f"第{n}法院") for n in range(150)])
    panel = an.peer_panel(rows).table.set_index("court")["verdict"]
    figures = an.reconcile(rows).figures
    said = figures[figures["measure"] == "closure_rate"].set_index("court")["verdict"].reindex(panel.index)
    assert set(said) >= {"agrees", "truncated", "definition", "shares_conflict", "contradicts"}
    # the row alone accuses none; what it finds at odds is so for all figures together, and nothing else
    assert not set(panel) & {"contradicts", "impossible", "one_of_two"}
    assert (panel.isin(DISPUTED) == said.isin(DISPUTED)).all()
    assert (panel == said)[
        ~said.isin(DISPUTED)
    ].mean() > 0.98  # many coarse figures together may know a definition better
    carried = an.peer_panel(rows, verdicts=figures[figures["measure"] == "closure_rate"]).table.set_index("court")
    assert (carried["verdict"] == said).all()
