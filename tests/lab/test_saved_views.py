"""Saved views come back as they were, or it is said what of them does not."""

import json
from pathlib import Path

import pandas as pd
import pytest

import analysis as an
from analysis.lab.explore import explore
from analysis.lab.views import VIEWS

pytestmark = pytest.mark.full

FILE = Path("输出/视图.json")


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def register(teams=("一组", "二组"), months=24):
    filed = pd.date_range("2021-01-15", periods=months, freq="MS")
    rows = {
        "filed_on": filed,
        "closed_on": [*filed[: months - 4], *[None] * 4],
        "basis": ["civil", "arbitration"] * (months // 2),
    }
    return an.Cases.from_frames(pd.DataFrame(rows | {"team": [*teams] * (months // len(teams))}), as_of="2022-12-31")


def answered(shown, **content):
    answers = []
    shown.send = answers.append
    shown._asked(None, content, None)
    return answers[-1] if answers else {}


@pytest.mark.full
@pytest.mark.parametrize(
    "edited",
    [
        {"filters": {"basis": "civil"}}, {"filters": []}, {"period": "2021-03"}, {"period": ["March", "May"]}, {"period": ["2022-03", "2021-03"]},
        {"freq": "D"}, {"definitions": "none-such"}, {"view": ["flow"]}, {"by": 3},
    ],
    ids=str,
)  # fmt: skip
def test_a_view_edited_into_something_else_is_said_to_be_none(edited):
    shown = explore(register(), language="zh")
    shown.choose(filters={"basis": ["civil"]}, period=("2021-03", "2022-05"))
    answered(shown, do="keep_view", name="春")
    saved = json.loads(FILE.read_text(encoding="utf-8"))
    FILE.write_text(json.dumps({"春": saved["春"] | edited}), encoding="utf-8")
    before = shown.state
    assert "读不出" in answered(shown, do="open_view", name="春")["said"]
    assert shown.state == before, "what is seen stays"


def test_what_another_register_lacks_of_a_view_is_said():
    shown = explore(register(), language="zh")
    shown.choose(view="flow", by="team", filters={"team": ["二组"], "basis": ["civil"]}, period=("2021-03", "2022-05"))
    answered(shown, do="keep_view", name="二组")
    assert answered(shown, do="open_view", name="二组") == {}
    other = explore(register(teams=("三组",), months=8), language="zh")
    assert answered(other, do="open_view", name="二组")["said"] == "视图“二组”中的执行小组，有台账没有的，未选。"
    assert other.choices.filters == {"basis": ["civil"]}


def test_an_indicator_that_is_offered_no_more_is_said_not_to_be_chosen():
    shown = explore(register(), language="zh")
    shown.choose(view="indicators", definitions="by-period")
    answered(shown, do="keep_view", name="率")
    saved = json.loads(FILE.read_text(encoding="utf-8"))
    FILE.write_text(json.dumps({"率": saved["率"] | {"indicator": "actual_enforcement_rate"}}), encoding="utf-8")
    assert answered(shown, do="open_view", name="率")["said"] == "视图“率”中的指标，有台账没有的，未选。"


def test_a_folder_that_cannot_be_written_is_said_to_be_so():
    FILE.parent.write_text("a file stands where the folder would", encoding="utf-8")
    for content in ({"do": "keep_view", "name": "春"}, {"do": "save_tables"}):
        said = answered(explore(register(), language="zh"), **content)["said"]
        assert "输出" in said
        assert "Errno" not in said


@pytest.mark.parametrize(("language", "said"), [("zh", "第1行有误"), ("en", "line 1 is wrong")])
def test_why_the_file_cannot_be_read_is_told_in_one_language(language, said):
    FILE.parent.mkdir()
    FILE.write_text("{half", encoding="utf-8")
    message = explore(register(), language=language).shown["messages"][-1]
    assert said in message
    assert "Expecting" not in message


def test_months_are_named_as_people_name_them():
    assert explore(register(), language="zh").spec["months"][0] == "2021年2月"
    assert explore(register(), language="en").spec["months"][0] == "Feb 2021"


def test_a_register_without_a_case_that_can_be_used_says_so_in_every_view():
    filed = {"filed_on": ["2030-01-01"], "case_no": ["1"]}
    shown = explore(an.Cases.from_frames(pd.DataFrame(filed), as_of="2022-12-31"), language="zh")
    for view in [name for name in VIEWS if name != "peers"]:
        shown.choose(view=view)
        assert "台账没有可用的案件" in shown.messages[0]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"breakdown": "team"}, "by"), ({"view": "flows"}, "flow"), ({"freq": "D"}, "W"), ({"definitions": "none"}, "by-period"),
        ({"period": ("2022-05", "2021-05")}, "先后两个月"), ({"period": ("2021-05", "2030-01")}, "2022年12月"), ({"period": ("May", "June")}, "不是日期"),
    ],
    ids=str,
)  # fmt: skip
def test_what_code_chooses_and_is_not_offered_is_refused(choice, said):
    shown = explore(register(), language="zh")
    with pytest.raises(an.ArgumentError, match=said):
        shown.choose(**choice)
    shown.choose(period=("2021-05-20", "2021-06"))
    assert shown.choices.span == ("2021-05-01", "2021-06-30"), "a day means its month"
