"""Figures of an earlier time beside this one's: 上年同期99件, 由2017年的37件降到9件."""

from __future__ import annotations

import re
from itertools import pairwise

from analysis.returns.changes import moves
from analysis.returns.counts import CountedCases
from analysis.returns.figures import kind_of
from analysis.returns.numbers import Number
from analysis.returns.page import EARLIER, LAST_YEAR, NO_WORD, TIME_OPEN, PageRow, same_time
from analysis.returns.phrases import measure_before, measure_said, phrases
from analysis.returns.subjects import OPEN
from analysis.returns.times import Span, a_year_before, single_years, whole_year, years_before
from analysis.returns.verbless import kind_of_unit

SAME_PERIOD = re.compile(
    r"(?<![比较与同于和跟])(?:去年|上年度?|前年|上一年度?|(?:19|20)\d{2}年)同期|(?:(?<=[，,(（])|^)(?:同期|(?P<year>上年|去年))(?=[为是仅]|$)"
)
FROM = re.compile(
    "(?:由|从)(?P<time>(?P<year>(?:19|20)\\d{2})年(?P<day>同期|底|末|初)?度?|(?P<same>(?:上年|去年)同期)|(?P<last>上年|去年)(?:度)?|\\d{1,2}月份?"
    "|(?:上年|去年|年初|期初|高峰|最高|原来|月初|上月|同期|底|末|时)*)的?$"
)
MORE_YEARS = re.compile(
    "[、，,和]?(?P<year>(?:19|20)\\d{2})年度?的(?P<day>)(?P<last>)(?P<same>)"
)  # 从2021年的3亿元、2022年的4亿元升至5亿元
BASE = re.compile(
    "[比较与](?:(?:上年|去年)(?:同期|年?[末底])?|(?P<year>(?:19|20)\\d{2})年度?(?:同期|年?[末底])?)的?$"
)  # 较去年同期的2.98亿元增长12.08%
BASE_YEAR = re.compile("[与和同比较](?P<year>(?:19|20)\\d{2})年度?(?:相比|比较|比)")
A_YEAR = "(?:19|20)\\d{2}年度?的"
THEN = "[，,、]?(?:又|再|并|后|继而|进而|随后|进一步|再次|继续|逐步|逐年|最终)*"
OF_YEARS = re.compile("^[近过]?[^0-9]{0,3}年(?:间|来|以来)$")  # 十年间，由99件增到120件
ENDS = 2  # figures of a change without a step between
REACHING = "(?:但?仍?|也)达到?了?|升至|增至|降至|减至|为|至"


