"""The cell that makes a view: its lines are what is shown and what is run, so that a copied cell gives what was seen."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.lab.held_cases import held
from analysis.vocabulary.errors import CourtAnalysisError

KEPT = 300  # results of lines that the next view may need again


@dataclass(frozen=True)
class Line:
    """``name = expression``; ``counted`` gives the same value sooner, where it is known how."""

    name: str
    expression: str
    counted: Callable[[], Any] | None = None

    @property
    def code(self) -> str:
        """The line as it stands in the cell."""
        return f"{self.name} = {self.expression}"

    @property
    def needs(self) -> list[str]:
        """The names that the expression uses."""
        return names_in(self.expression)


def names_in(expression: str) -> list[str]:
    """Return the names that an expression uses.

    >>> names_in('an.cycle(stock, cases=own)')
    ['stock', 'an', 'own']
    """
    found = [node for node in ast.walk(ast.parse(expression, mode="eval")) if isinstance(node, ast.Name)]
    return list(dict.fromkeys(node.id for node in found))


def call(function: str, *given: str, **options: Any) -> str:
    """Write a call: ``given`` stand as they are, options as Python writes their values; one that is ``None`` is left out.

    >>> print(call("an.caseflow", "cases", freq="M", by=None))
    an.caseflow(cases, freq="M")
    """
    named = [f"{name}={literal(value)}" for name, value in options.items() if value is not None]
    return f"{function}({', '.join([*given, *named])})"


def literal(value: Any) -> str:
    """Return a value as Python writes it, with double quotes and Chinese as it is.

    >>> print(literal(["结案率", 2011, True, ("2011-01-01", None)]))
    ["结案率", 2011, True, ("2011-01-01", None)]
    """
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' * (len(value) == 1)})"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


class Cell:
    """Lines that are run when something of them is asked for, and no sooner; what was worked out is kept for the next view."""

    def __init__(self, lines: Iterable[Line], known: Mapping[str, Any], kept: dict[str, Any]) -> None:
        self.lines = {line.name: line for line in lines}
        self.known, self.kept = known, kept

    def value(self, expression: str) -> Any:
        """Return what an expression over the lines is; raises what a line that it needs raised."""
        key = self._key(expression)
        if key in self.kept:
            self.kept[key] = self.kept.pop(key)  # used last
        else:
            while len(self.kept) >= KEPT:
                del self.kept[next(iter(self.kept))]
            self.kept[key] = self._worked_out(expression)
        if isinstance(self.kept[key], CourtAnalysisError):
            raise self.kept[key]
        return self.kept[key]

    def code(self, shown: Iterable[str]) -> str:
        """Write the cell: the lines that the shown expressions rest on, and how these are shown."""
        shown = list(shown)
        wanted: dict[str, None] = {}
        for expression in shown:
            self.collect(expression, wanted)
        lines = [line.code for name, line in self.lines.items() if name in wanted]
        return "\n".join(["import analysis as an", "", *lines, *shown])

    def collect(self, expression: str, wanted: dict[str, None]) -> None:
        """Add the names of all lines that an expression rests on."""
        for name in names_in(expression):
            if name in self.lines and name not in wanted:
                wanted[name] = None
                self.collect(self.lines[name].expression, wanted)

    def _key(self, expression: str) -> str:
        """The expression with every line that it rests on: equal keys have equal values."""
        wanted: dict[str, None] = {}
        self.collect(expression, wanted)
        return "\n".join([*(line.code for name, line in self.lines.items() if name in wanted), expression])

    def _worked_out(self, expression: str) -> Any:
        import analysis as an

        line = next((line for line in self.lines.values() if line.expression == expression), None)
        if line is not None and line.counted is not None:
            return line.counted()
        try:
            names = {name: self._named(name) for name in names_in(expression) if name != "an"}
            value = eval(expression, {"an": an, **names})  # noqa: S307 - a line of ours, its values written by ``literal``
        except CourtAnalysisError as error:
            return error
        return held(value) if isinstance(value, an.Cases) else value

    def _named(self, name: str) -> Any:
        return self.value(self.lines[name].expression) if name in self.lines else self.known[name]
