from datetime import date
from decimal import Decimal
from itertools import permutations

import pandas as pd
import pytest

import analysis as an
from analysis.cases.table import Cases
from analysis.vocabulary.columns import codes, vocabularies
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
    assert len(cases.where(basis="civil")) == len(cases.where(basis="民事")) == len(cases.where(basis=["民商事"])) == 2
    assert len(cases.where(basis=["民事", "仲裁"])) == 3


@pytest.mark.parametrize(
    ("column", "word", "told"),
    [
        ("basis", "行政", "行政诉讼、行政非诉"),
        ("basis", "劳动仲裁", "只是“仲裁”的一部分"),
        ("closure_mode", "终结", "终结本次执行程序、终结执行"),
        ("case_type", "执行", "首次执行、恢复执行、财产保全、执行审查"),
        ("case_type", "执行实施", "首次执行、恢复执行、财产保全"),
        ("case_type", "执异", "只是“执行审查”的一部分"),
    ],
)
def test_a_word_of_several_codes_or_of_a_part_of_one_chooses_no_cases(cases, column, word, told):
    with pytest.raises(ArgumentError, match=told):
        cases.where(**{column: [word]})


def test_an_exact_word_chooses_though_another_code_begins_with_it():
    modes = ["terminated", "terminated_this_round", "terminated_this_round"]
    rows = pd.DataFrame({"filed_on": "2011-01-04", "closed_on": "2011-03-01", "closure_mode": modes})
    register = Cases.from_frames(rows, as_of="2011-12-31")
    assert len(register.where(结案方式="终结执行")) == 1
    assert len(register.where(结案方式="终本")) == 2


def test_every_word_that_stands_within_the_name_of_another_code_is_declared_wide():
    for vocabulary in vocabularies():
        members = codes(vocabulary).values()
        exact = {code.text.zh for code in members}
        for code, other in permutations(members, 2):
            loose = {word for word in code.aliases if len(word) > 1 and word in other.text.zh} - exact
            assert loose <= {*code.wide} & {*other.wide}, (vocabulary, loose)
        for code in members:
            assert not {*code.wide} & exact
            assert all(sum(word in each.wide for each in members) > 1 for word in code.wide), code.wide


@pytest.mark.parametrize(
    "stated", [{"filed_on": 2035}, {"filed_on": ("2035-01-01", None)}, {"closed_on": ["2011-03", "2012-03"]}]
)
def test_a_stretch_after_the_registers_last_day_is_refused(cases, stated):
    with pytest.raises(ArgumentError, match="台账只到2011-12-31，没有20"):
        cases.where(**stated)


@pytest.mark.full
def test_a_month_a_range_or_a_band_may_hold_no_case(cases):
    by_month = [len(cases.where(filed_on=f"2011-{month:02d}")) for month in range(1, 13)]
    assert 0 in by_month
    assert sum(by_month) == len(cases.where(filed_on=2011))
    assert len(cases.where(filed_on=("1991-01-01", "1991-12-31"))) == len(cases.where(extension_days=(31, 59))) == 0
    rows = pd.DataFrame({"filed_on": ["2011-01-04"], "amount_claimed": [500.0]})
    register = Cases.from_frames(rows, as_of="2011-12-31")
    assert [len(register.where(amount_band=band, names=True)) for band in ("below_10k", "above_500k")] == [1, 0]


def test_an_empty_list_and_a_column_without_a_value_are_refused():
    rows = pd.DataFrame({"filed_on": ["2011-01-04"], "amount_claimed": [500.0], "basis": "civil"})
    register = Cases.from_frames(rows, as_of="2011-12-31")
    for name in ("basis", "filed_on", "amount_band"):
        with pytest.raises(ArgumentError, match="列表是空的"):
            register.where(**{name: []}, names=True)
    with pytest.raises(ArgumentError, match="没有一个值"):
        register.where(closed_on="2011-03-01")


def test_the_nearest_word_for_a_column_is_sought_among_all_its_words(cases):
    with pytest.raises(ArgumentError, match="是否想写“执行依据”"):
        cases.where(执行根剧="民事")


@pytest.mark.parametrize("column", ["filed_on", "amount_claimed", "has_property", "extension_days"])
def test_a_cell_that_is_no_value_of_its_column_is_not_quoted(column):
    first = "2011-01-04" if column == "filed_on" else None
    rows = pd.DataFrame({"filed_on": ["2011-01-04", "2011-02-01"]}).assign(**{column: [first, "郑永红"]})
    with pytest.raises(DataError, match=column) as refused:
        Cases.from_frames(rows, as_of="2011-12-31")
    assert "郑永红" not in str(refused.value.args)
    assert refused.value.__suppress_context__, "nor in what is printed above it"


