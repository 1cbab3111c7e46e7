"""What one cell costs that is as long as a page: no more than its length, wherever it stands."""

import time

import pytest

from analysis import InputError
from analysis.register.cells import UNREADABLE, read_code
from analysis.register.court_file import read_toml_file
from analysis.register.disclosure import names_somebody
from analysis.register.headers import is_known

LETTERS = 60_000
SECONDS = 2.0  # of a processor; each took more where the cost was the square of the length


@pytest.mark.parametrize(
    "read",
    [
        lambda: read_code("(" * LETTERS, "closure_mode") is UNREADABLE,
        lambda: not is_known("(" * LETTERS),
        lambda: names_somebody("张" * 12, ["张" * LETTERS]),
    ],
    ids=["closure mode", "heading", "officer"],
)
def test_a_cell_as_long_as_a_page_takes_no_square_of_its_length(read):
    begun = time.process_time()
    assert read()
    assert time.process_time() - begun < SECONDS


def test_a_note_of_some_hundred_letters_behind_a_closure_mode_is_still_passed_over():
    assert read_code(f"执行完毕（{'经查' * 200}）", "closure_mode") == read_code("执行完毕", "closure_mode")
    assert is_known("标的额（万元）")


def test_a_line_of_the_courts_file_as_long_as_a_page_is_answered_at_once(tmp_path):
    file = tmp_path / "本院.toml"
    file.write_text("件" * LETTERS + ' = "x"', encoding="utf-8")
    begun = time.process_time()
    with pytest.raises(InputError, match="中文须加半角引号"):
        read_toml_file(file)
    assert time.process_time() - begun < SECONDS
