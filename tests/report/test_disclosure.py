"""What is published of a register whose rows hold names in the wrong places: no name, no number of a person, no pairing."""

import csv
import dataclasses

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.register.disclosure import public_labels
from analysis.report.content import Table

pytestmark = pytest.mark.full

HEADER = [
    "案号", "申请人", "被执行人", "身份证号", "联系电话", "案件类型", "执行依据", "立案日期", "收到案卷日期", "开始执行日期", "结案日期",
    "结案方式", "执行小组", "乡镇", "承办人", "包案领导", "申请执行标的额", "实际到位金额", "有无财产可供执行", "备注",
]  # fmt: skip
OFFICERS = {
    "王建军": "执行一组",
    "李秀英": "执行一组",
    "赵海燕": "赵海燕团队",
    "钱国栋": "执行二组",
    "孙丽娟": "执行二组",
}
PARTIES = ["陈桂芳", "佳木斯市丰收农资有限公司", "周德发", "吴玉兰"]
IDENTITY, TELEPHONE, REMARK = "230882197001014412", "13904541234", "与郑永红有亲属关系"
SECRET = [*OFFICERS, *PARTIES, IDENTITY, TELEPHONE, REMARK, "郑永红", "何立新", "赵海燕团队"]


def register_rows():
    """180 cases of five officers; rows moved by one column either way, and cells that hold what they should not."""
    rng = np.random.default_rng(7)
    rows = []
    for i in range(180):
        filed = pd.Timestamp("2010-02-01") + pd.Timedelta(days=int(rng.integers(0, 660)))
        closed = filed + pd.Timedelta(days=int(rng.geometric(0.012)))
        is_closed = closed <= pd.Timestamp("2011-12-31")
        officer = list(OFFICERS)[i % 5]
        claimed = float(rng.integers(5, 400)) * 1_000
        rows.append(
            [
                f"（{filed.year}）富执字第{i + 1}号", PARTIES[i % 3], PARTIES[(i + 1) % 3], IDENTITY, TELEPHONE, "首次执行", "民事",
                f"{filed:%Y-%m-%d}", f"{filed:%Y-%m-%d}", f"{filed:%Y-%m-%d}", f"{closed:%Y-%m-%d}" if is_closed else "",
                "执行完毕" if is_closed else "", OFFICERS[officer], "锦山镇" if i % 2 else "兴隆岗镇", officer, "何立新", f"{claimed:.2f}",
                f"{claimed / 2:.2f}" if is_closed else "", "有", REMARK,
            ]
        )  # fmt: skip
    rows.append(["", *rows[3][:-1]])  # moved to the right: every column holds what belongs to the one before
    rows.append([*rows[4][1:], ""])  # moved to the left
    rows.append([rows[5][0], *rows[5][2:], ""])  # moved to the left behind the case number
    rows.append([*rows[6][:7], PARTIES[0], *rows[6][8:]])  # a party in the day of filing
    rows.append([rows[7][0], *rows[7][1:10], IDENTITY, *rows[7][11:]])  # an identity number in the day of closing
    rows.append(["（2011）富执字第901号", *rows[8][1:11], PARTIES[3], "周德发组", "吴玉兰", *rows[8][14:]])
    rows.append([PARTIES[3], *rows[9][1:]])  # a name where the number should be, of a case that is otherwise sound
    pending = next(row for row in rows if not row[10])
    rows.append(
        ["（2011）富执字第902号", *pending[1:16], TELEPHONE, *pending[17:]]
    )  # a telephone number in the claim of an open case
    return [HEADER, *rows]


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    path = tmp_path_factory.mktemp("register") / "台账.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows(register_rows())
    return an.read_cases(path, as_of="2011-12-31", court="富锦市人民法院")


def published(cases, folder, languages, formats, period=("2011", "2011-11", "2011-Q4", "2011-11-25")):
    """The yearly report and bulletins; what they hold as data."""
    made = []
    for language in languages:
        asked = {"language": language, "formats": formats}
        made.append(an.build_report(cases, period=2011, out=folder / "report", **asked).report)
        made += [an.build_bulletin(cases, period=p, out=folder / p, **asked).report for p in period]
    return made


def tables(reports):
    return [(report.title, block) for report in reports for block in report.exhibits() if isinstance(block, Table)]


