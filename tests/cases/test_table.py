import pandas as pd
import pytest

import analysis as an
from analysis.cases.table import Cases
from analysis.vocabulary.errors import ArgumentError, DataError, InputError


@pytest.fixture(scope="module")
def cases():
    rows = pd.DataFrame(
        {
            "case_no": [f"（2011）富执字第{i}号" for i in range(1, 4)], "filed_on": ["2011-01-04", "2011-02-01", "2011-02-01"],
            "basis": ["civil", "civil", "arbitration"], "area": ["城关镇", "砚山镇", None], "has_property": [True, False, None],
            "extension_days": [30, None, 60],
        }
    )  # fmt: skip
    return Cases.from_frames(rows, as_of="2011-12-31")


def test_a_code_is_understood_by_any_of_its_names(cases):
    assert (
        len(cases.where(basis="civil")) == len(cases.where(basis="民事")) == len(cases.where(basis=["民事判决"])) == 2
    )
    assert len(cases.where(basis=["民事", "仲裁"])) == 3


@pytest.mark.parametrize("column", ["filed_on", "amount_claimed", "has_property", "extension_days"])
def test_a_cell_that_is_no_value_of_its_column_is_not_quoted(column):
    first = "2011-01-04" if column == "filed_on" else None
    rows = pd.DataFrame({"filed_on": ["2011-01-04", "2011-02-01"]}).assign(**{column: [first, "郑永红"]})
    with pytest.raises(DataError, match=column) as refused:
        Cases.from_frames(rows, as_of="2011-12-31")
    assert "郑永红" not in str(refused.value.args)
    assert refused.value.__suppress_context__, "nor in what is printed above it"


def test_frames_may_say_codes_in_the_words_of_the_field():
    rows = pd.DataFrame({"filed_on": ["2011-01-04", "2011-02-01"], "closed_on": "2011-03-01"})
    by_code, by_word = (
        Cases.from_frames(rows.assign(basis=basis, closure_mode=modes), as_of="2011-12-31")
        for basis, modes in (("civil", ["completed", "settled"]), ("民事", ["执行完毕", "和解"]))
    )
    assert len(by_word.where(basis="民事")) == 2
    asked = {"periods": 2011, "definitions": "spc-2024", "only": "执行完毕率"}
    assert an.indicators(by_code, **asked).value.item() == an.indicators(by_word, **asked).value.item() == 50


def test_a_cell_that_is_no_word_of_its_column_is_refused_and_not_quoted():
    rows = pd.DataFrame({"filed_on": ["2011-01-04", "2011-02-01"], "closure_mode": ["和解", "郑永红"]})
    with pytest.raises(DataError, match="closure_mode") as refused:
        Cases.from_frames(rows, as_of="2011-12-31")
    assert "郑永红" not in str(refused.value.args)


def test_a_table_that_is_no_frame_is_refused_in_words():
    with pytest.raises(ArgumentError, match=r"cases.*DataFrame.*dict"):
        Cases.from_frames({"cases": {"case_no": ["1"]}}, as_of="2011-12-31")


def test_values_of_every_kind_are_found(cases):
    assert len(cases.where(filed_on="2011-02-01")) == 2
    assert len(cases.where(has_property=True, extension_days=30)) == 1
    assert len(cases.where(area=[None, "城关镇"])) == 2
    assert len(cases.where(team=None, names=True)) == 3


@pytest.mark.parametrize(
    ("stated", "known"),
    [
        ({"area": "不存在乡"}, "砚山镇"),
        ({"area": ["城关镇", "砚山乡"]}, "是否想写“砚山镇”"),
        ({"basis": "民诉"}, "是否想写“民事”"),
        ({"basis": "公证债权文书"}, "仲裁"),
        ({"has_property": "部分"}, "有财产"),
        ({"extension_days": "三十"}, "“三十”不是数"),
        ({"filed_on": "2011-03-01"}, "2011-02-01"),
        ({"team": "一组"}, "team"),
    ],
)
def test_a_value_that_the_register_does_not_hold_is_refused_with_the_nearest(cases, stated, known):
    with pytest.raises(ArgumentError, match=known):
        cases.where(names=True, **stated)


