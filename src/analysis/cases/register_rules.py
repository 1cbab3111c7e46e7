"""Rules that look at the register as a whole: duplicates, gaps, links between tables, names, and what could not be read."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.cases.batches import batches
from analysis.cases.case_numbers import case_number_parts, parse_case_number, present_code
from analysis.cases.columns import columns
from analysis.cases.privacy import pseudonyms
from analysis.cases.values import plain
from analysis.vocabulary.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from analysis.cases.table import Cases

PLACE = ["source_file", "source_sheet", "source_row"]
# What the rules over the whole register need of every case; all else is seen batch by batch only.
KEPT_COLUMNS = [
    "case_no",
    "court",
    "case_type",
    "filed_on",
    "original_case_no",
    "officer",
    "entered_on",
    "team",
    *PLACE,
]
BATCH_ROWS = 100_000
TURN_OF_YEAR_DAYS = 7  # around 31 December a number may be of the year before or after its filing
RARE_NAME_CASES = 5  # a name with so few cases, or with under a tenth of the other's, may be a slip of the pen
RARE_NAME_SHARE = 0.1
GAPS_SHOWN = 3  # serial gaps are listed one by one while fewer serials are missing than 3 times those present
IMPORTANT_KINDS = ("date", "money")


class Register:
    """A register as its rules see it: its case numbers are parsed once and used by several of them."""

    def __init__(self, cases: Cases, *, names: bool = False) -> None:
        self.cases = cases
        self.names = names  # whether officers may be named in findings
        self.side: dict[str, pd.DataFrame] = {}
        self._kept: list[pd.DataFrame] = []

    def rows(self, table: str) -> Iterator[pd.DataFrame]:
        """The rows of a table in batches, once; what the rules over the whole register need is kept."""
        source = self.cases.table if table == "cases" else getattr(self.cases, table)
        kept = self._kept if table == "cases" else []
        names = KEPT_COLUMNS if table == "cases" else [*columns(table), *PLACE]
        for batch in batches(source, BATCH_ROWS):
            rows = typed(batch, table)
            kept.append(rows[names])
            yield rows
        if table != "cases":
            self.side[table] = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=names)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """What is kept of the cases, with ``year, of_court, type_word, serial, family`` and ``key`` of their numbers."""
        rows = pd.concat(self._kept, ignore_index=True) if self._kept else pd.DataFrame(columns=KEPT_COLUMNS)
        parts = case_number_parts(rows["case_no"]).rename(columns={"court": "of_court"})
        return pd.concat([rows, parts.drop(columns="key")], axis=1).assign(key=number_keys(rows["case_no"], parts))

    @cached_property
    def known(self) -> frozenset[str]:
        """The keys of all cases, those in quarantine too: they are in the register, only unusable."""
        return frozenset(self.frame["key"].dropna()) | frozenset(n.key for n in self.quarantined)

    @cached_property
    def quarantined(self) -> list[Any]:
        """The case numbers found in quarantined rows."""
        found = []
        values = self.cases.quarantine
        for raw in values.loc[values["table"] == "cases", "values"] if len(values) else []:
            found += [n for v in json.loads(raw).values() if (n := parse_case_number(v)) is not None][:1]
        return found


def typed(batch: Any, table: str) -> pd.DataFrame:
    """A batch of rows with dates as datetimes and everything that may be missing in a type that says so."""
    rows = batch.to_pandas(date_as_object=False)
    kinds = {
        "date": "datetime64[s]",
        "money": "float64",
        "integer": "Int64",
        "boolean": "boolean",
        "text": "str",
        "code": "str",
    }
    typed_as = {name: kinds[column.kind] for name, column in columns(table).items()}
    typed_as |= {f"{name}_text": "str" for name, kind in typed_as.items() if columns(table)[name].kind == "code"}
    rows = rows.astype(typed_as | {"source_file": "str", "source_sheet": "str", "source_row": "Int64"})
    rows.attrs["table"] = table
    return rows


def number_keys(written: pd.Series, parts: pd.DataFrame | None = None) -> pd.Series:
    """What two writings of one case number have in common: its key, or the bare text where it is no case number."""
    keys = (case_number_parts(written) if parts is None else parts)["key"].astype(object)
    unknown = keys.isna() & written.notna()
    keys[unknown] = written[unknown].map(plain)
    return keys


@dataclass(frozen=True)
class RegisterRule:
    """A rule over the whole register: its id, and the function that gives its findings."""

    id: str
    findings: Callable[[Register], pd.DataFrame]


REGISTER_RULES: list[RegisterRule] = []


def rule(find: Callable[[Register], pd.DataFrame]) -> Callable[[Register], pd.DataFrame]:
    """Register a function as a rule; its name is the rule's id."""
    REGISTER_RULES.append(RegisterRule(find.__name__, find))
    return find


