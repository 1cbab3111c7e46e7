"""Commands that write for later work: the court's file (``start``), ``ingest``, ``sample``, and the ``lab``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import analysis as an
from analysis.cli.group import (
    ATTENTION,
    Year,
    as_of_option,
    columns_option,
    command,
    corrections_option,
    court_file_option,
    court_name,
    court_option,
)
from analysis.cli.terminal import console_of, progress, show
from analysis.cli.usage import Word
from analysis.files.destinations import must_take_file, must_take_files, write_file
from analysis.register import COURT_FILE, EXPORT
from analysis.vocabulary.columns import LEVELS
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.register.proposal import Proposal


@command
@click.argument("source", metavar="SOURCE...", type=click.Path(), nargs=-1)
@click.option("--out", type=click.Path(), required=True, help="输出文件夹 / folder")
@click.option(
    "--verify", is_flag=True, help="核对已入库的文件夹，不读来源 / check the folder to the last byte, read no SOURCE"
)
@corrections_option
@columns_option
@court_option
@court_file_option
@as_of_option
def ingest(source: tuple[str, ...], out: str, verify: bool, **reading: str | None) -> None:
    """导入为规范格式 / bring registers of any size into sorted parquet; repeated, only what changed is read."""
    if verify:
        found = an.verify_ingested(out)
        wrong = found[found["problem"] != ""]
        if len(wrong):
            show(wrong, "table")
        files, bad = f"{len(found):,}", f"{len(wrong):,}"
        click.echo(
            Text(f"核对了{files}个文件，不符的{bad}个。", f"{files} files checked, {bad} of them not as written.")
        )
        if len(wrong):
            raise SystemExit(ATTENTION)
        return
    if not source:
        raise click.UsageError(
            str(Text("没有给出来源：请写明台账文件或文件夹。", "SOURCE is missing: name files or folders."))
        )
    must_take_files(out)
    with progress() as say:
        done = an.ingest(list(source), out, progress=lambda p: say(str(p)), **reading)
    show(done.parts, "table")


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
    from rich.progress import Progress

    with Progress(console=console_of(stderr=True)) as bar:
        task = bar.add_task(str(Text("写出合成台账", "Writing the synthetic register")), total=cases)
        an.write_national(
            out, courts=courts, cases=cases, seed=seed, progress=lambda done, _: bar.update(task, completed=done)
        )
    click.echo(out)


@command
@click.argument("what", type=Word("what", ["returns", "holidays"]))
@click.option("--vertical", is_flag=True, help="指标在左、年份在上 / indicators down the side, years across")
@click.option(
    "--period",
    "years",
    type=Year(),
    multiple=True,
    help="竖式的年份，可多次；节假日的年度 / a year of the vertical form, repeatable; the year of the holidays",
)
@click.option("--out", type=click.Path(), help="写入的文件 / the file to write")
@court_option
@court_file_option
def template(
    what: str, vertical: bool, years: tuple[int, ...], out: str | None, court: str | None, court_file: str | None
) -> None:
    """写出待填的表：公布数字、节假日 / write a workbook to fill in: published figures (returns), or a year's holidays."""
    if what == "holidays":
        if len(years) != 1 or vertical:
            raise an.ArgumentError(
                "节假日表一次一年：template holidays --period 2027。",
                "A table of holidays is of one year: template holidays --period 2027.",
            )
        form = out or str(Text(f"节假日{years[0]}.xlsx", f"holidays-{years[0]}.xlsx"))
        click.echo(an.write_holidays_template(form, period=years[0]))
        return
    name = str(Text("公布数字.xlsx", f"{what}.xlsx"))
    named = court_name(court, court_file)
    click.echo(an.write_returns_template(out or name, court=named, periods=years, vertical=vertical))


@command
@click.argument("folder", type=click.Path(), default="court-analysis-lab")
@click.option("--port", type=int, help="端口 / port")
@click.option("--no-browser", is_flag=True, help="不打开浏览器 / do not open a browser")
@click.option("--allow-root", is_flag=True, help="以 root 运行（仅限容器）/ run as root (in a container only)")
def lab(folder: str, port: int | None, no_browser: bool, allow_root: bool) -> None:
    """启动 JupyterLab / start JupyterLab with the notebooks in FOLDER."""
    from analysis.lab.start import start_lab

    start_lab(folder, port=port, browser=not no_browser, extra=["--allow-root"] if allow_root else [])


