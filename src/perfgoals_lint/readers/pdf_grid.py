"""From ruling lines and characters of a page to grids and lines of text; PDF and OFD share it.

Coordinates are points from the top left of the page as displayed, y downwards. Characters are grouped by baseline,
never by glyph box: Chinese and Latin glyphs of one line differ in box but share the baseline.
"""

import itertools
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from perfgoals_lint.model import Cell, Grid, TextBlock
from perfgoals_lint.readers.limits import over
from perfgoals_lint.readers.page_text import Glyph, cell_text, content_lines, visual_lines
from perfgoals_lint.readers.sheet import CellBudget

Rule = tuple[float, float, float]
"""A ruling line: its coordinate across (y of a horizontal, x of a vertical), start and end along."""

_SAME = 2.0
"""Rules that lie closer are one (double borders, both sides of a thin box)."""
_TOUCH = 3.0
"""Rules whose ends come this close meet."""
_SHORTEST = 4.0
THIN = 3.0
"""A filled box no thicker than this is a ruling line."""
_MOST_CROSSINGS = 4_000_000


MOST_IMAGES = 200
"""Images of a page that are told one by one."""


Matrix = tuple[float, float, float, float, float, float]
"""An affine map of the plane, as both formats write it."""


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """The map that does both, one after the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a map puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


@dataclass(slots=True)
class PdfPage:
    """What a page shows: characters in content order, rules across and down."""

    number: int
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    area: float = 0.0
    """Square points of the page."""
    image_area: float = 0.0
    """Square points of all images on it."""
    images: list[tuple[float, float]] = field(default_factory=list)
    """Width and height of each, in points."""

    remarks: list[str] = field(default_factory=list)
    """What notes on the page say."""

    def add_image(self, width: float, height: float) -> None:
        """Note an image of this size in points."""
        self.image_area += abs(width * height)
        if len(self.images) < MOST_IMAGES:
            self.images.append((abs(width), abs(height)))

    def add_rule(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Add a straight stroke, or a thin box by two opposite corners; what is slanted is no rule."""
        width, height = abs(end[0] - start[0]), abs(end[1] - start[1])
        if height <= THIN and height <= width:
            self.across.append(((start[1] + end[1]) / 2, min(start[0], end[0]), max(start[0], end[0])))
        elif width <= THIN:
            self.down.append(((start[0] + end[0]) / 2, min(start[1], end[1]), max(start[1], end[1])))


@dataclass(slots=True)
class Lattice:
    """A ruled table: coordinates of its columns and rows, and the cell that owns each field of the lattice."""

    xs: list[float]
    ys: list[float]
    spans: list[tuple[int, int, int, int]]
    """Row, column, rows and columns spanned of each cell."""
    owner: list[list[int]]
    """Index into ``spans`` by lattice row and column."""
    is_open: list[bool]
    """Whether a cell lacks a part of the outer border."""

    @property
    def area(self) -> float:
        """Square points covered."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def find(self, x: float, y: float) -> int | None:
        """The cell at a point, ``None`` outside."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.owner[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]


def page_blocks(page: PdfPage, path: str, first_table: int, budget: CellBudget) -> list[TextBlock | Grid]:
    """The blocks of a page from top to bottom; tables are numbered from ``first_table``.

    A page without tables gives its lines in content order, which keeps the cells of an unruled table together.
    """
    lattices = find_lattices(page, budget)
    inside: list[dict[int, list[Glyph]]] = [{} for _ in lattices]
    outside: list[Glyph] = []
    by_size = sorted(range(len(lattices)), key=lambda index: lattices[index].area)
    for glyph in page.glyphs:
        _, left, right, baseline, height = glyph
        x, y = (left + right) / 2, baseline - 0.3 * height
        for index in by_size:
            cell = lattices[index].find(x, y)
            if cell is not None:
                inside[index].setdefault(cell, []).append(glyph)
                break
        else:
            outside.append(glyph)
    grids: list[tuple[float, Grid]] = []
    for lattice, texts in zip(lattices, inside, strict=True):
        grid = _to_grid(lattice, texts, path, page.number)
        if grid.cells:
            grids.append((lattice.ys[0], grid))
    if not grids:
        lines = content_lines(page.glyphs, path, page.number)
        return [TextBlock(lines)] if lines else []
    grids.sort(key=lambda item: (item[0], item[1].cells[0].bbox or ()))
    blocks: list[TextBlock | Grid] = []
    lines = visual_lines(outside, path, page.number)
    at = 0
    for number, (top, grid) in enumerate(grids, first_table):
        above = at
        while (
            above < len(lines) and (box := lines[above].location.bbox) is not None and box[3] <= top + _TOUCH
        ):
            above += 1
        if above > at:
            blocks.append(TextBlock(lines[at:above]))
        at = above
        grid.table = number
        blocks.append(grid)
    if at < len(lines):
        blocks.append(TextBlock(lines[at:]))
    return blocks


