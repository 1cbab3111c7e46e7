"""Results that explain themselves: frozen, their parts are tables, and a notebook shows them in the language spoken."""

from __future__ import annotations

import html
import re
from dataclasses import fields
from typing import ClassVar

import pandas as pd

from analysis.vocabulary.tables import SHOWN_ROWS, table_html
from analysis.vocabulary.terms import term, terms
from analysis.vocabulary.text import Text, in_language

SHOWN_LINES, SHOWN_CHARACTERS = 10, 80  # of a result in a terminal
FIRST_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
SYNTHETIC = Text("（合成数据）", " (synthetic data)")


def made_up(table: pd.DataFrame) -> Text:
    """Return what is said wherever a table of made-up data (``attrs["synthetic"]``) is shown; nothing of one that is not.

    >>> table = pd.DataFrame({"closed": [3]})
    >>> table.attrs["synthetic"] = True
    >>> str(made_up(table)), str(made_up(pd.DataFrame()))
    ('（合成数据）', '')
    """
    return SYNTHETIC if table.attrs.get("synthetic") else Text("", "")


def problems_of(table: pd.DataFrame) -> Text:
    """Say what the table itself says is wrong with it."""
    said = Text("", "")
    for cell in table.attrs.get("problems", []):
        said = said + Text(in_language(cell, "zh"), " " + in_language(cell, "en"))
    return said


class Result:
    """Base of the frozen results: shows its caption and each of its tables in a notebook.

    A subclass is a frozen dataclass; a field or property ``caption`` (a ``Text``) says n and window, a field ``notes``
    what else to know. The first table stands open, further ones too unless they are long. Each table is told which it is
    (``attrs["table"]``: the function and the part, ``time_to_close.curve``), so that its headings and units are its own.
    Columns ``not_displayed`` stand in the tables alone.
    """

    not_displayed: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        made_by = FIRST_CAPITAL.sub("_", type(self).__name__).lower()
        for part in fields(self):  # type: ignore[arg-type]
            table = getattr(self, part.name)
            if isinstance(table, pd.DataFrame) and "table" not in table.attrs:
                named = table.copy(deep=False)  # one that a caller gave stays as it was
                named.attrs["table"] = f"{made_by}.{part.name}"
                object.__setattr__(self, part.name, named)

    def __init_subclass__(cls) -> None:
        cls.__repr__ = Result.__repr__  # type: ignore[method-assign] # a dataclass's own writes every table out

    def __repr__(self) -> str:
        caption, parts = getattr(self, "caption", None), []
        for part in fields(self):  # type: ignore[arg-type]
            value = getattr(self, part.name)
            if isinstance(value, pd.DataFrame) and len(value):
                parts.append(f"  .{part.name}: {len(value):,} × {len(value.columns)}")
            elif (
                part.repr
                and part.name != "caption"
                and isinstance(value, (str, bool, int, float, Text, pd.Timestamp))
                and str(value)
            ):
                parts.append(f"  .{part.name}: {value!s:.{SHOWN_CHARACTERS}}")
        said = [type(self).__name__, *([f"  {caption}"] if isinstance(caption, Text) else [])]
        left = len(parts) - (SHOWN_LINES - len(said))
        return "\n".join([*said, *parts] if left <= 0 else [*said, *parts[: -left - 1], f"  … ({left + 1})"])

    def _displayed(self, name: str, table: pd.DataFrame) -> pd.DataFrame:  # noqa: ARG002 - what of a table is displayed may rest on which it is
        return table

    def _repr_html_(self) -> str:
        caption, notes = getattr(self, "caption", None), getattr(self, "notes", ())
        parts = [f"<p>{html.escape(str(caption))}</p>"] if isinstance(caption, Text) else []
        tables = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
        shown = {
            name: self._displayed(name, t.drop(columns=[c for c in self.not_displayed if c in t]))
            for name, t in tables.items()
            if isinstance(t, pd.DataFrame) and len(t)
        }
        for number, (name, table) in enumerate(shown.items()):
            key = str(table.attrs.get("table", ""))
            said = str(term(key if key in terms() else name))
            heading = html.escape(said)
            if number == 0 or len(table) <= SHOWN_ROWS:
                parts.append(table_html(table, caption=said))
            else:
                rows = Text(f"{len(table):,}行", f"{len(table):,} rows")
                open_ = f"<summary><strong>{heading}</strong> · <code>.{name}</code> · {rows}</summary>"
                parts.append(f"<details>{open_}{table_html(table)}</details>")
        listed = notes if isinstance(notes, (list, tuple)) else ()
        parts += [f"<p><small>{html.escape(in_language(str(note)))}</small></p>" for note in listed]
        return "".join(parts)
