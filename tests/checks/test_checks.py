"""One planted defect a rule: each is found, with its row, and a sound register has none."""

import re
import subprocess
import sys
import tracemalloc
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.checks import number_rules, register_rules, workbook
from analysis.checks.by_rule import count_findings
from analysis.checks.checks import FINDING_COLUMNS, SEVERITIES, check_cases, listed_findings
from analysis.checks.context import PLACE, REGISTER_RULES, Register
from analysis.checks.row_rules import RULES
from analysis.checks.workbook import export_findings
from analysis.register.reading import read_cases
from analysis.sample.national import write_national
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.terms import terms
from analysis.vocabulary.text import in_language

SOUND = {
    "case_no": "（2011）富执字第{n}号",
    "court": "富锦市人民法院",
    "case_type": "first",
    "basis": "civil",
    "filed_on": "2011-09-01",
    "assigned_on": "2011-09-02",
    "started_on": "2011-09-05",
    "closed_on": "2011-10-01",
    "closure_mode": "completed",
    "closure_mode_text": "执行完毕",
    "amount_claimed": 20_000.0,
    "amount_recovered": 20_000.0,
    "amount_paid": 20_000.0,
    "officer": "张三",
    "extension_days": 0,
    "excluded_days": 0,
    "entered_on": "2011-09-02",
}
# A register that keeps the original number of reopened cases.
REOPENED = {"case_type": "reopened", "case_no": "（2011）富执恢字第2号", "original_case_no": "（2011）富执字第1号"}
OPEN = {"closed_on": None, "closure_mode": None, "closure_mode_text": None, "amount_recovered": 0.0, "amount_paid": 0.0}


def register(*changes, as_of="2011-12-31", **side):
    """Sound cases 1, 2, 3 … with changes; each with a row number as if read from a file."""
    rows = [SOUND | {"case_no": SOUND["case_no"].format(n=i)} | change for i, change in enumerate(changes, start=1)]
    frame = pd.DataFrame(rows).assign(source_file="cases.csv", source_sheet="", source_row=range(2, len(rows) + 2))
    return Cases.from_frames({"cases": frame} | {k: pd.DataFrame(v) for k, v in side.items()}, as_of=as_of)


@pytest.mark.full
def test_a_sound_register_has_no_findings():
    found = check_cases(register({}, {}, {}))
    assert found.empty
    assert list(found.columns) == FINDING_COLUMNS
    assert found.attrs["severities"] == dict.fromkeys(SEVERITIES, 0)
    assert found.attrs["entry"] == {"cases": 3, "correct": 3, "late": 0, "missing": 0, "wrong": 0}


@pytest.mark.parametrize(
    ("rule", "column"), [("closed_without_mode", "closure_mode"), ("reopened_without_original", "original_case_no")]
)
def test_a_column_that_no_row_fills_is_no_fault_of_each_case(rule, column):
    rows = [{column: None, f"{column}_text": None, "case_type": "reopened"}] * 3
    assert rule not in set(check_cases(register(*rows))["rule"])


@pytest.mark.full
def test_over_the_limit_is_said_with_what_the_register_keeps_of_longer_limits():
    late = OPEN | {"filed_on": "2011-06-30"}
    kept = [{}, {"extension_days": None}, {"extension_days": None, "excluded_days": None}]
    found = [check_cases(register(*[late | k] * 2)) for k in kept]
    said = [table.loc[table["rule"] == "over_limit_without_extension", "problem"].iloc[0] for table in found]
    for text, words in zip(said, ("没有延长记录", "只登记了延长、扣除中的一项", "不登记延长和扣除"), strict=True):
        assert words in text


