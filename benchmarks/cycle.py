"""How often the measures of the cycle are right, by simulation. Writes what it finds to ``cycle.md`` beside it.

    python benchmarks/cycle.py [--quick | --draws=N] [PART ...]

A part is a heading of the page, such as ``Forecast``: only its block is written anew. All of them take about three quarters of an
hour on one core. Seeds begin at ``FIRST``, away from those of the tests; ``--quick`` takes a tenth of them and writes nothing;
``--draws`` takes so many.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from courts import Courts, Scenario, frame

from analysis.inference.cycle.campaign import campaign_effect
from analysis.inference.cycle.concordance import concordance_table, states
from analysis.inference.cycle.counts import Counts, counts_of
from analysis.inference.cycle.endings import ending_of
from analysis.inference.cycle.evidence import power_table
from analysis.inference.cycle.regimes import chosen_regimes, regime_tables
from analysis.inference.cycle.season import adjusted, seasonality_table
from analysis.inference.cycle.series import read_flow
from analysis.inference.cycle.simulation import outlook, simulate
from analysis.inference.cycle.turning_points import DatingRule, dated, phase_table
from analysis.inference.cycle.verdict import is_dated, read
from analysis.sample.folder import sample_path

FIRST = 50_000
PAGE = Path(__file__).with_suffix(".md")
HEAD = f"""# The cycle: how often its measures are right

