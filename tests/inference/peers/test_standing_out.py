"""Where a court stands out: false finds under control, power, small numbers, directions, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from analysis.charts.caterpillar import plot_caterpillar
from analysis.charts.drawing.style import alt_of
from analysis.charts.funnel import plot_funnel
from analysis.charts.peers import plot_peers
from analysis.inference.peer_panel import peer_panel
from analysis.inference.peers.funnel import funnel
from analysis.inference.peers.ranks import rank_intervals
from analysis.inference.peers.shrinkage import shrink
from analysis.inference.peers.standing_out import stands_out
from analysis.returns.reading import read_returns
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.tables import in_words
from analysis.vocabulary.text import in_language

INDICATORS = [f"i{k}" for k in range(6)]


def courts_of(rng: np.random.Generator, *, spread: float = 0.0, shift: float = 0.0) -> pd.DataFrame:
    """Thirty courts, six correlated indicators in two years, each with its total and two nested parts."""
    count = 30
    size = np.exp(rng.normal(6, 0.7, count)).astype(int) + 60
    common, rows = rng.normal(size=count), []
    for at, name in enumerate(INDICATORS):
        level = 1.5 + spread * (0.8 * common + 0.6 * rng.normal(size=count))
        for year in (2010, 2011):
            logit = level + 0.3 * spread * rng.normal(size=count)
            logit[0] += shift * (at < 2)
            chance, n = 1 / (1 + np.exp(-logit)), size + rng.integers(0, 50, count)
            first = rng.binomial(n, 0.7)
            hits = rng.binomial(first, chance), rng.binomial(n - first, chance)
            for part, x, base in (("all", sum(hits), n), ("a", hits[0], first), ("b", hits[1], n - first)):
                told = {"court": [f"院{i}" for i in range(count)], "indicator": name, "part": part, "year": year}
                rows.append(pd.DataFrame(told | {"numerator": x, "denominator": base}))
    return pd.concat(rows, ignore_index=True)


KINDS = dict.fromkeys(INDICATORS, "proportion")


@pytest.mark.parametrize("spread", [0.0, 0.3])
@pytest.mark.full
def test_where_nothing_differs_hardly_anything_is_shown(spread):
    rng = np.random.default_rng(1)
    shown = [
        len(stands_out(courts_of(rng, spread=spread), court="院0", by="part", kinds=KINDS).table) > 0 for _ in range(10)
    ]
    assert np.mean(shown) <= 0.1


@pytest.mark.full
def test_what_truly_differs_is_found_and_little_else():
    rng, false, found = np.random.default_rng(2), [], []
    for _ in range(6):
        table = stands_out(courts_of(rng, shift=-0.8), court="院0", by="part", kinds=KINDS).table
        true = table["indicator"].isin(INDICATORS[:2]) & (table["against"] == "peers")
        false.append((~true).sum() / max(1, len(table)))
        found.append(true.sum() / 12)
    assert np.mean(false) <= 0.05
    assert np.mean(found) > 0.6


def plain(own: int, base: int = 500, courts: int = 20) -> pd.DataFrame:
    n = np.full(courts, base)
    table = pd.DataFrame({"court": [f"院{i}" for i in range(courts)], "indicator": "closure_rate", "denominator": n})
    return table.assign(numerator=np.r_[own, np.round(base * np.linspace(0.88, 0.92, courts - 1)).astype(int)])


@pytest.mark.full
def test_the_sentence_holds_size_base_and_peers_and_no_verdict_without_a_direction():
    found = stands_out(plain(350), court="院0").table
    assert found["verdict"].tolist() == [""]
    said = found["sentence"].iloc[0]
    for part in ("70.00%", "350/500", "89.97%", "低于"):
        assert part in said
    assert "worse" not in in_language(said, "en")
    worse = stands_out(plain(350), court="院0", directions={"closure_rate": "higher"}).table
    assert worse["verdict"].tolist() == ["worse"]
    assert "较差" in worse["sentence"].iloc[0]
    better = stands_out(plain(350), court="院0", directions={"closure_rate": "lower"}).table
    assert better["verdict"].tolist() == ["better"]
    none = stands_out(plain(350), court="院0", directions={"closure_rate": "interval"}).table
    assert none["verdict"].tolist() == [""]
    defined = stands_out(plain(350).assign(definition="fujin-2012/closure_rate"), court="院0").table
    assert defined["verdict"].tolist() == ["worse"]


def test_intervals_hold_the_figure_and_the_shrunken_one_lies_between():
    row = stands_out(plain(350), court="院0").table.iloc[0]
    assert row["lower"] < row["value"] < row["upper"]
    assert row["value"] < row["shrunken"] < row["peers"]
    assert row["peers_lower"] < row["peers"] < row["peers_upper"]


def test_nothing_from_small_numbers_or_few_courts():
    small = stands_out(pd.concat([plain(350), plain(0, base=20).assign(indicator="cancelled")]), court="院0")
    assert set(small.tests["indicator"]) == {"closure_rate"}
    assert small.left_out[["indicator", "reason"]].values.tolist() == [["cancelled", "small"]]
    with pytest.raises(DataError, match="9家"):
        stands_out(plain(350, courts=9), court="院0")


@pytest.mark.parametrize("name", ["definition", "level", "scope"])
def test_courts_of_another_definition_level_or_scope_are_no_peers(name):
    rows = pd.DataFrame(
        {"court": range(24), "indicator": "rate", "numerator": [80] * 12 + [50] * 12, "denominator": 100}
    ).assign(**{name: ["a"] * 12 + ["b"] * 12})
    found = stands_out(rows, court="0", kinds={"rate": "proportion"})
    assert found.tests[["courts", "peers"]].round(2).values.tolist() == [[12, 0.8]]
    assert found.left_out["court"].tolist() == [str(court) for court in range(12, 24)]
    assert set(found.left_out["reason"]) == {"other_definition" if name == "definition" else name}
    assert "另有12家法院" in found.caption.zh
    with pytest.raises(DataError, match="9"):
        stands_out(rows[:20], court="19", kinds={"rate": "proportion"})
    years = pd.concat([rows[:12].assign(year=2010), rows[12:].assign(year=2011, court=range(12))])
    changed = stands_out(years, court="0", kinds={"rate": "proportion"})
    assert changed.tests["against"].tolist() == ["peers", "peers"]  # no change from one definition to another


def test_each_definition_says_for_its_own_courts_how_chance_moves_them():
    rows = pd.DataFrame(
        {"court": range(26), "indicator": "rate", "unit": "%", "numerator": 80, "denominator": 100, "value": 80}
    )
    rows["definition"] = ["fujin-2012/closure_rate"] * 12 + ["fujin-2012/petitions_per_100_closed"] * 14
    assert [stands_out(rows, court=court).tests["kind"].tolist() for court in ("0", "25")] == [["proportion"], ["rate"]]


def test_a_level_is_one_by_whichever_name_and_a_blank_is_one_however_written():
    rows = pd.DataFrame({"court": range(12), "indicator": "rate", "numerator": 80, "denominator": 100})
    for name, mixed in (("level", ["基层", "basic"]), ("scope", [None, ""]), ("definition", [np.nan, ""])):
        found = stands_out(rows.assign(**{name: mixed * 6}), court="0", kinds={"rate": "proportion"})
        assert found.tests["courts"].tolist() == [12]


def test_a_panel_given_twice_is_refused():
    year = {"level": "basic", "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    rows = [{"court": f"院{k}", "received": "500", "closed": "450"} | year for k in range(12)]
    panel = peer_panel(read_returns(pd.DataFrame(rows)), indicator="closure_rate")
    with pytest.raises(DataError, match="多次"):
        stands_out([panel, panel], court="院0")


@pytest.mark.full
def test_a_rate_by_the_hundred_is_said_and_drawn_by_the_hundred():
    """Its name says so: 0.09 petitions per 100 cases would be nine in ten thousand."""
    rows = pd.DataFrame(
        {"court": range(12), "indicator": "petitions_per_case", "numerator": [180] + [40] * 11, "denominator": 2000,
         "value": [9.0] + [2.0] * 11, "definition": "spc-2024/petitions_per_case",
             "period_start": "2020-01-01", "period_end": "2020-12-31"}
    )  # fmt: skip
    found = stands_out(rows, court="0", kinds={"petitions_per_case": "rate"}).table
    assert "为9.00（180/2,000），高于其他法院的2" in found["sentence"].iloc[0]
    panel = peer_panel(rows, indicator="petitions_per_case")
    fun, shrunken = funnel(panel), shrink(panel)
    for table in (found, fun.table, shrunken, rank_intervals(panel)):
        assert not [
            cell for cells in in_words(table).astype(str).to_numpy() for cell in cells if cell.startswith("0.0")
        ]
    assert "均值2" in in_language(shrunken.attrs["caption"], "zh")
    assert in_words(fun.table)["数值（每百件）"].tolist() == ["9.00"] + ["2.00"] * 11
    for chart, of in ((plot_funnel, fun), (plot_caterpillar, shrunken), (plot_peers, panel)):
        drawn = chart(of, highlight=0, interactive=True)
        assert "9" in alt_of(drawn)
        assert "0.0" not in alt_of(drawn)
        assert not [text for trace in drawn.data for text in trace.text or () if " 0.0" in str(text)]


@pytest.mark.full
def test_a_change_unlike_the_others_is_told_apart_from_a_campaign():
    before, after = plain(440), plain(440)
    campaign = after.assign(numerator=lambda t: np.minimum(t["numerator"] + 40, 500))
    for later, expected in ((campaign, 0), (campaign.assign(numerator=np.r_[300, campaign["numerator"][1:]]), 1)):
        rows = pd.concat([before.assign(year=2010), later.assign(year=2011)])
        past = stands_out(rows, court="院0").table.query("against == 'past'")
        assert len(past) == expected
    assert past["period"].tolist() == ["2010→2011"]
    assert "百分点" in past["sentence"].iloc[0]
    assert past["sentence"].iloc[0].startswith("2010年至2011年，")
    assert "2010 to 2011: " in past["sentence"].iloc[0]
    half = stands_out(plain(350).assign(period_start="2011-01-01", period_end="2011-06-30"), court="院0").table
    assert half["sentence"].iloc[0].startswith("2011年上半年，")
    assert in_language(stands_out(plain(350), court="院0").table["sentence"].iloc[0], "en").startswith(
        "Closure rate is "
    )
    own = stands_out(plain(350).assign(period="整治前"), court="院0").table
    assert own["sentence"].iloc[0].startswith("整治前，")


@pytest.mark.full
def test_panels_of_returns_and_values_with_errors():
    year = {"level": "basic", "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31"}
    rows = [
        year | {"court": r.court, "received": str(r.denominator), "closed": str(r.numerator)}
        for r in plain(350).itertuples()
    ]
    panel = peer_panel(read_returns(pd.DataFrame(rows)))
    assert stands_out(panel, court="院0").table["period"].tolist() == ["2011"]
    values = pd.DataFrame(
        {"court": range(12), "indicator": "days", "value": [200.0, *np.linspace(80, 100, 11)], "standard_error": 4.0}
    )
    assert stands_out(values.astype({"court": str}), court="0").table["value"].tolist() == [200.0]


def test_what_is_refused():
    with pytest.raises(ArgumentError, match="院1"):
        stands_out(plain(350), court="院一")
    with pytest.raises(InputError, match="standard_error"):
        stands_out(plain(350).rename(columns={"numerator": "numeratr"}).assign(value=1.0), court="院0")
    with pytest.raises(DataError, match="by="):
        stands_out(pd.concat([plain(350), plain(350)]), court="院0")
    with pytest.raises(ArgumentError, match="rate"):
        stands_out(plain(350), court="院0", kinds={"closure_rate": "share"})


def test_input_is_not_changed():
    table = plain(350)
    before = table.copy()
    stands_out(table, court="院0")
    pd.testing.assert_frame_equal(table, before)


def test_counts_that_are_printed_as_text_are_numbers():
    assert stands_out(plain(350).astype(str), court="院0").table["value"].tolist() == [0.7]
    sentence = stands_out(plain(7_000_000, base=10_000_000).astype(str), court="院0").table["sentence"].iloc[0]
    assert "7,000,000/10,000,000" in in_language(sentence, "en")


@pytest.mark.full
def test_a_figure_without_counts_is_left_out_with_its_reason():
    """Money is no count: nothing says how far chance moves it."""
    period = {"period_start": "2011-01-01", "period_end": "2011-12-31"}
    rows = pd.DataFrame(
        [
            {"court": f"院{n}", "indicator": name, "value": 80 + n, "numerator": 80 + n, "denominator": 100} | period
            for n in range(12)
            for name in ("closure_rate", "recovery_rate")
        ]
    )
    for given in (
        rows,
        [
            peer_panel(rows.assign(level="basic", scope="执行案件"), indicator=name)
            for name in ("closure_rate", "recovery_rate")
        ],
    ):
        found = stands_out(given, court="院3")
        assert set(found.tests["indicator"]) == {"closure_rate"}
        assert found.left_out[["indicator", "reason"]].values.tolist() == [["recovery_rate", "no_ratio"]]


def test_amounts_and_days_are_no_counts_by_whichever_name_and_though_they_are_whole():
    names = ["closure_rate", "到位率", "recovery rate", "mean_days_to_close", "平均结案时间"]
    rows = pd.concat([plain(350).assign(indicator=name) for name in names])
    found = stands_out(rows, court="院0")
    assert found.tests["indicator"].tolist() == ["closure_rate"]
    assert set(found.left_out["indicator"]) == set(names[1:])
    assert set(found.left_out["reason"]) == {"no_ratio"}


def test_parts_are_called_as_people_call_them():
    rows = pd.concat([plain(hits).assign(basis=basis) for basis, hits in (("civil", 350), ("criminal", 440))])
    (said,) = stands_out(rows, court="院0", by="basis").table["sentence"]
    assert in_language(said, "zh").startswith("民事结案率")
    assert in_language(said, "en").startswith("Civil: closure rate")


def test_what_may_be_chance_is_called_neither_better_nor_worse():
    found = stands_out(plain(440), court="院0", directions={"closure_rate": "higher"})
    assert found.table.empty
    assert found.tests["verdict"].tolist() == [""]
    assert "随机波动" in found.tests["sentence"].iloc[0]
