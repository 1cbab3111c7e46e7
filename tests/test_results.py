"""One rule for numbers in results: what a rate is computed with, and that a person reads it in percent.

Beside a column ``unit`` a value is in that unit; a column named ``…_rate`` is in percent, as returns print it; every other
share is a part of 1, and its column says so (``labels.units_of``).
"""

import importlib
import pkgutil
import re
from dataclasses import fields

import pandas as pd
import pytest

import analysis
import analysis as an
from analysis.vocabulary.labels import SHARES, heading, table_of, units_of, units_of_rows
from analysis.vocabulary.numbers import UNITS
from analysis.vocabulary.result import FIRST_CAPITAL, Result
from analysis.vocabulary.tables import headings, in_words
from analysis.vocabulary.terms import term, terms

pytestmark = pytest.mark.full

# Numbers between 0 and 1 that are no rates: probabilities of a test, coefficients, spreads, weights.
NO_RATES = {
    "p", "p_single", "unexplained", "proportional_p", "acf", "correlation", "r", "slope", "coefficient", "standard_error", "hazard_ratio",
    "ratio", "index", "index_lower", "index_upper", "weight", "tau2", "residual", "months_pending", "months_lower",
    "mean", "months_upper", "moving_range", "excess", "statistic", "estimate", "exposure",
}  # fmt: skip
ABOVE_ONE = (
    15  # a stock that grew fifteenfold is the most that a share of the sample is: in percent it would be hundreds
)


HAN = re.compile("[\u4e00-\u9fff]")
MONTHS = [f"2011-{month:02d}" for month in range(1, 13)]


@pytest.fixture(scope="module")
def results(sample_cases):
    """Every public result whose parts are tables, of the sample."""
    cases, own = sample_cases, an.read_returns(an.sample_path("returns_fujin.csv"))
    courts, _ = an.sample_panel()
    counted = {"numerator": "closed", "denominator": "received"}
    flow, year = an.caseflow(cases, freq="M"), an.caseflow(cases, freq="Y")
    peers = an.read_returns([an.sample_path("returns_courts.csv"), an.sample_path("returns_fujin.csv")])
    return {
        "aid": an.aid(cases, periods=[2010, 2011]),
        "campaign_effect": an.campaign_effect(flow, period=("2008-11", "2009-12"), cases=cases),
        "calibrate": an.calibrate(flow, draws=2),
        "caseflow": flow,
        "check_cases": an.check_cases(cases),
        "closing_incidence": an.closing_incidence(cases),
        "coercive_measures": an.coercive_measures(cases, periods=[2010, 2011]),
        "compare_printed": an.compare_printed(cases, own),
        "control_limits": an.control_limits(flow),
        "recovery_rates": an.recovery_rates(cases, periods=[2010, 2011], names=True),
        "first_figures": an.first_figures(cases, periods=[2009, 2010]),
        "variation_table": an.variation_table(an.indicators(cases, periods=MONTHS)),
        "cox_model": an.cox_model(cases, covariates=["has_property"]),
        "cycle": an.cycle(flow, cases=cases),
        "deadlines": an.deadlines(cases, at="2011-11-30", within_days=30),
        "decompose_change": an.decompose_change(cases, period=2011),
        "closed_within": an.closed_within(cases),
        "disposition_time": an.disposition_time(year),
        "entry_quality": an.entry_quality(cases, by=["period"]),
        "forecast_pending": an.forecast_pending(flow, months=12),
        "funnel": an.funnel(courts, **counted, kind="proportion"),
        "indicators": an.indicators(cases, periods=[2010, 2011]),
        "limit_bunching": an.limit_bunching(cases),
        "observations": an.observations(cases, period=2011),
        "officer_scorecard": an.officer_scorecard(cases, period=2011, names=True),
        "peer_panel": an.peer_panel(peers, indicator="closure_rate"),
        "peer_trends": an.peer_trends(peers, indicator="closure_rate"),
        "pending_ages": an.pending_ages(cases, at="2011-12-31"),
        "petitions": an.petitions(cases, periods=[2010, 2011]),
        "rank_intervals": an.rank_intervals(courts, **counted, kind="proportion"),
        "propose_court_file": an.propose_court_file(an.sample_path("register")),
        "read_returns": own,
        "read_returns of the nation": an.read_returns(an.sample_path("returns_national.csv")),
        "reconcile": an.reconcile(own),
        "shadow_stock": an.shadow_stock(cases),
        "terminated_stock": an.terminated_stock(cases),
        "responsibility_ledger": an.responsibility_ledger(cases),
        "shrink": an.shrink(courts, **counted, kind="proportion"),
        "time_to_close": an.time_to_close(cases, by="has_property"),
        "what_if": an.what_if(flow, months=12),
    }


def tables(result, name):
    if isinstance(result, pd.DataFrame):
        yield name, result
        return
    for part in fields(result):
        table = getattr(result, part.name)
        if isinstance(table, pd.DataFrame) and len(table):
            yield f"{name}.{part.name}", table


