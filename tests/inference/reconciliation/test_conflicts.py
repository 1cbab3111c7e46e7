"""Tables that contradict themselves throughout (synthetic): the search for their conflicts ends, and says so."""

from random import Random
from types import SimpleNamespace

import pandas as pd
import pytest

import analysis as an
from analysis.inference.reconciliation import components
from analysis.inference.reconciliation.conflicts import hitting_set

FLOWS = ("opening", "filed", "closed", "closing")


def cumulative(months, seed, court="甲法院"):
    """Months since January that a court prints anew each month, every figure made up without the others."""
    rng = Random(seed)  # noqa: S311 - synthetic tables
    rows = []
    for month in range(1, months + 1):
        figures = {name: str(rng.randint(50, 400)) for name in FLOWS} | {"closure_rate": f"{rng.uniform(60, 99):.2f}"}
        end = (pd.Timestamp(2023, month, 1) + pd.offsets.MonthEnd(0)).date()
        rows.append({"court": court, "period_start": "2023-01-01", "period_end": str(end), **figures})
    return rows


def misprinted(months, seed, share=1 / 3):
    """Cumulative months of which a share of the figures is misprinted, and which of them are true."""
    rng = Random(seed)  # noqa: S311 - synthetic tables
    opening, filed, closed, rows, true = rng.randint(100, 200), 0, 0, cumulative(months, seed), []
    for row in rows:
        filed, closed = filed + rng.randint(60, 90), closed + rng.randint(50, 60)
        row |= {"opening": opening, "filed": filed, "closed": closed, "closing": opening + filed - closed}
        row["closure_rate"] = f"{100 * closed / (opening + filed):.2f}"
        for name in (*FLOWS, "closure_rate"):
            is_true = rng.random() > share
            row[name] = str(row[name]) if is_true else str(float(row[name]) + rng.randint(1, 99)).removesuffix(".0")
            true.append(is_true)
    return rows, true


@pytest.mark.full
def test_a_court_whose_cumulative_months_all_contradict_each_other_is_done_at_once():
    """It was minutes. Nobody is accused where not every repair was tried, nobody called right."""
    from time import process_time  # of this process alone, whatever else the machine does

    began = process_time()
    rec = an.reconcile(pd.DataFrame(cumulative(12, 0)))
    assert process_time() - began < 5
    assert not rec.figures["verdict"].isin(["contradicts", "impossible", "agrees"]).any()
    assert rec.conflicts.loc[rec.conflicts["printed"].notna(), "repair"].isna().all()
    assert rec.figures["upper"].eq(float("inf")).all(), "what may be wrong bounds nothing"
    (fewest,) = rec.fewest.itertuples()
    assert fewest.explanation.split("\n") == [
        f"至少须改{fewest.figures}个数；矛盾太多，没有逐一找完，请逐个与原表核对",
        f"at least {fewest.figures} figures must change; there are too many contradictions to be searched to the end; "
        "check each figure against its source",
    ]
    assert rec.figures["explanation"].str.contains("没有逐一找完").any()
    assert rec.caption.zh.endswith("；甲法院：矛盾太多，没有逐一找完，请逐个与原表核对")
    assert rec.caption.en.endswith(f"; 甲法院: {rec.fewest['explanation'].iloc[0].partition('; ')[2]}")
    assert "没有逐一找完" in str(an.plot_reconciliation(rec, interactive=True, language="zh").to_plotly_json()).replace(
        "<br>", ""
    )


def test_where_the_search_ends_early_no_figure_is_accused_and_none_of_the_others_agrees_untold(monkeypatch):
    """One misprint among true figures: the search may ask nothing, so that it cannot know which."""
    rows = [
        {"court": "甲法院", "period_start": f"{y}-01-01", "period_end": f"{y}-12-31", "opening": "20", "filed": "80"}
        | {"received": "100", "closed": "80", "closing": "20", "closure_rate": "80.00"}
        for y in (2011, 2012, 2013)
    ]
    rows[1]["closing"] = "30"
    assert "contradicts" in set(an.reconcile(pd.DataFrame(rows)).figures["verdict"])
    monkeypatch.setattr(components, "ASKED", -1000)
    rec = an.reconcile(pd.DataFrame(rows))
    assert set(rec.figures["verdict"]) == {"shares_conflict", "agrees"}
    assert rec.figures.loc[rec.figures["verdict"] == "shares_conflict", "printed"].tolist().count("30") == 1
    assert rec.figures["explanation"].str.contains("17 other published figures cannot all be true").any()
    assert rec.implied.empty
    assert (rec.figures["lower"] <= 0).all()
    assert rec.figures["upper"].eq(float("inf")).all(), "none of the others is known to be right"


@pytest.mark.full
def test_a_third_of_misprints_accuses_no_true_figure():
    for seed in range(6):
        rows, true = misprinted(8, seed)
        rec = an.reconcile(pd.DataFrame(rows))
        accused = rec.figures["verdict"].isin(["contradicts", "impossible"])
        assert not accused[true].any(), seed


def test_never_more_figures_are_said_to_be_wrong_than_must_be():
    """Twenty triangles in a chain: two of each suffice, which a programme of few steps does not prove."""
    numbers = list(range(60))
    Random(1).shuffle(numbers)  # noqa: S311
    figures = [SimpleNamespace(number=number) for number in numbers]
    pairs = []
    for at in range(0, 60, 3):
        one, two, three = figures[at : at + 3]
        pairs += [(one, two), (two, three), (one, three)] + ([(figures[at - 3], two)] if at else [])
    assert len(hitting_set([SimpleNamespace(figures=pair) for pair in pairs])) <= 40


@pytest.mark.full
def test_where_a_fifth_is_misprinted_the_search_comes_to_its_end_and_names_each():
    """It ended before, and told of none: six of thirty figures of half a year."""
    rows, true = misprinted(6, 8, share=0.1)
    verdicts = an.reconcile(pd.DataFrame(rows)).figures["verdict"]
    assert verdicts.eq("contradicts").tolist() == [not is_true for is_true in true]
    assert "unchecked" not in set(verdicts)
