"""Cell values as registers write them: dates, amounts, whole numbers, yes and no, codes; a column at a time.

Each ``parse_*`` takes a column of raw cells and gives ``Parsed``: the values, and which cells held something that
could not be read. A cell that cannot be read becomes missing and is reported, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.files.cell_text import INVISIBLE, SPACES, plain, written
from analysis.vocabulary.columns import codes
from analysis.vocabulary.numbers import NO_WORDS, YES_WORDS
from analysis.vocabulary.periods import COURT_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Cells that say "nothing here".
BLANK = frozenset(
    "|- -- --- — —— – / \\ na n/a nan nat none null <na> #n/a 无 暂无 空 (空) (空白) … …… *".replace("|", " ").split(
        " "
    )
)
LONGEST_BLANK = max(map(len, BLANK))
# In a column of dates, amounts or words these say that it has not happened yet.
NOT_YET = frozenset(
    ["未结", "未结案", "未执结", "尚未结案", "未发放", "未开始", "未", "在办", "执行中", "未办结", "未化解"]
)
# Of a yes or no these say that nobody knows, which is no mistake of the cell.
NOT_KNOWN = frozenset(["不明", "不详", "未知", "未查明", "待查", "unknown"])
SCALES = {"亿": 100_000_000.0, "百万": 1_000_000.0, "万": 10_000.0, "千": 1_000.0, "百": 100.0, "": 1.0}
# Above this a register's amount is a slip of the keyboard, and sums in whole fen would leave 64-bit integers.
MOST_YUAN = 1e12
# Whole yuan with the eleven figures of a mobile telephone (13 to 19 and nine more): a cell moved by a column, shown in lists and sums.
FIRST_MOBILE, LAST_MOBILE, ROUND_YUAN = 13_000_000_000, 19_999_999_999, 10_000
MOST_DAYS = 1_000_000
LONGEST_PLAIN = 12  # digits and a point

CARE = re.compile("[\\s\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x1f\x7f]")
# Figures that are raised, lowered or circled, which half-width text shows as plain ones: ²5 is not 25.
MARKED_FIGURE = re.compile("[²³¹¼-¾⁰-₉⅐-⅟①-⒛⓪-⓿❶-➓]")
TWO_FIGURES = re.compile(r"[\d.,]\s+[\d.,]")  # 50000 and, in the next line of the cell, 30000: two payments, not one
BETWEEN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff·])[ \u3000]+(?=[\u3400-\u9fff·])")

WEEKDAY = r" ?\(?(?:星期|周)[一二三四五六日天]\)?"
MARK = "[-/.、·\u2010-\u2015\u2212]"  # between year, month and day: hyphens and dashes of any length too
WRITTEN_DATE = re.compile(
    rf"'?(?P<year>\d{{4}}) ?(?:{MARK}|年) ?(?P<month>\d{{1,2}}) ?(?:{MARK}|月) ?(?P<dom>\d{{1,2}})(?!\d)(?: ?[日号])?(?:{WEEKDAY})?(?P<after>.*)"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
# A month in English letters tells the day from the month, wherever the year stands: 5 March 2011, 05-Mar-2011, March 5, 2011.
ENGLISH_DATES = tuple(
    re.compile(form + "(?P<after>.*)", re.I)
    for form in (
        rf"(?P<dom>\d{{1,2}})(?:st|nd|rd|th)?[ -]?{MONTH}\.?[ ,-]{{1,2}}(?P<year>\d{{4}})(?!\d)",
        rf"{MONTH}\.? ?(?P<dom>\d{{1,2}})(?:st|nd|rd|th)?(?:, ?| )(?P<year>\d{{4}})(?!\d)",
    )
)
COMPACT_DATE = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<dom>\d{2})(?:\.0$)?(?P<after>.*)")
# What may follow a day: nothing, a time, half a day; never a second day. With a zone it is an instant.
TIME = re.compile(
    r"[ T,]*(?:(?:上午|下午|[AaPp][Mm]) ?)?(?:[01]?\d|2[0-4])[:时点](?:[0-5]?\d)?(?:[:分][0-5]?\d(?:[.,]\d+)?)?[分秒整半]?"
    r"(?: ?[AaPp][Mm])?(?: ?\([^()\d]*\))?|[ T]?(?:[01]\d|2[0-4])(?:[0-5]\d){1,2}| ?[上下]午|[.。]|"
)
INSTANT = re.compile(
    r"[ T]?(\d\d):?([0-5]\d)(?::?\d\d(?:[.,]\d+)?)? ?(?:Z|z|(?=[UG+-])(?:UTC|GMT)?(?:([+-]\d\d)(?::?(\d\d))?)?)"
)
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
# As a pen writes it: 二〇一一年三月五日, with any round zero, 元月 for January, 廿 and 卅, and figures beside characters.
CHINESE_DATE = re.compile(
    r"([〇零○o\u03bf\d一二三四五六七八九]{4})年(\d\d?|元|[一二三四五六七八九十]{1,2})月(\d\d?|[一二三四五六七八九十廿卅]{1,3})[日号]"
)
CHINESE_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○o\u03bf", 0)
# Day 0 of Excel's two calendars. The 1900 one counts 29 February 1900, which never was, so days after it start here.
EPOCHS = {"1900": dt.date(1899, 12, 30), "1904": dt.date(1904, 1, 1)}
FIRST_SERIAL, LAST_SERIAL = 10_000, 80_000  # 1927 to 2119 in the 1900 calendar: a day count outside is no date

LAST_PLACES = 4  # below 万, and again below 亿: fewer figures behind it leave open what they count
PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+"
AMOUNT = re.compile(
    rf"(?P<sign>[+-])?(?:人民币|rmb|cny)?[¥￥]?(?P<minus>-)?(?:(?P<yi>{NUMBER})亿)?(?:(?P<wan>{NUMBER})万)?"
    rf"(?:(?P<number>{NUMBER})(?P<scale>百万|千|百)?)?(?P<yuan>元|圆)?整?"
)
IN_BRACKETS = re.compile(r"\((.+)\)")
DAYS = re.compile(r"([+-]?\d+)(?:\.0+)?[天日]?")
# Each bracket that is never closed looks for its end, so that it may not look to the end of a cell of a hundred thousand.
NOTE_IN_BRACKETS = re.compile(r"[(\[【〔{<].{0,500}?[)\]】〕}>]")
CODE_PREFIX = re.compile(r"^\d{1,4}[-_.、:|]?(?=\D)")


@dataclass(frozen=True)
class Parsed:
    """A column that was read: its values, and a mask of the cells that hold something unreadable."""

    values: pd.Series
    unreadable: pd.Series


def is_blank(value: Any) -> bool:
    """Return whether a cell says nothing.

    >>> is_blank("－"), is_blank("0")
    (True, False)
    """
    return plain(value) in BLANK


def each_once(column: pd.Series, read: Callable[[Any], Any]) -> np.ndarray:
    """Apply ``read`` to every different cell once, spread back over the column (an object array)."""
    places, results = _read_once(column, read)
    return results[places]


def _read_once(column: pd.Series, read: Callable[[Any], Any]) -> tuple[np.ndarray, np.ndarray]:
    """Places and results: missing cells have place -1 and take the last result, which is ``None``."""
    places, different = pd.factorize(column, use_na_sentinel=True)
    results = np.empty(len(different) + 1, dtype=object)
    for i, value in enumerate(np.asarray(different, dtype=object)):
        results[i] = read(value)
    return places, results


UNREADABLE = object()


def _parsed(column: pd.Series, read: Callable[[Any], Any], dtype: Any) -> Parsed:
    """A column read cell by cell, each different cell once."""
    places, results = _read_once(column, read)
    bad = np.fromiter((r is UNREADABLE for r in results), dtype=bool, count=len(results))
    results[bad] = None
    values = pd.Series(results, dtype=object).astype(dtype).array.take(places % len(results))
    return Parsed(pd.Series(values, index=column.index), pd.Series(bad[places], index=column.index))


def _day(year: int, month: int, dom: int) -> Any:
    try:
        return np.datetime64(dt.date(year, month, dom), "s")
    except ValueError:
        return UNREADABLE


def _day_at(year: int, month: int, dom: int, *, after: str) -> Any:
    """A day with what is written behind it; an instant with a zone is the court's day, not that of its zone."""
    if TIME.fullmatch(after):
        return _day(year, month, dom)
    if not (found := INSTANT.fullmatch(after)):
        return UNREADABLE
    hour, minute, east, more = (int(part or 0) for part in found.groups())
    try:
        zone = dt.timezone(dt.timedelta(hours=east, minutes=-more if east < 0 else more))
        local = dt.datetime(year, month, dom, hour, minute, tzinfo=zone).astimezone(COURT_ZONE)
    except (ValueError, OverflowError):
        return UNREADABLE
    return _day(local.year, local.month, local.day)


