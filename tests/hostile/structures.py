"""Sheets whose cells are written in all the ways that their formats know, and in some that they forbid; of each cell it is known what a person sees in it.

Where a way is forbidden the file may be refused; whatever is read must be what Excel, LibreOffice or a browser shows.
Nothing here asks the package but ``wrong``.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from html import escape
from random import Random
from typing import TYPE_CHECKING

from analysis.files.formats import parsed_sheets
from analysis.files.source import open_source
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = ["张三", "甲<乙>&丙", "（2011）富执字第1号", "2011-03-04", "0012", "1,234.50元", "x'y\"z", "#1"]
NUMBERS = ["0", "5", "-12.5", "1234567.89", "1E3", "0.5"]
SHOWN = {"1E3": "1000"}
PERCENT, DAY, SERIAL = "50%", "2011-03-04", "40606"


@dataclass(frozen=True)
class Way:
    """A way to write a cell: its attributes, what is in it, what it shows (of ``{t}`` the text, of ``{n}`` the number), and whether it is allowed."""

    attributes: str
    inner: str
    shown: str | None
    allowed: bool = True


WITHOUT_A_PLACE = (
    "does not say where it stands"  # errors and formulas without a result, in cells that do not, may be refused
)
NEVER = "\0"  # shown by no program: the file must be refused
XLSX = [
    Way('t="inlineStr"', "<is><t>{T}</t></is>", "{t}"),
    Way('t="inlineStr"', "<is><r><t>{T}</t></r><r><rPr><b/></rPr><t>乙</t></r></is>", "{t}乙"),
    Way('t="inlineStr"', '<is><t>{T}</t><rPh sb="0" eb="1"><t>y</t></rPh></is>', "{t}"),
    Way('t="s"', "<v>{i}</v>", "{t}"),
    Way('t="str"', "<f>A1</f><v>{T}</v>", "{t}"),
    Way("", "<v>{n}</v>", "{n}"),
    Way('t="n"', "<f>1+1</f><v>{n}</v>", "{n}"),
    Way('s="1"', "<v>0.5</v>", PERCENT),
    Way('s="2"', f"<v>{SERIAL}</v>", DAY),
    Way('t="d"', f"<v>{DAY}</v>", DAY),
    Way('t="b"', "<v>1</v>", "TRUE"),
    Way('t="e"', "<f>1/0</f><v>#DIV/0!</v>", "#DIV/0!"),
    Way("", "<f>1+1</f>", "=1+1"),
    Way("", "", None),
    Way('t="inlineStr"', "<is>{T}</is>", "{t}", allowed=False),
    Way('t="inlineStr"', "<v>{T}</v>", "{t}", allowed=False),
    Way("", "<v>{n}</v><f>1</f>", "{n}", allowed=False),
    Way("", "<v>1<!-- -->5</v>", "15", allowed=False),
    Way("", "<v><![CDATA[5]]></v>", "5", allowed=False),
    Way("", "<v>1&#53;</v>", "15", allowed=False),
    Way("", "5", "5", allowed=False),
    *(Way('t="s"', f"<v>{wrong}</v>", NEVER, allowed=False) for wrong in ("-1", "x", "1.0", "99999", "18446744073709551617")),
    Way("", "<v>NaN</v>", NEVER, allowed=False),
]  # fmt: skip
P, STRING, FLOAT = "<text:p>{T}</text:p>", 'office:value-type="string"', 'office:value-type="float" office:value="{n}"'
ODS = [
    Way(STRING, P, "{t}"),
    Way(STRING, "<text:p>{T}<text:span>乙</text:span></text:p>", "{t}乙"),
    Way(STRING, "<text:p>1<text:tab/>2</text:p>", "1 2"),
    Way(STRING, '<text:p>1<text:s text:c="2"/>2</text:p><text:p>{T}</text:p>', "1 2 {t}"),
    Way(STRING, "<office:annotation><text:p>批</text:p></office:annotation>" + P, "{t}"),
    Way(STRING, "<text:p>5<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note></text:p>", "5"),
    Way(STRING + ' office:string-value="{Q}"', "<text:p>{T}</text:p>", "{t}"),
    Way(FLOAT, "<text:p>{n}</text:p>", "{n}"),
    Way(FLOAT + ' table:formula="of:=1+1"', "", "{n}"),
    Way('office:value-type="percentage" office:value="0.5"', "<text:p>50%</text:p>", PERCENT),
    Way(f'office:value-type="date" office:date-value="{DAY}"', "<text:p>3月4日</text:p>", DAY),
    Way('office:value-type="boolean" office:boolean-value="true"', "<text:p>TRUE</text:p>", "TRUE"),
    Way('office:value-type="float" office:value="0" calcext:value-type="error"', "<text:p>#DIV/0!</text:p>", "#DIV/0!"),
    Way('table:formula="of:=1+1"', "", "of:=1+1"),
    Way("", P, "{t}"),
    Way("", "", None),
    Way(STRING, "<text:p>甲<![CDATA[{t}]]></text:p>", "甲{t}", allowed=False),
    Way('office:value-type="float" office:value="NaN"', "<text:p>5</text:p>", NEVER, allowed=False),
    Way('office:value-type="boolean" office:boolean-value="1"', "<text:p>TRUE</text:p>", "TRUE", allowed=False),
    Way(STRING, "<table:table><table:table-row/></table:table>", NEVER, allowed=False),
]  # fmt: skip
MARKUP = [
    Way("", '<Data ss:Type="String">{T}</Data>', "{t}"),
    Way("", '<ss:Data ss:Type="String"><B>{T}</B>乙</ss:Data>', "{t}乙"),
    Way("", '<Data ss:Type="String"><![CDATA[{t}]]></Data>', "{t}"),
    Way("", '<Data ss:Type="String">1<!-- x -->5</Data>', "15"),
    Way("", '<Data ss:Type="Number">{n}</Data>', "{n}"),
    Way('ss:StyleID="p"', '<Data ss:Type="Number">0.5</Data>', PERCENT),
    Way('ss:StyleID="p"', '<Data ss:Type="String">0.5</Data>', "0.5"),
    Way('ss:StyleID="c"', '<Data ss:Type="Number">.5</Data><Comment><Data>批</Data></Comment>', PERCENT),
    Way("", '<Data ss:Type="Boolean">1</Data>', "TRUE"),
    Way("", '<Data ss:Type="Error">#N/A</Data>', "#N/A"),
    Way('ss:Formula="=1/0"', "", "=1/0"),
    Way("", "", None),
]
PAGE = [
    Way("", "{T}", "{t}"),
    Way("style='mso-number-format:\"\\@\"' title='<td>'", "<b>{T}</b>", "{t}"),
    Way("", "1<!-- <td> -->5", "15"),
    Way("", "<span style='display:none'>7<span>8</span></span>{T}", "{t}"),
    Way("", "<script>if (1<2) { '<td>' }</script>{T}", "{t}"),
    Way("x:num='12.345'", "12.35", "12.345"),
    Way("sdval='1234.5' sdnum='2052;'", "1,235", "1234.5"),
    Way("x:num=40606", DAY, DAY),
    Way("", "<input value='{Q}'><input type=hidden value=x>", "{t}"),
    Way("", "<select><option>乙</option><option selected>丙</option></select>", "丙"),
    Way("", "10<sup>2</sup>", "10^2"),
    Way("", "<del>5</del>6", "~5~6"),
    Way("", "{n}", None),
    Way("", "", None),
]
PAGE[-2] = Way("", "{N}", "{N}")  # as it is written


def xlsx(random: Random, grid: list[list[Way]], path: Path) -> None:
    """Raw XML of a workbook: places given or left out, a prefix or none, single quotes, white space and comments between cells."""
    strings = []
    placed, prefix, gap = random.random() < 0.7, random.choice(["", "x:"]), random.choice(["", "\n ", "<!-- - -->"])
    body = []
    for r, ways in enumerate(grid, start=1):
        cells = []
        for c, way in enumerate(ways):
            at = f'r="{chr(65 + c)}{r}"' if placed else ""
            attributes = [at, way.attributes]
            random.shuffle(attributes)
            inner = way.inner.replace("{i}", str(len(strings)))
            if "{i}" in way.inner:
                strings.append(f"<si><t>{escape(way.shown or '')}</t></si>")
            cells.append(f"<c {' '.join(attributes)}>{inner}</c>")
        at = f'r="{r}"' if placed else ""
        body.append(f"<row {at}>{gap.join(cells)}</row>")
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    of_office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{gap.join(body)}</sheetData></worksheet>'
    if prefix:
        sheet = (
            sheet.replace("</", "</x:")
            .replace("<", "<x:")
            .replace("<x:/x:", "</x:")
            .replace("<x:!", "<!")
            .replace("xmlns=", "xmlns:x=")
        )
    if random.random() < 0.3 and "'" not in sheet:
        sheet = sheet.replace('"', "'")
    kinds = {"worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml", "styles": "styles.xml"}
    links = "".join(
        f'<Relationship Id="r{i}" Type="{of_office}/{kind}" Target="{to}"/>'
        for i, (kind, to) in enumerate(kinds.items())
    )
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": relations.format(f'<Relationship Id="r0" Type="{of_office}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{of_office}"><sheets><sheet name="1" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations.format(links),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": f'<sst xmlns="{space}">{"".join(strings)}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{space}"><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }  # fmt: skip
    _zip(path, parts)


def ods(random: Random, grid: list[list[Way]], path: Path) -> None:
    """The content of an ods: rows in groups, under heads, or bare."""
    spaces = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
    said = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items()) + ' xmlns:calcext="urn:calcext"'
    cells = ["".join(f"<table:table-cell {w.attributes}>{w.inner}</table:table-cell>" for w in ways) for ways in grid]
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    around = random.choice(
        [
            "{}",
            "<table:table-header-rows>{}</table:table-header-rows>",
            "<table:table-row-group>{}</table:table-row-group>",
        ]
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    parts = {
        "mimetype": kind,
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}"><m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>',
        "content.xml": f"<office:document-content {said}><office:body><office:spreadsheet><table:table table:name='1'>"
        f"{around.format(rows)}</table:table></office:spreadsheet></office:body></office:document-content>",
    }  # fmt: skip
    _zip(path, parts)


def spreadsheet_ml(random: Random, grid: list[list[Way]], path: Path) -> None:
    """An XML spreadsheet: indexes given or left out, a row that rests on the one before."""
    indexed = random.random() < 0.5

    def at(number: int) -> str:
        return f'ss:Index="{number}"' if indexed else ""

    cells = [[f"<Cell {at(c)} {w.attributes}>{w.inner}</Cell>" for c, w in enumerate(ways, 1)] for ways in grid]
    rows = "".join(f"<Row {at(r)}>{''.join(row)}</Row>" for r, row in enumerate(cells, 1))
    styles = '<Styles><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style><Style ss:ID="c" ss:Parent="p"/></Styles>'
    space = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    path.write_text(
        f'<?xml version="1.0"?><Workbook {space}>{styles}<Worksheet ss:Name="1"><Table>{rows}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )


def page(random: Random, grid: list[list[Way]], path: Path) -> None:
    """A web page: ends of cells and rows given or left out, capitals, quotes or none, groups of rows."""
    ends, capitals, grouped = random.random() < 0.7, random.random() < 0.3, random.random() < 0.5
    td, tr = ("TD", "TR") if capitals else ("td", "tr")
    rows = []
    for ways in grid:
        cells = "".join(f"<{td} {w.attributes}>{w.inner}{f'</{td}>' if ends else ''}" for w in ways)
        rows.append(f"<{tr}>{cells}{f'</{tr}>' if ends else ''}")
    body = "".join(f"<tbody>{row}</tbody>" for row in rows) if grouped else "".join(rows)
    path.write_text(f"<html><head><title>表</title></head><table border=1>{body}</table></html>", encoding="utf-8")


def _zip(path: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, said in parts.items():
            archive.writestr(name, said, zipfile.ZIP_STORED if name == "mimetype" else None)


FORMS: dict[str, tuple[str, list[Way], Callable[[Random, list[list[Way]], Path], None]]] = {
    "xlsx": (".xlsx", XLSX, xlsx),
    "ods": (".ods", ODS, ods),
    "spreadsheetml": (".xls", MARKUP, spreadsheet_ml),
    "web page": (".xls", PAGE, page),
}


def wrong(seed: int, folder: Path, form: str) -> tuple[str, list[str]]:
    """Write the sheet of a seed and read it: ``read`` or ``refused``, and what was read otherwise than it is shown."""
    random = Random(seed)
    suffix, ways, write = FORMS[form]
    grid = _grid(random, ways)
    path = folder / f"sheet{suffix}"
    path.unlink(missing_ok=True)
    write(random, grid, path)
    try:
        (sheet,) = parsed_sheets(open_source(path, path.name))
        read = [cells for _, cells in sheet.rows()]
    except InputError as error:
        fault = all(way.allowed for row in grid for way in row) and WITHOUT_A_PLACE not in error.text.en
        return "refused", [f"refused: {error.text.en[:200]}"] if fault else []
    shown = [[way.shown for way in row] for row in grid]
    return "read", [] if _bare(read) == _bare(shown) else [f"{_bare(read)} is not {_bare(shown)}"]


def _grid(random: Random, ways: list[Way]) -> list[list[Way]]:
    """Some rows of allowed ways, in half of the sheets with a forbidden one among them, in some with a blank before the last row."""
    allowed, forbidden = ([way for way in ways if way.allowed is of] for of in (True, False))
    width, height = random.randrange(1, 6), random.randrange(1, 5)
    grid = [[_filled(random, random.choice(allowed)) for _ in range(width)] for _ in range(height)]
    if random.random() < 0.2:
        grid.append([Way("", "", None), *grid[-1][1:]])
    if forbidden and random.random() < 0.5:
        grid[random.randrange(len(grid))][random.randrange(width)] = _filled(random, random.choice(forbidden))
    return grid


def _filled(random: Random, way: Way) -> Way:
    text, number = random.choice(TEXTS), random.choice(NUMBERS)
    values = {
        "T": escape(text, quote=False), "Q": escape(text), "t": text, "n": number, "N": number, "i": "{i}",
    }  # fmt: skip
    inner = way.inner
    for name, value in values.items():
        inner = inner.replace(f"{{{name}}}", value)
    attributes = way.attributes.replace("{n}", number).replace("{Q}", escape(text))
    number = number if "{N}" in (way.shown or "") else SHOWN.get(number, number)
    shown = way.shown and way.shown.replace("{t}", text).replace("{n}", number).replace("{N}", number)
    return Way(attributes, inner, shown, way.allowed)


def _bare(rows: list[list[str | None]]) -> list[list[str]]:
    """Rows without the blanks at their ends, white space as one space."""
    bare = [[" ".join((cell or "").split()) for cell in row] for row in rows]
    for row in bare:
        while row and not row[-1]:
            row.pop()
    while bare and not bare[-1]:
        bare.pop()
    return bare
