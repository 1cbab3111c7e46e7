"""The usual statement of an office: 指标 | 2023年 | 2024年, a title row above."""

import openpyxl
import pandas as pd
import pytest

import analysis as an
from analysis.returns.upright import is_period

TITLE = "青石县人民法院2023—2024年执行工作主要指标"
BODY = [
    ["一、旧存", "件", 12, 30, 150],
    ["二、新收案件数", "件", 160, 170, 6.25],
    ["三、结案", "件", 142, 190, None],
    ["其中：实际执结", "件", 100, 120, None],
    ["结案率", "%", "82.56", "95.00", None],
    ["到位金额", "万元", 1200, 1350.5, None],
]


def statement(folder, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "指标.xlsx")
    return folder / "指标.xlsx"


def test_a_statement_down_the_side_is_read_with_the_court_of_its_title(tmp_path):
    header = ["指标", "单位", "2023年", "2024年", "同比（%）"]
    table = an.read_returns(statement(tmp_path, [TITLE], ["单位：件、亿元"], header, *BODY, ["填表人：王某"]))
    assert table["court"].tolist() == ["青石县人民法院"] * 2
    assert table["period_end"].tolist() == ["2023-12-31", "2024-12-31"]
    read = table[
        ["opening", "filed", "closed", "actual_enforcements", "closure_rate", "amount_recovered"]
    ].values.tolist()
    assert read == [
        ["12", "160", "142", "100", "82.56", "1200万元"],
        ["30", "170", "190", "120", "95.00", "1350.5万元"],
    ]
    assert table["filed_change"].fillna("").tolist() == ["", "6.25"], "a change belongs to the year left of it"
    assert table.attrs["not_understood"] == []
    found = an.reconcile(table).figures.set_index(["period_start", "measure"])
    assert found.loc[(pd.Timestamp("2023-01-01"), "closure_rate"), "verdict"] == "agrees"


def test_kinds_of_cases_on_a_line_of_their_own_are_scopes(tmp_path):
    rows = [
        ["项目", "2024年"],
        ["首次执行案件", None],
        ["新收", 90],
        ["结案", 80],
        ["恢复执行案件", None],
        ["新收", 10],
        ["结案", 9],
    ]
    table = an.read_returns(statement(tmp_path, [TITLE], *rows))
    assert table[["scope", "filed", "closed"]].values.tolist() == [
        ["首次执行案件", "90", "80"],
        ["恢复执行案件", "10", "9"],
    ]


def test_an_indicator_that_stands_twice_and_a_cell_that_is_no_number_are_named_with_their_line(tmp_path):
    rows = [["指标", "2024年"], ["新收", 90], ["结案", 80], ["新收", 91]]
    with pytest.raises(an.InputError, match=r"第5行.*“新收”已在第3行"):
        an.read_returns(statement(tmp_path, [TITLE], *rows))
    with pytest.raises(an.InputError, match="第4行，列 结案：“约八十”不是数字"):
        an.read_returns(statement(tmp_path, [TITLE], ["指标", "2024年"], ["新收", 90], ["结案", "约八十"]))


def test_a_statement_that_names_no_court_takes_the_one_given_or_asks(tmp_path):
    file = statement(tmp_path, ["指标", "2024年"], ["新收", 90], ["结案", 80])
    with pytest.raises(an.InputError, match="没有写明法院"):
        an.read_returns(file)
    assert an.read_returns(file, court="青石县人民法院")[["court", "filed"]].values.tolist() == [
        ["青石县人民法院", "90"]
    ]


def test_unknown_headings_are_named_with_the_nearest_known():
    frame = pd.DataFrame({"法院": ["甲"], "新收": ["3"], "怪数": ["5"], "填表人": ["王某"], "信访说明": ["无"]})
    unknown = an.read_returns(frame).attrs["not_understood"]
    assert [entry["heading"] for entry in unknown] == ["怪数"], "words are no figures"
    unknown = an.read_returns(frame.rename(columns={"怪数": "结案比率"})).attrs["not_understood"]
    assert unknown[0]["nearest"].startswith("结案率")


