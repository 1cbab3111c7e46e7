"""What may leave of a register's cells: by the class of the column."""

import errno
import os
import re
from unittest.mock import Mock

import pandas as pd
import pytest

import analysis as an
from analysis.cases.privacy import pseudonyms
from analysis.cases.table import Cases
from analysis.register.disclosure import (
    UNREADABLE_NUMBER,
    court_characters,
    names_somebody,
    public_cell,
    public_courts,
    public_labels,
    public_number,
    public_numbers,
)


@pytest.mark.parametrize(
    "label", ["王建军团队", "赵法官组", "欧阳娜工作室", "张三李四组", "230882197001014412", "13904541234", "孙丽娟"]
)
def test_labels_that_read_like_a_name_or_a_number_of_a_person_name_somebody(label):
    assert names_somebody(label)


@pytest.mark.parametrize(
    "label",
    ["执行一组", "第二执行团队", "快执组", "兴隆岗镇", "城关街道", "Team 3", "张家湾镇", "执行局综合科", "甲组"],
)
def test_labels_of_teams_and_places_name_nobody(label):
    assert not names_somebody(label)


def test_a_label_is_replaced_where_it_bears_the_name_of_somebody_of_the_register():
    frame = pd.DataFrame(
        {
            "filed_on": ["2011-01-04"] * 8,
            "officer": ["爨底下"] * 4 + ["乙某"] * 4,
            "team": ["爨底下组"] * 4 + ["二组"] * 4,
        }
    )
    labels = public_labels(an.Cases.from_frames(frame, as_of="2011-12-31"), "team")
    assert labels["二组"] == "二组"
    assert re.fullmatch(r"小组\d{8}", labels["爨底下组"])


@pytest.mark.parametrize(
    "text", ["陈桂芳", "佳木斯市丰收农资有限公司", "13904541234", "230882197001014412", "身份证230882197001014412"]
)
def test_what_is_no_case_number_is_not_shown_as_one(text):
    assert public_number(text) == ""


STAFF = {2010: ["王伟", "李强", "赵敏", "孙丽"], 2011: ["王伟", "李强", "周涛", "吴刚"]}  # two left, two came


def test_a_label_that_the_court_says_is_its_own_is_hidden_where_it_bears_a_telephone_or_one_of_its_people():
    own = ("利剑", "利剑13904541234", "利剑郑永红")
    frame = pd.DataFrame({"filed_on": "2011-01-04", "officer": "郑永红", "team": [*own, "二组"] * 5})
    labels = public_labels(an.Cases.from_frames(frame, as_of="2011-12-31", labels=own), "team")
    assert [name for name in own if labels[name] == name] == ["利剑"]


def labels_of(register, **options):
    return pseudonyms(an.read_cases(register, as_of="2011-12-31", **options))


def register_of(folder, year, name="cases.csv"):
    folder.mkdir(parents=True, exist_ok=True)
    rows = [f"（{year}）富执字第{i}号,{year}-03-0{i % 9 + 1},{STAFF[year][i % 4]}" for i in range(20)]
    (folder / name).write_text("案号,立案日期,承办人\n" + "\n".join(rows), encoding="utf-8")
    return folder


def names_nobody_else(first, second):
    """Whether no pseudonym of one report is another person's in the next."""
    return not {label for name, label in first.items() if second.get(name) != label} & {*second.values()}


def test_without_a_key_no_pseudonym_of_one_year_is_anybodys_in_the_next(tmp_path):
    first, second = (labels_of(register_of(tmp_path / str(year), year)) for year in (2010, 2011))
    assert not {*first.values()} & {*second.values()}


def test_a_key_is_made_once_and_stays_with_the_register_wherever_it_lies(tmp_path):
    old, new = (register_of(tmp_path / str(year), year) for year in (2010, 2011))
    key = an.make_key(old)
    assert os.name == "nt" or key.stat().st_mode & 0o077 == 0, "its owner's alone to read"
    (new / key.name).write_bytes(key.read_bytes())
    first, second = labels_of(old), labels_of(new)
    assert {name for name in first if second.get(name) == first[name]} == {"王伟", "李强"}
    assert names_nobody_else(first, second)
    assert labels_of(old.rename(tmp_path / "moved")) == first
    assert labels_of(tmp_path / "moved" / "cases.csv") == first, "of a file in the folder too"
    with pytest.raises(an.OutputError, match="保留原密钥"):
        an.make_key(new)


