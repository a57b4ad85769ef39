"""Texts as they are compared: without blanks, and by likeness."""

from collections.abc import Iterable


def squeeze(text: str) -> str:
    """The text without any white space, which layouts add and drop."""
    return "".join(text.split())


def is_chinese(character: str) -> bool:
    """Is it one of the common Chinese characters? Not so the empty text."""
    return "\u4e00" <= character <= "\u9fff"


def width_of(text: str) -> float:
    """The width of a text in em: signs and letters of ASCII take half of one."""
    return len(text) - sum("!" <= character <= "~" for character in text) / 2


def nearest(name: str, known: Iterable[str], most: int = 3, likeness: float = 0.5) -> list[str]:
    """The known names most like a text, case ignored, the best first and of equals by name, ``most`` at the most.

    ``likeness`` is the least ratio of :class:`difflib.SequenceMatcher`, 1 being equal.
    """
    from difflib import SequenceMatcher

    wanted = name.lower()
    scored = ((SequenceMatcher(None, wanted, one.lower()).ratio(), one) for one in set(known))
    return [one for score, one in sorted(scored, key=lambda pair: (-pair[0], pair[1])) if score >= likeness][
        :most
    ]
