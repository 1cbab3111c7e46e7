"""Every form of a register gives the same table, and every row of it is accounted for."""

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

import analysis as an
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.language import speaking

REGISTERS = Path(__file__).parents[1] / "data" / "registers"
FORMS = sorted(p.name for p in REGISTERS.iterdir() if p.suffix not in (".py", ".md") and not p.is_dir())
OWN = {
    "编码": "case_no", "收": "filed_on", "结": "closed_on", "怎么结的": "closure_mode", "要的钱": "amount_claimed",
    "到的钱": "amount_recovered", "谁": "officer", "财产": "has_property",
}  # fmt: skip
FULL_WIDTH = str.maketrans("()０１２３４５６７８９", "（）0123456789")


def as_built(cases):
    rows = cases.table.to_pandas()
    return [
        (
            r.case_no.translate(FULL_WIDTH),
            r.filed_on.date(),
            None if pd.isna(r.closed_on) else r.closed_on.date(),
            r.closure_mode_text if isinstance(r.closure_mode_text, str) else None,
            r.amount_claimed,
            None if pd.isna(r.amount_recovered) else r.amount_recovered,
            r.officer,
            {True: "有", False: "无"}[r.has_property],
        )
        for r in rows.itertuples()
    ]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_cases(name, build, accounted):
    cases = read_cases(REGISTERS / name, as_of="2011-12-31", columns=OWN if name == "own_names.csv" else None)
    assert as_built(cases) == build.CASES
    assert cases.unreadable.empty
    accounted(cases)


def test_the_files_checked_in_are_those_that_the_builder_makes(build):
    for name, data in build.text_files().items():
        assert (REGISTERS / name).read_bytes() == data, name


def test_a_duckdb_file_gives_the_same_cases_and_its_views_are_not_run(build, tmp_path, accounted):
    import duckdb

    secret = tmp_path / "other.csv"
    secret.write_text("案号,立案日期\n（2011）富执字第9号,2011-01-01\n", encoding="utf-8")
    path = tmp_path / 'it\'s a "register".duckdb'
    frame = build.frame()
    with duckdb.connect(str(path)) as connection:
        connection.execute("""create table "台账""; drop table x; --" as select * from frame""")
        connection.execute(f"create view v as select * from read_csv('{secret}')")  # noqa: S608 - the trap itself
    assert len(frame) == 6
    cases = read_cases(path, as_of="2011-12-31")
    assert as_built(cases) == build.CASES
    accounted(cases)


@pytest.mark.full
def test_a_moment_with_a_time_zone_is_a_day_of_the_court_in_every_format(tmp_path, write, monkeypatch):
    import duckdb
    import openpyxl
    import pyarrow as pa
    import pyarrow.parquet as pq

    monkeypatch.setenv("TZ", "America/New_York")
    number, instant = "（2011）富执字第1号", dt.datetime(2010, 12, 31, 16, 0, tzinfo=dt.UTC)
    for zone in ("UTC", "Asia/Shanghai", "America/New_York"):
        moments = pa.table({"案号": [number], "立案日期": pa.array([instant], pa.timestamp("us", tz=zone))})
        pq.write_table(moments, tmp_path / f"{zone.replace('/', '-')}.parquet")
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        connection.execute("create table cases as select * from moments")
    write([["案号", "立案日期"], [number, "2010-12-31T16:00:00Z"]], "z.csv")
    write([["案号", "立案日期"], [number, "2010-12-31 11:00-05:00"]], "east.csv")
    workbook = openpyxl.Workbook()
    workbook.active.append(["案号", "立案日期"])
    workbook.active.append([number, "2010-12-31T16:00Z"])
    workbook.save(tmp_path / "text.xlsx")
    (tmp_path / "page.xls").write_text(
        f"<table><tr><td>案号<td>立案日期<tr><td>{number}<td>2010-12-31T16:00:00.000Z</table>", encoding="utf-8"
    )
    files = sorted(tmp_path.glob("*.*"))
    assert len(files) == 8
    for file in files:
        cases = read_cases(file, as_of="2011-12-31")
        assert str(cases.table.filed_on.to_pandas()[0])[:10] == "2011-01-01", file.name


