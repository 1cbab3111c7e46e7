from __future__ import annotations

import io
import warnings

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from analysis.cases.table import Cases
from analysis.charts.drawing import style
from analysis.charts.drawing.render import said_by
from analysis.charts.indicators import plot_indicators
from analysis.measures.indicators.indicators import indicators
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.indicator_sets.sets import definitions


def saved(figure) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=60)
    return out.getvalue()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["page", "half", "slide"])
def test_rates_are_drawn_with_value_interval_and_base(indicator_table, language, size):
    figure = plot_indicators(indicator_table, language=language, size=size)
    saved(figure)
    (axes,) = figure.axes
    assert axes.get_title("left") == {"zh": "结案率（%）", "en": "closure rate (%)"}[language]
    assert [text.get_text() for text in axes.texts] == ["95.63", "99.22"]
    assert axes.get_xlabel() == {"zh": "n = 343、386", "en": "n = 343, 386"}[language]
    assert [label.get_text() for label in axes.get_xticklabels()] == {
        "zh": ["2010年", "2011年"],
        "en": ["2010", "2011"],
    }[language]
    lines = axes.collections[0].get_segments()
    assert lines[0][:, 1].tolist() == pytest.approx([93.63, 96.63])


def test_a_share_has_no_tick_above_100(indicator_table):
    ticks = plot_indicators(indicator_table).axes[0].get_yticks()
    assert max(ticks) <= 100


def test_what_is_left_out_is_counted(indicator_table):
    assert "另有1项指标见表" in style.note_of(plot_indicators(indicator_table))
    assert "另有" not in style.note_of(plot_indicators(indicator_table, only=["closure_rate"]))


@pytest.mark.parametrize(
    ("years", "language", "title"),
    [
        (2, "zh", "2010年至2011年，4项指标中4项上升、0项下降"),
        (2, "en", "4 of 4 indicators rose and 0 fell from 2010 to 2011"),
        (1, "zh", "2010年：结案率为95.63%，结收比为95.63%，案件未结率为95.63%"),
        (1, "en", "Court: Closure rate 95.63%, clearance rate 95.63%, pending rate 95.63% (2010)"),
    ],
)
def test_the_title_says_what_the_figures_did_or_of_one_year_what_they_are(indicator_table, years, language, title):
    rates = indicator_table[indicator_table["indicator"] == "closure_rate"].head(years)
    names = ("closure_rate", "clearance_rate", "pending_rate", "completed_rate")
    table = pd.concat([rates.assign(indicator=name, definition=f"counts/{name}") for name in names], ignore_index=True)
    assert style.title_of(plot_indicators(table, language=language)).endswith(title)


def test_an_indicator_known_of_one_year_alone_is_none_of_those_that_could_rise_or_fall(indicator_table):
    rates = indicator_table[indicator_table["indicator"] == "closure_rate"]
    names = ("closure_rate", "clearance_rate", "pending_rate", "completed_rate")
    table = pd.concat([rates.assign(indicator=name, definition=f"counts/{name}") for name in names], ignore_index=True)
    table.loc[0, ["value", "lower", "upper"]] = float("nan")
    assert style.title_of(plot_indicators(table)).endswith("3项指标中3项上升、0项下降")


