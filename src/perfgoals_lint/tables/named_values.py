"""Cells of a list that hold the indicators of one class as ``名称：值``, numbered, a line each or one behind the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from perfgoals_lint.model import Location
from perfgoals_lint.tables.amounts import is_nothing
from perfgoals_lint.tables.printed import Joined, join

_MARK = r"[.、．)）]\s*(?!\d)"
_FIRST = re.compile(rf"\s*[（(]?1{_MARK}")
_NUMBERED = re.compile(rf"\s*[（(]?\d{{1,2}}{_MARK}")
_VALUED = re.compile(r"^(.{2,60}?)\s*(?:[：:]\s*|(?=[≥≤><＞＜≧≦]|[=＝]))(.+)$", re.DOTALL)
_STOPS = " \t\n；;。"
_MOST = 99


def named_values(lines: Iterable[tuple[str, Location]]) -> Iterator[tuple[str, str | None, Location]]:
    """The name, the value and the place of every indicator in a cell, given as its printed lines.

    A list that begins with 1 goes on at the next number, wherever that stands; else each line with a value is one, and a
    line without goes on with the one above. What holds no value is a name alone.
    """
    printed = [(text, place) for text, place in lines if text.strip()]
    for part in _parts(printed):
        text = _NUMBERED.sub("", part.text, count=1).strip(_STOPS)
        if is_nothing(text):
            continue
        match = _VALUED.match(text)
        name, value = (match[1], match[2]) if match else (text, None)
        yield name, value, part.locate(0)


def _parts(printed: list[tuple[str, Location]]) -> Iterator[Joined]:
    whole = join(printed)
    starts = list(_numbers(whole.text)) if _FIRST.match(whole.text) else []
    if len(starts) > 1:
        for start, end in zip(starts, [*starts[1:], len(whole.text)], strict=True):
            yield whole.part(start, end)
        return
    groups: list[list[tuple[str, Location]]] = []
    for text, place in printed:
        if groups and not _VALUED.match(text.strip()) and not _NUMBERED.match(text):
            groups[-1].append((text, place))
        else:
            groups.append([(text, place)])
    for group in groups:
        yield from _sentences(join(group))


def _numbers(text: str) -> Iterator[int]:
    """Where the numbers of a list stand that counts up from 1."""
    at = 0
    for number in range(1, _MOST):
        match = re.compile(rf"(?<![\d.])[（(]?{number}{_MARK}").search(text, at)
        if match is None:
            return
        yield match.start()
        at = match.end()


def _sentences(line: Joined) -> Iterator[Joined]:
    """The parts of a line between semicolons, where each has a value of its own."""
    cuts = [match.end() for match in re.finditer("[；;]", line.text)]
    bounds = [0, *cuts, len(line.text)]
    parts = [line.part(start, end) for start, end in pairwise(bounds) if start < end]
    valued = all(_VALUED.match(part.text.strip(_STOPS)) for part in parts if part.text.strip(_STOPS))
    yield from parts if valued else [line]
