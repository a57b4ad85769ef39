"""What a TOML parser does not tell: the line on which a key stands; and the form of a version requirement."""

import re
from collections.abc import Callable, Iterator
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from perfgoals_lint.config.schema import FaultError, Path
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.version import __version__

_HEADER = compiled(r"\s*\[\[?(.+?)\]\]?\s*(?:#.*)?$")
_PART = r"""(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)"""
_KEY = compiled(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")
_COMPARED: dict[str, Callable[[list[int], list[int]], bool]] = {
    ">=": ge,
    "<=": le,
    "==": eq,
    "!=": ne,
    ">": gt,
    "<": lt,
}
_REQUIREMENT = compiled(r"\s*(>=|<=|==|!=|>|<|~=)\s*(\d+(?:\.\d+)*)\s*")


def line_of(text: str, path: Path, item: str | None = None) -> int | None:
    """The 1-based line of a key, of a table's heading, or of an item in the key's list; ``None`` when it is not found."""
    lines = text.splitlines()
    best: tuple[int, int] | None = None
    for number, full in _keys(lines):
        depth = len(full) if path[: len(full)] == full else 0
        if full[: len(path)] == path:
            best = (number, len(path))
            break
        if depth and (best is None or depth > best[1]):
            best = (number, depth)
    if best is None:
        return None
    quoted = (f'"{item}"', f"'{item}'")
    later = range(best[0], len(lines) + 1) if item is not None else range(0)
    inside = (n for n in later if any(one in lines[n - 1] for one in quoted))
    return next(inside, best[0])


def _keys(lines: list[str]) -> Iterator[tuple[int, Path]]:
    """Every heading and key with its full path and 1-based line."""
    table: Path = ()
    for number, line in enumerate(lines, 1):
        header = _HEADER.match(line)
        key = _KEY.match(line)
        if header and not key:
            parsed = _split(header[1])
            if parsed:
                table = parsed
                yield number, table
        elif key:
            parsed = _split(key[1])
            if parsed:
                yield number, table + parsed


def _split(dotted: str) -> Path:
    """The parts of a dotted key, as TOML reads it; empty when it is none."""
    import tomllib

    try:
        node: Any = tomllib.loads(f"{dotted} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    parts: list[str] = []
    while isinstance(node, dict) and node:
        part = next(iter(node))
        parts.append(part)
        node = node[part]
    return tuple(parts)


def version_fits(wanted: str, version: str = __version__) -> None:
    """Raises :class:`FaultError` unless the version fits a requirement such as ``>=0.1,<1``."""
    for clause in wanted.split(","):
        match = _REQUIREMENT.fullmatch(clause)
        if match is None:
            raise FaultError(("required-version",), "config.version_form", name=wanted)
        if not _holds(_numbers(version), match[1], _numbers(match[2])):
            raise FaultError(("required-version",), "config.version", wanted=wanted, version=version)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version.split("+")[0])]


def _holds(version: list[int], sign: str, wanted: list[int]) -> bool:
    if sign == "~=":
        return version >= wanted and version[: len(wanted) - 1] == wanted[:-1]
    width = max(len(version), len(wanted))
    one, other = ([*given, *[0] * (width - len(given))] for given in (version, wanted))
    return _COMPARED[sign](one, other)