def test_a_key_that_a_full_disk_breaks_off_is_not_in_the_way_of_the_next(tmp_path, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr("pathlib.Path.write_text", Mock(side_effect=OSError(errno.ENOSPC, "no space")))
        with pytest.raises(an.OutputError):
            an.make_key(tmp_path)
    assert not [*tmp_path.iterdir()]
    an.make_key(tmp_path)


def test_a_key_that_a_power_cut_left_as_zeros_is_none(tmp_path):
    (tmp_path / "own.key").write_bytes(bytes(64))
    with pytest.raises(an.InputError, match="是空的"):
        labels_of(register_of(tmp_path / "2010", 2010), key_file=tmp_path / "own.key")


@pytest.mark.full
def test_a_key_beside_the_courts_file_holds_for_every_year(tmp_path):
    old, new = (register_of(tmp_path / "台账", year, f"{year}.csv") / f"{year}.csv" for year in (2010, 2011))
    (tmp_path / "court.toml").write_text('court = "富锦市人民法院"\n', encoding="utf-8")
    an.make_key(tmp_path)
    first, second = (labels_of(register, court_file=tmp_path / "court.toml") for register in (old, new))
    assert {name for name in first if second.get(name) == first[name]} == {"王伟", "李强"}
    assert labels_of(old, key_file=tmp_path / "pseudonym.key") == first, "the same key named outright"
    own = an.make_key(old.parent)
    assert labels_of(old, court_file=tmp_path / "court.toml") != first, "the register's own goes before"
    own.unlink()
    assert labels_of(old, court_file=tmp_path / "court.toml") == first


def test_where_the_key_is_lost_no_pseudonym_names_another(tmp_path):
    old, new = (register_of(tmp_path / str(year), year) for year in (2010, 2011))
    key = an.make_key(old)
    first = labels_of(old)
    key.unlink()
    assert not {*first.values()} & {*labels_of(new).values()}
    an.make_key(new)
    assert not {*first.values()} & {*labels_of(new).values()}


def test_a_part_of_a_register_calls_people_and_teams_as_the_whole_does():
    """A team named after a judge of a rare surname, seen beside cases in which the judge has none."""
    frame = pd.DataFrame(
        {
            "filed_on": "2011-01-04",
            "officer": ["佟丽娅"] * 4 + ["乙某"] * 4,
            "team": "佟法官团队",
            "basis": ["civil"] * 4 + ["criminal"] * 4,
        }
    )
    whole = an.Cases.from_frames(frame, as_of="2011-12-31")
    part = whole.where(basis="criminal")
    assert pseudonyms(part) == pseudonyms(whole)
    assert public_labels(part, "team") == public_labels(whole, "team") != {"佟法官团队": "佟法官团队"}


def test_a_rare_surname_and_a_part_of_a_name_are_known_by_the_people_of_the_register():
    known = ["佟丽娅", "阿依古丽·买买提"]
    assert all(names_somebody(label, known) for label in ("佟法官团队", "阿依古丽组", "丽娅工作室", "买买提组"))
    assert not any(names_somebody(label, known) for label in ("佟家屯", "国际组", "速裁一组"))


def test_what_a_moved_row_put_among_the_people_renames_no_township():
    assert not names_somebody("锦山镇", ["锦山镇", "执行一组"])


@pytest.mark.full
@pytest.mark.parametrize("by", ["team", "area"])
def test_what_is_handed_on_bears_no_name_and_no_amount_of_few_cases(by, tmp_path):
    frame = pd.DataFrame(
        {
            "filed_on": ["2011-01-04"] * 6, "closed_on": ["2011-03-04"] * 6, "officer": ["佟丽娅"] * 4 + ["乙某"] * 2,
            "team": ["佟法官团队"] * 4 + ["二组"] * 2, "area": ["佟丽娅"] * 4 + ["锦山镇"] * 2, "amount_claimed": 1234.0,
        }
    )  # fmt: skip
    made = an.tallies(an.Cases.from_frames(frame, as_of="2011-12-31"), by=by)
    saved = an.Tallies.load(made.save(tmp_path / "t.parquet")).table
    assert "佟" not in saved.to_csv()
    assert (saved.filter(like="_fen")[saved["cases"] < 3] == 0).all(axis=None)


@pytest.mark.full
@pytest.mark.parametrize("cell", ["无", "/", "——", " "])
def test_a_row_set_aside_may_hold_a_blank_in_words_where_a_code_stands(tmp_path, cell):
    """A row moved by a column has 无 under the closure mode: listing what was set aside fell over it."""
    rows = {
        "案号": ["（2022）川1执1号", "（2022）川1执2号"],
        "立案日期": ["2022-03-04", "张三"],
        "结案方式": ["和解", cell],
    }
    pd.DataFrame(rows).to_csv(tmp_path / "台账.csv", index=False)
    cases = an.read_cases(tmp_path / "台账.csv", as_of="2022-12-31")
    assert len(cases.quarantine) == 1
    an.export_findings(cases, tmp_path / "问题.xlsx")
    assert (tmp_path / "问题.xlsx").exists()


def test_an_amount_that_slipped_into_the_column_of_teams_is_no_label():
    teams = ["执行一组"] * 5 + ["第3组", "22957.99", "287,899.32"]
    frame = pd.DataFrame({"case_no": [f"{n}" for n in range(8)], "filed_on": "2011-01-04", "team": teams})
    shown = public_labels(an.Cases.from_frames(frame, as_of="2011-12-31"), "team")
    assert (shown["执行一组"], shown["第3组"]) == ("执行一组", "第3组")
    assert not {"22957.99", "287,899.32"} & set(shown.values())


@pytest.mark.parametrize(
    "text",
    [
        "原告王伟1", "黑0999执王伟", "（2021）黑0999执王伟1号", "（2021）黑0999执1号王伟", "诸葛明亮", "（2021）黑0999执诸葛明亮号", "王伟案2021",
        "（2021）王伟执1号", "（2011）诸葛明亮执字第1号", "（2011）富王伟字第1号", "wangwei1", "WANG-WEI-1", "Wei Li 2",
        "wangwei", "wang-wei", "QIGUAN5", "WANG-12", "Li-3", "Wu", "(2019)ENF-12", "0454-8123456", "8123456",
        "（2021）亓官执字第1号", "（2021）黑0999执亓官1号", "（2021）王兵0101执1号", "[2020] EWHC 123",
    ],
)  # fmt: skip
def test_a_text_with_a_name_in_it_is_no_case_number(text):
    assert public_number(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "（2019）黑0882执恢123号之一", "[2010]富执（恢）字第12号", "富执字（2010）第12号", "（2010）富法执字第12号", "（2011）富民初字第3号",
        "二〇一一年富执字第1号",
        "（2012）铁中法执一字第5号", "（2018）黑0882民初3号", "(2011)执3号", "富执12", "访5", "A-17", "2011-17",
        "（2011）富劳人仲字第1号", "（2012）富执民字第12号", "（2010）富执委字第3号", "（2020）京0105执前调12号",
        "（2021）黑0882诉前执12号", "（2020）新兵0101执5号", "（2020）兵0101执恢5号", "（2020）新兵执复5号", "（2020）苏0102民诉前调12号",
    ],
)  # fmt: skip
def test_case_numbers_of_every_making_are_shown(text):
    assert public_number(text) == text


