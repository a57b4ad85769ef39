"""Patterns made of long word lists, as the wheel brings them: what ``re`` makes of them takes longer than a small table.

What is kept is the program of the pattern engine, a list of numbers, which the engine checks as it checks those of ``re``.
Programs belong to one version of the interpreter, which the name of the file says; any other one compiles its patterns, as
a checkout does. Nothing that a user or another program can write is read: only what was built with the package.
"""

from __future__ import annotations

import binascii
import json
import os
import re
import sys
from array import array
from functools import cache
from importlib import import_module
from typing import Any

from perfgoals_lint.rulebook.policy import BUILT_DIR

_WORTH = 40
"""Characters of a pattern from which keeping it pays."""
_UNUSABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
Program = list[Any]
"""The pattern, its flags, number of groups, their names, and the numbers of the program as text."""


def compiled(pattern: str) -> re.Pattern[str]:
    """The same as ``re.compile(pattern)``."""
    engine = _engine()
    if engine is None or len(pattern) < _WORTH:
        return re.compile(pattern)
    key = _key(pattern)
    kept = _kept().get(key)
    if kept is not None:
        try:
            return _restored(engine, pattern, json.loads(kept))
        except _UNUSABLE:
            pass
    if _added is None:
        return re.compile(pattern)
    program = _added[key] = _compile(pattern)
    return _restored(engine, pattern, program)


def _key(pattern: str) -> str:
    """Where to look for a pattern: the program itself says which one it is of."""
    return f"{binascii.crc32(pattern.encode()):08x}{len(pattern)}"


def _compile(pattern: str) -> Program:
    parsed: Any = import_module("re._parser").parse(pattern)
    numbers = import_module("re._compiler")._code(parsed, 0)
    text = binascii.b2a_base64(array("I", numbers).tobytes(), newline=False).decode()
    return [pattern, parsed.state.flags, parsed.state.groups - 1, parsed.state.groupdict, text]


def _restored(engine: Any, pattern: str, program: Program) -> re.Pattern[str]:
    written, flags, groups, names, text = program
    if written != pattern:
        raise ValueError(written)
    numbers = array("I", binascii.a2b_base64(text)).tolist()
    if groups > len(pattern):
        raise ValueError(groups)
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    made: re.Pattern[str] = engine.compile(pattern, flags, numbers, groups, names, tuple(by_number))
    return made


@cache
def _engine() -> Any:
    """The pattern engine of this interpreter; ``None`` where it is not the one that this module knows."""
    if sys.implementation.name != "cpython" or not (3, 11) <= sys.version_info[:2] <= (3, 13):
        return None
    engine: Any = import_module("_sre")
    return engine if array("I").itemsize == engine.CODESIZE else None


_added: dict[str, Program] | None = None
"""The programs that the build of a wheel collects; ``None`` in every other run."""


def collect() -> None:
    """Keep the programs of all patterns from now on, for :func:`write`."""
    global _added
    _added = {}


def write(directory: str | os.PathLike[str]) -> None:
    """Write the collected programs into a directory, a line each: its key and the program."""
    lines = [
        f"{key} {json.dumps(program, separators=(',', ':'))}\n" for key, program in (_added or {}).items()
    ]
    with open(os.path.join(directory, _name()), "w", encoding="ascii", newline="\n") as file:
        file.writelines(lines)


def _name() -> str:
    engine = _engine()
    version = f"{sys.implementation.cache_tag}-{engine.MAGIC}" if engine else "none"
    return f"patterns-{version}-{sys.byteorder}-3.bin"


@cache
def _kept() -> dict[str, str]:
    """The programs that the package brings, as text: a run needs a few of them."""
    try:
        with open(os.path.join(BUILT_DIR, _name()), encoding="ascii") as file:
            return dict(line.split(" ", 1) for line in file)
    except (OSError, ValueError):
        return {}
