"""Commands that publish: ``report``, ``verify``, ``bulletin``, ``data-review``."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
from click.core import ParameterSource

import analysis as an
from analysis.cli.group import (
    ATTENTION,
    Year,
    cases_option,
    command,
    definitions_option,
    read_register,
    register_options,
    register_source,
    scheme_option,
    shown_options,
)
from analysis.cli.terminal import TABLE, Shown, as_formatted, must_be_filled_in, not_understood, progress, show
from analysis.cli.usage import listed
from analysis.vocabulary.option_words import option_codes
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    import pandas as pd

    from analysis.measures.bulletin_tables import BulletinOptions
    from analysis.report.yearly import Published

# What a notebook brings along itself: with --notebook these options have nothing to say.
OF_THE_REGISTER = (
    "year",
    "source",
    "printed",
    "peers",
    "earlier",
    "definitions",
    "scheme",
    "holidays",
    "as_of",
    "columns",
    "corrections",
    "key_file",
    "interactive",
)

out_option = click.option(
    "--out", type=click.Path(), help="输出文件夹，默认在 reports/ 下 / folder; default below reports/"
)
SHOWN = 60  # letters of a value that a message quotes
COMMA = re.compile("[,，、]")


def _formats_option(default: str, formats: Iterable[str]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    said = f"以逗号分隔 / comma-separated: {', '.join(listed('formats', formats))}"
    return click.option("--formats", default=default, show_default=True, help=said)


formats_option = _formats_option("html,xlsx", option_codes()["formats"])
holidays_option = click.option(
    "--holidays",
    type=click.Path(),
    help="节假日表（日期、止日、类别：休/班），见 template holidays / days off beyond those published, see template holidays",
)
quotas_option = click.option(
    "--quotas",
    is_flag=True,
    help="列出本院对承办人的任务及完成情况；不给则不列 / show the court's quotas on persons; default: none",
)
template_option = click.option(
    "--template", type=click.Path(), help="本院的 Word 模板（.docx）/ the office's own Word template"
)
interactive_option = click.option(
    "--interactive",
    is_flag=True,
    help="网页中的图用 plotly 绘制，可缩放，文件大5 MB / charts of the HTML by plotly, to zoom in; 5 MB larger",
)
earlier_option = click.option(
    "--earlier",
    type=click.Path(),
    multiple=True,
    help="以往报告的文件夹或 manifest.json，可多次 / folder or manifest of an earlier report, repeatable",
)


def printed_options(function: Callable[..., None]) -> Callable[..., None]:
    """The options of figures in print: the court's own, and those of others."""
    others = "其他法院公布的数字，可多次 / other courts' figures, repeatable"
    function = click.option("--peers", type=click.Path(), multiple=True, help=others)(function)
    own = "本院公布的数字 / figures that the court printed"
    return click.option("--returns", "printed", type=click.Path(), help=own)(function)


def notebook_options(function: Callable[..., None]) -> Callable[..., None]:
    """The options of a report that a researcher's own notebook makes."""
    given = "笔记本参数 name=value，可多次 / a parameter of the notebook, repeatable"
    function = click.option("-p", "--parameter", "given", multiple=True, help=given)(function)
    inside = (
        "与 --notebook 同用：院内文件，可显示姓名 / with --notebook: a document for use inside, which may show names"
    )
    function = click.option("--names", is_flag=True, help=inside)(function)
    confirmed = (
        "与 --notebook 同用：自行由逐案数据算出的数字已核对，不指向个人和个案 / with --notebook: figures that it works out from single "
        "cases were looked through and point at no person or case"
    )
    function = click.option("--own-figures", is_flag=True, help=confirmed)(function)
    own = "运行并发布自己的笔记本，代码不显示 / run and publish a notebook of one's own, its code hidden"
    return click.option("--notebook", type=click.Path(), help=own)(function)


