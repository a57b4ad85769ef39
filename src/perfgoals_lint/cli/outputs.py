"""Writing what a command makes, to standard output or to files that are whole or not there."""

import sys
from typing import Any

import click

from perfgoals_lint.cli.options import InputError, storing
from perfgoals_lint.cli.wording import listed, say
from perfgoals_lint.files.storing import replace_file
from perfgoals_lint.reports.clean import pretty, visible
from perfgoals_lint.version import __version__


def encoded(made: str | bytes) -> bytes:
    """Text as it goes into a file: UTF-8 with its own line ends."""
    return made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made


def print_made(made: str | bytes) -> None:
    """Write to standard output byte by byte, so that line ends and the byte-order mark stay as they were made."""
    sys.stdout.flush()
    sys.stdout.buffer.write(encoded(made))
    sys.stdout.buffer.flush()


def print_json(value: Any) -> None:
    """Write JSON to standard output, in UTF-8 whatever the console's encoding is."""
    print_made(pretty(value))


def print_answer(command: str, **members: Any) -> None:
    """Write the JSON object with which a command answers, which says by whom and by which schema it was made."""
    print_json({"schema": f"perfgoals-lint/{command}/1", "version": __version__, **members})


def tell_written(*paths: str) -> None:
    """Say on standard error where something was written."""
    click.echo(say("output.written", paths=listed(visible(path) for path in paths)), err=True)


def write_made(path: str, made: str | bytes, *, force: bool | None = None) -> None:
    """Write a file as a whole. Raises :class:`InputError` when it exists and ``force`` is not set (``None`` where a
    command has no such option), and when it cannot be written."""
    with storing(path):
        try:
            if force:
                replace_file(path, encoded(made))
            else:
                with open(path, "xb") as file:
                    file.write(encoded(made))
        except FileExistsError:
            key = "output.exists" if force is not None else "output.is_there"
            raise InputError(say(key, path=path)) from None
