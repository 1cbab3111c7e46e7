"""``bundle``: everything that a machine without a network needs, made on a connected one of any system."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import click

import analysis as an
from analysis.cli.group import command
from analysis.cli.terminal import progress
from analysis.cli.usage import Word
from analysis.files.destinations import must_take_files, whole_folder, write_file
from analysis.vocabulary.errors import DISK_ERRORS
from analysis.vocabulary.text import Text

CHECKOUT = Path(__file__).parents[3]
PYTHONS = ("3.11", "3.12", "3.13")
PATCH = 9  # what a marker or a wheel that asks for a patch release (>=3.11.5) is told
# The tags of wheels that a system takes, oldest last, and what a marker of a requirement asks of it.
LINUX = [f"manylinux_2_{minor}" for minor in (28, 27, 26, 24, 17, 12, 5)] + [
    "manylinux2014",
    "manylinux2010",
    "manylinux1",
]
PLATFORMS: dict[str, tuple[list[str], dict[str, str]]] = {
    "win_amd64": (
        ["win_amd64"],
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    ),
    **{
        f"linux_{machine}": (
            [f"{tag}_{machine}" for tag in LINUX],
            {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": machine},
        )
        for machine in ("x86_64", "aarch64")
    },
    "macosx_arm64": (
        [f"macosx_{version}_0_arm64" for version in (14, 13, 12, 11)],
        {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
    ),
}
WHEELS, SUMS, PINS, DOCS = "wheels", "SHA256SUMS", "requirements.txt", "文档"
# What the package consists of: kinds of source, the other files by name, and the pages that the sites name.
SOURCE = (".py", ".pyi", ".toml", ".j2", ".typ", ".js", ".css", ".ttf", ".woff2")
FOLDER_VIEW = ".DS_Store"  # which macOS leaves behind
OWN = (
    *(FOLDER_VIEW, "py.typed", "OFL-CourtSansSC.txt", "OFL-CourtSerifSC.txt", "PROVENANCE.json"),
    *("calibration.csv", "power.csv", "spring_festival.csv"),
)
CACHE = "__pycache__"  # which, as .DS_Store, no tool takes along
SITES, PAGE = ("mkdocs.yml", "mkdocs.en.yml"), re.compile(r":[ ]+(\S+\.md)[ ]*$", re.MULTILINE)
INSTALL, START = "安装", "启动"
LAST_WORDS = 600  # letters of what a tool said as it failed
PIP = "--no-index --find-links wheels --require-hashes --no-deps -r requirements.txt"
# Wheels are of 64 bits.
FITS = "import sys; sys.exit(sys.version_info[:2] != ({}) or sys.maxsize == 2**31 - 1)"
WINDOWS = {
    INSTALL: r"""@echo off
cd /d "%~dp0" || (
  echo 请先把整个文件夹拷到本机硬盘。 Copy the whole folder to a disk of this machine first.
  pause & exit /b 1
)
set "PY="
for /d %%D in (python python\cpython-{python}*) do if exist "%%D\python.exe" set "PY=%%D\python.exe"
if not defined PY py -{python} -c "{fits}" >nul 2>nul && set "PY=py -{python}"
if not defined PY python -c "{fits}" >nul 2>nul && set "PY=python"
if not defined PY (
  echo 没有找到 Python {python}（64位），请先安装，见“文档”中的“内网安装”。 Python {python} not found: install it first.
  pause & exit /b 1
)
set "CLEAR="
if exist court\pyvenv.cfg set "CLEAR=--clear"
%PY% -m venv %CLEAR% court || (pause & exit /b 1)
court\Scripts\python.exe -m pip install --disable-pip-version-check {pip} || (pause & exit /b 1)
court\Scripts\python.exe -P -m analysis --version || (pause & exit /b 1)
echo 安装完成，双击“启动.bat”。 Installed.
if "%~1"=="" pause
""",
    START: r"""@echo off
cd /d "%~dp0" && court\Scripts\python.exe -c "" 2>nul || (
  echo 还没有在这里安装，请先双击“安装.bat”；文件夹移动过的也要重新安装。 Not installed here, or moved since: install first.
  pause & exit /b 1
)
court\Scripts\python.exe -P -m analysis lab %*
if errorlevel 1 pause
""",
}
UNIX = {
    INSTALL: r"""#!/bin/sh
set -eu
cd "$(dirname "$0")"
py=
for candidate in python/bin/python3 python/cpython-{python}*/bin/python3 python{python} python3 python; do
    if "$candidate" -c "{fits}" 2>/dev/null; then py=$candidate; break; fi
done
[ -n "$py" ] || { echo "没有找到 Python {python}，请先安装，见“文档”中的“内网安装”。 Python {python} not found: install it first." >&2; exit 1; }
if command -v sha256sum >/dev/null; then sha256sum --quiet -c SHA256SUMS; fi
"$py" -m venv $([ ! -f court/pyvenv.cfg ] || echo --clear) court
court/bin/python -m pip install --disable-pip-version-check {pip}
court/bin/court-analysis --version
echo "安装完成：./启动.sh。 Installed."
""",
    START: """#!/bin/sh
