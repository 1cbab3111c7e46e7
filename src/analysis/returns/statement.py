"""Figures out of a paragraph: a statistics bulletin becomes rows of a returns table, each number with its place.

Nothing is guessed in silence: a number that has no column, or whose word is in doubt, is listed with the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from analysis.returns.changes import moves
from analysis.returns.english import EnglishReader, is_english
from analysis.returns.figures import AMOUNTS, kind_of
from analysis.returns.listed_numbers import BOTH, ListedNumbers
from analysis.returns.numbers import Number, numbers
from analysis.returns.page import (
    A_PART,
    EARLIER,
    IN_DOUBT,
    LAST_YEAR,
    MODE,
    NO_TARGET,
    NO_WORD,
    NOT_YEARLY,
    ROUGH,
    PageRow,
    Statement,
)
from analysis.returns.phrases import (
    bare_scope,
    measure_before,
    measure_said,
    not_understood,
    phrases,
)
from analysis.returns.reading import FULL_WIDTH, hashable
from analysis.returns.subjects import BREAK, OF_FIRST, PARTS_OF, WHOLE_COURT
from analysis.returns.times import published_on
from analysis.returns.verdicts import verdict_of
from analysis.vocabulary.indicator_sets.rates import Sets
from analysis.vocabulary.periods import day
from analysis.vocabulary.text import Text

ORDINAL = re.compile(r"(?m)^\s*[(（]?\d{1,2}(?:[、)）]|[.．](?!\d))|第\d+")
SAME_PERIOD = re.compile(r"(?<![比较与同于和跟])(?:去年|上年度?|前年|上一年度?|(?:19|20)\d{2}年)同期")
COMMA = re.compile(r"[,，。;；!！?？\n]")
VERBS = ("受理", "新收", "收案", "审结", "执结", "结案", "办结", "旧存", "未结", "积案")
AHEAD = 14  # characters before a measure's word that may make it another measure
ALL_RESOLVED = re.compile(
    r"(?:全部|均)(?:已|已经)?(?:得到|获得|予以|成功|妥善)?(?:了)?(?:有效|圆满)?(?:化解|息访|息诉罢访)"
)

PETITIONS = ("petitions", "petitions_resolved")
VERB_MEASURES = ("received", "filed", "closed")
FROM = re.compile(
    "(?:由|从)(?:(?:19|20)\\d{2}年(?:度|同期|底|末|初)?|(?:上年|去年|年初|期初|高峰|最高|原来|月初|上月|同期|底|末|时)*)的?$"
)
SHORT = re.compile(r"(?:已|审|执|办)?结(?:案|了)?\d")  # 刑事50件结30件
FEWEST_PARTS = 2  # of which a sum is taken for that of a whole
CLOSED_NEXT = re.compile("[，,]?(?:已|共)?(?:执结|审结|结案|办结|结)\\d")
OF_WHICH = re.compile(r"\s*其中")
REACHING = "(?:但?仍?|也)达到?了?|升至|增至|降至|减至|为|至"

# who counts for himself: 法官张某全年审结案件456件；三名干警共执结567件；速裁团队; 城关法庭
OTHERS = re.compile(
    r"(?:法官|干警|庭长|院长|书记员)[\u4e00-\u9fa5]{1,2}(?:某|同志)|(?<!全院)[一二三四五六七八九十两\d]+名(?:员额|执行)?(?:法官|干警|员|人员)"
    r"|团队|合议庭|(?:人民|派出|中心|[\u4e00-\u9fa5]{2})法庭"
)
AMONG = re.compile(  # 新收案件中，民事案件99件
    "(?P<what>新收|收案|受理|审结|结案|执结|办结)(?:的)?(?:各类|执行|诉讼|审判)?案件(?:中[，,:：]?|(?:的)?(?:构成|分布|结构|类型)(?:情况)?[，,:：])"
)
HANDLED = re.compile("[办审]理[^、和]*案件$")  # neither received nor closed, but of these cases
PETITIONS_SAID = re.compile("信访|来访|上访")
# 收案数前三位的法院：乙区法院99件
RANKED = re.compile(
    "\\s*(?P<what>[^,，。:：;；\\d]{2,10}?)(?:排名|排|居|位居|列)?(?:前|较高|较多|最高|最多)[^,，。;；:：]*[:：]"
)
AMONG_THEM = re.compile("(?:案件)?中[，,]?")
OF_NO_LIST = {reason.cell for reason in (EARLIER, LAST_YEAR, NO_TARGET, NOT_YEARLY)}
AIM = re.compile("(?:目标|任务|要求)(?:为|是|[:：])")
PLAN = re.compile("打算|工作(?:安排|计划|思路|要点)|力争|下一步|明年|今后")  # holds to the end of the sentence
# a campaign, whose own closings and money follow: 开展“秋风行动”3次，执结138件
CAMPAIGN = re.compile(
    "在[^，,。;；]{0,16}(?:行动|活动|会战|战役)中|(?:开展|组织|启动|推进|部署)(?:了)?[^，,。;；]{0,16}(?:行动|活动|会战|战役|攻坚|整治)"
)
OTHERS_MEAN = re.compile("全[国省市县区](?:各级|两级)?(?:法院)?.*平均")
TAKEN_IN = re.compile("(?:^|共|[，,])收(?:各类)?(?P<scope>[\u4e00-\u9fa5]{2,12}案件|各类案件)$")
OTHER_UNIT = re.compile("[个名人次套辆台批户项天日年周处份篇部场家位期]")
NO_COLUMN = Text("该数没有对应的列", "there is no column for it")
OTHER_RATE = Text("是另一口径的比率", "it is a rate of another definition")
OTHER_CASES = Text("说的是信访，不是案件", "it is of petitions, not of cases")
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

    Recognised are courts, periods, scopes, 旧存 新收 受理 结案 未结, amounts, rates, petitions and changes on last year.
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


class _Reader(ListedNumbers):
    """Goes through the numbers of a text with what was said before each."""

    rising: tuple[PageRow, str] | None  # the measure of which was said from where it rose: 由78.2%上升到
    whole: PageRow | None  # of which the sentence lists parts: 其中民事1200件、刑事200件

    def __init__(
        self, text: str, court: str | None, published: date | None, source: str | None, sets: Sets = None
    ) -> None:
        super().__init__(text, court, published, source, sets)
        self.rising, self.verb, self.series, self.said, self.listed, self.sign = None, "", [], "", [], ""
        self.ranked = ""  # the measure by which courts are listed: 收案数前三位的法院
        self.moved, self.of_changes, self.places_listed, self.changed_at, self.whole = None, [], [], -1, None

    def numbers(self) -> list[Number]:
        """The numbers of the text that are no times and no ordinals."""
        taken = [(s.start, s.end) for s in self.spans]
        taken += [m.span() for m in ORDINAL.finditer(self.text)]
        return [n for n in numbers(self.text) if not any(a <= n.start < b for a, b in taken)]

    def begin(self, before: int, at: int) -> None:
        """Begin what stands between two breaks: of what was said before, the verb goes on over a semicolon, a whole over 其中."""
        goes_on = before > 0 and all(self.text[b - 1] in ";；" for b in self.breaks[max(1, before) : at])
        heading = AMONG.search(self.text, self.breaks[at - 1], self._next(at))
        self.verb = next((m for _, m in self.flow if m in (*VERB_MEASURES, "petitions")), "") if goes_on else ""
        self.verb = measure_said(heading["what"], self.sets) if heading else self.verb
        ranked = RANKED.match(self.text, self.breaks[at - 1])
        self.ranked = measure_said(ranked["what"], self.sets) if ranked else self.ranked if goes_on else ""
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

    def _of(self, number: Number, measure: str, clause: str) -> tuple[PageRow, str] | None:
        """A measure with the row of what was said."""
        row = self.row_of(number, measure, clause) if measure else None
        return (row, measure) if row else None

    # -- one number -----------------------------------------------------------------------------------------------

    def number(self, number: Number, since: int) -> None:
        """Place one number by the words between the last number (or the sentence's start) and it."""
        left = self.text[since : number.start]
        clause_at = max((m.end() for m in COMMA.finditer(left)), default=0)
        clause = left[clause_at:]
        unit = number.unit
        if self._in_doubt(number, left, clause) or self._rises(number, clause, unit):
            return
        if self.change(number, left, clause, unit):
            self.changed_at = number.end
        elif self._of_last_year(number):
            self.leave(number, LAST_YEAR)
        elif (
            self._one_of_series(number, left, clause, unit)
            or self._reached(number, clause, unit)
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

    def _in_doubt(self, number: Number, left: str, clause: str) -> bool:
        """List a number that cannot be taken for a printed figure of the court; what it bounds may follow."""
        doubt = self._doubt(number, clause) or self._of_others(number, clause)
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
        bound = any(word in clause for word in words["before"]) or self.text.startswith(
            tuple(words["after"]), number.end
        )
        return IN_DOUBT if bound else None

    def _of_others(self, number: Number, clause: str) -> Text | None:
        """Why a number is of a person, a team or a chamber, of an aim, or of other courts on the average, if it is."""
        said = self.text[self.breaks[bisect_right(self.breaks, number.start) - 1] : number.start]
        actor = max((m.end() for m in OTHERS.finditer(said)), default=-1)
        if actor >= 0 and not WHOLE_COURT.search(said, actor):
            return A_PART
        sentence = self.sentence(number.start)
        begun = max((m.end() for m in CAMPAIGN.finditer(self.text, sentence, number.start)), default=-1)
        timed = any(sentence <= s.start < number.start and s.stretch for s in self.spans)
        taken_in = any(
            m in ("received", "filed") and int(str(p["start"])) > begun for p in self.places for m in [p["measure"]]
        )
        if (
            begun >= 0
            and not timed
            and not taken_in
            and not re.search("全[院市省县区]", self.text[begun : number.start])
        ):
            return A_PART
        if AIM.search(said) or PLAN.search(self.text, sentence, number.start):
            return IN_DOUBT
        return OTHER_RATE if number.unit == "%" and OTHERS_MEAN.search(clause) else None

    def _rises(self, number: Number, clause: str, unit: str) -> bool:
        """执结率由78.2%上升到91.5%: the first is what it was before, the second what it is."""
        if begun := FROM.search(clause):
            measure = measure_said(clause[: begun.start()], self.sets)
            self.rising = self._of(number, measure, clause)
            if not begun.start() and self.flow:  # 结案率提高，由78.2%上升到91.5%
                self.rising = self.flow[-1]
            self.leave(number, EARLIER)
            return True
        (row, measure), self.rising = self.rising or (None, ""), None
        rose = measure and re.search(
            rf"(?:(?:{moves()})(?:到|至|为)了?|^(?P<then>(?:19|20)\d{{2}}年度?)?(?:实际)?(?:达到?|[到至为])了?)"
            r"(?P<year>(?:19|20)\d{2}年度?的?)?$",
            clause,
        )
        if not rose:
            return False
        if (rose["year"] or rose["then"]) and row:  # 由2017年的91.2%上升到2018年的95.6%
            row = self.row(number.start, row.scope)
        if (kind_of(measure, self.sets) == "rate") == (unit in ("%", "‰")) and (measure in AMOUNTS) == unit.endswith(
            "元"
        ):
            self.put(number, measure, unit, clause, row=row)
        else:
            self.leave(number, NO_WORD)
        return True

    def _reached(self, number: Number, clause: str, unit: str) -> bool:
        """结案率提高3.2个百分点，达到96.5%; 新收同比上升12.3%，达到4567件: the measure whose change was said last."""
        if self.moved is None or not unit or not re.fullmatch(REACHING, clause):
            return False
        row, measure = self.moved
        kind = "rate" if unit in ("%", "‰") else "amount" if unit.endswith("元") else "count"
        if kind_of(measure, self.sets) != kind:
            return False
        self.put(number, measure, unit, clause, row=row)
        return True

    def _of_last_year(self, number: Number) -> bool:
        """Return whether it is said of the same period of last year: (去年同期2296件)."""
        since = self.breaks[bisect_right(self.breaks, number.start) - 1]
        said = self.text[since : number.start]
        last = max((m.end() for m in SAME_PERIOD.finditer(said)), default=None)
        if last is None or any(since + last < s.end <= number.start and s.stretch for s in self.spans):
            return False
        return not re.search("[)）]", said[last:])

    def _rate(self, number: Number, clause: str, unit: str) -> None:
        found = measure_before("rates", clause, self.sets)
        if found is None and not clause and self._gives_rate(number):  # 刑事50件结30件60%
            self.put(number, "closure_rate", unit, clause, row=self.flow[-1][0])
            return
        if found is None:
            self.leave(number, NO_WORD)
            return
        measure, word = found
        after_petitions = self.flow and self.flow[-1][1] in PETITIONS and not self.scope_said(clause)
        if measure == "closure_rate" and (after_petitions or PETITIONS_SAID.search(clause)):
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
        if measure == "nothing" or any(q in ahead for q in phrases()["rates"]["qualified"]):
            self.leave(number, OTHER_RATE)
            return
        segment = self.breaks[bisect_right(self.breaks, number.start) - 1]
        named = self.scopes_in(number.start - len(clause), number.start)
        of_kind = measure in (*OF_FIRST, "closed_within_limit_rate")
        above = self.scopes_in(0 if of_kind else segment, named[-1][0]) if named else []
        if named and (any(named[-1][2] in PARTS_OF.get(s[2], ()) for s in above) or (of_kind and self.topic)):
            self.parts.add(named[-1][0])
            self.of_rate.add(named[-1][0])
        self.put(number, measure, unit, clause)

    def _without_scopes(self, number: Number, said: str) -> str:
        """A clause's words without the kinds of cases that they name: 首执案件, which alone would make it another rate."""
        for start, end, _ in self.scopes_in(number.start - len(said) - AHEAD, number.start):
            said = (
                said.replace(self.text[start:end], "")
                if end - start > len("首执") or self.text[start:end] in ("保全", "执保", "异议", "复议")
                else said
            )
        return said

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
            last = self.flow[-1][1] if self.flow else ""  # 受理执行案件2134件，标的额6.78亿元
            measure = {"received": "amount_received", "filed": "amount_received", "closed": "amount_closed"}.get(
                last, ""
            )
            if not measure:
                self.leave(number, NO_WORD)
                return
        self.put(number, measure, unit, clause)

    def _count(self, number: Number, clause: str, unit: str) -> None:
        measure, word = self._counted(number, clause, unit)
        if self._follows_count(number, clause, unit, measure):
            return
        here = [c for c in (*self.courts, *self.courts_within) if number.start - len(clause) <= c[0] < number.start]
        if measure == "petitions" and not here and any(m == "petitions" for _, m in self.flow):
            measure = ""  # "其中信访3件" after a total
        if not measure and re.fullmatch("共计|合计|总计|共", clause):
            measure = "received" if {"opening", "filed"} == {m for _, m in self.flow[-2:]} else ""
        ahead = self._without_scopes(number, clause[max(0, clause.rindex(word) - AHEAD) :] if word else clause)
        ahead = re.sub("(?<!去年|上年)同期", "", ahead)
        part = any(q in ahead for q in phrases()["counts"]["qualified"])
        if not measure or (part and measure != "nothing"):  # what follows may speak of these cases, too
            other = re.search("[+=多少]$|(?:增加|减少)了?$|[人月日年季]均|平均", clause) or MODE.search(clause)
            told = any(verb in clause for verb in VERBS) and not other
            self.others += [number.start] if told else []
        if not measure:
            self._inherited(number, clause, unit)
        elif measure == "nothing":
            self.leave(number, NO_COLUMN)
        elif part or (
            "其中" in clause
            and measure not in ("opening", "filed", "actual_enforcements")
            and not self.scopes_in(number.start - len(clause), number.start)
            and not any(number.start - len(clause) <= c[0] < number.start for c in [*self.courts_within, *self.courts])
            and not any(number.start - len(clause) <= s.start < number.start and s.stretch for s in self.spans)
        ):
            self.leave(number, A_PART)
        elif measure == "petitions_resolved" and self.flow and self.flow[-1][1] == "petitions":
            self.put(number, measure, unit, clause, row=self.flow[-1][0])
        elif measure == "petitions_resolved" and "访" not in clause and not self._of_petitions(number):
            self.leave(number, NO_WORD)
        else:
            self._put_count(number, measure, unit, clause, word)

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
            plain[first : first + span.end - span.start] = " " * (span.end - span.start)
        measure, word = measure_before("counts", "".join(plain)) or ("", "")
        if not word and (
            self.said_bare(number.start - len(clause), number, "收") or re.search(r"(?:^|[:：\s])收$", clause)
        ):
            return "filed", "收"  # 刑事：收210件，结208件; 执行收1234件
        if not word and (taken := TAKEN_IN.search(clause)) and bare_scope(taken["scope"]):
            return "filed", "收"  # 全年共收民事案件3456件
        if not word and unit not in ("", "万"):
            measure = self._behind(number)
        if not word and clause.endswith("收到") and "petitions" in (self.verb, *(m for _, m in self.flow)):
            return "petitions", "收到"
        if measure in ("received", "filed") and PETITIONS_SAID.search(clause):
            measure = "petitions"  # 涉诉信访案件受理45件
        if measure in ("opening", "filed") and BOTH.search(clause):
            measure = "received"  # 新收、旧存案件共计5230件
        return measure, word

    def _follows_count(self, number: Number, clause: str, unit: str, measure: str) -> bool:
        """Return whether what was counted last says of what this count is: 新收2100件，结2050件; 受理信访案件34件，办结31件."""
        last = self.flow[-1] if self.flow else None
        if last and last[1] in VERB_MEASURES and re.fullmatch(r"[、，,\s]*已?结", clause):
            self.put(number, "closed", unit, clause, row=last[0])
            return True
        since = self.breaks[bisect_right(self.breaks, number.start) - 1]
        spoken = max((m.end() for m in PETITIONS_SAID.finditer(self.text, since, number.start)), default=0)
        of_petitions = (last and last[1] in PETITIONS) or (spoken and not self.scopes_in(spoken, number.start))
        if of_petitions and measure in VERB_MEASURES and "访" not in clause and "案件" not in clause:
            self.leave(number, OTHER_CASES)
            return True
        return False

    def _put_count(self, number: Number, measure: str, unit: str, clause: str, word: str) -> None:
        if measure == "filed" and not word.startswith("新") and self._holds_opening(number.end):
            measure = "received"  # 收案2380件(含旧存123件)
        self.put(number, measure, unit, clause)
        if measure == "petitions":
            self._all_resolved(number)
        if measure == "filed" and word.startswith("收案") and self.flow:
            self.flow[-1][0].note("“收案”按新收计；若含旧存，应为受理")

    def _behind(self, number: Number) -> str:
        """The measure said after the number: 尚有3件未结."""
        rest = COMMA.split(self.text[number.end : number.end + 14])[0]
        found = re.match(
            r"(?:执行|诉讼)?(?:案件)?(?:已|已经|得到|全部|尚)?(未结|未执结|未审结|执结|审结|结案|办结|化解)", rest
        )
        if not found or re.search(r"\d", rest[: found.end()]):
            return ""
        said = measure_before("counts", found[1])
        return said[0] if said else ""

    def _holds_opening(self, at: int) -> bool:
        said = BREAK.split(self.text[at:], maxsplit=1)[0]
        return bool(
            re.match(r"\s*[(（,，]?\s*(?:其中|含|包括|包含)[^)）\d]{0,8}(?:旧存|结转|存案|未结)", said)
            or re.match(r"\s*[(（,，]?\s*其中[^)）\d]{0,4}新收(?:案件)?\d", said)
            or re.match(r"(?:(?!受理|结案|执结|审结|办结|其中).)*其中(?:旧存|结转)\d[\d,]*件[、，,和]?新收\d", said)
        )

    def _inherited(self, number: Number, clause: str, unit: str) -> None:
        """受理民事案件3000件、刑事案件500件: the second scope takes the verb of the first."""
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
        ):
            self.leave(number, A_PART if "其中" in clause else NO_WORD)
            of_all = HANDLED.search(clause) and not not_understood(re.sub("[办审]理", "", clause), self.sets)
            if (
                unit
                and (self.scopes_in(start, number.start) or clause.endswith("案件"))
                and not aside
                and not (said and "其中" not in self.text[self.breaks[bisect_right(self.breaks, start) - 1] : start])
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
        start = number.start - len(clause)
        named = [s for s in self.spans if s.stretch and start <= s.start and s.end <= number.start]
        courts = [c for c in (*self.courts, *self.courts_within) if start <= c[0] < c[1] <= number.start]
        rest = re.sub("^.*[:：]|其中|其余|[、和与及\\s(（]", "", self._without_places(start, number.start, clause))
        last = self.flow[-1] if self.flow else None
        kind = "rate" if unit in ("%", "‰") else "amount" if unit.endswith("元") else "count"
        measure = last[1] if last else self.ranked
        if rest or len(named) + len(courts) != 1 or not measure or not unit or kind_of(measure, self.sets) != kind:
            return False
        if kind == "count" and measure not in (*VERB_MEASURES, "closing", "petitions"):
            return False
        self.put(number, measure, unit, clause, row=self.row(number.start, last[0].scope) if last else None)
        return True

    def _lists_parts(self, number: Number) -> bool:
        """Return whether the sentence begins with 其中."""
        return bool(OF_WHICH.match(self.text, self.breaks[bisect_right(self.breaks, number.start) - 1]))

    def said_bare(self, start: int, number: Number, verb: str = "") -> str:
        """The scope of a clause that says nothing else, but for a verb: 民事案件310件, 刑事50件."""
        clause = self.text[start : number.start]
        if not clause.endswith(verb):
            return ""
        bare = re.sub(r"^.*[:：]|^[、，,；;\s]+", "", clause.removesuffix(verb))
        return bare_scope(bare)
