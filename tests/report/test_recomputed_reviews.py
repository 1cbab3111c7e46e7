"""Every figure in a data review and in bulletins of 青石县, in both languages, recomputed from its export by plain pandas.

Nothing here asks the package for a figure: a number of these documents that is not recomputed below, and is none of the thresholds listed, fails the
test. In 2024 the third team completes no case any more, and what it would have completed is terminated for the round.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pptx
import pytest
import qingshi
from recomputing import Of, apart, as_a_clerk_sees_it, count, half_up, numbers, percent, said, same, tokens, whole_from
from scipy import stats

import analysis as an
from analysis.report.content import Table
from analysis.vocabulary.language import speaking

pytestmark = pytest.mark.full

LAST = pd.Timestamp(qingshi.LAST_DAY)
NOW, BEFORE = ("2024-01-01", "2024-11-30"), ("2023-01-01", "2023-11-30")
TEAMS = ["执行三组", "执行一组", "执行二组"]  # of every three cases one each
OF_FEW = 50  # cases; a share of fewer stands as its parts, without a change
LEAST_SPAN = 45  # months: three clearings of fifteen
BY_CHANCE = 5  # per cent of reviews in which chance alone marks anything
RUN = 7  # months on one side, and one more for every doubling of the indicators judged
LISTED = 30  # cases behind an indicator that a document lists
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
DONE, ENDED = ("执行完毕", "和解"), "终结本次执行程序"


@pytest.fixture(scope="module")
def export() -> pd.DataFrame:
    rows = qingshi.cases()
    at = np.arange(len(rows))
    rows["执行小组"], rows["所属乡镇"] = np.array(TEAMS)[at % 3], np.array(["东河镇", "西山乡"])[at // 5 % 2]
    late = pd.to_datetime(rows["结案日期"].replace("", None)).dt.year == 2024
    rows.loc[late & (rows["执行小组"] == TEAMS[0]) & (rows["结案方式"] == "执行完毕"), "结案方式"] = ENDED
    return rows


@pytest.fixture(scope="module")
def raw(export):
    return as_a_clerk_sees_it(export)


@pytest.fixture(scope="module")
def cases(export, tmp_path_factory):
    path = qingshi.export(tmp_path_factory.mktemp("export") / "台账.xlsx", export)
    return an.read_cases(path, as_of=qingshi.LAST_DAY, court=qingshi.COURT)


@pytest.fixture(scope="module")
def reviews(cases, tmp_path_factory):
    made = {
        language: an.build_data_review(cases, to="2024-11", out=tmp_path_factory.mktemp(language), language=language)
        for language in ("zh", "en")
    }
    return {language: (of, spoken(of, language)) for language, of in made.items()}


def spoken(made, language):
    """The sections of a document by id, with what they say."""
    with speaking(language):
        return {section.id: (section, said(section)) for section in made.report.sections}


@pytest.fixture(scope="module")
def now(raw):
    return Of(raw, *NOW)


@pytest.fixture(scope="module")
def before(raw):
    return Of(raw, *BEFORE)


@pytest.fixture(scope="module")
def monthly(raw):
    return by_period(raw, pd.period_range("2022-01", "2024-11", freq="M"))


def by_period(raw: pd.DataFrame, periods: pd.PeriodIndex) -> pd.DataFrame:
    """Filed, closed and pending by period, from the first filing on."""
    flow = pd.DataFrame({
        name: [int(raw[name].between(p.start_time, p.end_time).sum()) for p in periods] for name in ("filed", "closed")
    }, index=periods)  # fmt: skip
    return flow.assign(pending=[len(Of(raw, p.start_time, p.end_time.normalize()).pending) for p in periods])


def old(of: Of, last: str) -> int:
    return int((of.pending["filed"] + pd.DateOffset(months=12) < pd.Timestamp(last)).sum())


SHARES: dict[str, Callable[[Of], tuple[int, int]]] = {
    "结案率": lambda of: (len(of.closed), len(of.received)),
    "结收比": lambda of: (len(of.closed), len(of.filed)),
    "案件未结率": lambda of: (len(of.pending), len(of.received)),
    "终本率（占结案）": lambda of: (of.by(ENDED), len(of.closed)),
    "执行完毕率": lambda of: (of.by("执行完毕"), len(of.closed)),
    "首执终本率": lambda of: (of.by(ENDED), len(of.closed)),  # no case was reopened
    "终结率": lambda of: (of.by("终结执行"), len(of.closed)),
    "同期结案率": lambda of: (len(of.own), len(of.filed)),
}
DAYS = {
    "执行案件平均执行时间": lambda of: of.closed["days"],
    "执行完毕案件结案平均用时": lambda of: of.closed.loc[of.closed["mode"] == "执行完毕", "days"],
}
COUNTS = {"旧存": "opening", "新收": "filed", "受理": "received", "结案": "closed", "未结": "pending"}
BETTER = {
    "未结": -1,
    "结案率": 1,
    "结收比": 1,
    "案件未结率": -1,
    "终本率（占结案）": -1,
    "执行完毕率": 1,
    "首执终本率": -1,
    "同期结案率": 1,
}


def shown(part: int, base: int, *, parts: bool = False) -> list[str]:
    """A share as it stands in a text: of few cases its parts, which a table has beside the share too."""
    both = [f"{part:,}", f"{base:,}"]
    return both if base < OF_FEW else [half_up(100 * part / base), *(both if parts else [])]


def moved(now: tuple[int, int], before: tuple[int, int]) -> list[str]:
    """The change in points, where either base allows one and there is one."""
    a, b = (100 * k / n if n else 0.0 for k, n in (before, now))
    return [] if min(now[1], before[1]) < OF_FEW else [apart(a, b)]


def stock(now: Of) -> list[str]:
    """How the stock changed in the period."""
    performed, ended = now.by(*DONE), now.by(ENDED)
    return [
        count(now.opening), count(now.pending), str(abs(len(now.pending) - len(now.opening))), count(now.filed), count(now.closed),
        str(performed), str(ended), str(len(now.closed) - performed - ended),
    ]  # fmt: skip


def described(flow: pd.DataFrame, opening: int, label: Callable[[pd.Period], list[str]], language: str) -> list[str]:
    """What is said of the picture of some periods: sums and where most was filed and closed, pending at both ends, its extremes and how many share them."""
    filed, closed, pending = (flow[name] for name in ("filed", "closed", "pending"))
    found = [
        *label(flow.index[0]),
        *(label(flow.index[-1]) if flow.index.freqstr != "W-FRI" else [f"{flow.index[-1].end_time:%Y-%m-%d}"]),
        str(opening),
        str(pending.iloc[-1]),
    ]
    for course, end in (
        (filed, filed.max()),
        (closed, closed.max()),
        (pending, pending.max()),
        (pending, pending.min()),
    ):
        equal = int((course == end).sum())
        found += [*label(course.index[int((course == end).argmax())]), str(end)]
        found += [str(equal - (language == "en"))] if equal > 1 else []  # 等2个月; and 1 more
    return [*found, str(filed.sum()), str(closed.sum())]


def of_month(month: pd.Period) -> list[str]:
    return [str(month)]


@LANGUAGES
def test_the_overview(reviews, raw, now, before, monthly, language):
    texts, headings, rows = reviews[language][1]["review-overview"][1]
    team = [of[of["team"] == TEAMS[0]] for of in (now.closed, before.closed)]
    (done, of), (was, of_was) = (((part["mode"] == "执行完毕").sum(), len(part)) for part in team)
    assert of_was < OF_FEW <= of
    headline = [half_up(100 * done / of), str(done), str(of), str(was), str(of_was), str(OF_FEW)]
    months = len(pd.period_range(whole_from(raw, LAST), "2024-11", freq="M"))
    drawn = monthly[-13:]
    opening = int(monthly["pending"].iloc[-14])
    span = ["2024", "1", "11"] if language == "zh" else ["2024-11"]  # Jan to Nov 2024
    same(texts, [
        *(["3"] if language == "en" else []), *headline, *stock(now), str(months), str(LEAST_SPAN - months),
        "2023-11", "2024-11", *span, count(now.filed), count(now.closed), count(now.opening), count(now.pending),
        *described(drawn, opening, of_month, language),
    ])  # fmt: skip
    assert (headings, rows) == ([], {})


@LANGUAGES
def test_the_indicators(reviews, now, before, language):
    section, (texts, _, rows) = reviews[language][1]["review-indicators-section"]
    names = [row[0] for row in reviews["zh"][1]["review-indicators-section"][1][2]["review-indicators"]]
    expected, ways = {}, {}
    for name, of in COUNTS.items():
        both = [len(getattr(side, of)) for side in (now, before)]
        expected[name], ways[name] = [*(f"{n:,}" for n in both), apart(*both[::-1], digits=0)], both[0] - both[1]
    for name, share in SHARES.items():
        both = share(now), share(before)
        expected[name] = [*shown(*both[0]), *shown(*both[1]), *moved(*both)]
        ways[name] = float(apart(*(100 * k / n for k, n in both[::-1])).replace("−", "-"))
    for name, days in DAYS.items():
        both = [days(side).mean() for side in (now, before)]
        expected[name] = [*map(half_up, both), apart(*both[::-1])]
    late = [old(side, span[1]) for side, span in ((now, NOW), (before, BEFORE))]
    expected["执行12个月以上未结案数"] = [*map(str, late), apart(*late[::-1], digits=0)]
    bases = [len(side.pending) for side in (now, before)]
    expected["超12个月未结案件比"] = [
        *shown(late[0], bases[0]),
        *shown(late[1], bases[1]),
        *moved((late[0], bases[0]), (late[1], bases[1])),
    ]
    assert set(names) == set(expected)
    for name, row in zip(names, rows["review-indicators"], strict=True):
        assert [t for cell in row[2:] for t in tokens(cell)] == expected[name], name
    same(texts, [str(OF_FEW)])
    worse, better = (sum(sign * BETTER[name] * ways[name] > 0 for name in BETTER) for sign in (-1, 1))
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    same(tokens(table.finding), [str(n) for n in (worse, better) if n])


@LANGUAGES
def test_the_variation_of_the_last_month(reviews, raw, monthly, language):
    texts, _, rows = reviews[language][1]["review-variation-section"][1]
    drawn = [Of(raw, month.start_time, month.end_time.normalize()) for month in monthly.index[-24:]]
    series = {name: [len(getattr(of, part)) for of in drawn] for name, part in COUNTS.items()}
    for name in ("结案率", "案件未结率"):
        series[name] = [100 * k / n for k, n in map(SHARES[name], drawn)]
    courses = {name: np.array(values, dtype=float) for name, values in series.items()}
    gaps = {name: values - values.mean() for name, values in courses.items()}
    alike = {name: (gap[1:] * gap[:-1]).sum() / (gap**2).sum() > 1.64 / np.sqrt(24) for name, gap in gaps.items()}
    judged = len(courses) - int(sum(alike.values()))
    times = max(3, stats.t.ppf(1 - BY_CHANCE / 100 / 4 / judged, 22)) * np.sqrt(1 + 1 / 23)
    zh = reviews["zh"][1]["review-variation-section"][1][2]["review-variation"]
    assert {row[0] for row in zh} == set(courses)
    for (name, *_), row in zip(zh, rows["review-variation"], strict=True):
        past, digits = courses[name][:-1], 2 if name in SHARES else 0
        low, high = past.mean() - times * past.std(ddof=1), past.mean() + times * past.std(ddof=1)
        ends = max(low, 0), min(high, 100) if name in SHARES else high
        assert row[2:6] == [half_up(v, digits) for v in (courses[name][-1], past.mean(), *ends)], name
        assert (row[6] in ("前后相依，不判断", "neighbours alike: not judged")) is bool(alike[name]), row
        assert alike[name] or ends[0] <= courses[name][-1] <= ends[1]
    run = RUN + (judged - 1).bit_length()
    by_age = ["12", "12"]  # in the names of two indicators
    same(texts, [str(judged), str(BY_CHANCE), str(judged), str(BY_CHANCE), str(run), str(RUN), *by_age])


@dataclass
class Group:
    """One group of a breakdown, in both periods."""

    breakdown: str
    name: str
    now: Of
    before: Of


def groups(now: Of, before: Of, raw: pd.DataFrame) -> list[Group]:
    def part(column, name, span):
        return Of(raw[raw[column] == name], *span)

    names = [(column, name) for column in ("team", "basis", "area") for name in raw[column].unique()]
    return [Group(column, name, part(column, name, NOW), part(column, name, BEFORE)) for column, name in names]


def weak(reviews, language):
    """The indicators gone through, by their Chinese names, with what their sections and questions say."""
    names = [row[2] for row in reviews["zh"][1]["review-minutes"][1][2]["review-minutes-table"] if row[2].strip()]
    return [(name, number, reviews[language][1][f"review-weak-{number}"]) for number, name in enumerate(names, start=1)]


def behind(name: str, now: Of) -> pd.DataFrame:
    """The cases that make an indicator as weak as it is."""
    mode, open_ = now.closed["mode"], now.filed[~now.filed.index.isin(now.own.index)]
    return {"终本率（占结案）": now.closed[mode == ENDED], "执行完毕率": now.closed[mode != "执行完毕"]}.get(name, open_)  # fmt: skip


@LANGUAGES
def test_what_lies_behind_the_weakest(reviews, raw, now, before, language):
    assert len(weak(reviews, language)) == 3
    for name, number, (_, (texts, headings, rows)) in weak(reviews, language):
        both = SHARES[name](now), SHARES[name](before)
        cases = behind(name, now)
        change = [t.removeprefix("−") for t in moved(*both)]
        listed = [str(LISTED), str(len(cases) - LISTED)] if len(cases) > LISTED else []
        bases = [SHARES[name](of)[1] for group in groups(now, before, raw) for of in (group.now, group.before)]
        note = [str(OF_FEW)] if min(bases) < OF_FEW else []
        same(texts, [*shown(*both[0], parts=True), *change, *note, *listed])
        same([t for t in headings if t != "12"], [str(len(cases))])
        expected = []
        for group in groups(now, before, raw):
            pair = SHARES[name](group.now), SHARES[name](group.before)
            expected.append([*shown(*pair[0], parts=True), *shown(*pair[1], parts=True), *moved(*pair)])
        drill = [[t for cell in row[2:] for t in tokens(cell)] for row in rows[f"review-drill-{number}"]]
        assert sorted(drill) == sorted(expected)
        order = sorted(
            cases.itertuples(), key=lambda row: tuple(map(int, re.findall(r"\d+", row.no.replace("0123", ""))))
        )
        dates = [
            (row.no, row.filed, row.closed if row.closed <= pd.Timestamp(NOW[1]) else pd.NaT) for row in order[:LISTED]
        ]
        assert numbers(rows[f"review-behind-{number}"]) == [
            [*tokens(no), *(f"{day:%Y-%m-%d}" for day in days if pd.notna(day))] for no, *days in dates
        ]  # fmt: skip


@LANGUAGES
def test_the_questions_and_the_minutes(reviews, raw, now, before, language):
    section, _ = reviews[language][1]["review-questions"]
    lines = [block.text for block in section.blocks]
    asked = [[]]
    for line in lines:
        if line.startswith(("【", "[")):  # the blanks end the questions of an indicator
            asked.append([])
        else:
            asked[-1].append(line)
    asked = [lines for lines in asked if lines]  # the blanks of one stand on several lines
    for (name, number, _), (_, *questions) in zip(weak(reviews, language), asked[:3], strict=True):
        cases = behind(name, now)
        worsened = []  # groups that are worse, by what is said of them
        sign = BETTER[name]
        for group in groups(now, before, raw):
            pair = SHARES[name](group.before), SHARES[name](group.now)
            if sign * (pair[1][0] / pair[1][1] - pair[0][0] / pair[0][1]) < 0:
                own = (
                    {"team": {"zh": [], "en": [str("一二三".find(group.name[2]) + 1)]}[language]}
                    if group.breakdown == "team"
                    else {}
                )
                worsened.append(sorted([*own.get("team", []), *shown(*pair[0]), *shown(*pair[1])]))
        told = [tokens(text.partition(". ")[2]) for text in questions]
        assert told[-1] == [str(len(cases))], "the cases that are listed"
        for found in told[:-1]:
            assert found == shown(*SHARES[name](now)) or sorted(found) in worsened, (name, found)
        value = reviews[language][1]["review-minutes"][1][2]["review-minutes-table"][number - 1]
        assert [value[0], *tokens(value[3])] == [str(number), *shown(*SHARES[name](now))]


@LANGUAGES
def test_the_notes_hold_no_figure_and_the_deck_none_that_the_document_has_not(reviews, now, monthly, language):
    made, sections = reviews[language]
    zeros = ["0", "0", "0"]  # a 0 of reopened cases may be none; petitions are unknown, not 0
    same(sections["review-notes"][1][0], zeros if language == "zh" else [*zeros, "100"])  # petitions per 100 cases
    assert set(sections) == {
        *("review-overview", "review-indicators-section", "review-variation-section", "review-questions", "review-minutes", "review-notes"),
        *(f"review-weak-{number}" for number in (1, 2, 3)),
    }  # fmt: skip
    known = {t for _, (texts, headings, rows) in sections.values() for t in (*texts, *headings)}
    known |= {
        t
        for _, (_, _, rows) in sections.values()
        for table in rows.values()
        for row in table
        for cell in row
        for t in tokens(cell)
    }
    known |= {
        t for section, _ in sections.values() for block in section.blocks for t in tokens(getattr(block, "finding", ""))
    }
    known |= set(
        described(monthly["2024-01":], len(now.opening), of_month, language)
    )  # of the months of the review alone
    (path,) = (path for path in made.files if path.suffix == ".pptx")
    slides = pptx.Presentation(str(path)).slides
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    texts += [
        cell.text for slide in slides for shape in slide.shapes if shape.has_table for cell in shape.table.iter_cells()
    ]
    pages = {str(n) for n in range(1, len(slides) + 1)}
    left = {
        str(len(sections["review-indicators-section"][1][2]["review-indicators"]) - 14)
    }  # indicators that a slide has no room for
    of_footer = {"0.1", "0", NOW[1]}
    assert {t for text in texts for t in tokens(text)} <= known | pages | left | of_footer


@dataclass
class Asked:
    """A bulletin: the days of its period, of the one before and of a year before, and the periods of its picture."""

    period: str
    days: tuple[str, str]
    former: tuple[str, str] | None
    year_before: tuple[str, str] | None
    drawn: pd.PeriodIndex

    def label(self, period: pd.Period, language: str) -> list[str]:
        if self.drawn.freqstr.startswith("Q"):
            return [str(period.year), str(period.quarter)] if language == "zh" else [str(period.year)]
        return [str(period)] if self.drawn.freqstr == "M" else [f"{period.start_time:%Y-%m-%d}"]


BULLETINS = [
    Asked("2024-11", ("2024-11-01", "2024-11-30"), ("2024-10-01", "2024-10-31"), ("2023-11-01", "2023-11-30"), pd.period_range("2023-11", "2024-11", freq="M")),
    Asked("2024-Q3", ("2024-07-01", "2024-09-30"), ("2024-04-01", "2024-06-30"), ("2023-07-01", "2023-09-30"), pd.period_range("2023Q1", "2024Q3", freq="Q")),
    Asked("2024年1—5月", ("2024-01-01", "2024-05-31"), None, ("2023-01-01", "2023-05-31"), pd.period_range("2023-05", "2024-05", freq="M")),
    Asked("2024-11-20", ("2024-11-16", "2024-11-22"), ("2024-11-09", "2024-11-15"), None, pd.period_range("2024-08-30", "2024-11-22", freq="W-FRI")),
]  # fmt: skip


def of_count(now: int, bases: list[int]) -> list[str]:
    """A count and its change on each base: in per cent of one that is not small."""
    changes = [
        [] if now == base else [percent(now, base)] if base >= OF_FEW else [str(abs(now - base))] for base in bases
    ]
    return [f"{now:,}", *(t for change in changes for t in change)]


@LANGUAGES
@pytest.mark.parametrize("asked", BULLETINS, ids=lambda asked: asked.period)
def test_a_bulletin(cases, raw, tmp_path, asked, language):
    made = an.build_bulletin(cases, period=asked.period, out=tmp_path, language=language, formats=["html"])
    sections = spoken(made, language)
    now = Of(raw, *asked.days)
    bases = [Of(raw, *days) for days in (asked.former, asked.year_before) if days]
    flows = [
        of_count(len(getattr(now, n)), [len(getattr(base, n)) for base in bases])
        for n in ("filed", "closed", "pending")
    ]
    flow = by_period(raw, asked.drawn)
    opening = len(Of(raw, flow.index[0].start_time, flow.index[0].end_time).opening)
    span = {"zh": {"2024-11": ["2024-11"], "2024-Q3": ["2024", "3"], "2024年1—5月": ["2024", "1", "5"], "2024-11-20": ["2024-11-16", "22", "47"]},
            "en": {"2024-11": ["2024-11"], "2024-Q3": ["2024"], "2024年1—5月": ["2024-05"], "2024-11-20": ["2024-11-16", "2024-11-22", "47"]}}  # fmt: skip
    days = span[language][asked.period]
    texts = sections["bulletin-summary"][1][0]
    same(texts, [
        *days, count(now.received), count(now.closed), *(t for counted in flows for t in counted),
        *days, count(now.filed), count(now.closed), count(now.opening), count(now.pending),
        *described(flow, opening, lambda period: asked.label(period, language), language),
    ])  # fmt: skip
    rest = {name: tables for name, (_, (_, _, tables)) in sections.items() if tables}
    counts = [count(getattr(now, name)) for name in ("opening", "filed", "closed", "pending")]
    assert numbers(rest["bulletin-statistics"]["bulletin-statistics-table"]) == [[n] for n in counts]
    of_teams = [Of(raw[raw["team"] == team], *asked.days) for team in sorted(TEAMS, key="一二三".find)]
    teams = [
        [count(getattr(of, n)) for n in ("opening", "filed", "closed", "pending")]
        for of in sorted(of_teams, key=lambda of: "一二三".find(of.received["team"].iloc[0][2]))
    ]
    assert [
        [t for cell in row[1:] for t in tokens(cell)] for row in rest["bulletin-teams"]["bulletin-teams-table"]
    ] == teams
    closed = sorted(len(of.closed) for of in of_teams)
    findings = {
        "bulletin-statistics": counts, "bulletin-teams": [str(len(TEAMS)), str(closed[-1]), str(closed[0])], "bulletin-closed": [count(now.closed)],
        "bulletin-open": [count(now.pending)], "bulletin-plans": [count(now.pending)],
    }  # fmt: skip
    for name, (section, _) in sections.items():
        for block in section.blocks:
            if isinstance(block, Table) and block.finding:
                same(tokens(block.finding), findings[name])
    for name, part in (("closed", now.closed), ("open", now.pending), ("plans", now.pending)):
        if f"bulletin-{name}" in rest:
            listed = rest[f"bulletin-{name}"][f"bulletin-{name}-table"]
            assert sorted(tokens(row[0])[0] for row in listed) == sorted(tokens(no)[0] for no in part["no"])
            age = part["days"] if name == "closed" else (pd.Timestamp(asked.days[1]) - part["filed"]).dt.days
            told = {tokens(row[0])[0]: row for row in listed}
            for no, filed, number in zip(part["no"], part["filed"], age, strict=True):
                row = told[tokens(no)[0]]
                assert f"{filed:%Y-%m-%d}" in row
                assert half_up(number, 0) in row, row


def test_where_a_team_alone_is_worse_beyond_chance_a_review_says_neither_that_nothing_is_nor_asks_whether_to_speak_of_it(
    reviews,
):
    """It read, beside the team's 0 of 54 beyond random variation: no rate is worse, and is it a matter for the meeting at all?"""
    sections = reviews["zh"][1]
    texts = {name: [getattr(block, "text", "") for block in section.blocks] for name, (section, _) in sections.items()}
    assert any("执行三组" in text and "超出随机波动范围" in text for text in texts["review-overview"])
    assert not any("没有一项" in text for text in texts["review-overview"])
    assert texts["review-weak-1"][0] == "全院没有变差超出随机波动，但有分组变差且超出随机波动。"
    assert not [text for text in texts["review-questions"] if "执行完毕率" in text and "是否仍列为议题" in text]
    assert any("“执行三组”由22/44到0.00%，超出随机波动" in text for text in texts["review-questions"])
