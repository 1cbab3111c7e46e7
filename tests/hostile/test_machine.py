"""Runs that a fault of the machine meets: killed, a full or failing disk, little memory, an odd clock; 300 of them: ``benchmarks/hostile.py``."""

import errno
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork") or sys.platform != "linux", reason="faults are put into a fork")

# Each is a process of its own, which has read nothing before it forks.
SCRIPT = """
import sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from hostile import faults, stores
import duckdb, ibis, pandas, plotly.offline, pyarrow.parquet, analysis.register.ingest, analysis.report.publish  # once, for every fork
"""
PUBLISH = """
import errno, tempfile
for number in (1, 3, 8, 14, 20):
    for prepare in (faults.killed_at(number), faults.disk_failing_at(number, errno.EIO)):
        folder = Path(tempfile.mkdtemp(dir=sys.argv[1]))
        end, wrong = stores.interrupted_report(folder, prepare)
        assert not wrong, (number, end, wrong)
"""
# Where an ingest once left rows of a file that was gone: a part in its place, or its record half written, and no manifest.
INGEST = """
import errno, tempfile
for prepare in (faults.disk_failing_at(29, errno.EIO), faults.killed_at(50), faults.disk_failing_at(34)):
    end, wrong = stores.interrupted_ingest(Path(tempfile.mkdtemp(dir=sys.argv[1])), prepare)
    assert (end.signal or end.code) and not wrong, (end, wrong)
"""
# What Windows asks of whoever writes: nothing that is open is renamed, replaced or removed.
OPEN_FILES = """
import tempfile
from analysis.report import atomic_folder
atomic_folder._exchanged = lambda one, other: False  # as Linux alone can
for run in (stores.interrupted_report, stores.interrupted_ingest):
    end, wrong = run(Path(tempfile.mkdtemp(dir=sys.argv[1])), faults.open_files_stay)
    assert end.code == 0 and not wrong, (run, end, wrong)
def breaks():
    held = open(Path(sys.argv[1]) / "held", "w")
    Path(held.name).unlink()
assert "used by another process" in faults.in_a_fork(breaks, faults.open_files_stay).said
"""
READ = """
import analysis as an
from analysis.cli import run
register = stores.write_source(Path(sys.argv[1]) / "source", years=range(2010, 2013))
ended = set()
def call(*arguments):
    def work():
        sys.argv = ["court-analysis", *map(str, arguments)]
        run()
    return work
check = call("check", register, "--as-of", "2012-12-31")
for prepare in (lambda: None, faults.clock_at(0.0), faults.clock_at(4e9), faults.memory_of_at_most(400 << 20)):
    end = faults.in_a_fork(check, prepare)
    assert end.code in (0, 1, 2, 3), end
    assert "Traceback" not in end.said, end.said
store = Path(sys.argv[1]) / "store"
for prepare in (faults.files_of_at_most(100), faults.disk_failing_at(3), faults.disk_failing_at(9, errno.EIO)):
    end = faults.in_a_fork(call("ingest", register, "--out", store), prepare)
    assert end.code == 3, end
    assert "Traceback" not in end.said, end.said
    assert faults.in_a_fork(call("ingest", register, "--out", store)).code == 0
"""


def run(script, folder):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT + script, str(folder), *sys.path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.full
def test_a_report_is_the_old_one_or_the_new_one_wherever_the_run_ends(tmp_path):
    run(PUBLISH, tmp_path)


@pytest.mark.full
def test_an_ingest_that_is_broken_off_is_mended_by_the_next(tmp_path):
    run(INGEST, tmp_path)


@pytest.mark.full
def test_no_file_is_replaced_or_removed_while_it_is_open(tmp_path):
    run(OPEN_FILES, tmp_path)


@pytest.mark.full
def test_a_command_ends_with_its_exit_code_whatever_the_machine_lacks(tmp_path):
    run(f"import errno\nassert errno.EIO == {errno.EIO}\n" + READ, tmp_path)
