"""What is written for later work: the court's file (``start``), ``ingest``, ``sample``, and the ``lab``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

import analysis as an
from analysis.cli.group import (
    as_of_option,
    columns_option,
    command,
    corrections_option,
    court_file_option,
    court_option,
)
from analysis.cli.terminal import progress, show
from analysis.register import COURT_FILE
from analysis.vocabulary.columns import codes
from analysis.vocabulary.columns import columns as columns_of
from analysis.vocabulary.text import Text


@command
@click.argument("source", metavar="SOURCE...", type=click.Path(), nargs=-1, required=True)
@click.option("--out", type=click.Path(), required=True, help="输出文件夹 / folder")
@corrections_option
@columns_option
@court_option
@court_file_option
@as_of_option
def ingest(source: tuple[str, ...], out: str, **reading: str | None) -> None:
    """导入为规范格式 / bring registers of any size into sorted parquet; repeated, only what changed is read."""
    with progress() as say:
        done = an.ingest(list(source), out, progress=lambda p: say(_ingested(p)), **reading)
    show(done.parts, "table")


def _ingested(now: Any) -> str:
    """The progress of an ingest, in one line."""
    left = "" if now.seconds_left is None else f" · {Text('还需', '')} {now.seconds_left:,.0f} s {Text('', 'left')}"
    return (
        f"{now.name} · {now.rows:,} {Text('行', 'rows')} · {now.rows_per_second:,.0f} {Text('行/秒', 'rows/s')}{left}"
    )


@command
@click.argument("folder", type=click.Path())
def key(folder: str) -> None:
    """生成代号密钥，一次即可 / make the key of the pseudonyms, once, in the register's FOLDER."""
    click.echo(an.make_key(folder))


@command
@click.option("--out", type=click.Path(), required=True, help="输出文件夹 / folder")
@click.option(
    "--courts", type=int, help="法院数；不给则写出富锦示例 / courts; without it the sample of Fujin is written"
)
@click.option("--cases", type=int, default=100_000, show_default=True, help="案件数 / cases")
@click.option("--seed", type=int, default=1, show_default=True, help="随机种子 / seed")
def sample(out: str, courts: int | None, cases: int, seed: int) -> None:
    """写出合成台账 / write a synthetic register, of Fujin or of many courts."""
    if courts is None:
        click.echo(an.write_sample(out))
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(str(Text("写出合成台账", "Writing the synthetic register")), total=cases)
        an.write_national(
            out, courts=courts, cases=cases, seed=seed, progress=lambda done, _: bar.update(task, completed=done)
        )
    click.echo(out)


@command
@click.argument("folder", type=click.Path(), default="court-analysis-lab")
@click.option("--port", type=int, help="端口 / port")
@click.option("--no-browser", is_flag=True, help="不打开浏览器 / do not open a browser")
def lab(folder: str, port: int | None, no_browser: bool) -> None:
    """启动 JupyterLab / start JupyterLab with the notebooks in FOLDER."""
    from analysis.lab.start import start_lab

    start_lab(folder, port=port, browser=not no_browser)


@command
@click.argument("source", metavar="FILE...", type=click.Path(), nargs=-1, required=True)
@as_of_option
@click.option("--court", help="本院名称 / the court's name")
@click.option("--out", type=click.Path(), default=COURT_FILE, show_default=True, help="写入的文件 / the file to write")
@click.option("--yes", is_flag=True, help="不提问，照提议写出 / ask nothing and write what is proposed")
def start(source: tuple[str, ...], as_of: str | None, court: str | None, out: str, yes: bool) -> None:
    """认识本院的台账 / look at a court's export, ask what is not clear, and write the court's file."""
    target = Path(out)
    if target.exists():
        raise an.OutputError(
            f"{target} 已存在：请直接修改它，或用 --out 另写一个。",
            f"{target} exists: change it, or name another with --out.",
        )
    found = replace(an.propose_court_file(list(source)), files=tuple(_beside(file, target) for file in source))
    show(found.columns, "table")
    click.echo(found.caption)
    if not yes:
        found = _confirmed(found)
    court = court or (
        found.court if yes else click.prompt(str(Text("本院名称", "The court")), default=found.court or "")
    )
    last = str(found.last_day.date()) if found.last_day is not None else ""
    as_of = as_of or (last if yes else click.prompt(str(Text("台账截止日", "Known to which day")), default=last))
    target.write_text(replace(found, court=court or None).text(as_of=as_of or None), encoding="utf-8")
    click.echo(
        Text(
            f"已写出 {target}。在这个文件夹里，check、report 等命令从此使用它：court-analysis check {source[0]}",
            f"{target} is written. In this folder check, report and the others now use it: court-analysis check {source[0]}",
        )
    )


def _beside(file: str, target: Path) -> str:
    """The path of a register as the court's file names it: from its own folder, or in full."""
    whole, folder = Path(file).resolve(), target.resolve().parent
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else whole.as_posix()


def _confirmed(found: Any) -> Any:
    """The proposal as a person confirms it: each column found by its content, each unknown word; an empty answer keeps out."""
    import pandas as pd

    columns = found.columns.copy()
    for i, row in columns[columns["found_by"] == "content"].iterrows():
        zh = f"“{row['header']}”是不是“{columns_of('cases')[row['column']].text.zh}”"
        if not click.confirm(str(Text(zh, f'Is "{row["header"]}" the column {row["column"]}')), default=True):
            columns.loc[i, ["column", "found_by"]] = ["", ""]
    answers = []
    for row in found.words.to_dict(orient="records"):
        known = {name: code for code, c in codes(row["vocabulary"]).items() for name in (code, c.text.zh)}
        shown = "、".join(c.text.zh for c in codes(row["vocabulary"]).values())
        zh = f"“{row['word']}”（{row['cases']} 件）是哪一种：{shown}（回车：其他）"
        asked = Text(
            zh,
            f'"{row["word"]}" ({row["cases"]} cases) is which of: {", ".join(codes(row["vocabulary"]))} (Enter: other)',
        )
        answer = click.prompt(str(asked), default=row["nearest"], type=click.Choice([*known, ""]), show_choices=False)
        answers.append(row | {"code": known.get(answer, "")})
    return replace(found, columns=columns, words=pd.DataFrame(answers, columns=found.words.columns))
