"""Composite scores: points by a scheme, ranks as their time did them, and what the rank rests on."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis.inference.peers import composite, score_ranks
from analysis.inference.peers.composite import composite_score
from analysis.inference.peers.scheme import Item, Scheme, read_scheme
from analysis.inference.peers.score_ranks import SETS, rank_sets
from analysis.inference.peers.scoring import shares_of, value_for
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.language import speaking
from analysis.vocabulary.tables import table_html
from analysis.vocabulary.text import Text

NO_TEXT = Text("", "")
WEIGHTS = {"closure_rate": 60, "recovery_rate": 40}


def tidy(**courts: tuple) -> pd.DataFrame:
    names = ("closure_rate", "recovery_rate", "petitions")
    return pd.DataFrame(
        [(court, name, value) for court, values in courts.items() for name, value in zip(names, values, strict=False)],
        columns=["court", "indicator", "value"],
    )


@pytest.fixture
def few_are_enough(monkeypatch):
    """Ranks by hand, of three courts."""
    monkeypatch.setattr(composite, "FEWEST", 1)


@pytest.fixture
def many() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    return tidy(**{f"c{i}": tuple(rng.uniform(50, 100, 3)) for i in range(30)})


def test_columns_points_and_total(many):
    before = many.copy()
    table = composite_score(many, weights=WEIGHTS).table
    assert list(table.columns) == ["court", "score", "rank", "weights_best", "weights_worst", *SETS, *WEIGHTS]
    np.testing.assert_allclose(table[list(WEIGHTS)].sum(axis=1), table["score"])
    assert table["score"].is_monotonic_decreasing
    assert ((table["weights_best"] <= table["rank"]) & (table["rank"] <= table["weights_worst"])).all()
    assert table[list(SETS)].isna().all(axis=None)
    pd.testing.assert_frame_equal(many, before)


@pytest.mark.usefixtures("few_are_enough")
def test_best_in_everything_is_first_under_every_weighting():
    score = composite_score(tidy(a=(99, 90), b=(95, 80), c=(90, 70)), weights=WEIGHTS)
    first = score.sensitivity.iloc[0]
    assert first[["court", "rank", "share_first", "weights_worst", "left_out_worst", "choice_worst"]].tolist() == [
        "a", 1, 1.0, 1, 1, 1,
    ]  # fmt: skip
    assert score.table["score"].tolist() == [100, pytest.approx(60 * 5 / 9 + 20), 0]


@pytest.mark.usefixtures("few_are_enough")
def test_share_of_weightings_first_is_that_of_the_simplex():
    """a leads by 1 on one indicator and trails by 0.5 on the other: first where w > 1/3, two thirds of all weightings."""
    score = composite_score(tidy(a=(100, 75), b=(50, 100), c=(50, 50)), weights={"closure_rate": 1, "recovery_rate": 1})
    share = score.sensitivity.set_index("court")["share_first"]
    assert share["a"] == pytest.approx(2 / 3, abs=0.03)
    assert share["a"] + share["b"] == pytest.approx(1)


@pytest.mark.usefixtures("few_are_enough")
def test_lower_may_be_better_and_ties_share_a_rank():
    rows = tidy(a=(90, 80, 0), b=(90, 80, 5), c=(90, 80, 5))
    score = composite_score(rows, weights={"petitions": 1}, directions={"petitions": "lower"})
    assert score.table["rank"].tolist() == [1, 2, 2]


@pytest.mark.usefixtures("few_are_enough")
def test_a_missing_indicator_leaves_no_score():
    rows = tidy(a=(90, 80), b=(95, 90), c=(99,))
    table = composite_score(rows, weights=WEIGHTS).table.set_index("court")
    assert table.loc["c", ["score", "rank"]].isna().all()
    assert table.loc["b", "rank"] == 1


def test_scheme_with_targets_bands_bonus_and_deduction():
    scheme = {
        "indicators": {
            "closure_rate": {"weight": 60, "normalisation": "target", "floor": 80, "target": 100},
            "petitions": {"weight": 40, "direction": "lower", "normalisation": "bands", "bands": [[0, 1], [2, 0.5]]},
        },
        "bonus": {"honours": {"points": 2, "cap": 3}},
        "deduction": {"violations": {"points": 5}},
    }
    rows = pd.DataFrame(
        {
            "court": ["a", "b", "c"],
            "closure_rate": [90, 100, 70],
            "petitions": [1, 0, 9],
            "honours": [0, 4, 0],
            "violations": [0, 0, 1],
        }
    )
    table = composite_score(rows, scheme=scheme).table.set_index("court")
    assert table["score"].to_dict() == {"a": 30 + 20, "b": 100 + 3, "c": -5}
    assert table.loc["b", "honours"] == 3
    assert table.loc["c", "violations"] == -5
    other = composite_score(rows, scheme=scheme, weights={"closure_rate": 100}).table.set_index("court")
    assert other.loc["a", "score"] == 50


def test_shipped_example_says_that_it_is_one(tmp_path):
    scheme = read_scheme("example-2011")
    assert sum(item.weight for item in scheme.items) == 100
    assert "not published" in scheme.note.en
    values = {
        "court": ["a", "b"],
        "closure_rate": [99.22, 97],
        "actual_enforcement_rate": [76, 80],
        "recovery_rate": [87.6, 90],
    }
    score = composite_score(pd.DataFrame(values | {"petition_settlement_rate": ["99", "92"]}), scheme="example-2011")
    assert "没有公布" in score.caption.zh
    assert score.table.set_index("court").loc["a", "petition_settlement_rate"] == pytest.approx(12)
    own = tmp_path / "own.toml"
    own.write_text('zh = "我的方案"\n[indicators.closure_rate]\nweight = 10\n', encoding="utf-8")
    assert composite_score(pd.DataFrame(values), scheme=own).table["score"].tolist() == [10, 0]


def test_leave_one_out_and_alternatives_cover_every_choice(many):
    score = composite_score(many, weights=WEIGHTS)
    assert set(score.leave_one_out["left_out"]) == set(WEIGHTS)
    alone = score.leave_one_out[score.leave_one_out["left_out"] == "recovery_rate"].set_index("court")["rank"]
    only = composite_score(many, weights={"closure_rate": 1}).table.set_index("court")["rank"]
    assert alone.astype(int).to_dict() == only.to_dict()
    assert len(score.alternatives.groupby(["normalisation", "aggregation"])) == 8


@pytest.mark.full
def test_a_move_moves_the_court_by_one_place(many):
    scheme = {
        "indicators": {
            name: {"weight": weight, "normalisation": "target", "floor": 0, "target": 100}
            for name, weight in WEIGHTS.items()
        }
    }
    score = composite_score(many, scheme=scheme)
    ranks = score.table.set_index("court")["rank"]
    possible = score.moves.dropna(subset=["needed"])
    assert len(possible) > 40
    for row in possible.sample(12, random_state=1).itertuples():
        moved = many.copy()
        at = (moved["court"] == row.court) & (moved["indicator"] == row.indicator)
        moved.loc[at, "value"] = row.needed + (1e-6 if row.gains else -1e-6)
        new = composite_score(moved, scheme=scheme).table.set_index("court")["rank"]
        assert new[row.court] - ranks[row.court] == (-1 if row.gains else 1)


@pytest.mark.usefixtures("few_are_enough")
@pytest.mark.parametrize("way", ["min-max", "z-score", "rank"])
@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric"])
@pytest.mark.full
def test_a_move_holds_though_it_shifts_the_others(way, aggregation):
    """A court that changes its value also changes the panel by which all are normalised."""
    rng = np.random.default_rng(6)
    wide = pd.DataFrame({"court": list("abcdefg"), "x": rng.uniform(60, 99, 7), "y": rng.uniform(5, 40, 7)})
    call = {"weights": {"x": 60, "y": 40}, "directions": {"y": "lower"}, "normalisation": way, "draws": 3}
    score = composite_score(wide, **call, aggregation=aggregation)
    ranks = score.table.set_index("court")["rank"]
    possible = score.moves.dropna(subset=["needed"])
    assert len(possible) > 10
    for row in possible.itertuples():
        worse = (-1 if row.indicator == "x" else 1) * 1e-6
        moved = wide.set_index("court")
        moved.loc[row.court, row.indicator] = row.needed + (0 if row.gains else worse)
        new = composite_score(moved.reset_index(), **call, aggregation=aggregation).table.set_index("court")["rank"]
        change = new[row.court] - ranks[row.court]
        assert change <= -1 if row.gains else change >= 1
        if row.gains:
            moved.loc[row.court, row.indicator] = row.needed + 2 * worse
            before = composite_score(moved.reset_index(), **call, aggregation=aggregation).table.set_index("court")
            assert before.loc[row.court, "rank"] >= ranks[row.court]


@pytest.mark.usefixtures("few_are_enough")
def test_a_court_that_shares_its_place_loses_it_at_once():
    wide = pd.DataFrame({"court": list("abc"), "x": [90.0, 90.0, 80.0]})
    moves = composite_score(wide, weights={"x": 100}).moves
    losing = moves[~moves["gains"]].set_index("court")["change_needed"]
    assert losing[["a", "b"]].tolist() == [0, 0]
    assert np.isnan(losing["c"])


@pytest.mark.parametrize("way", ["min-max", "z-score", "rank", "target"])
@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_shares_lie_in_bounds_and_can_be_undone(way, direction):
    item = Item("x", 1, direction, way, *((0, 100) if direction == "higher" else (100, 0)))
    value = np.random.default_rng(1).uniform(20, 90, 25)
    shares = shares_of(value, item)
    assert ((shares >= 0) & (shares <= 1)).all()
    better = np.argsort(value if direction == "higher" else -value)
    assert (np.diff(shares[better]) >= 0).all()
    if way != "rank":
        np.testing.assert_allclose(value_for(shares, value, item), value)


@pytest.mark.usefixtures("few_are_enough")
def test_geometric_lets_no_strength_make_up_for_nothing():
    rows = tidy(a=(100, 50), b=(75, 75), c=(50, 100))
    assert composite_score(rows, weights=WEIGHTS).table["court"].iloc[0] == "a"
    table = composite_score(rows, weights=WEIGHTS, aggregation="geometric").table
    assert table["court"].iloc[0] == "b"
    assert table.set_index("court")["score"]["a"] == 0


@pytest.mark.usefixtures("few_are_enough")
def test_one_court_and_equal_courts():
    assert composite_score(tidy(a=(90, 80)), weights=WEIGHTS).table[["score", "rank"]].values.tolist() == [[100, 1]]
    assert composite_score(tidy(a=(90, 80), b=(90, 80)), weights=WEIGHTS).table["rank"].tolist() == [1, 1]


def test_seed_is_an_argument(many):
    one, two = (composite_score(many, weights=WEIGHTS, seed=s).sensitivity for s in (1, 1))
    pd.testing.assert_frame_equal(one, two)


def test_what_is_refused(many, tmp_path):
    for call in (
        {"weights": {"closing_rate": 1}},
        {"weights": {"closure_rate": -1}},
        {"weights": {"closure_rate": 0}},
        {"weights": WEIGHTS, "normalisation": "logit"},
        {"weights": WEIGHTS, "aggregation": "harmonic"},
        {"weights": WEIGHTS, "directions": {"closure_rate": "up"}},
        {"weights": WEIGHTS, "level": 95},
        {},
    ):
        with pytest.raises(ArgumentError):
            composite_score(many, **call)
    with pytest.raises(DataError):
        composite_score(pd.concat([many, many]), weights=WEIGHTS)
    with pytest.raises(InputError, match="example-2011"):
        read_scheme("example-2012")
    broken = tmp_path / "broken.toml"
    broken.write_text("[indicators", encoding="utf-8")
    with pytest.raises(InputError):
        read_scheme(broken)
    with pytest.raises(InputError):
        read_scheme({"indicators": {"x": {"weight": 1, "normalisation": "target"}}})
    with pytest.raises(InputError, match=r"^评分方案有误"):
        read_scheme({"weights": {}})


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({}, "weight"),
        ({"weight": "thirty"}, "thirty"),
        ({"weight": 1, "weigth": 2}, "weigth"),
        ({"weight": 1, "direction": "up"}, "up"),
        ({"weight": 1, "normalisation": "bands", "bands": [["x", 1]]}, "bands"),
        ({"weight": 1, "normalisation": "bands", "bands": [95, 90]}, "bands"),
        ({"weight": 1, "normalisation": "bands", "bands": [[95, 30], [90, 20]]}, "0与1"),
        ({"weight": 1, "normalisation": "bands", "bands": [[90, 1.0], [95, 0.5]]}, "更好的限值"),
        ({"weight": 1, "normalisation": "target", "target": "九十"}, "九十"),
        ({"weight": 1, "direction": "lower", "normalisation": "target", "target": 90, "floor": 50}, "高于"),
        (30, "indicators.x"),
    ],
)
def test_a_scheme_that_cannot_mean_what_it_says_is_refused(entry, said):
    with pytest.raises(InputError, match=said):
        read_scheme({"indicators": {"x": entry}})


def test_all_that_is_wrong_with_a_scheme_is_told_at_once(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        'aggregation = "mean"\n[indicators.a]\nweight = "x"\n[indicators.b]\nweight = -1\n'
        "[bonus.a]\ncap = 3\n[deduction.c]\npoints = -5\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as error:
        read_scheme(own)
    for language in ("zh", "en"):
        with speaking(language):
            for part in ("own.toml", "mean", "x", "-1", "points", "-5"):
                assert part in str(error.value)


@pytest.mark.full
def test_statistical_ranks_from_counts_cover_and_hold_the_rank():
    """Courts of one skill: the confidence set of each rank holds every rank, about 95 times of 100."""
    rng, held = np.random.default_rng(11), []
    for run in range(4):
        n = rng.integers(80, 800, 12)
        x = rng.binomial(n, 0.9)
        rows = pd.DataFrame({"court": [f"c{i}" for i in range(12)], "indicator": "closure_rate", "value": 100 * x / n})
        scheme = {"indicators": {"closure_rate": {"weight": 100, "normalisation": "target", "floor": 0, "target": 100}}}
        table = composite_score(rows.assign(numerator=x, denominator=n), scheme=scheme, draws=50, seed=run).table
        held.append(((table["rank_lower"] == 1) & (table["rank_upper"] == 12)).mean())
        assert ((table["both_lower"] <= table["rank_lower"]) & (table["rank_upper"] <= table["both_upper"])).all()
        assert table["rank"].between(table["rank_lower"], table["rank_upper"]).all()
    assert np.mean(held) > 0.8


@pytest.mark.usefixtures("few_are_enough")
def test_large_courts_far_apart_are_told_apart():
    rows = tidy(a=(99, 90), b=(95, 80), c=(90, 70)).assign(standard_error=0.1)
    table = composite_score(rows, weights=WEIGHTS).table
    assert table[["rank_lower", "rank_upper"]].values.tolist() == [[1, 1], [2, 2], [3, 3]]


@pytest.mark.full
@pytest.mark.parametrize(
    "tells", [{}, {"level": ["基层", "中院"]}, {"period_end": ["2010-12-31", "2011-12-31"]}, {"definition": ["a", "b"]}]
)
def test_no_ranks_among_fewer_than_ten_courts_or_courts_that_differ_in_what_they_count(tells, many):
    few = 30 if tells else 27  # three rows a court
    rows = many.iloc[:few].assign(standard_error=1.0)
    mixed = rows.assign(**{name: [parts[at // 3 % 2] for at in range(few)] for name, parts in tells.items()})
    score = composite_score(mixed, weights=WEIGHTS)
    assert score.table[list(composite.PLACES)].isna().all(axis=None)
    assert score.table["court"].tolist() == rows["court"].unique().tolist()
    assert score.table["score"].notna().all()
    assert score.sensitivity.empty
    assert score.moves.empty
    assert score.leave_one_out["rank"].isna().all()
    assert score.alternatives["rank"].isna().all()
    assert "不排名次" in score.caption.zh
    assert "no ranks" in score.caption.en
    alike = rows.assign(**{name: parts[0] for name, parts in tells.items()}) if tells else many.iloc[:30]
    assert composite_score(alike, weights=WEIGHTS).table["rank"].notna().all()


def test_gates_and_items_scored_by_hand():
    """Shanghai 2005: 95 points in all, and each of the indicators reached."""
    scheme = {
        "indicators": {"closure_rate": {"weight": 90, "normalisation": "target", "floor": 0, "target": 95}},
        "hand": {"archives": {"weight": 10}},
        "gates": {"score": 95, "closure_rate": 96},
    }
    rows = pd.DataFrame({"court": list("abc"), "closure_rate": [96, 95, 96], "archives": [8, 10, 2]})
    table = composite_score(rows, scheme=scheme).table.set_index("court")
    assert table["archives"].to_dict() == {"a": 8, "b": 10, "c": 2}
    assert table["passed"].to_dict() == {"a": True, "b": False, "c": False}
    assert table["gates_missed"].to_dict() == {"a": "", "b": "closure_rate", "c": "score"}
    with pytest.raises(InputError, match="closing_rate"):
        composite_score(rows, scheme=scheme | {"gates": {"closing_rate": 1}})
    with pytest.raises(InputError, match="谁也达不到"):
        composite_score(rows, scheme=scheme | {"gates": {"score": 120}})


def test_points_that_add_up_to_a_gate_pass_it():
    """Of points of two decimals that make 95, one sum in twelve is 94.999… in the machine's binary."""
    items = {
        name: {"weight": w, "normalisation": "target", "target": 100}
        for name, w in zip("abcd", (30, 30, 20, 20), strict=True)
    }
    rng = np.random.default_rng(0)
    cents = rng.integers(9000, 10001, (4000, 3))
    last = (950_000 - cents @ np.array([30, 30, 20])) / 20
    right = (last % 1 == 0) & (last <= 10_000)
    rows = pd.DataFrame(np.column_stack([cents, last])[right] / 100, columns=list("abcd")).assign(
        court=range(right.sum())
    )
    assert right.sum() > 500
    scored = composite_score(rows, scheme={"indicators": items, "gates": {"score": 95}}, draws=1).table
    assert scored["passed"].all()


