"""A workbook to fill in with printed figures, which ``read_returns`` reads back: a row a period, or indicators down the side."""

from __future__ import annotations

import io
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from analysis.files.destinations import must_take_workbook, write_file
from analysis.returns.figures import AMOUNTS, COUNTS
from analysis.vocabulary.errors import OutputError
from analysis.vocabulary.numbers import unit_text
from analysis.vocabulary.terms import measure_text
from analysis.vocabulary.text import Text

# What stands before the figures of a row: heading, and how it is filled in.
OF_THE_ROW = {
    "court": (Text("法院", "Court"), Text("院名全称", "the court's full name")),
    "scope": (
        Text("案件范围", "Scope"),
        Text("如：执行案件、首次执行案件；空白为全部", "as 执行案件 (all enforcement) or 首次执行案件; blank: all"),
    ),
    "period": (
        Text("期间", "Period"),
        Text("如：2024年、2024年1—6月、2024年第一季度", "as 2024, Jan-Jun 2024 or 2024 Q1"),
    ),
}
# The measures of the form in the order of a statement, and what each counts.
FORM: dict[str, Text] = {
    "opening": Text("期初（上年末）未结", "pending when the period begins"),
    "filed": Text("本期新收", "filed in the period"),
    "received": Text("旧存＋新收", "opening + filed"),
    "closed": Text("本期结案，含终结本次执行程序", "closed in the period, rounds terminated included"),
    "closing": Text("期末未结：受理－结案", "pending when it ends: received − closed"),
    "actual_enforcements": Text(
        "实际执结的件数（实际执结率的分子）", "cases actually enforced, the numerator of that rate"
    ),
    "amount_received": Text("受理案件的申请执行标的额", "claimed in the cases received"),
    "amount_closed": Text("结案案件的申请执行标的额", "claimed in the cases closed"),
    "amount_recovered": Text("实际到位金额", "recovered"),
    "closure_rate": Text("结案÷受理", "closed ÷ received"),
    "clearance_rate": Text("结案÷新收", "closed ÷ filed"),
    "actual_enforcement_rate": Text("按本院公布的口径", "as the court defines it"),
    "recovery_rate": Text("按本院公布的口径", "as the court defines it"),
    "petitions": Text("本期涉执信访", "petitions about enforcement in the period"),
    "petitions_resolved": Text("其中已化解", "of these resolved"),
    "petition_settlement_rate": Text("已化解÷信访", "resolved ÷ petitions"),
}
ENDING = {"note": Text("备注", "Note"), "source": Text("来源", "Source")}
INDICATOR, UNIT_HEADING = Text("指标", "Indicator"), Text("单位", "Unit")
UNITS = {kind: unit_text(unit) for kind, unit in (("count", "件"), ("amount", "万元"), ("rate", "%"))}
RULES = (
    Text(
        "只填公布过的数字，照公布的写法（99.50就写99.50）；没有公布的留空，不要写0。",
        "Fill in only figures that were published, digit for digit (99.50 stays 99.50); leave empty what was not, never 0.",
    ),
    Text(
        "单位写在表头里；用别的单位时改表头（如“到位金额（亿元）”），或写在数字后面（5.42亿元）。",
        "Headings say the unit; for another change the heading (Amount recovered (亿元)) or write it behind the figure (5.42亿元).",
    ),
    Text(
        "可以加行、删列、加列；认不出的表头会被指出，并给出最接近的。同比写在“…同比”一栏（如“新收同比”）。",
        "Rows may be added, columns deleted and added; headings that are not known are named with the nearest known.",
    ),
    Text(
        "填好后：court-analysis reconcile 本文件（数字之间是否相符），court-analysis report --returns 本文件（与台账核对）。",
        "Then: court-analysis reconcile FILE (do they agree), court-analysis report --returns FILE (against the register).",
    ),
)
TEXT_FORMAT = {"num_format": "@"}  # digits stay as they are typed