PLANTED = [
    ("date_in_future", {"closed_on": "2012-01-05"}, "closed_on"),
    ("date_in_future", {"entered_on": "2012-01-05"}, "entered_on"),
    ("date_before_1990", {"started_on": "1900-01-01"}, "started_on"),
    ("closed_before_filed", {"closed_on": "2011-08-31"}, "closed_on"),
    ("assigned_before_filed", {"assigned_on": "2011-08-31"}, "assigned_on"),
    ("started_before_filed", {"started_on": "2011-08-31"}, "started_on"),
    ("closed_without_mode", {"closure_mode": None, "closure_mode_text": None}, "closure_mode"),
    ("mode_without_date", {"closed_on": None}, "closed_on"),
    ("recovered_more_than_claimed", {"amount_recovered": 20_000.01}, "amount_recovered"),
    ("paid_more_than_recovered", {"amount_recovered": 19_000.0}, "amount_paid"),
    ("negative_amount", {"amount_claimed": -1.0}, "amount_claimed"),
    ("unit_mixed_up", {"amount_recovered": 2.0, "amount_paid": None}, "amount_recovered"),
    ("unit_mixed_up", {"amount_claimed": 2.0, "amount_paid": None}, "amount_recovered"),
    ("amount_out_of_proportion", {"amount_claimed": 12.5, "amount_recovered": None, "closure_mode": "terminated", "amount_paid": None}, "amount_claimed"),
    ("amount_out_of_proportion", {"amount_claimed": 3e8}, "amount_claimed"),
    ("entered_late", {"entered_on": "2011-09-09"}, "entered_on"),
    ("never_entered", {"entered_on": None}, "entered_on"),
    ("entered_before_filed", {"entered_on": "2011-08-01"}, "entered_on"),
    ("completed_without_recovery", {"amount_recovered": 0.0, "amount_paid": None}, "amount_recovered"),
    ("closed_without_amount", {"amount_recovered": None, "amount_paid": None}, "amount_recovered"),
    ("closed_without_amount", {"amount_claimed": None}, "amount_claimed"),
    *(("left_blank", {name: None}, name) for name in ("court", "basis", "case_type", "officer")),
    ("over_limit_without_extension", OPEN | {"filed_on": "2011-06-30"}, "closed_on"),
    ("over_limit_without_extension", OPEN | {"filed_on": "2011-09-20", "basis": "administrative_non_litigation"}, "closed_on"),
    ("reopened_without_original", {"case_type": "reopened", "case_no": "（2011）富执恢字第1号"}, "original_case_no"),
    ("unknown_word", {"closure_mode": None, "closure_mode_text": "挂账"}, "closure_mode"),
    ("duplicate_case_number", {"case_no": "[2011]富执字第001号"}, "case_no"),
    ("year_mismatch", {"case_no": "（2010）富执字第1号"}, "filed_on"),
    ("unreadable_case_number", {"case_no": "执行案件"}, "case_no"),
    ("family_mismatch", {"case_no": "（2011）富执保字第1号"}, "case_type"),
    ("not_enforcement", {"case_no": "（2011）富民初字第1号"}, "case_no"),
    ("unknown_original", {"case_type": "reopened", "case_no": "（2011）富执恢字第1号", "original_case_no": "（2011）富执字第99号"}, "original_case_no"),
]  # fmt: skip


def apart(planted):
    """Planted defects in a few registers, none of which has two of a rule."""
    registers = []
    for defect in planted:
        if all(defect[0] in {rule for rule, *_ in held} for held in registers):
            registers.append([])
        next(held for held in registers if defect[0] not in {rule for rule, *_ in held}).append(defect)
    return registers


@pytest.mark.full
@pytest.mark.parametrize("planted", apart(PLANTED))
def test_planted_defects_are_found_in_their_rows_and_sound_rows_have_none(planted):
    found = check_cases(register({}, {}, *(change for _, change, _ in planted), REOPENED))
    assert set(found["row"].dropna()) == set(range(4, 4 + len(planted)))
    for row, (rule, _, field) in enumerate(planted, start=4):
        assert [rule, row, field] in found[["rule", "row", "field"]].values.tolist()
    assert set(found["severity"]) <= set(SEVERITIES)
    for text in (*found["problem"], *found["proposed_fix"]):
        assert in_language(text, "zh") != in_language(text, "en")
        assert "{" not in text


@pytest.mark.full
def test_a_number_is_double_where_one_row_names_no_court_or_the_number_names_it_itself():
    old, new = "（2011）富执字第1号", "（2019）黑0882执1号"
    rows = [{"case_no": old}, {"case_no": old, "court": None}, {"case_no": new}, {"case_no": new, "court": "富锦法院"}]
    found = check_cases(register(*rows))
    assert found.loc[found["rule"] == "duplicate_case_number", "row"].tolist() == [3, 5]
    another = [{"case_no": old}, {"case_no": old, "court": "富裕县人民法院"}]
    assert "duplicate_case_number" not in check_cases(register(*another)).attrs["rules"]


def test_around_the_turn_of_the_year_number_and_filing_may_differ():
    late = {"case_no": "（2011）富执字第3号", "filed_on": "2010-12-29"}
    early = {"case_no": "（2010）富执字第800号", "filed_on": "2011-01-04"}
    found = check_cases(register({}, {}, late, early))
    assert "year_mismatch" not in found.attrs["rules"]


@pytest.mark.full
def test_an_extension_or_excluded_days_lift_the_limit():
    over = OPEN | {"filed_on": "2011-06-20"}
    found = check_cases(register({}, {}, over | {"extension_days": 90}, over | {"excluded_days": 30}))
    assert "over_limit_without_extension" not in found.attrs["rules"]
    review = over | {"case_type": "review", "case_no": "（2011）富执异字第1号"}
    assert "over_limit_without_extension" not in check_cases(register({}, {}, review)).attrs["rules"]


