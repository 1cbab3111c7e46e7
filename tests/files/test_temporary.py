"""Temporary folders: named by their process, swept when it is gone, removed only when what lies in them is closed."""

import gc
import os
import tempfile
from pathlib import Path

import pytest

import analysis as an
from analysis.cases import storage
from analysis.files import temporary


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("process", "days", "stays"),
    [(2**22 + 1, 2, False), (2**22 + 1, 0, True), (os.getpid(), 2, True), ("x", 2, False)],
    ids=["gone", "gone just now", "running", "no process"],
)
def test_only_what_a_run_that_is_gone_left_long_ago_is_swept(place, process, days, stays):
    left = place / f"court-analysis-{process}-a"
    left.mkdir()
    (left / "register.duckdb").write_bytes(b"-")
    then = left.stat().st_mtime - days * 24 * 3600 - 60 * days
    os.utime(left, (then, then))
    with temporary.temporary_folder() as fresh:
        assert Path(fresh).name.startswith(f"court-analysis-{os.getpid()}-")
        assert left.exists() is stays


def test_the_next_large_register_is_read_whatever_of_a_killed_run_is_open_elsewhere(place, monkeypatch):
    """Windows removes no file that another program holds open (stood in for here); what nobody holds is swept."""
    for name, file in (("court-analysis-x-free", "register.duckdb"), ("court-analysis-x-held", "held.duckdb")):
        (place / name).mkdir()
        (place / name / file).write_bytes(b"-")
        os.utime(place / name, (0, 0))
    unlink = os.unlink

    def as_windows(path, **options):
        if "held" in str(path):
            raise PermissionError(13, "in use by another process", str(path))
        unlink(path, **options)

    monkeypatch.setattr(os, "unlink", as_windows)
    monkeypatch.setattr(storage, "IN_MEMORY_UP_TO", 0)
    (place / "台账.csv").write_text("案号,立案日期\n（2011）富执字第1号,2011-01-04\n", encoding="utf-8")
    assert len(an.read_cases(place / "台账.csv", as_of="2011-12-31")) == 1
    assert not (place / "court-analysis-x-free").exists()
    assert (place / "court-analysis-x-held" / "held.duckdb").exists()


@pytest.mark.full
def test_the_file_of_a_large_register_is_closed_before_it_is_removed(place, monkeypatch):
    """Windows removes no open file (stood in for here): the connection must be closed when the folder goes."""
    monkeypatch.setattr(storage, "IN_MEMORY_UP_TO", 0)
    held = storage.Storage(1)
    connection, told = held.backend.con, []
    (folder,) = place.glob("court-analysis-*")
    cleanup = tempfile.TemporaryDirectory.cleanup

    def as_windows(self):
        try:
            connection.execute("select 1")
            told.append("open")
        except Exception as error:  # noqa: BLE001 - whatever DuckDB calls it
            told.append(type(error).__name__)
        cleanup(self)

    monkeypatch.setattr(tempfile.TemporaryDirectory, "cleanup", as_windows)
    del held
    gc.collect()
    assert told == ["ConnectionException"]
    assert not folder.exists()
