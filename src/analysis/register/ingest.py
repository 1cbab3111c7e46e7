"""A register of any size brought into one form: canonical parquet, sorted by court, a part a year of filing."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from analysis.cases.columns import schema
from analysis.cases.storage import connected, create_empty, embedded
from analysis.cases.table import INPUT_COLUMNS, Cases
from analysis.files.destinations import behind_links
from analysis.files.lock import locked
from analysis.files.process import start_ahead
from analysis.files.source import PathGiven, digest, find_files, open_source
from analysis.files.threads import map_ordered
from analysis.register import EXPORT
from analysis.register.corrections import Corrections
from analysis.register.court_said import with_court_said
from analysis.register.file_names import shown_file
from analysis.register.headers import NAME_THEM
from analysis.register.intake import COUNTS, MOST_CHARACTERS, MOST_SET_ASIDE, recorded_name
from analysis.register.last_day import last_day, titles_read
from analysis.register.partitions import in_order, write_rows
from analysis.register.read_log import LOGGED, no_cases, raise_all
from analysis.register.settings import (
    Settings,
    chosen,
    must_be_met,
    pseudonym_key,
    settings_of,
    with_not_met,
)
from analysis.register.staging import Stage, stage, staged_name
from analysis.register.store import (
    ABOUT,
    FORM,
    LOCK,
    SAID,
    SOURCES,
    WORK,
    WRITTEN,
    Manifest,
    manifest_of,
    must_be_sound,
    parts_there,
    record,
    scanned,
    unchanged_since_opening,
    without_damaged,
    write_manifest,
    write_whole,
)
from analysis.vocabulary.columns import TABLES
from analysis.vocabulary.errors import ArgumentError, InputError, OutputError
from analysis.vocabulary.periods import Day, last_day_known
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

    from analysis.files.source import Source

READ_BY = {
    "columns": Text("表头对照", "names of columns"), "words": Text("用词对照", "meanings of words"),
    "zero": Text("“空白即0”的说法", "choice that blanks mean 0"),
    "corrections": Text("更正清单", "corrections"),
}  # fmt: skip

# What tells of rows and cells that cannot be read, with the column that holds what was written in them.
SET_ASIDE = {"about-quarantine.parquet": "values", "about-unreadable.parquet": "value"}


@dataclass(frozen=True)
class Progress:
    """The progress of a step of an ingest: its name, its rows so far and a second, and the seconds that it has left."""

    step: str  # "read", then "write"
    name: str
    rows: int
    rows_per_second: float
    seconds_left: float | None  # not known before the first piece of a file is through

    def __str__(self) -> str:
        """Return one line in the language spoken."""
        done = Text(
            f"{self.rows:,}行 · {self.rows_per_second:,.0f}行/秒",
            f"{self.rows:,} rows · {self.rows_per_second:,.0f} rows/s",
        )
        if self.seconds_left is None:
            return f"{self.name} · {done}"
        return f"{self.name} · {done} · {Text(f'还需{self.seconds_left:,.0f}秒', f'{self.seconds_left:,.0f} s left')}"


@dataclass(frozen=True, eq=False)
class Ingested(Result):
    """An ingested register: ``parts`` (``table, filed_year, rows, written``: whether this run wrote it), ``inputs``."""

    parts: pd.DataFrame
    inputs: pd.DataFrame
    path: Path

    @property
    def caption(self) -> Text:
        """Rows and files read, and parts written."""
        rows, files = int(self.inputs["kept"].sum()), len(self.inputs)
        parts, written = len(self.parts), int(self.parts["written"].sum())
        return Text(
            f"{files:,}个文件、{rows:,}行已入库；{parts}个分区中写了{written}个",
            f"{rows:,} rows of {files:,} files; {written} of {parts} parts written",
        )


def ingest(
    source: PathGiven | Iterable[PathGiven],
    out: PathGiven,
    *,
    as_of: Day | None = None,
    columns: Mapping[str, str | Mapping[str, str]] | PathGiven | None = None,
    corrections: PathGiven | None = None,
    court: str | None = None,
    court_file: PathGiven | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Ingested:
    """Bring a register into canonical parquet in the folder ``out``, which ``read_cases`` then scans as it is.

    Takes what ``read_cases`` takes, and reads it the same way; memory stays bounded. Only a number that speaks of another
    case (``original_case_no``, side tables) keeps its own writing, as no case of another year is looked up, and of a case that
    stands in two files both rows are kept (a finding), as either file may go. Cases go to
    ``cases/filed_year=Y/part-0.parquet``, sorted by court; what became of every row stands in ``sources/``. Repeated,
    it reads only files that are new or changed and rewrites only the years that they touch, and takes out the rows of
    files that are gone: ``out`` is what ``source`` says, to the byte, whether written at once, month by month, or
    after a run was killed. ``progress`` is called with ``Progress``. Raises the errors of ``read_cases``, and
    ``OutputError`` where ``out`` is a folder of something else or cannot be written.

    Parameters
    ----------
    source : path or several
        What ``read_cases`` reads.
    out : path
        The folder of canonical parquet.
    as_of : date or text
        The day to which the register is known.
    columns : mapping or path of a TOML file
        Header → column, for headers that are not known.
    corrections : path
        The workbook of ``export_findings`` as a clerk hands it back.
    court : str
        The court of rows that name none, as ``read_cases`` takes it.
    court_file : path
        The court's own file.
    progress : callable
        Called with ``Progress`` as files are read and written.

    Returns
    -------
    Ingested
        The folder, and how many rows, files and years were written.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "cases.csv").write_text("案号,立案日期,法院\\n（2011）富执字第1号,2011-01-04,甲\\n", encoding="utf-8")
    >>> ingest(folder, folder / "out").parts[["table", "filed_year", "rows"]].values.tolist()
    [['cases', 2011, 1]]
    """
    target = behind_links(out)
    manifest_of(target)  # a folder of something else is said to be that before all
    settings = settings_of(source, columns=columns, court=court, court_file=court_file)
    handed = Corrections(corrections)
    about = dict(settings.about) | ({"court": settings.court} if settings.court else {})
    decisions = _decisions(settings, corrections)
    if as_of is not None:
        about = {key: value for key, value in about.items() if key != EXPORT} | {
            "as_of": str(last_day_known(as_of).date())
        }
    found = find_files(source)
    try:
        with _alone(target):
            before = manifest_of(target)
            sources = _sources(found, target)
            before = None if before is None else without_damaged(target, before)
            with _Work(target, json.dumps(decisions, ensure_ascii=False, sort_keys=True), Watch(progress)) as work:
                if before is not None:
                    before |= {"sources": work.staying(sources, settings, before["sources"])}
                work.read(sources, settings, handed, before)
                parts = work.write(sources, before, about)
                entries = [entry for source in sources for entry in work.account(source)["inputs"]]
    except OSError as error:
        raise OutputError.not_writable(target, error) from error
    inputs = pd.DataFrame(entries, columns=INPUT_COLUMNS)
    return Ingested(parts=parts, inputs=inputs, path=target)


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Hold the folder that is written: another run waits for this one, and then sees what it wrote."""
    absent = [folder for folder in (target, *target.parents) if not folder.exists()]
    try:
        with locked(target / LOCK, target):
            yield
    finally:
        with suppress(OSError):  # one that holds something stays
            for folder in absent:
                folder.rmdir()


