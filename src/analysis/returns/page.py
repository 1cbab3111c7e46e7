"""A statement's text while it is read: courts, scopes and times that were said, the rows that grow, each number's place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from analysis.returns.figures import CHANGE, COUNTS, DIFFERENCE
from analysis.returns.numbers import Number
from analysis.returns.phrases import court_names, courts_within, not_understood, phrases, scopes
from analysis.returns.reading import FULL_WIDTH, read_returns
from analysis.returns.times import Span, spans, years_in_digits
from analysis.vocabulary.indicator_sets.rates import Sets
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text

UNNAMED = "未写明法院"
MONEY = ("amount_", "recovery_rate")
NOW = re.compile("目前|迄今")
ASIDE = re.compile(r"[(（][^()（）]*[\u4e00-\u9fa5][^()（）]*\d+\s*[件%万亿元宗起][^()（）]*[)）]")
BREAK = re.compile(r"[。;；!！?？\n]")
BOTH_TRIED_AND_ENFORCED = re.compile("审[、(（]?执[)）]?结|审结[、和]?执结")
WHOLE_COURT = re.compile("全院|全市|全省|全县|全区|本院|我院|该院|两级法院")
# a sentence that speaks of the whole court again: …；全院结案率97.3%
OF_ALL = re.compile(
    r"(?<=[。;；\n，,])全院(?=(?:共|总|累计|综合|各类|全部)*(?:案件)?(?:受理|新收|收案|审结|结案|审执结|未结|旧存|办结))"
)
OF_ONE = re.compile("度?的(?=\\d)")  # 增至2017年的6789件: a year of that number alone
# a way of closing: what follows speaks of the same cases as what stands before
MODE = re.compile(
    "(?:终结本次执行程序|终本|执行完毕|终结执行|和解|调解|撤诉|判决|裁定|驳回)(?:结案|执行|申请)?(?:的)?(?:案件)?$"
)
FROM_WHAT = re.compile("[由从][^;；。]*$")
OWN_COURT = re.compile("我院|本院|(?<![\u4e00-\u9fa5])[县区](?:人民)?法院")
COLLECTIVE = re.compile("全[国省市州县区旗盟]")
AROUND = 12  # characters of context on each side of an unplaced number
# What may be listed as a part of which cases.
PARTS_OF = {
    "全部案件": ("诉讼案件", "执行案件", "民事案件", "刑事案件", "行政案件", "首次执行案件", "恢复执行案件"),
    "诉讼案件": ("民事案件", "刑事案件", "行政案件"),
    "执行案件": ("首次执行案件", "恢复执行案件"),
}
PLACES = ["text", "start", "end", "measure", "value", "unit", "row"]
UNPLACED = ["text", "start", "end", "context", "reason"]
PLAIN_UNITS = ("%", "件", "宗", "起", "万元", "个百分点", "百分点", "")

TAKEN = Text("该列已有另一个数", "the column holds another number already")
EARLIER = Text("是变化前的数，不是本期的", "it is what the figure was before, not what it is")
LAST_YEAR = Text("是上年同期的数，不属本期", "it is of the same period of last year, not of this one")
NO_WORD = Text("没有认出它所指的指标", "no measure was recognised for it")
IN_DOUBT = Text("像是要求、目标或界限，不是实际数", "it reads like a duty, an aim or a limit, not a figure")
ROUGH = Text("是约数，不知准到哪一位", "it is only about right, to no stated digit")
NO_TARGET = Text("不能确定是哪个指标的同比", "it is not clear whose change it is")
NOT_YEARLY = Text("不是与上年同期相比的百分数或百分点", "it is not a change on last year in percent or points")
LISTED = Text("“分别”所列各数各指什么，不能确定", "it is not clear which number of the list stands for what")
SCOPE_OPEN = Text("不能确定属于哪一类案件", "it is not clear of which scope it speaks")


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

    def note(self, text: str) -> None:
        """Add a remark, once."""
        if text not in self.notes:
            self.notes.append(text)


class Page:
    """A page being read: the text so far, and what was made of it."""

    def __init__(
        self, text: str, court: str | None, published: date | None, source: str | None, sets: Sets = None
    ) -> None:
        self.original, self.source, self.published, self.sets = text, source, published, sets
        self.text = years_in_digits(text.translate(FULL_WIDTH))
        self.spans = list(spans(self.text, published))
        names = [(a, b) for a, b, _ in court_names(self.text)]
        within = courts_within(self.text)
        self.courts_within = [c for c in within if not any(a <= c[0] < b for a, b in names)]
        self.courts = self._courts(court)
        self.scopes = sorted([*scopes(self.text), *((m.start(), m.end(), "") for m in OF_ALL.finditer(self.text))])
        self.asides = [m.span() for m in ASIDE.finditer(self.text)]
        self.breaks = [0, *(m.end() for m in BREAK.finditer(self.text))]
        self.rows: list[PageRow] = []
        self.places: list[dict[str, object]] = []
        self.unplaced: list[dict[str, object]] = []
        self.flow: list[tuple[PageRow, str]] = []  # measures of the sentence outside brackets, in order
        self.told: list[tuple[PageRow, str] | None] = []
        self.lost = False  # whether a list with 分别 has left it open of what the next numbers speak
        self.scope_carried = False  # whether the scope of the last row asked for was said in an earlier paragraph
        self.unclear: int | None = None  # from where on it is open of which cases the next numbers speak

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
        if WHOLE_COURT.search(clause):  # 全院共办结案件4120件
            self.unclear = None
        said = self._without_places(number.start - len(clause), number.start, clause)
        if odd := not_understood(said, self.sets):
            self.leave(number, Text(f"不明白“{odd}”说的是哪些案件", f"it is not clear which cases “{odd}” speaks of"))
            self.unclear = self.unclear if MODE.search(clause) else number.start
            return
        since = self.unclear
        if (
            row is None
            and since is not None
            and "执行局" not in clause
            and not self._begins_anew(clause, since)
            and not any(since < s[0] < number.start and not self.aside(s[0], number.start) for s in self.scopes)
        ):
            self.leave(number, SCOPE_OPEN)
            return
        if row is None and self.part_or_whole(number, clause, measure):
            self.leave(number, SCOPE_OPEN)
            return
        of_money = measure.startswith(MONEY)
        row = row or self.row(number.start, self.scope_said(clause), of_money=of_money)
        self.enter(number, measure, unit, row, sign)

    def enter(self, number: Number, measure: str, unit: str, row: PageRow, sign: str = "") -> None:
        """Enter a number under a measure of a row, unless that column is taken."""
        value = sign + number.digits
        scaled = "" if unit in PLAIN_UNITS else unit
        shown = value + ("万件" if scaled == "万" else scaled)
        if row.values.get(measure, shown) != shown:
            self.leave(number, TAKEN)
            return
        row.values[measure] = shown
        if self.scope_carried and row.scope:
            row.note("范围承上文")
        if number.about:
            row.note(f"“{self.original[number.start : number.end]}”为约数")
        if row not in self.rows:
            self.rows.append(row)
        self.place(number.start, number.end, measure, value, unit, self.rows.index(row))
        within = self.text[: number.start]
        bracketed = max(within.rfind("("), within.rfind("（")) > max(within.rfind(")"), within.rfind("）"))
        if not bracketed and not measure.endswith((CHANGE, DIFFERENCE)):
            self.flow.append((row, measure))
            self.told.append((row, measure))

    def _without_places(self, start: int, end: int, clause: str) -> str:
        """A clause without what names courts and times, where it is the text between two places."""
        if self.text[start:end] != clause:
            listed = [s.text for s in self.spans] + [name for *_, name in (*self.courts, *self.courts_within)]
            return re.sub("|".join(map(re.escape, sorted(listed, key=len, reverse=True))) or "$", "", clause)
        named = [(s.start, s.end) for s in self.spans] + [c[:2] for c in (*self.courts, *self.courts_within)]
        kept = [c for at, c in enumerate(self.text[start:end], start) if not any(a <= at < b for a, b in named)]
        return "".join(kept)

    def part_or_whole(self, number: Number, clause: str, measure: str) -> bool:
        """Return whether a figure may be of a part or of its whole: 新收执行案件99件；恢复执行案件9件；执行到位5亿元.

        After several kinds of cases so may what was said of none of the others: 民事案件结案率98%，执行案件结案率95%，存案567件.
        """
        at = number.start
        said = max((s for s in self.scopes if s[1] <= at and not self._over(s[0], at)), default=(0, 0, ""))
        told_by_word = self.scope_said(clause) is not None and said[2] not in PARTS_OF["执行案件"]
        own = said[0] >= at - len(clause) or told_by_word
        if not said[2] or own or WHOLE_COURT.search(clause):
            return False
        sentence = max(self.text.rfind(mark, 0, at) for mark in "。\n")
        since, _ = self._clauses(at)
        here = [(int(str(p["start"])), self.rows[int(str(p["row"]))]) for p in self.places if p["measure"] != "period"]
        told = [(start, row) for start, row in here if start > sentence and not self.aside(start, at)]
        wholes = [w for _, w in told if said[2] in PARTS_OF.get(w.scope or "全部案件", ())]
        nearer = (said[2], *PARTS_OF.get(said[2], ()))
        others = [(start, row) for start, row in told if row.scope and row.scope not in nearer and row not in wholes]
        beside = [row for start, row in others if start >= since]
        over = said[0] < since and bool(wholes or others)  # …；执行案件收案99件；收案总数上升9.8%
        return over or bool(beside and all(measure not in row.values for row in beside))

    def _begins_anew(self, clause: str, since: int) -> bool:
        """Return whether a clause speaks of enforcement by itself where the one before spoke of trials: 再审案件12件，执结案件99件."""
        return (
            "案件" in clause
            and bool(self.scope_said(clause))
            and "执" not in re.split("[,，。;；]", self.text[:since])[-1]
        )

    def scope_said(self, clause: str) -> str | None:
        """The scope that a word of enforcement alone gives away: 执结, 到位率."""
        bare = BOTH_TRIED_AND_ENFORCED.sub("", clause)
        for scope, words in phrases()["scope_of"].items():
            if any(word in bare for word in words):
                return str(scope)
        return None

    def row(self, at: int, scope: str | None, *, of_money: bool = False) -> PageRow:
        """The row of a number's court, scope and time, which is made where it is new.

        Money that came in says that it is of enforcement, and nothing of the cases that were counted before it.
        """
        said = max((s for s in self.scopes if s[1] <= at and not self._over(s[0], at)), default=(0, 0, ""))
        current = said[2]
        paragraph = self.text.rfind("\n", 0, at) + 1
        self.scope_carried = bool(current) and said[0] < paragraph and not (scope and not current.endswith("执行案件"))
        if scope and not current.endswith("执行案件"):
            current = scope
            self.scopes.append((at, at, scope))
        court = self.court(at)
        span, carried = self.span(at)
        here = [row for row in self.rows if row.court == court and _same(row.span, span)]
        for row in here:
            if row.scope == current:
                return row
        if scope and current == scope and not said[2]:  # the sentence began without saying its scope
            for row in here:
                counted = of_money and any(name in row.values for name in (*COUNTS, "closure_rate"))
                if not row.scope and not counted and any(r is row for r, _ in self.flow):
                    row.scope = scope
                    row.notes.append(f"范围按用语定为{scope}")
                    return row
        return PageRow(court, current, span, carried)

    def scopes_in(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The scopes named between two places."""
        return [s for s in self.scopes if start <= s[0] < s[1] <= end and s[2]]

    def aside(self, said: int, at: int) -> bool:
        """Return whether something was said in a bracket with figures of its own that is closed before a place."""
        return any(a <= said < b <= at for a, b in self.asides)

    def _over(self, said: int, at: int) -> bool:
        """Return whether a kind of cases was said of a part only, in a bracket or after 其中 of an earlier sentence."""
        sentence = max(self.text.rfind(mark, 0, at) for mark in "。\n")
        began = max(self.text.rfind(mark, 0, said) for mark in "。\n") + 1
        return self.aside(said, at) or (said < sentence and "其中" in self.text[began : said + 2])

    def court(self, at: int) -> str:
        """The court last named; one named by its rank alone (其中，中院) only to the end of its sentence."""
        sentence = max(self.text.rfind(mark, 0, at) for mark in "。\n")
        named = [c for c in self.courts if c[0] < at]
        within = [c for c in self.courts_within if c[0] < at and (c[0] > sentence or not named)]
        since, end = self._clauses(at)
        if "其中" in self.text[at:end]:  # …，其中甲法院受理512件；审结43210件，其中…: of the whole again
            named, within = (
                [c for c in courts if c[0] >= since or "其中" not in self.text[self._clauses(c[0])[0] : c[0] + 2]]
                for courts in (named, within)
            )
        return max([*named[-1:], *within[-1:]] or self.courts[:1], default=(0, 0, UNNAMED))[2]

    def _clauses(self, at: int) -> tuple[int, int]:
        """Return where the clauses between two breaks begin and end in which a place lies."""
        number = bisect_right(self.breaks, max(at, 0))
        return self.breaks[number - 1], self.breaks[number] if number < len(self.breaks) else len(self.text)

    def span(self, at: int) -> tuple[Span | None, bool]:
        """The stretch of time last said; and whether it was said in an earlier paragraph."""
        paragraph = self.text.rfind("\n", 0, at) + 1
        said = [s for s in self.spans if s.end <= at and s.stretch and not self.aside(s.start, at)]
        said = [s for s in said if self._holds_on(s, at)]
        since, _ = self._clauses(at)
        whole = [s for s in said if s.start >= since or "其中" not in self.text[self._clauses(s.start)[0] : s.start]]
        said = whole or said  # 三年来受理900件，其中2016年受理300件；执结850件: of the three years again
        if not said:  # 年初存案120件，全年收案1500件: the sentence says it later
            sentence = min((b for b in self.breaks if b > at), default=len(self.text))
            return next((s for s in self.spans if at < s.start < sentence and s.stretch), None), False
        if len(said) > 1 and NOW.search(said[-1].text) and said[-2].first and not said[-2].last:
            said.pop()  # 2010年以来，截至目前: one stretch
        span = said[-1]
        if (
            span.last
            and not span.first
            and len(said) > 1
            and said[-2].first
            and not said[-2].last
            and said[-2].start >= paragraph
        ):
            both = Span(said[-2].start, span.end, f"{said[-2].text}，{span.text}", said[-2].first, span.last, span.year)
            return both, said[-2].start < paragraph
        return span, span.start < paragraph

    def _holds_on(self, span: Span, at: int) -> bool:
        """Return whether a time holds for a place: 增至2017年的6789件 is of that number, and of 由…增至… of others beside it."""
        own = OF_ONE.match(self.text, span.end)
        return own is None or own.end() >= at or bool(FROM_WHAT.search(self.text[own.end() : at]))

    def _courts(self, given: str | None) -> list[tuple[int, int, str]]:
        named = list(court_names(self.text))
        own = [(m.start(), m.end(), given) for m in OWN_COURT.finditer(self.text)] if given else []
        # 全省法院受理9万件: a court of one county's figure is none of these, but that of its county or county-level city is its own
        apart = bool(given) and any(not _is_own(name, str(given)) for _, _, name in named if COLLECTIVE.match(name))
        if (
            given and not apart and len({name for _, _, name in named}) < 2
        ):  # one court under another name is the court given
            return [(0, 0, given), *((a, b, given) for a, b, _ in named)]
        full = {name for name in (*(n for *_, n in named), given) if name and name.endswith("人民法院")}
        whole = {name: name.removesuffix("法院") + "人民法院" for _, _, name in named}
        told = [(a, b, whole[n] if whole[n] in full and not n.endswith("人民法院") else n) for a, b, n in named]
        return sorted([(0, 0, given), *told, *(own if apart else [])]) if given else told

    def place(self, start: int, end: int, measure: str, value: str, unit: str, row: int) -> None:
        """Enter the place of a number that was understood."""
        text = self.original[start:end]
        self.places.append(dict(zip(PLACES, (text, start, end, measure, value, unit, row), strict=True)))

    def leave(self, number: Number, reason: Text) -> None:
        """List a number that was not placed, with the reason."""
        start, end = number.start, number.end
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
            sentence = max(self.text.rfind(mark, 0, at) for mark in "。\n")
            for whole, start in first.items():
                listed = sentence < start < at and "其中" in self.text[start:at]
                same = (whole.court, whole.span) == (row.court, row.span)
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
            f"认出 {len(rows)} 行、{len(places)} 处；{len(unplaced)} 个数未能归位，请逐一确认",
            f"{len(rows)} row(s) and {len(places)} places recognised; {len(unplaced)} number(s) not placed: please confirm",
        )
        return Statement(caption, rows, places, unplaced)


def _is_own(collective: str, court: str) -> bool:
    """Return whether 全县法院, 全市法院 is the court of that county or county-level city.

    >>> _is_own("全县法院", "甲县人民法院"), _is_own("全市法院", "富锦市人民法院"), _is_own("全市法院", "甲市乙区人民法院")
    (True, True, False)
    """
    return bool(re.match(f"全{court.removesuffix('人民法院')[-1:]}(?!.*基层)", collective))


def _same(a: Span | None, b: Span | None) -> bool:
    if a is None or b is None:
        return a is b
    return (a.first, a.last) == (b.first, b.last) if a.first or a.last else a.text == b.text
