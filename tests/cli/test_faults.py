"""The end of a run: exit codes, one line, and a log that holds nothing of the register."""

import errno
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import click
import pandas as pd
import pyarrow as pa
import pytest
from click.testing import CliRunner

import analysis as an
from analysis.cli import main
from analysis.cli.faults import MEMORY, fault_of_machine, write_log
from analysis.vocabulary.errors import OutputError
from analysis.vocabulary.language import speaking

REGISTER = "案号,立案日期,结案日期,结案方式,承办人\n（2011）富执字第1号,2011-05-01,2011-06-01,和解,欧阳明\n"


@pytest.fixture(autouse=True)
def logs(tmp_path, monkeypatch):
    folder = tmp_path / "logs"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def call(*arguments, language="zh"):
    with speaking(language):
        return CliRunner().invoke(main, [str(a) for a in arguments])


def test_an_installation_that_is_not_whole_is_told_in_one_line_a_language(tmp_path):
    (tmp_path / "click.py").write_text("<<<", encoding="utf-8")
    script = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from analysis.__main__ import run; run()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert [line[:2] for line in done.stderr.splitlines()] == ["错误", "Er"]


def test_a_cache_of_fonts_that_cannot_be_kept_is_no_line(tmp_path):
    script = (
        "import logging\nfrom analysis import cli\ncli.supervised = lambda *_: None\ncli.run()\n"
        f"from matplotlib import font_manager\nfont_manager.json_dump([], {str(tmp_path / 'absent' / 'fontlist.json')!r})\n"
        "logging.getLogger('matplotlib.font_manager').warning('findfont: no glyph')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "findfont: no glyph\n")


def test_a_key_within_a_finaliser_prints_no_traceback():
    script = (
        "import sys; sys.argv[1:] = ['--version']; from analysis.cli import run\ntry: run()\nexcept SystemExit: pass\n"
        "class Held:\n def __del__(self): raise KeyboardInterrupt\nHeld()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="signals of Windows end a process at once")
@pytest.mark.parametrize(
    ("then", "ended"),
    [('raise ValueError("unfinished result")', (2, "已中断。")), ("click.get_current_context().exit(1)", (1, ""))],
)
def test_what_follows_an_interrupt_that_a_library_dropped_is_no_fault_and_an_end_stays_one(then, ended):
    script = f"""
import os, signal, sys, time
import click
from analysis.cli import run
from analysis.cli.group import main
@main.command()
def drops():
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)
    except KeyboardInterrupt:
        pass
    {then}
sys.argv[1:] = ["drops"]
run()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == ended


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def failing(error):
    def fail(*_, **__):
        cell = "欧阳明"  # what a frame holds and an error may quote
        raise error(f"bad cell {cell}") if isinstance(error, type) else error

    return fail


@pytest.mark.parametrize(
    ("error", "zh", "en"),
    [
        (KeyError, "程序自身出错（KeyError）", "a fault of the program itself (KeyError)"),
        (MemoryError, "内存不足", "memory ran out"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘写满", "the disk is full"),
        (OSError(errno.EIO, "Input/output error", "x"), "磁盘写满", "the disk is full"),
        (OSError(errno.EMFILE, "Too many open files"), "上限", "a limit is reached"),
        (RuntimeError("can't start new thread"), "上限", "a limit is reached"),
        (pa.ArrowException("Unknown error: Failed to launch worker thread: x"), "上限", "a limit is reached"),
        (
            FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']"),
            "没有可写的临时文件夹",
            "no folder for temporary files can be written",
        ),
        (ImportError("libarrow.so: failed to map segment from shared object"), "内存不足", "memory ran out"),
        (
            ModuleNotFoundError("No module named 'pyarrow.lib'", name="pyarrow.lib"),
            "安装不完整（pyarrow 缺失或损坏），没有完成，请重新安装",
            "the installation is not whole (pyarrow is missing or damaged)",
        ),
    ],
)
@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.full)])
def test_a_fault_is_one_line_exit_3_and_a_log_without_cells(register, logs, monkeypatch, error, zh, en, language):
    monkeypatch.setattr(an, "caseflow", failing(error))
    result = call("caseflow", "--cases", register, "--as-of", "2011-12-31", language=language)
    assert result.exit_code == 3
    (line,) = result.stderr.splitlines()
    assert (zh if language == "zh" else en) in line
    (log,) = logs.iterdir()
    assert str(log) in line
    said = log.read_text(encoding="utf-8")
    assert re.search(r"tests/cli/test_faults\.py:\d+ fail", said), "where the code stood"
    assert "欧阳明" not in said + line
    assert str(register.parent) not in said
    assert log.stat().st_mode & 0o077 == 0


def test_a_report_that_the_disk_does_not_take_is_the_machines_fault(register):
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    error = OutputError.not_writable("reports", full)
    error.__cause__ = full
    assert "清出磁盘空间" in str(error)
    assert fault_of_machine(error)
    denied = OutputError.not_writable("reports", PermissionError(errno.EACCES, "denied"))
    assert "权限" in str(denied)
    assert fault_of_machine(denied) is None


def test_a_library_that_could_not_make_its_error_ran_out_of_memory():
    assert fault_of_machine(SystemError("<built-in> returned NULL without setting an exception")) == MEMORY
    assert fault_of_machine(SystemError("bad argument to internal function")) is None


def test_no_log_is_said_where_none_can_be_written(monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/absent")
    assert write_log(ValueError("x")) is None


def while_loading():
    """What a library says whose loading a key breaks off."""
    error = ImportError("initialization failed")
    error.__cause__ = KeyboardInterrupt()
    return error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort(), while_loading()])
def test_a_run_that_is_broken_off_is_quiet(register, monkeypatch, error):
    monkeypatch.setattr(an, "caseflow", failing(error))
    result = call("caseflow", "--cases", register, "--as-of", "2011-12-31")
    assert (result.exit_code, result.stderr.split()) == (2, ["已中断。"])


def test_a_folder_whose_name_is_no_utf8_is_no_fault_of_the_program(register, tmp_path):
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/\xd6\xd0")
    try:
        os.mkdir(folder)  # noqa: PTH102 - a name in bytes
    except OSError:
        pytest.skip("a file system of UTF-8 alone")
    result = call("ingest", register, "--out", f"{folder}/store")
    assert (result.exit_code, "不是 UTF-8 编码" in result.stderr.splitlines()[-1]) == (2, True)


def test_a_deleted_working_folder_is_said(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = call("definitions")
    assert result.exit_code == 2
    assert "cd" in result.stderr


def run(arguments, *, out, environment=None, folder=None, before="import sys"):
    code = f"{before}; import sys; sys.argv[0] = 'court-analysis'; from analysis.cli import run; run()"
    told = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **(environment or {})}
    done = subprocess.run(
        [sys.executable, "-c", code, *map(os.fsencode, map(str, arguments))], stdout=out, stderr=subprocess.PIPE, env=told, cwd=folder,
        check=False,
    )  # fmt: skip
    return done.returncode, done.stderr.decode("utf-8", "replace")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.full
def test_output_that_nobody_takes_ends_in_3_or_in_silence(register):
    asked = ["caseflow", "--cases", register, "--as-of", "2011-12-31", "--format", "csv"]
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        for called in (asked, asked[:-2]):  # found as the run ends, and while it prints
            code, said = run(called, out=full)
            assert (code, len(said.splitlines())) == (3, 1), said
    nobody = "import os, sys; os.dup2(os.open('/dev/full', os.O_WRONLY), 2)"
    assert run(["caseflow", "--as-of", "never"], out=subprocess.DEVNULL, before=nobody)[0] == 3, "no finding"
    read, write = os.pipe()
    os.close(read)
    assert run(asked, out=write) == (2, "")
    os.close(write)


@pytest.mark.skipif(os.name == "nt", reason="a pipe of Windows breaks in other words")
@pytest.mark.full
@pytest.mark.parametrize("asked", [["--help"], ["check", "{register}"]])
def test_a_reader_that_is_gone_is_no_finding(register, asked):
    read, write = os.pipe()
    os.close(read)
    assert run([part.format(register=register) for part in asked], out=write)[0] == 2
    os.close(write)


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"},
    ],
)
@pytest.mark.full
def test_chinese_paths_are_read_and_written_whatever_the_locale(tmp_path, environment):
    folder = tmp_path / "执行局 台账"
    folder.mkdir()
    (folder / "台账.csv").write_text(REGISTER, encoding="utf-8")
    code, said = run(["check", folder / "台账.csv", "--as-of", "2011-12-31", "--findings", folder / "问题.xlsx"],
                     out=subprocess.DEVNULL, environment=environment)  # fmt: skip
    assert code in (0, 1), said
    assert (folder / "问题.xlsx").is_file()
    code, said = run(
        ["ingest", folder / "台账.csv", "--out", folder / "库"], out=subprocess.DEVNULL, environment=environment
    )
    assert code == 0, said
    assert (folder / "库" / "ingest.json").is_file()


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", "--out", "{file}/r"],
        ["report", "--out", "{file}"],
        ["bulletin", "--period", "2011", "--out", "{file}/r"],
        ["ingest", "{cases}", "--out", "{file}/r"],
        ["check", "{cases}", "--findings", "{absent}/f.xlsx"],
        ["exchange", "seal", "--cases", "{cases}", "--out", "{absent}/x.json"],
        ["start", "{cases}", "--yes", "--out", "{absent}/own.toml"],
        ["template", "returns", "--out", "{absent}/t.xlsx"],
        ["template", "holidays", "--period", "2027", "--out", "{absent}/t.xlsx"],
    ],
)
def test_a_bad_destination_is_found_before_the_work(register, tmp_path, monkeypatch, arguments):
    monkeypatch.setattr(an, "read_cases", failing(AssertionError))
    monkeypatch.setattr(an, "own_cases", failing(AssertionError))
    monkeypatch.setattr(an, "ingest", failing(AssertionError))
    monkeypatch.setattr(an, "propose_court_file", failing(AssertionError))
    names = {"file": register, "cases": register, "absent": tmp_path / "absent"}
    result = call(*(a.format(**names) for a in arguments))
    assert result.exit_code == 2, result.output
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.full
def test_many_unused_headers_are_one_line_of_the_first(tmp_path):
    path = tmp_path / "cases.csv"
    names = [f"栏{i}" for i in range(16_381)]
    path.write_text(
        ",".join(["案号", "立案日期", "结案日期", *names]) + "\n（2011）富执字第1号,2011-05-01,," + "," * 16_380 + "\n",
        encoding="utf-8",
    )
    said = call("check", path, "--as-of", "2011-12-31").stderr
    (line,) = [line for line in said.splitlines() if line.startswith("没有用上的表头")]
    assert "16,381" in line
    assert len(line) < 300


def test_unused_headers_of_two_sheets_are_named_with_their_sheet(tmp_path):
    """One that both have stands once; the third column of which sheet is meant must be said."""
    path = tmp_path / "台账.xlsx"
    with pd.ExcelWriter(path) as book:
        for sheet, year, names in (("甲", 2010, ["备注", "王建国"]), ("乙", 2011, ["拍卖情况", "备注"])):
            row = [f"（{year}）富执字第1号", f"{year}-05-01", None, "x", "y"]
            frame = pd.DataFrame([row], columns=["案号", "立案日期", "结案日期", *names])
            frame.to_excel(book, sheet_name=sheet, index=False)
    for language, told in (
        ("zh", "没有用上的表头：备注；台账.xlsx / 甲的[5]；台账.xlsx / 乙的[4]（[n]"),
        ("en", "headers not used: 备注; 台账.xlsx / 甲: [5]; 台账.xlsx / 乙: [4] ([n]"),
    ):
        assert told in call("--language", language, "check", path, "--as-of", "2011-12-31").stderr


def test_a_header_of_several_sheets_that_is_not_used_is_named_once_where_no_closing_date_is_found(tmp_path):
    path = tmp_path / "台账.xlsx"
    with pd.ExcelWriter(path) as book:
        for year in (2010, 2011):
            frame = pd.DataFrame(
                [[f"（{year}）富执字第1号", f"{year}-05-01", "x"]], columns=["案号", "立案日期", "备注"]
            )
            frame.to_excel(book, sheet_name=str(year), index=False)
    said = call("report", "--cases", path, "--as-of", "2011-12-31")
    assert (said.exit_code, said.stderr.count("备注")) == (2, 1)


@pytest.mark.full
def test_a_heading_that_may_be_a_person_is_printed_for_the_clerk_alone(tmp_path):
    """A row of data above the headings, or a column called after who keeps it; nobody knows a rare name from another word."""
    path = tmp_path / "cases.csv"
    path.write_text(
        "案号,立案日期,承办人,13904541234,欧阳志远,鞫鬀,Nguyen,阿卜杜拉买买提,序号\n（2011）富执字第1号,2011-05-01,鞫鬀,,,,,,\n",
        encoding="utf-8",
    )
    outside, inside = (call("check", path, "--as-of", "2011-12-31", *more) for more in ([], ["--names"]))
    said = outside.output + outside.stderr
    assert "没有用上的表头：[4]、[5]、[6]、[7]、[8]、序号（[n]为第n列，原文见 --names" in outside.stderr
    assert not any(word in said for word in ("欧阳志远", "鞫鬀", "Nguyen", "阿卜杜拉"))
    assert "13904541234、欧阳志远、鞫鬀、Nguyen、阿卜杜拉买买提、序号" in inside.stderr
    path.write_text(
        "案号,立案日期,承办人,13904541234,备注\n（2011）富执字第1号,2011-05-01,欧阳志远,,\n", encoding="utf-8"
    )
    assert "没有用上的表头：[4]、备注" in call("check", path, "--as-of", "2011-12-31").stderr
    columns = tmp_path / "columns.toml"
    columns.write_text('[columns]\nofficer = "没有"\n', encoding="utf-8")
    # Of headings that are no column's a list helps nobody; the report is refused for want of closing dates.
    for asked, told in (
        (["check", path, "--columns", columns], "现有列：案号、立案日期、承办人。"),
        (["report", "--cases", path], "没有用上的表头（[n]为第n列）：[4]、备注"),
    ):
        said = call(*asked, "--as-of", "2011-12-31")
        assert (said.exit_code, "13904541234" in said.output + said.stderr, told in said.stderr) == (2, False, True)


@pytest.mark.full
def test_an_absent_column_among_many_headers_is_a_line_that_can_be_read(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(",".join(["案号", "承办人", *(f"栏{i}" for i in range(5_000))]) + "\n", encoding="utf-8")
    result = call("check", path, "--as-of", "2011-12-31")
    assert result.exit_code == 2
    assert len(result.stderr) < 1_500


def test_a_cell_beyond_measure_is_not_blamed_on_a_quotation_mark(tmp_path):
    path = tmp_path / "cases.csv"
    long = "文" * 140_000
    path.write_bytes(
        f"案号,立案日期,备注\r（2011）富执字第1号,2011-05-01,{long}\r（2011）富执字第2号,2011-05-01,\r".encode()
    )
    with pytest.raises(an.InputError, match="超过131,072个字符"):
        an.read_cases(path, as_of="2011-12-31")


@pytest.mark.full
def test_the_old_format_says_that_it_has_no_checksum(tmp_path):
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for r, row in enumerate([["案号", "立案日期"], ["（2011）富执字第1号", "2011-05-01"]]):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    book.save(str(tmp_path / "cases.xls"))
    assert "cases.xls：xls 格式没有校验和" in call("check", tmp_path / "cases.xls", "--as-of", "2011-12-31").stderr


def test_a_notebook_is_said_to_run_code(tmp_path, monkeypatch):
    monkeypatch.setattr(an, "publish_notebook", failing(an.InputError("停", "stop")))
    monkeypatch.chdir(tmp_path)
    assert "own.ipynb 中的代码" in call("report", "--notebook", "own.ipynb").stderr


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no root here")
@pytest.mark.parametrize(("language", "said"), [("zh", "普通用户"), ("en", "ordinary user")])
def test_the_lab_as_root_says_what_to_do(tmp_path, monkeypatch, language, said):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    result = call("lab", tmp_path / "lab", language=language)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "lab").exists()


def test_the_lab_keeps_everything_in_its_folder(tmp_path):
    import json

    from analysis.lab.start import prepare

    told = prepare(tmp_path / "lab")
    places = [
        Path(told[name]) for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR")
    ]
    assert all(place.is_relative_to(tmp_path / "lab") for place in places)
    spec = json.loads((tmp_path / "lab/.jupyter/share/kernels/python3/kernel.json").read_text(encoding="utf-8"))
    assert "--HistoryManager.enabled=False" in spec["argv"]


@pytest.mark.full
@pytest.mark.parametrize(
    "asked",
    [
        ["report", "--period", 2011, "--formats", "xlsx"],
        ["bulletin", "--period", "2011-06", "--formats", "xlsx"],
        ["data-review", "--to", "2011-06", "--formats", "docx"],
    ],
    ids=lambda asked: asked[0],
)
def test_a_document_over_an_open_error_is_written_and_exits_1(tmp_path, monkeypatch, asked):
    rows = ["案号,立案日期,结案日期,结案方式"]
    rows += [f"（2011）富执字第{i}号,2011-05-01,2011-06-01,和解" for i in range(1, 9)]
    sound, wrong = tmp_path / "sound.csv", tmp_path / "wrong.csv"
    sound.write_text("\n".join(rows), encoding="utf-8")
    wrong.write_text("\n".join([*rows, "（2011）富执字第9号,2011-05-01,2011-04-01,和解"]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = [call(*asked, "--cases", path, "--as-of", "2011-12-31", "--out", path.stem) for path in (sound, wrong)]
    assert [result.exit_code for result in done] == [0, 1]
    assert "1处错误" in done[1].stderr
    assert (tmp_path / "wrong" / "manifest.json").is_file()


def ended(what):
    """How the console script ends where a command does ``what`` to its process."""
    code = (
        "import os, signal, sys, time; sys.argv = ['court-analysis', 'definitions', '--language', 'en']\n"
        f"import analysis as an\nan.definitions = lambda *_: ({what})\nfrom analysis.cli import run\nrun()"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        start_new_session=True,
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of a process here")
@pytest.mark.parametrize("number", ["SIGKILL", "SIGSEGV", "SIGABRT"])
def test_a_run_that_the_system_ends_is_one_line_and_exit_3(number):
    done = ended(f"os.kill(os.getpid(), signal.{number})")
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert number in line
    assert "memory" in line


@pytest.fixture
def hears_all():
    """Let the processes of a test hear a SIGHUP, which whoever started the tests with nohup passes over."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of a process here")
@pytest.mark.usefixtures("hears_all")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_run_whose_first_process_alone_is_told_to_stop_stops_and_ends_with_2(number):
    if number == "SIGINT" and not hasattr(signal, "sigwaitinfo"):
        pytest.skip("a key and a signal look the same here")
    done = ended(f"os.kill(os.getppid(), signal.{number}), time.sleep(20)")
    assert (done.returncode, done.stderr.split()) == (2, ["Interrupted."])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of a process here")
def test_a_signal_that_the_caller_passes_over_ends_no_run():
    passed_over = "import signal; [signal.signal(n, signal.SIG_IGN) for n in (signal.SIGHUP, signal.SIGCHLD)]"
    stopped = "an.definitions = lambda *_: (os.kill(os.getppid(), signal.SIGHUP), time.sleep(0.5), sys.exit(1))"
    code, said = run(
        ["definitions"],
        out=subprocess.DEVNULL,
        before=f"{passed_over}; import os, sys, time; import analysis as an; {stopped}",
    )
    assert (code, said) == (1, "")


@pytest.mark.skipif(os.name == "nt", reason="signals of Windows end a process at once")
@pytest.mark.usefixtures("hears_all")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_run_that_is_broken_off_while_it_loads_says_so_in_both_languages(number, tmp_path):
    (tmp_path / "click.py").write_text(f"import os, signal; os.kill(os.getpid(), signal.{number})", encoding="utf-8")
    script = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from analysis.__main__ import run; run()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr.split()) == (2, ["已中断。Interrupted."])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of a process here")
