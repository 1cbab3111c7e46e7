"""The report as PDF/UA-1, set by typst from data: tagged, with alt texts, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from analysis.report.content import FIRST_PAGE, RECKONED, Block, Card, Cards, Figure, Paragraph, Report, Table
from analysis.report.formats.html import WORDS, headings
from analysis.report.formats.layout import WHOLE_ROWS, column_weights, must_lie, parts_of, picture, ratio
from analysis.report.formats.sparkline import is_drawn, sparkline_svg
from analysis.vocabulary.errors import OutputError

STANDARD: Final = "ua-1"
WIDTH_MM, TALLEST_MM = 156, 170  # of a picture between the margins
PAGE_MM, LEAST_GAIN_MM = 297, 20  # height of a page; what must be saved of all pages by a figure that does not float
SHARES = (1, 0.9, 0.8)  # of a figure's size that are tried: letters of 9 points stay above 7
ROOMS = {False: 98, True: 140}  # columns of text of 9 points that a page holds which stands, or lies


def _data(block: Block, folder: Path) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {
            "kind": "paragraph",
            "text": block.text,
            "strong": block.strong,
            "place": block.place,
            "mark": block.mark,
        }
    if isinstance(block, Cards):
        return {"kind": "cards", "cards": [_card(card, place, folder) for place, card in enumerate(block.cards)]}
    shared = {"caption": block.caption, "note": block.note}
    if isinstance(block, Figure):
        drawn = picture(block, "svg")
        file = f"{block.id}.{drawn.kind}"
        (folder / file).write_bytes(drawn.content)
        height = min(TALLEST_MM, WIDTH_MM * ratio(drawn))
        said = {"alt": drawn.alt, "finding": drawn.finding}
        return {"kind": "figure", "file": file, "height": height, "flows": False, **said, **shared}
    lies = must_lie(block, ROOMS[False])
    return {
        "kind": "table",
        "lies": lies,
        "breaks": len(block.frame) > WHOLE_ROWS,
        "parts": [_part(part, ROOMS[lies]) for part in parts_of(block, ROOMS[lies])],
        **shared,
    }


def _part(table: Table, room: float) -> dict[str, Any]:
    return {
        "headings": table.headings(),
        "rows": table.rows(),
        "numeric": [table.is_number(str(name)) for name in table.frame.columns],
        "apart": [table.follows_number(column) for column in range(len(table.frame.columns))],
        "tall": table.to_fill_in,
        "weights": column_weights(table, room),
        "reckoned": table.id == RECKONED,
    }


def _laid(blocks: list[dict[str, Any]], heading: str) -> tuple[str, list[dict[str, Any]]]:
    """A section's heading and blocks, with tables that lie and follow each other on one page, and a heading before them there too."""
    laid: list[dict[str, Any]] = []
    for block in _floats_behind(blocks):
        if not block.get("lies"):
            laid.append(block)
        elif laid and laid[-1]["kind"] == "lying":
            laid[-1]["tables"].append(block)
        else:
            laid.append({"kind": "lying", "heading": "" if laid else heading, "tables": [block]})
    return ("" if laid and laid[0]["kind"] == "lying" else heading), laid


def _floats_behind(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks of a section with floats behind its last table that runs over a page: at the foot of a page they would part the table."""
    parted = [place for place, block in enumerate(blocks) if block.get("breaks") and not block["lies"]]
    last = max(parted, default=0)
    floats = [block for block in blocks[:last] if block["kind"] == "figure" and not block["flows"]]
    return [*(block for block in blocks[: last + 1] if block not in floats), *floats, *blocks[last + 1 :]]


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


def _texts(said: Any, place: str) -> Iterator[tuple[object, str]]:
    """Every text that will be set, with its place, for the check that our fonts hold its characters."""
    if isinstance(said, dict):
        place = str(said.get("caption") or said.get("heading") or said.get("title") or place)
        said = [value for key, value in said.items() if key not in ("kind", "file", "words")]
    if isinstance(said, list):
        for part in said:
            yield from _texts(part, place)
    elif isinstance(said, str):
        yield place, said


def _compact(figures: list[dict[str, Any]], end: Callable[[], float]) -> None:
    """Let figures stand where they are told and float no more, a little smaller if need be, where the report then ends sooner: it has fewer holes."""
    shortest = end()
    for figure in figures:
        best, height = (False, figure["height"]), figure["height"]
        for share in SHARES:
            figure |= {"flows": True, "height": share * height}
            found = end()
            if found < shortest - LEAST_GAIN_MM:
                shortest, best = found, (True, share * height)
        figure["flows"], figure["height"] = best


def write_pdf(report: Report, footer: str) -> bytes:
    """Write the PDF as bytes. Raises ``OutputError`` naming character and place where no font holds a character."""
    import typst

    from analysis.charts.drawing import fonts

    with TemporaryDirectory() as name:
        folder = Path(name)
        data: dict[str, Any] = {
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
            "sections": [],
        }
        sections = [
            (
                {"first_page": section.id == FIRST_PAGE, "annex": section.annex},
                headings(report)[section.id],
                [_data(block, folder) for block in section.blocks],
            )
            for section in report.sections
        ]

        def lay() -> None:
            data["sections"] = []
            for section, named, told in sections:
                heading, blocks = _laid(told, named)
                data["sections"].append(section | {"heading": heading, "blocks": blocks})
            (folder / "report.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

        lay()
        others = fonts.check_glyphs(_texts(data, report.title))
        data |= {"serif": [fonts.SERIF, fonts.SANS, *others], "sans": [fonts.SANS, fonts.SERIF, *others]}
        template = files("analysis.report").joinpath("templates/report.typ").read_text(encoding="utf-8")
        (folder / "report.typ").write_text(template, encoding="utf-8")
        asked: dict[str, Any] = {
            "root": str(folder),
            "font_paths": [str(fonts.font_files()[0].parent)],
            "ignore_system_fonts": not others,
        }

        def end() -> float:
            lay()
            page, down = json.loads(typst.query(str(folder / "report.typ"), "<end>", field="value", one=True, **asked))
            return float(page * PAGE_MM + down)

        try:
            _compact([block for *_, told in sections for block in told if block["kind"] == "figure"], end)
            lay()
            return bytes(
                typst.compile(
                    str(folder / "report.typ"),
                    **asked,
                    pdf_standards=STANDARD,
                    timestamp=datetime(report.year, 12, 31, tzinfo=UTC),  # a fixed day in place of the clock
                )
            )
        except typst.TypstError as error:
            raise OutputError(
                f"PDF 无法生成：{error}。若为字体缺字，请安装含该字的字体或改用其他格式。",
                f"The PDF cannot be made: {error}. If a font lacks a character, install one that has it or use another format.",
            ) from error
