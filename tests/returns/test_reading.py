import pandas as pd
import pytest

import analysis as an
from analysis.returns.corpus import corpus
from analysis.returns.headings import RETURN_COLUMNS
from analysis.returns.reading import named_otherwise

ROW = {"court": "富锦市人民法院", "period_start": "2011-01-01", "period_end": "2011-12-31", "closure_rate": "99.20"}


def test_printed_digits_are_kept_and_every_column_is_there():
    table = an.read_returns(pd.DataFrame([ROW]))
    assert table.columns.tolist() == [*RETURN_COLUMNS, "file", "row"]
    assert table["closure_rate"].tolist() == ["99.20"]
    assert table["received"].isna().all()


def test_the_shipped_figures_are_text_with_their_places():
    table = an.read_returns([an.sample_path("returns_fujin.csv"), an.sample_path("returns_courts.csv")])
    assert table.loc[0, ["closure_rate", "file", "row"]].tolist() == ["99.5", "returns_fujin.csv", 2]
    assert set(table["file"]) == {"returns_fujin.csv", "returns_courts.csv"}
    assert not table["court"].str.contains("某").any()
    assert table["source"].str.startswith("http").all()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_in_any_office_encoding_with_chinese_headings_and_a_title_line(tmp_path, encoding):
    path = tmp_path / "报表.csv"
    path.write_bytes(
        '2011年执行工作报表,,\n法院,受理（件）,执结率(%)\n富锦市人民法院,"1,386",99．20％\n'.encode(encoding)
    )
    table = an.read_returns(path)
    assert table.loc[0, ["court", "received", "closure_rate", "row"]].tolist() == ["富锦市人民法院", "1386", "99.20", 3]


def test_a_workbook_is_read_with_its_dates(tmp_path):
    path = tmp_path / "returns.xlsx"
    pd.DataFrame([{**ROW, "period_start": pd.Timestamp("2011-01-01"), "received": 386}]).to_excel(path, index=False)
    table = an.read_returns(path)
    assert table.loc[0, ["period_start", "received", "closure_rate"]].tolist() == ["2011-01-01", "386", "99.20"]


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2011", "2011-01-01", "2011-12-31"),
        ("2011年2月", "2011-02-01", "2011-02-28"),
        ("2011/2/3", "2011-02-03", "2011-02-03"),
        ("2011年上半年", "2011-01-01", "2011-06-30"),
    ],
)
def test_a_year_or_month_means_its_first_and_its_last_day(written, start, end):
    table = an.read_returns(pd.DataFrame([{**ROW, "period_start": written, "period_end": written}]))
    assert table.loc[0, ["period_start", "period_end"]].tolist() == [start, end]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"closed": "约383"}, ["约383", "1"]),
        ({"closed": "-3"}, ["-3"]),
        ({"period_end": "2011-13-01"}, ["period_end", "2011-13-01"]),
        ({"period_end": "2010-12-31"}, ["period_end", "2010-12-31"]),
        ({"court": ""}, ["court"]),
    ],
)
def test_what_cannot_be_read_is_said_with_row_and_column(change, said):
    with pytest.raises(an.InputError) as error:
        an.read_returns(pd.DataFrame([{**ROW, **change}]))
    for language in ("zh", "en"):
        assert all(word in error.value.text.within(language) for word in said)


def test_a_missing_file_and_a_missing_court_column_are_said(tmp_path):
    with pytest.raises(an.InputError, match=r"nowhere\.csv"):
        an.read_returns(tmp_path / "nowhere.csv")
    with pytest.raises(an.InputError, match="court"):
        an.read_returns(pd.DataFrame({"cuort": ["甲"]}))
    (tmp_path / "broken.xlsx").write_bytes(b"no workbook")
    with pytest.raises(an.InputError, match=r"broken\.xlsx"):
        an.read_returns(tmp_path / "broken.xlsx")


def test_own_headings_are_named_and_unknown_columns_kept():
    table = an.read_returns(pd.DataFrame({"单位名": ["甲法院"], "拘传率": ["9.35"]}), columns={"单位名": "court"})
    assert table.loc[0, ["court", "拘传率"]].tolist() == ["甲法院", "9.35"]


