"""Blame: one wrong digit planted in true tables (synthetic). True figures are never accused, the wrong one is found."""

from fractions import Fraction
from random import Random

import pandas as pd
import pytest

import analysis as an

ABOUT = ("court", "scope", "period_start", "period_end")
ACCUSED = ["contradicts", "impossible"]


def shown(value, decimals, *, truncated=False):
    steps = abs(value) * 10**decimals + (0 if truncated else Fraction(1, 2))
    digits = str(int(steps // 1)).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{text}" if value < 0 else text


def true_table(rng):
    """Years of one court: which figures are printed, how rates are meant and cut, differs from table to table."""
    years, size = rng.choice([1, 1, 2, 3]), rng.choice([60, 400, 3000])
    truncated, decimals = rng.random() < 0.2, rng.choice([1, 2, 2])
    base = rng.choice(["received", "received", "filed"])
    hidden = {name for name in ("opening", "received", "closing", "filed") if rng.random() < 0.25} - {base}
    money, change = rng.random() < 0.5, rng.choice([None, "change", "difference"])
    stock, before, rows = rng.randint(size // 50, size // 3), None, []
    for year in range(years):
        filed = rng.randint(size // 2, size)
        closed = rng.randint(6 * (stock + filed) // 10, stock + filed)
        truth = {"opening": stock, "filed": filed, "received": stock + filed, "closed": closed}
        truth["closing"] = stock + filed - closed
        row = {name: str(value) for name, value in truth.items() if name not in hidden}
        row["closure_rate"] = shown(Fraction(100 * closed, truth[base]), decimals, truncated=truncated)
        if money:
            claimed = Fraction(rng.randint(10**4, 10**7), 100)
            recovered = claimed * rng.randint(20, 90) / 100
            row |= {"amount_closed": shown(claimed, 2), "amount_recovered": shown(recovered, 2)}
            row["recovery_rate"] = shown(100 * recovered / claimed, decimals, truncated=truncated)
        if change and before:
            for name in ("filed", "closed"):
                moved = truth[name] - before[name]
                share = shown(Fraction(100 * moved, before[name]), 2, truncated=truncated)
                row[f"{name}_{change}"] = share if change == "change" else str(moved)
        place = ("甲法院", "执行案件", f"{2010 + year}-01-01", f"{2010 + year}-12-31")
        rows.append(dict(zip(ABOUT, place, strict=True)) | row)
        before, stock = truth, truth["closing"]
    return rows


def planted(rng, rows):
    """A copy with one digit of one figure changed: the rows, the line, the measure, what was true."""
    line = rng.randrange(len(rows))
    measure = rng.choice([name for name in rows[line] if name not in ABOUT])
    true = rows[line][measure]
    at = rng.choice([n for n, sign in enumerate(true) if sign.isdigit()])
    digit = rng.choice([d for d in "123456789" if d != true[at]])
    wrong = [dict(row) for row in rows]
    wrong[line][measure] = true[:at] + digit + true[at + 1 :]
    return wrong, line, measure, true


def judged(seeds, plants):
    tally = dict.fromkeys(("plants", "accused", "conflicts", "repaired"), 0)
    for seed in seeds:
        rng = Random(seed)  # noqa: S311 - synthetic tables
        rows = true_table(rng)
        assert an.reconcile(pd.DataFrame(rows)).conflicts.empty
        for _ in range(plants):
            wrong, line, measure, true = planted(rng, rows)
            rec = an.reconcile(pd.DataFrame(wrong))
            lines = [int(place.rpartition(":")[2]) - 1 for place in rec.figures.attrs["places"]]
            own = (pd.Series(lines) == line) & (rec.figures["measure"] == measure)
            found = rec.conflicts[rec.conflicts["measure"].eq(measure)]
            found = found[found["printed"] == wrong[line][measure]]
            tally["plants"] += 1
            tally["accused"] += int(rec.figures.loc[~own, "verdict"].isin(ACCUSED).sum())
            tally["conflicts"] += not found.empty
            tally["repaired"] += true in found["repair"].tolist()
    return tally


@pytest.mark.full
def test_one_wrong_digit_accuses_no_true_figure_and_is_found_and_mended():
    tally = judged(range(24), 1)
    assert tally["accused"] == 0
    assert tally["conflicts"] >= 21
    assert tally["repaired"] >= 0.85 * tally["conflicts"]


@pytest.mark.slow
def test_three_hundred_wrong_digits_accuse_no_true_figure():
    tally = judged(range(100, 160), 5)
    assert tally["accused"] == 0
    assert tally["conflicts"] >= 275  # the others lie within what the printed digits leave open
    assert tally["repaired"] >= 0.85 * tally["conflicts"]


def year(n, **figures):
    return {"court": "甲法院", "scope": "执行案件", "period_start": f"{n}-01-01", "period_end": f"{n}-12-31", **figures}


def reconciled(*rows):
    return an.reconcile(pd.DataFrame(rows))


@pytest.mark.full
def test_parts_are_at_most_the_whole_unless_all_are_listed():
    """300 + 100 of 1,000: some other part holds the rest; with 其他, or where the source says so, nothing is left."""
    whole, civil = (
        year(2011, scope="全部案件", filed="1000"),
        year(2011, scope="民事案件", parent="全部案件", filed="300"),
    )
    criminal = year(2011, scope="刑事案件", parent="全部案件", filed="100")
    assert reconciled(whole, civil, criminal).conflicts.empty
    told = reconciled(whole, {**civil, "complete": "是"}, criminal)
    assert told.conflicts["measure"].tolist() == ["filed", "filed", "filed", "identity:parts:filed"]
    rest = year(2011, scope="其他案件", parent="全部案件", filed="500")
    assert len(reconciled(whole, civil, criminal, rest).conflicts) == 5
    assert reconciled(whole, civil, criminal, {**rest, "filed": "600"}).conflicts.empty
    # a listed part without a number leaves the list open
    assert reconciled(whole, {**civil, "complete": "是"}, {**criminal, "filed": None, "closed": "9"}).conflicts.empty
    assert not reconciled(whole, civil, {**criminal, "filed": "701"}).conflicts.empty


def test_a_change_of_several_years_is_against_as_many_years_before():
    """1,620 in 2016-2018 against 1,500 in 2013-2015 is 8%; 2015-2017 has no say in it."""
    window = {"period_start": "2016-01-01", "period_end": "2018-12-31"}
    before = {"period_start": "2013-01-01", "period_end": "2015-12-31"}
    now = year(2018, filed="1620", filed_change="8.00") | window
    assert reconciled(now, year(2015, filed="1500") | before).conflicts.empty
    wrong = reconciled(now, year(2015, filed="1400") | before)
    assert set(wrong.conflicts["measure"]) == {"filed", "filed_change"}
    half = year(2016, filed="1620", filed_change="8.00") | {"period_start": "2015-01-01", "period_end": "2016-06-30"}
    assert reconciled(half).figures.set_index("measure")["verdict"]["filed_change"] == "unchecked"


def test_an_absolute_change_has_its_column_and_is_checked():
    """120 more than 1,500 is 8.00%."""
    row = year(2012, filed="1620", filed_difference="120", filed_change="8.00")
    rec = reconciled(row)
    assert rec.conflicts.empty
    implied = rec.implied[(rec.implied["measure"] == "filed") & (rec.implied["rule"] == "either")]
    assert implied[["lower", "upper"]].values.tolist() == [[1500, 1500]]
    assert set(reconciled({**row, "filed_change": "8.1"}).conflicts["measure"]) >= {"filed_difference", "filed_change"}
    two = reconciled(year(2011, filed="1500"), year(2012, filed="1620", filed_difference="-120"))
    mends = dict(zip(two.conflicts["measure"], two.conflicts["repair"], strict=True))
    assert mends["filed_difference"] == "120"
    assert "1620-1500 = 120" in two.figures["explanation"].iloc[2]
    read = an.read_returns(pd.DataFrame({"法院": ["甲"], "新收": ["1620"], "新收同比增加件数": ["120件"]}))
    assert read["filed_difference"].tolist() == ["120"]


def test_a_rate_that_its_counts_determine_is_proposed_as_it_is_rounded():
    """736,260 of 1,000,000 are 73.626%: 73.63, though 73.62 truncates it."""
    one = year(2011, received="1000000", closed="736260", closing="263740", closure_rate="70.12")
    repairs = reconciled(one).conflicts.set_index("measure")["repair"]
    assert repairs["closure_rate"] == "73.63"


def test_a_figure_that_agrees_lies_within_its_bounds_and_is_not_explained_by_the_wrong_one():
    """6 was misprinted 9: 43 + 6 = 49 = 40 + 9 cases received; 9 + 43 = 52 says nothing of them."""
    rec = reconciled(year(2010, opening="9", filed="43", received="49", closed="40", closing="9", closure_rate="81.63"))
    received = rec.figures.set_index("measure").loc["received"]
    assert (received["verdict"], received["lower"], received["upper"]) == ("agrees", 49, 49)
    assert received["explanation"].startswith("40+9 = 49，与公布的49相符")
    assert "52" not in received["explanation"]
    # closed was misprinted 258 for 358: the cases received, which others give, are not explained by it
    rec = reconciled(
        year(2010, opening="80", filed="289", received="369", closed="258", closing="11", closure_rate="97.01")
    )
    assert not any(
        "258" in text for text in rec.figures.set_index("measure").loc[["received", "closing"], "explanation"]
    )


@pytest.mark.parametrize("seed", range(6))
def test_what_agrees_holds_the_truth_beside_wrong_digits(seed):
    rng = Random(seed)  # noqa: S311 - synthetic tables
    rows = true_table(rng)
    wrong, line, measure, _ = planted(rng, rows)
    rec = an.reconcile(pd.DataFrame(wrong))
    figures = rec.figures.assign(line=[int(place.rpartition(":")[2]) - 1 for place in rec.figures.attrs["places"]])
    true = figures[figures["verdict"].isin(["agrees", "truncated", "definition"])]
    true = true[~((true["line"] == line) & (true["measure"] == measure))]
    for figure in true.itertuples():
        value = float(rows[figure.line][figure.measure])
        assert figure.lower - 0.1 <= value <= figure.upper + 0.1
