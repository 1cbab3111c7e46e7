from __future__ import annotations

import io
from types import SimpleNamespace

import pandas as pd
import pytest

import analysis as an
from analysis.charts.drawing import style
from analysis.charts.drawing.render import said_by
from analysis.charts.duration_words import _told, hover_texts
from analysis.charts.durations import plot_durations
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.text import Text


def saved(figure) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=60)
    return out.getvalue()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["page", "half", "slide"])
def test_curves_bands_and_numbers_at_risk(km, language, size):
    figure = plot_durations(km, language=language, size=size)
    saved(figure)
    curves, at_risk = figure.axes
    first = curves.lines[0]
    assert first.get_drawstyle() == "steps-post"
    assert first.get_xdata().tolist() == [0, 10, 60, 400]
    assert first.get_ydata().tolist() == pytest.approx([100, 80, 40, 20])
    assert len(curves.collections) == 2
    assert curves.get_xlabel() == {"zh": "立案后天数", "en": "days since filing"}[language]
    assert curves.xaxis.label.get_visible()
    assert curves.get_title("left") == {"zh": "仍未结的比例（%）", "en": "still open (%)"}[language]
    assert at_risk.get_title("left") == {"zh": "在案件数", "en": "at risk"}[language]
    assert at_risk.texts[0].get_text() == "10"


def test_after_the_last_closing_nothing_is_said_of_the_cases_at_risk(km):
    texts = [(text.xy, text.get_text()) for text in plot_durations(km).axes[1].texts]
    assert {shown for (day, row), shown in texts if row == 1 and day > 90} == {""}


def test_medians_stand_in_the_legend_or_their_absence(km):
    labels = [text.get_text() for text in plot_durations(km).legends[0].get_texts()]
    assert labels[0].endswith("（中位60天）")
    assert labels[1].endswith("（未结仍过半）")


def test_alt_and_note_tell_numbers_and_the_test(km):
    figure = plot_durations(km, language="en")
    assert "median 60 days (95% interval 10–400), 40.0% still open after a year" in style.alt_of(figure)
    assert "more than half still open, so no median" in style.alt_of(figure)
    assert "80.0% still open at the last closing (day 90)" in style.alt_of(figure)
    assert style.note_of(figure).replace("\u00a0", " ").endswith("Difference between groups: log-rank test, p < 0.001.")
    assert style.alt_of(figure) == style.alt_of(plot_durations(km, language="en", interactive=True))


def test_the_screen_has_a_band_and_a_curve_a_group(km, told):
    figure = plot_durations(km, interactive=True)
    low, high, curve, *_ = figure.data
    named = [trace for trace in figure.data if trace.showlegend is not False]
    assert len(named) == 2
    assert len({trace.line.dash for trace in named}) == 2
    assert list(curve.x) == list(low.x) == list(high.x) == [0, 10, 60, 400]
    assert list(curve.y) == pytest.approx([100, 80, 40, 20])
    assert list(low.y) == pytest.approx([100, 50, 20, 10])
    assert list(high.y) == pytest.approx([100, 95, 70, 50])
    assert {trace.line.shape for trace in (low, high, curve)} == {"hv"}
    assert [trace.name for trace in named] == ["有财产（中位60天）", "无财产（未结仍过半）"]
    name, other = "有财产", "无财产"  # the median, said in the title, is not said again of every day
    assert told(figure)[0] == {
        0: f"立案后天数：0<br>{name}：未结100.0%（95%区间100.0–100.0）<br>{other}：未结100.0%（95%区间100.0–100.0）",
        10: f"立案后天数：10<br>{name}：未结80.0%（95%区间50.0–95.0），在案10",
        60: f"立案后天数：60<br>{name}：未结40.0%（95%区间20.0–70.0），在案8",
        90: f"立案后天数：90<br>{other}：未结80.0%（95%区间40.0–97.0），在案5",
        400: f"立案后天数：400<br>{name}：未结20.0%（95%区间10.0–50.0），在案2",
    }
    assert figure.layout.xaxis.title.text == "立案后天数"


def test_one_group(km):
    curve = km.curve[km.curve["has_property"]].drop(columns="has_property")
    summary = km.summary.iloc[[0]].drop(columns="has_property")
    one = SimpleNamespace(curve=curve, summary=summary, test=pd.DataFrame(), notes=pd.DataFrame(), caption=km.caption)
    figure = plot_durations(one)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["全部案件（中位60天）"]