def test_serial_gaps_are_found_by_court_type_and_year():
    numbers = [
        "（2011）富执字第2号",
        "（2011）富执字第5号",
        "（2011）富执字第6号",
        "（2011）富执恢字第1号",
        "（2011）桦执字第1号",
    ]
    rows = [
        {"case_no": n, "case_type": "reopened" if "恢" in n else "first", "original_case_no": numbers[0]}
        for n in numbers
    ]
    found = check_cases(register(*rows))
    gaps = found[found["rule"] == "serial_gap"]
    assert gaps["value"].tolist() == ["（2011）富执1", "（2011）富执3–4"]
    assert gaps["row"].isna().all()


def test_a_selection_of_cases_is_one_gap_not_hundreds():
    found = check_cases(register({"case_no": "（2011）富执字第900号"}, {"case_no": "（2011）富执字第500号"}))
    assert found.attrs["rules"]["serial_gap"] == 1


@pytest.mark.full
def test_of_a_million_gaps_few_are_in_words_at_once(monkeypatch):
    rows = [{"case_no": f"（2011）富执字第{n}号"} for n in range(2, 20, 2)]
    whole = check_cases(register(*rows))
    monkeypatch.setattr(number_rules, "BATCH_ROWS", 2)
    seen = Register(register(*rows))
    assert list(seen.rows("cases"))
    assert [len(found) for found in number_rules.serial_gap(seen)] == [2, 2, 2, 2, 1]
    assert check_cases(register(*rows)).equals(whole)


@pytest.mark.full
def test_skipped_rows_that_a_sheet_does_not_hold_are_said_in_its_last_line(write, tmp_path, monkeypatch):
    rows = [["案号", "立案日期"], ["（2011）富执字第1号", "2011-12-01"], *([f"注：第{n}条", ""] for n in range(9))]
    cases = read_cases(write(rows), as_of="2011")
    for most, last in ((12, "说明文字"), (8, "另有5行未列：一张工作表容不下")):
        monkeypatch.setattr(workbook, "MOST_ROWS", most)
        sheet = openpyxl.load_workbook(export_findings(cases, tmp_path / f"{most}.xlsx"))["略过的行"]
        assert sheet.max_row == most
        assert sheet.cell(most, 4).value == last


def test_serials_in_quarantine_are_not_missing(write):
    rows = [
        ["案号", "立案日期"],
        ["（2011）富执字第1号", "2011-12-01"],
        ["（2011）富执字第2号", ""],
        ["（2011）富执字第3号", "2011-12-02"],
    ]
    found = check_cases(read_cases(write(rows), as_of="2011"))
    assert "serial_gap" not in found.attrs["rules"]


@pytest.mark.full
def test_side_tables_must_speak_of_known_cases():
    known, unknown = "（2011）富执字第1号", "（2011）富执字第77号"
    cases = register(
        {},
        {},
        petitions=[
            {"petition_id": "1", "case_no": known, "received_on": "2011-10-01"},
            {"petition_id": "2", "case_no": unknown, "received_on": "2011-10-01"},
        ],
        coercive_measures=[{"case_no": unknown, "kind": "fine", "date": "2011-10-01", "amount": -5.0}],
        aid=[{"case_no": "(2011)富执字第001号", "petition_id": "9", "granted_on": "2011-10-01", "amount": 100.0}],
    )
    found = check_cases(cases)
    unknown_cases = found[found["rule"] == "unknown_case"]
    assert unknown_cases["table"].tolist() == ["coercive_measures", "petitions"]
    assert set(unknown_cases["case_no"]) == {unknown}
    assert found.loc[found["rule"] == "unknown_petition", "value"].tolist() == ["9"]
    assert found.loc[found["rule"] == "negative_amount", "table"].tolist() == ["coercive_measures"]


@pytest.mark.full
def test_a_petition_resolved_before_it_came_is_found():
    petition = {"petition_id": "1", "received_on": "2011-10-01", "resolved_on": "2011-09-01"}
    assert check_cases(register({}, petitions=[petition])).attrs["rules"] == {"resolved_before_received": 1}


@pytest.mark.full
def test_outside_nobody_learns_which_cases_belong_to_no_team():
    cases = register({"team": "执行一组"}, {"team": None})
    assert "left_blank" not in check_cases(cases).attrs["rules"]
    assert check_cases(cases, names=True).loc[lambda f: f["rule"] == "left_blank", "field"].tolist() == ["team"]


