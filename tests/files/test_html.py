"""Web pages and XML spreadsheets under the name .xls: their cells where a browser or Excel shows them, whatever is in them."""

import time

import pytest

from analysis.files import html
from analysis.files.formats import parsed_sheets
from analysis.files.source import open_source
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import InputError

PAGE = """

<HTML><HEAD><!--[if gte mso 9]><xml><table><tr><td>no table</td></tr></table></xml><![endif]-->
<style>table > tr {}</style><script>document.write("<table><tr>")</script></HEAD><BODY>
<TABLE><TR><TD>导出时间：2012-01-05<TABLE border=1>
<TR><TD rowspan=2>案号<TD colspan=2>日期<TD rowspan=2>申请执行标的额<BR>（万元）<TD rowspan="2">承办人
<TR><TD>立案日期<TD>结案日期
<TR><TD style='mso-number-format:"\\@"' title="a>b">（2011）富执字第&#49;号<TD>2011<b>-01-</b>04<TD>&nbsp;<TD>1.5<TD ROWSPAN=2>王&middot;伟
<TR><TD>（2011）富执字<br>第2号<TD>2011年1月5日<TD>2011-3-1<TD>2,000元
<TR><TD colspan=3>合计<TD>1.7
</TABLE></TD></TR></TABLE></BODY></HTML>"""


@pytest.fixture
def read(tmp_path):
    def read_text(text, encoding="utf-8"):
        path = tmp_path / "台账.xls"
        path.write_bytes(text.encode(encoding))
        return read_cases(path, as_of="2011-12-31")

    return read_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_page_is_read_as_a_browser_shows_it(read, accounted, encoding):
    cases = read(PAGE, encoding)
    accounted(cases)
    table = cases.table.select("case_no", "filed_on", "closed_on", "amount_claimed", "officer").to_pyarrow()
    rows = [[str(cell) for cell in row.values()] for row in table.to_pylist()]
    assert rows == [
        ["（2011）富执字第1号", "2011-01-04", "None", "15000.0", "王·伟"],
        ["（2011）富执字第2号", "2011-01-05", "2011-03-01", "2000.0", "王·伟"],
    ]
    assert cases.sources["rows"].tolist() == [1, 5]  # the page's own frame, and the table in it


def test_sheets_of_an_xml_spreadsheet_keep_their_names_places_and_hiding(read, accounted):
    cases = read(
        """<?xml version="1.0"?><Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
        <Worksheet ss:Name="2011年&amp;案件"><Table>
        <Row ss:Index="3"><Cell><Data>案号</Data></Cell><Cell><Data>立案日期</Data></Cell><Cell/><Cell><Data>承办人</Data></Cell></Row>
        <Row><Cell><Data>（2011）富执字第1号</Data></Cell><Cell><Data>40547</Data><Comment><Data>批注</Data></Comment></Cell>
        <Cell ss:Index="4" ss:MergeDown="1"><Data>王伟</Data></Cell></Row>
        <Row><Cell><Data>（2011）富执字第2号</Data></Cell><Cell><Data>2011-01-05T00:00:00.000</Data></Cell></Row>
        </Table></Worksheet>
        <Worksheet ss:Name="旧"><Table><Row><Cell><Data>案号</Data></Cell><Cell><Data>立案日期</Data></Cell></Row></Table>
        <WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"""
    )
    accounted(cases)
    rows = cases.table.to_pandas()[["source_sheet", "source_row", "filed_on", "officer"]].astype(str).values.tolist()
    assert rows == [["2011年&案件", "4", "2011-01-04", "王伟"], ["2011年&案件", "5", "2011-01-05", "王伟"]]
    assert cases.skipped.loc[cases.skipped["kind"] == "hidden", "rows"].tolist() == [1]


