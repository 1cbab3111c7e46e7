"""Excel: numbers as numbers, a sheet a topic with its filters, the series of charts apart, A4 with head and foot."""

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

import analysis as an
from analysis.charts.drawing.native import native_chart
from analysis.report.content import FIRST_PAGE, PLAIN, Card, Cards, Figure, Native, Paragraph, Report, Section, Table
from analysis.report.formats.excel import LINE_POINTS, _height, tables_workbook, write_excel
from analysis.report.formats.excel_cells import columns_of, figure_of
from analysis.report.sections.limits import _ages
from analysis.vocabulary.labels import compared_in
from analysis.vocabulary.language import speaking


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("714", 714, "0"),
        ("3,844.40", 3844.4, "#,##0.00"),
        ("−1.5", -1.5, "0.0"),
        ("减少12件", -12, '"增加"0"件";"减少"0"件"'),
        ("up 16.30%", 16.3, '"up "0.00"%";"down "0.00"%"'),
        ("3 persons fewer", -3, '0" persons more";0" persons fewer"'),
    ],
)
def test_a_number_in_words_is_a_number_that_reads_the_same(text, value, shown):
    assert figure_of(text) == (value, shown)


@pytest.mark.parametrize(
    "text",
    [
        "持平",
        "—",
        "0882",
        "2011-01-01",
        "≥ 80",
        "12 cases",
        "500,000 yuan and more",
        "（2011）富执字第3号",
        "1234567890123",
    ],
)
def test_other_text_stays_text(text):
    assert figure_of(text) is None


@pytest.fixture(scope="module")
def book():
    months = pd.date_range("2010-01-01", periods=24, freq="MS")
    flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": [10, 30] * 12}))
    drawn = {"plot": an.plot_caseflow, "result": flow, "numbers": flow}
    figure = Figure(
        "f",
        "按月收结",
        "analysis.plot_caseflow",
        **drawn,
        native=Native("period", {"filed": "filed", "closed": "closed"}),
    )
    plain = Figure("g", "另一图", "analysis.plot_caseflow", **drawn)
    rates = pd.DataFrame({"court": ["甲法院", "乙法院"], "区间": ["97.65–99.74", "—"], "printed": ["99.5", "714"]})
    again = Table("again", "第二表", "f", frame=rates[["court"]], note="第二表的注")
    sections = (
        Section("s", "收结/存", (figure, Table("t", "第一表", "f", frame=rates), again)),
        Section("u", "收结/存", (plain, replace(again, id="third", note=""))),
    )
    with speaking("zh"):
        report = Report("报告 & 附", "副题", "zh", 2011, "某法院", sections)
        return openpyxl.load_workbook(io.BytesIO(write_excel(report, "footer")))


def test_a_topic_has_a_sheet_and_the_series_of_charts_one_that_does_not_print(book):
    assert book.sheetnames == ["目录", "收结 存", "收结 存 1", "数据"]
    (chart,) = book["收结 存"]._charts
    assert [series.tx.v for series in chart.series] == ["新收", "结案"], (
        "as charts name them, not as columns are headed"
    )
    area = book["数据"].print_area.rpartition("!")[2].replace("$", "")
    assert area == "A3"
    assert book["数据"]["A3"].value is None, "a page without content is not printed"
    (chart,) = book["收结 存"]._charts
    assert [series.val.numRef.f for series in chart.series] == ["数据!$C$5:$C$28", "数据!$D$5:$D$28"]
    rows = list(book["数据"].iter_rows(min_row=4, values_only=True))
    names, values = list(rows[0]), list(rows[1])
    second = names.index("时期", 1)
    assert names[second - 1] is None, "an empty column between two blocks"
    assert (names[2], values[2], values[3]) == ("新收", 20, 10)