def test_cells_of_thousands_of_characters_in_the_column_of_officers_are_no_names():
    people = pd.DataFrame({"court": "甲", "officer": [f"{n}" + "甲" * 3_000 for n in range(5)], "cases": 1})
    tracemalloc.start()
    assert register_rules._one_character_apart(people) == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000, "a copy of a name for each of its characters"


def test_of_two_rows_no_others_are_fetched_that_have_the_same_word_for_a_number():
    n = 20_000
    columns_ = {"case_no": "不详", "filed_on": "2011-03-04", "source_file": "a.csv", "source_row": range(2, n + 2)}
    cases = Cases.from_frames(
        pd.DataFrame(columns_).assign(officer=[f"{i % 7}甲" for i in range(n)]), as_of="2011-12-31"
    )
    rows = cases.table.select("case_no", *PLACE).order_by("source_row").to_pandas()
    tracemalloc.start()
    unlike = number_rules.columns_that_differ(cases, rows.iloc[1:3], rows.iloc[[0, 9]])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [text.zh for text in unlike] == ["；不同的栏：承办人", "；所读各栏都相同"]
    assert peak < 5_000_000


@pytest.mark.full
def test_similar_officers_have_neither_row_nor_number_of_cases_unless_names_are_asked_for():
    cases = register(*[{"officer": "王晓伟"}] * 60, {"officer": "王小伟"}, {"officer": "李四"})
    found = check_cases(cases)
    mine = found[found["rule"] == "similar_officers"]
    assert len(mine) == 1
    assert mine[["row", "case_no", "value", "file"]].isna().all(axis=None)
    assert not re.search("王|承办人\\d|60", mine.to_json(force_ascii=False))
    assert check_cases(cases, names=True).loc[lambda f: f["rule"] == "similar_officers", "value"].tolist() == ["王小伟"]


def test_busy_officers_with_similar_names_are_two_people():
    cases = register(*[{"officer": "王晓伟"}] * 40, *[{"officer": "王小伟"}] * 30)
    assert "similar_officers" not in check_cases(cases).attrs["rules"]


def test_reopening_a_case_older_than_the_register_is_only_noted():
    reopened = {"case_type": "reopened", "case_no": "（2011）富执恢字第1号", "original_case_no": "（2003）富执字第99号"}
    found = check_cases(register({}, {}, reopened))
    assert found.loc[found["rule"] == "unknown_original", "severity"].tolist() == ["info"]


@pytest.mark.full
def test_an_unreadable_cell_is_an_error_and_is_shown_inside_the_court_alone(write):
    rows = [["案号", "立案日期", "结案日期"], ["（2011）富执字第1号", "2011-12-01", "十二月底"]]
    cases = read_cases(write(rows), as_of="2011")
    for names, shown in ((False, ""), (True, "十二月底")):
        found = check_cases(cases, names=names)
        assert found[["rule", "severity", "row", "field", "value"]].values.tolist() == [
            ["unreadable_value", "error", 2, "closed_on", shown]
        ]
        assert not found["problem"].str.contains("十二月底").any()


@pytest.mark.full
def test_an_amount_that_cannot_be_read_is_not_said_to_be_left_out(write):
    rows = [["案号", "立案日期", "结案日期", "结案方式", "申请执行标的额", "实际到位金额"]]
    amounts = ["100", "12万3", "", "/", "约5万"]
    rows += [
        [f"（2023）黑0882执{i}号", "2023-01-04", "2023-03-01", "执行完毕", "100", got]
        for i, got in enumerate(amounts, 1)
    ]
    found = check_cases(read_cases(write(rows, "台账.csv"), as_of="2023-12-31"))
    by_rule = {rule: set(part["row"]) for rule, part in found.groupby("rule", observed=True)}
    assert by_rule["unreadable_value"] == {3, 6}
    assert by_rule["closed_without_amount"] == {4, 5}


@pytest.mark.full
def test_nothing_is_said_of_what_the_register_does_not_record():
    frame = pd.DataFrame(
        {
            "case_no": ["（2011）富执字第1号"],
            "filed_on": ["2011-12-01"],
            "closed_on": ["2011-12-05"],
            "closure_mode": ["completed"],
        }
    )
    assert check_cases(Cases.from_frames(frame, as_of="2011-12-31")).empty


@pytest.mark.full
def test_errors_come_first_and_the_counts_add_up():
    found = check_cases(register({}, {"entered_on": None}, {"closed_on": "2011-08-31"}))
    assert found["severity"].tolist() == sorted(found["severity"], key=SEVERITIES.index)
    assert sum(found.attrs["rules"].values()) == sum(found.attrs["severities"].values()) == len(found)
    assert found.attrs["entry"] == {"cases": 3, "correct": 1, "late": 0, "missing": 1, "wrong": 1}


