"""Reading a register as it arrives: every file, every sheet, every row accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.cases.storage import PACKED, Storage, on_engine
from analysis.cases.table import Cases
from analysis.files.frames import on_disk
from analysis.files.source import PathGiven, Source, find_files, open_source
from analysis.register.corrections import Corrections
from analysis.register.court_said import with_court_said
from analysis.register.ingest import court_file_input, ingested_cases, must_be_as_ingested
from analysis.register.intake import read_source
from analysis.register.last_day import last_day, must_be_said, titles_read
from analysis.register.number_links import use_one_writing
from analysis.register.read_log import ReadLog, no_cases, raise_all
from analysis.register.settings import (
    Settings,
    chosen,
    must_be_met,
    pseudonym_key,
    settings_of,
    with_not_met,
)
from analysis.register.store import is_ingested, must_be_finished
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.periods import Day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ibis.backends import BaseBackend
    from narwhals.typing import IntoFrame


def read_cases(
    source: PathGiven | Iterable[PathGiven] | IntoFrame,
    *,
    as_of: Day | None = None,
    columns: Mapping[str, str | Mapping[str, str]] | PathGiven | None = None,
    corrections: PathGiven | None = None,
    court: str | None = None,
    court_file: PathGiven | None = None,
    key_file: PathGiven | None = None,
    engine: str | BaseBackend = "duckdb",
) -> Cases:
    """Read a register from a file, a folder, a glob pattern, several of these, or a dataframe, and account for every row.

    Formats: xlsx, xls (web pages and XML of that name too), ods, csv/tsv (UTF-8, GB18030, UTF-16), parquet, DuckDB. Title
    rows, two-row headers, merged cells and totals are understood; ``rows = kept + quarantined + skipped`` in ``cases.inputs``, always.

    Parameters
    ----------
    source : path or several, or a dataframe
        A dataframe of pandas, polars or Arrow is read as a file with its headers would be.
        Sheets are told apart as cases, petitions, coercive measures and aid by their headers and names.
    as_of : date
        The day to which the register is known. A folder's ``register.toml`` may say it (``as_of``, ``synthetic``,
        ``court``, ``pseudonym_key``, ``definitions``, ``scheme``).
    columns : mapping or path of a TOML file
        Header → column for headers that are not known (or column → header); by table, or for all tables.
    corrections : path
        The workbook of ``export_findings`` as a clerk hands it back; ``cases.corrections`` says what was applied.
    court : str
        The court of rows that name none, where no row names another; else those rows are of no court.
    court_file : path
        The court's own file (``court-analysis start`` writes it): what its headers and words mean, its name, last day,
        definition set and scheme. What the call says goes before all, a folder's ``register.toml`` before the court's file.
    key_file : path
        A file that holds the key of the officers' pseudonyms (its bytes, trimmed); else ``register.toml`` may hold one.
    engine : str or Ibis backend
        ``"duckdb"``, ``"spark"`` or a connected Ibis backend to hold the tables. A folder that ``ingest`` wrote is
        scanned where it is, on any of them, and holds what ``ingest`` was told of columns, words, courts and corrections:
        what the call says otherwise is refused.

    Returns
    -------
    Cases
        The register: its tables, and what became of every row.

    Raises
    ------
    InputError
        No such file, an unreadable or changing file, no header understood, a needed column absent.
    ArgumentError
        ``as_of`` neither given nor said by the register.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "台账.csv")
    ...     lines = ["案号,立案日期,结案日期", "（2011）执字第1号,2011-01-04,2011-03-01", "（2011）执字第2号,2011-02-30,", "合计,2,1"]
    ...     _ = file.write_text("\\n".join(lines), encoding="utf-8")
    ...     cases = read_cases(file, as_of="2011-12-31")
    >>> cases.inputs[["rows", "kept", "quarantined", "skipped"]].values.tolist()  # the header and the total are skipped
    [[4, 1, 1, 2]]
    >>> cases.quarantine[["row", "field"]].values.tolist()  # 30 February
    [[3, 'filed_on']]
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"案号": ["（2011）执字第1号"], "立案日期": ["2011-01-04"], "承办人": ["甲"]})
    >>> len(read_cases(frame, as_of="2011-12-31"))
    1
    """
    with on_disk(source) as given:
        must_be_finished(given)
        found = None if is_ingested(given) else find_files(given)
        settings = settings_of(given, columns=columns, court=court, court_file=court_file)
        if found is None:
            must_be_as_ingested(given, settings, corrections)
            return ingested_cases(given, settings, court_file, as_of=as_of, key_file=key_file, engine=engine)
        about = settings.about
        must_be_said(as_of, about)
        sources = _open_all(found)
        text = sum(source.bytes * (1 if source.format == "text" else PACKED) for source in sources)
        log = ReadLog(Storage(text), Corrections(corrections))
        _read_all(sources, log, settings)
        use_one_writing(log.storage)
        if court_file is not None:
            log.inputs.append(court_file_input(court_file))
        account = log.tables()
        account["mapping"] = with_not_met(
            account["mapping"], settings.columns, court_file, read=log.read, headers=log.headers
        )
        tables = log.storage.tables()
        tables["cases"] = with_court_said(tables["cases"], settings.court, account["mapping"])
        files = [(source.name, source.sha256) for source in sources]
        titles = titles_read(account["skipped_rows"], account["mapping"])
        known_to, known_by = last_day(as_of, about, files, tables["cases"], titles)
        if engine != "duckdb":
            tables = on_engine(tables, engine)
        return Cases(
            table=tables.pop("cases"),
            **tables,
            as_of=known_to,
            known_by=known_by,
            inputs=log.input_table(),
            **account,
            corrections=log.corrections.outcome,
            synthetic=bool(about.get("synthetic", False)),
            pseudonym_key=pseudonym_key(key_file, about),
            court_said=settings.court,
            file_names=log.file_names,
            headings=log.headings,
            **chosen(about, known_to),
        )


def _open_all(found: Iterable[tuple[Path, str]]) -> list[Source]:
    """Every file opened and told by content; all that cannot be are named in one error."""
    sources, errors = [], []
    for path, name in found:
        try:
            sources.append(open_source(path, name))
        except InputError as error:
            errors.append(error)
    raise_all(errors)
    return sources


def _read_all(sources: Sequence[Source], log: ReadLog, settings: Settings) -> None:
    """Read every source; what is wrong with any of them is said at once."""
    errors = []
    for source in sources:
        try:
            read_source(source, log, settings)
        except InputError as error:  # all problems at once
            errors.append(error)
    if not errors and "cases" not in log.read:
        errors = [error for found in log.not_understood.values() for error in found] or [
            no_cases([source.name for source in sources])
        ]
    raise_all(errors)
    must_be_met(settings.asked, set(log.headers), log.headers.values())
