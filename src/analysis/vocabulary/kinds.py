"""Kinds of arguments: whether a value is of the kind that a signature names, and the kind in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from numbers import Integral, Real
from os import PathLike
from typing import Any

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.frames import in_pandas
from analysis.vocabulary.text import Text

Kind = tuple[Callable[[Any], bool], Text]
LISTS = ("Sequence", "Iterable")
MOST_SHOWN = 40  # characters of a value that is refused
# The names that signatures give to several kinds.
ALIASES = {
    "AnyFrame": "pd.DataFrame",
    "PathGiven": "str | PathLike[str]",
    "Periods": "Period | Iterable[Period] | None",
    "Sets": "str | Path | Sequence[str | Path] | None",
    "Table": "str | Path | pd.DataFrame",
}


def must_be_kinds(given: Mapping[str, Any], annotations: Mapping[str, str]) -> None:
    """Raise ``ArgumentError`` for the first value that is of none of the kinds that its annotation names.

    A kind that is not known here is left to the function, which says more of it.

    >>> must_be_kinds({"names": True, "at": "2011"}, {"names": "bool", "at": "Day | None"})
    >>> must_be_kinds({"names": "否"}, {"names": "bool"})
    Traceback (most recent call last):
    analysis.vocabulary.errors.ArgumentError: names 不能是“否”：应为 True 或 False。
    >>> must_be_kinds({"months": ["3"]}, {"months": "Sequence[int]"})
    Traceback (most recent call last):
    analysis.vocabulary.errors.ArgumentError: months[0] 不能是“3”：应为 整数。
    """
    for name, value in given.items():
        kinds = _kinds(annotations.get(name, "object"))
        if any(is_one(value) for is_one, _ in kinds):
            if name == "seed" and value < 0:
                raise ArgumentError(f"seed 不能为负，现为 {value}。", f"seed cannot be negative; it is {value}.")
            continue
        raise _no_kind(*_wrong_one(name, value, annotations[name]))


def as_taken(value: Any, annotation: str) -> Any:
    """Return a value as what its annotation names: one alone as a list where only a list is taken, a dataframe as one of pandas.

    >>> as_taken("网页", "Sequence[str]"), as_taken("承办人", "str | Sequence[str]"), as_taken(6, "Sequence[int] | None")
    (['网页'], '承办人', [6])
    """
    if isinstance(value, _only_listed(annotation)):
        return [value]
    return value if "IntoFrame" in annotation else in_pandas(value)


@cache
def _only_listed(annotation: str) -> tuple[type, ...]:
    """The kinds of text and number that an annotation takes in a list alone."""
    parts = [part.removesuffix("]").partition("[") for part in _split(annotation, "|")]
    lists = [inner for name, _, inner in parts if name in LISTS]
    others = {name for name, _, _ in parts} - {*LISTS, "None"}
    return () if others else tuple(kind for kind in (str, int) if kind.__name__ in lists)


def _no_kind(name: str, value: Any, kinds: Sequence[Kind]) -> ArgumentError:
    """The error for a value that is of none of the kinds."""
    words = list(dict.fromkeys(words for _, words in kinds))
    zh = "、".join(w.zh for w in words[:-1]) + " 或 " * (len(words) > 1) + words[-1].zh
    en = ", ".join(w.en for w in words[:-1]) + " or " * (len(words) > 1) + words[-1].en
    if isinstance(value, str | Real):
        shown = f"{value}"[:MOST_SHOWN]
        return ArgumentError(f"{name} 不能是“{shown}”：应为 {zh}。", f'{name} cannot be "{shown}": expected {en}.')
    shown = "None" if value is None else type(value).__name__
    hint = Text("", "")
    if hasattr(value, "to_frame") and any(is_one is _is_frame for is_one, _ in kinds):  # one column of any library
        hint = Text("一列数据请写 .to_frame()。", " Of one column give .to_frame().")
    return ArgumentError(
        f"{name} 不能是 {shown}：应为 {zh}。{hint.zh}", f"{name} cannot be {shown}: expected {en}.{hint.en}"
    )


def _wrong_one(name: str, value: Any, annotation: str) -> tuple[str, Any, tuple[Kind, ...]]:
    """Of a list or a dictionary the first entry that is of none of its kinds, by its place; else the argument itself."""
    for part in _split(annotation, "|"):
        kind, _, inner = part.removesuffix("]").partition("[")
        entries: Iterable[tuple[Any, Any]] = ()
        if kind == "Mapping" and isinstance(value, Mapping):
            entries, inner = value.items(), _split(inner, ",")[1]
        elif kind in LISTS and _is_list(value, (ANY,)):
            entries = enumerate(value)
        items = _kinds(inner) if entries else ()
        for place, entry in entries:
            if not _all([entry], items):
                return f"{name}[{place!r}]", entry, items
    return name, value, _kinds(annotation)


@cache
def _kinds(annotation: str) -> tuple[Kind, ...]:
    kinds = [kind for part in _split(annotation, "|") for kind in _kinds_of(part)]
    # One that is not known takes anything: nothing is gone through.
    return tuple(sorted(kinds, key=lambda kind: bool(kind[1].zh)))


def _split(annotation: str, at: str) -> list[str]:
    """The parts of an annotation between marks that stand in no bracket."""
    parts, depth = [""], 0
    for letter in annotation:
        depth += (letter == "[") - (letter == "]")
        if letter == at and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _kinds_of(part: str) -> tuple[Kind, ...]:
    name, _, inner = part.partition("[")
    inner = inner.removesuffix("]")
    if name in ALIASES:
        return _kinds(ALIASES[name])
    if name in LISTS:
        items = _kinds(inner)
        words = _each(Text("列表 [ ]", "a list [ ]"), items)
        return ((lambda value: _is_list(value, items), words),)
    if name == "Mapping":
        items = _kinds(_split(inner, ",")[1])
        words = _each(Text("字典", "a dictionary"), items)
        return ((lambda value: isinstance(value, Mapping) and _all(value.values(), items), words),)
    return (SIMPLE.get(name, ANY),)


def _each(words: Text, items: Sequence[Kind]) -> Text:
    each = items[0][1]
    return Text(f"{words.zh}（每项为{each.zh}）", f"{words.en} (each {each.en})") if each.zh else words


def _is_list(value: Any, items: Sequence[Kind]) -> bool:
    """Whether a value is a list of such items; of what can be gone through once only, the items are not looked at."""
    if isinstance(value, str | bytes | Mapping) or _is_frame(value) or not isinstance(value, Iterable):
        return False
    return not isinstance(value, Collection) or _all(value, items)


def _all(values: Iterable[Any], items: Iterable[Kind]) -> bool:
    return all(any(is_one(value) for is_one, _ in items) for value in values)


def _is_called(value: Any, name: str, library: str = "") -> bool:
    """Whether a value is of a library's class of that name: to know the classes themselves would load them."""
    return any(base.__name__ == name and base.__module__.startswith(library) for base in type(value).__mro__)