@pytest.mark.full
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
    with pytest.raises(ArgumentError, match=r"frames\['cases'\] 不能是 dict：应为 表"):
        Cases.from_frames({"cases": {"case_no": ["1"]}}, as_of="2011-12-31")


@pytest.mark.parametrize(
    "rows",
    [
        pd.DataFrame({"案号": ["1"], "立案日期": ["2011-01-04"], "执行依据": ["民事"], "备忘": ["甲"]}),
        pd.DataFrame({"case_no": ["1"], "立案时间": ["2011-01-04"], "Basis": ["Civil"]}).set_index("case_no"),
    ],
)
def test_columns_of_a_frame_may_be_words_of_the_field_and_its_named_rows_one_of_them(rows):
    held = Cases.from_frames(rows, as_of="2011-12-31").to_pandas(names=True)
    assert held.astype(str).to_dict("list") == {"case_no": ["1"], "basis": ["civil"], "filed_on": ["2011-01-04"]}


@pytest.mark.parametrize(
    ("frames", "error", "said"),
    [
        ([1], ArgumentError, "frames 不能是 list"),
        ("台账.csv", ArgumentError, "frames 不能是“台账.csv”"),
        ({0: pd.DataFrame({"case_no": ["1"]})}, ArgumentError, "frames 不能是“0”"),
        (pd.DataFrame({"case_no": ["1"], "filed": ["2011-01-04"]}), InputError, "“立案日期”（filed_on）"),
        ({"aid": pd.DataFrame({"x": [1]})}, InputError, "frames.'aid'. 缺少"),
        (pd.DataFrame([["1", "民事", "刑事"]], columns=["case_no", "basis", "basis"]), InputError, "列名重复：basis"),
        (pd.DataFrame([["2011-01-04"] * 2], columns=["立案日期", "立案时间"]), InputError, "列名重复：filed_on"),
        (
            pd.DataFrame([["2011-01-04", "2011-02-04"]], columns=["filed_on", "立案日期"]),
            InputError,
            "列名重复：filed_on",
        ),
        (pd.DataFrame({"filed_on": [40603, 40604]}), DataError, "“filed_on”一栏有的值不是日期"),
        (pd.DataFrame({"filed_on": [40603.0, None]}, dtype=object), DataError, "“filed_on”一栏有的值不是日期"),
        (
            pd.DataFrame({"filed_on": pd.Categorical([40603])}),
            DataError,
            "“filed_on”一栏有的值不是日期（如2011-03-01）",
        ),
        (pd.DataFrame({"filed_on": pd.period_range("2011-01", periods=2, freq="M")}), DataError, "不是日期"),
        (pd.DataFrame({"filed_on": ["2011-01-04"], "has_property": ["不详"]}), DataError, "不是True 或 False"),
        (pd.DataFrame({"filed_on": ["2011-01-04"], "has_property": [2]}), DataError, "不是True 或 False"),
        (pd.DataFrame({"filed_on": ["2011-01-04"], "amount_claimed": [True]}), DataError, "不是数。"),
        (pd.DataFrame({"filed_on": ["2011-01-04"], "amount_claimed": [float("inf")]}), DataError, "不是数。"),
        (pd.DataFrame({"filed_on": ["2011-01-04"], "amount_claimed": [date(2011, 1, 4)]}), DataError, "不是数。"),
        (pd.DataFrame({"filed_on": ["2011-01-04"], "extension_days": [pd.Timedelta(days=3)]}), DataError, "不是整数。"),
        (pd.DataFrame({"filed_on": ["2011-01"]}), DataError, "不是日期"),
        (pd.DataFrame({"filed_on": ["4/1/2011"]}), DataError, "不是日期"),  # April to some, January to others
        (pd.DataFrame({"filed_on": ["now"]}), DataError, "不是日期"),
        (pd.DataFrame({"filed_on": ["2011-01-04"], "amount_claimed": ["1万"]}), DataError, "不是数。"),
    ],
)
def test_what_is_no_register_is_refused_in_words(frames, error, said):
    with pytest.raises(error, match=said):
        Cases.from_frames(frames, as_of="2011-12-31")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_register_under_the_headings_and_words_that_labelled_gives_is_the_same_register(language):
    rows = pd.DataFrame(
        {"case_no": ["1", "2"], "filed_on": pd.to_datetime(["2011-01-04"] * 2), "basis": ["civil", None], "amount_claimed": [5.5, None],
         "has_property": [True, None]}
    )  # fmt: skip
    aid = pd.DataFrame({"case_no": ["1"], "granted_on": pd.to_datetime(["2011-02-15"]), "amount": [2e4]})
    with an.speaking(language):
        told = {"cases": an.labelled(rows), "aid": an.labelled(aid)}
    held = [Cases.from_frames(frames, as_of="2011-12-31") for frames in ({"cases": rows, "aid": aid}, told)]
    for table in ("table", "aid"):
        plain, labelled = (getattr(cases, table).to_pandas() for cases in held)
        pd.testing.assert_frame_equal(plain, labelled)
    assert held[1].table.to_pandas()["amount_claimed"].iloc[0] == 5.5


