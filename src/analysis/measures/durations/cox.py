"""Case mix: how much faster or slower cases of a kind close, other things equal (Cox's proportional hazards)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.table import Cases, known_on, must_be_columns
from analysis.measures.breakdowns import KINDS, OF_ONE_CASE, must_be_of_the_whole
from analysis.measures.durations.durations import extract_notes, observed_since
from analysis.measures.durations.risk import NOT_STATED, ROUNDING
from analysis.measures.intervals import Z_95
from analysis.measures.open_teams import decided_on, of_open_teams
from analysis.measures.people_ledger import must_not_follow_people
from analysis.measures.pseudonyms import with_people_shown
from analysis.measures.rows import case_rows
from analysis.register.disclosure import AMOUNT
from analysis.vocabulary.columns import columns
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.periods import Day, day
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text, joined, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMERIC = ("money", "integer")
COVARIATES = [n for n, c in columns("cases").items() if c.kind in (*NUMERIC, *KINDS) and n not in OF_ONE_CASE]


@dataclass(frozen=True, eq=False)
class CoxModel(Result):
    """A fitted model: ``table`` (one row a coefficient), ``fit`` (the model as a whole), ``caption``."""

    table: pd.DataFrame
    fit: pd.DataFrame
    caption: Text


def cox_model(
    cases: Cases,
    *,
    covariates: Sequence[str] = ("basis", "has_property"),
    observed_from: Day | None = None,
    at: Day | None = None,
    names: bool = False,
) -> CoxModel:
    """Hazard ratios of closing by case mix: λ(t | x) = λ₀(t)·exp(xβ), ties by Efron, late entry, open cases censored.

    ``covariates`` are register columns. A category is compared with the most frequent one (missing values are a
    category of their own); an amount or number enters as its doubling (log₂), cases without one above 0 are left out
    and counted. A ratio above 1 means faster closing. Result: ``.table`` ``covariate, level, reference, cases,
    events, coefficient, standard_error, hazard_ratio, lower, upper, p, proportional_p`` (95% Wald;
    ``proportional_p`` small: the ratio changes with the age of the case, Grambsch and Therneau 1994); ``.fit``
    ``cases, events, log_likelihood, statistic, df, p`` (likelihood ratio). ``observed_from``, ``at``, ``names`` as in
    ``time_to_close``. Raises ``ArgumentError`` for a column that cannot be a covariate, ``DataError`` for an extract
    of closed cases and for data that do not identify the model.

    Parameters
    ----------
    cases : Cases
        The register.
    covariates : list of str
        Register columns to compare by.
    observed_from : date or text
        The day from which every case then pending or filed later is in the register; without it the one that the court said.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.
    names : bool
        ``True`` for use inside the court: people by name, and amounts as covariates, which a few models of a few cases would tell to the yuan.

    Returns
    -------
    CoxModel
        The ratios, and the fit.

    >>> from analysis import Cases
    >>> closed = ["2011-01-05", "2011-02-01", None, "2011-01-09", "2011-03-01", "2011-04-01"]
    >>> basis = ["civil", "civil", "civil", "arbitration", "arbitration", "arbitration"]
    >>> frame = pd.DataFrame({"filed_on": ["2011-01-01"] * 6, "closed_on": closed, "basis": basis})
    >>> model = cox_model(Cases.from_frames(frame, as_of="2011-12-31"), covariates=["basis"])
    >>> model.table[["covariate", "level", "reference", "cases", "events"]].values.tolist()
    [['basis', 'civil', 'arbitration', 3, 2]]
    """
    chosen = must_be_columns("covariates", covariates)
    for name in chosen:
        if name not in COVARIATES:
            raise ArgumentError.not_one_of("covariates", name, COVARIATES)
    _must_be_open(chosen, names)
    observed_from = observed_since(cases, observed_from)
    said = extract_notes(cases, observed_from)
    must_not_follow_people(names, chosen)
    must_be_of_the_whole(cases, chosen, names=names)
    at = decided_on(cases, chosen, at, names=names)
    rows = case_rows(cases, ["filed_on", "closed_on", *chosen], at=at)
    rows, said = of_open_teams(cases, rows, names=names, said=said)
    rows = with_people_shown(cases, rows, names=names)
    rows = _spells(rows, cases, observed_from, at)
    design, about, kept = _design(rows, chosen, said)
    rows = rows[kept]
    table, fit = fit_cox(rows["time"], rows["event"], design[kept], entry=rows["entry"])
    known = day_text(known_on(cases, at))
    caption = Text(
        f"案件{len(rows):,}件，结案{int(rows['event'].sum()):,}件，截至{known.zh}；比值大于1表示结案更快",
        f"{number_of(len(rows), 'case')}, {int(rows['event'].sum()):,} closed, known to {known.en}; a ratio above 1 means faster closing",
    )
    return CoxModel(table=about.join(table), fit=fit, caption=joined([caption, *said]) + cases.made_up)


def _must_be_open(covariates: Sequence[str], names: bool) -> None:
    """Raise ``ArgumentError`` for amounts outside: coefficient and likelihood of a few cases are equations in what each claims."""
    amounts = [name for name in covariates if columns("cases")[name].disclosure == AMOUNT]
    if amounts and not names:
        raise ArgumentError(
            f"以金额（{amounts[0]}）为协变量的模型只供院内：由几个模型可以解出单件的金额。请加 names=True，或改用其他协变量。",
            f"a model with an amount ({amounts[0]}) among its covariates is for use inside the court: a few of them tell the amount of a "
            "single case. Say names=True, or take other covariates.",
        )


def fit_cox(time: Any, event: Any, design: pd.DataFrame, *, entry: Any = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A Cox model of plain arrays by ``statsmodels.PHReg`` (Efron): the coefficients, and the model as a whole.

    ``time``: age at the end; ``event``: 1 closed, 0 open; ``entry``: age at the beginning, that day included.
    """
    from scipy import stats
    from statsmodels.duration.hazard_regression import PHReg

    x = design.to_numpy(dtype="float64")
    if not np.any(np.asarray(event)) or not _is_identified(x):
        raise DataError(
            "数据不足以估计该模型：没有结案、协变量没有变化，或几个协变量说的是同一件事。请减少协变量。",
            "The data do not identify this model: no closing, a covariate that does not vary, or covariates that say the same. "
            "Use fewer covariates.",
        )
    start = None if entry is None else np.asarray(entry, dtype="float64")
    model = PHReg(
        np.asarray(time, dtype="float64"), x, status=np.asarray(event, dtype="int64"), entry=start, ties="efron"
    )
    found = model.fit()
    beta, error = np.asarray(found.params), np.asarray(found.bse)
    table = pd.DataFrame(
        {
            "coefficient": beta, "standard_error": error, "hazard_ratio": np.exp(beta),
            "lower": np.exp(beta - Z_95 * error), "upper": np.exp(beta + Z_95 * error),
            "p": 2 * stats.norm.sf(np.abs(beta / error)), "proportional_p": _proportional(found),
        },
        index=design.columns,
    )  # fmt: skip
    statistic = 2 * (found.llf - model.loglike(np.zeros(len(beta))))
    fit = pd.DataFrame(
        [
            {
                "cases": len(x), "events": int(np.sum(np.asarray(event))), "log_likelihood": found.llf, "statistic": statistic,
                "df": len(beta), "p": float(stats.chi2.sf(statistic, len(beta))),
            }
        ]
    )  # fmt: skip
    return table, fit


