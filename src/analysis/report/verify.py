"""Verifying a published report: rebuilt from the same inputs and compared, difference by difference."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.cases.table import Cases
from analysis.report.earlier import earlier_reports
from analysis.report.manifest import sha256
from analysis.report.material import Material
from analysis.report.publish import MANIFEST, read_manifest
from analysis.report.yearly import made
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.language import Text, speaking

COLUMNS = ("part", "name", "published", "rebuilt", "note")


def verify_report(
    folder: str | Path, cases: Cases, *, returns: pd.DataFrame | None = None, peers: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Rebuild a published report and list what differs, the cause before its consequences; empty if nothing does.

    Columns: ``part`` (inputs, versions, parameters, exhibits, files), ``name``, ``published``, ``rebuilt``, ``note``.
    Raises ``InputError`` for a folder without a report's manifest.
    """
    target = Path(folder)
    published = read_manifest(target)
    if not published:
        raise InputError(
            f"{target} 中没有 {MANIFEST}，不是报告文件夹。请给出 build_report 写出的文件夹。",
            f"{target} holds no {MANIFEST}: give a folder that build_report wrote.",
        )
    asked = published["parameters"]
    rows: list[tuple[str, str, Any, Any, str]] = []
    for language, part in sorted(published["reports"].items()):
        with speaking(language):
            material = Material.of(
                cases,
                year=asked["year"],
                returns=returns,
                peers=peers,
                definitions=asked["definitions"],
                calendar=asked["calendar"],
            )
            before = earlier_reports(target, court=material.court, year=material.year, named=None)
            material = replace(material, earlier=before)
            formats = [Path(name).suffix.removeprefix(".") for name in part["files"]]
            _, files, rebuilt = made(material, language, formats, lambda _: None)
        for name in ("inputs", "versions", "parameters"):
            rows += _different(name, published[name], rebuilt[name])
        before, now = ({e["id"]: e["sha256"] for e in m["reports"][language]["exhibits"]} for m in (published, rebuilt))
        rows += _different("exhibits", before, now)
        on_disk = {n: sha256((target / n).read_bytes()) if (target / n).is_file() else None for n in part["files"]}
        recorded = {n: published["files"][n] for n in part["files"]}
        touched = Text("发布后文件被改动或删除", "changed or removed since it was published").cell
        rows += [(*row[:4], touched) for row in _different("files", recorded, on_disk)]
        rows += _different("files", recorded, {name: sha256(content) for name, content in files.items()})
    return pd.DataFrame(rows, columns=list(COLUMNS)).drop_duplicates(["part", "name", "note"], ignore_index=True)


def _different(part: str, before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, str, Any, Any, str]]:
    names = list(dict.fromkeys([*before, *now]))
    return [(part, n, before.get(n), now.get(n), "") for n in names if before.get(n) != now.get(n)]
