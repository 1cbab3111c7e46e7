"""Coverage, flagging and speed of the peers' statistics, by simulation. Writes what it finds to ``peers.md`` beside it.

    python benchmarks/peers.py [--quick] [part ...]

Every part has its own seed; ``--quick`` runs a tenth of it and writes nothing; parts named are written in place of what stands there.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import expit, ndtr
from scipy.stats import binom, gamma, norm

from analysis.inference.peers import score_ranks
from analysis.inference.peers.composite import composite_score
from analysis.inference.peers.contrasts import from_one
from analysis.inference.peers.funnel import funnel
from analysis.inference.peers.over_time import peers_over_time
from analysis.inference.peers.prediction import BATCHED, NODES, TAIL_NODES, TAILS, _mixture
from analysis.inference.peers.ranks import rank_intervals
from analysis.inference.peers.shrinkage import beta_binomial, normal_normal, shrink
from analysis.inference.peers.standing_out import stands_out
from analysis.inference.peers.trends import peer_trends
from analysis.measures.intervals import wilson
from analysis.measures.linked_cases import Clusters, proportion
from analysis.measures.sums_of_cases import money_limits

ESTIMATES = {"group": "court", "estimate": "e", "standard_error": "s"}
COUNTS = {"group": "court", "numerator": "closed", "denominator": "received", "kind": "proportion"}
RATIO = {"group": "court", "numerator": "o", "denominator": "e", "kind": "ratio"}
VERDICTS_A_RUN = 50  # so many verdicts where no court moves for each run in which one does


def allowed(truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Best and worst rank that each court can claim, given ties in the truth."""
    return 1 + (truth > truth[:, None]).sum(1), len(truth) - (truth < truth[:, None]).sum(1)


def mean_of(runs: Sequence[float] | np.ndarray, times: float = 1, digits: int = 3, mark: str = "") -> str:
    """The mean of as many runs, with its standard error."""
    error = times * np.std(runs) / np.sqrt(len(runs))
    return f"{times * np.mean(runs):.{digits}f}{mark} ± {error:.{digits}f}"


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
            row = {"courts": p, "truth": name} | {method: mean_of(hit) for method, hit in hits.items()}
            yield row | {"runs": runs}


def rank_sets_from_counts(runs: int) -> Iterator[dict]:
    """Rank sets of closure rates from counts: small courts, rates near 100%."""
    rng = np.random.default_rng(102)
    for name, low, high in (("all at 95%", 0.95, 0.95), ("all at 99%", 0.99, 0.99), ("85 to 99%", 0.85, 0.99)):
        truth = np.linspace(low, high, 40)
        best, worst = allowed(truth)
        hit = []
        for _ in range(runs):
            n = rng.integers(40, 1500, 40)
            table = pd.DataFrame({"court": range(40), "closed": rng.binomial(n, truth), "received": n})
            ranks = rank_intervals(table, **COUNTS)
            hit.append(((ranks["lower"] <= best) & (ranks["upper"] >= worst)).mean())
        yield {"courts": 40, "truth": name, "marginal": mean_of(hit), "runs": runs}


