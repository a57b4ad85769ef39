"""The command: ``perfgoals-lint`` and ``python -m perfgoals_lint``."""

import gc
import signal
import sys


def main() -> None:
    """Run the command line; asking for the version imports nothing else."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until the handlers below are there, an interrupt ends the program without a traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.argv[1:] == ["--version"]:
        from perfgoals_lint.version import __version__

        print(f"perfgoals-lint {__version__}")
        return
    gc.set_threshold(
        100_000, 20, 50
    )  # what is loaded stays; looking through it takes a tenth of a cold start
    from perfgoals_lint.cli.signals import end_on_signals

    end_on_signals()
    from perfgoals_lint.console import set_up

    set_up()
    from perfgoals_lint.cli.printed import this_run

    printed = this_run()
    try:
        status = printed.again() if printed else None
    except OSError as error:
        from perfgoals_lint.cli.main import give_up

        give_up(error)
    if status is not None:
        sys.exit(status)
    from perfgoals_lint.cli.main import cli

    cli(prog_name="perfgoals-lint", obj=printed)


if __name__ == "__main__":
    main()