@pytest.mark.parametrize(("language", "said"), [("zh", "图见报告。"), ("en", "The chart stands in the report.")])
def test_a_picture_without_numbers_is_named_and_has_none(book, language, said):
    """A notebook's picture among tables: the workbook was not written at all."""
    picture = Figure("p", "笔记本中的图", "notebook", image=b"png")
    beside = Table("t", "表", "f", frame=pd.DataFrame({"court": ["甲"]}))
    with speaking(language):
        report = Report("报告", "副题", language, 2011, "某法院", (Section("s", "收结存", (picture, beside)),))
        written = openpyxl.load_workbook(io.BytesIO(write_excel(report, "footer")))
    texts = [cell for sheet in written for row in sheet.iter_rows(values_only=True) for cell in row]
    assert said in texts
    assert not {"数据", "Data"} & {*written.sheetnames}
    assert "图见报告，数字见“数据”表。" in [row[0] for row in book["收结 存 1"].iter_rows(values_only=True)]


@pytest.mark.parametrize(("numbers", "sheets"), [({}, ["目录"]), ({"court": ["甲"], "closed": [3]}, ["目录", "数据"])])
def test_a_topic_of_a_picture_alone_has_no_sheet(numbers, sheets):
    """Beside other courts a sheet held one sentence: that the chart stands in the report."""
    picture = Figure("p", "漏斗图", "analysis.plot_funnel", image=b"png", numbers=pd.DataFrame(numbers))
    with speaking("zh"):
        report = Report("报告", "副题", "zh", 2011, "某法院", (Section("s", "与其他法院比较", (picture,)),))
        written = openpyxl.load_workbook(io.BytesIO(write_excel(report, "footer")))
    assert written.sheetnames == sheets
    cell = written["目录"]["A4"]
    assert (cell.value, cell.hyperlink and cell.hyperlink.location) == ("图1", "'数据'!A1" if numbers else None)
    assert not numbers or "甲" in [cell.value for cell in written["数据"]["A"]]


def test_a_chart_covers_no_caption_and_stands_above_the_tables_whatever_the_fonts(book):
    """Where it stands is reckoned from the heights of the rows above: those of captions are said, and none of text are above."""
    sheet = book["收结 存"]
    captions = {row[0].value: row[0].row for row in sheet.iter_rows() if row[0].font.size == 13}
    (figure, at), (chart,) = next(iter(captions.items())), sheet._charts
    assert figure.endswith("按月收结")
    assert chart.anchor._from.row == at, "the row after the caption, as rows of anchors begin with 0"
    assert all(sheet.row_dimensions[row].height >= 18 for row in captions.values())
    assert chart.anchor.to.row < min(row for name, row in captions.items() if name != figure)


def test_what_is_said_of_definitions_takes_lines_in_place_of_shrinking_the_page():
    """A sheet is as wide as its page: a sentence in one cell would make its letters a third as large."""
    frame = pd.DataFrame({"indicator": ["结案率"] * 40, "formula": ["结案 ÷ 受理 × 100"] * 40})
    said = "口径集：" + "全国口径，" * 40
    blocks = (Paragraph(said), Table("definitions-used", "公式和出处", "f", frame=frame))
    report = Report("报告", "副题", "zh", 2011, "某法院", (Section("d", "口径说明", blocks),))
    sheet = openpyxl.load_workbook(io.BytesIO(write_excel(report, "footer")))["口径说明"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B1"]
    assert sheet["A1"].value == said
    assert sheet["A1"].alignment.wrap_text
    assert sheet.row_dimensions[1].height > 100
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "指标")
    assert sheet.print_title_rows == f"${head}:${head}", "its headings stand on each page"
    assert sheet.freeze_panes == f"B{head + 1}"


def test_contents_stand_on_one_page(book):
    pages = {sheet.title: sheet.page_setup.fitToHeight for sheet in book.worksheets[:-1]}
    assert pages == {"目录": None, "收结 存": 0, "收结 存 1": 0}, "1 is not written, 0 is as many as it takes"


def test_a_column_holds_its_numbers_as_they_are_shown():
    """A number that its column does not hold is shown as a row of ###."""
    (column,) = columns_of(
        Table("t", "表", "f", frame=pd.DataFrame({"numerator": [1792.9106, 5.0]}), formats={"numerator": PLAIN})
    )
    assert column.width(18) >= len("1,792.91") + 2


