import contextlib
import json
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import analysis as an
from analysis.files import destinations
from analysis.files.destinations import must_take_file
from analysis.register.confidential import Confidential
from analysis.report import atomic_folder
from analysis.report import publish as publishing
from analysis.report.formats.html import OTHER_LANGUAGE
from analysis.vocabulary.errors import OutputError

publish = partial(publishing.publish, confidential=None)


def manifest(language="zh", inputs="a", kind="html"):
    return {
        "inputs": {"register": inputs},
        "parameters": {"year": 2011},
        "versions": {"court-analysis": "0"},
        "files": {},
        "reports": {language: {"files": [f"report.{language}.{kind}"], "exhibits": []}},
    }


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def test_files_and_manifest_appear_together_with_checksums(tmp_path):
    folder = tmp_path / "reports" / "2011"
    publish({"report.zh.html": b"zh"}, manifest(), folder)
    assert names(folder) == ["manifest.json", "report.zh.html"]
    written = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert written["files"]["report.zh.html"] == publishing.sha256(b"zh")
    assert names(folder.parent) == ["2011"], "nothing is left beside"


def test_the_other_language_of_the_same_inputs_stays_and_of_other_inputs_goes(tmp_path):
    folder = tmp_path / "2011"
    publish({"report.zh.html": b"zh"}, manifest("zh"), folder)
    publish({"report.en.html": b"en"}, manifest("en"), folder)
    assert names(folder) == ["manifest.json", "report.en.html", "report.zh.html"]
    publish({"report.en.html": b"en"}, manifest("en", inputs="b"), folder)
    assert names(folder) == ["manifest.json", "report.en.html"]


@pytest.mark.parametrize("order", [["zh", "en"], ["en", "zh"], ["zh", "en", "zh"]])
def test_pages_in_both_languages_lead_to_each_other_whichever_was_written_first(tmp_path, order):
    folder = tmp_path / "2011"
    for language in order:
        written = manifest(language)
        publish({f"report.{language}.html": f"{language} {OTHER_LANGUAGE} {language}".encode()}, written, folder)
    pages = {language: (folder / f"report.{language}.html").read_bytes() for language in ("zh", "en")}
    assert b'href="report.en.html"' in pages["zh"]
    assert b'href="report.zh.html"' in pages["en"]
    assert {name: publishing.sha256((folder / name).read_bytes()) for name in written["files"]} == written["files"]
    publish({"report.en.html": OTHER_LANGUAGE.encode()}, manifest("en", inputs="b"), folder)
    assert (folder / "report.en.html").read_text() == OTHER_LANGUAGE, "of other inputs nothing leads to the old page"


def test_a_page_changed_by_hand_is_neither_changed_again_nor_led_to(tmp_path):
    folder = tmp_path / "2011"
    publish({"report.zh.html": OTHER_LANGUAGE.encode()}, manifest("zh"), folder)
    (folder / "report.zh.html").write_text(f"by hand {OTHER_LANGUAGE}")
    publish({"report.en.html": OTHER_LANGUAGE.encode()}, manifest("en"), folder)
    assert (folder / "report.zh.html").read_text() == f"by hand {OTHER_LANGUAGE}"
    assert (folder / "report.en.html").read_text() == OTHER_LANGUAGE


def test_another_format_of_the_same_inputs_joins_the_first(tmp_path):
    folder = tmp_path / "2011"
    publish({"report.zh.html": b"zh"}, manifest("zh"), folder)
    asked = manifest("zh")
    asked["reports"]["zh"] = {"files": ["report.zh.docx"], "exhibits": [], "template": {"own.docx": "a"}}
    publish({"report.zh.docx": b"docx"}, asked, folder)
    written = manifest("zh")
    publish({"report.zh.html": b"zh"}, written, folder)
    assert written["reports"]["zh"]["files"] == ["report.zh.docx", "report.zh.html"]
    assert written["reports"]["zh"]["template"] == {"own.docx": "a"}
    assert names(folder) == ["manifest.json", "report.zh.docx", "report.zh.html"]


