"""Words of English statistics: for measures, kinds of cases and changes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

NOUNS = (
    r"complaints|cases?|ones|petitions|letters and visits|filings|disposals|dispositions|closings|closures|applications"
)
COURT = re.compile(
    r"(?:[A-Z][\w’']+\s+){1,4}(?:(?:District|County|City|Intermediate|High)\s+)*(?:People['’]s\s+)?Courts?\b(?!\s+Statistics)"
    r"|\b[Cc]ourts (?:nationwide|of the (?:city|province|region|prefecture))\b"
    r"|\b[Ll]ocal (?:[Pp]eople['’]s )?courts(?: at all levels)?\b(?! (?:of|in|across))"
    r"|\b[Cc]ourts (?:at all levels )?(?:in|across|throughout) the (?:whole )?(?:city|province|country|county|district|region|prefecture)\b"
    r"|\b[Cc]ourts (?:at all levels )?(?:in|of|across|throughout) (?:[A-Z]\w+ ){1,3}(?:City|Province|County|District|Region|Prefecture)\b"
)


SEVERAL = "?"  # kinds of cases of which none is meant alone


@cache
def words() -> dict[str, Any]:
    """The words of ``english.toml``."""
    return tomllib.loads(files("analysis.returns").joinpath("english.toml").read_text(encoding="utf-8"))


@cache
def named(kind: str, form: str) -> list[tuple[str, re.Pattern[str]]]:
    """Each measure of a kind with its words in a form; those of several words first."""
    listed = [(word, name) for name, words in words()[kind].items() for word in words]
    listed.sort(key=lambda pair: -len(pair[0]))
    return [(name, re.compile(form.format(word), re.IGNORECASE)) for word, name in listed]


def first_measure(kind: str, form: str, text: str) -> str:
    """The measure of the longest word of a kind that a text has in a form; empty for none."""
    return next((name for name, pattern in named(kind, form) if pattern.search(text)), "")


@cache
def understood() -> re.Pattern[str]:
    """What says nothing of which cases a figure is."""
    told = words()
    patterns = [word for kind in told.values() for words in kind.values() for word in words]
    return re.compile(rf"\b(?:{'|'.join(sorted(patterns, key=len, reverse=True))})\b", re.IGNORECASE)


@cache
def moves() -> str:
    """The words for up and down, as alternatives of a pattern."""
    return "|".join((*words()["change"]["up"], *words()["change"]["down"]))


@cache
def kind_named() -> re.Pattern[str]:
    """A kind of cases before its noun."""
    return re.compile(rf"\b(?:{_stems()})\s+", re.IGNORECASE)


@cache
def kind_listed() -> re.Pattern[str]:
    """A kind of cases behind its number, without a noun: 3,604 were civil, 221 criminal."""
    return re.compile(rf"\s*(?:(?:were|was|are)\s+)?(?:{_stems()})\b", re.IGNORECASE)


def _stems() -> str:
    return "|".join(word for said in words()["scopes"].values() for word in said)


def kinds(text: str) -> Iterator[tuple[int, int, str]]:
    """Kinds of cases named in a text: start, end, the kind."""
    taken = -1
    found = [
        (m.start(), m.end(), name)
        for name, pattern in named(
            "scopes",
            rf"\b(?:{{0}})\b(?:\s+case)?(?=\s+(?:[\w-]+\s+)?(?:{NOUNS})\b|(?:,|,?\s+and)\s+[\d,]+\s+(?:[a-z]+\s+)?(?:{_stems()})\b"
            r"|\s+(?:bureau|division|department|chamber)\b|\s+(?:enforcement\s+)?(?:accounted for|made up|represented)\b|\s+for\s+\d|\s*:)"
            r"|(?<=cases )(?:{0})\b|(?<=concerning )(?:{0})\b|(?<=regarding )(?:{0})\b",
        )
        for m in pattern.finditer(text)
    ]
    for start, end, name in sorted(found, key=lambda kind: (kind[0], -kind[1])):
        if start >= taken:  # civil and criminal cases: of neither alone
            yield start, end, SEVERAL if _joined_kinds().search(text, 0, start) else name
            taken = end


@cache
def _joined_kinds() -> re.Pattern[str]:
    """A kind of cases that is joined to the next by a comma or and, no number between."""
    return re.compile(rf"\b(?:{_stems()})(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)$", re.IGNORECASE)
