"""Limits on the time of a block of code, where the system has timers for the main thread.

Time is the processor's: a machine that is busy with something else changes no result. The clock on the wall is looked at
only for what waits and does nothing.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class TooLong(BaseException):
    """The time for a block is over; no handler of ordinary exceptions may swallow it."""


class TooMuchWork(TooLong):
    """The processor has worked on a block for as long as it may."""


class MeterOverError(TooLong):
    """What a :class:`Meter` allows is spent."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise :class:`TooLong` in the block after so many seconds."""
    with _timer("ITIMER_REAL", "SIGALRM", seconds, _raising(TooLong)):
        yield


@contextmanager
def work_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`TooMuchWork` in the block after so many seconds of the processor, however busy the machine is."""
    with _timer("ITIMER_PROF", "SIGPROF", seconds, _raising(TooMuchWork)):
        yield


def _raising(error: type[TooLong]) -> Callable[[int, FrameType | None], None]:
    def expire(_: int, __: FrameType | None) -> None:
        raise error

    return expire


class Meter:
    """The processor's time by what it is spent on, taken a step at a time.

    ``task`` names what is at work; it may take ``each`` seconds in all, and everything together ``total``. Then the
    task is ended by :class:`MeterOverError`; where nothing is named, this is raised once all time is over.
    """

    STEP = 0.05

    def __init__(self, each: float, total: float) -> None:
        self.each = each
        self.total = total
        self.task: str | None = None
        self.spent = 0.0
        self.by_task: dict[str, float] = {}

    @property
    def is_over(self) -> bool:
        """Is all time spent?"""
        return self.spent >= self.total

    def tick(self, *_: object) -> None:
        """One more step has passed. Raises :class:`MeterOverError`."""
        self.spent += self.STEP
        task = self.task
        if task is not None:
            taken = self.by_task[task] = self.by_task.get(task, 0.0) + self.STEP
            if taken >= self.each or self.is_over:
                self.task = None
                raise MeterOverError
        elif self.is_over:
            raise MeterOverError


@contextmanager
def metered(meter: Meter) -> Iterator[None]:
    """Run a meter in the block."""
    with _timer("ITIMER_PROF", "SIGPROF", meter.STEP, meter.tick, meter.STEP):
        yield


@contextmanager
def paused() -> Iterator[None]:
    """Stop the timers in the block: what it does is watched from elsewhere."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    left = {timer: signal.setitimer(timer, 0) for timer in (signal.ITIMER_REAL, signal.ITIMER_PROF)}
    try:
        yield
    finally:
        for timer, (seconds, step) in left.items():
            if seconds:
                signal.setitimer(timer, seconds, step)


@contextmanager
def _timer(
    clock: str, sign: str, seconds: float, expire: Callable[[int, FrameType | None], None], step: float = 0.0
) -> Iterator[None]:
    """Call ``expire`` in the block after so many seconds, and then after every step; a timer around it goes on behind
    the block."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    timer: int = getattr(signal, clock)
    number: int = getattr(signal, sign)
    before = signal.signal(number, expire)
    outer = signal.setitimer(timer, seconds, step)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(number, before)
        if outer[0]:
            signal.setitimer(timer, *outer)
