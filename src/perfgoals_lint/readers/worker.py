"""The worker process: reads one foreign file after another under hard limits and answers over its standard output.

Started by ``foreign.py``. A request is a marshalled tuple, an answer likewise, each after its length in eight bytes.
Whatever goes wrong inside a reader is an answer; what kills the process is noticed at the other end.
"""

from __future__ import annotations

import marshal
import os
from contextlib import suppress
from dataclasses import fields
from typing import IO, TYPE_CHECKING, Any

from perfgoals_lint.readers.limits import CORRUPT, LIMIT, NEEDS_EXTRA, Limits, ReadError

if TYPE_CHECKING:
    import subprocess

_LENGTH = 8
_WORN_OUT = 0.5
"""A worker that has filled this part of its limit is replaced, so that no file pays for the one before."""


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


def end(process: subprocess.Popen[bytes]) -> None:
    """End a worker for good: kill it, close its pipes whatever is left in them, and wait until it is gone."""
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    process.wait()


def answer(path: str, format_name: str, password: str | None, limits: Limits) -> tuple[Any, ...]:
    """``("source", packed source)``, or ``("error", format, code, arguments)`` when the file cannot be read at all."""
    from perfgoals_lint.readers.dispatch import read_as
    from perfgoals_lint.readers.wire import pack

    try:
        return "source", pack(read_as(path, format_name, password, limits), limits)
    except ReadError as error:
        return "error", error.format_name or format_name, error.code, error.args_shown
    except MemoryError:
        return "error", format_name, LIMIT, {"limit": "memory", "value": "", "allowed": str(limits.memory)}
    except ImportError as error:
        return "error", format_name, NEEDS_EXTRA, {"extra": error.name or str(error)}
    except RecursionError:
        return "error", format_name, CORRUPT, {"reason": "nested too deeply"}
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return "error", format_name, CORRUPT, {"case": "refused", "reason": reason[:200]}
    except (
        BaseException
    ) as error:  # a panic of a compiled library is no Exception; it costs the file, not the worker
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return "error", format_name, CORRUPT, {"case": "refused", "reason": reason[:200]}


def _confine(limits: Limits) -> None:
    """Cap address space, forbid writing files and core dumps, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows: the deadline in the parent process still holds
        return
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(kind, (most, hard))


def _restart_clock(limits: Limits) -> None:
    """Cap the processor time of the next file, in case nobody is left to watch the deadline."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    allowed = int(used.ru_utime + used.ru_stime + limits.seconds) + 5
    if hard == resource.RLIM_INFINITY or allowed < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))


def _worn_out(limits: Limits) -> bool:
    """Whether the address space in use leaves too little for the next file. Told by Linux only; not the peak of
    ``getrusage``, which a new process inherits from the one that started it."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            pages = int(statm.read().split()[0])
    except OSError:
        return False
    return pages * os.sysconf("SC_PAGE_SIZE") > limits.memory * _WORN_OUT


def main() -> None:
    """Serve requests until the input ends or the process has grown too large."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # libraries that print must not disturb the answers
        os.dup2(nothing, standard)
    settings = read_frame(requests, 1 << 16)
    if settings is None:
        return
    limits = Limits(**dict(zip((f.name for f in fields(Limits)), settings, strict=True)))
    _confine(limits)
    while (request := read_frame(requests, 1 << 20)) is not None:
        _restart_clock(limits)
        path, format_name, password = request
        result = answer(path, format_name, password, limits)
        worn_out = _worn_out(limits)
        write_frame(answers, (worn_out, *result))
        if worn_out:
            return


if __name__ == "__main__":
    main()
