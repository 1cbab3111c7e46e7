"""Time limits: what is closed within some months and what is open; the annex of durations, ages and cases due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from analysis.cases.closings import counted_open
from analysis.measures.durations.ages import FEWEST_DRAWN
from analysis.measures.durations.cohorts import MONTHS, closed_within
from analysis.measures.limits.deadlines import OF_ORDINARY, near_limits, weekends_only
from analysis.measures.limits.limits import as_if_none
from analysis.report.content import COUNT, DATE, DECIMAL, Block, Figure, Native, Paragraph, Section, Table
from analysis.report.inputs import DUE_WITHIN_DAYS, Material
from analysis.vocabulary import sentences
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.periods import year_window
from analysis.vocabulary.tables import with_groups
from analysis.vocabulary.text import Text, in_language, joined, number_of, spaced, text_of_cell

if TYPE_CHECKING:
    from analysis.measures.durations.ages import PendingAges


OBSERVED = Text(
    "只计立案至截止日已满该月数的案件；未结的计为未在期内结案。",
    "Only cases filed that many months before the register's day or earlier; open ones count as not closed in time.",
)
OF_FEW = Text("满该月数的不足50件的，不计占比。", "Of fewer than 50 cases observed that long there is no share.")
LISTED = 30  # rows of a list that a report carries; the rest is counted


def limits(material: Material) -> Section:
    """Write how many of each year's filings were closed within some months, and which cases are still open."""
    return Section("limits", str(Text("期限", "Time limits")), (*_within(material), *_open(material)))


def durations(material: Material) -> Section:
    """Write the annex of time: how long cases take with open ones counted, ages, and the cases due soon or over."""
    ages, due = material.ages, material.due
    said, *drawn = _durations(material)
    blocks: list[Block] = [
        said,
        *(
            block for block in drawn if isinstance(block, Table)
        ),  # small tables before charts, which may need the next page
        *([_beside(ages, material.calendar)] if material.is_whole(material.year) else []),
        *(block for block in drawn if isinstance(block, Figure)),
        *_ages(ages),
    ]
    if len(due):
        limit, *_ = near_limits(due)
        listed, rules = _by_rule(
            due.head(LISTED).drop(columns=list(material.cases.lacking("officer")), errors="ignore")
        )
        blocks.append(
            Table(
                id="limits-due",
                finding=spaced(due_or_over(material)),
                caption=str(
                    Text(
                        f"{DUE_WITHIN_DAYS}日内届满和已超过{limit.zh}",
                        f"Due within {DUE_WITHIN_DAYS} days, or over the {limit.en}",
                    )
                ),
                function="analysis.deadlines",
                parameters={"within_days": DUE_WITHIN_DAYS, "scheme": material.shown_scheme},
                note=_note(due, rules),
                frame=listed.rename(columns=OF_ORDINARY) if due.attrs["lacking"] else listed,
                formats=dict.fromkeys(("due_on", "ordinary_due_on"), DATE)
                | dict.fromkeys(("days_left", "ordinary_days_left"), COUNT),
            )
        )
    return Section(
        "durations", str(Text("时长、案龄和到期案件", "Durations, ages and cases due")), tuple(blocks), annex=True
    )


def _within(material: Material) -> list[Block]:
    """Closed within 3, 6 and 12 months by year of filing, among those observed that long."""
    begun, calendar = material.cases.beginning, material.calendar
    years = [y for y in material.five_years if begun.holds_filings(year_window(y, calendar=calendar)[0])]
    found = closed_within(material.cases, periods=years or [material.year], calendar=material.calendar)
    found = found[found["observed"] > 0]
    if found.empty:
        return []
    spans = ["period_start", "period_end"]
    wide = found.pivot_table(index=spans, columns="months", values=["closed", "observed", "share"])
    rows = found.drop_duplicates(spans)
    # By year: the days of a court's own year would fill four lines of each row.
    frame: pd.DataFrame = rows.assign(year=rows["period_end"].dt.year)[["year", "filed"]].reset_index(drop=True)
    for months in MONTHS:
        for name in ("closed", "observed", "share"):
            if (name, months) in wide:
                shown = wide[name, months].astype("float64")
                if name == "share":
                    shown = shown.mask(wide["observed", months] < sentences.LEAST_BASE)
                if shown.isna().all():
                    continue
                frame[f"{name}_{months}"] = shown.to_numpy()
    frame.attrs["table"] = "closed_within"
    asked = {"periods": years or [material.year], "calendar": material.calendar}
    counts = [str(name) for name in frame if str(name).startswith(("closed", "observed", "filed"))]
    last = found[found["months"].isin(MONTHS[:2])].groupby("months").tail(1)
    parts = [
        Text(
            f"{year}年新收、已满{months}个月的{observed:,}件中，{months}个月内结案{closed:,}件",
            f"of {observed:,} cases filed in {year} and observed for {months} months, {closed:,} were closed within them",
        )
        + sentences.part_of(closed, observed)
        for year, months, observed, closed in last.assign(year=last["period_end"].dt.year)[
            ["year", "months", "observed", "closed"]
        ]
        .to_numpy()
        .tolist()
    ]
    if undecided := material.undecided("closing"):
        parts.append(counted_open(undecided))
    said = str(sentences.sentence(Text("；".join(t.zh for t in parts), "; ".join(t.en for t in parts))))
    call = f'an.closed_within(cases, periods={asked["periods"]}, calendar="{material.calendar}")'
    table = Table(
        id="limits-within",
        finding=said,
        caption=str(
            Text(
                "立案后3、6、12个月内结案的比例（按立案年度）",
                "Closed within three, six and twelve months, by year of filing",
            )
        ),
        function="analysis.closed_within",
        parameters=asked,
        frame=frame,
        formats=dict.fromkeys(counts, COUNT),
        note=spaced(
            [
                str(OBSERVED),
                *(in_language(n) + str(Text("。", ".")) for n in found.attrs["notes"]),
                *([str(OF_FEW)] if (found["observed"] < sentences.LEAST_BASE).any() else []),
            ]
        ),
    )
    return [Paragraph(said, calls=(call,), basis=str(OBSERVED)), table]