@pytest.mark.parametrize(
    "cells",
    [["36天", "未统计"], ["12件（含旧存3件）", "见附件"], ["未统计", "38.5"], ["1203", "未统计"], ["1203.5", "—"]],
)
def test_an_unknown_row_of_words_and_figures_is_named(tmp_path, cells):
    file = statement(tmp_path, ["指标", "2023年", "2024年"], ["新收", "80", "90"], ["平均办案时间", *cells])
    unknown = an.read_returns(file, court="青石县人民法院").attrs["not_understood"]
    assert [entry["heading"] for entry in unknown] == ["平均办案时间"]


@pytest.mark.parametrize("word", ["持平", "与上年持平", "同比持平", "与去年同期相比持平", "no change"])
def test_a_change_that_is_none_is_a_change_of_nothing(word):
    table = an.read_returns(
        pd.DataFrame({"法院": ["甲"], "结案": ["90"], "结案同比": [word], "结案比上年增减数": [word]})
    )
    assert table[["closed_change", "closed_difference"]].values.tolist() == [["0", "0"]]


def test_about_the_same_is_no_figure():
    with pytest.raises(an.InputError, match="“基本持平”读不出"):
        an.read_returns(pd.DataFrame({"法院": ["甲"], "结案": ["90"], "结案同比": ["基本持平"]}))


def test_the_unit_in_a_heading_holds_for_its_column():
    frame = pd.DataFrame(
        {"法院": ["甲"], "到位金额（亿元）": ["5.42"], "受理标的额（万元）": ["60000"], "新收（件）": ["7"]}
    )
    table = an.read_returns(frame)
    assert table[["amount_recovered", "amount_received", "filed"]].values.tolist() == [["5.42亿元", "60000", "7"]]


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_that_is_filled_in_is_read_back(tmp_path, language, vertical):
    from analysis.vocabulary.language import speaking

    form = tmp_path / "公布数字.xlsx"
    with speaking(language):
        an.write_returns_template(form, court="青石县人民法院", periods=[2023, 2024], vertical=vertical)
        with pytest.raises(an.OutputError):
            an.write_returns_template(form)
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    if vertical:
        for line in range(3, sheet.max_row + 1):
            sheet.cell(line, 3, line), sheet.cell(line, 4, f"{line}.50")
    else:
        heads = [cell.value for cell in sheet[1]]
        figures = len(heads) - 5
        sheet.append(["青石县人民法院", "执行案件", "2024年", *(f"{n + 3}.50" for n in range(figures)), "", "年报"])
    book.save(form)
    table = an.read_returns(form)
    row = table.iloc[-1]
    from analysis.returns.template import FORM

    assert (row["court"], row["period_end"]) == ("青石县人民法院", "2024-12-31")
    assert {name: row[name] for name in FORM} == {name: f"{n}.50" for n, name in enumerate(FORM, start=3)}
    assert table.attrs["not_understood"] == []


@pytest.mark.parametrize("text", ["2023年", "2024年1-6月", "2024", "2024年度"])
def test_periods_are_told(text):
    assert is_period(text)


@pytest.mark.parametrize("text", ["同比", "3844", "结案", "", None, "2024年以来各项工作稳步推进取得较好成绩"])
def test_other_headings_are_no_periods(text):
    assert not is_period(text)


def test_a_form_in_which_nothing_is_filled_in_holds_no_figures(tmp_path):
    an.write_returns_template(tmp_path / "竖.xlsx", periods=[2024], vertical=True)
    assert len(an.read_returns(tmp_path / "竖.xlsx")) == 0


