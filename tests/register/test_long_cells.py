"""What one cell costs that is as long as a page: no more than its length, wherever it stands."""

import time
from decimal import Decimal

import pytest

from analysis import InputError
from analysis.files.markup_table import NUMBER
from analysis.files.number_formats import shown
from analysis.register.cells import UNREADABLE, read_amount, read_code
from analysis.register.court_file import read_toml_file
from analysis.register.disclosure import AN_AMOUNT, names_somebody
from analysis.register.headers import is_known
from analysis.register.proposal import COURT_IN_TITLE
from analysis.register.reading import read_cases

LETTERS = 60_000
SECONDS = 2.0  # of a processor; each took more where the cost was the square of the length


@pytest.mark.parametrize(
    "read",
    [
        lambda: read_code("(" * LETTERS, "closure_mode") is UNREADABLE,
        lambda: not is_known("(" * LETTERS),
        lambda: names_somebody("张" * 12, ["张" * LETTERS]),
        lambda: read_amount("1" * LETTERS + "x") is UNREADABLE,
        lambda: AN_AMOUNT.fullmatch("100" + " " * LETTERS + "x") is AN_AMOUNT.fullmatch(" " * LETTERS) is None,
        lambda: NUMBER.fullmatch("1" * LETTERS + "x") is None,
        lambda: shown(1.5, "[" * LETTERS) == "1.5",
        lambda: not COURT_IN_TITLE.findall("A" * LETTERS),
        lambda: not COURT_IN_TITLE.findall("Aa " * (LETTERS // 3)),
    ],
    ids=[
        "closure mode",
        "heading",
        "officer",
        "amount",
        "moved amount",
        "number of a web page",
        "number format",
        "title of a word",
        "title of words",
    ],
)
def test_a_cell_as_long_as_a_page_takes_no_square_of_its_length(read):
    begun = time.process_time()
    assert read()
    assert time.process_time() - begun < SECONDS


def test_a_row_of_totals_with_a_cell_as_long_as_a_page_is_passed_over_at_once(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(f"案号,立案日期\n（2011）富执字第1号,2011-01-04\n{'1' * LETTERS},合计1件\n", encoding="utf-8")
    begun = time.process_time()
    assert read_cases(file, as_of="2011-12-31").totals["number"].tolist() == [1]
    assert time.process_time() - begun < SECONDS


def test_amounts_and_formats_are_what_they_were():
    taken = ("¥ 1,234.50 元", " 12.5万元 ", "1234", "￥500 ")
    assert [text for text in taken if AN_AMOUNT.fullmatch(text)] == list(taken)
    assert [read_amount(text) for text in ("12.", ".5", "1e3", "-7.25")] == [12.0, 0.5, 1000.0, -7.25]
    assert (
        shown(1234.5, "0" + "," * 5_000) == f"{Decimal('1234.5').scaleb(-30):f}"
    )  # no format of a register, and no error
    assert shown(12345, '[Red]0!.0,"万元"') == "1.2345万元"


def test_a_note_of_some_hundred_letters_behind_a_closure_mode_is_still_passed_over():
    assert read_code(f"执行完毕（{'经查' * 200}）", "closure_mode") == read_code("执行完毕", "closure_mode")
    assert is_known("标的额（万元）")


def test_courts_are_found_in_titles_as_before():
    names = ["Fujin City People's Court", "High Court", "A-b O'Neil County Court"]
    assert [COURT_IN_TITLE.findall(f"The register of {name}, 2011") for name in names] == [[name] for name in names]
    assert COURT_IN_TITLE.findall("2011年度富锦市人民法院执行台账") == ["富锦市人民法院"]


def test_a_line_of_the_courts_file_as_long_as_a_page_is_answered_at_once(tmp_path):
    file = tmp_path / "本院.toml"
    file.write_text("件" * LETTERS + ' = "x"', encoding="utf-8")
    begun = time.process_time()
    with pytest.raises(InputError, match="中文须加半角引号"):
        read_toml_file(file)
    assert time.process_time() - begun < SECONDS
