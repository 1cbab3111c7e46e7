"""Figures out of a paragraph: a statistics bulletin becomes rows of a returns table, each number with its place.

Nothing is guessed in silence: a number that has no column, or whose word is in doubt, is listed with the reason.
"""

from __future__ import annotations

import re
from datetime import date

from analysis.returns.cells import FULL_WIDTH
from analysis.returns.changes import COUNTED
from analysis.returns.counts import AHEAD, COMMA, OTHER_CASES, PETITIONS, PETITIONS_SAID
from analysis.returns.courts_and_times import WHOLE_COURT
from analysis.returns.earlier import EarlierFigures
from analysis.returns.english import EnglishReader, is_english
from analysis.returns.numbers import Number, numbers
from analysis.returns.page import (
    A_PART,
    EARLIER,
    IN_DOUBT,
    LAST_YEAR,
    NO_COLUMN,
    NO_TARGET,
    NO_WORD,
    NOT_YEARLY,
    ROUGH,
    SCOPE_OPEN,
    Statement,
    other_cases,
)
from analysis.returns.phrases import bare_scope, measure_before, measure_said, not_understood, phrases
from analysis.returns.reading import hashable
from analysis.returns.subjects import CAMPAIGN, OF_FIRST, PARTS_OF
from analysis.returns.times import Span, published_on
from analysis.returns.verbless import OF_WHICH, VERB_MEASURES
from analysis.returns.verdicts import verdict_of
from analysis.vocabulary.indicator_sets.rates import Sets
from analysis.vocabulary.periods import day
from analysis.vocabulary.text import Text

ORDINAL = re.compile(r"(?m)^\s*[(（]?\d{1,2}(?:[、)）]|[.．](?!\d))|第\d+")


# who counts for himself: 法官张某全年审结案件456件；三名干警共执结567件；速裁团队; 城关法庭
OTHERS = re.compile(
    r"(?:法官|干警|庭长|院长|书记员)[\u4e00-\u9fa5]{1,2}(?:某|同志)|(?<!全院)[一二三四五六七八九十两\d]+名(?:员额|执行)?(?:法官|干警|员|人员)"
    r"|团队|合议庭|院领导(?!下)|院[、]?庭长|班子成员|陪审员|调解员|突击队|先锋队|专班|专案组|工作组|审判庭|[民刑][一二三四]?庭|行政庭|工作站|审判点"
    r"|(?:服务|调解|速裁|快执)中心|(?:人民|派出|中心|[\u4e00-\u9fa5]{2})法庭"
)
AMONG = re.compile(  # 新收案件中，民事案件99件
    "(?P<what>新收|收案|受理|审结|结案|执结|办结)(?:(?:的)?(?:各类|执行|诉讼|审判)?案件(?:中[，,:：]?|(?:的)?(?:构成|分布|结构|类型)(?:情况)?[，,:：])|(?:构成|分布|结构|类型)(?:来看|上看|看)[，,])"
)
# 除终本案件外，执结99件; 扣除委托执行案件后，新收99件. What leaves out old cases is what was filed.
WITHOUT, BUT_OLD = "不含|不包括|不计|扣除|剔除", "(?!旧存|结转|上年|往年|以前)"
EXCEPT = re.compile(
    f"(?:{WITHOUT}|除去|排除|(?<![解消清免])除){BUT_OLD}[^，,。；;\\d除含]{{0,12}}案件?[之以]?[外后]?[，,]"
)
NOT_AMONG = re.compile(f"[（(](?:{WITHOUT}){BUT_OLD}[^）)\\d]{{0,12}}案件?[）)]")
AMONG_THEM = re.compile("(?:案件)?中[，,]?")
KIND_BEHIND = re.compile("(?P<kind>[\u4e00-\u9fa5、]{2,16}?案件)(?=中?[,，。;；、(（\n]|$)")  # 新收99件执行案件
OF_NO_LIST = {reason.cell for reason in (EARLIER, LAST_YEAR, NO_TARGET, NOT_YEARLY)}
AIM = re.compile("(?:目标|任务|要求)(?:为|是|[:：])")
PLAN = re.compile("打算|工作(?:安排|计划|思路|要点)|力争|下一步|明年|今后")  # holds to the end of the sentence
FORESEEN = re.compile("预计|预测|测算|如果|假如|倘若|将(?=受理|新收|执结|审结|达|突破)")  # to the next semicolon
OTHERS_MEAN = re.compile("全[国省市县区](?:各级|两级)?(?:法院)?.*平均")
TERMINATED = re.compile("(?:终结本次执行程序|终本)(?:方式|结案|案件|的|共|计)*$")
OF_CLOSINGS = re.compile("占(?:同期|全部|总)?(?:结案|执结)(?:案件)?(?:总数|总量|数)?的?(?:比例?|比重)?为?")
OTHER_UNIT = re.compile("[个名人次套辆台批户项天日年周处份篇部场家位期]")
OTHER_RATE = Text("是另一口径的比率", "it is a rate of another definition")
RANGE = Text("是一个区间的一端", "it is one end of a range")
GARBLED = Text("数字写法不清", "the number is not written clearly")


