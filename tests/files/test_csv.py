"""Delimited text, read in pieces: rows keep their numbers, and what ends them is told."""

from hashlib import sha256

import pytest

from analysis.files import csv
from analysis.files.source import Source
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import InputError


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
def test_rows_that_end_with_no_line_feed_are_said_not_taken_for_one_header(tmp_path, end):
    path = tmp_path / "cases.csv"
    path.write_bytes(end.join(["案号,立案日期", "（2011）富执字第1号,2011-01-04"]).encode())
    with pytest.raises(InputError, match="行尾不是换行符"):
        read_cases(path, as_of="2011")


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5, 100])
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
def test_rows_keep_their_numbers_however_few_are_taken_at_once(tmp_path, monkeypatch, most, end):
    monkeypatch.setattr(csv, "PIECE_ROWS", most)
    path = tmp_path / "cases.csv"
    lines = ["案号,立案日期", *(f"（2011）富执字第{n}号,2011-01-0{n}" for n in range(1, 5))]
    path.write_text("\n".join(lines) + end, encoding="utf-8")
    source = Source(path, path.name, "text", sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
    (sheet,) = csv.text_sheets(source)
    blocks = [read() for read in sheet.blocks]
    assert all(len(block) <= most + 1 for block in blocks), "a last line without an end comes with the one before"
    rows = [row for block in blocks for row in block.rows()]
    assert [(number, ",".join(map(str, cells))) for number, cells in rows[:5]] == [*enumerate(lines, start=1)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_more_blank_rows_than_a_spreadsheet_has_are_refused_before_they_are_rows(tmp_path, monkeypatch, end):
    monkeypatch.setattr(csv, "MOST_ROWS", 1000)
    path = tmp_path / "cases.csv"
    for blank in (1000, 1003):
        path.write_bytes(("案号,立案日期\n（2011）富执字第1号,2011-01-04\n" + end * blank).encode())
        source = Source(path, path.name, "text", sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
        (sheet,) = csv.text_sheets(source)
        if blank == 1000:
            assert sum(len(read()) for read in sheet.blocks) == 1002
        else:
            with pytest.raises(InputError, match="个空行"):
                list(sheet.blocks)


def test_a_quote_that_is_open_to_the_end_is_told_by_the_line_in_which_it_stands(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(
        '案号,立案日期\n（2011）富执字第1号,2011-05-01\n"（2011）富执字第2号,2011-05-02\n（2011）富执字第3号,2011-05-03\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="第3行的引号"):
        read_cases(path, as_of="2011-12-31")


@pytest.mark.parametrize("rows", [[["x"] * 20_000], [["", ""], [""] * 20_000, ["", ""]]])
def test_a_line_of_more_cells_than_a_sheet_has_columns_is_refused_before_they_are_laid_out(write, rows):
    with pytest.raises(InputError, match="20,000列"):
        read_cases(write([["案号", "立案日期"], ["（2011）富执字第1号", "2011-01-04"], *rows]), as_of="2011")
