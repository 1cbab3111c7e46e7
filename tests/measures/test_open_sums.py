"""Sums of money: attacked by subtraction and linear programming over groups, quarters, years, calendars, definitions and documents."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

import analysis as an
from analysis.measures.open_sums import outweighed_sums


def says_too_much(amounts) -> bool:
    """The two rules, written out for one sum."""
    known = sorted((abs(a) for a in amounts), reverse=True)
    total = sum(known)
    if 0 < len(known) < 3:
        return True
    return total > 0 and (known[0] > 0.75 * total or total - sum(known[:2]) < 0.1 * known[0])


@pytest.mark.parametrize("seed", range(5))
def test_the_rules_of_many_sums_are_those_of_each(seed):
    rng = np.random.default_rng(seed)
    amounts, group = np.round(np.exp(rng.normal(3, 2, 200))), rng.integers(0, 60, 200)
    amounts[rng.random(200) < 0.3] = 0
    expected = [says_too_much(amounts[group == g]) for g in range(60)]
    assert outweighed_sums(amounts, group, 60).tolist() == expected
    assert 0 < sum(expected) < 60
    # of sums of cases less is known, so no more is shown
    of_sums = outweighed_sums(amounts, group, 60, number=np.ones(200), largest=amounts)
    assert (of_sums >= np.array(expected)).all()


def frame(seed=3, n=260, **columns) -> pd.DataFrame:
    """Two years of a court of our own: English words, two officers, team C of one; a claim of 4 million in team A in May 2016."""
    rng = np.random.default_rng(seed)
    filed = pd.Timestamp("2015-01-05") + pd.to_timedelta(rng.integers(0, 700, n), unit="D")
    closed = filed + pd.to_timedelta(rng.integers(5, 200, n), unit="D")
    claimed = np.round(np.exp(rng.normal(10, 1, n)), 2)
    found = pd.DataFrame({
        "case_no": [f"ENF-{i}" for i in range(n)], "filed_on": filed, "closed_on": closed, "team": rng.choice(list("ABC"), n, p=[0.2, 0.5, 0.3]),
        "officer": rng.choice(["Amara Okafor", "Jonas Lindqvist"], n), "basis": rng.choice(["civil", "criminal"], n), "amount_claimed": claimed,
        "amount_recovered": np.where(rng.random(n) < 0.7, claimed, 0.0), "court": "Northfield",
        "closure_mode": rng.choice(["completed", "settled", "terminated_this_round"], n),
    })  # fmt: skip
    found.loc[found["team"] == "C", "officer"] = "Jonas Lindqvist"
    found.loc[0, ["team", "filed_on", "closed_on", "amount_claimed", "amount_recovered"]] = [
        "A",
        pd.Timestamp("2016-04-04"),
        pd.Timestamp("2016-05-09"),
        4e6,
        4e6,
    ]
    return found.assign(**columns)


def register(**columns) -> an.Cases:
    return an.Cases.from_frames(frame(**columns), as_of="2016-12-31")


def figures(cases: an.Cases, names: bool = False, **asked) -> pd.DataFrame:
    return an.indicators(cases, definitions="fujin-2012", only=["amount_closed", "recovery_rate"], names=names, **asked)


SPANS = [("2015-01", "2015-03"), ("2015-01", "2015-09"), ("2016-04", "2016-06"), ("2015-01", "2016-12"), ("2015-02-10", "2015-07-07")]  # fmt: skip


OF_CIVIL_CASES = """[set]
id = "own"
zh = "本院口径"
en = "our own"

[[indicator]]
id = "civil_recovered"
zh = "民事案件到位金额"
en = "recovered in civil cases"
kind = "money"
numerator = "amount_recovered"
include = { basis = "civil" }
unit = "万元"
confidence = "P"
"""


AVERAGE = """[set]
id = "own"
zh = "本院口径"
en = "our own"