def _findings(
    rows: pd.DataFrame,
    rule_id: str,
    severity: Any,
    field: Any,
    problems: list[Text],
    fix: Text,
    *,
    table: str = "cases",
    value: str | None = None,
) -> pd.DataFrame:
    """Findings for rows that carry their place."""
    if rows.empty:
        return pd.DataFrame()
    return pd.DataFrame(
        {
            "rule": rule_id,
            "severity": severity,
            "row": rows["source_row"].to_numpy(),
            "case_no": rows["case_no"].to_numpy(),
            "field": field,
            "value": rows[value or field].to_numpy(),
            "problem": [p.cell for p in problems],
            "proposed_fix": fix.cell,
            "table": table,
            "file": rows["source_file"].to_numpy(),
            "sheet": rows["source_sheet"].to_numpy(),
        }
    )


def _at(row: Any) -> Text:
    """Where a row is, for a reader: file, sheet, row."""
    where = " / ".join(str(v) for v in (row.source_file, row.source_sheet) if isinstance(v, str) and v)
    if pd.isna(row.source_row):
        return Text("另一行", "another row")
    return Text(f"{where} 第 {int(row.source_row)} 行", f"{where} row {int(row.source_row)}")


@rule
def duplicate_case_number(register: Register) -> pd.DataFrame:
    """A case number that stands more than once, however it is written; every row after the first."""
    frame = register.frame
    key = frame["key"].astype(str).where(frame["key"].notna()) + "\x1f" + frame["court"].fillna("").astype(str)
    again = key.duplicated() & key.notna()
    if not again.any():
        return pd.DataFrame()
    first = frame[~key.duplicated()].set_index(key[~key.duplicated()])
    rows = frame[again]
    places = [_at(row) for row in first[PLACE].reindex(key[again]).itertuples(index=False)]
    problems = [Text(f"案号重复，已见于{p.zh}", f"the case number stands already in {p.en}") for p in places]
    fix = Text(
        "核对后删去重复的一行，或改正案号；跨年未结案件只保留最近一次导出的一行",
        "delete the row that is double, or correct the number; of a case exported in two years keep the later row",
    )
    return _findings(rows, "duplicate_case_number", "error", "case_no", problems, fix)


@rule
def year_mismatch(register: Register) -> pd.DataFrame:
    """The year in the number is not the year of filing, other than within a week of the turn of the year."""
    frame = register.frame
    filed = frame["filed_on"]
    week = pd.Timedelta(days=TURN_OF_YEAR_DAYS)
    unlike = (
        frame["year"].notna() & (frame["year"] != (filed - week).dt.year) & (frame["year"] != (filed + week).dt.year)
    )
    rows = frame[unlike.fillna(False)]
    problems = [
        Text(
            f"案号年份 {year} 与立案日期 {day:%Y-%m-%d} 不符",
            f"the number is of {year}, but the case was filed on {day:%Y-%m-%d}",
        )
        for year, day in zip(rows["year"], filed[rows.index], strict=True)
    ]
    return _findings(
        rows,
        "year_mismatch",
        "error",
        "filed_on",
        problems,
        Text("核对卷宗，改正案号或立案日期", "correct the number or the filing date from the file"),
    )


@rule
def unreadable_case_number(register: Register) -> pd.DataFrame:
    """A case number that is none."""
    rows = register.frame[register.frame["year"].isna() & register.frame["case_no"].notna()]
    problem = Text("案号格式不合规范", "the case number has no known form")
    fix = Text("按（年份）法院代字＋类型代字＋编号改正", "write it as (year) court, type word, serial")
    return _findings(rows, "unreadable_case_number", "warning", "case_no", [problem] * len(rows), fix)


@rule
def family_mismatch(register: Register) -> pd.DataFrame:
    """The case type is not the one that the type word in the number means: families must not be mixed."""
    frame = register.frame
    unlike = frame["family"].notna() & frame["case_type"].notna() & (frame["family"] != frame["case_type"])
    # Before 执恢 was a type word of its own (2018), reopened cases kept a 执 number.
    kept = (frame["family"] == "first") & (frame["case_type"] == "reopened")
    rows = frame[unlike & ~kept & (frame["family"] != "other")]
    problems = [
        Text(
            f"案号类型代字为“{word}”，案件类型却不同", f'the number\'s type word is "{word}", the case type is another'
        )
        for word in rows["type_word"]
    ]
    return _findings(
        rows,
        "family_mismatch",
        "warning",
        "case_type",
        problems,
        Text("改正案件类型或案号", "correct the case type or the number"),
    )


