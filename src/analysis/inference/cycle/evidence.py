"""The evidence behind a verdict as tables, and the verdict in sentences that a court president can use."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.cycle.calibration import POWER_SIZES, power_of
from analysis.inference.cycle.capacity import SHIFT
from analysis.inference.cycle.explanations import PAIRED
from analysis.inference.cycle.templates import longest_round, shortest_round
from analysis.inference.cycle.verdict import Explained, Reading, estimate, is_dated, period_of

SHOWN_POWER = 0.8
ABOUT = {"filings_wave": "filed", "filings_change": "filed", "filings_long": "filed"}
COLUMNS = [
    "explanation", "series", "weight", "p", "gain", "size", "size_lower", "size_upper", "period_length", "period_lower", "period_upper",
    "start", "start_lower", "start_upper", "end",
]  # fmt: skip


def evidence_table(reading: Reading) -> pd.DataFrame:
    """One row an explanation, the likeliest first.

    ``series`` (closed, filed), ``weight`` (share of the likelihood, less what each search costs; null: 1 before), ``p``: how often courts
    without it reach its score, the largest over the nulls of the calibration; ``gain``: log-likelihood over the best null; ``size``: share of the level
    (a wave's amplitude, a campaign's extra, the change of a level) with 95% limits; ``period_length`` in periods, ``start`` and ``end``
    as dates, with the limits of all shapes within 1.92 of the best log-likelihood. The null is ``queue`` where closings follow the stock, else ``chance``.
    """
    if reading.design is None:
        return pd.DataFrame(columns=COLUMNS)
    null = "queue" if "stock" in reading.design.follows else "chance"
    rows: list[dict[str, Any]] = [{"explanation": null, "series": "closed", "score": 0.0}]
    rows += [_row(one, reading) for one in (reading.closings | reading.filings).values()]
    table = pd.DataFrame(rows)
    for series in ("closed", "filed"):
        own = table["series"] == series
        odds = np.exp(table.loc[own, "score"] - table.loc[own, "score"].max())
        rest = 0.0 if series == "closed" else float(np.exp(-max(table.loc[own, "score"].max(), 0.0)))
        table.loc[own, "weight"] = odds / (odds.sum() + rest)
    table = table.reindex(columns=[*COLUMNS, "score"])
    table = table.sort_values(["series", "score"], ascending=[True, False], ignore_index=True)[COLUMNS]
    dates = dict.fromkeys(("start", "start_lower", "start_upper", "end"), "datetime64[s]")
    return table.astype(dates)


def _row(one: Explained, reading: Reading) -> dict[str, Any]:
    shape, near = one.shape, one.finding.near
    size, lower, upper = estimate(one)
    row: dict[str, Any] = {
        "explanation": one.name,
        "series": ABOUT.get(one.name, "closed"),
        "score": one.score,
        "p": one.p,
        "gain": one.finding.of(short=one.short)[0],
        "size": size,
        "size_lower": lower,
        "size_upper": upper,
    }
    if not np.isnan(shape.period):
        row |= dict(zip(("period_length", "period_lower", "period_upper"), period_of(one), strict=True))
    undated = one.name == "lasting_change" and not is_dated(one, drifts=reading.drifts)
    if one.finding.family not in PAIRED and not undated:
        starts = [part.start for part in near] or [shape.start]
        row |= {
            "start": _date(shape.start, reading),
            "start_lower": _date(min(starts), reading),
            "start_upper": _date(max(starts), reading),
        }
        if one.name == "one_campaign":
            row["end"] = _date(shape.end - 1, reading)
    return row


def _date(place: float, reading: Reading) -> pd.Timestamp:
    starts = reading.counts.starts
    return starts[int(np.clip(place, 0, len(starts) - 1))]


def power_table(reading: Reading) -> pd.DataFrame:
    """Return how often a court of this length, volume and noise would be shown rounds of fixed sizes, from the shipped simulations.

    Columns ``rounds`` (wave, campaigns), ``size, period_length`` (months), ``power``, ``enough`` (whether three rounds fit the span, and each
    holds three periods: without, no power). No power either where nothing is closed. Sizes are
    fixed beforehand: power at the size estimated from the same data would say what is known already.
    """
    columns = ["rounds", "size", "period_length", "power", "enough"]
    if reading.design is None:
        return pd.DataFrame(columns=columns)
    span, seasons = reading.counts.span, reading.counts.seasons
    level, noise = level_and_noise(reading)
    rows = []
    for kind, period, sizes in POWER_SIZES:
        enough = shortest_round(seasons) <= period * seasons / 12 <= longest_round(span) + 1e-9
        for size in sizes:
            ratio = size * level / noise
            known = enough and reading.used.closed.any()
            power = power_of(kind, period, ratio, span, seasons, drifts=reading.drifts) if known else np.nan
            rows.append((kind, size, period, power, enough))
    return pd.DataFrame(rows, columns=columns)


def smallest_shown(reading: Reading, kind: str, period: int) -> float:
    """The smallest size of rounds that would be shown in four of five such courts (NaN where none up to ±100%)."""
    level, noise = level_and_noise(reading)
    for size in np.arange(0.05, 1.001, 0.01):
        shown = power_of(
            kind, period, size * level / noise, reading.counts.span, reading.counts.seasons, drifts=reading.drifts
        )
        if shown >= SHOWN_POWER:
            return float(round(size, 2))
    return np.nan


def level_and_noise(reading: Reading) -> tuple[float, float]:
    """How far the root moves with a share of what is closed (half of it but for the shift), and the scatter about the design."""
    design, said = reading.design, reading.said
    if design is None:
        return 1.0, 1.0
    known = design.base
    if said is not None and said.name in reading.closings:  # what is explained is no noise
        known = np.column_stack([known, said.shape.columns[said.places]])
    expected = known @ np.linalg.lstsq(known, design.values, rcond=None)[0]
    scatter = float(((design.values - expected) ** 2).sum() / max(len(expected) - known.shape[1], 1)) ** 0.5
    half = float(design.values.mean()) / 2
    return half - SHIFT / half, max(scatter, 1e-6)
