"""Names stay inside: pseudonyms for officers, cells too small to be shown, and cells that a spreadsheet would execute."""

from __future__ import annotations

import hashlib
import hmac
import math
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.columns import FEN_PER_YUAN
from analysis.vocabulary.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

LABEL = "承办人"
# Of a pseudonym: short enough to be spoken. Two people of one register who meet get more; that one who left years ago and is in the
# register no more had the pseudonym of one who came has a chance of 1 in 900,000.
DIGITS = 6
PLACE_DIGITS = 2  # behind those, where all have them in common
BEYOND_TRYING = 128  # bits unknown to a reader who knows the days; what is shown of officers tells some of them
BITS_OF_AN_AMOUNT = 10
DOMINANT = 0.75  # our choice, as is the next: both are usual in official statistics
KNOWN_WITHIN = 0.10
FIRST_DAY = date(2000, 1, 1)  # from which days are counted for a key
MINIMUM = 3  # a count under this, but not 0, could point at a person
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def pseudonymise(names: pd.Series, *, key: bytes, label: str = LABEL) -> pd.Series:
    """Replace each name by a pseudonym that the key gives it (digits of HMAC-SHA-256); missing stays missing.

    The same key gives a name the same pseudonym in every output. Where two names meet in six digits, both get more:
    nobody ever gets the pseudonym of another. A team that bears somebody's name gets other digits: they would tell who leads it, and
    of a name that was moved into the column of another case whose that is.

    >>> pseudonymise(pd.Series(["王伟", "李强", "王伟"]), key=b"public").tolist()
    ['承办人225917', '承办人889266', '承办人225917']
    >>> pseudonymise(pd.Series(["王伟"]), key=b"public", label="小组").tolist()[0].endswith("225917")
    False
    """
    made: dict[str, str] = {}
    left, digits = [str(name) for name in names.dropna().unique()], DIGITS
    of = "" if label == LABEL else label
    while left:
        numbers = pd.Series({name: _number(of + name, key, digits) for name in left})
        twice = numbers.duplicated(keep=False)
        made |= {str(name): label + number for name, number in numbers[~twice].items()}
        left, digits = numbers.index[twice].tolist(), digits + 2
    return names.astype(object).map(made, na_action="ignore")


def _number(name: str, key: bytes, digits: int) -> str:
    least = 10 ** (digits - 1)
    return str(least + int(hmac.new(key, name.encode(), hashlib.sha256).hexdigest(), 16) % (9 * least))


def people(cases: Any) -> tuple[str, ...]:
    """Everybody named in a register's columns of people: officers, leads, supervisors; of a narrowed one in its whole."""
    named: tuple[str, ...] = cases.once(("people", cases.entire.op()), lambda: _people(cases), of_whole=True)
    return named


def _people(cases: Any) -> tuple[str, ...]:
    petitions = cases.whole_sides.get("petitions", cases.petitions)
    named = [cases.entire[c] for c in ("officer", "lead")] + [petitions[c] for c in ("officer", "supervisor")]
    frames = [column.as_table().distinct().to_pandas().iloc[:, 0] for column in named]
    return tuple(sorted({str(name) for names in frames for name in names.dropna()}))


def label_key(cases: Any) -> bytes:
    """The key of a register's pseudonyms: its own (``cases.pseudonym_key``), else one made of what only the register says.

    The latter is another for another state of the register, so that no pseudonym of one report means somebody in the
    next; and who does not hold the register cannot work it out from a report: it is made of whose cases those of which
    days are, which nothing shown tells (counts, first and last days could be tried out). A part of a register has the whole's.
    """
    if cases.pseudonym_key is not None:
        return bytes(cases.pseudonym_key)
    return hashlib.sha256(_said_by_officer(cases).to_csv(index=False).encode()).digest()


