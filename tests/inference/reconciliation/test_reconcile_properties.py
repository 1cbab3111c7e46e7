"""Figures printed from random true tables (synthetic): never contradictory, and the truth lies within the bounds."""

from dataclasses import replace
from fractions import Fraction
from math import floor

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as an
from analysis.returns.figures import COUNTS, printed_figure

FLOWS = (
    "filed",
    "closed",
    "actual_enforcements",
    "petitions",
    "petitions_resolved",
    "amount_closed",
    "amount_recovered",
)
RATES = {
    "closure_rate": ("closed", "received"),
    "clearance_rate": ("closed", "filed"),
    "actual_enforcement_rate": ("actual_enforcements", "closed"),
    "recovery_rate": ("amount_recovered", "amount_closed"),
    "petition_settlement_rate": ("petitions_resolved", "petitions"),
}
FOLLOWS = ("agrees", "truncated", "unchecked")


def shown(value, decimals, rule):
    """A number as printed: rounded half up, or truncated towards zero."""
    steps = abs(value) * 10**decimals
    whole = floor(steps) if rule == "truncated" else floor(steps + Fraction(1, 2))
    digits = str(whole).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{text}" if value < 0 else text


def years(draw, count, most):
    """Years of one court: stocks that chain, flows, amounts in 万元 with cents."""
    stock, found = draw(st.integers(0, most)), []
    for _ in range(count):
        filed = draw(st.integers(0, most))
        closed = draw(st.integers(0, stock + filed))
        claimed = Fraction(draw(st.integers(0, 10**7)), 10**2)
        petitions = draw(st.integers(0, 20))
        found.append(
            {
                "opening": stock,
                "filed": filed,
                "closed": closed,
                "closing": stock + filed - closed,
                "actual_enforcements": draw(st.integers(0, closed)),
                "amount_closed": claimed,
                "amount_recovered": claimed * draw(st.integers(0, 100)) / 100,
                "petitions": petitions,
                "petitions_resolved": draw(st.integers(0, petitions)),
            }
        )
        stock = found[-1]["closing"]
    return found


def over(found, first, last):
    """The truth of several years together."""
    truth = {name: sum((year[name] for year in found[first : last + 1]), 0) for name in FLOWS}
    truth |= {"opening": found[first]["opening"], "closing": found[last]["closing"]}
    return with_rates(truth | {"received": truth["opening"] + truth["filed"]})


def with_rates(truth):
    for rate, (top, bottom) in RATES.items():
        if top in truth and bottom in truth:
            truth[rate] = Fraction(100 * truth[top]) / truth[bottom] if truth[bottom] else None
    return truth


@st.composite
def printed_courts(draw, rules=("rounded", "truncated"), most=(3, 40, 5_000)):
    """A returns table of one court with hidden figures, and the truth by first and last year."""
    count = draw(st.integers(1, 3))
    found = years(draw, count, draw(st.sampled_from(most)))
    truth = {(i, j): over(found, i, j) for i in range(count) for j in range(i, count)}
    rows = []
    for i, j in draw(st.lists(st.sampled_from(sorted(truth)), min_size=1, unique=True)):
        rule, unit = draw(st.sampled_from(rules)), draw(st.sampled_from(["件", "件", "万件"]))
        row = {"court": "甲法院", "scope": "执行案件", "unit": unit, "source": draw(st.sampled_from("ab"))}
        row |= {"period_start": f"{2010 + i}-01-01", "period_end": f"{2010 + j}-12-31"}
        for name, value in truth[i, j].items():
            if value is None or draw(st.booleans()):
                continue
            if name in COUNTS:
                wide = unit == "万件"
                row[name] = shown(Fraction(value, 10**4 if wide else 1), 2 if wide else 0, rule)
            else:
                row[name] = shown(Fraction(value), draw(st.integers(0, 2)), rule)
        rows.append(row)
    return pd.DataFrame(rows), truth


def held(row, value):
    slack = 1e-9 * max(1.0, abs(float(value)))
    return row.lower <= float(value) + slack and float(value) <= row.upper + slack


@given(printed_courts())
@pytest.mark.full
def test_true_tables_are_never_contradictory_and_their_truth_is_within_the_bounds(made):
    table, truth = made
    rec = an.reconcile(table)
    assert rec.conflicts.empty
    assert rec.figures["verdict"].isin(FOLLOWS).all()
    for found in (rec.figures, rec.implied[rec.implied["rule"] == "either"]):
        for row in found.itertuples():
            value = truth[row.period_start.year - 2010, row.period_end.year - 2010][row.measure]
            assert value is None or held(row, value), (row, float(value))
    for row in rec.implied[rec.implied["exact"]].itertuples():
        assert row.lower == row.upper


