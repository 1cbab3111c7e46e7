"""Every format: the same bytes in another process, and what its readers rely on. The report here is a small one."""

import io
import subprocess
import sys
import zipfile

import openpyxl
import pytest

import analysis as an
from analysis.report.writers import WRITERS

SMALL = """
import sys, pathlib, warnings
warnings.simplefilter("ignore")
import pandas as pd
import analysis as an
from analysis.report.content import Figure, Native, Paragraph, Report, Section, Table
from analysis.report.writers import WRITERS
from analysis.vocabulary.language import speaking

def report(language, text="结案383件"):
    flow = an.caseflow_from_counts(pd.DataFrame({
        "period": pd.to_datetime(["2011-01-01", "2011-02-01", "2011-03-01"]), "filed": [3, 4, 5], "closed": [2, 6, 1]}), opening=4)
    native = Native("line", "period", ("filed", "closed", "closing"))
    blocks = (Paragraph(text),
        Table("t", "表", "analysis.caseflow", frame=flow, formats={"period": "date", "filed": "count"}, note="注"),
        Figure("f", "图", "analysis.plot_caseflow", plot=an.plot_caseflow, result=flow, numbers=flow, native=native))
    return Report("报告", "副题", language, 2011, "富锦市人民法院", (Section("s", "一节", blocks),))

def bytes_of(kind, language="zh", **asked):
    with speaking(language):
        return WRITERS[kind](report(language), "footer", **asked)
"""
made = {}
exec(SMALL, made)  # noqa: S102 - the text above, which the other process runs too


@pytest.fixture(scope="module")
def in_another_process(tmp_path_factory):
    folder = tmp_path_factory.mktemp("other")
    code = SMALL + "for kind in WRITERS: pathlib.Path(sys.argv[1], kind).write_bytes(bytes_of(kind))"
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True)
    return folder


@pytest.mark.parametrize("kind", list(WRITERS))
def test_another_process_writes_the_same_bytes(kind, in_another_process):
    assert made["bytes_of"](kind) == (in_another_process / kind).read_bytes()


def test_a_character_that_no_font_holds_stops_the_pdf():
    with pytest.raises(an.OutputError, match=r"(?i)e000"):
        WRITERS["pdf"](made["report"]("zh", "\ue000"), "footer")


def test_excel_and_slides_hold_native_charts_and_never_invert_negative_bars():
    for kind in ("xlsx", "pptx"):
        archive = zipfile.ZipFile(io.BytesIO(made["bytes_of"](kind)))
        charts = [archive.read(n).decode() for n in archive.namelist() if "/charts/chart" in n and n.endswith(".xml")]
        assert charts, kind
        assert not any('invertIfNegative val="1"' in chart for chart in charts)
    book = openpyxl.load_workbook(io.BytesIO(made["bytes_of"]("xlsx")))
    assert len(book["图1"]._charts) == 1


def test_word_takes_the_offices_own_template(tmp_path):
    import docx

    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "本院文头"
    own.save(tmp_path / "own.docx")
    document = docx.Document(io.BytesIO(made["bytes_of"]("docx", template=tmp_path / "own.docx")))
    assert document.sections[0].header.paragraphs[0].text == "本院文头"
    assert any("结案383件" in p.text for p in document.paragraphs)
    (tmp_path / "bad.docx").write_text("no", encoding="utf-8")
    with pytest.raises(an.OutputError, match=r"bad\.docx"):
        made["bytes_of"]("docx", template=tmp_path / "bad.docx")
