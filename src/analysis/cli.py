"""The command line ``court-analysis``: thin, every command calls the public door.

Exit codes: 0 all well, 1 a finding, conflict or difference that somebody must look at, 2 unusable input or call.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

import analysis as an
from analysis.report.terminal import FORMATS, progress, show
from analysis.vocabulary.language import LANGUAGES, Text, speak, spoken
from analysis.vocabulary.terms import term

if TYPE_CHECKING:
    import pandas as pd

ATTENTION, UNUSABLE = 1, 2
# What a terminal has room for; csv and json hold every column.
INDICATORS = (
    "period_start",
    "period_end",
    "indicator",
    "value",
    "numerator",
    "denominator",
    "lower",
    "upper",
    "unit",
    "note",
)
FIGURES = ("court", "period_start", "period_end", "measure", "printed", "recomputed", "verdict", "explanation")
COMPARED = (
    "court", "period_end", "numerator", "denominator", "value", "baseline", "lower_998", "upper_998", "outside_95",
    "outside_998", "verdict",
)  # fmt: skip
LEFT_OUT = ("court", "period_start", "period_end", "explanation")
FINDINGS = ("rule", "severity", "row", "case_no", "field", "value", "problem", "proposed_fix")


def _language(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value:
        speak(value)
    return value


language_option = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    callback=_language,
    expose_value=False,
    is_eager=True,
    help="语言 / language: zh (默认 default), en",
)
format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", help="输出格式 / output format"
)
cases_option = click.option(
    "--cases", "source", type=click.Path(), help="台账文件或文件夹，默认为示例 / register; default: the sample"
)
as_of_option = click.option("--as-of", help="台账截止日 / the day to which the register is known")
definitions_option = click.option(
    "--definitions", default="fujin-2012", show_default=True, help="指标口径 / definition set"
)


def command(function: Callable[..., None]) -> click.Command:
    """A command of the group that takes ``--language`` as every command does."""
    return main.command(name=function.__name__.strip("_").replace("_", "-"))(language_option(function))


class Group(click.Group):
    """The group turns the package's errors into one message and exit code 2, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command chosen; an error of the package ends it with its message."""
        try:
            return super().invoke(ctx)
        except an.CourtAnalysisError as error:
            click.echo(f"{Text('错误：', 'Error: ')}{error}", err=True)
            ctx.exit(UNUSABLE)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="court-analysis")
@language_option
def main() -> None:
    """法院执行工作数据分析 / Analysis of a court's enforcement work.

    示例 / for example: court-analysis report --year 2011
    """


def _cases(source: str | None, as_of: str | None) -> an.Cases:
    return an.read_cases(source or an.sample_path("register"), as_of=as_of)


def register_options(function: Callable[..., None]) -> Callable[..., None]:
    """The options of reading a register, the same wherever one is read."""
    for option in (
        click.option("--key-file", type=click.Path(), help="承办人代号的密钥文件 / key of the officers' pseudonyms"),
        click.option(
            "--corrections", type=click.Path(), help="书记员改好的问题清单 / the findings as a clerk corrected them"
        ),
        click.option("--columns", type=click.Path(), help="表头对应关系（TOML）/ what unknown headers mean (TOML)"),
        as_of_option,
    ):
        function = option(function)
    return function


@command
@click.option("--year", type=int, help="年度，默认为台账最后一个整年 / year; default: the register's last full year")
@cases_option
@click.option("--returns", "printed", type=click.Path(), help="本院公布的数字 / figures that the court printed")
@click.option(
    "--peers", type=click.Path(), multiple=True, help="其他法院公布的数字，可多次 / other courts' figures, repeatable"
)
@register_options
@definitions_option
@click.option("--out", type=click.Path(), help="输出文件夹，默认 reports/<年度> / folder; default reports/<year>")
@click.option("--formats", default="html,xlsx", show_default=True, help="html,xlsx,pdf,docx,pptx")
def report(
    year: int | None,
    source: str | None,
    printed: str | None,
    peers: tuple[str, ...],
    definitions: str,
    out: str | None,
    formats: str,
    **reading: str | None,
) -> None:
    """年度报告 / the yearly report: HTML, Excel, PDF, Word, PowerPoint with a manifest."""
    with progress() as say:
        say(str(Text("读取台账和公布数字…", "Reading the register and the printed figures…")))
        if year is not None and source is not None:
            reading["as_of"] = reading["as_of"] or f"{year}-12-31"
        cases, returns, others = _inputs(source, printed, peers, reading)
        written = an.build_report(
            cases,
            year=year,
            returns=returns,
            peers=others,
            definitions=definitions,
            out=out,
            formats=formats.split(","),
            progress=say,
        )
    for path in written.files:
        click.echo(path)


