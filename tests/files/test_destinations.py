"""Places of what is written: what is there and no file stays what it is."""

import os
import stat
from pathlib import Path

import pytest

from analysis.files.destinations import must_take_file, write_file
from analysis.vocabulary.errors import OutputError


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among the files")
@pytest.mark.parametrize("written", [must_take_file, lambda path: write_file(path, b"1")])
def test_no_file_takes_the_place_of_a_pipe_or_device(tmp_path, written):
    path = tmp_path / "figures.json"
    os.mkfifo(path)
    with pytest.raises(OutputError, match="设备或管道"):
        written(path)
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_a_write_that_is_broken_off_leaves_nothing_beside(tmp_path, monkeypatch):
    def broken_off(path, data):
        path.open("wb").close()
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", broken_off)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "figures.json", b"1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["长" * 120, "a/" * 3000])
def test_a_name_that_is_too_long_is_refused_in_words_before_the_work(tmp_path, name):
    with pytest.raises(OutputError, match="无法写入"):
        must_take_file(tmp_path / f"{name}.xlsx")
