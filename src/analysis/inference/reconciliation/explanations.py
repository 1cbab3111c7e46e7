"""Words for the verdicts, in both languages, that a person can follow by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from analysis.inference.reconciliation.cells import Cell, Figure
from analysis.inference.reconciliation.checks import Check, Examination
from analysis.inference.reconciliation.conflicts import Conflict
from analysis.inference.reconciliation.identities import span
from analysis.inference.reconciliation.ledger import rate_of
from analysis.inference.reconciliation.rates import Definition, definitions
from analysis.returns.figures import CHANGE
from analysis.returns.verdicts import comparison, decimal, granularity, plain
from analysis.vocabulary.language import Text, joined
from analysis.vocabulary.terms import term

# Identities within a cell, as a hand would use them: the quantity, and signed quantities that give it.
WITHIN = (
    ("received", (("opening", 1), ("filed", 1))),
    ("received", (("closed", 1), ("closing", 1))),
    ("opening", (("received", 1), ("filed", -1))),
    ("opening", (("closed", 1), ("closing", 1), ("filed", -1))),
    ("filed", (("received", 1), ("opening", -1))),
    ("filed", (("closed", 1), ("closing", 1), ("opening", -1))),
    ("closed", (("received", 1), ("closing", -1))),
    ("closed", (("opening", 1), ("filed", 1), ("closing", -1))),
    ("closing", (("received", 1), ("closed", -1))),
    ("closing", (("opening", 1), ("filed", 1), ("closed", -1))),
)
NUMERALS = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九"}
WORDS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}


class Words:
    """Explanations for the figures of one examined ledger."""

    def __init__(self, examination: Examination, repairs: Mapping[Conflict, Mapping[int, str | None]]) -> None:
        self.examination, self.repairs = examination, repairs
        self.printed = {(f.cell, f.measure): f for f in reversed(examination.ledger.figures)}

    def explanation(self, check: Check) -> Text:
        """Why a figure got its verdict."""
        figure = check.figure
        if figure.kind == "other":
            return Text("没有该指标的计算公式，未核对", "no formula is known for this measure, so it is unchecked")
        if check.verdict == "unchecked":
            return self._unchecked(check)
        parts = []
        if check.verdict == "impossible" and check.base is not None:
            parts.append(_granular(figure, check.base))
        elif (own := self._own(check)) is not None and (check.conflict is None or not self._fits(check)):
            parts.append(own)
        if check.conflict is not None:
            parts.append(self.conflict(check.conflict, figure.cell))
        if not parts:
            parts.append(self._allowed(check))
        return joined(parts)

    def recomputed(self, check: Check) -> Fraction | None:
        """The figure recomputed: a rate from printed values, where they stand beside it; else what the others give."""
        figure = check.figure
        if figure.kind != "rate" or check.meaning is None or check.recomputed is None:
            return check.recomputed
        used = self.sides(figure.cell, check.meaning)
        return 100 * used[0] / used[1] if used and used[1] else check.recomputed

    # -- the way to one figure --------------------------------------------------------------------------------------

    def _own(self, check: Check) -> Text | None:
        """The figure from the printed numbers beside it, where a short sum or quotient gives it."""
        figure = check.figure
        if figure.kind == "rate" and check.meaning is not None:
            return self._quotient(check, check.meaning)
        return self._sum(check) if figure.kind == "count" else None

    def _fits(self, check: Check) -> bool:
        """Whether a count agrees with the sum of the numbers beside it (its conflict is with others)."""
        figure = check.figure
        sums = [
            sum((s * self.printed[figure.cell, part].printed.value for part, s in terms), Fraction(0))
            for name, terms in WITHIN
            if name == figure.measure and all((figure.cell, part) in self.printed for part, _ in terms)
        ]
        return figure.kind == "count" and bool(sums) and figure.printed.interval("either").holds(sums[0])

    def face(self, cell: Cell, quantity: str) -> tuple[Fraction, str] | None:
        """A quantity at its printed value, or from an identity of its cell, with the way to it."""
        own = self.printed.get((cell, quantity))
        if own is not None:
            return own.printed.value, plain(own.printed.value)
        for name, terms in WITHIN:
            if name == quantity and all((cell, part) in self.printed for part, _ in terms):
                value = sum((s * self.printed[cell, part].printed.value for part, s in terms), Fraction(0))
                return value, f"({self._signed(cell, terms)})"
        return None

    def _signed(self, cell: Cell, terms: Iterable[tuple[str, int]]) -> str:
        shown = ""
        for part, sign in terms:
            mark = "-" if sign < 0 else "+" if shown else ""
            shown += f"{mark}{plain(self.printed[cell, part].printed.value)}"
        return shown

    def sides(self, cell: Cell, definition: Definition) -> tuple[Fraction, Fraction, str] | None:
        """Numerator, denominator and their quotient as written, at printed values."""
        tops = [self.face(cell, name) for name in definition.top]
        bottoms = [self.face(cell, name) for name in definition.bottom]
        if any(side is None for side in (*tops, *bottoms)):
            return None
        above = [side for side in tops if side is not None]
        below = [side for side in bottoms if side is not None]
        top, bottom = sum((v for v, _ in above), Fraction(0)), sum((v for v, _ in below), Fraction(0))
        written = "+".join(text for _, text in below)
        return top, bottom, f"{above[0][1]}/{f'({written})' if len(below) > 1 else written}"

    def _quotient(self, check: Check, meaning: Definition) -> Text | None:
        figure = check.figure
        used = self.sides(figure.cell, meaning)
        if used is None or used[1] == 0:
            return None
        value = 100 * used[0] / used[1]
        shown = f"{used[2]} = {decimal(figure.printed, value)} %"
        if check.verdict != "definition":
            return self._compared(check, value, shown)
        leading = definitions()[rate_of(figure)][0]
        plainly = self.sides(figure.cell, leading)
        agreed = comparison(figure.printed, value, "agrees", shown)
        if plainly is None or plainly[1] == 0:
            return Text(f"仅按{meaning.text.zh}相符：", f"only as {meaning.text.en}: ") + agreed
        other = decimal(figure.printed, 100 * plainly[0] / plainly[1])
        return Text(
            f"仅按{meaning.text.zh}相符：{agreed.zh}；按{leading.text.zh}为 {plainly[2]} = {other} %",
            f"only as {meaning.text.en}: {agreed.en}; as {leading.text.en} it is {plainly[2]} = {other} %",
        )

    def _compared(self, check: Check, value: Fraction, shown: str) -> Text:
        printed = check.figure.printed
        code = check.verdict
        if code == "agrees" and not printed.interval("rounded").holds(value):  # known only within wide units
            return Text(f"{shown}，在单位允许的范围内与印出的 {printed.text} 相符",
                        f"{shown}, in agreement with the printed {printed.text} within the digits of both")  # fmt: skip
        if code == "truncated" and not printed.interval("truncated").holds(value):
            code = "agrees"
        return comparison(printed, value, code, shown)

    def _sum(self, check: Check) -> Text | None:
        figure = check.figure
        for name, terms in WITHIN:
            if name == figure.measure and all((figure.cell, part) in self.printed for part, _ in terms):
                value = sum((s * self.printed[figure.cell, part].printed.value for part, s in terms), Fraction(0))
                agrees = check.verdict != "contradicts" or value == figure.printed.value
                shown = f"{self._signed(figure.cell, terms)} = {plain(value)}"
                return comparison(figure.printed, value, "agrees" if agrees else "contradicts", shown)
        return None

    def _allowed(self, check: Check) -> Text:
        figure = check.figure
        low = _shown(figure, check.lower)
        high = Text("无上限", "no upper limit") if check.upper is None else Text(*[_shown(figure, check.upper)] * 2)
        told = (
            Text(f"它为 {low}", f"it must be {low}")
            if low == high.zh
            else Text(f"它在 {low} 与 {high.zh} 之间", f"it must lie between {low} and {high.en}")
        )
        used = self._beside(figure)
        if check.verdict == "truncated":
            return Text(
                f"由{used.zh} 可推出{told.zh}；印出的 {figure.text} 只能是截断所得",
                f"from {used.en} {told.en}; printed {figure.text} can only be truncated",
            )
        return Text(
            f"由{used.zh} 可推出{told.zh}，与印出的 {figure.text} 相符",
            f"from {used.en} {told.en}, in agreement with the printed {figure.text}",
        )

    def _beside(self, figure: Figure) -> Text:
        """The printed figures next to one that give it, named; or simply the others."""
        near = [
            f
            for f in self.examination.ledger.figures
            if f.kind == "rate" and f.cell == figure.cell and f.number != figure.number
            for side in ("top", "bottom")
            if figure.measure in getattr(self.examination.meaning[f.number], side)
            and self._counterpart(f, "bottom" if side == "top" else "top")
        ]
        if not near:
            return Text("其他印出的数", "the other printed figures")
        rate = near[0]
        meaning = self.examination.meaning[rate.number]
        other = meaning.bottom if figure.measure in meaning.top else meaning.top
        shown = [(measure_text(q), face[1]) for q in other if (face := self.face(figure.cell, q)) is not None]
        shown.append((measure_text(rate.measure), rate.text))
        return Text("、".join(f"{m.zh} {v}" for m, v in shown), ", ".join(f"{m.en} {v}" for m, v in shown))

    def _counterpart(self, rate: Figure, side: str) -> bool:
        names = getattr(self.examination.meaning[rate.number], side)
        return all(self.face(rate.cell, q) is not None for q in names)

    def _unchecked(self, check: Check) -> Text:
        figure = check.figure
        if figure.kind == "rate" and check.meaning is not None:
            names = (*check.meaning.top, *check.meaning.bottom)
            missing = [measure_text(name) for name in names if self.face(figure.cell, name) is None]
            if missing:
                return Text(
                    f"缺少{'、'.join(t.zh for t in missing)}，无从核对",
                    f"{', '.join(t.en for t in missing)} not printed, so it is unchecked",
                )
        if figure.kind == "change":
            return Text("缺少上年同期的数，无从核对", "last year's number is not printed, so it is unchecked")
        return Text("没有其他印出的数可以推出它，无从核对", "no other printed figures give it, so it is unchecked")

    # -- conflicts --------------------------------------------------------------------------------------------------

    def conflict(self, conflict: Conflict, at: Cell | None = None) -> Text:
        """What cannot be true together, and what would mend it."""
        twice = [f for f in conflict.figures if sum(_same_number(f, g) for g in conflict.figures) > 1]
        named = {f.number: self._named(f, at) + (_line(f) if f in twice else Text("", "")) for f in conflict.figures}
        zh = "、".join(text.zh for text in named.values())
        en = ", ".join(text.en for text in named.values())
        n = len(conflict.figures)
        links = joined(link.text for link in conflict.links)
        tied = Text(f"（{links.zh}）", f" ({links.en})") if conflict.links else Text("", "")
        if n == 1 and not conflict.links:
            told = Text(f"印出的 {zh} 本身不可能", f"the printed {en} cannot be")
            if conflict.figures[0].kind in ("count", "mode") and conflict.figures[0].printed.decimals:
                told += Text("（件数应为整数；单位是否为万件？）", " (a count is a whole number; is the unit 万件?)")
        elif n == 1:
            told = Text(f"印出的 {zh} 与恒等关系{tied.zh}不能同时成立", f"the printed {en} contradicts{tied.en}")
        else:
            told = Text(
                f"印出的 {zh} {NUMERALS.get(n, str(n))}者必有一误{tied.zh}",
                f"printed {en}: one of the {WORDS.get(n, str(n))} is wrong{tied.en}",
            )
        mends = [
            self._named(f, at, value) + (_line(f) if f in twice else Text("", ""))
            for f in conflict.figures
            if (value := self.repairs.get(conflict, {}).get(f.number)) is not None
        ]
        if not mends:
            return told
        return Text(
            f"{told.zh}；改为 {'，或 '.join(m.zh for m in mends)} 即可相符",
            f"{told.en}; {', or '.join(m.en for m in mends)} would do",
        )

    def _named(self, figure: Figure, at: Cell | None, value: str | None = None) -> Text:
        """A figure by measure and value, with its period and scope where they differ from those spoken of."""
        name, number, here = measure_text(figure.measure), value or figure.text, at or figure.cell
        scope = figure.cell.scope if figure.cell.scope != here.scope else ""
        period = Text("", "")
        if (figure.cell.start, figure.cell.end) != (here.start, here.end):
            period = span(figure.cell)
        place = " ".join(part for part in (scope, period.en) if part)
        return Text(f"{scope}{period.zh}{name.zh} {number}", f"{number} {name.en}" + (f" of {place}" if place else ""))


def _same_number(one: Figure, other: Figure) -> bool:
    return (one.cell, one.measure) == (other.cell, other.measure)


def _line(figure: Figure) -> Text:
    """The line of the table in which a figure stands, to tell two prints of one number apart."""
    line = figure.place.rpartition(":")[2]
    return Text(f"（第 {line} 行）", f" (row {line})")


def _granular(figure: Figure, base: tuple[int, int | None]) -> Text:
    low, high = base[0], base[1] or 0
    if high == 0:
        return Text("分母为 0，没有比率可言", "a base of 0 has no rate")
    return granularity(figure.printed, high, exact=max(low, 1) == high)


def _shown(figure: Figure, value: Fraction) -> str:
    return plain(value) if value.denominator == 1 else decimal(figure.printed, value)


def measure_text(measure: str) -> Text:
    """A measure in both languages; a count by mode keeps the mode's own name.

    >>> measure_text("received_change").zh
    '受理同比'
    """
    name, _, mode = measure.partition(":")
    if mode:
        return Text(f"{term(name).zh}（{mode}）", f"{term(name).en} ({mode})")
    if measure.endswith(CHANGE):
        base = term(measure.removesuffix(CHANGE))
        return Text(f"{base.zh}同比", f"change of {base.en} on last year")
    return term(measure)
