"""Size and power of observations on simulated courts: how often a change is found, and how often one is claimed that is none.

    python benchmarks/observations.py [--runs 400] [--registers 20] [--out benchmarks/observations.md]

A simulated court has cases of seven bases, two types, five bands of the claim, eleven townships, six teams, with and without property. Its years
are of the same size; each case is closed, performed and within the limit by chance. Its cells are judged as ``observations`` judges them.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.observations.chance import (
    OF_COURT,
    Family,
    change_p,
    discoveries,
    found_cells,
    least_p,
    scatter_of_part,
    scatter_of_places,
    widened,
)
from analysis.observations.figures import scatter_of

SIZES = (500, 2_000, 10_000)  # cases a year
YEARS = 6
GROUPS = {
    "basis": [0.70, 0.09, 0.08, 0.06, 0.04, 0.02, 0.01], "case_type": [0.9, 0.1], "amount_band": [0.35, 0.38, 0.12, 0.12, 0.03],
    "area": [0.25] + [0.075] * 10, "team": [0.3, 0.25, 0.15, 0.1, 0.1, 0.1], "has_property": [0.7, 0.3],
}  # fmt: skip
RATES = {"closure_rate": 0.93, "actual_enforcement_rate": 0.72, "closed_within_limit_rate": 0.9}
MODES = [0.45, 0.2, 0.15, 0.1, 0.06, 0.04]  # how closings part by mode
PLANTED = "actual_enforcement_rate"
SMALLEST_FOUND = 4.4  # standard errors: 3.54 (4% shared among a hundred cells, two-sided) and 0.84 (power of 80%)
LEAST_CELL = 0.05  # share of the court's cases of a cell in which a change is planted


class Court:
    """A court of one size over some years: counts by breakdown, figure, year and cell."""

    def __init__(self, rng, size, *, plant=None, effect=0.0, scatter=0.0):
        self.numbers, self.bases, self.court = {}, {}, {}
        of_year = [
            self._year(rng, size, plant if year == YEARS - 1 else None, effect, scatter) for year in range(YEARS)
        ]
        for key in of_year[0]:
            numbers, bases = zip(*(year[key] for year in of_year), strict=True)
            self.numbers[key], self.bases[key] = np.array(numbers, float), np.array(bases, float)

    def _year(self, rng, size, plant, effect, scatter):
        size = rng.poisson(size)
        groups = {name: rng.choice(len(p), size, p=p) for name, p in GROUPS.items()}
        chance = {name: np.full(size, rate) for name, rate in RATES.items()}
        if scatter:  # a rate of each team and township of its own in every year
            for name in ("area", "team"):
                for rate in RATES:
                    chance[rate] += rng.normal(0, scatter, len(GROUPS[name]))[groups[name]]
        if plant:
            breakdown, cell = plant
            chance[PLANTED][groups[breakdown] == cell] += effect
        closed = rng.random(size) < np.clip(chance["closure_rate"], 0, 1)
        drawn = {name: (rng.random(size) < np.clip(rate, 0, 1)) & closed for name, rate in chance.items()}
        drawn["closure_rate"] = closed
        found = {}
        for breakdown, p in GROUPS.items():

            def count(marks, breakdown=breakdown, p=p):
                return np.bincount(groups[breakdown][marks], minlength=len(p))

            every = count(np.ones(size, bool))
            for name in RATES:
                found[breakdown, name] = count(drawn[name]), every if name == "closure_rate" else count(closed)
            found[breakdown, "filed"] = every, np.full(len(p), size)
        modes = np.bincount(rng.choice(len(MODES), closed.sum(), p=MODES), minlength=len(MODES))
        found["closure_mode", "closed"] = modes, np.full(len(MODES), closed.sum())
        for name in RATES:
            found["", name] = (
                np.array([drawn[name].sum()]),
                np.array([size if name == "closure_rate" else closed.sum()]),
            )
        return found

    def judged(self):
        """The cells found, by breakdown, figure and cell; and the figures of the court found."""
        keys = [key for key in self.numbers if key[0]]
        families = []
        places = {
            name: max(scatter_of_places(self.numbers[of, name], self.bases[of, name]) for of in ("team", "area"))
            for name in RATES
        }
        for key in keys:
            k, n = self.numbers[key], self.bases[key]
            four = k[-1], n[-1], k[-2], n[-2]
            room = scatter_of(key[0], k, n, share=key[1] in ("filed", "closed"))
            if key[1] in places:
                room = np.maximum(room, scatter_of_part(places[key[1]], n[-1]))
            p, least = (widened(of(*four), room) for of in (change_p, least_p))
            if key[1] == "filed" and k.shape[1] == 2:
                p = np.array([p[0], np.nan])
            families.append(Family(p, least))
        cells = {
            (*key, int(i))
            for key, marks in zip(keys, found_cells(families), strict=True)
            for i in np.flatnonzero(marks)
        }
        whole = [key for key in self.numbers if not key[0]]
        p = np.array(
            [
                widened(
                    change_p(self.numbers[k][-1], self.bases[k][-1], self.numbers[k][-2], self.bases[k][-2]),
                    places[k[1]],
                )[0]
                for k in whole
            ]
        )
        return cells, {key[1] for key, mark in zip(whole, discoveries(p, OF_COURT), strict=True) if mark}


def nothing_changed(rng, size, runs, scatter=0.0):
    """The share of registers in which nothing changed that show any cell, any figure of the court, either."""
    shown = [Court(rng, size, scatter=scatter).judged() for _ in range(runs)]
    return [
        np.mean([bool(x) for x in part])
        for part in ([c for c, _ in shown], [w for _, w in shown], [c | w for c, w in shown])
    ]


def fall(base, cases, errors, *, pooled=False):
    """How far a rate falls by so many standard errors of the difference of two years; missing where it cannot.

    Of both rates, or ``pooled``, of no change, as a test takes them: in a cell of 25 cases these are a sixth longer.
    """
    falls = np.linspace(0, base - 0.02, 2_000)
    rates = (base - falls / 2, base - falls / 2) if pooled else (base, base - falls)
    error = np.sqrt(sum(rate * (1 - rate) for rate in rates) / cases)
    enough = falls >= errors * error
    return float(falls[enough][0]) if enough.any() else float("nan")


def planted(rng, size, runs, errors, *, pooled=False):
    """The share of planted changes that are found; the mean share of the cells found of which nothing changed; the median change in points."""
    cells = [(name, i) for name, p in GROUPS.items() for i, share in enumerate(p) if share >= LEAST_CELL]
    of_cell = {key: size * GROUPS[key[0]][key[1]] * RATES["closure_rate"] for key in cells}
    falls = {key: fall(RATES[PLANTED], number, errors, pooled=pooled) for key, number in of_cell.items()}
    possible = [key for key in cells if not np.isnan(falls[key])]
    found, false, steps = 0, 0.0, []
    for _ in range(runs):
        breakdown, cell = possible[rng.integers(len(possible))]
        marks, _ = Court(rng, size, plant=(breakdown, cell), effect=-falls[breakdown, cell]).judged()
        found += (breakdown, PLANTED, cell) in marks
        false += sum(m[1] != PLANTED or (m[0] == breakdown and m[2] != cell) for m in marks) / max(len(marks), 1)
        steps.append(100 * falls[breakdown, cell])
    return found / runs, false / runs, float(np.median(steps))


def whole_registers(rng, number, size):
    """Registers written case by case and asked as a user asks: how many in which nothing changed show anything beyond chance."""
    import analysis as an

    shown = 0
    for _ in range(number):
        rows = []
        for year in range(2006, 2012):
            n = rng.poisson(size)
            filed = pd.Timestamp(year, 1, 1) + pd.to_timedelta(rng.integers(0, 330, n), unit="D")
            closed = filed + pd.to_timedelta(rng.exponential(60, n).astype(int), unit="D")
            modes = np.array(["completed", "settled", "terminated_this_round", "terminated", "withdrawn"])
            rows.append(
                pd.DataFrame(
                    {
                        "filed_on": filed,
                        "closed_on": closed,  # all of them: what stays open for good would pile up, and the closure rate fall in truth
                        "closure_mode": rng.choice(modes, n, p=[0.5, 0.2, 0.2, 0.06, 0.04]),
                        "basis": rng.choice(["civil", "arbitration", "criminal_civil"], n, p=[0.8, 0.1, 0.1]),
                        "team": rng.choice(["执行一组", "执行二组", "执行三组"], n),
                        "area": rng.choice([f"镇{i}" for i in range(8)], n),
                        "has_property": rng.random(n) < 0.7,
                        "case_type": "first",
                        "amount_claimed": np.exp(rng.normal(10, 1.2, n)).round(2),
                    }
                ).assign(
                    amount_recovered=lambda f: f["amount_claimed"] * f["closure_mode"].isin(["completed", "settled"])
                )
            )
        frame = pd.concat(rows, ignore_index=True)
        frame["closed_on"] = pd.to_datetime(frame["closed_on"])
        found = an.observations(
            an.Cases.from_frames(frame, as_of="2011-12-31"), period=2011, definitions="fujin-2012", names=True
        )
        shown += bool(found.table["beyond_chance"].fillna(False).any())
    return shown


def table(rows):
    """Rows as a table of Markdown."""
    head = list(rows[0])
    lines = [head, ["---"] * len(head), *([str(row[name]) for name in head] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(share, runs):
    """A share with its simulation error of 95%."""
    return f"{100 * share:.1f} ± {196 * np.sqrt(max(share * (1 - share), 0.25 / runs) / runs):.1f}%"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--registers", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/observations.md"))
    asked = parser.parse_args()
    rng, begun, runs = np.random.default_rng(asked.seed), time.perf_counter(), asked.runs
    quiet, power = [], []
    for size in SIZES:
        for name, scatter in (("independent cases", 0.0), ("teams and townships scatter", 0.03)):
            cells, court, either = (percent(share, runs) for share in nothing_changed(rng, size, runs, scatter))
            row = {"cases a year": f"{size:,}", "years": name, "any cell": cells, "any figure of the court": court}
            quiet.append(row | {"either": either})
    for size in SIZES:
        for errors in (3, 4, 5, 6):
            found, false, step = planted(rng, size, runs, errors)
            row = {"cases a year": f"{size:,}", "change, standard errors": errors, "median, points": f"{step:.1f}"}
            power.append(row | {"found": percent(found, runs), "false among those found": percent(false, runs)})
    shown = whole_registers(rng, asked.registers, 300) if asked.registers else None
    of_no_change = []
    for size in SIZES:
        for errors in (SMALLEST_FOUND, 5):
            found, false, step = planted(rng, size, runs, errors, pooled=True)
            row = {
                "cases a year": f"{size:,}",
                "change, standard errors of no change": errors,
                "median, points": f"{step:.1f}",
            }
            of_no_change.append(row | {"found": percent(found, runs), "false among those found": percent(false, runs)})
    call = f"python benchmarks/observations.py --runs {runs} --registers {asked.registers} --seed {asked.seed}"
    lines = [
        "# Observations: size and power",
        f"`{call}` ({time.perf_counter() - begun:.0f} s). Limits are those of the simulation (95%).",
        "## Where nothing changed",
        "Registers that show anything at all; asked: 5% at most. In the second kind every team and township has a rate of its own in every year "
        "(standard deviation 3 points): nothing changes for good, but figures go up and down by more than independent cases would.",
        table(quiet),
        "## A change planted in one cell",
        "The share performed falls in one cell that has 5% or more of the court's cases. Asked: five standard errors found in 90%; of the cells found "
        "at most 5% in which nothing changed (mean over registers). Cells of other breakdowns that hold the planted one do change.",
        table(power),
        "The same in standard errors of no change, by which a change is tested: where a cell is small and the change large, these are longer than those of "
        "both rates, so that five of the others are four of these. The first row of each size is the smallest change that is found in "
        "four courts of five by `Observations.smallest` (a hundred cells that can be found, 4%).",
        table(of_no_change),
    ]
    if shown is not None:
        lines += [
            "## Whole registers",
            f"Of {asked.registers} registers of 300 cases a year written case by case, in which nothing changed, {shown} showed anything beyond "
            "random variation in `an.observations`.",
        ]
    asked.out.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    print("\n\n".join(lines))


if __name__ == "__main__":
    main()
