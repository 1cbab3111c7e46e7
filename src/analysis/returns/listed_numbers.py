"""Numbers that a sentence lists: 受理、执结案件分别为714件、711件; of several kinds of cases, years or courts."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import islice, takewhile
from operator import attrgetter

from analysis.returns.changes import Changes
from analysis.returns.figures import AMOUNTS, kind_of
from analysis.returns.numbers import Number
from analysis.returns.page import LISTED, NO_COLUMN, NO_WORD, SCOPE_OPEN, PageRow
from analysis.returns.phrases import bare_scope, listed_scopes, measure_said, measures_said, scopes
from analysis.returns.subjects import ENFORCEMENT, OF_FIRST, OPEN, PARTS_OF
from analysis.returns.times import Span, parts

BOTH = re.compile("(?:新收|收案)[、和及与加](?:上年)?(?:旧存|结转)|(?:旧存|结转)(?:案件)?[、和及与加]新收")
NAMED_IN_ALL = re.compile("[“”]|[两三四五六]项(?:主要|核心)?(?:指标|数据)(?=分别)")
LISTING = re.compile(
    "^.*[:：]|其中|其余|[、和与及\\s(（]|(?:分别)?(?:则?[为是]|合?共?计)$"
)  # leads up to a place of a list
# what is listed after several years is not the years: 2016-2018年，三个法庭分别受理
NOT_YEARS = re.compile("[庭院所组团队人名个类](?<!全院)(?<!我院)(?<!本院)(?<!该院)(?<!各类)")


class ListedNumbers(Changes):
    """A page whose lists of numbers are placed with the measures, kinds of cases, years or courts that they are of."""

    # measures of a 分别 still to come, each with its scope, year or court where those are listed
    series: list[tuple[str, str | Span | tuple[int, int, str]]]
    before: list[tuple[PageRow, str] | None]  # what the numbers before the last semicolon were placed as
    said: str  # the words that name them
    places_listed: list[
        str | Span | tuple[int, int, str]
    ]  # kinds, years, or courts, of which each 分别 of the sentence speaks
    verb: str  # what the clause before counted, for one without a verb: 受理刑事案件210件；民事案件310件

    def _one_of_series(self, number: Number, left: str, clause: str, unit: str) -> bool:
        """受理、执结案件分别为714件、711件: measures named together take the numbers in their order."""
        if not (self.series and re.fullmatch(r"[、和与及,，\s]+", left)):
            self.series, self.said = self._of_next_kind(number, clause), clause.lstrip("、和与及")
            if not self.series and not self._lists(number, clause):
                if self.together(number) == 1 or not measure_said(clause, self.sets):
                    return False
                self.series = []  # 执结965件、1098件: several numbers of which one measure says nothing
            if len(self.series) != self.together(number):
                self.series, self.lost = [], True
                self.leave(number, LISTED)
                return True
        measure, place = self.series.pop(0)
        self.lost = self.lost and not place
        if not measure:  # 结案率、服判息诉率分别为96%、92%: the second has no column
            self.leave(number, NO_COLUMN)
            return True
        if place == OPEN:
            self.leave(number, SCOPE_OPEN)
            return True
        scope = self._told_of(place, number)
        if (kind_of(measure, self.sets) == "rate", measure in AMOUNTS) != (unit in ("%", "‰"), unit.endswith("元")):
            self.leave(number, NO_WORD)
        elif measure in ("closure_rate", "clearance_rate", "closed_within_limit_rate") and not self._of_enforcement(
            number
        ):
            self.leave(number, SCOPE_OPEN)
        else:
            self.put(number, measure, unit, self.said)
        if scope:
            self.others.append(number.start + 1)  # of which of them the rest of the sentence speaks is open
        return True

    def _of_next_kind(self, number: Number, clause: str) -> list[tuple[str, str | Span | tuple[int, int, str]]]:
        """The measures of the last kind of cases for the next, which names none: 民事案件新收99件、审结88件，刑事案件9件、8件."""
        kind = bare_scope(clause.lstrip("、和与及"))
        count, at = self.together(number), self.found.index(number)
        if not kind or count == 1 or at < count:
            return []
        since = self.segment(number.start)
        placed = [self.placed_as.get(one.start) for one in self.found[:at] if one.start >= since]
        before, further = placed[-count:], placed[:-count]
        alike = len(before) == count and all(one and before[0] and one[0] is before[0][0] for one in before)
        row = before[0][0] if alike and before[0] else None
        if row is None or row.scope in ("", kind) or (further and further[-1] and further[-1][0] is row):
            return []
        return [(one[1], kind) for one in before if one]

    def _of_enforcement(self, number: Number) -> bool:
        """Return whether a rate is of enforcement as those listed beside it (到位率), by what was said or by most of them."""
        rest, removed = re.subn("[^、和与及]*(?:到位|实际执[结行])率", "", self.said)
        if self.scope_said(self.said) == self.scope_said(rest) or 2 * removed > len(
            measures_said(self.said, self.sets)
        ):
            return True
        return bool({*self._carried(number.start, number.start - len(self.said), rest, "")} & {*ENFORCEMENT})

    def _told_of(self, place: str | Span | tuple[int, int, str], number: Number) -> str:
        """Enter of which kind of cases, time or court a number of a list is, as if it stood before it; return the kind."""
        if isinstance(place, Span):
            self.spans.append(replace(place, start=number.start, end=number.start))
            self.spans.sort(key=lambda s: (s.end, s.start))
        elif not isinstance(place, str):
            self.courts.append((number.start - 1, number.start, place[2]))
            self.courts.sort()
        elif place:
            self.scopes.append((number.start, number.start, place))
            self.said = place
        return place if isinstance(place, str) else ""

    def _named_in_list(self, number: Number, clause: str) -> tuple[str, str, str]:
        """What stands before 分别, it, and what stands behind it; without courts and years: 甲县、乙县法院执结率分别为95%、93%."""
        ahead, told, rest = NAMED_IN_ALL.sub("", clause).rpartition("分别")
        if not told and 1 < len(listed_scopes(clause)) == self.together(number):
            return clause, "分别", ""  # 审结民事、刑事、行政案件99件、9件、8件
        if self._places_before(number):
            ahead = self._without_places(0, 0, ahead).lstrip("、和与及")
        return ahead, told, rest

    def _lists(self, number: Number, clause: str) -> bool:
        """Return whether a list of numbers begins: its measures, each with its scope, year or court, become the series."""
        ahead, told, rest = self._named_in_list(number, clause)
        named, listed = (measures_said(ahead, self.sets), listed_scopes(clause)) if told else ([], [])
        self.said, measure = clause, measure_said(clause, self.sets)
        both = [] if told else list(dict.fromkeys(measures_said(clause.rpartition(":")[2], self.sets)))
        if len(both) > 1 and all(both):
            if self.together(number) == len(both) or not BOTH.search(clause):
                self.series = [(name, "") for name in both]  # 受理、审结案件数为4123件、4056件
            return bool(self.series)
        place = rest.lstrip("为是:")
        scope = bare_scope(place) if told and measure else ""
        if scope or (told and len(named) == 1 and named[0] and self.names_a_place(number, place)):
            # 受理案件数分别为民事300件、刑事20件; 受理案件数分别为:2020年99件、2021年88件
            self.series, self.said = [(measure or named[0], scope)], place
            self.verb = measure if scope else self.verb
            return True
        since = self.segment(number.start)
        if re.fullmatch("分别(?:为|达到?|是)", clause) and self.of_changes and self.of_changes[0][0] > since:
            self.series = [(name, "") for _, name in self.of_changes]  # 新收、结案同比分别上升5%、6%，分别为99件、95件
            return True
        # 民事、刑事案件占比分别为80%、20%，收案数分别为40件、10件
        self.places_listed = list(listed) or self.places_listed
        if listed and sum(map(bool, named)) > 1:
            return True  # 民事、刑事案件新收、结案分别为100件、90件
        if listed and (
            measure := measure or named[0]
        ):  # 民事、刑事案件结案率分别为95%、99%; 新收民事、刑事案件分别为30件、9件
            self.series = [(measure, scope) for scope in listed]
        elif (
            len(named) > 1
            and any(named)
            and (all(named) or len(named) == self.together(number))
            and not re.search(r"\d", rest)
        ):
            own = self._kinds_of_each(re.split("[、和与及]", ahead), named)
            several = sum(map(bool, own)) > 1 and len(own) == len(named)  # 刑事案件结案率、民事案件结案率分别为95%、96%
            self.series = list(zip(named, own, strict=True)) if several else [(name, "") for name in named]
            self.said = clause if all(named) else ""
        elif told and not ahead.endswith("同期") and self.names_a_place(number, clause):
            before = [placed for placed in self.before[: self.together(number)] if placed]
            self.series = [
                (measure, row.scope) for row, measure in before
            ]  # …；一季度分别为99件和95%: of what was said before
        elif (told and (self._kinds_before(number) or self._times_before(number) or self._places_before(number))) or (
            self.places_listed and self.together(number) > 1
        ):
            self.series = [(measure, place) for place in self.places_listed if measure]
        else:
            return bool(told)
        return True

    def _kinds_of_each(self, parts: list[str], named: list[str]) -> list[str]:
        """The kind of cases that each part of a list names; of rates of which the first names none, each has its own alone."""
        own = [next((kind for *_, kind in scopes(part)), "") for part in parts]
        if not any(own) or own[0] or any(kind_of(one, self.sets) != "rate" for one in named if one):
            return own
        first = next(filter(None, own))  # 执行完毕率、首执案件终本率、执行到位率
        return [
            kind or (first if one in OF_FIRST else self.scope_said(part) or OPEN)
            for part, kind, one in zip(parts, own, named, strict=False)
        ]

    def _kinds_before(self, number: Number) -> bool:
        """Return whether as many kinds of cases were counted before: 受理刑事案件9件、行政案件8件，分别审结7件、6件."""
        alike = [row for row, measure in filter(None, self.told) if measure == self.flow[-1][1]] if self.flow else []
        count = self.together(number)
        kinds = [row.scope for row in alike[-count:]]
        wholes = [row for row in alike[:-count] if not {*kinds} <= {*PARTS_OF.get(row.scope or "全部案件", ())}]
        apart = len({*kinds}) == count > 1 and all(kinds) and len({row.court for row in alike}) == 1
        if apart and not wholes and None not in self.told[-count:]:
            self.places_listed = [*kinds]
            return True
        return False

    def _times_before(self, number: Number) -> bool:
        """Return whether as many times were counted before: 2021年信访99件，2022年88件，化解率分别为91%、94%."""
        count = self.together(number)
        last = self.flow[-1][1] if self.flow else ""
        rows = [row for row, measure in filter(None, self.told) if measure == last]
        times = [row.span for row in rows if row.span]
        same = len({(row.court, row.scope) for row in rows}) == 1 and len({(s.first, s.last) for s in times}) == count
        if count > 1 and same and len(times) == len(rows) == count and None not in self.told:
            self.places_listed = [*times]
            return True
        return False

    def _places_before(self, number: Number) -> bool:
        """Return whether years or courts are listed before a 分别 of the sentence: 2015年、2016年分别受理100件、200件."""
        since = self.segment(number.start)
        for named in (
            [(s.start, s.end, s) for s in self.spans if s.stretch],
            [(a, b, (a, b, n)) for a, b, n in self.courts],
        ):
            here = [n for n in named if since <= n[0] and n[1] <= number.start]
            at = len(here) - 1
            while at > 0 and re.fullmatch(r"[、和与及]", self.text[here[at - 1][1] : here[at][0]]):
                at -= 1
            if at < len(here) - 1:
                self.places_listed = [place for _, _, place in here[at:]]
                return True
        years = [s for s in self.spans if s.stretch and since <= s.start and s.end <= number.start]
        between = years[-1].end if years else number.start
        if years and not NOT_YEARS.search(
            self._without_places(between, number.start, self.text[between : number.start])
        ):
            self.places_listed = list(parts(years[-1])) or self.places_listed
        return bool(self.places_listed)

    def names_a_place(self, number: Number, clause: str) -> bool:
        """Return whether a clause names one court or time and says nothing else."""
        start = number.start - len(clause)
        first = bisect_left(self.spans, start, key=attrgetter("start"))
        here = takewhile(lambda s: s.end <= number.start, islice(self.spans, first, None))
        named = [s for s in here if s.stretch]
        courts = [c for c in (*self.courts, *self.courts_within) if start <= c[0] < c[1] <= number.start]
        return len(named) + len(courts) == 1 and not LISTING.sub("", self._without_places(start, number.start, clause))
