"""The register's monthly counts beside those reported to the research office."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.tallies import closed, filed
from analysis.files.budget import MOST_BUILT
from analysis.files.cell_text import plain
from analysis.files.sheets import sheets_of
from analysis.files.source import find_files, open_source
from analysis.register.cells import BLANK, read_amount
from analysis.register.rows import TOTAL
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from analysis.cases.table import Cases

HEADERS = {
    "period": (
        "period",
        "month",
        "月份",
        "年月",
        "时期",
        "期间",
        "时间",
        "月度",
        "统计月份",
        "统计时间",
        "报表月份",
        "年份月份",
    ),
    "year": ("year", "年", "年份", "年度"),
    "month": ("月",),
    "filed": ("filed", "新收", "收案", "新收案件", "收案数", "新收数", "立案", "立案数", "收案件数", "新收件数"),
    "received": ("received", "受理", "受理数", "受理案件", "受理件数"),
    "closed": ("closed", "结案", "执结", "结案数", "执结数", "已结", "结案件数", "执结件数", "审结"),
}
MEASURES = ("filed", "received", "closed")
MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})(?:月份?|[-/.月]\d{1,2}日?(?:t?\d{1,2}:.*)?)?")
# Several months in one row: 2011年1-4月 is a sum.
SPAN = re.compile(r"(?:\d{4}年?)?\d{1,2}月?(?:[-—–~～]|至|到)(?:\d{4}年?)?\d{1,2}月份?")
CHINESE_MONTHS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
OF_THE_YEAR = {"元月": "1", "元月份": "1"} | {
    f"{name}{end}": str(number)
    for number, chinese in enumerate(CHINESE_MONTHS, start=1)
    for name, ends in (
        (chinese, ("月", "月份")),
        (f"{number}", ("", "月", "月份")),
        (f"{number:02d}", ("", "月", "月份")),
    )
    for end in ends
}
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
AS_FILED = Text(
    "所报“受理”按新收计（与新收相符的月份更多）",
    'the reported "received" is read as filed (it fits filed in more months)',
)
NOT_KNOWN = Text("台账不知此月（在截止日之后）", "the register knows nothing of this month (after its last day)")
NOT_REPORTED = Text("没有上报数", "not reported")
NOT_WHOLE = Text("台账只知道该月的一部分", "the register knows only a part of this month")


def reconcile_counts(cases: Cases, reported: pd.DataFrame | str | PathLike[str]) -> pd.DataFrame:
    """Compare monthly counts of the register with those reported (收结案件数据与上报研究室数据是否一致), month by month.

    ``reported`` is a table (or a csv or workbook file) with a month (``period``, 月份: 2011-03, 2011年3月; or 3月, 三月 with the
    year in a column or, of a file, in its title) and ``filed`` (新收), ``received`` (受理: carried over and filed) or ``closed``
    (结案); months may also stand side by side, a row for each measure. Result: ``period, measure, counted,
    reported, difference`` (counted − reported)``, agrees, note``; ``attrs``: ``agreeing``, ``compared``. Raises
    ``InputError`` for a file that cannot be read and a table without months or counts.

    Parameters
    ----------
    cases : Cases
        The register.
    reported : DataFrame or path
        Monthly counts as reported.

    Returns
    -------
    DataFrame
        One row a month and measure.

    >>> from analysis.cases.table import Cases
    >>> one = pd.DataFrame({"case_no": ["（2011）富执字第1号"], "filed_on": ["2011-03-04"]})
    >>> told = pd.DataFrame({"月份": ["2011年3月", "2011年4月"], "新收": [1, 1]})
    >>> table = reconcile_counts(Cases.from_frames(one, as_of="2011-12-31"), told)
    >>> table[["counted", "reported", "agrees"]].values.tolist()
    [[1, 1, True], [0, 1, False]]
    """
    told = _monthly(reported if isinstance(reported, pd.DataFrame) else _read(reported))
    counted = _counted(cases, told["period"])
    tables = []
    for measure in (m for m in MEASURES if m in told):
        source, note = measure, ""
        if measure == "received":
            fits = {
                name: (counted[name].reindex(told["period"]).array == told[measure].array).sum()
                for name in ("received", "filed")
            }
            if fits["filed"] > fits["received"]:
                source, note = "filed", AS_FILED.cell
        tables.append(_beside(counted[source], told.set_index("period")[measure], measure, note, cases.as_of))
    table = pd.concat(tables, ignore_index=True)
    compared = table["agrees"].notna()
    table.attrs = {"compared": int(compared.sum()), "agreeing": int(table["agrees"].fillna(False).sum())}
    return table


def _read(path: str | PathLike[str]) -> pd.DataFrame:
    """The first sheet of a file whose header names a month; a year that only its title or name says goes with it."""
    for file, name in find_files(path):
        for sheet in sheets_of(open_source(file, name), most_cells=MOST_BUILT):
            rows = [tuple(cells) for _, cells in sheet.rows()]
            at = -1 if sheet.header else next((i for i, row in enumerate(rows) if _is_header(row)), None)
            header = sheet.header if at == -1 else None if at is None else rows[at]
            if header is None or at is None or not _is_header(header):
                continue
            table = pd.DataFrame(rows[at + 1 :], columns=[plain(h) for h in header], dtype=object)
            above = " ".join([plain(sheet.name), *(plain(v) for row in rows[: max(at, 0)] for v in row)])
            years = set(YEAR.findall(above))
            if len(years) == 1 and "year" not in map(_meaning, table.columns):
                table.insert(0, "year", years.pop(), allow_duplicates=True)
            return table
    raise InputError(
        f"{path}：找不到含有“月份”的表头。请给出月份、新收、结案三列。",
        f"{path}: no header with a month was found. Give the columns period, filed and closed.",
    )


def _is_header(row: Sequence[Any]) -> bool:
    """Return whether a row names a month, or names the months themselves."""
    return bool({_meaning(v) for v in row} & {"period", "year"}) or sum(map(_is_month, row)) > 1


def _is_month(value: Any) -> bool:
    text = plain(value)
    return MONTH.fullmatch(text) is not None or (text in OF_THE_YEAR and not text.isdecimal())


def _upright(given: pd.DataFrame) -> pd.DataFrame:
    """Months that stand side by side, a row for each measure, turned so that every month is a row."""
    if {"period", "month"} & {_meaning(c) for c in given.columns} or sum(map(_is_month, given.columns)) < 2:
        return given
    months = [c for c in given.columns if _is_month(c)]
    names = [c for c in given.columns if c not in months and _meaning(c) != "year"]
    measured = {
        said: row
        for row in given.to_dict(orient="records")
        if (said := next((m for n in names if (m := _meaning(row[n])) in MEASURES), ""))
    }
    turned = pd.DataFrame({"period": months} | {said: [row[m] for m in months] for said, row in measured.items()})
    years = [c for c in given.columns if _meaning(c) == "year"]
    return turned.assign(year=given[years[0]].iloc[0]) if years else turned


def _meaning(header: Any) -> str:
    text = re.sub(r"[(\[（].*", "", plain(header))
    return next((name for name, words in HEADERS.items() if text in words), "")


def _headings_shown(given: pd.DataFrame) -> list[str]:
    """The headings as a message names them: one that is not known may be a cell, and a cell a name."""
    return [c if _meaning(c) else f"[{at}]" for at, c in enumerate(given.columns, start=1)]


def _monthly(given: pd.DataFrame) -> pd.DataFrame:
    given = _upright(given)
    named = {_meaning(c): c for c in reversed(list(given.columns)) if _meaning(c)}
    if not {"period", "month"} & set(named):
        raise InputError.missing_columns("reported", ["period（月份）"], _headings_shown(given))
    written = given[named.get("period", named.get("month"))].map(plain)
    if "year" in named:
        years = given[named["year"]].map(plain).str.extract(r"^(\d{4})年?度?$")[0].ffill()
        written = written.mask(written.isin(OF_THE_YEAR) & years.notna(), years + "-" + written.map(OF_THE_YEAR))
    if not set(MEASURES) & set(named):
        raise InputError.missing_columns("reported", ["filed（新收）", "closed（结案）"], _headings_shown(given))
    parts = written.str.extract(rf"^{MONTH.pattern}$")
    is_month = parts[0].notna() & pd.to_numeric(parts[1]).between(1, 12)
    told = pd.DataFrame({"period": pd.to_datetime(parts[0] + "-" + parts[1].str.zfill(2) + "-01", errors="coerce")})
    bad = [w for w in written[~is_month] if w not in BLANK and not TOTAL.match(w) and not SPAN.fullmatch(w)]
    for name in (m for m in MEASURES if m in named):
        values = given[named[name]].map(lambda v: read_amount(plain(v).removesuffix("件"))).astype(object)
        numbers = pd.to_numeric(
            values.where(values.map(lambda v: v is None or isinstance(v, float)), None), errors="coerce"
        )
        wrong = is_month & (numbers.isna() | (numbers % 1 != 0)) & given[named[name]].map(lambda v: bool(plain(v)))
        bad += [f"{w}: {v}" for w, v in zip(written[wrong], given.loc[wrong, named[name]], strict=True)]
        told[name] = numbers.astype("Float64")
    if bad:
        raise InputError(
            f"上报数中有读不出的月份（应写明年份，如2011年3月）或不是整数的数：{'；'.join(bad)}。请改正后再比对。",
            "Reported months that cannot be read (write the year too: 2011-03), or numbers that are not whole: "
            f"{'; '.join(bad)}. Correct them first.",
        )
    told = told[is_month].reset_index(drop=True)
    twice = told["period"][told["period"].duplicated()].dt.strftime("%Y-%m").unique()
    if told.empty or len(twice):
        zh = f"月份重复：{'、'.join(twice)}" if len(twice) else "没有读出一个月份（应写作2011-03或2011年3月）"
        en = (
            f"months given twice: {', '.join(twice)}"
            if len(twice)
            else "no month could be read (write 2011-03 or 2011年3月)"
        )
        raise InputError(f"上报数：{zh}。", f"Reported numbers: {en}.")
    told["period"] = told["period"].astype("datetime64[s]")
    return told.astype({name: "Int64" for name in MEASURES if name in told})


def _counted(cases: Cases, periods: pd.Series) -> pd.DataFrame:
    """Filed, closed and received (carried over and filed) by month, over the reported span."""
    new = filed(cases, unit="month").groupby("on")["cases"].sum()
    done = closed(cases, unit="month").groupby("on")["cases"].sum()
    days = pd.concat([periods, new.index.to_series(), done.index.to_series()])
    months = pd.date_range(days.min(), days.max(), freq="MS").astype("datetime64[s]")
    table = pd.DataFrame({"filed": new.reindex(months, fill_value=0), "closed": done.reindex(months, fill_value=0)})
    carried = (table["filed"] - table["closed"]).cumsum().shift(fill_value=0)
    return table.assign(received=carried + table["filed"]).loc[periods.min() : periods.max()].astype("Int64")


def _beside(counted: pd.Series, told: pd.Series, measure: str, note: str, as_of: pd.Timestamp) -> pd.DataFrame:
    table = (
        pd.DataFrame({"counted": counted, "reported": told.reindex(counted.index)}).rename_axis("period").reset_index()
    )
    unknown = table["period"] > as_of
    partly = ~unknown & (table["period"] + pd.offsets.MonthEnd(0) > as_of)
    table["counted"] = table["counted"].mask(unknown)
    table.insert(1, "measure", measure)
    table["difference"] = table["counted"] - table["reported"]
    table["agrees"] = (table["difference"] == 0).astype("boolean")
    table["note"] = note
    for mask, text in ((unknown, NOT_KNOWN), (partly, NOT_WHOLE), (table["reported"].isna(), NOT_REPORTED)):
        table.loc[mask, "note"] = text.cell
    return table
