"""A rate is defined once: its meanings, its base and every name under which it is printed come from the definition sets."""

import tomllib
from importlib.resources import files

import pytest

from analysis.vocabulary.errors import InputError
from analysis.vocabulary.indicator_sets.rates import printed_quantities, rates
from analysis.vocabulary.indicator_sets.sets import definition_set, shipped_sets

LIVE = {
    "执行完毕率": ("completed_rate", "closed_completed/closed"),
    "终本率": ("terminated_this_round_share", "closed_this_round/closed"),
    "首次执行案件终本率": ("terminated_this_round_rate", "closed_this_round/closed"),
    "执行到位率": ("recovery_rate", "amount_recovered/amount_closed"),
    "法定审限内结案率": ("closed_within_limit_rate", "closed_within_limit/closed"),
    "实际执结率": ("actual_enforcement_rate", "actual_enforcements/closed"),
}
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
aliases = ["自动履行案件"]

[[indicator]]
id = "voluntary_rate"
zh = "自动履行率"
en = "voluntary performance rate"
aliases = {aliases}
kind = "rate"
numerator = "closed_voluntary"
denominator = "closed"
unit = "%"
interval = "wilson"
"""


@pytest.fixture
def own(tmp_path):
    def write(aliases='["自动履行结案率"]'):
        path = tmp_path / "own.toml"
        path.write_text(OWN.replace("{aliases}", aliases), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(("name", "expected"), LIVE.items())
def test_the_rates_in_live_use_are_known_by_their_names(name, expected):
    (rate,) = (r for r in rates().values() if name in r.names)
    assert (rate.id, rate.formulas[0].name) == expected


def test_first_cases_are_a_population_and_not_the_whole():
    known = rates()
    assert not known["terminated_this_round_rate"].formulas[0].is_whole
    assert known["terminated_this_round_share"].formulas[0].is_whole


def test_what_courts_print_as_a_closure_rate_has_its_meanings_in_order():
    names = [f.name for f in rates()["closure_rate"].formulas]
    assert names[:2] == ["closed/received", "closed/filed"]
    assert [f.kind for f in rates()["closure_rate"].formulas][:2] == ["proportion", "clearance"]
    assert "fujin-2012/closure_rate" in rates()["closure_rate"].formulas[0].definitions


def test_every_definition_of_a_rate_is_one_meaning_of_it():
    for name in shipped_sets():
        for d in definition_set(name).definitions:
            if d.kind == "rate" and d.denominator and d.indicator in rates():
                meanings = [f for f in rates()[d.indicator].formulas if d.name in f.definitions]
                assert len(meanings) == 1
                assert (meanings[0].numerator, meanings[0].denominator) == (d.numerator, d.denominator)


def test_names_of_headings_and_sentences_are_names_of_the_definitions():
    """No reader knows a name of a rate that its definition does not."""
    for file, table in (("headers.toml", None), ("phrases.toml", "rates")):
        read = tomllib.loads(files("analysis.returns").joinpath(file).read_text(encoding="utf-8"))
        for rate, names in (read if table is None else read.get(table, {})).items():
            if rate in rates():
                assert not [
                    n
                    for n in names
                    if not n.isascii() and n not in rates()[rate].names and f"执行{n}" not in rates()[rate].names
                ]


def test_a_courts_own_rate_is_one_of_them_and_leads(own):
    path = own()
    rate = rates(path)["voluntary_rate"]
    assert (rate.text.zh, rate.formulas[0].name, rate.formulas[0].kind) == (
        "自动履行率", "closed_voluntary/closed", "proportion",
    )  # fmt: skip
    assert rate.names == ("自动履行率", "voluntary performance rate", "自动履行结案率")
    assert printed_quantities(path)["closed_voluntary"].aliases == ("自动履行案件",)
    assert "voluntary_rate" not in rates()
    assert set(rates()) < set(rates(path))


def test_a_name_that_another_rate_has_is_refused(own):
    with pytest.raises(InputError, match="“结案率”"):
        rates(own('["结案率"]'))
