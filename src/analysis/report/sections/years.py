"""Figures of up to five years side by side, with their change as numbers and their place to the court's own target or interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.cases.reopenings import none_reopened
from analysis.measures.indicators.indicators import of_listed_alone
from analysis.measures.open_sums import HELD_BACK
from analysis.observations.sentences import has_blanks, is_bounded, is_count_per, is_of_few, is_of_few_cases
from analysis.report.content import AMOUNT, BY_ROW, COUNT, DECIMAL, DIGITS, RATE, Figure, Table
from analysis.report.inputs import Material
from analysis.vocabulary import sentences
from analysis.vocabulary.indicator_sets.definition import Definition
from analysis.vocabulary.numbers import difference, unit_text
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, in_language, listed, spaced

KIND_OF_UNIT = {"%": RATE, "万元": AMOUNT, "元": AMOUNT, "天": DECIMAL}
FLOW = {
    "opening": Text("旧存", "brought forward"),
    "filed": Text("新收", "filed"),
    "received": Text("受理", "on hand"),
    "closed": Text("结案", "closed"),
    "closing": Text("未结", "pending"),
}
OTHER_FORMULA = Text(
    "口径与本年不同的年度不列数字。", "Years in which a figure was defined otherwise than now show none."
)
OF_FEW = Text(
    "基数不足50的比率，写分子/分母，不计百分比。",
    "Of a share on a base below 50 numerator and denominator are shown and no percentage.",
)
NO_GROWTH = Text("上年不足50件的，不计增幅。", "Of fewer than 50 cases the year before the change is no percentage.")
GROWTH_OF_RATES = Text(
    "比率的增减为百分点，不计增幅；上年的件数、人数等或者平均数的基数不足50的，也不计增幅。",
    "Rates change by percentage points and have no change in percent, nor has what was a count, or is a mean on a base, below 50.",
)
NO_CHANGE_PER = Text(
    "每百件的数字，分子不足50的，不计增减。", "Figures per 100 of which the numerator is below 50 have no change."
)
BUT_BOUNDS = Text("有未填的，写上下界。", "Where cells are blank the bounds are shown.")
CANNOT_TELL = "cannot_be_told"
DRAWN = 6  # rates in the chart of indicators


def kind_of_unit(unit: str) -> str:
    """Return the kind in which a figure of a unit is shown; per-100 rates keep their decimals."""
    return DECIMAL if "/" in unit else KIND_OF_UNIT.get(unit, COUNT)


def figure_cell(row: Mapping[str, Any], kind: str) -> float | str | None:
    """A figure for the table: a number, or its bounds; missing where it is not known.

    >>> figure_cell({"value": 0.0, "least": 0.0, "most": 0.0}, RATE), figure_cell({"value": 35.1, "least": 35.06, "most": 39.7}, RATE)
    ('0.0', '35.1–39.7')
    """
    if row.get("value") is None or pd.isna(row["value"]):
        return None
    if not is_bounded(row):
        return float(row["value"])
    digits = 0 if kind == COUNT else 1
    low, most = f"{sentences.rounded(row['least'], digits):,}", row["most"]
    if not np.isfinite(most):
        return f"≥{low}"
    high = f"{sentences.rounded(most, digits):,}"
    return low if low == high else f"{low}–{high}"


def is_few(row: Mapping[str, Any]) -> bool:
    """Return whether an indicator that is known to the full is a share of so few that it is told by its parts."""
    return not is_bounded(row) and is_of_few_cases(row)


def figure_or_parts(row: Mapping[str, Any], kind: str) -> float | str | None:
    """A figure for the table; a share of few by its parts."""
    return parts_shown(row) if is_few(row) else figure_cell(row, kind)


def parts_shown(row: Mapping[str, Any]) -> str:
    """Return numerator and denominator as a fraction."""
    return f"{row['numerator']:,.0f}/{row['denominator']:,.0f}"


def with_unit(name: Text, unit: str) -> str:
    """Return an indicator's name with its unit."""
    said = unit_text(unit)
    return str(Text(f"{name.zh}（{unit}）", f"{capital(name.en)} ({said.en})"))


def of_unfinished(material: Material) -> Text:
    """Say of a year that is not over that it is not set beside whole ones."""
    year, end = material.year, material.end_named
    return Text(
        f"{year}年只到{end.zh}，不与上年全年相比。",
        f"{year} is known to {end.en} only and is not compared with the whole year before.",
    )


def surely(material: Material, name: str) -> int:
    """Count the cases listed that were filed, closed or are pending without doubt: what counts as pending may be closed."""
    return material.flow(material.year)[name] - (material.undecided(name) if name == "closing" else 0)


