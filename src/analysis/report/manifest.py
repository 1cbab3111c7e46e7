"""The manifest: every table and figure mapped to function, parameters, definition set and input checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.cases.sources import case_sheets, places_tell, without_files
from analysis.cases.table import Cases
from analysis.files.source import digest
from analysis.register.file_names import shown_file, shown_given
from analysis.register.store import must_be_as_scanned
from analysis.report.content import Figure, Report
from analysis.report.formats.html import labels

LIBRARIES = ("pandas", "numpy", "scipy", "statsmodels", "plotly", "matplotlib", "ibis-framework", "duckdb")


def sha256(content: bytes) -> str:
    """Return the checksum by which a file is known."""
    return hashlib.sha256(content).hexdigest()


def frame_checksum(frame: pd.DataFrame) -> str:
    """Return a table's checksum: of its CSV text, dates in full, so that it does not depend on how it is stored."""
    return sha256(frame.to_csv(index=False, date_format="%Y-%m-%dT%H:%M:%S", lineterminator="\n").encode())


def file_given(given: str | Path, own: Collection[str] = ()) -> dict[str, str]:
    """Record a file that the caller gave: its checksum by its name, or what stands for one that could be somebody's."""
    return {shown_given(given, own): digest(Path(given), str(given))[0]}


def table_files(table: pd.DataFrame, own: Collection[str] = ()) -> list[str]:
    """The names of the files of published figures as they are recorded."""
    checksum = frame_checksum(table)
    return sorted({shown_file(name, checksum, own) for name in table["file"].astype(str)})


def asked_record(
    template: str | Path | None = None, *, own: Collection[str] = (), interactive: bool = False
) -> dict[str, Any]:
    """Return what was asked of single formats of a language: the Word template by name and checksum, plotly in the HTML."""
    word = {} if template is None else {"template": file_given(template, own)}
    return word | ({"interactive": True} if interactive else {})


@cache
def versions() -> dict[str, str]:
    """Return the package's own version and those of the libraries that its numbers rest on."""
    return {name: version(name) for name in ("court-analysis", *LIBRARIES)}


def register_given(cases: Cases) -> dict[str, Any]:
    """Record the files of a register with their checksums, of several sheets the cases of each, cells read by their number format, and what is hidden.

    Of an ingested register the checksums of the parts that are scanned stand beside them (``scanned``); raises ``InputError`` where they
    are no longer those of its files.
    """
    must_be_as_scanned(cases)
    sheets = case_sheets(cases.sources)
    files = {str(name): str(checksum) for name, checksum in cases.inputs[["file", "sha256"]].to_numpy()}
    telling = places_tell(cases)
    cells = without_files(cases, cases.number_formats, "cells").to_dict("records")
    formats = {f"{of['table']}.{of['column']}: {of['shown_in']} ({of['file']})": int(of["cells"]) for of in cells}
    more = {
        "sheets": sheets if len(sheets) > 1 and not telling else {},
        "number_formats": formats,
        "hidden": _hidden(cases, placed=not telling),
        "scanned": dict(cases.scanned),
    }
    return {"register": files} | {name: said for name, said in more.items() if said}


def _hidden(cases: Cases, *, placed: bool) -> dict[str, Any]:
    """Record how many hidden rows, and which hidden columns, were read of each sheet, or of all together."""
    if cases.hidden.empty:
        return {}
    places = cases.hidden["file"].str.cat(cases.hidden["sheet"], sep=" / ").str.removesuffix(" / ")
    by_place = cases.hidden.groupby(places if placed else "table", sort=False)
    return {
        str(place): {"rows": int(of["rows"].fillna(0).sum()), "columns": sorted({*of["column"]} - {""})}
        for place, of in by_place
    }


def zeros(cases: Cases) -> dict[str, int]:
    """Return how many blanks of each column count as 0 because the court said so."""
    if cases.taken_as_zero.empty:
        return {}
    return {str(name): int(number) for name, number in cases.taken_as_zero.groupby("column")["cells"].sum().items()}


def exhibits(report: Report) -> list[dict[str, Any]]:
    """Return one entry a table or figure: where it comes from, and the checksum of its numbers."""
    numbered = labels(report)
    return [
        {
            "id": exhibit.id,
            "label": numbered[exhibit.id],
            "kind": type(exhibit).__name__.lower(),
            "caption": exhibit.caption,
            "function": exhibit.function,
            "parameters": dict(exhibit.parameters),
            "sha256": frame_checksum(exhibit.numbers if isinstance(exhibit, Figure) else exhibit.frame),
        }
        for exhibit in report.exhibits()
    ]


def as_json(manifest: Mapping[str, Any]) -> bytes:
    """Return the manifest as bytes: sorted, indented, Chinese as it is."""
    return (json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True, default=str) + "\n").encode(
        "utf-8", "replace"
    )
