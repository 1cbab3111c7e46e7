from __future__ import annotations

import io
import re

import pandas as pd
import pytest

import analysis as an
from analysis.charts.compared_sides import REACH
from analysis.charts.drawing import style
from analysis.charts.printed import plot_printed
from analysis.vocabulary.errors import ArgumentError, DataError, InputError


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["page", "half", "slide"])
def test_each_figure_has_its_numbers_its_verdict_and_its_place(printed_table, language, size):
    figure = plot_printed(printed_table, language=language, size=size)
    figure.savefig(io.BytesIO(), format="png", dpi=60)
    (axes,) = figure.axes
    texts = [text.get_text() for text in axes.texts]
    shown = " ".join(texts).replace("\n", " ")
    verdicts = {"zh": ["截尾", "未核对", "相符"], "en": ["truncated", "unchecked", "agree"]}[language]
    assert all(word in shown for word in ["99.5", "99.580", "383", "99", *verdicts])
    names = [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]
    assert {"zh": "结案 2011年", "en": "closed 2011"}[language] in names
    assert (len(names) == 5) == (size != "half"), "counts and rates have a heading where there is room"
    (register,) = figure.chart.marks("register")
    assert list(register.x) == pytest.approx([0, (99.580 - 99.5) / 0.1], abs=0.01), "in units of the last digit"
    assert [names[int(place)].split()[0] for place in register.y] == {
        "zh": ["结案", "结案率"],
        "en": ["closed", "closure"],
    }[language]


def test_beside_the_register_stands_what_the_other_figures_allow():
    year = {"court": "甲法院", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    returns = an.read_returns(pd.DataFrame([{**year, "received": "1206", "closed": "1155", "closure_rate": "97.8"}]))
    rec = an.reconcile(returns)
    match = rec.figures.drop(columns=["recomputed", "lower", "upper"]).assign(
        rebuilt=[1206.0, 1150.0, 95.4], verdict=["agrees", "contradicts", "contradicts"]
    )
    figure = plot_printed(match, reconciliation=rec)
    chart = figure.chart
    arrows = [
        (role, x, y)
        for role in ("runs_left", "runs_right")
        for m in chart.marks(role)
        for x, y in zip(m.x, m.y, strict=True)
    ]
    assert ("runs_left", -REACH, 2) in arrows, "5 cases off, farther than the strip reaches"
    assert list(chart.marks("register")[0].x) == [0.0]
    alt = style.alt_of(figure)
    assert "结案2011年：1155 ｜ 1,150 ｜ 矛盾 ｜ 1179–1180 ｜ 牵连" in alt
    assert style.title_of(figure) == "甲法院公布的3个数字，1个可由台账核算得到，2个不符，3个不能同时成立"
    bold = {text for m in chart.marks("text") for text, heavy in zip(m.texts, m.bold, strict=True) if heavy}
    assert bold == {"1,150", "95.400", "矛盾", "1180–1181", "1179–1180", "95.8", "牵连"}
    other = plot_printed(match.assign(court="乙法院"), reconciliation=rec).chart
    assert not other.marks("allowed"), "figures of another court say nothing of these"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["page", "half", "slide"])
def test_no_word_runs_off_the_figure(printed_table, language, size):
    figure = plot_printed(printed_table, language=language, size=size)
    figure.draw_without_rendering()
    right = figure.bbox.x1
    assert max(text.get_window_extent().x1 for axes in figure.axes for text in axes.texts) <= right + 1


@pytest.mark.full
def test_alt_text_tells_every_pair(printed_table):
    alt = style.alt_of(plot_printed(printed_table))
    assert "结案率2010–2011年：99.5 ｜ 99.580 ｜ 截尾" in alt
    assert alt == style.alt_of(plot_printed(printed_table, interactive=True))
    assert "相符1个" in style.note_of(plot_printed(printed_table))


def test_the_screen_holds_the_same_numbers(printed_table):
    figure = plot_printed(printed_table, interactive=True, language="en")
    (register,) = [trace for trace in figure.data if trace.meta == "register" and trace.x[0] is not None]
    assert list(register.x) == pytest.approx([0, 0.8], abs=0.01)
    assert "closure rate 2010–2011: 99.5 | 99.580 | truncated" in register.customdata[1]


def test_figures_of_a_reconciliation_are_held_against_each_other(printed_table):
    figures = printed_table.rename(columns={"rebuilt": "recomputed"}).assign(
        lower=[99.58, 383, 0], upper=[99.58, 383, 100]
    )
    figure = plot_printed(figures)
    assert "与其他公布值：" in style.note_of(figure)
    assert "与台账" not in style.note_of(figure)


def test_a_text_that_is_no_number_stays_words(printed_table):
    figure = plot_printed(printed_table.assign(printed=["约99.5", "383", "99"]))
    assert "约99.5" in [text.get_text() for text in figure.axes[0].texts]
    assert list(figure.chart.marks("register")[0].x) == [0.0], "it has no place on the strip"


def test_what_cannot_be_drawn_is_said(printed_table):
    with pytest.raises(InputError, match="rebuilt"):
        plot_printed(printed_table.drop(columns="rebuilt"))
    with pytest.raises(DataError):
        plot_printed(printed_table.iloc[:0])
    with pytest.raises(ArgumentError, match="最多30个"):
        plot_printed(pd.concat([printed_table] * 11))
    with pytest.raises(ArgumentError, match="这种尺寸"):
        plot_printed(pd.concat([printed_table] * 9), size="slide")


def test_as_many_figures_as_the_error_names_can_be_drawn(printed_table):
    many = pd.concat([printed_table] * 9, ignore_index=True)
    with pytest.raises(ArgumentError) as told:
        plot_printed(many, size="half")
    held = int(re.search("最多(\\d+)个", str(told.value))[1])
    plot_printed(many[:held], size="half")
    with pytest.raises(ArgumentError):
        plot_printed(many[: held + 1], size="half")