def test_a_folder_of_years_sheets_and_courts_is_one_register(build, tmp_path, write, accounted):
    build.write_xlsx(tmp_path / "2011.xlsx", titled=True, notes=True)
    write(
        [["案号", "立案日期", "法院"], ["（2010）桦执字第1号", "2010-05-05", "桦南县人民法院"]], "桦南县/2010年案件.csv"
    )
    write([["信访编号", "案号", "收到日期"], ["1", "(2011)富执字第001号", "2011-02-02"]], "信访.csv")
    write([["案号", "措施种类", "日期"], ["（2011）富执字第1号", "拘留", "2011-02-03"]], "强制措施.csv")
    write([["案号", "发放日期", "救助金额(万元)"], ["（2011）富执字第1号", "2011-02-03", "0.5"]], "aid.csv")
    (tmp_path / "README.md").write_text("not a register", encoding="utf-8")
    (tmp_path / "~$2011.xlsx").write_bytes(b"lock file of a spreadsheet")
    cases = read_cases(tmp_path, as_of="2011-12-31", court="富锦市人民法院")
    accounted(cases)
    assert len(cases) == 7
    assert set(cases.table.court.to_pandas()) == {"富锦市人民法院", "桦南县人民法院"}
    assert set(cases.inputs["file"]) == {"2011.xlsx", "桦南县/2010年案件.csv", "信访.csv", "强制措施.csv", "aid.csv"}
    assert cases.petitions.case_no.to_pandas().tolist() == ["（2011）富执字第1号"]  # in the writing of the case table
    assert cases.coercive_measures.kind.to_pandas().tolist() == ["detention"]
    assert cases.aid.amount.to_pandas().tolist() == [5_000.0]
    assert (
        dict(zip(cases.skipped["kind"] + cases.skipped["sheet"], cases.skipped["rows"], strict=True))["hidden旧稿"] == 2
    )


def test_a_glob_and_a_list_read_the_same_and_equal_names_are_told_apart(write, accounted):
    rows = [["案号", "立案日期"], ["（2010）富执字第1号", "2010-05-05"]]
    first, second = write(rows, "2010/cases.csv"), write(rows, "2011/cases.csv")
    by_glob = read_cases(first.parent.parent / "*" / "cases.csv", as_of="2011")
    by_list = read_cases([first, second], as_of="2011")
    assert by_glob.inputs["file"].tolist() == by_list.inputs["file"].tolist() == ["2010/cases.csv", "2011/cases.csv"]
    accounted(by_glob)


def test_the_mapping_says_what_was_mapped_ignored_derived_and_missing(write):
    path = write(
        [
            ["案 号", "立案日期", "申请执行标的额（万元）", '"; DROP TABLE cases; --', "收案日期"],
            ["（2011）富执恢字第1号", "2011-01-04", "1.5", "x", ""],
        ]
    )
    cases = read_cases(path, as_of="2011-12-31")
    by_column = cases.mapping.set_index("column")
    assert by_column.loc["case_no", ["header", "status"]].tolist() == ["案 号", "mapped"]
    assert by_column.loc["amount_claimed", "unit"] == "万元"
    assert by_column.loc["case_type", ["header", "status"]].tolist() == ["案 号", "derived"]
    assert by_column.loc["closed_on", "status"] == "missing"
    ignored = cases.mapping.loc[cases.mapping["status"] == "ignored", "header"].tolist()
    assert ignored == ["[4]", "收案日期"]
    row = cases.table.to_pandas().iloc[0]
    assert row["case_type"] == "reopened"
    assert row["amount_claimed"] == 15_000.0


