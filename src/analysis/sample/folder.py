"""The sample as files: where it ships, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import pandas as pd

from analysis.files.destinations import whole_folder, write_file
from analysis.sample.flows import FIRST_DAY, LAST_DAY
from analysis.sample.panel import sample_panel
from analysis.sample.register import COURT, SEED, sample_register
from analysis.sample.truth import truth_toml
from analysis.vocabulary.columns import TABLES, codes, columns
from analysis.vocabulary.errors import ArgumentError, OutputError

BOOLEAN_TEXTS = {True: "有", False: "无"}  # 有无财产可供执行
REGISTER_TOML = f"""\
# 合成台账，不含真实案件；示例密钥公开，仅供演示。 Synthetic register, no real case; its key is public, for showing only.
court = "{COURT}"
as_of = "{LAST_DAY}"
observed_from = "{FIRST_DAY}"
definitions = "fujin-2012"
scheme = "fujin-2012"
synthetic = true
seed = {{seed}}
pseudonym_key = "court-analysis public sample key: not a secret"
"""


def sample_path(name: str = "") -> Path:
    """Return where the sample data lie: the folder, or one file or folder in it by name.

    An installed package holds them beside its code, a checkout at its top.

    Parameters
    ----------
    name : str
        A file or folder of the sample; without it the whole.

    Returns
    -------
    Path
        Where it lies.

    Raises
    ------
    ArgumentError
        For a name that the sample has not; the message lists what it has.

    >>> sorted(path.name for path in sample_path("register").glob("*.csv"))
    ['aid.csv', 'cases.csv', 'coercive_measures.csv', 'petitions.csv']
    """
    inside = Path(str(files("analysis.sample"))) / "data"
    folder = inside if inside.is_dir() else Path(__file__).parents[3] / "data" / "sample"
    if not (folder / name).exists():
        raise ArgumentError.not_one_of("name", name, sorted(path.name for path in folder.iterdir()))
    return folder / name


def write_sample(out: str | Path, *, seed: int = SEED) -> Path:
    """Write the synthetic register, panel and their truths into a folder and return the folder.

    ``register/`` (cases, petitions, coercive measures, aid), ``truth.toml``, ``panel.csv``, ``panel_truth.csv``.

    CSV in UTF-8 with a byte order mark, Chinese headers and codes, ISO dates, yuan with two decimals; the same seed
    gives the same bytes. Raises ``OutputError`` where the folder cannot be written.

    Parameters
    ----------
    out : path
        The folder to write into.
    seed : int
        Where chance begins; the same seed gives the same numbers.

    Returns
    -------
    Path
        The folder.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sorted(path.name for path in write_sample(folder).iterdir())
    ['panel.csv', 'panel_truth.csv', 'register', 'truth.toml']
    """
    out = Path(out)
    frames = sample_register(seed)
    content = {f"register/{name}.csv": _csv(frames[name], name) for name in TABLES}
    content["register/register.toml"] = REGISTER_TOML.format(seed=seed).encode()
    content["truth.toml"] = truth_toml(seed, frames).encode()
    for name, table in zip(("panel.csv", "panel_truth.csv"), sample_panel(), strict=True):
        content[name] = table.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
    try:
        if out.exists():
            _write(content, out)
        else:
            with whole_folder(out) as part:
                _write(content, part)
    except OSError as error:
        raise OutputError.not_writable(out, error) from error
    return out


def _write(content: Mapping[str, bytes], out: Path) -> None:
    """Write files into a folder; where none can be written, no empty folder is left."""
    register = out / "register"
    register.mkdir(exist_ok=True)
    try:
        for name, data in content.items():
            write_file(out / name, data)  # half a register would pass for a whole one
    finally:
        with suppress(OSError):
            register.rmdir()


def _csv(frame: pd.DataFrame, table: str) -> bytes:
    """One table as a court's export would show it."""
    shown = {}
    for name in frame.columns:
        column, values = columns(table)[name], frame[name]
        shown[column.text.zh] = [_cell(value, name, column.kind) for value in values]
    text = pd.DataFrame(shown).to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8-sig")


def _cell(value: object, name: str, kind: str) -> str:
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if kind == "code":
        return codes(name)[str(value)].text.zh
    if kind == "date":
        return f"{pd.Timestamp(str(value)):%Y-%m-%d}"
    if kind == "money":
        return f"{value:.2f}"
    return BOOLEAN_TEXTS[bool(value)] if kind == "boolean" else str(value)
