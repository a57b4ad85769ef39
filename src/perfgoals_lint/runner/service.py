"""What the processes of :mod:`perfgoals_lint.runner.pool` do: they read and check one file after another."""

from collections.abc import Callable
from typing import Any

from perfgoals_lint.config.plan import Books, Plan
from perfgoals_lint.lint.deadline import paused
from perfgoals_lint.lint.records import pack
from perfgoals_lint.readers.foreign import read_here
from perfgoals_lint.readers.worker import WatchedReader
from perfgoals_lint.runner.jobs import Checker, CheckOptions, Job


def serving(reading: WatchedReader, setup: tuple[Any, ...]) -> Callable[..., bytes]:
    """The service for a run: packed results, or the tables of a file as text. Each plan is told once."""
    reading.around = paused  # the process that asks holds the watch
    read_here(reading)
    checker = Checker(Books(), CheckOptions(*setup))
    plans: dict[str, Plan] = {}

    def serve(
        what: str,
        job: tuple[str, str, bool],
        key: str,
        told: dict[str, Any] | None,
        previous: str,
        fatal: dict[str, bool],
    ) -> bytes:
        if told is not None:
            plans[key] = Plan.of_row(told)
        reading.fatal = fatal
        if what == "tables":
            return checker.tables(Job(*job), plans[key]).encode("utf-8", "surrogatepass")
        return pack(checker.check(Job(*job), plans[key], previous))

    return serve
