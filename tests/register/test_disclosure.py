"""What may leave of a register's cells: by the class of the column, which the page on disclosure names."""

import re
from pathlib import Path

import pandas as pd
import pytest

import analysis as an
from analysis.register.disclosure import names_somebody, public_labels, public_number
from analysis.vocabulary.columns import TABLES, columns

PAGE = Path(__file__).parents[2] / "docs" / "disclosure.md"


def test_the_page_names_the_class_of_every_column():
    told = dict(re.findall(r"^\| `([a-z-]+)` \| ([a-z_, ]+) \|", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE))
    declared = {(column.disclosure, name) for table in TABLES for name, column in columns(table).items()}
    assert {(kind, name) for kind, names in told.items() for name in names.split(", ")} == declared


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
    assert re.fullmatch(r"小组\d{4}", labels["爨底下组"])


@pytest.mark.parametrize(
    "text", ["陈桂芳", "佳木斯市丰收农资有限公司", "13904541234", "230882197001014412", "身份证230882197001014412"]
)
def test_what_is_no_case_number_is_not_shown_as_one(text):
    assert public_number(text) == ""


def test_a_key_is_made_once_and_gives_everybody_one_pseudonym_for_good(tmp_path):
    def written(name, year):
        folder = tmp_path / name
        folder.mkdir()
        rows = [f"（{year}）富执字第{i}号,{year}-03-0{i},王伟" for i in range(1, 4 + year % 2)]
        (folder / "cases.csv").write_text("案号,立案日期,承办人\n" + "\n".join(rows), encoding="utf-8")
        return folder

    first, second = written("2010", 2010), written("2011", 2011)
    without = [an.read_cases(folder, as_of="2011-12-31") for folder in (first, second)]
    key = an.make_key(first)
    (second / key.name).write_bytes(key.read_bytes())
    from analysis.cases.privacy import pseudonyms

    assert pseudonyms(without[0])["王伟"] != pseudonyms(without[1])["王伟"]
    one, two = (pseudonyms(an.read_cases(folder, as_of="2011-12-31"))["王伟"] for folder in (first, second))
    assert one == two
    with pytest.raises(an.OutputError, match="保留原密钥"):
        an.make_key(first)


def test_a_rare_surname_and_a_part_of_a_name_are_known_by_the_people_of_the_register():
    known = ["佟丽娅", "阿依古丽·买买提"]
    assert all(names_somebody(label, known) for label in ("佟法官团队", "阿依古丽组", "丽娅工作室", "买买提组"))
    assert not any(names_somebody(label, known) for label in ("佟家屯", "国际组", "速裁一组"))


def test_what_a_moved_row_put_among_the_people_renames_no_township():
    assert not names_somebody("锦山镇", ["锦山镇", "执行一组"])


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