def test_rows_that_cannot_be_used_are_kept_aside_with_their_reason_and_values(write, accounted):
    path = write(
        [
            ["案号", "立案日期", "承办人"],
            ["（2011）富执字第1号", "2011-01-04", "甲"],
            ["（2011）富执字第2号", "", "乙"],
            ["（2011）富执字第3号", "2011-02-30", "丙"],
            ["", "2011-02-01", "丁"],
            ["无编号案件", "2011-02-01", "戊"],
            ["", "", ""],
            ["总计", "4件", ""],
        ]
    )  # fmt: skip
    cases = read_cases(path, as_of="2011-12-31")
    accounted(cases)
    assert cases.quarantine["row"].tolist() == [3, 4, 5, 6]
    assert cases.quarantine["field"].tolist() == ["filed_on", "filed_on", "case_no", "case_type"]
    assert json.loads(cases.quarantine["values"][1]) == {
        "案号": "（2011）富执字第3号",
        "立案日期": "2011-02-30",
        "承办人": "丙",
    }
    assert all("\n" in reason for reason in cases.quarantine["reason"])  # both languages
    assert dict(zip(cases.skipped["kind"], cases.skipped["rows"], strict=True)) == {"header": 1, "empty": 1, "total": 1}


def test_an_odd_case_number_is_kept_where_the_type_is_given(write, accounted):
    cases = read_cases(write([["案号", "立案日期", "案件类型"], ["FJ-2011-1", "2011-01-04", "首次执行"]]), as_of="2011")
    assert cases.table.case_type.to_pandas().tolist() == ["first"]
    accounted(cases)


def test_a_cell_that_cannot_be_read_is_missing_and_said_not_guessed(write):
    cases = read_cases(
        write([["案号", "立案日期", "结案日期", "标的额"], ["（2011）富执字第1号", "2011-01-04", "三月", "五万"]]),
        as_of="2011",
    )
    assert cases.unreadable[["row", "column", "value"]].values.tolist() == [
        [2, "closed_on", "三月"],
        [2, "amount_claimed", "五万"],
    ]
    assert pd.isna(cases.table.to_pandas()["closed_on"][0])


def test_a_word_that_is_not_known_is_no_other_and_stays_to_be_seen(write):
    """Its type is that of the letters in the case number."""
    path = write(
        [
            ["案号", "立案日期", "结案日期", "结案方式", "案件类型"],
            ["（2011）富执字第1号", "2011-01-04", "2011-02-01", "挂账结案", "先予执行"],
        ]
    )
    row = read_cases(path, as_of="2011").table.to_pandas().iloc[0]
    assert pd.isna(row["closure_mode"])
    assert row["closure_mode_text"] == "挂账结案"
    assert (row["case_type"], row["case_type_text"]) == ("first", "先予执行")


def test_repeated_headers_column_numbers_and_notes_in_the_body_are_no_cases(write, accounted):
    header = ["序号", "案号", "立案日期", "承办人"]
    path = write(
        [
            ["富锦法院台账"], header, ["1", "2", "3", "4"], ["1", "（2011）富执字第1号", "2011-01-04", "甲"],
            ["本页小计", "", "", "1"], header, ["2", "（2011）富执字第2号", "2011-01-05", "乙"], ["3", "", "", ""],
            ["注：2010年旧存未列", "", "", ""], ["填表人：丙", "", "审核人：丁", ""], ["合  计：2件", "", "", ""],
        ]
    )  # fmt: skip
    cases = read_cases(path, as_of="2011")
    accounted(cases)
    assert len(cases) == 2
    assert cases.quarantine.empty
    kinds = dict(zip(cases.skipped["kind"], cases.skipped["rows"], strict=True))
    assert kinds == {"title": 1, "header": 3, "total": 2, "empty": 1, "note": 2}


def test_subtotals_signatures_and_a_header_of_two_rows_again_are_no_cases(write, accounted):
    upper, lower = ["序号", "案号", "日期", "", "承办人"], ["", "", "立案日期", "结案日期", ""]
    case = ["1", "（2011）富执字第1号", "2011-01-04", "", "王伟"]
    path = write(
        [
            upper,
            lower,
            case,
            ["王伟小计", "", "1", "", ""],
            ["", "第一季度合计（件）", "1", "", ""],
            ["平均", "", "", "3", ""],
            upper,
            lower,
            [*case[:1], "（2011）富执字第2号", *case[2:]],
            ["制表：王伟", "", "审核：李强", "", "2012-01-05"],
            ["分管领导：", "李强", "", "联系电话：", "0454"],
            ["", "（2011）富执字第3号", "待补", "", "王小计"],
        ]
    )
    cases = read_cases(path, as_of="2011-12-31")
    accounted(cases)
    assert len(cases) == 2
    assert dict(zip(cases.skipped["kind"], cases.skipped["rows"], strict=True)) == {"header": 4, "total": 3, "note": 2}
    assert cases.quarantine["row"].tolist() == [12]