def test_amounts_of_a_database_are_decimals():
    rows = pd.DataFrame(
        {
            "filed_on": ["2011-01-04"] * 2,
            "amount_claimed": [Decimal("1.50"), None],
            "extension_days": [Decimal(3), None],
        }
    )
    held = Cases.from_frames(rows, as_of="2011-12-31").table.to_pandas()
    assert held[["amount_claimed", "extension_days"]].iloc[0].tolist() == [1.5, 3]


def test_an_instant_is_the_day_that_a_courts_clock_showed():
    filed = pd.to_datetime(["2011-03-01"]).tz_localize("Asia/Shanghai")
    rows = pd.DataFrame({"filed_on": filed, "closed_on": filed.tz_convert("UTC"), "paid_on": [float("nan")]})
    held = Cases.from_frames(rows, as_of="2011-12-31").to_pandas()
    assert held[["filed_on", "closed_on"]].astype(str).to_numpy().tolist() == [["2011-03-01", "2011-03-01"]]
    assert "paid_on" not in held, "a column without a value"


@pytest.mark.parametrize(
    "filed",
    [
        pd.period_range("2011-01-04", periods=2, freq="D"),
        [pd.Period("2011-01-04 13:00", freq="h"), date(2011, 1, 5)],
        ["2011年1月4日", "2011/1/5"],
        ["2011-01-04 13:22:11", "2011.1.5"],
        ["2011-01-04T23:00:00+08:00", "2011-01-05"],
    ],
)
def test_days_of_a_frame_are_read_however_they_are_said(filed):
    held = Cases.from_frames(pd.DataFrame({"filed_on": filed}), as_of="2011-12-31").to_pandas()
    assert held["filed_on"].astype(str).tolist() == ["2011-01-04", "2011-01-05"]


def test_what_is_said_of_a_frame_is_asked_for_and_checked():
    rows = pd.DataFrame({"filed_on": ["2011-01-04"]})
    assert Cases.from_frames(rows, as_of="2011-12-31", calendar="自然年").calendar == "calendar-year"
    with pytest.raises(ArgumentError, match="缺少参数 as_of"):
        Cases.from_frames(rows)
    with pytest.raises(ArgumentError, match="是否想写“definitions”"):
        Cases.from_frames(rows, as_of="2011-12-31", definition="spc-2008")


def test_a_frame_is_read_as_a_register_and_a_choice_is_asked():
    rows = pd.DataFrame({"case_no": ["（2011）富执字第1号"], "filed_on": ["2011-01-04"], "basis": ["行政"]})
    for cases in (an.read_cases(rows, as_of="2011-12-31"), Cases.from_frames(rows, as_of="2011-12-31")):
        assert cases.to_pandas()["basis"].tolist() == ["administrative"]
        with pytest.raises(ArgumentError, match="可以指行政诉讼、行政非诉"):
            cases.where(basis="行政")


def test_a_part_of_a_day_is_not_cut_off(cases):
    """30 and 60 days stand in the register."""
    assert [len(cases.where(extension_days=ends)) for ends in ((30.0, 60.0), (30.2, None), (None, 59.9))] == [2, 1, 1]
    assert len(cases.where(extension_days=(0, float("inf")))) == len(cases.where(extension_days=[30.0, 60])) == 2
    with pytest.raises(ArgumentError, match=r"“30\.5”，最近的是"):
        cases.where(extension_days=30.5)


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
