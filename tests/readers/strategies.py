"""Random tables: a rectangle filled with cells, some of them merged."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

WORDS = (
    st.text("绩效目标指标值≥90%个万元ABc12 .,-（）\n", min_size=1, max_size=12).map(str.strip).filter(bool)
)


@dataclass
class Table:
    """Merged rectangles (row, column, rows, columns; 0-based) that cover ``rows`` × ``columns``, with their texts."""

    rows: int
    columns: int
    cells: list[tuple[int, int, int, int, str]]

    def shown(self) -> set[tuple[int, int, int, int, str]]:
        """The cells with text, 1-based."""
        return {(r + 1, c + 1, h, w, text) for r, c, h, w, text in self.cells if text}


@st.composite
def tables(draw: st.DrawFn, most: int = 7, blanks: bool = True) -> Table:
    """Tables with random merges; the last row and column are never blank."""
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    taken = [[False] * columns for _ in range(rows)]
    cells = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            width = 1
            limit = draw(st.sampled_from((1, 1, 1, 2, 3)))
            while width < limit and column + width < columns and not taken[row][column + width]:
                width += 1
            height = min(draw(st.sampled_from((1, 1, 1, 2, 4))), rows - row)
            for r in range(row, row + height):
                for c in range(column, column + width):
                    taken[r][c] = True
            blank = blanks and draw(st.integers(0, 5)) == 0
            cells.append((row, column, height, width, "" if blank else draw(WORDS)))
    return Table(rows, columns, cells)
