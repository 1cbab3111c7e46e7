"""Word: what an office's own templates rule and what they are given, pages that lie, contents, charts, nothing of the library."""

import io
import zipfile
from dataclasses import replace

import docx
import pandas as pd
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.shared import Mm, Pt

import analysis as an
from analysis.report.content import Figure, Native, Paragraph, Report, Section, Table
from analysis.report.formats.word import write_word
from analysis.vocabulary.language import speaking

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _a4(document):
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    return page


def official(path):
    """After GB/T 9704: Normal is 仿宋 of 16 pt on fixed lines, two characters in; a head of its own."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.paragraph_format.line_spacing = "仿宋_GB2312", Pt(16), Pt(28.9)
    normal.element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")
    page = _a4(document)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    page.header.paragraphs[0].text = "某某市人民法院文件"
    document.save(path)


def plain(path):
    """Of another program: no title, heading or caption, letters spread for all, larger cells of its own."""
    document = docx.Document()
    for name in ("Title", "Heading 1", "Caption"):
        element = document.styles[name].element
        element.getparent().remove(element)
    document.styles["Normal"].font.size = Pt(12)
    (defaults,) = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    spread = OxmlElement("w:spacing")
    spread.set(qn("w:val"), "40")
    defaults.append(spread)
    document.styles.add_style("表格文字", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(10.5)
    _a4(document)
    document.save(path)


def covered(path):
    """With a page before the text, a head of its first page only, and pages that begin at 1."""
    document = docx.Document()
    page = _a4(document)
    page.different_first_page_header_footer = True
    page.first_page_header.paragraphs[0].text = "红头"
    page.footer.paragraphs[0].text = "内部资料"
    begins = OxmlElement("w:pgNumType")
    begins.set(qn("w:start"), "1")
    page._sectPr.append(begins)
    document.add_paragraph("研究室调研报告")
    document.add_page_break()
    document.save(path)


TEMPLATES = {"none": None, "official": official, "plain": plain, "covered": covered}


def wide():
    return Table("wide", "宽表", "f", frame=pd.DataFrame({f"column_{n}": [1_234_567.89] * 20 for n in range(13)}))


@pytest.fixture(scope="module")
def report():
    months = pd.date_range("2010-01-01", periods=24, freq="MS")
    flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": [10, 30] * 12}))
    native = Native("period", {"filed": "filed", "closed": "closed"})
    drawn = {"plot": an.plot_caseflow, "result": flow, "numbers": flow, "native": native}
    figure = Figure("flow", "收结", "analysis.plot_caseflow", **drawn)
    narrow = Table("narrow", "窄表", "f", frame=pd.DataFrame({"court": ["某法院"], "value": [99.22]}), note="注")
    sections = (
        Section("one", "年度主要数字", (Paragraph("先说一句", strong=True), figure, narrow)),
        Section("two", "口径说明", (wide(), Paragraph("后说一句"))),
    )
    return Report("报告", "副题", "zh", 2011, "富锦市人民法院", sections)


@pytest.fixture(scope="module", params=list(TEMPLATES))
def written(request, report, tmp_path_factory):
    path = None
    if TEMPLATES[request.param] is not None:
        path = tmp_path_factory.mktemp("word") / "own.docx"
        TEMPLATES[request.param](path)
    with speaking("zh"):
        return request.param, docx.Document(io.BytesIO(write_word(report, "footer", template=path)))


def _size(style):
    while style is not None and style.font.size is None:
        style = style.base_style
    return style.font.size.pt


@pytest.mark.full
def test_no_size_is_set_beside_a_style_and_no_figure_is_broken_in_its_cell(written):
    _, document = written
    assert not document.element.xpath("//w:body//w:r/w:rPr/w:sz | //w:body//w:pPr/w:rPr/w:sz")
    for table in document.tables:
        for cell in (cell for row in table.rows[1:] for cell in row.cells):
            (paragraph,) = cell.paragraphs
            assert paragraph.style.name == "表格文字"
            if cell.text[0].isdigit():
                assert len(cell.text) * _size(paragraph.style) / 2 <= cell.width.pt - 5


def test_a_source_is_set_to_the_left_as_beside_a_long_address_its_words_were_torn_apart(report):
    source = "[11] 在用办案系统的程序：https://example.invalid/" + "a" * 90
    section = Section("one", "口径说明", (Paragraph("先说一句"), Paragraph(source)))
    with speaking("zh"):
        document = docx.Document(io.BytesIO(write_word(replace(report, sections=(section,)), "footer")))
    sides = {p.text: p.style.element.xpath("./w:pPr/w:jc/@w:val") for p in document.paragraphs}
    assert (sides["先说一句"], sides[source]) == (["both"], ["left"])


def test_what_heads_questions_stands_on_their_page(report):
    said = (Paragraph("结案率", strong=True), Paragraph("是否列为议题？"))
    asked = replace(report, sections=(Section("a", "研判", said),))
    document = docx.Document(io.BytesIO(write_word(asked, "footer")))
    kept = {made.text: made.paragraph_format.keep_with_next for made in document.paragraphs}
    assert (kept["结案率"], kept["是否列为议题？"]) == (True, None)


def test_what_a_figure_shows_stands_on_the_page_of_its_caption(report):
    with speaking("zh"):
        document = docx.Document(io.BytesIO(write_word(report, "footer")))
    at = next(
        n for n, made in enumerate(document.paragraphs) if made.text.startswith("图") and made.text.endswith("收结")
    )
    picture, caption, finding = document.paragraphs[at - 1 : at + 2]
    assert finding.text
    assert picture.paragraph_format.keep_with_next or picture.style.paragraph_format.keep_with_next
    assert caption.paragraph_format.keep_with_next
    assert not finding.paragraph_format.keep_with_next, "what follows may begin a page"


@pytest.mark.parametrize(("rows", "note"), [(3, "注"), (3, ""), (40, "注"), (40, "")])
def test_no_row_of_a_table_stands_alone_nor_does_its_note(report, rows, note):
    frame = pd.DataFrame({"court": [f"法院{n}" for n in range(rows)]})
    alone = replace(
        report, sections=(Section("s", "一", (Table("t", "表", "f", frame=frame, note=note), Paragraph("后"))),)
    )
    with speaking("zh"):
        document = docx.Document(io.BytesIO(write_word(alone, "footer")))
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in document.tables[0].rows]
    assert kept[:2] == [True, True], "headings and first row"
    assert kept[-2:] == [True, bool(note)]
    assert all(kept[:-1]) == (rows == 3), "a longer one may be parted"


def test_a_wide_table_lies_and_the_text_after_it_stands_again(written):
    name, document = written
    sections = list(document.sections)
    assert [page.orientation for page in sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    stands, lies, again = sections
    assert (lies.page_width, lies.page_height) == (stands.page_height, stands.page_width)
    sides = ("page_width", "page_height", "top_margin", "right_margin", "bottom_margin", "left_margin")
    assert [getattr(again, side) for side in sides] == [getattr(stands, side) for side in sides]
    if name == "covered":
        assert (lies.different_first_page_header_footer, lies._sectPr.find(qn("w:pgNumType"))) == (False, None)
    order = [element.tag.split("}")[1] for element in document.element.body]
    (heading,) = (p for p in document.paragraphs if p.text == "二、口径说明" and p.style.name == "Heading 1")
    place = list(document.element.body).index(heading._p)
    assert document.element.body[place - 1].xpath("./w:pPr/w:sectPr"), "the heading lies with its table"
    assert order.count("tbl") == 3, "in two parts where even the page that lies is too narrow"


def test_the_contents_ask_for_the_page_of_each_heading(written):
    _, document = written
    asked = [code.text.split()[1] for code in document.element.xpath("//w:instrText") if "PAGEREF" in code.text]
    places = document.element.xpath("//w:bookmarkStart/@w:name")
    assert asked == [place for place in places if place.startswith("_Toc_")] == ["_Toc_one", "_Toc_two"]
    for place in asked:
        (heading,) = document.element.xpath(f'//w:p[w:bookmarkStart/@w:name="{place}"]')
        assert docx.text.paragraph.Paragraph(heading, document).style.name == "Heading 1"
    assert document.settings.element.xpath("./w:updateFields")


def test_what_a_template_says_of_its_text_stays(written):
    name, document = written
    sizes = {"none": 16, "official": 16, "plain": 12}
    if name in sizes:
        assert document.styles["Normal"].font.size.pt == sizes[name]
    assert _size(document.styles["表格文字"]) == (10.5 if name == "plain" else 9)
    text = next(p for p in document.paragraphs if p.text == "后说一句")
    assert text.style.name == "Normal"
    if name == "covered":
        assert document.paragraphs[0].text == "研究室调研报告"


def based(document, name, on):
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = document.styles[on]
    return made


def of_twelve_points(path):
    """宋体 of 12 pt, lines of one and a half, indent in points alone; captions hang by intent, as do the entries of the contents."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.paragraph_format.line_spacing = "宋体", Pt(12), 1.5
    normal.paragraph_format.first_line_indent = Pt(24)
    document.styles["Caption"].paragraph_format.first_line_indent = Pt(-30)
    based(document, "toc 1", "Normal").paragraph_format.first_line_indent = Pt(-20)
    document.save(path)


