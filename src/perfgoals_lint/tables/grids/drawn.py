"""Tables drawn with lines whose cells go on beside and below rules: where each cell is says what it spans."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from perfgoals_lint.model import Grid, Line, TextBlock
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.grids.lines import part
from perfgoals_lint.tables.grids.sheet import cell_of

_FLAT = frozenset("-=─━═")
_BAR = frozenset("|│┃║")
_CROSSING = frozenset("+├┤┼┬┴┌┐└┘╬╠╣╦╩╔╗╚╝┣┫╋┳┻┏┓┗┛")
_RULED = _FLAT | _CROSSING
_WHOLE = compiled(r"\s*[+├┼╠╬┌╔┏└╚┗┣][-=+\u2500-\u257f]{3,}\s*")
"""A rule over the width of a table."""
_BESIDE = compiled(r"[|│┃║].*[+├┼╠╬┣][-=─━═]{3}|[-=─━═]{3}[+┤┼╣╬┫].*[|│┃║]\s*$")
"""A rule beside a cell that goes on."""
_FEWEST = 3
_Place = tuple[int, int]
"""A row between rules, and a column between edges."""


def with_drawn(block: TextBlock, path: str) -> list[TextBlock | Grid]:
    """The block, each run of lines in which a table is drawn so that cells span others as a grid."""
    found: list[TextBlock | Grid] = []
    done = 0
    for start, end in _runs(block.lines):
        grid = _Drawing(block.lines[start:end]).grid(path)
        if grid is not None:
            grid.table = sum(isinstance(piece, Grid) for piece in found) + 1
            found += [TextBlock(block.lines[done:start])] if done < start else []
            found.append(grid)
            done = end
    return [*found, TextBlock(block.lines[done:])] if done < len(block.lines) else found


def is_drawn(text: str) -> bool:
    """Does a line begin with a bar or the corner of a rule?"""
    return not _BAR.union(_CROSSING).isdisjoint(text.strip()[:1])


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The lines from a rule to the last one below it with nothing but drawn lines between, where one has rules beside text."""
    at = 0
    while at < len(lines):
        start, last = at, at
        while at < len(lines) and is_drawn(lines[at].text):
            last = at if _WHOLE.fullmatch(lines[at].text) else last
            at += 1
        own = lines[start : last + 1]
        if last - start > _FEWEST and any(_BESIDE.search(line.text) for line in own):
            yield start, last + 1
        at = max(at, start + 1)


@dataclass(slots=True)
class _Drawing:
    """The lines of a drawn table."""

    lines: Sequence[Line]

    def grid(self, path: str) -> Grid | None:
        """The grid of the cells; ``None`` where bars do not stand below each other, or what they enclose is no cell."""
        places = [_places(line.text) for line in self.lines]
        whole = [n for n, line in enumerate(self.lines) if _WHOLE.fullmatch(line.text)]
        edges = sorted(
            {at for n in whole for at, own in places[n].items() if self._sign(n, own) in _CROSSING}
        )
        first = [self._is_ruled(0, places[0], *pair) for pair in pairwise(edges)]
        if not all(first) or len(edges) < _FEWEST:
            return None
        row = -1
        parents: dict[_Place, _Place] = {}
        pieces: dict[_Place, list[tuple[int, int, int]]] = {}
        for n in range(len(self.lines)):
            bars = [at for at, own in places[n].items() if self._sign(n, own) in _BAR]
            if not set(edges).issuperset(bars) or not {edges[0], edges[-1]} <= places[n].keys():
                return None
            closed = [self._is_ruled(n, places[n], *pair) for pair in pairwise(edges)]
            row += any(closed)
            for column, (left, right) in enumerate(pairwise(edges)):
                here = row, column
                parents.setdefault(here, here)
                if closed[column]:
                    continue
                if any(closed):
                    _join(parents, (row - 1, column), here)
                if column and left not in bars and self._sign(n, places[n].get(left)) not in _CROSSING:
                    _join(parents, (row, column - 1), here)
                pieces.setdefault(here, []).append((n, places[n].get(left + 1, -1), places[n].get(right, -1)))
        return self._laid(path, parents, pieces, row, len(edges) - 1)

    def _sign(self, number: int, index: int | None) -> str:
        return self.lines[number].text[index] if index is not None else ""

    def _is_ruled(self, number: int, places: dict[int, int], left: int, right: int) -> bool:
        """Is there a rule from one edge to the next?"""
        ends = {self._sign(number, places.get(at)) for at in (left, right)}
        inside = range(left + 1, right) if right - left > 1 else (left, right)
        flat = all(self._sign(number, places.get(at)) in _RULED for at in inside)
        return flat and not ends.isdisjoint(_RULED)

    def _laid(
        self,
        path: str,
        parents: dict[_Place, _Place],
        pieces: dict[_Place, list[tuple[int, int, int]]],
        rows: int,
        columns: int,
    ) -> Grid | None:
        groups: dict[_Place, list[_Place]] = {}
        for here in sorted(parents):
            if 0 <= here[0] < rows:
                groups.setdefault(_root(parents, here), []).append(here)
        cells = []
        for own in groups.values():
            (top, left), (bottom, right) = own[0], own[-1]
            if len(own) != (bottom + 1 - top) * (right + 1 - left):
                return None
            printed: dict[int, tuple[int, int]] = {}
            for here in own:
                for number, start, end in pieces.get(here, []):
                    first = printed.get(number, (start, end))[0]
                    printed[number] = first, end
            parts = [part(self.lines[n], *span) for n, span in sorted(printed.items())]
            texts = [
                part(one, len(one.text) - len(one.text.lstrip()), len(one.text.rstrip())) for one in parts
            ]
            filled = [(one.text, one.location) for one in texts if one.text]
            if filled:
                cells.append(cell_of(top, left, filled, bottom + 1 - top, right + 1 - left))
        return Grid(path, cells, rows, columns)


def _places(text: str) -> dict[int, int]:
    """Which character stands at which place of a line, a wide one taking two."""
    found: dict[int, int] = {}
    at = 0
    for index, char in enumerate(text):
        found[at] = index
        at += 2 if east_asian_width(char) in "WF" else 1
    return found


def _root(parents: dict[_Place, _Place], here: _Place) -> _Place:
    while parents[here] != here:
        here = parents[here] = parents[parents[here]]
    return here


def _join(parents: dict[_Place, _Place], one: _Place, other: _Place) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first
