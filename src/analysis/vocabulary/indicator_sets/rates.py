"""Every rate as its definitions have it: what it is made of, how chance moves it, and the names under which it is printed.

A rate is defined once, in a definition set. Reconciliation takes its candidate meanings from here, a comparison of courts its
bases, the readers of tables and statements its names; a court's own TOML reaches all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.vocabulary.errors import InputError
from analysis.vocabulary.indicator_sets.definition import Definition
from analysis.vocabulary.indicator_sets.quantities import Quantity
from analysis.vocabulary.indicator_sets.sets import definition_set, shipped_sets
from analysis.vocabulary.terms import terms
from analysis.vocabulary.text import Text

# What the meaning of an indicator is taken from first, where several sets define it: the rules in force, then the older ones.
LEADING = ("spc-2024", "spc-3plus1", "spc-2008")
# How an indicator's interval says that chance moves it.
KINDS = {"wilson": "proportion", "poisson": "rate", "log-ratio": "clearance", "over-cases": "money", "none": "printed"}
Sets = str | Path | Sequence[str | Path] | None


@dataclass(frozen=True)
class Formula:
    """One meaning of a rate: quantities above and below the line, and the definitions that give it this meaning.

    ``kind`` is how chance moves it: ``proportion`` (a part of its base), ``clearance`` (closed against filed), ``rate`` (a
    count per cases), ``money`` (a sum of amounts over another) or ``printed`` (no interval is claimed).
    """

    numerator: tuple[Quantity, ...]
    denominator: tuple[Quantity, ...]
    factor: float | str
    kind: str
    definitions: tuple[str, ...]

    @property
    def name(self) -> str:
        """The formula by the names under which its quantities are printed: ``closed/received``."""
        sides = ["+".join(q.printed for q in side) for side in (self.numerator, self.denominator)]
        return "/".join(f"({side})" if "+" in side else side for side in sides)

    @property
    def text(self) -> Text:
        """The formula in words."""
        zh, en = (
            [sep.join(getattr(q.text, lang) for q in side) for side in (self.numerator, self.denominator)]
            for lang, sep in (("zh", "＋"), ("en", " + "))
        )
        return Text("÷".join(zh), " / ".join(en))

    @property
    def is_whole(self) -> bool:
        """Return whether it is about every case of a return, and not about some kinds of case only."""
        return not any(q.population for q in (*self.numerator, *self.denominator))


@dataclass(frozen=True)
class Rate:
    """One rate: its id, what it is called, its meanings (the leading one first) and every name under which it is printed."""

    id: str
    text: Text
    unit: str
    formulas: tuple[Formula, ...]
    names: tuple[str, ...]


def rates(definitions: Sets = None) -> dict[str, Rate]:
    """Return every rate that the sets define, by its id.

    Parameters
    ----------
    definitions : str, Path, sequence of them, or None
        Sets or TOML files whose definitions lead; the sets that ship follow, the rules in force before the older ones.

    Returns
    -------
    dict of str to Rate
        Only rates with a formula: ``formulas`` holds each meaning once, with the definitions that give it.

    Raises
    ------
    ArgumentError
        A set that is not known.
    InputError
        A TOML file that cannot be read, and a name that two rates claim.

    Examples
    --------
    >>> closure = rates()["closure_rate"]
    >>> [formula.name for formula in closure.formulas][:2], "办结率" in closure.names
    (['closed/received', 'closed/filed'], True)
    >>> [(rate.id, rate.formulas[0].name) for rate in rates().values() if "终本率" in rate.names]
    [('terminated_this_round_share', 'closed_this_round/closed')]
    """
    if definitions is None:
        return _of_shipped_sets()
    return _rates(definitions)


@cache
def _by_names() -> dict[str, Definition]:
    every = [d for name in dict.fromkeys([*LEADING, *shipped_sets()]) for d in definition_set(name).definitions]
    found: dict[str, Definition] = {}
    for definition in sorted(every, key=lambda d: d.variant):
        for name in (definition.id, *definition.names):
            found.setdefault(name, definition)
    return found


def leading_definition(indicator: str) -> Definition | None:
    """Return the definition of an indicator in the sets that ship, the leading one, by its id or any name under which it is printed.

    >>> leading_definition("到位率").indicator, leading_definition("mean_days_to_close").unit, leading_definition("别的率")
    ('recovery_rate', '天', None)
    """
    return _by_names().get(indicator)


@cache
def _of_shipped_sets() -> dict[str, Rate]:
    return _rates(())


def _rates(definitions: str | Path | Sequence[str | Path]) -> dict[str, Rate]:
    own = (definitions,) if isinstance(definitions, (str, Path)) else tuple(definitions)
    listed = dict.fromkeys([*own, *LEADING, *shipped_sets()])
    known: dict[str, list[Definition]] = {}
    for name in listed:
        for definition in definition_set(name).definitions:
            if definition.kind == "rate" and definition.denominator:
                known.setdefault(definition.indicator, []).append(definition)
    found = {i: _rate(i, of_it) for i, of_it in known.items() if not all(d.variant for d in of_it)}
    _must_differ(found)
    return found


def printed_quantities(definitions: Sets = None) -> dict[str, Quantity]:
    """Return the quantities of all rates by the name under which a return prints them (``closed``, ``actual_enforcements``).

    >>> printed_quantities()["actual_enforcements"].id, printed_quantities()["closed"].unit
    ('closed_performed', '件')
    """
    return {
        q.printed: q
        for rate in rates(definitions).values()
        for formula in rate.formulas
        for q in (*formula.numerator, *formula.denominator)
        if not q.population
    }


def _rate(indicator: str, definitions: list[Definition]) -> Rate:
    ordered = sorted(definitions, key=lambda d: d.variant)  # stable: the leading set's own meaning stays first
    formulas: dict[tuple[tuple[Quantity, ...], tuple[Quantity, ...]], list[Definition]] = {}
    for d in ordered:
        formulas.setdefault((d.numerator, d.denominator), []).append(d)
    names = [name for d in ordered for name in ((d.text.zh, d.text.en) if not d.variant else ())]
    names += [name for d in ordered for name in d.aliases]
    return Rate(
        indicator,
        ordered[0].text if ordered[0].confidence == "own" else terms().get(indicator, ordered[0].text),
        ordered[0].unit,
        tuple(
            Formula(top, bottom, same[0].factor, KINDS[same[0].interval], tuple(d.name for d in same))
            for (top, bottom), same in formulas.items()
        ),
        tuple(dict.fromkeys(names)),
    )


def _must_differ(found: dict[str, Rate]) -> None:
    """Raise ``InputError`` for a name that two rates claim: a heading would not say which is meant."""
    owner: dict[str, str] = {}
    for rate in found.values():
        for name in rate.names:
            if owner.setdefault(name, rate.id) != rate.id:
                raise InputError(
                    f"指标名称“{name}”同时属于 {owner[name]} 和 {rate.id}：表头将无从分辨。请改用不同的名称（zh、en、aliases）。",
                    f'The name "{name}" belongs to {owner[name]} and {rate.id}: a heading would not say which. '
                    "Give them different names (zh, en, aliases).",
                )
