"""Sums of amounts of one's own: attacked by linear and whole-number programming from outside and by every contributor."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

import analysis as an

WITHIN = 0.10


def says_too_much(amounts) -> bool:
    """The rules, written out for one sum."""
    known, total = sorted(amounts, reverse=True), sum(amounts)
    return len(known) < 3 or (total > 0 and (known[0] > 0.75 * total or total - sum(known[:2]) < WITHIN * known[0]))


def inside(pairs, figure, by):
    return np.all([(pairs[key] == figure[key]) | (figure[key] == "合计") for key in by], axis=0)


def told(rows, by, *, whole):
    """Every sum left out, and every part of one, that a reader knows to within 10%: each amount free to be another, but the reader's own."""
    table = an.suppress_dominated(rows, by=by, amount="paid", contributor="who")
    pairs = rows.groupby([*by, "who"], as_index=False)["paid"].sum()
    paid, figures = pairs["paid"].to_numpy(float), table.to_dict("records")
    over = np.array([inside(pairs, figure, by) for figure in figures], dtype=float)
    shown = table["paid"].notna().to_numpy()
    fixed = LinearConstraint(over[shown], over[shown] @ paid, over[shown] @ paid) if shown.any() else ()
    found = []
    for reader in [None, *pairs["who"].unique()]:
        own = (pairs["who"] == reader).to_numpy()
        bounds = Bounds(np.where(own, paid, 0), np.where(own, paid, np.inf))

        def end(sign, cost, bounds=bounds):
            answer = milp(sign * cost, constraints=fixed, bounds=bounds, integrality=np.full(len(paid), int(whole)))
            return sign * answer.fun if answer.status == 0 else -sign * np.inf

        for mask in over:
            whose = pairs.assign(paid=paid * mask)[mask > 0].groupby("who")["paid"].sum()
            secrets = [mask * (pairs["who"] == who).to_numpy() for who in whose.index if who != reader]
            if says_too_much(whose) and whose.get(reader, 0) < whose.max():
                secrets.append(mask)
            for secret in (secret for secret in secrets if secret @ paid > 0):
                amount = secret @ paid
                margin = np.ceil(WITHIN * amount) if whole else WITHIN * amount
                least, most = end(1, secret), end(-1, secret)
                if most < amount + margin - 1e-6 or least > max(amount - margin, (secret * own) @ paid, 0) + 1e-6:
                    found.append((reader, amount, least, most))
    return found


def amounts_of(seed, number, people, whole):
    rng = np.random.default_rng(seed)
    paid = np.exp(rng.normal(3, 1.5, number))
    return pd.DataFrame({
        "team": rng.choice(list("甲乙丙"), number), "year": rng.choice([2010, 2011], number), "who": rng.integers(0, people, number),
        "paid": np.ceil(paid) if whole else paid.round(2),
    })  # fmt: skip


@pytest.mark.parametrize("by", [["team", "year"], pytest.param(["team"], marks=pytest.mark.full)])
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.full)])
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.full)])
def test_nobody_knows_what_another_has_in_a_sum_nor_a_sum_left_out(seed, whole, by):
    rows = amounts_of(seed, 14, 8, whole)
    assert told(rows, by, whole=whole) == []


@pytest.mark.full
@pytest.mark.parametrize("seed", range(2, 10))
def test_nobody_knows_more_of_larger_tables(seed):
    rows = amounts_of(seed, 24, (6, 12, 24)[seed % 3], seed % 2 == 0)
    assert told(rows, ["team", "year"], whole=seed % 2 == 0) == []


@pytest.mark.full
def test_the_attack_finds_what_one_sum_left_out_alone_would_tell(monkeypatch):
    monkeypatch.setattr("analysis.measures.dominance._left_out", lambda _held, too_much, _within: too_much)
    rows = pd.DataFrame(
        {"team": list("甲甲甲乙乙乙丙丙丙"), "who": range(9), "paid": [50, 30, 40, 90, 6, 4, 20, 20, 30.0]}
    )
    assert told(rows, ["team"], whole=False)


def test_two_who_are_alone_in_their_sums_do_not_hide_each_other():
    """Each knows the own amount, and so would know the other's from the total of the two."""
    rows = pd.DataFrame({"team": list("甲乙丙丙丙丙"), "paid": [50, 60, 40, 45, 50, 55]})
    assert an.suppress_dominated(rows, by="team", amount="paid")["paid"].isna().tolist() == [True, True, True, False]


def test_one_who_is_alone_in_two_sums_is_hidden_by_a_third():
    """What the two have together is the total less the third: the sum of one person."""
    rows = pd.DataFrame({"team": list("甲乙丙丙丙丙"), "who": [1, 1, 2, 3, 4, 5], "paid": [50, 60, 40, 45, 50, 55]})
    shown = an.suppress_dominated(rows, by="team", amount="paid", contributor="who")
    assert shown["paid"].isna().tolist() == [True, True, True, False]


def test_what_was_left_out_first_is_shown_again_where_the_total_has_to_go():
    rows = pd.DataFrame({
        "team": list("丙丙丙丙乙乙乙乙乙甲甲"), "who": [2, 3, 4, 6, 0, 3, 5, 6, 7, 3, 7], "paid": [76, 1, 2, 274, 30, 4, 9, 14, 3, 2, 1],
    })  # fmt: skip
    shown = an.suppress_dominated(rows, by="team", amount="paid", contributor="who").set_index("team")["paid"]
    assert shown.dropna().to_dict() == {"乙": 60}


