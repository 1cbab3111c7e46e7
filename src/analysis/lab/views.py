"""The views of the explorer, each as the lines of the cell that makes it, and what of them is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.inference.peers.dispersion import WIDENED
from analysis.lab.cell import Line, call, literal
from analysis.lab.crossfilter import PLACES
from analysis.measures.durations.ages import FEWEST_DRAWN
from analysis.measures.indicators.side_tables import holds_none
from analysis.measures.people_ledger import MOST_PEOPLE
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.periods import year_of_day
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.lab.crossfilter import Crossfilter

OF_PEOPLE = ("officer", "team")  # by these a part of a register is told apart inside the court alone
WITHIN_DAYS = 30
# not a row a kind
UNKNOWN_MEASURES = 'measures[["period_start", "period_end", "note"]].drop_duplicates(ignore_index=True)'
MOST_INDICATORS = 6  # panels of one figure
OF_CASES_CHOSEN = Text(
    "所列为所选案件（期内未结、新收或结案）的问题；缺号等不属于哪一件案件的，选全部时段、除法院外不加筛选时列出。录入质量按期内新收案件计。",
    "These are findings on the cases chosen: open, filed or closed in the period. Those on no single case, as missing serial numbers, are listed "
    "of all months and without filters but the court. Entry quality is that of cases filed in the period.",
)


@dataclass(frozen=True)
class Choices:
    """What is chosen: a view, whole months, what is counted apart, and by filter the values that stay."""

    view: str
    start: pd.Timestamp
    end: pd.Timestamp
    freq: str = "M"
    by: str | None = None
    definitions: str = ""
    indicator: str | None = None
    filters: Mapping[str, list[Any]] = field(default_factory=dict)
    highlight: str | None = None  # the court to mark among peers
    language: str = "zh"
    names: bool = False

    @property
    def span(self) -> tuple[str, str]:
        """The first and last day, as a call names them."""
        return str(self.start.date()), str(self.end.date())

    @property
    def year(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The period, of a longer one what of it lies in its last year, and before it the same days of the year before."""
        first, last = max(self.start, pd.Timestamp(self.end.year, 1, 1)), self.end
        before = [day - pd.DateOffset(years=1) for day in (first, last + pd.Timedelta(days=1))]
        earlier = (str(before[0].date()), str((before[1] - pd.Timedelta(days=1)).date()))
        return earlier, (str(first.date()), str(last.date()))

    @property
    def periods(self) -> list[Any]:
        """The whole years of the period, or the one period that it is."""
        whole = (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)
        if whole:
            return list(range(self.start.year, self.end.year + 1))
        return [self.span]

    @property
    def of_a_pseudonym(self) -> bool:
        """Whether what is seen is of officers who are not named."""
        return not self.names and (self.view == "officers" or "officer" in self.filters)

    def inside(self, *columns: str | None) -> bool | None:
        """``True`` where a breakdown by these needs ``names=True``, else ``None``."""
        return True if {*columns} & {*OF_PEOPLE} else None


@dataclass(frozen=True)
class View:
    """Lines, and what of them is shown: a figure, sentences, tables; ``opens`` says what cases stand behind a point or row."""

    lines: list[Line]
    figure: str | None = None
    sentences: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    opens: str | None = None

    @property
    def shown(self) -> list[str]:
        """How a cell shows all of it."""
        figure = [] if self.figure is None else [f"{self.figure}.show()"]
        said, tables = (
            [f"{way}({part})" for part in parts] for way, parts in (("print", self.sentences), ("display", self.tables))
        )
        return [*said, *figure, *tables]


def view_of(choices: Choices, counted: Crossfilter) -> View:
    """Return the view chosen; its tables hold no case numbers, teams and townships where it is a pseudonym's."""
    view = VIEWS[choices.view](choices, counted)
    if not choices.of_a_pseudonym:
        return view
    left_out = literal(["case_no", *PLACES])
    return replace(view, tables=tuple(f'{table}.drop(columns={left_out}, errors="ignore")' for table in view.tables))


def why_not_seen(choices: Choices, counted: Crossfilter) -> DataError | None:
    """Return the error for choices that no case meets, for more officers than a page can show, and where a place chosen beside one who is not named
    would say who it is."""
    if choices.view == "officers" and "officer" in counted.dimensions:
        within = counted.handled(choices.start, choices.end)
        officers = int((counted.counts(choices.filters, within)["officer"] > 0).sum())
        if officers > MOST_PEOPLE:
            return DataError(
                f"所选案件有{officers}名承办人，一页看不完。请先选一个法院、小组或区域，到{MOST_PEOPLE}人以内。",
                f"The cases chosen have {officers} officers, more than a page shows. Choose a court, team or township first, up to {MOST_PEOPLE} people.",
            )
    if choices.of_a_pseudonym and counted.telling & {*choices.filters, choices.by}:
        return DataError(
            "小组、区域不与承办人代号并列：两者并列即指明其人。请去掉其中之一；院内查看请用 an.explore(cases, names=True)。",
            "Teams and townships do not stand beside a pseudonym, which tells who it is. Clear one of the two, or explore inside the court with "
            "an.explore(cases, names=True).",
        )
    if not len(counted):
        return DataError(
            "台账没有可用的案件。没有读入的行和理由见 cases.quarantine。",
            "The register holds no case that can be used. Rows that were not read, and why: cases.quarantine.",
        )
    if choices.view != "peers" and not counted.chosen(choices.filters).any():
        return DataError("没有符合所选条件的案件。请去掉其中一项。", "No case meets these choices. Clear one of them.")
    return None


