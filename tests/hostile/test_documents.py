"""Settings of whatever content: every reader of TOML and JSON refuses them in words, or takes them."""

import os
from contextlib import suppress
from functools import partial
from random import Random

import pandas as pd
import pytest
from hostile.documents import BROKEN, altered, as_json, as_toml
from hostile.readers import json_readers, register_beside, toml_readers

import analysis as an
from analysis.vocabulary.documents import DEEPEST, MOST_BYTES, document_text, parsed_json, parsed_toml
from analysis.vocabulary.text import Text

ALTERED = 6
# What ended in a traceback once: the reader, and the seed of the altered document.
READERS = {reader.name: (reader, as_toml) for reader in toml_readers()}


@pytest.fixture(scope="module")
def readers():
    return READERS | {reader.name: (reader, as_json) for reader in json_readers()}


NAMES = [*READERS, "exchange", "manifest", "notebooks of the lab"]


def refused_or_taken(reader, path):
    with suppress(an.CourtAnalysisError):  # whatever else is raised fails the test
        reader.read(path)


@pytest.mark.full
@pytest.mark.parametrize("name", NAMES)
def test_a_sound_document_is_taken(readers, tmp_path, name):
    reader, write = readers[name]
    path = tmp_path / f"own.{'toml' if write is as_toml else 'json'}"
    path.write_bytes(write(reader.document))
    reader.read(path)


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_document_is_refused_in_words(readers, tmp_path, name):
    reader, write = readers[name]
    path = tmp_path / f"own.{'toml' if write is as_toml else 'json'}"
    for content in BROKEN.values():
        path.write_bytes(content)
        refused_or_taken(reader, path)


@pytest.mark.full
@pytest.mark.parametrize("name", NAMES)
def test_a_value_of_another_kind_is_refused_or_taken(readers, tmp_path, name):
    reader, write = readers[name]
    path = tmp_path / f"own.{'toml' if write is as_toml else 'json'}"
    random = Random(f"altered {name}")
    for _ in range(ALTERED):
        path.write_bytes(write(altered(random, reader.document)))
        refused_or_taken(reader, path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("include = { closed_as = [{}] }", "closed_as"),
        ("include = { team = [] }", "team"),
        ("target = { low = {} }", "target"),
        ("factor = nan", "factor"),
    ],
)
def test_a_value_of_a_definition_that_is_none_of_its_kind_is_refused(tmp_path, line, said):
    path = tmp_path / "own.toml"
    head = '[set]\nid = "own"\nzh = "本院"\nen = "own"\nextends = "fujin-2012"\n[[indicator]]\nid = "r"\nzh = "率"\nen = "rate"\n'
    rate = 'kind = "rate"\nunit = "%"\nnumerator = "closed"\ndenominator = "received"\n'
    path.write_text(f"{head}{rate}{line}\n", encoding="utf-8")
    with pytest.raises(an.InputError, match=said):
        an.definitions(path)


@pytest.mark.parametrize(
    "line", ["start_within_days = -1", 'start_within_days = "x"', "net_closings_per_officer = inf"]
)
def test_a_number_of_a_scheme_that_is_none_is_refused(tmp_path, line):
    path = tmp_path / "own.toml"
    path.write_text(
        f'[set]\nid = "own"\nzh = "本院"\nen = "own"\nextends = "fujin-2012"\n[scheme]\n{line}\n', encoding="utf-8"
    )
    with pytest.raises(an.InputError, match="scheme"):
        an.definitions(path)


def test_depth_is_bounded_alike_everywhere():
    deep = "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)
    for parsed, text in ((parsed_toml, f"a = {deep}"), (parsed_json, f'{{"a": {deep}}}')):
        with pytest.raises(ValueError, match="levels"):
            parsed(text)


