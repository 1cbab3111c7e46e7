"""Every number of the report on 青石县, in both languages, recomputed from its export by plain pandas.

Nothing here asks the package for a figure. A number of the report that is neither recomputed below nor of one of the kinds that are
listed (days and years of the report, thresholds with their source) fails the test.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise, permutations

import numpy as np
import pandas as pd
import pytest
import qingshi
from recomputing import (
    Of,
    apart,
    as_a_clerk_sees_it,
    count,
    due_on,
    half_up,
    numbers,
    percent,
    points,
    said,
    same,
    tokens,
    whole_from,
)
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import proportion_confint

import analysis as an
from analysis.report.inputs import Material
from analysis.report.yearly import made
from analysis.vocabulary.language import speaking

pytestmark = pytest.mark.full

YEAR, FIRST, LAST = 2024, pd.Timestamp("2024-01-01"), pd.Timestamp(qingshi.LAST_DAY)
# Numbers that no register gives, by what they are.
INTERVALS = ["95"]  # per cent: the level of every interval
DATING = ["5", "5", "15"]  # months: window, phase, cycle of Bry and Boschan (1971)
LIMIT = ["2020", "63"]  # 执行规定（2020年修正）第63条: six months
NOTICE = ["30"]  # days of notice before a limit
BANDS = [3, 6, 12, 24, 60]  # months of age
NAMED = {"12", "100", "10,000"}  # in the names and units of indicators: over 12 months, per 100 cases, 10,000 yuan
HEADED = {
    "3",  # months since filing
    "6",
    "2023",
    "2024",
    "95",
    "12",
    "11",
    "10,000",
    "30",
    "100",
}  # the years compared; December against the eleven months before it
LEAST_SPAN = 45  # months: three clearings of fifteen


OF_FEW = 50  # cases; a share of fewer stands as its parts, without a change


@pytest.fixture(scope="module")
def raw():
    return as_a_clerk_sees_it(qingshi.cases())


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    path = qingshi.export(tmp_path_factory.mktemp("export") / "台账.xlsx")
    cases = an.read_cases(path, as_of=qingshi.LAST_DAY, court=qingshi.COURT)
    cases = replace(cases, pseudonym_key=b"the same people under the same names")
    found = {}
    for language in ("zh", "en"):
        with speaking(language):
            asked = dict.fromkeys(("returns", "peers", "definitions", "calendar"))
            report, _, _ = made(Material.of(cases, year=YEAR, **asked), language, (), lambda _: None)
            found[language] = (report, {s.id: said(s) for s in report.sections})
    return found, sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def now(raw):
    return Of(raw, FIRST, LAST)


@pytest.fixture(scope="module")
def before(raw):
    return Of(raw, f"{YEAR - 1}-01-01", f"{YEAR - 1}-12-31")


@pytest.fixture(scope="module")
def monthly(raw):
    """Filed, closed and pending by month."""
    months = pd.period_range("2022-01", "2024-12", freq="M")
    flow = pd.DataFrame(
        {name: raw[name].dt.to_period("M").value_counts().reindex(months, fill_value=0) for name in ("filed", "closed")}
    )
    return flow.assign(pending=(flow["filed"] - flow["closed"]).cumsum())


@pytest.fixture(scope="module")
def whole(raw):
    return whole_from(raw, LAST)


LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


def amount(yuan: float, language: str) -> str:
    return half_up(yuan / 1e4) if language == "zh" else half_up(yuan / 1e6)


def stock(now: Of) -> list[str]:
    """How the stock changed in the year."""
    performed, ended = now.by("执行完毕", "和解"), now.by("终结本次执行程序")
    return [
        count(now.opening), count(now.pending), str(abs(len(now.pending) - len(now.opening))), count(now.filed), count(now.closed),
        str(performed), str(ended), str(len(now.closed) - performed - ended),
    ]  # fmt: skip


@LANGUAGES
def test_page_one(reports, raw, now, before, whole, language):
    _, sections = reports[0][language]
    texts, headings, rows = sections["summary"]
    months = len(pd.period_range(whole, "2024-12", freq="M"))
    rate, base = (100 * len(y.closed) / len(y.received) for y in (now, before))
    least, known, most = now.recovery
    due = due_on(now.pending["filed"])
    headline = [
        str(YEAR), count(now.received), count(now.opening), count(now.closed), count(now.pending), half_up(rate), count(now.closed),
        count(now.received),
    ]  # fmt: skip
    cards = [
        count(now.received), count(now.closed), percent(len(now.closed), len(before.closed)), count(now.pending),
        str(abs(len(now.pending) - len(before.pending))), half_up(rate), points(rate, base), half_up(least, 1), half_up(most, 1),
        str(now.closed["got"].isna().sum()), half_up(known, 1),
        *(["2023"] * 5 if language == "en" else []),  # on 2023
    ]  # fmt: skip
    within = [(year.closed["days"] <= 180).sum() for year in (now, before)]
    shares = [100 * number / len(year.closed) for number, year in zip(within, (now, before), strict=True)]
    cards += ["180", half_up(shares[0]), str(within[0]), count(now.closed), points(*shares)]
    counts = [  # before the sum of claims, which moved as much and of which outside nothing tells what is chance
        [count(own), percent(len(own), len(was)), str(abs(len(own) - len(was)))]
        for own, was in ((now.closed, before.closed), (now.filed, before.filed))
    ]
    features = [*stock(now), *counts[0], *counts[1]]
    soon = str(due.between(LAST, LAST + pd.Timedelta(days=30)).sum())
    same(
        texts,
        [*headline, *cards, *features, str(months), str(LEAST_SPAN - months), soon, *NOTICE, str((due < LAST).sum())],
    )
    assert (headings, rows) == ([], {})


FEWEST = 3  # cases, but for none, below which a cell is not looked at
CLAIMS = [0, 1e4, 5e4, 1e5, 5e5, np.inf]  # yuan: the bands of claims


def counted(part: pd.DataFrame, group: str, groups: pd.Index | None = None) -> pd.Series:
    """The cases of each group: by a column as it is, or by the band of the claim."""
    by = pd.cut(part[group], CLAIMS, right=False) if group == "claim" else part[group]
    counts = by.value_counts()
    return counts if groups is None else counts.reindex(groups, fill_value=0)


def cells(now: Of, before: Of) -> int:
    """How many cells of the court are looked at: groups by mode, basis and claim that tell of no few cases in either year."""

    def rates(year: Of, last: pd.Timestamp) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
        ended, closed = year.closed[year.closed["mode"] == "终结本次执行程序"], year.closed
        old = year.pending[year.pending["filed"] + pd.DateOffset(months=12) < last]
        parts = [(ended, closed), (closed[closed["mode"] == "执行完毕"], closed)]
        parts += [(closed[closed["mode"] == "终结执行"], closed)]
        return [(closed, year.received), (old, year.pending), *parts]  # what is pending is the mirror of what is closed

    def number(*counts: pd.Series) -> int:
        """Groups of which every count is none or no few, and that stand for something in both years."""
        return sum(all(n == 0 or n >= FEWEST for n in row) for row in zip(*counts, strict=True))

    years = rates(now, LAST), rates(before, FIRST - pd.Timedelta(days=1))
    modes = now.closed["mode"].unique()
    found = number(*(y.closed["mode"].value_counts().reindex(modes, fill_value=0) for y in (now, before)))
    for group in ("basis", "claim"):
        groups = counted(pd.concat([now.received, before.received]), group).index
        for pair in zip(*years, strict=True):
            parts, bases = ([counted(year[side], group, groups) for year in pair] for side in (0, 1))
            rest = [base - part for part, base in zip(parts, bases, strict=True)]
            there = (bases[0] > 0) & (bases[1] > 0)
            found += number(*(counts[there] for counts in (*parts, *bases, *rest)))
        shares = number(*(counted(year.filed, group, groups) for year in (now, before)))
        found += 1 if shares == 2 else shares  # of two shares one is the other's mirror
    return found


def smallest_found(tested: int, cases: int, share: float) -> float:
    """Points that a rate of 50% must change to be found four times in five among so many cells, at 4% for all of them together."""
    reach = stats.norm.isf(0.04 / tested / 2) + stats.norm.ppf(0.8)
    return float(100 * reach * np.sqrt(2 * 0.5 * 0.5 / (cases * share)))


@LANGUAGES
def test_features_and_problems(reports, now, language):
    _, sections = reports[0][language]
    texts, headings, rows = sections["features"]
    same(texts, ["1", *stock(now)])
    assert (headings, rows) == ([], {})
    for name in ("problems", "measures"):
        assert sections[name] == ([], [], {}), "the figures show no problem: blanks for the office"


def parts(now: Of, before: Of) -> list[list[str]]:
    """The parts of closings by mode, of filings by basis and claim: cases of both years, shares, change of the shares as shown."""
    edges, found = [0, 1e4, 5e4, 1e5, 5e5, np.inf], []
    for name, of in (("closed", "mode"), ("filed", "basis"), ("filed", "claim")):
        both = [getattr(y, name)[of] for y in (now, before)]
        if of == "claim":
            both = [pd.cut(values, edges, right=False).astype(str) for values in both]
        for group in both[0].unique():
            a, b = (int((values == group).sum()) for values in both)
            share, was = (half_up(100 * n / len(values)) for n, values in zip((a, b), both, strict=True))
            found.append([str(a), str(b), share, was, half_up(float(Decimal(share) - Decimal(was)))])
    return found


BAND = {
    "[0.0, 10000.0)": {"zh": ["1"], "en": ["10,000"]}, "[10000.0, 50000.0)": {"zh": ["1", "5"], "en": ["10,000", "50,000"]},
    "[50000.0, 100000.0)": {"zh": ["5", "10"], "en": ["50,000", "100,000"]},
    "[100000.0, 500000.0)": {"zh": ["10", "50"], "en": ["100,000", "500,000"]},
}  # fmt: skip


def composition(now: Of, before: Of, language: str) -> list[str]:
    """What a sentence a breakdown says: the four largest groups with share and change, and the rest together."""
    said = []
    for name, of in (("closed", "mode"), ("filed", "basis"), ("filed", "claim")):
        part, past = getattr(now, name), getattr(before, name)
        counts, old = counted(part, of), counted(past, of)
        said.append(str(len(part)))
        for group, number in counts[counts > 0].nlargest(3).items():
            share, was = 100 * number / len(part), 100 * old.get(group, 0) / len(past)
            change = [] if half_up(share) == half_up(was) else [points(share, was)]
            said += [*(BAND[str(group)][language] if of == "claim" else []), str(number), half_up(share), *change]
        rest = int(len(part) - counts.nlargest(3).sum())
        said += [str(rest), half_up(100 * rest / len(part))] if rest >= FEWEST else []
    return said


@LANGUAGES
def test_the_state_of_enforcement(reports, raw, now, before, language):
    _, sections = reports[0][language]
    texts, headings, rows = sections["situation"]
    assert set(headings) <= HEADED
    claims = now.closed["claim"].sum(), before.closed["claim"].sum()
    least, known, most = now.recovery
    done, was = (100 * y.by("执行完毕") / len(y.closed) for y in (now, before))
    rate, base = (100 * len(y.closed) / len(y.received) for y in (now, before))
    people = raw.loc[now.received.index, "officer"].nunique()
    same(texts, [
        count(now.filed), percent(len(now.filed), len(before.filed)), count(now.closed), percent(len(now.closed), len(before.closed)),
        count(now.pending), str(abs(len(now.pending) - len(before.pending))), amount(claims[0], language), percent(*claims),
        half_up(rate), points(rate, base), half_up(done), points(done, was),
        half_up(least, 1), half_up(most, 1), str(now.closed["got"].isna().sum()), half_up(known, 1),
        *composition(now, before, language), str(people), half_up(len(now.received) / people, 1), half_up(len(now.closed) / people, 1),
        str(OF_FEW),  # bases of which the change is no percentage
    ])  # fmt: skip
    flows = ("opening", "filed", "received", "closed", "pending")
    assert numbers(row[1:] for row in rows["situation-flow"]) == [
        side_by_side(len(getattr(before, n)), len(getattr(now, n))) for n in flows
    ]


def side_by_side(before: float, now: float, digits: int = 0) -> list[str]:
    """Both years, the change as a number, and in per cent where the base is no small count."""
    growth = [half_up(100 * (now - before) / before)] if before >= 50 else []
    return [half_up(before, digits), half_up(now, digits), apart(before, now, digits), *growth]


def ratios(raw: pd.DataFrame, now: Of, before: Of) -> dict[str, tuple[list[str], list[str]]]:
    """Each ratio: what stands in the table of years (both years and the change), and in the annex (value, parts, interval)."""

    def rate(
        top: tuple[int, int], base: tuple[int, int], limits: tuple[float, float] | None = None
    ) -> tuple[list[str], list[str]]:
        a, b = (half_up(100 * k / n) for k, n in zip(top, base, strict=True))
        low, high = limits or proportion_confint(top[1], base[1], method="wilson")
        change = half_up(float(Decimal(b) - Decimal(a)))
        by_parts = [[str(k), str(n)] if n < OF_FEW else [shown] for k, n, shown in zip(top, base, (a, b), strict=True)]
        years = [*by_parts[0], *by_parts[1], *([change] if min(base) >= OF_FEW else [])]
        return years, [*by_parts[1], f"{top[1]:,}", f"{base[1]:,}", half_up(100 * low), half_up(100 * high)]

    def days(part) -> tuple[list[str], list[str]]:
        a, b = (part(y)["days"] for y in (before, now))
        mean, worth = b.mean(), b.sum() ** 2 / (b**2).sum()
        error = np.sqrt(((b - mean) ** 2).sum() * len(b) / (len(b) - 1)) / b.sum()
        spread = np.exp(stats.t.ppf(0.975, worth - 1) * error)
        both = [half_up(a.mean()), half_up(mean), apart(a.mean(), mean), half_up(100 * (mean - a.mean()) / a.mean())]
        return both, [half_up(mean), f"{b.sum():,.0f}", str(len(b)), half_up(mean / spread), half_up(mean * spread)]

    both = (before, now)
    closed, received, pending = (tuple(len(getattr(y, n)) for y in both) for n in ("closed", "received", "pending"))
    ratio, own = len(now.closed) / len(now.filed), len(now.own)
    error = np.sqrt(1 / len(now.closed) + 1 / len(now.filed) - 2 * own / len(now.closed) / len(now.filed))
    spread = np.exp(stats.norm.ppf(0.975) * error)
    ended = tuple(y.by("终结本次执行程序") for y in both)
    old = tuple(int((y.pending["filed"] < pd.Timestamp(y.filed["filed"].dt.year.iloc[0], 1, 1)).sum()) for y in both)
    (low, _, high), (low_0, _, high_0) = now.recovery, before.recovery
    filled = [half_up(now.filled[name].sum() / 1e4) for name in ("got", "claim")]
    bounds = [half_up(v, 1) for v in (low_0, high_0, low, high)]
    return {
        "结案率": rate(closed, received),
        "结收比": rate(closed, tuple(len(y.filed) for y in both), (ratio / spread, ratio * spread)),
        "案件未结率": rate(pending, received),
        "终本率（占结案）": rate(ended, closed),
        "执行完毕率": rate(tuple(y.by("执行完毕") for y in both), closed),
        "执行到位率": (bounds, bounds[2:] + filled),
        "执行案件平均执行时间": days(lambda y: y.closed),
        "执行完毕案件结案平均用时": days(lambda y: y.closed[y.closed["mode"] == "执行完毕"]),
        "超12个月未结案件比": rate(old, pending), "首执终本率": rate(ended, closed),
        "终结率": rate(tuple(y.by("终结执行") for y in both), closed),
        "同期结案率": rate(tuple(len(y.own) for y in both), tuple(len(y.filed) for y in both)),
    }  # fmt: skip


@LANGUAGES
def test_the_indicators_of_both_years(reports, raw, now, before, language):
    _, sections = reports[0][language]
    texts, headings, rows = sections["indicators"]
    assert set(headings) <= HEADED
    claims = [y.closed["claim"].sum() / 1e4 for y in (before, now)]
    old = [
        int((y.pending["filed"] < pd.Timestamp(y.filed["filed"].dt.year.iloc[0], 1, 1)).sum()) for y in (before, now)
    ]
    money = {"执结标的额（万元）": side_by_side(*claims, digits=1)}
    money["实际到位金额（万元）"] = [half_up(y.filled["got"].sum() / 1e4, 1) for y in (before, now)]
    shown = {name: both for name, (both, _) in ratios(raw, now, before).items()}
    names = {row[0] for row in reports[0]["zh"][1]["indicators"][2]["indicators-years"]}
    units = {"执行案件平均执行时间": "天", "执行完毕案件结案平均用时": "天"}
    expected = money | {f"{name}（{units.get(name, '%')}）": both for name, both in shown.items()}
    expected["执行12个月以上未结案数（件）"] = side_by_side(*old)
    assert names == set(expected)
    for at, row in enumerate(reports[0]["zh"][1]["indicators"][2]["indicators-years"]):
        told = rows["indicators-years"][at]
        assert [t for cell in told[1:] for t in tokens(cell)] == expected[row[0]], row[0]
    tested = cells(now, before)
    power = [half_up(smallest_found(tested, len(now.received), share), 1) for share in (0.5, 0.25)]
    none_reopened = ["0", "0"]  # a 0 of reopened cases may be none
    same(
        texts, ["12", "12", str(OF_FEW), str(OF_FEW), count(now.received), "50", "25", *power, *none_reopened]
    )  # a name, told twice: older than 12 months; bases that are shown; per cent of the court's cases


@LANGUAGES
def test_the_figures_of_the_year(reports, raw, now, before, monthly, language):
    _, sections = reports[0][language]
    texts, headings, rows = sections["annual"]
    assert set(headings) <= HEADED
    expected = {name: parts for name, (_, parts) in ratios(raw, now, before).items()}
    shown = rows["annual-figures"]
    assert [row[0] for row in reports[0]["zh"][1]["annual"][2]["annual-figures"]] == list(expected)
    assert numbers(row[2:] for row in shown) == list(expected.values())
    assert {t for row in shown for cell in row[:2] for t in tokens(cell)} <= NAMED
    assert sorted(numbers(row[3:] for row in rows["annual-mix"])) == sorted(parts(now, before))
    blank, two = now.closed["got"].isna().sum(), monthly["2023-01":]
    filed, closed, pending = (two[name] for name in ("filed", "closed", "pending"))
    extremes = (filed, filed.max()), (closed, closed.max()), (pending, pending.max()), (pending, pending.min())
    equal = [int((flow == end).sum()) for flow, end in extremes]
    ties = [str(n - (language == "en")) for n in equal if n > 1]  # 等2个月; and 1 more
    same(texts, [
        *INTERVALS, *ties, str(blank), "0", str(len(now.filled)), str(blank), *(half_up(now.recovery[at], 1) for at in (0, 2)),
        count(now.closed), str(now.by("执行完毕")),
        "2023-01", "2024-12", str(filed.sum()), str(filed.idxmax()), str(filed.max()), str(closed.sum()), str(closed.idxmax()),
        str(closed.max()), str(monthly["pending"]["2022-12"]), str(pending.iloc[-1]), str(pending.max()), str(pending.idxmax()),
        str(pending.min()), str(pending.idxmin()),
        "2023-01", "2024-12", str(filed.sum()), str(closed.sum()), str(monthly["pending"]["2022-12"]), str(pending.iloc[-1]),  # under its picture
        *(["100"] if language == "en" else []), "1", "2",  # petitions per 100 cases
    ])  # fmt: skip


def surge(monthly: pd.DataFrame, name: str) -> list[list[str]]:
    """December against the eleven months before it, a year and all years; exact limits, and the jackknife over years."""
    rows, parts = [], []
    for year in (2023, 2024):
        of_year = monthly[name][f"{year}-01" : f"{year}-12"]
        last, rest = int(of_year.iloc[-1]), int(of_year.iloc[:-1].sum())
        parts.append((last, rest))
        low, high = proportion_confint(last, last + rest, method="beta")
        ratio = [11 * last / rest, 11 * low / (1 - low), 11 * high / (1 - high)]
        share = [100 * v for v in (last / (last + rest), low, high)]
        rows.append([str(year), str(last), *(half_up(v) for v in (rest / 11, *ratio, *share)), "1"])
    last, rest = map(sum, zip(*parts, strict=True))
    figures = []
    for of in (lambda k, n: 11 * k / n, lambda k, n: 100 * k / (k + n)):
        value, left = of(last, rest), np.array([of(*part) for part in parts])
        reach = stats.t.ppf(0.975, 1) * np.sqrt(((left - left.mean()) ** 2).sum() / 2)
        figures += [value, max(value - reach, 0), value + reach]
    return [*rows, [str(last), *(half_up(v) for v in (rest / 22, *figures)), "2"]]


@LANGUAGES
def test_the_round(reports, raw, monthly, whole, now, before, language):
    _, sections = reports[0][language]
    texts, headings, rows = sections["cycle"]
    assert set(headings) <= HEADED
    flow = monthly[whole:]
    open_ = flow["pending"]
    turn = open_.idxmin()
    at = list(open_.index).index(turn)
    assert open_.iloc[at] == open_.iloc[at - 5 : at + 6].min()
    ended = raw[raw["mode"] == "终结本次执行程序"]
    same(texts, [
        str(whole), "2024-12", str(len(flow)), str(len(flow)), str(LEAST_SPAN - len(flow)),
        f"{raw['filed'].min():%Y-%m-%d}", f"{whole}-01",
        str(whole), "2024-12", str(open_.iloc[0]), str(open_.iloc[-1]), str(turn), str(open_[turn]), str(flow["filed"].sum()),
        str(flow["closed"].sum()), *stock(now), str(ended[["got", "claim"]].isna().any(axis=1).sum()),
    ])  # fmt: skip
    modes = [("执行完毕",), ("和解",), ("终结本次执行程序",)]
    out = [[y.by(*names) for y in (now, before)] for names in modes]
    out.append([len(y.closed) - sum(part[at] for part in out) for at, y in enumerate((now, before))])
    bridge = [[str(len(now.opening))], [str(len(now.filed)), str(len(before.filed))]]
    bridge += [[half_up(-a, 0), half_up(-b, 0)] for a, b in out] + [[str(len(now.pending))]]
    assert numbers(row[1:] for row in rows["cycle-bridge"]) == bridge
    further, headings, annex = sections["turning-points"]
    assert set(headings) <= HEADED
    assert further == [*DATING, *([str(OF_FEW)] if open_.iloc[0] < OF_FEW or open_[turn] < OF_FEW else [])]
    assert numbers(annex["cycle-turning-points"]) == [[str(turn), str(open_[turn])]], "no season was taken out"
    phases = []
    for first, last in ((open_.index[0], turn), (turn, open_.index[-1])):
        part, change = flow.loc[first + 1 : last], open_[last] - open_[first]
        phases.append([
            f"{(first + 1).start_time:%Y-%m-%d}", f"{last.end_time:%Y-%m-%d}", str(len(part)), half_up(change, 0), str(part["filed"].sum()),
            str(part["closed"].sum()), *([half_up(100 * change / open_[first])] if open_[first] >= 50 else []), half_up(change / len(part)),
        ])  # fmt: skip
    assert numbers(annex["cycle-phases"]) == phases
    assert numbers(annex["cycle-surge"]) == [*surge(monthly, "closed"), *surge(monthly, "filed")]
    ended = ended[~(ended["got"] >= ended["claim"])]
    pending = [monthly["pending"][f"{year}-12"] for year in (2023, 2024)]
    assert numbers(rows["cycle-shadow"]) == [
        [str(year), str(left), str((ended["closed"].dt.year == year).sum())]
        for year, left in zip((2023, 2024), pending, strict=True)
    ], "no case names its original: what was taken up again, and the stock of terminated cases, are not known"


def closed_within(raw: pd.DataFrame, year: int, months: int) -> tuple[int, int, int]:
    """Filed in a year, of these filed so many months before the register's day, of these closed within them."""
    filed = raw[raw["filed"].dt.year == year]
    ends = filed["filed"] + pd.DateOffset(months=months)
    return len(filed), int((ends <= LAST).sum()), int(((ends <= LAST) & (filed["closed"] <= ends)).sum())


