import re
from pathlib import Path

import pytest

import analysis
from analysis.vocabulary.errors import ArgumentError, InputError, nearest
from analysis.vocabulary.language import speak, speaking
from analysis.vocabulary.terms import term, terms
from analysis.vocabulary.text import Text, folded, in_language, joined, spoken


def test_each_text_speaks_the_language_chosen():
    text = Text("未结", "pending")
    assert str(text) == "未结"
    with speaking("en"):
        assert str(text) == "pending"
    assert str(text) == "未结"


def test_the_language_returns_after_an_error():
    with pytest.raises(RuntimeError), speaking("en"):
        raise RuntimeError
    assert spoken() == "zh"


def test_an_unknown_language_is_named_with_the_choices():
    with pytest.raises(ArgumentError, match="zh（中文）、en（英文）"):
        speak("fr")


def test_a_cell_gives_each_language_back():
    cell = joined([Text("甲", "a"), Text("乙", "b")]).cell
    assert in_language(cell, "zh") == "甲；乙"
    assert in_language(cell, "en") == "a; b"
    assert in_language("plain", "en") == "plain"
    assert Text("", "").cell == ""


# A number behind a Latin word (Python 3, UTF-8) belongs to that word, which keeps its space.
SPACED = re.compile(
    r"[\u4e00-\u9fff] [+−≥≤]?(?:[0-9]|\{[^{}]*:[,.0-9]*[,dfg]\})"
    r"|(?<![A-Za-z0-9.,-])(?<![A-Za-z] )[0-9]+(?:[.,][0-9]+)*%? [\u4e00-\u9fff]|:[,.0-9]*[,dfg]\}%? [\u4e00-\u9fff]"
)


def test_no_space_parts_chinese_from_figures():
    said = [
        line.strip()
        for file in Path(analysis.__file__).parent.rglob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.isascii()
        and re.search("""["'].*[\u4e00-\u9fff]""", line)
        and SPACED.search(line.partition("  # ")[0])
    ]
    assert [line for line in said if not line.startswith((">>>", "...", "#"))] == []
    assert folded("180 日内结案率") == folded("180日内结案率"), "a name is known with the space that it had"


def test_every_term_stands_in_both_languages():
    assert len(terms()) > 20
    for key, text in terms().items():
        assert text.zh, key
        assert text.en, key
        assert any("\u4e00" <= c <= "\u9fff" for c in text.zh) or text.zh == text.en, key
    assert term("no such key").zh == "no such key"


def test_a_missing_column_names_place_and_nearest_name():
    error = InputError.missing_columns("a.csv", ["立案日期"], ["立案日", "案号"])
    assert "a.csv" in str(error)
    assert "“立案日”" in str(error)
    with speaking("en"):
        assert 'nearest name present: "立案日"' in str(error)


def test_a_word_of_two_characters_that_shares_one_is_not_the_nearest():
    levels = ["基层", "中级", "高级"]
    assert [nearest(word, levels) for word in ("县级", "市级", "最高")] == [None, None, None]
    assert (nearest("基层法院", levels), nearest("级高", levels), nearest("结案律", ["结案", "结案率"])) == (
        "基层",
        "高级",
        "结案率",
    )
