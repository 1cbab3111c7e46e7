"""The tables that the verdict on rounds rests on: how often chance reaches a score, and how often rounds of a size are shown.

    python benchmarks/verdict.py calibration [DRAWS [EXPLANATION ...]]   writes src/analysis/inference/cycle/calibration.csv
    python benchmarks/verdict.py power [DRAWS [FREQUENCY MEMORY]]        writes src/analysis/inference/cycle/power.csv

With explanations, or a frequency (M, Q, Y) and a memory (short, long), only their rows are written anew.

Calibration: courts of ``courts.Courts.nulls`` of several lengths and volumes, monthly, quarterly and yearly, taken together. A share of the
tail is that of all nulls times three, as the worst of them reach a score that much oftener than all of them together; beyond the upper
fifth the tail is exponential with the mean excess. The shipped table rests on 24 draws a null, length and frequency. A lasting change is
most easily seen where both flows grow, the more so the shorter the span: its table is that of the volume at which growth shows it most
(300 draws each), and a share of 0.05 stands where 7 of 100 such courts reach it, which is what is asked of the verdict; at ten years
of 60 cases the power asked for a change of a quarter leaves no more. Power: closings that scatter normally on the root scale about a shape of so
many scatters, independent or remembering (0.8), and a logistic curve through what was shown. The scatter is that which the court without its rounds
would be told, as it is by that estimate that users read the curve. The shipped monthly rows of short memory rest on 40 draws; the others on 16 and on
the scatter put in. Each takes from a quarter of an hour upward on one core.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from courts import Courts, frame

from analysis.inference.cycle.calibration import POWER_SIZES
from analysis.inference.cycle.counts import counts_of
from analysis.inference.cycle.evidence import level_and_noise
from analysis.inference.cycle.series import SEASONS, read_flow
from analysis.inference.cycle.verdict import EXPLANATIONS, FILINGS, Reading, read

FOLDER = Path(__file__).parents[1] / "src" / "analysis" / "inference" / "cycle"
FIRST = 60_000
LENGTHS = {"M": (48, 72, 120, 200), "Q": (72, 120, 240), "Y": (144, 240, 360)}  # months
VOLUMES = (20, 30, 60, 120)  # cases a month
SHARES = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
UPPER = 0.2  # share of the scores whose tail is taken as exponential
WORST = 3  # how much oftener than all nulls together the worst of them reach a score
ABOUT_FILINGS = ("filings_wave", "filings_change", "filings_long")
WITH_FILINGS_WAVE = "filings in a wave, through a queue"
LASTING, GROWN = frozenset({"lasting_change"}), 300
GROWTH, BORNE = (
    "growth 5% a year",
    1.4,
)  # what a lasting change is set against, and how much oftener than a share it may reach its score
# Sizes in scatters, and lengths in months for rounds of two years and of three, where power rises from little to much.
RATIOS = {
    ("wave", "short"): (0.5, 0.7, 1.0),
    ("wave", "long"): (0.6, 0.9, 1.3, 2.0),
    ("campaigns", "short"): (0.8, 1.1, 1.5, 2.1),
    ("campaigns", "long"): (1.2, 1.8, 2.5, 3.5),
}
POWER_LENGTHS = {
    "M": {24: (72, 120), 36: (108, 150)},
    "Q": {24: (72, 120), 36: (120, 180)},
    "Y": {36: (144, 240)},
}
MEMORIES = {"short": 0.0, "long": 0.8}
MONTHS_EACH = {"M": 1, "Q": 3, "Y": 12}
RIDGE = 0.05


def scores(freq: str, draws: int, names: frozenset[str]) -> Iterator[dict[str, object]]:
    """Every explanation's score in every null court."""
    for length in LENGTHS[freq]:
        print(freq, length, flush=True)
        courts = [Courts(length, volume) for volume in VOLUMES]
        nulls = [court.nulls() for court in courts]
        for name in nulls[0]:
            for draw in range(draws):
                rng = np.random.default_rng([FIRST, length, draw])
                flow = nulls[draw % len(nulls)][name](rng)
                reading = read(counts_of(read_flow(frame(flow, freq=freq))[0]), names=names)
                for one in (reading.closings | reading.filings).values():
                    yield {
                        "seasons": SEASONS[freq],
                        "span": reading.counts.span,
                        "null": name,
                        "explanation": one.name,
                        "score": one.score,
                    }


def reached(scores: np.ndarray, tail: float) -> float:
    """The score that a share of the scores reaches; beyond the upper fifth they are taken as exponential."""
    upper = np.quantile(scores, 1 - UPPER)
    excess = float((scores[scores > upper] - upper).mean())
    return float(upper + excess * np.log(UPPER / tail) if tail < UPPER else np.quantile(scores, 1 - tail))


def of_growth(draws: int) -> Iterator[tuple[str, int, int, float, float]]:
    """The scores of a lasting change that growing courts reach, at the volume at which they reach the highest."""
    for freq, lengths in LENGTHS.items():
        for length in lengths:
            print(freq, length, flush=True)
            told = []
            for volume in VOLUMES:
                court = Courts(length, volume).nulls()[GROWTH]
                flows = (court(np.random.default_rng([FIRST, length, volume, draw])) for draw in range(draws))
                series = [counts_of(read_flow(frame(flow, freq=freq))[0]) for flow in flows]
                told.append(np.array([read(one, names=LASTING).closings["lasting_change"].score for one in series]))
            for share in SHARES:
                tail = min(BORNE * share, 1.0)
                yield (
                    "lasting_change",
                    SEASONS[freq],
                    series[0].span,
                    share,
                    round(max(reached(one, tail) for one in told), 2),
                )


