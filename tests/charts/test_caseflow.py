from __future__ import annotations

import io
from itertools import pairwise

import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.charts.caseflow import plot_caseflow
from analysis.charts.caseflow_words import course_of
from analysis.charts.drawing import fonts, style
from analysis.charts.drawing.marks import Words
from analysis.charts.drawing.render import said_by
from analysis.charts.extremes import extremes
from analysis.measures.caseflow import caseflow, caseflow_from_counts
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.text import COLON

LANGUAGES = ("zh", "en")


def saved(figure) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=60)
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_flows_above_and_stock_below(flow, language, key_of, ends_of):
    figure = plot_caseflow(flow, language=language)
    saved(figure)
    flows, stock = figure.axes
    assert len(flows.containers) == 2
    assert key_of(figure) == {"zh": ["新收 ↑", "结案 ↓"], "en": ["filed ↑", "closed ↓"]}[language]
    assert ends_of(figure) == {"zh": ["未结存量"], "en": ["pending"]}[language]
    assert flows.get_title("left") == {"zh": "案件数（件）", "en": "cases"}[language]
    assert stock.get_title("left") == {"zh": "期末未结（件）", "en": "pending at period end (cases)"}[language]
    assert stock.lines[0].get_ydata().tolist() == flow["closing"].tolist()
    assert [label.get_text() for label in stock.get_xticklabels()] == {
        "zh": ["2010年", "2011年"],
        "en": ["2010", "2011"],
    }[language]


def test_many_periods_are_mirrored_and_labelled_without_a_sign(flow):
    figure = plot_caseflow(flow)
    filed, closed = figure.axes[0].containers
    assert [bar.get_height() for bar in filed] == flow["filed"].tolist()
    assert [-bar.get_height() for bar in closed] == flow["closed"].tolist()
    assert not any("−" in label.get_text() for label in figure.axes[0].get_yticklabels())


def test_few_periods_stand_side_by_side_and_are_all_labelled(make_flow):
    figure = plot_caseflow(make_flow(8, freq="Q"), language="en")
    assert all(bar.get_height() >= 0 for container in figure.axes[0].containers for bar in container)
    assert figure.axes[1].get_xticklabels()[5].get_text() == "2011 Q2"


