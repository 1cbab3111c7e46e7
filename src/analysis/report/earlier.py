"""Earlier reports of the same court, and the figures in them that today's register gives differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.report.publish import MANIFEST, read_manifest
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.language import Text

if TYPE_CHECKING:
    from analysis.cases.table import Cases
    from analysis.report.material import Material

COLUMNS = ("period_start", "period_end", "indicator", "unit", "old", "new", "why", "published_in")
KEYS = ("indicator", "period_start", "period_end")
SAME = 1e-9  # figures are compared as numbers; a float written and read again is the same float

DEFINITION = Text("口径变更", "the definition changed")
LATE = Text("原报告之后录入的立案、结案等信息（迟录）", "entries made after that report (late entries)")
CORRECTED = Text("台账更正", "corrections of the register")
REGISTER = Text("台账文件已不同，当时已知的数字也随之改变", "the register's files differ, also for what was known then")
GONE = Text("现口径集无此指标", "the definition set no longer has it")


def figures(indicators: pd.DataFrame) -> list[dict[str, Any]]:
    """The indicators as the manifest keeps them, so that a later report can tell what changed."""
    kept = indicators[["indicator", "period_start", "period_end", "value", "numerator", "denominator", "unit"]].copy()
    kept["definition"] = indicators["definition"]
    for name in ("period_start", "period_end"):
        kept[name] = kept[name].dt.strftime("%Y-%m-%d")
    rows = kept.to_dict("records")
    return [{str(k): None if not isinstance(v, str) and pd.isna(v) else v for k, v in row.items()} for row in rows]


def earlier_reports(
    folder: Path, *, court: str, year: int, named: Sequence[str | Path] | None
) -> dict[str, dict[str, Any]]:
    """The manifests of the court's reports of earlier years: of the folders named, or those beside ``folder``.

    Raises ``InputError`` for a folder named that holds no report.
    """
    if named is None:
        beside = sorted(folder.parent.iterdir()) if folder.parent.is_dir() else []
        candidates = [p for p in beside if p.name != folder.name and not p.name.startswith(".")]
    else:
        candidates = [Path(p) for p in named]
    found = {}
    for path in candidates:
        manifest = read_manifest(path) if path.is_dir() else {}
        if not manifest and named is not None:
            raise InputError(
                f"{path} 中没有 {MANIFEST}，不是报告文件夹。请给出以往年度报告的文件夹。",
                f"{path} holds no {MANIFEST}: give the folder of an earlier report.",
            )
        published = manifest.get("parameters", {}).get("year", year)
        if manifest.get("court") == court and "figures" in manifest and published < year:
            found[path.name] = manifest
    return dict(sorted(found.items(), key=lambda item: (item[1]["parameters"]["year"], item[0])))


def revised(material: Material) -> pd.DataFrame:
    """Every figure of an earlier report that differs today: the columns of ``COLUMNS``, empty if none does."""
    rows: list[dict[str, Any]] = []
    for name, manifest in material.earlier.items():
        years = sorted({int(row["period_end"][:4]) for row in manifest["figures"]})
        now = _by_key(material, years, None)
        then: dict[tuple[str, ...], dict[str, Any]] | None = None
        for row in manifest["figures"]:
            key = tuple(row[k] for k in KEYS)
            current = now.get(key)
            if current is not None and _same(row["value"], current["value"]):
                continue
            if then is None:
                then = _by_key(material, years, manifest["parameters"]["as_of"])
            why = _why(row, current, then.get(key), material, manifest)
            value = None if current is None else current["value"]
            about = {"unit": row["unit"], "old": row["value"], "new": value, "why": why.cell, "published_in": name}
            rows.append({**{k: row[k] for k in KEYS}, **about})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _by_key(material: Material, years: list[int], as_of: str | None) -> dict[tuple[str, ...], dict[str, Any]]:
    """Today's figures of the years; with ``as_of`` those of today's files as known on that day."""
    from analysis.measures.indicators import indicators

    cases = material.cases if as_of is None else _entered_by(material.cases, pd.Timestamp(as_of))
    table = indicators(cases, years=years, definitions=material.definitions, calendar=material.calendar)
    return {tuple(row[k] for k in KEYS): row for row in figures(table)}


def _entered_by(cases: Cases, day: pd.Timestamp) -> Cases:
    """The register of today as it was known on a day: without the rows that were entered after it."""
    table = cases.table
    if "entered_on" in table.columns:
        table = table.filter(table.entered_on.isnull() | (table.entered_on.cast("date") <= day.date()))
    return replace(cases, table=table, as_of=day)


def _same(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is new
    return abs(old - new) <= SAME * max(1.0, abs(old))


def _why(
    old: Mapping[str, Any],
    now: Mapping[str, Any] | None,
    then: Mapping[str, Any] | None,
    material: Material,
    manifest: Mapping[str, Any],
) -> Text:
    """The cause: another definition; else late entries, if the register as known then still gives the old figure."""
    if now is None:
        return GONE
    if old["definition"] != now["definition"] or old["unit"] != now["unit"]:
        return DEFINITION
    if then is not None and _same(old["value"], then["value"]):
        return LATE
    if len(material.cases.corrections) != len(manifest.get("corrections", [])):
        return CORRECTED
    return REGISTER