[[indicator]]
id = "average_claim"
zh = "件均标的"
en = "average claim"
kind = "rate"
numerator = "amount_closed"
denominator = "closed"
unit = "万元/件"
interval = "over-cases"
"""


@pytest.mark.parametrize(("largest", "tells"), [(4e6, True), (9e4, False)])
def test_limits_of_an_average_of_which_the_largest_claim_would_follow_are_not_shown(tmp_path, largest, tells):
    (tmp_path / "own.toml").write_text(AVERAGE, encoding="utf-8")
    rows = frame()
    rows.loc[0, "amount_claimed"] = largest
    asked = {"periods": [2016], "definitions": tmp_path / "own.toml"}
    cases = an.Cases.from_frames(rows, as_of="2016-12-31")
    outside, inside = (an.indicators(cases, **asked, names=names).iloc[0] for names in (False, True))
    assert inside[["lower", "upper"]].notna().all()
    assert outside[["lower", "upper"]].isna().all() == tells
    assert outside["value"] == inside["value"], "the average itself is that of a sum that may be shown"
    assert ("largest claim could be worked out" in outside["note"]) == tells


def every_sum(cases: an.Cases, rows: pd.DataFrame) -> list[tuple[str, np.ndarray, float]]:
    """All sums of money that can be had outside: of what (claims, recovered), over which cases, how much (yuan)."""
    known = []
    has_claim, has_both = (
        rows["amount_claimed"].notna(),
        rows[["amount_claimed", "amount_recovered"]].notna().all(axis=1),
    )
    of = {
        "amount_closed": [("amount_claimed", "value", has_claim)],
        "amount_recovered": [("amount_recovered", "value", rows["amount_recovered"].notna())],
        "recovery_rate": [("amount_recovered", "numerator", has_both), ("amount_claimed", "denominator", has_both)],
    }
    for by in ([], ["court"]):
        for calendar in ("calendar-year", "dec-21"):
            table = an.indicators(
                cases,
                periods=[2015, 2016, *SPANS],
                calendar=calendar,
                by=by,
                definitions="fujin-2012",
                only=list(of),
            )
            for row in table.to_dict("records"):
                inside = rows["closed_on"].between(row["period_start"], row["period_end"])
                for column, part, has in of[row["indicator"]]:
                    if pd.notna(row[part]):
                        known.append((column, (inside & has).to_numpy(), 1e4 * row[part]))
    return known


@pytest.mark.parametrize(
    ("seed", "blanks"),
    [
        pytest.param(0, 0, marks=pytest.mark.full),
        pytest.param(1, 1, marks=pytest.mark.full),
        pytest.param(2, 2, marks=pytest.mark.full),
        (2, 9),
    ],
)
def test_nobody_who_knows_one_case_learns_another_from_all_that_is_shown(seed, blanks):
    """Against every case, the largest, the smallest and those with a blank beside it: by linear programming over all sums together."""
    rng = np.random.default_rng(seed)
    rows = frame(seed, n=120)
    rows.loc[rng.choice(np.arange(1, 120), blanks, replace=False), "amount_recovered"] = np.nan
    if seed == 2:
        rows.loc[0, ["amount_claimed", "amount_recovered"]] = 9e4
    rows.loc[rows["closed_on"] > "2016-12-31", ["closed_on", "closure_mode"]] = None
    known = every_sum(an.Cases.from_frames(rows, as_of="2016-12-31"), rows)
    assert known or seed != 2
    for column in ("amount_claimed", "amount_recovered"):
        sums = {over.tobytes(): (over, value) for of, over, value in known if of == column}
        amounts = rows[column].to_numpy()
        for over, value in sums.values():
            assert value == pytest.approx(np.nansum(amounts[over]))
        if not sums:
            continue
        forms = np.array([over for over, _ in sums.values()], dtype=float)
        kinds, place = np.unique(forms.T, axis=0, return_inverse=True)  # cases that lie in the same sums
        values = np.array([value for _, value in sums.values()])
        for kind in np.flatnonzero(kinds.any(axis=1)):
            own = np.sort(amounts[(place.ravel() == kind) & ~np.isnan(amounts)])[::-1]
            target = own[0] if len(own) else 0.0
            for other in range(len(kinds)):
                theirs = np.sort(amounts[(place.ravel() == other) & ~np.isnan(amounts)])[::-1]
                knows = (
                    theirs[1]
                    if other == kind and len(theirs) > 1
                    else theirs[0]
                    if other != kind and len(theirs)
                    else 0.0
                )
                most = linprog(
                    -np.eye(len(kinds))[kind], A_eq=kinds.T, b_eq=values - knows * kinds[other], bounds=(0, None)
                )
                assert most.status == 3 or -most.fun >= 1.1 * target - 1e-6


@pytest.mark.parametrize("path", ["counted", pytest.param("jit", marks=pytest.mark.full)])
def test_a_register_that_is_counted_shows_no_sum_that_one_handed_over_hides(path, tmp_path, monkeypatch):
    """Of claims of a band some are met in full, of which the band tells, and others in part."""
    rng = np.random.default_rng(1)
    courts = []
    for name in range(60):
        number = rng.integers(3, 25)
        claims = rng.lognormal(10, rng.uniform(0.3, 2.2), number).round(2)
        paid = np.where(rng.random(number) < rng.uniform(0.1, 0.9), 1, rng.uniform(0, 1, number))
        courts.append(
            pd.DataFrame({"court": f"C{name}", "amount_claimed": claims, "amount_recovered": (claims * paid).round(2)})
        )
    rows = pd.concat(courts, ignore_index=True).assign(filed_on="2015-02-03", closed_on="2015-06-10")
    rows["case_no"] = [f"（2015）云0199执{i + 1}号" for i in range(len(rows))]
    asked = {
        "periods": [2015],
        "by": "court",
        "definitions": "fujin-2012",
        "only": ["amount_recovered", "recovery_rate"],
    }

    def hidden(cases):
        table = an.indicators(cases, **asked)
        return table.set_index(["court", "indicator"])["value"].isna().sort_index()

    handed_over = hidden(an.Cases.from_frames(rows, as_of="2016-12-31", observed_from="2015-01-01"))
    monkeypatch.setattr("analysis.measures.indicators.case_tally.ROWS_HANDED_OVER", 1)
    cases = an.Cases.from_frames(rows, as_of="2016-12-31", observed_from="2015-01-01")
    if path == "jit":
        pytest.importorskip("numba")
        monkeypatch.setattr("analysis.cases.engine.encoding.MANY_ROWS", 0)
        (tmp_path / "in").mkdir()
        rows.to_parquet(tmp_path / "in" / "cases.parquet")
        an.ingest(tmp_path / "in", tmp_path / "out", as_of="2016-12-31")
        cases = an.read_cases(tmp_path / "out")
    counted = hidden(cases)
    assert (counted >= handed_over).all()
    assert 0 < handed_over.sum() < counted.sum() < len(counted)


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize(("unmet", "is_shown"), [(0, True), (1, False), (2, False), (40, True)])
def test_claims_less_what_was_recovered_do_not_tell_of_the_few_that_were_not_met(unmet, is_shown, listed, monkeypatch):
    """All but one or two claims met in full, as the ways of closing say: the two sums less each other would be those of the two."""
    if not listed:
        monkeypatch.setattr("analysis.measures.indicators.case_tally.ROWS_HANDED_OVER", 1)
    claims = np.random.default_rng(4).uniform(1e4, 2e5, 120).round(2)
    met = np.arange(120) >= unmet
    rows = pd.DataFrame({"amount_claimed": claims, "amount_recovered": np.where(met, claims, 0), "court": "Northfield"})
    rows = rows.assign(
        filed_on="2015-02-03", closed_on="2015-06-10", closure_mode=np.where(met, "completed", "terminated_this_round")
    )
    cases = an.Cases.from_frames(rows, as_of="2016-12-31", observed_from="2015-01-01")
    table = figures(cases, periods=[2015], by="court").set_index("indicator")["value"].notna()
    assert table.to_dict() == {"amount_closed": True, "recovery_rate": is_shown}


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize(
    ("claims", "is_shown"),
    [([9900, 9800, 9850, 9950], False), ([47739, 87309, 87615], False), ([9900, 4800, 7850, 8950], True)],
)
def test_a_sum_near_the_ends_of_the_bands_does_not_tell_its_claims(claims, is_shown, listed, monkeypatch):
    """Four claims below 10,000 yuan that make 39,500 are 9,500 or more each."""
    if not listed:
        monkeypatch.setattr("analysis.measures.indicators.case_tally.ROWS_HANDED_OVER", 1)
    rows = pd.DataFrame(
        {"amount_claimed": claims, "filed_on": "2015-02-03", "closed_on": "2015-06-10", "court": "North"}
    )
    cases = an.Cases.from_frames(rows, as_of="2016-12-31", observed_from="2015-01-01")
    table = figures(cases, periods=[2015], by="court").set_index("indicator")["value"].notna()
    assert not (table["amount_closed"] and not is_shown)
    assert table["amount_closed"] == is_shown or not listed, "rows that are sums may hide more"


EDGES = np.array([0, 1e4, 5e4, 1e5, 5e5, np.inf])


def two_courts_alike_in_all_sums() -> list[an.Cases]:
    """Of the second the largest claim, met in full, is less by 20% or more, and others of its year, mode and outcome more, within their bands."""
    rows = frame().drop(columns="team")
    rows.loc[0, ["amount_claimed", "amount_recovered"]] = 9e5
    others = rows.copy()
    is_met = (rows["amount_recovered"] == rows["amount_claimed"]) & (
        rows["closure_mode"] == rows.loc[0, "closure_mode"]
    )
    given = rows.index[is_met & (rows["closed_on"].dt.year == 2016)].drop(0)
    claims = rows.loc[given, "amount_claimed"].to_numpy()
    more = (0.5 * (EDGES[np.searchsorted(EDGES, claims, side="right")] - claims)).round(2)
    for name in ("amount_claimed", "amount_recovered"):
        others.loc[given, name] = (claims + more).round(2)
        others.loc[0, name] = round(9e5 - more.sum(), 2)
    assert 5e5 <= others.loc[0, "amount_claimed"] <= 0.8 * 9e5
    asked = {"as_of": "2016-12-31", "observed_from": "2015-01-01", "pseudonym_key": b"sixteen bytes and more"}
    return [an.Cases.from_frames(of, **asked) for of in (rows, others)]


def test_courts_alike_in_all_sums_that_may_be_shown_are_told_alike():
    """What single amounts move though no sum does, as a rank, a test or a remark, would tell of them; inside the court it is told."""
    asked = {"period": 2016, "definitions": "fujin-2012"}
    made = {
        names: [an.observations(of, names=names, **asked) for of in two_courts_alike_in_all_sums()]
        for names in (False, True)
    }
    for name in ("table", "key_figures", "mix"):
        pd.testing.assert_frame_equal(*(getattr(found, name) for found in made[False]))
    surprises = [found.table.query("indicator == 'amount_closed'")["surprise"].tolist() for found in made[True]]
    assert surprises[0] != surprises[1]
    both = [figures(of, periods=[2015, 2016]) for of in two_courts_alike_in_all_sums()]
    pd.testing.assert_frame_equal(*both)
    assert both[0]["value"].notna().all()


@pytest.mark.full
@pytest.mark.parametrize(
    ("build", "asked"),
    [
        (an.build_report, {"period": 2016, "formats": ["html", "xlsx"]}),
        (an.build_bulletin, {"period": "2016", "formats": ["html", "xlsx"]}),
        (an.build_data_review, {"to": "2016-12"}),
    ],
)
def test_documents_of_courts_alike_in_all_sums_are_the_same_byte_for_byte(build, asked, tmp_path):
    made = [build(of, out=tmp_path / str(n), **asked).files for n, of in enumerate(two_courts_alike_in_all_sums())]
    assert [path.name for path in made[0]] == [path.name for path in made[1]]
    assert all(one.read_bytes() == other.read_bytes() for one, other in zip(*made, strict=True))


def best_guess_of_the_largest(claims):
    """How far off the second largest may be at most, who knows the sum and by counts in which bands the others lie."""
    place = np.searchsorted(EDGES, claims, side="right") - 1
    bounds = np.c_[EDGES[place], EDGES[place + 1]]
    known = np.argsort(claims)[-2]
    bounds[known] = claims[known]
    largest = np.eye(len(claims))[np.argmax(claims)]
    asked = {"A_eq": np.ones((1, len(claims))), "b_eq": [claims.sum()], "bounds": bounds}
    low, high = linprog(largest, **asked).fun, -linprog(-largest, **asked).fun
    return (high - low) / 2 / claims.max()


@pytest.mark.parametrize("path", ["cases", "counted", "jit"])
@pytest.mark.full
def test_bands_and_a_sum_together_do_not_tell_the_largest_claim(path, tmp_path, monkeypatch):
    """Ten claims of 50,000 to 100,000 yuan leave little room, forty and more do; of claims met in full the same goes for what was recovered."""
    rng = np.random.default_rng(3)
    if path != "cases":
        monkeypatch.setattr("analysis.measures.indicators.case_tally.ROWS_HANDED_OVER", 1)
    shown = []
    for few in (10, 30, 200):
        claims = np.array([3e6, 1.2e6, *rng.uniform(5e4, 9.9e4, few).round(2)])
        filed = pd.date_range("2015-01-01", periods=len(claims))
        rows = {
            "court": "Northfield",
            "filed_on": filed,
            "closed_on": filed + pd.Timedelta(days=60),
            "amount_claimed": claims,
        }
        rows = pd.DataFrame(rows).assign(
            amount_recovered=claims,
            closure_mode="completed",
            case_no=[f"（2015）云0199执{i + 1}号" for i in range(len(claims))],
        )
        cases = an.Cases.from_frames(rows, as_of="2016-12-31", observed_from="2015-01-01")
        if path == "jit":
            pytest.importorskip("numba")
            monkeypatch.setattr("analysis.cases.engine.encoding.MANY_ROWS", 0)
            (tmp_path / str(few)).mkdir()
            rows.to_parquet(tmp_path / str(few) / "cases.parquet")
            an.ingest(tmp_path / str(few), tmp_path / f"{few} out", as_of="2016-12-31")
            cases = an.read_cases(tmp_path / f"{few} out")
        table = figures(cases, periods=[2015], by="court")
        assert len(table) > 1
        assert len(set(table["value"].notna())) == 1
        shown.append(bool(table["value"].notna().all()))
        assert not shown[-1] or best_guess_of_the_largest(claims) >= 0.1
    assert (shown[0], shown[-1]) == (False, True)


@pytest.mark.parametrize("by", ["team", "basis", ["team", "basis"], "closure_mode"])
@pytest.mark.full
def test_no_sum_of_money_is_shown_by_group_and_it_is_said_why(by):
    table = figures(register(), periods=[2015, 2016], by=by)
    assert table.loc[:, ["value", "numerator", "denominator", "lower", "least"]].isna().all(axis=None)
    assert table["note"].str.contains("金额不对外").all()
    assert figures(register(), periods=[2015], by=by, names=True)["value"].notna().any()


@pytest.mark.full
def test_what_was_recovered_does_not_tell_one_claim_that_was_met_in_full_beside_others_of_which_nothing_came():
    """Of the band from 500,000 on one case was performed and ten of the band from 50,000 on: less these beginnings 40,765 is left."""
    claims = [520_000, *(52_000 + 17 * n for n in range(10)), 3_000, 3_100, 3_200, 3_300]
    rows = pd.DataFrame({"filed_on": "2011-02-03", "closed_on": "2011-05-10", "amount_claimed": claims})
    rows["amount_recovered"] = rows["amount_claimed"].where(rows["amount_claimed"] > 5_000, 0)
    rows["closure_mode"] = np.where(rows["amount_recovered"] > 0, "completed", "terminated_this_round")
    cases = an.Cases.from_frames(rows, as_of="2011-12-31", observed_from="2011-01-01")
    asked = {"periods": [2011], "definitions": "fujin-2012"}
    performed = an.indicators(cases, by="amount_band", only="actual_enforcement_rate", **asked)
    assert performed.set_index("amount_band").loc["above_500k", "numerator"] == 1
    assert an.indicators(cases, only="amount_recovered", **asked)["value"].isna().all()
    assert an.indicators(cases, only="amount_recovered", names=True, **asked)["value"].notna().all()


@pytest.mark.full
def test_the_courts_own_total_is_shown_of_years_unless_one_case_outweighs_it():
    cases = register()
    assert figures(cases, periods=[2015, 2016])["value"].notna().all()
    assert figures(cases, periods=[("2015-01-01", "2016-12-31")])["value"].notna().all()
    assert figures(cases, periods=SPANS[:3])["value"].isna().all()
    larger = frame()["amount_claimed"].replace(4e6, 9e8)
    years = figures(register(amount_claimed=larger), periods=[2015, 2016, ("2015-01-01", "2016-12-31")])
    assert years.query("indicator == 'amount_closed'")["value"].notna().tolist() == [True, False, False]


def test_a_blank_does_not_give_a_claim_away():
    """One closing without the amount recovered: the sum of all claims less that of the rate would be its claim."""
    recovered = frame()["amount_recovered"].copy()
    recovered[frame()["closed_on"].dt.year.eq(2015).idxmax()] = np.nan
    table = figures(register(amount_recovered=recovered), periods=[2015]).set_index("indicator")
    assert table["value"].notna().to_dict() == {"amount_closed": True, "recovery_rate": False}


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize(
    ("lacking", "blanks", "is_shown"),
    [("recovered", 1, False), ("claimed", 1, False), ("recovered", 0, True), ("recovered", 40, True)],
)
def test_all_claims_less_all_that_was_recovered_do_not_tell_of_a_closing_that_lacks_one(
    lacking, blanks, is_shown, listed, monkeypatch
):
    """All others were met in full: the rate is left out, but the two sums less each other would be the one claim."""
    if not listed:
        monkeypatch.setattr("analysis.measures.indicators.case_tally.ROWS_HANDED_OVER", 1)
    rows = pd.DataFrame({"filed_on": "2015-02-03", "closed_on": "2015-06-10", "court": "Northfield"}, index=range(120))
    rows["amount_claimed"] = rows["amount_recovered"] = np.random.default_rng(4).uniform(1e4, 2e5, 120).round(2)
    rows.loc[: blanks - 1, f"amount_{lacking}"] = np.nan
    cases = an.Cases.from_frames(rows, as_of="2016-12-31", observed_from="2015-01-01")
    table = an.indicators(
        cases, periods=[2015], by="court", definitions="fujin-2012", only=["amount_closed", "amount_recovered"]
    )
    shown = table.set_index("indicator")["value"].notna()
    assert shown.to_dict() == {"amount_closed": True, "amount_recovered": is_shown}


@pytest.mark.full
def test_bounds_of_a_sum_do_not_tell_the_claim_of_a_case_that_may_be_closed(tmp_path):
    """A closing date that cannot be read: with the case the sum would be that much more."""
    rows = [f"（2014）黑0882执{i}号,2014-02-03,2014-06-05,和解,{1000 + 37 * i},{500 + 11 * i}" for i in range(40)]
    rows.append("（2014）黑0882执77号,2014-02-03,2014-15-45,和解,7777.77,6543.21")
    header = "案号,立案日期,结案日期,结案方式,申请执行标的额,实际到位金额"
    (tmp_path / "台账.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    cases = an.read_cases(tmp_path / "台账.csv", as_of="2014-12-31")
    asked = {"definitions": "fujin-2012", "only": ["amount_closed", "amount_recovered", "recovery_rate", "closed"]}
    outside, inside = (
        an.indicators(cases, periods=[2014], names=names, **asked).set_index("indicator") for names in (False, True)
    )
    money = ["amount_closed", "amount_recovered", "recovery_rate"]
    assert outside.loc[money, ["value", "numerator", "least", "most"]].isna().all(axis=None)
    assert outside.loc[money, "note"].str.contains("not known whether they are closed").all()
    assert outside.loc["closed", ["least", "most"]].tolist() == [40, 41]
    assert inside.loc["amount_closed", "most"] - inside.loc["amount_closed", "least"] == pytest.approx(0.777777)
    assert not outside.loc["recovery_rate", "note"].count("once filled in")


@pytest.mark.full
@pytest.mark.parametrize("column", ["court", "court_code"])
def test_of_several_courts_the_total_is_shown_where_each_of_them_may_be(column):
    """Every difference between the total and courts is a sum of courts that may be shown."""
    names = {"court": {"court": np.arange(260) % 3}, "court_code": {"court": None, "court_code": np.arange(260) % 3}}
    cases = register(
        **{name: value if value is None else [f"Court {v}" for v in value] for name, value in names[column].items()}
    )
    asked = {"periods": [2015, 2016, ("2015-01-01", "2016-12-31"), *SPANS[:2]]}
    total, each = figures(cases, **asked), figures(cases, by=column, **asked)
    key = ["period_start", "period_end", "indicator"]
    of_each = each.groupby(key)["numerator"].agg([lambda known: known.notna().all(), "sum"])
    for row in total.set_index(key)[["value", "numerator"]].itertuples():
        is_open, added = of_each.loc[row.Index]
        assert pd.notna(row.value) == is_open, row.Index
        assert not is_open or row.numerator == pytest.approx(added)
    assert total["value"].notna().any()
    assert total["value"].isna().any()


@pytest.mark.parametrize("seeds", [(1, 12), pytest.param(range(40), marks=pytest.mark.full)])
def test_what_the_total_leaves_of_the_courts_shown_says_no_more_of_one_case_than_they(seeds):
    """Three courts, one of few cases or with one case that outweighs it: never is its sum what the others leave of the total."""
    shown = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        rows = frame(seed, n=150).drop(index=0)
        rows["court"] = rng.choice(["North", "South", "West"], 149, p=[0.6, 0.3, 0.1])
        rows.loc[rng.choice(rows.index, seed % 2), "amount_recovered"] = np.nan
        cases = an.Cases.from_frames(rows, as_of="2016-12-31")
        asked = {"periods": [2015, 2016, ("2015-01-01", "2016-12-31")]}
        total, each = figures(cases, **asked), figures(cases, by="court", **asked)
        for row in total[total["value"].notna()].to_dict("records"):
            beside = each[(each["period_end"] == row["period_end"]) & (each["period_start"] == row["period_start"])]
            beside = beside[(beside["indicator"] == row["indicator"]) & beside["value"].notna()]
            left = rows[rows["closed_on"].between(row["period_start"], row["period_end"])]
            left = left[~left["court"].isin(beside["court"])]
            if row["indicator"] == "recovery_rate":
                left = left.dropna(subset=["amount_claimed", "amount_recovered"])
            assert not any(says_too_much(left[of].dropna()) for of in ("amount_claimed", "amount_recovered"))
        shown += total["value"].notna().tolist()
    assert any(shown)
    assert not all(shown)


@pytest.mark.full
def test_of_several_courts_each_is_shown_and_not_their_total_where_one_is_of_few():
    courts = np.where(np.arange(260) < 258, "Northfield", "Southfield")
    cases = register(court=courts)
    assert figures(cases, periods=[2016])["value"].isna().all(), (
        "less Northfield it would be the two cases of Southfield"
    )
    table = figures(cases, periods=[2016], by="court").set_index(["court", "indicator"])["value"]
    assert table.xs("Northfield").notna().all()
    assert table.drop("Northfield", level="court").isna().all()
    assert figures(cases.where(court="Northfield"), periods=[2016])["value"].notna().all()


@pytest.mark.parametrize("definitions", ["spc-2008", None])
@pytest.mark.full
def test_a_recovery_rate_that_parts_money_gives_way_outside_to_that_of_the_sums_beside_it(definitions):
    asked = {"periods": [2015, 2016], "definitions": definitions, "only": "recovery_rate"}
    table, inside = (an.indicators(register(), names=names, **asked) for names in (False, True))
    assert set(inside["definition"]) == {"spc-2008/recovery_rate"}
    assert set(table["definition"]) == {"spc-2008/recovery_rate_by_sums"}
    sums = figures(register(), periods=[2015, 2016]).query("indicator == 'recovery_rate'")
    assert table["value"].tolist() == sums["value"].tolist()
    assert table["note"].str.contains("spc-2008/recovery_rate 只计部分案件的金额，对外不列").all()
    shown = an.observations(register(), period=2016, definitions=definitions).key_figures
    assert shown.query("indicator == 'recovery_rate'")["value"].tolist() == sums["value"].tolist()[-1:]


@pytest.mark.full
def test_no_sum_over_a_part_of_the_cases_is_shown(tmp_path):
    assert figures(register().where(basis="civil"), periods=[2015])["value"].isna().all()
    own = tmp_path / "own.toml"
    own.write_text(OF_CIVIL_CASES, encoding="utf-8")
    assert an.indicators(register(), periods=[2015], definitions=own)["value"].isna().all()
    assert an.indicators(register(), periods=[2015], definitions=own, names=True)["value"].notna().all()


@pytest.mark.full
def test_a_list_of_cases_and_a_table_of_teams_or_officers_say_no_amount():
    amounts = {"amount_claimed", "amount_recovered"}
    for period in ("2016-05", "2016-Q2"):
        made = an.bulletin(register(), period=period).tables
        assert not amounts & {name for table in made.values() for name in table}
    assert "amount_claimed" in an.bulletin(register(), period="2016-05", names=True).tables["closed"]
    assert amounts <= set(an.bulletin(register(), period="2016-Q2", names=True).tables["teams"])
    for by in ("officer", "team"):
        card = an.officer_scorecard(register(), period=2015, by=by)
        assert not {"amount_closed", "recovery"} & set(card.table["measure"])
        assert "金额不对外" in card.caption.zh


@pytest.mark.full
def test_a_team_of_one_officer_is_that_officer():
    shown, inside = (set(an.caseflow(register(), freq="Y", by="team", names=names)["team"]) for names in (False, True))
    assert "C" not in shown
    assert len(inside - shown) == 2, "the total of three teams would give it away"
    with pytest.raises(an.ArgumentError, match="names=True"):
        an.caseflow(register(), freq="Y", by=["team", "officer"])
