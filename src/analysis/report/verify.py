"""Verifying a published report: rebuilt from the same inputs and compared, difference by difference."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import NoneType
from typing import Any

import pandas as pd

from analysis.cases.table import Cases
from analysis.report.formats.html import linked
from analysis.report.inputs import Material
from analysis.report.manifest import sha256
from analysis.report.publish import MANIFEST, other_pages, read_manifest
from analysis.report.revisions import beside_earlier, earlier_reports
from analysis.report.yearly import made
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.language import speaking
from analysis.vocabulary.text import Text

# What a manifest says of the register and of the figures, which stands in no file of the report, and which later reports and readers go by.
REGISTER = ("rows", "findings", "exclusions", "corrections", "synthetic")
FIGURE_NAMED_BY = ("definition", "indicator", "period_start", "period_end")
FIGURE_SAYS = ("value", "numerator", "denominator")
COLUMNS = ("part", "name", "published", "rebuilt", "note")


def verify_report(
    folder: str | Path,
    cases: Cases,
    *,
    returns: pd.DataFrame | None = None,
    peers: pd.DataFrame | None = None,
    definitions: str | Path | None = None,
    scheme: str | Path | None = None,
    holidays: str | Path | pd.DataFrame | None = None,
    earlier: Sequence[str | Path] | None = None,
    template: str | Path | None = None,
) -> pd.DataFrame:
    """Rebuild a published report and list what differs, the cause before its consequences; empty if nothing does.

    The inputs are those of ``build_report``; the earlier reports that it was compared with are looked for beside it
    unless they are named. Columns: ``part`` (inputs, versions, parameters, register, figures, exhibits, files), ``name``,
    ``published``, ``rebuilt``, ``note``. Raises ``InputError`` for a folder without a report's manifest, and where an earlier report,
    a template or a file of definitions is needed that was not given.

    Parameters
    ----------
    folder : path
        The folder of the report.
    cases : Cases
        The register.
    returns : DataFrame
        Printed figures, as ``read_returns`` gives them.
    peers : DataFrame
        Other courts' printed figures, as ``read_returns`` gives them.
    definitions : str or path
        The court's own definition set that it was made with; without it the one that the register names.
    scheme : str or path
        The court's own scheme that it was made with; without it the one that the register names.
    holidays : DataFrame or path
        The table of days off that it was made with; without it those that the court's file names.
    earlier : list of paths
        The earlier reports that it was compared with.
    template : path
        The office's own .docx for Word.

    Returns
    -------
    DataFrame
        One row a difference.

    >>> import tempfile
    >>> import pandas as pd
    >>> import analysis as an
    >>> rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None]}
    >>> cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = an.build_report(cases, period=2011, out=folder, formats=["xlsx"])
    ...     verify_report(folder, cases).empty
    True
    """
    target = Path(folder)
    published = read_manifest(target)
    if not _is_yearly(published):
        raise InputError(
            f"{target} 中没有年度报告的 {MANIFEST}。请给出 build_report 写出的文件夹。",
            f"{target} holds no {MANIFEST} of a yearly report: give a folder that build_report wrote.",
        )
    rows: list[tuple[str, str, Any, Any, str]] = []
    for language, part in sorted(published["reports"].items()):
        with speaking(language):
            sets = {
                "definitions": _own_set(published, "definitions", definitions, cases.definitions),
                "scheme": _own_set(published, "scheme", scheme, cases.scheme),
            }
            material = _material(target, published, cases, returns, peers, holidays, earlier, **sets)
            formats = [Path(name).suffix.removeprefix(".") for name in part["files"]]
            asked: dict[str, Any] = {
                "template": _template(part, template),
                "interactive": part.get("interactive") is True,
            }
            _, files, rebuilt = made(material, language, formats, lambda _: None, **asked)
        for page, other in other_pages(published["reports"]).items():
            if page in files:
                files[page] = linked(files[page], *other)
        for name in ("inputs", "versions", "parameters"):
            rows += _different(name, published[name], rebuilt[name])
        for name, stated in (("register", _of_register), ("figures", _of_figures)):
            rows += _different(name, stated(published), stated(rebuilt))
        rows += _different("inputs", part.get("template", {}), rebuilt["reports"][language].get("template", {}))
        before, now = ({e["id"]: e["sha256"] for e in m["reports"][language]["exhibits"]} for m in (published, rebuilt))
        rows += _different("exhibits", before, now)
        on_disk = {n: sha256((target / n).read_bytes()) if (target / n).is_file() else None for n in part["files"]}
        recorded = {n: published["files"][n] for n in part["files"]}
        touched = Text("发布后文件被改动或删除", "changed or removed since it was published").cell
        rows += [(*row[:4], touched) for row in _different("files", recorded, on_disk)]
        rows += _different("files", recorded, {name: sha256(content) for name, content in files.items()})
    found = pd.DataFrame(rows, columns=list(COLUMNS)).drop_duplicates(["part", "name", "note"], ignore_index=True)
    found.attrs["table"] = "verify_report"
    return found


def _of_register(manifest: Mapping[str, Any]) -> dict[str, str]:
    return {name: _written(manifest.get(name)) for name in REGISTER}


def _of_figures(manifest: Mapping[str, Any]) -> dict[str, str]:
    return {
        " ".join(str(row.get(name)) for name in FIGURE_NAMED_BY): _written(
            {name: row.get(name) for name in FIGURE_SAYS}
        )
        for row in manifest.get("figures", [])
    }


def _written(said: Any) -> str:
    """What a manifest says as it is written there: in memory a missing number equals none."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)


