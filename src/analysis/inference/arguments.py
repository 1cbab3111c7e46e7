"""Numbers that a caller gives: whole or finite, and not below what makes sense, or an error that names them."""

from __future__ import annotations

import math
from numbers import Real
from typing import Any

from analysis.vocabulary.errors import ArgumentError


def whole_number(name: str, value: Any, *, least: int, most: int | None = None) -> int:
    """The value as an integer; raises ``ArgumentError`` for anything but a whole number of at least ``least``, and at most ``most``.

    >>> whole_number("months", 12.0, least=1)
    12
    """
    if not _is_number(value) or value != math.floor(value) or value < least:
        raise ArgumentError(
            f"{name} 应为不小于{least}的整数，现为 {value}。",
            f"{name} must be a whole number ≥ {least}; it is {value}.",
        )
    if most is not None and value > most:
        raise ArgumentError(f"{name} 至多为{most}，现为 {value}。", f"{name} must be at most {most}; it is {value}.")
    return int(value)


def finite_number(name: str, value: Any, *, least: float = -math.inf) -> float:
    """The value as a float; raises ``ArgumentError`` for what is no finite number, or lies below ``least``."""
    if not _is_number(value):
        raise ArgumentError(f"{name} 应为数字，现为 {value}。", f"{name} must be a number; it is {value}.")
    if value < least:
        raise ArgumentError(f"{name} 不能为负，现为 {value}。", f"{name} cannot be negative; it is {value}.")
    return float(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
