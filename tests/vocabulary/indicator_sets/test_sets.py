import re
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.measures.indicators.quantities import must_be_codes
from analysis.vocabulary.columns import codes
from analysis.vocabulary.errors import ArgumentError, InputError
from analysis.vocabulary.indicator_sets.definition import source_text
from analysis.vocabulary.indicator_sets.page import definition_page, names_page
from analysis.vocabulary.indicator_sets.quantities import quantities
from analysis.vocabulary.indicator_sets.reading import usual_interval
from analysis.vocabulary.indicator_sets.sets import definition_set, definitions, shipped_sets
from analysis.vocabulary.language import speaking
from analysis.vocabulary.terms import terms

HAN = re.compile(r"[\u4e00-\u9fff]")
SETS = ("fujin-2012", "spc-2008", "spc-3plus1", "spc-2024", "cepej", "cnj", "courtools")
HEAD = '[set]\nid = "ours"\nzh = "本院"\nen = "ours"\n'
RATE = '[[indicator]]\nid = "r"\nzh = "率"\nen = "rate"\nkind = "rate"\nunit = "%"\n'


@pytest.mark.parametrize(
    ("unit", "numerator", "factor"),
    [("‰", "closed", 1_000), ("件/千件", "closed", 1_000), ("件/万件", "closed", 10_000), ("per 1,000 cases", "closed", 1_000),
     ("元/件", "amount_recovered", 10_000), ("万元/件", "amount_recovered", 1), ("天", "closed_days", 1)],
)  # fmt: skip
def test_a_factor_that_is_not_written_follows_from_the_unit(unit, numerator, factor, tmp_path):
    entry = RATE.replace('unit = "%"', f'unit = "{unit}"') + f'numerator = "{numerator}"\ndenominator = "closed"\n'
    assert own(tmp_path, HEAD + entry).find("r").factor == factor


