"""The gallery's pages and pictures, made whenever the documentation is built: no picture of a chart is older than the code that draws it."""

import io
import tomllib
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("agg")

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

import analysis as an

CHARTS = Path(__file__).with_name("charts.toml")
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


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add pages and pictures to those of the documentation."""
    for language, place in PAGES.items():
        files.append(File.generated(config, place, content=page(language)))
    for place, picture in pictures().items():
        files.append(File.generated(config, place, content=picture))
    return files
