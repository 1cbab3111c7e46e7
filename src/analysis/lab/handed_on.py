"""What is saved from the explorer: a table with the note that it is the court's own and without people, or the reason why it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.cases.table import is_open
from analysis.lab.views import OF_PEOPLE
from analysis.measures.pseudonyms import PEOPLE
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.labels import heading
from analysis.vocabulary.text import Text, listed

if TYPE_CHECKING:
    import pandas as pd

    from analysis.lab.views import Choices

INSIDE = Text("由探索界面导出，供院内使用", "From the explorer, for use inside the court")
LEFT_OUT = Text(
    "对外不能列出的小组和时期未列入，故比界面上少",
    "Teams and periods that may not be shown outside are left out, so that it is shorter than what was seen",
)


def why_not_handed_on(choices: Choices) -> DataError | None:
    """Return the error for choices of which nothing is saved unless names are asked for: a part by people, teams or amounts, and teams of any part."""
    finer = [name for name in choices.filters if not is_open(name)]
    if choices.by in OF_PEOPLE and {*choices.filters} - {"court"}:  # a court of several is a whole
        finer.append(choices.by)
    if choices.names or not finer:
        return None
    named = listed(heading(name) for name in dict.fromkeys(finer))
    return DataError(
        f"所选涉及“{named.zh}”，图、表和清单只供院内查看，不存。请去掉后再存；院内使用请用 an.explore(cases, names=True)。",
        f'The choices touch "{named.en}": pictures, tables and lists are for use inside the court and are not saved. Clear them first, or explore inside the '
        "court with an.explore(cases, names=True).",
    )


def handed_on(given: pd.DataFrame, seen: pd.DataFrame) -> pd.DataFrame:
    """Return a table as the gate gives it, without people, with its notes; raises ``DataError`` where nothing of what was seen is left."""
    if len(seen) and not len(given):
        raise DataError(
            "所看的小组对外都不能列出，没有可存的表。院内使用请用 an.explore(cases, names=True)。",
            "None of the teams seen may be shown outside: there is no table to save. Inside the court: an.explore(cases, names=True).",
        )
    noted = given.drop(columns=[name for name in (*PEOPLE, "supervisor") if name in given])
    notes = [INSIDE, *([LEFT_OUT] if len(given) < len(seen) else [])]
    noted.attrs = given.attrs | {"notes": [*given.attrs.get("notes", []), *(note.cell for note in notes)]}
    return noted
