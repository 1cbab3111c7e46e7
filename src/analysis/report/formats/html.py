"""The report as one offline HTML file: whole without a script, charts as SVG, alt texts, its own font, no remote reference."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from analysis.report.content import FIRST_PAGE, RECKONED, Cards, Figure, Report, Table, anchor, annexed, numbered
from analysis.report.formats.layout import is_too_wide, visual_length
from analysis.report.formats.sparkline import is_drawn, sparkline_svg
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import jinja2

LABELS = {Table: Text("表", "Table "), Figure: Text("图", "Figure ")}
WORDS = {
    "skip": Text("跳到正文", "Skip to content"),
    "contents": Text("目录", "Contents"),
    "description": Text("图示文字说明", "What the picture shows"),
    "sort": Text("按此列排序", "Sort by this column"),
}
DRAWN = {"wide": "page", "narrow": "half"}  # each picture twice: where the window is wide, and on a telephone
NARROW = 43  # columns of text that a telephone holds: rows of a wider table stand as lists there
# What the style sheet sets bold; a second weight of the font holds the characters of these alone.
BOLD = re.compile(
    r'<(?P<tag>h1|h2|th|caption|figcaption)\b.*?</(?P=tag)>|<p class="(?:strong|synthetic)">.*?</p>|<dd class="value">.*?</dd>'
    r"|<text style=\"[^\"]*font-weight:(?:700|bold)[^>]*>.*?</text>",
    re.DOTALL,
)
OTHER_LANGUAGE = (
    "<!-- other language -->"  # where a page leads to the same report in the other language, once that is written
)
NAMES = {"zh": "中文", "en": "English"}
FACES = "/* faces */"  # where the template leaves room for the font, whose characters are known last
WHOLE = re.compile(r"[\d.,%–−-]+")  # a day, a span of years, an interval: never broken
YEAR = re.compile(r"\d{4}")
WORD = 6  # columns of a cell or heading that is never broken either, as much as any column has
SHORT, LONG, SHORT_HEADING = 22, 28, 5  # characters of a cell, and of a heading
PLAIN = re.compile(r"[^0-9A-Za-z\u0080-\U0010ffff]")  # in a style sheet anything else is written by its number


def labels(report: Report) -> dict[str, str]:
    """Return the number of every exhibit, counted apart for tables and figures: 表1, 图1 …"""
    counted: dict[type, int] = {}
    found = {}
    for exhibit in report.exhibits():
        counted[type(exhibit)] = counted.get(type(exhibit), 0) + 1
        found[exhibit.id] = f"{LABELS[type(exhibit)]}{counted[type(exhibit)]}"
    return found


def headings(report: Report) -> dict[str, str]:
    """Return the heading of every section with its number: the body's, then the annexes' from 1; page one has none."""
    found, body, annexes = {}, 0, 0
    for section in report.sections:
        body, annexes = body + (not section.annex and section.id != FIRST_PAGE), annexes + section.annex
        named = annexed(annexes, section.heading) if section.annex else numbered(body, section.heading)
        found[section.id] = section.heading if section.id == FIRST_PAGE else named
    return found


def write_html(report: Report, footer: str, *, interactive: bool = False) -> bytes:
    """Write the whole report as bytes of UTF-8; the same report gives the same bytes.

    ``interactive`` draws the charts with plotly, whose 5 MB then stand in the page and which a page without scripts lacks.
    """
    from markupsafe import Markup

    from analysis.charts.drawing import fonts

    template, script = _template()
    numbers = labels(report)
    wide = [e for e in report.exhibits() if isinstance(e, Table) and _is_wide(e)]
    # What is marked as safe: the package's own script, style and font, and pictures whose texts are escaped.
    context = {
        "report": report,
        "footer": footer,
        "family": fonts.SANS,
        "words": {key: str(text) for key, text in WORDS.items()},
        "drawn": {e.id: _drawn(e, interactive=interactive) for e in report.exhibits() if isinstance(e, Figure)},
        "label": lambda block: numbers[block.id],
        "headings": headings(report),
        "reckoned": RECKONED,
        "anchor": anchor,
        "first_page": FIRST_PAGE,
        "sparklines": [
            Markup(sparkline_svg(card.trend)) if is_drawn(card.trend) else ""  # noqa: S704 - of numbers alone
            for section in report.sections
            for block in section.blocks
            if isinstance(block, Cards)
            for card in block.cards
        ],
        "kind_of": lambda block: type(block).__name__,
        "is_wide": lambda block: block in wide,
        "heading_kinds": lambda number, text: Markup(_heading_kinds(number, text)),  # noqa: S704 - of three words
        "kinds": lambda table, column, cell: Markup(_kinds(table, column, cell)),  # noqa: S704 - one of five words
        "lists": Markup("\n".join(map(_as_list, wide))),  # noqa: S704
        "script": Markup(script),  # noqa: S704
        "scripts": Markup("'unsafe-inline'" if interactive else f"'sha256-{_checksum(script)}'"),  # noqa: S704
        "plotly": Markup(_plotly()) if interactive else "",  # noqa: S704
    }
    text = template.render(context)
    faces = fonts.font_face_css(text + "".join(NAMES.values()), "".join(found[0] for found in BOLD.finditer(text)))
    return text.replace(FACES, faces, 1).encode("utf-8")


@cache
def _template() -> tuple[jinja2.Template, str]:
    """The page and its script."""
    import jinja2

    folder = files("analysis.report").joinpath("templates")
    source, script = (folder.joinpath(f"report.{kind}").read_text(encoding="utf-8") for kind in ("html.j2", "js"))
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return environment.from_string(source), script


def linked(page: bytes, language: str, other: str) -> bytes:
    """Let a page lead to ``other``, the file beside it that says the same in ``language``; one that does already stays as it is.

    >>> linked(b"<body><!-- other language --><h1>", "en", "report-2011.en.html").decode()
    '<body><nav class="language" aria-label="English"><a href="report-2011.en.html" hreflang="en" lang="en">English</a></nav><h1>'
    """
    name, address = NAMES[language], quote(other)
    link = f'<a href="{address}" hreflang="{language}" lang="{language}">{name}</a>'
    nav = f'<nav class="language" aria-label="{name}">{link}</nav>'
    return page.replace(OTHER_LANGUAGE.encode(), nav.encode(), 1)


def _drawn(figure: Figure, *, interactive: bool) -> dict[str, Any]:
    """A figure as markup, with its alt text and what it shows in a line: the picture that was given, plotly, or SVG in both widths."""
    from markupsafe import Markup, escape

    from analysis.charts.drawing import as_svg, screen, style

    if figure.image:
        data = base64.b64encode(figure.image).decode()
        markup, alt, finding = f'<img src="data:image/png;base64,{data}" alt="{escape(figure.alt)}">', figure.alt, ""
    elif interactive:
        plot = figure.draw(interactive=True)
        markup, alt = screen.fragment(screen.bare(plot), f"{figure.id}-plot"), style.alt_of(plot)
        finding = str(figure.said().title)
    else:
        charts = {width: figure.draw(interactive=False, size=size) for width, size in DRAWN.items()}
        markup = "".join(as_svg.markup(chart, f"{figure.id}-{width}", width) for width, chart in charts.items())
        alt, finding = style.alt_of(charts["wide"]), charts["wide"].title
    page = Markup(markup)  # noqa: S704 - texts escaped where they are written
    return {"html": page, "alt": alt, "finding": finding, "image": bool(figure.image)}


def _plotly() -> str:
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())


def _checksum(script: str) -> str:
    """The checksum by which a page's policy knows the one script that may run in it."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _is_wide(table: Table) -> bool:
    return len(table.frame.columns) > 1 and is_too_wide(table, NARROW)


