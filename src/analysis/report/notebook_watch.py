"""What a notebook's own kernel tells its publisher: which registers it read, which files it opened, what its pictures say.

Runs in the kernel alone, before the first cell (``begin``) and after the last (``end``). While it watches, ``names=True`` is
refused: what is published shows no names, and no figures that only those inside the court may see.
"""

from __future__ import annotations

import json
import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.cases.table import Cases
from analysis.register.confidential import confidential
from analysis.vocabulary import calls
from analysis.vocabulary.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".html", ".htm", ".parquet", ".duckdb")


class Watch:
    """The registers read, the files opened and the words drawn since ``begin``."""

    def __init__(self) -> None:
        self.registers: list[Cases] = []
        self.opened: set[str] = set()
        self.drawn: set[str] = set()

    def end(self) -> str:
        """Return all of it as JSON, for the publisher alone."""
        kept = [confidential(cases) for cases in self.registers if cases.whole is None]
        return json.dumps(
            {
                "values": {value: column for part in kept for value, column in part.values.items()},
                "public": sorted({label for part in kept for label in part.public}),
                "opened": sorted(self.opened),
                "drawn": sorted(self.drawn),
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

    def opening(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str) and arguments[0].lower().endswith(TABLES):
            watch.opened.add(str(Path(arguments[0]).absolute()))

    sys.addaudithook(opening)
    answering = calls.answering
    calls.answering = lambda function: answering(_without_names(function))
    _watch_pictures(watch)
    return watch


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
