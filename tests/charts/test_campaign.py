from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.charts.campaign import plot_campaign
from analysis.charts.drawing import palette, style
from analysis.inference.cycle.campaign import campaign_effect
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import COLON

LANGUAGES = ("zh", "en")
SERIES = ("closed", "filed", "pending")
PANELS = {
    "zh": [("结案", "案件数（件）"), ("新收", "案件数（件）"), ("未结存量", "期末未结（件）")],
    "en": [("closed", "cases"), ("filed", "cases"), ("pending", "pending at period end (cases)")],
}
KEY = {
    "zh": {"专项活动", "实际", "95%区间", "若无活动"},
    "en": {"campaign", "as recorded", "95% interval", "without the campaign"},
}


@pytest.fixture(scope="module")
def effect():
    rng = np.random.default_rng(3)
    months = pd.date_range("2006-01-01", periods=60, freq="MS")
    during = (months >= "2008-11-01") & (months <= "2009-10-01")
    closed = 30 + rng.integers(-4, 5, 60) + 12 * during
    flow = pd.DataFrame({"period": months, "filed": 32 + rng.integers(-4, 5, 60), "closed": closed})
    flow["closing"] = 200 + (flow["filed"] - flow["closed"]).cumsum()
    return campaign_effect(flow, period=("2008-11", "2009-10"))


def course(effect, name):
    return effect.counterfactual[effect.counterfactual["series"] == name].reset_index(drop=True)


@pytest.mark.full
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_series_beside_what_would_have_been(effect, language, speaks_only, key_of, ends_of):
    figure = plot_campaign(effect, language=language)
    speaks_only(figure, language)
    for axes, name, titles in zip(figure.axes, SERIES, PANELS[language], strict=True):
        recorded, without = axes.lines[:2]
        rows = course(effect, name)
        assert recorded.get_ydata().tolist() == rows["observed"].tolist()
        assert without.get_xdata().tolist() == list(range(33, 60))  # from the month before the campaign
        assert without.get_ydata() == pytest.approx(rows["counterfactual"].iloc[33:].to_numpy())
        (shade,) = axes.patches
        assert (shade.get_x(), shade.get_x() + shade.get_width()) == (33.5, 45.5)
        edges = axes.collections[0].get_paths()[0].vertices[:, 1]
        assert edges.max() == pytest.approx(rows["upper"].iloc[33:].max())
        assert edges.min() == pytest.approx(rows["lower"].iloc[33:].min())
        assert (axes.get_title("left"), axes.get_title("right")) == titles
    assert {*key_of(figure), *ends_of(figure)} == KEY[language]
    assert figure.axes[-1].get_xticklabels()[0].get_text() == {"zh": "2006年", "en": "2006"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_holds_the_same(effect, language, speaks_only, key_of, ends_of, told):
    figure = plot_campaign(effect, interactive=True, language=language)
    speaks_only(figure, language)
    recorded = [trace for trace in figure.data if trace.name in ("实际", "as recorded")]
    assert [list(trace.y) for trace in recorded] == [course(effect, name)["observed"].tolist() for name in SERIES]
    assert {*key_of(figure), *ends_of(figure)} == KEY[language]
    assert [shape.fillcolor for shape in figure.layout.shapes] == [palette.SAND] * 3
    spans = {(str(shape.x0)[:10], str(shape.x1)[:10]) for shape in figure.layout.shapes}
    assert spans == {("2008-10-16", "2009-10-16")}  # half a month before and after the days that the points stand on
    row = course(effect, "closed").iloc[40]
    day, without, low, high = (
        pd.Timestamp("2009-05-01"),
        *(number(row[name], 1) for name in ("counterfactual", "lower", "upper")),
    )
    assert row["period"] == day
    names = {
        "zh": ("实际", "95%区间", "若无活动"),
        "en": ("as recorded", "95% interval", "without the campaign"),
    }[language]
    values = (number(row["observed"], 1), f"{low}–{high}", without)
    assert told(figure)[0][day] == "<br>".join(
        f"{name}{COLON.within(language)}{value}" for name, value in zip(names, values, strict=True)
    )
    ends = {number(value, 0) for value in effect.counterfactual["observed"]} | set(ends_of(figure))
    texts = [note.text for note in figure.layout.annotations if note.text not in ends]
    assert texts == [f"<b>{name}</b>" for name, _ in PANELS[language]] + [unit for _, unit in PANELS[language]]


def test_alt_text_and_note_tell_the_effect(effect):
    figure = plot_campaign(effect, language="en")
    alt = style.alt_of(figure)
    mean = effect.table.set_index(["series", "term"]).loc[("closed", "mean")]
    for told in (*(number(mean[name], 1) for name in ("estimate", "lower", "upper")), "Nov 2008 to Oct 2009"):
        assert told in alt
    assert alt == style.alt_of(plot_campaign(effect, language="en", interactive=True))
    assert "12 periods" in style.note_of(figure)
    assert "dates without a campaign" in style.note_of(figure)


def test_a_stock_that_would_have_fallen_below_zero_is_drawn_there(effect):
    lower = effect.counterfactual.assign(
        counterfactual=lambda t: t["counterfactual"].where(t["series"] != "pending", t["counterfactual"] - 600)
    )
    changed = type(effect)(**{**effect.__dict__, "counterfactual": lower})
    pending = plot_campaign(changed).axes[2]
    assert pending.get_ylim()[0] < 0
    assert min(pending.lines[1].get_ydata()) < 0
    assert pending.lines[2].get_ydata() == [0, 0]


def test_the_title_stands_in_a_line(effect):
    """In English it took two, and said that "closed differ"."""
    figure = plot_campaign(effect, language="en")
    figure.draw_without_rendering()
    (title,) = [text.get_text() for text in figure.texts if text.get_text().startswith("Campaign: closings differ by ")]
    assert title == style.title_of(figure)
