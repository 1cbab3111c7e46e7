"""The start page: from a file to a court's file and a register by clicks and answers alone."""

from pathlib import Path

import pytest
import qingshi

import analysis as an


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.full
def test_a_file_is_looked_at_confirmed_opened_and_explored(folder):
    qingshi.export(folder / "台账.xlsx", qingshi.cases()[["案号", "立案日期", "结案日期", "结案方式"]].head(80))
    form = an.start_form()
    assert form.file.value == "台账.xlsx"
    assert form.buttons["explore"].disabled
    form.buttons["look"].click()
    assert form.questions["as_of"].value
    form.questions["court"].value = "青石县人民法院"
    form.buttons["confirm"].click()
    assert form.cases is not None, form.status.value
    assert 'court = "青石县人民法院"' in Path("本院.toml").read_text(encoding="utf-8")
    assert not form.buttons["explore"].disabled
    form.buttons["explore"].click()
    (explorer,) = form._shown.children
    assert explorer.crossfilter.counts({})
    assert an.start_form().cases.court == "青石县人民法院", "the next time it is open at once"


def test_an_unknown_header_and_word_are_asked_and_the_answers_kept(folder):
    rows = (
        qingshi.cases()[["案号", "立案日期", "结案日期", "结案方式"]].head(60).rename(columns={"结案方式": "了结情形"})
    )
    rows["了结情形"] = rows["了结情形"].astype(object).where(rows.index % 7 != 0, "自己了了")
    qingshi.export(folder / "台账.xlsx", rows)
    form = an.start_form()
    form.buttons["look"].click()
    asked = [name for name in form.questions if "了结情形" in name or name == "lacking:closure_mode"]
    assert asked
    for name in asked:
        form.questions[name].value = "closure_mode" if name.startswith("column") else "了结情形"
    form.buttons["confirm"].click()
    if form.cases is None:
        word = next(name for name in form.questions if name.endswith(":自己了了"))
        form.questions[word].value = "settled"
        form.buttons["confirm"].click()
    assert form.cases is not None, form.status.value
    assert "了结情形" in Path("本院.toml").read_text(encoding="utf-8")


def test_the_lock_of_an_open_workbook_is_not_offered_as_a_register(folder):
    qingshi.export(folder / "台账.xlsx", qingshi.cases().head(20))
    (folder / "~$台账.xlsx").write_bytes(b"\x05clerk")
    assert [name for _, name in an.start_form().file.options] == ["台账.xlsx"]


def test_a_header_of_townships_that_is_not_known_can_be_answered(folder):
    rows = qingshi.cases()[["案号", "立案日期", "结案日期"]].head(60)
    qingshi.export(folder / "台账.xlsx", rows.assign(住所地片区=["东片", "西片"] * 30))
    form = an.start_form()
    form.buttons["look"].click()
    form.questions["lacking:area"].value = "住所地片区"
    form.buttons["confirm"].click()
    if form.cases is None:  # what stands under it is asked once more
        form.buttons["confirm"].click()
    assert "area" not in form.cases.lacking("area"), form.status.value


def test_what_goes_wrong_is_a_sentence_and_the_buttons_work_again(folder):
    form = an.start_form()
    form.buttons["look"].click()
    assert "没有台账文件" in form.status.value
    assert not form.buttons["look"].disabled
    (folder / "坏.xlsx").write_bytes(b"no workbook")
    form = an.start_form()
    form.buttons["look"].click()
    form.buttons["confirm"].click()
    assert "缺少列 “案号”、“立案日期”" in form.status.value, "nothing in it is a case"
    english = an.start_form(language="en")
    assert english.buttons["report"].description == "Yearly report"


def test_a_courts_file_that_is_there_is_not_written_over(folder):
    qingshi.export(folder / "台账.xlsx", qingshi.cases()[["案号", "立案日期", "结案日期"]].head(40))
    form = an.start_form()
    form.buttons["look"].click()
    Path("本院.toml").write_text("# mine", encoding="utf-8")
    form.buttons["confirm"].click()
    assert "已经有了" in form.status.value
    assert Path("本院.toml").read_text(encoding="utf-8") == "# mine"


def test_of_several_courts_one_is_chosen_and_its_documents_can_be_made(folder):
    rows = qingshi.cases().head(120)
    qingshi.export(folder / "台账.xlsx", rows.assign(法院=["青石县人民法院", "白石县人民法院"] * 60))
    form = an.start_form()
    form.buttons["look"].click()
    assert "台账中有几个法院的案件" in "".join(getattr(one, "value", "") or "" for one in form._asked.children)
    court = form.questions["court"]
    assert {value for _, value in court.options} == {"", "青石县人民法院", "白石县人民法院"}
    assert court.value == "", "nobody chose for the person"
    court.value = "白石县人民法院"
    form.buttons["confirm"].click()
    assert form.cases.court == "白石县人民法院", form.status.value
    assert len(form.cases) == 60


def test_a_file_that_is_no_register_is_said_to_be_none_when_it_is_looked_at(folder):
    (folder / "考勤.csv").write_text("姓名,出勤,备注\n甲,21,无\n乙,20,无\n", encoding="utf-8")
    form = an.start_form()
    form.buttons["look"].click()
    assert "没有认出案号、立案日期：这个文件若不是案件台账，请另选一个" in form.status.value
    form = an.start_form(language="en")
    form.buttons["look"].click()
    assert "If this file is no case register, choose another" in form.status.value