def ranks_of_scores(runs: int) -> Iterator[dict]:
    """Rank sets of a score of rates from counts, at the weights given: courts at a target, at the edge of a band, apart from it."""
    rng = np.random.default_rng(113)
    target = {"normalisation": "target", "floor": 50, "target": 90}
    ways = {"target": target, "bands": {"normalisation": "bands", "bands": [[80, 0.5], [90, 1.0]]}, "min-max": {}}
    levels = {"all at 90%": (0.9, 0.9), "80 to 97%": (0.8, 0.97)}
    score_ranks.WEIGHTINGS = 1  # those of random weights are not asked for
    for way, courts, items, level in [
        *(("target", courts, items, "all at 90%") for courts in (10, 30) for items in (1, 4)),
        *(("bands", courts, items, "all at 90%") for courts in (10, 30) for items in (1, 4)),
        *(("min-max", courts, 2, "all at 90%") for courts in (10, 30)),
        *((way, 10, 2, "80 to 97%") for way in ("target", "bands")),
    ]:
        names = [f"i{at}" for at in range(items)]
        scheme = {"indicators": {name: {"weight": 100 / items} | ways[way] for name in names}}
        held, width = [], []
        for _ in range(runs):
            truth = rng.uniform(*levels[level], (courts, items))
            n = np.exp(rng.normal(6, 1, courts)).astype(int)[:, None] + 50
            x = rng.binomial(n, truth)
            rows = pd.DataFrame(
                {"court": np.repeat(np.arange(courts), items), "indicator": names * courts, "value": (100 * x / n).ravel(),
                 "numerator": x.ravel(), "denominator": np.repeat(n, items)}
            )  # fmt: skip
            true = composite_score(rows.assign(value=100 * truth.ravel()), scheme=scheme, draws=1).table.set_index(
                "court"
            )
            best, worst = allowed(true["score"].sort_index().round(6).to_numpy())
            if level == "all at 90%":  # whatever scale the true figures would make, they are alike
                best, worst = np.ones(courts), np.full(courts, courts)
            found = composite_score(rows, scheme=scheme, draws=1).table.sort_values("court")
            low, high = (found[f"rank_{edge}"].to_numpy(int) for edge in ("lower", "upper"))
            held.append(((low <= best) & (high >= worst)).mean())
            width.append((high - low + 1).mean())
        yield {
            "points by": way,
            "courts": courts,
            "indicators": items,
            "truth": level,
            "covered": mean_of(held),
            "ranks a set": f"{np.mean(width):.1f}",
            "runs": runs,
        }


def shrinkage(runs: int) -> Iterator[dict]:
    rng = np.random.default_rng(103)
    for k in (3, 9, 20, 60, 200):
        for between in (0.0, 0.25, 1.0, 4.0):
            hit = []
            for _ in range(runs):
                s = np.exp(rng.normal(0, 0.5, k))
                truth = rng.normal(0, np.sqrt(between), k)
                found = normal_normal(rng.normal(truth, s), s)
                hit.append(((found.lower <= truth) & (truth <= found.upper)).mean())
            label = f"variance {between:g} between courts"
            yield {"model": "normal", "courts": k, "truth": label, "covered": mean_of(hit), "runs": runs}
    for k in (3, 9, 20, 60, 200):
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
                "covered": mean_of(hit),
                "runs": runs,
            }


def flags_without_differences(runs: int) -> Iterator[dict]:
    rng = np.random.default_rng(104)
    choices = ((None, False), ("multiplicative", False), ("additive", False), ("additive", True))
    for kind in ("proportion 95%", "proportion 60%", "ratio"):
        for adjust, corrected in choices:
            flagged = []
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
                low = fun.table["value"] < fun.table["baseline"]
                sides = [fun.table[f"outside_{level}"] & side for level in ("95", "998") for side in (low, ~low)]
                flagged.append([side.mean() for side in sides])
            name = (adjust or "none") + (", corrected" if corrected else "")
            share = {
                label: mean_of(values, 100, 2, "%")
                for label, values in zip(
                    ("below 95%", "above 95%", "below 99.8%", "above 99.8%"), np.transpose(flagged), strict=True
                )
            }
            yield {"figures": kind, "adjustment": name} | share | {"courts": 300 * runs}


def flags_with_normal_differences(runs: int) -> Iterator[dict]:
    """Courts that differ by normal variance only: share outside 99.8%, found and as ``.shares`` predicts it."""
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
                "found": mean_of(found, 100, 2, "%"),
                "predicted": f"{100 * np.mean(said):.2f}%",
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
            "called beyond chance": f"{100 * c['beyond_chance'].mean():.1f}%",
        }


