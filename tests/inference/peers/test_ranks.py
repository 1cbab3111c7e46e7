"""Rank sets: published answers, coverage under ties, speed, and what is refused."""

import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.inference.peer_panel import peer_panel
from analysis.inference.peers import contrasts
from analysis.inference.peers.ranks import SPREAD, rank_intervals, top_set
from analysis.inference.reconciliation.reconcile import reconcile
from analysis.returns.reading import read_returns
from analysis.vocabulary.errors import ArgumentError, DataError, InputError

CALL = {"group": "court", "estimate": "e", "standard_error": "s"}


def courts(estimate, error) -> pd.DataFrame:
    return pd.DataFrame({"court": [f"法院{i}" for i in range(len(estimate))], "e": estimate, "s": error})


def allowed(truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The best and the worst rank that each court can claim, given ties in the truth."""
    return 1 + (truth > truth[:, None]).sum(1), len(truth) - (truth < truth[:, None]).sum(1)


def test_columns_order_and_input():
    table = courts([3.0, 1.0, 2.0], [0.1, 0.1, 0.1])
    before = table.copy()
    ranks = rank_intervals(table, **CALL)
    assert list(ranks.columns) == ["court", "value", "rank", "lower", "upper", "method"]
    assert ranks["court"].tolist() == table["court"].tolist()
    assert ranks["rank"].tolist() == [1, 3, 2]
    pd.testing.assert_frame_equal(table, before)


def test_low_may_be_best():
    table = courts([3.0, 1.0, 2.0], [0.1, 0.1, 0.1])
    assert rank_intervals(table, **CALL, best="low")["rank"].tolist() == [3, 1, 2]


def test_sets_do_not_depend_on_the_order_in_which_courts_stand():
    rng = np.random.default_rng(3)
    table = courts(rng.normal(size=40), 0.3)
    for method in ("marginal", "simultaneous", "bootstrap"):
        there, back = (rank_intervals(rows, **CALL, method=method, draws=60) for rows in (table, table[::-1]))
        pd.testing.assert_frame_equal(there, back[::-1].reset_index(drop=True))


@pytest.mark.full
def test_a_rank_never_stands_without_its_interval():
    rng = np.random.default_rng(0)
    for method in ("marginal", "simultaneous", "bootstrap"):
        ranks = rank_intervals(courts(rng.normal(size=40), rng.uniform(0.1, 2, 40)), **CALL, method=method)
        assert (ranks["lower"] <= ranks["rank"]).all()
        assert (ranks["rank"] <= ranks["upper"]).all()
        assert ranks["lower"].ge(1).all()
        assert ranks["upper"].le(40).all()


def test_simultaneous_sets_are_wider_and_bootstrap_is_no_confidence_set():
    rng = np.random.default_rng(1)
    table = courts(rng.normal(size=60), np.full(60, 0.3))
    width = {}
    for method in ("marginal", "simultaneous", "bootstrap"):
        ranks = rank_intervals(table, **CALL, method=method)
        width[method] = (ranks["upper"] - ranks["lower"]).mean()
    assert width["bootstrap"] < width["marginal"] < width["simultaneous"]
    assert rank_intervals(table, **CALL, method="bootstrap")["method"].eq(SPREAD).all()


@pytest.mark.full
def test_step_down_never_widens():
    rng = np.random.default_rng(2)
    table = courts(rng.normal(size=80), rng.uniform(0.05, 0.4, 80))
    for method in ("marginal", "simultaneous"):
        one, more = (rank_intervals(table, **CALL, method=method, stepdown=flag) for flag in (False, True))
        assert (more["lower"] >= one["lower"]).all()
        assert (more["upper"] <= one["upper"]).all()


@pytest.mark.full
def test_integrated_quantiles_are_those_of_simulation():
    rng = np.random.default_rng(3)
    error = np.exp(rng.normal(0, 0.8, 60))
    table = contrasts._Quantiles(error, 0.95)
    beats, loses = np.zeros((60, 60), bool), np.zeros((60, 60), bool)
    beats[:, 40:50], loses[:, 50:] = True, True
    np.fill_diagonal(beats, val=False)
    np.fill_diagonal(loses, val=False)
    critical = table.critical(np.arange(60), beats, loses)
    noise = rng.standard_normal((60_000, 60)) * error
    for i in (0, 7, int(error.argmin()), int(error.argmax())):
        t = (noise[:, [i]] - noise) / np.sqrt(error[i] ** 2 + error**2)
        t = np.where(beats[i], -t, np.where(loses[i], t, np.abs(t)))
        t[:, i] = -np.inf
        assert (t.max(1) <= critical[i]).mean() == pytest.approx(0.95, abs=0.004)


@pytest.mark.parametrize("truth", ["tied", "half", "spread"])
@pytest.mark.parametrize("method", ["marginal", "simultaneous"])
@pytest.mark.full
def test_coverage_where_courts_are_alike(truth, method):
    rng = np.random.default_rng(4)
    p, runs = 25, 100
    theta = {"tied": np.zeros(p), "half": np.r_[np.zeros(p // 2), np.linspace(1, 6, p - p // 2)]}
    theta["spread"] = np.linspace(0, 8, p)
    best, worst = allowed(theta[truth])
    error = rng.choice([0.3, 0.5, 0.8, 1.2], p)
    hit = []
    for run in range(runs):
        ranks = rank_intervals(
            courts(rng.normal(theta[truth], error), error), **CALL, method=method, seed=run, draws=1000
        )
        covers = (ranks["lower"] <= best) & (ranks["upper"] >= worst)
        hit.append(covers.all() if method == "simultaneous" else covers.mean())
    assert np.mean(hit) >= 0.93 - 2 * 0.05 / np.sqrt(runs)


def test_certain_and_equal_courts():
    assert rank_intervals(courts([1.0, 1.0, 1.0], [0.0, 0.0, 0.0]), **CALL)["rank"].tolist() == [1, 1, 1]
    sure = rank_intervals(courts([3.0, 2.0, 1.0], [0.0, 0.0, 0.0]), **CALL, method="simultaneous")
    assert sure[["lower", "upper"]].values.tolist() == [[1, 1], [2, 2], [3, 3]]
    assert rank_intervals(courts([1.0], [0.1]), **CALL)[["rank", "lower", "upper"]].values.tolist() == [[1, 1, 1]]
    two = rank_intervals(courts([1.0, 1.1], [0.1, 0.1]), **CALL)
    assert two[["lower", "upper"]].values.tolist() == [[1, 2], [1, 2]]


def test_courts_without_an_error_are_listed():
    ranks = rank_intervals(courts([1.0, 2.0, None], [0.1, None, 0.1]), **CALL)
    assert ranks["court"].tolist() == ["法院0"]
    assert [row["court"] for row in ranks.attrs["excluded"]] == ["法院1", "法院2"]


def test_counts_and_returns_rank_by_their_own_value():
    year = {"level": "basic", "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    rows = [{"court": "甲", "received": "386", "closed": "386"}, {"court": "乙", "received": "3000", "closed": "2400"}]
    rows += [{"court": f"丙{k}", "received": "3000", "closed": "1500"} for k in range(8)]
    returns = read_returns(pd.DataFrame([year | row for row in rows]))
    ranks = rank_intervals(returns, indicator="closure_rate")
    assert ranks[["rank", "lower", "upper"]].values.tolist()[:2] == [[1, 1, 1], [2, 2, 2]]
    with pytest.raises(DataError, match="9家"):  # among so few none has a place
        rank_intervals(returns[:9], indicator="closure_rate")
    counts = pd.DataFrame({"court": ["甲", "乙"], "o": [0, 30], "e": [20.0, 20.0]})
    by_ratio = rank_intervals(counts, group="court", numerator="o", denominator="e", kind="ratio", best="low")
    assert by_ratio["lower"].tolist() == [1, 2]


def test_top_k():
    sets = rank_intervals(courts([5.0, 4.9, 1.0, 0.0], [0.2] * 4), **CALL, method="simultaneous")
    assert top_set(sets, k=1)["court"].tolist() == ["法院0", "法院1"]
    assert len(top_set(sets, k=4)) == 4
    with pytest.raises(ArgumentError):
        top_set(sets, k=0)
    with pytest.raises(ArgumentError):
        top_set(rank_intervals(courts([5.0, 4.9], [0.2] * 2), **CALL), k=1)


def test_what_is_refused():
    table = courts([1.0, 2.0], [0.1, 0.1])
    for wrong in ({"method": "bayes"}, {"level": 95}, {"best": "highest"}):
        with pytest.raises(ArgumentError):
            rank_intervals(table, **CALL, **wrong)
    with pytest.raises(DataError):
        rank_intervals(courts([1.0, 2.0], [0.1, -0.1]), **CALL)
    with pytest.raises(DataError):
        rank_intervals(pd.concat([table, table]), **CALL)
    with pytest.raises(InputError):
        rank_intervals(table, group="court", estimate="e", standard_error="se")
    with pytest.raises(ArgumentError, match="standard_error"):
        rank_intervals(table, group="court", estimate="e")


@pytest.mark.full
def test_speed():
    rng = np.random.default_rng(5)
    error = 1 / (2 * np.sqrt(rng.lognormal(6, 1, 3000)))
    table = courts(rng.normal(0, 0.05, 3000) + rng.normal(0, error), error)
    start = time.process_time()
    rank_intervals(table, **CALL)
    assert time.process_time() - start < 5
    start = time.process_time()
    rank_intervals(table.head(500), **CALL, method="simultaneous")
    assert time.process_time() - start < 10


PISA = Path(__file__).parents[2] / "data" / "pisa_2018_mathematics.csv"


def test_seed_is_an_argument():
    table = pd.read_csv(PISA)
    call = {"group": "jurisdiction", "estimate": "math_score", "standard_error": "math_se", "method": "simultaneous"}
    pd.testing.assert_frame_equal(rank_intervals(table, **call, seed=1), rank_intervals(table, **call, seed=1))


def uncertain_courts(courts: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Courts with truths of their own, a third of which print a figure that is off, within bounds that hold the right one."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(0, 1, courts)
    figure = truth + rng.normal(0, 0.3, courts)
    off = np.where(np.arange(courts) % 3 == 0, rng.uniform(-1.5, 1.5, courts), 0.0)
    table = pd.DataFrame({"court": np.arange(courts), "rate": figure + off, "se": 0.3, "truth": truth})
    bounds = pd.DataFrame(
        {"court": np.arange(courts), "lower": figure + np.minimum(off, 0), "upper": figure + np.maximum(off, 0)}
    )
    return table, bounds[off != 0]


@pytest.mark.parametrize("method", [pytest.param("marginal", marks=pytest.mark.full), "simultaneous"])
def test_ranks_that_carry_bounds_hold_the_true_rank_where_printed_figures_are_wrong(method):
    held, printed = [], []
    for seed in range(40):
        table, bounds = uncertain_courts(15, seed)
        rank = table["truth"].rank(ascending=False)
        given = {"estimate": "rate", "standard_error": "se", "method": method, "draws": 500}
        wide, plain = rank_intervals(table, **given, bounds=bounds), rank_intervals(table, **given)
        assert (wide["lower"] <= plain["lower"]).all()
        assert (wide["upper"] >= plain["upper"]).all()
        assert set(wide.loc[wide["bounded"], "court"]) == set(bounds["court"])
        for sets, into in ((wide, held), (plain, printed)):
            inside = (sets["lower"] <= rank) & (rank <= sets["upper"])
            into.append(inside.all() if method == "simultaneous" else inside.mean())
    assert np.mean(held) >= 0.93
    assert np.mean(printed) < np.mean(held)


@pytest.mark.parametrize("method", [pytest.param("marginal", marks=pytest.mark.full), "simultaneous"])
def test_ranks_that_carry_bounds_hold_those_of_all_figures_within_them(method):
    given = {"estimate": "rate", "standard_error": "se", "method": method, "draws": 100}
    for seed in range(25):
        rate, width, error = np.random.default_rng(seed).uniform((0, 0, 0.1), (2, 0.1, 0.4), (20, 3)).T
        table = pd.DataFrame({"court": range(20), "rate": rate, "se": error})
        bounds = pd.DataFrame({"court": range(20), "lower": rate - width, "upper": rate + width})
        wide = rank_intervals(table, **given, bounds=bounds)
        for end in (bounds["lower"], bounds["upper"]):
            at_end = rank_intervals(table.assign(rate=end), **given)
            assert (wide["lower"] <= at_end["lower"]).all()
            assert (wide["upper"] >= at_end["upper"]).all()


@pytest.mark.full
def test_bounds_may_be_what_reconcile_leaves_open():
    year = {"level": "basic", "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    rows = [
        year | {"court": f"院{i}", "received": "1000", "closed": str(700 + 10 * i), "closing": str(300 - 10 * i)}
        for i in range(12)
    ]
    rows[3]["closed"] = "930"  # 1000 received and 270 pending leave 730
    returns = pd.DataFrame(rows)
    figures = reconcile(returns).figures
    panel = peer_panel(returns, verdicts=figures)
    plain, wide = rank_intervals(panel), rank_intervals(panel, bounds=figures)
    other = wide["court"] != "院3"
    assert wide["bounded"].tolist() == [court == "院3" for court in wide["court"]]
    at = wide.set_index("court").loc["院3"]
    assert at["lower"] == 1
    assert at["upper"] >= 9, "of 730 closed it would stand ninth"
    assert (wide.loc[other, "lower"] <= plain.loc[other, "lower"]).all()
    assert "1家的数字未定" in str(wide.attrs["caption"])
    pd.testing.assert_frame_equal(
        rank_intervals(returns, indicator="closure_rate", bounds=figures)[["lower", "upper"]], wide[["lower", "upper"]]
    )


@pytest.mark.full
def test_a_base_that_is_not_printed_carries_the_bounds_of_its_parts():
    """The opening stock differs from what the year before left: with the latter the court stands ninth."""
    year = {"level": "basic", "scope": "执行案件"}
    before, now = ({"period_start": f"{y}-01-01", "period_end": f"{y}-12-31"} for y in (2010, 2011))
    rows = []
    for i in range(12):
        rows.append(year | before | {"court": f"院{i}", "closing": "200"})
        opening = "700" if i == 3 else "200"
        rows.append(year | now | {"court": f"院{i}", "opening": opening, "filed": "800", "closed": str(700 + 10 * i)})
    figures = reconcile(pd.DataFrame(rows)).figures
    panel = peer_panel(pd.DataFrame(rows), period=2011, verdicts=figures)
    at = rank_intervals(panel, bounds=figures).set_index("court").loc["院3"]
    assert at["bounded"]
    assert at["lower"] <= 9 <= at["upper"]
    assert at["verdict"] != "unchecked", "what its parts say is said of it"
    received = [{"court": f"院{i}", "measure": "received", "lower": 900.0, "upper": 1100.0} for i in (3, 5)]
    assert rank_intervals(panel, bounds=pd.DataFrame(received))["bounded"].sum() == 2


def test_bounds_are_refused_where_they_mean_nothing():
    table = pd.DataFrame({"court": ["甲", "乙"], "rate": [1.0, 2.0], "se": 0.1})
    given = {"estimate": "rate", "standard_error": "se"}
    with pytest.raises(ArgumentError, match="bootstrap"):
        rank_intervals(table, **given, method="bootstrap", bounds=pd.DataFrame({"court": [], "lower": [], "upper": []}))
    with pytest.raises(ArgumentError, match="peer_panel"):
        rank_intervals(table, **given, bounds=pd.DataFrame({"court": [], "measure": [], "lower": [], "upper": []}))
    with pytest.raises(DataError, match="甲"):
        rank_intervals(table, **given, bounds=pd.DataFrame({"court": ["甲"], "lower": [2.0], "upper": [1.0]}))
    with pytest.raises(ArgumentError, match="甲院"):
        rank_intervals(table, **given, bounds=pd.DataFrame({"court": ["甲院"], "lower": [0.0], "upper": [1.0]}))
    counts = {"numerator": "closed", "denominator": "received", "kind": "proportion"}
    cases = pd.DataFrame({"court": ["甲", "乙"], "closed": [90, 80], "received": [100, 100]})
    with pytest.raises(DataError, match="不写作96"):
        rank_intervals(cases, **counts, bounds=pd.DataFrame({"court": ["甲"], "lower": [85], "upper": [95]}))


def test_ranks_of_a_table_of_fewer_than_ten_courts_say_how_little_they_tell():
    def caption(count):
        table = pd.DataFrame({"court": range(count), "closed": 80, "received": 100})
        return rank_intervals(table, numerator="closed", denominator="received").attrs["caption"]

    assert "不足10家，名次说明不了法院的好坏" in caption(6)
    assert "fewer than 10: ranks among so few say little of a court" in caption(6)
    assert "不足10家" not in caption(10)
