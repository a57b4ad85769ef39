"""Path patterns of the configuration: ``*`` and ``?`` inside a name, ``**`` over directories.

A pattern without a slash fits a name at any depth; one with a slash starts at its configuration's directory. A pattern
that fits a directory fits everything in it.
"""

import os
import re
from functools import lru_cache

from perfgoals_lint.rulebook.patterns import compiled


def absolute(pattern: str, base: str) -> str:
    """The pattern bound to the directory that it starts from."""
    plain = pattern.replace("\\", "/").removeprefix("./")
    if plain.startswith("/"):
        return plain
    anywhere = "" if "/" in plain.rstrip("/") else "**/"
    return f"{_posix(base).rstrip('/')}/{anywhere}{plain}"


def matches(path: str, pattern: str) -> bool:
    """Does the pattern (made :func:`absolute`) fit the file or a directory above it?"""
    return _expression(pattern).match(_posix(os.path.abspath(path))) is not None


def _posix(path: str) -> str:
    return path.replace(os.sep, "/")


@lru_cache(1024)
def _expression(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.rstrip("/"))
    body = "".join(_WILD.get(part, re.escape(part)) for part in parts)
    return compiled(f"{body}(?:/.*)?\\Z", re.DOTALL)


_WILD = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
