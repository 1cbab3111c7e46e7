"""The terminal as a writer: tables for people, csv for spreadsheets, json for machines; progress on the error stream."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

import analysis as an
from analysis.files.destinations import must_take_file, write_file
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

FORMATS = ("table", "csv", "json")
TABLE_FILES = (".csv", ".xlsx")
TABLE = Text("表", "Table")
LONGEST_UNBROKEN = 10  # a day or a number: longer cells wrap
UNBROKEN = re.compile(r"[!-~]+|\S")  # of a heading: words and numbers; Chinese breaks anywhere
NARROWEST = 120  # columns that a table takes where nobody says how wide the terminal is


@dataclass(frozen=True)
class Shown:
    """Where a command's figures go: to the terminal in a form, or as people read them into a file for Excel."""

    form: str
    out: str | None = None

    def written(self, tables: Mapping[Text, pd.DataFrame]) -> bool:
        """Write tables into the file asked for, a sheet each or the first into csv; ``False`` where no file was asked for."""
        from analysis.vocabulary.tables import labelled

        if self.out is None:
            return False
        if Path(self.out).suffix.lower() == ".csv":
            write_file(self.out, as_csv(labelled(next(iter(tables.values()))), infinite="∞").encode("utf-8-sig"))
        else:
            an.to_excel({str(name): table for name, table in tables.items()}, self.out)
        click.echo(self.out)
        return True


def noted(table: pd.DataFrame, caption: str) -> pd.DataFrame:
    """A table that says its caption of itself, for a sheet of its own."""
    said = table.copy()
    said.attrs = {**table.attrs, "notes": [caption]}
    return said


def must_be_table_file(out: str | None) -> str | None:
    """Return the file for Excel that was asked for; raises where it is none, or cannot be written, before anything is computed."""
    if out is not None:
        if Path(out).suffix.lower() not in TABLE_FILES:
            raise an.ArgumentError(
                f"--out 应为 .xlsx 或 .csv 文件，得到 {out}。", f"--out must be a file .xlsx or .csv, got {out}."
            )
        must_take_file(out)
    return out


