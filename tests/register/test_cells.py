import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.register.cells import (
    UNREADABLE,
    parse,
    parse_amounts,
    parse_dates,
    parse_integers,
    read_amount,
    read_boolean,
    read_code,
    read_date,
    read_days,
    read_text,
)

FIFTH = np.datetime64("2011-03-05", "s")


@pytest.mark.parametrize(
    "written",
    [
        "2011-03-05", "2011-3-5", "2011/3/5", "2011/03/05", "2011.3.5", "2011年3月5日", "2011年03月05日", "20110305", 20110305,
        "2011-03-05 14:30:00", "2011-03-05T14:30:00.000", "2011/3/5 14:30", "2011年3月5日14时30分", "2011-3-5 下午2:30",
        "2011/3/5 4:30", "2011-03-05(星期六) 14:30",
        "２０１１年３月５日", "２０１１－０３－０５", " 2011 年 3 月 5 日 ", "2011年3月5号", "2011-03-05 星期六", "20110305143000",
        "40607", 40607, 40607.0, 40607.6041666, "40607.5", "二〇一一年三月五日", "二零一一年三月五日",
        "2011—3—5", "2011–03–05", "2011−3−5", "2011、3、5", "2011·3·5", "2011.3.5.", "'2011-03-05", "2011年3月5日上午", "201103051430",
        "二○一一年三月五日", "二0一一年三月五日", "二O一一年3月五日", "2011年三月5日",
        "5 March 2011", "05-Mar-2011", "5th Mar. 2011", "March 5, 2011", "MAR 5 2011 14:30",
        dt.date(2011, 3, 5), dt.datetime(2011, 3, 5, 23, 59), pd.Timestamp("2011-03-05 12:00"), FIFTH,
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_form_in_use(written):
    assert read_date(written) == FIFTH


def test_the_hour_is_not_taken_for_a_part_of_the_day():
    assert read_date("2011/3/1 14:30") == np.datetime64("2011-03-01", "s")
    assert read_date("2011/3/114:30") is UNREADABLE


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2010-12-31T16:00Z", "2011-01-01"), ("2010-12-31T15:59:59.999Z", "2010-12-31"), ("2010-12-31 16:00 UTC", "2011-01-01"),
        ("2010-12-31T16:00:00+08:00", "2010-12-31"), ("2010-12-31 11:00:00-0500", "2011-01-01"), ("20101231T160000Z", "2011-01-01"),
        (dt.datetime(2010, 12, 31, 16, tzinfo=dt.UTC), "2011-01-01"), (pd.Timestamp("2010-12-31 16:00", tz="UTC"), "2011-01-01"),
    ],
)  # fmt: skip
def test_an_instant_with_a_zone_is_the_day_of_the_court(written, day):
    assert read_date(written) == np.datetime64(day, "s")


def test_chinese_numerals_of_two_digits_are_read():
    assert read_date("二〇一一年十二月三十一日") == np.datetime64("2011-12-31", "s")
    assert read_date("二〇一〇年十月二十日") == np.datetime64("2010-10-20", "s")
    assert read_date("一九九九年元月廿一日") == np.datetime64("1999-01-21", "s")
    assert read_date("二〇一一年三月十十日") is UNREADABLE
    assert read_date("二〇一一年十三月三日") is UNREADABLE


@pytest.mark.parametrize("written", ["", " ", "-", "—", "无", "/", "未结", "NULL", None, float("nan"), pd.NaT])
def test_a_blank_date_is_missing_not_unreadable(written):
    assert read_date(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "2011-13-05",
        "2011-02-30",
        "2011年3月",
        "2011",
        "11.3.5",
        "05/03/2011",
        "三月五日",
        "约2011-03-05",
        "05-MAR-11",
        "March 2011",
        "31 Feb 2011",
        "5 March 2011 to 7 March 2011",
        5,
        999999,
        "2011-3-5-7",
        "20110305 20110401",
        "20110305-20110401",
        "2011-03-05 00:00 2011-04-01 00:00",
        "2011-03-05 10:00至04-01 11:00",
        "²011-03-05",
        "2011-03-05T16:00+25:00",
        True,
    ],
)
def test_what_is_no_whole_date_is_not_guessed(written):
    assert read_date(written) is UNREADABLE


