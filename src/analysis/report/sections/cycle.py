"""The round of accumulating and clearing: the answer with its chart, and the annex of turning points and phases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.cases.answers import answer
from analysis.cases.closings import counted_open
from analysis.cases.coverage import cannot_tell
from analysis.inference.cycle.stock_change import CLOSING, OPENING, named_apart, stock_change
from analysis.measures.terminated import OF_RETURNS, shadow_stock
from analysis.observations.observations import STOCK
from analysis.report.content import COUNT, DATE, MEAN, Block, Figure, Native, Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.vocabulary import sentences
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.numbers import number
from analysis.vocabulary.periods import windows, year_window
from analysis.vocabulary.text import Text, capital, in_language, number_of, spaced, text_of_cell

if TYPE_CHECKING:
    from analysis.inference.cycle.cycle import Cycle
    from analysis.inference.cycle.turning_points import DatingRule

WINDOW = ("period", "period_end")
RECKONED = Text(
    "各月末未结件数及其转折；结论按新收、结案两条序列检验，说明见“口径说明”和文档 cycle。",
    "The pending cases at the end of each month and where they turn; the verdict tests filings and closings (documentation: cycle).",
)
DATED = Text(
    "起止为所计案件的首日和末日：一个阶段自上一转折点所在月的次月起，至下一转折点所在月末止。",
    "Start and end are the first and last day of the cases counted: a phase begins with the month after a turning point and ends with the month of the next.",
)
OF_SMALL_STOCK = Text("起点存量不足50件的，不计幅度。", " Of a stock below 50 at the start there is no percentage.")
MORE_PENDING, A_MONTH = (
    Text("未结增减（件）", "change of pending (cases)"),
    Text("每月增减（件）", "change a month (cases)"),
)
MORE_ADJUSTED = Text("季节调整后增减（件）", "change without season (cases)")
ON_ADJUSTED = Text(
    "阶段按去掉季节起伏的未结判定，“季节调整后增减”是判定所依的数；“未结增减”及其后各栏为原值，方向可以与之不同。",
    " Phases are dated on the pending cases without their season, whose change says the kind; the change of pending and the columns after it are "
    "as recorded, and may go the other way.",
)
YEAR_BEFORE = Text("上年（件）", "the year before (cases)")
BRIDGE = Text("平均为此前各年同样长一段的平均", "The mean is that of equally long spans of earlier years")
BRIDGE_LIMITS = Text(
    "；相差的区间为95%（一段与往年各段相比），含0的写作“往年起伏之内”",
    "; the limits of the difference are 95% (one span against those); where they hold 0 the part is within the ups and downs of earlier years",
)
AS_BEFORE = Text("往年起伏之内", "within earlier ups and downs")
LONGEST_MONTH = 31  # days
ALL_YEARS = Text("各年合并", "all years")


def cycle(material: Material) -> Section:
    """Write the answer, the chart of the stock, what made it change in the year, and the stock of terminated, unpaid cases."""
    from analysis.charts.cycle import plot_cycle

    heading = str(Text("累积—清理", "Accumulating and clearing"))
    if material.monthly.empty:
        return Section("cycle", heading, (Paragraph(capital(str(material.round_text))),))
    found = material.cycle
    figure = Figure(
        id="cycle-stock",
        caption=str(Text("未结存量的累积与清理", "The pending stock, accumulating and clearing")),
        function="analysis.plot_cycle",
        plot=plot_cycle,
        result=found,
        numbers=material.monthly,
        native=Native("period", {"recorded": "closing"}),
    )
    answer = Paragraph(f"{_span(_months(material))}{found.sentence}", calls=(_call(material),), basis=str(RECKONED))
    blocks: list[Block] = [
        answer,
        *_left_out(material),
        *_before(material),
        *([figure] if len(material.monthly) > 1 else []),  # of one month there is no course
        *_bridge(material),
        *_shadow(material),
    ]
    return Section("cycle", heading, tuple(blocks))


def turning_points(material: Material) -> Section:
    """Write the annex of the round: turning points, phases and the year-end rush."""
    from analysis.charts.cycle_words import is_dated_adjusted

    heading = str(Text("累积—清理的转折点和阶段", "Turning points and phases"))
    if material.monthly.empty:
        return Section("turning-points", heading, (), annex=True)
    found, months = material.cycle, _months(material)
    turns = _named(found.turning_points, months)
    if not is_dated_adjusted(found):  # else the same number would stand twice, once under a name that is not its own
        turns = turns.drop(columns="pending_adjusted")
    turning = Table(
        id="cycle-turning-points",
        caption=str(Text("未结存量的转折点", "Turning points of the pending stock")),
        function="analysis.cycle",
        frame=turns,
        formats={"pending": COUNT},
        note=str(_rule(found.rule)),
        finding=_last_turn(turns),
    )
    dated = _dated(found, months)
    of_small = OF_SMALL_STOCK if dated["amplitude"].isna().any() else Text("", "")
    on_adjusted = ON_ADJUSTED if str(MORE_ADJUSTED) in dated else Text("", "")
    phases = Table(
        id="cycle-phases",
        caption=str(Text("累积与清理阶段", "Phases of accumulating and clearing")),
        function="analysis.cycle",
        frame=dated,
        formats={"start": DATE, "end": DATE, "months": COUNT, str(MORE_PENDING): COUNT, str(MORE_ADJUSTED): COUNT},
        note=str(DATED + on_adjusted + of_small),
        finding=_longest(found.phases),
    )
    surge = Table(
        id="cycle-surge",
        caption=str(
            Text("年底集中结案：12月与前11个月平均之比", "Year-end rush: December against the mean of January–November")
        ),
        function="analysis.cycle",
        frame=_surge(found.surge),
        note=spaced(
            str(sentences.sentence(text_of_cell(note)))
            for note in dict.fromkeys([*_uneven(months), *found.surge["note"]])
            if note
        ),
        finding=_rush(found.surge),
    )
    tables = (table for table in (turning, phases, surge) if len(table.frame))
    return Section("turning-points", heading, tuple(tables), annex=True)


def _call(material: Material) -> str:
    return f'an.cycle(an.caseflow(cases, freq="M", calendar="{material.calendar}"), cases=cases)'


def _bridge(material: Material) -> list[Block]:
    """What made the stock change in the year: in a sentence, and part by part beside the same part of earlier years."""
    from analysis.charts.stock_change import plot_stock_change

    if not material.is_whole(material.year):
        return []
    told = material.observations.of_kind(STOCK)
    said = [
        Paragraph(in_language(r["sentence"]), calls=(r["call"],), basis=in_language(r["evidence"]))
        for r in told.to_dict("records")
    ]
    first, last = (str(day.date()) for day in year_window(material.year, calendar=material.calendar))
    last = min(last, str(material.cases.as_of.date()))
    change = stock_change(material.cases, period=(first, last))
    table, years = change.table, int(change.table["reference_spans"].max())
    table = table[[name for name in ("part", "cases", "reference", "difference", "lower", "upper") if name in table]]
    moved = (table["cases"] != 0) | table["reference"].fillna(0).ne(0)
    table = table[moved | table["part"].isin((OPENING, CLOSING))].reset_index(drop=True)
    table = _with_limits(named_apart(table)).dropna(axis="columns", how="all")
    caption = str(Text("未结存量的增减：由期初到期末", "From the opening stock to the closing stock"))
    mean = Text(f"前{years}年平均（件）", f"mean of the {years} years before (cases)")
    reference = str(YEAR_BEFORE if years == 1 else mean)
    notes = [BRIDGE + (BRIDGE_LIMITS if "difference_limits" in table else Text("", ""))] if years > 1 else []
    if undecided := material.undecided("closing"):
        notes.append(counted_open(undecided))
    exhibit = Table(
        id="cycle-bridge",
        caption=caption,
        function="analysis.stock_change",
        parameters={"period": [first, last]},
        picture=Figure(
            "cycle-bridge-chart", caption, "analysis.plot_stock_change", plot=plot_stock_change, result=change
        ),
        frame=table.rename(columns={"reference": reference}),
        formats={"cases": COUNT, reference: COUNT if years == 1 else MEAN, "difference": MEAN},
        note=spaced(str(sentences.sentence(said)) for said in notes),
    )
    return [*said, exhibit]


def _with_limits(table: pd.DataFrame) -> pd.DataFrame:
    """The limits of each difference in one column, in words where they hold 0: few years that differ much tell nothing."""
    if "lower" not in table:
        return table
    limits = [
        None if pd.isna(low) else str(AS_BEFORE) if low <= 0 <= high else str(_from_to(low, high))
        for low, high in zip(table["lower"], table["upper"], strict=True)
    ]
    return table.drop(columns=["lower", "upper"]).assign(difference_limits=pd.Series(limits, dtype=object))


def _from_to(low: float, high: float) -> Text:
    return Text(f"{number(low, 1)}至{number(high, 1)}", f"{number(low, 1)} to {number(high, 1)}")


def _shadow(material: Material) -> tuple[Table, ...]:
    """Pending and terminated cases side by side by year; nothing where the register states no closure modes, or none yet."""
    from analysis.charts.shadow_stock import plot_shadow_stock

    known = material.cases.known()
    if not answer(material.cases, known.closure_mode.count()):
        return ()
    table = shadow_stock(material.cases, freq="Y", calendar=material.calendar)
    table = table[[material.register.beginning.is_whole(start) for start in table["period"]]].reset_index(drop=True)
    if table.empty:
        return ()
    year = (table["period"] + pd.Timedelta(days=182)).dt.year
    every = ("pending", "terminated", "taken_up", "shadow", "with_shadow")
    counts = [name for name in every if table[name].notna().any()]
    unstated, without_amount = table.attrs["unstated"], table.attrs["without_amount"]
    named = {name: name for name in counts[1:]}
    if without_amount and "terminated" in named:
        named["terminated"] = "terminated_or_unknown"
    if unstated:
        named = {name: f"{called}_at_least" for name, called in named.items()}
    counts = [named.get(name, name) for name in counts]
    caption = str(
        Text(
            "是实质化解，还是转为终本：未结与终本存量",
            "Resolved, or turned into terminations: pending cases and the stock of terminated, unpaid cases",
        )
    )
    chart = Figure("cycle-shadow-chart", caption, "analysis.plot_shadow_stock", plot=plot_shadow_stock, result=table)
    return (
        Table(
            id="cycle-shadow",
            caption=caption,
            function="analysis.shadow_stock",
            parameters={"freq": "Y", "calendar": material.calendar},
            picture=chart
            if not unstated and len(table) > 1 and {"pending", "shadow", "with_shadow"} <= set(counts)
            else None,
            frame=table.rename(columns=named).assign(year=year)[["year", *counts]],
            formats=dict.fromkeys(counts, COUNT),
            note=_of_returns(material)
            + _of_unknown(material, table)
            + str(
                Text(
                    "终结本次执行程序不消灭债务：终本而未履行完毕、未恢复执行的案件仍在此计；台账开始之前终本的不在其中。",
                    "A termination for this round ends no debt: such cases, unpaid and not taken up again, are counted here still; those "
                    "terminated before the register begins are not.",
                )
            ),
        ),
    )


def _of_unknown(material: Material, table: pd.DataFrame) -> str:
    """Say how many closings may be terminations too, and of how many it is not known whether they are paid."""
    without, unpaid = table.attrs["unstated"], table.attrs["without_amount"]
    end = Text("故为“至少”", "counts are at least so many")
    said = [
        Text(
            f"台账中{without:,}件结案方式不明，其中可能也有终本，{end.zh}。",
            f"{number_of(without, 'closing')} of the register, in a way not known, may be terminations too: {end.en}. ",
        )
    ] * bool(without)
    if absent := material.cases.lacking("amount_claimed", "amount_recovered"):
        unpaid = 0
        why = sentences.sentence(cannot_tell(absent, Text("终本案件是否履行", "whether terminated cases are paid")))
        said.append(why + Text("均按未履行计。", " All count as unpaid. "))
    said += [
        Text(
            f"台账的终本中{unpaid:,}件未填（或读不出）金额，是否履行不知，按未履行计。",
            f"{number_of(unpaid, 'termination')} of the register without amounts count as unpaid, which is not known. ",
        )
    ] * bool(unpaid)
    return "".join(str(text) for text in said)


def _of_returns(material: Material) -> str:
    """Say that no return can be seen, and so no shadow stock counted, where the register does not tell of them."""
    absent = material.cases.lacking(*OF_RETURNS)
    if not absent:
        return ""
    said = cannot_tell(
        absent, Text("恢复执行和终本存量", "what was taken up again, and the stock of terminated, unpaid cases")
    )
    return f"{sentences.sentence(said)}{Text('', ' ')}"


def _months(material: Material) -> pd.DataFrame:
    """The months of the register, ``period`` and ``period_end``."""
    return windows(material.monthly["period"].iloc[0], material.cases.as_of, freq="M", calendar=material.calendar)


def _uneven(months: pd.DataFrame) -> list[str]:
    """Say that a statistical year's months are of other lengths, as where January begins in December: the ratio is by month, not by day.

    >>> of = windows(pd.Timestamp("2014-12-21"), pd.Timestamp("2015-12-20"), freq="M", calendar="dec-21")
    >>> _uneven(of)[0].split(chr(10))[0], _uneven(of.iloc[1:11])
    ('统计月长短不一（20天至42天），比值未按天数折算', [])
    """
    days = (months["period_end"] - months["period"]).dt.days + 1
    low, high = int(days.min()), int(days.max())
    if high <= LONGEST_MONTH:
        return []
    return [
        Text(
            f"统计月长短不一（{low}天至{high}天），比值未按天数折算",
            f"statistical months of {low} to {high} days: the ratio is by month and not by day",
        ).cell
    ]


def _span(months: pd.DataFrame) -> Text:
    """From which month to which the stock was looked at; by days where a month at either end is none of the calendar."""
    starts, ends = months["period"], months["period_end"]
    of_calendar = starts.iloc[[0, -1]].dt.day.eq(1).all() and ends.iloc[[0, -1]].dt.is_month_end.all()
    if not of_calendar:
        days = sentences.period(starts.iloc[0], ends.iloc[-1])
        return Text(f"{days.zh}共{len(months)}个月。", f"{days.en}, {len(months)} months. ")
    first, last = (sentences.period(starts.iloc[at], ends.iloc[at]) for at in (0, -1))
    if len(months) == 1:
        return Text(f"{first.zh}。", f"{first.en}. ")
    return Text(f"{first.zh}至{last.zh}共{len(months)}个月。", f"{first.en} to {last.en}, {len(months)} months. ")


def _rule(rule: DatingRule) -> Text:
    return Text(
        f"转折点的判定：前后各{rule.window}个月中的最高或最低；阶段至少{rule.least_phase}个月，一轮至少{rule.least_cycle}个月。",
        f"A turning point is the highest or lowest of the {rule.window} months before and after; a phase lasts at least "
        f"{rule.least_phase} months, a cycle at least {rule.least_cycle}.",
    )


def _named(turning_points: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """Turning points by the month at whose end the stock turned."""
    names = {
        first: str(sentences.period(first, last)) for first, last in zip(*(months[c] for c in WINDOW), strict=True)
    }
    return turning_points.assign(date=turning_points["date"].map(names)).rename(columns={"date": "month"})


def _surge(surge: pd.DataFrame) -> pd.DataFrame:
    """December beside the other months, by year; the row of all years says so."""
    year = surge["year"].astype("str").where(surge["year"].notna(), str(ALL_YEARS))
    return surge.assign(year=year).drop(columns="note").rename(columns={"last": "december"})


def _last_turn(turns: pd.DataFrame) -> str:
    """How often the stock turned, and where it did last."""
    if turns.empty:
        return ""
    last = turns.iloc[-1]
    kind, when, left = group_text("kind", last["kind"]), last["month"], sentences.cases(last["pending"])
    return str(
        Text(
            f"未结存量有{len(turns)}个转折点，最近的是{when}末的{kind.zh}（{left.zh}）",
            f"The pending stock turned {number_of(len(turns), 'time')}, last at the {kind.en} at the end of {when} ({left.en})",
        )
    )


def _longest(phases: pd.DataFrame) -> str:
    """How many phases there are of each kind, and how long the longest lasted."""
    if phases.empty:
        return ""
    longest, kinds = phases.iloc[int(phases["periods"].argmax())], phases["kind"].value_counts()
    parts = [(group_text("kind", kind), count) for kind, count in kinds.items()]
    zh, en = "、".join(f"{kind.zh}{n}段" for kind, n in parts), ", ".join(f"{n} {kind.en}" for kind, n in parts)
    least = Text("", "") if longest["complete"] else sentences.AT_LEAST  # the series cuts it off
    kind, months = group_text("kind", longest["kind"]), int(longest["periods"])
    return str(
        Text(
            f"{zh}，最长的是{kind.zh}，历时{least.zh}{months}个月",
            f"Phases: {en}; the longest, {kind.en}, lasted {least.en}{number_of(months, 'month')}",
        )
    )


def _rush(surge: pd.DataFrame) -> str:
    """How many times those of another month the closings of December were, over all years or in the only one."""
    closed = surge[(surge["series"] == "closed") & surge["ratio"].notna()]
    if closed.empty:
        return ""
    last = closed.iloc[-1]
    times = number(last["ratio"], 2)
    when = ALL_YEARS if pd.isna(last["year"]) else Text(f"{last['year']}年", f"{last['year']}")
    limits = sentences.interval(last["lower"], last["upper"], unit="") if not pd.isna(last["lower"]) else Text("", "")
    return str(
        Text(
            f"12月结案为前11个月月均的{times}倍{limits.zh}（{when.zh}）",
            f"December's closings were {times} times the mean of January to November{limits.en}, {when.en}",
        )
    )


def _dated(found: Cycle, months: pd.DataFrame) -> pd.DataFrame:
    """Phases by the days whose cases they count: the month of the turning point at their start belongs to the one before.

    Where the stock was dated without its season, how that changed stands beside the change as recorded.
    """
    from analysis.charts.cycle_words import is_dated_adjusted

    phases = found.phases
    place = months.reset_index().set_index("period")["index"]
    starts = months["period"].iloc[place[phases["start"]] + 1].to_numpy()
    begun = (phases["cases"] / phases["amplitude"]).abs()  # the stock that a phase begins with: of few no percentage
    amplitude = phases["amplitude"].where(begun >= sentences.LEAST_BASE)
    ends = months["period_end"].iloc[place[phases["end"]]].to_numpy()
    named = {"periods": "months", "cases": str(MORE_PENDING), "steepness": str(A_MONTH)}
    dated = phases.assign(start=starts, end=ends, amplitude=amplitude)
    if is_dated_adjusted(found):
        adjusted = found.series.set_index("period")["pending_adjusted"]
        moved = adjusted[phases["end"]].to_numpy() - adjusted[phases["start"]].to_numpy()
        dated.insert(int(dated.columns.get_loc("cases")), str(MORE_ADJUSTED), moved)  # type: ignore[arg-type]
    return dated.rename(columns=named)


def _left_out(material: Material) -> list[Paragraph]:
    """Say which cases the register leaves out, so that nothing is shown of the months before."""
    begun = material.register.beginning
    return [Paragraph(str(sentences.sentence(begun.text)))] if begun.leaves_out else []


def _before(material: Material) -> list[Paragraph]:
    """Say that cases were filed long before all others, so that the series does not begin with them."""
    number, first = material.monthly.attrs["before"], material.register.beginning.filed
    if not number:
        return []
    return [
        Paragraph(
            str(
                Text(
                    f"立案早于{first:%Y-%m}的{number}件与其后各案相隔一年以上，只计入期初存量，立案日期宜核对。",
                    f"{number_of(number, 'case')} filed before {first:%Y-%m}, more than a year apart "
                    "from all others, count in the opening stock alone; their days of filing should be checked.",
                )
            )
        )
    ]