def _are_two_figures(value: Any) -> bool:
    return isinstance(value, str) and TWO_FIGURES.search(value.strip()) is not None


def _has_marked_figure(value: Any) -> bool:
    return isinstance(value, str) and MARKED_FIGURE.search(value) is not None


def _chinese_number(text: str) -> int:
    """A month or a day of the month: 元, 十二, 廿一, 31; 0 where it is none."""
    if text.isdecimal():
        return int(text)
    if text == "元":
        return 1
    tens, ten, ones = text.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    if any(part not in CHINESE_DIGITS for part in (tens, ones) if part):
        return 0
    return (CHINESE_DIGITS.get(tens, 1) * 10 if ten else 0) + CHINESE_DIGITS.get(ones, 0)


def read_date(value: Any, date_system: str = "1900") -> Any:
    """Read one date cell as ``numpy.datetime64[s]``, ``None`` where blank, ``UNREADABLE`` where it is no whole date.

    A bare number of five figures is a day of the calendar ``date_system``, and none where that is empty.

    >>> [str(read_date(v))[:10] for v in ("2011.3.5", "２０１１年３月５日 14:30", "20110305", 40607, "二〇一一年三月五日")]
    ['2011-03-05', '2011-03-05', '2011-03-05', '2011-03-05', '2011-03-05']
    >>> read_date("2011年3月") is UNREADABLE
    True
    """
    if isinstance(value, dt.date) and value is not pd.NaT:  # a datetime and a Timestamp are dates too
        local = value.astimezone(COURT_ZONE) if isinstance(value, dt.datetime) and value.tzinfo else value
        return _day(local.year, local.month, local.day)
    if isinstance(value, np.datetime64):
        day = value.astype("datetime64[D]").item()
        return _day(day.year, day.month, day.day) if isinstance(day, dt.date) else UNREADABLE
    text = plain(value)
    if text in BLANK or text in NOT_YET:
        return None
    if _has_marked_figure(value):
        return UNREADABLE
    spaced = SPACES.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFKC", written(value)))).strip()
    for pattern in (WRITTEN_DATE, COMPACT_DATE, *ENGLISH_DATES):
        if found := pattern.fullmatch(spaced):
            year, month, dom, after = found.group("year", "month", "dom", "after")
            number = int(month) if month.isdecimal() else MONTHS.index(month[:3].lower()) + 1
            return _day_at(int(year), number, int(dom), after=after)
    if date_system and SERIAL.fullmatch(text) and FIRST_SERIAL <= float(text) <= LAST_SERIAL:
        return np.datetime64(EPOCHS[date_system] + dt.timedelta(days=int(float(text))), "s")
    if found := CHINESE_DATE.fullmatch(text):
        year, month, dom = found.groups()
        return _day(
            int("".join(str(CHINESE_DIGITS.get(c, c)) for c in year)), _chinese_number(month), _chinese_number(dom)
        )
    return UNREADABLE


