"""The report as PDF/UA-1, set by typst from data: tagged, with alt texts, the same bytes every time."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from analysis.report.content import FIRST_PAGE, Block, Card, Cards, Figure, Paragraph, Report
from analysis.report.formats.html import WORDS, headings
from analysis.report.formats.layout import column_weights, narrowed, picture, ratio
from analysis.report.formats.sparkline import is_drawn, sparkline_svg
from analysis.vocabulary.errors import OutputError

STANDARD: Final = "ua-1"
WIDTH_MM, TALLEST_MM = 156, 170  # of a picture between the margins
TABLE_POINTS = 8


def _data(block: Block, folder: Path) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text, "strong": block.strong}
    if isinstance(block, Cards):
        return {"kind": "cards", "cards": [_card(card, place, folder) for place, card in enumerate(block.cards)]}
    shared = {"caption": block.caption, "note": block.note}
    if isinstance(block, Figure):
        drawn = picture(block, "svg")
        file = f"{block.id}.{drawn.kind}"
        (folder / file).write_bytes(drawn.content)
        height = min(TALLEST_MM, WIDTH_MM * ratio(drawn))
        return {"kind": "figure", "file": file, "alt": drawn.alt, "height": height, **shared}
    weights = column_weights(block)
    return {
        "kind": "table",
        "headings": block.headings(),
        "rows": block.rows(),
        "numeric": [block.is_number(str(name)) for name in block.frame.columns],
        "weights": weights,
        "size": round(TABLE_POINTS * narrowed(weights), 2),
        **shared,
    }


def _card(card: Card, place: int, folder: Path) -> dict[str, Any]:
    file = f"card-{place}.svg" if is_drawn(card.trend) else ""
    if file:
        (folder / file).write_text(sparkline_svg(card.trend), encoding="utf-8")
    texts = {
        "label": card.label,
        "value": card.value,
        "change": card.change,
        "target": card.target,
        "since": card.since,
    }
    return texts | {"file": file}


def _texts(report: Report, data: dict[str, Any]) -> list[tuple[object, str]]:
    """Every text that will be set, with its place, for the check that our fonts hold its characters."""
    placed: list[tuple[object, str]] = [
        (report.title, report.title),
        (report.title, report.subtitle + report.synthetic),
    ]
    for section in data["sections"]:
        placed.append((section["heading"], section["heading"]))
        for block in section["blocks"]:
            words = [v for k, v in block.items() if isinstance(v, str) and k not in ("kind", "file")]
            cells = [*block.get("headings", ()), *(cell for row in block.get("rows", ()) for cell in row)]
            cells += [text for card in block.get("cards", ()) for text in card.values()]
            placed.append((block.get("caption") or section["heading"], "".join([*words, *cells])))
    return placed


def write_pdf(report: Report, footer: str) -> bytes:
    """Write the PDF as bytes. Raises ``OutputError`` naming character and place where no font holds a character."""
    import typst

    from analysis.charts.drawing import fonts

    with TemporaryDirectory() as name:
        folder = Path(name)
        data = {
            "title": report.title,
            "subtitle": report.subtitle,
            "court": report.court,
            "synthetic": report.synthetic,
            "short": report.is_short,
            "year": report.year,
            "lang": report.language,
            "region": "CN" if report.language == "zh" else "GB",
            "words": {key: str(text) for key, text in WORDS.items()},
            "footer": footer,
            "sections": [
                {
                    "heading": headings(report)[s.id],
                    "first_page": s.id == FIRST_PAGE,
                    "blocks": [_data(block, folder) for block in s.blocks],
                }
                for s in report.sections
            ],
        }
        others = fonts.check_glyphs(_texts(report, data))
        (folder / "report.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        template = files("analysis.report").joinpath("templates/report.typ").read_text(encoding="utf-8")
        chain = ", ".join(f'"{family}"' for family in (fonts.SERIF, fonts.SANS, *others))
        (folder / "report.typ").write_text(template.replace('("Court Serif SC",)', f"({chain},)"), encoding="utf-8")
        try:
            return bytes(
                typst.compile(
                    str(folder / "report.typ"),
                    root=str(folder),
                    font_paths=[str(fonts.font_files()[0].parent)],
                    ignore_system_fonts=not others,
                    pdf_standards=STANDARD,
                    timestamp=datetime(report.year, 12, 31, tzinfo=UTC),  # a fixed day in place of the clock
                )
            )
        except typst.TypstError as error:
            raise OutputError(
                f"PDF 无法生成：{error}。若为字体缺字，请安装含该字的字体或改用其他格式。",
                f"The PDF cannot be made: {error}. If a font lacks a character, install one that has it or use another format.",
            ) from error
