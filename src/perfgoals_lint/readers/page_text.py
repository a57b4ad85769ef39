"""Lines of text from placed characters, grouped by baseline."""

from operator import itemgetter

from perfgoals_lint.model import Line, Location

Glyph = tuple[str, float, float, float, float]
"""A character with its left and right edge, its baseline and its height, in points, y downwards."""

_SAME_LINE = 0.4
"""Baselines closer than this part of the height are one line (raised figures as in m² included)."""
_BLANK = 0.5
"""A gap wider than this part of the height stands for a blank in running text."""
_WORD_BLANK = 0.18
"""The same between two Latin letters or digits, whose words are set apart by less."""
_LATIN_END = "\u0250"
_WIDE_BLANK = 1.0
"""The same inside a cell, where text is often spaced out to fill the width."""


def cell_text(glyphs: list[Glyph]) -> str:
    """The text of a cell, its lines from top to bottom joined by line breaks."""
    return "\n".join(filter(None, (_joined(line, _WIDE_BLANK) for line in _by_baseline(glyphs))))


def visual_lines(glyphs: list[Glyph], path: str, page: int) -> list[Line]:
    """The lines as the eye reads them, top to bottom and left to right."""
    return _located(_by_baseline(glyphs), path, page)


def content_lines(glyphs: list[Glyph], path: str, page: int) -> list[Line]:
    """The lines in the order in which the document writes them; a line ends where the baseline changes."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and abs(glyph[3] - runs[-1][-1][3]) <= _SAME_LINE * max(glyph[4], runs[-1][-1][4]):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return _located(runs, path, page)


def _located(runs: list[list[Glyph]], path: str, page: int) -> list[Line]:
    lines = []
    for run in runs:
        text = _joined(run, _BLANK)
        if text:
            box = (
                round(min(glyph[1] for glyph in run), 1),
                round(min(glyph[3] - glyph[4] for glyph in run), 1),
                round(max(glyph[2] for glyph in run), 1),
                round(max(glyph[3] for glyph in run), 1),
            )
            lines.append(Line(text, Location(path, page=page, bbox=box)))
    return lines


def _by_baseline(glyphs: list[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    base, height = 0.0, 0.0
    for glyph in sorted(glyphs, key=itemgetter(3)):
        if lines and glyph[3] - base <= _SAME_LINE * max(height, glyph[4]):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            base, height = glyph[3], glyph[4]
    for line in lines:
        line.sort(key=itemgetter(1))
    return lines


def _joined(line: list[Glyph], blank: float) -> str:
    """The characters of a line; a wide gap becomes a blank, a character printed twice for weight stays one."""
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in line:
        if before is not None:
            gap = glyph[1] - before[2]
            least = _WORD_BLANK if before[0] < _LATIN_END and glyph[0] < _LATIN_END else blank
            if gap > least * glyph[4] and before[0] != " " and glyph[0] != " ":
                parts.append(" ")
            elif glyph[0] == before[0] and abs(glyph[1] - before[1]) < 0.15 * glyph[4] and glyph[0] != " ":
                continue
        parts.append(glyph[0])
        before = glyph
    return "".join(parts).strip()
