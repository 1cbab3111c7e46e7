"""The usual statement of an office: indicators down the side, periods across (指标 | 2023年 | 2024年), a title above."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.returns.cells import OF_COUNTS, bare_number
from analysis.returns.figures import PRINTED_CHANGE, UNIT
from analysis.returns.headings import column_of
from analysis.returns.phrases import court_names, scopes, topic_of
from analysis.returns.several_courts import COURT, is_no_court, is_own_court
from analysis.returns.times import spans, years_in_digits
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.period_names import is_part_of_year
from analysis.vocabulary.periods import days_of_period

Rows = list[tuple[int, list[object]]]
Days = tuple[date, date]  # the first and last day of a period
Columns = tuple[int, int | None, list[tuple[int, str]]]  # of labels, of units, of figures with what each holds
SIDE = frozenset(
    [
        "指标",
        "指标名称",
        "项目",
        "项目名称",
        "统计指标",
        "统计项目",
        "主要指标",
        "内容",
        "名称",
        "类别",
        "indicator",
        "indicators",
        "item",
        "items",
        "measure",
    ]
)
UNIT_HEADINGS = frozenset(["单位", "计量单位", "unit", "units"])
ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d+[、.．)](?!\d)|[#*—-]+)\s*|^其中[:：]?"
)
LAST_YEAR = re.compile("同比|增减|增幅|升降|比上年|较上年|变化|change", re.IGNORECASE)
IN_CASES = re.compile("增减(?:数|额|值|件)|差额|绝对")
OF_CASES = re.compile("案件$|案$|cases$", re.IGNORECASE)
UNIT_SAID = re.compile(r"单位[:：为]?\s*(.+)")
TITLE_LINES = 10
BRACKETS = str.maketrans("（）", "()")
LABEL = re.compile("^统?计?(?:期间|时间|时段|区间|日期|范围):?")
IN_BRACKETS = re.compile(r"[(]([^()]*)[)]")
OF_THE_TABLE = re.compile("制[表作]|填[表报]|报送|印发|发布|打印|导出|提取|更新|生成|(?<!统计)日期")  # when it was made
A_YEAR = re.compile(r"((?:19|20)\d{2})年(?!\d+月\d+日)")
CUMULATIVE = "累计"
# 本年, 本期数, 本年累计, 上年, 上年同期: of the period that the statement is of
OF_STATEMENT = re.compile(
    r"(?:(?P<this>[本今当]年度?|本期|本月)|(?P<last>[上去]一?年度?(?:同期|同月)?|同期))"
    r"(?P<cumulative>累计)?(?:实际|完成)?(?:数值?|值|数量|件数|情况|金额)?"
)
CHANGE, DIFFERENCE = "同比", "比上年增减数"  # as headings say them


@dataclass(frozen=True)
class Statement:
    """A statement laid on its side: its header, a row a period (and scope), and the line of each indicator's figures."""

    header_row: int
    header: list[object]
    rows: Rows
    lines: dict[tuple[str, str], int]  # scope and indicator → line in the file
    unread: list[str]  # headings of columns of figures that are no period and no change


def is_period(cell: object) -> bool:
    """Return whether a heading is a period with both its ends: 2023年, 2024年1-6月, 2023.

    >>> is_period("2023年"), is_period("2024年1—6月"), is_period("2024"), is_period("同比"), is_period("3844")
    (True, True, True, False, False)
    """
    said = str(cell or "").strip()
    text = said.removesuffix("度")
    text = text + "年" if re.fullmatch(r"(?:19|20)\d\d", text) else text
    if any(s.first and s.last for s in spans(text, None)) and len(text) <= 20 and "年" in text:
        return True
    with suppress(ArgumentError):  # 2024年前三季度, 2024H1
        first, last = days_of_period(said)
        return first < last and OF_A_YEAR.match(said) is not None
    return False


