"""The annex of figures: each with numerator, denominator and interval, the mix of cases in full, and the flow by month."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.cases.privacy import MINIMUM
from analysis.observations.sentences import is_bounded
from analysis.report.content import BY_ROW, COUNT, PLAIN, Figure, Native, Section, Table
from analysis.report.inputs import Material
from analysis.report.sections.situation import NO_MIX, blanks_of
from analysis.report.sections.years import figure_or_parts, is_few, kind_of_unit
from analysis.vocabulary import sentences
from analysis.vocabulary.labels import blank_text, heading
from analysis.vocabulary.numbers import MISSING
from analysis.vocabulary.periods import year_window
from analysis.vocabulary.text import COLON, Text, capital, in_language, spaced, text_of_cell

NO_METHOD = Text("没有适用的算法，不给区间", "no method gives limits")
OF_FEW = Text("结案或新收不足50件的，不计占比。", " Of fewer than 50 closings or filings there are no shares.")


def annual(material: Material) -> Section:
    """Write every indicator of the year with what it is made of, the parts of closings and filings, and the months."""
    table, kinds, notes = _parts(material)
    exhibit = Table(
        id="annual-figures",
        caption=str(
            Text(
                f"{material.year}年各项比率的分子、分母和区间",
                f"Ratios of {material.year}: numerators, denominators, intervals",
            )
        ),
        function="analysis.indicators",
        parameters={
            "periods": [material.year],
            "definitions": material.shown_definitions,
            "calendar": material.calendar,
        },
        note=str(
            Text(
                "区间为95%区间：台账中的案件都已计入，区间表示同样的工作若再来一次、案件相互独立，数字会有多大变动。",
                "Intervals are 95%: all cases of the register are counted; an interval says how far the figure could move if the same "
                "process ran again with independent cases.",
            )
        )
        + (f" {notes}" if notes else ""),
        frame=table,
        formats={str(material.year): BY_ROW, "numerator": PLAIN, "denominator": PLAIN},
        row_formats=kinds,
        finding=_how_sure(material),
    )
    return Section(
        "annual",
        str(Text("年度数据表", "Figures of the year")),
        (*_by_month(material), *((exhibit,) if len(table) else ()), *_mix(material)),
        annex=True,
    )


def _parts(material: Material) -> tuple[pd.DataFrame, tuple[str, ...], str]:
    """One row a ratio that is known (figure, parts, interval), the rows' formats, and the notes, also of what is not known."""
    rows, kinds = [], []
    noted: dict[str, list[str]] = {}
    for name in dict.fromkeys(material.indicators["indicator"]):
        now = material.indicator(name)
        if not now:
            continue
        if isinstance(now["note"], str) and now["note"]:
            noted.setdefault(in_language(now["note"]), []).append(str(material.called(name)))
        if pd.isna(now["value"]):
            continue
        kind = kind_of_unit(now["unit"])
        interval = MISSING if is_bounded(now) or now["unit"] in sentences.COUNTED else interval_of(now, kind)
        is_ratio = not pd.isna(now["denominator"])
        if not is_ratio and interval == MISSING:  # all that is known of it stands in the body
            continue
        parts = {key: now[key] if is_ratio else None for key in ("numerator", "denominator")}
        row = {
            "indicator": str(material.called(name)),
            "unit": now["unit"],
            str(material.year): figure_or_parts(now, kind),
        }
        rows.append({**row, **parts, "interval": interval})
        kinds.append(kind)
        if interval == MISSING and not is_bounded(now) and not now["note"]:
            noted.setdefault(in_language(NO_METHOD.cell), []).append(str(material.called(name)))
    listed, told, end = (str(mark) for mark in (Text("、", ", "), COLON, Text("。", ".")))
    notes = (f"{listed.join(names)}{told}{note}{end}" for note, names in noted.items())
    return pd.DataFrame(rows), tuple(kinds), spaced(notes)


def _how_sure(material: Material) -> str:
    """Which of the year's percentages has the narrowest interval, and which the broadest."""
    rows = [material.indicator(name) for name in dict.fromkeys(material.indicators["indicator"])]
    known = [
        row for row in rows
        if row and row["unit"] == "%" and not (pd.isna(row["lower"]) or is_bounded(row) or is_few(row))
    ]  # fmt: skip
    if len(known) < 2:
        return ""
    ordered = sorted(known, key=lambda row: row["upper"] - row["lower"])
    (narrow, of_narrow), (broad, of_broad) = (
        (material.called(row["indicator"]), interval_of(row, kind_of_unit(row["unit"])))
        for row in (ordered[0], ordered[-1])
    )
    return str(
        Text(
            f"95%区间最窄的是{narrow.zh}（{of_narrow}%），最宽的是{broad.zh}（{of_broad}%）",
            f"The narrowest 95% interval is that of the {narrow.en} ({of_narrow}%), the broadest that of the {broad.en} ({of_broad}%)",
        )
    )


