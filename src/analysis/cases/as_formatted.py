"""Cells that are read as they show themselves, where another number is stored in them: said by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.vocabulary.columns import columns
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import pandas as pd

DAY_NUMBER = "serial"  # a day as Excel stores it, in a cell without a format that shows it as one


def shown_in(by: str) -> Text:
    """Say what cells were taken as: the unit that their format shows, or days.

    >>> print(shown_in("%").zh, shown_in("÷1000").zh, shown_in("serial").zh)
    按所示百分数 按所示（存数÷1000） Excel日期序号，读作日期
    """
    if by == DAY_NUMBER:
        return Text("Excel日期序号，读作日期", "day numbers of Excel, as days")
    if by == "%":
        return Text("按所示百分数", "as the percentages shown")
    if by.startswith("÷"):
        return Text(f"按所示（存数{by}）", f"as shown (the number stored {by})")
    return Text(f"按所示{by}", f"as shown in {by}")


def as_formatted(number_formats: pd.DataFrame) -> Text:
    """Say how many cells of which columns were read by their number format; nothing where there are none.

    >>> import pandas as pd
    >>> found = [["cases", "a.xlsx", "amount_claimed", "万元", 3], ["cases", "a.xlsx", "closed_on", "serial", 2]]
    >>> said = as_formatted(pd.DataFrame(found, columns=["table", "file", "column", "shown_in", "cells"]))
    >>> print(said.zh)
    按数字格式读出的单元格：申请执行标的额3个（按所示万元）；结案日期2个（Excel日期序号，读作日期）。
    """
    if number_formats.empty:
        return Text("", "")
    of = ["table", "column", "shown_in"]
    cells = number_formats.groupby(of, sort=False, as_index=False)["cells"].sum()
    said = []
    for table, column, by, number in cells[[*of, "cells"]].itertuples(index=False):
        word, taken = columns(table)[column].text, shown_in(by)
        said.append(Text(f"{word.zh}{number:,}个（{taken.zh}）", f"{word.en} {number:,} ({taken.en})"))
    return Text(
        f"按数字格式读出的单元格：{'；'.join(one.zh for one in said)}。",
        f"Cells read by their number format: {'; '.join(one.en for one in said)}.",
    )


def returns_as_formatted(returns: pd.DataFrame) -> list[Text]:
    """Say how many cells of which columns of published figures were read by their number format, one sentence a column."""
    return [
        Text(
            f"{of['file']}：“{of['heading']}”一列有{of['cells']:,}个单元格按数字格式读出（{shown_in(of['shown_in']).zh}）。",
            f'{of["file"]}: cells under "{of["heading"]}" read by their number format: {of["cells"]:,} ({shown_in(of["shown_in"]).en}).',
        )
        for of in returns.attrs.get("number_formats", ())
    ]
