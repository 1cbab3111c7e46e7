"""The explorer without a browser: its controls change its figures, and its cell makes the same view again."""

import pandas as pd
import pytest

import analysis as an
from analysis.lab.explore import explore
from analysis.lab.views import literal
from analysis.vocabulary.errors import ArgumentError

COURTS = ["甲法院", "乙法院"]


@pytest.fixture(scope="module")
def cases():
    """Forty cases of two courts, made up for this test."""
    filed = pd.date_range("2010-01-10", periods=40, freq="17D")
    return an.Cases.from_frames(
        pd.DataFrame(
            {
                "case_no": [f"（2010）执字第{n}号" for n in range(40)],
                "court": [COURTS[n % 2] for n in range(40)],
                "basis": [["civil", "arbitration"][n % 3 == 0] for n in range(40)],
                "officer": "某人",
                "filed_on": filed,
                "closed_on": [day + pd.Timedelta(days=60) if n % 4 else None for n, day in enumerate(filed)],
            }
        ),
        as_of="2011-12-31",
    )


@pytest.fixture(scope="module")
def peers():
    return an.read_returns([an.sample_path("returns_courts.csv"), an.sample_path("returns_fujin.csv")])


def points(figure):
    return [(trace.name, list(trace.x), list(trace.y)) for trace in figure.data]


def run(code, **names):
    """The figures that the copied cell shows."""
    made = dict(names)
    exec(code.replace(".show()", ""), made)  # noqa: S102
    return made


def test_every_control_changes_figure_and_cell(cases):
    shown = explore(cases)
    for name, value, figure in [
        ("freq", "Q", "caseflow"),
        ("period", (2011, 2011), "indicators"),
        ("by", "basis", "caseflow"),
        ("court", COURTS[1], "caseflow"),
        ("indicator", "closure_rate", "indicators"),
        ("definitions", "spc-2024", "indicators"),
    ]:
        before, code = points(shown.figures[figure]), shown.code
        shown.controls[name].value = value
        assert shown.code != code, name
        assert not shown.messages, name
        assert points(shown.figures[figure]) != before, name


def test_the_copied_cell_makes_the_same_view(cases):
    shown = explore(cases)
    shown.controls["definitions"].value = "fujin-2012"
    shown.controls["court"].value = COURTS[0]
    shown.controls["freq"].value = "Q"
    shown.controls["indicator"].value = "closure_rate"
    made = run(shown.code, cases=cases)
    assert repr(points(made["flow_figure"])) == repr(points(shown.figures["caseflow"]))
    assert repr(points(made["table_figure"])) == repr(points(shown.figures["indicators"]))
    assert made["flow"]["filed"].sum() == 20
    shown.controls["variants"].value = True
    made = run(shown.code, cases=cases)
    assert made["table"]["definition"].unique().tolist() != ["fujin-2012/closure_rate"]


def test_peers_mark_the_own_court(cases, peers):
    own = "富锦市人民法院"
    one = an.Cases.from_frames(
        pd.DataFrame({"case_no": ["1"], "court": [own], "filed_on": ["2011-01-04"], "closed_on": ["2011-03-01"]}),
        as_of="2011-12-31",
    )
    shown = explore(one, peers=peers, language="en")
    shown.controls["view"].value = "peers"
    assert f'highlight="{own}"' in shown.code
    made = run(shown.code, cases=one, peers=peers)
    assert points(made["fun_figure"]) == points(shown.figures["peers"])
    assert made["fun"].highlight


def test_without_peers_the_view_says_what_to_give(cases):
    shown = explore(cases)
    shown.controls["view"].value = "peers"
    assert "peers=" in shown.messages["peers"]
    assert "panel" not in shown.code


def test_another_set_with_fewer_indicators_can_be_chosen_from_the_last_of_the_first(cases):
    shown = explore(cases)
    shown.controls["indicator"].index = len(shown.controls["indicator"].options) - 1
    for name in ("courtools", "cepej", "fujin-2012"):
        shown.controls["definitions"].value = name
        assert f'definitions="{name}"' in shown.code


def test_peers_are_compared_by_what_counts_were_printed_for(cases, peers):
    shown = explore(cases, peers=peers)
    shown.controls["view"].value = "peers"
    assert [value for _, value in shown.controls["indicator"].options][:2] == ["closure_rate", "clearance_rate"]
    assert not shown.messages
    shown.controls["view"].value = "indicators"
    assert shown.controls["indicator"].value == "closure_rate"
    assert len(shown.controls["indicator"].options) > 10


def test_the_cycle_has_a_view(cases):
    shown = explore(cases)
    shown.controls["view"].value = "cycle"
    assert "cycle" in shown.figures, shown.messages
    assert "an.cycle(stock)" in shown.code


def test_a_click_on_a_period_sets_the_year(cases):
    shown = explore(cases)
    click = type("Points", (), {"xs": ["2010-05-01"]})()
    shown._zoom(None, click)
    assert shown.controls["period"].value == (2010, 2010)
    assert "years=[2010]" in shown.code


def test_words_follow_the_language_and_no_officer_is_offered(cases):
    chinese, english = explore(cases), explore(cases, language="en")
    assert chinese.controls["period"].description == "时期"
    assert english.controls["period"].description == "Period"
    assert "officer" not in [value for _, value in english.controls["by"].options]
    assert english.controls["court"].index == 0, "an open choice says what it means"
    assert english.figures["caseflow"].layout.meta["language"] == "en"
    english.controls["definitions"].value = "spc-2024"
    assert "completed_rate" in [value for _, value in english.controls["indicator"].options]


def test_a_table_is_no_register():
    with pytest.raises(ArgumentError, match="read_cases"):
        explore(pd.DataFrame())


def test_values_are_written_as_python_reads_them():
    for value in ('结案“率”"\\', ["a", 1, None], True, "2011-12-31"):
        assert eval(literal(value)) == value  # noqa: S307


def test_a_cell_that_was_moved_into_the_column_of_courts_is_not_offered():
    frame = pd.DataFrame(
        {"court": ["富锦市人民法院"] * 5 + ["申请人濮阳九思"], "filed_on": "2011-01-04", "closed_on": None}
    )
    shown = explore(an.Cases.from_frames(frame, as_of="2011-12-31"))
    assert [value for _, value in shown.controls["court"].options] == [None, "富锦市人民法院"]
