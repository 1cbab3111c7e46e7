"""Builds the small registers of this folder: ``python tests/data/registers/build.py``.

Every form holds the same six made-up cases (``CASES``) in another dress, so that a test can ask for the same table from
each. All names and numbers are synthetic.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
HEADERS = ["案号", "立案日期", "结案日期", "结案方式", "申请执行标的额", "实际到位金额", "承办人", "有无财产可供执行"]
# case number, filed, closed, mode, claimed (元), recovered (元), officer, property
CASES = [
    ("（2011）富执字第1号", dt.date(2011, 1, 4), dt.date(2011, 3, 5), "执行完毕", 125_000.0, 125_000.0, "张三", "有"),
    ("（2011）富执字第2号", dt.date(2011, 1, 20), dt.date(2011, 6, 30), "终结本次执行程序", 3_000.0, 0.0, "李四", "无"),
    ("（2011）富执字第3号", dt.date(2011, 2, 11), None, None, 1_234.56, None, "张三", "有"),
    ("（2011）富执字第4号", dt.date(2011, 2, 28), dt.date(2011, 12, 31), "和解", 20_000.0, 15_000.0, "王五", "有"),
    ("（2011）富执恢字第1号", dt.date(2011, 5, 9), dt.date(2011, 9, 1), "自动履行", 80_000.0, 80_000.0, "李四", "有"),
    ("（2011）富执字第5号", dt.date(2011, 11, 30), None, None, 500_000.0, 10_000.0, "王五", "无"),
]
OFFICE = "富锦市人民法院执行案件台账（合成）"


def texts(date="%Y-%m-%d", money="{:.2f}", unit=1.0):
    """The cases as rows of text."""
    return [
        [
            no,
            filed.strftime(date),
            closed.strftime(date) if closed else "",
            mode or "",
            money.format(claimed / unit),
            "" if recovered is None else money.format(recovered / unit),
            officer,
            assets,
        ]
        for no, filed, closed, mode, claimed, recovered, officer, assets in CASES
    ]


def cells():
    """The cases as typed cells."""
    return [["" if v is None else v for v in case] for case in CASES]


def csv_text(rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def half_width(rows):
    return [[row[0].replace("（", "(").replace("）", ")"), *row[1:]] for row in rows]


def web_page():
    """What case systems export as Excel: a page with one table."""
    rows = [
        "<tr><td colspan=8>" + OFFICE + "</td></tr>",
        "".join(f"<th>{name}</th>" for name in HEADERS).join(("<tr>", "</tr>")),
    ]
    rows += ["<tr>" + "".join(f"<td>{cell or '&nbsp;'}</td>" for cell in row) + "</tr>" for row in texts()]
    rows.append("<tr><td>合计</td><td colspan=3></td><td>729234.56</td><td>230000.00</td><td></td><td></td></tr>")
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><style>td {mso-number-format:"\\@"}</style>'
    return f"<html><head>{head}</head>\n<body><table border=1>\n{chr(10).join(rows)}\n</table></body></html>\n"


def xml_spreadsheet():
    """The XML form of Excel 2003, numbers and dates with their types; empty cells are left out."""
    kinds = {dt.date: "DateTime", float: "Number", str: "String"}
    rows = []
    for row in [HEADERS, *CASES]:
        cells = [
            f'<Cell ss:Index="{c}"><Data ss:Type="{kinds[type(v)]}">{f"{v}T00:00:00.000" if isinstance(v, dt.date) else v}</Data></Cell>'
            for c, v in enumerate(row, start=1)
            if v is not None
        ]
        rows.append(f"<Row>{''.join(cells)}</Row>")
    spaces = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    table = "\n".join(rows)
    return f"""<?xml version="1.0"?>\n<Workbook {spaces}>\n<Worksheet ss:Name="台账"><Table>\n{table}\n</Table></Worksheet></Workbook>\n"""


def text_files():
    """Delimited text by name: bytes."""
    plain = csv_text([HEADERS, *texts()])
    titled = [[OFFICE], ["单位：万元", "", "填报日期：2012-01-05"], [], HEADERS, [str(i + 1) for i in range(8)]]
    total = ["合计", "", "", "", "72.92", "23", "", ""]
    sub_total = [["", "本页小计", "", "", "14.92", "", "", ""]]
    wan = texts("%Y年%m月%d日", "{:.6f}", 10_000)
    full_width = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    return {
        "utf8.csv": plain.encode(),
        "utf8_bom.csv": plain.encode("utf-8-sig"),
        "gb18030.csv": plain.encode("gb18030"),
        "utf16.csv": plain.encode("utf-16"),
        "utf16_no_mark.csv": plain.encode("utf-16-le"),
        "tabs.tsv": csv_text([HEADERS, *texts()], "\t").encode("gb18030"),
        "semicolons.csv": csv_text([HEADERS, *texts()], ";").encode(),
        "text_named.xls": csv_text([HEADERS, *texts()], "\t").encode("gb18030"),
        "web_page.xls": web_page().encode("gb18030"),
        "xml_spreadsheet.xls": xml_spreadsheet().encode(),
        "half_width.csv": csv_text([HEADERS, *half_width(texts())]).encode(),
        "full_width.csv": csv_text([HEADERS, *[[c.translate(full_width) for c in row] for row in texts()]]).encode(),
        "slashes.csv": csv_text([HEADERS, *texts("%Y/%m/%d", "￥{:,.2f}")]).encode(),
        "dots.csv": csv_text([HEADERS, *texts("%Y.%m.%d 14:30:00", "{:.2f}元")]).encode(),
        "compact.csv": csv_text([HEADERS, *texts("%Y%m%d", "{:.6f}万", 10_000)]).encode(),
        "titles_total.csv": csv_text(
            [*titled, *wan[:3], *sub_total, *wan[3:], [], total, ["填表人：赵六", "", "审核人：钱七"]]
        ).encode("gb18030"),
        "two_rows.csv": csv_text(
            [
                ["案号", "日期", "", "结案方式", "金额（万元）", "", "承办人", "有无财产"],
                ["", "立案", "结案", "", "申请执行标的", "实际到位", "", ""],
                *texts(money="{:.6f}", unit=10_000),
            ]
        ).encode(),
        "unit_row.csv": csv_text(
            [HEADERS, ["", "", "", "", "(万元)", "(万元)", "", ""], *texts(money="{:.6f}", unit=1e4)]
        ).encode(),
        "own_names.csv": csv_text(
            [["编码", "收", "结", "怎么结的", "要的钱", "到的钱", "谁", "财产"], *texts()]
        ).encode(),
    }


def write_xlsx(
    target, *, rows=None, header=None, titled=False, date_1904=False, serials=False, merged=False, notes=False
):
    import xlsxwriter

    book = xlsxwriter.Workbook(target, {"date_1904": date_1904})
    book.set_properties({"created": dt.datetime(2012, 1, 1)})
    day = book.add_format({"num_format": "General" if serials else "yyyy-mm-dd"})
    if notes:
        cover = book.add_worksheet("说明")
        cover.write(0, 0, "本工作簿为合成数据")
        cover.write(2, 1, "请勿外传")
        hidden = book.add_worksheet("旧稿")
        hidden.hide()
        hidden.write_row(0, 0, HEADERS)
        hidden.write_row(1, 0, ["（2010）富执字第9号", "2010-01-01"])
    sheet = book.add_worksheet("2011年执行案件")
    top = 0
    if titled:
        sheet.merge_range(0, 0, 0, 7, OFFICE)
        sheet.write(1, 0, "单位：元")
        top = 3
    sheet.write_row(top, 0, header or HEADERS)
    for r, row in enumerate(rows if rows is not None else cells(), start=top + 1):
        for c, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(r, c, dt.datetime(value.year, value.month, value.day), day)
            else:
                sheet.write(r, c, value)
    last = top + len(CASES)
    if titled:
        sheet.write(last + 1, 0, "合  计")
        sheet.write_formula(last + 1, 4, f"=SUM(E{top + 2}:E{last + 1})", None, sum(c[4] for c in CASES))
    if merged:  # the officer's cell spans two cases that follow each other
        sheet.merge_range(top + 1, 8, top + 2, 8, "富锦市人民法院")
        sheet.merge_range(top + 3, 8, last, 8, "富锦市人民法院")
    book.close()


def write_xls(target, *, date_1904=False):
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = date_1904
    sheet = book.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for c, name in enumerate(HEADERS):
        sheet.write(0, c, name)
    for r, row in enumerate(cells(), start=1):
        for c, value in enumerate(row):
            sheet.write(r, c, value, day) if isinstance(value, dt.date) else sheet.write(r, c, value)
    book.save(str(target))


def write_ods(target):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="台账")
    for row in [HEADERS, *cells()]:
        line = TableRow()
        for value in row:
            if isinstance(value, dt.date):
                cell = TableCell(valuetype="date", datevalue=value.isoformat())
            elif isinstance(value, float):
                cell = TableCell(valuetype="float", value=value)
            else:
                cell = TableCell(valuetype="string")
                cell.addElement(P(text=value))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(target))


def frame():
    """The cases as a typed table with Chinese headings."""
    table = pd.DataFrame(cells(), columns=HEADERS).replace("", None)
    for name in ("立案日期", "结案日期"):
        table[name] = pd.to_datetime(table[name]).astype("datetime64[s]")
    for name in ("申请执行标的额", "实际到位金额"):
        table[name] = table[name].astype("float64")
    return table


def write_binary(folder):
    write_xlsx(folder / "plain.xlsx")
    write_xlsx(folder / "titles_total.xlsx", titled=True, notes=True)
    write_xlsx(folder / "serials_1904.xlsx", date_1904=True, serials=True)
    write_xlsx(folder / "dates_1904.xlsx", date_1904=True)
    write_xlsx(folder / "serials.xlsx", serials=True)
    write_xlsx(folder / "merged.xlsx", header=[*HEADERS, "法院"], merged=True)
    write_xls(folder / "plain.xls")
    write_xls(folder / "dates_1904.xls", date_1904=True)
    write_ods(folder / "plain.ods")
    frame().to_parquet(folder / "plain.parquet", index=False)


def main(folder=HERE):
    for name, data in text_files().items():
        (folder / name).write_bytes(data)
    write_binary(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
