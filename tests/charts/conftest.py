"""Small hand-made results for the chart tests; everything here is synthetic."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.measures.caseflow import caseflow_from_counts
from analysis.vocabulary.language import Text


def _flow(periods: int = 24, *, freq: str = "M", by: str | None = None) -> pd.DataFrame:
    alias = {"M": "MS", "Q": "QS", "Y": "YS", "W": "7D"}[freq]
    starts = pd.date_range("2010-01-01" if freq != "W" else "2010-01-02", periods=periods, freq=alias)
    counts = pd.DataFrame(
        {
            "period": starts,
            "filed": [20 + i % 5 for i in range(periods)],
            "closed": [18 + i % 7 for i in range(periods)],
        }
    )
    flow = caseflow_from_counts(counts, opening=30)
    if by:
        parts = [flow.assign(**{by: name}) for name in ("执行一组", "执行二组", "执行三组")]
        flow = pd.concat(parts, ignore_index=True).sort_values(["period", by], ignore_index=True)
    flow.attrs = {
        "freq": freq,
        "by": [by] if by else [],
        "as_of": "2011-12-31",
        "problems": [],
        "court": "富锦市人民法院",
    }
    return flow


@pytest.fixture
def flow() -> pd.DataFrame:
    return _flow()


@pytest.fixture
def make_flow() -> Callable[..., pd.DataFrame]:
    return _flow


@pytest.fixture
def indicator_table() -> pd.DataFrame:
    rows = []
    for year, rate, base in ((2010, 95.63, 343), (2011, 99.22, 386)):
        shared = {
            "court": "富锦市人民法院",
            "period_start": pd.Timestamp(year, 1, 1),
            "period_end": pd.Timestamp(year, 12, 31),
            "note": "",
        }
        closed = {"indicator": "closure_rate", "value": rate, "numerator": base - 3, "denominator": base}
        rows.append({**shared, **closed, "lower": rate - 2, "upper": min(rate + 1, 100), "unit": "%"})
        amount = {"indicator": "amount_closed", "value": 2046.23, "numerator": 2046.23, "denominator": None}
        rows.append({**shared, **amount, "lower": None, "upper": None, "unit": "万元"})
    table = pd.DataFrame(rows)
    table["definition"] = "fujin-2012/" + table["indicator"]
    return table.astype({"denominator": "float64", "lower": "float64", "upper": "float64"})


@pytest.fixture
def km() -> SimpleNamespace:
    """Two groups: the first reaches one half at day 60, the second never does."""
    curve = pd.DataFrame(
        {
            "has_property": [True, True, True, False],
            "days": [10, 60, 400, 90],
            "at_risk": [10, 8, 2, 5],
            "events": [2, 4, 1, 1],
            "survival": [0.8, 0.4, 0.2, 0.8],
            "lower": [0.5, 0.2, 0.1, 0.4],
            "upper": [0.95, 0.7, 0.5, 0.97],
        }
    )
    summary = pd.DataFrame(
        {
            "has_property": [True, False],
            "n": [10, 5],
            "events": [7, 1],
            "median": [60.0, None],
            "median_lower": [10.0, None],
            "median_upper": [400.0, None],
        }
    )
    test = pd.DataFrame({"test": ["log-rank"], "statistic": [12.0], "df": [1], "p": [0.0005]})
    notes = pd.DataFrame({"has_property": [], "note": []})
    return SimpleNamespace(curve=curve, summary=summary, test=test, notes=notes, caption=Text("案件 15 件", "15 cases"))


@pytest.fixture
def ages() -> SimpleNamespace:
    bands = pd.DataFrame(
        {"band": ["3 个月以内\nup to 3 months", "3–6 个月\n3–6 months"], "cases": [61, 14], "share": [61 / 75, 14 / 75]}
    )
    summary = pd.DataFrame({"pending": [75], "median_age": [40.0], "median_days": [55.0]})
    caption = Text("截至 2009-06-30 未结 75 件", "75 cases pending on 2009-06-30")
    return SimpleNamespace(bands=bands, summary=summary, caption=caption)


@pytest.fixture
def printed_table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "court": ["富锦市人民法院"] * 3,
            "measure": ["closure_rate", "closed", "petition_settlement_rate"],
            "period_start": pd.to_datetime(["2010-01-01", "2011-01-01", "2011-01-01"]),
            "period_end": pd.to_datetime(["2011-12-31", "2011-12-31", "2012-06-11"]),
            "printed": ["99.5", "383", "99"],
            "rebuilt": [100 * 711 / 714, 383.0, float("nan")],
            "verdict": ["truncated", "agrees", "unchecked"],
        }
    )
