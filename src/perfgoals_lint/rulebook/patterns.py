"""Patterns as the wheel brings them: what ``re`` makes of some hundred of them takes longer than checking a small table.

What is kept is the program of the pattern engine, a list of numbers, which the engine checks as it checks those of ``re``.
Programs belong to one version of the interpreter, which the name of the file says; any other one compiles its patterns, as
a checkout does. Nothing that a user or another program can write is read: only what was built with the package, as it was
built, which a checksum shows.
"""

import binascii
import marshal
import mmap
import os
import re
import sys
from array import array
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any

BUILT_DIR = os.path.join(os.path.dirname(os.path.dirname(__file__)), "_built")
"""Where the wheel puts what its build has made."""
Program = tuple[int, int, dict[str, int], bytes | memoryview]
"""All flags, the number of groups, their names, and the program as numbers of the engine's size."""
_Programs = dict[tuple[str, int], Program]
"""By pattern and the flags that were asked for."""
_Index = dict[tuple[str, int], tuple[int, int, dict[str, int], int, int]]
"""The same with the place of each program behind the index: a run reads those alone that it needs."""
_WORD = 4
"""Bytes of the checksum, and of the length of the index."""


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The same as ``re.compile(pattern, flags)``."""
    index, numbers = _kept()
    if (kept := index.get((pattern, int(flags)))) is not None:
        return _restored(pattern, (*kept[:3], numbers[kept[3] : kept[4]]))
    if _added is not None:
        _added[pattern, int(flags)] = _compile(pattern, int(flags))
    return re.compile(pattern, flags)


def any_of(words: Iterable[str]) -> str:
    """A pattern of the words as they stand, the longest first and always in the same order: a program is kept for it."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _compile(pattern: str, flags: int) -> Program:
    parsed: Any = import_module("re._parser").parse(pattern, flags)
    numbers = import_module("re._compiler")._code(parsed, flags)
    state = parsed.state
    return flags | state.flags, state.groups - 1, state.groupdict, array("I", numbers).tobytes()


def _restored(pattern: str, program: Program) -> re.Pattern[str]:
    flags, groups, names, numbers = program
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    code = memoryview(numbers).cast("I").tolist()
    made: re.Pattern[str] = _engine().compile(pattern, flags, code, groups, names, tuple(by_number))
    return made


@cache
def _engine() -> Any:
    """The pattern engine of this interpreter; ``None`` where it is not the one that this module knows."""
    if sys.implementation.name != "cpython" or not (3, 11) <= sys.version_info[:2] <= (3, 13):
        return None
    engine: Any = import_module("_sre")
    return engine if array("I").itemsize == engine.CODESIZE else None


_added: _Programs | None = None
"""The programs that the build of a wheel collects; ``None`` in every other run."""


def collect() -> None:
    """Keep the programs of all patterns from now on, for :func:`write`."""
    global _added
    _added = None if _engine() is None else {}


def write(directory: str | os.PathLike[str]) -> None:
    """Write the collected programs into a directory, behind their checksum."""
    index: _Index = {}
    kept = b""
    for key, (flags, groups, names, numbers) in (_added or {}).items():
        index[key] = flags, groups, names, len(kept), len(kept) + len(numbers)
        kept += numbers
    said = marshal.dumps(index)
    content = len(said).to_bytes(_WORD) + said + kept
    with open(os.path.join(directory, _name()), "wb") as file:
        file.write(_checksum(content) + content)


def _checksum(content: bytes | memoryview) -> bytes:
    return binascii.crc32(content).to_bytes(_WORD)


def _name() -> str:
    engine = _engine()
    version = f"{sys.implementation.cache_tag}-{engine.MAGIC}" if engine else "none"
    return f"patterns-{version}-{sys.byteorder}-5.bin"


@cache
def _kept() -> tuple[_Index, memoryview]:
    """The programs that the package brings; none where it brings none for this interpreter."""
    index: _Index = {}
    try:
        with open(os.path.join(BUILT_DIR, _name()), "rb") as file:
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):  # there is no file, or nothing in it
        return index, memoryview(b"")
    behind = 2 * _WORD + int.from_bytes(content[_WORD : 2 * _WORD])
    if behind <= len(content) and content[:_WORD] == _checksum(content[_WORD:]):
        index = marshal.loads(content[2 * _WORD : behind])
    return index, content[behind:]
