"""Counts: the measure of a number of cases or petitions, by the word before it or behind it."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from analysis.returns.changes import COUNTED, moves
from analysis.returns.courts_and_times import BREAK
from analysis.returns.listed_numbers import BOTH
from analysis.returns.numbers import Number
from analysis.returns.page import A_PART, MODE, NO_COLUMN, NO_WORD
from analysis.returns.phrases import bare_scope, measure_before, not_understood, phrases
from analysis.returns.verbless import HANDLED, VERB_MEASURES, VerblessNumbers
from analysis.vocabulary.text import Text

COMMA = re.compile(r"[,，。;；!！?？\n]")
AHEAD = 14  # characters before a measure's word that may make it another measure
VERBS = ("受理", "新收", "收案", "审结", "执结", "结案", "办结", "旧存", "未结", "积案")
ALL_RESOLVED = re.compile(
    r"(?:全部|均)(?:已|已经)?(?:得到|获得|予以|成功|妥善)?(?:了)?(?:有效|圆满)?(?:化解|息访|息诉罢访)"
)
PETITIONS = ("petitions", "petitions_resolved")
PETITIONS_SAID = re.compile("信访|来访|上访")
TAKEN_IN = re.compile("(?:^|[共院局年月度，,])(?P<verb>[收立])(?:各类)?(?P<scope>[\u4e00-\u9fa5]{2,12}案件|各类案件)$")
OTHER_CASES = Text("说的是信访，不是案件", "it is of petitions, not of cases")
STOCK_AND_NEW = (("(?:旧存|结转|遗留|积存)", "(?:新收|新立)"), ("(?:新收|新立)", "(?:旧存|结转|遗留|积存)"))
ALREADY = re.compile("其中[:：]?(?:已经?|共)?(?:审执结|执结|审结|办结|结案)")  # 受理99件，其中执结88件
RESOLVED_OF = re.compile("(?:化解|息访|办结)[^，,]{0,8}[信来上]访(?:案件)?$")  # 共化解执行信访案件123件
DONE_OF_THEM = re.compile(
    "[，,；;。](?:(?!受理|收案|新收|结).){0,40}?其中[:：]?(?:已经?|共)?(?:审执结|执结|审结|办结|结案)\\d"
)
OF_EACH = re.compile(r"[人件]均[^，,。；;全共]*$")  # 人均受理99件、审结88件
AT_FIRST = re.compile(r"[年期]初[，,][^，,。；;\d]*$")  # 年初，我院未结案件267件
TOOK_IN = re.compile("(?:^|[我他]们|院|局|年|共)[收结]了$")

# What was done of the stock or of the new cases alone: 旧存99件案件中，执结88件.
OF_THESE = re.compile(
    "(?:(?P<opening>旧存|存案|遗留)|(?P<filed>新收)|(?P<closing>未结|结存|(?:结转|转入)(?:至|到)?[下次])).{0,10}?(?<![\\d.,])\\d[\\d,]*件的?(?:[^\\d，,。；;]{0,6}案件)?[之当]?中"
)
# What of the closed (or of the pending) was carried over or new: 执结99件（含旧存9件）, 其中旧存9件、新收90件.
OF_CLOSED = re.compile(
    r"结(?!转)\D{0,8}[\d,.]+万?件\s*[(（,，]\s*(?:其中|含|包括|包含)(?:[^\d()（）。;；]{2,8}[\d,.]+件[、，,和])?[^\d()（）。;；]{2,8}$"
)

# Pending no more: 未结案件99件全部清理.
ALL_CLEARED = re.compile(
    "(?:案件|的)?(?:现已|已经?)?(?:全部|均)(?:现已|已经?|予以|得到)?(?:清理|清零|清结|化解|审结|执结|办结|结案)"
)


class CountedCases(VerblessNumbers):
    """A page whose counts are placed under what was counted."""

    def _count(self, number: Number, clause: str, unit: str) -> None:
        clause = re.sub("^.*等(?=各类)", "", clause)  # 新收一审、二审等各类案件
        measure, word = self._counted(number, clause, unit)
        if self._follows_count(number, clause, unit, measure):
            return
        here = [c for c in (*self.courts, *self.courts_within) if number.start - len(clause) <= c[0] < number.start]
        petitioned = [row.scope for row, m in self.flow if m == "petitions"]
        of_enforcement = (
            measure == "petitions" and "涉执" in clause and petitioned == [""]
        )  # 信访99件，其中涉执信访88件
        if measure == "petitions" and not here and petitioned and not of_enforcement:
            measure = ""  # "其中信访3件" after a total
        if not measure and re.fullmatch("共计|合计|总计|共", clause):
            measure = "received" if {"opening", "filed"} == {m for _, m in self.flow[-2:]} else ""
        ahead = self._without_scopes(number, clause[max(0, clause.rindex(word) - AHEAD) :] if word else clause)
        ahead = re.sub("(?<!去年|上年)同期|(?<=月)[单当]月", "", ahead)
        ahead = re.sub(
            "|".join(re.escape(self.text[a:b]) for a, b, _ in here) or "$", "", ahead
        )  # 最高人民法院受理99件
        part = any(q in ahead for q in phrases()["counts"]["qualified"])
        if not measure or (part and measure != "nothing"):  # what follows may speak of these cases, too
            other = re.search("[+=多少]$|(?:增加|减少)了?$|[人月日年季]均|平均", clause) or MODE.search(clause)
            said = self._without_places(number.start - len(clause), number.start, clause)
            part_of = "其中" in self.text[self.segment(number.start) : number.start]
            unknown = (
                unit in COUNTED and not part_of and not_understood(re.sub("[办审]理", "", said), self.sets)
            )  # 委托事项120件，办结118件
            told = (any(verb in clause for verb in VERBS) or unknown) and not other
            self.others += [number.start] if told else []
        if not measure:
            self._inherited(number, clause, unit)
        elif measure == "nothing":
            self.leave(number, NO_COLUMN)
        elif part or self._is_part(number, clause, measure, of_enforcement=of_enforcement):
            self.leave(number, A_PART)
        elif measure == "petitions_resolved" and self.flow and self.flow[-1][1] == "petitions":
            self.put(number, measure, unit, clause, row=self.flow[-1][0])
        elif measure == "petitions_resolved" and "访" not in clause and not self._of_petitions(number):
            self.leave(number, NO_WORD)
        else:
            self._put_count(number, measure, unit, clause, word)

    def _is_part(self, number: Number, clause: str, measure: str, *, of_enforcement: bool) -> bool:
        """Return whether a count is a part of one before it that no kind, court or time of its own names."""
        first = number.start - len(clause)
        these = OF_THESE.search(self.text, self.segment(number.start), number.start)
        if these and these.lastgroup != measure:
            return True
        if measure in ("opening", "filed"):
            return OF_CLOSED.search(self.text, self.sentence(number.start), number.start) is not None
        return (
            "其中" in clause
            and not (ALREADY.fullmatch(clause) and self.flow and self.flow[-1][1] in ("received", "filed"))
            and measure != "actual_enforcements"
            and not of_enforcement
            and not self.scopes_in(first, number.start)
            and not any(first <= c[0] < number.start for c in [*self.courts_within, *self.courts])
            and not any(first <= s.start < number.start and s.stretch for s in self.spans)
        )

    def _of_petitions(self, number: Number) -> bool:
        """Return whether the sentence spoke of petitions before, and of no kind of cases since."""
        since = self.sentence(number.start)
        spoken = max((m.end() for m in PETITIONS_SAID.finditer(self.text, since, number.start)), default=0)
        return bool(spoken) and not self.scopes_in(spoken, number.start)

    def _counted(self, number: Number, clause: str, unit: str) -> tuple[str, str]:
        """The measure that a count is of, by the word before it or behind it, and that word."""
        plain = list(clause)  # 1-9月结案: the month is no part of a word
        for span in (s for s in self.spans if number.start - len(clause) <= s.start < s.end <= number.start):
            first = span.start - number.start + len(clause)
            alone = re.match("[单当]月", self.text[span.end : number.start])  # 6月单月结案99件
            until = span.end - span.start + (alone.end() if alone else 0)
            plain[first : first + until] = " " * until
        measure, word = measure_before("counts", "".join(plain)) or ("", "")
        if not word and (taken := self._taken_in(number, clause)):
            return taken
        if not word and unit not in ("", "万"):
            measure = self._behind(number)
            if TOOK_IN.search(clause):  # 去年我们收了3183件，结了3050件
                measure = measure or ("filed" if clause.endswith("收了") else "closed")
        if (
            not word
            and clause.endswith("收到")
            and ("petitions" in (self.verb, *(m for _, m in self.flow)) or self._of_petitions(number))
        ):
            return "petitions", "收到"
        bare = self._without_places(number.start - len(clause), number.start, clause)
        if self.verb == "petitions" and bare.strip() == "收":  # 当月信访5件；1—8月收31件
            return "petitions", "收"
        if word == "存量" and not self._stands(number, clause):
            return "nothing", word
        return self._by_the_rest(number, clause, measure), word

    def _stands(self, number: Number, clause: str) -> bool:
        """Return whether a stock is said of a day or as what it fell or rose to: 年底存量99件, 存量降至99件, and not 清理存量99件."""
        ahead, _, behind = self._without_places(number.start - len(clause), number.start, clause).rpartition("存量")
        ahead = self._without_scopes(number, ahead)
        span, _ = self.span(number.start)
        of_a_day = (span and span.last and not span.first) or re.search("[年月季期][末底]", ahead)
        moved = re.search(f"(?:{moves()})(?:到|至|为)了?$", behind)
        return bool(of_a_day or moved) and bool(
            re.fullmatch("(?:[全我本该]院|仍有|尚有|现有|共有|有|[年月季期][末底]|执行|未结|的)*", ahead)
        )

    def _by_the_rest(self, number: Number, clause: str, measure: str) -> str:
        """The measure as what stands around its word makes it another."""
        sentence = self.sentence(number.start)
        if OF_EACH.search(self.text, sentence, number.start - len(clause)):
            return "nothing"
        if measure == "closing" and AT_FIRST.search(self.text, sentence, number.start):
            return "opening"
        if measure == "petitions" and RESOLVED_OF.search(clause):
            return "petitions_resolved"
        if measure in ("received", "filed") and PETITIONS_SAID.search(clause):
            return "petitions"  # 涉诉信访案件受理45件
        return (
            "received" if measure in ("opening", "filed") and BOTH.search(clause) else measure
        )  # 新收、旧存共计5230件

    def _taken_in(self, number: Number, clause: str) -> tuple[str, str] | None:
        """The measure and word of a count that 收 alone, or the sum of its parts, says; ``None`` for no such."""
        bare = re.search(r"(?:^|[:：\s院局年月度])收$", clause) or self.said_bare(
            number.start - len(clause), number, "收"
        )
        if bare and self.verb != "petitions":
            return "filed", "收"  # 刑事：收210件，结208件; 执行收1234件
        if (taken := TAKEN_IN.search(clause)) and bare_scope(taken["scope"]):
            return "filed", taken["verb"]  # 全年共收民事案件3456件
        handled = HANDLED.search(clause) and DONE_OF_THEM.match(self.text, number.end)  # 办理案件99件，其中执结88件
        return ("received", "") if handled or self._is_sum(number) else None

    def _follows_count(self, number: Number, clause: str, unit: str, measure: str) -> bool:
        """Return whether what was counted last says of what this count is: 新收2100件，结2050件; 受理信访案件34件，办结31件."""
        last = self.flow[-1] if self.flow else None
        if last and last[1] in VERB_MEASURES and re.fullmatch(r"[、，,\s]*已?结", clause):
            self.put(number, "closed", unit, clause, row=last[0])
            return True
        if last and last[1] == "closed" and re.fullmatch(r"[、，,\s]*(?:尚|现)?存", clause):  # 收99件，结90件，存9件
            self.put(number, "closing", unit, "结存", row=last[0])
            return True
        since = self.segment(number.start)
        spoken = max((m.end() for m in PETITIONS_SAID.finditer(self.text, since, number.start)), default=0)
        spoken = spoken or self.petitions_alone(number.start)  # 信访收到来信来访41件次；办结39件
        of_petitions = (last and last[1] in PETITIONS) or (spoken and not self.scopes_in(spoken, number.start))
        if of_petitions and measure in VERB_MEASURES and not re.search("访|案件|全院", clause):
            self.leave(number, OTHER_CASES)
            return True
        return False

    def petitions_alone(self, at: int) -> int:
        """Return where the sentence has spoken of petitions, if of nothing that was placed since; 0 for nowhere."""
        spoken = max((m.end() for m in PETITIONS_SAID.finditer(self.text, self.sentence(at), at)), default=0)
        return 0 if any(placed >= spoken for placed in self.placed_at) else spoken

    def _put_count(self, number: Number, measure: str, unit: str, clause: str, word: str) -> None:
        if measure == "filed" and not word.startswith("新") and self._holds_opening(number.end):
            measure = "received"  # 收案2380件(含旧存123件)
        if measure == "closing" and ALL_CLEARED.match(self.text, number.end):
            self.leave(number, NO_WORD)
            return
        self.put(number, measure, unit, re.sub("[办审]理(?=[^、和]*案件$)", "  ", clause) if not word else clause)
        if measure == "petitions":
            self._all_resolved(number)
        if measure == "filed" and word.startswith("收案") and self.flow:
            self.flow[-1][0].note("“收案”按新收计；若含旧存，应为受理")

    def _behind(self, number: Number) -> str:
        """The measure said after the number: 尚有3件未结."""
        end = number.end
        for other in self.found[self.found.index(number) + 1 :]:  # 民事案件99件、刑事案件9件全部审结
            listed = re.fullmatch("[、和与及](?P<kind>\\D+)", self.text[end : other.start])
            if not (listed and bare_scope(listed["kind"]) and other.unit == number.unit):
                break
            end = other.end
        rest = COMMA.split(self.text[end : end + 14])[0]
        found = re.match(
            r"(?:执行|诉讼)?(?:案件)?(?:已|已经|得到|全部|尚)?(未结|未执结|未审结|执结|审结|结案|办结|化解|正在办理|正在执行)",
            rest,
        )
        if not found or re.search(r"\d", rest[: found.end()]):
            return ""
        said = measure_before("counts", found[1])
        return said[0] if said else ""

    def _is_sum(self, number: Number) -> bool:
        """Return whether a count is the sum of those carried over and those filed, which follow it: 99件，其中旧存9件、新收90件."""
        parts = self.found[self.found.index(number) + 1 :][:2]
        if len(parts) < len(STOCK_AND_NEW[0]) or not all(n.digits.isdigit() for n in (number, *parts)):
            return False
        said = [self.text[a.end : b.start] for a, b in pairwise([number, *parts])]
        told = any(
            all(
                re.fullmatch(rf"[^。;；\d]{{0,8}}{word}[^。;；,，\d]{{0,6}}", words)
                for word, words in zip(order, said, strict=True)
            )
            for order in STOCK_AND_NEW
        )
        return told and int(number.digits) == sum(int(n.digits) for n in parts)

    def _holds_opening(self, at: int) -> bool:
        said = BREAK.split(self.text[at:], maxsplit=1)[0]
        return bool(
            re.match(r"\s*[(（,，]?\s*(?:其中|含|包括|包含)[^)）\d]{0,8}(?:旧存|结转|存案|未结)", said)
            or re.match(r"\s*[(（](?:旧存|结转|新收)\d[\d,]*件[、，,和](?:旧存|结转|新收)\d", said)
            or re.match(r"\s*[(（,，]?\s*其中[^)）\d]{0,4}新收(?:案件)?\d", said)
            or re.match(r"(?:(?!受理|结案|执结|审结|办结|其中).)*其中(?:旧存|结转)\d[\d,]*件[、，,和]?新收\d", said)
        )

    def _all_resolved(self, number: Number) -> None:
        """涉执信访案件8件……全部得到化解: as many resolved as there were."""
        until = (
            self.breaks[bisect_right(self.breaks, number.start)] if number.start < self.breaks[-1] else len(self.text)
        )
        found = ALL_RESOLVED.search(self.text, number.end, until)
        if found and self.flow and self.flow[-1][1] == "petitions":
            row = self.flow[-1][0]
            row.values.setdefault("petitions_resolved", row.values["petitions"])
            self.place(
                found.start(), found.end(), "petitions_resolved", row.values["petitions"], "件", self.rows.index(row)
            )

    def _without_scopes(self, number: Number, said: str) -> str:
        """A clause's words without the kinds of cases that they name: 首执案件, which alone would make it another rate."""
        for start, end, _ in self.scopes_in(number.start - len(said) - AHEAD, number.start):
            said = (
                said.replace(self.text[start:end], "")
                if end - start > len("首执") or self.text[start:end] in ("保全", "执保", "异议", "复议")
                else said
            )
        return said
