"""The text of single lines, for formats that count columns in their own unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals_lint.files.contents import TooLargeError
from perfgoals_lint.model import TextBlock
from perfgoals_lint.remote import on_disk

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfgoals_lint.fixes.apply import Carriers
    from perfgoals_lint.fixes.carriers.marks import LineIndex
    from perfgoals_lint.model import Edit, Finding, Location

TABLES_IN_TEXT = frozenset({"csv", "markdown", "html"})
"""The formats whose places are told by table and row, and that are texts all the same."""
Part = tuple[int, int, int, str]
"""A part of a line: its 1-based number, the 0-based start and end in it, and its text."""


class SourceLines:
    """Gives the text of a line (1-based) of a text file, ``None`` where there is none; keeps one file at a time.

    Findings come document by document, so that a file is read once more at most, and only by a format that asks.
    """

    def __init__(self) -> None:
        self._path: str | None = None
        self._lines: dict[int, str] = {}

    def __call__(self, path: str, line: int) -> str | None:
        """The text of a line (1-based) of a file; ``None`` where there is none."""
        if path != self._path:
            self._path, self._lines = path, _read(path)
        return self._lines.get(line)


class Stored:
    """Finds places that are told by table, row and column in the text that is stored; keeps one file at a time.

    ``format_of`` tells the format of a file that was read.
    """

    def __init__(self, format_of: Callable[[str], str | None]) -> None:
        self._format_of = format_of
        self._path: str | None = None
        self._text = ""
        self._index: LineIndex | None = None
        self._carriers: Carriers | None = None

    def finding(self, finding: Finding) -> Part | None:
        """The first line of a finding's faulty part, as far as it stands on it."""
        from perfgoals_lint.fixes.carriers.marks import faulty_part

        carriers = self._open(finding.location) if finding.location is not None else None
        span = faulty_part(self._text, carriers, finding) if carriers is not None else None
        return self._part(*span) if span is not None else None

    def location(self, location: Location) -> Part | None:
        """The first line of what stands at a place."""
        carriers = self._open(location)
        span = carriers.at(location).extent(location) if carriers is not None else None
        return self._part(*span) if span is not None else None

    def edit(self, edit: Edit) -> Part | None:
        """The text that an edit replaces, when it is stored as it is shown, once and on one line."""
        carriers = self._open(edit.location)
        if carriers is None or not edit.old:
            return None
        found = carriers.at(edit.location)
        span = found.find(edit.location, edit.old)
        if span is None or found.stored(edit.location, edit.new) != edit.new:
            return None
        part = self._part(*span)
        return part if part[2] - part[1] == span.end - span.start else None

    def is_text(self, path: str) -> bool:
        """Is a file a text of its own, whose lines can be edited? Pages and office files are shown as lines only, and
        what lies in an archive is no file."""
        from perfgoals_lint.files.archives import home
        from perfgoals_lint.readers.directives import TEXT_FORMATS

        return self._format_of(path) in TEXT_FORMATS and home(path) == path

    def _part(self, start: int, end: int) -> Part:
        assert self._index is not None
        line = self._index.line_of(start)
        text = self._index.text(line) or ""
        first = self._index.start(line)
        return line, start - first, min(end - first, len(text)), text

    def _open(self, location: Location) -> Carriers | None:
        """The text of a place that is told by table and row; ``None`` of any other place and where it cannot be read."""
        if location.table is None or location.line is not None:
            return None
        if location.path != self._path:
            self._path, self._carriers = location.path, None
            self._load(location.path)
        return self._carriers

    def _load(self, path: str) -> None:
        name = self._format_of(path)
        if name is None or name not in TABLES_IN_TEXT:
            return
        from perfgoals_lint.fixes.apply import Carriers
        from perfgoals_lint.fixes.carriers.marks import LineIndex
        from perfgoals_lint.readers.limits import Limits, ReadError
        from perfgoals_lint.readers.text import decode

        try:
            with on_disk(path, Limits().file_bytes) as local, open(local, "rb") as file:
                self._text = decode(file.read())
        except (OSError, ReadError, TooLargeError):
            return
        self._carriers = Carriers(self._text, path, name)
        self._index = LineIndex(self._text)


def _read(path: str) -> dict[int, str]:
    from perfgoals_lint import readers
    from perfgoals_lint.readers.limits import Limits

    try:
        with on_disk(path, Limits().file_bytes) as local:
            blocks = readers.read(local).blocks
    except (OSError, TooLargeError):
        return {}
    return {
        line.location.line: line.text
        for block in blocks
        if isinstance(block, TextBlock)
        for line in block.lines
        if line.location.line is not None
    }