@pytest.mark.full
@pytest.mark.parametrize("freq", ["W", "M", "Q", "Y"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_frequency_in_the_other_sizes(make_flow, freq, language):
    size = {"zh": "half", "en": "slide"}[language]
    flow = make_flow(30 if freq in "WM" else 6, freq=freq)
    figure = plot_caseflow(flow, language=language, size=size)
    saved(figure)
    assert [abs(bar.get_height()) for bar in figure.axes[0].containers[0]] == flow["filed"].tolist()


def test_of_many_periods_each_group_has_its_stock_beside_its_flows(make_flow):
    """Over bars that stand back to back a stock many times as high left little of them to be seen."""
    flow = make_flow(24, by="team")
    flow["closing"] *= 20
    figure = plot_caseflow(flow)
    shown = [axes for axes in figure.axes if axes.get_visible()]
    flows, stocks = shown[::2], shown[1::2]
    assert [axes.get_title("left") for axes in flows] == ["执行一组", "执行二组", "执行三组"]
    assert {axes.get_title("left") for axes in stocks} == {"期末未结（件）"}
    for left, right in zip(flows, stocks, strict=True):
        assert right.get_position().y0 == pytest.approx(left.get_position().y0), "beside each other"
    assert {len(axes.containers) for axes in flows} == {2}
    assert all(
        axes.get_ylim()[1] < flow["closing"].min() < axes2.get_ylim()[1]
        for axes, axes2 in zip(flows, stocks, strict=True)
    )
    assert all(len({axes.get_ylim() for axes in part}) == 1 for part in (flows, stocks)), "one scale each"


def test_groups_have_panels_to_one_scale(make_flow):
    flow = make_flow(12, by="team")
    figure = plot_caseflow(flow)
    saved(figure)
    shown = [axes for axes in figure.axes if axes.get_visible()]
    assert [axes.get_title("left") for axes in shown] == ["执行一组", "执行二组", "执行三组"]
    assert len({axes.get_ylim() for axes in shown}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_holds_the_same_numbers(flow, language, told):
    figure = plot_caseflow(flow, interactive=True, language=language)
    filed, closed, _, stock, *_ = figure.data
    assert (filed.type, closed.type, stock.type) == ("bar", "bar", "scatter")
    assert list(filed.y) == flow["filed"].tolist()
    assert list(closed.y) == (-flow["closed"]).tolist()
    assert list(stock.y) == flow["closing"].tolist()
    assert list(pd.DatetimeIndex(filed.x)) == flow["period"].tolist()
    flows, stocks = told(figure)
    names = {"zh": ("新收", "结案", "未结存量"), "en": ("filed", "closed", "pending")}[language]
    for row in flow.itertuples():
        assert (
            flows[row.period]
            == f"{names[0]}{COLON.within(language)}{row.filed}<br>{names[1]}{COLON.within(language)}{row.closed}"
        )
        assert stocks[row.period] == f"{names[2]}{COLON.within(language)}{row.closing}"
    assert figure.layout.template.layout.font.family.startswith(f'"{fonts.SANS}"')
    assert figure.layout.xaxis.tickformat == {"zh": "%Y年%-m月", "en": "%b %Y"}[language]
    units = {"zh": {"案件数（件）", "期末未结（件）"}, "en": {"cases", "pending at period end (cases)"}}[language]
    highest = str(int(flow["closing"].max()))
    assert units | {highest} <= {note.text for note in figure.layout.annotations}


def test_the_screen_has_three_traces_a_group_and_names_them_once(make_flow):
    figure = plot_caseflow(make_flow(12, by="team"), interactive=True)
    assert len([trace for trace in figure.data if trace.meta != "told"]) == 9
    assert sum(trace.showlegend for trace in figure.data) == 3
    assert figure.layout.xaxis2.showticklabels  # the right column ends a row earlier


def test_alt_text_tells_the_numbers_and_both_kinds_tell_the_same(flow):
    alt = style.alt_of(plot_caseflow(flow))
    assert alt == style.alt_of(plot_caseflow(flow, interactive=True))
    for told in (
        "2010年1月至2011年12月",
        f"新收合计{flow['filed'].sum()}件",
        f"未结由期初{flow['opening'].iloc[0]}件到期末{flow['closing'].iloc[-1]}件",
    ):
        assert told in alt
    english = style.alt_of(plot_caseflow(flow, language="en"))
    assert f"Filed {flow['filed'].sum()} in all" in english
    assert "Jan 2010 to Dec 2011" in english


def test_the_title_adds_up_and_the_words_beside_it_begin_where_it_does():
    """10 at first, 3 and 2 filed, 1 and 9 closed: 5 left."""
    months = pd.DataFrame({"period": ["2011-01", "2011-02"], "filed": [3, 2], "closed": [1, 9]})
    chart = said_by(plot_caseflow, caseflow_from_counts(months, opening=10))
    assert "由期初10件到期末5件" in chart.alt.zh
    assert "from 10 at the start to 5 at the end" in chart.alt.en
    said = chart.title
    assert (said.zh, said.en) == ("新收5件，结案10件，未结由10件减到5件", "5 filed, 10 closed, pending from 10 to 5")


def test_the_note_says_n_window_and_what_is_wrong():
    flow = caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [5, 3], "closed": [4, 6]}))
    note = style.note_of(plot_caseflow(flow, language="en"))
    assert "n = 8 filed" in note
    assert "2010 to 2011" in note
    assert "below zero" in note


def test_a_stock_below_zero_keeps_its_sign():
    flow = caseflow_from_counts(pd.DataFrame({"period": [2010, 2011], "filed": [5, 3], "closed": [4, 16]}))
    figure = plot_caseflow(flow)
    saved(figure)
    assert figure.axes[1].get_ylim()[0] < 0
    assert any(label.get_text().startswith("−") for label in figure.axes[1].get_yticklabels())