def test_a_researchers_own_file_in_the_folder_is_kept(tmp_path):
    folder = tmp_path / "2011"
    publish({"report.zh.html": b"1"}, manifest(), folder)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    publish({"report.zh.html": b"2"}, manifest(), folder)
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (folder / "report.zh.html").read_bytes() == b"2"


def test_a_failed_run_leaves_the_last_good_report(tmp_path, monkeypatch):
    folder = tmp_path / "2011"
    publish({"report.zh.html": b"good"}, manifest(), folder)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "as_json", full)
    with pytest.raises(OutputError, match="No space"):
        publish({"report.zh.html": b"bad"}, manifest(), folder)
    assert (folder / "report.zh.html").read_bytes() == b"good"
    assert names(tmp_path) == ["2011"]


def test_a_broken_manifest_is_said(tmp_path):
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(OutputError, match=r"manifest\.json"):
        publish({"a": b""}, manifest(), tmp_path)


WRITING = """
import sys, pathlib
sys.path.insert(0, sys.argv[3])
from test_publish import manifest
from test_publish import publish
folder, mark = pathlib.Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
for number in range(int(sys.argv[4])):
    content = f"{mark} {number} ".encode() * 20_000
    publish({f"report.zh.{k}": content for k in ("html", "xlsx", "pdf")}, manifest("zh", inputs=f"{mark} {number}"), folder)
"""


def writing(folder, mark, times):
    here = str(Path(__file__).parent)
    code = [sys.executable, "-c", WRITING, str(folder), mark, here, str(times)]
    started = subprocess.Popen(code, stdout=subprocess.PIPE, text=True)
    assert started.stdout.readline() == "ready\n"
    return started


def seen(folder):
    """One look at a report: the manifest, and the files that stood beside it in that very folder."""
    holder = os.open(folder, os.O_RDONLY)
    try:
        contents = {}
        for name in ("manifest.json", "report.zh.html", "report.zh.xlsx", "report.zh.pdf"):
            with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=holder), "rb") as file:
                contents[name] = file.read()
    finally:
        os.close(holder)
    return json.loads(contents.pop("manifest.json")), contents


def must_be_whole(folder):
    told, contents = seen(folder)
    assert {name: publishing.sha256(content) for name, content in contents.items()} == told["files"]
    assert len(set(contents.values())) == 1, "no file of another run"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into folders as Linux holds them")
@pytest.mark.full
def test_two_runs_at_once_do_not_mix_and_a_reader_always_finds_a_whole_report(tmp_path):
    folder = tmp_path / "2011"
    runs = [writing(folder, mark, 60) for mark in ("a", "b")]
    looks = 0
    while any(run.poll() is None for run in runs):
        with contextlib.suppress(FileNotFoundError):  # before the first report, and a folder that goes while it is read
            must_be_whole(folder)
            looks += 1
    assert [run.returncode for run in runs] == [0, 0]
    must_be_whole(folder)
    assert looks > 5
    assert names(tmp_path) == ["2011"]


@pytest.mark.full
@pytest.mark.skipif(sys.platform != "linux", reason="looks into folders as Linux holds them")
def test_a_killed_run_leaves_the_last_good_report_and_the_next_one_clears_up(tmp_path):
    folder = tmp_path / "2011"
    good = {f"report.zh.{kind}": b"good" for kind in ("html", "xlsx", "pdf")}
    publish(good, manifest(), folder)
    for number in range(8):
        run = writing(folder, str(number), 10_000)
        time.sleep(0.15 + 0.037 * number)
        run.kill()
        run.wait()
        must_be_whole(folder)
    publish({"report.zh.html": b"last"}, manifest(), folder)
    assert names(tmp_path) == ["2011"]
    assert names(folder) == ["manifest.json", "report.zh.html"]


def test_where_folders_cannot_change_places_a_run_killed_half_way_is_mended(tmp_path, monkeypatch):
    monkeypatch.setattr(atomic_folder, "_exchanged", lambda *_: False)
    folder = tmp_path / "2011"
    publish({"report.zh.html": b"good"}, manifest(), folder)
    publish({"report.zh.html": b"better"}, manifest(inputs="b"), folder)
    assert (folder / "report.zh.html").read_bytes() == b"better"
    folder.rename(tmp_path / ".2011-abcd_123-old")  # as a kill between the two steps leaves it
    (tmp_path / ".2011-abcd_124").mkdir()
    with atomic_folder.alone(folder):
        assert (folder / "report.zh.html").read_bytes() == b"better"
    assert names(tmp_path) == ["2011"]