def test_a_page_without_a_table_is_said_to_have_none(read):
    with pytest.raises(InputError) as error:
        read("<html><body>登录超时，请重新登录</body></html>")
    assert "没有表格" in error.value.text.zh
    assert "without a table" in error.value.text.en


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td rowspan=2000000 colspan=2000>x" * 3,
        "<table><tr ss:Index=20000>" * 20,
        "<table><tr><td>" * 2_000,
        "<!--" * 300_000,
        "<table>" + '<td a="' * 150_000,
        "<table><tr><td " + "colspan=2 " * 100_000 + ">",
        "<table><tr>" + "<td rowspan=99999>" * 16_000 + "<tr>" * 600,
    ],
)
def test_markup_made_to_be_endless_ends(read, text, monkeypatch, in_process):
    monkeypatch.setattr(html, "MOST_BUILT", 1 << 18)
    before = time.process_time()
    with pytest.raises(InputError):
        read(text)
    assert time.process_time() - before < 20


@pytest.mark.parametrize("xml", [True, False])
def test_a_table_that_was_cut_off_is_refused(read, xml):
    row, cell, table = ("Row", "Cell", "Table") if xml else ("tr", "td", "table")
    rows = [f"<{row}><{cell}>{a}</{cell}><{cell}>{b}</{cell}></{row}>" for a, b in
            [("案号", "立案日期"), ("（2011）富执字第1号", "2011-01-04"), ("（2011）富执字第2号", "2011-01-05")]]  # fmt: skip
    whole = f"<{'?xml' if xml else 'html'}><{table}>{''.join(rows)}</{table}>"
    assert read(whole).inputs["kept"].sum() == 2
    with pytest.raises(InputError, match="不完整"):
        read(whole[: whole.index(rows[2])])


def cells_of(tmp_path, body, styles=""):
    (tmp_path / "1.xls").write_text(
        f'<?xml version="1.0"?><Workbook>{styles}<Worksheet ss:Name="1"><Table>{body}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    (sheet,) = parsed_sheets(open_source(tmp_path / "1.xls", "1.xls"))
    return [cells for _, cells in sheet.rows()]


def data(value, cell="", kind="String"):
    return f'<Cell{cell}><Data ss:Type="{kind}">{value}</Data></Cell>'


def test_cells_of_an_xml_spreadsheet_stand_where_excel_shows_them(tmp_path):
    down, third = data("甲", ' ss:MergeDown="1"'), data("丙", ' ss:Index="2"')
    assert cells_of(tmp_path, f"<Row>{down}{data('乙')}</Row><Row>{third}</Row>") == [["甲", "乙"], ["甲", "丙"]]
    assert cells_of(tmp_path, f'<Row ss:Span="1"/><Row>{data("甲")}</Row>') == [[None], [None], ["甲"]]
    assert cells_of(tmp_path, f"<Row>{data('<![CDATA[甲<乙>]]>')}</Row>") == [["甲<乙>"]]
    assert cells_of(tmp_path, f'<Row><Cell ss:Formula="=1/0"/>{data("乙")}</Row>') == [["=1/0", "乙"]]


@pytest.mark.parametrize(
    "body",
    [
        "<Row>" + data("甲", ' ss:Index="2"') + data("乙", ' ss:Index="1"') + "</Row>",
        f'<Row ss:Index="3">{data("甲")}</Row><Row ss:Index="2">{data("乙")}</Row>',
    ],
)
def test_cells_that_go_back_are_refused(tmp_path, body):
    with pytest.raises(InputError, match="错位"):
        cells_of(tmp_path, body)


def test_a_number_has_the_format_of_its_row_and_of_the_style_that_its_own_rests_on(tmp_path):
    styles = (
        '<Styles><Style ss:ID="p" ss:Name="Percent"><NumberFormat ss:Format="0%"/></Style>'
        '<Style ss:ID="q" ss:Parent="p"><Font/></Style></Styles>'
    )
    half, own = data("0.5", kind="Number"), data("0.5", ' ss:StyleID="q"', "Number")
    assert cells_of(tmp_path, f'<Row ss:StyleID="p">{half}{own}</Row><Row>{half}</Row>', styles) == [
        ["50%", "50%"],
        ["0.5", None],
    ]


def test_the_format_of_a_column_or_of_the_whole_is_that_of_cells_that_name_none(tmp_path):
    styles = (
        '<Styles><Style ss:ID="Default"><NumberFormat ss:Format="0%"/></Style><Style ss:ID="w"><NumberFormat ss:Format="0&quot;万元&quot;"/>'
        '</Style><Style ss:ID="g"/></Styles>'
    )
    half, plain = data("0.5", kind="Number"), data("0.5", ' ss:StyleID="g"', "Number")
    columns = '<Column/><Column ss:Index="3" ss:StyleID="w" ss:Span="1"/><Column ss:StyleID="g"/>'
    assert cells_of(tmp_path, f"{columns}<Row>{5 * half}{plain}</Row>", styles) == [
        ["0.5", "50%", "0.5万元", "0.5万元", "0.5", "0.5"]
    ]
    assert cells_of(tmp_path, f"<Row>{data('0.5')}{data('1', kind='Boolean')}</Row>", styles) == [["0.5", "TRUE"]]


def table_of(tmp_path, rows):
    (tmp_path / "1.xls").write_text(f"<html><table>{rows}</table></html>", encoding="utf-8")
    (sheet,) = parsed_sheets(open_source(tmp_path / "1.xls", "1.xls"))
    return [cells for _, cells in sheet.rows()]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('<td><input value="张三"><input type="hidden" value="x"></td>', "张三"),
        ('<td>有<input type="checkbox" checked>无<input type="checkbox"></td>', "有√无"),
        ("<td><select><option>甲<option selected>乙</select></td>", "乙"),
        ("<td><select><option>甲</option><option>乙</option></select></td>", "甲"),
        ('<td x:num="1234.567">1,234.57</td>', "1234.567"),
        ('<td sdval="1234.5">1,235</td>', "1234.5"),
        ('<td x:num="40607">2011-03-05</td>', "2011-03-05"),
        ('<td x:num="0.84912">84.91%</td>', "84.912%"),
        ("<td x:num>5</td>", "5"),
        ('<td x:num="7">5</td>', "5"),
        ('<td num="5.1">5</td>', "5"),
        ("<td>10<sup>2</sup></td>", "10^2"),
        ("<td><del>5</del>6</td>", "~5~6"),
        ('<td><span style="display: none">20110304<span>x</span></span>6</td>', "6"),
        ("<td><ruby>张<rt>zhang</rt></ruby></td>", "张"),
    ],
)
def test_a_cell_of_a_page_is_read_as_a_browser_shows_it_and_exactly(tmp_path, cell, read):
    assert table_of(tmp_path, f"<tr>{cell}<td>末</td></tr>") == [[read, "末"]]