def test_a_table_of_many_columns_is_printed_in_letters_that_can_be_read():
    """Its headings take lines: the page, which holds about 140 columns, is not made half as large for them."""
    frame = pd.DataFrame({f"closed within {n} months (cases)": [n] for n in range(12)})
    table = Table("t", "表", "f", frame=frame, formats=dict.fromkeys(frame, PLAIN))
    report = Report("报告", "副题", "zh", 2011, "某法院", (Section("a", "期限", (table,)),))
    sheet = openpyxl.load_workbook(io.BytesIO(write_excel(report, "footer")))["期限"]
    assert 12 * sheet.column_dimensions["A"].width < 180


def test_what_a_column_of_numbers_says_in_words_stands_under_its_heading():
    frame = pd.DataFrame({"value": ["5/5", "99.22"]})
    table = Table("t", "表", "f", frame=frame, formats={"value": PLAIN})
    report = Report("报告", "副题", "zh", 2011, "某法院", (Section("a", "指标", (table,)),))
    sheet = openpyxl.load_workbook(io.BytesIO(write_excel(report, "footer")))["指标"]
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "5/5")
    assert cell.alignment.horizontal == "right"


def test_a_long_name_of_a_sheet_ends_after_a_word_and_the_contents_have_it_whole():
    heading = "Petitions, aid and coercive measures"
    table = Table("t", "table", "f", frame=pd.DataFrame({"a": [1]}))
    report = Report("Report", "subtitle", "en", 2011, "court", (Section("a", heading, (table,)),))
    with speaking("en"):
        book = openpyxl.load_workbook(io.BytesIO(write_excel(report, "footer")))
    assert book.sheetnames[1] == "Petitions, aid and coercive…"
    assert heading in [row[2].value for row in book["Contents"].iter_rows()]


def test_page_one_is_printed_in_letters_that_can_be_read():
    """Fitted to a page across, which holds about 140 columns at full size, with the values of six years beside it."""
    cells = {"value": 383.0, "kind": "count", "unit": "件"}
    card = Card("结案", "383件", "同比上升16.77%", "", (264, 294, 309, 419, 328, 383), "2006", cells)
    front = Section("summary", "要点", (Paragraph("一句话。" * 30), Cards((card,))))
    report = Report("报告", "副题" * 40, "zh", 2011, "某法院", (front,))
    sheet = openpyxl.load_workbook(io.BytesIO(write_excel(report, "footer")))["要点"]
    across = sum(sheet.column_dimensions[letter].width for letter in "ABCDEF") + 6 * 8.43
    assert across < 150
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A2:F2", "A4:F4"}, "texts take lines"


def _front(*cards, language="zh"):
    with speaking(language):
        report = Report("报告", "副题", language, 2011, "某法院", (Section("summary", "要点", (Cards(cards),)),))
        sheet = openpyxl.load_workbook(io.BytesIO(write_excel(report, "footer")))["要点"]
    head, *rows = [row for row in sheet.iter_rows(min_row=2) if any(cell.value is not None for cell in row)][1:]
    return {row[0].value: {h.value: c for h, c in zip(head, row, strict=True) if h.value} for row in rows}


def test_words_of_a_page_one_without_key_figures_have_the_page():
    """They stood in two narrow columns over two pages."""
    front = Section(FIRST_PAGE, "要点", (Paragraph("年内受理执行案件43件（含旧存9件），结案33件，年末未结10件。"),))
    report = Report(
        "报告", "台账截至2024年12月31日；口径集：未指定，按当期有效的全国口径", "zh", 2024, "某法院", (front,)
    )
    with speaking("zh"):
        sheet = openpyxl.load_workbook(io.BytesIO(write_excel(report, "")))["要点"]
    assert sheet.column_dimensions["A"].width > 100
    assert sheet.row_dimensions[4].height == sheet.row_dimensions[2].height, "a line each"


