"""Columns dropped from whole registers: no number, verdict, name or consequence that rests on one stands in a report.

The report of the whole register is the truth. A cell of a report without some columns is that of the full one or a dash; a
figure draws numbers of the full one or none; a sentence stands in the full report, or names a column that is not there, or
says that something cannot be told. What the files hold beyond their content, no format adds: every number of a written file
is one of the content.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
import qingshi

import analysis as an
from analysis.charts.drawing import fonts
from analysis.measures.pseudonyms import shown_labels, shown_officers
from analysis.report.content import COUNT, DECIMAL, Cards, Figure, Paragraph, Report, Table
from analysis.report.inputs import Material
from analysis.report.sections.assessment import EVIDENCE
from analysis.report.sections.summary import IN_DAYS_CALLED, NOT_KNOWN
from analysis.report.yearly import made
from analysis.vocabulary.columns import columns
from analysis.vocabulary.language import speaking
from analysis.vocabulary.numbers import rounded
from analysis.vocabulary.sentences import LEAST_BASE
from analysis.vocabulary.text import in_language

NEEDED = ("case_no", "filed_on", "closed_on")  # without these there is no register of filings and closings
ABOUT_CHECKS = (
    "quality",
    "definitions",
    "provenance",
    "reckoning",
)  # what was read, what is wrong with it, by what it is counted, and the calls
# What lengthens or shortens a limit: without them the ordinary limit is shown, and said to be that.
OF_LIMITS = ("basis", "extension_days", "excluded_days", "has_property")
MIX = {columns("cases")[name].text.zh for name in ("basis", "has_property")}
OF_VARIANTS = {columns("cases")[name].text.zh for name in ("closure_mode", "case_type")}
CANNOT = re.compile("无法判断|没有|未提供|未登记|未填|不能|从略|缺少|不含|无从|未计|未按|看不出|不足|未作|未列")
NO_FIGURE = ("无法判断", "金额不对外", "分母为0")  # why a card is empty
VARIANTS = "换一种算法"
OF_TESTS = re.compile("八成把握能够发现|的变化(?:在随机波动范围之内|超出随机波动范围)")
LABEL = re.compile(
    r"^(?:特点|问题|关注|说明|\d+\. ?)：?\s*"
)  # what class an observation is of, and its place in the list
REOPENED = re.compile("（含恢复执行[^）]*）")  # left out where the register does not tell cases taken up again
BY_MODE = re.compile("，其中执行完毕、和解等实际执结.*$")  # left out where it states no modes
PARTS_FILED = re.compile(r"(?:新收(?:（除恢复执行）)?[+]|恢复执行[+]?)\d")  # of the change of the stock
ALL_CLOSED = re.compile(r"结案−\d+")  # the same of all closings, which without modes are one part
TESTED = re.compile("各分组中只检验(.+)")  # of fewer rates where those of a column are missing
NUMBER = re.compile(r"\d+(?:[,.]\d+)*")
SENTENCE = re.compile(r"[。；\n]")
SHOWN_DUE = 30  # cases that the report lists of those over a limit
REGISTERS = ("late", "青石县", "county", "sample")
RANDOM = 200
KEY = b"the same people under the same names"
OFFICERS, EXPECTED, MIX_OF = "officers-counts", "officers-expected", "annual-mix"
OF_WHICH = re.compile(
    "：其中(?P<mix>[^，（]*)构成变化"
)  # the parts of a change, by the first mix that the register holds
A_FEW = 1  # of them in the quick suite


@cache
def rows(register: str) -> tuple[pd.DataFrame, str, int]:
    """The cases of a register, the day to which they are known, and the year of its report."""
    if register == "青石县":  # 500 cases of 2022-24 from an Excel export with 8 columns
        with tempfile.TemporaryDirectory() as folder:
            found = an.read_cases(
                qingshi.export(Path(folder) / "台账.xlsx"), as_of=qingshi.LAST_DAY, court=qingshi.COURT
            )
            return found.table.to_pandas(), qingshi.LAST_DAY, 2024
    if register == "county":  # one court of a nation, as systems export it
        with tempfile.TemporaryDirectory() as folder:
            whole = an.read_cases(an.write_national(f"{folder}/全国", courts=4, cases=2400, seed=17)).table.to_pandas()
        return whole[whole["court"] == whole["court"].iloc[0]].reset_index(drop=True), "2011-12-31", 2011
    sample = an.read_cases(an.sample_path("register")).table.to_pandas()
    if register == "sample":
        return sample, "2011-12-31", 2011
    late = sample[pd.to_datetime(sample["filed_on"]) >= "2010-10-01"].reset_index(drop=True)
    rng = np.random.default_rng(5)
    late["extension_days"] = np.where(rng.random(len(late)) < 0.2, 90, 0)  # that the limits depend on them
    late["excluded_days"] = np.where(rng.random(len(late)) < 0.2, 60, 0)
    slow = rng.random(len(late)) < 0.3
    late.loc[slow, ["closed_on", "closure_mode"]] = None
    late.loc[slow & (rng.random(len(late)) < 0.4), "started_on"] = None
    late.loc[rng.random(len(late)) < 0.1, "amount_recovered"] = None
    return late, "2011-09-30", 2010


def held(register: str) -> tuple[str, ...]:
    """The columns that a register holds, but for those without which it is none."""
    frame = rows(register)[0]
    return tuple(name for name in columns("cases") if name not in NEEDED and frame[name].notna().any())


def year_of_first(frame: pd.DataFrame) -> pd.Timestamp:
    """The first day of the year of the first filing: a year that begins before the day that the court says is not whole."""
    return pd.to_datetime(frame["filed_on"]).min().to_period("Y").start_time


def built(register: str, dropped: tuple[str, ...], formats: tuple[str, ...] = ()) -> tuple[Report, dict[str, bytes]]:
    """The report of a register without some columns, and its files: in memory, nothing is published."""
    frame, as_of, year = rows(register)
    gone = [name for column in dropped for name in (column, f"{column}_text") if name in frame]
    cases = an.Cases.from_frames(
        frame.drop(columns=gone),
        as_of=as_of,
        scheme="fujin-2012",
        observed_from=None if register == "青石县" else year_of_first(frame),  # that no figure goes with its beginning
        pseudonym_key=KEY,
    )
    asked = dict.fromkeys(("returns", "peers", "definitions", "calendar"))
    with speaking("zh"):
        report, files, _ = made(Material.of(cases, year=year, **asked), "zh", formats, lambda _: None)
    return report, files


@cache
def truth(
    register: str,
) -> tuple[dict[str, list[dict[str, str]]], set[str], dict[str, pd.DataFrame], dict[str, set[object]]]:
    """What the report of the whole register shows: the rows of each table, its sentences, the numbers of each figure, its cards."""
    report, _ = built(register, ())
    tables = {OFFICERS: [], EXPECTED: [], MIX_OF: []} | _tables(report)
    for name, shown in _nobody_hidden(register, report).items():
        tables[name] += shown
    areas = _areas(register)
    tables[MIX_OF] += [row | {"分组": areas[row["分组"]]} for row in tables.get(MIX_OF, []) if row["分组"] in areas]
    sentences = [
        *_sentences(report),
        *_observed(register),
    ]  # several figures may share a note: it is theirs one by one too
    sentences += [_of_areas(said, areas) for said in sentences]
    sentences += [REOPENED.sub("", said) for said in sentences]
    sentences += [BY_MODE.sub("", said) for said in sentences]
    sentences += [OF_WHICH.split(said)[0] for said in sentences if OF_WHICH.search(said)]
    return (
        tables,
        {*sentences, *(s.rpartition("：")[2] for s in sentences)},
        {f.id: f.numbers for f in _blocks(report, Figure)},
        {str(IN_DAYS_CALLED): _card_of_days(register)} | _cards(report),
    )


def _nobody_hidden(register: str, report: Report) -> dict[str, list[dict[str, str]]]:
    """The rows of the tables of officers with nothing left out: which cells are depends on what else a register tells."""
    frame, as_of, year = rows(register)
    cases = an.Cases.from_frames(frame, as_of=as_of, scheme="fujin-2012", pseudonym_key=KEY)
    card = an.officer_scorecard(cases, period=year, scheme="fujin-2012", names=True)
    counts = [replace(table, frame=card.counts) for table in _blocks(report, Table) if table.id == OFFICERS]
    closed = card.table[card.table["measure"] == "closed"].drop(columns=["measure", "numerator", "denominator"])
    closed = closed.dropna(subset="value").assign(expected=closed["expected"].round(1))  # as it is shown outside
    kinds = {"cases": COUNT, "expected": DECIMAL} | dict.fromkeys(("value", "lower", "upper"), COUNT)
    beside = Table(EXPECTED, "", function="", parameters={}, frame=closed.reset_index(drop=True), formats=kinds)
    shown = [
        replace(t, frame=t.frame.assign(officer=shown_officers(cases, t.frame["officer"], names=False)))
        for t in (*counts, beside)
    ]
    return {t.id: [dict(zip(t.headings(), row, strict=True)) for row in t.rows()] for t in shown}


def _areas(register: str) -> dict[str, str]:
    """The townships by what is shown for them: one that names somebody is replaced, as long as the register names people."""
    frame, as_of, _ = rows(register)
    cases = an.Cases.from_frames(frame, as_of=as_of, pseudonym_key=KEY)
    areas = pd.Series(frame["area"].dropna().unique() if "area" in frame else [], dtype="str")
    return dict(zip(shown_labels(cases, areas, "area", names=False), areas, strict=True))


def _of_areas(said: str, areas: dict[str, str]) -> str:
    """A sentence with the townships by their own names, as it is without a column that names people."""
    for label, name in areas.items():
        said = said.replace(f"{label}的", name if label != name else f"{label}的")
    return said


def _observed(register: str) -> list[str]:
    """All that is observed of the whole register, of which the report says what tells most: without a column other things do."""
    table = _looked_at(register, ()).table
    told = [*table["sentence"], *("依据：" + in_language(cell, "zh") for cell in table["evidence"].dropna())]
    return [part.strip() for cell in told for part in SENTENCE.split(in_language(cell, "zh")) if part.strip()]


def _looked_at(register: str, dropped: tuple[str, ...]):
    frame, as_of, year = rows(register)
    held = frame.drop(columns=[*dropped], errors="ignore")
    cases = an.Cases.from_frames(held, as_of=as_of, scheme="fujin-2012", observed_from=year_of_first(frame))
    with speaking("zh"):
        return an.observations(cases, period=year)


@cache
def _shares(register: str) -> list[tuple[str, str]]:
    """Each group and its share as a sentence says it. Of how many is tested decides which of them are told; without officers all teams are open."""
    found = []
    for dropped in ((), ("officer",)):
        tests = _looked_at(register, dropped).tests
        for test in tests[tests["of"] == "share"].itertuples():
            share, before = (
                round(100 * part / whole + 1e-9, 2)
                for part, whole in ((test.numerator, test.denominator), (test.base_numerator, test.base_denominator))
            )
            way = "上升" if share > before else "下降"
            told = f"{test.numerator:.0f}件，占新收的{share:.2f}%，同比{way}{abs(share - before):.2f}个百分点，超出随机波动范围"
            found.append((in_language(test.group, "zh"), told))
    return found


def _cards(report: Report) -> dict[str, set[object]]:
    """What each card of page one says, by its label: its value, change and target, and its values of the years."""
    shown = {NOT_KNOWN.zh, "", None}
    return {
        card.label: {
            said
            for said in (card.value, *card.change.split("；"), card.target, *card.trend)
            if not any(word in str(said) for word in NO_FIGURE)
        }
        - shown
        for block in _blocks(report, Cards)
        for card in block.cards
    }


def _card_of_days(register: str) -> set[object]:
    """What the card of closings within 180 days says, which stands only where their limits cannot be told: it rests on filing and closing alone."""
    frame, as_of, last = rows(register)
    filed, closed = (pd.to_datetime(frame[name]) for name in ("filed_on", "closed_on"))
    held = closed.notna() & (closed <= as_of)
    of_years = [(closed - filed).dt.days[held & (closed.dt.year == year)] for year in (last - 1, last)]
    numbers = [((days <= 180).sum(), len(days)) for days in of_years if len(days)]
    within, total = numbers[-1]
    if total < LEAST_BASE:
        return {f"{within}/{total}"}
    shares = [100 * float(part) / whole for part, whole in numbers]
    apart = round(rounded(shares[-1], 2) - rounded(shares[-2], 2), 2) if len(shares) > 1 else 0
    change = f"同比{'上升' if apart > 0 else '下降'}{abs(apart):.2f}个百分点" if apart else "同比持平"
    return {f"{rounded(shares[-1], 2):.2f}%", f"{within:,}/{total:,}", change}


def _blocks(report, kind):
    return [b for s in report.sections if s.id not in ABOUT_CHECKS for b in s.blocks if isinstance(b, kind)]


def _tables(report):
    return {t.id: [dict(zip(t.headings(), row, strict=True)) for row in t.rows()] for t in _blocks(report, Table)}


def _sentences(report, names: Collection[str] = ()):
    """The sentences of a report without the evidence of those that name a column which is not there."""
    paragraphs = [p.text for p in _blocks(report, Paragraph)]
    said = [
        text
        for before, text in pairwise(["", *paragraphs])
        if not (text.startswith(EVIDENCE.zh) and any(f"“{name}”" in before for name in names))
    ] + [b.note for b in _blocks(report, (Table, Figure))]
    return [
        part.strip() for text in said for part in SENTENCE.split(text.replace(report.court, "本院")) if part.strip()
    ]


def wrong(register: str, dropped: tuple[str, ...], report) -> list[str]:
    """What a report without some columns says that the full one does not, and of which no column is named."""
    tables, sentences, figures, cards = truth(register)
    names = {columns("cases")[name].text.zh for name in dropped}
    # Of all cases, where the full one has groups; and adjusted for what is left of the mix, which is said by name.
    groups = {"limits-medians", "limits-time-to-close"} if "has_property" in dropped else set()
    # Cases taken up again are filed ones then; without modes all closings are one part.
    groups |= {"cycle-bridge"} if {"case_type", "closure_mode"} & {*dropped} else set()
    # Without amounts the heading itself says that it is not known whether what was terminated was paid.
    groups |= {"cycle-shadow"} if {"amount_claimed", "amount_recovered"} & {*dropped} else set()
    groups |= {EXPECTED} if names & MIX and not names & _mix_said(report) else set()
    softened = {columns("cases")[name].text.zh for name in dropped if name in OF_LIMITS}
    found = [
        f"{table.id}: {cells}"
        for section in report.sections
        if section.id not in ABOUT_CHECKS and not any(name in _said_in(section) for name in softened)
        for table in section.blocks
        if isinstance(table, Table) and table.id not in groups
        for cells in _not_shown(table, tables.get(table.id, []))
    ]
    found += [
        f"card {label}: {beyond}"
        for label, said in _cards(report).items()
        if (beyond := said - cards.get(label, set()))
    ]
    for figure in (figure for figure in _blocks(report, Figure) if figure.id not in groups):
        found += [f"{figure.id}: {line}" for line in _not_drawn(figure.numbers, figures.get(figure.id))]
    for sentence in (LABEL.sub("", said) for said in _sentences(report, names)):
        if (
            NUMBER.search(sentence)
            and not {sentence, sentence.rpartition("：")[2]} & sentences
            and not _says_why(sentence, names, sentences)
            and not any(group in sentence and sentence.endswith(told) for group, told in _shares(register))
            and not ("case_type" in dropped and PARTS_FILED.match(sentence))
            and not ("closure_mode" in dropped and ALL_CLOSED.fullmatch(sentence))
            and not _tells_fewer_rates(sentence, sentences)
        ):
            found.append(f"sentence: {sentence}")
    return found


def _tells_fewer_rates(sentence: str, sentences: set[str]) -> bool:
    """Whether a sentence names rates tested within groups, all of them among those that the whole register's names."""
    if not (named := TESTED.fullmatch(sentence)):
        return False
    whole = [set(said[1].split("、")) for said in map(TESTED.fullmatch, sentences) if said]
    return any(set(named[1].split("、")) <= rates for rates in whole)


