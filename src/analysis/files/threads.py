"""Jobs done in threads, their results taken in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

WORKERS = 2
Job = TypeVar("Job")
Done = TypeVar("Done")


def map_ordered(task: Callable[[Job], Done], jobs: Iterable[Job]) -> Iterator[Done]:
    """Map ``task`` over ``jobs`` in threads, yielding results in order; few jobs are begun ahead, so that few results wait.

    >>> list(map_ordered(len, ["a", "bcd"]))
    [1, 3]
    """
    with ThreadPoolExecutor(WORKERS) as pool:
        waiting: deque[Future[Done]] = deque()
        try:
            for job in jobs:
                waiting.append(pool.submit(task, job))
                if len(waiting) > WORKERS:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # whoever stops asking waits for none that is not begun
