"""One definition of an indicator, and a set of them: what a figure is made of, since when, by which source."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.indicator_sets.quantities import Quantity
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("stock", "flow", "rate", "duration", "money")
DIRECTIONS = ("higher", "lower", "interval", "none")
# wilson: proportions (the numerator is a part of the denominator); poisson: counts, and counts per cases;
# log-ratio: closed against filed, paired; over-cases: a sum over a sum of closed cases, by a model or the error of the cases; none: no interval is claimed.
# Where a court's own set states none, that which follows from the quantities (reading.usual_interval).
INTERVALS = ("wilson", "poisson", "log-ratio", "over-cases", "none")
# V: read in the source named. P: the name was read, the formula is inferred. M: from memory, formula unverified.
# own: a court's own set.
CONFIDENCES = ("V", "P", "M", "own")
# The length of period that a definition is meant for, in months; any: every period. filings-dec-nov: that calendar.
WINDOWS: dict[str, int | None] = {"any": None, "year": 12, "three-years": 36, "filings-dec-nov": None}

# What two definitions must have alike for their figures to be compared.
FORMULA = ("numerator", "denominator", "parts", "factor", "include", "exclude", "window", "unit")


OF_LONGER = (
    "opening",
    "received",
    "closing",
    "filed_and_closed",
)  # moments whose cases add up differently over a month and over a year
NOTHING = Text("", "")
# How the definitions name a formula that was read out of a court's own system.
PROGRAM, THE_PROGRAM = "deployed-system code", Text("在用办案系统的程序", "the code of a case system in use")


def to_reach(bounds: tuple[float | None, float | None], direction: str) -> float | None:
    """Return the bound of a target or interval that is to be reached: the upper one where lower is better, else the lower one, where it is given.

    >>> to_reach((0, 5), "lower"), to_reach((90, 100), "higher"), to_reach((None, 100), "higher")
    (5, 90, 100)
    """
    low, high = bounds
    first, second = (high, low) if direction == "lower" else (low, high)
    return second if first is None else first


def source_text(source: str) -> Text:
    """Return the source of a definition in either language: what no address names is given in both, parted by a stroke.

    >>> source_text("deployed-system code; 佛山法院研究 / a study of Foshan's courts; http://a.cn")
    Text(zh='在用办案系统的程序；佛山法院研究；http://a.cn', en="the code of a case system in use; a study of Foshan's courts; http://a.cn")
    """
    named = [Text(*(part.strip().split(" / ", 1) * 2)[:2]) for part in source.split(";")]
    named = [Text(text.zh.replace(PROGRAM, THE_PROGRAM.zh), text.en.replace(PROGRAM, THE_PROGRAM.en)) for text in named]
    return Text("；".join(text.zh for text in named), "; ".join(text.en for text in named))


@dataclass(frozen=True)
class Guidance:
    """Why an indicator matters, how it can be played, who checked the definition, when to look at it again."""

    why: Text = NOTHING
    played: Text = NOTHING
    checked: Text = NOTHING
    review: Text = NOTHING


@dataclass(frozen=True)
class Definition:
    """One definition of one indicator: what it is made of, its population, its validity and where it comes from.

    A rate is ``factor`` × numerator ÷ denominator (sums of quantities); ``parts`` are the definitions whose values it adds up;
    ``aliases`` further names under which it is printed.
    """

    set: str
    id: str
    indicator: str
    variant: bool
    text: Text
    kind: str
    numerator: tuple[Quantity, ...]
    denominator: tuple[Quantity, ...]
    parts: tuple[Definition, ...]
    factor: float | str
    include: tuple[tuple[str, Any], ...]
    exclude: tuple[tuple[str, Any], ...]
    window: str
    unit: str
    direction: str
    target: tuple[float | None, float | None] | None
    valid_from: pd.Timestamp | None
    valid_to: pd.Timestamp | None
    interval: str
    source: str
    confidence: str
    formula: Text
    note: Text
    needs: Text
    aliases: tuple[str, ...] = ()
    guidance: Guidance = Guidance()

    @property
    def name(self) -> str:
        """``set/id``, as the column ``definition`` of every result names it."""
        return f"{self.set}/{self.id}"

    @property
    def names(self) -> Set[str]:
        """What calls may ask for it by, beside its id: its indicator, its name in both languages, and those under which it is printed."""
        return dict.fromkeys((self.indicator, self.text.zh, self.text.en, *self.aliases)).keys()

    @property
    def computed(self) -> bool:
        """Return whether there is a formula to compute it by; a name whose formula is unverified has none."""
        return bool(self.numerator or self.parts)

    def measures_as(self, other: Definition) -> bool:
        """Return whether another definition counts the same by the same formula, so that the figures of both may be compared."""
        return all(getattr(self, name) == getattr(other, name) for name in FORMULA)

    def position(self, value: float) -> str | None:
        """Return where a figure stands to the target: ``within``, ``better`` or ``off``; ``met`` or ``missed`` of one bound in a direction.

        ``better`` is beyond the interval in the definition's direction; without a target there is no position.
        """
        if self.target is None:
            return None
        low, high = self.target
        below, above = low is not None and value < low, high is not None and value > high
        if (low is None or high is None) and self.direction in ("higher", "lower"):
            return "missed" if below or above else "met"
        if not (below or above):
            return "within"
        return "better" if (self.direction, above) in (("higher", True), ("lower", False)) else "off"

    @property
    def monthly_target(self) -> float | None:
        """Return the bound of the target that a month is to reach as well as a year: none of a year's end, nor of a rate on a stock."""
        made_of = (*self.numerator, *self.denominator)
        if (
            self.target is None
            or self.window != "any"
            or any(q.table == "cases" and q.when in OF_LONGER for q in made_of)
        ):
            return None
        return to_reach(self.target, self.direction)

    def why_not_computed(self) -> Text:
        """Return why a definition that ships by name is not computed."""
        if self.confidence == "M":
            return Text(
                "公式未经核实，不计算；可在自己的 TOML 中给出公式",
                "the formula is unverified and not computed; supply it in a TOML of your own",
            )
        return self.needs


@dataclass(frozen=True)
class DefinitionSet:
    """A set of definitions with its source and the quantities that it knows; ``scheme`` holds further numbers of the set (quotas) as data."""

    id: str
    text: Text
    source: str
    definitions: tuple[Definition, ...]
    quantities: Mapping[str, Quantity]
    scheme: Mapping[str, Any]

    def find(self, name: str) -> Definition:
        """Return a definition by its id; raises ``ArgumentError`` with the nearest one for an unknown id."""
        for definition in self.definitions:
            if definition.id == name:
                return definition
        raise ArgumentError.not_one_of(f"{self.id}/", name, [d.id for d in self.definitions])
