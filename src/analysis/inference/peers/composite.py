"""A composite score by a scheme, total and rank as the evaluation of its time did it, and what the rank rests on.

The steps are those of the OECD/JRC Handbook on Constructing Composite Indicators: normalise, weight, aggregate, then
test how far the result depends on each choice. Courts are ranked here only because the evaluation of 2011 did so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.peers.comparison import (
    FEWEST,
    column_meant,
    comparable_parts,
    must_be_no_totals,
    must_have,
    too_few,
)
from analysis.inference.peers.panel import period_shared
from analysis.inference.peers.panel_rows import VERDICTS, levels, numbers, severity
from analysis.inference.peers.rank_changes import places, single_moves
from analysis.inference.peers.scheme import AGGREGATIONS, DIRECTIONS, Item, Scheme, must_be_weight, read_scheme
from analysis.inference.peers.score_ranks import SETS, rank_sets, standard_errors
from analysis.inference.peers.scoring import RELATIVE, gates_of, shares_of, totals
from analysis.vocabulary.courts import counted_courts
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.indicator_sets.sets import own_of
from analysis.vocabulary.labels import heading
from analysis.vocabulary.numbers import number
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import COLON, Text, capital

DRAWS = 2_000
PLACES = ("rank", "weights_best", "weights_worst", *SETS)


@dataclass(frozen=True, eq=False)
class CompositeScore(Result):
    """``table``; ``sensitivity`` to weights and choices; ``leave_one_out``, ``alternatives``, ``moves`` in full."""

    table: pd.DataFrame
    sensitivity: pd.DataFrame
    leave_one_out: pd.DataFrame
    alternatives: pd.DataFrame
    moves: pd.DataFrame
    scheme: Scheme
    caption: Text


def composite_score(
    data: pd.DataFrame,
    *,
    weights: Mapping[str, float] | None = None,
    scheme: str | Path | Mapping[str, object] | None = None,
    group: str = "court",
    directions: Mapping[str, str] | None = None,
    normalisation: str = "min-max",
    aggregation: str | None = None,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
) -> CompositeScore:
    """Score courts by weighted indicators, rank them, and say what the rank rests on.

    ``score = Σ weight · share of full marks + bonus − deduction`` (arithmetic). ``weights_best, weights_worst`` are the range
    of a rank over ``draws`` sets of weights drawn evenly from all that are possible (Dirichlet): they hold no chance in
    the indicators. ``rank_lower, rank_upper`` is the confidence set that does, at the weights given, and ``both_lower,
    both_upper`` that over random weights too; missing where the data have neither counts nor standard errors, or points go by rank. With
    min–max one bad court moves all others' shares.

    Parameters
    ----------
    data
        One row a court and indicator (``court, indicator, value``), or a row a court and a column an indicator.
    group : str
        The column of the courts.
    weights
        Indicator → full marks. With ``scheme`` too, these replace the scheme's weights.
    scheme
        Path, id or mapping of a scheme as ``example-2011`` (an example: the weights of 2011 are not published).
    directions
        Indicator → ``"higher"`` (unless given) or ``"lower"`` is better, where no scheme says it.
    normalisation
        ``"min-max"``, ``"z-score"`` or ``"rank"``: from values to shares, where no scheme says it.
    aggregation
        ``"arithmetic"`` or ``"geometric"``; default that of the scheme, else arithmetic.
    level, draws, seed
        The level of intervals of score and rank, and the draws that they rest on.

    Returns
    -------
    CompositeScore
        ``.table``: ``court, score, rank, weights_best, weights_worst, rank_lower, rank_upper, both_lower, both_upper`` and
        the points of each indicator (bonus, deduction), best first; a court that lacks an indicator has no score. Among
        fewer than ten courts with a score, or courts whose rows differ in period, level, scope or definition, there are no
        places: ranks are missing, the order is that of the data, ``.sensitivity`` and ``.moves`` are empty. Of a
        scheme with gates also ``passed`` and ``gates_missed``; of rows with a ``verdict`` also the worst of a court's.
        ``.sensitivity``: ``court, rank, share_first`` (of the weightings), ``rank_median, weights_best, weights_worst``, best
        and worst rank with one indicator left out (``left_out_*``) or by other normalisations and aggregations
        (``choice_*``). ``.moves``: the one change of one indicator that gains a place (at ``needed`` the court draws
        level with the one above) or loses one (beyond ``needed``).

    Raises ``ArgumentError`` for a weight of an indicator that the data lack or an unknown choice, ``InputError`` for a
    scheme that cannot be read, ``DataError`` for a court and indicator twice.

    >>> rows = [("甲", 99.2, 76), ("乙", 95.0, 80), *((name, 90.0, 60) for name in "丙丁戊己庚辛壬癸")]
    >>> wide = pd.DataFrame(rows, columns=["court", "closure_rate", "actual_enforcement_rate"])
    >>> score = composite_score(wide, weights={"closure_rate": 60, "actual_enforcement_rate": 40})
    >>> score.table.iloc[:3, :5].round(2).values.tolist()
    [['甲', 92.0, 1, 1, 2], ['乙', 72.61, 2, 1, 2], ['丙', 0.0, 3, 3, 3]]
    >>> score.sensitivity["share_first"].round(2).tolist()[:3]
    [0.69, 0.31, 0.0]
    """
    chosen = _scheme(weights, scheme, directions, normalisation, aggregation)
    if not 0 < level < 1 or draws < 1:
        raise ArgumentError(
            "level 应在0与1之间，draws 至少为1。", "level must lie between 0 and 1, draws be at least 1."
        )
    group = column_meant(data, group)
    values = _values(data, group, chosen)
    errors = standard_errors(data, group, values.index, chosen)
    unlike = _unlike(data, group, chosen)
    has_places = unlike is None and len(values) >= FEWEST  # else no set of places is simulated
    found = _scored(values, errors if has_places else None, _verdicts(data, group, chosen), chosen, level, draws, seed)
    head = _named(chosen, data)
    found = replace(found, caption=head + found.caption)
    for part in (found.table, found.leave_one_out, found.moves):
        part.attrs |= own_of(data)
    why = unlike or _too_few(found.table)
    return found if why is None else _unranked(found, values.index, head, why)


def _scored(
    values: pd.DataFrame,
    errors: pd.DataFrame | None,
    verdicts: dict[str, Any],
    chosen: Scheme,
    level: float,
    draws: int,
    seed: int,
) -> CompositeScore:
    """Score, rank and all that the rank rests on."""
    extra = _extras(values, chosen)
    shares = np.column_stack([shares_of(values[item.name].to_numpy(), item) for item in chosen.items])
    full = np.array([item.weight for item in chosen.items])
    score = totals(shares, full, chosen.aggregation)[:, 0] + extra.sum(axis=1)
    rank = _ranks(score[:, None])[:, 0]
    drawn = _drawn_ranks(shares, full, chosen.aggregation, extra.sum(axis=1), draws, seed)
    left_out, alternatives = _left_out(values, shares, extra, chosen), _alternatives(values, extra, chosen)
    sensitivity = _sensitivity(values.index, rank, drawn, left_out, alternatives, level)
    sets = pd.DataFrame(np.nan, index=values.index, columns=list(SETS)).astype("Int64")
    if errors is not None:
        sets = rank_sets(values, errors, extra.sum(axis=1), chosen, level=level, seed=seed)
        for edge, pick in (("lower", np.minimum), ("upper", np.maximum)):  # the rank itself is in its set
            for name in ("rank", "both"):
                known = sets[f"{name}_{edge}"].notna().to_numpy()
                sets.loc[known, f"{name}_{edge}"] = pick(sets.loc[known, f"{name}_{edge}"].to_numpy(int), rank[known])
    table = _table(values.index, score, rank, sensitivity, sets, shares * full, extra, chosen).assign(**verdicts)
    table = table.assign(**gates_of(values, score, chosen))
    moves = single_moves(values, shares, score, extra.sum(axis=1), chosen)
    order = table["rank"].sort_values(kind="stable").index
    table, sensitivity = (part.loc[order].reset_index(drop=True) for part in (table, sensitivity))
    caption = _caption(table, chosen, level, draws)
    return CompositeScore(table, sensitivity, left_out, alternatives, moves, chosen, caption)


def _scheme(
    weights: Mapping[str, float] | None,
    scheme: str | Path | Mapping[str, object] | None,
    directions: Mapping[str, str] | None,
    normalisation: str,
    aggregation: str | None,
) -> Scheme:
    """The scheme in force: read, made of weights alone, or read with other weights."""
    if normalisation not in RELATIVE:
        raise ArgumentError.not_one_of("normalisation", normalisation, RELATIVE)
    if aggregation is not None and aggregation not in AGGREGATIONS:
        raise ArgumentError.not_one_of("aggregation", aggregation, AGGREGATIONS)
    given = {str(name): must_be_weight(str(name), weight) for name, weight in (weights or {}).items()}
    for name, direction in (directions or {}).items():
        if direction not in DIRECTIONS:
            raise ArgumentError.not_one_of(f"directions[{name}]", direction, DIRECTIONS)
    if scheme is not None:
        read = read_scheme(scheme)
        for name in given:
            if name not in {item.name for item in read.items}:
                raise ArgumentError.not_one_of("weights", name, [item.name for item in read.items])
        items = tuple(replace(item, weight=given.get(item.name, 0.0) if given else item.weight) for item in read.items)
        chosen = replace(read, items=items, aggregation=aggregation or read.aggregation)
    elif given:
        ways = directions or {}
        items = tuple(Item(n, w, ways.get(n, "higher"), normalisation) for n, w in given.items())
        text = Text("给定权重", "weights as given")
        chosen = Scheme("weights", text, Text("", ""), items, (), aggregation or "arithmetic")
    else:
        raise ArgumentError("请给出 weights= 或 scheme=。", "Give weights= or scheme=.")
    chosen = replace(chosen, items=tuple(item for item in chosen.items if item.weight > 0))
    if not chosen.items:
        raise ArgumentError("所有权重都是0。", "All weights are 0.")
    return chosen


def _values(data: pd.DataFrame, group: str, scheme: Scheme) -> pd.DataFrame:
    """One row a court, one column an indicator (and bonus or deduction item) of the scheme."""
    wanted = [item.name for item in scheme.items]
    needed = [*wanted, *(gate.name for gate in scheme.gates if gate.name not in ("score", *wanted))]
    extras = [extra.name for extra in scheme.extras]
    must_have(data, {"group": group})
    must_be_no_totals(data[group])
    if {"indicator", "value"} <= set(data.columns):
        rows = data[data["indicator"].isin([*needed, *extras])]
        if rows.duplicated([group, "indicator"]).any():
            twice = rows.loc[rows.duplicated([group, "indicator"]), group].astype(str).iloc[0]
            raise DataError(
                f"“{twice}”的同一指标出现多次：请先选定一个期间和一个口径。",
                f'"{twice}" has an indicator more than once: choose one period and one definition first.',
            )
        found = rows.assign(value=numbers(rows["value"], "value")).pivot_table(
            index=group, columns="indicator", values="value", dropna=False
        )
        found = found.reindex(rows[group].unique())
    else:
        if data[group].duplicated().any():
            raise DataError(
                "同一法院有多行：请先每院选定一行。", "A court stands in several rows: choose one row a court first."
            )
        present = [name for name in [*needed, *extras] if name in data]
        found = pd.DataFrame({name: numbers(data[name], name).to_numpy() for name in present}, index=data[group])
    for name in needed:
        if name not in found:
            known = data["indicator"].unique() if "indicator" in data else [c for c in data.columns if c != group]
            raise ArgumentError.not_one_of("weights", name, known)
    if found[wanted].dropna().empty:
        raise DataError("没有一家法院有方案所需的全部指标。", "No court has all the indicators of the scheme.")
    for item in (item for item in scheme.items if item.by_hand):
        wrong = found.index[(found[item.name] < 0) | (found[item.name] > (item.target or 0))]
        if len(wrong):
            given = found.loc[wrong[0], item.name]
            raise DataError(
                f"{wrong[0]} 的 {item.name} 得分为{number(given)}：人工评分应在0与{number(item.target)}之间。",
                f"{wrong[0]} has {number(given)} points of {item.name}: those given by hand lie between 0 and "
                f"{number(item.target)}.",
            )
    return found.rename_axis(index="court")


def _verdicts(data: pd.DataFrame, group: str, scheme: Scheme) -> dict[str, Any]:
    """The worst verdict of a court's indicators, in the order of ``_values``; nothing where none is known."""
    if not {"indicator", "verdict"} <= set(data.columns):
        return {}
    wanted = [item.name for item in scheme.items] + [extra.name for extra in scheme.extras]
    rows = data[data["indicator"].isin(wanted)]
    worst = severity(rows["verdict"]).groupby(rows[group], sort=False, dropna=False).min()
    return {"verdict": [VERDICTS[place] for place in worst]}


