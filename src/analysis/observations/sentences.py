"""Observations in words, as a research office writes them: the figure first, its change, how sure that is; no cause is made up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.cases.closings import counted_open
from analysis.inference.cycle.stock_change import named_apart
from analysis.measures.indicators.case_tally import MONEY_COLUMNS
from analysis.observations.comparisons import AGAINST, ON_PREVIOUS, ON_YEAR
from analysis.observations.decomposition import MIX, OTHERS, REST, SINGLE, rounded_parts
from analysis.observations.differences import least_change, three
from analysis.observations.figures import OF_PLACES
from analysis.vocabulary.labels import code_text, group_text, heading
from analysis.vocabulary.numbers import difference, number, rounded
from analysis.vocabulary.sentences import (
    AT_LEAST,
    COUNTED,
    LEAST_BASE,
    amount,
    beside_count,
    cases,
    change,
    period,
    points,
    rate,
)
from analysis.vocabulary.text import Text, joined, text_of_cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from analysis.measures.indicators.blocks import Block
    from analysis.measures.windows import Window
    from analysis.observations.movements import RatioChange

BEYOND = Text("，超出随机波动范围", ", beyond random variation")
OF_LARGE = Text(
    "：个别大标的案件左右这一变化，金额不对外，不作分解，不宜据此评价",
    ": single large cases decide it; as money is not shown outside it is not split, and is no ground for a judgement",
)
BEYOND_ALL = Text("，与以往各年相比超出随机波动范围", ", beyond random variation against earlier years")
WITHIN = Text("，在随机波动范围之内，不宜据此评价", ", within random variation: no ground for a judgement")
UNTESTED = Text("，未作检验，不能判断是否属于随机波动", ", not tested: whether chance explains it is not known")
UNTOLD = Text(
    "按月的收结数据太少，不能判断是否走出累积与清理的循环。",
    "Too few months of filings and closings: whether the court left the round of accumulating and clearing cannot be told.",
)
STOP = Text("。", ".")
PARTS_OF_RATIO = ("numerator", "denominator")
HALF = 0.5  # share of a change from which the group within which it happened is named
NO_PERCENTAGE = Text("，基数不足50，不计百分比", ", no percentage of a base below 50")
NO_CHANGE = Text("，分子不足50，不计增幅", ", no change in percent of a numerator below 50")
PAST = {ON_YEAR: Text("上年同期", "the year before"), ON_PREVIOUS: Text("上期", "the period before")}
SLIP = 1e-9  # by which a number of two decimals may miss itself
LEAST_TOLD = 0.1  # share of a change from which what it owes to mix and single cases is said
LEAST_MIX = 0.005  # percentage points of a ratio below which a part is said to be none


def named(window: Window) -> Text:
    """Return a period by its name."""
    return period(window.start, window.end)


def count_moved(name: Text, now: float, before: float | None, unit: str, against: str = ON_YEAR) -> Text:
    """Say a count and its change: by percent and number, of a base below 50 by number alone.

    >>> count_moved(Text("新收", "filed"), 371, 319, "件").zh
    '新收371件，同比上升16.30%（增加52件）'
    >>> count_moved(Text("未结", "pending"), 3, 15, "件").zh
    '未结3件，同比减少12件'
    """
    shown = count_shown(now, unit)
    said = Text(f"{name.zh}{shown.zh}", f"{name.en}: {shown.en}")
    if before is None:
        return said
    moved = change(now, before, against=AGAINST[against], unit=unit)
    said += Text(f"，{moved.zh}", f", {moved.en}")
    more = round(now - before)
    if unit in COUNTED and before >= LEAST_BASE and more:
        zh, en = ("增加", "more") if more > 0 else ("减少", "fewer")
        said += Text(f"（{zh}{abs(more):,}{unit}）", f" ({abs(more):,} {en})")
    return said


def count_shown(value: float, unit: str) -> Text:
    """Return a count or an amount with its unit."""
    if unit == "万元":
        return amount(value)
    one, many = COUNTED.get(unit, (unit, unit))
    shown = f"{rounded(value, 0):,}"
    return Text(f"{shown}{unit}", f"{shown} {one if shown == '1' else many}")


def rate_moved(
    name: Text,
    now: Sequence[float],
    before: Sequence[float] | None,
    unit: str,
    beyond: bool | None,
    against: str = ON_YEAR,
) -> Text:
    """Say a rate (value, numerator, denominator) with its parts, its change, and whether that is beyond random variation.

    >>> rate_moved(Text("结案率", "closure rate"), (99.2228, 383, 386), (95.6268, 328, 343), "%", True).zh
    '结案率99.22%（383/386），同比上升3.59个百分点，超出随机波动范围'
    >>> rate_moved(Text("息访率", "settled"), (100, 5, 5), (100, 3, 3), "%", None).zh
    '息访率5/5，上年同期3/3，基数不足50，不计百分比'
    >>> rate_moved(Text("结案率", "closure rate"), (60, 30, 50), (50, 20, 40), "%", None).zh
    '结案率60.00%（30/50），上年同期20/40，基数不足50，不计百分比'
    >>> rate_moved(Text("执行案访比", "petitions per 100 cases"), (1.69, 10, 593), (10, 60, 600), "件/百件", None).zh
    '执行案访比1.69件/百件（10/593），上年同期60/600，分子不足50，不计增幅'
    >>> rate_moved(Text("执行到位率", "recovery rate"), (60, 30, 50), (55, 33, 60), "%", None).zh
    '执行到位率60.00%（30/50），同比上升5.00个百分点，未作检验，不能判断是否属于随机波动'
    """
    parts, past = _fraction(now), PAST[against]
    if is_share_of_few(now[1:], unit):
        said = Text(f"{name.zh}{parts}", f"{name.en}: {parts}")
        if before is None:
            return said + NO_PERCENTAGE
        base = _fraction(before)
        said += Text(f"，{past.zh}{base}", f" ({past.en} {base})")
        return said + NO_PERCENTAGE + (BEYOND if beyond else Text("", ""))
    shown = rate_shown(now[0], unit)
    said = Text(f"{name.zh}{shown.zh}（{parts}）", f"{name.en}: {shown.en} ({parts})")
    if before is None:
        return said
    was = Text(f"，{past.zh}{_fraction(before)}", f", {past.en} {_fraction(before)}")
    if is_share_of_few(before[1:], unit):
        return said + was + NO_PERCENTAGE + (BEYOND if beyond else Text("", ""))
    if is_of_few(now[1:], before[1:], unit):
        return said + was + (NO_CHANGE if is_count_per(unit) else NO_PERCENTAGE) + judged(beyond)
    moved = (points if unit == "%" else change)(now[0], before[0], against=AGAINST[against])
    is_untested = beyond is None and now[0] != before[0]
    return said + Text(f"，{moved.zh}", f", {moved.en}") + (UNTESTED if is_untested else judged(beyond))


def is_bounded(row: Mapping[str, Any]) -> bool:
    """Return whether an indicator is known within bounds only, for want of cells."""
    return not pd.isna(row.get("least"))


def has_blanks(row: Mapping[str, Any]) -> bool:
    """Return whether an indicator leaves out cases for want of cells."""
    return row.get("unfilled", 0) > 0 or row.get("unclaimed", 0) > 0  # missing where nothing is counted


def is_share_of_few(parts: Sequence[float], unit: str) -> bool:
    """Return whether a share, of numerator and denominator, rests on so few cases that these are told in place of percent.

    >>> is_share_of_few((5, 9), "%"), is_share_of_few((5, 90), "%"), is_share_of_few((4.2, 9), "%")
    (True, False, False)
    """
    return unit == "%" and parts[1] < LEAST_BASE and all(float(part).is_integer() for part in parts)


def is_of_few_cases(row: Mapping[str, Any], of: str = "") -> bool:
    """Return whether a figure is a share of so few cases that it is told by its parts (``is_share_of_few``)."""
    parts = [row.get(f"{of}_{part}" if of else part, float("nan")) for part in PARTS_OF_RATIO]
    return not pd.isna(parts).any() and is_share_of_few(parts, row["unit"])


def is_of_few(now: Sequence[float], before: Sequence[float], unit: str) -> bool:
    """Return whether a rate per cases or a mean rests on so few, now or before, that its change is none to be told in percent.

    ``now`` and ``before`` are numerator and denominator: of so many per hundred cases the first is few, of a mean the second.

    >>> is_of_few((4, 142), (2, 115), "件/百件"), is_of_few((500, 60), (400, 70), "天"), is_of_few((5, 9), (3, 9), "%")
    (True, False, False)
    >>> is_of_few((90_000, 12), (80_000, 15), "元/件")
    True
    """
    counted = 0 if is_count_per(unit) else 1
    return unit != "%" and min(now[counted], before[counted]) < LEAST_BASE


def is_count_per(unit: str) -> bool:
    """Return whether a figure counts cases per something, so that its numerator tells how many they are.

    >>> is_count_per("件/百件"), is_count_per("元/件"), is_count_per("天")
    (True, False, False)
    """
    counted, per, _ = unit.partition("/")
    return bool(per) and counted in COUNTED


def rate_shown(value: float, unit: str, digits: int = 2) -> Text:
    """Return a rate or a mean with its unit."""
    if unit == "%":
        return rate(value, digits)
    return Text(f"{number(value, digits)}{unit}", f"{number(value, digits)} {_english(unit)}")


def rate_between(least: float, most: float, unit: str) -> Text:
    """Return the bounds of a rate or a mean."""
    low = rate_shown(least, unit, 1)
    if not np.isfinite(most):
        return Text(f"不低于{low.zh}", f"is at least {low.en}")
    high = rate_shown(most, unit, 1)
    return Text(f"在{low.zh}至{high.zh}之间", f"lies between {low.en} and {high.en}")


def _english(unit: str) -> str:
    from analysis.vocabulary.numbers import unit_text

    return unit_text(unit).en


def _fraction(figure: Sequence[float]) -> str:
    """The numerator and denominator of a rate: value, numerator, denominator."""
    return "/".join(map(_part, figure[1:]))


def _part(value: float) -> str:
    return f"{rounded(value, 0 if float(value).is_integer() else 2):,}"


def open_figure(name: Text, now: Block, before: Block, *, blank: Text, undecided: int, against: str) -> Text:
    """Say a figure of which something is not known, now or in the period before: its bounds, why, and its change as far as that is sure.

    ``blank`` is what empty cells are called, ``undecided`` the number of cases of which it is not known whether they are closed.
    """
    value, unit, is_rate = float(now.value[0]), now.definition.unit, bool(now.definition.denominator)
    shown = rate_shown(value, unit) if is_rate else count_shown(value, unit)
    few, few_before = (is_rate and is_share_of_few(three(block)[1:], unit) for block in (now, before))
    if few:
        shown = Text(_fraction(three(now)), _fraction(three(now)))
    elif not np.isnan(now.least[0]):
        least, most = float(now.least[0]), float(now.most[0])
        shown = (rate_between if is_rate else count_between)(least, most, unit)
    reasons = [lacks(now, blank, few=few), *([counted_open(undecided)] if undecided else [])]
    if not now.unfilled[0] and not now.unclaimed[0] and not undecided:
        past = Text(
            "上年同期" if against == ON_YEAR else "上期", f"the {'year' if against == ON_YEAR else 'period'} before"
        )
        reasons = [Text(f"{past.zh}有{blank.zh}的", f"some cells of {past.en} are {blank.en}")]
    why = joined([reason for reason in reasons if reason.zh])
    surely = None if few or few_before else _surely(now, before)
    moved = (
        at_least(surely, AGAINST[against])
        if surely
        else Text(f"不作{AGAINST[against].zh}", f"not compared {AGAINST[against].en}")
    )
    said = Text(f"{name.zh}{shown.zh}（{why.zh}）", f"{name.en}: {shown.en} ({why.en})")
    return said + (NO_PERCENTAGE if few else Text("", "")) + Text(f"，{moved.zh}。", f", {moved.en}.")


def lacks(figure: Block, blank: Text, *, few: bool) -> Text:
    """Say of how many cases a cell is blank that a figure asks for, and what it is of the others where it is not told by the parts of a ``few``."""
    of_money = any(q.count in MONEY_COLUMNS for q in figure.definition.numerator)
    number, unclaimed = int(figure.unfilled[0]), int(figure.unclaimed[0])
    cell = Text("金额", "the amount") if of_money else Text("所需的内容", "what it asks")
    filled = rate_shown(float(figure.value[0]), figure.definition.unit, 1)
    said = []
    if number:
        more = Text("另有", " more") if few else Text("", "")
        said.append(
            Text(
                f"{more.zh}{number:,}件{blank.zh}{cell.zh}", f"{number:,}{more.en} cases without {cell.en}, {blank.en}"
            )
        )
        if figure.definition.denominator and not few:
            said.append(Text(f"已填部分{filled.zh}", f"{filled.en} of the others"))
    if unclaimed:
        said.append(Text(f"不含{blank.zh}标的额的{unclaimed:,}件", f"without the {unclaimed:,} of no stated claim"))
    return joined(said)


def count_between(least: float, most: float, unit: str) -> Text:
    """Return the bounds of a count or an amount.

    >>> count_between(50, 52, "件").zh, count_between(7, float("inf"), "万元").zh
    ('50至52件', '至少7万元')
    """
    low = count_shown(least, unit)
    if not np.isfinite(most):
        return AT_LEAST + low
    high = count_shown(most, unit)
    return Text(f"{low.zh.removesuffix(unit)}至{high.zh}", f"{rounded(least, 0):,} to {high.en}")


def _surely(now: Block, before: Block) -> Text | None:
    """The least change of a figure whatever the blanks hold; ``None`` where it may be none, or nothing bounds it, or it is money."""
    unit, least = now.definition.unit, float(least_change(now, before)[0])
    if np.isnan(least) or unit == "万元":
        return None
    if now.definition.denominator:
        return rate_surely(least, unit)
    zh, en = ("增加", "more") if least > 0 else ("减少", "fewer")
    counted = count_shown(abs(least), unit)
    return Text(f"{zh}{counted.zh}", f"{counted.en} {en}")


def rate_surely(least: float, unit: str) -> Text:
    """Say the least change of a rate whatever its blanks hold, cut and not rounded: of more nobody can be sure.

    >>> rate_surely(8.409, "%").zh, rate_surely(-0.5, "%").en
    ('上升8.40个百分点', '0.50 percentage points down')
    """
    shown = f"{np.floor(abs(least) * 100 + SLIP) / 100:.2f}"
    points_of = Text("个百分点", " percentage points") if unit == "%" else Text(unit, f" {_english(unit)}")
    zh, en = ("上升", "up") if least > 0 else ("下降", "down")
    return Text(f"{zh}{shown}{points_of.zh}", f"{shown}{points_of.en} {en}")


def at_least(surely: Text, against: Text) -> Text:
    """Say that a figure changed by no less than so much."""
    return Text(f"{against.zh}至少{surely.zh}", f"at least {surely.en} {against.en}")


def judged(beyond: bool | None) -> Text:
    """Say whether a change is beyond random variation; nothing of one that was not tested."""
    return Text("", "") if beyond is None else BEYOND if beyond else WITHIN


def share_moved(
    breakdown: str, group: Any, what: Text, now: Sequence[float], before: Sequence[float], beyond: bool | None
) -> Text:
    """Say the part of a count that a group has, and its change in percentage points.

    >>> share_moved("closure_mode", "terminated_this_round", Text("结案", "closings"), (47, 383), (57, 328), True).zh
    '从结案方式看，终结本次执行程序47件，占结案的12.27%，同比下降5.11个百分点，超出随机波动范围'
    >>> share_moved("area", "镇7", Text("新收", "filings"), (50, 400), (30, 400), True).zh
    '从乡镇看，镇7的50件，占新收的12.50%，同比上升5.00个百分点，超出随机波动范围'
    >>> share_moved("closure_mode", "settled", Text("结案", "closings"), (20, 40), (5, 60), True).zh
    '从结案方式看，和解20件（全部结案40件），上年同期5件（全部结案60件），基数不足50，不计百分比，超出随机波动范围'
    """
    column, label = heading(breakdown), group_text(breakdown, group)
    if min(now[1], before[1]) < LEAST_BASE:
        past = PAST[ON_YEAR]
        (n, of), (n_before, of_before) = ([cases(part) for part in side] for side in (now, before))
        said = Text(
            f"从{column.zh}看，{beside_count(label).zh}{n.zh}（全部{what.zh}{of.zh}），{past.zh}{n_before.zh}（全部{what.zh}{of_before.zh}）",
            f"{label.en} ({column.en}): {n.en} of {now[1]:,.0f} {what.en}, {past.en} {n_before.en} of {before[1]:,.0f}",
        )
        return said + NO_PERCENTAGE + judged(beyond)
    counted, part = cases(now[0]), rate(100 * now[0] / now[1])
    moved = points(100 * now[0] / now[1], 100 * before[0] / before[1], against=AGAINST[ON_YEAR])
    return Text(
        f"从{column.zh}看，{beside_count(label).zh}{counted.zh}，占{what.zh}的{part.zh}，{moved.zh}",
        f"{label.en} ({column.en}): {counted.en}, {part.en} of {what.en}, {moved.en}",
    ) + judged(beyond)


def cell_moved(breakdown: str, group: Any, name: Text, now: Sequence[float], before: Sequence[float]) -> Text:
    """Say the rate of the cases of one group of a breakdown, which moved beyond random variation.

    >>> said = cell_moved("has_property", False, Text("结案率", "closure rate"), (99, 99, 100), (90, 90, 100))
    >>> said.zh
    '从有无财产可供执行看，无财产案件结案率99.00%（99/100），同比上升9.00个百分点，超出随机波动范围'
    >>> said.en
    'closure rate (property to enforce on: without property): 99.00% (99/100), up 9.00 percentage points year on year, beyond random variation'
    """
    column, label = heading(breakdown), group_text(breakdown, group)
    kind = "" if breakdown in OF_PLACES or name.zh.startswith("案件") else "案件"
    of_group = Text(f"从{column.zh}看，{label.zh}{kind}{name.zh}", f"{name.en} ({column.en}: {label.en})")
    return rate_moved(of_group, now, before, "%", True)


def parts_of_both(now: Sequence[float], before: Sequence[float], against: str = ON_YEAR) -> Text:
    """Say the numerators and denominators of a rate in both periods.

    >>> parts_of_both((36.4, 106, 291), (51.1, 180, 352)).zh
    '；本期106/291，上年同期180/352'
    """
    shown, was, past = _fraction(now), _fraction(before), PAST[against]
    return Text(f"；本期{shown}，{past.zh}{was}", f"; {shown}, {past.en} {was}")


def tells(found: RatioChange) -> bool:
    """Return whether there is something to say of the parts: single cases that cannot be told, single cases and mix of a tenth or more, or a group of half."""
    parts = abs(found.part(MIX)) + abs(found.part(SINGLE)) >= LEAST_TOLD * abs(found.change)
    return not found.is_told or parts or _most_within(found).zh != ""


def explained(found: RatioChange, ratio: Text, *, inside: bool, named: bool = True) -> Text:
    """Say the parts of a ratio's change, which add up to it as printed, and of a ratio of cases the group within which most of it happened.

    The group named is the one that the mix owes most to; its shares are those of the base without the single cases. Without ``named`` no group is
    named within which it happened: of a change that chance explains the one would be chosen by chance.
    """
    if not found.is_told:
        return ratio + OF_LARGE
    sums = [found.part(part) for part in (MIX, SINGLE, REST)]
    total = difference(found.now, found.before)
    mix, single, rest = rounded_parts(total, sums)
    column = heading(found.mix_by)
    said = ratio + Text("：其中", "; of this, ")
    pieces = []
    if mix:  # a part that is nothing is not told
        pieces.append(
            Text(
                f"{column.zh}构成变化{_group(found).zh}影响{_signed(mix)}个百分点",
                f"the mix by {column.en}{_group(found).en} {_signed(mix)}",
            )
        )
    if any(found.numbers):
        pieces.append(_single(found, single, inside=inside))
    within = Text(
        f"各组内部及其他影响{_signed(rest)}个百分点",
        f"changes within each {column.en} {_signed(rest)} percentage points",
    )
    most = _most_within(found) if named else Text("", "")
    if not pieces and not most.zh:  # the whole of it within the groups: nothing is split
        return ratio
    pieces.append(within + most)
    return said + Text("，".join(p.zh for p in pieces), ", ".join(p.en for p in pieces))


def _most_within(found: RatioChange) -> Text:
    """The group within which half of a change or more happened, more than by its weight alone, and its part; empty of none and of money."""
    rows = found.parts[(found.parts["part"] == REST) & found.parts["group"].notna()]
    own = rows[rows["group"] != OTHERS.cell].merge(found.groups, on="group")
    if own.empty or not found.is_of_cases:
        return Text("", "")
    whole = found.change
    beyond = own["points"] - own[["share_before", "share_now"]].mean(axis=1) * found.part(REST)
    top = own.iloc[int((beyond * np.sign(whole)).argmax())]
    points_of = float(top["points"])
    if points_of * np.sign(whole) < HALF * abs(whole) or (beyond * np.sign(whole)).max() < LEAST_TOLD * abs(whole):
        return Text("", "")
    label = text_of_cell(top["group"])
    return Text(f"（其中{label.zh}案件{_signed(points_of)}个百分点）", f" ({_cases_of(label)} {_signed(points_of)})")


def _cases_of(label: Text) -> str:
    """The cases of a group in English; of the groups that stand together those of all others."""
    return "all other cases" if label == OTHERS else f"{label.en} cases"


def _signed(value: float) -> str:
    shown = number(value or 0.0, 2)  # what is nothing has no sign
    return f"+{shown}" if value > 0 else shown


def _group(found: RatioChange) -> Text:
    """The group that the mix owes most to, with its share of the base before and now."""
    own = found.parts[(found.parts["part"] == MIX) & found.parts["group"].notna()]
    if own.empty or own["points"].abs().max() < LEAST_MIX or abs(found.part(MIX)) < LEAST_TOLD * abs(found.change):
        return Text("", "")
    group = str(own["group"].iloc[int(own["points"].abs().argmax())])
    row = found.groups[found.groups["group"] == group].iloc[0]
    before, now = (rate(100 * row[f"share_{when}"]) for when in ("before", "now"))
    label = text_of_cell(group)
    without = any(found.numbers)
    zh, en = ("个案之外，", "single cases aside, ") if without else ("", "")
    return Text(
        f"（{zh}{label.zh}案件在分母中的比重由{before.zh}变为{now.zh}）",
        f" ({en}{_cases_of(label)} went from {before.en} to {now.en} of the base)",
    )


def _single(found: RatioChange, part: float, *, inside: bool) -> Text:
    """The single cases: how many, what the ratios are without them, and inside the largest by its amounts."""
    old, new = found.numbers
    without = [rate(value) for value in found.without]
    said = Text(
        f"个别案件（上年{old}件、本期{new}件，剔除后分别为{without[0].zh}、{without[1].zh}）影响{_signed(part)}个百分点",
        f"single cases ({old} of the year before, {new} of this; without them {without[0].en} and {without[1].en}) {_signed(part)}",
    )
    if not inside or found.single.empty:
        return said
    top = found.single.iloc[int(found.single["denominator"].argmax())]
    year, alone = pd.Timestamp(top["period"]).year, rate(100 * top["without"])
    base, back = (f"{rounded(top[column], 1):,}" for column in ("denominator", "numerator"))
    known = Text(f"为{year}年{top['case_no']}", f", {top['case_no']} of {year}")
    which = Text(f"在{year}年", f", of {year}") if pd.isna(top["case_no"]) else known
    more = Text(
        f"（最大一件{which.zh}，{base}万元中计{back}万元，剔除后该期为{alone.zh}）",
        f" (the largest{which.en}: {back} of {base} times 10,000 yuan; without it {alone.en})",
    )
    return said + more


def record(name: Text, values: np.ndarray, years: Sequence[Window], unit: str) -> Text | None:
    """Say that a figure is the highest or lowest of all years on record, or has gone one way for three years or more; ``None`` else.

    >>> import pandas as pd
    >>> from analysis.measures.windows import Window
    >>> years = [Window.of(pd.Timestamp(y, 1, 1), pd.Timestamp(y, 12, 31)) for y in (2008, 2009, 2010, 2011)]
    >>> record(Text("未结", "pending"), np.array([170.0, 24, 15, 3]), years, "件").zh
    '未结3件，为2008年以来同期最低，连续3年下降'
    """
    known = values[~np.isnan(values)]
    if len(known) < len(values) or len(values) < 4:
        return None
    now, past = values[-1], values[:-1]
    steps = np.sign(np.diff(values))
    run = 0
    while run < len(steps) and steps[-1 - run] == steps[-1] and steps[-1] != 0:
        run += 1
    shown = rate(now) if unit == "%" else count_shown(now, unit)
    pieces = []
    since = years[0].start.year if years[0].start.year == years[0].end.year else years[0].end.year
    if now > past.max() or now < past.min():
        zh, en = ("最高", "highest") if now > past.max() else ("最低", "lowest")
        pieces.append(Text(f"为{since}年以来同期{zh}", f"the {en} since {since}"))
    if run >= 3:
        zh, en = ("上升", "up") if steps[-1] > 0 else ("下降", "down")
        pieces.append(Text(f"连续{run}年{zh}", f"{en} for {run} years running"))
    if not pieces:
        return None
    return Text(
        f"{name.zh}{shown.zh}，{'，'.join(p.zh for p in pieces)}",
        f"{name.en}: {shown.en}, {', '.join(p.en for p in pieces)}",
    )


def stock_moved(parts: dict[str, int], undecided: int = 0) -> Text:
    """Say how the pending stock went from opening to closing, by what came in and went out; how it went only where modes are known.

    Where of so many cases it is not known whether they are closed, it is said to rise or fall only where it does so whatever they are.

    >>> stock_moved({"opening": 15, "filed": 354, "reopened": 17, "performed": -253, "settled": -53, "terminated_this_round": -47,
    ...     "other_closings": -30, "closing": 3}).zh
    '未结案件由期初15件减至期末3件（减少12件）：新收371件（含恢复执行17件），结案383件，其中执行完毕、和解等实际执结306件，终结本次执行程序47件，其他30件'
    >>> stock_moved({"opening": 82, "filed": 169, "reopened": 0, "closings": -165, "closing": 86}, 24).zh
    '未结案件由期初82件到期末86件（是增是减不知）：新收169件，结案165件'
    """
    opening, closing = parts["opening"], parts["closing"]
    came, back = parts["filed"] + parts["reopened"], parts["reopened"]
    closed = -sum(number for part, number in parts.items() if part not in ("opening", "filed", "reopened", "closing"))
    more = closing - opening
    is_sure = more <= -undecided or more > undecided
    zh = f"减至期末{closing:,}件（减少{-more:,}件）" if more < 0 else f"增至期末{closing:,}件（增加{more:,}件）"
    en = (
        f"went from {opening:,} to {closing:,} ({-more:,} fewer)"
        if more < 0
        else f"went from {opening:,} to {closing:,} ({more:,} more)"
    )
    zh, en = (zh, en) if more else (f"到期末仍为{closing:,}件", f"are {closing:,} as at the beginning")
    if undecided:
        way = Text("减至" if more < 0 else "增至", "") if is_sure else Text("到", "")
        zh, en = f"{way.zh}期末{closing:,}件", f"went from {opening:,} to {closing:,}"
        if not is_sure:
            zh, en = f"{zh}（是增是减不知）", f"{en} (whether up or down is not known)"
    reopened = Text(f"（含恢复执行{back:,}件）", f" ({back:,} reopened)") if back else Text("", "")
    said = Text(
        f"未结案件由期初{opening:,}件{zh}：新收{came:,}件{reopened.zh}，结案{closed:,}件",
        f"Pending cases {en}: {came:,} filed{reopened.en}, {closed:,} closed",
    )
    if "performed" not in parts:  # the register states no closure modes
        return said
    done, ended = -(parts["performed"] + parts["settled"]), -parts["terminated_this_round"]
    unstated = -parts.get("unstated_closings", 0)
    rest = closed - done - ended - unstated
    blank = Text(f"，结案方式不明{unstated:,}件", f", {unstated:,} in a way not known") if unstated else Text("", "")
    return said + Text(
        f"，其中执行完毕、和解等实际执结{done:,}件，终结本次执行程序{ended:,}件，其他{rest:,}件{blank.zh}",
        f", of which {done:,} by performance or settlement, {ended:,} terminated for this round and {rest:,} otherwise{blank.en}",
    )


def parts_of_stock(parts: dict[str, int]) -> Text:
    """List the parts of the stock's change with their signs.

    >>> parts_of_stock({"opening": 15, "filed": 371, "closings": -383, "closing": 3}).zh
    '期初存量15；新收+371；结案−383；期末存量3'
    >>> parts_of_stock({"opening": 15, "filed": 354, "reopened": 17, "closings": -383, "closing": 3}).zh
    '期初存量15；新收（除恢复执行）+354；恢复执行+17；结案−383；期末存量3'
    """
    apart = named_apart(pd.DataFrame({"part": list(parts)}))["part"]
    named = [
        (
            code_text("part", name) or Text(name, name),
            f"{count:,}" if part in ("opening", "closing") else _of_part(count),
        )
        for name, (part, count) in zip(apart, parts.items(), strict=True)
    ]
    return Text("；".join(f"{n.zh}{c}" for n, c in named), "; ".join(f"{n.en} {c}" for n, c in named))


def _of_part(count: int) -> str:
    return f"+{count:,}" if count > 0 else number(count, 0)


def verdict_of_round(verdict: str, ended: str) -> Text:
    """Name the verdict on the round and whether the court left it, which is asked of rounds alone.

    >>> verdict_of_round("too_short", "not_in_rounds").en, verdict_of_round("rounds", "continues").en
    ('verdict: too short', 'verdict: rounds; left the round: continues')
    """
    said, left = (code_text(name, code) or Text(code, code) for name, code in (("verdict", verdict), ("ended", ended)))
    if ended == "not_in_rounds":
        return Text(f"结论：{said.zh}", f"verdict: {said.en}")
    return Text(f"结论：{said.zh}；是否走出循环：{left.zh}", f"verdict: {said.en}; left the round: {left.en}")


def peak_to_now(peak: int, peaked: pd.Timestamp, now: int, last: pd.Timestamp, since: pd.Timestamp, most: int) -> Text:
    """Say from which peak of the month-end stock it came to the last, and how much it has been at most since.

    >>> peak_to_now(174, pd.Timestamp("2008-10-01"), 3, pd.Timestamp("2011-12-01"), pd.Timestamp("2010-01-01"), 31).zh
    '未结案件由2008年10月末的174件降至2011年12月末的3件，2010年1月以来各月末不超过31件'
    """
    return Text(
        f"未结案件由{peaked.year}年{peaked.month}月末的{peak:,}件降至{last.year}年{last.month}月末的{now:,}件，"
        f"{since.year}年{since.month}月以来各月末不超过{most:,}件",
        f"Pending cases fell from {peak:,} at the end of {peaked:%b %Y} to {now:,} at the end of {last:%b %Y}, and have been {most:,} at most at "
        f"any month's end since {since:%b %Y}",
    )