def test_an_indicator_may_be_a_gate_alone_and_points_by_hand_keep_to_their_weight():
    scheme = {
        "indicators": {
            "closure_rate": {"weight": 90, "normalisation": "target", "target": 95},
            "petitions": {"weight": 0, "direction": "lower"},
        },
        "hand": {"archives": {"weight": 10}},
        "gates": {"petitions": 3},
    }
    rows = pd.DataFrame({"court": list("abc"), "closure_rate": 95, "petitions": [3, 4, None], "archives": 10})
    table = composite_score(rows, scheme=scheme).table.set_index("court")
    assert table["passed"].tolist() == [True, False, False]
    assert table["score"].tolist() == [100, 100, 100]
    with pytest.raises(DataError, match="95"):
        composite_score(rows.assign(archives=[9.5, 95, 9]), scheme=scheme)


def test_min_max_says_that_one_bad_court_moves_the_others(many):
    assert "一家很差的法院" in composite_score(many, weights=WEIGHTS).caption.zh
    assert "一家很差的法院" not in composite_score(many, weights=WEIGHTS, normalisation="rank").caption.zh


@pytest.mark.parametrize("way", ["min-max", pytest.param("z-score", marks=pytest.mark.full)])
def test_of_courts_that_are_alike_sets_hold_every_rank(way, monkeypatch):
    """Scales that the courts make themselves must not hide chance: where nothing differs 95% of the sets hold all ranks."""
    monkeypatch.setattr(score_ranks, "WEIGHTINGS", 1)
    rng, held = np.random.default_rng(6), []
    scheme = Scheme("s", NO_TEXT, NO_TEXT, (Item("rate", 100, "higher", way),))
    for seed in range(30):
        values = pd.DataFrame({"rate": rng.normal(80, 2, 10)})
        sets = rank_sets(values, values * 0 + 2.0, np.zeros(10), scheme, level=0.95, seed=seed)
        held.append((sets["rank_lower"].eq(1) & sets["rank_upper"].eq(10)).mean())
    assert np.mean(held) > 0.9


