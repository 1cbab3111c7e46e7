import pandas as pd
import pytest

from analysis.lab.own_cases import own_cases
from analysis.measures.caseflow import caseflow
from analysis.measures.indicators.indicators import indicators
from analysis.register.court_file import read_court_file, register_of
from analysis.register.headers import numbered
from analysis.register.ingest import ingest
from analysis.register.proposal import propose_court_file
from analysis.register.reading import read_cases
from analysis.report.one_court import of_one_court
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.labels import group_text
from analysis.vocabulary.language import speaking


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("# 本院\ncourt = 5", 2, "应为文字"),
        ('synthetic = "no"', 1, "应为true 或 false"),
        ("as_of = 2011", 1, "应为日期"),
        ('court = "甲"\n\n[columns]\n"案号" = ["case_no"]', 4, "应为一个名称"),
        ('[columns]\n"" = "case_no"', 2, "应为台账的表头"),
        ('[columns]\n"案号" = "case_nr"', 2, "没有栏目“case_nr”，是否想写“case_no”"),
        ('[values.basis]\n" " = "civil"', 2, "应为台账中的用词"),
        ('as_of = "2011-12-31"\nobserved_from = "2012-01-01"', 2, "不晚于截止日 as_of（2011-12-31）"),
        ("columns = 3", 1, "应为一节对照"),
        ('as-of = "2011-12-31"', 1, "是否想写 as_of"),
        ('[values.closure_mode]\n"怪" = 3', 2, "应为一个名称"),
        ("[values]\nclosure_mode = 3", 2, "应为一节对照"),
        ('court = "甲"\n[values]\n"挂账" = "终结执行"', 3, "不能是“挂账”，应为 closure_mode"),
        ('[values.officer]\n"王" = "x"', 1, "officer.*应为 closure_mode"),
        ('[values.basis]\n"怪" = "民诉"', 2, "怪：不能是“民诉”，应为 民事"),
        ('court = "甲"\n[columns]\n"怪" = "没有的栏目"', 3, "怪：不能是“没有的栏目”"),
        ('[columns.aid]\n"怪" = "承办人"', 2, "怪：不能是“承办人”"),
        ('[columns.cass]\n"怪" = "承办人"', 1, "cass.*是否想写“cases”"),
        ('as_of = "2024-02-30"', 1, "应为日期"),
        ('court = ""', 1, "应为文字"),
        ('court = "  "', 1, "应为文字"),
        ('pseudonym_key = "\\u0000"', 1, "应为文字"),
        ("pseudonym_key = 5", 1, "至少应为16个字节"),
        ('register = [""]', 1, "应为文件名"),
        ('courts = "青石县人民法院"', 1, "院名写 court"),
        ('court = "甲"\ncases = "台账.xlsx"', 2, "台账写 register"),
        ('court = "甲"\nvalues.closure_mode."怪" = 3', 2, "应为一个名称"),
        ('court = "甲"\ncolumns = {"了结" = 5}', 2, "应为一个名称"),
        ("court = true", 1, "应为文字"),
        ('register = ["台账.xlsx", 5]', 1, "应为文件名"),
        ('level = "基础"', 1, "应为 basic、基层"),
        ('calendar = "filings-dec-nov"', 1, "应为 calendar-year、dec-21、month-20"),
        ('definitions = "spc-2025"', 1, "是否想写“spc-2024”"),
        ('scheme = "by-period"', 1, "scheme：不能是“by-period”"),
        ('scheme = "本院办法.toml"', 1, "找不到文件 本院办法.toml"),
        ('blank_means_zero = ["立案日期"]', 1, "应为 申请执行标的额"),
        ("court = 甲法院", 1, "应写作 名称 = "),
        ("court ＝ “甲法院”", 1, "须为半角"),
        ('court = "甲"\nregister = "C:\\台账.xlsx"', 2, "路径请写 /"),
        ('court = "甲"\ncourt = "乙"', 2, "只能写一次"),
        ('[columns\n"甲" = "乙"', 1, "不是可读的 TOML"),
        ('[columns]\n结案日 = "结案日期"', 2, "中文须加半角引号。$"),
        ('[values.结案方式]\n"执毕" = "执行完毕"', 1, "中文须加半角引号。$"),
        (f'court = "甲"\ncourt = "{"乙" * 200}', 2, f'court = "{"乙" * 51}…'),
    ],
)
def test_a_wrong_file_is_said_with_line_key_and_what_is_expected(tmp_path, text, line, said):
    file = tmp_path / "本院.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=f"本院.toml 第{line}行.*{said}"):
        read_court_file(file)
    with speaking("en"), pytest.raises(InputError, match=f"line {line}"):
        read_court_file(file)