def _is_yearly(manifest: Mapping[str, Any]) -> bool:
    """Return whether a manifest is that of a yearly report, with what making it again needs."""
    asked = manifest.get("parameters", {})
    named = [asked.get(name) for name in ("definitions", "calendar", "scheme")]
    return (
        {"reports", "inputs", "versions"} <= set(manifest)
        and type(asked.get("year")) is int
        and all(isinstance(name, (str, NoneType)) for name in named)
        and isinstance(manifest["inputs"].get("earlier", {}), dict)
    )


def _material(
    target: Path,
    published: dict[str, Any],
    cases: Cases,
    returns: pd.DataFrame | None,
    peers: pd.DataFrame | None,
    holidays: str | Path | pd.DataFrame | None,
    named: Sequence[str | Path] | None,
    **sets: str | Path | None,
) -> Material:
    """Gather what the report was made from, as far as it is at hand; the earlier reports are those that it names."""
    asked, recorded = published["parameters"], published["inputs"].get("earlier", {})
    material = Material.of(
        cases,
        year=asked["year"],
        quotas=asked.get("quotas", False),
        returns=returns,
        peers=peers,
        calendar=asked.get("calendar"),
        holidays=holidays,
        **sets,
    )
    found = earlier_reports(target.absolute(), court=material.court, year=material.year, named=named)
    if named is None:
        found = {name: manifest for name, manifest in found.items() if name in recorded}
    for name in recorded:
        if name not in found:
            raise InputError(
                f"报告曾与以往报告“{name}”比对，核验需要它：请用 earlier=（--earlier）给出其文件夹或 {MANIFEST}。",
                f'The report was compared with the earlier report "{name}", which verifying needs: give its folder or '
                f"{MANIFEST} as earlier= (--earlier).",
            )
    return beside_earlier(material, found)


def _own_set(
    published: Mapping[str, Any], part: str, given: str | Path | None, of_register: str | None
) -> str | Path | None:
    """The set by which the report was made: its id, or of a court's own the file; ``InputError`` names one that is not at hand."""
    asked = published["parameters"].get(part)
    for name, checksum in published["inputs"].get(part, {}).items():
        files = [own for own in (given, of_register, asked) if own is not None and Path(own).is_file()]
        if files:
            return next((own for own in files if sha256(Path(own).read_bytes()) == checksum), files[0])
        raise InputError(
            f"报告以本院的口径文件 {name}（SHA-256 {checksum[:12]}…）做成，核验需要它：请用 {part}=（--{part}）给出。",
            f"The report was made with the court's own file {name} (SHA-256 {checksum[:12]}…), which verifying needs: give it as "
            f"{part}= (--{part}).",
        )
    return asked if given is None else given


def _template(part: Mapping[str, Any], given: str | Path | None) -> str | Path | None:
    """The template, where the report was made with one; ``InputError`` names it where it was not given."""
    recorded = part.get("template", {})
    for name, checksum in recorded.items():
        if given is None:
            raise InputError(
                f"Word 文件以模板 {name}（SHA-256 {checksum[:12]}…）写成，核验需要它：请用 template=（--template）给出。",
                f"The Word file was made with the template {name} (SHA-256 {checksum[:12]}…), which verifying needs: "
                "give it as template= (--template).",
            )
    return given if recorded else None


def _different(part: str, before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, str, Any, Any, str]]:
    names = list(dict.fromkeys([*before, *now]))
    return [(part, n, before.get(n), now.get(n), "") for n in names if before.get(n) != now.get(n)]
