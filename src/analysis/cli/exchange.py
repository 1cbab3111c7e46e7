"""Figures exchanged between courts: ``exchange seal``, ``exchange open``, ``exchange compare``."""

from __future__ import annotations

from pathlib import Path

import click

import analysis as an
from analysis.cli.group import (
    Year,
    cases_option,
    command,
    definitions_option,
    format_option,
    read_register,
    register_options,
)
from analysis.cli.terminal import TABLE, Shown, must_be_table_file, noted, show
from analysis.cli.usage import Word
from analysis.files.destinations import file_name, must_take_file
from analysis.vocabulary.documents import document_text
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text

ACTIONS = ("seal", "open", "compare")
UNUSED_SHOWN = ("file", "indicator", "reason", "explanation")
UNUSED = Text("未采用的文件", "files that were not used")
SHOWN = ("indicator", "definition", "digest", "numerator", "denominator", "unit")  # of a file, in a terminal


@command
@click.argument("action", type=Word("action", ACTIONS))
@click.argument("sealed", metavar="[FILES]...", type=click.Path(), nargs=-1)
@cases_option
@register_options
@definitions_option
@click.option(
    "--period", "year", type=Year(), help="seal：哪一年，默认台账最后一年 / the year; default: the register's last"
)
@click.option("--own", help="compare：本院名称，默认第一个文件的法院 / the own court; default: that of the first file")
@click.option(
    "--out",
    type=click.Path(),
    help="写到哪个文件；open、compare 为 .xlsx 或 .csv / the file to write; of open and compare .xlsx or .csv",
)
@click.option(
    "--passphrase-file",
    type=click.Path(),
    help="口令文件（各院同一份）/ file with the passphrase that the courts share",
)
@format_option
def exchange(
    action: str,
    sealed: tuple[str, ...],
    source: str | None,
    definitions: str | None,
    year: int | None,
    own: str | None,
    out: str | None,
    passphrase_file: str | None,
    form: str,
    **reading: str | None,
) -> None:
    """各院交换封存的数字，不交换案件 / courts exchange sealed figures, not cases: seal, open, compare."""
    passphrase = _passphrase(passphrase_file)
    if action == "seal":
        _must_be_no_files(sealed)
        if out is not None:
            must_take_file(out)
        from analysis.register.confidential import confidential, must_not_say
        from analysis.report.one_court import of_court_said

        cases = of_court_said(read_register(source, **reading))
        chosen = {"definitions": definitions} if definitions else {}
        figures = an.seal_figures(cases, period=year or cases.as_of.year, passphrase=passphrase, **chosen)
        target = out or file_name(f"{figures.court}_{figures.period_end[:4]}.exchange.json")
        must_not_say([("--out", Path(target).name)], confidential(cases))
        saved = figures.save(target)
        show(figures.figures, form, title=str(figures.caption), columns=SHOWN)
        if len(figures.withheld) and form == "table":
            show(figures.withheld[["indicator", "explanation"]], form, title=str(term("withheld")))
        click.echo(str(saved), err=True)
    elif not sealed:
        raise ArgumentError("请给出交换文件。", "Name the sealed files.")
    elif action == "open":
        must_be_table_file(out)
        opened = [an.open_sealed(path, passphrase=passphrase) for path in sealed]
        import pandas as pd

        every = pd.concat([figures.figures.assign(court=figures.court) for figures in opened], ignore_index=True)
        if not Shown(form, out).written({TABLE: every}):
            for figures in opened:
                show(figures.figures, form, title=str(figures.caption), columns=SHOWN)
    else:
        court = own or an.open_sealed(sealed[0], passphrase=passphrase).court
        found = an.compare_sealed(list(sealed), court=court, passphrase=passphrase)
        unused = {UNUSED: found.left_out} if len(found.left_out) else {}
        if not Shown(form, must_be_table_file(out)).written({TABLE: noted(found.table, found.caption.cell)} | unused):
            show(found.table, form, title=str(found.caption))
            if unused and form == "table":
                show(found.left_out, form, title=str(UNUSED), columns=UNUSED_SHOWN)


def _passphrase(path: str | None) -> str | None:
    if path is None:
        return None
    said = document_text(path, Text("口令文件", "The passphrase file")).strip()
    if not said.strip("\0"):
        raise InputError(f"口令文件 {path} 是空的。", f"The passphrase file {path} is empty.")
    return said


def _must_be_no_files(sealed: tuple[str, ...]) -> None:
    if sealed:
        raise ArgumentError(
            "seal 不要交换文件；台账用 --cases。", "seal takes no sealed files; name the register with --cases."
        )
