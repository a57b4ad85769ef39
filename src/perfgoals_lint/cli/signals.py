"""What becomes of the signals that end a program."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Callable

INTERRUPTED, ASKED_TO_END = 130, 143
"""Exit statuses, as shells have them: 128 and the number of the signal."""


class Interrupted(KeyboardInterrupt):
    """An interrupt of the user. An interpreter through whose ``exec`` a plain ``KeyboardInterrupt`` has passed ends itself
    by the signal, whatever became of the exception and whatever exit status was asked for."""


_met: list[int] = []
"""The exit statuses of the signals that the program met, in their order."""


def status_of_signal() -> int | None:
    """The exit status of the first signal that the program met; ``None`` without one. What fails while a run unwinds (a
    pipe whose reader the same signal ended, say) is not why it ends."""
    return _met[0] if _met else None


def end_on_signals() -> None:
    """Being asked to end, and the first interrupt, unwind the run, which ends its processes; a second interrupt ends this
    one at once. At every moment, those of ending included, the exit status is the signal's or that of the run, and
    nothing is printed."""

    def interrupted(*_: object) -> None:
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
        _met.append(INTERRUPTED)
        raise Interrupted

    def asked_to_end(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _met.append(ASKED_TO_END)
        sys.exit(ASKED_TO_END)

    signal.signal(signal.SIGINT, interrupted)
    signal.signal(signal.SIGTERM, asked_to_end)
    sys.excepthook = _quietly(sys.excepthook)
    others = sys.unraisablehook
    quiet = _quietly(lambda *_: None)

    def unraisable(error: sys.UnraisableHookArgs) -> None:
        quiet(error.exc_type, error.exc_value, error.exc_traceback)
        others(error)

    sys.unraisablehook = unraisable
    # An interpreter that ends gives handled signals back to the system, whose answer would replace the exit status.
    # Registered first, so run last: the threads and processes of the run are gone by then.
    for number in (signal.SIGINT, signal.SIGTERM):
        atexit.register(signal.signal, number, signal.SIG_IGN)


def _quietly(hook: Callable[..., object]) -> Callable[..., None]:
    """A hook that ends the program for a signal that met it where nothing catches it: between the run and its end, while
    the interpreter waits for threads or runs what was to be run last. Anything else is the former hook's."""

    def told(kind: type[BaseException], *rest: object) -> None:
        if issubclass(kind, KeyboardInterrupt):
            os._exit(INTERRUPTED)
        if issubclass(kind, SystemExit):
            os._exit(ASKED_TO_END)
        hook(kind, *rest)

    return told
