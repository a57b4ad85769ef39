"""Lines of styled text, wrapped once; coloured on a terminal, plain everywhere else.

``rich`` is imported only when colours are really written: it would double the cost of a small check in a pipe.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, TextIO

from perfgoals_lint.reports import textwidth
from perfgoals_lint.reports.clean import visible

if TYPE_CHECKING:
    from rich.console import Console

    from perfgoals_lint.reports.run import Options

Segment = tuple[str, str]
"""Text and its style: a style of rich's, or the empty string."""

PIPE_WIDTH = 80
_WIDEST = 110


class Page:
    """Writes wrapped, styled lines to a stream. ``columns`` is the width that lines are wrapped at."""

    def __init__(self, out: TextIO, options: Options) -> None:
        terminal = out.isatty()
        wanted = options.colour == "always" or (
            options.colour == "auto" and terminal and not os.environ.get("NO_COLOR")
        )
        self._out = out
        self._console = _console(out, forced=options.colour == "always") if wanted else None
        self.columns = options.width or _columns(terminal)

    def line(self, *segments: Segment, indent: int = 0, hang: int = 0) -> None:
        """One paragraph: indented by ``indent``, its further lines by ``indent + hang``; text is made harmless."""
        text, styles = _join(segments)
        for number, (start, end) in enumerate(self._slices(text, indent, hang)):
            self._print(" " * (indent + (hang if number else 0)), _cut(text, styles, start, end))

    def marked(self, text: str, marks: list[tuple[int, int]], style: str, indent: int = 0) -> None:
        """A paragraph with parts of it marked: underlined by carets, and in ``style`` where there is colour.

        ``text`` is already harmless; ``marks`` are (start, end) in it.
        """
        styles = ["" for _ in text]
        for start, end in marks:
            styles[start:end] = [style] * len(styles[start:end])
        for start, end in self._slices(text, indent, 0):
            self._print(" " * indent, _cut(text, styles, start, end))
            carets = "".join(
                ("^" if mark else " ") * textwidth.width(character)
                for character, mark in zip(text[start:end], styles[start:end], strict=True)
            ).rstrip()
            if carets:
                self._print(" " * indent, [(carets, style)])

    def blank(self) -> None:
        """An empty line."""
        self._print("", [])

    def _slices(self, text: str, indent: int, hang: int) -> list[tuple[int, int]]:
        slices = textwidth.wrap(text, self.columns - indent)
        if hang and len(slices) > 1:
            start = slices[1][0]
            rest = textwidth.wrap(text[start:], self.columns - indent - hang)
            slices[1:] = [(start + first, start + last) for first, last in rest]
        return slices

    def _print(self, margin: str, segments: list[Segment]) -> None:
        if self._console is None:
            self._out.write((margin + "".join(text for text, _ in segments)).rstrip() + "\n")
            return
        from rich.text import Text

        self._console.print(Text.assemble(margin, *segments), soft_wrap=True, highlight=False)


def _console(out: TextIO, *, forced: bool) -> Console:
    from rich.console import Console

    return Console(file=out, force_terminal=forced or None, markup=False, emoji=False, highlight=False)


def _columns(terminal: bool) -> int:
    if not terminal:
        return PIPE_WIDTH
    return min(shutil.get_terminal_size((PIPE_WIDTH, 24)).columns, _WIDEST)


def _join(segments: tuple[Segment, ...]) -> tuple[str, list[str]]:
    text = ""
    styles: list[str] = []
    for part, style in segments:
        clean = visible(part)
        text += clean
        styles += [style] * len(clean)
    return text, styles


def _cut(text: str, styles: list[str], start: int, end: int) -> list[Segment]:
    segments: list[Segment] = []
    for position in range(start, end):
        style = styles[position]
        if segments and segments[-1][1] == style:
            segments[-1] = (segments[-1][0] + text[position], style)
        else:
            segments.append((text[position], style))
    return segments