@pytest.mark.parametrize("count", ["+2", "2x", "2.5", " 2 ", '2" colspan="3'])
def test_a_span_is_counted_as_browsers_do(tmp_path, count):
    assert table_of(tmp_path, f'<tr><td colspan="{count}">甲</td><td>乙</td></tr>') == [["甲", None, "乙"]]


@pytest.mark.parametrize("rows", ["0", "9"])
def test_a_cell_reaches_to_the_end_of_its_group_of_rows_at_most(tmp_path, rows):
    first = f'<tbody><tr><td rowspan="{rows}">甲</td><td>1</td></tr><tr><td>2</td></tr></tbody>'
    assert table_of(tmp_path, f"{first}<tbody><tr><td>乙</td><td>3</td></tr></tbody>") == [
        ["甲", "1"],
        ["甲", "2"],
        ["乙", "3"],
    ]


@pytest.mark.parametrize(
    "span", ["rowspan=2 align=left", 'rowspan=2 align="left"', "align=left rowspan='2' title='colspan=3'"]
)
def test_a_span_without_quotes_ends_at_the_next_attribute(tmp_path, span):
    (tmp_path / "1.xls").write_text(
        f"<table><tr><td {span}>张三</td><td>1</td></tr><tr><td>2</td></tr></table>", encoding="utf-8"
    )
    (sheet,) = parsed_sheets(open_source(tmp_path / "1.xls", "1.xls"))
    assert [cells for _, cells in sheet.rows()] == [["张三", "1"], ["张三", "2"]]