@pytest.mark.parametrize(
    "item",
    [
        Item("rate", 100, "higher", "target", 50, 90),
        pytest.param(Item("rate", 100, "higher", "bands", bands=((80.0, 0.5), (90.0, 1.0))), marks=pytest.mark.full),
    ],
)
def test_courts_at_a_target_are_not_told_apart_by_which_of_them_chance_put_over_it(item, monkeypatch):
    monkeypatch.setattr(score_ranks, "WEIGHTINGS", 1)
    rng, held = np.random.default_rng(7), []
    scheme = Scheme("s", NO_TEXT, NO_TEXT, (item,))
    for seed in range(20):
        values = pd.DataFrame({"rate": rng.normal(90, 2, 10)})
        sets = rank_sets(values, values * 0 + 2.0, np.zeros(10), scheme, level=0.95, seed=seed)
        held.append((sets["rank_lower"].eq(1) & sets["rank_upper"].eq(10)).mean())
    assert np.mean(held) > 0.93


def test_points_by_rank_have_no_statistical_sets():
    scheme = Scheme("s", NO_TEXT, NO_TEXT, (Item("rate", 100, "higher", "rank"),))
    values = pd.DataFrame({"rate": [80.0, 85.0, 90.0]})
    assert rank_sets(values, values * 0 + 1.0, np.zeros(3), scheme, level=0.95, seed=0).isna().all(axis=None)


def test_definitions_of_ones_own_and_choices_bear_their_names(many):
    data = many.replace({"closure_rate": "own_rate"})
    data.attrs["own_definitions"] = {"own/own_rate": ("own_rate", "执结率", "own rate", "higher", "wilson")}
    score = composite_score(data, weights=dict.fromkeys(data["indicator"].unique(), 1), draws=50)
    for table in (score.leave_one_out, score.moves, score.alternatives):
        shown = re.sub(r'title="[^"]*"', "", table_html(table))
        assert "own_rate" not in shown
        assert "arithmetic" not in shown
    assert "执结率" in table_html(score.table)