def _to_grid(lattice: Lattice, texts: dict[int, list[Glyph]], path: str, page: int) -> Grid:
    cells = []
    for index, (row, column, row_span, column_span) in enumerate(lattice.spans):
        glyphs = texts.get(index)
        if glyphs is None and lattice.is_open[index]:
            continue
        box = (
            round(lattice.xs[column], 1),
            round(lattice.ys[row], 1),
            round(lattice.xs[column + column_span], 1),
            round(lattice.ys[row + row_span], 1),
        )
        text = cell_text(glyphs) if glyphs else ""
        cells.append(Cell(row, column, text, row_span, column_span, page=page, bbox=box))
    if not texts:
        cells = []
    return Grid(path, cells, len(lattice.ys) - 1, len(lattice.xs) - 1, page=page)


def find_lattices(page: PdfPage, budget: CellBudget) -> list[Lattice]:
    """The ruled tables of a page: connected rules that enclose at least two cells."""
    across, down = _join(page.across), _join(page.down)
    if len(across) * len(down) > _MOST_CROSSINGS:
        raise over("page_objects", len(across) + len(down), _MOST_CROSSINGS)
    lattices = []
    for rows, columns in _components(across, down):
        lattice = _build(rows, columns, budget)
        if lattice is not None:
            lattices.append(lattice)
    return lattices


def _join(rules: list[Rule]) -> list[Rule]:
    """Rules on (nearly) the same coordinate become one where they overlap or nearly touch; crumbs are dropped."""
    joined: list[Rule] = []
    ordered = sorted(rules)
    at = 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] - ordered[at][0] <= _SAME:
            end += 1
        group = ordered[at:end]
        place = sum(rule[0] for rule in group) / len(group)
        start, stop = None, 0.0
        for _, low, high in sorted(group, key=lambda rule: rule[1]):
            if start is None:
                start, stop = low, high
            elif low <= stop + _TOUCH:
                stop = max(stop, high)
            else:
                joined.append((place, start, stop))
                start, stop = low, high
        if start is not None:
            joined.append((place, start, stop))
        at = end
    return [rule for rule in joined if rule[2] - rule[1] >= _SHORTEST]


def _components(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that meet, each as (across, down)."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    ys = [rule[0] for rule in across]
    for number, (x, top, bottom) in enumerate(down, len(across)):
        for index in range(bisect_left(ys, top - _TOUCH), bisect_right(ys, bottom + _TOUCH)):
            if across[index][1] - _TOUCH <= x <= across[index][2] + _TOUCH:
                parent[root(index)] = root(number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate(across + down):
        group = groups.setdefault(root(index), ([], []))
        group[index >= len(across)].append(rule)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 1]


def _coordinates(rules: list[Rule], low: float, high: float) -> list[float]:
    """Distinct coordinates of rules, with the outer ends where no rule runs there (tables open at their sides)."""
    places: list[float] = []
    for place in sorted([rule[0] for rule in rules]):
        if not places or place - places[-1] > _SAME:
            places.append(place)
    if places[0] - low > _TOUCH:
        places.insert(0, low)
    if high - places[-1] > _TOUCH:
        places.append(high)
    return places


def _build(across: list[Rule], down: list[Rule], budget: CellBudget) -> Lattice | None:
    xs = _coordinates(down, min(rule[1] for rule in across), max(rule[2] for rule in across))
    ys = _coordinates(across, min(rule[1] for rule in down), max(rule[2] for rule in down))
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2:
        return None
    budget.spend(rows * columns)
    ruled_below = _marks(across, ys, xs)
    ruled_left = _marks(down, xs, ys)
    owner = [[-1] * columns for _ in range(rows)]
    spans: list[tuple[int, int, int, int]] = []
    is_open: list[bool] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            height, width = _extent(row, column, rows, columns, owner, ruled_below, ruled_left)
            for taken in range(row, row + height):
                owner[taken][column : column + width] = [len(spans)] * width
            spans.append((row, column, height, width))
            is_open.append(
                (row == 0 and not ruled_below[0][column])
                or (row + height == rows and not ruled_below[rows][column])
                or (column == 0 and not ruled_left[0][row])
                or (column + width == columns and not ruled_left[columns][row])
            )
    if len(spans) < 2:
        return None
    return Lattice(xs, ys, spans, owner, is_open)


def _marks(rules: list[Rule], places: list[float], stations: list[float]) -> list[list[bool]]:
    """For each place across and each interval of stations: whether a rule runs there (judged at its middle)."""
    middles = [(a + b) / 2 for a, b in itertools.pairwise(stations)]
    marks = [[False] * len(middles) for _ in places]
    for place, low, high in rules:
        index = bisect_left(places, place - _SAME)
        if index < len(places) and abs(places[index] - place) <= _TOUCH:
            first, last = bisect_left(middles, low), bisect_right(middles, high)
            marks[index][first:last] = [True] * max(0, last - first)
    return marks


def _extent(
    row: int,
    column: int,
    rows: int,
    columns: int,
    owner: list[list[int]],
    ruled_below: list[list[bool]],
    ruled_left: list[list[bool]],
) -> tuple[int, int]:
    """Rows and columns of the cell whose top-left field is given: as far as no rule stops it, kept a rectangle."""
    width = 1
    while column + width < columns and not ruled_left[column + width][row] and owner[row][column + width] < 0:
        width += 1
    height = 1
    while row + height < rows:
        below = row + height
        fields = range(column, column + width)
        if any(ruled_below[below][at] for at in fields) or any(owner[below][at] >= 0 for at in fields):
            break
        if any(ruled_left[at][below] for at in range(column + 1, column + width)):
            break
        height += 1
    return height, width