@pytest.mark.parametrize(
    ("what", "of"),
    [("least", {"least": 90.0, "most": 96.0}), ("unclaimed", {"unclaimed": 3}), ("unfilled", {"unfilled": 3})],
)
@pytest.mark.parametrize("row", [0, 1])
def test_an_indicator_that_blanks_leave_open_is_none_of_those_that_rose_or_fell(indicator_table, what, of, row):
    rates = indicator_table[indicator_table["indicator"] == "closure_rate"]
    names = ("closure_rate", "clearance_rate", "pending_rate", "completed_rate", "recovery_rate")
    table = pd.concat([rates.assign(indicator=name, definition=f"counts/{name}") for name in names], ignore_index=True)
    table = table.assign(least=float("nan"), most=float("nan"), unfilled=0, unclaimed=0)
    table.loc[[row, 2 + row], list(of)] = list(of.values())
    said = style.title_of(plot_indicators(table, language="en"))
    assert said.endswith("3 of 3 indicators rose and 0 fell from 2010 to 2011; 2 not known in full, not compared")
    assert style.title_of(plot_indicators(table)).endswith("3项指标中3项上升、0项下降；另2项数字不全，不作比较")


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ((0.5,) * 4, "4项指标的变动都在随机波动范围之内", "No change of 4 indicators from 2010 to 2011 is beyond random variation"),
        ((0.5, 0.0, -5.0, 6.0), "4项指标中1项上升、1项下降，2项在随机波动范围之内",
         "1 of 4 indicators rose and 1 fell from 2010 to 2011, 2 within random variation"),
        ((-5.0, -5.0, -5.0, None), "3项指标中0项上升、3项下降；另1项没有区间，未作检验",
         "0 of 3 indicators rose and 3 fell from 2010 to 2011; 1 without an interval, not tested"),
    ],
)  # fmt: skip
def test_a_change_that_chance_explains_is_no_rise_and_no_fall(indicator_table, change, zh, en):
    """Of a court with 40 cases a year the title said that two of four indicators rose and two fell."""
    first = (
        indicator_table[indicator_table["indicator"] == "closure_rate"]
        .head(1)
        .assign(value=80.0, lower=78.0, upper=82.0)
    )
    rows = []
    for name, by in zip(("closure_rate", "clearance_rate", "pending_rate", "completed_rate"), change, strict=True):
        ends = {part: first[part] + (9 if by is None else by) for part in ("value", "lower", "upper")}
        now = first.assign(period_start=pd.Timestamp("2011-01-01"), period_end=pd.Timestamp("2011-12-31"), **ends)
        pair = [one.assign(indicator=name, definition=f"counts/{name}") for one in (first, now)]
        rows += [one.assign(lower=float("nan"), upper=float("nan")) if by is None else one for one in pair]
    table = pd.concat(rows, ignore_index=True)
    assert style.title_of(plot_indicators(table)).endswith(zh)
    assert style.title_of(plot_indicators(table, language="en")).endswith(en)


