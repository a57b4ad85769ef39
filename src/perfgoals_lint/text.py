"""Texts as they are compared: without blanks, and by likeness."""

from __future__ import annotations

from collections.abc import Iterable


def squeeze(text: str) -> str:
    """The text without any white space, which layouts add and drop."""
    return "".join(text.split())


def nearest(name: str, known: Iterable[str], most: int = 3, likeness: float = 0.5) -> list[str]:
    """The known names most like a text, case ignored, the best first, ``most`` at the most.

    ``likeness`` is the least ratio of :class:`difflib.SequenceMatcher`, 1 being equal.
    """
    from difflib import get_close_matches

    by_lower = {one.lower(): one for one in sorted(known)}
    return [by_lower[one] for one in get_close_matches(name.lower(), by_lower, most, likeness)]
