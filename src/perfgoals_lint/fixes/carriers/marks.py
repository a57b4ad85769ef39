"""Where in the stored text of a carrier the faulty part of a finding is."""

import bisect

from perfgoals_lint.fixes.apply import Carriers
from perfgoals_lint.fixes.carriers import TextSpan
from perfgoals_lint.model import Finding, Location
from perfgoals_lint.rulebook.patterns import compiled

_LINE_END = compiled("\r\n|[\r\n]")


class LineIndex:
    """The lines of a text as editors and pipelines count them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def line_of(self, offset: int) -> int:
        """The 1-based line that holds an offset."""
        return bisect.bisect_right(self._starts, offset)

    def start(self, line: int) -> int:
        """The offset at which a 1-based line starts."""
        return self._starts[line - 1]

    def text(self, line: int) -> str | None:
        """The text of a 1-based line without its end; ``None`` where there is none."""
        if not 0 < line <= len(self._starts):
            return None
        end = self._starts[line] if line < len(self._starts) else None
        return self._text[self._starts[line - 1] : end].rstrip("\r\n")


def faulty_part(text: str, carriers: Carriers, finding: Finding) -> TextSpan | None:
    """The faulty part of a finding, else its whole place; ``None`` when the text does not have it."""
    location = finding.location
    if location is None:
        return None
    quote = finding.quote or ""
    start, end = finding.span or (0, len(quote))
    whole = carriers.at(location).find(location, quote) or carriers.at(location).extent(location)
    if whole is None:
        return None
    return followed(text, whole.start, quote[:end], start) or whole


def line_of(carriers: Carriers, index: LineIndex, location: Location) -> int | None:
    """The 1-based line at which what stands at a place begins."""
    if location.line is not None and location.table is None:
        return location.line
    found = carriers.at(location).extent(location)
    return index.line_of(found.start) if found is not None else None


def followed(text: str, at: int, shown: str, start: int) -> TextSpan | None:
    """Where the part of a shown text from ``start`` on is stored, when the text begins at an offset: readers join lines
    and drop blanks, so that either may have white space where the other has none. ``None`` when it goes on otherwise."""
    first = None
    for number, char in enumerate(shown):
        if char.isspace():
            continue
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text) or text[at] != char:
            return None
        if number >= start and first is None:
            first = at
        at += 1
    return TextSpan(first, at) if first is not None else None
