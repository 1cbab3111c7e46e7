"""Exploring a register in a notebook: ``explore`` links controls to figures and writes the cell that makes the view."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import anywidget
import ipywidgets as widgets
import pandas as pd
import traitlets

from analysis.cases.table import Cases
from analysis.charts.drawing.screen import bare
from analysis.inference.peers.panel_rows import bases
from analysis.lab.views import (
    Choices,
    Step,
    cell,
    cycle_steps,
    figure_of,
    flow_steps,
    groups_in,
    indicator_steps,
    peer_steps,
    years_of,
)
from analysis.register.disclosure import public_courts
from analysis.vocabulary.errors import ArgumentError, CourtAnalysisError
from analysis.vocabulary.indicator_sets.sets import BY_PERIOD, definition_set, shipped_sets
from analysis.vocabulary.language import speaking
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import spoken

# Officers are left out: names stay inside. A figure holds at most 12 groups.
BREAKDOWNS = ("basis", "case_type", "team", "area", "has_property", "court")
COMPARED = ("closure_rate", "clearance_rate", "petition_settlement_rate")  # what courts publish with its counts
MOST_GROUPS = 12
FREQUENCIES = ("W", "M", "Q", "Y")
VIEWS: dict[str, Callable[[Choices], list[Step]]] = {
    "indicators": indicator_steps,
    "cycle": cycle_steps,
    "peers": peer_steps,
}


class CopyButton(anywidget.AnyWidget):
    """A button that puts the cell on the clipboard; its script is part of the widget, nothing is fetched."""

    _esm = """
    export default { render({ model, el }) {
      const button = document.createElement("button");
      button.className = "jupyter-button widget-button copy-as-code";
      button.textContent = model.get("label");
      button.onclick = async () => {
        await navigator.clipboard.writeText(model.get("code"));
        button.textContent = model.get("done");
        setTimeout(() => { button.textContent = model.get("label"); }, 1500);
      };
      el.appendChild(button);
    } };
    """
    code = traitlets.Unicode("").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    done = traitlets.Unicode("").tag(sync=True)


class Explorer(widgets.VBox):
    """The controls, the caseflow above, the view chosen below, and the cell that makes both.

    ``controls`` are the widgets by name (``period, freq, court, by, definitions, variants, indicator, view``),
    ``figures`` the plotly figures shown (``caseflow`` and the view), ``messages`` what stands in the place of a figure
    that cannot be drawn, ``code`` the cell.
    """

    def __init__(self, cases: Cases, peers: pd.DataFrame | None, language: str) -> None:
        self._names: dict[str, Any] = {"cases": cases} if peers is None else {"cases": cases, "peers": peers}
        self._language, self._as_of = language, cases.as_of
        self._courts = public_courts(cases)
        self._made: dict[str, Any] = {}
        self._offering = False
        self.figures: dict[str, Any] = {}
        self.messages: dict[str, str] = {}
        self.controls = controls_for(cases)
        self._upper, self._lower = widgets.VBox(), widgets.VBox()
        self._cell = widgets.Textarea(disabled=True, rows=8, layout=widgets.Layout(width="100%"))
        self._copy = CopyButton(label=str(term("copy_as_code")), done=str(term("copied")))
        super().__init__([_laid_out(self.controls), self._upper, self._lower, self._copy, self._cell])
        for name in ("definitions", "view"):
            self.controls[name].observe(self._offer_indicators, "value")
        for control in self.controls.values():
            control.observe(self._show, "value")
        self._show()

    @property
    def code(self) -> str:
        """The cell that makes this view, for a notebook in which ``cases`` (and ``peers``) are the data explored."""
        return str(self._cell.value)

    @property
    def choices(self) -> Choices:
        """The choices that the controls hold now."""
        said = {name: control.value for name, control in self.controls.items()}
        first, last = said.pop("period")
        said.pop("view")
        end = min(pd.Timestamp(last, 12, 31), self._as_of)
        own = self._own(said["court"])
        return Choices(first, last, str(end.date()), highlight=own, language=self._language, **said)

    def _own(self, court: str | None) -> str | None:
        """The court to mark among the peers: the one chosen, or the register's only one, where the peers name it."""
        own = court or (self._courts[0] if len(self._courts) == 1 else None)
        return own if "peers" in self._names and own in set(self._names["peers"]["court"]) else None

    def _offer_indicators(self, _: Any = None) -> None:
        control = self.controls["indicator"]
        with speaking(self._language):
            offered = indicators_of(self.controls["definitions"].value, view=self.controls["view"].value)
        values = [value for _, value in offered]
        kept = values.index(control.value) if control.value in values else 0
        self._offering = True  # new options first choose the first, for a moment: nothing to draw yet
        control.options = offered
        control.index = kept
        self._offering = False

    def _show(self, _: Any = None) -> None:
        if self._offering:
            return
        view = self.controls["view"].value
        shown = {"caseflow": flow_steps(self.choices), view: VIEWS[view](self.choices)}
        self.figures, self.messages = {}, {}
        with speaking(self._language):
            self._upper.children = [self._drawn("caseflow", shown["caseflow"])]
            self._lower.children = [self._drawn(view, shown[view])]
        # a view that could not be drawn has no cell that makes it
        steps = [step for name, listed in shown.items() if name in self.figures for step in listed]
        ends = [f"{listed[-1].name}.show()" for name, listed in shown.items() if name in self.figures]
        self._cell.value = self._copy.code = "\n".join([cell(steps), *ends])

    def _drawn(self, name: str, steps: list[Step]) -> widgets.Widget:
        import plotly.graph_objects as go

        try:
            drawn = figure_of(steps, self._names, self._made)
        except CourtAnalysisError as error:
            self.messages[name] = str(error)
            return widgets.HTML(f"<p>{html.escape(str(error))}</p>")
        # Plotly draws a widget before its place is known and then sets note over title: both stand above as text.
        figure = self.figures[name] = go.FigureWidget(bare(drawn).update_layout(autosize=True))
        if name == "caseflow":
            for trace in figure.data:
                trace.on_click(self._zoom)
        title, note = (html.escape(str(figure.layout.meta[part])) for part in ("title", "note"))
        return widgets.VBox([widgets.HTML(f"<strong>{title}</strong><br><small>{note}</small>"), figure])

    def _zoom(self, _: Any, points: Any, __: Any = None) -> None:
        """A click on a period of the caseflow sets the period of every figure to its year."""
        if points.xs:
            year = pd.Timestamp(points.xs[0]).year
            self.controls["period"].value = (year, year)


