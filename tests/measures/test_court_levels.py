import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.measures.bulletin_tables import bulletin
from analysis.measures.court_levels import court_levels
from analysis.vocabulary.text import in_language

# 甲 2010: 4 filed, 3 closed; first quarter of 2011: 1 brought forward, 5 filed, 4 closed. 乙 2010: 2 filed, 2 closed; 2011: 3 filed, 1 closed.


def register(**about):
    rows = []
    for court, year, filed, closed in (
        ("甲县人民法院", 2010, 4, 3),
        ("甲县人民法院", 2011, 5, 4),
        ("乙县人民法院", 2010, 2, 2),
        ("乙县人民法院", 2011, 3, 1),
    ):
        rows += [
            {"court": court, "filed_on": f"{year}-01-10", "closed_on": f"{year}-03-01" if n < closed else None}
            for n in range(filed)
        ]
    frame = pd.DataFrame(rows).assign(
        case_no=[f"（2011）晴执字第{n}号" for n in range(len(rows))], closure_mode="settled"
    )
    frame["closure_mode"] = frame["closure_mode"].where(frame["closed_on"].notna(), None)
    return Cases.from_frames(frame, as_of="2011-12-31", **about)


def quarter(cases):
    return court_levels(cases, pd.Timestamp("2011-01-01"), pd.Timestamp("2011-03-31"), calendar="calendar-year")


@pytest.mark.full
def test_all_courts_stand_first_and_each_below_with_the_year_before():
    table = quarter(register())
    assert [in_language(name, "zh") for name in table["court"]] == ["辖区合计", "　乙县人民法院", "　甲县人民法院"]
    assert table["opening"].tolist() == [1, 0, 1]
    assert table[["filed", "filed_before", "closed", "closed_before", "pending"]].values.tolist() == [
        [8, 6, 5, 5, 4],
        [3, 2, 1, 2, 2],
        [5, 4, 4, 3, 2],
    ]
    assert table["closure_rate"].tolist() == [
        pytest.approx(100 * 5 / 9),
        pytest.approx(100 / 3),
        pytest.approx(100 * 4 / 6),
    ]
    assert table["closure_rate_before"].tolist() == [pytest.approx(100 * 5 / 6), pytest.approx(100), pytest.approx(75)]


@pytest.mark.full
def test_the_courts_add_up_to_all_together():
    table = quarter(register())
    for name in ("opening", "filed", "closed", "pending", "filed_before", "closed_before"):
        assert table[name].iloc[0] == table[name].iloc[1:].sum(), name


def test_a_single_court_has_no_such_table():
    assert quarter(register().where(court="甲县人民法院")).empty
    assert "court_levels" not in bulletin(register().where(court="甲县人民法院"), period="2011-Q1").tables


@pytest.mark.parametrize(
    ("period", "has"),
    [
        ("2011-Q1", True),
        pytest.param("2011年上半年", True, marks=pytest.mark.full),
        pytest.param("2011", True, marks=pytest.mark.full),
        ("2011-03", False),
        pytest.param("2011-03-02", False, marks=pytest.mark.full),
    ],
)
def test_bulletins_from_a_quarter_on_have_the_courts_of_a_higher_court(period, has):
    assert ("court_levels" in bulletin(register(), period=period).tables) == has


@pytest.mark.full
def test_the_document_of_an_intermediate_court_has_all_of_them(tmp_path):
    from analysis.report.bulletin import build_bulletin

    cases = register(court_said="晴州市中级人民法院", level="intermediate")
    made = build_bulletin(cases, period="2011-Q1", out=tmp_path / "q", formats=["xlsx"], language="zh")
    table = next(
        block for section in made.report.sections if section.id == "bulletin-court_levels" for block in section.blocks
    )
    assert [row[0] for row in table.rows()] == ["辖区合计", "　乙县人民法院", "　甲县人民法院"]
    assert "结案率" in "".join(table.headings())


@pytest.mark.full
def test_teams_of_several_courts_are_not_added_up():
    """Every court has a 执行一组 of its own."""
    cases = register()
    frame = cases.table.to_pandas().assign(team="执行一组")[["case_no", "court", "filed_on", "closed_on", "team"]]
    both = Cases.from_frames(frame, as_of="2011-12-31")
    assert "teams" not in bulletin(both, period="2011-Q1").tables
    assert "teams" not in bulletin(both, period="2011-Q1", names=True).tables
    assert "teams" in bulletin(both.where(court="甲县人民法院"), period="2011-Q1", names=True).tables


def test_the_higher_court_stands_before_those_under_it():
    rows = {"court": ["甲县人民法院", "云州市中级人民法院", "丙县人民法院"], "filed_on": "2011-01-04"}
    cases = Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    table = court_levels(cases, pd.Timestamp("2011-01-01"), pd.Timestamp("2011-03-31"), calendar="calendar-year")
    courts = [cell.split("\n")[0].strip("　") for cell in table["court"]]
    assert courts == ["辖区合计", "云州市中级人民法院", "丙县人民法院", "甲县人民法院"]
