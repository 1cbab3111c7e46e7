"""Exploring a register in a notebook: filters that combine, views that follow, the cases behind a point, and the cell that makes the view.

The explorer is one anywidget of our own, and not a set of ipywidgets around plotly's FigureWidget. A change of filters then is one
message there and two back (the counts, then the view), where sixty controls of ipywidgets would each get a message of its own; the figure is
brought up to date by ``Plotly.react`` in the place where it stands; plotly's buttons speak Chinese, which a FigureWidget cannot be
told; boxes, counts and the brush over the months are plain HTML that a keyboard reaches. plotly.js is the one that the
installed plotly brings; nothing is fetched.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import anywidget
import numpy as np
import pandas as pd
import traitlets

from analysis.cases.sources import places_tell
from analysis.cases.table import Cases
from analysis.charts.drawing import screen
from analysis.charts.drawing.style import save_figure
from analysis.files.destinations import OUTPUT, write_file
from analysis.inference.peers.panel_rows import bases
from analysis.lab.behind import Behind, behind, kind_label
from analysis.lab.cell import Cell, names_in
from analysis.lab.crossfilter import Crossfilter, Dimension
from analysis.lab.handed_on import handed_on, why_not_handed_on
from analysis.lab.saved_views import FREQUENCIES, SAVED_VIEWS, is_view, read_views, written_views
from analysis.lab.shown_table import as_shown, caption
from analysis.lab.views import OF_PEOPLE, VIEWS, Choices, View, view_of, why_not_seen
from analysis.measures.open_teams import closed_teams_ahead
from analysis.measures.people_ledger import PAUSE
from analysis.measures.pseudonyms import case_list
from analysis.register.confidential import confidential, must_hold_nothing_confidential
from analysis.register.disclosure import LABELLED, public_labels, public_numbers
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.errors import ArgumentError, CourtAnalysisError, DataError, InputError, OutputError
from analysis.vocabulary.indicator_sets.sets import BY_PERIOD, definition_set, shipped_sets
from analysis.vocabulary.labels import heading
from analysis.vocabulary.language import speaking
from analysis.vocabulary.periods import day
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, in_language, listed, spoken

BREAKDOWNS = ("basis", "case_type", "team", "area", "has_property", "court")
GROUPED = ("flow", "indicators", "durations")  # views that have a breakdown
CONTROLS = ("view", "freq", "by", "definitions", "indicator")
COMPARED = ("closure_rate", "clearance_rate", "petition_settlement_rate")  # what courts publish with its counts
MOST_GROUPS = 12  # panels of one figure
MOST_CURVES = 4
PICTURES = ("png", "svg", "pdf")
LIBRARIES = ("scipy.stats", "statsmodels.tsa.regime_switching.markov_regression")  # of views that are not the first
IDLE = 1.0  # seconds after the first display, which somebody reads meanwhile
MOST_AHEAD = 20_000  # cases; beyond, the ledger of officers is made when it is asked for
NO_FILE_NAME = re.compile(r'[\\/:*?"<>|]')
WORDS = (
    "period", "from", "to", "freq", "by", "definitions", "indicator", "view", "all", "none", "clear", "cases", "working", "saved_views", "save_view",
    "view_name", "picture", "workbook", "list_workbook", "code", "copied", "close", "filter", "of_all", "no_rows", "more_rows", "whole", "sort", "open_row",
    "delete_view", "filters",
)  # fmt: skip


class Explorer(anywidget.AnyWidget):
    """The filters, the view, the cases behind a point, and the cell that makes what is seen.

    In code: ``choose(...)`` sets what the controls set, ``code`` is the cell, ``figure`` the plotly figure shown, ``tables`` the tables,
    ``messages`` what stands in the place of something that cannot be shown, ``behind(...)`` the cases behind a point.
    """

    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    counts = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    saved: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(self, cases: Cases, peers: pd.DataFrame | None, language: str, *, names: bool, folder: Path) -> None:
        self._known: dict[str, Any] = {"cases": cases} | ({} if peers is None else {"peers": peers})
        self._language, self._names, self._folder = language, names, folder
        self._kept: dict[str, Any] = {}
        self._listed: Behind | None = None
        self.crossfilter = Crossfilter(cases, names=names)
        self.figure: Any = None
        self.tables: dict[str, pd.DataFrame] = {}
        self.messages: list[str] = []
        self._months = _months_of(self.crossfilter, cases)
        with speaking(language):
            spec = self._spec(cases)
            state = {
                "n": 0, "view": "flow", "start": max(0, len(self._months) - 24), "end": len(self._months) - 1, "freq": "M", "by": 0,
                "definitions": spec["sets"][0][0], "indicator": 0, "filters": {},
            }  # fmt: skip
            self.state = state
            self._show()  # what a page is given first is whole
            try:
                saved = self._listed_views()
            except InputError as error:  # the register can be explored all the same
                saved, self.shown = [], {**self.shown, "messages": [*self.shown["messages"], str(error)]}
            super().__init__(spec=spec, saved=saved)
        self.observe(self._show, "state")
        self.on_msg(self._asked)
        self.ahead = _look_ahead(cases, names=names)

    # -- what is chosen

    @property
    def choices(self) -> Choices:
        """What is chosen now."""
        state = self.state
        dimensions = self.crossfilter.dimensions
        filters = {
            name: [dimensions[name].values[at] for at in places] for name, places in state["filters"].items() if places
        }
        court = filters.get("court", [])
        own = court[0] if len(court) == 1 else self._known["cases"].court
        known = own in set(self._known["peers"]["court"]) if "peers" in self._known else False
        end = (self._months[state["end"]] + pd.offsets.MonthEnd(0)).normalize()
        return Choices(
            state["view"], self._months[state["start"]], min(end, self._known["cases"].as_of), state["freq"],
            self._breakdowns(state["view"])[state["by"]], state["definitions"], self._indicators(state)[state["indicator"]], filters,
            own if known else None, self._language, self._names,
        )  # fmt: skip

    def choose(
        self,
        *,
        period: tuple[str, str] | None = None,
        filters: Mapping[str, Iterable[Any]] | None = None,
        **controls: Any,
    ) -> None:
        """Set what the controls set: ``period`` as two months, ``filters`` as values by column, and
        ``view, freq, by, definitions, indicator`` by their names; raises ``ArgumentError`` for what is not offered."""
        for name in controls:
            _place_among("choose()", name, [*CONTROLS])
        plain = {"view": [*VIEWS], "freq": [*FREQUENCIES], "definitions": [*dict(self.spec["sets"])]}
        state = dict(self.state)
        for name, choice in controls.items():
            state[name] = plain[name][_place_among(name, choice, plain[name])] if name in plain else 0
        if period is not None:
            state["start"], state["end"] = self._places_of(*period)
        if filters is not None:
            held = self.crossfilter.dimensions
            state["filters"] = {}
            for name, values in filters.items():
                if name not in held:
                    raise ArgumentError.not_one_of("filters", name, [*held])
                offered = self._choosable(held[name])
                chosen = [offered[_place_among(name, value, offered)] for value in values]
                state["filters"][name] = [*map(held[name].values.index, chosen)]
        for name, offered in (("by", self._breakdowns(state["view"])), ("indicator", self._indicators(state))):
            state[name] = _place_among(name, controls[name], offered) if name in controls else 0
        self.state = state | {"n": self.state["n"] + 1}

    def _places_of(self, first: Any, last: Any) -> tuple[int, int]:
        begin, end = (day(month, "period").replace(day=1) for month in (first, last))
        if not self._months[0] <= begin <= end <= self._months[-1]:
            known = [period_text(month, "M") for month in (self._months[0], self._months[-1])]
            raise ArgumentError(
                f"period 应是{known[0].zh}至{known[1].zh}之内、先后两个月，现为 {first}、{last}。",
                f"period must be two months in order, within {known[0].en} to {known[1].en}, not {first}, {last}.",
            )
        return int(self._months.searchsorted(begin)), int(self._months.searchsorted(end))

    @property
    def code(self) -> str:
        """The cell that makes what is seen, for a notebook in which ``cases`` (and ``peers``) are the data explored."""
        return str(self.shown["code"])

    def behind(self, **place: Any) -> dict[str, pd.DataFrame]:
        """Return the cases behind a point (``x, y, panel``) or a row (``table, row``), by kind."""
        choices = self.choices
        if choices.of_a_pseudonym:
            raise DataError(
                "案号不与承办人代号并列：两者并列即指明其人。请先去掉承办人筛选；院内查看请用 an.explore(cases, names=True)。",
                "Case numbers do not stand beside a pseudonym, which tells who it is. Clear the filter by officer, or explore inside the court with "
                "an.explore(cases, names=True).",
            )
        view = view_of(choices, self.crossfilter)
        with speaking(self._language):
            self._listed = behind(view, self._cell(view), choices, self.crossfilter, place)
        kinds = {} if self._listed is None else self._listed.kinds
        lists = {kind: self.crossfilter.listed(which) for kind, which in kinds.items()}
        if self._names:
            return lists
        return {
            kind: table.assign(case_no=public_numbers(self._known["cases"], table["case_no"]))
            for kind, table in lists.items()
        }

    # -- what is shown

    def _cell(self, view: View) -> Cell:
        return Cell(view.lines, self._known, self._kept)

    def _show(self, _: Any = None) -> None:
        begun, done = perf_counter(), False
        number = self.state["n"]
        try:
            with speaking(self._language):
                choices = self.choices
                self.counts = self._counted(choices)
                view = view_of(choices, self.crossfilter)
                shown = self._parts(view, self._cell(view), why_not_seen(choices, self.crossfilter))
            self.shown = {"n": number, "ms": round(1000 * (perf_counter() - begun)), **shown}
            done = True
        finally:
            if not done:  # interrupted, or a fault: the page must not wait
                self.shown = dict(self.shown) | {
                    "n": number,
                    "messages": [str(term("explore_stopped").within(self._language))],
                }

    def _counted(self, choices: Choices) -> dict[str, Any]:
        within = self.crossfilter.handled(choices.start, choices.end)
        telling, filters = set() if self._names else self.crossfilter.telling, choices.filters
        silent = (telling if "officer" in filters else set()) | ({"officer"} if telling & {*filters} else set())
        if silent > {"officer"}:  # both are chosen
            filters = {name: values for name, values in filters.items() if name not in silent}
        kept = self.crossfilter.chosen(filters) & within
        by_value = self.crossfilter.counts(filters, within)
        by = {name: counts.tolist() for name, counts in by_value.items() if name not in silent}
        return {"total": int(kept.sum()), "all": int(within.sum()), "by": by}

    def _parts(self, view: View, cell: Cell, refused: DataError | None) -> dict[str, Any]:
        """Everything that the view shows; what cannot be had is a sentence in its place. What the figure's note says is said there alone."""
        self.figure, self.tables, self.messages = None, {}, []
        self.figure = None if view.figure is None else self._told(cell, view.figure, refused)
        meta = {} if self.figure is None else self.figure.layout.meta
        note = meta.get("note", "")
        told = {part: self._told(cell, part, refused) for part in view.sentences}
        said = {part: in_language(str(sentence)) for part, sentence in told.items() if sentence is not None}
        said = {part: sentence for part, sentence in said.items() if sentence not in note}
        self.tables = {part: self._told(cell, part, refused) for part in view.tables}
        self.tables = {part: table for part, table in self.tables.items() if table is not None}
        figure = None if self.figure is None else view.figure
        kept = replace(view, figure=figure, sentences=tuple(said), tables=tuple(self.tables))
        code = self._copied(cell.code(kept.shown))
        drawn = "" if self.figure is None else screen.bare_json(self.figure)
        return {
            "figure": drawn, "title": meta.get("title", ""), "note": note, "alt": meta.get("alt", ""), "opens": bool(view.opens),
            "sentences": [*said.values()], "messages": self.messages,
            "tables": [as_shown(part, table, view.opens) for part, table in self.tables.items()],
            "code": code, "by": self._labelled_breakdowns(self.state["view"]),
            "indicators": self._labelled_indicators(),
        }  # fmt: skip

    def _copied(self, code: str) -> str:
        """The cell as it is copied: none where what is chosen stays in the court, which a message says."""
        try:
            if self.choices.filters:  # else no word of the register stands in it
                self._must_tell_nobody({str(term("explore_code")): code.encode()})
        except CourtAnalysisError as error:
            self.messages.append(str(error))
            return ""
        return code

    def _told(self, cell: Cell, part: str, refused: DataError | None) -> Any:
        missing = next(
            (name for name in self._needed(cell, part) if name not in cell.lines and name not in self._known), None
        )
        try:
            if missing is not None:
                raise DataError(
                    "没有其他法院的数字。请写 an.explore(cases, peers=an.read_returns(...))。",
                    "The figures of other courts were not given. Write an.explore(cases, peers=an.read_returns(...)).",
                )
            if refused is not None:
                raise refused
            return cell.value(part)
        except CourtAnalysisError as error:
            if str(error) not in self.messages:
                self.messages.append(str(error))
            return None

    @staticmethod
    def _needed(cell: Cell, part: str) -> list[str]:
        wanted: dict[str, None] = {}
        cell.collect(part, wanted)
        inner = [name for line in wanted if line in cell.lines for name in cell.lines[line].needs]
        return [name for name in dict.fromkeys([*names_in(part), *inner]) if name != "an"]

    # -- what is asked from the page

    def _asked(self, _: Any, content: Mapping[str, Any], __: Any) -> None:
        with speaking(self._language):
            try:
                answer = ANSWERS[content["do"]](self, content)
                if answer:
                    self.send(answer)
            except CourtAnalysisError as error:
                self.send({"said": str(error)})
            except OSError as error:
                self.send({"said": str(OutputError.not_writable(self._folder, error))})

    def _chosen(self, content: Mapping[str, Any]) -> dict[str, Any]:
        if content["state"]["n"] > self.shown["n"]:
            self.state = content["state"]
        else:  # the answer was lost on its way, or not drawn: the same once more
            self.shown = {**self.shown, "again": self.shown.get("again", 0) + 1}
        return {}

    def _list(self, content: Mapping[str, Any]) -> dict[str, Any]:
        lists = self.behind(**content["place"])
        if self._listed is None:
            return {"said": str(Text("此处没有案件清单。", "No list of cases stands behind this."))}
        kinds = [[kind, kind_label(kind), len(cases)] for kind, cases in lists.items()]
        asked = content.get("kind")
        kind = asked if asked in lists else max(lists, key=lambda name: len(lists[name]))
        return {
            "list": {"title": self._listed.whole_title, "kinds": kinds, "kind": kind, "place": content["place"], **as_shown("", lists[kind])}
        }  # fmt: skip

    def _handed_on(self) -> tuple[View, Cell]:
        """The view as it is saved: worked out anew for paper and, unless names are asked for, by the gate, which refuses what is of officers or teams."""
        choices = self.choices
        if refused := why_not_handed_on(choices):
            raise refused
        view = view_of(choices, self.crossfilter)
        taken = (", interactive=True",) if self._names else (", interactive=True", ", names=True")
        lines = [replace(line, expression=_without(line.expression, taken), counted=None) for line in view.lines]
        return view, Cell(lines, self._known, self._kept)

    def _save_list(self, content: Mapping[str, Any]) -> dict[str, Any]:
        lists, kind = self.behind(**content["place"]), content["kind"]
        if self._listed is None or kind not in lists:
            return {}
        _, cell = self._handed_on()
        if "own" in cell.lines:
            cell.value("own")
        if self._listed.group and self.choices.by in OF_PEOPLE and not self._names:
            raise DataError(
                "小组的案件清单不对外：由此可数出小组的数字。院内使用请用 an.explore(cases, names=True)。",
                "Lists of a team's cases are not handed on: its figures could be counted. Inside the court: an.explore(cases, names=True).",
            )
        shown = case_list(self._known["cases"], lists[kind], names=False)
        name = NO_FILE_NAME.sub("-", f"{self._listed.title} {kind_label(kind)}")  # of whom it is stays unsaid
        return self._written(name, "xlsx", lambda path: _workbook(handed_on(shown, shown), path))

    def _save_tables(self, _: Mapping[str, Any]) -> dict[str, Any]:
        if self.state["view"] == "officers":
            raise DataError(
                "承办人的数字只供院内查看，不导出；要正式的考核表，请用 an.officer_scorecard(cases, period=…)。",
                "Figures of officers are looked at inside and not exported; for a scorecard that may be shown: an.officer_scorecard(cases, period=...).",
            )
        if not self.tables:
            raise DataError("此处没有表。", "There is no table here.")
        cases, cell = self._known["cases"], self._handed_on()[1]
        given = [cell.value(part) for part in self.tables]
        public = [case_list(cases, table, names=False) if "case_no" in table else table for table in given]
        tables = {
            caption(table) or f"{n}": handed_on(table, seen)
            for n, (table, seen) in enumerate(zip(public, self.tables.values(), strict=True), 1)
        }
        return self._written(str(term(f"view_{self.state['view']}")), "xlsx", lambda path: _workbook(tables, path))

    def _save_picture(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Save the figure as it is drawn for paper: the same lines, without the screen."""
        view, cell = self._handed_on()
        if view.figure is None or self.figure is None:
            raise DataError("此处没有图。", "There is no figure here.")
        for part, seen in self.tables.items() if self.choices.by in OF_PEOPLE else ():
            handed_on(cell.value(part), seen)  # of nothing there is no picture
        drawn = cell.value(view.figure)
        name = str(term(f"view_{self.state['view']}"))
        return self._written(name, content["format"], lambda path: save_figure(drawn, path), drawn.words)

    def _written(self, name: str, kind: str, write: Callable[[Path], Path], said: str = "") -> dict[str, Any]:
        """Write a file once it was looked through, ``said`` with it: the words of a picture, which its bytes may not tell."""
        with TemporaryDirectory() as folder:
            data = write(Path(folder) / f"{name}.{kind}").read_bytes()
        self._must_tell_nobody({f"{name}.{kind}": data, name: said.encode()})
        self._folder.mkdir(parents=True, exist_ok=True)
        free = (f"{name}{f'-{n}' if n else ''}.{kind}" for n in range(10_000))
        path = next(path for path in (self._folder / file for file in free) if not path.exists())
        write_file(path, data)
        return {"said": str(Text(f"已存：{path}", f"saved: {path}"))}

    def _must_tell_nobody(self, handed_on: Mapping[str, bytes]) -> None:
        """Raise ``OutputError`` where something that is handed on holds what stays in the court: the second look."""
        if not self._names:
            must_hold_nothing_confidential(handed_on, confidential(self._known["cases"]))

    # -- saved views

    def _listed_views(self) -> list[str]:
        """The names of the saved views; without those that were given with names and say one."""
        saved = sorted(read_views(self._folder))
        if self._names or not saved:
            return saved
        sought = confidential(self._known["cases"])
        return [name for name in saved if not any(sought.in_text(name))]

    def _keep_view(self, content: Mapping[str, Any]) -> dict[str, Any]:
        name = str(content["name"]).strip()
        if not name:
            raise ArgumentError("请先给视图起一个名字。", "give the view a name first.")
        choices = self.choices
        view = {
            "view": choices.view, "period": [str(choices.start.date())[:7], str(self._months[self.state["end"]].date())[:7]], "freq": choices.freq,
            "by": choices.by, "definitions": choices.definitions, "indicator": choices.indicator, "filters": choices.filters,
        }  # fmt: skip
        self._must_tell_nobody({SAVED_VIEWS: written_views({name: view})})
        views = read_views(self._folder)
        before = Text("，替换了同名的原视图", ", in place of the one of that name") if name in views else Text("", "")
        return self._with_views(views | {name: view}, Text(f"已存视图“{name}”", f'view "{name}" saved') + before)

    def _drop_view(self, content: Mapping[str, Any]) -> dict[str, Any]:
        name = content["name"]
        left = {other: view for other, view in read_views(self._folder).items() if other != name}
        return self._with_views(left, Text(f"已删除视图“{name}”", f'view "{name}" deleted'))

    def _with_views(self, views: Mapping[str, Any], said: Text) -> dict[str, Any]:
        self._folder.mkdir(parents=True, exist_ok=True)
        write_file(self._folder / SAVED_VIEWS, written_views(views))
        self.saved = self._listed_views()
        return {"said": str(said)}

    def _open_view(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Choose what a saved view says, and say what of it the register no longer holds. Raises ``InputError`` for one that is none."""
        name = content["name"]
        view = read_views(self._folder).get(name)
        if not is_view(view) or view["definitions"] not in dict(self.spec["sets"]):
            raise InputError(
                f"视图“{name}”读不出：可能是别的版本存的，或文件被改过。请删除后重新存。",
                f'the view "{name}" cannot be read: another version may have saved it, or the file was edited. Delete it and save it anew.',
            )
        offered = {column: self._choosable(held) for column, held in self.crossfilter.dimensions.items()}
        filters = {n: [v for v in values if v in offered.get(n, ())] for n, values in view["filters"].items()}
        months = [min(max(pd.Timestamp(month), self._months[0]), self._months[-1]) for month in view["period"]]
        by = view["by"] if view["by"] in self._breakdowns(view["view"]) else None
        indicator = view["indicator"] if view["indicator"] in self._indicators(view) else self._indicators(view)[0]
        self.choose(
            period=(str(months[0].date()), str(months[1].date())), filters={n: v for n, v in filters.items() if v}, view=view["view"],
            freq=view["freq"], definitions=view["definitions"], by=by, indicator=indicator,
        )  # fmt: skip
        lost = {heading(n): None for n, values in view["filters"].items() if len(filters[n]) < len(values)}
        lost |= {heading(view["by"]): None} if by != view["by"] else {}
        lost |= {term("explore_indicator"): None} if indicator != view["indicator"] else {}
        lost |= {term("explore_period"): None} if [f"{month:%Y-%m}" for month in months] != view["period"] else {}
        if not lost:
            return {}
        some = listed(lost)
        said = f'Of the view "{name}" the register lacks some of: {some.en}. Those are not chosen.'
        return {"said": str(Text(f"视图“{name}”中的{some.zh}，有台账没有的，未选。", said))}

    # -- what there is to choose

    def _breakdowns(self, view: str) -> list[str | None]:
        if view not in GROUPED:
            return [None]
        most = MOST_CURVES if view == "durations" else MOST_GROUPS
        held = self.crossfilter.dimensions
        fitting = (name for name in BREAKDOWNS if name in held and len(held[name].values) <= most)
        return [None, *(name for name in fitting if all(self._offered(held[name])))]

    def _labelled_breakdowns(self, view: str) -> list[str]:
        return [str(term("explore_none")) if name is None else str(heading(name)) for name in self._breakdowns(view)]

    def _indicators(self, state: Mapping[str, Any]) -> list[str | None]:
        """The indicators offered; ``None`` stands for a set's rates together. Among peers those whose printed counts say what chance would do."""
        if state["view"] == "peers":
            return [name for name in COMPARED if name in bases()]
        if state["view"] != "indicators":
            return [None]
        return [None, *_computed(state["definitions"], self._months[0], self._known["cases"].as_of)]

    def _labelled_indicators(self) -> list[str]:
        return [str(term("explore_rates" if name is None else name)) for name in self._indicators(self.state)]

    def _offered(self, dimension: Dimension) -> list[str]:
        """The labels of a filter; empty where a cell that was moved into the column may be somebody's name, which is not offered."""
        if self._names or dimension.name not in LABELLED:
            return dimension.labels
        public = self._known["cases"].once(
            ("labels", dimension.name), lambda: public_labels(self._known["cases"], dimension.name)
        )
        pairs = zip(dimension.values, dimension.labels, strict=True)
        return [label if public.get(value, value) == value else "" for value, label in pairs]

    def _choosable(self, dimension: Dimension) -> list[Any]:
        """The values of a filter that are offered."""
        return [value for value, label in zip(dimension.values, self._offered(dimension), strict=True) if label]

    def _spec(self, cases: Cases) -> dict[str, Any]:
        held = cases.definitions or BY_PERIOD
        sets = [(name, str(definition_set(name).text)) for name in dict.fromkeys([held, BY_PERIOD, *shipped_sets()])]
        numbers = ((self._months.year - 1970) * 12 + self._months.month - 1).to_numpy()
        filed = self.crossfilter.filed.astype("datetime64[D]").astype("datetime64[M]").astype("int64")
        return {
            "language": self._language, "words": {word: str(term(f"explore_{word}")) for word in WORDS},
            "months": [str(period_text(month, "M")) for month in self._months], "filed": np.bincount(filed - numbers[0], minlength=len(numbers)).tolist(),
            "dimensions": [{"name": n, "label": str(heading(n)), "values": self._offered(d)} for n, d in self.crossfilter.dimensions.items()],
            "views": [(name, str(term(f"view_{name}"))) for name in VIEWS], "freqs": [(name, str(term(f"freq_{name}"))) for name in FREQUENCIES],
            "sets": sets, "grouped": list(GROUPED), "pictures": list(PICTURES),
            # of a new breadth the page draws it anew: plotly would take the height of what holds the figure
            "config": screen.config(self._language) | {"responsive": False},
        }  # fmt: skip


ANSWERS: dict[str, Callable[[Explorer, Mapping[str, Any]], dict[str, Any]]] = {
    "choose": Explorer._chosen, "list": Explorer._list, "save_list": Explorer._save_list, "save_tables": Explorer._save_tables,
    "save_picture": Explorer._save_picture,
    "keep_view": Explorer._keep_view, "open_view": Explorer._open_view, "drop_view": Explorer._drop_view,
}  # fmt: skip


def explore(
    cases: Cases, *, peers: pd.DataFrame | None = None, language: str | None = None, names: bool = False
) -> Explorer:
    """Explore a register in a notebook: filters that combine, views that follow, the cases behind each point.

    Filters for the period and for every column that the register has (court, team, officer, case type, basis, closure mode, property, amount band,
    township) combine, with the number of cases beside each choice. Views: stock and flow, cycle, indicators beside last year and target,
    durations, ages and what falls due, officers, petitions and aid, data quality, terminated cases, peers (from ``peers``, as ``read_returns``
    gives them), findings. A click on a point lists the cases behind it; pictures, tables and named views go to the folder ``输出``;
    "copy as code" gives the cell that makes the view. It is the court's own view: officers are pseudonyms unless ``names=True``. What is saved
    passes the gate of all results: figures and lists of officers or teams that are chosen are saved, and cases behind a pseudonym listed, with
    ``names=True`` alone.

    Parameters
    ----------
    cases : Cases
        The register.
    peers : DataFrame
        Other courts' printed figures, as ``read_returns`` gives them.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    names : bool
        ``True`` shows officers by name, for use inside the court.

    Returns
    -------
    Explorer
        The widget.

    Raises
    ------
    ArgumentError
        For something that is no register.

    >>> one = pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-01-04"], "closed_on": ["2011-03-01"]})
    >>> print(explore(Cases.from_frames(one, as_of="2011-12-31")).code.splitlines()[2])
    flow = an.caseflow(cases, freq="M", period=("2011-01-01", "2011-12-31"))
    """
    _with_script()
    with speaking(language):
        return Explorer(cases, peers, spoken(), names=names, folder=Path(OUTPUT))


@cache
def _with_script() -> None:
    """Give the widget its script, plotly.js before it: nothing is read before somebody explores."""
    from plotly.offline import get_plotlyjs

    own = files("analysis.lab")
    Explorer._esm = f"{get_plotlyjs()}\nconst Plotly = globalThis.Plotly;\n{own.joinpath('explorer.js').read_text(encoding='utf-8')}"
    Explorer._css = own.joinpath("explorer.css").read_text(encoding="utf-8")


def _look_ahead(cases: Cases, *, names: bool) -> asyncio.Task[None] | None:
    """Begin to work out while the first view is read what every view asks of the whole register: half of what the first of them would take."""
    with suppress(RuntimeError):  # without a running kernel nobody waits
        return asyncio.get_running_loop().create_task(_once_read(cases, names=names))
    return None


async def _once_read(cases: Cases, *, names: bool) -> None:
    """What is chosen meanwhile is answered between two of these steps."""
    await asyncio.sleep(IDLE)
    steps: list[Callable[[], Any]] = [
        *([] if names else [lambda: confidential(cases), lambda: places_tell(cases)]),
        lambda: cases.coverage,
        lambda: cases.beginnings,
        *(partial(import_module, name) for name in LIBRARIES),
    ]
    for step in steps:
        step()
        await asyncio.sleep(PAUSE)
    if len(cases) <= MOST_AHEAD:
        await closed_teams_ahead(cases)


def _months_of(counted: Crossfilter, cases: Cases) -> pd.DatetimeIndex:
    return pd.date_range(counted.first, cases.as_of.replace(day=1), freq="MS")


@cache
def _computed(definitions: str, first: pd.Timestamp, last: pd.Timestamp) -> tuple[str, ...]:
    """The indicators of a set; of the national ones by period those in force in a year of the register."""
    held = [d for d in definition_set(definitions).definitions if d.computed]
    if definitions == BY_PERIOD:
        held = [d for d in held if (d.valid_from or last) <= last and (d.valid_to or first) >= first]
    return tuple(dict.fromkeys(d.indicator for d in held))


def _workbook(tables: Any, path: Path) -> Path:
    """Write tables by the report's own writer, which nobody waits for before something is saved."""
    from analysis.report.saved_tables import to_excel

    return to_excel(tables, path)


def _without(expression: str, options: Iterable[str]) -> str:
    for option in options:
        expression = expression.replace(option, "")
    return expression


def _place_among(name: str, chosen: Any, offered: list[str | None]) -> int:
    """The place of a choice among those offered; raises ``ArgumentError`` naming these."""
    if chosen not in offered:
        raise ArgumentError.not_one_of(name, chosen, [one or str(term("explore_none")) for one in offered])
    return offered.index(chosen)
