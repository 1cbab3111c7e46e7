"""Calls of public functions: a keyword that a function does not take is answered with the nearest that it takes."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable
from functools import cache, wraps
from itertools import zip_longest
from types import FunctionType
from typing import Any

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.former_names import with_present_names
from analysis.vocabulary.kinds import as_taken, must_be_kinds
from analysis.vocabulary.options import in_codes
from analysis.vocabulary.progress import in_notebook, progress_line
from analysis.vocabulary.text import Text

UNPACKED = re.compile(r"Unpack\[(\w+)\]")
INTERRUPTED = "Query interrupted"  # in the words of DuckDB
BOUND = ("self", "cls")  # which Python gives
POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def answering(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with calls checked first: unknown, missing, unnamed and wrong kinds of arguments raise ``ArgumentError``.

    >>> def count(cases, *, freq="M"): ...
    >>> answering(count)(1, frequ="Y")
    Traceback (most recent call last):
    analysis.vocabulary.errors.ArgumentError: count() 没有参数“frequ”，应为 cases、freq 之一。是否想写“freq”？
    """
    named = function.__name__

    @wraps(function)
    def call(*given: Any, **options: Any) -> Any:
        positional, known, needed, is_open, annotations = _parameters(function)
        options = in_codes(named, with_present_names(named, options))
        if not is_open and (unknown := next((name for name in options if name not in known), None)) is not None:
            raise ArgumentError.unknown_keyword(named, unknown, known)
        if len(given) > len(positional) and not inspect.unwrap(function).__code__.co_flags & inspect.CO_VARARGS:
            rest = next((name for name in known if name not in positional), None)
            bare = [name for name in positional if name not in BOUND]
            if rest is None:
                raise ArgumentError(
                    f"{named}() {f'只有参数 {chr(12289).join(bare)}' if bare else '不带参数'}。",
                    f"{named}() takes {', '.join(bare) or 'no arguments'}{' alone' if bare else ''}.",
                )
            raise ArgumentError(
                f"{named}() {f'只有 {chr(12289).join(bare)} 可以不写参数名，其余' if bare else '的参数'}须写明，如 {rest}=…。",
                f"{named}() takes {', '.join(bare) or 'nothing'} without a name; name the others, as {rest}=….",
            )
        taken = {*positional[: len(given)], *options}
        if missing := [name for name in needed if name not in taken]:
            raise ArgumentError(
                f"{named}() 缺少参数 {'、'.join(missing)}。", f"{named}() needs {', '.join(missing)}, not given."
            )
        given = tuple(
            as_taken(value, annotations.get(n, "")) for value, n in zip_longest(given, positional[: len(given)])
        )
        options = {name: as_taken(value, annotations.get(name, "")) for name, value in options.items()}
        must_be_kinds({**dict(zip(positional, given, strict=False)), **options}, annotations)
        if "progress" not in taken and in_notebook():
            with progress_line() as say:
                say(Text(f"正在运行 {named}……", f"running {named} …"))
                own = {"progress": say} if "progress" in known else {}
                result = _answer(function, given, options | own)
        else:
            result = _answer(function, given, options)
        if getattr(result, "attrs", None):  # a table that says something of itself says which it is: no other is ours
            result.attrs.setdefault("table", named)
        if "matplotlib.pyplot" in sys.modules and hasattr(result, "stand_in_pyplot"):
            result.stand_in_pyplot()  # whoever loaded it may go on with plt.title
        return result

    if _may_be_asked():
        from analysis.vocabulary.help import in_chinese

        said = in_chinese(named, taken_by(function))
        call.__doc__ = f"{said}\n\n{inspect.getdoc(function)}" if said else function.__doc__
    return call


def _answer(function: Callable[..., Any], given: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """Call a function; what DuckDB raises where it meets an interrupt within a query is an interrupt."""
    try:
        return function(*given, **options)
    except RuntimeError as error:
        if str(error) == INTERRUPTED:
            raise KeyboardInterrupt from error
        raise


def _may_be_asked() -> bool:
    return "IPython" in sys.modules or hasattr(sys, "ps1")


def taken_by(function: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of all arguments that a function takes, those of ``Unpack`` among them.

    >>> def count(cases, *, freq="M"): ...
    >>> taken_by(count)
    ('cases', 'freq')
    """
    taken = inspect.signature(function).parameters.values()
    return *(each.name for each in taken if each.kind is each.VAR_POSITIONAL), *_parameters(function)[1]


@cache
def _parameters(
    function: FunctionType,
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], bool, dict[str, str]]:
    """The arguments taken without a name, all that are known, those that must be given, whether any name is taken, and their annotations."""
    positional: list[str] = []
    known: list[str] = []
    needed: list[str] = []
    is_open = False
    annotations = dict(function.__annotations__)
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            continue
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            options = _options(function, name)
            is_open = not options
            known += options
            annotations |= options
            continue
        known += [name] if name not in BOUND else []
        positional += [name] if parameter.kind in POSITIONAL else []
        needed += [name] if parameter.default is parameter.empty else []
    return tuple(positional), tuple(known), tuple(needed), is_open, annotations


def _options(function: FunctionType, name: str) -> dict[str, str]:
    """The names of ``**options: Unpack[Options]`` and their annotations; none of what takes any name."""
    written = UNPACKED.fullmatch(str(function.__annotations__.get(name, "")))
    own = inspect.unwrap(function)  # a wrapper has the names of its own module
    options = own.__globals__[written[1]].__annotations__ if written else {}
    return {name: annotation.__forward_arg__ for name, annotation in options.items()}
