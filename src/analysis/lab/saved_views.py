"""Views that were chosen and saved by name: one file in the folder, which somebody may have edited by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeGuard

from analysis.lab.views import VIEWS
from analysis.vocabulary.documents import parsed_json
from analysis.vocabulary.errors import InputError

SAVED_VIEWS = "视图.json"
FREQUENCIES = ("W", "M", "Q", "Y")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def read_views(folder: Path) -> dict[str, Any]:
    """Return what is saved, by name; raises ``InputError`` for a file that cannot be read."""
    file = folder / SAVED_VIEWS
    try:
        return parsed_json(file.read_bytes()) if file.is_file() else {}
    except ValueError as error:
        line = getattr(error, "lineno", None)
        zh, en = ("", "") if line is None else (f"第{line}行有误，", f"line {line} is wrong; ")
        raise InputError(
            f"{file} 读不出：{zh}里面是存过的视图。请把它改名或删去，再存视图。",
            f"{file} cannot be read: {en}it holds the saved views. Rename or delete it, then save views again.",
        ) from error


def written_views(views: Mapping[str, Any]) -> bytes:
    """Return the views as they stand in the file."""
    return json.dumps(views, ensure_ascii=False, indent=1, sort_keys=True).encode()


def is_view(saved: Any) -> TypeGuard[dict[str, Any]]:
    """Whether what is saved under a name is a view: each choice there, and of its kind.

    >>> view = {"view": "flow", "period": ["2010-01", "2011-12"], "freq": "M", "by": None, "definitions": "by-period", "indicator": None, "filters": {}}
    >>> is_view(view), is_view({**view, "filters": {"basis": "civil"}}), is_view({**view, "period": ["2011-12", "2010-01"]})
    (True, False, False)
    """
    match saved:
        case {
            "view": str(view), "period": [str(first), str(last)], "freq": str(freq), "by": str() | None, "definitions": str(), "indicator": str() | None,
            "filters": dict(filters),
        } if view in VIEWS and freq in FREQUENCIES:  # fmt: skip
            are_months = MONTH.fullmatch(first) and MONTH.fullmatch(last) and first <= last
            return bool(are_months) and all(isinstance(values, list) for values in filters.values())
    return False
