"""What runs in a :class:`perfgoals_lint.readers.process.Process`: one request after another, files read under hard limits.

Whatever goes wrong inside a reader is an answer; what kills the process is noticed at the other end.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib import import_module
from typing import Any

from perfgoals_lint.model import Source
from perfgoals_lint.readers.limits import CORRUPT, LIMIT, NEEDS_EXTRA, READER_DIED, TIMEOUT, Limits, ReadError
from perfgoals_lint.readers.process import DONE, READ, READING, read_frame, write_frame

Unread = tuple[str, str, dict[str, str]]
"""Why a file cannot be read at all: its format, a ``PGX`` code, the arguments of its message."""
_GROWN = 0.5
"""A process that has filled this part of its limit is replaced, so that no file pays for the one before."""
_LONGEST_REQUEST = 1 << 28


def lost(format_name: str, limits: Limits, late: bool) -> Unread:
    """The answer for a file on which a process died, or was ended because its time was over."""
    if late:
        return format_name, TIMEOUT, {"seconds": format(limits.seconds, "g")}
    return format_name, READER_DIED, {"memory": str(limits.memory >> 20)}


class WatchedReader:
    """Reads foreign files in this process, and announces each one to the process that watches it.

    ``fatal`` says of paths on which the process before this one was lost whether its time was over; ``around`` holds
    while a file is read.
    """

    def __init__(self, announce: Callable[[tuple[Any, ...]], None]) -> None:
        self._announce = announce
        self._memory = 0
        self.fatal: dict[str, bool] = {}
        self.around: Callable[[], AbstractContextManager[None]] = nullcontext

    def __call__(
        self, path: str, format_name: str, password: str | None, limits: Limits, shown: str
    ) -> Source | Unread:
        """The content of a file, whose places show the path ``shown``."""
        if path in self.fatal:
            return lost(format_name, limits, self.fatal[path])
        self._memory = limits.memory
        self._announce((READING, path, format_name))
        try:
            with self.around(), _confined(limits):
                return _read(path, format_name, password, limits, shown)
        finally:
            self._announce((READ,))

    @property
    def has_grown(self) -> bool:
        """Does the address space in use leave too little for the next file? Told by Linux only; not the peak of
        ``getrusage``, which a new process inherits from the one that started it."""
        try:
            with open("/proc/self/statm", "rb") as statm:
                pages = int(statm.read().split()[0])
        except OSError:
            return False
        return 0 < self._memory * _GROWN < pages * os.sysconf("SC_PAGE_SIZE")


def _read(path: str, format_name: str, password: str | None, limits: Limits, shown: str) -> Source | Unread:
    from perfgoals_lint.readers.dispatch import read_as

    try:
        return read_as(path, format_name, password, limits, shown)
    except ReadError as error:
        return error.format_name or format_name, error.code, error.args_shown
    except MemoryError:
        return format_name, LIMIT, {"limit": "memory", "value": "", "allowed": str(limits.memory)}
    except ImportError as error:
        return format_name, NEEDS_EXTRA, {"extra": error.name or str(error)}
    except RecursionError:
        return format_name, CORRUPT, {"reason": "nested too deeply"}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of a compiled library is no Exception; it costs the file alone
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return format_name, CORRUPT, {"case": "refused", "reason": reason[:200]}


@contextmanager
def _confined(limits: Limits) -> Iterator[None]:
    """Cap address space and processor time in the block, forbid writing files and core dumps, where the system knows
    such limits. Processor time is capped in case nobody is left to watch the deadline."""
    try:
        import resource
    except ImportError:  # Windows: the deadline in the parent process still holds
        yield
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: int(used.ru_utime + used.ru_stime + limits.seconds) + 5,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    before = {kind: resource.getrlimit(kind) for kind in allowed}
    for kind, most in allowed.items():
        hard = before[kind][1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    try:
        yield
    finally:
        for kind, limit in before.items():
            resource.setrlimit(kind, limit)


def main() -> None:
    """Serve requests until the input ends or the process has grown too large. An interrupt is for the process that asks,
    which then ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # libraries and plug-ins that print must not disturb the answers
        os.dup2(nothing, standard)
    first = read_frame(requests, _LONGEST_REQUEST)
    if first is None:
        return
    service, setup = first
    module, _, name = service.partition(":")
    reading = WatchedReader(lambda frame: write_frame(answers, frame))
    serve = getattr(import_module(module), name)(reading, setup)
    while (request := read_frame(requests, _LONGEST_REQUEST)) is not None:
        message = serve(*request)
        grown = reading.has_grown
        write_frame(answers, (DONE, grown, message))
        if grown:
            return
