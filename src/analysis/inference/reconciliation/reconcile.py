"""Do printed figures agree with each other, and what do they imply?

Every printed figure is an interval of the numbers that print as it does; the identities of caseflow bind them; exact
integer arithmetic and small linear and integer programmes say which figures follow from the others, which cannot be
true together, and what the unprinted numbers must be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd

from analysis.inference.reconciliation.causes import causes_of
from analysis.inference.reconciliation.checks import Check, Examination
from analysis.inference.reconciliation.components import components_of
from analysis.inference.reconciliation.conflicts import FARTHEST
from analysis.inference.reconciliation.control_totals import control_totals
from analysis.inference.reconciliation.explanations import UNFINISHED, Words
from analysis.inference.reconciliation.history import history_of
from analysis.inference.reconciliation.identities import problem_of, span
from analysis.inference.reconciliation.implied import implied_by
from analysis.inference.reconciliation.patterns import patterns_of
from analysis.inference.reconciliation.printed_cells import Cell, Figure, cell_of, figures_by_court, mode_figures
from analysis.inference.reconciliation.rates import Definitions
from analysis.inference.reconciliation.rates import definitions as rate_definitions
from analysis.inference.reconciliation.relations import lines_of, relations_of
from analysis.returns.corpus import corpus
from analysis.returns.reading import Returns, hashable, read_as_printed, read_returns, rows_of
from analysis.returns.verdicts import CODES
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.indicator_sets.rates import Sets
from analysis.vocabulary.result import Result
from analysis.vocabulary.terms import measure_text, term
from analysis.vocabulary.text import Text, joined, listed

if TYPE_CHECKING:
    from datetime import date

COMPLETE = ("true", "1", "是", "yes", "全部")  # in the column complete
PLACE = ["court", "scope", "period_start", "period_end"]
FIGURES = [*PLACE, "measure", "printed", "recomputed", "lower", "upper", "verdict", "definition", "explanation"]
IMPLIED = [*PLACE, "measure", "rule", "lower", "upper", "exact"]
CONFLICTS = ["conflict", *PLACE, "measure", "printed", "repair"]
RULES_FOLLOWED = ["court", "source", "rule", "feasible", "explanation"]
DEFINITIONS = ["court", "source", "measure", "definition", "status", "reproduces"]
FEWEST = ["court", "conflicts", "figures", "explanation"]
MOST_NAMED = 3  # courts named in a caption


@dataclass(frozen=True, eq=False)
class Reconciliation(Result):
    """The result of ``reconcile``.

    ``figures``: one row a printed figure, in the order of the table, with the bounds that all other figures leave it.
    ``implied``: unprinted numbers under each rule. ``conflicts``: irreducible sets, a row a figure or identity.
    ``rules``: whether a source can have rounded, or truncated, throughout. ``definitions``: which meanings of a rate
    were tried in a source. ``fewest``: the least number of figures whose change would mend a court's conflicts.
    ``causes``: what explains the contradictions of the whole table, the strongest first, with the lines that each explains
    (``undecided`` where others of its ``group`` explain the same as well). ``history``: each court's stock by day and its
    flows by period, with the bounds that all printed figures leave. ``patterns``: round thresholds, last digits and years
    closed out, each beside what chance gives. ``totals``: each row 合计 beside the sum of its courts (``control_totals``).
    ``unfinished``: which courts have more contradictions than were searched for, in a sentence; empty where none has.
    Amounts are in 万元, rates in percent; an upper bound of infinity means that nothing bounds it.
    """

    caption: Text
    figures: pd.DataFrame
    implied: pd.DataFrame
    conflicts: pd.DataFrame
    rules: pd.DataFrame
    definitions: pd.DataFrame
    fewest: pd.DataFrame
    causes: pd.DataFrame
    history: pd.DataFrame
    patterns: pd.DataFrame
    totals: pd.DataFrame
    unfinished: Text


def reconcile(
    returns: Returns | Iterable[Returns],
    modes: Returns | None = None,
    *,
    definitions: Mapping[str, str] | Sets = None,
    court: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> Reconciliation:
    """Hold printed figures against each other: which follow, which contradict, what the unprinted must be.

    Parameters
    ----------
    returns : DataFrame of ``read_returns``, what it reads, or folders and texts of bulletins
        Figures of one or many courts (what one source prints twice counts once); an optional column ``parent`` names
        the scope of which a row's scope is a part (``complete``: 是 where the parts listed are all of it; else they are
        at most the whole), ``<measure>_change`` and ``<measure>_difference`` are the change against the same period of
        last year, or against the years before a period of several years.
    modes : DataFrame or file, optional
        Counts by closure mode that add up to ``closed``: court, period_start, period_end, mode, cases (and, if needed,
        scope, measure for another total, source).
    definitions : mapping, or definition sets, optional
        Measure to the id of the definition that is meant, where it is known; else every named one is tried. Or sets and
        TOML files, as in ``indicators``, whose definitions lead.
    court : str, optional
        The court of bulletins that name none.
    progress : callable, optional
        Told the court after each one, and how many there are.

    Returns
    -------
    Reconciliation
        ``.figures``, ``.implied``, ``.conflicts`` (columns in the design), ``.rules``, ``.definitions``, ``.fewest``.

    Raises
    ------
    InputError
        As ``read_returns``.
    ArgumentError
        A definition that is not known.

    Examples
    --------
    >>> two_years = {"court": "富锦市人民法院", "period_start": "2010", "period_end": "2011", "received": "714",
    ...              "closed": "711", "closure_rate": "99.5"}
    >>> last = {"court": "富锦市人民法院", "period_start": "2011", "period_end": "2011", "opening": "15",
    ...         "received": "386", "closed": "383", "closure_rate": "99.22"}
    >>> rec = reconcile(pd.DataFrame([two_years, last]))
    >>> rec.figures.loc[rec.figures["measure"] == "closure_rate", "verdict"].tolist()
    ['truncated', 'agrees']
    >>> known = rec.implied[(rec.implied["period_end"] == "2010-12-31") & (rec.implied["rule"] == "either") & rec.implied["exact"]]
    >>> known.set_index("measure")["lower"][["received", "closed", "closing"]].tolist()
    [343.0, 328.0, 15.0]
    """
    sets, chosen = (None, definitions) if isinstance(definitions, Mapping) else (hashable(definitions), {})
    table = read_as_printed(corpus(returns, court=court, definitions=sets), sets)
    meanings = rate_definitions(sets, frozenset(map(str, table.columns)))
    given = _known_definitions(chosen, meanings)
    by_court = figures_by_court(table, sets)
    if modes is not None:
        mode_figures(read_returns(modes), by_court)
    parents, complete = _parents(table)
    courts = []
    for number, (name, figures) in enumerate(by_court.items(), start=1):
        courts.append(_Court(name, figures, parents.get(name, {}), complete.get(name, set()), given, meanings))
        if progress:
            progress(f"{name} ({number}/{len(by_court)})")
    lines = lines_of(by_court)
    causes = causes_of(lines, relations_of(lines, parents, complete, meanings), meanings)
    return _assembled(courts, causes, patterns_of(lines), control_totals(lines))


def _known_definitions(given: Mapping[str, str], meanings: Definitions) -> Mapping[str, str]:
    for measure, name in given.items():
        if measure not in meanings:
            raise ArgumentError.not_one_of("definitions", measure, meanings)
        known = [d.id for d in meanings[measure]]
        if name not in known:
            raise ArgumentError.not_one_of(f"definitions[{measure!r}]", name, known)
    return given


def _parents(table: pd.DataFrame) -> tuple[dict[str, dict[Cell, str]], dict[str, set[Cell]]]:
    """By court: the scope that each cell is a part of, and the cells whose row says that all parts are listed."""
    parents: dict[str, dict[Cell, str]] = {}
    complete: dict[str, set[Cell]] = {}
    for line in rows_of(table) if {"parent", "complete"} & set(table) else ():
        place = f"{line['file']}:{line['row']}"
        cell = cell_of(line["scope"] or "", line["period_start"], line["period_end"], place)
        if line.get("parent"):
            parents.setdefault(str(line["court"]), {})[cell] = str(line["parent"])
        if str(line.get("complete") or "").lower() in COMPLETE:
            complete.setdefault(str(line["court"]), set()).add(cell)
    return parents, complete


class _Court:
    """One court examined, with its parts as rows of the result's tables."""

    def __init__(
        self,
        court: str,
        figures: list[Figure],
        parents: Mapping[Cell, str],
        complete: Collection[Cell],
        given: Mapping[str, str],
        meanings: Definitions,
    ) -> None:
        self.court = court
        problem = problem_of(court, figures, parents, complete, meanings)
        self.examinations = [Examination(component, given) for component in components_of(problem)]
        self.repairs = {id(e): {conflict: e.repairs(conflict) for conflict in e.conflicts} for e in self.examinations}
        self.words = {id(e): Words(e, self.repairs[id(e)]) for e in self.examinations}

    def figures(self) -> list[tuple[int, dict[str, object]]]:
        rows = []
        for examination in self.examinations:
            words = self.words[id(examination)]
            rows += [(check.figure.number, self._figure(check, words)) for check in examination.checks()]
        return rows

    def _figure(self, check: Check, words: Words) -> dict[str, object]:
        return {
            **_place(self.court, check.figure.cell),
            "measure": check.figure.measure,
            "printed": check.figure.text,
            "recomputed": _number(words.recomputed(check)),
            "lower": float("-inf") if check.lower <= -FARTHEST else float(check.lower),
            "upper": float("inf") if check.upper is None else float(check.upper),
            "verdict": check.verdict,
            "definition": "; ".join(check.reproducing) or None,
            "explanation": words.explanation(check).cell,
            "place": check.figure.place,
            "stands_for": [float(check.figure.printed.value), float(check.figure.printed.digit)],
        }

    def implied(self) -> list[dict[str, object]]:
        return [
            {
                **_place(self.court, found.cell),
                "measure": found.measure,
                "rule": found.rule,
                "lower": float(found.lower),
                "upper": float("inf") if found.upper is None else float(found.upper),
                "exact": found.exact,
            }
            for examination in self.examinations
            for found in implied_by(examination)
        ]

    def conflicts(self, first: int) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = []
        numbered = enumerate(((e, c) for e in self.examinations for c in e.conflicts), start=first)
        for number, (examination, conflict) in numbered:
            mends = self.repairs[id(examination)][conflict]
            rows += [
                {
                    "conflict": number,
                    **_place(self.court, figure.cell),
                    "measure": figure.measure,
                    "printed": figure.text,
                    "repair": mends[figure.number],
                }
                for figure in conflict.figures
            ]
            rows += [
                {
                    "conflict": number,
                    **_place(self.court, link.cell),
                    "measure": f"identity:{link.kind}:{link.quantity}",
                    "printed": None,
                    "repair": _loosened(link.text).cell,
                }
                for link in conflict.links
            ]
        return rows

    def rules(self) -> list[dict[str, object]]:
        """Return whether each source can have followed a rule with all of its figures."""
        kept: dict[tuple[str, str], list[Text]] = {}
        for examination in self.examinations:
            for figure in examination.sound:
                for rule, released in examination.released.items():
                    against = kept.setdefault((figure.source, rule), [])
                    if figure in released:
                        against.append(measure_text(figure.measure) + Text(figure.text, f" {figure.text}"))
        return [
            {
                "court": self.court,
                "source": source,
                "rule": rule,
                "feasible": not against,
                "explanation": _rule_text(rule, against).cell,
            }
            for (source, rule), against in kept.items()
        ]

    def definitions(self) -> list[dict[str, object]]:
        return [
            {
                "court": self.court,
                "source": finding.group.source,
                "measure": finding.group.measure,
                "definition": finding.definition.id,
                "status": finding.status,
                "reproduces": finding.reproduces,
            }
            for examination in self.examinations
            for finding in examination.tried.findings
        ]

    def fewest(self, first: int) -> list[dict[str, object]]:
        rows = []
        number = first
        for examination in self.examinations:
            if examination.conflicts:
                names = [(measure_text(f.measure), f.text, f.cell) for f in examination.fewest]
                text = Text(
                    f"至少须改{len(names)}个数",
                    f"at least {len(names)} figure{'s' if len(names) > 1 else ''} must change",
                )
                if examination.finished:
                    text += Text(
                        "，例如：" + "、".join(f"{span(cell).zh}{cell.scope}{m.zh}{v}" for m, v, cell in names),
                        ", for instance: "
                        + ", ".join(
                            f"{v} {m.en} of {' '.join(filter(None, (cell.scope, span(cell).en)))}"
                            for m, v, cell in names
                        ),
                    )
                else:  # to change those that were found would not do
                    text = joined([text, UNFINISHED])
                ids = ", ".join(str(number + i) for i in range(len(examination.conflicts)))
                rows.append({"court": self.court, "conflicts": ids, "figures": len(names), "explanation": text.cell})
                number += len(examination.conflicts)
        return rows