@command
@click.option(
    "--period",
    "year",
    type=Year(),
    help="年度，默认为能出报告的最后一年 / the year; default: the last of which a report can be made",
)
@cases_option
@printed_options
@register_options
@definitions_option
@scheme_option
@holidays_option
@quotas_option
@earlier_option
@template_option
@interactive_option
@notebook_options
@out_option
@formats_option
def report(
    notebook: str | None,
    given: tuple[str, ...],
    names: bool,
    own_figures: bool,
    out: str | None,
    formats: str,
    quotas: bool,
    interactive: bool,
    **asked: Any,
) -> None:
    """年度报告 / the yearly report: HTML, Excel, PDF, Word, PowerPoint with a manifest; exit 1 if the register has errors."""
    if given and notebook is None:
        raise an.ArgumentError("-p 只能与 --notebook 同用。", "-p goes with --notebook only.")
    if names and notebook is None:
        raise an.ArgumentError("--names 只能与 --notebook 同用。", "--names goes with --notebook only.")
    if own_figures and notebook is None:
        raise an.ArgumentError("--own-figures 只能与 --notebook 同用。", "--own-figures goes with --notebook only.")
    written: dict[str, Any] = {"out": out, "formats": COMMA.split(formats), "template": asked.pop("template")}
    _must_take_a_report(out)
    with progress() as say:
        if notebook is None:
            made = _yearly(say, written | {"quotas": quotas, "interactive": interactive}, **asked)
        else:
            _must_not_be_given("--notebook", OF_THE_REGISTER)
            click.echo(
                Text(
                    f"将运行 {notebook} 中的代码，它能做你能做的一切：只运行可信的笔记本。",
                    f"The code in {notebook} will be run and may do all that you may: run only a notebook that you trust.",
                ),
                err=True,
            )
            parameters = _parameters(given)
            made = an.publish_notebook(
                notebook,
                parameters,
                progress=say,
                names=names,
                own_figures=own_figures,
                court_file=asked["court_file"],
                **written,
            )
    _published(
        made, made.manifest.get("findings", {}).get("error", 0) + made.manifest.get("rows", {}).get("quarantined", 0)
    )


def _published(made: Published, errors: int) -> None:
    """Name the files; end with ``ATTENTION`` where they were written over errors of the register that are still open."""
    for path in made.files:
        click.echo(path)
    if errors:
        click.echo(
            Text(
                f"已写出；台账还有{errors:,}处错误没有更正（逐条见 court-analysis check），因此退出码为{ATTENTION}。",
                f"Written; open errors of the register: {errors:,} (see court-analysis check), hence exit {ATTENTION}.",
            ),
            err=True,
        )
        raise SystemExit(ATTENTION)


def _open_errors(cases: an.Cases, made: Published, reading: Mapping[str, Any]) -> int:
    """How many errors ``check`` finds in the register; of one read to the last day of what was made, dates after it are none."""
    from analysis.checks.by_rule import count_findings

    is_cut = reading["as_of"] is not None or made.manifest["parameters"]["as_of"] == str(cases.as_of.date())
    found, _ = count_findings(cases, cut=is_cut)
    return int(found.loc[found["severity"] == "error", "count"].sum())


def _must_take_a_report(out: str | None) -> None:
    """Raise ``OutputError`` for a folder in which no report can stand, before anything is read."""
    from analysis.report.publish import must_take_a_report

    must_take_a_report(out)


def _yearly(
    say: Callable[[str], None],
    written: dict[str, Any],
    *,
    year: int | None,
    source: str | None,
    printed: str | None,
    peers: tuple[str, ...],
    definitions: str | None,
    scheme: str | None,
    holidays: str | None,
    earlier: tuple[str, ...],
    **reading: str | None,
) -> Any:
    from analysis.register.settings import settings_of

    say(str(Text("读取台账和公布数字…", "Reading the register and the published figures…")))
    if year is not None and source is not None:
        said = settings_of(source, court_file=reading["court_file"]).about
        reading["as_of"] = reading["as_of"] or (None if "as_of" in said else f"{year}-12-31")
    cases, returns, others = _inputs(source, printed, peers, reading)
    return an.build_report(
        cases,
        period=year,
        returns=returns,
        peers=others,
        definitions=definitions,
        scheme=scheme,
        holidays=holidays,
        earlier=earlier or None,
        progress=say,
        **written,
    )