def of_a_family(path):
    """Of a family of styles: what heads the document rests on one of its own, that on the text."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "仿宋", Pt(14)
    normal.element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")
    based(document, "标题基准", "Normal")
    document.styles["Title"].base_style = document.styles["标题基准"]
    document.save(path)


def first_line(style):
    """What a reader's program takes for the first line: characters before points, a style before what it rests on."""
    while style is not None:
        (indent,) = style.element.xpath("./w:pPr/w:ind") or [None]
        for name, sign in (("firstLineChars", 1), ("hangingChars", -1), ("firstLine", 1), ("hanging", -1)):
            if indent is not None and (said := indent.get(qn(f"w:{name}"))) is not None:
                return sign * int(said)
        style = style.base_style
    return 0


@pytest.mark.parametrize(
    ("template", "caption", "entry", "text"),
    [(official, 0, 0, 200), (of_twelve_points, -600, -400, 480), (of_a_family, 0, 0, 200)],
)
def test_title_and_captions_are_not_indented_as_a_templates_text_is(report, tmp_path, template, caption, entry, text):
    """In the middle of the line they stood two characters to the right of it."""
    template(tmp_path / "own.docx")
    with speaking("zh"):
        document = docx.Document(io.BytesIO(write_word(report, "footer", template=tmp_path / "own.docx")))
    found = {name: first_line(document.styles[name]) for name in ("Title", "Caption", "toc 1", "Normal")}
    assert found == {"Title": 0, "Caption": caption, "toc 1": entry, "Normal": text}
    (stop,) = document.styles["toc 1"].paragraph_format.tab_stops
    page = document.sections[0]
    assert stop.position == pytest.approx(page.page_width - page.left_margin - page.right_margin, abs=Pt(1))
    styles = {made.text: made.style.name for made in document.paragraphs}
    assert styles["报告"] == "Title"
    assert [name for said, name in styles.items() if said.endswith(("收结", "窄表"))] == ["Caption"] * 2


