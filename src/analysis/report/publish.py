"""Publishing: written beside and moved in place, so that a failed or interrupted run leaves the last good report."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.files.destinations import must_take_files
from analysis.register.confidential import must_hold_nothing_confidential
from analysis.report.atomic_folder import alone, replacing
from analysis.report.manifest import as_json, sha256
from analysis.vocabulary.documents import parsed_json
from analysis.vocabulary.errors import OutputError

if TYPE_CHECKING:
    from analysis.register.confidential import Confidential

MANIFEST = "manifest.json"
PLOTLY = b"Plotly.newPlot("  # in a page whose charts plotly draws
PARTS: dict[str, type] = {
    "court": str, "parameters": dict, "inputs": dict, "versions": dict, "files": dict, "reports": dict, "figures": list, "corrections": list,
}  # fmt: skip
FIGURE = ("indicator", "period_start", "period_end", "unit", "definition")
NUMBER = (int, float, type(None))


def read_manifest(folder: Path, name: str = MANIFEST) -> dict[str, Any]:
    """Return the manifest of a published report; empty where there is none; ``OutputError`` where it cannot be read."""
    path = folder / name
    if not path.is_file():
        return {}
    try:
        return _sound(parsed_json(path.read_bytes()))
    except (ValueError, OSError) as error:
        raise OutputError(
            f"{path}：清单文件无法读取（{error}）。请从备份恢复；要重新生成报告的，将它移到别处后重试。",
            f"{path}: the manifest cannot be read ({error}). Restore it from a copy; to make the report anew, move it away and try again.",
        ) from error


def _sound(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest whose parts are of the kinds that reports write; ``ValueError`` names the part that is not."""
    for name, kind in PARTS.items():
        if not isinstance(manifest.get(name, kind()), kind):
            raise ValueError(name)
    for report in manifest.get("reports", {}).values():
        lists = isinstance(report, dict) and all(isinstance(report.get(n, []), list) for n in ("files", "exhibits"))
        if not lists or not set(map(str, report.get("files", ()))) <= set(manifest.get("files", ())):
            raise ValueError("reports")
        if not all(isinstance(e, dict) and {"id", "sha256"} <= set(e) for e in report.get("exhibits", ())):
            raise ValueError("exhibits")
    for row in manifest.get("figures", []):
        texts = isinstance(row, dict) and all(isinstance(row.get(name), str) for name in FIGURE)
        if not texts or not isinstance(row.get("value"), NUMBER) or not row["period_end"][:4].isdecimal():
            raise ValueError("figures")
    return manifest


def publish(
    files: Mapping[str, bytes], manifest: dict[str, Any], folder: Path, *, confidential: Confidential | None
) -> dict[str, Any]:
    """Put a report's files and manifest into ``folder`` as one step; returns the manifest as written.

    Nothing is written where any of them holds what stays in the court (``register.confidential``; ``None``: for use inside).

    What the same inputs gave in another language or format stays; what other inputs gave goes. Files that no report
    wrote are kept. Raises ``OutputError`` where the folder cannot be written; the old report then still stands.
    """
    must_take_a_report(folder)
    folder = folder.resolve()
    try:
        said = {name: _own(content) for name, content in files.items()}
        must_hold_nothing_confidential({**said, MANIFEST: as_json(manifest)}, confidential)
        with alone(folder):
            before = read_manifest(folder)
            _keep(manifest, before, files)
            _write(files, manifest, folder, set(before.get("files", ())))
    except OSError as error:
        raise OutputError.not_writable(folder, error) from error
    return manifest


def _own(content: bytes) -> bytes:
    """What a file says, without the library of 5 MB in a page with interactive charts, which is the same in all."""
    if PLOTLY not in content:
        return content
    from plotly.offline import get_plotlyjs

    return content.replace(get_plotlyjs().encode(), b"")


def must_take_a_report(out: str | Path) -> None:
    """Raise ``OutputError`` for a path that a report cannot take the place of: a file, where nothing is written, where the run stands."""
    folder = Path(out).resolve()  # the folder itself, not the link that stands for it
    must_take_files(folder)
    here = Path.cwd()
    if folder == here or folder in here.parents:
        raise OutputError(
            f"{folder} 是当前所在的文件夹，报告会整个替换它。请用 out=（--out）给出其下的一个文件夹。",
            f"{folder} is the folder you are in, and a report replaces its folder as a whole: name one below it with "
            "out= (--out).",
        )


def _keep(manifest: dict[str, Any], before: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """Take over from the manifest before what the same inputs and versions gave: other languages, other formats."""
    manifest["files"] |= {name: sha256(content) for name, content in files.items()}
    if any(before.get(part) != manifest[part] for part in ("inputs", "parameters", "versions")):
        return
    for language, part in before["reports"].items():
        now = manifest["reports"].setdefault(language, part)
        kept = [name for name in part["files"] if name not in files]
        now["files"] = sorted({*now["files"], *kept})
        for asked, kind in (("template", ".docx"), ("interactive", ".html")):
            if asked in part and any(name.endswith(kind) for name in kept):
                now[asked] = part[asked]
        manifest["files"] |= {name: before["files"][name] for name in kept}


def _write(files: Mapping[str, bytes], manifest: dict[str, Any], folder: Path, published: set[str]) -> None:
    """The folder anew: the files, what no report wrote, and the manifest."""
    gone = published - set(manifest["files"])
    with replacing(folder) as beside:
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                if path.name not in gone and path.name not in files and path.name != MANIFEST:
                    _copy(path, beside / path.name)
        for name, content in files.items():
            (beside / name).write_bytes(content)
        (beside / MANIFEST).write_bytes(as_json(manifest))


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)
