"""The months of an implementation period, where its boxes print them."""

from __future__ import annotations

from collections.abc import Mapping

from perfgoals_lint.rulebook.patterns import compiled

_ORDER = ("period_start", "period", "period_end")
_MONTH = compiled(
    r"(?:19|20)\d\d\s*[年./-]\s*(1[0-2]|0?[1-9])(?![0-9])|(?<![0-9./])(?<![0-9]-)(1[0-2]|0?[1-9])\s*月"
)


def months_of(texts: Mapping[str, str]) -> tuple[int, int] | None:
    """The first and the last month that the boxes of a period name; ``None`` where they do not name both."""
    text = " ".join(texts.get(name, "") for name in _ORDER)
    found = [int(match[1] or match[2]) for match in _MONTH.finditer(text)]
    return (found[0], found[-1]) if len(found) > 1 else None
