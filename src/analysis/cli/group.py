"""The group ``court-analysis`` and the options that several of its commands take."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import click

import analysis as an
from analysis.cli.faults import FAULT, INTERRUPTED, fault_of_machine, told, was_broken_off
from analysis.cli.terminal import FORMATS, Shown, must_be_table_file
from analysis.cli.usage import Call, Command, UsageSaid, Word
from analysis.files.source import NAMES_IN_UTF8, is_table_of_register, tables_here
from analysis.register import COURT_FILE
from analysis.vocabulary.language import speak
from analysis.vocabulary.options import code_of
from analysis.vocabulary.text import LANGUAGES, Text

ATTENTION, UNUSABLE = 1, 2  # ``faults.FAULT`` is 3
NO_TEXT = "surrogates not allowed"  # Python's own words of a name whose bytes are no UTF-8, which libraries do not take


def _language(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value:
        speak(value)
    return value


language_option = click.option(
    "--language",
    type=Word("language", LANGUAGES),
    callback=_language,
    expose_value=False,
    is_eager=True,
    help="语言 / language: zh (默认 default), en",
)
help_option = click.help_option("-h", "--help", help="显示本说明 / show this help")
format_option = click.option(
    "--format", "form", type=Word("form", FORMATS), default="table", help="输出格式 / output format"
)
cases_option = click.option(
    "--cases", "source", type=click.Path(), help="台账文件或文件夹，默认为示例 / register; default: the sample"
)
as_of_option = click.option("--as-of", help="台账截止日 / the day to which the register is known")
court_option = click.option("--court", help="没有“法院”一栏的台账属于哪个法院 / the court of rows that name none")
court_file_option = click.option(
    "--court-file",
    type=click.Path(),
    default=lambda: COURT_FILE if Path(COURT_FILE).is_file() else None,
    help=f"本院说明文件，默认为当前文件夹的 {COURT_FILE} / the court's file (see start); default: the one in this folder",
)
columns_option = click.option(
    "--columns", type=click.Path(), help="表头对应关系（TOML）/ what unknown headers mean (TOML)"
)
corrections_option = click.option(
    "--corrections", type=click.Path(), help="书记员改好的问题清单 / the findings as a clerk corrected them"
)
key_file_option = click.option(
    "--key-file", type=click.Path(), help="承办人代号的密钥文件 / key of the officers' pseudonyms"
)
definitions_option = click.option(
    "--definitions",
    help="指标口径；默认为台账所指定的，否则按时期用全国口径 / definition set; default: the register's own, else by period",
)
scheme_option = click.option(
    "--scheme",
    help="考核办法（口径集或 TOML）；不给则没有定额和本院期限 / quotas and limits of the court (a set or TOML); default: none",
)


def shown_options(function: Callable[..., None]) -> Callable[..., None]:
    """``--format`` of what is printed and ``--out``, a file for Excel in its place; the command gets both as ``shown``."""

    @wraps(function)
    def call(*given: Any, form: str, out: str | None, **asked: Any) -> None:
        function(*given, shown=Shown(form, must_be_table_file(out)), **asked)

    told = "写入 .xlsx 或 .csv（供 Excel 打开），不再显示 / write into .xlsx or .csv, for Excel, in place of showing"
    return format_option(click.option("--out", type=click.Path(), help=told)(call))


def command(function: Callable[..., None]) -> click.Command:
    """A command of the group that takes ``--language`` and ``--help`` as every command does."""
    name = function.__name__.strip("_").replace("_", "-")
    return main.command(name=name, cls=Command, add_help_option=False)(help_option(language_option(function)))


def asked_language(arguments: Sequence[str]) -> str | None:
    """The language that a command line asks for, wherever it stands: what is wrong with the rest is said in it.

    >>> asked_language(["caseflow", "--freq", "X", "--language", "en"]), asked_language(["--language=英文"])
    ('en', 'en')
    """
    parts = [part for argument in arguments for part in argument.split("=", 1)]
    following = [value for option, value in pairwise(parts) if option == "--language"]
    return next((code for value in following if (code := code_of("language", value or "-")) in LANGUAGES), None)


class Group(click.Group):
    """The group ends every run with a message and an exit code, never a traceback: 2 for input and call, 3 for a fault."""

    context_class = Call

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> click.Context:
        """Take the language from anywhere in the call, so that what is wrong with it is said in that language."""
        if language := asked_language(args):
            speak(language)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise UsageSaid.of(error) from error
        except KeyboardInterrupt:
            click.echo(f"\n{INTERRUPTED}", err=True)
            raise SystemExit(UNUSABLE) from None
        except BrokenPipeError:
            write_nowhere()
            raise SystemExit(UNUSABLE) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command chosen; whatever ends it becomes its message and exit code."""
        try:
            return self._told(ctx)
        except BrokenPipeError:  # whoever read along has seen enough: nobody is there to be told anything
            write_nowhere()
            ctx.exit(UNUSABLE)

    def _told(self, ctx: click.Context) -> Any:
        try:
            return self._run(ctx)
        except click.UsageError as error:
            raise UsageSaid.of(error) from error
        except (click.exceptions.Exit, click.ClickException, BrokenPipeError):
            raise
        except (click.Abort, KeyboardInterrupt):
            click.echo(f"\n{INTERRUPTED}", err=True)
            ctx.exit(UNUSABLE)
        except an.CourtAnalysisError as error:
            if fault_of_machine(error) is None:
                _end(ctx, str(error), UNUSABLE)
            _end(ctx, told(error), FAULT)
        except OSError as error:
            if error.filename is None or fault_of_machine(error) is not None:
                _end(ctx, told(error), FAULT)
            _end(ctx, str(_not_usable(error)), UNUSABLE)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody at a court can do anything with a traceback
            _end(ctx, told(error), FAULT)

    def _run(self, ctx: click.Context) -> Any:
        must_stand_somewhere()
        try:
            return super().invoke(ctx)
        except click.exceptions.Exit:  # it came to its end all the same
            raise
        except Exception as error:
            if was_broken_off(error):
                raise KeyboardInterrupt from error
            if isinstance(error, UnicodeEncodeError) and error.reason == NO_TEXT:
                raise an.InputError(NAMES_IN_UTF8.zh, NAMES_IN_UTF8.en) from error
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every command with its whole first sentence."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.commands[name].help or "") for name in self.list_commands(ctx)])


