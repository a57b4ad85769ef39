"""Reading foreign formats in a worker process that is kept between files and replaced when it dies.

The parser libraries can be killed by a kilobyte; here that costs one problem for one file, never the run.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from perfgoals_lint.model import Location, Problem, Source
from perfgoals_lint.readers.limits import CORRUPT, ENCRYPTED, READER_DIED, TIMEOUT, WRONG_PASSWORD, Limits
from perfgoals_lint.readers.sniff import HEAD_BYTES, sniff
from perfgoals_lint.readers.wire import unpack
from perfgoals_lint.readers.worker import end, read_frame, write_frame


class Worker:
    """One worker process, started when it is first needed. ``ask`` is safe to call from several threads."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def ask(self, path: str, format_name: str, password: str | None) -> tuple[Any, ...]:
        """The worker's answer for one file: ``("source", data)`` or ``("error", format, code, arguments)``."""
        with self._lock:
            process = self._running()
            late = threading.Event()

            def expire() -> None:
                late.set()
                process.kill()

            watch = threading.Timer(self.limits.seconds, expire)
            watch.daemon = True
            watch.start()
            try:
                assert process.stdin is not None
                assert process.stdout is not None
                write_frame(process.stdin, (path, format_name, password))
                reply = read_frame(process.stdout, self.limits.answer_bytes)
            except (OSError, ValueError, EOFError, TypeError):
                reply = None
            finally:
                watch.cancel()
            if reply is None:
                self._stop()
                if late.is_set():
                    return "error", format_name, TIMEOUT, {"seconds": format(self.limits.seconds, "g")}
                return "error", format_name, READER_DIED, {"memory": str(self.limits.memory >> 20)}
            worn_out, *answer = reply
            if worn_out:
                self._stop()
            return tuple(answer)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        if self._owner == os.getpid():
            self._stop()
        package_parent = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        paths = [package_parent, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        self._process = subprocess.Popen(
            # -P: modules that lie beside the documents must never be imported
            [sys.executable, "-P", "-m", "perfgoals_lint.readers.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, paths))},
        )
        self._owner = os.getpid()
        assert self._process.stdin is not None
        write_frame(self._process.stdin, astuple(self.limits))
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        end(process)


_workers: dict[Limits, Worker] = {}


def _worker(limits: Limits) -> Worker:
    """The worker of this process for these limits; a forked child starts its own."""
    worker = _workers.get(limits)
    if worker is None or worker._owner not in (0, os.getpid()):
        worker = _workers[limits] = Worker(limits)
        atexit.register(worker.close)
    return worker


def open_foreign(
    path: str,
    *,
    display: str | None = None,
    format_name: str | None = None,
    passwords: Sequence[str] = (),
    limits: Limits | None = None,
) -> Source:
    """Read a file of a foreign format; ``format_name`` is what ``sniff`` said, found anew when it is not given, and
    ``display`` the path that places show.

    Never raises for what is in the file: a file that cannot be read is a ``Source`` with a problem and no blocks.
    Raises ``OSError`` when the file cannot be opened. Each password is tried on a file that asks for one.
    """
    shown = path if display is None else display
    if format_name is None:
        with open(path, "rb") as stream:
            format_name = sniff(stream.read(HEAD_BYTES))
    worker = _worker(limits or Limits())
    full_path = os.path.abspath(path)
    answer = worker.ask(full_path, format_name, None)
    for password in passwords:
        if answer[0] == "error" and answer[2] in (ENCRYPTED, WRONG_PASSWORD):
            answer = worker.ask(full_path, format_name, password)
    if answer[0] == "source":
        try:
            return unpack(answer[1], shown)
        except (TypeError, ValueError, KeyError):
            answer = ("error", format_name, CORRUPT, {"reason": "the reader's answer is damaged"})
    _, format_name, code, arguments = answer
    return Source(shown, format_name, problems=[Problem(code, Location(shown), arguments)])
