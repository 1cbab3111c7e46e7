"""``python -m analysis`` and ``court-analysis``: whoever breaks it off while it is still loading is told so in a line of both languages."""

import os
import signal
import sys
from contextlib import suppress


def run() -> None:
    """Load the command and run it."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows knows no SIGHUP
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:  # nohup
            signal.signal(number, _end)
    try:
        from analysis.cli import run as run_command
    except Exception as error:  # noqa: BLE001 - a file of the installation is lacking or damaged: nothing of ours could say it better
        said = f"{type(error).__name__}: {error}"
        sys.stderr.write(
            f"错误：安装不完整，请重新安装（{said}）。\nError: the installation is not whole, install it again ({said}).\n"
        )
        raise SystemExit(3) from None

    run_command()


def _end(*_: object) -> None:
    with suppress(OSError):
        os.write(2, "\n已中断。Interrupted.\n".encode())
    os._exit(2)


if __name__ == "__main__":
    run()
