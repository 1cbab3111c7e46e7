import time

import pytest

from analysis.vocabulary import calls, progress


class Line:
    def __init__(self):
        self.shown = []

    def display(self, data, *, raw):
        assert raw
        self.shown.append(data)

    update = display


@pytest.fixture
def line(monkeypatch):
    made = Line()
    monkeypatch.setattr("IPython.display.DisplayHandle", lambda: made)
    monkeypatch.setattr(calls, "in_notebook", lambda: True)
    monkeypatch.setattr(progress, "SHOWN_AFTER", 0.05)
    return made


def work(said, *, takes=0.0, progress=None):
    for one in said:
        progress(one)
        time.sleep(takes)
    return len(said)


def test_long_work_says_in_a_cell_what_it_is_at_and_leaves_no_line(line):
    assert calls.answering(work)(["首", "中", "末"], takes=0.15) == 3
    assert [data.get("text/plain") for data in line.shown] == ["首", "中", "末", None]
    assert line.shown[-1] == {"text/html": ""}


def test_long_work_that_tells_nothing_itself_is_named_and_what_it_calls_is_not(line):
    def inner():
        time.sleep(0.15)

    def outer():
        calls.answering(inner)()
        calls.answering(work)(["首"], takes=0.1)

    calls.answering(outer)()
    assert [data.get("text/plain") for data in line.shown] == ["正在运行 outer……", None]
    assert line.shown[-1] == {"text/html": ""}
    calls.answering(inner)()
    assert line.shown[-2] == {"text/plain": "正在运行 inner……"}


def test_what_ends_soon_shows_nothing(line):
    assert calls.answering(work)(["首"]) == 1
    time.sleep(0.15)
    assert not line.shown


def test_an_interrupt_takes_the_line_away(line):
    def interrupted(*, progress=None):
        progress("首")
        time.sleep(0.15)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calls.answering(interrupted)()
    assert line.shown[-1] == {"text/html": ""}


def test_ones_own_function_hears_it_and_the_cell_shows_nothing(line):
    heard = []
    calls.answering(work)(["首"], takes=0.15, progress=heard.append)
    assert heard == ["首"]
    assert not line.shown


def test_a_script_shows_nothing():
    assert not progress.in_notebook()