def _is_identified(x: np.ndarray) -> bool:
    """Test that every column varies and none follows from the others."""
    spread = x.std(axis=0)
    if x.shape[1] == 0 or not (spread > 0).all():
        return False
    standard = (x - x.mean(axis=0)) / spread
    return bool(np.linalg.matrix_rank(standard.T @ standard / len(x), tol=ROUNDING, hermitian=True) == x.shape[1])


def _proportional(found: Any) -> np.ndarray:
    """p of constant hazard ratios: scaled Schoenfeld residuals against the rank of the age (Grambsch and Therneau 1994)."""
    from scipy import stats

    residuals = np.asarray(found.schoenfeld_residuals)
    seen = ~np.isnan(residuals).any(axis=1)
    residuals = residuals[seen]
    rank = stats.rankdata(np.asarray(found.model.endog)[seen])
    rank = rank - rank.mean()
    covariance = np.asarray(found.cov_params())
    scaled = len(residuals) * residuals @ covariance
    spread = len(residuals) * np.diag(covariance) * (rank @ rank)
    if not np.any(rank):
        return np.full(len(covariance), np.nan)
    return stats.chi2.sf((rank @ scaled) ** 2 / spread, 1)


def _spells(rows: pd.DataFrame, cases: Cases, observed_from: Any, at: Any) -> pd.DataFrame:
    """Rows with the ages in days at entry and at the end, and whether closed.

    ``PHReg`` takes a case as at risk on the day of its entry, so a closing on that day (or on the day of filing)
    counts.
    """
    cut = known_on(cases, at)
    begin = rows["filed_on"].min() if observed_from is None else day(observed_from, "observed_from")
    event = rows["closed_on"].notna()
    entry = (begin - rows["filed_on"]).dt.days.clip(lower=0)
    time = (rows["closed_on"].where(event, cut) - rows["filed_on"]).dt.days
    spells = rows.assign(entry=entry if observed_from is not None else 0, time=time, event=event.astype("int64"))
    spells = spells[spells["time"] >= spells["entry"]].reset_index(drop=True)
    if spells.empty:
        raise DataError("没有可分析的案件。", "There is no case to analyse.")
    return spells