def numbers(results):
    """Every column of numbers: where it stands, its table, its name, what it bounds (itself), its values, its unit."""
    for name, result in results.items():
        for where, table in tables(result, name):
            units, bounded = units_of(table), ""
            for column in table.columns:
                bounded = bounded if column in ("lower", "upper") else column
                if column in table.select_dtypes("number"):
                    yield where, table, column, bounded, table[column].dropna().astype(float), units[column]


def test_a_share_is_a_part_of_one_and_a_rate_is_in_percent(results):
    for where, _, column, _, values, unit in numbers(results):
        place = f"{where}.{column}"
        if unit in SHARES and len(values):
            assert values.abs().max() <= ABOVE_ONE, f"{place} is in percent"
        if unit == "%" and len(values):
            assert values.abs().max() > 1, f"{place} is a part of 1"
        if column.endswith("_rate"):
            assert unit == "%", f"{place} is printed in percent"
        if re.search(r"(^|_)share($|_)", column):
            assert unit in SHARES, f"{place} is a share and does not say so"


def test_no_rate_is_without_its_unit(results):
    unsaid = set()
    for where, table, column, bounded, values, unit in numbers(results):
        if unit is not None or units_of_rows(table) is not None or bounded in NO_RATES:
            continue
        if (values % 1 != 0).any() and values.between(-1, 1).all():
            unsaid.add(f"{where}.{column}")
    assert not unsaid, "what looks like a share says its unit in terms/*.toml"


def test_a_person_reads_percent(results):
    for name, result in results.items():
        for where, table in tables(result, name):
            shown, units = in_words(table), units_of(table)
            for place, (column, unit) in enumerate(units.items()):
                if unit not in SHARES:
                    continue
                said = str(heading(column, table_of(table), unit=unit))
                assert shown.columns[place] == said
                assert ("（%）" if unit == "share" else "（百分点）") in said
                for value, cell in zip(table[column], shown.iloc[:, place], strict=True):
                    if pd.notna(value):
                        read = float(cell.replace(",", "").replace("−", "-").replace("∞", "inf"))
                        assert read == pytest.approx(100 * float(value), abs=0.005001), f"{where}.{column}"


def test_a_value_beside_a_unit_is_in_it(results):
    table = results["indicators"]
    assert set(table["unit"]) <= set(UNITS)
    rates = table[(table["unit"] == "%") & table["denominator"].notna()]
    assert (rates["value"] - 100 * rates["numerator"] / rates["denominator"]).abs().max() < 1e-9
    shown = in_words(table)
    assert (shown.loc[table["unit"] == "%", "数值"].str.fullmatch(r"[\d,]+\.\d\d")).all()


def test_measures_of_several_units_name_them(results):
    table = results["officer_scorecard"].table
    shown = in_words(table)
    said = dict(zip(table["measure"], shown.iloc[:, list(table).index("measure")], strict=True))
    assert (said["recovery"], said["closed_of_filed"], said["amount_closed"]) == (
        "实际到位率（%）", "当年立案执结率（%）", "执结标的额（元）",
    )  # fmt: skip
    recovery = table["measure"] == "recovery"
    read = shown.loc[recovery, str(heading("value"))].str.replace(",", "")
    assert (read[read != "—"].astype(float) - 100 * table.loc[recovery, "value"].dropna()).abs().max() < 0.0051


def test_every_column_of_a_result_has_a_heading(results):
    """No heading is left as the name that code uses."""
    left = {
        f"{where}.{column}"
        for name, result in results.items()
        for where, table in tables(result, name)
        for column in table.columns
        if str(heading(str(column), table_of(table))) == str(column)
    }
    assert not left


def test_a_heading_says_what_stands_under_it(results):
    """Not what a column of the same name holds in another table."""
    assert headings(results["calibrate"].table) == [
        "放入的情形",
        "所下结论",
        "占比（%）",
        "标准误（百分点）",
        "模拟次数",
    ]
    assert {*in_words(results["calibrate"].table)["放入的情形"]} == {"没有", "轮回", "一次集中清理", "结案水平持续变化"}
    assert headings(results["cox_model"].table[["level"]]) == ["组"], "not the level of a court"
    assert headings(results["reconcile"].causes[["rows", "of"]]) == ["所及行数", "同类行数"]


def test_each_table_of_a_result_has_a_heading_in_both_languages():
    for module in pkgutil.walk_packages(analysis.__path__, "analysis."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    kinds, without = [Result], []
    for kind in kinds:
        kinds += kind.__subclasses__()
        for part in fields(kind) if kind is not Result else ():
            key = f"{FIRST_CAPITAL.sub('_', kind.__name__).lower()}.{part.name}"
            said = term(key if key in terms() else part.name)
            if "DataFrame" in str(part.type) and "Mapping" not in str(part.type) and not HAN.search(said.zh):
                without.append(key)
    assert not without
