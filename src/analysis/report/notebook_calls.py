"""Which files a notebook's own code names to what is not the package's: an engine opens them itself, and Python hears nothing of it.

Every call in the notebook's cells, and in modules of its own, is rewritten so that it shows what is called and what it is given,
names that are put together while it runs too; what is called stays the same and sees the same caller.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from functools import wraps
from glob import glob
from importlib.machinery import SourceFileLoader
from itertools import chain, islice
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PACKAGE = __name__.partition(".")[0]
SEEN_AS = "_court_analysis_calls"  # by which the rewritten calls find who listens
NOTEBOOK, MAGICS = "__main__", "IPython"
QUOTED = re.compile(r"""(['"])(.+?)\1""")  # in a text, hence in a query
WORDED = re.compile(r"\w")  # what names a file, not "." or "/" of a chart
MOST_NAMED = 10_000  # values of a list, and files of a folder, that are looked at
INSTALLED = ("site-packages", "dist-packages")
RUNNING = (exec, eval, compile)  # by which text is run as code
RUNNERS = ("timeit", "cProfile", "profile", "trace")  # modules that run what they are given
PROFILING = "prun"  # the magic that does


class Calls:
    """Listens to the calls of the notebook's own code; ``named`` is told of each file that one of them names."""

    def __init__(self, named: Callable[[Path], None]) -> None:
        self.named = named
        self.rewriter = _Rewriter()
        self.own = {NOTEBOOK}  # the modules of the notebook's own code
        self._called: dict[
            int, str
        ] = {}  # whose function; the function itself would keep what it is bound to (a file open)

    def asked(self, place: int, called: Any) -> Any:
        """Note whose function a call calls."""
        self._called[place] = RUNNERS[0] if any(called is one for one in RUNNING) else _module_of(called)
        return called

    def given(self, place: int, value: Any) -> Any:
        """Note what it is given, and return it; of the functions of others that it hands on what they are given, too."""
        of = self._called[place]
        if of == PACKAGE or of in self.own:
            return value
        if of in RUNNERS:
            return self.rewriter.rewritten(value) if isinstance(value, str) else value
        if of == MAGICS and isinstance(value, str) and value == PROFILING:  # what it is given next runs as text
            self._called[place] = RUNNERS[0]
        if of in sys.stdlib_module_names:  # what opens files says so
            is_others = isinstance(value, FunctionType | BuiltinFunctionType | MethodType) and self.is_others(value)
            return self._listening(value) if is_others else value
        for file in _files_named([value], is_magic=of == MAGICS):
            self.named(file)
        return value

    def hears(self, code: Any) -> bool:
        """Whether the calls in a text (or tree) that is compiled are heard: they were rewritten, or there are none that are given anything."""
        try:
            tree = code if isinstance(code, ast.AST) else ast.parse(code)
        except (SyntaxError, ValueError):
            return True  # nothing runs
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and (node.args or node.keywords))
        return all(_is_rewritten(call) for call in calls)

    def is_others(self, called: Any) -> bool:
        """Test whether a function is neither the package's nor Python's nor the notebook's own."""
        of = _module_of(called)
        return of != PACKAGE and of not in self.own and of not in sys.stdlib_module_names

    def _listening(self, called: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(called)
        def call(*given: Any, **options: Any) -> Any:
            for file in _files_named([*given, *options.values()], is_magic=False):
                self.named(file)
            return called(*given, **options)

        return call


def rewrite(calls: Calls) -> None:
    """Rewrite the calls of all cells and of all modules of the notebook's own from here on."""
    import builtins

    from IPython.core.getipython import get_ipython

    setattr(builtins, SEEN_AS, calls)
    rewriter = calls.rewriter
    if (shell := get_ipython()) is not None:  # in a kernel
        shell.ast_transformers.append(rewriter)
    loaded = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, fullname: str) -> Any:
        if _is_installed(Path(self.path)):
            return loaded(self, fullname)
        calls.own.add(fullname.partition(".")[0])
        return compile(rewriter.visit(ast.parse(self.get_data(self.path))), self.path, "exec", dont_inherit=True)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]