def test_changes_in_the_words_of_an_office_are_read_and_cases_are_no_percent(tmp_path):
    rows = [
        ["青石县人民法院执行指标"],
        ["指标", "2023年", "2024年", "同比"],
        ["旧存", "47", "50", "+3件"],
        ["新收", "163", "160", "下降1.84%"],
        ["结案", "160", "161", "增加1件"],
        ["结案率", "76.19%", "76.67%", "提高0.48个百分点"],
    ]
    table = an.read_returns(statement(tmp_path, *rows)).set_index("period_end").loc["2024-12-31"]
    assert table[["opening_difference", "filed_change", "closed_difference", "closure_rate_change"]].tolist() == [
        "+3", "-1.84", "+1", "+0.48",
    ]  # fmt: skip
    assert not {"opening_change", "closed_change"} & set(table.index)
    rows[3][3] = "0.5个百分点"
    with pytest.raises(an.InputError, match=r"第4行，列 新收同比：“0[.]5个百分点”读不出"):
        an.read_returns(statement(tmp_path, *rows))


def test_cases_in_a_column_of_changes_are_refused():
    table = pd.DataFrame({"法院": ["甲法院"], "新收": ["160"], "新收同比": ["+3件"]})
    with pytest.raises(an.InputError, match="比上年增减数"):
        an.read_returns(table)


HALVES = [["新收", 45, 89, 30, 70], ["结案", 40, 88, 42, 81]]


@pytest.mark.parametrize("corner", [None, "指标"])
def test_parts_of_a_year_on_a_second_line_are_periods_of_the_year_above_them(tmp_path, corner):
    """Read without the second line the first half-year was the year's figure."""
    header = [["指标", "2023年", None, "2024年", None], [corner, "上半年", "全年", "上半年", "全年"]]
    table = an.read_returns(statement(tmp_path, [TITLE], *header, *HALVES))
    assert table[["period_start", "period_end", "filed", "closed"]].values.tolist() == [
        ["2023-01-01", "2023-06-30", "45", "40"], ["2023-01-01", "2023-12-31", "89", "88"],
        ["2024-01-01", "2024-06-30", "30", "42"], ["2024-01-01", "2024-12-31", "70", "81"],
    ]  # fmt: skip


def test_figures_and_changes_on_a_second_line_belong_to_the_period_above_them(tmp_path):
    header = [
        ["指标", "单位", "2023年", None, "2024年", None],
        [None, None, "数值（件）", "同比", "数值（件）", "同比"],
    ]
    rows = [["新收", "件", 89, "3.2%", 70, "-21.35%"], ["结案", "件", 88, "1%", 81, "-7.95%"]]
    table = an.read_returns(statement(tmp_path, [TITLE], *header, *rows))
    assert table[["period_end", "filed", "filed_change"]].values.tolist() == [
        ["2023-12-31", "89", "3.2"],
        ["2024-12-31", "70", "-21.35"],
    ]


def test_a_period_that_is_divided_into_figures_of_other_kinds_is_refused(tmp_path):
    header = [["指标", "2023年", None], [None, "目标", "完成"]]
    with pytest.raises(an.InputError, match="第2行：表头把几个期间并排"):
        an.read_returns(statement(tmp_path, [TITLE], *header, ["新收", 80, 89]))


def test_months_after_one_with_its_year_are_of_that_year(tmp_path):
    table = an.read_returns(
        statement(tmp_path, [TITLE], ["指标", "2024年1月", "2月", "3月"], ["新收", 7, 5, 6], ["结案", 8, 6, 7])
    )
    assert table[["period_end", "filed"]].values.tolist() == [
        ["2024-01-31", "7"],
        ["2024-02-29", "5"],
        ["2024-03-31", "6"],
    ]


@pytest.mark.parametrize(("heading", "said"), [("增长率", "增长率"), ("全市排名", "全市排名"), (None, "[4]")])
def test_a_column_of_figures_that_is_not_read_is_named(tmp_path, heading, said):
    rows = [["指标", "2023年", "2024年", heading, "备注"], ["新收", 89, 70, 3, "见附表"], ["结案", 88, 81, 2, None]]
    table = an.read_returns(statement(tmp_path, [TITLE], *rows))
    assert table["filed"].tolist() == ["89", "70"]
    assert table.attrs["not_understood"] == [{"file": "指标.xlsx", "heading": said, "nearest": ""}]


