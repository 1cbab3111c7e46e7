"""Charts of peers: what is drawn, named, coded, marked and said, in both languages and on both kinds of figure."""

import numpy as np
import pandas as pd
import pytest

from analysis.charts.band import plot_band
from analysis.charts.caterpillar import plot_caterpillar
from analysis.charts.drawing import palette
from analysis.charts.drawing.court_names import shown_names
from analysis.charts.drawing.marks import Arrows, Intervals, Line, Names, Points, Rule, Words
from analysis.charts.drawing.render import said_by
from analysis.charts.drawing.style import alt_of, note_of, save_figure, title_of
from analysis.charts.funnel import plot_funnel
from analysis.charts.funnel_facets import facets_of
from analysis.charts.funnel_marks import hover_of
from analysis.charts.peer_strips import strip_of
from analysis.charts.peers import plot_peers, plot_strip
from analysis.charts.ranks import plot_ranks
from analysis.charts.slopes import plot_slopes
from analysis.inference.peer_panel import peer_panel
from analysis.inference.peers.case_mix import case_mix
from analysis.inference.peers.composite import composite_score
from analysis.inference.peers.dynamic_funnel import dynamic_funnel
from analysis.inference.peers.funnel import funnel
from analysis.inference.peers.panel import yearly_panel
from analysis.inference.peers.ranks import rank_intervals
from analysis.inference.peers.shrinkage import shrink
from analysis.inference.peers.trends import peer_trends
from analysis.inference.reconciliation.reconcile import reconcile
from analysis.returns.reading import read_returns
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.indicator_sets.sets import Stated
from analysis.vocabulary.numbers import number
from analysis.vocabulary.text import Text

OWN = "富锦市人民法院"
CALLED = {"zh": OWN, "en": "Fujin City People's Court"}


