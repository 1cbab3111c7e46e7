import pandas as pd
import pytest

import analysis as an
from analysis.report.one_court import of_court_said, whose_work

OWN, OTHER = "甲县人民法院", "乙县人民法院"
HEADERS = ["案号", "立案日期", "法院"]


def rows(*courts, code="苏0102"):
    return [[f"（2023）{code}执{i}号", "2023-01-10", court] for i, court in enumerate(courts, 1)]


def written(path, courts, *, headers=HEADERS):
    frame = pd.DataFrame(rows(*courts), columns=HEADERS)[headers]
    write = {".csv": frame.to_csv, ".xlsx": frame.to_excel, ".parquet": frame.to_parquet}[path.suffix]
    write(path, index=False)


def opened(source, tmp_path, *, ingested):
    """What a register reads as, straight from its files or by way of an ingest."""
    if ingested:
        an.ingest(source, tmp_path / "out", court=OWN)
        return an.read_cases(tmp_path / "out", as_of="2023-12-31")
    return an.read_cases(source, as_of="2023-12-31", court=OWN)


def counted(cases):
    return cases.table.court.to_pandas().fillna("").value_counts().to_dict()


@pytest.mark.parametrize("ingested", [False, True])
@pytest.mark.parametrize(
    "name", ["台账.csv", *(pytest.param(name, marks=pytest.mark.full) for name in ("台账.xlsx", "台账.parquet"))]
)
@pytest.mark.parametrize(
    ("courts", "expected"),
    [
        (["", OWN, "", OTHER, ""], {"": 3, OWN: 1, OTHER: 1}),
        (["", OTHER, OTHER], {"": 1, OTHER: 2}),
        (["", OWN, OWN], {OWN: 3}),
        (["", "", ""], {OWN: 3}),
    ],
)
def test_a_blank_court_is_the_one_said_only_where_no_row_names_another(tmp_path, name, courts, expected, ingested):
    written(tmp_path / name, courts)
    assert counted(opened(tmp_path / name, tmp_path, ingested=ingested)) == expected


@pytest.mark.parametrize("ingested", [False, True])
def test_the_last_block_and_a_ragged_row_decide_as_well(tmp_path, monkeypatch, ingested):
    monkeypatch.setattr("analysis.files.csv.PIECE", 200)
    lines = [",".join(row) for row in (HEADERS, *rows(*[""] * 40), ["（2023）苏0102执99号", "2023年1月5日", OTHER])]
    (tmp_path / "台账.csv").write_text("\n".join(lines), encoding="utf-8")
    assert counted(opened(tmp_path / "台账.csv", tmp_path, ingested=ingested)) == {"": 40, OTHER: 1}


@pytest.mark.parametrize("ingested", [False, True])
def test_a_file_without_a_column_of_courts_beside_one_of_another_court_is_the_one_said(tmp_path, ingested):
    folder = tmp_path / "in"
    folder.mkdir()
    written(folder / "本院.csv", ["", ""], headers=HEADERS[:2])
    written(folder / "全市.csv", ["", OTHER])
    assert counted(opened(folder, tmp_path, ingested=ingested)) == {OWN: 2, "": 1, OTHER: 1}


def test_a_case_number_that_tells_another_court_names_one(tmp_path):
    lines = ["案号,立案日期", "（2023）黑0882执1号,2023-01-04", "（2023）执2号,2023-01-05"]
    (tmp_path / "台账.csv").write_text("\n".join(lines), encoding="utf-8")
    assert counted(an.read_cases(tmp_path / "台账.csv", as_of="2023-12-31", court=OWN)) == {"富锦市人民法院": 1, "": 1}


def test_cases_of_no_court_are_said_and_are_not_the_courts(tmp_path):
    written(tmp_path / "a.csv", ["", "", OWN, OTHER])
    cases = of_court_said(an.read_cases(tmp_path / "a.csv", as_of="2023-12-31", court=OWN))
    assert len(cases) == 1
    assert "还有2件没有写明法院，是否本院的不知，未计入" in whose_work(cases).zh
    written(tmp_path / "b.csv", ["", OTHER])
    said = whose_work(an.read_cases(tmp_path / "b.csv", as_of="2023-12-31", court=OWN)).zh
    assert said == f"所指明的法院是{OWN}，台账各行写的却是{OTHER}，另有1件没有写明法院。"
