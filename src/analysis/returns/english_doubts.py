"""Numbers of English sentences that cannot be taken for a court's printed figure: rough ones, aims, means, parts of none."""

from __future__ import annotations

import re

from analysis.returns.english_lists import OF_RECEIVED, EnglishLists
from analysis.returns.english_times import YEAR
from analysis.returns.english_words import NOUNS, first_measure
from analysis.returns.numbers import Number
from analysis.returns.page import A_PART, IN_DOUBT, LISTED, NO_WORD, ROUGH, SCOPE_OPEN, TIME_OPEN
from analysis.vocabulary.text import Text

ACTUAL = re.compile(r"\bexceed(?:ing|ed) (?:the\s*|[a-z ]+\()$")  # exceeding the 99 cases filed
SOME = re.compile(
    r"\b(?:[Jj]udge [A-Z]\w+|Mr\.?|Ms\.?|teams?|panels?|tribunals?|centres?|centers?|lawyers?|mediators?|clerks?|assistants?"
    r"|(?:enforcement )?(?:campaigns?|operations|crackdowns?|drives|initiatives?)"
    r"|pilots?|platforms?|stations?|workstations?|branch(?:es)?|squads?|special actions?)\b"
)
OF_COURT = re.compile(rf"\b(?:courts?|it|we|altogether|in total|overall)\b|(?:\b(?:In|in|during|During)\s+{YEAR})")
FOR_LONG = re.compile(
    r"\bfor (?:more|longer|less|over|at least|up to)\b|\b(?:older|longer) than\b", re.IGNORECASE
)  # pending for more than two years
WITHIN = re.compile(r"\b(?:within|from (?:them|other))\b", re.IGNORECASE)  # 99 cases within 30 days
HARMLESS = re.compile(  # says why, not of which cases
    r"^\s*(?:(?:In|During|For) [^,;]{4,20},\s*)?(?:[A-Z]{3,},[^,;\d]*\d*\s*[-–—]+|(?:Thanks to|Owing to|Due to|Because of|Despite|In spite of|Amid"
    r"|Against (?:the|a) (?:back)?(?:ground|drop) of|Faced with|In the face of|According to|As a result of"
    r"|In response to|In the wake of|Building on|Benefiting from|Under the (?:leadership|guidance|supervision) of"
    r"|With the (?:help|support|assistance|joint efforts|efforts) of|As [a-z]+ed by|(?:Affected|Hit|Driven|Helped|Boosted|Influenced) by)\b[^,;\d]*,)",
    re.IGNORECASE,
)
BOUND = re.compile(
    r"\b(?:at least|no less than|not less than|target|aims?|goal|should|must|required|exceed(?:ed|ing)?|above|below|under"
    r"|expect\w*|project(?:ed|ions?)|forecast\w*|plan(?:s|ned)?|estimat\w*"
    r"|provisional\w*|preliminar\w*|anticipat\w*|likely|hope[sd]?|intend\w*|will|would|could|might|if|unless)\b[^,;]*$"
    r"|\b(?:passed|surpassed|topped|crossed)\s*$",
    re.IGNORECASE,
)
OF_EVERY = re.compile(r"\bof every\s+[\d,]+", re.IGNORECASE)
EACH = re.compile(
    r"\b(?:on average|averag\w*|mean|per (?:judge|capita|(?:\w+ )?case|person|head)|each judge|each(?! (?:year|quarter|month|of the))"
    r"|every(?! (?:year|quarter|month)))\b",
    re.IGNORECASE,
)
BASE_OF_SHARE = re.compile(r"\s*of (?:all |the |its |our |their )*(?:court's )?(?:total )?")
A_MEAN = Text("是平均数，该数没有对应的列", "it is an average: there is no column for it")
RELATIVE = r"\s*(?:(?:that|which)\s+)?(?:it|we|they|the courts?)\s+(?:had\s+|has\s+|have\s+)?(?:newly\s+)?"  # the 99 cases it received
REACHING = re.compile(r",\s*(?:reaching|to reach)\s*$", re.IGNORECASE)


class EnglishDoubts(EnglishLists):
    """A page in English that tells which of its numbers are no figures of the court."""

    bases: dict[
        int, str
    ]  # what the whole was counted as of which a number is a part, by where it begins; empty where open

    def _of_what_was_left(self, number: Number, left: str, right: str) -> bool:
        """Return whether it goes on about what had no column: the centre handled 99 disputes and settled 88."""
        at = self.found.index(number)
        since = self.segment(number.start)
        before = self.found[at - 1] if at else number
        left_out = since <= before.start < number.start and before.start in self.left_at and not REACHING.search(left)
        goes_on = left_out and before.unit == "件" and re.search(r",|\band\b", left)
        return bool(goes_on) and not re.search(r"\b(?:courts?|cases?|it|we|were|was)\b|:", left + right)

    def doubt(self, number: Number, left: str, clause: str, here: str) -> Text | None:
        """Return why a number cannot be taken for a printed figure, if it cannot."""
        since = self.segment(number.start)
        if number.about:
            return ROUGH
        if self._of_some(number, since) or FOR_LONG.search(here) or (number.unit == "件" and WITHIN.search(here)):
            return A_PART
        if self.time_unclear(number.start) and not self.right_behind(number):
            return TIME_OPEN
        if self._is_a_base(number, left, here):
            return SCOPE_OPEN
        if self.times_listed(number) and len(self.times_listed(number)) != 1 + len(
            [*self._in_list(number, self.found[self.found.index(number) + 1 :])]
        ):
            return LISTED
        if BOUND.search(left) and not ACTUAL.search(left):
            return IN_DOUBT
        if number.unit == "件" and self._of_what_was_left(number, left, here):
            return NO_WORD
        of_each = EACH.search(here) or EACH.search(clause) or OF_EVERY.search(self.text, since, number.start)
        return A_MEAN if of_each else None

    def _is_a_base(self, number: Number, left: str, here: str) -> bool:
        """Return whether a number is merely that of which another is a share: enforcement cases made up 31% of the court's 99 filings."""
        before = self.found[self.found.index(number) - 1]
        of_its_own = first_measure("verbs", RELATIVE + r"(?:{0})\b", re.sub(rf"^[^,;.\d]*?\b(?:{NOUNS})", "", here))
        if OF_RECEIVED.match(self.text, before.end) and self.text[before.end : number.start].strip() == "of the":
            return False  # concluded 96% of the 99 cases accepted
        of_share = before.unit == "%" and before.end < number.start and BASE_OF_SHARE.fullmatch(left)
        return self.base_of(number) == "" or bool(of_share and not of_its_own)

    def _of_some(self, number: Number, since: int) -> bool:
        """Return whether a number is of a campaign, a team or a person, which the words before it name: 12 campaigns, in which 99 were closed."""
        told = max((m.end() for m in SOME.finditer(self.text, since, number.start)), default=-1)
        return told >= 0 and not OF_COURT.search(self.text, told, number.start)

    def led_by(self, number: Number, clause: str) -> str:
        """A clause with what leads up to it, where no number stands between: excluding terminated cases, 99 were closed."""
        since = self.segment(number.start)
        since = max(since, self.text.rfind(":", 0, number.start) + 1)
        if any(since <= n.start < number.start for n in self.found):
            return clause
        harmless = HARMLESS.match(self.text, since, number.start) or HARMLESS.match(self.text[since : number.start])
        return self.text[since + (len(harmless[0]) if harmless else 0) : number.start]

    def base_of(self, number: Number) -> str | None:
        """What the whole was counted as, of which the number before one is a part; empty where that is open, None for no such number."""
        return self.bases.get(number.start)
