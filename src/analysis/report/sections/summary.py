"""Page one: the year in one sentence, six key figures, three findings, the round, and what the reader should watch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.measures.open_sums import HELD_BACK
from analysis.observations.context import AGREES
from analysis.observations.observations import ROUND
from analysis.observations.ranking import NOTE, PROBLEM, TELLING
from analysis.observations.sentences import count_between, has_blanks, is_bounded, is_of_few_cases
from analysis.report.content import FIRST_PAGE, Block, Card, Cards, Paragraph, Section
from analysis.report.inputs import DUE_WITHIN_DAYS, OF_LIMITS, Material
from analysis.report.one_court import whose_work
from analysis.report.sections.limits import due_or_over
from analysis.report.sections.printed import AMONG, COMPARED, conflict_count
from analysis.report.sections.situation import FINDINGS, YEAR_ON_YEAR, headline, moved, with_blanks
from analysis.report.sections.years import figure_or_parts, is_few, kind_of_unit, parts_shown
from analysis.vocabulary import sentences
from analysis.vocabulary.labels import code_text
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, in_language, joined, number_of

PROBLEMS = 2  # to watch, on page one
CARDS = {
    "received": Text("受理", "On hand"),
    "closed": Text("结案", "Closed"),
    "closing": Text("未结", "Pending"),
    "closure_rate": Text("结案率", "Closure rate"),
    "recovery_rate": Text("到位率", "Recovery rate"),
    OF_LIMITS: Text(term(OF_LIMITS).zh, "Closed within the limit"),  # as much as a card has room for
}
IN_DAYS_CALLED = Text("结案中180日内办结", "Closed within 180 days")
KEY_FIGURES = Text(
    "受理、结案、未结按台账逐案计数；下列六项数字的口径见“口径说明”。",
    "On hand, closed and pending are counted case by case; the six figures below are defined in Definitions.",
)
ROUND_SAID = Text("累积与清理：", "Accumulating and clearing: ")
WATCH = Text("需要关注：", "To watch: ")
LIMITS = Text(
    "未结案件的期限，见 limit_rules。",
    "The limits of the pending cases, as in limit_rules.",
)
CHECKED = Text(
    "台账检查的结果和读入时隔离的行，见“数据质量”。",
    "What the checks of the register found and the rows set aside; see Data quality.",
)
NOT_KNOWN = Text("无数字", "no figure")
MORE_OR_FEWER = re.compile(" (?:more|fewer) ")
WHY_NOT = re.compile("无法判断：台账没有[^；：]*|cannot be told: the register holds no [^;:]*")
NOT_OUTSIDE = Text("金额不对外", "money is not shown outside")
OTHER_CALENDAR = Text("金额只按台账所写的统计历列出", "money is shown by the register's own statistical calendar alone")
FEW_BLANK = Text(
    "少数案件未填金额，列出会推知其标的额", "a few cases lack an amount, and the rate would tell their claims"
)
BY_COURT = Text(
    "有法院的金额不对外，合计也不列，可分院计算",
    "money of one of the courts is not shown outside, so neither is that of all; it can be computed by court",
)


def summary(material: Material) -> Section:
    """Headline, key figures, the three observations that tell most, the verdict on the round, and what to watch."""
    if not material.is_compared_whole:
        page = [*_headed(material), *moved(material)]
        page.append(Paragraph(f"{ROUND_SAID}{material.round_text}"))
        page += _watch(material)
        return Section(FIRST_PAGE, str(Text("要点", "In brief")), tuple(page))
    found = material.observations
    heads = found.headlines(FINDINGS)
    blocks: list[Block] = [*_headed(material), Cards(tuple(_cards(material)))]
    blocks += [
        _observed(_class(row["class"] if row["score"] >= TELLING else NOTE), row) for row in heads.to_dict("records")
    ]
    blocks += [_observed(ROUND_SAID, row) for row in found.of_kind(ROUND).to_dict("records")]
    rest = found.headlines(len(found.table)).iloc[len(heads) :]
    problems = rest[(rest["class"] == PROBLEM) & (rest["score"] >= TELLING)]
    blocks += [_observed(WATCH, row) for row in problems.head(PROBLEMS).to_dict("records")]
    blocks += _watch(material)
    return Section(FIRST_PAGE, str(Text("要点", "In brief")), tuple(blocks))


def _observed(lead: Text, row: Mapping[Any, Any]) -> Paragraph:
    """An observation with what it is, and the call that gives it again."""
    return Paragraph(f"{lead}{in_language(row['sentence'])}", calls=(row["call"],), basis=in_language(row["evidence"]))


def _headed(material: Material) -> list[Paragraph]:
    """The year in one sentence, and of which courts it is where the register holds several, or numbers of several."""
    courts = whose_work(material.cases)
    mixed = [
        cell
        for (_, rule), first in material.findings.first.items()
        if rule == "several_courts"
        for cell in first["problem"]
    ]
    said = [str(courts)] if courts.zh else [f"{WATCH}{in_language(cell)}{Text('。', '.')}" for cell in mixed]
    calls = [material.flow_call, f"{material.observations_call}.key_figures"]
    if material.is_compared_whole and len(material.closed_in_days):
        calls.append(material.days_call)
    head = Paragraph(str(headline(material)), strong=True, calls=tuple(calls), basis=str(KEY_FIGURES))
    return [head, *map(Paragraph, said)]


def _class(name: str) -> Text:
    called = code_text("class", name) or Text(name, name)
    return Text(f"{called.zh}：", f"{capital(called.en)}: ")


def _cards(material: Material) -> Iterator[Card]:
    """The six key figures, each with its change on the year before, its target, and its course over the years."""
    figures = material.observations.key_figures
    for name, label in CARDS.items():
        own = figures[figures["indicator"] == name].sort_values("period_start")
        row = own.iloc[-1] if len(own) else {"value": None}
        if not pd.isna(row["value"]):
            yield _card(material, label, own)
        elif name == OF_LIMITS and len(material.closed_in_days):
            yield _card_of_days(material)
        else:
            yield Card(str(label), str(NOT_KNOWN), change=_why_not(material, name))


def _card(material: Material, label: Text, own: pd.DataFrame) -> Card:
    """The card of a figure of several years, the last of which is known."""
    rows: list[Any] = own.to_dict("records")
    row, before = rows[-1], rows[-2:-1]
    is_open = has_blanks(row)
    known = own["value"].where(own["least"].isna())
    trend = tuple(None if pd.isna(value) else float(value) for value in known)
    undecided = material.undecided(row["indicator"])
    is_compared = before and not any(is_bounded(of) or has_blanks(of) for of in (row, before[0]))
    said = (
        [_open(row, before[0] if before else None, material.blank_amounts)]
        if is_open
        else [_change(row, before[0])]
        if is_compared
        else []
    )
    if undecided:
        said.append(Text(f"{undecided:,}件是否已结不知，按未结计", f"{undecided:,} may be closed, counted as pending"))
    return Card(
        label=str(label),
        value=str(_value(row)),
        change=str(joined(said)) if said else "",
        target=str(_target(row)),
        trend=() if is_open or is_bounded(row) else trend,
        since=str(own["period_end"].min().year),
        cells=_cells(material, row),
    )


def _cells(material: Material, row: dict[str, Any]) -> dict[str, Any]:
    """A figure as a row of a table: what it is, or its limits, its unit, what it is made of and the unit of that, its target."""
    limits = dict(zip(("lower", "upper"), (row["least"], row["most"]), strict=True)) if is_bounded(row) else {}
    base, kind = material.definition(row["definition"]).denominator, kind_of_unit(row["unit"])
    return {
        "value": figure_or_parts(row, kind),
        "kind": kind,
        "unit": row["unit"],
        **limits,
        **{part: row[part] for part in ("numerator", "denominator") if base},
        **({"of_parts": base[0].unit} if base else {}),
        **{end: row.get(end) for end in ("target_low", "target_high")},
    }


def _card_of_days(material: Material) -> Card:
    """The card of the closings within 180 days of filing, with their numbers, and why it is not that of the statutory limit: no room for a line of years."""
    own = material.closed_in_days
    row: Any = own.iloc[-1].to_dict()
    card = _card(material, IN_DAYS_CALLED, own)
    why = _why_not(material, OF_LIMITS)
    label = CARDS[OF_LIMITS]
    limit = str(Text(f"{label.zh}{why}", f"{label.en.lower()} {why}")) if why else ""
    if is_few(row):
        return replace(card, change=capital(limit), trend=(), since="")
    told = "" if is_bounded(row) else parts_shown(row)
    said = str(Text("；", "; ")).join(filter(None, [told, card.change, limit]))
    return replace(card, change=capital(said), trend=(), since="")


def _why_not(material: Material, name: str) -> str:
    """Why a figure is missing: a column that is not there, or amounts that are not shown outside; empty where its note gives no such reason."""
    note = in_language(str(material.indicator(name).get("note") or ""))
    if in_language(HELD_BACK.cell) in note:
        sums = [material.indicator(of).get("value") for of in ("amount_closed", "amount_recovered")]
        is_of_blanks = name == "recovery_rate" and not pd.isna(pd.Series(sums, dtype="float64")).any()
        if material.calendar != material.cases.calendar:
            return str(OTHER_CALENDAR)
        return str(FEW_BLANK if is_of_blanks else BY_COURT if len(material.cases.courts) > 1 else NOT_OUTSIDE)
    found = WHY_NOT.search(note)
    return found[0] if found else ""


def _open(row: dict[str, Any], before: dict[str, Any] | None, blank: Text) -> Text:
    """What is said of a figure of which some amounts are not filled in."""
    number, unclaimed, said = int(row["unfilled"]), int(row["unclaimed"]), []
    if number:
        counted = Text(f"{number:,}件{blank.zh}", f"{number:,} {blank.en}")
        has_rate = row["unit"] == "%" and not is_of_few_cases(row)
        said.append(sentences.left_open(number, row["value"], blank=blank) if has_rate else counted)
    if unclaimed:
        said.append(Text(f"不含未填标的额的{unclaimed:,}件", f"without the {unclaimed:,} of no stated claim"))
    return _listed([*said, with_blanks(blank, row, before)])


def _listed(said: Sequence[Text]) -> Text:
    return Text("，".join(text.zh for text in said), ", ".join(text.en for text in said))


def _value(row: dict[str, Any]) -> Text:
    if row["unit"] != "%":
        is_known = pd.isna(row["least"])
        return sentences.cases(row["value"]) if is_known else count_between(row["least"], row["most"], row["unit"])
    if is_of_few_cases(row):
        return Text(parts_shown(row), parts_shown(row))
    if pd.isna(row["least"]):
        return sentences.rate(row["value"])
    low, high = (sentences.rounded(row[bound], 1) for bound in ("least", "most"))
    return Text(f"{low}–{high}%", f"{low}–{high}%")


def _change(row: dict[str, Any], before: dict[str, Any]) -> Text:
    if is_few(row) or is_few(before):  # no points where either is told by its parts
        year, shown = before["period_end"].year, _value(before)
        return Text(f"{year}年{shown.zh}", f"{shown.en} in {year}")
    value, base = row["value"], None if pd.isna(before["value"]) else before["value"]
    is_rate = row["unit"] == "%"
    said = (
        sentences.points(value, base, against=YEAR_ON_YEAR)
        if is_rate
        else sentences.change(value, base, against=YEAR_ON_YEAR, unit=row["unit"])
    )
    on = f"{'than in' if MORE_OR_FEWER.search(said.en) else 'on'} {before['period_end'].year}"  # shorter, as a card has little room
    return Text(said.zh, said.en.replace("percentage point", "point").replace(YEAR_ON_YEAR.en, on))


def _target(row: dict[str, Any]) -> Text:
    bounds = [(sign, row.get(f"target_{end}")) for sign, end in (("≥", "low"), ("≤", "high"))]
    said = " ".join(f"{sign}{value:g}" for sign, value in bounds if value is not None and not pd.isna(value))
    return Text(f"目标{said}", f"target {said}") if said else Text("", "")


def _borne_out(material: Material) -> Text:
    """Say of how many conflicts every figure is the register's: these count different cases."""
    match, conflicts = material.printed, material.reconciliation.conflicts if material.reconciliation else None
    if match is None or conflicts is None:
        return Text("", "")
    key = ["period_start", "period_end", "measure"]
    agreed = set(match.loc[match["verdict"] == "agrees", key].itertuples(index=False, name=None))
    own = conflicts[conflicts["court"] == material.court]
    number = sum(set(part[key].itertuples(index=False, name=None)) <= agreed for _, part in own.groupby("conflict"))
    if not number:
        return Text("", "")
    return Text(
        f"其中{number}组的各数都与台账相符：所计的案件不同（如比率不含未填金额的案件）。",
        f" Of {number} every figure is the register's: they count different cases (such as a rate without blanks).",
    )