def test_read_rows_beside_new_ones_are_read_again():
    """Put together, the line numbers of those read before are floats, and those of the new rows are missing."""
    before = an.read_returns(pd.DataFrame({"court": ["甲法院", "乙法院"], "closed": ["5", "6"]}))
    both = pd.concat([before, pd.DataFrame({"court": ["丙法院"], "closed": ["7"]})], ignore_index=True)
    again = an.read_returns(both)
    assert again["row"].tolist() == [*before["row"], 3]
    assert again["closed"].tolist() == ["5", "6", "7"]
    assert "nan" not in set(again["file"])


def test_reading_again_changes_nothing_and_the_input_stays():
    table = an.read_returns(an.sample_path("returns_fujin.csv"))
    before = table.copy()
    pd.testing.assert_frame_equal(an.read_returns(table), before)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("absent", ["", "-", "—", "/", None, float("nan")])
def test_what_was_not_printed_is_missing(absent):
    assert pd.isna(an.read_returns(pd.DataFrame([{**ROW, "closed": absent}])).loc[0, "closed"])


def test_headings_of_court_reports_and_a_period_in_one_cell_are_understood():
    table = an.read_returns(
        pd.DataFrame(
            [
                {"法院": "甲", "年度": 2021, "收案总数": 12, "未结案件数": 3, "结案数同比增长率（%）": "+3.2%"},
                {
                    "法院": "乙",
                    "年度": "２０２１年1-6月",
                    "收案总数": 5,
                    "未结案件数": 1,
                    "结案数同比增长率（%）": "-1.5",
                },
            ]
        )
    )
    named = ["period_start", "period_end", "filed", "closing", "closed_change"]
    assert table[named].values.tolist() == [
        ["2021-01-01", "2021-12-31", "12", "3", "+3.2"],
        ["2021-01-01", "2021-06-30", "5", "1", "-1.5"],
    ]


@pytest.mark.parametrize("heading", ["人均结案数", "调解结案数", "终本案件数", "标的额", "同比", "清结率"])
def test_a_heading_of_something_else_stays_itself(heading):
    assert heading in an.read_returns(pd.DataFrame([{"法院": "甲", heading: "1"}])).columns


@pytest.mark.parametrize("written", ["2021H1", "Jan-Jun 2021", "first half of 2021", "2021上半年", "2021年1—6月",
                                     "2021.1.1-2021.6.30", "2021年1-6月（累计）", "2021年一季度至二季度"])  # fmt: skip
def test_a_period_in_one_cell_may_be_written_in_either_language(written):
    table = an.read_returns(pd.DataFrame([{"court": "甲法院", "period": written, "closed": "10"}]))
    assert table.loc[0, ["period_start", "period_end"]].tolist() == ["2021-01-01", "2021-06-30"]


@pytest.mark.parametrize("written", ["2021年第三十周", "2021年上", "2021年1-9", "2021年9-1月", "2021年10月-2021年9月"])
def test_a_cell_that_says_more_than_its_period_is_not_read_for_another(written):
    with pytest.raises(an.InputError, match="期间"):
        an.read_returns(pd.DataFrame([{"court": "甲法院", "period": written, "closed": "10"}]))


def test_a_period_that_says_no_stretch_is_an_error_with_its_place():
    with pytest.raises(an.InputError, match="期间") as error:
        an.read_returns(pd.DataFrame([{"法院": "甲", "期间": "上半年"}]))
    assert "2021年1-6月" in str(error.value)


def shares(path, code):
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet, shown = book.add_worksheet(), book.add_format({"num_format": code})
        sheet.write_row(0, 0, ["法院", "受理", "结案率", "实际执结率"])
        for row, (court, rate) in enumerate([("甲", 0.8491), ("乙", 0.9)], start=1):
            sheet.write_row(row, 0, [court, 714])
            sheet.write_number(row, 2, rate, shown)
            sheet.write_number(row, 3, 711 / 714, shown)


def test_a_percent_cell_is_the_percentage_that_it_shows(tmp_path):
    shares(tmp_path / "a.xlsx", "0.00%")
    table = an.read_returns(tmp_path / "a.xlsx")
    assert table["closure_rate"].tolist() == ["84.91", "90.00"]
    assert table["actual_enforcement_rate"].tolist() == ["99.58", "99.58"]


