"""Every format: the same bytes in another process, and what its readers rely on. The report here is a small one."""

import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from time import gmtime

import openpyxl
import pandas as pd
import pytest

import analysis as an
from analysis.charts.drawing.as_svg import markup
from analysis.charts.drawing.fonts import system_family
from analysis.report.content import Report, Section, Table
from analysis.report.formats.powerpoint import write_annex
from analysis.report.formats.writers import WRITERS, must_be_formats
from analysis.vocabulary.language import speaking

SMALL = """
import sys, pathlib, warnings
warnings.simplefilter("ignore")
import pandas as pd
import analysis as an
from analysis.report.content import Figure, Native, Paragraph, Report, Section, Table
from analysis.report.formats.powerpoint import write_annex
from analysis.report.formats.writers import WRITERS
from analysis.vocabulary.language import speaking

def report(language, text="结案383件"):
    flow = an.caseflow_from_counts(pd.DataFrame({
        "period": pd.to_datetime(["2011-01-01", "2011-02-01", "2011-03-01"]), "filed": [3, 4, 5], "closed": [2, 6, 1]}), opening=4)
    native = Native("period", {"filed": "filed", "closed": "closed", "stock": "closing"})
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


# Another day, as far as Python code can ask for it: the clock for all, and ``datetime`` for what the writers load.
ANOTHER_DAY = """
import pandas, datetime, time
shift, clock, zone, real = 86_400 * 400, time.time, time.localtime, datetime.datetime
time.time = lambda: clock() + shift
time.localtime = lambda at=None: zone(time.time() if at is None else at)
class Like(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real)
class Later(real, metaclass=Like):
    now = classmethod(lambda cls, tz=None: real.now(tz) + datetime.timedelta(seconds=shift))
    utcnow = classmethod(lambda cls: cls.now(datetime.UTC).replace(tzinfo=None))
    today = classmethod(lambda cls: cls.now())
