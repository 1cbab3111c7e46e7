"""Revisions: what a later report says about the figures of an earlier one."""

import json

import pandas as pd
import pytest

import analysis as an
from analysis.vocabulary.language import in_language


def register(*, late=False, as_of="2011-12-31"):
    """Four cases of 2010 and 2011; with ``late`` one more of 2010 that was entered in 2011."""
    rows = [
        ("（2010）富执字第1号", "2010-01-04", "2010-02-01", "2010-01-04"),
        ("（2010）富执字第2号", "2010-03-04", "2010-05-01", "2010-03-04"),
        ("（2011）富执字第1号", "2011-01-04", "2011-02-01", "2011-01-04"),
        ("（2011）富执字第2号", "2011-03-04", "2011-05-01", "2011-03-04"),
    ]
    if late:
        rows.append(("（2010）富执字第3号", "2010-11-04", "2010-12-01", "2011-02-01"))
    frame = pd.DataFrame(rows, columns=["case_no", "filed_on", "closed_on", "entered_on"])
    frame = frame.assign(court="富锦市人民法院", closure_mode="completed", amount_claimed=100.0, amount_recovered=100.0)
    inputs = pd.DataFrame({"file": ["made up"], "sha256": [str(late)], "rows": [len(frame)]})
    return an.Cases.from_frames(frame, as_of=as_of, inputs=inputs)


@pytest.fixture
def without_figures(monkeypatch):
    """Reports of the revisions alone: the other sections have their own tests."""
    from analysis.report import yearly
    from analysis.report.sections.revisions import revisions

    monkeypatch.setattr(yearly, "SECTIONS", (revisions,))


def built(cases, year, folder, **asked):
    return an.build_report(cases, year=year, out=folder, formats=("xlsx",), language="en", **asked)


def test_a_late_entry_changes_a_published_figure_and_is_named_as_the_reason(without_figures, tmp_path):
    built(register(as_of="2010-12-31"), 2010, tmp_path / "2010")
    made = built(register(late=True), 2011, tmp_path / "2011")
    table = next(b for b in made.report.sections[0].blocks if hasattr(b, "frame")).frame
    row = table[table["indicator"] == "filed"].iloc[0]
    assert (row["old"], row["new"], row["published_in"]) == (2, 3, "2010")
    assert "late entries" in in_language(row["why"], "en")
    assert "2010" in made.manifest["inputs"]["earlier"]


def test_another_definition_is_named_as_the_reason(without_figures, tmp_path):
    built(register(as_of="2010-12-31"), 2010, tmp_path / "2010")
    path = tmp_path / "2010" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for row in manifest["figures"]:
        if row["indicator"] == "closure_rate":
            row |= {"definition": "older/closure_rate", "value": 97.0}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    made = built(register(), 2011, tmp_path / "2011")
    table = next(b for b in made.report.sections[0].blocks if hasattr(b, "frame")).frame
    assert table["indicator"].tolist() == ["closure_rate"]
    assert in_language(table["why"].iloc[0], "en") == "the definition changed"


def test_the_list_stands_also_when_it_is_empty(without_figures, tmp_path):
    first = built(register(as_of="2010-12-31"), 2010, tmp_path / "2010")
    assert "no revisions" in first.report.sections[0].blocks[0].text
    second = built(register(), 2011, tmp_path / "2011")
    assert "none differs" in second.report.sections[0].blocks[0].text
    with pytest.raises(an.InputError, match=r"manifest\.json"):
        built(register(), 2011, tmp_path / "2011", earlier=[tmp_path / "nowhere"])
