"""Publishing: written beside and moved in place, so that a failed or interrupted run leaves the last good report."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.files.destinations import must_take_files, open_elsewhere
from analysis.register.confidential import must_hold_nothing_confidential
from analysis.report.atomic_folder import alone, replacing
from analysis.report.formats.html import linked
from analysis.report.manifest import as_json, sha256
from analysis.vocabulary.documents import parsed_json
from analysis.vocabulary.errors import OutputError
from analysis.vocabulary.option_words import option_codes
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.register.confidential import Confidential

MANIFEST = "manifest.json"
PLOTLY = b"Plotly.newPlot("  # in a page whose charts plotly draws
PARTS: dict[str, type] = {
    "court": str, "parameters": dict, "inputs": dict, "versions": dict, "files": dict, "reports": dict, "figures": list, "side_sums": list,
    "money": list, "corrections": list,
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
    for row in manifest.get("side_sums", []):
        texts = isinstance(row, dict) and all(
            isinstance(row.get(name), str) for name in ("of", "period_start", "period_end")
        )
        if not texts or not isinstance(row.get("amount"), NUMBER) or not row["period_end"][:4].isdecimal():
            raise ValueError("side_sums")
    for row in manifest.get("figures", []):
        texts = isinstance(row, dict) and all(isinstance(row.get(name), str) for name in FIGURE)
        if not texts or not isinstance(row.get("value"), NUMBER) or not row["period_end"][:4].isdecimal():
            raise ValueError("figures")
    return manifest


def publish(
    files: Mapping[str, bytes], manifest: dict[str, Any], folder: Path, *, confidential: Confidential | None
) -> Path:
    """Put a report's files and manifest into ``folder`` as one step; returns the folder, and completes the manifest.

    Where a file of the old report is still open in another program, so that Windows lets nothing take its place, the report stands in a
    folder of its own beside it, and that folder is returned.

    Nothing is written where any of them holds what stays in the court (``register.confidential``; ``None``: for use inside).

    What the same inputs gave in another language or format stays; what other inputs gave goes. Files that no report
    wrote are kept. Raises ``OutputError`` where the folder cannot be written; the old report then still stands.
    """
    must_take_a_report(folder)
    asked, folder = folder, folder.resolve()
    try:
        said = {name: _own(content) for name, content in files.items()}
        must_hold_nothing_confidential({folder.name: b"", **said, MANIFEST: as_json(manifest)}, confidential)
        with alone(folder):
            before = read_manifest(folder)
            _keep(manifest, before, files)
            files = _with_languages(manifest, files, folder)
            place = _beside(folder) if held_open(folder) else folder
            try:
                _write(files, manifest, folder, place, set(before.get("files", ())))
            except PermissionError:  # opened since, or its folder is: only Windows forbids to replace it then
                if place != folder or not folder.is_dir():
                    raise
                place = _beside(folder)
                _write(files, manifest, folder, place, set(before.get("files", ())))
    except OSError as error:
        raise OutputError.not_writable(folder, error) from error
    return asked if place == folder else place


def _own(content: bytes) -> bytes:
    """What a file says, without the library of 5 MB in a page with interactive charts, which is the same in all."""
    if PLOTLY not in content:
        return content
    from plotly.offline import get_plotlyjs

    return content.replace(get_plotlyjs().encode(), b"")


def held_open(folder: Path) -> list[Path]:
    """Return the files of a folder that another program holds open, so that no report can take their place."""
    return open_elsewhere(sorted(folder.iterdir())) if folder.is_dir() else []


def _beside(folder: Path) -> Path:
    """The first free name beside a folder: 2011-2, 2011-3 …"""
    return next(p for n in count(2) if not (p := folder.with_name(f"{folder.name}-{n}")).exists())


def must_take_a_report(out: str | Path | None) -> None:
    """Raise ``OutputError`` for a path that a report cannot take the place of: a file or a file's name, where nothing is written, where the run stands.

    Reports that are given none stand below ``reports``.
    """
    folder = Path("reports" if out is None else out).resolve()  # the folder itself, not the link that stands for it
    must_take_files(folder)
    if folder.suffix.lower().lstrip(".") in option_codes()["formats"]:
        raise OutputError(
            f"{folder.name} 是文件名：out=（--out）是文件夹，每种格式在其中各写一个文件。请去掉“{folder.suffix}”，格式用 formats=（--formats）选。",
            f"{folder.name} is the name of a file: out= (--out) is a folder, with a file of each format in it. Leave out {folder.suffix} and choose the "
            "format with formats= (--formats).",
        )
    here = Path.cwd()
    if folder == here or folder in here.parents:
        raise OutputError(
            f"{folder} 是当前所在的文件夹，报告会整个替换它。请用 out=（--out）给出其下的一个文件夹。",
            f"{folder} is the folder you are in, and a report replaces its folder as a whole: name one below it with "
            "out= (--out).",
        )


def say_what_stands_there(folder: Path, name: str, progress: Callable[[str], None] | None) -> None:
    """Name, before the work, what stands in the folder of a document of a name, where nobody listens as a warning: files that another program holds
    open, and another document, which goes."""
    for said in chain(_open_there(folder), _other_document(folder, name)):
        if progress is None:
            warnings.warn(str(said), stacklevel=4)
        else:
            progress(str(said))


def _open_there(folder: Path) -> Iterator[Text]:
    if held := held_open(folder):
        listed = [str(path) for path in held]
        yield Text(
            f"{'、'.join(listed)} 正被另一个程序打开（Excel、WPS？）。请关闭；若写出时仍然打开，新报告写到旁边的 {folder.name}-2一类文件夹。",
            f"{', '.join(listed)} is open in another program (Excel?). Close it; if it is still open in the end, the new report goes into a "
            f"folder beside, as {folder.name}-2.",
        )


def _other_document(folder: Path, name: str) -> Iterator[Text]:
    published = [file for file in read_manifest(folder).get("files", {}) if (folder / file).is_file()]
    if published and not any(file.startswith(f"{name}.") for file in published):
        yield Text(
            f"{folder} 里已有另一份文书（{'、'.join(published)}），将被 {name} 取代：一个文件夹只放一份文书。都要保留的，请用 out=（--out）给另一个文件夹。",
            f"{folder} holds another document ({', '.join(published)}), which {name} replaces: a folder holds one document. To keep both, name "
            "another folder with out= (--out).",
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


def _with_languages(manifest: dict[str, Any], files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The files, and of a report written in both languages the two pages, each with its way to the other.

    A page that stood in the folder and has been changed by hand since is left alone, and nothing leads to it.
    """
    pages = {name: files[name] if name in files else _read(folder / name) for name in other_pages(manifest["reports"])}
    if any(sha256(page) != manifest["files"][name] for name, page in pages.items()):
        return dict(files)
    both = {name: linked(pages[name], *other) for name, other in other_pages(manifest["reports"]).items()}
    manifest["files"] |= {name: sha256(page) for name, page in both.items()}
    return {**files, **both}


def other_pages(reports: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return the language and the page that each page leads to, of reports written in both languages.

    >>> other_pages({"zh": {"files": ["a.zh.html", "a.zh.xlsx"]}, "en": {"files": ["a.en.html"]}})
    {'a.zh.html': ('en', 'a.en.html'), 'a.en.html': ('zh', 'a.zh.html')}
    """
    pages = {language: name for language, part in reports.items() for name in part["files"] if name.endswith(".html")}
    others = dict(zip(pages, reversed(pages.items()), strict=True)) if len(pages) == 2 else {}
    return {pages[language]: other for language, other in others.items()}


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _write(
    files: Mapping[str, bytes], manifest: dict[str, Any], folder: Path, place: Path, published: set[str]
) -> None:
    """The folder anew, in its place or another: the files, what no report wrote, and the manifest."""
    gone = published - set(manifest["files"])
    with replacing(place) as beside:
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
        shutil.copyfile(source, target)
        with suppress(PermissionError):  # a stick (FAT, exFAT) keeps no rights
            shutil.copystat(source, target)
