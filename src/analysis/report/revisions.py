"""Earlier reports of the same court, and the figures in them that today's register gives differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.measures.indicators.first_figures import entered_by
from analysis.measures.indicators.quantity_sums import of_money
from analysis.measures.windows import stock_calendar
from analysis.report.manifest import as_json, sha256
from analysis.report.publish import MANIFEST, read_manifest
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.indicator_sets.sets import definition_set
from analysis.vocabulary.periods import year_window
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.report.inputs import Material

COLUMNS = ("period_start", "period_end", "indicator", "unit", "old", "new", "why", "published_in")
KEYS = ("indicator", "period_start", "period_end")
SAME = 1e-9  # figures are compared as numbers; a float written and read again is the same float

DEFINITION = Text("口径变更", "the definition changed")
LATE = Text("原报告之后录入的立案、结案等信息（迟录）", "entries made after that report (late entries)")
CORRECTED = Text("台账更正", "corrections of the register")
REGISTER = Text("台账文件已不同，当时已知的数字也随之改变", "the register's files differ, also for what was known then")
HELD_BACK = Text("金额与先前公布的不同，不再列出", "its money differs from what was published, and is not shown again")
GONE = Text("现口径集无此指标", "the definition set no longer has it")
OTHER_DAYS = Text("统计期间起止不同，不能比较", "its period has other days, so the two cannot be compared")


def figures(indicators: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the indicators as the manifest keeps them, so that a later report can tell what changed."""
    kept = indicators[["indicator", "period_start", "period_end", "value", "numerator", "denominator", "unit"]].copy()
    kept["definition"] = indicators["definition"]
    for name in ("period_start", "period_end"):
        kept[name] = kept[name].dt.strftime("%Y-%m-%d")
    rows = kept.to_dict("records")
    return [{str(k): None if not isinstance(v, str) and pd.isna(v) else v for k, v in row.items()} for row in rows]


def money_of(indicators: pd.DataFrame, definitions: str | Path) -> list[str]:
    """Return which definitions of the indicators add up money, as the manifest keeps them: a later report may not have the set at hand."""
    return sorted(of_money(definition_set(definitions)) & {*indicators["definition"]})


def earlier_reports(
    folder: Path, *, court: str, year: int, named: Sequence[str | Path] | None
) -> dict[str, dict[str, Any]]:
    """Return the manifests of the court's earlier reports: of the folders named, or those of earlier years beside ``folder``.

    One that is named may be of the same year: an edition that was handed out before this one. A manifest may be named itself. Raises
    ``InputError`` for a path that holds no report, or one of another court or of a later year.
    """
    if named is not None:
        return _in_order(_named(Path(path), court=court, year=year) for path in named)
    beside = sorted(folder.parent.iterdir()) if folder.parent.is_dir() else []
    others = [p for p in beside if p.is_dir() and p.name != folder.name and not p.name.startswith(".")]
    found = [(path.name, read_manifest(path)) for path in others]
    return _in_order((name, manifest) for name, manifest in found if _fits(manifest, court=court, last=year - 1))


def _fits(manifest: Mapping[str, Any], *, court: str, last: int) -> bool:
    parameters = manifest.get("parameters", {})
    published, known = parameters.get("year"), pd.to_datetime(parameters.get("as_of"), errors="coerce")
    if not isinstance(published, int) or pd.isna(known):
        return False
    return manifest.get("court") == court and "figures" in manifest and published <= last


def _named(path: Path, *, court: str, year: int) -> tuple[str, dict[str, Any]]:
    """A report that somebody named: it has to be one, of this court, of no later year."""
    if not path.exists():
        raise InputError(
            f"找不到以往报告：{path}。请检查路径；应为以往年度报告的文件夹或其 {MANIFEST}。",
            f"No such earlier report: {path}. Check the path: it is the folder of an earlier report, or its {MANIFEST}.",
        )
    folder, file = (path, MANIFEST) if path.is_dir() else (path.parent, path.name)
    manifest = read_manifest(folder, file)
    if not manifest:
        raise InputError(
            f"{path} 中没有 {MANIFEST}，不是报告文件夹。请给出以往年度报告的文件夹或其 {MANIFEST}。",
            f"{path} holds no {MANIFEST}: give the folder of an earlier report, or its {MANIFEST}.",
        )
    if not _fits(manifest, court=court, last=year):
        told, when = manifest.get("court", "—"), manifest.get("parameters", {}).get("year", "—")
        raise InputError(
            f"{path} 是“{told}”{when}年的报告，不是{court}{year}年或以前的年度报告。",
            f'{path} is the report of "{told}" for {when}, not a yearly report of {court} for {year} or before.',
        )
    return folder.name if file == MANIFEST else path.stem, manifest


