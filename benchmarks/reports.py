"""False claims of a whole yearly report where nothing happened: registers whose cases arrive and end by the same chances in every year.

    nice -n 15 python benchmarks/reports.py [--registers 40] [--seed 1] [--out benchmarks/reports.md]

A register is written case by case: filings of 25 to 90 a month (independent, or in batches), the same share of modes, bases, townships and teams in all
years, closings by one distribution of days. It begins with the cases pending on 1 January 2006; the report is that of 2011, beside thirteen other
courts of the same closure rate. A claim is any change said to be beyond random variation, any verdict that the stock goes in rounds, was cleared once,
moved for good, any court said to be out of the others' range. Facts (a count of last year and of this) are no claims.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import pandas as pd

import analysis as an
from analysis.report.inputs import Material
from analysis.report.yearly import made
from analysis.vocabulary.language import speaking

FIRST, LAST = pd.Timestamp("2006-01-01"), pd.Timestamp("2011-12-31")
BURN_IN = pd.Timestamp("2004-01-01")
VOLUMES = (25, 45, 90)  # cases a month
BATCHES = (1, 4)  # mean cases filed on one day by one applicant
MODES = {"completed": 0.5, "settled": 0.2, "terminated_this_round": 0.2, "terminated": 0.06, "withdrawn": 0.04}
BASES = {"civil": 0.8, "arbitration": 0.1, "criminal_civil": 0.1}
NO_CLAIM = ("no_evidence", "too_short", "queue")  # verdicts that say of nothing that it happened
COURT = "平川县人民法院"
MEAN_DAYS = 70
ALPHA = 0.10  # asked of the whole report


def register(rng: np.random.Generator, volume: int, batch: int) -> an.Cases:
    """Write a register in which nothing changes."""
    days = int((LAST - BURN_IN).days) + 1
    sizes = 1 + rng.poisson(batch - 1, rng.poisson(days * volume * 12 / 365.25 / batch))
    filed = np.repeat(rng.integers(0, days, len(sizes)), sizes)
    n = len(filed)
    on = BURN_IN + pd.to_timedelta(filed, unit="D")
    closed = on + pd.to_timedelta(rng.gamma(1.5, MEAN_DAYS / 1.5, n).astype(int), unit="D")
    claim = np.exp(rng.normal(10, 1.2, n)).round(2)
    mode = rng.choice(list(MODES), n, p=list(MODES.values()))
    paid = np.isin(mode, ["completed", "settled"]) | (rng.random(n) < 0.1)
    frame = pd.DataFrame({
        "court": COURT, "filed_on": on, "closed_on": closed, "closure_mode": mode, "basis": rng.choice(list(BASES), n, p=list(BASES.values())),
        "team": rng.choice(["执行一组", "执行二组", "执行三组"], n), "area": rng.choice([f"镇{i}" for i in range(8)], n),
        "has_property": rng.random(n) < 0.7, "case_type": "first", "amount_claimed": claim, "amount_recovered": np.where(paid, claim, 0.0),
    })  # fmt: skip
    frame = frame[frame["closed_on"] >= FIRST]
    frame.loc[frame["closed_on"] > LAST, ["closed_on", "closure_mode", "amount_recovered"]] = None
    return an.Cases.from_frames(frame.sort_values("filed_on", ignore_index=True), as_of=f"{LAST:%Y-%m-%d}")


def others(rng: np.random.Generator, rate: float) -> pd.DataFrame:
    """Return the figures of thirteen courts that differ by chance alone."""
    rows = []
    for place in range(13):
        received = int(rng.integers(300, 3_000))
        rows.append(
            {"court": f"甲{place}县人民法院", "level": "basic", "scope": "执行案件", "unit": "件", "received": str(received),
             "closed": str(rng.binomial(received, rate)), "period_start": "2011-01-01", "period_end": "2011-12-31"}
        )  # fmt: skip
    return an.read_returns(pd.DataFrame(rows))


def claims(rng: np.random.Generator, volume: int, batch: int) -> dict[str, bool]:
    """Make the report and return what it claims."""
    cases = register(rng, volume, batch)
    rate = 1 - MEAN_DAYS / 365.25 / (1 + MEAN_DAYS / 365.25)  # the stock of a steady court over what it had on hand
    asked = {"year": 2011, "returns": None, "peers": others(rng, rate), "definitions": "fujin-2012", "calendar": None}
    with speaking("en"):
        material = Material.of(cases, **asked)
        report, _, _ = made(material, "en", (), lambda _: None)
    said = " ".join(block.text for section in report.sections for block in section.blocks if hasattr(block, "text"))
    found = material.observations.table
    own = material.funnel.table.set_index("court")
    own = own[own.index == material.court]
    return {
        "observation": bool(found["beyond_chance"].fillna(False).any()) or "beyond random variation" in said,
        "verdict": material.cycle.verdict not in NO_CLAIM or material.cycle.ended in ("ended", "continues"),
        "peers": bool(len(own) and own["outside_998"].iloc[0]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registers", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/reports.md"))
    asked = parser.parse_args()
    begun, rows = time.process_time(), []
    for number in range(asked.registers):
        rng = np.random.default_rng([asked.seed, number])
        volume, batch = VOLUMES[number % len(VOLUMES)], BATCHES[number // len(VOLUMES) % len(BATCHES)]
        rows.append({"volume": volume, "batch": batch, **claims(rng, volume, batch)})
        print(number, rows[-1], flush=True)
    table = pd.DataFrame(rows)
    kinds = ["observation", "verdict", "peers"]
    any_of = int(table[kinds].any(axis=1).sum())
    lines = [
        "# Yearly reports where nothing happened",
        f"`python benchmarks/reports.py --registers {asked.registers} --seed {asked.seed}` ({time.process_time() - begun:.0f} s of processor time). "
        f"{' '.join((__doc__ or '').split('[--out')[1].split(chr(10) * 2)[1:]).strip()}",
        f"Asked: at most {ALPHA:.0%} of reports with any false claim. Seen: {any_of} of {len(table)}"
        f" (observations {int(table['observation'].sum())}, verdict on the round {int(table['verdict'].sum())}, peers {int(table['peers'].sum())}).",
        "| cases a month | mean batch | reports | with an observation | a verdict | peers | any |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {volume} | {batch} | {len(part)} | {int(part['observation'].sum())} | {int(part['verdict'].sum())} | {int(part['peers'].sum())} "
            f"| {int(part[kinds].any(axis=1).sum())} |"
            for (volume, batch), part in table.groupby(["volume", "batch"])
        ),
    ]
    asked.out.write_text("\n\n".join(lines[:4]) + "\n" + "\n".join(lines[4:]) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
