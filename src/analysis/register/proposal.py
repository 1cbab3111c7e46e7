"""A proposal for a court's file: what the headers and words of its export mean, to be confirmed by a person."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from os import PathLike
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.columns import codes_by_name
from analysis.files.cell_text import plain, written
from analysis.files.sheets import sheets_of
from analysis.files.source import find_files, open_source
from analysis.register.case_numbers import case_number_parts, court_of_code
from analysis.register.cells import UNREADABLE, is_blank, read_amount, read_boolean, read_code, read_date
from analysis.register.headers import SOUGHT_IN, bare
from analysis.register.layouts import layout_of
from analysis.vocabulary.columns import codes, columns
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from analysis.files.source import PathGiven
    from analysis.register.headers import Layout

LOOKED_AT = 2_000  # rows of a sheet
ENOUGH = 0.8  # share of the cells of a column that must be of its kind
LIKE = 0.5  # how like a header and a column's name must be, of 1, to be proposed
LIKE_WORD = 0.6
COLUMNS = ["header", "column", "found_by", "filled", "examples"]
WORDS = ["vocabulary", "word", "cases", "nearest", "code"]


@dataclass(frozen=True, eq=False)
class Proposal(Result):
    """What a court's file would say: ``columns`` (``header, column, found_by, filled, examples``) and ``words``.

    ``found_by``: ``name`` (a known header), ``content`` (its cells are of that kind and its name is like the column's), or
    empty where a header is not understood. ``words`` (``vocabulary, word, cases, nearest, code``): words of closed
    vocabularies that are not known, the nearest code, and the ``code`` that a person chose, which nothing else decides.
    """

    files: tuple[str, ...]
    columns: pd.DataFrame
    words: pd.DataFrame
    court: str | None
    last_day: pd.Timestamp | None

    @property
    def caption(self) -> Text:
        """How many headers are known, proposed and open."""
        by = self.columns["found_by"].value_counts()
        known, proposed, others = (int(by.get(key, 0)) for key in ("name", "content", ""))
        return Text(
            f"表头：认出 {known}，按内容提议 {proposed}，用不上 {others}；不认识的词 {len(self.words)}",
            f"headers: {known} known, {proposed} proposed by content, {others} not used; {len(self.words)} unknown words",
        )

    def text(self, *, as_of: str | None = None) -> str:
        """Return the court's file, as TOML that a person can change."""
        lines = [
            "# 本院说明文件，由 court-analysis start 写出，可用记事本修改。 The court's file; change it as needed."
        ]
        settings = {"register": list(self.files), "court": self.court, "as_of": as_of or _day(self.last_day)}
        lines += [f"{key} = {_quoted(value)}" for key, value in settings.items() if value]
        proposed = self.columns[self.columns["found_by"] == "content"]
        lines += ["", "[columns]  # 表头 = 栏目 / header = column"]
        lines += [f"{_quoted(row.header)} = {_quoted(row.column)}" for row in proposed.itertuples()]
        others = self.columns.loc[self.columns["found_by"] == "", "header"]
        lines += [f"# {_quoted(header)} = " for header in others]
        for vocabulary, words in self.words.groupby("vocabulary", sort=False):
            lines += ["", f"[values.{vocabulary}]  # 词 = 含义 / word = code: {'、'.join(_names(str(vocabulary)))}"]
            lines += [
                f"{'' if row.code else '# '}{_quoted(row.word)} = {_quoted(row.code or row.nearest)}"
                for row in words.itertuples()
            ]
        return "\n".join(lines) + "\n"


def propose_court_file(path: PathGiven | Iterable[PathGiven]) -> Proposal:
    """Look at the sheets, headers and cells of a register and propose what a court's file should say.

    Nothing is decided: unknown headers are matched to the columns that the register lacks, by what their cells hold and how
    their names are alike. Raises ``InputError`` for files that cannot be read.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lines = ["案号,立案日期,了结时间,怎样了结", "（2023）黑0882执1号,2023-01-04,2023-03-01,执行完毕"]
    ...     _ = Path(folder, "台账.csv").write_text("\\n".join(lines), encoding="utf-8")
    ...     found = propose_court_file(Path(folder, "台账.csv"))
    >>> found.columns[["header", "column", "found_by"]].values.tolist()[2:]
    [['了结时间', 'closed_on', 'content'], ['怎样了结', 'closure_mode', 'content']]
    """
    given = [path] if isinstance(path, (str, PathLike)) else list(path)
    rows: dict[str, dict[str, Any]] = {}
    words: dict[str, Counter[str]] = {}
    courts: Counter[str] = Counter()
    last: pd.Timestamp | None = None
    for file, name in find_files(given):
        for layout, cells in _case_sheets(file, name):
            here = _columns_of(layout, cells)
            rows = {entry["header"]: entry for entry in here if entry["header"]} | rows
            for entry, texts in zip(here, cells, strict=True):
                column = entry["column"]
                if column == "court":
                    courts.update(texts)
                elif column == "case_no":
                    courts.update(
                        case_number_parts(pd.Series(texts, dtype=object))["court"]
                        .map(court_of_code, na_action="ignore")
                        .dropna()
                    )
                elif column in ("filed_on", "closed_on"):
                    last = _latest(last, texts)
                elif column and columns("cases")[column].kind == "code":
                    unknown = [t for t in texts if read_code(t, column) == "other" and t not in _names(column)]
                    words.setdefault(column, Counter()).update(unknown)
    asked = [
        {"vocabulary": v, "word": word, "cases": number, "nearest": _nearest_code(v, word), "code": ""}
        for v, counts in words.items()
        for word, number in counts.most_common()
    ]
    court = courts.most_common(1)[0][0] if courts else None
    return Proposal(
        tuple(map(str, given)),
        pd.DataFrame(list(rows.values()), columns=COLUMNS),
        pd.DataFrame(asked, columns=WORDS),
        court,
        last,
    )


def _case_sheets(file: Path, name: str) -> Iterable[tuple[Layout, list[list[str]]]]:
    """The layouts of the sheets of cases, with the texts that stand in each column."""
    source = open_source(file, name)
    for sheet in sheets_of(source):
        first = next(sheet.blocks, None)
        if first is None or sheet.hidden:
            continue
        top = first().rows(LOOKED_AT)
        layout = layout_of(source, sheet, [cells for _, cells in top[:SOUGHT_IN]], {})
        if layout is None or layout.table != "cases":
            continue
        body = [cells for _, cells in top[layout.header_rows[-1] + 1 if layout.header_rows else 0 :]]
        by_column = ([row[i] for row in body if i < len(row)] for i in range(len(layout.cells)))
        yield layout, [[written(cell).strip() for cell in cells if not is_blank(cell)] for cells in by_column]


def _columns_of(layout: Layout, cells: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """What each header is taken for: by its name, else by its cells among the columns that no header names."""
    lacking = [name for name in columns("cases") if name not in layout.positions]
    entries: list[dict[str, Any]] = [
        {"header": cell.header, "column": cell.column, "found_by": "name" if cell.column else "", "filled": len(texts),
         "examples": "、".join(dict.fromkeys(texts[:3])) if _may_be_shown(cell.column, texts) else ""}
        for cell, texts in zip(layout.cells, cells, strict=True)
    ]  # fmt: skip
    likely = [
        (_likeness(entry["header"], name), i, name)
        for i, entry in enumerate(entries)
        if entry["header"] and not entry["column"] and cells[i]
        for name in lacking
        if _is_of_kind(name, cells[i])
    ]
    for likeness, i, name in sorted(likely, reverse=True):
        taken = {entry["column"] for entry in entries}
        enough = (
            0.0 if columns("cases")[name].kind == "code" else LIKE
        )  # words of a vocabulary say themselves what they are
        if likeness >= enough and name not in taken and not entries[i]["column"]:
            entries[i] |= {"column": name, "found_by": "content"}
    return entries


def _may_be_shown(column: str, texts: Sequence[str]) -> bool:
    """Whether examples name nobody: days, numbers and words of vocabularies."""
    kind = columns("cases")[column].kind if column else ""
    return kind not in ("", "text") and bool(texts)


def _likeness(header: str, name: str) -> float:
    column = columns("cases")[name]
    return max(SequenceMatcher(None, bare(header), bare(n)).ratio() for n in (column.text.zh, *column.aliases, name))


def _is_of_kind(name: str, texts: Sequence[str]) -> bool:
    """Whether most cells are what the column holds; of a text column only that they are neither days nor numbers."""
    kind = columns("cases")[name].kind
    tests: Mapping[str, Callable[[str], bool]] = {
        "date": lambda t: read_date(t) is not UNREADABLE,
        "money": lambda t: read_amount(t) is not UNREADABLE,
        "boolean": lambda t: read_boolean(t) is not UNREADABLE,
        "integer": lambda t: t.removesuffix("天").isdecimal(),
        "code": lambda t: read_code(t, name) != "other",
        "text": lambda t: read_date(t) is UNREADABLE and read_amount(t) is UNREADABLE,
    }
    return sum(map(tests[kind], texts)) >= ENOUGH * len(texts)


def _latest(last: pd.Timestamp | None, texts: Sequence[str]) -> pd.Timestamp | None:
    days = [day for text in texts if (day := read_date(text)) is not UNREADABLE and day is not None]
    return max([*(pd.Timestamp(day) for day in days), *([] if last is None else [last])], default=None)


def _nearest_code(vocabulary: str, word: str) -> str:
    known = {plain(name): code for name, code in codes_by_name(vocabulary).items()}
    near = get_close_matches(plain(word), known, n=1, cutoff=LIKE_WORD)
    return known[near[0]] if near else ""


def _names(vocabulary: str) -> list[str]:
    return [code.text.zh for code in codes(vocabulary).values()]


def _day(day: pd.Timestamp | None) -> str | None:
    return None if day is None else str(day.date())


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
