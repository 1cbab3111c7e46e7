"""A register on several sheets: put below one another and said, or refused where the same case stands twice."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest
import qingshi
from click.testing import CliRunner

import analysis as an
from analysis.cli import main
from analysis.report.manifest import register_given
from analysis.report.sections.quality import _by_sheet


def rows() -> pd.DataFrame:
    whole = qingshi.cases()
    return whole.assign(立案日期=pd.to_datetime(whole["立案日期"]))


def halves(path, *, late: str = "2023-07-01", header: bool = True, moved: str | None = None) -> None:
    """Two half-years of one export, the second with all filings from ``late`` on, those before it ``moved`` to an officer."""
    whole = rows()
    early = whole["立案日期"] < "2023-07-01"
    second = whole.assign(承办人=whole["承办人"].mask(early, moved)) if moved else whole
    parts = {"上半": whole[early], "下半": second[whole["立案日期"] >= late]}
    with pd.ExcelWriter(path) as book:
        for name, part in parts.items():
            part.to_excel(book, sheet_name=name, index=False, header=header or name == "上半")


@pytest.mark.full
def test_halves_on_two_sheets_are_one_register_and_said_in_check_report_and_manifest(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    halves(tmp_path / "台账.xlsx")
    first = int((rows()["立案日期"] < "2023-07-01").sum())
    said = f"案件取自2张表：台账.xlsx / 上半 {first}件、台账.xlsx / 下半 {qingshi.CASES - first}件"
    cases = an.read_cases("台账.xlsx", as_of=qingshi.LAST_DAY)
    assert cases.joined.zh == said
    whole = an.read_cases(qingshi.export(tmp_path / "整.xlsx"), as_of=qingshi.LAST_DAY)
    assert whole.joined.zh == ""
    pd.testing.assert_frame_equal(an.caseflow(cases, freq="M"), an.caseflow(whole, freq="M"))
    assert CliRunner().invoke(main, ["start", "台账.xlsx", "--yes"]).exit_code == 0
    assert said in CliRunner().invoke(main, ["check"]).output.replace("\n", "")
    made = an.build_report(cases, period=2024, out=tmp_path / "out", formats=["html"], language="zh")
    page = re.sub(r"<[^>]*>", "", (tmp_path / "out" / made.files[0].name).read_text(encoding="utf-8"))
    assert said in page
    inputs = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    assert inputs["sheets"] == {"台账.xlsx / 上半": first, "台账.xlsx / 下半": qingshi.CASES - first}


@pytest.mark.full
def test_of_sheets_that_could_be_an_officers_it_is_not_told_how_many_cases_each_has(tmp_path):
    """A sheet for each officer: its cases are all that the officer had."""
    whole = rows()
    with pd.ExcelWriter(tmp_path / "台账.xlsx") as book:
        for name, part in {"王伟": whole[:2], "李强": whole[2:]}.items():
            part.to_excel(book, sheet_name=name, index=False)
    cases = an.read_cases(tmp_path / "台账.xlsx", as_of=qingshi.LAST_DAY)
    assert cases.joined.zh == "案件取自2张表：台账.xlsx / #1、台账.xlsx / #2"
    assert "sheets" not in register_given(cases)
    read = _by_sheet(cases)
    assert read[["sheet", "kept"]].to_numpy().tolist() == [["#", len(whole)]]


@pytest.mark.full
def test_one_file_a_year_is_one_register_and_a_column_of_one_file_alone_is_said(tmp_path):
    whole = rows()
    year = whole["立案日期"].dt.year
    whole[year < 2024].drop(columns="承办人").to_csv(tmp_path / "2023.csv", index=False)
    whole[year == 2024].to_csv(tmp_path / "2024.csv", index=False)
    cases = an.read_cases([tmp_path / "2023.csv", tmp_path / "2024.csv"], as_of=qingshi.LAST_DAY)
    numbers = [int((year < 2024).sum()), int((year == 2024).sum())]
    assert cases.joined.zh == f"案件取自2张表：2023.csv {numbers[0]}件、2024.csv {numbers[1]}件；不是每张都有“承办人”"
    assert cases.joined.en.endswith('; not all of them hold "officer"')


@pytest.mark.full
@pytest.mark.parametrize(
    ("language", "said"), [("zh", "有7件案件不止一张表中有"), ("en", "7 cases stand in more than one")]
)
def test_a_case_on_two_sheets_stops_every_document(tmp_path, language, said):
    """As cases carried over stand in the sheets of both years: a few of 500, which no share of repeated rows would stop."""
    whole = rows()
    late = whole["立案日期"].where(whole["立案日期"] < "2023-07-01").nlargest(7).min()
    twice = int(((whole["立案日期"] >= late) & (whole["立案日期"] < "2023-07-01")).sum())
    assert twice == 7
    halves(tmp_path / "台账.xlsx", late=str(late.date()), moved="郑重")
    cases = an.read_cases(tmp_path / "台账.xlsx", as_of=qingshi.LAST_DAY)
    for make in (
        lambda: an.build_report(cases, period=2024, out=tmp_path / "out"),
        lambda: an.build_bulletin(cases, period="2024-05", out=tmp_path / "out"),
        lambda: an.build_data_review(cases, to="2024-05", out=tmp_path / "out"),
    ):
        with pytest.raises(an.InputError) as error:
            make()
        assert said in getattr(error.value.text, language)
    assert (an.check_cases(cases)["rule"] == "duplicate_case_number").sum() == twice, "check lists them"


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "请把表头抄到这张表的第一行"), ("en", "Copy the header into its first row")]
)
def test_a_second_page_without_a_header_is_not_left_out_in_silence(tmp_path, language, said):
    halves(tmp_path / "台账.xlsx", header=False)
    for read in (
        lambda: an.read_cases(tmp_path / "台账.xlsx", as_of=qingshi.LAST_DAY),
        lambda: an.propose_court_file(tmp_path / "台账.xlsx"),
    ):
        with pytest.raises(an.InputError) as error:
            read()
        assert "台账.xlsx / 下半" in getattr(error.value.text, language)
        assert said in getattr(error.value.text, language)


def test_a_sheet_of_cases_under_unknown_headers_is_not_left_out_beside_another(tmp_path):
    whole = rows()
    strange = whole.rename(columns={name: f"甲{n}" for n, name in enumerate(whole)})
    with pd.ExcelWriter(tmp_path / "台账.xlsx") as book:
        whole[:200].to_excel(book, sheet_name="上", index=False)
        strange[200:].to_excel(book, sheet_name="下", index=False)
        pd.DataFrame({"说明": ["本表由系统导出", np.nan]}).to_excel(book, sheet_name="说明", index=False)
    with pytest.raises(an.InputError, match=r"台账\.xlsx / 下.*缺少列"):
        an.read_cases(tmp_path / "台账.xlsx", as_of=qingshi.LAST_DAY)


@pytest.mark.full
def test_a_sheet_a_month_of_three_years_names_the_first_twelve(tmp_path):
    months = rows()["立案日期"].dt.to_period("M").astype(str)
    with pd.ExcelWriter(tmp_path / "台账.xlsx") as book:
        for month, part in rows().groupby(months):
            part.to_excel(book, sheet_name=month, index=False)
    said = an.read_cases(tmp_path / "台账.xlsx", as_of=qingshi.LAST_DAY).joined
    assert said.zh.startswith(f"案件取自{months.nunique()}张表：台账.xlsx / 2022-01 ")
    assert said.zh.count("件") == 1 + 12
    assert said.zh.endswith("件等")
