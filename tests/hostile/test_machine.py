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
"""
PUBLISH = """
import errno, random
target = Path(sys.argv[1]) / "report"
for number in range(1, 40, 3):
    for prepare in (faults.killed_at(number), faults.disk_failing_at(number), faults.disk_failing_at(number, errno.EIO)):
        stores.publish_report(target, "old")
        end = faults.in_a_fork(lambda: stores.publish_report(target, "new"), prepare)
        assert end.signal or not end.code or "analysis.vocabulary.errors.OutputError" in end.said, end
        assert stores.report_of(target) in ("old", "new"), (number, end, stores.report_of(target))
        stores.publish_report(target, "new")
        assert stores.report_of(target) == "new"
        assert [path.name for path in target.parent.iterdir()] == ["report"]
"""
READ = """
import analysis as an
from analysis.cli import run
register = stores.write_source(Path(sys.argv[1]) / "source", years=range(2010, 2013))
import pandas, pyarrow, duckdb, ibis
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


def test_a_report_is_the_old_one_or_the_new_one_wherever_the_run_ends(tmp_path):
    run(PUBLISH, tmp_path)


def test_a_command_ends_with_its_exit_code_whatever_the_machine_lacks(tmp_path):
    run(f"import errno\nassert errno.EIO == {errno.EIO}\n" + READ, tmp_path)