def test_rates_that_may_be_shares_are_a_question(tmp_path):
    shares(tmp_path / "a.xlsx", "General")
    with pytest.raises(an.InputError, match=r"84\.91%还是0\.8491%") as asked:
        an.read_returns(tmp_path / "a.xlsx")
    assert "84.91% or 0.8491%" in asked.value.text.en
    (tmp_path / "b.csv").write_text("法院,结案率\n甲,1\n乙,0.5\n", encoding="utf-8")
    with pytest.raises(an.InputError, match=r"50%还是0\.5%"):
        an.read_returns(tmp_path / "b.csv")
    (tmp_path / "c.csv").write_text("法院,终本率\n甲,0.31\n乙,0.5\n", encoding="utf-8")
    with pytest.raises(an.InputError, match=r"31%还是0\.31%"):  # a rate of the definition sets
        an.read_returns(tmp_path / "c.csv")


@pytest.mark.parametrize("rates", [["0.5%", "0.8％"], ["0.5", "99.5"], ["0", "0"], ["", ""]])
def test_rates_that_can_be_told_are_no_question(rates):
    table = an.read_returns(pd.DataFrame({"法院": ["甲", "乙"], "结案率": rates}))
    again = an.read_returns(table)
    assert again["closure_rate"].fillna("").tolist() == [rate.rstrip("%％") for rate in rates]


def test_english_headings_and_a_column_of_totals_are_understood():
    """15 brought forward and 371 filed make the 386 of the total; a total that adds up to nothing known stays by its name."""
    rows = {
        "Court": ["甲法院", "乙法院"],
        "Year": ["2011", "2011"],
        "brought_forward": ["15", "3"],
        "new_filed": ["371", "97"],
    }
    table = an.read_returns(
        pd.DataFrame(
            {
                **rows,
                "Total": ["386", "100"],
                "Disposed": ["383", "95"],
                "Closure rate (%)": ["99.22", "95"],
                "执行完毕率": ["40", "38"],
            }
        )
    )
    assert table[["period_start", "opening", "filed", "received", "closed", "closure_rate"]].values.tolist() == [
        ["2011-01-01", "15", "371", "386", "383", "99.22"],
        ["2011-01-01", "3", "97", "100", "95", "95"],
    ]
    assert table["completed_rate"].tolist() == ["40", "38"]  # a rate of a definition set, by its name there
    other = an.read_returns(pd.DataFrame({**rows, "合计": ["12", "13"]}))
    assert other["received"].isna().all()
    told = an.reconcile(other).figures
    assert told.loc[told["measure"] == "合计", "verdict"].tolist() == ["unchecked", "unchecked"]


def test_rates_below_one_percent_are_not_asked_about_where_the_counts_tell():
    """1 closed of 128 received is 0.78%; alone, 0.78 may be 78%."""
    row = {"court": "甲法院", "received": "128", "closed": "1", "closure_rate": "0.78"}
    assert an.read_returns(pd.DataFrame([row]))["closure_rate"].tolist() == ["0.78"]
    with pytest.raises(an.InputError, match="78"):
        an.read_returns(pd.DataFrame([{**row, "closed": "100"}]))


def test_no_returns_at_all_are_no_fault_of_ours():
    with pytest.raises(an.ArgumentError, match="没有公布的数字"):
        corpus(None)