cd "$(dirname "$0")" && court/bin/python -c "" 2>/dev/null || {
    echo "还没有在这里安装，请先 sh 安装.sh。 Not installed here, or moved since: install first." >&2; exit 1; }
exec court/bin/python -P -m analysis lab "$@"
""",
}

NOT_ASKED = Text(
    "这个文件夹不在 git 之下（或没有装 git），src 中自己加的 .py、.toml 看不出来，会随安装包带出：请先核对，或用 git 取得的文件夹制作。",
    "This folder is not under git (or git is not installed): a .py or .toml of your own in src cannot be told from the package's and would be taken "
    "along. Look first, or make the bundle in a folder that git fetched.",
)


@command
@click.option(
    "--platform",
    type=Word("platform", PLATFORMS),
    required=True,
    help="内网机器的系统 / system of the machine without a network",
)
@click.option(
    "--python",
    "version",
    type=click.Choice(PYTHONS),
    default="3.12",
    show_default=True,
    help="内网机器的 Python / its Python",
)
@click.option("--out", type=click.Path(), help="写入的文件夹 / folder to write")
@click.option(
    "--docs/--no-docs", default=True, show_default=True, help="连同构建好的文档 / with the built documentation"
)
def bundle(platform: str, version: str, out: str | None, *, docs: bool) -> None:
    """内网安装包：在能上网的机器上备齐安装包、脚本、文档 / everything for a machine without a network, in one folder."""
    folder = Path(out or f"court-analysis-{platform}-py{version}")
    uv = _must_be_possible(folder)
    try:
        with whole_folder(folder.absolute()) as part:  # half a bundle would pass for a whole one
            _fill(part, uv, platform, version, docs=docs)
            if folder.is_dir():  # an empty one, whose place it takes
                folder.rmdir()
    except OSError as error:
        raise an.OutputError.not_writable(folder, error) from error
    size = sum(path.stat().st_size for path in _files(folder)) >> 20
    click.echo(
        Text(
            f"{folder}：{len(_files(folder))}个文件，{size} MB。", f"{folder}: {len(_files(folder))} files, {size} MB."
        )
    )


def _fill(folder: Path, uv: str, platform: str, version: str, *, docs: bool) -> None:
    """Write everything into the folder, last of all the checksums."""
    with progress() as say:
        say(str(Text("本软件的安装包…", "The package's own wheel…")))
        # Not quiet: what its tool found (a full disk) would be left out of its words.
        _run([uv, "build", "--wheel", "--out-dir", str(folder / WHEELS), str(CHECKOUT)])
        (folder / WHEELS / ".gitignore").unlink(missing_ok=True)  # which uv leaves beside what it builds
        pins = _pins(uv, platform, version)
        say(str(Text(f"下载{len(pins)}个安装包…", f"Fetching {len(pins)} wheels…")))
        _fetch(uv, pins, platform, version, folder)
        if docs:
            say(str(Text("构建文档…", "The documentation…")))
            site = ["mkdocs", "build", "--quiet", "--site-dir", str((folder / DOCS).absolute())]
            _run([uv, "run", "--no-dev", "--group", "docs", *site], cwd=CHECKOUT)
    _write_scripts(folder, platform, version)
    sums = {path.relative_to(folder).as_posix(): _sha256(path) for path in _files(folder)}
    write_file(folder / SUMS, "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode())


def _must_be_possible(folder: Path) -> str:
    """Return uv, which fetches; raises where it, the source of the package or an empty folder is missing."""
    uv = shutil.which("uv")
    if uv is None or not (CHECKOUT / "pyproject.toml").is_file():
        raise an.InputError(
            "内网安装包在本项目的文件夹里制作，需要 uv：请先 pip install uv，再 uv run --no-dev court-analysis bundle …",
            "A bundle is made in the folder of this project with uv: pip install uv, then uv run --no-dev court-analysis bundle …",
        )
    must_take_files(folder)
    _must_hold_no_results(CHECKOUT / "notebooks")
    _must_be_own(CHECKOUT)
    if folder.is_dir() and any(folder.iterdir()):
        raise an.OutputError(f"{folder} 不是空文件夹，请另给一个。", f"{folder} is not empty: name another folder.")
    return uv


def _must_hold_no_results(notebooks: Path) -> None:
    """Raise ``InputError`` where a notebook that the bundle takes along was saved with what it showed, of whatever register."""
    for path in sorted(notebooks.glob("*.ipynb")):
        if any(cell.get("outputs") for cell in json.loads(path.read_bytes())["cells"]):
            raise an.InputError(
                f"{path} 存有运行结果，会随安装包带出：请先在 JupyterLab 中清除所有单元格的输出并保存。",
                f"{path} was saved with its results, which the bundle would take along: clear the outputs of all cells in JupyterLab and save it.",
            )


def _must_be_own(checkout: Path) -> None:
    """Raise ``InputError`` where anything but the package's own files lies in the folders that the bundle takes along whole."""
    source = (
        path
        for path in _files(checkout / "src")
        if path.suffix not in SOURCE and path.name not in OWN and CACHE not in path.parts
    )
    added = (path for path in _added(checkout) if CACHE not in path.parts and path.name != FOLDER_VIEW)
    pages = {page for name in SITES for page in PAGE.findall((checkout / name).read_text(encoding="utf-8"))}
    docs = [
        (checkout / "docs" / language, path)
        for language in ("zh", "en")
        for path in _files(checkout / "docs" / language)
    ]
    others = (path for of, path in docs if path.relative_to(of).as_posix() not in pages and path.name not in OWN)
    for path in chain(source, others, added):
        raise an.InputError(
            f"{path} 不是本软件自己的文件，放在会随安装包带出的文件夹中：请移到别处再制作；文档中自己加的页，请写进 {' 和 '.join(SITES)} 的 nav；"
            "在用 git 的文件夹里，确要带出的请先 git add。",
            f"{path} is no file of the package itself and lies in a folder that the bundle takes along: move it elsewhere first; name a page of "
            f"your own in the nav of {' and '.join(SITES)}, and in a folder under git add what is to be taken along (git add).",
        )


