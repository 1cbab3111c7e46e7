from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.charts.control_limits import plot_control_limits
from analysis.charts.drawing import style
from analysis.inference.cycle.control_limits import control_limits
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import COLON

LANGUAGES = ("zh", "en")
KEY = {
    "zh": ["数值", "中心线", "控制限", "触发规则：偏高", "触发规则：偏低"],
    "en": ["value", "centre", "control limit", "breaks a rule: high", "breaks a rule: low"],
}
PANELS = {
    "zh": [("新收", "案件数（件）"), ("结案", "案件数（件）")],
    "en": [("filed", "cases"), ("closed", "cases")],
}


def flow(court=None):
    months = pd.date_range("2008-01-01", periods=36, freq="MS")
    rng = np.random.default_rng(6)
    filed, closed = rng.integers(18, 27, (2, 36)).astype(float)
    closed[30] = 60
    table = pd.DataFrame({"period": months, "filed": filed, "closed": closed, "closing": 500.0})
    return table if court is None else table.assign(court=court)


@pytest.fixture(scope="module")
def limits():
    return control_limits(flow(), rebase=["2009-07"])


def rows(limits, name):
    return limits.table[limits.table["series"] == name].reset_index(drop=True)


def levels(limits, language):
    """The last centre and limits of both series, from below."""
    last = [rows(limits, name).iloc[-1] for name in ("filed", "closed")]
    centre, limit = KEY[language][1:3]
    return [
        f"{name}{number(row[column], 1)}" if language == "zh" else f"{name} {number(row[column], 1)}"
        for row in last
        for name, column in ((limit, "lower"), (centre, "centre"), (limit, "upper"))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_centre_limits_and_signals_of_both_flows(limits, language, speaks_only, key_of, ends_of):
    figure = plot_control_limits(limits, language=language)
    speaks_only(figure, language)
    for axes, name, titles in zip(figure.axes, ("filed", "closed"), PANELS[language], strict=True):
        table = rows(limits, name)
        assert axes.lines[0].get_ydata().tolist() == table["value"].tolist()
        drawn = {
            (tuple(line.get_xdata()), round(line.get_ydata()[0], 6)) for line in axes.lines[1:] if len(line.get_xdata())
        }
        for edges, part in (((-0.5, 17.5), table.iloc[0]), ((17.5, 35.5), table.iloc[-1])):
            for column in ("centre", "lower", "upper"):
                assert (edges, round(part[column], 6)) in drawn
        above = (table["value"] > table["centre"]).to_numpy()
        for part, side in zip(axes.collections[-2:], (above, ~above), strict=True):
            told = (table["broken"] != "").to_numpy() & side
            signals = part.get_offsets()
            assert signals[:, 0].tolist() == np.flatnonzero(told).tolist()
            assert signals[:, 1].tolist() == table.loc[told, "value"].tolist()
        assert (axes.get_title("left"), axes.get_title("right")) == titles
    assert key_of(figure) == [name for place, name in enumerate(KEY[language]) if place not in (1, 2)]
    assert ends_of(figure) == levels(limits, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_holds_the_same_and_names_the_rules(limits, language, speaks_only, key_of, ends_of, told):
    figure = plot_control_limits(limits, interactive=True, language=language)
    speaks_only(figure, language)
    assert list(figure.data[0].y) == rows(limits, "filed")["value"].tolist()
    signals = [trace for trace in figure.data if trace.name == KEY[language][3]][1]
    assert pd.Timestamp("2010-07-01") in pd.DatetimeIndex(signals.x)
    rule = {"zh": "一期超出控制限", "en": "one period beyond the limits"}[language]
    said = told(figure)[1]
    assert said[pd.Timestamp("2010-07-01")].startswith(
        f"{KEY[language][0]}{COLON.within(language)}60.0<br>{KEY[language][3]}{COLON.within(language)}{rule}"
    )
    broken = rows(limits, "closed").query("broken != ''")
    assert {day for day, text in said.items() if "<br>" in text} == set(broken["period"])
    assert list(said) == list(rows(limits, "closed")["period"])
    assert key_of(figure) == [name for place, name in enumerate(KEY[language]) if place not in (1, 2)]
    assert ends_of(figure) == levels(limits, language)
    texts = [note.text for note in figure.layout.annotations if note.x != 1 or note.xanchor != "left"]
    assert texts == [f"<b>{name}</b>" for name, _ in PANELS[language]] + [unit for _, unit in PANELS[language]]


def test_alt_text_and_note_tell_limits_and_signals(limits):
    figure = plot_control_limits(limits, language="en")
    last = rows(limits, "closed").iloc[-1]
    assert f"closed: limits {number(last['lower'], 1)} to {number(last['upper'], 1)}" in style.alt_of(figure)
    assert "Jul 2010" in style.alt_of(figure)
    assert style.alt_of(figure) == style.alt_of(plot_control_limits(limits, language="en", interactive=True))
    assert "never the stock" in style.note_of(figure)
    assert "31 Dec 2010" in style.note_of(figure)


def test_one_of_several_courts_is_drawn_by_its_name():
    two = control_limits(pd.concat([flow("甲"), flow("乙").assign(filed=70.0)]))
    figure = plot_control_limits(two, court="乙")
    assert set(figure.axes[0].lines[0].get_ydata()) == {70.0}
    with pytest.raises(ArgumentError, match="甲"):
        plot_control_limits(two)
    with pytest.raises(ArgumentError, match="丙"):
        plot_control_limits(two, court="丙")
    alone = control_limits(flow("甲").assign(team="一组").pipe(lambda t: pd.concat([t, t.assign(team="二组")])))
    assert plot_control_limits(alone, court=("甲", "二组")).axes