OF_A_YEAR = re.compile(r"(?:19|20)\d\d")
VALUE = re.compile("(?:本期|实际|绝对)?(?:数值?|值|数量|件数|数据|情况|金额)?")  # of the figures of a period themselves
NO_FIGURES = re.compile("备注|说明|来源|出处|序号|编号|代码|行次|责任|remark|note|source", re.IGNORECASE)
OF_WORK = re.compile("执行(?:工作|质效|指标|情况|办案|结案|收结|条线|态势)")  # of all of it, not of one way to close


def court_in(lines: Rows) -> str | None:
    """Return the court that lines above a header name; ``None`` where they name none, or several."""
    named = {name for _, cells in lines for cell in cells for _, _, name in court_names(str(cell or ""))}
    return named.pop() if len(named) == 1 else None


def topic_in(lines: Rows) -> str | None:
    """Return the kind of cases that lines above a header name; ``None`` where they name none, or several.

    >>> [topic_in([(1, [title])]) for title in ("全市法院2025年1—11月执行工作情况", "恢复执行案件收结存", "审判执行工作情况", "终结本次执行程序统计")]
    ['执行案件', '恢复执行案件', None, None]
    """
    texts = [str(cell or "") for _, cells in lines for cell in cells]
    named = {kind for text in texts for *_, kind in scopes(text)}
    named = named or {kind for text in texts if OF_WORK.search(text) and (kind := topic_of(text))}
    return named.pop() if len(named) == 1 else None


def unit_in(lines: Rows) -> str | None:
    """Return the units that lines above a header name (单位：件、亿元)."""
    said = [found[1] for _, cells in lines for cell in cells if (found := UNIT_SAID.search(str(cell or "")))]
    units = UNIT.findall(said[-1]) if said else []
    return "、".join(units) or None


def period_in(lines: Rows) -> tuple[date, date] | None:
    """Return the first and last day of the period that lines above a header name; ``None`` where they name none, or several.

    Of a year and months within it the months are meant.

    >>> lines = [(1, ["2025年全市法院执行指标（1—11月）"]), (2, ["制表日期：2025年12月"])]
    >>> [str(day) for day in period_in(lines)]
    ['2025-01-01', '2025-11-30']
    >>> period_in([(1, ["2025年全市法院执行指标（截至12月20日）"])]) is None
    True
    """
    found: set[tuple[date, date]] = set()
    until: set[date] = set()
    cells = (str(cell or "") for _, line in lines for cell in line)
    texts = [years_in_digits("".join(unicodedata.normalize("NFKC", cell).split())) for cell in cells]
    texts = [text for text in texts if not OF_THE_TABLE.search(text)]
    for text in texts:
        for part in (LABEL.sub("", text), *IN_BRACKETS.findall(text)):
            with suppress(ArgumentError):
                if part.isdecimal():  # (2025)3号
                    continue
                first, last = days_of_period(part)
                found.add((first.date(), last.date()))
        said = [(s.first, s.last) for s in spans(text, None) if s.last and s.stretch]
        found |= {(first, last) for first, last in said if first and last}
        until |= {last for first, last in said if last and not first}
    period = min(found, key=lambda days: days[1] - days[0], default=None)
    if period is None or period[0] == period[1] or until - {period[1]}:
        return None
    if any(int(year) > period[1].year for text in texts for year in A_YEAR.findall(text)):  # 2024年与2025年同期对比
        return None
    is_month = (period[0].year, period[0].month) == (period[1].year, period[1].month)
    if is_month and any(CUMULATIVE in text for text in texts):  # from which month on is not said
        return None
    return period if all(first <= period[0] and period[1] <= last for first, last in found) else None