def test_a_format_of_ten_thousands_is_read_as_it_shows(tmp_path):
    path = statement(tmp_path, [TITLE], ["指标", "2024年"], ["新收", 12_000], ["实际到位金额", 3_417_600])
    book = openpyxl.load_workbook(path)
    for cell in ("B3", "B4"):
        book.active[cell].number_format = '0!.0,"万"'
    book.save(path)
    table = an.read_returns(path)
    assert table[["filed", "amount_recovered"]].values.tolist() == [["1.2万件", "341.76万元"]]
    found = an.reconcile(table).figures.set_index("measure")
    assert found.loc["filed", "printed"] == "1.2万件"


def test_a_statement_of_one_indicator_is_read(tmp_path):
    rows = [["指标", "2023年", "2024年", "同比"], ["结案率", "99.1%", "99.5%", "+0.4"]]
    table = an.read_returns(statement(tmp_path, [TITLE], *rows))
    assert table["closure_rate"].tolist() == ["99.1", "99.5"]
    assert table["court"].tolist() == ["青石县人民法院"] * 2
    assert table["closure_rate_change"].fillna("").tolist() == ["", "+0.4"]


def test_courts_may_lie_across_and_this_court_is_that_of_the_title_or_the_one_given(tmp_path):
    header = ["指标", "单位", "本院", "全市平均", "差距"]
    rows = [header, ["受理案件", "件", 714, 800, -86], ["结案率", "%", "99.1", "98.0", "1.1"]]
    title = ["青石县人民法院2023年执行工作主要指标"]
    for given, court in ((title, None), (["2023年主要指标"], "青石县人民法院")):
        table = an.read_returns(statement(tmp_path, given, *rows), court=court)
        assert table[["court", "period_end", "received", "closure_rate"]].values.tolist() == [
            ["青石县人民法院", "2023-12-31", "714", "99.1"],
            ["全市平均", "2023-12-31", "800", "98.0"],
        ]
        assert [entry["heading"] for entry in table.attrs["not_understood"]] == ["差距"]
    with pytest.raises(an.InputError, match="没有写明法院"):
        an.read_returns(statement(tmp_path, ["2023年主要指标"], *rows))


def test_this_court_in_a_table_with_a_row_a_court_is_the_court_given():
    table = pd.DataFrame({"法院": ["本院", "甲县人民法院"], "受理": ["9", "8"]})
    assert an.read_returns(table, court="青石县人民法院")["court"].tolist() == ["青石县人民法院", "甲县人民法院"]
    with pytest.raises(an.InputError, match="没有写明法院"):
        an.read_returns(table)


def test_one_column_of_values_is_of_the_period_of_the_title(tmp_path):
    rows = [["指标", "数值"], ["受理", 714], ["结案", 711]]
    table = an.read_returns(statement(tmp_path, ["青石县人民法院2023年执行工作主要指标"], *rows))
    assert table[["period_start", "received", "closed"]].values.tolist() == [["2023-01-01", "714", "711"]]


def test_the_same_periods_of_several_courts_side_by_side_are_not_those_of_one(tmp_path):
    rows = [["指标", "本院", None, "全市", None], [None, "2022年", "2023年", "2022年", "2023年"]]
    rows += [["受理", 714, 800, 7140, 8000], ["结案", 711, 790, 7110, 7900]]
    with pytest.raises(an.InputError, match="表头把几个期间并排"):
        an.read_returns(statement(tmp_path, ["2023年主要指标"], *rows), court="青石县人民法院")


SIDE_BY_SIDE = [["新收", 160, 150], ["结案", 142, 190]]


@pytest.mark.parametrize(
    ("title", "headings", "this", "last"),
    [
        ("青石县人民法院2023年执行工作情况", ["本年", "上年"], "2023-12-31", "2022-12-31"),
        ("青石县人民法院2023年执行工作情况", ["本年累计（件）", "去年同期（件）"], "2023-12-31", "2022-12-31"),
        ("青石县人民法院2024年1—2月执行工作情况", ["本期", "上年同期"], "2024-02-29", "2023-02-28"),
        ("青石县人民法院2025年1—2月执行工作情况", ["本期数", "同期数"], "2025-02-28", "2024-02-29"),
        ("青石县人民法院执行工作情况", ["2023年1—6月", "上年同期"], "2023-06-30", "2022-06-30"),
    ],
)
def test_this_and_last_year_are_of_the_period_that_the_statement_says(tmp_path, title, headings, this, last):
    table = an.read_returns(statement(tmp_path, [title], ["项目", *headings], *SIDE_BY_SIDE))
    assert table[["period_end", "filed", "closed"]].values.tolist() == [[this, "160", "142"], [last, "150", "190"]]
    assert table.attrs["not_understood"] == []


