"""Bulletins of a week, month, quarter, half-year, cumulative months or year as documents, from the tables of the court's working rhythm."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

import pandas as pd

from analysis.cases.closings import counted_open
from analysis.cases.table import Cases
from analysis.checks.readable import must_carry_a_report
from analysis.measures.bulletin_tables import (
    AMOUNTS,
    CUMULATIVE,
    NEXT_DAYS,
    TITLES,
    Bulletin,
    BulletinOptions,
    at_least,
    bulletin,
)
from analysis.measures.caseflow import caseflow
from analysis.measures.indicators.indicators import undecided
from analysis.measures.pseudonyms import words_of_court
from analysis.register.confidential import confidential
from analysis.register.file_names import shown_given
from analysis.report.content import (
    BY_ROW,
    COUNT,
    DECIMAL,
    MEAN,
    PLAIN,
    RATE,
    Figure,
    Native,
    Paragraph,
    Report,
    Section,
    Table,
)
from analysis.report.formats.writers import must_be_formats, written
from analysis.report.inputs import DEFINES_COUNTS
from analysis.report.manifest import asked_record, exhibits, file_given, frame_checksum, register_given, versions, zeros
from analysis.report.one_court import court_name_text, of_one_court, whose_work, without_english
from analysis.report.publish import must_take_a_report, publish, say_what_stands_there
from analysis.report.sections.limits import LISTED
from analysis.report.sections.officers import range_of_closings
from analysis.report.sections.situation import LEFT, YEAR_ON_YEAR
from analysis.report.yearly import SYNTHETIC, Published
from analysis.vocabulary import sentences
from analysis.vocabulary.indicator_sets.sets import definition_set
from analysis.vocabulary.language import speaking
from analysis.vocabulary.periods import FREQUENCIES, Period, are_as_long, period_before, year_before
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, joined, number_of

BEFORE = Text("环比", "on the period before")
REMARKS = Text("说明：", "Notes: ")
PERIODS = {"W": 13, "M": 13, "Q": 9, "Y": 6}  # that the chart shows, the bulletin's own the last
LISTS = ("closed", "open", "plans")  # case by case, amounts in yuan
HEADINGS = {"gap": "gap_to_quota", "target": "criterion"}  # where a name means another thing elsewhere
YUAN = 10_000  # to 万元
WAN, PERCENT = Text("（万元）", " (10,000 yuan)"), Text("（%）", " (%)")
UNITS_OF: dict[str, tuple[float, str, Text]] = {
    "closed_of_filed": (100.0, RATE, PERCENT),
    "recovery": (100.0, RATE, PERCENT),
    "amount_closed": (1 / YUAN, DECIMAL, WAN),
    "days_to_start": (1.0, DECIMAL, Text("（天）", " (days)")),
}


def build_bulletin(
    cases: Cases,
    *,
    period: Period,
    out: str | Path | None = None,
    language: str | None = None,
    formats: Sequence[str] = ("html", "xlsx"),
    template: str | Path | None = None,
    interactive: bool = False,
    progress: Callable[[str], None] | None = None,
    **asked: Unpack[BulletinOptions],
) -> Published:
    """Write the bulletin of a week, month, quarter, half-year, cumulative months or year into a folder (default ``reports/bulletin-<period>``).

    ``period`` and the further arguments are those of ``bulletin``; formats are those of ``build_report``. The same input gives the
    same bytes. Raises ``ArgumentError`` for an unknown period or format, ``OutputError`` where nothing can be written, ``InputError``
    for a column of the register in which nothing can be read.

    Parameters
    ----------
    cases : Cases
        The register.
    period : text
        A day (its week), month, quarter, half-year (``2011年上半年``), cumulative months (``2011年1—5月``) or year.
    out : path
        The folder to write into.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    formats : list of str
        ``html``, ``xlsx``, ``pdf``, ``docx``, ``pptx``.
    template : path
        The office's own .docx for Word.
    interactive : bool
        ``True`` draws the charts of the HTML with plotly, which can be zoomed and makes the page 5 MB larger.
    progress : callable
        Told of each part that is done.
    **asked
        As ``bulletin`` takes them: ``evaluation`` (the higher court's table), ``items`` (kept by hand), ``scheme`` (the definition set whose
        quotas and targets hold), ``returns`` (printed figures), ``calendar`` (the statistical calendar), ``names`` (``True`` for use inside
        the court), and ``clock``, ``scope``, ``holidays``, ``excluded`` (how limits are counted).

    Returns
    -------
    Published
        Folder, files, manifest and content.

    >>> import tempfile
    >>> import pandas as pd
    >>> import analysis as an
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     published = build_bulletin(cases, period="2011-12", out=folder, formats=["xlsx"])
    >>> [path.name for path in published.files]
    ['bulletin-2011-12.zh.xlsx']
    """
    must_be_formats(formats, template=template, interactive=interactive)
    must_take_a_report(out)
    say = progress or (lambda _: None)
    with speaking(language) as spoken:
        must_carry_a_report(cases)
        cases = of_one_court(cases)
        found = bulletin(cases, period=period, **asked)
        report = _content(cases, found, spoken, asked.get("calendar") or cases.calendar, is_in_excel="xlsx" in formats)
        footer = f"court-analysis {versions()['court-analysis']} · {found.at.date()}"
        name = "bulletin-" + re.sub(r"[^\w-]+", "-", str(period).strip())  # 2011/11/25 is no name of a file
        folder = Path(out) if out is not None else Path("reports") / name
        say_what_stands_there(folder, name, progress)
        special: dict[str, Any] = {"template": template, "interactive": interactive}
        files = written(report, footer, f"{name}.{spoken}", formats, say, **special)
        own = words_of_court(cases)
        files_given = {name: Path(str(given)) for name, given in asked.items() if _is_file(given)}
        manifest = {
            "inputs": register_given(cases) | {name: file_given(path, own) for name, path in files_given.items()},
            "parameters": {"period": str(period), "as_of": str(found.at.date()), "blank_means_zero": zeros(cases)}
            | {k: _recorded(v, own) for k, v in asked.items()},
            "versions": versions(),
            "synthetic": cases.synthetic,
            "files": {},
            "reports": {
                spoken: {"files": list(files), "exhibits": exhibits(report)} | asked_record(**special, own=own)
            },
        }
        sought = None if asked.get("names") else confidential(cases)
        folder = publish(files, manifest, folder, confidential=sought)
    return Published(folder, tuple(folder / file for file in files), manifest, report)


def _recorded(given: Any, own: Collection[str]) -> str:
    """An argument as the manifest keeps it: a file by its name, a table by its checksum."""
    if isinstance(given, pd.DataFrame):
        return frame_checksum(given)
    return shown_given(given, own) if _is_file(given) else str(given)


def _is_file(given: Any) -> bool:
    """Return whether an argument names a file (a table kept by hand, a court's own scheme), of which the manifest keeps the checksum."""
    return isinstance(given, str | Path) and Path(given).is_file()


def _content(cases: Cases, found: Bulletin, language: str, calendar: str, *, is_in_excel: bool) -> Report:
    court = str(court_name_text(cases))
    sections = tuple(
        Section(
            f"bulletin-{name}",
            _heading(_titled(name, table)),
            tuple(_tables(found, name, table, is_in_excel=is_in_excel)),
        )
        for name, table in found.tables.items()
        if len(table)
    )
    said = (
        Paragraph(str(sentences.sentence(found.lead)), strong=True),
        Paragraph(str(moved(cases, found, calendar))),
        *(Paragraph(f"{REMARKS}{sentences.sentence(joined(found.remarks))}") for _ in found.remarks[:1]),
        *(
            Paragraph(str(text))
            for text in (whose_work(cases), cases.assumed, without_english(cases, kinds=("court", "team")))
            if str(text)
        ),
    )
    first = Section("bulletin-summary", str(Text("概况", "Summary")), (*said, *_drawn(cases, found, calendar)))
    return Report(
        title=f"{capital(court)}{Text('', ': ')}{TITLES[found.freq]}",
        subtitle=capital(str(sentences.period(found.start, found.end))),
        language=language,
        year=found.end.year,
        court=court,
        sections=(first, *sections),
        synthetic=str(SYNTHETIC) if cases.synthetic else "",
        is_short=True,
    )


def _drawn(cases: Cases, found: Bulletin, calendar: str) -> Iterator[Figure]:
    """The period beside those before it, up to the same one of the year before; nothing where it is the first."""
    from analysis.charts.caseflow import plot_caseflow
    from analysis.charts.caseflow_words import finding_of

    freq = found.freq if found.freq in FREQUENCIES else "M"
    flow = caseflow(cases, freq=freq, calendar=calendar, period=(None, found.at), at=found.at)
    whole = flow[[cases.beginning.is_whole(start) for start in flow["period"]]]
    shown = whole.tail(PERIODS[freq]).reset_index(drop=True)
    shown.attrs = flow.attrs
    if len(shown) > 1:
        own = shown[shown["period"] >= found.start]
        title = sentences.period(found.start, min(found.at, found.end)) + Text("", ": ") + finding_of(own)
        yield Figure(
            id="bulletin-caseflow",
            caption=str(Text("近期新收、结案与未结", "Filed, closed and pending up to this period")),
            function="analysis.plot_caseflow",
            parameters={"freq": freq, "periods": len(shown)},
            plot=plot_caseflow,
            result=shown,
            numbers=shown,
            options={"title": capital(str(title))},
            native=Native("period", {"filed": "filed", "closed": "closed", "stock": "closing"}),
        )


def moved(cases: Cases, found: Bulletin, calendar: str) -> Text:
    """Say what was filed, closed and is pending, beside the period before and the same period of the year before.

    A week has no counterpart a year before, cumulative months are set beside those of the year before alone; a year's period before is
    the year before. A period that is not over is compared with nothing.
    """
    now = found.start, found.end
    before = period_before(*now, calendar=calendar)
    has_before = found.freq not in ("Y", CUMULATIVE)
    bases = [(BEFORE, before)] if has_before and are_as_long(now, before) else []
    if found.freq != "W":
        bases.append((YEAR_ON_YEAR, year_before(*now, calendar=calendar)))
    flow = caseflow(cases, periods=[now, *(days for _, days in bases)], calendar=calendar, at=found.at).set_index(
        "period"
    )
    unknown = at_least(cases, found.start, found.at)
    unread = {d.id: undecided(cases, found.at, d) for d in definition_set(DEFINES_COUNTS).definitions}
    if found.at < found.end:
        rest = Text("期间未满，不作比较", "the period is not over and is compared with nothing")
        return sentences.sentence(_listed([*_sentences(flow, found.start, [], unknown, unread), rest]))
    begun = cases.beginning
    known = [(against, start) for against, (start, end) in bases if end >= begun.filed and begun.is_whole(start)]
    said = _sentences(flow, found.start, known, unknown, unread)
    if known and (number := max(unread.values())):
        said.append(counted_open(number) + Text("，结案、未结不作比较", ", closings and pending are not compared"))
    without = [against for against, _ in bases if against not in dict(known)]
    if without:
        zh, en = "、".join(text.zh for text in without), " or ".join(text.en for text in without)
        said.append(Text(f"台账没有可比的数字，不作{zh}", f"the register has nothing to compare with {en}"))
    if has_before and not are_as_long(now, before):
        said.append(_of_other_length(now, before))
    return sentences.sentence(_listed(said))


def _of_other_length(now: tuple[pd.Timestamp, pd.Timestamp], before: tuple[pd.Timestamp, pd.Timestamp]) -> Text:
    """Say that the period before is longer or shorter, so that nothing is compared with it."""
    own, other = ((last - first).days + 1 for first, last in (now, before))
    return Text(
        f"本期{own}天，上期{other}天，长短不同，不作环比",
        f"this period has {own} days and the one before {other}: nothing is compared {BEFORE.en}",
    )


def _sentences(
    flow: pd.DataFrame,
    start: pd.Timestamp,
    bases: Sequence[tuple[Text, pd.Timestamp]],
    unknown: Collection[str],
    unread: Mapping[str, int],
) -> list[Text]:
    """Filed, closed and pending, each with its changes; of the ``unknown`` ones how many there are at least.

    No change of a count where of some cases it is not known whether they belong to it: they are ``unread``, and count as pending.
    """
    said = []
    for name in ("filed", "closed", "closing"):
        label = LEFT if name == "closing" else term(name)
        numbers = flow[name].to_dict()
        is_least = ("pending" if name == "closing" else name) in unknown
        surely = numbers[start] - (unread[name] if is_least and name == "closing" else 0)
        count = sentences.cases(surely)
        count = sentences.AT_LEAST + count if is_least else count
        changes = [
            sentences.change(numbers[start], numbers[base], against=against, unit="件")
            for against, base in bases
            if not is_least and not unread[name]
        ]
        zh = "，".join([f"{label.zh}{count.zh}", *(change.zh for change in changes)])
        said.append(Text(zh, ", ".join([f"{label.en}: {count.en}", *(change.en for change in changes)])))
    return said


def _listed(said: Sequence[Text]) -> Text:
    return Text("；".join(text.zh for text in said), "; ".join(text.en for text in said))


def _titled(name: str, table: pd.DataFrame) -> str:
    """Return what a part is called: judicial statistics only where such were given."""
    return "counts" if name == "statistics" and name not in table else name


def _heading(name: str) -> str:
    return capital(str(term(name)))


def _tables(found: Bulletin, name: str, frame: pd.DataFrame, *, is_in_excel: bool) -> Iterator[Table]:
    """The tables of a part: amounts with their unit; the scorecard one measure at a time."""
    about: dict[str, Any] = {
        "function": "analysis.bulletin",
        "parameters": {"period": f"{found.start.date()}–{found.end.date()}"},
    }
    if name == "scorecard":
        for measure, rows in frame.groupby("measure", sort=False):
            if rows["value"].notna().any():
                yield _measure(str(measure), rows.reset_index(drop=True), about)
        return
    formats: dict[str, str] = {}
    amounts = [n for n in AMOUNTS if n in frame]
    if name in LISTS:
        frame = frame.drop(columns="team", errors="ignore").rename(columns={n: f"{n}_yuan" for n in amounts})
    else:
        frame = frame.assign(**{n: frame[n] / YUAN for n in amounts}).rename(columns={n: f"{n}_wan" for n in amounts})
    kinds: tuple[str, ...] = ()
    if name == "court_levels":
        columns = [str(column) for column in frame if column != "court"]
        formats = {column: RATE if column.startswith("closure_rate") else COUNT for column in columns}
    if name == "quotas":
        kinds = tuple(PLAIN if pd.isna(parts) else RATE for parts in frame["denominator"])
        formats = dict.fromkeys(("value", "quota", HEADINGS["gap"], "expected_by_now"), BY_ROW)
        formats |= dict.fromkeys(("numerator", "denominator"), COUNT)
    frame = frame.rename(columns=HEADINGS)
    table = Table(
        f"bulletin-{name}-table",
        _heading(_titled(name, frame)),
        **about,
        frame=frame,
        formats=formats,
        row_formats=kinds,
        finding=capital(str(_finding(name, frame, NEXT_DAYS.get(found.freq, 0)))),
    )
    yield _most_urgent(table, is_in_excel=is_in_excel) if name == "plans" else table


def _finding(name: str, frame: pd.DataFrame, days: int) -> Text:
    """What a table of counts, teams or cases shows, in a line; nothing where a reader needs the table for it."""
    if name == "statistics":
        return _counted(frame)
    if name == "teams":
        return range_of_closings(frame, Text("个小组", "teams"))
    if name not in LISTS or frame.empty:
        return Text("", "")
    listed = (Text("结案", "closed: ") if name == "closed" else Text("未结", "pending: ")) + sentences.cases(len(frame))
    if "is_over" not in frame or frame["is_over"].isna().any():
        return listed
    is_over = frame["is_over"].astype(bool)
    late = Text("，没有超过法定期限的", ", none over the statutory limit")
    if over := int(is_over.sum()):
        late = Text(f"，其中{over:,}件超过法定期限", f", {over:,} over the statutory limit")
    if name == "closed":
        return listed + late
    due = int((frame["days_left"].between(0, days) & ~is_over).sum())
    return listed + Text(f"，{days}日内到期{due:,}件", f", {due:,} due within {days} days") + late


def _counted(frame: pd.DataFrame) -> Text:
    """The counts of a period in a line, and whether they are those of the judicial statistics."""
    counts = [(term(item), f"{n:,}") for item, n in zip(frame["item"], frame["listed"], strict=True)]
    said = Text(
        "，".join(f"{label.zh}{number}件" for label, number in counts),
        ", ".join(f"{label.en} {number}" for label, number in counts),
    )
    compared = frame["agrees"].dropna() if "agrees" in frame else pd.Series(dtype=bool)
    if compared.empty:
        return said
    unequal = int((~compared.astype(bool)).sum())
    return said + (
        Text(f"；{unequal}项与司法统计不一致", f"; {unequal} unlike the judicial statistics")
        if unequal
        else Text("；与司法统计一致", "; as in the judicial statistics")
    )


def _most_urgent(plans: Table, *, is_in_excel: bool) -> Table:
    """The plans of a week, of which a meeting reads the cases that ask for attention where all are many, and how many the others are."""
    frame, days = plans.frame, NEXT_DAYS["W"]
    if len(frame) <= LISTED:
        return plans
    asks = frame["attention"] != "" if "attention" in frame else pd.Series(data=False, index=frame.index)
    listed, others = int(asks.sum()), int((~asks).sum())
    kinds = Text(
        f"{days}日内到期或应开始、已过期限或逾期开始的",
        f"{'falls' if listed == 1 else 'fall'} due or must start within {days} days, or {'is' if listed == 1 else 'are'} over or late",
    )
    said = Text(
        f"所列{listed:,}件为{kinds.zh}；其余未结{others:,}件不列",
        f"{number_of(listed, 'case')} listed {kinds.en}; {others:,} others are pending and not listed",
    )
    if not listed:
        said = Text(
            f"没有{kinds.zh}案件；未结{others:,}件不列", f"No case {kinds.en}; {others:,} are pending and not listed"
        )
    if is_in_excel:
        said += Text("，全部案件见Excel文件", ": all stand in the Excel file")
    shown = frame[asks].reset_index(drop=True)
    shown.attrs = frame.attrs
    return replace(plans, on_paper=replace(plans, frame=shown, note=str(sentences.sentence(said))))


def _measure(measure: str, rows: pd.DataFrame, about: Mapping[str, Any]) -> Table:
    """One measure of the scorecard in its own unit: each officer's figure beside its expectation and chance."""
    factor, kind, unit = UNITS_OF.get(measure, (1.0, COUNT, Text("", "")))
    figures = ["value", "expected", "lower", "upper"]
    frame = rows[["officer", "cases", *figures]].copy()
    frame[figures] = frame[figures] * factor
    formats = {"cases": COUNT, "expected": MEAN if kind == COUNT else DECIMAL} | dict.fromkeys(
        ("value", "lower", "upper"), kind
    )
    caption = _heading(measure) + str(unit)
    return Table(f"bulletin-scorecard-{measure}", caption, **about, frame=frame, formats=formats)