def _largest(found: pd.DataFrame, material: Material) -> str:
    """The largest group of the first breakdown of closings, and of filings."""
    parts = []
    for indicator, rows in found.groupby("indicator", sort=False):
        own = rows[rows["breakdown"] == rows["breakdown"].iloc[0]]
        top = own.iloc[int(own["numerator"].argmax())]
        total = top["numerator"] / top["share"] if top["share"] else 0
        label, what, column = (
            text_of_cell(top["group"]),
            material.called(str(indicator)),
            heading(str(top["breakdown"])),
        )
        count, share = sentences.cases(top["numerator"]), sentences.part_of(top["numerator"], total)
        parts.append(
            Text(
                f"{what.zh}按{column.zh}以{label.zh}最多：{count.zh}{share.zh}",
                f"most {what.en} by {column.en}: {label.en}, {count.en}{share.en}",
            )
        )
    return str(Text("；".join(part.zh for part in parts), capital("; ".join(part.en for part in parts))))


def _mix(material: Material) -> list[Table]:
    """How closings part by their mode and filings by basis, type, claim and township, beside the year before."""
    found = material.observations.mix
    found = found[~found["breakdown"].isin(NO_MIX)]
    if found.empty:
        return []
    frame = _with_blanks(material, found)
    frame = frame.assign(indicator=[str(material.called(name)) for name in frame["indicator"]])
    frame.attrs = found.attrs
    is_few, was_few = (
        _is_of_few(frame, *names) for names in (("numerator", "share"), ("base_numerator", "base_share"))
    )
    frame = frame.assign(
        share=frame["share"].mask(is_few),
        base_share=frame["base_share"].mask(was_few),
        change=frame["change"].mask(is_few | was_few),
    )
    frame = frame.dropna(axis="columns", how="all")  # of a year before that the register does not hold whole, of few
    return [
        Table(
            id="annual-mix",
            caption=str(Text("结案和新收的构成", "What closings and filings are made of")),
            function="analysis.observations",
            parameters={"period": material.year, "definitions": material.shown_definitions},
            note=str(
                Text(
                    "结案按结案方式，新收按其他各项；占比为占全部结案或新收的比例。1、2件的不列；未填或未识别的不在各组之中，有这样的案件不列上年同期。",
                    "Closings by closure mode, filings by the others; shares are of all closings or filings. Groups of 1 or 2 cases are left out; cases "
                    "whose cell is blank or not understood are in no group, and beside them the year before is left out.",
                )
                + (OF_FEW if (is_few | was_few).any() else Text("", ""))
            ),
            frame=frame,
            formats={"numerator": COUNT, "base_numerator": COUNT},
            finding=_largest(found, material),
        )
    ]


def _is_of_few(frame: pd.DataFrame, part: str, share: str) -> pd.Series:
    """Mark the groups of a total of few cases, of which no share is told."""
    total = (frame[part] / frame[share].where(frame[share] > 0)).groupby(frame["indicator"]).transform("max")
    return total.round() < sentences.LEAST_BASE


def _with_blanks(material: Material, found: pd.DataFrame) -> pd.DataFrame:
    """The groups of each breakdown, and after them the cases that do not state theirs."""
    parts = []
    for breakdown, groups in found.groupby("breakdown", sort=False):
        first = groups.iloc[0]
        blank = blanks_of(material, first["indicator"], str(breakdown))
        own = {"indicator": first["indicator"], "breakdown": breakdown, "group": blank_text(str(breakdown)).cell}
        total = first["numerator"] / first["share"] if first["share"] else 0
        row = (
            pd.DataFrame([own | {"numerator": float(blank), "share": blank / total}])
            if blank >= MINIMUM and total
            else None
        )
        parts += [groups, *([] if row is None else [row])]
    return pd.concat(parts, ignore_index=True)


def _by_month(material: Material) -> list[Figure]:
    from analysis.charts.caseflow import plot_caseflow
    from analysis.charts.caseflow_words import span_of

    first, _ = year_window(material.years[0], calendar=material.calendar)
    flow = material.monthly[material.monthly["period"] >= first].reset_index(drop=True)
    flow.attrs = material.monthly.attrs
    if flow.empty:
        return []
    span = span_of(flow, "M")
    return [
        Figure(
            id="annual-caseflow",
            caption=str(Text(f"按月新收、结案与未结，{span.zh}", f"Filed, closed and pending by month, {span.en}")),
            function="analysis.plot_caseflow",
            parameters={"freq": "M"},
            plot=plot_caseflow,
            result=flow,
            numbers=flow,
            native=Native("period", {"filed": "filed", "closed": "closed", "stock": "closing"}),
        )
    ]


def interval_of(row: dict[str, Any], kind: str) -> str:
    """An indicator's 95% interval in the digits of its kind, a dash where it has none."""
    if pd.isna(row["lower"]) or pd.isna(row["upper"]):
        return "—"
    digits = 1 if kind == COUNT else 2
    return f"{sentences.rounded(row['lower'], digits):,}–{sentences.rounded(row['upper'], digits):,}"