def _extras(values: pd.DataFrame, scheme: Scheme) -> np.ndarray:
    """Bonus and deduction points of each court, a column an item; an item that nobody counted is 0."""
    earned = [np.zeros(len(values))]
    for extra in scheme.extras:
        times = values[extra.name].fillna(0).to_numpy() if extra.name in values else np.zeros(len(values))
        earned.append(np.sign(extra.points) * np.minimum(np.abs(extra.points) * times, extra.cap))
    return np.column_stack(earned)[:, 1:] if scheme.extras else np.zeros((len(values), 1))


def _ranks(scores: np.ndarray) -> np.ndarray:
    """Rank of each court (rows) within each column: 1 + the number of higher scores; missing scores stay missing."""
    from scipy.stats import rankdata

    ranks = rankdata(-places(scores), method="min", axis=0, nan_policy="omit")
    return np.asarray(ranks, dtype=float)


def _drawn_ranks(
    shares: np.ndarray, full: np.ndarray, aggregation: str, extra: np.ndarray, draws: int, seed: int
) -> np.ndarray:
    sets = np.random.default_rng(seed).dirichlet(np.ones(len(full)), draws) * full.sum()
    return _ranks(totals(shares, sets, aggregation) + extra[:, None])


def _left_out(values: pd.DataFrame, shares: np.ndarray, extra: np.ndarray, scheme: Scheme) -> pd.DataFrame:
    """Score and rank without each indicator in turn, the others' weights scaled up to the same full marks."""
    full = np.array([item.weight for item in scheme.items])
    parts = []
    for at, item in enumerate(scheme.items if len(scheme.items) > 1 else ()):
        kept = np.delete(full, at)
        score = totals(np.delete(shares, at, axis=1), kept * full.sum() / kept.sum(), scheme.aggregation)[:, 0]
        score = score + extra.sum(axis=1)
        told = {"court": values.index, "left_out": item.name, "score": score, "rank": _ranks(score[:, None])[:, 0]}
        parts.append(pd.DataFrame(told))
    empty = pd.DataFrame(columns=["court", "left_out", "score", "rank"])
    return pd.concat(parts, ignore_index=True) if parts else empty


