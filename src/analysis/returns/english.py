"""Figures out of an English paragraph: the same promise as for Chinese, by a grammar of its own.

A number is placed where a verb or a noun of the sentence says what it counts and every word beside it is understood; any
other is listed with the reason.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.returns.english_times import english_spans
from analysis.returns.figures import AMOUNTS, CHANGE, kind_of
from analysis.returns.numbers import Number
from analysis.returns.page import (
    EARLIER,
    IN_DOUBT,
    LAST_YEAR,
    NO_TARGET,
    NO_WORD,
    NOT_YEARLY,
    ROUGH,
    SCOPE_OPEN,
    Page,
    PageRow,
    Statement,
)
from analysis.returns.subjects import UNNAMED
from analysis.vocabulary.indicator_sets.rates import Sets
from analysis.vocabulary.text import Text

NUMBER = re.compile(
    r"(?<![\w.,])(?P<money>(?:RMB|CNY|¥|￥)\s*)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w]*\d)"
    r"(?P<unit>\s*(?:percentage points?|%|percent\b|per cent\b)|(?:\s*(?P<times>thousand|million|billion))?(?:\s+(?P<yuan>yuan|RMB|CNY)\b)?)",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9\"“])|\n|;")
ABOUT = re.compile(
    r"\b(?:about|nearly|almost|some|around|approximately|(?<!carried )(?<!left )over|more than|roughly|close to)\s*$",
    re.IGNORECASE,
)
BOUND = re.compile(
    r"\b(?:at least|no less than|not less than|target|aims?|goal|should|must|required|exceed(?:ed|ing)?|above|below|under)\b[^,;]*$",
    re.IGNORECASE,
)
EACH = re.compile(r"\b(?:on average|average|per judge|each judge|per capita|each|every)\b", re.IGNORECASE)
YEARLY = re.compile(
    r"year[- ]on[- ]year|(?:previous|last|preceding|prior) year|year earlier|year before|same period", re.IGNORECASE
)
MONTHLY = re.compile(
    r"month[- ]on[- ]month|quarter[- ]on[- ]quarter|previous (?:month|quarter)|annually", re.IGNORECASE
)
CASES = re.compile(
    r"\s*(?P<kind>(?:[A-Za-z][\w'’-]*\s+){0,5}?)(?P<noun>cases?|ones|petitions|letters and visits)\b", re.IGNORECASE
)
ACTIVE = r"\b(?:{0})\s+(?:a total of\s+|in total\s+|altogether\s+|another\s+|the\s+)*$"
AUXILIARY = r"(?:(?:were|was|are|had been|have been|has been|being|still|remained|also|newly)\s+)"
# 99 cases accepted, 99 of which were filed; after a comma the verb needs its auxiliary: ", concluded 88"
PASSIVE = rf"^(?:\s*,?\s*(?:of (?:which|them|these)\s+)?{AUXILIARY}+|\s*(?:of (?:which|them)\s+)?)(?:{{0}})\b"
SUBJECT = (
    r"\b(?:{0})(?:\s+of\s+[\w -]*cases)?\s+(?:\w+\s+)?(?:of|was|were|is|numbered|reached|totall?ed|stood at|came to|amounted to"
    r"|(?:rose|fell|grew|dropped|declined|increased|decreased|climbed) to)\s*$"
)
LIST = re.compile(r"[\s,]*(?:and|as well as)?\s*")
ENGLISH = 0.2  # Han characters to letters, below which a text is English
COURT = re.compile(
    r"(?:[A-Z][\w’']+\s+){1,4}(?:(?:District|County|City|Intermediate|High)\s+)*(?:People['’]s\s+)?Courts?\b"
)
OF_ENFORCEMENT = ("recovery_rate", "actual_enforcement_rate", "amount_recovered")
A_MEAN = Text("是平均数，该数没有对应的列", "it is an average: there is no column for it")


def is_english(text: str) -> bool:
    """Return whether a text is in English, but for names.

    >>> is_english("In 2021 the court closed 99 cases."), is_english("2021年结案99件")
    (True, False)
    """
    han, letters = len(re.findall("[\u4e00-\u9fa5]", text)), len(re.findall("[A-Za-z]", text))
    return letters > 0 and han < ENGLISH * letters


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("analysis.returns").joinpath("english.toml").read_text(encoding="utf-8"))


@cache
def _named(kind: str, form: str) -> list[tuple[str, re.Pattern[str]]]:
    """Each measure of a kind with its words in a form; those of several words first."""
    listed = [(word, name) for name, words in _words()[kind].items() for word in words]
    listed.sort(key=lambda pair: -len(pair[0]))
    return [(name, re.compile(form.format(word), re.IGNORECASE)) for word, name in listed]


def _first(kind: str, form: str, text: str) -> str:
    """The measure of the longest word of a kind that a text has in a form; empty for none."""
    return next((name for name, pattern in _named(kind, form) if pattern.search(text)), "")


@cache
def _understood() -> re.Pattern[str]:
    told = _words()
    patterns = [word for kind in told.values() for words in kind.values() for word in words]
    return re.compile(rf"\b(?:{'|'.join(sorted(patterns, key=len, reverse=True))})\b", re.IGNORECASE)


class EnglishReader(Page):
    """Goes through the numbers of an English text, sentence by sentence."""

    moved: tuple[PageRow, str] | None  # whose change was said last
    listed: list[tuple[PageRow, str] | None]  # measures whose changes are still to come

    def __init__(
        self, text: str, court: str | None, published: date | None, source: str | None, sets: Sets = None
    ) -> None:
        super().__init__(text, court, published, source, sets)
        self.text = text.replace("\u2019", "'")
        self.spans = list(english_spans(self.text, published))
        self.breaks = [0, *(m.end() for m in SENTENCE.finditer(self.text)), len(self.text)]
        named = [(m.start(), m.end(), re.sub(r"^(?:In|The|At)\s+", "", m[0])) for m in COURT.finditer(self.text)]
        several = len({name for *_, name in named}) > 1
        self.courts = [(0, 0, court)] if court and not several else named
        self.known_scope, self.at = "", 0

    def statement(self) -> Statement:
        """Read all sentences."""
        for start, end in zip(self.breaks, self.breaks[1:], strict=False):
            found = list(self._numbers(start, end))
            self.told: list[tuple[PageRow, str] | None] = []
            self.scope, self.open, self.moved, self.listed, self.yearly = "", "", None, [], False
            for at, number in enumerate(found):
                before = found[at - 1].end if at else start
                after = found[at + 1].start if at + 1 < len(found) else end
                left = len(self.unplaced)
                words = self.text[before : number.start], self.text[number.end : after]
                self._number(number, found[at + 1 :], *words, end)
                if len(self.unplaced) > left and self.unplaced[-1]["reason"] != EARLIER.cell:
                    self.told.append(None)
            self.known_scope = self.scope or self.known_scope
        self.place_times()
        return self.result()

    def _numbers(self, start: int, end: int) -> Iterator[Number]:
        for found in NUMBER.finditer(self.text, start, end):
            at = found.start("digits")  # of "compared with 456 cases in 2018" the year alone is a time
            if any((s.start if s.stretch else s.end - len("2018")) <= at < s.end for s in self.spans):
                continue
            unit = (found["unit"] or "").strip().lower()
            times = (found["times"] or "").lower()
            digits = found["digits"].replace(",", "")
            if unit.startswith("percentage"):
                unit = "个百分点"
            elif unit in ("%", "percent", "per cent"):
                unit = "%"
            elif found["money"] or found["yuan"]:
                digits, unit = _scaled(
                    digits, {"thousand": "千元", "million": "百万元", "billion": "亿元"}.get(times, "元")
                )
            else:
                digits, unit = _scaled(
                    digits, {"thousand": "千件", "million": "百万件", "billion": "亿件"}.get(times, "件")
                )
            about = bool(ABOUT.search(self.text[start : found.start()]))
            ended = found.end() if (found["unit"] or "").strip() else found.end("digits")
            yield Number(found.start(), ended, digits, unit, about=about)

    # -- one number -----------------------------------------------------------------------------------------------

    def _number(self, number: Number, later: list[Number], left: str, right: str, end: int) -> None:
        clause = re.split(r"[,;:]|\b(?:and|while|but)\b", left)[-1]
        here = re.split(r"[,;]|\b(?:and|while|but)\b", right)[0]
        if number.about:
            self.leave(number, ROUGH)
        elif BOUND.search(left):
            self.leave(number, IN_DOUBT)
        elif EACH.search(here) or EACH.search(clause):
            self.leave(number, A_MEAN)
        elif number.unit in ("%", "个百分点") and self._is_change(left, right):
            self._change(number, later, left, right, end)
        elif re.search(r"\bfrom\s*$", left):
            self.leave(number, EARLIER)
            self.moved = next((one for one in self._targets(left, 1) if one), None)
        elif re.search(r"\b(?:compared (?:with|to)|against|than)\s*(?:the\s+)?$", left):
            self.leave(number, LAST_YEAR)
        elif number.unit == "个百分点":
            self.leave(number, NO_TARGET)
        else:
            self._figure(number, left, clause, right, here)

    def _figure(self, number: Number, left: str, clause: str, right: str, here: str) -> None:
        """Place a rate, a sum or a count, if its words are understood."""
        kind = "rate" if number.unit == "%" else "amount" if number.unit.endswith("元") else "count"
        if self.moved and re.search(r"\bto\s*$", left) and kind_of(self.moved[1], self.sets) == kind:
            self._put(number, self.moved[1], self.moved[0])
            return
        if kind == "rate":
            measure, scope = (
                _first("rates", r"\b(?:{0})\b(?:(?!\b(?:closure|recovery|enforcement) rate)[^,;])*$", left)
                or _first("rates", r"^\s*(?:{0})\b", right),
                "",
            )
            scope = _first("scopes", r"\b(?:{0})(?:\s+cases)?\b", clause) if measure else ""
        elif kind == "amount":
            measure, scope = self._amount(left, here), ""
        else:
            measure, scope = self._count(left, clause, right)
        if not measure:
            self.leave(number, NO_WORD)
            named = CASES.match(right)
            self.open = "list" if named and named["kind"] else self.open  # of which cases the next figures are is open
            return
        odd = self._not_understood(number, clause, here if kind != "rate" else "")
        if odd:
            self.leave(number, Text(f"不明白“{odd}”说的是哪些案件", f"it is not clear which cases “{odd}” speaks of"))
            return
        if self.open and not scope:
            self.leave(number, SCOPE_OPEN)
            return
        scope = scope or self.scope
        self.scope = self.scope if self.open else scope
        if of_enforcement := _scope_of(measure, scope):
            scope = of_enforcement
        elif not scope and self.known_scope and not self.told:
            self.leave(number, SCOPE_OPEN)
            return
        self._put(number, measure, self._row(number, scope))

    def _count(self, left: str, clause: str, right: str) -> tuple[str, str]:
        """The measure and the kind of cases of a count."""
        noun = CASES.match(right)
        kind, called = (noun["kind"], noun["noun"].lower()) if noun else ("", "")
        behind = right[noun.end() :] if noun else right
        last = self.told[-1] if self.told else None
        scope = _first("scopes", r"^(?:new(?:ly \w+)?\s+)?(?:{0})\s*$", kind) or _first(
            "scopes", r"^\s*(?:{0})\b", behind
        )
        if last and (among := re.match(r"\s*were\s+", right)) and (of := CASES.match(right[among.end() :])):
            scope = _first("scopes", r"^(?:{0})\s*$", of["kind"])  # of which 1,987 were enforcement cases
            self.open = "whole"
            return (last[1], scope) if scope else ("", "")
        if called in ("petitions", "letters and visits"):
            return "petitions", scope or _first("scopes", r"\b(?:{0})\b", right.partition(".")[0])
        rest = left[named.end() :] if (named := CASES.match(left)) else left
        measure = _first("verbs", ACTIVE, clause) or _first("verbs", PASSIVE, behind)
        if not measure and re.search(r"\bpending\b", kind):
            measure = "closing"
        if measure in ("received", "") and re.match(r"\s*new(?:ly)?\b", kind or called):
            measure = "filed"
        if not measure and (measure := _first("nouns", SUBJECT, clause)):
            scope = _first("scopes", r"\b(?:{0})\b", clause)
        if measure in ("closed", "petitions_resolved"):
            of_petitions = last and last[1] == "petitions"
            measure = "petitions_resolved" if of_petitions else "closed" if noun or measure == "closed" else ""
        if not measure and scope and last and (LIST.fullmatch(rest) or re.search(r"\bincluding\s+$", rest)):
            self.open = "whole" if self.open == "whole" or "including" in rest else "list"
            return last[1], scope
        self.open = "" if scope or (self.open == "whole" and called == "cases") else self.open
        return measure, scope

    def _amount(self, left: str, here: str) -> str:
        around = left + " " + here
        measure = _first("amounts", r"\b(?:{0})\b", around)
        if measure:
            return measure
        last = self.told[-1][1] if self.told and self.told[-1] else ""
        if re.search(r"\b(?:involving|worth)\b", left):
            return {"closed": "amount_closed", "received": "amount_received", "filed": "amount_received"}.get(last, "")
        return ""

    def _not_understood(self, number: Number, clause: str, here: str) -> str:
        """The first word beside a number that is not known, but for courts and times; empty where all are."""
        start = number.start - len(clause)
        chars = list(self.text[start : number.start] + " " + self.text[number.end : number.end + len(here)])
        offset = [*range(start, number.start), -1, *range(number.end, number.end + len(here))]
        named = [(s.start, s.end) for s in self.spans] + [m.span() for m in COURT.finditer(self.text)]
        plain = "".join(" " if any(a <= at < b for a, b in named) else c for c, at in zip(chars, offset, strict=True))
        found = re.search(r"[A-Za-z][\w'-]*", _understood().sub(" ", plain))
        return found[0] if found else ""

    # -- changes --------------------------------------------------------------------------------------------------

    def _is_change(self, left: str, right: str) -> bool:
        words = "|".join((*_words()["change"]["up"], *_words()["change"]["down"]))
        ahead = re.search(rf"\b(?:{words})\s+(?:of|by|to)?\s*(?:about\s+)?$", left, re.IGNORECASE)
        behind = re.match(rf"\s*(?:year[- ]on[- ]year\s+)?(?:{words})\b", right, re.IGNORECASE)
        return bool((ahead and not re.search(r"\bto\s*$", left)) or behind or (self.listed and LIST.fullmatch(left)))

    def _change(self, number: Number, later: list[Number], left: str, right: str, end: int) -> None:
        count = 1 + sum(1 for _ in _listed(self.text, number, later))
        if not (self.listed and LIST.fullmatch(left)):
            down = "|".join(_words()["change"]["down"])
            said = re.search(rf"\b(?:{down})\b[^,;]*$", left, re.IGNORECASE) or re.match(
                rf"\s*(?:{down})\b", right, re.IGNORECASE
            )
            self.sign = "-" if said else ""
            self.listed = self._targets(left, count)
            last = [number, *later][count - 1]
            tail = self.text[last.end : min(end, next((n.start for n in later if n.start > last.end), end))]
            rest = self.text[last.end : end]  # increased by 7.6% to 99 and by 8.1% to 88 year on year
            told = self.yearly or (YEARLY.search(rest) and not MONTHLY.search(rest))
            self.yearly = self._is_yearly(number, left, tail) or bool(told and not MONTHLY.search(left + tail))
        if not self.listed:
            self.leave(number, NO_TARGET)
            return
        target = self.listed.pop(0)
        if not self.yearly:
            self.leave(number, NOT_YEARLY)
        elif target is None or (kind_of(target[1], self.sets) == "rate") != (number.unit == "个百分点"):
            self.leave(number, NO_TARGET)
        else:
            self.moved = row, measure = target
            self.enter(number, measure + CHANGE, number.unit, row, self.sign)

    def _targets(self, left: str, count: int) -> list[tuple[PageRow, str] | None]:
        """Whose changes follow: a measure named as the subject, else what was counted last."""
        subject = re.split(r"[,;]|\b(?:and|while|but)\b", left)[-1]
        measure = _first("nouns", r"\b(?:{0})\b", subject) or _first("rates", r"\b(?:{0})\b", subject)
        if measure and count == 1:
            scope = _first("scopes", r"\b(?:{0})\b", subject) or self.scope
            known = next((one for one in self.told if one and one[1] == measure and one[0].scope == scope), None)
            return [known or (self._row_at(_scope_of(measure, scope)), measure)]
        return self.told[-count:] if len(self.told) >= count else []

    def _is_yearly(self, number: Number, left: str, tail: str) -> bool:
        around = f"{left} {tail}"
        if MONTHLY.search(around):
            return False
        span = self._span(number.start)
        others = [
            s for s in self.spans if not s.stretch and number.start - len(left) <= s.start < number.end + len(tail) + 60
        ]
        if span and span.year and any(re.search(rf"{span.year - 1}\b", s.text) for s in others):
            return True
        return bool(YEARLY.search(around))

    # -- rows -----------------------------------------------------------------------------------------------------

    def _put(self, number: Number, measure: str, row: PageRow) -> None:
        if (kind_of(measure, self.sets) == "rate") != (number.unit == "%") or (
            measure in AMOUNTS
        ) != number.unit.endswith("元"):
            self.leave(number, NO_WORD)
            return
        self.at = number.start
        self.enter(number, measure, number.unit, row)

    def _row(self, number: Number, scope: str) -> PageRow:
        self.at = number.start
        return self._row_at(scope)

    def _row_at(self, scope: str) -> PageRow:
        span, court = self._span(self.at), self._court()
        for row in self.rows:
            if (row.court, row.scope) == (court, scope) and (
                row.span is span or (row.span and span and row.span.text == span.text)
            ):
                return row
        return PageRow(court, scope, span, False)

    def _court(self) -> str:
        named = [c for c in self.courts if c[0] <= self.at]
        return str((named or self.courts or [(0, 0, UNNAMED)])[-1][2])

    def _span(self, at: int) -> Any:
        """The time of a place: of its sentence the one before it, else the one behind it; else the last one said."""
        start = max(b for b in self.breaks if b <= at)
        end = min((b for b in self.breaks if b > at), default=len(self.text))
        here = [s for s in self.spans if s.stretch and start <= s.start < end]
        before = [s for s in self.spans if s.stretch and s.end <= at]
        ahead = [s for s in here if s.end <= at]
        return ahead[-1] if ahead else here[0] if here else before[-1] if before else None


def _scope_of(measure: str, scope: str) -> str:
    """The kind of cases of a measure: one of enforcement says so by itself."""
    return scope if measure not in OF_ENFORCEMENT or scope.endswith("执行案件") else "执行案件"


def _listed(text: str, number: Number, later: list[Number]) -> Iterator[Number]:
    """The numbers that follow one in a list."""
    last = number
    for other in later:
        if not LIST.fullmatch(text[last.end : other.start]):
            return
        yield other
        last = other


def _scaled(digits: str, unit: str) -> tuple[str, str]:
    """2.34 billion yuan as 23.4亿元: the digits that are printed stay as many."""
    if unit != "亿元":
        return digits, unit
    whole, _, part = digits.partition(".")
    return (f"{whole}{part[:1]}" + (f".{part[1:]}" if part[1:] else ""), unit) if part else (f"{digits}000", "百万元")