def test_thousands_of_headings_are_no_return(tmp_path):
    path, wide = tmp_path / "wide.csv", range(1_200)
    lines = ["法院,年份,新收,结案," + ",".join(f"列{i}" for i in wide)]
    lines += [f"甲县人民法院,{year},9,8," + ",".join("x" for _ in wide) for year in (2010, 2011)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(an.InputError, match="1,204个表头"):
        an.read_returns(path)


@pytest.mark.parametrize(
    "table",
    [
        {"案号": ["(2021)黑0882执101号"], "申请人": ["张三丰"], "到位金额": ["12000"], "法院": ["甲县人民法院"]},
        {"申请人": ["张三丰"], "结案方式": ["执行完毕"], "到位金额": ["12000"], "法院": ["甲县人民法院"]},
        {"no": ["（2021）黑0882执101号"], "who": ["张三丰"], "到位金额": ["12000"]},
        {"张三丰": ["王五岳"], "12000": ["340"]},
    ],
)
def test_a_register_given_by_mistake_is_named_and_nothing_of_it_is_quoted(table):
    with pytest.raises(an.InputError) as told:
        an.reconcile(pd.DataFrame(table))
    assert not [cell for cell in ("张三丰", "王五岳", "101", "12000") if cell in str(told.value)]
    assert "台账" in str(told.value) or "没有写明法院" in str(told.value)


def test_traditional_headings_and_units_are_understood(tmp_path):
    path = tmp_path / "報表.csv"
    path.write_text(
        "法院,統計期間,舊存案件數,新收,結案,未結,結案率（%）,實際到位金額（萬元）\n甲法院,2015年,10,100,95,15,86.36,120.5\n",
        encoding="utf-8",
    )
    read = an.read_returns(path)
    assert not read.attrs["not_understood"]
    assert read[["opening", "filed", "closed", "closing", "closure_rate", "amount_recovered"]].values.tolist() == [
        ["10", "100", "95", "15", "86.36", "120.5"]
    ]


@pytest.mark.parametrize(
    ("above", "days"),
    [(["青石市中级人民法院2025年1-11月执行指标通报"], ("2025-01-01", "2025-11-30")),
     (["2025年度全市法院执行情况（1—11月）", "制表日期：2026年1月"], ("2025-01-01", "2025-11-30")),
     (["全市法院执行指标", "统计期间：2024.12.21-2025.12.20"], ("2024-12-21", "2025-12-20")),
     (["２０２５年上半年全市法院（同比2024年上半年）"], ("2025-01-01", "2025-06-30")),
     (["二〇二五年前三季度各院"], ("2025-01-01", "2025-09-30")), (["2025年执行指标（截至12月20日）"], None),
     (["2024年与2025年同期对比"], None), (["2025年11月执行通报（累计）"], None), (["青中法〔2025〕3号"], None), (["各院执行指标"], None)],
)  # fmt: skip
@pytest.mark.parametrize(("heading", "courts"), [("单位", ["甲县", "乙县"]), ("名字", ["甲县人民法院", "乙县法院"])])
def test_the_bulletin_of_a_higher_court_has_its_period_in_the_title_and_its_courts_under_any_heading(
    tmp_path, above, days, heading, courts
):
    rows = [
        *([line] for line in above),
        [heading, "旧存", "新收", "结案"],
        *([court, "3", "90", "80"] for court in courts),
        ["合计", "6", "180", "160"],
    ]
    path = tmp_path / "bulletin.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    read = an.read_returns(path)
    assert read["court"].tolist() == [*courts, "合计"]
    shown = read[["period_start", "period_end"]].drop_duplicates().to_numpy().tolist()
    assert tuple(shown[0]) == days if days else read["period_end"].isna().all()


@pytest.mark.parametrize(
    ("title", "scope"),
    [("2025年全市法院执行工作情况", "执行案件"), ("2025年恢复执行案件收结存", "恢复执行案件"),
     ("2025年审判执行工作情况", None), ("2025年终结本次执行程序统计", None)],
)  # fmt: skip
def test_the_kind_of_cases_is_that_of_the_title_where_no_column_states_it(tmp_path, title, scope):
    path = tmp_path / "bulletin.csv"
    path.write_text(f"{title}\n法院,旧存,新收,结案\n甲县,3,90,80\n乙县,3,90,80\n", encoding="utf-8")
    assert an.read_returns(path)["scope"].dropna().tolist() == ([scope] * 2 if scope else [])
    path.write_text(f"{title}\n法院,范围,新收,结案\n甲县,民事案件,90,80\n", encoding="utf-8")
    assert an.read_returns(path)["scope"].tolist() == ["民事案件"]


def test_units_in_a_column_are_no_courts(tmp_path):
    path = tmp_path / "year.csv"
    path.write_text("青石县人民法院2025年指标\n单位,新收,结案\n件,90,80\n件,70,60\n", encoding="utf-8")
    assert set(an.read_returns(path)["court"]) == {"青石县人民法院"}


@pytest.mark.parametrize(
    ("above", "below", "columns"),
    [("单位,受理案件,,结案,,结案率", ",件数,同比,件数,同比（%）,", ["received", "received_change", "closed", "closed_change", "closure_rate"]),
     ("法院,受理案件,,,到位,", ",合计,旧存,新收,金额（万元）,到位率", ["received", "opening", "filed", "amount_recovered", "recovery_rate"]),
     ("序号,法院,受理,结案,收案,未结", "序号,,（件）,件,件数,（件）", ["received", "closed", "filed", "closing"]),
     ("法院,案件情况,,,到位情况,", ",受理,结案,结案率,到位金额,到位率", ["received", "closed", "closure_rate", "amount_recovered", "recovery_rate"])],
)  # fmt: skip
@pytest.mark.parametrize("as_frame", [False, True])
def test_a_header_of_two_rows_is_read_as_one(tmp_path, above, below, columns, as_frame):
    path = tmp_path / "bulletin.csv"
    lead = ["1"] * above.startswith("序号")
    rows = [
        ",".join([*lead, name, *(str(60 + place) for place in range(len(columns)))])
        for name in ("甲县法院", "乙县法院")
    ]
    path.write_text("\n".join([above, below, *rows, "注：数据来源于系统。", "填表人：某,审核人：某"]), encoding="utf-8")
    read = an.read_returns(pd.read_csv(path) if as_frame else path)
    assert read["court"].tolist() == ["甲县法院", "乙县法院"]
    assert read.loc[0, columns].tolist() == [str(60 + place) for place in range(len(columns))]


def test_figures_of_a_part_of_the_cases_are_never_taken_for_all(tmp_path):
    path = tmp_path / "bulletin.csv"
    path.write_text("法院,首次执行,,到位,结案\n,受理,结案率,件数,%\n甲县法院,9,80,7,60\n", encoding="utf-8")
    read = an.read_returns(path)
    assert read[["received", "closure_rate", "amount_recovered", "closed"]].isna().all(axis=None)
    assert [said["heading"] for said in read.attrs["not_understood"]] == [
        "首次执行受理",
        "首次执行结案率",
        "到位件数",
        "结案%",
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("法院,执行案件,,\n,受理,,结案\n,件数,同比,件数\n", "又一行"),
        ("法院,2024年,,2025年,\n,受理,结案,受理,结案\n", "几个期间"),
    ],
)
def test_a_header_that_cannot_be_read_is_said(tmp_path, header, said):
    path = tmp_path / "bulletin.csv"
    path.write_text(header + "甲县法院,9,8,7,6\n", encoding="utf-8")
    with pytest.raises(an.InputError, match=said):
        an.read_returns(path)


