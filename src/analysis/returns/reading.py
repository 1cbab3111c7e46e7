"""Reading returns: tables of figures as somebody printed them, every value kept as text with its printed digits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from itertools import combinations, pairwise
from os import PathLike
from pathlib import Path

import pandas as pd

from analysis.files.budget import MOST_BUILT
from analysis.files.sheets import sheets_of
from analysis.files.source import open_source
from analysis.returns.cells import DATE, PERIOD, bare_number, checked, days_of, text_of
from analysis.returns.figures import (
    MEASURES,
    PRINTED_CHANGE,
    UNIT,
    kind_of,
    printed_figure,
)
from analysis.returns.headings import (
    RETURN_COLUMNS,
    column_of,
    headings,
    is_second_row,
    is_sub_heading,
    one_row,
    part_of_year,
    plain_heading,
    unit_of,
)
from analysis.returns.several_courts import COURT, is_no_court, is_own_court, is_total
from analysis.returns.upright import (
    CHANGE,
    DIFFERENCE,
    Statement,
    court_in,
    is_period,
    period_in,
    side_by_side,
    topic_in,
    unit_in,
    upright,
)
from analysis.vocabulary.columns import columns
from analysis.vocabulary.courts import court_text, is_same_court
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.frames import in_pandas
from analysis.vocabulary.indicator_sets.rates import Sets, rates
from analysis.vocabulary.kinds import must_be_kinds
from analysis.vocabulary.period_names import of_year
from analysis.vocabulary.terms import measure_text
from analysis.vocabulary.text import Text, in_language, quoted

HEADER_SOUGHT_IN = 10  # title lines above the header that are looked through
DAYS = ["period_start", "period_end"]
PERCENT = re.compile("[%％‰]")
MADE_OF = {"received": ("opening", "filed")}  # what a count is made of where it is not printed
TOTALS = ("合计", "总计", "共计", "总数", "total")
# a line below a table
NOTE = re.compile(
    r"[*※]?\s*(?:附?注|备注|说明|(?:资料|数据)?来源|[制填]表|填报|审核|负责|联系|notes?\b|source|remarks?)[^:：]{0,8}[:：]",
    re.IGNORECASE,
)
UNNAMED = re.compile(
    r"Unnamed: \d+(?:_level_\d+)?"
)  # as pandas calls a cell of a header that is merged with the one before it
OF_ROWS = ("parent", "complete")
KNOWN = {*RETURN_COLUMNS} - {"unit"}
FEWEST_MEASURES = 2  # headings that are measures, by which a line is told to be the header of a table without a court
# with a court's sign after the year, which the number of a document (青中法〔2025〕3号) has not
CASE_NUMBER = re.compile(r"[(（〔\[]\s*(?:19|20)\d{2}\s*[)）〕\]]\s*[^\s\d第].{0,15}号")
PARTIES = ("申请人", "申请执行人", "被执行人", "当事人", "applicant", "debtor", "respondent")
OF_CASES = {  # headings of registers
    plain_heading(heading)
    for column in (columns("cases")[name] for name in ("case_no", "filed_on", "closed_on", "officer", "closure_mode"))
    for heading in (column.text.zh, column.text.en, *column.aliases, *PARTIES)
}
SHOWN_HEADINGS = 20
SHOWN_LETTERS = 30  # of a heading
MOST_HEADINGS = 1_000  # each is compared with every measure known
NEAR = 0.5  # how like a known heading an unknown one must be for it to be named
Returns = str | PathLike[str] | pd.DataFrame
KINDS = "str | PathLike[str] | pd.DataFrame"


@dataclass(frozen=True)
class Sheet:
    """Raw rows of one input with the place that messages name, and the cells that were read by their number format."""

    name: str
    rows: list[tuple[int, list[object]]]  # row number as the user sees it, cells
    formats: Sequence[dict[str, object]] = ()


def read_returns(
    source: Returns | Iterable[Returns],
    *,
    columns: Mapping[str, str] | None = None,
    definitions: Sets = None,
    court: str | None = None,
) -> pd.DataFrame:
    """Read printed figures from one or several csv or workbook files (or a table at hand) as one table of text.

    One row is a court, scope and period as one source printed it. Every value stays text with its printed digits
    (``99.50`` stays ``99.50``); thousands separators, a percent sign and full-width characters are put aside.
    Amounts are 万元 and rates percent unless the row's ``unit`` (件, 万件, 亿元, ‰ …) or the value itself
    (``5.42亿元``) says otherwise. Percent cells of a workbook come as they are shown (0.8491 as 84.91); its other numbers
    come without trailing zeros: format such cells as text.

    Parameters
    ----------
    source : path, DataFrame, or several of them
        What ``read_cases`` reads: csv in any encoding, xlsx, xls, ods (the first sheet that is not hidden). Chinese headings are understood
        (受理案件总数, 结案率（%）, 受理同比; 年度 or 期间 for both days in one cell), a unit in a heading holds for its column
        (到位金额（亿元）), and the lines above the header say the period of a table that has no column of it
        (2025年1—11月全市法院执行案件情况表). The usual statement with indicators down the side
        (指标 | 2023年 | 2024年 | 同比, the court in the title above; 本年 | 上年同期 of the period in the title or the file's name),
        or with courts or one value across (指标 | 本院 | 全市平均, 指标 | 数值), is read too; ``write_returns_template`` writes the first two forms.
    columns : mapping, optional
        Heading in the file → column name here, for headings that are not known.
    definitions : str, Path or several, optional
        Definition sets or TOML files whose rates and counts are known by their names, besides those that ship.
    court : str, optional
        The court of a table that names none, neither in a column nor in its title; rows that name it in short are of it too.

    Returns
    -------
    DataFrame
        All of ``RETURN_COLUMNS`` (missing ones as NA), then any other columns, then ``file`` and ``row`` (the line in
        the file). ``period_start`` and ``period_end`` are ISO dates as text. A measure may have a companion
        ``<measure>_change``: its change against the same period of last year, percent of counts and amounts,
        percentage points of rates; ``<measure>_difference`` is that change in cases or 万元. ``parent`` names the scope
        that a row's scope is a part of, ``complete`` (是) says that the parts listed are all of it.
        ``attrs["not_understood"]`` lists the headings over figures that are no measure, each with its file and the nearest known.
        ``attrs["number_formats"]`` lists ``file, heading, shown_in, cells``: how many cells of a workbook were read as shown in ``%``, ``万元`` ….

    Raises
    ------
    InputError
        Missing or unreadable file, no ``court`` column, an unreadable date, a printed value that is no number; a column
        of rates that all lie between 0 and 1 without a percent sign, which may be 84.91% or 0.8491%.

    Examples
    --------
    >>> table = read_returns(pd.DataFrame({"法院": ["富锦市人民法院"], "受理": ["1,714"], "结案率": ["99.50%"]}))
    >>> table[["court", "received", "closure_rate", "row"]].values.tolist()
    [['富锦市人民法院', '1714', '99.50', 1]]
    """
    return _read(source, columns or {}, hashable(definitions), court, ask=True)


def read_as_printed(
    path_or_paths: Returns | Iterable[Returns], sets: Sets = None, *, court: str | None = None
) -> pd.DataFrame:
    """Read returns whose rates the counts beside them will judge: a rate of 0.8491 is kept and not asked about.

    >>> read_as_printed(pd.DataFrame({"court": ["甲法院"], "closure_rate": ["0.8491"]}))["closure_rate"].tolist()
    ['0.8491']
    """
    return _read(path_or_paths, {}, hashable(sets), court, ask=False)


def hashable(sets: Sets) -> str | Path | tuple[str | Path, ...] | None:
    """Definition sets as a key under which what was read of them is kept."""
    return sets if sets is None or isinstance(sets, (str, Path)) else tuple(sets)


def _read(
    path_or_paths: Returns | Iterable[Returns], columns: Mapping[str, str], sets: Sets, court: str | None, *, ask: bool
) -> pd.DataFrame:
    if path_or_paths is None:
        raise InputError("没有给出公布数字。", "No published figures were given.")
    whole = in_pandas(path_or_paths)
    must_be_kinds({"source": whole}, {"source": f"{KINDS} | Iterable[{KINDS}]"})
    given = [whole] if isinstance(whole, (str, PathLike, pd.DataFrame)) else [in_pandas(part) for part in whole]
    if not given:
        raise InputError("没有给出报表文件。", "No returns file was given.")
    sheets = [_sheet(source) for source in given]
    tables = [_table(sheet, columns, sets, court, ask=ask) for sheet in sheets]
    unread = [entry for part in tables for entry in part.attrs.pop("unread", [])]
    table = pd.concat(tables, ignore_index=True)
    extra = [name for name in table.columns if name not in RETURN_COLUMNS and name not in ("file", "row")]
    read = table.reindex(columns=[*RETURN_COLUMNS, *extra, "file", "row"]).astype(
        dict.fromkeys([*RETURN_COLUMNS, *extra, "file"], "str")
    )
    read = by_own_name(read, court)
    read.attrs["not_understood"] = [*_not_understood(read, extra, sets), *unread]
    read.attrs["number_formats"] = [entry for sheet in sheets for entry in sheet.formats]
    return read


def _not_understood(table: pd.DataFrame, extra: Sequence[str], sets: Sets) -> list[dict[str, str]]:
    """The headings over figures that are no measure known, with the nearest that is."""
    unknown = []
    for name in extra:
        if name in OF_ROWS or kind_of(name, sets) != "other":
            continue
        figures = table.loc[table[name].notna(), [name, "file"]]
        if any(map(_begins_with_a_figure, figures[name])):
            nearest = get_close_matches(plain_heading(name), headings(sets), n=1, cutoff=NEAR)
            near = measure_text(headings(sets)[nearest[0]]).cell if nearest else ""
            unknown.append({"file": str(figures["file"].iloc[0]), "heading": name, "nearest": near})
    return unknown


def by_own_name(returns: pd.DataFrame, court: str | None) -> pd.DataFrame:
    """Return printed figures with the court under the name given; which others it had, ``named_otherwise`` says.

    Two names in one period whose figures differ are left: they may be two courts of one short name, or one court twice.

    >>> by_own_name(read_returns(pd.DataFrame({"法院": ["青石法院"], "受理": ["12"]})), "青石县人民法院")["court"].tolist()
    ['青石县人民法院']
    """
    names = returns["court"].dropna().unique()
    own = [name for name in names if court is not None and is_same_court(name, court)]
    other = [name for name in own if name != court]
    if court is None or not other:
        return returns
    may_be_one = all(is_same_court(*pair) for pair in combinations(own, 2))
    if not (may_be_one and _say_the_same(returns[returns["court"].isin(own)])):
        left = returns.copy(deep=False)
        left.attrs["left_apart"] = own if may_be_one else []
        return left
    named = returns.assign(court=returns["court"].replace(other, court))
    named.attrs["named_otherwise"] = [{"name": name, "court": court} for name in other]
    return named


def _say_the_same(rows: pd.DataFrame) -> bool:
    """Whether no two rows of one period and scope give different figures."""
    place = [name for name in ("period_start", "period_end", "scope") if name in rows]
    figures = rows.reindex(columns=[name for name in MEASURES if name in rows])
    different = figures.groupby([rows[name] for name in place], dropna=False).nunique()
    return not different.gt(1).any(axis=None)


def named_otherwise(returns: pd.DataFrame) -> list[Text]:
    """Say by which other name the court stands in its published figures, and which names may be one court's and are counted apart.

    >>> table = read_returns(pd.DataFrame({"法院": ["青石县法院"], "受理": ["12"]}), court="河北省青石县人民法院")
    >>> print(named_otherwise(table)[0].zh)
    公布数字中的“青石县法院”作河北省青石县人民法院读出。
    """
    said = [
        Text(
            f"公布数字中的“{entry['name']}”作{entry['court']}读出。",
            f'"{entry["name"]}" in the published figures is read as {court_text(entry["court"]).en}.',
        )
        for entry in returns.attrs.get("named_otherwise", ())
    ]
    if apart := returns.attrs.get("left_apart"):
        names = quoted(apart)
        said.append(
            Text(
                f"公布数字中的{names.zh}同一时期数字不同，按不同的法院计；是一个法院的，请改成同一名称，并只留一行。",
                f"{names.en} in the published figures have different figures of one period and count as different courts; where they are one, "
                "write one name and keep one row.",
            )
        )
    return said


def headings_not_understood(returns: pd.DataFrame) -> list[Text]:
    """Name the headings of published figures that are no known measure, each with the nearest, one sentence a heading.

    >>> table = pd.DataFrame()
    >>> table.attrs["not_understood"] = [{"file": "a.csv", "heading": "结案比率", "nearest": "结案率\\nclosure rate"}]
    >>> print(headings_not_understood(table)[0].zh)
    a.csv：“结案比率”不是认识的指标，没有核对（最接近：结案率）。
    """
    said = []
    for entry in returns.attrs.get("not_understood", ()):
        near = [in_language(entry["nearest"], language) for language in ("zh", "en")] if entry["nearest"] else None
        said.append(
            Text(
                f"{entry['file']}：“{entry['heading']}”不是认识的指标，没有核对{f'（最接近：{near[0]}）' if near else ''}。",
                f'{entry["file"]}: "{entry["heading"]}" is no known measure and was not checked{f" (nearest: {near[1]})" if near else ""}.',
            )
        )
    return said


def _begins_with_a_figure(cell: str) -> bool:
    """Return whether a cell is a figure or begins with one (36天, 12件（含旧存3件）); a day is none, though 1203 or 1203.5 is no year or month."""
    bare = bare_number(cell)
    found = DATE.fullmatch(bare)
    is_day = found is not None and (found[3] is not None or any(sign in bare for sign in "-/年"))
    return bool(PRINTED_CHANGE.match(bare)) and not is_day


def _sheet(source: Returns) -> Sheet:
    if isinstance(source, pd.DataFrame):
        return _frame_sheet(source)
    path = Path(source)
    if not path.exists():
        raise InputError(
            f"找不到报表文件 {path}。请检查路径和文件名。", f"Returns file {path} was not found. Check path and name."
        )
    return _file_sheet(path)


def _frame_sheet(table: pd.DataFrame) -> Sheet:
    """A table at hand; one that came from ``read_returns`` keeps the places it carries."""
    body = table.drop(columns=[name for name in ("file", "row") if name in table])
    header: list[object] = [*body.columns, *(name for name in ("file", "row") if name in table)]
    body = table[header]
    levels = [body.columns.get_level_values(n) for n in range(body.columns.nlevels)]
    rows = [(0, ["" if UNNAMED.fullmatch(str(name)) else name for name in level]) for level in levels]
    rows += [(n, list(cells)) for n, cells in enumerate(body.itertuples(index=False, name=None), start=1)]
    return Sheet("DataFrame", rows, table.attrs.get("number_formats", ()))


def _file_sheet(path: Path) -> Sheet:
    """The first sheet of a file that is not hidden."""
    for sheet in sheets_of(open_source(path, path.name), most_cells=MOST_BUILT):
        if not sheet.hidden:
            rows: list[tuple[int, list[object]]] = [(0, list(sheet.header))] if sheet.header else []
            formats: Counter[tuple[int, str]] = Counter()
            for read in sheet.blocks:
                block = read()
                rows += block.rows()
                formats.update((column, by) for _, column, by in block.formats)
            return Sheet(path.name, rows, [_formatted(path.name, rows, *key, n) for key, n in sorted(formats.items())])
    return Sheet(path.name, [])


def _formatted(
    name: str, rows: Sequence[tuple[int, list[object]]], column: int, by: str, cells: int
) -> dict[str, object]:
    """How many cells of a column were read as their number format shows them, under what stands at its top."""
    heading = next(text for _, line in rows if column < len(line) and (text := text_of(line[column])))
    return {"file": name, "heading": heading, "shown_in": by, "cells": cells}


def _must_be_few(name: str, headings: Sequence[str]) -> None:
    number = sum(1 for heading in headings if heading)
    if number > MOST_HEADINGS:
        raise InputError(
            f"{name}：有{number:,}个表头，不是报表。请检查文件，或删去不需要的列。",
            f"{name} has {number:,} headings: it is no return. Check the file, or delete the columns that are not needed.",
        )


def _must_be_no_register(name: str, headings_: Sequence[str], rows: Sequence[tuple[int, list[object]]]) -> None:
    """Raise ``InputError`` for a register of cases, of which nothing is quoted: its cells are of persons."""
    of_cases = {plain_heading(heading) for heading in headings_} & OF_CASES
    numbered = any(
        CASE_NUMBER.search(text_of(cell) or "") for cells in (headings_, *(c for _, c in rows)) for cell in cells
    )
    if numbered or "案号" in of_cases or len(of_cases) > 1:
        raise InputError(
            f"{name}：这是逐案登记的案件台账，不是报表（每行应为一个法院一个时期的公布数字）。台账请用 read_cases()，或 court-analysis report。",
            f"{name}: this is a register with one case a line, no return (each line being one court's published figures of one period). "
            "Read registers with read_cases(), or court-analysis report.",
        )


def _must_be_no_heading(name: str, rows: Sequence[tuple[int, list[object]]]) -> None:
    """Raise ``InputError`` where the line below a header is one more of it: a header of three rows, or of cells merged otherwise."""
    line, cells = rows[0] if rows else (0, [])
    said = [text for cell in cells if (text := text_of(cell))]
    if not any(map(is_sub_heading, said)) or any(map(_begins_with_a_figure, said)):
        return
    raise InputError(
        f"{name} 第{line}行：“{'”、“'.join(said[:SHOWN_HEADINGS])}”像是表头的又一行。表头只读一行或两行，两行的应是“受理案件”下分“件数”“同比”，"
        "法院一栏上下并为一格。请把表头并成一行，如“受理案件数”“受理案件同比”。",
        f'{name} row {line}: "{", ".join(said[:SHOWN_HEADINGS])}" seems to be one more line of the header. A header has one row or two, such as '
        "受理案件 over 件数 and 同比, with one cell for the court. Write it in one row, such as 受理案件数, 受理案件同比.",
    )


def _table(sheet: Sheet, columns: Mapping[str, str], sets: Sets, court: str | None, *, ask: bool) -> pd.DataFrame:
    statement = upright(sheet.rows, text_of, sheet.name)
    if statement is None:
        return _rows_of_table(sheet, {}, columns, sets, court, ask=ask)
    if not statement.rows:
        return pd.DataFrame(columns=["court", "file", "row"])  # a form in which nothing is filled in
    at = sum(1 for line, _ in sheet.rows if line < statement.header_row)
    table = _rows_of_table(*_on_its_side(sheet, statement), columns, sets, court, ask=ask, header_at=at)
    table.attrs["unread"] = [{"file": sheet.name, "heading": heading, "nearest": ""} for heading in statement.unread]
    return table


def _rows_of_table(
    sheet: Sheet,
    lines: Mapping[str, int],
    columns: Mapping[str, str],
    sets: Sets,
    court: str | None,
    *,
    ask: bool,
    header_at: int | None = None,
) -> pd.DataFrame:
    """The rows of a table with a line a court and period; ``lines``: in which line of the file an indicator stands, where it is not that of its row.

    ``header_at`` is the place of its header, where that is known.
    """
    headings_, rows, above = _header(sheet, columns, sets) if header_at is None else _split(sheet, header_at)
    rows = _without_notes(rows)
    _must_be_few(sheet.name, headings_)
    _must_be_no_heading(sheet.name, rows)
    _must_be_no_register(sheet.name, headings_, [*above, *rows[:HEADER_SOUGHT_IN]])
    names = [column_of(heading, columns, sets) for heading in headings_]
    names = _with_courts(names, rows)
    court = court_in(above) or court
    if "court" not in names and (court is None or not {*MEASURES} & {*names}):
        raise _no_court(sheet.name, [heading for heading in headings_ if heading])
    of_all, topic = unit_in(above), topic_in(above)
    units = {
        name: unit
        for name, heading in zip(names, headings_, strict=True)
        if (unit := unit_of(heading, name, sets, of_all is not None))
    }
    repeated = sorted(name for name, times in Counter(names).items() if name and times > 1)
    if repeated:
        raise InputError(
            f"{sheet.name}：列“{'”、“'.join(repeated)}”出现不止一次（含同义表头），请只留一列，或用 columns= 区分。",
            f"{sheet.name}: column {', '.join(repeated)} stands more than once (synonyms count). "
            "Keep one, or tell them apart with columns=.",
        )
    names = _with_total(names, rows)
    records = []
    of_rates = [name for name in names if kind_of(name, sets) == "rate"]
    signed: set[str] = set()  # columns that say of themselves what their rates count
    dated = {PERIOD, *DAYS} & set(names)
    one_cell = dated == {PERIOD}
    cells_of = {name: [line[at] for _, line in rows if at < len(line)] for at, name in enumerate(names)}
    if court is None and any(is_own_court(text_of(cell)) for cell in cells_of.get("court", ())):
        raise _no_court(sheet.name, [heading for heading in headings_ if heading])
    of_title = [] if dated else [str(day) for day in period_in(above) or ()]
    part = part_of_year(cells_of) if one_cell or of_title else None
    for number, cells in rows:
        record = dict(zip(names, cells, strict=False))
        record.pop("", None)
        place = text_of(record.pop("file", None)) or sheet.name
        stated = text_of(record.pop("row", None)) or ""
        line = int(stated) if stated.isdecimal() else number
        texts = {name: text_of(value) for name, value in record.items()}
        texts |= {
            name: text + units[name] for name, text in texts.items() if name in units and text and text[-1].isdigit()
        }
        if any(texts.values()):
            texts["court"] = _court_of(texts["court"], cells, court) if "court" in names else court
            texts |= {} if texts.get("unit") or not of_all else {"unit": of_all}
            texts |= {} if "scope" in names or not topic else {"scope": topic}
        if any(texts.values()):
            texts = _dated(texts, of_title, part, place, line)
        signed |= {name for name in of_rates if PERCENT.search(f"{texts.get(name)}{texts.get('unit')}")}
        if any(texts.values()):
            records.append(
                checked(texts, place, {name: lines.get(name, line) for name in texts}, sets)
                | {"file": place, "row": line}
            )
    if ask and "file" not in names:  # a table that was read before was asked then
        _must_not_be_shares(records, [name for name in of_rates if name not in signed], sets)
    kept = [name for name in names if name and name not in ("file", "row", part)]
    if one_cell:
        kept[kept.index(PERIOD) : kept.index(PERIOD) + 1] = DAYS
    kept += DAYS if of_title else []
    kept += [name for name, said in (("court", court), ("unit", of_all), ("scope", topic)) if said and name not in kept]
    return pd.DataFrame(records, columns=[*kept, "file", "row"])


def _court_of(stated: str | None, cells: Sequence[object], own: str | None) -> str | None:
    """The court of a row: the one stated, the own one for 本院; where none is, 合计 under 序号 or across both cells."""
    if is_own_court(stated):
        return own
    first = next((text for cell in cells if (text := text_of(cell))), "")
    return stated or (first if is_no_court(first) else None)


def _dated(
    texts: dict[str, str | None], of_title: Sequence[str], part: str | None, place: str, line: int
) -> dict[str, str | None]:
    """The cells of a row with the days of its period: those of the title, or of its one cell, or of the ``part`` of that year."""
    one_cell = PERIOD in texts and not {*DAYS} & {*texts}
    if part:
        said = texts.pop(part, None)
        year = texts.get(PERIOD) if one_cell else _whole_year(of_title)
        if year and said and not is_total(said):
            texts.pop(PERIOD, None)
            return texts | days_of(of_year(year, plain_heading(part), said), place, line)
    if of_title:
        return texts | dict(zip(DAYS, of_title, strict=True))
    return texts | days_of(texts.pop(PERIOD), place, line) if one_cell else texts


def _whole_year(days: Sequence[str]) -> str | None:
    """The year that two days are the ends of."""
    year = days[0][:4]
    return year if [*days] == [f"{year}-01-01", f"{year}-12-31"] else None


def _with_courts(names: list[str], rows: Sequence[tuple[int, list[object]]]) -> list[str]:
    """The column names, one whose cells name courts called so: 单位 in the bulletin of a higher court, which the title names."""
    if "court" in names:
        return names
    for at, name in enumerate(names):
        cells = [text for _, line in rows if at < len(line) and (text := text_of(line[at])) and not is_total(text)]
        several = len(set(cells)) > 1
        are_courts = 2 * sum(cell.lower().endswith(COURT) for cell in cells) > len(cells) and name not in KNOWN
        no_units = name == "unit" and len(set(cells)) == len(cells) and not any(map(UNIT.search, cells))
        if several and (are_courts or no_units):
            return [*names[:at], "court", *names[at + 1 :]]
    return names


def _with_total(names: list[str], rows: Sequence[tuple[int, list[object]]]) -> list[str]:
    """The column names, a column of totals named by what it proves to add up in every row: 旧存, 新收, 合计."""
    at = next((n for n, name in enumerate(names) if name.lower() in TOTALS), None)
    if at is None or "received" in names or not {"opening", "filed"} <= set(names):
        return names
    columns = (names.index("opening"), names.index("filed"), at)
    added = [[text_of(cells[n]) for n in columns] for _, cells in rows if len(cells) > max(columns)]
    told = [
        [int(str(text).replace(",", "")) for text in line]
        for line in added
        if all(str(t).replace(",", "").isdigit() for t in line)
    ]
    right = sum(one + other == total for one, other, total in told)
    return [*names[:at], "received", *names[at + 1 :]] if told and 2 * right > len(told) else names


def _must_not_be_shares(records: Sequence[Mapping[str, object]], of_rates: Sequence[str], sets: Sets) -> None:
    """Raise ``InputError`` for rates that are all between 0 and 1: 84.91% as a share, or rates below one percent."""
    for name in of_rates:
        stated = [(printed_figure(str(r[name]), name, kind="rate").value, r) for r in records if r.get(name)]
        above_zero = [(rate, r) for rate, r in stated if rate > 0]
        if (
            not above_zero
            or any(rate > 1 for rate, _ in stated)
            or any(_told_by_counts(r, name, sets) for _, r in above_zero)
        ):
            continue
        _, record = min(above_zero, key=lambda pair: pair[0] == 1)
        place, line, written = record["file"], record["row"], record[name]
        percent = f"{Decimal(str(written)) * 100:f}"
        percent = percent.rstrip("0").rstrip(".") if "." in percent else percent
        raise InputError(
            f"{place} 第{line}行，列 {measure_text(name).zh}：“{written}”是{percent}%还是{written}%？该列各行都在0与1之间，看不出来。"
            f"请写上百分号（{percent}%或{written}%），或在 Excel 中把该列设为百分比格式。",
            f'{place} row {line}, column {measure_text(name).en}: is "{written}" {percent}% or {written}%? All of the column lies between 0 and '
            f"1, so it cannot be told. Write the percent sign ({percent}% or {written}%), or format the column as percentages "
            "in Excel.",
        )


def _told_by_counts(record: Mapping[str, object], name: str, sets: Sets) -> bool:
    """Return whether the counts printed beside a rate give it in percent: 1 of 128 is 0.78."""

    def count(column: str) -> Fraction | None:
        text = str(record.get(column) or "")
        if text.isdigit():
            return Fraction(text)
        parts = [str(record.get(part) or "") for part in MADE_OF.get(column, ())]
        return sum(map(Fraction, parts), Fraction(0)) if parts and all(part.isdigit() for part in parts) else None

    printed = printed_figure(str(record[name]), name).interval("either")
    for formula in rates(sets)[name].formulas:
        top, bottom = ([count(q.printed) for q in side] for side in (formula.numerator, formula.denominator))
        known = [sum((n for n in side if n is not None), Fraction(0)) for side in (top, bottom)]
        if None not in (*top, *bottom) and known[1] and printed.holds(100 * known[0] / known[1]):
            return True
    return False


def _on_its_side(sheet: Sheet, statement: Statement) -> tuple[Sheet, dict[str, int]]:
    """A statement with its indicators down the side, laid on it, and the line of each of them."""
    first = statement.header_row
    above = [row for row in sheet.rows if row[0] < first]
    lines = {
        column_of(label + what, {}, None): line
        for (_, label), line in statement.lines.items()
        for what in ("", CHANGE, DIFFERENCE)
    }
    return Sheet(sheet.name, [*above, (first, statement.header), *statement.rows]), lines


def _no_court(name: str, present: Sequence[str]) -> InputError:
    # where no heading is known, the first line may be cells of persons
    known = any(column_of(heading, {}, None) in RETURN_COLUMNS for heading in present)
    shown = (
        "、".join(heading[:SHOWN_LETTERS] for heading in present[:SHOWN_HEADINGS])
        if known
        else f"{len(present)}个，都不是报表的列名"
    )
    listed = shown if known else f"{len(present)}, none of which is of a return"
    return InputError(
        f"{name}：没有写明法院。请加一列“法院”，或在表上方的标题中写出院名（如“青石县人民法院主要指标”），"
        f"或给出 court=（命令行：本院说明文件）。现有列名：{shown}。",
        f"{name}: no court is named. Add a column court, name it in a title above the table, or give court= (on the command line: the "
        f"court's file). Headings: {listed}.",
    )


def _header(
    sheet: Sheet, columns: Mapping[str, str], sets: Sets
) -> tuple[list[str], list[tuple[int, list[object]]], list[tuple[int, list[object]]]]:
    """Headings of the line that names a court, else of the first with two measures; the rows below it, and those above."""
    lines = [[text_of(cell) or "" for cell in cells] for _, cells in sheet.rows[:HEADER_SOUGHT_IN]]
    named = [[column_of(cell, columns, sets) for cell in cells] for cells in lines]
    with_court = [i for i, names in enumerate(named) if "court" in names]
    measured = [i for i, names in enumerate(named) if len({*MEASURES} & {*names}) >= FEWEST_MEASURES]
    seconds = {i + 1 for i, (upper, lower) in enumerate(pairwise(lines)) if is_second_row(upper, lower, columns, sets)}
    at = next(iter([*with_court, *measured, 0]))
    at -= at in seconds
    if at + 1 not in seconds:
        return lines[at] if lines else [], sheet.rows[at + 1 :], sheet.rows[:at]
    if any(map(is_period, lines[at])):
        raise side_by_side(sheet.name, sheet.rows[at][0])
    return one_row(lines[at], lines[at + 1], columns, sets), sheet.rows[at + 2 :], sheet.rows[:at]


def _split(sheet: Sheet, at: int) -> tuple[list[str], list[tuple[int, list[object]]], list[tuple[int, list[object]]]]:
    """The same of a header whose place is known."""
    return [text_of(cell) or "" for cell in sheet.rows[at][1]], sheet.rows[at + 1 :], sheet.rows[:at]


def _without_notes(rows: Sequence[tuple[int, list[object]]]) -> list[tuple[int, list[object]]]:
    """The rows without the notes and signatures below a table (注：…, 填表人：…): lines without a figure, and what goes on below in one cell."""
    kept, noted = [], False
    for line, cells in rows:
        said = [text for cell in cells if (text := text_of(cell))]
        figures = any(PRINTED_CHANGE.fullmatch(bare_number(text)) for text in said)
        goes_on = noted and len(said) < FEWEST_MEASURES and not any(text.lower().endswith(COURT) for text in said)
        noted = not figures and (goes_on or bool(said and NOTE.match(said[0])))
        if not noted:
            kept.append((line, cells))
    return kept


def rows_of(returns: pd.DataFrame) -> Iterator[dict[str, str | None]]:
    """Each row as a dictionary with ``None`` for what was not printed."""
    for record in returns.astype(object).where(returns.notna(), None).to_dict("records"):
        yield {str(name): value for name, value in record.items()}
