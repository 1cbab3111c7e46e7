"""The data review of a month or quarter as documents: one for Word with the minutes to fill in, and a deck of eight to ten slides."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.cases.table import Cases
from analysis.charts.caseflow import plot_caseflow
from analysis.charts.caseflow_words import course_of, finding_of, span_of
from analysis.checks.readable import must_carry_a_report
from analysis.measures.caseflow import caseflow
from analysis.measures.pseudonyms import words_of_court
from analysis.observations.data_review import (
    EASED,
    OFF,
    RULE,
    WHY,
    WORSE,
    WORSENED,
    DataReview,
    data_review,
    shown_figure,
)
from analysis.observations.drill import BEYOND
from analysis.observations.own_intervals import interval_text
from analysis.observations.sentences import is_of_few_cases
from analysis.register.confidential import confidential
from analysis.register.disclosure import holds_number_of_person
from analysis.register.file_names import shown_given
from analysis.report.content import (
    BY_ROW,
    NUMERALS,
    Figure,
    Native,
    Paragraph,
    Report,
    Section,
    Table,
)
from analysis.report.formats.writers import must_be_formats, written
from analysis.report.manifest import asked_record, exhibits, file_given, frame_checksum, register_given, versions, zeros
from analysis.report.minutes import FILLED, minutes_table, read_minutes, what_became
from analysis.report.one_court import court_name_text, of_one_court, whose_work, without_english
from analysis.report.publish import must_take_a_report, publish, say_what_stands_there
from analysis.report.review_tables import BOUNDED, NOW, cell_of, change_of, grouped
from analysis.report.review_variation import variation_page
from analysis.report.sections.years import OF_FEW, kind_of_unit
from analysis.report.yearly import SYNTHETIC, Published
from analysis.vocabulary import sentences
from analysis.vocabulary.dates import period_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.frames import records
from analysis.vocabulary.language import speaking
from analysis.vocabulary.periods import months_of
from analysis.vocabulary.result import problems_of
from analysis.vocabulary.text import Text, capital, in_language, joined, number_of, spaced, text_of_cell

FORMATS = ("docx", "pptx")
TITLE = Text("执行数据会商材料", "data review of enforcement")
INSIDE = Text(
    "本材料列出小组、区域和金额，仅供院内会商使用，不对外提供。",
    "With teams, areas and amounts, for the meeting inside the court alone; not for outside.",
)
MAY_LEAVE = Text(
    "本材料供院内会商使用，按可以对外的标准编写，不列金额和过小的分组。",
    "For the meeting inside the court, written so that it may leave it: without amounts and groups of few cases.",
)
TO_SHOW_ALL = Text(
    "要列出金额和全部分组的，编写时加--names（names=True），仅供院内使用。",
    "To have amounts and all groups, for use inside alone, it is made with --names (names=True).",
)
MONTHS = 13  # of stock and flow on the chart
MOST_DRAWN = 2  # indicators with a special cause whose months are drawn
FEW_WEAK = 2  # weak points below which the deck has room for the months of each indicator
MOST_SLIDES, BESIDES = 10, 5  # slides that stand in every deck: title, overview, indicators, questions, minutes
IN_WORD, ON_SLIDE = {"drill": 12, "behind": 30}, {"drill": 3, "behind": 6}  # rows by breakdown, and cases, shown
ROWS_ON_SLIDE, GROUPS_ON_SLIDE = 14, 8  # indicators; groups of one of the weakest
ALWAYS = ("filed", "closed", "closing")  # indicators that a slide holds before others without a direction
ROOM_TO_WRITE = "\u00a0" * 20
# To be written on by hand: two to a line, which holds both, as a line that ends within one begins with its bracket.
BLANKS = (
    Text("【成因：　　　　　】【措施：　　　　　】", f"[Cause:{ROOM_TO_WRITE}] [Measure:{ROOM_TO_WRITE}]"),
    Text("【责任人：　　　　】【时限：　　　　　】", f"[By whom:{ROOM_TO_WRITE}] [By when:{ROOM_TO_WRITE}]"),
)
NOT_FILLED = Text("上次会商的纪要表没有填写。", "The minutes of the former review are not filled in.")
AMOUNTS = r"[\d,.\-−—\s]"  # what two figures of one unit may differ by
OF_MINUTES = Text(
    "事项、措施、责任人、时限、办理情况是会议所写的文字，见上次会商材料的同一序号；院内使用请加 names=True（--names），写在本表。",
    "Matters, measures, persons, times and outcomes are words of the meeting: they stand under the same number in the former document, and here "
    "with names=True (--names), for use inside the court.",
)
NO_INTERVAL = Text(
    "没有给出本院的合理区间，不作区间评价。", "No interval of the court's own was given: nothing is set beside one."
)
HOW = Text(
    "比率的增减为百分点；“超出随机波动”是与上年同期相比、在全部指标一并检验后仍不能用随机波动解释的；全数统计的件数、金额本身就是事实，不作检验。"
    "分组表中小组按序号排列，其余按变差所涉案件由多到少排列。成因和措施由会商填写，数字不能给出。",
    "Changes of rates are percentage points; beyond random variation is what chance does not explain beside the year before when all indicators are "
    "judged together; counts and amounts of all cases are facts and are not tested. Teams stand by their numbers, other groups by how many cases are "
    "behind what worsened. Causes and measures are the meeting's to write.",
)  # fmt: skip


def build_data_review(
    cases: Cases,
    *,
    to: int | str | None = None,
    out: str | Path | None = None,
    language: str | None = None,
    formats: Sequence[str] = FORMATS,
    template: str | Path | None = None,
    definitions: str | Path | Sequence[str | Path] | None = None,
    intervals: str | Path | pd.DataFrame | None = None,
    former: str | Path | None = None,
    calendar: str | None = None,
    names: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Published:
    """Write the data review (会商) of the months of the year so far: a Word document with the minutes to fill in, and a deck of 8–10 slides.

    Every indicator stands beside the year before and the court's own interval with its position, its way, and whether the change is real or
    chance; the three weakest with team, basis, township and the numbers of the cases behind; questions with blanks for cause and measure; the table of
    minutes. ``former`` is the Word document of the last review with its minutes filled in: the next one opens with them. It is for the meeting inside the court
    and passes the gate of what leaves it, unless ``names=True``. The same input gives the same bytes.

    Parameters
    ----------
    cases : Cases
        The register.
    to : str
        The last month (``2025-05``), quarter or half-year; without it the last month that is over.
    out : path
        The folder to write into; default ``reports/data-review-<month>``.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    formats : list of str
        ``docx``, ``pptx``.
    template : path
        The office's own .docx for Word.
    definitions : str, path or list
        The definition set; without it the one that the register names.
    intervals : DataFrame or path
        The court's own intervals: ``indicator, low, high`` (指标、下限、上限).
    former : path
        The Word document of the former review, its minutes filled in.
    calendar : str
        The statistical calendar; without it the register's.
    names : bool
        ``True`` shows townships and teams as the register writes them, and what the meeting wrote into the former minutes.
    progress : callable
        Told of each part that is done.

    Returns
    -------
    Published
        Folder, files, manifest and content.

    Raises
    ------
    ArgumentError
        For a month that is none, an unknown format, an interval of no indicator.
    InputError
        For a former document without minutes, and a column of the register in which nothing can be read.
    OutputError
        Where nothing can be written.

    >>> import tempfile
    >>> import analysis as an
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-04-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     published = build_data_review(cases, to="2011-05", out=folder, formats=["docx"], definitions="counts")
    >>> [path.name for path in published.files]
    ['data-review-2011-05.zh.docx']
    """
    for name in formats:
        if name not in FORMATS:
            raise ArgumentError.not_one_of("formats", name, FORMATS)
    must_be_formats(formats, template=template)
    must_take_a_report(out)
    say = progress or (lambda _: None)
    with speaking(language) as spoken:
        must_carry_a_report(cases)
        cases = of_one_court(cases)
        calendar = calendar or cases.calendar
        last_time = None if former is None else read_minutes(former)
        say(str(Text("计算…", "Computing…")))
        review = data_review(cases, to=to, definitions=definitions, intervals=intervals, calendar=calendar, names=names)
        sought = None if names else confidential(cases)
        decided = None if last_time is None else what_became(last_time, review)
        parts = _Parts(cases, review, decided, calendar, names=names)
        footer = f"court-analysis {versions()['court-analysis']} · {review.periods.now.end.date()}"
        year, _, month = months_of(review.periods.now.start, review.periods.now.end, calendar=calendar) or (
            review.periods.now.end.year,
            0,
            review.periods.now.end.month,
        )
        name = f"data-review-{year}-{month:02d}"
        folder = Path(out) if out is not None else Path("reports") / name
        say_what_stands_there(folder, name, progress)
        files: dict[str, bytes] = {}
        for kind, content in (("docx", parts.document), ("pptx", parts.deck)):
            if kind in formats:
                special: dict[str, Any] = {"template": template} if kind == "docx" else {}
                files |= written(content(spoken), footer, f"{name}.{spoken}", [kind], say, **special)
        report = parts.document(spoken)
        given = {
            part: Path(str(path))
            for part, path in (("intervals", intervals), ("former", former))
            if isinstance(path, str | Path)
        }
        own = words_of_court(cases)
        manifest = {
            "inputs": register_given(cases)
            | {part: file_given(file, own) for part, file in given.items()},
            "parameters": {
                "to": f"{year}-{month:02d}",
                "as_of": str(review.periods.now.end.date()),
                "calendar": calendar,
                "definitions": _recorded(definitions, own),
                "names": names,
                "blank_means_zero": zeros(cases),
                "intervals": frame_checksum(intervals) if isinstance(intervals, pd.DataFrame) else None if intervals is None else shown_given(intervals, own),
            },
            "versions": versions(),
            "synthetic": cases.synthetic,
            "files": {},
            "reports": {spoken: {"files": list(files), "exhibits": exhibits(report)} | asked_record(template, own=own)},
        }  # fmt: skip
        folder = publish(files, manifest, folder, confidential=sought)
    return Published(folder, tuple(folder / file for file in files), manifest, report)


def _recorded(definitions: Any, own: Collection[str]) -> list[str]:
    """Definition sets as the manifest keeps them: a file by its name."""
    listed = [] if definitions is None else [definitions] if isinstance(definitions, str | Path) else list(definitions)
    return [shown_given(name, own) for name in listed]


def _without_free_text(table: pd.DataFrame) -> pd.DataFrame:
    """The former minutes by number, indicator and figures: what the meeting wrote is free text and stands in the former document.

    An indicator that the review does not know, and a figure in other words than the present one, are free text too.
    """
    figures = [then if _is_as(then, now) else "" for then, now in zip(table["figure"], table["now"], strict=True)]
    return table.assign(indicator=table["indicator"].where(table["now"] != "", ""), figure=figures).drop(
        columns=list(FILLED)
    )


def _is_as(figure: str, now: str) -> bool:
    """Whether a figure of the former minutes is the present one in either language but for its number."""
    words = [re.sub(AMOUNTS, "", of) for of in now.split("\n")]
    return bool(now) and re.sub(AMOUNTS, "", figure) in words and not holds_number_of_person(figure)


class _Parts:
    """The parts of a review, from which the document and the deck take theirs."""

    def __init__(
        self, cases: Cases, review: DataReview, decided: pd.DataFrame | None, calendar: str, *, names: bool
    ) -> None:
        self.cases, self.review, self.decided, self.calendar, self.names = cases, review, decided, calendar, names

    def document(self, language: str) -> Report:
        """The document for Word."""
        weak = [self._weak(number, row, IN_WORD) for number, row in enumerate(self._rows(), start=1)]
        sections = [
            *self._former(), self._overview(len(self.review.headlines), with_round=True), self._indicators(len(self.review.indicators)),
            *self._variation(most=MOST_DRAWN),
            *weak, self._questions(every=True), self._minutes(), self._notes(),
        ]  # fmt: skip
        return self._report(language, sections)

    def deck(self, language: str) -> Report:
        """The deck: eight to ten slides, the weakest one each."""
        weak = [self._slide(number, row) for number, row in enumerate(self._rows(), start=1)]
        room = MOST_SLIDES - BESIDES - len(weak) - (self.decided is not None)
        more = [*self._flow(), self._notes(), *(self._variation(most=0) if len(weak) < FEW_WEAK else [])][
            : max(room, 0)
        ]
        sections = [
            *self._former(), self._overview(2, with_round=False), *more[:1], self._indicators(ROWS_ON_SLIDE), *weak, self._questions(every=False),
            self._minutes(), *more[1:],
        ]  # fmt: skip
        return self._report(language, sections)

    def _report(self, language: str, sections: Sequence[Section]) -> Report:
        court, now = str(court_name_text(self.cases)), self.review.periods.now
        return Report(
            title=f"{capital(court)}{Text('', ': ')}{TITLE}", subtitle=capital(str(sentences.period(now.start, now.end))), language=language,
            year=now.end.year, court=court, sections=tuple(sections), synthetic=str(SYNTHETIC) if self.cases.synthetic else "", is_short=True,
        )  # fmt: skip

    def _rows(self) -> list[dict[str, Any]]:
        return records(self.review.weakest)

    def _overview(self, headlines: int, *, with_round: bool) -> Section:
        said = [
            INSIDE if self.names else MAY_LEAVE,
            self.review.said_of_weakest,
            *self.review.headlines[:headlines],
            *([self.review.round] if with_round and self.review.round.zh else []),
            whose_work(self.cases),
        ]
        blocks: list[Any] = [Paragraph(str(text)) for text in said if text.zh]
        return Section(
            "review-overview", str(Text("概况", "Overview")), (*blocks, *(self._figures() if with_round else ()))
        )

    def _flow(self) -> list[Section]:
        figures = tuple(self._figures())
        said = tuple(Paragraph(str(self._course(figure.numbers))) for figure in figures)
        return [Section("review-flow", str(Text("收结存", "Stock and flow")), (*said, *figures))] if figures else []

    def _course(self, months: pd.DataFrame) -> Text:
        """The months of the review in words, of which the title speaks too; of a single one all that are drawn."""
        own = months[months["period"] >= self.review.periods.now.start].reset_index(drop=True)
        rows = own if len(own) > 1 else months
        return span_of(rows, "M") + Text("，", ". ") + course_of(rows, "M") + problems_of(months)

    def _figures(self) -> Iterator[Figure]:
        """The months up to the last one; the title says what was filed and closed in the period of the review, which the months before are beside."""
        now = self.review.periods.now
        flow = caseflow(self.cases, freq="M", calendar=self.calendar, period=(None, now.end), at=now.end)
        known = flow[[self.cases.beginning.is_whole(start) for start in flow["period"]]]
        months = known.tail(MONTHS).reset_index(drop=True)
        months.attrs = flow.attrs
        if len(months) > 1:
            title = (
                sentences.period(now.start, now.end) + Text("", ": ") + finding_of(known[known["period"] >= now.start])
            )
            yield Figure(
                id="review-caseflow", caption=str(span_of(months, "M") + Text("逐月新收、结案与未结", ": filed, closed and pending by month")),
                function="analysis.plot_caseflow", parameters={"freq": "M", "periods": len(months)}, plot=plot_caseflow, result=months, numbers=months,
                options={"title": capital(str(title))}, native=Native("period", {"filed": "filed", "closed": "closed", "stock": "closing"}),
            )  # fmt: skip

    def _former(self) -> list[Section]:
        if self.decided is None:
            return []
        heading = str(Text("上次会商事项办理情况", "What became of the last review"))
        if self.decided.empty:
            return [Section("review-former", heading, (Paragraph(str(NOT_FILLED)),))]
        table = self.decided.drop(columns="number") if self.names else _without_free_text(self.decided)
        table = table.loc[
            :, [name for name in table if name in ("number", "matter", "outcome") or table[name].ne("").any()]
        ].rename(columns={"figure": "figure_then"})
        note = "" if self.names else str(OF_MINUTES)
        caption = str(Text("上次议定事项及现在的数值", "What was decided, and where it stands now"))
        return [
            Section(
                "review-former", heading, (Table("review-former-table", caption, **_about(), note=note, frame=table),)
            )
        ]

    def _indicators(self, most: int) -> Section:
        table = self.review.indicators
        if most < len(
            table
        ):  # what came, what went and what is left, and those that have a direction and a verdict first, in their order
            named = table["definition"].str.rpartition("/")[2]
            is_told = table["way"].isin([WORSENED.cell, EASED.cell]) | named.isin(ALWAYS)
            ranked = is_told.astype(int) + (table["position"] != "") * 2
            table = table.loc[sorted(ranked.sort_values(ascending=False, kind="stable").index[:most])]
        left = len(self.review.indicators) - len(table)
        kinds = tuple(kind_of_unit(unit) for unit in table["unit"])
        rows = records(table)
        frame = table[["indicator", "unit", "value", "base", "change", "position", "way", "judgement"]].copy()
        frame = frame.rename(columns={"value": str(NOW)})
        for name, of in ((str(NOW), ""), ("base", "base")):
            cells = [cell_of(row, of, kind) for row, kind in zip(rows, kinds, strict=True)]
            frame[name] = pd.Series(cells, index=frame.index, dtype=object)
        frame["change"] = [change_of(row, kind) for row, kind in zip(rows, kinds, strict=True)]
        few = any(is_of_few_cases(row, of) for row in rows for of in ("", "base"))
        bounded = bool(table["least"].notna().any())
        has_interval = bool((table["position"] != "").any())
        if has_interval:
            frame.insert(
                5,
                "interval",
                [interval_text(*ends) for ends in table[["interval_low", "interval_high"]].itertuples(index=False)],
            )
        else:
            frame = frame.drop(columns="position")
        more = Text(f"另有{left}项见会商材料。", f"{left} more are in the document.") if left else Text("", "")
        notes = [
            *([] if has_interval else [NO_INTERVAL]),
            *([OF_FEW] if few else []),
            *([BOUNDED] if bounded else []),
            more,
        ]
        caption = str(Text("本期指标", "Indicators of the period"))
        formats = dict.fromkeys((str(NOW), "base", "change"), BY_ROW)
        exhibit = Table(
            "review-indicators",
            caption,
            **_about(),
            note=spaced(str(note) for note in notes if note.zh),
            frame=frame,
            formats=formats,
            row_formats=kinds,
            finding=str(_moved(self.review.indicators)),
        )
        return Section("review-indicators-section", str(Text("本期指标", "Indicators")), (exhibit,))

    def _variation(self, *, most: int) -> list[Section]:
        """The page of marks, and of up to so many indicators that stand out their months."""
        marks = self.review.marks
        return [] if marks is None else variation_page(marks, self._month(), drawn=most)

    def _month(self) -> Text:
        """The last month of the period, as the calendar names it."""
        now = self.review.periods.now
        year, _, month = months_of(now.start, now.end, calendar=self.calendar) or (now.end.year, 0, now.end.month)
        return period_text(pd.Timestamp(year, month, 1), "M")

    def _weak(self, number: int, row: dict[str, Any], most: dict[str, int]) -> Section:
        name = capital(in_language(row["indicator"]))
        said = [capital(in_language(row["reason"])) + str(Text("。", ".")), in_language(row["sentence"])]
        drill, behind = (self.review.of(getattr(self.review, part), row["indicator"]) for part in ("drill", "behind"))
        blocks: list[Any] = [Paragraph(text) for text in said]
        if len(drill):
            worst = drill.groupby("breakdown", sort=False).head(most["drill"])
            caption = str(Text(f"{name}：分组情况", f"{name} by group"))
            blocks.append(Table(f"review-drill-{number}", caption, **_about(), **grouped(worst, row["unit"])))
        if len(behind):
            listed = behind.head(most["behind"])
            if "closure_mode" in listed:
                listed = listed.drop(columns="basis", errors="ignore")  # no more columns than a page holds
            caption = str(Text(f"{name}：所涉案件（{len(behind):,}件）", f"{name}: cases behind ({len(behind):,})"))
            left = len(behind) - len(listed)
            note = (
                str(Text(f"只列前{len(listed)}件，另有{left:,}件。", f"The first {len(listed)}; {left:,} more."))
                if left
                else ""
            )
            blocks.append(Table(f"review-behind-{number}", caption, **_about(), note=note, frame=listed))
        return Section(f"review-weak-{number}", _weak_heading(number, name, row["reason"]), tuple(blocks))

    def _slide(self, number: int, row: dict[str, Any]) -> Section:
        """One of the weakest on one slide: why, the groups that worsened most, some of the numbers behind."""
        name = capital(in_language(row["indicator"]))
        drill, behind = (self.review.of(getattr(self.review, part), row["indicator"]) for part in ("drill", "behind"))
        now = self.review.named(in_language(row["indicator"]))
        value = shown_figure(now) if now else Text("—", "—")
        said = Text(f"本期{value.zh}", value.en)
        if now and pd.notna(now["base"]):
            base = shown_figure(now, "base")
            said += Text(f"，上年同期{base.zh}", f", the year before {base.en}")
        said += Text("；", "; ") + text_of_cell(row["reason"]) + Text("。", ".")
        known = behind["case_no"].dropna().astype(str) if "case_no" in behind else pd.Series(dtype=str)
        numbers = known.head(ON_SLIDE["behind"]).tolist()
        note = str(_behind(numbers, len(behind))) if numbers else ""
        finding = f"{name}{Text('：', ': ')}{said}"
        if drill.empty:
            blocks: tuple[Any, ...] = (Paragraph(str(said)), *([Paragraph(note)] if note else []))
        else:
            worst = drill.groupby("breakdown", sort=False).head(ON_SLIDE["drill"]).head(GROUPS_ON_SLIDE)
            blocks = (
                Paragraph(finding),
                Table(f"review-drill-{number}", name, **_about(), finding=finding, **grouped(worst, row["unit"], note)),
            )
        return Section(f"review-weak-{number}", _weak_heading(number, name, row["reason"]), blocks)

    def _questions(self, *, every: bool) -> Section:
        blocks: list[Paragraph] = []
        for row in self._rows():
            asked = self.review.of(self.review.questions, row["indicator"])["question"]
            texts = [capital(in_language(text)) for text in (asked if every else asked.head(2))]
            if every:
                blocks.append(Paragraph(capital(in_language(row["indicator"])), strong=True))
            blocks += [Paragraph(f"{number}. {text}" if every else text) for number, text in enumerate(texts, start=1)]
            blocks += [Paragraph(str(blanks)) for blanks in BLANKS]
        return Section("review-questions", str(Text("研判：请会商回答", "For the meeting to answer")), tuple(blocks))

    def _minutes(self) -> Section:
        named = [(row, self.review.named(in_language(row["indicator"]))) for row in self._rows()]
        table = minutes_table([(text_of_cell(row["indicator"]), shown_figure(now)) for row, now in named if now])
        table.insert(0, "number", [str(n) for n in range(1, len(table) + 1)])
        caption = str(
            Text(
                "议定事项（会后填写，下次会商由此开始）",
                "Matters decided (filled in after the meeting; the next review begins with it)",
            )
        )
        return Section(
            "review-minutes",
            str(Text("会商纪要", "Minutes")),
            (Table("review-minutes-table", caption, **_about(), frame=table, to_fill_in=True),),
        )

    def _notes(self) -> Section:
        said = [
            HOW,
            RULE,
            *([] if self.names else [TO_SHOW_ALL]),
            *(Text(capital(text.zh), capital(text.en)) + Text("。", ".") for text in self.review.missing),
            self.cases.assumed,
            without_english(self.cases),
        ]
        return Section(
            "review-notes",
            str(Text("口径与不能显示的", "How it is reckoned, and what cannot be shown")),
            tuple(Paragraph(str(text)) for text in said if str(text)),
        )


def _about() -> dict[str, Any]:
    return {"function": "analysis.data_review"}


def _moved(indicators: pd.DataFrame) -> Text:
    """How many indicators moved which way, and how many of them by more than chance; nothing where none has a direction."""
    counted = [
        (way, indicators[indicators["way"] == way.cell]["judgement"] == BEYOND.cell) for way in (WORSENED, EASED)
    ]
    parts = [
        Text(f"{len(rows)}项{way.zh}", f"{len(rows)} {way.en}")
        + (
            Text(f"（{rows.sum()}项超出随机波动）", f" ({rows.sum()} beyond random variation)")
            if rows.any()
            else Text("", "")
        )
        for way, rows in counted
        if len(rows)
    ]
    return Text("指标与上年同期相比：", "Indicators on the year before: ") + joined(parts) if parts else Text("", "")


def _behind(numbers: Sequence[str], every: int) -> Text:
    """Some of the cases behind an indicator, or every one of them where a slide holds all."""
    zh, en, of = "、".join(numbers), ", ".join(numbers), number_of(every, "case")
    if len(numbers) == every:
        return Text(f"所涉{every:,}件：{zh}", f"{of} behind: {en}")
    return Text(f"所涉{every:,}件，如{zh}（更多见会商材料）", f"{of} behind, such as {en} (more in the document)")


def _weak_heading(number: int, name: str, reason: str) -> str:
    if reason not in (WHY[OFF].cell, WHY[WORSE].cell):  # it is not weak, or not known to be
        return str(Text(f"相对靠后：{name}", f"Furthest behind: {name}"))
    return str(Text(f"弱项{NUMERALS[number]}：{name}", f"Weak point {number}: {name}"))