def flags_enumerated(_: int) -> Iterator[dict]:
    """Every count of a court that is as expected, weighted with its chance: exact tails beside the published limits."""
    from scipy.stats import poisson

    for expected in (2, 5, 15, 50, 500):
        counts = np.arange(poisson.isf(1e-15, expected) + 2)
        table, chance = pd.DataFrame({"court": counts, "o": counts, "e": expected}), poisson.pmf(counts, expected)
        for limits in ("exact", "garwood"):
            found = funnel(table, **RATIO, limits=limits).table
            low = found["value"] < 1
            yield {"expected": expected, "limits": limits} | {
                f"{name} {level}%": f"{100 * chance[found[f'outside_{key}'] & side].sum():.3f}%"
                for key, level in (("95", "95"), ("998", "99.8"))
                for name, side in (("below", low), ("above", ~low))
            }


def convergence(runs: int) -> Iterator[dict]:
    """All courts draw together and none moves alone; then one moves by two or three of its yearly standard deviations."""
    rng = np.random.default_rng(108)
    for courts in (5, 6, 10, 30):
        for shrunk in (1.0, 0.5, 0.25):
            told, still = {}, runs * VERDICTS_A_RUN // courts
            for moved in (0, 2, 3):
                pairs = runs if moved else still
                level = rng.normal(0, 1, (pairs, courts))
                before, after = (level + rng.normal(0, 0.5, (pairs, courts)) for _ in range(2))
                after[:, 0] += moved * 0.5 * np.sqrt(2)
                # a table holds many pairs of years: those from an even year to the next are looked at
                rates = np.stack([before, shrunk * after], axis=1).reshape(2 * pairs, courts)
                court, year = np.tile(np.arange(courts), 2 * pairs), np.repeat(np.arange(2 * pairs), courts)
                rows = pd.DataFrame({"court": court, "year": year, "rate": rates.ravel()})
                changes = peer_trends(rows, value="rate").changes
                changes = changes[changes["period_from"] % 2 == 0]
                told[moved] = changes["beyond_chance"].to_numpy().reshape(pairs, courts)
            yield {
                "courts": courts,
                "spread": f"× {shrunk:g}",
                "called beyond, none moved": f"{100 * told[0].mean():.1f}%",
                "standard error": f"{100 * told[0].mean(axis=1).std() / np.sqrt(still):.1f}%",
                "runs, none moved": still,
                "found, moved by 2": f"{100 * told[2][:, 0].mean():.0f}%",
                "found, moved by 3": f"{100 * told[3][:, 0].mean():.0f}%",
                "runs, one moved": runs,
            }


def unlike(rng: np.random.Generator, tails: str, size: int | tuple[int, ...]) -> np.ndarray:
    """By what courts differ, with variance 1: normal, or with tails of Student's t of six degrees of freedom."""
    return rng.normal(size=size) if tails == "normal" else rng.standard_t(6, size) / np.sqrt(1.5)


class Panels(NamedTuple):
    """Panels × figures × courts: six correlated indicators in two years, each with its total and two parts; two are shifted for the first court."""

    hits: np.ndarray
    cases: np.ndarray
    apart: np.ndarray  # of the true figure from the middle, on the logit scale

    def table(self, panel: int) -> pd.DataFrame:
        names = [(f"i{at}", year, part) for at in range(6) for year in (2010, 2011) for part in ("all", "a", "b")]
        rows = [
            pd.DataFrame(
                {"court": [f"c{i}" for i in range(self.hits.shape[2])], "numerator": x, "denominator": n}
            ).assign(indicator=name, year=year, part=part)
            for (name, year, part), x, n in zip(names, self.hits[panel], self.cases[panel], strict=True)
        ]
        return pd.concat(rows, ignore_index=True)