@pytest.mark.full
def test_the_days_after_which_an_entry_is_late_are_an_argument():
    cases = register({"entered_on": "2011-09-20"})
    assert check_cases(cases, late_after_days=30).empty
    with pytest.raises(ArgumentError):
        check_cases(cases, late_after_days=-1)


def test_every_rule_has_a_name_in_both_languages_and_a_meaning():
    for rule in [*RULES, *REGISTER_RULES]:
        assert rule.id in terms()
    assert all(r.offending.__doc__ for r in RULES)
    assert all(r.found.__doc__ for r in REGISTER_RULES)


def test_checking_an_empty_register_finds_nothing():
    assert check_cases(Cases.from_frames(pd.DataFrame({"case_no": [], "filed_on": []}), as_of="2011")).empty


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("0.62", False),
        pytest.param("0.6172", False, marks=pytest.mark.full),
        ("0.63", True),
        pytest.param("6172.5元", False, marks=pytest.mark.full),
        ("", False),
        pytest.param("0.6173", False, marks=pytest.mark.full),
        ("0.6174", True),
    ],
)
def test_the_registers_own_total_is_held_against_its_rows(tmp_path, stated, found):
    rows = [
        "案号,立案日期,申请执行标的额（万元）",
        "（2011）富执字第1号,2011-01-04,0.1234",
        "（2011）富执字第2号,2011-01-05,0.49385",
    ]
    path = tmp_path / "台账.csv"
    path.write_text("\n".join([*rows, "本页小计,,0.6173", f"合计,,{stated}"]), encoding="utf-8")
    cases = read_cases(path, as_of="2011-12-31")
    findings = check_cases(cases)
    differing = findings[findings["rule"] == "total_differs"]
    assert len(differing) == found
    if found:
        assert differing[["row", "field", "value"]].values.tolist() == [[5, "amount_claimed", "××"]]
        assert "6,172.50" not in differing["problem"].iloc[0]
        inside = check_cases(cases, names=True)
        assert inside.loc[inside["rule"] == "total_differs", "value"].tolist() == [stated]
        assert "6,172.50" in inside.loc[inside["rule"] == "total_differs", "problem"].iloc[0]
    narrowed = check_cases(cases.where(case_no="（2011）富执字第1号", names=True))
    assert "total_differs" not in set(narrowed["rule"])


def numbered(*, basis, filed_on, closed_on=None):
    rows = {
        "case_no": [f"（2011）富执字第{n}号" for n in range(1, 7)],
        "basis": basis,
        "filed_on": filed_on,
        "closed_on": closed_on,
    }
    return Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")


def test_of_some_cases_those_findings_of_the_register_are_listed_that_name_them():
    days = ["2011-01-04", "2011-02-01", "2011-03-01", "2011-04-01", "2011-05-04", "2011-06-01"]
    cases = numbered(
        basis=["civil", "arbitration"] * 3, filed_on=days, closed_on=["2011-01-01", "2011-01-02", *[None] * 4]
    )
    part, whole = check_cases(cases.where(basis="civil")), check_cases(cases)
    assert "serial_gap" not in part.attrs["rules"], "the numbers between are those of the others"
    mine = whole[whole["case_no"].str.contains("第[135]号")]
    pd.testing.assert_frame_equal(part.astype("str"), mine.reset_index(drop=True).astype("str"))
    assert part.attrs["severities"]["error"] == part.attrs["rules"]["closed_before_filed"] == 1
    assert part.attrs["entry"]["cases"] == 3


def test_a_list_or_report_of_some_cases_misses_no_number_that_is_among_the_others():
    cases = numbered(basis=["civil", "arbitration", "civil", "civil"] + ["arbitration"] * 2, filed_on="2011-01-04")
    part = cases.where(basis="civil")
    assert "serial_gap" not in set(listed_findings(part, most=100)["rule"])
    whole = Cases.from_frames(cases.to_pandas(names=True).drop(index=4), as_of="2011-12-31")
    gap = "（2011）富执缺5号，共1件"
    assert listed_findings(whole, most=100)["problem"].str.contains(gap).sum() == 1, "which the register lacks"
    assert "serial_gap" not in set(listed_findings(whole.where(basis="arbitration"), most=100)["rule"]), "of no case"