@pytest.fixture(scope="module")
def reports(cases, tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    return published(cases, folder, ["zh"], ["html", "xlsx"]), folder


def test_no_name_no_number_of_a_person_and_no_cell_of_a_moved_row_is_published(reports, unpacked, places_of):
    assert not places_of(unpacked(reports[1]), SECRET)


@pytest.mark.canary
def test_nor_in_any_format_of_either_language(cases, tmp_path, unpacked, places_of):
    published(cases, tmp_path, ["zh", "en"], ["html", "xlsx", "pdf", "docx", "pptx"])
    texts = unpacked(tmp_path)
    assert {name.split(".")[-1] for name, _ in texts if "!" not in name} >= {"html", "json"}
    assert not places_of(texts, SECRET)


def test_a_reason_is_told_by_kind_place_and_count(reports):
    set_aside = next(t for _, t in tables(reports[0]) if t.id == "quality-exclusions").frame
    assert set_aside["rows"].sum() == len(set_aside["rows"]) or (set_aside["rows"] > 0).all()
    assert "立案日期读不出\nfiled on cannot be read" in set(set_aside["reason"])
    findings = next(t for _, t in tables(reports[0]) if t.id == "quality-findings").frame
    assert "problem" not in findings
    assert findings["first_at"].str.contains(r"台账.csv.*第\d+行").any()


def test_no_pseudonym_no_team_and_no_amount_stands_beside_a_case_number(reports):
    for title, table in tables(reports[0]):
        beside = [n for n in table.frame if n in ("officer", "lead", "team") or n.startswith("amount_")]
        assert not ("case_no" in table.frame and beside), (title, table.id)


def test_no_team_that_tells_the_officer_stands_beside_a_pseudonym(reports, cases):
    label = public_labels(cases, "team")["赵海燕团队"]
    assert "赵" not in label
    for title, table in tables(reports[0]):
        if {"officer", "team"} <= set(table.frame.columns):
            assert label not in set(table.frame["team"].astype(str)), (title, table.id)


def test_an_officer_hidden_in_one_table_is_hidden_in_all(cases, tmp_path):
    few = [
        "（2011）富执字第990号",
        *[""] * 4,
        "首次执行",
        "民事",
        "2011-11-02",
        *[""] * 4,
        "执行二组",
        "锦山镇",
        "冯少华",
        "",
        "5000",
        "",
        "有",
        "",
    ]
    path = tmp_path / "台账.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows([*register_rows(), few])
    with_few = an.read_cases(path, as_of="2011-12-31", court="富锦市人民法院")
    from analysis.cases.privacy import pseudonyms

    own = pseudonyms(with_few)["冯少华"]
    made = published(with_few, tmp_path / "out", ["zh"], ["xlsx"], period=("2011", "2011-11", "2011-Q4"))
    for title, table in tables(made):
        if "officer" in table.frame:
            numbers = (
                table.frame[table.frame["officer"] == own]
                .select_dtypes("number")
                .drop(columns="quota", errors="ignore")
            )
            assert numbers.fillna(0).eq(0).all(axis=None), (title, table.id)


def test_corrections_stand_in_the_manifest_by_place_alone(tmp_path):
    import openpyxl

    path = tmp_path / "台账.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows(register_rows())
    book = an.read_cases(path, as_of="2011-12-31").export_findings(tmp_path / "f.xlsx", names=True)
    opened = openpyxl.load_workbook(book)
    sheets = [s for s in opened if s.max_row > 3 and "corrected" in [c.value for c in s[3]]]
    head = [str(c.value) for c in sheets[0][3]]
    rows = [r for s in sheets for r in s.iter_rows(min_row=4)]
    row = next(r for r in rows if r[head.index("field")].value == "filed_on")
    row[head.index("corrected")].value = "钱国栋说的那天"
    opened.save(book)
    cases = an.read_cases(path, as_of="2011-12-31", corrections=book)
    assert len(cases.corrections) == 1
    manifest = an.build_report(cases, period=2011, out=tmp_path / "r", formats=["xlsx"]).manifest
    assert set(manifest["corrections"][0]) == {"file", "sheet", "row", "field", "status", "reason"}


OWN_SET = """[set]
id = "own"
zh = "本院口径"
en = "our own"

[[indicator]]
id = "civil_closed"
zh = "民事结案"
en = "civil cases closed"
kind = "flow"
numerator = "closed"
include = { basis = "civil" }
unit = "件"
"""


def test_no_path_and_no_name_of_a_given_file_that_could_be_somebodys_is_published(tmp_path, unpacked):
    import docx

    home = tmp_path / "xahatgul"  # the folder of whoever made the court's file
    (home / "台账").mkdir(parents=True)
    for file in ("辛弃疾口径.toml", "辛弃疾办法.toml"):
        (home / file).write_text(OWN_SET, encoding="utf-8")
    days = pd.date_range("2021-01-04", periods=40, freq="7D")
    cases = pd.DataFrame(
        {
            "案号": [f"（2021）望执{i}号" for i in range(40)],
            "立案日期": days,
            "执行依据": "民事",
            "结案方式": "执行完毕",
        }
    )
    cases.assign(结案日期=days + pd.Timedelta(days=50)).to_csv(
        home / "台账" / "台账.csv", index=False, date_format="%Y-%m-%d"
    )
    lines = [
        'court = "望川县人民法院"',
        'as_of = "2021-12-31"',
        'definitions = "../辛弃疾口径.toml"',
        'scheme = "../辛弃疾办法.toml"',
    ]
    (home / "台账" / "register.toml").write_text("\n".join(lines), encoding="utf-8")
    for file in ("辛弃疾模板.docx", "本院模板.docx"):
        docx.Document().save(home / file)
    pd.DataFrame({"日期": ["2021-05-10"], "类别": ["休"]}).to_csv(home / "辛弃疾节假日.csv", index=False)
    read = an.read_cases(home / "台账")
    asked = {"formats": ["docx", "html"], "out": tmp_path / "out" / "2021", "template": home / "辛弃疾模板.docx"}
    holidays = home / "辛弃疾节假日.csv"
    made = an.build_report(read, period=2021, holidays=holidays, **asked)
    an.build_data_review(
        read, to="2021-11", out=tmp_path / "out" / "review", definitions=home / "辛弃疾口径.toml", formats=["docx"]
    )
    an.build_bulletin(
        read,
        period="2021-06",
        out=tmp_path / "out" / "m",
        formats=["docx"],
        scheme=home / "辛弃疾办法.toml",
        template=home / "本院模板.docx",
    )
    said = [(place, text) for place, text in unpacked(tmp_path / "out") if "辛弃疾" in text or "xahatgul" in text]
    assert not said
    assert made.manifest["parameters"]["definitions"] == next(iter(made.manifest["inputs"]["definitions"]))
    assert "本院模板.docx" in (tmp_path / "out" / "m" / "manifest.json").read_text(encoding="utf-8")
    at_hand = {"holidays": holidays, "template": home / "辛弃疾模板.docx"}
    assert not len(an.verify_report(tmp_path / "out" / "2021", read, **at_hand))
    elsewhere = dataclasses.replace(read, definitions=None)
    with pytest.raises(an.InputError, match="definitions="):
        an.verify_report(tmp_path / "out" / "2021", elsewhere, **at_hand)
    assert not len(
        an.verify_report(tmp_path / "out" / "2021", elsewhere, definitions=home / "辛弃疾口径.toml", **at_hand)
    )


def test_messages_for_the_log_show_no_cell(tmp_path):
    path = tmp_path / "台账.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows([HEADER, *[[*r[:7], r[1], *r[8:]] for r in register_rows()[1:40]]])
    with pytest.raises(an.InputError) as unreadable:
        an.build_report(an.read_cases(path, as_of="2011-12-31"), period=2011, out=tmp_path / "r", formats=["html"])
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows(register_rows()[1:40])
    with pytest.raises(an.InputError) as without_header:
        an.read_cases(path, as_of="2011-12-31")
    for error in (unreadable, without_header):
        assert not [word for word in SECRET if word in error.value.text.zh + error.value.text.en]


def test_an_english_register_with_moved_rows_shows_no_party_no_remark_and_no_amount_of_a_case(tmp_path):
    """English headings and names, another year: a claimant for a case number, a remark for a court, an unknown word."""
    head = ["case number", "claimant", "telephone", "case type", "filed on", "closed on", "closure mode", "officer", "team", "basis", "amount claimed",
            "amount recovered", "court", "remark"]  # fmt: skip
    rows = [
        [f"(2019)ENF-{i:04d}", "Theodora Blackwood 5", "07700900123456", "first", "2019-01-07", f"2019-0{3 + i % 6}-11", "completed",
         ["Amara Okafor", "Jonas Lindqvist"][i % 2], "North", "civil", "91234567.89" if i == 9 else str(5000 + 7 * i), "20.00",
         "Northfield District Court", "brother of Cassius Thornbury"]
        for i in range(40)
    ]  # fmt: skip
    rows[5], rows[6] = [*rows[5][1:], ""], ["", *rows[6][:-1]]
    rows[7][6], rows[8][4], rows[9][0] = "ask Cassius Thornbury", "see Theodora", "Wilhelmina Prescott"
    path = tmp_path / "export.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([["Northfield District Court: enforcement"], head, *rows])
    cases = an.read_cases(path, as_of="2019-12-31")
    shown = [
        *(t for period in ("2019-03", "2019") for t in an.bulletin(cases, period=period).tables.values()),
        an.check_cases(cases),
    ]
    shown += [an.caseflow(cases, freq="Y", by=by) for by in ("team", "officer", "court", "area")]
    shown += [an.indicators(cases, periods=[2019], definitions="fujin-2012", by=by) for by in ((), "basis", "court")]
    secret = [
        "Okafor",
        "Lindqvist",
        "Blackwood",
        "Theodora",
        "07700900123456",
        "Thornbury",
        "Prescott",
        "91234567",
        "9123.4",
    ]
    for table in shown:
        assert not [word for word in secret if word in table.to_csv()], list(table.columns)
    assert "(2019)ENF-0012" in an.bulletin(cases, period="2019-03").tables["closed"].to_csv()
