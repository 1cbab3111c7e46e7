"""The yearly report: material, sections, writers, manifest, published as one step."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.cases.sources import places_tell, without_files, without_places
from analysis.cases.table import Cases
from analysis.checks.by_rule import SEVERITIES
from analysis.files.process import NEW_OBJECTS
from analysis.register.confidential import confidential
from analysis.report.content import Report, Table
from analysis.report.formats.writers import must_be_formats, written
from analysis.report.inputs import Material
from analysis.report.manifest import (
    asked_record,
    exhibits,
    file_given,
    frame_checksum,
    register_given,
    table_files,
    versions,
    zeros,
)
from analysis.report.publish import must_take_a_report, publish, say_what_stands_there
from analysis.report.revisions import beside_earlier, checksums, earlier_reports, figures, money_of, side_sums
from analysis.report.sections import ANNEXES, BODY
from analysis.report.sections.officers import QUOTAS
from analysis.report.sections.reckoning import reckoned
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.language import speaking
from analysis.vocabulary.periods import Year, year_of
from analysis.vocabulary.text import Text, before_figure, capital

SYNTHETIC = Text(
    "本报告由合成示例数据生成，不反映任何真实案件，仅用于演示。",
    "Made from synthetic sample data: it shows no real case and serves as a demonstration only.",
)

INSIDE = Text("；含对承办人的任务，供院内使用", "; holds quotas on officers, for use inside the court")


@dataclass(frozen=True)
class Published:
    """A report as it was written: the folder, its files, the manifest, and the content as data."""

    folder: Path
    files: tuple[Path, ...]
    manifest: dict[str, Any] = field(repr=False)
    report: Report = field(repr=False)


def build_report(
    cases: Cases,
    *,
    period: Year | None = None,
    returns: pd.DataFrame | None = None,
    peers: pd.DataFrame | None = None,
    definitions: str | Path | None = None,
    scheme: str | Path | None = None,
    quotas: bool = False,
    calendar: str | None = None,
    holidays: str | Path | pd.DataFrame | None = None,
    out: str | Path | None = None,
    language: str | None = None,
    formats: Sequence[str] = ("html", "xlsx"),
    earlier: Sequence[str | Path] | None = None,
    template: str | Path | None = None,
    interactive: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Published:
    """Write the yearly report of a court into a folder (default ``reports/<year>``), in one language.

    ``returns`` are the figures that the court printed, ``peers`` those of other courts; a section whose input is missing
    says so. ``period`` is the last full year of the register unless given. ``definitions`` and ``scheme`` are those of the
    court: without them what the register names, else the national definitions in force and no quotas, targets or limits of
    its own. ``earlier`` are folders of earlier reports, or their manifests, whose figures are compared with today's (default: those of earlier
    years beside ``out``); an edition of the same year that was handed out is named here; ``template`` is the
    office's own .docx for Word. The same input gives the same bytes. Raises ``ArgumentError`` for an unknown format,
    language or year and for a template without Word, ``InputError`` for an earlier report that is none, ``OutputError``
    for a template that is no Word document and where nothing can be written; the last good report then still stands.

    Parameters
    ----------
    cases : Cases
        The register.
    period : int or text
        The year (2011); without it the last full year of the register.
    returns : DataFrame
        Printed figures, as ``read_returns`` gives them.
    peers : DataFrame
        Other courts' printed figures, as ``read_returns`` gives them.
    definitions : str or path
        The definition set, or the path of the court's own.
    scheme : str or path
        The definition set whose quotas and targets hold; without it the one that the register names.
    quotas : bool
        ``True`` shows the court's quotas on persons; without it a report that leaves the court holds none.
    calendar : str
        The statistical calendar: ``calendar-year``, ``dec-21``, ``month-20`` (or another day, as ``month-25``) or ``filings-dec-nov``.
    holidays : DataFrame or path
        Days off and worked weekends beyond those published; without it those that the court's file names.
    out : path
        The folder to write into.
    language : str
        ``zh`` or ``en``; without it the language spoken.
    formats : list of str
        ``html``, ``xlsx``, ``pdf``, ``docx``, ``pptx``.
    earlier : list of paths
        Earlier reports whose figures are compared; without it those beside ``out``.
    template : path
        The office's own .docx for Word.
    interactive : bool
        ``True`` draws the charts of the HTML with plotly, which can be zoomed and makes the page 5 MB larger.
    progress : callable
        Told of each part that is done.

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
    ...     published = build_report(cases, period=2011, out=folder, formats=["xlsx"])
    >>> [path.name for path in published.files]
    ['report-2011.zh.xlsx']
    """
    must_be_formats(formats, template=template, interactive=interactive)
    must_take_a_report(out)
    with speaking(language) as spoken:
        year = None if period is None else year_of(period, "period")
        material = Material.of(
            cases, year=year, returns=returns, peers=peers, definitions=definitions, calendar=calendar, scheme=scheme,
            holidays=holidays, quotas=quotas,
        )  # fmt: skip
        folder = Path(out) if out is not None else Path("reports") / str(material.year)
        say_what_stands_there(folder, f"report-{material.year}", progress)
        before = earlier_reports(folder, court=material.court, year=material.year, named=earlier)
        material = beside_earlier(material, before)
        asked: dict[str, Any] = {"template": template, "interactive": interactive}
        report, files, manifest = made(material, spoken, formats, progress or (lambda _: None), **asked)
        folder = publish(files, manifest, folder, confidential=confidential(cases))
    return Published(folder, tuple(folder / name for name in files), manifest, report)


@contextmanager
def _garbage_of_its_own() -> Iterator[None]:
    """What is there before is not looked through for garbage meanwhile, and less often: a million objects of libraries take a tenth of a report's time."""
    often = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()