def is_day_cell(value: Any, date_system: str = "1900") -> bool:
    """Return whether a cell holds a day, however long ago.

    >>> is_day_cell("1945-03-01"), is_day_cell("2011-02-30"), is_day_cell("未结")
    (True, False, False)
    """
    return isinstance(read_date(value, date_system), np.datetime64)


def parse_dates(column: pd.Series, *, date_system: str = "1900") -> Parsed:
    """Read dates as ``datetime64[s]``: 2011-03-05, 2011/3/5, 2011.3.5, 2011年3月5日, 20110305, 5 March 2011, Excel serials, with times."""
    if pd.api.types.is_datetime64_any_dtype(column):
        local = column.dt.tz_convert(COURT_ZONE).dt.tz_localize(None) if column.dt.tz is not None else column
        days = local.dt.normalize().astype("datetime64[s]")
        bad = ~days.dt.year.between(dt.MINYEAR, dt.MAXYEAR) & days.notna()
        return Parsed(days.mask(bad), bad)
    return _parsed(column, lambda value: read_date(value, date_system), "datetime64[s]")


def read_amount(value: Any, unit: float = 1.0) -> Any:
    """Read one amount in 元: a unit in the cell goes before the column's unit.

    >>> read_amount("1,234.56"), read_amount("12.5万元"), read_amount("１.２亿"), read_amount("12.5", unit=10_000)
    (1234.56, 125000.0, 120000000.0, 125000.0)
    >>> read_amount("12万3") is UNREADABLE  # 123,000 to whoever speaks it, 120,003 to whoever counts
    True
    >>> read_amount("50000\\n30000") is UNREADABLE
    True
    """
    text = plain(value).replace("，", ",")
    if text in BLANK or text in NOT_YET:
        return None
    sign = 1.0
    if found := IN_BRACKETS.fullmatch(text):  # (1,234.56) is how accounts write a negative amount
        text, sign = found.group(1), -1.0
    if _has_marked_figure(value) or _are_two_figures(value) or (sign < 0 and ("-" in text or "+" in text)):
        return UNREADABLE
    if PLAIN_NUMBER.fullmatch(text):
        yuan = float(text) * unit
    else:
        found = AMOUNT.fullmatch(text)
        parts = found.groupdict() if found else {}
        if not any(parts.get(k) for k in ("yi", "wan", "number")) or (parts["sign"] and parts["minus"]):
            return UNREADABLE
        if parts["number"] and (parts["yi"] or parts["wan"]) and not (parts["scale"] or parts["yuan"]):
            places = LAST_PLACES if parts["wan"] else 2 * LAST_PLACES
            if len(parts["number"].partition(".")[0].replace(",", "")) != places:
                return UNREADABLE
        own_unit = any(parts[k] for k in ("yi", "wan", "scale", "yuan"))
        yuan = sum(
            float(parts[k].replace(",", "")) * SCALES[scale]
            for k, scale in (("yi", "亿"), ("wan", "万"), ("number", parts["scale"] or ""))
            if parts[k]
        ) * (1.0 if own_unit else unit)
        sign *= -1.0 if "-" in (parts["sign"], parts["minus"]) else 1.0
    yuan = sign * round(yuan, 6)  # 0.29 万元 × 10,000 is 2,900, not 2,899.9999999999995
    return UNREADABLE if is_no_amount(yuan) else yuan


