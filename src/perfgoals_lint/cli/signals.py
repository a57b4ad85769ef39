"""What becomes of the signals that end a program."""

from __future__ import annotations

import atexit
import os
import signal
import sys


def end_on_signals() -> None:
    """Being asked to end, and the first interrupt, unwind the run, which ends its processes; a second interrupt ends this
    one at once."""

    def interrupted(*_: object) -> None:
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))
        raise KeyboardInterrupt

    def asked_to_end(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        sys.exit(143)

    signal.signal(signal.SIGINT, interrupted)
    signal.signal(signal.SIGTERM, asked_to_end)
    # An interpreter that ends gives handled signals back to the system, whose answer would replace the exit status.
    # Registered first, so run last: the threads and processes of the run are gone by then.
    for number in (signal.SIGINT, signal.SIGTERM):
        atexit.register(signal.signal, number, signal.SIG_IGN)
