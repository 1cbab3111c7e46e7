"""Cells of a returns table as text: figures with their printed digits, days, and what is no figure."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pandas as pd

from analysis.returns.figures import CHANGE, DIFFERENCE, MEASURES, PRINTED, PRINTED_CHANGE, SCALES, base_of, kind_of
from analysis.returns.times import spans
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.indicator_sets.rates import Sets
from analysis.vocabulary.periods import days_of_period, named_period
from analysis.vocabulary.terms import measure_text

NUMERIC = frozenset([*MEASURES, "staff"])

ABSENT = frozenset({"", "-", "--", "—", "——", "－", "/", "NA", "N/A", "nan", "NaN", "None", "NaT", "<NA>", "null"})
PERIOD = "期间"  # both days in one cell
ASIDE = re.compile(r"\s*(?:[(（][^()（）\d]*[)）]\s*)?")  # 2021年1-6月（累计）
DATE = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
# A change in words of an office: 上升3.2%, 减少5件, 提高0.5个百分点.
SIGNED = re.compile(r"^(?:(?P<up>上升|增长|增加|提高|上涨|升|增|↑)|下降|减少|降低|下跌|降|减|↓)(?=\d)")
POINTS = re.compile(r"(?<=\d)个?百分点$")
UNCHANGED = re.compile(
    "(?:同比|[与同较比](?:上年|去年)?(?:同期)?(?:相比)?)?(?:持平|相同|不变|无变化|没有变化)|unchanged|nochange",
    re.IGNORECASE,
)
OF_COUNTS = re.compile(r"(?<=\d)(?:[千万亿百]*[件元]|宗|起|人)$")
SCALE_ALONE = re.compile(r"(?<=\d)[百千万亿]+$")
FULL_WIDTH = str.maketrans("０１２３４５６７８９．％＋－，：／　", "0123456789.%+-,:/ ")


def text_of(value: object) -> str | None:
    """A cell as trimmed text; numbers with the digits they show, nothing for an empty cell."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        if math.isnan(value):
            return None
        shown = f"{Decimal(repr(float(value))):f}"
        return shown.removesuffix(".0")
    text = str(value).strip()
    return None if text in ABSENT else text


def checked(record: dict[str, str | None], place: str, lines: Mapping[str, int], sets: Sets) -> dict[str, str | None]:
    """A row whose figures and days are read; an error names the line of the cell that is neither."""
    line = min(lines.values())
    for name, text in record.items():
        if text is None:
            continue
        line = lines.get(name, line)
        if name in ("period_start", "period_end"):
            record[name] = _day(text, name, place, line)
        elif name in NUMERIC or kind_of(name, sets) != "other":
            record[name] = _printed(text, name, place, line, sets)
    line = min(lines.values())
    if not record.get("court"):
        raise InputError(
            f"{place} 第{line}行：court（法院）为空。每行都须写明法院名称。",
            f"{place} row {line}: court is empty. Every row must name its court.",
        )
    start, end = record.get("period_start"), record.get("period_end")
    if start and end and end < start:
        raise InputError(
            f"{place} 第{line}行：period_end（{end}）早于 period_start（{start}）。",
            f"{place} row {line}: period_end ({end}) lies before period_start ({start}).",
        )
    return record


