"""What a notebook's own kernel tells its publisher: which registers it read, which files it opened, what its pictures say.

Runs in the kernel alone, before the first cell (``begin``) and after the last (``end``). While it watches, ``names=True`` is
refused: what is published shows no names, and no figures that only those inside the court may see. It also notes where code
that is not the package's takes the cases row by row: figures made of them have passed no gate.
"""

from __future__ import annotations

import json
import os
import sys
import time
from functools import wraps
from inspect import signature
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

from analysis.cases.sources import places_tell
from analysis.cases.table import Cases
from analysis.files.json_tables import SUFFIXES as JSON
from analysis.files.source import SUFFIXES
from analysis.register.case_files import cannot_be_looked_into, is_register
from analysis.register.confidential import confidential
from analysis.report.notebook_calls import Calls, rewrite
from analysis.sample.folder import sample_path
from analysis.vocabulary import calls
from analysis.vocabulary.errors import ArgumentError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from types import FrameType

PACKAGE = __name__.partition(".")[0]
COPYING = ("copy", "dataclasses", "functools")  # modules by which the package narrows a register
# What a register holds case by case; ``answers`` are kept results, which may name people (``once`` gives them); ``coverage`` counts the cases of no team.
ROWS = (
    "table",
    "petitions",
    "coercive_measures",
    "aid",
    "known",
    "whole",
    "whole_sides",
    "entire",
    "named",
    "in_files",
    "once",
    "pseudonym_key",
    "_as_read",
    "quarantine",
    "unreadable",
    "skipped_rows",
    "totals",
    "answers",
    "beginnings",
    "coverage",
    "file_names",
    "headings",
    "__dict__",
)
# How many rows each sheet and file has, and which were corrected: not where these are an officer's each.
BY_PLACE = ("sources", "inputs", "skipped", "corrections", "number_formats", "hidden")
# Starting another program, and the modules by which a cell does so.
PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn")
# By which a cell opens a file itself, and not what it imports; IPython has an ``open`` of its own.
PASSING = ({*sys.stdlib_module_names} | {"IPython"}) - {"importlib", "zipimport", "linecache"}
STARTING = ("subprocess", "os", "pty", "IPython", "pexpect", "ptyprocess", "asyncio")
# By which text is run as code, beside what is called in a cell (see notebook_calls).
RUNNING = ("code", "codeop", "runpy", "bdb", "pdb", "doctest", "timeit", "cProfile", "profile", "trace")
TABLES = (*SUFFIXES, *JSON, ".html", ".htm")
CODE = (".py", ".ipynb")  # that is read to be run, and then not rewritten (see notebook_calls)
# Time zones, what the machine is.
OF_THE_SYSTEM = (sys.prefix, sys.base_prefix, *("/usr/share", "/proc", "/sys", "/dev", "/etc"))


class Watch:
    """The registers read, the files opened and the words drawn since ``begin``."""

    def __init__(self) -> None:
        self.registers: list[Cases] = []
        self.opened: set[str] = set()
        self.drawn: set[str] = set()
        self.own_rows: set[str] = set()  # attributes by which the notebook's own code took cases row by row
        self.own_files: set[Path] = set()  # that it opened, or had others open, without the package
        self.calls = Calls(self.note)
        self.began = time.time()
        self.public = sample_path()  # beside the folder of the sample's register lie tables of counts that are public

    def note(self, path: Path, *, is_own: bool = True) -> None:
        """Note a file that is opened, and whether the notebook's own code reads it."""
        if path.parent == self.public or any(path.is_relative_to(home) for home in OF_THE_SYSTEM):
            return
        self.opened.add(str(path))
        if is_own:
            self.own_files.add(path)

    def may_hold_cases(self, path: Path) -> bool:
        """Whether a file is a register, or could be one for all that can be seen; what the notebook made itself it made of what is watched."""
        if not path.is_file():
            return False
        if path.suffix.lower() in CODE:
            return True
        return is_register(path) or (cannot_be_looked_into(path) and path.stat().st_mtime < self.began)

    def tells(self, text: str) -> bool:
        """Whether a text holds what stays in the court of the registers read."""
        return any(any(confidential(cases).in_text(text)) for cases in self.registers if cases.whole is None)

    def end(self) -> str:
        """Return all of it as JSON, for the publisher alone."""
        kept = [confidential(cases) for cases in self.registers if cases.whole is None]
        return json.dumps(
            {
                "values": {value: column for part in kept for value, column in part.values.items()},
                "public": sorted({label for part in kept for label in part.public}),
                "opened": sorted(self.opened),
                "drawn": sorted(self.drawn),
                "own_rows": [
                    *sorted(self.own_rows),
                    *sorted({file.name for file in self.own_files if self.may_hold_cases(file)}),
                ],
            },
            ensure_ascii=False,
        )