def _loosened(text: Text) -> Text:
    return Text(
        f"若两处统计范围不同，下列恒等关系可不成立：{text.zh}",
        f"unless the two were counted differently: {text.en}",
    )


def _rule_text(rule: str, against: Sequence[Text]) -> Text:
    name = term(f"rule_{rule}")
    if not against:
        return Text(f"全部数字都可以是{name.zh}所得", f"every figure can be {name.en}")
    return Text(f"不可能全部是{name.zh}所得：", f"not all figures can be {name.en}: ") + listed(against)


def _place(court: str, cell: Cell) -> dict[str, object]:
    return {
        "court": court,
        "scope": cell.scope or None,
        "period_start": _timestamp(cell.start),
        "period_end": _timestamp(cell.end),
    }


def _timestamp(day: date | None) -> pd.Timestamp:
    return pd.NaT if day is None else pd.Timestamp(day)  # type: ignore[return-value]


def _number(value: Fraction | None) -> float:
    return float("nan") if value is None else float(value)


def _assembled(
    courts: list[_Court], causes: pd.DataFrame, patterns: pd.DataFrame, totals: pd.DataFrame
) -> Reconciliation:
    figures = sorted((row for court in courts for row in court.figures()), key=lambda row: row[0])
    conflicts: list[dict[str, object]] = []
    fewest: list[dict[str, object]] = []
    for court in courts:
        first = 1 + max((int(str(row["conflict"])) for row in conflicts), default=0)
        conflicts += court.conflicts(first)
        fewest += court.fewest(first)
    table = _table([row for _, row in figures], FIGURES)
    table.attrs["places"] = [str(row["place"]) for _, row in figures]  # file:row of each figure
    table.attrs["stands_for"] = [
        row["stands_for"] for _, row in figures
    ]  # value and last digit in cases, 万元, percent
    unfinished = _unfinished([court.court for court in courts if not all(e.finished for e in court.examinations)])
    rules = [row for court in courts for row in court.rules()]
    implied = [row for court in courts for row in court.implied()]
    return Reconciliation(
        caption=joined([_caption(table, conflicts, rules, totals), *([unfinished] if unfinished.zh else [])]),
        figures=table,
        implied=_table(implied, IMPLIED),
        conflicts=_table(conflicts, CONFLICTS),
        rules=_table(rules, RULES_FOLLOWED),
        definitions=_table([row for court in courts for row in court.definitions()], DEFINITIONS),
        fewest=_table(fewest, FEWEST),
        causes=causes,
        history=history_of([row for _, row in figures], implied),
        patterns=patterns,
        totals=totals,
        unfinished=unfinished,
    )


