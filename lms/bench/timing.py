"""How everything here is timed, and what a row of the table holds."""

import statistics
import time
from collections.abc import Callable

REPEATS = 15


def row(name: str, value: float, unit: str, n: int) -> dict:
    return {"name": name, "value": round(value, 2), "unit": unit, "n": n}


def timed(work: Callable[[int], object], times: int = REPEATS) -> float:
    """The median of `times` runs of `work(number)` in milliseconds, after one run that is not counted."""
    work(-1)
    seconds = []
    for number in range(times):
        begun = time.perf_counter()
        work(number)
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds) * 1000
