"""Rules on case numbers: duplicates, years, families, gaps, and the links between the tables of a register."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.checks.context import BATCH_ROWS, Found, Register, at, findings, in_texts, number_keys, rule
from analysis.register.case_numbers import OTHER_WORK, case_number_parts, court_code, present_code, shared_by
from analysis.register.disclosure import court_characters, public_number
from analysis.vocabulary.columns import columns
from analysis.vocabulary.text import Text, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from analysis.cases.table import Cases

TURN_OF_YEAR_DAYS = 7  # around 31 December a number may be of the year before or after its filing
SERIALS_APART = 16
GAPS_SHOWN = 3  # serial gaps are listed one by one while fewer serials are missing than 3 times those present


@rule
def duplicate_case_number(register: Register) -> Iterator[Found]:
    """A case number that stands more than once, however it is written; every row after the first."""
    again, first = listed_again(register)
    if again.empty:
        return

    def problems(some: pd.DataFrame) -> list[Text]:
        before = in_texts(first.loc[some.index])
        places = [at(row, placed=register.placed) for row in before.itertuples(index=False)]
        return [
            Text(f"案号重复，已见于{p.zh}", f"the case number stands already in {p.en}") + unlike
            for p, unlike in zip(places, columns_that_differ(register.cases, some, before), strict=True)
        ]

    fix = Text(
        "核对后删去重复的一行，或改正案号；跨年未结案件只保留最近一次导出的一行：前一行请在原表中删，不要把本行写“删除”",
        "delete the row that is double, or correct the number; of a case exported in two years keep the later row: "
        "take the earlier out of its own table, and do not write delete on this line",
    )
    yield findings(again, "duplicate_case_number", "error", "case_no", problems, fix)


def listed_again(register: Register) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows whose case number stands above already, and for each the first row of that number."""
    frame = register.frame
    twice = frame.index[_stand_twice(frame)]
    numbers = in_texts(frame.loc[twice, ["key", "court", "of_court"]])
    key = numbers.assign(court=_court_needed(numbers)).groupby(["key", "court"], sort=False).ngroup()
    again = key.duplicated()
    first = pd.Series(twice[~again], index=key[~again])
    rows = frame.loc[twice[again]]
    return rows, frame.loc[first.loc[key[again]]].set_axis(rows.index)


def columns_that_differ(cases: Cases, rows: pd.DataFrame, others: pd.DataFrame) -> list[Text]:
    """Say of each two rows of a case in which columns they differ, however their number is written; nothing of rows without a place."""
    import ibis

    # By row too: a word in the place of a number may stand in every row of a register.
    asked = ["case_no", "source_row"]
    both = ibis.memtable(pd.concat([rows, others])[asked].drop_duplicates())
    held = cases.table.semi_join(both, asked).to_pandas().astype(object)
    held = held.set_axis(pd.Index(_places(held), dtype=object))
    held = held[~held.index.duplicated()]
    unread = cases.unreadable[cases.unreadable["table"] == "cases"] if len(cases.unreadable) else cases.unreadable
    for place, name, value in zip(_places(unread, ""), unread.get("column", ()), unread.get("value", ()), strict=True):
        if place in held.index:
            held.loc[place, name] = value
    one, other = (held.reindex(_places(part)).reset_index(drop=True) for part in (rows, others))
    unlike = (one != other) & ~(one.isna() & other.isna())
    texts = {name: column.text for name, column in columns("cases").items() if name != "case_no"}
    differ = {name: unlike[[c for c in (name, f"{name}_text") if c in held]].any(axis=1) for name in texts}
    placed = (rows["source_row"].notna().to_numpy() & others["source_row"].notna().to_numpy()).tolist()
    return [
        _differing([text for name, text in texts.items() if differ[name][i]]) if placed[i] else Text("", "")
        for i in range(len(rows))
    ]


def _differing(names: Sequence[Text]) -> Text:
    if not names:
        return Text("；所读各栏都相同", "; the rows are equal in all that is read")
    said = listed(names)
    return Text(f"；不同的栏：{said.zh}", f"; they differ in: {said.en}")


def _places(rows: pd.DataFrame, prefix: str = "source_") -> list[str]:
    if rows.empty:
        return []
    names = [f"{prefix}{name}" for name in ("file", "sheet", "row")]
    return ["\x00".join("" if pd.isna(v) else str(v) for v in place) for place in rows[names].itertuples(index=False)]


