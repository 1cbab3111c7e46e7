"""The proposal of a court's file as a person confirms or changes it, question by question."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOBase
from typing import TYPE_CHECKING, Any, TextIO, cast

import click
import pandas as pd

from analysis.vocabulary.columns import LEVELS, codes, columns
from analysis.vocabulary.errors import CourtAnalysisError, InputError
from analysis.vocabulary.periods import ALL_CALENDARS, STOCK_CALENDARS, last_day_known
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from analysis.register.proposal import Proposal

# Without these little can be said of a court's year.
ASKED_FOR = (
    "case_no", "filed_on", "closed_on", "closure_mode", "officer", "amount_claimed", "amount_recovered", "basis", "court",
)  # fmt: skip
NONE = "-"  # what a person types for "none of these"


MOST_ANSWERED = 1 << 14  # characters of all answers that come from elsewhere than a keyboard


class _Piped(TextIOBase):
    """Answers from a pipe or a file: one that never ends, or answers no question for ever, is told and not read on."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.left = stream, MOST_ANSWERED

    def readline(self, _: int = -1, /) -> str:  # type: ignore[override]
        line = self.stream.readline(self.left + 1)
        self.left -= len(line)
        if self.left < 0:
            raise InputError(
                f"代替键盘的回答超过{MOST_ANSWERED:,}个字符，问题仍未答完。请在终端中回答，或加 --yes 不提问地写出，再在文件中改。",
                f"The answers that stand in for a keyboard are longer than {MOST_ANSWERED:,} characters, and still leave a question open. Answer in a "
                "terminal, or write what is proposed with --yes and change it in the file.",
            )
        return line


@contextmanager
def _answers_are_read() -> Iterator[None]:
    keyboard = sys.stdin
    if keyboard and not keyboard.isatty():
        sys.stdin = cast("TextIO", _Piped(keyboard))
    try:
        yield
    except UnicodeDecodeError as error:
        raise InputError(
            "回答不是 UTF-8 文字，读不出。请把终端（或代替键盘的文件）改为 UTF-8，或加 --yes 不提问地写出，再在文件中改。",
            "An answer is no text in UTF-8 and cannot be read. Set the terminal (or the file in its place) to UTF-8, or write what is proposed "
            "with --yes and change it in the file.",
        ) from error
    finally:
        sys.stdin = keyboard


@_answers_are_read()
def confirmed(found: Proposal, again: Callable[[Mapping[str, str]], Proposal]) -> Proposal:
    """Ask what a proposal leaves open: columns found by content or lacking, unknown words, settings, and what a blank means.

    An empty answer takes what is proposed. What is said of headers is looked at ``again``: words, days and blanks of a
    column are known only once it is.
    """
    found = understood(found, again)
    return replace(_settings(found), zero=_zero(found))


@_answers_are_read()
def understood(found: Proposal, again: Callable[[Mapping[str, str]], Proposal]) -> Proposal:
    """Ask of columns and words alone, as for a court's file that is there."""
    said = _columns(found)
    taken = dict(found.columns.loc[found.columns["found_by"] == "content", ["header", "column"]].to_numpy())
    if any(taken.get(header) != column for header, column in said.items()):
        found = again(said)
    return replace(found, words=_words(found))


def _columns(found: Proposal) -> dict[str, str]:
    """What a person says of headers: header → column, or an empty text for none."""
    said: dict[str, str] = {}
    table = found.columns
    known = {spelt: name for name, c in columns("cases").items() for spelt in (name, c.text.zh)}
    for _, row in table[table["found_by"] == "content"].iterrows():
        proposed = columns("cases")[row["column"]].text
        asked = Text(
            f"“{row['header']}”是哪一栏（回车：{proposed.zh}；不用：{NONE}）",
            f'Which column is "{row["header"]}" (Enter: {proposed.en}; none: {NONE})',
        )
        said[row["header"]] = known.get(_asked(asked, row["column"], [*known, NONE]), "")
    for _, row in table[table["found_by"] == "twice"].iterrows():
        read = (table["column"] == row["column"]) & table["found_by"].isin(["name", "content"])
        first, text = table.loc[read, "header"].iloc[0], columns("cases")[row["column"]].text
        asked = Text(
            f"“{first}”和“{row['header']}”都是{text.zh}，以哪一列为准（回车：{first}）",
            f'"{first}" and "{row["header"]}" both mean {text.en}; which one holds (Enter: {first})',
        )
        holds = _asked(asked, first, [first, row["header"]])
        said |= {first: "", row["header"]: ""} | {holds: row["column"]}
    read_by_name = set(table.loc[table["found_by"] == "name", "column"])
    for name in ASKED_FOR:
        open_ = [h for h in table.loc[table["found_by"].isin(["", "content"]), "header"] if not said.get(h)]
        if name in read_by_name | set(said.values()) or not open_ or (name == "court" and found.court):
            continue
        text = columns("cases")[name].text
        asked = Text(
            f"没有认出“{text.zh}”，是哪个表头：{'、'.join(open_)}（回车：没有）",
            f"{text.en} was not found; which header is it: {', '.join(open_)} (Enter: none)",
        )
        if answer := _asked(asked, "", [*open_, ""]):
            said[answer] = name
    return said


