import re

import pandas as pd
import pytest

import analysis as an
from analysis.cases.table import Cases
from analysis.checks.checks import check_cases
from analysis.checks.readable import (
    must_be_readable,
    must_carry_a_report,
    must_know_modes,
    must_list_cases_once,
    unknown_modes,
)
from analysis.checks.workbook import quarantined
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.language import speaking
from analysis.vocabulary.text import in_language

HEADER = ["案号", "立案日期", "结案日期"]

NUMBERS = [f"(2011)富执字第{n}号" for n in range(1, 5)]


def read(path, **columns):
    pd.DataFrame({"案号": NUMBERS, "立案日期": ["2011-01-04"] * 4} | columns).to_csv(path, index=False)
    return read_cases(path, as_of="2011-12-31")


@pytest.mark.full
def test_slips_are_findings_not_errors(tmp_path):
    written = [
        {"立案日期": ["2011-01-04", "不详", "不详", "不详"]},
        {"结案日期": ["不详", "不详", "不详", "2011-03-01"]},
        {"结案日期": ["不详", "不详", "", ""]},
    ]
    for number, columns in enumerate(written):
        cases = read(tmp_path / f"{number}.csv", **columns)
        must_be_readable(cases)
        slips = list(*columns.values()).count("不详")
        found = check_cases(cases)
        assert (found["rule"] == "unreadable_value").sum() + len(cases.quarantine) == slips


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "应为日期，如2011-12-31"), ("en", "Expected days such as 2011-12-31")]
)
@pytest.mark.parametrize("column", ["立案日期", "结案日期"])
def test_a_column_in_which_nothing_can_be_read_is_an_error(tmp_path, column, language, said):
    cases = read(tmp_path / "台账.csv", **{column: ["甲"] * 4})
    with speaking(language), pytest.raises(InputError) as error:
        must_be_readable(cases)
    assert said in getattr(error.value.text, language)
    assert "台账.csv" in getattr(error.value.text, language)


def test_all_that_cannot_be_read_is_said_at_once(tmp_path):
    (tmp_path / "register").mkdir()
    for name, column in ("a", "立案日期"), ("b", "结案日期"):
        read(tmp_path / "register" / f"{name}.csv", **{"案号": [f"{n}{name}" for n in NUMBERS], column: ["甲"] * 4})
    with pytest.raises(InputError) as error:
        must_be_readable(read_cases(tmp_path / "register", as_of="2011-12-31"))
    assert len(str(error.value).splitlines()) == 2


def modes(*said):
    rows = {"case_no": [str(i) for i in range(len(said))], "filed_on": "2011-01-04", "closed_on": "2011-05-04"}
    known = {"执行完毕": "completed", "其他": "other"}
    frame = pd.DataFrame(rows).assign(closure_mode=[known.get(s) for s in said], closure_mode_text=list(said))
    return Cases.from_frames(frame, as_of="2011-12-31")


def test_closure_modes_that_nobody_explained_stop_a_report_and_a_few_are_said():
    must_know_modes(modes(*["执行完毕"] * 9, "怪法"))
    assert unknown_modes(modes(*["执行完毕"] * 9, "怪法", "其他")) == (1, 11)
    with pytest.raises(InputError, match="3件（共5件）用词不认识") as error:
        must_know_modes(modes("执行完毕", "其他", "怪法", "怪法", "王某履行"))
    assert "王某" not in str(error.value), "what a cell holds is free text"


def test_a_register_without_a_case_is_an_error(write):
    with pytest.raises(InputError, match="没有一件案件"):
        must_be_readable(read_cases(write([HEADER]), as_of="2011-12-31"))


def test_a_register_that_is_one_line_is_an_error(write):
    with pytest.raises(InputError, match="第1行是表头，行中却有案号"):
        read_cases(write([[*HEADER, "（2011）富执字第1号", "2011-01-02", "2011-03-04"]]), as_of="2011-12-31")


def test_cases_that_two_sheets_list_stop_a_report_and_a_few_numbers_met_twice_are_findings(tmp_path):
    filed = pd.DataFrame({"案号": [f"(2011)富执字第{n}号" for n in range(1, 9)], "立案日期": "2011-01-04"})
    with pd.ExcelWriter(tmp_path / "两遍.xlsx") as book:
        filed.to_excel(book, sheet_name="立案台账", index=False)
        filed.head(6).assign(结案日期="2011-03-04").to_excel(book, sheet_name="结案台账", index=False)
    pd.concat([filed, filed.head(1)]).to_excel(tmp_path / "几处.xlsx", index=False)
    few, twice = (read_cases(tmp_path / f"{name}.xlsx", as_of="2011-12-31") for name in ("几处", "两遍"))
    must_list_cases_once(few)
    with pytest.raises(InputError, match="14行中有6行的案号在别的行已有") as error:
        must_list_cases_once(twice)
    assert "6 of 14 rows repeat the case number of another row" in error.value.text.en