@LANGUAGES
def test_what_was_closed_within_some_months_and_what_is_open(reports, raw, now, language):
    _, sections = reports[0][language]
    texts, headings, rows = sections["limits"]
    assert set(headings) <= HEADED
    table = []
    for year in (YEAR - 1, YEAR):
        row = [str(year), str((raw["filed"].dt.year == year).sum())]
        for months in (3, 6, 12):
            _, observed, closed = closed_within(raw, year, months)
            row += [str(closed), str(observed), half_up(100 * closed / observed)] if observed else []
        table.append(row)
    assert numbers(rows["limits-within"]) == table
    said = []
    for months in (3, 6):
        _, observed, closed = closed_within(raw, YEAR, months)
        said += [
            str(YEAR),
            *[str(months)] * (2 if language == "zh" else 1),
            str(observed),
            str(closed),
            half_up(100 * closed / observed),
        ]
    bands = [(edge, n) for edge, n in ages_of(now) if n]
    due = due_on(now.pending["filed"])
    same(texts, [
        *said, str(LAST.date()), count(now.pending), *(t for edge, n in bands for t in (*edge, str(n))), str((due < LAST).sum()), *NOTICE,
        str(due.between(LAST, LAST + pd.Timedelta(days=30)).sum()),
    ])  # fmt: skip


