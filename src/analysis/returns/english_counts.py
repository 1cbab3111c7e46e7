"""Counts of English sentences: the measure of a number of cases or petitions, by the verb or the noun beside it."""

from __future__ import annotations

import re

from analysis.returns.courts_and_times import Kind
from analysis.returns.english_changes import LIST
from analysis.returns.english_doubts import REACHING, RELATIVE, EnglishDoubts
from analysis.returns.english_lists import AHEAD, CASES, NEXT_KIND, OF_KIND
from analysis.returns.english_times import NOT_CALENDAR, YEAR
from analysis.returns.english_words import NOUNS, first_measure, kind_listed, kind_named, measures_named, run_of
from analysis.returns.numbers import Number
from analysis.returns.page import PageRow

CLAUSE = re.compile(r"[,;:]|\b(?:and|while|but)\b")
ACTIVE = r"\b(?:{0})\s+(?:a total of\s+|in total\s+|altogether\s+|another\s+|the\s+)*$"
AUXILIARY = r"(?:(?:were|was|are|had been|have been|has been|being|still|remained|also|newly|then|subsequently|successfully)\s+)"
# 99 cases accepted, 99 of which were filed; after a comma the verb needs its auxiliary: ", concluded 88"
PASSIVE = rf"^(?:\s*,?\s*(?:(?:all )?of (?:which|them|these|all (?:kinds|types|sorts))\s+)?{AUXILIARY}+|\s*(?:of (?:which|them)\s+)?|{RELATIVE})(?:{{0}})\b"
# 99 applications for enforcement were accepted
PASSIVE_FAR = rf"^\s*(?:(?:for|of|by|in|from|on|at)\s+(?:(?!and\b|or\b|which\b|but\b|while\b)[\w'-]+\s+){{{{1,5}}}}?){AUXILIARY}+(?:{{0}})\b"
IS = (
    r"(?:of|was|were|is|numbered|reached|totall?ed|stood at|came to|amounted to"
    r"|(?:rose|fell|grew|dropped|declined|increased|decreased|climbed)"
    r"(?:\s+(?:again|further|slightly)|\s+for the \w+ (?:year|quarter) (?:running|in a row),?)? to)\s*$"
)
NO_VERB = r"^\s*(?:the\s+)?(?:{0})(?:,?\s+(?:to|at))?\s*$"  # new filings were 99, closings 88
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
AT_BEGINNING = re.compile(
    rf"\bat the (?:beginning|start) of (?:the (?:year|period)|(?:January,? )?{YEAR}|(?:(?:the|its) )?{NOT_CALENDAR} (?:year|period))",
    re.IGNORECASE,
)
GOES_ON = re.compile(rf"(?:\s*(?:{NOUNS}))?{LIST.pattern}", re.IGNORECASE)
DENIED = re.compile(
    r"\b(?:not|never|no|nor|without|yet|fail\w*|of which|of (?:them|these|those)|between|ratio|times)\b", re.IGNORECASE
)
OTHER_KIND = re.compile(
    r"(?:[^,;]{0,40}\bcases\b)?\s*\)?[\s,]*(?:and|while|as well as)?\s*(?:(?:that|those|the (?:rate|figure|number))\s+)?(?:for|in|of|with)?\s*(?:the\s+)?",
    re.IGNORECASE,
)
CARRIED = re.compile(r"\b(?:carr(?:ied|ying)|br(?:ought|inging))\s+$", re.IGNORECASE)
OVER = re.compile(r"\s*(?:over|forward)\s+(?:(?P<from>from)|(?:in)?to)\b")
PETITIONS = ("petitions", "letters and visits", "complaints")
CARRIED_FORWARD = re.compile(r"\bcarried (?:forward|over)(?: to the next year)?:?\s*$", re.IGNORECASE)
WHOLLY = r"^(?:{0})$"
LAST_KIND = re.compile(r"(?<=:)\s+[a-z-]+\s*$")
FIRST_AT = re.compile(
    r"(?:^|[,;.(]\s*|\b(?:and|but|while)\s+)at\s*$", re.IGNORECASE
)  # at 98.3%, the rate was the highest
OF_DAY = re.compile(
    r"\s*(?:at|by|as of|on)?\s*(?:the )?(?:start|beginning|end|close) of(?: the (?:year|period))?\s*$|\s+(?:in|at|by|during|for)\s*$",
    re.IGNORECASE,
)
AFTER_COUNT = re.compile(
    r"\s*(?:$|[^\w\s]|(?:in|on|at|by|for|from|of|to|as|with|and|or|but|while|than|over|against|during|within|through|under|out|up|down|across|among"
    r"|between|respectively|alone|altogether|overall"
    r"|compared|versus|were|was|are|is|had|have|has|been|being|remain\w*|still|also|newly|then|more|fewer|less|higher|lower|above|below|that|which"
    r"|who|it|we|they|the|a|an|year|this|last|new|when|where|after|before|came|went"
    r"|involving|worth|concerning|each|per|until|since|so|making|giving|bringing|leaving|representing|both|all|rose|fell|including|cumulatively|\w+ly)\b)",
    re.IGNORECASE,
)
OF_THE = re.compile(r"\s*(?:cases\s+)?(?:out )?of (?:(?:the|all|its|all the|the total of)\s+)?", re.IGNORECASE)
LABEL_COMMA = re.compile(r"(?:^|[:;,])\s*(?P<label>[^.;:,\d]+),\s*$")
AT_END = re.compile(
    r"\b(?:at|by) the end(?: of (?:it|the (?:year|period)|December(?: \d{4})?))?,?\s*(?:(?:there (?:were|was|remained)|it had|the (?:number"
    r"|figure) was)\s+)?$",
    re.IGNORECASE,
)
BRACKETED = re.compile(rf"\s*\((?P<year>{YEAR})\)")  # filings: 3,012 (2018), 3,350 (2019)
OF_PETITIONS = re.compile(r"\b(?:petitions?|complaints?|letters)\b", re.IGNORECASE)
WERE_NEW = re.compile(r"\s*(?:were|was|are)\s+new\b(?=\s*(?:[,;.]|and\b|$))", re.IGNORECASE)
PASSED = re.compile(r"\b(?:passed|exceeded|topped)\s*$", re.IGNORECASE)
IN_ALL = re.compile(
    r"\b(?:bringing|taking|brought|took) the (?:total|number|caseload)[\w ]{0,20} to\s*$|\b(?:making|giving|for|totall?ing)\s+(?:a total of\s+)?$",
    re.IGNORECASE,
)
# accepted 99 and closed 88. Of these, 77 were civil, of which 66 were closed
CLOSED_OF_THEM = re.compile(
    r"\b(?:of (?:which|them|these)|with)\s+[\d,]+ (?:(?:were|had been|have been)\s+)?(?:closed|concluded|finished|completed|resolved|disposed of)"
)
KIND_NUMBERED = re.compile(rf"\bcases\s+{IS}")
CARRIED_ON = re.compile(rf"[^,;.\d]*\b(?:in)?to (?:{YEAR}|the (?:next|following|new) year)")  # 99 cases into 2024


