"""The bundle for a closed network: which wheels a target needs, and scripts that its system reads. CI makes and installs a whole one."""

import errno
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis import InputError
from analysis.cli import bundle, main

LOCK = """numpy==2.4.6 ; python_full_version < '3.12'
numpy==2.5.5 ; python_full_version >= '3.12'
pywinpty==3.1.2 ; os_name == 'nt'
pexpect==4.9.0 ; sys_platform != 'win32'
pandas==3.1.1
# a comment
"""


@pytest.mark.parametrize(
    ("platform", "version", "needed"),
    [
        ("win_amd64", "3.12", {"numpy==2.5.5", "pywinpty==3.1.2", "pandas==3.1.1"}),
        ("linux_aarch64", "3.11", {"numpy==2.4.6", "pexpect==4.9.0", "pandas==3.1.1"}),
    ],
)
def test_a_target_gets_the_versions_that_its_system_and_python_need(monkeypatch, platform, version, needed):
    monkeypatch.setattr(bundle, "_run", lambda *_, **__: LOCK)
    assert {*bundle._pins("uv", platform, version)} == needed


def test_scripts_for_windows_are_read_by_a_chinese_windows(tmp_path):
    bundle._write_scripts(tmp_path, "win_amd64", "3.12")
    install = (tmp_path / "安装.bat").read_bytes()
    assert b"\r\n" in install
    assert b"\n" not in install.replace(b"\r\n", b"")
    text = install.decode("gbk")
    assert "py -3.12" in text
    assert "(3, 12)" in text
    assert "--require-hashes" in text
    assert "{" not in text
    assert "-m analysis lab" in (tmp_path / "启动.bat").read_bytes().decode("gbk")
    for path in tmp_path.glob("*.bat"):  # under another code page no half of a character is a mark of the command line
        halves = [
            byte for letter in path.read_bytes().decode("gbk") if len(two := letter.encode("gbk")) == 2 for byte in two
        ]
        assert min(halves) >= 0x80, path.name


def test_of_what_lies_beside_the_notebooks_and_the_sample_nothing_is_taken_along():
    """A register, the key of its pseudonyms and reports, where somebody works in the folder of the project or the sample, stood in the wheel."""
    built = tomllib.loads((bundle.CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"][
        "targets"
    ]["wheel"]
    sample = (path for path in (bundle.CHECKOUT / "data" / "sample").rglob("*") if path.is_file())
    own = [*(bundle.CHECKOUT / "notebooks").glob("*.ipynb"), *sample]
    assert {*built["force-include"]} == {path.relative_to(bundle.CHECKOUT).as_posix() for path in own}


def test_a_notebook_with_results_is_not_taken_along(tmp_path):
    bundle._must_hold_no_results(bundle.CHECKOUT / "notebooks")
    cell = {
        "cell_type": "code",
        "source": "1",
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "闻人雪"}],
    }
    (tmp_path / "a.ipynb").write_text(
        json.dumps({"cells": [{"cell_type": "markdown", "source": "x"}, cell]}), encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"a\.ipynb") as refused:
        bundle._must_hold_no_results(tmp_path)
    assert "闻人雪" not in refused.value.text.zh


@pytest.mark.parametrize(
    "name",
    [
        "src/analysis/台账.csv", "src/analysis/台账.csv.gz", "src/analysis/register/台账.pkl", "src/analysis/笔记.txt", "src/analysis/pseudonym.key",
        "docs/zh/内部说明.md", "docs/en/how-to/our-judges.md", "docs/en/台账.csv", "docs/zh/pseudonym.key", "docs/zh/a/图.png",
    ],
)  # fmt: skip
def test_what_lies_among_the_packages_own_files_is_not_taken_along(tmp_path, name):
    others = shutil.ignore_patterns("*.png", "*.ttf", "__pycache__")
    for own in ("src", "docs"):
        shutil.copytree(bundle.CHECKOUT / own, tmp_path / own, ignore=others)
    for site in bundle.SITES:
        shutil.copy(bundle.CHECKOUT / site, tmp_path / site)
    bundle._must_be_own(tmp_path)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("闻人雪", encoding="utf-8")
    with pytest.raises(InputError, match=Path(name).name) as refused:
        bundle._must_be_own(tmp_path)
    assert "闻人雪" not in refused.value.text.zh


def test_the_packages_own_files_are_its_own(monkeypatch):
    monkeypatch.setattr(bundle, "_added", lambda _: [])  # of what somebody is working on git knows nothing yet
    bundle._must_be_own(bundle.CHECKOUT)


@pytest.mark.skipif(shutil.which("git") is None, reason="what git does not know is asked of git")
@pytest.mark.parametrize(
    "name", ["src/analysis/本院.toml", "src/analysis/cases/our_court.py", "src/analysis/calibration.csv"]
)
def test_nor_a_script_or_settings_of_ones_own_which_git_does_not_know(tmp_path, name):
    (tmp_path / "src/analysis/cases/__pycache__").mkdir(parents=True)
    for site in bundle.SITES:
        (tmp_path / site).write_text("nav:\n", encoding="utf-8")
    (tmp_path / "src/analysis/own.py").write_text("", encoding="utf-8")
    for command in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    (tmp_path / "src/analysis/cases/__pycache__/own.pyc").write_text("")
    bundle._must_be_own(tmp_path)
    (tmp_path / name).write_text("labels = ['闻人雪']", encoding="utf-8")
    with pytest.raises(InputError, match=Path(name).name):
        bundle._must_be_own(tmp_path)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    bundle._must_be_own(tmp_path)


