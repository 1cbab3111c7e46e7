"""The door for editors and type checkers, written from its own list: ``python tests/stubs.py`` after a public name came or went."""

from pathlib import Path

import analysis

DOOR = Path(analysis.__file__).with_suffix(".pyi")
HEAD = '"""What editors and type checkers see of the door; written by tests/stubs.py."""\n'


def stub() -> str:
    """The names of the door, each from the module that holds it."""
    lines = [
        f"from analysis.{module} import {name} as {name}"
        for module, names in sorted(analysis._DOOR.items())
        for name in sorted(names)
    ]
    named = "".join(f'    "{name}",\n' for name in sorted(analysis.__all__))
    return "\n".join([HEAD, *lines, "", "__version__: str", f"__all__ = [\n{named}]\n"])


if __name__ == "__main__":
    DOOR.write_text(stub(), encoding="utf-8")
