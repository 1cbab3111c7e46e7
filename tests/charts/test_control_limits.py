from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.charts.control_limits import plot_control_limits
from analysis.charts.drawing import palette, style
from analysis.charts.drawing.marks import Names
from analysis.charts.drawing.native import native_chart
from analysis.charts.drawing.render import said_by
from analysis.inference.cycle.control_limits import control_limits
from analysis.inference.cycle.variation import variation_table
from analysis.vocabulary.errors import ArgumentError, DataError
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import COLON

LANGUAGES = ("zh", "en")
KEY = {
    "zh": ["数值", "中心线", "下控制限", "上控制限", "触发规则：偏高"],
    "en": ["value", "centre", "lower limit", "upper limit", "breaks a rule: high"],
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
    return control_limits(flow(), rebase={"2009-07": "2009-07"})


def rows(limits, name):
    return limits.table[limits.table["series"] == name].reset_index(drop=True)


def levels(limits, language):
    """The last centre and limits of both series, from below."""
    last = [rows(limits, name).iloc[-1] for name in ("filed", "closed")]
    centre, lower, upper = KEY[language][1:4]
    return [
        f"{name}{number(row[column], 1)}" if language == "zh" else f"{name} {number(row[column], 1)}"
        for row in last
        for name, column in ((lower, "lower"), (centre, "centre"), (upper, "upper"))
    ]


@pytest.mark.full
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
        told = (table["broken"] != "").to_numpy()
        assert (table["value"] > table["centre"])[told].all(), "all signals of the sample are high"
        signals = np.concatenate([part.get_offsets() for part in axes.collections] or [np.zeros((0, 2))])
        assert signals[:, 0].tolist() == np.flatnonzero(told).tolist()
        assert signals[:, 1].tolist() == table.loc[told, "value"].tolist()
        assert (axes.get_title("left"), axes.get_title("right")) == titles
    assert key_of(figure) == [KEY[language][0], KEY[language][4]]
    assert ends_of(figure) == levels(limits, language)


def ends_told(table) -> list[str]:
    """First, last, lowest and highest value as whole numbers, each once."""
    value = table["value"]
    places = dict.fromkeys([0, len(value) - 1, int(value.idxmin()), int(value.idxmax())])
    return [f"{value[place]:.0f}" for place in places]


@pytest.mark.parametrize("size", ["page", "half"])
def test_first_last_lowest_and_highest_are_labelled_where_there_is_room(limits, size):
    chart = said_by(plot_control_limits, limits, size=size)
    for panel, (name, _) in zip(chart.panels, PANELS["en"], strict=True):
        named = [mark for mark in panel.marks if isinstance(mark, Names)]
        assert [list(mark.texts) for mark in named] == ([ends_told(rows(limits, name))] if size == "page" else [])
        assert all(rows(limits, name)["value"][x] == y for mark in named for x, y in zip(mark.x, mark.y, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_holds_the_same_and_names_the_rules(limits, language, speaks_only, key_of, ends_of, told):
    figure = plot_control_limits(limits, interactive=True, language=language)
    speaks_only(figure, language)
    assert list(figure.data[0].y) == rows(limits, "filed")["value"].tolist()
    signals = next(trace for trace in figure.data if trace.name == KEY[language][4])
    assert pd.Timestamp("2010-07-01") in pd.DatetimeIndex(signals.x)
    rule = {"zh": "一期超出控制限", "en": "one period beyond the limits"}[language]
    unit = {"zh": "60.0件", "en": "60.0 cases"}[language]
    said = told(figure)[1]
    assert said[pd.Timestamp("2010-07-01")].startswith(
        f"{KEY[language][0]}{COLON.within(language)}{unit}<br>{KEY[language][4]}{COLON.within(language)}{rule}"
    )
    broken = rows(limits, "closed").query("broken != ''")
    assert {day for day, text in said.items() if "<br>" in text} == set(broken["period"])
    assert list(said) == list(rows(limits, "closed")["period"])
    assert key_of(figure) == [KEY[language][0], KEY[language][4]]
    assert ends_of(figure) == levels(limits, language)
    texts = [note.text for note in figure.layout.annotations if note.x != 1 or note.xanchor != "left"]
    corners = {"zh": "随机波动", "en": "common cause"}[language]
    assert [text for text in texts if text not in (corners, "2009-07")] == [
        *(f"<b>{name}</b>" for name, _ in PANELS[language]),
        *(unit for _, unit in PANELS[language]),
    ]
    assert texts.count(corners) == 2


@pytest.mark.full
def test_alt_text_and_note_tell_limits_and_signals(limits):
    figure = plot_control_limits(limits, language="en")
    last = rows(limits, "closed").iloc[-1]
    assert f"closed: limits {number(last['lower'], 1)} to {number(last['upper'], 1)}" in style.alt_of(figure)
    assert "Jul 2010" in style.alt_of(figure)
    assert style.alt_of(figure) == style.alt_of(plot_control_limits(limits, language="en", interactive=True))
    assert "never the stock" in style.note_of(figure)
    assert "31 Dec 2010" in style.note_of(figure)


@pytest.mark.full
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


# -- indicators, with their direction and their targets

STEADY = [50, 54, 47, 52, 49, 55, 48, 51, 46, 53, 50, 54, 47, 52, 49, 51, 50, 53]
BETTER = {"zh": "特殊原因：变好", "en": "special cause: improving"}
WORSE = {"zh": "特殊原因：变差", "en": "special cause: worsening"}


def indicator(name, values, unit="%"):
    months = pd.date_range("2010-01-01", periods=len(values), freq="MS")
    ends = {"period_start": months, "period_end": months + pd.offsets.MonthEnd()}
    return pd.DataFrame({"indicator": name, "value": values, "unit": unit, **ends})


@pytest.fixture(scope="module")
def marked():
    """A rate that rose and once fell, days that rose (worse), a count that jumped, and a stock that is not judged."""
    walk = np.cumsum(np.random.default_rng(3).normal(0, 1, 19)) + 50
    rate, days = [*STEADY, 75], [*STEADY, 75]
    rate[5] = 25
    parts = (
        ("closure_rate", rate, "%"),
        ("mean_days_to_close", days, "天"),
        ("closed", days, "件"),
        ("pending_rate", walk, "%"),
    )
    return variation_table(
        pd.concat([indicator(*part) for part in parts]),
        targets={"closure_rate": 50, "mean_days_to_close": 90, "pending_rate": 20},
        directions={"closure_rate": "higher", "mean_days_to_close": "lower", "pending_rate": "lower"},
    )


def signals_of(marks):
    return {mark.role: (list(mark.x), list(mark.y)) for mark in marks if mark.role.startswith("signal") and mark.label}


@pytest.mark.full
@pytest.mark.parametrize("language", LANGUAGES)
def test_signals_are_coloured_shaped_and_named_by_the_direction_of_the_indicator(marked, language, speaks_only):
    said = said_by(plot_control_limits, marked, language=language)
    rate, days, count = said.panels
    assert signals_of(rate.marks) == {"signal_better": ([18], [75]), "signal_worse": ([5], [25])}
    assert signals_of(days.marks) == {"signal_worse": ([18], [75])}
    assert signals_of(count.marks) == {"signal_high": ([18], [75])}, "a count has no good side"
    better, worse = palette.ROLES["signal_better"], palette.ROLES["signal_worse"]
    assert better.colour != worse.colour
    assert better.marker != worse.marker
    assert palette.ROLES["signal_high"].colour == palette.ROLES["signal_low"].colour
    assert {mark.role: mark.label for mark in rate.marks if mark.role.startswith("signal_") and mark.label} == {
        "signal_better": BETTER[language],
        "signal_worse": WORSE[language],
    }
    speaks_only(plot_control_limits(marked, language=language), language)


@pytest.mark.full
@pytest.mark.parametrize(
    ("language", "corners"),
    [
        ("zh", ["特殊原因：变好　目标50%：时达时不达", "特殊原因：变差　目标90天：稳定达标", "特殊原因：偏高"]),
        (
            "en",
            [
                "special cause: improving   target 50%: met or not by chance",
                "special cause: worsening   target 90 days: consistently met",
                "special cause: high",
            ],
        ),
    ],
)
def test_the_corner_says_variation_and_target_and_the_target_is_a_line_in_every_renderer(marked, language, corners):
    paper = plot_control_limits(marked, language=language)
    screen = plot_control_limits(marked, language=language, interactive=True)
    told = {note.text.removeprefix("<b>").removesuffix("</b>") for note in screen.layout.annotations}
    for axes, corner in zip(paper.axes, corners, strict=True):
        assert corner in [text.get_text() for text in axes.texts]
        assert corner in told
    for target, axes in zip((50, 90), paper.axes, strict=False):
        assert any(list(line.get_ydata()) == [target] * 2 for line in axes.lines)
        assert any(trace.meta == "target" and list(trace.y) == [target] * 2 for trace in screen.data)
    assert not any(trace.meta == "target" and trace.yaxis == "y3" for trace in screen.data), "a count has none"


def test_office_programs_draw_levels_targets_and_signals(marked):
    roles = (
        "recorded",
        "reference",
        "lower_limit",
        "upper_limit",
        "target",
        "signal_better",
        "signal_worse",
        "signal_high",
    )
    native = native_chart(said_by(plot_control_limits, marked, only="closure_rate", language="zh"), roles)
    by_role = {series.role: series for series in native.series}
    row = marked.table.set_index("indicator").loc["closure_rate"]
    assert list(by_role) == [role for role in roles if role != "signal_high"]
    for role, value in (
        ("reference", row["centre"]),
        ("lower_limit", row["lower"]),
        ("upper_limit", row["upper"]),
        ("target", 50),
    ):
        assert by_role[role].values == (value,) * 19
    assert by_role["signal_better"].values == (*(None,) * 18, 75.0)
    assert (by_role["signal_better"].symbol, by_role["signal_worse"].symbol, by_role["target"].dash) == (
        "diamond",
        "x",
        "dot",
    )
    assert 0 < native.low < 25


def test_limits_computed_anew_are_one_series_in_office_programs(limits):
    said = said_by(plot_control_limits, limits, language="zh")
    levels = list(native_chart(said, ("upper_limit",)).series)
    assert [list(series.values) for series in levels] == [
        rows(limits, name)["upper"].tolist() for name in ("filed", "closed")
    ]


def test_one_indicator_heads_its_chart_and_several_say_what_chance_would_mark(marked):
    one = said_by(plot_control_limits, marked, only="closure_rate", language="zh").title
    assert one.zh == "结案率2011年7月为75.00%：特殊原因，变好；目标50%，时达时不达"
    assert one.en == "Closure rate, Jul 2011, 75.00%: special cause, improving; target 50%, met or not by chance"
    several = said_by(plot_control_limits, marked, language="zh")
    assert several.title.zh.startswith("2011年7月：所画3项中3项属特殊原因")
    assert several.title.zh.endswith("纯属随机时标出任何一项的可能至多5%")
    assert "57个数中4个属特殊原因，纯属随机时不到1个" in several.note.zh


@pytest.mark.full
def test_on_half_a_page_a_long_legend_leaves_the_panels_room_in_either_language(marked):
    for language in LANGUAGES:
        figure = plot_control_limits(marked, language=language, size="half")
        figure.draw_without_rendering()
        tall = figure.get_size_inches()[1] * 25.4
        assert min(axes.get_position().height * tall for axes in figure.axes) > 13, "millimetres"


def test_of_quarters_the_pointer_tells_quarters():
    table = flow().iloc[::3].assign(period=pd.date_range("2008-01-01", periods=12, freq="QS"))
    for language, form in (("zh", "%Y年第%q季度"), ("en", "%Y Q%q")):
        screen = plot_control_limits(control_limits(table), language=language, interactive=True)
        assert screen.layout.xaxis.hoverformat == form


def test_of_limits_fixed_on_few_periods_the_title_expects_more_signals():
    """Of 24 periods held against 12 others chance marks about 6.8%, of the 12 and of 36 that limits come from 1.8%."""
    chance = {of: said_by(plot_control_limits, control_limits(flow(), baseline=of)).title.zh for of in (None, 2008)}
    assert chance[None].endswith("纯属随机时约1个")
    assert chance[2008].endswith("纯属随机时约4个")


def test_what_is_not_judged_is_drawn_without_limits_where_it_is_asked_for(marked):
    panel = said_by(plot_control_limits, marked, only="pending_rate", language="zh").panels[0]
    assert {mark.role for mark in panel.marks} == {"recorded", "target", "text"}
    assert panel.marks[-1].texts == ["前后相依，不判断"]
    stocks = variation_table(indicator("pending_rate", np.cumsum(np.random.default_rng(3).normal(0, 1, 19)) + 50))
    with pytest.raises(DataError, match="不能判断"):
        plot_control_limits(stocks)
    with pytest.raises(ArgumentError, match="pending_rate"):
        plot_control_limits(stocks, only="other")
    with pytest.raises(ArgumentError, match="court"):
        plot_control_limits(stocks, court="某法院")


def test_indicators_of_made_up_cases_say_so():
    rows = indicator("closure_rate", STEADY)
    rows.attrs["synthetic"] = True
    found = variation_table(rows, directions={"closure_rate": "higher"})
    assert found.caption.zh.endswith("（合成数据）")
    assert said_by(plot_control_limits, found, language="zh").note.zh.endswith("（合成数据）")


@pytest.mark.full
def test_limits_break_where_a_day_and_a_reason_are_given_and_the_chart_says_why(limits):
    assert rows(limits, "closed")["reason"].unique().tolist() == ["", "2009-07"]
    for figure in (
        plot_control_limits(limits, language="zh"),
        plot_control_limits(limits, language="zh", interactive=True),
    ):
        assert "2009年7月（2009-07）起重新计算控制限。" in style.note_of(figure)
    for panel in said_by(plot_control_limits, limits, language="zh").panels:
        assert [mark.texts for mark in panel.marks if mark.role == "aside" and hasattr(mark, "texts")] == [["2009-07"]]
    with pytest.raises(ArgumentError, match="没有写原因"):
        control_limits(flow(), rebase={"2009-07": " "})


def test_only_is_for_indicators(limits):
    with pytest.raises(ArgumentError, match="variation_table"):
        plot_control_limits(limits, only="closed")


def test_a_flow_that_never_moves_has_one_tick_and_the_signals_of_chance_are_fewer_than_one():
    """Its axis bore ten numbers of three decimals on top of each other."""
    months = pd.date_range("2010-01-01", periods=12, freq="MS")
    still = control_limits(pd.DataFrame({"period": months, "filed": 20, "closed": 20, "closing": 90}))
    chart = said_by(plot_control_limits, still)
    assert [panel.y.ticks for panel in chart.panels] == [{20.0: "20"}] * 2
    assert chart.title.zh == "新收与结案：24个数中0个触发规则，纯属随机时不到1个"


@pytest.mark.parametrize("periods", [1, 2, 3])
def test_few_periods_have_no_limits_and_that_is_said(periods):
    """An IndexError of pandas said it of one; of two or three the limits were those of a step or two."""
    flow = _flow_of(periods)
    with pytest.raises(DataError, match=f"只有{periods}期，定不出控制限，无图可画：至少要4期，满12期才可信"):
        plot_control_limits(control_limits(flow))


def test_limits_from_fewer_than_twelve_periods_are_said_to_be_chance():
    assert (
        "控制限由5期算得，不足12期，多属随机波动" in said_by(plot_control_limits, control_limits(_flow_of(5))).note.zh
    )
    assert "多属随机波动" not in said_by(plot_control_limits, control_limits(_flow_of(12))).note.zh


def _flow_of(periods):
    flow = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=periods, freq="MS"), "filed": 12, "closed": 1})
    flow = flow.assign(closing=flow["filed"].cumsum() - flow["closed"].cumsum()).assign(
        opening=lambda table: table["closing"] - 11
    )
    flow.attrs["freq"] = "M"
    return flow