def _is_frame(value: Any) -> bool:
    return _is_called(value, "DataFrame", "pandas")


def _is_truth(value: Any) -> bool:
    return type(value).__name__ in ("bool", "bool_")  # Python's and numpy's


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not _is_truth(value)


def _is_whole(value: Any) -> bool:
    """Whether a value is a whole number that a table can hold."""
    return _is_number(value) and abs(value) < LARGEST and (isinstance(value, Integral) or float(value).is_integer())


def _is_day(value: Any) -> bool:
    """Whether a value is a day or names one; of what numpy and pandas have for times, the functions say more."""
    return isinstance(value, str | date) or _is_number(value) or type(value).__module__.startswith(LIBRARIES_OF_TIMES)


ANY: Kind = (lambda _: True, Text("", ""))
LARGEST = 2**53  # beyond it a number of decimals is no longer exact
LIBRARIES_OF_TIMES = ("numpy", "pandas._libs")
DAY = (_is_day, Text("日期（如“2011-12-31”）", 'a day (as "2011-12-31")'))
NONE = (lambda value: value is None, Text("None", "None"))
PERIOD = (
    lambda value: _is_day(value) or type(value).__name__ == "Period" or _is_list(value, (DAY, NONE)),
    Text("时期（如2011、“2011年上半年”、(首日, 末日)）", 'a period (as 2011, "2011H1", (first day, last day))'),
)
TEXT = (lambda value: isinstance(value, str), Text("文字", "text"))
YEAR = (
    lambda value: isinstance(value, str) or _is_whole(value) or type(value).__name__ in ("Period", "datetime64"),
    Text("年份（如2011）", "a year (as 2011)"),
)
PATH = (lambda value: isinstance(value, PathLike), Text("路径", "a path"))
# What public functions give, by the function whose result the next takes.
RESULTS = {
    "CampaignEffect": "campaign_effect", "CaseMix": "case_mix", "ClosingIncidence": "closing_incidence", "CompositeScore": "composite_score",
    "ControlLimits": "control_limits", "Cycle": "cycle", "DefinitionBridge": "definition_bridge", "Forecast": "forecast_pending", "Funnel": "funnel",
    "LimitBunching": "limit_bunching", "OfficerScorecard": "officer_scorecard", "PeerPanel": "peer_panel", "PeerTrends": "peer_trends",
    "PendingAges": "pending_ages", "Petitions": "petitions", "Reconciliation": "reconcile", "StockChange": "stock_change", "Tallies": "tallies",
    "TimeToClose": "time_to_close", "VariationTable": "variation_table", "WhatIf": "what_if",
}  # fmt: skip


def _result(name: str, words: Text) -> Kind:
    return (lambda value: _is_called(value, name)), words


SIMPLE: dict[str, Kind] = {
    "Cases": _result("Cases", Text("read_cases() 读入的台账", "a register as read_cases() gives it")),
    **{name: _result(name, Text(f"{giver}() 的结果", f"a result of {giver}()")) for name, giver in RESULTS.items()},
    "None": NONE,
    "Day": DAY,
    "Period": PERIOD,
    "Year": YEAR,
    "bool": (_is_truth, Text("True 或 False", "True or False")),
    "int": (_is_whole, Text("整数", "a whole number")),
    "float": (_is_number, Text("数", "a number")),
    "str": TEXT,
    "Literal": TEXT,
    "Path": PATH,
    "PathLike": PATH,
    "pd.DataFrame": (_is_frame, Text("表（DataFrame）", "a table (DataFrame)")),
    "Callable": (callable, Text("函数", "a function")),
}
