"""Names of courts on a chart: shown or coded, the own court marked, one that is not there refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from difflib import get_close_matches

import pandas as pd

from analysis.returns.verdicts import DISPUTED
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.text import Text

DOUBT = "†"  # marks a figure at odds with others beside its court's name
DOUBT_NOTE = Text(f"。{DOUBT} 公布值与件数对不上", f". {DOUBT} published figure at odds with its counts")


def doubtful(table: pd.DataFrame) -> pd.Series:
    """Mark the figures of a comparison that cannot all be true with those beside them; none where no verdict is known."""
    if "verdict" not in table:
        return pd.Series(False, index=table.index)
    return table["verdict"].isin(DISPUTED)


Highlight = str | Iterable[str] | None  # the court, or courts, to mark


def labels(courts: pd.Series, names: dict[str, Text], doubt: pd.Series) -> pd.Series:
    """Label each court of a chart: its name, with a dagger where its figure is contradicted."""
    dagger, none = Text(DOUBT, DOUBT), Text("", "")
    marked = [names[str(court)] + (dagger if mark else none) for court, mark in zip(courts, doubt, strict=True)]
    return pd.Series(marked, index=courts.index, dtype=object)


def highlighted(highlight: Highlight, courts: Iterable[object]) -> list[str]:
    """The highlighted courts as names; raises ``ArgumentError`` for one that is not on the chart.

    >>> highlighted("甲", ["甲", "乙"])
    ['甲']
    """
    present = [str(court) for court in courts]
    if highlight is None:
        return []
    asked = [highlight] if isinstance(highlight, str) or not isinstance(highlight, Iterable) else list(highlight)
    for name in map(str, asked):
        if name not in present:
            near = get_close_matches(name, present, n=3, cutoff=0.4)
            raise ArgumentError(
                f"highlight 的“{name}”不在图中的{len(present)}家法院之中。"
                + (f"最接近的：{'、'.join(near)}。" if near else ""),
                f'highlight: "{name}" is none of the {len(present)} courts on the chart.'
                + (f" Nearest: {', '.join(near)}." if near else ""),
            )
    return [str(name) for name in asked]


def shown_names(courts: Iterable[object], *, marked: Iterable[str] = (), anonymise: bool = False) -> dict[str, Text]:
    """Name each court: by its name, or with ``anonymise`` a code for all but the marked ones.

    Codes follow a hash of the names, not their order, so that neither size nor value can be read from them; the same
    courts always get the same codes.

    >>> names = shown_names(["甲院", "乙院", "丙院"], marked=["甲院"], anonymise=True)
    >>> names["甲院"].zh, sorted(names[c].en for c in ("乙院", "丙院"))
    ('甲院', ['Court 1', 'Court 2'])
    """
    names = list(dict.fromkeys(str(court) for court in courts))
    if not anonymise:
        return {name: court_text(name) for name in names}
    own = set(marked)
    hidden = sorted(
        (name for name in names if name not in own), key=lambda name: hashlib.sha256(name.encode()).hexdigest()
    )
    width = len(str(len(hidden)))
    codes = {name: Text(f"法院{n:0{width}d}", f"Court {n:0{width}d}") for n, name in enumerate(hidden, start=1)}
    return {name: codes.get(name, court_text(name)) for name in names}