@pytest.mark.parametrize("text", ["2017000123", "000012", "50000"])
def test_digits_alone_are_a_number_where_the_register_has_several_such(text):
    assert public_number(text) == "", "it may be an amount that was moved by a column"
    rows = pd.DataFrame({"case_no": [text, "000013", "000014"], "filed_on": "2012-01-04"})
    assert public_number(text, court_characters(Cases.from_frames(rows, as_of="2012-12-31"))) == text


@pytest.mark.full
def test_letters_before_a_number_are_shown_where_the_register_has_them_in_several():
    numbers = pd.Series([*(f"ENF-{n}" for n in (1, 2, 3)), "WANG-12", "li-3"])
    cases = an.Cases.from_frames(pd.DataFrame({"case_no": numbers, "filed_on": "2012-01-04"}), as_of="2012-12-31")
    assert public_numbers(cases, numbers).tolist() == ["ENF-1", "ENF-2", "ENF-3", *[UNREADABLE_NUMBER.cell] * 2]
    assert not re.search("WANG|li-3", an.check_cases(cases).to_csv())
    assert public_numbers(cases, pd.Series([float("nan")] * 2)).isna().all()  # of a register that holds none


@pytest.mark.full
def test_characters_of_a_court_that_read_like_a_name_are_known_by_its_numbers():
    numbers = pd.Series(
        [*(f"（2012）江宁执字第{n}号" for n in (1, 2, 3)), "（2012）王伟执字第4号", "（2012）亓官执字第5号", None]
    )
    cases = an.Cases.from_frames(pd.DataFrame({"case_no": numbers, "filed_on": "2012-01-04"}), as_of="2012-12-31")
    shown = public_numbers(cases, numbers)
    assert shown.iloc[:3].tolist() == numbers.iloc[:3].tolist()
    assert not shown.iloc[3:].str.contains("王伟|亓官").any()
    assert public_numbers(cases, numbers.iloc[:1]).tolist() == numbers.iloc[:1].tolist()  # of a list of one too
    found = an.check_cases(cases)
    assert "江宁" in found.to_csv()
    assert not re.search("王伟|亓官", found.to_csv())
    assert "亓官" in an.check_cases(cases, names=True).to_csv()


