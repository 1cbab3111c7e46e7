"""The door for editors and type checkers, written from its own list: ``python tests/stubs.py`` after a public name or signature changed.

A function that draws for paper or for the screen has an overload for each, and one that takes one of a few words names them; the words are
those of the code that refuses others.
"""

import ast
import builtins
import inspect
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import analysis
from analysis.charts.drawing.figure import SIZES
from analysis.inference.peers import case_mix, comparison, dispersion, limits, ranks, scheme, scoring
from analysis.measures.limits import deadlines
from analysis.measures.limits import limits as time_limits
from analysis.measures.officers import responsibility, scorecard
from analysis.report.formats.writers import WRITERS
from analysis.sample.national import ORDERS
from analysis.vocabulary.calls import taken_by
from analysis.vocabulary.columns import columns
from analysis.vocabulary.help import in_chinese
from analysis.vocabulary.kinds import LISTS
from analysis.vocabulary.language import LANGUAGES
from analysis.vocabulary.option_words import option_words
from analysis.vocabulary.periods import ALL_CALENDARS, FILINGS_AHEAD, FREQUENCIES, FREQUENCY_WORDS

DOOR = Path(analysis.__file__).with_suffix(".pyi")
HEAD = '"""What editors and type checkers see of the door; written by tests/stubs.py."""\n'
MOST_LISTED = 8
FRAME = re.compile(r"pd\.DataFrame|\b(?:Table|Comparable|Returns)\b")  # and aliases that hold it
# The words that an argument takes, by its name; by function and name where they are others.
CHOICES = {
    "freq": (*FREQUENCIES, *FREQUENCY_WORDS), "calendar": ALL_CALENDARS, "language": LANGUAGES, "size": tuple(SIZES), "formats": tuple(WRITERS),
    "clock": time_limits.clocks(), "scope": time_limits.SCOPES, "kinds": deadlines.KINDS, "backlog": responsibility.BACKLOGS,
    "order": ORDERS, "kind": comparison.KINDS, "best": ranks.BEST, "trimming": (*dispersion.TRIMMINGS, *dispersion.SYNONYMS),
    "adjust": (*dispersion.ADJUSTMENTS, "shmi"), "limits": limits.WAYS, "outcome": tuple(case_mix.OUTCOMES),
    "aggregation": scheme.AGGREGATIONS, "normalisation": scoring.RELATIVE, "engine": ("duckdb", "spark"),
    "campaign_effect.start_chosen": ("beforehand", "highest_stock"), "rank_intervals.method": ranks.METHODS, "case_mix.method": case_mix.METHODS,
    "officer_scorecard.by": scorecard.GROUPS,
    "indicators.calendar": (*ALL_CALENDARS, FILINGS_AHEAD), "stands_out.kinds": (), "peer_panel.scope": (), "plot_history.scope": (),
}  # fmt: skip


def choices(function: str, name: str) -> tuple[str, ...]:
    """The words that an argument takes: codes, and the words of the field for them."""
    codes = CHOICES.get(f"{function}.{name}", CHOICES.get(name, ()))
    if name == "by":
        codes += tuple(word for code in codes for word in (columns()[code].text.zh, *columns()[code].aliases))
    return *codes, *(word for word, code in option_words(name).items() if code in codes)


def stub() -> str:
    """The names of the door: functions with their signature and their help in Chinese, classes from the module that holds them."""
    lines, written, imports = (
        [],
        [],
        {
            "from typing import Literal, overload",
            "from narwhals.typing import IntoFrame",
            "from contextlib import AbstractContextManager",
        },
    )
    for module, names in sorted(analysis._DOOR.items()):
        for name in sorted(names):
            function = inspect.unwrap(getattr(analysis, name))
            if inspect.isfunction(function):
                written += _signatures(function)
                imports |= {*_imports(function)}
            else:
                lines.append(f"from analysis.{module} import {name} as {name}")
    of_each = (choices(*key.rpartition(".")[::2]) for key in CHOICES)
    long = sorted({alias for words in of_each if (alias := _alias(words))})
    named = "".join(f'    "{name}",\n' for name in sorted(analysis.__all__))
    imports -= {line.rpartition(" as ")[0] for line in lines}
    text = "\n".join(
        [HEAD, *sorted(imports), *lines, "", "__version__: str", f"__all__ = [\n{named}]\n", *long, *written]
    )
    formatted = [sys.executable, "-m", "ruff", "format", "--stdin-filename", "door.pyi", "-"]
    sorted_too = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--select",
        "I,F401",
        "--fix",
        "-q",
        "--stdin-filename",
        "door.pyi",
        "-",
    ]
    for command in (sorted_too, formatted):
        asked = {"input": text, "capture_output": True, "text": True, "encoding": "utf-8"}
        text = subprocess.run(command, check=True, cwd=DOOR.parents[2], **asked).stdout
    return text