def _must_not_be_given(beside: str, names: tuple[str, ...]) -> None:
    """Raise ``ArgumentError`` where one of the options was given beside another that leaves it nothing to say."""
    context = click.get_current_context()
    for parameter in context.command.params:
        if parameter.name in names and context.get_parameter_source(parameter.name) is ParameterSource.COMMANDLINE:
            option = parameter.opts[0]
            raise an.ArgumentError(
                f"{option} 不能与 {beside} 同用：笔记本自己读取数据，请用 -p name=value 传入参数。",
                f"{option} does not go with {beside}: the notebook reads its own data; give it parameters with -p name=value.",
            )


def _parameters(given: tuple[str, ...]) -> dict[str, Any]:
    """The parameters as Python reads them: a number as a number, ``True`` as such, anything else as text."""
    found: dict[str, Any] = {}
    unread: dict[str, str] = {}
    for text in given:
        name, mark, value = text.partition("=")
        if not mark or not name.isidentifier() or name in found:
            raise an.ArgumentError(
                f"-p {text}：应写作 name=value，每个参数一次。", f"-p {text}: write name=value, each parameter once."
            )
        try:
            found[name] = ast.literal_eval(value)
        except (ValueError, SyntaxError):
            found[name] = value
        except (TypeError, MemoryError, RecursionError):
            unread[name] = value[:SHOWN]  # of Python's form, yet no value: {[]: 1}, ten thousand signs
    for name, value in unread.items():  # outside of the error: memory is not what is lacking
        raise an.ArgumentError(
            f"-p {name}：“{value}”不是一个值。请给数、True 或 False、文字（加引号）。",
            f'-p {name}: "{value}" is no value. Give a number, True or False, or text in quotes.',
        )
    return found


def _inputs(
    source: str | None, printed: str | None, peers: tuple[str, ...], reading: dict[str, str | None]
) -> tuple[an.Cases, pd.DataFrame | None, pd.DataFrame | None]:
    """Register, printed figures and peers; where no register is named, all three are the sample's."""
    if register_source(source, reading.get("court_file")) is None:
        printed = printed or str(an.sample_path("returns_fujin.csv"))
        peers = peers or (str(an.sample_path("returns_courts.csv")), printed)
    cases = read_register(source, **reading)
    others = an.read_returns(list(peers)) if peers else None
    if others is not None:
        must_be_filled_in(others, peers)
    return cases, _own_returns(printed, cases), others


def _own_returns(printed: str | None, cases: an.Cases) -> pd.DataFrame | None:
    """The court's own printed figures, headings that are not known named; ``None`` where none are given."""
    if printed is None:
        return None
    from analysis.returns.several_courts import others_named
    from analysis.vocabulary.courts import court_text

    returns = an.read_returns(printed, court=cases.court)
    not_understood(returns)
    as_formatted(returns)
    must_be_filled_in(returns, [printed])
    if cases.court is not None and (others := others_named(returns, cases.court)).zh:
        own = court_text(cases.court)
        said = Text(
            f"{printed}：没有{own.zh}的数字（写的是{others.zh}），不作对照。",
            f"{printed}: no figures of {own.en} (it names {others.en}); nothing is compared.",
        )
        click.echo(str(said), err=True)
    return returns


@command
@click.argument("folder", type=click.Path())
@cases_option
@printed_options
@register_options
@definitions_option
@scheme_option
@holidays_option
@earlier_option
@template_option
@shown_options
def verify(
    folder: str,
    source: str | None,
    printed: str | None,
    peers: tuple[str, ...],
    definitions: str | None,
    scheme: str | None,
    holidays: str | None,
    earlier: tuple[str, ...],
    template: str | None,
    shown: Shown,
    **reading: str | None,
) -> None:
    """核验报告 / rebuild a report and name what differs; exit 1 if anything does."""
    cases, returns, others = _inputs(source, printed, peers, reading)
    differences = an.verify_report(
        Path(folder),
        cases,
        returns=returns,
        peers=others,
        definitions=definitions,
        scheme=scheme,
        holidays=holidays,
        earlier=earlier or None,
        template=template,
    )
    if len(differences):
        if not shown.written({TABLE: differences}):
            show(differences, shown.form)
        raise SystemExit(ATTENTION)
    click.echo(Text("重新生成的结果与报告逐字节相同。", "Made again to the same bytes."))


