"""Words for the verdicts, in both languages, that a person can follow by hand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from analysis.inference.reconciliation.checks import Check, Examination, no_count
from analysis.inference.reconciliation.components import rate_of
from analysis.inference.reconciliation.conflicts import SIGNED, Conflict
from analysis.inference.reconciliation.identities import span
from analysis.inference.reconciliation.printed_arithmetic import PrintedArithmetic, prints_so
from analysis.inference.reconciliation.printed_cells import Cell, Figure
from analysis.inference.reconciliation.rates import Definition
from analysis.returns.several_courts import is_middle
from analysis.returns.verdicts import DISPUTED, comparison, decimal, granularity, plain
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.terms import measure_text, terms
from analysis.vocabulary.text import Text, joined, listed

PARTNER = {"opening": "filed", "filed": "opening"}  # what makes up the cases received with it
NUMERALS = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九"}
UNFINISHED = Text(
    "矛盾太多，没有逐一找完，请逐个与原表核对",
    "there are too many contradictions to be searched to the end; check each figure against its source",
)
WORDS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}


class Words:
    """Explanations for the figures of one examined component."""

    def __init__(self, examination: Examination, repairs: Mapping[Conflict, Mapping[int, str | None]]) -> None:
        self.examination, self.repairs = examination, repairs
        self.arithmetic = PrintedArithmetic(examination.component)

    def explanation(self, check: Check) -> Text:
        """Return why a figure got its verdict."""
        figure = check.figure
        if is_middle(figure.court):
            return Text(
                "几家法院的平均数或中位数，不是件数，未核对",
                "a mean or median of courts is no count, so it is unchecked",
            )
        if figure.kind == "other":
            return Text("没有该指标的计算公式，未核对", "no formula is known for this measure, so it is unchecked")
        if check.verdict == "unchecked":
            return self._unchecked(check)
        parts = []
        if check.verdict in DISPUTED and check.base is not None and self._baseless(check):
            parts.append(_granular(figure, check.base, check.meaning))
        elif (own := self._own(check)) is not None:
            parts.append(own)
        if check.conflict is not None and check.verdict in DISPUTED:
            parts.append(self.conflict(check.conflict, figure.cell))
        if check.verdict == "contradicts":
            parts.append(Text("最小的改法都要改它", "every smallest repair changes it"))
        if not parts:
            parts.append(self._allowed(check))
        return joined(parts)

    @staticmethod
    def _baseless(check: Check) -> bool:
        """Return whether no count of the base that the other figures allow prints as a rate."""
        return (
            check.base is not None and check.meaning is not None and no_count(check.figure, check.base, check.meaning)
        )

    def recomputed(self, check: Check) -> Fraction | None:
        """The figure recomputed: a rate from printed values, where they stand beside it; else what the others give."""
        figure = check.figure
        if figure.kind != "rate" or check.meaning is None or check.recomputed is None:
            return check.recomputed
        way = self.arithmetic.way(figure, check.meaning)
        return check.recomputed if way is None else way[0]

    # -- the way to one figure --------------------------------------------------------------------------------------

    def _own(self, check: Check) -> Text | None:
        """The figure from the printed numbers beside it, where a short way leads to it and says something."""
        found = self.arithmetic.way(check.figure, check.meaning)
        if found is None:
            return None
        value, shown = found
        if check.conflict is not None and check.verdict in DISPUTED and prints_so(check.figure, value):
            return None  # it agrees with these; its conflict is with others
        if check.verdict not in DISPUTED and self.examination.conflicts and not prints_so(check.figure, value):
            return None  # one of these stands in a conflict
        if check.verdict == "definition" and check.meaning is not None:
            return self._by_definition(check, check.meaning, shown)
        return _compared(check, value, shown)

    def _by_definition(self, check: Check, meaning: Definition, shown: Text) -> Text:
        figure = check.figure
        leading = self.examination.component.problem.meanings[rate_of(figure)][0]
        plainly = self.arithmetic.sides(figure.cell, leading)
        agreed = comparison(figure.printed, Fraction(0), "agrees", shown.zh)
        if plainly is None or plainly[1] == 0:
            return Text(f"仅按{meaning.text.zh}相符：", f"only as {meaning.text.en}: ") + agreed
        other = decimal(figure.printed, 100 * plainly[0] / plainly[1])
        return Text(
            f"仅按{meaning.text.zh}相符：{agreed.zh}；按{leading.text.zh}为{plainly[2]} = {other}%",
            f"only as {meaning.text.en}: {agreed.en}; as {leading.text.en} it is {plainly[2]} = {other}%",
        )

    def _allowed(self, check: Check) -> Text:
        figure = check.figure
        least, most = check.own
        low = _shown(figure, least)
        high = Text("无上限", "no upper limit") if most is None else Text(*[_shown(figure, most)] * 2)
        told = (
            Text(f"它为{low}", f"it must be {low}")
            if low == high.zh
            else Text(f"它在{low}与{high.zh}之间", f"it must lie between {low} and {high.en}")
        )
        used = self._meant(check) + self._beside(figure)
        if check.verdict == "truncated":
            return Text(
                f"由{used.zh}可推出{told.zh}；公布的{figure.text}只能是截尾所得",
                f"from {used.en} {told.en}; published {figure.text} can only be truncated",
            )
        return Text(
            f"由{used.zh}可推出{told.zh}，与公布的{figure.text}相符",
            f"from {used.en} {told.en}, in agreement with the published {figure.text}",
        )

    def _meant(self, check: Check) -> Text:
        """Return where rates may mean several things: under which the bounds are shown."""
        told = listed({d.id: d.text for d in check.among}.values())
        return Text(f"（按{told.zh}）", f"(as {told.en}) ") if told.zh else Text("", "")

    def _beside(self, figure: Figure) -> Text:
        """The printed figures next to one that give it, named; or simply the others."""
        rate, part = self._near(figure)
        row = [f for f in self.examination.component.figures if f.cell == figure.cell]
        if rate is None or any(self.examination.conflict_of(f) for f in row):  # one of them may be put aside
            return Text("其他公布的数", "the other published figures")
        meaning = self.examination.meaning[rate.number]
        beside = PARTNER[figure.measure] if part else ""
        shown = [
            (measure_text(q), value[1])
            for q in ((*meaning.top, beside) if part else (*meaning.top, *meaning.bottom))
            if q != figure.measure and (value := self.arithmetic.value_of(figure.cell, q)) is not None
        ]
        shown.append((measure_text(rate.measure), rate.text))
        return Text("、".join(f"{m.zh}{v}" for m, v in shown), ", ".join(f"{m.en} {v}" for m, v in shown))

    def _near(self, figure: Figure) -> tuple[Figure | None, bool]:
        """A rate of the same cell that gives a number with one other; whether by way of the cases received."""
        rates = [f for f in self.examination.component.figures if f.kind == "rate" and f.cell == figure.cell]
        for rate in rates:
            meaning = self.examination.meaning[rate.number]
            for side, other in ((meaning.top, "bottom"), (meaning.bottom, "top")):
                if figure.measure in side and rate.number != figure.number and self._counterpart(rate, other):
                    return rate, False
        partner = (figure.cell, PARTNER.get(figure.measure, ""))
        if partner in self.arithmetic.printed and (figure.cell, "received") not in self.arithmetic.printed:
            for rate in rates:
                if self.examination.meaning[rate.number].bottom == ("received",) and self._counterpart(rate, "top"):
                    return rate, True
        return None, False

    def _counterpart(self, rate: Figure, side: str) -> bool:
        names = getattr(self.examination.meaning[rate.number], side)
        return all(self.arithmetic.value_of(rate.cell, q) is not None for q in names)

    def _unchecked(self, check: Check) -> Text:
        figure = check.figure
        if not self.examination.finished:
            return UNFINISHED
        if figure.kind == "rate" and check.meaning is not None:
            names = (*check.meaning.top, *check.meaning.bottom)
            missing = [
                measure_text(name) if name in terms() else words
                for name, words in zip(names, check.meaning.words, strict=True)
                if self.arithmetic.value_of(figure.cell, name) is None
            ]
            if missing:
                lacks = listed(missing)
                return Text(f"缺少{lacks.zh}，无从核对", f"{lacks.en} not published, so it is unchecked")
        if figure.kind in SIGNED:
            return Text("缺少上年同期的数，无从核对", "last year's number is not published, so it is unchecked")
        return Text("没有其他公布的数可以推出它，无从核对", "no other published figures give it, so it is unchecked")

    # -- conflicts --------------------------------------------------------------------------------------------------

    def conflict(self, conflict: Conflict, at: Cell | None = None) -> Text:
        """Return what cannot be true together, and what would mend it."""
        if not conflict.irreducible:
            return _not_narrowed(len(conflict.figures) - 1)
        twice = [f for f in conflict.figures if sum(_same_number(f, g) for g in conflict.figures) > 1]
        named = {f.number: self._named(f, at) + (_line(f) if f in twice else Text("", "")) for f in conflict.figures}
        all_named = listed(named.values())
        zh, en = all_named.zh, all_named.en
        n = len(conflict.figures)
        links = joined(link.text for link in conflict.links)
        tied = Text(f"（{links.zh}）", f" ({links.en})") if conflict.links else Text("", "")
        if n == 1 and not conflict.links:
            told = Text(f"公布的{zh}本身不可能", f"the published {en} cannot be")
            if conflict.figures[0].kind in ("count", "mode") and conflict.figures[0].printed.decimals:
                told += Text("（件数应为整数；单位是否为万件？）", " (a count is a whole number; is the unit 万件?)")
        elif n == 1:
            told = Text(f"公布的{zh}与恒等关系{tied.zh}不能同时成立", f"the published {en} contradicts{tied.en}")
        else:
            told = Text(
                f"公布的{zh}这{NUMERALS.get(n, str(n))}者必有一误{tied.zh}",
                f"published {en}: one of the {WORDS.get(n, str(n))} is wrong{tied.en}",
            )
        mends = [
            self._named(f, at, value) + (_line(f) if f in twice else Text("", ""))
            for f in conflict.figures
            if (value := self.repairs.get(conflict, {}).get(f.number)) is not None
        ]
        if not mends:
            return told
        return Text(
            f"{told.zh}；改为{'，或 '.join(m.zh for m in mends)}即可相符",
            f"{told.en}; {', or '.join(m.en for m in mends)} would do",
        )

    def _named(self, figure: Figure, at: Cell | None, value: str | None = None) -> Text:
        """A figure by measure and value, with its period and scope where they differ from those spoken of."""
        name, number, here = measure_text(figure.measure), value or figure.text, at or figure.cell
        scope = figure.cell.scope if figure.cell.scope != here.scope else ""
        period = Text("", "")
        if (figure.cell.start, figure.cell.end) != (here.start, here.end):
            period = span(figure.cell)
        place = " ".join(part for part in (scope and group_text("scope", scope).en, period.en) if part)
        return Text(f"{scope}{period.zh}{name.zh}{number}", f"{number} {name.en}" + (f" of {place}" if place else ""))


def _not_narrowed(others: int) -> Text:
    """The words for a figure of a conflict whose search did not come to its end."""
    if not others:
        return Text("它不合收结存之间的恒等关系", "it breaks an identity of caseflow")
    return Text(
        f"它和另外{others}个公布的数不能同时成立（{UNFINISHED.zh}）",
        f"it and {others} other published figures cannot all be true ({UNFINISHED.en})",
    )


def _same_number(one: Figure, other: Figure) -> bool:
    return (one.cell, one.measure) == (other.cell, other.measure)


def _line(figure: Figure) -> Text:
    """The line of the table in which a figure stands, to tell two prints of one number apart."""
    line = figure.place.rpartition(":")[2]
    return Text(f"（第{line}行）", f" (row {line})")


def _granular(figure: Figure, base: tuple[int, int | None], meaning: Definition | None) -> Text:
    low, high = base[0], base[1] or 0
    if high == 0:
        return Text("分母为0，没有比率可言", "a base of 0 has no rate")
    if meaning is not None and meaning.part and figure.printed.interval("either").lower > 100:
        return Text(f"{meaning.text.zh}不会超过100%", f"{meaning.text.en} is never above 100%")
    return granularity(figure.printed, high, exact=max(low, 1) == high)


def _compared(check: Check, value: Fraction, shown: Text) -> Text:
    """Words for a value beside the printed figure, by the verdict."""
    printed, code = check.figure.printed, check.verdict
    if code == "agrees" and not printed.interval("rounded").holds(value):  # known only within wide units
        return Text(
            f"{shown.zh}，在单位允许的范围内与公布的{printed.text}相符",
            f"{shown.en}, in agreement with the published {printed.text} within the digits of both",
        )
    if code == "truncated" and not printed.interval("truncated").holds(value):
        code = "agrees"
    if code in DISPUTED:
        code = "contradicts"
    zh, en = (comparison(printed, value, code, written) for written in (shown.zh, shown.en))
    return Text(zh.zh, en.en)


def _shown(figure: Figure, value: Fraction) -> str:
    return plain(value) if value.denominator == 1 else decimal(figure.printed, value)