@_garbage_of_its_own()
def made(
    material: Material,
    language: str,
    formats: Sequence[str],
    say: Callable[[str], None],
    *,
    template: str | Path | None = None,
    interactive: bool = False,
) -> tuple[Report, dict[str, bytes], dict[str, Any]]:
    """Return a report in memory: its content, its files by name, its manifest; nothing is written."""
    report = _content(material, language, say)
    name = f"report-{material.year}.{language}"
    asked: dict[str, Any] = {"template": template, "interactive": interactive}
    files = written(report, _footer(material), name, formats, say, **asked)
    manifest = _manifest(material, report, list(files))
    manifest["reports"][language] |= asked_record(**asked, own=material.own_words)
    return report, files, manifest


def _content(material: Material, language: str, say: Callable[[str], None]) -> Report:
    say(str(Text("计算全年数字…", "Working out the figures of the year…")))
    sections = []
    for make in (*BODY, *ANNEXES):
        section = make(material)
        blocks = tuple(block for block in section.blocks if not isinstance(block, Table) or len(block.frame))
        if not blocks:  # what was not given has no section of its own: the page on sources says so
            continue
        say(section.heading)
        sections.append(replace(section, blocks=blocks))
    known, until = day_text(material.register.as_of), day_text(material.cases.as_of)
    cut = Text(f"；统计至{until.zh}", f"; figures to {until.en}") if known != until else Text("", "")
    of_people = any(isinstance(block, Table) and block.id == QUOTAS for section in sections for block in section.blocks)
    cut += INSIDE if of_people else Text("", "")
    of_court = material.court_text.en
    return Report(
        title=str(
            Text(
                f"{before_figure(material.court)}{material.year}年执行工作分析报告",
                f"{capital(of_court)}: enforcement report {material.year}",
            )
        ),
        subtitle=str(
            Text(
                f"台账截至{known.zh}{cut.zh}；口径集：{material.definitions_text.zh}",
                f"Register to {known.en}{cut.en}; definitions: {material.definitions_text.en}",
            )
        ),
        language=language,
        year=material.year,
        court=str(material.court_text),
        sections=tuple(reckoned(material, sections)),
        synthetic=str(SYNTHETIC) if material.cases.synthetic else "",
    )


