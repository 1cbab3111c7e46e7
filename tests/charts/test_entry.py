"""The chart of entries: faults that there are, a sentence where there is none."""

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.charts.drawing.marks import Band
from analysis.charts.drawing.render import said_by


def table(**faults):
    months = pd.date_range("2011-01-01", periods=3, freq="MS")
    rows = pd.DataFrame({"period": months, "cases": [10, 20, 30], "late": 0, "missing": 0, "wrong": 0}).assign(**faults)
    correct = rows["cases"] - rows[["late", "missing", "wrong"]].sum(axis=1)
    return rows.assign(correct=correct, correct_share=correct / rows["cases"])


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "登记的60件均无迟录、漏录、错录"), ("en", "None of 60 cases was entered late, wrongly or never")],
)
def test_entries_without_a_fault_are_a_sentence_over_what_was_entered(language, said):
    figure = an.plot_entry(table(), language=language)
    (axes,) = figure.axes
    assert an.title_of(figure) == said
    assert [bar.get_height() for bar in axes.patches] == [10, 20, 30]
    assert not axes.lines, "no flat line"


def test_only_faults_that_there_are_stand_in_the_key():
    figure = an.plot_entry(table(late=[1, 0, 2]), language="zh")
    said = {text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))}
    assert "迟录" in said
    assert not {"漏录", "错录"} & said


def test_the_first_and_the_last_month_are_as_broad_as_the_others_and_are_told_once():
    (band,) = [m for m in said_by(an.plot_entry, table(late=[4, 0, 2]), language="zh").marks() if isinstance(m, Band)]
    assert [band.x[0], band.x[-1]] == [-0.5, 2.5]
    assert [band.upper[0], band.upper[-1]] == [4, 2]
    assert [text for text in band.hover if text] == ["4", "0", "2"]


@pytest.mark.parametrize("faults", [{}, {"late": [4, 0, 2]}])
def test_a_month_without_a_case_keeps_its_place(faults):
    """Small courts have such months; those after them stood too far to the left."""
    gone = table(**faults).drop(index=1)
    chart = said_by(an.plot_entry, gone, language="zh")
    assert {tuple(panel.x.periods) for panel in chart.panels} == {tuple(table()["period"])}
    values = chart.marks("recorded")[0].places()[1]
    assert len(values) == 3
    assert (values[1] == 0) if not faults else np.isnan(values[1])


def test_each_month_tells_its_own_faults():
    (band,) = [m for m in said_by(an.plot_entry, table(late=[4, 1, 2]), language="zh").marks() if isinstance(m, Band)]
    assert dict(zip(band.x, band.hover, strict=True)) == {-0.5: "", 0: "4", 1: "1", 2: "2", 2.5: ""}
