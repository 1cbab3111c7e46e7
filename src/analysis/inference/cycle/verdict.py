"""Did the court leave the round? Named explanations of a flow, fitted to filings and closings apart, and which of them is enough.

Closings are modelled given the stock, the season and filings of the past year, never as the difference of two flows; filings by themselves. Each
explanation is a family of shapes (``templates``), searched in full under a grid of error models (``error_models``) and set against the
best null: level, or level with response to the stock (a queue), or trend, each with whatever memory fits best. Generalised least squares on
templates serves better than a state-space model here: the whole search is linear algebra, so that it can be repeated in every one of many thousand
simulated courts, and it is that simulation which says how often chance finds as much (``calibration``).

An explanation is said where its gain, less what its search costs by chance, is beyond 95% of what the nulls reach; of several the largest. Two
gains are asked for each: one that leaves no memory behind, and a larger one that may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.inference.cycle.calibration import p_value
from analysis.inference.cycle.capacity import Design, design_of
from analysis.inference.cycle.counts import Counts
from analysis.inference.cycle.explanations import PAIRED, WITHIN, Finding, Shape, search
from analysis.inference.cycle.likelihood import Bank, Fit
from analysis.inference.cycle.templates import least_span, longest_round

SAID_AT = 0.05
EXPLANATIONS = {
    "rounds": ("wave", "even_campaigns", "campaigns"),
    "one_campaign": ("one_campaign",),
    "lasting_change": ("lasting_change",),
    "too_long": ("long_wave",),
}
ON_MONTHS = ("even_campaigns", "campaigns", "one_campaign")  # families of which each month is in a campaign or not
FILINGS = {"filings_wave": ("wave",), "filings_change": ("lasting_change",), "filings_long": ("long_wave",)}
# What the search of each family reaches by chance in one of twenty courts (120 months), by which gains of families are put on one scale:
# without memory left behind, and with any.
SEARCH_COST = {
    "wave": (5.8, 8.5),
    "even_campaigns": (8.0, 10.0),
    "campaigns": (13.3, 16.5),
    "one_campaign": (6.5, 9.0),
    "lasting_change": (4.8, 9.5),
    "long_wave": (5.5, 9.0),
}
STOCK_COST = (
    2.0  # more for a lasting change beside a response to the stock: a stock that wanders bends what it seems to explain
)
QUEUE_GAIN = (
    4.5  # log-likelihood by which a response to the stock is shown (one court in a hundred without one reaches it)
)
DATED_FROM = 3.0  # score of a lasting change in a court whose level wanders, from which its date is given
MOSTLY_EMPTIED = 0.5  # of the last year's periods
# The months of campaigns stand about one level: they scatter by no more than so many times the variance of other months, or by no more than
# this share of the campaigns' size, which may grow or fade. A cluster of batches is two or three months far above among others as usual.
UNEVEN, UNEVEN_SHARE = 3.5, 0.45
LASTED = 0.25  # of a lasting change, at which the last year stands at least: what came back did not last
NORMAL_MAD = 1.4826  # standard deviation to median absolute deviation of normal errors
SAME_PERIOD = 0.2  # logarithm of the ratio of two periods up to which they are the same
WANDERS = 3.0  # log-likelihood by which lasting memory is shown
LEAST_KEPT = 2  # years of periods in which capacity can be seen
SEEN_ROUND = 3.0  # years: a span that holds three rounds of this length and shows none has something to say


@dataclass(frozen=True, eq=False)
class Explained:
    """One explanation of one flow: score (gain over the cost of its search), p, and the finding behind it."""

    name: str
    score: float
    p: float
    finding: Finding
    short: bool
    fit: Fit
    values: np.ndarray
    places: np.ndarray
    gains: dict[str, tuple[float, float]]

    @property
    def shape(self) -> Shape:
        """The best shape."""
        return self.finding.of(short=self.short)[1]

    @property
    def model(self) -> int:
        """Its error model."""
        return self.finding.of(short=self.short)[2]


@dataclass(frozen=True, eq=False)
class Reading:
    """The reading of one flow: the verdict, all explanations, the designs of closings and filings, and whether the level wanders.

    Where closings were only relabelled: ``on_labels``, what they seem to show, and ``moved``, the share of it that was terminations.
    """

    verdict: str
    closings: dict[str, Explained]
    filings: dict[str, Explained]
    design: Design | None
    filings_design: Design | None
    counts: Counts
    used: Counts
    drifts: bool
    on_labels: str = ""
    moved: float = 0.0

    @property
    def said(self) -> Explained | None:
        """The explanation behind the verdict, if it is one of the searched ones."""
        if self.verdict in ("filings_wave", "fewer_filings"):
            return self.filings["filings_wave" if self.verdict == "filings_wave" else "filings_change"]
        return self.closings.get(self.on_labels or self.verdict)


def read(
    counts: Counts,
    *,
    with_season: bool | None = None,
    with_stock: bool = True,
    clean: bool = True,
    names: frozenset[str] = frozenset({*EXPLANATIONS, *FILINGS}),
) -> Reading:
    """Fit every explanation (of those named) and say which holds; ``with_season``, ``with_stock`` and ``clean`` vary the design."""
    told = counts.kept(~counts.silent)
    used = counts.kept(~counts.emptied & ~counts.silent)
    if counts.span < least_span(counts.seasons) or len(used.places) < counts.seasons * LEAST_KEPT:
        return Reading("too_short", {}, {}, None, None, counts, used, False)
    responses = counts.responses
    kept = np.isin(counts.places, used.places)
    clean = clean and counts.seasons >= 12  # of quarters and years none is alone among its neighbours
    design = design_of(
        used.closed,
        used.season,
        {name: column[kept] for name, column in responses.items()} if with_stock else {},
        used.places,
        clean=clean,
        with_season=with_season,
    )
    closings = _explained(_among(EXPLANATIONS, names), design, used)
    asked = _among(FILINGS, names)
    arrivals: Design | None = None
    filings: dict[str, Explained] = {}
    if asked:
        arrivals = design_of(told.filed, told.season, {}, told.places, clean=clean, with_season=with_season)
        filings = _explained(asked, arrivals, told)
    drifts = _wanders(design)
    verdict = _verdict(closings, filings, design, counts, drifts=drifts)
    return Reading(verdict, closings, filings, design, arrivals, counts, used, drifts)


def _among(families: Mapping[str, tuple[str, ...]], names: frozenset[str]) -> dict[str, tuple[str, ...]]:
    return {name: some for name, some in families.items() if name in names}


def _explained(names: dict[str, tuple[str, ...]], design: Design, counts: Counts) -> dict[str, Explained]:
    explained = {}
    for name, families in names.items():
        best: tuple[float, Finding, bool, Fit] | None = None
        gains: dict[str, tuple[float, float]] = {}
        for family in families:
            for follows, fit in design.fits.items():
                finding = search(fit, design.null, family, counts.places, counts.span, counts.seasons)
                if finding is None:
                    continue
                known = gains.get(family, (-np.inf, -np.inf))
                gains[family] = max(known[0], finding.short), max(known[1], finding.any)
                for short, cost in zip((True, False), SEARCH_COST[family], strict=True):
                    beside = STOCK_COST if family == "lasting_change" and "stock" in follows else 0.0
                    score = finding.of(short=short)[0] - cost - beside
                    better = best is None or score > best[0]
                    if better and _is_its_kind(family, finding.of(short=short)[1], follows, design, counts):
                        best = (score, finding, short, fit)
        if best is not None:
            p = p_value(name, best[0], counts.span, counts.seasons)
            explained[name] = Explained(
                name, best[0], p, best[1], best[2], best[3], design.values, counts.places, gains
            )
    return explained


def _is_its_kind(family: str, shape: Shape, follows: tuple[str, ...], design: Design, counts: Counts) -> bool:
    """Return whether the months of campaigns stand about one level, and whether a lasting change still stands in the last year."""
    if family not in ON_MONTHS and family != "lasting_change":
        return True
    during = shape.columns[counts.places]
    columns = np.column_stack([design.base, *(design.columns[name] for name in follows), during])
    params = np.linalg.lstsq(columns, design.values, rcond=None)[0]
    errors, inside, size = design.values - columns @ params, during[:, 0] > 0, float(params[-1])
    if family == "lasting_change":
        return bool(np.sign(size) * (size + errors[-counts.seasons :].mean()) >= LASTED * abs(size))
    usual = NORMAL_MAD * float(np.median(np.abs(errors[~inside] - np.median(errors[~inside]))))
    return float(errors[inside].std()) <= max(UNEVEN**0.5 * usual, UNEVEN_SHARE * size)


def _wanders(design: Design) -> bool:
    """Return whether memory beyond a season is shown in the closings without a trend."""
    likelihood, models = design.level_fit.likelihood, design.level_fit.models
    moves = np.ptp(design.values) > 0  # of a flow that never moves, likelihoods are the rounding of numbers
    return bool(moves and max(likelihood.max(), design.null) - likelihood[models.short].max() > WANDERS)


def _verdict(
    closings: dict[str, Explained], filings: dict[str, Explained], design: Design, counts: Counts, *, drifts: bool
) -> str:
    shown = [one for one in closings.values() if one.p <= SAID_AT]
    if shown:
        best = max(shown, key=lambda one: one.score)
        ends_emptied = best.name == "lasting_change" and is_dated(best, drifts=drifts) and _ends_emptied(best, counts)
        if ends_emptied and "one_campaign" in closings:
            return "one_campaign"
        if best.name == "rounds" and _comes_with_filings(best, filings.get("filings_wave")):
            return "filings_wave"
        return "too_short" if best.name == "too_long" else best.name
    moved = [one for one in filings.values() if one.p <= SAID_AT]
    if moved:
        best = max(moved, key=lambda one: one.score)
        if best.name == "filings_wave":
            return "filings_wave"
        if best.name == "filings_change" and size_of(best) < 0:
            return "fewer_filings"
    if drifts and longest_round(counts.span) < SEEN_ROUND * counts.seasons:
        return "too_short"
    if "stock" in design.follows and design.stock_gain > QUEUE_GAIN:
        return "queue"
    return "no_evidence"


def _comes_with_filings(rounds: Explained, wave: Explained | None) -> bool:
    """Return whether filings go in a wave of the same period: rounds of closings are not their own then."""
    near = wave is not None and abs(np.log(rounds.shape.period / wave.shape.period)) <= SAME_PERIOD
    return bool(near and wave is not None and wave.p <= SAID_AT)


def _ends_emptied(change: Explained, counts: Counts) -> bool:
    """Return whether more closings left nothing to clear for most of the last year: whether capacity stayed cannot be seen then."""
    return size_of(change) > 0 and bool(counts.emptied[-counts.seasons :].mean() >= MOSTLY_EMPTIED)


def is_dated(one: Explained, *, drifts: bool) -> bool:
    """Return whether the date of a lasting change can be given: not where a level that drifts would explain nearly as much."""
    return one.short and (not drifts or one.score >= DATED_FROM)


def period_of(one: Explained) -> tuple[float, float, float]:
    """The period of rounds with its 95% interval: waves refitted on a fine grid, campaigns by all that are nearly as likely."""
    period = one.shape.period
    if one.finding.family not in PAIRED:
        near = [shape.period for shape in one.finding.near]
        return period, min(near, default=period), max(near, default=period)
    time, fine = np.arange(len(one.shape.columns)), period * np.linspace(0.8, 1.25, 46)
    alive = time < one.shape.end
    columns = [part(2 * np.pi * time / p) * alive for p in fine for part in (np.sin, np.cos)]
    likelihood = one.fit.search(Bank(np.array(columns).T[one.places]), paired=True).max(axis=0)
    near = fine[likelihood >= likelihood.max() - WITHIN]
    return float(fine[likelihood.argmax()]), float(near.min()), float(near.max())


def size_of(one: Explained) -> float:
    """The size of an explanation as a share of the level beside it (of the mean for a wave): 0.3 is 30% more."""
    return estimate(one)[0]


def estimate(one: Explained) -> tuple[float, float, float]:
    """The size with its 95% interval, at the best shape, as a share of the level without it."""
    columns = one.shape.columns[one.places]
    models, fit = one.fit.models, one.fit
    white = models.whiteners[one.model] @ columns
    left = white - fit.basis[one.model] @ (fit.basis[one.model].T @ white)
    coefficients, *_ = np.linalg.lstsq(left, fit.errors[one.model], rcond=None)
    rest = fit.errors[one.model] - left @ coefficients
    variance = (rest @ rest) / max(fit.free - columns.shape[1], 1)
    spread = np.sqrt(variance * np.diag(np.linalg.pinv(left.T @ left)).mean())
    value = float(coefficients[0]) if columns.shape[1] == 1 else float(np.hypot(*coefficients))
    level = float(one.values[~columns[:, 0].astype(bool)].mean() if columns.shape[1] == 1 else one.values.mean())
    return tuple(((level + v) / level) ** 2 - 1 for v in (value, value - 1.96 * spread, value + 1.96 * spread))  # type: ignore[return-value]
