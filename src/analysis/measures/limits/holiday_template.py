"""The form for the holidays of a year, to be filled in from the yearly notice of the State Council's General Office."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from analysis.files.destinations import must_take_workbook, write_file
from analysis.vocabulary.errors import ArgumentError, OutputError
from analysis.vocabulary.text import Text

HEADS = (Text("节日", "Holiday"), Text("日期", "date"), Text("止日", "end"), Text("类别", "kind"))
REST, WORK = Text("休", "rest"), Text("班", "work")
# The holidays of 全国年节及纪念日放假办法 (state council order 795, in force since 2025-01-01), in the order of its article 2.
FESTIVALS = (
    Text("元旦", "New Year's Day"),
    Text("春节", "Spring Festival"),
    Text("清明节", "Qingming"),
    Text("劳动节", "Labour Day"),
    Text("端午节", "Dragon Boat Festival"),
    Text("中秋节", "Mid-Autumn Festival"),
    Text("国庆节", "National Day"),
)
WORKED = 12  # lines for weekends that are worked: as many as in 2013, the most since 2004
FIRST, LAST = 1990, 2100
WORDS = (
    Text(
        "1. 打开国务院办公厅《关于{year}年部分节假日安排的通知》（www.gov.cn，每年10月至12月公布）。",
        "1. Open the notice of the State Council's General Office on the holidays of {year} (www.gov.cn, published each autumn).",
    ),
    Text(
        "2. 每个节日一行：“放假”的第一天填“日期”，最后一天填“止日”，类别为“休”。两个节日合放的，填一行，另一行删去。",
        "2. One line a holiday: its first day off under date, its last under end, kind rest. Two holidays in one: one line, delete the other.",
    ),
    Text(
        "3. 通知说“上班”的周末，一天一行，类别为“班”，“止日”不填。",
        "3. Each weekend day that the notice says is worked: a line of its own, kind work, no end.",
    ),
    Text(
        "4. 空行不用管。保存后：court-analysis report --holidays 本文件，或在本院.toml中写 holidays = \"本文件名\"。",
        "4. Empty lines do no harm. Then: court-analysis report --holidays FILE, or holidays = \"FILE\" in the court's file.",
    ),
    Text(
        "通知公布以前，期限届满日只按周末顺延，并逐件注明“该年节假日未知”。",
        "Until the notice is out, due dates are moved over weekends only, and each says that the holidays are unknown.",
    ),
)  # fmt: skip


def write_holidays_template(path: str | PathLike[str], *, period: int) -> Path:
    """Write the form for a year's holidays: a line a holiday, lines for worked weekends, and a sheet that says how to fill it in.

    Parameters
    ----------
    path : path
        The workbook to write (.xlsx), which must not be there yet.
    period : int
        The year.

    Returns
    -------
    Path
        The workbook.

    Raises
    ------
    OutputError
        The file exists or cannot be written, or its name does not end in .xlsx.
    ArgumentError
        ``period`` is no year.

    >>> import tempfile
    >>> from analysis.measures.limits.limits import due_date
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     form = write_holidays_template(Path(folder) / "节假日2027.xlsx", period=2027)
    ...     str(due_date("2026-07-01", holidays=form).date())  # not filled in yet: 1 January is a Friday like any other
    '2027-01-01'
    """
    target = Path(path)
    if not isinstance(period, int) or not FIRST <= period <= LAST:
        raise ArgumentError(f"year={period!r} 不是年份。", f"year={period!r} is no year.")
    if target.exists():
        raise OutputError(f"{target} 已存在：请换一个文件名。", f"{target} exists: name another.")
    must_take_workbook(target)
    write_file(target, _workbook(period))
    return target


def _workbook(year: int) -> bytes:
    import datetime as dt
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2012, 1, 1), "title": "holidays"})  # the same form has the same bytes
    head = book.add_format({"bold": True, "bg_color": "#E8EDF2", "border": 1})
    fill = book.add_format({"num_format": "yyyy-mm-dd", "bg_color": "#FFF8DC", "border": 1})
    sheet = book.add_worksheet(str(Text(f"节假日{year}", f"Holidays {year}")))
    for place, text in enumerate(HEADS):
        sheet.write_string(0, place, str(text), head)
    lines = [(festival, REST) for festival in FESTIVALS] + [(Text("调休上班", "worked weekend"), WORK)] * WORKED
    for row, (name, kind) in enumerate(lines, start=1):
        sheet.write_string(row, 0, str(name))
        sheet.write_blank(row, 1, None, fill)
        sheet.write_blank(row, 2, None, fill)
        sheet.write_string(row, 3, str(kind))
    sheet.data_validation(1, 3, len(lines), 3, {"validate": "list", "source": [str(REST), str(WORK)]})
    sheet.set_column(0, 3, 16)
    sheet.freeze_panes(1, 0)
    said = book.add_worksheet(str(Text("说明", "Read me")))
    said.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    for row, text in enumerate(WORDS):
        said.write_string(row, 0, str(text).format(year=year))
    book.close()
    return buffer.getvalue()