def ages_of(now: Of) -> list[tuple[list[str], int]]:
    """The pending cases by months since filing: the numbers in the name of each band, and its cases."""
    filed = now.pending["filed"]
    bands = [
        int(((filed + pd.DateOffset(months=first) < LAST) & (filed + pd.DateOffset(months=last) >= LAST)).sum())
        for first, last in zip([0, *BANDS], [*BANDS, 1200], strict=True)
    ]
    bands[0] += int((filed == LAST).sum())
    edges = [["3"], *([str(a), str(b)] for a, b in pairwise(BANDS)), ["60"]]
    return list(zip(edges, bands, strict=True))


@LANGUAGES
def test_durations(reports, raw, now, language):
    _, sections = reports[0][language]
    texts, headings, rows = sections["durations"]
    assert set(headings) <= HEADED
    curve = SurvfuncRight(raw["days"].fillna((LAST - raw["filed"]).dt.days), raw["closed"].notna().astype(int))
    median, (low, high) = curve.quantile(0.5), curve.quantile_ci(0.5)
    closed = int(raw["closed"].notna().sum())
    age = (LAST - now.pending["filed"]).dt.days
    bands = ages_of(now)
    filled = np.flatnonzero([n for _, n in bands])
    drawn = bands[filled[0] : filled[-1] + 1]  # from the youngest case to the oldest
    in_bands = [t for edge, n in drawn for t in (*edge, str(n), half_up(100 * n / len(age), 1))]
    kaplan = [count(raw), str(closed), half_up(median, 0), half_up(low, 0), half_up(high, 0)]
    last = int(raw["days"].max())
    at_180 = curve.surv_prob[np.searchsorted(curve.surv_times, 180, side="right") - 1]
    old = int((now.pending["filed"] + pd.DateOffset(months=6) < LAST).sum())
    under_pictures = [half_up(median, 0), "180", half_up(100 * at_180, 1), str(len(age)), "6", str(old)]
    same(texts, [
        *under_pictures, count(raw), str(closed), str(LAST.date()), *INTERVALS, *kaplan, *INTERVALS, str(last), half_up(100 * curve.surv_prob[-1], 1),
        *in_bands, *LIMIT,
    ])  # fmt: skip
    assert numbers(rows["limits-medians"]) == [kaplan]
    days = now.closed["days"]
    figures = [age.mean(), age.median(), age.max(), len(days), days.mean(), days.median(), 365 * len(age) / len(days)]
    row = [count(age), *(half_up(v) for v in figures)]
    row[4] = str(len(days))
    assert numbers(rows["limits-mean-and-age"]) == [row]
    due = now.pending.assign(due=due_on(now.pending["filed"]))
    due = due[due["due"] <= LAST + pd.Timedelta(days=30)].sort_values(["due", "filed"], kind="stable")
    assert numbers(rows["limits-due"]) == [
        [*tokens(r.no), f"{r.due:%Y-%m-%d}", half_up((r.due - LAST).days, 0)] for r in due.itertuples()
    ]  # fmt: skip