def _stand_twice(frame: pd.DataFrame) -> np.ndarray:
    """Which keys stand more than once; looked for among a few serials at a time, as the list of all keys takes memory."""
    twice = np.zeros(len(frame), dtype=bool)
    share = (frame["serial"].fillna(0) % SERIALS_APART).to_numpy()
    for part in range(SERIALS_APART):
        here = np.flatnonzero(share == part)
        places, _ = pd.factorize(frame["key"].iloc[here])
        twice[here] = (places >= 0) & (np.bincount(places + 1, minlength=1)[places + 1] > 1)
    return twice


def _court_needed(frame: pd.DataFrame) -> pd.Series:
    """The court that tells two cases of one number apart: none where the number names it by a code, as all do since 2016.

    Old characters were not unique, so two courts may each have the number; a row that names no court has that of the others.
    """
    courts = frame["court"].groupby(frame["key"])
    stated = frame["court"].fillna(courts.transform("first").where(courts.transform("nunique") == 1))
    return stated.mask(frame["of_court"].str.contains(r"\d", na=False)).fillna("").astype(str)


@rule
def year_mismatch(register: Register) -> Iterator[Found]:
    """The year in the number is not the year of filing, other than within a week of the turn of the year."""
    frame = register.frame
    filed = frame["filed_on"]
    week = pd.Timedelta(days=TURN_OF_YEAR_DAYS)
    unlike = (
        frame["year"].notna() & (frame["year"] != (filed - week).dt.year) & (frame["year"] != (filed + week).dt.year)
    )
    rows = frame[unlike.fillna(False)]

    def problems(some: pd.DataFrame) -> list[Text]:
        return [
            Text(
                f"案号年份{year}与立案日期{day:%Y-%m-%d}不符",
                f"the number is of {year}, but the case was filed on {day:%Y-%m-%d}",
            )
            for year, day in zip(some["year"], some["filed_on"], strict=True)
        ]

    yield findings(
        rows,
        "year_mismatch",
        "error",
        "filed_on",
        problems,
        Text("核对卷宗，改正案号或立案日期", "correct the number or the filing date from the file"),
    )


@rule
def several_courts(register: Register) -> Iterator[Found]:
    """Numbers with the codes of several courts in a register that names no court, or one: each further code once."""
    frame = register.frame
    if len(frame["court"].dropna().unique()) > 1:
        return
    codes = frame["of_court"].astype(object).map(court_code)
    counts = shared_by(codes)
    if len(counts) < 2:
        return
    rows = in_texts(frame[codes.isin(counts.index[1:]) & ~codes.duplicated()])
    main = counts.index[0]
    problems = [
        Text(
            f"案号的法院代字有几种：{main}（{counts[main]:,}件）、{code}（{counts[code]:,}件），台账却没有分开各院的“法院”一栏",
            f"the numbers bear the codes of several courts ({main} {counts[main]:,}, {code} {counts[code]:,}), yet no column tells the courts apart",
        )
        for code in codes[rows.index]
    ]
    fix = Text(
        "在 本院.toml 的 [columns] 中写明哪一栏是法院名称（或用 columns= 指明），否则各院的案件合在一起计算",
        "say which column names the court in [columns] of 本院.toml (or with columns=), else the courts are counted together",
    )
    yield findings(rows, "several_courts", "warning", "court", problems, fix)


@rule
def unreadable_case_number(register: Register) -> Iterator[Found]:
    """A case number that is none."""
    rows = register.frame[register.frame["year"].isna() & register.frame["case_no"].notna()]
    problem = Text("案号格式不合规范", "the case number has no known form")
    fix = Text("按（年份）法院代字＋类型代字＋编号改正", "write it as (year) court, type word, serial")
    yield findings(rows, "unreadable_case_number", "warning", "case_no", problem, fix)


@rule
def family_mismatch(register: Register) -> Iterator[Found]:
    """The case type is not the one that the type word in the number means: families must not be mixed."""
    frame = register.frame
    unlike = (
        frame["family"].notna()
        & frame["case_type"].notna()
        & (frame["case_type"] != "other")  # a word that is not known says nothing against the number
        & (frame["family"].astype("str") != frame["case_type"].astype("str"))
    )
    # Before 执恢 was a type word of its own (2018), reopened cases kept a 执 number.
    kept = (frame["family"] == "first") & (frame["case_type"] == "reopened")
    rows = frame[unlike & ~kept & (frame["family"] != "other")]

    def problems(some: pd.DataFrame) -> list[Text]:
        return [
            Text(
                f"案号类型代字为“{word}”，案件类型却不同",
                f'the number\'s type word is "{word}", the case type is another',
            )
            for word in some["type_word"]
        ]

    yield findings(
        rows,
        "family_mismatch",
        "warning",
        "case_type",
        problems,
        Text("改正案件类型或案号", "correct the case type or the number"),
    )