class EarlierFigures(CountedCases):
    """A page whose figures of an earlier time are placed in the rows of that time."""

    steps: dict[
        int, Span | None
    ]  # of the figures through which it rose, by where each begins, the year of each, if known
    rising: tuple[PageRow, str] | None  # the measure of which was said from where it rose: 由78.2%上升到

    def _of(self, number: Number, measure: str, clause: str) -> tuple[PageRow, str] | None:
        """A measure with the row of what was said."""
        row = self.row_of(number, measure, clause) if measure else None
        return (row, measure) if row else None

    def _rises(self, number: Number, clause: str, unit: str) -> bool:
        """执结率由78.2%上升到91.5%: the first is what it was before, the second what it is."""
        if begun := FROM.search(clause):
            measure = measure_said(clause[: begun.start()] or self.moved_before(number, clause), self.sets)
            self.rising = self._of(number, measure, clause)
            if measure and not self.rising and begun["year"]:  # of which time the text speaks is open, this one is said
                kinds = self.kinds_at(number.start, clause, measure=measure)
                row = PageRow(self.court(number.start), kinds[0], None, carried=True) if len(kinds) == 1 else None
                self.rising = (row, measure) if row and kinds[0] != OPEN else None
            if not begun.start() and not measure and self.flow:  # 结案率提高，由78.2%上升到91.5%
                self.rising = self.flow[-1]
            self._risen_from(number, clause, unit, begun)
            return True
        if self.rising and number.start in self.steps:
            self._stepped(number, clause, unit)
            return True
        if self.rising and (more := MORE_YEARS.fullmatch(clause)):
            self._risen_from(number, clause, unit, more)
            return True
        (row, measure), self.rising = self.rising or (None, ""), None
        rose = measure and re.search(
            rf"(?:(?:{moves()})(?:到|至|为)了?|^(?P<then>(?:19|20)\d{{2}}年度?)?(?:实际)?(?:达到?|[到至为])了?)"
            r"(?P<year>(?:(?:19|20)\d{2}年度?|\d{1,2}月份?)的?)?$"
            r"|(?P<other>[\u4e00-\u9fa5]{0,4}[到至为]了?(?:(?:19|20)\d{2}年度?|\d{1,2}月份?)的)$",
            clause,
        )
        if not rose:
            return False
        if (rose["year"] or rose["then"] or rose["other"]) and row:  # 由2017年的91.2%上升到2018年的95.6%
            row = self.row(number.start, row.scope)
        elif row and (
            row.span.of_years or OF_YEARS.search(row.span.text) if row.span else row.carried
        ):  # 三年间由43.2%降到35.5%: of the last year, or of all
            self.leave(number, TIME_OPEN)
            return True
        if kind_of(measure, self.sets) == kind_of_unit(unit):
            self.put(number, measure, unit, clause, row=row)
            goes_on = row and len(self._steps_from(number)) > 1  # 上升到2019年的91%，又上升到2020年的93%
            self.rising = (row, measure) if row and goes_on else None
        else:
            self.leave(number, NO_WORD)
        return True

    def _steps_from(self, number: Number) -> list[Number]:
        """A number and those to which what it says rose or fell in turn: 由88%提高到91%，又提高到94%."""
        steps = [number]
        for one, other in pairwise(self.found[self.found.index(number) :]):
            to = rf"{THEN}(?:{moves()})(?<!幅)(?:到|至|为)了?(?:{A_YEAR})?|[、和]{A_YEAR}"
            if kind_of_unit(other.unit) != kind_of_unit(number.unit) or not re.fullmatch(
                to, self.text[one.end : other.start]
            ):
                break
            steps.append(other)
        return steps

    def _compared_with(self, at: int, row: PageRow) -> Span | None:
        """The year with which a sentence compares, of a rise that says none: 与2018年相比，2022年由99件增至120件."""
        said = [*BASE_YEAR.finditer(self.text, self.sentence(at), at)]
        then = whole_year(int(said[-1]["year"]), at) if said else None
        earlier = then and then.last and row.span and row.span.is_a_year and row.span.first
        return then if earlier and then and then.last and then.last < earlier else None

    def _stepped(self, number: Number, clause: str, unit: str) -> None:
        """Place a step between what a figure was and what it is, where the text says years and has one for each."""
        (row, measure), year = self.rising or (None, ""), self.steps[number.start]
        if row and year and kind_of(measure, self.sets) == kind_of_unit(unit):
            self._put_aside(number, measure, unit, clause, self.row_in(row.court, row.scope, year))
        else:
            self.leave(number, EARLIER)

    def _risen_from(self, number: Number, clause: str, unit: str, begun: re.Match[str]) -> None:
        """Place what a figure was before, where the text says when: 由2017年的37件降到9件."""
        row, measure = self.rising or (None, "")
        start = number.start - len(clause) + begun.start()
        said = next((s for s in self.spans if start <= s.start and s.end <= number.start and s.stretch), None)
        if said and said.first and said.last and row:  # the second is of another month, which it must say itself
            then: Span | None = said
            self.rising = (PageRow(row.court, row.scope, None, carried=True), measure)
        elif begun["year"] and not begun["day"]:
            then = whole_year(int(begun["year"]), number.start)
        else:  # from last year's to that of a whole year
            of_same = row and row.span and (begun["same"] or (begun["last"] and row.span.is_a_year))
            then = a_year_before(row.span) if of_same and row and row.span else None
            then = then or (self._compared_with(start, row) if not begun["time"] and row else None)
        steps = self._steps_from(number)
        dated = [bool(re.search(A_YEAR, self.text[one.end : other.start])) for one, other in pairwise(steps)]
        years = list(single_years(row.span)) if row and row.span else []
        each = len(years) == len(steps) > ENDS and not any(dated) and then is None  # of three years, three figures
        self.steps = (
            {one.start: year for one, year in zip(steps, years, strict=True)}
            if each
            else {one.start: None for one, own in zip(steps[1:-1], dated, strict=False) if not own}
        )
        if each:
            self._stepped(number, clause, unit)
            return
        of_stock = measure in ("opening", "closing")
        if not then or not row or of_stock or kind_of(measure, self.sets) != kind_of_unit(unit):
            self.leave(number, EARLIER)
            self.since_last_year = bool(begun["same"])
        else:
            self.since_last_year = bool(row.span and same_time(then, a_year_before(row.span)))
            self._put_aside(number, measure, unit, clause, self.row_in(row.court, row.scope, then))

    def _put_aside(self, number: Number, measure: str, unit: str, clause: str, row: PageRow) -> None:
        """Place a figure of another time, of which what follows does not speak."""
        flow, told = [*self.flow], [*self.told]
        self.put(number, measure, unit, clause, row=row)
        self.flow, self.told = flow, told

    def _reached(self, number: Number, clause: str, unit: str) -> bool:
        """结案率提高3.2个百分点，达到96.5%; 新收同比上升12.3%，达到4567件: the measure whose change was said last."""
        if self.moved is None or not unit or not re.fullmatch(REACHING, clause):
            return False
        row, measure = self.moved
        if kind_of(measure, self.sets) != kind_of_unit(unit):
            return False
        self.put(number, measure, unit, clause, row=row)
        return True

    def _of_last_year(self, number: Number) -> bool:
        """Return whether it is said of the same period of last year: (去年同期2296件)."""
        since = self.segment(number.start)
        said = self.text[since : number.start]
        if BASE.search(said):
            return True
        last = max((m.end() for m in SAME_PERIOD.finditer(said)), default=None)
        if last is None or any(since + last < s.end <= number.start and s.stretch for s in self.spans):
            return False
        alone = re.match(
            r"(?:为|是|仅|[:：])?\d", said[last:]
        )  # 受理99件，上年同期88件，结案率95%: of that number alone
        return not re.search("[)）]", said[last:]) and not alone

    def _same_period(self, number: Number, clause: str, unit: str) -> None:
        """Place a figure of the same period of last year in that period's row: (去年同期2296件); 去年同期受理99件，执结90件."""
        of_year = SAME_PERIOD.search(clause)  # 上年为38.62%: of all of it
        asked = number.start - len(clause) + of_year.start() if of_year else number.start
        span, _ = self.span(asked)  # of the figure before 去年, which is no time of its own
        then = a_year_before(span) if span and not self.time_open else None
        base = BASE.search(clause)
        if then and base and base["year"]:  # 较2019年的2800件增长19.6%
            then = years_before(span, span.last.year - int(base["year"])) if span and span.last else None
        words = re.sub("^[(（]", "", BASE.sub("", SAME_PERIOD.sub("", clause)))
        if of_year and of_year["year"] and not (span and span.is_a_year):
            then = None
        if then is None or "前年" in clause or not unit:
            self.leave(number, LAST_YEAR)
            return
        if re.fullmatch("(?:为|是|仅|[:：])?", words):  # of what the figure right before it is of
            last = self.flow[-1] if self.flow and self._right_before(number) else None
            row, measure = last or (None, "")
        else:
            found = measure_before(f"{kind_of_unit(unit)}s", words, self.sets)
            measure = found[0] if found and found[0] not in ("nothing", "plain") else ""
            qualified = any(word in words for word in phrases()[f"{kind_of_unit(unit)}s"]["qualified"])
            row = self.row_of(number, measure, words) if measure and not qualified else None
        if row is None or kind_of(measure, self.sets) != kind_of_unit(unit):
            self.leave(number, LAST_YEAR)
        else:
            self._put_aside(number, measure, unit, words, self.row_in(row.court, row.scope, then))

    def _right_before(self, number: Number) -> bool:
        """Return whether the number before one is the figure placed last."""
        at = self.found.index(number)
        last = self.placed_as.get(self.found[at - 1].start) if at else None
        return bool(last and self.flow and last[0] is self.flow[-1][0] and last[1].startswith(self.flow[-1][1]))
