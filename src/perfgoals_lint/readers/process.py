"""A process that serves requests, kept between them and replaced when it has died or grown too large.

The libraries that read documents can be killed by a kilobyte; here that costs one request. A message is marshalled and
follows its length in eight bytes. On the way to its answer a process says when it begins and ends to read a file.
"""

from __future__ import annotations

import marshal
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import IO, Any, ClassVar, NamedTuple

_LENGTH = 8
READING, READ, DONE = "reading", "read", "done"
"""The first member of a message from the process: a file is being read (path, format), it has been, or the answer (has
the process grown too large?, the answer)."""
_EVERY = 0.2
"""Seconds between two looks at the deadlines."""


def read_frame(stream: IO[bytes], most: int) -> Any:
    """The next message, ``None`` at the end of the stream. Raises ``ValueError`` when it is longer than ``most``."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    if size > most:
        raise ValueError(size)
    body = stream.read(size)
    return marshal.loads(body) if len(body) == size else None


def write_frame(stream: IO[bytes], message: Any) -> None:
    """Send one message."""
    body = marshal.dumps(message)
    stream.write(len(body).to_bytes(_LENGTH, "big"))
    stream.write(body)
    stream.flush()


class Reply(NamedTuple):
    """What became of a request. Without ``message`` the process is gone: because its time was over (``late``) or by
    itself, perhaps while it was ``reading`` a file (path and format)."""

    message: Any = None
    late: bool = False
    reading: tuple[str, str] | None = None


class Process:
    """One process for requests to ``service``, a function of the package (``module:name``) that
    :func:`perfgoals_lint.readers.worker.main` calls with ``setup``. Started when it is first needed; safe to use from
    several threads."""

    def __init__(self, service: str, setup: Any = None) -> None:
        self._first = (service, setup)
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._ended = False
        self._told: set[str] = set()

    @property
    def is_own(self) -> bool:
        """Does it belong to this process, and not to the one that this was forked from?"""
        return self._owner == os.getpid()

    @property
    def pid(self) -> int | None:
        """The number of the process that runs now."""
        return self._process.pid if self._process else None

    def start(self) -> set[str]:
        """Start the process where none runs; a set for what this very process has been told once and for all. Raises
        ``OSError`` when it cannot be started, or was ended for good."""
        if self._process is not None and self._process.poll() is None:
            return self._told
        self._stop()
        if self._ended:
            raise OSError("ended")
        package_parent = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        paths = [package_parent, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        program = "from perfgoals_lint.readers.worker import main; main()"
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", program],  # -P: never import modules that lie beside the documents
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt is for this process, which ends that one with all that it started
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, paths))},
        )
        self._told = set()
        assert self._process.stdin is not None
        write_frame(self._process.stdin, self._first)
        return self._told

    def ask(self, request: tuple[Any, ...], seconds: float, reading: float, most: int) -> Reply:
        """What becomes of a request that may take so many seconds in all, of these ``reading`` for each file that is
        read, and whose answer may have ``most`` bytes."""
        with self._lock:
            frame, doing, watched = None, None, None
            try:
                self.start()
                process = self._process
                assert process is not None
                assert process.stdin is not None
                assert process.stdout is not None
                with _Watched(process, time.monotonic() + seconds) as watched:
                    write_frame(process.stdin, request)
                    while (frame := read_frame(process.stdout, most)) is not None and frame[0] != DONE:
                        doing = (frame[1], frame[2]) if frame[0] == READING else None
                        watched.narrow(reading if doing else None)
            except (OSError, ValueError, EOFError, TypeError, IndexError):
                frame = None
            late = watched is not None and watched.late
            if frame is None:
                self._stop()
                return Reply(None, late, doing)
            _, grown, message = frame
            if grown:
                self._stop()
            return Reply(message)

    def close(self) -> None:
        """End the process; the next request starts another."""
        with self._lock:
            self._stop()

    def abort(self) -> None:
        """End the process for good, whoever waits for it."""
        self._ended = True
        process = self._process
        if process is not None:
            _kill(process)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):  # whatever is left in it
                    stream.close()
        process.wait()


class _Watched:
    """A process with a deadline, for the time of a block. One thread kills all that are late: a timer for each request
    costs more than many a request takes."""

    _all: ClassVar[set[_Watched]] = set()
    _changing = threading.Lock()
    _thread: threading.Thread | None = None

    def __init__(self, process: subprocess.Popen[bytes], last: float) -> None:
        self._process = process
        self._last = self._deadline = last
        self.late = False

    def narrow(self, seconds: float | None) -> None:
        """Allow so many seconds from now for what is done next, never more than the whole may take."""
        self._deadline = self._last if seconds is None else min(self._last, time.monotonic() + seconds)

    def __enter__(self) -> _Watched:
        with _Watched._changing:
            _Watched._all.add(self)
            if _Watched._thread is None or not _Watched._thread.is_alive():  # a forked process has no threads
                _Watched._thread = threading.Thread(target=_Watched._look, name="watch", daemon=True)
                _Watched._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with _Watched._changing:
            _Watched._all.discard(self)

    @staticmethod
    def _look() -> None:
        while True:
            time.sleep(_EVERY)
            with _Watched._changing:
                if not _Watched._all:
                    _Watched._thread = None
                    return
                now = time.monotonic()
                for one in _Watched._all:
                    if now >= one._deadline:
                        one.late = True
                        _kill(one._process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it has started."""
    if hasattr(os, "killpg") and process.poll() is None:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
