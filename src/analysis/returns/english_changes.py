"""Changes on last year in English, and figures of an earlier time beside this one's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from analysis.returns.english_times import BEHIND as FAR
from analysis.returns.english_times import MONTH, NO_STRETCH, SMALL, YEAR, english_spans, month_ended
from analysis.returns.english_words import (
    COURT,
    NOUNS,
    first_measure,
    kind_named,
    measures_named,
    moves,
    understood,
    words,
)
from analysis.returns.figures import CHANGE, DIFFERENCE, kind_of
from analysis.returns.numbers import Number
from analysis.returns.page import LAST_YEAR, MONEY, NO_TARGET, NOT_YEARLY, Page, PageRow, same_time
from analysis.returns.times import Span, a_year_before, whole_year, years_before
from analysis.returns.verbless import kind_of_unit
from analysis.vocabulary.text import Text

YEARLY = re.compile(
    r"year[- ]on[- ]year|(?:previous|last|preceding|prior) year|year earlier|year before|(?:same|corresponding|equivalent) (?:period|quarter|month|half)",
    re.IGNORECASE,
)
MONTHLY = re.compile(
    r"month[- ]on[- ]month|quarter[- ]on[- ]quarter|previous (?:month|quarter)|annually"
    r"|(?:on|from|over|than(?: in)?|against|with|to) the (?:first|second|third|fourth|last) (?:quarter|half)(?! of)",
    re.IGNORECASE,
)
YEARS_BEFORE = re.compile(
    rf"(?:previous|preceding|prior) (?P<years>{'|'.join(SMALL)}) years", re.IGNORECASE
)  # the window before one of as many years
WITHIN = 8  # characters between a figure and the time that it is of
NEAR = 5  # words at most between a figure and the bracket that gives it of another year
LIST = re.compile(r"\)?[\s,]*(?:and|as well as)?\s*")

SUBJECT = re.compile(r"[,;(]|\b(?:and|while|but)\b")
COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|against|than|versus|vs\.?|(?:up|down) from)\s*(?:the\s+)?$", re.IGNORECASE
)
OF_YEAR = re.compile(rf"^\(?[^()]*?\b(?P<year>{YEAR})\s*:\s*$")  # (2022: 6,930; 2020: 3,340)
OR = re.compile(r"\s*(?:cases|yuan)?\s*,?\s*(?:\(?\s*or|\()\s*(?:by\s+)?")
BEGINNING = re.compile(rf"\s*(?:cases\s+)?at the (?:beginning|start) of (?:{YEAR}|the year)", re.IGNORECASE)
OF_MONEY = re.compile(r"\b(?:amounts?|money|sums?|funds?|value|proceeds)\b", re.IGNORECASE)
MORE_WERE = re.compile(
    r"\s*(?:more|fewer|less)\s+(?:[\w-]+\s+){0,4}?cases\s+(?:were|was|had been)\s+(?P<verb>(?:newly\s+)?\w+(?:\s+of)?)\b"
)
RIGHT_BEHIND = re.compile(
    rf"(?:\s+(?:(?!and\b|or\b)[a-z-]+\s+){{0,3}}?(?:{NOUNS}))?(?:\s+(?:it|we|they|the court)\s+(?:had\s+|has\s+)?\w+(?:\s+of)?"
    rf"|\s+(?:were\s+)?\w+ed(?:\s+of)?)?\s+(?:in\s+"
    rf"|during\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
NUMBER_OF = re.compile(r"\b(?:number|amount|volume|share|proportion)\b", re.IGNORECASE)
BY_AFTER = re.compile(
    r"\b(?:rose|fell|grew|dropped|declined|increased|decreased|climbed|improved)\b[^,;]*,\s*by\s*$", re.IGNORECASE
)
MORE_CASES = re.compile(r"\s*(?:more|fewer|less)\s+(?:[\w-]+\s+){0,4}?cases\b(?!\s+(?:were|was))")
OR_MORE = re.compile(
    r"\s*(?:cases\s+|yuan\s+)?(?:or|\()\s*[\d.]+\s*(?:%|per ?cent)\)?\s*(?P<what>more|fewer|less|higher|lower)\b"
)  # 234 or 11.1% more
SIGNED = re.compile(r"^[^,;.:()\d]{0,50}\(\s*(?P<sign>[+−–-])\s*$")  # 2,345 (+5.6%)
ABOVE = re.compile(
    r"\s*(?P<what>above|below|ahead of|short of)\s+(?:that|those|the|a year|last|its|our|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
BASED = re.compile(
    r"\s*(?:(?:more|fewer|less|higher|lower)\s+)?(?:above|below|over|from|than|(?:as )?compared|against|on(?! average)|since|versus|relative"
    r"|in comparison|with respect)\b",
    re.IGNORECASE,
)
SINCE = re.compile(
    r"\b(?:since|compared|comparison|against|versus|relative|cumulative|average|over the|in the (?:past|last))\b",
    re.IGNORECASE,
)
THEN = re.compile(
    rf"\s*(?:cases\s+)?(?:(?:\w+ed(?:\s+of)?|seen|set)\s+)?(?:(?:in(?: the (?:same|corresponding|equivalent) (?:period|months?|quarter"
    rf"|half)(?: of)?)?|at the end of"
    rf"|(?:at |by )?(?:the )?year[- ]end(?: of)?|(?:as )?at 31 December|on 31 December|at December 31,) (?P<year>{YEAR})"
    rf"|at the end of (?P<month>{MONTH})(?!,?\s*\d)"
    r"|(?P<last>(?:in )?the (?:year before|previous year)|a year (?:earlier|before|ago)))\b",
    re.IGNORECASE,
)


class EnglishChanges(Page):
    """A page in English whose changes on last year are placed with the figures that they are of."""

    moved: tuple[PageRow, str] | None = None  # whose change was said last
    listed: list[tuple[tuple[PageRow, str] | None, str]]  # measures whose changes are still to come, and their signs
    changed: tuple[PageRow, str, str, bool] | None = None  # the change placed last, its sign, whether in percent
    sign = ""
    yearly = False
    measure = ""

    # -- changes --------------------------------------------------------------------------------------------------

    def before(self, number: Number, what: tuple[PageRow, str] | None, right: str, reason: Text) -> None:
        """Place what a figure was before, where the text says when: down from 61 in 2023; else list it for a reason."""
        row, measure = what or (None, "")
        said, span = THEN.match(right), row.span if row else None
        then: Span | None = None
        if said and said["month"] and measure == "closing" and span and span.last:
            then = month_ended(span.last.year, said["month"], number.start)
        elif said and span and span.last and (span.first or (measure == "closing" and said["last"])):
            then = years_before(span, span.last.year - int(said["year"]) if said["year"] else 1)
        begun = BEGINNING.match(right) if measure == "closing" and row and row.span and row.span.is_a_year else None
        if begun and row:  # from 678 at the beginning of 2021 to 543 at its end
            self._put_aside(number, "opening", row)
            return
        ended = bool(said and said["year"] and measure == "closing" and re.search("end|December", said[0]))
        if said and ended:  # from 454 at the end of 2021
            then = month_ended(int(said["year"]), "December", number.start)
        span = row.span if row else None
        of_then = self._said_behind(number)
        if row and of_then and measure != "closing" and kind_of(measure, self.sets) == kind_of_unit(number.unit):
            self._put_aside(number, measure, self.row_in(row.court, row.scope, of_then))
            return
        rose_from = re.search(r"\bfrom\s*$", self.just_before(number.start))
        if (
            row and span and span.first and span.last and span.of_years and not said and rose_from
        ):  # between 2019 and 2021 filings went up from 99 to 120
            self.moved = self.row_in(row.court, row.scope, whole_year(span.last.year, number.start)), measure
            self._put_aside(
                number, measure, self.row_in(row.court, row.scope, whole_year(span.first.year, number.start))
            )
            return
        own = self.right_behind(number) if re.search(r"\bfrom\s*$", self.just_before(number.start)) else None
        if row and own and same_time(own, span) and kind_of(measure, self.sets) == kind_of_unit(number.unit):
            self._put_aside(number, measure, row)  # from 99 in the first half of 2021 to 110 in the first half of 2022
            later = self.found[self.found.index(number) + 1 :][:1]
            self.moved = self.moved if later and self.right_behind(later[0]) else None
            return
        of_base = next((s for s in self.spans if 0 <= s.start - number.end <= WITHIN and s.first and s.last), None)
        if of_base and measure != "closing" and not re.search("[,;.]", self.text[number.end : of_base.start]):
            then = of_base  # compared with 71.2 million yuan in the first half of 2021
        if (
            row
            and then
            and (ended or not same_time(then, span))
            and kind_of(measure, self.sets) == kind_of_unit(number.unit)
        ):
            self._put_aside(number, measure, self.row_in(row.court, row.scope, then))
        else:
            self.leave(number, reason)

    def of_year(self, number: Number, year: int) -> None:
        """Place a figure that a bracket gives of another year beside one: 7,512 applications (2022: 6,930)."""
        opened = self.bracket(number.start)
        figures = [n for n in self.found if n.end <= opened and n.start >= self.sentence(number.start)]
        row, measure = self.placed_as.get(figures[-1].start, (None, "")) if figures else (None, "")
        near = bool(figures) and len(self.text[figures[-1].end : opened].split()) <= NEAR
        span = row.span if row else whole_year(year, number.start)
        then = years_before(span, span.last.year - year) if span and span.last and near else None
        then = whole_year(year, number.start) if near and not span else then
        if row and then and kind_of(measure, self.sets) == kind_of_unit(number.unit):
            self._put_aside(number, measure, self.row_in(row.court, row.scope, then))
        else:
            self.leave(number, LAST_YEAR)

    def alone_in_bracket(self, number: Number) -> Span | None:
        """The earlier time of a figure that stands alone in a bracket: 4% fewer than in the year before (7,930); filed 9 (8 in 2020), closed 7 (6)."""
        opened = number.start - 1
        if self.text[opened] != "(" or self.text[number.end : number.end + 1] != ")":
            return None
        begun = self.sentence(number.start)
        bases = [s for s in self.spans if s.first and s.last and not s.stretch and begun <= s.start and s.end <= opened]
        if bases and not self.text[bases[-1].end : opened].strip():
            return bases[-1]
        aside = [n for n in self.found if begun <= n.start < number.start and self.bracket(n.start) < n.start]
        then, row = (
            (self.placed_as[aside[-1].start][0].span, self._figure_beside(number))
            if aside and aside[-1].start in self.placed_as
            else (None, None)
        )
        earlier = then and row and row[0].span and then.last and row[0].span.last and then.last < row[0].span.last
        return then if earlier else None

    def _figure_beside(self, number: Number) -> tuple[PageRow, str] | None:
        """The figure behind which a bracket opens right away."""
        before = self.found[self.found.index(number) - 1]
        near = len(self.text[before.end : number.start].split()) <= NEAR
        return self.placed_as.get(before.start) if near and before.start < number.start else None

    def of_then(self, number: Number, then: Span) -> None:
        """Place a figure of an earlier time under the measure that was counted last."""
        row, measure = self._figure_beside(number) or (self.flow[-1] if self.flow else (None, ""))
        if row and kind_of(measure, self.sets) == kind_of_unit(number.unit) and not same_time(row.span, then):
            self._put_aside(number, measure, self.row_in(row.court, row.scope, then))
        else:
            self.leave(number, LAST_YEAR)

    def bracket(self, at: int) -> int:
        """Return where the bracket opens in which a place stands; the place itself without one."""
        return next((a for a, b in self.asides if a < at < b), at)

    def _said_behind(self, number: Number) -> Span | None:
        """The stretch of time right behind a figure that is compared with: compared with 99 in the first half of 2021."""
        behind = self.text[number.end : number.end + FAR]
        own = next((s for s in english_spans(behind, None) if s.stretch and s.first and s.last), None)
        return own if own and RIGHT_BEHIND.fullmatch(behind, 0, own.start) else None

    def right_behind(self, number: Number) -> Span | None:
        """The stretch of time that stands right behind a figure and is its own: 99 cases in April, 88 in 2017."""
        behind = (s for s in self.spans if s.start >= number.end and s.stretch and s.first and s.last)
        span = next(behind, None)
        return span if span and RIGHT_BEHIND.fullmatch(self.text, number.end, span.start) else None

    def _put_aside(self, number: Number, measure: str, row: PageRow) -> None:
        """Place a figure of another time, of which what follows does not speak."""
        flow, told = [*self.flow], [*self.told]
        self.enter(number, measure, number.unit, row)
        self.flow, self.told = flow, told

    def _behind_list(self, number: Number) -> str:
        """The words behind a list that a number begins: 345 and 298 more than in 2021; empty where it is alone."""
        listed = [*self._in_list(number, self.found[self.found.index(number) + 1 :])]
        alike = listed and all(one.unit == number.unit for one in listed)
        joined = alike and "and" in self.text[([number, *listed])[-2].end : listed[-1].start]
        return self.text[listed[-1].end : listed[-1].end + FAR] if joined else ""

    def _is_change(self, number: Number, left: str, right: str) -> bool:
        ahead = re.search(
            rf"\b(?<!made )(?<!wound )(?<!winding )(?<!took )(?<!summed )(?<!adding )(?:{moves()})\s*(?:of|by|to)?\s*(?:about\s+)?$",
            left,
            re.IGNORECASE,
        )
        behind = re.match(rf"\s*(?:cases\s+)?(?:year[- ]on[- ]year\s+)?(?:{moves()})\b", right, re.IGNORECASE)
        again = (self.moved and re.search(r"\bby\s*$", left)) or self._of_next_measure(
            number, left
        )  # and disposals by 2%
        return bool(
            SIGNED.match(left)
            or BY_AFTER.search(left)
            or OR_MORE.match(self.text, number.end)
            or re.match(rf"\s*(?:cases\s+)?(?:{moves()})\b", self._behind_list(number), re.IGNORECASE)
            or self._before_or(left)
            or ABOVE.match(right)
            or (ahead and not re.search(r"\bto\s*$", left))
            or behind
            or again
            or (self.listed and LIST.fullmatch(left))
        )

    def _of_next_measure(self, number: Number, left: str) -> bool:
        """Return whether a percentage moved as the last did, of the measure named before it: filings rose 6.6% and closures 5.9%."""
        count = self.moved is not None and kind_of(self.moved[1], self.sets) != "rate"
        named = re.fullmatch(r"\s*(?:(?:year[- ]on[- ]year)\s*)?,?\s*and\s+(?P<what>[a-z ]+)", left)
        said = named["what"] if named else ""
        told = measures_named(said)
        alone = len(told) == 1 and not said[told[0][1] :].strip()  # and not: and the closure rate reached 99%
        return bool(count and alone and number.unit == "%" and self.changed)

    def _change(self, number: Number, later: list[Number], left: str, right: str, end: int) -> None:
        together = [number, *self._in_list(number, later)]
        if self._in_other_words(number, left):
            return
        if not (self.listed and re.fullmatch(_more_changes(number), left, re.IGNORECASE)):
            after = [n for n in later if n.start > together[-1].end]
            if after and OR.fullmatch(
                self.text, together[-1].end, after[0].start
            ):  # an increase of 99, or 12.9%, on 2019
                tail = self.text[after[0].end : min(end, after[1].start if len(after) > 1 else end)]
            else:
                tail = self.text[together[-1].end : min(end, after[0].start if after else end)]
            more = OR_MORE.match(self.text, number.end)
            sign = (
                self._sign(left, right)
                or self._sign("", more["what"] if more else self._behind_list(number))
                or self.sign
            )
            starts = [left, *(self.text[a.end : b.start] for a, b in pairwise(together))]
            signs = []
            for said in starts:
                sign = self._sign(said, right if said is left else "") or sign
                signs.append(sign)
            self.listed = list(zip([one for one, _ in self._targets(number, left, len(together))], signs, strict=False))
            rest = self.text[together[-1].end : end]  # increased by 7.6% to 99 and by 8.1% to 88 year on year
            monthly = _monthly(left + tail)
            self.yearly = self._is_yearly(number, left, tail) or (
                bool(self.yearly or YEARLY.search(rest) or self._said_yearly(number.start)) and not monthly
            )
        if not self.listed:
            self.leave(number, NO_TARGET)
            return
        target, self.sign = self.listed.pop(0)
        if target is None:
            self.leave(number, NO_TARGET)
            return
        self.moved = row, measure = target
        if not self.yearly:
            self.leave(number, NOT_YEARLY)
        elif number.unit[-1] in "件元" and kind_of(measure, self.sets) == kind_of_unit(
            number.unit
        ):  # 164 more than a year earlier
            self._enter_change(number, measure, DIFFERENCE, row)
        elif number.unit != ("个百分点" if kind_of(measure, self.sets) == "rate" else "%"):
            self.leave(number, NO_TARGET)
        else:
            self._enter_change(number, measure, CHANGE, row)

    def _enter_change(self, number: Number, measure: str, what: str, row: PageRow) -> None:
        sign = "-" if self.sign == "down" else ""
        self.enter(number, measure + what, number.unit, row, sign)
        self.changed = row, measure, sign, what == CHANGE

    def _before_or(self, left: str) -> bool:
        """Return whether a number says in other words the change before it: an increase of 99, or 12.9%."""
        return bool(self.changed and OR.fullmatch(left))

    def _in_other_words(self, number: Number, left: str) -> bool:
        """Place a change that says another in percent or as a difference: an increase of 99, or 12.9%; False where it is none."""
        if not self._before_or(left) or not self.changed:
            return False
        row, measure, sign, of_percent = self.changed
        self.changed = None
        percent = number.unit == "%"
        if (
            percent == of_percent
            or (percent and kind_of(measure, self.sets) == "rate")
            or not (percent or kind_of(measure, self.sets) == kind_of_unit(number.unit))
        ):
            self.leave(number, NO_TARGET)
        else:
            self.enter(number, measure + (CHANGE if percent else DIFFERENCE), number.unit, row, sign)
        return True

    def _in_list(self, number: Number, later: list[Number]) -> Iterator[Number]:
        """The numbers that follow one in a list of changes: down 8% and up 5%."""
        last = number
        for other in later:
            if other.unit != last.unit and {other.unit, last.unit} - {"%", "个百分点"}:
                return
            if not re.fullmatch(
                _more_changes(number),
                self.text[last.end : other.start],
                re.IGNORECASE,
            ):
                return
            yield other
            last = other

    def _sign(self, left: str, right: str) -> str:
        """Return the direction that is said beside a change; empty for none."""
        if signed := SIGNED.match(left):
            return "up" if signed["sign"] == "+" else "down"
        if beside := ABOVE.match(right):
            return "up" if beside["what"].lower() in ("above", "ahead of") else "down"
        for name in ("up", "down"):
            told = "|".join(words()["change"][name])
            if BY_AFTER.search(left) and re.search(rf"\b(?:{told})\b", left, re.IGNORECASE):
                return name
            last = re.search(rf"\b(?:{told})\s*(?:of|by|to)?\s*(?:about\s+)?$", left, re.IGNORECASE)
            if last or re.match(rf"\s*(?:cases\s+)?(?:year[- ]on[- ]year\s+)?(?:{told})\b", right, re.IGNORECASE):
                return name
        return ""

    def _of_others(self, number: Number, subject: str) -> bool:
        """Return whether the subject before a change is none of what was counted last: while mediation rose 3%."""
        kinds = self.scopes_in(number.start - len(subject), number.start)
        last = self.told[-1][0].scope if self.told and self.told[-1] else ""
        return any(kind != last for *_, kind in kinds) or bool(self.not_understood(number, subject, ""))

    @cached_property
    def of_no_kind(self) -> list[tuple[int, int]]:
        """Where the text names courts, or times that are no stretch."""
        return [m.span() for pattern in (COURT, NO_STRETCH) for m in pattern.finditer(self.text)]

    def not_understood(self, number: Number, clause: str, here: str) -> str:
        """The first word beside a number that is not known, but for courts and times; empty where all are."""
        start = number.start - len(clause)
        chars = list(self.text[start : number.start] + " " + self.text[number.end : number.end + len(here)])
        offset = [*range(start, number.start), -1, *range(number.end, number.end + len(here))]
        until = number.end + len(here)
        named = (
            [(s.start, s.end) for s in self.spans]
            + [s[:2] for s in self.scopes]
            + [aside for aside in self.asides if aside[0] >= number.end]
            + self.of_no_kind
        )
        named = [(a, b) for a, b in named if a < until and b > start]
        plain = "".join(" " if any(a <= at < b for a, b in named) else c for c, at in zip(chars, offset, strict=True))
        found = re.search(r"[A-Za-z][\w'-]*", understood().sub(" ", plain))
        return found[0] if found else ""

    def _targets(self, number: Number, left: str, count: int) -> list[tuple[tuple[PageRow, str] | None, str]]:
        """Whose changes follow: a measure named as the subject, else what was counted last."""
        if count == 1 and (more := MORE_WERE.match(self.text, number.end)):  # 15.6% more cases were closed than in 2015
            self.measure = first_measure("verbs", r"\b(?:{0})\b", more["verb"])
            self.reach = next((s[1] for s in self.scopes if number.end <= s[0] < more.end()), self.reach)
            kinds = self.kinds_at(self.reach, "") if self.measure else []
            more_of: list[tuple[tuple[PageRow, str] | None, str]] = [
                ((self.row(self.reach, kind), self.measure), "") for kind in kinds
            ]
            return more_of[:1]
        closed = (
            first_measure("verbs", r"\b(?:{0})\s+$", left)
            if count == 1 and MORE_CASES.match(self.text, number.end)
            else ""
        )
        if closed:  # closed 345 more enforcement cases in 2021 than in 2020
            self.measure = closed
            behind = MORE_CASES.match(self.text, number.end)
            self.reach = next((s[1] for s in self.scopes if behind and number.end <= s[0] < behind.end()), self.reach)
            return [((self.row(self.reach, kind), closed), "") for kind in self.kinds_at(self.reach, "")[:1]]
        begun, at = self.bracket_begun(number.start), self.found.index(number)
        if (
            begun >= 0
            and count == 1
            and at
            and self.found[at - 1].start > begun
            and self.found[at - 1].start in self.placed_as
        ):
            return [(self.placed_as[self.found[at - 1].start], "")]  # (3,012, down 7.8%)
        if SIGNED.match(left):
            return [(self.placed_as.get(self.found[self.found.index(number) - 1].start), "")]
        subject = SUBJECT.split(left)[-1]
        measure = self.names_a_measure(left)
        if not measure and count == 1 and (of_kind := self._of_other_kind(number, subject)):
            return [(of_kind, "")]
        if not measure or count > 1:
            of_others = count == 1 and self._of_others(number, subject)
            return [(one, "") for one in self.told[-count:]] if len(self.told) >= count and not of_others else []
        self.measure = measure
        for kind in self.kinds_at(self.reach, subject):
            known = next((one for one in self.told if one and one[1] == measure and one[0].scope == kind), None)
            row = self.row(self.reach, kind, of_money=measure.startswith(MONEY))
            return [(known or (row, measure), "")]
        return []

    def _of_other_kind(self, number: Number, subject: str) -> tuple[PageRow, str] | None:
        """The measure counted last, of another kind of cases that a subject names: civil filings rose 5% to 99, criminal cases fell 3% to 9."""
        named = self.scopes_in(number.start - len(subject), number.start)
        last = (self.told[-1] if self.told else None) or self.moved
        if (
            len(named) != 1
            or not last
            or NUMBER_OF.search(subject)
            or last[0].scope in ("", named[0][2])
            or self.not_understood(number, subject, "")
        ):
            return None
        row = last[0]
        return (self.row_in(row.court, named[0][2], row.span), last[1]) if row.span else None

    def names_a_measure(self, left: str) -> str:
        """The measure that the last clause before a number names as its subject; empty for none."""
        subject = SUBJECT.split(left)[-1]
        if (
            not re.search("[a-z]{5}", re.sub(r"\b(?:from|respectively)\b", "", subject))
            and len({m for *_, m in measures_named(left)}) == 1
        ):
            subject = left  # the caseload has doubled in five years, from 99
        named = (
            first_measure("rates", r"\b(?:{0})\b", subject)  # the recovery rate in closed cases
            or first_measure("nouns", r"\b(?:{0})\b", subject)
            or first_measure("nouns", r"\b(?:{0})\b", kind_named().sub("", subject))
        )
        if named or not OF_MONEY.search(subject):
            return named
        return first_measure("amounts", r"\b(?:{0})\b", subject)

    def _is_yearly(self, number: Number, left: str, tail: str) -> bool:
        span, _ = self.span(number.start)
        near = (number.start - len(left), number.end + len(tail) + 60)
        others = [s for s in self.spans if not s.stretch and near[0] <= s.start < near[1]]
        based = next(
            (s for s in others if s.first and s.last and number.end <= s.start <= number.end + len(tail)), None
        )
        if based:  # on the second half of 2021
            return bool(span) and same_time(based, a_year_before(span) if span else None)
        around = f"{left} {tail}"
        if _monthly(around):
            return False
        year = span and (span.year or (span.last and span.last.year))
        if year and any(re.search(rf"{year - 1}\b", s.text) for s in others):
            return True
        if (years := YEARS_BEFORE.search(around)) and span and span.first and span.last:
            return SMALL[years["years"].lower()] == span.last.year - span.first.year + 1
        return bool(YEARLY.search(around)) or self._of_a_year(number, tail)

    def _of_a_year(self, number: Number, tail: str) -> bool:
        """Return whether a change of a whole year's figure is said without any base, which then is the year before: fell by 6.1% in 2020."""
        span, _ = self.span(number.start)
        based = BASED.match(tail) or SINCE.search(self.text, self.sentence(number.start), number.start)
        return bool(
            span
            and (span.is_a_year or (span.last and not span.first and (span.last.month, span.last.day) == (12, 31)))
            and not self.time_open
            and not based
            and not self._said_a_base(number.start)
        )

    def _said_a_base(self, at: int) -> bool:
        """Return whether the text said before a place with what it compares."""
        return any(said < at and not yearly for said, yearly in self.bases_said) or any(
            s.end <= at and not s.stretch for s in self.spans
        )

    @cached_property
    def bases_said(self) -> list[tuple[int, bool]]:
        """Where the text says with what it compares, and whether with last year."""
        yearly = [(m.start(), True) for m in YEARLY.finditer(self.text)]
        return sorted([*yearly, *((m.start(), False) for m in MONTHLY.finditer(self.text))])

    def _said_yearly(self, at: int) -> bool:
        """Return whether the base said last in the text before a place is last year."""
        bases = [yearly for said, yearly in self.bases_said if said < at]
        years = [s for s in self.spans if s.end <= at and not s.stretch]
        span, _ = self.span(at)
        last = span.last.year - 1 if span and span.last else None
        return bases[-1] if bases else any(f"{last}" in s.text for s in years)


def _more_changes(number: Number) -> str:
    """A pattern of what stands between the numbers of a list; between changes it may say each: 5.6% and a decrease of 12.3%."""
    each = rf"(?:(?:an? )?(?:{moves()})\s*(?:of|by)?)?" if number.unit in ("%", "个百分点") else rf"(?:{moves()})?"
    return rf"{LIST.pattern}{each}\s*"


def _monthly(said: str) -> bool:
    """Return whether words compare with the month or quarter before, and not with last year first."""
    monthly, yearly = MONTHLY.search(said), YEARLY.search(said)
    return bool(monthly and not (yearly and yearly.start() < monthly.start()))
