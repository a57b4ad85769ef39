"""The worker process of :mod:`perfgoals_lint.runner.pool`: checks one file after another until its input ends."""

from __future__ import annotations

import os
import signal

from perfgoals_lint.config.plan import Books, Plan
from perfgoals_lint.lint.records import pack
from perfgoals_lint.readers.worker import read_frame, write_frame
from perfgoals_lint.runner.jobs import Checker, Job

_LONGEST_REQUEST = 1 << 28


def main() -> None:
    """Serve requests. An interrupt is for the process that asks, which then ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):  # what a plug-in prints must not disturb the answers
        os.dup2(nothing, standard)
    setup = read_frame(requests, 1 << 20)
    if setup is None:
        return
    timed, passwords, convert, printed = setup
    checker = Checker(Books(), timed, passwords, convert, printed)
    plans: dict[str, Plan] = {}  # each is told once
    while (request := read_frame(requests, _LONGEST_REQUEST)) is not None:
        what, path, display, named, key, told, previous = request
        if told is not None:
            plans[key] = Plan.of_row(told)
        job, plan = Job(path, display, named), plans[key]
        if what == "tables":
            write_frame(answers, checker.tables(job, plan).encode("utf-8", "surrogatepass"))
        else:
            write_frame(answers, pack(checker.check(job, plan, previous)))


if __name__ == "__main__":
    main()
