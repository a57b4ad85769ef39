"""How well the numbers of the cutter are chosen: invented forms and lists printed as undelimited text, and the rows read.

    python benchmarks/cutter.py [--seeds 3] [--fit] [--factors 0.5,0.8,1.25,2]

Documents of ``tests/strategies/prints.py`` are printed in the shapes that leave the cut open (a cell a line, blanks, a
dump with wrapped cells, a browser's copy). Every number is then multiplied by each factor in turn, all others as they
are, and the rows read rightly, read wrongly and not reported, and left out are counted. ``--fit`` takes the best factor
of each number before it goes on to the next one and prints the numbers that it ends with; nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from perfgoals_lint.model import Line, Location, Source, TextBlock
from perfgoals_lint.tables.grids import costs, cutter, steps
from perfgoals_lint.tables.recognise import recognise
from perfgoals_lint.text import squeeze
from strategies import prints

SHAPES = ("cells", "blanks", "dumped", "tabs_ragged")

Row = tuple[str, ...]
"""The levels, the name and the values of an indicator."""

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


def samples(seeds: int) -> Iterator[tuple[Counter[Row], Source]]:
    """Printed forms and lists: the rows that they hold and their text."""
    for kind in (None, "long_list", "one_level"):
        for shape in SHAPES:
            for seed in range(seeds):
                made = prints.document(seed, shape, kind)
                text = "\n".join(made.lines).split("\n")
                lines = [Line(line, Location("x", line=n)) for n, line in enumerate(text, 1)]
                wanted = Counter(
                    tuple(squeeze(part or "") for part in row) for said in made.said for row in said.rows
                )
                yield wanted, Source("x", "text", [TextBlock(lines)])


def score(texts: list[tuple[Counter[Row], Source]]) -> tuple[int, int, int]:
    """Rows read rightly, rows wrong in documents that report nothing, rows missing."""
    right = silent = missing = 0
    for wanted, source in texts:
        document = recognise(source)
        rows = Counter(
            tuple(
                squeeze(part or "")
                for part in (row.level1, row.level2, row.level3, row.cycle_value, row.annual_value)
            )
            for table in document.tables
            for row in table.indicators
        )
        good = (wanted & rows).total()
        right += good
        silent += 0 if document.problems else rows.total() - good
        missing += wanted.total() - good
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