def _printed(text: str, name: str, place: str, line: int, sets: Sets) -> str:
    """The printed digits without separators and percent sign; an error for anything that is no number."""
    bare, called = _with_unit(bare_number(text), kind_of(base_of(name), sets)), measure_text(name)
    if name.endswith((CHANGE, DIFFERENCE)):
        bare = "0" if UNCHANGED.fullmatch(bare) else SIGNED.sub(lambda found: "+" if found["up"] else "-", bare)
        if name.endswith(CHANGE) and kind_of(base_of(name), sets) == "rate":
            bare = POINTS.sub("", bare)
        if not PRINTED_CHANGE.fullmatch(bare) or (name.endswith(CHANGE) and OF_COUNTS.search(bare)):
            raise InputError(
                f"{place} 第{line}行，列 {called.zh}：“{text}”读不出。同比应为百分数（率为百分点），如+3.2%、下降0.5个百分点；"
                "增减的件数、金额写在“比上年增减数”一栏；没有公布则留空。",
                f'{place} row {line}, column {called.en}: "{text}" cannot be read. A change on last year is in percent (of a rate in points), '
                "such as +3.2%; a number of cases or a sum stands in a column 比上年增减数; leave it empty where nothing was published.",
            )
    elif not PRINTED.fullmatch(bare):
        raise InputError(
            f"{place} 第{line}行，列 {called.zh}：“{text}”不是数字。"
            "应为公布的数字，如714、99.22或5.42亿元；没有公布则留空。",
            f'{place} row {line}, column {called.en}: "{text}" is not a number. '
            "Expected the published digits, such as 714, 99.22 or 5.42亿元; leave it empty where nothing was published.",
        )
    return re.sub(r"(?<=\d)(%|件|宗|起|人)$", "", bare)


def _with_unit(bare: str, kind: str) -> str:
    """A number with the unit that a scale alone leaves out, as a cell in 万 shows it: 341.76万 of money is 341.76万元, of cases 341.76万件."""
    unit = {"amount": "元", "count": "件"}.get(kind, "")
    found = SCALE_ALONE.search(bare)
    return bare + unit if found and found[0] + unit in SCALES.get(kind, {}) else bare


def bare_number(text: str) -> str:
    """A number without separators and spaces, in plain digits."""
    return re.sub(r"(?<=\d),(?=\d{3})|\s", "", text.translate(FULL_WIDTH))


def _day(text: str, name: str, place: str, line: int) -> str:
    """An ISO date; a month or year alone means its first day (start) or last day (end)."""
    found = DATE.fullmatch(text.translate(FULL_WIDTH).strip())
    last = name == "period_end"
    try:
        if not found and (named := named_period(text)) is not None:  # 2011年上半年 in both columns
            return str(named[last].date())
        if not found:
            raise ValueError(text)
        year, month = int(found[1]), int(found[2] or (12 if last else 1))
        day = int(found[3] or (calendar.monthrange(year, month)[1] if last else 1))
        return date(year, month, day).isoformat()
    except (ValueError, calendar.IllegalMonthError) as error:
        raise InputError(
            f"{place} 第{line}行，列 {name}：“{text}”不是日期。"
            "应形如2011-12-31、2011/12/31或2011年12月31日；不知道则留空。",
            f'{place} row {line}, column {name}: "{text}" is not a date. '
            "Expected 2011-12-31, 2011/12/31 or 2011年12月31日; leave it empty if unknown.",
        ) from error


def days_of(text: str | None, place: str, line: int) -> dict[str, str | None]:
    """Both days of a period written in one cell: 2021, 2021年1-6月, 2021H1, Jan-Jun 2021."""
    if text is None:
        return {"period_start": None, "period_end": None}
    with suppress(ArgumentError):
        first, last = days_of_period(text)
        if first < last:  # a day is no period of a return
            return {"period_start": str(first.date()), "period_end": str(last.date())}
    plain = text.translate(FULL_WIDTH)
    found = [(s.first, s.last, s.text) for s in spans(plain, None) if s.first and s.last and s.first <= s.last]
    # what is written beside a period might make it another one: 第三十周, 上
    if len(found) != 1 or not ASIDE.fullmatch(plain.replace(found[0][2], "", 1)):
        raise InputError(
            f"{place} 第{line}行，列{PERIOD}：“{text}”不是起止都写明的期间。应形如2021、2021年1-6月、2021年第一季度。",
            f'{place} row {line}, column {PERIOD}: "{text}" is not a period with both its ends. '
            "Expected 2021, Jan-Jun 2021 or 2021 Q1.",
        )
    return {"period_start": str(found[0][0]), "period_end": str(found[0][1])}