@rule
def not_enforcement(register: Register) -> Iterator[Found]:
    """A number that is of no enforcement case, but of a trial: an export of the whole court counts trials as enforcement."""
    frame = register.frame
    rows = frame[frame["type_word"].astype("str").str.contains(f"{OTHER_WORK}$", na=False)]

    def problems(some: pd.DataFrame) -> list[Text]:
        return [
            Text(
                f"案号类型代字为“{word[-2:]}”，不是执行案件，却计入各项数字",
                f'the number\'s type word is "{word[-2:]}", of no enforcement case, yet it is counted in all figures',
            )
            for word in some["type_word"]
        ]

    fix = Text(
        "导出时只选执行案件，或在更正一栏写“删除”；确属执行的，改正案号",
        "export enforcement cases alone, or write delete as the correction; where it is one, correct the number",
    )
    yield findings(rows, "not_enforcement", "warning", "case_no", problems, fix)


@rule
def serial_gap(register: Register) -> Iterator[Found]:
    """Serials missing from a court's, type's and year's run: files that are not in the register, or merged.

    Not of years of which the register leaves out the cases that were closed before it begins, nor of those filed before its first one;
    outside, not of runs whose numbers are not shown: what stands for the court or the type may be a name.
    """
    frames = [register.frame, register.quarantined.rename(columns={"court": "of_court"})]
    frames = [frame[["of_court", "type_word", "year", "serial"]].dropna(subset=["year", "serial"]) for frame in frames]
    of_court, courts = _in_one([frame["of_court"] for frame in frames], called=present_code)
    of_word, words = _in_one([frame["type_word"] for frame in frames])
    year, serial = (np.concatenate([frame[name].to_numpy("int64") for frame in frames]) for name in ("year", "serial"))
    # As numbers, and of all runs at once: a copy of a million texts takes a hundred megabytes, ten thousand small tables a minute.
    shape = len(courts), len(words), int(year.max(initial=0)) + 1
    run = np.ravel_multi_index((of_court, of_word, year), shape)
    is_asked, is_cut = _years_asked(register, np.unique(year))
    is_held = np.isin(year, is_asked)
    gaps = _gaps(run[is_held], serial[is_held], np.isin(year, is_cut)[is_held])
    own = court_characters(register.cases)
    fix = Text(
        "查找缺号的卷宗并补录；并号、废号的应说明",
        "find the missing files and enter them; explain serials merged or void",
    )
    # A bounded number at a time: as texts a million gaps take two hundred megabytes.
    for part in (gaps.iloc[start : start + BATCH_ROWS] for start in range(0, len(gaps), BATCH_ROWS)):
        places = zip(*(of.tolist() for of in np.unravel_index(part["run"], shape)), strict=True)
        runs = [f"（{of}）{courts[court]}{words[word]}" for court, word, of in places]
        shown = {name for name in set(runs) if register.names or public_number(f"{name}1号", own)}
        rows = part.assign(run=pd.array(runs, "str"))
        rows = rows[rows["run"].isin(shown)].reset_index(drop=True)
        rows = rows.assign(value=_spans(rows), case_no=None, source_row=None, source_file=None, source_sheet=None)
        yield findings(rows, "serial_gap", "warning", "case_no", _lacking, fix, value="value")


def _years_asked(register: Register, years: np.ndarray) -> tuple[list[int], list[int]]:
    """Of which years serials can be missed at all, and in which the first one held begins the run, as the register begins within them."""
    begun, days = register.cases.beginning, {year: pd.Timestamp(year, 1, 1) for year in years.tolist()}
    asked = [year for year, day in days.items() if begun.how != "closing" or begun.holds_filings(day)]
    cut = [year for year, day in days.items() if begun.how == "filing" and begun.filed >= day + pd.DateOffset(months=1)]
    return asked, cut


def _in_one(columns: Sequence[pd.Series], *, called: Callable[[Any], str] = str) -> tuple[np.ndarray, list[str]]:
    """Return the texts of columns as places in one list in their order, each by what it is called, and the list."""
    parts = [pd.Categorical(column) for column in columns]
    own = [[called(text) for text in part.categories] for part in parts]
    texts = [*sorted({*chain(*own)}), ""]  # none is in the last place
    place = {text: at for at, text in enumerate(texts)}
    places = [
        np.array([*(place[text] for text in told), len(texts) - 1])[part.codes]
        for told, part in zip(own, parts, strict=True)
    ]
    return np.concatenate(places), texts