def _watch(material: Material) -> Iterator[Paragraph]:
    """Gather what a later section found that somebody should see to, with its number and the call that gives it again."""
    parts = (
        (due_or_over(material), f"an.deadlines(cases, within_days={DUE_WITHIN_DAYS})", LIMITS),
        (_published(material), "an.compare_printed(cases, returns)", COMPARED),
        (_contradicting(material), "an.reconcile(returns)", AMONG),
        (_flawed(material), "an.check_cases(cases)", CHECKED),
    )
    for texts, call, basis in parts:
        for text in texts:
            yield Paragraph(f"{WATCH}{text}", calls=(call,), basis=str(basis))
    changed = len(material.revised)
    if changed:
        said = Text(
            f"以往公布的{changed}个数字已有修订。",
            f"{number_of(changed, 'figure')} published before revised.",
        )
        yield Paragraph(f"{WATCH}{said}")


def _published(material: Material) -> Iterator[Text]:
    match = material.printed
    wrong = 0 if match is None else int((~match["verdict"].isin(AGREES)).sum())
    if wrong:
        yield Text(
            f"{wrong}个公布数字与台账不符。",
            f"{number_of(wrong, 'published figure')} that the register does not give.",
        )


def _contradicting(material: Material) -> Iterator[Text]:
    count = 0 if material.reconciliation is None else conflict_count(material.reconciliation)
    if count:
        yield Text(
            f"公布数字之间有{count}组互相矛盾。",
            f"{number_of(count, 'set')} of published figures cannot all be true.",
        ) + _borne_out(material)