def test_a_row_with_a_case_number_or_three_known_cells_is_never_a_note(write, accounted):
    path = write(
        [
            ["备注", "案号", "立案日期", "承办人", "执行小组"],
            ["", "（2011）富执字第1号", "2011-01-04", "王伟", "一组"],
            ["注：被执行人下落不明", "（2011）富执字第2号", "待补", "", ""],
            ["注：财产已查封", "案号未编", "", "王伟", "一组"],
            ["备注：无", "", "", "李强", "一组"],
            ["以上数据截至年末", "", "", "", ""],
        ]
    )
    cases = read_cases(path, as_of="2011-12-31")
    accounted(cases)
    assert cases.quarantine["row"].tolist() == [3, 4]
    assert dict(zip(cases.skipped["kind"], cases.skipped["rows"], strict=True)) == {"header": 1, "note": 2}


def test_a_reopened_case_meets_its_original_in_any_writing(write):
    path = write(
        [
            ["案号", "立案日期", "原执行案号"],
            ["（2009）富执字第1号", "2009-01-05", ""],
            ["(2010)富执恢字第1号", "2010-03-01", "[2009]富执字第001号"],
            ["（２０１５）黑0833执2号", "2015-03-01", ""],
            ["（2017）黑0883执恢1号", "2017-01-05", "(2015)黑0883执2号"],
            ["（2017）黑0883执恢2号", "2017-01-05", "(2001)黑0883执2号"],
        ]
    )
    table = read_cases(path, as_of="2018-12-31").table.to_pandas()
    assert table["source_row"].tolist() == [2, 3, 4, 5, 6]
    written = ["（2009）富执字第1号", "（２０１５）黑0833执2号", "(2001)黑0883执2号"]
    assert table["original_case_no"].dropna().tolist() == written


@pytest.mark.parametrize(
    "title",
    [
        "单位：万元", "单位为万元", "（以万元为单位）", "单位：件、万元", "执行台账 金额（万元）", "计量单位 ： 万 元", "2011年执行台账（万元）",
        "（万元）", "万元", "金额均为万元", "标的以万元计", "单位：万元 填报日期：2012-01-05",
    ],
)  # fmt: skip
def test_a_title_gives_the_unit_of_amounts_that_name_none(write, title):
    header = ["案号", "受理日期", "标的金额", "到位金额（元）"]
    cases = read_cases(
        write([[title], header, ["（2011）富执字第1号", "2011-01-04", "1.5", "300"]]), as_of="2011-12-31"
    )
    assert cases.table.amount_claimed.to_pandas().tolist() == [15_000.0]
    assert cases.table.amount_recovered.to_pandas().tolist() == [300.0]


@pytest.mark.parametrize(
    "title", [["填报单位：富锦市人民法院", "", "", "单位：万元"], ["2011年台账", "富锦", "（万元）"]]
)
def test_a_title_of_several_cells_gives_the_unit_too_and_is_no_row_of_the_header(write, title):
    rows = [title, ["案号", "立案日期", "标的金额", "结案方式"], ["（2011）富执字第1号", "2011-01-04", "1.5", "终本"]]
    cases = read_cases(write(rows), as_of="2011-12-31")
    assert cases.table.amount_claimed.to_pandas().tolist() == [15_000.0]
    assert cases.mapping.set_index("column").loc["closure_mode", "header"] == "结案方式"