def test_in_word_no_line_begins_with_the_mark_of_a_statement(written):
    """Word's own list of what begins no line, with the bracket: a word joiner was a box in fonts that lack it."""
    _, document = written
    (known,) = document.settings.element.findall(qn("w:noLineBreaksBefore"))
    assert known.get(qn("w:lang")) == "zh-CN"
    assert {"〔", "〕", "。", "，", "）"} <= set(known.get(qn("w:val")))
    names = [element.tag for element in document.settings.element]
    assert names.index(qn("w:noLineBreaksBefore")) < names.index(qn("w:updateFields")), "in the order of the schema"
    assert "\u2060" not in "".join(paragraph.text for paragraph in document.paragraphs)


def test_what_a_template_lets_begin_no_line_stays(report, tmp_path):
    document = docx.Document()
    own = OxmlElement("w:noLineBreaksBefore")
    own.set(qn("w:lang"), "zh-CN")
    own.set(qn("w:val"), "！。")
    document.settings.element.insert_element_before(own, "w:savePreviewPicture", "w:compat")
    document.save(tmp_path / "own.docx")
    with speaking("zh"):
        content = write_word(report, "footer", template=tmp_path / "own.docx")
    made = docx.Document(io.BytesIO(content)).settings.element
    assert [known.get(qn("w:val")) for known in made.findall(qn("w:noLineBreaksBefore"))] == ["！。〔"]


