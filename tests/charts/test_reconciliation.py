import pandas as pd
import pytest

import analysis as an
from analysis.charts.compared_sides import REACH
from analysis.charts.drawing.marks import Intervals
from analysis.charts.drawing.render import said_by
from analysis.charts.reconciliation import plot_reconciliation

ROW = {
    "court": "甲法院",
    "period_start": "2009-01-01",
    "period_end": "2009-12-31",
    "received": "1206",
    "closed": "1155",
}


@pytest.fixture(scope="module")
def wrong():
    return an.reconcile(an.read_returns(pd.DataFrame([{**ROW, "closure_rate": "97.8"}])))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_contradiction_is_named_in_the_picture_and_its_alt_text(wrong, language):
    figure = plot_reconciliation(wrong, language=language)
    said = {text.get_text() for text in figure.findobj(lambda a: hasattr(a, "get_text"))}
    assert any("97.8" in text for text in said)
    assert "97.8" in an.alt_of(figure)
    assert ("牵连" if language == "zh" else "share a conflict") in an.alt_of(figure)


def test_a_bar_beyond_the_axis_is_cut_and_marked(wrong):
    (axes,) = plot_reconciliation(wrong, language="zh").axes
    ends = [
        x for group in axes.collections if hasattr(group, "get_segments") for s in group.get_segments() for x in s[:, 0]
    ]
    assert ends
    assert max(abs(x) for x in ends) <= REACH


def test_the_screen_chart_has_a_row_a_figure(wrong):
    figure = plot_reconciliation(wrong, interactive=True, language="en")
    assert [text for text in figure.layout.yaxis.ticktext if "<b>" not in text] == [
        "received 2009",
        "closed 2009",
        "closure rate 2009",
    ]
    assert figure.layout.meta["alt"]


def test_nothing_printed_is_nothing_to_draw(wrong):
    from dataclasses import replace

    with pytest.raises(an.DataError):
        plot_reconciliation(replace(wrong, figures=wrong.figures.head(0)))


def test_what_lies_beyond_the_axis_is_written_there(wrong):
    said = {text.get_text() for text in plot_reconciliation(wrong).findobj(lambda a: hasattr(a, "get_text"))}
    assert {"1180–1181", "1179–1180", "95.8"} <= said


def test_scopes_and_sources_that_print_the_same_have_rows_of_their_own():
    scopes = [{**ROW, "scope": scope, "source": source} for scope in ("执行案件", "诉讼案件") for source in "ab"]
    rec = an.reconcile(pd.DataFrame(scopes))
    (axes,) = plot_reconciliation(rec, language="zh").axes
    assert any("诉讼案件" in label.get_text() for label in axes.get_yticklabels())
    rows = plot_reconciliation(rec, interactive=True).layout.yaxis
    assert list(rows.tickvals) == list(range(9)), "eight figures under one heading"
    assert len(rec.figures) == 8


YEARS = {"received": "4000", "filed": "3300", "opening": "700", "closed": "3200", "closing": "800"}


@pytest.mark.parametrize("plot", ["plot_reconciliation", "plot_printed"])
def test_a_conflict_between_years_is_not_titled_none(plot):
    rows = [{"court": "甲法院", "period_start": f"{y}-01-01", "period_end": f"{y}-12-31"} | YEARS for y in (2023, 2024)]
    found = an.reconcile(an.read_returns(pd.DataFrame(rows)))
    assert set(found.figures["verdict"]) == {"agrees"}
    given = {"reconciliation": found} if plot == "plot_printed" else {}
    drawn = {
        lang: getattr(an, plot)(found.figures if given else found, language=lang, **given) for lang in ("zh", "en")
    }
    assert "矛盾2组" in an.title_of(drawn["zh"]) or "有2组矛盾" in an.title_of(drawn["zh"])
    assert "2 conflicts" in an.title_of(drawn["en"])
    assert "不矛盾" not in an.title_of(drawn["zh"])


@pytest.mark.full
def test_on_half_a_page_stand_as_many_figures_as_it_holds_and_the_rest_is_counted():
    """Two dozen figures stood on each other."""
    years = [
        {
            **ROW,
            "period_start": f"{y}-01-01",
            "period_end": f"{y}-12-31",
            "opening": "206",
            "filed": "1000",
            "closing": "51",
        }
        for y in range(2005, 2010)
    ]
    found = an.reconcile(an.read_returns(pd.DataFrame(years)))
    figure = plot_reconciliation(found, size="half")
    rows = len(figure.axes[0].get_yticks())
    figure.draw_without_rendering()
    high = figure.axes[0].get_window_extent().height / figure.dpi * 25.4
    assert high / rows > 8, "each verdict stands below its number"
    assert f"另有{len(found.figures) - rows}个未画" in an.note_of(figure)
    assert len(plot_reconciliation(found).axes[0].get_yticks()) > len(found.figures), "on a page all, under headings"


def test_a_change_on_last_year_is_named_and_a_court_begins_the_title_with_a_capital():
    figure = plot_reconciliation(an.reconcile(an.sample_path("returns_national.csv")), language="en")
    assert an.title_of(figure).startswith("Courts nationwide: ")
    said = {text.get_text().replace("\n", " ") for text in figure.findobj(lambda a: hasattr(a, "get_text"))}
    assert any("change of amount recovered on last year" in text for text in said)
    assert not any("_change" in text for text in said)


def test_what_others_allow_lies_on_its_side_of_the_published_figure_and_tells_its_own_row(wrong):
    chart = said_by(plot_reconciliation, an.reconcile(an.sample_path("returns_fujin.csv")))
    names = chart.panels[0].y.names
    (spans,) = [mark for mark in chart.marks("allowed") if isinstance(mark, Intervals)]
    place = names.index("结案率 2010–2011年")  # 99.5 printed of 99.58
    at = list(spans.at).index(place)
    assert 0 < spans.lower[at] <= spans.upper[at] < 1
    assert spans.hover[at].startswith("结案率2010–2011年：99.5")
    assert all(low <= high for low, high in zip(spans.lower, spans.upper, strict=True))
    assert any(low < high for low, high in zip(spans.lower, spans.upper, strict=True))
    ways = {
        mark.role: [text.partition("：")[0] for text in mark.hover]
        for mark in said_by(plot_reconciliation, wrong).marks()
        if mark.role.startswith("runs_")
    }
    assert ways == {"runs_left": ["受理2009年", "结案率2009年"], "runs_right": ["结案2009年"]}