@rule
def serial_gap(register: Register) -> pd.DataFrame:
    """Serials missing from a court's, type's and year's run: files that are not in the register, or merged."""
    present = register.frame.dropna(subset=["serial", "year"])[["of_court", "type_word", "year", "serial"]]
    extra = [(n.court, n.type_word, n.year, n.serial) for n in register.quarantined]
    present = pd.concat([present, pd.DataFrame(extra, columns=present.columns).astype(present.dtypes.to_dict())])
    present["of_court"] = present["of_court"].map(present_code)
    found = []
    for (court, word, year), group in present.groupby(["of_court", "type_word", "year"]):
        serials = sorted(set(group["serial"].astype(int)))
        found += _gaps(f"（{year}）{court}{word}", serials)
    columns_ = ["value", "zh", "en"]
    rows = pd.DataFrame(found, columns=columns_).assign(
        case_no=None, source_row=None, source_file=None, source_sheet=None
    )
    fix = Text(
        "查找缺号的卷宗并补录；并号、废号的应说明",
        "find the missing files and enter them; explain serials merged or void",
    )
    problems = [Text(zh, en) for zh, en in zip(rows["zh"], rows["en"], strict=True)]
    return _findings(rows, "serial_gap", "warning", "case_no", problems, fix, value="value")


def _gaps(run: str, serials: list[int]) -> list[tuple[str, str, str]]:
    missing = serials[-1] - len(serials)
    if missing > GAPS_SHOWN * len(serials):  # a selection of cases, not a register with holes
        return [
            (
                run,
                f"{run}至 {serials[-1]} 号应有 {serials[-1]} 件，台账只有 {len(serials)} 件",
                f"{run} runs to {serials[-1]}, the register holds {len(serials)} of them",
            )
        ]
    found = []
    for before, after in zip([0, *serials], serials, strict=False):
        if after > before + 1:
            first, last = before + 1, after - 1
            span = f"{first}" if first == last else f"{first}–{last}"
            found.append(
                (
                    f"{run}{span}",
                    f"{run}缺 {span} 号，共 {last - first + 1} 件",
                    f"{run}: {span} missing, {last - first + 1} in all",
                )
            )
    return found


SIDE = {
    "petitions": ("信访", "petition"),
    "coercive_measures": ("强制措施", "coercive measure"),
    "aid": ("司法救助", "aid"),
}


@rule
def unknown_case(register: Register) -> pd.DataFrame:
    """Petitions, coercive measures or aid for a case that the register does not have."""
    found = []
    for table, (zh, en) in SIDE.items():
        rows = register.side[table]
        rows = rows[rows["case_no"].notna()]
        keys = number_keys(rows["case_no"])
        rows = rows[~keys.isin(register.known)]
        problem = Text(f"{zh}所属案件不在台账中", f"the case of this {en} is not in the register")
        fix = Text("改正案号，或补录案件", "correct the case number, or enter the case")
        found.append(_findings(rows, "unknown_case", "error", "case_no", [problem] * len(rows), fix, table=table))
    return pd.concat(found, ignore_index=True)


@rule
def unknown_petition(register: Register) -> pd.DataFrame:
    """Aid for a petition that the register does not have."""
    aid, petitions = register.side["aid"], set(register.side["petitions"]["petition_id"].dropna())
    rows = aid[aid["petition_id"].notna() & ~aid["petition_id"].isin(petitions)]
    problem = Text("救助所属信访件不在台账中", "the petition of this aid is not in the register")
    fix = Text("改正信访编号，或补录信访件", "correct the petition, or enter it")
    return _findings(rows, "unknown_petition", "warning", "petition_id", [problem] * len(rows), fix, table="aid")


@rule
def unknown_original(register: Register) -> pd.DataFrame:
    """A reopened case whose original is not in the register (only noted where the original is older than the register)."""
    frame = register.frame
    rows = frame[(frame["case_type"] == "reopened") & frame["original_case_no"].notna()]
    parts = case_number_parts(rows["original_case_no"])
    unknown = ~number_keys(rows["original_case_no"], parts).isin(register.known)
    rows, parts = rows[unknown], parts[unknown]
    older = (parts["year"] < frame["year"].min()).fillna(False).astype(bool)
    problem = Text("原执行案号不在台账中", "the original case is not in the register")
    fix = Text("改正原执行案号，或补录原案", "correct the original case number, or enter that case")
    severity = older.map({True: "info", False: "warning"}).to_numpy()
    return _findings(rows, "unknown_original", severity, "original_case_no", [problem] * len(rows), fix)


