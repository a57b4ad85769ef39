"""Where in the text of a text carrier a place is: from lines, rows and columns as reports tell them to offsets.

Readers give what a document shows; whoever edits the document or marks a place in an editor needs the text as it is
stored, with its quotes, escapes and characters without a glyph. Offsets are 0-based characters.
"""

from typing import NamedTuple, Protocol

from perfgoals_lint.model import Location


class TextSpan(NamedTuple):
    """A part of a text: 0-based characters, ``end`` exclusive."""

    start: int
    end: int


class Carrier(Protocol):
    """A text whose places are known."""

    text: str
    """The text as it is stored."""

    def extent(self, location: Location) -> TextSpan | None:
        """What stands at a place as a whole: the field, the row, or the rest of the line; ``None`` when it is not there."""

    def find(self, location: Location, shown: str) -> TextSpan | None:
        """Where a shown text stands at a place, stored whole and only once; else ``None``."""
        extent = self.extent(location)
        return only(self.text, self.stored(location, shown), extent) if extent else None

    def stored(self, location: Location, shown: str) -> str:
        """A text as it is to be stored at a place, with what has to be escaped there."""

    def comment(self, location: Location, body: str) -> tuple[int, str] | None:
        """Where an inline comment for a place is inserted, and its text; ``None`` where the carrier takes none."""


def carrier(text: str, path: str, format_name: str, location: Location) -> Carrier:
    """The carrier of a text of a format (as a document's ``format``) that knows the places of this kind.

    The same text may be told by rows or, where it is read as lines, by lines.
    """
    if location.table is not None and format_name == "csv":
        from perfgoals_lint.fixes.carriers.delimited import Delimited

        return Delimited(text)
    if location.table is not None and format_name == "markdown":
        from perfgoals_lint.fixes.carriers.pipes import Pipes

        return Pipes(text)
    if format_name == "html":
        from perfgoals_lint.fixes.carriers.markup import Markup

        return Markup(text)
    from perfgoals_lint.fixes.carriers.lines import CarrierLines

    return CarrierLines(text, path, format_name)


def only(text: str, wanted: str, within: TextSpan) -> TextSpan | None:
    """Where a text stands in a part of another, if it is there exactly once."""
    if not wanted:
        return None
    start = text.find(wanted, *within)
    if start < 0 or text.find(wanted, start + 1, within.end) >= 0:
        return None
    return TextSpan(start, start + len(wanted))
