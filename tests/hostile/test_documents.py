"""Settings of whatever content: every reader of TOML and JSON refuses them in words, or takes them."""

from contextlib import suppress
from random import Random

import pytest
from hostile.documents import BROKEN, altered, as_json, as_toml
from hostile.readers import json_readers, toml_readers

import analysis as an
from analysis.vocabulary.documents import DEEPEST, parsed_json, parsed_toml

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
    with pytest.raises(an.InputError, match="没有年度报告"):
        an.verify_report(tmp_path, None)
