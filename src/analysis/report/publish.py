"""Publishing: written beside and moved in place, so that a failed or interrupted run leaves the last good report."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.report.manifest import as_json, sha256
from analysis.vocabulary.errors import OutputError

MANIFEST = "manifest.json"


def read_manifest(folder: Path, name: str = MANIFEST) -> dict[str, Any]:
    """The manifest of a published report; empty where there is none; ``OutputError`` where it cannot be read."""
    path = folder / name
    if not path.is_file():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, OSError) as error:
        raise OutputError(
            f"{path}：清单文件无法读取（{error}）。请移走该文件后重试。",
            f"{path}: the manifest cannot be read ({error}). Move it away and try again.",
        ) from error


def publish(files: Mapping[str, bytes], manifest: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Put a report's files and manifest into ``folder`` as one step; returns the manifest as written.

    A report in the other language made from the same inputs stays; one made from other inputs goes. Files that no
    report wrote are kept. Raises ``OutputError`` where the folder cannot be written; the old report then still stands.
    """
    before = read_manifest(folder)
    same = before.get("inputs") == manifest["inputs"] and before.get("parameters") == manifest["parameters"]
    kept = {k: v for k, v in before.get("reports", {}).items() if same and k not in manifest["reports"]}
    for name, content in files.items():
        manifest["files"][name] = sha256(content)
    for other in kept.values():
        manifest["files"] |= {name: before["files"][name] for name in other["files"]}
    manifest["reports"] |= kept
    try:
        with _replacing(folder) as beside:
            if folder.is_dir():
                written = set(before.get("files", ())) - set(manifest["files"])
                for path in sorted(folder.iterdir()):
                    if path.name not in written and path.name not in files and path.name != MANIFEST:
                        _copy(path, beside / path.name)
            for name, content in files.items():
                (beside / name).write_bytes(content)
            (beside / MANIFEST).write_bytes(as_json(manifest))
    except OSError as error:
        raise OutputError(
            f"无法写入 {folder}（{error.strerror or error}）。请检查路径和权限，并关闭已打开的报告文件后重试。",
            f"{folder} cannot be written ({error.strerror or error}). Check path and rights, close open report files, retry.",
        ) from error
    return manifest


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


@contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    """A fresh folder beside ``folder`` that takes its place when the block ends well, and vanishes when it does not."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield beside
        beside.chmod(0o755)
        aside = beside.with_name(beside.name + "-old")
        if folder.exists():
            os.replace(folder, aside)  # noqa: PTH105 - both are renames; Path has no difference to offer
        try:
            os.replace(beside, folder)  # noqa: PTH105
        except OSError:
            if aside.exists() and not folder.exists():
                os.replace(aside, folder)  # noqa: PTH105
            raise
        shutil.rmtree(aside, ignore_errors=True)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
