"""Tables printed as one line with a blank between their cells, as previews of documents do: each word becomes a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from perfgoals_lint.model import Line, TextBlock
from perfgoals_lint.rulebook.labels import column_of, is_level1, is_level2
from perfgoals_lint.rulebook.patterns import compiled

_WORD = compiled(r"\S+")
_FEWEST = 12
"""Words of a line that holds a table."""
_ROWS = 2
"""Classes with other words between them that a line of one row may have."""
_LONGEST = 16


def unrolled(block: TextBlock) -> TextBlock:
    """A block of text whose lines that hold a table of several rows are parted into a line for each word."""
    lines = [own for line in block.lines for own in (_parted(line) if _holds_rows(line.text) else (line,))]
    return TextBlock(lines)


def _holds_rows(text: str) -> bool:
    """Does a line hold the name of a column and, behind it, classes of several rows?"""
    words = text.split()
    if len(words) < _FEWEST:
        return False
    header = next((n for n, word in enumerate(words) if len(word) < _LONGEST and column_of(word)), len(words))
    behind = enumerate(words[header:])
    classes = [n for n, word in behind if len(word) < _LONGEST and (is_level1(word) or is_level2(word))]
    apart = [n for n in classes if n + 1 not in classes]
    return len(apart) > _ROWS


def _parted(line: Line) -> Iterator[Line]:
    first = line.location.column or 1
    for word in _WORD.finditer(line.text):
        yield Line(word[0], replace(line.location, column=first + word.start()))