def flow_table(material: Material) -> Table:
    """Stock and flow of up to five years as the caseflow counts them; of a year that is not whole what is known at least."""
    years = material.five_years
    flows = {year: material.flow(year) for year in years}
    rows = []
    for name, called in FLOW.items():
        row: dict[str, Any] = {"indicator": with_unit(called, "件")}
        if not (material.holds_filings if name == "filed" else material.is_whole(material.year)):
            row[str(material.year)] = f"≥{surely(material, name):,}" if name in ("filed", "closed", "closing") else None
        else:
            row |= {str(year): figure_cell(material.count(name, year), COUNT) for year in years}
            if len(years) > 1:
                row |= _change(
                    COUNT,
                    *(float(flows[year][name]) for year in years[-2:]),
                    is_open=bool(material.undecided(name)) or not material.is_over,
                )
        rows.append(row)
    kinds = [COUNT] * len(rows)
    caption = Text("收结存情况", "Stock and flow")
    of_small = any(row.get("difference") is not None and row["growth"] is None for row in rows)
    note = str(NO_GROWTH) if of_small else ""
    return _table(material, "situation-flow", caption, "analysis.caseflow", {"freq": "Y"}, rows, kinds, note)


def _of_few(known: Mapping[str, Mapping[str, Any]]) -> list[Text]:
    """Say how shares of few cases are shown, and that those with blanks are not."""
    return [OF_FEW, BUT_BOUNDS] if any(map(is_bounded, known.values())) else [OF_FEW]


def indicator_table(material: Material, names: Sequence[str]) -> Table | None:
    """The indicators that are known of the year, beside those of the years before of the same formula."""
    known = {name: now for name in names if (now := material.indicator(name)) and not pd.isna(now["value"])}
    if not known:
        return None
    rows, kinds, is_cut, by_parts, per_few, notes = [], [], False, False, False, []
    for name, now in known.items():
        kind, years = kind_of_unit(now["unit"]), {}
        definition = material.definition(now["definition"])
        for year in material.five_years:
            found = material.indicator(name, year)
            alike = bool(found) and definition.measures_as(material.definition(found["definition"]))
            is_cut |= bool(found) and not alike
            by_parts |= alike and is_few(found)
            years[str(year)] = figure_or_parts(found, kind) if alike else None
            if alike and found.get("unclaimed", 0) > 0:  # missing where nothing is counted
                notes.append(_unclaimed(material.called(name), year, int(found["unclaimed"])))
        row: dict[str, Any] = {"indicator": with_unit(material.called(name), now["unit"]), **years}
        if len(years) > 1:
            values = [v if isinstance(v, float) else None for v in list(years.values())[-2:]]
            few = kind == DECIMAL and _is_of_few(material, name, now["unit"])
            is_few_per = few and is_count_per(now["unit"])
            per_few |= is_few_per and None not in values
            is_open = None in values or bool(material.undecided(name)) or is_few_per or not material.is_over
            is_open = is_open or any(has_blanks(material.indicator(name, int(year))) for year in list(years)[-2:])
            row |= _change(kind, *(0.0 if v is None else v for v in values), is_open=is_open)
            row["growth"] = None if few else row["growth"]
        target = definition.target
        if target is not None:
            bounds = [f"{sign}{value:g}" for sign, value in zip("≥≤", target, strict=True) if value is not None]
            of_few = is_few(now)
            row["target"] = " ".join(bounds) if of_few else str(_placed(" ".join(bounds), _position(definition, now)))
        rows.append(row)
        kinds.append(kind)
    asked = {"periods": material.five_years, "definitions": material.shown_definitions, "calendar": material.calendar}
    caption = Text("质效指标", "Indicators of quality and efficiency")
    notes += [said for name in known if (said := _held_back(material, name)).zh]
    notes += _of_listed(material, known)
    notes += [sentences.sentence(said)] if (said := none_reopened(material.register)).zh else []
    notes += [OTHER_FORMULA] if is_cut else []
    notes += _of_few(known) if by_parts else []
    notes += (
        [GROWTH_OF_RATES] if any(row.get("difference") is not None and row["growth"] is None for row in rows) else []
    )
    notes += [NO_CHANGE_PER] if per_few else []
    made = _table(
        material,
        "indicators-years",
        caption,
        "analysis.indicators",
        asked,
        rows,
        kinds,
        spaced(notes),
    )
    drawn = [name for name, now in known.items() if now["unit"] == "%"][:DRAWN]
    return (
        replace(made, picture=_chart(material, made.caption, {name: known[name] for name in drawn})) if drawn else made
    )


