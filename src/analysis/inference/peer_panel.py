"""Courts side by side, each figure with the one verdict that all printed figures of its court give it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.inference.peers.panel import LEVEL, SCOPE, Asked, PeerPanel, are_returns, compared_panel, judged_panel
from analysis.inference.reconciliation.reconcile import reconcile
from analysis.vocabulary.periods import Period, days_of_period, is_year, year_of


def peer_panel(
    data: pd.DataFrame,
    *,
    indicator: str = "closure_rate",
    level: str | None = LEVEL,
    scope: str | None = SCOPE,
    period: Period | None = None,
    verdicts: pd.DataFrame | None = None,
    definitions: str | Path | None = None,
) -> PeerPanel:
    """One full year, or the ``period`` asked, of one indicator a court, like with like: same level, scope, period length and definition.

    Of several rows of a court the latest full year is taken (or that of ``period``, the year in which it ends; of a shorter period, as a
    half-year or 1—9月, the rows of the same days, statistical calendars some days apart). A period belongs to the era in which its
    larger part lies: before or since 2016-12-01, when the rules on 终本 were tightened. Courts of different years are context, never
    a league of one year.

    Parameters
    ----------
    data : DataFrame
        Returns as ``read_returns`` gives them, or indicators as ``indicators`` gives them for several courts.
    indicator : str
        Any rate of the definition sets (``closure_rate``: closed ÷ received, ``clearance_rate``: closed ÷ filed, …); one
        whose counts no row states is compared as published. From a table of indicators: any of its ids.
    level, scope : str or None
        Level of court and scope of cases that are compared; None compares all, as does a table in which no row
        states them. Of several definitions the one that most courts' latest year has is compared.
    period : int, str or pair of days, optional
        The year or shorter period that is compared (default: each court's latest full year).
    definitions : str or Path, optional
        A definition set or a court's own TOML file, whose rates lead; the sets that ship are known without it.
    verdicts : DataFrame, optional
        ``reconcile(returns).figures``: the worst said of the rate or of its counts travels along. By default returns are
        reconciled here, so that a figure has one verdict wherever it is shown; give them where that has been done.

    Returns
    -------
    PeerPanel
        ``table``: ``court, province, level, scope, period_start, period_end, era, indicator, definition, numerator,
        denominator, value, printed, verdict, opening, note, file, row`` (rates as shares of 1; ``printed`` as
        printed); ``excluded``: ``court, scope, period_start, period_end, reason, explanation, file, row``;
        ``references``: the same figures of provinces and the nation.

    Raises
    ------
    ArgumentError
        An indicator that the data do not hold.
    DataError
        No row can be compared; the message counts the reasons.

    Examples
    --------
    >>> year = {"level": "basic", "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    >>> rows = [{"court": "甲", "received": "386", "closed": "383"}, {"court": "乙", "received": "714", "closed": None}]
    >>> panel = peer_panel(pd.DataFrame([year | row for row in rows]))
    >>> panel.table[["court", "numerator", "denominator"]].values.tolist()
    [['甲', 383.0, 386.0]]
    >>> panel.excluded[["court", "reason"]].values.tolist()
    [['乙', 'counts']]
    """
    time = None if period is None else year_of(period, "period") if is_year(period) else days_of_period(period)
    panel = compared_panel(data, Asked(indicator, level, scope, time, definitions), verdicts=verdicts)
    if verdicts is not None or not are_returns(data):
        return panel
    own = data[data["court"].isin(panel.table["court"])]
    return judged_panel(panel, reconcile(own, definitions=definitions).figures)