def test_a_court_without_figures_is_kept_below_a_header_and_a_note(tmp_path):
    path = tmp_path / "bulletin.csv"
    path.write_text(
        "序号,法院,受理,结案\n,甲县法院,－,－\n1,乙县法院,9,8\n,注：见上,,\n,丙县法院,,\n", encoding="utf-8"
    )
    assert an.read_returns(path)["court"].tolist() == ["甲县法院", "乙县法院", "丙县法院"]


@pytest.mark.parametrize(
    ("year", "part", "cell", "last"),
    [("年度", "月份", "1月", "2025-01-31"), ("年", "月", 1, "2025-01-31"), ("年度", "季度", "一季度", "2025-03-31"),
     ("年度", "季度", 1, "2025-03-31"), ("年度", "月份", "1-6月", "2025-06-30"),
     ("Year", "Month", "Jan", "2025-01-31"), ("年度", "季度", "合计", "2025-12-31"), ("年度", "月份", None, "2025-12-31"),
     ("年度", "月份", pd.Timestamp("2025-01-01"), "2025-01-31")],
)  # fmt: skip
def test_a_year_and_its_month_in_two_columns_are_one_period(year, part, cell, last):
    """A month's figures were read as the whole year's."""
    table = an.read_returns(pd.DataFrame([{"法院": "甲法院", year: 2025, part: cell, "受理": 100, "结案": 80}]))
    assert table[["period_start", "period_end"]].to_numpy().tolist() == [["2025-01-01", last]]
    assert not table.attrs["not_understood"]


