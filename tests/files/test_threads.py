"""Jobs done in threads."""

import threading

import pytest

from analysis.files.threads import WORKERS, map_ordered


def test_jobs_that_are_not_begun_are_left_when_nobody_asks_any_more():
    done, go_on = [], threading.Event()

    def task(job):
        if job:
            go_on.wait(10)
        done.append(job)

    results = map_ordered(task, range(10))
    next(results)
    threading.Timer(0.2, go_on.set).start()
    results.close()
    assert len(done) <= 1 + WORKERS


def test_what_fails_is_raised_and_nothing_more_begun():
    begun = []

    def task(job):
        begun.append(job)
        raise ValueError(job)

    with pytest.raises(ValueError, match="0"):
        list(map_ordered(task, range(100)))
    assert len(begun) <= 2 * WORKERS