def _sources(found: list[tuple[Path, str]], target: Path) -> list[Source]:
    """Open the files that are read: not those of the ingested register itself, where it stands among them."""
    start_ahead()  # a reader that another thread begins does not end with this process
    others = (file for file in found if not file[0].resolve().is_relative_to(target.resolve()))
    sources = list(map_ordered(lambda file: open_source(*file), others))
    _names_must_differ(sources)
    return sources


def must_be_as_ingested(path: PathGiven, settings: Settings, corrections: PathGiven | None) -> None:
    """Raise ``ArgumentError`` where the call or the court's file would read the rows otherwise than ``ingest`` did."""
    Corrections(corrections)  # a workbook that is none is said to be that
    recorded = json.loads((manifest_of(Path(path)) or {})["settings"])
    for name, asked in _decisions(settings, corrections).items():
        if not _holds(recorded.get(name), asked):
            raise ArgumentError(
                f"{path} 入库时没有用这里给出的{READ_BY[name].zh}，其各行已按当时的说法读入：请用同样的参数重新入库"
                "（court-analysis ingest … --court-file 本院.toml），或不再给出。",
                f"{path} was ingested without the {READ_BY[name].en} given here, and its rows were read as they were said to be "
                "then: ingest it again with the same arguments (court-analysis ingest … --court-file …), or leave them out.",
            )


