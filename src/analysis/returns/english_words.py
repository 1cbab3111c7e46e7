"""Words of English statistics: for measures, kinds of cases and changes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

NOUNS = r"complaints|cases?|matters|claims|ones|petitions|letters and visits|filings|disposals|dispositions|closings|closures|applications"
COURT = re.compile(
    r"(?:[A-Z][\w’']+\s+){1,4}(?:(?:District|County|City|Intermediate|High)\s+)*(?:People['’]s\s+)?Courts?\b(?!\s+Statistics)"
    r"|\bChinese courts\b|\b[Cc]ourts (?:in|across|throughout) China\b|\b(?:China's|the country's|the nation's) courts\b"
    r"|\b(?:city|province|county|district|region|prefecture|country|nation)'s (?:[a-z-]+ ){0,2}courts\b|\b[Cc]ourts at (?:both|the two) levels\b"
    r"|\b(?:basic(?:[- ]level)?|grass-?roots|lower|subordinate|primary|county|district) courts\b"
    r"|\b(?:[Bb]oth|[Tt]wo|[Aa]ll) levels of courts(?: (?:in|of|across) the (?:whole )?(?:city|province|county|district|region|prefecture))?\b"
    r"|\b[Cc]ourts (?:nationwide|of the (?:city|province|region|prefecture))\b"
    r"|\b[Ll]ocal (?:[Pp]eople['’]s )?courts(?: at all levels)?\b(?! (?:of|in|across))"
    r"|\b[Cc]ourts (?:at all levels )?(?:in|across|throughout) the (?:whole )?(?:city|province|country|county|district|region|prefecture)\b"
    r"|\b[Cc]ourts (?:at all levels )?(?:in|of|across|throughout) (?:[A-Z]\w+ ){1,3}(?:City|Province|County|District|Region|Prefecture)\b"
)


# says how, not what; but not a part: fully, jointly
ADVERB = "(?!(?:fully|partially|partly|wholly|jointly|directly|voluntarily|compulsorily|forcibly|family|only|early|monthly|weekly|daily|online)\\b)[a-z]{3,}ly"
JOIN = re.compile(rf"\s*(?:{NOUNS})?\s*(?:,\s*(?:and\s+)?|and\s+)(?:the\s+)?", re.IGNORECASE)
BEFORE = 80  # characters before a kind of cases in which one joined to it stands
SEVERAL = "?"  # kinds of cases of which none is meant alone


@cache
def words() -> dict[str, Any]:
    """The words of ``english.toml``."""
    return tomllib.loads(files("analysis.returns").joinpath("english.toml").read_text(encoding="utf-8"))


@cache
def named(kind: str, form: str) -> list[tuple[str, re.Pattern[str]]]:
    """Each measure of a kind with its words in a form; those of several words first."""
    plural = "s?" if kind == "rates" else ""
    listed = [(word + plural, name) for name, words in words()[kind].items() for word in words]
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
    return re.compile(rf"\b(?:{'|'.join(sorted(patterns, key=len, reverse=True))}|{ADVERB})\b", re.IGNORECASE)


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
            rf"\b(?:{{0}})\b(?:\s+case)?(?=\s+(?:[\w-]+\s+)?(?:{NOUNS}|intake|caseload|workload|backlog|stock|docket|work|front|matters|proceedings"
            rf"|statistics|figures|data|indicators|results)\b|(?:,|,?\s+and)\s+[\d,]+\s+(?:[a-z]+\s+)?(?:{_stems()})\b"
            r"|\s+(?:termination|completion|closure|recovery|conclusion|closing)\s+rate|\s+(?:bureau|division|department|chamber|judges|officers"
            r"|office|teams?)\b|\s+(?:enforcement\s+)?(?:accounted for|made up"
            r"|represented)\b|\s+for\s+\d|\s*:)"
            r"|(?<=\d )(?:{0})\b(?=\s*(?:[.;,)]|and\s+\d|$))|(?<=[:,;] )(?:{0})\b(?=\s+\d)|(?<=were )(?:{0})\b(?=\s*(?:[,.;]|and\b|$))"
            r"|(?<=cases )(?:{0})\b|(?<=applications for )(?:{0})\b|(?<=[Aa]s for )(?:{0})\b(?=,)|(?<=terms of )(?:{0})\b(?=,)"
            r"|(?<=regards )(?:{0})\b(?=,)"
            r"|(?<=backlog of )(?:{0})\b|(?<=concerning )(?:{0})\b|(?<=about )(?:{0})\b|(?<=relating to )(?:{0})\b|(?<=related to )(?:{0})\b"
            r"|(?<=regarding )(?:{0})\b",
        )
        for m in pattern.finditer(text)
    ]
    for start, end, name in sorted(found, key=lambda kind: (kind[0], -kind[1])):
        if start >= taken:  # civil and criminal cases: of neither alone
            yield start, end, SEVERAL if _joined_kinds().search(text, max(0, start - BEFORE), start) else name
            taken = end


@cache
def _joined_kinds() -> re.Pattern[str]:
    """A kind of cases that is joined to the next by a comma or and, no number between."""
    return re.compile(rf"\b(?:{_stems()})(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)$", re.IGNORECASE)


@cache
def _spread(kind: str) -> list[tuple[str, re.Pattern[str]]]:
    """Each measure of a kind with its words, between which any space may stand."""
    return [
        (name, re.compile(re.sub(r"(?<!the) (?!\))", r"\\s+", p.pattern), re.IGNORECASE))
        for name, p in named(kind, r"\b(?:{0})\b")
    ]


def measures_named(text: str, *, rates: bool = False) -> list[tuple[int, int, str]]:
    """The measures that nouns or verbs of a text name, or its rates, in order: start, end, the measure.

    >>> measures_named("New filings and closings were")
    [(0, 11, 'filed'), (16, 24, 'closed')]
    """
    plain = text if rates else kind_named().sub(lambda kind: " " * len(kind[0]), text)  # new enforcement cases
    found = [
        (m.start(), m.end(), name)
        for kind in (("rates",) if rates else ("nouns", "verbs"))
        for name, pattern in _spread(kind)
        for m in pattern.finditer(plain)
    ]
    kept: list[tuple[int, int, str]] = []
    for one in sorted(found, key=lambda word: (word[0], -word[1])):
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    return kept


def run_of(words_named: list[tuple[int, int, str]], text: str, count: int) -> list[str]:
    """The last so many measures of a text, where they are joined as a list and differ; empty for none."""
    last = words_named[-count:]
    joined = all(JOIN.fullmatch(text, a[1], b[0]) for a, b in pairwise(last))
    further = len(words_named) > count and JOIN.fullmatch(text, words_named[-count - 1][1], last[0][0])
    told = [name for *_, name in last]
    return told if len({*told}) == count and joined and not further else []


def kinds_joined(text: str, count: int) -> list[str]:
    """The kinds of cases that a text lists, where they are so many: civil, criminal and administrative cases; empty for none.

    >>> kinds_joined("Closings of civil and criminal cases were", 2)
    ['民事案件', '刑事案件']
    """
    found = [
        (m.start(), m.end(), name) for name, pattern in named("scopes", r"\b(?:{0})\b") for m in pattern.finditer(text)
    ]
    kept: list[tuple[int, int, str]] = []
    for one in sorted(found, key=lambda word: (word[0], -word[1])):
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    told = [name for *_, name in kept]
    joined = all(JOIN.fullmatch(text, a[1], b[0]) for a, b in pairwise(kept))
    return told if len(told) == count == len({*told}) and joined else []
