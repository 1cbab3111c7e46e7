"""A notebook in one language: its source holds every paragraph in Chinese and then in English, a copy one of the two."""

from __future__ import annotations

import json
import re
from typing import Any

HAN = re.compile("[\u3400-\u9fff]")
WORD = re.compile("[A-Za-z]+")
HEADING = re.compile(r"#|\*\*")  # its two languages stand on two lines of one paragraph
COMMENT = re.compile(rf"(#)\s*([^#]*?{HAN.pattern}[^#]*) / ([^#]+)$")


def in_language(notebook: bytes, language: str) -> bytes:
    """Return a notebook with the prose and comments of one language, and that language among its parameters.

    >>> cell = {"cell_type": "markdown", "source": ["## 结论\\n", "**Conclusion**\\n", "\\n", "三句话。\\n", "\\n", "Three sentences."]}
    >>> json.loads(in_language(json.dumps({"cells": [cell]}).encode(), "en"))["cells"][0]["source"]
    ['## Conclusion\\n', '\\n', 'Three sentences.']
    """
    book = json.loads(notebook)
    for cell in book["cells"]:
        cell["source"] = _told(cell, language).splitlines(keepends=True)
    return (json.dumps(book, ensure_ascii=False, indent=1) + "\n").encode()


def _told(cell: dict[str, Any], language: str) -> str:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return prose(source, language)
    lines = source.replace('language = "zh"', f'language = "{language}"').split("\n")
    return "\n".join(COMMENT.sub(rf"\1 \{'2' if language == 'zh' else '3'}", line) for line in lines)


def prose(source: str, language: str) -> str:
    """The paragraphs of a cell in one language, a heading with its translation below it as one of them."""
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", source):
        if not HEADING.match(paragraph):
            paragraphs += [paragraph] * (_spoken(paragraph) == language)
            continue
        lines = paragraph.split("\n")
        marks = re.match("#*", lines[0])
        told = [line for line in lines if _spoken(line) == language]
        if language == "en" and marks and marks[0]:
            told = [f"{marks[0]} {line.strip('*')}" for line in told]
        paragraphs.append("\n".join(told))
    return "\n\n".join(paragraphs)


def _spoken(text: str) -> str:
    """The language of a paragraph: a few terms of the other are no change of language."""
    return "zh" if len(HAN.findall(text)) > len(WORD.findall(text)) else "en"