def _alternatives(values: pd.DataFrame, extra: np.ndarray, scheme: Scheme) -> pd.DataFrame:
    """Score and rank under every other normalisation (for all indicators at once) and aggregation."""
    full = np.array([item.weight for item in scheme.items])
    parts = []
    for way in (None, *RELATIVE):
        shares = np.column_stack([shares_of(values[item.name].to_numpy(), item, way) for item in scheme.items])
        for aggregation in AGGREGATIONS:
            score = totals(shares, full, aggregation)[:, 0] + extra.sum(axis=1)
            told = {"court": values.index, "normalisation": way or "scheme", "aggregation": aggregation}
            parts.append(pd.DataFrame(told | {"score": score, "rank": _ranks(score[:, None])[:, 0]}))
    return pd.concat(parts, ignore_index=True)


def _sensitivity(
    courts: pd.Index, rank: np.ndarray, drawn: np.ndarray, left_out: pd.DataFrame, other: pd.DataFrame, level: float
) -> pd.DataFrame:
    tails = [(1 - level) / 2, 0.5, (1 + level) / 2]
    low, middle, high = np.quantile(drawn, tails, axis=1, method="inverted_cdf")
    table = pd.DataFrame({"court": courts, "rank": rank, "share_first": (drawn == 1).mean(axis=1)})
    table["rank_median"] = middle
    table["weights_best"], table["weights_worst"] = np.minimum(low, rank), np.maximum(high, rank)
    for name, part in (("left_out", left_out), ("choice", other)):
        by = part.groupby("court", sort=False)["rank"]
        table[f"{name}_best"] = table["court"].map(by.min()) if len(part) else rank
        table[f"{name}_worst"] = table["court"].map(by.max()) if len(part) else rank
    table.loc[np.isnan(rank), "share_first"] = np.nan
    places = [str(column) for column in table if column not in ("court", "share_first")]
    return _whole(table, places)


