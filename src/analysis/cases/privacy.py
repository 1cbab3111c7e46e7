"""Names stay inside: pseudonyms for officers, and cells too small to be shown."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

LABEL = "承办人"


def pseudonymise(names: pd.Series, *, order: pd.Series | None = None, key: bytes | None = None) -> pd.Series:
    """Each name replaced by a stable pseudonym: by a keyed hash, or without a key numbered in order of first case.

    >>> pseudonymise(pd.Series(["王伟", "李强", "王伟"])).tolist()
    ['承办人01', '承办人02', '承办人01']
    """
    present = names.dropna()
    if key is not None:
        made = {
            name: f"{LABEL}{hmac.new(key, str(name).encode(), hashlib.sha256).hexdigest()[:6]}"
            for name in present.unique()
        }
        return names.map(made)
    first = present if order is None else present.iloc[order.loc[present.index].argsort(kind="stable")]
    made = {name: f"{LABEL}{n:02d}" for n, name in enumerate(first.unique(), start=1)}
    return names.map(made)


def suppress_small(
    table: pd.DataFrame, *, columns: Sequence[str], minimum: int = 3, total_by: Sequence[str] = ()
) -> pd.DataFrame:
    """Counts under ``minimum`` made missing, with a second cell where one could be recovered from a total."""
    raise NotImplementedError
