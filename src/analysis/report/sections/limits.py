"""Time and limits: how long cases take with open ones counted, how old the pending are, what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.report.content import COUNT, DATE, DECIMAL, Block, Figure, Native, Paragraph, Section, Table
from analysis.report.inputs import DUE_WITHIN_DAYS, Material
from analysis.vocabulary import sentences
from analysis.vocabulary.errors import DataError
from analysis.vocabulary.text import Text, in_language

if TYPE_CHECKING:
    import pandas as pd

    from analysis.measures.durations.ages import PendingAges


FEWEST_DRAWN = 10  # pending cases below which their ages are a sentence
LISTED = 30  # rows of a list that a report carries; the rest is counted


def limits(material: Material) -> Section:
    """Time to close beside the age of the pending, and the cases due soon or over."""
    from analysis.measures.durations.ages import pending_ages

    ages = pending_ages(material.cases)
    due = material.due
    blocks: list[Block] = [
        *_durations(material),
        Paragraph(str(sentences.sentence(ages.caption))),
        *_ages(ages),
        *([_beside(ages)] if material.is_whole(material.year) else []),
        Table(
            id="limits-due",
            caption=str(Text(f"{DUE_WITHIN_DAYS}日内到期和已超期", f"Due within {DUE_WITHIN_DAYS} days, or over")),
            function="analysis.deadlines",
            parameters={"within_days": DUE_WITHIN_DAYS, "scheme": material.scheme},
            note=_note(due),
            frame=due.head(LISTED).drop(columns=list(material.cases.lacking("officer")), errors="ignore"),
            formats={"due_on": DATE, "days_left": COUNT},
        )
        if len(due)
        else Paragraph(_nothing_due(due)),
    ]
    return Section("limits", str(Text("期限与时长", "Time and limits")), tuple(blocks))


def _beside(ages: PendingAges) -> Table:
    return Table(
        id="limits-mean-and-age",
        caption=str(
            Text("平均结案时长与未结账龄并列（天）", "Mean time to close beside the age of the pending (days)")
        ),
        function="analysis.pending_ages",
        frame=ages.summary.rename(columns={"median_days": "median"}),
        formats=dict.fromkeys(("pending", "closed"), COUNT)
        | dict.fromkeys(("mean_age", "median_age", "oldest_age", "mean_days", "median", "disposition_time"), DECIMAL),
    )


def _ages(ages: PendingAges) -> list[Block]:
    """How old the pending are: a chart, of few cases a sentence."""
    from analysis.charts.ages import plot_ages

    held = ages.bands[ages.bands["cases"] > 0]
    if not len(held):
        return []
    if held["cases"].sum() < FEWEST_DRAWN:
        cells = list(zip(held["band"], held["cases"], strict=True))
        zh = "，".join(f"{in_language(band, 'zh')}的{cases}件" for band, cases in cells)
        en = ", ".join(f"{cases} of {in_language(band, 'en')}" for band, cases in cells)
        return [Paragraph(str(Text(f"未结案件按已立案时间：{zh}。", f"Pending cases by time since filing: {en}.")))]
    return [
        Figure(
            id="limits-ages",
            caption=str(Text("未结案件的账龄", "Age of the pending")),
            function="analysis.plot_ages",
            plot=plot_ages,
            result=ages,
            numbers=ages.bands,
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
    return [
        Paragraph(str(sentences.sentence(taken.caption))),
        Figure(
            id="limits-time-to-close",
            caption=str(Text("自立案起未结的比例（Kaplan–Meier）", "Share not yet closed since filing (Kaplan–Meier)")),
            function="analysis.plot_durations",
            parameters={"by": by},
            plot=plot_durations,
            result=taken,
            numbers=taken.curve,
        ),
        Table(
            id="limits-medians",
            caption=str(Text("结案时长的中位数及其区间（天）", "Median time to close and its interval (days)")),
            function="analysis.time_to_close",
            parameters={"by": by},
            frame=taken.summary,
            formats=dict.fromkeys(("n", "events", "median", "median_lower", "median_upper"), COUNT),
        ),
    ]


def _note(due: pd.DataFrame) -> str:
    """Say what the list leaves out or assumes."""
    more = len(due) - LISTED
    rest = [str(Text(f"另有{more}件未列出。", f"{more} more are not listed."))] if more > 0 else []
    said = [str(sentences.sentence(Text(in_language(n, "zh"), in_language(n, "en")))) for n in due.attrs["notes"]]
    return str(Text("", " ")).join([*rest, *said])


def _nothing_due(due: pd.DataFrame) -> str:
    none = Text(
        f"没有{DUE_WITHIN_DAYS}日内到期或已超期的案件。", f"No case is due within {DUE_WITHIN_DAYS} days, or over."
    )
    return str(none) + str(Text("", " ")) + _note(due)