@pytest.mark.parametrize("word", ["有财产", "有", "是", "with property", "Yes", True])
def test_yes_and_no_are_understood_as_registers_write_them(word):
    rows = {"case_no": list("abc"), "filed_on": "2022-03-04", "has_property": [True, False, True]}
    register = Cases.from_frames(pd.DataFrame(rows), as_of="2022-12-31")
    assert len(register.where(has_property=word)) == 2
    assert len(register.where(has_property=["无财产"])) == 1


def test_of_many_values_the_nearest_are_named():
    many = pd.DataFrame({"case_no": [f"（2011）富执字第{i}号" for i in range(500)], "filed_on": "2011-01-04"})
    with pytest.raises(ArgumentError, match="（2011）富执字第499号") as caught:
        Cases.from_frames(many, as_of="2011-12-31").where(case_no="（2011）富执字第4999号", names=True)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("name", ["officer", "lead", "team", "case_no", "amount_claimed"])
def test_a_part_finer_than_may_be_shown_is_made_inside_alone_and_not_published(cases, name, tmp_path):
    with pytest.raises(ArgumentError, match="names=True"):
        cases.where(**{name: None})
    value = cases.table.select(name).to_pandas()[name].iloc[0]
    part = cases.where(names=True, **{name: None if pd.isna(value) else value})
    with pytest.raises(ArgumentError, match="不能公布"):
        an.export_findings(part, tmp_path / "findings.xlsx")


def test_outside_no_message_lists_the_texts_of_a_column_and_no_condition_sees_the_rows(cases):
    for name in ("area", "court"):
        with pytest.raises(an.ArgumentError) as caught:
            cases.where(**{name: "没有"})
        held = cases.to_pandas(names=True).get(name, pd.Series(dtype="str")).dropna()
        assert not [label for label in held if label in str(caught.value)]
    seen = []
    with pytest.raises(an.ArgumentError, match="names=True"):
        cases.where(filed_on=lambda day: seen.append(day) or day.notnull())
    assert not seen, "it is not even called"


def test_a_display_of_the_register_shows_no_cell_of_its_rows(tmp_path):
    """What was set aside or could not be read stands in the tables, for whoever asks for them; not where the register is displayed."""
    rows = "案号,立案日期,标的额\n（2011）富执字第1号,2011-03-04,王伟代付\n（2011）富执字第2号,李强,5\n合计,,71234\n注：赵敏核对,,\n"
    (tmp_path / "台账.csv").write_text(rows, encoding="utf-8")
    cases = an.read_cases(tmp_path / "台账.csv", as_of="2011-12-31")
    held = [cases.quarantine, cases.unreadable, cases.totals, cases.skipped_rows]
    assert all(word in "".join(table.to_csv() for table in held) for word in ("王伟", "李强", "71234", "赵敏"))
    shown = cases._repr_html_() + repr(cases)
    assert "台账.csv" in shown
    assert not [word for word in ("王伟", "李强", "71234", "71,234", "赵敏") if word in shown]


def test_where_says_that_a_column_is_empty():
    cases = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"]}), as_of="2011-12-31")
    with pytest.raises(ArgumentError, match="没有一个值"):
        cases.where(basis="民事")


def test_findings_of_another_table_are_refused(tmp_path):
    cases = Cases.from_frames(pd.DataFrame({"filed_on": ["2011-01-04"]}), as_of="2011-12-31")
    with pytest.raises(InputError, match="findings"):
        an.export_findings(cases, tmp_path / "问题清单.xlsx", findings=pd.DataFrame({"x": [1]}))


def test_a_register_of_which_every_row_is_set_aside_is_a_frame_without_rows():
    rows = pd.DataFrame({"案号": ["（2011）执字第1号"], "立案日期": ["昨天"]})
    cases = an.read_cases(rows, as_of="2011-12-31")
    assert cases.to_pandas().empty
    assert "filed_on" in cases.to_pandas()
