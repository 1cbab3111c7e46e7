from __future__ import annotations

import io

import pandas as pd
import pytest

from analysis.charts.drawing import style
from analysis.charts.printed import plot_printed
from analysis.vocabulary.errors import ArgumentError, DataError, InputError


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["page", "half", "slide"])
def test_each_figure_has_its_two_bars_and_its_verdict(printed_table, language, size):
    figure = plot_printed(printed_table, language=language, size=size)
    figure.savefig(io.BytesIO(), format="png", dpi=60)
    rates, counts = figure.axes
    assert rates.get_title("left") == {"zh": "比率（%）", "en": "rates (%)"}[language]
    shown = [text.get_text() for text in rates.texts]
    assert size != "half" or all("\n" in text for text in shown), "the verdict stands below: beside it would run off"
    assert [text.replace("\n", " ｜ " if language == "zh" else " | ") for text in shown] == {
        "zh": ["99.5 ｜ 99.580 ｜ 截尾", "99 ｜ — ｜ 未核对"],
        "en": ["99.5 | 99.580 | truncated", "99 | — | unchecked"],
    }[language]
    printed, rebuilt = counts.containers
    assert printed[0].get_width() == rebuilt[0].get_width() == 383
    assert [label.get_text() for label in counts.get_yticklabels()] == {"zh": ["结案 2011年"], "en": ["closed 2011"]}[
        language
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["page", "half", "slide"])
def test_no_word_runs_off_the_figure(printed_table, language, size):
    figure = plot_printed(printed_table, language=language, size=size)
    figure.draw_without_rendering()
    right = figure.bbox.x1
    assert max(text.get_window_extent().x1 for axes in figure.axes for text in axes.texts) <= right + 1


def test_alt_text_tells_every_pair(printed_table):
    alt = style.alt_of(plot_printed(printed_table))
    assert "结案率 2010–2011年：99.5 ｜ 99.580 ｜ 截尾" in alt
    assert alt == style.alt_of(plot_printed(printed_table, interactive=True))
    assert "相符 1 个" in style.note_of(plot_printed(printed_table))


def test_the_screen_holds_the_same_numbers(printed_table):
    figure = plot_printed(printed_table, interactive=True, language="en")
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert len(bars) == 4
    assert list(bars[0].x) == [99.5, 99.0]
    assert [trace.showlegend for trace in bars] == [True, True, False, False]


def test_figures_of_a_reconciliation_are_drawn_too(printed_table):
    figures = printed_table.rename(columns={"rebuilt": "recomputed"})
    assert style.alt_of(plot_printed(figures)) == style.alt_of(plot_printed(printed_table))


def test_a_text_that_is_no_number_stays_words(printed_table):
    table = printed_table.assign(printed=["约99.5", "383", "99"])
    figure = plot_printed(table)
    assert "约99.5 ｜" in figure.axes[0].texts[0].get_text()


def test_what_cannot_be_drawn_is_said(printed_table):
    with pytest.raises(InputError, match="rebuilt"):
        plot_printed(printed_table.drop(columns="rebuilt"))
    with pytest.raises(DataError):
        plot_printed(printed_table.iloc[:0])
    with pytest.raises(ArgumentError, match="最多 30 个"):
        plot_printed(pd.concat([printed_table] * 11))
    with pytest.raises(ArgumentError, match="这种尺寸"):
        plot_printed(pd.concat([printed_table] * 9), size="slide")