def in_yuan(numbers: Any, unit: float) -> Any:
    """Return amounts in 元; what is too large for any becomes infinite, which is no amount.

    >>> in_yuan(np.array([0.29, 1e308]), 10_000.0).tolist()
    [2900.0, inf]
    """
    with np.errstate(over="ignore"):
        return np.round(numbers * unit, 6)


def is_no_amount(yuan: Any) -> Any:
    """Return which numbers are no amounts in 元: beyond what a register holds, or the number of a mobile telephone.

    >>> is_no_amount(np.array([2e12, 13912345678.0, 13912345678.5, 13_900_000_000.0, 100.0])).tolist()
    [True, True, False, False, False]
    """
    size = np.abs(yuan)
    high = size >= FIRST_MOBILE
    if not np.any(high):
        return high
    within = np.minimum(size, LAST_MOBILE + 1)
    return (size > MOST_YUAN) | high & (within <= LAST_MOBILE) & (within % 1 == 0) & (within % ROUND_YUAN != 0)


def parse_amounts(column: pd.Series, *, unit: float = 1.0) -> Parsed:
    """Read amounts in 元 (float): 1,234.56, 12.5万元, 1.2亿, ￥, full width; ``unit`` is what the column's numbers count."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        values = in_yuan(column.astype("float64"), unit)
        bad = is_no_amount(values)
        return Parsed(values.mask(bad), bad)
    is_plain = column.map(_is_plain_amount, na_action="ignore").eq(True).to_numpy(dtype=bool)
    if not is_plain.any():
        return _parsed(column, lambda value: read_amount(value, unit), "float64")
    others = _parsed(column[~is_plain], lambda value: read_amount(value, unit), "float64")
    yuan, unreadable = np.empty(len(column)), np.zeros(len(column), dtype=bool)
    yuan[is_plain] = in_yuan(column[is_plain].astype("float64"), unit)
    yuan[~is_plain] = others.values
    unreadable[~is_plain] = others.unreadable
    unreadable |= is_no_amount(yuan)
    yuan[unreadable] = np.nan
    return Parsed(pd.Series(yuan, index=column.index), pd.Series(unreadable, index=column.index))


def _is_plain_amount(value: Any) -> bool:
    """Return whether a cell is digits with at most one point, nothing else: most are, and need no closer look."""
    return (
        isinstance(value, str)
        and len(value) <= LONGEST_PLAIN
        and value.isascii()
        and value.replace(".", "", 1).isdecimal()
    )


def read_days(value: Any) -> Any:
    """Read one whole number of days.

    >>> read_days("30天"), read_days("3个月") is UNREADABLE
    (30, True)
    """
    text = plain(value)
    if text in BLANK:
        return None
    found = None if _has_marked_figure(value) or _are_two_figures(value) else DAYS.fullmatch(text)
    return int(found.group(1)) if found and abs(int(found.group(1)[:12])) <= MOST_DAYS else UNREADABLE


def parse_integers(column: pd.Series) -> Parsed:
    """Read whole numbers (``Int64``), with or without 天."""
    return _parsed(column, read_days, "Int64")


def read_boolean(value: Any) -> Any:
    """Read one yes or no.

    >>> read_boolean("有"), read_boolean("×"), read_boolean("部分") is UNREADABLE
    (True, False, True)
    """
    text = plain(value)
    if _has_marked_figure(value):
        return UNREADABLE
    if text in YES_WORDS:
        return True
    if text in NO_WORDS:
        return False
    return None if text in BLANK or text in NOT_KNOWN else UNREADABLE


def parse_booleans(column: pd.Series) -> Parsed:
    """Read yes and no (``boolean``): 是/否, 有/无, √/×, 1/0."""
    return _parsed(column, read_boolean, "boolean")


def read_text(value: Any) -> Any:
    """Read one text cell, trimmed; spaces that only spread Chinese characters apart are taken out.

    >>> read_text(" 王　伟 ")
    '王伟'
    """
    if isinstance(value, str) and len(value) > LONGEST_BLANK and value[0] != "=" and not CARE.search(value):
        return value
    text = INVISIBLE.sub("", written(value)).strip()
    return None if plain(text) in BLANK else BETWEEN_CHINESE.sub("", text)


def parse_texts(column: pd.Series) -> Parsed:
    """Read texts, trimmed; nothing is unreadable."""
    return _parsed(column, read_text, object)


@cache
def _synonyms(vocabulary: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for code in codes(vocabulary).values():
        for name in (code.name, code.text.zh, code.text.en, *code.aliases):
            known.setdefault(plain(name), code.name)
    return known


def read_code(value: Any, vocabulary: str, words: Mapping[str, str] | None = None) -> Any:
    """Read one member of a closed vocabulary, ``None`` where blank or 在办, ``UNREADABLE`` for a word whose meaning is not known.

    >>> [read_code(text, "closure_mode") for text in ("终结本次执行程序（无财产）", "其他", "在办")]
    ['terminated_this_round', 'other', None]
    >>> read_code("挂起", "closure_mode") is UNREADABLE
    True
    """
    text = plain(value)
    if text in BLANK:
        return None
    if words and text in words:
        return words[text]
    known = _synonyms(vocabulary)
    bare = CODE_PREFIX.sub("", NOTE_IN_BRACKETS.sub("", text)).rstrip("。.;,、")
    found = known.get(text) or known.get(bare) or known.get(bare.rstrip("类案件"))
    return found or (None if text in NOT_YET else UNREADABLE)


def parse_codes(column: pd.Series, vocabulary: str, words: Mapping[str, str] | None = None) -> Parsed:
    """Read codes of a closed vocabulary from old and new words; a word that is not known is missing, its text stands beside it."""
    read = _parsed(column, lambda value: read_code(value, vocabulary, words), object)
    return Parsed(read.values, pd.Series(False, index=column.index))


def parse(
    column: pd.Series,
    kind: str,
    *,
    name: str = "",
    unit: float = 1.0,
    date_system: str = "1900",
    words: Mapping[str, str] | None = None,
) -> Parsed:
    """Read a raw column as its kind (see ``columns.toml``); ``name`` is the vocabulary of a code, ``words`` the court's own."""
    readers: dict[str, Callable[[], Parsed]] = {
        "date": lambda: parse_dates(column, date_system=date_system),
        "money": lambda: parse_amounts(column, unit=unit),
        "integer": lambda: parse_integers(column),
        "boolean": lambda: parse_booleans(column),
        "code": lambda: parse_codes(column, name, words),
        "text": lambda: parse_texts(column),
    }
    return readers[kind]()