DRAWS = 2000  # of which the package takes the limits of chance


def chance(of_officer: pd.DataFrame, handled: pd.DataFrame) -> tuple[float, np.ndarray]:
    """Closings expected of an officer's cases, alike by arrival, and how likely up to each number is, drawn from like cases."""
    expected, mass = 0.0, np.ones(1)
    for arrival, own in of_officer.groupby("arrival"):
        every = handled[handled["arrival"] == arrival]
        expected += len(own) * every["done"].mean()
        mass = np.convolve(mass, stats.binom(len(own), every["done"].mean()).pmf(np.arange(len(own) + 1)))
    return expected, mass.cumsum()


def is_quantile(shown: int, tail: float, below: np.ndarray) -> bool:
    """Whether a number may be the quantile of so many draws: the tail lies between its probabilities, four standard errors allowed."""
    error = 4 * np.sqrt(tail * (1 - tail) / DRAWS)
    return bool((below[shown - 1] if shown else 0.0) < tail + error and below[shown] > tail - error)


@LANGUAGES
def test_officers(reports, now, language):
    _, sections = reports[0][language]
    texts, headings, rows = sections["officers"]
    handled = now.received.assign(done=now.received["closed"] <= LAST, new=now.received["filed"] >= FIRST)
    late = np.where(handled["filed"] > LAST - pd.DateOffset(months=3), "late", "before")
    handled["arrival"] = np.where(handled["new"], late, "carried over")
    people = {}
    for _, own in handled.groupby("officer"):
        expected, below = chance(own, handled)
        flow = (len(own) - own["new"].sum(), own["new"].sum(), own["done"].sum(), len(own) - own["done"].sum())
        people[tuple(str(int(n)) for n in flow)] = (
            str(len(own)),
            str(int(own["done"].sum())),
            half_up(expected, 1),
            below,
        )
    counts, expected = ({name: cells for name, *cells in rows[f"officers-{part}"]} for part in ("counts", "expected"))

    def fit(name, flow):
        cells = [
            *zip(counts[name], flow, strict=True),
            *zip(expected.get(name, [])[:3], people[flow][:3], strict=False),
        ]
        return all(cell in ("—", exact) for cell, exact in cells)

    everyone = [dict(zip(counts, order, strict=True)) for order in permutations(people)]
    shown = next(found for found in everyone if all(fit(name, flow) for name, flow in found.items()))
    for name, cells in expected.items():
        *exact, below = people[shown[name]]
        assert cells[:3] == exact
        assert all(is_quantile(int(end), tail, below) for end, tail in zip(cells[3:], (0.025, 0.975), strict=True))
    assert all(len(tokens(name)) == 1 and len(tokens(name)[0]) == 6 for name in shown), "a pseudonym"
    hidden = len(people) - len(rows["officers-expected"])
    same(texts, [str(FIRST.date()), str(LAST.date()), count(now.received), str(len(people)), *INTERVALS,
                 str(hidden)])  # fmt: skip
    assert headings == []


