"""Patterns made of long word lists, kept as what ``re`` makes of them: compiling one takes longer than a small table.

What is kept is the program of the pattern engine, a list of numbers. It is no code of the machine or of Python, and the
engine checks every program that it is given (as ``re`` itself gives it one) before it runs it: a kept file that somebody
has changed can make a pattern find something else, as changed word lists could, and nothing more. Programs belong to one
version of the interpreter, which the name of the file says. What cannot be used is compiled, as anywhere else.

The wheel brings the programs that an ordinary table needs; others are kept in the user's cache when a run ends.
"""

from __future__ import annotations

import atexit
import binascii
import hashlib
import json
import os
import re
import sys
from array import array
from functools import cache
from importlib import import_module
from typing import Any

from perfgoals_lint.rulebook.policy import BUILT_DIR, cache_dir, write_atomically

_WORTH = 40
"""Characters of a pattern from which keeping it pays."""
_MOST = 1000
"""Patterns that are kept; a user's own rules may bring any number."""
_UNUSABLE = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
Program = list[Any]
"""Flags, number of groups, their names, and the numbers of the program as text."""


def compiled(pattern: str) -> re.Pattern[str]:
    """The same as ``re.compile(pattern)``."""
    engine = _engine()
    if engine is None or len(pattern) < _WORTH:
        return re.compile(pattern)
    key = hashlib.sha1(pattern.encode(), usedforsecurity=False).hexdigest()
    kept = _kept().get(key)
    if kept is not None:
        try:
            return _restored(engine, pattern, kept)
        except _UNUSABLE:
            pass
    program = _compile(pattern)
    if not _added:
        atexit.register(keep)
    _added[key] = program
    return _restored(engine, pattern, program)


def _compile(pattern: str) -> Program:
    parsed: Any = import_module("re._parser").parse(pattern)
    numbers = import_module("re._compiler")._code(parsed, 0)
    text = binascii.b2a_base64(array("I", numbers).tobytes(), newline=False).decode()
    return [parsed.state.flags, parsed.state.groups - 1, parsed.state.groupdict, text]


def _restored(engine: Any, pattern: str, program: Program) -> re.Pattern[str]:
    flags, groups, names, text = program
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


_added: dict[str, Program] = {}


def _name() -> str:
    engine = _engine()
    version = f"{sys.implementation.cache_tag}-{engine.MAGIC}" if engine else "none"
    return f"patterns-{version}-{sys.byteorder}-1.bin"


@cache
def _kept() -> dict[str, Program]:
    """The programs that the package brings and those that earlier runs kept."""
    known: dict[str, Program] = {}
    for directory in (BUILT_DIR, str(cache_dir())):
        known |= _read(os.path.join(directory, _name()))
    return known


def _read(path: str) -> dict[str, Program]:
    try:
        with open(path, encoding="ascii") as file:
            known = json.load(file)
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def keep() -> None:
    """Keep what this run had to compile, beside what other runs have kept by now."""
    path = cache_dir() / _name()
    known = _read(str(path)) | _added
    if len(known) <= _MOST:
        write_atomically(path, json.dumps(known, separators=(",", ":")).encode())