def test_months_below_a_title_that_says_the_year_are_months(tmp_path):
    path = tmp_path / "年报.csv"
    path.write_text(
        "2025年全市法院执行案件情况表\n法院,月份,受理,结案\n甲法院,1月,10,8\n甲法院,2月,12,9\n", encoding="utf-8"
    )
    assert an.read_returns(path)["period_end"].tolist() == ["2025-01-31", "2025-02-28"]


def test_the_court_by_its_short_name_is_the_court_and_another_is_not():
    rows = pd.DataFrame([ROW | {"court": "青石县法院"}, ROW | {"court": "合计"}, ROW | {"court": "石县人民法院"}])
    table = an.read_returns(rows, court="河北省青石县人民法院")
    assert table["court"].tolist() == ["河北省青石县人民法院", "合计", "石县人民法院"]
    assert an.read_returns(rows)["court"].tolist() == rows["court"].tolist()


def test_of_two_short_names_neither_is_taken_for_the_court():
    rows = pd.DataFrame([ROW | {"court": "青石县法院"}, ROW | {"court": "青石县人民法院", "closure_rate": "98.10"}])
    assert an.read_returns(rows, court="河北省青石县人民法院")["court"].tolist() == rows["court"].tolist()


def test_the_court_in_full_in_one_year_and_in_short_in_another_is_one_court():
    rows = pd.DataFrame(
        {
            "法院": ["青石县人民法院", "青石法院", "白石县人民法院", "白石县人民法院"],
            "期间": ["2023年度", "2024年度"] * 2,
            "新收": ["10", "20", "30", "40"],
        }
    )
    table = an.read_returns(rows, court="青石县人民法院")
    assert table["court"].tolist() == ["青石县人民法院"] * 2 + ["白石县人民法院"] * 2
    both = rows.assign(期间="2024年度").iloc[:2]
    left = an.read_returns(both, court="青石县人民法院")
    assert left["court"].tolist() == both["法院"].tolist(), "they may be two"
    assert "“青石县人民法院”、“青石法院”同一时期数字不同" in named_otherwise(left)[0].zh
    same = an.read_returns(both.assign(新收="10"), court="青石县人民法院")
    assert same["court"].tolist() == ["青石县人民法院"] * 2


def test_a_total_that_stands_under_the_serial_number_is_the_total_and_another_row_without_a_court_is_refused():
    rows = pd.DataFrame(
        {
            "序号": ["1", "2", "合计"], "法院": ["甲法院", "乙法院", None], "期间": "2024年度", "新收": ["10", "20", "30"],
        }
    )  # fmt: skip
    assert an.read_returns(rows)["court"].tolist() == ["甲法院", "乙法院", "合计"]
    assert an.reconcile(rows).totals["verdict"].tolist() == ["agrees"]
    with pytest.raises(an.InputError, match="法院）为空"):
        an.read_returns(rows.assign(序号=["1", "2", "3"]))


@pytest.mark.parametrize(
    ("upper", "lower", "row"),
    [
        (
            ["法院", "年度", "收案", "", "", "结案", "", "未结"],
            ["", "", "旧存", "新收", "合计", "结案数", "结案率(%)", ""],
            ["甲县人民法院", 2023, 15, 371, 386, 383, 99.22, 3],
        ),
        (
            ["Court", "Year", "Cases", "", "", "Closed", "Closure rate (%)", "Pending"],
            ["", "", "opening", "filed", "total", "number", "", ""],
            ["甲县人民法院", 2023, 15, 371, 386, 383, 99.22, 3],
        ),
    ],
)
def test_a_total_below_a_heading_of_brought_forward_and_filed_is_of_both(upper, lower, row, tmp_path):
    path = tmp_path / "returns.csv"
    path.write_text("\n".join(",".join(map(str, line)) for line in (upper, lower, row)), encoding="utf-8")
    found = an.read_returns(path).iloc[0]
    counts = ["opening", "filed", "received", "closed", "closure_rate", "closing"]
    assert found[counts].astype(float).tolist() == [15, 371, 386, 383, 99.22, 3]