def _holds(recorded: Any, asked: Any) -> bool:
    """Return whether what was recorded says all that is asked."""
    if isinstance(asked, dict):
        held = recorded if isinstance(recorded, dict) else {}
        return all(_holds(held.get(key), value) for key, value in asked.items())
    return not asked or recorded == asked


def court_file_input(court_file: PathGiven) -> dict[str, Any]:
    """Return the court's file as an input with its checksum: it decides how rows are read and counted."""
    sha256, size = digest(Path(court_file), str(court_file))
    return {"file": shown_file(Path(court_file).name, sha256), "sha256": sha256, "bytes": size} | dict.fromkeys(
        COUNTS, 0
    )


def ingested_cases(
    path: PathGiven,
    settings: Settings,
    court_file: PathGiven | None = None,
    *,
    as_of: Any = None,
    key_file: Any = None,
    engine: Any = "duckdb",
) -> Cases:
    """Open an ingested register as cases: its parquet is scanned where it is, by DuckDB or by the engine given."""
    from ibis.util import gen_name

    path = Path(path)
    manifest = manifest_of(path) or {}
    unchanged = unchanged_since_opening(path, manifest)
    must_be_sound(path, manifest)
    about = settings.about
    backend = embedded(bounded=True) if engine == "duckdb" else connected(engine)
    if engine == "duckdb":
        backend.before_asking = unchanged
    files = {table: [str(path / n) for n in manifest["parts"] if n.startswith(f"{table}/")] for table in TABLES}
    tables = {}
    for table, parts in files.items():
        names = schema(table).names
        if parts:
            where = str(path / table) if backend.name == "pyspark" else parts  # Spark takes a folder, not a list
            tables[table] = backend.read_parquet(where, table_name=gen_name(table))[names]
        elif engine == "duckdb":
            create_empty(backend, [table])
            tables[table] = backend.table(table)
        else:
            import ibis

            tables[table] = backend.create_table(gen_name(table), ibis.memtable(schema(table).empty_table()))
    folders = [path / SOURCES / key for key in manifest["sources"]]
    _must_be_understood(path / file for file in manifest["files"])
    said: dict[str, Any] = {name: _gathered(path, manifest, name) for name in LOGGED}
    accounts = [json.loads((folder / ABOUT).read_text(encoding="utf-8")) for folder in folders]
    inputs = [entry for account in accounts for entry in account["inputs"]]
    in_files = tables.pop("cases")
    cases = with_court_said(in_files, settings.court, said["mapping"])
    file_names, headings = (
        {shown: name for account in accounts for shown, name in account[of].items()}
        for of in ("file_names", "headings")
    )
    read = [(file_names.get(entry["file"], entry["file"]), entry["sha256"]) for entry in inputs]
    known_to, known_by = last_day(as_of, about, read, cases, titles_read(said["skipped_rows"], said["mapping"]))
    if court_file is not None:
        inputs.append(court_file_input(court_file))
    met = {name: {one for account in accounts for one in account[name]} for name in ("read", "headers")}
    said["mapping"] = with_not_met(said["mapping"], settings.columns, court_file, **met)
    return Cases(
        table=cases, in_files=(in_files, tuple(files["cases"])), **tables, scanned=scanned(manifest),
        as_of=known_to, known_by=known_by, inputs=pd.DataFrame(inputs, columns=INPUT_COLUMNS),
        **said, synthetic=bool(about.get("synthetic", False)), pseudonym_key=pseudonym_key(key_file, about),
        court_said=settings.court, file_names=file_names, headings=headings, **chosen(about, known_to),
    )  # fmt: skip


