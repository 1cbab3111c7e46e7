"""``python -m analysis`` and ``court-analysis``: whoever breaks it off while it is still loading is told nothing, least of all a traceback."""

import os
import signal
import sys


def run() -> None:
    """Load the command and run it."""
    before = signal.signal(signal.SIGINT, lambda *_: os._exit(2))
    try:
        from analysis.cli import run as run_command
    except Exception as error:  # noqa: BLE001 - a file of the installation is lacking or damaged: nothing of ours could say it better
        said = f"{type(error).__name__}: {error}"
        sys.stderr.write(
            f"错误：安装不完整，请重新安装（{said}）。\nError: the installation is not whole, install it again ({said}).\n"
        )
        raise SystemExit(3) from None

    signal.signal(signal.SIGINT, before)
    run_command()


if __name__ == "__main__":
    run()
