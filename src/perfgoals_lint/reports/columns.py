"""Where on its line a finding is, in the unit that a format counts columns in.

Locations count characters (code points). SARIF, editors and GitHub count UTF-16 code units, reviewdog counts UTF-8
bytes; to convert, the text of the line is needed. Without it a column that cannot be known is left out.
"""

from typing import Literal, NamedTuple

from perfgoals_lint.model import Edit, Finding, Location
from perfgoals_lint.reports.lines import Part, Stored
from perfgoals_lint.reports.run import LineText

Unit = Literal["characters", "utf16", "bytes"]


class Region(NamedTuple):
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


def finding_region(
    finding: Finding, unit: Unit, line_text: LineText | None, stored: Stored | None = None
) -> Region | None:
    """The faulty part of a finding: its span, else its whole text, as far as it stands on the line of the location.

    Where the location has no column, the text is looked for on its line. A table of a text carrier is looked for where it
    is ``stored``. ``None`` when the carrier has no lines.
    """
    location = finding.location
    if location is None or location.line is None:
        return _of_part(stored.finding(finding) if stored else None, unit)
    text = _line(location, line_text)
    if text is None:
        return Region(location.line, _without_text(location.column, unit))
    quote, span = finding.quote or "", finding.span or (0, len(finding.quote or ""))
    if location.column is None:
        found = _once(text, quote, span)
        return _converted(text, location.line, found, unit) if found else Region(location.line)
    first = location.column - 1
    if first >= len(text):
        return Region(location.line)
    start, end = span
    if not start < end <= common_length(text[first:], quote):
        start, end = 0, len(text.rstrip()) - first
    return _converted(text, location.line, (first + start, first + max(start, end)), unit)


def related_region(
    location: Location, unit: Unit, line_text: LineText | None, stored: Stored | None = None
) -> Region | None:
    """The place of a related finding: line and, where it is known, column; ``None`` when the carrier has no lines."""
    if location.line is None:
        return _of_part(stored.location(location) if stored else None, unit)
    text = _line(location, line_text)
    if text is None or location.column is None:
        return Region(location.line, _without_text(location.column, unit))
    return Region(
        location.line, convert(text, location.column, unit) if location.column <= len(text) else None
    )


def edit_region(
    edit: Edit, unit: Unit, line_text: LineText | None, stored: Stored | None = None
) -> Region | None:
    """The text that an edit replaces, only if it stands on its line exactly as it is said to, and only once where the
    location has no column."""
    location = edit.location
    if stored and not stored.is_text(location.path):
        return None
    if location.line is None:
        return _of_part(stored.edit(edit) if stored else None, unit)
    text = _line(location, line_text)
    if text is None or location.line is None or not edit.old:
        return None
    if location.column is None:
        found = _once(text, edit.old, (0, len(edit.old)))
    else:
        start = location.column - 1
        found = (start, start + len(edit.old)) if text.startswith(edit.old, start) else None
    return _converted(text, location.line, found, unit) if found else None


def _of_part(part: Part | None, unit: Unit) -> Region | None:
    if part is None:
        return None
    line, start, end, text = part
    return _converted(text, line, (start, max(start, end)), unit)


def _once(text: str, quote: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """Where a part of a quote stands in a text (0-based start and end): by the whole quote, else by the part alone.

    ``None`` unless it is there exactly once.
    """
    start, end = span
    for wanted, shift in ((quote, start), (quote[start:end], 0)):
        if wanted and text.count(wanted) == 1:
            first = text.index(wanted) + shift
            return first, first + end - start
    return None


def _converted(text: str, line: int, part: tuple[int, int], unit: Unit) -> Region:
    start, end = part
    column = convert(text, start + 1, unit)
    return Region(line, column, convert(text, end + 1, unit) if end > start else None)


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