def test_key_figures_are_numbers_to_calculate_with_with_unit_parts_change_and_target():
    parts = {"numerator": 1792.91056, "denominator": 2046.23184, "of_parts": "万元"}
    rows = _front(
        Card("受理", "386件", "同比上升12.54%", cells={"value": 386.0, "kind": "count", "unit": "件"}),
        Card("到位率", "87.62%", "同比下降3.59个百分点", "目标≥80", (60.0, 87.62), "2010",
             {"value": 87.62010857968079, "kind": "rate", "unit": "%", "target_low": 80, **parts}),
        Card("结案率", "28/47", "2022年27/48", cells={"value": "28/47", "kind": "rate", "unit": "%", "numerator": 28, "denominator": 47, "of_parts": "件"}),
        Card("未结", "3–5件", cells={"value": "3–5", "kind": "count", "unit": "件", "lower": 3.0, "upper": 5.0}),
        Card("息访率", "无数字", "无法判断：台账没有“信访”"),
    )  # fmt: skip
    rate = rows["到位率"]
    assert (rate["数值"].value, rate["数值"].number_format, rate["单位"].value) == (
        87.62010857968079,
        "0.00",
        "%（分子、分母：万元）",
    )
    assert rate["分子"].value / rate["分母"].value * 100 == pytest.approx(rate["数值"].value)
    assert rate["分子"].number_format == "#,##0.00"
    assert (rate["同比"].value, rate["同比"].number_format) == (
        -3.59,
        '"同比上升"0.00"个百分点";"同比下降"0.00"个百分点"',
    )
    assert (rate["目标下限"].value, rate["2010"].value, rate["2011"].number_format) == (80, 60, "0.00")
    assert (rows["受理"]["数值"].value, rows["受理"]["同比"].value) == (386, 12.54)
    assert [rows["结案率"][name].value for name in ("数值", "分子", "分母", "同比")] == ["28/47", 28, 47, "2022年27/48"]
    assert [rows["未结"][name].value for name in ("下限", "上限")] == [3, 5]
    assert rows["息访率"]["数值"].value == "无数字"


def test_a_change_on_a_named_year_is_a_number():
    cells = {"value": 28.0, "kind": "count", "unit": "件"}
    row = _front(Card("Closed", "28 cases", "1 case fewer than in 2010", cells=cells), language="en")["Closed"]
    change = row["year on year"]
    assert (change.value, change.number_format) == (-1, '0" case more than in 2010";0" case fewer than in 2010"')
    assert row["value"].value == 28


def _breaks_of(*tables):
    """The sheet of tables of so many rows each, and the rows at which its printed pages begin."""
    blocks = [
        Table(f"t{n}", f"表{n}", "f", frame=pd.DataFrame({"court": ["甲"] * rows})) for n, rows in enumerate(tables)
    ]
    report = Report("报告", "副题", "zh", 2011, "某法院", (Section("a", "指标", tuple(blocks)),))
    sheet = openpyxl.load_workbook(io.BytesIO(write_excel(report, "footer")))["指标"]
    return sheet, [1, *(found.id + 1 for found in sheet.row_breaks.brk)]


def test_a_table_that_a_page_holds_is_not_parted():
    sheet, pages = _breaks_of(12, 20)
    assert len(pages) == 2
    assert sheet.cell(pages[1], 1).value.endswith("表1")


def test_a_longer_table_keeps_rows_below_its_headings_and_on_its_last_page_and_repeats_its_headings():
    sheet, pages = _breaks_of(18, 27)
    assert [sheet.cell(row, 1).value for row in pages[1:2]] == ["表2　表1"], "no two rows at the foot of a page"
    sheet, pages = _breaks_of(8, 27)
    assert len(pages) == 2
    assert pages[1] <= sheet.max_row - 3
    head = (3 + 8) + 2 + 3
    assert sheet.print_title_rows == f"${head}:${head}"
    assert all(sheet.row_dimensions[row].height == 17.25 for row in range(head, sheet.max_row)), (
        "as reckoned, whatever the fonts"
    )


def test_headings_are_repeated_over_the_rows_of_their_table_alone():
    """They stood above the notes after their table, and a parted table with another below it had none on its later pages."""
    tables = [
        Table(f"t{n}", f"表{n}", "f", frame=pd.DataFrame({"year": range(2000, 2000 + rows)}))
        for n, rows in enumerate((60, 5))
    ]
    long = Table("definitions-used", "公式", "f", frame=pd.DataFrame({"indicator": ["结案率"] * 60}))
    sections = (
        Section("a", "甲", tuple(tables)),
        Section("b", "乙", (long, Paragraph("[1] 来源"))),
    )
    content = write_excel(Report("报告", "副题", "zh", 2011, "某法院", sections), "footer")
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, heading, rows in (("甲", "年份", 60), ("乙", "指标", 60)):
        sheet = book[name]
        head = max(row[0].row for row in sheet.iter_rows() if row[0].value == heading)
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.max_row == head + rows, "nothing stands after it"


