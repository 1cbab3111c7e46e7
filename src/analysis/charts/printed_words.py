"""Published figures in words: title, alt text and note of their chart, from the numbers drawn."""

from __future__ import annotations

import pandas as pd

from analysis.charts.compared_figures import ComparedFigure
from analysis.charts.compared_sides import verdicts_of
from analysis.vocabulary.courts import court_text
from analysis.vocabulary.result import made_up
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import COLON, Text, capital, number_of

STANDS_FOR = Text(
    "公布的数字所表示的范围（四舍五入或截尾）", "what the published digits stand for (rounded or truncated)"
)
ALLOWED = Text("其他公布值所允许的范围", "what the other published figures allow")
NOTE = Text(
    "相差以公布值的末位数字为单位，超出图外的以箭头表示；灰带为公布的位数所表示的范围。未核对：没有可供核对的数字。",
    "Differences in units of the last published digit, arrows beyond the axis; the shade is what the digits stand for. Unchecked: nothing to check it by.",
)


def words_of(table: pd.DataFrame, figures: list[ComparedFigure], conflicts: int) -> tuple[Text, Text, Text]:
    """Title, alt text and note, from the numbers drawn."""
    courts = list(table["court"].dropna().drop_duplicates())
    register = [figure.register for figure in figures if figure.register]
    others = [figure.others for figure in figures if figure.others]
    name = court_text(courts[0]) if courts else Text("", "")
    title = Text(name.zh, f"{capital(name.en)}: ") if len(courts) == 1 else Text("", "")
    title += Text(f"公布的{len(figures)}个数字", f"{len(figures)} published figures")
    if register:
        follow, off = (sum(getattr(side, name) for side in register) for name in ("agrees", "is_disputed"))
        title += Text(
            f"，{follow}个可由台账核算得到", f", {follow} {'follows' if follow == 1 else 'follow'} from the register"
        )
        title += (
            Text(f"，{off}个不符", f", {off} {'contradicts' if off == 1 else 'contradict'} it") if off else Text("", "")
        )
    if others:
        wrong = sum(side.is_disputed for side in others)
        title += (
            Text(f"，{wrong}个不能同时成立", f", {wrong} cannot all hold")
            if wrong
            else Text(f"，其间矛盾{conflicts}组", f", {number_of(conflicts, 'conflict')} among them")
            if conflicts
            else Text("，彼此不矛盾", ", none in conflict with each other")
        )
    told = [
        head + COLON + verdicts_of(sides)
        for head, sides in ((term("within_register"), register), (term("among_published"), others))
        if sides
    ]
    counted = Text("；".join(part.zh for part in told), "; ".join(part.en for part in told))
    rows = [figure.words for figure in figures]
    alt = Text(
        f"{len(figures)}个公布数字（{counted.zh}）。" + "；".join(row.zh for row in rows) + "。",
        f"{len(figures)} published figures ({counted.en}). " + "; ".join(row.en for row in rows) + ".",
    )
    return title, alt, Text(counted.zh, capital(counted.en)) + Text("。", ". ") + NOTE + made_up(table)
