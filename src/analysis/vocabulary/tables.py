"""Tables as a notebook shows them: headings in the language spoken with the column's name beneath, numbers as people write
them, what the table says of itself below, long ones with search and pages."""

from __future__ import annotations

import html
import re
from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.vocabulary.dates import FREQS, are_periods, day_text, period_text
from analysis.vocabulary.errors import must_differ
from analysis.vocabulary.indicator_sets.sets import own_names
from analysis.vocabulary.labels import (
    STATISTICS,
    code_text,
    dictionary,
    group_text,
    heading,
    is_known,
    plain_heading,
    read,
    said_table,
    table_of,
    units_of,
    units_of_rows,
)
from analysis.vocabulary.numbers import MISSING, column, factor_of, is_number, quantity
from analysis.vocabulary.text import Text, in_language, number_of, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN_ROWS = 20  # a longer table gets search and pages
MOST_ROWS = 2_000  # beyond, a notebook would become slow to open
NAMED = 5  # columns that a table without rows names
LONG = 30  # characters; a longer text keeps a width in which it can be read
# whole numbers that are no amounts: no separators
ORDINALS = ("year", "filed_year", "period", "period_from", "period_to", "at", "at_start", "at_end", "row", "rank")
SAYS_WHAT = ("unit", "measure", "indicator", "criterion")  # a table with one of these has another quantity in each row
# of a row that has a unit of its own
IN_ITS_UNIT = (
    "value", "base", "change", "expected", "lower", "upper", "least", "most", "quota", "interval_low", "interval_high", "centre", "target", "first", "now",
    "median_change", "largest_change", "value_start", "value_end", "of_definition", "of_work", "peers", "peers_lower", "peers_upper", "shrunken", "gap",
    "detectable", "pooled", "p10", "p25", "p50", "p75", "p90",
)  # fmt: skip
COUNTS = {
    "count",
    "size",
    "nunique",
    "unique",
    "freq",
}  # statistics of pandas that count rows, whatever their column's unit
DESCRIBED = {"count", "mean", "std"}  # rows of what pandas' describe gives
PAGES = [SHOWN_ROWS, 50, 100, 500]
LANGUAGE = {  # of DataTables, which speaks English
    "search": "查找：",
    "lengthMenu": "每页 _MENU_ 行",
    "info": "第 _START_–_END_ 行，共 _TOTAL_ 行",
    "infoEmpty": "没有行",
    "infoFiltered": "（自 _MAX_ 行中）",
    "zeroRecords": "没有相符的行",
}
# The name that code uses stands beneath each heading without being part of its text: a copied table has headings alone.
STYLE = """<style>
.court-table :is(th,td){text-align:left!important;vertical-align:top!important}
.court-table .n{text-align:right!important}
.court-table td.n{white-space:nowrap}
.court-table th{min-width:3.5em;max-width:12em;white-space:normal}
.court-table td:first-child:not(.n){min-width:8em}
.court-table th[data-id]::after{content:attr(data-id);display:block;font-weight:normal;font-size:85%;opacity:.65}
.court-table td{max-width:32em;overflow-wrap:break-word}
.court-table .t{min-width:20em}
</style>"""


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with headings and every cell as a person reads it, in the language spoken.

    >>> in_words(pd.DataFrame({"filed": [3], "share": [0.99125], "basis": ["civil"]})).to_dict("list")
    {'新收': ['3'], '占比（%）': ['99.13'], '执行依据': ['民事']}
    """
    table = told_once(table)
    cells = cells_in_words(table)
    return pd.DataFrame(cells, index=table.index).set_axis(headings(table), axis=1)


def labelled(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table under the headings that people read, codes as words, for work that goes on: numbers stay numbers, days days.

    Rates that a table holds as shares of 1 are given in percent, as the heading or the row's unit says.

    Parameters
    ----------
    table : DataFrame
        A table of the package, or one's own with its columns, of any library.

    Returns
    -------
    DataFrame
        The same rows under other headings.

    >>> labelled(pd.DataFrame({"filed": [3], "share": [0.5], "basis": ["civil"]})).to_dict("list")
    {'新收': [3], '占比（%）': [50.0], '执行依据': ['民事']}
    >>> labelled(pd.DataFrame({"unit": ["share", "天"], "value": [0.5, 9.0]})).to_dict("list")
    {'单位': ['%', '天'], '数值': [50.0, 9.0]}
    """
    must_differ(table.columns)
    table = with_groups(told_once(table))
    name, units, mixed = table_of(table), units_of(table), units_of_rows(table) is not None
    counts_rows = counts_of_rows(table) is not None
    cells: dict[Any, pd.Series] = {}
    for key, values in table.items():
        of_rows = counts_rows or (mixed and str(key) in IN_ITS_UNIT)
        factor = factor_of(units[str(key)])
        factors = [factor_of(u) for u in units_of_cells(table, str(key))] if of_rows else None
        if _is_number(values):
            cells[key] = values * (factor if factors is None else factors)
        elif pd.api.types.is_datetime64_any_dtype(values):
            cells[key] = values
        else:  # numbers may stand among words, as where somebody wrote a dash for what is missing
            told = [
                value * factor if is_number(value) else value if _is_missing(value) else read(str(key), value, name)
                for value, factor in zip(values.astype(object), factors or repeat(factor), strict=False)
            ]
            cells[key] = pd.Series(told, index=table.index, dtype=None if told else object)
    return pd.DataFrame(cells, index=table.index).set_axis(headings(table), axis=1).set_axis(_said(table.index, name))


