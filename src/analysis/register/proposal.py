"""A proposal for a court's file: what the headers and words of its export mean, to be confirmed by a person."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import chain
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cases.as_hidden import as_hidden, hidden_of
from analysis.cases.columns import codes_by_name
from analysis.files.blocks import series
from analysis.files.cell_text import plain, written
from analysis.files.sheets import sheets_of
from analysis.files.source import find_files, open_source
from analysis.register import EXPORT
from analysis.register.case_numbers import (
    case_number_parts,
    court_code,
    court_of_code,
    level_of_code,
    parse_case_number,
    shared_by,
)
from analysis.register.cells import UNREADABLE, read_code
from analysis.register.contents import HOLDS, columns_of
from analysis.register.court_file import BLANKS, ENGLISH
from analysis.register.disclosure import PERSON, holds_person
from analysis.register.export_rows import ExportRows, rows_below
from analysis.register.file_names import FEWEST_OF_A_NAME
from analysis.register.headers import SOUGHT_IN, Layout, bare, layout_at
from analysis.register.last_day import (
    FLOW,
    days_in_titles,
    export_mark,
    last_followed,
    last_recorded,
    of_last,
    of_titles,
    whole_year,
)
from analysis.register.layouts import (
    layout_of,
    likeliest_header,
    missing_columns,
    must_be_one_table,
    must_have_header,
    place_name,
)
from analysis.register.read_log import LOGGED
from analysis.register.repeats import RowsMet, row_hashes
from analysis.register.rows import NEEDED, is_remark
from analysis.register.settings import Settings, settings_of
from analysis.vocabulary.columns import LEVELS, codes, columns
from analysis.vocabulary.courts import court_text, level_named
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.indicator_sets.sets import BY_PERIOD, sets_in_force, shipped_sets
from analysis.vocabulary.periods import EARLIEST, STOCK_CALENDARS
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analysis.files.blocks import Block, Sheet
    from analysis.files.source import PathGiven, Source

LOOKED_AT = 2_000  # rows of a sheet, spread over its first block, by whose cells a header is told; all are counted
LIKE_WORD = 0.6
TITLE_WIDTH = 2  # filled cells, at most, of a row above the header that is a title
HEADER_WIDTH = 3
QUIET = 0.1  # closings of 21-31 December a day, of those of 10-20 December, below which the year ended on the 20th
FEWEST_CLOSINGS = 20
# A title may be 100,000 characters long: of English words few are looked at, and none without end.
COURT_IN_TITLE = re.compile(
    r"(?:(?<=\d)年度?)?([\u4e00-\u9fff]{2,20}?人民法院|(?:[A-Z][\w'-]{1,30} ){1,12}(?:People's )?Court\b)"
)
# 锦屏县法院 is 锦屏县人民法院; 某市法院 may be of either level, and 全县法院 are all of them.
SHORT_COURT = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=\d年)|(?<=\d年度))(?![全各本我辖年])([\u4e00-\u9fff]{1,12}?[县縣区區旗])法院"
)
COLUMNS = ["header", "column", "found_by", "filled", "examples"]
WORDS = ["vocabulary", "word", "cases", "nearest", "code"]
BLANKS_LEFT = ["column", "closed", "blank"]
NONE_UNREAD = pd.DataFrame(columns=["row", "column", "value"])
AMOUNTS = ("amount_recovered", "amount_paid")  # of which an office may mean 0 by a blank
SETTINGS = ["setting", "proposed", "why"]
DATES = [name for name, column in columns("cases").items() if column.kind == "date"]
NOTHING = Text("", "")
NO_CLOSINGS = Text(
    "。没有一栏被认作“结案日期”：在 [columns] 中指明之前，结案、未结和期限都不计算",
    ". No header was taken for the closing date: closings, the stock and limits are not computed until [columns] says which one it is",
)
COLUMNS_OF_FILE, WORDS_OF_FILE = "columns", "values."


@dataclass(frozen=True, eq=False)
class Proposal(Result):
    """What a court's file would say: ``columns`` (``header, column, found_by, filled, examples``), ``words``, and the settings.

    ``found_by``: ``name`` (a known header), ``content`` (its cells are of that kind and its name is like the column's),
    ``twice`` (a known header too, but another that is nearer to the column's name is read), or empty where a header is not
    understood. ``words`` (``vocabulary, word, cases, nearest, code``): words of closed vocabularies that are not known, the
    nearest code, and the ``code`` that a person chose, which nothing else decides.
    ``several``: which courts share the cases, where they are not one court's, ``courts`` those that a column names.
    ``passed_over``: headers of sheets that hold no cases. ``incomplete``: the columns that a sheet of cases lacks though it needs them, and its headers.
    ``hidden``: the rows and columns that a spreadsheet hides and that are read all the same.
    ``of_family``: how many cells tell of which kind a case is, by its number or its case type.
    ``blanks`` (``column, closed, blank``): closed cases without an amount; they mean 0 only where a person puts the column into ``zero``.
    """

    files: tuple[str, ...]
    export: str
    columns: pd.DataFrame
    words: pd.DataFrame
    court: str | None
    last_day: pd.Timestamp | None
    level: str | None
    calendar: str
    blanks: pd.DataFrame
    years: tuple[int, ...] = ()
    of_family: int = 0
    definitions: str = BY_PERIOD
    scheme: str | None = None
    zero: tuple[str, ...] = ()
    several: Text = NOTHING
    hidden: Text = NOTHING
    courts: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    incomplete: Mapping[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    why: Mapping[str, Text] = field(default_factory=dict)

    @property
    def caption(self) -> Text:
        """How many headers are known, proposed and open, what unknown words count as, and whether closings cannot be told."""
        by = self.columns["found_by"].value_counts()
        known, proposed, others = (int(by.get(key, 0)) for key in ("name", "content", ""))
        said = Text(
            f"表头：认出{known}，按内容提议{proposed}，用不上{others}；不认识的词{len(self.words)}",
            f"headers: {known} known, {proposed} proposed by content, {others} not used; {len(self.words)} unknown words",
        )
        if len(self.words):
            said += Text(
                "，含义写进 [values] 之前未识别，与未填的归在一起",
                ", not understood, and with the blanks, until [values] says what they mean",
            )
        if "closed_on" not in set(self.columns["column"]):
            said += NO_CLOSINGS
        for name in self._of_several_headers:
            several = listed(self.columns.loc[self.columns["column"] == name, "header"])
            text = columns("cases")[name].text
            said += Text(
                f"。{several.zh}都是{text.zh}：所填不同的，须在 [columns] 中写明以哪一列为准",
                f". {several.en} mean {text.en}: where they differ, [columns] must say which one holds",
            )
        return said + (Text("。", ". ") + self.hidden if self.hidden.zh else NOTHING)

    def of_court(self, court: str | None) -> Proposal:
        """Return the proposal for the court that a person named, with the level that its name says."""
        if court == self.court:
            return self
        named = level_named(court)
        said = {"court": Text("", "")} | ({"level": BY_NAME} if named else {})
        return replace(self, court=court, level=named or self.level, why={**self.why, **said})

    @property
    def _of_several_headers(self) -> list[str]:
        """The columns that several filled headers mean."""
        return list(self.columns.loc[self.columns["found_by"] == "twice", "column"].unique())

    @property
    def lacking(self) -> tuple[str, ...]:
        """The columns without which there is no register that no header was understood to be."""
        return tuple(name for name in NEEDED["cases"] if name not in set(self.columns["column"]))

    def must_be_register(self) -> None:
        """Raise ``InputError`` where what was looked at is no register: a column is lacking, no day can be read, or nothing tells the kind of a case."""
        looked_at = listed(self.files)
        if self.lacking:
            lacking = [str(columns("cases")[name].text) for name in self.lacking]
            raise InputError.missing_columns(
                str(looked_at), lacking, [*self.columns["header"], *self.passed_over], told_by_columns=True
            )
        if not self.years:
            raise InputError(
                f"{looked_at.zh}：没有一行案件的立案日期读得出，看不出台账里有什么。日期应年在前，如2024-03-05、2024年3月5日"
                "（05/03/2024不知哪个是月）。请改正日期，或检查是否导出了案件。",
                f"{looked_at.en}: no row holds a filing date that can be read, so there is nothing to look at. Days are read with the year first, as "
                "2024-03-05 (05/03/2024 may be in March or in May). Write them so, or see whether cases were exported.",
            )
        if not self.of_family:
            raise InputError(
                f"{looked_at.zh}：没有一件案号读得出（应如（2023）黑0882执1号），又没有“案件类型”一栏，不知是首次执行、恢复执行还是其他案件，案件都不能用。"
                "请加一栏“案件类型”，逐案填写（首次执行、恢复执行、财产保全等），案号可以照旧；或检查案号一栏是否认对。",
                f"{looked_at.en}: no case number can be read (as （2023）黑0882执1号), and no column tells the case type, so it is not known which "
                "cases are first, reopened or other enforcement, and none can be used. Add a column case_type (first, reopened, preservation, …) for "
                "each case, whose numbers may stay as they are; or see whether the right column was taken for the case number.",
            )
        for place, (missing, headers) in self.incomplete.items():
            raise missing_columns(place, "cases", missing, headers)

    @property
    def settings(self) -> pd.DataFrame:
        """What is proposed beside columns and words, and why: ``setting, proposed, why``."""
        said = {
            "court": self.court, "level": self.level, "as_of": _day(self.last_day), "calendar": self.calendar,
            "definitions": self.definitions, "scheme": self.scheme,
        }  # fmt: skip
        why = dict(self.why) | {"definitions": self._sets_of_years(), "scheme": NO_SCHEME}
        rows = [(name, value or "", str(why.get(name, ""))) for name, value in said.items()]
        return pd.DataFrame(rows, columns=SETTINGS)

    def _sets_of_years(self) -> Text:
        """Which national definitions ``by-period`` means in the years of the register."""
        if self.definitions != BY_PERIOD:
            return Text("", "")
        spans: dict[tuple[str, ...], list[int]] = {}
        for year in self.years:
            spans.setdefault(sets_in_force(year), []).append(year)
        said = "; ".join(f"{_span(years)} {', '.join(names)}" for names, years in spans.items())
        return Text(f"各年有效的全国指标，取自 {said}", f"the national indicators in force in each year, of {said}")

    def sections(self) -> dict[str, list[str]]:
        """Return the lines of ``[columns]`` and of the words of each vocabulary; what nobody decided stands as a comment."""
        twice = self.columns[self.columns["found_by"] == "twice"]
        proposed = self.columns[
            (self.columns["found_by"] == "content") & ~self.columns["column"].isin(self._of_several_headers)
        ]
        lines = [f"{_quoted(row.header)} = {_quoted(row.column)}" for row in proposed.itertuples()]
        others = self.columns.loc[self.columns["found_by"] == "", "header"]
        tells_debtors = "debtor_id" in {*self.columns["column"]}
        lines += [
            f"# {_quoted(header)} = {OF_A_DEBTOR if DEBTOR.fullmatch(header.strip()) and not tells_debtors else ''}"
            for header in others
        ]
        known = self.columns[self.columns["found_by"].isin(["name", "content"])]
        read = dict(zip(known["column"], known["header"], strict=True))
        lines += [
            f"# {_quoted(read[row.column])} = {_quoted(row.column)}  # {SAME.zh.format(row.header)} {SAME.en.format(row.header)}"
            for row in twice.itertuples()
        ]
        said = {COLUMNS_OF_FILE: lines}
        for vocabulary, words in self.words.groupby("vocabulary", sort=False):
            said[f"{WORDS_OF_FILE}{vocabulary}"] = [
                f"{'' if row.code else '# '}{_quoted(row.word)} = {_quoted(row.code or row.nearest)}"
                for row in words.itertuples()
            ]
        return said

    def added_to(self, text: str) -> str:
        """Return the text of a court's file with the columns and words that were decided and that it does not say yet."""
        for heading, said in self.sections().items():
            decided = [line for line in said if not line.startswith("#")]
            if not decided:
                continue
            found = re.search(rf"^[ \t]*\[\s*{re.escape(heading)}\s*\].*$", text, re.MULTILINE)
            if found is None:
                text = "\n".join([text.rstrip("\n"), "", f"[{heading}]", *decided, ""])
            else:
                text = "\n".join([text[: found.end()], *decided]) + text[found.end() :]
        return text

    def text(self, *, as_of: str | None = None) -> str:
        """Return the court's file, as TOML that a person can change."""
        lines = [
            "# 本院说明文件，由 court-analysis start 写出，可用记事本修改。 The court's file; change it as needed."
        ]
        settings = {
            "register": list(self.files), "court": self.court, "level": self.level, "as_of": as_of or _day(self.last_day),
            EXPORT: self.export if as_of or self.last_day is not None else None, "observed_from": None,
            "calendar": self.calendar, "definitions": self.definitions, "scheme": self.scheme,
        }  # fmt: skip
        for key, value in settings.items():
            comment = f"  # {OF_KEYS[key]}" if key in OF_KEYS else ""
            lines.append(f"{key} = {_quoted(value)}{comment}" if value else f"# {key} ={comment}")
        for row in self.blanks.itertuples():
            name, chosen = columns("cases")[str(row.column)].text.zh, row.column in self.zero
            lines.append(f"# 已结{row.closed}件中{row.blank}件未填{name}。空白即0的，列在下一行；不列则为未知。")
            lines += [] if chosen else [f"# {BLANKS} = [{_quoted(name)}]"]
        if self.zero:
            lines.append(f"{BLANKS} = {_quoted([columns('cases')[name].text.zh for name in self.zero])}")
        for heading, said in self.sections().items():
            comment = "表头 = 栏目 / header = column"
            if heading != COLUMNS_OF_FILE:
                names = _names(heading.removeprefix(WORDS_OF_FILE))
                comment = f"词 = 含义 / word = code: {'、'.join(names)}"
            lines += ["", f"[{heading}]  # {comment}", *said]
        if self.court and court_text(self.court).en == self.court:
            lines += [
                "",
                f"# [{ENGLISH}]  # 英文文书所用的院名、小组、乡镇名 names in English texts",
                f'# {_quoted(self.court)} = ""',
            ]
        return "\n".join(lines) + "\n"


OF_KEYS = {
    "level": f"层级 level: {'、'.join(LEVELS)}",
    "as_of": "台账截止日 known to which day",
    EXPORT: "上面的截止日所说的导出文件（及校验）；以后的导出按其自身日期另取；删去此行，则适用于任何文件 of which export it is said",
    "observed_from": '"2022-01-01"：自该日起的案件（含当日未结的）都在台账中；不写则由台账推断 from which day on',
    "calendar": f"统计年度 statistical year: {'、'.join(STOCK_CALENDARS)}",
    "definitions": f"口径 definition set: {BY_PERIOD}（各期有效的全国口径）、{'、'.join(shipped_sets())}，或本院的 .toml",
    "scheme": "考核办法 quotas and limits of the court: 口径集或本院的 .toml；不写则没有定额和本院期限",
}
DEBTOR = re.compile("被(?:申请)?执行人(?:姓名|名称|姓名或名称)?|debtor(?:'s name)?", re.IGNORECASE)
OF_A_DEBTOR = (
    '"debtor_id"  # 去掉行首的#：同一被执行人的案件在区间和检验中合并看待，姓名不输出 '
    "without the # the cases of one debtor are taken together in limits and tests; names are not shown"
)
SAME = Text(
    "“{}”也是此栏：所填不同时，须在此写明以哪一列为准", '"{}" means it too: say which one holds where they differ'
)
NO_SCHEME = Text("没有写明的办法，报告就没有定额一节", "without one the report has no section of quotas")


@dataclass
class _Seen:
    """What the sheets of cases hold, gathered sheet by sheet; ``said`` is what a person said of headers."""

    said: Mapping[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: dict[str, Counter[str]] = field(default_factory=dict)
    courts: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    met: RowsMet = field(default_factory=RowsMet)  # the cases of all sheets so far
    exported: dict[pd.Timestamp, str] = field(default_factory=dict)
    named: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    days: dict[str, set[pd.Timestamp]] = field(default_factory=lambda: {name: set() for name in DATES})
    closings: Counter[pd.Timestamp] = field(default_factory=Counter)
    of_family: int = 0  # cells that tell of which kind a case is: its number or its case type
    blanks: dict[str, Counter[str]] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    passed_over: list[str] = field(default_factory=list)
    incomplete: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    hidden: list[dict[str, Any]] = field(default_factory=list)


def propose_court_file(
    source: PathGiven | Iterable[PathGiven],
    *,
    columns: Mapping[str, str] | None = None,
    court_file: PathGiven | None = None,
) -> Proposal:
    """Look at the sheets, headers and cells of a register and propose what a court's file should say.

    Nothing is decided: unknown headers are matched to the columns that the register lacks, by what their cells hold and how
    their names are alike. Court and level are taken from the register, its titles and its case numbers, the last day and the
    statistical year from its days; definitions are the national ones in force, and there is no scheme unless a person names
    one. Raises ``InputError`` for files that cannot be read.

    Parameters
    ----------
    source : path or several
        What ``read_cases`` reads.
    columns : mapping
        What a person said of headers: header → column, or an empty text for a header that is none.
    court_file : path
        The court's file so far: headers and words that it knows are known.

    Returns
    -------
    Proposal
        The proposed file, and what could not be matched.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lines = ["案号,立案日期,了结时间,怎样了结", "（2023）黑0882执1号,2023-01-04,2023-03-01,执行完毕"]
    ...     _ = Path(folder, "台账.csv").write_text("\\n".join(lines), encoding="utf-8")
    ...     found = propose_court_file(Path(folder, "台账.csv"))
    >>> found.columns[["header", "column", "found_by"]].values.tolist()[2:]
    [['了结时间', 'closed_on', 'content'], ['怎样了结', 'closure_mode', 'content']]
    >>> found.settings[["setting", "proposed"]].values.tolist()[:3]
    [['court', '富锦市人民法院'], ['level', 'basic'], ['as_of', '2023-03-01']]
    """
    given = [source] if isinstance(source, (str, PathLike)) else list(source)
    settings = settings_of((), columns={h: c for h, c in (columns or {}).items() if c}, court_file=court_file)
    seen = _Seen({bare(header): column for header, column in (columns or {}).items()})
    sources = [open_source(file, name) for file, name in find_files(given)]
    for file in sources:
        for sheet in _case_sheets(file, settings, seen.passed_over):
            _look_at(sheet, seen, settings.words)
    asked = [
        {"vocabulary": v, "word": word, "cases": number, "nearest": _nearest_code(v, word), "code": ""}
        for v, counts in seen.words.items()
        for word, number in counts.most_common()
        if not holds_person(word, seen.people)
    ]
    courts = seen.courts or seen.titles
    several = _several(seen)
    court = courts.most_common(1)[0][0] if courts and not several.zh else None
    last, last_why = _last_day(seen)
    calendar, calendar_why = _calendar(last, seen.closings)
    named = level_named(court)
    coded = seen.levels.most_common(1)[0][0] if seen.levels and not several.zh else None
    blanks = [(name, n["closed"], n["blank"]) for name, n in seen.blanks.items() if n["blank"]]
    why = {
        "court": Text("法院一栏或案号", "its column or the case numbers") if seen.courts else Text("标题", "the title") if court else NOT_FOUND,
        "level": BY_NAME if named else Text("案号中的法院代码", "the court's code in case numbers") if coded else NOT_FOUND,
        "as_of": last_why,
        "calendar": calendar_why,
    }  # fmt: skip
    filed = sorted(
        {day.year for name in FLOW for day in seen.days[name] if last is not None and EARLIEST <= day <= last}
    )
    return Proposal(
        tuple(map(str, given)),
        export_mark((source.name, source.sha256) for source in sources),
        pd.DataFrame(list(seen.rows.values()), columns=COLUMNS),
        pd.DataFrame(asked, columns=WORDS),
        court,
        last,
        named or coded,
        calendar,
        pd.DataFrame(blanks, columns=BLANKS_LEFT),
        tuple(filed),
        of_family=seen.of_family,
        several=several,
        hidden=as_hidden(pd.DataFrame(seen.hidden, columns=LOGGED["hidden"])),
        courts=() if several == NOTHING or not seen.named else tuple(_sharing(seen).index),
        passed_over=tuple(dict.fromkeys(seen.passed_over)),
        incomplete=seen.incomplete,
        why=why,
    )


NOT_FOUND, BY_NAME = Text("看不出来", "cannot be told"), Text("院名", "the court's name")


@dataclass(frozen=True)
class _Sheet:
    """A sheet of cases: where it is, its layout, the titles above it and its names, its first rows below the header, and all blocks of it."""

    place: str
    sheet: Sheet
    layout: Layout
    titles: list[str]
    body: list[list[Any]]
    blocks: Iterable[Block]


def _case_sheets(source: Source, settings: Settings, passed_over: list[str]) -> Iterable[_Sheet]:
    """Yield the sheets of cases; of the others what may be their header is added to ``passed_over``."""
    for sheet in sheets_of(source):
        first = next(sheet.blocks, None)
        if first is None or sheet.hidden:
            continue
        block = first()
        top = block.rows(LOOKED_AT)
        layout = layout_of(source, sheet, [cells for _, cells in top[:SOUGHT_IN]], settings.columns)
        if layout is None or "case_no" not in layout.positions:
            own = settings.columns.get("cases", {})
            layout = _guessed(sheet.header, [cells for _, cells in top], own) or layout
        if layout is None:
            must_have_header(source, sheet, [cells for _, cells in top[:SOUGHT_IN]])
        if layout is None or layout.table != "cases":
            passed_over += list(sheet.header or ()) or likeliest_header([cells for _, cells in top[:SOUGHT_IN]])
            continue
        must_be_one_table(source, sheet, layout, [cells for _, cells in top])
        header = layout.header_rows[-1] if layout.header_rows else 0  # a title may be taken for the upper of two rows
        titles = [
            written(cell) for _, row in top[:header] if sum(1 for c in row if plain(c)) <= TITLE_WIDTH for cell in row
        ]
        below = block.below(layout.header_rows[-1] + 1 if layout.header_rows else 0)
        spread = [cells for _, cells in below.rows()[:: len(below) // LOOKED_AT + 1]]
        body = [cells for cells in spread if not is_remark([plain(cell) for cell in cells])]
        yield _Sheet(
            place_name(source, sheet),
            sheet,
            layout,
            [*titles, sheet.name, source.name],
            body,
            chain([block], (read() for read in sheet.blocks)),
        )


def _guessed(header: Sequence[str] | None, top: Sequence[Sequence[Any]], own: Mapping[str, str]) -> Layout | None:
    """The layout of a sheet whose headers name no case number, told by a column that holds case numbers."""
    for at, row in enumerate(top[:SOUGHT_IN]):
        held = [i for i, cell in enumerate(row) if parse_case_number(written(cell))]
        if not held or sum(1 for cell in row if plain(cell)) < HEADER_WIDTH:
            continue
        above = [i for i in range(at) if sum(1 for cell in top[i] if plain(cell)) >= HEADER_WIDTH]
        texts = list(header) if header else [written(cell) for cell in top[above[-1]]] if above else []
        if not texts:
            return None
        return layout_at("cases", () if header else (above[-1],), [(text,) for text in texts], own)
    return None


def _look_at(sheet: _Sheet, seen: _Seen, words: Mapping[str, Mapping[str, str]]) -> None:
    """Tell the columns by their headers and some rows, and gather from all rows what is counted."""
    by_column = [[row[i] for row in sheet.body if i < len(row)] for i in range(len(sheet.layout.cells))]
    here = columns_of(sheet.layout, by_column, seen.said)
    for title in sheet.titles:
        seen.titles.update(COURT_IN_TITLE.findall(title))
        seen.titles.update(f"{found}人民法院" for found in SHORT_COURT.findall(title))
    seen.exported |= days_in_titles(sheet.titles)
    places = {entry["column"]: i for i, entry in enumerate(here) if entry["column"] and entry["found_by"] != "twice"}
    if missing := [name for name in NEEDED["cases"] if name not in places]:
        seen.incomplete[sheet.place] = (missing, [entry["header"] for entry in here if entry["header"]])
    hidden: list[int] = []
    filled = [0] * len(here)
    first = 1 + (sheet.layout.header_rows or (-1,))[-1]
    for block in sheet.blocks:
        seen.exported |= days_in_titles(_notes(block, first))
        rows = rows_below(block, first, len(here))
        if hidden_rows := sheet.sheet.hidden_rows:
            of_cases = rows.numbers[rows.has_figure(places["case_no"])] if "case_no" in places else []
            hidden += [int(row) for row in of_cases if row in hidden_rows]
        rows = _once(rows, places, sheet.place, seen)
        for at, entry in enumerate(here):
            is_answer = entry["column"] and columns("cases")[entry["column"]].kind == "boolean"
            filled[at] += rows.answered(at) if is_answer else int(rows.filled[at].sum())
        _gather_rows(rows, places, seen, words)
    unseen = [name for name, column in places.items() if column in sheet.sheet.hidden_columns]
    seen.hidden += hidden_of("cases", sheet.place, "", rows=hidden, columns=unseen)
    for entry, number in zip(here, filled, strict=True):
        if entry["header"] and (number or entry["found_by"] != "twice"):  # none is asked about beside a filled one
            seen.rows.setdefault(entry["header"], {**entry, "filled": 0})["filled"] += number


def _once(rows: ExportRows, places: Mapping[str, int], place: str, seen: _Seen) -> ExportRows:
    """The rows without totals and notes, and without those of cases that stand before in an equal row, as one carried over into the next year's
    sheet: it counts once."""
    rows = rows.without_remarks(places.get("case_no"))
    if "case_no" not in places:
        return rows
    held = {name: pc.if_else(pa.array(rows.filled[at]), rows.texts[at], None) for name, at in places.items()}
    return rows.where(~seen.met.again(row_hashes(pa.table(held), NONE_UNREAD, place)))


def _gather_rows(
    rows: ExportRows, places: Mapping[str, int], seen: _Seen, words: Mapping[str, Mapping[str, str]]
) -> None:
    """Gather words, courts, days, and closed cases without an amount, of rows of a sheet."""
    days = {name: rows.days(places[name]) for name in set(DATES) & set(places)}
    # The words of others, which are set aside, may have been moved by a column.
    cases = rows.has_figure(places["case_no"]) if "case_no" in places else np.zeros(len(rows.numbers), dtype=bool)
    if "filed_on" in days:
        cases = cases & pd.notna(days["filed_on"])
    for name, at in places.items():
        held = rows.filled[at] & (cases | (not _is_coded(name)))
        _gather(name, rows.texts[at].filter(pa.array(held)), seen, words)
    for name, found in days.items():
        seen.days[name].update(day for day in pd.unique(found) if day is not None)
    if "closed_on" in days:
        closed = pd.notna(days["closed_on"])
        seen.closings.update(days["closed_on"][closed])
        for name in set(AMOUNTS) & set(places):
            blank = closed & ~rows.filled[places[name]]
            seen.blanks.setdefault(name, Counter()).update({"closed": int(closed.sum()), "blank": int(blank.sum())})


def _notes(block: Block, first: int) -> Iterable[str]:
    """The notes below the header: what rows of a cell or two hold."""
    filled = np.zeros(block.table.num_rows, dtype=int)
    for column in block.table.columns:
        held = pc.not_equal(column, "") if pa.types.is_string(column.type) else pc.is_valid(column)
        filled += np.asarray(pc.fill_null(held, False))
    rows = block.table.filter(pa.array((filled <= TITLE_WIDTH) & (filled > 0) & (block.numbers > first)))
    yield from (written(cell) for column in rows.columns for cell in series(column))
    yield from (written(cell) for row in block.ragged.values() if len(row) <= TITLE_WIDTH for cell in row)


def _is_coded(column: str) -> bool:
    return bool(column) and columns("cases")[column].kind == "code"


def _gather(column: str, texts: pa.Array, seen: _Seen, words: Mapping[str, Mapping[str, str]]) -> None:
    """Gather courts, their levels, and words that neither the vocabulary nor the court's own list knows."""
    if column == "court":
        seen.courts.update(_counts(texts))
        seen.named.update(_counts(texts))
    elif column == "case_no":
        parts = case_number_parts(pd.Series(texts.to_pylist(), dtype=object))
        seen.of_family += int(parts["family"].notna().sum())
        for code, number in parts["court"].value_counts().items():
            seen.codes.update({present: number for present in (court_code(code),) if present})
            seen.courts.update({court: number for court in (court_of_code(code),) if court})
            seen.levels.update({level: number for level in (level_of_code(str(code)),) if level})
    elif _is_coded(column):
        known = words.get(column, {})
        seen.of_family += len(texts) * (column == "case_type")
        unknown = {
            t: number
            for t, number in _counts(texts).items()
            if plain(t) not in known and read_code(t, column) is UNREADABLE and t not in _names(column)
        }
        # A day or a sum among them was moved there by a column: it means nothing, and check names the row. Bare digits may be a system's code.
        told = {t: number for t, number in unknown.items() if t.isdecimal() or HOLDS["text"](t)}
        seen.words.setdefault(column, Counter()).update(told)
    elif column and columns("cases")[column].disclosure == PERSON:
        different = texts.unique().to_pylist()
        seen.people.update(t for t in different if len(t) >= FEWEST_OF_A_NAME and HOLDS["text"](t) and not _is_word(t))


def _counts(texts: pa.Array) -> dict[str, int]:
    return {each["values"]: each["counts"] for each in pc.value_counts(texts).to_pylist()}


def _is_word(text: str) -> bool:
    """Whether a cell is a word of some vocabulary, which a row that was moved put among the people."""
    kinds = [name for name, column in columns("cases").items() if column.kind == "code"]
    return any(read_code(text, name) is not UNREADABLE for name in kinds)


def _sharing(seen: _Seen) -> pd.Series:
    return shared_by(pd.Series([*(seen.named or seen.codes).elements()], dtype=object))


def _several(seen: _Seen) -> Text:
    """Say which courts share the cases: those that a column names, else those whose codes the case numbers bear."""
    counts = _sharing(seen)
    if len(counts) < 2:
        return NOTHING
    zh = "、".join(f"{court}（{number:,}件）" for court, number in counts.items())
    en = ", ".join(f"{court} {number:,}" for court, number in counts.items())
    if seen.named:
        return Text(
            f"台账中有几个法院的案件（{zh}）：请在“本院名称”（court）写明报告是哪一个的；上级法院要合计的，写自己的名称。",
            f"The register holds cases of several courts ({en}): say as the court which of them a report is of; a higher court that wants the "
            "sum gives its own name.",
        )
    return Text(
        f"案号的法院代字有几种：{zh}，却没有一栏写明法院：各院的案件会合在一起计算。请分开导出，或带上“法院”一栏。",
        f"The case numbers bear the codes of several courts ({en}) and no column names the court: they would be counted together. Export them "
        "one by one, or with a column of the court.",
    )


def _last_day(seen: _Seen) -> tuple[pd.Timestamp | None, Text]:
    """The last day of the register: the one of which its titles say that it was exported on, else that of its rows."""
    last = last_recorded(day for name in FLOW for day in seen.days[name])
    if last is None:
        return None, NOT_FOUND
    if exported := of_titles(seen.exported, last):
        words = seen.exported[exported]
        return exported, Text(f"表上写明“{words}”", f'the sheet says "{words}"')
    own = last_followed(last, chain(*seen.days.values()))
    return whole_year(own), of_last(last, own)


def _calendar(last: pd.Timestamp | None, closings: Counter[pd.Timestamp]) -> tuple[str, Text]:
    """The statistical year: to 20 December where closings cease there or the register ends there and none speak against it, else the calendar year.

    That a register ends on the 20th of another month is so one time in thirty, and is said alone. Closings cease where there may be later ones: in a
    December that the register holds to its end.
    """
    held = {
        day: n
        for day, n in closings.items()
        if last is not None and day.month == 12 and (day.year, 12, 31) <= (last.year, last.month, last.day)
    }
    before = sum(n for day, n in held.items() if 10 <= day.day <= 20)
    after = sum(n for day, n in held.items() if day.day > 20)
    is_told = before >= FEWEST_CLOSINGS
    if is_told and after < QUIET * before:
        return "dec-21", Text(
            f"12月10—20日结案{before}件，21—31日{after}件", f"{before} closings of 10-20 December, {after} of 21-31"
        )
    if last is not None and last.day == 20:
        if last.month == 12 and not is_told:
            return "dec-21", Text("截止日为12月20日", "the last day is a 20 December")
        return STOCK_CALENDARS[0], Text(
            "只有截止日为20日；每月统计到20日的请改为 month-20",
            "nothing but its last day is a 20th; where months are counted to the 20th, say month-20",
        )
    return STOCK_CALENDARS[0], Text("没有20日截止的迹象", "nothing speaks for a year to the 20th")


def _nearest_code(vocabulary: str, word: str) -> str:
    known = {plain(name): code for name, code in codes_by_name(vocabulary).items()}
    like = {name: SequenceMatcher(None, plain(word), name).ratio() for name in known}
    best = max(like.values(), default=0.0)
    near = {known[name] for name, ratio in like.items() if ratio == best}
    return (
        near.pop() if best >= LIKE_WORD and len(near) == 1 else ""
    )  # 调解书 is like 民事调解书 and 行政调解书: nothing to propose


def _names(vocabulary: str) -> list[str]:
    return [code.text.zh for code in codes(vocabulary).values()]


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _day(day: pd.Timestamp | None) -> str | None:
    return None if day is None else str(day.date())


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
