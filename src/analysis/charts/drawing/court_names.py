"""Names of courts on a chart: shown or coded, the own court marked, one that is not there refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import reduce
from typing import NamedTuple

import pandas as pd

from analysis.charts.drawing.typesetting import in_a_line
from analysis.returns.verdicts import DISPUTED
from analysis.vocabulary.courts import court_text, marked_or_not, of_compared
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.text import Text

DOUBT = "†"  # marks a figure at odds with others beside its court's name
DOUBT_NOTE = Text(f"。{DOUBT} 公布值与件数对不上", f". {DOUBT} published figure at odds with its counts")


def doubtful(table: pd.DataFrame) -> pd.Series:
    """Mark the figures of a comparison that cannot all be true with those beside them; none where no verdict is known."""
    if "verdict" not in table:
        return pd.Series(False, index=table.index)
    return table["verdict"].isin(DISPUTED)


class InLegend(NamedTuple):
    """What a legend calls the courts marked and the others, and the number by which each of several marked is found."""

    own: str
    others: str
    numbers: dict[str, str]


def in_legend(courts: pd.DataFrame, *, named: bool) -> InLegend:
    """Return what the legend calls ``courts`` (``court, name, label, own``); ``named`` where no name stands beside the points.

    >>> courts = pd.DataFrame({"court": ["甲", "乙"], "name": ["甲", "乙"], "label": ["甲†", "乙"], "own": [True, False]})
    >>> in_legend(courts, named=True)[:2], in_legend(courts, named=False)[:2]
    (('甲', '其他法院'), ('标出的法院', '其他法院'))
    """
    own = courts[courts["own"]]
    marked, others = (str(marked_or_not(is_own, len(own) > 0, courts["court"])) for is_own in (True, False))
    if own.empty or not named:
        return InLegend(marked, others, {})
    names = {n: str(label).removesuffix(DOUBT).rstrip() for n, label in zip(own["name"], own["label"], strict=True)}
    numbers = {name: str(place) if len(names) > 1 else "" for place, name in enumerate(names, start=1)}
    listed = str(Text("；", "; ")).join(f"{numbers[name]} {label}".strip() for name, label in names.items())
    return InLegend(listed, others, numbers)


Highlight = str | Iterable[str] | None  # the court, or courts, to mark


def labels(courts: pd.Series, names: dict[str, Text], doubt: pd.Series) -> pd.Series:
    """Label each court of a chart: its name, with a dagger where its figure is contradicted."""
    dagger, none = Text(DOUBT, DOUBT), Text("", "")
    marked = [names[str(court)] + (dagger if mark else none) for court, mark in zip(courts, doubt, strict=True)]
    return pd.Series(marked, index=courts.index, dtype=object)


def title_with_own(head: Text, finding: Text, own: Sequence[tuple[Text, Text]], comma: Text) -> Text:
    """A title in one line: the finding on all, then each own court and what is said of it; of a long name what is said of the court marked.

    >>> title_with_own(Text("结案率：", ""), Text("均值90", ""), [(Text("甲" * 40, ""), Text("为95", ""))], Text("，", "")).zh
    '结案率：均值90，标出的法院为95'
    """
    titles = [head + finding, *(comma + court + said for court, said in own)]
    full = reduce(Text.__add__, titles)
    if len(own) != 1:
        return in_a_line(full, head + finding)
    ((court, said),) = own
    marked = of_compared("the_own_court", [court.zh]) + said
    return in_a_line(full, head + finding + comma + marked, head + court + said, head + marked)


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