def upright(rows: Rows, text: Callable[[object], str | None], name: str) -> Statement | None:
    """Lay a statement whose indicators stand down the side on its side; ``None`` where the rows are none such.

    A line with a label alone that names a kind of cases (首次执行案件) is the scope of the lines below it. A column of changes
    on last year (同比, 增减数) belongs to the period left of it, of two side by side (2024年, 2023年, 同比) to the later. 本年 and
    上年同期 are of the period that another heading, the title or the file's name says. Raises ``InputError`` for an indicator that
    stands twice, and where it is not said which year 本年 is.
    """
    rows = _with_periods(rows, text, name)
    layout = _layout(rows, text, name)
    if layout is None:
        return None
    at, begin, head, (side, unit_at, periods), across = layout
    scope, labels = "", dict[tuple[str, str], int]()
    values: dict[tuple[int, str], dict[str, object]] = {}
    scopes: dict[str, None] = {}
    for line, cells in rows[begin:]:
        label = ORDINAL.sub("", text(cells[side]) or "").strip() if side < len(cells) else ""
        shown = {place: cells[place] for place, _ in periods if place < len(cells) and text(cells[place]) is not None}
        if not label:
            continue
        if not shown:
            scope = label if OF_CASES.search(label) else scope
            continue
        if (scope, label) in labels:
            raise InputError(
                f"{name} 第{line}行：“{label}”已在第{labels[scope, label]}行出现。同一指标请只写一行，分类别的在上一行写明案件类别。",
                f'{name} row {line}: "{label}" stands already in row {labels[scope, label]}. Keep one, or put the kind of cases on a line above.',
            )
        labels[scope, label] = line
        scopes[scope] = None
        own = text(cells[unit_at]) if unit_at is not None and unit_at < len(cells) else None
        for place, what in periods:
            heading = f"{label}（{own}）" if own and not what else label
            if place in shown:
                of = _changed(periods, place, head) if what else place
                counted = what == CHANGE and OF_COUNTS.search(str(text(cells[place])))  # +3件 is no percentage
                values.setdefault((of, scope), {})[heading + (DIFFERENCE if counted else what)] = shown[place]
    headings = list(dict.fromkeys(heading for record in values.values() for heading in record))
    period_of = dict(periods)
    body = [
        (rows[at][0], [head[place], scope or None, *(record.get(heading) for heading in headings)])
        for (place, scope), record in values.items()
        if not period_of[place]
    ]
    known = {side, unit_at, *period_of}
    unread = [place for place in range(side + 1, len(head)) if place not in known]
    unread = [
        place for place in unread if not NO_FIGURES.search(head[place]) and _has_figures(rows[begin:], place, text)
    ]
    said = [head[place] or f"[{place + 1}]" for place in unread]
    return Statement(rows[at][0], [across, "范围", *headings], body, labels, said)


def _with_periods(rows: Rows, text: Callable[[object], str | None], name: str) -> Rows:
    """The rows of a statement, headings such as 本年 and 上年同期 as the periods that they are."""
    for at, (line, cells) in enumerate(rows[:TITLE_LINES]):
        head = [IN_BRACKETS.sub("", said.translate(BRACKETS)) for said in _bare(cells, text)]
        found = {place: said for place, heading in enumerate(head) if (said := OF_STATEMENT.fullmatch(heading))}
        if not found or (_side_in(head) is None and head[0]):
            continue
        named: Rows = [(0, [heading]) for heading in head if is_period(heading)]
        base = period_in(named) if named else period_in(rows[:at]) or period_in([(0, [Path(name).stem])])
        periods = _periods_of_statement(found, base)
        if not named and not any(place in periods for place, said in found.items() if said["this"]):
            if all(VALUE.fullmatch(said[0]) for said in found.values()):  # 指标, 本期数
                return rows
            raise _no_year(name, line, str(text(cells[min(found)])))
        return [*rows[:at], (line, [periods.get(place, cell) for place, cell in enumerate(cells)]), *rows[at + 1 :]]
    return rows


