"""The page ``definitions.md`` of the documentation in either language, written from the definitions: ``python -m analysis.vocabulary.indicator_sets.page``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.vocabulary.frames import records
from analysis.vocabulary.indicator_sets.definition import source_text
from analysis.vocabulary.indicator_sets.quantities import Quantity, quantities
from analysis.vocabulary.indicator_sets.sets import definition_set, definitions, shipped_sets
from analysis.vocabulary.language import LANGUAGES, speaking
from analysis.vocabulary.numbers import unit_text
from analysis.vocabulary.text import Text, in_language, spoken

COMMAND = "python -m analysis.vocabulary.indicator_sets.page"
HEAD = Text(
    f"""# 指标口径

本页由 `{COMMAND}` 生成，请勿手改。

每个指标写明分子、分母、来源和可信度。可信度：**V** 公式或事实见于所注来源；**P** 名称见于来源，公式为推断；**M** 凭记忆，公式未经核实，
只列名称、不计算，见[只有名称的指标](definition-names.md)。同一指标有几种口径时并列，`variants=True` 时一并计算。
“在用办案系统的程序”指在用法院系统公开源代码中的公式。
""",
    f"""# Definitions

This page is written by `{COMMAND}`; do not edit it by hand.

Every indicator names its numerator, denominator, source and confidence. **V**: formula or fact was read in the source; **P**: the
name was read, the formula is inferred; **M**: from memory, formula unverified: listed by name alone, see
[names without a formula](definition-names.md). Disputed definitions of one indicator stand side by side and are computed with `variants=True`. "The code of
a case system in use" means formulas read in the public source code of court systems.
""",
)
OWN_HEAD = Text(
    """
## 本院自己的口径

写一个 TOML 文件，用 `definitions="路径/own.toml"` 指明；`extends` 沿用随附口径集，同名指标以自己的为准。
""",
    """
## A set of your own

Write a TOML file and name it with `definitions="path/own.toml"`; `extends` takes over a set that ships, your indicators of the
same id replace its own.
""",
)
# comments of the example: what stands after a line of it, in either language
OWN = """
```toml
[set]
id = "our-court"
zh = "本院口径"
en = "our court"
extends = "fujin-2012"

[scheme]                          # {0}
net_closings_per_officer = 35
start_within_days = 10

[quantity.closed_within_60_days]  # {1}
zh = "立案后60日内结案"
en = "closed within 60 days of filing"
from = "closed"
within_days = 60

[[indicator]]
id = "quick_closure_rate"
zh = "60日内结案率"
en = "closed within 60 days"
kind = "rate"                     # stock | flow | rate | duration | money
numerator = "closed_within_60_days"
denominator = "closed"            # {2}
include = {{ case_type = ["first"] }}   # {3}
unit = "%"
direction = "higher"              # higher | lower | interval | none
target = {{ low = 70 }}             # {4}
interval = "wilson"               # wilson | poisson | log-ratio | over-cases | none
valid_from = "2012-01-01"
source = "本院2012年考核办法"
```
"""
COMMENTS = (
    Text("目标等数值", "targets and other numbers"),
    Text("在已有的量上加条件", "a quantity narrowed further"),
    Text("量的名称，或几个量之和", 'a quantity, or a list to be added: ["closing", "closed"]'),
    Text("或 exclude；结案方式只限定结案的量", "or exclude; a closure mode narrows closings only"),
    Text("目标，或合理区间 { low = 60, high = 80 }", "a target, or a reasonable interval { low = 60, high = 80 }"),
)
OWN_FOOT = Text(
    """
`variant = true` 加 `indicator = "…"` 是另一指标的不同口径；`sum_of = ["…", "…"]` 是几项之和；`factor` 为乘数（`"days"`：期间天数，`"months"`：期间月数），
不写时由单位得出（%、‰、件/百件、件/千件、件/万件；金额以万元计，单位为元、元/件的乘10,000）。

`aliases = ["…"]` 是表头和文字中的其他叫法（指标与量均可），各名称不得与其他指标相同；`closed_as = ["performed", "settled"]` 按结案方式的性质限定
（`performed` 执行完毕、自动履行等，`settled` 和解，`moved` 终本、移送等程序性结案），性质写在 `codes.toml` 中每种结案方式旁，新增方式只需一行。
""",
    """
`variant = true` with `indicator = "…"` is another definition of an indicator; `sum_of = ["…", "…"]` adds indicators up; `factor`
multiplies (`"days"`, `"months"`: the days or months of the period); where it is not written the unit says it (%, ‰, 件/百件, 件/千件, 件/万件;
money is in 万元, so 元 and 元/件 multiply by 10,000).

`aliases = ["…"]` are further names in headings and text (of indicators and quantities), which no other indicator may have;
`closed_as = ["performed", "settled"]` narrows by what a closure mode is (`performed`, `settled`, `moved`: closed on procedure), which
stands beside each mode in `codes.toml`, so that a new mode is one line.
""",
)
COLUMNS = Text(
    "| id | 指标 | 公式 | 单位 | 目标 | 适用 | 区间 | 可信度 | 来源与说明 |",
    "| id | Indicator | Formula | Unit | Target | Valid | Interval | Confidence | Source and notes |",
)
NAMES_HEAD = Text(
    f"""# 只有名称的指标

本页由 `{COMMAND}` 生成，请勿手改。

下列指标只见其名，公式没有见到或执行台账不含所需的数，一律不计算；知道公式的，写入自己的 TOML 即可计算（见[指标口径](definitions.md)）。
""",
    f"""# Names without a formula