def _inputs(
    source: str | None, printed: str | None, peers: tuple[str, ...], reading: dict[str, str | None]
) -> tuple[an.Cases, pd.DataFrame | None, pd.DataFrame | None]:
    """Register, printed figures and peers; where no register is named, all three are the sample's."""
    if source is None:
        printed = printed or str(an.sample_path("returns_fujin.csv"))
        peers = peers or (str(an.sample_path("returns_courts.csv")), printed)
    cases = an.read_cases(source or an.sample_path("register"), **reading)
    return cases, an.read_returns(printed) if printed else None, an.read_returns(list(peers)) if peers else None


@command
@click.argument("folder", type=click.Path())
@cases_option
@click.option("--returns", "printed", type=click.Path(), help="本院公布的数字 / figures that the court printed")
@click.option("--peers", type=click.Path(), multiple=True, help="其他法院公布的数字 / other courts' figures")
@register_options
@format_option
def verify(
    folder: str, source: str | None, printed: str | None, peers: tuple[str, ...], form: str, **reading: str | None
) -> None:
    """核验报告 / rebuild a report and name what differs; exit 1 if anything does."""
    cases, returns, others = _inputs(source, printed, peers, reading)
    differences = an.verify_report(folder, cases, returns=returns, peers=others)
    if len(differences):
        show(differences, form)
        raise SystemExit(ATTENTION)
    click.echo(Text("重建结果与报告逐字节相同。", "Rebuilt to the same bytes."))


@command
@click.option("--period", required=True, help="2011-11-25（周 week）, 2011-11, 2011-Q4, 2011")
@cases_option
@register_options
@click.option("--names", is_flag=True, help="显示承办人姓名 / show the officers' names")
@click.option("--out", type=click.Path(), help="输出文件夹 / folder")
@click.option("--formats", default="html,xlsx", show_default=True, help="html,xlsx,pdf,docx,pptx")
def bulletin(
    period: str, source: str | None, names: bool, out: str | None, formats: str, **reading: str | None
) -> None:
    """周、月、季、年通报 / the bulletin of a week, month, quarter or year."""
    cases = an.read_cases(source or an.sample_path("register"), **reading)
    for path in an.build_bulletin(cases, period=period, out=out, names=names, formats=formats.split(",")).files:
        click.echo(path)


@command
@click.argument("source", metavar="CASES", type=click.Path())
@register_options
@click.option(
    "--findings", "workbook", type=click.Path(), help="写出问题清单（xlsx）供更正 / write the findings for a clerk"
)
@format_option
def check(source: str, workbook: str | None, form: str, **reading: str | None) -> None:
    """检查台账质量 / data quality of a register; exit 1 if an error-level finding remains."""
    cases = an.read_cases(source, **reading)
    findings = an.check_cases(cases)
    show(findings, form, columns=FINDINGS)
    if workbook is not None:
        cases.export_findings(workbook, findings=findings)
    if (findings["severity"] == "error").any():
        raise SystemExit(ATTENTION)


@command
@click.argument("printed", metavar="RETURNS", type=click.Path(), nargs=-1, required=True)
@click.option("--implied", is_flag=True, help="同时列出推算出的数字 / list the implied numbers as well")
@format_option
def reconcile(printed: tuple[str, ...], implied: bool, form: str) -> None:
    """公布数字互相核对 / printed figures against each other; exit 1 on a conflict."""
    rec = an.reconcile(an.read_returns(list(printed)))
    if form == "json":
        parts = {"figures": rec.figures, "implied": rec.implied, "conflicts": rec.conflicts}
        texts = (
            f'"{k}": {v.to_json(orient="records", force_ascii=False, date_format="iso", date_unit="s")}'
            for k, v in parts.items()
        )
        click.echo("{" + ",\n".join(texts) + "}")
    else:
        show(rec.figures, form, title=str(Text("公布的数字", "Printed figures")), columns=FIGURES)
        if implied:
            show(rec.implied, form, title=str(Text("推算出的数字", "Implied numbers")))
        if len(rec.conflicts):
            show(rec.conflicts, form, title=str(Text("互相矛盾", "Conflicts")))
    if len(rec.conflicts):
        raise SystemExit(ATTENTION)


