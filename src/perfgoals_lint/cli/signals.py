"""What becomes of the signals that end a program."""

from __future__ import annotations

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