@pytest.mark.parametrize("title", ["标的百万元以上案件", "2011年台账（标的10万元以上）", "千万元大案"])
def test_a_bound_of_amounts_in_a_title_is_no_unit(write, title):
    rows = [[title], ["案号", "立案日期", "标的金额"], ["（2011）富执字第1号", "2011-01-04", "1.5"]]
    assert read_cases(write(rows), as_of="2011-12-31").table.amount_claimed.to_pandas().tolist() == [1.5]


def test_a_unit_that_is_said_only_below_the_cases_is_asked_for(write):
    rows = [["案号", "立案日期", "标的金额"], ["（2011）富执字第1号", "2011-01-04", "1.5"], ["注：金额单位为万元"]]
    with pytest.raises(InputError, match="标的金额（万元）"), speaking("zh"):
        read_cases(write(rows), as_of="2011-12-31")
    rows[0][2] = "标的金额（元）"
    assert read_cases(write(rows), as_of="2011-12-31").table.amount_claimed.to_pandas().tolist() == [1.5]


def test_a_header_that_stands_again_below_asks_for_no_unit(write):
    header = ["案号", "立案日期", "标的金额（万元）", "到位金额"]
    rows = [
        header,
        ["（2011）富执字第1号", "2011-01-04", "1.5", "300"],
        header,
        ["（2011）富执字第2号", "2011-01-05", "2", "4"],
    ]
    assert read_cases(write(rows), as_of="2011-12-31").table.amount_recovered.to_pandas().tolist() == [300.0, 4.0]


def test_a_second_table_below_in_another_order_or_beside_is_an_error_not_a_mistake(write):
    header, case = ["案号", "立案日期", "承办人"], ["（2011）富执字第1号", "2011-01-04", "王伟"]
    below = [
        header,
        case,
        ["2012年"],
        ["案号", "承办人", "立案日期"],
        ["（2012）富执字第1号", "2012-01-04", "2012-01-05"],
    ]
    with pytest.raises(InputError, match="第4行又是表头"):
        read_cases(write(below), as_of="2012-12-31")
    beside = [[*header, "", *header], [*case, "", "（2011）富执字第2号", "2011-01-05", "李强"]]
    with pytest.raises(InputError, match="并排"), speaking("zh"):
        read_cases(write(beside), as_of="2012-12-31")


def test_cells_wrapped_as_formulas_of_text_are_read(write):
    rows = [["案号", "立案日期", "标的额"], ['="（2011）富执字第1号"', '="2011-01-04"', '="1,234.5"']]
    table = read_cases(write(rows), as_of="2011-12-31").table.to_pandas()
    assert table.loc[0, "case_no"] == "（2011）富执字第1号"
    assert table.loc[0, "amount_claimed"] == 1234.5


def test_files_without_cases_are_named(write):
    write([["说明"], ["本月无案件"]], "a.csv")
    folder = write([["编号", "内容"], ["1", "x"]], "b.csv").parent
    with pytest.raises(InputError) as error:
        read_cases(folder, as_of="2011-12-31")
    for said in (error.value.text.zh, error.value.text.en):
        assert "a.csv" in said
        assert "b.csv" in said


def test_a_comma_too_many_does_not_shift_columns_in_silence(tmp_path, accounted):
    path = tmp_path / "cases.csv"
    path.write_text("案号,立案日期,标的额,承办人\n（2011）富执字第1号,2011-01-04,1,234.56,甲\n", encoding="utf-8")
    cases = read_cases(path, as_of="2011")
    accounted(cases)
    assert len(cases) == 0
    assert "错位" in cases.quarantine["reason"][0]


def test_a_header_merged_over_both_its_rows_is_named_once(tmp_path):
    import xlsxwriter

    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for column, name in enumerate(["序号", "案　号"]):
            sheet.merge_range(0, column, 1, column, name)
        sheet.merge_range(0, 2, 0, 3, "日期")
        sheet.write_row(1, 2, ["立　案", "结　案"])
        sheet.write_row(2, 0, ["1", "（2011）富执字第1号", "2011-01-04", "2011-03-01"])
    cases = read_cases(path, as_of="2011-12-31")
    assert len(cases) == 1
    assert cases.mapping.loc[cases.mapping["status"] == "ignored", "header"].tolist() == ["序号"]


