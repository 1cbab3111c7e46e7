"""Where a case stands: a sheet or file an officer tells whose it is, and so do the rows of subtotals between an officer's cases and the next."""

from __future__ import annotations

import re

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

import analysis as an
from analysis.cases.sources import places_tell
from analysis.checks.by_rule import count_findings
from analysis.checks.workbook import quarantined, skipped_rows
from analysis.cli import main
from analysis.report.yearly import _corrections, _exclusions

OFFICERS = {"王伟": 5, "李强": 3, "佟丽娅": 4}


def cases_of(officer: str, start: int, number: int, *, team: str = "执行一组") -> pd.DataFrame:
    """Cases of which each is a finding (closed before filed), the first in quarantine, the second's number twice; a subtotal below."""
    serials = [*range(start, start + number), start + 1]
    rows = pd.DataFrame(
        {
            "案号": [f"（2011）富执字第{n}号" for n in serials],
            "立案日期": ["不详", *["2011-03-04"] * (len(serials) - 2), "2011-03-05"],
            "结案日期": "2011-03-01",
            "承办人": officer,
            "小组": team,
        }
    )
    return pd.concat([rows, pd.DataFrame({"案号": ["小计"], "立案日期": [f"{len(rows)}件"]})], ignore_index=True)


def register(path, names: dict[str, str], **about: str) -> an.Cases:
    """A sheet an officer, called as ``names`` say."""
    with pd.ExcelWriter(path) as book:
        for at, (officer, sheet) in enumerate(names.items()):
            cases_of(officer, 10 * at + 1, OFFICERS[officer], **about).to_excel(book, sheet_name=sheet, index=False)
    return an.read_cases(path, as_of="2011-12-31")


@pytest.fixture(params=["theirs", "plain"])
def of_officers(request, tmp_path) -> an.Cases:
    """Sheets that bear their officers' names, and such that bear none: what stands together is one officer's all the same."""
    plain = request.param == "plain"
    return register(tmp_path / "台账.xlsx", {n: f"Sheet{at}" if plain else n for at, n in enumerate(OFFICERS, start=1)})


@pytest.mark.full
def test_of_a_sheet_an_officer_no_finding_outside_says_where_a_case_stands(of_officers):
    cases = of_officers
    assert places_tell(cases) == ["sheet"]
    assert places_tell(cases.where(filed_on="2011-03")) == ["sheet"], "of a part of it, too"
    found = an.check_cases(cases)
    placed = found[found["case_no"].notna()]
    assert (set(placed["file"]), set(placed["sheet"])) == ({"台账.xlsx"}, {"#"})
    assert found["row"].isna().all()
    assert not re.search(r"第\d+行|row \d|Sheet\d|#\d", found.to_csv())
    numbers = found.loc[found["rule"] == "closed_before_filed", "case_no"].tolist()
    assert numbers == sorted(numbers), "nor does their order"
    aside, skipped = quarantined(cases), skipped_rows(cases)
    assert aside["row"].isna().all()
    assert skipped["row"].isna().all()
    assert {*aside["sheet"], *skipped["sheet"]} == {"#"}
    by_rule, _ = count_findings(cases)
    assert not re.search(r"第\d+行|row \d|Sheet\d|#\d", by_rule.to_csv())
    assert not re.search(r"Sheet\d|#\d|<td[^>]*>\d+</td>", cases._repr_html_())
    inside = an.check_cases(cases, names=True)
    assert inside.loc[inside["case_no"].notna(), "row"].notna().all()
    assert inside["sheet"].nunique() == len(OFFICERS)


