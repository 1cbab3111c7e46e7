"""Figures out of an English paragraph: the same promise as for Chinese, by a grammar of its own.

A number is placed where a verb or a noun of the sentence says what it counts and every word beside it is understood; any
other is listed with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from analysis.returns.courts_and_times import UNNAMED, Kind, holds
from analysis.returns.english_changes import COMPARED, OF_YEAR, THEN
from analysis.returns.english_counts import BRACKETED, CLAUSE, CLOSED_OF_THEM
from analysis.returns.english_lists import CASES
from analysis.returns.english_rates import EnglishRates
from analysis.returns.english_times import ISO, YEAR, english_spans, month_ended, unclear_english_times
from analysis.returns.english_words import COURT, NOUNS, first_measure, kinds
from analysis.returns.figures import kind_of
from analysis.returns.numbers import Number
from analysis.returns.page import (
    A_PART,
    EARLIER,
    LAST_YEAR,
    LISTED,
    NO_TARGET,
    NO_WORD,
    NOT_YEARLY,
    SCOPE_OPEN,
    TIME_OPEN,
    PageRow,
    other_cases,
    same_time,
)
from analysis.returns.times import Span, whole_year

NUMBER = re.compile(
    r"(?<![\w.,])(?P<money>(?:RMB|CNY|¥|￥)\s*)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w]*\d)"
    r"(?P<unit>\s*(?:(?:percentage )?points?|%|percent\b|per cent\b)|(?:\s*(?P<times>thousand|million|billion|trillion))?(?:\s+(?P<yuan>yuan|RMB|CNY)\b)?)",
    re.IGNORECASE,
)
SHARED_UNIT = re.compile(  # up 45.6 and 44.2 percent; up 2.1, 4.6 and 3.7 points
    r"(?:\s*,\s*\d[\d.]*)*\s*,?\s*and\s+\d[\d.]*\s*(?P<unit>(?:percentage )?points?|%|percent\b|per cent\b)",
    re.IGNORECASE,
)
SHARED_MONEY = re.compile(
    r"\s*(?:and|to)\s+\d[\d.,]*\s*(?:thousand|million|billion)\s+(?:yuan|RMB)\b", re.IGNORECASE
)  # 1.2 billion and 1.3 billion yuan
ALL_FIGURES = re.compile(
    r"\b[Pp]eriod(?: covered)?:\s*$"
    r"|(?:(?<=\()|(?<=[.;] )|(?<=\n))(?:The )?[Ff]igures (?:(?:are |is )?for|(?:cover|relate to|refer to)) (?:the year )?$"
    r"|\b[Aa]ll (?:of (?:the|these) )?(?:figures|numbers|data)(?: (?:above|here|are|refer|relate|given))* (?:for|of|to)\s+(?:the year\s+)?$"
)
COMMA_TO = re.compile(r"(?<=[a-z]),\s+to\s*$")  # fell slightly, to 96.5%
WHICH_WAS = re.compile(
    r",\s*(?:which|that|who)\s+(?:had been|has been|was|were|had stood at|stood at|is)\s*$"
)  # the rate, which had been 96%
LABEL_END = re.compile(r"\)\s*:\s*(?:RMB\s*)?")
RELEASED = re.compile(r"\b(?:released|published|announced|issued|dated|posted|updated|reported|held|delivered)\s+$")
THIS_WAS = re.compile(r"\s*(?:This|That|It) (?:was|is|represent\w*|mark\w*|amount\w* to)\b")
OF_A_COURT = re.compile(r"\b(?:in|by|at|of|across|with)\s+(?:the\s+)?$")
IN_BRACKET = re.compile(rf"(?:\s+(?:{NOUNS}))?\s*\(")
OR_SHARE = re.compile(
    r"(?:\s*cases)?,\s*(?:or|that is|i\.e\.,?|accounting for|representing)\s+[\d.]+\s*(?:%|per ?cent)[^,;.\d]*,",
    re.IGNORECASE,
)
ON_DAY = re.compile(rf"on\s+(?!(?:the\s+)?{YEAR}$)(?:\d{{1,2}}\b|[A-Z])", re.IGNORECASE)
OF_OTHERS = re.compile(r"\b(?:neighbou?ring|adjacent|nearby|another|other)\s+$")
SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\bJan\.)(?<!\bFeb\.)(?<!\bMar\.)(?<!\bApr\.)(?<!\bJun\.)(?<!\bJul\.)(?<!\bAug\.)(?<!\bSep\.)(?<!\bSept\.)(?<!\bOct\.)(?<!\bNov\.)(?<!\bDec\.)(?<!\bNo\.)(?<!\bvs\.)\s+(?=[A-Z0-9\"“])|\n"
)
SEGMENT = re.compile(rf"{SENTENCE.pattern}|;")
ABOUT = re.compile(
    r"\b(?:about|nearly|almost|some|around|approximately|(?<!carried )(?<!left )over|more than|roughly|close to)\s*$",
    re.IGNORECASE,
)
AMONG = re.compile(
    r"\s*(?:Of|Among)\s+(?:these|them|those|which|(?:(?:all )?the\s+(?:total of\s+)?(?:\d[\d,]*\s+)?|\d[\d,]*\s+)(?P<cases>[^,;]*(?:cases|applications|filings"
    r"|disposals)[^,;\d]*)),?",
    re.IGNORECASE,
)
OVERALL = re.compile(r"\boverall\b|\b(?:whole|entire) court\b|\bcourt as a whole\b", re.IGNORECASE)
ITS = re.compile(r"\s*(?:Its|Their|It|They)\b")
OF_CASES = re.compile(
    rf"\s*(?:in|of|for|among)\s+(?:[\w'-]+\s+){{0,5}}?(?:{NOUNS})\b", re.IGNORECASE
)  # 39.7% in wage cases
THEN_TO = re.compile(  # before recovering to 99 in 2021
    r"(?:^|,|\band|\bbefore|\bthen|\bbut)\s+(?:then\s+)?(?:(?:ris|fall|grow|drop|declin|increas|decreas|climb|recover|rebound|return|improv|slip"
    r"|edg|mov|reach|advanc|jump|surg|soar|dip)\w*"
    r"|rose|fell|grew)\s+(?:\w+ly\s+|back\s+|again\s+|further\s+|up\s+|down\s+)*to\s*$",
    re.IGNORECASE,
)
MOVED_TO = re.compile(
    rf"\)?(?:\s*(?:cases|yuan))?[\s,]*(?:(?:up|down|higher|lower|more|fewer)\b\s*)?(?:year[- ]on[- ]year|at the (?:beginning|start) of (?:{YEAR}"
    rf"|the year)|(?:in|at the end of) {YEAR}"
    rf"|(?:from|on|over) (?:{YEAR}|(?:the )?(?:previous|last) year|a year (?:earlier|before)))?,?\s*(?:to|at)\s*"
)
LED_BY = re.compile(r"\b(?:by|at|in|of|for|from|to)\s+(?:the\s+)?$", re.IGNORECASE)
A_FIGURE = re.compile(rf"(?<![\w.,])(?!{YEAR}\b)\d")
JOINED = re.compile(r",?\s*(?:\band\b|,)\s*", re.IGNORECASE)
DURING = re.compile(r"\b(?:in|over|during|throughout|course of) (?:the|that|this) (?:whole )?year\b", re.IGNORECASE)
BRACKET_OPEN = re.compile(r"\(\s*$")
AT_SENTENCE_END = re.compile(r"\s*(?:[.!?](?:\s|$)|\n|$)")
ISO_DAY = re.compile(ISO)
BY_START = attrgetter("start")
ENGLISH = 0.2  # Han characters to letters, below which a text is English
OWN_COURT = re.compile(
    r"\b(?:our(?: own)?|this|the (?:county|district|municipal|intermediate|basic)(?: people's)?) court\b", re.IGNORECASE
)
THE_COURTS = re.compile(r"(?:(?<=[.;] )|(?<=\n))The(?:se)? courts\b(?! (?:in|of|at|across|throughout)\b)")
HIGHER_THAN = {"Supreme": "最高|Supreme", "High": "高级|High"}
HIGHER = re.compile(r"\b(?:Supreme|High)\b(?= (?:People's )?Court)")  # no name of a court of another rank
INTERMEDIATE = re.compile("中级|Intermediate")
OF_NO_PLACE = re.compile(r"(?:(?:Our|This|District|County|City|Local|Intermediate|High|Basic|People's)\s+)*Courts?")
OF_ENFORCEMENT = (
    "recovery_rate",
    "actual_enforcement_rate",
    "amount_recovered",
    "completed_rate",
    "terminated_this_round_share",
    "terminated_this_round_rate",
)
TIMES_TEN = {"thousand": "千", "million": "百万", "billion": "亿", "trillion": "万亿"}


def is_english(text: str) -> bool:
    """Return whether a text is in English, but for names.

    >>> is_english("In 2021 the court closed 99 cases."), is_english("2021年结案99件")
    (True, False)
    """
    han, letters = len(re.findall("[\u4e00-\u9fa5]", text)), len(re.findall("[A-Za-z]", text))
    return letters > 0 and han < ENGLISH * letters


class EnglishReader(EnglishRates):
    """A page in English."""

    stop, segment_end = SENTENCE, SEGMENT
    of_which = re.compile(
        r"\b(?:of|among) (?:which|these|them|those)\b|\b(?:including|comprising)\b"
        rf"|\b(?:Of|Among) (?:all )?the (?:[a-z]+ ){{0,3}}(?:{NOUNS})(?: [a-z]+)?,",
        re.IGNORECASE,
    )
    of_whole = counted = re.compile("(?!)")
    in_brackets = re.compile(r"\([^()]*\d[^()]*\)")

    def _name(self, court: str | None, published: date | None) -> None:
        self.text = self.text.replace("\u2019", "'")
        self.spans = list(english_spans(self.text, published))
        named = [(m.start(), m.end(), re.sub(r"^(?:In|The|At)\s+", "", m[0])) for m in COURT.finditer(self.text)]
        named = [c for c in named if _of_higher(c[2], court) or not OF_NO_PLACE.fullmatch(c[2])]
        others = [
            c
            for c in named
            if c[2][0].islower()
            or OF_OTHERS.search(self.just_before(c[0]))
            or c[2].startswith(("Courts ", "Local ", "Chinese ", "China's "))
            or _of_higher(c[2], court)
        ]  # those of a place
        several = len({c[2] for c in named if c not in others}) > 1
        own = [  # beside all courts of a place, it is none of those
            (m.start(), m.end(), court or UNNAMED)
            for m in OWN_COURT.finditer(self.text)
            if any(start < m.start() for start, *_ in others)
            and not ("intermediate" in m[0].lower() and court and not INTERMEDIATE.search(court))
        ]
        own += [  # of a place: The courts closed 99
            (m.start(), m.end(), [c for c in others if c[0] < m.start()][-1][2])
            for m in THE_COURTS.finditer(self.text)
            if others and others[0][0] < m.start()
        ]
        meant = [(a, b, name if (a, b, name) in others else court) for a, b, name in named] if court else []
        self.courts = sorted([*(named if several or not court else [(0, 0, court), *meant]), *own])
        self.courts_within = []
        self.series = {}
        days = [
            s.start
            for s in self.spans
            if not s.stretch and ON_DAY.match(s.text) and not RELEASED.search(self.just_before(s.start))
        ]  # on 15 June 99 cases were closed
        self.unclear = sorted([*unclear_english_times(self.text, [(s.start, s.end) for s in self.spans]), *days])
        self._date_this_year()
        self._date_since()
        self.scopes = list(kinds(self.text))
        self.listed: list[
            tuple[tuple[PageRow, str] | None, str]
        ] = []  # measures whose changes are still to come, and their signs

    def _date_this_year(self) -> None:
        """Take this year as that of the day until which the sentence counts: by 30 June 2022 it had accepted 99 cases this year."""
        for said in [s for s in self.spans if s.text.lower() == "this year"]:
            until = [
                s for s in self.spans if s.last and not s.first and self.sentence(s.start) == self.sentence(said.start)
            ]
            if until and until[-1].last:
                begun = replace(until[-1], first=date(until[-1].last.year, 1, 1))
                self.spans = [begun if s is until[-1] else s for s in self.spans if s is not said]

    def _date_since(self) -> None:
        """Let a day until which a sentence counts begin where it says since when: by the end of 2016 99 of the cases accepted since 2014."""
        for since in [s for s in self.spans if s.stretch and s.first and s.text.lower().startswith("since")]:
            until = [
                s
                for s in self.spans
                if s.stretch and s.last and not s.first and self.sentence(s.start) == self.sentence(since.start)
            ]
            if len(until) == 1 and since.first and until[0].last and since.first < until[0].last:
                whole = replace(until[0], first=since.first)
                told = replace(since, stretch=False)
                self.spans = [whole if s is until[0] else told if s is since else s for s in self.spans]

    def _idle(self, _kind: Kind, _segment: int) -> bool:
        """Return no: a number stands before its kind of cases."""
        return False

    def _of_unknown_cases(self, _at: int) -> bool:
        """Return no: what a sentence does not understand is of its own numbers alone."""
        return False

    def _signing(self) -> list[Kind]:
        """The court that a text names first, but not as the subject of figures behind it: courts received 99, the Ashford Court 9."""
        named = self.courts[:1]
        as_subject = named and named[0][1] and not LED_BY.search(self.text, 0, named[0][0])
        of_its_own = as_subject and A_FIGURE.search(self.text, named[0][1], self._clauses(named[0][0])[1])
        return [] if of_its_own else named

    def scope_said(self, _clause: str) -> str | None:
        """Return enforcement for a measure of it alone."""
        return "执行案件" if self.measure in OF_ENFORCEMENT else None

    def kinds_at(self, at: int, clause: str, *, measure: str = "") -> list[str]:
        """The kinds of cases of which a number may be: a kind may stand behind it."""
        return super().kinds_at(self.reach, self.text[at - len(clause) : self.reach], measure=measure)

    def _carried(self, at: int, since: int, clause: str, measure: str) -> list[str]:
        """The kinds of cases carried on to a number; all cases for an overall figure of a text that speaks of several kinds, or of all."""
        told = {row.scope for row, _ in self.placed_as.values()}
        if len(told) > 1 and OVERALL.search(clause) and not self.scopes_in(since, at):
            return [""]
        return super()._carried(at, since, clause, measure)

    def court(self, at: int) -> str:
        """The court of a place: one named behind a figure in its clause, else the one said last: 99 cases were pending in the courts of the city."""
        number = next((n for n in self.found if n.start == at), None)
        after = next((n.start for n in self.found if n.start > at), len(self.text))
        clause = re.split("[,;.]", self.text[number.end : after])[0] if number else ""
        behind = [
            c
            for c in self.courts
            if number
            and number.end <= c[0] < number.end + len(clause)
            and OF_A_COURT.search(self.text[number.end : c[0]])
        ]
        return behind[0][2] if behind else super().court(at)

    def span(self, at: int) -> tuple[Span | None, bool]:
        """The time of a place: of its sentence the one before it, else the one behind it; else the last stretch said."""
        self.time_open = False
        if (number := next((n for n in self.found if n.start == at), None)) and (
            year := BRACKETED.match(self.text, number.end)
        ):
            return whole_year(int(year["year"]), at), False
        if number and (own := self.right_behind(number) or self._bracket_behind(number)):
            return own, False
        start = self.sentence(at)
        end = next((s for s in self.sentences if s > at), len(self.text))
        _, until = self._clauses(at)
        after = next((n.start for n in self.found if n.start > at), end)
        stretches = self._stretches
        if (aside := self._aside_of(at))[1] > at:
            within = [s for s in self.spans if s.stretch and aside[0] <= s.start < aside[1]]
            stretches = sorted([*(s for s in stretches if not aside[0] <= s.start < aside[1]), *within], key=BY_START)
        here = [s for s in stretches if start <= s.start < end]
        here = [s for s in here if s.start < at or (s.start < until and (s.first or s.start < after))]
        before = [s for s in stretches if s.end <= at and not self.text.startswith(" alone", s.end)]
        ahead = [s for s in here if s.end <= at]
        flows = [s for s in before if s.first] or before
        later = [s for s in stretches if start <= s.start < end]  # down 5% to 99 at the end of 2022
        if number and (part := self._part_behind(number, ahead, here, min(after, until))):
            return part, False
        said = next(iter(ahead[-1:] or here or flows[-1:] or later), None) or self._of_all_figures()
        if said and said.last and not said.first and self.measure not in ("closing", ""):  # by the end of the year told
            within = [s for s in before if s.first and s.last and s.first <= said.last <= s.last]
            said = replace(said, first=within[-1].first) if within else said
        if said and said.first and self._since_new_year(said, at):
            said = replace(said, last=said.first.replace(month=12, day=31))
        return self._joined_to(said, stretches), not here

    def _since_new_year(self, said: Span, at: int) -> bool:
        """Return whether a flow is of the year at the first day of which a stock was said: on 1 January 2022 99 were pending; during the year…"""
        begun = said.first and not said.last and (said.first.month, said.first.day) == (1, 1)
        flow = self.measure not in ("opening", "closing", "")
        after = next((n.start for n in self.found if n.start > at), len(self.text))
        return bool(begun and flow and DURING.search(self.text, said.end, after))

    def _part_behind(self, number: Number, ahead: list[Span], here: list[Span], until: int) -> Span | None:
        """The part of the time said before a number that its own clause says behind it: in 2020, 99 cases were accepted in the first half."""
        clause = number.end + len(CLAUSE.split(self.text[number.end : until])[0])
        return next(
            (
                s
                for s in here
                if number.end <= s.start < clause
                and s.first
                and ahead
                and (s.first, s.last) != (ahead[-1].first, ahead[-1].last)
                and holds(ahead[-1], s)
            ),
            None,
        )

    def _bracket_behind(self, number: Number) -> Span | None:
        """The stretch of time that a bracket right behind a figure says alone: 99 (2015-2019), 12 (first quarter)."""
        before = next(
            (
                s
                for s in self.spans
                if s.stretch
                and s.end < number.start
                and self.text[s.start - 1] == "("
                and LABEL_END.fullmatch(self.text, s.end, number.start)
            ),
            None,
        )
        if before:  # cases filed (2021): 4,567
            return before
        return next(
            (
                s
                for s in self.spans
                if s.stretch
                and IN_BRACKET.fullmatch(self.text, number.end, s.start)
                and self.text.startswith(")", s.end)
            ),
            None,
        )

    def _of_all_figures(self) -> Span | None:
        """The one time that a text says behind its figures of all of them: All figures for 2022."""
        known = [s for s in self.spans if s.stretch]
        if (
            not known
            and len(self.spans) == 1
            and re.search(r"\binto\s+$", self.just_before(self.spans[0].start))
            and self.spans[0].year
        ):
            return whole_year(
                self.spans[0].year, self.spans[0].start
            )  # carried 99 cases into 2021, accepted 88 during the year
        whole = known[0] if len(known) == 1 else None
        titled = (
            whole
            and re.search(r"\([A-Za-z ]{0,30}$", self.just_before(whole.start))
            and re.match(r"\.?\)\.?\s*$", self.text[whole.end :])
        )
        return whole if whole and (titled or ALL_FIGURES.search(self.just_before(whole.start))) else None

    def _joined_to(self, said: Span | None, stretches: list[Span]) -> Span | None:
        """The one stretch that a time makes with those listed before it, open where they leave a gap: in 2020 and 2021 it received 99."""
        at = stretches.index(said) if said in stretches else 0
        begun = at
        while begun and JOINED.fullmatch(self.text, stretches[begun - 1].end, stretches[begun].start):
            begun -= 1
        if said is None or begun == at:
            return said
        joined = stretches[begun : at + 1]
        ends = [(one.last, other.first) for one, other in pairwise(joined)]
        self.time_open = not all(last and first and (first - last).days == 1 for last, first in ends)
        return replace(said, start=joined[0].start, text=self.text[joined[0].start : said.end], first=joined[0].first)

    @cached_property
    def _stretches(self) -> list[Span]:
        """The stretches of time that are said in no bracket with figures, or are all that it says."""
        asides = [(s, *self._aside_of(s.start)) for s in self.spans if s.stretch]
        return [s for s, a, b in asides if not a <= s.start < b or self._is_all_of(s, a, b)]

    def _is_all_of(self, span: Span, start: int, end: int) -> bool:
        """Return whether a bracket at the end of a sentence says a time and nothing else, which is the sentence's: … 651 closed (2023)."""
        if (span.start, span.end) != (start + 1, end - 1):
            return False
        before = re.search(
            r"\b(?:periods?|years?|months?|terms?|quarters?|half)(?: under review| in question| concerned)?\s*$",
            self.just_before(start),
        )
        return bool(before or AT_SENTENCE_END.match(self.text, end))

    def numbers(self) -> list[Number]:
        """The numbers of the text that are no times."""
        return list(self._numbers())

    def _numbers(self) -> Iterator[Number]:
        for found in NUMBER.finditer(self.text):
            at = found.start("digits")  # of "compared with 456 cases in 2018" the year alone is a time
            if any(
                (
                    s.start
                    if s.stretch or s.first or s.last or s.text[:3].lower() == "on " or ISO_DAY.search(s.text)
                    else s.end - len("2018")
                )
                <= at
                < s.end
                for s in self.spans
            ):
                continue
            unit = (found["unit"] or "").strip().lower()
            digits = found["digits"].replace(",", "")
            shared_money = SHARED_MONEY.match(self.text, found.end()) if found["times"] else None
            shared = SHARED_UNIT.match(self.text, found.end()) if "." in digits and not unit else None
            unit = shared["unit"].lower() if shared else unit
            if unit.endswith(("point", "points")):
                unit = "个百分点"
            elif unit in ("%", "percent", "per cent"):
                unit = "%"
            else:
                times = TIMES_TEN.get((found["times"] or "").lower(), "")
                digits, unit = _scaled(
                    digits, times + ("元" if found["money"] or found["yuan"] or shared_money else "件")
                )
            about = bool(ABOUT.search(self.text[self.sentence(at) : found.start()]))
            ended = found.end() if (found["unit"] or "").strip() else found.end("digits")
            yield Number(found.start(), ended, digits, unit, about=about)

    def begin(self, _before: int, at: int) -> None:
        """Begin what stands between two breaks: Of these, … speaks of what was counted last."""
        among = AMONG.match(self.text, self.breaks[at - 1])
        counted = [m for _, m in self.flow if kind_of(m, self.sets) == "count"]
        self.among, self.shared, self.whole, self.bases = "", "", None, {}
        of_all = {m for row, m in self.flow if row.scope in ("", "全部案件")}
        self.counted_before = counted[-1] if len({*counted}) == 1 and {*counted} == of_all else ""
        self._of_no_figure_before(at)
        self.among_since = among.end() if among else 0
        if among:
            named = among["cases"] or ""
            said = first_measure("verbs", r"\b(?:{0})\b", named) or first_measure("nouns", r"\b(?:{0})\b", named)
            taken_in = [m for m in counted if m in ("filed", "received")]
            done = taken_in and CLOSED_OF_THEM.search(self.text, among.end(), self._clauses(among.end())[1])
            counted = (
                taken_in if done else counted
            )  # accepted 99, closed 88. Of these, 77 were civil, of which 66 were closed
            self.among = said or (counted[-1] if counted and not among["cases"] else "")
        new_sentence = self.breaks[at - 1] in self.sentences
        last = next((told for told in reversed(self.told) if told), None)
        of_last = last and (
            THIS_WAS.match(self.text, self.breaks[at - 1]) or (last[1] == "petitions" and not new_sentence)
        )
        kept = [last] if last and of_last else []  # 64 were lodged; 58 were settled
        self.flow, self.told, self.listed, self.moved = [], [*kept], [], None
        self.yearly = self.yearly and not new_sentence

    def _of_no_figure_before(self, at: int) -> None:
        """Leave open whose figures they are that a sentence calls its own, where none of the one before was placed: Its clearance rate was 99%."""
        begun = self.breaks[at - 1]
        before = self.sentence(begun - 1) if begun else 0
        if ITS.match(self.text, begun) and any(before <= left < begun for left in self.left_at):
            self.others += [] if any(before <= placed < begun for placed in self.placed_at) else [begun]

    def missed(self, number: Number, reason: str) -> None:
        """A number without a column is one of those that changes listed may speak of."""
        if reason not in (EARLIER.cell, LAST_YEAR.cell, NOT_YEARLY.cell) and self.bracket_begun(number.start) < 0:
            self.told.append(None)

    # -- one number -----------------------------------------------------------------------------------------------

    def number(self, number: Number, since: int) -> None:
        """Place one number by the words between the last number and it, and between it and the next."""
        later = self.found[self.found.index(number) + 1 :]
        end = self._clauses(number.start)[1]
        left, right = (
            COMMA_TO.sub(" to ", WHICH_WAS.sub(" was ", self.text[since : number.start])),
            self.text[number.end : min(end, later[0].start if later else end)],
        )
        right = self._past_bracket(number, end) or right
        clause = CLAUSE.split(left)[-1]
        here = re.split(r"[,;)]|\b(?:and|while|but)\b", right)[0]
        self.reach, self.measure = number.start, ""
        if self.one_of_list(number):
            return
        if doubt := self.doubt(number, left, clause, here):
            self.leave(number, doubt)
        elif self._is_change(number, left, right):
            self._change(number, later, left, right, end)
        elif re.search(r"\bfrom\s*$", left) and (self.names_a_measure(left) or not COMPARED.search(left)):
            odd = self.not_understood(number, self.led_by(number, clause), "")
            self.moved = None if odd else next((one for one, _ in self._targets(number, left, 1) if one), None)
            moved, self.moved = self.moved, self.moved
            self.before(number, moved, right, EARLIER)
        elif COMPARED.search(left) or (BRACKET_OPEN.search(left) and self.flow and THEN.match(right)):
            self.before(number, self.flow[-1] if self.flow else None, right, LAST_YEAR)
        elif then := self.alone_in_bracket(number):
            self.of_then(number, then)
        elif year := OF_YEAR.search(self.text[self.bracket(number.start) : number.start]):
            self.of_year(number, int(year["year"]))
        elif number.unit == "个百分点":
            self.leave(number, NO_TARGET)
        else:
            self._figure(number, left, clause, right, here)

    def _past_bracket(self, number: Number, end: int) -> str:
        """The words behind a number without the bracket with figures that begins there; empty without one: 99 (30.4%) were civil cases."""
        if or_share := OR_SHARE.match(self.text, number.end, end):  # 2.1 billion yuan, or 46.7%, was recovered
            after = min([end, *(n.start for n in self.found if n.start >= or_share.end())])
            return " " * (or_share.end() - number.end) + self.text[or_share.end() : after]
        bracket = next((b for a, b in self.asides if a >= number.end and not self.text[number.end : a].strip()), 0)
        if not bracket or bracket > end:
            return ""
        after = min([end, *(n.start for n in self.found if n.start >= bracket)])
        return " " * (bracket - number.end) + self.text[bracket:after]

    def _figure(self, number: Number, left: str, clause: str, right: str, here: str) -> None:
        """Place a rate, a sum or a count, if its words are understood."""
        kind = "rate" if number.unit == "%" else "amount" if number.unit.endswith("元") else "count"
        beside = self._moved_to(number, kind, left, right) or self.of_next_time(number, kind)
        if beside or self.listed_in_turn(number, left):
            return
        if kind == "count" and not self.counts_cases(right):
            self.leave(number, NO_WORD)
            return
        if kind != "amount" and self.of_two(number, left):
            self.leave(number, LISTED)
            return
        row = self._measured(number, kind, left, clause, right, here)
        if self.one_of_list(number):
            return
        if kind == "count" and self.measure and self._merely_among(number):
            self.leave(number, A_PART)  # Of the cases closed, 198 were settled
        elif not self.measure:
            self.leave(number, NO_WORD)
            named = CASES.match(right)
            led_by = self.led_by(number, clause)
            odd = (named or re.search(rf"\b(?:{NOUNS})\b", led_by)) and self.not_understood(
                number, led_by, here if named else ""
            )
            self.others += [number.start] if odd or (named and named["kind"].strip()) else []
        else:
            of_cases = here if kind != "rate" or OF_CASES.match(here) else ""
            again = self.whole_again(clause) if kind == "count" and self.reach == number.start else None
            self._enter_understood(number, clause, of_cases, row or again)

    def _measured(self, number: Number, kind: str, left: str, clause: str, right: str, here: str) -> PageRow | None:
        """Find of which measure a number is; return its row where that is not the one of the words before it."""
        row: PageRow | None = None
        if kind == "rate":
            self.measure = self.rate(number, left, right) or self.headed(number, left, rates=True)
            self.list_from(number, self.measure)
        elif kind == "amount":
            self.measure = self.amount(left, here)
        else:
            self.measure, row = self.count(number, left, clause, right)
        return row

    def _enter_understood(self, number: Number, clause: str, here: str, row: PageRow | None) -> None:
        """Enter a number under its measure, unless a word beside it is not understood or its row is open."""
        if odd := self.not_understood(number, self.led_by(number, clause), here):
            self.leave(number, other_cases(odd))
            self.others.append(number.start)
            return
        row = row or self.row_of(number, self.measure, clause)
        if row is None:
            self.leave(number, TIME_OPEN if self.time_open else SCOPE_OPEN)
        else:
            self.enter(number, self.measure, number.unit, row)

    def _merely_among(self, number: Number) -> bool:
        """Return whether a number is a part, by no column, of what was counted: Of the 99 cases closed, 12 had been accepted in 2020."""
        done = self.among == "received" and self.measure in ("closed", "closing")
        return (
            bool(self.among)
            and number.start >= self.among_since
            and not done
            and not self.among.startswith("petition")
            and not any(self.among_since <= c[0] < number.start for c in self.courts)
            and self._of_no_kind(number)
        )

    def _moved_to(self, number: Number, kind: str, left: str, right: str) -> bool:
        """Place what a figure rose or fell to: fell 35 per cent to 26; from 58.3 per cent in 2018 to 66.7 per cent in 2020."""
        to = MOVED_TO.fullmatch(left)
        if not to and (own := self.right_behind(number)) and THEN_TO.search(left) and not self.names_a_measure(left):
            before = self.placed_as.get(self.found[self.found.index(number) - 1].start)
            if before and kind_of(before[1], self.sets) == kind and not same_time(before[0].span, own):
                self.enter(number, before[1], number.unit, self.row_in(before[0].court, before[0].scope, own))
                return True
        if not (self.moved and to and kind_of(self.moved[1], self.sets) == kind):
            return False
        (row, measure), year = self.moved, re.match(rf"\s*(?:in|at the end of) ({YEAR})\b", right)
        if year:
            of_stock = measure == "closing" and "end of" in year[0]
            then = (
                month_ended(int(year[1]), "December", number.start)
                if of_stock
                else whole_year(int(year[1]), number.start)
            )
            row = self.row_in(row.court, row.scope, then)
        elif own := self.right_behind(number):
            row = self.row_in(row.court, row.scope, own)
        self.enter(number, measure, number.unit, row)
        return True


def _of_higher(name: str, court: str | None) -> bool:
    """Return whether a name is that of a supreme or high court, and the court of the text is none."""
    rank = HIGHER.search(name)
    return bool(rank and court and not re.search(HIGHER_THAN[rank[0]], court))


def _scaled(digits: str, unit: str) -> tuple[str, str]:
    """2.34 billion yuan as 23.4亿元: the digits that are printed stay as many."""
    if unit != "亿元":
        return digits, unit
    whole, _, part = digits.partition(".")
    return (f"{whole}{part[:1]}" + (f".{part[1:]}" if part[1:] else ""), unit) if part else (f"{digits}000", "百万元")