def _flawed(material: Material) -> Iterator[Text]:
    """The year's cases with errors, closure modes that are no known words, and rows that could not be used."""
    flawed, received = material.wrong_cases, material.flow(material.year)["received"]
    if flawed:
        these, share = sentences.cases(flawed), sentences.rate(100 * flawed / received)
        of_all = Text("", "")
        if material.is_whole(material.year) and received >= sentences.LEAST_BASE:
            of_all = Text(f"，占{share.zh}", f", {share.en} of those on hand")
        yield Text(
            f"本年受理的案件中{these.zh}的记录有错误级问题{of_all.zh}，涉及本期数字（见“数据质量”）。",
            f"{these.en} of the year's have errors in the register{of_all.en}: they touch its figures (see Data quality).",
        )
    unknown, stated = material.unknown_modes
    if unknown:
        yield Text(
            f"本年写明结案方式的结案{stated:,}件，其中{unknown:,}件结案方式的用词不认识，与未填的归在一起：涉及结案方式的数字为上下界或“至少”。",
            f"{unknown:,} of {stated:,} cases closed in the year with a stated mode have one that is no known word, and stand with the blanks: figures by mode "
            'carry bounds or are "at least".',
        )
    dropped = len(material.cases.quarantine)
    if dropped:
        yield Text(
            f"台账有{dropped:,}行无法使用，未计入任何数字。",
            f"{number_of(dropped, 'row')} of the register could not be used and {'is' if dropped == 1 else 'are'} in "
            "no figure.",
        )
