"""The passwords of ``--password-file``. They are handed on in memory and over pipes only, and never shown."""

from perfgoals_lint.cli.options import InputError
from perfgoals_lint.cli.wording import os_error, say

MOST = 100
"""Passwords are made slow to try on purpose; more than this is not a list of the passwords one has."""
_LARGEST = 65_536


def read_passwords(path: str | None) -> list[str]:
    """The passwords of a file, one a line, each once. Raises :class:`InputError` when it cannot be used."""
    if path is None:
        return []
    try:
        with open(path, "rb") as file:
            content = file.read(_LARGEST + 1)
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError(say("error.password_file", path=path, reason="UTF-8")) from None
    except OSError as error:
        raise InputError(say("error.password_file", path=path, reason=os_error(error))) from None
    passwords = list(dict.fromkeys(line for line in lines if line))
    if len(content) > _LARGEST or len(passwords) > MOST:
        raise InputError(say("error.passwords", path=path, most=MOST))
    return passwords