@pytest.fixture(scope="module")
def returns() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    year = {"level": "basic", "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    rows = []
    for i in range(24):
        received = int(rng.integers(80, 3000))
        opening, closed = received // 12, int(rng.binomial(received, 0.80 if i == 5 else 0.93))
        row = {
            "court": f"甲县{i:02d}法院",
            "opening": opening,
            "received": received,
            "closed": closed,
            "recovery_rate": 60 + i,
        }
        rows.append(year | {name: str(value) for name, value in row.items()})
    rows.append(year | {"court": OWN, "opening": "15", "received": "386", "closed": "383", "recovery_rate": "87.6"})
    rows.append(year | {"court": "错院", "received": "1206", "closed": "1155", "closure_rate": "97.8"})
    return read_returns(pd.DataFrame(rows))


@pytest.fixture(scope="module")
def results(returns) -> dict:
    rng = np.random.default_rng(5)
    years = pd.DataFrame(
        {
            "court": np.repeat([OWN, *"乙丙丁戊"], 4),
            "year": np.tile([2008, 2009, 2010, 2011], 5),
            "rate": rng.uniform(80, 99, 20),
        }
    )
    cells = pd.DataFrame({"court": [OWN, "乙", "丙"], "basis": "civil", "cases": [90, 80, 70], "closed": [88, 60, 61]})
    ten = [OWN, *"乙丙丁戊己庚辛壬癸"]
    wide = pd.DataFrame({"court": ten, "closure_rate": range(90, 100), "recovery_rate": range(89, 79, -1)})
    return {
        "funnel": (plot_funnel, funnel(peer_panel(returns))),
        "clearance": (plot_funnel, funnel(returns, indicator="clearance_rate")),
        "shrink": (plot_caterpillar, shrink(returns, indicator="closure_rate")),
        "mix": (plot_caterpillar, case_mix(cells, by=["basis"])),
        "ranks": (plot_ranks, rank_intervals(returns, indicator="closure_rate")),
        "score": (plot_ranks, composite_score(wide, weights={"closure_rate": 60, "recovery_rate": 40})),
        "slopes": (plot_slopes, peer_trends(years, value="rate")),
        "peers": (plot_peers, [peer_panel(returns, indicator=name) for name in ("closure_rate", "recovery_rate")]),
    }


ALL = ["funnel", "clearance", "shrink", "mix", "ranks", "score", "slopes", "peers"]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.full
def test_both_kinds_say_the_same_in_the_language_asked(results, name, language, tmp_path):
    draw, result = results[name]
    paper = draw(result, highlight=OWN, language=language)
    screen = draw(result, highlight=OWN, language=language, interactive=True)
    for word in (alt_of, title_of, note_of):
        assert word(paper) == word(screen)
    assert CALLED[language] in alt_of(paper)
    latin = sum(char.isascii() for char in title_of(paper)) / len(title_of(paper))
    assert (latin > 0.9) is (language == "en")
    assert save_figure(paper, tmp_path / "chart.png").stat().st_size > 10_000
    assert screen.data


@pytest.mark.parametrize("name", ALL)
def test_an_unknown_court_is_an_error(results, name):
    draw, result = results[name]
    with pytest.raises(ArgumentError, match="富锦"):
        draw(result, highlight="富锦市法院")


@pytest.mark.parametrize("name", ["funnel", "clearance", "shrink", "ranks", "slopes", "peers"])
def test_anonymised_charts_hold_no_other_name(results, name):
    draw, result = results[name]
    paper = draw(result, highlight=OWN, anonymise=True)
    texts = " ".join(text.get_text() for text in paper.findobj(lambda artist: hasattr(artist, "get_text"))) + alt_of(
        paper
    )
    screen = draw(result, highlight=OWN, anonymise=True, interactive=True).to_json()
    for court in ("甲县", "错院", "戊"):
        assert court not in texts
        assert court not in screen.encode().decode("unicode_escape", errors="ignore")
        assert court.encode("unicode_escape").decode() not in screen
    assert OWN in texts


def test_codes_do_not_follow_the_order_given():
    courts = [f"法院{i}" for i in range(30)]
    one, two = shown_names(courts, anonymise=True), shown_names(courts[::-1], anonymise=True)
    assert {name: text.zh for name, text in one.items()} == {name: text.zh for name, text in two.items()}
    assert [text.zh for text in one.values()] != sorted(text.zh for text in one.values())


def test_funnel_marks_what_is_far_and_what_is_contradicted(results):
    paper = plot_funnel(results["funnel"][1], highlight=OWN)
    written = {text.get_text() for text in paper.axes[0].texts}
    assert OWN in written
    assert "甲县05法院" in written
    assert "†" in note_of(paper)
    assert "对不上" in note_of(paper)
    assert {"95%限", "99.8%限", "基准", "标出的法院"} <= {text.get_text() for text in paper.key.get_texts()}


def test_funnel_of_several_years_has_a_panel_for_each(returns):
    later = returns.head(10).assign(period_start="2017-01-01", period_end="2017-12-31")
    fun = funnel(pd.concat([returns.iloc[10:], later], ignore_index=True), indicator="closure_rate")
    paper = plot_funnel(fun)
    assert [axes.get_title(loc="left") for axes in paper.axes] == ["2011年", "2017年"]
    assert "不是同年排名" in note_of(paper)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_few_courts_of_different_years_are_a_strip_with_years_and_one_sentence_why(returns, language):
    rows = returns.iloc[[0, 1, 2, 24]].reset_index(drop=True)
    rows["period_start"] = [f"{year}-01-01" for year in (2008, 2009, 2016, 2011)]
    rows["period_end"] = [f"{year}-12-31" for year in (2008, 2009, 2016, 2011)]
    fun = funnel(read_returns(rows), indicator="closure_rate", highlight=OWN)
    paper, screen = (plot_funnel(fun, language=language, interactive=kind) for kind in (False, True))
    assert {"2008", "2009", "2016", "2011"} <= set(_texts(paper))
    assert {"2008", "2009", "2016", "2011"} == {text for trace in screen.data for text in trace.text or ()}
    for figure in (paper, screen):
        assert ("不画控制限" if language == "zh" else "there are no limits") in note_of(figure)
        assert CALLED[language] in alt_of(figure)
    assert "95%限" not in {text.get_text() for text in paper.key.get_texts()}


def test_many_courts_without_limits_have_their_years_too(returns):
    rows = returns.head(18).copy()
    for column, day in (("period_start", "01-01"), ("period_end", "12-31")):
        rows[column] = [f"{2018 + place % 2}-{day}" for place in range(18)]
    paper = plot_funnel(funnel(read_returns(rows), indicator="closure_rate"))
    assert sorted(text for text in _texts(paper) if text in ("2018", "2019")) == ["2018"] * 9 + ["2019"] * 9
    assert "年度不同" in note_of(paper)


def test_courts_too_small_to_lie_below_are_counted():
    table = pd.DataFrame(
        {"court": [f"院{i}" for i in range(12)], "o": [0, 1, *[20] * 10], "e": [2.0, 3.6, *[20.0] * 10]}
    )
    paper = plot_funnel(funnel(table, numerator="o", denominator="e", kind="ratio"))
    assert "2家太小，再低也不会在95%限外" in note_of(paper)


def test_reference_interval_is_a_band(returns):
    paper = plot_funnel(funnel(returns, indicator="closure_rate", baseline=(0.9, 0.96)), language="en")
    assert "a reference interval" in {text.get_text() for text in paper.key.get_texts()}


@pytest.mark.parametrize(
    ("without", "ends", "said"),
    [(["numerator", "denominator"], ["weights_best", "weights_worst"], "不含指标自身的随机波动"),
     ([], ["both_lower", "both_upper"], "含指标自身的随机波动和随机权重")],
)  # fmt: skip
def test_ranks_of_a_score_are_drawn_with_chance_where_it_is_known(without, ends, said):
    """By weights alone a court of rank 12 was possibly 7 to 14, where by chance it may be anywhere."""
    table = pd.DataFrame({"court": [f"院{i}" for i in range(12)], "indicator": "closure_rate", "value": range(80, 92)})
    table = table.assign(numerator=table["value"], denominator=100).drop(columns=without)
    found = composite_score(table, weights={"closure_rate": 1})
    lower, upper = found.table.set_index("court").loc["院3", ends]
    assert (upper > lower) == (not without)
    paper = plot_ranks(found, highlight="院3")
    span = f"，可能为第{lower}至{upper}名" if upper > lower else ""
    assert paper.chart.title.zh.endswith(f"院3在12家中列第9名{span}")
    assert said in note_of(paper)


def test_ranks_and_scores_say_what_their_intervals_are(results):
    assert "95%逐院名次置信集" in note_of(plot_ranks(results["ranks"][1]))
    assert "随机权重" in note_of(plot_ranks(results["score"][1]))
    spread = rank_intervals(
        pd.DataFrame({"court": list("甲乙丙丁戊己庚辛壬癸"), "e": range(10), "s": 1}),
        estimate="e",
        standard_error="s",
        method="bootstrap",
    )
    assert "不是置信区间" in note_of(plot_ranks(spread))


def test_no_rank_is_drawn_among_fewer_than_ten_courts():
    nine = pd.DataFrame({"court": list("甲乙丙丁戊己庚辛壬"), "e": range(9), "s": 1})
    score = composite_score(nine, weights={"e": 1})
    for ranks in (rank_intervals(nine, estimate="e", standard_error="s"), score):
        with pytest.raises(DataError, match="9家"):
            plot_ranks(ranks)


@pytest.mark.parametrize("name", ["definition", "level", "scope", "year"])
def test_courts_that_differ_in_what_they_count_have_no_middle(name):
    rows = pd.DataFrame({"court": range(12), "indicator": "closure_rate", "value": range(80, 92)})
    assert "居中八成" in alt_of(plot_peers(rows.assign(**{name: 2010}), interactive=True))
    assert "居中八成" not in alt_of(plot_peers(rows.assign(**{name: [2010, 2011] * 6}), interactive=True))


def test_ranks_of_figures_that_are_not_certain_are_open():
    ten = pd.DataFrame({"court": list("甲乙丙丁戊己庚辛壬癸"), "e": range(10), "s": 0.1})
    bounds = pd.DataFrame({"court": ["甲", "丙"], "lower": [0, 1], "upper": [3, 9]})
    points = plot_ranks(
        rank_intervals(ten, estimate="e", standard_error="s", bounds=bounds), highlight="乙"
    ).chart.marks("peer")
    assert {mark.label: (len(mark.x), mark.hollow) for mark in points if hasattr(mark, "hollow")} == {
        "数字未定": (2, True),
        "其他法院": (7, False),
    }


def test_arrows_lead_from_raw_to_shrunken(results):
    paper = plot_caterpillar(results["shrink"][1], highlight=OWN)
    arrows = [text for text in paper.axes[0].texts if getattr(text, "arrow_patch", None) is not None]
    assert len(arrows) > 2


def test_many_courts_are_drawn_without_names():
    rng = np.random.default_rng(6)
    n = rng.integers(50, 2000, 500)
    table = pd.DataFrame({"court": np.arange(500), "x": rng.binomial(n, 0.9), "n": n})
    paper = plot_caterpillar(shrink(table, numerator="x", denominator="n"), highlight=7)
    assert [label.get_text() for label in paper.axes[0].get_yticklabels()] == ["7"]


def test_slopes_show_what_chance_predicts(results):
    screen = plot_slopes(results["slopes"][1], highlight=OWN, interactive=True)
    assert "按各院整体走势的末期预期" in [trace.name for trace in screen.data]
    with pytest.raises(ArgumentError):
        plot_slopes(results["slopes"][1], highlight=[OWN, *"乙丙丁"])


def test_own_courses_bear_the_numbers_of_their_ends_and_no_two_on_each_other():
    """The lines bore no number, and courts that end at one value had their names on each other."""
    ways = {"甲": (90.5, 92.25, 89, 91), "乙": (91, 88, 93, 91.05), "丙": (90, 90, 90, 90)}
    rows = [(court, 2010 + year, value) for court, way in ways.items() for year, value in enumerate(way)]
    figure = plot_slopes(
        peer_trends(pd.DataFrame(rows, columns=["court", "year", "rate"]), value="rate"), highlight=["甲", "乙"]
    )
    figure.draw_without_rendering()
    texts = {text.get_text(): text.get_window_extent() for text in figure.axes[0].texts}
    assert set(texts) == {"甲 91.00", "乙 91.05", "90.50", "92.25", "89.00", "91.00", "88.00", "93.00"}
    low, high = sorted((texts["甲 91.00"], texts["乙 91.05"]), key=lambda box: box.y0)
    assert low.y1 <= high.y0 + 1
    words = {mark.texts[0]: mark.look.colour for mark in figure.chart.marks("own") if isinstance(mark, Words)}
    assert words == {"甲 91.00": palette.LINES[1].colour, "乙 91.05": palette.LINES[0].colour}


def test_a_course_that_begins_later_than_all_is_told_with_its_years():
    """It stood beside the mean of all as if both began in the same year."""
    rows = [(f"院{n}", year, 90 + n + year % 5) for n in range(12) for year in range(2010, 2014)]
    table = pd.DataFrame(rows, columns=["court", "year", "rate"])
    late = table[(table["court"] != "院3") | (table["year"] > 2011)]
    alone = table[(table["court"] != "院3") | (table["year"] == 2013)]
    for part, said in (
        (table, "院3由93.00到96.00"),
        (late, "院3由95.00到96.00（2012至2013）"),
        (alone, "院3为96.00（2013）"),
    ):
        trends = peer_trends(part, value="rate")
        assert said_by(plot_slopes, trends, highlight="院3").title.zh.endswith(said)


def test_the_title_has_the_decimals_of_the_labels():
    """A title went from 88.13 to 88.5 beside a point that bears 88.50."""
    rows = [(f"院{n}", year, 90 + n + year % 5 / 2) for n in range(12) for year in range(2010, 2012)]
    trends = peer_trends(pd.DataFrame(rows, columns=["court", "year", "rate"]), value="rate")
    slopes = said_by(plot_slopes, trends, highlight="院3")
    assert slopes.title.zh == "数值：同行均值由95.50到96.00，院3由93.00到93.50"
    assert "93.50" in " ".join(text for mark in slopes.marks("own") if isinstance(mark, Words) for text in mark.texts)
    assert "由95.50到96.00" in said_by(plot_band, trends, highlight="院3").title.zh


def test_strips_side_by_side_keep_apart_and_their_values_have_one_number_of_decimals():
    """Of two values one was 92, the other 83.13; the words over a panel ended 2 mm before the next one's heading."""
    names = ["closure_rate", "recovery_rate"]
    table = pd.DataFrame(
        {"court": list("甲乙丙") * 2, "indicator": np.repeat(names, 3), "value": [92, 90, 95.5, 83.13, 80, 85]}
    )
    figure = plot_peers(table, highlight="甲")
    assert [panel.y.title for panel in figure.chart.panels] == ["标出的法院92.00", "标出的法院83.13"]
    figure.draw_without_rendering()
    first, second = (axes.get_window_extent() for axes in figure.axes)
    assert (second.x0 - first.x1) / figure.dpi * 25.4 > 3
    counts = table.assign(value=[92, 90, 95, 83, 80, 85])
    assert plot_peers(counts, highlight="甲").chart.panels[0].y.title == "标出的法院92"


def test_strips_have_bands_and_refuse_unknown_ones(results):
    panels = results["peers"][1]
    paper = plot_peers(panels, highlight=OWN, bands={"closure_rate": (90, 97)})
    assert {"参照区间", "居中八成法院"} <= {text.get_text() for text in paper.key.get_texts()}
    assert "高于区间" in alt_of(paper)
    with pytest.raises(ArgumentError, match="closure_rate"):
        plot_peers(panels, bands={"closing_rate": (90, 97)})
    with pytest.raises(DataError):
        plot_peers(pd.DataFrame({"court": [], "indicator": [], "value": []}))


def test_a_court_is_named_with_what_lies_beyond_the_band():
    rows = pd.DataFrame(
        {
            "court": list("甲乙丙丁戊") * 3,
            "indicator": np.repeat(["closure_rate", "completed_rate", "clearance_rate"], 5),
        }
    ).assign(value=[90, 91, 92, 93, 94] * 3)
    bands = {"closure_rate": (93, 94), "completed_rate": (90, 94), "clearance_rate": (90, 94)}
    title = said_by(plot_peers, rows, highlight="丙", bands=bands).title
    assert title.zh == "丙3项指标中：结案率低于区间"
    assert title.en == "丙 on 3 indicators: closure rate below the band"


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["closure_rate"], "丙1项指标在区间之内"),
        (["closure_rate", "completed_rate"], "丙2项指标都在区间之内"),
    ],
)
def test_a_court_is_all_within_on_several_indicators_alone(names, title):
    rows = pd.DataFrame(
        {
            "court": [*"甲乙丙丁戊"] * len(names),
            "indicator": np.repeat(names, 5),
            "value": [90, 91, 92, 93, 94] * len(names),
        }
    )
    assert title_of(plot_peers(rows, highlight="丙", bands=dict.fromkeys(names, (90, 94)))) == title