def _part(choices: Choices, *, people: bool = False) -> tuple[list[Line], str]:
    """The lines that choose the cases, and the name under which they are known."""
    shown = people or "officer" in choices.filters
    lines = [] if choices.names or not shown else [Line("people", "cases.pseudonymised()")]
    name = lines[-1].name if lines else "cases"
    if choices.filters:
        own = Line("own", call(f"{name}.where", **{c: list(v) for c, v in choices.filters.items()}, names=True))
        return [*lines, own], "own"
    return lines, name


def _drawn(name: str, function: str, result: str, choices: Choices, **options: Any) -> Line:
    return Line(name, call(f"an.{function}", result, **options, interactive=True, language=choices.language))


def _flow(name: str, own: str, choices: Choices, counted: Crossfilter, freq: str, by: str | None) -> Line:
    """The stock and flow, counted from what is in memory wherever that is all the register says."""
    people = by == "officer" and not choices.names
    asked = call("an.caseflow", own, freq=freq, by=by, period=choices.span, names=choices.inside(by))
    can_count = counted.counts_flows and not people and (by is None or by in counted.dimensions)
    count = partial(counted.flow, choices.filters, choices.start, choices.end, freq, by) if can_count else None
    return Line(name, asked, count)


def _flow_view(choices: Choices, counted: Crossfilter) -> View:
    lines, own = _part(choices)
    flow = _flow("flow", own, choices, counted, choices.freq, choices.by)
    lines += [flow, _drawn("figure", "plot_caseflow", "flow", choices)]
    return View(lines, "figure", tables=("flow",), opens="flow")


def _cycle_view(choices: Choices, counted: Crossfilter) -> View:
    whole = replace(
        choices, start=counted.first
    )  # rounds are looked for in all that is known up to the end of the period
    lines, own = _part(choices)
    lines += [
        _flow("stock", own, whole, counted, "M", None),
        Line("cyc", call("an.cycle", "stock", f"cases={own}")),
        _drawn("figure", "plot_cycle", "cyc", choices),
    ]
    return View(lines, "figure", ("cyc.sentence",), ("cyc.evidence", "cyc.phases"), opens="flow")


def _indicator_view(choices: Choices, _: Crossfilter) -> View:
    lines, own = _part(choices)
    periods = list(choices.year)
    sets, by = choices.definitions, choices.by
    groups = literal(["indicator", *([by] if by else [])])
    asked: dict[str, Any] = {"periods": periods, "definitions": sets, "by": by, "only": choices.indicator}
    rates = "" if choices.indicator else '(table["unit"] == "%") & '
    told = "indicator,{}value,last_year,change,target,numerator,denominator,lower,upper,unit,note".format(
        f"{by}," if by else ""
    )
    lines += [
        Line("table", call("an.indicators", own, **asked, names=choices.inside(by))),
        Line("targets", f'an.definitions({literal(sets)}).drop_duplicates("id").set_index("id")["target"]'),
        Line("values", f'table.groupby({groups}, dropna=False, sort=False)["value"]'),
        Line(
            "both",
            'table.assign(last_year=values.shift(), change=values.diff(), target=table["indicator"].map(targets))',
        ),
        Line("beside", f'both[both["period_start"] == {literal(periods[1][0])}][{literal(told.split(","))}]'),
        Line("shown", f'table[{rates}table["value"].notna()]["indicator"].unique()[:{MOST_INDICATORS}]'),
        Line("figure", call("an.plot_indicators", "table", "only=shown", interactive=True, language=choices.language)),
    ]
    return View(lines, "figure", tables=("beside",), opens="window")


def _duration_view(choices: Choices, _: Crossfilter) -> View:
    lines, own = _part(choices)
    asked = call("an.time_to_close", own, by=choices.by, at=choices.span[1], names=choices.inside(choices.by))
    lines += [Line("times", asked), _drawn("figure", "plot_durations", "times", choices)]
    compared = ("times.test",) if choices.by else ()
    return View(lines, "figure", ("times.caption",), ("times.summary", *compared), opens="durations")


