"""Storage of the rows of a register: a DuckDB in memory or in a temporary file, or an engine of the user's choice."""

from __future__ import annotations

import tempfile
import warnings
import weakref
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from analysis.cases.columns import schema
from analysis.files.temporary import temporary_folder
from analysis.vocabulary.columns import TABLES
from analysis.vocabulary.errors import ArgumentError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import ibis
    import ibis.expr.types as ir

IN_MEMORY_UP_TO = 32 << 20  # bytes of text; beyond it the table lives in a temporary file
PACKED = 8  # bytes of text that a byte of a packed format (parquet, xlsx) may hold
MEMORY_LIMIT, MEMORY_LIMIT_OF_FILE = "1GB", "320MB"
# Of many rows, up to 2^20 groups by whole numbers of known bounds (court × month) are counted in an array, without hashing.
COUNTED_IN_ARRAYS = {"perfect_ht_threshold": 20}
ENGINES = ("duckdb", "spark")


class Storage:
    """The four tables of a register, filled batch by batch through the engine's own interface (no SQL text)."""

    def __init__(self, input_bytes: int) -> None:
        if input_bytes <= IN_MEMORY_UP_TO:
            self.backend = embedded()
        else:
            folder = temporary_folder()
            self.backend = embedded(Path(folder.name) / "register.duckdb")
            weakref.finalize(self.backend, _removed, self.backend.con, folder)
        create_empty(self.backend, TABLES)
        self.filled: set[tuple[str, str]] = set()  # the columns of tables of which some row says anything

    def add(self, table: str, rows: pa.Table) -> None:
        """Append rows to a table."""
        if rows.num_rows:
            self.backend.con.from_arrow(rows).insert_into(table)
            self.filled |= {(table, name) for name in rows.column_names if rows[name].null_count < rows.num_rows}

    def rewrite(self, table: str, column: str, change: Mapping[str, str]) -> None:
        """Put other texts in place of some of a column, the rows staying where they are."""
        texts = pa.table({"before": list(change), "after": list(change.values())})
        self.backend.con.register("change", texts)
        # The two names are the package's own; the texts go as values.
        self.backend.con.execute(f"update {table} set {column} = after from change where {column} = before")  # noqa: S608
        self.backend.con.unregister("change")

    def tables(self) -> dict[str, ir.Table]:
        """The tables as Ibis tables."""
        return tables_of(self.backend)


@cache
def quiet() -> Any:
    """Ibis's DuckDB, without the warnings on what Ibis asks of pandas: it is for Ibis to mend, and ends a script under ``python -W error``.

    Before each question it does what was set as ``before_asking``: files that are scanned where they lie may have changed.
    """
    import duckdb
    from ibis.backends.duckdb import Backend

    class Quiet(Backend):
        before_asking: Callable[[], None] | None = None

        def compile(self, *given: Any, **options: Any) -> str:
            if self.before_asking:
                self.before_asking()
            return super().compile(*given, **options)

        def execute(self, *given: Any, **options: Any) -> Any:
            try:
                with warnings.catch_warnings():
                    warnings.filterwarnings("ignore", category=DeprecationWarning, module="ibis")
                    return super().execute(*given, **options)
            except duckdb.Error:  # files may be gone in the midst of a question as well
                if self.before_asking:
                    self.before_asking()
                raise

    return Quiet()


def _removed(connection: Any, folder: tempfile.TemporaryDirectory[str]) -> None:
    """Close the file of a register, then remove its folder: Windows removes no file that is open."""
    connection.close()
    folder.cleanup()


def embedded(file: Path | None = None, *, bounded: bool = False) -> Any:
    """Open a DuckDB of our own, which keeps its memory within limits and spills to disk; with a file or ``bounded`` one for many rows."""
    if file is not None:
        backend = quiet().connect(file, memory_limit=MEMORY_LIMIT_OF_FILE, **COUNTED_IN_ARRAYS)
    else:
        limits = {"memory_limit": MEMORY_LIMIT, "temp_directory": tempfile.gettempdir()}
        backend = quiet().connect(**limits, **(COUNTED_IN_ARRAYS if bounded else {}))
    backend.con.execute("set enable_progress_bar_print = false")  # it would stand among what a command prints
    return backend


def create_empty(backend: Any, tables: Any) -> None:
    """Create empty tables in the canonical schema."""
    for table in tables:
        backend.con.from_arrow(schema(table).empty_table()).create(table)


def tables_of(backend: Any) -> dict[str, ir.Table]:
    """The tables of an engine that holds them in the canonical schema: to ask it for their columns takes longer than to fill small ones."""
    from ibis.expr.operations import DatabaseTable

    return {name: DatabaseTable(name, schema=_columns(name), source=backend).to_expr() for name in TABLES}


@cache
def _columns(table: str) -> ibis.Schema:
    import ibis

    return ibis.schema(schema(table))


def connected(engine: Any) -> Any:
    """Find the Ibis backend that is meant: ``"spark"`` starts PySpark or takes the session that runs, a backend is itself.

    Raises ``ArgumentError`` for anything else, ``InputError`` where PySpark or its Java is missing.
    """
    if engine == "spark":
        return _spark()
    if isinstance(engine, str) or not hasattr(engine, "create_table"):
        raise ArgumentError.not_one_of("engine", engine, [*ENGINES, "Ibis backend"])
    return engine


def _spark() -> Any:
    import ibis

    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError(
            "engine='spark' 需要 PySpark：请安装可选组件 spark（uv sync --extra spark）和 Java 17。",
            "engine='spark' needs PySpark: install the optional extra spark (uv sync --extra spark) and Java 17.",
        ) from error
    running = SparkSession.getActiveSession()
    try:
        # Dates have no time zone; UTC keeps those of the driver out of every cast.
        session = running or SparkSession.builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
        return ibis.pyspark.connect(session)
    except (PySparkException, OSError, RuntimeError) as error:
        raise InputError(
            f"Spark 启动不了（{str(error)[:200]}）：请安装 Java 17，并检查 JAVA_HOME。",
            f"Spark cannot be started ({str(error)[:200]}): install Java 17 and check JAVA_HOME.",
        ) from error


def _spark_is_local() -> bool:
    from pyspark import SparkContext

    return str(SparkContext.getOrCreate().master).startswith("local")


def on_engine(tables: dict[str, ir.Table], engine: Any) -> dict[str, ir.Table]:
    """Put the tables on another engine, under names of their own: nothing that is there is overwritten."""
    import ibis
    from ibis.util import gen_name

    backend = connected(engine)
    if backend.name == "pyspark" and _spark_is_local():
        folder = temporary_folder()
        weakref.finalize(backend, folder.cleanup)
        files = {name: Path(folder.name) / f"{name}.parquet" for name in tables}
        for name, table in tables.items():
            table.to_parquet(files[name])
        return {name: backend.read_parquet(str(file), table_name=gen_name(name)) for name, file in files.items()}
    return {
        name: backend.create_table(gen_name(name), ibis.memtable(table.to_pyarrow())) for name, table in tables.items()
    }