def _periods_of_statement(found: Mapping[int, re.Match[str]], base: Days | None) -> dict[int, str]:
    """The periods of headings such as 本年 and 上年同期 in a statement of the period ``base``; of a heading that may be of two, none."""
    if base is None or base[0].year != base[1].year:
        return {}
    year = (date(base[1].year, 1, 1), base[1])
    month = base if base[0].month == base[1].month else None

    def of_this(said: re.Match[str]) -> Days | None:
        if said["cumulative"]:
            return year
        return {"本期": base, "本月": month}.get(said["this"], year if base == year else None)

    told = {place: days for place, said in found.items() if said["this"] and (days := of_this(said))}
    several = {*told.values()} or {base}
    alone = base if len(several) > 1 else several.pop()
    is_whole = not several and alone == (alone[0].replace(month=1, day=1), alone[1].replace(month=12, day=31))

    def of_last(said: re.Match[str]) -> Days | None:
        if said["cumulative"]:
            return year
        return month if "同月" in said[0] else alone if not several and ("同" in said[0] or is_whole) else None

    before = {place: days for place, said in found.items() if said["last"] and (days := of_last(said))}
    told |= {place: (_year_before(first), _year_before(last)) for place, (first, last) in before.items()}
    return {
        place: f"{first.year}年{first.month}月{first.day}日-{last.month}月{last.day}日"
        for place, (first, last) in told.items()
    }


def _year_before(day: date) -> date:
    """The same day a year before, the last of a February as such."""
    if (day.month, day.day) == (2, 28) and calendar.isleap(day.year - 1):
        return day.replace(year=day.year - 1, day=29)
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _no_year(name: str, line: int, heading: str) -> InputError:
    return InputError(
        f"{name} 第{line}行：表头写“{heading}”，看不出指哪一年哪几个月。请在标题或文件名中写明期间（如“2023年”“2023年1—6月”），或把表头写成“2023年”。",
        f'{name} row {line}: the header says "{heading}", and it cannot be told which year and months that is. Name the period in the title or the file\'s '
        "name (2023年, 2023年1—6月), or write 2023年 as the heading.",
    )


def _changed(columns: Sequence[tuple[int, str]], place: int, head: Sequence[str]) -> int:
    """The column of figures that a change at a ``place`` is of: the last in time of those between it and the change before."""
    left = [(p, change) for p, change in columns if p < place]
    while left[-1][1]:  # 同比, 增减数
        left.pop()
    before = max((n for n, (_, change) in enumerate(left) if change), default=-1)
    ends = {p: period_in([(0, [head[p]])]) for p, _ in reversed(left[before + 1 :])}
    return max(ends, key=lambda p: (days := ends[p]) is not None and days[1].toordinal())


def _layout(
    rows: Rows, text: Callable[[object], str | None], name: str
) -> tuple[int, int, list[str], Columns, str] | None:
    """Where the header of a statement stands and its figures begin, its headings, its columns, and what lies across: periods, courts, or one value."""
    for read, across in ((_periods, "期间"), (_courts, "法院"), (_value, "")):
        at = next((i for i, (_, cells) in enumerate(rows[:TITLE_LINES]) if read(cells, text)), None)
        if at is None:
            continue
        head, begin = _whole_headings(rows, at, text) if read is _periods else (_bare(rows[at][1], text), at + 1)
        found = read(head, text)
        if found is None or _stand_twice(head, found):
            raise side_by_side(name, rows[at][0])
        return at, begin, head, found, across
    return None


def _stand_twice(head: Sequence[str], columns: Columns) -> bool:
    """Return whether figures of one period (or court) stand in two columns: those of several courts, named on a line above."""
    named = [head[place] for place, change in columns[2] if not change]
    return len({*named}) < len(named)


def side_by_side(name: str, line: int) -> InputError:
    """The error for a header that lays periods side by side, each over figures of which none is that of the period itself."""
    return InputError(
        f"{name} 第{line}行：表头把几个期间并排，每个期间下又分几项，这样的表读不出。请每个期间一张表（标题写明期间），"
        "或每院每个期间一行，加一列“期间”。",
        f"{name} row {line}: the header lays periods side by side, each over several figures, which is not read. "
        "Keep one table a period (named in its title), or one row a court and period with a column 期间.",
    )


def _has_figures(rows: Rows, place: int, text: Callable[[object], str | None]) -> bool:
    """Return whether a column holds a figure."""
    cells = (text(line[place]) or "" for _, line in rows if place < len(line))
    return any(PRINTED_CHANGE.match(bare_number(cell)) for cell in cells)