def test_a_claimant_moved_into_several_labels_is_shown_in_none_and_a_number_moved_into_a_day_neither():
    rows = {
        "case_no": [f"（2022）渝0199执{n}号" for n in range(240)],
        "filed_on": "2022-01-04",
        "court": "榆塘区人民法院",
    }
    frame = pd.DataFrame(rows | {"area": ["榆塘镇", "北河"] * 120, "team": ["执行一组", "红旗组"] * 120})
    for column in ("court", "area", "team"):
        frame.loc[frame.index[:4], column] = "泰吉建材"
    cases = an.Cases.from_frames(frame, as_of="2022-12-31")
    for column in ("court", "area", "team"):
        labels = public_labels(cases, column)
        assert [name for name, shown in labels.items() if name != shown] == ["泰吉建材"]
    for moved in ("8222333", "81234567", "9134567.89", "23456"):
        assert not public_cell("cases", "closed_on", moved).zh
    assert public_cell("cases", "closed_on", "20110230").zh == "20110230"


def test_teams_called_by_their_work_and_townships_by_where_they_lie_keep_their_names_where_they_have_few_cases():
    labels = {
        "team": [
            "终本组",
            "内勤",
            "法警大队",
            "信访组",
            "评估拍卖组",
            "查控组",
            "民事组",
            "金融组",
            "执恢组",
            "财产处置组",
            "文书组",
            "机动组",
            "待分",
            "Bailiffs",
        ],
        "area": ["城关", "城郊", "西关", "东城", "市内", "县城", "外地", "外省", "不详", "新区", "解放路", "Old Town"],
        "court": ["Bristol Magistrates", "Crown Court"],
    }
    for column, own in labels.items():
        common = {"team": "执行一组", "area": "锦山镇", "court": "榆塘区人民法院"}[column]
        frame = pd.DataFrame({column: [label for label in [*own, "泰吉建材"] for _ in range(4)] + [common] * 400})
        cases = an.Cases.from_frames(frame.assign(filed_on="2022-01-04"), as_of="2022-12-31")
        assert [name for name, shown in public_labels(cases, column).items() if name != shown] == ["泰吉建材"]


def test_a_claimant_moved_three_times_in_a_court_of_few_cases_is_no_label():
    """Of sixty cases 2% are one: a company that stood four times among the teams, and a rare name among the townships, were shown."""
    labels = {"team": ["垚隆晟置业"] * 4, "area": ["应雯彬"] * 4, "court": ["鼎恒银行云麓支行"] * 3}
    for column, moved in labels.items():
        common = {"team": "银行组", "area": "石桥镇", "court": "云麓县人民法院"}[column]
        frame = pd.DataFrame({column: [*moved, *[common] * 56], "filed_on": "2022-01-04"})
        shown = public_labels(an.Cases.from_frames(frame, as_of="2022-12-31"), column)
        assert shown.pop(common) == common
        assert not {*moved} & {*shown.values()}


