"""Views of the explorer as steps: the same steps are run to draw a view and written down as the cell that makes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.vocabulary.errors import DataError
from analysis.vocabulary.indicator_sets.sets import BY_PERIOD


@dataclass(frozen=True)
class Step:
    """One call: ``name = an.function(data, option=value)``, or ``data.function(...)`` where the data has that method.

    >>> Step("flow", "caseflow", "cases", {"freq": "M"}).code
    'flow = an.caseflow(cases, freq="M")'
    """

    name: str
    function: str
    data: str
    options: Mapping[str, Any] = field(default_factory=dict)
    method: bool = False

    @property
    def code(self) -> str:
        """The call as it stands in a cell."""
        options = [f"{key}={literal(value)}" for key, value in self.options.items()]
        given = options if self.method else [self.data, *options]
        return f"{self.name} = {self.data if self.method else 'an'}.{self.function}({', '.join(given)})"

    def run(self, names: Mapping[str, Any]) -> Any:
        """Evaluate the call, its data looked up among ``names``."""
        import analysis

        if self.method:
            return getattr(names[self.data], self.function)(**self.options)
        return getattr(analysis, self.function)(names[self.data], **self.options)


@dataclass(frozen=True)
class Choices:
    """The choices of the controls; ``None`` and ``()`` mean: all."""

    first: int
    last: int
    end: str  # the last day: of the year, or the one to which the register is known
    freq: str = "M"
    court: str | None = None
    highlight: str | None = None  # the court to mark among peers
    by: str | None = None
    definitions: str = BY_PERIOD
    variants: bool = False
    indicator: str | None = None
    language: str = "zh"


def literal(value: Any) -> str:
    """A value as Python writes it, with double quotes and Chinese as it is.

    >>> print(literal(["结案率", 2011, True]))
    ["结案率", 2011, True]
    """
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(literal, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def flow_steps(choices: Choices) -> list[Step]:
    """Filed, closed and pending over the period, by the breakdown."""
    own, data = _own(choices)
    by = {"by": choices.by} if choices.by else {}
    flow = Step("flow", "caseflow", data, {"freq": choices.freq, **by, **_span(choices)})
    return [*own, flow, _drawn("plot_caseflow", "flow", choices)]


def indicator_steps(choices: Choices) -> list[Step]:
    """Indicators of each year of the period under the definitions chosen."""
    own, data = _own(choices)
    options: dict[str, Any] = {
        "years": list(range(choices.first, choices.last + 1)),
        "definitions": choices.definitions,
    }
    if choices.by:
        options["by"] = choices.by
    if choices.variants:
        options["variants"] = True
    if choices.indicator:
        options["only"] = choices.indicator
    return [*own, Step("table", "indicators", data, options), _drawn("plot_indicators", "table", choices)]


def cycle_steps(choices: Choices) -> list[Step]:
    """The round of accumulating and clearing over the period."""
    own, data = _own(choices)
    stock = Step("stock", "caseflow", data, {"freq": choices.freq, **_span(choices)})
    return [*own, stock, Step("cyc", "cycle", "stock"), _drawn("plot_cycle", "cyc", choices)]


def peer_steps(choices: Choices) -> list[Step]:
    """The court among the peers whose printed figures were given."""
    panel = Step("panel", "peer_panel", "peers", {"indicator": choices.indicator or "closure_rate"})
    marked = {"highlight": choices.highlight} if choices.highlight else {}
    return [panel, Step("fun", "funnel", "panel", marked), _drawn("plot_funnel", "fun", choices)]


def cell(steps: Sequence[Step]) -> str:
    """The steps as one cell; each name is made once."""
    return "\n".join(["import analysis as an", "", *dict.fromkeys(step.code for step in steps)])


def figure_of(steps: Sequence[Step], names: Mapping[str, Any], made: dict[str, Any]) -> Any:
    """Run the steps and return what the last one draws; ``made`` keeps results by their code for the next view."""
    known = dict(names)
    for step in steps:
        if step.data not in known:
            raise DataError(
                f"没有 {step.data}。请写 an.explore(cases, peers=an.read_returns(...))。",
                f"{step.data} was not given. Write an.explore(cases, peers=an.read_returns(...)).",
            )
        key = f"{step.code}  # of {id(known[step.data])}"
        if key not in made:
            made[key] = step.run(known)
        known[step.name] = made[key]
    return known[steps[-1].name]


def years_of(cases: Any) -> tuple[int, int]:
    """The first year in which a case was filed, and the year to which the register is known."""
    known = cases.known()
    first = known.filed_on.min().execute()
    return (cases.as_of.year if pd.isna(first) else int(pd.Timestamp(first).year)), int(cases.as_of.year)


def groups_in(cases: Any, names: Sequence[str], most: int) -> list[str]:
    """The columns that part the register into two to ``most`` groups."""
    known = cases.known()
    counts = known.aggregate(**{name: known[name].nunique() for name in names}).execute().iloc[0]
    return [name for name in names if 2 <= counts[name] <= most]


def _own(choices: Choices) -> tuple[list[Step], str]:
    if choices.court is None:
        return [], "cases"
    return [Step("own", "where", "cases", {"court": choices.court}, method=True)], "own"


def _span(choices: Choices) -> dict[str, str]:
    return {"start": f"{choices.first}-01-01", "end": choices.end}


def _drawn(function: str, data: str, choices: Choices) -> Step:
    return Step(f"{data}_figure", function, data, {"interactive": True, "language": choices.language})
