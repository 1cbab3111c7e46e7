"""The register that a person means: the one named, else the one of the court's file, else the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.register.court_file import find_court_file, read_court_file
from analysis.register.reading import read_cases
from analysis.sample.folder import sample_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.cases.table import Cases
    from analysis.files.source import PathGiven


def own_cases(
    register: PathGiven | Iterable[PathGiven] | None = None,
    *,
    court_file: PathGiven | None = None,
    **reading: Any,
) -> Cases:
    """Read the register named, else the one of the court's file, else the synthetic sample.

    The court's file is the one named, else ``本院.toml`` in the working folder (or the folder in which the lab was started); it
    says what headers and words mean wherever a register of the court is read. Further arguments are those of ``read_cases``, whose
    errors are raised.

    >>> own_cases().court  # no court's file here: the sample
    '富锦市人民法院'
    """
    file = find_court_file(court_file)
    named = register if register is not None else read_court_file(file).get("register") if file else None
    if named is None:
        return read_cases(sample_path("register"), **reading)
    return read_cases(named, court_file=file, **reading)