def _of_listed(material: Material, known: Mapping[str, Mapping[str, Any]]) -> list[Text]:
    """Say which figures of a year that began before its register are of the cases listed alone."""
    only = of_listed_alone(material.register.beginning)
    named = listed(material.called(name) for name, now in known.items() if only.zh in str(now["note"]))
    return [Text(f"{named.zh}{only.zh}。", f"{capital(named.en)}: {only.en}.")] if named.zh else []


def _held_back(material: Material, name: str) -> Text:
    """Say of which years before an amount, or a rate of amounts, is not shown outside."""
    told = {year: str(material.indicator(name, year).get("note") or "") for year in material.five_years}
    held = [str(year) for year, note in told.items() if in_language(HELD_BACK.cell) in in_language(note)]
    if not held:
        return Text("", "")
    called = material.called(name)
    return Text(
        f"{'、'.join(held)}年{called.zh}的金额不对外，不列；院内文件可以列出。",
        f"{capital(called.en)}, {', '.join(held)}: the amounts are not shown outside; a document for use inside the court may give them.",
    )


def _unclaimed(name: Text, year: int, number: int) -> Text:
    """Say that a figure of a year, and its bounds, are without the cases of which no claim is stated."""
    return Text(
        f"{year}年{name.zh}不含未填标的额的{number:,}件。",
        f"{capital(name.en)} of {year} is without the {number:,} of no stated claim.",
    )


def _chart(material: Material, caption: str, drawn: Mapping[str, Mapping[str, Any]]) -> Figure:
    """Rates over the years, a panel each, with the targets of the court's set."""
    from analysis.charts.indicators import plot_indicators

    targets = {name: material.definition(now["definition"]).target for name, now in drawn.items()}
    bounds = [(name, *target) for name, target in targets.items() if target is not None]
    options = {"only": list(drawn), "intervals": pd.DataFrame(bounds, columns=["indicator", "low", "high"])}
    return Figure(
        "indicators-years-chart", caption, "analysis.plot_indicators",
        plot=plot_indicators, result=material.indicators, options=options,
    )  # fmt: skip


def _is_of_few(material: Material, name: str, unit: str) -> bool:
    """Return whether a rate per cases or a mean rests on so few that its change is none to be told in percent."""
    found = [material.indicator(name, year) for year in material.five_years[-2:]]
    before, now = ([row.get(part, np.nan) for part in ("numerator", "denominator")] for row in found)
    return bool(pd.isna([*before, *now]).any()) or is_of_few(now, before, unit)


def _change(kind: str, base: float, now: float, *, is_open: bool) -> dict[str, float | None]:
    """The change as a number, which is that of the figures as shown, and in percent of a base that allows one.

    >>> _change(DECIMAL, 122.506, 129.384, is_open=False)["difference"], _change(AMOUNT, 100.04, 200.06, is_open=False)["difference"]
    (6.87, 100.1)
    """
    if is_open:
        return {"difference": None, "growth": None}
    apart = difference(now, base, DIGITS[kind])
    if kind == RATE:
        return {"difference": apart, "growth": None}
    is_small = base <= 0 or (kind == COUNT and base < sentences.LEAST_BASE)
    return {"difference": apart, "growth": None if is_small else 100 * (now - base) / base}


def _placed(bounds: str, position: str) -> Text:
    said = term(f"position_{position}")
    return Text(f"{bounds}，{said.zh}", f"{bounds}, {said.en}")


def _position(definition: Definition, found: Mapping[str, Any]) -> str:
    """Where the figure stands to its target; of one that is not known to the full only if every value it may have stands alike."""
    values = [found["least"], found["most"]] if is_bounded(found) else [found["value"]]
    places = {definition.position(float(value)) for value in values}
    return str(places.pop()) if len(places) == 1 else CANNOT_TELL


def _table(
    material: Material, name: str, caption: Text, function: str, asked: dict[str, Any], rows: list[dict[str, Any]], kinds: list[str], note: str
) -> Table:  # fmt: skip
    years = [str(year) for year in material.five_years]
    span = (
        Text(f"{years[0]}—{years[-1]}年", f"{years[0]}–{years[-1]}")
        if len(years) > 1
        else Text(f"{years[0]}年", years[0])
    )
    frame = pd.DataFrame(rows)
    frame.attrs["table"] = "years"
    if not material.is_over:
        note = spaced(filter(None, [str(of_unfinished(material)), note]))
    return Table(
        id=name,
        caption=str(Text(f"{span.zh}{caption.zh}", f"{caption.en}, {span.en}")),
        function=function,
        parameters=asked,
        note=note,
        frame=frame,
        formats=dict.fromkeys([*years, "difference"], BY_ROW) | {"growth": RATE},
        row_formats=tuple(kinds),
    )
