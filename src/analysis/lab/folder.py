"""The working folder: notebooks and sample copied beside each other, an edited notebook never overwritten."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from analysis.files.destinations import copy_files, whole_folder, write_file
from analysis.lab.languages import in_language
from analysis.report.manifest import sha256
from analysis.sample.folder import sample_path
from analysis.vocabulary.documents import parsed_json
from analysis.vocabulary.errors import OutputError
from analysis.vocabulary.text import spoken

# Checksums of the notebooks as they were copied, so that an edited one is told from an old one.
COPIED = ".court-analysis.json"


@dataclass(frozen=True)
class Copied:
    """The notebooks that were written or renewed, and those kept because their user had edited them."""

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]


def notebooks_path() -> Path:
    """Return the folder of the notebooks: inside an installed package, or at the top of a checkout."""
    inside = Path(str(files("analysis.lab"))) / "notebooks"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "notebooks"


def copy_notebooks(folder: str | Path) -> Copied:
    """Copy notebooks and sample into a working folder; a notebook that its user edited stays as it is.

    Raises ``OutputError`` where the folder cannot be written.
    """
    target = Path(folder)
    try:
        return _copied(target)
    except OSError as error:
        raise OutputError.not_writable(target, error) from error


def _recorded(record: Path) -> dict[str, str]:
    """Return the checksums of the notebooks as they were copied; none where the record is damaged: every changed one is kept."""
    try:
        return parsed_json(record.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}


def _copied(target: Path) -> Copied:
    target.mkdir(parents=True, exist_ok=True)
    record = target / COPIED
    known = _recorded(record)
    written, kept = [], []
    for source in sorted(notebooks_path().glob("*.ipynb")):
        copy, content = target / source.name, in_language(source.read_bytes(), spoken())
        if copy.is_file() and sha256(copy.read_bytes()) not in (known.get(source.name), sha256(content)):
            kept.append(source.name)
            continue
        write_file(copy, content)  # half of one would pass for edited ever after
        known[source.name] = sha256(content)
        written.append(source.name)
    sample = target / "data" / "sample"
    if not sample.exists():
        with whole_folder(sample) as part:
            copy_files(sample_path(), part)
    write_file(record, json.dumps(known, indent=1, sort_keys=True).encode())
    return Copied(target, tuple(written), tuple(kept))