@pytest.mark.parametrize("name", ["2011", "*"])
def test_what_another_report_of_a_longer_name_has_beside_it_is_left_alone(tmp_path, name):
    others = [".2011-x-abcdefgh", ".2011-x-abcdefgh-old", ".git-hooks"]  # the second is its last good report
    for other in others:
        (tmp_path / other).mkdir()
    publish({"report.zh.html": b"mine"}, manifest(), tmp_path / name)
    assert names(tmp_path) == sorted([*others, name])


@pytest.mark.parametrize("place", ["file", "here"])
def test_a_file_and_the_working_folder_are_refused_and_left_alone(tmp_path, monkeypatch, place):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(OutputError, match=place):
        publish({"report.zh.html": b"1"}, manifest(), tmp_path / "file" if place == "file" else Path())
    assert names(tmp_path) == ["file", "here"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_linked_folder_stays_a_link(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "2011").symlink_to(tmp_path / "shared", target_is_directory=True)
    publish({"report.zh.html": b"1"}, manifest(), tmp_path / "2011")
    assert (tmp_path / "2011").is_symlink()
    assert names(tmp_path / "shared") == ["manifest.json", "report.zh.html"]
    assert names(tmp_path) == ["2011", "shared"]


def test_a_report_that_holds_a_name_is_not_written_and_the_last_good_one_stands(tmp_path):
    folder, sought = tmp_path / "2011", Confidential({"王伟": "officer"})
    publish({"report.zh.html": b"good"}, manifest(), folder)
    for files, about in (
        ({"report.zh.html": "<p>王 伟</p>".encode()}, manifest()),
        ({"王伟.html": b"-"}, manifest()),
        ({"report.zh.html": b"-"}, manifest(inputs="王伟.csv")),
    ):
        with pytest.raises(OutputError) as refused:
            publishing.publish(files, about, folder, confidential=sought)
        assert "没有写出" in refused.value.text.zh
        assert (folder / "report.zh.html").read_bytes() == b"good"
    with pytest.raises(OutputError):
        publishing.publish({"report.zh.html": b"-"}, manifest(), tmp_path / "王伟2011", confidential=sought)
    assert not (tmp_path / "王伟2011").exists()


# What follows stands in for Windows, where no such machine is at hand: its rules for files that are open, said by its own error numbers.


@pytest.fixture
def excel(monkeypatch):
    """Files that Excel holds open on Windows: opened for writing, renamed or replaced by nobody else, nor is their folder."""
    held = set()
    opened, renamed = Path.open, Path.rename

    def refused(path):
        raise PermissionError(
            13, "The process cannot access the file because it is being used by another process", str(path)
        )

    def open_(path, mode="r", *rest, **named):
        return refused(path) if path in held and "+" in mode else opened(path, mode, *rest, **named)

    def rename(path, target):
        return refused(path) if any(path == h or path in h.parents for h in held) else renamed(path, target)

    monkeypatch.setattr(Path, "open", open_)
    monkeypatch.setattr(Path, "rename", rename)
    monkeypatch.setattr(atomic_folder, "_exchanged", lambda *_: False)
    return held


def test_a_report_open_in_excel_stays_and_the_new_one_stands_beside_it(tmp_path, excel):
    folder = tmp_path / "2011"
    assert publish({"report.zh.xlsx": b"old"}, manifest(kind="xlsx"), folder) == folder
    excel.add(folder / "report.zh.xlsx")
    heard = []
    publishing.say_what_stands_there(folder, "report", heard.append)
    assert "report.zh.xlsx" in heard[0]
    assert "2011-2" in heard[0]
    assert publish({"report.zh.xlsx": b"new"}, manifest(inputs="b", kind="xlsx"), folder) == tmp_path / "2011-2"
    assert (folder / "report.zh.xlsx").read_bytes() == b"old"
    assert names(tmp_path / "2011-2") == ["manifest.json", "report.zh.xlsx"]
    assert names(tmp_path) == ["2011", "2011-2"]
    excel.clear()
    assert publish({"report.zh.xlsx": b"last"}, manifest(inputs="c", kind="xlsx"), folder) == folder


def test_another_document_in_the_folder_is_named_before_it_is_replaced(tmp_path):
    publish({"report.zh.xlsx": b"old"}, manifest(kind="xlsx"), tmp_path / "out")
    heard = []
    publishing.say_what_stands_there(tmp_path / "out", "report", heard.append)
    assert not heard, "the same document, made again, replaces itself"
    publishing.say_what_stands_there(tmp_path / "out", "bulletin-2011-12", heard.append)
    assert "report.zh.xlsx" in heard[0]
    assert "bulletin-2011-12 取代" in heard[0]
    with pytest.warns(UserWarning, match="bulletin-2011-12 取代"):
        publishing.say_what_stands_there(tmp_path / "out", "bulletin-2011-12", None)


@pytest.mark.parametrize(
    ("write", "file"), [(an.build_report, "report-2011.zh.xlsx"), (an.build_bulletin, "bulletin-2011.zh.xlsx")]
)
@pytest.mark.full
def test_what_is_open_is_said_before_anything_is_computed(tmp_path, excel, write, file):
    rows = {
        "case_no": list("abcd"),
        "filed_on": "2011-01-10",
        "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None],
    }
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    folder, heard = tmp_path / "2011", []
    folder.mkdir()
    (folder / file).write_bytes(b"old")
    excel.add(folder / file)
    published = write(cases, period="2011", out=folder, formats=["xlsx"], progress=heard.append)
    assert file in heard[0]
    assert "正被另一个程序打开" in heard[0]
    assert len(heard) > 1, "the work is told of after it"
    assert published.folder == tmp_path / "2011-2"


def test_a_stick_that_keeps_no_rights_takes_a_report(tmp_path, monkeypatch):
    """FAT and exFAT as Linux mounts them: who is not root can set neither rights nor times there."""

    def refused(*_, **__):
        raise PermissionError(1, "Operation not permitted")

    folder = tmp_path / "2011"
    publish({"report.zh.html": b"old"}, manifest(), folder)
    (folder / "批注.txt").write_bytes(b"kept")
    monkeypatch.setattr(Path, "chmod", refused)
    monkeypatch.setattr(publishing.shutil, "copystat", refused)
    monkeypatch.setattr(atomic_folder, "_exchanged", lambda *_: False)
    assert publish({"report.zh.html": b"new"}, manifest(inputs="b"), folder) == folder
    assert names(folder) == ["manifest.json", "report.zh.html", "批注.txt"]


def test_a_report_opened_while_the_new_one_is_made_is_not_lost_either(tmp_path, excel, monkeypatch):
    folder = tmp_path / "2011"
    publish({"report.zh.xlsx": b"old"}, manifest(kind="xlsx"), folder)
    excel.add(folder / "report.zh.xlsx")
    monkeypatch.setattr(publishing, "held_open", lambda _: [])  # a moment ago nobody had opened it
    assert publish({"report.zh.xlsx": b"new"}, manifest(inputs="b", kind="xlsx"), folder) == tmp_path / "2011-2"
    assert names(tmp_path) == ["2011", "2011-2"]
    assert (folder / "report.zh.xlsx").read_bytes() == b"old"


def test_a_single_file_open_in_excel_is_named_before_the_work(tmp_path, excel):
    held = tmp_path / "指标.xlsx"
    held.write_bytes(b"open")
    excel.add(held)
    with pytest.raises(OutputError, match=r"指标\.xlsx 正被另一个程序打开"):
        must_take_file(held)


@pytest.fixture
def windows(monkeypatch):
    """Windows as far as names and moves go; ``refuse`` says how often each move is refused, as by a scanner of viruses."""
    refused, waited = [], []
    moves = {name: getattr(Path, name) for name in ("rename", "replace")}

    def moving(name):
        def move(path, target):
            if refused and refused.pop(0):
                raise PermissionError(13, "Access is denied", str(path))
            return moves[name](path, target)

        return move

    for name in moves:
        monkeypatch.setattr(Path, name, moving(name))
    monkeypatch.setattr(atomic_folder, "_exchanged", lambda *_: False)
    monkeypatch.setattr(destinations.sys, "platform", "win32")
    monkeypatch.setattr(destinations.time, "sleep", waited.append)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=lambda *_: None, LK_LOCK=1, LK_NBLCK=2))
    return refused