def test_english_headers_are_understood(write):
    path = write(
        [
            ["case_no", "Filed on", "closed_on", "closure_mode"],
            ["（2011）富执字第1号", "2011-01-04", "2011-02-01", "settled"],
        ]
    )
    assert read_cases(path, as_of="2011").table.closure_mode.to_pandas().tolist() == ["settled"]


def test_the_users_own_names_come_from_a_mapping_either_way_or_from_toml(tmp_path, write):
    path = write([["编码", "收", "承办人"], ["（2011）富执字第1号", "2011-01-04", "甲"]])
    toml = tmp_path / "columns.toml"
    toml.write_text('[cases]\n"编码" = "case_no"\n"收" = "filed_on"\n', encoding="utf-8")
    for columns in ({"编码": "case_no", "收": "filed_on"}, {"case_no": "编码", "filed_on": "收"}, toml):
        assert len(read_cases(path, as_of="2011", columns=columns)) == 1


def test_own_names_that_nothing_has_are_an_error_with_the_nearest(write):
    path = write([["案号", "立案日期", "收件"], ["（2011）富执字第1号", "2011-01-04", ""]])
    with pytest.raises(InputError, match=r"收件日.*收件"):
        read_cases(path, as_of="2011", columns={"收件日": "assigned_on"})
    with pytest.raises(ArgumentError, match="columns"):
        read_cases(path, as_of="2011", columns={"收件": "not_a_column"})


def test_an_error_of_own_names_lists_known_headings_and_those_that_are_like_them_alone(write):
    path = write([["案号", "立案日期", "佟丽娅"], ["（2011）富执字第1号", "2011-01-04", ""]])
    with pytest.raises(InputError, match=r"收件日.*案号、立案日期") as error:
        read_cases(path, as_of="2011", columns={"收件日": "assigned_on"})
    assert "佟丽娅" not in str(error.value)


def test_register_toml_says_the_last_day_the_court_the_key_and_that_it_is_made_up(write):
    folder = write([["案号", "立案日期"], ["（2011）富执字第1号", "2011-01-04"]]).parent
    with pytest.raises(ArgumentError, match="as_of"):
        read_cases(folder)
    (folder / "register.toml").write_text(
        'as_of = "2011-12-31"\nsynthetic = true\ncourt = "甲法院"\npseudonym_key = "a key for the test"\n',
        encoding="utf-8",
    )
    cases = read_cases(folder)
    assert cases.as_of == pd.Timestamp("2011-12-31")
    assert cases.synthetic
    assert cases.pseudonym_key == b"a key for the test"
    assert "pseudonym_key" not in repr(cases)
    assert cases.table.court.to_pandas().tolist() == ["甲法院"]
    assert read_cases(folder, as_of="2011-06-30").as_of == pd.Timestamp("2011-06-30")
    (folder / "key.txt").write_text("a key of their own\n", encoding="utf-8")
    assert read_cases(folder, key_file=folder / "key.txt").pseudonym_key == b"a key of their own"
    (folder / "key.txt").write_text("2011\n", encoding="utf-8")
    with pytest.raises(InputError, match="太短"):
        read_cases(folder, key_file=folder / "key.txt")


def test_the_court_comes_from_the_number_where_the_register_does_not_say(write):
    rows = [
        ["案号", "立案日期"],
        ["（2019）黑0882执1号", "2019-01-04"],
        ["（2016）黑0833执1号", "2016-01-04"],
        ["（2011）富执字第1号", "2011-01-04"],
    ]
    courts = read_cases(write(rows), as_of="2019").table.court.to_pandas()
    assert courts[:2].tolist() == ["富锦市人民法院", "抚远市人民法院"]
    assert pd.isna(courts[2])


