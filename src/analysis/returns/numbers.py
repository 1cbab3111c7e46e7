"""Numbers as bulletins write them: digits, Chinese numerals, 百分之…, with unit, and whether they are only about right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

UNITS = "万亿元|千万元|百万元|亿元|万元|千元|元|万件|千件|件次|件|宗|人次|起|个百分点|百分点|%|‰|万|亿|千"
HAN_DIGITS = "〇零一二两三四五六七八九"
HAN_TENS = {"十": 10, "百": 100, "千": 1000}
ABOUT_BEFORE = re.compile(r"(?:近|约|大约|将近|接近|逾|约为|近乎)$")
RANGE_AFTER = re.compile(r"\s*(?:-|—|–|~|～|至|到)\s*\d")
RANGE_BEFORE = re.compile(rf"\d(?:{UNITS})?\s*(?:-|—|–|~|～|至|到)\s*$")
IN_DIGITS = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d|,\d)(?:\.\d+)?|(?P<garbled>\d+(?:,\d+)+|\d{1,3}(?:\s\d{3})+(?!\d))|\d+(?:\.\d+)?)(?P<about>余|多)?"
    rf"(?:\s*(?P<unit>{UNITS}|个(?=[、和与及,，]\s*\d)))?(?P<about2>余|多(?!\d))?(?P<unit2>元|件)?"
)
IN_HAN = re.compile(
    rf"(?:(?P<per>百分之|千分之)|(?<![第\d余多几{HAN_DIGITS}十百千万亿]))(?P<han>[{HAN_DIGITS}十百千万亿]+(?:点[{HAN_DIGITS}]+)?)"
    r"(?P<about>余|多|几)?(?(per)|(?P<unit>万元|亿元|元|件|宗|成(?![立为员效果年交本功])|起(?!来|初|诉|草|点|步)|个百分点))"
)
ONE = ("一件", "一起", "一宗", "一元")  # 每一件, 一起办理: no figures


@dataclass(frozen=True, eq=False)
class Number:
    """One number of a text: its place, its digits (without separators), its unit, and how surely it is meant."""

    start: int
    end: int
    digits: str
    unit: str
    about: bool = False
    above: bool = False  # 余, 多: known to be cut off, not rounded
    garbled: bool = False
    ranged: bool = False

    @property
    def known_to_its_digits(self) -> bool:
        """Return whether a number that is only about right is so to its last printed digit: 3.2万余件, and not 近3000件.

        >>> [n.known_to_its_digits for n in numbers("3.2万余件、900余件、约2800件、1031余件、386件")]
        [True, False, False, True, True]
        """
        if not self.about:
            return True
        return not re.search(r"(?:^|[^.])0+$", self.digits) and (self.above or bool(re.search("[万亿]", self.unit)))


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a text in their order.

    >>> [(n.digits, n.unit) for n in numbers("受理1,714件，结案率百分之九十七点五，执结四千五百六十二件")]
    [('1714', '件'), ('97.5', '%'), ('4562', '件')]
    """
    found = [_in_digits(m, text) for m in IN_DIGITS.finditer(text)]
    taken = {at for n in found for at in range(n.start, n.end)}  # 4.84 亿元: the unit is no number
    han = (m for m in IN_HAN.finditer(text) if m[0] not in ONE and m.start() not in taken)
    found += [n for m in han if (n := _in_han(m, text)) is not None]
    found.sort(key=lambda n: n.start)
    for at in range(len(found) - 2, -1, -1):  # 提高1.1、2.2个百分点: the unit of the last is that of each
        one, other = found[at], found[at + 1]
        if one.unit in ("", "个") and other.unit and re.fullmatch("[、和与及]", text[one.end : other.start]):
            found[at] = replace(one, unit=other.unit)
    yield from found


def _in_digits(m: re.Match[str], text: str) -> Number:
    ahead = text[max(0, m.start() - 4) : m.start()]
    above = bool(m["about"] or m["about2"])
    return Number(
        m.start(),
        m.end(),
        m["digits"].replace(",", ""),
        (m["unit"] or "") + (m["unit2"] or ""),
        about=above or bool(ABOUT_BEFORE.search(ahead)),
        above=above,
        garbled=bool(m["garbled"]),
        ranged=bool(RANGE_AFTER.match(text, m.end()) or RANGE_BEFORE.search(text[max(0, m.start() - 8) : m.start()])),
    )


def _in_han(m: re.Match[str], text: str) -> Number | None:
    value = han_value(m["han"])
    if value is None:
        return None
    unit = {"百分之": "%", "千分之": "‰"}.get(m["per"] or "", m["unit"] or "")
    ahead = text[max(0, m.start() - 4) : m.start()]
    round_number = m["han"][0] in "百千万亿" or m["han"][-1] in "千万亿"  # 近千件, 三千件
    about = bool(m["about"] or ABOUT_BEFORE.search(ahead) or round_number or unit == "成")
    return Number(m.start(), m.end(), value, unit, about=about, above=bool(m["about"]))


def han_value(written: str) -> str | None:
    """A Chinese numeral in digits; ``None`` where it is none.

    >>> [han_value(w) for w in ("四千五百六十二", "九十七点五", "一万二千", "十二", "二〇一一", "三千零五")]
    ['4562', '97.5', '12000', '12', '2011', '3005']
    """
    whole, _, fraction = written.partition("点")
    digits = {sign: at for at, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
    tail = "".join(str(digits[c]) for c in fraction)
    if all(c in digits for c in whole):
        value = int("".join(str(digits[c]) for c in whole))
    else:
        value = section = digit = 0
        for c in whole:
            if c in digits:
                digit = digits[c]
            elif c in HAN_TENS:
                section += (digit or 1) * HAN_TENS[c]
                digit = 0
            else:
                value = (value + section + digit or 1) * {"万": 10**4, "亿": 10**8}[c]
                section = digit = 0
        value += section + digit
    return f"{value}.{tail}" if tail else str(value)
