"""Changes on last year in a statement: 同比上升3.85%, 分别上升9.5%和下降2.1%, and whose they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter

from analysis.returns.figures import AMOUNTS, CHANGE, COUNTS, DIFFERENCE, kind_of, printed_figure
from analysis.returns.numbers import Number
from analysis.returns.page import EARLIER, LAST_YEAR, NO_TARGET, NOT_YEARLY, Page, PageRow
from analysis.returns.phrases import alternatives, bare_scope, measures_said, phrases
from analysis.vocabulary.text import Text

POINTS = ("个百分点", "百分点")
SHARES = ("%", "成", *POINTS)
# compared with another period than last year's
OTHERWISE = re.compile(
    r"环比|[比较](?:第?[一二三四]季度|前[一二三两]个?季度|上半年|上月|\d{1,2}月|上季|年初|月初|期初|(?:19|20)\d{2}年)|(?!^)[比较与]前年"
    r"|年均|高于|低于|高出|平均"
)
OF_NO_CASES = re.compile("[天日人名户批周]|小时|个[月人]")  # 判处罪犯99人，用时88天
COUNTED = ("件", "宗", "起", "万件")
# (同比+12.3%), 比2021年多456件
BY_SIGN = re.compile(
    r"(?:(?:(?<=[比案额率结])[:：]?|(?<=[比案额率结][ :：]))(?P<move>[-+↑↓])"
    r"|(?:同比|[比较](?:(?:19|20)\d{2}年|上年|去年|上月|\d{1,2}月)(?:同期|[初底末])?|[比较](?:年|月|期)[初末])(?P<more>[多少高低])出?|(?P<than>[高低]于)(?:上年|去年)(?:同期)?|^\s*(?P<arrow>[↑↓多少]))\s*$"
)
# of a stock at the end of a year, or on the same day of one
DAY_OF_LAST_YEAR = re.compile("[比较](?:上年|去年)(?:年|(?P<month>\\d{1,2})月)?[末底]")
# in brackets behind a figure: what it was a year before, and how it moved
SAME_TIME = re.compile(r"(?:上年|去年)(?:同期)?为?[\d,.]+(?:件|万件|%|万元|亿元)[,，、；;]?[^\d,，、；;]{1,6}")
BASE = re.compile("同比|环比|[比较与同和](?:上|去|前|本|月|季|年|期|(?:19|20)\\d{2})|相比|年均|高于|低于|平均")
HOW = "(?:首次|持续|稳步|明显|逐年|大幅|小幅|有所|再次|进一步|连续(?:[两一二三四五六七八九十]年)?|出现|显著|不断|总体|整体|呈现?)"
MOVED_BY = "(?:[(（]下同[)）])?(?:分别(?=为|达))?(?:了|约|率|幅度?|为|达|幅达)?(?:人民币)?"


def moves() -> str:
    """The words for up and down, the longest first, as alternatives of a pattern."""
    return alternatives([*phrases()["change"]["up"], *phrases()["change"]["down"]])


class Changes(Page):
    """A page whose changes on last year are placed with the figures that they are of."""

    found: list[Number]
    told: list[tuple[PageRow, str] | None]  # what the sentence has counted, in order; None: what has no column
    listed: list[tuple[PageRow, str] | None]  # measures whose changes are still to come
    of_changes: list[tuple[int, str]]  # the measures of the changes said last, and where
    targets: list[tuple[PageRow, str] | None]  # these measures with their rows
    sign: str
    sign_said = ""  # by a word, of all changes of a list that have no sign of their own
    moved: tuple[PageRow, str] | None  # whose change was said last in the sentence
    since_last_year: (
        bool  # whether the sentence says what a figure was a year before: 由2011年的34件降到12件，下降64.71%
    )
    changed_at: int  # where the last change ended

    def together(self, number: Number, between: str = "") -> int:
        """Count the numbers from this one on that stand in one list; ``between``: what may stand before each, too."""
        count = 1
        for one, other in pairwise(self.found[self.found.index(number) :]):
            # 执结99件，12个法院执结88件; 执结99件，12368热线
            of_another = not other.unit and re.match("(?![和与及或])[\u4e00-\u9fa5]", self.text[other.end :])
            if of_another or not re.fullmatch(rf"[、和与及,，\s]+{between}[-+]?", self.text[one.end : other.start]):
                break
            count += 1
        return count

    def moved_before(self, number: Number, clause: str) -> str:
        """The words of the clause before one that say what moved: 新收首次下降，由99件降至88件; empty where it has a number."""
        end = number.start - len(clause) - 1
        start = self._clause_at(end)
        first = bisect_left(self.found, start, key=attrgetter("start"))
        if self.found[first : first + 1] and self.found[first].start < end:
            return ""
        return re.sub(
            rf"[自从]?{HOW}*(?:{moves()}|攀升|走[高低]|递[增减]|[偏较][高低])(?:[趋态]势)?$",
            "",
            self._without_places(start, end, self.text[start:end]),
        )

    def change(self, number: Number, left: str, clause: str, unit: str, doubt: Text | None = None) -> bool:
        """Place a change on last year, or list it for a ``doubt``; True where the number is one, placed or not."""
        words = phrases()["change"]
        moved = re.search(
            rf"(?P<move>{moves()})(?P<more>)(?P<arrow>)(?P<than>){MOVED_BY}\s*$", clause
        ) or BY_SIGN.search(clause)
        if moved is None and self._by_how_many(number, left, clause, unit):
            return True
        if moved is None:
            if not (self.listed and re.fullmatch(r"[、和与及,，\s]+[-+]?", left)):
                self.listed = []
                return False
            self.sign = left[-1:].strip("+") if left[-1:] in "-+" else self.sign_said  # 分别增长5.4%、-3.7%和2.1%
        else:
            if self.changed_at != number.start - len(
                left
            ):  # 增加167件，上升10%: the second speaks of what the first does
                self.moved = None
            told = moved["move"] or moved["more"] or moved["arrow"] or moved["than"]
            self.sign = "-" if told in (*words["down"], "-", "↓", "少", "低", "低于") else ""
            self.sign_said = "" if told == "-" else self.sign
            between = left[: len(left) - len(clause) + moved.start()]
            if not (self.listed and re.fullmatch(r"[、和与及,，\s]+", between)):  # 分别上升9.5%和下降2.1%
                self.listed = list(self._targets(number, clause, clause[: moved.start()]))
                self.of_changes = [(number.start, one[1]) for one in self.listed if one]
                self.targets = [*self.listed]
            monthly = re.search(r"环比|[比较](?:上月|上季|\d{1,2}月|年初|月初)", clause[clause.rfind("、") + 1 :])
            yearly = (
                moved["than"]
                or self._yearly(number.start)
                or (moved["arrow"] in ("↑", "↓") and self._since_new_year(number.start))
            )
            if not yearly or monthly:  # 环比上升1.2个百分点、同比上升2.3个百分点: both of one figure
                self.moved = self.listed[0] if len(self.listed) == 1 else None
                self.listed = []
                self.leave(number, NOT_YEARLY)
                return True
        if doubt is not None:
            self.moved, self.listed = None, self.listed[1:]
            self.leave(number, doubt)
            return True
        self._put_change(number, unit, clause)
        return True

    def _by_how_many(self, number: Number, left: str, clause: str, unit: str) -> bool:
        """Place a count in a bracket behind a change, if it is that by which a known figure rose: 新收36508件，同比上升5.9%（2034件）."""
        of = self.moved if self.changed_at == number.start - len(left) and re.fullmatch("[(（]", clause) else None
        if of is None or unit != "件" or self.text[number.end : number.end + 1] not in (")", "）"):
            return False
        row, measure = of
        value, change = row.values.get(measure, ""), row.values.get(measure + CHANGE, "")
        if not (value.isdigit() and number.digits.isdigit() and change) or number.digits == value:
            return False
        sign = "-" if change.startswith("-") else ""
        before = int(value) - int(sign + number.digits)
        if before <= 0 or not printed_figure(change, measure + CHANGE).interval("either").holds(
            Fraction(100 * (int(value) - before), before)
        ):
            return False
        self.put(number, measure + DIFFERENCE, unit, clause, row=row, sign=sign)
        return True

    def _since_new_year(self, at: int) -> bool:
        """Return whether figures are of a time from New Year on, whose arrows compare with last year where no base is said."""
        span, _ = self.span(at)
        return bool(span and span.first and (span.first.month, span.first.day) == (1, 1)) and "环比" not in self.text

    def _yearly(self, at: int) -> bool:
        """Return whether the sentence has said that it compares with last year: 同比, 比去年同期, 比2014年 (of 2015)."""
        sentence = self.sentence(at)
        said = self.text[sentence:at]
        if not BASE.search(said):  # the base said last in the paragraph holds
            said = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        if SAME_TIME.fullmatch(self.text[self.bracket_begun(at) + 1 : at]):
            return True
        told = max(said.rfind(word) for word in phrases()["change"]["against"])
        span, _ = self.span(at)
        if span and re.match("去年|上年", span.text):
            told = max(told, said.rfind("较前年"), said.rfind("比前年"))
        for named in re.finditer(r"(?<=[比较与同])((?:19|20)\d{2})年", said):
            if span and span.year and int(named[1]) == span.year - 1:
                told = max(told, named.start())
        for stood in DAY_OF_LAST_YEAR.finditer(said):
            if stood.start() >= told:
                same = span and span.last and span.last.month == int(stood["month"] or 12)
                told = stood.start() if same else -1
        since = said[told:] if told >= 0 else ""
        if re.search("[去上]年全年", since) and not (span and span.is_a_year):  # of months against a whole year
            return False
        if told < 0 and self.since_last_year and not DAY_OF_LAST_YEAR.search(said):
            return True
        return bool(since) and not OTHERWISE.search(since)

    def _put_change(self, number: Number, unit: str, clause: str) -> None:
        if not self.listed:
            self.leave(number, NO_TARGET)
            return
        self.moved = self.listed.pop(0)
        if self.moved is None:
            self.leave(number, NO_TARGET)
            return
        row, measure = self.moved
        if (
            measure == "filed"
            and "received" in row.values
            and "filed" not in row.values
            and re.search("收案|收、?结案", clause)
            and "新" not in clause
        ):
            measure = "received"
            row.note("“收案”的同比按受理计")
        if (unit in COUNTED and measure in COUNTS) or (unit.endswith("元") and measure in AMOUNTS):
            self.put(number, measure + DIFFERENCE, unit, clause, row=row, sign=self.sign)
            return
        if unit not in (POINTS if kind_of(measure, self.sets) == "rate" else ("%",)):
            self.leave(number, NOT_YEARLY)
            return
        self.put(number, measure + CHANGE, unit, clause, row=row, sign=self.sign)

    def _targets(self, number: Number, clause: str, ahead: str) -> Sequence[tuple[PageRow, str] | None]:
        """Whose change it is: measures named in the clause, else the last ones of the sentence."""
        against = alternatives(phrases()["change"]["against"])
        year = "[比较与同](?:19|20)\\d{2}年(?:度|同期)?(?:相比)?"
        before, *after = re.split(f"(?:{against}|{year}|分别|均|各)+", ahead.rpartition(":")[2], maxsplit=1)
        listed = (measures_said(words, self.sets) for words in (before, *after))  # 收案同比上升5%; 较上年同期收案上升5%
        named = next((found for found in listed if any(found)), [])
        if any(named):
            # 收、结案: a list of which one is not known says nothing of the others' order; …；执行案件收案99件；收案总数上升9.8%
            if not all(named):
                return []
            if "分别" in clause and len(named) != self._changes_together(number):
                return []  # 甲、乙法院收案分别增长5%、6%
            kinds = {kind for *_, kind in self.scopes_in(number.start - len(clause), number.start)}
            of_kind = [one for one in self.flow if not kinds or one[0].scope in kinds]  # 新收99件，执行案件新收上升5%
            known = [next((one for one in reversed(of_kind) if one[1] == name), None) for name in named]
            rows = [
                None if one else self.row_of(number, name + CHANGE, clause)
                for one, name in zip(known, named, strict=True)
            ]
            rows = [next((r for r in rows[:at] if r and row and r.is_of(row)), row) for at, row in enumerate(rows)]
            return [one or ((row, name) if row else None) for one, row, name in zip(known, rows, named, strict=True)]
        if courts := [
            c
            for c in (*self.courts, *self.courts_within)
            if 0 <= c[0] - number.start + len(clause) < len(clause) and c[1]
        ]:
            return self._of_court(number, clause) if len(courts) == 1 else []
        if kind := bare_scope(re.sub(f"(?:{against}|{year})+.*$", "", ahead)):  # 诉讼案件同比下降12.3%
            return [one for one in self.flow if one[0].scope == kind][-1:]
        return self._told_last(number, clause)

    def _told_last(self, number: Number, clause: str) -> Sequence[tuple[PageRow, str] | None]:
        """The figures said last, as many as changes are listed."""
        count = self._changes_together(number)
        if "分别" in clause:
            return self._told_each(number, clause, count)
        follows = self.changed_at >= 0 and not re.search(r"\d", self.text[self.changed_at : number.start])
        if not follows and 1 < count <= len(self.told):  # 同比上升12.72%和25.07%
            return self.told[-count:]
        if follows and len(self.targets) > 1:  # 分别增加421件、376件，增长8.22%、8.53%
            return self.targets if count == len(self.targets) else []
        if follows:
            return [self.moved] if self.moved else []
        begun = self.bracket_begun(number.start)
        of_base = SAME_TIME.fullmatch(self.text[begun + 1 : number.start])  # 收案99件（去年同期90件，升10%）
        before = max((n.start for n in self.found if n.start < (begun if of_base else number.start)), default=-1)
        if of_base or 0 <= begun < before:  # 收案99件（其中民事9件，上升5%）
            return [self.placed_as[before]] if before in self.placed_as else []
        return [] if self._other_since(number) or self._of_parts(number) else self.flow[-1:]

    def _told_each(self, number: Number, clause: str, count: int) -> Sequence[tuple[PageRow, str] | None]:
        """The figures said last, of which each has one of the changes listed after 分别."""
        rates = [one for one in self.told if one is None or kind_of(one[1], self.sets) == "rate"]
        counts = [one for one in self.told if one is None or one not in rates]
        at = self.found.index(number)
        points = [one.unit in POINTS for one in self.found[at : at + count]]
        if points[0]:  # 到位3260万元，到位率71.4%，分别提高2.3和4.8个百分点: of rates alone
            told = rates
        elif re.search("幅分别", clause) and not (
            self.of_changes and self.of_changes[0][0] > self.sentence(number.start)
        ):
            told = []  # 收案、结案双双增长，增幅分别为5%和6%
        elif not any(points) and len(counts) < len(self.told) != count:  # no rate grows by percent
            told = counts if count == len(counts) else []
        else:
            told = self.told
        return told[-count:] if 0 < count <= len(told) else []

    def _of_parts(self, number: Number) -> bool:
        """Return whether several parts stand before a change, none with its own: 99件，其中新收90件、旧存9件，上升5%."""
        since = self.text[self.segment(number.start) : number.start].rfind("其中")
        begun = number.start if since < 0 else self.segment(number.start) + since
        listed = [n.start for n in self.found if begun <= n.start < number.start and n.start in self.placed_as]
        last = self.placed_as[listed[-1]][1] if listed else ""
        parts = {row.scope for row, measure in map(self.placed_as.__getitem__, listed) if measure == last}
        return self.changed_at < begun and (len(parts) > 1 or (last == "opening" and len(listed) > 1))

    def _of_court(self, number: Number, clause: str) -> Sequence[tuple[PageRow, str]]:
        """The measure whose change was said last, of the court that a clause names: 全市新收上升5%，甲县法院上升6%."""
        measure = self.of_changes[-1][1] if self.of_changes else ""
        row = self.row_of(number, measure + CHANGE, clause) if measure else None
        return [(row, measure)] if row else []

    def _other_since(self, number: Number) -> bool:
        """Return whether a number without a column stands between the last figure and a change: 其中一年以上12件，下降52%."""
        last = max((int(str(place["end"])) for place in self.places), default=0)
        clause = max(self.text.rfind(mark, 0, number.start) for mark in ",，。;；")
        left = {entry["start"] for entry in self.unplaced if entry["reason"] not in (EARLIER.cell, LAST_YEAR.cell)}
        return any(
            last <= other.start
            and other.end <= clause
            and (other.unit or OF_NO_CASES.match(self.text, other.end))
            and not self.aside(other.start, number.start)
            and (other.unit in ("%", "‰")) == ("百分点" in number.unit)  # 占67.27%，上升3.21%: not of the share
            for other in self.found[: self.found.index(number)]
            if other.start in left
        )

    def _changes_together(self, number: Number) -> int:
        """Return how many changes stand in one list; 增加567件，增长14.18% are two of one figure."""
        count = self.together(number, rf"(?:(?:{moves()}){MOVED_BY})?")
        at = self.found.index(number)
        shares = [one.unit in SHARES for one in self.found[at : at + count]]
        return shares.index(not shares[0]) if len(set(shares)) > 1 else count
