"""Runs that write one folder at the same time."""

import subprocess
import sys
import threading
import warnings
from types import SimpleNamespace

import pytest

from analysis.files import lock


@pytest.mark.parametrize(("tries", "warned"), [(0, 0), (1, 0), (4, 1)])
def test_a_lock_that_another_run_holds_on_windows_is_waited_for_longer_than_ten_seconds(
    tmp_path, monkeypatch, tries, warned
):
    asked = []

    def locking(*_):
        asked.append(1)
        if len(asked) <= tries:  # what LK_LOCK says when it has tried for ten seconds
            raise OSError(36, "Resource deadlock avoided")

    monkeypatch.setattr(lock, "HELD", (36,))
    monkeypatch.setattr(lock, "PATIENCE", 0)
    monkeypatch.setattr(lock.sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_LOCK=1, LK_NBLCK=2))
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        lock._held(tmp_path / ".2011.lock", tmp_path / "2011").close()
    assert len(asked) == tries + 1
    assert [str(w.message) for w in said] == [f"{tmp_path / '2011'} 正由另一次运行写入，等它结束后接着写。"] * warned


@pytest.mark.skipif(sys.platform == "win32", reason="of Linux and macOS")
def test_who_waits_for_another_run_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.01)
    first = lock._held(tmp_path / ".2011.lock", tmp_path / "2011")
    threading.Timer(0.1, first.close).start()
    with pytest.warns(UserWarning, match="2011 正由另一次运行写入"):
        lock._held(tmp_path / ".2011.lock", tmp_path / "2011").close()


@pytest.mark.skipif(sys.platform == "win32", reason="of Linux and macOS")
def test_a_killed_run_holds_nothing(tmp_path):
    path = tmp_path / ".lock"
    run = subprocess.Popen([sys.executable, "-c", f"import pathlib, time; from analysis.files.lock import locked\npath = pathlib.Path({str(path)!r})\n"
                            "with locked(path, path.parent):\n print(flush=True); time.sleep(60)"], stdout=subprocess.PIPE)  # fmt: skip
    run.stdout.readline()
    run.kill()
    run.wait()
    assert path.exists()
    with warnings.catch_warnings(), lock.locked(path, tmp_path):
        warnings.simplefilter("error")
    assert not path.exists()