def test_the_table_is_not_changed(flow):
    before, about = flow.copy(), dict(flow.attrs)
    plot_caseflow(flow)
    plot_caseflow(flow, interactive=True)
    pd.testing.assert_frame_equal(flow, before)
    assert flow.attrs == about


def test_what_cannot_be_drawn_is_said(flow):
    with pytest.raises(InputError, match="closing"):
        plot_caseflow(flow.drop(columns="closing"))
    with pytest.raises(DataError):
        plot_caseflow(flow.iloc[:0])
    two = flow.assign(team="甲", officer="乙")
    two.attrs = {**flow.attrs, "by": ["team", "officer"]}
    with pytest.raises(ArgumentError, match="team"):
        plot_caseflow(two)
    many = pd.concat([flow.assign(officer=f"承办人{i}") for i in range(13)])
    many.attrs = {**flow.attrs, "by": ["officer"]}
    with pytest.raises(ArgumentError, match="最多12组"):
        plot_caseflow(many)
    with pytest.raises(ArgumentError, match="zh"):
        plot_caseflow(flow, language="de")


@pytest.mark.parametrize(("freq", "told"), [("W", "by week"), ("M", "by month"), ("Q", "by quarter"), ("Y", "by year")])
def test_a_table_that_does_not_say_its_frequency_shows_it(make_flow, freq, told):
    bare = make_flow(6, freq=freq)
    bare.attrs = {}
    assert told in style.alt_of(plot_caseflow(bare, language="en"))


@pytest.mark.parametrize(
    ("values", "side"), [([9, 5, 7], "above right"), ([5, 9, 7], "below right"), ([1, 9, 7], "right")]
)
def test_the_first_value_stands_clear_of_the_axis_and_of_the_line(values, side):
    words = [mark for mark in extremes("stock", pd.Series([*values, 1, 12])) if isinstance(mark, Words)]
    assert {mark.x[0]: mark.side for mark in words}[0] == side


def test_quarters_beside_the_name_of_a_line_do_not_touch(make_flow):
    figure = plot_caseflow(make_flow(8, freq="Q"), language="zh")
    figure.draw_without_rendering()
    boxes = [label.get_window_extent() for label in figure.axes[-1].get_xticklabels()]
    assert all(after.x0 - before.x1 > 3 for before, after in pairwise(boxes))


@pytest.mark.parametrize(("last", "side"), [(3, "above right"), (30, "right"), (0, "above right")])
def test_a_last_value_near_nought_stands_over_the_axis_and_not_on_it(last, side):
    """Its white ground cut the axis: a stock of 3 was read as 3−."""
    words = [mark for mark in extremes("stock", pd.Series([58, 158, 90, last])) if isinstance(mark, Words)]
    assert {mark.x[0]: mark.side for mark in words}[3] == side


@pytest.mark.parametrize(("times", "is_shared"), [(3, True), (40, False)])
def test_a_small_group_is_not_pressed_flat_by_a_large_one(make_flow, times, is_shared):
    flow = make_flow(6, by="team")
    large = flow["team"] == flow["team"].iloc[0]
    flow.loc[~large, ["filed", "closed", "closing"]] = 10
    flow.loc[large, ["filed", "closed", "closing"]] = 10 * times
    figure = plot_caseflow(flow, language="zh")
    ends = [axes.get_ylim()[1] for axes in figure.axes if axes.get_visible()]
    assert (len(set(ends)) == 1) is is_shared
    assert ("各组纵轴刻度不同" in style.note_of(figure)) is not is_shared
    screen = plot_caseflow(flow, interactive=True)
    assert (len({tuple(screen.layout[name].range) for name in ("yaxis", "yaxis2", "yaxis3")}) == 1) is is_shared


