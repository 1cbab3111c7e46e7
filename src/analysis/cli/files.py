"""What is written for later work: ``ingest``, ``sample``, and the ``lab``."""

from __future__ import annotations

from typing import Any

import click

import analysis as an
from analysis.cli.group import as_of_option, columns_option, command, corrections_option, court_option
from analysis.cli.terminal import progress, show
from analysis.vocabulary.language import Text


@command
@click.argument("source", metavar="SOURCE...", type=click.Path(), nargs=-1, required=True)
@click.option("--out", type=click.Path(), required=True, help="输出文件夹 / folder")
@corrections_option
@columns_option
@court_option
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
