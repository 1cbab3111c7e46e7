"""What a closure mode is stands in one place: a mode that is added there counts rightly behind every door."""

import json
import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest

from analysis.vocabulary.columns import closure_attributes, closure_modes, codes

# One line more in codes.toml: 以物抵债, by which the debtor has performed.
NEW = 'in_kind = { zh = "以物抵债", en = "taken in kind", aliases = ["以物抵债结案"], performed = true }'
DOORS = """
import json, sys, warnings
warnings.simplefilter("ignore")
from analysis.vocabulary import columns
read = columns._read
def with_new(name):
    import tomllib
    held = read(name)
    if name == "codes.toml" and sys.argv[1]:
        held["closure_mode"] |= tomllib.loads(sys.argv[1])
    return held
columns._read = with_new
import pandas as pd
import analysis as an
from analysis.vocabulary.labels import group_text, heading, read as said
from analysis.vocabulary.tables import in_words
from analysis.vocabulary.indicator_sets.rates import rates

rows = ["案号,立案日期,结案日期,结案方式,申请执行标的额,实际到位金额"]
for n in range(1, 41):
    month = 1 + (n - 1) % 12
    mode = ("以物抵债", "终结本次执行程序", "和解", "执行完毕")[n % 4]
    paid = "0" if n == 4 else "100"
    rows.append(f"（2010）黑0882执{n}号,2010-{month:02d}-05,2011-{month:02d}-20,{mode},100,{paid}")
with open(sys.argv[2] + "/cases.csv", "w", encoding="utf-8") as file:
    file.write(chr(10).join(rows))
cases = an.read_cases(sys.argv[2] + "/cases.csv", as_of="2011-12-31")
year = an.indicators(cases, periods=[2011], definitions="spc-2024").set_index("definition")["numerator"]
old = an.indicators(cases, periods=[2011], definitions="spc-2008").set_index("definition")["numerator"]
findings = an.check_cases(cases)
flow = an.caseflow(cases, freq="M")
effect = an.campaign_effect(flow, period=("2011-05", "2011-08"), cases=cases)
modes = effect.closure_modes
modes = modes[modes["closure_mode"] != "all"].groupby("group")["closure_mode"].unique()
print(json.dumps({
    "unknown words": int((findings["rule"] == "unknown_word").sum()),
    "nothing recovered": sorted(findings.loc[findings["rule"] == "completed_without_recovery", "case_no"]),
    "completed": year["spc-2024/completed_rate"],
    "actually enforced": old["spc-2008/actual_enforcement_rate"],
    "cleared": sorted(modes.get("cleared", [])),
    "other": sorted(modes.get("other", [])),
    "notebook": sorted(set(in_words(an.caseflow(cases, freq="Y", by="closure_mode"))[str(heading("closure_mode"))])),
    "chart": str(group_text("closure_mode", "in_kind")),
    "where": len(cases.where(closure_mode="以物抵债")) if sys.argv[1] else 0,
    "meaning": list(dict(rates()["actual_enforcement_rate"].formulas[0].numerator[0].keep)["closure_mode"]),
}))
"""


def behind_the_doors(new, folder):
    ran = subprocess.run([sys.executable, "-c", DOORS, new, str(folder)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.full
def test_a_new_closure_mode_is_one_line_and_counts_rightly_behind_every_door(tmp_path):
    seen = behind_the_doors(NEW, tmp_path)
    assert seen["unknown words"] == 0
    assert seen["nothing recovered"] == ["（2010）黑0882执4号"], "performed, yet nothing recovered"
    assert seen["completed"] == 20, "ten of each mode: taken in kind and completed"
    assert seen["actually enforced"] == 30, "and settled"
    assert seen["cleared"] == ["completed", "in_kind", "settled"]
    assert seen["other"] == []
    assert "以物抵债" in seen["notebook"]
    assert seen["chart"] == "以物抵债"
    assert seen["where"] == 10
    assert "in_kind" in seen["meaning"]


@pytest.mark.full
def test_a_word_that_is_no_mode_is_said_and_counts_as_none(tmp_path):
    seen = behind_the_doors("", tmp_path)
    assert seen["unknown words"] == 10
    assert (seen["completed"], seen["actually enforced"]) == (10, 20)


def test_settlement_is_resolved_and_no_performance():
    assert set(closure_modes("settled")) == {"settled"}
    assert not set(closure_modes("performed")) & set(closure_modes("settled"))
    assert not set(closure_modes("performed", "settled")) & set(closure_modes("moved"))
    assert closure_attributes() == ("moved", "performed", "settled")
    assert codes("closure_mode")["withdrawn"].attributes == frozenset()


@pytest.mark.parametrize("module", ["checks.row_rules", "inference.cycle.campaign_cases", "sample.case_histories"])
def test_no_list_of_modes_stands_beside_it(module):
    package, _, name = module.rpartition(".")
    text = files(f"analysis.{package}").joinpath(f"{name}.py").read_text(encoding="utf-8")
    assert '("completed", "voluntary"' not in text


def test_definitions_ask_for_what_a_closure_is():
    folder = files("analysis.vocabulary.indicator_sets")
    for file in (folder / "quantities.toml", *(folder / "definitions").iterdir()):
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        quantities = read.get("quantity", {}) if "set" in read else read
        assert not [q for q in quantities.values() if len(q.get("closure_mode", [])) > 1], file.name
