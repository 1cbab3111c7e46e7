"""Tables of made-up courts with planted causes of contradictions, and how often ``reconcile`` names the cause.

    python benchmarks/printed.py causes [TABLES] [COURTS]     clean, one cause, two causes, undecided (100 tables of 300 courts)

A table holds opening, filed, received, closed, closing and the closure rate of courts of several sizes, in one year or several; some tables
leave a column out. A cause is planted only where an identity or a rate touches the changed figures, a systematic one in 5% of the lines
or more, a change of scope from the fourth of eight years on. The second of two causes spares the lines of the first where both change
the same measure.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random

import pandas as pd

from analysis.inference.reconciliation.causes import causes_of
from analysis.inference.reconciliation.printed_cells import figures_by_court
from analysis.inference.reconciliation.rates import definitions
from analysis.inference.reconciliation.relations import lines_of, relations_of
from analysis.returns.reading import read_as_printed

COUNTS = ("opening", "filed", "received", "closed", "closing")
KINDS = (
    "digit",
    "dropped",
    "doubled",
    "footnote",
    "unit",
    "definition",
    "fraction",
    "truncation",
    "rate_definition",
    "copied",
    "swapped",
    "scope",
)
SHARES = (0.05, 0.3, 1.0)
Lines = list[dict[str, str]]
Named = tuple[str, str | None]


def percent(top: int, bottom: int, decimals: int = 2, *, truncated: bool = False) -> str:
    """A rate as it is printed."""
    steps = Fraction(100 * top * 10**decimals, bottom) + (0 if truncated else Fraction(1, 2))
    digits = str(int(steps // 1)).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}"


def line(court: str, year: int, opening: int, filed: int, closed: int) -> dict[str, str]:
    """One line of a returns table that adds up."""
    received = opening + filed
    counts = (opening, filed, received, closed, received - closed)
    place = {"court": court, "scope": "执行案件", "period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    return place | dict(zip(COUNTS, map(str, counts), strict=True)) | {"closure_rate": percent(closed, received)}


def true_lines(rng: Random, courts: int = 100, years: int = 1) -> Lines:
    """Lines of courts that add up, and hand their stock on."""
    lines = []
    largest = rng.choice([900, 4000, 12_000])
    for number in range(courts):
        stock = rng.randint(5, largest // 10)
        for year in range(2011, 2011 + years):
            filed = rng.randint(largest // 20, largest)
            closed = rng.randint(7 * (stock + filed) // 10, stock + filed)
            lines.append(line(f"法院{number}", year, stock, filed, closed))
            stock += filed - closed
    return lines


def causes(lines: Lines) -> pd.DataFrame:
    """The causes alone, without the regions of every court."""
    found = lines_of(figures_by_court(read_as_printed(pd.DataFrame(lines))))
    return causes_of(found, relations_of(found, {}, {}, definitions()), definitions())


def named(table: pd.DataFrame, groups: int = 1) -> set[Named]:
    """Kind and measure of the causes of the first groups."""
    first = table[table["group"] <= groups]
    return {(c, m if isinstance(m, str) else None) for c, m in zip(first["cause"], first["measure"], strict=True)}


def planted(
    rng: Random, lines: Lines, kind: str, truth: Lines | None = None, spared: Named | None = None
) -> tuple[Lines, Named]:
    """A copy of the lines with one cause, and what should be said of it; ``spared``: a cause that is planted already."""
    truth = lines if truth is None else truth
    free = [n for n in range(len(lines)) if lines[n] == truth[n]]
    lines = [dict(one) for one in lines]
    of_rates = kind in ("fraction", "truncation", "rate_definition")
    # two ways of counting that no line prints apart would be one
    others = [name for name in ("received", "closed", "closing") if not spared or name != spared[1]]
    measure = "closure_rate" if of_rates else rng.choice(others)
    share = rng.choice(SHARES)
    if kind == "digit":
        at, digit = lines[rng.choice(free or range(len(lines)))], rng.choice("123456789")
        at[measure] = at[measure][:-1] + (digit if digit != at[measure][-1] else str((int(digit) + 5) % 10))
        return lines, (kind, measure)
    if kind in ("dropped", "doubled"):
        return _slipped(rng, lines, kind, measure, free)
    if kind == "copied":
        one, other = rng.sample(free if len(free) > 1 else range(len(lines)), 2)
        lines[one] |= {name: lines[other][name] for name in (*COUNTS, "closure_rate") if name in lines[other]}
        return lines, (kind, None)
    if kind == "scope":
        return _wider(rng, lines, max(share, 0.2)), (kind, None)
    if kind == "swapped":
        one, other = rng.choice([("filed", "received"), ("opening", "closing")])
        for number in rng.sample(free, min(len(free), max(4, int(share * len(lines))))):
            lines[number] |= {one: lines[number][other], other: lines[number][one]}
        return lines, (kind, one)
    same = spared is not None and (spared[1] == measure or spared[0] == "copied")
    among = free if same else range(len(lines))
    for number in rng.sample(among, min(len(among), max(4, int(share * len(lines))))):
        one = lines[number]
        filed, received, closed = (int(truth[number][name]) for name in ("filed", "received", "closed"))
        one[measure] = _otherwise(rng, kind, one[measure], filed, received, closed)
    return lines, (kind, measure)


def _slipped(rng: Random, lines: Lines, kind: str, measure: str, free: Sequence[int]) -> tuple[Lines, Named]:
    """One digit of one figure left out, or printed twice."""
    at = lines[rng.choice([n for n in free or range(len(lines)) if len(lines[n][measure]) > 1])]
    printed = at[measure]
    if kind == "dropped":
        places = [n for n in range(len(printed)) if n or printed[1] != "0"]
        place = rng.choice(places)
        at[measure] = printed[:place] + printed[place + 1 :]
    else:
        place = rng.randrange(len(printed))
        at[measure] = printed[:place] + printed[place] + printed[place:]
    return lines, (kind, measure)


def second_cause(rng: Random, lines: Lines, kind: str, seed: int, truth: Lines, one: Named) -> tuple[Lines, Named]:
    """A cause of another kind beside the first, where that leaves lines for it."""
    others = [other for other in KINDS if other not in (kind, "scope")]
    start = (seed // len(KINDS)) % len(others)
    for other in [*others[start:], *others[:start]]:
        planted_too, two = planted(rng, lines, other, truth, one)
        changed = sum(a != b for a, b in zip(lines, planted_too, strict=True))
        if changed >= (1 if other in ("digit", "dropped", "doubled", "copied") else len(lines) // 40):
            return planted_too, two
    raise ValueError(kind)


def _otherwise(rng: Random, kind: str, printed: str, filed: int, received: int, closed: int) -> str:
    if kind == "unit":
        return f"{float(printed) / 10_000:.4f}"
    if kind == "footnote":
        return printed + rng.choice(["1", "77"])
    if kind == "definition":
        return str(int(printed) + rng.randint(3, 60))
    if kind == "fraction":
        return f"{float(printed) / 100:.4f}"
    if kind == "truncation":
        return percent(closed, received, truncated=True)
    return percent(closed, filed)


def _wider(rng: Random, lines: Lines, share: float) -> Lines:
    """From 2014 on some courts count more kinds of cases; each line adds up, stocks do not meet those of 2013."""
    raised = {one["court"] for one in lines if rng.random() < share}
    for number, one in enumerate(lines):
        if one["court"] in raised and one["period_end"] > "2014":
            before = lines[number - 1]
            opening = int(one["opening"]) * 2 + 7 if one["period_end"] < "2015" else int(before["closing"])
            filed = int(one["filed"]) * 3 // 2
            closed = min(int(one["closed"]), filed)
            lines[number] = line(one["court"], int(one["period_end"][:4]), opening, filed, closed)
    return lines


def without(lines: Lines, *columns: str) -> Lines:
    """The lines without some columns."""
    return [{name: value for name, value in one.items() if name not in columns} for one in lines]


def open_tables(rng: Random, courts: int) -> list[tuple[Lines, set[Named]]]:
    """Tables with one cause that nothing decides, and the causes of which each must be listed."""
    true = true_lines(rng, courts)

    def more(name: str) -> Lines:
        return [{**one, name: str(int(one[name]) + rng.randint(3, 60))} for one in true]

    digits = [dict(one) for one in true]
    at = rng.choice([one for one in digits if one["filed"][-1] < "9" and one["opening"][-1] > "0"])
    at["filed"] = str(int(at["filed"]) + 1)
    copied, _ = planted(rng, true, "copied")
    return [
        (
            without(more("filed"), "received", "closure_rate"),
            {("definition", name) for name in COUNTS if name != "received"},
        ),
        (without(more("closed"), "closure_rate"), {("definition", "closed"), ("definition", "closing")}),
        (more("filed"), {("definition", "filed"), ("definition", "opening")}),
        (digits, {("digit", "filed"), ("digit", "opening")}),
        (copied, {("copied", None)}),
    ]


def undecided(table: pd.DataFrame, expected: set[Named]) -> bool:
    """Whether the expected causes are all listed, at least two, and none was chosen."""
    return expected <= named(table) and len(table) > 1 and set(table["status"]) == {"undecided"}


def measure_causes(tables: int = 100, courts: int = 300) -> dict[str, int]:
    """Of so many tables each: clean ones without a cause, one cause first, two first, undecided ones listed so."""
    found = dict.fromkeys(("clean", "one", "one_undecided", "two", "undecided"), 0)
    began = time.process_time()
    for seed in range(tables):
        rng = Random(seed)
        kind = KINDS[seed % len(KINDS)]
        shape = (courts // 8, 8) if kind == "scope" else (courts, 1) if seed % 3 else (courts // 2, 2)
        true = true_lines(rng, *shape)
        found["clean"] += causes(true).empty
        lines, one = planted(rng, true, kind)
        table = causes(lines)
        found["one"] += _told(one in named(table), seed, [one], table)
        found["one_undecided"] += one in named(table) and table["status"].iloc[0] == "undecided"
        second, two = second_cause(rng, lines, kind, seed, lines if kind == "scope" else true, one)
        table = causes(second)
        found["two"] += _told({one, two} <= named(table, 2), seed, [one, two], table)
        open_, expected = open_tables(rng, courts)[seed % 5]
        table = causes(open_)
        found["undecided"] += _told(undecided(table, expected), seed, sorted(map(str, expected)), table)
        print(seed, found, f"{time.process_time() - began:.0f} s", flush=True)
    return found


def _told(right: bool, seed: int, expected: Sequence[object], table: pd.DataFrame) -> bool:
    if not right:
        shown = table[["cause", "measure", "rows", "of", "explains", "bits", "status", "group"]].head(6)
        print(f"seed {seed}: expected {expected}\n{shown.to_string()}", flush=True)
    return right


COMMANDS: dict[str, Callable[..., object]] = {"causes": measure_causes}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*map(int, sys.argv[2:]))
