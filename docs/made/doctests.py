"""Examples of docstrings under a heading of their own: without it ``>>>`` would be read as a quotation within a quotation."""

import re
from typing import Any

import griffe

FIRST = re.compile(r"^>>> ", re.M)


class Doctests(griffe.Extension):
    """Put the heading of numpydoc before the first line of an example."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Change the docstring of whatever is loaded."""
        if obj.docstring is None or "\nExamples\n---" in obj.docstring.value:
            return
        text = obj.docstring.value
        if (first := FIRST.search(text)) is not None:
            obj.docstring.value = f"{text[: first.start()].rstrip()}\n\nExamples\n--------\n{text[first.start() :]}"
