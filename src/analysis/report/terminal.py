"""The terminal as a writer: tables for people, csv for spreadsheets, json for machines; progress on the error stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("table", "csv", "json")
LONGEST_UNBROKEN = 16  # characters; longer cells wrap
NARROWEST = 120  # columns that a table takes where nobody says how wide the terminal is


def show(
    table: pd.DataFrame, form: str, *, title: str = "", columns: Sequence[str] = (), strong: Sequence[str] = ()
) -> None:
    """Print a table for people (``table``: the columns named, none that is empty), spreadsheets or machines (all).

    ``strong`` names the first cells of the rows that stand out for people.
    """
    from analysis.cases.privacy import safe_frame
    from analysis.vocabulary.tables import with_headings

    if form == "csv":
        click.echo(safe_frame(table).to_csv(index=False, date_format="%Y-%m-%d"), nl=False)
    elif form == "json":
        click.echo(table.to_json(orient="records", force_ascii=False, date_format="iso", date_unit="s", indent=2))
    else:
        from rich.console import Console
        from rich.table import Table

        printed = Table(title=title or None, title_justify="left", header_style="bold")
        named = table[[name for name in columns or table.columns if name in table]]
        full = named.loc[:, [bool(named[name].notna().any() and (named[name] != "").any()) for name in named]]
        shown = with_headings(full)
        for name, kind in zip(shown.columns, full.dtypes, strict=True):
            printed.add_column(
                str(name), justify="right" if getattr(kind, "kind", "O") in "iuf" else "left", overflow="fold"
            )
        for row in shown.itertuples(index=False):
            printed.add_row(*(_cell(value) for value in row), style="reverse" if row[0] in strong else None)
        console = Console()
        console.width = max(console.width, NARROWEST)
        console.print(printed)


def _cell(value: Any) -> str:
    import pandas as pd
    from rich.markup import escape

    from analysis.vocabulary.tables import MISSING, NO, YES

    if pd.isna(value):
        return MISSING
    if isinstance(value, bool):
        return str(YES if value else NO)
    if isinstance(value, float):
        digits = 4 if abs(value) < 2 else 2  # shares of 1 and ratios about 1
        return f"{value:,.{digits}f}".rstrip("0").rstrip(".")
    return escape(str(value))


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Say on the error stream what is being done; a spinner where somebody watches, lines where nobody does."""
    from rich.console import Console

    console = Console(stderr=True)
    if console.is_terminal:
        with console.status("") as status:
            yield status.update
    else:
        yield lambda step: click.echo(step, err=True)