def test_the_list_the_count_and_the_check_of_some_cases_say_the_same():
    """What lacks among all cases is asked in one way: the number that stands twice, the original case, the petition's case and the serials."""
    first = numbered(basis=["civil", "arbitration"] * 3, filed_on="2011-01-04", closed_on=["2011-01-01", *[None] * 5])
    more = pd.DataFrame(
        {
            "case_no": ["（2011）富执恢字第1号", "（2011）富执字第2号", "（2011）富执字第9号"],
            "case_type": ["reopened", "first", "first"],
            "original_case_no": ["（2011）富执字第4号", None, None],
            "basis": "civil",
            "filed_on": "2011-02-04",
        }
    )
    petitions = pd.DataFrame({"case_no": ["（2011）富执字第4号", "（2011）富执字第1号"], "received_on": "2011-03-04"})
    rows = pd.concat([first.to_pandas(names=True), more], ignore_index=True)
    whole = Cases.from_frames({"cases": rows, "petitions": petitions}, as_of="2011-12-31")
    for cases in (whole, whole.where(basis="civil"), whole.where(basis="arbitration")):
        checked = check_cases(cases)
        listed_ = listed_findings(cases, most=100)
        pd.testing.assert_frame_equal(listed_.astype("str"), checked.astype("str"))
        counted, _ = count_findings(cases)
        assert dict(zip(counted["rule"], counted["count"], strict=True)) == checked.attrs["rules"]
        assert listed_.attrs["entry"] == checked.attrs["entry"]
        assert not {"unknown_case", "unknown_original"} & set(checked["rule"]), "they are in the register"


def test_a_whole_court_of_many_is_checked_as_by_itself():
    frames = [
        numbered(basis="civil", filed_on="2011-01-04").to_pandas(names=True).drop(index=gone).assign(court=court)
        for court, gone in (("甲法院", 2), ("乙法院", 3))
    ]
    both, alone = (Cases.from_frames(frame, as_of="2011-12-31") for frame in (pd.concat(frames), frames[0]))
    of_one, own = check_cases(both.where(court="甲法院")), check_cases(alone)
    assert of_one.attrs["rules"]["serial_gap"] == 1
    pd.testing.assert_frame_equal(of_one.astype("str"), own.astype("str"))


WRONG_DAYS = ("closed_before_filed", "date_in_future")


def test_of_a_period_the_cases_open_filed_or_closed_in_it_are_checked():
    days = ["2010-01-04", "2010-02-01", "2010-03-01", "2011-04-01", "2011-05-04", "2012-06-01"]
    closed = [
        "2010-01-01",
        "2011-01-02",
        None,
        "2011-01-01",
        None,
        None,
    ]  # the first is wrong in 2010, the fourth in 2011
    cases = numbered(basis="civil", filed_on=days, closed_on=closed)
    of_rule = {
        period: found.loc[found["rule"].isin(WRONG_DAYS), "case_no"].str.extract(r"第(\d)号")[0].tolist()
        for period in (2010, 2011, ("2011-02-01", None))
        for found in [check_cases(cases, period=period)]
    }
    assert of_rule[2010] == ["1"]
    assert of_rule[2011] == ["6", "4"]
    assert of_rule["2011-02-01", None] == ["6", "4"], "one filed after the last day is in none that is over"
    with pytest.raises(ArgumentError, match="period"):
        check_cases(cases, period="其间")


def test_some_cases_of_a_register_without_numbers_are_checked_by_themselves():
    rows = pd.DataFrame({"basis": ["civil", "arbitration"], "filed_on": "2011-03-04", "closed_on": "2011-03-01"})
    cases = Cases.from_frames(rows, as_of="2011-12-31")
    assert check_cases(cases.where(basis="civil"), period=2011).attrs["rules"]["closed_before_filed"] == 1
    assert "closed_before_filed" not in check_cases(cases, period=2010).attrs["rules"]


CHECKED = """
import sys
from pathlib import Path
import analysis as an
found = an.check_cases(an.read_cases(sys.argv[1], as_of="2011-12-31"))
held = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]  # of ru_maxrss a part may be its parent's
print(len(found), int(held) >> 10)
"""


@pytest.mark.full
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the most memory held is read from /proc")
def test_a_million_cases_are_checked_in_under_a_gigabyte(tmp_path):
    write_national(tmp_path / "nation", courts=3_000, cases=1_050_000, order="mixed")
    done = subprocess.run(
        [sys.executable, "-c", CHECKED, str(tmp_path / "nation")], capture_output=True, text=True, check=True
    )
    found, megabytes = map(int, done.stdout.split()[-2:])
    assert found > 40_000
    assert megabytes < 1_000