def write_returns_template(
    path: str | PathLike[str], *, court: str | None = None, periods: Sequence[int] = (), vertical: bool = False
) -> Path:
    """Write a workbook for printed figures: the sheet to fill in, and a sheet that says what each heading means.

    Its headings are in the language spoken. By default a row is a court, scope and period; ``vertical`` gives the usual
    statement with indicators down the side, a column for each of ``periods``, and the court in its title. What is filled in
    ``read_returns`` reads.

    Parameters
    ----------
    path : path
        The workbook to write (.xlsx), which must not be there yet.
    court : str, optional
        The court of the statement's title.
    periods : years
        The years across the statement.
    vertical : bool
        Indicators down the side.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    OutputError
        The file exists or cannot be written, or its name does not end in .xlsx.

    >>> import tempfile
    >>> from analysis.returns.reading import read_returns
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     form = write_returns_template(Path(folder) / "公布数字.xlsx", court="青石县人民法院")
    ...     len(read_returns(form))  # nothing is filled in yet
    0
    """
    target = Path(path)
    must_take_workbook(target)
    if target.exists():
        raise OutputError(f"{target} 已存在：请换一个文件名。", f"{target} exists: name another.")
    write_file(target, _workbook(court, tuple(periods), vertical=vertical))
    return target


def _kind(measure: str) -> str:
    return "count" if measure in COUNTS else "amount" if measure in AMOUNTS else "rate"


def heading(measure: str) -> str:
    """Return the heading of a measure in the form: its name, with the unit where it is not cases.

    >>> heading("closed"), heading("amount_recovered"), heading("closure_rate")
    ('结案', '实际到位金额（万元）', '结案率（%）')
    """
    unit = UNITS[_kind(measure)]
    name = measure_text(measure)
    return str(name if _kind(measure) == "count" else name + Text(f"（{unit.zh}）", f" ({unit.en})"))


def _workbook(court: str | None, years: tuple[int, ...], *, vertical: bool) -> bytes:
    import datetime as dt

    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2012, 1, 1), "title": "returns"})  # the same form has the same bytes
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EDF2", "border": 1}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "fill": book.add_format({**TEXT_FORMAT, "bg_color": "#FFF8DC", "border": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    sheet = book.add_worksheet(str(Text("公布数字", "Published figures")))
    if vertical:
        _upright(sheet, looks, court, years)
    else:
        heads = [str(text) for text, _ in OF_THE_ROW.values()] + [heading(name) for name in FORM]
        heads += [str(text) for text in ENDING.values()]
        for place, text in enumerate(heads):
            sheet.write_string(0, place, text, looks["head"])
        sheet.set_column(0, len(heads) - 1, 13, book.add_format(TEXT_FORMAT))
        sheet.freeze_panes(1, len(OF_THE_ROW))
    _explained(book.add_worksheet(str(Text("说明", "Read me"))), looks)
    book.close()
    return buffer.getvalue()


def _upright(sheet: Any, looks: dict[str, Any], court: str | None, years: tuple[int, ...]) -> None:
    """Write the statement: title, header, an indicator a row."""
    named = court or "（院名）人民法院"
    sheet.write_string(0, 0, str(Text(f"{named}执行工作主要指标", f"{named}: main indicators")), looks["title"])
    periods = [str(Text(f"{year}年", str(year))) for year in years] or [str(Text("（年份）年", "(year)"))] * 2
    for place, text in enumerate([str(INDICATOR), str(UNIT_HEADING), *periods]):
        sheet.write_string(1, place, text, looks["head"])
    for line, measure in enumerate(FORM, start=2):
        sheet.write_string(line, 0, str(measure_text(measure)), looks["head"])
        sheet.write_string(line, 1, str(UNITS[_kind(measure)]), looks["head"])
        for place in range(len(periods)):
            sheet.write_blank(line, 2 + place, None, looks["fill"])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1 + len(periods), 14)
    sheet.freeze_panes(2, 2)


def _explained(sheet: Any, looks: dict[str, Any]) -> None:
    """Write what each heading means, and the rules of filling in."""
    for line, rule in enumerate(RULES):
        sheet.merge_range(line, 0, line, 2, str(rule), looks["text"])
        sheet.set_row(line, 32)
    top = len(RULES) + 1
    titles = (Text("表头", "Heading"), UNIT_HEADING, Text("填什么", "What it holds"))
    for place, title in enumerate(titles):
        sheet.write_string(top, place, str(title), looks["head"])
    rows = [(str(text), "", str(what)) for text, what in OF_THE_ROW.values()]
    rows += [(heading(name), str(UNITS[_kind(name)]), str(what)) for name, what in FORM.items()]
    for line, row in enumerate(rows, start=top + 1):
        for place, text in enumerate(row):
            sheet.write_string(line, place, text, looks["text"])
    for place, width in enumerate((24, 8, 60)):
        sheet.set_column(place, place, width)
