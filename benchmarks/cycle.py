"""How often the cycle room is right: simulated truth, fixed seeds. ``python benchmarks/cycle.py [seeds]`` (slow)."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.inference.campaign import campaign_effect
from analysis.inference.chance import chance_table
from analysis.inference.concordance import concordance_table, states
from analysis.inference.cycle import cycle
from analysis.inference.paths import outlook, simulate
from analysis.inference.regimes import chosen_regimes
from analysis.inference.season import adjusted, seasonality_table
from analysis.inference.series import read_flow
from analysis.inference.turning_points import DatingRule, dated, phase_table

EU = Path(__file__).parents[1] / "tests" / "data" / "eu_infringement_monthly.csv"
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


def regimes(seeds):
    for name, drawn in NOISE.items():
        none = [chosen_regimes(season_taken_out(drawn(np.random.default_rng(s))), 3.0)[0] is None for s in range(seeds)]
        yield f"no regimes: {name}", sum(none), seeds
    for apart in (3.0, 2.0, 1.5):
        two, right = 0, 0
        for seed in range(seeds):
            net = np.repeat([-1, 1, -1, 1, -1], 24) * apart / 2 + np.random.default_rng(seed).normal(size=MONTHS)
            found = chosen_regimes(season_taken_out(net), 3.0)[0]
            if found is not None:
                two += 1
                high = np.append(found.probability[0], found.probability) >= 0.5
                places = np.flatnonzero(np.diff(high.astype(int))) + 1
                right += len(places) == 4 and bool((np.abs(places - SWITCHES) <= 2).all())
        yield f"five regimes {apart:g} SD apart: two regimes reported", two, seeds
        yield f"five regimes {apart:g} SD apart: every switch within two months", right, seeds


def shuffled(seeds):
    eu = pd.read_csv(EU, parse_dates=["period"]).query("period >= '2005-01-01'")
    rejected = inside = 0
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        mixed = eu.assign(filed=rng.permutation(eu["filed"]), closed=rng.permutation(eu["closed"]))
        mixed["closing"] = 2300 + (mixed["filed"] - mixed["closed"]).cumsum()
        series = read_flow(mixed.drop(columns="opening"))[0]
        tests = seasonality_table(series)
        rejected += bool((tests["p"] < 0.05).any())
        stock = adjusted(series, tests)["pending_adjusted"].to_numpy()
        inside += bool(chance_table(stock, dated(stock, MONTHLY), MONTHLY, count=1000, seed=0)["inside"].all())
    yield "EU flows shuffled: season claimed (any of three series, 5 %)", rejected, seeds
    yield "EU flows shuffled: inside the random-walk range", inside, seeds


def campaigns(seeds):
    months = pd.date_range("2006-01-01", periods=72, freq="MS")
    during = (months >= "2008-11-01") & (months <= "2009-12-01")
    truths = {("closed", "mean"): 12, ("closed", "level"): 12, ("closed", "slope"): 0, ("filed", "mean"): 0}
    truths |= {("pending", "level"): -168, ("pending", "slope_after"): 0}
    for rho in (0.0, 0.3, 0.5):
        held = dict.fromkeys(truths, 0)
        for seed in range(seeds):
            rng = np.random.default_rng(seed)
            season = np.where(months.month == 12, 12, np.where(months.month == 2, -6, 0))
            closed = np.round(25 + season + autoregressive(rng, rho, 72, 5) + 12 * during)
            filed = np.round(27 - season / 3 + autoregressive(rng, rho, 72, 5))
            table = pd.DataFrame({"period": months, "filed": filed, "closed": closed})
            table["closing"] = 300 + (table["filed"] - table["closed"]).cumsum()
            rows = campaign_effect(table, start="2008-11", end="2009-12").table.set_index(["series", "term"])
            for key, truth in truths.items():
                held[key] += bool(rows.loc[key, "lower"] <= truth <= rows.loc[key, "upper"])
        for (series, term), count in held.items():
            yield f"campaign, noise AR({rho:g}): 95 % limits of {series} {term} hold the truth", count, seeds


def forecasts(seeds):
    held = total = 0
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        months = pd.date_range("2005-01-01", periods=84, freq="MS")
        filed, closed = rng.poisson(30, 84), rng.poisson(30 + 20 * (months.month == 12) * (seed % 2))
        table = pd.DataFrame(
            {"period": months, "filed": filed, "closed": closed, "closing": 600 + np.cumsum(filed - closed)}
        )
        paths = simulate(outlook(read_flow(table.iloc[:72])[0]), 12, count=500, seed=0).pending
        low, high = np.quantile(paths, [0.025, 0.975], axis=0)
        actual = table["closing"].to_numpy()[72:]
        held += int(((actual >= low) & (actual <= high)).sum())
        total += 12
    yield "forecast: months ahead (1–12) inside the 95 % limits", held, total


def concordance(seeds):
    low = 0
    months = pd.Series(pd.date_range("2000-01-01", periods=144, freq="MS"))
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        pair = []
        for name in "ab":
            stock = np.cumsum(rng.normal(size=144))
            table = pd.DataFrame({"period": months, "filed": 0, "closed": 0, "closing": stock})
            pair.append(({"court": name}, states(phase_table(dated(stock, MONTHLY), table), months)))
        low += bool(concordance_table(pair)["p"].iloc[0] < 0.05)
    yield "two independent walks: concordance claimed at 5 %", low, seeds


def speed(_):
    rng = np.random.default_rng(0)
    net = rng.poisson(30, MONTHS) - rng.poisson(30, MONTHS)
    cycle(flow(net), walks=10)
    begin = time.process_time()
    cycle(flow(net))
    yield "cycle, 120 months with 1,000 random walks: CPU seconds", round(time.process_time() - begin, 1), 1


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    for part in (regimes, shuffled, campaigns, forecasts, concordance, speed):
        for what, count, of in part(seeds):
            print(f"| {what} | {count} | {of} |", flush=True)


if __name__ == "__main__":
    main()
