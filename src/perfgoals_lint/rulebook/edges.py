"""The characters with which a match of a pattern can begin and end.

Long patterns of names are asked of every cell of every table, and nearly always in vain; a look at two characters
settles most of it.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

Characters = frozenset[str] | None
"""The characters that are possible, :data:`DIGIT` for a digit of any script; ``None`` when any is, or nothing is known."""
DIGIT = r"\d"
_WIDEST_RANGE = 256


def may(characters: Characters, character: str) -> bool:
    """Is a character among the possible ones?"""
    if characters is None or character in characters:
        return True
    return DIGIT in characters and character.isdecimal()


def edges(pattern: str) -> tuple[Characters, Characters]:
    """The possible first and last characters of what a pattern matches, which must not be empty."""
    try:
        parsed: Any = import_module("re._parser").parse(pattern)
    except ImportError:
        return None, None
    return _edge(list(parsed), 0)[0], _edge(list(parsed), -1)[0]


def found_by(pattern: str) -> Characters:
    """Characters of which a text must hold one for a pattern to find anything in it; ``None`` where nothing is known."""
    if "(?i" in pattern:
        return None
    try:
        parsed = list(import_module("re._parser").parse(pattern))
    except ImportError:
        return None
    return _required(parsed)


def _required(nodes: list[Any]) -> Characters:
    """Characters of which what some nodes match in a row must hold one: the fewest that one of them asks for, digits,
    which most texts have, last."""
    found = [one for one in map(_required_by, nodes) if one is not None]
    return min(found, key=lambda one: (DIGIT in one, len(one)), default=None)


def _required_by(node: Any) -> Characters:
    kind, value = str(node[0]), node[1]
    if kind == "SUBPATTERN":
        return _required(list(value[3]))
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        return _required(list(value[2])) if value[0] else None
    if kind == "BRANCH":
        return either(_required(list(branch)) for branch in value[1])
    return _edge_of(node, 0)[0] if kind in ("LITERAL", "IN") else None


def _edge(nodes: list[Any], side: int) -> tuple[Characters, bool]:
    """The characters at one side (0 or -1) of what some nodes match in a row, and can they match nothing?"""
    found: frozenset[str] = frozenset()
    for node in nodes if side == 0 else reversed(nodes):
        characters, empty = _edge_of(node, side)
        if characters is None:
            return None, empty
        found |= characters
        if not empty:
            return found, False
    return found, True


def _edge_of(node: Any, side: int) -> tuple[Characters, bool]:
    kind, value = str(node[0]), node[1]
    if kind == "LITERAL":
        return frozenset(chr(value)), False
    if kind == "IN":
        return _listed(value), False
    if kind == "SUBPATTERN":
        return _edge(list(value[3]), side)
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        least, _, inner = value
        characters, empty = _edge(list(inner), side)
        return characters, empty or least == 0
    if kind == "BRANCH":
        branches = [_edge(list(branch), side) for branch in value[1]]
        return either(one for one, _ in branches), any(empty for _, empty in branches)
    if kind in ("ASSERT", "ASSERT_NOT", "AT"):  # they only look, and can but forbid more
        return frozenset(), True
    return None, True


def _listed(members: list[Any]) -> Characters:
    """The characters of a set; ``None`` for a wide range, a class and a set of what may not be."""
    found: set[str] = set()
    for kind, value in members:
        if str(kind) == "LITERAL":
            found.add(chr(value))
        elif str(kind) == "RANGE" and value[1] - value[0] < _WIDEST_RANGE:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif str(value) == "CATEGORY_DIGIT":
            found.add(DIGIT)
        else:
            return None
    return frozenset(found)


def either(listed: Iterable[Characters]) -> Characters:
    """The characters of all; ``None`` when those of one are not known."""
    found: frozenset[str] = frozenset()
    for characters in listed:
        if characters is None:
            return None
        found |= characters
    return found
