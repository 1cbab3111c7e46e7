"""The group ``court-analysis`` and the options that several of its commands take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

import analysis as an
from analysis.report.terminal import FORMATS
from analysis.vocabulary.language import LANGUAGES, Text, speak

ATTENTION, UNUSABLE = 1, 2


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


def register_options(function: Callable[..., None]) -> Callable[..., None]:
    """The options of reading a register, the same wherever one is read."""
    for option in (
        click.option("--key-file", type=click.Path(), help="承办人代号的密钥文件 / key of the officers' pseudonyms"),
        click.option(
            "--corrections", type=click.Path(), help="书记员改好的问题清单 / the findings as a clerk corrected them"
        ),
        click.option("--columns", type=click.Path(), help="表头对应关系（TOML）/ what unknown headers mean (TOML)"),
        click.option("--court", help="没有“法院”一栏的台账属于哪个法院 / the court of rows that name none"),
        as_of_option,
    ):
        function = option(function)
    return function