@pytest.mark.parametrize(
    ("rows", "zh", "en"),
    [
        (
            [["案号", "立案目期", "承办人"], ["（2011）富执字第1号", "2011-01-04", ""]],
            "立案日期.*最接近.*立案目期",
            "立案日期.*nearest.*立案目期",
        ),
        ([["case_no", "filedon_", "court"], ["（2011）富执字第1号", "", ""]], "", ""),
        ([["甲", "乙", "丙"], ["1", "2", "3"]], "案号.*立案日期.*现有列：甲、乙、丙", "Columns present: 甲, 乙, 丙"),
    ],
)
def test_an_absent_column_is_named_with_the_nearest_in_both_languages(write, rows, zh, en):
    path = write(rows)
    if not zh:
        assert len(read_cases(path, as_of="2011").mapping)
        return
    with pytest.raises(InputError) as caught:
        read_cases(path, as_of="2011")
    assert "cases.csv" in str(caught.value)
    for language, wanted in (("zh", zh), ("en", en)):
        with speaking(language):
            assert caught.match(wanted)


def test_all_bad_files_are_named_at_once(write):
    folder = write([["甲", "乙", "丙"], ["1", "2", "3"], ["1", "2", "3"]], "a.csv").parent
    (folder / "b.csv").write_bytes(b"")
    (folder / "c.xlsx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(InputError) as caught:
        read_cases(folder, as_of="2011")
    assert "b.csv" in str(caught.value)
    (folder / "b.csv").unlink()
    with pytest.raises(InputError) as caught:
        read_cases(folder, as_of="2011")
    assert "a.csv" in str(caught.value)
    assert "c.xlsx" in str(caught.value)


@pytest.mark.parametrize("path", ["nothing.csv", "no/such/folder", "*.nothing", "a\0b.csv", "x" * 5000, []])
def test_a_file_that_is_not_there_is_said(path):
    with pytest.raises(InputError, match="找不到"):
        read_cases(path, as_of="2011")


def test_paths_with_dots_quotes_and_brackets_are_paths(build, write):
    rows = [build.HEADERS, *build.texts()]
    path = write(rows, "it's; DROP TABLE \"cases\"/[2011] 台账'.csv")
    assert len(read_cases(path, as_of="2011")) == 6
    assert len(read_cases(path.parent, as_of="2011")) == 6
    assert len(read_cases(path.parent / ".." / path.parent.name / path.name, as_of="2011")) == 6


def test_a_header_without_rows_is_a_register_without_cases(write, accounted):
    cases = read_cases(write([["案号", "立案日期"]]), as_of="2011")
    assert len(cases) == 0
    accounted(cases)


def test_reading_changes_no_file_and_gives_the_same_twice(build, tmp_path):
    path = tmp_path / "plain.xlsx"
    build.write_xlsx(path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    first, second = (read_cases(path, as_of="2011-12-31").table.to_pandas() for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_date_cell_keeps_its_day_whatever_its_hour(tmp_path):
    import xlsxwriter

    path = tmp_path / "hours.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["案号", "立案日期"])
        sheet.write(1, 0, "（2011）富执字第1号")
        sheet.write_datetime(
            1, 1, dt.datetime(2011, 1, 4, 23, 59, 59), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        )
    assert read_cases(path, as_of="2011").table.filed_on.to_pandas()[0] == pd.Timestamp("2011-01-04")


@pytest.mark.full
@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_a_day_before_any_register_is_no_day(tmp_path, suffix):
    """An amount moved under 立案日期 read as a day of 1945, and every series began there."""
    days = ["2011-01-04", "1945-12-29", "2011-02-04", "1989-12-31", "1990-01-01"]
    rows = pd.DataFrame({"案号": [f"（2011）富执字第{i}号" for i in range(1, 6)], "立案日期": pd.to_datetime(days),
                         "结案日期": pd.to_datetime(["1939-03-05", None, None, None, None])})  # fmt: skip
    path = tmp_path / f"台账.{suffix}"
    if suffix == "csv":
        rows.assign(立案日期=["2011-01-04", 16800, "2011-02-04", "1989-12-31", "1990-01-01"]).to_csv(path, index=False)
    else:
        rows.to_parquet(path) if suffix == "parquet" else rows.to_excel(path, index=False)
    cases = an.read_cases(path, as_of="2011-12-31")
    assert cases.inputs[["rows", "kept", "quarantined"]].values.tolist() == [[5 + (suffix != "parquet"), 3, 2]]
    assert cases.quarantine["field"].tolist() == ["filed_on"] * 2
    assert all("立案日期早于1990年" in reason for reason in cases.quarantine["reason"])
    assert an.caseflow(cases, freq="Y")[["period", "closed"]].iloc[0].tolist() == [pd.Timestamp("1990-01-01"), 0]
    found = an.check_cases(cases)
    early = found[found["rule"] == "date_before_1990"]
    assert early[["field", "severity"]].values.tolist() == [["closed_on", "error"]]
    assert "1939-03-05" in early["value"].iloc[0]
    assert "早于1990年，按缺失处理" in early["problem"].iloc[0]


@pytest.mark.parametrize("number", ["合计（2022）川9017执101号", "总计(2022)川9017执101号"])
def test_a_total_in_front_of_a_case_number_is_a_case(tmp_path, number):
    path = tmp_path / "台账.csv"
    path.write_text(f"案号,立案日期\n（2022）川9017执100号,2022-01-04\n{number},2022-01-05\n合计,2\n", encoding="utf-8")
    cases = an.read_cases(path, as_of="2022-12-31")
    assert cases.table.case_type.execute().tolist() == ["first", "first"]
    assert cases.skipped.set_index("kind")["rows"].to_dict() == {"header": 1, "total": 1}


@pytest.mark.full
@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_a_mobile_number_moved_under_an_amount_is_no_amount(tmp_path, suffix):
    """It stood in the lists of open cases as 13,912,345,678 yuan, and in every sum."""
    rows = pd.DataFrame({"案号": [f"（2011）富执字第{i}号" for i in (1, 2, 3)], "立案日期": ["2011-01-04"] * 3,
                         "申请标的": [13912345678, 13_900_000_000, 250]})  # fmt: skip
    path = tmp_path / f"台账.{suffix}"
    write = {"csv": rows.to_csv, "xlsx": rows.to_excel, "parquet": rows.to_parquet}[suffix]
    write(path, index=False)
    cases = an.read_cases(path, as_of="2011-12-31")
    assert cases.table.order_by("case_no").amount_claimed.execute().fillna(-1).tolist() == [-1, 13_900_000_000, 250]
    found = an.check_cases(cases)
    unread = found[found["rule"] == "unreadable_value"]
    assert unread[["row", "field", "severity"]].values.tolist() == [
        [1 if suffix == "parquet" else 2, "amount_claimed", "error"]
    ]
    assert not found.astype(str).apply(lambda column: column.str.contains("13912345678")).any(axis=None)


def test_beside_rows_with_a_comma_too_many_one_that_ends_in_a_blank_has_it_too(tmp_path):
    """97,813.95 of an open case was read as a claim of 97 yuan, of which 813.95 was recovered."""
    path = tmp_path / "台账.csv"
    lines = [
        "案号,立案日期,结案日期,申请执行标的额,实际到位金额",
        "（2011）富执字第1号,2011-01-04,2011-03-01,49,231.21,4,569.50",
    ]
    lines += ["（2011）富执字第2号,2011-01-05,,97,813.95,", "（2011）富执字第3号,2011-01-06,2011-03-01,813.95,0.00"]
    lines += [f"（2011）富执字第{n}号,2011-01-05,2011-03-01,49,231.21,4,569.50" for n in (4, 5, 6)]
    path.write_text("\n".join(lines), encoding="utf-8")
    cases = read_cases(path, as_of="2011-12-31")
    assert cases.quarantine["row"].tolist() == [2, 3, 5, 6, 7]
    assert cases.table.amount_claimed.to_pandas().tolist() == [813.95]
    path.write_text("\n".join([lines[0], lines[3], lines[2].replace("97,813.95,", "97813.95,,")]), encoding="utf-8")
    assert read_cases(path, as_of="2011-12-31").quarantine.empty, "a comma at the end alone moves nothing"