This page is written by `{COMMAND}`; do not edit it by hand.

These are known by name alone: their formula was not seen, or an enforcement register does not hold what they need. None is computed; who knows a
formula puts it into a TOML of their own (see [definitions](definitions.md)).
""",
)
NAMES_COLUMNS = Text(
    "| id | 指标 | 单位 | 可信度 | 来源与说明 |", "| id | Indicator | Unit | Confidence | Source and notes |"
)
GUIDANCE_HEAD = Text(
    """
## 为何要看，怎样会走样

不论哪套口径；谁核对过、何时再看写在末两栏。

| id | 指标 | 为何要看 | 怎样会走样 | 谁核对过 | 何时再看 |
|---|---|---|---|---|---|""",
    """
## Why it matters, how it can be played

Whatever the set; who checked it and when to look again stand in the last two columns.

| id | Indicator | Why | How it can be played | Who checked | When to look again |
|---|---|---|---|---|---|""",
)
QUANTITY_HEAD = Text(
    """
## 量

分子与分母所用的量；口径集可在此之上自定（`[quantity.名称]`，`from = "…"`）。

| id | 量 | 表 | 时点 | 计 | 条件 |
|---|---|---|---|---|---|""",
    """
## Quantities

What numerators and denominators are made of; a set may add its own (`[quantity.name]`, `from = "…"`).

| id | Quantity | Table | When | Counts | Conditions |
|---|---|---|---|---|---|""",
)
FURTHER, VARIANT = Text("其他数值：", "Further numbers: "), Text("（`{}` 的另一口径）", " (another definition of `{}`)")


def definition_page() -> str:
    """Return the page as Markdown in the language spoken: every set with its definitions, then the quantities.

    >>> "| `closure_rate` |" in definition_page()
    True
    """
    parts = [str(HEAD), str(OWN_HEAD), OWN.format(*COMMENTS), str(OWN_FOOT)]
    for name in shipped_sets():
        about, table = definition_set(name), definitions(name)
        parts += [f"\n## {about.text}\n\n`{name}`　{source_text(about.source)}\n", str(COLUMNS), "|---" * 9 + "|"]
        parts += [_row(row) for row in records(table[table["computed"]])]
        if about.scheme:
            numbers = str(Text("、", ", ")).join(f"`{key}` = {value}" for key, value in about.scheme.items())
            parts.append(f"\n{FURTHER}{numbers}")
    parts.append(guidance_table())
    parts.append(str(QUANTITY_HEAD))
    parts += [_quantity_row(quantity) for quantity in quantities().values()]
    return "\n".join(parts) + "\n"


def names_page() -> str:
    """Return the page of the names whose formula is not known or which a register cannot fill, by set, in the language spoken.

    >>> "`net_closure_rate`" in names_page()
    True
    """
    parts = [str(NAMES_HEAD)]
    for name in shipped_sets():
        table = definitions(name)
        left = table[~table["computed"]]
        if len(left):
            parts += [f"\n## {definition_set(name).text}\n", str(NAMES_COLUMNS), "|---" * 5 + "|"]
            parts += [_name_row(row) for row in records(left)]
    return "\n".join(parts) + "\n"


def guidance_table() -> str:
    """Return what indicators are for and how they can be played, a row an indicator."""
    told = definitions()
    told = told[told["computed"] & (told["why"] != "")].drop_duplicates("indicator")
    rows = [
        f"| `{row['indicator']}` | {_name(row)} | {' | '.join(_said(row[part]) for part in ('why', 'played', 'checked', 'review'))} |"
        for row in records(told)
    ]
    return "\n".join([str(GUIDANCE_HEAD), *rows])


def _name_row(row: dict[str, Any]) -> str:
    cells = [
        f"`{row['id']}`",
        _name(row),
        str(unit_text(row["unit"])),
        row["confidence"],
        str(source_text(row["source"])) + _said(row["note"], "<br>"),
    ]
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _row(row: dict[str, Any]) -> str:
    valid = "–".join("" if pd.isna(value) else str(value.year) for value in (row["valid_from"], row["valid_to"]))
    variant = str(VARIANT).format(row["indicator"]) if row["variant"] else ""
    cells = [
        f"`{row['id']}`{variant}", _name(row), _said(row["formula"]) + _said(row["population"], "<br>"), str(unit_text(row["unit"])),
        row["target"], "" if valid == "–" else valid, row["interval"], row["confidence"],
        str(source_text(row["source"])) + _said(row["note"], "<br>"),
    ]  # fmt: skip
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _name(row: dict[str, Any]) -> str:
    return str(Text(row["zh"], row["en"]))


def _said(cell: str, before: str = "") -> str:
    return f"{before}{in_language(cell, spoken())}" if cell else ""


def _quantity_row(quantity: Quantity) -> str:
    conditions = [f"{name} = {', '.join(map(str, values))}" for name, values in quantity.keep]
    if quantity.older_than_months is not None:
        conditions.append(f"older_than_months = {quantity.older_than_months}")
    return f"| `{quantity.id}` | {quantity.text} | {quantity.table} | {quantity.when} | {quantity.count} | {'; '.join(conditions)} |"


def main() -> None:
    """Write the pages of either language into the checkout."""
    pages = Path(__file__).resolve().parents[4] / "docs"
    for language in LANGUAGES:
        with speaking(language):
            for name, text in (("definitions.md", definition_page()), ("definition-names.md", names_page())):
                (pages / language / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