@command
@click.option(
    "--period",
    required=True,
    help="2011-11-25（周 week）, 2011-11, 2011-Q4, 2011年上半年（2011H1）, 2011年1—5月（2011M1-M5）, 2011",
)
@cases_option
@register_options
@click.option(
    "--evaluation",
    type=click.Path(),
    help="上级法院评比表（指标、本院数值、名次、参评法院数）/ the higher court's evaluation: a small table",
)
@click.option("--items", type=click.Path(), help="手工考核项目表（承办人…）/ hand-kept items by officer")
@holidays_option
@click.option("--names", is_flag=True, help="显示承办人姓名 / show the officers' names")
@click.option(
    "--returns", "printed", type=click.Path(), help="司法统计报表，供核对 / judicial statistics to check against"
)
@scheme_option
@template_option
@interactive_option
@out_option
@formats_option
def bulletin(
    period: str,
    source: str | None,
    printed: str | None,
    scheme: str | None,
    evaluation: str | None,
    items: str | None,
    holidays: str | None,
    names: bool,
    template: str | None,
    interactive: bool,
    out: str | None,
    formats: str,
    **reading: str | None,
) -> None:
    """周、月、季、半年、累计、年通报 / the bulletin of a week, month, quarter, half-year, cumulative months or year."""
    _must_take_a_report(out)
    cases = read_register(source, **reading)
    statistics = _own_returns(printed, cases)
    kept = {"evaluation": evaluation, "items": items, "holidays": holidays, "scheme": scheme, "returns": statistics}
    given = {name: table for name, table in kept.items() if table is not None}
    asked = cast("BulletinOptions", {"names": names, **given})
    special: dict[str, Any] = {"formats": COMMA.split(formats), "template": template, "interactive": interactive}
    made = an.build_bulletin(cases, period=period, out=out, **special, **asked)
    _published(made, _open_errors(cases, made, reading))


@command
@click.option(
    "--to", help="统计到哪个月，如2025-05，默认最近一个整月 / the last month, as 2025-05; default: the last full one"
)
@cases_option
@register_options
@definitions_option
@click.option(
    "--intervals",
    type=click.Path(),
    help="本院的合理区间表（指标、下限、上限）/ the court's own intervals: indicator, low, high",
)
@click.option(
    "--former",
    type=click.Path(),
    help="上次会商材料（Word），纪要表已填 / the Word document of the last review, its minutes filled in",
)
@click.option("--calendar", help="统计周期，默认为本院的 / statistical calendar; default: the court's own")
@click.option(
    "--names",
    is_flag=True,
    help="院内会议用：全部分组、案号旁的小组、上次纪要的文字 / for the meeting inside: all groups, teams beside numbers, words of the former minutes",
)
@template_option
@out_option
@_formats_option("docx,pptx", ["docx", "pptx"])
def data_review(
    to: str | None,
    source: str | None,
    definitions: str | None,
    intervals: str | None,
    former: str | None,
    calendar: str | None,
    names: bool,
    template: str | None,
    out: str | None,
    formats: str,
    **reading: str | None,
) -> None:
    """司法审判数据会商材料（Word、幻灯片）/ the data review of the months so far: a document with minutes and a deck; for use inside."""
    _must_take_a_report(out)
    cases = read_register(source, **reading)
    asked: dict[str, Any] = {
        "formats": COMMA.split(formats),
        "template": template,
        "calendar": calendar,
        "names": names,
    }
    with progress() as say:
        made = an.build_data_review(
            cases, to=to, out=out, definitions=definitions, intervals=intervals, former=former, progress=say, **asked
        )
    _published(made, _open_errors(cases, made, reading))
