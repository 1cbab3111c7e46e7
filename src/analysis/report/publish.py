"""Publishing: written beside and moved in place, so that a failed or interrupted run leaves the last good report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.register.confidential import must_hold_nothing_confidential
from analysis.report.atomic_folder import alone, replacing
from analysis.report.manifest import as_json, sha256
from analysis.vocabulary.errors import OutputError

if TYPE_CHECKING:
    from analysis.register.confidential import Confidential

MANIFEST = "manifest.json"


def read_manifest(folder: Path, name: str = MANIFEST) -> dict[str, Any]:
    """Return the manifest of a published report; empty where there is none; ``OutputError`` where it cannot be read."""
    path = folder / name
    if not path.is_file():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, OSError) as error:
        raise OutputError(
            f"{path}：清单文件无法读取（{error}）。请将该文件移到别处后重试。",
            f"{path}: the manifest cannot be read ({error}). Move it away and try again.",
        ) from error


def publish(
    files: Mapping[str, bytes], manifest: dict[str, Any], folder: Path, *, confidential: Confidential | None
) -> dict[str, Any]:
    """Put a report's files and manifest into ``folder`` as one step; returns the manifest as written.

    Nothing is written where any of them holds what stays in the court (``register.confidential``; ``None``: for use inside).

    What the same inputs gave in another language or format stays; what other inputs gave goes. Files that no report
    wrote are kept. Raises ``OutputError`` where the folder cannot be written; the old report then still stands.
    """
    from plotly.offline import get_plotlyjs

    folder = folder.resolve()  # the folder itself, not the link that stands for it
    _must_be_a_folder(folder)
    try:
        library = get_plotlyjs().encode()  # 4 MB of every page, the same in all
        said = {name: content.replace(library, b"") for name, content in files.items()}
        must_hold_nothing_confidential({**said, MANIFEST: as_json(manifest)}, confidential)
        with alone(folder):
            before = read_manifest(folder)
            _keep(manifest, before, files)
            _write(files, manifest, folder, set(before.get("files", ())))
    except OSError as error:
        raise OutputError(
            f"无法写入 {folder}（{error.strerror or error}）。请检查路径和权限，并关闭已打开的报告文件后重试。",
            f"{folder} cannot be written ({error.strerror or error}). Check path and rights, close open report files, retry.",
        ) from error
    return manifest


def _must_be_a_folder(folder: Path) -> None:
    """Raise ``OutputError`` for a path that a report cannot take the place of: a file, or where the run itself stands."""
    if folder.exists() and not folder.is_dir():
        raise OutputError(
            f"{folder} 是文件，不能作输出文件夹。请用 out=（--out）另给一个文件夹。",
            f"{folder} is a file and cannot be the folder of a report: name another with out= (--out).",
        )
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
        if "template" in part and any(name.endswith(".docx") for name in kept):
            now["template"] = part["template"]
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