def _gaps(run: np.ndarray, serial: np.ndarray, is_cut: np.ndarray) -> pd.DataFrame:
    """The serials that runs lack, from 1 or the first one held where the run is cut: ``run, start, last, held``.

    ``held`` is 0 but for a selection of cases, no register with holes, of which one row tells how many it holds.
    """
    order = np.lexsort((serial, run))
    run, serial = run[order], serial[order]
    once = (np.diff(run, prepend=-1) != 0) | (np.diff(serial, prepend=-1) != 0)
    run, serial, is_cut = run[once], serial[once], is_cut[order][once]
    begins = np.diff(run, prepend=-1) != 0
    firsts = np.flatnonzero(begins)
    held = np.diff(firsts, append=len(run))
    start, last = np.where(is_cut, serial, 1)[firsts], serial[firsts + held - 1]
    is_selection = last - start + 1 - held > GAPS_SHOWN * held
    before = np.roll(serial, 1)
    before[firsts] = start - 1
    of = begins.cumsum() - 1
    at = np.flatnonzero(np.where(is_selection[of], begins, serial > before + 1))
    of, is_one = of[at], is_selection[of[at]]
    return pd.DataFrame(
        {
            "run": run[at],
            "start": before[at] + 1,
            "last": np.where(is_one, last[of], serial[at] - 1),
            "held": np.where(is_one, held[of], 0),
        }
    )


def _spans(gaps: pd.DataFrame) -> pd.api.extensions.ExtensionArray:
    """Each gap as its run and the serials from its start to its last, or the run alone where it is a selection."""
    rows = gaps[["run", "start", "last", "held"]].itertuples(index=False)
    return pd.array([run if held else f"{run}{_span(start, last)}" for run, start, last, held in rows], "str")


def _span(start: int, last: int) -> str:
    return f"{start}" if start == last else f"{start}–{last}"


def _lacking(gaps: pd.DataFrame) -> list[Text]:
    """What the runs lack, in words."""
    return [
        Text(
            f"{run}至{last}号应有{last}件，台账只有{held}件",
            f"{run} runs to {last}, the register holds {held} of them",
        )
        if held
        else Text(
            f"{run}缺{_span(start, last)}号，共{last - start + 1}件",
            f"{run}: {_span(start, last)} missing, {last - start + 1} in all",
        )
        for run, start, last, held in gaps[["run", "start", "last", "held"]].itertuples(index=False)
    ]


SIDE = {
    "petitions": ("信访", "petition"),
    "coercive_measures": ("强制措施", "coercive measure"),
    "aid": ("司法救助", "aid"),
}


@rule
def unknown_case(register: Register) -> Iterator[Found]:
    """Petitions, coercive measures or aid for a case that the register does not have."""
    for table, (zh, en) in SIDE.items():
        rows = register.side[table]
        rows = rows[rows["case_no"].notna()]
        keys = number_keys(rows["case_no"])
        rows = rows[~register.knows(keys)]
        problem = Text(f"{zh}所属案件不在台账中", f"the case of this {en} is not in the register")
        fix = Text("改正案号，或补录案件", "correct the case number, or enter the case")
        yield findings(rows, "unknown_case", "error", "case_no", problem, fix, table=table)


@rule
def unknown_petition(register: Register) -> Iterator[Found]:
    """Aid for a petition that the register does not have."""
    aid, petitions = register.side["aid"], set(register.side["petitions"]["petition_id"].dropna())
    rows = aid[aid["petition_id"].notna() & ~aid["petition_id"].isin(petitions)]
    problem = Text("救助所属信访件不在台账中", "the petition of this aid is not in the register")
    fix = Text("改正信访编号，或补录信访件", "correct the petition, or enter it")
    yield findings(rows, "unknown_petition", "warning", "petition_id", problem, fix, table="aid")


@rule
def unknown_original(register: Register) -> Iterator[Found]:
    """A reopened case whose original is not in the register (only noted where the original is older than the register)."""
    frame = register.frame
    rows = frame[(frame["case_type"] == "reopened") & frame["original_case_no"].notna()]
    parts = case_number_parts(rows["original_case_no"])
    unknown = ~register.knows(number_keys(rows["original_case_no"], parts))
    rows, parts = rows[unknown], parts[unknown]
    older = (parts["year"] < frame["year"].min()).fillna(False).astype(bool)
    problem = Text("原执行案号不在台账中", "the original case is not in the register")
    fix = Text("改正原执行案号，或补录原案", "correct the original case number, or enter that case")
    severity = older.map({True: "info", False: "warning"}).to_numpy()
    yield findings(rows, "unknown_original", severity, "original_case_no", problem, fix)
