"""What is saved from the explorer says that it is the court's own, and what of it was left out."""

import openpyxl
import pandas as pd
import pytest

import analysis as an
from analysis.lab.explore import explore

pytestmark = pytest.mark.full


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def exploring(officers):
    """Two teams, of which ``officers`` work in the first."""
    filed = pd.date_range("2021-01-04", "2022-05-20", freq="2D")
    teams = ["一组" if n % 2 else "二组" for n in range(len(filed))]
    people = [f"某{n // 2 % (officers if n % 2 else 4)}{team}" for n, team in enumerate(teams)]
    rows = {
        "filed_on": filed,
        "closed_on": [*[None] * 8, *filed[8:-40] + pd.Timedelta(days=60), *[None] * 40],
        "team": teams,
        "officer": people,
    }
    rows["basis"] = ["civil", "arbitration", "civil"] * (len(filed) // 3) + ["civil"] * (len(filed) % 3)
    return explore(an.Cases.from_frames(pd.DataFrame(rows), as_of="2022-05-20"), language="zh")


def said(shown, **content):
    answers = []
    shown.send = answers.append
    shown._asked(None, content, None)
    return answers[-1]["said"]


@pytest.mark.full
def test_a_workbook_of_teams_says_that_it_is_shorter_than_what_was_seen():
    shown = exploring(4)
    shown.choose(view="flow", freq="Q", by="team", period=("2021-01", "2022-05"))
    path = said(shown, do="save_tables").removeprefix("已存：")
    rows = [row[0] for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]
    assert "2022年第2季度" not in rows, "a quarter that is not over"
    assert "2022年第2季度" in shown.shown["tables"][0]["rows"][-1]
    assert any("对外不能列出的小组和时期未列入" in str(row) for row in rows)


@pytest.mark.full
def test_nothing_is_saved_where_nothing_of_what_was_seen_may_be_shown():
    shown = exploring(1)
    shown.choose(view="indicators", by="team", period=("2022-04", "2022-05"))
    assert len(shown.tables["beside"]) > 0
    for asked in ({"do": "save_tables"}, {"do": "save_picture", "format": "png"}):
        assert said(shown, **asked).startswith("所看的小组对外都不能列出")


@pytest.mark.parametrize("choice", [{"filters": {"team": ["一组"]}}, {"filters": {"basis": ["civil"]}, "by": "team"}])
def test_why_a_part_by_people_is_not_saved_is_told_by_the_name_of_its_column(choice):
    shown = exploring(4)
    shown.choose(view="flow", freq="Q", period=("2021-01", "2022-05"), **choice)
    for asked in (
        {"do": "save_tables"},
        {"do": "save_picture", "format": "png"},
        {"do": "save_list", "place": {"table": 0, "row": 0}, "kind": "filed"},
    ):
        assert said(shown, **asked).startswith("所选涉及“执行小组”")


@pytest.mark.full
def test_kinds_of_findings_beside_a_pseudonym_have_their_heading():
    shown = exploring(4)
    officer = shown.crossfilter.dimensions["officer"].values[0]
    shown.choose(view="quality", filters={"officer": [officer]}, period=("2021-01", "2022-05"))
    first = shown.shown["tables"][0]
    assert [first["caption"], *first["columns"]] == ["要核对之处", "程度", "规则", "件数"]
    assert sum(shown.tables[first["part"]]["cases"]) > 0