def test_a_signal_to_all_processes_of_a_run_is_one():
    twice = (  # that of the process that waits comes while it is said how the run ends
        "import analysis.cli.group as group\nsay = group.click.echo\n"
        "group.click.echo = lambda *said, **how: (os.kill(os.getpid(), signal.SIGTERM), time.sleep(0.1), say(*said, **how))\n"
        "os.kill(os.getpid(), signal.SIGTERM)\ntime.sleep(60)"
    )
    done = ended(f"exec({twice!r}, globals())")
    assert (done.returncode, done.stderr.split()) == (2, ["Interrupted."])


def test_a_file_that_is_gone_is_not_said_to_be_one_that_cannot_be_written(monkeypatch):
    monkeypatch.setattr(an, "definitions", failing(FileNotFoundError(errno.ENOENT, "No such file", "样例")))
    done = call("definitions")
    assert (done.exit_code, done.stderr.splitlines()) == (
        2,
        ["错误：无法读写 样例（No such file）。请检查路径和权限，关闭正打开着的同名文件，或换一个文件夹。"],
    )


def test_a_query_that_a_key_broke_off_is_no_fault_of_the_program(monkeypatch):
    def broken_off(*_):
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr(an, "definitions", broken_off)
    done = call("definitions", language="en")
    assert (done.exit_code, done.stderr.split()) == (2, ["Interrupted."])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the command runs as a copy")