def test_the_name_of_the_file_says_the_year_where_no_title_does(tmp_path):
    path = statement(tmp_path, ["项目", "本年", "上年"], *SIDE_BY_SIDE).rename(tmp_path / "2023年执行指标.xlsx")
    table = an.read_returns(path, court="青石县人民法院")
    assert table[["period_start", "filed"]].values.tolist() == [["2023-01-01", "160"], ["2022-01-01", "150"]]


@pytest.mark.parametrize("title", ["执行工作情况", "2022—2023年执行工作情况", "2023年12月执行工作情况"])
def test_a_year_that_is_said_nowhere_is_asked_for(tmp_path, title):
    rows = [[f"青石县人民法院{title}"], ["项目", "本年", "上年"], *SIDE_BY_SIDE]
    with pytest.raises(an.InputError, match="第2行：表头写“本年”，看不出指哪一年哪几个月"):
        an.read_returns(statement(tmp_path, *rows))


def test_a_month_beside_the_year_so_far_leaves_open_of_which_last_year_speaks(tmp_path):
    title = "青石县人民法院2023年11月执行工作情况"
    rows = [["新收", 9, 160, 150], ["结案", 8, 142, 190]]
    table = an.read_returns(statement(tmp_path, [title], ["项目", "本月", "本年累计", "上年同期"], *rows))
    assert table[["period_start", "period_end", "filed"]].values.tolist() == [
        ["2023-11-01", "2023-11-30", "9"],
        ["2023-01-01", "2023-11-30", "160"],
    ]
    assert [entry["heading"] for entry in table.attrs["not_understood"]] == ["上年同期"]
    table = an.read_returns(statement(tmp_path, [title], ["项目", "本月", "本年累计", "上年累计"], *rows))
    assert table["period_start"].tolist() == ["2023-11-01", "2023-01-01", "2022-01-01"]


@pytest.mark.parametrize(
    "headings",
    [
        ["本年", "上年", "同比", "比上年增减数"],
        ["2023年", "2022年", "同比", "比上年增减数"],
        ["上年", "本年", "同比", "比上年增减数"],
        ["本年", "同比", "比上年增减数", "上年"],
    ],
)
def test_a_change_beside_two_years_is_of_the_later_one(tmp_path, headings):
    """Beside 本年, 上年 it was read as the change of last year on the year before."""
    cells = {"本年": 160, "2023年": 160, "上年": 150, "2022年": 150, "同比": "6.67%", "比上年增减数": "+10"}
    rows = [["项目", *headings], ["新收", *map(cells.get, headings)], ["结案", *map(cells.get, headings)]]
    table = an.read_returns(statement(tmp_path, ["青石县人民法院2023年执行工作情况"], *rows)).set_index("period_start")
    read = table[["filed", "filed_change", "filed_difference"]].fillna("")
    assert read.loc["2023-01-01"].tolist() == ["160", "6.67", "+10"]
    assert read.loc["2022-01-01"].tolist() == ["150", "", ""]


def test_changes_between_years_in_falling_order_are_each_of_the_year_left_of_them(tmp_path):
    rows = [
        ["指标", "2024年", "同比", "2023年", "同比"],
        ["新收", 170, "6%", 160, "3%"],
        ["结案", 190, "1%", 142, "2%"],
    ]
    table = an.read_returns(statement(tmp_path, [TITLE], *rows))
    assert table[["period_end", "filed_change"]].values.tolist() == [["2024-12-31", "6"], ["2023-12-31", "3"]]
