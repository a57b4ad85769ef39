"""Regular expressions of thousands of characters, kept compiled from run to run.

Word lists make patterns that ``re`` needs longer to compile (tens of milliseconds) than a small table needs for
everything else. ``re`` itself keeps nothing between runs, so the compiled code is kept in the cache, under the version
of the interpreter, and handed to the regular expression engine, which checks it. Whatever goes wrong there only costs
the time of compiling again.
"""

from __future__ import annotations

import hashlib
import pickle
import re
import sys
from array import array
from importlib import import_module
from typing import Any

from perfgoals_lint.rulebook.policy import built

_ENGINE: Any = import_module("_sre")
ENGINE_VERSION = f"{'.'.join(map(str, sys.version_info[:3]))}-{_ENGINE.MAGIC}"
"""What compiled code depends on."""


class Patterns:
    """Stands in for the module ``re`` where a lexer asks for one: compiled code that is known is not compiled again."""

    error = re.error
    match = staticmethod(re.match)

    def __init__(self, codes: dict[tuple[bytes, int], bytes]) -> None:
        self.codes = codes

    def compile(self, pattern: str, flags: int = 0) -> re.Pattern[str]:
        kept = self.codes.get(key_of(pattern, int(flags)))
        if kept is not None:
            try:
                mode, packed, *names = pickle.loads(kept)
                known: re.Pattern[str] = _ENGINE.compile(pattern, mode, array("I", packed).tolist(), *names)
            except (pickle.UnpicklingError, RuntimeError, TypeError, ValueError):
                pass
            else:
                return known
        return re.compile(pattern, flags)


def key_of(pattern: str, flags: int) -> tuple[bytes, int]:
    """What the compiled code of a pattern is kept under."""
    return hashlib.blake2b(pattern.encode(), digest_size=16).digest(), flags


def compiled(kind: str, patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    """Patterns by name, compiled once for all runs; ``kind`` names the cache file."""
    digest = hashlib.sha256("\0".join(patterns.values()).encode()).hexdigest()[:16]

    def build() -> bytes:
        codes = {key_of(text, 0): code for text in patterns.values() if (code := code_of(text, 0))}
        return pickle.dumps(codes)

    try:
        known = pickle.loads(built(kind, f"{digest}-{ENGINE_VERSION}", build))
    except (pickle.UnpicklingError, EOFError, LookupError, AttributeError, TypeError):
        known = {}
    engine = Patterns(known)
    return {name: engine.compile(text) for name, text in patterns.items()}


def code_of(pattern: str, flags: int) -> bytes | None:
    """What the engine needs to have a pattern without compiling it, or ``None`` on an interpreter built otherwise.

    It is pickled apart from the tables: a run needs few of the patterns.
    """
    try:
        parsed: Any = import_module("re._parser").parse(pattern, flags)
        code = import_module("re._compiler")._code(parsed, flags)
        names = dict(parsed.state.groupdict)
        indexes: list[str | None] = [None] * parsed.state.groups
        for name, index in names.items():
            indexes[index] = name
        packed = array("I", map(int, code)).tobytes()
        return pickle.dumps(
            (flags | parsed.state.flags, packed, parsed.state.groups - 1, names, tuple(indexes))
        )
    except (ImportError, AttributeError):
        return None
