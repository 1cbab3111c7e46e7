"""Figures out of an English paragraph: the same promise as for Chinese, by a grammar of its own.

A number is placed where a verb or a noun of the sentence says what it counts and every word beside it is understood; any
other is listed with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from analysis.returns.courts_and_times import UNNAMED, Kind
from analysis.returns.english_changes import COMPARED, LIST, OF_YEAR
from analysis.returns.english_lists import AHEAD, CASES, EnglishLists
from analysis.returns.english_times import YEAR, english_spans, month_ended, unclear_english_times
from analysis.returns.english_words import COURT, NOUNS, first_measure, kind_listed, kind_named, kinds
from analysis.returns.figures import kind_of
from analysis.returns.numbers import Number
from analysis.returns.page import (
    A_PART,
    EARLIER,
    IN_DOUBT,
    LAST_YEAR,
    LISTED,
    NO_TARGET,
    NO_WORD,
    NOT_YEARLY,
    ROUGH,
    SCOPE_OPEN,
    TIME_OPEN,
    PageRow,
    other_cases,
)
from analysis.returns.times import Span, whole_year
from analysis.vocabulary.text import Text

NUMBER = re.compile(
    r"(?<![\w.,])(?P<money>(?:RMB|CNY|¥|￥)\s*)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w]*\d)"
    r"(?P<unit>\s*(?:(?:percentage )?points?|%|percent\b|per cent\b)|(?:\s*(?P<times>thousand|million|billion|trillion))?(?:\s+(?P<yuan>yuan|RMB|CNY)\b)?)",
    re.IGNORECASE,
)
SHARED_UNIT = re.compile(  # up 45.6 and 44.2 percent
    r"\s*and\s+\d[\d.]*\s*(?P<unit>(?:percentage )?points?|%|percent\b|per cent\b)", re.IGNORECASE
)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“])|\n")
SEGMENT = re.compile(rf"{SENTENCE.pattern}|;")
CLAUSE = re.compile(r"[,;:]|\b(?:and|while|but)\b")
ABOUT = re.compile(
    r"\b(?:about|nearly|almost|some|around|approximately|(?<!carried )(?<!left )over|more than|roughly|close to)\s*$",
    re.IGNORECASE,
)
BOUND = re.compile(
    r"\b(?:at least|no less than|not less than|target|aims?|goal|should|must|required|exceed(?:ed|ing)?|above|below|under)\b[^,;]*$",
    re.IGNORECASE,
)
OF_EVERY = re.compile(r"\bof every\s+[\d,]+", re.IGNORECASE)
EACH = re.compile(r"\b(?:on average|average|mean|per judge|each judge|per capita|each|every)\b", re.IGNORECASE)
ACTIVE = r"\b(?:{0})\s+(?:a total of\s+|in total\s+|altogether\s+|another\s+|the\s+)*$"
AUXILIARY = r"(?:(?:were|was|are|had been|have been|has been|being|still|remained|also|newly)\s+)"
# 99 cases accepted, 99 of which were filed; after a comma the verb needs its auxiliary: ", concluded 88"
PASSIVE = rf"^(?:\s*,?\s*(?:of (?:which|them|these)\s+)?{AUXILIARY}+|\s*(?:of (?:which|them)\s+)?)(?:{{0}})\b"
IS = (
    r"(?:of|was|were|is|numbered|reached|totall?ed|stood at|came to|amounted to"
    r"|(?:rose|fell|grew|dropped|declined|increased|decreased|climbed)"
    r"(?:\s+(?:again|further|slightly)|\s+for the \w+ (?:year|quarter) (?:running|in a row),?)? to)\s*$"
)
NO_VERB = r"^\s*(?:the\s+)?(?:{0})\s*$"  # new filings were 99, closings 88
SUBJECT = rf"\b(?:{{0}})(?:\s+of\s+[\w -]*cases)?\s+(?:\w+\s+)?{IS}"
NUMBER_OF = rf"\bnumber\s+(?:of\s+(?:[\w-]+\s+){{{{0,4}}}}cases\s+)?(?:{{0}})\b[^,;]*?\s{IS}"
BROUGHT = r"\b(?:br(?:ings?|inging|ought)|tak(?:es?|ing)|took)\s+(?:its|the|their|our)\s+(?:{0})\s+to\s*$"
LABEL = re.compile(r"(?:^|[.;,])\s*(?P<label>[^.;:,\d]+):\s*$")
IS_KIND = re.compile(
    rf"\s*(?:were|was|are|of (?:them|these|which))\s+(?:(?:[\w-]+\s+){{0,4}}(?:{NOUNS})\b|[a-z][\w -]*?(?=,|\s+and\b))",
    re.IGNORECASE,
)
YEAR_BEGUN = re.compile(r"\b(?:began|started|opened|entered)\s+(?:the year|\d{4})\s+with\s*$", re.IGNORECASE)
YEAR_ENDED = re.compile(
    r"\b(?:end(?:ed|ing)|finish(?:ed|ing)|closed)\s+(?:(?:the (?:year|quarter|period)|it|\d{4})\s+)?with\s*$",
    re.IGNORECASE,
)
AT_BEGINNING = re.compile(rf"\bat the (?:beginning|start) of (?:the (?:year|period)|{YEAR})", re.IGNORECASE)
BRACKETED = re.compile(rf"\s*\((?P<year>{YEAR})\)")  # filings: 3,012 (2018), 3,350 (2019)
AMONG = re.compile(
    r"(?:Of|Among)\s+(?:these|them|those|which|(?:all )?the\s+(?P<cases>[^,;\d]*(?:cases|applications|filings|disposals)[^,;\d]*)),?",
    re.IGNORECASE,
)
OF_PETITIONS = re.compile(r"\b(?:petitions?|complaints?|letters)\b", re.IGNORECASE)
CLAIMED = re.compile(
    r"\s*of (?:the|all)\s+(?:total\s+)?(?:amounts?|sums?|money|value)\s+(?:claimed|sought|applied for)", re.IGNORECASE
)
OF_CASES = re.compile(
    rf"\s*(?:in|of|for|among)\s+(?:[\w'-]+\s+){{0,5}}?(?:{NOUNS})\b", re.IGNORECASE
)  # 39.7% in wage cases
HOW_CLOSED = re.compile(  # Of the cases closed, 41% were completed and 39% terminated for this round
    r"\s*(?:(?:were|was|had been)\s+)?(?:(?P<completed>completed)\b(?! within)|terminated for this round\b)",
    re.IGNORECASE,
)
WERE_NEW = re.compile(r"\s*(?:were|was|are)\s+new\b(?=\s*(?:[,;.]|and\b|$))", re.IGNORECASE)
MOVED_TO = re.compile(
    rf"[\s,]*(?:year[- ]on[- ]year|(?:in|at the end of) {YEAR}"
    rf"|(?:from|on|over) (?:{YEAR}|(?:the )?(?:previous|last) year|a year (?:earlier|before)))?,?\s*to\s*"
)
REACHING = re.compile(r",\s*(?:reaching|to reach)\s*$", re.IGNORECASE)
PASSED = re.compile(r"\b(?:passed|exceeded|topped)\s*$", re.IGNORECASE)
IN_ALL = re.compile(r"\b(?:making|giving|for|totall?ing)\s+(?:a total of\s+)?$", re.IGNORECASE)
OF_SETTLEMENT = re.compile(r"\b(?:settlement|resolution) rate (?:of|was)\s*$", re.IGNORECASE)
LED_BY = re.compile(r"\b(?:by|at|in|of|for|from|to)\s+(?:the\s+)?$", re.IGNORECASE)
A_FIGURE = re.compile(rf"(?<![\w.,])(?!{YEAR}\b)\d")
JOINED = re.compile(r",?\s*(?:\band\b|,)\s*", re.IGNORECASE)
ENGLISH = 0.2  # Han characters to letters, below which a text is English
OWN_COURT = re.compile(r"\b(?:our(?: own)?|this) court\b", re.IGNORECASE)
CARRIED_ON = re.compile(rf"[^,;.\d]*\b(?:in)?to (?:{YEAR}|the (?:next|following|new) year)")  # 99 cases into 2024
BASE_OF_SHARE = re.compile(r"\s*of (?:all |the |its |our |their )*(?:court's )?(?:total )?")
OF_NO_PLACE = re.compile(r"(?:(?:Our|This|District|County|City|Local|Intermediate|High|Basic|People's)\s+)*Courts?")
OF_ENFORCEMENT = ("recovery_rate", "actual_enforcement_rate", "amount_recovered", "completed_rate")
A_MEAN = Text("是平均数，该数没有对应的列", "it is an average: there is no column for it")
TIMES_TEN = {"thousand": "千", "million": "百万", "billion": "亿", "trillion": "万亿"}


def is_english(text: str) -> bool:
    """Return whether a text is in English, but for names.

    >>> is_english("In 2021 the court closed 99 cases."), is_english("2021年结案99件")
    (True, False)
    """
    han, letters = len(re.findall("[\u4e00-\u9fa5]", text)), len(re.findall("[A-Za-z]", text))
    return letters > 0 and han < ENGLISH * letters


class EnglishReader(EnglishLists):
    """A page in English."""

    stop, segment_end = SENTENCE, SEGMENT
    of_which = re.compile(
        r"\b(?:of|among) (?:which|these|them|those)\b|\bincluding\b"
        rf"|\b(?:Of|Among) (?:all )?the (?:[a-z]+ ){{0,3}}(?:{NOUNS})(?: [a-z]+)?,",
        re.IGNORECASE,
    )
    of_whole = re.compile("(?!)")
    in_brackets = re.compile(r"\([^()]*\d[^()]*\)")

    shared = ""  # what kinds account for
    among = ""  # what is counted of kinds after: Of these, …

    def _name(self, court: str | None, published: date | None) -> None:
        self.text = self.text.replace("\u2019", "'")
        self.spans = list(english_spans(self.text, published))
        named = [(m.start(), m.end(), re.sub(r"^(?:In|The|At)\s+", "", m[0])) for m in COURT.finditer(self.text)]
        named = [c for c in named if not OF_NO_PLACE.fullmatch(c[2])]
        others = [c for c in named if c[2][0].islower() or c[2].startswith(("Courts ", "Local "))]  # those of a place
        several = len({c[2] for c in named if c not in others}) > 1
        own = [  # beside all courts of a place, it is none of those
            (m.start(), m.end(), court or UNNAMED)
            for m in OWN_COURT.finditer(self.text)
            if any(start < m.start() for start, *_ in others)
        ]
        meant = [(a, b, name if (a, b, name) in others else court) for a, b, name in named] if court else []
        self.courts = sorted([*(named if several or not court else [(0, 0, court), *meant]), *own])
        self.courts_within = []
        self.series = {}
        self.unclear = unclear_english_times(self.text, [(s.start, s.end) for s in self.spans])
        self.scopes = list(kinds(self.text))
        self.listed: list[
            tuple[tuple[PageRow, str] | None, str]
        ] = []  # measures whose changes are still to come, and their signs

    def _idle(self, _kind: Kind, _segment: int) -> bool:
        """Return no: a number stands before its kind of cases."""
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

    def span(self, at: int) -> tuple[Span | None, bool]:
        """The time of a place: of its sentence the one before it, else the one behind it; else the last stretch said."""
        self.time_open = False
        if (number := next((n for n in self.found if n.start == at), None)) and (
            year := BRACKETED.match(self.text, number.end)
        ):
            return whole_year(int(year["year"]), at), False
        if number and (own := self.right_behind(number)):
            return own, False
        start = self.sentence(at)
        end = next((s for s in self.sentences if s > at), len(self.text))
        _, until = self._clauses(at)
        after = next((n.start for n in self.found if n.start > at), end)
        stretches = [s for s in self.spans if s.stretch and not self._in_brackets(s.start, at)]
        here = [s for s in stretches if start <= s.start < end]
        here = [s for s in here if s.start < at or (s.start < until and (s.first or s.start < after))]
        before = [s for s in stretches if s.end <= at and not self.text.startswith(" alone", s.end)]
        ahead = [s for s in here if s.end <= at]
        flows = [s for s in before if s.first] or before
        later = [s for s in stretches if start <= s.start < end]  # down 5% to 99 at the end of 2022
        said = next(iter(ahead[-1:] or here or flows[-1:] or later), None)
        if said and said.last and not said.first and self.measure not in ("closing", ""):  # by the end of the year told
            within = [s for s in before if s.first and s.last and s.first <= said.last <= s.last]
            said = replace(said, first=within[-1].first) if within else said
        return self._joined_to(said, stretches), not here

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

    def _in_brackets(self, said: int, at: int) -> bool:
        """Return whether something was said in a bracket with figures in which a place does not stand."""
        return any(a <= said < b and not (a <= at < b or self._is_all_of(a, b)) for a, b in self.asides)

    def _is_all_of(self, start: int, end: int) -> bool:
        """Return whether a bracket at the end of a sentence says a time and nothing else, which is the sentence's: … 651 closed (2023)."""
        alone = any((s.start, s.end) == (start + 1, end - 1) for s in self.spans)
        return alone and bool(re.match(r"\s*(?:[.!?](?:\s|$)|\n|$)", self.text[end:]))

    def numbers(self) -> list[Number]:
        """The numbers of the text that are no times."""
        return list(self._numbers())

    def _numbers(self) -> Iterator[Number]:
        for found in NUMBER.finditer(self.text):
            at = found.start("digits")  # of "compared with 456 cases in 2018" the year alone is a time
            if any(
                (s.start if s.stretch or s.text[:3].lower() == "on " else s.end - len("2018")) <= at < s.end
                for s in self.spans
            ):
                continue
            unit = (found["unit"] or "").strip().lower()
            digits = found["digits"].replace(",", "")
            shared = SHARED_UNIT.match(self.text, found.end()) if "." in digits and not unit else None
            unit = shared["unit"].lower() if shared else unit
            if unit.endswith(("point", "points")):
                unit = "个百分点"
            elif unit in ("%", "percent", "per cent"):
                unit = "%"
            else:
                times = TIMES_TEN.get((found["times"] or "").lower(), "")
                digits, unit = _scaled(digits, times + ("元" if found["money"] or found["yuan"] else "件"))
            about = bool(ABOUT.search(self.text[self.sentence(at) : found.start()]))
            ended = found.end() if (found["unit"] or "").strip() else found.end("digits")
            yield Number(found.start(), ended, digits, unit, about=about)

    def begin(self, _before: int, at: int) -> None:
        """Begin what stands between two breaks: Of these, … speaks of what was counted last."""
        among = AMONG.match(self.text, self.breaks[at - 1])
        counted = [m for _, m in self.flow if kind_of(m, self.sets) == "count"]
        self.among = self.shared = ""
        if among:
            named = among["cases"] or ""
            said = first_measure("verbs", r"\b(?:{0})\b", named) or first_measure("nouns", r"\b(?:{0})\b", named)
            self.among = said or (counted[-1] if counted and not among["cases"] else "")
        new_sentence = self.breaks[at - 1] in self.sentences
        last = next((told for told in reversed(self.told) if told), None)
        kept = [last] if last and last[1] == "petitions" and not new_sentence else []  # 64 were lodged; 58 were settled
        self.flow, self.told, self.listed, self.moved = [], [*kept], [], None
        self.yearly = self.yearly and not new_sentence

    def missed(self, _number: Number, reason: str) -> None:
        """A number without a column is one of those that changes listed may speak of."""
        if reason not in (EARLIER.cell, LAST_YEAR.cell, NOT_YEARLY.cell):
            self.told.append(None)

    # -- one number -----------------------------------------------------------------------------------------------

    def number(self, number: Number, since: int) -> None:
        """Place one number by the words between the last number and it, and between it and the next."""
        later = self.found[self.found.index(number) + 1 :]
        end = next((b for b in self.breaks if b > number.start), len(self.text))
        left, right = (
            self.text[since : number.start],
            self.text[number.end : min(end, later[0].start if later else end)],
        )
        clause = CLAUSE.split(left)[-1]
        here = re.split(r"[,;)]|\b(?:and|while|but)\b", right)[0]
        self.reach, self.measure = number.start, ""
        if self.one_of_list(number):
            return
        if doubt := self._doubt(number, left, clause, here):
            self.leave(number, doubt)
        elif self._is_change(left, right):
            self._change(number, later, left, right, end)
        elif re.search(r"\bfrom\s*$", left) and (self.names_a_measure(left) or not COMPARED.search(left)):
            odd = self.not_understood(number, self.led_by(number, clause), "")
            self.moved = None if odd else next((one for one, _ in self._targets(number, left, 1) if one), None)
            self.before(number, self.moved, right, EARLIER)
        elif COMPARED.search(left):
            self.before(number, self.flow[-1] if self.flow else None, right, LAST_YEAR)
        elif year := OF_YEAR.search(self.text[self.bracket(number.start) : number.start]):
            self.of_year(number, int(year["year"]))
        elif number.unit == "个百分点":
            self.leave(number, NO_TARGET)
        else:
            self._figure(number, left, clause, right, here)

    def _figure(self, number: Number, left: str, clause: str, right: str, here: str) -> None:
        """Place a rate, a sum or a count, if its words are understood."""
        kind = "rate" if number.unit == "%" else "amount" if number.unit.endswith("元") else "count"
        if self._moved_to(number, kind, left, right) or self.of_next_time(number, kind):
            return
        row: PageRow | None = None
        if kind == "rate":
            self.measure = self._rate(left, right)
            self.list_from(number, self.measure)
        elif kind == "amount":
            self.measure = self._amount(left, here)
        else:
            self.measure, row = self._count(number, left, clause, right)
        if self.one_of_list(number):
            return
        if kind == "count" and self.among and self.measure == self.among and self._of_no_kind(number):
            self.leave(number, A_PART)  # Of the cases closed, 198 were settled
            return
        if not self.measure:
            self.leave(number, NO_WORD)
            named = CASES.match(right)
            if named and named["kind"].strip():
                self.others.append(number.start)
            return
        of_cases = here if kind != "rate" or OF_CASES.match(here) else ""
        if odd := self.not_understood(number, self.led_by(number, clause), of_cases):
            self.leave(number, other_cases(odd))
            self.others.append(number.start)
            return
        row = row or self.row_of(number, self.measure, clause)
        if row is None:
            self.leave(number, TIME_OPEN if self.time_open else SCOPE_OPEN)
        else:
            self.enter(number, self.measure, number.unit, row)

    def _of_what_was_left(self, number: Number, left: str, right: str) -> bool:
        """Return whether it goes on about what had no column: the centre handled 99 disputes and settled 88."""
        at = self.found.index(number)
        since = max(b for b in self.breaks if b <= number.start)
        before = self.found[at - 1] if at else number
        left_out = since <= before.start < number.start and before.start in self.left_at and not REACHING.search(left)
        goes_on = left_out and before.unit == "件" and re.search(r",|\band\b", left)
        return bool(goes_on) and not re.search(r"\b(?:courts?|cases?|it|we|were|was)\b|:", left + right)

    def _doubt(self, number: Number, left: str, clause: str, here: str) -> Text | None:
        """Return why a number cannot be taken for a printed figure, if it cannot."""
        since = max(b for b in self.breaks if b <= number.start)
        if number.about:
            return ROUGH
        if self.time_unclear(number.start):
            return TIME_OPEN
        before = self.found[self.found.index(number) - 1]
        if before.unit == "%" and before.end < number.start and BASE_OF_SHARE.fullmatch(left):
            return SCOPE_OPEN  # enforcement cases made up 31% of the court's 99 filings
        if self.times_listed(number) and len(self.times_listed(number)) != 1 + len(
            [*self._in_list(number, self.found[self.found.index(number) + 1 :])]
        ):
            return LISTED
        if BOUND.search(left):
            return IN_DOUBT
        if number.unit == "件" and self._of_what_was_left(number, left, here):
            return NO_WORD
        of_each = EACH.search(here) or EACH.search(clause) or OF_EVERY.search(self.text, since, number.start)
        return A_MEAN if of_each else None

    def led_by(self, number: Number, clause: str) -> str:
        """A clause with what leads up to it, where no number stands between: excluding terminated cases, 99 were closed."""
        since = max(b for b in self.breaks if b <= number.start)
        since = max(since, self.text.rfind(":", 0, number.start) + 1)
        return clause if any(since <= n.start < number.start for n in self.found) else self.text[since : number.start]

    def _moved_to(self, number: Number, kind: str, left: str, right: str) -> bool:
        """Place what a figure rose or fell to: fell 35 per cent to 26; from 58.3 per cent in 2018 to 66.7 per cent in 2020."""
        to = MOVED_TO.fullmatch(left)
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
        self.enter(number, measure, number.unit, row)
        return True

    def _of_no_kind(self, number: Number) -> bool:
        """Whether the words since the break before a number, and those behind it, name no kind of cases."""
        since = max(b for b in self.breaks if b <= number.start)
        return self.reach == number.start and not self.scopes_in(since, number.start)

    def _rate(self, left: str, right: str) -> str:
        if CLAIMED.match(right):
            return "recovery_rate"
        if self.among == "closed" and (how := HOW_CLOSED.match(right)):
            return "completed_rate" if how["completed"] else "terminated_this_round_share"
        last = self.told[-1][1] if self.told and self.told[-1] else ""
        if last == "petitions_resolved" and OF_SETTLEMENT.search(left):
            return "petition_settlement_rate"
        return first_measure(
            "rates", r"\b(?:{0})\b(?:(?!\b(?:closure|recovery|enforcement) rate)[^,;])*$", left
        ) or first_measure("rates", r"^\s*(?:{0})\b", right)

    def _count(self, number: Number, left: str, clause: str, right: str) -> tuple[str, PageRow | None]:
        """The measure of a count, and the row where it is not that of the words before it."""
        noun = CASES.match(right)
        kind, called = (noun["kind"], noun["noun"].lower()) if noun else ("", "")
        behind = right[noun.end() :] if noun else right
        last = self.told[-1] if self.told else None
        is_kind = IS_KIND.match(right)
        own = self._kind_behind(number, right, is_kind or noun)
        if own and is_kind and (self.among or last):  # of which 1,987 were enforcement cases
            self.parts.add(own[0])
            return self.among or (last[1] if last else ""), None
        about = f"{kind} {behind}"
        if called == "complaints" and not re.match(
            r"(?:\w+ )*enforcement|.*?about (?:its )?enforcement", about, re.IGNORECASE
        ):
            return "", None
        if called in ("petitions", "letters and visits", "complaints"):
            self._kind_behind(number, right, re.match(".*", right))
            return "petitions", None
        shared = _labelled(self._without_times(left)) or self._shared_by(number, left, clause, right)
        if shared := shared or self._in_all(left) or self._passed(number, left):
            return shared, None
        if re.search(r"\b(?:worth|involving)\s*$", behind):  # 99 cases worth 9 million yuan were closed
            after = self.found[self.found.index(number) + 1 :][:1]
            behind = self.text[after[0].end : after[0].end + AHEAD] if after else behind
        measure = "opening" if YEAR_BEGUN.search(left) else "closing" if YEAR_ENDED.search(left) else ""
        measure = measure or first_measure("verbs", ACTIVE, clause) or first_measure("verbs", PASSIVE, behind)
        measure = (
            measure
            or first_measure("verbs", ACTIVE, self._without_times(clause))
            or ("filed" if WERE_NEW.match(behind) else "")
        )
        measure = "closing" if measure == "opening" and CARRIED_ON.match(behind) else measure
        measure = self._by_nouns(measure, left, kind or called) or first_measure("nouns", r"^(?:{0})$", called)
        if measure == "closing" and AT_BEGINNING.search(self.led_by(number, clause) + re.split(CLAUSE, behind)[0]):
            measure = "opening"
        if measure and not noun:
            self.list_from(number, measure)
            self._kind_of_next(number, right)
        if measure in ("closed", "petitions_resolved"):
            if last and last[1] == "petitions":
                return "petitions_resolved", last[0]
            closed = noun or measure == "closed" or not OF_PETITIONS.search(self.text)
            measure = "closed" if closed else ""
        return measure or self._by_list(number, left, own if noun or last else None, last[1] if last else ""), None

    def _in_all(self, left: str) -> str:
        """The measure of the sum of what was carried over and filed: 9 were carried over and 90 newly filed, making 99 in all."""
        return "received" if {m for _, m in self.flow[-2:]} == {"opening", "filed"} and IN_ALL.search(left) else ""

    def _passed(self, number: Number, left: str) -> str:
        """The measure of which was said what it passed: the caseload passed 10,000, reaching 10,233."""
        at = self.found.index(number)
        since = max(b for b in self.breaks if b <= number.start)
        if not at or self.found[at - 1].start < since or not REACHING.search(left):
            return ""
        return self.names_a_measure(PASSED.sub("", self.text[since : self.found[at - 1].start]))

    def _by_list(self, number: Number, left: str, own: Kind | None, last: str) -> str:
        """The measure of a list of kinds of cases, said before or behind it; empty for none."""
        if last and re.fullmatch(rf"{BRACKETED.pattern}{LIST.pattern}", left):
            return last
        if not own:  # first-time enforcement cases numbered 99 and resumed enforcement cases 9
            goes_on = re.fullmatch(rf"{LIST.pattern}{kind_listed().pattern} cases\s*", left)
            noun, _ = self.behind_list(number)  # 99 criminal, 88 civil and 9 administrative filings
            return last if goes_on else first_measure("nouns", r"^(?:{0})$", noun)
        noun, rest = self.behind_list(number)
        behind = first_measure("verbs", PASSIVE, rest) or first_measure("nouns", r"^(?:{0})$", noun)
        return behind or (self._goes_on(number, left, own, last) if last else "")

    def _shared_by(self, number: Number, left: str, clause: str, right: str) -> str:
        """The measure of which a kind's part is said: first-time cases accounted for 9 of the filings and 8 of the closings."""
        noun = first_measure("nouns", r"^\s*of (?:(?:the|all) )?(?:{0})\b", right)
        if self.shared and noun and re.search(r"\band\s*$", left):
            return noun
        if not re.search(r"\b(?:accounted for|made up)\s*$", left) and not (
            self.shared and re.search(r"\bfor\s*$", left)
        ):
            return ""
        self.shared = noun or self.shared
        self.parts |= {s[0] for s in self.scopes_in(number.start - len(clause), number.start)}
        return self.shared

    def _kind_behind(self, number: Number, right: str, phrase: re.Match[str] | None) -> Kind | None:
        """The kind of cases that the words behind a number name, which then speak of it."""
        reach = number.end + (phrase.end() if phrase else 0) + len(" of")
        named = [s for s in self.scopes if number.end <= s[0] <= reach and s[1] <= number.end + len(right)]
        if named:
            self.reach = named[0][1]
        return named[0] if named else None

    def _kind_of_next(self, number: Number, right: str) -> None:
        """Take the kind of cases that two numbers share and the second says: accepted 99 and closed 88 enforcement cases."""
        later = self.found[self.found.index(number) + 1 :][:1]
        if later and first_measure("verbs", r"^\s+and\s+(?:{0})\s+$", right) and self._of_no_kind(number):
            self._kind_behind(later[0], self.text[later[0].end :], CASES.match(self.text, later[0].end))

    def _by_nouns(self, measure: str, left: str, kind: str) -> str:
        """The measure that nouns say where no verb does: 9 pending cases, new filings were 9; new cases accepted are filings."""
        if not measure and re.search(
            r"\b(?:pending|outstanding|un(?:resolved|finished|closed|decided|disposed))\b", kind
        ):
            return "closing"
        if measure in ("received", "") and re.match(r"\s*new(?:ly)?\b", kind):
            return "filed"
        said = kind_named().sub("", CLAUSE.split(self._without_times(left))[-1])
        named = first_measure("nouns", SUBJECT, said) or first_measure("nouns", BROUGHT, said)
        named = named or (first_measure("nouns", NO_VERB, said) if self.flow else "")
        return measure or named or first_measure("verbs", NUMBER_OF, self._without_times(left))

    def _without_times(self, said: str) -> str:
        """Words without the times that they name: applications received in 2023 were 99."""
        said = re.sub(r"\s+for the \w+ (?:year|quarter|month) (?:running|in a row),?", "", said)
        said = re.sub(r"\bin (?:the|each of the) four quarters(?: of)?\s+", "in ", said)
        for text in sorted((s.text for s in self.spans if s.text in said), key=len, reverse=True):
            said = re.sub(rf"(?:\b(?:in|during|between|at|on|for)\s+)?(?:the\s+)?{re.escape(text)},?\s*", "", said)
        return said

    def _goes_on(self, number: Number, left: str, own: Kind, measure: str) -> str:
        """The measure of the number before, for a kind of cases listed after it; empty for none."""
        rest = left[named.end() :] if (named := CASES.match(left) or kind_listed().match(left)) else left
        if not (LIST.fullmatch(rest) or re.search(r"\bincluding\s+$", rest)):
            return ""
        since = max(b for b in self.breaks if b <= number.start)
        if "including" in rest or any(s[0] in self.parts for s in self.scopes_in(since, number.start)):
            self.parts.add(own[0])
        return measure

    def _amount(self, left: str, here: str) -> str:
        behind = first_measure(
            "amounts", r"^\s*(?:(?:was|were)\s+)?(?:{0})\b", here
        )  # 3 million recovered out of 9 million claimed
        measure = behind or first_measure("amounts", r"\b(?:{0})\b", left + " " + here)
        if measure == "amount_received" and re.search(r"\bin (?:the )?(?:closed|concluded) cases\b", here):
            measure = "amount_closed"
        if measure:
            return measure
        last = self.told[-1][1] if self.told and self.told[-1] else ""
        if last == "amount_received" and re.search(r"\band received\s*$", left):
            return "amount_recovered"  # applicants claimed 9 million yuan and received 3 million yuan
        if re.search(r"\b(?:involving|worth)\b", left):
            return {"closed": "amount_closed", "received": "amount_received", "filed": "amount_received"}.get(last, "")
        return ""


def _labelled(left: str) -> str:
    """The measure of a label right before a number: Cases closed: 1,318; empty for none."""
    label = LABEL.search(left)
    said = kind_named().sub("", label["label"]) if label else ""
    return first_measure("nouns", r"^\s*(?:(?:total|case)\s+)?(?:{0})\s*$", said) or first_measure(
        "verbs", r"^\s*(?:{0})\s*$", said
    )


def _scaled(digits: str, unit: str) -> tuple[str, str]:
    """2.34 billion yuan as 23.4亿元: the digits that are printed stay as many."""
    if unit != "亿元":
        return digits, unit
    whole, _, part = digits.partition(".")
    return (f"{whole}{part[:1]}" + (f".{part[1:]}" if part[1:] else ""), unit) if part else (f"{digits}000", "百万元")