def _open(material: Material) -> list[Paragraph]:
    """The pending cases: of few each by its number, else how many are how old; and what is due or over."""
    ages, end = material.ages, day_text(material.cases.as_of)
    number = int(ages.bands["cases"].sum())
    named = ages.oldest[["case_no", "age_days"]].dropna() if number < FEWEST_DRAWN else ages.oldest.head(0)
    is_whole, undecided = material.is_whole(material.year), material.undecided("closing")
    count = sentences.cases(number) if is_whole else sentences.AT_LEAST + sentences.cases(number)
    said = Text(f"截至{end.zh}未结{count.zh}", f"At {end.en}, {count.en} {'is' if number == 1 else 'are'} pending")
    if undecided:
        said += sentences.in_brackets(counted_open(undecided))
    if number and len(named) == number:
        listed = [(in_language(str(no)), int(days)) for no, days in named.to_numpy()]
        zh = "、".join(f"{no}（立案{days}天）" for no, days in listed)
        en = ", ".join(f"{no} ({number_of(days, 'day')} since filing)" for no, days in listed)
        said += Text(f"：{zh}", f": {en}")
    elif number:
        held = ages.bands[ages.bands["cases"] > 0]
        cells = list(zip(held["band"], held["cases"], strict=True))
        zh = "，".join(f"{in_language(band, 'zh')}的{cases:,}件" for band, cases in cells)
        en = ", ".join(f"{cases:,} of {in_language(band, 'en')}" for band, cases in cells)
        said += Text(f"，按立案时间：{zh}", f", by time since filing: {en}")
    ordinary = _as_taken(material.due)
    limit, soon, over = near_limits(material.due)
    is_whole = is_whole and not material.due.attrs["left_out"]
    least = Text("", "") if is_whole else sentences.AT_LEAST
    late = [
        Text(f"已超过{limit.zh}的{least.zh}{over:,}件", f"{least.en}{over:,} over the {limit.en}"),
        Text(
            f"{DUE_WITHIN_DAYS}日内届满的{least.zh}{soon:,}件", f"{least.en}{soon:,} due within {DUE_WITHIN_DAYS} days"
        ),
    ]
    late = [text for text, number in zip(late, (over, soon), strict=True) if number]
    if late:
        said += Text(f"。其中{'，'.join(t.zh for t in late)}", f"; of these {', '.join(t.en for t in late)}") + ordinary
    elif number:
        of = Text("没有", "No case is") if is_whole else Text("所列案件没有", "None of the cases listed is")
        said += Text(
            f"。{of.zh}{DUE_WITHIN_DAYS}日内届满或已超过{limit.zh}的",
            f". {of.en} due within {DUE_WITHIN_DAYS} days, or over the {limit.en}",
        )
        said += ordinary
    calls = (
        f'an.pending_ages(cases, calendar="{material.calendar}")',
        f"an.deadlines(cases, within_days={DUE_WITHIN_DAYS})",
    )
    basis = Text(
        "未结：立案而截至该日未结案的；期限见 limit_rules，自立案之日起（当日不计）。",
        "Pending: filed and not closed by that day; limits as in limit_rules, from the day of filing (not counted).",
    )
    return [Paragraph(str(sentences.sentence(said)), calls=calls, basis=str(basis))]


def _as_taken(due: pd.DataFrame) -> Text:
    """What limits are taken to be where the register does not say, in brackets."""
    said = [as_if_none(due.attrs["lacking"])] if due.attrs["lacking"] else []
    said += [text_of_cell(blank) for blank in due.attrs["blank_days"]]
    return (sentences.in_brackets(joined(said)) if said else Text("", "")) + weekends_only(due)