@given(printed_courts(rules=("rounded",)))
@pytest.mark.full
def test_a_source_that_rounds_throughout_is_found_to_have_been_able_to_and_its_bounds_hold(made):
    table, truth = made
    rec = an.reconcile(table)
    assert rec.rules.loc[rec.rules["rule"] == "rounded", "feasible"].all()
    for row in rec.implied[rec.implied["rule"] == "rounded"].itertuples():
        value = truth[row.period_start.year - 2010, row.period_end.year - 2010][row.measure]
        assert value is None or held(row, value), (row, float(value))


@given(printed_courts(rules=("rounded",)), st.data())
@pytest.mark.full
def test_a_figure_changed_beyond_its_digits_stands_in_a_conflict_where_the_others_bound_it(made, data):
    table, _ = made
    true = an.reconcile(table)
    checked = true.figures[true.figures["verdict"].isin(["agrees", "truncated"])]
    if checked.empty:
        return
    at = data.draw(st.sampled_from(list(checked.index)))
    figure, line = checked.loc[at], int(true.figures.attrs["places"][at].split(":")[1]) - 1
    printed = printed_figure(figure["printed"], figure["measure"], unit=table.loc[line, "unit"])
    for steps in (3, 30, 300, 30_000):
        other = replace(printed, value=printed.value + steps * printed.digit)
        if float(other.interval("either").lower) > figure["upper"] + 1e-9:
            break
    else:
        return  # the others bound it no closer than that
    wrong = table.astype(object).copy()
    wrong.loc[line, figure["measure"]] = text = printed.like(other.value)
    rec = an.reconcile(wrong)
    same = rec.conflicts["measure"].eq(figure["measure"]) & rec.conflicts["printed"].eq(text)
    assert same.any() or (rec.figures["verdict"] == "definition").any(), rec.conflicts


@st.composite
def printed_scopes(draw):
    """Two parts and their whole over two years, with changes on last year and closings by mode."""
    most = draw(st.sampled_from([5, 400]))
    parts = {name: years(draw, 2, most) for name in ("执行案件", "诉讼案件")}
    truth, rows, modes = {}, [], []
    rule = draw(st.sampled_from(["rounded", "truncated"]))
    for year in (0, 1):
        of_parts = [over(found, year, year) for found in parts.values()]
        whole = with_rates({name: sum(part[name] for part in of_parts) for name in COUNTS[:5]})
        for scope, now in zip((*parts, "全部案件"), (*of_parts, whole), strict=True):
            truth[scope, year] = now
            row = {"court": "甲法院", "scope": scope, "parent": None if scope == "全部案件" else "全部案件"}
            row |= {"period_start": f"{2010 + year}-01-01", "period_end": f"{2010 + year}-12-31"}
            row |= {name: str(now[name]) for name in COUNTS[:5] if draw(st.booleans())}
            if now["closure_rate"] is not None and draw(st.booleans()):
                row["closure_rate"] = shown(now["closure_rate"], 1, rule)
            if year:
                row |= changes(draw, now, truth[scope, 0], rule)
            rows.append(row)
    if draw(st.booleans()):
        closed = truth["执行案件", 1]["closed"]
        some = draw(st.integers(0, closed))
        place = {"court": "甲法院", "scope": "执行案件", "period_start": "2011-01-01", "period_end": "2011-12-31"}
        modes = [{**place, "mode": name, "cases": n} for name, n in (("和解", some), ("其他", closed - some))]
    return pd.DataFrame(rows), pd.DataFrame(modes) if modes else None, truth


def changes(draw, now, then, rule):
    found = {}
    for name in ("filed", "closed", "received", "closing"):
        if then[name] and draw(st.booleans()):
            found[f"{name}_change"] = shown(Fraction(100 * (now[name] - then[name]), then[name]), 2, rule)
    if None not in (now["closure_rate"], then["closure_rate"]) and draw(st.booleans()):
        found["closure_rate_change"] = shown(now["closure_rate"] - then["closure_rate"], 2, rule)
    return found


@given(printed_scopes())
@pytest.mark.full
def test_scopes_that_add_up_changes_on_last_year_and_modes_never_contradict_the_truth(made):
    table, modes, truth = made
    rec = an.reconcile(table, modes=modes)
    assert rec.conflicts.empty
    for row in rec.implied[rec.implied["rule"] == "either"].itertuples():
        value = truth.get((row.scope, row.period_start.year - 2010), {}).get(row.measure)
        if value is not None and row.period_start.year == row.period_end.year:
            assert held(row, value), (row, float(value))


@pytest.mark.slow
def test_fifty_courts_and_forty_linked_periods_take_under_five_seconds_each():
    from time import process_time  # of this process alone, whatever else the machine does

    import scipy.optimize  # noqa: F401 - its import is not what is measured

    courts = an.read_returns(an.sample_path("returns_courts.csv"))
    fifty = pd.concat([courts.assign(court=courts["court"] + mark) for mark in ("", "二")]).head(60)
    for rows in (fifty, quarters(40)):
        began = process_time()
        an.reconcile(rows)
        assert process_time() - began < 5


