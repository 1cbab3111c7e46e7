"""The writers, one a format, and the files that they make of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from analysis.report.content import Report
from analysis.report.formats.excel import write_excel
from analysis.report.formats.html import write_html
from analysis.report.formats.layout import must_have_a_year_of_archives
from analysis.report.formats.pdf import write_pdf
from analysis.report.formats.powerpoint import write_annex, write_slides
from analysis.report.formats.word import must_be_a_template, write_word
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.text import Text

WRITERS: dict[str, Callable[..., bytes]] = {
    "html": write_html,
    "xlsx": write_excel,
    "pdf": write_pdf,
    "docx": write_word,
    "pptx": write_slides,
}
SAVED_AS_ARCHIVES = {"docx", "pptx"}  # by libraries that ask the clock
COMPUTED_WITH = ("xlsx",)  # where dates stay dates, in columns of their own


def must_be_formats(formats: Sequence[str], *, template: str | Path | None = None, interactive: bool = False) -> None:
    """Raise ``ArgumentError`` for a format that no writer makes, and for what is asked of Word or HTML where there is none.

    Raises ``InputError`` or ``OutputError`` for a Word template that cannot be used, ``OutputError`` for a clock with which no Word is written.
    """
    for name in formats:
        if name not in WRITERS:
            raise ArgumentError.not_one_of("formats", name, WRITERS)
    if template is not None and "docx" not in formats:
        raise ArgumentError(
            "template 只用于 Word：formats 中没有 docx。请加上 docx 或去掉模板。",
            "template is for Word only and formats holds no docx: add docx or leave the template out.",
        )
    if interactive and "html" not in formats:
        raise ArgumentError(
            "interactive 只用于网页：formats 中没有 html。请加上 html 或去掉 interactive。",
            "interactive is for HTML only and formats holds no html: add html or leave interactive out.",
        )
    if template is not None:
        must_be_a_template(template)
    if SAVED_AS_ARCHIVES & {*formats}:
        must_have_a_year_of_archives()


def written(
    report: Report,
    footer: str,
    name: str,
    formats: Sequence[str],
    say: Callable[[str], None],
    *,
    template: str | Path | None = None,
    interactive: bool = False,
) -> dict[str, bytes]:
    """Return every file of a report, by its name: ``name.format``, and ``name.annex.pptx`` for the tables of its slides."""
    files, read = {}, report.for_people()
    asked: dict[str, dict[str, Any]] = {"docx": {"template": template}, "html": {"interactive": interactive}}
    for kind in dict.fromkeys(formats):
        say(str(Text(f"写出 {kind}…", f"Writing {kind}…")))
        files[f"{name}.{kind}"] = WRITERS[kind](
            report if kind in COMPUTED_WITH else read, footer, **asked.get(kind, {})
        )
        if kind == "pptx" and not report.is_short:
            files[f"{name}.annex.pptx"] = write_annex(read, footer)
    return files