def test_charts_need_their_columns():
    wrong = pd.DataFrame({"court": ["甲"], "rate": [1.0]})
    for draw in (plot_caterpillar, plot_ranks, plot_peers):
        with pytest.raises(InputError):
            draw(wrong)


def _texts(figure) -> list[str]:
    return [text.get_text() for axis in figure.axes for text in axis.texts]


def _marks(screen) -> int:
    texts = [text for trace in screen.data for text in (trace.text if trace.text is not None else ())]
    return texts.count("†")


@pytest.mark.full
def test_every_comparison_marks_a_contradicted_figure(returns):
    """The court 错院, whose printed rate its counts contradict, bears a dagger in every kind of chart."""
    before = returns.assign(period_start="2010-01-01", period_end="2010-12-31")
    both, panel = pd.concat([returns, before]), peer_panel(returns)
    trends = peer_trends(both, indicator="closure_rate", verdicts=reconcile(both).figures)
    ranks, shrunken = rank_intervals(panel), shrink(panel)
    for plot, result in ((plot_ranks, ranks), (plot_caterpillar, shrunken)):
        figure = plot(result)
        assert "错院†" in [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
        assert "†" in note_of(figure)
        assert any("错院†" in str(name) for name in plot(result, interactive=True).layout.yaxis.ticktext)
    score = plot_ranks(composite_score(panel.table, weights={"closure_rate": 1}))
    assert "错院†" in [tick.get_text() for tick in score.axes[0].get_yticklabels()]
    for plot, result in (
        (plot_slopes, trends),
        (plot_peers, panel),
        (plot_peers, panel.table),
    ):
        figure = plot(result)
        assert "†" in _texts(figure)
        assert "†" in note_of(figure)
        assert _marks(plot(result, interactive=True))


@pytest.mark.full
def test_a_contradicted_court_inside_the_limits_is_marked_though_not_named(returns):
    fun = funnel(peer_panel(returns), adjust="additive", corrected=True)
    assert not fun.table.set_index("court").loc["错院", "outside_998"]
    assert _texts(plot_funnel(fun)).count("†") == 1
    assert _marks(plot_funnel(fun, interactive=True)) == 1


def test_of_many_courts_only_the_own_ones_are_named_on_the_screen():
    many = pd.DataFrame({"court": [f"院{i}" for i in range(400)], "x": 90, "n": 100})
    screen = plot_ranks(rank_intervals(many, numerator="x", denominator="n"), highlight="院7", interactive=True)
    assert list(screen.layout.yaxis.ticktext) == ["<b>院7</b>"]
    assert screen.layout.height <= 2400


def test_other_courts_are_solid_lines_and_names_stay_in_the_panel():
    rng = np.random.default_rng(8)
    names = [f"一个名字很长的第{i:02d}县人民法院" for i in range(12)]
    rows = [(name, year, rng.uniform(80, 99)) for name in names for year in range(2006, 2012)]
    trends = peer_trends(pd.DataFrame(rows, columns=["court", "year", "rate"]), value="rate")
    figure = plot_slopes(trends, highlight=names[3])
    panel = figure.axes[0]
    peers = [line for line in panel.get_lines() if line.get_alpha() == 0.4]
    assert {line.get_linestyle() for line in peers} == {"-"}
    last = number(trends.table.query("court == @names[3]")["value"].iloc[-1], 2)
    named = next(text for text in panel.texts if text.get_text().replace("\n", "") == f"{names[3]}{last}")
    figure.draw_without_rendering()
    assert named.get_window_extent().x1 <= figure.bbox.x1
    own = next(
        trace for trace in plot_slopes(trends, highlight=names[3], interactive=True).data if trace.name == names[3]
    )
    assert own.line.dash == "solid"


@pytest.mark.full
def test_lines_of_the_nation_say_their_years_and_courts_their_era(returns):
    late = {"period_start": "2021-01-01", "period_end": "2021-12-31"}
    row = {"level": "basic", "scope": "执行案件", "court": "后院", "received": "100", "closed": "88"} | late
    nation = row | {"court": "全国法院", "level": "national", "period_start": "2019-01-01", "closed": "90"}
    province = row | {"court": "皖省法院", "level": "province", "closed": "93"}
    panel = peer_panel(pd.concat([returns, read_returns(pd.DataFrame([row, nation, province]))]))
    figure, screen = plot_peers(panel), plot_peers(panel, highlight="后院", interactive=True)
    assert "2019–2021" not in _texts(figure), "the rate of three years is no line beside those of one"
    note = "".join(text.get_text() for text in figure.texts).replace("\n", "")
    assert "皖省法院（2021年）93" in note, "a tick on paper has no name of its own"
    assert "期间与各院不同、未画：全国法院（2019–2021年）90" in note
    one_year = nation | {"period_start": "2021-01-01"}
    lined = peer_panel(pd.concat([returns, read_returns(pd.DataFrame([row, one_year]))]))
    assert "全国2021年为90" in alt_of(plot_peers(lined))
    on_screen = plot_peers(lined, interactive=True)
    assert "2021" in [text for trace in on_screen.data for text in (trace.text if trace.text is not None else ())]
    shown = [trace.name for trace in screen.data if trace.showlegend]
    assert len(shown) == len(set(shown))
    own = next(trace for trace in screen.data if trace.name == "后院")
    assert own.marker.symbol == "square", "the own court is never hollow"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_band_over_time_holds_the_middle_of_the_courts_and_the_own_one(language):
    rows = pd.DataFrame(
        {"court": [OWN, *(f"院{i}" for i in range(10))] * 2, "year": [2010] * 11 + [2011] * 11,
         "rate": [70.0, *range(80, 90), 99.0, *range(82, 92)]}
    )  # fmt: skip
    trends = peer_trends(rows, value="rate")
    paper, screen = (
        plot_band(trends, highlight=OWN, language=language, interactive=interactive) for interactive in (False, True)
    )
    assert alt_of(paper) == alt_of(screen)
    assert CALLED[language] in alt_of(paper)
    own = next(trace for trace in screen.data if trace.name == CALLED[language])
    assert list(own.y) == [70.0, 99.0]
    middle = next(trace for trace in screen.data if trace.name in ("各院中位数", "median of the courts"))
    assert list(middle.y) == [84.0, 87.0]
    few = peer_trends(rows[rows["court"].isin([OWN, "院1", "院2", "院3"])], value="rate")
    with pytest.raises(DataError, match=r"十家|ten courts"):
        plot_band(few, highlight=OWN)
    with pytest.raises(ArgumentError):
        plot_band(trends, highlight="富锦")


@pytest.mark.full
def test_a_figure_of_another_year_has_no_place_in_the_band():
    """A court without a figure of the last year in which ten stand is not set into that year's band."""
    courts = [OWN, *(f"院{i}" for i in range(10))]
    rows = pd.DataFrame(
        {"court": courts * 2, "year": [2010] * 11 + [2011] * 11, "rate": [*range(80, 91), *range(82, 93)]}
    )
    gone = plot_band(peer_trends(rows[: 11 + 11].drop(index=11), value="rate"), highlight=OWN, interactive=True)
    assert "末期" not in title_of(gone)
    alone = pd.concat([rows, pd.DataFrame({"court": [OWN], "year": [2012], "rate": [99.0]})])
    later = plot_band(peer_trends(alone, value="rate"), highlight=OWN, interactive=True)
    assert "末期在最低一成" in title_of(later)
    assert "2010至2011" in alt_of(later)
    once = plot_band(peer_trends(pd.concat([rows[:11], alone[-1:]]), value="rate"), highlight=OWN, interactive=True)
    assert "，2010；中位数为85.00，居中八成为81.00–89.00。" in alt_of(once)


def test_courts_of_several_periods_have_no_middle():
    table = pd.DataFrame({"court": range(12), "indicator": "closure_rate", "value": range(80, 92), "year": 2011})
    assert "居中八成" in alt_of(plot_peers(table))
    for mixed in (table.assign(year=[2010, 2011] * 6), table.assign(definition=["a", "b"] * 6), table[:9]):
        assert "居中八成" not in alt_of(plot_peers(mixed))


def test_years_beside_few_courts_have_heights_of_their_own_and_carry_the_dagger():
    table = pd.DataFrame(
        {"court": list("甲乙丙丁戊己"), "value": [99.2, 99.1, 99.0, 98.9, 98.8, 98.7], "year": range(2006, 2012)}
    )
    table["verdict"] = ["agrees", "contradicts", *["agrees"] * 4]
    words = {"name": Text("结案率", "closure rate"), "note": Text("仅作背景", "context only")}
    strip = strip_of("", table, table.iloc[:0], False, None, ["甲"], shown_names(table["court"]))
    heights = np.sort(strip.courts["y"])
    assert np.diff(heights).min() > 0.1
    assert abs(strip.courts.set_index("court").loc["甲", "y"]) < 0.1
    chart = plot_strip(table, **words, highlight="甲", interactive=True)
    written = [text for trace in chart.data if trace.text is not None for text in trace.text]
    assert "2007†" in written
    assert "†" not in written
    assert "仅作背景。† 公布值与件数对不上" in chart.to_json().encode().decode("unicode_escape").replace("<br>", "")


@pytest.mark.full
def test_courts_of_which_none_is_marked_are_no_others():
    rows = pd.DataFrame({"court": range(12), "closed": [90] * 12, "received": 100})
    counts = {"numerator": "closed", "denominator": "received", "kind": "proportion"}
    for plot, found in ((plot_funnel, funnel(rows, **counts)), (plot_ranks, rank_intervals(rows, **counts))):
        for marked, name in ((None, "法院"), ("3", "其他法院")):
            labels = {mark.label for mark in plot(found, highlight=marked).chart.marks() if isinstance(mark, Points)}
            assert labels == {name} | ({"标出的法院"} if marked else set())


@pytest.mark.full
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_name_of_a_strip_leaves_room_for_the_courts_figure(language):
    name = Text("结收比（本院口径，含恢复执行和终本案件）", "closed to filed (our own definition, revived cases)")
    rows = pd.DataFrame({"court": list(range(12)) * 2, "indicator": ["a"] * 12 + ["b"] * 12, "value": range(24)})
    rows.attrs["own_definitions"] = {
        f"own/{one}": Stated(one, name.zh + one, name.en + one, "none", "none") for one in "ab"
    }
    paper = plot_peers(rows, highlight=3, language=language)
    paper.draw_without_rendering()
    for axes in paper.axes:
        left, right = axes._left_title.get_window_extent(), axes._right_title.get_window_extent()
        assert not left.overlaps(right)
    screen = plot_peers(rows, highlight=3, language=language, interactive=True)
    heads = [one for one in screen.layout.annotations if one.yref == "paper"]
    assert [one.x for one in heads] == [axis.domain[0] for axis in screen.select_xaxes()]
    assert all("<br>" in one.text for one in heads)


@pytest.mark.full
def test_in_small_panels_the_court_is_named_in_the_legend_and_no_name_leaves_its_panel():
    own = "云岭彝族哈尼族拉祜族自治县人民法院"
    rows = pd.DataFrame(
        [
            {
                "court": own if at == 3 else f"第{at}土家族苗族自治县人民法院",
                "year": year,
                "n": 400 + 90 * at,
                "x": (360, 399)[at > 9],
            }
            for year in range(2018, 2022)
            for at in range(12)
        ]
    )
    counts = {"numerator": "x", "denominator": "n", "kind": "proportion"}
    paper = plot_funnel(dynamic_funnel(rows, **counts), highlight=own)
    paper.draw_without_rendering()
    assert own in {text.get_text() for text in paper.key.get_texts()}
    for axes in paper.axes:
        frame = axes.get_window_extent()
        for text in axes.texts:
            assert text.get_text() != own
            assert frame.x0 - 1 <= text.get_window_extent().x0
            assert text.get_window_extent().x1 <= frame.x1 + 1


@pytest.mark.full
def test_of_several_years_the_court_is_named_once():
    rows = pd.DataFrame(
        {"court": [*range(12)] * 2, "year": [2010] * 12 + [2011] * 12, "n": 400, "x": [360] * 23 + [399]}
    )
    found = dynamic_funnel(rows, numerator="x", denominator="n", kind="proportion")
    assert "; 1 figure outside the 99.8% limits" in alt_of(plot_funnel(found, highlight=3, language="en"))
    marks = [mark for panel in said_by(plot_funnel, found, highlight=3).panels for mark in panel.marks]
    assert {mark.label for mark in marks if isinstance(mark, Points) and mark.role == "own"} == {"3"}
    assert [text for mark in marks if isinstance(mark, Names) for text in mark.texts] == ["11"]


@pytest.mark.full
def test_several_courts_of_several_years_have_numbers_in_their_panels_and_names_in_the_legend(returns):
    first = returns.head(11)
    later = first.assign(period_start="2012-01-01", period_end="2012-12-31")
    panel = yearly_panel(pd.concat([first, later], ignore_index=True), indicator="closure_rate")
    fun = funnel(panel, highlight=["甲县03法院", "甲县07法院"])
    said = said_by(plot_funnel, fun)
    marks = [mark for one in said.panels for mark in one.marks]
    assert {mark.label for mark in marks if isinstance(mark, Points) and mark.role == "own"} == {
        "1 甲县03法院；2 甲县07法院"
    }
    bold = [t for m in marks if isinstance(m, Names) for t, own in zip(m.texts, m.bold, strict=True) if own]
    assert sorted(bold) == ["1", "1", "2", "2"]
    courts = len(fun.table) // 2
    assert f"{courts}家法院的{2 * courts}个数字" in said.note.zh
    assert f"{courts}家法院的{2 * courts}个数字" in panel.caption.zh
    assert "年度不同" not in said.note.zh


def test_the_axis_of_sizes_and_hovers_say_what_is_counted():
    table = pd.DataFrame({"court": list("甲乙丙丁戊己庚辛壬癸"), "appeals": range(3, 13), "disposals": 300})
    fun = funnel(table, numerator="appeals", denominator="disposals", kind="rate")
    assert said_by(plot_funnel, fun).panels[0].x.title == "disposals"
    row = {"label": "甲", "numerator": 6, "denominator": 376, "y": 600 / 376}
    row |= {f"{side}_{level}": 1.0 for side in ("lower", "upper") for level in ("95", "998")}
    assert hover_of(row, "per_hundred").splitlines()[1] == "6 / 376 × 100 = 1.60"
    quarter = {"period_start": pd.Timestamp("2011-04-01"), "period_end": pd.Timestamp("2011-06-30")}
    assert hover_of(row | quarter, "per_hundred").splitlines()[0] == "甲（2011年第2季度）"
    assert ": " not in hover_of(row, "per_hundred")


def test_strips_without_a_court_marked_have_courts_and_say_what_is_told():
    figures = pd.DataFrame({"court": ["甲", "乙"], "indicator": "closure_rate", "value": [90.5, 91.5]})
    (panel,) = said_by(plot_peers, figures).panels
    (points,) = [mark for mark in panel.marks if isinstance(mark, Points)]
    assert points.label == "法院"
    assert points.hover[0] == "甲\n结案率：90.50"


@pytest.mark.full
def test_long_names_in_a_legend_wrap_and_none_beside_points_is_cut_at_the_edge():
    names = [f"内蒙古自治区呼伦贝尔市鄂温克族自治旗第{k}人民法院" for k in "一二三四五六七八九十"] + ["甲", "乙"]
    table = pd.DataFrame(
        {"court": names, "o": [990, 989, 988, 987, 986, 985, 300, 301, 302, 303, 700, 9], "e": [1000] * 11 + [10]}
    )
    marked = pd.DataFrame({"court": names, "indicator": "closure_rate", "value": range(80, 92)})
    strip, funnel_ = (
        plot_peers(marked, highlight=names[:5]),
        plot_funnel(funnel(table, numerator="o", denominator="e"), language="en"),
    )
    wide = strip.bbox.width
    strip.draw_without_rendering()
    assert strip.key.get_window_extent().x1 <= wide
    assert "\n" in strip.key.get_texts()[-1].get_text()
    funnel_.draw_without_rendering()
    written = [text for axes in funnel_.axes for text in axes.texts if "鄂温克" in text.get_text()]
    assert all(text.get_window_extent().x1 <= funnel_.bbox.width * 1.01 for text in written)


def test_lines_and_the_band_tell_the_unit_on_hovering():
    courts = [OWN, *(f"院{i}" for i in range(10))] * 2
    rows = pd.DataFrame(
        {
            "court": courts,
            "year": [2010] * 11 + [2011] * 11,
            "closed": [*range(80, 91), *range(81, 92)],
            "received": 100,
        }
    )
    trends = peer_trends(rows, numerator="closed", denominator="received")
    for plot in (plot_slopes, plot_band):
        told = [
            text
            for trace in plot(trends, highlight=OWN, interactive=True).data
            for text in trace.customdata or ()
            if OWN in text
        ]
        assert told
        assert all(text.endswith("%") for text in told), plot


@pytest.mark.full
def test_years_on_half_a_page_keep_their_height_and_are_of_the_size_that_was_asked_for():
    """Of six years, one under the other, the panels were lines."""
    rows = pd.DataFrame(
        [
            {"court": at, "year": year, "received": 400 + 90 * at, "closed": 360 + 80 * at}
            for year in range(2012, 2018)
            for at in range(12)
        ]
    )
    found = dynamic_funnel(rows, numerator="closed", denominator="received")
    figure = plot_funnel(found, size="half")
    figure.draw_without_rendering()
    high = figure.get_size_inches()[1] * 25.4
    assert all(axes.get_position().height * high > 12 for axes in figure.axes)
    assert {axes.get_xlabel() for axes in figure.axes} == {"受理（件）"}


def test_the_limits_of_the_expected_last_value_are_those_of_the_table():
    ways = {"甲": (90.5, 92.25, 89, 91), "乙": (91, 88, 93, 91.05), "丙": (90, 90, 90, 90), "丁": (80, 85, 83, 86)}
    rows = [(court, 2010 + year, value) for court, way in ways.items() for year, value in enumerate(way)]
    trends = peer_trends(pd.DataFrame(rows, columns=["court", "year", "rate"]), value="rate")
    (limits,) = [m for m in said_by(plot_slopes, trends, highlight="甲").marks("own") if isinstance(m, Intervals)]
    row = trends.changes.query("court == '甲' and period_to == 2013").iloc[0]
    before = trends.table.query("period == 2013")["value"].mean() + row["gap_before"]
    assert row["lower"] < row["expected_from_all"] < row["upper"]
    assert [*limits.lower, *limits.upper] == pytest.approx([before + row["lower"], before + row["upper"]])


LONG = [f"长白山朝鲜族自治县{k}靠山屯林区基层人民法院" for k in "东西南北中上下前后左右内"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_a_long_name_the_title_says_the_court_marked_in_one_line(language):
    counts = pd.DataFrame({"court": LONG, "o": range(850, 970, 10), "e": 1000})
    years = pd.DataFrame(
        [(c, y, 70.0 + n + y % 5) for n, c in enumerate(LONG) for y in (2020, 2021)], columns=["court", "year", "rate"]
    )
    trends = peer_trends(years, value="rate")
    marked = "标出的法院" if language == "zh" else "the court marked"
    for plot, result in (
        (plot_funnel, funnel(counts, numerator="o", denominator="e")),
        (plot_slopes, trends),
        (plot_band, trends),
    ):
        figure = plot(result, highlight=LONG[0], language=language)
        assert marked in title_of(figure) or (language == "en" and LONG[0] in title_of(figure))
        figure.draw_without_rendering()
        assert "\n" not in next(text.get_text() for text in figure.texts if text.get_weight() == "bold")


def test_intervals_without_a_reference_are_titled_by_their_range():
    table = pd.DataFrame({"court": list("甲乙丙"), "value": [0.9, 0.8, 0.7]})
    table = table.assign(lower=table["value"] - 0.1, upper=table["value"] + 0.1)
    assert title_of(plot_caterpillar(table, highlight="乙")) == "数值：各院由0.70到0.90"
    level = table.assign(value=0.9, lower=0.9, upper=0.9)
    assert title_of(plot_caterpillar(level, language="en")) == "Value: courts all at 0.90"


def test_no_name_lies_over_the_axis():
    sizes = [1850, 400, 400, 240, 640, 1080, 1480, 730, 600, 570, 1770, 620]
    shares = [80, 80, 80, 84, 70, 99, 92, 92, 89, 86, 78, 89]
    counts = pd.DataFrame({"court": LONG, "o": [n * s // 100 for n, s in zip(sizes, shares, strict=True)], "e": sizes})
    figure = plot_funnel(funnel(counts, numerator="o", denominator="e", target=0.9), highlight=LONG[0])
    figure.draw_without_rendering()
    (axes,) = figure.axes
    names = [text.get_window_extent() for text in axes.texts if text.get_text() in LONG]
    assert names
    assert min(name.x0 for name in names) >= axes.bbox.x0


def test_intervals_arrows_and_hover_of_ranked_courts_are_those_of_the_table():
    table = pd.DataFrame({"court": list("甲乙"), "shrunken": [0.9, 0.6], "raw": [0.95, 0.5]})
    table = table.assign(lower=[0.85, 0.52], upper=[0.93, 0.7])
    marks = said_by(plot_caterpillar, table).panels[0].marks
    (spans,) = [mark for mark in marks if isinstance(mark, Intervals)]
    assert (list(spans.lower), list(spans.upper)) == ([0.85, 0.52], [0.93, 0.7])
    (ways,) = [mark for mark in marks if isinstance(mark, Arrows)]
    assert (list(ways.x), list(ways.x_to)) == ([0.95, 0.5], [0.9, 0.6])
    (points,) = [mark for mark in marks if isinstance(mark, Points)]
    assert "0.90 (0.85–0.93)" in points.hover[0]


def test_limits_of_a_funnel_and_sizes_of_a_clearance_are_those_of_the_result(returns):
    counts = pd.DataFrame({"court": LONG, "o": range(850, 970, 10), "e": 1000})
    fun = funnel(counts, numerator="o", denominator="e")
    lines = [mark for mark in said_by(plot_funnel, fun).panels[0].marks if isinstance(mark, Line)]
    drawn = [list(line.y) for line in lines if line.role == "outer_limit"]
    limits = fun.limits.sort_values("denominator")
    assert drawn == [pytest.approx(list(limits[side] * 100)) for side in ("lower_998", "upper_998")]
    clearance = funnel(returns, indicator="clearance_rate")
    courts = pd.concat([facet.courts for facet in facets_of(clearance, [], shown_names(clearance.table["court"]))])
    most = float(clearance.limits["denominator"].max())
    assert list(courts["x_to"]) == pytest.approx(list(clearance.table["effective_upper"].clip(upper=most)))
    assert list(courts["x"]) == pytest.approx(list(clearance.table["effective_lower"].clip(upper=most)))


def test_each_peer_of_slopes_tells_its_figures_with_their_years():
    rows = pd.DataFrame(
        [(c, y, 70.0 + n + y % 5) for n, c in enumerate("甲乙丙丁") for y in (2020, 2021)],
        columns=["court", "year", "r"],
    )
    chart = said_by(plot_slopes, peer_trends(rows, value="r"), highlight="甲")
    told = [list(mark.hover) for mark in chart.marks("peer")]
    assert told[0] == ["丁2020：73.00", "丁2021：74.00"]


def test_bands_and_provinces_of_a_strip_stand_at_their_values(returns):
    late = {"period_start": "2021-01-01", "period_end": "2021-12-31", "received": "100", "scope": "执行案件"}
    rows = [
        {"level": "basic", "court": "后院", "closed": "88"} | late,
        {"level": "province", "court": "皖省法院", "closed": "93"} | late,
    ]
    panel = peer_panel(pd.concat([returns, read_returns(pd.DataFrame(rows))]))
    (drawn,) = said_by(plot_peers, panel, bands={"closure_rate": (85, 95)}).panels
    (province,) = [mark for mark in drawn.marks if mark.role == "province"]
    assert list(province.x) == [93]
    assert sorted(mark.at for mark in drawn.marks if isinstance(mark, Rule) and mark.role == "aside") == [85, 95]