@pytest.mark.parametrize("numbers", [None, [f"{n}" for n in range(1, 9)] * 2], ids=["none", "anew every year"])
def test_rows_without_numbers_and_numbers_that_begin_anew_list_no_case_twice(numbers):
    frame = pd.DataFrame({"filed_on": ["2010-01-04"] * 8 + ["2011-01-04"] * 8})
    must_list_cases_once(
        Cases.from_frames(frame if numbers is None else frame.assign(case_no=numbers), as_of="2011-12-31")
    )


@pytest.mark.full
def test_of_open_cases_alone_no_document_is_made(tmp_path):
    """The report ran to its end and failed about a curve."""
    with pytest.raises(
        InputError, match="没有一件填了结案日期，而最早立案的已过361天：看不出是一件未结，还是只导出了未结案件"
    ):
        must_carry_a_report(read(tmp_path / "台账.csv", 结案日期=[""] * 4, 结案方式=["未结"] * 4))
    must_carry_a_report(read(tmp_path / "一月.csv", 结案日期=[""] * 4, 立案日期=["2011-11-04"] * 4))
    with pytest.raises(InputError, match="另有1行被隔离"):
        must_carry_a_report(read(tmp_path / "三.csv", 结案日期=[""] * 4, 立案日期=["2011-01-04"] * 3 + ["不详"]))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_court_that_closed_nothing_has_its_report_once_it_says_so_as_the_message_says(tmp_path, language):
    """Five open cases: what the message says to write is written, and of what is not known nothing is told."""
    days = ["2011-03-05", "2011-06-06", "2011-08-07", "2011-10-08", "2011-11-08"]
    rows = [f"（2011）青0123执{n}号,{day},,,甲" for n, day in enumerate(days, 1)]
    (tmp_path / "台账.csv").write_text("\n".join(["案号,立案日期,结案日期,结案方式,承办人", *rows]), encoding="utf-8")
    with pytest.raises(InputError) as error:
        must_carry_a_report(read_cases(tmp_path / "台账.csv", as_of="2011-12-31"))
    said = re.search(r'observed_from = "[\d-]+"', getattr(error.value.text, language))[0]
    (tmp_path / "本院.toml").write_text(f'court = "青石县人民法院"\n{said}\n', encoding="utf-8")
    cases = read_cases(tmp_path / "台账.csv", as_of="2011-12-31", court_file=tmp_path / "本院.toml")
    an.build_report(cases, period=2011, out=tmp_path / "out", language=language)
    text = next((tmp_path / "out").rglob("*.html")).read_text(encoding="utf-8")
    assert {"zh": "受理执行案件5件（含旧存0件），结案0件，年末未结5件，结案率0/5", "en": "0/5"}[language] in text
    assert "此前的旧存不在其中" not in text, "the court said that none is left out"
    assert "older pending cases" not in text


@pytest.mark.parametrize(
    ("filed", "closed", "rule", "fix"),
    [
        (
            "2011-03-05（补录）",
            "2011-05-01",
            "quarantined",
            "只写日期，如2011-12-31；别的话（补录、待核等）写在另一栏，改正后该行即可使用",
        ),
        (
            "2011-03-05",
            "2011-05-01（更正）",
            "unreadable_value",
            "只写日期，如2011-12-31；别的话（补录、待核等）写在另一栏",
        ),
        ("1811-03-05", "2011-05-01", "quarantined", "核对年份并改正，改正后该行即可使用"),
        ("2011-03-05", "1811-05-01", "date_before_1990", "核对年份并改正"),
        ("", "2011-05-01", "quarantined", "补填后该行即可使用"),
    ],
)
def test_a_date_with_a_note_in_its_cell_is_told_what_to_do(tmp_path, filed, closed, rule, fix):
    rows = [f"（2011）青0123执1号,{filed},{closed},执行完毕", "（2011）青0123执2号,2011-03-06,2011-06-01,执行完毕"]
    (tmp_path / "a.csv").write_text("\n".join(["案号,立案日期,结案日期,结案方式", *rows]), encoding="utf-8")
    cases = read_cases(tmp_path / "a.csv", as_of="2011-12-31")
    for names in (False, True):
        found = pd.concat([quarantined(cases, names=names), an.check_cases(cases, names=names)])
        assert [in_language(text, "zh") for text in found.loc[found["rule"] == rule, "proposed_fix"]] == [fix]


def test_the_courts_file_is_the_first_way_to_name_a_column(tmp_path):
    """It was --columns alone, which no other command would then have known of."""
    table = read(tmp_path / "台账.csv", 结案日期=["无"] * 4, 立案日期=["2011-11-04"] * 4, 标的额=["很多"] * 4)
    with pytest.raises(InputError) as error:
        must_be_readable(table)
    assert (
        "请改正该列，或在 本院.toml 的 [columns] 中写明列名（或用 columns=，命令行为 --columns）。"
        in error.value.text.zh
    )
    assert (
        "or name the columns in [columns] of 本院.toml (or with columns=, on the command line --columns)."
        in error.value.text.en
    )
