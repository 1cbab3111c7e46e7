"""Canaries: a token of its own in every column and every kind of error; no output of any command may sing.

Each token stands in one place of a register. What may leave of a column is its class (``columns.toml``): of a person, of free
text and of a cell that could not be read nothing at all. The whole, every format and both languages, is marked ``canary``.
"""

import csv
import json
import re
import shutil
import unicodedata
import zipfile

import docx
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

import analysis as an
from analysis.cli import bundle, main
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
    "person_id": [canary("person_id")], "debtor_id": [canary("debtor_id")],
}  # fmt: skip
TEAMS = ["执行一组", "执行一组", PEOPLE["officer"][2] + "团队", "执行二组"]
NAMED_CELLS = [
    ("case_no", f"（2010）富执字第151号{canary('behind a number')}"), ("case_no", f"（2010）富执{canary('in a number')}字第1号"),
    ("case_no", f"原告{canary('for a number')}1"), ("area", canary("area")), ("team", f"{canary('team')}法官"),
    ("original_case_no", canary("original number")), ("court", f"申请人{canary('court')}"), ("case_no", "wanyan-hongli"), ("case_no", "QIGU-12"),
]  # fmt: skip
FORBIDDEN |= {"wanyan-hongli": "letters for a number", "QIGU-12": "letters and digits for a number"}
FREE = ["申请人", "被执行人", "身份证号码", "备注"]
LAID = {table: [*columns(table), *(FREE if table == "cases" else ["说明"])] for table in TABLES}


def sound(table, row):
    free = [canary(f"{table} {name}") if row == 0 else "" for name in LAID[table] if name not in columns(table)]
    cells = {name: cell(table, name, row) for name in columns(table)}
    if table == "cases" and 150 <= row < 150 + len(NAMED_CELLS):  # a name in the cell of a label or a number
        cells |= {NAMED_CELLS[row - 150][0]: NAMED_CELLS[row - 150][1]}
    return list(cells.values()) + free


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


def beside(folder):
    """Files that are given beside a register, called by a person and with names in every place that is not shown."""
    given = {
        "template": folder / f"{canary('name of a template')}.docx",
        "evaluation": folder / f"{canary('name of an evaluation')}.csv",
        "definitions": folder / f"{canary('name of a set')}.toml",
    }
    given["definitions"].write_text(
        '[set]\nid = "own"\nextends = "fujin-2012"\nzh = "本院口径"\nen = "our own"\n', encoding="utf-8"
    )
    table = {
        "indicator": ["结案率"],
        "value": [92.1],
        "place": [3],
        "courts": [10],
        "备注": [canary("remark in an evaluation")],
    }
    pd.DataFrame(table).to_csv(given["evaluation"], index=False)
    own = docx.Document()
    core = own.core_properties
    core.author, core.title, core.comments = canary("author"), canary("title"), canary("properties")
    text = own.add_paragraph("页首")
    own.add_comment(text.add_run("的话"), text=canary("comment"), author=canary("author of a comment"))
    for mark, of in (("w:del", "w:delText"), ("w:moveFrom", "w:t"), ("w:ins", "w:t")):
        changed, run, said = map(OxmlElement, (mark, "w:r", of))
        changed.set(qn("w:author"), canary(f"author of {mark}"))
        said.text = "插入" if mark == "w:ins" else canary(f"text of {mark}")
        run.append(said)
        changed.append(run)
        text._p.append(changed)
    text.add_run(canary("hidden text")).font.hidden = True
    for name, is_own in (("style", True), ("style that does not say it is own", False)):
        made = own.styles.add_style(canary(name), WD_STYLE_TYPE.PARAGRAPH)
        if not is_own:
            del made.element.attrib[qn("w:customStyle")]
    latent = own.styles.latent_styles.add_latent_style(canary("latent style"))
    latent.priority = 3
    own.save(given["template"])
    return {name: str(path) for name, path in given.items()}


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
    yield ["report", "--cases", str(folder), "--period", "2011", "--out", str(out / "report"), *documents]
    for period in ("2011-Q2", "2011-06-10"):
        yield ["bulletin", "--cases", str(folder), "--period", period, "--out", str(out / period), *short]


