"""The other language: ``mkdocs.yml`` builds the Chinese pages and then, within them, the English ones of ``mkdocs.en.yml``."""

import re
from pathlib import Path
from posixpath import dirname, join
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

HERE = Path(__file__).parent
ENGLISH = "en"  # the folder of the English pages within the others
CODE = re.compile(r"(<pre.*?</pre>)", re.DOTALL)
BREAK = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])\n *(?=<a |<strong>|[\d\u3000-\u9fff\uff00-\uffef“‘])"
)  # of a line within a paragraph


def spoken(config: MkDocsConfig) -> str:
    """The language of the pages that are built."""
    return str(config.theme["language"])


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what both languages share."""
    for path in sorted((HERE / "assets").iterdir()):
        files.append(File.generated(config, f"assets/{path.name}", content=path.read_bytes()))
    return files


def on_page_content(html: str, **_: Any) -> str:
    """Join Chinese lines of a paragraph without the space that a browser puts between lines."""
    return "".join(part if at % 2 else BREAK.sub("", part) for at, part in enumerate(CODE.split(html)))


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    """Point the switch of each page at the same page in the other language."""
    config.extra["alternate"] = [
        {
            "name": name,
            "lang": language,
            "link": page.url if language == spoken(config) else elsewhere(page.url, language),
        }
        for name, language in (("中文", "zh"), ("English", "en"))
    ]
    return context


def elsewhere(address: str, language: str) -> str:
    """The address of a page in the other language, as the theme's filter for addresses takes it.

    The filter makes an address relative to the page and then puts the steps upward before it: those out of the English folder,
    as many as the page is deep and one more, and from there the page's own folder once for the filter to take away.
    """
    if language == "en":
        return join(ENGLISH, address)
    return "../" * (address.count("/") + 1) + join(dirname(address), address)


def on_post_build(config: MkDocsConfig) -> None:
    """Build the English pages after the Chinese ones."""
    if spoken(config) == "zh":
        site = str(Path(config.site_dir, ENGLISH))
        build(
            load_config(str(Path(config.config_file_path).with_suffix(".en.yml")), site_dir=site, strict=config.strict)
        )