def _choices(function) -> dict[str, tuple[str, ...]]:
    """The arguments of a function that take one of a few words; ``interactive`` has overloads."""
    taken = inspect.signature(function).parameters
    found = {name: choices(function.__name__, name) for name in taken}
    found = {name: words for name, words in found.items() if words}
    return found | ({"interactive": ()} if function.__name__.startswith("plot_") else {})


def _signatures(function) -> Iterator[str]:
    """The definition of a function as a stub has it: one, or one for paper, one for the screen, one for either."""
    result = str(function.__annotations__["return"])
    if inspect.isgeneratorfunction(function):  # under contextmanager
        result = result.replace("Iterator", "AbstractContextManager", 1)
    if not function.__name__.startswith("plot_"):
        yield _definition(function, result)
        return
    paper, screen = result.split(" | ")
    for is_screen, drawn in (("Literal[False] = ...", paper), ("Literal[True]", screen), ("bool", result)):
        yield "@overload"
        yield _definition(function, drawn, is_screen)


def _definition(function, result: str, interactive: str | None = None) -> str:
    parts, is_open = [], False
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is parameter.KEYWORD_ONLY and not is_open:
            parts.append("*")
            is_open = True
        if parameter.kind is parameter.VAR_KEYWORD:
            parts.append(f"**{name}: {parameter.annotation}")
            continue
        if parameter.kind is parameter.VAR_POSITIONAL:
            parts.append(f"*{name}: {parameter.annotation}")
            continue
        told = _told(str(parameter.annotation), _choices(function).get(name, ()))
        default = "" if parameter.default is parameter.empty else " = ..."
        parts.append(f"{name}: {interactive if name == 'interactive' and interactive else told + default}")
    chinese = in_chinese(function.__name__, taken_by(function)).strip()
    english = inspect.getdoc(function) if interactive is None else inspect.getdoc(function).split("\n")[0]
    chinese, english = (text.replace("\\", "\\\\").replace("\n", "\n    ") for text in (chinese, english))
    return f'def {function.__name__}({", ".join(parts)}) -> {result}:\n    """{chinese}\n\n    {english}\n    """\n'


def _told(annotation: str, words: tuple[str, ...]) -> str:
    """The annotation as calls are answered: words in place of any text, one alone where a list is taken, frames of any library."""
    narrow = _alias(words).partition(" = ")[0] or _literal(words)
    annotation = annotation.replace("str", narrow, 1) if words else annotation
    for kind in (narrow, "str", "int"):
        listed = {f"{name}[{kind}]" for name in LISTS}
        if listed & {*annotation.split(" | ")} and {*annotation.split(" | ")} <= listed | {"None"}:
            annotation = f"{kind} | {annotation}"
    return FRAME.sub(r"\g<0> | IntoFrame", annotation)


def _alias(words: tuple[str, ...]) -> str:
    """The line that gives many words one name; empty for few."""
    return f"_{words[0].title().replace('-', '')}{len(words)} = {_literal(words)}" if len(words) > MOST_LISTED else ""


def _literal(words: tuple[str, ...]) -> str:
    return f"Literal[{', '.join(f'{chr(34)}{word}{chr(34)}' for word in words)}]"


def _imports(function) -> Iterator[str]:
    """What the annotations of a function need, imported as its module does."""
    known = _imported(function.__module__)
    annotations = [str(p.annotation) for p in inspect.signature(function).parameters.values()]
    for text in (*annotations, str(function.__annotations__["return"])):
        for name in {node.id for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Name)}:
            if not hasattr(builtins, name):
                yield known.get(name, f"from {function.__module__} import {name}")


@cache
def _imported(module: str) -> dict[str, str]:
    """The imports of a module by the name that they give, those for type checkers among them."""
    tree = ast.parse(Path(sys.modules[module].__file__).read_text(encoding="utf-8"))
    found = {}
    for node in ast.walk(tree):
        names: Iterable[ast.alias] = node.names if isinstance(node, (ast.Import, ast.ImportFrom)) else ()
        for alias in names:
            given = alias.asname or alias.name
            written = alias.name + (f" as {alias.asname}" if alias.asname else "")
            found[given] = (
                f"from {node.module} import {written}" if isinstance(node, ast.ImportFrom) else f"import {written}"
            )
    return found


if __name__ == "__main__":
    DOOR.write_text(stub(), encoding="utf-8")
