"""Canaries: a token of its own in every column and every kind of error; no output of any command may sing.

Each token stands in one place of a register. What may leave of a column is its class (``columns.toml``): of a person, of free
text and of a cell that could not be read nothing at all. The whole, every format and both languages, is marked ``canary``.
"""

import csv
import json
import shutil

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

import analysis as an
from analysis.cli import main
from analysis.vocabulary.columns import TABLES, columns
from analysis.vocabulary.language import speaking

FORBIDDEN: dict[str, str] = {}  # token → the place where it stands


def canary(place):
    """A token that stands in one place alone, of letters that no other text has."""
    token = f"鸑鷟{chr(0x9E00 + len(FORBIDDEN))}{chr(0x9E40 + len(FORBIDDEN))}"
    FORBIDDEN[token] = place
    return token


def cell(table, name, row):
    """What a column holds in a sound row; names and free text are canaries."""
    column = columns(table)[name]
    day = pd.Timestamp("2010-02-01") + pd.Timedelta(days=4 * row)
    if column.disclosure == "person":
        return PEOPLE[name][row % len(PEOPLE[name])]
    return {
        "case_no": f"（{day.year}）富执字第{row + 1}号", "original_case_no": "", "petition_id": f"访{row}",
        "court": "富锦市人民法院", "court_code": "", "case_type": "首次执行", "basis": "民事", "closure_mode": "执行完毕",
        "team": TEAMS[row % len(TEAMS)], "area": ["锦山镇", "兴隆岗镇", PEOPLE["officer"][1] + "屯"][row % 3], "outcome": "执行和解",
        "kind": "罚款", "has_property": "有", "extension_days": "0", "excluded_days": "0",
    }.get(name) or (f"{day + pd.Timedelta(days=DAYS.get(name, 0)):%Y-%m-%d}" if column.kind == "date" else "")  or (
        f"{1000 + 37 * row}.00" if column.kind == "money" else ""
    )  # fmt: skip


DAYS = {
    "filed_on": 1,
    "assigned_on": 2,
    "started_on": 3,
    "closed_on": 60,
    "paid_on": 61,
    "entered_on": 2,
    "resolved_on": 30,
}
PEOPLE = {
    "officer": [canary(f"officer {i}") for i in range(4)], "lead": [canary("lead")], "supervisor": [canary("supervisor")],
    "person_id": [canary("person_id")],
}  # fmt: skip
TEAMS = ["执行一组", "执行一组", PEOPLE["officer"][2] + "团队", "执行二组"]
FREE = ["申请人", "被执行人", "身份证号码", "备注"]
LAID = {table: [*columns(table), *(FREE if table == "cases" else ["说明"])] for table in TABLES}


def sound(table, row):
    free = [canary(f"{table} {name}") if row == 0 else "" for name in LAID[table] if name not in columns(table)]
    return [cell(table, name, row) for name in columns(table)] + free


def errors(table):
    """A row for every kind of error: each column unreadable in turn, cells moved either way, too many, a name for a number."""
    rows = []
    for at, name in enumerate(columns(table)):
        if columns(table)[name].kind not in ("text",) or name in (
            "case_no",
            "petition_id",
            "original_case_no",
            "court",
        ):
            row = sound(table, 200 + at)
            row[at] = canary(f"{table}.{name} unreadable")
            rows.append(row)
    for shift in (-2, -1, 1, 2):
        row = [canary(f"{table} moved by {shift}, {name}") if i % 5 == 0 else v for i, (name, v) in enumerate(
            zip(LAID[table], sound(table, 300 + shift), strict=True))]  # fmt: skip
        rows.append((["", ""][:shift] + row)[: len(row)] if shift > 0 else [*row[-shift:], *[""] * -shift])
    rows.append([*sound(table, 310), canary(f"{table} beyond the last column")])
    return rows


def written(folder):
    """The register: sound rows, rows with errors, a total, a note; and a workbook of corrections that are refused."""
    folder.mkdir(parents=True)
    for table in TABLES:
        heads = [columns(table)[name].text.zh if name in columns(table) else name for name in LAID[table]]
        rows = [sound(table, row) for row in range(170 if table == "cases" else 12)] + errors(table)
        with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8-sig") as stream:
            csv.writer(stream).writerows(
                [heads, *rows, ["合计", canary(f"{table} total")], [f"注：{canary(f'{table} note')}"]]
            )
    (folder / "register.toml").write_text('as_of = "2011-12-31"\ncourt = "富锦市人民法院"\n', encoding="utf-8")
    cases = an.read_cases(folder)
    book = cases.export_findings(folder.parent / "findings.xlsx", names=True)
    opened = openpyxl.load_workbook(book)
    ids = {sheet.title: [cell.value for cell in sheet[3]] for sheet in opened}  # names of columns, below the headings
    fields = [
        (row, ids[sheet.title].index("corrected"))
        for sheet in opened
        if "corrected" in ids[sheet.title]
        for row in sheet.iter_rows(min_row=4)
        if all(row[ids[sheet.title].index(name)].value for name in ("field", "row"))
    ]
    assert fields, "the workbook has findings that can be corrected"
    for row, corrected in fields[:12]:
        row[corrected].value = canary("correction")
    opened.save(book)
    return folder, book


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    return written(tmp_path_factory.mktemp("canaries") / "台账")


