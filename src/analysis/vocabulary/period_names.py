"""The names of periods as offices write them, in Chinese and in English: of what year and months they speak."""

from __future__ import annotations

import re
import unicodedata

YEARS = range(1900, 2200)
# 2010—2011年, 2011年上半年, 2011H1, 2011年前三季度, 2011Q1-Q3, 2011年第四季度, 2011-Q4, 2011年1—5月, 2011M1-M5, 2011年5月, 2011-05, 2011年: cumulative or not.
NAMED_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:(?:年度?)?(?:全年)?|(?:年度?)?[-至](?P<to_year>\d{4})(?:年度?)?|(?:年度?|[-/.])?(?:(?P<half>[上下]半年|[Hh][12])|前(?P<quarters>[2-4])个?季度|前(?P<months>\d{1,2})个月"
    r"|第?(?P<from_quarter>[1-4])(?:[-至](?P<to_quarter>[1-4]))?季度?"
    r"|[Qq](?P<from_q>[1-4])(?:[-至][Qq]?(?P<to_q>[1-4]))?"
    r"|[Mm](?P<from_m>\d{1,2})(?:[-至][Mm]?(?P<to_m>\d{1,2}))?"
    r"|(?<=[年度/.-])(?:(?P<from_month>\d{1,2})月?[-至](?P<to_month>\d{1,2})月(?:份|累计)?|(?P<month>\d{1,2})(?:月份?)?)))"
)
DASHES = str.maketrans(dict.fromkeys("—–―‐－~～", "-"))
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH_NAME = re.compile(rf"(?:{'|'.join(MONTHS)}|sept|{'|'.join(name[:3] for name in MONTHS)})\.?")
ENGLISH_TO = re.compile(r"\s+(?:to|through)\s+")
ENGLISH_PART = r"(?:[a-z]|[1-4](?:st|nd|rd|th|[hq])).*"
ENGLISH_PERIOD = re.compile(
    rf"(?:the)?(?P<part>{ENGLISH_PART}?)(?:of)?[,/-]?(?P<year>\d{{4}})|(?P<year_before>\d{{4}}),?(?P<after>{ENGLISH_PART})"
)
NTH = (("first", "1st", "1"), ("second", "2nd", "2"), ("third", "3rd", "3"), ("fourth", "4th", "4"))
COUNTED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ENGLISH_PARTS = {
    **{
        name + half: f"H{n}"
        for n, names in enumerate(NTH[:2], 1)
        for name in names
        for half in ("half", "halfyear", "h")
    },
    **{name + quarter: f"Q{n}" for n, names in enumerate(NTH, 1) for name in names for quarter in ("quarter", "q")},
    **{f"first{count}quarters": f"前{n}季度" for n, name in enumerate(COUNTED[:3], 2) for count in (name, n)},
    **{f"first{count}months": f"前{n}个月" for n, name in enumerate(COUNTED, 2) for count in (name, n)},
}
# columns that say of what part of the year beside them a row is, the finest first, and how a bare number in them is meant
PARTS_OF_YEAR = {
    "月份": "{}月", "月": "{}月", "月度": "{}月", "统计月份": "{}月", "month": "{}月", "months": "{}月",
    "季度": "第{}季度", "季": "第{}季度", "季别": "第{}季度", "quarter": "第{}季度",
    "半年": "H{}", "half": "H{}", "halfyear": "H{}",
}  # fmt: skip
DAY_OF_MONTH = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月]\d{1,2}日?(?:[ T].*)?"
)  # a month as a workbook keeps it: 2025-01-01
WORD_OF_A_PART = re.compile("[月季年度a-z]", re.IGNORECASE)  # without which 一 may be a team
BARE_NUMBERS = re.compile(r"\d{1,2}(?:\s*[-—–―－至~～]\s*\d{1,2})?")
# 二〇二五, 十二, 九: one sign, or four of a year; of two (一二月) nobody knows whether they are one number
HAN_NUMBER = re.compile(
    r"[一二]?十[一二]?|(?<![一二三四五六七八九十])(?:[一二][〇零○一二三四五六七八九]{3}|[一二三四五六七八九]|(?<=前)两)(?![一二三四五六七八九十])"
)
HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九两", "0001234567892")