def begin() -> Watch:
    """Watch the kernel from here on."""
    watch = Watch()
    _watch_registers(watch)
    found = Cases.__getattribute__

    def getting(self: Any, name: str) -> Any:
        called_from = _taken_from(sys._getframe(1))
        is_own = not (_is_of_package(called_from) or called_from.get("__name__") in COPYING)
        if is_own and (name in ROWS or (name in BY_PLACE and places_tell(self))):
            watch.own_rows.add(f"cases.{name}")
        return found(self, name)

    Cases.__getattribute__ = getting  # type: ignore[method-assign]

    def opening(event: str, arguments: tuple[Any, ...]) -> None:
        starts = event in PROGRAMS and _was_called_by_a_cell(watch.calls.own)
        connects = event == "sqlite3.connect" and arguments[0] != ":memory:" and not _was_called_by_package()
        runs = event == "compile" and _is_run_by(watch.calls.own) and not watch.calls.hears(arguments[0])
        if starts or connects or runs:
            watch.own_rows.add(event)  # what another program or database reads, or text that runs as code, is not seen
        if event == "open" and isinstance(arguments[0], (str, bytes)):
            path = Path(os.fsdecode(arguments[0])).absolute()
            is_table = path.suffix.lower() in TABLES
            by_itself = not arguments[2] & os.O_WRONLY and not _was_called_by_package()
            if is_table or (by_itself and _is_opened_by(watch.calls.own)):
                watch.note(path, is_own=by_itself)

    sys.addaudithook(opening)
    rewrite(watch.calls)
    for name, method in list(vars(Cases).items()):
        if isinstance(method, FunctionType) and "names" in signature(method).parameters:
            setattr(Cases, name, _for_the_package_alone(method))
    answering = calls.answering
    calls.answering = lambda function: answering(_without_names(function))
    _watch_pictures(watch)
    _watch_errors(watch)
    return watch


def _watch_registers(watch: Watch) -> None:
    made = Cases.__init__

    @wraps(made)
    def init(self: Cases, *given: Any, **options: Any) -> None:
        made(self, *given, **options)
        watch.registers.append(self)

    Cases.__init__ = init  # type: ignore[method-assign]


def _taken_from(frame: FrameType) -> Mapping[str, Any]:
    """The global variables of the code that takes something of a register: of one that makes it a mapping or a tuple those of who asked."""
    while (
        frame.f_back is not None
        and frame.f_globals.get("__name__") == "dataclasses"
        and "replace" not in frame.f_code.co_name
    ):
        frame = frame.f_back
    return frame.f_globals


def _is_of_package(variables: Mapping[str, Any]) -> bool:
    """Whether code with these global variables is the package's own."""
    return str(variables.get("__name__", "")).partition(".")[0] == PACKAGE


def _was_called_by_package() -> bool:
    """Whether a function of the package stands in the calls that led to what watches."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and not _is_of_package(frame.f_globals):
        frame = frame.f_back
    return frame is not None


def _was_called_by_a_cell(own: Collection[str]) -> bool:
    """Whether the notebook's own code started a program, not a library that it uses."""
    return _comes_from(own, lambda module: module in STARTING)


def _is_opened_by(own: Collection[str]) -> bool:
    """Whether the notebook's own code opens a file, by nothing but Python, and not to import what is in it."""
    return _comes_from(own, lambda module: module in PASSING)


def _is_run_by(own: Collection[str]) -> bool:
    """Whether the notebook's own code has text run as code."""
    return _comes_from(own, lambda module: module in RUNNING)


def _comes_from(own: Collection[str], passing: Callable[[str], bool]) -> bool:
    """Whether the first code above what watches that is not of certain modules is the notebook's own."""
    frame: FrameType | None = sys._getframe(3)
    while frame is not None and passing(_outermost(frame)):
        frame = frame.f_back
    return frame is not None and _outermost(frame) in own


def _outermost(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _for_the_package_alone(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method of a register that refuses ``names=True`` to the notebook's own code."""

    @wraps(method)
    def call(*given: Any, **options: Any) -> Any:
        is_own = not _is_of_package(sys._getframe(1).f_globals)
        return (_without_names(method) if is_own else method)(*given, **options)

    return call


def _without_names(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def call(*given: Any, **options: Any) -> Any:
        if options.get("names"):
            raise ArgumentError(
                f"{function.__name__}(names=True) 只在院内使用，不能用于发布的笔记本。院内文件请用 publish_notebook(…, names=True)（--names）。",
                f"{function.__name__}(names=True) is for use inside the court, not in a notebook that is published. For a document that "
                "stays inside: publish_notebook(…, names=True) (--names).",
            )
        return function(*given, **options)

    return call


def _watch_pictures(watch: Watch) -> None:
    from matplotlib.text import Text

    draw: Any = Text.draw

    @wraps(draw)
    def drawing(self: Any, renderer: Any, *given: Any, **options: Any) -> None:
        watch.drawn.add(str(self.get_text()))
        draw(self, renderer, *given, **options)

    setattr(Text, "draw", drawing)  # noqa: B010 - a method of another package


def _watch_errors(watch: Watch) -> None:
    """Let no error of a cell say to the publisher what stays in the court."""
    from IPython.core.getipython import get_ipython

    def after_cell(result: Any) -> None:
        error = result.error_in_exec
        if error is not None and watch.tells(str(error)):
            result.error_in_exec = OutputError(
                f"{type(error).__name__}：报错中有台账的内容，不转述",
                f"{type(error).__name__}: its message holds cells of the register and is not passed on",
            )

    shell = get_ipython()
    if shell is not None:  # in a kernel
        shell.events.register("post_run_cell", after_cell)
