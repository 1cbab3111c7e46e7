"""Pages and pictures made whenever the documentation is built: the gallery of charts, every public function told in Chinese,
the cheat sheet."""

import inspect
import io
import json
import tempfile
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("agg")

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

import analysis as an
from analysis.charts.drawing.fonts import font_files
from analysis.vocabulary.calls import taken_by
from analysis.vocabulary.help import in_chinese

HERE = Path(__file__).parent
CHARTS = HERE / "gallery" / "charts.toml"
FUNCTIONS = "functions.zh.md"
SHEETS = {"zh": "cheatsheet.zh.pdf", "en": "cheatsheet.en.pdf"}
DAY = datetime(2000, 1, 1, tzinfo=UTC)  # in place of the clock
DOTS_PER_INCH = 110
PAGES = {"zh": "gallery/index.md", "en": "gallery/english.md"}
OTHER = {"zh": "[English](english.md)", "en": "[中文](index.md)"}
TITLE = {"zh": "图库", "en": "Gallery"}
FIRST = {
    "zh": "每种图一格：何时用、怎样读、怎样误导人，以及画它的一行代码。图由文档构建时画出，台账为合成数据。先运行：",
    "en": "Each chart: when it serves, how it is read, how it misleads, and its line of code. Drawn by the build; the register is synthetic. Run first:",
}
TOLD = {
    "zh": (("use", "何时用"), ("read", "怎样读"), ("misleads", "怎样误导人")),
    "en": (("use", "When"), ("read", "How to read it"), ("misleads", "How it misleads")),
}


def read() -> dict[str, Any]:
    """The code that all charts share, and the charts."""
    return tomllib.loads(CHARTS.read_text(encoding="utf-8"))


def page(language: str) -> str:
    """One page as Markdown."""
    gallery = read()
    parts = [f"# {TITLE[language]}", OTHER[language], FIRST[language], f"```python\n{gallery['given'].strip()}\n```"]
    for chart in gallery["chart"]:
        said = chart[language]
        told = "\n".join(
            f"- **{word}**：{said[key]}" if language == "zh" else f"- **{word}**: {said[key]}"
            for key, word in TOLD[language]
        )
        parts += [
            f"## {said['title']} · `{chart['name']}`",
            f"![{said['title']}]({chart['name']}.{language}.png)",
            f"```python\n{chart['call']}\n```",
            told,
        ]
    return "\n\n".join(parts) + "\n"


def pictures() -> dict[str, bytes]:
    """Every chart in both languages as a picture, by its file name."""
    import matplotlib.pyplot as plt

    gallery, drawn = read(), {}
    names: dict[str, Any] = {}
    exec(gallery["given"], names)  # noqa: S102 - the code that the page shows
    for language in PAGES:
        with an.speaking(language):
            for chart in gallery["chart"]:
                figure, out = eval(chart["call"], names), io.BytesIO()  # noqa: S307 - likewise
                figure.savefig(out, format="png", dpi=DOTS_PER_INCH)
                plt.close(figure)
                drawn[f"gallery/{chart['name']}.{language}.png"] = out.getvalue()
    return drawn


def functions() -> str:
    """Every public function in the order of the API page: what it gives, what it takes, told in Chinese."""
    parts = [
        "# 函数速查",
        "每个公开函数的用途和参数，与笔记本中按 Shift-Tab 所见相同；英文说明和可运行的例子见[接口](api.md)，最常用的见一页纸的[速查](cheatsheet.zh.pdf)。",
    ]
    for line in (HERE / "api.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            parts.append(f"## {line.removeprefix('## ').partition(' · ')[0]}")
        elif line.startswith("::: ") and inspect.isfunction(function := getattr(an, line.rpartition(".")[2])):
            parts.append(_function(function))
    return "\n\n".join(parts) + "\n"


def _function(function: Callable[..., Any]) -> str:
    name, plain = function.__name__, inspect.unwrap(function)
    taken = inspect.signature(plain).parameters
    first, _, told = in_chinese(name, taken_by(plain)).partition("\n\n参数\n")
    rows = [row.strip().partition("：")[::2] for row in told.splitlines()]
    table = [f"| `{key}` | {said} | {_default(taken.get(key))} |" for key, said in rows]
    heading = f"### `{name}({', '.join(key for key, _ in rows)})`\n\n{first}"
    return "\n".join([heading, "", "| 参数 | 含义 | 不写时 |", "|---|---|---|", *table]) if table else heading


def _default(parameter: inspect.Parameter | None) -> str:
    if parameter is None:
        return "—"
    return "须写明" if parameter.default is parameter.empty else f"`{parameter.default!r}`".replace("|", "\\|")


def cheat_sheet(language: str) -> bytes:
    """The most used calls on one A4 page."""
    import typst

    said = tomllib.loads((HERE / "cheatsheet.toml").read_text(encoding="utf-8"))
    at = list(SHEETS).index(language) + 1
    parts = [
        {"title": part[language], "lines": [[line[0], line[at]] for line in part["lines"]]} for part in said["part"]
    ]
    data = {"language": language, "title": said["title"][language], "foot": said["foot"][language], "parts": parts}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "cheatsheet.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        page = Path(folder, "cheatsheet.typ")
        page.write_text((HERE / "cheatsheet.typ").read_text(encoding="utf-8"), encoding="utf-8")
        fonts = [str(font_files()[0].parent)]
        return bytes(typst.compile(str(page), root=folder, font_paths=fonts, ignore_system_fonts=True, timestamp=DAY))


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add pages and pictures to those of the documentation."""
    for language, place in PAGES.items():
        files.append(File.generated(config, place, content=page(language)))
    files.append(File.generated(config, FUNCTIONS, content=functions()))
    for language, place in SHEETS.items():
        files.append(File.generated(config, place, content=cheat_sheet(language)))
    for place, picture in pictures().items():
        files.append(File.generated(config, place, content=picture))
    return files
