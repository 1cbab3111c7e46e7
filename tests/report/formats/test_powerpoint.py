"""The deck: ten slides at the most, a finding, a chart and two or three lines each; tables in a file of their own."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pptx
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from pptx.enum.shapes import MSO_SHAPE_TYPE

import analysis as an
from analysis.charts.drawing.native import NativeChart, Series, native_chart
from analysis.charts.drawing.render import said_by
from analysis.report.content import Card, Cards, Figure, Native, Paragraph, Report, Section, Table
from analysis.report.formats.native_chart import add_chart
from analysis.report.formats.powerpoint import KIND, MARGIN_MM, WIDTH_MM, _lines, _lines_of, write_annex, write_slides
from analysis.report.formats.writers import written
from analysis.vocabulary.language import speaking

LONG = "一年来收结案基本平衡，存量稳中有降，区间另列，口径与上年一致，数字均由台账核算。"

LINE = 1.2  # of a line of text to its letters


def figure(name, *, native=True):
    months = pd.date_range("2010-01-01", periods=24, freq="MS")
    flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": [10, 30] * 12}))
    given = {"plot": an.plot_caseflow, "result": flow, "numbers": flow}
    return Figure(
        name,
        "按月收结",
        "analysis.plot_caseflow",
        **given,
        native=Native("period", {"filed": "filed"}) if native else None,
    )


def report(figures=1, paragraphs=1):
    table = Table("t", "明细", "f", frame=pd.DataFrame({"court": ["某法院"], "value": [99.22]}))
    sections = [
        Section(
            f"s{n}",
            f"第{n}节",
            (*(Paragraph(LONG, strong=k == 1) for k in range(paragraphs)), figure(f"f{n}"), replace(table, id=f"t{n}")),
        )
        for n in range(figures)
    ]
    last = Section("说", "问题和对策", (Paragraph("本年没有突出问题。"),))
    return Report("报告", "副题", "zh", 2011, "某法院", (*sections, last))


def opened(content):
    return pptx.Presentation(io.BytesIO(content))


@pytest.mark.parametrize(("figures", "slides"), [(1, 3), (5, 7), (14, 10)])
def test_a_deck_has_a_slide_a_figure_and_ten_at_the_most(figures, slides):
    with speaking("zh"):
        deck = opened(write_slides(report(figures), "footer"))
    assert len(deck.slides) == slides
    assert not [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]


def test_a_table_is_shown_by_its_chart_and_sections_of_words_share_a_slide():
    drawn = Table("t", "收结情况", "f", frame=pd.DataFrame({"closed": [3]}), picture=figure("t-chart"))
    bare = Table("u", "另一表", "f", frame=pd.DataFrame({"closed": [3]}))
    sections = (
        Section("first", "甲", (drawn, Paragraph("表后一句。"), bare)),
        Section("said", "已在首页", (Paragraph("首页说过。"),), on_slides=False),
        Section("problems", "问题", (Paragraph("【问题：】"),)),
        Section("measures", "对策", (Paragraph("【对策：】"),)),
    )
    with speaking("zh"):
        deck = opened(write_slides(Report("报告", "副题", "zh", 2011, "某法院", sections), "footer"))
        title = str(figure("t-chart").said().title)
    texts = [" ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in deck.slides]
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == ["报告", title, "三、问题　四、对策"]
    assert "一、甲　表1" in texts[1]
    assert "表后一句。" in texts[1], "what is said of it stands after it"
    assert "【问题：】" in texts[2]
    assert "【对策：】" in texts[2]
    assert "首页说过" not in "".join(texts)


def test_the_title_is_what_the_chart_says_and_lines_stand_above_it():
    with speaking("zh"):
        deck = opened(write_slides(report(paragraphs=9), "footer"))
    slide = deck.slides[1]
    drawn = figure("f")
    with speaking("zh"):
        assert slide.shapes.title.text_frame.text == str(drawn.said().title)
    (chart,) = (shape for shape in slide.shapes if shape.has_chart)
    lines = next(s for s in slide.shapes if s.has_text_frame and LONG in s.text_frame.text)
    runs = [run for paragraph in lines.text_frame.paragraphs for run in paragraph.runs]
    assert runs[0].font.bold, "what is strong comes first"
    taken = sum(_lines(run.text, run.font.size.pt, WIDTH_MM - 2 * MARGIN_MM) for run in runs)
    assert 1 <= taken <= 3
    assert lines.top + lines.height <= chart.top
    assert slide.notes_slide.notes_text_frame.text.count(LONG) == 9, "the rest is for the speaker"


def test_a_figure_of_which_nothing_is_said_is_described():
    with speaking("zh"):
        deck = opened(write_slides(report(paragraphs=0), "footer"))
    said = " ".join(s.text_frame.text for s in deck.slides[1].shapes if s.has_text_frame)
    assert "新收合计480件" in said
    assert "柱线图" not in said, "PowerPoint draws lines, and what is seen need not be named"


@pytest.mark.parametrize("alt", ["线图：结案率", "柱线图，结案率", "Lines. 结案率", "Areas, 结案率"])
def test_the_kind_of_a_chart_is_left_to_its_alt_text(alt):
    assert KIND.sub("", alt, count=1) == "结案率"


def test_bars_are_named_by_what_they_stand_for():
    assert KIND.sub("", "Bars by time since filing. All cases", count=1) == "by time since filing. All cases"


COURT = "新疆维吾尔自治区巴音郭楞蒙古自治州和静县人民法院"
LONG_COURT = "The Intermediate People's Court of Bayingolin Mongol Autonomous Prefecture"
TITLES = [
    "未结存量：未见累积与清理的轮回",
    "无财产中位82天，180天时28.5%未结；有财产中位83天，180天时27.6%未结",
    f"{COURT}2019年至2023年，6项指标中3项上升、3项下降",
    f"{COURT}2019年至2023年，9项指标中3项上升、3项下降，3项在随机波动范围之内；另2项没有区间，未作检验；另1项数字不全，不作比较",
    f"{LONG_COURT}: 482 filed, 456 closed, pending from 105 to 131",
    f"{LONG_COURT}新收482件，结案456件，未结由105件增到131件",
    f"{COURT}和{COURT}的收结存比较：新收1,407件，结案1,418件，未结由409件减到398件",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_has_room_in_its_box_in_a_broad_font_too(title):
    """Bold letters of DejaVu Sans, which stands in where the fonts named are not there, and Chinese as wide as high."""
    deck = opened(write_slides(Report(title, "", "zh", 2011, "某法院", ()), "footer"))
    shape = deck.slides[0].shapes.title
    points = shape.text_frame.paragraphs[0].runs[0].font.size.pt
    broad = FontProperties(family="DejaVu Sans", weight="bold", size=points)
    room, lines, used = shape.width.pt - 14.4, 1, 0.0
    for word in re.findall(r"[\u3000-\uffff]|[^\u3000-\uffff ]+ ?| ", title):
        wide = points if word > "\u3000" else TextPath((0, 0), word, prop=broad).get_extents().x1
        lines, used = (lines + 1, wide) if used + wide > room else (lines, used + wide)
    assert lines * points * 1.3 <= shape.height.pt - 7.2


@pytest.mark.full
def test_nothing_runs_off_a_slide():
    with speaking("zh"):
        made = [write_slides(report(5, 9), "footer"), write_annex(report(5, 9), "footer")]
    for deck in map(opened, made):
        for slide in deck.slides:
            for shape in slide.shapes:
                assert min(shape.left, shape.top) >= 0
                assert shape.left + shape.width <= deck.slide_width
                assert shape.top + shape.height <= deck.slide_height


def test_tables_stand_in_a_second_file_unless_the_report_is_short():
    with speaking("zh"):
        files = written(report(), "footer", "r", ["pptx", "pptx"], lambda _: None)
        short = written(replace(report(), is_short=True), "footer", "r", ["pptx"], lambda _: None)
    assert list(files) == ["r.pptx", "r.annex.pptx"]
    assert list(short) == ["r.pptx"]
    for content in (files["r.annex.pptx"], short["r.pptx"]):
        (table,) = (shape.table for slide in opened(content).slides for shape in slide.shapes if shape.has_table)
        assert [cell.text for cell in table.rows[1].cells] == ["某法院", "99.22"]
    assert opened(files["r.annex.pptx"]).slides[0].shapes.title.text_frame.text == "报告：附表"


@pytest.mark.parametrize(("months", "labels", "ticks"), [(9, 1, 1), (30, 3, 3), (72, 6, 3), (144, 12, 3)])
def test_labels_under_a_native_chart_are_whole_parts_of_a_year_apart(months, labels, ticks):
    at = pd.date_range("2006-01-01", periods=months, freq="MS")
    flow = an.caseflow_from_counts(pd.DataFrame({"period": at, "filed": 20, "closed": 10}))
    slide = pptx.Presentation().slides.add_slide(pptx.Presentation().slide_layouts[6])
    native = native_chart(said_by(an.plot_caseflow, flow), ["filed"])
    chart = add_chart(slide, native, (0, 0, 300, 100), font="Arial", points=12).chart
    set_ = {name: chart._chartSpace.xpath(f".//c:catAx/c:{name}/@val") for name in ("tickLblSkip", "tickMarkSkip")}
    assert set_ == {"tickLblSkip": [str(labels)], "tickMarkSkip": [str(ticks)]}


def test_thousands_are_parted_and_ticks_have_the_decimals_of_their_step():
    months = pd.date_range("2010-01-01", periods=24, freq="MS")
    found = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 1, "closed": [0, 1] * 12}), opening=1400)
    with speaking("zh"):
        native = native_chart(said_by(an.plot_caseflow, found, language="zh"), {"stock": "closing"})
        deck = pptx.Presentation()
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        chart = add_chart(slide, native, (0, 0, 300, 100), font="微软雅黑", points=12).chart
    assert chart._chartSpace.xpath(".//c:val//c:formatCode")[0].text == "#,##0"
    assert chart.value_axis.tick_labels.number_format == "#,##0"


def test_an_axis_of_few_cases_has_its_unit_and_no_halves():
    months = pd.date_range("2010-01-01", periods=24, freq="MS")
    flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 1, "closed": [0, 1] * 12}))
    slide = pptx.Presentation().slides.add_slide(pptx.Presentation().slide_layouts[6])
    native = native_chart(said_by(an.plot_caseflow, flow, language="en"), {"stock": "closing"})
    axis = add_chart(slide, native, (0, 0, 300, 100), font="Arial", points=12).chart.value_axis
    assert axis.axis_title.text_frame.text == "pending at period end (cases)"
    assert axis.major_unit == int(axis.major_unit)


def test_under_the_title_two_sentences_are_parted():
    with speaking("en"):
        made = replace(report(), subtitle="Register to 31 Dec 2011", synthetic="Made from sample data.")
        assert made.under == "Register to 31 Dec 2011. Made from sample data."
        assert replace(made, synthetic="").under == "Register to 31 Dec 2011"


@pytest.mark.full
def test_a_native_chart_names_its_stretches_in_their_bands_and_has_room_for_the_names():
    months = pd.date_range("2008-01-01", periods=48, freq="MS")
    closed = ([10] * 12 + [30] * 12) * 2
    flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}))
    native = native_chart(said_by(an.plot_cycle, an.cycle(flow, adjusted=False)), ["recorded"])
    slide = pptx.Presentation().slides.add_slide(pptx.Presentation().slide_layouts[6])
    chart = add_chart(slide, native, (0, 0, 300, 100), font="Arial", points=12).chart
    bands = chart._chartSpace.xpath(".//c:barChart/c:ser")
    named = {"".join(band.xpath("./c:tx//c:v/text()")): band.xpath("./c:dLbls/c:dLbl//a:t/text()") for band in bands}
    assert named == {"累积": ["累积", "+110", "累积", "+120"], "清理": ["清理", "−120", "清理", "−120"]}
    assert chart._chartSpace.xpath(".//c:barChart//c:dLbl/c:dLblPos/@val") == ["inEnd"] * 4
    assert chart.value_axis.maximum_scale >= 1.25 * 120
    small = add_chart(slide, native, (0, 0, 156, 62), font="Arial", points=9).chart
    assert small.value_axis.maximum_scale >= 1.4 * 120, "three lines take more of a chart of Word"


def test_the_course_of_a_key_figure_stands_beneath_its_words():
    cards = Cards((Card("受理", "14,751 cases", "up 25.65% on 2023", trend=(1.0, 3.0, 2.0), since="2022"),))
    front = Section("summary", "要点", (Paragraph("一句。"), cards))
    with speaking("en"):
        (slide, *_) = opened(write_slides(Report("t", "s", "en", 2024, "c", (front,)), "")).slides
    (box,) = (shape for shape in slide.shapes if shape.has_text_frame and "14,751" in shape.text_frame.text)
    (course,) = (shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE)
    words = sum(LINE * run.font.size.mm for paragraph in box.text_frame.paragraphs for run in paragraph.runs[:1])
    assert course.top.mm > box.top.mm + words
    assert course.top + course.height < box.top + box.height


def test_what_is_said_before_a_table_that_is_not_drawn_is_said_of_the_chart_that_follows():
    bare = Table("u", "另一表", "f", frame=pd.DataFrame({"closed": [3]}))
    section = Section("first", "甲", (Paragraph("案件三件。"), bare, figure("f")))
    with speaking("zh"):
        deck = opened(write_slides(Report("报告", "副题", "zh", 2011, "某法院", (section,)), ""))
    assert "案件三件。" in " ".join(shape.text_frame.text for shape in deck.slides[1].shapes if shape.has_text_frame)


def test_of_sentences_as_many_as_have_room_in_a_size_that_is_not_the_smallest():
    first, second = (
        "Beyond random variation: " + "closure rate, " * 7 + "days.",
        "Within it: " + "share, " * 28 + "days.",
    )
    held, points = _lines_of([Paragraph(f"{first} {second}")])
    assert [block.text for block in held] == [f"{first} {second}"]
    assert points == 14, "at 16 the first alone has room"


@pytest.mark.parametrize(("language", "sign"), [("zh", "；……"), ("en", "; …")])
def test_a_list_of_which_items_are_left_out_says_so(language, sign):
    """It ended in a full stop, as if what it does not name had not changed."""
    with speaking(language):
        held, _ = _lines_of([Paragraph("Within random variation: " + "; ".join(["closure rate"] * 60) + ".")])
    assert held[0].text.endswith(f"closure rate{sign}")


@pytest.mark.full
def test_a_lowest_value_of_nought_is_not_written_over_the_names_of_the_axis():
    months = pd.date_range("2013-01-01", periods=24, freq="MS")
    slide = pptx.Presentation().slides.add_slide(pptx.Presentation().slide_layouts[6])
    for closed, place in (([20] * 23 + [80], "l"), ([20] * 5 + [80] + [5] * 18, "r"), ([20] * 23 + [30], "b")):
        flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": closed}), opening=60)
        native = native_chart(said_by(an.plot_cycle, an.cycle(flow, adjusted=False)), ["recorded"])
        chart = add_chart(slide, native, (0, 0, 300, 100), font="Arial", points=12).chart
        assert place in chart._chartSpace.xpath(".//c:lineChart//c:dLbl/c:dLblPos/@val")


@pytest.mark.parametrize(
    ("values", "sides"),
    [
        ((60, 70, 80, 90, 100, 95, 90, 85, 80, 70), ["b", "b"]),
        ((90, 80, 60, 70, 100, 80, 70, 72, 74, 78), ["t", "t"]),
        ((5, 30, 60, 70, 100, 90, 70, 50, 30, 3), ["r", "l"]),
        ((60,), ["b"]),
    ],
)
def test_the_number_at_an_end_is_not_written_over_the_line(values, sides):
    """The first of a stock that rose and the last of one that fell stood on the line."""
    stock = Series("stock", "pending", "#000000", tuple(map(float, values)))
    native = NativeChart("line", tuple(map(str, values)), (stock,))
    slide = pptx.Presentation().slides.add_slide(pptx.Presentation().slide_layouts[6])
    chart = add_chart(slide, native, (0, 0, 300, 100), font="Arial", points=12).chart
    labels = chart._chartSpace.xpath(".//c:lineChart//c:dLbl")
    places = {int(label.xpath("./c:idx/@val")[0]): label.xpath("./c:dLblPos/@val")[0] for label in labels}
    assert [places[end] for end in sorted({0, len(values) - 1})] == sides


def test_a_number_at_an_end_is_not_written_over_another_line():
    """Of seven quarters the last of the stock, 78, stood on the line of filings, 66."""
    stock = Series("stock", "pending", "#000000", (95.0, 108.0, 116.0, 99.0, 104.0, 94.0, 78.0))
    filed = Series("filed", "filed", "#000000", (58.0, 76.0, 90.0, 68.0, 67.0, 75.0, 66.0))
    native = NativeChart("line", tuple("abcdefg"), (filed, stock))
    slide = pptx.Presentation().slides.add_slide(pptx.Presentation().slide_layouts[6])
    chart = add_chart(slide, native, (0, 0, 300, 100), font="Arial", points=12).chart
    labels = chart._chartSpace.xpath(".//c:lineChart//c:dLbl")
    places = {int(label.xpath("./c:idx/@val")[0]): label.xpath("./c:dLblPos/@val")[0] for label in labels}
    assert places == {0: "b", 2: "t", 6: "r"}


def test_a_parted_table_has_the_largest_letters_that_take_no_more_slides():
    """Of 22 rows eleven stood on each of two slides in the smallest letters, the lower third of both empty."""
    tables = [
        Table(f"t{n}", "表", "f", frame=pd.DataFrame({"court": ["甲"] * n, "closed": range(n)})) for n in (22, 64)
    ]
    with speaking("zh"):
        deck = opened(
            write_annex(Report("报告", "副题", "zh", 2011, "某法院", (Section("s", "甲", tuple(tables)),)), "")
        )
    shown = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    sizes = [shape.table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size.pt for shape in shown]
    rows = [len(shape.table.rows) - 1 for shape in shown]
    assert (rows[:2], sum(rows[2:])) == ([11, 11], 64)
    assert sizes[0] == sizes[1] > 14
    assert all(shape.top + shape.height <= deck.slide_height - 16 * 36_000 for shape in shown)


def test_what_is_said_last_stands_below_the_last_table_and_not_again_if_its_title_says_it():
    """Slides of one sentence followed, which the title of the table before them had said."""
    table = Table("t", "表", "f", frame=pd.DataFrame({"closed": [3]}), finding="没有变化。", note="注" * 400)
    blocks = (table, Paragraph("没有变化。"), Paragraph("还有一句。"))
    with speaking("zh"):
        deck = opened(write_annex(Report("报告", "副题", "zh", 2011, "某法院", (Section("s", "甲", blocks),)), ""))
    (slide,) = list(deck.slides)[1:]
    (grid,) = (shape for shape in slide.shapes if shape.has_table)
    said = [shape for shape in slide.shapes if shape.has_text_frame and shape.top >= grid.top + grid.height]
    assert [shape.text_frame.text for shape in said if shape.text_frame.text[0] in "注还没"] == [
        "注" * 400,
        "还有一句。",
    ]
    assert all(a.top + a.height <= b.top for a, b in pairwise(said) if b.text_frame.text[0] == "还")


@pytest.mark.full
def test_the_first_value_stands_below_where_the_highest_is_near():
    months = pd.date_range("2013-01-01", periods=48, freq="MS")
    flow = an.caseflow_from_counts(
        pd.DataFrame({"period": months, "filed": 20, "closed": [15, 15, *[21] * 46]}), opening=60
    )
    native = native_chart(said_by(an.plot_cycle, an.cycle(flow, adjusted=False)), ["recorded"])
    slide = pptx.Presentation().slides.add_slide(pptx.Presentation().slide_layouts[6])
    chart = add_chart(slide, native, (0, 0, 300, 100), font="Arial", points=12).chart
    labels = chart._chartSpace.xpath(".//c:lineChart//c:dLbl")
    places = {int(label.xpath("./c:idx/@val")[0]): label.xpath("./c:dLblPos/@val")[0] for label in labels}
    assert (places[0], places[1]) == ("b", "t")


def test_beside_flows_the_stock_bears_its_first_last_lowest_and_highest_value():
    months = pd.date_range("2013-01-01", periods=24, freq="MS")
    flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": [10] * 12 + [25] * 12}))
    native = native_chart(said_by(an.plot_caseflow, flow), ["filed", "closed", "stock"])
    slide = pptx.Presentation().slides.add_slide(pptx.Presentation().slide_layouts[6])
    chart = add_chart(slide, native, (0, 0, 300, 100), font="Arial", points=12).chart
    labelled = [series.xpath(".//c:dLbl/c:idx/@val") for series in chart._chartSpace.xpath(".//c:lineChart/c:ser")]
    assert [sorted(map(int, places)) for places in labelled] == [[], [], [0, 11, 23]]


def test_the_title_of_a_table_says_what_the_report_finds_in_it_and_its_name_stands_above():
    """Slides of tables bore their names alone, beside charts that say what they show."""
    frame = pd.DataFrame({"closed": [3, 4]})
    told = Table("t", "收结情况", "f", frame=frame, finding="本年结案4件，增加1件。")
    drawn = Table("u", "另一表", "f", frame=frame, picture=figure("chart"))
    long = Table("v", "长话", "f", frame=frame, finding=LONG * 9)
    blocks = (Paragraph(told.finding), told, drawn, long, Table("w", "明细", "f", frame=frame))
    with speaking("zh"):
        deck = opened(
            write_annex(Report("报告", "副题", "zh", 2011, "某法院", (Section("s", "甲", blocks),)), "footer")
        )
        shown = str(figure("chart").said().title)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides][1:]
    assert titles == ["本年结案4件，增加1件", shown, "表3　长话", "表4　明细"]
    boxes = [[s.text_frame.text for s in slide.shapes if s.has_text_frame] for slide in deck.slides][1:]
    assert "一、甲　表1　收结情况" in boxes[0]
    assert told.finding not in boxes[0], "what the title says is not said again below it"
    assert "一、甲" in boxes[3]


def test_a_table_whose_chart_stands_beside_it_has_no_second_slide_of_it():
    chart = figure("f")
    table = Table("t", "明细", "f", frame=pd.DataFrame({"closed": [3]}), picture=chart)
    with speaking("zh"):
        sections = (Section("s", "甲", (chart, table)),)
        deck = opened(write_slides(Report("报告", "副题", "zh", 2011, "某法院", sections), "footer"))
    assert len(deck.slides) == 2


def test_an_annex_of_words_alone_has_no_slide():
    """Where no figure of the officers may be shown its explanations stood on a slide, eleven lines without a finding."""
    words = (Paragraph("说明。"),)
    sections = (Section("problems", "问题", words), Section("officers", "承办人", words, annex=True))
    with speaking("zh"):
        deck = opened(write_slides(Report("报告", "副题", "zh", 2011, "某法院", sections), "footer"))
    assert [slide.shapes.title.text for slide in deck.slides] == ["报告", "一、问题"]
