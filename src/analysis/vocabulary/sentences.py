"""The sentences of judicial statistics analysis, from the numbers, in both languages.

A count or amount changes by percent, a rate by percentage points; no base gives no percentage; no change is said as
such. Figures are rounded half up to the digits shown, and what is compared is what is shown: two rates that print the
same are ``持平``. No adjective is used.
"""

from __future__ import annotations

import math
import re

import pandas as pd

from analysis.vocabulary.dates import MONTHS, date_label, window_text
from analysis.vocabulary.numbers import rounded
from analysis.vocabulary.result import SYNTHETIC
from analysis.vocabulary.text import Text, capital

RATE_DIGITS = 2
PERCENT_DIGITS = 2
SAME = 1e-9  # sums of the same amounts in another order differ by less
QUOTED = re.compile('["“]([^"”]*)["”]')
LEAST_BASE = 50  # of a count, below which a change is no percentage
COUNTED = {"件": ("case", "cases"), "人": ("person", "persons"), "笔": ("grant", "grants"), "次": ("time", "times")}
DAYS_OF_A_WEEK = 7
WAN, YI = 10_000, 100_000_000  # 万, 亿


# What cells without a value are called, and what they are where some hold something that cannot be read.
NOT_FILLED, NOT_READ = Text("未填", "not filled in"), Text("未填或读不出", "blank or unreadable")
AT_LEAST = Text("至少", "at least ")


def cases(number: float) -> Text:
    """Return a number of cases.

    >>> cases(1).en, cases(383).zh
    ('1 case', '383件')
    """
    count = f"{rounded(number, 0):,}"
    return Text(f"{count}件", f"{count} case" + ("" if count == "1" else "s"))


def beside_count(label: Text) -> Text:
    """Return a label that a number follows: of one that ends in a figure the two are told apart.

    >>> beside_count(Text("民事", "civil")).zh + "50件", beside_count(Text("镇7", "镇7")).zh + "50件", beside_count(Text("镇7", "镇7")).en + " 50"
    ('民事50件', '镇7的50件', '镇7: 50')
    """
    return Text(*(said + apart * said[-1:].isdigit() for said, apart in ((label.zh, "的"), (label.en, ":"))))


def amount(wan: float) -> Text:
    """Return an amount given in 万元; from 1 亿元 on it is said in 亿元.

    >>> amount(2046).zh, amount(31500.4).zh, amount(2046).en
    ('2,046万元', '3.15亿元', '20.46 million yuan')
    """
    if abs(wan) >= YI / WAN:
        return Text(f"{rounded(wan * WAN / YI, 2):,}亿元", f"{rounded(wan / 100, 2):,} million yuan")
    whole = rounded(wan, 0) if float(wan).is_integer() else rounded(wan, 2)
    return Text(f"{whole:,}万元", f"{rounded(wan / 100, 2):,} million yuan")


def rate(percent: float, digits: int = RATE_DIGITS) -> Text:
    """Return a rate in percent.

    >>> rate(99.2228).zh
    '99.22%'
    """
    return Text(f"{rounded(percent, digits)}%", f"{rounded(percent, digits)}%")


def part_of(number: float, total: float, *, moved: Text | None = None) -> Text:
    """Return what share a number told before is of a total, and how that ``moved``; nothing of a total below ``LEAST_BASE``, whose parts say it.

    >>> part_of(25, 100).zh, part_of(25, 100).en, part_of(3, 12).zh
    ('，占25.00%', ' (25.00%)', '')
    >>> part_of(25, 100, moved=Text("同比持平", "unchanged year on year")).en
    ' (25.00%, unchanged year on year)'
    """
    if total < LEAST_BASE:
        return Text("", "")
    share = rate(100 * number / total)
    if moved is None:
        return Text(f"，占{share.zh}", f" ({share.en})")
    return Text(f"，占{share.zh}，{moved.zh}", f" ({share.en}, {moved.en})")


def bounded(least: float, most: float, unfilled: int, filled: float, *, blank: Text = NOT_FILLED) -> Text:
    """Return a rate of which some cases hold no amount: its bounds, how many are ``blank``, and the rate of the others.

    >>> bounded(49.41, 79.63, 40, 70.79).zh
    '49.4–79.6%（40件未填；已填部分70.8%）'
    """
    low, high = rounded(least, 1), rounded(most, 1)
    shown = Text(f"{low}–{high}%", f"{low}–{high}%")
    return shown + in_brackets(left_open(unfilled, filled, blank=blank)) if unfilled else shown


def left_open(unfilled: int, filled: float, *, blank: Text = NOT_FILLED) -> Text:
    """Return how many cases hold no amount, and the rate of the others.

    >>> left_open(3, 70.79, blank=NOT_READ).zh
    '3件未填或读不出；已填部分70.8%'
    """
    known = rounded(filled, 1)
    return Text(f"{unfilled:,}件{blank.zh}；已填部分{known}%", f"{unfilled:,} {blank.en}; {known}% of the others")