datetime.datetime = Later
"""
ELSEWHERE = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Shanghai", "LC_ALL": "C", "LANG": "de_DE.UTF-8", "COLUMNS": "40"}


@pytest.fixture(scope="module")
def in_another_process(tmp_path_factory):
    folder = tmp_path_factory.mktemp("other")
    code = ANOTHER_DAY + SMALL + "for kind in WRITERS: pathlib.Path(sys.argv[1], kind).write_bytes(bytes_of(kind))"
    clean = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "PYTHONUTF8")}
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True, env=clean | ELSEWHERE, cwd=folder)
    return folder


@pytest.mark.full
@pytest.mark.parametrize("kind", list(WRITERS))
def test_another_process_place_and_day_give_the_same_bytes(kind, in_another_process):
    assert made["bytes_of"](kind) == (in_another_process / kind).read_bytes()


@pytest.mark.full
def test_a_page_draws_with_plotly_where_that_is_asked_for():
    plain, zoomed = made["bytes_of"]("html").decode(), made["bytes_of"]("html", interactive=True).decode()
    assert "Plotly.newPlot(" not in plain
    assert plain.count("<svg class=") == 2
    assert "Plotly.newPlot(" in zoomed
    assert "script-src 'unsafe-inline'" in zoomed
    assert '<div class="chart" role="group" tabindex="0" aria-label="柱线图' in zoomed


@pytest.mark.full
def test_a_report_drawn_with_plotly_says_so_in_its_manifest_and_is_rebuilt_as_such(tmp_path):
    rows = {
        "case_no": list("abcd"),
        "filed_on": "2011-01-10",
        "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None],
    }
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    made = an.build_report(cases, period=2011, out=tmp_path, formats=["html"], interactive=True, language="zh")
    assert made.manifest["reports"]["zh"]["interactive"] is True
    assert an.verify_report(tmp_path, cases).empty


@pytest.mark.parametrize(
    ("first", "is_named"), [("245", True), ("2022-02-01", True), ("2022", False), ("某某县人民法院", False)]
)
def test_a_list_that_a_number_or_a_day_heads_says_what_it_is(first, is_named):
    frame = pd.DataFrame({"closing": [first]} | {f"很长很长很长的一列名称{n}": ["一段文字"] for n in range(9)})
    report = replace(wide_report(), sections=(Section("s", "节", (Table("t", "表", "f", frame=frame),)),))
    with speaking("zh"):
        page = WRITERS["html"](report, "footer").decode()
    assert ('[id="t"] td:nth-child(1)::before' in page) is is_named


def test_a_name_at_the_end_of_a_line_stands_apart_from_its_last_number():
    months = pd.date_range("2010-01-01", periods=24, freq="MS")
    flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": [10, 29] * 12}), opening=200)
    drawn = an.plot_caseflow(flow, language="zh")
    beside = next(text for axes in drawn.axes for text in axes.texts if text.get_text().endswith("未结存量"))
    assert beside.get_text().startswith("\u2002")
    assert re.search(r">\u2002+未结存量</text>", markup(drawn, "f"))


@pytest.mark.full
def test_rows_of_a_wide_table_stand_as_lists_on_a_telephone_beside_their_headings():
    with speaking("zh"):
        page = WRITERS["html"](wide_report(), "footer").decode()
    assert '<table id="t" class="list">' in page
    headings = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page)
    named = dict(re.findall(r'\[id="t"\] td:nth-child\((\d+)\)::before { content: "([^"]*)"; }', page))
    assert [named.get(str(place + 1)) for place in range(len(headings))] == [None, *headings[1:]]
    with speaking("zh"):
        assert (
            "nth-child"
            not in WRITERS["html"](long_report(3), "footer")
            .decode()
            .split("tbody tr:nth-child(even)")[1]
            .split("@page")[0]
        )


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("2011-01-01", "whole"),
        ("97.65–99.74", "whole"),
        ("—", "whole"),
        ("万元", "whole"),
        ("执行完毕", "short"),
        ("结" * 23, ""),
        ("结" * 29, "long"),
    ],
)
def test_days_intervals_and_short_words_of_a_page_are_never_broken(cell, kind):
    from analysis.report.formats.html import _kinds

    table = Table("t", "t", "f", frame=pd.DataFrame({"name": [cell]}))
    assert _kinds(table, 0, cell) == (f' class="{kind}"' if kind else "")


@pytest.mark.parametrize(
    ("heading", "is_number", "kind"),
    [
        ("程度", False, "short whole"),
        ("件数", True, "number short whole"),
        ("结案件数", True, "number short"),
        ("severity", False, ""),
    ],
)
def test_headings_of_two_or_three_characters_are_never_broken(heading, is_number, kind):
    from analysis.report.formats.html import _heading_kinds

    assert _heading_kinds(is_number, heading) == (f' class="{kind}"' if kind else "")


@pytest.mark.full
def test_a_character_that_no_font_holds_stops_the_pdf():
    with pytest.raises(an.OutputError, match=r"(?i)e000"):
        WRITERS["pdf"](made["report"]("zh", "\ue000"), "footer")


@pytest.mark.skipif(system_family("縣") is None, reason="no font of this machine has characters that ours lack")
def test_a_heading_a_caption_and_a_column_may_hold_characters_that_a_font_of_the_machine_has():
    table = Table("t", "各縣", "f", frame=pd.DataFrame({"縣": ["青縣"]}), note="某縣")
    report = Report("青縣人民法院", "副題", "zh", 2011, "青縣人民法院", (Section("s", "縣", (table,)),))
    assert WRITERS["pdf"](report, "青縣").startswith(b"%PDF")


def test_excel_and_slides_hold_native_charts_and_never_invert_negative_bars():
    for kind in ("xlsx", "pptx"):
        archive = zipfile.ZipFile(io.BytesIO(made["bytes_of"](kind)))
        charts = [archive.read(n).decode() for n in archive.namelist() if "/charts/chart" in n and n.endswith(".xml")]
        assert charts, kind
        assert not any('invertIfNegative val="1"' in chart for chart in charts)
    book = openpyxl.load_workbook(io.BytesIO(made["bytes_of"]("xlsx")))
    assert len(book["一节"]._charts) == 1


def test_word_takes_the_offices_own_template(tmp_path):
    import docx

    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "本院文头"
    own.save(tmp_path / "own.docx")
    document = docx.Document(io.BytesIO(made["bytes_of"]("docx", template=tmp_path / "own.docx")))
    assert document.sections[0].header.paragraphs[0].text == "本院文头"
    assert any("结案383件" in p.text for p in document.paragraphs)
    must_be_formats(["docx"], template=tmp_path / "own.docx")


def test_a_template_that_would_fill_the_memory_is_not_opened(tmp_path):
    template_with(tmp_path / "bomb.docx")
    packed = bytearray((tmp_path / "bomb.docx").read_bytes())
    at = packed.index(b"PK\x01\x02") + 24
    packed[at : at + 4] = (2_000_000_000).to_bytes(4, "little")  # the size of the first part when unpacked
    (tmp_path / "bomb.docx").write_bytes(packed)
    with pytest.raises(an.InputError, match=r"bomb\.docx 读不了：展开后过大"):
        must_be_formats(["docx"], template=tmp_path / "bomb.docx")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among its files")
def test_a_pipe_is_no_template(tmp_path):
    os.mkfifo(tmp_path / "own.docx")
    with pytest.raises(an.InputError, match="管道或设备"):
        must_be_formats(["docx"], template=tmp_path / "own.docx")


def template_with(path, **parts):
    """Write a template that is empty but for some of its parts: ``document=(b"w:body", b"w:nobody")`` replaces bytes in one."""
    import docx

    whole = io.BytesIO()
    docx.Document().save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(*parts.get(Path(name).stem, (b"", b""))))


@pytest.mark.parametrize(
    "parts",
    [
        {"document": (b"w:body", b"w:nobody")},
        {"document": (b"w:sectPr", b"w:sect")},
        {"document": (b"</w:body>", b"")},
        {"styles": (b"w:styles", b"w:none")},
    ],
)
def test_a_template_that_cannot_be_written_in_is_named_before_the_work(tmp_path, parts):
    template_with(tmp_path / "bad.docx", **parts)
    with pytest.raises((an.InputError, an.OutputError), match=r"bad\.docx"):
        must_be_formats(["docx"], template=tmp_path / "bad.docx")


def test_a_template_that_is_no_archive_is_named_before_the_work(tmp_path):
    (tmp_path / "bad.docx").write_text("no", encoding="utf-8")
    with pytest.raises(an.InputError, match=r"bad\.docx"):
        must_be_formats(["docx"], template=tmp_path / "bad.docx")


def official_template(path, own_cells=None):
    """An office's template after GB/T 9704: Normal is 仿宋 of 16 pt on fixed lines of 28.9 pt, two characters in."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "仿宋_GB2312", Pt(16)
    normal.paragraph_format.line_spacing = Pt(28.9)
    normal.element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")
    if own_cells:
        document.styles.add_style("表格文字", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(own_cells)
    document.save(path)
    return path


def wide_report(language="zh"):
    from analysis.report.content import Report, Section

    numbers = {
        name: [1828.93, -3844.4] for name in ("filed", "closed", "opening", "received", "closing", "value", "lower")
    }
    frame = pd.DataFrame({"court": ["富锦市人民法院", "某法院"], "note": ["全部案件都已计入，区间另列"] * 2, **numbers})
    frame["upper"] = frame["denominator"] = frame["numerator"] = 12345678.5
    blocks = (Table("t", "表", "f", frame=frame, note="注"),)
    return Report("报告", "副题", language, 2011, "富锦市人民法院", (Section("s", "一节", blocks),))


@pytest.mark.parametrize("points", [9, 10.5])
def test_tables_in_an_official_template_are_not_set_in_the_size_of_its_text(tmp_path, points):
    import docx
    from docx.oxml.ns import qn

    template = official_template(tmp_path / "own.docx", own_cells=None if points == 9 else points)
    with speaking("zh"):
        document = docx.Document(io.BytesIO(WRITERS["docx"](wide_report(), "footer", template=template)))
    assert document.styles["Normal"].font.size.pt == 16, "the office's own text stays as it is"
    table = document.tables[0]
    for cell in (cell for row in table.rows for cell in row.cells):
        (paragraph,) = cell.paragraphs
        assert paragraph.style.name in ("表头", "表格文字")
        assert paragraph.style.base_style is None, "nothing of Normal reaches a cell"
        size = paragraph.style.font.size.pt
        assert not paragraph.runs or paragraph.runs[0].font.size is None, "sizes are the styles'"
        width = cell.width.pt - 5  # the cell's own margins
        if cell.text.replace(",", "").replace(".", "").replace("−", "").isdigit():
            assert len(cell.text) * size / 2 <= width, f"{cell.text} is broken inside its cell"
    style = document.styles["表格文字"]
    assert style.font.size.pt == points, "a template that has the style rules it"
    if points == 9:
        assert style.element.pPr.ind.get(qn("w:firstLineChars")) == "0"
    assert next(p for p in document.paragraphs if p.text == "注").style.name == "表注"


def test_letters_spread_by_a_template_for_all_its_text_do_not_break_figures(tmp_path):
    """Spacing of letters in the document's defaults reaches styles that rest on none: 2,218.0 broke before its last digit."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document()
    (defaults,) = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    spread = OxmlElement("w:spacing")
    spread.set(qn("w:val"), "40")
    defaults.append(spread)
    document.save(tmp_path / "spread.docx")
    with speaking("zh"):
        made = docx.Document(io.BytesIO(WRITERS["docx"](wide_report(), "footer", template=tmp_path / "spread.docx")))
    for name in ("表格文字", "表头", "表注"):
        marks = {mark.tag: mark.get(qn("w:val")) for mark in made.styles[name].element.rPr}
        assert (marks[qn("w:spacing")], marks[qn("w:w")]) == ("0", "100")


def test_a_picture_is_not_cut_to_a_line_of_an_official_template(tmp_path):
    import docx

    template = official_template(tmp_path / "own.docx")
    document = docx.Document(io.BytesIO(made["bytes_of"]("docx", template=template)))
    (holder,) = (p for p in document.paragraphs if p._p.xpath(".//a:graphic"))
    assert holder.style.name == "插图"
    assert holder.style.base_style is None
    assert holder.style.paragraph_format.line_spacing == 1


def test_word_keeps_to_the_standard_of_official_documents():
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(io.BytesIO(made["bytes_of"]("docx")))
    page = document.sections[0]
    sides = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    text = next(p for p in document.paragraphs if p.text == "结案383件")
    assert text.style.name == "Normal"
    assert (text.style.paragraph_format.line_spacing.pt, text.style.font.size.pt) == (28.9, 16)
    assert text.style.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert text.style.element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert (page.footer.paragraphs[0].text, page.even_page_footer.paragraphs[0].text) == ("— 1 —", "— 2 —")
    assert page.footer.paragraphs[0].style.font.size.pt == 14
    heading = next(p for p in document.paragraphs if p.style.name == "Heading 1")
    assert heading.text == "一、一节"
    assert heading.style.element.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    table = document.tables[0]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert table.style.name == "三线表"
    ruled = table.style.element.xpath("./w:tblPr/w:tblBorders/* | ./w:tblStylePr[@w:type='firstRow']//w:tcBorders/*")
    assert [line.tag.split("}")[1] for line in ruled] == ["top", "bottom", "bottom"]
    assert document.element.xpath(".//wp:docPr/@descr")[0].startswith("柱线图")


def test_no_number_is_left_unrounded():
    from analysis.report.content import shown

    assert shown(8.066666666666666, "text") == "8.07"
    assert shown(-4.5, "text") == "−4.50"
    assert shown(12.0, "text") == "12"
    frame = pd.DataFrame({"year": [2011], "share": [1 / 3], "cases": [1234], "at": pd.to_datetime(["2011-03-31"])})
    table = Table("t", "t", "f", frame=frame)
    assert table.rows() == [["2011", "33.33", "1,234", "2011-03-31"]], "a share is read in percent"


def test_a_window_is_read_as_a_period_and_computed_with_as_two_days():
    days = pd.to_datetime(["2011-01-01", "2011-12-31"])
    table = Table(
        "t", "t", "f", frame=pd.DataFrame({"period_start": [days[0]], "period_end": [days[1]], "closed": [383]})
    )
    assert table.for_people().rows() == [["2011年", "383"]]
    assert table.rows() == [["2011-01-01", "2011-12-31", "383"]]


def long_report(rows, language="zh"):
    from analysis.report.content import Paragraph, Report, Section

    frame = pd.DataFrame({"case_no": [f"（2019）黑0882执{n}号" for n in range(rows)], "attention": "", "days": 1})
    blocks = (Paragraph("先说一句"), Table("t", "清单", "f", frame=frame, note="注"))
    return Report("报告", "副题", language, 2019, "某法院", (Section("s", "一节", blocks),))


@pytest.mark.parametrize(("rows", "hidden"), [(3, 0), (40, 0), (500, 1)])
def test_slides_continue_a_long_table_and_say_what_they_leave_out(rows, hidden):
    import pptx

    with speaking("zh"):
        deck = pptx.Presentation(io.BytesIO(write_annex(long_report(rows), "footer")))
    tables = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    held = [row.cells[0].text for shape in tables for row in list(shape.table.rows)[1:]]
    assert held == [f"（2019）黑0882执{n}号" for n in range(len(held))]
    text = " ".join(s.text_frame.text for slide in deck.slides for s in slide.shapes if s.has_text_frame)
    assert (f"另有{rows - len(held)}行" in text) == bool(hidden)
    assert hidden or len(held) == rows
    assert all(shape.top + sum(row.height for row in shape.table.rows) < deck.slide_height for shape in tables)
    sides = {(cell.margin_left, cell.margin_right) for t in tables for row in t.table.rows for cell in row.cells}
    assert all(left + right >= 3 * 36_000 for left, right in sides), "columns never touch"
    assert not [
        cell for t in tables for row in t.table.rows for cell in row.cells if not cell.text and "<a:r>" in cell._tc.xml
    ]
    assert "先说一句" in " ".join(s.text_frame.text for s in deck.slides[1].shapes if s.has_text_frame)


def test_an_empty_cell_is_no_taller_than_a_full_one_and_tables_keep_the_order_that_word_asks_for():
    import docx

    with speaking("zh"):
        document = docx.Document(io.BytesIO(WRITERS["docx"](long_report(3), "footer")))
    (table,) = document.tables
    empty = table.rows[1].cells[1].paragraphs[0]
    assert empty.text == ""
    assert empty.style.font.size.pt < 10
    properties = [element.tag.split("}")[1] for element in table._tbl.tblPr]
    order = ["tblStyle", "tblW", "tblLayout", "tblLook", "tblDescription"]
    assert [name for name in properties if name in order] == order
    settings = [element.tag.split("}")[1] for element in document.settings.element]
    assert settings.index("updateFields") < settings.index("compat")


def write_text(report, footer):
    """A new format: one function."""
    lines = [report.title]
    for exhibit in report.exhibits():
        if isinstance(exhibit, Table):
            lines += [exhibit.caption, "|".join(exhibit.headings()), *("|".join(row) for row in exhibit.rows())]
    return "\n".join([*lines, footer]).encode()


@pytest.mark.full
def test_a_new_format_is_one_function_and_one_line(monkeypatch, tmp_path):
    from click.testing import CliRunner

    from analysis.cli import main

    monkeypatch.setitem(WRITERS, "txt", write_text)  # the line
    rows = {
        "case_no": [f"（2011）黑0882执{n}号" for n in range(1, 5)],
        "filed_on": "2011-01-10",
        "closed_on": ["2011-02-09", "2011-03-11", "2011-12-20", None],
    }
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    for language, rate in (("zh", "结案率"), ("en", "closure rate")):
        published = an.build_report(cases, period=2011, out=tmp_path / "r", formats=["txt"], language=language)
        (file,) = (path for path in published.files if path.suffix == ".txt")
        text = file.read_text(encoding="utf-8")
        assert f"{rate}|%|" in text
        assert "|3/4|" in text, "rates of few cases by their parts"
        assert published.manifest["reports"][language]["files"] == [file.name]
    bulletin = an.build_bulletin(cases, period="2011-12", out=tmp_path / "b", formats=["txt"])
    assert [path.suffix for path in bulletin.files if path.name != "manifest.json"] == [".txt"]
    pd.DataFrame(rows).to_csv(tmp_path / "cases.csv", index=False)
    asked = [
        "report",
        "--year",
        "2011",
        "--cases",
        str(tmp_path / "cases.csv"),
        "--formats",
        "txt",
        "--out",
        str(tmp_path / "c"),
    ]
    ran = CliRunner().invoke(main, [*asked, "--as-of", "2011-12-31"])
    assert ran.exit_code == 0, ran.output
    assert [path.suffix for path in (tmp_path / "c").iterdir() if path.name != "manifest.json"] == [".txt"]
    with pytest.raises(an.ArgumentError, match="txt"):
        an.build_report(cases, period=2011, out=tmp_path / "r", formats=["text"])


def test_a_long_title_of_a_slide_is_set_smaller_so_that_it_ends_above_what_follows():
    import pptx

    from analysis.report.content import Paragraph, Report, Section

    titles = (
        "Short",
        "Mean time to close beside the age of the pending cases of every officer and team of the court, in days",
    )
    sections = tuple(Section(f"s{n}", title, (Paragraph("一句"),)) for n, title in enumerate(titles))
    report = Report("报告", "副题", "en", 2019, "某法院", sections, is_short=True)
    deck = pptx.Presentation(io.BytesIO(WRITERS["pptx"](report, "footer")))
    sizes = [slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt for slide in list(deck.slides)[1:]]
    assert sizes == [24, 18]


@pytest.mark.parametrize(("words", "slides"), [(10, 2), (400, 3)])
def test_a_note_too_long_for_the_foot_of_a_slide_has_one_of_its_own(words, slides):
    import pptx

    from analysis.report.content import Report, Section

    frame = pd.DataFrame({"indicator": ["结案率"], "value": [99.22]})
    blocks = (Table("t", "指标", "f", frame=frame, note="另有说明。" * words),)
    report = Report("报告", "副题", "zh", 2019, "某法院", (Section("s", "一节", blocks),))
    deck = pptx.Presentation(io.BytesIO(write_annex(report, "footer")))
    assert len(deck.slides) == slides
    text = "".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert text.count("另有说明。") == words


@pytest.mark.parametrize("year", [1970, 2110])
@pytest.mark.parametrize("formats", [["docx"], ["html", "pptx"]])
def test_a_clock_with_a_year_of_no_archive_is_named_before_the_work(monkeypatch, year, formats):
    monkeypatch.setattr("time.localtime", lambda *_: gmtime((year - 1970) * 365.25 * 86_400 + 86_400))
    with pytest.raises(an.OutputError, match=str(year)):
        must_be_formats(formats)
    must_be_formats(["html", "xlsx", "pdf"])


@pytest.mark.parametrize(
    ("language", "finding"), [("zh", "新收12件，结案9件，未结由4件增到7件"), ("en", "12 filed, 9 closed")]
)
def test_under_the_name_of_a_figure_stands_what_it_shows(language, finding):
    page = made["bytes_of"]("html", language).decode()
    assert re.search(rf'<figcaption>[^<]*图<span class="finding">{finding}', page)
    interactive = made["bytes_of"]("html", language, interactive=True).decode()
    assert f'<span class="finding">{finding}' in interactive
    with zipfile.ZipFile(io.BytesIO(made["bytes_of"]("docx", language))) as word:
        said = re.findall(r"<w:t[^>]*>([^<]*)</w:t>", word.read("word/document.xml").decode())
    name = next(place for place, text in enumerate(said) if text == "　图")
    assert said[name + 1].startswith(finding)