def test_a_period_in_which_a_group_has_no_row_is_left_blank_and_said(make_flow):
    """Teams of few cases are not shown in every quarter, and courts begin in different years: what follows stood in the wrong years."""
    flow = make_flow(8, by="team")
    gone = (flow["team"] == "执行二组") & (flow["period"] == flow["period"].unique()[2])
    gone |= flow["period"] == flow["period"].unique()[5]
    held = flow[~gone]
    held.attrs = flow.attrs
    chart = said_by(plot_caseflow, held)
    filed = [panel.marks[0] for panel in chart.panels]
    assert [list(bars.values.isna().to_numpy().nonzero()[0]) for bars in filed] == [[5], [2, 5], [5]]
    assert [bars.values.sum() for bars in filed] == [
        held.loc[held["team"] == team, "filed"].sum() for team in ("执行一组", "执行二组", "执行三组")
    ]
    assert {len(panel.x.periods) for panel in chart.panels} == {8}
    assert "留空的期没有数字或对外未列入，合计不含。" in chart.note.zh
    assert "留空" not in said_by(plot_caseflow, flow).note.zh


def test_groups_of_which_the_last_period_is_not_known_have_no_sum_in_the_title(make_flow):
    flow = make_flow(6, by="team")
    held = flow[(flow["team"] != "执行二组") | (flow["period"] < flow["period"].max())]
    chart = said_by(plot_caseflow, held)
    assert chart.title.zh.endswith("新收、结案与未结，分执行小组")
    assert "、期末未结" not in chart.alt.zh.split("；")[1]


def test_of_groups_that_hold_equally_many_all_are_named():
    years = pd.to_datetime(["2010", "2011"])
    parts = [pd.DataFrame({"period": years, "filed": 5, "closed": 4, "court": court}) for court in "AB"]
    title = said_by(plot_caseflow, caseflow_from_counts(pd.concat(parts))).title
    assert title.zh == "期末未结4件，最多的是A、B（各2件），分法院"
    assert title.en == "4 pending at the end, most in A, B (2 each), by court"


def test_where_nothing_is_pending_no_group_holds_the_most():
    parts = [pd.DataFrame({"period": ["2010", "2011"], "filed": 5, "closed": 5, "court": court}) for court in "AB"]
    assert said_by(plot_caseflow, caseflow_from_counts(pd.concat(parts))).title.zh == "期末各组都没有未结，分法院"


def test_the_stock_of_each_group_bears_its_numbers(sample_cases):
    """Beside bars it had none: the first, the last, the lowest and the highest were not to be read."""
    from analysis.charts.drawing.marks import Names
    from analysis.measures.caseflow import caseflow

    flow = caseflow(sample_cases, freq="Y", by="basis")
    chart = plot_caseflow(flow, language="en").chart
    for panel in chart.panels:
        (ends,) = [mark for mark in panel.marks if isinstance(mark, Names)]
        stock = next(mark for mark in panel.marks if mark.role == "stock" and mark.label == "pending")
        assert ends.texts == [f"{stock.y[place]:.0f}" for place in ends.x]
        assert {stock.y.iloc[0], stock.y.iloc[-1], stock.y.min(), stock.y.max()} == set(ends.y)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_opening_that_is_not_known_is_said_in_words_and_not_as_a_dash(language):
    rows = pd.DataFrame({"period": pd.to_datetime(["2024-04", "2024-05"]), "filed": [20, 30], "closed": [7, 9]})
    said = getattr(course_of(rows.assign(opening=[float("nan"), 13], closing=[13, 34]), "M"), language)
    assert "—" not in said
    assert {"zh": "期初未结不知，所列案件期末未结34件；", "en": "not known; of the cases listed 34 are pending"}[
        language
    ] in said


@pytest.mark.parametrize(
    ("values", "written"), [([20], ["20"]), ([5, 5, 5], ["5"]), ([5, 9, 2, 4], ["2", "9", "5", "4"])]
)
def test_a_stock_of_one_period_and_one_that_never_moves_bear_a_number(values, written):
    words = [mark for mark in extremes("stock", pd.Series(values)) if isinstance(mark, Words)]
    assert [mark.texts[0] for mark in words] == written


def test_of_periods_that_are_equally_many_the_first_is_named_and_the_others_counted():
    months = pd.DataFrame({"period": ["2011-01", "2011-02", "2011-03"], "filed": [3, 2, 3], "closed": [1, 2, 0]})
    alt = said_by(plot_caseflow, caseflow_from_counts(months, opening=10)).alt
    assert "最多的是2011年1月等2个月（3件）；结案合计3件，最多的是2011年2月（2件）" in alt.zh
    assert "most in Jan 2011 and 1 more (3); closed 3 in all, most in Feb 2011 (2)" in alt.en


