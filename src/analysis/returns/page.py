"""A statement's text while it is read: courts, scopes and times that were said, the rows that grow, each number's place."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from analysis.returns.cells import FULL_WIDTH
from analysis.returns.figures import AMOUNTS, CHANGE, COUNTS, DIFFERENCE
from analysis.returns.numbers import Number
from analysis.returns.phrases import kinds_first, not_understood
from analysis.returns.reading import read_returns
from analysis.returns.row_arithmetic import completes
from analysis.returns.subjects import ENFORCEMENT, OPEN, PARTS_OF, Subjects
from analysis.returns.times import Span, years_in_digits
from analysis.vocabulary.indicator_sets.rates import Sets
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text

MONEY = ("amount_", "recovery_rate")
# a way of closing: what follows speaks of the same cases as what stands before
MODE = re.compile(
    "(?:终结本次执行程序|终本|执行完毕|终结执行|和解|调解|撤诉|判决|裁定|驳回)(?:方式)?(?:结案|执行|申请)?(?:的)?(?:案件)?$"
)
OF_PETITIONS = re.compile("涉诉|涉执(?!法)|执行信访")
LABELS = str.maketrans("【】", " :")  # 【收案】一季度99件
AROUND = 12  # characters of context on each side of an unplaced number
PLACES = ["text", "start", "end", "measure", "value", "unit", "row"]
UNPLACED = ["text", "start", "end", "context", "reason"]
PLAIN_UNITS = ("%", "件", "宗", "起", "万元", "个百分点", "百分点", "")

TAKEN = Text("该列已有另一个数", "the column holds another number already")
A_PART = Text("是其中一部分的数", "it counts a part only")
EARLIER = Text("是变化前的数，不是本期的", "it is what the figure was before, not what it is")
LAST_YEAR = Text("是上年同期的数，不属本期", "it is of the same period of last year, not of this one")
NO_WORD = Text("没有认出它所指的指标", "no measure was recognised for it")
IN_DOUBT = Text("像是要求、目标或界限，不是实际数", "it reads like a duty, an aim or a limit, not a figure")
ROUGH = Text("是约数，不知准到哪一位", "it is only about right, to no stated digit")
NO_TARGET = Text("不能确定是哪个指标的同比", "it is not clear whose change it is")
NOT_YEARLY = Text("不是与上年同期相比的百分数或百分点", "it is not a change on last year in percent or points")
NO_COLUMN = Text("该数没有对应的列", "there is no column for it")
LISTED = Text("“分别”所列各数各指什么，不能确定", "it is not clear which number of the list stands for what")
TIME_OPEN = Text("不能确定属于哪一期间", "it is not clear of which period it speaks")
COURT_OPEN = Text("没有写明是哪个法院的数", "the text does not name the court whose figure it is")
SCOPE_OPEN = Text("不能确定属于哪一类案件", "it is not clear of which scope it speaks")


def other_cases(odd: str) -> Text:
    """Why a number is not placed beside words that are not understood."""
    return Text(f"不明白“{odd}”说的是哪些案件", f"it is not clear which cases “{odd}” speaks of")


@dataclass(frozen=True, eq=False)
class Statement(Result):
    """A statement as ``read_statement`` understood it, to be confirmed by a person.

    ``rows``: a returns table. ``places``: text, start, end, measure, value, unit, row of each number that was placed
    (and of each expression of time). ``unplaced``: text, start, end, context, reason of each that was not.
    """

    caption: Text
    rows: pd.DataFrame
    places: pd.DataFrame
    unplaced: pd.DataFrame


@dataclass(eq=False)
class PageRow:
    """A row that grows: its place and its values as text."""

    court: str
    scope: str
    span: Span | None
    carried: bool
    values: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    parent: str = ""

    def is_of(self, other: PageRow) -> bool:
        """Return whether another row is of the same court, kind of cases and time."""
        return (self.court, self.scope) == (other.court, other.scope) and same_time(self.span, other.span)

    def note(self, text: str) -> None:
        """Add a remark, once."""
        if text not in self.notes:
            self.notes.append(text)


class Page(Subjects):
    """A page being read: the text so far, and what was made of it."""

    def __init__(
        self, text: str, court: str | None, published: date | None, source: str | None, sets: Sets = None
    ) -> None:
        self.original, self.source, self.published, self.sets = text, source, published, sets
        plain = years_in_digits(text.translate(FULL_WIDTH)).translate(LABELS).replace("依次", "分别")
        super().__init__(kinds_first(plain), court, published)
        self.found: list[Number] = []
        self.rows: list[PageRow] = []
        self.places: list[dict[str, object]] = []
        self.unplaced: list[dict[str, object]] = []
        self.flow: list[tuple[PageRow, str]] = []  # measures of the sentence outside brackets, in order
        self.told: list[tuple[PageRow, str] | None] = []
        self.placed_as: dict[int, tuple[PageRow, str]] = {}  # by where a number begins
        self.lost = False  # whether a list with 分别 has left it open of what the next numbers speak
        self.scope_carried = False  # whether the scope of the last row asked for was said in an earlier paragraph

    def statement(self) -> Statement:
        """Go through the numbers of the text with what was said before each."""
        self.found = self.numbers()
        segment, before = 0, 0
        for number in self.found:
            at = bisect_right(self.breaks, number.start)
            if at != segment:
                self.begin(segment, at)
                segment = at
            left = len(self.unplaced)
            self.number(number, max(before, self.breaks[at - 1]))
            if len(self.unplaced) > left:
                self.missed(number, str(self.unplaced[-1]["reason"]))
            before = number.end
        self.place_times()
        return self.result()

    def numbers(self) -> list[Number]:
        """The numbers of the text that are no times and no ordinals."""
        raise NotImplementedError

    def begin(self, before: int, at: int) -> None:
        """Forget what holds between two breaks alone; ``before`` and ``at`` count the breaks."""
        raise NotImplementedError

    def number(self, number: Number, since: int) -> None:
        """Place one number by the words since the last one and after it, or list it."""
        raise NotImplementedError

    def missed(self, number: Number, reason: str) -> None:
        """Remember that a number was not placed, where changes are listed of several."""
        raise NotImplementedError

    def put(
        self,
        number: Number,
        measure: str,
        unit: str,
        clause: str,
        *,
        row: PageRow | None = None,
        sign: str = "",
    ) -> None:
        """Enter a number under a measure, in the row of what was said, unless that column is taken."""
        if row is None and self.lost:
            self.leave(number, LISTED)
            return
        if self.time_unclear(number.start) or self.court_unclear(number.start):
            self.leave(number, COURT_OPEN if self.court_unclear(number.start) else TIME_OPEN)
            return
        moved = measure.endswith((CHANGE, DIFFERENCE))
        said = self._without_places(number.start - len(clause), number.start, clause)
        if odd := not_understood(said, self.sets):
            self.leave(number, other_cases(odd))
            if not MODE.search(clause) and not moved and not (measure in AMOUNTS and "案" not in clause):
                self.others.append(number.start)
            return
        if (
            row is None
            and not moved
            and any(number.start - len(clause) <= s.start < number.start and not s.stretch for s in self.spans)
        ):  # 2022年之前立案的210件
            self.leave(number, TIME_OPEN)
            return
        if row is None:
            row = self.row_of(number, measure, clause)
            row = None if row and self._strays(number, clause, row) else row
        if row is None:
            self.leave(number, TIME_OPEN if self.time_open else SCOPE_OPEN)
            return
        self.enter(number, measure, unit, row, sign)

    def _strays(self, number: Number, clause: str, row: PageRow) -> bool:
        """Return whether a number joined to the last one by 、 would stand under another kind of cases than it, though none was said."""
        at = self.found.index(number)
        between = self.text[self.found[at - 1].end : number.start] if at else ""
        before = (
            self.placed_as.get(self.found[at - 1].start) if between == clause and between[:1] in "、和与及" else None
        )
        said = self.scopes_in(number.start - len(clause), number.start)
        return not said and bool(before and before[0].scope != row.scope)

    def row_of(self, number: Number, measure: str, clause: str) -> PageRow | None:
        """The row of what was said; of several that may be meant the one whose figures the number completes, or that alone lacks it."""
        kinds = self.kinds_at(number.start, clause, measure=measure.removesuffix(CHANGE))
        if measure.startswith("petition"):
            kinds = self._petitioned(number, clause, kinds)
        self.span(number.start)
        if self.time_open:
            return None
        rows = [self.row(number.start, kind, of_money=measure.startswith(MONEY)) for kind in kinds if kind != OPEN]
        if len(kinds) > 1:
            lacking = [row for row in rows if measure not in row.values]
            if completing := [row for row in lacking if completes(row.values, measure, number.digits, self.sets)]:
                rows = completing
            elif not (lacking[:1] == rows[:1] and self._beside(rows[0], measure)):
                rows = lacking if OPEN not in kinds else []
            else:
                rows = rows[:1]
        return rows[0] if len(rows) == 1 else None

    def _petitioned(self, number: Number, clause: str, kinds: list[str]) -> list[str]:
        """The kinds of cases that petitions are about: all, or enforcement as a whole, whatever part of it was counted before."""
        before = self.text[: number.start - len(clause)]
        said = OF_PETITIONS.findall(before[self.sentence(number.start) :] + clause)
        said = said or list({*OF_PETITIONS.findall(before)})
        if said and (len({*said}) == 1 or said[-1] in clause):
            return [""] if said[-1] == "涉诉" else ["执行案件"]
        return list(dict.fromkeys("执行案件" if kind in ENFORCEMENT else kind for kind in kinds))

    def _beside(self, row: PageRow, measure: str) -> bool:
        """Return whether the sentence has said a measure of another kind that stands beside a row's: 民事收9件，结8件，刑事收3件，结2件."""
        rows = [other for other, said in self.flow if other is not row and said == measure and other.span is row.span]
        return any(row.scope not in PARTS_OF.get(other.scope, ()) for other in rows)

    def enter(self, number: Number, measure: str, unit: str, row: PageRow, sign: str = "") -> None:
        """Enter a number under a measure of a row, unless that column is taken."""
        value = sign + number.digits
        scaled = "" if unit in PLAIN_UNITS else unit
        shown = value + ("万件" if scaled == "万" else scaled)
        if row.values.get(measure, shown) != shown:
            self.leave(number, TAKEN)
            self.others.append(number.start)  # of what this and the following speak was not understood
            return
        row.values[measure] = shown
        begun = self.sentence(number.start)
        if (
            row.scope
            and not measure.startswith("petition")
            and not any(
                begun <= start and end <= max(number.start, self.reach) and kind == row.scope
                for start, end, kind in self.scopes
            )
        ):  # the sentence goes on about these cases
            self.scopes = sorted([*self.scopes, (number.start, number.start, row.scope)])
        if self.scope_carried and row.scope:
            row.note("范围承上文")
        if number.about:
            row.note(f"“{self.original[number.start : number.end]}”为约数")
        if row not in self.rows:
            self.rows.append(row)
        self.place(number.start, number.end, measure, value, unit, self.rows.index(row))
        self.placed_as[number.start] = (row, measure)
        if self.bracket_begun(number.start) < 0 and not measure.endswith((CHANGE, DIFFERENCE)):
            self.flow.append((row, measure))
            self.told.append((row, measure))

    def bracket_begun(self, at: int) -> int:
        """Where the bracket begins in which a place stands; -1 for none."""
        begun, ended = (max(self.text.rfind(sign, 0, at) for sign in signs) for signs in ("(（", ")）"))
        return begun if begun > ended else -1

    def _without_places(self, start: int, end: int, clause: str) -> str:
        """A clause without what names courts and times, where it is the text between two places."""
        if self.text[start:end] != clause:
            listed = {s.text for s in self.spans} | {
                self.text[a:b] for a, b, _ in (*self.courts, *self.courts_within) if a < b
            }
            here = sorted((name for name in listed if name in clause), key=len, reverse=True)
            return re.sub("|".join(map(re.escape, here)) or "$", "", clause)
        named = self.places_named(start, end)
        kept = [c for at, c in enumerate(self.text[start:end], start) if not any(a <= at < b for a, b in named)]
        return "".join(kept)

    def row(self, at: int, scope: str, *, of_money: bool = False) -> PageRow:
        """The row of a number's court, kind of cases and time, which is made where it is new.

        Money that came in says that it is of enforcement, and nothing of the cases that were counted before it.
        """
        known = [s for s in self.scopes if s[1] <= max(at, self.reach) and s[2]]
        said = [s for s in known if s[2] == scope]
        self.scope_carried = bool(said) and said[-1][0] < self.text.rfind("\n", 0, at) + 1
        court = self.court(at)
        span, carried = self.span(at)
        here = self.rows_at(court, span)
        for row in here:
            if row.scope == scope:
                return row
        if scope and not known and not self.of_which.search(self.text, self.sentence(at), at):
            # the sentence began without saying its scope
            for row in here:
                counted = of_money and any(name in row.values for name in (*COUNTS, "closure_rate"))
                if not row.scope and not counted and any(r is row for r, _ in self.flow):
                    row.scope = scope
                    row.notes.append(f"范围按用语定为{scope}")
                    return row
        return PageRow(court, scope, span, carried)

    def row_in(self, court: str, scope: str, span: Span) -> PageRow:
        """The row of a court, kind of cases and time, which is made where it is new."""
        return next(
            (r for r in self.rows_at(court, span) if r.scope == scope), PageRow(court, scope, span, carried=False)
        )

    def rows_at(self, court: str, span: Span | None) -> list[PageRow]:
        """The rows of a court and a time."""
        return [row for row in self.rows if row.court == court and same_time(row.span, span)]

    def place(self, start: int, end: int, measure: str, value: str, unit: str, row: int) -> None:
        """Enter the place of a number that was understood."""
        text = self.original[start:end]
        insort(self.placed_at, start)
        self.places.append(dict(zip(PLACES, (text, start, end, measure, value, unit, row), strict=True)))

    def leave(self, number: Number, reason: Text) -> None:
        """List a number that was not placed, with the reason."""
        start, end = number.start, number.end
        insort(self.left_at, start)
        context = self.original[max(0, start - AROUND) : end + AROUND].replace("\n", " ")
        entry = (self.original[start:end], start, end, context, reason.cell)
        self.unplaced.append(dict(zip(UNPLACED, entry, strict=True)))

    def place_times(self) -> None:
        """Enter the places of the expressions of time that rows rest on."""
        for span in self.spans:
            resting = [n for n, row in enumerate(self.rows) if row.span and row.span.start <= span.start < row.span.end]
            if resting:
                self.place(span.start, span.end, "period", span.text, "", resting[0])

    def name_wholes(self) -> None:
        """A kind of cases that a sentence lists after 其中 is a part of the cases that it counted before."""
        first = {row: min(int(str(p["start"])) for p in self.places if p["row"] == n) for n, row in self._placed()}
        for row, at in first.items():
            sentence = self.sentence(at)
            if self.of_which.match(self.text, sentence) and sentence:  # 受理300件。其中，首次执行案件200件
                sentence = self.sentence(sentence - 1)
            for whole, start in first.items():
                listed = sentence <= start < at and bool(self.of_which.search(self.text, start, at))
                same = whole.court == row.court and same_time(whole.span, row.span)
                if listed and same and row.scope in PARTS_OF.get(whole.scope, ()) and not row.parent:
                    row.parent = whole.scope

    def _placed(self) -> list[tuple[int, PageRow]]:
        placed = {place["row"] for place in self.places}
        return [(n, row) for n, row in enumerate(self.rows) if n in placed]

    def record(self, row: PageRow) -> dict[str, str | None]:
        """A row as a line of a returns table, its note telling what was not said."""
        notes = list(row.notes)
        span = row.span
        if span is not None and not (span.first and span.last):
            said = "起止未全写明" if span.first or span.last or "年来" in span.text else "年份未写明"
            notes.append(f"期间原文为“{span.text}”，{said}")
        if span is None:
            notes.append("期间未写明")
        if row.carried:
            notes.append("期间承上文")
        return {
            "court": row.court,
            "scope": row.scope or None,
            "unit": "件",
            "period_start": span.first.isoformat() if span and span.first else None,
            "period_end": span.last.isoformat() if span and span.last else None,
            **row.values,
            **({"parent": row.parent} if row.parent else {}),
            "note": "；".join(notes) or None,
            "source": self.source,
            "source_date": self.published.isoformat() if self.published else None,
        }

    def result(self) -> Statement:
        """The rows read, with the place of each number and those that were not placed."""
        self.name_wholes()
        records = [self.record(row) for row in self.rows]
        table = pd.DataFrame(records or [], columns=None if records else ["court"])
        rows = read_returns(table, definitions=self.sets)
        rows["file"] = "statement"
        places = pd.DataFrame(self.places, columns=pd.Index(PLACES)).sort_values(["start", "end"], ignore_index=True)
        unplaced = pd.DataFrame(self.unplaced, columns=pd.Index(UNPLACED))
        caption = Text(
            f"认出{len(rows)}行、{len(places)}处；{len(unplaced)}个数未能归位，请逐一确认",
            f"{len(rows)} row(s) and {len(places)} places recognised; {len(unplaced)} number(s) not placed: please confirm",
        )
        return Statement(caption, rows, places, unplaced)


def same_time(a: Span | None, b: Span | None) -> bool:
    """Return whether two stretches of time are one, by their days or, without, by their words."""
    if a is None or b is None:
        return a is b
    return (a.first, a.last) == (b.first, b.last) if a.first or a.last else a.text == b.text