def read_statement(
    text: str,
    *,
    court: str | None = None,
    published: str | date | None = None,
    source: str | None = None,
    definitions: Sets = None,
) -> Statement:
    """Read a paragraph of a statistics bulletin, Chinese or English, as rows of a returns table, for a person to confirm.

    Recognised are courts, periods, scopes, 旧存 新收 受理 结案 未结, amounts, rates, petitions and changes on last year; a figure
    of the year before beside one (上年同期99件, 由2017年的37件降到9件) stands in the row of its own time.
    今年 and 去年 need the day of publication: ``published``, or a 发布时间 in the text; without it, and where a text says
    2010年以来 without an end, the day stays empty and the row's note says so.

    Parameters
    ----------
    text : str
        The paragraph, or several.
    court : str, optional
        The court, where the text names none.
    published : date, optional
        The day of publication.
    source : str, optional
        Goes into the rows' ``source``.
    definitions : str, Path or sequence of them, optional
        Definition sets or a court's own TOML file, the names of whose rates are read, too.

    Returns
    -------
    Statement
        ``.rows`` (a returns table), ``.places``, ``.unplaced``; ``text[start:end]`` is the place of each number.

    Raises
    ------
    ArgumentError
        ``published`` is no day.

    Examples
    --------
    >>> said = read_statement("1-12月共受理诉讼案件6380件(含旧存214件),同比上升3.85%,结案6201件,结案率97.19%")
    >>> said.rows[["scope", "opening", "received", "received_change", "closed", "closure_rate"]].values.tolist()
    [['诉讼案件', '214', '6380', '3.85', '6201', '97.19']]
    >>> len(said.unplaced)
    0
    >>> said = read_statement("In 2021 the court accepted 386 enforcement cases and closed 383, a closure rate of 99.22%.")
    >>> said.rows[["scope", "period_start", "received", "closed", "closure_rate"]].values.tolist()
    [['执行案件', '2021-01-01', '386', '383', '99.22']]
    """
    said = published_on(text.translate(FULL_WIDTH)) if published is None else day(published, "published").date()
    reader = EnglishReader if is_english(text) else _Reader
    return reader(text, court, said, source, hashable(definitions)).statement()


