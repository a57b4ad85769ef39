"""Worker processes that check files: a file that makes one crash or hang costs that file, never the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from perfgoals_lint.config.plan import Plan
from perfgoals_lint.config.settings import Settings
from perfgoals_lint.files.contents import is_address
from perfgoals_lint.lint.records import FileResult, unpack
from perfgoals_lint.readers.worker import end, read_frame, write_frame
from perfgoals_lint.runner.jobs import GRACE, TOO_LONG, WAITING, WORKER_DIED, Checker, Job

_LONGEST_ANSWER = 1 << 30
_EVERY = 0.2
"""Seconds between two looks at the deadlines."""


class Pool:
    """``width`` processes, each served by a thread that waits for it. Results come through futures."""

    def __init__(self, width: int, settings: Settings, checker: Checker) -> None:
        self.width = width
        self._setup = (settings.timed, settings.passwords, settings.convert, settings.printed)
        self._checker = checker
        self._threads = ThreadPoolExecutor(width, thread_name_prefix="check")
        self._own = threading.local()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._deadlines: dict[subprocess.Popen[bytes], float] = {}
        self._closed = False
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def submit(self, job: Job, plan: Plan, previous: str = "") -> Future[FileResult]:
        """The result of one file, when a process has come to it; ``previous`` as for ``Checker.check``."""
        return self._threads.submit(self._check, job, plan, previous)

    def tables(self, job: Job, plan: Plan) -> Future[str]:
        """The tables of one file as ``Checker.tables`` gives them."""
        return self._threads.submit(self._tables, job, plan)

    def close(self) -> None:
        """End all processes; what is still in work is given up."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in list(self._running):
            _kill(process)
        self._threads.shutdown(wait=True)
        for process in list(self._running):
            end(process)

    def _check(self, job: Job, plan: Plan, previous: str) -> FileResult:
        if is_address(job.path):
            with self._checker.at_hand(job, plan) as local:
                return self._check(local, plan, previous) if isinstance(local, Job) else local
        seconds = float(plan.limits.get("seconds", 60))
        reply, late = self._ask("check", job, plan, seconds, previous)
        if reply is None:
            if late:
                return self._checker.failed(job, plan, TOO_LONG, seconds=format(seconds, "g"))
            return self._checker.failed(job, plan, WORKER_DIED)
        return unpack(reply)

    def _tables(self, job: Job, plan: Plan) -> str:
        reply, _ = self._ask("tables", job, plan, float(plan.limits.get("seconds", 60)))
        return reply.decode("utf-8", "surrogatepass") if reply is not None else ""

    def _ask(
        self, what: str, job: Job, plan: Plan, seconds: float, previous: str = ""
    ) -> tuple[bytes | None, bool]:
        """The answer, or ``None`` and whether the time was over."""
        process = self._process()
        deadline = self._deadlines[process] = time.monotonic() + WAITING * (seconds + GRACE) + GRACE
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            told = None if plan.key in self._own.plans else plan.row()
            self._own.plans.add(plan.key)
            write_frame(process.stdin, (what, job.path, job.display, job.named, plan.key, told, previous))
            reply = read_frame(process.stdout, _LONGEST_ANSWER)
        except (OSError, ValueError, EOFError, TypeError):
            reply = None
        finally:
            del self._deadlines[process]
        if reply is None:
            self._drop(process)
        return reply, time.monotonic() >= deadline

    def _watch(self) -> None:
        """Kill processes whose time for a file is over; one thread for all, since a timer a file costs more than many
        a file takes to check."""
        while not self._closed:
            now = time.monotonic()
            for process, deadline in list(self._deadlines.items()):
                if now >= deadline:
                    _kill(process)
            time.sleep(_EVERY)

    def _process(self) -> subprocess.Popen[bytes]:
        """This thread's process, started when it is first needed."""
        process: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if process is not None:
            return process
        package_parent = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        paths = [package_parent, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        process = subprocess.Popen(
            # -P: modules that lie beside the documents must never be imported
            [sys.executable, "-P", "-m", "perfgoals_lint.runner.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt is for this process, which ends that one with all that it started
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, paths))},
        )
        self._running.add(process)
        if self._closed:
            process.kill()
        assert process.stdin is not None
        try:
            write_frame(process.stdin, self._setup)
        except OSError:
            process.kill()
        self._own.process, self._own.plans = process, set()
        return process

    def _drop(self, process: subprocess.Popen[bytes]) -> None:
        self._own.process = None
        self._running.discard(process)
        end(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it has started."""
    if hasattr(os, "killpg") and process.poll() is None:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