def without_claims(shown: Text, unclaimed: int) -> Text:
    """Return a rate of money beside the cases that do not say what is claimed, which nothing bounds.

    >>> without_claims(rate(50.36), 12).zh
    '50.36%（不含未填标的额的12件）'
    """
    return Text(
        f"{shown.zh}（不含未填标的额的{unclaimed:,}件）", f"{shown.en} (without the {unclaimed:,} of no stated claim)"
    )


def in_brackets(text: Text) -> Text:
    """Return a statement as an aside.

    >>> in_brackets(Text("未登记", "not kept")).zh
    '（未登记）'
    """
    return Text(f"（{text.zh}）", f" ({text.en})")


def in_quotes(name: Text) -> Text:
    """Return a name in quotes, those within it as quotes in quotes.

    >>> in_quotes(Text("“3＋1”核心指标", '"3 + 1" core targets'))
    Text(zh='“‘3＋1’核心指标”', en='“‘3 + 1’ core targets”')
    """
    zh, en = (QUOTED.sub(r"‘\1’", of) for of in (name.zh, name.en))
    return Text(f"“{zh}”", f"“{en}”")


def at_least(shown: Text, unfilled: int, *, blank: Text = NOT_FILLED) -> Text:
    """Return a sum to which some cases hold no amount."""
    return Text(f"至少{shown.zh}（{unfilled:,}件{blank.zh}）", f"at least {shown.en} ({unfilled:,} {blank.en})")


def _base(against: Text) -> str:
    """The figure that a change is measured against, as Chinese names it."""
    return "上年同期" if against.zh == "同比" else "上期"


def _no_change(now: float | None, against: Text) -> Text:
    """Say which of the two figures is missing, so that no change can be told."""
    if now is None:
        return Text(f"缺本期数，无法计算{against.zh}变化", f"no figure of this period, no change {against.en}")
    return Text(f"缺{_base(against)}数，无法计算{against.zh}变化", f"no figure to compare with {against.en}")


def change(now: float | None, before: float | None, *, against: Text, unit: str = "") -> Text:
    """Return the change of a count or amount against a base: by percent; of a count (``unit`` 件, 人, 笔, 次) of less than 50 as a count.

    ``against`` names the base: ``Text("同比", "year on year")``, ``Text("环比", "on the period before")``.

    >>> year = Text("同比", "year on year")
    >>> change(386, 343, against=year, unit="件").zh, change(5, 5, against=year).zh, change(3, 0, against=year).zh
    ('同比上升12.54%', '同比持平', '上年同期为0')
    >>> change(5, 3, against=year, unit="件").zh, change(3, 4, against=year, unit="人").en
    ('同比增加2件', '1 person fewer year on year')
    """
    if now is None or before is None:
        return _no_change(now, against)
    if math.isclose(now, before, rel_tol=SAME):
        return Text(f"{against.zh}持平", f"unchanged {against.en}")
    if unit in COUNTED and before < LEAST_BASE:
        return _by_count(round(now - before), unit, against)
    if before == 0:
        return Text(f"{_base(against)}为0", f"from 0 {against.en}")
    percent = rounded((now - before) / abs(before) * 100, PERCENT_DIGITS)
    zh, en = ("上升", "up") if now > before else ("下降", "down")
    if percent == 0:
        return Text(f"{against.zh}{zh}不足0.01%", f"{en} by less than 0.01% {against.en}")
    return Text(f"{against.zh}{zh}{abs(percent)}%", f"{en} {abs(percent)}% {against.en}")


def _by_count(more: int, unit: str, against: Text) -> Text:
    """A change that a percentage would blow up, in the count's own unit."""
    zh, en = ("增加", "more") if more > 0 else ("减少", "fewer")
    one, many = COUNTED[unit]
    return Text(
        f"{against.zh}{zh}{abs(more):,}{unit}", f"{abs(more):,} {one if abs(more) == 1 else many} {en} {against.en}"
    )


def points(now: float | None, before: float | None, *, against: Text, digits: int = RATE_DIGITS) -> Text:
    """Return the change of a rate in percentage points, between the rates as they are shown.

    >>> points(99.2228, 95.6268, against=Text("同比", "year on year")).zh
    '同比上升3.59个百分点'
    """
    if now is None or before is None:
        return _no_change(now, against)
    difference = rounded(now, digits) - rounded(before, digits)
    if difference == 0:
        return Text(f"{against.zh}持平", f"unchanged {against.en}")
    zh, en = ("上升", "up") if difference > 0 else ("下降", "down")
    unit = "percentage point" if abs(difference) == 1 else "percentage points"
    return Text(f"{against.zh}{zh}{abs(difference)}个百分点", f"{en} {abs(difference)} {unit} {against.en}")