def months_named(text: str) -> tuple[int, int, int] | None:
    """Return the year of a period's name, its first month and its last one (beyond 12 in the next year); ``None`` for a day or any other text.

    >>> months_named("2011年1—5月"), months_named("2010年至2011年"), months_named("third quarter of 2011"), months_named("2011-11-25")
    ((2011, 1, 5), (2010, 1, 24), (2011, 7, 9), None)
    """
    written = unicodedata.normalize("NFKC", text).translate(DASHES)
    plain = in_figures(re.sub(r"\s|[()]", "", written))  # 2011年（1-5月）
    found = NAMED_PERIOD.fullmatch(plain) or NAMED_PERIOD.fullmatch(_from_english(written.lower()))
    if found is None:
        return None
    year, until = int(found["year"]), int(found["to_year"] or found["year"])
    first, last = _months_of_parts(found.groupdict())
    if year not in YEARS or until not in YEARS or until < year or not 1 <= first <= last <= len(MONTHS):
        return None
    return year, first, last + len(MONTHS) * (until - year)


def of_year(year: str | None, heading: str, part: str | None) -> str | None:
    """Return the period of a row that says its year in one cell and the part of it in another, under a heading of ``PARTS_OF_YEAR`` or one over parts in words.

    >>> of_year("2025", "季度", "四"), of_year("2025年度", "月份", "1—6"), of_year("2025年上半年", "月份", "1月")
    ('2025年第4季度', '2025年1—6月', '2025年上半年')
    """
    as_named = PARTS_OF_YEAR.get(heading, "{}")
    if part and as_named == "{}月" and (day := DAY_OF_MONTH.fullmatch(part)):
        return f"{day[1]}年{day[2]}月"
    named = as_named.format(bare) if BARE_NUMBERS.fullmatch(bare := in_figures(part or "")) else part
    if not year or not named or months_named(named):  # 2025年1月 says its year
        return named or year
    if (of_whole := months_named(year)) is None or of_whole[1:] != (1, len(MONTHS)):
        return year
    return f"{of_whole[0]} {named}" if named.isascii() else f"{of_whole[0]}年{named}"


def is_part_of_year(text: str) -> bool:
    """Return whether a text says in words of what months of some year it is.

    >>> [is_part_of_year(text) for text in ("1—6月", "上半年", "Q1", "一", "3", "2025年1月", "一团队")]
    [True, True, True, False, False, False, False]
    """
    return bool(WORD_OF_A_PART.search(text)) and months_named(f"2000年{text}") is not None


def in_figures(text: str) -> str:
    """Return a text with its Chinese numbers of months, quarters and years in digits.

    >>> in_figures("二〇一一年元月至五月")
    '2011年1月至5月'
    """
    return HAN_NUMBER.sub(_in_digits, text.replace("元月", "1月"))


def _in_digits(found: re.Match[str]) -> str:
    number = found[0]
    tens, ten, ones = number.partition("十")
    return f"{tens or 1}{ones or 0}".translate(HAN_DIGITS) if ten else number.translate(HAN_DIGITS)


def _from_english(written: str) -> str:
    """An English name of a period in small letters, closed up, in the order and words of a Chinese one."""
    plain = "".join(ENGLISH_TO.sub("至", written).split())
    found = ENGLISH_PERIOD.fullmatch(plain)
    if found is None:
        return plain
    months = [name[:3] for name in MONTHS]
    part = MONTH_NAME.sub(lambda month: f"{1 + months.index(month[0][:3])}月", found["part"] or found["after"])
    return f"{found['year'] or found['year_before']}年{ENGLISH_PARTS.get(part, part)}"


def _months_of_parts(part: dict[str, str | None]) -> tuple[int, int]:
    """The first and last month of the parts of a period's name."""
    if part["half"]:
        return (1, 6) if part["half"] in ("上半年", "H1", "h1") else (7, 12)
    if part["quarters"]:
        return 1, 3 * int(part["quarters"])
    if part["months"]:
        return 1, int(part["months"])
    if quarter := part["from_quarter"] or part["from_q"]:
        until = part["to_quarter"] or part["to_q"] or quarter
        return 3 * int(quarter) - 2, 3 * int(until)
    if month := part["from_month"] or part["from_m"] or part["month"]:
        return int(month), int(part["to_month"] or part["to_m"] or month)
    return 1, 12
