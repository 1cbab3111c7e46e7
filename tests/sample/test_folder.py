import errno
import hashlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from analysis.sample.folder import sample_path, write_sample
from analysis.vocabulary.errors import ArgumentError, OutputError


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.mark.full
def test_the_shipped_sample_is_what_the_package_writes(written):
    shipped = digests(sample_path())
    made = digests(written)
    assert made == {name: shipped[name] for name in made}


@pytest.mark.full
def test_the_same_seed_gives_the_same_bytes_in_another_process(written, tmp_path):
    code = "import sys; from analysis.sample.folder import write_sample; write_sample(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
    assert digests(tmp_path) == digests(written)


def test_csv_opens_in_excel_and_says_that_it_is_synthetic():
    assert sample_path("register/cases.csv").read_bytes().startswith("\ufeff案号,法院".encode())
    about = tomllib.loads(sample_path("register/register.toml").read_text(encoding="utf-8"))
    assert about["synthetic"] is True
    assert about["as_of"] == "2011-12-31"
    assert "合成" in sample_path("README.md").read_text(encoding="utf-8")


@pytest.mark.full
@pytest.mark.parametrize("is_there", [False, True])
def test_a_full_disk_leaves_no_empty_folder(tmp_path, monkeypatch, is_there):
    def full(path, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    out = tmp_path / "样例" / "甲"
    if is_there:
        out.mkdir(parents=True)
    before = list(tmp_path.rglob("*"))
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError):
        write_sample(out)
    assert list(tmp_path.rglob("*")) == before


def test_a_name_that_the_sample_has_not_is_refused():
    with pytest.raises(ArgumentError, match="register"):
        sample_path("registr")
