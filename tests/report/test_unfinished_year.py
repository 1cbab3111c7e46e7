"""A report of a year that is not over: nothing of it is set beside a whole year, and what is pending is so on its last day."""

from __future__ import annotations

import re

import pandas as pd
import pytest
import qingshi

import analysis as an
from analysis.report.content import Paragraph, Table
from analysis.report.inputs import Material
from analysis.report.sections.indicators import indicators
from analysis.report.sections.situation import headline, situation

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
