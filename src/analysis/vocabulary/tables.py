"""Tables as a notebook shows them: headings in the language spoken with the column's name beneath, numbers as people write
them, what the table says of itself below, long ones with search and pages."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.vocabulary.language import Text, in_language, spoken
from analysis.vocabulary.terms import measure_text, term, terms

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN_ROWS = 20  # a longer table gets search and pages
MOST_ROWS = 2_000  # beyond, a notebook would become slow to open
MISSING = "—"
YES, NO = Text("是", "yes"), Text("否", "no")
# Columns whose values are ids of the field's terms; a person reads the term.
CODED = (
    "indicator",
    "measure",
    "verdict",
    "kind",
    "severity",
    "closure_mode",
    "outcome",
    "series",
    "term",
    "criterion",
)
SPOKEN = (  # in a notebook, where the code stands at the pointer
    *CODED,
    "rule",
    "field",
    "item",
    "table",
    "column",
    "status",
    "consultation",
    "stretch",
    "group",
    "of",
    "scenario",
    "variant",
    "method",
    "date",
    "role",
)
PEOPLE = ("officer", "lead", "supervisor", "person")
PSEUDONYM = re.compile(r"^承办人(?=-?[0-9a-f]+$)")  # as the register's privacy makes them: numbered, or of a key
OFFICER = Text("承办人", "officer")
# Units stand in Chinese in the definitions and returns.
UNITS = {
    "件": Text("件", "cases"),
    "人": Text("人", "persons"),
    "笔": Text("笔", "grants"),
    "天": Text("天", "days"),
    "倍": Text("倍", "times"),
    "元": Text("元", "yuan"),
    "万元": Text("万元", "10,000 yuan"),
    "件/百件": Text("件/百件", "per 100 cases"),
}
LONG = 30  # characters; a longer text keeps a width in which it can be read
ORDINALS = ("year", "period", "row", "rank")  # whole numbers that are no amounts: no separators
SAYS_WHAT = ("unit", "measure", "indicator")  # a table with one of these has another quantity in each row
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
.court-table .n{text-align:right!important;white-space:nowrap}
.court-table th[data-id]::after{content:attr(data-id);display:block;font-weight:normal;font-size:85%;opacity:.65}
.court-table td{max-width:32em;overflow-wrap:break-word}
.court-table .t{min-width:20em}
</style>"""


def with_headings(table: pd.DataFrame) -> pd.DataFrame:
    """The table with headings, two-language cells and dates as a person reads them, in the language spoken.

    >>> with_headings(pd.DataFrame({"filed": [3]})).columns.tolist()
    ['新收']
    """
    shown = table.copy()
    for name in shown.columns:
        if pd.api.types.is_datetime64_any_dtype(shown[name]):
            shown[name] = shown[name].dt.strftime("%Y-%m-%d").astype(object).where(shown[name].notna(), "")
        elif shown[name].dtype == object or pd.api.types.is_string_dtype(shown[name]):
            shown[name] = [in_language(v) if isinstance(v, str) else v for v in shown[name]]
        if name in CODED:
            shown[name] = [word_of(str(name), v) for v in shown[name]]
    return shown.rename(columns={name: str(term(str(name))) for name in shown.columns})


def word_of(column: str, value: Any) -> Any:
    """The term that a code of this column stands for, in the language spoken; any other value as it is.

    >>> word_of("verdict", "agrees"), word_of("indicator", "closure_rate"), word_of("indicator", None)
    ('相符', '结案率', None)
    """
    if not isinstance(value, str):
        return value
    if column == "measure":
        return str(measure_text(value))
    return str(terms().get(f"{column}_{value}", term(value)))


def unit_of(unit: str) -> str:
    """A unit in the language spoken.

    >>> unit_of("万元")
    '万元'
    """
    return str(UNITS.get(unit, unit))


def pseudonym_of(name: str) -> str:
    """An officer's pseudonym in the language spoken; a name as it is.

    >>> from analysis.vocabulary.language import speaking
    >>> with speaking("en"):
    ...     pseudonym_of("承办人01"), pseudonym_of("承办人-0e49f19b"), pseudonym_of("承办人甲")
    ('officer 01', 'officer-0e49f19b', '承办人甲')
    """
    joint = "" if "-" in name or str(OFFICER) == OFFICER.zh else " "
    return PSEUDONYM.sub(f"{OFFICER}{joint}", name)


def written(values: pd.Series, *, mixed: bool = False) -> list[str]:
    """The cells of a column as text: whole numbers as such, others with two decimals (small ones: three digits that count).

    A column that holds one quantity is written in one way; in a ``mixed`` one each number for itself.

    >>> written(pd.Series([1234.0, 5, None])), written(pd.Series([99.5798, 0.1])), written(pd.Series([True, False]))
    (['1,234', '5', '—'], ['99.58', '0.100'], ['是', '否'])
    """
    name = str(values.name)
    if pd.api.types.is_datetime64_any_dtype(values):
        return [MISSING if pd.isna(v) else f"{v:%Y-%m-%d}" for v in values]
    if pd.api.types.is_bool_dtype(values):
        return [MISSING if pd.isna(v) else str(YES if v else NO) for v in values]
    if pd.api.types.is_numeric_dtype(values):
        known = values.dropna().astype(float)
        whole = bool((known.isin([np.inf, -np.inf]) | (known == known.round())).all())
        separated = name not in ORDINALS
        return [_number(v, whole=whole or (mixed and v == round(v, 0)), separated=separated) for v in values]
    return [_text(name, v) for v in values]


