"""Reasons in a notebook for what a register cannot answer: one sentence in place of a traceback, and the notebook goes on."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager

import click

from analysis.vocabulary.errors import CourtAnalysisError


@contextmanager
def or_say_why() -> Iterator[None]:
    """Show what the block shows, or the sentence that says why the data at hand cannot give it.

    Only errors that this package raises on purpose are turned into a sentence; any other is a fault and stays one.

    Returns
    -------
    context manager
        For a ``with`` block.

    >>> import analysis as an
    >>> with or_say_why():
    ...     raise an.DataError("台账没有信访登记。", "The register holds no petitions.")
    台账没有信访登记。
    """
    try:
        yield
    except CourtAnalysisError as error:
        _show(str(error))


def _show(sentence: str) -> None:
    from IPython.core.getipython import get_ipython
    from IPython.display import HTML, display

    if get_ipython() is None:
        click.echo(sentence)
    else:
        display(HTML(f"<p>{html.escape(sentence)}</p>"))