def _said(index: pd.Index, table: str) -> pd.Index:
    """The index of a table with the words of its codes and levels; one without a name as it is."""
    if isinstance(index, pd.MultiIndex):
        return pd.MultiIndex.from_arrays([_said(index.get_level_values(i), table) for i in range(index.nlevels)])
    if index.name is None:
        return pd.Index(map(statistic, index)) if is_summary(index) else index
    if (
        isinstance(index, pd.CategoricalIndex)
        or pd.api.types.is_object_dtype(index)
        or pd.api.types.is_string_dtype(index)
    ):
        index = pd.Index([statistic(read(str(index.name), value, table)) for value in index], name=index.name)
    return index.rename(str(heading(str(index.name), table)))


def headings(table: pd.DataFrame, name: str = "") -> list[str]:
    """Return the headings of a table in the language spoken; indicators as definitions of a court's own call them.

    A code whose heading another column has stands beside it.

    >>> headings(pd.DataFrame(columns=["court", "share"])), headings(pd.DataFrame(columns=["filed", "新收"]))
    (['法院', '占比（%）'], ['新收（filed）', '新收'])
    """
    name = name or table_of(table)
    units, called = units_of(table, name), own_names(table)
    said = [
        in_language(called[column])
        if column in called
        else made_heading(column, table.columns.names)
        or str(
            (plain_heading(column, table) if not name else None)
            or heading(column_name(column), name, unit=units[str(column)])
        )
        for column in table.columns
    ]
    return [
        str(Text(f"{words}（{column}）", f"{words} ({column})")) if words != column and said.count(words) > 1 else words
        for words, column in zip(said, map(_code, table.columns), strict=True)
    ]


def made_heading(column: Any, names: Sequence[Any]) -> str:
    """Return the heading of a column that a pivot or a count made: values by the words of what they are values of; empty for another's.

    >>> made_heading("settled", ["closure_mode"]), made_heading(("filed", "civil"), [None, "basis"]), made_heading("filed", [None])
    ('和解', '新收·民事', '')
    """
    if isinstance(column, tuple):
        of_parts = names if len(names) == len(column) else [None] * len(column)
        summed = max((i for i, name in enumerate(of_parts) if name is None and column[i] in STATISTICS), default=None)
        parts = [
            str(statistic(part)) if i == summed else made_heading(part, [name]) or _called(column_name(part))
            for i, (part, name) in enumerate(zip(column, of_parts, strict=True))
            if part != ""
        ]
        return "·".join(parts)
    if isinstance(column, date):
        return str(column).removesuffix(" 00:00:00")
    words = column if names[0] is None else statistic(read(str(names[0]), column))
    return "" if words is column or words == column else str(words)


def is_summary(index: pd.Index) -> bool:
    """Return whether rows are the statistics of ``describe``, or the last is the margin of a pivot.

    >>> is_summary(pd.Series([1, 2]).describe().index), is_summary(pd.Index(["甲", "All"])), is_summary(pd.Index([0, 1]))
    (True, True, False)
    """
    last = index[-1] if len(index) else None
    return "All" in (last if isinstance(last, tuple) else (last,)) or {*index} >= DESCRIBED


def statistic(name: Any) -> Any:
    """Return the words for a statistic as pandas names it in a summary (``sum``, ``25%``, the margin ``All``); anything else as it is.

    >>> statistic("std"), statistic("25%"), statistic("civil")
    ('标准差', '25%', 'civil')
    """
    return str(STATISTICS[name]) if isinstance(name, str) and name in STATISTICS else name


