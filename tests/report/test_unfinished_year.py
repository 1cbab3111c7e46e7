"""A report of a year that is not over: nothing of it is set beside a whole year, and what is pending is so on its last day."""

from __future__ import annotations

import re
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
import qingshi

import analysis as an
from analysis.report.content import Paragraph, Table
from analysis.report.inputs import Material
from analysis.report.sections.assessment import features
from analysis.report.sections.cycle import cycle
from analysis.report.sections.indicators import indicators
from analysis.report.sections.officers import officers
from analysis.report.sections.situation import headline, situation
from analysis.vocabulary.language import speaking
from analysis.vocabulary.text import Text

pytestmark = pytest.mark.full

LAST_DAY = "2024-06-30"


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    rows = qingshi.cases()
    filed = pd.to_datetime(rows["立案日期"])
    export = qingshi.export(tmp_path_factory.mktemp("half") / "台账.xlsx", rows[filed <= LAST_DAY])
    cases = an.read_cases(export, as_of=LAST_DAY, court=qingshi.COURT)
    return Material.of(cases, year=2024, **dict.fromkeys(("returns", "peers", "definitions", "calendar")))


def test_what_is_pending_is_so_on_the_day_to_which_the_register_is_known(material):
    said = headline(material)
    assert "2024年6月30日未结" in said.zh
    assert "年末" not in said.zh
    assert "pending on 30 Jun 2024" in said.en
    assert "ended the year" not in said.en


@pytest.mark.parametrize("section", [situation, indicators])
def test_half_a_year_is_not_compared_with_a_whole_one(material, section):
    blocks = section(material).blocks
    table = next(block for block in blocks if isinstance(block, Table))
    assert table.frame[["2023", "2024"]].notna().any(axis=None)
    assert table.frame[["difference", "growth"]].isna().all(axis=None)
    assert "2024年只到2024年6月30日，不与上年全年相比" in table.note
    text = "".join(block.text for block in blocks if isinstance(block, Paragraph))
    assert not re.search(r"新收\d+件，同比", text)


def test_rates_of_a_year_that_began_before_its_register_say_that_they_are_of_the_cases_listed(tmp_path):
    cases = an.read_cases(qingshi.export(tmp_path / "台账.xlsx"), as_of=qingshi.LAST_DAY, court=qingshi.COURT)
    early = Material.of(cases, year=2022, **dict.fromkeys(("returns", "peers", "definitions", "calendar")))
    table = next(block for block in indicators(early).blocks if isinstance(block, Table))
    said = [line for line in table.note.split("。") if "台账没有此前立案的" in line]
    assert len(said) == 1
    assert "终本率（占结案）、" in said[0]
    assert "同期结案率" not in said[0], "of filings of the year all are known"


@pytest.mark.full
def test_of_a_register_without_amounts_it_is_not_said_that_cells_are_blank(tmp_path):
    from analysis.report.sections.cycle import cycle

    rows = qingshi.cases().drop(columns=["申请执行标的额", "实际到位金额"])
    cases = an.read_cases(qingshi.export(tmp_path / "台账.xlsx", rows), as_of=qingshi.LAST_DAY, court=qingshi.COURT)
    year = Material.of(cases, year=2024, **dict.fromkeys(("returns", "peers", "definitions", "calendar")))
    (table,) = [block for block in cycle(year).blocks if isinstance(block, Table) and block.id == "cycle-shadow"]
    assert "终本案件是否履行：无法判断，台账没有“申请执行标的额”“实际到位金额”。均按未履行计。" in table.note
    assert "未填金额" not in table.note


def test_published_figures_read_by_their_number_format_or_of_no_known_measure_are_named_in_the_report(tmp_path):
    from analysis.report.sections.printed import printed

    cases = an.read_cases(qingshi.export(tmp_path / "台账.xlsx"), as_of=qingshi.LAST_DAY, court=qingshi.COURT)
    book = openpyxl.Workbook()
    for row in ([f"{qingshi.COURT}主要指标"], ["指标", "2024年"], ["结案", 202], ["结案率", 0.7511], ["满意指数", 90]):
        book.active.append(row)
    book.active["B4"].number_format = "0.00%"
    book.save(tmp_path / "公布.xlsx")
    returns = an.read_returns(tmp_path / "公布.xlsx")
    year = Material.of(cases, year=2024, returns=returns, peers=None, definitions=None, calendar=None)
    (table,) = [block for block in printed(year).blocks if isinstance(block, Table) and block.id == "printed-figures"]
    assert "公布.xlsx：“2024年”一列有1个单元格按数字格式读出（按所示百分数）。" in table.note
    assert "公布.xlsx：“满意指数”不是认识的指标，没有核对（最接近：" in table.note


def test_a_section_of_one_sentence_begins_with_a_capital_and_has_one_alone():
    """Of a register that is whole at no month there is no verdict; in Chinese nothing changes."""
    material = SimpleNamespace(monthly=pd.DataFrame(), round_text=Text("无法判断：甲。", "cannot be told: why."))
    for language, said in (("zh", "无法判断：甲。"), ("en", "Cannot be told: why.")):
        with speaking(language):
            assert cycle(material).blocks[0].text == said
    first = SimpleNamespace(is_compared_whole=False, year=2024, is_whole=lambda _: True)
    with speaking("en"):
        said = features(first).blocks[0].text
    assert said == "Cannot be told: the register holds no whole year before, so there is nothing to compare with."


def test_a_year_in_which_nothing_was_closed_yet_has_its_report():
    days = pd.date_range("2023-01-09", periods=40, freq="7D")
    rows = pd.DataFrame({"filed_on": days, "closed_on": days.shift(55), "closure_mode": "completed"})
    cases = an.Cases.from_frames(rows, as_of="2024-12-31")
    year = Material.of(cases, year=2023, **dict.fromkeys(("returns", "peers", "definitions", "calendar")))
    blocks = cycle(year).blocks
    assert any(isinstance(block, Table) and block.id == "cycle-bridge" for block in blocks)
    assert not any(isinstance(block, Table) and block.id == "cycle-shadow" for block in blocks)


def test_why_officers_cannot_be_told_goes_on_after_its_colon_in_small_letters():
    known = SimpleNamespace(
        beginning=SimpleNamespace(text=Text("台账自2024年5月起", "the register begins in May 2024"))
    )
    cases = an.Cases.from_frames(pd.DataFrame({"filed_on": ["2024-06-01"], "officer": "甲"}), as_of="2024-12-31")
    year = SimpleNamespace(cases=cases, year=2024, is_whole=lambda _: False, register=known)
    for language, said in (
        ("zh", "无法判断：台账自2024年5月起。"),
        ("en", "Cannot be told: the register begins in May 2024."),
    ):
        with speaking(language):
            assert officers(year).blocks[0].text == said
