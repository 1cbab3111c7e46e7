"""The command line ``court-analysis``: thin, every command calls the public door.

Exit codes: 0 all well; 1 a finding, conflict or difference that somebody must look at; 2 unusable input or call, or a run that
was broken off; 3 a fault of the program or of the machine (disk, memory), with a log.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import warnings
from contextlib import suppress
from pathlib import Path

from analysis.cli import bundle, exchange, figures, files, publishing  # noqa: F401 - each puts its commands into the group
from analysis.cli.faults import FAULT, told
from analysis.cli.group import UNUSABLE, asked_language, main, write_nowhere
from analysis.cli.supervised import say_at_last, supervised
from analysis.files.process import NEW_OBJECTS
from analysis.vocabulary.language import speak
from analysis.vocabulary.text import Text


def run() -> None:
    """Run the console script: output in UTF-8 wherever it goes, and an exit code whatever happens."""
    if sys.getfilesystemencoding() != "utf-8" and all(map(_is_utf8, sys.orig_argv)):
        # Libraries open files by names in UTF-8 whatever the locale says; so do those who named them here.
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - this Python again
    for name, way in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller (>&-): no file of ours may take its place
            setattr(sys, name, Path(os.devnull).open(way, encoding="utf-8"))  # noqa: SIM115 - open to the end
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdin.reconfigure(encoding="utf-8", errors="strict")  # type: ignore[union-attr]
    logging.getLogger("matplotlib").setLevel(
        logging.ERROR
    )  # an unwritable home folder costs it its cache, and nobody a figure
    # A font that is wanting is told, a cache of fonts that cannot be kept is not.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.WARNING)
    logging.getLogger("matplotlib.font_manager").addFilter(lambda record: "cache" not in str(record.msg))
    warnings.formatwarning = lambda message, *_, **__: f"{message}\n"  # not the line of code that gave it
    # A key or a signal within a finaliser ends nothing: the run says how it ended.
    sys.unraisablehook = lambda _: None
    if language := asked_language(sys.argv[1:]):
        speak(language)
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    supervised(_run, UNUSABLE)


def _is_utf8(name: str) -> bool:
    try:
        os.fsencode(name).decode()
    except UnicodeDecodeError:
        return False
    return True


def _run() -> None:
    try:
        try:
            main()
        except SystemExit as ended:
            if ended.code == FAULT:  # it is told already, that the output cannot be written too
                with suppress(OSError):
                    sys.stdout.flush()
                write_nowhere()
            raise
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        write_nowhere()
        raise SystemExit(UNUSABLE) from None
    except Exception as error:  # noqa: BLE001 - the output itself cannot be written, or too little is left to say so in full
        say_at_last(f"{Text('错误：', 'Error: ')}{told(error)}")
        write_nowhere()
        raise SystemExit(FAULT) from None