@pytest.mark.parametrize("code", [0, 1, 2])
def test_a_code_and_words_of_a_library_that_ends_the_run_are_not_ours(code):
    done = ended(f"os.write(2, b'giving up'), os._exit({code})")
    assert done.returncode == 3
    assert "giving up" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="a copy ends with its parent on Linux alone")
def test_a_run_whose_caller_is_killed_does_not_go_on(tmp_path):
    mark = tmp_path / "went on"
    done = ended(f"os.kill(os.getppid(), signal.SIGKILL), time.sleep(0.3), open({str(mark)!r}, 'w')")
    assert done.returncode == -9  # its streams are closed when the copy is gone, so nothing is left to wait for
    assert not mark.exists()


@pytest.mark.skipif(os.name == "nt", reason="a shell of Windows closes no output")
def test_an_output_that_is_closed_is_no_fault():
    here = Path(an.__file__).parents[1]
    command = 'exec "$0" -m analysis --help >&-'
    ended = subprocess.run(
        ["/bin/sh", "-c", command, sys.executable],
        env=os.environ | {"PYTHONPATH": str(here)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_a_limit_of_processor_time_is_not_called_memory(monkeypatch):
    import resource

    from analysis.cli.supervised import _how

    monkeypatch.setattr(resource, "getrusage", lambda _: resource.struct_rusage((4.0, 0.6, *[0] * 14)))
    assert "内存" in _how(-9).zh
    monkeypatch.setattr(resource, "getrlimit", lambda _: (5, 5))
    assert "处理器时间" in _how(-9).zh
    assert "ulimit -t" in _how(-9).en


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
@pytest.mark.parametrize("free", [1, 4, 7])
def test_too_few_open_files_are_one_line(free, monkeypatch, capsys):
    from analysis.cli.supervised import supervised

    left = iter(range(free))

    def opened(*asked, real=os.open):
        if asked[0] == os.devnull and next(left, None) is None:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return real(*asked)

    monkeypatch.setattr(os, "open", opened)
    with pytest.raises(SystemExit) as ended:
        supervised(lambda: pytest.fail("worked"), 2)
    assert ended.value.code == 3
    said = capsys.readouterr().err
    assert said.startswith("错误：系统不再给出文件")
    assert len(said.splitlines()) == 1


@pytest.mark.full
def test_a_warning_is_said_without_the_line_of_code_that_gave_it():
    script = "import warnings, analysis.cli as cli; cli.supervised = lambda *_: warnings.warn('等它结束后接着写。'); cli.run()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stderr == "等它结束后接着写。\n"


@pytest.mark.full
@pytest.mark.skipif(sys.platform != "linux", reason="has no such limit")
@pytest.mark.parametrize("megabytes", [300, 900])
def test_a_report_with_few_addresses_ends_in_one_line_and_does_not_hang(megabytes, tmp_path):
    import resource

    rows = [
        "案号,立案日期,结案日期,法院",
        "（2011）富执字第1号,2011-01-04,2011-03-01,甲",
        "（2011）富执字第2号,2011-02-04,,甲",
    ]
    (tmp_path / "台账.csv").write_text("\n".join(rows), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "report", "--cases", "台账.csv", "--as-of", "2011-12-31", "--period", "2011", "--out", "out"],
        cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8", timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20)),
    )  # fmt: skip
    assert done.returncode == 3
    assert len([line for line in done.stderr.splitlines() if line.startswith("错误：")]) == 1


def test_answers_that_never_end_end_the_questions_of_start(tmp_path, register):
    script = f"import sys; sys.argv[1:] = ['start', {str(register)!r}, '--out', {str(tmp_path / 'own.toml')!r}]; from analysis.cli import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", script], input=b"x\n" * 1_000_000, capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 2
    assert "--yes" in done.stderr.decode()
    assert not (tmp_path / "own.toml").exists()