@pytest.mark.full
def test_a_label_of_few_cases_is_shown_where_it_begins_another_or_the_court_says_that_it_is_its_own(tmp_path):
    areas = ["锦山镇"] * 300 + ["锦山", "长安", "泰吉"] * 4 + ["锦山镇"] * 4 + ["丰收"] * 2
    teams = ["红旗组"] * 300 + ["红旗", "利剑", "泰吉", "佟法官"] * 4 + ["红旗组"] * 2
    rows = [
        f"（2022）川0199执{n}号,2022-01-04,佟丽娅,{a},{t}" for n, (a, t) in enumerate(zip(areas, teams, strict=True))
    ]
    (tmp_path / "台账.csv").write_text("案号,立案日期,承办人,所在乡镇,组别\n" + "\n".join(rows), encoding="utf-8")
    court_file = tmp_path / "本院.toml"
    told = 'as_of = "2022-12-31"\n[columns]\narea = "所在乡镇"\nteam = "组别"\n'
    hidden = {}
    for said in ("", 'labels = ["长安", "利剑", "丰收", "佟丽娅"]\n'):
        court_file.write_text(said + told, encoding="utf-8")
        cases = an.read_cases(tmp_path / "台账.csv", court_file=court_file)
        hidden[said] = {
            name for column in ("area", "team") for name, shown in public_labels(cases, column).items() if name != shown
        }
    before, after = hidden.values()
    assert before == {"长安", "利剑", "泰吉", "佟法官", "丰收"}
    assert after == {"泰吉", "佟法官", "丰收"}, "of fewer than three cases a township is a code all the same"


def test_somebodys_name_before_the_word_for_a_court_is_no_court():
    """A party that was moved into the column of courts, filled up as its cells are; shown at two cases before."""
    courts = ["柳河县人民法院"] * 100 + ["王建国人民法院"] * 2 + ["江宁区人民法院"] * 2
    frame = pd.DataFrame(
        {"case_no": [f"（2011）富执字第{i}号" for i in range(104)], "filed_on": "2011-01-04", "court": courts}
    )
    shown = public_courts(an.Cases.from_frames(frame, as_of="2011-12-31"))
    assert shown == ["柳河县人民法院", "江宁区人民法院"]


def test_letters_among_the_digits_of_a_number_are_shown_where_several_numbers_have_them():
    assert public_number("K00BM123", own=["KBM"]) == "K00BM123"
    assert public_number("1BM00123", own=["BM"]) == "1BM00123"
    for name in ("WA00NG123", "K00BM123", "Wei12Li"):
        assert not public_number(name), "in fewer than three numbers"
    frame = pd.DataFrame({"case_no": [f"1BM0012{n}" for n in range(5)] + ["1Wu0012"], "filed_on": "2022-01-04"})
    shown = public_numbers(an.Cases.from_frames(frame, as_of="2022-12-31"), frame["case_no"])
    assert shown.tolist() == [*frame["case_no"][:5], UNREADABLE_NUMBER.cell]


def test_a_place_or_team_that_bears_an_officers_name_in_letters_is_replaced():
    n = 40
    frame = pd.DataFrame(
        {
            "case_no": [f"ENF-2011-{i:04d}" for i in range(n)],
            "filed_on": pd.Timestamp("2011-01-04"),
            "officer": ["Amara Okafor", "Jonas Lindqvist"] * (n // 2),
            "area": ["Okafor hamlet", "Lindqvist Village", "Ashby Village", "Linden Town"] * (n // 4),
            "team": ["Jonas's group", "Team A"] * (n // 2),
        }
    )
    cases = an.Cases.from_frames(frame, as_of="2011-12-31")
    shown = {
        label for column in ("area", "team") for label, said in public_labels(cases, column).items() if label == said
    }
    assert shown == {"Ashby Village", "Linden Town", "Team A"}


def test_a_label_of_a_whole_cell_is_looked_through_at_once():
    assert not names_somebody("执" * 32_767, ["王伟"])
    assert names_somebody("执" * 32_000 + "王伟" + "行" * 700, ["王伟"])


def test_a_label_that_is_an_officers_name_has_other_digits_than_the_pseudonym():
    """A list of cases with its area, or counts of a team, would tell which cases are the pseudonym's."""
    officers = ["拓跋惠", "呼延灼"] * 20
    columns = {
        "team": officers,
        "area": ["锦山镇"] * 38 + ["拓跋惠"] * 2,
        "court": ["望川县人民法院"] * 39 + ["呼延灼"],
    }
    frame = pd.DataFrame(
        {
            "case_no": [f"（2021）黑0999执{n}号" for n in range(40)],
            "filed_on": "2021-01-04",
            "officer": officers,
            **columns,
        }
    )
    cases = an.Cases.from_frames(frame, as_of="2021-12-31")
    digits = {pseudonym[-6:] for pseudonym in pseudonyms(cases).values()}
    hidden = {
        name: label[-6:]
        for column in columns
        for name, label in public_labels(cases, column).items()
        if name in officers
    }
    assert len(hidden) == 2
    assert not digits & set(hidden.values())