class EnglishCounts(EnglishDoubts):
    """A page in English whose counts are placed under what was counted."""

    shared = ""  # what kinds account for
    among = ""  # what is counted of kinds after: Of these, …
    among_since = 0
    counted_before = ""  # the one measure of the figures of all cases that the sentence before has
    whole: PageRow | None = None  # of which parts were said: 99 cases, of which 88 were civil cases

    def _of_no_kind(self, number: Number) -> bool:
        """Whether the words since the break before a number, and those behind it, name no kind of cases."""
        since = self.segment(number.start)
        return self.reach == number.start and not self.scopes_in(since, number.start)

    def count(self, number: Number, left: str, clause: str, right: str) -> tuple[str, PageRow | None]:
        """The measure of a count, and the row where it is not that of the words before it."""
        noun = CASES.match(right)
        called = noun["noun"].lower() if noun else ""
        behind = right[noun.end() :] if noun else right
        last = self.told[-1] if self.told else None
        is_kind = IS_KIND.match(right)
        own = self._kind_behind(number, right, is_kind or noun)
        if own and is_kind and (self.among or last):  # of which 1,987 were enforcement cases
            self.parts.add(own[0])
            self.whole = self.whole or (last[0] if last else None)
            return self.among or (last[1] if last else ""), None
        if called in PETITIONS:
            return self._petitions(number, called, right), None
        if shared := self._named_elsewhere(number, left, clause, right):
            return shared, last[0] if last and GOES_ON.fullmatch(left) and not own else None
        of_whole = self.base_of(number) or self._of_a_whole(number, clause)
        if of_whole or self.base_of(number) == "":
            return of_whole, None
        measure = self._stock(number, self._by_words(number, left, clause, noun, behind), left, clause, behind)
        if noun and measure and last and not own and GOES_ON.fullmatch(left) and first_measure("nouns", WHOLLY, called):
            return measure, last[0]  # civil cases accounted for 99 filings and 88 closings
        if measure and not noun:
            self.list_from(number, measure)
            self._kind_of_next(number, right)
        if measure in ("closed", "petitions_resolved"):
            if last and last[1] == "petitions":
                return "petitions_resolved", last[0]
            closed = noun or measure == "closed" or not OF_PETITIONS.search(self.text)
            measure = "closed" if closed else ""
        measure = measure or self._by_list(number, left, own if noun or last else None, last[1] if last else "")
        measure = measure or self._numbered(number, left)
        return measure or self._stock(number, self._by_one_word(left, right, noun), left, clause, behind), None

    def _numbered(self, number: Number, left: str) -> str:
        """The measure of a kind's cases that merely numbered so many, of which some were closed: that by which all cases were taken in."""
        closed = re.match(r"\s*(?:cases)?,\s*", self.text[number.end :])
        if not (closed and KIND_NUMBERED.search(left) and CLOSED_OF_THEM.match(self.text, number.end + closed.end())):
            return ""
        taken_in = [m for at, (_, m) in sorted(self.placed_as.items()) if m in ("filed", "received")]
        return taken_in[-1] if taken_in else ""

    def _petitions(self, number: Number, called: str, right: str) -> str:
        """The measure of a number of petitions; none for complaints that are not about enforcement."""
        if called == "complaints" and not re.match(
            r"\s*(?:\w+ )*enforcement|.*?about (?:its )?enforcement", right, re.IGNORECASE
        ):
            return ""
        self._kind_behind(number, right, re.match(".*", right))
        return "petitions"

    def _named_elsewhere(self, number: Number, left: str, clause: str, right: str) -> str:
        """The measure that a label, a whole or a sum names, and no verb or noun beside the number."""
        since = self.segment(number.start)
        first = not any(since <= n.start < number.start for n in self.found)
        named = _labelled(self.without_times(left), first=first) or self._shared_by(number, left, clause, right)
        named = named or self._in_all(number, left) or self._passed(number, left) or self.headed(number, left)
        if named == "opening" and CARRIED_FORWARD.search(left) and self._opened():
            return "closing"
        return "opening" if named == "closing" and AT_BEGINNING.search(left) else named

    def _by_words(self, number: Number, left: str, clause: str, noun: re.Match[str] | None, behind: str) -> str:
        """The measure that the verb or the noun beside a number says."""
        kind, called = (noun["kind"], noun["noun"].lower()) if noun else ("", "")
        if re.search(
            r"\b(?:worth|involving|with a (?:total )?(?:value|amount|sum) of)\s*$", behind
        ):  # 99 cases worth 9 million yuan were closed
            after = self.found[self.found.index(number) + 1 :][:1]
            behind = self.text[after[0].end : after[0].end + AHEAD] if after else behind
        measure = "opening" if YEAR_BEGUN.search(left) else "closing" if YEAR_ENDED.search(left) else ""
        measure = (
            measure
            or first_measure("verbs", r"\b(?:{0})\s*\(\s*$", left)  # fewer cases were filed (99) than closed (100)
            or first_measure("nouns", r"\b(?:{0}),\s*at\s*$", left)
            or self._subject_behind(number, left, behind)
            or first_measure("verbs", ACTIVE, clause)
            or first_measure("verbs", PASSIVE, behind)
            or first_measure("verbs", PASSIVE_FAR, behind)
            or first_measure("verbs", ACTIVE, self.without_times(clause))
            or ("filed" if WERE_NEW.match(behind) else "")
        )
        if CARRIED.search(clause) and (over := OVER.match(behind)):  # carried 99 over to 2021
            measure = "opening" if over["from"] else "closing"
        measure = "closing" if measure == "opening" and CARRIED_ON.match(behind) else measure
        return self._by_nouns(measure, left, kind or called) or first_measure("nouns", WHOLLY, called)

    def _subject_behind(self, number: Number, left: str, behind: str) -> str:
        """The measure of the subject behind a number: at 2,345, new enforcement cases were 5.6% down."""
        said = kind_named().sub("", behind) if FIRST_AT.search(left) else ""
        measure = first_measure("nouns", r"^\s*,\s*(?:(?:the|its|our)\s+)?(?:number of\s+)?(?:{0})\b", said)
        kinds = self.scopes_in(number.end, number.end + AHEAD) if measure else []
        self.reach = kinds[0][1] if kinds else self.reach
        return measure

    def _stock(self, number: Number, measure: str, left: str, clause: str, behind: str) -> str:
        """The measure, a stock of the year's beginning or end by the day that is said of it."""
        before = self.placed_as.get(self.found[self.found.index(number) - 1].start)
        if measure == "opening" and CARRIED_FORWARD.search(left) and self._opened():
            return "closing"  # brought forward 99; filed 900; carried forward 88
        if (
            not measure
            and before
            and before[1] == "opening"
            and (AT_END.search(left) or re.match(r"\s*at (?:the|its) end\b", behind))
        ):
            return "closing"
        span, _ = self.span(number.start)
        since = span and span.text.lower().startswith("since")
        on_first_day = (
            span and span.first and not span.last and not since and (span.first.month, span.first.day) == (1, 1)
        )
        at_beginning = AT_BEGINNING.search(self.led_by(number, clause) + re.split(CLAUSE, behind)[0])
        # pending cases stood at 99 on 1 January 2022
        return "opening" if measure == "closing" and (on_first_day or at_beginning) else measure

    def _opened(self) -> bool:
        """Return whether the row of the figure placed last has its opening stock already, or its closings."""
        return bool(self.placed_as) and not {"opening", "closed"}.isdisjoint(
            self.placed_as[max(self.placed_as)][0].values
        )

    def whole_again(self, clause: str) -> PageRow | None:
        """The row of what was counted before its parts, for the next verb of its subject: 99 cases, of which 88 were civil, and closed 77."""
        return self.whole if first_measure("verbs", ACTIVE, clause) else None

    def headed(self, number: Number, left: str, *, rates: bool = False) -> str:
        """The one measure named before a colon, of a number that says its own time: filings grew every year: 99 in 2015, 110 in 2016."""
        since = self.segment(number.start)
        left = self.text[since : number.start] if left.rstrip().endswith(":") else left
        named = {name for *_, name in measures_named(left, rates=rates)}
        alone = left.rstrip().endswith(":") and since + len(left) >= number.start and self.right_behind(number)
        return self.names_a_measure(left.rstrip()[:-1]) if alone and len(named) == 1 else ""

    def _by_one_word(self, left: str, right: str, noun: re.Match[str] | None) -> str:
        """The one measure that the words around a number name between commas: had fallen to 99; opened 99 files and closed 88."""
        here = re.split(r"[,;():]|\b(?:and|while|but|or)\b", right)[0]
        if re.search(r"[a-z],\s*$", left) and right.startswith(","):  # its highest number of new cases, 99, in 2023
            left = left.rstrip()[:-1]
        around = kind_named().sub("", f"{CLAUSE.split(left)[-1]} {here}")
        named = {name for *_, name in measures_named(self.without_times(around))}
        goes_on = noun or re.match(
            r"\s*(?:$|[.]|in\b|by\b|at\b|during\b|were\b|was\b|for\b|as\b|from\b|on\b|over\b)", here
        )
        return named.pop() if len(named) == 1 and goes_on and not DENIED.search(around) else ""

    def _of_a_whole(self, number: Number, clause: str) -> str:
        """The measure of a part of a whole: 2,345 of the 3,456 cases accepted were closed; empty for none. What the whole is, is kept."""
        later = self.found[self.found.index(number) + 1 :][:1]
        if not later or not OF_THE.fullmatch(self.text, number.end, later[0].start):
            return ""
        after = self.found[self.found.index(later[0]) + 1 :][:1]
        rest = re.split(
            r"[,;.()]|\b(?:and|while|but)\b", self.text[later[0].end : after[0].start if after else len(self.text)]
        )[0]
        named = CASES.match(rest)
        goes_on = (
            named.end() if named else 0 if re.match(r"\s*(?:were|was|had been)\b", rest) else len(rest)
        )  # 22 of the 23 were resolved
        told = [name for *_, name in measures_named(rest[goes_on:])]
        self._kind_behind(later[0], self.text[later[0].end :], named)
        if self.not_understood(later[0], "", rest):  # closed 12 of the 15 cases supervised by the high court
            self.bases[later[0].start] = ""
            self.bases[number.start] = ""
            return ""
        done = first_measure("verbs", ACTIVE, clause)
        if not done and told:
            self.bases[later[0].start] = told[0] if len(told) > 1 else ""
            return told[-1]
        return done

    def counts_cases(self, right: str) -> bool:
        """Return whether the words behind a number let it count cases: 99 cases, 99 were closed, 99 in 2021, and not 99 letters of thanks."""
        noun = CASES.match(right) or kind_listed().match(right) or AFTER_COUNT.match(right)
        return bool(noun or first_measure("verbs", r"^\s*(?:{0})\b", right))

    def of_two(self, number: Number, left: str) -> bool:
        """Return whether the words before a number say two measures of which it is the sum, or either: filings and closings came to 99."""
        before = self.found[self.found.index(number) - 1]
        counted = CASES.match(left) if before.end + len(left) == number.start else None  # 99 new cases and closed 88
        said = self.without_times(left[counted.end() :] if counted else left)
        both = run_of(measures_named(said), said, len(("filed", "closed")))
        *_, one, other = measures_named(said) if both else [(0, 0, ""), (0, 0, "")]
        joined = re.fullmatch(r"\s*(?:cases\s*)?and\s+(?:the\s+)?", said[one[1] : other[0]])
        return bool(both and joined) and not re.search(r"[,;:(]", said[other[1] :])

    def _in_all(self, number: Number, left: str) -> str:
        """The measure of the sum of what was carried over and filed: 9 were carried over and 90 newly filed, making 99 in all."""
        at, since = self.found.index(number), self.sentence(number.start)
        before = [self.placed_as.get(n.start) for n in self.found[max(0, at - 2) : at] if n.start >= since]
        return "received" if {one[1] for one in before if one} == {"opening", "filed"} and IN_ALL.search(left) else ""

    def _passed(self, number: Number, left: str) -> str:
        """The measure of which was said what it passed: the caseload passed 10,000, reaching 10,233."""
        if not REACHING.search(left):
            return ""
        at = self.found.index(number)
        since = self.segment(number.start)
        if not at or self.found[at - 1].start < since:  # intake rose for the third year in 2021, reaching 99
            said = REACHING.sub("", left)
            return self.names_a_measure(said) if len({m for *_, m in measures_named(said)}) == 1 else ""
        return self.names_a_measure(PASSED.sub("", self.text[since : self.found[at - 1].start]))

    def _by_list(self, number: Number, left: str, own: Kind | None, last: str) -> str:
        """The measure of a list of kinds of cases, said before or behind it; empty for none."""
        if last and re.fullmatch(rf"\s*\([^()]*\){LIST.pattern}", left):
            return last
        if not own:  # first-time enforcement cases numbered 99 and resumed enforcement cases 9
            goes_on = re.fullmatch(rf"{LIST.pattern}{kind_listed().pattern} cases\s*", left)
            noun, rest = self.behind_list(number)  # 99 criminal, 88 civil and 9 administrative filings, or cases filed
            if goes_on or self._of_next_kind(number, left):
                return last
            return first_measure("nouns", WHOLLY, noun) or (first_measure("verbs", PASSIVE, rest) if noun else "")
        noun, rest = self.behind_list(number)
        behind = first_measure("verbs", PASSIVE, rest) or first_measure("nouns", WHOLLY, noun)
        return behind or (self._goes_on(number, left, own, last) if last else "")

    def _of_next_kind(self, number: Number, left: str) -> bool:
        """Return whether a number is of the next kind of cases by what was said of the last: the rate was 96% for civil cases and for criminal cases 98%."""
        named = self.scopes_in(number.start - len(left), number.start)
        last = self.told[-1] if self.told else None
        if len(named) != 1 or not last or last[0].scope in ("", named[0][2]) or named[0][0] in self.parts:
            return False
        ahead = self.text[number.start - len(left) : named[0][0]]
        return bool(OTHER_KIND.fullmatch(ahead) and NEXT_KIND.fullmatch(self.text, named[0][1], number.start))

    def _shared_by(self, number: Number, left: str, clause: str, right: str) -> str:
        """The measure of which a kind's part is said: first-time cases accounted for 9 of the filings and 8 of the closings."""
        noun = first_measure("nouns", r"^\s*of (?:(?:the|all) )?(?:{0})\b", right)
        later = self.found[self.found.index(number) + 1 :][:1]
        if later and not noun and OF_THE.fullmatch(self.text, number.end, later[0].start):  # 9 of the 99 cases closed
            whole = self.text[later[0].end : later[0].end + AHEAD]
            cases = CASES.match(whole)
            noun = first_measure("verbs", PASSIVE, whole[cases.end() :]) if cases else ""
        if self.shared and noun and re.search(r"\band\s*$", left):
            return noun
        if not re.search(r"\b(?:accounted for|made up|represented)\s*$", left) and not (
            self.shared and re.search(r"\bfor(?: the (?:remaining|other))?\s*$", left)
        ):
            return ""
        self.shared = noun or self.shared
        self.parts |= {s[0] for s in self.scopes_in(number.start - len(clause), number.start)}
        return self.shared or self.among or self.counted_before

    def _kind_behind(self, number: Number, right: str, phrase: re.Match[str] | None) -> Kind | None:
        """The kind of cases that the words behind a number name, which then speak of it."""
        until = number.end + (phrase.end() if phrase else 0)
        named = [s for s in self.scopes if number.end <= s[0] and s[1] <= number.end + len(right)]
        named = [s for s in named if s[0] < until or OF_KIND.fullmatch(self.text, until, s[0])]
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
        if measure in ("received", "") and re.match(r"\s*(?:new(?:ly)?|incoming)\b", kind):
            return "filed"
        said = kind_named().sub("", CLAUSE.split(self.without_times(left))[-1])
        named = first_measure("nouns", SUBJECT, said) or first_measure("nouns", BROUGHT, said)
        named = named or (first_measure("nouns", NO_VERB, said) if self.flow else "")
        return measure or named or first_measure("verbs", NUMBER_OF, self.without_times(left))

    def _goes_on(self, number: Number, left: str, own: Kind, measure: str) -> str:
        """The measure of the number before, for a kind of cases listed after it; empty for none."""
        left = re.sub(r"^\s*\)\s*(?:(?:were|was|are)\s+)?", " ", left)
        rest = left[named.end() :] if (named := CASES.match(left) or kind_listed().match(left)) else left
        if not (
            LIST.fullmatch(rest)
            or rest.rstrip().endswith(":")
            or re.search(r"\b(?:including|comprising|consisting of)\s+$", rest)
        ):
            return ""
        since = self.segment(number.start)
        if (
            re.search(r"including|comprising|consisting", rest)
            or ":" in rest
            or any(s[0] in self.parts for s in self.scopes_in(since, number.start))
        ):
            self.parts.add(own[0])
        return measure


def _labelled(left: str, *, first: bool) -> str:
    """The measure of a label right before a number: Cases closed: 1,318; empty for none."""
    label = LABEL.search(left) or (LABEL_COMMA.search(left) if first else None)
    label = label or LABEL.search(LAST_KIND.sub("", left))  # closed cases: civil 99
    said = kind_named().sub("", OF_DAY.sub("", label["label"])) if label else ""
    said = re.sub(r"\s*\(\s*\)", "", said)  # cases filed (2021): 4,567
    if said.strip().lower() == "new":
        return "filed"
    return first_measure("nouns", r"^\s*(?:(?:total|case)\s+)?(?:{0})\s*$", said) or first_measure(
        "verbs", r"^\s*(?:{0})\s*$", said
    )