def _age_view(choices: Choices, counted: Crossfilter) -> View:
    """How old the pending cases are; of so few that no bars are drawn, the cases themselves in place of a figure."""
    lines, own = _part(choices)
    end = choices.span[1]
    lines += [
        Line("ages", call("an.pending_ages", own, at=end)),
        _drawn("figure", "plot_ages", "ages", choices),
        Line("due", call("an.deadlines", own, at=end, within_days=WITHIN_DAYS)),
    ]
    pending = int(counted.pending(choices.filters, choices.end).sum())
    if 0 < pending < FEWEST_DRAWN:
        return View(lines, None, ("ages.caption",), ("ages.oldest", "ages.summary", "due"))
    return View(lines, "figure", ("ages.caption",), ("ages.summary", "due"), opens="ages")


def _officer_view(choices: Choices, counted: Crossfilter) -> View:
    lines, own = _part(choices, people=True)
    year = year_of_day(choices.end, calendar=counted.cases.calendar)
    lines.append(Line("card", call("an.officer_scorecard", own, period=year, at=choices.span[1], names=True)))
    return View(lines, None, ("card.caption",), ("card.counts", "card.table"), opens="officer")


def _petition_view(choices: Choices, counted: Crossfilter) -> View:
    lines, own = _part(choices)
    periods = choices.periods
    lines += [
        Line("pet", call("an.petitions", own, periods=periods)),
        _drawn("figure", "plot_petitions", "pet", choices),
        Line("grants", call("an.aid", own, periods=periods)),
        Line("measures", call("an.coercive_measures", own, periods=periods)),
    ]
    measures = UNKNOWN_MEASURES if holds_none(counted.cases, "coercive_measures") else "measures"
    if holds_none(counted.cases, "petitions"):  # the caption says so
        return View(lines, None, ("pet.caption",), ("grants", measures))
    return View(lines, "figure", ("pet.caption",), ("pet.table", "pet.listed", "grants", measures), opens="petitions")


def _quality_view(choices: Choices, counted: Crossfilter) -> View:
    lines, own = _part(choices)
    shown = literal(["severity", "rule", "case_no", "field", "value", "problem", "proposed_fix"])
    is_whole = choices.start <= counted.first and choices.end >= counted.cases.as_of
    span = None if is_whole else choices.span
    filed = own if is_whole else call(f"{own}.where", filed_on=choices.span)
    lines += [
        Line("findings", call("an.check_cases", own, period=span)),
        Line("filed", filed),
        Line("entry", call("an.entry_quality", "filed", "findings=findings", by=["period"])),
    ]
    of_cases = () if is_whole and not choices.filters else (literal(str(OF_CASES_CHOSEN)),)
    listed = f"findings[{shown}]"
    if choices.of_a_pseudonym:  # a finding names its case in its words as well
        kinds = literal(["severity", "rule"])
        numbers = f'findings.groupby({kinds})["rule"].transform("size")'
        listed = f'findings.assign(cases={numbers}).drop_duplicates({kinds})[["severity", "rule", "cases"]]'
    return View(lines, None, of_cases, (listed, "entry"))


def _shadow_view(choices: Choices, _: Crossfilter) -> View:
    lines, own = _part(choices)
    lines += [
        Line("shadow", call("an.shadow_stock", own, freq="Y", at=choices.span[1])),
        Line("stock", call("an.terminated_stock", own, at=choices.span[1])),
        Line("returns", 'stock.returns.dropna(subset=["at_risk"])'),
    ]
    return View(lines, None, ("stock.caption",), ("shadow", "stock.table", "returns", "stock.due_list"))


def _peer_view(choices: Choices, _: Crossfilter) -> View:
    lines = [
        Line("panel", call("an.peer_panel", "peers", indicator=choices.indicator or "closure_rate")),
        Line("fun", call("an.funnel", "panel", highlight=choices.highlight, **WIDENED)),
        _drawn("figure", "plot_funnel", "fun", choices),
    ]
    shown = literal(["court", "period_start", "period_end", "value", "numerator", "denominator"])
    return View(lines, "figure", tables=(f"panel.table[{shown}]",))


def _finding_view(choices: Choices, _: Crossfilter) -> View:
    lines, own = _part(choices)
    told = literal(["rank", "sentence", "value", "base", "change", "lower", "upper", "unit"])
    kept = f'~seen.table["breakdown"].isin({literal([*PLACES])}), ' if choices.of_a_pseudonym else ""
    lines += [
        Line("seen", call("an.observations", own, period=choices.span)),
        Line("told", f"seen.table.loc[{kept}{told}]" if kept else f"seen.table[{told}]"),
    ]
    return View(lines, None, ("seen.caption",), ("told",))


VIEWS: dict[str, Callable[[Choices, Crossfilter], View]] = {
    "flow": _flow_view, "cycle": _cycle_view, "indicators": _indicator_view, "durations": _duration_view, "ages": _age_view,
    "officers": _officer_view, "petitions": _petition_view, "quality": _quality_view, "shadow": _shadow_view, "peers": _peer_view,
    "findings": _finding_view,
}  # fmt: skip
