"""How the work of something grows with its input, for tests that it is never more than linear.

Calls cannot be counted inside regular expressions, so the processor's time is taken; it is never compared with a number
of seconds, only with the time of a smaller input in the same run.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 16
"""How much larger the larger input is: linear work takes 16 times as long, quadratic 256 times."""
LINEAR = 64
"""The growth that passes for linear: what a busy machine adds is far below the other half."""


def growth(work: Callable[[int], object], small: int) -> float:
    """The time for an input of 16 times the size, in times of that for a small one."""
    work(small)  # what is made once is made
    return _seconds(work, small * TIMES, 2) / _seconds(work, small, 5)


def _seconds(work: Callable[[int], object], size: int, runs: int) -> float:
    """The shortest of some runs, each long enough for the clock."""
    best = float("inf")
    gc.disable()  # a collection goes through all that the tests have made, whose size has nothing to do with the input
    try:
        for _ in range(runs):
            number, begin = 0, time.process_time()
            while not number or time.process_time() - begin < 0.002:
                work(size)
                number += 1
            best = min(best, (time.process_time() - begin) / number)
    finally:
        gc.enable()
    return best