@pytest.mark.slow
def test_a_province_in_one_year_and_linked_courts_with_errors_are_done_in_a_minute():
    """600 courts of one year under 20 s; 150 courts of six linked years, an error in every fifth line, under 60 s."""
    from random import Random
    from time import process_time  # of this process alone, whatever else the machine does

    rng, one, six = Random(5), [], []  # noqa: S311 - synthetic tables
    for number in range(600):
        stock = rng.randint(5, 300)
        for year in range(2011, 2017 if number < 150 else 2012):
            filed = rng.randint(200, 3000)
            closed = rng.randint(7 * (stock + filed) // 10, stock + filed)
            closing = stock + filed - closed
            wrong = rng.randint(11, 60) if rng.random() < 0.2 else 0
            row = {"court": f"法院{number}", "period_start": str(year), "period_end": str(year), "closed": str(closed)}
            row |= {"received": str(stock + filed), "closing": str(closing + wrong)}
            row["closure_rate"] = shown(Fraction(100 * closed, stock + filed), 2, "rounded")
            (six if number < 150 else []).append(row)
            one += [row] if year == 2011 else []
            stock = closing
    for rows, most in ((one, 20), (six, 60)):
        began = process_time()
        an.reconcile(pd.DataFrame(rows))
        assert process_time() - began < most


def quarters(count):
    """Cumulative figures of a synthetic court, quarter by quarter, as statistics bulletins print them."""
    starts = pd.date_range("2002-01-01", periods=count + 1, freq="QS")
    stock, rows = 300, []
    for n in range(count):
        if n % 4 == 0:
            opening, filed, closed = stock, 0, 0
        filed, closed = filed + 200 + 7 * (n % 5), closed + 190 + 11 * (n % 4)
        stock = opening + filed - closed
        rows.append(
            {
                "court": "甲法院",
                "period_start": f"{starts[n].year}-01-01",
                "period_end": str((starts[n + 1] - pd.Timedelta(days=1)).date()),
                "received": str(opening + filed),
                "closed": str(closed) if n % 3 else None,
                "closing": str(stock) if n % 2 else None,
                "closure_rate": shown(Fraction(100 * closed, opening + filed), 2, "rounded"),
            }
        )
    return pd.DataFrame(rows)


@pytest.mark.full
@given(printed_courts(rules=("rounded",)), st.data())
def test_one_wrong_figure_never_accuses_a_true_one(made, data):
    table, _ = made
    places = [(line, name) for line in table.index for name in table if name in {*FLOWS, *RATES, *COUNTS}]
    printed_at = [(line, name) for line, name in places if isinstance(table.loc[line, name], str)]
    if not printed_at:
        return
    line, name = data.draw(st.sampled_from(printed_at))
    figure = printed_figure(table.loc[line, name], name, unit=table.loc[line, "unit"])
    steps = data.draw(st.sampled_from([1, 2, 5, 9, 10, 90, 700, 3000]))
    wrong = table.astype(object).copy()
    wrong.loc[line, name] = figure.like(figure.value + steps * figure.digit)
    rec = an.reconcile(wrong)
    lines = pd.Series([int(place.rpartition(":")[2]) - 1 for place in rec.figures.attrs["places"]])
    others = rec.figures[(lines != line) | (rec.figures["measure"] != name)]
    assert not others["verdict"].isin(["contradicts", "impossible"]).any(), others


@st.composite
def listed_parts(draw):
    """A whole and some of its parts over two years, each figure printed or not."""
    names = ["民事案件", "刑事案件", "行政案件", "执行案件"]
    parts = {name: years(draw, 2, draw(st.sampled_from([5, 900]))) for name in names}
    listed = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    rows = []
    for year in (0, 1):
        of_parts = {name: over(found, year, year) for name, found in parts.items()}
        place = {"court": "甲法院", "period_start": f"{2010 + year}-01-01", "period_end": f"{2010 + year}-12-31"}
        whole = {name: sum(part[name] for part in of_parts.values()) for name in COUNTS[:5]}
        rows.append(
            {**place, "scope": "全部案件", **{name: str(n) for name, n in whole.items() if draw(st.booleans())}}
        )
        for scope in listed:
            told = {name: str(of_parts[scope][name]) for name in COUNTS[:5] if draw(st.booleans())}
            rows.append({**place, "scope": scope, "parent": "全部案件", **told})
    return pd.DataFrame(rows)


@given(listed_parts())
@pytest.mark.full
def test_parts_that_are_not_all_of_the_whole_are_never_contradicted(table):
    rec = an.reconcile(table)
    assert rec.conflicts.empty
    assert rec.causes.empty
    assert rec.figures["verdict"].isin(FOLLOWS).all()
