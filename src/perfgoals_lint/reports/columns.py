"""Where on its line a finding is, in the unit that a format counts columns in.

Locations count characters (code points). SARIF, editors and GitHub count UTF-16 code units, reviewdog counts UTF-8
bytes; to convert, the text of the line is needed. Without it a column that cannot be known is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from perfgoals_lint.model import Edit, Finding, Location
    from perfgoals_lint.reports.run import LineText

Unit = Literal["characters", "utf16", "bytes"]


@dataclass(slots=True, frozen=True)
class Region:
    """A part of one line: 1-based line and columns, ``end`` exclusive; columns are ``None`` where they are unknown."""

    line: int
    column: int | None = None
    end: int | None = None


def convert(text: str, column: int, unit: Unit) -> int:
    """The 1-based column in ``unit`` of the 1-based character column of a line."""
    before = text[: column - 1]
    if unit == "utf16":
        return len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1
    if unit == "bytes":
        return len(before.encode("utf-8", "surrogatepass")) + 1
    return column


def finding_region(finding: Finding, unit: Unit, line_text: LineText | None) -> Region | None:
    """The faulty part of a finding: its span, else its whole text, as far as it stands on the line of the location.

    ``None`` when the carrier has no lines.
    """
    location = finding.location
    if location is None or location.line is None:
        return None
    text = _line(location, line_text)
    if location.column is None or text is None or location.column > len(text):
        return Region(location.line, _without_text(location.column, unit) if text is None else None)
    first = location.column - 1
    known = common_length(text[first:], finding.quote or "")
    start, end = finding.span or (0, len(finding.quote or ""))
    if not start < end <= known:
        start, end = 0, len(text.rstrip()) - first
    if end <= start:
        return Region(location.line, convert(text, location.column, unit))
    columns = (convert(text, first + position + 1, unit) for position in (start, end))
    return Region(location.line, *columns)


def related_region(location: Location, unit: Unit, line_text: LineText | None) -> Region | None:
    """The place of a related finding: line and, where it is known, column; ``None`` when the carrier has no lines."""
    if location.line is None:
        return None
    text = _line(location, line_text)
    if text is None or location.column is None:
        return Region(location.line, _without_text(location.column, unit))
    return Region(
        location.line, convert(text, location.column, unit) if location.column <= len(text) else None
    )


def edit_region(edit: Edit, unit: Unit, line_text: LineText | None) -> Region | None:
    """The text that an edit replaces, only if it stands on its line exactly as it is said to."""
    location = edit.location
    text = _line(location, line_text)
    if text is None or location.line is None or location.column is None:
        return None
    if not edit.old or not text.startswith(edit.old, location.column - 1):
        return None
    end = location.column + len(edit.old)
    return Region(location.line, convert(text, location.column, unit), convert(text, end, unit))


def _line(location: Location, line_text: LineText | None) -> str | None:
    return line_text(location.path, location.line) if line_text and location.line is not None else None


def _without_text(column: int | None, unit: Unit) -> int | None:
    return column if unit == "characters" or column == 1 else None


def common_length(one: str, other: str) -> int:
    """The length of the beginning that two texts share."""
    for position, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return position
    return min(len(one), len(other))
