import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.register.case_numbers import case_number_parts, court_of_code, parse_case_number, present_code

BRACKETS = [
    "()",
    "（）",
    "[]",
    "［］",
    "【】",
    "〔〕",
    "{}",
    "〈〉",
    "<>",
    "＜＞",
    "《》",
    "〖〗",
    "⟨⟩",
    "‹›",
    "﹝﹞",
    "「」",
    "“”",
    "‘’",
    ("（(", ")）"),
]


@pytest.mark.parametrize("pair", BRACKETS)
def test_every_bracket_form_is_the_same_number(pair):
    number = parse_case_number(f"{pair[0]}2011{pair[1]}富执字第123号")
    assert (number.year, number.court, number.type_word, number.serial, number.sub_number) == (
        2011,
        "富",
        "执",
        123,
        "",
    )
    assert number.canonical == "（2011）富执字第123号"


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("(2019)黑0882执恢123号之一", (2019, "黑0882", "执恢", 123, "之一", "reopened")),
        ("（2019）黑0882执123号之1", (2019, "黑0882", "执", 123, "之一", "first")),
        ("（2019）黑0882执123号-2", (2019, "黑0882", "执", 123, "之二", "first")),
        ("（2019）黑0882执123-12号", (2019, "黑0882", "执", 123, "之十二", "first")),
        ("（2019） 黑 0882 执保 00123 号", (2019, "黑0882", "执保", 123, "", "preservation")),
        ("（２０１９）黑０８８２执异１２３号", (2019, "黑0882", "执异", 123, "", "review")),
        ("(2020)黑08执复12号", (2020, "黑08", "执复", 12, "", "review")),
        ("(2020)黑08执监12", (2020, "黑08", "执监", 12, "", "review")),
        ("(2020)黑08执协12号", (2020, "黑08", "执协", 12, "", "review")),
        ("（2020）新兵0101执5号", (2020, "新兵0101", "执", 5, "", "first")),
        ("（2020）兵0101执恢5号", (2020, "兵0101", "执恢", 5, "", "reopened")),
        ("（2014）兵八执字第3号", (2014, "兵八", "执", 3, "", "first")),
        ("（2021）黑0882诉前执12号", (2021, "黑0882", "诉前执", 12, "", "other")),
        ("(2020)最高法执监1号", (2020, "最高法", "执监", 1, "", "review")),
        ("(2011)富法执字第5号之二", (2011, "富法", "执", 5, "之二", "first")),
        ("(2011)富执恢字第5号", (2011, "富", "执恢", 5, "", "reopened")),
        ("(2011)富恢执字第5号", (2011, "富", "恢执", 5, "", "reopened")),
        ("(2011)富非执字第5号", (2011, "富非", "执", 5, "", "first")),
        ("(2011)富执字5", (2011, "富", "执", 5, "", "first")),
        ("2011年富执字第5号", (2011, "富", "执", 5, "", "first")),
        ("（二〇一一）富执字第5号", (2011, "富", "执", 5, "", "first")),
        ("(2011)富民初字第4号", (2011, "富", "民初", 4, "", "other")),
        ("(2011)富执字№5", (2011, "富", "执", 5, "", "first")),
        ("(2011)富执字第5号。", (2011, "富", "执", 5, "", "first")),
        ("（2011）富执行字第5号", (2011, "富", "执行", 5, "", "first")),
        ("（2011）富法执二字第5号", (2011, "富法", "执二", 5, "", "first")),
        ("（2011）富执恢一字第5号", (2011, "富", "执恢一", 5, "", "reopened")),
        ("（2011）富执（恢）字第5号", (2011, "富", "执恢", 5, "", "reopened")),
        ("富法执字〔2011〕第5号", (2011, "富法", "执", 5, "", "first")),
        ("'(2011)富执字第5号", (2011, "富", "执", 5, "", "first")),
        ("(2011)富执字第5号（终本）", (2011, "富", "执", 5, "", "first")),
        ("(2020)黑执监1号", (2020, "黑", "执监", 1, "", "review")),
        ("(2019)黑0882民初4号", (2019, "黑0882", "民初", 4, "", "other")),
    ],
)
def test_old_and_new_numbers_give_their_parts(written, parts):
    n = parse_case_number(written)
    assert (n.year, n.court, n.type_word, n.serial, n.sub_number, n.family) == parts


def test_a_high_courts_number_is_written_as_the_new_rules_have_it():
    assert parse_case_number("(2020)黑执监01号").canonical == "（2020）黑执监1号"
    assert parse_case_number("(2011)黑执监字第1号").canonical == "（2011）黑执监字第1号"


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "合计",
        "富锦执行",
        "123",
        "(2011)",
        "(2011)富执字第号",
        "(11)富执字第3号",
        "FJ-2011-0001",
        "（2011）富执字第12345678号",
    ],
)
def test_what_is_no_case_number_gives_none(text):
    assert parse_case_number(text) is None


def test_the_courts_of_jiamusi_are_known_and_fuyuan_by_both_codes():
    assert court_of_code("黑08") == "佳木斯市中级人民法院"
    assert court_of_code("黑0882") == "富锦市人民法院"
    assert court_of_code("黑0833") == court_of_code("黑0883") == "抚远市人民法院"
    assert present_code("黑0833") == "黑0883"
    assert court_of_code("黑9999") is None


def test_a_number_under_the_former_code_is_the_same_case():
    keys = case_number_parts(pd.Series(["(2016)黑0833执5号", "（2016）黑0883执005号", None, "x"]))["key"]
    assert keys[0] == keys[1]
    assert keys[2:].isna().all()


@given(
    st.integers(1990, 2030),
    st.sampled_from(["富", "富法", "佳", "黑0882", "黑08", "最高法"]),
    st.sampled_from(["执", "执恢", "执保", "执异", "执复", "执监", "执协"]),
    st.integers(1, 99_999),
    st.sampled_from(BRACKETS),
    st.sampled_from(["", "之一", "之二十一"]),
)
def test_a_number_is_read_as_it_was_built(year, court, word, serial, pair, sub):
    new = court[-1].isdigit() or court == "最高法"
    text = f"{pair[0]}{year}{pair[1]}{court}{word}" + (f"{serial}号{sub}" if new else f"字第{serial}号{sub}")
    n = parse_case_number(text)
    assert (n.year, n.type_word, n.serial, n.sub_number) == (year, word, serial, sub)
    assert n.court == court
    assert parse_case_number(n.canonical) == n


@given(st.text(max_size=40))
def test_no_text_makes_the_parser_stumble(text):
    n = parse_case_number(text)
    assert n is None or n.serial >= 0


def test_several_numbers_in_one_cell_are_no_number():
    for written in ("（2011）富执字第123-125号", "（2011）富执字第123、124号", "（2011）富执字第123至125号"):
        assert parse_case_number(written) is None
