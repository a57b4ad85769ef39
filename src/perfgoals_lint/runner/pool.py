"""Worker processes that read and check files: one that makes them crash or hang costs that file, never the run."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

from perfgoals_lint.config.plan import Plan
from perfgoals_lint.files.contents import is_address
from perfgoals_lint.lint.records import FileResult, unpack
from perfgoals_lint.readers.process import Process, Reply
from perfgoals_lint.runner import service
from perfgoals_lint.runner.jobs import GRACE, TOO_LONG, WAITING, WORKER_DIED, Checker, Job

_LONGEST_ANSWER = 1 << 30
_MOST_LOST = 2
"""Files (a document, what it was converted to) on which processes may be lost until their job is given up."""


class Pool:
    """``width`` processes, each served by a thread that waits for it. Results come through futures."""

    def __init__(self, width: int, checker: Checker) -> None:
        self.width = width
        self._checker = checker
        self._threads = ThreadPoolExecutor(width, thread_name_prefix="check")
        self._own = threading.local()
        self._processes: list[Process] = []
        self._closed = False

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
        for process in list(self._processes):
            process.abort()
        self._threads.shutdown(wait=True)
        for process in self._processes:
            process.close()

    def _check(self, job: Job, plan: Plan, previous: str) -> FileResult:
        if is_address(job.path):
            with self._checker.at_hand(job, plan) as local:
                return self._check(local, plan, previous) if isinstance(local, Job) else local
        reply = self._ask("check", job, plan, previous)
        if reply.message is not None:
            return unpack(reply.message)
        if reply.late:
            return self._checker.failed(job, plan, TOO_LONG, seconds=format(_seconds(plan), "g"))
        return self._checker.failed(job, plan, WORKER_DIED)

    def _tables(self, job: Job, plan: Plan) -> str:
        message = self._ask("tables", job, plan).message
        return message.decode("utf-8", "surrogatepass") if message is not None else ""

    def _ask(self, what: str, job: Job, plan: Plan, previous: str = "") -> Reply:
        """What becomes of a job. A process that dies on reading a file says so, and the next one goes on without it."""
        process = self._process()
        seconds = _seconds(plan)
        fatal: dict[str, bool] = {}
        while True:
            try:
                known = process.start()
            except OSError:
                return Reply()
            told = None if plan.key in known else plan.row()
            request = (what, (job.path, job.display, job.named), plan.key, told, previous, fatal)
            reply = process.ask(request, WAITING * (seconds + GRACE) + GRACE, seconds, _LONGEST_ANSWER)
            if reply.message is not None:
                known.add(plan.key)
                return reply
            if reply.reading is None or len(fatal) == _MOST_LOST:
                return reply
            fatal[reply.reading[0]] = reply.late

    def _process(self) -> Process:
        """This thread's process."""
        process: Process | None = getattr(self._own, "process", None)
        if process is None:
            process = self._own.process = Process(
                f"{service.__name__}:{service.serving.__name__}", tuple(self._checker.options)
            )
            self._processes.append(process)
            if self._closed:
                process.abort()
        return process


def _seconds(plan: Plan) -> float:
    return float(plan.limits.get("seconds", 60))