def pseudonyms_of(cases: Any, names: pd.Series, *, label: str = LABEL) -> pd.Series:
    """Replace each name by its pseudonym in a register, missing stays missing.

    Where a register has no key and is so small that whose its cases are could be tried out until the pseudonyms agree, these say next to
    nothing of the names: digits of the register in common, which anybody who holds a report could work out, and a place by the key.
    """
    key = label_key(cases)
    if cases.pseudonym_key is not None or _bits_unknown(_said_by_officer(cases)) >= BEYOND_TRYING:
        return pseudonymise(names, key=key, label=label)
    by_key = sorted(map(str, names.dropna().unique()), key=lambda name: _number(label + name, key, 2 * DIGITS))
    common = _number(f"{label} {_of_all(cases)}", b"", DIGITS)
    made = {name: f"{label}{common}{place:0{PLACE_DIGITS}}" for place, name in enumerate(by_key, start=1)}
    return names.astype(object).map(made, na_action="ignore")


def _of_all(cases: Any) -> str:
    """What differs between any two states of a register and is no secret: the checksums of its files, and what all its cases add up to."""
    sums = _said_by_officer(cases).drop(columns="officer").sum()
    return ",".join([*map(str, sums), *sorted(map(str, cases.inputs["sha256"]))])


def _bits_unknown(said: pd.DataFrame) -> float:
    """How many bits it takes to say whose each case is, and the amounts, of which a reader may know some."""
    return float(said["cases"].sum() * math.log2(max(len(said), 1)) + said["amounts"].sum() * BITS_OF_AN_AMOUNT)


def _said_by_officer(cases: Any) -> pd.DataFrame:
    said: pd.DataFrame = cases.once("said by officer", lambda: _sums_by_officer(cases.entire), of_whole=True)
    return said


def _sums_by_officer(t: ir.Table) -> pd.DataFrame:
    """What each officer's cases add up to: amounts, and days with their squares and cubes."""
    sums: dict[str, Any] = {}
    for name in ("filed_on", "closed_on"):
        day = t[name].delta(FIRST_DAY, unit="day").cast("int64")
        sums |= {f"{name} {power}": days.sum() for power, days in enumerate((day, day * day, day * day * day), start=1)}
    said = t.group_by("officer").aggregate(
        cases=t.count(),
        amounts=t.amount_claimed.count(),
        fen=(t.amount_claimed * FEN_PER_YUAN).round().cast("int64").sum(),
        **sums,
    )
    return said.to_pandas().sort_values("officer", na_position="last")


def pseudonyms(cases: Any) -> dict[str, str]:
    """The pseudonym of every person named in a register (officers, leads, supervisors), by the register's ``label_key``; made once."""
    made: dict[str, str] = cases.once(("pseudonyms", cases.entire.op()), lambda: _pseudonyms(cases), of_whole=True)
    return made


def _pseudonyms(cases: Any) -> dict[str, str]:
    names = pd.Series(people(cases), dtype=object)
    return dict(zip(names, pseudonyms_of(cases, names), strict=True))


def cut_short(cases: Any, column: str) -> frozenset[str | None]:
    """Return the values of a column of which a register that was narrowed (``where``) holds some of the cases, not all.

    >>> from analysis.cases.table import Cases
    >>> frame = pd.DataFrame({"filed_on": "2011-01-04", "officer": list("aab"), "basis": ["civil", "criminal", "civil"]})
    >>> whole = Cases.from_frames(frame, as_of="2011-12-31")
    >>> sorted(cut_short(whole.where(basis="civil"), "officer")), sorted(cut_short(whole, "officer"))
    (['a'], [])
    """
    if cases.whole is None:
        return frozenset()
    found: frozenset[str | None] = cases.once(("cut short", column), lambda: _cut_short(cases, column))
    return found


def _cut_short(cases: Any, column: str) -> frozenset[str | None]:
    def numbers(table: ir.Table) -> pd.Series:
        return table.group_by(value=table[column]).aggregate(n=table.count()).to_pandas().set_index("value")["n"]

    whole = cases.once(("cases by", column, cases.whole.op()), lambda: numbers(cases.whole), of_whole=True)
    part = numbers(cases.table)
    short = part[part < whole.reindex(part.index)]
    return frozenset(None if pd.isna(value) else str(value) for value in short.index)


