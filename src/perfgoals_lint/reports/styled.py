"""Lines of styled text, wrapped once; coloured on a terminal, plain everywhere else.

``rich`` is imported only when colours are really written: it would double the cost of a small check in a pipe.
"""

from __future__ import annotations

import os
import sys
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple, TextIO

from perfgoals_lint.reports import textwidth
from perfgoals_lint.reports.clean import visible

if TYPE_CHECKING:
    from rich.console import Console

    from perfgoals_lint.reports.run import Options

Segment = tuple[str, str]
"""Text and its style: a style of rich's, or the empty string."""


class Paragraph(NamedTuple):
    """Text to be written as one paragraph: indented by ``indent``, its further lines by ``indent + hang``."""

    segments: tuple[Segment, ...]
    indent: int = 0
    hang: int = 0


PIPE_WIDTH = 80
PIPE_ROWS = 24
_WIDEST = 110


class StyledPage:
    """Writes wrapped, styled lines to a stream. ``columns`` is the width that lines are wrapped at, ``rows`` the number of
    lines that a screen shows."""

    def __init__(self, out: TextIO, options: Options) -> None:
        self._out = out
        self._console = _console(out) if is_coloured(out, options.colour) else None
        self.columns = options.width or _columns(out.isatty())
        self.rows = max(_terminal().lines if out.isatty() else PIPE_ROWS, PIPE_ROWS)

    def line(self, *segments: Segment, indent: int = 0, hang: int = 0) -> None:
        """One paragraph: indented by ``indent``, its further lines by ``indent + hang``; text is made harmless."""
        parts = [(visible(part), style) for part, style in segments]
        text = "".join(part for part, _ in parts)
        styles = [style for part, style in parts for _ in part] if self._console else []
        for number, (start, end) in enumerate(self._slices(text, indent, hang)):
            self._print(indent + (hang if number else 0), text[start:end], styles[start:end])

    def write(self, paragraph: Paragraph) -> None:
        """Write a paragraph as :meth:`line` does."""
        self.line(*paragraph.segments, indent=paragraph.indent, hang=paragraph.hang)

    def height(self, paragraph: Paragraph) -> int:
        """The number of lines that a paragraph takes."""
        text = visible("".join(part for part, _ in paragraph.segments))
        return len(self._slices(text, paragraph.indent, paragraph.hang))

    def marked(self, text: str, marks: list[tuple[int, int]], style: str, indent: int = 0) -> None:
        """A paragraph with parts of it marked: underlined by carets, and in ``style`` where there is colour.

        ``text`` is already harmless; ``marks`` are (start, end) in it.
        """
        styles = [""] * len(text)
        for start, end in marks:
            styles[start:end] = [style] * len(styles[start:end])
        for start, end in self._slices(text, indent, 0):
            self._print(indent, text[start:end], styles[start:end])
            carets = "".join(
                ("^" if mark else " ") * textwidth.width(character)
                for character, mark in zip(text[start:end], styles[start:end], strict=True)
            ).rstrip()
            if carets:
                self._print(indent, carets, [style] * len(carets))

    def blank(self) -> None:
        """An empty line."""
        self._print(0, "", [])

    def _slices(self, text: str, indent: int, hang: int) -> list[tuple[int, int]]:
        slices = textwidth.wrap(text, self.columns - indent)
        if hang and len(slices) > 1:
            start = slices[1][0]
            rest = textwidth.wrap(text[start:], self.columns - indent - hang)
            slices[1:] = [(start + first, start + last) for first, last in rest]
        return slices

    def _print(self, indent: int, text: str, styles: list[str]) -> None:
        if self._console is None:
            self._out.write((" " * indent + text).rstrip() + "\n")
            return
        from rich.text import Text

        runs = groupby(zip(text, styles, strict=True), key=lambda pair: pair[1])
        line = Text.assemble(" " * indent, *(("".join(c for c, _ in run), style) for style, run in runs))
        self._console.print(line, soft_wrap=True, highlight=False)


def is_coloured(out: TextIO, asked: Literal["auto", "always", "never"]) -> bool:
    """Is a stream written to in colour? Where the command line leaves it open, as the environment says: NO_COLOR forbids
    it (no-color.org), FORCE_COLOR asks for it on standard output, whatever that is (force-color.org), and a dumb terminal
    has none. Files are never coloured unless that was asked for."""
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if out is sys.stdout and os.environ.get("FORCE_COLOR", "0") not in ("", "0", "false"):
        return True
    return out.isatty() and os.environ.get("TERM") != "dumb"


def _console(out: TextIO) -> Console:
    """A console that colours: whether it may has been settled, and how many colours it has is only asked where a terminal
    says so."""
    from rich.console import Console

    known = out.isatty() and os.environ.get("TERM") != "dumb"
    return Console(
        file=out,
        force_terminal=True,
        color_system="auto" if known else "standard",
        no_color=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def _columns(terminal: bool) -> int:
    if not terminal:
        return PIPE_WIDTH
    return min(_terminal().columns, _WIDEST)


def _terminal() -> os.terminal_size:
    import shutil  # brings the packers of archives with it

    return shutil.get_terminal_size((PIPE_WIDTH, PIPE_ROWS))
