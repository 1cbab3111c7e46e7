"""The register that a person means: the one named, else the one of the court's file, else the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from analysis.register.court_file import find_court_file, register_of
from analysis.register.reading import read_cases
from analysis.report.one_court import of_court_said
from analysis.sample.folder import sample_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analysis.cases.table import Cases
    from analysis.files.source import PathGiven
    from analysis.vocabulary.periods import Day


class Reading(TypedDict, total=False):
    """What else is said of a register, as ``read_cases`` takes it."""

    as_of: Day | None
    columns: Mapping[str, str | Mapping[str, str]] | PathGiven | None
    corrections: PathGiven | None
    court: str | None
    key_file: PathGiven | None


def own_cases(
    source: PathGiven | Iterable[PathGiven] | None = None,
    *,
    as_of: Day | None = None,
    columns: Mapping[str, str | Mapping[str, str]] | PathGiven | None = None,
    corrections: PathGiven | None = None,
    court: str | None = None,
    court_file: PathGiven | None = None,
    key_file: PathGiven | None = None,
) -> Cases:
    """Read the register named, else the one of the court's file, else the synthetic sample.

    The court's file is the one named, else ``本院.toml`` in the working folder (or the folder in which the lab was started); it
    says what headers and words mean wherever a register of the court is read. Of a register of several courts it is the cases of the court that is
    named, by ``court`` or in its file; where none of them is, all.

    Parameters
    ----------
    source : path or several
        The register, where it is not the one that the court's file names.
    as_of, columns, corrections, court, court_file, key_file
        As ``read_cases``.

    Returns
    -------
    Cases

    Raises
    ------
    InputError, ArgumentError
        Those of ``read_cases``, and of a court's file that is wrong.

    >>> own_cases().court  # no court's file here: the sample
    '富锦市人民法院'
    """
    read = own_register(
        source,
        as_of=as_of,
        columns=columns,
        corrections=corrections,
        court=court,
        court_file=court_file,
        key_file=key_file,
    )
    return of_court_said(read)


def own_register(
    source: PathGiven | Iterable[PathGiven] | None, *, court_file: PathGiven | None, **reading: Unpack[Reading]
) -> Cases:
    """Read the register that ``own_cases`` reads, with the cases of all its courts."""
    file = find_court_file(court_file)
    named = source if source is not None else register_of(file) if file else None
    return read_cases(
        sample_path("register") if named is None else named, court_file=None if named is None else file, **reading
    )
