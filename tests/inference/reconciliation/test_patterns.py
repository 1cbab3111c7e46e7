"""Patterns beside what chance gives: facts with their base rates, checked on made-up figures with and without them."""

from random import Random

import pandas as pd
import pytest
from scipy.stats import binomtest

import analysis as an
from analysis.inference.reconciliation.patterns import patterns_of
from analysis.inference.reconciliation.printed_cells import figures_by_court
from analysis.inference.reconciliation.relations import lines_of


def scanned(rows):
    return patterns_of(lines_of(figures_by_court(an.read_returns(pd.DataFrame(rows))))).set_index("pattern")


def courts(rng, n=200, rate=None, closed=None):
    for number in range(n):
        received = rng.randint(150, 4000)
        done = closed(received) if closed else rng.randint(6 * received // 10, received - 1)
        row = {"court": f"法院{number}", "period_start": "2011", "period_end": "2011", "received": str(received)}
        yield row | {"closed": str(done), "closure_rate": f"{rate(rng) if rate else 100 * done / received:.2f}"}


def test_figures_by_chance_show_no_pattern():
    table = scanned(courts(Random(1)))  # noqa: S311
    assert set(table.index) == {"threshold", "round_rate", "last_digit", "closed_out"}
    assert table["p"].min() > 0.01


def test_rates_that_just_reach_a_threshold_are_counted_against_those_that_just_miss_it():
    rows = [row | {"closure_rate": "95.10" if n < 9 else "94.80" if n == 9 else "88.00"} for n, row in
            enumerate(courts(Random(2), n=30))]  # fmt: skip # noqa: S311
    row = scanned(rows).loc["threshold"]
    assert row[["observed", "of", "expected"]].tolist() == [9, 10, 5]
    assert row["p"] == pytest.approx(binomtest(9, 10, 0.5, alternative="greater").pvalue)
    assert "随机应各半" in row["sentence"]


def test_rates_without_decimals_and_last_digits_stand_beside_what_chance_gives():
    rng = Random(3)  # noqa: S311
    rows = [
        row | {"closed": row["closed"][:-1] + "0", "closure_rate": f"{rng.randint(70, 99)}.00"} for row in courts(rng)
    ]
    table = scanned(rows)
    assert table.loc["round_rate", ["observed", "of", "expected"]].tolist() == [200, 200, 2]
    digits = table.loc["last_digit"].set_index("measure")
    assert digits.loc["closed", "observed"] == digits.loc["closed", "of"]
    assert digits.loc["closed", "p"] < 1e-6 < digits.loc["received", "p"]


def test_years_without_a_pending_case_are_set_against_the_closure_rate_of_the_others():
    rng = Random(4)  # noqa: S311
    rows = list(courts(rng, n=40, closed=lambda received: received if rng.random() < 0.3 else received * 9 // 10))
    row = scanned(rows).loc["closed_out"]
    assert row["observed"] == sum(r["closed"] == r["received"] for r in rows)
    assert row["expected"] < 0.01  # 0.9 to the power of 150 and more
    assert row["p"] < 1e-6


def test_a_small_table_is_not_scanned_and_nothing_speaks_of_intent():
    assert an.reconcile(an.sample_path("returns_fujin.csv")).patterns.empty
    for sentence in scanned(courts(Random(5)))["sentence"]:  # noqa: S311
        assert not any(word in sentence for word in ("造假", "作假", "舞弊", "fraud", "manipulat"))