def ended(rng: np.random.Generator, cases: np.ndarray, chance: np.ndarray, batch: int) -> np.ndarray:
    """How many of some cases end one way, where so many of one debtor end alike."""
    return batch * rng.binomial(cases // batch, chance) + rng.binomial(cases % batch, chance)


def nested_panels(
    rng: np.random.Generator, shape: tuple[int, int], spread: float, shift: float, tails: str, batch: int
) -> Panels:
    size, common = np.exp(rng.normal(6, 0.7, shape)).astype(int) + 60, unlike(rng, tails, shape)
    hits, cases, apart = [], [], []
    for at in range(6):
        level = spread * (0.8 * common + 0.6 * unlike(rng, tails, shape))
        for _ in (2010, 2011):
            logit = level + 0.3 * spread * rng.normal(size=shape)
            logit[:, 0] += shift * (at < 2)
            n = size + rng.integers(0, 50, shape)
            first = rng.binomial(n, 0.7)
            a, b = (ended(rng, part, expit(1.5 + logit), batch) for part in (first, n - first))
            hits += [a + b, a, b]
            cases += [n, first, n - first]
            apart += [logit] * 3
    return Panels(*(np.stack(parts, axis=1) for parts in (hits, cases, apart)))


def chances(panels: Panels) -> np.ndarray:
    """Panels × tests: the chances of ``stands_out`` for the first court, written out anew for all panels at once; NaN where it says nothing."""
    hits, cases = panels.hits, panels.cases
    y, v = np.arcsin(np.sqrt((hits + 3 / 8) / (cases + 3 / 4))), 1 / (4 * (cases + 0.5))
    share = hits[..., 1:].sum(-1) / cases[..., 1:].sum(-1)
    own, base = hits[..., 0], cases[..., 0]
    small = (base < 30) | (base * np.minimum(share, 1 - share) < 5)
    below, above, mean = foretold(y, v)
    share = np.clip(np.sin(np.clip(mean, 0, np.pi / 2)) ** 2, 1e-12, 1 - 1e-12)
    below = np.maximum(below, binom.cdf(own, base, share))
    above = np.maximum(above, binom.sf(own - 1, base, share))
    by_year = (len(hits), 6, 2, 3)
    change, error = (part.reshape(*by_year, -1) for part in (y, v))
    down, up, _ = (
        part.reshape(len(hits), -1)
        for part in foretold(change[:, :, 1] - change[:, :, 0], error[:, :, 1] + error[:, :, 0])
    )
    gone = small.reshape(by_year).any(axis=2).reshape(len(hits), -1)
    now = np.where(small, np.nan, np.minimum(1, 2 * np.minimum(below, above)))
    return np.hstack([now, np.where(gone, np.nan, np.minimum(1, 2 * np.minimum(down, up)))])


def foretold(y: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Chances below and above the first court's figure, and the others' mean: over φ, the quantiles of χ² and the tails of t₆."""
    own, error, y, v = y[..., 0], v[..., 0], y[..., 1:], v[..., 1:]
    kinds = [of_batches(own, phi * error, y, phi * v) for phi in BATCHED]
    likelihood = np.array([kind[2] for kind in kinds])
    weight = np.exp(likelihood - likelihood.max(axis=0))
    weight /= weight.sum(axis=0)
    w = 1 / (v + spread_of(y, v, y.shape[-1] - 1)[..., None])
    below, above = (sum(part * kind[side] for part, kind in zip(weight, kinds, strict=True)) for side in (0, 1))
    return below, above, (w * y).sum(-1) / w.sum(-1)


def of_batches(
    own: np.ndarray, error: np.ndarray, y: np.ndarray, v: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Chances below and above at one φ, and the largest logarithm of the restricted likelihood."""
    free, below, above = y.shape[-1] - 1, 0.0, 0.0
    likelihood = np.full(own.shape, -np.inf)
    for quantile, chance in zip(*_mixture(free, NODES), strict=True):
        between = spread_of(y, v, quantile)
        w = 1 / (v + between[..., None])
        mean, error_of_mean = (w * y).sum(-1) / w.sum(-1), 1 / w.sum(-1)
        squares = (w * (y - mean[..., None]) ** 2).sum(-1)
        likelihood = np.maximum(likelihood, (np.log(w).sum(-1) - np.log(w.sum(-1)) - squares) / 2)
        for tail, part in zip(*_mixture(TAILS, TAIL_NODES), strict=True):
            z = (own - mean) / np.sqrt(error + between * (TAILS - 2) / tail + error_of_mean)
            below, above = below + chance * part * ndtr(z), above + chance * part * ndtr(-z)
    return below, above, likelihood


def spread_of(y: np.ndarray, v: np.ndarray, squares: float) -> np.ndarray:
    between = np.zeros(y.shape[:-1])
    for _ in range(60):
        w = 1 / (v + between[..., None])
        each = w * (y - (w * y).sum(-1, keepdims=True) / w.sum(-1, keepdims=True)) ** 2
        step = (each.sum(-1) - squares) / (w * each).sum(-1)
        goes_on = (step > 1e-10 * between) & ((between > 0) | (step > 0))
        if not goes_on.any():
            break
        between += np.where(goes_on, step, 0)
    return between


def listed(chance: np.ndarray) -> np.ndarray:
    """Which tests Benjamini and Hochberg's step-up keeps at 5%, a panel a row."""
    filled = np.where(np.isnan(chance), 2.0, chance)
    number = (~np.isnan(chance)).sum(axis=1, keepdims=True)
    ordered = np.sort(filled, axis=1)
    kept = ordered <= 0.05 * np.arange(1, ordered.shape[1] + 1) / number
    return filled <= np.max(np.where(kept, ordered, -1), axis=1, keepdims=True)


def reach(tails: str) -> float:
    """How far from the middle 95% of courts lie where their spread is 1."""
    rng = np.random.default_rng(0)
    common, own = unlike(rng, tails, 400_000), unlike(rng, tails, 400_000)
    return float(np.quantile(np.abs(0.8 * common + 0.6 * own + 0.3 * rng.normal(size=400_000)), 0.95))


def standing_out(runs: int) -> Iterator[dict]:
    rng, kinds = np.random.default_rng(1), {f"i{at}": "proportion" for at in range(6)}
    cases = [(0.15, -0.8), (0.15, 1.2), (0.0, -0.8), (0.0, 0.0), (0.3, 0.0), (0.6, 0.0), (0.0, 0.8), (0.3, -1.2)]
    heavy = [(0.15, 0.0), (0.3, 0.0), (0.6, 0.0), (0.3, -1.2)]
    few = [(0.0, 0.0), (0.3, 0.0), (0.6, 0.0), (0.15, -0.8), (0.3, -1.2)]
    for courts in (10, 12, 16, 30):
        for batch, tails, spread, shift in [
            *((1, "normal", *case) for case in (cases if courts == 30 else few)),
            *((1, "t₆", *case) for case in (heavy if courts == 30 else few[1:3])),
            *((3, "normal", *case) for case in ((0.0, 0.0), (0.15, 0.0), (0.0, -1.2))),
        ]:
            number = runs if courts < 30 else runs // 2
            panels = nested_panels(rng, (number, courts), spread, shift, tails, batch)
            chance = chances(panels)
            for panel in range(2):
                tests = stands_out(panels.table(panel), court="c0", by="part", kinds=kinds).tests
                assert np.allclose(np.sort(tests["p"]), np.sort(chance[panel][~np.isnan(chance[panel])]), rtol=1e-6)
            shown, figures = listed(chance), panels.apart.shape[1]
            true = np.zeros(shown.shape[1], bool)
            true[:12] = shift != 0
            far = np.abs(panels.apart[:, :, 0]) > spread * reach(tails)
            outside = far & shown[:, :figures]
            yield {
                "courts": courts,
                "cases end together": batch,
                "courts differ": tails,
                "spread of courts": spread,
                "shift (logit)": shift,
                "panels that show anything": mean_of(shown.any(axis=1), 100, 1, "%"),
                "mean of false ÷ max(1, all)": mean_of(
                    shown[:, ~true].sum(1) / np.maximum(1, shown.sum(1)), 100, 2, "%"
                ),
                "power": f"{100 * shown[:, true].mean():.0f}%" if shift else "-",
                "of what is shown truly outside where 95% of courts lie": f"{100 * outside.sum() / max(1, shown.sum()):.0f}%",
                "panels": number,
            }


def over_time(runs: int) -> Iterator[dict]:
    rng = np.random.default_rng(110)
    for courts, trend in ((40, 0.0), (40, 0.02), (300, 0.02)):
        years = 10
        covered, apart, seconds = [], [], []
        for _ in range(runs if courts < 300 else 2):
            slope = rng.normal(0, trend, courts)
            true = 1.0 + rng.normal(0, 0.08, courts)[:, None] + slope[:, None] * (np.arange(years) - 4.5)
            n = rng.integers(300, 1200, (courts, years))
            rows = pd.DataFrame(
                {"court": np.repeat(np.arange(courts), years), "year": np.tile(np.arange(years), courts)}
            )
            rows = rows.assign(x=rng.binomial(n, np.sin(true) ** 2).ravel(), n=n.ravel())
            start = time.process_time()
            found = peers_over_time(rows, numerator="x", denominator="n")
            seconds.append(time.process_time() - start)
            truth = (np.sin(true) ** 2).ravel()
            covered.append(((found.table["lower"] <= truth) & (truth <= found.table["upper"])).mean())
            apart.append(found.courts["apart"].mean())
        yield {
            "courts": courts,
            "years": years,
            "spread of trends": trend,
            "figures covered": mean_of(covered, 100, 1, "%"),
            "courts called apart": f"{100 * np.mean(apart):.1f}%",
            "processor seconds": f"{np.mean(seconds):.2f}",
        }


def money_ratios(runs: int) -> Iterator[dict]:
    """Σ recovered ÷ Σ claimed where larger claims are recovered less: share given, the worst misses on either side, width."""
    even = (np.arange(100_000) + 0.5) / 100_000
    middle = norm.ppf(even)
    claims: dict[str, tuple[Callable, list[tuple[float, np.ndarray]]]] = {
        f"log-normal, σ = {s}": (lambda rng, shape, s=s: rng.normal(0, s, shape), [(1.0, s * s + s * middle)])
        for s in (2, 1.4, 1)
    }
    for a in (1.5, 2.5):
        sizes = [(1.0, -norm.logsf(middle) / (a - 1))]
        claims[f"Pareto, α = {a}"] = (lambda rng, shape, a=a: rng.exponential(1 / a, shape), sizes)
    for k in (0.25, 0.35, 0.45, 0.6):
        sizes = [(1.0, np.log(gamma.ppf(even, 1 + 1 / k)) / k)]
        claims[f"Weibull, shape {k}"] = (lambda rng, shape, k=k: np.log(rng.weibull(k, shape)), sizes)
    sizes = [(1.0, np.log(gamma.ppf(even, 1.3)))]
    claims["gamma, shape 0.3"] = (lambda rng, shape: np.log(np.maximum(rng.gamma(0.3, 1, shape), 1e-300)), sizes)
    for spread, part, factor in product((1, 2), (0.01, 0.03, 0.05, 0.1, 0.2), (10, 55, 150)):
        claims[f"{part:.0%} are {factor} times as large, others σ = {spread}"] = mixed(part, factor, spread)
    for spread, factor in product((1.4, 2), (300, 1000)):  # of which a register holds none or a handful
        claims[f"1 in 200 is {factor} times as large, others σ = {spread}"] = mixed(0.005, factor, spread)
    for number, (kind, (draw, sizes)) in enumerate(claims.items()):
        for cases in (150, 250, 1000):
            registers = runs if cases < 250 else runs // 2
            found = [
                _money_way(
                    draw, sizes, (slope, whole), cases, registers, np.random.default_rng([777, number, cases, way])
                )
                for way, (slope, whole) in enumerate(product((0.3, 0.6), (True, False)))
            ]
            told = [row for row in found if row[0] * registers >= LEAST_GIVEN]
            if told:
                given, below, above, width = np.array(told).T
                yield {
                    "claims": kind,
                    "cases": cases,
                    "given": f"{100 * given.min():.0f}–{100 * given.max():.0f}%",
                    "ratio below, at worst": f"{100 * below.max():.1f}%",
                    "ratio above, at worst": f"{100 * above.max():.1f}%",
                    "error of these": f"{100 * np.sqrt(0.06 * 0.94 / (given.min() * registers)):.1f}%",
                    "median width": f"{width.min():.2f}–{width.max():.2f}",
                }


LEAST_GIVEN = 50  # registers with limits, of fewer no share of misses is told


def _money_way(
    draw: Callable, sizes: list, way: tuple[float, bool], cases: int, runs: int, rng: np.random.Generator
) -> tuple[float, float, float, float]:
    """Share of registers given limits, misses on either side of those, and their median width."""
    slope, whole = way
    truth = sum(weight * expit(1 - slope * log).mean() for weight, log in sizes)
    log = draw(rng, (runs, cases))
    chance = expit(1 - slope * log)
    part = (
        rng.random(log.shape) < chance if whole else np.nan_to_num(rng.beta(2 * chance + 1e-9, 2 * (1 - chance) + 1e-9))
    )
    claimed = np.exp(log)
    found = money_limits((claimed * part).ravel(), claimed.ravel(), np.repeat(np.arange(runs), cases), runs)
    given = ~np.isnan(found.lower)
    if not given.any():
        return 0.0, 0.0, 0.0, 0.0
    lower, upper = found.lower[given], found.upper[given]
    return given.mean(), np.mean(truth < lower), np.mean(truth > upper), np.median(upper - lower)


def linked_batches(runs: int) -> Iterator[dict]:
    """A share of cases of which batches (one debtor, one day) go one way: Wilson's interval beside that of debtors."""
    rng = np.random.default_rng(112)
    registers = {
        "100 single cases, 5 of 10": [1] * 100 + [10] * 5,
        "40 of 5": [5] * 40,
        "300 single, 1 of 60": [1] * 300 + [60],
    }
    for name, sizes in registers.items():
        size = np.tile(sizes, (runs, 1))
        of = Clusters(np.arange(size.size), np.repeat(np.arange(runs), len(sizes)), runs)
        for share, alike in ((0.5, 1.0), (0.8, 1.0), (0.8, 0.5), (0.8, 0.0), (0.95, 1.0)):
            together = rng.random(size.shape) < alike
            closed = np.where(together, size * (rng.random(size.shape) < share), rng.binomial(size, share))
            found = {
                "Wilson": wilson(closed.sum(1), size.sum(1)),
                "debtors": proportion(closed.ravel(), size.ravel(), of),
            }
            row = {"register": name, "share": share, "batches of one way": f"{100 * alike:.0f}%"}
            for method, (lower, upper) in found.items():
                below, above = np.mean(share < lower), np.mean(share > upper)
                row[f"{method}: covered"] = f"{100 * (1 - below - above):.1f}%"
                row[f"{method}: below, above"] = f"{100 * below:.1f}%, {100 * above:.1f}%"
            yield row | {"runs": runs}


def mixed(part: float, factor: float, spread: float) -> tuple[Callable, list[tuple[float, np.ndarray]]]:
    """Logarithms of claims of which a part are of another kind, so many times as large, and both weighted by size."""
    middle, mean = norm.ppf((np.arange(100_000) + 0.5) / 100_000), np.log(factor)

    def draw(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
        return np.where(rng.random(shape) < part, rng.normal(mean, 1, shape), rng.normal(0, spread, shape))

    large, small = part * np.exp(mean + 0.5), (1 - part) * np.exp(spread**2 / 2)
    share = large / (large + small)
    return draw, [(share, mean + 1 + middle), (1 - share, spread**2 + spread * middle)]


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
        "95%; at least 93% is asked of the first two. The bootstrap is why it is called a simulation spread. Seed 101.",
        rank_sets,
        200,
    ),
    "Rank sets from counts": (
        "Closure rates of 40 courts with 40 to 1,500 cases. Seed 102.",
        rank_sets_from_counts,
        300,
    ),
    "Ranks of a composite score": (
        "Share of courts whose set holds every rank that ties allow, nominal 95%, at the weights given, courts of 60 to 3,000 cases. Seed 113.",
        ranks_of_scores,
        100,
    ),
    "Shrunken intervals": (
        "Average coverage over courts, nominal 95%. Asked: 93 to 97% over courts drawn from the model, at least 93% with no "
        "variance between courts; of fewer than ten courts too, whose intervals are therefore given. Seed 103.",
        shrinkage,
        200,
    ),
    "Flags where courts do not differ": (
        "Per side, nominal 2.5% and 0.1%; 300 courts with 20 to 2,000 cases a run. Seed 104.",
        flags_without_differences,
        60,
    ),
    "Flags where courts differ by normal variance only": (
        "400 courts with 100 to 4,000 expected and a between-court standard deviation of 0.15 on the log scale; share outside the "
        "99.8% limits. Seed 105.",
        flags_with_normal_differences,
        200,
    ),
    "Regression to the mean": ("Seed 106.", regression_to_the_mean, 200),
    "Flags of counts, enumerated": (
        "Every count of a court at its expectation, weighted with its chance, per side: nominal 2.5% and 0.1%. Garwood's are the limits "
        "of a mean that published funnels draw.",
        flags_enumerated,
        1,
    ),
    "Courts that draw together": (
        "Nobody moves alone while the spread stays, halves or falls to a quarter; then one court moves by so many of the standard deviations of "
        "a change. Seed 108.",
        convergence,
        100,
    ),
    "Standing out": (
        "Six correlated indicators in two years, each with its total and two nested parts: 36 figures and 18 changes a panel. Asked: at most "
        "5% of panels show anything where nothing differs, mean of false ÷ max(1, all) at most 5%. False is what is shown of a court drawn like "
        "the others, whose own figures nothing moved. Courts are taken to differ with heavy tails (t₆), since a dozen or thirty cannot tell them "
        "from normal ones: where they differ normally less is found than a normal prediction would find. The last column but one says how often "
        "the true figure of what is shown lies outside where 95% of the courts lie. The chances are written out anew for all panels at once, and "
        "are those of `stands_out` on the first two panels of each row. Where three cases of a debtor end alike, a figure scatters by three times "
        "the variance. Seed 1.",
        standing_out,
        400,
    ),
    "Courts over years": ("Nominal 95%; asked: 300 courts of ten years in under 30 s. Seed 110.", over_time, 20),
    "Ratios of money": (
        "Limits nominally of 95%, of the process, where larger claims are recovered less: chance of recovery, or the mean share recovered (beta), "
        "logistic in the log of the claim, slopes 0.3 and 0.6; the worst of these four is told, with the range of the share of registers given limits and "
        "of their median width. Asked: at most 6% missed a side, which where 1 in 200 is of another kind no rule gives. "
        "Kinds and sizes with fewer than 50 registers given limits are not in the table (all Pareto "
        "ones); of fewer than 150 cases there are none (but of claims of much the same size, from 50). "
        "2,000 registers a way of 150 cases, 1,000 of more. Seed 777.",
        money_ratios,
        2000,
    ),
    "Linked batches": (
        "Closed cases where those of one debtor go one way with the chance given: Wilson's interval beside that which counts debtors. Seed 112.",
        linked_batches,
        4000,
    ),
    "Speed": ("One run, two processor cores that other work kept busy. Seed 107.", speed, 1),
}


def as_markdown(rows: list[dict]) -> str:
    head = list(rows[0])
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(row[name]) for name in head) + " |" for row in rows])


def main() -> None:
    quick, asked = "--quick" in sys.argv, [name for name in sys.argv[1:] if not name.startswith("--")]
    target = Path(__file__).parent / "peers.md"
    written = dict(
        re.findall(r"^## (.+?)\n\n(.+?)(?=\n## |\Z)", target.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    )
    for name, (about, part, runs) in PARTS.items():
        if asked and name not in asked:
            continue
        rows = list(part(max(1, runs // 10) if quick else runs))
        written[name] = f"{about}\n\n{as_markdown(rows)}\n"
        print(f"## {name}\n\n{written[name]}", flush=True)
    if not quick:
        head = "# Peers: coverage, flagging and speed by simulation\n\nWritten by `python benchmarks/peers.py`.\n"
        parts = [f"\n## {name}\n\n{written[name]}" for name in PARTS if name in written]
        target.write_text(head + "".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
