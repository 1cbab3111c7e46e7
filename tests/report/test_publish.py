import json

import pytest

from analysis.report import publish as publishing
from analysis.report.publish import publish
from analysis.vocabulary.errors import OutputError


def manifest(language="zh", inputs="a"):
    return {
        "inputs": {"register": inputs},
        "parameters": {"year": 2011},
        "files": {},
        "reports": {language: {"files": [f"report.{language}.html"], "exhibits": []}},
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