def _design(
    rows: pd.DataFrame, covariates: Sequence[str], said: list[Text]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """The design matrix, what each column means, and which rows enter; what is left out goes into ``said``."""
    kept = pd.Series(data=True, index=rows.index)
    for name in covariates:
        if columns("cases")[name].kind in NUMERIC:
            kept &= pd.to_numeric(rows[name]).gt(0).fillna(value=False).astype(bool)
    levels = {n: _levels(rows[n]) for n in covariates if columns("cases")[n].kind not in NUMERIC}
    for name, level in levels.items():
        never = [v for v in level[kept].unique() if not rows.loc[kept & (level == v), "event"].any()]
        if never:
            said.append(
                Text(
                    f"{name} 为 {'、'.join(never)} 的案件无一结案，未计入",
                    f"{name} {', '.join(never)}: no case closed, left out",
                )
            )
            kept &= ~level.isin(never)
    design: dict[str, pd.Series] = {}
    about: list[dict[str, Any]] = []
    for name in covariates:
        if name not in levels:
            amount = pd.to_numeric(rows[name]).astype("float64").where(kept)
            design[name] = pd.Series(np.log2(amount), index=rows.index)
            about.append({"covariate": name, "level": "×2", "reference": "", "which": kept})
            continue
        level = levels[name]
        counts = level[kept].value_counts()
        order = sorted(counts.index, key=lambda v, counts=counts: (-counts[v], v))  # type: ignore[misc]
        for value in order[1:]:
            design[f"{name}={value}"] = (level == value).astype("float64")
            about.append({"covariate": name, "level": value, "reference": order[0], "which": kept & (level == value)})
    left = int((~kept).sum())
    if left:
        said.append(
            Text(
                f"缺少协变量或无法比较的{left}件未计入",
                f"left out: {number_of(int(left), 'case')} without a covariate or comparison",
            )
        )
    for row in about:
        which = row.pop("which")
        row["cases"], row["events"] = int(which.sum()), int(rows.loc[which, "event"].sum())
    described = pd.DataFrame(about, index=list(design), columns=["covariate", "level", "reference", "cases", "events"])
    return pd.DataFrame(design, index=rows.index), described, kept


def _levels(column: pd.Series) -> pd.Series:
    """A category of each row as text; yes/no columns as yes, no; missing as not stated."""
    if pd.api.types.is_bool_dtype(column):
        column = column.map({True: "yes", False: "no"})
    return column.astype("str").fillna(NOT_STATED)
