"""Rows read one by one: what each is taken for, and what becomes of it."""

import json
from itertools import zip_longest

import numpy as np
import pandas as pd
import pytest

from analysis.files.blocks import Sheet
from analysis.files.cell_text import plain
from analysis.register import rows as rows_module
from analysis.register.corrections import SheetCorrections
from analysis.register.headers import find_layout
from analysis.register.rows import LONGEST_RAW, CellRows, SheetContext, row_kind, sort_out
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.text import in_language

HEADER = ["序号", "案号", "立案日期", "承办人", "结案日期", "结案方式", "案件类型", "申请执行标的额（万元）", "备注"]
SOUND = ["1", "（2011）富执字第1号", "2011-01-04", "王小伟", "2011-03-04", "执行完毕", "首次执行", "5.25", ""]
PLACE = {"file": "甲.csv", "sheet": "台账"}


def context(header=HEADER, *, above=(), name="台账", **known):
    return SheetContext("甲.csv", Sheet(name, iter(())), find_layout([*above, header]), **known)


def sorted_out(*rows, first=2, **asked):
    columns = [pd.Series(cells, dtype=object) for cells in zip_longest(*rows)]
    return sort_out(context(**asked), CellRows(np.arange(first, first + len(rows)), columns))


def changed(**cells):
    """The sound row with other cells under the headers named."""
    return [cells.get(head, cell) for head, cell in zip(HEADER, SOUND, strict=True)]


def test_a_sound_row_is_a_case_with_its_place():
    found = sorted_out(SOUND, first=7)
    assert found.frame.iloc[0].to_dict() == {
        "case_no": "（2011）富执字第1号", "case_type": "first", "case_type_text": "首次执行", "court": None,
        "filed_on": pd.Timestamp("2011-01-04"), "closed_on": pd.Timestamp("2011-03-04"), "closure_mode": "completed",
        "closure_mode_text": "执行完毕", "amount_claimed": 52_500.0, "officer": "王小伟", "source_file": "甲.csv",
        "source_sheet": "台账", "source_row": 7,
    }  # fmt: skip
    assert (found.quarantined, found.skipped, found.totals, found.skipped_rows) == ([], {}, [], [])
    assert found.unreadable.empty
    assert list(found.unreadable) == ["table", "file", "sheet", "row", "column", "value"]


KINDS = {
    "empty": [[], ["", " ", None], ["9"], ["9", "", ""]],
    "total": [
        ["合计"], ["", "王伟小计", "", "", "", "", "", "3"], ["", "", "", "", "", "", "", "总计"], ["2011年合计", "12"],
        ["第一季度合计", "12"], ["1", "2", "合计：", "4"], ["Grand Total", "12"], ["本页小计", "12"], ["人均", "12"],
        ["王某（小计）", "12"], ["小计（王某）", "12"], ["其中：终本", "12"], ["2011年新收合计：12件"],
    ],
    "header": [
        HEADER, HEADER[:2], ["序号", "案号", "立案日期", "承办人", "改"], [str(n) for n in range(1, 10)],
        ["甲", "乙", *map(str, range(1, 8))],
    ],
    "note": [["注：略"], ["填表人：", "李"], ["随便"], ["备注1：见后", "", "李"], ["单位：元", "", "第2页"], ["院长：", "李"], ["", "9"]],
    "": [
        ["（2011）富执字第9号"], ["随便", "李"], ["1", "2", "合", "4", "合计"], ["合计", "（2011）富执字第9号"],
        ["注：", "（2011）富执字第9号", "2011-01-04"], ["备注1", "甲", "2011-01-04", "李", "2011-02-04"], ["1", "3", "2"],
        ["甲"] + ["乙"] * 3 + ["1", "3"], ["注：被执行人下落不明,（2011）富执字第2号", "", "李"], ["（2011）富执字第2号已移送公安"],
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "cells"), [(kind, cells) for kind, rows in KINDS.items() for cells in rows])
def test_a_row_is_what_it_reads_as(kind, cells):
    assert row_kind(context(), [plain(cell) for cell in cells], 2) == kind


def test_above_the_header_a_row_is_a_title_or_empty():
    assert row_kind(None, ["合计"], 1) == "title"
    assert row_kind(None, [None, ""], 1) == "empty"


@pytest.mark.parametrize(("row", "kind"), [(1, ""), (2, "header"), (3, "header"), (4, "")])
def test_columns_are_numbered_right_under_the_header_only(row, kind):
    assert row_kind(context(), ["1", "2", "3", "4"], row) == kind
    under_a_title = context(above=[["二〇一一年执行案件台账"]])
    assert row_kind(under_a_title, ["1", "2", "3", "4"], row + 1) == kind


def test_a_single_number_is_an_empty_row_under_a_running_number_alone():
    assert row_kind(context(["备注", "案号", "立案日期"]), ["9"], 9) == "note"


def test_both_rows_of_a_header_are_known_again():
    two = SheetContext(
        "甲.csv", Sheet("", iter(())), find_layout([["序号", "案号", "时间", ""], ["", "", "立案日期", "结案日期"]])
    )
    assert row_kind(two, ["序号", "案号", "时间"], 9) == "header"