def commands(folder, book, out, formats):
    """A call of every kind whose outputs differ, each output beneath ``out``; the report in every format, bulletins in one."""
    given = ["--corrections", str(book)]
    documents = ["--formats", formats, *given]
    short = ["--formats", "xlsx", *given]
    yield ["check", str(folder), *given, "--findings", str(out / "findings.xlsx"), "--format", "csv"]
    for by in ("officer", "team", "area"):
        yield ["caseflow", "--cases", str(folder), "--by", by, "--freq", "Y", "--format", "json"]
    yield ["report", "--cases", str(folder), "--year", "2011", "--out", str(out / "report"), *documents]
    for period in ("2011-Q2", "2011-06-10"):
        yield ["bulletin", "--cases", str(folder), "--period", period, "--out", str(out / period), *short]


def more_commands(folder, book, out, formats):
    """Every other command that reads a register, in its other forms."""
    given = ["--corrections", str(book)]
    for form in ("table", "json"):
        yield ["check", str(folder), *given, "--format", form]
    for form in ("table", "csv", "json"):
        yield ["indicators", "--cases", str(folder), "--year", "2011", "--format", form]
    for by in ("officer", "lead", "court", "closure_mode", "basis", "case_type"):
        for freq in ("M", "Q"):
            yield ["caseflow", "--cases", str(folder), "--by", by, "--freq", freq, "--format", "csv"]
    for period in ("2011", "2011-06"):
        wanted = formats if period == "2011-06" else "xlsx"  # lists of cases in every format
        yield [
            "bulletin",
            "--cases",
            str(folder),
            "--period",
            period,
            "--out",
            str(out / period),
            "--formats",
            wanted,
            *given,
        ]
    yield ["exchange", "seal", "--cases", str(folder), "--year", "2011", "--out", str(out / "sealed.json")]
    yield ["verify", str(out / "report"), "--cases", str(folder), *given]
    yield ["report", "--cases", str(folder), "--year", "1999", "--out", str(out / "none")]
    yield ["check", str(folder / "cases.csv"), "--as-of", "2011-12-31", "--columns", str(folder / "register.toml")]
    yield ["ingest", str(folder), "--out", str(out / "parquet")]


REFUSED = (["caseflow"], ["check"], ["exchange"])  # a mapping that is none, a register of several courts


def sung(register, out, languages, formats, unpacked, *, whole):
    folder, book = register
    texts = []
    for language in languages:
        (out / language).mkdir()
        asked = [folder, book, out / language, formats]
        for call in [*commands(*asked), *(more_commands(*asked) if whole else [])]:
            with speaking(language):
                result = CliRunner().invoke(main, [*call, "--language", language])
            assert result.exit_code < 2 or call[:1] in REFUSED or "1999" in call, (call, result.stderr)
            texts += [(" ".join(call[:1] + call[-4:]), result.stdout), (" ".join(call[:1]), result.stderr)]
        assert len(list((out / language).rglob("manifest.json"))) == (5 if whole else 3), "a report and bulletins"
        shutil.rmtree(out / language / "parquet", ignore_errors=True)  # a register, which stays inside
        texts += unpacked(out / language)
    return texts


def test_no_canary_sings_in_any_command(register, tmp_path, unpacked, places_of):
    found = places_of(sung(register, tmp_path, ["zh"], "html", unpacked, whole=False), FORBIDDEN)
    assert not [(FORBIDDEN[token], *where) for token, *where in found]


@pytest.mark.canary
def test_nor_in_any_format_of_either_language(register, tmp_path, unpacked, places_of):
    found = places_of(
        sung(register, tmp_path, ["zh", "en"], "html,xlsx,pdf,docx,pptx", unpacked, whole=True), FORBIDDEN
    )
    assert not [(FORBIDDEN[token], *where) for token, *where in found]


def test_nor_in_any_result_or_error_of_the_library(register):
    folder, _ = register
    cases = an.read_cases(folder)
    shown = {
        "inputs": cases.inputs, "mapping": cases.mapping[["column", "status"]], "findings": an.check_cases(cases),
        "reasons": cases.quarantine[["file", "row", "field", "reason"]], "entry": an.entry_quality(cases),
        "scorecard": an.officer_scorecard(cases, year=2011).table, "ages": an.pending_ages(cases, by="officer").summary,
        "deadlines": an.deadlines(cases, within_days=400), "late": an.late_starts(cases, years=[2010, 2011], scheme="fujin-2012"),
        "ledger": an.responsibility_ledger(cases).table, "petitions": an.petitions(cases, years=[2011]).people,
        "listed": an.petitions(cases, years=[2011]).listed, "aid": an.aid(cases, years=[2011], by="officer"),
        "measures": an.coercive_measures(cases, years=[2011], by="area"), "oldest": an.pending_ages(cases).oldest,
    }  # fmt: skip
    for name, table in shown.items():
        text = json.dumps(table.astype(str).to_dict("records"), ensure_ascii=False)
        assert not [FORBIDDEN[token] for token in FORBIDDEN if token in text], name