@LANGUAGES
def test_all_other_sections(reports, raw, now, whole, language):
    report, sections = reports[0][language]
    assert tokens(report.title) == [str(YEAR)]
    assert tokens(report.subtitle) == [str(LAST.date())]
    assert set(sections) == {
        *("summary", "situation", "indicators", "cycle", "limits", "features", "problems", "measures"),
        *(
            "annual",
            "turning-points",
            "durations",
            "officers",
            "quality",
            "definitions",
            "provenance",
            "reckoning",
        ),
    }
    texts, headings, rows = sections["quality"]
    blank = raw[raw["closed"].notna() & raw["got"].isna()]
    over = now.pending[due_on(now.pending["filed"]) < LAST]
    same(texts, [str(len(blank) + len(over)), "0", f"{raw['filed'].min():%Y-%m-%d}", f"{whole}-01"])
    assert headings == []
    assert numbers(rows["quality-inputs"]) == [[str(len(raw) + 1), count(raw), "0", "1"]]  # with the title
    assert numbers(rows["quality-exclusions"]) == [["1"]]
    assert numbers(rows["quality-findings"]) == [
        [str(len(blank)), str(blank["row"].min())], [str(len(over)), str(over["row"].min())],
    ]  # fmt: skip


@LANGUAGES
def test_definitions_and_provenance_hold_no_figure(reports, language):
    _, sections = reports[0][language]
    texts, headings, rows = sections["provenance"]
    assert set(texts) <= {"0.1", "0", str(LAST.date())}
    ((_, checksum),) = rows["provenance-inputs"]
    assert reports[1].startswith(checksum)
    assert set(headings) <= {"256"}
    shipped = files("analysis.vocabulary.indicator_sets")
    sources = [
        path
        for folder in (shipped, shipped / "definitions")
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    ]
    written = {t for path in sources for t in re.findall(r"\d[\d,]*(?:\.\d+)?", path.read_text(encoding="utf-8"))}
    texts, headings, rows = sections["definitions"]
    referred = {str(n) for n in range(1, 20)}  # [1] … of the sources
    found = {*texts, *(t for row in rows["definitions-used"] for cell in row for t in tokens(cell))}
    assert {t for token in found for t in re.findall(r"\d[\d,]*(?:\.\d+)?", token)} <= written | referred | NAMED | {
        "100",
        "31",
    }
    assert headings == []
