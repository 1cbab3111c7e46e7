"""The report as one offline HTML file: interactive charts, alt texts, its own font, no remote reference."""

from __future__ import annotations

import base64
from importlib.resources import files
from typing import Any

from analysis.report.content import FIRST_PAGE, Cards, Figure, Report, Table, numbered
from analysis.report.formats.sparkline import is_drawn, sparkline_svg
from analysis.vocabulary.text import Text

LABELS = {Table: Text("表", "Table "), Figure: Text("图", "Figure ")}
WORDS = {
    "skip": Text("跳到正文", "Skip to content"),
    "contents": Text("目录", "Contents"),
    "description": Text("图示文字说明", "What the picture shows"),
}


def labels(report: Report) -> dict[str, str]:
    """Return the number of every exhibit, counted apart for tables and figures: 表1, 图1 …"""
    counted: dict[type, int] = {}
    found = {}
    for exhibit in report.exhibits():
        counted[type(exhibit)] = counted.get(type(exhibit), 0) + 1
        found[exhibit.id] = f"{LABELS[type(exhibit)]}{counted[type(exhibit)]}"
    return found


def headings(report: Report) -> dict[str, str]:
    """Return the heading of every section with its number; page one has none."""
    first = sum(section.id == FIRST_PAGE for section in report.sections)
    return {
        section.id: section.heading if section.id == FIRST_PAGE else numbered(place + 1 - first, section.heading)
        for place, section in enumerate(report.sections)
    }


def _drawn(figure: Figure) -> dict[str, Any]:
    """A plotly figure as a fragment without the library, its alt text beside it."""
    from markupsafe import Markup, escape

    if figure.image:
        data = base64.b64encode(figure.image).decode()
        picture = f'<img src="data:image/png;base64,{data}" alt="{escape(figure.alt)}">'
        return {"html": Markup(picture), "alt": figure.alt, "image": True}  # noqa: S704 - its text was escaped
    from analysis.charts.drawing import screen, style

    plot = figure.draw(interactive=True)
    fragment = screen.fragment(screen.bare(plot), f"{figure.id}-plot")
    return {"html": Markup(fragment), "alt": style.alt_of(plot), "image": False}  # noqa: S704 - made by plotly, its texts escaped


def write_html(report: Report, footer: str) -> bytes:
    """Write the whole report as bytes of UTF-8; the same report gives the same bytes."""
    import jinja2
    from markupsafe import Markup
    from plotly.offline import get_plotlyjs

    from analysis.charts.drawing import fonts

    source = files("analysis.report").joinpath("templates/report.html.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    template = environment.from_string(source)
    numbers = labels(report)
    context = {
        "report": report,
        "footer": footer,
        "family": fonts.SANS,
        "words": {key: str(text) for key, text in WORDS.items()},
        "drawn": {e.id: _drawn(e) for e in report.exhibits() if isinstance(e, Figure)},
        "label": lambda block: numbers[block.id],
        "headings": headings(report),
        "first_page": FIRST_PAGE,
        "sparklines": [
            Markup(sparkline_svg(card.trend)) if is_drawn(card.trend) else ""  # noqa: S704 - of numbers alone
            for section in report.sections
            for block in section.blocks
            if isinstance(block, Cards)
            for card in block.cards
        ],
        "kind_of": lambda block: type(block).__name__,
    }
    text = template.render(**context, plotly="", faces="")
    # The library and the fonts are the package's own; everything else was escaped above.
    library, faces = Markup(get_plotlyjs()), Markup(fonts.font_face_css(text))  # noqa: S704
    return template.render(**context, plotly=library, faces=faces).encode("utf-8")