def test_the_calendar_of_1904_moves_serials_by_four_years_and_a_day():
    assert read_date(39145, "1904") == FIFTH


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("1,234.56", 1234.56), ("1234.56", 1234.56), ("１，２３４．５６", 1234.56), ("￥1,234.56", 1234.56), ("¥1234.56元", 1234.56),
        ("人民币1234.56元整", 1234.56), ("12.5万元", 125_000), ("12.5万", 125_000), ("12.5 万元", 125_000), ("1.2亿", 120_000_000),
        ("1.2亿元", 120_000_000), ("1亿2000万元", 120_000_000), ("1万2000元", 12_000), ("3千元", 3_000), ("-500", -500), ("(500.00)", -500),
        ("0", 0), ("1.2E+06", 1_200_000), (1234.56, 1234.56), (7, 7), ("０", 0), (".5", 0.5), ("1,234,567元", 1_234_567),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_every_form_in_use(written, yuan):
    assert read_amount(written) == yuan


def test_the_columns_unit_counts_unless_the_cell_has_its_own():
    read = parse_amounts(pd.Series(["12.5", "0.29", "3000元", "1.2亿", "", "1,000", 12.5], dtype=object), unit=10_000)
    assert read.values.tolist()[:4] == [125_000.0, 2_900.0, 3_000.0, 120_000_000.0]
    assert pd.isna(read.values[4])
    assert read.values.tolist()[5:] == [10_000_000.0, 125_000.0]
    assert not read.unreadable.any()


@pytest.mark.parametrize(
    "written",
    [
        "约5万元",
        "五万元",
        "$500",
        "12,34",
        "1.234,56",
        "inf",
        "1e999",
        "12.5.6",
        "abc",
        "9" * 30,
        "1_000",
        "0x10",
        "(-100)",
        "(￥-100)",
        "--5",
        "-￥-5",
        "+-5",
        "12万3",
        "5万5",
        "１２万３",
        "1亿5",
        "1亿2000",
        "1万200",
        "²5",
        "5²",
        "①00",
        "万元",
        "50000\n30000",
        "50000 30000元",
        "１００　２００",
    ],
)
def test_what_is_no_amount_is_not_guessed(written):
    assert read_amount(written) is UNREADABLE
    assert parse_amounts(pd.Series([written, "1"])).unreadable.tolist() == [True, False]


@pytest.mark.parametrize(
    ("written", "yuan"), [("50000\n元", 50_000.0), (" 12 万\n", 120_000.0), ("￥ 1,234.5 元", 1234.5)]
)
def test_spaces_and_lines_around_one_figure_do_not_matter(written, yuan):
    assert read_amount(written) == yuan


def test_two_numbers_of_days_in_a_cell_are_not_one():
    assert parse_integers(pd.Series(["30\n15", "30 天"])).unreadable.tolist() == [True, False]


def test_amounts_too_large_for_sums_in_fen_are_unreadable_however_they_come():
    huge = parse_amounts(pd.Series([1e13, 1.0]))
    assert huge.unreadable.tolist() == [True, False]
    assert parse_amounts(pd.Series(["999999999999", "5"], dtype=object), unit=1e8).unreadable.tolist() == [True, False]


@pytest.mark.parametrize(("written", "truth"), [("是", True), ("有", True), ("√", True), ("1", True), (1.0, True), ("TRUE", True),
    ("否", False), ("无", False), ("×", False), (0, False), ("没有", False), ("有财产", True), ("无财产", False)])  # fmt: skip
def test_yes_and_no(written, truth):
    assert read_boolean(written) is truth