def test_what_cannot_be_drawn_is_said(km):
    with pytest.raises(InputError, match="survival"):
        plot_durations(SimpleNamespace(curve=km.curve.drop(columns="survival"), summary=km.summary))
    with pytest.raises(DataError):
        plot_durations(SimpleNamespace(curve=km.curve.iloc[:0], summary=km.summary))
    with pytest.raises(DataError, match="对外各组都未列入"):  # teams outside, of which closings there are
        plot_durations(SimpleNamespace(curve=km.curve.iloc[:0], summary=km.summary.iloc[:0]))
    with pytest.raises(ArgumentError, match="最多4个系列"):
        plot_durations(SimpleNamespace(curve=km.curve, summary=pd.concat([km.summary] * 3)))


def test_on_day_nought_all_are_at_risk_where_none_was_observed_later():
    """The hover text of day 0 said "at risk —"."""
    rows = {"case_no": list("abcd"), "filed_on": "2011-01-10", "closed_on": ["2011-02-09", "2011-03-11", None, None]}
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")

    def first(taken):
        (line,) = [mark for mark in said_by(plot_durations, taken).marks("recorded") if len(mark.hover)]
        return line.hover[0]

    assert first(an.time_to_close(cases)).endswith("，在案4")
    assert first(an.time_to_close(cases, observed_from="2011-02-01")).endswith("）"), (
        "not known at day 0 of late entries"
    )
    same_day = an.Cases.from_frames(
        pd.DataFrame(rows | {"closed_on": ["2011-01-10", None, None, None]}), as_of="2011-12-31"
    )
    assert first(an.time_to_close(same_day)) == "", "the closing on day 0 tells its own numbers"


def test_where_no_interval_is_known_none_is_told():
    steps = pd.DataFrame({"survival": [40.0, 0.0], "lower": [30.0, None], "upper": [50.0, None], "at_risk": [5, 1]})
    assert hover_texts(steps) == ["未结40.0%（95%区间30.0–50.0），在案5", "未结0.0%，在案1"]


def test_the_title_of_several_groups_is_one_line_of_the_least_and_the_most(km):
    """Of three teams of long names it took four lines."""
    rest = km.curve[km.curve["has_property"]]
    curve = pd.concat([rest.drop(columns="has_property").assign(team=name) for name in ("甲组", "乙组", "丙组")])
    summary = pd.concat([km.summary.iloc[[0]].drop(columns="has_property")] * 3, ignore_index=True)
    three = summary.assign(team=["甲组", "乙组", "丙组"], median=[46.0, 50.0, 49.0])
    found = SimpleNamespace(curve=curve, summary=three, test=pd.DataFrame(), notes=pd.DataFrame(), caption=km.caption)
    assert str(plot_durations(found).chart.title.zh).startswith("3组：中位46至50天，180天时")
    three.loc[1, "median"] = float("nan")
    assert "中位" not in plot_durations(found).chart.title.zh


def test_the_row_of_cases_at_risk_begins_with_all_of_them():
    """Where a case was last observed before the first closing the row began with those still there, the hover text with all."""
    rows = {"case_no": list("abcd"), "filed_on": ["2011-01-10"] * 3 + ["2011-12-30"]}
    closed_on = ["2011-02-09", "2011-03-11", None, None]
    cases = an.Cases.from_frames(pd.DataFrame(rows | {"closed_on": closed_on}), as_of="2011-12-31")
    first, *_ = plot_durations(an.time_to_close(cases)).axes[1].texts
    assert first.get_text() == "4"


@pytest.mark.parametrize("teams", ["甲", "甲乙丙"])
def test_the_title_says_nothing_of_days_that_nobody_has_seen(teams):
    """Of a register of one month it said what was open after 180 days."""
    days = pd.date_range("2024-03-01", periods=12).repeat(len(teams))
    rows = {
        "filed_on": days,
        "team": [*teams] * 12,
        "closed_on": [None] * 11 * len(teams) + ["2024-03-20"] * len(teams),
    }
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2024-03-31")
    title = plot_durations(an.time_to_close(cases, by="team", names=True)).chart.title
    assert "8天时" in title.zh
    assert title.en.endswith("open after 8 days")


def test_a_median_without_limits_is_told_without_them():
    row = {"n": 9, "events": 9, "median": 59.0, "median_lower": float("nan"), "median_upper": float("nan")}
    curve = pd.DataFrame({"days": [0.0, 59.0], "survival": [1.0, 0.4]})
    said = _told((Text("全部案件", "all cases"), curve, row))
    assert "中位59天，" in said.zh
    assert "interval" not in said.en