@pytest.mark.parametrize("there", [False, True], ids=["new", "again"])
@pytest.mark.parametrize("step", [0, 1])
@pytest.mark.parametrize("times", [1, len(destinations.WAITS)])
def test_a_move_that_a_scanner_refuses_for_a_moment_is_tried_again(tmp_path, windows, there, step, times):
    folder = tmp_path / "2011"
    if there:
        publish({"report.zh.xlsx": b"old"}, manifest(kind="xlsx"), folder)
    windows[:] = [False] * step + [True] * times
    assert publish({"report.zh.xlsx": b"new"}, manifest(inputs="b", kind="xlsx"), folder) == folder
    assert (folder / "report.zh.xlsx").read_bytes() == b"new"
    assert names(tmp_path) == ["2011"]


def test_a_move_refused_for_good_leaves_the_old_report_and_the_new_one_beside(tmp_path, windows):
    folder = tmp_path / "2011"
    publish({"report.zh.xlsx": b"old"}, manifest(kind="xlsx"), folder)
    windows[:] = [True] * (len(destinations.WAITS) + 1)
    assert publish({"report.zh.xlsx": b"new"}, manifest(inputs="b", kind="xlsx"), folder) == tmp_path / "2011-2"
    assert (folder / "report.zh.xlsx").read_bytes() == b"old"
    assert names(tmp_path) == ["2011", "2011-2"]


