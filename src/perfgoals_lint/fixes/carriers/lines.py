"""Text that is told by lines: plain text, YAML and JSON."""

from typing import Literal

from perfgoals_lint.fixes.carriers import TextSpan, only
from perfgoals_lint.model import Location
from perfgoals_lint.readers.text import LINE_END, UNPRINTED

Kind = Literal["text", "yaml", "json"]


class CarrierLines:
    """The lines of a text, counted as its reader counts them; columns count characters that are shown."""

    def __init__(self, text: str, path: str, format_name: str) -> None:
        self.text = text
        self._kind = _kind(text, path)
        self._lines: list[TextSpan] = []
        if format_name == "markdown":
            at = 0
            for line in text.splitlines(keepends=True):
                self._lines.append(TextSpan(at, at + len(line.splitlines()[0])))
                at += len(line)
            return
        start = 0
        for end in LINE_END.finditer(text):
            self._lines.append(TextSpan(start, end.start()))
            start = end.end()
        self._lines.append(TextSpan(start, len(text)))

    def extent(self, location: Location) -> TextSpan | None:
        """The rest of the line from the column on, or the whole line, without the blanks around it."""
        line = self._line(location)
        if line is None:
            return None
        start = self._at(line, location.column or 1)
        text = self.text[start : line.end]
        start += len(text) - len(text.lstrip())
        return TextSpan(start, max(start, start + len(text.strip())))

    def _line(self, location: Location) -> TextSpan | None:
        number = location.line or 0
        return self._lines[number - 1] if 0 < number <= len(self._lines) else None

    def _at(self, line: TextSpan, column: int) -> int:
        """The offset of a 1-based column; characters that readers leave out stand before the one that is shown."""
        text = self.text[line.start : line.end]
        at = line.start + column - 1
        for hidden in UNPRINTED.finditer(text):
            if line.start + hidden.start() <= at:
                at += len(hidden[0])
        return min(at, line.end)

    def find(self, location: Location, shown: str) -> TextSpan | None:
        """Where a text stands: at its place, or else once in its line; ``None`` where neither."""
        line, extent = self._line(location), self.extent(location)
        if line is None or extent is None or not shown:
            return None
        stored = self.stored(location, shown)
        if location.column is not None:
            quoted = self._kind != "text" and self.text[extent.start : extent.start + 1] in {'"', "'"}
            start = extent.start + quoted
            if self.text.startswith(stored, start):
                return TextSpan(start, start + len(stored))
        return only(self.text, stored, extent)

    def stored(self, location: Location, shown: str) -> str:
        """A text as the file holds it: escaped as the quotes around it ask for."""
        extent = self.extent(location)
        sign = self.text[extent.start : extent.start + 1] if extent and self._kind != "text" else ""
        if sign == '"':
            return shown.replace("\\", "\\\\").replace('"', '\\"')
        return shown.replace("'", "''") if sign == "'" else shown

    def comment(self, location: Location, body: str) -> tuple[int, str] | None:
        """A line of its own before the line, indented as it is. JSON has no comments."""
        line = self._line(location)
        if line is None or self._kind == "json":
            return None
        text = self.text[line.start : line.end]
        indent = text[: len(text) - len(text.lstrip())] if self._kind == "yaml" else ""
        return line.start, f"{indent}# {body}\n"


def _kind(text: str, path: str) -> Kind:
    """The notation of the text: by its path where that tells, since readers treat comments by it too."""
    from perfgoals_lint.forms.traits import looks_authored

    if path.lower().endswith((".yaml", ".yml")):
        return "yaml"
    if not looks_authored(text) and not path.lower().endswith(".json"):
        return "text"
    return "json" if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") else "yaml"
