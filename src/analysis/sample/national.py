"""The sample at scale: a synthetic national register in parquet, written in chunks, with the truth beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import gcd
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.files.destinations import whole_folder
from analysis.files.threads import map_ordered
from analysis.sample.national_courts import FIRST_DAY, LAST_DAY, MONTHS, Landscape, landscape
from analysis.vocabulary.errors import ArgumentError, OutputError

if TYPE_CHECKING:
    import pyarrow as pa

ORDERS = ("court", "mixed")
CHUNK, ROWS_PER_FILE = 250_000, 1_000_000
ABOUT = """\
# 合成的全国台账：法院、案件、人员都是虚构的。 A synthetic national register: courts, cases and people are invented.
as_of = "{as_of}"
observed_from = "{observed_from}"
synthetic = true
courts = {courts}
cases = {cases}
seed = {seed}
pseudonym_key = "court-analysis public sample key: not a secret"
"""


def write_national(
    out: str | Path,
    *,
    courts: int = 3000,
    cases: int = 20_000_000,
    seed: int = 1,
    order: str = "court",
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Write a synthetic national register of 2006–2011 and the truth behind it, in bounded memory; returns ``out``.

    ``out`` is a register that ``read_cases`` takes: ``cases-00000.parquet`` … in canonical columns and codes, rows in
    order of court or, with ``order="mixed"``, dealt out over all courts; the same cases either way, whatever the
    machine's number of threads. ``truth/courts.feather`` has a row a court (``landscape``), ``truth/months.feather``
    its filings by month: tables for ``pandas.read_feather``, which a register's reader passes over.
    ``progress(done, cases)`` is called after each chunk.

    Raises ``ArgumentError`` for fewer cases than courts or an unknown order, ``OutputError`` where ``out`` exists or cannot be written.

    Parameters
    ----------
    out : path
        The folder to write into.
    courts : int
        How many courts.
    cases : int
        How many cases.
    seed : int
        Where chance begins; the same seed gives the same numbers.
    order : str
        ``court`` or ``mixed``.
    progress : callable
        Called with the cases done and all cases.

    Returns
    -------
    Path
        The folder.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = write_national(f"{folder}/全国", courts=3, cases=30)
    ...     sorted(path.name for path in made.iterdir())
    ['cases-00000.parquet', 'register.toml', 'truth']
    """
    if order not in ORDERS:
        raise ArgumentError.not_one_of("order", order, ORDERS)
    if not 1 <= courts <= cases:
        raise ArgumentError(
            f"courts={courts}、cases={cases}：法院至少一个，案件不少于法院数。",
            f"courts={courts}, cases={cases}: at least one court, and no fewer cases than courts.",
        )
    target = Path(out)
    if target.exists():
        raise OutputError(
            f"{target} 已存在：请换一个文件夹，或先删除它。",
            f"{target} exists: name another folder, or remove it first.",
        )
    land = landscape(courts, cases, seed=seed)
    about = ABOUT.format(as_of=LAST_DAY, observed_from=FIRST_DAY, courts=courts, cases=cases, seed=seed)
    try:
        with whole_folder(target) as part:
            _write_truth(land, part, about)
            _write_cases(land, part, cases=cases, seed=seed, order=order, progress=progress)
    except OSError as error:
        raise OutputError.not_writable(target, error) from error
    return target


def _write_truth(land: Landscape, folder: Path, about: str) -> None:
    (folder / "truth").mkdir(parents=True)
    (folder / "register.toml").write_bytes(about.encode())
    land.courts.to_feather(folder / "truth" / "courts.feather")
    months = pd.date_range("2006-01-01", periods=MONTHS, freq="MS").astype("datetime64[s]")
    pd.DataFrame(
        {
            "court": land.courts["court"].repeat(MONTHS).to_numpy(),
            "month": np.tile(months, len(land.courts)),
            "filed": land.filed.ravel(),
        }
    ).to_feather(folder / "truth" / "months.feather")


def _write_cases(
    land: Landscape,
    folder: Path,
    *,
    cases: int,
    seed: int,
    order: str,
    progress: Callable[[int, int], None] | None,
) -> None:
    import pyarrow.parquet as pq

    writer, file, done, in_file = None, 0, 0, 0
    try:
        for table in _chunks(land, cases=cases, seed=seed, order=order):
            if writer is None:
                path = folder / f"cases-{file:05d}.parquet"
                writer = pq.ParquetWriter(path, table.schema, compression="zstd", compression_level=1)
            writer.write_table(table)
            done, in_file = done + table.num_rows, in_file + table.num_rows
            if in_file >= ROWS_PER_FILE:
                writer.close()
                writer, file, in_file = None, file + 1, 0
            if progress:
                progress(done, cases)
    finally:
        if writer is not None:
            writer.close()


def _chunks(land: Landscape, *, cases: int, seed: int, order: str) -> Iterator[pa.Table]:
    """Chunk after chunk, a few drawn ahead; which thread draws one does not matter."""
    from analysis.sample.national_cases import Multitude

    multitude = Multitude(land, seed=seed)
    numbers = (_numbers(first, min(first + CHUNK, cases), cases, order) for first in range(0, cases, CHUNK))
    yield from map_ordered(multitude.table, numbers)


def _numbers(first: int, last: int, cases: int, order: str) -> NDArray[np.int64]:
    """Case numbers of a chunk: consecutive, or dealt out over the whole register by a step that meets every number once."""
    numbers = np.arange(first, last, dtype="int64")
    if order == "court":
        return numbers
    step = int(cases * 0.6180339887) | 1  # near the golden section, so that neighbours lie far apart
    while gcd(step, cases) > 1:
        step += 2
    return numbers * step % cases