def test_a_file_that_a_scanner_holds_for_a_moment_is_written(tmp_path, windows):
    windows[:] = [True, True]
    destinations.write_file(tmp_path / "表.xlsx", b"x")
    windows[:] = [True] * 99
    with pytest.raises(OutputError, match="无法写入"):
        destinations.write_file(tmp_path / "表.xlsx", b"y")
    assert (tmp_path / "表.xlsx").read_bytes() == b"x"
    assert names(tmp_path) == ["表.xlsx"]


@pytest.mark.parametrize(
    "name",
    [
        "CON.xlsx",
        "CONIN$",
        "conout$.csv",
        "COM¹.xlsx",
        "nul",
        "LPT1.csv",
        "2011:结案.xlsx",
        "报告.",
        "报告 ",
        "a?.xlsx",
        'a"b',
        "con .txt",
    ],
)
def test_a_name_that_windows_takes_for_another_is_refused_before_the_work(tmp_path, windows, name):
    for refusing in (destinations.must_take_file, destinations.must_take_files, publishing.must_take_a_report):
        with pytest.raises(OutputError, match="Windows 不能用"):
            refusing(tmp_path / name)
    with pytest.raises(OutputError, match="Windows 不能用"):
        destinations.write_file(tmp_path / name / "表.xlsx", b"")
    assert not destinations.NO_NAME.search(destinations.file_name(name))


@pytest.mark.parametrize("name", ["年报.docx", "report.HTML"])
def test_the_name_of_a_file_is_no_folder_of_a_report(tmp_path, name):
    with pytest.raises(OutputError, match=f"{name} 是文件名"):
        publishing.must_take_a_report(tmp_path / name)
    publishing.must_take_a_report(tmp_path / "2011.1—5月")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "name", ["console.xlsx", "conin$2.xlsx", "2011.1—5月.xlsx", ".hidden", "null", "com", "报告（1）", "../表.xlsx"]
)
def test_other_names_are_taken_on_windows(tmp_path, windows, name):
    (tmp_path / "a").mkdir()
    destinations.must_take_file(tmp_path / "a" / name)
    destinations.write_file(tmp_path / "a" / name, b"x")
    assert (tmp_path / "a" / name).is_file()
