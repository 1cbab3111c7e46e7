import pytest

from analysis.register.reading import read_cases
from analysis.register.settings import read_court_file
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.language import speaking


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("# 本院\ncourt = 5", 2, "应为文字"),
        ('synthetic = "no"', 1, "应为true 或 false"),
        ("as_of = 2011", 1, "应为日期"),
        ('court = "甲"\n\n[columns]\n"案号" = ["case_no"]', 4, "应为一个名称"),
        ("columns = 3", 1, "应为一节对照"),
        ('as-of = "2011-12-31"', 1, "是否想写 as_of"),
        ('[values.closure_mode]\n"怪" = 3', 2, "应为一个名称"),
    ],
)
def test_a_wrong_file_is_said_with_line_key_and_what_is_expected(tmp_path, text, line, said):
    file = tmp_path / "本院.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=f"本院.toml 第 {line} 行.*{said}"):
        read_court_file(file)
    with speaking("en"), pytest.raises(InputError, match=f"line {line}"):
        read_court_file(file)


def test_words_and_columns_that_no_register_has_are_refused(write, tmp_path):
    register = write([["案号", "立案日期"], ["（2011）富执字第1号", "2011-01-04"]])
    file = tmp_path / "本院.toml"
    for text, said in (
        ('[values.officer]\n"王" = "x"', "values"),
        ('[values.basis]\n"怪" = "民诉"', "civil"),
        ('[columns]\n"怪" = "没有的栏目"', "columns"),
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ArgumentError, match=said):
            read_cases(register, as_of="2011", court_file=file)
    with pytest.raises(ArgumentError, match="一个栏目名"):
        read_cases(register, as_of="2011", columns={"案号": ["case_no"]})
    with pytest.raises(InputError, match="找不到"):
        read_cases(register, as_of="2011", court_file=tmp_path / "无.toml")


def test_the_register_is_found_beside_the_courts_file(tmp_path):
    file = tmp_path / "本院.toml"
    file.write_text('register = "台账.csv"\ndefinitions = "本院口径.toml"', encoding="utf-8")
    assert read_court_file(file) == {
        "register": [str(tmp_path / "台账.csv")], "definitions": str(tmp_path / "本院口径.toml")
    }  # fmt: skip


def test_a_header_that_stands_twice_is_a_question(write):
    rows = [
        ["案号", "立案日期", "结案日期", "结案日期"],
        ["（2011）富执字第1号", "2011-01-04", "2011-03-01", "2011-04-01"],
    ]
    with pytest.raises(InputError, match="“结案日期”有两列"):
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
