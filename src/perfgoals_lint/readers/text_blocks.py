"""Tables in text and the lines between them, as the blocks of a source."""

from collections.abc import Iterable, Sequence

from perfgoals_lint.model import Grid, Line, Location, TextBlock


def blocks_of(pieces: Iterable[Grid | int], lines: Sequence[str], path: str) -> list[TextBlock | Grid]:
    """The blocks of pieces in order: tables, which are numbered from 1, and lines by their 0-based index, of which
    blank ones are passed over."""
    blocks: list[TextBlock | Grid] = []
    tables = 0
    prose: list[Line] = []
    for piece in pieces:
        if isinstance(piece, Grid):
            tables += 1
            piece.table = tables
            blocks.append(piece)
            prose = []
        elif lines[piece].strip():
            if not prose:
                blocks.append(TextBlock(prose))
            prose.append(Line(lines[piece].strip("\ufeff"), Location(path, line=piece + 1)))
    return blocks
