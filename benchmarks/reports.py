"""False claims of a whole yearly report where nothing happened: registers whose cases arrive and end by the same chances in every year.

    nice -n 10 python benchmarks/reports.py [--registers 120] [--sizes 100 500 2000 10000] [--seed 1] [--out benchmarks/reports.md]

A register of 100 to 10,000 cases a year is written case by case over five to ten years: teams, bases, townships, claims and what was recovered of
them, modes and days to closing by the same chances in all years; of the smaller ones one in twenty also names officers, and its report is written and
its text searched. It holds the cases pending when it begins. Filings are independent; or remember the months before (autoregression of 0.6); or scatter
three times as much; or come in batches of one applicant against one debtor, whose cases end each by itself, or all alike on one day; or a third of what
is open on 1 December closes in that month, every year. The report is that of the last year (2011 by the definitions of a court, or 2024 by those in
force), beside thirteen courts of the same kind.

A false claim is, by source: **verdict**: rounds, a campaign, a lasting change, other filings, a round that ended or goes on, where four variants of five
say the same; of any other the sentence begins with that there is no firm verdict, and it is counted apart. **Observation**: a figure of
the court or a cell said to be beyond random variation. **Forecast**: of a stock whose limits twelve months ahead all lie above (below) today's, which
then is not higher (lower). **Peers**: the own court outside 99.8% of the funnel, or listed by ``stands_out`` (two figures, two years). What complete
counts did (filed, closed and pending cases against the year before, a record, a target) are facts and no claims. Shown, but no claims: that the truth
lies outside the 95% limits of a forecast, as one in twenty is said to; that another court lies outside the funnel, of which the report has no
sentence; and that a rate which no test can judge (sums of money that rest on few cases) is told as a feature or problem: it is to be a note that
says that it was not tested.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from courts import Courts

import analysis as an
from analysis.inference.cycle.forecast import PATHS, bands
from analysis.inference.cycle.robustness import HEADLINE
from analysis.inference.cycle.series import read_flow
from analysis.inference.cycle.simulation import outlook, simulate
from analysis.observations.comparisons import ON_YEAR
from analysis.observations.observations import CELL, MOVED
from analysis.observations.ranking import NOTE, TELLING
from analysis.observations.sentences import BEYOND
from analysis.report.inputs import Material
from analysis.report.yearly import made
from analysis.vocabulary.language import speaking

SIZES = (100, 500, 2_000, 10_000)  # cases a year
YEARS = (5, 10)
BURN_IN = 2  # years before the register begins
AHEAD = 12  # months of the forecast
FILINGS = {"independent": "random walk", "remembering": "filings AR(0.6)", "scattering": "variance 3 x mean"}
ONE_DEBTOR, ALIKE, DECEMBER = "batches of one debtor", "batches that end alike", "December rush"
KINDS = (*FILINGS, ONE_DEBTOR, ALIKE, DECEMBER)
BATCH = 4  # mean cases of a batch
RUSH = 0.33  # of what is open on 1 December closes in that month beyond what would
MODES = {"completed": 0.45, "settled": 0.2, "terminated_this_round": 0.22, "terminated": 0.08, "withdrawn": 0.05}
BASES = {"civil": 0.75, "arbitration": 0.12, "criminal_civil": 0.08, "administrative_non_litigation": 0.05}
PAID = ("completed", "settled")
TEAMS, TOWNSHIPS, CASES_OF_AN_OFFICER = 3, 8, 150
SLOW, DAYS, SLOW_DAYS = 0.1, 60, 280  # one case in ten takes long
ALL_OVER = {"fujin-2012": 2011, None: 2024}  # definitions and the year of the report
NO_CLAIM = ("no_evidence", "too_short", "queue")  # verdicts that say of nothing that it happened
COURT = "平川县人民法院"
OTHERS = 13
ALPHA = 0.10  # asked of the whole report
SOURCES = ("verdict", "observation", "forecast", "peers")
SHOWN = {
    "doubtful": "a verdict that is said not to be firm",
    "outside": "truth outside the 95% of the forecast",
    "others": "another court outside the funnel",
    "untested": "untested rate told",
}
# one in so many registers of up to so many cases a year names officers, and its report is written
WHOLE_IN, WHOLE_TO = 20, 500


class Span(NamedTuple):
    """The days of a register: its first, its last, and the last until which the truth is known."""

    first: pd.Timestamp
    last: pd.Timestamp
    known: pd.Timestamp

    @classmethod
    def of(cls, year: int, years: int) -> Span:
        """So many years up to one, and what follows."""
        last = pd.Timestamp(year, 12, 31)
        return cls(pd.Timestamp(year - years + 1, 1, 1), last, last + pd.offsets.MonthEnd(AHEAD))


def cases_of(rng: np.random.Generator, size: float, kind: str, span: Span) -> pd.DataFrame:
    """Draw all cases of a court, from before its register until after its end."""
    begin = span.first - pd.DateOffset(years=BURN_IN)
    months = pd.date_range(begin, span.known, freq="MS")
    filings = Courts(len(months), size / 12).nulls()[FILINGS.get(kind, "random walk")]
    filed = filings(rng)[0]
    batch = np.arange(filed.sum())  # to which each case belongs
    if kind in (ONE_DEBTOR, ALIKE):
        batch = np.repeat(batch, 1 + rng.poisson(BATCH - 1, len(batch)))[: len(batch)]
    month = np.repeat(np.arange(len(months)), filed)
    month = month[np.unique(batch, return_index=True)[1]][batch] if kind in (ONE_DEBTOR, ALIKE) else month
    of_batch = rng.random(batch.max() + 1)
    days = (of_batch[batch] * months.days_in_month.to_numpy()[month]).astype(int)
    on = months[month] + pd.to_timedelta(days, unit="D")
    frame = _ended(rng, pd.DataFrame({"filed_on": on, "debtor_id": [f"债{b}" for b in batch]}))
    if kind == ALIKE:
        first = frame.groupby("debtor_id").transform("first")
        frame[["closed_on", "closure_mode"]] = first[["closed_on", "closure_mode"]]
    if kind not in (ONE_DEBTOR, ALIKE):
        frame = frame.drop(columns="debtor_id")
    if kind == DECEMBER:
        frame["closed_on"] = _rushed(rng, frame)
    claim = np.exp(rng.normal(10.5, 1.6, len(frame))).round(2)
    part = np.where(
        frame["closure_mode"].isin(PAID), 1.0, np.where(rng.random(len(frame)) < 0.2, rng.random(len(frame)), 0.0)
    )
    return frame.assign(
        court=COURT, amount_claimed=claim, amount_recovered=(part * claim).round(2), **_about(rng, frame, size)
    )


def _ended(rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """Days and modes of closing: where there is property a case is closed sooner and more often paid."""
    number = len(frame)
    has_property = rng.random(number) < 0.7
    mean = np.where(rng.random(number) < SLOW, SLOW_DAYS, np.where(has_property, DAYS, 1.5 * DAYS))
    closed = frame["filed_on"] + pd.to_timedelta(rng.gamma(1.5, mean / 1.5).astype(int), unit="D")
    mode = rng.choice(list(MODES), number, p=list(MODES.values()))
    again = ~has_property & np.isin(mode, PAID) & (rng.random(number) < 0.5)
    return frame.assign(
        closed_on=closed, closure_mode=np.where(again, "terminated_this_round", mode), has_property=has_property
    )


def _rushed(rng: np.random.Generator, frame: pd.DataFrame) -> pd.Series:
    """Days of closing where some of what is open on 1 December closes in that month."""
    closed = frame["closed_on"]
    december = pd.to_datetime(frame["filed_on"].dt.year.astype(str) + "-12-01")
    is_drawn = (
        (closed >= december + pd.Timedelta(days=31)) & (frame["filed_on"] < december) & (rng.random(len(frame)) < RUSH)
    )
    return closed.where(~is_drawn, december + pd.to_timedelta(rng.integers(0, 31, len(frame)), unit="D"))


def _about(rng: np.random.Generator, frame: pd.DataFrame, size: float) -> dict[str, np.ndarray]:
    number = len(frame)
    officer = rng.integers(0, max(2 * TEAMS, round(size / CASES_OF_AN_OFFICER)), number)
    return {
        "officer": np.array([f"员{i}" for i in officer]),
        "team": np.array(["执行一组", "执行二组", "执行三组"])[officer % TEAMS],
        "basis": rng.choice(list(BASES), number, p=list(BASES.values())),
        "area": np.array([f"镇{i}" for i in rng.integers(0, TOWNSHIPS, number)]),
        "case_type": rng.choice(["first", "reopened"], number, p=[0.92, 0.08]),
    }


def register(frame: pd.DataFrame, span: Span) -> an.Cases:
    """The register of a court as it stands on the last day, with the cases pending on the first."""
    rows = frame[(frame["closed_on"] >= span.first) & (frame["filed_on"] <= span.last)].copy()
    rows.loc[rows["closed_on"] > span.last, ["closed_on", "closure_mode", "amount_recovered"]] = None
    return an.Cases.from_frames(rows.sort_values("filed_on", ignore_index=True), as_of=f"{span.last:%Y-%m-%d}")


def pending(frame: pd.DataFrame, day: pd.Timestamp) -> int:
    """Count the cases pending at the end of a day."""
    return int(((frame["filed_on"] <= day) & (frame["closed_on"] > day)).sum())


def counted(frame: pd.DataFrame, year: int) -> dict[str, int]:
    """Received, closed and performed cases of a year."""
    first, last = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)
    closed = frame["closed_on"].between(first, last)
    return {
        "received": int(closed.sum()) + pending(frame, last),
        "closed": int(closed.sum()),
        "performed": int((closed & frame["closure_mode"].isin(PAID)).sum()),
    }


def others(rng: np.random.Generator, kind: str, year: int) -> dict[str, pd.DataFrame]:
    """Thirteen courts of the same kind and of other sizes."""
    span = Span.of(year, 2)
    return {f"甲{place}县人民法院": cases_of(rng, np.exp(rng.uniform(5.3, 8.5)), kind, span) for place in range(OTHERS)}


def published(courts: dict[str, pd.DataFrame], year: int) -> pd.DataFrame:
    """What courts print of a year."""
    about = {
        "level": "basic",
        "scope": "执行案件",
        "unit": "件",
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
    }
    rows = [
        {"court": court, **about, **{name: str(n) for name, n in counted(frame, year).items() if name != "performed"}}
        for court, frame in courts.items()
    ]
    return an.read_returns(pd.DataFrame(rows))


def listed(courts: dict[str, pd.DataFrame], year: int) -> bool:
    """Whether the own court is said to be unlike the others, or to have moved unlike them."""
    rows = []
    for court, frame in courts.items():
        for of in (year - 1, year):
            n = counted(frame, of)
            when = {"court": court, "period_start": pd.Timestamp(of, 1, 1), "period_end": pd.Timestamp(of, 12, 31)}
            rows += [
                when | {"indicator": "closure_rate", "numerator": n["closed"], "denominator": n["received"]},
                when
                | {"indicator": "actual_enforcement_rate", "numerator": n["performed"], "denominator": n["closed"]},
            ]
    return len(an.stands_out(pd.DataFrame(rows), court=COURT).table) > 0


def foretold(flow: pd.DataFrame, frame: pd.DataFrame, span: Span) -> tuple[bool, bool]:
    """Whether a rise or fall is foretold that does not come, and whether the truth lies outside the 95% limits."""
    paths = simulate(outlook(read_flow(flow)[0]), AHEAD, count=PATHS, seed=0).pending  # as forecast_pending has them
    lower, upper = (bands(paths)[name][-1] for name in ("lower", "upper"))
    today, then = pending(frame, span.last), pending(frame, span.known)
    return bool((lower > today >= then) or (upper < today <= then)), not lower <= then <= upper


def claims(rng: np.random.Generator, size: int, kind: str, *, whole: bool = False) -> dict[str, object]:
    """Return what the report of a register in which nothing changed claims; ``whole`` names officers, writes the report and reads its text too."""
    definitions, year = list(ALL_OVER.items())[rng.integers(len(ALL_OVER))]
    span = Span.of(year, int(rng.integers(YEARS[0], YEARS[1] + 1)))
    frame, peers = cases_of(rng, size, kind, span), others(rng, kind, year)
    asked = {
        "year": year,
        "returns": None,
        "peers": published(peers, year),
        "definitions": definitions,
        "calendar": None,
    }
    with speaking("en"):
        material = Material.of(register(frame if whole else frame.drop(columns="officer"), span), **asked)
        table, written = (
            material.observations.table,
            made(material, "en", (), lambda _: None)[0].sections if whole else (),
        )
    said = " ".join(block.text for section in written for block in section.blocks if hasattr(block, "text"))
    of_rates = table[table["kind"].isin([MOVED, CELL]) & table["denominator"].notna()]
    beyond = of_rates["beyond_chance"]
    untested = (
        beyond.isna() & (of_rates["class"] != NOTE) & (of_rates["against"] == ON_YEAR) & (of_rates["score"] >= TELLING)
    )
    wrong, outside = foretold(material.monthly, frame, span)
    among = material.funnel.table["outside_998"]
    found, told = beyond.fillna(False), material.cycle.verdicts.iloc[0]
    is_told = told["verdict"] not in NO_CLAIM or told["ended"] in ("ended", "continues")
    return {
        "verdict": is_told and told["same_share"] >= HEADLINE,
        "doubtful": is_told and told["same_share"] < HEADLINE,
        "observation": bool(found.any()) or BEYOND.en in said,
        "forecast": wrong,
        "peers": bool(among[material.funnel.table["court"] == COURT].any()) or listed({COURT: frame, **peers}, year),
        "outside": outside,
        "others": bool(among[material.funnel.table["court"] != COURT].any()),
        "untested": bool(untested.any()),
        "said": f"{told['verdict']}, {told['ended']}; {'; '.join(of_rates.loc[found, 'sentence'].str.split(chr(10)).str[-1])}",
    }


def percent(marks: pd.Series) -> str:
    """A share with one standard error."""
    share = marks.mean()
    return f"{100 * share:.1f} ± {100 * np.sqrt(share * (1 - share) / len(marks)):.1f}%"


def table_of(rows: pd.DataFrame, by: str, head: str) -> list[str]:
    """Shares of registers with a false claim, by source, as a table of Markdown."""
    names = [head, "registers", *SOURCES, "any", *SHOWN.values()]
    lines = [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    for key, part in [*rows.groupby(by, sort=False), ("all", rows)]:
        shares = [percent(part[name].astype(bool)) for name in (*SOURCES, "any", *SHOWN)]
        lines.append(f"| {key:,} |" if isinstance(key, int) else f"| {key} |")
        lines[-1] += f" {len(part)} | {' | '.join(shares)} |"
    return lines


def drawn(seed: int, size: int, number: int) -> dict[str, object]:
    """The claims of one register, by its number."""
    kind = KINDS[number % len(KINDS)]
    rng = np.random.default_rng([seed, size, number])
    return {
        "size": size,
        "kind": kind,
        **claims(rng, size, kind, whole=size <= WHOLE_TO and number % WHOLE_IN == WHOLE_IN - 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registers", type=int, default=120)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/reports.md"))
    asked = parser.parse_args()
    begun, rows = time.process_time(), []
    for size in asked.sizes:
        for number in range(asked.registers):
            rows.append(drawn(asked.seed, size, number))
            print(number, {name: value for name, value in rows[-1].items() if value}, flush=True)
    found = pd.DataFrame(rows)
    found["any"] = found[list(SOURCES)].any(axis=1)
    call = f"python benchmarks/reports.py --registers {asked.registers} --sizes {' '.join(map(str, asked.sizes))} --seed {asked.seed}"
    lines = [
        "# Yearly reports where nothing happened",
        f"`{call}` ({time.process_time() - begun:.0f} s of processor time); ± is one standard error of the simulation.",
        (__doc__ or "").split("[--out")[1].split("\n\n", 1)[1].strip(),
        f"Asked: a false claim in at most {ALPHA:.0%} of registers. Seen: {percent(found['any'])}.",
        "## By size",
        "\n".join(table_of(found, "size", "cases a year")),
        "## By kind of court",
        "\n".join(table_of(found, "kind", "kind")),
    ]
    asked.out.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    print("\n\n".join(lines))


if __name__ == "__main__":
    main()