class _Reader(EarlierFigures):
    """Goes through the numbers of a text with what was said before each."""

    def __init__(
        self, text: str, court: str | None, published: date | None, source: str | None, sets: Sets = None
    ) -> None:
        super().__init__(text, court, published, source, sets)
        self.behind: dict[int, re.Match[str]] = {}  # kinds of cases said behind a number, by where it begins
        self.steps: dict[int, Span | None] = {}
        self.rising, self.verb, self.series, self.said, self.listed, self.sign = None, "", [], "", [], ""
        self.means: dict[int, str] = {}  # the measures of means of several courts, by where each begins
        self.ranked, self.before, self.since_last_year = "", [], False
        self.moved, self.of_changes, self.targets, self.places_listed, self.changed_at, self.whole = (
            None,
            [],
            [],
            [],
            -1,
            None,
        )

    def numbers(self) -> list[Number]:
        """The numbers of the text that are no times and no ordinals."""
        taken = [(s.start, s.end) for s in self.spans]
        taken += [m.span() for m in ORDINAL.finditer(self.text)]
        of_others = {at for a, b in taken for at in range(a, b)}
        found = [n for n in numbers(self.text) if n.start not in of_others]
        for one in found:
            if one.unit in COUNTED and (behind := KIND_BEHIND.match(self.text, one.end)):
                self.behind[one.start] = behind
                if kind := bare_scope(behind["kind"]):
                    whole = [s for s in self.scopes if not s[2] and re.fullmatch("\\D*", self.text[s[1] : one.start])]
                    self.scopes = sorted([*(s for s in self.scopes if s not in whole), (one.start, one.start, kind)])
        return found

    def begin(self, before: int, at: int) -> None:
        """Begin what stands between two breaks: of what was said before, the verb goes on over a semicolon, a whole over 其中."""
        goes_on = before > 0 and all(self.text[b - 1] in ";；" for b in self.breaks[max(1, before) : at])
        heading = AMONG.search(self.text, self.breaks[at - 1], self._next(at))
        counted = [m for _, m in self.flow if m in (*VERB_MEASURES, "petitions")]
        counted += [
            m for _, m in self.flow[:1] if self.whole or m == self.verb
        ]  # 未结99件，其中民事案件90件；刑事案件9件
        self.verb = counted[0] if goes_on and counted else ""
        self.verb = measure_said(heading["what"], self.sets) if heading else self.verb
        announced = self.announced(self.breaks[at - 1], self._next(at))
        self.ranked = announced or (self.ranked if goes_on else "")
        self.before = self.beside(at - 1) if goes_on else []
        self.since_last_year = self.since_last_year and goes_on
        parts = OF_WHICH.match(self.text, self.breaks[at - 1])
        kept = [told for told in self.flow if told[1] in (*VERB_MEASURES, "petitions")][:1] if parts else []
        self.flow, self.told = kept, [*kept]
        self.places_listed = self.places_listed if goes_on else []
        self.series, self.listed, self.rising, self.moved, self.lost, self.whole = [], [], None, None, False, None

    def _next(self, at: int) -> int:
        return next((n.start for n in self.found if n.start >= self.breaks[at - 1]), len(self.text))

    def missed(self, number: Number, reason: str) -> None:
        """A number without a column is one of those that 同比分别 may speak of; parts of it (1000件中) are of no row."""
        if reason not in OF_NO_LIST:
            self.told.append(None)
            self.lost = self.lost or bool(AMONG_THEM.match(self.text, number.end))

    # -- one number -----------------------------------------------------------------------------------------------

    def number(self, number: Number, since: int) -> None:
        """Place one number by the words between the last number (or the sentence's start) and it."""
        before = self.behind.get(self.found[self.found.index(number) - 1].start)
        left = self.text[max(since, before.end() if before and before.end() <= number.start else 0) : number.start]
        clause_at = max((m.end() for m in COMMA.finditer(left)), default=0)
        clause = left[clause_at:]
        unit = number.unit
        if self.ranked and (court := self._bracketed(number)):  # 低于平均的有乙区法院（81.2%）: of that court alone
            left = clause = clause[-(number.start - court) :]
        if self._in_doubt(number, left, clause) or self._rises(number, clause, unit):
            return
        if self.change(number, left, clause, unit):
            self.changed_at = number.end
        elif self._of_last_year(number):
            self._same_period(number, clause, unit)
        elif (
            self._one_of_series(number, left, clause, unit)
            or self._reached(number, clause, unit)
            or self._in_parallel(number, left, clause, unit)
            or self._of_the_last(number, clause, unit)
        ):
            return
        elif unit in ("%", "‰"):
            self._rate(number, clause, unit)
        elif unit.endswith("元") or (unit in ("万", "亿") and measure_before("amounts", clause)):
            self._amount(number, clause, unit.removesuffix("元") + "元")  # 执行到位标的1.2亿
        elif not unit and OTHER_UNIT.match(self.text, number.end):
            self.leave(number, NO_COLUMN)
        elif unit in ("", "件", "宗", "起", "万件", "万", "千件"):
            self._count(number, clause, unit)
        else:
            self.leave(number, NO_COLUMN)

    def _kind_unknown(self, number: Number) -> str:
        """The words of a kind of cases behind a number that is none of those known: 新收99件民间借贷案件; empty for none."""
        told = phrases()
        qualifiers = (*told["counts"]["qualified"], *told["rates"]["qualified"])
        some = next((q for q in qualifiers if q.endswith("案") and self.text.startswith(q, number.end)), "")
        if some and number.unit in COUNTED:  # 对97件积案逐案攻坚，执结89件
            return some
        said = self.behind[number.start]["kind"] if number.start in self.behind else ""
        if not said or bare_scope(said) or "访" in said:
            return ""
        other = not_understood(said, self.sets) or any(q in said for q in told["counts"]["qualified"])
        return said if other else ""

    def _bracketed(self, number: Number) -> int:
        """Where the court begins right behind whose name a number stands in a bracket of its own; 0 for none."""
        courts = (*self.courts, *self.courts_within)
        return next((a for a, b, _ in courts if a and self.text[b : number.start] in ("(", "（")), 0)

    def _in_doubt(self, number: Number, left: str, clause: str) -> bool:
        """List a number that cannot be taken for a printed figure of the court; what it bounds may follow."""
        if odd := self._kind_unknown(number):
            self.leave(number, other_cases(odd))
            self.others.append(number.start)
            return True
        doubt = self._doubt(number, clause) or self._of_others(number, clause)
        if doubt is None and (number.unit or not OTHER_UNIT.match(self.text, number.end)):
            odd = self.unknown_before(number.start)
            doubt = other_cases(odd) if odd else None
        if doubt is None:
            return False
        if doubt is ROUGH and number.unit in ("成", "%") and self.change(number, left, clause, number.unit, doubt):
            self.changed_at = number.end
            return True
        self.leave(number, doubt)
        # 受理案件数首次突破1万件，达10234件; 结案率保持在95%以上，2019年达到97.2%
        passed = re.search("(?:首次|已)?(?:突破|超过)$|(?:均|都|一直)?(?:保持|稳定)?在$", clause)
        measure = measure_said(clause[: passed.start()], self.sets) if passed else ""
        self.rising = self._of(number, measure, clause)
        self.ranked = measure or self.ranked  # 结案率均保持在95%以上，其中2022年为96.3%
        return True

    def _doubt(self, number: Number, clause: str) -> Text | None:
        """Return why a number cannot be taken for a printed figure, if it cannot."""
        if number.garbled:
            return GARBLED
        if number.ranged:
            return RANGE
        if not number.known_to_its_digits:
            return ROUGH
        words = phrases()["doubt"]
        against_last_year = re.search("[高低]于(?:上年|去年)(?:同期)?$", clause)  # a change
        bound = (not against_last_year and any(word in clause for word in words["before"])) or self.text.startswith(
            tuple(words["after"]), number.end
        )
        return IN_DOUBT if bound else None

    def _of_others(self, number: Number, clause: str) -> Text | None:
        """Why a number is of a person, a team or a chamber, of an aim, or of other courts on the average, if it is."""
        said = self.text[self.segment(number.start) : number.start]
        actor = max((m.end() for m in OTHERS.finditer(said)), default=-1)
        if actor >= 0 and not WHOLE_COURT.search(said, actor) and "执行局" not in said[actor:]:
            return A_PART
        sentence = self.sentence(number.start)
        excepted = max((m.end() for m in EXCEPT.finditer(self.text, sentence, number.start)), default=-1)
        if NOT_AMONG.match(self.text, number.end) or (
            excepted >= 0 and not self.scopes_in(excepted, number.start)
        ):  # 除执行案件外，新收民事案件99件
            return SCOPE_OPEN
        begun = max((m.end() for m in CAMPAIGN.finditer(self.text, sentence, number.start)), default=-1)
        timed = any(  # a year, of which the campaign was a part, or its own days
            s.stretch and (s.start >= begun or not (s.is_a_year or s.of_years))
            for s in self.spans
            if sentence <= s.start < number.start
        )
        taken_in = re.search("新收|受理|收案", clause) or any(
            m in ("received", "filed") and int(str(p["start"])) > begun for p in self.places for m in [p["measure"]]
        )
        if (
            begun >= 0
            and not timed
            and not taken_in
            and not re.search("全[院市省县区]", self.text[begun : number.start])
        ):
            return A_PART
        if AIM.search(said) or FORESEEN.search(said) or PLAN.search(self.text, sentence, number.start):
            return IN_DOUBT
        if number.unit != "%" or not OTHERS_MEAN.search(clause):
            return None
        if found := measure_before("rates", clause, self.sets):
            self.means[number.start] = found[0]
        return OTHER_RATE

    def _rate(self, number: Number, clause: str, unit: str) -> None:
        found = measure_before("rates", clause, self.sets)
        if found is None and OF_CLOSINGS.fullmatch(clause) and self._of_terminated(number):
            self.put(number, "terminated_this_round_share", unit, "终本率")
            return
        if found is None and not clause and self._gives_rate(number):  # 刑事50件结30件60%
            self.put(number, "closure_rate", unit, clause, row=self.flow[-1][0])
            return
        if found is None:
            self.leave(number, NO_WORD)
            return
        measure, word = found
        spoken = self.petitions_alone(number.start)  # 来信来访87件次，办结率100%
        its_rate = any(
            spoken <= n.start < number.start for n in self.found if n.unit == unit
        )  # 信访办结率100%，结案率95%
        after_petitions = (self.flow and self.flow[-1][1] in PETITIONS) or (
            spoken and not its_rate and not self.scopes_in(spoken, number.start)
        )
        of_petitions = PETITIONS_SAID.search(clause) or (after_petitions and not self.scope_said(clause))
        if measure == "closure_rate" and of_petitions:
            self.leave(number, OTHER_CASES)
            return
        ahead = self._without_scopes(number, clause[: clause.rindex(word)])[-AHEAD:]
        span, _ = self.span(number.start)
        if (
            measure == "clearance_rate"
            and span
            and span.first
            and span.last
            and (span.first.year, span.first.month) == (span.last.year, span.last.month)
        ):
            ahead = ahead.replace("当月", "")
        of_several = "平均" in clause[clause.rindex(word) :]
        if of_several:
            self.means[number.start] = measure
        if measure == "nothing" or of_several or any(q in ahead for q in phrases()["rates"]["qualified"]):
            self.leave(number, OTHER_RATE)
            return
        segment = self.segment(number.start)
        named = self.scopes_in(number.start - len(clause), number.start)
        of_kind = measure in (*OF_FIRST, "closed_within_limit_rate")
        above = self.scopes_in(0 if of_kind else segment, named[-1][0]) if named else []
        if named and (any(named[-1][2] in PARTS_OF.get(s[2], ()) for s in above) or (of_kind and self.topic)):
            self.parts.add(named[-1][0])
            self.of_rate.add(named[-1][0])
        self.put(number, measure, unit, clause)

    def _of_terminated(self, number: Number) -> bool:
        """Return whether the number before one counts rounds terminated: 终本986件，占结案数的33.0%."""
        before = self.found[self.found.index(number) - 1] if self.found[0] is not number else None
        return bool(
            before and before.end > self.sentence(number.start) and TERMINATED.search(self.text[: before.start])
        )

    def _gives_rate(self, number: Number) -> bool:
        """Return whether a percentage right behind a count of closings is what these make of the cases received."""
        values = self.flow[-1][0].values if self.flow and self.flow[-1][1] == "closed" else {}
        of = next((values[name] for name in ("received", "filed") if name in values), "")
        if not (of.isdigit() and values["closed"].isdigit() and int(of)):
            return False
        return verdict_of(number.digits, int(values["closed"]), int(of)).code in ("agrees", "truncated")

    def _amount(self, number: Number, clause: str, unit: str) -> None:
        found = measure_before("amounts", clause)
        measure = found[0] if found else ""
        if measure and any(word in clause for word in phrases()["amounts"]["qualified"]):
            self.leave(number, A_PART)
            return
        if any(word in clause for word in phrases()["amounts"]["nothing"]) or not measure or measure == "nothing":
            self.leave(number, NO_COLUMN if measure else NO_WORD)
            return
        if measure == "plain":
            said = measure_before("counts", re.sub("(?:总|涉及|涉案|的)*(?:执行)?标的.*$", "", clause))
            last = said[0] if said else self.flow[-1][1] if self.flow else ""  # 受理执行案件2134件，标的额6.78亿元
            measure = {"received": "amount_received", "filed": "amount_received", "closed": "amount_closed"}.get(
                last, ""
            )
            if not measure:
                self.leave(number, NO_WORD)
                return
        if bare_scope(clause.rpartition(":")[2]):  # 到位金额：首次执行9亿元，恢复执行2亿元
            self.parts |= {s[0] for s in self.scopes if number.start - len(clause) <= s[0] < number.start}
        self.put(number, measure, unit, clause)