@pytest.mark.parametrize(
    "change",
    [
        {"parameters": {"year": "x"}},
        {"parameters": {"year": 2011, "definitions": []}},
        {"parameters": {"year": True}},
        {"inputs": {"earlier": 1}},
    ],
)
def test_a_manifest_of_no_yearly_report_is_refused_before_anything_is_made_again(tmp_path, change):
    import json

    sound = {
        "parameters": {"year": 2011},
        "inputs": {},
        "versions": {},
        "reports": {"zh": {"files": [], "exhibits": []}},
        "files": {},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(sound | change), encoding="utf-8")
    cases = an.Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"]}), as_of="2011-12-31")
    with pytest.raises(an.InputError, match="没有年度报告"):
        an.verify_report(tmp_path, cases)


NO_SMALL_FILES = ["pipe", "large", "folder", "missing", "/dev/zero"]


@pytest.fixture(params=NO_SMALL_FILES)
def no_small_file(request, tmp_path):
    path = tmp_path / request.param
    if request.param == "pipe":
        os.mkfifo(path)
    elif request.param == "large":
        path.write_bytes(b'{"a": [' + b"[]," * (MOST_BYTES // 3) + b"[]]}")
    elif request.param == "folder":
        path.mkdir()
    return path  # of an absolute name, that name


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither pipes nor devices among its files")
def test_what_is_no_small_file_is_no_key_no_passphrase_and_no_exchanged_figures(no_small_file, tmp_path):
    register = register_beside(tmp_path)
    for reads in (
        partial(an.open_sealed, no_small_file),
        partial(document_text, no_small_file, Text("口令文件", "The passphrase file")),
        partial(an.read_cases, register, as_of="2011-12-31", key_file=no_small_file),
    ):
        with pytest.raises(an.InputError, match=r"读不了：.*请(检查路径和权限|给出文件|先把内容存成文件)"):
            reads()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("6b6579".encode("utf-16"), "不是 court-analysis key"),
        ("6b6579".encode("utf-16-le"), "不是 court-analysis key"),
        ("密钥".encode(), "不是 court-analysis key"),
        (b"0a" * 20, "不是 court-analysis key"),  # cut off
        (b" \n", "是空的"),
    ],
)
@pytest.mark.parametrize("beside", ["register", "court's file"])
def test_a_key_that_is_none_is_refused_wherever_it_lies(tmp_path, content, said, beside):
    register, own = register_beside(tmp_path), tmp_path / "own"
    own.mkdir()
    (own / "本院.toml").write_text('court = "甲"\n', encoding="utf-8")
    ((own if beside == "court's file" else tmp_path) / "pseudonym.key").write_bytes(content)
    options = {"court_file": own / "本院.toml"} if beside == "court's file" else {}
    with pytest.raises(an.InputError, match=said):
        an.read_cases(register, as_of="2011-12-31", **options)


def test_no_message_quotes_the_line_of_a_key(tmp_path):
    path = tmp_path / "本院.toml"
    path.write_text('pseudonym_key = "0123456789abcdef\n', encoding="utf-8")
    with pytest.raises(an.InputError, match="第1行“…”") as refused:
        an.read_cases(register_beside(tmp_path), as_of="2011-12-31", court_file=path)
    assert "0123" not in str(refused.value.args)


def test_nor_a_line_of_a_register_given_for_settings(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("执行台账（郑永红制表）\n案号,承办人\n", encoding="utf-8")
    with pytest.raises(an.InputError, match="第1行“…”") as refused:
        an.read_cases(register_beside(tmp_path), as_of="2011-12-31", columns=path)
    assert "郑永红" not in str(refused.value.args)


def test_the_name_of_a_court_in_another_encoding_is_refused(tmp_path):
    gbk = os.fsdecode("富锦".encode("gbk"))
    for reads in (partial(an.read_cases, as_of="2011-12-31"), partial(an.ingest, out=tmp_path / "store")):
        with pytest.raises(an.ArgumentError, match="--court"):
            reads(register_beside(tmp_path), court=gbk)


def test_what_a_terminal_would_obey_is_not_in_a_message():
    header = "案号\x1b[31m\0\u202e"
    refused = an.InputError.missing_columns("own.csv", ["filed_on"], [header])
    assert "案号�[31m��" in str(refused)
