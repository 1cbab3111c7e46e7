"""Bulletins of a week, month, quarter or year as documents, from the tables of the court's working rhythm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.cases.table import Cases
from analysis.measures.rhythm import TITLES, Bulletin, bulletin
from analysis.report.content import COUNT, DATE, DECIMAL, Paragraph, Report, Section, Table
from analysis.report.manifest import exhibits, template_record, versions
from analysis.report.publish import publish
from analysis.report.writers import must_be_formats, written
from analysis.report.yearly import SYNTHETIC, Published
from analysis.vocabulary.language import Text, speaking
from analysis.vocabulary.terms import term

KINDS = {"i": COUNT, "u": COUNT, "f": DECIMAL, "M": DATE}


def build_bulletin(
    cases: Cases,
    *,
    period: Any,
    out: str | Path | None = None,
    language: str | None = None,
    formats: Sequence[str] = ("html", "xlsx"),
    template: str | Path | None = None,
    progress: Callable[[str], None] | None = None,
    **asked: Any,
) -> Published:
    """Write the bulletin of a week, month, quarter or year into a folder (default ``reports/bulletin-<period>``).

    ``period`` and the further arguments are those of ``bulletin``; formats are those of ``build_report``. The same input gives the
    same bytes. Raises ``ArgumentError`` for an unknown period or format, ``OutputError`` where nothing can be written.

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
    must_be_formats(formats, template=template)
    say = progress or (lambda _: None)
    with speaking(language) as spoken:
        found = bulletin(cases, period=period, **asked)
        report = _content(cases, found, spoken)
        footer = f"court-analysis {versions()['court-analysis']} · {found.at.date()}"
        files = written(report, footer, f"bulletin-{period}.{spoken}", formats, say, template=template)
        manifest = {
            "inputs": {"register": {str(f): str(s) for f, s in cases.inputs[["file", "sha256"]].to_numpy()}},
            "parameters": {"period": str(period), "as_of": str(found.at.date())}
            | {k: str(v) for k, v in asked.items()},
            "versions": versions(),
            "synthetic": cases.synthetic,
            "files": {},
            "reports": {spoken: {"files": list(files), "exhibits": exhibits(report)} | template_record(template)},
        }
        folder = Path(out) if out is not None else Path("reports") / f"bulletin-{period}"
        manifest = publish(files, manifest, folder)
    return Published(folder, tuple(folder / name for name in files), manifest, report)


def _content(cases: Cases, found: Bulletin, language: str) -> Report:
    names = cases.table.court.topk(1).execute()
    court = str(names.iloc[0, 0]) if len(names) and names.iloc[0, 0] else str(Text("本院", "the court"))
    sections = tuple(
        Section(f"bulletin-{name}", str(term(name)), (_table(found, name, table),))
        for name, table in found.tables.items()
    )
    first = Section("bulletin-summary", str(Text("概况", "Summary")), (Paragraph(str(found.caption), strong=True),))
    return Report(
        title=f"{court}{Text('', ': ')}{TITLES[found.freq]}",
        subtitle=f"{found.start.date()} – {found.end.date()}",
        language=language,
        year=found.end.year,
        court=court,
        sections=(first, *sections),
        synthetic=str(SYNTHETIC) if cases.synthetic else "",
    )


def _table(found: Bulletin, name: str, frame: pd.DataFrame) -> Table:
    formats = {str(n): KINDS[d.kind] for n, d in frame.dtypes.items() if getattr(d, "kind", "") in KINDS}
    return Table(
        id=f"bulletin-{name}-table",
        caption=str(term(name)),
        function="analysis.bulletin",
        parameters={"period": f"{found.start.date()}–{found.end.date()}"},
        frame=frame,
        formats=formats,
    )
