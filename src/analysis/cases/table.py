"""The case table: a register as one Ibis table with its side tables, known to a day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypedDict, TypeVar, Unpack

import pandas as pd

from analysis.cases.amount_bands import AMOUNT_BAND
from analysis.cases.as_formatted import as_formatted
from analysis.cases.as_hidden import as_hidden
from analysis.cases.columns import in_codes, in_columns, to_arrow
from analysis.cases.selection import selected
from analysis.cases.storage import quiet, tables_of
from analysis.vocabulary.calls import answering
from analysis.vocabulary.columns import TABLES, as_columns, columns
from analysis.vocabulary.dates import day_text
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.frames import in_pandas
from analysis.vocabulary.periods import CALENDARS, Day, day, last_day_known
from analysis.vocabulary.result import SYNTHETIC, Result
from analysis.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping

    import ibis.expr.types as ir
    from narwhals.typing import IntoFrame

    from analysis.cases.beginning import Beginning

    AnyFrame = IntoFrame | pd.DataFrame

Answer = TypeVar("Answer")
UNSAID = Text("", "")
OF_CLOSINGS = frozenset(
    {"closed_on", "closure_mode", "amount_recovered", "amount_paid", "credited_on", "paid_on"}
)  # only closed cases hold these
NAMED_FILES = 5  # of a format without a checksum
INPUT_COLUMNS = ["file", "sha256", "bytes", "rows", "kept", "quarantined", "skipped"]


class About(TypedDict, total=False):
    """Options of a register beside its tables: how the rows came in, and what the court chose."""

    inputs: pd.DataFrame
    mapping: pd.DataFrame
    quarantine: pd.DataFrame
    skipped: pd.DataFrame
    skipped_rows: pd.DataFrame
    corrections: pd.DataFrame
    unreadable: pd.DataFrame
    totals: pd.DataFrame
    taken_as_zero: pd.DataFrame
    number_formats: pd.DataFrame
    hidden: pd.DataFrame
    synthetic: bool
    definitions: str | None
    scheme: str | None
    calendar: str
    level: str | None
    court_said: str | None
    holidays: str | Path | pd.DataFrame | None
    observed_from: Day | None
    pseudonym_key: bytes | None
    labels: Collection[str]


@dataclass(frozen=True, eq=False)
class Cases(Result):
    """台账：一行一案的案件表（``table``）和各附表，连同读了什么、没读什么。

    A register: ``table`` (one row a case) and the side tables, as Ibis tables; what was read, and what was not.

    ``as_of`` is the day to which the register is known: a closing after it counts as open, a filing after it does not
    count. ``inputs``, ``mapping``, ``quarantine``, ``skipped``, ``skipped_rows``, ``corrections`` say how the rows came in;
    ``synthetic`` marks made-up data wherever they are shown; ``definitions`` and ``scheme`` are the definition set and the
    set of quotas that the court chose, where it chose any, ``calendar`` its statistical year, ``level`` its rank, ``court_said`` its name,
    ``holidays`` its table of days off beyond those published, ``labels`` those of teams and townships that name nobody, ``observed_from`` the day
    from which no case that was pending is left out; ``taken_as_zero``
    (``file, column, cells``) are blank amounts of closed cases that mean 0, as the court said, and ``number_formats``
    (``table, file, column, shown_in, cells``) cells that were read as their number format shows them; ``hidden``
    (``table, file, sheet, column, row, rows``) are the rows, from which on and how many, and the columns that a spreadsheet hides and that were read.

    >>> rows = {"case_no": ["1", "2", "3"], "filed_on": ["2010-05-01", "2011-01-04", "2012-01-09"]}
    >>> cases = Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    >>> cases.as_of, len(cases), int(cases.known().count().execute())  # the third was filed afterwards
    (Timestamp('2011-12-31 00:00:00'), 3, 2)
    """

    # What cells hold: it is in the tables themselves, for the clerk who asks.
    not_displayed: ClassVar[tuple[str, ...]] = (
        "values",
        "value",
        "held",
        "corrected",
        "case_no",
        "yuan",
        "half",
        "number",
        "label",
    )

    table: ir.Table
    petitions: ir.Table
    coercive_measures: ir.Table
    aid: ir.Table
    as_of: pd.Timestamp
    inputs: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=INPUT_COLUMNS))
    mapping: pd.DataFrame = field(default_factory=pd.DataFrame)
    quarantine: pd.DataFrame = field(default_factory=pd.DataFrame)
    skipped: pd.DataFrame = field(default_factory=pd.DataFrame)
    skipped_rows: pd.DataFrame = field(default_factory=pd.DataFrame)  # each but the empty ones, with what it holds
    corrections: pd.DataFrame = field(default_factory=pd.DataFrame)
    unreadable: pd.DataFrame = field(default_factory=pd.DataFrame)  # cells that hold something that could not be read
    totals: pd.DataFrame = field(default_factory=pd.DataFrame)  # sums that the register itself states
    taken_as_zero: pd.DataFrame = field(default_factory=pd.DataFrame)  # blanks that mean 0, as the court said
    number_formats: pd.DataFrame = field(default_factory=pd.DataFrame)  # cells read as their number format shows them
    hidden: pd.DataFrame = field(default_factory=pd.DataFrame)  # rows and columns read though a spreadsheet hides them
    synthetic: bool = False
    definitions: str | None = None
    scheme: str | None = None
    calendar: str = CALENDARS[0]
    level: str | None = None
    court_said: str | None = None  # the name by the call or the court's file, whatever its rows say
    holidays: str | Path | pd.DataFrame | None = None
    observed_from: pd.Timestamp | None = None  # from which its stock is whole, as the court said
    known_by: Text = UNSAID  # why it is known to that day, where nobody said it of this export
    begun: Beginning | None = None  # of the register of which these cases are an earlier state
    labels: Collection[str] = ()  # of teams, townships and courts that may be shown as they are, as the court said
    file_names: Mapping[str, str] = field(default_factory=dict, repr=False)  # of files recorded by a number: their own
    headings: Mapping[str, str] = field(
        default_factory=dict, repr=False
    )  # of those recorded by their place, by file and sheet
    pseudonym_key: bytes | None = field(default=None, repr=False)
    whole: ir.Table | None = field(default=None, repr=False)  # of which these cases are a part
    whole_sides: Mapping[str, ir.Table] = field(default_factory=dict, repr=False)  # its side tables
    named: ir.Table | None = field(default=None, repr=False)  # of one with pseudonyms, the whole with names
    restated: frozenset[pd.Timestamp] = frozenset()  # first days of years whose money was published otherwise
    inside: bool = False  # a part chosen by people, teams or single cases: none of it is published
    without_closings: bool = field(default=False, repr=False)  # frames that say how cases were closed, and not when
    of_closings: bool = field(default=False, repr=False)  # a part chosen by how or when its cases were closed
    in_files: tuple[ir.Table, tuple[str, ...]] | None = field(default=None, repr=False)
    scanned: Mapping[str, str] = field(default_factory=dict)  # of an ingested register: SHA-256 by part
    answers: dict[Hashable, Any] = field(
        default_factory=dict, repr=False
    )  # given before; shared with parts, see ``once``

    @classmethod
    def from_frames(cls, frames: Mapping[str, AnyFrame] | AnyFrame, *, as_of: Day, **about: Unpack[About]) -> Cases:
        """由表组成台账：``frames`` 为案件表，或按名称给出的各表，栏名和值用代码或业务用语；``as_of`` 为截止日；其余为台账的其他说明。

        Make cases from frames of canonical columns, keyed cases, petitions, coercive_measures, aid.

        Parameters
        ----------
        frames : DataFrame or mapping
            The frame of cases, or frames by table, of any library; other columns are left out. Columns and codes (``civil``) may be the words
            of the field for them, read as ``read_cases`` reads a cell: 行政 is ``administrative``, though ``where`` asks which of two is meant.
            Without columns on closing the cases are open; with closure modes and no closing dates nothing on closings is known.
        as_of : date or text
            The day to which the register is known.
        **about
            What else is said of the register: ``definitions``, ``scheme``, ``synthetic``, ``inputs`` …

        Returns
        -------
        Cases
            The register.

        >>> one = pd.DataFrame({"case_no": ["（2011）富执字第1号"], "filed_on": ["2011-01-04"]})
        >>> len(Cases.from_frames(one, as_of="2011-12-31"))
        1
        """
        held = in_pandas(frames)
        if isinstance(held, pd.DataFrame):
            held = {"cases": held}
        if unknown := [name for name in held if name not in TABLES]:
            raise ArgumentError.not_one_of("frames", unknown[0], TABLES)
        options: dict[str, Any] = dict(about)
        if options.get("observed_from") is not None:
            options["observed_from"] = day(options["observed_from"], "observed_from")
        backend = quiet().connect()
        given = {name: in_columns(held.get(name, pd.DataFrame()), name) for name in TABLES}
        rows = {name: to_arrow(in_codes(frame, name), name) for name, frame in given.items()}
        for name in TABLES:
            backend.con.from_arrow(rows[name]).create(name)
        tables = tables_of(backend)
        options["without_closings"] = "closed_on" not in given["cases"] and "closure_mode" in given["cases"]
        cases = cls(table=tables.pop("cases"), **tables, as_of=last_day_known(as_of), **options)
        filled = rows["cases"]
        cases._holds.update({name: filled[name].null_count < len(filled) for name in filled.column_names})
        return cases

    def __len__(self) -> int:
        return self._rows

    if not TYPE_CHECKING:  # who would take it for a promise of any name

        def __getattr__(self, name: str) -> NoReturn:
            raise AttributeError(
                Text(
                    f"台账不是 DataFrame，没有“{name}”：请先取成 cases.to_pandas()（院内加 names=True）。",
                    f'A register is no DataFrame and has no "{name}": take cases.to_pandas() first (inside the court with names=True).',
                )
            )

        def __getitem__(self, name: object) -> NoReturn:
            return self.__getattr__(name)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise ArgumentError(
            "台账连着读入时的数据库，不能复制，也不能用 pickle 存取；它不会被改动，直接使用即可。"
            "要留存请保留原文件再用 read_cases() 读入，或用 ingest() 存成可反复打开的文件夹。",
            "A register is tied to the database it was read into and can be neither copied nor pickled; nothing changes it, so use it as it is. "
            "Keep the files and read them again with "
            "read_cases(), or let ingest() write a folder that opens at once.",
        )

    def head(self, n: int = 5, *, names: bool = False) -> pd.DataFrame:
        """前 ``n`` 行，便于看一眼；``names=True`` 连同人、案号等只供院内的栏目。

        Return the first cases as a frame, as ``to_pandas`` does.

        Parameters
        ----------
        n : int
            How many.
        names : bool
            ``True`` for every column, for use inside the court.

        Returns
        -------
        DataFrame
            One row a case.
        """
        return self._framed(names=names, most=max(int(n), 0))

    def to_pandas(self, *, names: bool = False) -> pd.DataFrame:
        """取成 pandas 表；人、案号、金额等只供院内的栏目须写 ``names=True``。

        Return the cases as a frame of the columns in which the register holds anything, days as datetimes, amounts in yuan.

        Outside it holds the days, codes and yes and no of a case alone, in their order: no number, nobody's name, no team, township or amount.

        Parameters
        ----------
        names : bool
            ``True`` for every column, for use inside the court.

        Returns
        -------
        DataFrame
            One row a case.

        >>> frame = pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-01-04"], "officer": ["甲"], "basis": ["civil"]})
        >>> cases = Cases.from_frames(frame, as_of="2011-12-31")
        >>> list(cases.to_pandas()), list(cases.to_pandas(names=True))
        (['basis', 'filed_on'], ['case_no', 'basis', 'filed_on', 'officer'])
        """
        return self._framed(names=names)

    def _framed(self, *, names: bool, most: int | None = None) -> pd.DataFrame:
        known = columns("cases")
        shown = [name for name, c in known.items() if names or (c.disclosure == "public" and c.kind != "text")]
        lacking = self.lacking(*shown)
        held = [name for name in shown if name not in lacking] or shown  # of no case at all every column
        table = self.table.select(*held)
        # The order of a register tells whose cases stand together: an officer's stand on one sheet, or one below the other.
        frame = (table if names else table.order_by(*held)).limit(most).to_pandas()
        dates = [str(name) for name in frame if known[str(name)].kind == "date"]
        frame = frame.assign(**{name: pd.to_datetime(frame[name]).astype("datetime64[s]") for name in dates})
        frame.attrs["table"] = "register.cases"  # by which a notebook knows it from the user's own
        return frame

    @cached_property
    def _rows(self) -> int:
        return int(self.table.count().execute())

    @property
    def files(self) -> tuple[str, ...]:
        """案件表所在的 parquet 文件；选过的或由别处读入的没有。

        The parquet files in which the case table lies row for row; none of a table that was narrowed or read elsewhere.
        """
        return self.in_files[1] if self.in_files and self.in_files[0] is self.table else ()

    def _displayed(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        from analysis.cases.sources import displayed

        return displayed(self, name, table)

    @cached_property
    def sources(self) -> pd.DataFrame:
        """按文件和工作表：收下、隔离、跳过的行数。

        Rows kept, quarantined and skipped by file and sheet.
        """
        from analysis.cases.sources import sources

        tables = {name: self.table if name == "cases" else getattr(self, name) for name in TABLES}
        return sources(tables, self.quarantine, self.skipped, self.mapping, list(self.inputs["file"]))

    @property
    def joined(self) -> Text:
        """案件取自几张表，各多少件；只有一张的为空。

        Which sheets the cases were put together from, and how many each gave; empty for one.
        """
        from analysis.cases.sources import joined, places_tell

        return joined(self.sources, self.mapping, counted=not places_tell(self))

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """整个台账各栏有内容的比例。

        The share of each column of the whole register that is filled (``coverage.coverage``).
        """
        from analysis.cases.coverage import coverage

        found = self.once("coverage", lambda: coverage(self.entire), of_whole=True)
        self._holds.update(zip(found["column"], (found["filled"] > 0).tolist(), strict=True))
        return found.copy()

    @property
    def entire(self) -> ir.Table:
        """整个台账的案件；这些案件可能只是其中一部分。

        The cases of the whole register, of which these may be a part.

        >>> frame = pd.DataFrame({"court": ["甲", "乙"], "filed_on": "2011-03-01"})
        >>> register = Cases.from_frames(frame, as_of="2011-12-31")
        >>> part = register.where(court="甲")
        >>> int(part.table.count().execute()), int(part.entire.count().execute())
        (1, 2)
        """
        return self.table if self.whole is None else self.whole

    @property
    def _as_read(self) -> ir.Table:
        """Return the rows of the whole register as they were read: pseudonyms change no answer but those about people."""
        return self.entire if self.named is None else self.named

    @cached_property
    def beginning(self) -> Beginning:
        """台账的第一天，以及存案从何时起是完整的。

        The first day of the whole register, and from when its stock is whole (``beginning.beginning``); of one court of several, its own.
        """
        from analysis.cases.beginning import beginning

        if self.begun is not None:
            return self.begun
        if self.whole is not None and len(self.beginnings) > 1 and self.court in self.beginnings:
            return self.beginnings[self.court]
        question = ("beginning", self.observed_from)
        return self.once(question, lambda: beginning(self.entire, self.as_of, self.observed_from), of_whole=True)

    @cached_property
    def beginnings(self) -> dict[str | None, Beginning]:
        """同上，逐个法院。

        The same for each court of the whole register.
        """
        from analysis.cases.beginning import beginnings

        question = ("beginnings", self.observed_from)
        return self.once(question, lambda: beginnings(self.entire, self.as_of, self.observed_from), of_whole=True)

    def begun_at(self, court: object) -> Beginning:
        """某法院（``court``）的存案从何时起是完整的；台账分不出法院时为整个台账的。

        Return from when the stock of a court is whole; of the register where it does not tell the court.
        """
        if self.begun is not None:
            return self.begun
        own = self.beginnings.get(None if pd.isna(court) else str(court))  # type: ignore[call-overload]
        return self.beginning if own is None else own

    def lacking(self, *names: str) -> tuple[str, ...]:
        """所问栏目（``names``）中台账完全没有内容的：依靠它们的数字无从得知。

        Return those of the columns in which the register holds nothing at all: what rests on them is unknown.

        Parameters
        ----------
        *names : str
            Columns of the case table.

        Returns
        -------
        tuple of str
            Those in which nothing stands.

        >>> one = Cases.from_frames(pd.DataFrame({"case_no": ["1"], "filed_on": ["2011-01-04"]}), as_of="2011-12-31")
        >>> one.lacking("filed_on", "started_on")
        ('started_on',)
        """
        asked = [name for name in names if name not in self._holds]
        if asked:
            table = self.entire
            found = table.aggregate(**{name: table[name].notnull().any() for name in asked}).to_pandas().iloc[0]
            self._holds.update({name: bool(found[name]) for name in asked if pd.notna(found[name])})
        return tuple(name for name in names if not self._holds.get(name, False))

    @property
    def _holds(self) -> dict[str, bool]:
        """Return whether a column of the whole register holds anything, of those asked about so far."""
        known: dict[str, bool] = self.answers.setdefault((self._as_read.op(), "columns that hold anything"), {})
        return known

    def once(self, question: Hashable, ask: Callable[[], Answer], *, of_whole: bool = False) -> Answer:
        """对这些案件的一个问题（``question``）只算一次（``ask``），答案随台账保留。

        Return the answer to a question about these cases, asked once and kept as long as the register.

        Parameters
        ----------
        question : hashable
            What tells this question from others.
        ask : callable
            Gives the answer, where it was not asked before.
        of_whole : bool
            ``True`` for a question about the whole register, of which these may be a part, that its pseudonyms do not change.

        Returns
        -------
        Answer
            What ``ask`` gave.
        """
        table = self._as_read if of_whole else self.table
        about = (table.op(), self.as_of, self.pseudonym_key, question)
        if about not in self.answers:
            self.answers[about] = ask()
        answer: Answer = self.answers[about]
        return answer

    @cached_property
    def years(self) -> list[int]:
        """从存案完整的第一年到截止日的各公历年；未满的一年只在没有别的年时才有。

        The calendar years from the first one of which the stock is whole to ``as_of``; one that is not over only where there is no other.

        >>> frame = pd.DataFrame({"filed_on": ["2009-05-01", "2011-02-01"]})
        >>> Cases.from_frames(frame, as_of="2011-06-30").years, Cases.from_frames(frame, as_of="2009-06-30").years
        ([2009, 2010], [2009])
        """
        is_over = (self.as_of.month, self.as_of.day) == (12, 31)
        years = range(self.beginning.filed.year, self.as_of.year + is_over)
        return [year for year in years if self.beginning.is_whole(pd.Timestamp(year, 1, 1))] or [self.as_of.year]

    @cached_property
    def court(self) -> str | None:
        """台账所属的法院；几个法院或没有写明时为 ``None``。

        The name of the court whose register this is; ``None`` where it holds several or names none.
        """
        names = self.table.court
        low, high = self.table.aggregate(low=names.min(), high=names.max()).to_pandas().iloc[0]
        return str(low) if low == high and pd.notna(low) else None

    @cached_property
    def courts(self) -> list[str]:
        """台账中的各个法院，按顺序。

        The names of the courts that its rows name, in order.
        """
        return sorted(self.table.select("court").distinct().to_pandas()["court"].dropna().astype(str))

    @cached_property
    def other_courts(self) -> int:
        """除这些案件的法院外，整个台账还有几家法院。

        The number of courts that the whole register names beside those of these cases.
        """
        if self.whole is None or not len(self):
            return 0
        named = self.whole.select("court").distinct().to_pandas()["court"].dropna()
        return int((~named.astype(str).isin(self.courts)).sum())

    @cached_property
    def of_no_court(self) -> int:
        """整个台账中没有写明法院的案件数。

        The number of cases of the whole register that state no court.
        """
        return int(self.entire.court.isnull().sum().to_pandas() or 0)

    @cached_property
    def holds_closings(self) -> bool:
        """台账是否写明哪些案件已结；没有写明的，凡依靠结案的都无从得知。

        Whether the register tells which of its cases are closed; without it nothing that rests on closings is known.
        """
        from analysis.cases.closings import holds_closings

        return holds_closings(self)

    @property
    def caption(self) -> Text:
        """件数和截止日，一句话。

        The number of cases, and the day to which they are known.
        """
        known, begun = day_text(self.as_of), self.beginning
        said = Text(f"案件{len(self):,}件，截至{known.zh}", f"{len(self):,} cases, known to {known.en}")
        if (courts := len(self.courts)) > 1:
            said += Text(f"，{courts}个法院合计", f", of {courts} courts together")
        elif others := self.other_courts:
            said += Text(
                f"，台账中另有{others}个法院的案件，未计入", f"; those of {others} more court(s) are not counted"
            )
        if begun.leaves_out:
            said += Text(f"；{begun.text.zh}", f"; {begun.text.en}")
        return said + self.made_up

    @property
    def made_up(self) -> Text:
        """显示合成数据时的标注；不是合成数据的没有。

        The note wherever made-up data are shown; nothing of a register that is not.
        """
        return SYNTHETIC if self.synthetic else Text("", "")

    @property
    def assumed(self) -> Text:
        """哪些空白金额按本院说明算作0，各有多少；没有说明的没有。

        Say which blank amounts are taken as 0 because the court said so, and how many; nothing where it said nothing.
        """
        cells: dict[Any, int] = {}
        if len(self.taken_as_zero):
            cells = self.taken_as_zero.groupby("column")["cells"].sum().to_dict()
        said = [(columns("cases")[str(name)].text, int(number)) for name, number in cells.items() if number]
        if not said:
            return Text("", "")
        zh = "、".join(f"{text.zh}（{number}件）" for text, number in said)
        en = ", ".join(f"{text.en} ({number} cases)" for text, number in said)
        return Text(
            f"按本院说明，已结案件中未填的{zh}按0计。",
            f"As the court said, a blank of a closed case counts as 0: {en}.",
        )

    @property
    def as_formatted(self) -> Text:
        """哪些单元格按其数字格式所示读（百分比、万元、千分），或是没有日期格式的 Excel 日期序号；没有的没有。

        Say which cells were read as their number format shows them, or are day numbers of Excel without a format; nothing without any.
        """
        return as_formatted(self.number_formats)

    @property
    def as_hidden(self) -> Text:
        """哪些表中隐藏的行、列也已读入；没有的没有。

        Say of which sheets hidden rows and columns were read; nothing without any.
        """
        from analysis.cases.sources import places_tell

        return Text("", "") if self.hidden.empty else as_hidden(self.hidden, placed=not places_tell(self))

    @property
    def unverifiable(self) -> Text:
        """哪些文件的格式没有校验和（.xls），损坏可能看不出来。

        Say which files are of a format that has no checksum (.xls), so that damage may go unnoticed; nothing without any.
        """
        old = [str(name) for name in self.inputs["file"] if str(name).lower().endswith(".xls")]
        if not old:
            return Text("", "")
        more = f" … ({len(old):,})" if len(old) > NAMED_FILES else ""
        return Text(
            f"{'、'.join(old[:NAMED_FILES])}{more}：xls 格式没有校验和，文件若有损坏，可能读出别的数字而无从察觉；请尽量另存为 xlsx。",
            f"{', '.join(old[:NAMED_FILES])}{more}: the format xls has no checksum, so a damaged file may give other figures unnoticed; "
            "save it as xlsx where you can.",
        )

    def known(self, at: Day | None = None, *, only: Iterable[str] | None = None, closed: bool = False) -> ir.Table:
        """某日（``at``，不晚于截止日）所知的案件表：此后立的不算，此后结的算未结；``only`` 只取几栏，``closed`` 只取已结。

        Return the case table as it was known on a day (``as_of`` or earlier): later filings absent, later closings open.

        ``only`` some columns (beside filing, closing and its mode): a narrow question is put together sooner; with
        ``closed`` only the cases that were closed. Raises ``ArgumentError`` for a day after ``as_of``, of which the register knows nothing,
        and ``InputError`` where no column of its files is the closing date.

        Parameters
        ----------
        at : date or text
            The day as of which the register is asked; without it the day to which it is known.
        only : list of str
            Columns to take.
        closed : bool
            ``True`` for the closed cases alone.

        Returns
        -------
        Ibis table
            The case table as of that day.
        """
        cut = known_on(self, at)
        import ibis

        from analysis.cases.closings import must_hold_closings

        must_hold_closings(self)
        named = () if only is None else tuple(dict.fromkeys(["filed_on", "closed_on", "closure_mode", *only]))

        def asked() -> ir.Table:
            known = (self.table.select(*named) if named else self.table).filter(ibis._.filed_on <= cut.date())
            if closed:
                return known.filter(known.closed_on <= cut.date())
            is_closed = known.closed_on.notnull() & (known.closed_on <= cut.date())
            return known.mutate(
                closed_on=ibis.ifelse(is_closed, known.closed_on, ibis.null("date")),
                closure_mode=ibis.ifelse(is_closed, known.closure_mode, ibis.null("string")),
            )

        return self.once(("known", cut, named, closed), asked)

    def export_findings(
        self, path: str | PathLike[str], *, findings: pd.DataFrame | None = None, names: bool = False
    ) -> Path:
        """写出供书记员更正的工作簿（旧名，现用 ``analysis.export_findings``）。

        Write the findings as a workbook: the older name of ``analysis.export_findings``, kept for one version.

        Parameters
        ----------
        path : path
            The workbook to write.
        findings : DataFrame
            Findings of ``check_cases``; without them the register is checked.
        names : bool
            ``True`` shows people by name, for use inside the court.

        Returns
        -------
        Path
            The workbook.
        """
        import analysis

        return analysis.export_findings(self, path, findings=findings, names=names)

    def where(self, *, names: bool = False, **values: object) -> Cases:
        """选出部分案件及其附表：栏名用中文或英文，值可以是一个、几个、区间、时期或条件；按人、小组、案号选出的只供院内，须写 ``names=True``。

        Keep the cases whose columns hold what is asked, with the side rows of those cases.

        Columns, codes and yes and no may be named by the field's words (``where(执行依据="民事", 有无财产="有财产")``). A part by people, teams,
        numbers or amounts is a finer breakdown than may be shown, and a callable sees every row: such a part is made with ``names=True`` alone,
        for use inside the court, and is not published. Raises ``ArgumentError`` for a column that no register has, and for a value that this one does not hold.

        Parameters
        ----------
        names : bool
            ``True`` for use inside the court: a part by any column.
        **values
            Column = a value; a list of values; ``None`` for cases without one; of a day or an amount a range ``(first, last)``, both
            included and either ``None``; of a day also a period in the court's calendar (``"2011"``, ``"2011-03"``, ``"2011年上半年"``,
            ``"2011年1—5月"``); or, with ``names=True``, a callable that is given the Ibis column and returns a condition. ``amount_band`` is the
            band of the amount claimed. A value or a day that no case has is refused with what there is, as are an empty list, a period after
            the register's last day, and a word that may mean several codes or a part of one; a range, period or band may hold no case.

        Returns
        -------
        Cases
            A register of those cases.

        >>> days, amounts = ["2010-12-30", "2011-01-04", "2011-03-01"], [500.0, 20_000.0, 80_000.0]
        >>> frame = pd.DataFrame({"filed_on": days, "amount_claimed": amounts, "officer": ["甲", "乙", "乙"]})
        >>> cases = Cases.from_frames(frame, as_of="2011-12-31")
        >>> len(cases.where(filed_on="2011")), len(cases.where(officer="乙", amount_claimed=(None, 50_000), names=True))
        (2, 1)
        >>> len(cases.where(filed_on=lambda day: day.month() == 12, names=True))
        1
        """
        named = as_columns(values)
        must_be_columns("where", [name for name in named if name != AMOUNT_BAND])
        if len({*named}) < len(named):
            twice = next(written for written, name in zip(values, named, strict=True) if named.count(name) > 1)
            raise ArgumentError(f"where()：“{twice}”写了两次。", f'where(): "{twice}" is said twice.')
        asked = dict(zip(named, values.values(), strict=True))
        finer = next((name for name, wanted in asked.items() if callable(wanted) or not is_open(name)), None)
        if finer is not None and not names:
            raise ArgumentError(
                f"where({finer}=…)：按人、小组、案号、金额或自写条件选出的部分只供院内使用，请加 names=True；对外请用值、列表、范围、时期或 by= 分组。",
                f"where({finer}=...): a part by people, teams, numbers, amounts or a condition of one's own is for use inside the court: say "
                "names=True. Outside, say values, lists, ranges or periods, or break down with by=.",
            )
        return replace(
            narrowed(self, selected(self.table, asked, calendar=self.calendar, as_of=self.as_of, names=names)),
            inside=self.inside or finer is not None,
            of_closings=self.of_closings or not OF_CLOSINGS.isdisjoint(asked),
        )

    def pseudonymised(self) -> Cases:
        """换成代号的台账：每个人一个代号，供院内不点名的工作。

        Return the register with a pseudonym in place of every person, for work inside the court in which nobody is named.

        The pseudonyms are those of all results (``cases.privacy``). Who knows the cases may still know the people: the result is for use inside
        the court.

        Returns
        -------
        Cases
            The same cases; officers, leads and supervisors as pseudonyms.

        >>> frame = pd.DataFrame({"filed_on": ["2011-01-04"], "officer": ["甲"]})
        >>> cases = Cases.from_frames(frame, as_of="2011-12-31", pseudonym_key=b"public").pseudonymised()
        >>> cases.to_pandas(names=True)["officer"].tolist()
        ['承办人683128']
        """
        import ibis

        from analysis.cases.privacy import pseudonyms

        made = pseudonyms(self)
        frame = pd.DataFrame({"named": [*made], "pseudonym": [*made.values()]}, dtype="str")

        def shown(table: ir.Table, *people: str) -> ir.Table:
            for name in people if made else ():
                known = ibis.memtable(frame)
                columns = {c: known.pseudonym if c == name else table[c] for c in table.columns}
                table = table.left_join(known, table[name] == known.named).select(**columns)
            return table

        return replace(
            self, table=shown(self.table, "officer", "lead"), petitions=shown(self.petitions, "officer", "supervisor"),
            whole=None if self.whole is None else shown(self.whole, "officer", "lead"), named=self._as_read, inside=True,
        )  # fmt: skip


# Methods are answered as the functions of the door are; type checkers see them as they are written.
for _method in (Cases.head, Cases.to_pandas, Cases.where):
    setattr(Cases, _method.__name__, answering(_method))
setattr(Cases, "from_frames", classmethod(answering(vars(Cases)["from_frames"].__func__)))  # noqa: B010 - mypy allows no assignment


def is_open(name: str) -> bool:
    """Whether a part of a register by this column tells no more than tables by it outside: a public column, or a township."""
    return name != AMOUNT_BAND and (name == "area" or columns("cases")[name].disclosure == "public")


def narrowed(cases: Cases, table: ir.Table) -> Cases:
    """Give a register some of its cases alone, with the side rows of those."""
    whole = cases.whole_sides or {n: getattr(cases, n) for n in TABLES if n != "cases"}
    sides = {n: getattr(cases, n).semi_join(table, "case_no") for n in whole}
    return replace(cases, table=table, whole=cases.entire, whole_sides=whole, **sides)


def at_most(cases: Cases, number: int) -> bool:
    """Whether these are no more than so many cases: a part is not counted where the whole is no more."""
    entire = cases.once("cases", lambda: int(cases.entire.count().execute()), of_whole=True)
    return entire <= number or len(cases) <= number


def known_on(cases: Cases, at: Any = None) -> pd.Timestamp:
    """Find the day as of which a register is asked: its ``as_of``, or the earlier day ``at``.

    Raises ``ArgumentError`` for a day after ``as_of``, of which it knows nothing.
    """
    cut = cases.as_of if at is None else day(at, "at", last=True)
    if cut > cases.as_of:
        raise ArgumentError(
            f"at={cut.date()}晚于台账的截止日 as_of={cases.as_of.date()}：其后的情况台账并不知道。",
            f"at={cut.date()} is after the day to which the register is known, as_of={cases.as_of.date()}.",
        )
    return cut


def must_be_columns(argument: str, names: Any) -> tuple[str, ...]:
    """Return the register columns that the names or words mean; raises ``ArgumentError`` for one that no register has.

    >>> must_be_columns("by", ["承办人", "team"])
    ('officer', 'team')
    """
    chosen = as_columns(names)
    for name in chosen:
        if name == AMOUNT_BAND:
            raise ArgumentError(
                f"{argument}：这里不按标的额段（amount_band）分；indicators(by=) 和 decompose_change(mix_by=) 可以。",
                f"{argument}: the band of the amount (amount_band) is no group here; indicators(by=) and decompose_change(mix_by=) take it.",
            )
        if name not in columns("cases"):
            words = [word for column in columns("cases").values() for word in (column.name, column.text.zh)]
            aliases = {alias: str(column.text) for column in columns("cases").values() for alias in column.aliases}
            raise ArgumentError.not_one_of(argument, name, words, also=aliases)
        if name == "debtor_id":
            raise ArgumentError(
                f"{argument}：被执行人代号只说明哪些案件同属一人（用于区间），不作分组或筛选。",
                f"{argument}: the debtor code says which cases belong together, for limits alone; nothing is grouped or picked by it.",
            )
    return chosen