def must_stand_somewhere() -> None:
    """Raise ``InputError`` where the working folder is gone: every relative path would fail in words of its own."""
    try:
        Path.cwd()
    except OSError as error:
        raise an.InputError(
            "当前所在的文件夹已被删除或无法进入。请用 cd 进入另一个文件夹后重试。",
            "The folder you are in was deleted or cannot be entered. Change to another with cd, and try again.",
        ) from error


def write_nowhere() -> None:
    """Let what is still to be written on either stream go nowhere: its reader is gone."""
    for stream in (sys.stdout, sys.stderr):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _not_usable(error: OSError) -> Text:
    """Say which file the system does not give; whether it was to be read or written an error does not tell."""
    said = error.strerror or error
    return Text(
        f"无法读写 {error.filename}（{said}）。请检查路径和权限，关闭正打开着的同名文件，或换一个文件夹。",
        f"{error.filename} cannot be read or written ({said}). Check path and rights, close the file where it is open, or choose another folder.",
    )


def _end(ctx: click.Context, message: str, code: int) -> NoReturn:
    click.echo(f"{Text('错误：', 'Error: ')}{message}", err=True)
    ctx.exit(code)


class Year(click.ParamType):
    """A statistical year among the periods: 2011 or 2011年."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ARG002 - as click calls it
        """Return the year; what is none is refused in the user's words."""
        from analysis.vocabulary.periods import year_of

        return year_of(value, param.opts[0] if param else "--period")


# Options are read by their present names; --year is what --period was called, for one version.
NAMES = {"max_content_width": 110, "token_normalize_func": lambda name: {"year": "period"}.get(name, name)}


@click.group(cls=Group, add_help_option=False, context_settings=NAMES)
@click.version_option(package_name="court-analysis", help="版本号 / version")
@help_option
@language_option
def main() -> None:
    """法院执行工作数据分析 / Analysis of a court's enforcement work.

    示例 / for example: court-analysis report --period 2011
    """


def register_source(source: Any, court_file: str | None) -> Any:
    """The register that is named, else the one of the court's file; ``None`` where neither names one."""
    from analysis.register.court_file import register_of

    return source or (register_of(court_file) if court_file else None)


def court_name(named: str | None, court_file: str | None) -> str | None:
    """The court that is named, else the one of the court's file."""
    from analysis.register.court_file import read_court_file

    return named or (read_court_file(court_file).get("court") if court_file else None)


def read_register(source: Any, *, court_file: str | None = None, **reading: str | None) -> an.Cases:
    """Read the register that is named, else the one of the court's file, else the sample's, with all its courts."""
    from analysis.lab.own_cases import own_register

    if register_source(source, court_file) is None:
        said = Text(
            f"没有给出台账，当前文件夹也没有 {COURT_FILE}：用的是自带的合成示例。",
            f"No register is named and this folder has no {COURT_FILE}: this is the synthetic sample that ships.",
        )
        here = [name for name in tables_here() if is_table_of_register(Path(name), Path())]
        click.echo(said + _left_aside(here), err=True)
    cases = own_register(source, court_file=court_file, **reading)
    if cases.known_by.zh:
        click.echo(cases.known_by, err=True)
    return cases


def _left_aside(files: Sequence[str]) -> Text:
    """Say that the tables of the working folder are not what is shown, and how they come to be."""
    if not files:
        return Text("", "")
    return Text(
        f"这个文件夹里的文件（{files[0]}{'等' if len(files) > 1 else ''}）没有用：先运行 court-analysis start {files[0]}。",
        f" The files of this folder ({files[0]}{' and others' if len(files) > 1 else ''}) are not used: first run court-analysis start {files[0]}.",
    )


def register_options(function: Callable[..., None]) -> Callable[..., None]:
    """The options of reading a register, the same wherever one is read."""
    for option in (key_file_option, corrections_option, columns_option, court_option, court_file_option, as_of_option):
        function = option(function)
    return function
