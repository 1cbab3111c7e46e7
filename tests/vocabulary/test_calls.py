"""A wrong call of a public function is answered in the user's language, with the nearest name."""

import inspect
from contextlib import suppress
from functools import wraps
from types import FunctionType

import pandas as pd
import pytest

import analysis as an
from analysis.vocabulary.calls import answering, taken_by
from analysis.vocabulary.errors import ArgumentError
from analysis.vocabulary.kinds import RESULTS
from analysis.vocabulary.language import speaking

FUNCTIONS = [name for name in an.__all__ if isinstance(getattr(an, name), FunctionType)]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrong_keyword_of_any_public_function_is_answered_with_the_nearest(name):
    function = getattr(an, name)
    unnamed = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    taken = [p.name for p in inspect.signature(function).parameters.values() if p.kind not in unnamed]
    wrong = f"{taken[-1]}x" if taken else "x"
    for language, said, nearest in (("zh", "没有参数", "是否想写“{}”"), ("en", "takes no", 'Did you mean "{}"')):
        with speaking(language), pytest.raises(an.ArgumentError, match=f"{name}.*{said}.*{wrong}") as error:
            function(**{wrong: 1})
        assert not taken or nearest.format(taken[-1]) in str(error.value.text.within(language))


def test_the_nearest_name_is_asked_for():
    with pytest.raises(an.ArgumentError, match="是否想写“freq”？"):
        an.caseflow(None, frequency="M")
    with pytest.raises(an.ArgumentError, match="是否想写“holidays”？"):
        an.deadlines(None, holliday="x.csv")  # an option of the counting of limits, written out nowhere but there


def test_what_must_be_named_and_what_must_be_given_is_said():
    with pytest.raises(an.ArgumentError, match="只有 cases 可以不写参数名"):
        an.caseflow(None, "M")
    with speaking("en"), pytest.raises(an.ArgumentError, match=r"bulletin\(\) needs period"):
        an.bulletin(None)


def test_a_public_function_is_itself():
    own, shown = inspect.getdoc(inspect.unwrap(an.caseflow)), inspect.getdoc(an.caseflow)
    assert own in shown  # with Chinese above it where somebody may ask
    assert an.caseflow.__name__ == "caseflow"
    assert list(inspect.signature(an.caseflow).parameters)[:2] == ["cases", "freq"]
    assert an.caseflow is an.caseflow


def test_an_error_within_is_not_taken_for_a_wrong_call():
    def broken(*, a):
        return broken(b=a)

    with pytest.raises(TypeError):
        answering(broken)(a=1)


def test_a_wrapper_takes_what_the_function_takes_that_it_wraps():
    """As where a notebook is watched: a wrapper has the names of its own module, not those of the options."""
    from analysis.measures.limits.deadlines import deadlines

    counted = inspect.unwrap(deadlines)

    @wraps(counted)
    def wrapper(*given, **options):
        return counted(*given, **options)

    assert taken_by(wrapper) == taken_by(counted)


@pytest.mark.parametrize("days", [10**30, float("inf"), float("nan"), 2.5])
def test_a_number_that_no_table_holds_is_refused(days):
    with pytest.raises(ArgumentError, match="extension_days"):
        an.due_date("2011-01-01", extension_days=days)


@pytest.mark.parametrize("name", [n for n in FUNCTIONS if n not in ("use_style", "write_sample", "start_form")])
@pytest.mark.parametrize("given", [5, object(), pd.Series([1.0])], ids=["number", "object", "series"])
def test_a_first_argument_of_no_kind_that_a_function_takes_is_answered_in_words(name, given):
    with suppress(an.CourtAnalysisError):  # any other error fails
        getattr(an, name)(given)


def test_a_result_is_named_after_a_function_that_gives_it():
    gives = {(inspect.unwrap(getattr(an, name)).__annotations__.get("return"), name) for name in FUNCTIONS}
    assert {*RESULTS.items()} <= gives


def test_arguments_too_many_are_answered_in_words():
    with pytest.raises(ArgumentError, match="不带参数"):
        an.or_say_why(3)


@pytest.mark.parametrize(("said", "raised"), [("Query interrupted", KeyboardInterrupt), ("another", RuntimeError)])
def test_an_interrupt_that_a_query_meets_is_an_interrupt(said, raised):
    def count():
        raise RuntimeError(said)

    with pytest.raises(raised):
        answering(count)()
