"""The command: ``perfgoals-lint`` and ``python -m perfgoals_lint``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; asking for the version imports nothing else."""
    if sys.argv[1:] == ["--version"]:
        from perfgoals_lint import __version__

        print(f"perfgoals-lint {__version__}")
        return
    end_on_signals()
    from perfgoals_lint.cli.main import cli
    from perfgoals_lint.console import set_up

    set_up()

    cli(prog_name="perfgoals-lint")


def end_on_signals() -> None:
    """Being asked to end, and the first interrupt, unwind the run, which ends its processes; a second interrupt ends this
    one at once."""
    import os
    import signal

    def interrupted(*_: object) -> None:
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))
        raise KeyboardInterrupt

    def asked_to_end(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        sys.exit(143)

    signal.signal(signal.SIGINT, interrupted)
    signal.signal(signal.SIGTERM, asked_to_end)


if __name__ == "__main__":
    main()