def _words(found: Proposal) -> pd.DataFrame:
    answers = []
    for row in found.words.to_dict(orient="records"):
        known = {name: code for code, c in codes(row["vocabulary"]).items() for name in (code, c.text.zh)}
        shown = "、".join(c.text.zh for c in codes(row["vocabulary"]).values())
        nearest = codes(row["vocabulary"])[row["nearest"]].text if row["nearest"] else Text("先不定", "leave it open")
        asked = Text(
            f"“{row['word']}”（{row['cases']}件）是哪一种：{shown}（回车：{nearest.zh}）",
            f'"{row["word"]}" ({row["cases"]} cases) is which of: {", ".join(codes(row["vocabulary"]))} (Enter: {nearest.en})',
        )
        answers.append(row | {"code": known.get(_asked(asked, row["nearest"], [*known, ""]), "")})
    return pd.DataFrame(answers, columns=found.words.columns)


def _settings(found: Proposal) -> Proposal:
    from analysis.register.court_file import level_of
    from analysis.vocabulary.indicator_sets.sets import BY_PERIOD, shipped_sets

    court = click.prompt(str(Text("本院名称", "The court")), default=found.court or "")
    found = found.of_court(court or None)
    why = found.settings.set_index("setting")["why"].to_dict()

    def said(name: str, value: Any) -> str:
        return f"（{why[name]}）" if value and why[name] else ""

    last = "" if found.last_day is None else str(found.last_day.date())
    levels = Text("、".join(text.zh for text in LEVELS.values()), ", ".join(LEVELS))
    sets = ", ".join([BY_PERIOD, *shipped_sets()])
    level = _asked(
        f"{Text('层级', 'Level')} {levels}{said('level', found.level)}", str(LEVELS[found.level]) if found.level else "",
        [*LEVELS, *(name for text in LEVELS.values() for name in (text.zh, text.en)), ""], shown=True,
    )  # fmt: skip
    as_of = click.prompt(f"{Text('台账截止日', 'Known to which day')}{said('as_of', last)}", default=last)
    calendar = _asked(
        f"{Text('统计年度', 'Statistical year')} {', '.join(STOCK_CALENDARS)}{said('calendar', True)}",
        found.calendar, ALL_CALENDARS, shown=True,
    )  # fmt: skip
    definitions = _set_or_file(f"{Text('口径', 'Definition set')} {sets}{said('definitions', True)}", found.definitions)
    scheme = _set_or_file(
        Text(
            "考核办法（口径集或本院的 .toml；回车：没有）",
            "Quotas and limits of the court (a set or a .toml; Enter: none)",
        ),
        "",
    )
    return replace(
        found, level=level_of(level), calendar=calendar, definitions=definitions, scheme=scheme or None,
        last_day=last_day_known(as_of) if as_of else None,
    )  # fmt: skip


def _set_or_file(asked: Text | str, default: str) -> str:
    """Ask for a definition set by its id or for a TOML file, until it is one."""
    from analysis.vocabulary.indicator_sets.sets import definition_set

    while True:
        answer: str = click.prompt(str(asked), default=default, show_default=bool(default))
        try:
            return answer if not answer or definition_set(answer) else ""
        except CourtAnalysisError as error:
            click.echo(str(error), err=True)


def _zero(found: Proposal) -> tuple[str, ...]:
    zero = []
    for row in found.blanks.itertuples():
        text = columns("cases")[str(row.column)].text
        asked = Text(
            f"已结{row.closed}件中{row.blank}件未填“{text.zh}”：空白就是0吗（回车：不是，列为未知）",
            f"{row.blank} of {row.closed} closed cases hold no {text.en}: does a blank mean 0 (Enter: no, it is unknown)",
        )
        if click.confirm(str(asked), default=False):
            zero.append(str(row.column))
    return tuple(zero)


def _asked(text: Text | str, default: str, choices: Iterable[str], *, shown: bool = False) -> str:
    """Ask for one of the choices; ``shown`` sets the default behind a question that does not say it."""
    kind = click.Choice(list(choices))
    answer: str = click.prompt(str(text), default=default, type=kind, show_choices=False, show_default=shown)
    return answer
