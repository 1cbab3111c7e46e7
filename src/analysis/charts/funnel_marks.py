"""The marks of a funnel: baseline and limits, peers, own courts, and the names of those farthest out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.drawing.court_names import DOUBT, InLegend
from analysis.charts.drawing.marks import PLAIN, Intervals, Line, Mark, Names, Points, Rule, Span
from analysis.charts.funnel_facets import Facet, is_interval, unit_of
from analysis.vocabulary.numbers import factor_of, number
from analysis.vocabulary.sentences import period as span
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text

if TYPE_CHECKING:
    from analysis.inference.peers.funnel import Funnel

FAINT = 0.2  # opacity of the stretches where there are many courts: the limits must be seen through them
SMALL_FROM = 150  # courts from which points are drawn small and pale
LIMITS = {"95": "inner_limit", "998": "outer_limit"}


def marks_of(fun: Funnel, facet: Facet, most: int, called: InLegend) -> list[Mark]:
    """The baseline and the limits, then the peers, the own court, and names of as many others as there is room for."""
    line = facet.lines.sort_values("denominator")
    marks: list[Mark] = []
    if is_interval(facet):
        ends: dict[str, Any] = {"lower": line["low"].iloc[0], "upper": line["high"].iloc[0]}
        marks.append(Span(role="band", along="y", label=str(term("baseline_interval")), **ends))
    else:
        baseline = str(term("baseline"))
        marks.append(Rule(role="reference", at=line["baseline"].iloc[0], label=baseline, end=baseline, width=PLAIN))
    for level, role in LIMITS.items():
        name = str(term(f"limits_{level}"))
        limit: dict[str, Any] = {"role": role, "x": line["denominator"], "label": name, "width": 1}
        marks += [Line(y=line[f"lower_{level}"], **limit), Line(y=line[f"upper_{level}"], end=name, **limit)]
    many = len(facet.courts) > SMALL_FROM
    for role in ("peer", "own"):
        rows = facet.courts[facet.courts["own"] == (role == "own")]
        if rows.empty:
            continue
        faint = many and role == "peer"
        if (rows["x_to"] > rows["x"]).any():
            look: dict[str, Any] = {"opacity": FAINT if faint else 1.0, "width": 1.6 if role == "own" else 0.8}
            marks.append(Intervals(role=role, at=rows["y"], lower=rows["x"], upper=rows["x_to"], along="x", **look))
        label = called.own if role == "own" else called.others
        hover = [hover_of(row, unit_of(fun)) for row in rows.to_dict("records")]
        look = (
            {"size": 7.7, "opacity": 1.0}
            if role == "own"
            else {"size": 2.8 if many else 4.7, "opacity": 0.45 if many else 0.85}
        )
        marks.append(Points(role=role, x=rows["x"], y=rows["y"], label=label, hover=hover, **look))
    return [*marks, _names(facet, most, called.numbers)]


def _names(facet: Facet, most: int, numbers: dict[str, str]) -> Mark:
    """Names of the own courts and of those farthest outside the 99.8% limits; a dagger where a doubtful one has none."""
    far = facet.courts[facet.courts["outside_998"] & ~facet.courts["own"]]
    far = far.loc[far["z"].abs().sort_values(ascending=False).index[:most]]
    own = facet.courts[facet.courts["own"]]
    if numbers:
        own = own.assign(label=own["name"].map(numbers) + own["doubt"].map({True: DOUBT, False: ""}))
    named = pd.concat([own[own["label"].astype(str) != ""], far])
    unnamed = facet.courts[facet.courts["doubt"] & ~facet.courts.index.isin(named.index)]
    rows = pd.concat([named, unnamed])
    texts = [str(label) for label in named["label"]] + [""] * len(unnamed)
    spare = [DOUBT if doubt else "" for doubt in rows["doubt"]]
    return Names(role="text", x=rows["x"], y=rows["y"], texts=texts, bold=list(rows["own"]), spare=spare)


def hover_of(row: dict[Any, Any], unit: str | None) -> str:
    """What a court tells on hovering: its counts, its figure and the limits at its size."""
    percent, times = "%" if unit == "share" else "", factor_of(unit)
    per = "" if percent or times == 1 else f" × {number(times)}"  # 6 / 376 is no 1.60
    base = number(row["denominator"], None if row["denominator"] % 1 == 0 else 1)
    period = span(row["period_start"], row["period_end"]) if "period_end" in row else None
    lines = [
        f"{row['label']}{Text(f'（{period.zh}）', f' ({period.en})') if period else ''}",
        f"{number(row['numerator'])} / {base}{per} = {number(row['y'], 2)}{percent}",
    ]
    lines += [
        f"{term(f'limits_{level}')}{COLON}{number(row[f'lower_{level}'], 2)}–{number(row[f'upper_{level}'], 2)}"
        for level in LIMITS
    ]
    return "\n".join(lines)