def _added(checkout: Path) -> list[Path]:
    """What lies in the folders that are taken along whole and git does not know: a script or settings of one's own have the endings of the package's."""
    git = shutil.which("git")
    if git is None or not (checkout / ".git").exists():
        click.echo(NOT_ASKED, err=True)
        return []
    asked = ["-c", "safe.directory=*", "ls-files", "--others", "-z", "--", "src", "docs/zh", "docs/en"]
    return [checkout / name for name in _run([git, *asked], cwd=checkout).split("\0") if name]


def _pins(uv: str, platform: str, version: str) -> list[str]:
    """The pinned versions that the target needs, by the markers of the lock."""
    from packaging.requirements import Requirement

    asked = ["export", "--quiet", "--no-dev", "--no-emit-project", "--no-hashes", "--no-annotate", "--no-header"]
    listed = _run([uv, *asked], cwd=CHECKOUT)
    target = PLATFORMS[platform][1] | {
        "python_version": version, "python_full_version": f"{version}.{PATCH}", "implementation_name": "cpython",
        "platform_python_implementation": "CPython", "extra": "",
    }  # fmt: skip
    found = [Requirement(line) for line in listed.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    return [f"{r.name}{r.specifier}" for r in found if r.marker is None or r.marker.evaluate(target)]


def _fetch(uv: str, pins: list[str], platform: str, version: str, folder: Path) -> None:
    """Fetch a wheel for each pin, and write what pip is to install with the checksum of each."""
    wheels, tags = folder / WHEELS, [part for tag in PLATFORMS[platform][0] for part in ("--platform", tag)]
    (folder / PINS).write_text("\n".join(pins), encoding="utf-8")
    about = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "--dest", str(wheels)]
    target = ["--python-version", f"{version}.{PATCH}", "--implementation", "cp", *tags]
    _run([uv, "tool", "run", "pip", "download", *about, *target, "--requirement", str(folder / PINS)])
    lines = []
    for wheel in sorted(wheels.glob("*.whl")):
        name, number = wheel.name.split("-")[:2]
        lines.append(f"{name.replace('_', '-')}=={number} --hash=sha256:{_sha256(wheel)}\n")
    write_file(folder / PINS, "".join(lines).encode())


def _write_scripts(folder: Path, platform: str, version: str) -> None:
    is_windows = platform.startswith("win")
    for name, text in (WINDOWS if is_windows else UNIX).items():
        said = text.replace("{fits}", FITS.format(version.replace(".", ", "))).replace("{python}", version)
        said = said.replace("{pip}", PIP)
        path = folder / f"{name}.{'bat' if is_windows else 'sh'}"
        # the command line of a Chinese Windows reads its own code page
        write_file(path, said.replace("\n", "\r\n").encode("gbk") if is_windows else said.encode())
        if not is_windows and sys.platform != "win32":
            path.chmod(0o755)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _run(command_line: list[str], **asked: Any) -> str:
    """Run a tool and return what it printed; raises with its last words where it fails."""
    done = subprocess.run(  # noqa: S603 - uv, by its own arguments
        command_line, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False, **asked
    )
    if done.returncode:
        for number in DISK_ERRORS:  # the machine's fault, whoever met it
            if (full := os.strerror(number)) in done.stderr + done.stdout:
                raise OSError(number, full)
        words = " ".join((done.stderr or done.stdout).split())[-LAST_WORDS:]
        raise an.InputError(
            f"没有成功，请检查网络和磁盘后重试（{Path(command_line[0]).name} 的原话：{words}）。",
            f"This failed; check network and disk, and try again ({Path(command_line[0]).name} says: {words}).",
        )
    return done.stdout