def column_name(column: Any) -> str:
    """Return a column's name as text, a year as such where blanks beside it made it a number with decimals.

    >>> column_name(2011.0), column_name("filed")
    ('2011', 'filed')
    """
    return str(int(column)) if isinstance(column, float) and column.is_integer() else str(column)


def _code(column: Any) -> str:
    """What tells a column from another of the same heading: its name, of a pair the last."""
    return str(column[-1] if isinstance(column, tuple) else column)


def _called(column: str) -> str:
    """A column's name without its unit, of which a value beside it may be none."""
    return str(dictionary()[column].text) if column in dictionary() else column


def written(values: pd.Series, *, unit: str | None = None, mixed: bool = False, table: str = "") -> list[str]:
    """Return the cells of a column as text: numbers by their unit, codes by their names, days as such.

    A column that holds one quantity is written in one way; in a ``mixed`` one each number for itself.

    >>> written(pd.Series([1234.0, 5, None])), written(pd.Series([99.5798, 0.1])), written(pd.Series([True, False]))
    (['1,234', '5', '—'], ['99.58', '0.100'], ['是', '否'])
    """
    name = str(values.name)
    if pd.api.types.is_datetime64_any_dtype(values):
        return [MISSING if pd.isna(v) else f"{v:%Y-%m-%d}" for v in values]
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        separated = name not in ORDINALS
        if mixed:
            return [quantity(v, unit, separated=separated) for v in values]
        return column(values, unit, separated=separated)
    return [_text(name, v, unit, table) for v in values]


def _text(column: str, value: Any, unit: str | None, table: str) -> str:
    if isinstance(value, (list, tuple, set, dict)):
        return str(value)
    if is_number(value):
        return quantity(value, unit, separated=column not in ORDINALS)
    if isinstance(value, pd.Timestamp) and not pd.isna(value):
        return f"{value:%Y-%m-%d}"
    return MISSING if pd.isna(value) else str(read(column, value, table))


def told_once(table: pd.DataFrame) -> pd.DataFrame:
    """The table without the code of a reason that its explanation says in the same words.

    >>> told_once(pd.DataFrame({"reason": ["scope"], "explanation": ["案件范围不同"]})).columns.tolist()
    ['explanation']
    """
    if not {"reason", "explanation"} <= set(table.columns):
        return table
    codes, said = (written(table[name], table=table_of(table)) for name in ("reason", "explanation"))
    return table.drop(columns="reason") if codes == said else table


