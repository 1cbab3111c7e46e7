"""The accumulate–clear cycle: is backlog cleared, or going round again?"""

from __future__ import annotations

import pandas as pd

from analysis.report import sentences
from analysis.report.content import COUNT, DATE, Figure, Native, Paragraph, Section, Table
from analysis.report.inputs import Material
from analysis.vocabulary.periods import windows
from analysis.vocabulary.text import Text, in_language


def cycle(material: Material) -> Section:
    """Stock, phases, turning points and year-end rush."""
    from analysis.charts.cycle import plot_cycle

    found = material.cycle
    turning = Table(
        id="cycle-turning-points",
        caption=str(Text("未结存量的转折点", "Turning points of the pending stock")),
        function="analysis.cycle",
        frame=found.turning_points,
        formats={"date": DATE, "pending": COUNT},
    )
    phases = Table(
        id="cycle-phases",
        caption=str(Text("累积与清理阶段", "Phases of accumulating and clearing")),
        function="analysis.cycle",
        frame=_dated(found.phases, material),
        formats={"start": DATE, "end": DATE, "periods": COUNT, "cases": COUNT},
        note=str(
            Text(
                "起止为所计案件的首日和末日：一个阶段自上一转折点所在月的次月起，至下一转折点所在月末止。",
                "Start and end are the first and last day of the cases counted: a phase begins with the month after a turning "
                "point and ends with the month of the next.",
            )
        ),
    )
    surge = Table(
        id="cycle-surge",
        caption=str(
            Text("年底集中结案：12月与前11个月平均之比", "Year-end rush: December against the mean of January–November")
        ),
        function="analysis.cycle",
        frame=found.surge.drop(columns="note"),
        note=str(Text("；", "; ")).join(dict.fromkeys(in_language(note) for note in found.surge["note"] if note)),
    )
    figure = Figure(
        id="cycle-stock",
        caption=str(Text("未结存量的累积与清理", "The pending stock, accumulating and clearing")),
        function="analysis.plot_cycle",
        plot=plot_cycle,
        result=found,
        numbers=material.monthly,
        native=Native("period", {"recorded": "closing"}),
    )
    blocks = (Paragraph(str(sentences.sentence(found.caption))), figure, turning, phases, surge)
    return Section("cycle", str(Text("累积—清理循环", "The accumulate–clear cycle")), blocks)


def _dated(phases: pd.DataFrame, material: Material) -> pd.DataFrame:
    """Phases by the days whose cases they count: the month of the turning point at their start belongs to the one before."""
    months = windows(material.monthly["period"].iloc[0], material.cases.as_of, freq="M", calendar=material.calendar)
    place = months.reset_index().set_index("period")["index"]
    starts = months["period"].iloc[place[phases["start"]] + 1].to_numpy()
    return phases.assign(start=starts, end=months["period_end"].iloc[place[phases["end"]]].to_numpy())
