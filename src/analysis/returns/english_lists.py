"""Several numbers of one measure that an English sentence lists: filings were 1,020, 965, 1,009 and 988 in the four quarters."""

from __future__ import annotations

import re

from analysis.returns.english_changes import LIST, EnglishChanges
from analysis.returns.english_times import quarters_of
from analysis.returns.english_words import NOUNS, kind_listed
from analysis.returns.figures import kind_of
from analysis.returns.numbers import Number
from analysis.returns.page import LISTED, PageRow, same_time
from analysis.returns.times import Span

QUARTERS = re.compile(
    r"\s*(?:cases\s+)?in (?:the|each of the) four quarters\b|\s*from the first to the fourth quarter\b", re.IGNORECASE
)
ENDED = re.compile(
    r"(?:\s+cases)?(?:,?\s+respectively)?\s*(?:[.;]|$|(?:in|from|over|for|at|across|among)\b)", re.IGNORECASE
)  # and no verb of the last number: fell to 12, and 11 were resolved

CASES = re.compile(
    rf"\s*(?!(?:and|or|while|but)\b)(?P<kind>(?:[A-Za-z][\w'’-]*\s+){{0,5}}?)(?P<noun>{NOUNS})\b", re.IGNORECASE
)
RIGHT_BEHIND = re.compile(rf"(?:\s+(?:new\s+)?(?:{NOUNS}))?\s+(?:in\s+|during\s+)?(?:the\s+)?", re.IGNORECASE)
AHEAD = 40  # characters behind a sum of money in which the verb of its cases stands


class EnglishLists(EnglishChanges):
    """A page in English whose lists of numbers are placed by quarters, or not at all."""

    series: dict[int, tuple[PageRow, str] | None]  # the place of each number of a list, by where it begins

    def list_from(self, number: Number, measure: str) -> None:
        """Say of the numbers of a list that begins with one in which rows they stand: those of the quarters, or none."""
        listed = [number]
        for one in self.found[self.found.index(number) + 1 :]:
            if one.unit != number.unit or not LIST.fullmatch(self.text, listed[-1].end, one.start):
                break
            listed.append(one)
        if not measure or len(listed) == 1 or not ENDED.match(self.text, listed[-1].end):
            return
        self.series |= dict.fromkeys(one.start for one in listed)
        span, _ = self.span(number.start)
        kinds = self.kinds_at(number.start, "", measure=measure)
        quarters = list(quarters_of(span)) if span and span.is_a_year else []
        years = self.times_listed(number)
        # the second list of a sentence takes the quarters of the first
        said = QUARTERS.search(
            self.text, self.sentence(number.start), listed[-1].end + len(" in each of the four quarters")
        )
        each = years or (quarters if said else [])
        if len(listed) == len(each) and len(kinds) == 1:
            for one, time in zip(listed, each, strict=True):
                self.series[one.start] = (self.row_in(self.court(number.start), kinds[0], time), measure)

    def times_listed(self, number: Number) -> list[Span]:
        """The times that a list takes in their order: in 2021 and 2022 it closed 99 and 88 respectively; none for no such list."""
        since = max(b for b in self.breaks if b <= number.start)
        end = next((b for b in self.breaks if b > number.start), len(self.text))
        times = [s for s in self.spans if s.stretch and since <= s.start < number.start]
        if not times:  # filings were 99 in 2017 and 110 in 2018; the closure rate was 93% and 95% respectively
            times = [s for s in self.spans if s.stretch and self.sentence(number.start) <= s.start < number.start]
        return times if len(times) > 1 and "respectively" in self.text[number.end : end] else []

    def one_of_list(self, number: Number) -> bool:
        """Place a number of a list, or list it as unplaced; False where it is in none."""
        if number.start not in self.series:
            return False
        if place := self.series[number.start]:
            self.enter(number, place[1], number.unit, place[0])
        else:
            self.leave(number, LISTED)
        return True

    def behind_list(self, number: Number) -> tuple[str, str]:
        """The noun and the words behind a list of kinds of cases that begins with a number: 99 civil and 9 criminal cases were filed."""
        later = self.found[self.found.index(number) :]
        for at, one in enumerate(later):
            rest = self.text[one.end : later[at + 1].start if at + 1 < len(later) else one.end + AHEAD]
            named = CASES.match(rest) or kind_listed().match(rest)
            if not named or not LIST.fullmatch(rest[named.end() :]):
                noun = named.groupdict().get("noun") or "" if named else ""
                return (noun, rest[named.end() :]) if named and at else ("", "")
        return "", ""

    def right_behind(self, number: Number) -> Span | None:
        """The stretch of time that stands right behind a figure and is its own: 99 cases in April, 88 in 2017."""
        behind = (s for s in self.spans if s.start >= number.end and s.stretch and s.first and s.last)
        span = next(behind, None)
        return span if span and RIGHT_BEHIND.fullmatch(self.text, number.end, span.start) else None

    def of_next_time(self, number: Number, kind: str) -> bool:
        """Place a figure that says nothing but its time after one that does: filings were 99 in 2017, 110 in 2018 and 120 in 2019."""
        at = self.found.index(number)
        before = self.found[at - 1] if at else number
        row, measure = self.placed_as.get(before.start, (None, ""))
        last, own = self.right_behind(before), self.right_behind(number)
        if not (row and last and own and kind_of(measure, self.sets) == kind) or same_time(last, own):
            return False
        if not re.fullmatch(rf"{LIST.pattern}(?:to\s+)?", self.text[last.end : number.start]):
            return False
        self.enter(number, measure, number.unit, self.row_in(row.court, row.scope, own))
        return True
