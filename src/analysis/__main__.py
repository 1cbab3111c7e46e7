"""``python -m analysis`` and ``court-analysis``: whoever breaks it off while it is still loading is told nothing, least of all a traceback."""

import os
import signal


def run() -> None:
    """Load the command and run it."""
    before = signal.signal(signal.SIGINT, lambda *_: os._exit(2))
    from analysis.cli import run as run_command

    signal.signal(signal.SIGINT, before)
    run_command()


if __name__ == "__main__":
    run()