def _kinds(table: Table, column: int, cell: str) -> str:
    """The class of a cell: how it is aligned, and where it may break."""
    if table.is_number(str(table.frame.columns[column])):
        return ' class="number"'
    if WHOLE.fullmatch(cell) or visual_length(cell) <= WORD:
        return ' class="whole"'
    return ' class="short"' if len(cell) <= SHORT else ' class="long"' if len(cell) > LONG else ""


def _heading_kinds(is_number: bool, heading: str) -> str:
    """The class of a heading: how it is aligned, and whether it may break."""
    words = (
        ["number"] * is_number
        + ["short"] * (len(heading) <= SHORT_HEADING)
        + ["whole"] * (visual_length(heading) <= WORD)
    )
    return f' class="{" ".join(words)}"' if words else ""


def _as_list(table: Table) -> str:
    """The style of a table whose rows are lists on a telephone: what says which row it is heads the list, each other cell stands beside its heading."""
    heads, here = len(table.keys), f'[id="{_in_style(table.id)}"]'
    named = [
        f'{here} td:nth-child({place})::before {{ content: "{_in_style(name)}"; }}'
        for place, name in enumerate(table.headings(), start=1)
        if place > heads or (place == 1 and _is_bare(table))
    ]
    if heads == 1:
        return "\n".join(named)
    beside = f"{here} td:nth-child(-n+{heads}) {{ flex: 0 1 auto; text-align: left; color: var(--accent); font-size: .9rem; }}"
    below = f'{here} tr::after {{ content: ""; flex-basis: 100%; order: 1; }} {here} td:nth-child(n+{heads + 1}) {{ order: 2; }}'
    return "\n".join([beside, below, *named])


def _is_bare(table: Table) -> bool:
    """Return whether the first column says nothing without its heading: a number that is no year, or a day."""
    cells = [row[0] for row in table.rows()]
    return all(WHOLE.fullmatch(cell) and not YEAR.fullmatch(cell) for cell in cells)


def _in_style(text: str) -> str:
    r"""A text within quotes of a style sheet.

    >>> _in_style('结案 "</style>')
    '结案\\20 \\22 \\3C \\2F style\\3E '
    """
    return PLAIN.sub(lambda found: f"\\{ord(found[0]):X} ", text)