def own(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return definition_set(path)


def test_the_sets_asked_for_ship():
    assert set(SETS) <= set(shipped_sets())


def test_every_definition_speaks_both_languages_and_names_source_and_confidence():
    for name in shipped_sets():
        for d in definition_set(name).definitions:
            assert HAN.search(d.text.zh), d.name
            assert d.text.en, d.name
            assert not HAN.search(d.text.en), d.name
            assert d.source, d.name
            assert d.confidence in ("V", "P", "M"), d.name
            assert bool(d.note.zh) == bool(d.note.en), d.name


def test_nothing_unverified_is_computed_and_what_is_not_computed_says_why():
    table = definitions()
    assert not (table["computed"] & (table["confidence"] == "M")).any()
    assert (table.loc[~table["computed"], "note"] != "").all()
    assert (table.loc[table["computed"], "formula"] != "").all()


def test_every_code_in_a_definition_is_one_that_registers_hold():
    for quantity in quantities().values():
        must_be_codes(quantity)
    for name in shipped_sets():
        for d in definition_set(name).definitions:
            for quantity in (*d.numerator, *d.denominator):
                must_be_codes(quantity)
    assert "completed" in codes("closure_mode")


def test_every_indicator_has_a_term():
    missing = {d.indicator for name in shipped_sets() for d in definition_set(name).definitions} - set(terms())
    assert not missing


def test_variants_belong_to_an_indicator_of_their_set_that_is_no_variant():
    for name in shipped_sets():
        found = definition_set(name).definitions
        leading = {d.indicator for d in found if not d.variant}
        assert {d.indicator for d in found if d.variant} <= leading


def test_a_proportion_is_never_given_to_a_numerator_outside_its_base():
    for name in shipped_sets():
        for d in definition_set(name).definitions:
            if d.interval == "wilson":
                inside = {"closed", "closing", "filed_and_closed", "received_and_resolved"}
                assert {q.when for q in d.numerator} <= inside, d.name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_in_docs_are_those_that_the_command_writes(language):
    pages = Path(__file__).parents[3] / "docs" / language
    with speaking(language):
        assert (pages / "definitions.md").read_text(encoding="utf-8") == definition_page()
        assert (pages / "definition-names.md").read_text(encoding="utf-8") == names_page()


def test_the_example_on_the_page_is_a_set_that_can_be_read(tmp_path):
    example = re.search(r"```toml\n(.*?)```", definition_page(), re.DOTALL)
    assert example
    found = own(tmp_path, example[1])
    assert found.find("quick_closure_rate").target == (70, None)
    assert found.scheme["start_within_days"] == 10
    assert found.scheme["filed_cases_closed_percent"] == 80  # taken over
    assert found.find("closure_rate").set == "fujin-2012"


def test_a_court_adds_its_own_set_with_its_own_quantities(tmp_path):
    found = own(
        tmp_path,
        HEAD + '[quantity.closed_first]\nzh = "首执结案"\nen = "first cases closed"\nfrom = "closed"\ncase_type = ["first"]\n'
        + RATE + 'numerator = "closed_first"\ndenominator = ["closing", "closed"]\ninterval = "wilson"\ntarget = { low = 50 }\n'
        + '[scheme]\nquota = 30\n',
    )  # fmt: skip
    d = found.find("r")
    assert d.numerator[0].keep == (("case_type", ("first",)),)
    assert d.confidence == "own"
    assert d.target == (50, None)
    assert found.scheme["quota"] == 30


def test_a_closure_mode_narrows_closings_and_leaves_stocks_alone(tmp_path):
    d = own(
        tmp_path,
        HEAD + RATE + 'numerator = "closed"\ndenominator = "received"\nexclude = { closure_mode = "withdrawn" }\n',
    ).find("r")
    assert d.numerator[0].leave_out == (("closure_mode", ("withdrawn",)),)
    assert d.denominator[0].leave_out == ()
    assert "withdrawn" in definitions(tmp_path / "own.toml")["population"].iloc[0]


def test_a_set_extends_another_and_replaces_what_it_redefines(tmp_path):
    text = (
        HEAD.replace("en =", 'extends = "cepej"\nen =')
        + RATE.replace('"r"', '"clearance_rate"')
        + 'numerator = "filed"\n'
    )
    found = own(tmp_path, text)
    assert found.find("clearance_rate").name == "ours/clearance_rate"
    assert found.find("disposition_time").name == "cepej/disposition_time"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[set\n", "TOML"),
        ('[set]\nid = "ours"\nen = "x"\n', "zh"),
        (HEAD + "[indicator]\nid = 1\n", "[[indicator]]"),
        (HEAD + RATE + 'numerator = "closd"\n', '"closed"'),
        (HEAD + RATE + 'numerater = "closed"\n', '"numerator"'),
        (HEAD + RATE.replace('"rate"\nunit', '"rat"\nunit'), '"rate"'),
        (HEAD + RATE + 'numerator = "closed"\ninterval = "wilsn"\n', '"wilson"'),
        (HEAD + RATE + 'numerator = "closed"\ninterval = "wilson"\n', "denominator"),
        (HEAD + RATE + 'denominator = "closed"\n', "numerator"),
        (HEAD + RATE + 'numerator = "filed"\ndenominator = "closed"\ninterval = "over-cases"\n', "closed cases"),
        (HEAD + RATE + 'numerator = "filed"\ndenominator = "closed"\ninterval = "log-ratio"\n', "closed ÷ filed"),
        (HEAD + RATE + 'numerator = "closed"\ninclude = { closure = "completed" }\n', '"closure_mode"'),
        (HEAD + RATE + "numerator = 3\n", "wrong type"),
        (HEAD + RATE + 'variant = "yes"\n', "wrong type"),
        ("set = 3\n", "[set]"),
        (HEAD.replace("ours", "cepej"), "ships"),
        (HEAD + 'extends = "cepi"\n', '"cepej"'),
        (HEAD + '[quantity.q]\nzh = "量"\nen = "q"\nfrom = "closed"\nwithin_days = "x"\n', "whole number"),
        (HEAD + RATE + 'numerator = "closed"\nvalid_from = "soon"\n', "soon"),
        (HEAD + RATE + 'numerator = "closed"\ntarget = 90\n', "target"),
        (HEAD + RATE + 'numerator = "closed"\nfactor = "month"\n', "factor"),
        (HEAD + RATE + 'numerator = "closed"\nwindow = "yeer"\n', '"year"'),
        (HEAD + RATE + 'sum_of = ["s"]\n', "sum_of"),
        (HEAD + RATE + RATE, "twice"),
        (HEAD + RATE + 'numerator = "closed"\nconfidence = "M"\n', "unverified"),
        (HEAD + '[quantity.q]\nzh = "量"\nen = "q"\nfrom = "opening"\nclosure_mode = ["completed"]\n', "opening"),
        (HEAD + '[quantity.q]\nzh = "量"\nen = "q"\nfrom = "closed"\ncase_typ = ["first"]\n', '"case_type"'),
        (HEAD + '[quantity.q]\nzh = "量"\nen = "q"\nfrom = "filed"\nolder_than_months = 3\n', "closing stock"),
        (HEAD + '[quantity.q]\nzh = "量"\nen = "q"\ntable = "cases"\nwhen = "closing"\ncount = "persons"\n', "cases"),
        (HEAD + "[indicators]\n", '"indicator"'),
    ],
)
def test_a_mistake_in_a_toml_is_said_with_its_place_and_the_nearest_name(tmp_path, text, said):
    with pytest.raises((InputError, ArgumentError)) as caught:
        own(tmp_path, text)
    assert said in caught.value.text.en
    assert HAN.search(caught.value.text.zh)


