"""Number formats of workbooks: what a cell shows where its number is another (84.91% is stored as 0.8491)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from math import isfinite
from typing import Any, Self

GENERAL_PERCENT = "0.00%"  # what an XML spreadsheet calls Percent
# A percentage of no more decimals was typed as it is; one of more was calculated, and counts as it is shown.
TYPED_DECIMALS = 4
MOST_DECIMALS, MOST_PERCENTS = 30, 3  # that a number format takes; more signs than these are no format of a register
QUOTED = re.compile(r'"([^"]*)"|\\(.)|!(.)|\[[^\[\]]*\]|_.|\*.')
# Units of money and the places that they stand above 元.
SCALES = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10}
PLACES = {scale + yuan: places for scale, places in SCALES.items() for yuan in ("", "元")}
UNIT = re.compile(rf"({'|'.join(sorted(PLACES, key=len, reverse=True))})[\s)）]*$")
SCALED = re.compile(r"[0#?](,+)(?![0#?])")  # commas behind the figures divide by a thousand each
# A point that is only written, as in 0!.0000"万" or, with the comma, 0!.0,"万": both divide by ten thousand.
POINT_OF_TEXT = re.compile(r'(?:!|\\)\.([0#?]+)|"\."([0#?]+)')
DECIMALS = re.compile(r"\.([0#?]+)")
SHOWN = re.compile(rf"-?\d+(?:\.(\d+))?\s*{UNIT.pattern}")


class Shown(str):
    """A number as its cell shows it, with what the format makes of it: ``%``, a unit (``万元``), or ``÷1000``."""

    by: str

    def __new__(cls, text: str, by: str) -> Self:
        """Make one of the text and what the format makes of the number."""
        made = super().__new__(cls, text)
        made.by = by
        return made


def changes_number(code: str) -> bool:
    """Return whether a number format shows another number than is stored: a percentage, a unit, or thousands.

    >>> changes_number("0.00%"), changes_number('0.00"万元"'), changes_number("#,##0.00"), changes_number("yyyy-mm-dd")
    (True, True, False, False)
    """
    return _percents(code) > 0 or bool(_unit(code)) or _divisor(code) > 1


def shown(number: Any, code: str) -> Any:
    """Return a number as a cell of this format shows it; what is no number stays as it is.

    >>> shown(0.8491, "0.00%"), shown(711 / 714, "0.0%"), shown(0.9, "0.00%"), shown(12.5, '0.00"万元"')
    ('84.91%', '99.6%', '90.00%', '12.5万元')
    >>> shown(123450.0, '0!.0,"万元"'), shown("无", "0.00%")
    ('12.345万元', '无')
    >>> shown(10002.5, '0!.0000"万元"'), shown(40_607, '0.00,,"百万"')
    ('1.00025万元', '0.040607百万')
    >>> len(shown(1e300, "0.00%")), shown(float("inf"), "0.00%")  # 303 digits, the point, 2 decimals and the sign
    (307, inf)
    >>> [shown(12345, code).by for code in ("0.00%", '0!.0,"万元"', "0.0,")]
    ['%', '万元', '÷1000']
    """
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not isfinite(number):
        return number
    exact = Decimal(repr(number))
    if percents := _percents(code):
        percent = exact * 100**percents
        decimals = min(len(found[1]), MOST_DECIMALS) if (found := DECIMALS.search(QUOTED.sub("", code))) else 0
        own = max(0, -int(percent.normalize().as_tuple().exponent))
        digits = max(decimals, own) if own <= TYPED_DECIMALS else decimals
        with localcontext(rounding=ROUND_HALF_UP):  # unlike quantize, a format takes numbers of any length
            return Shown(f"{percent:.{digits}f}{'%' * percents}", "%" * percents)
    unit, divisor = _unit(code), _divisor(code)
    return Shown(f"{(exact / divisor).normalize():f}{unit}", unit or f"÷{divisor}")


def format_of_text(number: float, text: str) -> str:
    """The format that shows a number as ``text``, as far as it changes the number; empty where it does not.

    >>> format_of_text(0.8491, "84.91%"), format_of_text(12.5, "12.50 万元"), format_of_text(833, "833")
    ('0.00%', '0"万元"', '')
    >>> shown(123450, format_of_text(123450, "12.3万元"))
    '12.345万元'
    """
    bare = text.strip().replace(",", "")
    if bare.endswith("%"):
        return "0." + "0" * len(bare.rstrip("%").partition(".")[2]) + "%"
    found = SHOWN.fullmatch(bare)
    if not found:
        return ""
    unit, read = found[2], float(bare.removesuffix(found[2]).strip() or "nan")
    step, scale = 10.0 ** -len(found[1] or ""), 10.0 ** PLACES[unit]
    if abs(read - number) <= step:
        return f'0"{unit}"'
    return f'0!.{"0" * PLACES[unit]}"{unit}"' if abs(read * scale - number) <= step * scale else ""


def _bare(code: str) -> str:
    return QUOTED.sub("", code.split(";", maxsplit=1)[0])


def _percents(code: str) -> int:
    return min(_bare(code).count("%"), MOST_PERCENTS)


def _unit(code: str) -> str:
    """The unit of money that is written behind the figures, if it is more than 元."""
    written = QUOTED.sub(lambda found: found[1] or found[2] or found[3] or "", code.split(";", maxsplit=1)[0])
    found = UNIT.search(written)
    return found[1] if found else ""


def _divisor(code: str) -> int:
    first = code.split(";", maxsplit=1)[0]
    found = SCALED.search(_bare(first))
    point = POINT_OF_TEXT.search(first)
    places = len(point[1] or point[2]) if point else 0
    return 10 ** min((3 * len(found[1]) if found else 0) + places, MOST_DECIMALS)
