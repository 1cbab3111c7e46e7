"""Sums of amounts of one's own that may be handed on: what one has in them can be worked out by nobody, from all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.cases.privacy import DOMINANT, KNOWN_WITHIN, MINIMUM
from analysis.cases.suppression import MOVED, least_change
from analysis.files.cell_text import plain
from analysis.measures.open_sums import outweighed_sums
from analysis.register.rows import TOTAL
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.sentences import rate
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

TOGETHER = Text("合计", "total")
MOST_WORLDS = 600  # found one by one, each by a linear programme; twice as many to show again what need not go
DIGITS = 6  # of an amount: a fen where amounts are in 万元
WHOLE = 1e6  # the sum of all, in the units of the linear programmes: MOVED is small beside it, and the solver's rounding smaller


def suppress_dominated(
    data: pd.DataFrame,
    *,
    by: str | Sequence[str],
    amount: str,
    contributor: str | None = None,
    minimum: int = MINIMUM,
    dominant: float = DOMINANT,
    within: float = KNOWN_WITHIN,
) -> pd.DataFrame:
    """Add up amounts by group, with all totals, and leave out the sums that tell what one contributor has in them.

    A sum is left out that fewer than ``minimum`` contribute to, of which the largest contributor has more than ``dominant``
    (the (n, k) rule with n = 1), or from which the second largest could work out the largest to within ``within`` (the p % rule:
    what is left without the two is less than that of the largest). Others go with them until nobody, the contributors
    who know their own amounts among them, can say from all that is shown that one has less than 1 + ``within`` times, or more than
    1 − ``within`` times, what one has in a sum or in a part of it; nor what a sum left out by the rules is, to the same. Everybody
    is taken to know who contributes where, and that no amount is below zero. Which sums go too is found by linear programming, small ones
    first. No reason stands beside a sum left out: it would tell something of it.

    Parameters
    ----------
    data : DataFrame
        Amounts, one row each.
    by : str or list of str
        The columns of the groups, a name in whatever spacing, width and case; totals are shown over each of them and over all.
    amount : str
        The column of amounts, none of them missing or below 0.
    contributor : str, optional
        The column that says whose an amount is, in whatever spacing, width and case; without it each row is another's.
    minimum : int
        The fewest contributors of a sum that may be shown.
    dominant : float
        The largest part of a sum that one contributor may have.
    within : float
        How nearly nobody may know an amount, as a part of it.

    Returns
    -------
    DataFrame
        The groups, then their totals (``合计``, ``total``): the columns ``by``, and the sums under the name of ``amount``, missing
        where left out; ``attrs["suppressed"]`` counts those, ``attrs["notes"]`` says why.

    Raises
    ------
    ArgumentError
        A column that is not there or there twice, or a limit out of range.
    InputError
        An amount that is missing, below 0 or no number, a group or contributor that is missing or blank, a row of totals.
    DataError
        Groups so fine, of amounts so uneven, that what hides the rest cannot be found in a few hundred steps.

    References
    ----------
    Hundepool and others, Statistical Disclosure Control, Wiley, 2012, ch. 4.

    Of 90, 6 and 4 the first is 90% of the sum. Left out alone it would be 290 − 120 − 70, so the smallest beside it goes too:

    >>> rows = pd.DataFrame({"team": list("甲甲甲乙乙乙丙丙丙"), "paid": [50, 30, 40, 90, 6, 4, 20, 20, 30]})
    >>> suppress_dominated(rows, by="team", amount="paid")["paid"].tolist()
    [120, <NA>, <NA>, 290]
    """
    keys = [by] if isinstance(by, str) else list(by)
    _must_be_sound(data, keys, amount, contributor)
    _must_be_limits(minimum, dominant, within)
    held = _Held.of(data, keys, amount, contributor)
    too_much = outweighed_sums(
        held.pairs["amount"].to_numpy(),
        held.pairs["figure"].to_numpy(),
        len(held.table),
        minimum=minimum,
        dominant=dominant,
        within=within,
    )
    gone = _left_out(held, too_much, within)
    sums = np.round(held.forms @ held.cells * held.unit, held.digits)
    whole = bool((sums[~gone] % 1 == 0).all())
    table = held.table.assign(**{amount: pd.array(np.where(gone, 0, sums), dtype="Int64" if whole else "Float64")})
    table.loc[gone, amount] = pd.NA
    notes = [_rules(int(gone.sum()), minimum, dominant, within).cell] if gone.any() else []
    table.attrs = {"suppressed": int(gone.sum()), "minimum": minimum, "notes": notes}
    return table


def _rules(gone: int, minimum: int, dominant: float, within: float) -> Text:
    most, near = rate(100 * dominant, 0), rate(100 * within, 0)
    return Text(
        f"{gone}个合计不出：不足{minimum}人的，一人占{most.zh}以上的，能把一人推算到{near.zh}以内的，以及为遮住它们而一并不出的。不出的不是0",
        f"{gone} sums are left out: those of fewer than {minimum} contributors, with one above {most.en}, or that would tell one to within "
        f"{near.en}, and those that hide these. What is left out is not 0",
    )


def _must_be_sound(rows: pd.DataFrame, keys: list[str], amount: str, contributor: str | None) -> None:
    named = {"by": keys, "amount": [amount], "contributor": [] if contributor is None else [contributor]}
    for argument, columns in named.items():
        for name in columns:
            if name not in rows:
                raise ArgumentError.not_one_of(argument, name, rows.columns)
            if (rows.columns == name).sum() > 1:
                raise ArgumentError(
                    f"列 {name} 出现了不止一次，不知该用哪一列。请先改名或去掉多余的。",
                    f"Column {name} stands in the table more than once, and which is meant is not known. Rename or drop the others first.",
                )
            if blank := int((rows[name].map(plain) == "").sum()):
                raise InputError(
                    f"列 {name} 有{blank}行缺失：缺的金额不会当作0，缺的组别和缴款人也不会略去。请补上，或先去掉这些行（dropna）。",
                    f"Column {name} lacks a value in {blank} rows: a missing amount is not taken as 0, and no row is passed over. "
                    "Fill them in, or drop these rows first (dropna).",
                )
    if not keys or len({*keys, amount}) <= len(keys):
        raise ArgumentError(
            "by 应为至少一个组别栏目，不重复，也不能是金额栏目。",
            "by must name at least one column of groups, none twice and none that is the amount.",
        )
    for name in keys:
        if total := next((label for label in rows[name].unique() if TOTAL.fullmatch(plain(label))), None):
            raise InputError(
                f"列 {name} 中有“{total}”：合计行会重复计算。请先去掉合计行。",
                f'Column {name} holds "{total}": rows of totals would be counted twice. Drop them first.',
            )
    numbers = pd.to_numeric(rows[amount], errors="coerce").astype("float64")
    wrong = ~np.isfinite(numbers) | (numbers < 0)
    if wrong.any():
        raise InputError(
            f"列 {amount} 有{wrong.sum()}行为负数或不是数字（第一处在第{np.argmax(wrong) + 1}行）：规则只对不小于0的金额成立。"
            "退款等负数请另列一表。",
            f"Column {amount} has {wrong.sum()} rows below 0 or that are no numbers (the first is row {np.argmax(wrong) + 1}): the rules "
            "hold for amounts of 0 or more. Give refunds and the like in a table of their own.",
        )


def _must_be_limits(minimum: int, dominant: float, within: float) -> None:
    if minimum < 1:
        raise ArgumentError(f"minimum 应不小于1，现为 {minimum}。", f"minimum must be 1 or more; it is {minimum}.")
    for name, value, most in (("dominant", dominant, 1), ("within", within, 0.5)):
        if not 0 < value <= most:
            raise ArgumentError(
                f"{name} 应大于0、不超过{most}，现为 {value}。",
                f"{name} must be above 0 and no more than {most}; it is {value}.",
            )


@dataclass(frozen=True)
class _Held:
    """Amounts by contributor and cell, and the figures: each cell, then each total of cells."""

    table: pd.DataFrame  # a row a figure: its labels
    forms: csr_array  # figures × cells
    held: pd.DataFrame  # who, cell, amount
    pairs: (
        pd.DataFrame
    )  # figure, who, amount, cells: what one has in a figure and in which of its cells, the largest first
    cells: np.ndarray
    unit: float
    digits: int  # that amounts have
    step: float  # what all amounts are multiples of: who knows that they are whole yuan knows more

    @classmethod
    def of(cls, rows: pd.DataFrame, keys: list[str], amount: str, contributor: str | None) -> _Held:
        from scipy.sparse import csr_array

        given = pd.to_numeric(rows[amount]).to_numpy("float64")
        unit = given.sum() / WHOLE or 1.0
        digits = next((d for d in range(DIGITS) if np.allclose(given, np.round(given, d), rtol=1e-15)), DIGITS)
        whose = np.arange(len(rows)) if contributor is None else pd.factorize(rows[contributor].map(plain))[0]
        labels = rows[keys].astype(object)
        labels = labels.apply(lambda names: names.groupby(names.map(plain), sort=False).transform("first"))
        cell = labels.groupby(keys, sort=False).ngroup().to_numpy()
        each = pd.DataFrame({"who": whose, "cell": cell, "amount": given / unit})
        held = each.groupby(["who", "cell"])["amount"].sum().reset_index()
        labels = labels.drop_duplicates(ignore_index=True)
        tables, places, first = [], [], 0
        for kept in (c for size in range(len(keys), -1, -1) for c in combinations(keys, size)):
            table = labels.assign(**{key: str(TOGETHER) for key in keys if key not in kept})
            places.append(first + table.groupby(keys, sort=False).ngroup().to_numpy())
            tables.append(table.drop_duplicates())
            first += len(tables[-1])
        at = np.concatenate(places), np.tile(np.arange(len(labels)), len(places))
        pairs = pd.concat([held.assign(figure=place[held["cell"]]) for place in places])
        pairs = pairs.groupby(["figure", "who"], as_index=False).agg(amount=("amount", "sum"), cells=("cell", tuple))
        return cls(
            table=pd.concat(tables, ignore_index=True),
            forms=csr_array((np.ones(len(at[0])), at), shape=(first, len(labels))),
            held=held,
            pairs=pairs.sort_values("amount", ascending=False, kind="stable"),
            cells=np.bincount(held["cell"], weights=held["amount"], minlength=len(labels)),
            unit=unit,
            digits=digits,
            step=0.1**digits / unit,
        )


@dataclass(frozen=True)
class _Secrets:
    """What nobody may know too nearly: a sum left out by the rules (``whose`` −1), or what one has in some cells."""

    over: np.ndarray  # secrets × cells
    amount: np.ndarray
    margin: np.ndarray
    whose: np.ndarray
    known_to: np.ndarray  # the largest of a sum, who knows it as nearly as what is his own says

    @classmethod
    def of(cls, held: _Held, too_much: np.ndarray, within: float) -> _Secrets:
        """The sums that say too much, and what the two have who have most in the same cells."""
        figures, cells = np.flatnonzero(too_much), len(held.cells)
        largest = held.pairs.drop_duplicates("figure").set_index("figure")["who"].reindex(figures)
        # that one has nothing in a cell of three or more who all have nothing is shown
        people = held.pairs[
            (held.pairs["amount"] > 0) | ((held.pairs["figure"] < cells) & too_much[held.pairs["figure"]])
        ]
        people = people.drop_duplicates(["who", "cells"]).groupby("cells", sort=False).head(2)
        # among many the rest is more than enough, whoever reads
        each = held.held.groupby("cell")["amount"]
        room, is_few = held.cells - each.max().to_numpy(), each.size().to_numpy() <= 2
        enough = people["amount"] * (1 + within) + held.step
        among = people["cells"].map(list)
        people = people[
            (people["amount"] == 0)
            | (among.map(lambda own: room[own].sum()) < enough)
            | among.map(lambda own: is_few[own].any())
        ]
        theirs = np.zeros((len(people), cells))
        for row, own in enumerate(people["cells"]):
            theirs[row, list(own)] = 1
        amount = np.concatenate([held.forms[figures] @ held.cells, people["amount"]])
        least = held.held["amount"][held.held["amount"] > 0].min() if held.cells.any() else 1 / held.unit
        return cls(
            over=np.vstack([held.forms[figures].toarray(), theirs]),
            amount=amount,
            margin=held.step * np.ceil(within * np.where(amount > 0, amount, least) / held.step - MOVED),
            whose=np.concatenate([np.full(len(figures), -1), people["who"]]),
            known_to=np.concatenate([largest, np.full(len(people), -1)]),
        )


def _readers(held: _Held) -> list[int]:
    """Who must be kept from knowing: everybody outside (−2), the two who have most in each figure, and all who are in several cells.

    Of those in one cell alone the others know less than these two: each knows that a cell is at least what one has in it.
    """
    most = held.pairs.groupby("figure").head(2)["who"]
    cells = held.held["who"].value_counts()
    return [-2, *pd.unique(np.concatenate([most, cells.index[cells > 1]])).tolist()]


def _left_out(held: _Held, too_much: np.ndarray, within: float) -> np.ndarray:
    """Return which figures are left out: those that say too much, and what hides them and the amounts in them from each reader.

    What one reader made go may be needless once another made more go: then it is shown again, the largest first, as far as
    the worlds reach.
    """
    secrets, worlds = _Secrets.of(held, too_much, within), [held.cells]
    gone = _protected(held, secrets, too_much, worlds)
    if gone is None:  # with every amount free to be another there is one: the solver gave up
        return np.ones(len(too_much), dtype=bool)
    hiding = np.flatnonzero(gone & ~too_much)
    for figure in hiding[np.argsort(-(held.forms[hiding] @ held.cells), kind="stable")]:
        fewer = gone.copy()
        fewer[figure] = False
        if _protected(held, secrets, fewer, worlds, settled=True) is not None:
            gone = fewer
    return gone


def _protected(
    held: _Held, secrets: _Secrets, gone: np.ndarray, worlds: list[np.ndarray], *, settled: bool = False
) -> np.ndarray | None:
    """Return which figures are left out once every reader is kept from every secret; ``None`` where that cannot be, ``settled`` with no more left out.

    A world is other amounts in the cells with which all that is shown stays as it is; it stays one as less is shown. Those
    found are added to ``worlds``.
    """
    gone, contributors = gone.copy(), np.bincount(held.held["cell"])
    is_sum = secrets.whose < 0
    of = held.held.groupby("who").indices
    changes = np.abs((np.array(worlds) - held.cells) @ held.forms.T) > MOVED
    fitting = [world for world, change in zip(worlds, changes, strict=True) if not (change & ~gone).any()]
    for reader in _readers(held):
        mine = held.held.iloc[of.get(reader, [])]
        own, is_in = np.zeros(len(held.cells)), np.zeros(len(held.cells), dtype=int)
        own[mine["cell"]], is_in[mine["cell"]] = mine["amount"], 1
        alone = contributors == is_in
        rest = np.array(fitting) - own
        rest = rest[(rest > -MOVED).all(axis=1) & (np.abs(rest[:, alone]) <= MOVED).all(axis=1)]
        known = np.where(is_sum, secrets.over @ own, 0.0)
        # what one has at least is what lies in cells where nobody else is, but the reader
        floor = np.where(is_sum[:, None], secrets.over, secrets.over * (contributors == 1 + is_in))
        most, least = (
            secrets.amount + secrets.margin - known,
            np.maximum(secrets.amount - secrets.margin - known, 0),
        )
        asked = (secrets.whose != reader) & (secrets.known_to != reader)
        for over, bound, sign in ((secrets.over, most, 1), (floor, least, -1)):
            open_ = asked & (sign * (over @ (held.cells - own)) < sign * bound - MOVED)
            for secret in np.flatnonzero(open_)[np.argsort(-secrets.amount[open_], kind="stable")]:
                if (sign * (rest @ over[secret]) >= sign * bound[secret] - MOVED).any():
                    continue
                if len(worlds) > MOST_WORLDS * (1 + settled):
                    if settled:
                        return None
                    raise DataError(
                        "分组太细，少数人占了太多格的大部分，算不出哪些合计须一并隐去。请合并一些组，或少用一列分组。",
                        "The groups are too fine, and few contributors hold most of too many of them, to find which sums must go too. "
                        "Put groups together, or take a column less.",
                    )
                other = _other(held, held.cells - own, over[secret], bound[secret], gone, ~alone, settled=settled)
                if other is None:
                    return None
                changed = np.abs(other - held.forms @ (held.cells - own)) > MOVED
                if settled and (changed & ~gone).any():  # no more than the solver's rounding, but no world that fits
                    return None
                gone |= changed
                rest = np.vstack([rest, other[: len(own)]])
                worlds.append(own + other[: len(own)])
                fitting.append(worlds[-1])
    return gone


def _other(
    held: _Held,
    rest: np.ndarray,
    over: np.ndarray,
    wanted: float,
    gone: np.ndarray,
    free: np.ndarray,
    *,
    settled: bool,
) -> np.ndarray | None:
    """The figures of a world in which a sum over cells is as wanted, and least of what is shown changes; ``settled`` nothing of it."""
    from scipy.sparse import csr_array, vstack

    forms = vstack([held.forms[:, free], csr_array(over[None, free])], format="csr")
    values = forms @ rest[free]
    cost = np.where(np.append(gone, True), 0.0, np.inf if settled else 1.0 + np.abs(values))
    found = values + forms @ least_change(forms, rest[free], len(gone), wanted - values[-1], cost, short=0.0)
    return found[:-1] if abs(found[-1] - wanted) < MOVED * max(1.0, abs(wanted)) else None