def _must_be_understood(files: Iterable[Path]) -> None:
    """Stop where of all sources together more cannot be read than is held of one register, as ``read_cases`` does file by file."""
    import pyarrow.compute as pc
    from pyarrow.parquet import ParquetFile

    rows = characters = 0
    for file in (file for file in files if file.name in SET_ASIDE):
        with ParquetFile(file) as read:
            for batch in read.iter_batches(columns=[SET_ASIDE[file.name]]):
                rows += len(batch)
                characters += pc.sum(pc.utf8_length(batch[0])).as_py() or 0
    if rows > MOST_SET_ASIDE or characters > MOST_CHARACTERS:
        raise InputError(
            f"各文件合计有{rows:,}处行和单元格读不出，过多，多半是表头或格式认错了。请检查表头，或{NAME_THEM.zh}后重新入库。",
            f"{rows:,} rows and cells of all files together cannot be read, which is too many: a header or a format was likely mistaken. "
            f"Check the headers, or {NAME_THEM.en}, and ingest again.",
        )


def _gathered(path: Path, manifest: Manifest, name: str) -> pd.DataFrame:
    """What the sources say of one kind, in their order: of the files that the manifest names, whatever else lies there."""
    files = [f"{SOURCES}/{key}/about-{name}.parquet" for key in manifest["sources"]]
    frames = [pd.read_parquet(path / file) for file in files if file in manifest["files"]]
    whole = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return whole.reindex(columns=LOGGED[name])  # an earlier version noted less


def _decisions(settings: Settings, corrections: PathGiven | None) -> dict[str, Any]:
    """Return what else decides how a file is read: with other settings every file is read again."""
    handed = "" if corrections is None else hashlib.sha256(Path(corrections).read_bytes()).hexdigest()
    return {
        "columns": settings.columns,
        "words": settings.words,
        "zero": sorted(settings.zero),
        "corrections": handed,
    }


def _names_must_differ(sources: list[Source]) -> None:
    names = [source.name for source in sources]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InputError(
            f"有不止一个文件名为 {'、'.join(twice)}：请放进同一文件夹的不同子文件夹，再给出该文件夹。",
            f"More than one file is named {', '.join(twice)}: put them into subfolders of one folder and name that.",
        )


class Watch:
    """Tells how far the work has come; the only place that looks at a clock, and no result depends on it."""

    def __init__(self, progress: Callable[[Progress], None] | None) -> None:
        self._progress = progress

    def begin(self, step: str, total: int) -> None:
        """Begin a step of so many bytes in all."""
        self._step, self._total = step, total
        self._began = time.perf_counter()
        self.rows = self.done = 0

    def passed(self, size: int) -> None:
        """Count so many more bytes as done."""
        self.done += size

    def say(self, name: str, rows: int) -> None:
        """Report so many more rows as done, of this name."""
        self.rows += rows
        taken = time.perf_counter() - self._began
        left = taken * max(self._total - self.done, 0) / self.done if self.done else None
        if self._progress:
            self._progress(Progress(self._step, name, self.rows, self.rows / max(taken, 1e-9), left))


