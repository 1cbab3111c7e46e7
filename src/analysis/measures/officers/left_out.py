"""What a scorecard leaves out outside the court: small figures of officers, and what would give them away.

A measure of one officer is a sum over the teams in which that officer has cases. The totals of the court and of its teams are
public, and so is, among those who know a court, who works in which team: a figure that is left out must still be open beside all
of these (``suppression``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.cases.privacy import MINIMUM
from analysis.cases.suppression import protected
from analysis.measures.people_ledger import BOTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scipy.sparse import csr_array

FIGURES = ("numerator", "denominator", "cases")  # where several could go beside one, that of the least numerator does
QUARTERS = (
    "quarters"  # any figure of a quarter: where one quarter holds all of a measure, that of the year is the quarter's
)
# measure: the figures of stock and flow that would follow from it; of closings where it is not said
RESTS_ON = {
    "closed": {"opening", "filed", "closed"}, "closed_of_filed": {"filed", "closed", BOTH},
    "net_closings": {"closed", QUARTERS}, "petitions": {"opening", "filed", QUARTERS},
}  # fmt: skip


def measures_left_out(cells: pd.DataFrame, hidden: Mapping[str, set[str]], *, is_over: bool) -> set[tuple[str, str]]:
    """Return officer and measure that are not shown: small, resting on what the ledger leaves out, or given away by totals.

    ``cells`` are the parts of each measure by officer and team, of teams that are not shown without the team. Of a year that is not
    over nothing but the closings is shown: two states of a year could be subtracted.
    """
    out: set[tuple[str, str]] = set()
    rests = _not_net(cells)
    for kind, of_measure in cells.groupby("measure", sort=False):
        sums = of_measure.groupby("officer")[list(FIGURES)].sum()
        small = ((sums > 0) & (sums < MINIMUM)).any(axis=1)
        if kind == "net_closings":
            small |= rests.between(1, MINIMUM - 1).reindex(sums.index)
        rests_on = RESTS_ON.get(str(kind), {"closed"})
        gone = {str(who) for who in sums.index if small[who] or rests_on & hidden.get(str(who), rests_on)}
        gone |= set(sums.index) if kind != "closed" and not is_over else set()
        out |= {(who, str(kind)) for who in _with_what_tells(of_measure, gone)}
    return out


def _not_net(cells: pd.DataFrame) -> pd.Series:
    """Each officer's closings that are no net ones: a count too, told where both are shown."""
    sums = cells.groupby(["measure", "officer"])["numerator"].sum()
    closed, net = (sums.loc[sums.index.get_level_values(0) == kind].droplevel(0) for kind in ("closed", "net_closings"))
    return closed.sub(net)


def _with_what_tells(cells: pd.DataFrame, gone: set[str]) -> set[str]:
    """The officers left out of a measure, and those who must be so that no figure of the former follows from totals."""
    from scipy.sparse import csr_array, vstack

    officers = sorted(cells["officer"].unique())
    of = {name: _places(cells[name]) for name in ("officer", "team")}
    one = csr_array(np.ones((1, len(cells))))
    every = vstack([_sums(of["officer"], len(officers)), _sums(of["team"], int(of["team"].max(initial=-1)) + 1), one])
    out, before = np.isin(officers, list(gone)), None
    while before is None or (out & ~before).any():
        before = out.copy()
        for name in FIGURES:
            parts = (cells[name] if name == "cases" else cells["cases"]).to_numpy() > 0  # else nothing can stand there
            forms = csr_array(every)[:, parts]
            values = every @ cells[name].to_numpy()
            people = np.arange(len(values)) < len(officers)
            hidden = np.append(out, np.zeros(len(values) - len(out), dtype=bool))
            kept = {"settled": ~people, "wanted": np.maximum(values + 1, MINIMUM)}
            if parts.any():
                gone_now, _ = protected(
                    forms, cells.loc[parts, name].to_numpy(float), hidden=hidden & (values > 0), dropped=hidden, **kept
                )
                out |= gone_now[: len(officers)]
    return {name for name, is_out in zip(officers, out, strict=True) if is_out}


def _places(labels: pd.Series) -> np.ndarray:
    """Each label's number in the order of labels; a missing one has none."""
    return pd.Categorical(labels, categories=sorted(labels.dropna().unique())).codes.astype("int64")


def _sums(places: np.ndarray, size: int) -> csr_array:
    from scipy.sparse import csr_array

    known = np.flatnonzero(places >= 0)
    return csr_array((np.ones(len(known)), (places[known], known)), shape=(size, len(places)))
