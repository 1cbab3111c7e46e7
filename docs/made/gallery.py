"""The gallery of charts with its pictures, and the cheat sheet, made whenever the pages are built."""

import io
import json
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("agg")

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

import analysis as an
from analysis.charts.drawing.fonts import font_files

HERE = Path(__file__).parent
CHARTS = HERE / "charts.toml"
PAGE, SHEET = "gallery.md", "cheatsheet.pdf"
DAY = datetime(2000, 1, 1, tzinfo=UTC)  # in place of the clock
DOTS_PER_INCH = 110
TITLE = {"zh": "图库", "en": "Gallery"}
FIRST = {
    "zh": "每种图一格：何时用、怎样读、怎样误导人，以及画它的一行代码。图由文档构建时画出，台账为合成数据。"
    "每种图都可用 `ax=` 画在自己的坐标轴上（有几个分图就给几个），或用 `figure=` 画在自己的空图里，用 `title=` 换图题。先运行：",
    "en": "Each chart: when it serves, how it is read, how it misleads, and its line of code. Drawn by the build; the register is synthetic. "
    "Every chart takes `ax=` (axes of your own, one for each panel) or `figure=` (an empty figure of your own), and `title=`. Run first:",
}
TOLD = {
    "zh": (("use", "何时用"), ("read", "怎样读"), ("misleads", "怎样误导人")),
    "en": (("use", "When"), ("read", "How to read it"), ("misleads", "How it misleads")),
}


def read() -> dict[str, Any]:
    """The code that all charts share, and the charts."""
    gallery = tomllib.loads(CHARTS.read_text(encoding="utf-8"))
    for chart in gallery["chart"]:
        chart.setdefault("picture", chart["name"])
    return gallery


def page(language: str) -> str:
    """One page as Markdown."""
    gallery = read()
    parts = [f"# {TITLE[language]}", FIRST[language], f"```python\n{gallery['given'].strip()}\n```"]
    for chart in gallery["chart"]:
        said = chart[language]
        told = "\n".join(
            f"- **{word}**：{said[key]}" if language == "zh" else f"- **{word}**: {said[key]}"
            for key, word in TOLD[language]
        )
        parts += [
            f"## {said['title']} · `{chart['name']}`",
            f"![{said['title']}](gallery/{chart['picture']}.png)",
            f"```python\n{chart['call']}\n```",
            told,
        ]
    return "\n\n".join(parts) + "\n"


def pictures(language: str) -> dict[str, bytes]:
    """Every chart as a picture, by its file name."""
    import matplotlib.pyplot as plt

    gallery, drawn = read(), {}
    names: dict[str, Any] = {}
    exec(gallery["given"], names)  # noqa: S102 - the code that the page shows
    with an.speaking(language):
        for chart in gallery["chart"]:
            figure, out = eval(chart["call"], names), io.BytesIO()  # noqa: S307 - likewise
            figure.savefig(out, format="png", dpi=DOTS_PER_INCH)
            plt.close(figure)
            drawn[f"gallery/{chart['picture']}.png"] = out.getvalue()
    return drawn


def cheat_sheet(language: str) -> bytes:
    """The most used calls on one A4 page."""
    import typst

    said = tomllib.loads((HERE / "cheatsheet.toml").read_text(encoding="utf-8"))
    at = ("zh", "en").index(language) + 1
    parts = [
        {"title": part[language], "lines": [[_call(line[0], said, language), line[at]] for line in part["lines"]]}
        for part in said["part"]
    ]
    data = {"language": language, "title": said["title"][language], "foot": said["foot"][language], "parts": parts}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "cheatsheet.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        page = Path(folder, "cheatsheet.typ")
        page.write_text((HERE / "cheatsheet.typ").read_text(encoding="utf-8"), encoding="utf-8")
        fonts = [str(font_files()[0].parent)]
        return bytes(typst.compile(str(page), root=folder, font_paths=fonts, ignore_system_fonts=True, timestamp=DAY))


def _call(call: str, said: dict[str, Any], language: str) -> str:
    """A call of the sheet, what its reader calls files and columns in the language of the sheet."""
    for zh, en in said["english"].items() if language == "en" else ():
        call = call.replace(zh, en)
    return call


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page, its pictures and the sheet to the pages of a language."""
    language = str(config.theme["language"])
    for place, content in {PAGE: page(language), SHEET: cheat_sheet(language), **pictures(language)}.items():
        files.append(File.generated(config, place, content=content))
    return files