def explore(cases: Cases, *, peers: pd.DataFrame | None = None, language: str | None = None) -> Explorer:
    """Widgets over a register: period, breakdown, indicator, definitions and court, linked to interactive figures.

    The caseflow stands above; a click on one of its periods sets the period to that year. Below stands the view chosen:
    indicators, cycle, or peers (from ``peers``, printed figures as ``read_returns`` gives them). "Copy as code" gives
    the cell that makes the view. No officer is named. Raises ``ArgumentError`` for something that is no register.

    Parameters
    ----------
    cases : Cases
        The register.
    peers : DataFrame
        Other courts' printed figures, as ``read_returns`` gives them.
    language : str
        ``zh`` or ``en``; without it the language spoken.

    Returns
    -------
    Explorer
        The widgets.

    >>> one = pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-01-04"], "closed_on": ["2011-03-01"]})
    >>> print(explore(Cases.from_frames(one, as_of="2011-12-31")).code.splitlines()[2])
    flow = an.caseflow(cases, freq="M", start="2011-01-01", end="2011-12-31")
    """
    if not isinstance(cases, Cases):
        raise ArgumentError(
            "cases 应为 read_cases() 读入的台账。", "cases must be a register as read_cases() gives it."
        )
    with speaking(language):
        return Explorer(cases, peers, spoken())


def controls_for(cases: Cases) -> dict[str, Any]:
    """The controls by name, offering what this register holds, in the language spoken."""
    first, last = years_of(cases)
    groups = groups_in(cases, BREAKDOWNS, MOST_GROUPS)
    every, none = (str(term("explore_all")), None), (str(term("explore_none")), None)
    held = cases.definitions or BY_PERIOD
    sets = [(str(definition_set(name).text), name) for name in dict.fromkeys([held, BY_PERIOD, *shipped_sets()])]
    courts = [every, *((name, name) for name in public_courts(cases) if "court" in groups)]
    breakdowns = [none, *((str(term(name)), name) for name in groups)]
    made = {
        "period": widgets.SelectionRangeSlider(options=range(first, last + 1), index=(0, last - first)),
        "freq": widgets.Dropdown(options=[(str(term(f"freq_{name}")), name) for name in FREQUENCIES], value="M"),
        "court": widgets.Dropdown(options=courts, index=0),
        "by": widgets.Dropdown(options=breakdowns, index=0),
        "definitions": widgets.Dropdown(options=sets, value=held),
        "variants": widgets.Checkbox(value=False, indent=False),
        "indicator": widgets.Dropdown(options=indicators_of(held), index=0),
        "view": widgets.ToggleButtons(
            options=[(str(term(f"view_{name}")), name) for name in VIEWS], style={"button_width": "auto"}
        ),
    }
    for name, control in made.items():
        control.description = str(term(f"explore_{name}"))
        control.continuous_update = False
    return made


def indicators_of(definitions: str, *, view: str = "indicators") -> list[tuple[str, str | None]]:
    """The indicators that a set computes, by their words; ``None`` stands for its rates together.

    Among the peers: those whose printed counts say what chance alone would do.
    """
    if view == "peers":
        return [(str(term(name)), name) for name in COMPARED if name in bases()]
    known = {d.indicator: str(term(d.indicator)) for d in definition_set(definitions).definitions if d.computed}
    return [(str(term("explore_rates")), None), *((words, name) for name, words in known.items())]


def _laid_out(controls: dict[str, Any]) -> widgets.VBox:
    rows = (("period", "freq", "court"), ("by", "indicator"), ("definitions", "variants"), ("view",))
    return widgets.VBox([widgets.HBox([controls[name] for name in row]) for row in rows])
