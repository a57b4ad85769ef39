"""Text that is stored in pieces, each with its own look: replacing a part of it keeps the looks."""

from collections.abc import Sequence
from typing import NamedTuple

from perfgoals_lint.fixes.office.parts import SPACE
from perfgoals_lint.readers.package import Element, printable


class TextChange(NamedTuple):
    """Replace the characters from ``start`` to ``end`` (0-based) of a joined text by ``new``."""

    start: int
    end: int
    new: str


def smallest(text: str, old: str, new: str) -> TextChange | None:
    """The smallest change of a text that puts ``new`` for ``old``; ``None`` unless ``old`` stands there once."""
    if not old or text.count(old) != 1:
        return None
    start = text.index(old)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return TextChange(start + head, start + len(old) - tail, new[head : len(new) - tail])


def apply(nodes: Sequence[Element], change: TextChange) -> None:
    """Make a change in a text that is the joined text of ``nodes``; what is put in gets the look of what it follows."""
    at = 0
    written = False
    for node in nodes:
        text = node.text or ""
        first, last = at, at + len(text)
        at = last
        if change.end < first or change.start > last or (written and change.end <= first):
            continue
        left, right = max(change.start - first, 0), min(change.end - first, len(text))
        # At a seam the piece in front takes the text, and the one behind it only if there is none in front.
        put = "" if written else change.new
        node.text = printable(text[:left] + put + text[max(right, left) :])
        node.set(SPACE, "preserve")
        written = True


def joined(nodes: Sequence[Element]) -> str:
    """The text of the pieces."""
    return "".join(node.text or "" for node in nodes)