Simulated truth, seeds from {FIRST:,}; ± is one Monte Carlo standard error. Each block is written by `python benchmarks/cycle.py` with its
heading as argument, all of them without one."""
Row = tuple[str, float, int, str]  # what, how often, of how many (0: a ratio, -1: a number of cases), what is asked for
EU = Path(__file__).parents[1] / "tests" / "data" / "eu_infringement_monthly.csv"
CROWN = sample_path("crown_court.csv")
MONTHS, SWITCHES = 120, np.array([24, 48, 72, 96])
MONTHLY = DatingRule.of("M")


def autoregressive(rng, rho, count=MONTHS, scale=1.0):
    errors, out = rng.normal(0, scale, count + 50), np.zeros(count + 50)
    for i in range(1, count + 50):
        out[i] = rho * out[i - 1] + errors[i]
    return out[50:]


NOISE = {
    "stock a random walk (net flow white noise)": lambda rng: rng.normal(size=MONTHS),
    "stock white noise": lambda rng: np.diff(rng.normal(size=MONTHS + 1)),
    "stock a line": lambda _: np.full(MONTHS, 2.0),
    "net flow AR(0.3)": lambda rng: autoregressive(rng, 0.3),
    "net flow AR(0.5)": lambda rng: autoregressive(rng, 0.5),
    "net flow t(4)": lambda rng: rng.standard_t(4, size=MONTHS),
}


def flow(net, *, opening=4000.0, start="2001-01-01"):
    months = pd.date_range(start, periods=len(net), freq="MS")
    return pd.DataFrame({"period": months, "filed": 200 + net, "closed": 200.0, "closing": opening + np.cumsum(net)})


def season_taken_out(net):
    series = read_flow(flow(net))[0]
    return adjusted(series, seasonality_table(series))["net_adjusted"].to_numpy()


def regimes(seeds: range) -> Iterator[Row]:
    for name, drawn in NOISE.items():
        none = [chosen_regimes(season_taken_out(drawn(np.random.default_rng(s))), 3.0)[0] is None for s in seeds]
        yield f"no regimes: {name}", sum(none), len(seeds), "≥ 95%"


def switches(seeds: range) -> Iterator[Row]:
    for apart in (3.0, 2.0, 1.5):
        two, right = 0, 0
        for seed in seeds:
            net = np.repeat([-1, 1, -1, 1, -1], 24) * apart / 2 + np.random.default_rng(seed).normal(size=MONTHS)
            table = regime_tables(read_flow(flow(net))[0], season_taken_out(net))[0]
            two += table["regime"].iloc[0] != "single"
            places = np.cumsum(table["periods"])[:-1].to_numpy()
            right += len(places) == 4 and bool((np.abs(places - SWITCHES) <= 2).all())
        yield f"five regimes {apart:g} SD apart: two regimes reported", two, len(seeds), ""
        asked = "≥ 90%" if apart == 3 else "shown only"
        yield f"five regimes {apart:g} SD apart: every switch within two months", right, len(seeds), asked


def _claims_season(filed: np.ndarray, closed: np.ndarray, periods: pd.Series, opening: float) -> bool:
    table = pd.DataFrame({"period": periods, "filed": filed, "closed": closed})
    table["closing"] = opening + (table["filed"] - table["closed"]).cumsum()
    return bool((seasonality_table(read_flow(table)[0])["p"] < 0.05).any())


def shuffled(seeds: range) -> Iterator[Row]:
    eu = pd.read_csv(EU, parse_dates=["period"]).query("period >= '2005-01-01'")
    crown = pd.read_csv(CROWN, parse_dates=["period"])
    flows = {
        "EU procedures, filings and closings shuffled each": (
            eu["filed"],
            eu["closed"],
            eu["period"],
            2300,
            False,
        ),
        "EU procedures, months shuffled whole": (eu["filed"], eu["closed"], eu["period"], 2300, True),
        "Crown Court, quarters shuffled whole": (crown["filed"], crown["closed"], crown["period"], 40000, True),
    }
    for name, (filed, closed, periods, opening, whole) in flows.items():
        claimed = 0
        for seed in seeds:
            rng = np.random.default_rng(seed)
            order = rng.permutation(len(filed))
            other = order if whole else rng.permutation(len(filed))
            mixed = filed.to_numpy()[order], closed.to_numpy()[other]
            claimed += _claims_season(*mixed, periods.reset_index(drop=True), opening)
        yield f"{name}: a season is claimed (5%, Holm over filings, closings, net)", claimed, len(seeds), "≤ 7%"


def campaigns(seeds: range) -> Iterator[Row]:
    court = Courts(CAMPAIGN_MONTHS, 60)
    nulls, during = court.nulls(), court.between(CAMPAIGN_START, CAMPAIGN_START + CAMPAIGN_LASTS)
    queues = {f"queue {share:.0%}".replace("%", " %"): court.queue(share) for share in (0.1, 0.15, 0.2)}
    drawn = queues | {"AR(0)": nulls["random walk"], "AR(0.8)": nulls["closings AR(0.8)"]}
    for name, draw in drawn.items():
        rows = [_effect(frame(draw(np.random.default_rng(seed))), None) for seed in seeds]
        for (series, term), lower in EFFECTS.items():
            side = "lower" if lower else "upper"
            claimed = sum((row.loc[(series, term), side] > 0) == lower for row in rows)
            yield f"{name}, none, dated by the stock: {series} said to be changed by it", claimed, len(seeds), "≤ 7%"
    for name, shared in {
        f"queue {share:.0%}, filings AR(0.8)".replace("%,", " %,"): share for share in (0.1, 0.2)
    }.items():
        for more in (0.0, 0.2):
            held = 0
            for seed in seeds:
                flow, truth = court.pushed(np.random.default_rng(seed), shared, 1 + more * during, memory=0.8)
                row = _effect(frame(flow), CAMPAIGN_START).loc[("closed", "mean")]
                held += bool(row["lower"] <= truth[during > 0].mean() <= row["upper"])
            yield f"{name}, {more:+.0%}: limits of closed, mean, hold the truth", held, len(seeds), "≥ 92%"
    pushed = {
        name: (lambda rng, share=share: court.pushed(rng, share, 1 + 0.2 * during)[0])
        for name, share in zip(queues, (0.1, 0.15, 0.2), strict=True)
    }
    pushed |= {"AR(0)": court.closing(lambda _: 1 + 0.2 * during)}
    pushed |= {
        "AR(0.8)": lambda rng: court.within_stock(
            court.counts(rng, 60), 60 * (1 + 0.2 * during) + court.remembering(rng, 0.8)
        )
    }
    for name, draw in pushed.items():
        rows = [_effect(frame(draw(np.random.default_rng(seed))), CAMPAIGN_START) for seed in seeds]
        for (series, term), lower in EFFECTS.items():
            shown = sum((row.loc[(series, term), "lower" if lower else "upper"] > 0) == lower for row in rows)
            asked = "≥ 80%" if "0.8" not in name else "shown only"
            yield f"**{name}, +20% for 12 months: {series} said to be changed by it**", shown, len(seeds), asked


CAMPAIGN_MONTHS, CAMPAIGN_START, CAMPAIGN_LASTS = 120, 60, 12
EFFECTS = {("closed", "mean"): True, ("pending", "level"): False}  # whether the claim is of more


def _effect(flow: pd.DataFrame, start: int | None) -> pd.DataFrame:
    """The terms of a campaign of a year from a month on, or from the month after the highest stock."""
    if start is None:
        start = 12 + int(flow["closing"].iloc[11 : -CAMPAIGN_LASTS - 1].to_numpy().argmax())
    first, last = flow["period"].iloc[[start, start + CAMPAIGN_LASTS - 1]]
    return campaign_effect(flow, period=(first, last)).table.set_index(["series", "term"])


def forecasts(seeds: range) -> Iterator[Row]:
    for known, coverage, loose in ((72, "0.90–0.98", "0.87–0.98"), (24, "0.88–0.99", "0.85–0.99")):
        for name, draw in Courts(known + AHEAD[-1], 60).ahead(known).items():
            held, errors, widths = np.array(
                [_foretold(frame(draw(np.random.default_rng(s)), start=f"{1995 + s % 24}-01-01"), known) for s in seeds]
            ).transpose(1, 0, 3, 2)
            for place, ahead in enumerate(AHEAD):
                about = f"{known} months, {name}, {ahead} ahead"
                asked = loose if name in ("wandering", "outliers") and ahead == AHEAD[-1] else coverage
                yield f"{about}: inside the 95% limits", int(held[:, place, 0].sum()), len(seeds), asked
                model, unchanged, repeated = errors[:, place].mean(axis=0)
                most = 0.9 if name == "deficit" or name.startswith("step") else 1.15 if ahead == AHEAD[-1] else 1.10
                yield (
                    f"{about}: mean absolute error over the better naive one",
                    model / min(unchanged, repeated),
                    0,
                    f"≤ {most:.2f}",
                )
                yield f"{about}: mean width of the 95% limits", widths[:, place, 0].mean(), -1, "shown only"


AHEAD = (3, 6, 12)


def _foretold(table: pd.DataFrame, known: int) -> np.ndarray:
    """Whether limits hold, errors (model, unchanged, last year repeated), and widths, at each of ``AHEAD``: 3 × 3 × horizons."""
    paths = simulate(outlook(read_flow(table.iloc[:known])[0]), AHEAD[-1], count=500, seed=0).pending
    low, middle, high = np.quantile(paths, [0.025, 0.5, 0.975], axis=0)
    stock, net = table["closing"].to_numpy(dtype=float), (table["filed"] - table["closed"]).to_numpy(dtype=float)
    actual, now = stock[known:], stock[known - 1]
    errors = [
        np.abs(one - actual) for one in (middle, np.full(len(actual), now), now + np.cumsum(net[known - 12 : known]))
    ]
    held = (actual >= low) & (actual <= high)
    places = np.array(AHEAD) - 1
    return np.array([[held, held, held], errors, [high - low] * 3])[:, :, places]


def concordance(seeds: range) -> Iterator[Row]:
    low = 0
    months = pd.Series(pd.date_range("2000-01-01", periods=144, freq="MS"))
    for seed in seeds:
        rng = np.random.default_rng(seed)
        pair = []
        for name in "ab":
            stock = np.cumsum(rng.normal(size=144))
            table = pd.DataFrame({"period": months, "filed": 0, "closed": 0, "closing": stock})
            pair.append(({"court": name}, states(phase_table(dated(stock, MONTHLY), table), months)))
        low += bool(concordance_table(pair)["p"].iloc[0] < 0.05)
    yield "two independent walks: they are said to clear together (5%)", low, len(seeds), "5% nominal"


TEN_YEARS = 120  # months, for which powers are asked
CLAIMS = ("rounds", "one_campaign", "lasting_change")
ASKED = {
    "jittered": "≥ 80%",
    "variance": "≥ 80%",
    "+15%": "shown only",
    "stopped": "shown only",
}


UNDATED = "lasting_change (drifts, no date)"
# Courts in which a word is near what is asked for: more of them are drawn.
CRITICAL, TIMES = ("growth", "batches", "AR(-0.3)", "wanders", "lasting change +25%", "one campaign", "jittered"), 2


def _judged(draw: Scenario, seed: int) -> tuple[str, str]:
    """The verdict on one drawn court (whether a lasting change has a date), and whether its rounds ended."""
    reading = read(_counts_of(draw, seed))
    said = reading.closings.get("lasting_change")
    undated = reading.verdict == "lasting_change" and said is not None and not is_dated(said, drifts=reading.drifts)
    return UNDATED if undated else reading.verdict, ending_of(reading).ended


def _more(name: str, seeds: range) -> range:
    many = TIMES if any(part in name for part in CRITICAL) else 1
    return range(seeds.start, seeds.start + many * len(seeds))


def verdicts(length: int, volume: float) -> Callable[[range], Iterator[Row]]:
    """How often each verdict is said of courts that hold nothing and of courts that hold something."""

    def part(seeds: range) -> Iterator[Row]:
        court = Courts(length, volume)
        for name, draw in court.nulls().items():
            said = [_judged(draw, seed)[0] for seed in _more(name, seeds)]
            for word in CLAIMS:
                counted = said.count(word) + (said.count(UNDATED) if word in UNDATED and "wanders" not in name else 0)
                yield f"{name}: said to be {word}", counted, len(said), "≤ 7%"
            if "wanders" in name:
                yield f"{name}: said to be {UNDATED}", said.count(UNDATED), len(said), "shown only"
            if name.startswith("filings in a wave"):
                yield f"{name}: said to be filings_wave", said.count("filings_wave"), len(said), "named"
        for name, (truth, draw) in court.truths().items():
            pairs = [_judged(draw, seed) for seed in _more(name, seeds)]
            asked = next((wanted for word, wanted in ASKED.items() if word in name), "≥ 95%")
            asked = asked if length >= TEN_YEARS else "shown only"
            named = sum(said.startswith(truth) for said, _ in pairs)
            yield f"**{name}: said to be {truth}**", named, len(pairs), asked
            if truth == "rounds":
                wrongly = "shown only" if "stopped" in name else "≤ 5%"
                yield f"{name}: said to have ended", [end for _, end in pairs].count("ended"), len(pairs), wrongly
                yield (
                    f"{name}: said to go on",
                    [end for _, end in pairs].count("continues"),
                    len(pairs),
                    "≤ 5%" if "stopped" in name else "shown only",
                )
        if length < TEN_YEARS:
            draw = court.closing(court.wave(0.3, 36))
            said = [_judged(draw, seed)[0] for seed in seeds]
            yield (
                "wave ±30%, 36 months, too long to be told: said to be no_evidence",
                said.count("no_evidence"),
                len(seeds),
                "never",
            )
            yield (
                "wave ±30%, 36 months, too long to be told: said to be too_short",
                said.count("too_short"),
                len(seeds),
                "shown only",
            )

    return part


def printed_power(seeds: range) -> Iterator[Row]:
    """Rounds of the fixed sizes, put into courts, against the power that such courts without rounds are told."""
    for length, volume, times in ((72, 30, 3), (120, 60, 1)):
        court, many = Courts(length, volume), range(seeds.start, seeds.start + times * len(seeds))
        nothing = [_counts_of(court.nulls()["random walk"], seed) for seed in many[:TOLD]]
        told = pd.concat([power_table(read(one)) for one in nothing])
        for (kind, size, period), power in (
            told.groupby(["rounds", "size", "period_length"])["power"].mean().dropna().items()
        ):
            draw = court.closing(
                court.wave(size, period) if kind == "wave" else court.campaigns(size, period, CAMPAIGN_EACH)
            )
            shown = sum(read(_counts_of(draw, seed)).verdict == "rounds" for seed in many)
            what = f"wave ±{size:.0%}," if kind == "wave" else f"campaigns +{size:.0%}, {CAMPAIGN_EACH} of"
            name = f"{length} months of {volume} cases, {what} {period} months: said to be rounds"
            yield name, shown, len(many), f"{power:.0%} told"


TOLD, CAMPAIGN_EACH = 20, 6  # courts asked for the power they are told; months of a campaign


def _counts_of(draw: Scenario, seed: int, freq: str = "M") -> Counts:
    return counts_of(read_flow(frame(draw(np.random.default_rng(seed)), freq=freq))[0])


def coarse(seeds: range) -> Iterator[Row]:
    """Courts that hold nothing, in quarters and years: the two by which most is claimed, and the others together."""
    for freq, length, periods in (("Q", 120, "40 quarters"), ("Y", 120, "10 years"), ("Y", 180, "15 years")):
        said = {
            name: [read(_counts_of(draw, seed, freq)).verdict for seed in seeds]
            for name, draw in Courts(length, 60).nulls().items()
        }
        kept = {name: said.pop(name) for name in ("batches of 2 to 4 times", "filings in a wave, through a queue")}
        for name, words in (kept | {"all others": [one for verdicts in said.values() for one in verdicts]}).items():
            for word in CLAIMS:
                yield f"{periods}, {name}: said to be {word}", words.count(word), len(words), "≤ 7%"


PARTS = {
    "Verdict": (
        "120 months, 60 cases a month: what is said of courts without and with rounds, a campaign or a lasting change.",
        verdicts(120, 60),
        400,
    ),
    "Verdict on six years": ("72 months, 30 cases a month.", verdicts(72, 30), 400),
    "Printed power": (
        "How often rounds of the sizes for which `cycle` tells its power are seen, beside the mean power told to courts without rounds: within "
        "five points of each other where three rounds fit the span.",
        printed_power,
        60,
    ),
    "Quarters and years": (
        "60 cases a month, added up to quarters and years, in courts that hold nothing.",
        coarse,
        60,
    ),
    "No regimes": ("120 months of noise each: no regimes are to be reported.", regimes, 200),
    "Five regimes": (
        "120 months: five regimes of 24 months whose means differ by so many standard deviations (SD) of a month's net flow.",
        switches,
        100,
    ),
    "Flows without order": (
        "Real flows whose periods are drawn in another order: no season is left, and the stock is a random walk.",
        shuffled,
        100,
    ),
    "Campaign": (
        "120 months, 60 cases a month, a campaign of a year: how often one is seen where there is none (one side, 2.5% nominal), where it adds "
        "a fifth to what the stock would have led to, and how often the 95% limits hold what was put in.",
        campaigns,
        100,
    ),
    "Forecast": (
        "60 cases a month, 72 and 24 months known, 12 to be foretold. The better naive forecast is that of an unchanged stock or of last year's flows "
        "month by month, whichever errs less in this scenario. Of 24 months not all of it can be had: whoever knew that both flows are constant would err "
        "by 0.87 × in the deficit and where filings are higher all along, twelve ahead (0.94 × with the step of a year before), but by 1.22 × in a "
        "steady court, where the difference of two years is chance; what draws that towards nought errs less there and more here.",
        forecasts,
        100,
    ),
    "Concordance": ("Two courts, 144 months, that have nothing to do with each other.", concordance, 400),
}


def as_row(what: str, count: float, of: int, asked: str) -> str:
    """A row of the table, the share with its Monte Carlo standard error."""
    if of < 1:
        return (
            f"| {what} | | | {count:.2f} × | {asked} |" if of == 0 else f"| {what} | | | {count:.0f} cases | {asked} |"
        )
    share = count / of
    return f"| {what} | {count} | {of} | {share:.1%} ± {np.sqrt(share * (1 - share) / of):.1%} | {asked} |"


def block(name: str, *, quick: bool, draws: int | None) -> str:
    """A part's block of the page."""
    about, part, count = PARTS[name]
    count = draws or count
    lines = [
        f"## {name}",
        "",
        f"{about} Measured {date.today()}.",
        "",
        "| what | count | of | share | asked for |",
        "|---|---|---|---|---|",
    ]
    for row in part(range(FIRST, FIRST + max(1, count // 10 if quick else count))):
        lines.append(as_row(*row))
        print(lines[-1], flush=True)
    return "\n".join(lines) + "\n"


def main() -> None:
    quick = "--quick" in sys.argv
    draws = next((int(option.partition("=")[2]) for option in sys.argv if option.startswith("--draws=")), None)
    asked = [name for name in sys.argv[1:] if not name.startswith("--")] or list(PARTS)
    if unknown := set(asked) - set(PARTS):
        sys.exit(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    for name in asked:
        text = block(name, quick=quick, draws=draws)
        if not quick:
            blocks = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
            written = {old.partition("\n")[0]: "## " + old for old in blocks} | {name: text}
            parts = [written[part].strip() for part in PARTS if part in written]
            PAGE.write_text("\n\n".join([HEAD, *parts]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