@pytest.mark.parametrize("size", ["page", "half", "slide"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("number", [8, 10, 12])
def test_panels_keep_their_height_and_words_stay_on_the_figure(indicator_table, number, language, size):
    """Ten panels on half a page fell together, and on a slide values stood over headings."""
    ids = definitions("spc-2024").query("computed and unit == '%'")["id"].tolist()[:number]
    rates = indicator_table[indicator_table["indicator"] == "closure_rate"]
    table = pd.concat([rates.assign(indicator=name, definition=f"spc-2024/{name}") for name in ids], ignore_index=True)
    figure = plot_indicators(table, language=language, size=size)
    with warnings.catch_warnings(action="error"):
        FigureCanvasAgg(figure).draw()
    right = figure.bbox.width
    for axes in figure.axes[: len(ids)]:
        (heading,) = (text for text in axes.findobj(Text) if text.get_text() == axes.get_title("left"))
        box = heading.get_window_extent()
        assert box.x1 <= right
        assert axes.get_window_extent().height >= 3.2 * figure.points * figure.dpi / 72
        assert not any(box.overlaps(text.get_window_extent()) for text in axes.texts)
    assert all(text.get_window_extent().x1 <= right for text in figure.texts)


def test_alt_text_tells_each_figure_with_its_interval(indicator_table):
    alt = style.alt_of(plot_indicators(indicator_table, language="en"))
    assert "Closure rate: 2010 95.63% (93.6–96.6), 2011 99.22% (97.2–100.0)" in alt
    assert alt == style.alt_of(plot_indicators(indicator_table, language="en", interactive=True))


@pytest.mark.parametrize("name", ["closure_rate", "结案率", "closure rate"])
def test_the_courts_own_interval_lies_behind_the_figures(indicator_table, name):
    own = pd.DataFrame({"indicator": [name], "low": [90], "high": [None]})
    (axes,) = plot_indicators(indicator_table, intervals=own).axes
    (band,) = axes.patches
    assert (band.get_y(), band.get_y() + band.get_height()) == pytest.approx((90, 100))
    assert axes.get_ylim()[0] < 90
    drawn = plot_indicators(indicator_table, intervals=own, interactive=True)
    assert [shape.y0 for shape in drawn.layout.shapes if shape.type == "rect"] == [90]
    assert "（目标或合理区间≥90.00）" in style.alt_of(drawn)
    assert not plot_indicators(indicator_table).axes[0].patches


def test_an_interval_without_bounds_is_refused(indicator_table):
    with pytest.raises(InputError, match="第1行"):
        plot_indicators(indicator_table, intervals=pd.DataFrame({"indicator": ["closure_rate"], "low": ["?"]}))


def test_a_missing_value_is_a_dash_and_never_zero(indicator_table):
    table = indicator_table.copy()
    table.loc[table.index[0], ["value", "lower", "upper"]] = float("nan")
    figure = plot_indicators(table)
    saved(figure)
    assert "—" in [text.get_text() for text in figure.axes[0].texts]
    assert "2010年无值" in style.alt_of(figure)
    (known,) = [trace for trace in plot_indicators(table, interactive=True).data if trace.mode == "markers"]
    assert list(known.y) == [99.22]


def test_a_line_that_blanks_widen_or_make_is_not_told_as_an_interval_alone(indicator_table):
    """Of a ratio without an interval the bounds that blanks leave were told as its 95% interval."""
    rates = indicator_table[indicator_table["indicator"] == "closure_rate"]
    bounds = {"least": [93.63, 98.0], "most": [96.63, 99.5]}
    chart = said_by(plot_indicators, rates.assign(**bounds), language="en")
    told = [text.split("\n")[2] for mark in chart.marks() for text in mark.hover]
    assert told == ["once filled in: 93.6–96.6", "95% interval (with what it could be once filled in): 97.2–100.0"]
    assert "Where cells are blank" in chart.note.en
    assert "Where cells are blank" not in said_by(plot_indicators, rates, language="en").note.en


def test_overlapping_periods_and_changed_definitions_are_not_joined(indicator_table):
    rates = indicator_table[indicator_table["indicator"] == "closure_rate"]
    joined = len(plot_indicators(rates).axes[0].lines)
    overlapping = rates.assign(period_start=pd.Timestamp("2010-01-01"))
    changed = rates.assign(definition=["fujin-2012/closure_rate", "spc-2008/closure_rate"])
    assert len(plot_indicators(overlapping).axes[0].lines) == joined - 1
    assert len(plot_indicators(changed).axes[0].lines) == joined - 1


def test_variants_of_one_indicator_have_panels_of_their_own(indicator_table):
    rates = indicator_table[indicator_table["indicator"] == "closure_rate"]
    both = pd.concat([rates, rates.assign(definition="own/closed_of_filed", value=102.0, upper=104.0)])
    assert [axes.get_title("left").replace("\n", "") for axes in plot_indicators(both).axes] == [
        "结案率〔fujin-2012/closure_rate〕（%）",
        "结案率〔own/closed_of_filed〕（%）",
    ]


def test_groups_are_told_apart_by_marker(indicator_table):
    groups = pd.concat([indicator_table.assign(team=name) for name in ("执行一组", "执行二组")], ignore_index=True)
    figure = plot_indicators(groups)
    saved(figure)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["执行一组", "执行二组"]
    symbols = {
        trace.marker.symbol for trace in plot_indicators(groups, interactive=True).data if trace.mode == "markers"
    }
    assert len(symbols) == 2


def test_the_screen_tells_parts_on_hovering(indicator_table):
    figure = plot_indicators(indicator_table, interactive=True)
    (points,) = [trace for trace in figure.data if trace.mode == "markers"]
    (spans,) = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert list(points.y) == [95.63, 99.22]
    assert points.customdata[0] == "2010年<br>95.63%<br>95%区间：93.6–96.6<br>340 / 343"
    assert list(spans.y[:2]) == pytest.approx([93.63, 96.63])
    assert list(spans.y[3:5]) == pytest.approx([97.22, 100.0])


def test_the_table_is_not_changed(indicator_table):
    before = indicator_table.copy()
    plot_indicators(indicator_table)
    pd.testing.assert_frame_equal(indicator_table, before)


def test_what_cannot_be_drawn_is_said(indicator_table):
    with pytest.raises(InputError, match="lower"):
        plot_indicators(indicator_table.drop(columns="lower"))
    with pytest.raises(ArgumentError, match="closure_rate"):
        plot_indicators(indicator_table, only=["closure_rates"])
    with pytest.raises(DataError):
        plot_indicators(indicator_table.assign(value=float("nan")))
    courts = pd.concat([indicator_table.assign(court=f"法院{i}") for i in range(5)], ignore_index=True)
    with pytest.raises(ArgumentError, match="最多4个系列"):
        plot_indicators(courts)
    many = pd.concat([indicator_table.iloc[[0]].assign(indicator=f"rate_{i}") for i in range(13)])
    with pytest.raises(ArgumentError, match="最多12"):
        plot_indicators(many)


@pytest.mark.full
@pytest.mark.parametrize(
    ("language", "name"), [("zh", "2010年12月5日至<br>2011年5月20日"), ("en", "5 Dec 2010 –<br>20 May 2011")]
)
def test_names_of_days_take_two_lines_on_screen_where_they_would_lie_on_each_other(sample_cases, language, name):
    spans = [("2009-12-05", "2010-05-20"), ("2010-12-05", "2011-05-20")]
    rates = ["closure_rate", "clearance_rate", "pending_rate"]
    table = indicators(sample_cases, periods=spans, only=rates, definitions="spc-2008")
    narrow = plot_indicators(table, interactive=True, language=language)
    assert narrow.layout.xaxis.ticktext[1] == name
    wide = plot_indicators(table, only=["closure_rate"], interactive=True, language=language)
    assert wide.layout.xaxis.ticktext[1] == name.replace("<br>", " " * (language == "en"))
    years = indicators(sample_cases, periods=[2010, 2011], only=rates, definitions="spc-2008")
    assert "<br>" not in "".join(plot_indicators(years, interactive=True, language=language).layout.xaxis.ticktext)


def test_a_figure_of_an_earlier_period_is_not_told_as_the_last_ones(indicator_table):
    """In the title the rate of 2010 stood as that of 2011."""
    rates = indicator_table[indicator_table["indicator"] == "closure_rate"]
    lacking = rates.assign(indicator="clearance_rate", definition="").reset_index(drop=True)
    lacking.loc[1, ["value", "lower", "upper"]] = None
    title = said_by(plot_indicators, pd.concat([rates, lacking])).title
    assert title.zh == "富锦市人民法院2011年：结案率为99.22%，结收比2010年为95.63%"
    assert title.en.endswith("Closure rate 99.22%, clearance rate 95.63% in 2010 (2011)")


@pytest.mark.parametrize(("periods", "is_said"), [(2, True), (24, False)])
def test_the_note_explains_n_where_it_stands(sample_cases, periods, is_said):
    months = list(pd.period_range("2009-01", periods=periods, freq="M"))
    table = indicators(sample_cases, periods=months, definitions="spc-2008", only=["closure_rate"])
    chart = said_by(plot_indicators, table)
    assert any(panel.x.title for panel in chart.panels) == is_said
    assert ("n 为分母" in chart.note.zh) == is_said


def test_a_quarter_bears_its_name_and_a_court_in_latin_letters_does_not_run_into_the_year():
    days = {"filed_on": pd.date_range("2023-01-04", periods=12, freq="MS"), "court": "Kilkenny District Court"}
    cases = Cases.from_frames(pd.DataFrame(days | {"closed_on": pd.Timestamp("2023-12-20")}), as_of="2023-12-31")
    chart = said_by(plot_indicators, indicators(cases, periods=["2023-Q3", "2023-Q4"], only=["closure_rate"]))
    assert chart.title.zh.startswith("Kilkenny District Court 2023年第4季度：")
    assert chart.panels[0].x.names == ["2023年第3季度", "2023年第4季度"]


def test_the_title_tells_a_share_of_few_by_its_parts(indicator_table):
    """It said 76.74% of 43 cases, where the sentences of a report say 33/43 and no percentage."""
    one = indicator_table[indicator_table["indicator"] == "closure_rate"].head(1)
    few = one.assign(value=100 * 33 / 43, numerator=33.0, denominator=43.0, lower=62.3, upper=86.8)
    title = said_by(plot_indicators, few).title
    assert title.zh.endswith("2010年：结案率为33/43")
    assert title.en.casefold().endswith("closure rate 33/43 (2010)")


def test_label_alt_text_and_hover_tell_a_share_of_few_by_its_parts(indicator_table):
    """Beside its point it stood as 76.74, and so in the alt text, where running text tells no percentage of 43 cases."""
    table = indicator_table[indicator_table["indicator"] == "closure_rate"].reset_index(drop=True)
    table.loc[0, ["value", "numerator", "denominator", "lower", "upper"]] = [100 * 33 / 43, 33, 43, 62.3, 86.8]
    figure = plot_indicators(table)
    assert [text.get_text() for text in figure.axes[0].texts] == ["33/43", "99.22"]
    assert "2010年33/43（62.3–86.8），2011年99.22%" in style.alt_of(figure)
    (points,) = [trace for trace in plot_indicators(table, interactive=True).data if trace.mode == "markers"]
    assert [told.split("<br>")[1] for told in points.customdata] == ["33/43", "99.22%"]
    assert [told.count("/") for told in points.customdata] == [1, 1]
