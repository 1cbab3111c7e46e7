"""The encoding of a text file, told from all of it: what is damaged at any place is seen, whatever piece it falls into."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.files import encodings
from analysis.files.source import Source
from analysis.register.reading import read_cases
from analysis.vocabulary.errors import InputError


def told(path, content, monkeypatch, chunk):
    monkeypatch.setattr(encodings, "CHUNK", chunk)
    path.write_bytes(content)
    return encodings.encoding_of(Source(path, path.name, "text", "", len(content)))


@given(text=st.text(alphabet="案号2011富,\né😀", max_size=30), chunk=st.integers(1, 9))
def test_utf8_is_told_across_any_cut(tmp_path_factory, text, chunk):
    with pytest.MonkeyPatch.context() as patch:
        assert told(tmp_path_factory.mktemp("t") / "a.csv", text.encode(), patch, chunk) == "utf-8"


@pytest.mark.parametrize("chunk", [1, 2, 3, 5, 7, 1 << 20])
def test_a_damaged_byte_is_named_by_its_line(tmp_path, monkeypatch, chunk):
    whole = "案号,立案日期\n（2011）富执字第1号,2011-01-04\n".encode()
    for place in (len(whole) - 2, len(whole) - 12):
        damaged = whole[:place] + b"\xff" + whole[place + 1 :]
        with pytest.raises(InputError, match="第2行"):
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


LINES = ["案号,立案日期,承办人,乡镇", *(f"（2011）富执字第{n}号,2011-01-0{n},张三,向阳镇" for n in range(1, 6))]


@pytest.mark.parametrize(("whole", "other", "cell"), [
    ("gb18030", "utf-8", "张三"), ("gb18030", "utf-8", "向阳镇"), ("utf-8", "gb18030", "张三"), ("utf-8-sig", "gb18030", "向阳镇"),
    ("utf-8", "gb18030", "女"),
])  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_cell_of_another_encoding_is_refused_with_its_line(tmp_path, whole, other, cell, end):
    mark = codecs.BOM_UTF8 if whole == "utf-8-sig" else b""
    before, after = (
        end.join(part).encode(whole.removesuffix("-sig"))
        for part in ((*LINES[:3], "（2011）富执字第9号,2011-01-09,"), ("", *LINES[3:]))
    )
    path = tmp_path / "cases.csv"
    path.write_bytes(mark + before + cell.encode(other) + after)
    with pytest.raises(InputError, match=f"第4行有文字不是 {whole.upper().removesuffix('-SIG')}"):
        read_cases(path, as_of="2011")


@pytest.mark.parametrize("joined", ["utf-8", "gb18030", "utf-16-be"])
def test_rows_joined_to_a_file_of_two_bytes_a_letter_are_no_note_of_it(tmp_path, joined):
    path = tmp_path / "cases.csv"
    path.write_bytes("\n".join([*LINES, ""]).encode("utf-16") + "\n".join([*LINES[1:], ""]).encode(joined))
    with pytest.raises(InputError, match="不是 UTF-16"):
        read_cases(path, as_of="2011")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_what_a_register_may_hold_is_of_one_encoding(tmp_path, encoding):
    names = ["阿不都·热合曼", "José", "÷", "Иванов", "王一", "闵小女", "沈喆", "　　　　", "㐂㈱", "——"]
    path = tmp_path / "cases.csv"
    rows = [f"（2011）富执字第{n}号,2011-01-01,{name},富锦市A区" for n, name in enumerate(names, start=1)]
    path.write_bytes("\n".join([LINES[0], *rows]).encode(encoding))
    assert len(read_cases(path, as_of="2011")) == len(names)
