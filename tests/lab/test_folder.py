"""The working folder: notebooks and sample beside each other, an edited notebook never overwritten; how JupyterLab is started."""

import errno
import json
import os
import re
import shutil
import sys

import pytest

from analysis.lab import folder
from analysis.lab.start import arguments, prepare
from analysis.vocabulary.errors import OutputError
from analysis.vocabulary.language import speaking


def book(text):
    return json.dumps({"cells": [{"cell_type": "code", "source": [text]}]}, indent=1).encode() + b"\n"


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A package of two notebooks."""
    source = tmp_path / "shipped"
    source.mkdir()
    for name in ("01_a.ipynb", "02_b.ipynb"):
        (source / name).write_bytes(book(f"{name} of this version"))
    monkeypatch.setattr(folder, "notebooks_path", lambda: source)
    return source


def test_notebooks_and_sample_are_copied(shipped, tmp_path):
    done = folder.copy_notebooks(tmp_path / "work")
    assert done.written == ("01_a.ipynb", "02_b.ipynb")
    assert (tmp_path / "work" / "data" / "sample" / "register" / "cases.csv").is_file()


def test_an_edited_notebook_is_kept_and_an_untouched_one_brought_up_to_date(shipped, tmp_path):
    work = tmp_path / "work"
    folder.copy_notebooks(work)
    (work / "01_a.ipynb").write_text("mine")
    for name in ("01_a.ipynb", "02_b.ipynb"):
        (shipped / name).write_bytes(book(f"{name} of the next version"))
    done = folder.copy_notebooks(work)
    assert (done.kept, done.written) == (("01_a.ipynb",), ("02_b.ipynb",))
    assert (work / "01_a.ipynb").read_text() == "mine"
    assert (work / "02_b.ipynb").read_bytes() == book("02_b.ipynb of the next version")
    assert folder.copy_notebooks(work).kept == ("01_a.ipynb",), "and again"


def test_a_notebook_of_that_name_that_was_there_before_is_kept(shipped, tmp_path):
    (tmp_path / "01_a.ipynb").write_text("older than this package")
    assert folder.copy_notebooks(tmp_path).kept == ("01_a.ipynb",)


def test_a_copy_that_a_full_disk_breaks_off_is_said_as_such_and_made_whole_by_the_next(shipped, tmp_path, monkeypatch):
    work, copied = tmp_path / "work", []

    def full(source, target):
        if len(copied) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        copied.append(target.write_bytes(source.read_bytes()))

    with monkeypatch.context() as faulty:
        faulty.setattr(shutil, "copyfile", full)
        with pytest.raises(OutputError, match="清出磁盘空间"):
            folder.copy_notebooks(work)
    assert len(copied) == 3
    assert not [*(work / "data").glob("*")]
    assert folder.copy_notebooks(work).kept == ()
    assert (work / "data" / "sample" / "returns_fujin.csv").is_file()


@pytest.mark.parametrize(
    ("language", "other"), [("zh", r"[A-Za-z]{3,} [a-z]+ [a-z]+ [a-z]+"), ("en", "[\u3400-\u9fff]{7,}")]
)
def test_the_notebooks_speak_one_language_at_a_time(tmp_path, language, other):
    import nbformat

    folder.copy_notebooks(tmp_path)
    with speaking(language):
        assert not folder.copy_notebooks(tmp_path).kept, "one that nobody edited changes its language"
    books = [nbformat.read(path, as_version=4) for path in sorted(tmp_path.glob("*.ipynb"))]
    assert len(books) >= 10
    for cell in (cell for read in books for cell in read.cells):
        if cell.cell_type == "markdown":
            assert cell.source.strip()
            assert not re.search(other, cell.source), cell.source
        elif "parameters" in cell.metadata.get("tags", []):
            assert f'language = "{language}"' in cell.source
            assert not re.search(other, re.sub("(?m)^[^#]*", "", cell.source)), cell.source


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="file"):
        folder.copy_notebooks(tmp_path / "file" / "work")


def test_menus_are_chinese_unless_english_is_spoken_and_the_kernel_says_what_it_is(shipped, tmp_path):
    def said(language):
        with speaking(language):
            made = prepare(tmp_path / "work")
        own = tmp_path / "work" / ".jupyter"
        assert made["JUPYTER_PATH"].split(":" if sys.platform != "win32" else ";")[0] == str(own / "share")
        settings = json.loads((own / "settings" / "overrides.json").read_text(encoding="utf-8"))
        spec = json.loads((own / "share" / "kernels" / "python3" / "kernel.json").read_text(encoding="utf-8"))
        assert spec["argv"][0] == sys.executable
        assert settings["@jupyterlab/apputils-extension:notification"]["checkForUpdates"] is False
        assert settings["@jupyterlab/apputils-extension:kernels-settings"]["commsOverSubshells"] == "disabled"
        return settings["@jupyterlab/translation-extension:plugin"]["locale"], spec["display_name"]

    assert said("zh") == ("zh_CN", "法院执行分析")
    assert said("en") == ("default", "Court analysis")


def test_the_server_listens_on_loopback_and_keeps_its_token(tmp_path):
    asked = arguments(tmp_path, port=8899, browser=False)
    assert "--ServerApp.ip=127.0.0.1" in asked
    assert {"--ServerApp.port=8899", "--no-browser"} <= {*asked}
    assert not any("token" in word or "password" in word for word in asked), "Jupyter makes a token of its own"