def interval(lower: float, upper: float, *, digits: int = RATE_DIGITS, unit: str = "%") -> Text:
    """Return a 95% interval in brackets.

    >>> interval(97.7, 99.7, digits=1).zh
    '（95%区间97.7–99.7%）'
    """
    low, high = rounded(lower, digits), rounded(upper, digits)
    return Text(f"（95%区间{low}–{high}{unit}）", f" (95% interval {low}–{high}{unit})")


def period(first: pd.Timestamp, last: pd.Timestamp) -> Text:
    """Return a window by its name where it is a month, a quarter, cumulative months, whole years or a week, by its days where it is not.

    >>> year, june = pd.Timestamp("2011-01-01"), pd.Timestamp("2012-06-11")
    >>> period(year, pd.Timestamp("2011-12-31")).zh, period(year, june).zh, period(year, pd.Timestamp("2011-01-31")).en
    ('2011年', '2011年1月1日至2012年6月11日', 'Jan 2011')
    >>> period(year, pd.Timestamp("2011-05-31")).zh, period(year, pd.Timestamp("2011-06-30")).zh
    ('2011年1—5月', '2011年上半年')
    >>> period(pd.Timestamp("2011-11-19"), pd.Timestamp("2011-11-25")).zh
    '2011年11月19日至25日（第47周）'
    """
    first, last = pd.Timestamp(first), pd.Timestamp(last)
    if pd.isna(first) or pd.isna(last):
        return Text("—", "—")
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        years = f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
        return Text(f"{years}年", years)
    if first.day == 1 and last == first + pd.offsets.MonthEnd(0):
        return Text(f"{first.year}年{first.month}月", date_label(first, "M", "en"))
    if first.day == 1 and first.month % 3 == 1 and last == first + pd.offsets.MonthEnd(3):
        return Text(f"{first.year}年第{last.quarter}季度", f"{first.year} Q{last.quarter}")
    if first.day == 1 and last.is_month_end and first.year == last.year:
        return _months(first, last)
    said = _days(first, last)
    if (last - first).days + 1 == DAYS_OF_A_WEEK:  # by the number of the week in which it ends
        said += Text(f"（第{last.week}周）", f" (week {last.week})")
    return said


def _months(first: pd.Timestamp, last: pd.Timestamp) -> Text:
    """Whole months of one year, as offices name them."""
    half = {(1, 6): Text("上半年", "first half of"), (7, 12): Text("下半年", "second half of")}.get(
        (first.month, last.month)
    )
    if half:
        return Text(f"{first.year}年{half.zh}", f"{half.en} {first.year}")
    if (first.month, last.month) == (1, 9):
        return Text(f"{first.year}年前三季度", f"first three quarters of {first.year}")
    return Text(
        f"{first.year}年{first.month}—{last.month}月",
        f"{MONTHS[first.month - 1]} to {MONTHS[last.month - 1]} {first.year}",
    )


def _days(first: pd.Timestamp, last: pd.Timestamp) -> Text:
    """Two days; in Chinese what both have in common is said once."""
    year = "" if first.year == last.year else f"{last.year}年"
    month = "" if not year and first.month == last.month else f"{last.month}月"
    return Text(
        f"{first.year}年{first.month}月{first.day}日至{year}{month}{last.day}日",
        window_text(first, last).en,
    )


def sentence(text: Text) -> Text:
    """Return a caption as a sentence: it begins with a capital and ends with a full stop.

    That the data are made up is said once, at the head of a document, and not after every sentence.

    >>> sentence(Text("未结3件（合成数据）", "3 cases pending (synthetic data)")).zh, sentence(Text("无。", "none")).en
    ('未结3件。', 'None.')
    """
    zh, en = (said.removesuffix(mark).rstrip() for said, mark in ((text.zh, SYNTHETIC.zh), (text.en, SYNTHETIC.en)))
    return Text(
        zh if zh.endswith(("。", "！", "？", "；")) else f"{zh}。",
        (capital(en)) if en.endswith((".", "!", "?")) else f"{capital(en)}.",
    )


def place(rank: int, lower: int, upper: int, courts: int) -> Text:
    """Return a place among courts, never without its interval.

    >>> place(1, 1, 9, 24).zh
    '在24个法院中点估计居第1位，95%区间为第1至第9位'
    """
    if lower == upper:
        return Text(
            f"在{courts}个法院中居第{rank}位（95%区间同为该位）",
            f"place {rank} of {courts} courts (95% interval: that place)",
        )
    return Text(
        f"在{courts}个法院中点估计居第{rank}位，95%区间为第{lower}至第{upper}位",
        f"estimated place {rank} of {courts} courts, 95% interval {lower} to {upper}",
    )