class _Rewriter(ast.NodeTransformer):
    def __init__(self) -> None:
        self.places = 0

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if not (node.args or node.keywords):
            return node
        self.places += 1
        node.func = self._shown("asked", node.func)
        node.args = [self._argument(argument) for argument in node.args]
        for keyword in node.keywords:
            keyword.value = self._shown("given", keyword.value)
        return node

    def rewritten(self, text: str) -> str:
        """A text that is run as code, behind options or not, with its calls rewritten; one that is none as it is."""
        options, _, rest = text.partition(" ")
        try:
            return ast.unparse(self.visit(ast.parse(text)))
        except (SyntaxError, ValueError):
            return f"{options} {self.rewritten(rest)}" if rest else text

    def _argument(self, argument: ast.expr) -> ast.expr:
        if isinstance(argument, ast.Starred):
            argument.value = self._shown("given", argument.value)
            return argument
        return self._shown("given", argument)

    def _shown(self, by: str, shown: ast.expr) -> ast.expr:
        listener = ast.Attribute(ast.Name(SEEN_AS, ast.Load()), by, ast.Load())
        call = ast.Call(listener, [ast.Constant(self.places), shown], [])
        return ast.fix_missing_locations(ast.copy_location(call, shown))


def _is_rewritten(node: ast.Call) -> bool:
    """Whether a call shows what it calls, or is one by which another does."""
    called = node.func.func if isinstance(node.func, ast.Call) else node.func
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == SEEN_AS


def _is_installed(path: Path) -> bool:
    """Test whether a module is Python's, the package's or another that was installed."""
    homes = (Path(sys.base_prefix), Path(sys.prefix), Path(__file__).parents[1])
    return any(path.is_relative_to(home) for home in homes) or any(part in INSTALLED for part in path.parts)


def _module_of(called: Any) -> str:
    """The outermost module that a function, a method or a class is of.

    >>> [_module_of(called) for called in (print, "a".join, Path, Calls.asked)]
    ['builtins', 'builtins', 'pathlib', 'analysis']
    """
    name = getattr(called, "__module__", None) or type(getattr(called, "__self__", called)).__module__
    return str(name).partition(".")[0]


def _files_named(given: Iterable[Any], *, is_magic: bool) -> Iterator[Path]:
    """The files that values name: by themselves, by a pattern or the folder they lie in, between quotes in a query, in a list."""
    for value in given:
        if isinstance(value, list | tuple | set | frozenset | dict):
            within = chain(value, value.values()) if isinstance(value, dict) else value
            yield from _files_named(islice(within, MOST_NAMED), is_magic=is_magic)
        elif isinstance(value, str | bytes | os.PathLike):
            text = os.fsdecode(value)
            quoted = [] if is_magic and _is_code(text) else [name for _, name in QUOTED.findall(text)]
            yield from chain.from_iterable(map(_files_in, filter(WORDED.search, [text, *quoted])))


def _is_code(text: str) -> bool:
    """Whether what follows a magic word is Python, which runs as any other and is heard then."""
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _files_in(name: str) -> Iterator[Path]:
    # an asterisk alone is a mark in a chart
    found = glob(name, recursive=True) if Path(name).suffix else [name]  # noqa: PTH207 - Path.glob takes no absolute pattern
    for one in map(Path, found):
        if _is(one, os.path.isdir):
            yield from islice((file.absolute() for file in one.rglob("*") if file.is_file()), MOST_NAMED)
        elif _is(one, os.path.isfile):
            yield one.absolute()


def _is(path: Path, kind: Callable[[Path], bool]) -> bool:
    """Whether a path is of a kind; a text that can be no path is of none."""
    try:
        return kind(path)
    except ValueError:
        return False
