"""The page of words, made from one list whenever the pages are built."""

import tomllib
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

LIST = Path(__file__).with_name("glossary.toml")
HEAD = {
    "zh": "# 名词\n\n本软件的报告、图和提示只用这些词，一物一名。\n\n| 词 | 英文 | 意思 |\n|---|---|---|\n",
    "en": "# Words\n\nReports, charts and messages of the package use these words, one for each thing.\n\n| Word | Chinese | Meaning |\n|---|---|---|\n",
}


def page(language: str) -> str:
    """The words in the order of the list, each with its name in the other language."""
    other = "en" if language == "zh" else "zh"
    words = tomllib.loads(LIST.read_text(encoding="utf-8"))["word"]
    return HEAD[language] + "".join(
        f"| {word[language]} | {word[other]} | {word[f'means_{language}']} |\n" for word in words
    )


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page to those of a language."""
    files.append(File.generated(config, "glossary.md", content=page(str(config.theme["language"]))))
    return files
