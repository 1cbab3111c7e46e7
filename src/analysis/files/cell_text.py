"""Raw cells as text: as a person sees them, and as they are compared."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal
from typing import Any

import numpy as np

MISSING = ("NaTType", "NAType")  # of pandas, which whoever reads a workbook need not load
LARGEST_EXACT = 1e15  # whole numbers up to here are exact in a float
TEXT_FORMULA = re.compile(r'="([^"]*)"\s*')  # how systems keep Excel from taking a text for a number
SPACES = re.compile(r"\s+")
INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def plain(value: Any) -> str:
    """Return a cell as comparable text: half width, no spaces, nothing invisible, lower case.

    >>> plain("　申请执行标的额（万元） ")
    '申请执行标的额(万元)'
    """
    text = written(value)
    return text and SPACES.sub("", INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).lower()


def written(value: Any) -> str:
    """Return a cell as the text that a person sees in it; a whole number has no ``.0``, and ="…" in a csv is its text.

    >>> written(833.0), written(dt.date(2011, 3, 5)), written(None), written('="20110305"'), written(True)
    ('833', '2011-03-05', '', '20110305', 'TRUE')
    """
    if isinstance(value, str):
        return found[1] if value[:1] == "=" and (found := TEXT_FORMULA.fullmatch(value)) else value
    if value is None or type(value).__name__ in MISSING:
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (float, np.floating)):
        return _number(float(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", errors="replace")
    return str(value)


def _number(number: float) -> str:
    if not math.isfinite(number):
        return "" if math.isnan(number) else repr(number)
    whole = number.is_integer() and abs(number) < LARGEST_EXACT
    return str(int(number)) if whole else f"{Decimal(repr(number)):f}"