@pytest.mark.full
def test_what_check_prints_and_writes_of_a_sheet_an_officer_says_no_place(of_officers, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = ["check", "台账.xlsx", "--as-of", "2011-12-31"]
    for more in ([], ["--details"], ["--details", "--format", "csv"]):
        said = CliRunner().invoke(main, [*asked, *more]).output
        assert "富执字第" in said
        assert not re.search(r"第\d+行|第\d+、|row \d|Sheet\d \d|#\d \d", said)
    CliRunner().invoke(main, [*asked, "--findings", "问题.xlsx"])
    book = openpyxl.load_workbook("问题.xlsx")
    for table in [list(sheet.values) for sheet in book]:
        ids = next((row for row in table if "file" in row), ())
        assert "kept" not in ids
        if "row" in ids:
            below = table[table.index(ids) + 1 :]
            assert {row[ids.index("row")] for row in below} == {None}
            assert {row[ids.index("sheet")] for row in below} <= {"#", None}


def test_cases_outside_do_not_stand_in_the_order_of_their_sheets():
    rows = [("王伟", "2011-03-04"), ("王伟", "2011-07-01"), ("李强", "2011-02-01"), ("李强", "2011-05-01")]
    frame = pd.DataFrame(rows, columns=["officer", "filed_on"])
    cases = an.Cases.from_frames(frame, as_of="2011-12-31")
    assert cases.to_pandas()["filed_on"].is_monotonic_increasing
    assert cases.head(2)["filed_on"].dt.month.tolist() == [2, 3]
    assert cases.head(2, names=True)["officer"].tolist() == ["王伟", "王伟"]


@pytest.mark.full
def test_findings_kept_with_names_are_written_without_places(of_officers, tmp_path):
    inside = an.check_cases(of_officers, names=True)
    kept = inside[inside["rule"] == "duplicate_case_number"]
    target = an.export_findings(of_officers, tmp_path / "b.xlsx", findings=kept)
    sheet = next(sheet for sheet in openpyxl.load_workbook(target) if "重复" in sheet.title)
    assert sum("富执字第" in str(row) for row in sheet.values) == len(kept) == len(OFFICERS)
    assert not re.search(r"#\d|Sheet\d", str(list(sheet.values)))


@pytest.mark.full
def test_the_manifest_says_of_a_file_an_officer_neither_rows_nor_places(tmp_path):
    for at, (officer, number) in enumerate(OFFICERS.items()):
        cases_of(officer, 10 * at + 1, number).to_csv(tmp_path / f"{officer}.csv", index=False)
    corrected = {"table": "cases", "file": "#12345678.csv", "sheet": "", "row": 3, "field": "closed_on", "case_no": ""}
    pd.DataFrame([corrected | {"corrected": "2011-05-05"}]).to_excel(tmp_path / "更正.xlsx", index=False)
    cases = an.read_cases(sorted(tmp_path.glob("*.csv")), as_of="2011-12-31", corrections=tmp_path / "更正.xlsx")
    assert places_tell(cases) == ["file"]
    assert {entry["file"] for entry in _exclusions(cases)} == {"#"}
    assert len(_exclusions(cases)) == len({entry["reason"] for entry in _exclusions(cases)})
    assert [(entry["file"], entry["row"]) for entry in _corrections(cases)] == [("#", None)]


@pytest.mark.full
def test_sheets_of_one_team_each_tell_and_sheets_of_a_year_do_not(tmp_path):
    names = {"王伟": "上半年", "李强": "下半年"}
    assert places_tell(register(tmp_path / "a.xlsx", names)) == ["sheet"], "one officer each, whatever they are called"
    rows = pd.concat([cases_of("王伟", 1, 3)[:-1], cases_of("李强", 11, 3)[:-1]])
    with pd.ExcelWriter(tmp_path / "b.xlsx") as book:
        for year in (2010, 2011):
            own = rows.assign(案号=rows["案号"].str.replace("2011", str(year)))
            own.to_excel(book, sheet_name=f"{year}年", index=False)
    cases = an.read_cases(tmp_path / "b.xlsx", as_of="2011-12-31")
    assert places_tell(cases) == []
    assert "富执字第1号" in count_findings(cases)[0].to_csv()
    assert "2010年 第3行" in count_findings(cases)[0].to_csv()
    rows.to_excel(tmp_path / "王伟导出.xlsx", index=False, sheet_name="王伟")
    assert places_tell(an.read_cases(tmp_path / "王伟导出.xlsx", as_of="2011-12-31")) == [], "all stand in it"


@pytest.mark.full
def test_rows_of_subtotals_are_not_told_outside(tmp_path):
    parts = [cases_of(officer, 10 * at + 1, n) for at, (officer, n) in enumerate(OFFICERS.items())]
    rows = pd.concat(parts, ignore_index=True)
    rows.loc[rows["案号"] == "小计", "立案日期"] = "77件"
    rows.to_csv(tmp_path / "台账.csv", index=False)
    cases = an.read_cases(tmp_path / "台账.csv", as_of="2011-12-31")
    total_rows = (rows.index[rows["案号"] == "小计"] + 2).tolist()
    found, skipped = an.check_cases(cases), skipped_rows(cases)
    assert skipped["row"].dropna().tolist() == [1, total_rows[-1]], (
        "below the last case it tells how many rows there are"
    )
    assert found.loc[found["rule"] == "total_differs", "row"].dropna().isin(total_rows[-1:]).all()
    assert found.loc[found["rule"] == "closed_before_filed", "row"].notna().all()
    assert skipped_rows(cases, names=True)["row"].tolist() == [1, *total_rows]
    said = CliRunner().invoke(main, ["check", str(tmp_path / "台账.csv"), "--as-of", "2011-12-31"]).output
    assert not any(f"第{row}" in said or f"、{row}" in said for row in total_rows[:-1])
    inside = an.check_cases(cases, names=True)
    assert len(an.export_findings(cases, tmp_path / "b.xlsx", findings=inside[inside["rule"] == "total_differs"]).name)
