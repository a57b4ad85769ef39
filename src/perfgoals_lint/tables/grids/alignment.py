"""Putting the cells of a row under the columns of a table when some cells were not printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_FORBIDDEN = 1_000_000


def align(
    cells: Sequence[str],
    columns: int,
    cost: Callable[[str, int], int],
    skip: Callable[[int], int],
) -> list[int | None]:
    """The 0-based column of every cell, in order, so that the sum of costs is least; ``None`` for a cell left over.

    ``cost`` says how badly a cell fits a column, ``skip`` how bad it is that a column has no cell. A blank cell may
    be left over at a small price, one with text only when there are more such cells than columns.
    """
    count = len(cells)
    best = [[_FORBIDDEN * 10] * (columns + 1) for _ in range(count + 1)]
    choice = [[""] * (columns + 1) for _ in range(count + 1)]
    best[0][0] = 0
    for i in range(count + 1):
        for j in range(columns + 1):
            options = []
            if i and j:
                options.append((best[i - 1][j - 1] + cost(cells[i - 1], j - 1), "put"))
            if j:
                options.append((best[i][j - 1] + skip(j - 1), "skip"))
            if i:
                options.append((best[i - 1][j] + (_FORBIDDEN if cells[i - 1].strip() else 2), "drop"))
            if options:
                best[i][j], choice[i][j] = min(options, key=lambda option: option[0])
    found: list[int | None] = [None] * count
    i, j = count, columns
    while i or j:
        move = choice[i][j]
        if move == "put":
            found[i - 1] = j - 1
        i, j = i - (move != "skip"), j - (move != "drop")
    return found