def suppress_small(
    table: pd.DataFrame,
    *,
    columns: Sequence[str],
    minimum: int = MINIMUM,
    total_by: Sequence[str] = (),
    across: Sequence[Sequence[str]] = (),
    dependent: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """Return a copy of ``table`` in which counts from 1 to ``minimum − 1`` are missing, and cannot be worked out again.

    Where the suppressed cells of a column could be recovered from its total (over the rows that agree in ``total_by``;
    over all rows without it), the smallest cell beside them is suppressed too. ``across`` names columns that one
    equation binds (``["opening", "filed", "closed", "closing"]``): no row keeps all but one of them, and no small count
    follows from totals and equations together. ``dependent`` names columns that follow from a count (a rate from its
    numerator) and go with it. A count of 0 points at nobody and stays. ``attrs["suppressed"]`` counts the cells taken
    out. A group of one row, or of small counts alone, has no further cell that could protect it from its own total.

    Parameters
    ----------
    table : DataFrame
        Counts, one row a group.
    columns : list of str
        The columns of counts.
    minimum : int
        The least count that may be shown.
    total_by : list of str
        Columns within which totals are shown elsewhere.
    across : list of lists of str
        Columns that one equation binds.
    dependent : mapping
        Count → columns that follow from it.

    Returns
    -------
    DataFrame
        The same table, with cells left out.

    >>> counts = pd.DataFrame({"officer": ["甲", "乙", "丙"], "closed": [12, 2, 7]})
    >>> suppress_small(counts, columns=["closed"])["closed"].tolist()
    [12, <NA>, <NA>]
    """
    concerned = list(dict.fromkeys([*columns, *(c for bound in across for c in bound)]))
    for name in (*concerned, *total_by):
        if name not in table:
            raise ArgumentError.not_one_of("columns", name, table.columns)
    plain = table.reset_index(drop=True)
    counts = {c: pd.to_numeric(plain[c]).astype("Float64") for c in concerned}
    gone = {c: ((counts[c] > 0) & (counts[c] < minimum)).fillna(False).astype(bool) for c in counts}
    groups = list(plain.groupby(list(total_by), dropna=False).indices.values()) if total_by else [range(len(table))]
    changed = 1
    while changed:  # a sum goes through all of them, any() would stop at the first
        changed = sum(_protect_total(counts[c], gone[c], rows, minimum) for c in counts for rows in groups)
        changed += sum(_protect_equation(counts, gone, bound) for bound in across)
        changed = changed or sum(_protect_system(counts, gone, groups, bound, minimum) for bound in across)
    result = table.copy()
    for name, mask in gone.items():
        whole = bool(counts[name].dropna().mod(1).eq(0).all())
        result[name] = counts[name].astype("Int64" if whole else "Float64").mask(mask).array
        for other in (dependent or {}).get(name, ()):
            result[other] = result[other].where(~mask.to_numpy(), None)
    result.attrs = {**table.attrs, "suppressed": int(sum(mask.sum() for mask in gone.values())), "minimum": minimum}
    return result


def _protect_total(counts: pd.Series, gone: pd.Series, rows: Any, minimum: int) -> bool:
    """Suppress one more cell of a column where its total gives the suppressed ones away; whether that was needed."""
    inside = gone.iloc[rows]
    hidden = counts.iloc[rows][inside]
    if hidden.empty or len(inside) == 1:
        return False
    n, total = len(hidden), float(hidden.sum())
    # All at the least (1 each) or all at the most (minimum − 1 each) possible: then the sum alone says each of them.
    told = n == 1 or (bool((hidden < minimum).all()) and total in (n, n * (minimum - 1)))
    visible = counts.iloc[rows][~inside].dropna()
    if not told or visible.empty:
        return False
    gone.loc[_least(visible)] = True
    return True


def _least(visible: pd.Series) -> Any:
    """The smallest of the counts that are not 0, else any 0: the next to be suppressed."""
    positive = visible[visible > 0]
    return (positive if len(positive) else visible).idxmin()


def _protect_equation(counts: Mapping[str, pd.Series], gone: dict[str, pd.Series], bound: Sequence[str]) -> bool:
    """Suppress a second member of an equation in each row that keeps all but one."""
    hidden = pd.DataFrame({c: gone[c] for c in bound})
    changed = False
    for row in hidden.index[hidden.sum(axis=1) == 1]:
        visible = {c: counts[c].loc[row] for c in bound if not gone[c].loc[row] and not pd.isna(counts[c].loc[row])}
        if visible:
            least = min(visible, key=lambda c: (bool(visible[c] == 0), float(visible[c])))
            gone[least].loc[row] = True
            changed = True
    return changed


def _protect_system(
    counts: Mapping[str, pd.Series],
    gone: dict[str, pd.Series],
    groups: Sequence[Any],
    bound: Sequence[str],
    minimum: int,
) -> bool:
    """Suppress one more cell of a group where a small count follows from totals and equations together; whether one did.

    Each suppressed cell joins the total of its column to the equation of its row. The two are known, so the cell can only
    vary with others on a loop of such cells: one on no loop is told, however many others its row and its column have.
    """
    changed = False
    for rows in groups:
        if len(rows) == 1:  # its total is not protected, so its cells are not told by it
            continue
        cells = [(c, int(row)) for c in bound for row in rows if gone[c].iloc[row]]
        for column, row in (cells[at] for at in sorted(_on_no_loop(cells))):
            visible = counts[column].iloc[rows][~gone[column].iloc[rows]].dropna()
            if 0 < counts[column].iloc[row] < minimum and len(visible):
                gone[column].loc[_least(visible)] = True
                changed = True
                break
    return changed


def _on_no_loop(edges: Sequence[tuple[Any, Any]]) -> set[int]:
    """The places of the edges that lie on no closed way of a graph; found by walking back over every edge beside its tree."""
    beside: dict[Any, list[tuple[int, Any]]] = {}
    for at, (a, b) in enumerate(edges):
        beside.setdefault(a, []).append((at, b))
        beside.setdefault(b, []).append((at, a))
    up: dict[Any, tuple[int, Any]] = {}
    depth: dict[Any, int] = {}
    for root in beside:
        waiting = [root] if root not in depth else []
        depth.setdefault(root, 0)
        while waiting:
            here = waiting.pop()
            for at, there in beside[here]:
                if there not in depth:
                    depth[there], up[there] = depth[here] + 1, (at, here)
                    waiting.append(there)
    alone = {at for at, _ in up.values()}
    tree = set(alone)
    for at, ends in enumerate(edges):
        deeper, other = ends
        while at not in tree and deeper != other:
            if depth[deeper] < depth[other]:
                deeper, other = other, deeper
            edge, deeper = up[deeper]
            alone.discard(edge)
    return alone


def safe_cell(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula: text that starts like one gets an apostrophe in front.

    Numbers, dates and other text stay as they are. Every spreadsheet and CSV writer passes its texts through here.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("  @sum"), safe_cell(-3), safe_cell("富锦")
    ("'=HYPERLINK(1)", "'  @sum", -3, '富锦')
    """
    if isinstance(value, str) and (
        value.startswith(FORMULA_STARTS) or value.lstrip(" \u3000\xa0").startswith(FORMULA_STARTS)
    ):
        return "'" + value
    return value


def safe_frame(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts and headings are all safe cells.

    >>> safe_frame(pd.DataFrame({"=1": ["+2"]})).to_csv(index=False).split()
    ["'=1", "'+2"]
    """
    safe = table.copy()
    for name in safe.columns:
        if (
            safe[name].dtype == object
            or pd.api.types.is_string_dtype(safe[name])
            or isinstance(safe[name].dtype, pd.CategoricalDtype)
        ):
            safe[name] = [safe_cell(v) for v in safe[name]]
    return safe.rename(columns=safe_cell)
