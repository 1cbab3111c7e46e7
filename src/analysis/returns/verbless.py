"""Counts without a verb: what a list, its heading, its sum or the clause beside it says that they count."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from analysis.returns.courts_and_times import BEFORE
from analysis.returns.figures import kind_of
from analysis.returns.listed_numbers import LISTING, ListedNumbers
from analysis.returns.numbers import Number
from analysis.returns.page import A_PART, MODE, NO_WORD, PageRow
from analysis.returns.phrases import bare_scope, measure_said, not_understood, phrases
from analysis.returns.subjects import PARTS_OF

SHORT = re.compile(r"(?:已|审|执|办)?结(?:案|了)?\d")  # 刑事50件结30件
AHEAD = 12  # characters over a limit in an announcement: 超过5亿元的有
FEWEST_PARTS = 2  # of which a sum is taken for that of a whole
CLOSED_NEXT = re.compile("[，,]?(?:已|共)?(?:执结|审结|结案|办结|结)\\d")
OF_WHICH = re.compile(r"\s*其中")
VERB_MEASURES = ("received", "filed", "closed")
HANDLED = re.compile("[办审]理[^、和]*案件$")  # neither received nor closed, but of these cases
# what a sentence lists: 收案数前三位的法院：乙区法院99件; 从收案分布看，乙区法院99件; 到位金额超过5亿元的有乙区法院（6亿元）
ANNOUNCED = re.compile(
    "(?:^|[,，\\s]|(?<=[年月度期]))(?:从|按|就|以)?(?P<what>[^,，。:：;；\\d]{2,14}?)(?:"
    "(?:排名|排|居|位居|列)?(?:前|较高|较多|最高|最多)[^,，。;；:：]*[:：]"
    "|(?:的)?(?:分布|构成|排名|排序|高低)?(?:情况)?(?:来看|上看|看|方面)[,，:：]"
    "|(?:超过|达到?|突破|在)[\\d.]+(?:[万亿]?[元件]|%)(?:以上)?的(?:法院)?(?:有|是|为|包括)"
    "|(?:排名|排|居|位居|列)?前[^,，。;；:：\\d]{0,4}的(?:法院)?(?:有|是|为|依次为|分别为)"
    "|最[多少高低大小]的(?:法院)?(?:有|是|为))"
)
Place = tuple[PageRow, str]  # a row, and the measure of a number in it


def kind_of_unit(unit: str) -> str:
    """The kind of figure that a unit says: rate, amount or count."""
    return "rate" if unit in ("%", "‰") else "amount" if unit.endswith("元") else "count"


class VerblessNumbers(ListedNumbers):
    """A page whose counts without a verb are placed by the list in which they stand."""

    behind: dict[int, re.Match[str]]  # kinds of cases said behind a number, by where it begins
    ranked: str  # the measure by which courts are listed: 收案数前三位的法院
    whole: PageRow | None  # of which the sentence lists parts: 其中民事1200件、刑事200件
    means: dict[int, str]  # the measures of means of several courts, by where each begins
    before: list[Place | None]  # what the numbers before the last semicolon were placed as

    def _inherited(self, number: Number, clause: str, unit: str) -> None:
        """受理民事案件3000件、刑事案件500件: the second scope takes the verb of the first."""
        behind = self.behind.get(number.start)
        if behind and self.flow and self.flow[-1][1] in VERB_MEASURES and re.fullmatch("[、和与及]", clause):
            self.put(number, self.flow[-1][1], unit, clause)  # 审结99件民事案件、9件行政案件
            return
        start = number.start - len(clause)
        named = [s for s in self.scopes_in(start, number.start) if s[1] == number.start]
        said = self.said_bare(start, number)
        verb = "received" if SHORT.match(self.text, number.end) else ""
        if unit and said and not self.flow:
            verb = self.verb or verb or self._adds_up(number)
        if unit and said and not self.flow and verb in ("", "closed") and CLOSED_NEXT.match(self.text, number.end):
            verb = self._of_whole(number, ("received", "filed"))  # 恢复执行案件99件，执结98件
        if unit and said and verb:
            self.verb = verb
            self.put(number, verb, unit, clause, row=self.row(number.start, said))
            return
        aside = self.aside(number.start, len(self.text))
        last = self.flow[-1] if self.flow else None
        bare = re.sub(r"^[、和及与\s(（]*(?:其中)?[:：]?", "", clause)
        if not (
            named
            and unit
            and last
            and last[1] in (*VERB_MEASURES, "closing", "opening")
            and bare == self.text[named[-1][0] : number.start]
            and not self._of_two_verbs(number, clause)
        ):
            self.leave(number, A_PART if "其中" in clause else NO_WORD)
            of_all = HANDLED.search(clause) and not not_understood(re.sub("[办审]理", "", clause), self.sets)
            if (
                unit
                and (self.scopes_in(start, number.start) or clause.endswith("案件"))
                and not aside
                and not (said and "其中" not in self.text[self.segment(start) : start])
                and not of_all
                and not MODE.search(clause)
                and clause[-1:] not in "+="
            ):
                self.others.append(number.start)  # 行政案件120件、非诉行政执行案件330件，审结115件
            return
        scope = named[-1][2]
        more = self.whole is not None
        if not more and (aside or "其中" in clause or self._lists_parts(number) or last[0].scope == "全部案件"):
            self.whole = last[0]
        row = self.row(number.start, scope)
        if self.whole is not None:  # parts of it: what follows two of them speaks of the whole again
            row.parent = self.whole.scope if self.whole.scope != scope else ""
        self.parts |= {s[0] for s in self.scopes if s[1] == number.start}
        self.put(number, last[1], unit, clause, row=row)

    def _of_two_verbs(self, number: Number, clause: str) -> bool:
        """Return whether either of two verbs may be that of a new kind of cases: 受理99件，审结88件，异议案件7件."""
        counted = {m for row, m in self.flow if row is self.flow[-1][0] and m in VERB_MEASURES}
        begins = self.text[: number.start - len(clause)].endswith((",", "，"))
        return len(counted) > 1 and self.whole is None and begins and "其中" not in clause

    def _of_whole(self, number: Number, measures: Sequence[str], total: str = "") -> str:
        """The one of some measures that was told (as ``total``) of what a number's kind of cases is a part of; empty for none or several."""
        court, (span, _) = self.court(number.start), self.span(number.start)
        kind = next((s[2] for s in reversed(self.scopes) if s[1] <= number.start), "")
        wholes = [row for row in self.rows_at(court, span) if kind in PARTS_OF.get(row.scope or "全部案件", ())]
        told = {m for row in wholes for m in measures if row.values.get(m) and (not total or row.values[m] == total)}
        return told.pop() if len(told) == 1 else ""

    def _adds_up(self, number: Number) -> str:
        """The measure whose count of the whole the kinds add up to that are listed without a verb; empty for none."""
        at, listed, end = self.found.index(number), [number], number.end
        for other in self.found[at + 1 :]:
            words = re.sub(r"^[、，,；;\s]*(?:和|与|及)?", "", self.text[end : other.start])
            if (
                not (bare_scope(words) or re.fullmatch("(?:其他|其它|其余)(?:执行)?(?:类)?(?:案件)?", words))
                or other.unit != number.unit
            ):
                break
            listed.append(other)
            end = other.end
        if len(listed) < FEWEST_PARTS or not all(one.digits.isdigit() for one in listed):
            return ""
        return self._of_whole(
            number, (*VERB_MEASURES, "closing", "opening"), str(sum(int(one.digits) for one in listed))
        )

    def _of_the_last(self, number: Number, clause: str, unit: str) -> bool:
        """Place what a clause says of another court or time alone: 到位率40%，其中甲县法院44%; 其中2010年99件，2011年88件."""
        clause = clause[max(clause.rfind(mark) for mark in ":：") + 1 :]
        start = number.start - len(clause)
        named = [s for s in self.spans if s.stretch and start <= s.start and s.end <= number.start]
        courts = [c for c in (*self.courts, *self.courts_within) if start <= c[0] < c[1] <= number.start]
        rest = LISTING.sub("", self._without_places(start, number.start, clause))
        last = self.flow[-1] if self.flow else None
        kind = kind_of_unit(unit)
        announced = measure_said(self.moved_before(number, clause), self.sets)  # 收案数逐年上升，2017年为99件
        announced = announced or self._of_mean(number)
        last = None if announced else last
        measure = announced or (last[1] if last else self.ranked or self._sum_of_places(number))
        of_kind = last and kind_of(last[1], self.sets) == kind != "count" and not named and not courts
        if (
            last and of_kind and (scope := bare_scope(rest))
        ):  # 到位率40%，其中首执案件41%; 到位首次执行9亿元，恢复执行2亿元
            if kind == "amount" and rest in phrases()["amounts"]["qualified"]:
                return False
            if kind == "amount":
                self.parts |= {s[0] for s in self.scopes if s[1] == number.start}
            self.put(number, last[1], unit, clause, row=self.row(number.start, scope))
            return True
        if rest or len(named) + len(courts) != 1 or not measure or not unit or kind_of(measure, self.sets) != kind:
            return False
        if kind == "count" and measure not in (*VERB_MEASURES, "closing", "petitions"):
            return False
        self.put(number, measure, unit, clause, row=self.row(number.start, last[0].scope) if last else None)
        return True

    def _of_mean(self, number: Number) -> str:
        """The measure of a mean of several courts that stands right before a number: 全省平均结案率94%，我院为93%; empty for none."""
        at = self.found.index(number)
        before = self.found[at - 1] if at else None
        return self.means.get(before.start, "") if before and "\n" not in self.text[before.end : number.start] else ""

    def _lists_parts(self, number: Number) -> bool:
        """Return whether the sentence begins with 其中."""
        return bool(OF_WHICH.match(self.text, self.segment(number.start)))

    def said_bare(self, start: int, number: Number, verb: str = "") -> str:
        """The scope of a clause that says nothing else, but for a verb: 民事案件310件, 刑事50件."""
        timed = max((s.end for s in self.spans if start <= s.start and s.end <= number.start), default=start)
        clause = self.text[timed : number.start]
        if not clause.endswith(verb):
            return ""
        bare = re.sub(r"^.*[:：]|^[、，,；;\s]+", "", clause.removesuffix(verb))
        return bare_scope(re.sub("^[全我本该]院", "", bare))

    def announced(self, segment: int, end: int) -> str:
        """The measure that the words before the first number of a part of a sentence announce for a list; empty for none."""
        said = self.text[segment : end + AHEAD]
        listed = (m for m in ANNOUNCED.finditer(said) if m.start() < end - segment)
        found = next((m for m in listed if measure_said(m["what"], self.sets)), None)
        return measure_said(found["what"], self.sets) if found else ""

    def beside(self, at: int) -> list[Place | None]:
        """What the numbers of the part of a sentence before the break ``at`` were placed as, where the sentence goes on."""
        if at < 1 or self.text[self.breaks[at] - 1] not in ";；":
            return []
        return [self.placed_as.get(n.start) for n in self.found if self.breaks[at - 1] <= n.start < self.breaks[at]]

    def _in_parallel(self, number: Number, left: str, clause: str, unit: str) -> bool:
        """Place a number without words as the one that stands in its place before the semicolon.

        2018年受理99件、执结90件；2019年110件、100件: the first number after another year (court) is what the first was, and
        so on, as long as each was.
        """
        since = self.segment(number.start)
        first = bisect_left(self.found, since, key=attrgetter("start"))
        here = self.found[first : self.found.index(number, first)]
        if len(here) >= len(self.before) or any(
            (self.placed_as.get(n.start) or (None, ""))[1] != (was or (None, None))[1]
            for n, was in zip(here, self.before, strict=False)
        ):
            return False
        was = self.before[len(here)]
        if was is None or kind_of(was[1], self.sets) != kind_of_unit(unit) or not unit:
            return False
        if here:
            bare = bool(re.fullmatch("[、,，和与及\\s]+", left))
            row = self.placed_as[here[-1].start][0]
        else:
            bare = self.names_a_place(number, clause)
            row = self.row(number.start, was[0].scope)
        if not bare or row is was[0]:
            return False
        self.put(number, was[1], unit, clause, row=row)
        return True

    def _sum_of_places(self, number: Number) -> str:
        """The count of the paragraph that is the sum of those listed by year or court from a number on; empty for none.

        受理300件，执结290件。2018年140件，结135件；2019年160件，结155件: 140 + 160 are the 300 received.
        """
        later = bisect_right(self.sentences, number.start)
        stop = self.sentences[later] if later < len(self.sentences) else len(self.text)
        listed = []
        at = bisect_left(self.found, number.start, key=attrgetter("start"))
        for one in self.found[at : bisect_left(self.found, stop, key=attrgetter("start"))]:
            clause = re.split(
                "[,，。;；!！?？\\n]", self.text[max(self.sentence(one.start), one.start - BEFORE) : one.start]
            )[-1]
            if self.names_a_place(one, clause):
                listed.append(one)
        if len(listed) < FEWEST_PARTS or not all(one.digits.isdigit() and one.unit == number.unit for one in listed):
            return ""
        paragraph = self.text.rfind("\n", 0, number.start) + 1
        total = str(sum(int(one.digits) for one in listed))
        told = {
            str(p["measure"])
            for p in self.places
            if p["measure"] in VERB_MEASURES and p["value"] == total and int(str(p["start"])) >= paragraph
        }
        return told.pop() if len(told) == 1 else ""