def test_a_code_that_no_register_has_is_refused_when_it_is_asked_for(tmp_path):
    d = own(
        tmp_path,
        HEAD
        + '[quantity.q]\nzh = "量"\nen = "q"\nfrom = "closed"\nclosure_mode = ["complete"]\n'
        + RATE
        + 'numerator = "q"\n',
    ).find("r")
    with pytest.raises(ArgumentError, match="completed"):
        must_be_codes(d.numerator[0])


def test_a_file_that_is_not_there_and_an_unknown_set():
    with pytest.raises(InputError, match=r"nowhere\.toml"):
        definition_set("nowhere.toml")
    with pytest.raises(ArgumentError, match="spc-2008"):
        definition_set("spc-2009")


def test_definitions_say_why_they_matter_how_they_can_be_played_who_checked_and_when_to_look_again():
    table = definitions().set_index(["set", "id"])
    row = table.loc[("spc-2024", "recovery_rate")]
    assert all(row[name] for name in ("why", "played", "checked", "review"))
    assert (table["checked"] != "").all()
    computed = table[table["computed"]]
    silent = [name for name, row in computed.iterrows() for part in ("why", "played") if "\n" not in str(row[part])]
    assert silent == [], "of each computed indicator why it matters and how it can be played, in both languages"
    assert "已停用" in table.loc[("henan-2016", "closure_rate"), "review"]


def test_a_court_says_so_in_its_own_words(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        '[set]\nid="own"\nzh="本院"\nen="own"\n[[indicator]]\nid="closure_rate"\nzh="结案率"\nen="closure rate"\nkind="rate"\nnumerator="closed"\n'
        'denominator="received"\nunit="%"\nchecked_zh="审管办2025年3月核对"\nchecked_en="checked in March 2025"\nplayed_zh="年底突击"\nplayed_en="year-end"\n',
        encoding="utf-8",
    )
    row = definitions(own).iloc[0]
    assert row["checked"] == "审管办2025年3月核对\nchecked in March 2025"
    assert row["played"] == "年底突击\nyear-end"
    assert row["why"], "what it does not say is said by its indicator"


def test_a_source_is_told_in_the_language_spoken_and_names_no_page_of_an_unknown_publisher():
    """The pages said "deployed-system code; 勃利" in English, a report named a page of a nameless site as where a formula was read."""
    sources = {*definitions()["source"], *(definition_set(name).source for name in shipped_sets())}
    for said in map(source_text, sources):
        assert not HAN.search(said.en), said.en
        assert not re.search(r"[A-Za-z]", re.sub(r"http\S+", "", said.zh)), said.zh
        assert not re.search(r"444000rrr|lostcanyon", said.en)


def test_names_without_a_formula_are_on_no_page_of_definitions():
    rows = [line for line in definition_page().splitlines() if line.startswith("| `net_closure_rate`")]
    assert not rows


@pytest.mark.parametrize(
    ("target", "direction", "value", "place"),
    [
        ((90, 95), "higher", 92, "within"), ((90, 95), "higher", 97, "better"), ((90, 95), "lower", 85, "better"),
        ((90, 95), "lower", 97, "off"), ((90, 95), "interval", 97, "off"), ((90, None), "higher", 90, "met"),
        ((None, 5), "lower", 5.1, "missed"), ((None, 80), "none", 81, "off"), ((None, 80), "none", 80, "within"), (None, "higher", 1, None),
    ],
)  # fmt: skip
def test_where_a_figure_stands_to_a_target_or_an_interval_of_ones_own(target, direction, value, place):
    definition = replace(definition_set("fujin-2012").definitions[0], target=target, direction=direction)
    assert definition.position(value) == place


def test_how_chance_moves_a_rate_of_counts_follows_from_its_quantities_as_the_shipped_sets_say():
    """What is stated of every shipped rate is the oracle: no share is missed, and none is made of what is no part."""
    every = [d for name in shipped_sets() for d in definition_set(name).definitions if d.denominator]
    for d in every:
        found = usual_interval(d.numerator, d.denominator)
        if d.interval in ("wilson", "log-ratio"):
            assert found == d.interval, d.name
        elif d.window != "filings-dec-nov":
            assert found == "none", d.name
    q = quantities()
    twice = usual_interval((q["closed_performed"], q["closed_completed"]), (q["closed"],))
    assert twice == "none", "a case in both parts is counted twice"
    assert usual_interval((q["closed_this_round"], q["closed_terminated"]), (q["closed"],)) == "wilson"
    near, far = (q["closed_within_90_days"],), (q["closed_within_180_days"],)
    assert (usual_interval(near, far), usual_interval(far, near)) == ("wilson", "none"), (
        "what closed early closed later too"
    )
