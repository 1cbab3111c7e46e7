"""Expressions of time in an English statement: stretches with their first and last day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from analysis.returns.times import Span, month_end, not_over, unclear_times

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower() + dot: number for number, name in enumerate(calendar.month_abbr) if name for dot in ("", ".")}
MONTHS |= {"sept": 9, "sept.": 9}
MONTH = "|".join(sorted((name.replace(".", r"\.") for name in MONTHS), key=len, reverse=True))
CAPITAL_MONTH = "|".join(name for name in calendar.month_name if name)
YEAR = r"(?:19|20)\d{2}"
ISO = rf"{YEAR}-[01]\d-[0-3]\d"
NOT_CALENDAR = "(?:fiscal|financial|budget(?:ary)?|judicial|court|legal|reporting)"  # years that may begin on any day
THE_YEAR = rf"(?:(?P<year>{YEAR})|(?P<said>this|last)\s+year)"
ORDER = {"1": 1, "2": 2, "3": 3, "4": 4, "first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
SMALL = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
ENDED_AFTER = {"quarter": 3, "half-year": 6, "half": 6, "year": 12, "month": 1}  # months
THE_LEVEL = r"(?:that|those|the (?:figure|level|rate|number|total|amount))"
COMPARED = (
    r"\b(?:from|over|on|to|above|below|comparisons? (?:to|with)|than(?: in)?|against|with"
    rf"|(?:than|above|below|over|from|to|with|against|on) {THE_LEVEL} (?:of|in|for|recorded in|seen in))\s+"
)
# compared with 71.2 million yuan in the first half of 2021: a time of that number alone
BEHIND = 80  # characters
AS_BASE = re.compile(
    rf"\b(?:compared (?:with|to)|against|versus|than the|(?<!more )(?<!less )(?<!fewer )than|(?:up|down) from)\s+(?:the\s+)?(?:RMB|CNY"
    rf"|¥)?\s*(?!{YEAR}\b)\d(?:[\d,.]*\d)?(?![\d,])[^,;.\d]*$",
    re.IGNORECASE,
)
# up 5 per cent on the first half of 2021
ON_BASE = re.compile(
    r"(?:\b(?:on|from|above|below|than(?: in)?|against|versus|compared (?:with|to))|(?:%|per ?cent|points?|cases|respectively|\d) over)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# words of time that say no stretch of it: what is compared, ends of years, lengths and means; any other leaves the time open
NO_STRETCH = re.compile(
    r"year[- ](?:on[- ]year|end)|(?:the )?(?:year|period|quarter)'s (?:end|close)|the (?:year|half|quarter|month|period)'s"
    r"|(?:every|each) year|(?:for (?:a|the) )?(?:\w+ )?(?:consecutive|successive|straight) (?:year|quarter|month)|(?:a"
    r"|the) (?:following|next|coming|new) year|(?:end|close|turn|beginning|start|course) of (?:the|its|this|that) (?:year|quarter|month|period)"
    r"|reporting (?:period|year)|year (?:after|by) year|(?:year|month)s? in (?:turn|succession)|(?:last|previous|preceding|prior|same) (?:year"
    r"|quarter|month|period)|(?:a|the) (?:year|month|quarter) (?:earlier|before|ago)"
    rf"|(?:for|in) (?:the|a) (?:year|quarter|month)(?: as a whole)?|the year|, a year (?:of|marked|in which|when)"
    rf"|(?<!past )(?<!last )(?<!\w)(?:\d(?:[\d.,]*\d)?|{'|'.join(SMALL)})[- ](?:years?(?! on year)|months?|days?|quarters)"
    r"|(?:(?<=\d% )|(?<=per cent ))(?:on|from|over) the (?:first|second|third|fourth|last) (?:quarter|half)(?! of)"
    r"|per (?:year|month|day)|this year|that year|the same year|end of (?:the )?(?:year|quarter|month)|calendar year|"
    r"for the \w+ (?:year|quarter|month) (?:running|in a row)|(?:year|month)ly|in the \w+ quarters",
    re.IGNORECASE,
)
TIME_SIGN = re.compile(
    r"\b(?:at present|currently|presently|hours?|days?|nights?|mornings?|weeks?|fortnights?|months?|quarters?|years?|decades?|today|yesterday"
    r"|spring|summer|autumn|winter"
    rf"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?<=in )(?:{CAPITAL_MONTH}))\b",
    re.IGNORECASE,
)
STOCK = re.compile(
    r"\b(?:pending|outstanding|open|un\w+ed|unfinished|stock|backlog|remain\w*)\b", re.IGNORECASE
)  # on 31 December
LED_TO = re.compile(r"\binto\s+$")  # carried into 2024: a time of no figure


def _day(end: str) -> str:
    """A pattern of a day and its month, in either order: 20 December, December 20th."""
    day = r"(?P<{0}d{1}>\d{{1,2}})(?:st|nd|rd|th)?"
    month = "(?P<{0}m{1}>{2})"
    orders = [
        rf"{day.format(end, n)}\s+(?:of\s+)?{month.format(end, n, MONTH)}"
        if n == 1
        else rf"{month.format(end, n, MONTH)}\s+{day.format(end, n)}"
        for n in (1, 2)
    ]
    return "|".join(orders)


BEFORE = re.compile(
    r"\b(?:before|after|prior to)\s+(?:the end of\s+)?$", re.IGNORECASE
)  # filed before 2022: no year of theirs
OVER_YEAR = re.compile(rf"Over (?P<year>{YEAR})")
YEAR_HEAD = re.compile(YEAR)
RECORD = re.compile(
    r"\b(?:\w+est|most|least|record|first(?: time)?|high|low|peak|not seen|unseen)\b[^,;.\d]*$", re.IGNORECASE
)
TIMES = [
    re.compile(
        r"(?:same|corresponding|equivalent) period (?:of|in|last) (?:the )?(?:last|previous|preceding)? ?year"
        r"|\b(?:from|over|than(?: in)?|with|to|against) (?:the )?(?:last|previous) year", re.IGNORECASE
    ),
    re.compile(rf"\b(?:same|corresponding|equivalent) (?:quarter|period|month|half)(?: of the year)? (?:of|in) (?P<other>{YEAR})"
        rf"|\bthan at (?:the )?(?:year[- ])?end(?: of)? (?P<other2>{YEAR})", re.IGNORECASE),
    # compared with 456 cases in 2018, up from 2017: another year's figure
    re.compile(rf"(?:compared|comparing|in comparison) (?:with|to)(?:[^.;,]|,(?=\d))*?\b(?P<other>{YEAR})", re.IGNORECASE),
    # against 88.3 per cent in 2021, up from 300 cases in 2021
    re.compile(rf"\b(?:against|versus|(?:up|down) from|compared (?:with|to))\s+[^.;,a-z]*[\d.]+\s*(?:%|per ?cent|cases|million|billion|yuan|\s)*"
        rf"\s(?:in|for|during)\s+(?P<other>{YEAR})", re.IGNORECASE),
    # from 2023-01-01 to 2023-09-30, as of 2023-09-30, 2023-09-30
    re.compile(rf"(?:\b(?:from|between)\s+)?(?P<iso1>{ISO})\s*(?:\b(?:to|and|through|until)\b|[-–—/])\s*(?P<iso2>{ISO})", re.IGNORECASE),
    re.compile(rf"\b(?:by|as of|as at|at|until|up to|on)\s+(?P<until_iso>{ISO})", re.IGNORECASE),
    re.compile(rf"\b(?P<other_iso>{ISO})\b"),
    # 2021/22, 2021-22, fiscal year 2022: a year whose first day is not said
    re.compile(rf"\b(?P<split>{YEAR}[/–-]\d{{2}})\b(?![/–-]?\d|,\d)"),
    re.compile(rf"\b(?:(?:fiscal|financial|budget(?:ary)?)\s+year(?:\s+of)?|FY)\s*(?P<split>{YEAR}(?:[/–-]\d{{2,4}})?)\b"
        rf"(?!\s*[(,:]\s*(?:from\s+)?(?:{_day('x')}))", re.IGNORECASE),
    # double the amount of 2018, 1.6 times that of 2018
    re.compile(rf"\b(?:times|double|twice|triple|treble|half|thirds|quarters|percent of|cent of|% of)"
        rf"\s+{THE_LEVEL}\s+(?:of|in|for)\s+(?P<other>{YEAR})", re.IGNORECASE),
    # (2022: 6,930; 2020: 3,340)
    re.compile(rf"(?:(?<=\()|(?<=[;,] ))(?P<other>{YEAR})(?=:\s*\d)"),
    # from 47.1% in 2022 to 46.5%
    re.compile(rf"\bfrom\s+(?:RMB|CNY|¥)?\s*[\d.,]+\s*(?:%|per ?cent|cases|million|billion|yuan|\s)*\s(?:in|for|during)\s+(?P<other>{YEAR})", re.IGNORECASE),
    # from 1 January to 20 December 2021, January 1, 2020 through June 30, 2022
    re.compile(rf"(?:\b{NOT_CALENDAR}\s+year(?:\s+(?:of\s+)?{YEAR}(?:[/–-]\d{{2,4}})?)?\s*[(,:]\s*|\bFY\s*{YEAR}(?:[/–-]\d{{2,4}})?\s*[(,:]\s*)?"
        rf"(?:(?:from|between)\s*)?(?:{_day('f')})(?:,?\s+(?P<year1>{YEAR}))?,?\s*(?:\b(?:to|and|through|until)\b"
    rf"|[-–—])\s*(?:{_day('l')}),?\s+(?P<year>{YEAR})", re.IGNORECASE),
    re.compile(rf"(?P<years>{'|'.join(SMALL)})\s+years\s+(?:up\s+)?(?:to|ending(?:\s+in)?|ended)\s+(?P<year>{YEAR})", re.IGNORECASE),
    re.compile(rf"(?:past|last|these)\s+(?:{'|'.join(SMALL)})\s+years\s*\((?P<year>{YEAR})\s*(?:[-–—]|\bto\b)\s*(?P<year2>{YEAR})\)", re.IGNORECASE),
    re.compile(rf"(?:from|between)\s+(?P<year>{YEAR})\s+(?:to|and|through)\s+(?P<year2>{YEAR})", re.IGNORECASE),
    re.compile(rf"(?:\b(?:from|over|between)\s+)?(?P<year>{YEAR})\s*(?:[-–—]|\bto\b|\bthrough\b)\s*(?P<year2>{YEAR})", re.IGNORECASE),
    re.compile(rf"(?:between|from)?\s*(?P<m1>{MONTH})"
        rf"(?:\s+(?P<year1>{YEAR}))?\s*(?:to|and|through|[-–—])\s*(?P<m2>{MONTH}),?(?:\s+of)?\s+{THE_YEAR}", re.IGNORECASE),
    re.compile(rf"(?P<until>by|at|as of|as at|until|up to) (?:the )?end of the (?:(?P<quarter>first|second|third|fourth|last) quarter"
    rf"|(?P<half>first|second) half)(?: of (?P<year>{YEAR}))?", re.IGNORECASE),
    re.compile(rf"(?<=\()(?P<until>(?:year[- ])?end)(?: of)? (?P<year>{YEAR})(?=\))", re.IGNORECASE),
    re.compile(rf"(?P<until>by|until|up to)\s+(?P<m2>{MONTH}),?\s+(?P<year>{YEAR})", re.IGNORECASE),
    re.compile(rf"(?P<until>by|at|as of|as at|until|up to)\s+(?:the\s+)?end\s+of\s+(?:(?P<m2>{MONTH}),?\s+)?(?P<year>{YEAR})", re.IGNORECASE),
    re.compile(rf"(?P<until>by|at|as of|as at)\s+(?:the\s+)?end\s+of\s+(?P<m2>{MONTH})\b(?!,?\s*(?:of\s+)?{YEAR})", re.IGNORECASE),
    re.compile(rf"(?P<until>by|as of|as at|at|until|up to|on)\s+(?:(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?"
        rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m3>{MONTH}),?)\s+(?P<year>{YEAR})", re.IGNORECASE),
    re.compile(rf"(?P<ended>quarter|half[- ]year|year|month|(?:{'|'.join(SMALL)})\s+months)\s+(?:to|end(?:ed|ing)(?:\s+on)?)\s+"
        rf"(?:\d{{1,2}}\s+)?(?P<m2>{MONTH})(?:\s+\d{{1,2}})?,?\s+(?P<year>{YEAR})", re.IGNORECASE),
    re.compile(rf"(?P<quarter>first|second|third|fourth)(?=(?:(?:, *(?:and +)?| +and +)(?:second|third|fourth"
    rf"|last))+ +quarters(?: of (?P<year>{YEAR}))?)", re.IGNORECASE),
    re.compile(rf"(?P<quarter>second|third|fourth|last) +quarters(?: of (?P<year>{YEAR}))?", re.IGNORECASE),
    re.compile(rf"\bQ(?P<quarter>[1-4])(?:\s+of|,)?\s+(?P<year>{YEAR})"),
    re.compile(rf"\b(?P<year>{YEAR})\s*Q(?P<quarter>[1-4])\b"),
    re.compile(rf"\bH(?P<half>[12])(?:\s+of|,)?\s+(?P<year>{YEAR})"),
    re.compile(rf"\b(?P<year>{YEAR})\s*H(?P<half>[12])\b"),
    re.compile(rf"first\s+(?P<months>{'|'.join(SMALL)}|\d{{1,2}})\s+months\s+of\s+(?:the\s+year\s+)?{THE_YEAR}", re.IGNORECASE),
    re.compile(rf"first\s+(?P<quarters>two|three)\s+quarters\s+of\s+(?:the\s+year\s+)?{THE_YEAR}", re.IGNORECASE),
    re.compile(rf"(?P<half>first|second)\s+half\s+of\s+(?:the\s+year\s+)?{THE_YEAR}", re.IGNORECASE),
    re.compile(rf"(?P<quarter>first|second|third|fourth|last)\s+quarter(?:\s+of(?:\s+the\s+year)?|,)?\s+{THE_YEAR}", re.IGNORECASE),
    # in the fourth quarter, at 31 December, at year end: of the year last said
    re.compile(rf"\b(?P<m1>{MONTH})\s*(?:to|and|through|[-–—])\s*(?P<m2>{MONTH})\b(?!,?\s*(?:of\s+)?{YEAR}|\s+\d{{1,2}}\b(?!,))", re.IGNORECASE),
    re.compile(rf"(?:(?<=\bIn )|(?<=\n)|(?<=\. ))(?P<month>{CAPITAL_MONTH})\b(?!,?\s*(?:of\s+)?\d)"),
    re.compile(r"\b(?:in|during) the (?P<half>first|second)\s+half\b(?! of (?!the (?:same )?year))", re.IGNORECASE),
    re.compile(r"(?<=\()(?P<quarter>first|second|third|fourth|last)\s+quarter(?=\))", re.IGNORECASE),
    re.compile(r"(?<=\()Q(?P<quarter>[1-4])(?=\))"),
    re.compile(r"\b(?:in|during) the (?P<quarter>first|second|third|fourth|last)\s+quarter\b(?! of (?!the (?:same )?year))", re.IGNORECASE),
    re.compile(rf"\b(?P<until>by|as of|as at|at|on)\s+(?:(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m3>{MONTH})"
        rf"|(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)\b(?!,?\s*{YEAR})", re.IGNORECASE),
    re.compile(rf"since\s+(?:the\s+(?:start|beginning)\s+of\s+)?(?:(?P<m1>{MONTH})\s+)?(?P<since>{YEAR})", re.IGNORECASE),
    re.compile(rf"{COMPARED}(?P<other>{YEAR}(?:\s*[-–—]\s*{YEAR})?)\b", re.IGNORECASE),
    re.compile(rf"\b(?:above|below|than|over|from|to|with|against|on|of)\s+(?:the|its|their)\s+(?P<other>{YEAR})\s+"
        r"(?:level|figure|total|number|rate|amount)s?\b", re.IGNORECASE),
    re.compile(rf"(?P<month>{MONTH})(?:\s+of)?,?\s+{THE_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<=\bin )(?P<year>{YEAR})\b", re.IGNORECASE),
    re.compile(r"(?P<said>this|last) year(?!'s (?:figure|level|number|total|rate|count|[\d,.]+)| on)", re.IGNORECASE),
    re.compile(r"\b(?<=[Tt]otal )(?:for|in|over) the (?P<whole>year)(?=\s*[:,])"),
    re.compile(rf"\b(?:for|over|in|during|across) (?:the )?"
        rf"(?P<whole>(?:year as a whole|(?:whole|full|entire) (?:of the )?year))(?! (?:of )?{YEAR})", re.IGNORECASE),
    re.compile(r"(?:(?<=\n)|(?<=[.;] ))(?:The )?(?P<quarter>first|second|third|fourth|last)\s+quarter(?=\s*[:,])", re.IGNORECASE),
    re.compile(r"(?:(?<=\n)|(?<=[.;] ))(?:The )?(?P<half>first|second)\s+half(?: of the year)?(?=\s*[:,])", re.IGNORECASE),
    re.compile(rf"\b(?P<year>{YEAR})\b(?! +(?:\w+ +)?cases)", re.IGNORECASE),
]  # fmt: skip


def unclear_english_times(text: str, known: list[tuple[int, int]]) -> list[int]:
    """Where a text speaks of a time that is not understood, outside the places ``known``: in one week.

    >>> unclear_english_times("that week 37 were closed, up 3% year on year", [])
    [5]
    """
    return unclear_times(text, known, TIME_SIGN, NO_STRETCH)


def english_spans(text: str, published: date | None) -> Iterator[Span]:
    """Expressions of time in an English text, in order; only those that say a stretch of time have a day.

    >>> [(str(s.first), str(s.last)) for s in english_spans("In the first half of 2018, up 3% from 2017; as of June 30, 2019", None)]
    [('2018-01-01', '2018-06-30'), ('None', 'None'), ('None', '2019-06-30')]
    """
    year: int | None = None
    told: Span | None = None
    for found in _in_order(text):
        span = _span(found, published, year)
        if found.groupdict().get("whole"):
            part = told and told.first and told.last and told.first.year == told.last.year
            span = replace(span, stretch=bool(part))  # the year of which parts were said
        if over := OVER_YEAR.fullmatch(
            found[0]
        ):  # Over 2021 the court closed 99: a time of its own, at the beginning of a sentence
            own = int(over["year"])
            span = replace(span, first=date(own, 1, 1), last=date(own, 12, 31), year=own, stretch=True)
        bracketed = text.rfind("(", 0, found.start()) > text.rfind(")", 0, found.start())
        if (
            found.lastgroup == "other" and YEAR_HEAD.fullmatch(found[0]) and not bracketed
        ):  # Key figures, 2023: 99 cases
            first, last = date(int(found[0]), 1, 1), date(int(found[0]), 12, 31)
            span = replace(span, first=first, last=last, year=first.year, stretch=True)
        if (
            "since" in found.groupdict()
            and found["since"]
            and RECORD.search(text[max(0, found.start() - BEHIND) : found.start()])
        ):
            span = replace(span, stretch=False)  # the fewest since 2014
        ahead = text[max(0, found.start() - BEHIND) : found.start()]
        got = {name for name, value in found.groupdict().items() if value}
        on_base = (
            ON_BASE.search(ahead) if got & {"half", "quarter", "quarters", "months", "month", "m1", "ended"} else None
        )
        based = on_base and not ("m1" in got and on_base[0].lower().startswith("from"))  # from January to November
        event = found[0].lower().startswith("on ") and not STOCK.search(
            text[max(0, found.start() - BEHIND) : found.end() + BEHIND]
        )
        if span.stretch and (event or based or AS_BASE.search(ahead) or LED_TO.search(ahead) or BEFORE.search(ahead)):
            span = replace(span, stretch=False)
        aside = text.rfind("(", 0, found.start()) > text.rfind(")", 0, found.start())  # (figures for 2019 in brackets)
        year = span.year if span.year and span.stretch and not (aside and year) else year
        told = span if span.stretch else told
        yield span


def _in_order(text: str) -> Iterator[re.Match[str]]:
    """What the patterns of times find, in order: the first, of several that begin there the longest, and on from its end."""
    ahead = {n: m for n, p in enumerate(TIMES) if (m := p.search(text))}
    while ahead:
        first = min(ahead, key=lambda n: (ahead[n].start(), -ahead[n].end(), n))
        yield (found := ahead[first])
        passed = [n for n, m in ahead.items() if m.start() < found.end()]
        again = {n: m for n in passed if (m := TIMES[n].search(text, found.end()))}
        ahead = {n: m for n, m in ahead.items() if n not in passed} | again


def _span(found: re.Match[str], published: date | None, context: int | None) -> Span:
    got = {name: value for name, value in found.groupdict().items() if value}
    plain = Span(
        found.start(), found.end(), found[0], None, None, None, stretch=bool(got) and "other" not in "".join(got)
    )
    if not got or "split" in got or "other" in "".join(got) or ("said" in got and published is None):
        return plain
    told = next((got[name] for name in ("until_iso", "iso2", "year", "since") if name in got), "")
    year = int(told[:4] or context or (published.year if published else 0))
    if "said" in got and published is not None:
        year = published.year - (got["said"].lower() == "last")
    try:
        first, last = _days(got, year)
    except ValueError:  # a 31st of June
        return plain
    if first and last and first > last:  # from 2018 to 2017
        return plain
    return not_over(Span(found.start(), found.end(), found[0], first, last, year), published if "said" in got else None)


def _days(got: dict[str, str], year: int) -> tuple[date | None, date | None]:
    if "since" in got:
        return date(year, MONTHS[got.get("m1", "January").lower()], 1), None
    if "until" in got:
        return _until(got, year)
    if "until_iso" in got:
        return _on_day(date.fromisoformat(got["until_iso"]))
    return _days_of_stretch(got, year)


def _days_of_stretch(got: dict[str, str], year: int) -> tuple[date | None, date | None]:
    if "iso1" in got:
        return date.fromisoformat(got["iso1"]), date.fromisoformat(got["iso2"])
    if got.keys() & {"fd1", "fd2"}:
        ends = {
            end: (MONTHS[(got.get(f"{end}m1") or got[f"{end}m2"]).lower()], int(got.get(f"{end}d1") or got[f"{end}d2"]))
            for end in "fl"
        }
        return date(int(got.get("year1", year)), *ends["f"]), date(year, *ends["l"])
    if "ended" in got:  # the quarter ending 31 March 2023
        last = MONTHS[got["m2"].lower()]
        length = ENDED_AFTER.get(got["ended"].lower().split()[0]) or SMALL[got["ended"].lower().split()[0]]
        ago = year * 12 + last - length
        return date(ago // 12, ago % 12 + 1, 1), month_end(year, last)
    if "m1" in got:
        return date(int(got.get("year1", year)), MONTHS[got["m1"].lower()], 1), month_end(
            year, MONTHS[got["m2"].lower()]
        )
    if "years" in got:  # the five years to 2022
        return date(year + 1 - SMALL[got["years"].lower()], 1, 1), month_end(year, 12)
    first, last = _months(got)
    return date(year, first, 1), month_end(int(got.get("year2", year)), last)


def _until(got: dict[str, str], year: int) -> tuple[date | None, date | None]:
    """The day until which a text counts; on the first of January the day from which."""
    if got.keys() & {"quarter", "half"}:
        return None, month_end(year, _months(got)[1])
    month = MONTHS[got.get("m2", got.get("m3", "December")).lower()]
    day = got.get("d2") or got.get("d3")
    return _on_day(date(year, month, int(day)) if day else month_end(year, month))


def _on_day(day: date) -> tuple[date | None, date | None]:
    return (day, None) if (day.month, day.day) == (1, 1) else (None, day)  # on 1 January 2022: the year begins


def _months(got: dict[str, str]) -> tuple[int, int]:
    """First and last month of a part of a year; all twelve where none is said."""
    said = {name: value.lower() for name, value in got.items()}
    if "month" in said:
        return MONTHS[said["month"]], MONTHS[said["month"]]
    for name, size in (("quarter", 3), ("half", 6)):
        if name in said:
            return size * (ORDER[said[name]] - 1) + 1, size * ORDER[said[name]]
    if "quarters" in said:
        return 1, 3 * SMALL[said["quarters"]]
    months = said.get("months", "12")
    return 1, SMALL[months] if months in SMALL else int(months)


def quarters_of(year: Span) -> Iterator[Span]:
    """The four quarters of a span that is a year."""
    if year.first:
        for month in range(1, 12, 3):
            first = year.first.replace(month=month)
            yield replace(year, first=first, last=month_end(first.year, month + 2))


def month_ended(year: int, month: str, at: int) -> Span:
    """All time up to the end of a month that a text names at a place."""
    return Span(at, at, month, None, month_end(year, MONTHS[month.lower()]), year)