def with_groups(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a word for the group of those that state none, and indicators as definitions of a court's own call them."""
    by = table.attrs.get("by")  # what a user notes under that name may be anything
    blank = [
        name for name in (by if isinstance(by, (list, tuple)) else ()) if name in table and table[name].isna().any()
    ]
    words = {name: table[name].astype(object).where(table[name].notna(), str(group_text(name, None))) for name in blank}
    called = own_names(table)
    for name in ("indicator", "left_out") if called else ():
        if name in table:
            words[name] = table[name].map(lambda value: called.get(value, value))
    if "covariate" in table:  # of a model: the groups of each column in its words
        for name in {"level", "reference"} & {*table}:
            pairs = zip(table["covariate"], table[name], strict=True)
            words[name] = [value if pd.isna(value) else str(group_text(column, value)) for column, value in pairs]
        words["covariate"] = [str(heading(column)) for column in table["covariate"]]
    return table.assign(**words)


def table_html(table: pd.DataFrame, caption: str = "") -> str:
    """A table as escaped HTML with headings in the language spoken; a long one with search and pages, where scripts run.

    Without scripts ``SHOWN_ROWS`` rows are shown and the rest is counted.
    """
    table = told_once(table)
    plain = STYLE + _plain(table)
    shown = plain if len(table) <= SHOWN_ROWS else _paged(table, plain)
    return (f"<p><strong>{html.escape(caption)}</strong></p>" if caption else "") + shown


def _plain(table: pd.DataFrame) -> str:
    top = table.head(SHOWN_ROWS)
    columns = cells_in_words(top)
    kind = {name: ' class="n"' if _is_number(top[name]) else "" for name in top.columns}
    heads = "".join(
        f"<th{kind[name]}{_id_of(name)}>{html.escape(said)}</th>"
        for name, said in zip(top.columns, headings(top), strict=True)
    )
    rows = "".join(
        f"<tr>{''.join(_cell(name, kind[name], columns[name][i], top[name].iloc[i]) for name in columns)}</tr>"
        for i in range(len(top))
    )
    rest = len(table) - len(top)
    more = f"<p>{Text(f'另有{rest:,}行', f'{rest:,} more rows')}</p>" if rest > 0 else ""
    return f'<table class="dataframe court-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{more}'


def _cell(column: Any, kind: str, shown: str, value: Any) -> str:
    kind = kind or (' class="t"' if len(shown) > LONG else "")
    is_code = isinstance(value, str) and value != shown and code_text(str(column), value) is not None
    code = f' title="{html.escape(value)}"' if is_code else ""
    return f"<td{kind}{code}>{html.escape(shown)}</td>"


def cells_in_words(table: pd.DataFrame) -> dict[Any, list[str]]:
    """Return the cells of each column as a person reads them: of rows that are several quantities each by its own unit."""
    table = with_groups(table)
    mixed = any(name in table for name in SAYS_WHAT)
    known, units = table_of(table), units_of(table)
    cells = {name: written(table[name], unit=units[str(name)], mixed=mixed, table=known) for name in table.columns}
    of_rows, counts_rows = units_of_rows(table) is not None, counts_of_rows(table) is not None
    for name in table.columns:
        if counts_rows or (of_rows and name in IN_ITS_UNIT):
            held = zip(table[name], units_of_cells(table, name), cells[name], strict=True)
            cells[name] = [quantity(v, unit) if is_number(v) else said for v, unit, said in held]
    if names_its_periods(table):
        cells["period"] = [str(period_text(day, table.attrs["freq"])) for day in table["period"]]
    return cells


def units_of_cells(table: pd.DataFrame, name: str) -> list[str | None]:
    """Return the unit of each number of a column: the row's own, where the rows of a table are several quantities, else the column's."""
    of_rows = units_of_rows(table) if name in IN_ITS_UNIT else None
    of_column, counts = units_of(table)[name], counts_of_rows(table) or [False] * len(table)
    return [
        None if is_count else unit or of_column
        for unit, is_count in zip(of_rows or [None] * len(table), counts, strict=True)
    ]


def counts_of_rows(table: pd.DataFrame) -> list[bool] | None:
    """Return which rows of a summary (``describe``) are counts of rows, in no unit of their column; ``None`` for other tables.

    >>> counts_of_rows(pd.DataFrame({"share": [0.5, 0.7]}).describe()), counts_of_rows(pd.DataFrame({"share": [0.5]}))
    ([True, False, False, False, False, False, False, False], None)
    """
    said = table.attrs.get("counts")  # of a summary whose rows have lost their names
    if isinstance(said, list) and len(said) == len(table):
        return said
    is_unnamed = table.index.names == [None] and not pd.api.types.is_numeric_dtype(table.index)
    return [row in COUNTS for row in table.index] if is_unnamed and not COUNTS.isdisjoint(table.index) else None


def names_its_periods(table: pd.DataFrame) -> bool:
    """Return whether the days under ``period`` begin periods that have names, and not longer ones to which somebody added these up."""
    freq, days = table.attrs.get("freq"), table.get("period")
    return freq in FREQS and days is not None and days.dtype.kind == "M" and are_periods(days, freq)


def said_of_rows(frame: pd.DataFrame) -> dict[str, Any]:
    """Return what the names of its rows say of a frame, for a copy without them: counts, and no frequency where pandas made other periods."""
    said, made = frame.attrs.get("freq"), getattr(frame.index, "freqstr", None)
    return {"freq": said if made is None or made.startswith(str(said)) else None, "counts": counts_of_rows(frame)}


def _is_missing(value: Any) -> bool:
    return pd.api.types.is_scalar(value) and bool(pd.isna(value))


def _is_number(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _id_of(name: Any) -> str:
    """The name that code uses, where the heading is another word."""
    return f' data-id="{html.escape(str(name))}"' if is_known(str(name)) else ""


def _paged(table: pd.DataFrame, plain: str) -> str:
    """The table through itables, whose script ``use_style`` gave the page; until it runs, the plain one stands there."""
    from itables.javascript import to_html_datatable

    top = table.head(MOST_ROWS)
    heads = [
        said if said == str(name) else f"{said} {name}" for name, said in zip(top.columns, headings(top), strict=True)
    ]
    frame = pd.DataFrame(cells_in_words(top)).set_axis(heads, axis=1)
    sides = [{"className": "dt-right" if _is_number(top[n]) else "dt-left", "targets": i} for i, n in enumerate(top)]
    options: dict[str, Any] = {"language": LANGUAGE} if spoken() == "zh" else {}
    options |= {"columnDefs": sides, "pageLength": SHOWN_ROWS, "lengthMenu": PAGES}
    paged = to_html_datatable(frame, connected=False, showIndex=False, maxBytes=0, **options)
    name = paged.split('<table id="')[1].split('"')[0]
    waiting = re.sub(rf'(<table id="{name}"[^>]*>).*?(</table>)', r"\1\2", paged, count=1, flags=re.S)
    # the plain table is put away when the other is drawn, not before: a page without the script keeps it
    swap = re.search(r"</div><script>(document\.getElementById.*?)</script>", waiting)
    if swap:
        waiting = waiting.replace(swap[0], "</div>", 1).replace("new ITable(", f"{swap[1]} new ITable(", 1)
    before = f'<div id="{name}_fallback">'
    start, end = waiting.index(before) + len(before), waiting.index("</div>", waiting.index(before))
    cut = len(table) - len(top)
    more = (
        f"<p>{Text(f'此处只列前{MOST_ROWS:,}行', f'only the first {MOST_ROWS:,} rows are listed')}</p>" if cut else ""
    )
    return waiting[:start] + plain + waiting[end:] + more


def frame_html(frame: pd.DataFrame) -> str | None:
    """A result table as a notebook shows it, with what it says of itself; ``None`` for a table that is not of this field.

    A frame that does not say which table it is (``attrs["table"]``, or where each row of a register came from) is one of the user's own:
    pandas shows it as it was told to. So it does columns of one name and rows named as a column is.
    """
    if isinstance(frame.columns, pd.MultiIndex) or not (said_table(frame) or _is_register(frame)):
        return None
    if not frame.columns.is_unique or {*frame.index.names} & {*frame.columns}:
        return None
    is_counted = frame.index.name is None and pd.api.types.is_integer_dtype(frame.index)
    table = frame if is_counted else _with_rows(frame)
    if not any(is_known(str(name)) for name in (*table.columns, frame.columns.name)):
        return None
    known_to, rows = frame.attrs.get("as_of"), len(frame)
    about = Text(f"{rows:,}行", number_of(rows, "row")) if rows else _without_rows(table)
    if known_to:
        day = day_text(known_to)
        about += Text(f"，截至{day.zh}", f", known to {day.en}")
    below = "".join(f"<br>{html.escape(line)}" for line in noted(frame, "interval_note", "notes", "problems"))
    return f"{table_html(table) if rows else ''}<p><small>{about}{below}</small></p>"


def _without_rows(table: pd.DataFrame) -> Text:
    """What a table would hold, in place of headings above nothing."""
    heads = headings(table)
    zh, en = "、".join(heads[:NAMED]), ", ".join(heads[:NAMED])
    more = Text("等", ", …") if len(heads) > NAMED else Text("", "")
    return Text(f"没有一行（{zh}{more.zh}）", f"no row ({en}{more.en})")


def _is_register(frame: pd.DataFrame) -> bool:
    return "source_row" in frame and bool(table_of(frame))


def _with_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its rows' names as columns, a single one without a name under an empty heading."""
    is_named, said = isinstance(frame.index, pd.MultiIndex) or frame.index.name is not None, said_of_rows(frame)
    if is_summary(frame.index) and not isinstance(frame.index, pd.MultiIndex):
        frame = frame.set_axis(pd.Index(map(statistic, frame.index), name=frame.index.name))
    table = frame.reset_index() if is_named else frame.rename_axis("").reset_index()
    table.attrs = frame.attrs | said
    return table


def noted(frame: pd.DataFrame, *names: str) -> list[str]:
    """Return what a frame says of itself under names, in the language spoken; what a user noted there may be anything.

    >>> table = pd.DataFrame()
    >>> table.attrs = {"notes": ["合计\\ntotal", 5], "problems": 5}
    >>> noted(table, "notes", "problems")
    ['合计']
    """
    held = [frame.attrs.get(name) for name in names]
    said = [note for value in held for note in (value if isinstance(value, (list, tuple)) else [value])]
    return [in_language(note) for note in said if isinstance(note, str) and note]


def show_tables(shell: Any) -> None:
    """Have a notebook show every table of this field so, and give its page the script of long tables."""
    import itables

    itables.init_notebook_mode(all_interactive=False, connected=False)
    shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, lambda f: frame_html(f) or f._repr_html_())
