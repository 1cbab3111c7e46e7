"""Examples of docstrings under a heading of their own, as ``>>>`` would be read as a quotation within a quotation; defaults and order as they are."""

import re
from importlib import import_module
from typing import Any

import griffe

from analysis.vocabulary.help import by_language

FIRST = re.compile(r"^>>> ", re.M)
PARAMETERS = re.compile(r"(?<=^Parameters\n-{10}\n)(?:.+\n?)+", re.M)
CHOICES = re.compile(r"^(\w.* : )\{(.*)\}", re.M)  # of which the first would be shown as the default
ENTRY = re.compile(r"^(?=\S)", re.M)  # where a parameter begins
ANY_NUMBER = "variadic"  # kinds of parameters that need not be given: they have no default
TOGETHER = re.compile(r"^(\w+(?:, \w+)+)((?: : .*)?\n(?: .*(?:\n|$))*)", re.M)


class Doctests(griffe.Extension):
    """English alone, with the heading of numpydoc before the first line of an example."""

    def on_module_members(self, *, mod: griffe.Module, **_: Any) -> None:
        """Leave out the names of the stub: one of them (observations) would hide the room of that name."""
        if str(mod.filepath).endswith(".pyi"):
            mod.members.clear()

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Change the docstring of whatever is loaded, and the names of constants to what they hold."""
        for parameter in getattr(obj, "parameters", ()):
            if parameter.kind.value.startswith(ANY_NUMBER):
                parameter.default = "—"
            if isinstance(parameter.default, griffe.ExprName) and parameter.default.name.isupper():
                parameter.default = repr(getattr(import_module(obj.module.path), parameter.default.name))
        if obj.docstring is None:
            return
        _, text = by_language(obj.docstring.value)
        names = [parameter.name for parameter in getattr(obj, "parameters", ())]
        text = PARAMETERS.sub(
            lambda section: _in_order(TOGETHER.sub(_each, CHOICES.sub(r"\1\2", section[0])), names), text
        )
        obj.docstring.value = text
        if "\nExamples\n---" in text:
            return
        if (first := FIRST.search(text)) is not None:
            obj.docstring.value = f"{text[: first.start()].rstrip()}\n\nExamples\n--------\n{text[first.start() :]}"


def _each(together: re.Match[str]) -> str:
    """Parameters that are told together one by one: each has a default of its own, of which the first would be shown for all."""
    return "".join(name + together[2].rstrip("\n") + "\n" for name in together[1].split(", "))


def _in_order(section: str, names: list[str]) -> str:
    """The parameters in the order in which the call takes them."""
    told = [entry for entry in ENTRY.split(section) if entry]
    order = {name: place for place, name in enumerate(names)}
    return "".join(sorted(told, key=lambda entry: order[re.match(r"\*{0,2}(\w+)", entry)[1]]))