def _in_order(found: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    reports: dict[str, dict[str, Any]] = {}
    for name, manifest in sorted(found, key=lambda item: (item[1]["parameters"]["year"], item[0])):
        if name in reports:
            raise InputError(
                f"两份以往报告都叫“{name}”。请给其中一个文件夹改名。",
                f'Two earlier reports are both called "{name}": rename one of the folders.',
            )
        reports[name] = manifest
    return reports


def checksums(earlier: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return what of each earlier report a later one rests on, as one checksum a report."""
    used = ("figures", "corrections", "parameters")
    return {
        name: sha256(
            as_json({key: manifest.get(key) for key in (*used, *sorted({"money", "side_sums"} & {*manifest}))})
        )
        for name, manifest in earlier.items()
    }


def side_sums(aid: pd.DataFrame, measures: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the sums of judicial aid and of each kind of coercive measure as the manifest keeps them; a sum not shown is None."""
    tables = [aid.assign(of="aid"), measures.assign(of="coercive_measures " + measures["kind"].fillna("").astype(str))]
    sums = pd.concat([table[["of", "period_start", "period_end", "amount"]] for table in tables], ignore_index=True)
    rows = sums.assign(**{name: sums[name].dt.strftime("%Y-%m-%d") for name in ("period_start", "period_end")})
    found: Any = rows.astype({"amount": object}).where(rows.notna(), None).to_dict("records")
    return list(found)


def beside_earlier(material: Material, earlier: Mapping[str, Mapping[str, Any]]) -> Material:
    """Set the material beside the manifests of earlier reports, with every figure of them that differs today.

    Of a year whose money does, or can no longer be worked out, none is shown again: the two would differ by the few cases that were entered
    late or corrected. Nor is that of a year of which an earlier report has a part of the days alone, as it went by another statistical calendar.
    """
    material = replace(material, earlier=earlier)
    told = (manifest.get("money", ()) for manifest in earlier.values())
    money = frozenset().union(*told, *map(of_money, map(definition_set, _all_sets(material))))
    revised = _revised(material, money)
    of_money_now = revised["definition"].isin(money) | (revised["unit"] == "万元")
    windows = [*revised.loc[of_money_now, ["period_start", "period_end"]].itertuples(index=False, name=None)]
    restated = frozenset(
        year for window in [*windows, *_side_sums_revised(material)] for year in _years_of(material, *window)
    )
    if restated:
        cases, register = (replace(c, restated=restated) for c in (material.cases, material.register))
        material = replace(material, cases=cases, register=register)
        revised = _revised(material, money)
    return replace(material, revised=revised[list(COLUMNS)])


def _side_sums_revised(material: Material) -> list[tuple[str, str]]:
    """The windows of which an earlier report shows a sum of aid or of coercive measures that is another today."""
    from analysis.measures.aid import aid
    from analysis.measures.coercion import coercive_measures

    told = [row for manifest in material.earlier.values() for row in manifest.get("side_sums", ())]
    years = sorted({int(row["period_end"][:4]) for row in told})
    key = ("of", "period_start", "period_end")
    asked: dict[str, Any] = {"periods": years, "calendar": material.calendar}
    sums = side_sums(aid(material.cases, **asked), coercive_measures(material.cases, **asked)) if years else ()
    now = {tuple(row[k] for k in key): row["amount"] for row in sums}
    return [
        (row["period_start"], row["period_end"])
        for row in told
        if row["amount"] is not None and not _same(row["amount"], now.get(tuple(row[k] for k in key)))
    ]


def _years_of(material: Material, start: str, end: str) -> list[pd.Timestamp]:
    """The first days of the register's statistical years that share a day with a window."""
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    calendar = stock_calendar(material.cases.calendar)
    years = [year_window(year, calendar=calendar) for year in range(first.year, last.year + 2)]
    return [begin for begin, until in years if begin <= last and first <= until]


def _all_sets(material: Material) -> list[str]:
    return list(dict.fromkeys(name for manifest in material.earlier.values() for name in _sets(material, manifest)))


def _revised(material: Material, money: frozenset[str]) -> pd.DataFrame:
    """Every figure of an earlier report that differs today, of ``money`` also by its parts: the columns of ``COLUMNS``, empty if none does."""
    rows: list[dict[str, Any]] = []
    for name, manifest in material.earlier.items():
        years = sorted({int(row["period_end"][:4]) for row in manifest["figures"]})
        sets = _sets(material, manifest)
        now = _by_key(material, sets, years, None) if years else {}
        then: dict[tuple[str, ...], dict[str, Any]] | None = None
        for row in manifest["figures"]:
            key = tuple(row[k] for k in KEYS)
            current = now.get(key)
            parts = ("value", "numerator", "denominator") if row["definition"] in money else ("value",)
            told = [part for part in parts if row.get(part) is not None]
            if row["value"] is None or (current is not None and all(_same(row[part], current[part]) for part in told)):
                continue  # what an earlier report left out is not revised
            if then is None:
                then = _by_key(material, sets, years, manifest["parameters"]["as_of"])
            is_held_back = (
                row["definition"] in money
                and material.cases.restated
                and current is not None
                and current["value"] is None
            )
            why = HELD_BACK if is_held_back else _why(row, current, then.get(key), material, manifest)
            why = OTHER_DAYS if why is GONE and key[1:] not in {known[1:] for known in now} else why
            value = None if current is None else current["value"]
            about = {"unit": row["unit"], "old": row["value"], "new": value, "why": why.cell, "published_in": name}
            rows.append({**{k: row[k] for k in KEYS}, **about, "definition": row["definition"]})
    return pd.DataFrame(rows, columns=[*COLUMNS, "definition"])


def _sets(material: Material, manifest: Mapping[str, Any]) -> list[str]:
    """Today's definition set, and the earlier report's for what today's no longer defines, where it is still at hand."""
    before = str(manifest["parameters"].get("definitions", material.definitions))
    try:
        definition_set(before)
    except (ArgumentError, InputError):
        return [material.definitions]
    return list(dict.fromkeys([material.definitions, before]))


def _by_key(
    material: Material, sets: Sequence[str], years: list[int], as_of: str | None
) -> dict[tuple[str, ...], dict[str, Any]]:
    """Figures of the years by the first set that defines them; with ``as_of`` those of today's files as known on that day."""
    from analysis.measures.indicators.indicators import indicators

    cases = material.cases if as_of is None else entered_by(material.cases, pd.Timestamp(as_of))
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for name in reversed(sets):
        table = indicators(cases, periods=years, definitions=name, calendar=material.calendar)
        found |= {tuple(row[k] for k in KEYS): row for row in figures(table)}
    return found


def _same(old: float, new: float | None) -> bool:
    return new is not None and abs(old - new) <= SAME * max(1.0, abs(old))


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