def _unfinished(courts: Sequence[str]) -> Text:
    if not courts:
        return Text("", "")
    few = len(courts) <= MOST_NAMED
    zh, en = ("、".join(courts), ", ".join(courts)) if few else (f"{len(courts)}个法院", f"{len(courts)} courts")
    return Text(f"{zh}：{UNFINISHED.zh}", f"{en}: {UNFINISHED.en}")


def _table(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> pd.DataFrame:
    table = pd.DataFrame([{name: row[name] for name in columns} for row in rows], columns=list(columns))
    kinds = {
        **dict.fromkeys(("period_start", "period_end"), "datetime64[s]"),
        **dict.fromkeys(("recomputed", "lower", "upper"), "float64"),
        **dict.fromkeys(("exact", "feasible", "reproduces"), "bool"),
    }
    texts = ("court", "scope", "measure", "printed", "verdict", "definition", "explanation", "rule", "repair", "source")
    kinds |= dict.fromkeys(texts, "str")
    return table.astype({name: kind for name, kind in kinds.items() if name in columns})


def _caption(
    figures: pd.DataFrame,
    conflicts: Sequence[Mapping[str, object]],
    rules: Sequence[Mapping[str, object]],
    totals: pd.DataFrame,
) -> Text:
    tally = Counter(figures["verdict"])
    n, courts = len(figures), figures["court"].nunique()
    sets = len({row["conflict"] for row in conflicts})
    first, last = figures["period_start"].min(), figures["period_end"].max()
    window = "" if pd.isna(first) or pd.isna(last) else f"{first:%Y-%m-%d}..{last:%Y-%m-%d}"
    parts = [(term(f"verdict_{code}"), tally[code]) for code in CODES if tally[code]]
    zh = "、".join(f"{name.zh}{count}" for name, count in parts)
    en = ", ".join(f"{count} {name.en}" for name, count in parts)
    told = Text(
        f"{courts}个法院公布的{n}个数{f'（{window}）' if window else ''}：{zh}；矛盾{sets}处",
        f"{n} published figures of {courts} court(s){f' ({window})' if window else ''}: {en}; {sets} conflict(s)",
    )
    never = sum(row["rule"] == "rounded" and not row["feasible"] for row in rules)
    if never:
        told += Text(
            f"；{never}个来源的数字不可能全部是四舍五入所得",
            f"; {never} source(s) whose figures cannot all be rounded",
        )
    off = int(totals["verdict"].eq("shares_conflict").sum())
    if off:
        told += Text(f"；合计{off}处与各行之和不符", f"; {off} total(s) that the rows do not add up to")
    return told