def test_of_two_tables_longer_than_a_page_each_has_its_headings_on_every_page():
    """The headings of one of a sheet's tables are repeated: the earlier had none on its later pages."""
    tables = [
        Table(f"t{n}", f"表{n}", "f", frame=pd.DataFrame({"year": range(2000, 2000 + rows)}))
        for n, rows in enumerate((40, 5, 60, 50))
    ]
    report = Report("报告", "副题", "zh", 2011, "某法院", (Section("a", "甲", tuple(tables)),))
    book = openpyxl.load_workbook(io.BytesIO(write_excel(report, "footer")))
    assert book.sheetnames == ["目录", "甲", "表0", "表3"]
    for name, rows in (("甲", 60), ("表0", 40), ("表3", 50)):
        sheet = book[name]
        head = max(row[0].row for row in sheet.iter_rows() if row[0].value == "年份")
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.max_row == head + rows
    listed = [(row[0].value, row[0].hyperlink.location) for row in book["目录"].iter_rows() if row[0].hyperlink]
    assert listed == [(f"表{n}", f"'{name}'!A1") for n, name in enumerate(("表0", "甲", "甲", "表3"), 1)]


def test_a_heading_stands_where_most_of_its_cells_do():
    """Of key figures 同比 stood on the left, over numbers set right, where one of six said that it cannot be told."""
    change = columns_of(Table("t", "表", "f", frame=pd.DataFrame({"change": [1.5, 2.5, "无法判断"]}, dtype=object)))
    words = columns_of(Table("t", "表", "f", frame=pd.DataFrame({"change": ["一", "二", 2.5]}, dtype=object)))
    assert (change[0].heading_style, words[0].heading_style) == ("number heading", "heading")


def test_a_case_number_has_its_last_character_in_the_fonts_of_chinese():
    """Of （2023）苏0706执恢7087号 the last character was on a second line, below the foot of its row."""
    frame = pd.DataFrame({"case_no": ["（2023）苏0706执恢7087号"]})
    (column,) = columns_of(Table("t", "表", "f", frame=frame))
    pixels = 6 * 11 / 0.75 + 12 * 0.55 * 11 / 0.75  # six broad characters and twelve figures of 11 points
    assert 7 * column.width(18) + 5 > pixels + 9 + 6, "the indent, and what Excel leaves beside a text"


def test_the_heading_of_a_year_stands_over_it():
    frame = pd.DataFrame({"year": [2023], "pending": [114]})
    year, pending = columns_of(Table("t", "表", "f", frame=frame))
    assert (year.is_number, pending.is_number) == (False, True)
    assert (year.heading_style, pending.heading_style) == ("heading", "number heading")


def test_an_interval_is_two_limits_and_a_published_figure_a_number_with_its_digits(book):
    rows = list(book["收结 存"].iter_rows())
    at = next(k for k, row in enumerate(rows) if row[0].value == "法院")
    head, first, second = ([cell.value for cell in row] for row in rows[at : at + 3])
    assert head[:4] == ["法院", "区间 下限", "区间 上限", "公布值"]
    assert first[:4] == ["甲法院", 97.65, 99.74, 99.5]
    assert second[:4] == ["乙法院", None, None, 714]
    assert [row[3].number_format for row in rows[at + 1 : at + 3]] == ["0.0", "0"]


def test_each_table_has_filters_and_each_sheet_its_paper_head_and_foot(book):
    assert len(book["收结 存"].tables) == 2
    for sheet in book.worksheets[:-1]:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape"), sheet.title
        assert sheet.oddHeader.center.text == "报告 && 附"
        assert "&P" in sheet.oddFooter.right.text or "P / " in str(sheet.oddFooter.right.text)
    assert any(row[0].value == "第二表的注" for row in book["收结 存"].iter_rows())