@command
@cases_option
@as_of_option
@click.option("--freq", default="M", show_default=True, help="W M Q Y")
@click.option("--by", multiple=True, help="分组列，可多次 / column to break down by, repeatable")
@click.option("--calendar", default="calendar-year", show_default=True, help="统计周期 / statistical calendar")
@format_option
def caseflow(source: str | None, as_of: str | None, freq: str, by: tuple[str, ...], calendar: str, form: str) -> None:
    """收结存 / opening, filed, closed, closing by period."""
    show(an.caseflow(_cases(source, as_of), freq=freq, by=by, calendar=calendar), form)


@command
@cases_option
@as_of_option
@click.option("--year", "years", type=int, multiple=True, help="年度，可多次 / year, repeatable")
@definitions_option
@click.option("--variants", is_flag=True, help="有争议的口径并列 / disputed definitions side by side")
@format_option
def indicators(
    source: str | None, as_of: str | None, years: tuple[int, ...], definitions: str, variants: bool, form: str
) -> None:
    """指标 / indicators with numerator, denominator, interval and definition."""
    cases = _cases(source, as_of)
    chosen = list(years) or [cases.as_of.year]
    table = an.indicators(cases, years=chosen, definitions=definitions, variants=variants)
    show(table, form, columns=INDICATORS)


@command
@click.argument("printed", metavar="[RETURNS]...", type=click.Path(), nargs=-1)
@click.option("--indicator", default="closure_rate", show_default=True, help="比较的指标 / the indicator compared")
@click.option("--highlight", multiple=True, help="标出的法院，可多次 / court to mark, repeatable")
@click.option("--ranks", is_flag=True, help="名次及其区间 / ranks with their intervals")
@format_option
def compare(printed: tuple[str, ...], indicator: str, highlight: tuple[str, ...], ranks: bool, form: str) -> None:
    """与其他法院比较 / the court among others: limits of chance, never a bare rank; default: the sample's courts."""
    files = printed or (an.sample_path("returns_courts.csv"), an.sample_path("returns_fujin.csv"))
    returns = an.read_returns(list(files))
    found = an.funnel(returns, indicator=indicator, highlight=list(highlight) or None)
    if ranks:
        table = an.rank_intervals(returns, indicator=indicator)
        show(table, form, title=an.in_language(table.attrs["caption"]), strong=highlight)
    else:
        show(found.table, form, title=str(found.caption), columns=COMPARED, strong=highlight)
    if form == "table":
        show(found.excluded, form, title=str(term("excluded")), columns=LEFT_OUT)


@command
@click.option("--set", "chosen", help="只列一套口径 / only one set")
@format_option
def definitions(chosen: str | None, form: str) -> None:
    """指标口径 / indicator definitions with formula and source."""
    table = an.definitions()
    if chosen is not None:
        if chosen not in set(table["set"]):
            raise an.ArgumentError.not_one_of("--set", chosen, table["set"].unique())
        table = table[table["set"] == chosen]
    show(table, form, columns=("id", spoken(), "formula", "unit", "confidence", "source"))


@command
@click.argument("source", metavar="SOURCE...", type=click.Path(), nargs=-1, required=True)
@click.option("--out", type=click.Path(), required=True, help="输出文件夹 / folder")
@click.option("--columns", type=click.Path(), help="表头对应关系（TOML）/ what unknown headers mean (TOML)")
@as_of_option
def ingest(source: tuple[str, ...], out: str, columns: str | None, as_of: str | None) -> None:
    """导入为规范格式 / bring registers of any size into sorted parquet; repeated, only what changed is read."""
    with progress() as say:
        done = an.ingest(list(source), out, columns=columns, as_of=as_of, progress=lambda p: say(_ingested(p)))
    show(done.parts, "table")


def _ingested(now: Any) -> str:
    """How far an ingest has come, in one line."""
    left = "" if now.seconds_left is None else f" · {Text('还需', '')} {now.seconds_left:,.0f} s {Text('', 'left')}"
    return (
        f"{now.name} · {now.rows:,} {Text('行', 'rows')} · {now.rows_per_second:,.0f} {Text('行/秒', 'rows/s')}{left}"
    )


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


def run() -> None:
    """The console script: output in UTF-8 wherever it goes, an interruption without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    main()
