"""Closings that pile up just before a date that is looked at: the end of the time limit, and 31 December."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import pandas as pd

from analysis.cases.coverage import cannot_tell
from analysis.cases.table import known_on
from analysis.measures.intervals import Z_95
from analysis.measures.limits.limited_cases import limited_rows
from analysis.measures.limits.limits import (
    LimitOptions,
    columns_of_limit_lacking,
    surely_due,
    taken_for_known,
)
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.periods import Day
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text, joined

if TYPE_CHECKING:
    from analysis.cases.table import Cases

WEEKS = 26  # looked at on each side of the date: half a year, so that the sides of two years' ends meet
BEFORE = (-1, 0)  # weeks "just before": the fourteen days that end on the date
LEFT_OUT = (-2, 2)  # weeks kept out of the fit: closings pulled before the date are missing after it
BEFORE_LIMIT = Text("期限届满前的结案", "closings before the limit")
DEGREE = 3  # of the polynomial of the log rate in the distance from the date
LEAST_WEEKS, LEAST_CLOSINGS = 10, 30  # outside the weeks left out, for a curve to be worth fitting


@dataclass(frozen=True, eq=False)
class LimitBunching(Result):
    """``summary`` (excess of closings just before each date) and ``table`` (closings by week, beside the smooth curve)."""

    summary: pd.DataFrame
    table: pd.DataFrame
    caption: Text


def limit_bunching(cases: Cases, *, at: Day | None = None, **counting: Unpack[LimitOptions]) -> LimitBunching:
    """Count the excess of closings in the 14 days before the time limit, and before 31 December, over a smooth curve.

    By weeks of distance from the date (week 0 ends on it; 26 on each side), closings follow a quasi-Poisson curve:
    log rate = cubic in the distance, fitted without weeks −2 to 2. The rate is per case still open then (limit) or
    per week observed (31 December, each closing by its nearest one). Excess = observed − expected over weeks −1 and
    0, with a 95% interval of counting error and curve together.

    ``.summary``: ``date`` (limit, year_end), ``closings`` (all used), ``observed, expected, excess, lower, upper,
    ratio, dispersion, note``; ``.table``: ``date, week, exposure, closings, expected, fitted`` (whether the week made
    the curve). ``observed`` is missing where the register reaches neither week. A curve is missing, with a note, under 30 closings or 10 weeks
    outside the window; the limit is left out, and the caption says why, where the register lacks basis, extension or exclusion. ``counting``: as
    for ``limits.with_limits``. Raises ``ArgumentError``.

    Parameters
    ----------
    cases : Cases
        The register.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    **counting
        ``clock``, ``scope``, ``holidays``, ``excluded``: how limits are counted, as ``limits.with_limits`` takes them.

    Returns
    -------
    LimitBunching
        Summary and weekly table.

    >>> from analysis import Cases
    >>> days = {"filed_on": ["2011-01-04", "2011-01-05"], "closed_on": ["2011-07-01", None]}
    >>> frame = pd.DataFrame(days).assign(basis="civil", extension_days=0, excluded_days=0)
    >>> limit_bunching(Cases.from_frames(frame, as_of="2011-12-31")).summary[["date", "observed"]].values.tolist()
    [['limit', 1], ['year_end', 0]]
    """
    cut = known_on(cases, at)
    rows = limited_rows(cases, ["closed_on"], at=at, **counting)
    rows = rows[rows["closed_on"].isna() | (rows["closed_on"] >= rows["filed_on"])]
    lacking = columns_of_limit_lacking(cases, counting)
    counted = ({} if lacking else {"limit": _by_limit(rows, cut)}) | {"year_end": _by_year_end(rows, cut)}
    fitted = {name: _fitted(weeks) for name, weeks in counted.items()}
    tables = [weeks.assign(date=name) for name, (weeks, _) in fitted.items()]
    columns = ["date", "week", "exposure", "closings", "expected", "fitted"]
    closed, known = int(rows["closed_on"].notna().sum()), day_text(cut)
    return LimitBunching(
        summary=pd.DataFrame([{"date": name, **about} for name, (_, about) in fitted.items()]).astype(
            {"observed": "Int64"}
        ),
        table=pd.concat(tables, ignore_index=True)[columns],
        caption=joined(
            [
                Text(f"截至{known.zh}结案{closed:,}件", f"{closed:,} closings known to {known.en}"),
                Text(
                    "期限届满前、年末前14天的结案数与平滑曲线之差",
                    "closings of the 14 days before the date against a smooth curve",
                ),
                *([cannot_tell(lacking, BEFORE_LIMIT)] if lacking else taken_for_known(cases, rows, counting)),
            ]
        )
        + cases.made_up,
    )


def _weeks_from(days: pd.Series, dates: pd.Series) -> pd.Series:
    """Weeks of distance: 0 is the week that ends on the date, 1 the next."""
    return pd.Series(np.ceil((days - dates).dt.days / 7), index=days.index)


def _by_limit(limited: pd.DataFrame, cut: pd.Timestamp) -> pd.DataFrame:
    """Closings by weeks from the limit, and the cases open and observed through each week."""
    known = limited.assign(due_on=surely_due(limited)).dropna(subset="due_on")
    closed = known["closed_on"].notna()
    first = _weeks_from(known["filed_on"], known["due_on"])
    last = _weeks_from(known["closed_on"].where(closed, cut), known["due_on"])
    week = np.arange(-WEEKS, WEEKS + 1)
    began = np.searchsorted(np.sort(first), week, side="right")
    # an open case is not observed through the week in which the register ends
    over = np.searchsorted(np.sort(last[closed]), week, side="left") + np.searchsorted(
        np.sort(last[~closed]), week, side="right"
    )
    return _table(week, began - over, last[closed])


def _by_year_end(rows: pd.DataFrame, cut: pd.Timestamp) -> pd.DataFrame:
    """Closings by weeks from the nearest 31 December, and how often each week was observed."""
    closed = rows["closed_on"].dropna()
    week = np.arange(-WEEKS, WEEKS + 1)
    if rows.empty:
        return _table(week, np.zeros(len(week)), closed.dt.year)
    every = pd.Series(pd.date_range(rows["filed_on"].min() if closed.empty else closed.min(), cut, freq="D"))
    observed = _year_end_weeks(every).value_counts().reindex(week, fill_value=0)
    return _table(week, observed.to_numpy() / 7, _year_end_weeks(closed))


def _year_end_weeks(days: pd.Series) -> pd.Series:
    year = days.dt.year - (days.dt.month <= 6)
    return _weeks_from(days, pd.to_datetime(year.astype("str") + "-12-31"))


def _table(week: np.ndarray, exposure: np.ndarray, closed: pd.Series) -> pd.DataFrame:
    counts = closed.value_counts().reindex(week, fill_value=0).to_numpy(dtype="int64")
    return pd.DataFrame({"week": week, "exposure": exposure, "closings": counts})


def _fitted(weeks: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The smooth curve beside the counts, and the excess just before the date."""
    before = weeks["week"].between(*BEFORE)
    used = (weeks["exposure"] > 0) & ~weeks["week"].between(*LEFT_OUT)
    observed = int(weeks.loc[before, "closings"].sum())
    is_reached = bool(
        (weeks.loc[before, "exposure"] > 0).any()
    )  # of a register that ends in September no December is known
    about: dict[str, Any] = {"closings": int(weeks["closings"].sum()), "observed": observed if is_reached else pd.NA}
    missing = dict.fromkeys(("expected", "excess", "lower", "upper", "ratio", "dispersion"), np.nan)
    outside = int(weeks.loc[used, "closings"].sum())
    if used.sum() < LEAST_WEEKS or outside < LEAST_CLOSINGS or not (weeks.loc[before, "exposure"] > 0).all():
        note = Text(
            f"窗口以外仅{int(used.sum())}周、{outside}件结案，不足以拟合曲线",
            f"only {int(used.sum())} weeks with {outside} closings outside the window: no curve is fitted",
        )
        return weeks.assign(expected=np.nan, fitted=False), {**about, **missing, "note": note.cell}
    curve, covariance, dispersion = _curve(weeks, used)
    x = _powers(weeks["week"])
    at_stake = before.to_numpy()
    expected = float(curve[at_stake].sum())
    gradient = curve[at_stake] @ x[at_stake]
    error = float(np.sqrt(dispersion * expected + gradient @ covariance @ gradient))
    excess = observed - expected
    about |= {
        "expected": expected, "excess": excess, "lower": excess - Z_95 * error, "upper": excess + Z_95 * error,
        "ratio": observed / expected, "dispersion": dispersion, "note": "",
    }  # fmt: skip
    return weeks.assign(expected=curve, fitted=used), about


def _powers(week: pd.Series) -> np.ndarray:
    return np.vander(week.to_numpy(dtype="float64") / WEEKS, DEGREE + 1, increasing=True)


def _curve(weeks: pd.DataFrame, used: pd.Series) -> tuple[np.ndarray, np.ndarray, float]:
    """Expected closings of each week, the covariance of the coefficients, and the dispersion (Pearson, at least 1)."""
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    fitted = weeks[used]
    model = GLM(fitted["closings"], _powers(fitted["week"]), family=Poisson(), offset=np.log(fitted["exposure"]))
    found = model.fit()
    dispersion = max(1.0, float(found.pearson_chi2 / found.df_resid))
    rate = np.exp(_powers(weeks["week"]) @ np.asarray(found.params))
    covariance = np.asarray(found.cov_params()) * dispersion
    return weeks["exposure"].to_numpy(dtype="float64") * rate, covariance, dispersion
