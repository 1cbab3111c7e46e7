"""Two columns of one meaning that differ: what the message tells a person to write is written as it is printed, and works."""

import re

import openpyxl
import pytest

from analysis.register.reading import read_cases
from analysis.vocabulary.errors import InputError

PAIRS = [
    ("结案日期", "办结日期"),
    ("结案日期", "结案日期（系统）"),
    ("结案日期(系统)", "结案日期"),
    ("结案日期（人工）", "结案日期（系统）"),
    ("结案日期*", "办结日期"),
]


def sheet(path, above, headers):
    book = openpyxl.Workbook()
    for row in filter(None, [above, ["案号", "立案日期", *headers, "承办人"]]):
        book.active.append(row)
    for n in (1, 2, 3):
        book.active.append([f"（2023）青0123执{n}号", "2023-01-04", f"2023-05-0{n}", f"2023-06-0{n}", "甲"])
    book.save(path)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("headers", PAIRS)
def test_what_is_printed_works_as_printed(tmp_path, language, headers):
    sheet(tmp_path / "a.xlsx", None, headers)
    with pytest.raises(InputError) as error:
        read_cases(tmp_path / "a.xlsx", as_of="2023-12-31")
    printed = re.search(
        r'如 (".*" = ".*?")' if language == "zh" else r'as (".*" = ".*?")', getattr(error.value.text, language)
    )
    (tmp_path / "本院.toml").write_text(f'as_of = "2023-12-31"\n[columns]\n{printed[1]}\n', encoding="utf-8")
    closed = read_cases(tmp_path / "a.xlsx", court_file=tmp_path / "本院.toml").table.closed_on.to_pandas()
    assert {day.month for day in closed} in ({5}, {6})
    (tmp_path / "本院.toml").write_text(
        f'as_of = "2023-12-31"\n[columns]\n\'{headers[1]}\' = "closed_on"\n', encoding="utf-8"
    )
    closed = read_cases(tmp_path / "a.xlsx", court_file=tmp_path / "本院.toml").table.closed_on.to_pandas()
    assert {day.month for day in closed} == {6}, "or the other of the two"


def test_two_columns_of_one_name_under_two_headings_are_told_apart_once_one_is_renamed(tmp_path):
    sheet(tmp_path / "a.xlsx", [None, None, "本院", "系统", None], ["结案日期", "结案日期"])
    with pytest.raises(InputError, match=r"“结案日期”有两列.*请改其中一列的表头"):
        read_cases(tmp_path / "a.xlsx", as_of="2023-12-31")
    sheet(tmp_path / "a.xlsx", [None, None, "本院", "系统", None], ["结案日期", "系统记载"])
    assert int(read_cases(tmp_path / "a.xlsx", as_of="2023-12-31").table.closed_on.count().execute()) == 3