def totals(tmp_path, *lines):
    """The rows of totals that differ, of a sheet of two claims of 100 and 50 yuan between these lines."""
    first, second = "（2011）富执字第1号,2011-01-04,100", "（2011）富执字第2号,2011-01-05,50"
    path = tmp_path / "台账.csv"
    path.write_text("\n".join(["案号,立案日期,申请执行标的额", first, lines[0], second, *lines[1:]]), encoding="utf-8")
    found = check_cases(read_cases(path, as_of="2011-12-31"), names=True)
    return found.loc[found["rule"] == "total_differs", "row"].tolist()


@pytest.mark.full
def test_subtotals_are_held_against_the_rows_that_they_cover(tmp_path):
    assert totals(tmp_path, "小计,,100", "小计,,50", "本表合计,,150") == []
    assert totals(tmp_path, "小计,,90", "小计,,50", "本表合计,,160") == [3, 6]
    assert totals(tmp_path, "小计,,100", "本页小计,,60", "合计,,150") == [5]


@pytest.mark.full
def test_totals_of_numbers_and_those_of_a_name_are_held_against_their_rows(tmp_path):
    assert totals(tmp_path, "小计,,100", "合计：2件,,150") == []
    assert totals(tmp_path, "小计,,100", "合计：3件,,160") == [5, 5]
    assert totals(tmp_path, "2011年小计,,150") == [], "the rows of the year may stand anywhere"
    assert totals(tmp_path, "1月小计,,90", "2011年小计,,150") == [3]
    assert totals(tmp_path, "合计（万元）,,0.015") == [], "150 yuan, in the unit that the row names"
    assert totals(tmp_path, "合计（单位：万元）,,0.016") == [3]
    for unknown in ("终本案件合计", "2011年终本案件合计", "周某小计"):
        assert totals(tmp_path, f"{unknown},,7") == [], "of what it is the total is not known"


def rows_of_totals_that_differ(folder, lines):
    path = folder / "台账.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = check_cases(read_cases(path, as_of="2011-12-31"))
    return found.loc[found["rule"] == "total_differs", "row"].tolist()


@pytest.mark.full
def test_a_total_of_a_closure_mode_is_that_of_its_cases(tmp_path):
    lines = ["案号,立案日期,结案日期,结案方式,申请执行标的额", "（2011）富执字第1号,2011-01-04,2011-03-01,终本,100"]
    lines += [
        "（2011）富执字第2号,2011-01-05,2011-03-01,执毕,50",
        "（2011）富执字第3号,2011-01-06,2011-03-01,终结本次执行程序,7",
    ]
    lines += [
        "终本案件合计,2,,,107",
        "执行完毕小计,,,,51",
        "终结本次执行程序合计,,,,7",
        "和解案件合计,,,,9",
        "合计,3,,,157",
    ]
    assert rows_of_totals_that_differ(tmp_path, lines) == [6]


@pytest.mark.full
def test_a_total_of_what_a_year_saw_filed_or_closed_is_that_of_those_cases(tmp_path):
    """2011年结案合计 was held against the rows above as one of a time, and accused."""
    lines = ["案号,立案日期,结案日期,申请执行标的额", "（2010）富执字第9号,2010-01-06,2010-05-04,1000"]
    lines += [f"（2011）富执字第{n}号,2011-01-04,{closed},{50 * n}" for n, closed in ((1, "2011-03-01"), (2, ""))]
    lines += [
        "2011年结案合计,,1,50",
        "2011年新收合计,2,,150",
        "2010年新收案件合计,,,1000",
        "2010年办结小计,,,1001",
        "2010年新收合计：2件",
        "2011年新收合计：2件",
    ]
    assert rows_of_totals_that_differ(tmp_path, lines) == [8, 9]


@pytest.mark.full
def test_a_subtotal_below_each_month_is_held_against_the_rows_since_the_month_before(tmp_path):
    lines = ["案号,立案日期,承办人,申请执行标的额"]
    for month in (1, 2):
        lines += [
            f"（2011）富执字第{3 * month + n}号,2011-0{month}-04,{'甲乙甲'[n]}某,{10 * month + n}" for n in range(3)
        ]
        lines += [f"甲某小计,,,{20 * month + 2}", f"乙某小计,,,{10 * month + 1}", f"{month}月合计,,,{30 * month + 3}"]
    path = tmp_path / "台账.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = check_cases(read_cases(path, as_of="2011-12-31"))
    assert "total_differs" not in set(found["rule"])


