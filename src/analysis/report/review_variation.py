"""The page of a data review on variation and assurance: which indicators moved in the last month more than they do by themselves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.charts.control_courses import ROLES
from analysis.charts.control_limits import plot_control_limits
from analysis.inference.cycle.variation import (
    ANY_BY_CHANCE,
    RUN,
    SPECIAL,
    UNASSURED,
    UNJUDGED,
    VariationTable,
    judged_text,
    run_of,
)
from analysis.observations.figures import NAMES
from analysis.report.content import BY_ROW, Figure, Native, Paragraph, Section, Table
from analysis.report.sections.years import kind_of_unit
from analysis.vocabulary import sentences
from analysis.vocabulary.labels import read
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, listed, spaced

MOST_SHOWN = 20  # indicators that a page holds
NAMED_ALONE = {  # marks of indicators that the table leaves out
    "few": Text("件数太少或有月份没有案件，不判断的", "Of too few cases, or of months without any, and not judged"),
    "blank": Text("有未填的，不判断的", "With blanks, and not judged"),
}
NO_ROOM = Text(
    f"表中只列{MOST_SHOWN}项（属特殊原因的在先），未列的",
    f"The table has {MOST_SHOWN} (those with a special cause first), without",
)
HOW_ASSURED = Text(
    "达标看目标在范围的哪一侧。", "Whether a target is met is told by the side of the range on which it lies."
)


def variation_page(marks: VariationTable, month: Text, *, drawn: int) -> list[Section]:
    """The marks of up to twenty indicators in the last month, and the names of the others with why they are left out.

    Of up to ``drawn`` indicators with a special cause the months are drawn.
    """
    every = marks.table
    table = _shown(every)
    left = list(_left_out(every, table))
    assured = not table["assurance"].isin(UNASSURED).all()
    what = Text("的波动和达标", "Variation and assurance") if assured else Text("的波动", "Variation")
    caption = str(Text(f"{month.zh}各项指标{what.zh}", f"{what.en} of the indicators, {month.en}"))
    said = Paragraph(str(sentences.sentence(judged_text(every))))
    if table.empty:
        return [Section("review-variation-section", caption, (said, *(Paragraph(str(text)) for text in left)))]
    frame = pd.DataFrame(
        {
            "indicator": [str(_called(name)) for name in table["indicator"]],
            "unit": table["unit"],
            str(month): table["value"],
            "centre": table["centre"],
            "lower": table["lower"],
            "upper": table["upper"],
            "variation": [read("variation", mark) for mark in table["variation"]],
            "assurance": [read("assurance", mark) for mark in table["assurance"]],
        }
    )
    notes = [_how_marked(every), *([HOW_ASSURED] if assured else []), *left]
    exhibit = Table(
        "review-variation",
        caption,
        function="analysis.data_review",
        note=spaced(notes),
        frame=frame if assured else frame.drop(columns="assurance"),
        formats=dict.fromkeys((str(month), "centre", "lower", "upper"), BY_ROW),
        row_formats=tuple(kind_of_unit(unit) for unit in table["unit"]),
    )
    special = table[table["variation"].isin(SPECIAL)].head(drawn)
    figures = [_course(marks, str(row["indicator"]), row["target"]) for row in special.to_dict("records")]
    return [Section("review-variation-section", caption, (said, exhibit, *figures))]


def _course(marks: VariationTable, name: str, target: float) -> Figure:
    """The months of an indicator within its limits, with its target and its signals."""
    points = marks.points[marks.points["indicator"] == name].reset_index(drop=True)
    numbers = points[["period_start", "value", "centre", "lower", "upper"]].rename(columns={"period_start": "period"})
    columns = {"recorded": "value", "reference": "centre", "lower_limit": "lower", "upper_limit": "upper"}
    if pd.notna(target):
        numbers["target"], columns["target"] = target, "target"
    for mark, role in ROLES.items():
        is_marked = points["variation"] == mark
        if is_marked.any():
            columns[role] = f"variation_{mark}"
            numbers[columns[role]] = points["value"].where(is_marked)
    called = _called(name)
    caption = Text(f"{called.zh}逐月数值与控制限", f"{capital(called.en)} by month, with control limits")
    return Figure(
        id=f"review-variation-{name}", caption=str(caption), function="analysis.plot_control_limits", parameters={"only": name},
        plot=plot_control_limits, result=marks, options={"only": name}, numbers=numbers, native=Native("period", columns),
    )  # fmt: skip


def _shown(every: pd.DataFrame) -> pd.DataFrame:
    """What the table holds: of more than it has room for those with a special cause first, then those judged, in their order."""
    table = every[~every["variation"].isin(NAMED_ALONE)]
    marked, unjudged = table["variation"].isin(SPECIAL), table["variation"].isin(UNJUDGED)
    order = np.lexsort((np.arange(len(table)), unjudged, ~marked))[:MOST_SHOWN]
    return table.iloc[np.sort(order)]


def _left_out(every: pd.DataFrame, shown: pd.DataFrame) -> Iterator[Text]:
    """The indicators that the table leaves out, by why."""
    left = every[~every.index.isin(shown.index)]
    for mark, why in (*NAMED_ALONE.items(), ("", NO_ROOM)):
        rows = left[left["variation"] == mark] if mark else left[~left["variation"].isin(NAMED_ALONE)]
        if len(rows):
            names = listed([_called(name) for name in rows["indicator"]])
            yield Text(f"{why.zh}：{names.zh}。", f"{why.en}: {names.en}.")


def _called(name: str) -> Text:
    return NAMES.get(name) or term(name)


def _how_marked(every: pd.DataFrame) -> Text:
    """How the marks of a table are made, with the run that it asks of so many indicators."""
    judged = int((~every["variation"].isin(UNJUDGED)).sum())
    run, most = run_of(judged), f"{ANY_BY_CHANCE:.0%}"
    return Text(
        f"每项指标近两年逐月的数值，与本院自身波动范围（以前各月的均值±t×标准差，即再有一月的预测区间）相比，t按同时判断的{judged}项收紧（邦弗朗尼），"
        f"使全属随机波动时标出任何一项的可能至多{most}；特殊原因指最近一月超出范围或三月中两月接近范围边缘（与上年同月相近的是季节，不算），"
        f"或连续{run}月在中位数一侧，或连续{RUN}月递增、递减；前后各月相依的不判断。",
        f"The months of each indicator over two years on the court's own range (mean ± t standard deviations of the months before, the prediction interval "
        f"of one more), t being as wide as {judged} judged at once ask (Bonferroni), so that by random variation alone any is marked in at most {most} of "
        f"reviews. A special cause is a last month beyond the range, or two of three near its edge, unless the same month a year before was like it (a "
        f"season); {run} months on one side of the median; or {RUN} rising or falling. Indicators whose neighbouring months are alike are not judged.",
    )
