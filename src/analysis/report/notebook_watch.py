"""What a notebook's own kernel tells its publisher: which registers it read, which files it opened, what its pictures say.

Runs in the kernel alone, before the first cell (``begin``) and after the last (``end``). While it watches, ``names=True`` is
refused: what is published shows no names, and no figures that only those inside the court may see. It also notes where code
that is not the package's takes the cases row by row: figures made of them have passed no gate.
"""

from __future__ import annotations

import json
import os
import sys
from functools import wraps
from glob import glob
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from itertools import chain
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

from analysis.cases.sources import places_tell
from analysis.cases.table import Cases
from analysis.files.json_tables import SUFFIXES as JSON
from analysis.files.source import SUFFIXES
from analysis.register.confidential import confidential, is_register
from analysis.sample.folder import sample_path
from analysis.vocabulary import calls
from analysis.vocabulary.errors import ArgumentError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
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
STARTING = ("subprocess", "os", "pty", "IPython", "pexpect", "ptyprocess", "asyncio")
TABLES = (*SUFFIXES, *JSON, ".html", ".htm")
OF_ENGINE = (
    "read_csv",
    "from_csv_auto",
    "read_parquet",
    "from_parquet",
    "read_json",
)  # queries are not: of a wrapped one the engine finds no frames by name (see notebook_queries)
# What opens files itself, beneath Python, which hears nothing of it: functions of a module, methods of a class in it.
READERS = (
    ("pyarrow.csv", "", ("read_csv", "open_csv")), ("pyarrow.json", "", ("read_json",)),
    ("pyarrow.parquet", "", ("read_table",)), ("pyarrow.parquet", "ParquetFile", ("__init__",)),
    ("pyarrow.dataset", "", ("dataset",)), ("ibis", "", ("read_csv", "read_parquet", "read_json")),
    ("ibis.backends.duckdb", "Backend", ("read_csv", "read_parquet", "read_json")),
    ("duckdb", "", ("connect", *OF_ENGINE)), ("duckdb", "DuckDBPyConnection", OF_ENGINE),
    ("polars", "", ("read_csv", "scan_csv", "read_parquet", "scan_parquet", "read_excel", "read_ods", "read_json", "read_ndjson", "scan_ndjson")),
)  # fmt: skip


class Watch:
    """The registers read, the files opened and the words drawn since ``begin``."""

    def __init__(self) -> None:
        self.registers: list[Cases] = []
        self.opened: set[str] = set()
        self.drawn: set[str] = set()
        self.own_rows: set[str] = set()  # attributes by which the notebook's own code took cases row by row
        self.own_files: set[str] = set()  # tables that it opened without the package

    def note(self, path: Path, *, is_read: bool) -> None:
        """Note a table that is opened, and whether the notebook's own code reads it."""
        self.opened.add(str(path))
        if is_read and not _was_called_by_package():
            self.own_files.add(str(path))

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
                    *sorted({Path(file).name for file in self.own_files if is_register(Path(file))}),
                ],
            },
            ensure_ascii=False,
        )


def begin() -> Watch:
    """Watch the kernel from here on."""
    watch = Watch()
    made = Cases.__init__

    @wraps(made)
    def init(self: Cases, *given: Any, **options: Any) -> None:
        made(self, *given, **options)
        watch.registers.append(self)

    Cases.__init__ = init  # type: ignore[method-assign]
    found = Cases.__getattribute__

    def getting(self: Any, name: str) -> Any:
        called_from = _taken_from(sys._getframe(1))
        is_own = not (_is_of_package(called_from) or called_from.get("__name__") in COPYING)
        if is_own and (name in ROWS or (name in BY_PLACE and places_tell(self))):
            watch.own_rows.add(f"cases.{name}")
        return found(self, name)

    Cases.__getattribute__ = getting  # type: ignore[method-assign]

    public = sample_path()

    def opening(event: str, arguments: tuple[Any, ...]) -> None:
        is_unseen = event in PROGRAMS or (event == "sqlite3.connect" and arguments[0] != ":memory:")
        if is_unseen and _was_called_by_a_cell():
            watch.own_rows.add(event)  # what another program or database reads is not seen
        if event == "open" and isinstance(arguments[0], (str, bytes)):
            path = Path(os.fsdecode(arguments[0])).absolute()
            # Beside the folder of the sample's register lie tables of counts that are public.
            if path.suffix.lower() in TABLES and path.parent != public:
                watch.note(path, is_read=not arguments[2] & os.O_WRONLY)

    sys.addaudithook(opening)
    _watch_readers(watch, public)
    for name, method in list(vars(Cases).items()):
        if isinstance(method, FunctionType) and "names" in signature(method).parameters:
            setattr(Cases, name, _for_the_package_alone(method))
    answering = calls.answering
    calls.answering = lambda function: answering(_without_names(function))
    _watch_pictures(watch)
    _watch_errors(watch)
    return watch


def _taken_from(frame: FrameType) -> Mapping[str, Any]:
    """The global variables of the code that takes something of a register: of one that makes it a mapping or a tuple those of who asked."""
    while (
        frame.f_back is not None
        and frame.f_globals.get("__name__") == "dataclasses"
        and "replace" not in frame.f_code.co_name
    ):
        frame = frame.f_back
    return frame.f_globals


def _watch_readers(watch: Watch, public: Path) -> None:
    for module, owner, names in READERS:
        if find_spec(module.partition(".")[0]) is None:  # not installed
            continue
        of = import_module(module)
        of = getattr(of, owner) if owner else of
        for name in names:
            setattr(of, name, _noting(watch, getattr(of, name), public))


def _noting(watch: Watch, read: Callable[..., Any], public: Path) -> Callable[..., Any]:
    """A reader that notes which tables the notebook's own code has it open."""

    @wraps(read)
    def reading(*given: Any, **options: Any) -> Any:
        files = _files_named([*given, *options.values()])
        if files and not _was_called_by_package(2):
            for file in files:
                if file.parent != public:
                    watch.note(file, is_read=True)
        return read(*given, **options)

    return reading


def _files_named(asked: Iterable[Any]) -> list[Path]:
    """The tables that arguments name: paths and patterns of paths, alone or in a list."""
    each = (one for part in asked for one in (part if isinstance(part, list | tuple) else [part]))
    texts = (str(one) for one in each if isinstance(one, str | os.PathLike))
    found = (glob(text) for text in texts if Path(text).suffix.lower() in TABLES)  # noqa: PTH207 - Path.glob takes no absolute pattern
    return [Path(file).absolute() for file in chain.from_iterable(found)]


def _is_of_package(variables: Mapping[str, Any]) -> bool:
    """Whether code with these global variables is the package's own."""
    return str(variables.get("__name__", "")).partition(".")[0] == PACKAGE


def _was_called_by_package(above: int = 3) -> bool:
    """Whether a function of the package stands in the calls that led here, beyond so many that watch."""
    frame: FrameType | None = sys._getframe(above)
    while frame is not None and not _is_of_package(frame.f_globals):
        frame = frame.f_back
    return frame is not None


def _was_called_by_a_cell() -> bool:
    """Whether the notebook's own code started a program, not a library that it uses."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and str(frame.f_globals.get("__name__", "")).partition(".")[0] in STARTING:
        frame = frame.f_back
    return frame is not None and frame.f_globals.get("__name__") == "__main__"


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