@pytest.mark.parametrize(
    ("unit", "shown"), [("share", 7.5), ("per_hundred", 7.5), ("per_thousand", 75), ("per_ten_thousand", 750)]
)
def test_parts_of_one_are_read_by_what_their_unit_counts_by(unit, shown):
    frame = pd.DataFrame({"court": ["甲"], "value": [0.075]})
    compared_in(unit, frame)
    assert float(Table("t", "t", "", frame=frame).rows()[0][1]) == shown
    cells = openpyxl.load_workbook(io.BytesIO(tables_workbook({"t": frame}))).active.values
    assert ("甲", shown) in [row[:2] for row in cells]


def test_plain_numbers_have_the_decimals_that_they_have_on_paper():
    frame = pd.DataFrame({"numerator": [383.0, 1792.9106]})
    (column,) = columns_of(Table("t", "表", "f", frame=frame, formats={"numerator": PLAIN}))
    assert column.values == (383.0, 1792.9106)
    assert [column.kinds[0], column.kinds[1]] == ["count", "decimal"]


def test_the_series_of_ages_end_with_the_oldest_case_as_the_chart_does():
    filed = pd.date_range("2011-05-01", periods=30, freq="5D")
    cases = an.Cases.from_frames(pd.DataFrame({"filed_on": filed, "closed_on": None}), as_of="2011-12-31")
    (figure,) = _ages(an.pending_ages(cases))
    drawn = native_chart(figure.said(), figure.native.columns)
    assert [*figure.numbers["cases"]] == [*drawn.series[0].values]
    assert figure.numbers["cases"].iloc[-1] > 0


def by_month(flow, columns):
    return Figure(
        "f", "按月收结", "f", plot=an.plot_caseflow, result=flow, numbers=flow, native=Native("period", columns)
    )


def test_a_chart_bears_its_unit_and_the_values_of_its_ends():
    """The first, the last, the lowest and the highest; every other place has a label that is not shown."""
    months = pd.date_range("2010-01-01", periods=24, freq="MS")
    flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": [10, 30] * 12}), opening=50)
    figure = by_month(flow, {"stock": "closing"})
    with speaking("zh"):
        made = write_excel(Report("报告", "副题", "zh", 2011, "某法院", (Section("s", "收结", (figure,)),)), "")
        shown = set(native_chart(figure.said(), ["stock"]).labelled(native_chart(figure.said(), ["stock"]).series[0]))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "期末未结（件）" in chart
    hidden = {int(place) for place in re.findall(r'<c:dLbl><c:idx val="(\d+)"/><c:delete val="1"/></c:dLbl>', chart)}
    assert hidden == set(range(24)) - shown
    assert '<c:showVal val="1"/>' in chart


def test_a_page_ends_before_a_table_that_it_does_not_hold():
    months = pd.date_range("2010-01-01", periods=24, freq="MS")
    flow = an.caseflow_from_counts(pd.DataFrame({"period": months, "filed": 20, "closed": 10}))
    chart = by_month(flow, {"filed": "filed"})
    tables = [
        Table(f"t{n}", f"表{n}", "f", frame=pd.DataFrame({"closed": range(rows)})) for n, rows in enumerate((8, 4, 20))
    ]
    with speaking("zh"):
        report = Report("报告", "副题", "zh", 2011, "某法院", (Section("s", "收结", (chart, *tables)),))
        sheet = openpyxl.load_workbook(io.BytesIO(write_excel(report, "")))["收结"]
    begun = {str(cell.value)[-2:]: cell.row for cell in sheet["A"] if str(cell.value)[-2:] in ("表0", "表1", "表2")}
    assert [one.id + 1 for one in sheet.row_breaks.brk] == [begun["表0"], begun["表2"]], (
        "after the chart, and where 20 rows do not fit"
    )


def test_a_row_is_as_high_as_its_note_in_letters_and_in_characters():
    """An English note had sixteen lines where ten stand, and the table began half a page below it."""
    widths = {0: 60.0, 1: 40.0}
    lines = {text: _height(text * 200, widths) / LINE_POINTS for text in ("words ", "文字")}
    assert lines == {"words ": 12, "文字": 10}