def more_commands(folder, book, out, formats):
    """Every other command that reads a register, in its other forms."""
    given = ["--corrections", str(book)]
    for form in ("table", "json"):
        yield ["check", str(folder), *given, "--format", form]
    for kind in ("xlsx", "csv"):
        yield ["check", str(folder), *given, "--out", str(out / f"check.{kind}")]
        yield ["caseflow", "--cases", str(folder), "--by", "officer", "--freq", "Y", "--out", str(out / f"flow.{kind}")]
        yield ["indicators", "--cases", str(folder), "--period", "2011", "--out", str(out / f"indicators.{kind}")]
    for form in ("table", "csv", "json"):
        yield ["indicators", "--cases", str(folder), "--period", "2011", "--format", form]
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
    files, of = beside(out.parent), ["--cases", str(folder), *given]
    kinds = ["--formats", "docx,xlsx", "--template", files["template"]]
    own = ["--definitions", files["definitions"]]
    yield ["report", "--period", "2011", "--out", str(out / "own"), *own, *kinds, *of]
    yield [
        "bulletin",
        "--period",
        "2011-Q3",
        "--out",
        str(out / "given"),
        "--evaluation",
        files["evaluation"],
        *kinds,
        *of,
    ]
    yield ["data-review", "--to", "2011-06", "--out", str(out / "review"), *own, *of]
    yield ["exchange", "seal", "--cases", str(folder), "--period", "2011", "--out", str(out / "sealed.json")]
    yield ["verify", str(out / "report"), "--cases", str(folder), *given]
    yield ["report", "--cases", str(folder), "--period", "1999", "--out", str(out / "none")]
    yield ["check", str(folder / "cases.csv"), "--as-of", "2011-12-31", "--columns", str(folder / "register.toml")]
    yield ["ingest", str(folder), "--out", str(out / "parquet")]


OTHER_PEOPLE = {
    "闻人雪": "闻人法官团队",
    "佟丽娅": "执行一组",
    "爨宝珠": "执行一组",
    "司马朗": "执行二组",
    "王建军": "执行二组",
    "李秀英": "执行二组",
}
OTHER_SECRETS = [
    *OTHER_PEOPLE,
    "闻人法官",
    "第五明月",
    "乌兰图雅",
    "鑫隆农资",
    "230882197001014412",
    "13904541234",
    "6222021001001234567",
    "郑永红",
    "何督导",
]