class _Work:
    """One run: the sources read one by one, then the years that they touch written anew."""

    def __init__(self, target: Path, settings: str, watch: Watch) -> None:
        self.target, self.settings, self.watch = target, settings, watch
        self.work = target / WORK
        self.work.mkdir(exist_ok=True)
        (target / SOURCES).mkdir(exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no folder that was begun and holds nothing, as where no source could be read."""
        for folder in (self.work, self.target / SOURCES):
            with suppress(OSError):
                folder.rmdir()

    def key(self, source: Source) -> str:
        """Return the name under which the rows of a source are kept."""
        return hashlib.sha256(f"{source.name}\n{source.sha256}\n{self.settings}".encode()).hexdigest()[:24]

    def account(self, source: Source) -> dict[str, Any]:
        """Return the account of a source's rows."""
        folder = self.work / self.key(source)  # whole, where it is there: a killed run may have copied only some of it
        folder = folder if folder.is_dir() else self.target / SOURCES / self.key(source)
        read: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        return read

    def staying(self, sources: list[Source], settings: Settings, old: Mapping[str, str]) -> dict[str, str]:
        """Return the sources of which all rows stay (key → name as recorded): those whose name stands for the same files as before.

        Rows know their file by this name alone: where one of two equal files went or came, or a killed run has read the name anew, it is read again.
        """
        now = {self.key(source): recorded_name(source, settings) for source in sources}
        changed = {name for _, name in old.items() ^ now.items()}
        for file in self.work.glob(f"*/{ABOUT}"):
            changed |= {entry["file"] for entry in json.loads(file.read_text(encoding="utf-8"))["inputs"]}
        return {key: name for key, name in old.items() if name not in changed}

    def read(
        self,
        sources: list[Source],
        settings: Settings,
        corrections: Corrections,
        before: dict[str, Any] | None,
    ) -> None:
        """Read every source that is new or changed; what is wrong with any of them is said at once."""
        read, errors = (before or {}).get("sources", ()), []
        staged = {self.key(source): self.work / self.key(source) for source in sources}
        unread = [s for s in sources if self.key(s) not in read and not staged[self.key(s)].is_dir()]
        self.watch.begin("read", sum(source.bytes for source in unread))
        through = 0
        for source in unread:
            try:
                stage(source, staged[self.key(source)], settings, corrections=corrections,
                      progress=partial(self.watch.say, recorded_name(source, settings)), passed=self.watch.passed)  # fmt: skip
            except InputError as error:  # all problems at once
                errors.append(error)
            through += source.bytes
            self.watch.done = through
        raise_all(errors)
        told = [self.target / file for file in (before or {}).get("files", ()) if Path(file).parent.name in read]
        _must_be_understood([*told, *(file for folder in staged.values() for file in folder.glob("about-*"))])
        accounts = [self.account(source) for source in sources]
        if not any("cases" in account["read"] for account in accounts):
            raise no_cases([source.name for source in sources])
        headers = {bare: said for account in accounts for bare, said in account["headers"].items()}
        must_be_met(settings.asked, set(headers), headers.values())

    def write(self, sources: list[Source], before: dict[str, Any] | None, about: dict[str, Any]) -> pd.DataFrame:
        """Write the parts that changed, each at once; the manifest, last of all, makes it a register."""
        accounts = {self.key(source): self.account(source) for source in sources}
        recorded = {key: account["inputs"][0]["file"] for key, account in accounts.items()}
        old = (before or {}).get("sources", {})
        staying = sorted({*old.values()})
        new = [self.work / key for key in recorded if key not in old]
        parts: dict[str, int] = {}
        files: dict[str, Any] = {}
        rows = []
        found = [(table, year, name) for table in TABLES for year, name in self._parts(table, new, before)]
        touched = {name for table, year, name in found if self._touched(table, year, name, new, before)}
        sizes = {n: sum(f.stat().st_size for f in self._staged(t, y, new)) for t, y, n in found if n in touched}
        self.watch.begin("write", sum(sizes.values()))
        written = map_ordered(
            lambda part: self._write_part(*part, new, staying), (part for part in found if part[2] in touched)
        )
        for table, year, name in found:
            again = name in touched
            number, said = next(written) if again else ((before or {})["parts"][name], (before or {})["files"][name])
            if number:
                parts[name], files[name] = number, said
                rows.append((table, year, number, again))
            if again:
                self.watch.passed(sizes[name])
                self.watch.say(name, number)
        for folder in new:
            kept = self.target / SOURCES / folder.name
            shutil.rmtree(kept, ignore_errors=True)
            kept.mkdir()
            for file in sorted(folder.glob("about*")):
                shutil.copyfile(file, kept / file.name)
        for key, name in recorded.items():
            folder = self.target / SOURCES / key
            files |= {f"{SOURCES}/{key}/{file.name}": record(file, [name]) for file in folder.iterdir()}
        # None is left that no manifest names, of a killed run too.
        for name in set(parts_there(self.target)) - set(parts):
            (self.target / name).unlink()
        write_whole(self.target / SAID, _toml(about))
        files[SAID] = record(self.target / SAID, [])
        manifest = {
            "form": FORM,
            "settings": self.settings,
            "sources": recorded,
            "file_names": {name: called for said in accounts.values() for name, called in said["file_names"].items()},
            "parts": parts,
            "files": dict(sorted(files.items())),
        }
        write_manifest(self.target, manifest)
        for folder in (self.target / SOURCES).iterdir():  # those of runs that were killed too
            if folder.name not in recorded:
                shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(self.work, ignore_errors=True)
        table_of_parts = pd.DataFrame(rows, columns=["table", "filed_year", "rows", "written"])
        return table_of_parts.astype({"filed_year": "Int64", "written": "bool"})

    def _parts(self, table: str, new: list[Path], before: dict[str, Any] | None) -> list[tuple[int | None, str]]:
        """The parts of a table, those that are there and those that new rows ask for."""
        names = {name for name in (before or {}).get("parts", ()) if name.startswith(f"{table}/")}
        if table != "cases":
            has = names or self._staged(table, None, new)
            return [(None, f"{table}/part-0.parquet")] if has else []
        years = {int(name.split("=")[1].split("/")[0]) for name in names}
        for folder in new:
            years.update(int(file.stem.removeprefix("cases-")) for file in folder.glob("cases-*.arrows"))
        return [(year, f"cases/filed_year={year}/part-0.parquet") for year in sorted(years)]

    @staticmethod
    def _staged(table: str, year: int | None, folders: list[Path]) -> list[Path]:
        """The files of new rows of a part."""
        return [file for folder in folders if (file := folder / staged_name(table, year)).is_file()]

    def _touched(self, table: str, year: int | None, name: str, new: list[Path], before: dict[str, Any] | None) -> bool:
        """Return whether new rows belong to a part, it holds rows of a source that does not stay, or a killed run has replaced it."""
        if self._staged(table, year, new) or self._written(table, year).is_file() or not (self.target / name).is_file():
            return True
        return before is None or not {*before["files"][name]["sources"]} <= {*before["sources"].values()}

    def _written(self, table: str, year: int | None) -> Path:
        """Name the record of a part that was put in its place before the manifest."""
        return self.work / f"{WRITTEN}{staged_name(table, year)}.json"

    def _write_part(
        self, table: str, year: int | None, name: str, new: list[Path], sources: list[str]
    ) -> tuple[int, dict[str, Any]]:
        """The rows of a part that stay and those that are new, sorted, written beside it and put in its place.

        Rows of no other than the ``sources`` that stay are kept: a killed run may have put in those of any.
        """
        part = self.target / name
        staying = self.work / f"staying-{staged_name(table, year)}"
        beside = staying / "part.parquet"
        shutil.rmtree(staying, ignore_errors=True)
        staying.mkdir()
        if part.is_file():
            with Stage(staying) as kept:
                _keep(part, table, sources, kept)
        seen: set[str] = set()
        rows_written = write_rows(beside, _seen(in_order(self._staged(table, year, [staying, *new])), seen), table)
        said = record(beside, seen)
        write_whole(self._written(table, year), json.dumps({name: said}))
        part.parent.mkdir(parents=True, exist_ok=True)
        beside.replace(part)
        return rows_written, said


def _seen(tables: Iterable[pa.Table], sources: set[str]) -> Iterator[pa.Table]:
    """Pass tables on, noting the sources of their rows."""
    for rows in tables:
        sources.update(rows["source_file"].unique().to_pylist())
        yield rows


def _keep(part: Path, table: str, sources: list[str], stage: Stage) -> None:
    """Stage the rows of a part that are of some sources."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    names = schema(table).names
    with pq.ParquetFile(part, page_checksum_verification=True) as file:
        for batch in file.iter_batches(columns=names):
            rows = pa.Table.from_batches([batch]).select(names)
            stage.add(table, rows.filter(pc.is_in(rows["source_file"], pa.array(sources, pa.string()))))


def _toml(about: Mapping[str, Any]) -> str:
    """Write the settings of a register as TOML; texts in quotes of JSON, which TOML reads alike."""
    lines = [
        f"{key} = {str(value).lower() if isinstance(value, bool) else value if isinstance(value, int) else json.dumps(str(value), ensure_ascii=False)}"
        for key, value in about.items()
        if isinstance(value, (str, int)) or hasattr(value, "isoformat")
    ]
    return "\n".join(lines) + "\n"
