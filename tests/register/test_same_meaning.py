"""Two columns of one meaning that differ: what the message tells a person to write is written as it is printed, and works."""

import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from analysis.cli import main
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


@pytest.mark.parametrize("above", [None, [None, None, "本院", "系统", None]])
@pytest.mark.parametrize("chosen", [1, 2])
def test_two_columns_under_one_header_are_told_apart_by_their_number(tmp_path, above, chosen):
    sheet(tmp_path / "a.xlsx", above, ["结案日期", "结案日期"])
    with pytest.raises(InputError, match=r"“结案日期（1）”和“结案日期（2）”（表头相同，自左至右编号）都是结案日期"):
        read_cases(tmp_path / "a.xlsx", as_of="2023-12-31")
    with pytest.raises(InputError, match="结案日期（2）"):  # which says neither of the two
        read_cases(tmp_path / "a.xlsx", as_of="2023-12-31", columns={"结案日期": "closed_on"})
    said = {f"结案日期（{chosen}）": "closed_on"}
    closed = read_cases(tmp_path / "a.xlsx", as_of="2023-12-31", columns=said).table.closed_on.to_pandas()
    assert {day.month for day in closed} == {4 + chosen}
    sheet(tmp_path / "a.xlsx", above, ["结案日期", "系统记载"])
    assert int(read_cases(tmp_path / "a.xlsx", as_of="2023-12-31").table.closed_on.count().execute()) == 3


def test_start_asks_which_of_two_columns_under_one_header_holds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    book.active.append(
        ["案号", "立案日期", "结案日期", "结案日期", "怎样了结", "怎样了结", "标的额（万元）", "标的额（万元）"]
    )
    for n in range(1, 25):
        days = ["2023-01-04", f"2023-05-{n:02}", f"2023-06-{n:02}"]
        book.active.append([f"（2023）青0123执{n}号", *days, "执行完毕", ["和解", "终结执行"][n % 2], 1, 2])
    book.save("a.xlsx")
    run = CliRunner()
    said = run.invoke(main, ["start", "a.xlsx", "--yes"])
    assert said.exit_code == 0
    assert "结案日期（1）、结案日期（2）都是结案日期" in said.output
    assert "怎样了结（1）、怎样了结（2）都是结案方式" in said.output
    text = Path("本院.toml").read_text(encoding="utf-8")
    assert not [line for line in text[text.index("[columns]") :].splitlines() if line.startswith('"')], (
        "nothing is chosen"
    )
    Path("本院.toml").unlink()
    answers = ["", "结案日期（2）", "怎样了结（2）", "标的额（万元）（2）"]  # of the first, what is proposed
    asked = run.invoke(main, ["start", "a.xlsx"], input="\n".join(answers) + "\n" * 20)
    for name in ("怎样了结", "结案日期", "标的额（万元）"):
        assert f"“{name}（1）”和“{name}（2）”都是" in asked.output
    cases = read_cases("a.xlsx", court_file="本院.toml").table.to_pandas()
    assert set(cases["amount_claimed"]) == {20_000}
    assert set(cases["closed_on"].dt.month) == {6}
    assert set(cases["closure_mode"]) == {"settled", "terminated"}