def console_of(*, stderr: bool = False) -> Console:
    """Return a console of rich, which itself would end a run whose reader is gone with 1, as a finding does."""
    from rich.console import Console

    class OfARun(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return OfARun(stderr=stderr)


def show(
    table: pd.DataFrame, form: str, *, title: str = "", columns: Sequence[str] = (), strong: Sequence[str] = ()
) -> None:
    """Print a table for people (``table``: the columns named, none that is empty), spreadsheets or machines (all).

    ``strong`` names the first cells of the rows that stand out for people.
    """
    from analysis.vocabulary.tables import in_words

    if form == "csv":
        click.echo(as_csv(table), nl=False)
    elif form == "json":
        click.echo(as_json(table))
    else:
        from rich import box
        from rich.markup import escape
        from rich.table import Table

        named = table[[name for name in columns or table.columns if name in table]]
        full = named.loc[:, [bool(named[name].notna().any() and (named[name] != "").any()) for name in named]]
        shown = in_words(full)
        console = console_of()
        console.width = max(console.width, NARROWEST)
        widths = _widths(shown, console.width - 3 * shown.shape[1] - 1)  # three characters part two cells
        # in Chinese fonts and on a Chinese Windows a line of box characters is twice as wide as rich counts it
        printed = Table(header_style="bold", box=box.MARKDOWN)
        for i, kind in enumerate(full.dtypes):
            printed.add_column(
                str(shown.columns[i]),
                justify="right" if getattr(kind, "kind", "O") in "iuf" else "left",
                overflow="fold",
                width=widths[i],
            )
        for row in shown.itertuples(index=False):
            printed.add_row(*map(escape, row), style="reverse" if row[0] in strong else None)
        if title:
            console.print(title, style="bold", markup=False, highlight=False)
        console.print(printed)


def not_understood(returns: pd.DataFrame) -> None:
    """Name on the error stream the headings of printed figures that are no known measure, and by which other name the court stands."""
    from analysis.returns.reading import headings_not_understood, named_otherwise

    for said in [*named_otherwise(returns), *headings_not_understood(returns)]:
        click.echo(str(said), err=True)


def as_formatted(returns: pd.DataFrame) -> None:
    """Say on the error stream which cells of printed figures were read as their number format shows them."""
    from analysis.cases.as_formatted import returns_as_formatted

    for said in returns_as_formatted(returns):
        click.echo(str(said), err=True)


def must_be_filled_in(returns: pd.DataFrame, files: Iterable[str]) -> None:
    """Raise ``InputError`` where files of printed figures hold none, as a form that nobody filled in."""
    if returns.empty:
        raise an.InputError(
            f"{'、'.join(files)}：没有填写任何公布的数字。", f"{', '.join(files)}: no published figure is filled in."
        )


def as_csv(table: pd.DataFrame, *, infinite: str = "inf") -> str:
    """The rows as comma-separated values: days as such, whole numbers without a point, others to the 15 digits that Excel keeps.

    A bound that is none is ``infinite``: ``inf`` for machines, ``∞`` for people, as in a workbook.

    >>> import pandas as pd
    >>> print(as_csv(pd.DataFrame({"value": [423.0, 0.1 + 0.2, None, 100 * 0.9958], "day": pd.Timestamp("2011-12-31")})), end="")
    value,day
    423,2011-12-31
    0.3,2011-12-31
    ,2011-12-31
    99.58,2011-12-31
    >>> as_csv(pd.DataFrame({"upper": [float("inf")]}), infinite="∞").split()
    ['upper', '∞']
    """
    from analysis.cases.privacy import safe_frame

    safe = safe_frame(table)
    return safe.to_csv(
        index=False, date_format="%Y-%m-%d", float_format=lambda value: f"{value:.15g}".replace("inf", infinite)
    )


def as_json(table: pd.DataFrame) -> str:
    """The rows as JSON, days written as such (``2011-12-31``) and missing values ``null``.

    >>> import pandas as pd
    >>> print(as_json(pd.DataFrame({"period": pd.to_datetime(["2011-01-01", None])})).replace("\\n", ""))
    [  {    "period":"2011-01-01"  },  {    "period":null  }]
    """
    days = {str(name): table[name].dt.strftime("%Y-%m-%d") for name in table.select_dtypes("datetime")}
    return str(table.assign(**days).to_json(orient="records", force_ascii=False, indent=2))


def _widths(shown: pd.DataFrame, room: int) -> list[int | None]:
    """Fit the width of each column: words of headings, days and numbers unbroken, what room is left shared among the others.

    Where there is no room for that much, ``None``: let the table decide.
    """
    from rich.cells import cell_len

    least, longest, whole = [], [], []
    for i, name in enumerate(shown.columns):
        cells = [cell_len(line) for cell in shown.iloc[:, i] for line in cell.splitlines()]
        unbroken = [size for size in cells if size <= LONGEST_UNBROKEN]
        least.append(max([*map(cell_len, UNBROKEN.findall(str(name))), *unbroken], default=1))
        longest.append(max(cells, default=1))
        whole.append(max([cell_len(str(name)), *cells], default=1))
    widths, spare = list(least), room - sum(least)
    if spare < 0:
        return [None] * len(least)
    for wanted in (longest, whole):  # a heading that wraps costs one line, a cell that does one a row
        lacking = [max(want - width, 0) for want, width in zip(wanted, widths, strict=True)]
        for done, i in enumerate(sorted(range(len(least)), key=lacking.__getitem__)):
            given = min(lacking[i], spare // (len(least) - done))
            widths[i], spare = widths[i] + given, spare - given
    return [*widths]


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Say on the error stream what is being done; a spinner where somebody watches, lines where nobody does."""
    console = console_of(stderr=True)
    if console.is_terminal:
        with console.status("") as status:
            yield status.update
    else:
        yield lambda step: click.echo(step, err=True)
