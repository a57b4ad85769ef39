"""Lengths as documents write them, in millimetres."""

from perfgoals_lint.rulebook.patterns import compiled

_MM = {"cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96}
_LENGTH = compiled(r"(\d{1,8}\.?\d{0,8}|\.\d{1,8})\s*(cm|mm|in|pt|px)?")
TWIP = 25.4 / 1440
"""A twentieth of a point."""


def size_mm(width: str, height: str, bare: str | None = None) -> tuple[float, float] | None:
    """Width and height (``2.5cm``); without a unit they are in that of ``bare``. ``None`` unless both are lengths."""
    sides = [
        float(found[1]) * _MM[unit]
        for side in (width, height)
        if (found := _LENGTH.fullmatch(side)) and (unit := found[2] or bare)
    ]
    return (sides[0], sides[1]) if len(sides) == 2 else None
