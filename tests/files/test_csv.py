"""The encoding of a text file, told from all of it: what is damaged at any place is seen, whatever piece it falls into."""

import codecs
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.files import csv
from analysis.files.source import Source
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import InputError


def told(path, content, monkeypatch, chunk):
    monkeypatch.setattr(csv, "CHUNK", chunk)
    path.write_bytes(content)
    return csv.encoding_of(Source(path, path.name, "text", "", len(content)))


@given(text=st.text(alphabet="案号2011富,\né😀", max_size=30), chunk=st.integers(1, 9))
def test_utf8_is_told_across_any_cut(tmp_path_factory, text, chunk):
    with pytest.MonkeyPatch.context() as patch:
        assert told(tmp_path_factory.mktemp("t") / "a.csv", text.encode(), patch, chunk) == "utf-8"


@pytest.mark.parametrize("chunk", [1, 2, 3, 5, 7, 1 << 20])
def test_a_damaged_byte_is_named_by_its_place(tmp_path, monkeypatch, chunk):
    whole = "案号,立案日期\n（2011）富执字第1号,2011-01-04\n".encode()
    for place in (len(whole) - 2, len(whole) - 12):
        damaged = whole[:place] + b"\xff" + whole[place + 1 :]
        with pytest.raises(InputError, match=f"{place} 字节"):
            told(tmp_path / "a.csv", damaged, monkeypatch, chunk)


@pytest.mark.parametrize("chunk", [1, 4, 1 << 20])
def test_a_character_cut_off_at_the_end_is_damage(tmp_path, monkeypatch, chunk):
    with pytest.raises(InputError):
        told(tmp_path / "a.csv", "案号,立案日期,法院".encode()[:-1], monkeypatch, chunk)


@pytest.mark.parametrize("chunk", [3, 1 << 20])
def test_other_encodings_are_told_as_before(tmp_path, monkeypatch, chunk):
    text = "案号,立案日期\n（2011）富执字第1号,2011-01-04\n"
    assert told(tmp_path / "a.csv", text.encode("gb18030"), monkeypatch, chunk) == "gb18030"
    assert told(tmp_path / "b.csv", codecs.BOM_UTF16_LE + text.encode("utf-16-le"), monkeypatch, chunk) == "utf-16"


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
