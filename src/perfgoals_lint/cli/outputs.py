"""Writing what a command makes, to standard output or to files that are whole or not there."""

from __future__ import annotations

import sys
from typing import Any

from perfgoals_lint.cli.options import InputError
from perfgoals_lint.cli.wording import os_error, say
from perfgoals_lint.files.storing import replace_file


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
    from perfgoals_lint.reports.clean import pretty

    print_made(pretty(value))


def write_made(path: str, made: str | bytes, *, force: bool) -> None:
    """Write a file as a whole. Raises :class:`InputError` when it exists and ``force`` is not set, and when it cannot
    be written."""
    try:
        if not force:
            with open(path, "xb") as file:
                file.write(encoded(made))
            return
        replace_file(path, encoded(made))
    except FileExistsError:
        raise InputError(say("output.exists", path=path)) from None
    except OSError as error:
        raise InputError(say("error.output_file", path=path, reason=os_error(error))) from error