def test_where_git_cannot_be_asked_it_is_said_what_may_be_taken_along(tmp_path, capsys):
    (tmp_path / "src/analysis").mkdir(parents=True)
    for site in bundle.SITES:
        (tmp_path / site).write_text("nav:\n", encoding="utf-8")
    (tmp_path / "src/analysis/own.py").write_text("", encoding="utf-8")
    bundle._must_be_own(tmp_path)
    assert "不在 git 之下" in capsys.readouterr().err


@pytest.mark.parametrize(("bits", "is_taken"), [(2**63 - 1, True), (2**31 - 1, False)])
def test_a_python_of_32_bits_is_none_that_the_wheels_fit(monkeypatch, bits, is_taken):
    monkeypatch.setattr(sys, "maxsize", bits)
    with pytest.raises(SystemExit) as said:
        exec(bundle.FITS.format(f"{sys.version_info.major}, {sys.version_info.minor}"))  # noqa: S102 - as the scripts run it
    assert (not said.value.code) is is_taken


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_the_script_for_linux_says_what_is_missing_and_stops_at_an_altered_file(tmp_path):
    bundle._write_scripts(tmp_path, "linux_x86_64", "3.13")
    (tmp_path / "a.whl").write_text("altered", encoding="utf-8")
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  a.whl\n", encoding="utf-8")

    def install(python):
        found = tmp_path / f"bin{python}"
        found.mkdir()
        (found / "python3").write_text(f"#!/bin/sh\nexit {python}\n", encoding="utf-8")
        (found / "python3").chmod(0o755)
        tools = {"PATH": f"{found}:{tmp_path / 'tools'}"}
        return subprocess.run(
            ["/bin/sh", "安装.sh"], cwd=tmp_path, env=tools, capture_output=True, text=True, check=False
        )

    (tmp_path / "tools").mkdir()
    for tool in ("dirname", "sha256sum"):
        (tmp_path / "tools" / tool).symlink_to(Path("/usr/bin") / tool)
    none = install(1)
    assert none.returncode == 1
    assert "没有找到 Python 3.13" in none.stderr
    altered = install(0)
    assert altered.returncode != 0
    assert "a.whl" in altered.stdout + altered.stderr
    assert not (tmp_path / "court").exists()


def test_a_bundle_takes_no_folder_that_holds_something_and_needs_uv(tmp_path, monkeypatch):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    asked = ["bundle", "--platform", "win_amd64", "--out", str(tmp_path)]
    refused = CliRunner().invoke(main, asked)
    assert (refused.exit_code, "不是空文件夹" in refused.stderr) == (2, True)
    monkeypatch.setenv("PATH", os.devnull)
    assert "pip install uv" in CliRunner().invoke(main, asked).stderr


def test_a_bundle_that_fails_leaves_no_half_of_one_and_says_why_in_a_line(tmp_path, monkeypatch):
    out, fails = tmp_path / "bundle", tmp_path / "uv"
    fails.write_text(
        "#!/bin/sh\nmkdir -p \"$4\"; echo a >&2; printf 'no\\377 route\\n' >&2; exit 1\n", encoding="utf-8"
    )
    fails.chmod(0o755)
    monkeypatch.setattr(bundle.shutil, "which", {"uv": str(fails)}.get)
    failed = CliRunner().invoke(main, ["bundle", "--platform", "win_amd64", "--out", str(out)])
    assert (failed.exit_code, out.exists()) == (2, False)
    assert failed.stderr.splitlines()[-1].startswith("错误：没有成功，请检查网络和磁盘后重试（uv 的原话：a no")


@pytest.mark.parametrize("is_there", [False, True])
def test_a_bundle_has_its_name_when_it_is_whole(tmp_path, monkeypatch, is_there):
    out, named = tmp_path / "bundle", []
    if is_there:
        out.mkdir()

    def fill(folder, *_, **__):
        named.append(list(out.iterdir()) if is_there else out.exists())
        (folder / "SHA256SUMS").touch()

    monkeypatch.setattr(bundle.shutil, "which", {"uv": "uv"}.get)
    monkeypatch.setattr(bundle, "_fill", fill)
    assert CliRunner().invoke(main, ["bundle", "--platform", "win_amd64", "--out", str(out)]).exit_code == 0
    assert named in ([False], [[]])
    assert [path.name for path in tmp_path.rglob("*")] == ["bundle", "SHA256SUMS"]


def test_a_tool_that_finds_the_disk_full_is_the_machines_fault():
    said = "import sys; sys.exit('cannot write: No space left on device (os error 28)')"
    with pytest.raises(OSError, match="No space left") as full:
        bundle._run([sys.executable, "-c", said])
    assert full.value.errno == errno.ENOSPC


def test_a_disk_that_is_full_as_the_wheel_is_built_is_the_machines_fault(tmp_path, monkeypatch):
    fails = tmp_path / "uv"
    fails.write_text(
        "#!/bin/sh\ncase \"$*\" in *--quiet*) ;; *) echo 'OSError: [Errno 28] No space left on device' >&2;; esac\n"
        "echo 'error: the build backend returned an error' >&2; exit 1\n",
        encoding="utf-8",
    )
    fails.chmod(0o755)
    monkeypatch.setattr(bundle.shutil, "which", {"uv": str(fails)}.get)
    failed = CliRunner().invoke(main, ["bundle", "--platform", "win_amd64", "--out", str(tmp_path / "bundle")])
    assert failed.exit_code == 3
