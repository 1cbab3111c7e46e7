"""The path of a new court, as the README has it: start, check, report, and its printed figures, in four commands."""

import json
import re

import docx
import openpyxl
import pandas as pd
import pytest
import qingshi
from click.testing import CliRunner

from analysis.cli import main
from analysis.vocabulary.language import speaking

SCREEN = 24  # lines of a terminal


def with_replaced(file, said, now):
    """Write a file anew with other words in place of some."""
    file.write_text(file.read_text(encoding="utf-8").replace(said, now), encoding="utf-8")


@pytest.fixture
def court(tmp_path, monkeypatch):
    """A folder with the export of 青石县 and nothing else; the commands run in it."""
    qingshi.export(tmp_path / "台账.xlsx")
    monkeypatch.chdir(tmp_path)

    def call(*words):
        with speaking("zh"):
            done = CliRunner().invoke(main, [str(word) for word in words])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    return call


@pytest.mark.full
def test_500_cases_are_checked_within_a_screen(court):
    court("start", "台账.xlsx", "--yes")
    said = court("check")
    assert said.exit_code == 0
    assert len(said.output.splitlines()) <= SCREEN
    assert "结案而未填金额" in said.output


def counted(year):
    """What the rows of the export say of a year, counted apart."""
    rows = qingshi.cases()
    filed, closed = (pd.to_datetime(rows[name].replace("", None)) for name in ("立案日期", "结案日期"))
    first, last = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)
    ended = closed.between(first, last)
    opening = int(((filed < first) & ~(closed < first)).sum())
    done = rows[ended]
    claim, got = done["申请执行标的额"], pd.to_numeric(done["实际到位金额"], errors="coerce")
    return {
        "opening": opening, "filed": int(filed.between(first, last).sum()), "closed": int(ended.sum()),
        "completed": (done["结案方式"] == "执行完毕").mean() * 100, "blank": int(got.isna().sum()),
        "least": got.sum() / claim.sum() * 100, "most": (got.sum() + claim[got.isna()].sum()) / claim.sum() * 100,
        "filled": got.sum() / claim[got.notna()].sum() * 100,
    }  # fmt: skip


@pytest.mark.full
def test_four_commands_lead_from_an_export_to_a_report_of_which_every_number_is_right(court, tmp_path):
    assert court("start", "台账.xlsx", "--yes").exit_code == 0
    assert court("template", "returns", "--vertical", "--period", 2023, "--period", 2024).exit_code == 0
    book, now = openpyxl.load_workbook("公布数字.xlsx"), counted(2024)
    sheet = book.worksheets[0]
    printed = {"旧存": now["opening"], "新收": now["filed"], "结案": now["closed"] + 1}  # one is printed wrong
    for line in range(3, sheet.max_row + 1):
        if sheet.cell(line, 1).value in printed:
            sheet.cell(line, 4).value = str(printed[sheet.cell(line, 1).value])
    book.save("公布数字.xlsx")
    assert court("check").exit_code == 0
    done = court("report", "--returns", "公布数字.xlsx")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "reports" / "2024" / "report-2024.zh.html").read_text(encoding="utf-8")
    said = re.sub(r"<[^>]*>", "", re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", "", page))
    received = now["opening"] + now["filed"]
    for text in (
        f"受理执行案件{received}件（含旧存{now['opening']}件），结案{now['closed']}件，年末未结{received - now['closed']}件",
        f"结案率{100 * now['closed'] / received:.2f}%（{now['closed']}/{received}）",
        f"到位率{now['least']:.1f}–{now['most']:.1f}%{now['blank']}件未填；已填部分{now['filled']:.1f}%",
        "1个公布数字与台账不符",
        "期限都按没有延长、没有扣除计算",
        "无法判断，台账没有“已发放案款”",
    ):
        assert text in said, text
    row = re.sub(r"\s", "", said).partition("执行完毕率（%）")[2]
    assert re.match(rf"\d+\.\d\d{now['completed']:.2f}−?\d+\.\d\d", row), "last year's, this year's, the change"
    assert "本院规定" not in said, "no scheme was chosen"
    assert "不得评定" not in said
    manifest = json.loads((tmp_path / "reports" / "2024" / "manifest.json").read_text(encoding="utf-8"))
    assert {"台账.xlsx", "本院.toml"} <= set(manifest["inputs"]["register"])
    assert manifest["inputs"]["returns"]["files"] == ["公布数字.xlsx"]
    for name in ("台账.xlsx", "本院.toml", "公布数字.xlsx"):
        assert name in said.partition("输入文件及其校验和")[2], name
    assert manifest["parameters"]["blank_means_zero"] == {}


@pytest.mark.full
def test_blanks_that_the_court_calls_0_are_0_and_stand_in_the_report_and_the_manifest(court, tmp_path):
    court("start", "台账.xlsx", "--yes")
    with_replaced(tmp_path / "本院.toml", "# blank_means_zero", "blank_means_zero")
    assert court("report").exit_code == 0
    now = counted(2024)
    page = (tmp_path / "reports" / "2024" / "report-2024.zh.html").read_text(encoding="utf-8")
    assert f"到位率{now['least']:.2f}%" in re.sub(r"<[^>]*>|\s", "", page)
    assert "按本院说明，已结案件中未填的实际到位金额（114件）按0计" in page
    manifest = json.loads((tmp_path / "reports" / "2024" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["blank_means_zero"] == {"amount_recovered": 114}


@pytest.mark.full
def test_the_courts_figures_under_its_short_name_are_compared_and_those_of_another_are_named(court, tmp_path):
    court("start", "台账.xlsx", "--yes")
    with_replaced(tmp_path / "本院.toml", "青石县人民法院", "河北省青石县人民法院")
    now = counted(2024)
    for name, says in (
        ("青石县法院", "公布数字中的“青石县法院”作河北省青石县人民法院读出"),
        ("白石县法院", "没有河北省青石县人民法院的数字（写的是白石县法院），不作对照"),
    ):
        pd.DataFrame({"法院": [name], "期间": ["2024年度"], "新收": [now["filed"]]}).to_csv("公布.csv", index=False)
        done = court("report", "--returns", "公布.csv", "--formats", "html")
        page = (tmp_path / "reports" / "2024" / "report-2024.zh.html").read_text(encoding="utf-8")
        assert says in done.output
        assert ("与公布数字核对" in page) == (name == "青石县法院")
        assert ("的公布数字（所给的是白石县法院的）" in page) == (name == "白石县法院")


@pytest.mark.full
@pytest.mark.parametrize("reopened", [True, False])
def test_a_register_without_one_reopened_case_is_said_to_be_perhaps_without_them_all(court, tmp_path, reopened):
    rows = qingshi.cases()
    if reopened:
        rows.loc[7, "案号"] = rows.loc[7, "案号"].replace("执", "执恢")
    qingshi.export(tmp_path / "台账.xlsx", rows)
    court("start", "台账.xlsx", "--yes")
    court("report", "--formats", "html")
    court("data-review", "--formats", "docx", "--out", "会商")
    page = (tmp_path / "reports" / "2024" / "report-2024.zh.html").read_text(encoding="utf-8")
    review = "".join(p.text for p in docx.Document(next((tmp_path / "会商").glob("*.docx"))).paragraphs)
    for text in (page, review):
        assert ("没有一件恢复执行（执恢）案件：是确实没有，还是没有导出" in text) != reopened
