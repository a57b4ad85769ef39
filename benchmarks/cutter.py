"""How well the numbers of the cutter are chosen: invented forms printed as undelimited text, and the rows that are read.

    python benchmarks/cutter.py [--seeds 3] [--fit] [--factors 0.5,0.8,1.25,2]

Each form of ``tests/tables/grids/printing.py`` is printed in the shapes that leave the cut open (a cell a line, blanks,
a dump with wrapped cells, a browser's copy) with names and levels broken over lines at random. Every number is then
multiplied by each factor in turn, all others as they are, and the rows read rightly, read wrongly and not reported, and
left out are counted. ``--fit`` takes the best factor of each number before it goes on to the next one and prints the
numbers that it ends with; nothing is written.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from perfgoals_lint.model import Grid, Line, Location, TextBlock
from perfgoals_lint.rulebook.labels import column_of
from perfgoals_lint.tables.grids import costs, cutter, readings, steps
from tables.grids import printing

SHAPES = ("cells", "blanks", "dumped", "tabs_ragged")
SIDE = "绩效指标"
BROKEN = 0.25
"""The share of names and levels that are broken over two lines."""

Number = tuple[ModuleType, str, str | None]
"""A module, the name of a number or of a table of numbers in it, and the key in the table."""


def numbers() -> Iterator[Number]:
    """Every number of the cutter that is a cost."""
    for module in (cutter, costs, steps):
        for name, value in vars(module).items():
            if isinstance(value, float) and name.startswith("_"):
                yield module, name, None
            elif isinstance(value, dict) and name.startswith("_") and value:
                yield from (
                    (module, name, key) for key, own in value.items() if isinstance(own, float | tuple)
                )


def get(number: Number) -> float | tuple[float, ...]:
    """The number as it is."""
    module, name, key = number
    value = getattr(module, name)
    found: float | tuple[float, ...] = value if key is None else value[key]
    return found


def put(number: Number, value: float | tuple[float, ...]) -> None:
    """Set a number; what was worked out with the old one is forgotten."""
    module, name, key = number
    if key is None:
        setattr(module, name, value)
    else:
        getattr(module, name)[key] = value
    for owner in (cutter, costs, steps):
        for each in vars(owner).values():
            if hasattr(each, "cache_clear"):
                each.cache_clear()


def times(value: float | tuple[float, ...], factor: float) -> float | tuple[float, ...]:
    """A number, or each of a pair, multiplied."""
    return tuple(part * factor for part in value) if isinstance(value, tuple) else value * factor


def samples(seeds: int) -> Iterator[tuple[list[list[str]], TextBlock]]:
    """Printed forms: the rows that they hold and their text."""
    for form in printing.FORMS.values():
        for shape in SHAPES:
            for seed in range(seeds):
                chance = random.Random(seed)
                table = form()
                wanted = [[text for text in row if text] for row in printing.records(table)]
                for place, (text, width, height) in table.cells.items():
                    if (
                        place[0] > table.header + 1
                        and chance.random() < BROKEN * (seed > 0)
                        and len(text) > 4
                    ):
                        cut = chance.randint(2, len(text) - 2)
                        table.cells[place] = (f"{text[:cut]}\n{text[cut:]}", width, height)
                text = "\n".join(["绩效目标表", *printing.SHAPES[shape](table)])
                lines = [Line(line, Location("x", line=n)) for n, line in enumerate(text.split("\n"), 1)]
                yield wanted, TextBlock(lines)


def read(block: TextBlock) -> tuple[list[list[str]], bool]:
    """The filled cells of every row below a header in the cheapest reading, and whether it reports anything."""
    reading = min(readings([block], "x"), key=lambda each: each.cost, default=None)
    rows: list[list[str]] = []
    for grid in reading.blocks if reading else ():
        below = False
        for number in range(grid.rows if isinstance(grid, Grid) else 0):
            cells = [cell for cell in grid.cells if cell.row == number] if isinstance(grid, Grid) else []
            texts = [cell.text.replace("\n", "") for cell in sorted(cells, key=lambda cell: cell.column)]
            if any(column_of(text) == "level3" for text in texts):
                below = True
            elif below and any(column_of(text) is None for text in texts):
                rows.append([text for text in texts if text])
    return rows, bool(reading and reading.problems)


def score(texts: list[tuple[list[list[str]], TextBlock]]) -> tuple[int, int, int]:
    """Rows read rightly, rows wrong in readings that report nothing, rows missing. Levels above a row do not count."""
    right = silent = missing = 0
    for wanted, block in texts:
        rows, said = read(block)
        tails = [row[3 + (row[0] == SIDE) :] for row in wanted]
        good = sum(any(row[-len(tail) :] == tail for tail in tails) for row in rows)
        right += good
        silent += 0 if said else len(rows) - good
        missing += max(len(wanted) - good, 0)
    return right, silent, missing


def main() -> None:
    """Print what every number does, or what fits best."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--factors", default="0.5,2")
    arguments = parser.parse_args()
    factors = [float(part) for part in arguments.factors.split(",")]
    texts = list(samples(arguments.seeds))
    best = score(texts)
    print(f"{len(texts)} texts: right {best[0]}, wrong in silence {best[1]}, missing {best[2]}")
    for number in list(numbers()):
        module, name, key = number
        value = get(number)
        found = {1.0: best}
        for factor in factors:
            put(number, times(value, factor))
            found[factor] = score(texts)
        chosen = max(found, key=lambda factor: (found[factor][0] - found[factor][1], factor == 1.0))
        put(number, times(value, chosen) if arguments.fit else value)
        best = found[chosen] if arguments.fit else best
        shown = "  ".join(f"x{factor:g}: {'/'.join(map(str, counts))}" for factor, counts in found.items())
        mark = (
            f"  -> {get(number)}" if arguments.fit and chosen != 1.0 else "  better" if chosen != 1.0 else ""
        )
        print(
            f"{module.__name__.rpartition('.')[2]}.{name}{'' if key is None else f'[{key}]'} = {value}  {shown}{mark}"
        )


if __name__ == "__main__":
    main()
