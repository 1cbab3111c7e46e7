"""Places of what is written: what is there and no file stays what it is."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.files.destinations import must_take_file, whole_folder, write_file
from analysis.vocabulary.errors import OutputError


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among the files")
@pytest.mark.parametrize("written", [must_take_file, lambda path: write_file(path, b"1")])
def test_no_file_takes_the_place_of_a_pipe_or_device(tmp_path, written):
    path = tmp_path / "figures.json"
    os.mkfifo(path)
    with pytest.raises(OutputError, match="设备或管道"):
        written(path)
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.skipif(sys.platform == "win32", reason="links ask for rights there")
@pytest.mark.parametrize("there", [True, False], ids=["file", "dangling"])
def test_what_a_link_leads_to_is_written_and_the_link_stays(tmp_path, there):
    elsewhere = tmp_path / "共享"
    elsewhere.mkdir()
    real, link = elsewhere / "结果.json", tmp_path / "结果.json"
    if there:
        real.write_bytes(b"old")
    link.symlink_to("共享/结果.json")
    must_take_file(link)
    write_file(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert list(elsewhere.iterdir()) == [real]


@pytest.mark.skipif(sys.platform == "win32", reason="links ask for rights there")
def test_links_that_lead_nowhere_are_refused_in_words(tmp_path):
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "absent").symlink_to("没有/结果.json")
    (tmp_path / "folder").symlink_to(tmp_path)
    for name, said in (("round", "指向自身"), ("absent", "文件夹不存在"), ("folder", "是文件夹")):
        with pytest.raises(OutputError, match=said):
            must_take_file(tmp_path / name)
    with pytest.raises(OutputError, match="指向自身"):
        write_file(tmp_path / "round", b"1")


@pytest.mark.skipif(sys.platform == "win32", reason="links ask for rights there")
def test_a_folder_is_made_where_its_link_leads(tmp_path):
    (tmp_path / "link").symlink_to("real")
    with whole_folder(tmp_path / "link") as part:
        (part / "a").write_bytes(b"1")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "a").read_bytes() == b"1"


def test_a_write_that_is_broken_off_leaves_nothing_beside(tmp_path, monkeypatch):
    def broken_off(path, data):
        path.open("wb").close()
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", broken_off)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "figures.json", b"1")
    assert list(tmp_path.iterdir()) == []


def test_two_runs_that_write_one_file_at_once_both_write_a_whole_one(tmp_path, monkeypatch):
    target, write = tmp_path / "结果.xlsx", Path.write_bytes

    def another_in_between(path, data):
        write(path, data[:1])
        monkeypatch.setattr(Path, "write_bytes", write)
        with monkeypatch.context() as other:
            other.setattr(os, "getpid", os.getppid)
            write_file(target, b"theirs")
        assert target.read_bytes() == b"theirs"
        write(path, data)

    monkeypatch.setattr(Path, "write_bytes", another_in_between)
    write_file(target, b"ours")
    assert target.read_bytes() == b"ours"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_run_left_is_removed_by_the_next_and_nothing_of_a_run_that_goes_on(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, other = (tmp_path / f".结果.xlsx.{number}.part" for number in (gone.pid, os.getppid()))
    for path in (left, other):
        path.write_bytes(b"half")
    write_file(tmp_path / "结果.xlsx", b"1")
    assert sorted(tmp_path.iterdir()) == [other, tmp_path / "结果.xlsx"]


def test_a_file_of_the_longest_name_is_written(tmp_path):
    target = tmp_path / ("长" * 83 + ".xlsx")
    must_take_file(target)
    write_file(target, b"1")
    assert target.read_bytes() == b"1"


def test_a_folder_that_is_broken_off_leaves_no_folder_above_it(tmp_path):
    def full(folder):
        with whole_folder(folder) as part:
            (part / "1").write_bytes(b"1")
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        full(tmp_path / "a" / "b")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_another_run_wrote_meanwhile_stays(tmp_path):
    def twice(folder):
        with whole_folder(folder):
            folder.mkdir()
            (folder / "theirs").touch()

    with pytest.raises(OutputError):
        twice(tmp_path / "a")
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "theirs"]


@pytest.mark.parametrize("name", ["长" * 120, "a/" * 3000])
def test_a_name_that_is_too_long_is_refused_in_words_before_the_work(tmp_path, name):
    with pytest.raises(OutputError, match="无法写入"):
        must_take_file(tmp_path / f"{name}.xlsx")
