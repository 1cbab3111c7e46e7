"""Changes on last year in English, and figures of an earlier time beside this one's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from analysis.returns.english_times import MONTH, NO_STRETCH, SMALL, YEAR, month_ended
from analysis.returns.english_words import COURT, first_measure, kind_named, moves, understood, words
from analysis.returns.figures import CHANGE, DIFFERENCE, kind_of
from analysis.returns.numbers import Number
from analysis.returns.page import LAST_YEAR, NO_TARGET, NOT_YEARLY, Page, PageRow, same_time
from analysis.returns.times import Span, a_year_before, years_before
from analysis.returns.verbless import kind_of_unit
from analysis.vocabulary.text import Text

YEARLY = re.compile(
    r"year[- ]on[- ]year|(?:previous|last|preceding|prior) year|year earlier|year before|same (?:period|quarter|month|half)",
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
NEAR = 3  # words at most between a figure and the bracket that gives it of another year
LIST = re.compile(r"[\s,]*(?:and|as well as)?\s*")

SUBJECT = re.compile(r"[,;(]|\b(?:and|while|but)\b")
COMPARED = re.compile(r"\b(?:compared (?:with|to)|against|than|versus|(?:up|down) from)\s*(?:the\s+)?$", re.IGNORECASE)
OF_YEAR = re.compile(rf"^\(?[^()]*?\b(?P<year>{YEAR})\s*:\s*$")  # (2022: 6,930; 2020: 3,340)
THEN = re.compile(
    rf"\s*(?:cases\s+)?(?:(?:in|at the end of) (?P<year>{YEAR})|at the end of (?P<month>{MONTH})(?!,?\s*\d)"
    r"|(?P<last>(?:in )?the (?:year before|previous year)|a year (?:earlier|before|ago)))\b",
    re.IGNORECASE,
)


class EnglishChanges(Page):
    """A page in English whose changes on last year are placed with the figures that they are of."""

    moved: tuple[PageRow, str] | None = None  # whose change was said last
    listed: list[tuple[tuple[PageRow, str] | None, str]]  # measures whose changes are still to come, and their signs
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
        ended = bool(said and said["year"] and measure == "closing" and "end of" in said[0])
        if said and ended:  # from 454 at the end of 2021
            then = month_ended(int(said["year"]), "December", number.start)
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
        span = row.span if row else None
        then = years_before(span, span.last.year - year) if span and span.last and near else None
        if row and then and kind_of(measure, self.sets) == kind_of_unit(number.unit):
            self._put_aside(number, measure, self.row_in(row.court, row.scope, then))
        else:
            self.leave(number, LAST_YEAR)

    def bracket(self, at: int) -> int:
        """Return where the bracket opens in which a place stands; the place itself without one."""
        return next((a for a, b in self.asides if a < at < b), at)

    def _put_aside(self, number: Number, measure: str, row: PageRow) -> None:
        """Place a figure of another time, of which what follows does not speak."""
        flow, told = [*self.flow], [*self.told]
        self.enter(number, measure, number.unit, row)
        self.flow, self.told = flow, told

    def _is_change(self, left: str, right: str) -> bool:
        ahead = re.search(rf"\b(?<!made )(?:{moves()})\s*(?:of|by|to)?\s*(?:about\s+)?$", left, re.IGNORECASE)
        behind = re.match(rf"\s*(?:cases\s+)?(?:year[- ]on[- ]year\s+)?(?:{moves()})\b", right, re.IGNORECASE)
        again = self.moved and re.search(r"\bby\s*$", left)  # and disposals by 2%
        return bool(
            (ahead and not re.search(r"\bto\s*$", left)) or behind or again or (self.listed and LIST.fullmatch(left))
        )

    def _change(self, number: Number, later: list[Number], left: str, right: str, end: int) -> None:
        together = [number, *self._in_list(number, later)]
        if not (self.listed and re.fullmatch(rf"{LIST.pattern}(?:{moves()})?\s*", left, re.IGNORECASE)):
            tail = self.text[
                together[-1].end : min(end, next((n.start for n in later if n.start > together[-1].end), end))
            ]
            sign = self._sign(left, right) or self.sign
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
            self.enter(number, measure + DIFFERENCE, number.unit, row, "-" if self.sign == "down" else "")
        elif number.unit != ("个百分点" if kind_of(measure, self.sets) == "rate" else "%"):
            self.leave(number, NO_TARGET)
        else:
            self.enter(number, measure + CHANGE, number.unit, row, "-" if self.sign == "down" else "")

    def _in_list(self, number: Number, later: list[Number]) -> Iterator[Number]:
        """The numbers that follow one in a list of changes: down 8% and up 5%."""
        last = number
        for other in later:
            if other.unit != last.unit and {other.unit, last.unit} - {"%", "个百分点"}:
                return
            if not re.fullmatch(rf"{LIST.pattern}(?:{moves()})?\s*", self.text[last.end : other.start], re.IGNORECASE):
                return
            yield other
            last = other

    def _sign(self, left: str, right: str) -> str:
        """Return the direction that is said beside a change; empty for none."""
        for name in ("up", "down"):
            told = "|".join(words()["change"][name])
            last = re.search(rf"\b(?:{told})\s*(?:of|by|to)?\s*(?:about\s+)?$", left, re.IGNORECASE)
            if last or re.match(rf"\s*(?:cases\s+)?(?:year[- ]on[- ]year\s+)?(?:{told})\b", right, re.IGNORECASE):
                return name
        return ""

    def _of_others(self, number: Number, subject: str) -> bool:
        """Return whether the subject before a change is none of what was counted last: while mediation rose 3%."""
        kinds = self.scopes_in(number.start - len(subject), number.start)
        last = self.told[-1][0].scope if self.told and self.told[-1] else ""
        return any(kind != last for *_, kind in kinds) or bool(self.not_understood(number, subject, ""))

    def not_understood(self, number: Number, clause: str, here: str) -> str:
        """The first word beside a number that is not known, but for courts and times; empty where all are."""
        start = number.start - len(clause)
        chars = list(self.text[start : number.start] + " " + self.text[number.end : number.end + len(here)])
        offset = [*range(start, number.start), -1, *range(number.end, number.end + len(here))]
        named = (
            [(s.start, s.end) for s in self.spans]
            + [s[:2] for s in self.scopes]
            + [m.span() for pattern in (COURT, NO_STRETCH) for m in pattern.finditer(self.text)]
        )
        plain = "".join(" " if any(a <= at < b for a, b in named) else c for c, at in zip(chars, offset, strict=True))
        found = re.search(r"[A-Za-z][\w'-]*", understood().sub(" ", plain))
        return found[0] if found else ""

    def _targets(self, number: Number, left: str, count: int) -> list[tuple[tuple[PageRow, str] | None, str]]:
        """Whose changes follow: a measure named as the subject, else what was counted last."""
        subject = SUBJECT.split(left)[-1]
        measure = self.names_a_measure(left)
        if not measure or count > 1:
            of_others = count == 1 and self._of_others(number, subject)
            return [(one, "") for one in self.told[-count:]] if len(self.told) >= count and not of_others else []
        self.measure = measure
        for kind in self.kinds_at(self.reach, subject):
            known = next((one for one in self.told if one and one[1] == measure and one[0].scope == kind), None)
            return [(known or (self.row(self.reach, kind), measure), "")]
        return []

    def names_a_measure(self, left: str) -> str:
        """The measure that the last clause before a number names as its subject; empty for none."""
        subject = SUBJECT.split(left)[-1]
        return (
            first_measure("rates", r"\b(?:{0})\b", subject)  # the recovery rate in closed cases
            or first_measure("nouns", r"\b(?:{0})\b", subject)
            or first_measure("nouns", r"\b(?:{0})\b", kind_named().sub("", subject))
        )

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
        return bool(YEARLY.search(around))

    def _said_yearly(self, at: int) -> bool:
        """Return whether the base said last in the text before a place is last year."""
        bases = sorted(
            [
                *((m.start(), True) for m in YEARLY.finditer(self.text, 0, at)),
                *((m.start(), False) for m in MONTHLY.finditer(self.text, 0, at)),
            ]
        )
        years = [s for s in self.spans if s.end <= at and not s.stretch]
        span, _ = self.span(at)
        last = span.last.year - 1 if span and span.last else None
        return bases[-1][1] if bases else any(f"{last}" in s.text for s in years)


def _monthly(said: str) -> bool:
    """Return whether words compare with the month or quarter before, and not with last year first."""
    monthly, yearly = MONTHLY.search(said), YEARLY.search(said)
    return bool(monthly and not (yearly and yearly.start() < monthly.start()))