@pytest.mark.parametrize("name", ["台账", ""])
def test_another_header_in_another_order_is_refused_with_its_place(name):
    with pytest.raises(InputError) as refused:
        sorted_out(SOUND, ["序号", "立案日期", "案号", "承办人", "结案日期"], first=5, name=name)
    assert refused.value.text.zh.startswith(f"文件 甲.csv{' / 台账' if name else ''} 读不了：第6行又是表头")
    assert "row 6 is another header" in refused.value.text.en


def test_one_heading_in_another_place_is_no_header():
    assert row_kind(context(), ["甲", "立案日期", "乙", "丙"], 9) == ""


@pytest.mark.parametrize(
    ("cell", "yuan", "half"),
    [
        ("5.2", 52_000, 500),
        ("5", 50_000, 5_000),
        ("1,234.56", 12_345_600, 50),
        ("3.1亿", 310_000_000, 5_000_000),
        ("7万", 70_000, 5_000),
    ],
)
def test_the_total_of_a_sheet_is_kept_with_half_of_its_last_digit(cell, yuan, half):
    found = sorted_out(["总合计", "", "", "", "", "", "", cell, ""])
    assert found.skipped == {"total": 1}
    (total,) = found.totals
    assert total == PLACE | {
        "table": "cases", "row": 2, "column": "amount_claimed", "value": cell, "yuan": pytest.approx(yuan), "half": pytest.approx(half),
        "label": "",
    }  # fmt: skip


def test_totals_of_a_person_or_a_month_say_whose_they_are_and_what_is_no_number_states_nothing():
    for cells, labels in (
        (["王伟小计"], ["王伟"]),
        (["王伟（小计）"], ["王伟"]),
        (["小计（王伟）"], ["王伟"]),
        (["合计（件）"], [""]),
        (["本月合计"], ["本月"]),
        (["人均"], []),
    ):
        found = sorted_out([*cells, *[""] * 6, "3"])
        assert found.skipped == {"total": 1}
        assert [total["label"] for total in found.totals] == labels
    assert sorted_out(["合计", *[""] * 6, "不详"]).totals == []


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["合计：398件"], {"case_no": 398}),
        (["合计", "1,200件"], {"case_no": 1200}),
        (["合计", "共 1200 件"], {"case_no": 1200}),
        (["合计", "12"], {"case_no": 12}),
        (["合计", "", "12", "9"], {"filed_on": 12}),
        (["合计", "", "2024"], {}),
    ],
)
def test_a_total_states_numbers_of_cases_and_a_year_is_none(cells, numbers):
    assert {total["column"]: total["number"] for total in sorted_out(cells).totals} == numbers


