"""What a run may leave behind, however it ended: the store or the report of before, or the one that was to come; never a mixture."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import analysis as an

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = "2024-12-31"


def write_source(folder: Path, *, years: range, each: int = 6) -> Path:
    """A register of some cases a year in one file a year, as a court hands it on."""
    folder.mkdir(parents=True, exist_ok=True)
    for year in years:
        lines = ["案号,立案日期,结案日期,结案方式,法院"]
        lines += [f"（{year}）富执字第{i}号,{year}-0{1 + i % 9}-1{i % 9},,,甲" for i in range(1, each + 1)]
        (folder / f"{year}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def rows_of(store: Path) -> list[str] | str:
    """The case numbers of a store, sorted; ``refused`` where it is said to be unusable."""
    try:
        cases = an.read_cases(store, as_of=AS_OF)
        return sorted(cases.table.case_no.to_pandas())
    except an.CourtAnalysisError:
        return "refused"


def bytes_of(folder: Path) -> dict[str, str]:
    """The checksum of every file of a folder but for hidden ones."""
    files = [
        p
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not any(part.startswith(".") for part in p.relative_to(folder).parts)
    ]
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def report_files(text: str) -> dict[str, bytes]:
    """The files of a small report."""
    return {f"report.{i}.html": f"<p>{text} {i}</p>".encode() * 50 for i in range(4)}


def publish_report(folder: Path, text: str) -> None:
    """Publish a small report, as ``build_report`` does with a whole one."""
    from analysis.report.publish import publish

    files = report_files(text)
    manifest = {
        "inputs": {"register": {text: text}}, "parameters": {}, "versions": {}, "files": {},
        "reports": {"zh": {"files": list(files), "exhibits": []}},
    }  # fmt: skip
    publish(files, manifest, folder, confidential=None)


def report_of(folder: Path) -> str:
    """Which report stands in a folder, all of its files as its manifest says; ``nothing``, or ``broken``."""
    if not (folder / "manifest.json").is_file():
        return "nothing" if not folder.exists() or not any(folder.iterdir()) else "broken"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    sound = all(
        (folder / name).is_file() and hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum
        for name, checksum in manifest["files"].items()
    )
    (text,) = manifest["inputs"]["register"]
    return str(text) if sound else "broken"
