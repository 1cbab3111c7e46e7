"""Messages of the command-line library on wrong calls and options, in the user's languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO, Any

import click

from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.option_words import option_codes, option_words
from analysis.vocabulary.options import code_of
from analysis.vocabulary.text import Text

EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)")
HEADINGS = {"Options": "选项 / Options", "Commands": "命令 / Commands"}


class Word(click.Choice[str]):
    """One of a few codes, or a word of the field for it, as calls of functions take them."""

    def __init__(self, argument: str, codes: Iterable[str]) -> None:
        super().__init__([*codes])
        self.argument = argument

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the code; what is none is answered with the nearest word."""
        code = str(code_of(self.argument, value)) if value.strip() else value
        if code not in self.choices:
            name, words = param.opts[0] if param else self.argument, option_words(self.argument)
            self.fail(str(ArgumentError.not_one_of(name, value, self.choices, words=words)), param, ctx)
        return code

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - as click calls it
        """The codes, each with its word."""
        return f"[{'|'.join(listed(self.argument, self.choices))}]"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:  # noqa: ARG002 - as click calls it
        """What was expected where nothing was given; the name of an argument says it already."""
        return f"Expected {', '.join(listed(self.argument, self.choices))}" if isinstance(param, click.Option) else ""


def listed(argument: str, codes: Iterable[str]) -> list[str]:
    """Return codes as help lists them, each with the first word of the field that is another.

    >>> listed("adjust", ["multiplicative", "shmi"])
    ['multiplicative(乘法)', 'shmi']
    """
    words = {
        code: next((w for w in option_codes()[argument].get(code, ()) if w.casefold() != code), "") for code in codes
    }
    return [f"{code}({word})" if word else code for code, word in words.items()]


class UsageSaid(click.UsageError):
    """A wrong call as one line in the language spoken, with where to look it up."""

    @classmethod
    def of(cls, error: click.UsageError) -> click.UsageError:
        """The error said in the language spoken; a call without a command shows the help as it is."""
        if isinstance(error, (cls, click.exceptions.NoArgsIsHelpError)):
            return error
        is_said = not isinstance(error, click.MissingParameter)  # by the type of the option itself
        if is_said and isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, Word):
            return cls(error.message, error.ctx)
        takes = [of.name for of in error.ctx.command.params] if error.ctx else []
        if isinstance(error, click.NoSuchOption) and error.option_name == "--cases" and "source" in takes:
            return cls(_by_itself(error), error.ctx)
        said = Text(_in_chinese(error), error.format_message())
        if (
            (extra := EXTRA.search(error.message))
            and error.ctx
            and any("--cases" in p.opts for p in error.ctx.command.params)
        ):
            said += Text(f"台账请写 --cases {extra[1]}。", f". A register is named by --cases {extra[1]}")
        return cls(str(said), error.ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message on the error stream."""
        path = self.ctx.command_path if self.ctx else "court-analysis"
        click.echo(f"{Text('错误：', 'Error: ')}{self.message}", file=file, err=True)
        click.echo(Text(f"用法见 {path} --help", f"See {path} --help"), file=file, err=True)


def _by_itself(error: click.NoSuchOption) -> str:
    """What a command says of ``--cases`` whose argument the register is (``source``)."""
    path = error.ctx.command_path if error.ctx else "court-analysis"
    return str(
        Text(
            f"没有选项 --cases：台账直接写在命令后面，如 {path} 台账.xlsx。",
            f"No such option: --cases. The register stands by itself: {path} register.xlsx",
        )
    )


def _in_chinese(error: click.UsageError) -> str:
    named = "、".join(getattr(error, "possibilities", None) or ())
    nearest = f"是否想写 {named}？" if named else ""
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}。{nearest}"
        case click.exceptions.NoSuchCommand():
            return f"没有命令 {error.command_name}。{nearest}"
        case click.MissingParameter():
            kind = error.param.type if isinstance(error.param, click.Option) else None
            codes = "、".join(listed(kind.argument, kind.choices)) if isinstance(kind, Word) else ""
            return f"缺少 {_name(error)}{f'，应为 {codes} 之一' if codes else ''}。"
        case click.BadParameter():
            return f"{_name(error)} 的值不对：{_expected(error)}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 的写法不对：缺少值，或多写了值。"
    extra = EXTRA.search(error.message)
    return f"多出的参数：{extra[1]}。" if extra else error.format_message()


def _name(error: click.BadParameter) -> str:
    return error.param.get_error_hint(error.ctx) if error.param and error.ctx else str(error.param_hint or "")


def _expected(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"应为 {'、'.join(map(str, kind.choices))} 之一。"
    if error.message.endswith(("is not readable.", "is not writable.")):  # other texts are in the language spoken
        return "读不了。请检查路径和权限。"
    return "应为整数。" if isinstance(kind, click.types.IntParamType) else error.message


class Headings(click.HelpFormatter):
    """Help whose headings stand in both languages, as its texts do."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of usage."""
        super().write_usage(prog, args, prefix or "用法 / Usage: ")

    def write_heading(self, heading: str) -> None:
        """A heading."""
        super().write_heading(HEADINGS.get(heading, heading))


class Call(click.Context):
    """A call whose help has headings in both languages."""

    formatter_class = Headings


class Command(click.Command):
    """A command whose help has headings in both languages; an empty text is no file or folder to it (it would mean the one that one is in).

    Nor does it drop a value: the library takes the last of several in silence.
    """

    context_class = Call

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse an option of one value that is given several, and a file or folder named by an empty text."""
        rest = super().parse_args(ctx, [*args])
        self._must_be_given_once(ctx, args)
        for parameter in self.params:
            value = ctx.params.get(parameter.name or "")
            if isinstance(parameter.type, click.Path) and "" in (value if isinstance(value, tuple) else (value,)):
                said = Text("没有写明文件或文件夹，是空的。", "names no file or folder: it is empty.")
                raise click.BadParameter(str(said), ctx=ctx, param=parameter)
        return rest

    def _must_be_given_once(self, ctx: click.Context, args: list[str]) -> None:
        _, _, order = self.make_parser(ctx).parse_args(args=[*args])
        for option in self.params:
            many = not isinstance(option, click.Option) or option.multiple or option.is_flag or option.count
            if many or order.count(option) < 2:
                continue
            name = option.opts[0]
            folder = Text("；几个文件请放在一个文件夹里", "; put several files into one folder")
            files = folder if name == "--cases" else Text("", "")
            said = Text(f"选项 {name} 只能写一次{files.zh}。", f"{name} is given more than once{files.en}.")
            raise click.UsageError(str(said), ctx)