@rule
def similar_officers(register: Register) -> pd.DataFrame:
    """An officer with few cases whose name differs in one character from another's of the same court."""
    named = register.frame[register.frame["officer"].notna()]
    people = (
        named.groupby(["court", "officer"], dropna=False, sort=True)
        .agg(
            cases=("officer", "size"),
            source_row=("source_row", "first"),
            source_file=("source_file", "first"),
            source_sheet=("source_sheet", "first"),
        )
        .reset_index()
    )
    pairs = _one_character_apart(people)
    if not pairs:
        return pd.DataFrame()
    shown = {name: name for name in people["officer"]} if register.names else pseudonyms(register.cases)
    rows, problems = [], []
    for rare, common in pairs:
        rows.append(rare | {"case_no": None, "value": shown[rare["officer"]]})
        a, b = shown[rare["officer"]], shown[common["officer"]]
        problems.append(
            Text(
                f"承办人“{a}”（{rare['cases']} 件）与“{b}”（{common['cases']} 件）的姓名只差一字，疑为同一人",
                f'officers "{a}" ({rare["cases"]} cases) and "{b}" ({common["cases"]}) differ in one character: the same person?',
            )
        )
    frame = pd.DataFrame(rows, columns=["case_no", "value", *PLACE])
    fix = Text("核对承办人姓名，是同一人的统一写法", "check the names and write one person one way")
    return _findings(frame, "similar_officers", "info", "officer", problems, fix, value="value")


def _one_character_apart(people: pd.DataFrame) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs (rarer, commoner) of a court; names meet in the bucket of what is left when one character is blotted out."""
    buckets: dict[tuple[Any, str], list[Any]] = defaultdict(list)
    for person in people.sort_values(["cases", "officer"], ascending=[False, True]).to_dict(orient="records"):
        name = person["officer"]
        court = None if pd.isna(person["court"]) else person["court"]
        for i in range(len(name)) if len(name) > 1 else ():
            buckets[court, f"{name[:i]}\x00{name[i + 1 :]}"].append(person)
    pairs: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for bucket in buckets.values():
        common = bucket[0]
        for rare in bucket[1:]:
            if rare["cases"] <= max(RARE_NAME_CASES, RARE_NAME_SHARE * common["cases"]):
                pairs.setdefault(rare["officer"], (rare, common))
    return list(pairs.values())


@rule
def unreadable_value(register: Register) -> pd.DataFrame:
    """A cell that holds something which could not be read and therefore counts as missing."""
    unreadable = register.cases.unreadable
    found = []
    for (table_, field_), rows in unreadable.groupby(["table", "column"]) if len(unreadable) else ():
        table, field = str(table_), str(field_)
        column = columns(table)[field]
        problems = [
            Text(
                f"{column.text.zh}“{v}”读不出，按缺失处理",
                f'{column.text.en} "{v}" cannot be read and counts as missing',
            )
            for v in rows["value"]
        ]
        fix = Text(
            "按规范格式改写，如 2011-03-05、1234.56、是/否",
            "write it in a known form, such as 2011-03-05, 1234.56, 是/否",
        )
        placed = rows.rename(columns={"row": "source_row", "file": "source_file", "sheet": "source_sheet"})
        severity = "error" if column.kind in IMPORTANT_KINDS else "warning"
        found.append(_findings(placed, "unreadable_value", severity, field, problems, fix, table=table, value="value"))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


@rule
def sheet_passed_over(register: Register) -> pd.DataFrame:
    """A sheet that looks like a table, or is hidden, and was not read."""
    skipped = register.cases.skipped
    rows = skipped[skipped["kind"].isin(["unrecognised", "hidden"])] if len(skipped) else skipped
    if not len(rows):
        return pd.DataFrame()
    placed = rows.rename(columns={"file": "source_file", "sheet": "source_sheet"}).assign(source_row=None, case_no=None)
    problems = [
        Text(f"工作表未读取，共 {n} 行（隐藏）", f"this hidden sheet of {n} rows was not read")
        if kind == "hidden"
        else Text(
            f"工作表的表头不认识，{n} 行未读取", f"the header of this sheet is not known: its {n} rows were not read"
        )
        for n, kind in zip(rows["rows"], rows["kind"], strict=True)
    ]
    fix = Text(
        "如属台账，取消隐藏或用 columns= 指明列名",
        "if it is part of the register, unhide it or name its columns with columns=",
    )
    return _findings(placed, "sheet_passed_over", "warning", "", problems, fix, value="kind")


@rule
def correction_refused(register: Register) -> pd.DataFrame:
    """A clerk's correction that could not be applied."""
    done = register.cases.corrections
    rows = done[done["status"] == "refused"] if len(done) else done
    if not len(rows):
        return pd.DataFrame()
    placed = rows.rename(columns={"row": "source_row", "file": "source_file", "sheet": "source_sheet"})
    fix = Text("对照现在的文件重新填写更正", "make the correction again against the present file")
    problems = [Text(*str(reason).split("\n", 1)) for reason in rows["reason"]]
    return _findings(placed, "correction_refused", "error", rows["field"].to_numpy(), problems, fix, value="corrected")