def _inputs(material: Material) -> dict[str, Any]:
    """Record what the report was made from: names and checksums, never a path."""
    inputs = register_given(material.register)
    if material.earlier:
        inputs["earlier"] = checksums(material.earlier)
    for name, table in (("returns", material.returns), ("peers", material.peers)):
        if table is not None:
            inputs[name] = {"files": table_files(table, material.own_words), "sha256": frame_checksum(table)}
            if formats := table.attrs.get("number_formats"):
                inputs[name]["number_formats"] = formats
    for name, chosen in (("definitions", material.definitions), ("scheme", material.scheme)):
        if chosen and Path(chosen).is_file():
            inputs[name] = file_given(chosen, material.own_words)
    if isinstance(material.cases.holidays, pd.DataFrame):
        inputs["holidays"] = {"table": frame_checksum(material.cases.holidays)}
    elif material.cases.holidays is not None:
        inputs["holidays"] = file_given(material.cases.holidays, material.own_words)
    return inputs


def _manifest(material: Material, report: Report, files: list[str]) -> dict[str, Any]:
    cases, begun = material.cases, material.register.beginning
    return {
        "court": material.court,
        "figures": figures(material.indicators),
        "money": money_of(material.indicators, material.definitions),
        "side_sums": side_sums(material.aid, material.coercive_measures),
        "exclusions": _exclusions(cases),
        "inputs": _inputs(material),
        "parameters": {
            "year": material.year,
            "as_of": str(material.register.as_of.date()),
            "until": str(cases.as_of.date()),
            "definitions": material.shown_definitions,
            "definition_sets": sorted({name.split("/")[0] for name in material.indicators["definition"]}),
            "scheme": material.shown_scheme,
            "quotas": material.quotas,
            "calendar": material.calendar,
            "level": material.level,
            "observed_from": None if begun.whole is None else f"{begun.whole:%Y-%m-%d}",
            "blank_means_zero": zeros(cases),
        },
        "versions": versions(),
        "synthetic": cases.synthetic,
        "corrections": _corrections(cases),
        "findings": {name: n for name in sorted(SEVERITIES) if (n := material.findings.of_severity(name))},
        "rows": {
            "kept": len(cases),
            "quarantined": len(cases.quarantine),
            "skipped": int(cases.skipped["rows"].sum()) if len(cases.skipped) else 0,
        },
        "files": {},
        "reports": {report.language: {"files": files, "exhibits": exhibits(report)}},
    }


def _corrections(cases: Cases) -> list[dict[str, Any]]:
    """A clerk's corrections: which cells, and what became of each; neither what they held nor what was put there."""
    done = cases.corrections.reindex(columns=["file", "sheet", "row", "field", "status", "reason"])
    if places_tell(cases):
        done = without_places(cases, done).assign(row=None)
    places: Any = done.to_dict("records")
    return list(places)


def _footer(material: Material) -> str:
    """The line that lets a printed page be traced: version, definitions, checksum of the inputs."""
    checks = " ".join(str(s)[:12] for s in material.cases.inputs["sha256"])
    return f"court-analysis {versions()['court-analysis']} · {material.shown_definitions} · {material.register.as_of.date()} · {checks}"


def _exclusions(cases: Cases) -> list[dict[str, Any]]:
    """Rows that no figure counts: by file and reason, never their contents."""
    reasons = cases.quarantine.groupby(["file", "reason"], as_index=False).size() if len(cases.quarantine) else None
    set_aside = [] if reasons is None else [reasons.rename(columns={"size": "rows"})]
    skipped = [cases.skipped[["file", "kind", "rows"]].rename(columns={"kind": "reason"})] if len(cases.skipped) else []
    left_out = pd.concat([*set_aside, *skipped]) if set_aside or skipped else pd.DataFrame()
    rows: list[Any] = without_files(cases, left_out, "rows").to_dict("records")
    return rows
