"""Rates and sums of money of English sentences, by the words beside them and by their arithmetic."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.returns.english_changes import FAR
from analysis.returns.english_counts import FIRST_AT, PASSED, EnglishCounts
from analysis.returns.english_lists import AHEAD, OF_RECEIVED
from analysis.returns.english_words import first_measure, measures_named
from analysis.returns.figures import kind_of, printed_figure
from analysis.returns.numbers import Number
from analysis.returns.row_arithmetic import gives

CLAIMED = re.compile(
    r"\s*of (?:the|all)\s+(?:total\s+)?(?:amounts?|sums?|money|value)\s+(?:claimed|sought|applied for)", re.IGNORECASE
)
WITHIN_LIMIT = re.compile(
    r"\s*of (?:all |the |its )*(?:[a-z]+ )?(?:cases|them) (?:were|was|had been) (?:closed|concluded|disposed of|completed) "
    r"within (?:the|their|its) (?:statutory |legal |prescribed )?(?:time[- ]limits?|period)",
    re.IGNORECASE,
)
OF_ITS_CASES = re.compile(
    r"\s*of (?:all |the |its )*(?:[a-z-]+ )?cases within (?:the|their|its) (?:statutory |legal "
    r"|prescribed )?time[- ]limits?",
    re.IGNORECASE,
)
OF_THE_SUM = re.compile(
    r"\s*of (?:the|this|that) (?:sum|amount|total|money|value) (?:was|were|had been|has been)"
    r" (?:actually |in fact )?(?:recovered|collected|realised|realized)\b",
    re.IGNORECASE,
)
DONE_OF = re.compile(r"\b(?:closed|concluded|completed|finalised|finalized|disposed of)\s+$", re.IGNORECASE)
OF_ITS_ALL = re.compile(  # closed 94% of its enforcement cases
    r"\s*of (?:its|our|their|all(?: its| the)?) (?:[a-z-]+ ){0,2}cases(?=\s*(?:[,.;]|$|(?:and|while|but)\b|in \d{4}))"
)
AND_STOOD = re.compile(r",?\s*(?:and\s+(?:stood at|reached|came to|was)|reaching|standing at)\s*")
AND_RATE = re.compile(r"\s+and (?:the|its|a) [a-z -]*rate\s*(?:(?:was|of|at|stood at)\s*)?")
OF_CLOSED = re.compile(
    r"\b(?:in|of|for) (?:the )?(?:cases )?(?:closed|concluded|finished|completed)\b(?: cases)?", re.IGNORECASE
)
HOW_CLOSED = re.compile(  # Of the cases closed, 41% were completed and 39% terminated for this round
    r"\s*(?:(?:were|was|had been)\s+)?(?:(?P<completed>completed)\b(?! within)|terminated for this round\b)",
    re.IGNORECASE,
)
OF_SETTLEMENT = re.compile(r"\b(?:settlement|resolution) rate (?:of|was)\s*$", re.IGNORECASE)
BASES = {"closed": "received", "petitions_resolved": "petitions", "amount_recovered": "amount_closed"}


class EnglishRates(EnglishCounts):
    """A page in English whose rates and sums are placed under what they are of."""

    def rate(self, number: Number, left: str, right: str) -> str:
        """The rate that a percentage is; empty for none."""
        left = (
            re.sub(r",\s*$", " ", left) if right.startswith(",") or re.search(r"rate,\s*$", left) else left
        )  # the recovery rate, 47.8%, and
        before = self.found[self.found.index(number) - 1]
        since = self.segment(number.start)
        if AND_STOOD.fullmatch(left) and since <= before.start and PASSED.search(self.text, since, before.start):
            left = PASSED.sub("", self.text[since : before.start])  # the rate exceeded 100% and stood at 102.1%
        self._kind_of_rate(number, right)
        if named := self._rate_behind(number, left, right) or self.quotient(number, left):
            return named
        last = self.told[-1][1] if self.told and self.told[-1] else ""
        if last == "petitions_resolved" and OF_SETTLEMENT.search(left):
            return "petition_settlement_rate"
        if last and kind_of(last, self.sets) == "rate" and self._of_next_kind(number, left):
            return last
        return first_measure(
            "rates", r"\b(?:{0})\b(?:(?!\b(?:closure|recovery|enforcement) rate)[^,;])*$", left
        ) or first_measure("rates", r"^\s*(?:{0})\b", right)

    def _rate_behind(self, number: Number, left: str, right: str) -> str:
        """The rate that the words behind a percentage say; empty for none."""
        if CLAIMED.match(right) or (OF_THE_SUM.match(right) and self._claimed_before(number)):
            return "recovery_rate"
        behind = self.text[number.end : number.end + FAR]
        if DONE_OF.search(left) and (received := OF_RECEIVED.match(behind)):  # concluded 96% of the 99 cases accepted
            self._kind_behind(number, received[0], received)
            return "closure_rate"
        if DONE_OF.search(left) and (its := OF_ITS_ALL.match(behind)):
            self._kind_behind(number, its[0], its)
            return "closure_rate"
        closed = re.search(r"\b(?:closed|concluded|completed|disposed of)\s*$", left)
        if WITHIN_LIMIT.match(right) or (closed and OF_ITS_CASES.match(right)):
            return "closed_within_limit_rate"
        if self.among == "closed" and (how := HOW_CLOSED.match(right)):
            return "completed_rate" if how["completed"] else "terminated_this_round_share"
        # at 98.3%, the closure rate was the highest in five years
        ahead = FIRST_AT.search(left)
        return first_measure("rates", r"^\s*,\s*(?:the|its|our)\s+(?:{0})\b", right) if ahead else ""

    def _claimed_before(self, number: Number) -> bool:
        """Return whether the figure before a rate is what was claimed."""
        last = self.placed_as.get(self.found[self.found.index(number) - 1].start)
        return bool(last and last[1] in ("amount_received", "amount_closed"))

    def _kind_of_rate(self, number: Number, right: str) -> None:
        """Take the kind of cases that is said behind a rate, or behind the next that shares it: the rate was 42% and the other rate 28% for civil cases."""
        if self._kind_behind(number, right, None):
            return
        later = self.found[self.found.index(number) + 1 :][:1]
        if later and AND_RATE.fullmatch(self.text, number.end, later[0].start):
            self._kind_behind(later[0], self.text[later[0].end : later[0].end + AHEAD], None)

    def quotient(self, number: Number, left: str) -> str:
        """The rate that a percentage is of the two figures before it, by their arithmetic: 99 received, 88 closed, or 88.9%."""
        last = self.told[-1] if self.told else None
        if not (
            last
            and re.fullmatch(r"[^,;]{0,30},\s*(?:or|that is|i\.e\.,?|making|giving)\s*|\s*(?:cases\s*)?\(\s*", left)
        ):
            return ""
        of = {
            "closed": "closure_rate",
            "petitions_resolved": "petition_settlement_rate",
            "amount_recovered": "recovery_rate",
        }
        rate, row = of.get(last[1], ""), last[0]
        return rate if rate and _divides(row.values, last[1], number.digits) else ""

    def amount(self, left: str, here: str) -> str:
        """What a sum of money is; empty for none."""
        behind = first_measure(
            "amounts", r"^\s*(?:(?:was|were)\s+)?(?:{0})\b", here
        )  # 3 million recovered out of 9 million claimed
        measure = behind or first_measure("amounts", r"\b(?:{0})\b", left + " " + here)
        if measure == "amount_received" and OF_CLOSED.search(f"{left} {here}"):
            measure = "amount_closed"
        if measure:
            return measure
        last = self.told[-1][1] if self.told and self.told[-1] else ""
        if last == "amount_received" and re.search(r"\band received\s*$", left):
            return "amount_recovered"  # applicants claimed 9 million yuan and received 3 million yuan
        if re.search(r"\b(?:involving|worth|with a (?:total )?(?:value|amount|sum) of)\b", left):
            last = last or next(
                (name for *_, name in reversed(measures_named(left))), ""
            )  # received applications worth 3 million yuan
            return {"closed": "amount_closed", "received": "amount_received", "filed": "amount_received"}.get(last, "")
        return ""


def _divides(values: Mapping[str, str], top: str, digits: str) -> bool:
    """Return whether a percentage is what a figure is of its base, to its digits."""
    bottom = values.get(BASES[top])
    if not bottom:
        return False
    sides = [printed_figure(values[name], name).interval("either") for name in (top, BASES[top])]
    printed = printed_figure(digits, "closure_rate")
    return gives([(100 * sides[0].lower / sides[1].upper, 100 * sides[0].upper / sides[1].lower)], printed)
