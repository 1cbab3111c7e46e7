"""Case mix: what a court would have reached had its cases fared as such cases do in all courts together."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.cases.amount_bands import AMOUNT_BAND, with_amount_band
from analysis.measures.breakdowns import KINDS
from analysis.measures.open_sums import is_part, years_over
from analysis.measures.pseudonyms import shown_labels
from analysis.measures.windows import Window
from analysis.vocabulary.columns import as_columns, columns
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.periods import Period, open_days_of_period
from analysis.vocabulary.result import Result
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, listed, number_of

if TYPE_CHECKING:
    from analysis.cases.table import Cases

PUBLIC = "public"  # columns that may make a kind of case outside the court
BY = ("basis", "has_property", AMOUNT_BAND)
METHODS = ("model", "strata")
UNKNOWN = "not_stated"
Z95 = 1.959963984540054
FEN = 100


@dataclass(frozen=True)
class Outcome:
    """An outcome to standardise: sums of a cell that stand over and under the rate, and the square for its error."""

    observed: str
    base: str
    square: tuple[str, str, str]  # Σo², Σo·b, Σb² over cases


# closed: cases closed in the window of those handled; days: to closing; recovered: yuan of the yuan claimed (both of closed cases).
OUTCOMES = {
    "closed": Outcome("closed", "cases", ("closed", "closed", "cases")),
    "days": Outcome("days", "closed", ("days_days", "days", "closed")),
    "recovered": Outcome("recovered", "claimed", ("recovered_recovered", "recovered_claimed", "claimed_claimed")),
}
SQUARES = ("recovered_recovered", "recovered_claimed", "claimed_claimed")


@dataclass(frozen=True, eq=False)
class CaseMix(Result):
    """``table`` (a court a row), ``strata`` (the pooled rate of each kind of case), ``mix`` (shares by court)."""

    table: pd.DataFrame
    strata: pd.DataFrame
    mix: pd.DataFrame
    outcome: str
    caption: Text


def case_mix(
    cases: Cases | pd.DataFrame,
    *,
    period: Period | None = None,
    outcome: str = "closed",
    by: Sequence[str] = BY,
    method: str = "model",
    names: bool = False,
) -> CaseMix:
    """Indirect standardisation of courts by the kind of their cases: observed ÷ expected, adjusted beside raw.

    Expected is what the court's own cases would have given at the rates of all courts pooled, rates that depend on
    the kind of case: from a model with the effects of each column of ``by`` (``closed`` logistic; ``days`` and
    ``recovered`` log-linear), or with ``method="strata"`` the plain rate of every combination.
    ``adjusted = observed ÷ expected × pooled rate``.

    Parameters
    ----------
    cases : Cases or DataFrame
        A register of several courts; or its cells as ``mix_cells`` gives them.
    period : year, text or pair of days
        The window, ``2011`` or ``("2010-07-01", "2011-06-30")`` (default: the last twelve months known). ``closed`` looks at all cases handled in it, that is
        pending at its start or filed in it; ``days`` and ``recovered`` at those closed in it.
    outcome : {"closed", "days", "recovered"}
    by
        Columns of the register, or ``amount_band``.
    method : {"model", "strata"}
        A logistic or log-linear model, or the plain rate of every combination.
    names : bool
        For use inside the court: of a register also by people and teams, and money (``recovered``).

    Returns
    -------
    CaseMix
        ``.table``: ``court, cases, observed, expected, ratio, lower, upper, raw, adjusted`` (95% interval of the
        ratio; money in yuan). Times to closing of closed cases rise when old cases are cleared: read them beside
        ``pending_ages``.

    Raises
    ------
    ArgumentError, InputError, DataError
        An unknown choice; cells that lack a column; fewer than two courts; nothing observed.

    Examples
    --------
    >>> cells = pd.DataFrame({"court": list("甲甲乙乙"), "has_property": ["True", "False"] * 2,
    ...                       "cases": [90, 10, 10, 90], "closed": [81, 5, 9, 45]})
    >>> mix = case_mix(cells, by=["has_property"], method="strata")
    >>> mix.table[["court", "raw", "expected", "ratio", "adjusted"]].round(2).values.tolist()
    [['甲', 0.86, 86.0, 1.0, 0.7], ['乙', 0.54, 54.0, 1.0, 0.7]]
    """
    if outcome not in OUTCOMES:
        raise ArgumentError.not_one_of("outcome", outcome, OUTCOMES)
    if method not in METHODS:
        raise ArgumentError.not_one_of("method", method, METHODS)
    keys = [by] if isinstance(by, str) else list(by)
    if not isinstance(cases, pd.DataFrame) and outcome == "recovered" and not names:
        raise ArgumentError(
            "outcome=“recovered”由各类案件的金额算出，只供院内：请加 names=True。",
            'outcome="recovered" rests on money by kind of case, for use inside: say names=True.',
        )
    cells = cases if isinstance(cases, pd.DataFrame) else _cells(cases, period, _kinds(keys, names=names), names=names)
    if not isinstance(cases, pd.DataFrame) and AMOUNT_BAND in keys and not names:
        _must_be_years(cases, cells)
    what = OUTCOMES[outcome]
    lacking = [name for name in ("court", *keys, "cases", what.observed, what.base) if name not in cells]
    if lacking:
        raise InputError.missing_columns("case_mix", dict.fromkeys(lacking), cells.columns)
    used = cells[cells[what.base] > 0].reset_index(drop=True)
    if used["court"].nunique() < 2:
        raise DataError(
            "案件结构调整至少需要两家法院的台账。", "Case-mix adjustment needs the register of at least two courts."
        )
    if used[what.observed].sum() == 0:
        raise DataError("窗口内没有任何观察到的结果，无从比较。", "Nothing was observed in the window.")
    used[keys] = used[keys].astype("object").where(used[keys].notna(), UNKNOWN).astype(str)
    strata = used.groupby(keys, as_index=False)[[what.observed, what.base]].sum()
    strata["rate"] = (
        _modelled(strata, keys, what, outcome) if method == "model" else strata[what.observed] / strata[what.base]
    )
    table = _table(used.merge(strata[[*keys, "rate"]], on=keys, how="left"), what)
    mix = _mix(used, keys, what)
    return CaseMix(table, strata, mix, outcome, _caption(cells, table, outcome, keys))


def mix_cells(
    cases: Cases, *, period: Period | None = None, by: str | Sequence[str] = BY, names: bool = False
) -> pd.DataFrame:
    """Counts and sums of the cases handled in a window, by court and kind of case: one GROUP BY of the register.

    Columns: ``court, [by…], cases, closed, days, days_days``, and with ``names=True`` ``recovered, claimed`` (yuan; closed cases) and
    the sums of squares that their errors need. ``case_mix`` takes them in place of the register. Raises ``ArgumentError``.

    Parameters
    ----------
    cases : Cases
        The register.
    period : year, text or pair of days
        The window; without it the last twelve months known.
    by : list of str
        Columns that make a kind of case.
    names : bool
        For use inside the court: with money, which in a small cell is that of a case, and by people, teams and case numbers too.

    Returns
    -------
    DataFrame
        One row a court and kind of case.

    >>> from analysis import Cases
    >>> days = ["2011-01-11", None, "2011-01-21"]
    >>> frame = pd.DataFrame({"court": list("甲甲乙"), "filed_on": "2011-01-01", "closed_on": days, "basis": "civil"})
    >>> cells = mix_cells(Cases.from_frames(frame, as_of="2011-12-31"), by=["basis"])
    >>> cells[["court", "basis", "cases", "closed", "days"]].values.tolist()
    [['乙', 'civil', 1, 1, 20], ['甲', 'civil', 2, 1, 10]]
    """
    kinds = _kinds(by, names=names)
    cells = _cells(cases, period, kinds, names=names)
    if not names and AMOUNT_BAND in kinds:
        _must_be_years(cases, cells)
    return cells if names else cells.drop(columns=["recovered", "claimed", *SQUARES])


def _must_be_years(cases: Cases, cells: pd.DataFrame) -> None:
    """Raise ``ArgumentError`` for cells by band over other days than years that are over: a day more would tell the band of its cases."""
    window = Window.of(pd.Timestamp(cells.attrs["start"]), pd.Timestamp(cells.attrs["end"]))
    if is_part(cases):
        raise ArgumentError(
            "从台账选出的部分（where）按标的额段的案件结构只供院内：请加 names=True，或 by= 中不用 amount_band。",
            "a case mix by band of the amount of a part of a register (where) is for use inside the court: say names=True, or leave "
            "amount_band out of by=.",
        )
    if not years_over(window, cases.as_of, cases.calendar):
        span = f"{window.start.date()}", f"{window.end.date()}"
        raise ArgumentError(
            f"按标的额段的案件结构对外只按已满的统计年度，现为{span[0]}至{span[1]}：请改 period=，或 by= 中不用 amount_band，院内用 "
            "names=True。",
            f"outside, a case mix by band of the amount is of statistical years that are over, not of {span[0]} to {span[1]}: change period=, "
            "leave amount_band out of by=, or inside the court say names=True.",
        )


def _kinds(by: str | Sequence[str], *, names: bool = False) -> tuple[str, ...]:
    """The columns that make a kind of case: outside those that are public, or a band of the amount."""
    chosen = as_columns(by)
    every = {n: c for n, c in columns("cases").items() if n != "court"}  # it is compared
    sorts = {n: c for n, c in every.items() if names or (c.disclosure == PUBLIC and c.kind in KINDS)}
    allowed = [AMOUNT_BAND, *sorts]
    for name in chosen:
        if name not in allowed:
            raise ArgumentError.not_one_of("by", name, allowed)
    return chosen


def _cells(cases: Cases, period: Period | None, kinds: Sequence[str], *, names: bool) -> pd.DataFrame:
    first, last = open_days_of_period(period, calendar=cases.calendar)
    last = cases.as_of if last is None else last
    first = last - pd.DateOffset(years=1) + pd.Timedelta(days=1) if first is None else first
    table = cases.known(last)
    table = table.filter(table.closed_on.isnull() | (table.closed_on >= first.date()))
    table = with_amount_band(table)
    closed = table.closed_on.notnull().cast("int64")
    days = (table.closed_on.delta(table.filed_on, unit="day") * closed).fill_null(0)
    money = {name: (table[f"amount_{name}"].fill_null(0) * closed) for name in ("recovered", "claimed")}
    sums = {"cases": table.count(), "closed": closed.sum(), "days": days.sum(), "days_days": (days * days).sum()}
    # sums of money in fen: whole numbers add up to the same in any order
    sums |= {name: (column * FEN).round().cast("int64").sum() for name, column in money.items()}
    sums |= {f"{a}_{b}": (money[a] * money[b]).sum() for a, b in (name.split("_") for name in SQUARES)}
    keys = ["court", *(name for name in kinds if name != "court")]
    cells = table.group_by(keys).aggregate(**sums).to_pandas()
    cells["court"] = shown_labels(cases, cells["court"], "court", names=names)
    cells = cells.sort_values(keys, ignore_index=True)
    cells[list(money)] = cells[list(money)] / FEN
    cells.attrs |= {"start": str(first.date()), "end": str(last.date())}
    return cells


def _modelled(strata: pd.DataFrame, keys: list[str], what: Outcome, outcome: str) -> np.ndarray:
    """Rates of the strata from main effects; with canonical links the expected add up to the observed."""
    import statsmodels.api as sm
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    design = sm.add_constant(pd.get_dummies(strata[keys], drop_first=True, dtype=float), has_constant="add")
    observed, base = strata[what.observed].to_numpy(float), strata[what.base].to_numpy(float)
    if len(design) <= design.shape[1]:  # as many effects as strata: their plain rates
        return observed / base
    with warnings.catch_warnings():  # a kind of case of which all were closed has a rate of 1, which is no fault
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        if outcome == "closed":
            fit = sm.GLM(np.column_stack([observed, base - observed]), design, family=sm.families.Binomial()).fit()
            return np.asarray(fit.fittedvalues)
        fit = sm.GLM(observed / base, design, family=sm.families.Poisson(), var_weights=base).fit()
    return np.asarray(fit.fittedvalues)


def _table(used: pd.DataFrame, what: Outcome) -> pd.DataFrame:
    """Observed against expected by court; the error from each case's distance to what its kind gives."""
    squares = [used.get(name, np.nan) for name in what.square]
    parts = used[["court"]].assign(
        cases=used["cases"],
        observed=used[what.observed],
        base=used[what.base],
        expected=used[what.base] * used["rate"],
        variance=squares[0] - 2 * used["rate"] * squares[1] + used["rate"] ** 2 * squares[2],
    )
    summed = parts.groupby("court", sort=False, as_index=False).sum(min_count=1)
    pooled = summed["observed"].sum() / summed["base"].sum()
    summed["ratio"] = (summed["observed"] / summed["expected"]).where(summed["expected"] > 0)
    half = Z95 * np.sqrt(np.maximum(summed["variance"], 0)) / summed["expected"].where(summed["expected"] > 0)
    summed["lower"], summed["upper"] = (summed["ratio"] - half).clip(lower=0), summed["ratio"] + half
    summed["raw"] = summed["observed"] / summed["base"]
    summed["adjusted"] = summed["ratio"] * pooled
    return summed[["court", "cases", "observed", "expected", "ratio", "lower", "upper", "raw", "adjusted"]]