def _number(value: Any, *, whole: bool, separated: bool) -> str:
    if pd.isna(value):
        return MISSING
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    sign, size = "−" if value < 0 else "", abs(value)  # a true minus
    if not whole and 0 < size < 1:
        return f"{sign}{size:#.3g}"
    return f"{sign}{size:{',' if separated else ''}.{0 if whole else 2}f}"


def _text(column: str, value: Any) -> str:
    if isinstance(value, (list, tuple, set, dict)):
        return str(value)
    if isinstance(value, (bool, np.bool_)):
        return str(YES if value else NO)
    if isinstance(value, (int, float)) and not pd.isna(value):
        return _number(value, whole=float(value).is_integer(), separated=column not in ORDINALS)
    if isinstance(value, pd.Timestamp) and not pd.isna(value):
        return f"{value:%Y-%m-%d}"
    if pd.isna(value):
        return MISSING
    text = in_language(str(word_of(column, value) if column in SPOKEN else value))
    if column == "unit":
        return unit_of(text)
    return pseudonym_of(text) if column in PEOPLE else text


def table_html(table: pd.DataFrame, caption: str = "") -> str:
    """A table as escaped HTML with headings in the language spoken; a long one with search and pages, where scripts run.

    Without scripts ``SHOWN_ROWS`` rows are shown and the rest is counted.
    """
    plain = STYLE + _plain(table)
    shown = plain if len(table) <= SHOWN_ROWS else _paged(table, plain)
    return (f"<p><strong>{html.escape(caption)}</strong></p>" if caption else "") + shown


def _plain(table: pd.DataFrame) -> str:
    top = table.head(SHOWN_ROWS)
    columns = _cells(top)
    kind = {name: ' class="n"' if _is_number(top[name]) else "" for name in top.columns}
    heads = "".join(f"<th{kind[name]}{_id_of(name)}>{html.escape(str(term(str(name))))}</th>" for name in top.columns)
    rows = "".join(
        f"<tr>{''.join(_cell(name, kind[name], columns[name][i], top[name].iloc[i]) for name in columns)}</tr>"
        for i in range(len(top))
    )
    rest = len(table) - len(top)
    more = f"<p>{Text(f'另有 {rest:,} 行', f'{rest:,} more rows')}</p>" if rest > 0 else ""
    return f'<table class="dataframe court-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{more}'


def _cell(column: Any, kind: str, shown: str, value: Any) -> str:
    kind = kind or (' class="t"' if len(shown) > LONG else "")
    code = f' title="{html.escape(value)}"' if column in SPOKEN and isinstance(value, str) and value != shown else ""
    return f"<td{kind}{code}>{html.escape(shown)}</td>"


def _cells(table: pd.DataFrame) -> dict[Any, list[str]]:
    mixed = any(name in table for name in SAYS_WHAT)
    return {name: written(table[name], mixed=mixed) for name in table.columns}


def _is_number(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _id_of(name: Any) -> str:
    """The name that code uses, where the heading is another word."""
    return f' data-id="{html.escape(str(name))}"' if str(name) in terms() else ""


def _paged(table: pd.DataFrame, plain: str) -> str:
    """The table through itables, whose script ``use_style`` gave the page; until it runs, the plain one stands there."""
    from itables.javascript import to_html_datatable

    top = table.head(MOST_ROWS)
    frame = pd.DataFrame(_cells(top)).rename(columns=lambda n: f"{term(n)} {n}" if str(n) in terms() else str(n))
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
        f"<p>{Text(f'此处只列前 {MOST_ROWS:,} 行', f'only the first {MOST_ROWS:,} rows are listed')}</p>" if cut else ""
    )
    return waiting[:start] + plain + waiting[end:] + more


def frame_html(frame: pd.DataFrame) -> str | None:
    """A result table as a notebook shows it, with what it says of itself; ``None`` for a table that is not of this field."""
    if isinstance(frame.columns, pd.MultiIndex) or not len(frame.columns):
        return None
    counted = isinstance(frame.index, pd.RangeIndex) or (
        frame.index.name is None and pd.api.types.is_integer_dtype(frame.index)
    )
    table = frame if counted else frame.reset_index()
    if not any(str(name) in terms() for name in [*table.columns, frame.columns.name]):
        return None
    known, rows = frame.attrs.get("as_of"), len(frame)
    about = Text(f"{rows:,} 行", f"{rows:,} row{'s' * (rows != 1)}") + (
        Text(f"，截至 {known}", f", known to {known}") if known else Text("", "")
    )
    below = "".join(f"<br>{html.escape(line)}" for line in _notes(frame.attrs))
    return f"{table_html(table)}<p><small>{about}{below}</small></p>"


def _notes(attributes: Any) -> Iterable[str]:
    for name in ("interval_note", "notes", "problems"):
        value = attributes.get(name) or ()
        for note in [value] if isinstance(value, str) else value:
            if isinstance(note, str):
                yield in_language(note)


def show_tables(shell: Any) -> None:
    """Have a notebook show every table of this field so, and give its page the script of long tables."""
    import itables

    itables.init_notebook_mode(all_interactive=False, connected=False)
    shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, lambda f: frame_html(f) or f._repr_html_())