def _mix_said(report) -> set[str]:
    """The columns by which the report says that cases of officers count as alike."""
    said = re.search("按案件构成（([^）]*)）", "".join(_said_in(section) for section in report.sections))
    return set(said[1].split("、")) if said else set()


def _said_in(section) -> str:
    return "".join(getattr(block, "text", "") + getattr(block, "note", "") for block in section.blocks)


def _not_shown(table: Table, full: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of a table of which no row of the full one holds every cell that is no dash."""
    if len(full) == len(table.frame) == SHOWN_DUE:  # of more cases than are listed, others come to be listed
        return []
    rows = [dict(zip(table.headings(), row, strict=True)) for row in table.rows()]
    return [
        row
        for row in rows
        if not any(all(cell in ("—", "", there.get(h)) for h, cell in row.items()) for there in full)
    ]


def _says_why(sentence: str, names: set[str], known: set[str]) -> bool:
    if OF_TESTS.search(sentence):
        return True  # how many things are looked at decides what would be found, and which changes chance explains
    if (parted := OF_WHICH.search(sentence)) and OF_WHICH.split(sentence)[0] in known:
        return parted["mix"] not in names  # by another mix than with the columns: the change itself is the same
    if VARIANTS in sentence and names & OF_VARIANTS:
        return True  # without them there is a way less to reckon, and the sentence counts those that are left
    return CANNOT.search(sentence) is not None or any(f"“{name}”" in sentence for name in names)


def _not_drawn(numbers: pd.DataFrame, full: pd.DataFrame | None) -> list[str]:
    """The rows of a figure's numbers of which some are not those of the full figure."""
    if full is None:
        return [] if numbers.empty else ["stands only without the columns"]
    shared = [name for name in numbers.select_dtypes("number") if name in full]
    there = {tuple(_rounded(row)) for row in full[shared].to_numpy(float)}
    return [str(row) for row in numbers[shared].to_numpy(float) if not _among(tuple(_rounded(row)), there)]


def _rounded(row):
    return [None if np.isnan(value) else float(f"{value:.9g}") for value in row]


def _among(row, there):
    return row in there or any(all(a is None or a == b for a, b in zip(row, other, strict=True)) for other in there)


def beyond_content(report: Report, files: dict[str, bytes]) -> dict[str, list[str]]:
    """The numbers of three digits and more that a written file shows and its content does not hold, by file."""
    exhibits = [b for s in report.sections for b in s.blocks if isinstance(b, (Table, Figure))]
    exhibits += [b.picture for b in exhibits if isinstance(b, Table) and b.picture is not None]
    said = [report.title, report.subtitle, *(getattr(b, "text", "") for s in report.sections for b in s.blocks)]
    said += [text for b in exhibits for text in (b.caption, b.note)]
    said += [
        text
        for b in exhibits
        if isinstance(b, Figure)
        for text in (b.said().alt.zh, b.said().note.zh, b.said().title.zh)
    ]
    said += [
        cell for b in exhibits if isinstance(b, Table) for t in (b, b.for_people()) for row in t.rows() for cell in row
    ]
    told = set(_numbers("\n".join(map(str, said))))
    frames = [b.frame if isinstance(b, Table) else b.numbers for b in exhibits]
    frames += [pd.DataFrame({"trend": c.trend}) for b in _blocks(report, Cards) for c in b.cards]
    values = {
        _near(v * by)
        for f in frames
        for c in f
        for v in pd.to_numeric(f[c], errors="coerce").dropna()
        for by in (1, 100, 0.01)
    }
    values |= {_near(float(number.replace(",", ""))) for number in told}  # ends of an interval are cells of their own
    found = {}
    for name, written in files.items():
        if name.endswith(".xlsx"):
            beyond = [str(v) for v in _cells(written) if abs(v) >= 100 and _near(v) not in values]
        else:
            beyond = [n for n in _numbers(_text(name, written)) if n not in told]
        if beyond:
            found[name] = beyond
    return found


def _near(value: float) -> str:
    return f"{value:.6g}"


def _numbers(text: str) -> list[str]:
    """The numbers of three digits and more: shorter ones are those of pages, chapters and axes too."""
    return [
        n
        for n in re.findall(r"(?<![0-9A-Za-z_.,#-])\d+(?:,\d{3})*(?:\.\d+)?(?![0-9A-Za-z_])", text)
        if len(re.sub(r"\D", "", n)) >= 3
    ]


def _cells(written: bytes):
    for sheet in openpyxl.load_workbook(BytesIO(written), data_only=True):
        yield from (
            float(c.value)
            for row in sheet
            for c in row
            if isinstance(c.value, (int, float)) and not isinstance(c.value, bool)
        )


def _text(name: str, written: bytes) -> str:
    """What a person reads in a file, but for what is drawn."""
    if name.endswith(".html"):
        text = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", " ", written.decode())
        return html.unescape(re.sub(r"<[^>]*>", " ", text))
    if name.endswith(".pdf"):
        reader = shutil.which("pdftotext")
        read = subprocess.run([reader, "-", "-"], input=written, capture_output=True, check=True) if reader else None
        return read.stdout.decode() if read else ""
    member = re.compile(r"word/document\.xml|ppt/slides/slide\d+\.xml")
    with zipfile.ZipFile(BytesIO(written)) as archive:
        parts = [archive.read(n).decode() for n in archive.namelist() if member.fullmatch(n)]
    return "\n".join(
        "".join(re.findall(r"<(?:w|a):t(?: [^>]*)?>([^<]*)<", p))
        for part in parts
        for p in re.split("</(?:w|a):p>", part)
    )


@pytest.fixture(autouse=True)
def no_letters(monkeypatch):
    """Leave out of a page the shapes of its letters, half the work of writing one: no number can stand in them."""
    monkeypatch.setattr(fonts, "font_face_css", lambda *_, **__: "")


@pytest.mark.slow
@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("column", [name for name in columns("cases") if name not in NEEDED])
def test_no_column_dropped_alone_leaves_a_trace(register, column):
    """In none of the five formats."""
    if column not in held(register):
        pytest.skip("the register does not hold it")
    report, files = built(register, (column,), ("html", "xlsx", "pdf", "docx", "pptx"))
    assert wrong(register, (column,), report) == []
    assert beyond_content(report, files) == {}


def subsets(register: str, number: int) -> list[tuple[str, ...]]:
    rng = np.random.default_rng(17)
    names = np.array(held(register))
    drawn = (tuple(names[rng.random(len(names)) < rng.uniform(0.1, 0.9)].tolist()) for _ in range(10 * number))
    return list(dict.fromkeys(drawn))[:number]


@pytest.mark.parametrize(
    "at", [pytest.param(i, marks=pytest.mark.full if i < A_FEW else pytest.mark.slow) for i in range(RANDOM)]
)
def test_no_set_of_columns_dropped_leaves_a_trace(at):
    register = REGISTERS[at % len(REGISTERS)]
    dropped = subsets(register, RANDOM // len(REGISTERS))[at // len(REGISTERS)]
    report, files = built(register, dropped, ("html", "xlsx"))
    assert wrong(register, dropped, report) == [], dropped
    assert beyond_content(report, files) == {}, dropped


def test_without_closings_there_is_no_report(tmp_path):
    export = qingshi.export(tmp_path / "台账.xlsx", qingshi.cases().drop(columns="结案日期"))
    cases = an.read_cases(export, as_of=qingshi.LAST_DAY, court=qingshi.COURT)
    with pytest.raises(an.InputError, match=r"没有一栏被认作“结案日期”.*请在 本院\.toml 的 \[columns\] 中写明"):
        an.build_report(cases, period=2024, out=tmp_path / "out")
