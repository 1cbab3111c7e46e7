"""Names and case facts from a register stay text wherever they go: HTML, typst, Word, slides, spreadsheets, csv."""

import zipfile

import pandas as pd
import pytest

import analysis as an
from analysis.cli.terminal import show

COURT = '<script>alert(1)</script>#panic("x") *甲* $a$ \\法院'
FORMATS = ("html", "xlsx", "pdf", "docx", "pptx")


@pytest.fixture
def hostile():
    filed = pd.date_range("2010-01-05", periods=60, freq="12D")
    closed = pd.Series(filed + pd.Timedelta(days=40)).where(lambda days: days < "2011-09-01")
    cells = {"case_no": [f"=HYPERLINK({i})" for i in range(60)], "officer": ["@sum", "<img src=x>", "#let"] * 20}
    return an.Cases.from_frames(
        pd.DataFrame({**cells, "court": COURT, "filed_on": filed, "closed_on": closed}), as_of="2011-12-31"
    )


@pytest.mark.full
def test_what_a_register_holds_is_never_run_by_what_shows_it(hostile, tmp_path):
    made = an.build_report(hostile, period=2011, out=tmp_path / "2011", formats=FORMATS)
    page, workbook, _pdf, *office = made.files  # a pdf that ran #panic would not have been made
    html = page.read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    for path in (workbook, *office):
        with zipfile.ZipFile(path) as parts:
            text = "".join(parts.read(n).decode("utf-8") for n in parts.namelist() if n.endswith(".xml"))
        assert "<script>" not in text
        assert "&lt;script&gt;" in text
        assert path is not workbook or ">=HYPERLINK" not in text


def test_a_csv_holds_no_formula(capsys):
    show(pd.DataFrame({"=a": ["=1+1", "+2", "甲"]}), "csv")
    assert capsys.readouterr().out.splitlines() == ["'=a", "'=1+1", "'+2", "甲"]