def calibration(draws: int, *only: str) -> None:
    """Write the scores that the worst nulls reach."""
    names = frozenset(only or {*EXPLANATIONS, *FILINGS})
    pooled = names - LASTING
    found = pd.DataFrame([row for freq in LENGTHS if pooled for row in scores(freq, draws, pooled)])
    rows = list(of_growth(GROWN)) if names & LASTING else []
    for (name, seasons, span), part in found.groupby(["explanation", "seasons", "span"]) if pooled else ():
        own = part.loc[(part["null"] != WITH_FILINGS_WAVE) | (name not in ABOUT_FILINGS), "score"].to_numpy()
        rows += [(name, seasons, span, share, round(reached(own, share / WORST), 2)) for share in SHARES]
    table = pd.DataFrame(rows, columns=["explanation", "seasons", "span", "share", "score"])
    if only:
        known = pd.read_csv(FOLDER / "calibration.csv")
        table = pd.concat([known[~known["explanation"].isin(only)], table])
        table = table.sort_values(["explanation", "seasons", "span", "share"], ascending=[True, True, True, False])
    table.to_csv(FOLDER / "calibration.csv", index=False, lineterminator="\n")


def power(draws: int, *only: str) -> None:
    """Write how often rounds are said: a logistic curve in the logarithms of size and span for each kind of rounds."""
    rows = []
    for freq, lengths in POWER_LENGTHS.items():
        for kind, period, _ in POWER_SIZES:
            for memory, remembers in MEMORIES.items():
                if period not in lengths or (only and only != (freq, memory)):
                    continue
                tried = [
                    _shown(court, freq, kind, period, remembers, ratio, draw)
                    for court in (Courts(length, 60 * MONTHS_EACH[freq]) for length in lengths[period])
                    for ratio in RATIOS[kind, memory]
                    for draw in range(draws)
                ]
                curve = _logistic(np.array(tried, dtype=float))
                rows.append((kind, period, memory, SEASONS[freq], *curve.round(3)))
                print(*rows[-1], flush=True)
    keys = ["rounds", "period_length", "memory", "seasons"]
    table = pd.DataFrame(rows, columns=[*keys, "intercept", "log_ratio", "log_span"]).set_index(keys)
    if only:
        known = pd.read_csv(FOLDER / "power.csv").set_index(keys)
        known.loc[table.index] = table
        table = known
    table.reset_index().to_csv(FOLDER / "power.csv", index=False, lineterminator="\n")


def _logistic(tried: np.ndarray) -> np.ndarray:
    """Intercept and slopes of a logistic regression, by iterated weighted least squares; a small ridge about the middle keeps them finite."""
    middle, shown = tried[:, :2].mean(axis=0), tried[:, 2]
    design, curve = np.column_stack([np.ones(len(tried)), tried[:, :2] - middle]), np.zeros(3)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(design @ curve, -30, 30)))
        weight = chance * (1 - chance)
        curve = np.linalg.solve(
            (design * weight[:, None]).T @ design + RIDGE * np.eye(3),
            design.T @ (weight * (design @ curve) + shown - chance),
        )
    return np.r_[curve[0] - middle @ curve[1:], curve[1:]]


def _shown(
    court: Courts, freq: str, kind: str, period: int, remembers: float, ratio: float, draw: int
) -> tuple[float, float, bool]:
    """Whether rounds of so many scatters are said of one court, with the logarithms of the ratio and of the span.

    The ratio is that of which the court would be told without its rounds, its scatter estimated as ``power_table`` does.
    """
    rng = np.random.default_rng([FIRST, court.length, draw, round(100 * ratio)])
    each = MONTHS_EACH[freq]
    shape = (court.wave(1, period) if kind == "wave" else court.campaigns(1, period, 6))(rng)
    shape = (
        (shape - shape.mean() if kind == "wave" else (shape - shape.min()) / max(np.ptp(shape), 1e-9))
        .reshape(-1, each)
        .mean(axis=1)
    )
    noise = np.zeros(len(shape) + 40)
    drawn = rng.normal(size=len(noise))
    for at in range(1, len(noise)):
        noise[at] = remembers * noise[at - 1] + drawn[at] * (1 - remembers**2) ** 0.5
    without = 2 * np.sqrt(court.volume) + noise[40:]
    scatter = level_and_noise(_read_roots(without, freq, rng, frozenset()))[1]
    verdict = _read_roots(without + ratio * shape, freq, rng, frozenset(EXPLANATIONS)).verdict
    return float(np.log(ratio / scatter)), float(np.log(len(shape))), verdict == "rounds"


def _read_roots(root: np.ndarray, freq: str, rng: np.random.Generator, names: frozenset[str]) -> Reading:
    """The reading of closings with these roots, beside filings that make up for them."""
    closed = np.round(np.maximum(root, 0) ** 2 / 4).astype(int)
    filed = rng.poisson(closed.mean(), len(closed))
    opening = max(25 * int(closed.mean()), int(-(np.cumsum(filed - closed)).min()) + 1)
    months = {"M": "MS", "Q": "QS", "Y": "YS"}[freq]
    flow = pd.DataFrame(
        {"period": pd.date_range("2000-01-01", periods=len(closed), freq=months), "filed": filed, "closed": closed}
    )
    flow["closing"] = opening + (flow["filed"] - flow["closed"]).cumsum()
    return read(counts_of(read_flow(flow)[0]), names=names)


if __name__ == "__main__":
    what, *rest = sys.argv[1:] or ["calibration"]
    {"calibration": calibration, "power": power}[what](int(rest[0]) if rest else 100, *rest[1:])