@pytest.mark.full
def test_a_subtotal_of_a_team_or_an_officer_is_that_of_their_rows(tmp_path):
    lines = ["案号,立案日期,执行小组,承办人,申请执行标的额", "（2011）富执字第1号,2011-01-04,一组,甲某,100"]
    lines += ["（2011）富执字第2号,2011-01-05,二组,乙某,50", "（2011）富执字第3号,2011-01-06,一组,乙某,7"]
    lines += ["一组小计,,,,107", "二组小计,,,,51", "甲某小计,,,,100", "乙某（小计）,,,,57", "合计,3,,,157"]
    path = tmp_path / "台账.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    cases = read_cases(path, as_of="2011-12-31")
    found = check_cases(cases, names=True)
    found = found[found["rule"] == "total_differs"]
    assert found["row"].tolist() == [6]
    assert "为51.00元，各行相加为50.00元" in found["problem"].iloc[0]
    assert "51" not in "".join(check_cases(cases)["problem"])


@pytest.mark.full
def test_a_courts_own_word_is_shown_outside_as_what_it_means(tmp_path):
    (tmp_path / "台账.csv").write_text(
        "案号,立案日期,结案日期,结案方式\n（2011）富执字第1号,2011-01-04,,终本裁定", encoding="utf-8"
    )
    (tmp_path / "本院.toml").write_text('[values.closure_mode]\n"终本裁定" = "终结本次执行程序"', encoding="utf-8")
    cases = read_cases(tmp_path / "台账.csv", as_of="2011-12-31", court_file=tmp_path / "本院.toml")
    found = check_cases(cases).set_index("rule")["problem"]
    assert found.str.contains("“终结本次执行程序”").any()
    assert not found.str.contains("“其他”").any()
    assert check_cases(cases, names=True)["problem"].str.contains("“终本裁定”").any()


@pytest.mark.full
@pytest.mark.parametrize(("word", "found"), [("在办", False), ("终结执行", True)])
def test_a_case_that_is_pending_in_words_is_no_case_closed_without_a_day(tmp_path, word, found):
    rows = [
        "案号,立案日期,结案日期,结案方式",
        f"（2011）富执字第1号,2011-01-04,,{word}",
        "（2011）富执字第2号,2011-01-04,2011-02-01,执行完毕",
    ]
    (tmp_path / "台账.csv").write_text("\n".join(rows), encoding="utf-8")
    problems = check_cases(read_cases(tmp_path / "台账.csv", as_of="2011-12-31"))["problem"]
    assert problems.str.contains("没有结案日期").any() == found


@pytest.mark.full
def test_findings_that_are_handed_over_are_written_in_words_that_may_be_shown(tmp_path):
    """Their words may be those of check_cases(names=True), whatever became of the frame on its way."""
    cases = Cases.from_frames(
        pd.DataFrame(
            {"case_no": "（2011）富执字第1号", "filed_on": "2011-03-04", "closed_on": "2011-03-01"}, index=[0]
        ),
        as_of="2011-12-31",
    )
    found = check_cases(cases)
    found.assign(problem="周德发的 12345 元", value="12345").to_csv(tmp_path / "a.csv", index=False)
    export_findings(cases, tmp_path / "a.xlsx", findings=pd.read_csv(tmp_path / "a.csv"))
    rows = [str(cell) for sheet in openpyxl.load_workbook(tmp_path / "a.xlsx") for row in sheet.values for cell in row]
    assert any("早于" in cell for cell in rows)
    assert not [cell for cell in rows if "12345" in cell]
    with pytest.raises(ArgumentError, match="names=True"):
        export_findings(cases, tmp_path / "b.xlsx", findings=found.assign(rule="no_team"))
    assert not (tmp_path / "b.xlsx").exists()


@pytest.mark.full
def test_a_blank_extension_is_unknown_where_the_register_writes_nought_for_none():
    late = OPEN | {"filed_on": "2011-03-30"}
    rows = [late, late | {"extension_days": None}, late | {"excluded_days": None}]
    found = check_cases(register(*rows))
    assert found.loc[found["rule"] == "over_limit_without_extension", "row"].tolist() == [2]
    unwritten = [
        late | {"extension_days": None, "excluded_days": 30},
        late | {"extension_days": 90, "excluded_days": 30},
    ]
    found = check_cases(register(*unwritten))
    assert found.loc[found["rule"] == "over_limit_without_extension", "row"].tolist() == [2], "a blank is none there"


def test_a_trial_among_the_enforcement_cases_owes_no_amount_and_is_not_over_a_limit_of_enforcement():
    trial = {"case_no": "（2011）富民初字第7号", "case_type": None}
    blank = {"amount_claimed": None, "amount_recovered": None, "amount_paid": None}
    held = register({}, trial | blank, OPEN | trial | {"case_no": "（2011）富民初字第8号", "filed_on": "2011-06-01"})
    assert not {"closed_without_amount", "over_limit_without_extension"} & {*check_cases(held)["rule"]}
    assert "closed_without_amount" in {*check_cases(register({}, blank))["rule"]}
