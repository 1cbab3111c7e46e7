"""Which registers are seen in the queries of a notebook, and in JSON."""

from __future__ import annotations

import json

import nbformat
import pandas as pd
import pytest

import analysis as an
from analysis.register.confidential import confidential_in_file, is_register
from analysis.report.notebook_queries import registers_in_queries

READ = "cases = an.read_cases('台账.csv')"


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        (["duckdb.sql(\"select * from '台账.csv'\")"], "台账.csv"),
        (["con.execute('''select * from \"台账.csv\" ''')"], "台账.csv"),
        (["duckdb.sql(\"select * from read_csv('各年/*.csv')\")"], "2011.csv"),
        (["%%sql\nselect * from '台账.csv'"], "台账.csv"),
        (["%sql select * from '台账.csv'"], "台账.csv"),
        (["file = '台账.csv'", "asked = f\"select * from '{file}'\"\nduckdb.sql(asked)"], "台账.csv"),
        (["file = '台账.csv'", 'duckdb.sql("from \'" + file + "\'")'], "台账.csv"),
        (["file: str = '台账.csv'", "con.execute('from read_csv(?)', [file])"], "台账.csv"),
        ([READ], None),
        (["%%time\n" + READ], None),
        (["%time " + READ], None),
        (["register = '台账.csv'", "an.read_cases(register)", "duckdb.sql('select \"案号\" from flow')"], None),
        ([READ, "other = '数值.csv'\nduckdb.sql(f\"from '{other}'\")"], None),
        ([READ, "duckdb.sql(\"from '数值.csv'\")\nduckdb.sql(\"from '没有.csv'\")"], None),
    ],
)
def test_a_register_that_a_query_names_is_seen_and_one_that_the_package_reads_is_not(tmp_path, cells, named):
    (tmp_path / "各年").mkdir()
    for name in ("台账.csv", "各年/2011.csv"):
        (tmp_path / name).write_text("案号,承办人,立案日期\n1,闻人雪,2011-01-04\n", encoding="utf-8")
    (tmp_path / "数值.csv").write_text("期间,指标,数值\n2011,a,3\n", encoding="utf-8")
    found = registers_in_queries([nbformat.v4.new_code_cell(cell) for cell in cells], tmp_path)
    assert [file.name for file in found] == ([named] if named else [])


@pytest.mark.parametrize("orient", ["records", "columns", "index", "split", "table", "lines", "inside"])
def test_a_register_in_json_is_one_and_what_it_holds_of_people_stays(tmp_path, orient):
    frame = pd.DataFrame({"案号": ["1", "2"], "承办人": ["闻人雪", "欧阳朔"], "立案日期": ["2011-01-04"] * 2})
    path = tmp_path / "a.json"
    if orient == "inside":
        path.write_text(json.dumps({"court": "x", "data": {"cases": frame.to_dict("records")}}), encoding="utf-8")
    else:
        asked = {"orient": "records", "lines": True} if orient == "lines" else {"orient": orient}
        frame.to_json(path, **asked)
    assert is_register(path)
    assert {"闻人雪", "欧阳朔"} <= set(confidential_in_file(path, frozenset()).values)


@pytest.mark.parametrize(
    "held", ['{"type": "FeatureCollection", "features": [{"type": "Feature"}]}', "[1, 2]", "no JSON", ""]
)
def test_other_json_is_none(tmp_path, held):
    (tmp_path / "a.json").write_text(held, encoding="utf-8")
    assert not is_register(tmp_path / "a.json")


def test_a_saved_table_in_json_is_none(tmp_path):
    cases = an.Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"] * 3}), as_of="2011-12-31")
    an.caseflow(cases, freq="Y").to_json(tmp_path / "a.json", date_format="iso")
    assert not is_register(tmp_path / "a.json")