@command
@click.argument("source", metavar="FILE...", type=click.Path(), nargs=-1, required=True)
@as_of_option
@click.option("--court", help="本院名称 / the court's name")
@click.option("--out", type=click.Path(), default=COURT_FILE, show_default=True, help="写入的文件 / the file to write")
@click.option("--yes", is_flag=True, help="不提问，照提议写出 / ask nothing and write what is proposed")
def start(source: tuple[str, ...], as_of: str | None, court: str | None, out: str, yes: bool) -> None:
    """认识本院的台账 / look at a court's export, ask what is not clear, and write the court's file."""
    from analysis.cli.confirming import confirmed
    from analysis.vocabulary.periods import calendar_text, last_day_known

    target = Path(out)
    given: dict[str, Any] = {} if as_of is None else {"last_day": last_day_known(as_of)}
    if target.exists():
        _complete(target, source, yes=yes)
        if given or court:
            click.echo(
                Text(
                    f"--court、--as-of 没有采用：{target} 已存在，请在文件中改 court、as_of（和 {EXPORT}）。",
                    f"--court and --as-of were not taken: {target} exists; change court and as_of (and {EXPORT}) in it.",
                ),
                err=True,
            )
        return
    must_take_file(target)
    given["files"] = tuple(_beside(file, target) for file in source)

    def looked_at(said: Mapping[str, str] | None = None) -> Proposal:
        looked = replace(an.propose_court_file(list(source), columns=said), **given)
        return looked if court is None else looked.of_court(court)

    try:
        found = looked_at()
        show(found.columns, "table")
        click.echo(found.caption)
        if found.several.zh:
            click.echo(found.several)
        if not yes:
            found = confirmed(found, looked_at)
        found.must_be_register()
    except an.CourtAnalysisError:
        click.echo(
            Text(
                f"没有写出 {target}：写出之前，check、report 等命令用的不是这个台账。",
                f"{target} is not written: until it is, check, report and the others do not use this register.",
            ),
            err=True,
        )
        raise
    words = {"level": _level, "calendar": lambda name: f"{calendar_text(name)} {name}"}
    settings = found.settings
    settings["proposed"] = [
        words[s](v) if v and s in words else v for s, v in settings[["setting", "proposed"]].to_numpy()
    ]
    show(settings, "table")
    write_file(target, found.text().encode())
    click.echo(
        Text(
            f"已写出 {target}。在这个文件夹里，check、report 等命令从此使用它：court-analysis check {source[0]}",
            f"{target} is written. In this folder check, report and the others now use it: court-analysis check {source[0]}",
        )
    )


def _complete(target: Path, source: Sequence[str], *, yes: bool) -> None:
    """Name what a court's file does not say yet of an export, and add what is decided."""
    from analysis.cli.confirming import understood
    from analysis.vocabulary.documents import parsed_toml

    def looked_at(said: Mapping[str, str] | None = None) -> Proposal:
        return an.propose_court_file(list(source), columns=said, court_file=target)

    found = looked_at()
    show(found.columns, "table")
    if found.hidden.zh:
        click.echo(found.hidden)
    click.echo(Text(f"{target} 已存在，其余各项不变。", f"{target} exists; whatever else it says stays."))
    if not yes:
        found = understood(found, looked_at)
    text = target.read_text(encoding="utf-8-sig")
    added = found.added_to(text)
    if added != text:
        parsed_toml(added)
        write_file(target, added.encode())
        click.echo(Text(f"已补入 {target}：", f"Added to {target}:"))
    for heading, lines in found.sections().items():
        for decided in (True, False):
            listed = [line for line in lines if line.startswith("#") != decided]
            if listed and decided:
                click.echo("\n".join([f"[{heading}]", *listed]))
            elif listed:
                click.echo(
                    Text(
                        f"还不认识，要用的去掉 # 写进 [{heading}]，等号后填含义：",
                        f"Not understood; to use one, write it into [{heading}] without #, its meaning behind the equals sign:",
                    )
                )
                click.echo("\n".join(listed))
    if not any(found.sections().values()):
        click.echo(Text("没有要补充的。", "Nothing is to be added."))


def _level(name: str) -> str:
    return f"{LEVELS[name]} {name}"


def _beside(file: str, target: Path) -> str:
    """The path of a register as the court's file names it: from its own folder, or in full."""
    whole, folder = Path(file).resolve(), target.resolve().parent
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else whole.as_posix()
