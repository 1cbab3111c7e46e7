"""Figures by which one court stands out among its peers: all indicators, periods and parts under one control of false finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.peers.comparison import FEWEST, Comparison
from analysis.inference.peers.estimates import Estimates, estimates
from analysis.inference.peers.limits import tails
from analysis.inference.peers.panel import KINDS, PeerPanel
from analysis.inference.peers.panel_rows import (
    UNSTATED,
    calendar_months,
    from_indicators,
    levels,
    numbers,
    unit_of_kind,
)
from analysis.inference.peers.prediction import between_variance, predicted
from analysis.returns.several_courts import is_no_court
from analysis.vocabulary.errors import ArgumentError, DataError, must_have_columns
from analysis.vocabulary.indicator_sets.sets import directions_of, own_names, own_of
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.numbers import number, quantity
from analysis.vocabulary.periods import named_period
from analysis.vocabulary.result import Result
from analysis.vocabulary.sentences import period as in_words
from analysis.vocabulary.terms import term
from analysis.vocabulary.text import Text, capital, in_language, number_of

AGAINST = ("peers", "past")
# Sorts of figures of which no count says how far chance moves them, and the reason why nothing is said.
NOT_COUNTED = {"printed": "no_ratio", UNSTATED: "no_interval"}
LEAST = 30  # cases of the court, below which nothing is said of a figure
LEAST_EXPECTED = 5.0  # events (and of a proportion also others) that a court like its peers would have
POWER_Z = 0.8416212335729143  # normal quantile of 80 %: the gap that is found four times out of five
PERCENT = 100.0
OUTSIDE = 0.025  # of courts like the others, above and below
DAYS_OF_A_MONTH = 30.4
CELL = ["indicator", "group", "period"]
ALIKE = ("definition", "level", "scope")  # in which courts that are compared agree, as far as their rows say
OTHER = {"definition": "other_definition", "level": "level", "scope": "scope"}  # why a court is no peer
TWO_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, eq=False)
class StandsOut(Result):
    """``table`` (what stands out, the surest first), ``tests`` (all that was looked at), ``left_out`` with reasons."""

    table: pd.DataFrame
    tests: pd.DataFrame
    left_out: pd.DataFrame
    court: str
    caption: Text


def stands_out(
    data: pd.DataFrame | PeerPanel | Sequence[PeerPanel],
    *,
    court: str,
    by: str | Sequence[str] | None = None,
    kinds: Mapping[str, str] | None = None,
    directions: Mapping[str, str] | None = None,
    level: float = 0.05,
    least: int = LEAST,
) -> StandsOut:
    """List where a court is unlike its peers, or has changed unlike them, over all its figures at once.

    Each figure of the court is set against what the other courts of the same indicator, period and part foretell of one
    more of them: mean μ and variance τ² between courts from the others alone (Paule and Mandel 1982), on a scale where
    the spread is even; its chance is that of ``(y − μ)/√(φs² + τ² + var μ)``, over all τ² that the others leave open, for
    courts that differ as t of six degrees of freedom does and whose cases may belong together (φ from 1 to 16, weighed by
    how well the others' scatter fits). The chance is never put below the exact binomial or Poisson
    tail at μ. Changes from each period to the next are set against the others' changes alike. Of all these tests together
    those are listed that Benjamini and Hochberg's step-up (1995) keeps: of what is listed at most ``level`` is expected to
    be chance.

    Parameters
    ----------
    data
        Panels, or a table with one row a court and figure: ``court, indicator, numerator, denominator``, and where
        there are several ``period_start, period_end`` (or ``period``); ``value, standard_error`` for figures without counts.
        Where there is a ``definition``, ``level`` or ``scope``, only courts of the own court's are compared.
    court : str
        The own court.
    by
        Columns that part the figures (``basis``, ``area``): parts are compared with the same parts of other courts. By
        default those by which ``indicators`` says that it parted them.
    kinds
        Indicator → ``proportion``, ``rate`` or ``ratio``, where neither its definition nor its counts say it.
    directions
        Indicator → ``higher`` or ``lower`` is better; by default as its definition says. Without one nothing is called
        better or worse.
    level : float
        The share of chance finds that is allowed among those listed.
    least : int
        Cases of the court, below which nothing is said.

    Returns
    -------
    StandsOut
        ``.table``: ``indicator, group, period, against`` (peers, past), ``unit, value, numerator, denominator, lower, upper``
        (interval that allows for the choice, Benjamini and Yekutieli 2005), ``peers, peers_lower, peers_upper`` (where
        95% of courts like the others lie), ``shrunken, gap, courts, p, q, verdict`` (of what is listed alone), ``sentence``; figures as parts of 1,
        changes as differences; ``unit`` says in what they are read. ``.tests``: the same of all, and ``detectable``, the gap that would be found with 80%.
        ``.left_out``: ``indicator, group, period, court, reason``: of the own court's figures fewer than ten courts, small numbers, figures
        without counts; of other courts another definition, level or scope than the own court's.

    Raises
    ------
    InputError, ArgumentError, DataError
        Missing columns; an unknown court; nothing that can be compared.

    >>> rng = np.random.default_rng(1)
    >>> n = np.full(20, 500)
    >>> rows = pd.DataFrame({"court": [f"院{i}" for i in range(20)], "indicator": "closure_rate",
    ...                      "numerator": rng.binomial(n, 0.9), "denominator": n})
    >>> rows.loc[3, "numerator"] = 350
    >>> found = stands_out(rows, court="院3", directions={"closure_rate": "higher"})
    >>> found.table[["indicator", "against", "value", "verdict"]].values.tolist()
    [['closure_rate', 'peers', 0.7, 'worse']]
    """
    if not 0 < level < 1:
        raise ArgumentError(f"level 应在0与1之间，现为 {level}。", f"level must lie between 0 and 1, not {level}.")
    if by is None:
        by = [name for name in getattr(data, "attrs", {}).get("by", ()) if name != "court"]
    rows = _rows(data, [by] if isinstance(by, str) else list(by), dict(kinds or {}))
    _must_be_there(court, rows["court"])
    rows, unplaced = _placed(_with_use(rows))
    told = directions_of(rows) | dict(directions or {})
    tests, left_out = _tested(rows, unplaced, court, least)
    if tests.empty:
        raise DataError(
            f"“{court}”没有一项数字可与至少{FEWEST - 1}家其他法院同口径、同期间比较。",
            f'No figure of "{court}" can be compared with at least {FEWEST - 1} other courts of one definition and period.',
        )
    tests = _controlled(tests, level)
    is_listed = tests["q"] <= level
    tests["verdict"] = [
        _verdict(told.get(name), gap) if listed else ""
        for name, gap, listed in zip(tests["indicator"], tests["gap"], is_listed, strict=True)
    ]
    called = own_names(rows)
    records: Any = tests.assign(listed=is_listed).to_dict("records")
    tests["sentence"] = [_sentence(row, called.get(row["indicator"], row["indicator"])).cell for row in records]
    for made in (tests, left_out):
        made.attrs |= own_of(rows)
    listed = tests[is_listed].sort_values("p", kind="stable", ignore_index=True)
    order = [name for name in tests if name not in ("error", "scale", "detectable")]
    caption = _caption(court, tests, listed, left_out, level)
    shown = tests.drop(columns=["error", "scale"])
    return StandsOut(listed[order], shown, left_out, court, caption)


# -- the figures


def _rows(data: Any, by: list[str], kinds: dict[str, str]) -> pd.DataFrame:
    """One row a court and figure: ``court, indicator, group, period, kind, numerator, denominator, value, definition``."""
    if isinstance(data, PeerPanel):
        data = [data]
    if not isinstance(data, pd.DataFrame):
        panels = list(data)
        parts = [_of_panel(panel) for panel in panels]
        rows = pd.concat(parts, ignore_index=True)
        rows.attrs |= own_of(*(panel.table for panel in panels))
        return _once(rows)
    needed = ["court", "indicator", *by]
    counts = {"numerator", "denominator"} <= set(data.columns)
    needed += ["numerator", "denominator"] if counts else ["value", "standard_error"]
    must_have_columns(data, needed, "stands_out")
    figures = [name for name in ("numerator", "denominator", "value", "standard_error") if name in data]
    rows = (
        data[["court", "indicator"]]
        .assign(**{name: numbers(data[name], name) for name in figures})
        .reset_index(drop=True)
    )
    source = data.reset_index(drop=True)
    rows["group"] = _groups(source[by]) if by else ""
    rows["period"] = _periods(source)
    rows["definition"] = source.get("definition", "")
    rows = rows.join(source[[name for name in ALIKE[1:] if name in source]])
    if "level" in rows:
        rows["level"] = levels(rows["level"])
    rows[["kind", "unit"]] = _kinds(source, kinds, counts=counts)
    return _once(rows)


def _groups(parts: pd.DataFrame) -> list[str]:
    """The part of each row in words of both languages (``Text.cell``)."""
    rows = list(parts.itertuples(index=False, name=None))
    names = list(map(str, parts))
    words = {cells: [group_text(*part) for part in zip(names, cells, strict=True)] for cells in set(rows)}
    called = {
        cells: Text(" · ".join(word.zh for word in said), " · ".join(word.en for word in said)).cell
        for cells, said in words.items()
    }
    return [called[cells] for cells in rows]


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, where no court has a figure twice."""
    again = rows.duplicated(["court", *CELL]) & rows[["court", "period"]].notna().all(axis=1)
    if again.any():
        twice = rows[again].iloc[0]
        raise DataError(
            f"“{twice['court']}”的 {twice['indicator']} 在同一期间出现多次：有分项的请用 by= 说明。",
            f'"{twice["court"]}" has {twice["indicator"]} more than once in a period: name the columns that part it with by=.',
        )
    return rows


def _placed(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that name a court and a period, and the others with what they lack."""
    reason = pd.Series(pd.NA, index=rows.index, dtype="string").mask(rows["period"].isna(), "period_unknown")
    reason = reason.mask(rows["court"].str.strip().eq(""), "unnamed").mask(rows["court"].map(is_no_court), "total")
    lacking = rows[reason.notna()].assign(reason=reason.dropna().astype(str))
    return rows[reason.isna()], lacking[[*CELL, "court", "reason"]]


def _with_use(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their figure from their counts, whether it can be used, and which may stand side by side."""
    of_counts = rows["kind"].ne("estimate")
    top, base = (rows.get(name, pd.Series(np.nan, index=rows.index)) for name in ("numerator", "denominator"))
    has_error = rows[["value", "standard_error"]].notna().all(axis=1) if "standard_error" in rows else False
    usable = (of_counts & (top >= 0) & (base > 0) & np.isfinite(top + base)) | (~of_counts & has_error)
    usable &= (
        ~rows["kind"].isin(NOT_COUNTED)
        & ~(rows["kind"].eq("proportion") & (top > base))
        & ~(rows["kind"].eq("clearance") & (top <= 0))
    )
    of_its_counts = top / base.where(base > 0)
    told = rows.get("value", of_its_counts).fillna(of_its_counts)
    value = of_its_counts.where(of_counts & ~rows["kind"].isin(NOT_COUNTED), told)
    stated = rows[[name for name in ALIKE if name in rows]].astype("object").replace("", None)
    alike = stated.groupby(list(stated), dropna=False).ngroup()
    court = rows["court"].astype(str).where(rows["court"].notna(), "")
    return rows.assign(court=court, value=value, usable=usable, alike=alike)


def _of_panel(panel: PeerPanel) -> pd.DataFrame:
    table = panel.table[["court", "indicator", "numerator", "denominator", "value", "definition"]].copy()
    if panel.kind == "clearance":
        table["opening"] = panel.table["opening"]
    return table.assign(group="", period=_periods(panel.table), kind=panel.kind, unit=panel.unit)


def _periods(table: pd.DataFrame) -> pd.Series:
    """The periods as texts that sort in time."""
    if "period_end" in table:
        start, end = (column.dt.strftime("%Y-%m-%d") for _, column in calendar_months(table).items())
        years = (start.str[4:] == "-01-01") & (end.str[4:] == "-12-31") & (start.str[:4] == end.str[:4])
        return end.str[:4].where(years, start + "/" + end)
    name = next((name for name in ("period", "year") if name in table), None)
    return table[name].astype(str).where(table[name].notna()) if name else pd.Series("", index=table.index)


def _kinds(table: pd.DataFrame, given: dict[str, str], *, counts: bool) -> pd.DataFrame:
    """Return what ``kind`` each figure is of, as said, as its definition says, or as its counts allow, and its ``unit``."""
    for name, kind in given.items():
        if kind not in KINDS:
            raise ArgumentError.not_one_of(f"kinds[{name}]", kind, KINDS)
    asked = table["indicator"].astype(str)
    known = [given.get(name, "estimate") for name in asked]
    found = pd.DataFrame({"kind": known, "unit": None}, index=table.index, dtype=object)
    lacking: dict[str, Any] = {"period_start": pd.NaT, "period_end": pd.NaT, "value": np.nan}
    laid = table.assign(**{key: value for key, value in lacking.items() if key not in table})
    for name in asked.unique() if counts else ():
        read = from_indicators(laid.assign(indicator=asked), name, None)
        sorts = [given.get(name, of_counts) for of_counts in read["kind"]]
        units = read["unit"].where(read["unit"].notna(), [unit_of_kind(kind) for kind in sorts])
        found.loc[asked.eq(name), ["kind", "unit"]] = np.column_stack([sorts, units])
    return found


def _must_be_there(court: str, courts: Iterable[Any]) -> None:
    known = list(dict.fromkeys(map(str, courts)))
    if court not in known:
        raise ArgumentError.not_one_of("court", court, known)


def _verdict(direction: str | None, gap: float) -> str:
    if direction not in ("higher", "lower"):
        return ""
    return "better" if (gap > 0) == (direction == "higher") else "worse"


# -- the tests


def _tested(rows: pd.DataFrame, unplaced: pd.DataFrame, court: str, least: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every figure and every change of the court against the others', and what is left out."""
    tests: list[Any] = []
    out: list[Any] = unplaced.to_dict("records")
    for (indicator, group), part in rows.groupby(["indicator", "group"], sort=False):
        cells = {}
        for period, cell in part.groupby("period", sort=True):
            about = {"indicator": indicator, "group": group, "period": period}
            read, reason = _cell(cell, court, least)
            out += [about | {"court": court, "reason": reason}] if reason else []
            out += [about | unlike for unlike in _unlike(cell, court)]
            if read is None:
                continue
            cells[str(period)] = read
            unit = _unit(read[0].table)
            tests.append(about | {"against": "peers", "unit": unit} | _against_peers(*read))
        for first, second in _next_alike(cells):
            changed = _against_past(cells[first], cells[second], court)
            if changed is not None:
                about = {"indicator": indicator, "group": group, "period": f"{first}→{second}", "against": "past"}
                unit = _unit(cells[second][0].table)
                tests.append(about | {"unit": "points" if unit == "share" else unit} | changed)
    left_out = pd.DataFrame(out, columns=[*CELL, "court", "reason"])
    left_out["explanation"] = [str(term(f"reason_{reason}").cell) for reason in left_out["reason"]]
    return pd.DataFrame(tests), left_out


def _unlike(cell: pd.DataFrame, court: str) -> list[dict[str, str]]:
    """The courts whose figure is of another definition, level or scope than the own court's, and in which of these they differ."""
    own = cell[cell["court"] == court].head(1)
    if own.empty:
        return []
    stated = [name for name in ALIKE if name in cell]
    said = cell[stated].astype("object").where(cell[stated].notna(), "")
    mine, unlike = said.loc[own.index[0]], cell[cell["usable"] & ~cell["alike"].isin(own["alike"])]
    others: Any = said.loc[unlike.index].to_dict("records")
    return [
        {"court": str(name), "reason": OTHER[next(part for part in stated if row[part] != mine[part])]}
        for name, row in zip(unlike["court"], others, strict=True)
    ]


def _unit(rows: pd.DataFrame) -> str | None:
    """In what the figures of an indicator are read."""
    said = rows["unit"].iloc[0]
    return said if isinstance(said, str) else None


_Cell = tuple[Comparison, Estimates, int]


def _cell(cell: pd.DataFrame, court: str, least: int) -> tuple[_Cell | None, str]:
    """One figure of all courts as estimates, with the place of the own court; or why nothing is said of it."""
    place = np.flatnonzero(cell["court"].to_numpy() == court)
    if not len(place):
        return None, ""
    at = int(place[0])
    kind = str(cell["kind"].iloc[at])
    if not cell["usable"].iloc[at]:
        return None, NOT_COUNTED.get(kind, "counts") if pd.notna(cell["value"].iloc[at]) else "counts"
    fit = (cell["usable"] & cell["alike"].eq(cell["alike"].iloc[at])).to_numpy()
    usable, at = cell[fit].reset_index(drop=True), int(fit[:at].sum())
    if len(usable) < FEWEST:
        return None, "few_peers"
    if kind != "estimate" and _is_small(usable, kind, at, least):
        return None, "small"
    read = Comparison(usable, usable.iloc[:0], kind)
    return (read, estimates(read), at), ""


def _is_small(table: pd.DataFrame, kind: str, at: int, least: int) -> bool:
    """Return whether the court has so few cases, or would have so few events, that nothing can be said."""
    top, bottom = table["numerator"].to_numpy(), table["denominator"].to_numpy()
    share, base = (top.sum() - top[at]) / (bottom.sum() - bottom[at]), float(bottom[at])
    if kind in ("ratio", "rate"):
        return bool(base * share < LEAST_EXPECTED)
    if base < least:
        return True
    return kind == "proportion" and bool(base * min(share, 1 - share) < LEAST_EXPECTED)


def _against_peers(read: Comparison, found: Estimates, at: int) -> dict[str, Any]:
    told = predicted(found.estimate, found.error, at)
    low, high = told.below(found.estimate[at]), told.above(found.estimate[at])
    row = read.table.iloc[at]
    peers = float(found.back(np.array([told.mean]))[0])
    if read.kind in ("proportion", "ratio", "rate"):
        counts = np.array([row["numerator"]]), np.array([row["denominator"]])
        base = np.array([np.clip(peers, 1e-12, 1 - 1e-12 if read.kind == "proportion" else np.inf)])
        exact_low, exact_high = tails(read.kind, *counts, (base, base))
        low, high = max(low, float(exact_low[0])), max(high, float(exact_high[0]))
    reach = told.of_courts().end(OUTSIDE) - told.mean
    ends = found.back(np.array([told.mean - reach, told.mean + reach]))
    everyone = between_variance(found.estimate, found.error**2)
    weight = everyone / (everyone + found.error[at] ** 2) if everyone > 0 else 0.0
    shrunken = float(found.back(np.array([told.mean + weight * (found.estimate[at] - told.mean)]))[0])
    counted = read.kind != "estimate"
    return {
        "value": float(row["value"]),
        "numerator": float(row["numerator"]) if counted else np.nan,
        "denominator": float(row["denominator"]) if counted else np.nan,
        "peers": peers,
        "peers_lower": float(ends[0]),
        "peers_upper": float(ends[1]),
        "shrunken": shrunken,
        "gap": float(row["value"]) - peers,
        "courts": len(read.table),
        "kind": read.kind,
        "p": min(1.0, 2 * min(low, high)),
        "error": float(found.error[at]),
        "scale": (found.back, float(found.estimate[at]), told),
    }


def _against_past(before: _Cell, after: _Cell, court: str) -> dict[str, Any] | None:
    """The court's change beside the changes of the courts that stand in both periods; missing where these are too few or of another definition."""
    (read_0, found_0, _), (read_1, found_1, _) = before, after
    names_0, names_1 = read_0.table["court"].to_numpy(), read_1.table["court"].to_numpy()
    both, first, second = np.intersect1d(names_0, names_1, assume_unique=True, return_indices=True)
    if len(both) < FEWEST or read_0.table["alike"].iloc[0] != read_1.table["alike"].iloc[0]:
        return None
    change = found_1.estimate[second] - found_0.estimate[first]
    error = np.hypot(found_0.error[first], found_1.error[second])
    at = int(np.flatnonzero(both == court)[0])
    told = predicted(change, error, at)
    back, start = found_1.back, float(found_0.estimate[first[at]])
    values = read_0.table["value"].iloc[first[at]], read_1.table["value"].iloc[second[at]]

    def moved(by: float) -> float:
        """A change on the scale as a change of the figure, from where the court was."""
        return float(back(np.array([start + by]))[0] - back(np.array([start]))[0])

    reach = told.of_courts().end(OUTSIDE) - told.mean
    everyone = between_variance(change, error**2)
    weight = everyone / (everyone + error[at] ** 2) if everyone > 0 else 0.0
    return {
        "value": float(values[1] - values[0]),
        "numerator": np.nan,
        "denominator": float(read_1.table["denominator"].iloc[second[at]]) if read_1.kind != "estimate" else np.nan,
        "peers": moved(told.mean),
        "peers_lower": moved(told.mean - reach),
        "peers_upper": moved(told.mean + reach),
        "shrunken": moved(told.mean + weight * (change[at] - told.mean)),
        "gap": float(values[1] - values[0]) - moved(told.mean),
        "courts": len(both),
        "kind": read_1.kind,
        "p": min(1.0, 2 * min(told.below(change[at]), told.above(change[at]))),
        "error": float(error[at]),
        "scale": (lambda x: np.array([moved(float(part)) for part in x]), float(change[at]), told),
    }


def _controlled(tests: pd.DataFrame, level: float) -> pd.DataFrame:
    """Adjusted chances, intervals that allow for having chosen, and the gap that would be found."""
    from scipy.special import ndtri
    from scipy.stats import false_discovery_control

    q = false_discovery_control(tests["p"])
    number, found = len(tests), max(1, int((q <= level).sum()))
    tail = level * found / number / 2
    z = -float(ndtri(tail))
    lower, upper, detectable = [], [], []
    for (back, own, told), error in zip(tests["scale"], tests["error"], strict=True):
        ends = back(np.array([own - z * error, own + z * error]))
        lower.append(float(ends[0]))
        upper.append(float(ends[1]))
        reach = told.end(tail) - told.mean + POWER_Z * error
        at = back(np.array([told.mean - reach, told.mean, told.mean + reach]))
        detectable.append(float(max(at[1] - at[0], at[2] - at[1])))
    place = list(tests.columns).index("denominator") + 1
    made = tests.assign(q=q, detectable=detectable)
    made.insert(place, "lower", lower)
    made.insert(place + 1, "upper", upper)
    return made


# -- in words


def _sentence(row: dict[str, Any], called: str) -> Text:
    """Say a test's finding in words, with its size, its base and what the peers have; a rate as its definition counts it."""

    def shown(value: float, *, signed: bool = False) -> str:
        return ("+" if signed and value > 0 else "") + quantity(value, row["unit"])

    name, verdict = term(called), row["verdict"]
    period = _named(row["period"])
    group = {language: in_language(row["group"], language) for language in ("zh", "en")}
    place = f"{period.en} {group['en']}".strip()
    start = f"{place}: {name.en}" if place else name.en
    start = capital(start)
    where = f"{period.zh}{'，' if period.zh else ''}{group['zh']}"
    said = Text("", "")
    if not row["listed"]:
        said = Text("，差别可能只是随机波动", ", a difference that may be chance")
    elif verdict:
        said = Text("，属较优" if verdict == "better" else "，属较差", f", which is {verdict}")
    side = ("高于", "above") if row["gap"] > 0 else ("低于", "below")
    unit = {"share": ("%", "%"), "points": ("个百分点", " percentage points")}.get(row["unit"], ("", ""))
    if row["against"] == "past":
        own, peers = shown(row["value"], signed=True), shown(row["peers"], signed=True)
        return Text(
            f"{where}{name.zh}变化{own}{unit[0]}，其他法院的走势应为{peers}{unit[0]}{said.zh}。",
            f"{start} changed by {own}{unit[1]} where the other courts' course is {peers}{unit[1]}{said.en}.",
        )
    base = "" if np.isnan(row["numerator"]) else f"{quantity(row['numerator'])}/{quantity(row['denominator'])}"
    span = f"{shown(row['peers_lower'])}–{shown(row['peers_upper'])}"
    own, peers = shown(row["value"]), shown(row["peers"])
    return Text(
        f"{where}{name.zh}为{own}{unit[0]}{f'（{base}）' if base else ''}，{side[0]}其他法院的{peers}{unit[0]}"
        f"（九成五在{span}{unit[0]}）{said.zh}。",
        f"{start} is {own}{unit[1]}{f' ({base})' if base else ''}, {side[1]} the other courts' {peers}{unit[1]} "
        f"(95% of them in {span}{unit[1]}){said.en}.",
    )


def _named(period: str) -> Text:
    """A period, or two between which a figure changed, in words where it is one of the calendar."""
    first, _, second = period.partition("→")
    if second:
        return Text(f"{_named(first).zh}至{_named(second).zh}", f"{_named(first).en} to {_named(second).en}")
    window = _window(first)
    return Text(first, first) if window is None else in_words(*window)


def _window(period: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """The first and last day of a period by the text that stands for it; ``None`` where it is none of the calendar."""
    days = TWO_DAYS.fullmatch(period)
    return named_period(period) if days is None else (pd.Timestamp(days[1]), pd.Timestamp(days[2]))


def _next_alike(periods: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each period and the next of its length after it: from a half-year to the year that holds it nothing changed."""
    windows = {period: _window(period) for period in periods}
    by_length: dict[int, list[str]] = {}
    for period, window in windows.items():
        months = 0 if window is None else round((window[1] - window[0]).days / DAYS_OF_A_MONTH)
        by_length.setdefault(months, []).append(period)
    for alike in by_length.values():
        for first, second in pairwise(alike):
            before, after = windows[first], windows[second]
            if before is None or after is None or before[1] < after[0]:
                yield first, second


def _caption(court: str, tests: pd.DataFrame, listed: pd.DataFrame, out: pd.DataFrame, level: float) -> Text:
    share = f"{number(PERCENT * level)}%"
    peers, past = (int((tests["against"] == name).sum()) for name in AGAINST)
    own = int((out["court"] == court).sum())
    others = out.loc[out["reason"].isin(OTHER.values()), "court"].nunique()
    unlike = Text("", "")
    if others:
        unlike = Text(
            f"；另有{others}家法院的口径、层级或范围与本院不同，不作同侪",
            f"; {number_of(others, 'court')} of another definition, level or scope set aside",
        )
    said = Text(
        f"{court}：{peers}个数字、{past}个变化与其他法院比较，{len(listed)}项不同于其他法院（其中预期至多{share}出于随机波动）；"
        f"{own}个数字未比较（理由见表）",
        f"{court}: {number_of(peers, 'figure')} and {number_of(past, 'change')} set beside other courts; {len(listed)} unlike theirs, of which "
        f"at most {share} are expected to be chance; {own} left out (reasons listed)",
    )
    return said + unlike
