"""The README as an index of packages shows it, where no relative address leads anywhere: without pictures, links as their words.

Hatchling asks this whenever a distribution is built; the project has no public address that links could be completed with.
"""

import re
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

README = Path(__file__).parents[1] / "README.md"
PICTURE = re.compile(r"^!\[[^\]]*\]\((?!https?:)[^)]*\)\n\n\*.*?\*\n\n", re.M | re.S)  # with the caption below it
LANGUAGE = re.compile(r"^\[中文\]\([^)]*\)\n\n", re.M)
LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]*\)")


def description() -> str:
    """The README without pictures and relative links."""
    return LINK.sub(r"\1", PICTURE.sub("", LANGUAGE.sub("", README.read_text(encoding="utf-8"))))


class Description(MetadataHookInterface):
    """Put it into the metadata of the package."""

    def update(self, metadata: dict[str, object]) -> None:
        """Set the field that pyproject.toml leaves to this hook."""
        metadata["readme"] = {"content-type": "text/markdown", "text": description()}
