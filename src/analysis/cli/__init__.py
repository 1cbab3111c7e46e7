"""The command line ``court-analysis``: thin, every command calls the public door.

Exit codes: 0 all well, 1 a finding, conflict or difference that somebody must look at, 2 unusable input or call.
"""

from __future__ import annotations

import sys

from analysis.cli import exchange, figures, files, publishing  # noqa: F401 - each puts its commands into the group
from analysis.cli.group import main


def run() -> None:
    """The console script: output in UTF-8 wherever it goes, an interruption without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    main()
