"""Coverage, flagging and speed of the peers' statistics, by simulation. Writes what it finds to ``peers.md`` beside it.

    python benchmarks/peers.py [--quick]

Every part has its own seed; ``--quick`` runs a tenth of it and writes nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.inference.peers.contrasts import from_one
from analysis.inference.peers.funnel import funnel
from analysis.inference.peers.ranks import rank_intervals
from analysis.inference.peers.shrinkage import beta_binomial, normal_normal, shrink
from analysis.inference.peers.trends import peer_trends

ESTIMATES = {"group": "court", "estimate": "e", "standard_error": "s"}
COUNTS = {"group": "court", "numerator": "closed", "denominator": "received", "kind": "proportion"}
RATIO = {"group": "court", "numerator": "o", "denominator": "e", "kind": "ratio"}


def allowed(truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Best and worst rank that each court can claim, given ties in the truth."""
    return 1 + (truth > truth[:, None]).sum(1), len(truth) - (truth < truth[:, None]).sum(1)


def rank_sets(runs: int) -> Iterator[dict]:
    rng = np.random.default_rng(101)
    for p in (20, 60):
        error = rng.choice([0.3, 0.5, 0.8, 1.2], p)
        truths = {
            "all tied": np.zeros(p),
            "half tied": np.r_[np.zeros(p // 2), np.linspace(0.5, 6, p - p // 2)],
            "spread": np.linspace(0, 8, p),
        }
        for name, truth in truths.items():
            best, worst = allowed(truth)
            hits = {"marginal": [], "simultaneous": [], "bootstrap": []}
            for run in range(runs):
                table = pd.DataFrame({"court": range(p), "e": rng.normal(truth, error), "s": error})
                for method, hit in hits.items():
                    ranks = rank_intervals(table, **ESTIMATES, method=method, seed=run, draws=1000)
                    covers = (ranks["lower"] <= best) & (ranks["upper"] >= worst)
                    hit.append(covers.all() if method == "simultaneous" else covers.mean())
            row = {"courts": p, "truth": name} | {method: f"{np.mean(hit):.3f}" for method, hit in hits.items()}
            yield row | {"runs": runs}


def rank_sets_from_counts(runs: int) -> Iterator[dict]:
    """Rank sets of closure rates from counts: small courts, rates near 100 %."""
    rng = np.random.default_rng(102)
    for name, low, high in (("all at 95 %", 0.95, 0.95), ("all at 99 %", 0.99, 0.99), ("85 to 99 %", 0.85, 0.99)):
        truth = np.linspace(low, high, 40)
        best, worst = allowed(truth)
        hit = []
        for _ in range(runs):
            n = rng.integers(40, 1500, 40)
            table = pd.DataFrame({"court": range(40), "closed": rng.binomial(n, truth), "received": n})
            ranks = rank_intervals(table, **COUNTS)
            hit.append(((ranks["lower"] <= best) & (ranks["upper"] >= worst)).mean())
        yield {"courts": 40, "truth": name, "marginal": f"{np.mean(hit):.3f}", "runs": runs}


def shrinkage(runs: int) -> Iterator[dict]:
    rng = np.random.default_rng(103)
    for k in (20, 60, 200):
        for between in (0.0, 0.25, 1.0, 4.0):
            hit = []
            for _ in range(runs):
                s = np.exp(rng.normal(0, 0.5, k))
                truth = rng.normal(0, np.sqrt(between), k)
                found = normal_normal(rng.normal(truth, s), s)
                hit.append(((found.lower <= truth) & (truth <= found.upper)).mean())
            label = f"variance {between:g} between courts"
            yield {"model": "normal", "courts": k, "truth": label, "covered": f"{np.mean(hit):.3f}", "runs": runs}
    for k in (20, 60, 200):
        for m in (50, 400, np.inf):
            hit = []
            for _ in range(runs):
                n = rng.integers(20, 2000, k).astype(float)
                truth = np.full(k, 0.95) if np.isinf(m) else rng.beta(0.95 * m, 0.05 * m, k)
                found = beta_binomial(rng.binomial(n.astype(int), truth).astype(float), n)
                hit.append(((found.lower <= truth) & (truth <= found.upper)).mean())
            label = "no differences" if np.isinf(m) else f"beta, M = {m}"
            yield {
                "model": "beta-binomial",
                "courts": k,
                "truth": label,
                "covered": f"{np.mean(hit):.3f}",
                "runs": runs,
            }


def flags_without_differences(runs: int) -> Iterator[dict]:
    rng = np.random.default_rng(104)
    choices = ((None, False), ("multiplicative", False), ("additive", False), ("additive", True))
    for kind in ("proportion 95 %", "proportion 60 %", "ratio"):
        for adjust, corrected in choices:
            flagged, total = np.zeros(2), 0
            for _ in range(runs):
                n = rng.integers(20, 2000, 300)
                if kind == "ratio":
                    table, call = pd.DataFrame({"court": range(300), "o": rng.poisson(n), "e": n}), RATIO
                else:
                    p = 0.95 if "95" in kind else 0.6
                    table, call = (
                        pd.DataFrame({"court": range(300), "closed": rng.binomial(n, p), "received": n}),
                        COUNTS,
                    )
                fun = funnel(table, **call, adjust=adjust, corrected=corrected)
                flagged += fun.table[["outside_95", "outside_998"]].sum().to_numpy()
                total += 300
            name = (adjust or "none") + (", corrected" if corrected else "")
            share = {
                f"outside {label}": f"{100 * value / total:.2f} %"
                for label, value in zip(("95 %", "99.8 %"), flagged, strict=True)
            }
            yield {"figures": kind, "adjustment": name} | share | {"courts": total}


def flags_with_normal_differences(runs: int) -> Iterator[dict]:
    """Courts that differ by normal variance only: share outside 99.8 %, found and as ``.shares`` predicts it."""
    rng = np.random.default_rng(105)
    for trimming in ("winsorised", "trimmed"):
        for corrected in (False, True):
            found, said = [], []
            for _ in range(runs):
                e = rng.uniform(100, 4000, 400)
                o = rng.poisson(e * np.exp(rng.normal(0, 0.15, 400)))
                table = pd.DataFrame({"court": range(400), "o": o, "e": e})
                fun = funnel(table, **RATIO, adjust="additive", trimming=trimming, corrected=corrected)
                found.append(fun.table["outside_998"].mean())
                shares = fun.shares[fun.shares["trimming"] == trimming].set_index("adjustment")["flagged_998"]
                said.append(shares["additive_corrected" if corrected else "additive"])
            name = trimming + (", corrected" if corrected else "")
            yield {
                "additive": name,
                "found": f"{100 * np.mean(found):.2f} %",
                "predicted": f"{100 * np.mean(said):.2f} %",
                "runs": runs,
            }


def regression_to_the_mean(runs: int) -> Iterator[dict]:
    """560 courts, 18 years, no court truly changes: the worst tenth of each year, a year later."""
    rng = np.random.default_rng(106)
    for _ in range(max(1, runs // 50)):
        values = rng.normal(90, 1, 560)[:, None] + rng.normal(0, 1, (560, 18))
        court, year = np.repeat(np.arange(560), 18), np.tile(np.arange(2006, 2024), 560)
        trends = peer_trends(pd.DataFrame({"court": court, "year": year, "rate": values.ravel()}), value="rate")
        c = trends.changes
        worst = c[c["gap_before"] <= c.groupby("period_from")["gap_before"].transform(lambda gap: gap.quantile(0.1))]
        yield {
            "change of the worst tenth": f"{worst['gap_change'].mean():+.3f}",
            "expected from all": f"{worst['expected_from_all'].mean():+.3f}",
            "median r": f"{trends.correlations['r'].median():.3f}",
            "called beyond chance": f"{100 * c['beyond_chance'].mean():.1f} %",
        }


def speed(_: int) -> Iterator[dict]:
    rng = np.random.default_rng(107)
    n = np.maximum(rng.lognormal(6, 1, 3000).astype(int), 10)
    closed = rng.binomial(n, rng.beta(95, 5, 3000))
    table = pd.DataFrame({"court": range(3000), "closed": closed, "received": n})
    table["e"], table["s"] = closed / n + rng.normal(0, 1e-6, 3000), 0.25 / np.sqrt(n)
    jobs: dict[str, tuple[int, Callable[[pd.DataFrame], object]]] = {
        "funnel, additive": (3000, lambda t: funnel(t, **COUNTS, adjust="additive")),
        "shrink, beta-binomial": (3000, lambda t: shrink(t, **COUNTS)),
        "shrink, normal": (3000, lambda t: shrink(t, **ESTIMATES)),
        "rank sets, marginal": (3000, lambda t: rank_intervals(t, **ESTIMATES)),
        "rank sets, simultaneous": (500, lambda t: rank_intervals(t, **ESTIMATES, method="simultaneous")),
    }
    from_one(np.zeros(3), np.ones(3), level=0.95)  # the first call pays for loading scipy
    for name, (count, job) in jobs.items():
        some = table.head(count)
        start, busy = time.perf_counter(), time.process_time()
        job(some)
        wall, cpu = time.perf_counter() - start, time.process_time() - busy
        yield {"what": name, "courts": count, "seconds": f"{wall:.1f}", "processor seconds": f"{cpu:.1f}"}


PARTS: dict[str, tuple[str, Callable[[int], Iterator[dict]], int]] = {
    "Rank sets": (
        "Share of runs (simultaneous) or of courts (marginal, bootstrap) whose set holds every rank that ties allow, nominal "
        "95 %; at least 93 % is asked of the first two. The bootstrap is why it is called a simulation spread. Seed 101.",
        rank_sets,
        200,
    ),
    "Rank sets from counts": (
        "Closure rates of 40 courts with 40 to 1,500 cases. Seed 102.",
        rank_sets_from_counts,
        300,
    ),
    "Shrunken intervals": (
        "Average coverage over courts, nominal 95 %. Asked: 93 to 97 % over courts drawn from the model, at least 93 % with no "
        "variance between courts. Seed 103.",
        shrinkage,
        200,
    ),
    "Flags where courts do not differ": (
        "Nominal 5 % and 0.2 %; 300 courts with 20 to 2,000 cases a run. Seed 104.",
        flags_without_differences,
        200,
    ),
    "Flags where courts differ by normal variance only": (
        "400 courts with 100 to 4,000 expected and a between-court standard deviation of 0.15 on the log scale; share outside the "
        "99.8 % limits. Seed 105.",
        flags_with_normal_differences,
        200,
    ),
    "Regression to the mean": ("Seed 106.", regression_to_the_mean, 200),
    "Speed": ("One run, two processor cores. Seed 107.", speed, 1),
}


def as_markdown(rows: list[dict]) -> str:
    head = list(rows[0])
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(row[name]) for name in head) + " |" for row in rows])


def main() -> None:
    quick = "--quick" in sys.argv
    text = ["# Peers: coverage, flagging and speed by simulation", "", "Written by `python benchmarks/peers.py`."]
    for name, (about, part, runs) in PARTS.items():
        rows = list(part(max(1, runs // 10) if quick else runs))
        text += ["", f"## {name}", "", about, "", as_markdown(rows)]
        print("\n".join(text[-5:]), flush=True)
    if not quick:
        (Path(__file__).parent / "peers.md").write_text("\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
