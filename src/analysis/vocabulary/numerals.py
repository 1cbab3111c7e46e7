"""Chinese numerals below a hundred, and the order of what bears a number."""

from __future__ import annotations

import re

import pandas as pd

DIGITS = "〇一二三四五六七八九"
NUMERAL = re.compile("[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]")


def numeral(written: str) -> int:
    """Return a Chinese numeral below a hundred as a number.

    >>> [numeral(written) for written in ("三", "十", "十一", "二十", "九十九")]
    [3, 10, 11, 20, 99]
    """
    tens, ten, ones = written.rpartition("十")
    return 10 * (DIGITS.index(tens) if tens else len(ten)) + (DIGITS.index(ones) if ones else 0)


def group_order(values: pd.Index | pd.Series) -> pd.Index:
    """Return names as sort keys by which numbered groups stand in the order of their numbers, Chinese numerals by value.

    For ``sort_values(key=)``; what is no text stays as it is.

    >>> teams = pd.Series(["执行一组", "执行三组", "执行二组", "执行十一组"])
    >>> teams.sort_values(key=group_order).tolist()
    ['执行一组', '执行二组', '执行三组', '执行十一组']
    """
    keys = {value: NUMERAL.sub(_padded, value) for value in pd.unique(values) if isinstance(value, str)}
    return pd.Index([keys.get(value, value) if isinstance(value, str) else value for value in values])


def number_order(values: pd.Series) -> pd.Series:
    """Return texts as sort keys by which case numbers stand in the order of their numbers.

    >>> pd.Series(["（2024）晴01执10号", "（2024）晴01执9号"]).sort_values(key=number_order).tolist()
    ['（2024）晴01执9号', '（2024）晴01执10号']
    """
    return values.astype(str).str.replace(r"\d+", lambda found: f"{int(found[0]):010d}", regex=True)


def _padded(found: re.Match[str]) -> str:
    return f"{numeral(found[0]):04d}"