def _whole(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Ranks as whole numbers; with missing ones in pandas' nullable form."""
    kind = "Int64" if table[columns].isna().any().any() else "int64"
    return table.astype(dict.fromkeys(columns, kind))


def _table(
    courts: pd.Index,
    score: np.ndarray,
    rank: np.ndarray,
    sensitivity: pd.DataFrame,
    sets: pd.DataFrame,
    points: np.ndarray,
    extra: np.ndarray,
    scheme: Scheme,
) -> pd.DataFrame:
    table = pd.DataFrame({"court": courts, "score": score, "rank": rank})
    table["weights_best"], table["weights_worst"] = sensitivity["weights_best"], sensitivity["weights_worst"]
    for name in SETS:
        table[name] = sets[name].to_numpy()
    for at, item in enumerate(scheme.items):
        table[item.name] = points[:, at]
    for at, item_of_extra in enumerate(scheme.extras):
        table[item_of_extra.name] = extra[:, at]
    return _whole(table, ["rank", "weights_best", "weights_worst"]).astype(dict.fromkeys(SETS, "Int64"))


def _caption(table: pd.DataFrame, scheme: Scheme, level: float, draws: int) -> Text:
    missing = int(table["score"].isna().sum())
    counted = counted_courts(table["court"])
    zh, en = counted.zh, counted.en
    if missing:
        zh, en = (
            zh + f"，其中{missing}家缺指标、不计分",
            en + f", {missing} of them without an indicator and with no score",
        )
    if table["both_lower"].notna().any():
        return Text(
            f"{zh}；名次区间（{number(100 * level)}%）含指标自身的随机波动和随机权重，“换权重”各列只含{number(draws)}组随机权重",
            f"{en}; rank intervals ({number(100 * level)}%) hold chance in the indicators and random weights, those of other weights "
            f"{number(draws)} random weightings alone",
        ) + _noted(scheme)
    return Text(
        f"{zh}；名次范围为{number(draws)}组随机权重下{number(100 * level)}%的范围，不含指标自身的随机波动",
        f"{en}; rank ranges hold {number(100 * level)}% of {number(draws)} random weightings, and no chance in the indicators",
    ) + _noted(scheme)


def _named(scheme: Scheme, data: pd.DataFrame) -> Text:
    """The scheme and the one period of the figures, where they say it, as a caption begins."""
    rows = data[data["indicator"].isin([item.name for item in scheme.items])] if "indicator" in data else data
    when = period_shared(rows)
    said = Text(scheme.text.zh, capital(scheme.text.en))
    return said + (Text(f"（{when.zh}）", f" ({when.en})") if when.zh else when) + COLON


def _noted(scheme: Scheme) -> Text:
    """What goes with the points, and the scheme's own note, as a caption ends."""
    note = scheme.note
    return _min_max(scheme) + (Text(f"。{note.zh}", f". {note.en}") if note.zh else Text("。", "."))


def _too_few(table: pd.DataFrame) -> Text | None:
    """Why courts of which fewer than ten have a score have no places."""
    scored = int(table["score"].notna().sum())
    return too_few(scored) if scored < FEWEST else None


def _unlike(data: pd.DataFrame, group: str, scheme: Scheme) -> Text | None:
    """Why courts whose figures are of several definitions, levels or periods have no places; nothing where they agree."""
    rows = data
    if {"indicator", "value"} <= set(data.columns):
        rows = data[data["indicator"].isin([item.name for item in scheme.items])]
    by = [name for name in ("indicator",) if name in rows]
    parts = comparable_parts(rows)
    for name in map(str, parts):
        if name == group:
            continue
        told = (levels(parts[name]) if name == "level" else parts[name]).rename("told")
        if (
            told.groupby([rows[key] for key in by]).nunique(dropna=False).max() if by else told.nunique(dropna=False)
        ) > 1:
            said = heading("period" if name.startswith("period") else name)
            return Text(f"各院的{said.zh}不一，不排名次", f"The courts differ in {said.en.lower()}: there are no ranks")
    return None


def _unranked(found: CompositeScore, courts: pd.Index, head: Text, why: Text) -> CompositeScore:
    """The scores alone, in the order of the data, and why there are no places."""

    def without(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(
            **{name: pd.Series(pd.NA, index=table.index, dtype="Int64") for name in PLACES if name in table}
        )

    table = found.table.set_index("court").loc[courts].reset_index()
    return replace(
        found,
        table=without(table),
        sensitivity=found.sensitivity.iloc[:0],
        leave_one_out=without(found.leave_one_out),
        alternatives=without(found.alternatives),
        moves=found.moves.iloc[:0],
        caption=head + why + _noted(found.scheme),
    )


def _min_max(scheme: Scheme) -> Text:
    """The warning that goes with min–max."""
    if all(item.normalisation != "min-max" for item in scheme.items):
        return Text("", "")
    return Text(
        "；按最大最小值归一，一家很差的法院会移动其他各院的得分",
        "; with min–max one bad court moves the scores of all others",
    )
