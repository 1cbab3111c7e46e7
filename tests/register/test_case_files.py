"""Which files hold cases one by one, packed, in JSON or Arrow or without a header, and which cannot be looked into."""

from __future__ import annotations

import json
import sqlite3
import zipfile

import pandas as pd
import pytest

import analysis as an
from analysis.register.case_files import cannot_be_looked_into, is_register
from analysis.register.confidential import confidential_in_file

FRAME = pd.DataFrame(
    {
        "案号": ["（2011）富执字第1号", "（2011）富执字第2号"],
        "承办人": ["闻人雪", "欧阳朔"],
        "立案日期": ["2011-01-04"] * 2,
    }
)


def of_people(path):
    return set(confidential_in_file(path, frozenset()).values)


@pytest.mark.parametrize("orient", ["records", "columns", "index", "split", "table", "lines", "inside", "values"])
def test_a_register_in_json_is_one_and_what_it_holds_of_people_stays(tmp_path, orient):
    path = tmp_path / "a.json"
    if orient == "inside":
        path.write_text(json.dumps({"court": "x", "data": {"cases": FRAME.to_dict("records")}}), encoding="utf-8")
    else:
        asked = {"orient": "records", "lines": True} if orient == "lines" else {"orient": orient}
        FRAME.to_json(path, **asked)
    assert is_register(path)
    assert {"闻人雪", "欧阳朔"} <= of_people(path)


@pytest.mark.parametrize(
    "name", ["a.csv.gz", "a.bin", "a.zip", "a.csv.bz2", "a.csv.xz", "a.feather", "two.zip", "bare.csv"]
)
def test_a_packed_register_or_one_without_a_header_is_one(tmp_path, name):
    path = tmp_path / name
    if name == "a.feather":
        FRAME.to_feather(path)
    elif name == "two.zip":
        FRAME.to_excel(tmp_path / "a.xlsx", index=False)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("说明.txt", "x")
            archive.write(tmp_path / "a.xlsx", "各年/2011.xlsx")
    elif name == "a.bin":
        FRAME.to_csv(path, index=False, compression="gzip")
    else:
        FRAME.to_csv(path, index=False, header=name != "bare.csv")
    assert is_register(path)
    assert {"闻人雪", "欧阳朔"} <= of_people(path)
    assert not cannot_be_looked_into(path)


def test_what_is_not_read_here_may_hold_cases_and_pictures_texts_and_tables_do_not(tmp_path):
    FRAME.to_pickle(tmp_path / "a.pkl")
    with sqlite3.connect(tmp_path / "a.db") as database:
        FRAME.to_sql("a", database)
    (tmp_path / "cut.csv.gz").write_bytes(b"\x1f\x8b\x08\0\0\0\0\0")
    for name in ("a.pkl", "a.db", "cut.csv.gz"):
        assert cannot_be_looked_into(tmp_path / name)
    pd.DataFrame({"year": [2010, 2011], "closed": [3, 4]}).to_csv(tmp_path / "a.csv", index=False)
    pd.DataFrame({"year": [2010, 2011], "closed": [3, 4]}).to_feather(tmp_path / "b.feather")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (tmp_path / "a.txt").write_text("（2011）富执字第1号的说明", encoding="utf-8")
    for name in ("a.csv", "b.feather", "a.png", "a.txt"):
        assert not cannot_be_looked_into(tmp_path / name)
        assert not is_register(tmp_path / name)


@pytest.mark.parametrize(
    "held",
    ['{"type": "FeatureCollection", "features": [{"type": "Feature"}]}', "[1, 2]", "[[1, 2], [3, 4]]", "no JSON", ""],
)
def test_other_json_is_none(tmp_path, held):
    (tmp_path / "a.json").write_text(held, encoding="utf-8")
    assert not is_register(tmp_path / "a.json")


def test_a_saved_table_in_json_is_none(tmp_path):
    cases = an.Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"] * 3}), as_of="2011-12-31")
    an.caseflow(cases, freq="Y").to_json(tmp_path / "a.json", date_format="iso")
    assert not is_register(tmp_path / "a.json")
