"""Limits on the time of a block of code, where the system has timers for the main thread."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooLong(BaseException):
    """The time for a block is over; no handler of ordinary exceptions may swallow it."""


class TooMuchWork(TooLong):
    """The processor has worked on a block for as long as it may."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise :class:`TooLong` in the block after so many seconds."""
    with _timer("ITIMER_REAL", "SIGALRM", seconds, TooLong):
        yield


@contextmanager
def work_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`TooMuchWork` in the block after so many seconds of the processor, however busy the machine is."""
    with _timer("ITIMER_PROF", "SIGPROF", seconds, TooMuchWork):
        yield


@contextmanager
def _timer(clock: str, sign: str, seconds: float, error: type[TooLong]) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    timer: int = getattr(signal, clock)
    number: int = getattr(signal, sign)

    def expire(_: int, __: FrameType | None) -> None:
        raise error

    before = signal.signal(number, expire)
    signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(number, before)