def other_court(folder):
    """Another court: teams of one, two and three, names in codes, dates, amounts and numbers, numbers of people as clerks write them."""
    heads = [
        "序号",
        "案号",
        "申请人",
        "被执行人",
        "公民身份号码",
        "手机",
        "案由",
        "案件类别",
        "执行依据",
        "立案时间",
        "承办人员",
        "执行组",
        "结案时间",
        "结案方式",
        "执行标的",
        "到位金额",
        "所在乡镇",
        "包案人",
        "银行账号",
        "情况说明",
        "收卷日期",
        "开始执行时间",
    ]
    rows = []
    for i in range(150):
        filed = pd.Timestamp("2019-01-07") + pd.Timedelta(days=7 * i)
        closed = filed + pd.Timedelta(days=31 + 17 * i % 190)
        done = closed <= pd.Timestamp("2021-12-31")
        officer = list(OTHER_PEOPLE)[(i * i + i // 7) % 6]
        rows.append(
            [
                str(i + 1),
                f"（{filed.year}）望执{i + 1}号",
                "第五明月",
                "乌兰图雅",
                "２３０８８２１９７００１０１４４１２",
                "139-0454-1234",
                "买卖合同纠纷",
                "首次执行",
                "民事判决书",
                f"{filed:%Y-%m-%d}",
                officer,
                OTHER_PEOPLE[officer],
                f"{closed:%Y-%m-%d}" if done else "",
                "执行完毕" if done else "",
                f"{20_000 + 310 * i}.00",
                f"{9_000 + 97 * i}.00" if done else "",
                ["兴隆镇", "石桥镇"][i % 2],
                "何督导",
                "6222 0210 0100 1234 567",
                "与郑永红系亲属",
                f"{filed:%Y-%m-%d}",
                f"{filed:%Y-%m-%d}",
            ]
        )
    for at, cell in (
        (13, "和解（第五明月同意）"),
        (8, "判决书（乌兰图雅诉第五明月）"),
        (9, "第五明月"),
        (12, "２３０８８２１９７００１０１４４１２"),
        (14, "139-0454-1234"),
        (15, "6222021001001234567"),
        (1, "第五明月案"),
        (1, "230882197001014412"),
        (16, "乌兰图雅家"),
        (11, "郑永红组"),
        (7, "鑫隆农资有限公司"),
    ):
        rows.append([*rows[at][:at], cell, *rows[at][at + 1 :]])
        rows[-1][1] = cell if at == 1 else f"（2021）望执{900 + len(rows)}号"
    for shift in (-2, -1, 1, 2):
        moved = rows[40 + shift]
        rows.append(([""] * shift + moved)[: len(moved)] if shift > 0 else [*moved[-shift:], *[""] * -shift])
    folder.mkdir(parents=True)
    sides = {
        "信访": [
            ["案号", "收到日期", "承办人", "督办人", "信访人"],
            *([f"（2021）望执{i}号", f"2021-03-{i % 27 + 1:02d}", "", "何督导", "第五明月"] for i in range(110, 130)),
        ],
        "强制措施": [
            ["案号", "被采取措施人", "措施种类", "日期", "金额"],
            *(
                [f"（2021）望执{i}号", "乌兰图雅", ["罚款", "拘留"][i % 2], f"2021-04-{i % 27 + 1:02d}", "500"]
                for i in range(110, 130)
            ),
        ],
    }
    for name, table in {"案件": [heads, *rows, ["合计", "", "郑永红核对"]], **sides}.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="gb18030") as stream:
            csv.writer(stream).writerows([["望川县人民法院执行案件台账（郑永红制表）"], *table])
    (folder / "register.toml").write_text('as_of = "2021-12-31"\ncourt = "望川县人民法院"\n', encoding="utf-8")
    return folder


def tells(texts):
    """The secrets that stand in texts, numbers also as they are written otherwise: full width, with dashes or gaps."""
    found = set()
    for place, text in texts:
        plain = unicodedata.normalize("NFKC", text)
        bare = re.sub(r"(?<=\d)[-‐–—－\s](?=\d)", "", plain)
        found |= {(secret, place) for secret in OTHER_SECRETS if secret in plain or secret in bare}
    return sorted(found)


REFUSED = (["caseflow"], ["check"], ["exchange"])  # a mapping that is none, a register of several courts


def sung(register, out, languages, formats, unpacked, *, whole, year="2011"):
    folder, book = register
    texts = []
    for language in languages:
        (out / language).mkdir()
        asked = [folder, book, out / language, formats]
        for call in [*commands(*asked), *(more_commands(*asked) if whole else [])]:
            asking = [re.sub("^2011", year, str(part)) for part in [*call, "--language", language]]
            with speaking(language):
                result = CliRunner().invoke(main, asking)
            assert result.exit_code < 2 or call[:1] in REFUSED or "1999" in call, (call, result.stderr)
            texts += [(" ".join(call[:1] + call[-4:]), result.stdout), (" ".join(call[:1]), result.stderr)]
        assert len(list((out / language).rglob("manifest.json"))) == (8 if whole else 3), (
            "reports, bulletins and a review"
        )
        shutil.rmtree(out / language / "parquet", ignore_errors=True)  # a register, which stays inside
        texts += unpacked(out / language)
    return texts


@pytest.mark.full
def test_no_canary_sings_in_any_command(register, tmp_path, unpacked, places_of):
    found = places_of(sung(register, tmp_path, ["zh"], "html", unpacked, whole=False), FORBIDDEN)
    assert not [(FORBIDDEN[token], *where) for token, *where in found]


@pytest.mark.canary
def test_nor_in_any_format_of_either_language(register, tmp_path, unpacked, places_of):
    found = places_of(
        sung(register, tmp_path, ["zh", "en"], "html,xlsx,pdf,docx,pptx", unpacked, whole=True), FORBIDDEN
    )
    assert not [(FORBIDDEN[token], *where) for token, *where in found]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nor_does_any_output_of_another_court_tell_its_people(tmp_path, unpacked, language):
    folder = other_court(tmp_path / "望川")
    book = an.read_cases(folder).export_findings(tmp_path / "findings.xlsx", names=True)
    texts = sung((folder, book), tmp_path, [language], "html,xlsx,pdf,docx,pptx", unpacked, whole=True, year="2021")
    assert not tells(texts)


@pytest.mark.canary
@pytest.mark.skipif(shutil.which("uv") is None, reason="a bundle is made with uv")
def test_nor_does_a_bundle_that_is_made_where_somebody_works(tmp_path, monkeypatch):
    place, out = tmp_path / "court-analysis", tmp_path / "bundle"
    others = shutil.ignore_patterns(".git", ".venv", "tests", "benchmarks", "__pycache__", ".*_cache", "uv.lock")
    shutil.copytree(bundle.CHECKOUT, place, ignore=others)
    for folder in (
        place / "data" / "sample" / "register" / "本院",
        place / "notebooks" / "台账",
        place / "reports" / "台账",
    ):
        written(folder)
        assert CliRunner().invoke(main, ["key", str(folder)]).exit_code == 0
    monkeypatch.setattr(bundle, "CHECKOUT", place)
    monkeypatch.setattr(bundle, "_pins", lambda *_: [])
    monkeypatch.setattr(bundle, "_fetch", lambda *_: None)
    made = CliRunner().invoke(main, ["bundle", "--platform", "linux_x86_64", "--no-docs", "--out", str(out)])
    assert made.exit_code == 0, made.stderr
    (wheel,) = (out / "wheels").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert "analysis/sample/data/register/cases.csv" in held
    assert not [
        name for name, content in held.items() if "鸑鷟".encode() in name.encode() + content or name.endswith(".key")
    ]


def sheet_an_officer(folder):
    """A register whose officers stand in the names of a folder, a file and its sheets alone."""
    (folder / "司马朗").mkdir(parents=True)
    heads = ["案号", "立案日期", "结案日期", "结案方式", "执行标的", "实际到位金额"]
    for name, officers in ("闻人雪经手", list(OTHER_PEOPLE)), ("司马朗/2021年", ["郑永红"]):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for i, officer in enumerate(officers):
            sheet = book.create_sheet(officer)
            sheet.append(heads)
            for j in range(12):
                filed = pd.Timestamp("2021-01-06") + pd.Timedelta(days=23 * j + i)
                closed = f"{filed + pd.Timedelta(days=40):%Y-%m-%d}" if j % 5 else "待定" if j else ""
                mode = "执行完毕" if j % 5 else ""
                number = f"（2021）望执{len(name) * 1000 + 100 * i + j}号"
                sheet.append([number, f"{filed:%Y-%m-%d}", closed, mode, 20_000 + 310 * j, 9_000 if mode else ""])
        book.save(folder / f"{name}.xlsx")
    (folder / "register.toml").write_text('as_of = "2021-12-31"\ncourt = "望川县人民法院"\n', encoding="utf-8")
    return folder


@pytest.mark.canary
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nor_do_names_of_folders_files_and_sheets(tmp_path, unpacked, language):
    given, out = str(sheet_an_officer(tmp_path / "台账")), tmp_path / "out"
    every = ["--formats", "html,xlsx,pdf,docx,pptx"]
    texts = []
    for call in (
        ["report", "--period", "2021", *every, "--out", str(out / "2021")],
        ["bulletin", "--period", "2021-Q3", "--formats", "html,xlsx", "--out", str(out / "Q3")],
        ["data-review", "--out", str(out / "review")],
        ["indicators", "--period", "2021", "--out", str(out / "indicators.xlsx")],
        ["check", "--out", str(out / "check.csv")],
        ["verify", str(out / "2021")],
        ["ingest", "--out", str(tmp_path / "ingested")],
    ):  # fmt: skip
        register = [given] if call[0] in ("check", "ingest") else ["--cases", given]
        result = CliRunner().invoke(main, [*call, *register, "--language", language])
        assert result.exit_code < 2, (call, result.stderr)
        texts += [(call[0], result.stdout), (call[0], result.stderr)]
    assert not tells([*texts, *unpacked(out)])


@pytest.mark.canary
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nor_do_the_making_of_the_court_file_and_of_the_key_tell_people(tmp_path, monkeypatch, language):
    other_court(tmp_path / "望川")
    monkeypatch.chdir(tmp_path)
    texts = []
    for call in (["start", "望川", "--out", "1.toml"], ["start", "望川", "--yes", "--out", "2.toml"], ["key", "望川"]):
        result = CliRunner().invoke(main, [*call, "--language", language], input="\n" * 99)
        assert result.exit_code == 0, result.stderr
        texts += [(call[0], result.stdout), (call[0], result.stderr)]
    texts += [(name, (tmp_path / name).read_text(encoding="utf-8")) for name in ("1.toml", "2.toml")]
    told = tells(texts)  # words of codes that nobody knows are asked of the clerk, and a party may stand in one
    assert {secret for secret, _ in told} <= {"闻人法官", "第五明月", "乌兰图雅", "鑫隆农资"}


@pytest.fixture(scope="module")
def other_cases(tmp_path_factory):
    return an.read_cases(other_court(tmp_path_factory.mktemp("other") / "望川"))


@pytest.mark.canary
def test_nor_does_a_quarter_of_another_court_or_what_it_hands_on(other_cases, tmp_path, unpacked):
    an.build_bulletin(other_cases, period="2021-Q4", out=tmp_path / "q", formats=["html", "xlsx"], language="zh")
    an.build_bulletin(other_cases, period="2021-11", out=tmp_path / "m", formats=["xlsx"], language="en")
    an.seal_figures(other_cases, period=2021).save(tmp_path / "sealed.json")
    an.build_data_review(other_cases, to="2021-06", out=tmp_path / "d", language="zh")
    texts = unpacked(tmp_path)
    for by in ("team", "area", "basis"):
        saved = an.tallies(other_cases, by=by).save(tmp_path / f"{by}.parquet")
        texts.append((by, pd.read_parquet(saved).to_csv()))
    assert not tells(texts)


@pytest.mark.full
def test_nor_in_any_table_of_another_court(other_cases):
    assert not tells((name, table.astype(str).to_csv()) for name, table in results(other_cases, 2021).items())


@pytest.mark.full
def test_nor_in_any_result_or_error_of_the_library(register):
    folder, _ = register
    for name, table in results(an.read_cases(folder), 2011).items():
        text = json.dumps(table.astype(str).to_dict("records"), ensure_ascii=False)
        assert not [FORBIDDEN[token] for token in FORBIDDEN if token in text], name


def _refused(cases, **asked):
    """What is said of a value that a column does not hold."""
    with pytest.raises(an.ArgumentError) as caught:
        cases.where(**asked)
    return pd.DataFrame({"said": [str(caught.value)]})


def results(cases, year):
    """Every table of the library that could tell people, without their names asked for."""
    flows = {
        f"flow {by} {freq}": an.caseflow(cases, by=by, freq=freq)
        for by in ("officer", "team", "area", "basis")
        for freq in "QY"
    }
    return flows | {
        "inputs": cases.inputs, "mapping": cases.mapping[["column", "status"]], "findings": an.check_cases(cases),
        "reasons": cases.quarantine[["file", "row", "field", "reason"]], "entry": an.entry_quality(cases),
        "scorecard": an.officer_scorecard(cases, period=year).table,
        "teams": an.officer_scorecard(cases, period=year, by="team").table, "ages": an.pending_ages(cases, by="officer").summary,
        "deadlines": an.deadlines(cases, within_days=400), "late": an.late_starts(cases, periods=[year - 1, year], scheme="fujin-2012"),
        "ledger": an.responsibility_ledger(cases).table, "petitions": an.petitions(cases, periods=[year]).people,
        "listed": an.petitions(cases, periods=[year]).listed, "aid": an.aid(cases, periods=[year], by="officer"),
        "display": pd.DataFrame({"shown": [cases._repr_html_()]}), "near": pd.DataFrame({"said": [str(an.deadlines(cases).attrs)]}),
        "wrong area": _refused(cases, area="没有"), "wrong court": _refused(cases, court="没有"),
        "measures": an.coercive_measures(cases, periods=[year], by="area"), "oldest": an.pending_ages(cases).oldest,
    }  # fmt: skip
