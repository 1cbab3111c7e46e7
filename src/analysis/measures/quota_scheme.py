"""The scheme (考核办法) by which a court judges its officers: the numbers that the court itself chose, and no other's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.vocabulary.indicator_sets.sets import definition_set, shipped_sets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from analysis.cases.table import Cases
    from analysis.vocabulary.indicator_sets.definition import Definition


def scheme_numbers(cases: Cases, scheme: str | Path | None) -> Mapping[str, Any]:
    """The quotas and limits of the scheme named, else of the one that the register names; none where nobody chose one.

    >>> import pandas as pd
    >>> from analysis import Cases
    >>> cases = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"]}), as_of="2011-12-31")
    >>> scheme_numbers(cases, None), scheme_numbers(cases, "fujin-2012")["start_within_days"]
    ({}, 15)
    """
    chosen = cases.scheme if scheme is None else scheme
    return {} if chosen is None else definition_set(chosen).scheme


def with_own_targets(definitions: Iterable[Definition], scheme: str | Path | None) -> tuple[Definition, ...]:
    """Return definitions without the targets of sets that ship: another court's, unless the court chose that set as its scheme.

    >>> rate = definition_set("fujin-2012").find("closed_of_filed_rate")
    >>> [found.target for chosen in (None, "fujin-2012") for found in with_own_targets([rate], chosen)]
    [None, (80, None)]
    """
    others = set(shipped_sets()) - ({definition_set(scheme).id} if scheme is not None else set())
    return tuple(replace(d, target=None) if d.set in others else d for d in definitions)