def _whole_headings(rows: Rows, at: int, text: Callable[[object], str | None]) -> tuple[list[str], int]:
    """The headings of a statement in full, and where its figures begin: a part of a year (2月) is one of the year named left of it or above.

    A second line of the header is one without a label and without figures: 上半年, 全年, or 数值, 同比 under 2024年.
    """
    upper = _bare(rows[at][1], text)
    found = _periods(upper, text)
    side = found[0] if found else 0
    below = rows[at + 1][1] if at + 1 < len(rows) else []
    lower = _bare(below, text)[: len(upper)]
    lower += [""] * (len(upper) - len(lower))
    is_second = (
        lower[side] in ("", upper[side])
        and any(lower[side + 1 :])
        and not any(PRINTED_CHANGE.match(bare_number(cell)) and not is_part_of_year(cell) for cell in lower)
    )
    lower = lower if is_second else [""] * len(upper)
    over, head = "", []
    for place, (above, own) in enumerate(zip(upper, lower, strict=True)):
        year = OF_A_YEAR.match(over) if place > side and is_part_of_year(above) else None
        full = f"{year[0]}年{above}" if year else above
        over = full or over
        if LAST_YEAR.search(own):
            head.append(own)
        elif place <= side or own in ("", above):
            head.append(full)
        elif is_part_of_year(own):
            head.append(over + own)
        else:
            head.append(over if VALUE.fullmatch(IN_BRACKETS.sub("", own.translate(BRACKETS))) else own)
    return head, at + 1 + is_second


def _bare(cells: Sequence[object], text: Callable[[object], str | None]) -> list[str]:
    return [re.sub(r"\s", "", text(cell) or "") for cell in cells]


def _side_in(texts: Sequence[str]) -> int | None:
    """The column over labels of indicators, by its heading."""
    return next((i for i, said in enumerate(texts) if re.sub(r"[（(].*?[)）]", "", said).lower() in SIDE), None)


def _courts(cells: Sequence[object], text: Callable[[object], str | None]) -> Columns | None:
    """The same of a statement whose columns of figures are courts: 指标, 本院, 全市平均."""
    texts = _bare(cells, text)
    side = _side_in(texts)
    courts = [i for i, said in enumerate(texts) if said and said != "单位" and _is_court(str(text(cells[i])))]
    return _columns(texts, side, courts) if side is not None and courts and side < courts[0] else None


def _is_court(heading: str) -> bool:
    return is_own_court(heading) or is_no_court(heading) or heading.lower().endswith(COURT)


def _value(cells: Sequence[object], text: Callable[[object], str | None]) -> Columns | None:
    """The same of a statement with one column of figures: 指标, 数值."""
    texts = _bare(cells, text)
    side = _side_in(texts)
    values = [i for i, said in enumerate(texts) if said and VALUE.fullmatch(said)]
    return _columns(texts, side, values) if side is not None and len(values) == 1 and side < values[0] else None


def _periods(cells: Sequence[object], text: Callable[[object], str | None]) -> Columns | None:
    """The side column, that of units, and each column of figures with what it holds of its period: itself, or a change."""
    texts = _bare(cells, text)
    filled = [i for i, said in enumerate(texts) if said]
    side = _side_in(texts)
    periods = [i for i in filled if is_period(texts[i])]
    if not periods or (side is None and filled[0] in periods and filled[0] == 0):
        return None
    if side is None:  # the corner is empty or says something else: the column left of the first period
        side = periods[0] - 1
        if column_of(texts[side], {}, None) == "court":  # courts down the side
            return None
        if len(filled) < len(periods) + (side in filled) or not set(filled) <= {side, *periods}:
            return None
    return _columns(texts, side, periods)


def _columns(texts: Sequence[str], side: int, figures: Sequence[int]) -> Columns:
    """The columns of a statement, those of changes on last year among its columns of figures."""
    changes = [i for i, said in enumerate(texts) if i > figures[0] and LAST_YEAR.search(said)]
    unit = next((i for i, said in enumerate(texts) if said.lower() in UNIT_HEADINGS), None)
    kinds = [(i, DIFFERENCE if IN_CASES.search(texts[i]) else CHANGE) for i in changes]
    return side, unit, sorted([*((i, "") for i in figures), *kinds])