def _mix(used: pd.DataFrame, keys: list[str], what: Outcome) -> pd.DataFrame:
    """Share of each kind in a court's cases, beside its share in all courts: ``court, column, kind, share, pooled``."""
    parts = []
    for key in keys:
        by_court = used.groupby(["court", key], sort=False)[what.base].sum()
        share = by_court / by_court.groupby("court").transform("sum")
        pooled = used.groupby(key)[what.base].sum() / used[what.base].sum()
        told = share.rename("share").reset_index().rename(columns={key: "kind"})
        parts.append(told.assign(column=key, pooled=told["kind"].map(pooled)))
    return pd.concat(parts, ignore_index=True)[["court", "column", "kind", "share", "pooled"]]


def _caption(cells: pd.DataFrame, table: pd.DataFrame, outcome: str, keys: list[str]) -> Text:
    window = [cells.attrs[name] for name in ("start", "end") if name in cells.attrs]
    over = Text(f"，{window[0]}至{window[1]}", f", {window[0]} to {window[1]}") if window else Text("", "")
    names = listed(columns("cases")[key].text if key in columns("cases") else term(key) for key in keys)
    what, cases = term(f"outcome_{outcome}"), int(table["cases"].sum())
    return (
        Text(
            f"{what.zh}：{len(table)}家法院，{cases:,}件",
            f"{what.en}: {number_of(len(table), 'court')}, {cases:,} cases",
        )
        + over
        + Text(f"；按{names.zh}间接标准化", f"; indirectly standardised by {names.en}")
    )
