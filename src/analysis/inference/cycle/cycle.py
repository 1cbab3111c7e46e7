"""Measuring the round of accumulating and clearing (累积—清理—再累积—再清理): ``cycle`` puts its parts together."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cases.table import Cases
from analysis.inference.cycle.balance import balance_table
from analysis.inference.cycle.concordance import LEAST_OVERLAP, concordance_table, states, together_table
from analysis.inference.cycle.judgement import judged
from analysis.inference.cycle.problems import problem, problem_table
from analysis.inference.cycle.regimes import regime_tables
from analysis.inference.cycle.season import adjusted as without_season
from analysis.inference.cycle.season import (
    festival_notes,
    festival_table,
    season_notes,
    season_table,
    seasonality_table,
)
from analysis.inference.cycle.series import FlowSeries, end_of, read_flow
from analysis.inference.cycle.surge import evenness_table, last_days_table, surge_table
from analysis.inference.cycle.turning_points import DatingRule, dated, phase_table, turning_point_table
from analysis.vocabulary.dates import window_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numbers import p_text
from analysis.vocabulary.result import Result, made_up
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, in_language, text_of_cell

if TYPE_CHECKING:
    from analysis.cases.beginning import Beginning

PARTS = (
    "verdicts",
    "evidence",
    "power",
    "robustness",
    "turning_points",
    "phases",
    "raw_turning_points",
    "raw_phases",
    "regimes",
    "regime_probabilities",
    "season",
    "seasonality",
    "spring_festival",
    "surge",
    "last_days",
    "evenness",
    "balance",
    "problems",
    "residuals",
    "series",
)


@dataclass(frozen=True, eq=False)
class Cycle(Result):
    """The result of ``cycle`` as tables; with several courts each begins with the columns of the breakdown.

    ``verdict`` and ``ended`` answer whether the court left the round, ``sentence`` says it in both languages (one court; of several ``of``
    gives one). ``verdicts``: a row a court, with the months still needed and the share of ``robustness``'s variants that agree;
    ``evidence``: every explanation with weight, p, size, period and dates; ``power``: how often rounds of fixed sizes would be shown.
    ``turning_points``: ``date`` (first day of the period), ``kind`` (peak, trough), ``pending``, ``pending_adjusted``;
    ``phases``: ``start, end, kind`` (accumulating, clearing; one cut off that ends as it began is level), ``periods, cases, filed, closed,
    amplitude, steepness, complete``: they describe the stock and say nothing of why it turns, as any random walk turns too;
    ``raw_turning_points`` and ``raw_phases``: the same without seasonal adjustment; ``concordance``: pairs of courts,
    ``together``: all of them; ``regimes`` and ``regime_probabilities``; ``season``, ``seasonality``, ``spring_festival``; ``surge`` (December),
    ``last_days``, ``evenness``, ``balance``; ``problems``: what is wrong or missing, never repaired in silence;
    ``residuals`` of the stock identity by period; ``series``: the flow as recorded and without its season.
    """

    verdicts: pd.DataFrame
    evidence: pd.DataFrame
    power: pd.DataFrame
    robustness: pd.DataFrame
    turning_points: pd.DataFrame
    phases: pd.DataFrame
    raw_turning_points: pd.DataFrame
    raw_phases: pd.DataFrame
    concordance: pd.DataFrame
    together: pd.DataFrame
    regimes: pd.DataFrame
    regime_probabilities: pd.DataFrame
    season: pd.DataFrame
    seasonality: pd.DataFrame
    spring_festival: pd.DataFrame
    surge: pd.DataFrame
    last_days: pd.DataFrame
    evenness: pd.DataFrame
    balance: pd.DataFrame
    problems: pd.DataFrame
    residuals: pd.DataFrame
    series: pd.DataFrame
    freq: str
    by: tuple[str, ...]
    rule: DatingRule
    caption: Text

    @property
    def verdict(self) -> str:
        """One of ``judgement.VERDICTS``; raises ``ArgumentError`` where there are several courts."""
        return str(self._only("verdict"))

    @property
    def ended(self) -> str:
        """One of ``judgement.ENDINGS``; raises ``ArgumentError`` where there are several courts."""
        return str(self._only("ended"))

    @property
    def sentence(self) -> Text:
        """The verdict in words; raises ``ArgumentError`` where there are several courts."""
        cell = self._only("sentence")
        return text_of_cell(cell)

    def _only(self, column: str) -> Any:
        if len(self.verdicts) != 1:
            raise ArgumentError(
                f"结果含{len(self.verdicts)}个法院（或组）：各自的结论见 verdicts 表，或用 of(名称) 取其中一个。",
                f"the result holds {len(self.verdicts)} courts (or groups): see the table verdicts, or take one with of(name).",
            )
        return self.verdicts[column].iloc[0]

    def of(self, *group: Any) -> Cycle:
        """One court's part of a result by court (or group): ``found.of("富锦市人民法院")``.

        Raises ``ArgumentError`` for a court that is not there, and where the result is of one flow that names none.
        """
        if not self.by:
            raise ArgumentError(
                "结果不分法院（或组），没有可取的部分：去掉 court= 或 of(…)，或先按法院计算。",
                "the result is not by court (or group): leave court= or of(…) out, or compute it by court first.",
            )
        keys = list(self.by)
        known = sorted({_label(one) for one in self.series[keys].itertuples(index=False, name=None)})
        label, parts = _label(group), {}
        if label not in known:
            raise ArgumentError.not_one_of("court", label, known)
        for name in PARTS:
            table = getattr(self, name)
            own = np.array([_label(one) == label for one in table[keys].itertuples(index=False, name=None)], dtype=bool)
            parts[name] = table[own].drop(columns=keys).reset_index(drop=True)
        caption = Text(f"{label}；", f"{label}; ") + _caption(parts, self.freq, self.rule, 1) + made_up(self.series)
        return replace(self, **parts, by=(), caption=caption)


def _label(group: tuple[Any, ...]) -> str:
    return "/".join(str(term("not_stated")) if pd.isna(value) else str(value) for value in group)


def cycle(
    flow: pd.DataFrame,
    cases: Cases | None = None,
    *,
    window: int | None = None,
    least_phase: int | None = None,
    least_cycle: int | None = None,
    adjusted: bool = True,
    seed: int = 0,
    walks: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Cycle:
    """Date and judge the rounds of a court's backlog: turning points, regimes, season, year-end, balance.

    Parameters
    ----------
    flow : DataFrame
        A caseflow (``caseflow``, ``caseflow_from_counts``): ``period, opening, filed, closed, closing``; weekly, monthly, quarterly or
        yearly; one court, or several told apart by a column. Gaps and missing numbers are never filled: the longest
        unbroken stretch is used and ``problems`` says so.
    cases : Cases, optional
        The register behind the flow, for the share of the last ten days and the check by Little's law.
    window, least_phase, least_cycle : int, optional
        The dating rule **in periods of the flow**: an extreme must hold within ``window`` periods on either side; a phase lasts at
        least ``least_phase``, a cycle (peak–peak, trough–trough) at least ``least_cycle``. Left out: monthly 5, 5, 15
        (Bry and Boschan 1971); quarterly 2, 2, 5 (Harding and Pagan 2002); weekly 22, 22, 65 (the monthly rule in
        weeks); yearly 1, 1, 2 (every local extreme). The rules word for word: ``analysis.inference.cycle.turning_points``.
    adjusted : bool
        Date the season-adjusted stock (where the flow has a season); ``False`` dates the stock as recorded. The raw
        dating stands beside it in any case.
    seed : int
        The seed of everything drawn.
    walks : int, optional
        Falls away in the next version and does nothing: the range of random walks that it counted held the court's own rounds.
    progress : callable
        Called with a line before each of several courts or groups.

    Returns
    -------
    Cycle
        See there for the tables.

    Of a register whose first months leave cases out (``Cases.beginning``) only the periods from which its stock is whole are looked at, and
    ``problems`` says so (where there is none, nothing but the series is given); of a flow by court, each court by its own beginning.

    Raises ``InputError`` for a table that is no flow, ``ArgumentError`` for a rule below 1.

    >>> months = pd.date_range("2006-01-01", periods=72, freq="MS")
    >>> net = pd.Series([4] * 18 + [-4] * 18 + [4] * 18 + [-4] * 18)
    >>> flow = pd.DataFrame({"period": months, "filed": 30 + net, "closed": 30, "closing": 50 + net.cumsum()})
    >>> found = cycle(flow)
    >>> found.turning_points[["kind", "pending"]].values.tolist()
    [['peak', 122], ['trough', 50], ['peak', 122]]
    >>> found.phases["periods"].tolist(), found.phases["complete"].tolist()
    ([17, 18, 18, 18], [False, True, True, False])
    """
    if walks is not None:
        warnings.warn("walks= does nothing and falls away", DeprecationWarning, stacklevel=2)
    flow, left_out, untold = _whole(flow, cases)
    groups = read_flow(flow)
    rule = DatingRule.of(groups[0].freq, window=window, least_phase=least_phase, least_cycle=least_cycle)
    found = []
    for number, one in enumerate(groups, start=1):
        if progress and len(groups) > 1:
            progress(f"{_label(tuple(one.group.values()))} ({number}/{len(groups)})")
        court = None if pd.isna(name := one.group.get("court")) else name
        said = [problem("beginning", left_out[court].text)] if court in left_out else []
        parts = _one(one, cases, rule, said, adjusted=adjusted, seed=seed)
        found.append(_untold(parts, left_out[court]) if court in untold else parts)
    tables = {
        name: pd.concat(
            [one.labelled(parts[name]) for one, parts in zip(groups, found, strict=True)], ignore_index=True
        )
        for name in PARTS
    }
    together = [
        (one.group, states(parts["phases"], one.table["period"])) for one, parts in zip(groups, found, strict=True)
    ]
    all_courts = together_table(together, seed=seed)
    tables["series"].attrs["synthetic"] = bool(flow.attrs.get("synthetic"))
    return Cycle(
        **tables,
        concordance=concordance_table(together),
        together=all_courts,
        freq=groups[0].freq,
        by=tuple(groups[0].group),
        rule=rule,
        caption=_caption(tables, groups[0].freq, rule, len(groups))
        + _said_of_all(all_courts, len(groups))
        + made_up(flow),
    )


def _whole(flow: pd.DataFrame, cases: Cases | None) -> tuple[pd.DataFrame, dict[Any, Beginning], set[Any]]:
    """The periods of a flow in which no pending case is left out of the register, by court where it is broken down by court.

    With it the beginnings of the courts of which periods are left out, and those of which no period is whole: these stay as they are.
    """
    if cases is None or "period" not in flow:
        return flow, {}, set()
    by_court = "court" in flow
    courts = [None if pd.isna(name) else name for name in flow["court"]] if by_court else [None] * len(flow)
    begun = {court: cases.begun_at(court) if by_court else cases.beginning for court in set(courts)}
    starts = pd.to_datetime(flow["period"], errors="coerce")
    whole = [begun[court].is_whole(start) for court, start in zip(courts, starts, strict=True)]
    untold = set(courts) - {court for court, is_whole in zip(courts, whole, strict=True) if is_whole}
    left_out = {court: begun[court] for court, is_whole in zip(courts, whole, strict=True) if not is_whole}
    left_out |= {court: of for court, of in begun.items() if of.filings is None and not of.is_whole(of.filed)}
    kept = [is_whole or court in untold for court, is_whole in zip(courts, whole, strict=True)]
    known = flow[kept].reset_index(drop=True)
    known.attrs = flow.attrs
    return known, left_out, untold


def _untold(tables: dict[str, pd.DataFrame], begun: Beginning) -> dict[str, pd.DataFrame]:
    """The tables of a court that is whole in no period: no turning point, no phase, no verdict but that it cannot be told."""
    why = begun.text
    sentence = Text(f"无法判断：{why.zh}。", f"Cannot be told: {why.en}.")
    verdicts = tables["verdicts"].assign(verdict="too_short", ended="cannot_know_yet", sentence=sentence.cell)
    verdicts[["same_share", "p_if_going_on"]] = np.nan
    verdicts[["months_needed", "on_debts"]] = verdicts[["months_needed", "on_debts"]].mask(verdicts["verdict"].notna())
    kept = ("verdicts", "series", "problems", "residuals")
    return {name: table if name in kept else table.head(0) for name, table in tables.items()} | {"verdicts": verdicts}


def _one(
    series: FlowSeries, cases: Any, rule: DatingRule, left_out: list[dict[str, Any]], *, adjusted: bool, seed: int
) -> dict[str, pd.DataFrame]:
    """Every table for one court."""
    tests = seasonality_table(series)
    course = without_season(series, tests)
    notes = season_notes(series, tests)
    raw = series.values("closing")
    used = course["pending_adjusted"].to_numpy(dtype=float) if adjusted else raw
    turns, raw_turns = dated(used, rule), dated(raw, rule)
    regimes, probabilities, regime_notes = regime_tables(series, course["net_adjusted"].to_numpy(dtype=float))
    periods = series.table["period"]
    notes += festival_notes(series) + regime_notes + _dating_notes(series, rule) + _missing_without(cases)
    return judged(series, cases) | {
        "turning_points": turning_point_table(turns, periods, raw, used),
        "phases": phase_table(turns, series.table, used),
        "raw_turning_points": turning_point_table(raw_turns, periods, raw, raw),
        "raw_phases": phase_table(raw_turns, series.table, raw),
        "regimes": regimes,
        "regime_probabilities": probabilities,
        "season": season_table(series, tests),
        "seasonality": tests,
        "spring_festival": festival_table(series),
        "surge": surge_table(series),
        "last_days": last_days_table(series, cases),
        "evenness": evenness_table(series, seed=seed),
        "balance": balance_table(series, cases),
        "problems": problem_table(left_out + series.problems + notes),
        "residuals": series.residual[["period", "residual"]].copy(),
        "series": course,
    }


def _dating_notes(series: FlowSeries, rule: DatingRule) -> list[dict[str, Any]]:
    if len(series) >= 2 * rule.window + 1:
        return []
    text = Text(
        f"共{len(series)}期，少于2×窗口＋1＝{2 * rule.window + 1}期：无法判定转折点",
        f"{len(series)} periods are fewer than 2 × window + 1 = {2 * rule.window + 1}: no turning point can be dated",
    )
    return [problem("dating", text, severity="note")]


def _missing_without(cases: Any) -> list[dict[str, Any]]:
    if cases is not None:
        return []
    text = Text(
        "未提供 cases=：最后十天结案占比、平均办理时间和利特尔定律核对缺失",
        "without cases= the share of the last ten days, mean durations and the check by Little's law are missing",
    )
    return [problem("needs_cases", text, severity="note")]


def _caption(tables: dict[str, pd.DataFrame], freq: str, rule: DatingRule, courts: int) -> Text:
    """For one court the verdict; window, number of periods (or courts) and turning points."""
    periods = tables["series"]["period"].drop_duplicates().sort_values()
    span = window_text(periods.iloc[0], end_of(periods, freq, -1))
    used, count = f"{rule.window}/{rule.least_phase}/{rule.least_cycle}", len(tables["turning_points"])
    parts = [
        Text(
            f"{span.zh}，" + (f"{courts}个组" if courts > 1 else f"{len(periods)}期"),
            f"{span.en}, " + (f"{courts} groups" if courts > 1 else f"{len(periods)} periods"),
        ),
        _said(tables["verdicts"]),
        Text(
            f"转折点{count}个（窗口/最短阶段/最短周期{used}期）",
            f"turning points: {count} (window/least phase/least cycle {used} periods)",
        ),
    ]
    return Text("；".join(part.zh for part in parts), ". ".join(capital(part.en) for part in parts))


def _said(verdicts: pd.DataFrame) -> Text:
    """The verdict on one court; of several, how many go in rounds and how many of these ended."""
    if len(verdicts) == 1:
        cell = verdicts["sentence"].iloc[0]
        return Text(in_language(cell, "zh").rstrip("。"), in_language(cell, "en").rstrip("."))
    rounds, ended = int((verdicts["verdict"] == "rounds").sum()), int((verdicts["ended"] == "ended").sum())
    return Text(f"见轮回{rounds}个，其中已停止{ended}个", f"in rounds: {rounds}, of which ended: {ended}")


def _said_of_all(together: pd.DataFrame, courts: int) -> Text:
    if courts < 2:
        return Text("", "")
    if together.empty:
        return Text(
            f"；有转折点的法院不足两个，或共同的时期不足{LEAST_OVERLAP}期：无法检验各法院是否同步",
            f"; fewer than two courts with turning points, or fewer than {LEAST_OVERLAP} periods in common: whether courts "
            "move together cannot be tested",
        )
    said, p = together["conclusion"].iloc[0], p_text(together["p"].iloc[0])
    return Text(f"；{in_language(said, 'zh')}（{p}）", f"; {in_language(said, 'en')} ({p})")