def test_where_nothing_says_too_much_all_is_shown_with_its_totals():
    rows = pd.DataFrame(
        [(t, y, 10.5) for t in "甲乙" for y in (2010, 2011) for _ in range(20)], columns=["team", "year", "paid"]
    )
    shown = an.suppress_dominated(rows, by=["team", "year"], amount="paid")
    assert shown["team"].tolist() == [*"甲甲乙乙", "甲", "乙", "合计", "合计", "合计"]
    assert shown["year"].tolist() == [2010, 2011, 2010, 2011, "合计", "合计", 2010, 2011, "合计"]
    assert shown["paid"].tolist() == [210, 210, 210, 210, 420, 420, 420, 420, 840]
    assert shown.attrs["suppressed"] == 0
    with an.speaking("en"):
        assert an.suppress_dominated(rows, by="team", amount="paid")["team"].tolist() == ["甲", "乙", "total"]


def test_one_group_in_three_spellings_is_one():
    rows = pd.DataFrame({"team": ["甲Ａ", "甲A ", "甲a", "乙", "乙", "乙"], "paid": [4, 5, 6, 4, 5, 6]})
    assert an.suppress_dominated(rows, by="team", amount="paid").values.tolist() == [
        ["甲Ａ", 15],
        ["乙", 15],
        ["合计", 30],
    ]


def test_one_contributor_in_three_spellings_is_one():
    rows = pd.DataFrame({"team": list("甲甲甲乙乙乙乙"), "who": ["张三", "张三 ", "张　三", *"李王赵钱"], "paid": 40})
    shown = an.suppress_dominated(rows, by="team", amount="paid", contributor="who")
    assert shown["paid"].isna().tolist() == [True, True, False]


def test_large_sums_keep_their_fen_and_the_table_says_why_sums_are_left_out():
    rows = pd.DataFrame(
        {"team": list("甲甲甲乙乙乙丙丙丙"), "paid": np.array([50, 30, 40, 90, 6, 4, 20, 20, 30]) * 3e8 + 0.11}
    )
    shown = an.suppress_dominated(rows, by="team", amount="paid")
    assert shown["paid"].dropna().tolist() == [36000000000.33, 87000000000.99]
    assert [note.startswith("2个合计不出") for note in shown.attrs["notes"]] == [True]
    assert an.suppress_dominated(rows.assign(paid=40), by="team", amount="paid").attrs["notes"] == []


def test_a_column_that_stands_twice_is_refused():
    rows = pd.DataFrame([["甲", "乙", 1]], columns=["team", "team", "paid"])
    with pytest.raises(an.CourtAnalysisError, match="不止一次"):
        an.suppress_dominated(rows, by="team", amount="paid")


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(0, 5), st.integers(0, 300)), min_size=1, max_size=25))
@pytest.mark.full
def test_what_is_shown_is_right_and_says_too_little_and_no_group_is_left_out_alone(given_rows):
    rows = pd.DataFrame(given_rows, columns=["team", "who", "paid"])
    shown = an.suppress_dominated(rows, by="team", amount="paid", contributor="who").set_index("team")["paid"]
    groups = {team: part.groupby("who")["paid"].sum() for team, part in [*rows.groupby("team"), ("合计", rows)]}
    assert {*shown.index} == {*groups}
    for team, value in shown.dropna().items():
        assert value == groups[team].sum()
        assert not says_too_much(groups[team])
    assert shown.isna().sum() != 1


@pytest.mark.parametrize(
    ("change", "asked", "said"),
    [
        ({"paid": [-5, 1, 2]}, {}, "负数"),
        ({"paid": [None, 1, 2]}, {}, "缺失"),
        ({"paid": ["1,000", 1, 2]}, {}, "不是数字"),
        ({"paid": [np.inf, 1, 2]}, {}, "不是数字"),
        ({"team": ["甲", None, "乙"]}, {}, "缺失"),
        ({"who": [1, None, 2]}, {"contributor": "who"}, "缺失"),
        ({"team": ["甲", "甲", " "]}, {}, "缺失"),
        ({"who": ["a", "", "b"]}, {"contributor": "who"}, "缺失"),
        ({"team": ["甲", "乙", "合计"]}, {}, "合计行会重复计算"),
        ({"team": ["甲", "乙", "总 计"]}, {}, "合计行会重复计算"),
        ({"team": ["甲", "乙", "Total"]}, {}, "合计行会重复计算"),
        ({}, {"by": "tem"}, "是否想写“team”"),
        ({}, {"by": ["team", "paid"]}, "不能是金额栏目"),
        ({}, {"within": 10}, "within"),
        ({}, {"minimum": 0}, "minimum"),
    ],
)
def test_what_the_rules_do_not_hold_for_is_refused(change, asked, said):
    rows = pd.DataFrame({"team": ["甲", "甲", "乙"], "who": [1, 2, 3], "paid": [1, 2, 3]}).assign(**change)
    with pytest.raises(an.CourtAnalysisError, match=said):
        an.suppress_dominated(rows, **{"by": "team", "amount": "paid", **asked})


def test_groups_too_fine_to_be_decided_are_refused_in_words(monkeypatch):
    monkeypatch.setattr("analysis.measures.dominance.MOST_WORLDS", 0)
    rows = pd.DataFrame({"team": ["甲"] * 3 + ["乙"] * 4 + ["丙"] * 5, "amount": [90, 6, 4, *[30] * 4, *[14] * 5]})
    with pytest.raises(an.DataError, match="合并一些组"):
        an.suppress_dominated(rows, by="team", amount="amount")