@pytest.mark.parametrize(
    ("cells", "field", "zh", "en"),
    [
        (changed(立案日期=""), "filed_on", "没有立案日期", "missing: filed on"),
        (changed(立案日期="某日"), "filed_on", "立案日期读不出", "filed on cannot be read"),
        (changed(案号=""), "case_no", "没有案号", "missing: case number"),
        (changed(案号="看不清", 案件类型=""), "case_type", "案号读不出，又没有写明案件类型", "the case has no family"),
        ([*SOUND, "多"], "", "单元格多于表头", "more cells than the header has"),
        ([*changed(案号=""), "多"], "case_no", "没有案号", "missing: case number"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_is_set_aside_with_its_reason(cells, field, zh, en):
    found = sorted_out(SOUND, cells, first=5)
    assert len(found.frame) == 1
    assert found.skipped == {}
    (row,) = found.quarantined
    assert {name: row[name] for name in ("file", "sheet", "row", "table", "field")} == PLACE | {
        "row": 6,
        "table": "cases",
        "field": field,
    }
    assert zh in in_language(row["reason"], "zh")
    assert en in in_language(row["reason"], "en")
    heads = [*HEADER, "(10)"]
    assert json.loads(row["values"]) == {heads[i]: cell for i, cell in enumerate(cells) if cell}
    assert "案号" not in row["values"] or "\\u" not in row["values"]


def test_cells_of_headings_that_stand_twice_are_told_apart_and_long_ones_cut():
    header = ["案号", "立案日期", "备注", "备注", ""]
    (row,) = sorted_out(["（2011）富执字第1号", "", "长" * (LONGEST_RAW + 9), "乙", "丙"], header=header).quarantined
    assert json.loads(row["values"]) == {
        "案号": "（2011）富执字第1号", "备注（1）": "长" * LONGEST_RAW, "备注（2）": "乙", "(5)": "丙"
    }  # fmt: skip


def test_a_case_number_that_is_a_total_is_no_case():
    found = sorted_out(changed(案号="合计"), changed(案号="（2011）富执字第2号"))
    assert found.frame["case_no"].tolist() == ["（2011）富执字第2号"]
    assert found.skipped == {"total": 1}


def test_rows_that_are_no_cases_are_counted_and_listed_as_they_stand():
    found = sorted_out(["合计", "", " 12 "], [], ["注：略"], [], SOUND, first=4)
    assert found.skipped == {"total": 1, "empty": 2, "note": 1}
    assert found.skipped_rows == [
        PLACE | {"row": 4, "kind": "total", "held": "合计  12"}, PLACE | {"row": 6, "kind": "note", "held": "注：略"}
    ]  # fmt: skip
    many = sorted_out(*[["注：略" + "长" * LONGEST_RAW]] * 1_002)
    assert many.skipped == {"note": 1_002}
    assert len(many.skipped_rows) == 1_002  # each of them
    assert len(many.skipped_rows[0]["held"]) == LONGEST_RAW


def test_cells_that_cannot_be_read_are_listed_of_kept_rows_alone():
    found = sorted_out(
        changed(**{"申请执行标的额（万元）": "若干"}), changed(立案日期="某日", 结案日期="又某日"), first=3
    )
    assert found.unreadable.to_dict("records") == [
        PLACE | {"table": "cases", "row": 3, "column": "amount_claimed", "value": "若干"}
    ]
    assert found.frame["amount_claimed"].isna().all()


@pytest.mark.parametrize(
    ("number", "kind", "word"), [("（2019）黑0882执1号", "first", "执"), ("（2019）黑0882执恢3号", "reopened", "执恢")]
)
def test_court_and_case_type_follow_from_the_number_where_the_row_does_not_say(number, kind, word):
    row = ["1", number, "2019-01-04", "王"]
    found = sorted_out(row).frame.iloc[0]
    assert found[["court", "case_type", "case_type_text"]].tolist() == ["富锦市人民法院", kind, word]
    said = sorted_out(changed(案号=number)).frame.iloc[0]
    assert said[["court", "case_type", "case_type_text"]].tolist() == ["富锦市人民法院", "first", "首次执行"]


def test_each_row_is_completed_from_its_own_number():
    header = [*HEADER, "法院"]
    rows = [
        [*changed(案号="（2019）黑0882执恢3号", 案件类型=""), "丙法院"], [*SOUND, ""], [*changed(案号="看不清"), ""],
        [*changed(案号="（2019）黑0882执4号", 案件类型=""), ""],
    ]  # fmt: skip
    frame = sorted_out(*rows, header=header).frame
    assert frame["court"].fillna("").tolist() == ["丙法院", "", "", "富锦市人民法院"]
    assert frame["case_type"].tolist() == ["reopened", "first", "first", "first"]


def test_a_row_that_a_clerk_took_out_is_counted_as_deleted_and_a_cell_replaced():
    entry = {"case_no": "", "same_file": True, "status": "", "reason": "", "value": ""}
    taken = entry | {"row": 2, "field": "filed_on", "corrected": "删除"}
    mended = entry | {"row": 3, "field": "filed_on", "corrected": "2011-05-06"}
    found = sorted_out(SOUND, changed(立案日期="某日"), corrections=SheetCorrections([taken, mended]))
    assert found.skipped == {"deleted": 1}
    assert found.frame["filed_on"].tolist() == [pd.Timestamp("2011-05-06")]
    assert found.skipped_rows[0]["held"].startswith("1  （2011）富执字第1号")


def test_other_tables_ask_for_their_own_day_and_no_case_type():
    found = sorted_out(
        ["（2011）富执字第1号", "2011-02-03", "罚款", "500"],
        ["（2011）富执字第1号", "", "罚款", "500"],
        header=["案号", "采取日期", "措施种类", "罚款金额（元）"],
    )
    assert found.frame["date"].tolist() == [pd.Timestamp("2011-02-03")]
    assert [(row["table"], row["field"]) for row in found.quarantined] == [("coercive_measures", "date")]


def test_a_courts_own_words_are_read_as_it_said():
    found = sorted_out(changed(结案方式="清结"), words={"closure_mode": {"清结": "completed"}})
    assert found.frame["closure_mode"].tolist() == ["completed"]
    assert sorted_out(changed(结案方式="清结")).frame["closure_mode"].tolist() == [None]


def test_rows_that_say_the_same_are_looked_at_once(monkeypatch):
    looked_at = []
    monkeypatch.setattr(rows_module, "row_kind", lambda *asked: looked_at.append(asked) or row_kind(*asked))
    found = sorted_out(*[changed(立案日期="2011年13月")] * 1_000, ["合计", "12"], first=10)
    assert (len(found.quarantined), found.skipped) == (1_000, {"total": 1})
    assert [entry["row"] for entry in found.quarantined] == list(range(10, 1_010))
    assert len(looked_at) == 2


def test_of_lines_that_count_the_columns_only_those_under_the_header_are_headers():
    found = sorted_out(*[[str(n) for n in range(1, 10)]] * 4)
    assert found.skipped == {"header": 2}
    assert [entry["row"] for entry in found.quarantined] == [4, 5]


def test_cells_that_repeat_are_compared_with_the_header_once(monkeypatch):
    asked = []
    match = rows_module.match
    monkeypatch.setattr(rows_module, "match", lambda text, table: asked.append(text) or match(text, table))
    found = sorted_out(*(changed(案号=f"无{n}", 立案日期="2011-02-30", 案件类型="") for n in range(500)))
    assert len(found.quarantined) == 500
    assert asked.count("王小伟") <= 2