def due_or_over(material: Material) -> Iterator[Text]:
    """The statutory limits that are over or soon will be, and apart from them those of the court's own rule."""
    limit, soon, over = near_limits(material.due)
    if soon or over:
        is_whole = material.is_whole(material.year) and not material.due.attrs["left_out"]
        least = Text("", "") if is_whole else sentences.AT_LEAST
        near, late = least + sentences.cases(soon), least + sentences.cases(over)
        ordinary = _as_taken(material.due)
        it = "it" if soon else f"the {limit.en}"
        parts = [
            Text(
                f"{near.zh}将在{DUE_WITHIN_DAYS}日内届满{limit.zh}",
                f"{near.en} due within {DUE_WITHIN_DAYS} days by the {limit.en}",
            )
        ] * bool(soon)
        parts.append(
            Text(f"{late.zh}已超过{limit.zh}", f"{late.en} over {it}")
            if over
            else Text(f"没有已超过{limit.zh}的案件", f"none over {it}")
            if is_whole
            else Text(f"所列案件没有已超过{limit.zh}的", f"none of those listed over {it}")
        )
        zh, en = "，".join(part.zh for part in parts), ", ".join(part.en for part in parts)
        yield Text(f"{zh}{ordinary.zh}。", f"{en}{ordinary.en}.")
    idle = int((material.due["kind"] == "not_started").sum())
    if idle:
        not_begun = sentences.cases(idle)
        yield Text(
            f"{not_begun.zh}超过本院规定的期限尚未开始执行。",
            f"{not_begun.en} not started within the court's own days.",
        )


def _beside(ages: PendingAges, calendar: str) -> Table:
    return Table(
        id="limits-mean-and-age",
        caption=str(
            Text("平均结案时长与未结案件已立案时间（天）", "Mean time to close beside the age of the pending (days)")
        ),
        function="analysis.pending_ages",
        parameters={"calendar": calendar},
        frame=ages.summary.rename(columns={"median_days": "median"}),
        formats=dict.fromkeys(("pending", "closed"), COUNT)
        | dict.fromkeys(("mean_age", "median_age", "oldest_age", "mean_days", "median", "disposition_time"), DECIMAL),
    )


def _ages(ages: PendingAges) -> list[Block]:
    """How old the pending are: a chart, where they are not so few that the body names them."""
    from analysis.charts.ages import drawn_bands, plot_ages

    if ages.bands["cases"].sum() < FEWEST_DRAWN:
        return []
    return [
        Figure(
            id="limits-ages",
            caption=str(Text("未结案件已立案时间", "Age of the pending")),
            function="analysis.plot_ages",
            plot=plot_ages,
            result=ages,
            numbers=drawn_bands(ages.bands),
            native=Native("band", {"recorded": "cases"}),
        )
    ]


def _durations(material: Material) -> list[Block]:
    """Time to close by whether there is property; what stands in its place where the register cannot tell it."""
    from analysis.charts.durations import plot_durations
    from analysis.measures.durations.durations import time_to_close

    by = [] if material.cases.lacking("has_property") else ["has_property"]
    try:
        begun = material.register.beginning
        observed = begun.whole if begun.how == "closing" else None
        taken = time_to_close(material.cases, by=by, observed_from=observed)
    except DataError as error:
        return [Paragraph(str(error))]
    if taken.curve.empty:  # nothing is closed
        return [Paragraph(str(sentences.sentence(taken.caption)))]
    drawn = Figure(
        id="limits-time-to-close",
        caption=str(Text("自立案起未结的比例（Kaplan–Meier）", "Share not yet closed since filing (Kaplan–Meier)")),
        function="analysis.plot_durations",
        parameters={"by": by},
        plot=plot_durations,
        result=taken,
        numbers=taken.curve,
    )
    return [
        Paragraph(str(sentences.sentence(taken.caption))),
        drawn,
        Table(
            id="limits-medians",
            picture=drawn,
            caption=str(Text("结案时长的中位数及其区间（天）", "Median time to close and its interval (days)")),
            function="analysis.time_to_close",
            parameters={"by": by},
            frame=with_groups(taken.summary),
            formats=dict.fromkeys(("n", "events", "median", "median_lower", "median_upper"), COUNT),
        ),
    ]


def _by_rule(listed: pd.DataFrame) -> tuple[pd.DataFrame, Text]:
    """The list with a mark in place of each rule, of which many cases share few, and the rules; one of all needs no column."""
    rules = list(dict.fromkeys(listed["rule"]))
    marks = {rule: f"[{place}] " if len(rules) > 1 else "" for place, rule in enumerate(rules, start=1)}
    said = joined(Text(mark + in_language(rule, "zh"), mark + in_language(rule, "en")) for rule, mark in marks.items())
    short = listed.assign(rule=[marks[rule].strip() for rule in listed["rule"]])
    return short if len(rules) > 1 else short.drop(columns="rule"), Text(f"规则：{said.zh}。", f"By rule: {said.en}.")


def _note(due: pd.DataFrame, rules: Text) -> str:
    """Say by which rules, what the list leaves out or assumes."""
    more = len(due) - LISTED
    rest = [str(Text(f"另有{more}件未列出。", f"{more} more are not listed."))] if more > 0 else []
    said = [str(sentences.sentence(text_of_cell(n))) for n in due.attrs["notes"]]
    return spaced([str(rules), *rest, *said])