def test_where_no_officer_may_be_shown_the_reason_is_told():
    frame = pd.DataFrame({"filed_on": ["2011-01-04"], "closed_on": ["2011-03-01"]})
    cases = Cases.from_frames(frame, as_of="2011-12-31")
    with pytest.raises(DataError, match="没有任何一期，无图可画。台账没有“承办人”一列，分不出人"):
        plot_caseflow(caseflow(cases, freq="Q", by="officer"))


def test_a_single_period_is_no_span():
    chart = said_by(
        plot_caseflow,
        caseflow_from_counts(pd.DataFrame({"period": ["2024-02"], "filed": [5], "closed": [3]}), opening=0),
    )
    assert chart.alt.zh.startswith("柱线图，按月，2024年2月。")
    assert "；2024年2月；" in chart.note.zh


def test_a_week_is_told_from_its_first_day_and_the_last_one_to_its_end():
    """A stock at the end of a week stood at the day on which the week began."""
    counts = {"period": pd.to_datetime(["2024-11-30", "2024-12-07"]), "filed": [9, 6], "closed": [4, 18]}
    flow = caseflow_from_counts(pd.DataFrame(counts), opening=140)
    alt = said_by(plot_caseflow, flow).alt
    assert "2024年11月30日至2024年12月13日" in alt.zh
    assert "最多的是2024年11月30日起一周（9件）" in alt.zh
    assert "最低133件（2024年12月7日起一周）" in alt.zh
    assert "30 Nov 2024 to 13 Dec 2024" in alt.en
    assert "at least 133 (the week from 7 Dec 2024)" in alt.en


@pytest.mark.filterwarnings("error")
def test_periods_in_which_nothing_came_in_and_nothing_went_out_are_drawn_without_a_warning():
    rows = pd.DataFrame({"filed_on": ["2009-05-04"], "closed_on": ["2010-06-04"]})
    flow = caseflow(Cases.from_frames(rows, as_of="2011-12-31"), freq="M", period=("2011-01-01", "2011-06-30"))
    assert not flow[["filed", "closed"]].any(axis=None)
    saved(plot_caseflow(flow))


def test_teams_of_one_name_in_several_courts_are_said_to_be_added_up():
    rows = {
        "case_no": list("abcd"),
        "filed_on": "2024-01-05",
        "closed_on": None,
        "team": ["一团队", "二团队", "一团队", "三团队"],
    }
    of_two = pd.DataFrame(rows).assign(court=["甲法院", "甲法院", "乙法院", "乙法院"])
    for table, is_said in ((of_two, True), (of_two.assign(court="甲法院"), False)):
        flow = caseflow(Cases.from_frames(table, as_of="2024-03-31"), freq="M", by="team")
        note = said_by(plot_caseflow, flow).note
        assert ("1个小组的名称在几家法院都有" in note.zh) is is_said
        assert ("1 team of one name in several courts" in note.en) is is_said


def test_several_courts_added_up_are_said_to_be():
    """The title of a register of two courts named none: its numbers could be taken for those of either."""
    frame = pd.DataFrame({"court": ["云岭县人民法院", "临江市人民法院"] * 4, "filed_on": "2024-05-06"})
    cases = Cases.from_frames(frame, as_of="2024-12-31")
    assert style.title_of(plot_caseflow(caseflow(cases, freq="Y"))).startswith("多个法院合计新收8件")
    assert style.title_of(plot_caseflow(caseflow(cases, freq="Y"), language="en")).startswith(
        "Several courts together: 8 filed"
    )
    assert "多个法院" not in style.title_of(plot_caseflow(caseflow(cases, freq="Y", by="court")))
    alone = cases.where(court="云岭县人民法院")
    assert style.title_of(plot_caseflow(caseflow(alone, freq="Y"))).startswith("云岭县人民法院新收4件")