def test_a_courts_own_word_is_not_told_by_one_of_several_meanings(tmp_path):
    file = tmp_path / "本院.toml"
    file.write_text('[values.basis]\n"行政裁决" = "行政"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"第2行.*行政诉讼、行政非诉"):
        read_court_file(file)
    file.write_text('[values.basis]\n"行政裁决" = "行政非诉"\n', encoding="utf-8")
    assert read_court_file(file)["values"] == {"basis": {"行政裁决": "行政非诉"}}


def test_words_and_columns_that_no_register_has_are_refused(write, tmp_path):
    register = write([["案号", "立案日期"], ["（2011）富执字第1号", "2011-01-04"]])
    with pytest.raises(ArgumentError, match="一个栏目名"):
        read_cases(register, as_of="2011", columns={"案号": ["case_no"]})
    with pytest.raises(InputError, match="找不到"):
        read_cases(register, as_of="2011", court_file=tmp_path / "无.toml")


def test_a_file_that_is_no_utf_8_says_how_to_save_it(tmp_path):
    file = tmp_path / "本院.toml"
    file.write_bytes('court = "青石县人民法院"'.encode("gb18030"))
    with pytest.raises(InputError, match="另存为 UTF-8"):
        read_court_file(file)
    file.write_bytes(b"\xef\xbb\xbf" + 'court = "青石县人民法院"\nlevel = "中级"'.encode())
    assert read_court_file(file) == {"court": "青石县人民法院", "level": "intermediate"}


def test_the_register_is_found_beside_the_courts_file(tmp_path):
    file = tmp_path / "本院.toml"
    file.write_text('register = "台账.csv"\ndefinitions = "本院口径.toml"', encoding="utf-8")
    (tmp_path / "本院口径.toml").write_text("", encoding="utf-8")
    assert read_court_file(file) == {
        "register": [str(tmp_path / "台账.csv")], "definitions": str(tmp_path / "本院口径.toml")
    }  # fmt: skip


def test_a_header_that_stands_twice_is_a_question(write):
    rows = [
        ["案号", "立案日期", "结案日期", "结案日期"],
        ["（2011）富执字第1号", "2011-01-04", "2011-03-01", "2011-04-01"],
    ]
    with pytest.raises(InputError, match=r"“结案日期（1）”和“结案日期（2）”.*都是结案日期"):
        read_cases(write(rows), as_of="2011-12-31")


@pytest.mark.parametrize("headers", [["结案日期", "结案日期"], ["结案日期", "办结时间"]])
@pytest.mark.parametrize("places", [(2, 3), (3, 2)])
def test_an_empty_column_beside_a_filled_one_of_its_name_or_meaning_is_no_question(write, headers, places):
    filled, empty = places
    rows = [["案号", "立案日期", *headers], *([f"（2011）富执字第{n}号", "2011-01-04", "", ""] for n in (1, 2))]
    rows[1][filled], rows[2][empty] = "2011-03-01", "/"
    path = write(rows)
    cases = read_cases(path, as_of="2011-12-31")
    assert cases.table.closed_on.to_pandas().dropna().astype(str).to_dict() == {0: "2011-03-01"}
    found = propose_court_file(path).columns
    assert found.loc[found["column"] == "closed_on", ["header", "found_by"]].values.tolist() == [
        [numbered(headers)[filled - 2], "name"]
    ]


def test_a_column_that_is_empty_above_alone_is_asked_about(write):
    rows = [["案号", "立案日期", "结案日期", "结案日期"]]
    rows += [
        [f"（2011）富执字第{n}号", "2011-01-04", "2011-03-01", "2011-04-01" if n > 80 else ""] for n in range(1, 90)
    ]
    with pytest.raises(InputError, match="第82行两处所填不同"):
        read_cases(write(rows), as_of="2011-12-31")


def test_the_call_goes_before_the_folders_file_and_that_before_the_courts(write, tmp_path):
    folder = write([["案号", "立案日期", "甲栏"], ["（2011）富执字第1号", "2011-01-04", "一组"]], "in/cases.csv").parent
    court_file = tmp_path / "本院.toml"
    court_file.write_text('as_of = "2013-12-31"\ncourt = "乙法院"\n[columns]\n"甲栏" = "team"', encoding="utf-8")
    (folder / "register.toml").write_text('as_of = "2012-12-31"', encoding="utf-8")
    cases = read_cases(folder, court_file=court_file)
    assert str(cases.as_of)[:10] == "2012-12-31"
    assert cases.court == "乙法院"
    assert cases.table.team.to_pandas().tolist() == ["一组"]
    assert read_cases(folder, court_file=court_file, court="丙法院", as_of="2011").court == "丙法院"


def test_a_file_of_columns_may_be_the_courts_file_or_the_older_form(write, tmp_path):
    register = write([["案号", "立案日期", "甲栏", "乙栏"], ["（2011）富执字第1号", "2011-01-04", "一组", "丙法院"]])
    own = tmp_path / "列名.toml"
    for text in ('"甲栏" = "team"\ncourt = "乙栏"', '[columns]\n"甲栏" = "执行小组"\n"乙栏" = "court"'):
        own.write_text(text, encoding="utf-8")
        cases = read_cases(register, as_of="2011", columns=own)
        assert cases.court == "丙法院"
        assert cases.table.team.to_pandas().tolist() == ["一组"]


def test_where_the_courts_file_names_no_register_nothing_is_said_of_the_sample(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "本院.toml").write_text('court = "青石县人民法院"', encoding="utf-8")
    with pytest.raises(InputError, match="没有写明台账"):
        own_cases()


AMOUNTS = [
    ["案号", "立案日期", "结案日期", "申请执行标的额", "实际到位金额"],
    ["（2011）富执字第1号", "2011-01-04", "2011-03-01", "100", ""],
    ["（2011）富执字第2号", "2011-01-05", "2011-03-02", "100", "/"],
    ["（2011）富执字第3号", "2011-01-06", "2011-03-03", "100", "约三成"],
    ["（2011）富执字第4号", "2011-01-07", "", "100", ""],
    ["（2011）富执字第5号", "2011-01-10", "2011-04-01", "100", "40"],
]


def test_a_blank_means_0_only_where_the_court_says_so_and_of_closed_cases_alone(write, tmp_path):
    register = write(AMOUNTS)
    assert read_cases(register, as_of="2011").table.amount_recovered.to_pandas().isna().tolist() == [True] * 4 + [False]
    file = tmp_path / "本院.toml"
    file.write_text('as_of = "2011-12-31"\nblank_means_zero = ["实际到位金额"]', encoding="utf-8")
    cases = read_cases(register, court_file=file)
    rows = cases.table.order_by("case_no").amount_recovered.to_pandas()
    assert rows.fillna(-1).tolist() == [0.0, 0.0, -1.0, -1.0, 40.0], "unread and open stay unknown"
    assert cases.taken_as_zero.values.tolist() == [[register.name, "amount_recovered", 2]]


@pytest.mark.full
def test_an_ingested_register_takes_what_the_courts_file_says_and_refuses_what_it_was_read_without(write, tmp_path):
    register = write(AMOUNTS)
    file = tmp_path / "本院.toml"
    file.write_text(
        'as_of = "2011-12-31"\nblank_means_zero = "amount_recovered"\ncourt = "青石县人民法院"', encoding="utf-8"
    )
    ingest(register, tmp_path / "with", court_file=file)
    ingest(register, tmp_path / "without", as_of="2011-12-31")
    cases = read_cases(tmp_path / "with", court_file=file)
    assert cases.court == "青石县人民法院"
    assert cases.taken_as_zero["cells"].tolist() == [2]
    assert file.name in set(cases.inputs["file"])
    assert read_cases(tmp_path / "with").taken_as_zero["cells"].tolist() == [2], "what ingest was told holds"
    with pytest.raises(ArgumentError, match="没有用这里给出的“空白即0”的说法"):
        read_cases(tmp_path / "without", court_file=file)
    file.write_text('definitions = "spc-2008"\ncalendar = "dec-21"\nlevel = "基层"', encoding="utf-8")
    cases = read_cases(tmp_path / "without", court_file=file)
    assert (cases.definitions, cases.calendar, cases.level) == ("spc-2008", "dec-21", "basic")
    with pytest.raises(ArgumentError, match="表头对照"):
        read_cases(tmp_path / "with", columns={"甲栏": "team"})
    assert read_cases(tmp_path / "with", court="甲").court == "甲", "whose the rows are is said when they are opened"


def test_the_statistical_year_of_the_court_holds_wherever_none_is_named(write, tmp_path):
    rows = [["案号", "立案日期", "结案日期"], ["（2011）富执字第1号", "2010-12-25", "2011-12-25"]]
    file = tmp_path / "本院.toml"
    file.write_text('as_of = "2011-12-31"\ncalendar = "dec-21"', encoding="utf-8")
    cases = read_cases(write(rows), court_file=file)
    assert caseflow(cases, freq="Y")[["filed", "closed"]].values.tolist() == [[1, 0], [0, 1]]
    assert caseflow(cases, freq="Y", calendar="calendar-year")["filed"].tolist() == [1, 0]
    found = indicators(cases, periods=[2011], only=["filed", "closed"], definitions="counts").set_index("indicator")[
        "value"
    ]
    assert found.to_dict() == {"filed": 1.0, "closed": 0.0}


TWO_DATES = ["案号", "立案日期", "结案日期", "办结时间"]
TWO_ROWS = [
    ["（2011）富执字第1号", "2011-01-04", "2011-03-01", "2011年3月1日"],
    ["（2011）富执字第2号", "2011-01-05", "2011-04-01", ""],
]


def test_two_columns_of_one_meaning_that_agree_are_no_question(write):
    total = ["合计", "", "", "2"]
    assert len(read_cases(write([TWO_DATES, *TWO_ROWS, total]), as_of="2011-12-31")) == 2


@pytest.mark.parametrize("closed", [("2011-05-01", "2011-05-03"), ("", "2011-05-03")])
def test_two_columns_of_one_meaning_that_differ_are_a_question_that_the_courts_file_answers(write, tmp_path, closed):
    register = write([TWO_DATES, *TWO_ROWS, ["（2011）富执字第3号", "2011-01-06", *closed]])
    with pytest.raises(InputError, match=r"“结案日期”和“办结时间”都是结案日期，而第4行两处所填不同"):
        read_cases(register, as_of="2011-12-31")
    (tmp_path / "本院.toml").write_text('[columns]\n"办结时间" = "结案日期"', encoding="utf-8")
    read = read_cases(register, as_of="2011-12-31", court_file=tmp_path / "本院.toml")
    days = read.table.order_by("case_no").closed_on.to_pandas().astype(str).tolist()
    assert days[::2] == ["2011-03-01", "2011-05-03"]
    (tmp_path / "本院.toml").write_text('[columns]\n"结案日期" = "结案日期"', encoding="utf-8")
    read = read_cases(register, as_of="2011-12-31", court_file=tmp_path / "本院.toml")
    assert read.table.closed_on.count().execute() == 2 + bool(closed[0])
    (tmp_path / "本院.toml").write_text('[columns]\n"结案日期" = "结案日期"\n"办结时间" = "结案日期"', encoding="utf-8")
    with pytest.raises(InputError, match="不知以哪一列为准"):
        read_cases(register, as_of="2011-12-31", court_file=tmp_path / "本院.toml")


def test_amounts_of_one_meaning_are_compared_in_yuan_and_a_running_number_is_no_case_number(write):
    rows = [
        ["案号", "案件编号", "立案日期", "申请执行标的额（元）", "标的额（万元）"],
        ["（2011）富执字第1号", "A-1", "2011-01-04", "12000", "1.2"],
    ]
    assert read_cases(write(rows), as_of="2011-12-31").table.amount_claimed.to_pandas().tolist() == [12000]
    rows[1][-1] = "1.3"
    with pytest.raises(InputError, match="都是申请执行标的额"):
        read_cases(write(rows), as_of="2011-12-31")


@pytest.mark.parametrize("line", ['"案号" = ["case_no"]', '"办结时间" = "结案日期"'])
def test_a_header_outside_its_section_is_no_key(tmp_path, line):
    file = tmp_path / "本院.toml"
    file.write_text(f'as_of = "2011-12-31"\n{line}', encoding="utf-8")
    with pytest.raises(InputError, match=r"第2行 (?:案号|办结时间)：没有这一项，表头的对应写在 \[columns\] 之下"):
        read_court_file(file)


def test_a_register_that_is_whole_only_after_its_last_day_is_refused(write, tmp_path):
    register = write([TWO_DATES, *TWO_ROWS])
    (tmp_path / "本院.toml").write_text('observed_from = "2012-01-01"', encoding="utf-8")
    with pytest.raises(InputError, match="晚于台账截止日（2011-12-31）"):
        read_cases(register, as_of="2011-12-31", court_file=tmp_path / "本院.toml")


def test_a_register_that_is_not_there_is_named_with_its_line(tmp_path):
    file = tmp_path / "本院.toml"
    file.write_text('court = "甲"\nregister = ["没有.xlsx"]', encoding="utf-8")
    with pytest.raises(InputError, match=r"本院.toml 第2行 register：找不到台账 .*没有.xlsx"):
        register_of(file)
    assert read_court_file(file)["court"] == "甲", "another register may be named by the call"


def test_the_courts_file_gives_english_names_of_courts_teams_and_townships(tmp_path):
    rows = {
        "法院": ["白沙县人民法院"] * 40,
        "立案日期": ["2011-02-01"] * 40,
        "乡镇": ["沙湾镇"] * 40,
        "执行小组": ["巡回组"] * 40,
    }
    pd.DataFrame(rows | {"案号": [f"（2011）白执字第{n}号" for n in range(40)]}).to_csv(
        tmp_path / "台账.csv", index=False
    )
    names = {"白沙县人民法院": "Baisha County People's Court", "沙湾镇": "Shawan Town", "巡回组": "Circuit Team"}
    said = "".join(f'"{zh}" = "{en}"\n' for zh, en in names.items())
    (tmp_path / "本院.toml").write_text(
        f'register = "台账.csv"\nas_of = "2011-12-31"\n[english]\n{said}', encoding="utf-8"
    )
    own_cases(court_file=tmp_path / "本院.toml")
    for column, (zh, en) in zip(("court", "area", "team"), names.items(), strict=True):
        assert group_text(column, zh).en == en


def test_an_english_name_that_is_none_is_refused_with_its_line(tmp_path):
    (tmp_path / "本院.toml").write_text('as_of = "2011-12-31"\n[english]\n"白沙县人民法院" = 3\n', encoding="utf-8")
    with pytest.raises(InputError, match="第3行 白沙县人民法院：应为英文名称"):
        read_court_file(tmp_path / "本院.toml")


def test_the_level_of_a_courts_file_is_not_that_of_another_court(write, tmp_path):
    file = tmp_path / "本院.toml"
    file.write_text('court = "云州市中级人民法院"\nlevel = "intermediate"', encoding="utf-8")
    rows = [
        [f"{name}人民法院", f"（2023）云01执{n}号", "2023-02-01"] for n, name in enumerate(("云州市中级", "东县"), 1)
    ]
    register = write([["法院", "案号", "立案日期"], *rows], "台账.csv")
    assert read_cases(register, court_file=file, as_of="2023-12-31").level == "intermediate"
    other = read_cases(register, court_file=file, as_of="2023-12-31", court="东县人民法院")
    assert (other.court_said, other.level) == ("东县人民法院", None)
    assert len(of_one_court(other)) == 1
