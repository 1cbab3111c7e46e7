"""A new indicator is TOML only: it is followed to every door that a figure passes."""

import pandas as pd
import pytest

import analysis as an
from analysis.vocabulary.indicator_sets.rates import rates

OWN = """
[set]
id = "own"
zh = "本院口径"
en = "our own"
extends = "spc-2024"

[quantity.closed_voluntary]
zh = "以自动履行方式结案"
en = "closed by voluntary performance"
from = "closed"
closure_mode = ["voluntary"]

[[indicator]]
id = "voluntary_rate"
zh = "自动履行率"
en = "voluntary performance rate"
kind = "rate"
numerator = "closed_voluntary"
denominator = "closed"
unit = "%"
interval = "wilson"
"""
COUNTS = (12, 48)  # closed voluntarily, closed


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def cases():
    voluntary, closed = COUNTS
    rows = [
        {
            "case_no": f"（2011）黑0882执{n}号",
            "court": "甲法院",
            "case_type": "first",
            "filed_on": f"2011-{1 + n % 12:02d}-05",
            "closed_on": "2011-12-20",
            "closure_mode": "voluntary" if n < voluntary else "terminated_this_round",
        }
        for n in range(closed)
    ]
    return an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")


@pytest.fixture(scope="module")
def returns(own, tmp_path_factory):
    """A return with the indicator's names as headings, read."""
    heads = "法院,范围,级别,期初日,期末日,结案,以自动履行方式结案,自动履行率"
    printed = [("甲法院", 48, 12, "25.00"), ("乙法院", 90, 30, "33.33"), ("丙法院", 100, 10, "10.50")]
    rows = [
        f"{court},执行案件,基层,2011-01-01,2011-12-31,{closed},{part},{rate}" for court, closed, part, rate in printed
    ]
    path = tmp_path_factory.mktemp("returns") / "returns.csv"
    path.write_text("\n".join([heads, *rows]), encoding="utf-8")
    return an.read_returns(path, definitions=own)


@pytest.mark.full
def test_it_is_computed_from_the_register(cases, own):
    table = an.indicators(cases, periods=[2011], definitions=own).set_index("indicator")
    row = table.loc["voluntary_rate"]
    assert (row["value"], row["numerator"], row["denominator"], row["definition"]) == (
        25.0,
        *COUNTS,
        "own/voluntary_rate",
    )


def test_it_is_one_of_the_rates(own):
    rate = rates(own)["voluntary_rate"]
    assert (rate.formulas[0].name, rate.formulas[0].kind) == ("closed_voluntary/closed", "proportion")


def test_its_headings_are_read(returns):
    assert returns["closed_voluntary"].tolist() == ["12", "30", "10"]
    assert returns["voluntary_rate"].tolist() == ["25.00", "33.33", "10.50"]


def test_published_figures_are_reconciled_by_it(returns, own):
    said = an.reconcile(returns, definitions=own).figures
    rate = said[said["measure"] == "voluntary_rate"].set_index("court")
    assert rate["verdict"].tolist()[:2] == ["agrees", "agrees"]
    assert set(rate["definition"][:2]) == {"closed_voluntary/closed"}
    assert rate.loc["丙法院", "verdict"] not in ("agrees", "unchecked"), "10 of 100 is no 10.50%"


def test_the_rates_in_live_use_are_read_in_a_statement():
    text = "2011年，甲法院执行案件结案48件，执行完毕率60%，终本率20%，实际执结率70%。"
    row = an.read_statement(text).rows.iloc[0]
    assert (row["completed_rate"], row["terminated_this_round_share"], row["actual_enforcement_rate"]) == (
        "60",
        "20",
        "70",
    )


@pytest.mark.full
def test_its_published_value_is_compared_with_the_register(cases, returns, own):
    match = an.compare_printed(cases, returns, definitions=own).set_index("measure")
    assert match.loc["voluntary_rate", "verdict"] == "agrees"


def test_courts_are_compared_by_it(returns, own):
    panel = an.peer_panel(returns, indicator="voluntary_rate", definitions=own)
    assert panel.kind == "proportion"
    assert panel.table["numerator"].tolist() == [12, 30, 10]
    assert panel.table["verdict"].tolist() == ["agrees", "agrees", "contradicts"], "10.50% is 10 of no number"
    assert set(panel.table["definition"]) == {"closed_voluntary/closed"}
    with pytest.raises(an.ArgumentError, match="voluntary_rate"):
        an.peer_panel(returns, indicator="voluntary_rate")


@pytest.mark.full
def test_the_report_has_it(cases, own, tmp_path):
    published = an.build_report(cases, period=2011, definitions=own, out=tmp_path / "r", formats=["html"])
    (page,) = (path for path in published.files if path.suffix == ".html")
    assert "自动履行率" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("narrowed", ['include = { officer = "甲" }', 'exclude = { team = "一组" }'])
def test_an_indicator_of_one_person_or_of_all_but_a_team_that_is_closed_is_for_use_inside(tmp_path, narrowed):
    rows = [
        {"filed_on": "2011-01-05", "closed_on": "2011-03-05", "officer": officer, "team": team}
        for officer, team in (("甲", "一组"), ("乙", "二组"), ("丙", "二组"), ("丁", "三组"), ("戊", "三组"))
        for _ in range(9)
    ]
    cases = an.Cases.from_frames(pd.DataFrame(rows), as_of="2011-12-31")
    path = tmp_path / "narrowed.toml"
    path.write_text(
        '[set]\nid = "narrowed"\nzh = "某"\nen = "some"\n[[indicator]]\nid = "some_closed"\nzh = "某结案"\nen = "some closed"\n'
        f'kind = "flow"\nnumerator = "closed"\nunit = "件"\nconfidence = "P"\n{narrowed}\n',
        encoding="utf-8",
    )
    asked = {"periods": [2011], "definitions": path, "only": "some_closed"}
    assert an.indicators(cases, **asked)["value"].isna().all()
    assert an.indicators(cases, **asked, names=True)["value"].notna().all()
