"""Several numbers of one measure that an English sentence lists: filings were 1,020, 965, 1,009 and 988 in the four quarters."""

from __future__ import annotations

import re

from analysis.returns.english_changes import EnglishChanges
from analysis.returns.english_times import quarters_of
from analysis.returns.numbers import Number
from analysis.returns.page import LISTED, PageRow
from analysis.returns.times import Span

QUARTERS = re.compile(
    r"\s*(?:cases\s+)?in (?:the|each of the) four quarters\b|\s*from the first to the fourth quarter\b", re.IGNORECASE
)
ENDED = re.compile(
    r"(?:\s+cases)?(?:,?\s+respectively)?\s*(?:[.;]|$|in\b|from\b|over\b)", re.IGNORECASE
)  # and no verb of the last number: fell to 12, and 11 were resolved


class EnglishLists(EnglishChanges):
    """A page in English whose lists of numbers are placed by quarters, or not at all."""

    series: dict[int, tuple[PageRow, str] | None]  # the place of each number of a list, by where it begins

    def list_from(self, number: Number, measure: str) -> None:
        """Say of the numbers of a list that begins with one in which rows they stand: those of the quarters, or none."""
        listed = [number, *self._in_list(number, self.found[self.found.index(number) + 1 :])]
        if len(listed) == 1 or not ENDED.match(self.text, listed[-1].end):
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
