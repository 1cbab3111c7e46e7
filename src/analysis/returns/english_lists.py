"""Several numbers of one measure that an English sentence lists: filings were 1,020, 965, 1,009 and 988 in the four quarters."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from analysis.returns.english_changes import LIST, RIGHT_BEHIND, THEN, EnglishChanges
from analysis.returns.english_times import YEAR, quarters_of
from analysis.returns.english_words import (
    NOUNS,
    first_measure,
    kind_listed,
    kind_named,
    kinds_joined,
    measures_named,
    run_of,
)
from analysis.returns.figures import kind_of
from analysis.returns.numbers import Number
from analysis.returns.page import LISTED, PageRow, same_time
from analysis.returns.times import Span, single_years

QUARTERS = re.compile(
    r"\s*(?:cases\s+)?in the first, second, third,? and fourth quarters\b|\s*(?:cases\s+)?in (?:the|each of the) four quarters\b"
    r"|\s*from the first to the fourth quarter\b",
    re.IGNORECASE,
)
ENDED = re.compile(
    r"(?:\s+cases)?(?:,?\s+respectively)?,(?!\s*\d)|(?:\s+cases)?(?:,?\s+respectively)?\s*(?:[.;]|$|(?:in|from|over|for|at|across|among|while)\b"
    r"|and\s+(?:the\s+)?(?:closings|filings|disposals|receipts|closures|dispositions|pending|new|cases)\b)",
    re.IGNORECASE,
)  # and no verb of the last number: fell to 12, and 11 were resolved

CASES = re.compile(
    rf"\s*(?!(?:and|or|while|but)\b)(?P<kind>(?:[A-Za-z][\w'’-]*\s+){{0,5}}?)(?P<noun>{NOUNS})\b", re.IGNORECASE
)
SET_AGAINST = re.compile(r"\s*(?:cases\s+)?(?:against|versus|to|and)\s+")
OF_KIND = re.compile(r"\s*(?:(?:of|for)\s+(?:the\s+)?)?")
QUARTERS_END = 70  # characters in which the quarters of a list are said
OWN_VERB = re.compile(
    r"\s*(?:\w+\s+){0,4}?(?:were|was|of|are|had|remained|more|fewer|higher|lower)\b"
)  # not of the list: and 11 were resolved
AND_IN = re.compile(
    rf"[^,;.:()\d]{{0,40}}?(?:{NOUNS})?[;,\s]*(?:and|while|but|then)?\s*(?:in|for|during)\s+(?:the\s+)?", re.IGNORECASE
)
AND_BY = re.compile(r"[^,.:()\d]{0,40}?[;,\s]*(?:and|while|but|then)?\s*", re.IGNORECASE)
IT_WAS = re.compile(
    r",?\s*(?:(?:it|they|this|that|(?:the )?(?:figure|number|total|rate|amount))\s+)?(?:(?:was|were|had been|stood at|reached|came to|totalled"
    r"|(?:rose|fell|grew|dropped|climbed|increased|declined|had (?:fallen|risen|dropped|grown))(?: further| again| slightly)? to|to|at)\s+)?",
    re.IGNORECASE,
)
TO_COURT = re.compile(r"^[^.:()]*(?:[,;]|\b(?:and|while|whereas|but))\s+(?:that of\s+)?(?:[Tt]he\s+)?$")
OF_COURT = re.compile(r"\s*(?:,\s*)?(?:(?:with|had|it was|was|at|:)\s+)?(?:a total of\s+)?")
OF_RECEIVED = re.compile(
    r"\s*of the (?:total of )?[\d,]+ (?:[a-z-]+ ){0,4}cases (?:(?:it|we|they) (?:had )?)?accepted\b"
)
PARTICIPLE = r"^\s*(?:(?:were|was)\s+)?(?:{0}),?\s+(?:and|while|with)\s+$"
MANY = 2  # things listed, at least
NEXT_KIND = re.compile(
    rf"\s*(?:{NOUNS})?\s*(?:for|with|had|were|was|is|by|at|to|stood at|:|,)?\s*(?:a total of\s+)?", re.IGNORECASE
)
AHEAD = 40  # characters behind a sum of money in which the verb of its cases stands


class EnglishLists(EnglishChanges):
    """A page in English whose lists of numbers are placed by quarters, or not at all."""

    series: dict[int, tuple[PageRow, str] | None]  # the place of each number of a list, by where it begins

    def without_times(self, said: str) -> str:
        """Words without the times that they name: applications received in 2023 were 99."""
        said = re.sub(r"\s+for the \w+ (?:year|quarter|month) (?:running|in a row),?", "", said)
        said = re.sub(r"\bin (?:the|each of the) four quarters(?: of)?\s+", "in ", said)
        said = re.sub(
            rf"\b(?:in|for|during) (?:{YEAR}(?:,\s*(?:and\s+)?|\s+and\s+))+{YEAR}", "", said
        )  # in 2020, 2021 and 2022
        for text in sorted((s.text for s in self.spans if s.text in said), key=len, reverse=True):
            said = re.sub(rf"(?:\b(?:in|during|between|at|on|for)\s+)?(?:the\s+)?{re.escape(text)},?\s*", "", said)
        return re.sub(r"\s+(?:,\s*)*and\s+(?=(?:numbered|were|was|totalled|came|stood|amounted|reached)\b)", " ", said)

    # -- lists whose numbers are told apart by what is listed beside them ------------------------------------------

    def listed_in_turn(self, number: Number, left: str) -> bool:
        """Place a list of numbers that takes in turn measures, kinds of cases or times listed beside it; False where it is none."""
        listed = [number, *self._in_list(number, self.found[self.found.index(number) + 1 :])]
        if len(listed) == 1 and self._set_against(number, left):
            return self.one_of_list(number)
        end = self._clauses(number.start)[1]
        later = self.found[self.found.index(listed[-1]) + 1 :][:1]
        rest = self.text[listed[-1].end : min(end, later[0].start if later else end)]
        if len(listed) == 1 or number.unit == "个百分点" or not all(one.unit == number.unit for one in listed):
            return False
        places = self._next_kind(number, left, len(listed))
        if not places and re.search(r"\brespectively\b", f"{left} {rest}"):
            places = self._in_turn(number, left, rest, len(listed))
        elif not places and not OWN_VERB.match(rest):  # receipts and disposals for 2022 were 99 and 88 cases
            places = self._in_turn(number, left, rest, len(listed))
            places = places if None not in places else []
        shared = CASES.match(rest) and not OWN_VERB.match(rest) and not ENDED.match(self.text, listed[-1].end)
        if not places and number.unit == "件" and shared:
            places = [None] * len(listed)  # 99, 88 and 77 new cases in April, May and June
        if not places:
            return False
        self.series |= {one.start: place for one, place in zip(listed, places, strict=True)}
        return self.one_of_list(number)

    def _set_against(self, number: Number, left: str) -> bool:
        """Return whether two measures named before a colon have two numbers behind it: closings exceeded filings by 102: 2,312 against 2,210."""
        later = self.found[self.found.index(number) + 1 :][:1]
        since = self.segment(number.start)
        ahead = self.text[since : number.start]
        if not (later and left.rstrip().endswith(":") and SET_AGAINST.fullmatch(self.text, number.end, later[0].start)):
            return False
        measures = [name for *_, name in measures_named(ahead)]
        kinds, (span, _) = self.kinds_at(number.start, ahead), self.span(number.start)
        if len(measures) != MANY or len({*measures}) != MANY or len(kinds) != 1 or span is None:
            return False
        row = self.row_in(self.court(number.start), kinds[0], span)
        self.series |= {n.start: (row, measure) for n, measure in zip((number, later[0]), measures, strict=True)}
        return True

    def _next_kind(self, number: Number, left: str, count: int) -> list[tuple[PageRow, str] | None]:
        """The measures of the last kind of cases for the next: civil cases accounted for 99 filings and 88 closings, criminal cases for 9 and 8."""
        since = self.segment(number.start)
        named = [
            s
            for s in self.scopes_in(number.start - len(left), number.start)
            if NEXT_KIND.fullmatch(self.text, s[1], number.start)
        ]
        before = [one for one in self.told[-count:] if one]
        figures = [n for n in self.found if since <= n.start < number.start]
        if len(named) != 1 or len(before) != count or len(figures) < count or len({m for _, m in before}) != count:
            return []
        row = before[0][0]
        if any(one[0] is not row for one in before) or not row.span or row.scope in ("", named[0][2]):
            return []
        of_kind = self.row_in(row.court, named[0][2], row.span)
        return [(of_kind, measure) for _, measure in before]

    def _in_turn(self, number: Number, left: str, rest: str, count: int) -> list[tuple[PageRow, str] | None]:
        """The places of a list with respectively: of as many measures, kinds or times as it has numbers, if of one of these alone."""
        start = max(self.segment(number.start), self.sentence(number.start))
        ahead = self.text[start : number.start]
        behind = rest.replace("respectively", "")
        rates = number.unit == "%"
        measures = run_of(measures_named(ahead, rates=rates), ahead, count) or run_of(
            measures_named(behind, rates=rates), behind, count
        )
        of_years = self.span(number.start)[0]
        times = (
            self.times_listed(number)
            or self._times_joined(number, count)
            or list(single_years(of_years) if of_years else [])
        )
        kinds = kinds_joined(ahead, count) or kinds_joined(behind, count) or self._kinds_told(number, count)
        row = self.told[-1][0] if self.told and self.told[-1] else None
        span = (
            row.span
            if row and not any(s.stretch for s in self.spans if number.start - len(left) <= s.start < number.start)
            else None
        )
        span = span or self.span(number.start)[0]
        court = self.court(number.start)
        named = [s for s in self.scopes if number.end <= s[0] and s[1] <= number.end + len(self.text)]
        last_end = self.text.index(rest, number.end) if rest else number.end
        own = [s for s in named if OF_KIND.fullmatch(self.text, last_end, s[0])]
        self.reach = own[0][1] if own else self.reach
        if measures and not kinds and len(times) < MANY:
            scopes = []
            for self.measure in measures:
                scopes += self.kinds_at(number.start, ahead)[:1]
            return (
                [None] * count
                if len(scopes) < count or span is None
                else [(self.row_in(court, scope, span), one) for scope, one in zip(scopes, measures, strict=True)]
            )
        if QUARTERS.search(ahead) or QUARTERS.search(rest):
            return []
        measure = self._of_all(self.without_times(left), behind, rates=rates, money=number.unit.endswith("元"))
        self.measure = measure
        if measure == "closing" and "end of" in ahead:  # pending at the end of 2020, 2021 and 2022
            times = [replace(time, first=None) for time in times]
        if not measure or (kinds and len(times) >= MANY) or measures:
            return [None] * count
        if not kinds and (rows := self._rows_told(number, count)):
            return [(row, measure) for row in rows]
        if kinds and span:
            return [(self.row_in(court, kind, span), measure) for kind in kinds]
        if len(times) == count and len(scopes := self.kinds_at(number.start, ahead)) == 1:
            return [(self.row_in(court, scopes[0], time), measure) for time in times]
        return [None] * count

    def _times_joined(self, number: Number, count: int) -> list[Span]:
        """As many times joined before a list: in 2020 and 2022 the court closed 99 and 88 cases; none for no such list."""
        since = self.segment(number.start)
        times = [s for s in self.spans if s.stretch and since <= s.start < number.start]
        joined = all(
            LIST.fullmatch(self.text, a.end, b.start) and "and" in self.text[times[-2].end : times[-1].start]
            for a, b in pairwise(times)
        )
        return times if len(times) == count and joined else []

    def _kinds_told(self, number: Number, count: int) -> list[str]:
        """The kinds of cases of as many numbers right before in its sentence: 99 civil cases and 9 criminal cases."""
        at = self.found.index(number)
        figures = [
            n for n in self.found[max(0, at - count) : at] if n.unit == "件" and n.start >= self.sentence(number.start)
        ]
        if len(figures) < count:
            return []
        ends = [*(n.start for n in figures[1:]), number.start]
        ahead = [self.sentence(number.start), *(n.end for n in figures[:-1])]
        behind = [self.scopes_in(n.end, end) for n, end in zip(figures, ends, strict=True)]
        before = [self.scopes_in(start, n.start) for n, start in zip(figures, ahead, strict=True)]
        for named in (before, behind):
            if all(len(one) == 1 for one in named):
                kinds = [one[0][2] for one in named]
                return kinds if len({*kinds}) == count else []
        return []

    def _rows_told(self, number: Number, count: int) -> list[PageRow]:
        """The rows of as many figures of one measure right before, of as many courts or times, where no other is said since."""
        at = self.found.index(number)
        before = [n for n in self.found[:at] if n.start in self.placed_as][-count:]
        told = [self.placed_as[n.start] for n in before]
        if len(told) < count or len({measure for _, measure in told}) != 1 or before[-1] is not self.found[at - 1]:
            return []
        said = [s for s in self.spans if s.stretch and self.sentence(number.start) <= s.start < number.start]
        said = [s for s in said if s.start > before[-1].end and s != self.right_behind(before[-1])]
        rows = [row for row, _ in told]
        courts, times = {row.court for row in rows}, {(r.span.first, r.span.last) for r in rows if r.span}
        one_kind = len({row.scope for row in rows}) == 1
        each = (len(courts), len(times)) in ((count, 1), (1, count))
        return rows if one_kind and each and not said else []

    def _of_all(self, left: str, behind: str, *, rates: bool, money: bool) -> str:
        """The one measure of a list, said by a verb or a noun before it or behind it."""
        clause = re.split(r"[,;:]|\b(?:and|while|but)\b", left)[-1]
        if rates:
            return self.names_a_measure(left)
        if money:
            return first_measure("amounts", r"\b(?:{0})\b", left)
        counted = CASES.match(left)  # 99 civil cases filed, and 88 closed
        passive = first_measure("verbs", PARTICIPLE, left[counted.end() :]) if counted else ""
        told = first_measure("verbs", r"\b(?:{0})\s+$", clause) or ("" if passive else self.names_a_measure(left))
        behind = kind_named().sub("", behind)
        return told or first_measure(
            "verbs", r"^(?:\s*(?:of (?:them|these|which)|cases|ones|,|were|was|been|had|have))*\s+(?:{0})\b", behind
        )

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
        said = QUARTERS.search(self.text, self.sentence(number.start), listed[-1].end + QUARTERS_END)
        in_turn = list(single_years(span)) if span else []  # from 2019 to 2021 filings were 99, 110 and 120
        each = years or (quarters if said else in_turn)
        if len(listed) == len(each) and len(kinds) == 1:
            for one, time in zip(listed, each, strict=True):
                self.series[one.start] = (self.row_in(self.court(number.start), kinds[0], time), measure)

    def times_listed(self, number: Number) -> list[Span]:
        """The times that a list takes in their order: in 2021 and 2022 it closed 99 and 88 respectively; none for no such list."""
        since = self.segment(number.start)
        end = self._clauses(number.start)[1]
        times = [s for s in self.spans if s.stretch and since <= s.start < number.start]
        if not times:  # filings were 99 in 2017 and 110 in 2018; the closure rate was 93% and 95% respectively
            times = [s for s in self.spans if s.stretch and self.sentence(number.start) <= s.start < number.start]
        listed = [number, *self._in_list(number, self.found[self.found.index(number) + 1 :])]
        later = self.found[self.found.index(listed[-1]) + 1 :][:1]
        said = self.text[listed[-1].end : min(end, later[0].start if later else end)]
        return times if len(times) > 1 and "respectively" in said else []

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

    def of_next_time(self, number: Number, kind: str) -> bool:
        """Place a figure that says nothing but its time after one that does: filings were 99 in 2017, 110 in 2018 and 120 in 2019."""
        at = self.found.index(number)
        before = self.found[at - 1] if at else number
        row, measure = self.placed_as.get(before.start, (None, ""))
        if row and row.span and self._of_time_before(number, before, row, kind):
            return True
        last, own = self.right_behind(before), self.right_behind(number)
        compared = THEN.match(self.text, before.end) if row and not last else None
        if row and row.span and compared and compared["year"] and own:  # against 99 in 2022 and 88 in 2021
            last = replace(row.span, start=before.end, end=compared.end())
        if row and self._of_next_court(number, before, row, kind):
            return True
        if row and measure in ("opening", "closing") and self._of_next_day(number, before, row, kind):
            return True
        if not (row and last and own and kind_of(measure, self.sets) == kind) or same_time(last, own):
            return False
        if not re.fullmatch(rf"{LIST.pattern}(?:(?:to|at|for|by|through)\s+)?", self.text[last.end : number.start]):
            return False
        self.enter(number, measure, number.unit, self.row_in(row.court, row.scope, own))
        return True

    def _of_next_court(self, number: Number, before: Number, row: PageRow, kind: str) -> bool:
        """Place a figure that says nothing but its court after one that does: the Ashford Court closed 99 cases, the Elmham Court 88."""
        _, measure = self.placed_as[before.start]
        named = [c for c in self.courts if before.end <= c[0] and c[1] <= number.start]
        if len(named) != 1 or named[0][2] == row.court or not row.span or kind_of(measure, self.sets) != kind:
            return False
        ahead, behind = self.text[before.end : named[0][0]], self.text[named[0][1] : number.start]
        if before.start < self.sentence(number.start) or not (TO_COURT.search(ahead) and OF_COURT.fullmatch(behind)):
            return False
        self.enter(number, measure, number.unit, self.row_in(named[0][2], row.scope, row.span))
        return True

    def _of_time_before(self, number: Number, before: Number, row: PageRow, kind: str) -> bool:
        """Place a figure that says nothing but the time before it: 99 in 2015; in 2016 the figure was 110 and in 2017 it was 120."""
        _, measure = self.placed_as[before.start]
        within = [
            s
            for s in self.spans
            if s.stretch
            and before.end < s.start
            and s.end <= number.start
            and s.last
            and (s.first or measure == "closing")
        ]
        if len(within) != 1 or kind_of(measure, self.sets) != kind or before.start < self.sentence(number.start):
            return False
        ahead, behind = self.text[before.end : within[0].start], self.text[within[0].end : number.start]
        if (
            not ((AND_BY if measure == "closing" else AND_IN).fullmatch(ahead) and IT_WAS.fullmatch(behind))
            or not row.span
            or same_time(within[0], row.span)
        ):
            return False
        self.enter(number, measure, number.unit, self.row_in(row.court, row.scope, within[0]))
        return True

    def _of_next_day(self, number: Number, before: Number, row: PageRow, kind: str) -> bool:
        """Place a stock of a day after that of another: pending cases stood at 99 on 1 January 2022 and at 88 on 31 December 2022."""
        days = [next((s for s in self.spans if s.start >= n.end and s.stretch), None) for n in (before, number)]
        said = [
            d and RIGHT_BEHIND.fullmatch(self.text, n.end, d.start) for d, n in zip(days, (before, number), strict=True)
        ]
        last, own = days
        if kind != "count" or not (last and own and all(said)) or own.first or not own.last:
            return False
        if not re.fullmatch(rf"{LIST.pattern}(?:at\s+)?", self.text[last.end : number.start]):
            return False
        self.enter(number, "closing", number.unit, self.row_in(row.court, row.scope, own))
        return True
