"""Tallies that a court can hand on: counts only, no names, no case numbers, no amounts; they add up exactly.

A province adds the tallies of its courts without ever moving a case row; the sum is the tally of the whole.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.cases import tallies as tallying
from analysis.cases.privacy import MINIMUM
from analysis.cases.table import Cases
from analysis.files.destinations import write_file
from analysis.measures.breakdowns import must_be_of_the_whole
from analysis.measures.open_teams import closed_teams, decided_on
from analysis.register.confidential import confidential, must_not_say
from analysis.register.disclosure import LABELLED, public_labels
from analysis.vocabulary.columns import as_columns, columns
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.periods import Day
from analysis.vocabulary.result import Result
from analysis.vocabulary.text import Text, number_of

SCHEMA = "court-analysis tallies 1"
GROUPS = ("court", "court_code", "case_type", "basis", "has_property", "area", "team")
KEYS = ("on", "closure_mode", "entry", "exit", "outcome")
SUMS = ("cases",)
POOLED = "other"  # the closure mode and case type under which small cells are pooled


@dataclass(frozen=True, eq=False)
class Tallies(Result):
    """一家或几家法院的汇总计数：一张表，按月，分新收、结案、时长；相加即为合并后的汇总。

    Tallies of one or many courts: one table, ``kind`` filed | closed | durations, monthly, counts.

    ``a + b`` adds them, ``save`` and ``load`` move them; ``caseflow`` takes them in place of cases.

    >>> from analysis.cases.table import Cases
    >>> rows = pd.DataFrame({"case_no": ["1", "2"], "filed_on": ["2011-01-04", "2011-02-01"], "closed_on": ["2011-03-01", None]})
    >>> one = tallies(Cases.from_frames(rows, as_of="2011-12-31"))
    >>> both = one + one
    >>> both.table.groupby("kind")["cases"].sum()[["filed", "closed"]].tolist()
    [4, 2]
    """

    table: pd.DataFrame
    groups: tuple[str, ...]
    as_of: pd.Timestamp

    @property
    def caption(self) -> Text:
        """件数、组数和截止日。

        The number of cases and of groups, and the day to which they are known.
        """
        filed = int(self.table.loc[self.table["kind"] == "filed", "cases"].sum())
        known = day_text(self.as_of)
        return Text(
            f"汇总计数：立案{filed:,}件，截至{known.zh}",
            f"Tallies of {number_of(filed, 'case')} filed, known to {known.en}",
        )

    def __add__(self, other: Tallies) -> Tallies:
        """The tallies of both together; raises ``ArgumentError`` if they differ in groups or in the day known."""
        if (self.groups, self.as_of) != (other.groups, other.as_of):
            raise ArgumentError(
                f"两份汇总不能相加：分组 {self.groups} 与 {other.groups}，截止日{self.as_of.date()}与{other.as_of.date()}应一致。",
                f"These tallies cannot be added: groups {self.groups} and {other.groups}, days {self.as_of.date()} and "
                f"{other.as_of.date()} must be the same.",
            )
        return replace(self, table=_added(pd.concat([self.table, other.table], ignore_index=True)))

    def part(self, kind: str, by: tuple[str, ...], keys: tuple[str, ...], sums: tuple[str, ...]) -> pd.DataFrame:
        """其中一种计数（``kind``）的表，按组 ``by`` 和 ``keys``，合计各栏 ``sums``。

        Sum one kind of tally to the groups and keys asked for; raises ``ArgumentError`` for a group not kept.

        Parameters
        ----------
        kind : str
            ``flow``, ``closed`` or ``durations``.
        by : tuple of str
            Groups to keep.
        keys : tuple of str
            Keys to keep: month, mode, ages.
        sums : tuple of str
            Columns to add up.

        Returns
        -------
        DataFrame
            One row a group and key.
        """
        for name in by:
            if name not in self.groups:
                raise ArgumentError.not_one_of("by", name, self.groups)
        table, sums = self.table[self.table["kind"] == kind], tuple(name for name in sums if name in self.table)
        wanted = list(dict.fromkeys([*by, *keys]))
        if not wanted:
            return table[list(sums)].sum().to_frame().T
        return table.groupby(wanted, dropna=False, sort=True)[list(sums)].sum().reset_index()

    def save(self, path: str | Path, *, minimum: int = MINIMUM) -> Path:
        """写成一个 parquet 文件（``path``）；``minimum=3`` 合并过小的单元。

        Write the tallies as parquet; cells of fewer than ``minimum`` cases lose what could point at a person.

        Small cells are pooled over case types and closure modes; a pooled cell still under the minimum keeps its
        count, which the court publishes anyway, and has its durations left out. With ``minimum=0``, for use inside, all is kept. Raises ``OutputError``.

        Parameters
        ----------
        path : path
            The parquet file to write.
        minimum : int
            The least count that may be shown.

        Returns
        -------
        Path
            The file.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = self.table if minimum <= 1 else _pooled(self.table, self.groups, minimum)
        about = {"schema": SCHEMA, "as_of": str(self.as_of.date()), "groups": ",".join(self.groups)}
        data = io.BytesIO()
        pq.write_table(pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(about), data)
        write_file(path, data.getvalue())
        return Path(path)

    @classmethod
    def load(cls, path: str | Path) -> Tallies:
        """读回写出的文件（``path``）。

        Read tallies as ``save`` wrote them; raises ``InputError`` for another file.

        Parameters
        ----------
        path : path
            A file that ``save`` wrote.

        Returns
        -------
        Tallies
            The tallies.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            read = pq.read_table(Path(path))
        except (OSError, pa.ArrowInvalid) as error:
            raise InputError(
                f"{path}：不是汇总计数文件（{error}）。", f"{path} is not a file of tallies ({error})."
            ) from error
        about = {k.decode(): v.decode() for k, v in (read.schema.metadata or {}).items()}
        if about.get("schema") != SCHEMA:
            raise InputError(
                f"{path}：不是本软件写出的汇总计数文件。请用 an.tallies(cases).save() 生成。",
                f"{path} holds no tallies of this package. Make them with an.tallies(cases).save().",
            )
        groups = tuple(filter(None, about["groups"].split(",")))
        return cls(_added(read.to_pandas()), groups, pd.Timestamp(about["as_of"]))


def tallies(cases: Cases, *, by: str | Sequence[str] = ("court", "case_type"), at: Day | None = None) -> Tallies:
    """Count the monthly tallies of a register, by columns that name no person: what a court hands on in place of cases.

    Filed and closed cases by month (closed also by closure mode), and durations by age at entry, age at exit and outcome. Amounts
    stay in the court: whether one case outweighs the sum of a month, a sum does not tell. Labels that bear a name are replaced; ``OutputError`` where one
    should remain. Raises ``ArgumentError`` for a column that could name a person or a case.

    Parameters
    ----------
    cases : Cases
        The register.
    by : str or list of str
        Columns to keep; none that names a person or a case.
    at : date or text
        The day as of which the register is asked; without it the day to which it is known.

    Returns
    -------
    Tallies
        Sums by month, closure mode and age.

    >>> cases = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04", "2011-01-20"]}), as_of="2011-12-31")
    >>> (tallies(cases) + tallies(cases)).part("filed", (), ("on",), ("cases",))["cases"].tolist()
    [4]
    """
    groups = as_columns(by)
    for name in groups:
        if name not in GROUPS:
            raise ArgumentError.not_one_of("by", name, GROUPS)
    must_be_of_the_whole(cases, groups, names=False)
    at = decided_on(cases, groups, at, names=False)
    parts = {
        "filed": tallying.filed(cases, by=groups, unit="month", at=at),
        "closed": tallying.closed(cases, by=groups, unit="month", at=at),
        "durations": tallying.durations(cases, by=groups, at=at),
    }
    table = pd.concat([p.assign(kind=k) for k, p in parts.items()], ignore_index=True)
    labels = {
        name: table[name].map(public_labels(cases, name), na_action="ignore") for name in groups if name in LABELLED
    }
    if "team" in labels:  # the teams of one officer together: they add up all the same
        labels["team"] = labels["team"].mask(table["team"].isin(list(closed_teams(cases))), POOLED)
    table = table.assign(**labels)
    held = {str(value) for name in groups for value in table[name].dropna().unique()}
    must_not_say([("tallies", "\n".join(sorted(held)))], confidential(cases))
    return Tallies(_added(table), groups, at)


def filed_or_closed(source: Tallies, kind: str, *, by: Any, unit: str, at: Any) -> pd.DataFrame:
    """Return monthly filings or closings out of tallies in the shape that cases give; months are all that they hold."""
    if unit != "month" or at is not None:
        raise DataError(
            "汇总计数只按整月保存，不能按周、按跨月统计周期或按更早的日期计算。请用台账本身。",
            "Tallies are kept by whole months: weeks, shifted calendars and earlier days need the register itself.",
        )
    keys = ("on",) if kind == "filed" else ("on", "closure_mode")
    return source.part(kind, as_columns(by), keys, SUMS)


def _added(table: pd.DataFrame) -> pd.DataFrame:
    """Cells of the same key summed, in a fixed order and with fixed types: equal tallies are equal tables."""
    every = ("kind", *(name for name in columns("cases") if name in GROUPS and name in table), *KEYS)
    sums = [name for name in SUMS if name in table]
    full = table.reindex(columns=[*every, *sums])
    full["on"] = pd.to_datetime(full["on"]).astype("datetime64[s]")
    for name in ("entry", "exit"):
        full[name] = full[name].astype("Int64")
    for name in every:
        if name not in ("on", "entry", "exit"):
            full[name] = full[name].astype("object").where(full[name].notna(), None)
    full[sums] = full[sums].fillna(0).astype("int64")
    return full.groupby(list(every), dropna=False, sort=True)[sums].sum().reset_index()


def _pooled(table: pd.DataFrame, groups: tuple[str, ...], minimum: int) -> pd.DataFrame:
    table = table[(table["kind"] != "durations") | (table["cases"] >= minimum)].copy()
    table["closure_mode"] = table["closure_mode"].astype("object")  # of a register that says none they are all missing
    small = (table["cases"] < minimum) & (table["kind"] != "durations")
    if "case_type" in groups:
        table.loc[small, "case_type"] = POOLED
    table.loc[small & (table["kind"] == "closed"), "closure_mode"] = POOLED
    return _added(table)
