"""Search of every explanation's shapes in one series: how much each adds to a null without it.

``short`` gains come from fits that leave no memory behind beyond a season: an explanation that is enough does so. ``any`` gains leave the
errors free; they need more to convince. Campaigns that come again are searched at even distances, and with starts that each may
lie a ninth of the period off (best starts first under the screening error models, then refitted under all).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analysis.inference.cycle.error_models import ErrorModels
from analysis.inference.cycle.likelihood import Bank, Fit
from analysis.inference.cycle.templates import (
    Shapes,
    campaigns_again,
    combs,
    lasting_change,
    long_waves,
    one_campaign,
    pulses,
    waves,
)

SCREENED = 25  # templates that each screening error model lets through
JITTERED = 24  # combs of campaigns with jittered starts that are fitted in full
WITHIN = (
    1.92  # log-likelihood from the best within which a parameter lies in its 95 % interval (χ² with one degree, halved)
)
MAKERS: dict[str, Callable[[int, int], Shapes]] = {
    "wave": waves,
    "even_campaigns": campaigns_again,
    "one_campaign": one_campaign,
    "lasting_change": lasting_change,
    "long_wave": lambda span, _: long_waves(span),
}
PAIRED = ("wave", "long_wave")  # a sine and a cosine each
UPWARD = ("even_campaigns", "one_campaign")  # a campaign adds closings


@dataclass(frozen=True, eq=False)
class Shape:
    """One shape: its template (one or two columns over the whole span), period, length, start, end in periods; campaigns' starts."""

    columns: np.ndarray
    period: float
    length: float
    start: float
    end: float
    starts: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Finding:
    """The best of one family: gains over the null, and the shapes under which they are reached."""

    family: str
    any: float
    short: float
    shape_any: Shape
    shape_short: Shape
    model_any: int
    model_short: int
    near: tuple[Shape, ...]

    def of(self, *, short: bool) -> tuple[float, Shape, int]:
        """Gain, shape and error model of one of the two variants."""
        if short:
            return self.short, self.shape_short, self.model_short
        return self.any, self.shape_any, self.model_any


def search(fit: Fit, null: float, family: str, places: np.ndarray, span: int, seasons: int) -> Finding | None:
    """The best shape of a family: gains over ``null`` (a log-likelihood). None where the span has no room for any."""
    if family == "campaigns":
        return _jittered(fit, null, places, span, seasons)
    bank, shapes, chosen = _bank(family, tuple(places.tolist()), span, seasons)
    if not len(chosen):
        return None
    paired, upward = family in PAIRED, family in UPWARD
    if upward:
        kept = fit.screen(bank, SCREENED, upward=True)
        chosen, bank = chosen[kept], Bank(bank.columns[:, kept])
    likelihood = fit.search(bank, paired=paired, upward=upward)
    return _finding(family, likelihood, null, fit.models, lambda at: _shape(shapes, int(chosen[at]), paired=paired))


@lru_cache(maxsize=128)
def _bank(family: str, places: tuple[int, ...], span: int, seasons: int) -> tuple[Bank, Shapes, np.ndarray]:
    """The templates of a family at these periods, all its shapes, and which of them the periods can tell from none."""
    shapes = MAKERS[family](span, seasons)
    columns = shapes.columns[list(places)]
    if family in PAIRED:
        return Bank(columns), shapes, np.arange(columns.shape[1] // 2)
    known = np.flatnonzero(columns.any(axis=0) & ~columns.all(axis=0))
    return Bank(columns[:, known]), shapes, known


@lru_cache(maxsize=16)
def _pulse_banks(places: tuple[int, ...], span: int, seasons: int) -> dict[int, tuple[np.ndarray, Bank]]:
    """For each length of a campaign its possible starts, and the campaigns at these periods."""
    return {
        length: (starts, Bank(columns[list(places)])) for length, (starts, columns) in pulses(span, seasons).items()
    }


def _shape(shapes: Shapes, at: int, *, paired: bool) -> Shape:
    columns = shapes.columns[:, 2 * at : 2 * at + 2] if paired else shapes.columns[:, at : at + 1]
    period, length, start, end = (float(said[at]) for said in (shapes.period, shapes.length, shapes.start, shapes.end))
    return Shape(columns, period, length, start, end)


def _finding(
    family: str, likelihood: np.ndarray, null: float, models: ErrorModels, shape_of: Callable[[int], Shape]
) -> Finding:
    limit = models.hardly if family == "lasting_change" else models.short
    model, at = np.unravel_index(likelihood.argmax(), likelihood.shape)
    among = np.flatnonzero(limit)
    few = likelihood[among]
    short_model, short_at = np.unravel_index(few.argmax(), few.shape)
    return Finding(
        family,
        float(likelihood[model, at] - null),
        float(few[short_model, short_at] - null),
        shape_of(int(at)),
        shape_of(int(short_at)),
        int(model),
        int(among[short_model]),
        tuple(shape_of(int(one)) for one in np.flatnonzero(likelihood.max(axis=0) >= likelihood.max() - WITHIN)),
    )


def _jittered(fit: Fit, null: float, places: np.ndarray, span: int, seasons: int) -> Finding | None:
    candidates: list[tuple[float, int, int, np.ndarray]] = []
    for model in fit.screens():
        for length, (starts, bank) in _pulse_banks(tuple(places.tolist()), span, seasons).items():
            left, new, product = fit.products(model, bank)
            product = np.where(new, product, -np.inf)
            nearby: dict[int, tuple[np.ndarray, np.ndarray]] = {}
            for period, jitter, comb, exists in combs(len(starts), seasons, span, length):
                if jitter not in nearby:
                    padded = np.concatenate([np.full(jitter, -np.inf), product, np.full(jitter, -np.inf)])
                    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * jitter + 1)
                    nearby[jitter] = windows.argmax(axis=1) - jitter, windows.max(axis=1)
                shift, best = nearby[jitter]
                at = np.clip(comb + shift[comb], 0, len(starts) - 1)
                usable = exists & np.isfinite(best[comb])
                sums = np.where(usable, best[comb], 0).sum(axis=1)
                score = np.where(sums > 0, sums**2 / np.maximum(np.where(usable, left[at], 0).sum(axis=1), 1e-9), 0)
                candidates += [
                    (float(score[phase]), length, period, starts[at[phase]][usable[phase]])
                    for phase in np.argsort(score)[-3:]
                ]
    candidates.sort(key=lambda one: -one[0])
    likely = ((period, length, tuple(begun.tolist())) for score, length, period, begun in candidates if score > 0)
    chosen = list({one[1:]: one for one in itertools.islice(likely, 3 * JITTERED)}.values())[:JITTERED]
    if not chosen:
        return None
    time = np.arange(span)
    columns = np.array(
        [np.any([(time >= a) & (time < a + length) for a in begun], axis=0) for _, length, begun in chosen], dtype=float
    ).T
    likelihood = fit.search(Bank(columns[places]), upward=True)

    def shape_of(at: int) -> Shape:
        period, length, begun = chosen[at]
        return Shape(columns[:, at : at + 1], period, length, begun[0], begun[-1] + length, begun)

    return _finding("campaigns", likelihood, null, fit.models, shape_of)
