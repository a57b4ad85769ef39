"""The text of single lines, for formats that count columns in their own unit."""

from __future__ import annotations

from perfgoals_lint.model import TextBlock


class Lines:
    """Gives the text of a line (1-based) of a text file, ``None`` where there is none; keeps one file at a time.

    Findings come document by document, so that a file is read once more at most, and only by a format that asks.
    """

    def __init__(self) -> None:
        self._path: str | None = None
        self._lines: dict[int, str] = {}

    def __call__(self, path: str, line: int) -> str | None:
        if path != self._path:
            self._path, self._lines = path, _read(path)
        return self._lines.get(line)


def _read(path: str) -> dict[int, str]:
    from perfgoals_lint import readers

    return {
        line.location.line: line.text
        for block in readers.read(path).blocks
        if isinstance(block, TextBlock)
        for line in block.lines
        if line.location.line is not None
    }
