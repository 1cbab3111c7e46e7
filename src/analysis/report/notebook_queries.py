"""Which registers a notebook's own queries name: an engine opens them itself, and its queries cannot be watched while they run."""

from __future__ import annotations

import ast
import re
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.register.confidential import is_register
from analysis.report.notebook_watch import TABLES
from analysis.sample.folder import sample_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAGIC = ("%", "!")  # lines that only the notebook understands
QUOTED = re.compile(
    r"""(['"])(.+?)\1"""
)  # in a text, hence in a query: code names the file that it reads without these
# A query whose file is put in while it runs: one that is named in the statement, or was given a name that it uses.
LEFT_OPEN = re.compile(
    r"(?:\b(?:from|join|attach)\s+|\b(?:read|scan)_\w+\(\s*\[?\s*)(?:'(?:$|\{|%)|[?$])", re.IGNORECASE
)


def registers_in_queries(cells: Iterable[Any], folder: Path) -> list[Path]:
    """Return the registers that lie in a folder (or elsewhere, named in full) and that queries in a notebook's cells of code name."""
    parts = [part for cell in cells if cell.cell_type == "code" for part in _parts(cell.source)]
    statements = [
        node for part in parts if isinstance(part, ast.Module) for node in ast.walk(part) if isinstance(node, ast.stmt)
    ]
    queries = [part for part in parts if isinstance(part, str)] + [text for node in statements for text in _texts(node)]
    named = [name for text in queries for _, name in QUOTED.findall(text)]
    for node in statements:
        if any(map(LEFT_OPEN.search, _texts(node))):
            used = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
            named += [text for one in statements if one is node or _assigned(one) & used for text in _texts(one)]
    tables = dict.fromkeys(name for name in named if Path(name).suffix.lower() in TABLES)
    found = dict.fromkeys((folder / file).resolve() for name in tables for file in glob(name, root_dir=folder))  # noqa: PTH207 - Path.glob takes no absolute pattern
    return [file for file in found if file.is_file() and file.parent != sample_path() and is_register(file)]


def _texts(node: ast.AST) -> list[str]:
    return [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def _assigned(node: ast.stmt) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _parts(source: str) -> Iterator[ast.Module | str]:
    """The code of a cell and of its magic lines; what is no Python, as a query behind a magic word, as its text."""
    lines = source.splitlines()
    if lines and lines[0].startswith("%%"):
        parts = ["\n".join(lines[1:]), lines[0].partition(" ")[2]]
    else:
        magics = [line.strip() for line in lines if line.strip().startswith(MAGIC)]
        parts = [
            "\n".join(line for line in lines if line.strip() not in magics),
            *(m.partition(" ")[2] for m in magics),
        ]
    for part in parts:
        try:
            yield ast.parse(part)
        except (SyntaxError, ValueError):
            yield part
