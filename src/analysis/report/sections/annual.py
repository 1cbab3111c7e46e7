"""The annex of figures: each with numerator, denominator and interval, the mix of cases in full, and the flow by month."""

from __future__ import annotations

from typing import Any

import pandas as pd

<<<<<<< HEAD
from analysis.cases.closings import not_listed
from analysis.measures.bulletin_tables import AT_LEAST
from analysis.report.content import (
    AMOUNT,
    BY_ROW,
    COUNT,
    DECIMAL,
    PLAIN,
    RATE,
    Figure,
    Native,
    Paragraph,
    Section,
    Table,
)
=======
from analysis.report.content import BY_ROW, COUNT, PLAIN, Figure, Native, Section, Table
>>>>>>> e9ced8f (A yearly report of page one, body and annexes, each statement with the call that gives it again; shares closed within some months of a year's filings; quotas on officers inside alone)
from analysis.report.inputs import Material
from analysis.report.sections.situation import NO_MIX
from analysis.report.sections.years import figure_cell, is_bounded, kind_of_unit
from analysis.vocabulary import sentences
from analysis.vocabulary.numbers import MISSING
from analysis.vocabulary.text import Text, in_language


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
        parameters={"periods": [material.year], "definitions": material.definitions, "calendar": material.calendar},
        note=str(
            Text(
                "区间为95%区间：全部案件都已计入，区间表示同样的工作若再来一次、案件相互独立，数字会有多大变动。",
                "Intervals are 95 %: all cases are counted; an interval says how far the figure could move if the same "
                "process ran again with independent cases.",
            )
        )
        + (f" {notes}" if notes else ""),
        frame=table,
        formats={str(material.year): BY_ROW, "numerator": PLAIN, "denominator": PLAIN},
        row_formats=kinds,
    )
    return Section(
        "annual",
        str(Text("年度数据表", "Figures of the year")),
        ((exhibit,) if len(table) else ()) + (*_mix(material), *_by_month(material)),
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
        row = {"indicator": str(material.called(name)), "unit": now["unit"], str(material.year): figure_cell(now, kind)}
        rows.append({**row, **parts, "interval": interval})
        kinds.append(kind)
    listed, told, end = (str(mark) for mark in (Text("、", ", "), Text("：", ": "), Text("。", ".")))
    notes = (f"{listed.join(names)}{told}{note}{end}" for note, names in noted.items())
    return pd.DataFrame(rows), tuple(kinds), " ".join(notes)


def _mix(material: Material) -> list[Table]:
    """How closings part by their mode and filings by basis, type, claim and township, beside the year before."""
    found = material.observations.mix
    found = found[~found["breakdown"].isin(NO_MIX)]
    if found.empty:
        return []
    frame = found.assign(indicator=[str(material.called(name)) for name in found["indicator"]]).reset_index(drop=True)
    frame.attrs = found.attrs
    return [
        Table(
            id="annual-mix",
            caption=str(Text("结案和新收的构成", "How closings and filings part")),
            function="analysis.observations",
            parameters={"period": material.year, "definitions": material.definitions},
            note=str(
                Text(
                    "结案按结案方式，新收按其他各项；占比为占全部结案或新收的比例。1、2件的不列。",
                    "Closings by closure mode, filings by the others; shares are of all closings or filings. Groups of 1 or 2 cases are left out.",
                )
            ),
            frame=frame,
            formats={"numerator": COUNT, "base_numerator": COUNT},
        )
    ]


def _by_month(material: Material) -> list[Figure]:
    from analysis.charts.caseflow import plot_caseflow

<<<<<<< HEAD
    return Figure(
        id="annual-caseflow",
        caption=str(Text("按月新收、结案与未结", "Filed, closed and pending by month")),
        function="analysis.plot_caseflow",
        parameters={"freq": "M"},
        plot=plot_caseflow,
        result=flow,
        numbers=flow,
        native=Native("period", {"filed": "filed", "closed": "closed", "stock": "closing"}),
    )


def headline(material: Material) -> Text:
    """Received, closed and pending as the caseflow counts them, and the closure rate where it is defined, in one sentence."""
    flow, rate = material.flow(material.year), material.indicator("closure_rate")
    if not material.is_whole(material.year):
        return _of_listed(material)
    got, old, done, left = (sentences.cases(flow[name]) for name in ("received", "opening", "closed", "closing"))
    said = Text(
        f"{material.year}年，{material.court}受理执行案件{got.zh}（含旧存{old.zh}），结案{done.zh}，年末未结{left.zh}",
        f"In {material.year} {material.court_text.en} handled {got.en} ({old.en} carried over), closed {done.en} and had {left.en} "
        "pending at the end",
    )
    if rate and not pd.isna(rate["value"]):
        shown = sentences.rate(rate["value"])
        fraction = f"{rate['numerator']:,.0f}/{rate['denominator']:,.0f}"
        said += Text(f"，结案率{shown.zh}（{fraction}）", f"; closure rate {shown.en} ({fraction})")
    return said + Text("。", ".") + _undecided(material, flow)


def _undecided(material: Material, flow: Mapping[str, int]) -> Text:
    """Say of how many of the year's cases the closing date cannot be read, and between what the figures lie then."""
    number = material.undecided("closing")
    if not number:
        return Text("", "")
    least, most = flow["closing"] - number, flow["closing"]
    zh, en = f"未结在{least:,}至{most:,}件之间", f"between {least:,} and {most:,} are pending"
    if flow["received"]:
        high = sentences.rate(100 * (flow["closed"] + number) / flow["received"])
        zh, en = f"{zh}，结案率最高{high.zh}", f"{en}, and the closure rate is at most {high.en}"
    return Text(
        f"其中{number:,}件的结案日期读不出，是否已结不知，暂按未结计：{zh}。",
        f" The closing date of {number:,} of them cannot be read, and they are counted as pending until it is: {en}.",
    )


def _of_listed(material: Material) -> Text:
    """What is known of a year of which the register leaves cases out: its filings, and at least so many closings and cases pending."""
    new, done, left = (sentences.cases(_surely(material, name)) for name in ("filed", "closed", "closing"))
    if not material.holds_filings:
        new = AT_LEAST + new
    why, number = material.register.beginning.text, material.undecided("closing")
    unread = sentences.sentence(not_listed(number)) if number else Text("", "")
    said = Text(
        f"{material.year}年，{material.court}新收执行案件{new.zh}；结案至少{done.zh}，年末未结至少{left.zh}。旧存、受理数和结案率无法判断：{why.zh}。",
        f"In {material.year} {new.en} were filed with {material.court_text.en}, at least {done.en} closed, and at least {left.en} pending at the "
        f"end. What was carried over, and the closure rate, cannot be told: {why.en}.",
    )
    return said + Text(unread.zh, f" {unread.en}" if number else "")


def _surely(material: Material, name: str) -> int:
    """Count the cases listed that were filed, closed or are pending without doubt: what counts as pending may be closed."""
    return material.flow(material.year)[name] - (material.undecided(name) if name == "closing" else 0)


def moved(material: Material) -> list[Paragraph]:
    """One sentence a figure that the year before has too."""
    if len(material.years) < 2:
        return [
            Paragraph(
                str(
                    Text(
                        "台账没有上一年的完整数字，不作同比。",
                        "The register does not hold the year before whole: no comparison.",
                    )
                )
            )
        ]
    flow, base = material.flow(material.year), material.flow(material.year - 1)
    parts = [
        _sentence(material, name, {"value": flow[name], "unit": "件"}, {"value": base[name]})
        for name in ("filed", "closed", "closing")
    ]
    for name in ("amount_closed", "closure_rate", "completed_rate", "actual_enforcement_rate", "recovery_rate"):
        now, before = material.indicator(name), material.indicator(name, material.year - 1)
        if now and before and not pd.isna(now["value"]):
            parts.append(_sentence(material, name, now, before))
    said = Text("；".join(t.zh for t in parts), "; ".join(t.en for t in parts))
    return [Paragraph(str(sentences.sentence(said)))]


def _sentence(material: Material, name: str, now: dict[str, Any], before: dict[str, Any]) -> Text:
    value, base = now["value"], None if pd.isna(before["value"]) else before["value"]
    shown = _of_blanks(now, KIND_OF_UNIT.get(now["unit"], COUNT))
    if has_blanks(now) or has_blanks(before):
        moved = WITH_BLANKS
    elif material.undecided(name):
        moved = NOT_DECIDED
    else:
        moved = _move(now["unit"], value, base)
    name_text = LEFT if name == "closing" else term(name)
    return Text(f"{name_text.zh}{shown.zh}，{moved.zh}", f"{name_text.en}: {shown.en}, {moved.en}")


def is_bounded(row: Mapping[str, Any]) -> bool:
    """Return whether an indicator is known within bounds only, for want of amounts."""
    return not pd.isna(row.get("least"))


def has_blanks(row: Mapping[str, Any]) -> bool:
    """Return whether an indicator leaves out cases for want of amounts."""
    return is_bounded(row) or bool(row.get("unclaimed"))


def _of_blanks(row: dict[str, Any], kind: str) -> Text:
    """A figure with what its blanks leave open; one without blanks as it is."""
    value, unfilled = float(row["value"]), row.get("unfilled", 0)
    if kind == RATE:
        bounds = row["least"], row["most"], int(unfilled), value
        shown = sentences.bounded(*bounds) if is_bounded(row) else sentences.rate(value)
        return sentences.without_claims(shown, int(row["unclaimed"])) if row.get("unclaimed") else shown
    shown = sentences.amount(value) if kind == AMOUNT else sentences.cases(value)
    return sentences.at_least(shown, int(unfilled)) if is_bounded(row) else shown


def figure_cell(row: Mapping[str, Any], kind: str) -> float | str | None:
    """A figure for the table: a number, or its bounds; missing where it is not known."""
    if row.get("value") is None or pd.isna(row["value"]):
        return None
    if not is_bounded(row):
        return float(row["value"])
    if kind == RATE:
        return f"{sentences.rounded(row['least'], 1)}–{sentences.rounded(row['most'], 1)}"
    return f"≥{sentences.rounded(row['least'], 0 if kind == COUNT else 1):,}"


def kind_of_unit(unit: str) -> str:
    """Return the kind in which a figure of a unit is shown; per-100 rates keep their decimals."""
    return DECIMAL if "/" in unit else KIND_OF_UNIT.get(unit, COUNT)


def _year_beside_year(material: Material) -> tuple[pd.DataFrame, tuple[str, ...], str]:
    """One row an indicator (last year, this year, change, parts, interval), the rows' formats, and the notes."""
    known = dict.fromkeys(material.indicators["indicator"])
    rows, kinds = _flows(material, [name for name in FLOW if name not in known])
    noted: dict[str, list[str]] = {}
    for name in known:
        now, before = material.indicator(name), material.indicator(name, material.year - 1)
        if not now:
            continue
        kind = kind_of_unit(now["unit"])
        value, base = (None if v is None or pd.isna(v) else float(v) for v in (now["value"], before.get("value")))
        parts = {key: now[key] if kind in (RATE, DECIMAL) else None for key in ("numerator", "denominator")}
        years = {str(year): figure_cell(now if year == material.year else before, kind) for year in material.years}
        row = {"indicator": str(material.called(name)), "unit": now["unit"], **years}
        if len(years) > 1:
            is_open = value is None or has_blanks(now) or has_blanks(before) or material.undecided(name)
            few = kind == DECIMAL and min(now["numerator"], before.get("numerator", np.nan)) < sentences.LEAST_BASE
            row["change"] = MISSING if is_open or few else _without_saying(_move(now["unit"], value, base))
        is_count = now["unit"] in sentences.COUNTED
        rows.append({**row, **parts, "interval": MISSING if is_bounded(now) or is_count else interval_of(now, kind)})
        kinds.append(kind)
        if isinstance(now["note"], str) and now["note"]:
            noted.setdefault(in_language(now["note"]), []).append(str(material.called(name)))
    listed, told, end = (str(mark) for mark in (Text("、", ", "), Text("：", ": "), Text("。", ".")))
    notes = (f"{listed.join(names)}{told}{note}{end}" for note, names in noted.items())
    return pd.DataFrame(rows), tuple(kinds), " ".join(notes)


def _move(unit: str, value: float | None, base: float | None) -> Text:
    """Return what an indicator changed by: a rate by points, a count or an amount by percent, a small count by itself."""
    if kind_of_unit(unit) == RATE:
        return sentences.points(value, base, against=YEAR_ON_YEAR)
    return sentences.change(value, base, against=YEAR_ON_YEAR, unit=unit)


def _flows(material: Material, names: Sequence[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows of the caseflow for a definition set that does not define them: no report is without them."""
    flows = {year: material.flow(year) for year in material.years}
    rows = []
    for name in names:
        if not (material.holds_filings if name == "filed" else material.is_whole(material.year)):
            rows.append(_at_least(material, name))
            continue
        counts = {year: float(flow[name]) for year, flow in flows.items()}
        row: dict[str, Any] = {"indicator": str(term(name)), "unit": "件", **{str(y): n for y, n in counts.items()}}
        if len(counts) > 1:
            before, now = counts.values()
            moved = sentences.change(now, before, against=YEAR_ON_YEAR, unit="件")
            row["change"] = MISSING if material.undecided(name) else _without_saying(moved)
        rows.append({**row, "numerator": None, "denominator": None, "interval": MISSING})
    return rows, [COUNT] * len(rows)


def _at_least(material: Material, name: str) -> dict[str, Any]:
    """A row of a year in which cases were pending that the register leaves out: at least the closings and the stock that it lists."""
    least = f"≥{_surely(material, name):,}" if name in ("filed", "closed", "closing") else None
    row = {"indicator": str(term(name)), "unit": "件", str(material.year): least}
    return row | {"numerator": None, "denominator": None, "interval": MISSING}


def _without_saying(change: Text) -> str:
    """A change for a column whose heading says against what."""
    return str(
        Text(change.zh.replace(YEAR_ON_YEAR.zh, ""), change.en.replace(YEAR_ON_YEAR.en, "").replace(" ,", ","))
    ).strip()
=======
    flow = material.monthly[material.monthly["period"] >= pd.Timestamp(material.years[0], 1, 1)].reset_index(drop=True)
    flow.attrs = material.monthly.attrs
    if flow.empty:
        return []
    return [
        Figure(
            id="annual-caseflow",
            caption=str(Text("按月新收、结案与未结", "Filed, closed and pending by month")),
            function="analysis.plot_caseflow",
            parameters={"freq": "M"},
            plot=plot_caseflow,
            result=flow,
            numbers=flow,
            native=Native("period", {"filed": "filed", "closed": "closed", "stock": "closing"}),
        )
    ]
>>>>>>> e9ced8f (A yearly report of page one, body and annexes, each statement with the call that gives it again; shares closed within some months of a year's filings; quotas on officers inside alone)


def interval_of(row: dict[str, Any], kind: str) -> str:
    """An indicator's 95 % interval in the digits of its kind, a dash where it has none."""
    if pd.isna(row["lower"]) or pd.isna(row["upper"]):
        return "—"
    digits = 1 if kind == COUNT else 2
    return f"{sentences.rounded(row['lower'], digits):,}–{sentences.rounded(row['upper'], digits):,}"