def test_a_simple_series_is_a_chart_with_its_numbers_inside(written):
    _, document = written
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        (chart,) = (name for name in archive.namelist() if name.startswith("word/charts/chart"))
        said = archive.read(chart).decode()
        (book,) = (name for name in archive.namelist() if name.startswith("word/embeddings"))
        cells = pd.read_excel(io.BytesIO(archive.read(book)), index_col=0, engine="openpyxl")
    assert list(cells.columns) == ["新收", "结案"]
    assert cells["结案"].tolist() == [10, 30] * 12
    assert "2010年1月" in said
    (described,) = document.element.xpath("//wp:docPr/@descr")
    assert described.startswith("柱线图")


def test_nothing_of_the_librarys_empty_document_is_left(report):
    with speaking("zh"):
        content = write_word(report, "footer")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        texts = {name: archive.read(name).decode() for name in names if name.endswith((".xml", ".rels"))}
    assert not [name for name in names if "thumbnail" in name or "theme" in name or "customXml" in name]
    for word in ("ja-JP", "Macintosh", "Light Shading", "ＭＳ"):
        assert not [name for name, text in texts.items() if word in text], word


@pytest.mark.full
def test_stretches_of_time_lie_behind_the_lines_of_a_chart(report):
    """The phases of a cycle are columns that touch; the clearing ones are hatched, so that grey print tells them apart."""
    months = pd.date_range("2008-01-01", periods=48, freq="MS")
    flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": ([10] * 12 + [30] * 12) * 2}))
    native = Native("period", {"recorded": "closing"})
    figure = Figure("c", "循环", "analysis.plot_cycle", plot=an.plot_cycle, result=an.cycle(flow, adjusted=False), native=native)  # fmt: skip
    cycle = Report("报告", "副题", "zh", 2011, "某法院", (Section("s", "一节", (figure,)),))
    with speaking("zh"):
        archive = zipfile.ZipFile(io.BytesIO(write_word(cycle, "footer")))
    said = archive.read("word/charts/chart1.xml").decode()
    assert said.index("<c:barChart>") < said.index("<c:lineChart>")
    assert said.count("<a:pattFill") == 1
    cells = pd.read_excel(
        io.BytesIO(archive.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx")), index_col=0, engine="openpyxl"
    )
    clearing = cells["清理"].notna().to_numpy()
    assert clearing[months.get_loc("2009-06-01")]
    assert not clearing[months.get_loc("2010-06-01")]
    assert cells["累积"].notna().to_numpy()[months.get_loc("2010-06-01")]


def test_a_table_without_a_note_is_followed_by_a_narrow_gap(report):
    """Empty lines of full height put the body of a report over six pages."""
    bare = Table("bare", "表", "f", frame=pd.DataFrame({"value": [1]}))
    with speaking("zh"):
        content = write_word(replace(report, sections=(Section("one", "一", (bare, Paragraph("后"))),)), "footer")
    document = docx.Document(io.BytesIO(content))
    (after,) = (
        p for p in document.paragraphs if p._p.getprevious() is not None and p._p.getprevious().tag == qn("w:tbl")
    )
    assert not after.text
    assert after.style.paragraph_format.line_spacing.pt <= 6


@pytest.mark.full
def test_english_text_is_not_set_by_the_norm_of_chinese_documents(report):
    with speaking("en"):
        english = docx.Document(io.BytesIO(write_word(replace(report, language="en"), "footer")))
    with speaking("zh"):
        chinese = docx.Document(io.BytesIO(write_word(report, "footer")))
    text = [document.styles["Normal"] for document in (english, chinese)]
    assert [style.font.size.pt for style in text] == [12, 16]
    assert text[0].paragraph_format.line_spacing.pt < 20 < text[1].paragraph_format.line_spacing.pt


def test_the_body_begins_on_a_page_of_its_own_after_the_contents(written):
    _, document = written
    headings = [p for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [bool(p.paragraph_format.page_break_before) for p in headings] == [True] + [False] * (len(headings) - 1)


def test_the_foot_of_a_report_that_ends_lying_stands_under_its_last_table():
    wide = pd.DataFrame([[1_234_567.5] * 9] * 20, columns=[f"column_{n}" for n in range(9)])
    section = Section("a", "甲节", (Paragraph("一句"), Table("t", "宽表", "f", frame=wide)))
    with speaking("zh"):
        made = docx.Document(io.BytesIO(write_word(Report("题", "副题", "zh", 2011, "某法院", (section,)), "出处")))
    assert made.paragraphs[-1].text == "出处"
    assert made.sections[-1].orientation == WD_ORIENT.LANDSCAPE


def test_nothing_tells_who_made_a_template(report, tmp_path):
    maker, own, made = "田小草", docx.Document(), tmp_path / "made.docx"
    core = own.core_properties
    core.author = core.last_modified_by = core.keywords = core.category = core.subject = core.content_status = maker
    own.add_comment(own.add_paragraph("页首").add_run("的话"), text="请改", author=maker, initials=maker)
    changed = OxmlElement("w:ins")
    changed.set(qn("w:author"), maker)
    shown = own.add_paragraph("后加")
    shown._p.append(changed)
    for removed, text in (("w:del", "w:delText"), ("w:moveFrom", "w:t")):
        shown._p.append(OxmlElement(removed))
        shown._p[-1].append(OxmlElement("w:r"))
        shown._p[-1][-1].append(OxmlElement(text))
        shown._p[-1][-1][-1].text = maker
    shown.add_run(maker).font.hidden = True
    shown.add_run("的").font.hidden = False
    field = own.element.body.insert_element_before(OxmlElement("w:sdt"), "w:sectPr")
    field.append(OxmlElement("w:sdtPr"))
    field[0].append(OxmlElement("w:alias"))
    field[0][0].set(qn("w:val"), maker)
    own.settings.element.insert(0, OxmlElement("w:mailMerge"))
    own.settings.element[0].append(OxmlElement("w:query"))
    own.settings.element[0][0].set(qn("w:val"), maker)
    template = OxmlElement("w:attachedTemplate")
    template.set(
        qn("r:id"),
        own.part._settings_part.rels.get_or_add_ext_rel(
            f"{RELATIONSHIPS}/attachedTemplate", f"file:///C:/Users/{maker}/a.dotm"
        ),
    )
    own.settings.element.insert(0, template)
    for name, base in (("田小草标题", "Normal"), ("标题1级", "田小草标题")):
        own.styles.add_style(name, 1).base_style = own.styles[base]
    del own.styles["田小草标题"].element.attrib[qn("w:customStyle")]  # as though it were one of Word's own
    own.styles.latent_styles.add_latent_style(maker)
    own.styles["田小草标题"].font.bold = True
    own.paragraphs[0].style = own.styles["田小草标题"]
    own.save(made)
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/app.xml"] = parts["docProps/app.xml"].replace(
        b"</Properties>", f"<Manager>{maker}</Manager></Properties>".encode()
    )
    beside = {"customXml": "../customXml/item9.xml", "footnotes": "footnotes.xml"}
    links = "".join(
        f'<Relationship Id="{kind}" Type="{RELATIONSHIPS}/{kind}" Target="{at}"/>' for kind, at in beside.items()
    )
    linked = parts["word/_rels/document.xml.rels"].replace(b"</Relationships>", f"{links}</Relationships>".encode())
    deleted = f'<w:footnotes xmlns:w="{nsmap["w"]}"><w:footnote><w:p><w:del w:author="{maker}"/></w:p></w:footnote></w:footnotes>'
    parts |= {
        "word/_rels/document.xml.rels": linked,
        "customXml/item9.xml": f"<a>{maker}</a>".encode(),
        "word/footnotes.xml": deleted.encode(),
    }
    with zipfile.ZipFile(tmp_path / "own.docx", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert sum(maker.encode() in content for content in parts.values()) >= 7
    with speaking("zh"):
        content = write_word(report, "footer", template=tmp_path / "own.docx")
    archive, document = zipfile.ZipFile(io.BytesIO(content)), docx.Document(io.BytesIO(content))
    assert not [name for name in archive.namelist() if maker.encode() in archive.read(name)]
    assert [p.text for p in document.paragraphs[:2]] == ["页首的话", "后加的"], "what a template shows stays"
    assert document.paragraphs[0].style.font.bold, "and what its styles look like"
    assert {"Normal", "Heading 1", "Table Grid"} <= {style.name for style in document.styles}, (
        "Word's own keep their names"
    )
    assert document.styles["标题1级"].base_style == document.paragraphs[0].style
    assert (document.core_properties.author, document.core_properties.keywords) == ("富锦市人民法院", "")