def test_yes_and_no_leave_open_what_is_neither():
    assert read_boolean("部分") is UNREADABLE
    assert read_boolean("①") is UNREADABLE
    assert read_boolean("") is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("执行完毕", "completed"), ("全部执行完毕", "completed"), ("终本", "terminated_this_round"),
        ("终结本次执行程序（无财产可供执行）", "terminated_this_round"), ("01执行完毕", "completed"), ("执行 和解", "settled"),
        ("达成和解并履行完毕", "settled"), ("委托执行", "transferred"), ("completed", "completed"), ("撤销执行", "withdrawn"),
        ("终本结案", "terminated_this_round"), ("裁定终结本次执行程序。", "terminated_this_round"), ("和解并履行完毕", "settled"),
        ("挂起", UNREADABLE), ("其他", "other"), ("", None),
    ],
)  # fmt: skip
def test_closure_modes_of_old_and_new_vocabulary(written, code):
    assert read_code(written, "closure_mode") == code


@pytest.mark.parametrize(
    ("vocabulary", "written", "code"),
    [
        ("case_type", "执", "first"), ("case_type", "执恢", "reopened"), ("case_type", "执保", "preservation"),
        ("case_type", "执督", "review"), ("case_type", "执行实施类案件", "first"), ("case_type", "司法制裁", UNREADABLE),
        ("basis", "行政处罚决定书", "administrative_non_litigation"), ("basis", "劳动仲裁裁决书", "arbitration"),
        ("basis", "刑事附带民事判决书", "criminal_civil"), ("basis", "人民调解协议", UNREADABLE), ("kind", "限制消费令", "restriction"),
    ],
)  # fmt: skip
def test_types_bases_and_measures_as_systems_write_them(vocabulary, written, code):
    assert read_code(written, vocabulary) == code


def test_a_text_loses_only_what_spreads_it():
    assert read_text(" 王　伟 ") == "王伟"
    assert read_text("Smith  John") == "Smith  John"
    assert read_text("\ufeff第一组\u200b") == "第一组"
    assert read_text("——") is None


def test_a_text_that_a_csv_wraps_as_a_formula_is_its_text():
    assert read_date('="2011-03-05"') == FIFTH
    assert read_amount('="1,234.56"') == 1234.56
    assert read_text('="富锦市人民法院"') == "富锦市人民法院"
    assert read_text("=SUM(A1:A2)") == "=SUM(A1:A2)"


def test_days_are_whole():
    assert read_days("30天") == 30
    assert read_days(30.0) == 30
    assert read_days("30.5") is UNREADABLE


def test_a_column_keeps_its_length_and_order():
    column = pd.Series(["2011-03-05", None, "x", "2011-03-05"], dtype=object)
    read = parse_dates(column)
    assert read.values.isna().tolist() == [False, True, True, False]
    assert read.unreadable.tolist() == [False, False, True, False]


@given(
    st.lists(
        st.one_of(st.none(), st.text(max_size=20), st.floats(), st.integers(), st.dates(), st.booleans()), max_size=8
    )
)
@pytest.mark.full
def test_no_cell_makes_a_parser_stumble(cells):
    column = pd.Series(cells, dtype=object)
    for kind, name in [
        ("date", ""),
        ("money", ""),
        ("integer", ""),
        ("boolean", ""),
        ("code", "closure_mode"),
        ("text", ""),
    ]:
        read = parse(column, kind, name=name)
        assert len(read.values) == len(read.unreadable) == len(cells)
        assert read.values[read.unreadable].isna().all()


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]),
)
def test_what_is_written_as_a_date_is_read_as_it(day, form):
    assert read_date(day.strftime(form)) == np.datetime64(day, "s")


@given(st.integers(0, 10**11))
def test_what_is_written_as_an_amount_is_read_as_it_to_the_fen(fen):
    yuan = fen / 100
    for written in (f"{yuan:.2f}", f"{yuan:,.2f}", f"￥{yuan:,.2f}元"):
        assert round(read_amount(written) * 100) == fen
