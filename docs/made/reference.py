"""The reference in both languages: a page a subject, every public name with its parameters as a table and its examples.

English is what mkdocstrings makes of the docstrings; Chinese is told by ``vocabulary/help.toml``, the text of Shift-Tab, with the
same examples, and of classes by the first line of their docstrings.
"""

import doctest
import inspect
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

import analysis as an
from analysis.vocabulary.calls import taken_by
from analysis.vocabulary.help import by_language, in_chinese
from analysis.vocabulary.labels import heading, is_known
from analysis.vocabulary.language import speaking

LINE = 90  # characters of a line of code on a page
LIST = Path(__file__).with_name("reference.toml")
TITLE = {"zh": "函数", "en": "Reference"}
ABOUT = {
    "zh": "每个名字都从 `import analysis as an` 得到。参数说明与笔记本中按 Shift-Tab 所见相同；例子都由测试运行过。最常用的见[速查](../cheatsheet.pdf)。",
    "en": "Every name is reached by `import analysis as an`. The examples are run by the tests. The most used calls stand on [one page](../cheatsheet.pdf).",
}
HEADS = {"zh": ("名字", "用途"), "en": ("Name", "What it is for")}
MODULES = {name: module for module, names in an._DOOR.items() for name in names}


def listed() -> dict[str, Any]:
    """The pages of the reference."""
    return tomllib.loads(LIST.read_text(encoding="utf-8"))


def pages(language: str) -> Iterator[tuple[str, str]]:
    """Each page by its place."""
    rows = []
    for page in listed()["page"]:
        rows.append(f"\n## [{page[language]}]({page['id']}.md)\n\n| {' | '.join(HEADS[language])} |\n|---|---|")
        rows += [
            f"| [`{name}`]({page['id']}.md#{_anchor(name, language)}) | {_first(name, language)} |"
            for name in page["names"]
        ]
        body = [
            _in_chinese(name) if language == "zh" else f"::: analysis.{MODULES[name]}.{name}" for name in page["names"]
        ]
        yield f"reference/{page['id']}.md", "\n\n".join([f"# {page[language]}", *body]) + "\n"
    yield "reference/index.md", "\n".join([f"# {TITLE[language]}\n\n{ABOUT[language]}", *rows]) + "\n"


def _anchor(name: str, language: str) -> str:
    return name if language == "zh" else f"analysis.{MODULES[name]}.{name}"


def _first(name: str, language: str) -> str:
    if language == "en":
        return (
            by_language(inspect.getdoc(inspect.unwrap(getattr(an, name))) or "")[1]
            .split("\n\n")[0]
            .replace("\n", " ")
            .replace("``", "`")
            .replace("|", "\\|")
        )
    public = getattr(an, name)
    return _told(public) if inspect.isclass(public) else in_chinese(name, ())


def _told(public: Any) -> str:
    """The Chinese line at the head of a class's docstring, or of a member's."""
    return by_language(inspect.getdoc(public) or "")[0].replace("``", "`")


def _in_chinese(name: str) -> str:
    """One name in Chinese: what it gives, what it takes, its examples."""
    public = getattr(an, name)
    example = _examples(public)
    # a function's docstring begins in Chinese where somebody types, and has a text of its own
    if inspect.isclass(public):
        told = {
            key: _told(getattr(member, "__func__", member))
            for key, member in vars(public).items()
            if not isinstance(member, an.Text)
        }
        rows = [f"| `{key}` | {text} |" for key, text in told.items() if text and not key.startswith("_")]
        table = ["", "| 成员 | 用途 |", "|---|---|", *rows] if rows else []
        return "\n".join([f"## `{name}` {{#{name}}}\n\n{_told(public)}", *table, example])
    plain = inspect.unwrap(public)
    taken = inspect.signature(plain).parameters
    first, _, told = in_chinese(name, taken_by(plain)).partition("\n\n参数\n")
    rows = [row.removeprefix("- ").partition("：")[::2] for row in told.splitlines() if row]
    table = ["", "| 参数 | 含义 | 不写时 |", "|---|---|---|"] if rows else []
    table += [f"| `{key}` | {text} | {_default(taken.get(key))} |" for key, text in rows]
    call = f"```python\n{_call(name, inspect.signature(plain))}\n```"
    return "\n".join([f"## `{name}` {{#{name}}}\n\n{call}\n\n{first}", *table, *_returned(plain), example])


def _call(name: str, signature: inspect.Signature) -> str:
    """A call as it is written: what stands without its name, then ``*``, then keywords with what they are where not said."""
    bare = str(signature.replace(
        parameters=[p.replace(annotation=p.empty) for p in signature.parameters.values()],
        return_annotation=signature.empty,
    ))  # fmt: skip
    parts = [part.strip() for part in re.split(r", (?=\*|\w+=|\w+$|\w+,)", bare[1:-1])]
    return f"an.{name}{bare}" if len(bare) < LINE else "\n".join([f"an.{name}(", *(f"    {p}," for p in parts), ")"])


def _returned(plain: Callable[..., Any]) -> list[str]:
    """What a function returns: the kind, the tables of a result, and the columns that its docstring names, in Chinese."""
    kind = str(inspect.signature(plain).return_annotation).removeprefix("pd.")
    made = plain.__globals__.get(kind)
    parts = [field.name for field in fields(made) if "DataFrame" in str(field.type)] if is_dataclass(made) else []
    said = (inspect.getdoc(plain) or "").partition("\nReturns\n-------\n")[2]
    said = re.split(r"\n\n|\nRaises\n", said)[0]
    named = dict.fromkeys(word for code in re.findall(r"``([^`]+)``", said) for word in re.findall(r"[a-z]\w*", code))
    with speaking("zh"):
        columns = [f"`{word}`（{heading(word)}）" for word in named if word not in parts and is_known(word)]
    what = {"DataFrame": "数据表", "None": "无"}.get(kind, f"`{kind}`")
    lines = ["", f"结果：{what}" + (f"，其中的表：{'、'.join(f'`.{part}`' for part in parts)}" if parts else "") + "。"]
    return [*lines, *(["", f"列：{'、'.join(columns)}。"] if columns else [])]


def _default(parameter: inspect.Parameter | None) -> str:
    if parameter is None:
        return "—"
    return "须写明" if parameter.default is parameter.empty else f"`{parameter.default!r}`".replace("|", "\\|")


def _examples(public: Callable[..., Any]) -> str:
    """The examples of a docstring as a block of code."""
    found = doctest.DocTestParser().get_examples(inspect.getdoc(public) or "")
    lines = []
    for example in found:
        first, *more = example.source.rstrip("\n").split("\n")
        lines += [f">>> {first}", *(f"... {line}" for line in more)] + (
            [example.want.rstrip("\n")] if example.want else []
        )
    return "\n例：\n\n```pycon\n" + "\n".join(lines) + "\n```" if lines else ""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages into the navigation."""
    config.nav.append(
        {
            TITLE[config.theme["language"]]: [
                "reference/index.md",
                *(f"reference/{page['id']}.md" for page in listed()["page"]),
            ]
        }
    )
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages to those of a language."""
    for place, text in pages(str(config.theme["language"])):
        files.append(File.generated(config, place, content=text))
    return files
